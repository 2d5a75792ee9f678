"""One list of queries, asked from Python, the command line and the server: the same answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.errors import UsageError
from graph.query import Graph, answer
from graph.read.select import Table
from graph.server.http.problem import Refusal
from graph.server.pool.apart import answered
from graph.server.pool.request import QueryRequest, evaluated

if TYPE_CHECKING:
    from miniature import Judged

QUERIES = (
    "SELECT * { <iran> rdfs:label ?label }",
    "\ufeffASK { homs:iran a hud:Actor }",
    'SELECT (IRI("ndf") AS ?x) {}',
    "SELECT ?who { ?who a hud:State } ORDER BY ?who",
    "CONSTRUCT { ?s hud:about ?o } WHERE { ?s hud:about ?o } LIMIT 2",
    "SELECT ?n { GRAPH ?g { ?s ?p ?o } BIND(1 AS ?n) } LIMIT 1",
)
BAD = {
    "SELECT ?s ?s { ?s ?p ?o }": "Duplicated variable name",
    "SELECT * { ?s ?p “x” }": "line 1, column 18: “ is no sign of SPARQL",
    "": "it is empty",
    "# nothing but a remark": "it is empty",
    "SELECT * {\n ?s ?p ?o": 'line 2, column 10: a "{" is never closed',
    "SELECT * {\n ?s hud:p ?o ; kin:x ?z }": 'line 2, column 16: the prefix "kin:" is not declared',
    "INSERT DATA { <a:a> <b:b> <c:c> }": "this is an update",
    "PREFIX a: <b:c> DELETE WHERE { ?s ?p ?o }": "this is an update",
    "SELEC * {}": 'a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE, not with "SELEC"',
    "SELECT (COUNT(?s) AS ?n) ?p { ?s ?p ?o }": "a variable that is unbound",
    'SELECT * { ?s ?p "abc }': "a text is never closed",
    "SELECT * { SERVICE <http://a.example/> {} }": "SERVICE is not allowed",
}


@pytest.fixture(scope="module")
def graph(judged: Judged) -> Graph:
    """The graph of Homs."""
    case, store = judged
    return Graph(store, case.id)


@pytest.mark.parametrize("query", QUERIES)
def test_every_door_gives_the_same_answer(query: str, graph: Graph) -> None:
    here = answer(graph.store, query, case=graph.case)
    apart = answered(graph.store, query, case=graph.case)
    reply = evaluated(graph.store, QueryRequest(query), case=graph.case, most=1 << 20)
    if isinstance(here, Table):
        assert isinstance(apart, Table)
        assert (apart.columns, apart.rows) == (here.columns, here.rows)
        assert here.rows
        assert reply.body.count(b'"type"') == sum(
            term is not None for row in here.rows for term in row
        )
    elif isinstance(here, tuple):
        assert isinstance(apart, tuple)
        assert sorted(map(str, apart)) == sorted(map(str, here))
        assert reply.body.count(b"hud:about") == len(here) > 0
    else:
        assert here is apart is True
        assert b"true" in reply.body


@pytest.mark.parametrize("query", BAD)
def test_every_door_says_the_same_of_what_is_no_query(query: str, graph: Graph) -> None:
    told = []
    for door in (answer, answered):
        with pytest.raises(UsageError) as error:
            door(graph.store, query, case=graph.case)
        told.append(str(error.value))
    with pytest.raises(Refusal) as refusal:
        evaluated(graph.store, QueryRequest(query), case=graph.case, most=1 << 20)
    assert BAD[query] in told[0]
    assert BAD[query] in told[1]
    assert BAD[query] in refusal.value.detail


def test_a_caret_stands_below_what_breaks(graph: Graph) -> None:
    with pytest.raises(UsageError) as error:
        answer(graph.store, "SELECT * {\n  ?s ?p ‘x’ }", case=graph.case)
    _, line, caret = error.value.lines
    assert line[caret.index("^")] == "‘"
