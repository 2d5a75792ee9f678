"""Answers that are remembered: the same ones, within their room, and never what changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from serving import Server, served

from graph.server.pool.cache import Answers, Heavy
from graph.server.pool.request import Question, Reply

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def reply(size: int) -> Reply:
    return Reply("text/csv", b"x" * size)


def test_the_same_question_gets_the_same_answer() -> None:
    answers = Answers(1_000_000)
    answers.keep(Question("ASK {}"), reply(10))
    assert answers.get(Question("ASK {}")) == reply(10)
    assert answers.get(Question("ASK { }")) is None
    assert answers.get(Question("ASK {}", default_graphs=("urn:x",))) is None
    assert answers.get(Question("ASK {}", table="text/csv")) is None


def test_there_is_only_so_much_room() -> None:
    answers = Answers(100_000)
    for number in range(200):
        answers.keep(Question(f"ASK {{ {number} }}"), reply(1000))
    assert answers.taken <= 100_000
    assert answers.get(Question("ASK { 0 }")) is None
    assert answers.get(Question("ASK { 199 }")) is not None
    answers.keep(Question("large"), reply(50_000))
    assert answers.get(Question("large")) is None


def test_what_was_asked_for_last_stays_longest() -> None:
    answers = Answers(100_000)
    answers.keep(Question("often"), reply(1000))
    for number in range(200):
        answers.keep(Question(str(number)), reply(1000))
        assert answers.get(Question("often")) is not None


@pytest.mark.parametrize("call", ["RAND()", "now()", "UUID()", "STRUUID()", "BNODE()"])
def test_what_changes_is_not_remembered(call: str) -> None:
    answers = Answers(1_000_000)
    answers.keep(Question(f"SELECT ({call} AS ?x) {{}}"), reply(10))
    assert len(answers) == 0


def test_without_room_nothing_is_remembered() -> None:
    answers = Answers(0)
    answers.keep(Question("ASK {}"), reply(1))
    assert len(answers) == answers.taken == 0


def test_only_so_many_heavy_questions_are_known() -> None:
    heavy = Heavy(2)
    for text in ("a", "b", "a", "c"):
        heavy.add(Question(text))
    assert Question("a") in heavy
    assert Question("b") not in heavy
    heavy.discard(Question("a"))
    heavy.discard(Question("never known"))
    assert Question("a") not in heavy


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
