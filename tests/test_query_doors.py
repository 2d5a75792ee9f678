"""One list of queries, asked at every door: the same answers, and the same refusals.

The doors are Python, the command line, the server, and the command line with the server as a store.
"""

from __future__ import annotations

import json
import warnings
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

import miniature
import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from serving import Server, served

import graph as package
from graph.cli import main
from graph.errors import UsageError
from graph.read.select import Table
from graph.read.store import in_memory
from graph.remote import case as remote
from graph.remote import fetching

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from click.testing import Result

    from graph.build.case import OpenedCase
    from graph.read.select import Answer as Found
    from graph.remote.client import Client
    from graph.remote.manifest import Names

DAY: dict[str, Any] = {"on": "2020-05-20"}
VOICE: dict[str, Any] = {"voice": "observers"}
ONLY: dict[str, Any] = {"voice": "River Guard", "only": True}
EVERY: dict[str, Any] = {"on": "2020-06-02", "voice": "town-council"}
WHOLE: dict[str, Any] = {}
MARK = "\ufeff"
WHO = "# param who: Actor — whose statements\nSELECT ?p ?o { VALUES ?who { UNDEF } "
WHO += "?s rdf:subject ?who ; rdf:predicate ?p ; rdf:object ?o }"
HOW_MANY = "SELECT (COUNT(*) AS ?n) { ?s a hud:Statement }"
NONE = "SELECT ?n { VALUES ?n {} }"

ASKED: list[tuple[str, dict[str, Any]]] = [
    # SELECT
    ("SELECT ?who { ?who a hud:Actor } ORDER BY ?who", WHOLE),
    ("SELECT * { <river-guard> rdfs:label ?label }", WHOLE),
    ("SELECT * { <river-guard> skos:altLabel ?name }", WHOLE),
    ('SELECT (IRI("ford") AS ?x) {}', WHOLE),
    ("SELECT ?who ?what { ?who hud:besieges ?what }", WHOLE),
    ("SELECT ?who ?name { ?who a hud:Actor OPTIONAL { ?who skos:altLabel ?name } }", WHOLE),
    ("SELECT (COUNT(?c) AS ?n) ?v { ?c hud:about ?s ; hud:voice ?v } GROUP BY ?v", WHOLE),
    ('SELECT ("a,\\"b\\n" AS ?t) (1.50 AS ?d) (true AS ?b) ("x"@ar-Latn AS ?l) {}', WHOLE),
    ('SELECT ("=1+1" AS ?formula) ("" AS ?nothing) {}', WHOLE),
    (NONE, WHOLE),
    ("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g", WHOLE),
    ("SELECT * { GRAPH g:ties { ?s hud:tiedTo ?o } }", WHOLE),
    ("SELECT * { GRAPH <graph/alleged> { ?s ?p ?o } }", WHOLE),
    ("SELECT * { ?s rdf:subject ?a . FILTER NOT EXISTS { ?s hud:stands true } }", WHOLE),
    ("SELECT ?a { { ?a a hud:Place } UNION { ?a a hud:Event } }", WHOLE),
    ("SELECT ?a ?b { ?a hud:besieges+ ?b }", WHOLE),
    ("SELECT * { ?s hud:when ?when } ORDER BY DESC(?when) ?s LIMIT 3 OFFSET 1", WHOLE),
    ("PREFIX m: <https://w3id.org/hudna/mill/> SELECT ?p { m:river-guard ?p m:mill-town }", WHOLE),
    ("PREFIX hud: <urn:other:> SELECT ?s { ?s hud:besieges ?o }", WHOLE),
    ("BASE <https://w3id.org/hudna/mill/> SELECT ?p { <river-guard> ?p ?o }", WHOLE),
    ("BASE <urn:elsewhere:> SELECT ?p { <river-guard> ?p ?o }", WHOLE),
    (f"{MARK}SELECT ?s {{ ?s a hud:Source }}", WHOLE),
    ("# a remark\r\nSELECT ?s\r\n{ ?s a hud:Source }\r\n", WHOLE),
    ("select distinct ?p where { ?s ?p ?o filter(isIRI(?o)) }", WHOLE),
    # a snapshot
    (HOW_MANY, DAY),
    (HOW_MANY, VOICE),
    (HOW_MANY, ONLY),
    (HOW_MANY, EVERY),
    ("SELECT ?statement ?p { ?statement rdf:predicate ?p }", DAY),
    ("SELECT ?s ?c { ?s hud:stands true ; hud:weighedFrom ?c }", ONLY),
    ("SELECT * { GRAPH g:ties { ?s ?p ?o } }", DAY),
    ("SELECT ?p { <river-guard> ?p ?o }", VOICE),
    # ASK
    (f"{MARK}ASK {{ mill:river-guard a hud:Actor }}", WHOLE),
    ("ASK { mill:river-guard a hud:Place }", WHOLE),
    ("ASK { ?who hud:besieges mill:mill-town }", DAY),
    # CONSTRUCT and DESCRIBE
    ("CONSTRUCT WHERE { ?s hud:about ?o }", WHOLE),
    ("CONSTRUCT { ?s rdfs:seeAlso ?o } WHERE { ?s hud:perpetrator ?o }", ONLY),
    ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o . FILTER(false) }", WHOLE),
    ("DESCRIBE mill:river-guard", WHOLE),
    ("DESCRIBE ?s { ?s a hud:Statement }", VOICE),
    # names that are nowhere
    ("SELECT ?s { ?s hud:contrrols ?o }", WHOLE),
    ("SELECT ?p { mill:nobody ?p ?o }", WHOLE),
    ("SELECT ?s { ?s hud:status kind:acepted }", DAY),
]  # fmt: skip
BAD: list[tuple[str, dict[str, Any], str]] = [
    ("SELECT ?s ?s { ?s ?p ?o }", WHOLE, "Duplicated variable name"),
    ("SELECT * { ?s ?p “x” }", WHOLE, "line 1, column 18: “ is no sign of SPARQL"),
    ("", WHOLE, "it is empty"),
    ("# nothing but a remark", WHOLE, "it is empty"),
    ("SELECT * {\n ?s ?p ?o", WHOLE, 'line 2, column 10: a "{" is never closed'),
    ("SELECT * {\n ?s <a:b> ?o ; kin:x ?z }", WHOLE,
     'line 2, column 16: the prefix "kin:" is not declared'),
    ("INSERT DATA { <a:a> <b:b> <c:c> }", WHOLE, "this is an update"),
    ("PREFIX a: <b:c> DELETE WHERE { ?s ?p ?o }", WHOLE, "this is an update"),
    ("SELEC * {}", WHOLE,
     'a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE, not with "SELEC"'),
    ("SELECT (COUNT(?s) AS ?n) ?p { ?s ?p ?o }", WHOLE, "a variable that is unbound"),
    ('SELECT * { ?s ?p "abc }', WHOLE, "a text is never closed"),
    ("SELECT * { SERVICE <http://a.example/> {} }", WHOLE, "SERVICE is not allowed"),
    ("SELECT * { ?s ?p ?o ", DAY, 'a "{" is never closed'),
    (HOW_MANY, {"on": "2020-13-01"}, "2020-13-01"),
    (HOW_MANY, {"voice": "river-gaurd"}, 'did you mean "river-guard"'),
    (HOW_MANY, {"voice": "mill-town"}, "mill-town"),
    (HOW_MANY, {"only": True}, "only"),
]  # fmt: skip


