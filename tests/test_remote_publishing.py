"""Publishing touches nothing that is not Hudna's, whatever the store says; removal is asked for."""

from __future__ import annotations

import json
import os
import posixpath
import pty
import subprocess
import sys
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from published import hudna, publish
from stores import fake, oxigraph, reply

from graph.build.case import OpenedCase, open_build
from graph.errors import UsageError
from graph.model.terms import HUD, RDF
from graph.read import store as graphs
from graph.remote.changes import Changes
from graph.remote.endpoints import endpoints
from graph.remote.errors import StoreError
from graph.remote.fetching import connect, fetch
from graph.remote.lines import Entry
from graph.remote.manifest import Names
from graph.remote.publishing import Publication

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from http.server import BaseHTTPRequestHandler
    from pathlib import Path

    from miniature import Judged
    from stores import Running

    from graph.remote.client import Client

MILL = Names("mill")
FOREIGN = (
    "http://other.example/their-graph",
    "https://w3id.org/hudna/mill/graphics",
    "https://w3id.org/hudna/mill2/graph/a",
    "https://w3id.org/hudna/mill/graph/../other",
    "https://w3id.org/hudna/mill/graph/%2e%2e/other",
    "https://w3id.org/hudna/mill/graph/",
    "https://w3id.org/hudna/mill/graph",
)
SOME = 3


@pytest.fixture(params=[pytest.param("oxigraph", marks=pytest.mark.landing)])
def running(tmp_path: Path) -> Iterator[Running]:
    """A store in a process of its own: what asks it takes long, and runs before a change lands."""
    with oxigraph(tmp_path / "data") as server:
        yield server


@pytest.fixture
def client(running: Running) -> Client:
    return connect(running.url)


@pytest.fixture
def built(public: Path) -> OpenedCase:
    return open_build("mill", public)


def put(client: Client, graph: str, count: int = SOME) -> None:
    """Write somebody's triples into a graph."""
    lines = " ".join(f"<urn:theirs:{number}> <urn:p> <urn:o> ." for number in range(count))
    client.update(f"INSERT DATA {{ GRAPH <{graph}> {{ {lines} }} }}")


def claim(client: Client, graph: str, names: Names = MILL, sha256: str = "0" * 64) -> None:
    """Write into the manifest of a case, as anybody can, that a graph is of the case."""
    client.update(
        f"INSERT DATA {{ GRAPH <{names.manifest}> {{ <{graph}> "
        f'<http://rdfs.org/ns/void#triples> {SOME} ; <https://schema.org/sha256> "{sha256}" }} }}'
    )


def without(built: OpenedCase, number: int = 1) -> list[str]:
    """Take graphs of voices out of an edition; return their names."""
    voices = [g for g in graphs.named_graphs(built.store) if "/voice/" in g.value]
    for graph in voices[:number]:
        built.store.remove_graph(graph)
    return [graph.value for graph in voices[:number]]


def all_of(client: Client) -> dict[str, int]:
    """Return how many triples each graph of a store has, but for the manifests."""
    found = client.select("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g").rows
    counts = {row[0].value: int(row[1].value) for row in found}  # type: ignore[union-attr]
    return {graph: count for graph, count in counts.items() if not graph.endswith("manifest")}


# --- what is a graph of a case


@given(st.text(st.sampled_from("./%2eE:#?a~-_") | st.characters(), max_size=12))
@example("graphics")
@example("../other")
@example("voice/..")
@example("voice/%2E%2e/x")
@example("./default")
@example("voice//x")
@example("")
@example("voice/\u202ex")
def test_own_graphs_are_below_the_prefix_however_they_are_read(rest: str) -> None:
    for names in (MILL, Names("mill", "urn:draft:"), Names("mill", "https://h.example/x#")):
        graph = names.prefix + rest
        if names.is_own(graph):
            assert ox.NamedNode(graph).value == graph
            path = "/" + unquote(graph.removeprefix(names.prefix))
            assert posixpath.normpath(path) == path != "/"
            assert graph.isprintable()


@pytest.mark.parametrize("graph", FOREIGN)
def test_what_is_beside_the_prefix_is_not_own(graph: str) -> None:
    assert not MILL.is_own(graph)


def test_graphs_as_builds_name_them_are_own(judged: Judged) -> None:
    names = Names(judged[0].id, "urn:draft:")
    for graph in graphs.named_graphs(judged[1]):
        assert names.is_own(names.there(graph.value))


