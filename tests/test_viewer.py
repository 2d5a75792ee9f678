"""The page: what it shows, what it does not pass off as a fact, and that nothing runs or loads."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from elsewhere import printed
from pages import lines

from graph.errors import UsageError
from graph.network import palette
from graph.read.citations import web_address
from graph.viewer.curves import bends
from graph.viewer.drawing import BUNDLE
from graph.viewer.page import page
from graph.viewer.picture import DRAWN_AT_MOST, DRAWN_OF_MORE, picture

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.viewer.payload import Payload


REPOSITORY = Path(__file__).resolve().parent.parent
VIEWER = REPOSITORY / "graph" / "viewer"
VENDOR = VIEWER / "vendor" / "vis-network"
WEB = VIEWER / "web"
SCRIPTS = sorted(
    path
    for folder in ("core", "state", "scene", "draw", "ui", "views", "apps", "dist")
    for path in (WEB / folder).rglob("*.js")
)
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"
ARABIC = "الوعر"


def payload() -> Payload:
    """Return a case with one tie of each status, parallel ties and hostile names."""
    return {
        "case": "try",
        "tours": [],
        "predicates": {
            "besieges": {"label": "besieges", "family": "coercion", "sign": -1, "draw": "tie"},
            "bad": {"label": HOSTILE, "family": HOSTILE, "sign": 0, "draw": "tie"},
            "hasSize": {"label": "has size", "family": "quantity", "sign": 0},
        },
        "words": {"asserts": "asserts"},
        "nodes": {
            "waer": {**node("Waer", "Place"), "in": {"ar": ARABIC}},
            "gov": node("Government", "Government"),
            "bad": {**node(HOSTILE, "Person"), "note": HOSTILE},
            "talks": node("Talks", "TalksProcess"),
            "__proto__": node("constructor", "Unheard"),
        },
        "statements": {
            **{
                f"st-{style.name}": statement(
                    "gov", "waer" if index < 3 else "talks", status=style.name
                )
                for index, style in enumerate(palette.STATUSES)
            },
            "st-bad": {**statement("bad", "__proto__"), "p": "bad", "when": HOSTILE},
            "st-size": {**claimed("accepted"), "s": "gov", "p": "hasSize", "v": HOSTILE},
        },
        "questions": {},
        "sources": {"article": {"title": HOSTILE, "url": "https://example.org/?a=1"}},
        "judged": [],
        "notes": [],
        "days": [],
        "dates": {},
        "times": [],
        "until": {},
        "languages": [
            {"tag": "en", "name": "English", "direction": "ltr"},
            {"tag": "ar", "name": "العربية", "direction": "rtl"},
        ],
    }


def node(name: str, kind: str) -> dict[str, Any]:
    return {"name": name, "class": kind, "group": palette.node_style(kind).name}


def statement(subject: str, target: str, status: str = "accepted") -> dict[str, Any]:
    return {**claimed(status), "s": subject, "p": "besieges", "o": target, "draw": "tie"}


def claimed(status: str) -> dict[str, Any]:
    claim = {"id": "c", "by": "gov", "st": "asserts", "c": "certain", "src": "article"}
    return {"status": status, "c": "certain", "claims": [{**claim, "at": ["24.2", "24.3"]}]}


def made(title: str = HOSTILE) -> str:
    return drawn(payload(), title=title, about={HOSTILE: HOSTILE}).decode("utf-8")


def drawn(
    known: Payload,
    title: str = "x",
    about: Mapping[str, str] | None = None,
    renderer: str = "auto",
    places: Mapping[str, tuple[float, float]] | None = None,
) -> bytes:
    shown = picture(lines(known), renderer, places)
    return page(known, shown, title=title, about=about or {})


class Parsed(HTMLParser):
    """All tags with their attributes, and the texts of scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self._script: dict[str, str | None] | None = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "script":
            self._script = dict(attrs)
            self.scripts.append((self._script, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._script = None

    def handle_data(self, data: str) -> None:
        if self._script is not None:
            attributes, before = self.scripts.pop()
            self.scripts.append((attributes, before + data))


@pytest.fixture(scope="module")
def text() -> str:
    return made()


@pytest.fixture(scope="module")
def parsed(text: str) -> Parsed:
    return Parsed(text)


@pytest.fixture(scope="module")
def data(parsed: Parsed) -> dict[str, Any]:
    content = next(body for attrs, body in parsed.scripts if attrs.get("id") == "data")
    loaded: dict[str, Any] = json.loads(content)
    return loaded


# --- Safety


def policy(parsed: Parsed) -> str:
    contents = [
        attrs["content"]
        for tag, attrs in parsed.tags
        if tag == "meta" and attrs.get("http-equiv") == "Content-Security-Policy"
    ]
    assert len(contents) == 1
    assert contents[0] is not None
    return contents[0]


def test_only_the_scripts_of_the_page_may_run(parsed: Parsed) -> None:
    wanted = re.findall(r"'sha256-([^']+)'", policy(parsed))
    running = [body for attrs, body in parsed.scripts if attrs.get("type") != "application/json"]
    hashes = [base64.b64encode(hashlib.sha256(b.encode()).digest()).decode() for b in running]
    assert len(running) == 2, "the library and our own"
    assert running[1] == BUNDLE.read_text("utf-8")
    assert hashes == wanted


ASKS_ITS_SERVER = {"apps/naming.js", "apps/workbench.js", "dist/workbench.js"}
"""Scripts of the workbench; no other may ask for anything."""


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: str(path.relative_to(WEB)))
def test_no_script_writes_markup_or_runs_text(path: Path) -> None:
    script = path.read_text("utf-8")
    for forbidden in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(",
                      "new Function", "XMLHttpRequest", "import("):  # fmt: skip
        assert forbidden not in script
    assert "fetch(" not in script or path.relative_to(WEB).as_posix() in ASKS_ITS_SERVER


def test_what_is_installed_to_make_the_script_names_no_registry() -> None:
    lock = (WEB / "package-lock.json").read_text("utf-8")
    assert '"resolved"' not in lock
    assert "://" not in re.sub(r'"(url|funding)".*', "", lock)


def test_the_policy_forbids_every_request(parsed: Parsed) -> None:
    found = policy(parsed)
    assert found.startswith("default-src 'none'; script-src 'sha256-")
    assert "http" not in found
    assert "unsafe-eval" not in found
    script_part = found.partition("script-src")[2].partition(";")[0]
    assert "unsafe-inline" not in script_part


def test_the_policy_stands_before_all_scripts_and_styles(parsed: Parsed) -> None:
    names = [tag for tag, attrs in parsed.tags if tag in ("script", "style") or "content" in attrs]
    assert names[0] == "meta"


def test_nothing_is_loaded(parsed: Parsed) -> None:
    for tag, attributes in parsed.tags:
        assert tag not in ("img", "iframe", "link", "object", "embed", "base", "form")
        assert not {"src", "srcset", "action", "background"} & set(attributes)
        assert not [name for name in attributes if name.startswith("on")]
        assert "href" not in attributes


def test_no_file_beside_the_page_is_named(text: str) -> None:
    assert "sourceMappingURL" not in text
    assert "@import" not in text
    assert "url(http" not in text


def test_hostile_text_is_text(text: str, data: dict[str, Any]) -> None:
    assert HOSTILE not in text
    assert "<img" not in text
    assert "&lt;/script&gt;" in text
    assert data["nodes"]["bad"]["name"] == HOSTILE


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", " https://a", "https://a b", "//a", "https:",
            "https://a\n", "file:///etc", 'https://a"b']
)  # fmt: skip
def test_other_addresses_are_no_links(url: str) -> None:
    assert web_address(url) == ""


