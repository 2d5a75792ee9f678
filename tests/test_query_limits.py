"""What kills the engine does not kill ``hudna query``: one line, exit code 2, no child left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from functools import partial
from typing import TYPE_CHECKING

import miniature
import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from depth import examples
from hypothesis import given
from hypothesis import strategies as st
from serving import PATIENCE, children, until
from test_server_limits import HEAVY, RESOURCES, STACK

from graph import query
from graph.cli.main import main
from graph.errors import UsageError
from graph.query.named import named_queries
from graph.query.parameters import QUERIES
from graph.read.select import answer
from graph.remote.case import StoreSource
from graph.server.http.problem import KINDS
from graph.server.pool.apart import answered, limits_of

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result
    from miniature import Judged

TIGHT = ("--seconds", "1", "--memory", "128")
PATIENT = ("--seconds", str(int(PATIENCE)), *TIGHT[2:])
NAMED = named_queries([QUERIES])
FREE = [name for name in NAMED if not any(param.required for param in NAMED[name].params)]
SPARQL = [
    "ASK {}",
    "SELECT * {}",
    "SELECT ?none ?s { ?s hud:besieges ?o }",
    "SELECT * { GRAPH ?g { ?s ?p ?o } }",
    "CONSTRUCT { ?s hud:besieges ?o } { ?s hud:besieges ?o }",
    "CONSTRUCT { [] rdfs:label ?o } { ?s rdfs:label ?o }",
    "DESCRIBE mill:river-guard",
    "SELECT (<<( <a:b> <a:c> 1 )>> AS ?triple) {}",
]


def asked(public: Path, sparql: str, *words: str) -> Result:
    at = ("--public", str(public), "--case", "mill", "--data", str(miniature.DATA))
    return CliRunner().invoke(main, ["query", "-", *at, *words], input=sparql)


def one_line(result: Result) -> str:
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") in (1, 3)  # with the place in a query that is none
    assert not children(os.getpid())
    return result.stderr


@pytest.mark.some(4)
@pytest.mark.parametrize("name", STACK)
def test_deep_nesting_is_told_in_a_line(name: str, public: Path) -> None:
    result = asked(public, STACK[name], *PATIENT)
    if result.exit_code == 0:
        return  # here the stack is deep enough
    told = one_line(result)
    assert told.startswith(("Error: the engine failed", "Error: this is no SPARQL query"))


@pytest.mark.some(3)
@pytest.mark.parametrize("name", RESOURCES)
def test_what_takes_too_much_is_stopped(name: str, public: Path) -> None:
    told = one_line(asked(public, RESOURCES[name], *TIGHT)).removeprefix("Error: ").casefold()
    titles = [KINDS[kind][1].casefold() for kind in ("timeout", "out-of-memory", "engine-failed")]
    assert any(told.startswith(f"{title}: ") for title in titles)


def test_a_large_answer_is_refused_whole(public: Path) -> None:
    told = one_line(asked(public, "SELECT * { ?a ?b ?c . ?d ?e ?f }", "--memory", "64"))
    assert "the answer is too large" in told
    assert "--memory allows more" in told


def test_a_query_of_the_case_has_the_same_limits(public: Path, tmp_path: Path) -> None:
    answers = tmp_path / "mill" / "answers"
    answers.mkdir(parents=True)
    answers.joinpath("heavy.rq").write_text(STACK["groups"], "utf-8")
    at = ("--public", str(public), "--case", "mill", "--data", str(tmp_path))
    assert "engine failed" in one_line(CliRunner().invoke(main, ["query", "heavy", *at]))


@pytest.mark.parametrize("sparql", [STACK["groups"], STACK["groups"] + " # FROM <a:b>"])
def test_what_is_meant_for_a_store_does_not_kill_either(sparql: str) -> None:
    case = StoreSource("mill", "http://127.0.0.1:9/")
    with pytest.raises(UsageError, match="engine failed"):
        case.answer(sparql, here=partial(answered, limits=limits_of(PATIENCE, 128)))


def test_0_is_no_limit(public: Path) -> None:
    assert asked(public, "ASK {}", "--seconds", "0", "--memory", "0").output == "true\n"


@pytest.mark.some(4)
@pytest.mark.parametrize("sparql", [*SPARQL, *(NAMED[name].sparql for name in FREE)])
def test_the_answer_is_that_of_the_engine(sparql: str, example: Judged) -> None:
    got = answered(example[1], sparql, case="mill")
    right = answer(example[1], sparql, case="mill")
    assert type(got) is type(right)
    if isinstance(right, query.Table) and isinstance(got, query.Table):
        assert got.columns == right.columns
        assert sorted(map(str, got.rows)) == sorted(map(str, right.rows))
    elif isinstance(right, tuple) and isinstance(got, tuple) and "[]" not in sparql:
        assert set(got) == set(right)
    else:
        assert bool(got) == bool(right)


@given(st.text(), st.sampled_from([None, "en", "ar-Latn"]))
@examples(30)
def test_texts_come_through_as_they_are(text: str, language: str | None) -> None:
    try:
        literal = ox.Literal(text, language=language)
    except (UnicodeEncodeError, ValueError):
        return
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("a:b"), ox.NamedNode("a:c"), literal))
    found = answered(store, "SELECT ?o { ?s ?p ?o }", case="mill")
    assert found == answer(store, "SELECT ?o { ?s ?p ?o }", case="mill")
    triples = answered(store, "CONSTRUCT WHERE { ?s ?p ?o }", case="mill")
    assert triples == answer(store, "CONSTRUCT WHERE { ?s ?p ?o }", case="mill")


def test_where_no_process_can_be_forked_it_works_and_says_so(
    public: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "fork")
    result = asked(public, "ASK {}")
    assert result.stdout == "true\n"
    assert result.stderr == "this system cannot limit the time and memory of a query\n"
    assert asked(public, "ASK {}", "--seconds", "0", "--memory", "0").stderr == ""


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_who_is_stopped_leaves_no_child(sign: signal.Signals, public: Path) -> None:
    at = ["--public", str(public), "--case", "mill", "--data", str(miniature.DATA)]
    process = subprocess.Popen(
        [sys.executable, "-m", "graph", "query", "-", *at],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(miniature.PROJECT)},
    )
    assert process.stdin is not None
    process.stdin.write(HEAVY.encode())
    process.stdin.close()
    until(lambda: children(process.pid))
    child = children(process.pid)[0]
    process.send_signal(sign)
    assert process.wait(PATIENCE) != 0
    until(lambda: child not in children(1) and not alive(child))
    assert process.stderr is not None
    assert b"Traceback" not in process.stderr.read()
    process.stderr.close()


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
