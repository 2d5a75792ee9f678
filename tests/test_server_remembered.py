"""Answers that are remembered: the same ones, within their room, and never what changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from serving import Server, served

from graph.server.pool.cache import ResultCache
from graph.server.pool.request import QueryRequest, QueryResult

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def reply(size: int) -> QueryResult:
    return QueryResult("text/csv", b"x" * size)


def test_the_same_question_gets_the_same_answer() -> None:
    answers = ResultCache(1_000_000)
    answers.keep(QueryRequest("ASK {}"), reply(10))
    assert answers[QueryRequest("ASK {}")][1] == reply(10)
    assert QueryRequest("ASK { }") not in answers
    assert QueryRequest("ASK {}", default_graphs=("urn:x",)) not in answers
    assert QueryRequest("ASK {}", table="text/csv") not in answers


def test_there_is_only_so_much_room() -> None:
    answers = ResultCache(100_000)
    for number in range(200):
        answers.keep(QueryRequest(f"ASK {{ {number} }}"), reply(1000))
    assert 0 < answers.currsize <= 100_000
    assert QueryRequest("ASK { 0 }") not in answers
    assert answers.get(QueryRequest("ASK { 199 }"))
    answers.keep(QueryRequest("large"), reply(50_000))
    assert QueryRequest("large") not in answers


def test_what_was_asked_for_last_stays_longest() -> None:
    answers = ResultCache(100_000)
    answers.keep(QueryRequest("often"), reply(1000))
    for number in range(200):
        answers.keep(QueryRequest(str(number)), reply(1000))
        assert answers.get(QueryRequest("often"))


@pytest.mark.parametrize("call", ["RAND()", "now()", "UUID()", "STRUUID()", "BNODE()"])
def test_what_changes_is_not_remembered(call: str) -> None:
    answers = ResultCache(1_000_000)
    answers.keep(QueryRequest(f"SELECT ({call} AS ?x) {{}}"), reply(10))
    assert len(answers) == 0


def test_without_room_nothing_is_remembered() -> None:
    answers = ResultCache(0)
    answers.keep(QueryRequest("ASK {}"), reply(1))
    assert len(answers) == answers.currsize == 0


@pytest.fixture(scope="module")
def server(public: Path) -> Iterator[Server]:
    with served(public) as found:
        yield found


def test_an_answer_comes_again_and_chance_anew(server: Server) -> None:
    text = "SELECT ?s WHERE { ?s a hud:Actor } ORDER BY ?s"
    first, second = (server.query(text) for _ in range(2))
    assert first.status == second.status == 200
    assert first.body == second.body
    drawn = {server.query("SELECT (RAND() AS ?x) {}").body for _ in range(3)}
    assert len(drawn) == 3
    assert server.query("SELECT ?x { ?x ?y").status == 400
    assert server.query("SELECT ?x { ?x ?y").status == 400