def test_ids_for_the_library_are_ours(data: dict[str, Any]) -> None:
    assert [n["id"] for n in data["drawn"]["nodes"]] == [f"n{i}" for i in range(5)]
    assert [e["id"] for e in data["drawn"]["edges"]] == [
        f"e{i}" for i in range(1 + len(palette.STATUSES))
    ]


def test_the_library_is_the_one_that_its_readme_names() -> None:
    library = (VENDOR / "vis-network.bundle.min.js").read_bytes()
    readme = (VENDOR / "README.md").read_text("utf-8")
    assert hashlib.sha256(library).hexdigest() in readme
    version = re.search(rb"@version (\S+)", library)
    assert version
    assert f"| version | {version.group(1).decode()} |" in readme
    assert (VENDOR / "LICENSE-vis-network").is_file()
    assert (VENDOR / "LICENSE-APACHE-2.0").is_file()


# --- What is a fact and what is not


def test_every_status_has_a_line_of_its_own(data: dict[str, Any]) -> None:
    styles = data["styles"]["statuses"]
    looks = {
        name: (tuple(found["dashes"]), found["band"], found["opacity"])
        for name, found in styles.items()
    }
    assert len(set(looks.values())) == len(palette.STATUSES)
    assert [name for name, found in looks.items() if not found[0]] == ["accepted"]


