"""The form of an answer: its charset, and ``format`` for who has nothing but an address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from serving import JSON, Answer, Server, served
from test_server_conditional import PATHS

from graph.cli.query import command
from graph.export.formats import formats
from graph.server.http.negotiation import FORMATS, GRAPH_NAMES, GRAPHS, TABLE_NAMES, TABLES, named

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import click

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
ARABIC = "الزهراء"
SELECT = f'SELECT ?n {{ VALUES ?n {{ "{ARABIC}"@ar "a, b" }} }}'
CONSTRUCT = f'CONSTRUCT {{ <a:b> <a:c> "{ARABIC}"@ar }} WHERE {{}}'


@pytest.fixture(scope="module")
def server(public: Path) -> Iterator[Server]:
    with served(public) as running:
        yield running


def got(server: Server, sparql: str, *more: tuple[str, str], **headers: str) -> Answer:
    """Return the answer at an address."""
    return server.ask("GET", f"/sparql?{urlencode([('query', sparql), *more])}", **headers)


def as_read(answer: Answer) -> str:
    """Return the text as RCurl reads it: in the charset that the header names, else as Latin-1."""
    found = re.search(r"charset=([\w-]+)", answer.headers["content-type"])
    return answer.body.decode(found[1] if found else "latin-1")


# --- Charset ---------------------------------------------------------------------------------


@pytest.mark.parametrize("media", TABLES)
def test_every_form_of_a_table_is_read_whole(server: Server, media: str) -> None:
    answer = server.query(SELECT, Accept=media)
    assert (answer.status, answer.media) == (200, media)
    assert ARABIC in as_read(answer)


@pytest.mark.parametrize("media", GRAPHS)
def test_every_form_of_a_graph_is_read_whole(server: Server, media: str) -> None:
    answer = server.query(CONSTRUCT, Accept=media)
    assert (answer.status, answer.media) == (200, media)
    assert ARABIC in as_read(answer)


def test_a_problem_is_read_whole(server: Server) -> None:
    answer = got(server, SELECT, ("format", ARABIC))
    assert answer.kind == "bad-request"
    assert ARABIC in as_read(answer)
    refused = server.raw(b"GET /\x00 HTTP/1.1\r\n\r\n")
    assert b"\r\nContent-Type: application/problem+json; charset=utf-8\r\n" in refused


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_names_its_charset(server: Server, path: str) -> None:
    for accept in ("*/*", "text/html", "application/rdf+xml"):
        answer = server.ask("GET", path, Accept=accept)
        if answer.body:
            assert answer.headers["content-type"].endswith("; charset=utf-8"), accept
            as_read(answer)


@pytest.mark.parametrize(
    "line", ["GET /sparql?query=ASK{}", "HEAD /health", "GET /nowhere", "PUT /sparql", "GET /\x00"]
)
def test_names_of_headers_are_written_as_is_usual(server: Server, line: str) -> None:
    """RCurl looks for ``Content-Type`` and finds no ``content-type``."""
    host = f"Host: 127.0.0.1:{server.port}\r\nConnection: close"
    got = server.raw(f"{line} HTTP/1.1\r\n{host}\r\n\r\n".encode())
    names = [each.partition(b":")[0] for each in got.partition(b"\r\n\r\n")[0].split(b"\r\n")[1:]]
    assert b"Content-Type" in names
    assert names == [name.title() for name in names]
    assert len(set(names)) == len(names)


# --- By an address alone ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sparql", "name", "media"),
    [
        *((SELECT, name, media) for name, media in TABLE_NAMES.items()),
        *((CONSTRUCT, name, media) for name, media in GRAPH_NAMES.items()),
        *((SELECT, media, media) for media in TABLES),
        *((CONSTRUCT, media, media) for media in GRAPHS),
    ],
)
def test_an_address_names_the_form(server: Server, sparql: str, name: str, media: str) -> None:
    wanted = server.query(sparql, Accept=media)
    assert (wanted.status, wanted.media) == (200, media)
    form = ("format", name)
    other = "application/json" if media != "application/json" else "application/xml"
    address = f"/sparql?{urlencode([form])}"
    for accept in (other, "image/png", "*/*"):
        for answer in (
            got(server, sparql, form, Accept=accept),
            server.query(sparql, form, Accept=accept),
            server.ask("POST", address, sparql.encode(), Content_Type=QUERY, Accept=accept),
            server.ask("POST", address, f"query={quote(sparql)}", Content_Type=FORM, Accept=accept),
        ):
            assert (answer.status, answer.media, answer.body) == (200, media, wanted.body)


def test_truth_has_a_form_as_well(server: Server) -> None:
    assert got(server, "ASK {}", ("format", "csv")).body == b"true"
    assert got(server, "ASK {}", ("format", "ttl")).kind == "not-acceptable"


@pytest.mark.parametrize(
    "value",
    [
        "CSV", " csv ", "text/csv", "Text/CSV", "text/csv; charset=utf-8", "text/csv;q=0.5",
        "csv,json", "application/octet-stream,text/csv",
    ],
)  # fmt: skip
def test_ways_to_write_a_form(server: Server, value: str) -> None:
    answer = got(server, SELECT, ("format", value))
    assert (answer.status, answer.media) == (200, "text/csv")


def test_a_plus_may_stand_in_an_address_as_it_is(server: Server) -> None:
    for value in (JSON, "application/rdf+xml,application/sparql-results+json"):
        answer = server.ask("GET", f"/sparql?query={quote(SELECT)}&format={value}")
        assert (answer.status, answer.media) == (200, JSON)


@pytest.mark.parametrize("value", ["", "cvs", "table", "nquads", "text/*", "*/*", "/", "x" * 9999])
def test_a_form_that_there_is_not_is_told(server: Server, value: str) -> None:
    answer = got(server, SELECT, ("format", value), Accept="text/csv")
    assert (answer.status, answer.kind) == (400, "bad-request")
    detail = answer.json()["detail"]
    assert f'"{value[:60]}"' in detail
    assert all(name in detail for name in (*TABLE_NAMES, *GRAPH_NAMES))
    assert len(detail) < 400


@pytest.mark.parametrize(
    ("sparql", "name", "right"),
    [
        *((CONSTRUCT, name, "ttl") for name in TABLE_NAMES if name not in GRAPH_NAMES),
        *((SELECT, name, "csv") for name in GRAPH_NAMES if name not in TABLE_NAMES),
        (CONSTRUCT, "text/csv", "ttl"),
        ("DESCRIBE <river-guard>", "tsv", "ttl"),
    ],
)
def test_a_form_that_does_not_fit_the_query(
    server: Server, sparql: str, name: str, right: str
) -> None:
    answer = got(server, sparql, ("format", name), Accept="*/*")
    assert (answer.status, answer.kind) == (406, "not-acceptable")
    assert f" {right}, " in answer.json()["detail"]


def test_a_form_is_named_once(server: Server) -> None:
    twice = got(server, SELECT, ("format", "csv"), ("format", "json"))
    assert (twice.kind, twice.json()["detail"]) == (
        "bad-request",
        "more than one form is asked for: csv, json",
    )
    path = f"/sparql?{urlencode([('format', 'csv')])}"
    form = urlencode([("query", SELECT), ("format", "json")])
    assert server.ask("POST", path, form, Content_Type=FORM).kind == "bad-request"
    assert got(server, SELECT, ("format", "csv"), ("output", "json")).kind == "bad-request"
    many = got(
        server, SELECT, *(("format", f"csv,{number}") for number in range(300)), ("format", "json")
    )
    assert len(many.json()["detail"]) < 1100


def test_the_same_form_may_be_named_in_several_ways(server: Server) -> None:
    """As SPARQLWrapper does, in three parameters, two of them of other servers."""
    said = [(name, value) for name in ("format", "output", "results")
            for value in ("tsv", "text/tab-separated-values")]  # fmt: skip
    assert got(server, SELECT, *said).media == "text/tab-separated-values"
    assert got(server, SELECT, ("output", "csv")).media == "text/csv"


def test_each_form_is_remembered_by_itself(server: Server) -> None:
    sparql = f"{SELECT} ORDER BY ?n"
    forms = [*TABLE_NAMES, *TABLE_NAMES]
    found = [got(server, sparql, ("format", name)) for name in forms]
    assert [each.media for each in found] == [TABLE_NAMES[name] for name in forms]
    assert len({each.body for each in found}) == len(TABLE_NAMES)
    assert got(server, sparql, Accept="text/csv").body == found[forms.index("csv")].body


# --- Parameters that there are not -----------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("formt", "format"),
        ("Format", "format"),
        ("queri", "query"),
        ("default-graph-url", "default-graph-uri"),
        ("timeout", ""),
        ("", ""),
        (ARABIC, ""),
        ("x" * 5000, ""),
    ],
)
def test_a_parameter_that_there_is_not_is_told(server: Server, name: str, nearest: str) -> None:
    path = f"/sparql?{urlencode([(name, 'csv')])}"
    for answer in (
        got(server, SELECT, (name, "csv")),
        server.query(SELECT, (name, "csv")),
        server.ask("POST", path, SELECT.encode(), Content_Type=QUERY),
        server.ask("GET", path),
    ):
        assert (answer.status, answer.kind) == (400, "bad-request")
        detail = answer.json()["detail"]
        assert detail.startswith(f'there is no parameter "{name[:60]}"')
        assert (f'did you mean "{nearest}"' if nearest else "; there is: query, ") in detail
        assert len(detail) < 250


# --- Names -----------------------------------------------------------------------------------


def test_the_names_are_those_of_the_command_line() -> None:
    [option] = [one for one in command.params if one.name == "form"]
    choice: click.Choice[str] = option.type  # type: ignore[assignment]
    assert set(choice.choices) - {"table", "sparql-csv", "citations"} <= set(FORMATS)
    assert {"turtle", "trig", "jsonld"} <= set(FORMATS) & set(formats())


def test_the_description_lists_what_is_taken(server: Server) -> None:
    described = server.ask("GET", "/openapi.json").json()
    assert described["components"]["schemas"]["Format"]["enum"] == list(FORMATS)
    for value in FORMATS:
        assert named(value) != (None, None)
    paths = described["paths"]
    for method in ("get", "post"):
        told = paths["/sparql"][method]["responses"]["200"]["content"]
        assert set(told) == {*TABLES, *GRAPHS}
    assert set(paths["/.well-known/void"]["get"]["responses"]["200"]["content"]) == {*GRAPHS}


PARTS = st.sampled_from([*FORMATS, *map(str.upper, FORMATS), "cvs", "", "a/b", "text/html"])


@given(st.lists(st.tuples(PARTS, st.sampled_from(["", ";q=0.1", " ; charset=utf-8"])), max_size=4))
def test_the_first_form_that_there_is_is_meant(parts: list[tuple[str, str]]) -> None:
    table, graph = named(",".join(one + more for one, more in parts))
    lowered = [one.lower() for one, _ in parts]
    tables = [one for one in lowered if one in TABLE_NAMES or one in TABLES]
    graphs = [one for one in lowered if one in GRAPH_NAMES or one in GRAPHS]
    assert table == (TABLE_NAMES.get(tables[0], tables[0]) if tables else None)
    assert graph == (GRAPH_NAMES.get(graphs[0], graphs[0]) if graphs else None)


@given(st.text(max_size=20))
def test_any_text_is_a_form_or_none(value: str) -> None:
    table, graph = named(value)
    assert table is None or table in TABLES
    assert graph is None or graph in GRAPHS