class Doors(NamedTuple):
    """A case at all its doors."""

    case: OpenedCase
    public: Path
    server: Server

    def python(self, sparql: str, narrowing: dict[str, Any]) -> Found:
        if not narrowing:
            return self.case.query(sparql)
        return self.case.snapshot(**narrowing).query(sparql)

    def command(self, sparql: str, *words: str, store: bool = False, **narrowing: Any) -> Result:  # noqa: ANN401
        at = ["--case", "mill", "--data", str(miniature.DATA), "--public", str(self.public)]
        url = ["--store", f"http://127.0.0.1:{self.server.port}/sparql"] if store else []
        for name, value in narrowing.items():
            words += (f"--{_NAMES.get(name, name)}", *([] if value is True else [value]))
        return CliRunner().invoke(main, ["query", "-", *at, *url, *words], input=sparql)

    def ask(self, sparql: str, form: str, **narrowing: Any) -> Any:  # noqa: ANN401
        values = {_NAMES.get(k, k): "true" if v is True else v for k, v in narrowing.items()}
        return self.server.ask(
            "GET", f"/sparql?{urlencode({'query': sparql, **values})}", Accept=form
        )


_NAMES = {"voice": "as"}
_ROWS, _TRIPLES = "application/sparql-results+json", "application/n-triples"


@pytest.fixture(scope="module")
def doors(public: Path) -> Iterator[Doors]:
    """The doors of one case; the commands fetch it from the store once, and not each anew."""
    fetched: list[ox.Store] = []

    def fetch(client: Client, names: Names) -> ox.Store:
        if not fetched:
            fetched.append(fetching.fetch(client, names))
        return fetched[0]

    with served(public) as server, pytest.MonkeyPatch.context() as patch:
        patch.setattr(remote, "fetch", fetch)
        yield Doors(package.open("mill", public), public, server)
        assert fetched


def of_python(found: Found) -> object:
    if isinstance(found, Table):
        rows = (tuple(map(str, row)) for row in found.rows)
        return found.columns, Counter(tuple(_empty(cell) for cell in row) for row in rows)
    return found if isinstance(found, bool) else _lines("\n".join(f"{one} ." for one in found))


def _empty(cell: str) -> str:
    return "" if cell == "None" else cell


