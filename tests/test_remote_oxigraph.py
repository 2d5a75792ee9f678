"""A case in Oxigraph's server: published, broken off, published again, and read as if built."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

import published
import pyoxigraph as ox
import pytest
from published import Place, hudna, publish
from stores import fake, oxigraph, reply, stop

from graph.build.case import OpenedCase, open_build
from graph.errors import UsageError
from graph.model.terms import XSD, text
from graph.read import store as graphs
from graph.read.select import Table, answer
from graph.remote.case import StoreSource
from graph.remote.errors import CutAnswer, StoreError
from graph.remote.fetching import connect, fetch
from graph.remote.lines import GraphLines
from graph.remote.manifest import Names
from graph.remote.publishing import Publication

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.server import BaseHTTPRequestHandler
    from pathlib import Path

    import httpx
    from miniature import Judged
    from stores import Running

    from graph.remote.client import Client

pytestmark = pytest.mark.landing
MILL = Names("mill")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with oxigraph(tmp_path_factory.mktemp("oxigraph") / "data") as running:
        yield running


@pytest.fixture(scope="module")
def mill(server: Running, public: Path) -> Place:
    place = Place("mill", public, server.url)
    assert {outcome.what for outcome in place.sent()} == {"sent"}
    return place


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Running]:
    with oxigraph(tmp_path / "data") as running:
        yield running


def everything(client: Client) -> set[str]:
    """Return the names of all graphs in a store."""
    found = client.select("SELECT ?g WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g").rows
    return {text(row[0]) for row in found}


def test_the_graph_is_the_same(mill: Place) -> None:
    published.assert_same_graph(mill)


def test_answers_are_the_same(mill: Place) -> None:
    published.assert_same_answers(mill)
    published.assert_same_world(mill, "river-guard")


def test_commands_print_the_same(mill: Place) -> None:
    published.assert_same_commands(mill)


def test_names_that_the_store_has_not_are_asked_for_at_once(
    mill: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = StoreSource("mill", mill.url)
    assert source.answer("ASK { mill:river-guard a hud:Actor }") is True
    asked: list[str] = []
    real = source.client.select

    def counted(sparql: str, dataset: list[tuple[str, str]]) -> Table:
        asked.append(sparql)
        return real(sparql, dataset)

    monkeypatch.setattr(source.client, "select", counted)
    own = r"ASK { ?x hud:chargesForPasageInto mill:wear ; hud:about mill:term\/no ; a hud:Actor }"
    with pytest.warns(UserWarning, match="the graph has no") as told:
        source.answer(own)
    assert len(asked) == 1
    lacking = ("hud:chargesForPasageInto", "mill:wear", "mill:term/no")
    assert {str(one.message) for one in told} == {f"the graph has no {name}" for name in lacking}


def test_nothing_is_left_in_the_store_but_the_case(mill: Place, server: Running) -> None:
    client = connect(server.url)
    named = {MILL.there(graph.value) for graph in graphs.named_graphs(mill.built.store)}
    assert everything(client) == named | {MILL.default, MILL.manifest}
    assert client.count("") == 0


def test_a_second_publication_writes_nothing(mill: Place) -> None:
    client = connect(mill.url)
    sent: list[str] = []
    client.update = sent.append  # type: ignore[method-assign, assignment]
    client.put = None  # type: ignore[method-assign, assignment]
    assert {outcome.what for outcome in publish(mill.built, client)} == {"unchanged"}
    assert sent == []


def test_homs_is_the_same(server: Running, judged: Judged) -> None:
    client, names, store = connect(server.url), Names(judged[0].id), judged[1]
    found = Publication(client, store, names).run()
    assert sum(outcome.triples for outcome in found) == len(store)
    assert graphs.nquads(fetch(client, names)) == graphs.nquads(store)


def test_what_changed_is_sent_and_what_is_gone_is_left(empty: Running, public: Path) -> None:
    built = open_build("mill", public)
    client = connect(empty.url)
    publish(built, client)
    changed = ox.NamedNode(MILL.home + "alleged")
    gone = next(g for g in graphs.named_graphs(built.store) if g != changed)
    there = client.count(gone.value)
    more = ox.NamedNode("urn:more")
    number = ox.Literal(str(10**30), datatype=ox.NamedNode(XSD + "integer"))
    built.store.add(ox.Quad(more, more, number, changed))
    built.store.remove_graph(gone)
    found = {outcome.graph: outcome.what for outcome in publish(built, client)}
    assert found.pop(changed.value) == "sent"
    assert found.pop(gone.value) == "left"
    assert set(found.values()) == {"unchanged"}
    assert client.count(gone.value) == there
    remote = StoreSource("mill", empty.url)
    assert graphs.nquads(remote.store) == graphs.nquads(built.store)
    assert remote.answer(published.COUNTS) == answer(built.store, published.COUNTS)


def test_a_publication_that_was_broken_off_goes_on(empty: Running, public: Path) -> None:
    built, client = open_build("mill", public), connect(empty.url)
    update, done = client.update, []

    def breaking(sparql: str) -> None:
        done.append(sparql)
        if len([one for one in done if "MOVE" in one]) == 3:
            raise KeyboardInterrupt
        update(sparql)

    client.update = breaking  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        publish(built, client)
    with pytest.raises(StoreError, match="not complete"):
        fetch(connect(empty.url), MILL)
    assert any(graph.startswith(MILL.temporary) for graph in everything(connect(empty.url)))
    found = [outcome.what for outcome in publish(built, connect(empty.url))]
    assert found.count("unchanged") == 1
    assert set(found) == {"sent", "unchanged"}
    assert graphs.nquads(fetch(connect(empty.url), MILL)) == graphs.nquads(built.store)
    assert not [g for g in everything(connect(empty.url)) if g.startswith(MILL.temporary)]


def test_a_server_that_dies_is_told_and_the_rest_follows_later(
    tmp_path: Path, public: Path
) -> None:
    built, folder = open_build("mill", public), tmp_path / "data"
    with oxigraph(folder) as running:
        client = connect(running.url)
        put, sent = client.put, []

        def killing(*words: object, **options: object) -> None:
            sent.append(words)
            if len(sent) == 4:  # after the two graphs by which MOVE is tried, and one of the case
                running.process.kill()
                running.process.wait()
            put(*words, **options)  # type: ignore[arg-type]

        client.put = killing  # type: ignore[method-assign]
        found = publish(built, client)
        stop(running.process)
    assert {outcome.what for outcome in found} == {"sent", "failed"}
    assert [outcome.why for outcome in found].count("not tried") == len(found) - 2
    with oxigraph(folder) as running:
        assert {outcome.what for outcome in publish(built, connect(running.url))} == {
            "sent",
            "unchanged",
        }
        assert graphs.nquads(fetch(connect(running.url), MILL)) == graphs.nquads(built.store)


@pytest.mark.parametrize("what", ["no MOVE", "neither MOVE nor graphs"])
def test_stores_that_can_do_less_get_the_same(what: str, empty: Running, public: Path) -> None:
    built, client = open_build("mill", public), connect(empty.url)
    update = client.update

    def without(sparql: str) -> None:
        if "MOVE" in sparql:
            raise StoreError("no such operation", 400)
        update(sparql)

    client.update = without  # type: ignore[method-assign]
    if "graphs" in what:
        client.endpoints = client.endpoints._replace(graphs=f"{empty.url}/nothing-there")
    assert {outcome.what for outcome in publish(built, client)} == {"sent"}
    assert graphs.nquads(fetch(connect(empty.url), MILL)) == graphs.nquads(built.store)


def test_another_prefix_keeps_two_editions_apart(empty: Running, public: Path) -> None:
    built, client = open_build("mill", public), connect(empty.url)
    publish(built, client, "urn:draft:")
    there = everything(client)
    assert {graph[:10] for graph in there} == {"urn:draft:"}
    draft = StoreSource("mill", empty.url, "urn:draft:")
    assert graphs.nquads(draft.store) == graphs.nquads(built.store)
    assert draft.answer(published.COUNTS) == answer(built.store, published.COUNTS)
    with pytest.raises(StoreError, match="nothing of the case"):
        fetch(client, MILL)


def test_a_graph_that_somebody_changed_is_refused(empty: Running, public: Path) -> None:
    built, client = open_build("mill", public), connect(empty.url)
    publish(built, client)
    client.update(f"DELETE DATA {{ GRAPH <{MILL.default}> {{ {next(_lines(built))} }} }}")
    client.update(f"INSERT DATA {{ GRAPH <{MILL.default}> {{ <urn:a> <urn:a> <urn:a> }} }}")
    with pytest.raises(CutAnswer, match="something else"):
        fetch(client, MILL)


def _lines(built: OpenedCase) -> Iterator[str]:
    for quad in built.store.quads_for_pattern(None, None, None, ox.DefaultGraph()):
        yield f"{quad.triple} ."


def test_a_server_of_the_case_alone_is_read_too(tmp_path: Path, public: Path) -> None:
    built = open_build("mill", public)
    with oxigraph(tmp_path / "data") as running:
        client = connect(running.url)
        client.transport.send(
            "POST",
            client.endpoints.graphs,
            headers={"Content-Type": "application/n-quads"},
            body=graphs.nquads(built.store),
        )
        assert graphs.nquads(fetch(client, MILL)) == graphs.nquads(built.store)
        with pytest.raises(StoreError, match="nothing of the case"):
            fetch(client, Names("homs"))
    with (
        oxigraph(tmp_path / "data", "--union-default-graph") as running,
        pytest.raises(StoreError, match="nothing of the case"),
    ):
        fetch(connect(running.url), MILL)


def test_a_triple_that_the_store_changes_is_told_and_not_published(
    empty: Running, public: Path
) -> None:
    """A store that makes 1.50 into 1.5, as some do, is caught before the graph is moved."""

    class Changing(Publication):
        def _compare(self, graph: str, lines: GraphLines) -> None:
            changed = [b'<urn:a> <urn:p> "1.50" .\n', *[*lines][1:]]
            super()._compare(graph, GraphLines([sorted(changed)], BytesIO()))

    client = connect(empty.url)
    found = Changing(client, open_build("mill", public).store, MILL).run()
    assert {outcome.what for outcome in found} == {"failed"}
    assert "does not keep 1 of" in found[0].why
    assert client.graphs(MILL.home) == []


def test_commands_say_what_happened(empty: Running, public: Path) -> None:
    words = ["publish", "--to", empty.url, "--case", "mill", "--public", str(public)]
    first, second = hudna(*words), hudna(*words)
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert re.match(r"\d+ graphs sent \(\d+ triples\)\n", first.stdout)
    assert "sending <https://w3id.org/hudna/mill/graph/default>" in first.stderr
    assert re.match(r"\d+ graphs unchanged", second.stdout)
    away = hudna(*words[:2], "http://127.0.0.1:1/", *words[3:])
    assert away.exit_code == 74
    assert "refused" in away.stderr


def test_a_store_that_refuses_updates_ends_with_74(public: Path) -> None:
    def replies(handler: BaseHTTPRequestHandler, body: bytes) -> None:
        if handler.path == "/query" and b"COUNT" in body:
            reply(handler, COUNT_OF_0)
        elif handler.path == "/query":
            reply(handler, b'{"head": {"vars": []}, "results": {"bindings": []}}')
        else:
            reply(handler, b"read only", "text/plain", 403)

    with fake(replies) as server:
        found = hudna("publish", "--to", server.url, "--case", "mill", "--public", str(public))
    assert found.exit_code == 74
    assert "403 read only" in found.stderr


def test_a_graph_that_fails_ends_with_1(public: Path) -> None:
    def replies(handler: BaseHTTPRequestHandler, body: bytes) -> None:
        if handler.path == "/query" and b"COUNT" in body:
            reply(handler, COUNT_OF_0)
        elif handler.path == "/query" and b"manifest" in body:
            reply(handler, b'{"head": {"vars": []}, "results": {"bindings": []}}')
        elif handler.path == "/query":
            reply(handler, b"", "application/n-triples")
        else:
            reply(handler, status=204)

    with fake(replies) as server:
        found = hudna("publish", "--to", server.url, "--case", "mill", "--public", str(public))
    assert found.exit_code == 1
    assert "<https://w3id.org/hudna/mill/graph/default>: " in found.stderr
    assert "failed" in found.stdout


COUNT_OF_0 = (
    b'{"head": {"vars": ["n"]}, "results": {"bindings": '
    b'[{"n": {"type": "literal", "value": "0"}}]}}'
)


def test_queries_of_ones_own_stay_within_bounds(mill: Place) -> None:
    with pytest.raises(UsageError, match="SERVICE"):
        mill.source.answer("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")
    with pytest.raises(UsageError, match="no SPARQL query"):
        mill.source.answer("DROP ALL")
    with pytest.raises(UsageError, match="no page"):
        mill.remote.view()


def test_a_store_that_ignores_which_graphs_are_meant_is_not_asked(mill: Place) -> None:
    """As rdflib-endpoint does: it answers from all that it has."""
    remote = mill.source
    query = remote.client._query

    def ignoring(sparql: str, _graphs: object, form: str, most: int) -> httpx.Response:
        return query(sparql, [("union-default-graph", "true")], form, most)

    remote.client._query = ignoring  # type: ignore[method-assign, assignment]
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    assert remote.answer(count) == answer(mill.built.store, count)
    assert "store" in vars(remote), "it was answered here"
