"""Nanopublications: one for each claim, valid, and asserting nothing that is disputed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import miniature
import pyoxigraph as ox
import pytest
import rdflib

from graph.export.formats import export
from graph.export.selection import Selection
from graph.model.terms import DCTERMS, HUD, KIND, PROV, RDF, RDFS, SCHEMA, case_namespace
from graph.read import store as stores
from graph.read.select import Graph

if TYPE_CHECKING:
    from collections.abc import Iterable

    from miniature import Judged

    from graph.export.formats import Export

pytestmark = [pytest.mark.landing, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

DEFAULT = ox.DefaultGraph()
PARTS = ("Head", "assertion", "provenance", "pubinfo")
STATED = {HUD + "Claim", HUD + "Statement"}
FACTUAL = {KIND + "asserts", KIND + "endorses"}


def exported(judged: Judged) -> Export:
    case, store = judged
    return export("nanopub", Selection(Graph(store, case.id)))


def quads_of(made: Export) -> list[ox.Quad]:
    data = b"".join(chunk for chunks in made.files.values() for chunk in chunks)
    return list(ox.parse(data, format=ox.RdfFormat.TRIG))


def by_part(quads: Iterable[ox.Quad]) -> dict[str, dict[str, set[ox.Triple]]]:
    """Return triples by IRI of the nanopublication and name of the graph."""
    found: dict[str, dict[str, set[ox.Triple]]] = {}
    for quad in quads:
        assert isinstance(quad.graph_name, ox.NamedNode)
        nanopub, _, part = quad.graph_name.value.rpartition("/")
        found.setdefault(nanopub + "/", {}).setdefault(part, set()).add(quad.triple)
    return found


def values(triples: Iterable[ox.Triple], term: str) -> set[str]:
    return {getattr(one.object, "value", "") for one in triples if one.predicate.value == term}


def of_type(store: ox.Store, *classes: str) -> set[str]:
    return {
        str(quad.subject).strip("<>")
        for name in classes
        for quad in store.quads_for_pattern(
            None, ox.NamedNode(RDF + "type"), ox.NamedNode(name), DEFAULT
        )
    }


def unclaimed(store: ox.Store) -> set[str]:
    """Return the statements on which nobody makes a claim, and which only others name."""
    about_it = store.quads_for_pattern(None, ox.NamedNode(HUD + "about"), None, DEFAULT)
    return of_type(store, HUD + "Statement") - {str(quad.object).strip("<>") for quad in about_it}


def about(store: ox.Store, iri: str) -> set[ox.Triple]:
    return {q.triple for q in store.quads_for_pattern(ox.NamedNode(iri), None, None, DEFAULT)}


@pytest.fixture(scope="module")
def homs(judged: Judged) -> dict[str, dict[str, set[ox.Triple]]]:
    return by_part(quads_of(exported(judged)))


def test_there_is_one_for_each_claim(
    judged: Judged, homs: dict[str, dict[str, set[ox.Triple]]]
) -> None:
    case, store = judged
    base = case_namespace(case.id)
    claims = of_type(store, HUD + "Claim")
    assert homs.keys() == {f"{base}np/{claim.removeprefix(base)}/" for claim in claims}
    assert homs
    assert all(set(parts) == set(PARTS) for parts in homs.values())


def test_graphs_of_one_stand_together(judged: Judged) -> None:
    """Programs that read several from one file begin the next with the next head."""
    names = [str(quad.graph_name).strip("<>") for quad in quads_of(exported(judged))]
    order = list(dict.fromkeys(names))
    claims = of_type(judged[1], HUD + "Claim")
    assert [name.rpartition("/")[2] for name in order] == list(PARTS) * len(claims)
    heads = [name.rpartition("/")[0] for name in order]
    assert all(len(set(heads[n : n + 4])) == 1 for n in range(0, len(heads), 4))


@pytest.mark.parametrize(("case", "step"), [("example", 1), ("judged", 40)])
def test_the_package_nanopub_finds_them_valid(
    case: str, step: int, request: pytest.FixtureRequest
) -> None:
    nanopub = pytest.importorskip("nanopub")
    all_parts = by_part(quads_of(exported(request.getfixturevalue(case))))
    for iri in sorted(all_parts)[::step]:
        one = nanopub.Nanopub(rdf=as_rdflib(iri, all_parts[iri]))
        assert one.is_valid
        assert str(one.metadata.np_uri) == iri
        assert [len(one.head), len(one.assertion), len(one.provenance), len(one.pubinfo)] == [
            len(all_parts[iri][part]) for part in PARTS
        ]


def as_rdflib(iri: str, parts: dict[str, set[ox.Triple]]) -> rdflib.ConjunctiveGraph:
    quads = (
        ox.Quad(one.subject, one.predicate, one.object, ox.NamedNode(iri + part))
        for part, triples in parts.items()
        for one in triples
    )
    data = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
    graph = rdflib.ConjunctiveGraph()
    graph.parse(data=data, format="nquads")
    return graph


def test_they_can_be_signed(example: Judged) -> None:
    """With a key of whoever publishes them."""
    nanopub = pytest.importorskip("nanopub")
    parts = by_part(quads_of(exported(example)))
    iri = min(parts)
    conf = nanopub.NanopubConf(profile=nanopub.Profile(name="", orcid_id=""))
    one = nanopub.Nanopub(rdf=as_rdflib(iri, parts[iri]), conf=conf)
    one.sign()
    assert one.source_uri.startswith(f"{iri}RA")
    assert one.has_valid_signature
    assert one.has_valid_trusty


def test_nothing_disputed_is_asserted(
    judged: Judged, homs: dict[str, dict[str, set[ox.Triple]]], example: Judged
) -> None:
    small = by_part(quads_of(exported(example)))
    assert asserted(judged[1], homs) | asserted(example[1], small) >= {
        ("asserts", "contested"),
        ("asserts", "alleged"),
        ("denies", "rejected"),
        ("suspects", "open"),
    }


def asserted(
    store: ox.Store, nanopubs: dict[str, dict[str, set[ox.Triple]]]
) -> set[tuple[str, str]]:
    """Return the stances and statuses of all assertions, and check which have the plain triple.

    It is there if the voice has for a fact what is accepted, and not past.
    """
    past = {
        quad.subject for quad in store.quads_for_pattern(None, ox.NamedNode(HUD + "past"), None)
    }
    stated = of_type(store, *STATED)
    found: dict[tuple[str, str], bool] = {}
    for parts in nanopubs.values():
        plain = {one for one in parts["assertion"] if str(one.subject).strip("<>") not in stated}
        (stance,) = values(parts["assertion"], HUD + "stance")
        (status,) = values(parts["pubinfo"], HUD + "status")
        (subject,) = values(parts["assertion"], RDF + "subject")
        (predicate,) = values(parts["assertion"], RDF + "predicate")
        accepted = stance in FACTUAL and status == KIND + "accepted"
        ended = past & {one.subject for one in parts["assertion"]}
        if plain or not ended:  # what is past for one statement may go on for another
            assert len(plain) == (accepted and subject != HUD + "unknown")
        for one in plain:
            assert (str(one.subject), one.predicate.value) == (f"<{subject}>", predicate)
            assert values(parts["assertion"], RDF + "object") == {getattr(one.object, "value", "")}
            assert ox.Quad(one.subject, one.predicate, one.object) in store
        pair = stance.removeprefix(KIND), status.removeprefix(KIND)
        found[pair] = found.get(pair, False) or bool(plain)
    assert {pair for pair, plain in found.items() if plain} <= {
        ("asserts", "accepted"),
        ("endorses", "accepted"),
    }
    return {*found}


def test_a_disputed_statement_is_not_asserted_because_a_parallel_one_is(example: Judged) -> None:
    """That one contested tie says the same as an accepted one of another time changes nothing."""
    case, store = example
    status, contested = ox.NamedNode(HUD + "status"), ox.NamedNode(KIND + "contested")
    disputed = stores.in_memory(
        ox.Quad(quad.subject, status, contested) if quad.predicate == status else quad
        for quad in store
    )
    stated = of_type(store, *STATED)
    for parts in by_part(quads_of(exported((case, disputed)))).values():
        assert {str(one.subject).strip("<>") for one in parts["assertion"]} <= stated


def test_merged_assertions_have_no_edge_that_the_graph_has_not(
    judged: Judged, homs: dict[str, dict[str, set[ox.Triple]]]
) -> None:
    _, store = judged
    merged = {one for parts in homs.values() for one in parts["assertion"]}
    assert all(ox.Quad(one.subject, one.predicate, one.object) in store for one in merged)


@pytest.mark.parametrize("case", ["example", "judged"])
def test_all_that_is_said_of_claims_and_statements_is_there(
    case: str, request: pytest.FixtureRequest
) -> None:
    judged: Judged = request.getfixturevalue(case)
    _, store = judged
    there = {quad.triple for quad in quads_of(exported(judged))}
    stated = of_type(store, *STATED) - unclaimed(store)
    cited = {
        str(quad.object).strip("<>")
        for quad in store.quads_for_pattern(None, ox.NamedNode(HUD + "passage"), None)
        if str(quad.subject).strip("<>") in stated
    }
    expected = {one for iri in stated | cited for one in about(store, iri)}
    assert expected - there == set()


def test_provenance_says_who_where_and_from_which_source(
    judged: Judged, homs: dict[str, dict[str, set[ox.Triple]]]
) -> None:
    case, store = judged
    base = case_namespace(case.id)
    for iri, parts in homs.items():
        claim = about(store, base + iri.removeprefix(f"{base}np/").rstrip("/"))
        (source,) = values(claim, HUD + "source")
        told = {one for one in parts["provenance"] if str(one.subject) == f"<{iri}assertion>"}
        assert values(told, PROV + "wasAttributedTo") == values(claim, HUD + "voice")
        derived = values(claim, HUD + "passage") | {source}
        assert values(told, PROV + "wasDerivedFrom") == derived
        url = values(about(store, source), SCHEMA + "url")
        assert values(told, PROV + "hadPrimarySource") == (url or {source})


def test_publication_info_names_editor_and_licence_and_no_time(example: Judged) -> None:
    iri = f"{miniature.BASE}np/siege-of-mill-town.courier-writer.asserts.courier-2020/"
    parts = by_part(quads_of(exported(example)))[iri]
    told = {one for one in parts["pubinfo"] if str(one.subject) == f"<{iri}>"}
    assert values(told, DCTERMS + "creator") == {f"{miniature.BASE}editors"}
    assert values(told, DCTERMS + "license") == {"CC-BY-4.0"}
    assert values(told, DCTERMS + "created") == set()
    (title,) = values(told, RDFS + "label")
    assert title == "writer of the Courier (asserts): River Guard besieges Mill Town"


def test_claims_that_dispute_each_other_say_so(
    judged: Judged, homs: dict[str, dict[str, set[ox.Triple]]]
) -> None:
    _, store = judged
    disputes = "http://purl.org/spar/cito/disputes"
    there = {one for parts in homs.values() for one in parts["pubinfo"]
             if one.predicate.value == disputes}  # fmt: skip
    quads = store.quads_for_pattern(None, ox.NamedNode(disputes), None, DEFAULT)
    assert there == {quad.triple for quad in quads}
    assert there


def test_what_is_lost_is_counted(judged: Judged, example: Judged) -> None:
    _, store = judged
    made = exported(judged)
    lost = {loss.what: loss.items for loss in made.losses}
    there = {str(quad.subject).strip("<>") for quad in quads_of(made)}
    passages = of_type(store, HUD + "Passage")
    assert lost["sentences that no claim cites"] == len(passages - there) > 0
    assert lost.get("statements without a claim", 0) == len(unclaimed(store))
    assert "statements without a claim" not in {loss.what for loss in exported(example).losses}


def test_a_statement_without_a_claim_is_told(example: Judged) -> None:
    base = case_namespace(miniature.CASE)
    case, judged = example
    quads = [quad for quad in judged if quad.predicate.value != HUD + "about"]
    kept = next(quad for quad in judged if quad.predicate.value == HUD + "about"
                and str(quad.subject).strip("<>") in of_type(judged, HUD + "Claim"))  # fmt: skip
    claims = of_type(judged, HUD + "Claim") - {str(kept.subject).strip("<>")}
    fewer = stores.in_memory(
        [*(quad for quad in quads if str(quad.subject).strip("<>") not in claims), kept]
    )
    made = exported((case, fewer))
    lost = {loss.what: loss.items for loss in made.losses}
    assert lost["statements without a claim"] == len(of_type(fewer, HUD + "Statement")) - 1
    assert [iri.startswith(base) for iri in by_part(quads_of(made))] == [True]