@pytest.mark.parametrize(
    "prefix",
    [
        "https://w3id.org/hudna/homs/graph/",
        "https://w3id.org/hudna/",
        "https://w3id.org/hudna/mill2/graph/",
        "https://w3id.org/hudna/mill/graph/../../homs/graph/",
        "https://h.example/a/%2E./b/",
        "https://h.example/a",
        "no prefix/",
    ],
)
def test_a_prefix_leads_to_no_other_case(prefix: str) -> None:
    with pytest.raises(UsageError):
        Names("mill", prefix)


@pytest.mark.parametrize("graph", FOREIGN)
def test_no_change_reaches_a_store_that_is_about_another_graph(graph: str) -> None:
    unreachable = connect("http://127.0.0.1:1/")
    changes = Changes(unreachable, MILL)
    refused: list[Callable[[], None]] = [
        lambda: changes.put(graph, [], new=True),
        lambda: changes.drop(graph),
        lambda: changes.move(graph, MILL.default),
        lambda: changes.move(MILL.default, graph),
        lambda: changes.note(graph, Entry(1, "0" * 64)),
        lambda: changes.claim(graph, "is being sent"),
        lambda: changes.retire(graph),
        lambda: changes.forget(graph),
    ]
    for change in refused:
        with pytest.raises(StoreError, match="no graph of the case mill; nothing is done"):
            change()


def test_a_build_with_a_graph_of_others_is_not_sent(built: OpenedCase) -> None:
    theirs = ox.NamedNode("http://other.example/their-graph")
    built.store.add(ox.Quad(theirs, theirs, theirs, theirs))
    with pytest.raises(UsageError, match="no graph of the case"):
        Publication(connect("http://127.0.0.1:1/"), built.store, MILL).run(prune=True)


# --- what the store says


def test_graphs_of_others_stay_though_the_manifest_names_them(
    client: Client, built: OpenedCase, running: Running, public: Path
) -> None:
    publish(built, client)
    for graph in FOREIGN:
        put(client, graph)
        claim(client, graph)
    put(client, "urn:unnamed")
    client.update("INSERT DATA { <urn:a> <urn:b> <urn:c> }")
    words = ["publish", "--to", running.url, "--case", "mill", "--public", str(public)]
    found = hudna(*words, "--prune", "--yes")
    assert (found.exit_code, found.stdout[:20]) == (0, "11 graphs unchanged ")
    assert f"names {len(FOREIGN)} graphs that the case does not own" in found.stderr
    without(built)
    Publication(client, built.store, MILL).run(prune=True)
    there = all_of(client)
    assert {graph: there[graph] for graph in (*FOREIGN, "urn:unnamed")} == dict.fromkeys(
        (*FOREIGN, "urn:unnamed"), SOME
    )
    assert client.count("") == 1
    assert graphs.nquads(fetch(client, MILL)) == graphs.nquads(built.store)


def test_a_wide_prefix_owns_no_graph_that_was_not_published(
    client: Client, built: OpenedCase
) -> None:
    wide = Names("mill", "https://example.org/")
    theirs = [f"{wide.prefix}{name}" for name in ("theirs", "described", "publishing/theirs")]
    for graph, sha256 in zip(theirs, ("x", "0" * 64, "0" * 64), strict=True):
        put(client, graph)
        claim(client, graph, wide, sha256)
    found = {one.graph: one for one in Publication(client, built.store, wide).run(prune=True)}
    assert found[theirs[1]].what == "failed"
    assert "not as Hudna published it" in found[theirs[1]].why
    assert {graph: all_of(client)[graph] for graph in theirs} == dict.fromkeys(theirs, SOME)


@pytest.mark.parametrize("kind", ["literal", "bnode", "uri"])
def test_what_a_store_says_is_never_sent_as_a_part_of_an_update(kind: str, public: Path) -> None:
    value = "urn:x> ; DROP ALL ; LOAD <http://127.0.0.1:9/x> INTO GRAPH <urn:y"
    row = {"thing": {"type": kind, "value": value}, "triples": {"type": "literal", "value": "3"},
           "sha256": {"type": "literal", "value": "0" * 64}}  # fmt: skip
    head = {"vars": ["thing", "triples", "sha256", "former"]}
    said = json.dumps({"head": head, "results": {"bindings": [row]}}).encode()

    def query(handler: BaseHTTPRequestHandler, _: bytes) -> None:
        reply(handler, said)

    with fake(query) as one, fake(lambda handler, _: reply(handler, status=204)) as two:
        to = ["--to", f"{one.url}/query", "--update", f"{two.url}/u", "--graphs", f"{two.url}/g"]
        found = hudna("publish", *to, "--case", "mill", "--public", str(public))
        assert found.exit_code == 74, found.output
        assert two.asked == []


# --- what is replaced