def test_an_unknown_status_is_not_drawn_as_accepted() -> None:
    made_up = payload()
    made_up["statements"]["st-accepted"]["status"] = "acepted"
    with pytest.raises(UsageError, match="accepted"):
        drawn(made_up)


def test_what_is_no_tie_gets_no_line(data: dict[str, Any]) -> None:
    assert "st-size" in data["statements"]
    assert "st-size" not in {edge["of"] for edge in data["drawn"]["edges"]}


def test_the_page_says_that_nothing_disputed_is_a_fact(text: str) -> None:
    assert "nothing disputed is drawn as a fact" in " ".join(text.split())


def test_the_legend_lists_what_is_drawn(text: str) -> None:
    for style in palette.STATUSES:
        assert style.meaning in text
    for sign in palette.SIGNS:
        assert f"--sign-{sign.name}:{sign.colour.light};" in text
        assert f"--sign-{sign.name}:{sign.colour.dark};" in text
    assert f"--group-backing:{palette.group_style('backing').colour.light};" in text
    drawn, _, _ = text.partition('<script type="application/json"')
    assert "Talks" in text
    assert "Armed group" not in drawn


def test_shapes_and_fills_tell_all_kinds_apart() -> None:
    looks = {(style.shape, style.fill.light) for style in palette.NODES}
    assert len(looks) == len(palette.NODES)
    classes = [name for style in palette.NODES for name in style.classes]
    assert len(classes) == len(set(classes))


# --- What is shown


def test_every_control_has_a_name(parsed: Parsed) -> None:
    ids = {attrs.get("id") for _, attrs in parsed.tags}
    labels = {attrs.get("for") for tag, attrs in parsed.tags if tag == "label"}
    assert "query" in ids & labels
    assert ("html", {"lang": "en"}) in parsed.tags
    assert any(attrs.get("lang") == "ar" for _, attrs in parsed.tags)
    boxes = [attrs for tag, attrs in parsed.tags if attrs.get("type") == "checkbox"]
    # statuses, kinds of nodes, families, certainties, sources; all in the table, all questions
    assert len(boxes) == len(palette.STATUSES) + 5 + 2 + 1 + 1 + 1 + 1


def test_every_control_has_an_id(parsed: Parsed) -> None:
    controls = ("button", "input", "select", "textarea")
    assert all(attrs.get("id") for tag, attrs in parsed.tags if tag in controls)
    ids = [attrs["id"] for _, attrs in parsed.tags if "id" in attrs]
    assert len(ids) == len(set(ids))


def test_all_nodes_have_places(data: dict[str, Any]) -> None:
    nodes = data["drawn"]["nodes"]
    assert len({(node["x"], node["y"]) for node in nodes}) == len(nodes)


