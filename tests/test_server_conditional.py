"""What a client has already: a 304 says of it what the 200 said, whatever the route and the way."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import miniature
import pytest
from hypothesis import given
from hypothesis import strategies as st
from serving import Answer, Server, served
from starlette.routing import Route

import graph.server
from graph.server.app import app_of
from graph.server.http.conditional import matches
from graph.server.state import Config, opened

if TYPE_CHECKING:
    from collections.abc import Iterator

TOKEN = "correct-horse-battery-staple"  # noqa: S105 - invented
ORIGIN = "https://allowed.example"
KEPT = ("/", "/query", "/query/workbench.css", "/query/workbench.js", "/query/yasgui.css",
        "/query/yasgui.js")  # fmt: skip
"""Addresses whose answers a browser keeps, and asks for again whether they have changed."""
DRAWING = "/query/drawing?s=bandits-at-the-ford"
PATHS = (
    *KEPT, "/health", "/openapi.json", "/sparql", "/sparql?query=ASK%20%7B%7D",
    "/.well-known/void", "/query/examples.json", "/query/drawing", DRAWING, "/query/form/ties",
    "/query/asked/ties", "/query/nothing.js",
    "/id", "/id/", "/id/river-guard", "/id/river-guard.ttl", "/id/index.jsonld", "/id/nobody",
    "/id/term/no", "/things.css", "/things/river-guard.json",
    "/things/nobody.json", "/thing.schema.json", "/nowhere",
)  # fmt: skip
"""An address of each route at the least, and some where nothing is."""
AGAIN = (
    {"If_Modified_Since": "Fri, 01 Jan 2100 00:00:00 GMT"},
    {"If_None_Match": '"another"'},
    {"If_None_Match": "no tag"},
    {"Range": "bytes=0-9"},
    {"Range": "bytes=0-9", "If_Range": '"another"'},
    {"Cache_Control": "no-cache", "Pragma": "no-cache"},
    {"Cache_Control": "max-age=0"},
    {"Accept_Encoding": "gzip, br"},
)
"""Requests whose answer is that of a plain one."""


@pytest.fixture(scope="module", params=["open", "shared", "closed"])
def asked(public: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Server, dict[str, str]]]:
    """Servers, with what a client sends: one by itself, one for other origins, one with a token."""
    options = ["--allow-origin", ORIGIN] if request.param == "shared" else []
    sent = {
        "open": {},
        "shared": {"Origin": ORIGIN},
        "closed": {"Authorization": f"Bearer {TOKEN}"},
    }
    with served(public, *options, token=TOKEN if request.param == "closed" else None) as server:
        yield server, sent[request.param]


def told(answer: Answer) -> dict[str, str]:
    """Return the headers that say what a client may do with an answer."""
    left_out = {"date", "content-length", "connection"}
    return {name: value for name, value in answer.headers.items() if name not in left_out}


def test_each_route_is_tried(public: Path) -> None:
    state = opened(Config(miniature.CASE, public, miniature.DATA))
    routes = [one for one in app_of(state).app.routes if isinstance(one, Route)]  # type: ignore[attr-defined]
    asyncio.run(state.close())
    paths = [path.partition("?")[0] for path in PATHS]
    assert not [one.path for one in routes if not any(map(one.path_regex.match, paths))]


@pytest.mark.some(4)
@pytest.mark.parametrize("path", PATHS)
def test_a_304_says_what_its_200_said(asked: tuple[Server, dict[str, str]], path: str) -> None:
    server, sent = asked
    whole = server.ask("GET", path, **sent)
    tag = whole.headers.get("etag")
    assert (tag is not None) == (path in KEPT)
    mine = tag or '"mine"'
    for known in (mine, f"W/{mine}", f'"a", {mine}', f'W/"a,b" ,,{mine} , ""', "*"):
        for method in ("GET", "HEAD"):
            again = server.ask(method, path, If_None_Match=known, **sent)
            assert again.status == (whole.status if tag is None else 304), (known, method)
            assert told(again) == told(whole), (known, method)
            assert again.body == (whole.body if tag is None and method == "GET" else b"")


@pytest.mark.parametrize("path", PATHS)
def test_other_ways_to_ask_again_get_the_whole(
    asked: tuple[Server, dict[str, str]], path: str
) -> None:
    server, sent = asked
    whole = server.ask("GET", path, **sent)
    for headers in AGAIN:
        again = server.ask("GET", path, **headers, **sent)
        assert (again.status, told(again), again.body) == (whole.status, told(whole), whole.body)


def test_who_may_not_ask_is_not_told_that_nothing_changed(public: Path) -> None:
    with served(public, token=TOKEN) as closed:
        for known in ("*", '"a"'):
            assert closed.ask("GET", "/", If_None_Match=known).kind == "no-token"
            wrong = {"Host": "evil.example", "If_None_Match": known}
            assert closed.ask("GET", "/", **wrong).kind == "wrong-host"


def test_a_304_is_made_in_one_place() -> None:
    folder = Path(graph.server.__file__).parent
    found = [path.name for path in folder.rglob("*.py") if "304" in path.read_text("utf-8")]
    assert found == ["conditional.py"]


OPAQUE = st.text(st.sampled_from("ab!#,;* W/\\\xff"), max_size=6).map(
    lambda text: text.replace(" ", "")
)
TAGS = st.tuples(st.sampled_from(["", "W/"]), OPAQUE)
GAPS = st.sampled_from([",", ", ", " , ", ",,", ",\t, "])


@given(st.lists(TAGS, min_size=1, max_size=5), TAGS, GAPS)
def test_a_tag_is_known_if_it_is_among_those_given(
    listed: list[tuple[str, str]], own: tuple[str, str], gap: str
) -> None:
    """Whether it is weak does not count, and a comma may stand within a tag."""
    header = gap.join(f'{weak}"{opaque}"' for weak, opaque in listed)
    assert matches(header, f'{own[0]}"{own[1]}"') == (own[1] in [opaque for _, opaque in listed])


@pytest.mark.parametrize(
    "header",
    ["a", '"a', 'a"', 'x"a"', '"a"x', '"a" "a"', 'w/"a"', 'W/ "a"', '"a";q=1', '*, "a"', "**", ","],
)
def test_what_is_no_list_of_tags_names_none(header: str) -> None:
    assert not matches(header, '"a"')


@pytest.mark.parametrize("own", [None, "", "a", '"a', "*"])
def test_an_answer_without_a_tag_is_never_known(own: str | None) -> None:
    assert not matches("*", own)
    assert not matches('"a", ""', own)