@pytest.mark.parametrize("name", ["default", "alleged"])
def test_what_others_put_where_a_graph_belongs_is_not_replaced(
    name: str, client: Client, built: OpenedCase
) -> None:
    put(client, MILL.prefix + name)
    with pytest.raises(StoreError, match=rf"nothing was sent: .*graph/{name}> \(3 triples\)"):
        publish(built, client)
    assert all_of(client) == {MILL.prefix + name: SOME}


@pytest.mark.parametrize("change", ["added", "exchanged"])
def test_what_others_add_to_a_graph_is_not_lost(
    change: str, client: Client, built: OpenedCase
) -> None:
    publish(built, client)
    put(client, MILL.default, 1)
    if change == "exchanged":
        one = next(iter(built.store.quads_for_pattern(None, None, None, ox.DefaultGraph())))
        client.update(f"DELETE DATA {{ GRAPH <{MILL.default}> {{ {one.triple} }} }}")
    built.store.add(ox.Quad(*[ox.NamedNode("urn:new-edition")] * 3))
    before = client.whole(MILL.default)
    with pytest.raises(StoreError, match=r"nothing was sent: .*graph/default>"):
        Publication(client, built.store, MILL).run(prune=True)
    assert client.whole(MILL.default) == before


def test_what_is_changed_while_the_plan_is_looked_at_is_not_lost(
    client: Client, built: OpenedCase
) -> None:
    publish(built, client)
    built.store.add(ox.Quad(*[ox.NamedNode("urn:new-edition")] * 3))
    (gone,) = without(built)
    publication = Publication(client, built.store, MILL)
    assert publication.plan.gone == {gone: client.count(gone)}
    put(client, MILL.default)
    put(client, gone)
    found = {one.graph: one for one in publication.run(prune=True) if one.what == "failed"}
    assert "changed by somebody" in found[MILL.default].why
    assert ox.NamedNode("urn:theirs:0") in {one.subject for one in client.whole(MILL.default)}
    assert client.count(gone) == publication.plan.gone[gone] + SOME
    assert not [graph for graph in all_of(client) if graph.startswith(MILL.temporary)]
    with pytest.raises(StoreError, match="nothing was sent"):
        publish(built, client)


@pytest.mark.parametrize("name", ["default", "try-source"])
def test_temporary_graphs_that_are_not_ours_are_not_overwritten(
    name: str, client: Client, built: OpenedCase
) -> None:
    put(client, MILL.temporary + name)
    if name == "default":
        found = publish(built, client)
        assert {one.graph for one in found if one.what == "failed"} == {MILL.default}
    else:
        with pytest.raises(StoreError, match="nothing that Hudna put there"):
            publish(built, client)
    assert all_of(client)[MILL.temporary + name] == SOME


def test_the_graphs_of_another_case_are_not_replaced(client: Client, built: OpenedCase) -> None:
    shared, one = "urn:draft:", ox.NamedNode("https://w3id.org/hudna/homs/a-statement")
    statement = ox.Quad(one, ox.NamedNode(RDF + "type"), ox.NamedNode(HUD + "Statement"))
    Publication(client, graphs.in_memory([statement]), Names("homs", shared)).run()
    before = all_of(client)
    with pytest.raises(StoreError, match="another case than mill"):
        Publication(client, built.store, Names("mill", shared)).run(prune=True)
    assert all_of(client) == before


def test_an_equal_graph_that_the_manifest_does_not_know_is_taken_over(
    client: Client, built: OpenedCase
) -> None:
    publish(built, client)
    client.drop(MILL.manifest)
    assert {one.what for one in publish(built, client)} == {"sent"}
    assert graphs.nquads(fetch(client, MILL)) == graphs.nquads(built.store)


# --- what is removed


def test_graphs_that_are_gone_are_told_and_stay_until_they_are_pruned(
    client: Client, built: OpenedCase
) -> None:
    publish(built, client)
    gone = without(built, 2)
    triples = sum(client.count(graph) for graph in gone)
    for _again in range(2):
        left = [one for one in publish(built, client) if one.what == "left"]
        assert {one.graph for one in left} == set(gone)
        assert graphs.nquads(fetch(client, MILL)) == graphs.nquads(built.store)
    found = Publication(client, built.store, MILL).run(prune=True)
    assert sum(one.triples for one in found if one.what == "removed") == triples
    assert not set(gone) & all_of(client).keys()
    assert graphs.nquads(fetch(client, MILL)) == graphs.nquads(built.store)
    assert "left" not in {one.what for one in publish(built, client)}


