"""What has to hold in every store that a case has been published to, whoever made it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import miniature
from click.testing import CliRunner

from graph import query as queries
from graph.build.case import OpenedCase, open_build
from graph.cli.main import main
from graph.read import store as stores
from graph.read.store import nquads
from graph.remote.case import StoreSource, open_store
from graph.remote.fetching import connect
from graph.remote.manifest import Names
from graph.remote.publishing import Publication

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from click.testing import Result

    from graph.remote.client import Client
    from graph.remote.publishing import Outcome

COUNTS = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"
STATUS = "SELECT ?s ?status WHERE { ?s hud:status ?status } ORDER BY ?s"
SAID = "SELECT ?g ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g ?s ?p ?o"
NAMED = ("contested", "voices", "agreements")
FORMS = ("gexf", "graphml", "nquads", "turtle", "dna")


class Place(NamedTuple):
    """A case, the folder of its build, and a store that holds it."""

    case: str
    public: Path
    url: str

    @property
    def built(self) -> OpenedCase:
        """The case as it was built."""
        return open_build(self.case, self.public, miniature.DATA)

    @property
    def remote(self) -> OpenedCase:
        """The case as the store holds it."""
        return open_store(self.case, self.url, data=miniature.DATA)

    @property
    def source(self) -> StoreSource:
        """The store, asked for the case."""
        return StoreSource(self.case, self.url)

    def sent(self) -> list[Outcome]:
        """Publish the build."""
        return publish(self.built, connect(self.url))


def publish(built: OpenedCase, client: Client, prefix: str = "") -> list[Outcome]:
    """Publish a build and return what became of each graph."""
    return Publication(client, built.store, Names(built.case, prefix)).run()


def hudna(*words: str) -> Result:
    """Run the command line."""
    return CliRunner().invoke(main, list(words))


def assert_same_graph(place: Place) -> None:
    """The fetched graph is the built one, byte by byte."""
    assert stores.nquads(place.remote.store) == (place.built.folder / "graph.nq").read_bytes()


def assert_same_answers(place: Place, asked: Sequence[str] = (COUNTS, STATUS, SAID)) -> None:
    """Queries of one's own are answered by the store as they are here."""
    built, remote = place.built, place.source
    for sparql in asked:
        assert remote.answer(sparql) == queries.answer(built.store, sparql, case=place.case)
    told = queries.answer(built.store, "CONSTRUCT WHERE { ?s hud:besieges ?o }")
    assert remote.answer("CONSTRUCT WHERE { ?s hud:besieges ?o }") == told
    assert remote.answer("ASK { ?s hud:besieges ?o }") is True
    assert remote.answer("ASK { ?s hud:noSuchThing ?o }") is False
    assert "store" not in vars(remote), "it was answered there"


def assert_same_world(place: Place, voice: str) -> None:
    """A snapshot of what a store holds is that of what was built."""
    here = place.built.snapshot(voice=voice, on="2020-05-01")
    there = OpenedCase(place.source).snapshot(voice=voice, on="2020-05-01")
    assert nquads(there.store) == nquads(here.store)


def assert_same_commands(place: Place) -> None:
    """``query``, ``network`` and ``export`` print from the store what they print from the build."""
    case = ["--case", place.case, "--data", str(miniature.DATA)]
    for name in NAMED:
        words = ["query", name, "--format", "json", *case]
        _assert_same(words, place)
    _assert_same(["network", "ties", "--format", "json", "--case", place.case], place)
    _assert_same(["network", "ties", "--as", "river-guard", "--case", place.case], place)
    for form in FORMS:
        _assert_same(["export", form, "--case", place.case], place)


def _assert_same(words: list[str], place: Place) -> None:
    here = hudna(*words, "--public", str(place.public))
    there = hudna(*words, "--store", place.url)
    assert here.exit_code == 0, here.output
    assert there.stdout_bytes == here.stdout_bytes, there.stderr
    assert here.stdout_bytes