def test_actors_have_places_of_their_own_where_more_can_be_drawn() -> None:
    known = payload()
    assert not any("among" in node for node in placed(known))
    known["statements"]["st-bad"]["actors"] = 1
    among = {node["of"]: node["among"] for node in placed(known) if "among" in node}
    assert among.keys() == {"bad", "__proto__"}
    whole = {node["of"]: node["x"] for node in placed(known)}
    assert (among["bad"][0] < among["__proto__"][0]) == (whole["bad"] < whole["__proto__"])


def placed(known: Payload) -> list[dict[str, Any]]:
    parsed = Parsed(drawn(known).decode("utf-8"))
    (text,) = (text for tag, text in parsed.scripts if tag.get("type") == "application/json")
    nodes: list[dict[str, Any]] = json.loads(text)["drawn"]["nodes"]
    return nodes


def large() -> Payload:
    count = DRAWN_AT_MOST + 1
    names = [f"a{index:04}" for index in range(count)]
    ring = payload()
    ring["nodes"] = {name: node(name, "Person") for name in names}
    ring["statements"] = {
        f"s{index:04}": statement(name, names[(index + 1) % count])
        for index, name in enumerate(names)
    }
    return ring


def test_a_large_network_is_cut_down_for_vis_and_says_so() -> None:
    text = drawn(large(), renderer="vis").decode("utf-8")
    content = next(b for attrs, b in Parsed(text).scripts if attrs.get("id") == "data")
    assert len(json.loads(content)["drawn"]["nodes"]) == DRAWN_OF_MORE
    assert f"left out with their lines: {DRAWN_AT_MOST + 1 - DRAWN_OF_MORE}." in text


def test_given_positions_are_kept() -> None:
    places = {node: (float(index), 1.0) for index, node in enumerate(payload()["nodes"])}
    text = drawn(payload(), places=places)
    content = next(b for attrs, b in Parsed(text.decode()).scripts if attrs.get("id") == "data")
    found = {n["of"]: (n["x"], n["y"]) for n in json.loads(content)["drawn"]["nodes"]}
    assert found == places


def test_pyvis_is_not_imported_before_it_is_needed() -> None:
    code = "import sys, graph.viewer.page; print('pyvis' in sys.modules, 'IPython' in sys.modules)"
    assert printed(code) == "False False"


# --- Parts


def test_parallel_edges_bend_apart() -> None:
    edges = [("a", "b", "1"), ("b", "a", "2"), ("a", "b", "3"), ("c", "c", "4"), ("c", "c", "5")]
    found = bends([*edges, ("a", "c", "6")])
    # Left of one who walks there is right of one who comes back.
    sides = {found[key] if source < target else -found[key] for source, target, key in edges[:3]}
    assert len(sides) == 3
    assert (found["4"], found["5"], found["6"]) == (1, 2, 0)


def test_hundreds_of_parallel_edges_stay_together() -> None:
    found = bends([("a", "b", str(n)) for n in range(700)])
    assert len(set(found.values())) == 700
    assert max(map(abs, found.values())) < 0.5


def test_an_empty_case_has_a_page() -> None:
    empty = payload()
    empty["nodes"], empty["statements"] = {}, {}
    assert b"</html>" in drawn(empty)


# --- Bytes


@pytest.mark.landing
def test_the_same_network_gives_the_same_bytes(text: str) -> None:
    there = "import hashlib, test_viewer as t; print(hashlib.sha256(t.made().encode()).hexdigest())"
    assert printed(there) == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("number", [0, 1, 499, 500, 501, 1001])
def test_the_data_of_a_page_are_one_object_in_whatever_pieces(number: int) -> None:
    from graph.viewer import drawing

    entries = {f"<{one}>": [one, "&\u2028"] for one in range(number)}
    data: dict[str, object] = {"many": entries, "list": [*entries], "one": "ع", "none": {}}
    for whole in (data, {}, {"first": number}):
        assert "".join(drawing._pieces(whole)) == drawing._json(whole)
