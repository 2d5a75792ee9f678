"""A case in Virtuoso, which differs in all that may differ: limits, login, graphs, dialect."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import miniature
import published
import pyoxigraph as ox
import pytest
from published import Place
from stores import virtuoso

from graph.model.terms import XSD
from graph.read import store as graphs
from graph.read.select import Table, select
from graph.remote.case import StoreSource
from graph.remote.errors import CutAnswer, StoreError
from graph.remote.fetching import connect, fetch
from graph.remote.manifest import Names
from graph.remote.publishing import Publication

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from miniature import Judged

pytestmark = pytest.mark.landing
MILL = Names("mill")
ROWS = 10_000
"""The server ends its answers here, as Debian's does, and says so only sometimes."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with virtuoso(tmp_path_factory.mktemp("virtuoso"), ROWS) as running:
        yield running.url


@pytest.fixture(autouse=True)
def user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUDNA_STORE_USER", "hudna")
    monkeypatch.setenv("HUDNA_STORE_PASSWORD", "secret")


@pytest.fixture
def mill(server: str, public: Path) -> Place:
    place = Place("mill", public, f"{server}/sparql-auth")
    found = {outcome.what for outcome in place.sent()}
    assert found in ({"sent"}, {"unchanged"})
    return place


def test_the_graph_is_the_same(mill: Place) -> None:
    published.assert_same_graph(mill)


def test_a_second_publication_writes_nothing(mill: Place) -> None:
    assert {outcome.what for outcome in mill.sent()} == {"unchanged"}


def test_answers_are_the_same(mill: Place) -> None:
    published.assert_same_answers(mill)
    published.assert_same_world(mill, "river-guard")


def test_commands_print_the_same(mill: Place) -> None:
    published.assert_same_commands(mill)


def test_a_large_case_is_the_same_though_answers_are_limited(server: str, judged: Judged) -> None:
    client, names, store = connect(f"{server}/sparql-auth"), Names(miniature.CODED), judged[1]
    found = Publication(client, store, names).run()
    assert {outcome.what for outcome in found} == {"sent"}
    assert len(store) > 2 * ROWS
    remote = StoreSource(miniature.CODED, f"{server}/sparql-auth")
    assert graphs.nquads(remote.store) == graphs.nquads(store)
    for sparql in ("SELECT * { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"):
        with pytest.raises(CutAnswer, match=r"ends its answers at 1000[01] rows"):
            remote.answer(sparql)
    few = remote.answer(f"SELECT * {{ ?s ?p ?o }} LIMIT {ROWS - 1}")
    assert isinstance(few, Table)
    assert len(few.rows) == ROWS - 1


def test_without_a_password_nothing_is_written(
    server: str, mill: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUDNA_STORE_PASSWORD", "wrong")
    for path in ("sparql", "sparql-auth"):
        with pytest.raises(StoreError):
            connect(f"{server}/{path}").update("DROP SILENT GRAPH <urn:x>")
    monkeypatch.undo()
    published.assert_same_graph(mill._replace(url=f"{server}/sparql"))


def test_what_it_cannot_hold_is_told_and_not_published(server: str) -> None:
    """Virtuoso makes a decimal of an integer beyond 64 bits."""
    names, thing = Names("try"), ox.NamedNode("urn:a")
    number = ox.Literal(str(10**30), datatype=ox.NamedNode(XSD + "integer"))
    client = connect(f"{server}/sparql-auth")
    (found,) = Publication(client, graphs.in_memory([ox.Quad(thing, thing, number)]), names).run()
    assert found.what == "failed"
    assert "does not keep 1 of 1 triple" in found.why
    assert re.search(r"#integer> \. became .*#decimal>", found.why)
    with pytest.raises(StoreError, match="nothing of the case"):
        fetch(client, names)


def test_what_is_gone_stays_until_it_is_pruned(server: str, public: Path) -> None:
    place = Place("mill", public, f"{server}/sparql-auth")
    names, client, store = Names("mill", "urn:pruned:"), connect(place.url), place.built.store
    published.publish(place.built, client, names.prefix)
    gone = next(g for g in graphs.named_graphs(store) if "/voice/" in g.value)
    store.remove_graph(gone)
    for prune, what in ((False, "left"), (True, "removed")):
        found = Publication(client, store, names).run(prune=prune)
        assert {one.graph: one.what for one in found}[names.there(gone.value)] == what
        assert graphs.nquads(fetch(client, names)) == graphs.nquads(store)
    assert client.count(names.there(gone.value)) == 0
    client.update(f"INSERT DATA {{ GRAPH <{names.default}> {{ <urn:a> <urn:a> <urn:a> }} }}")
    with pytest.raises(StoreError, match="nothing was sent"):
        Publication(client, store, names).run()


def test_a_publication_that_was_broken_off_goes_on(server: str, public: Path) -> None:
    place = Place("mill", public, f"{server}/sparql-auth")
    names, client, sent = Names("mill", "urn:other:"), connect(place.url), 0
    update = client.update

    def breaking(sparql: str) -> None:
        nonlocal sent
        sent += "MOVE" in sparql
        if sent == 3:
            raise KeyboardInterrupt
        update(sparql)

    client.update = breaking  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        published.publish(place.built, client, names.prefix)
    with pytest.raises(StoreError, match="not complete"):
        fetch(connect(place.url), names)
    found = [o.what for o in published.publish(place.built, connect(place.url), names.prefix)]
    assert found.count("unchanged") == 1
    whole = fetch(connect(place.url), names)
    assert graphs.nquads(whole) == graphs.nquads(place.built.store)
    assert select(whole, "SELECT * { ?s a hud:Statement }").rows