def test_a_graph_that_comes_back_is_sent_again(
    client: Client, built: OpenedCase, public: Path
) -> None:
    publish(built, client)
    (gone,) = without(built)
    publish(built, client)
    whole = open_build("mill", public)
    found = {one.graph: one.what for one in publish(whole, client)}
    assert found[gone] == "sent"
    assert graphs.nquads(fetch(client, MILL)) == graphs.nquads(whole.store)


@pytest.fixture
def older(client: Client, built: OpenedCase) -> list[str]:
    """A store with an edition of the case that has two graphs more; their names."""
    more = [MILL.prefix + name for name in ("voice/old-one", "voice/old-two")]
    store = graphs.in_memory(built.store)
    for number, graph in enumerate(more, 1):
        for one in range(number):
            node = ox.NamedNode(f"urn:old:{one}")
            store.add(ox.Quad(node, node, node, ox.NamedNode(graph)))
    Publication(client, store, MILL).run()
    return more


def words_of(running: Running, public: Path) -> list[str]:
    return ["publish", "--to", running.url, "--case", "mill", "--public", str(public), "--quiet"]


def asked(answer: str, *words: str) -> tuple[int, str]:
    """Run the command at a terminal where somebody types an answer; return exit code and text."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "graph", *words],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        os.close(theirs)
        os.write(ours, f"{answer}\n".encode())
        told, _ = process.communicate(timeout=60)
    os.close(ours)
    return process.returncode, told


def test_removal_is_planned_asked_for_and_done(
    client: Client, older: list[str], running: Running, public: Path
) -> None:
    words = words_of(running, public)
    before = all_of(client)
    told = hudna(*words[:-1], "--dry-run")
    assert "2 graphs, 3 triples, are no longer part of this edition; --prune removes them" in (
        told.stdout
    )
    plan = json.loads(hudna(*words, "--dry-run", "--prune", "--format", "json").stdout)
    assert [one["graph"] for one in plan if one["what"] == "to remove"] == older
    assert all_of(client) == before
    code, said = asked("n", *words, "--prune")
    assert code == 1
    for graph, count in zip(older, ("1 triple\n", "2 triples\n"), strict=True):
        assert f"{graph}  {count}" in said
    assert "Remove 2 graphs, 3 triples, for good? [y/N]" in said
    assert all_of(client) == before
    code, said = asked("y", *words, "--prune")
    assert code == 0, said
    assert all_of(client).keys() == before.keys() - set(older)


def test_removal_without_a_terminal_needs_a_word(
    client: Client, older: list[str], running: Running, public: Path
) -> None:
    words = words_of(running, public)
    refused = hudna(*words, "--prune")
    assert refused.exit_code == 2
    assert "no terminal to ask on" in refused.stderr
    assert hudna(*words, "--yes").exit_code == 0
    assert set(older) <= all_of(client).keys()
    assert hudna(*words, "--prune", "--yes").exit_code == 0
    assert not set(older) & all_of(client).keys()


def test_what_cannot_be_taken_back_is_said_before_and_asked_at_a_terminal(
    public: Path, running: Running, client: Client
) -> None:
    words = words_of(running, public)[:-1]
    told = " ".join(hudna(*words, "--dry-run").stderr.split())
    assert "Nobody can take back what others copy of 11 graphs" in told
    code, said = asked("n", *words)
    assert code == 1
    assert "Send it? [y/N]" in said
    assert all_of(client) == {}
    code, said = asked("y", *words)
    assert code == 0, said
    assert "Nobody" not in hudna(*words).stderr  # nothing is sent
    assert hudna(*words, "--quiet", "--dry-run").stderr == ""


def test_a_build_below_its_k_is_not_sent(
    public: Path, running: Running, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = [("ferryman", "nobody else fits")]
    monkeypatch.setattr("graph.analysis.anonymity.too_few", lambda _graph: few)
    found = hudna(*words_of(running, public))
    assert (found.exit_code, "ferryman: nobody else fits" in found.stderr) == (2, True)
    assert all_of(client) == {}


def test_a_dry_run_writes_nothing(public: Path, running: Running, client: Client) -> None:
    told = hudna(*words_of(running, public)[:-1], "--dry-run")
    triples = len(open_build("mill", public).store)
    assert (told.exit_code, told.stdout) == (0, f"11 graphs to send ({triples} triples)\n")
    assert all_of(client) == {}
    assert client.count(MILL.manifest) == 0


def test_a_plan_needs_no_address_for_updates(public: Path, running: Running) -> None:
    only = endpoints(f"{running.url}/query", "http://127.0.0.1:1/", "http://127.0.0.1:1/")
    client = connect(*only)
    assert Publication(client, open_build("mill", public).store, MILL).plan.unchanged == {}
