"""The typed views of the graph: what the build wrote comes back, and each thing is read once."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any

import miniature
import pyoxigraph as ox
import pytest

from graph.model import (
    Actor,
    Case,
    Claim,
    Identifier,
    Name,
    NamedThing,
    NameResolution,
    Note,
    Passage,
    PassageRef,
    Question,
    Source,
    Statement,
    Topic,
    specs,
)
from graph.model.days import Span
from graph.model.terms import (
    HUD,
    KIND,
    RDF,
    RDFS,
    SEM,
    SKOS,
    XSD,
    Namespace,
    case_namespace,
    graph_iri,
)
from graph.read import CaseGraph, PredicateView, Stand, ties
from graph.read.values import Values

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from miniature import Judged


@pytest.fixture(scope="module")
def graph(example: Judged) -> CaseGraph:
    return CaseGraph(example[1], miniature.CASE)


def small(*triples: tuple[str, str, ox.NamedNode | ox.Literal]) -> CaseGraph:
    """Return a graph of triples: an id of the case, a term of the ontology, an object."""
    made = CaseGraph(ox.Store(), "mill")
    for subject, predicate, term in triples:
        full = predicate if ":" in predicate else HUD + predicate
        made.store.add(ox.Quad(made.node(subject), ox.NamedNode(full), term))
    return made


def written(text: str, datatype: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(XSD + datatype))


def stated(record: Any) -> dict[str, Any]:  # noqa: ANN401 - any record
    """Return the declared fields of a record that have a value."""
    names = (field.name for field in fields(record) if "declared" in field.metadata)
    return {name: value for name in names if (value := getattr(record, name)) not in ("", None, ())}


def test_authored_statements_and_claims_come_back(example: Judged, graph: CaseGraph) -> None:
    case = example[0]
    assert len(case.statements) > 20
    for record in case.statements:
        found = graph.statement(record.id)
        told, expected = stated(found), stated(record)
        for name in ("status", "status_by_rule", "question", "coverage", "excludes", "past",
                     "order_key", "order_not_told"):  # fmt: skip
            assert told.pop(name, None) or name != "status"
            expected.pop(name, None)
        assert told == expected, record.id
        assert found.object == record.object
        assert found.value == record.value
        claims = {claim.id: stated(claim) for claim in record.claims}
        for claim in found.claims:
            told = stated(claim)
            told.pop("disputes", None)
            assert told == {**claims[claim.id], "passages": tuple(sorted(told["passages"]))}
        assert [claim.id for claim in found.claims] == sorted(claims)
        stands = [Stand(c.id, c.voice, c.stance, c.certainty, c.source) for c in found.claims]
        assert list(graph.stands_on(record.id)) == stands


def test_spans_of_a_few_are_asked_for_one_by_one_and_then_once_for_all(
    graph: CaseGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def counted(self: CaseGraph, sparql: str, *prefixes: str) -> dict[str, list[str]]:
        asked.append(sparql)
        return columns_of(self, sparql, *prefixes)

    columns_of = CaseGraph.columns_of
    monkeypatch.setattr(ties, "FEW", 16)
    monkeypatch.setattr(CaseGraph, "columns_of", counted)
    names = graph.ids("Statement")
    fresh = CaseGraph(graph.store, graph.case)
    assert sum(not fresh.spans_of(name) for name in names) > 1
    single = [one for one in asked if "VALUES ?statement { UNDEF }" not in one]
    assert 0 < len(single) < len(names) - 1
    assert len(asked) == len(single) + 1
    asked.clear()
    some = CaseGraph(graph.store, graph.case)
    some.read_stands(names)
    assert [some.spans_of(name) for name in names] == [fresh.spans_of(name) for name in names]
    assert len(asked) == 2


def test_a_verdict_comes_back_with_its_statement(example: Judged, graph: CaseGraph) -> None:
    judged = {record.id: record.verdict for record in example[0].statements if record.verdict}
    assert judged
    for record in example[0].statements:
        found, told = graph.statement(record.id).verdict, judged.get(record.id)
        assert (found and stated(found)) == (told and stated(told))


def test_records_of_a_class_come_back(example: Judged, graph: CaseGraph) -> None:
    case = example[0]
    questions = [thing for thing in case.things if isinstance(thing, Question)]
    groups: tuple[tuple[type[Any], Sequence[Any]], ...] = (
        (Source, case.sources), (Question, questions), (Note, case.notes),
        (NameResolution, case.resolutions),
    )  # fmt: skip
    for record, authored in groups:
        found = list(graph.records(record))
        assert authored
        assert [one.id for one in found] == sorted(one.id for one in authored)
        for one in found:
            (other,) = (each for each in authored if each.id == one.id)
            told, expected = stated(one), stated(other)
            if isinstance(one, Question):
                told["kinds"] = expected["kinds"] = "what is contested is derived"
            for name in ("classes", "names", "passages"):
                assert (name in told) == (name in expected)
                told.pop(name, None), expected.pop(name, None)
            assert told == expected
    assert graph.ids("Statement") == tuple(sorted(one.id for one in case.statements))
    assert graph.ids("Nothing") == ()
    assert stated(graph.about) == stated(case)


def test_a_thing_is_a_record_of_its_class(example: Judged, graph: CaseGraph) -> None:
    for record in example[0].things:
        found = graph.thing(record.id)
        kind = NamedThing if type(record) is Topic else type(record)
        assert type(found) is kind, record.id
        assert found.label == record.label
        assert graph.narrowest(found) == min(record.classes)
    assert stated(graph.thing("nothing")) == {}
    assert graph.narrowest(graph.thing("nothing")) == ""
    assert graph.labels.kinds["asserts"] == "asserts"
    assert list(graph.labels.kinds) == sorted(graph.labels.kinds)


def test_the_classes_of_others_are_not_the_narrowest() -> None:
    graph = small(("x", RDF + "type", ox.NamedNode("https://example.org/Thing")))
    assert graph.thing("x").classes == ("https://example.org/Thing",)
    assert graph.narrowest(graph.thing("x")) == ""


def test_what_is_said_of_an_iri_and_by_it() -> None:
    graph = small(("x", "note", ox.Literal("a")), ("x", "place", ox.NamedNode("https://y.org/y")))
    x, elsewhere = graph.node("x").value, ox.NamedNode("https://z.org/z")
    graph.store.add(ox.Quad(elsewhere, elsewhere, elsewhere, elsewhere))
    assert list(graph.pairs(HUD + "note")) == [("x", "a")]
    assert list(graph.pairs(HUD + "place", "x")) == [("x", "https://y.org/y")]
    assert list(graph.pairs(HUD + "place", "y")) == []
    assert list(graph.pairs(HUD + "place", target="y")) == []
    assert [graph.knows(iri) for iri in (x, elsewhere.value, x + "y")] == [True, True, False]


def test_what_is_read_is_kept(graph: CaseGraph) -> None:
    reads: tuple[Callable[[str], object], ...] = (
        graph.statement, graph.claims_on, graph.stands_on, graph.qualifiers, graph.thing,
    )  # fmt: skip
    for read in reads:
        assert read("siege-of-mill-town") is read("siege-of-mill-town")
    one = graph.claims_on("siege-of-mill-town")[0].id
    assert graph.claim(one) is graph.claim(one)
    assert graph.predicate("besieges") is graph.predicate("besieges")
    made: list[int] = []

    def make() -> list[int]:
        made.append(1)
        return made

    assert graph.kept(("test", "x"), make) is graph.kept(("test", "x"), make)
    assert made == [1]


def test_what_is_not_there_is_empty(graph: CaseGraph) -> None:
    assert graph.claims_on("nothing") == ()
    assert graph.stands_on("nothing") == ()
    assert graph.qualifiers("nothing") == {}
    assert stated(graph.statement("nothing")) == {}
    assert graph.predicate("nothing") == PredicateView("nothing", "", "", 0)


def test_the_title_is_that_of_the_case_or_its_id(example: Judged, graph: CaseGraph) -> None:
    assert graph.title == example[0].title
    assert CaseGraph(ox.Store(), "mill").title == "mill"


def test_ids_are_those_of_the_case(graph: CaseGraph) -> None:
    assert graph.local(graph.node("ford").value) == "ford"
    assert graph.local(graph.base) == ""
    assert graph.local(HUD + "unknown") == "unknown"
    for other in ("https://w3id.org/hudna/homs/ford", HUD + "besieges", ""):
        assert graph.local(other) == other


def test_a_query_is_answered_with_ids() -> None:
    other = "https://w3id.org/hudna/homs/ford"
    graph = small(
        ("a", "within", ox.NamedNode("https://w3id.org/hudna/mill/ford")),
        ("b", "within", ox.NamedNode(HUD + "unknown")),
        ("c", "within", ox.NamedNode(other)),
        ("d", "within", ox.NamedNode(KIND + "certain")),
    )
    ask = f"SELECT ?who ?where {{ ?who <{HUD}within> ?where }} ORDER BY ?who"
    where = ["ford", "unknown", other]
    assert graph.columns_of(ask) == {
        "who": ["a", "b", "c", "d"],
        "where": [*where, KIND + "certain"],
    }
    assert graph.columns_of(ask, KIND)["where"] == [*where, "certain"]
    assert graph.columns_of(ask.replace("within", "near")) == {"who": [], "where": []}


def test_a_predicate_has_label_family_and_sign(graph: CaseGraph) -> None:
    assert graph.predicate("besieges").name == "besieges"
    assert graph.predicate("besieges").sign == -1
    assert graph.predicate("besieges").label
    assert graph.predicate("presentIn").sign == 0
    assert graph.predicate("presentIn").family == "control"


def test_qualifiers_are_plain_and_in_the_order_of_the_alphabet(graph: CaseGraph) -> None:
    found = dict(graph.qualifiers("fighters-may-stay"))
    assert list(found)[:4] == ["predicate", "label", "family", "sign"]
    assert list(found)[4:] == sorted(list(found)[4:])
    assert found["predicate"] == "mayStayIn"
    assert (found["place"], found["under"]) == ("mill-town", "ag-may-truce")
    assert found["earliest_begin"] == "2020-05-12"
    assert all(type(value) in (str, int, float, list, bool) for value in found.values())


def test_the_ends_of_a_statement_are_no_qualifiers(example: Judged, graph: CaseGraph) -> None:
    assert any(record.value is not None for record in example[0].statements)
    for record in example[0].statements:
        assert not {"subject", "object", "value"} & graph.qualifiers(record.id).keys()


def test_claims_need_a_voice_and_are_sorted() -> None:
    about = ox.NamedNode("https://w3id.org/hudna/mill/s")
    voice = ox.NamedNode("https://w3id.org/hudna/mill/v")
    graph = small(
        ("s.c2", "about", about), ("s.c2", "voice", voice), ("s.c1", "about", about),
        ("s.c1", "voice", voice), ("s.c1", "stance", ox.NamedNode(KIND + "denies")),
        ("s.c1", "certainty", ox.NamedNode(KIND + "possible")), ("s.c0", "about", about),
        ("s.c1", "source", ox.NamedNode("https://w3id.org/hudna/mill/paper")),
        ("s.c2", "stance", ox.NamedNode(KIND + "asserts")),
        ("s.c2", "certainty", ox.NamedNode(KIND + "certain")),
        ("s.c2", "source", ox.NamedNode("https://w3id.org/hudna/mill/paper")),
    )  # fmt: skip
    assert [claim.id for claim in graph.claims_on("s")] == ["s.c1", "s.c2"]
    assert graph.claims_on("s")[0].statement == "s"
    assert graph.stands_on("s") == (
        Stand("s.c1", "v", "denies", "possible", "paper"),
        Stand("s.c2", "v", "asserts", "certain", "paper"),
    )


OF_X = case_namespace("x")
NUMBERS = {
    ("12", "integer"): 12,
    ("+12", "integer"): 12,
    ("-12", "integer"): -12,
    ("2.5", "decimal"): 2.5,
    ("-0.5", "decimal"): -0.5,
    ("true", "boolean"): True,
    ("1", "boolean"): True,
    ("false", "boolean"): False,
    ("0", "boolean"): False,
    ("some", "string"): "some",
    ("2020-05-12", "date"): "2020-05-12",
}


@pytest.mark.parametrize(("text", "datatype"), NUMBERS)
def test_values_have_their_type(text: str, datatype: str) -> None:
    graph = small(("s", RDF + "object", written(text, datatype)))
    found = graph.statement("s")
    assert found.object is None
    assert found.value == NUMBERS[text, datatype]
    assert type(found.value) is type(NUMBERS[text, datatype])


def test_objects_are_things_kinds_or_unknown() -> None:
    for iri, expected in (
        (KIND + "town", "town"),
        ("https://w3id.org/hudna/mill/ford", "ford"),
        (HUD + "unknown", "unknown"),
        ("https://example.org/x", "https://example.org/x"),
    ):
        found = small(("s", RDF + "object", ox.NamedNode(iri))).statement("s")
        assert (found.object, found.value) == (expected, None)


def test_numbers_of_fields_are_numbers_in_both_views() -> None:
    graph = small(("s", "low", written("3", "integer")), ("s", "high", written("-2.5", "decimal")))
    for found in (stated(graph.statement("s")), graph.qualifiers("s")):
        assert (found["low"], found["high"]) == (3, -2.5)
        assert (type(found["low"]), type(found["high"])) == (int, float)


def test_of_texts_the_english_counts_then_the_first() -> None:
    def note(*texts: ox.Literal) -> str:
        term = "http://www.w3.org/2004/02/skos/core#note"
        return small(*(("s", term, text) for text in texts)).statement("s").note

    arabic, english = ox.Literal("a", language="ar"), ox.Literal("z", language="en")
    assert note(arabic, english) == note(english, arabic) == "z"
    assert note(arabic, ox.Literal("z")) == "z"
    assert note(ox.Literal("y"), english) == "y"
    assert note(arabic) == "a"


def test_what_a_statement_says_of_its_subject_stands_in_its_record_alone() -> None:
    said = [
        ox.Quad(ox.NamedNode(OF_X + "s"), ox.NamedNode(RDF + "object"), ox.NamedNode(OF_X + "a"))
    ]
    assert Values(Namespace("x")).of(Statement, said) == {"object": "a"}
    assert Values(Namespace("x"), plain=True).of(Statement, said) == {}
    assert Values(Namespace("x")).of(Claim, said) == {}


def test_an_unknown_end_is_told_as_unknown(graph: CaseGraph) -> None:
    assert graph.statement("guard-is-paid").subject == "unknown"
    assert small(("s", RDF + "subject", ox.NamedNode(HUD + "unknown"))).statement("s").subject == (
        "unknown"
    )


def in_graph(value: object) -> object:
    """Return a value as it comes back: sorted, and the tags of languages in small letters."""
    if isinstance(value, Name):
        return value._replace(lang=value.lang.lower())
    return tuple(sorted(map(in_graph, value))) if type(value) is tuple else value  # type: ignore[type-var]


def test_fields_of_every_form_come_back(example: Judged) -> None:
    """Days, names with their languages, identifiers, passages and lists, in both views."""
    case, store = example
    names = CaseGraph(store, miniature.CASE).names
    views = Values(names), Values(names, plain=True)
    seen: set[type] = set()
    for record in (*case.sources, *case.things, *case.sources[0].passages, *case.resolutions):
        node = ox.NamedNode(names.iri(record.id))
        read, plain = (
            view.of(type(record), store.quads_for_pattern(node, None, None, ox.DefaultGraph()))
            for view in views
        )
        for name, value in stated(record).items():
            if name == "classes":  # with the wider ones
                continue
            assert read[name] == in_graph(value), (record.id, name)
            assert type(read[name]) is type(value)
            many = isinstance(value, tuple)
            assert type(plain[name]) in ((list,) if many else (str, int, float, bool))
            assert len(plain[name]) == len(value) if many else str(plain[name]) == str(value)
            seen |= {type(one) for one in value} if many else {type(value)}
    assert seen >= {str, int, bool, date, Name, Identifier, PassageRef}


def test_days_of_a_case_and_passages_of_claims_are_texts_on_edges() -> None:
    quads = [
        ox.Quad(ox.NamedNode(OF_X + "s"), ox.NamedNode(HUD + "comparesDays"), ox.Literal(text))
        for text in ("2020-03-01/2020-04-01", "2020-01-01/2020-02-01")
    ]
    days = [("2020-01-01", "2020-02-01"), ("2020-03-01", "2020-04-01")]
    assert Values(Namespace("x")).of(Case, quads) == {"compare_days": tuple(days)}
    assert Values(Namespace("x"), plain=True).of(Case, quads) == {
        "compare_days": list(map("/".join, days))
    }
    [passages] = (spec.term for spec in specs(Claim) if spec.name == "passages")
    quoted = [
        ox.Quad(ox.NamedNode(OF_X + "c"), ox.NamedNode(passages), ox.NamedNode(OF_X + "paper.2.1"))
    ]
    assert Values(Namespace("x")).of(Claim, quoted) == {"passages": (PassageRef("paper", "2.1"),)}
    assert Values(Namespace("x"), plain=True).of(Claim, quoted) == {"passages": ["paper.2.1"]}


def test_terms_are_read_as_they_are_written() -> None:
    """A truth value as a digit, a name without a language, a text that looks like a prefix."""

    def of(record: type, name: str, term: ox.Literal) -> object:
        [iri] = (spec.term for spec in specs(record) if spec.name == name)
        return Values(Namespace("x")).of(
            record, [ox.Quad(ox.NamedNode(OF_X + "s"), ox.NamedNode(iri), term)]
        )[name]

    for text, value in (("1", True), ("true", True), ("0", False), ("false", False)):
        assert of(Passage, "boilerplate", written(text, "boolean")) is value
    assert of(Actor, "names", ox.Literal("the Guard")) == (Name("the Guard", ""),)
    assert of(Statement, "unit", ox.Literal("x")) == "x"
    assert of(Statement, "when", ox.Literal("x:/2020")) == "x:/2020"


def test_a_thing_has_its_narrowest_class_its_names_with_language_and_its_note() -> None:
    graph = small(
        ("ford", RDF + "type", ox.NamedNode(HUD + "Actor")),
        ("ford", RDF + "type", ox.NamedNode(HUD + "ArmedGroup")),
        ("ford", RDF + "type", ox.NamedNode("http://www.w3.org/ns/org#Organization")),
        ("ford", RDFS + "label", ox.Literal("Ford guards", language="en")),
        ("ford", SKOS + "altLabel", ox.Literal("الحرس", language="ar")),
        ("ford", SKOS + "altLabel", ox.Literal("The Ford", language="en")),
        ("ford", "identity", ox.NamedNode(KIND + "collective")),
        ("ford", SKOS + "note", ox.Literal("Some say twenty men.", language="en")),
        ("statement", RDF + "type", ox.NamedNode(HUD + "Statement")),
    )
    above = ox.Quad(ox.NamedNode(HUD + "ArmedGroup"), ox.NamedNode(RDFS + "subClassOf"),
                    ox.NamedNode(HUD + "Actor"))  # fmt: skip
    graph.store.add(above)
    thing = graph.thing("ford")
    assert isinstance(thing, Actor)
    assert graph.narrowest(thing) == "ArmedGroup"
    assert (thing.label, thing.identity, thing.note) == (
        "Ford guards",
        "collective",
        "Some say twenty men.",
    )
    assert set(thing.names) == {Name("The Ford", "en"), Name("الحرس", "ar")}
    assert graph.thing("ford") is thing
    assert graph.thing("nothing").label == ""


def test_spans_of_a_statement_are_read_from_the_graph() -> None:
    node = CaseGraph(ox.Store(), "mill").node
    days = {
        "s.1": {"possibleFrom": "2014-01-01", "possibleUntil": "2014-12-31"},
        "s.2": {"possibleFrom": "2016-01-01", "possibleUntil": "2016-12-31",
                "attestedFrom": "2016-02-01", "certainFrom": "2016-03-01",
                "certainUntil": "2016-04-30", f"{SEM}hasEarliestBeginTimeStamp": "2016-01-01"},
        "s.3": {"possibleFrom": "2017-01-01", "possibleUntil": "2017-12-31",
                f"{SEM}hasLatestEndTimeStamp": "2017-12-31"},
    }  # fmt: skip
    graph = small(
        ("s", RDF + "predicate", ox.NamedNode(HUD + "presentIn")),
        *(("s", "span", node(name)) for name in days),
        *((name, key, written(day, "date")) for name in days for key, day in days[name].items()),
    )
    assert graph.spans_of("s") == (
        Span("2014-01-01", "2014-12-31", open_begin=True, open_end=True),
        Span("2016-01-01", "2016-12-31", "2016-02-01", "2016-03-01", "2016-04-30", open_end=True),
        Span("2017-01-01", "2017-12-31", open_begin=True),
    )
    assert graph.spans_of("t") == ()


def test_what_has_no_label_is_called_by_its_id() -> None:
    graph = small(("guard", RDFS + "label", ox.Literal("The Guard")))
    assert [graph.label(name) for name in ("guard", "nobody")] == ["The Guard", "nobody"]


def test_texts_of_a_property_stand_by_their_languages() -> None:
    label = RDFS + "label"
    graph = small(
        ("guard", label, ox.Literal("Al-Haras", language="ar")),
        ("guard", label, ox.Literal("The Guard", language="en")),
        ("guard", label, ox.Literal("Guard")),
        ("guard", label, ox.NamedNode("https://example.org/guard")),
    )
    assert graph.texts("guard", label) == [
        ("Guard", ""), ("https://example.org/guard", ""), ("Al-Haras", "ar"), ("The Guard", "en"),
    ]  # fmt: skip


def test_a_statement_that_is_timeless_says_so_and_has_no_spans() -> None:
    timeless = ox.Literal("true", datatype=ox.NamedNode(XSD + "boolean"))
    for how, expected in (
        ([timeless], {"timeless": True}),
        ([], {"spans": ["2014-01-01/2014-01-02"]}),
    ):
        graph = small(
            ("s", RDF + "predicate", ox.NamedNode(HUD + "within")),
            ("s", "span", CaseGraph(ox.Store(), "mill").node("s.1")),
            ("s.1", "possibleFrom", written("2014-01-01", "date")),
            ("s.1", "possibleUntil", written("2014-01-02", "date")),
            ("s.1", f"{SEM}hasEarliestBeginTimeStamp", written("2014-01-01", "date")),
            ("s.1", f"{SEM}hasLatestEndTimeStamp", written("2014-01-02", "date")),
        )
        for value in how:
            within = ox.NamedNode(HUD + "within")
            graph.store.add(ox.Quad(within, ox.NamedNode(HUD + "timeless"), value))
        found = graph.qualifiers("s")
        assert {key: found[key] for key in ("timeless", "spans") if key in found} == expected


def test_worlds_hold_what_is_neither_accepted_nor_a_tie_by_its_group() -> None:
    graph = small(("a", "within", ox.NamedNode(HUD + "unknown")))
    node = graph.node("x")
    for name, many in (("ties", 2), ("alleged", 3), ("past", 1)):
        for number in range(many):
            world = ox.NamedNode(graph_iri("mill", name))
            graph.store.add(ox.Quad(node, ox.NamedNode(HUD + "backs"), ox.Literal(number), world))
    assert graph.count_in_worlds() == 4
