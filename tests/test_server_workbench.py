"""The workbench: what is shipped, what it may do, its examples, and drawings of results."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import miniature
import pytest
from click.testing import CliRunner
from serving import JSON, Server, served

from graph.cli.main import main
from graph.query.named import named_queries
from graph.query.parameters import QUERIES
from graph.query.results import stored_questions
from graph.query.translations import QueryWords
from graph.read.select import Graph
from graph.server import workbench
from graph.server.workbench.drawing import part_of
from graph.server.workbench.examples import groups
from graph.viewer.payload import payload
from graph.viewer.picture import lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from miniature import Judged

FOLDER = Path(workbench.__file__).parent
VENDOR = FOLDER / "vendor" / "yasgui"
BUNDLE, STYLE = VENDOR / "yasgui.bundle.min.js", VENDOR / "yasgui.min.css"
SHIPPED = {
    "creativecommons.org", "datatables.net", "developer.mozilla.org", "docs.triply.cc",
    "enable-cors.org", "purl.org", "www.w3.org",
}  # fmt: skip
"""Hosts whose names stand in the bundle, as names of terms or as links; none is asked."""


@pytest.fixture(scope="module")
def server(public: Path) -> Iterator[Server]:
    with served(public) as running:
        yield running


@pytest.fixture(scope="module")
def examples(server: Server) -> dict[str, Any]:
    found: dict[str, Any] = server.ask("GET", "/query/examples.json").json()
    return found


# --- What is shipped -------------------------------------------------------------------------


@pytest.mark.parametrize("path", [BUNDLE, STYLE], ids=lambda path: path.name)
def test_what_is_shipped_is_what_its_readme_names(path: Path) -> None:
    wanted = hashlib.sha256(path.read_bytes()).hexdigest()
    assert wanted in (VENDOR / "README.md").read_text("utf-8")


def test_all_that_came_into_the_bundle_has_its_licence() -> None:
    readme = (VENDOR / "README.md").read_text("utf-8")
    named = set(re.findall(r"`(LICENSE-[a-z0-9.-]+)`", readme))
    assert named == {path.name for path in VENDOR.glob("LICENSE-*")}
    assert len(named) == 24
    listed = (miniature.PROJECT / "pyproject.toml").read_text("utf-8")
    assert '"graph/server/workbench/vendor/*/LICENSE*"' in listed


def test_the_lock_file_names_no_registry() -> None:
    lock = (VENDOR / "src" / "package-lock.json").read_text("utf-8")
    assert '"resolved"' not in lock
    assert "://" not in re.sub(r'"(url|funding)".*', "", lock)


def test_the_bundle_names_no_service_and_evaluates_nothing() -> None:
    text = BUNDLE.read_text("utf-8")
    assert set(re.findall(r"https?://([\w.-]+)", text)) == SHIPPED
    assert not re.findall(
        r"[^\w.](?:eval|importScripts)\(|new Function\(|sendBeacon|WebSocket", text
    )
    assert text.count("fetch(") == 1  # that of the query itself
    assert "url(" not in STYLE.read_text("utf-8")
    assert "@import" not in STYLE.read_text("utf-8")


def test_our_own_files_name_no_other_address() -> None:
    scripts = workbench.SCRIPTS / "workbench.js"
    for path in (FOLDER / "workbench.html", FOLDER / "workbench.css", scripts):
        text = path.read_text("utf-8")
        assert "://" not in text
        assert "innerHTML" not in text
        assert "style=" not in text


# --- The page --------------------------------------------------------------------------------


def test_the_page_and_its_files_are_served(server: Server) -> None:
    answer = server.ask("GET", "/query")
    assert (answer.status, answer.media) == (200, "text/html")
    named = re.findall(r'(?:src|href)="(query/[^"]+)"', answer.body.decode())
    assert len(named) == 4
    for name in named:
        found = server.ask("GET", f"/{name}")
        assert found.status == 200
        assert found.media == ("text/css" if name.endswith("css") else "text/javascript")
        again = server.ask("GET", f"/{name}", If_None_Match=found.headers["etag"])
        assert (again.status, again.body) == (304, b"")
    for name in ("nothing.js", "..%2Fapp.py", "vendor", "groups.toml"):
        assert server.ask("GET", f"/query/{name}").kind == "not-found"


def test_the_policy_lets_only_this_server_be_asked(server: Server) -> None:
    policy = server.ask("GET", "/query").headers["content-security-policy"]
    parts = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
    assert parts["default-src"] == parts["base-uri"] == parts["frame-ancestors"] == "'none'"
    assert parts["script-src"] == parts["connect-src"] == parts["frame-src"] == "'self'"
    assert "unsafe-eval" not in policy
    assert "://" not in policy


# --- Examples --------------------------------------------------------------------------------


def test_every_named_query_stands_in_one_group() -> None:
    listed = [name for _, names in groups() for name in names]
    assert sorted(listed) == sorted(named_queries([QUERIES]))


def test_examples_hold_the_queries_as_they_are(examples: dict[str, Any]) -> None:
    known = named_queries([QUERIES])
    for group in examples["groups"][: len(groups())]:
        for one in group["queries"]:
            assert one["sparql"].strip() == known[one["name"]].sparql.strip()
            assert one["title"] == known[one["name"]].title
            for param in known[one["name"]].params:
                assert f"# param {param.name}: {param.type}" in one["sparql"]
    assert examples["base"] == miniature.BASE
    assert f"{miniature.BASE}" == examples["prefixes"][miniature.CASE]


def test_stored_questions_come_with_their_values(examples: dict[str, Any]) -> None:
    stored = stored_questions(miniature.FOLDER / "answers")
    last = examples["groups"][-1]
    titles = {one["title"] for one in last["queries"]} if stored else set()
    assert titles == {one.question for one in stored.values()}


def test_examples_that_need_no_value_are_answered(server: Server, examples: dict[str, Any]) -> None:
    known = named_queries([QUERIES])
    for group in examples["groups"]:
        for one in group["queries"]:
            if any(param.required for param in known[one["name"]].params):
                continue
            answer = server.query(one["sparql"], Accept=JSON)
            assert answer.status == 200, one["name"]


# --- Forms -----------------------------------------------------------------------------------

VALUES = {"question": "q-who-shelled", "text": "guard", "sentence": "2.1", "place": "mill-town",
          "agreement": "ag-may-truce", "thing": "river-guard"}  # fmt: skip
"""Values that fit the miniature case, by the names of parameters."""


def test_each_parameter_of_each_query_is_a_field_with_a_picker(server: Server) -> None:
    for name, query in named_queries([QUERIES]).items():
        form = server.ask("GET", f"/query/form/{name}").json()
        assert [one["name"] for one in form["params"]] == [one.name for one in query.params]
        for field, param in zip(form["params"], query.params, strict=True):
            assert field["label"]
            assert field["required"] is param.required
            assert field["text"].casefold() == param.text.casefold()
            assert field["picker"] in ("date", "number", "text", "select", "search")
            assert (field["picker"] == "date") is (param.type == "Date")
            assert ("choices" in field) is (field["picker"] in ("select", "search"))


def test_what_a_form_asks_is_answered_as_at_the_command_line(server: Server, public: Path) -> None:
    asked = 0
    for name, query in named_queries([QUERIES]).items():
        form = server.ask("GET", f"/query/form/{name}").json()
        needed = [one for one in form["params"] if one["required"]]
        needed += [one for one in form["params"] if one["name"] in form["oneOf"][:1]]
        given = {
            one["name"]: VALUES.get(one["name"]) or one.get("choices", [[""]])[0][0]
            for one in needed
        }
        if not all(given.values()):
            continue
        made = server.ask("GET", f"/query/asked/{name}?{urlencode(given)}").json()
        rows = server.query(made["sparql"], Accept=JSON).json()["results"]["bindings"]
        words = [f"{key}={value}" for key, value in given.items()]
        at = ["--case", miniature.CASE, "--public", str(public), "--format", "json"]
        told = CliRunner().invoke(main, ["query", query.name, *words, *at]).stdout
        wanted = json.loads(told)["results"]["bindings"]
        assert sorted(map(str, rows)) == sorted(map(str, wanted)), name
        asked += 1
    assert asked > 40


def test_a_form_says_what_is_wrong_with_a_value(server: Server) -> None:
    refused = server.ask("GET", f"/query/asked/ties?{urlencode({'actor': 'nobody } DROP'})}")
    assert refused.kind == "bad-request"
    assert "nobody } DROP" in refused.json()["detail"]
    assert server.ask("GET", "/query/asked/ties?nothing=1").kind == "bad-request"
    for path in ("form", "asked"):
        assert server.ask("GET", f"/query/{path}/nothing").kind == "not-found"


def test_a_statement_is_picked_by_what_it_says(server: Server, example: Judged) -> None:
    graph = Graph(example[1], miniature.CASE)
    [field] = server.ask("GET", "/query/form/detail").json()["params"]
    assert field["picker"] == "search"
    told = dict(field["choices"])
    assert set(told) == set(graph.ids("Statement"))
    assert all(label != name for name, label in told.items())
    arabic = dict(server.ask("GET", "/query/form/detail?lang=ar").json()["params"][0]["choices"])
    assert set(arabic) == set(told)
    assert not set(arabic.values()) & set(told.values())


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_forms_and_examples_are_told_in_the_language_that_is_asked_for(
    server: Server, tag: str
) -> None:
    words = QueryWords.of(tag)
    found = server.ask("GET", f"/query/examples.json?lang={tag}").json()
    shown = {one["name"]: one for group in found["groups"] for one in group["queries"]}
    for name, query in named_queries([QUERIES]).items():
        told = words.told(query)
        form = server.ask("GET", f"/query/form/{name}?lang={tag}").json()
        assert form["title"] == shown[name]["title"] == told.title
        assert shown[name]["text"].startswith(told.text)
        assert shown[name]["sparql"].strip() == query.sparql.strip()
        assert [one["label"] for one in form["params"]] == [
            words.called(one.name) for one in query.params
        ]
        for param, field in zip(query.params, form["params"], strict=True):
            if param.type in ("Kind", "Predicate", "Class", "Text") and tag != "en":
                labels = [one[1] for one in field.get("choices", ())]
                assert not [one for one in labels if re.search("[A-Za-z]", one)], (name, param)
    assert set(found["columns"]) >= {"subject", "voice", "statement", "actor"}
    assert bool(found["terms"]) == (tag != "en")


def test_a_language_that_there_is_not_is_english(server: Server) -> None:
    asked = [server.ask("GET", f"/query/examples.json{end}").json() for end in ("", "?lang=xx")]
    assert asked[0] == asked[1]


# --- Drawings --------------------------------------------------------------------------------


def drawn(server: Server, **given: str) -> Any:  # noqa: ANN401 - JSON
    answer = server.ask("GET", f"/query/drawing?{urlencode(given)}")
    assert answer.status == 200, answer
    policy = answer.headers["content-security-policy"]
    assert "script-src 'sha256-" in policy
    assert policy.endswith("frame-ancestors 'self'")
    match = re.search(
        r'<script[^>]*type="application/json"[^>]*>(.*?)</script>', answer.body.decode(), re.DOTALL
    )
    assert match
    return json.loads(match[1])


def test_only_the_lines_of_a_result_are_drawn(example: Judged) -> None:
    whole = lines(Graph(example[1], miniature.CASE))
    subject, target, key, data = min(whole.edges(keys=True, data=True))
    found = part_of(whole, {key, "nothing", "river-guard"}, ())
    assert list(found.edges(keys=True)) == [(subject, target, key)]
    assert set(found) == {subject, target}
    assert found.has_edge(subject, target, key)
    by_triple = part_of(whole, (), {f"{subject},{data['predicate']},{target}"})
    assert key in {one for *_, one in by_triple.edges(keys=True)}
    assert not part_of(whole, (), {"a,b,c", ",,", ""})


def test_a_drawing_keeps_the_status_of_its_lines(server: Server, example: Judged) -> None:
    knows = payload(Graph(example[1], miniature.CASE))
    lines = {
        key: one["status"] for key, one in knows["statements"].items()
        if "draw" in one and one["status"] != "accepted"
    }  # fmt: skip
    found = drawn(server, s=" ".join(sorted(lines)))
    told = json.dumps(found)
    assert all(key in told for key in lines)


def test_a_result_without_lines_says_so(server: Server) -> None:
    for given in ({}, {"s": "river-guard"}, {"s": "<script>"}, {"t": "a,b"}):
        answer = server.ask("GET", f"/query/drawing?{urlencode(given)}")
        assert b"No lines in this result" in answer.body
        policy = answer.headers["content-security-policy"]
        assert policy == "default-src 'none'; frame-ancestors 'self'"
