"""The formats of RDF: the same quads come back, through our reader and through rdflib."""

from __future__ import annotations

import hashlib
import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import miniature
import pyoxigraph as ox
import pytest
import rdflib
import readers
from elsewhere import printed

from graph.errors import LossRefused, UsageError
from graph.export.formats import export
from graph.export.selection import Selection
from graph.model import RECORDS, specs
from graph.model.terms import HUD, KIND, RDF, RDFS, XSD, graph_iri, prefixes_of
from graph.read import store as stores
from graph.read.select import Graph

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from miniature import Judged

    Said = tuple[object, ...]

WHOLE = ("nquads", "trig", "jsonld", "rdf12")
OF_RDFLIB = {"turtle": "turtle", "nquads": "nquads", "trig": "trig", "jsonld": "json-ld"}
DEFAULT = ox.DefaultGraph()
SAID = {RDF + "subject", RDF + "predicate", RDF + "object"}
OF_EVENTS = re.compile("hud:(when|whenText|place)|sem:has.*TimeStamp")
"""An event has these of each statement that tells that it occurred."""
BASE = "https://w3id.org/hudna/odd/"


@lru_cache(maxsize=8)
def exported(form: str, store: ox.Store, case: str = miniature.CASE) -> bytes:
    """Return a format of a store; those of the last ones are kept, as a store is not changed."""
    files = export(form, Selection(Graph(store, case))).files
    (chunks,) = files.values()
    return b"".join(chunks)


def of_default_graph(quads: Iterable[ox.Quad]) -> set[ox.Quad]:
    return {quad for quad in quads if quad.graph_name == DEFAULT}


def plain(term: object) -> object:
    """Return a term of either library as what RDF has of it, without any reading of its value."""
    if isinstance(term, ox.NamedNode | rdflib.URIRef):
        return getattr(term, "value", str(term))
    if isinstance(term, ox.Literal):
        return (term.value, term.datatype.value, term.language or "")
    assert isinstance(term, rdflib.Literal)
    implied = RDF + "langString" if term.language else XSD + "string"
    return (str(term), str(term.datatype or implied), (term.language or "").lower())


def of_ours(store: ox.Store) -> set[Said]:
    return {
        (*map(plain, quad.triple), "" if quad.graph_name == DEFAULT else plain(quad.graph_name))
        for quad in store
    }


def of_rdflib(data: bytes, form: str) -> set[Said]:
    dataset = rdflib.Dataset()
    dataset.parse(data=data, format=OF_RDFLIB[form])
    return {
        (*map(plain, (s, p, o)), "" if g in (None, dataset.default_graph.identifier) else str(g))
        for s, p, o, g in dataset.quads((None, None, None, None))
    }