def of_results(text: str | bytes) -> object:
    """Return the same of results in JSON."""
    told = json.loads(text)
    if "boolean" in told:
        return told["boolean"]
    names = told["head"]["vars"]
    rows = ([_term(row.get(name)) for name in names] for row in told["results"]["bindings"])
    return tuple(names), Counter(map(tuple, rows))


def _term(cell: dict[str, str] | None) -> str:
    if cell is None:
        return ""
    if cell["type"] == "uri":
        return str(ox.NamedNode(cell["value"]))
    kind = ox.NamedNode(cell["datatype"]) if "datatype" in cell else None
    return str(ox.Literal(cell["value"], datatype=kind, language=cell.get("xml:lang")))


def _lines(text: str) -> frozenset[str]:
    """Return the triples, each once: a CONSTRUCT may tell one several times."""
    return frozenset(str(quad) for quad in in_memory(ox.parse(text, ox.RdfFormat.N_TRIPLES)))


@pytest.mark.some(4)
@pytest.mark.parametrize(("sparql", "narrowing"), ASKED)
def test_every_door_gives_the_same_answer(
    doors: Doors, sparql: str, narrowing: dict[str, Any]
) -> None:
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        right = of_python(doors.python(sparql, narrowing))
    triples = isinstance(right, frozenset)
    read: Any = _lines if triples else of_results
    for store in (False, True):
        told = doors.command(
            sparql, "--format", "nt" if triples else "json", store=store, **narrowing
        )
        assert told.exit_code == 0, told.stderr
        assert read(told.stdout) == right
        said = " ".join(told.stderr.split())
        for one in warned:
            assert str(one.message).partition(";")[0] in said
        assert ("warning:" in said) is bool(warned)
    answer = doors.ask(sparql, _TRIPLES if triples else _ROWS, **narrowing)
    assert answer.status == 200, answer
    found = read(answer.body.decode())
    if isinstance(right, tuple) and right[0][-1:] == ("held",):
        assert not isinstance(found, frozenset)
        right = right[0][:-1], Counter(row[:-1] for row in right[1].elements())
    assert found == right


def test_the_list_is_of_every_kind_and_has_answers(doors: Doors) -> None:
    assert len(ASKED) + len(BAD) >= 40
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = [doors.python(*one) for one in ASKED]
    assert {type(one) for one in found} == {Table, bool, tuple}
    assert {True, False} <= {one for one in found if isinstance(one, bool)}
    empty = [one for one, told in zip(ASKED, found, strict=True) if not getattr(told, "rows", told)]
    assert len(empty) < len(found) / 4, empty


@pytest.mark.some(4)
@pytest.mark.parametrize(("sparql", "narrowing", "words"), BAD)
def test_every_door_refuses_in_the_same_words(
    doors: Doors, sparql: str, narrowing: dict[str, Any], words: str
) -> None:
    with pytest.raises(UsageError) as error:
        doors.python(sparql, narrowing)
    assert words in str(error.value)
    for store in (False, True):
        told = doors.command(sparql, store=store, **narrowing)
        assert told.exit_code == 2, told.stderr
        assert words in " ".join(told.stderr.split())
        assert told.stdout == ""
    answer = doors.ask(sparql, _ROWS, **narrowing)
    assert answer.status == 400
    assert answer.kind in ("bad-query", "bad-request", "query-leaves")
    assert words in answer.json()["detail"]


def test_a_parameter_is_given_once_at_every_door(doors: Doors) -> None:
    right = of_python(doors.case.query(WHO, who="River Guard"))
    assert right == of_python(doors.case.query(WHO, who="river-guard"))
    guard = ("--param", "who=the Guard")
    for store in (False, True):
        told = doors.command(WHO, *guard, "--format", "json", store=store)
        assert of_results(told.stdout) == right
        for more, words in [
            (guard, "given twice"),
            (("--param", "whom=x"), 'no parameter "whom"'),
            (("--on", "2020-05-20", "--on", "2020-05-21"), ""),
        ]:
            told = doors.command(WHO, *guard, *more, store=store)
            assert (told.exit_code == 2) is bool(words)
            assert words in " ".join(told.stderr.split())
    with pytest.raises(UsageError, match='no parameter "whom"'):
        doors.case.query(WHO, who="River Guard", whom="x")
    for twice in ("query=ASK%7B%7D", "on=2020-05-20&on=2020-05-21", "as=observers&as=bandits",
                  "as=observers&only=true&only=false"):  # fmt: skip
        answer = doors.server.ask("GET", f"/sparql?query=ASK%7B%7D&{twice}")
        assert (answer.status, answer.kind) == (400, "bad-request"), twice


def test_a_caret_stands_below_what_breaks(doors: Doors) -> None:
    with pytest.raises(UsageError) as error:
        doors.case.query("SELECT * {\n  ?s ?p ‘x’ }")
    _, line, caret = error.value.lines
    assert line[caret.index("^")] == "‘"
