"""A publication that was broken off within a graph goes on at the part where it stopped."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import dying
import pyoxigraph as ox
import pytest
from stores import oxigraph, stop, virtuoso

from graph.read import store as graphs
from graph.remote.errors import StoreError
from graph.remote.fetching import connect, fetch
from graph.remote.manifest import Names
from graph.remote.publishing import Publication

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from stores import Running

    from graph.remote.client import Client

pytestmark = pytest.mark.landing
MILL = Names("mill")
TEMPORARY = f"{MILL.temporary}default"
PART, PARTS = 50, 10
BROKEN = 8
"""So many parts are in the store when a publication is broken off."""


def case(triples: int = PART * PARTS - 3) -> ox.Store:
    """Return a case with one large graph and a small one."""
    quads = [quad(f"urn:s:{number}") for number in range(triples)]
    return graphs.in_memory(quads, [quad("urn:few", ox.NamedNode(f"{MILL.home}alleged"))])


def quad(subject: str, graph: ox.NamedNode | ox.DefaultGraph | None = None) -> ox.Quad:
    end = ox.Literal(f"ضع \\ \n {subject}")
    return ox.Quad(ox.NamedNode(subject), ox.NamedNode("urn:p"), end, graph or ox.DefaultGraph())


class Put(NamedTuple):
    """A request that brings triples."""

    new: bool
    lines: int


class Kind(NamedTuple):
    """A store: how it is run on a folder, and where queries of users with rights go."""

    run: Callable[[Path], AbstractContextManager[Running]]
    again: Callable[[Path], AbstractContextManager[Running]]
    path: str


KINDS = {
    "oxigraph": Kind(
        lambda folder: oxigraph(folder / "data"), lambda folder: oxigraph(folder / "data"), ""
    ),
    "virtuoso": Kind(virtuoso, partial(virtuoso, again=True), "/sparql-auth"),
}


@pytest.fixture(scope="module", params=[*KINDS])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    kind = KINDS[request.param]
    with kind.run(tmp_path_factory.mktemp(request.param)) as running:
        yield running.url + kind.path


@pytest.fixture(autouse=True)
def user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUDNA_STORE_USER", "hudna")
    monkeypatch.setenv("HUDNA_STORE_PASSWORD", "secret")


@pytest.fixture
def client(server: str) -> Client:
    """An empty store."""
    found = connect(server)
    for graph in found.graphs(MILL.prefix):
        found.drop(graph)
    return found


def publication(client: Client, store: ox.Store, part: int = PART) -> Publication:
    return Publication(client, store, MILL, part=part)


def interrupted(
    client: Client, store: ox.Store, happens: Callable[[], None], half: bool = False
) -> None:
    """Publish until so many parts are sent; the next is sent by half, or not, and then it ends."""
    put, sent = client.put, 0

    def breaking(graph: str, lines: Iterator[bytes], *, new: bool) -> None:
        nonlocal sent
        if graph == TEMPORARY:
            sent += 1
            if sent > BROKEN:
                some = b"".join(lines).splitlines(keepends=True)
                if half:
                    put(graph, some[::2], new=new)
                happens()
        put(graph, lines, new=new)

    client.put = breaking  # type: ignore[method-assign, assignment]
    try:
        publication(client, store).run()
    finally:
        client.put = put  # type: ignore[method-assign]


def stopped(client: Client, store: ox.Store, half: bool = False) -> None:
    """Publish until somebody stops it from the keyboard."""

    def stopping() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted(client, store, stopping, half)


def puts(client: Client, store: ox.Store, part: int = PART) -> list[Put]:
    """Publish to the end; return what was sent of the large graph, when all is seen to be right."""
    put, sent = client.put, []

    def counting(graph: str, lines: Iterator[bytes], *, new: bool) -> None:
        data = b"".join(lines)
        if graph == TEMPORARY:
            sent.append(Put(new, data.count(b"\n")))
        put(graph, [data], new=new)

    client.put = counting  # type: ignore[method-assign, assignment]
    found = publication(client, store, part).run()
    client.put = put  # type: ignore[method-assign]
    assert {one.what for one in found} <= {"sent", "unchanged"}, [one.why for one in found]
    assert graphs.nquads(fetch(client, MILL)) == graphs.nquads(store)
    assert not [graph for graph in client.graphs(MILL.prefix) if MILL.is_temporary(graph)]
    return sent


REST = [Put(new=False, lines=PART), Put(new=False, lines=PART - 3)]
ALL = [Put(new=True, lines=PART), *[Put(new=False, lines=PART)] * (PARTS - 2), REST[-1]]


def test_nothing_is_sent_twice_without_need(client: Client) -> None:
    assert puts(client, case()) == ALL
    assert puts(client, case()) == []


@pytest.mark.parametrize("half", [False, True], ids=["not at all", "by half"])
def test_it_goes_on_at_the_part_that_the_store_has_not(client: Client, half: bool) -> None:
    stopped(client, case(), half)
    with pytest.raises(StoreError, match="not complete"):
        fetch(client, MILL)
    assert puts(client, case()) == REST


def test_it_goes_on_however_often_it_stops(client: Client) -> None:
    stopped(client, case())
    assert client.count(TEMPORARY) == BROKEN * PART
    move = client.update

    def stopping(sparql: str) -> None:
        if "MOVE" in sparql and "try-source" not in sparql:
            raise KeyboardInterrupt
        move(sparql)

    for sent in (True, False, False):
        client.update = stopping  # type: ignore[method-assign]
        before = client.count(TEMPORARY)
        with pytest.raises(KeyboardInterrupt):
            publication(client, case()).run()
        client.update = move  # type: ignore[method-assign]
        assert (client.count(TEMPORARY) > before) == sent
    assert puts(client, case()) == []


def test_a_process_that_is_killed_leaves_its_parts(client: Client, server: str) -> None:
    child = os.fork()
    if child == 0:
        interrupted(connect(server), case(), dying.kill, half=True)
        os._exit(dying.UNEXPECTED)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == 9
    assert puts(client, case()) == REST


@pytest.mark.parametrize(("status", "kept"), [(503, True), (429, True), (400, False)])
def test_parts_stay_where_a_store_was_busy_and_not_where_it_refuses(
    client: Client, status: int, kept: bool
) -> None:
    def refusing() -> None:
        raise StoreError("not now", status)

    interrupted(client, case(), refusing)
    assert client.count(TEMPORARY) == (BROKEN * PART if kept else 0)
    assert puts(client, case()) == (REST if kept else ALL)


def test_a_case_that_was_changed_meanwhile_is_sent_from_the_start(client: Client) -> None:
    stopped(client, case())
    changed = case()
    changed.remove(quad("urn:s:0"))
    changed.add(quad("urn:s:other"))
    assert puts(client, changed) == ALL


def test_other_parts_begin_from_the_start(client: Client) -> None:
    stopped(client, case())
    assert puts(client, case(), PART * 2)[0] == Put(new=True, lines=PART * 2)


@pytest.mark.parametrize("number", [1, PART, PART * PARTS])
def test_what_others_write_into_a_temporary_graph_never_arrives(
    client: Client, number: int
) -> None:
    stopped(client, case())
    lines = " ".join(f"<urn:theirs:{one}> <urn:p> <urn:o> ." for one in range(number))
    client.update(f"INSERT DATA {{ GRAPH <{TEMPORARY}> {{ {lines} }} }}")
    rest = [] if number == PART * PARTS else REST[1:] if number == PART else REST
    assert puts(client, case()) == [*rest, *ALL]


def test_what_others_put_in_the_place_of_triples_never_arrives(client: Client) -> None:
    store = case()
    stopped(client, store)
    gone = next(one for one in store if f"{one.subject}" in {f"{t.subject}" for t in
                client.whole(TEMPORARY)})  # fmt: skip
    client.update(f"DELETE DATA {{ GRAPH <{TEMPORARY}> {{ {gone.triple} }} }}")
    client.update(f"INSERT DATA {{ GRAPH <{TEMPORARY}> {{ <urn:theirs> <urn:p> <urn:o> }} }}")
    assert puts(client, store) == [*REST, *ALL]


def test_blank_nodes_are_told_and_not_published(client: Client) -> None:
    """A second try would make others of them; cases have none."""
    store = case()
    store.add(ox.Quad(ox.BlankNode("b"), ox.NamedNode("urn:p"), ox.NamedNode("urn:o")))
    found = {one.graph: one for one in publication(client, store).run()}
    assert "does not keep 1 of" in found[MILL.default].why
    assert client.count(MILL.default) == 0


@pytest.mark.parametrize("name", [*KINDS])
def test_a_store_that_is_killed_goes_on_with_what_it_has(name: str, tmp_path: Path) -> None:
    kind = KINDS[name]
    with kind.run(tmp_path) as running:

        def killing() -> None:
            running.process.kill()
            running.process.wait()

        client = connect(running.url + kind.path)
        interrupted(client, case(), killing, half=True)
        stop(running.process)
    with kind.again(tmp_path) as running:
        client = connect(running.url + kind.path)
        there = client.count(TEMPORARY)
        assert there >= BROKEN * PART
        assert puts(client, case()) == REST