@pytest.fixture(autouse=True)
def _lexical_forms(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep rdflib from writing 007 as 7."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)


def a(name: str) -> ox.NamedNode:
    return ox.NamedNode(BASE + name)


def typed(value: str, name: str) -> ox.Literal:
    return ox.Literal(value, datatype=ox.NamedNode(XSD + name))


ODD: tuple[ox.Literal | ox.NamedNode, ...] = (
    ox.Literal(""),
    ox.Literal("\"quoted\" and \\ and 'single'"),
    ox.Literal("two\nlines\r\n\tand a tab"),
    ox.Literal("=1+1"),
    ox.Literal("</script><b>&amp;"),
    ox.Literal("@id"),
    ox.Literal("odd:not-an-iri"),
    ox.Literal("الوعر", language="ar"),
    ox.Literal("al-Waʿr", language="ar-Latn"),
    ox.Literal("\u202eright to left\u202c \U0001f54a \u2028"),
    typed("1.50", "decimal"),
    typed("007", "integer"),
    typed("-0", "integer"),
    typed("9007199254740993", "integer"),
    typed("1", "boolean"),
    typed("true", "boolean"),
    typed("2016-02-29", "date"),
    typed("-0044-03-15", "date"),
    typed("2016", "gYear"),
    typed("no date", "date"),
    typed("1E3", "double"),
    ox.NamedNode(HUD + "unknown"),
    ox.NamedNode("urn:isbn:0-486-27557-4"),
    ox.NamedNode("mailto:somebody@example.org"),
    ox.NamedNode(BASE),
    ox.NamedNode(BASE + "a.b.c"),
    ox.NamedNode(BASE + "graph/x#y?z=%20"),
    ox.NamedNode(BASE + "//twice"),
)


def odd() -> ox.Store:
    """Return a graph with every kind of value beside a property of its own, and all beside one."""
    one_each = [ox.Quad(a(f"s.{n}"), a(f"p{n}"), value) for n, value in enumerate(ODD)]
    together = [ox.Quad(a("all"), a("p"), value) for value in ODD]
    called = (("Waer", "en"), ("El Waer", "en"), ("الوعر", "ar"))
    names = [ox.Quad(a("n"), a("name"), ox.Literal(text, language=tag)) for text, tag in called]
    mixed = [
        ox.Quad(a("m1"), a("title"), ox.Literal("Waer", language="en")),
        ox.Quad(a("m1"), a("title"), ox.Literal("الوعر", language="ar")),
        ox.Quad(a("m2"), a("title"), ox.Literal("Waer")),
    ]
    sizes = [ox.Quad(a(f"c{n}"), a("count"), typed(n, "integer")) for n in ("5", "12")]
    world = [ox.Quad(a("all"), a("p"), value, a("graph/voice/x.y")) for value in ODD[:12]]
    return stores.in_memory([*one_each, *together, *names, *mixed, *sizes, *world])


pytestmark = pytest.mark.filterwarnings("ignore:.*is deprecated, use:DeprecationWarning")

GRAPHS = ["miniature", "odd", pytest.param("homs", marks=pytest.mark.landing)]


@pytest.fixture(scope="module", params=GRAPHS)
def graph(request: pytest.FixtureRequest) -> Graph:
    if request.param == "odd":
        return Graph(odd(), "odd")
    case, store = request.getfixturevalue({"miniature": "example", "homs": "judged"}[request.param])
    return Graph(store, case.id)


@pytest.mark.some(3)
@pytest.mark.parametrize("form", WHOLE)
def test_the_same_quads_come_back(form: str, graph: Graph) -> None:
    data = exported(form, graph.store, graph.case)
    assert set(stores.read(data, form)) == set(graph.store)


@pytest.mark.some(3)
@pytest.mark.parametrize("form", ["nquads", "trig", "jsonld"])
def test_rdflib_reads_the_same_quads(form: str, graph: Graph) -> None:
    assert of_rdflib(exported(form, graph.store, graph.case), form) == of_ours(graph.store)


def test_turtle_is_the_default_graph(graph: Graph) -> None:
    data = exported("turtle", graph.store, graph.case)
    assert set(stores.read(data, "turtle")) == of_default_graph(graph.store)


def test_rdflib_reads_turtle_as_the_default_graph(graph: Graph) -> None:
    data = exported("turtle", graph.store, graph.case)
    kept = stores.in_memory(of_default_graph(graph.store))
    assert of_rdflib(data, "turtle") == of_ours(kept)


def test_turtle_says_how_many_triples_of_worlds_it_loses(judged: Judged) -> None:
    case, store = judged
    selection = Selection(Graph(store, case.id))
    (loss,) = export("turtle", selection).losses
    ties = store.quads_for_pattern(None, None, None, ox.NamedNode(graph_iri(case.id, "ties")))
    assert loss.items == len(store) - len(of_default_graph(store)) - len(list(ties)) > 0
    with pytest.raises(LossRefused):
        export("turtle", selection, strict=True)


@pytest.mark.parametrize("form", WHOLE)
def test_what_holds_all_loses_nothing(form: str, example: Judged) -> None:
    case, store = example
    assert export(form, Selection(Graph(store, case.id)), strict=True).losses == ()


@pytest.fixture(scope="module")
def backwards(graph: Graph) -> ox.Store:
    """The same quads, put in the other way round."""
    return stores.in_memory(sorted(graph.store, key=str, reverse=True))


@pytest.mark.parametrize("form", ["turtle", *WHOLE])
def test_same_bytes_whatever_the_order_of_the_quads(
    form: str, graph: Graph, backwards: ox.Store
) -> None:
    assert exported(form, backwards, graph.case) == exported(form, graph.store, graph.case)


def hashes(judged: Judged) -> str:
    """Return the hash of the case in each form."""
    case, store = judged
    files = {form: exported(form, store, case.id) for form in ("turtle", *WHOLE, "nanopub")}
    return " ".join(f"{form} {hashlib.sha256(file).hexdigest()}" for form, file in files.items())


@pytest.mark.landing
def test_same_bytes_whatever_the_hash_seed(example: Judged) -> None:
    there = "import miniature, test_export_rdf as t; print(t.hashes(miniature.judged()))"
    assert printed(there) == hashes(example)


def test_nquads_are_canonical(judged: Judged) -> None:
    lines = exported("nquads", judged[1]).splitlines()
    assert lines == sorted(set(lines))
    assert len(lines) == len(judged[1])


@pytest.mark.landing
def test_what_is_not_accepted_stands_in_named_graphs(judged: Judged) -> None:
    """A reader of the default graph sees no edge that is only alleged or told by one voice."""
    case, store = judged
    data = exported("trig", store, case.id)
    dataset = rdflib.Dataset()
    dataset.parse(data=data, format="trig")
    alleged = dataset.graph(rdflib.URIRef(f"{case_base(case.id)}graph/alleged"))
    assert len(alleged) > 0
    default = {tuple(map(plain, triple)) for triple in dataset.default_graph}
    edges = {tuple(map(plain, triple)) for triple in alleged}
    assert edges & default <= direct_edges(store), "an edge that no accepted statement says"
    assert edges - default


def case_base(case: str) -> str:
    return prefixes_of(case)[case]


def direct_edges(store: ox.Store) -> set[Said]:
    """Return what the accepted statements say."""
    query = (
        f"SELECT ?s ?p ?o {{ ?t <{HUD}status> <{KIND}accepted> ; <{RDF}subject> ?s ; "
        f"<{RDF}predicate> ?p ; <{RDF}object> ?o }}"
    )
    rows: Any = store.query(query)
    return {tuple(map(plain, row)) for row in rows}


# RDF 1.2


def triple_terms(data: bytes) -> dict[str, ox.Triple]:
    quads = ox.parse(data, format=ox.RdfFormat.TRIG)
    return {str(q.subject): q.object for q in quads if isinstance(q.object, ox.Triple)}


def test_each_statement_reifies_what_it_says(judged: Judged) -> None:
    case, store = judged
    data = exported("rdf12", store, case.id)
    statements = {
        str(quad.subject)
        for quad in store.quads_for_pattern(
            None, ox.NamedNode(RDF + "type"), ox.NamedNode(HUD + "Statement")
        )
    }
    assert triple_terms(data).keys() == statements
    assert len(statements) == len(case.statements)
    left = {quad.predicate.value for quad in ox.parse(data, format=ox.RdfFormat.TRIG)}
    assert left & SAID == set()


def test_naming_a_triple_asserts_nothing(judged: Judged) -> None:
    case, store = judged
    quads = list(ox.parse(exported("rdf12", store, case.id), format=ox.RdfFormat.TRIG))
    plainly = {quad for quad in quads if not isinstance(quad.object, ox.Triple)}
    expected = {quad for quad in store if quad.predicate.value not in SAID}
    assert plainly == expected


def test_readers_of_rdf_1_1_refuse_rdf_1_2(example: Judged) -> None:
    with pytest.raises(SyntaxError):
        rdflib.Dataset().parse(data=exported("rdf12", example[1]), format="trig")


def test_a_statement_that_says_two_things_stays_as_it_is() -> None:
    said = [ox.Quad(a("s"), ox.NamedNode(RDF + "type"), ox.NamedNode(HUD + "Statement"))]
    for name, values in (("subject", "xy"), ("predicate", "p"), ("object", "z")):
        said += [ox.Quad(a("s"), ox.NamedNode(RDF + name), a(value)) for value in values]
    store = stores.in_memory(said)
    data = stores.rdf12(store, {})
    assert triple_terms(data) == {}
    assert set(stores.read(data, "rdf12")) == set(said)


# JSON-LD


def things(data: bytes) -> dict[str, dict[str, Any]]:
    return {entry["@id"]: entry for entry in json.loads(data)["@graph"]}


@pytest.mark.parametrize("fixture", ["example", pytest.param("judged", marks=pytest.mark.landing)])
def test_json_ld_can_be_read_as_plain_json(fixture: str, request: pytest.FixtureRequest) -> None:
    """As somebody would read it who knows nothing of RDF."""
    case, store = request.getfixturevalue(fixture)
    found = things(exported("jsonld", store, case.id))
    if fixture == "example":
        guard = found["mill:river-guard"]
        assert "hud:ArmedGroup" in guard["@type"]
        named = {
            ("river-guard", name, tag)
            for tag, names in guard["skos:altLabel"].items()
            for name in names
        }
        assert named == miniature.FURTHER_NAMES
    claims = [entry for entry in found.values() if "hud:Claim" in entry.get("@type", ())]
    wanted = {
        str(quad.subject)
        for quad in store.quads_for_pattern(
            None, ox.NamedNode(RDF + "type"), ox.NamedNode(HUD + "Claim"), ox.DefaultGraph()
        )
    }
    assert len(claims) == len(wanted)
    assert all(claim["hud:stance"].startswith("kind:") for claim in claims)
    cited = [passage for claim in claims for passage in claim["hud:passage"]]
    assert all(found[passage]["hud:sentence"] for passage in cited)
    about = [found[statement] for claim in claims for statement in claim["hud:about"]]
    assert len(about) == len(wanted)
    assert {statement["rdf:predicate"].partition(":")[0] for statement in about} == {"hud"}


def _shapes(entries: Iterable[dict[str, Any]], found: dict[str, set[bool]]) -> None:
    """Add to each property whether its values stand in lists, in all graphs."""
    for entry in entries:
        _shapes(entry.get("@graph", ()), found)
        for name, value in entry.items():
            if not name.startswith("@"):
                texts = isinstance(value, dict) and not {"@value", "@id"} & value.keys()
                for one in value.values() if texts else [value]:
                    found.setdefault(name, set()).add(isinstance(one, list))


@pytest.mark.landing
def test_json_ld_has_lists_of_the_same_properties_in_every_case(
    judged: Judged, karabakh: Judged, example: Judged, tmp_path: Path
) -> None:
    """Whatever a case has: a program that was written for one reads another."""
    found: dict[str, set[bool]] = {}
    for case, store in (judged, karabakh, example, miniature.judged(miniature.sequel(tmp_path))):
        _shapes(json.loads(exported("jsonld", store, case.id))["@graph"], found)
    assert {name for name, kinds in found.items() if len(kinds) > 1} == set()
    lists = {name for name, kinds in found.items() if True in kinds}
    assert {"hud:about", "hud:passage", "hud:when", "hud:besieges", "skos:altLabel"} <= lists
    assert not {"hud:voice", "hud:status", "rdf:subject", "rdfs:label"} & lists


def test_json_ld_has_lists_of_what_the_model_has_several_of(karabakh: Judged) -> None:
    """Also where no record of the case has two, as of the cues of claims there."""
    case, store = karabakh
    data = json.loads(exported("jsonld", store, case.id))
    found: dict[str, set[bool]] = {}
    _shapes(data["@graph"], found)
    several: dict[str, bool] = {}
    for field in (field for record in RECORDS for field in specs(record)):
        several[field.term] = several.get(field.term, False) or field.many
    for name, kinds in found.items():
        prefix, _, rest = name.partition(":")
        iri = data["@context"].get(prefix, prefix + ":") + rest
        if iri in several and not OF_EVENTS.fullmatch(name):
            assert kinds == {several[iri]}, name


def test_a_figure_looks_the_same_beside_one_that_is_no_number() -> None:
    """Integers are as JSON has them, whatever other values the property has in the case."""
    deaths = [ox.Quad(a("e"), a("deaths"), typed("31", "integer"))]
    for other in ((), (ox.Literal("dozens"),), (ox.NamedNode(HUD + "unknown"),)):
        store = stores.in_memory([*deaths, *(ox.Quad(a("f"), a("deaths"), one) for one in other)])
        data = exported("jsonld", store, "odd")
        assert things(data)["odd:e"]["odd:deaths"] == [31]
        assert set(stores.read(data, "jsonld")) == set(store)
        assert of_rdflib(data, "jsonld") == of_ours(store)


def test_json_ld_leaves_nothing_out_where_a_store_has_more_than_the_model() -> None:
    """A store may have been filled by others: a second voice of a claim makes lists of all."""
    twice = [ox.Quad(a("c"), ox.NamedNode(HUD + "voice"), a(name)) for name in ("x", "y")]
    once = ox.Quad(a("d"), ox.NamedNode(HUD + "voice"), a("x"))
    found = things(exported("jsonld", stores.in_memory([*twice, once]), "odd"))
    assert found["odd:c"]["hud:voice"] == ["odd:x", "odd:y"]
    assert found["odd:d"]["hud:voice"] == ["odd:x"]


def test_json_ld_has_integers_and_booleans_as_json_has_them() -> None:
    """But no decimals, nor integers so long that a reader of JSON would round them."""
    found = things(exported("jsonld", odd(), "odd"))
    for value, expected in (
        (typed("true", "boolean"), True),
        (typed("1.50", "decimal"), "1.5"),
        (typed("9007199254740993", "integer"), "9007199254740993"),
    ):
        n = ODD.index(value)
        assert found[f"odd:s.{n}"][f"odd:p{n}"] == [expected]
    assert found["odd:c12"]["odd:count"] == [12]
    assert type(found["odd:c12"]["odd:count"][0]) is int


def test_a_prefix_that_is_a_scheme_is_not_used() -> None:
    """Else urn:isbn:… would be read as something of the case "urn"."""
    store = stores.in_memory(
        [ox.Quad(ox.NamedNode("https://w3id.org/hudna/urn/x"), ox.NamedNode(RDFS + "seeAlso"),
                 ox.NamedNode("urn:isbn:0-486-27557-4"))]
    )  # fmt: skip
    data = exported("jsonld", store, "urn")
    assert "urn" not in json.loads(data)["@context"]
    assert set(stores.read(data, "jsonld")) == set(store)
    assert of_rdflib(data, "jsonld") == of_ours(store)


def test_an_empty_graph_is_written() -> None:
    for form in WHOLE:
        assert list(stores.read(exported(form, ox.Store()), form)) == []


# reading


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(UsageError, match='did you mean "trig"'):
        stores.read(b"", "trg")


@pytest.mark.parametrize(
    ("form", "data"),
    [
        ("nquads", b"<http://example.org/a> <http://example.org/b>"),
        ("trig", b"\xff\xfe"),
        ("turtle", b"<a> <b> <c> ."),
        ("jsonld", b'{"@id": '),
        ("jsonld", b'{"@context": "https://example.org/context", "@id": "https://example.org/"}'),
    ],
)
def test_what_is_not_in_the_format_is_refused(form: str, data: bytes) -> None:
    with pytest.raises(UsageError, match=f"^{form}: "):
        stores.read(data, form)


def test_jsonld_js_reads_the_same_quads(example: Judged, tmp_path: Path) -> None:
    read = readers.node("jsonld", exported("jsonld", example[1]), tmp_path)
    lines = "\n".join(read["quads"]).encode()
    seen = ox.Store()
    seen.load(lines, format=ox.RdfFormat.N_QUADS)
    wanted = {(str(q.subject), str(q.predicate), str(q.graph_name)) for q in example[1]}
    assert {(str(q.subject), str(q.predicate), str(q.graph_name)) for q in seen} == wanted
    assert len(seen) == len(example[1])
