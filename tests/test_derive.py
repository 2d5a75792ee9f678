"""What follows from claims: the rules on graphs of a few quads each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import miniature
import pyoxigraph as ox
import pytest
from miniature import ONTOLOGY

from graph.build import derive
from graph.errors import InputOutputError
from graph.model import vocabulary
from graph.model.terms import DCTERMS, HUD, KIND, RDF, SEM, XSD
from graph.read import store
from graph.read.select import Table, answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from miniature import Judged

BASE = "https://w3id.org/hudna/tiny/"
TYPE = ox.NamedNode(RDF + "type")
DISPUTES = ox.NamedNode("http://purl.org/spar/cito/disputes")
ALLEGED = ox.NamedNode(BASE + "graph/alleged")
DEFAULT = ox.DefaultGraph()
KNOWN = {ox.NamedNode(HUD + "polarity"), ox.NamedNode(HUD + "asFact")}
"""What rules take from the ontology."""
AUTHOR, OTHER, EDITOR = "author", "party", "editor"
"""The author of the paper and of nothing else, a party to the conflict, the editor of the case."""


class Said(NamedTuple):
    """A claim: who, how, on which statement, in which source."""

    voice: str
    stance: str
    statement: str = "s"
    source: str = "paper"
    mode: str = "fact"


def thing(name: str) -> ox.NamedNode:
    return ox.NamedNode((HUD if name == "unknown" else BASE) + name)


def hud(name: str) -> ox.NamedNode:
    return ox.NamedNode(HUD + name)


def kind(name: str) -> ox.NamedNode:
    return ox.NamedNode(KIND + name)


def graph_of(
    *claims: Said,
    triples: Mapping[str, tuple[str, str, str | ox.Literal]] | None = None,
    answers: str = "",
    exclusive: bool = True,
    verdict: str = "",
    dates: Mapping[str, tuple[str, str]] | None = None,
    more: Iterable[tuple[str, str, ox.NamedNode]] = (),
) -> ox.Store:
    """Return a graph with these claims, derived.

    Args:
        claims: the claims.
        triples: subject, predicate and object of each statement, by its id.
        answers: the statements that answer one question.
        exclusive: whether the question has at most one right answer.
        verdict: the editor's verdict on the statement ``s``.
        dates: the earliest begin and the latest end of statements; empty where not known.
        more: further properties of statements: id, local name of the property, value.
    """
    graph = ox.Store()
    graph.extend(quad for quad in ONTOLOGY.quads if quad.predicate in KNOWN)

    def add(subject: ox.NamedNode, predicate: str, value: ox.NamedNode | ox.Literal) -> None:
        graph.add(ox.Quad(subject, ox.NamedNode(predicate), value))

    case = ox.NamedNode(BASE)
    add(case, DCTERMS + "publisher", thing(EDITOR))
    for source, author in (("paper", AUTHOR), ("letter", "second-author")):
        add(case, DCTERMS + "source", thing(source))
        add(thing(source), DCTERMS + "creator", thing(author))
    for name, (subject, predicate, value) in (triples or {"s": ("a", "besieges", "b")}).items():
        add(thing(name), RDF + "type", hud("Statement"))
        add(thing(name), RDF + "subject", thing(subject))
        add(thing(name), RDF + "predicate", hud(predicate))
        add(thing(name), RDF + "object", thing(value) if isinstance(value, str) else value)
    for number, said in enumerate(claims):
        claim = thing(f"claim{number}")
        add(claim, HUD + "about", thing(said.statement))
        add(claim, HUD + "voice", thing(said.voice))
        add(claim, HUD + "stance", kind(said.stance))
        add(claim, HUD + "source", thing(said.source))
        add(claim, HUD + "mode", kind(said.mode))
    for subject, name, node in more:
        add(thing(subject), HUD + name, node)
    for name in answers.split():
        add(thing(name), HUD + "answers", thing("q"))
        text = "true" if exclusive else "false"
        truth = ox.Literal(text, datatype=ox.NamedNode(XSD + "boolean"))
        add(thing("q"), HUD + "exclusive", truth)
    for name, ends in (dates or {}).items():
        for term, day in zip(("EarliestBegin", "LatestEnd"), ends, strict=True):
            if day:
                value = ox.Literal(day, datatype=ox.NamedNode(XSD + "date"))
                add(thing(name), f"{SEM}has{term}TimeStamp", value)
    if verdict:
        add(thing("s"), HUD + "verdict", thing("s.verdict"))
        add(thing("s.verdict"), HUD + "status", kind(verdict))
    derive.derive(graph, derive.rules())
    return graph


def one(graph: ox.Store, name: str, statement: str = "s") -> str:
    """Return the local name of the one value of a property."""
    (quad,) = graph.quads_for_pattern(thing(statement), hud(name), None)
    assert isinstance(quad.object, ox.NamedNode)
    return quad.object.value.removeprefix(KIND)


def status(graph: ox.Store, statement: str = "s") -> str:
    by_rule = one(graph, "statusByRule", statement)
    assert one(graph, "status", statement) == by_rule
    return by_rule


def edges(graph: ox.Store, where: ox.NamedNode | ox.DefaultGraph = DEFAULT) -> set[str]:
    """Return the direct edges of a graph, as ``a besieges b``."""
    names = ("besieges", "controls", "mayStayIn", "mustLeave", "perpetrator", "hasSize")
    found = set()
    for name in names:
        for quad in graph.quads_for_pattern(None, hud(name), None, where):
            ends = [str(end).strip("<>").replace(BASE, "") for end in (quad.subject, quad.object)]
            found.add(f"{ends[0]} {name} {ends[1]}".replace(HUD, "hud:"))
    return found


def world(voice: str) -> ox.NamedNode:
    return ox.NamedNode(f"{BASE}graph/voice/{voice}")


def joined(graph: ox.Store, term: ox.NamedNode) -> set[tuple[str, str]]:
    return {
        (
            str(q.subject).strip("<>").removeprefix(BASE),
            str(q.object).strip("<>").removeprefix(BASE),
        )
        for q in graph.quads_for_pattern(None, term, None)
    }


def disputes(graph: ox.Store) -> set[tuple[str, str]]:
    return joined(graph, DISPUTES)


# Status


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([Said(AUTHOR, "asserts")], "accepted"),
        ([Said(AUTHOR, "asserts"), Said(OTHER, "asserts")], "accepted"),
        ([Said(AUTHOR, "asserts"), Said(OTHER, "leavesOpen")], "accepted"),
        ([Said(AUTHOR, "asserts"), Said(OTHER, "considersPossible")], "accepted"),
        ([Said(AUTHOR, "asserts"), Said(OTHER, "denies")], "contested"),
        ([Said(AUTHOR, "denies"), Said(OTHER, "asserts")], "contested"),
        ([Said(AUTHOR, "denies"), Said(OTHER, "suspects")], "contested"),
        ([Said(AUTHOR, "denies"), Said(OTHER, "expects")], "contested"),
        ([Said("x", "asserts"), Said("y", "denies")], "contested"),
        ([Said(OTHER, "asserts")], "alleged"),
        ([Said(OTHER, "asserts"), Said(AUTHOR, "reports")], "alleged"),
        ([Said(OTHER, "asserts"), Said(AUTHOR, "considersPossible")], "alleged"),
        ([Said(AUTHOR, "asserts", source="letter")], "alleged"),
        ([Said(AUTHOR, "denies")], "rejected"),
        ([Said(AUTHOR, "denies"), Said(OTHER, "reports")], "rejected"),
        ([Said(AUTHOR, "denies"), Said(OTHER, "considersPossible")], "rejected"),
        ([Said(OTHER, "denies")], "open"),
        ([Said(AUTHOR, "suspects")], "open"),
        ([Said(AUTHOR, "considersPossible")], "open"),
        ([Said(AUTHOR, "leavesOpen")], "open"),
        ([Said(AUTHOR, "expects")], "open"),
        ([Said(AUTHOR, "conditional")], "open"),
        ([Said(AUTHOR, "reports")], "open"),
        ([Said(OTHER, "demands"), Said(AUTHOR, "reports")], "open"),
        ([Said(OTHER, "promises"), Said(AUTHOR, "reports")], "open"),
        ([Said(EDITOR, "asserts")], "open"),
        ([Said(EDITOR, "considersPossible")], "open"),
        ([Said(AUTHOR, "endorses")], "accepted"),
        ([Said(OTHER, "asserts"), Said(AUTHOR, "endorses")], "accepted"),
        ([Said(OTHER, "endorses")], "alleged"),
        ([Said(AUTHOR, "endorses"), Said(OTHER, "denies")], "contested"),
        ([Said(AUTHOR, "denies"), Said(OTHER, "endorses")], "contested"),
        ([Said(AUTHOR, "asserts"), Said(OTHER, "doubts")], "accepted"),
        ([Said(OTHER, "asserts"), Said(AUTHOR, "doubts")], "alleged"),
        ([Said(AUTHOR, "denies"), Said(OTHER, "doubts")], "rejected"),
        ([Said(AUTHOR, "doubts")], "open"),
        ([Said(OTHER, "wishes"), Said(AUTHOR, "reports")], "open"),
        ([Said(AUTHOR, "denies"), Said(OTHER, "wishes")], "rejected"),
        ([], "open"),
    ],
    ids=lambda value: (
        " ".join(f"{s.voice}-{s.stance}" for s in value) if isinstance(value, list) else value
    ),
)
def test_status_by_rule(claims: list[Said], expected: str) -> None:
    graph = graph_of(*claims)
    assert status(graph) == expected
    assert edges(graph) == ({"a besieges b"} if expected == "accepted" else set())
    assert edges(graph, ALLEGED) == ({"a besieges b"} if expected == "alleged" else set())


OPINION = "opinion"


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([Said(AUTHOR, "asserts", mode=mode)], "judgement")
        for mode in ("opinion", "motive", "forecast", "legal")
    ]
    + [
        ([Said(AUTHOR, "endorses", mode=OPINION)], "judgement"),
        ([Said(AUTHOR, "asserts", mode=OPINION), Said(AUTHOR, "endorses")], "accepted"),
        ([Said(AUTHOR, "asserts", mode=OPINION), Said(OTHER, "asserts")], "judgement"),
        ([Said(AUTHOR, "asserts", mode=OPINION), Said(OTHER, "doubts")], "judgement"),
        ([Said(AUTHOR, "asserts", mode=OPINION), Said(OTHER, "denies")], "contested"),
        ([Said(OTHER, "asserts", mode=OPINION)], "alleged"),
        ([Said(AUTHOR, "suspects", mode=OPINION)], "open"),
        ([Said(AUTHOR, "asserts", source="letter", mode=OPINION)], "alleged"),
        ([Said(EDITOR, "asserts", mode=OPINION)], "open"),
    ],
    ids=str,
)
def test_what_an_author_says_as_no_fact_is_a_judgement(claims: list[Said], expected: str) -> None:
    graph = graph_of(*claims)
    assert status(graph) == expected
    assert edges(graph) == ({"a besieges b"} if expected == "accepted" else set())


CONDITIONAL = {
    "s": ("a", "besieges", "b"),
    "t": ("b", "controls", "a"),
    "u": ("c", "controls", "a"),
}
IF = [("s", "condition", thing("t")), ("t", "condition", thing("u"))]


@pytest.mark.parametrize(
    ("claims", "depth", "expected"),
    [
        ([], 1, "open"),
        ([Said(OTHER, "asserts", "t")], 1, "open"),
        ([Said(AUTHOR, "asserts", "t")], 1, "accepted"),
        ([Said(AUTHOR, "asserts", "t", mode=OPINION)], 1, "open"),
        ([Said(AUTHOR, "asserts", "t")], 2, "open"),
        ([Said(AUTHOR, "asserts", "t"), Said(AUTHOR, "asserts", "u")], 2, "accepted"),
        ([Said(OTHER, "denies", "s")], 1, "contested"),
        ([Said(OTHER, "denies", "s"), Said(AUTHOR, "asserts", "t")], 1, "contested"),
    ],
)
def test_what_holds_on_a_condition_is_open_until_that_is_accepted(
    claims: list[Said], depth: int, expected: str
) -> None:
    """The rule's own result stands beside it, and nobody is in whose world it holds already."""
    said = Said(AUTHOR, "asserts", "s")
    graph = graph_of(said, *claims, triples=CONDITIONAL, more=IF[:depth])
    assert one(graph, "status") == expected
    assert one(graph, "statusByRule") == ("contested" if expected == "contested" else "accepted")
    assert ("a besieges b" in edges(graph)) is (expected == "accepted")
    assert "a besieges b" not in edges(graph, world(AUTHOR)) | edges(graph, ALLEGED)
    assert ("s", AUTHOR) not in joined(graph, hud("assertedBy"))


def test_a_verdict_on_what_holds_on_a_condition_counts() -> None:
    graph = graph_of(Said(OTHER, "asserts"), triples=CONDITIONAL, more=IF[:1], verdict="accepted")
    assert one(graph, "status") == "accepted"


@pytest.mark.parametrize(
    ("extents", "expected"),
    [
        (("part", "part"), "accepted"),
        (("part", "whole"), "contested"),
        (("part", ""), "contested"),
        (("", ""), "contested"),
        (("onlyIf", "part"), "contested"),
    ],
)
def test_two_parts_never_contradict(extents: tuple[str, str], expected: str) -> None:
    graph = graph_of(
        Said(AUTHOR, "asserts", "s"),
        Said("second-author", "asserts", "t", source="letter"),
        triples=RIVALS,
        answers="s t",
        more=[(name, "extent", kind(one)) for name, one in zip("st", extents, strict=True) if one],
    )
    assert (status(graph, "s"), status(graph, "t")) == (expected, expected)


def test_what_holds_on_a_condition_contradicts_no_answer() -> None:
    graph = graph_of(
        Said(AUTHOR, "asserts", "s"),
        Said(OTHER, "asserts", "t"),
        triples=RIVALS,
        answers="s t",
        more=[("t", "condition", thing("s"))],
    )
    assert status(graph, "s") == "accepted"
    assert disputes(graph) == set()


@pytest.mark.parametrize(
    ("second", "kinds"), [("asserts", {"contested"}), ("doubts", {"unanswered"})]
)
def test_a_question_is_contested_where_its_answers_are(second: str, kinds: set[str]) -> None:
    graph = graph_of(
        Said(AUTHOR, "asserts", "s"),
        Said(OTHER, second, "t"),
        triples=RIVALS,
        answers="s t",
        more=[("q", "about", thing("ev"))],
    )
    graph = without_what_is_derived(graph)
    graph.add(ox.Quad(thing("q"), TYPE, hud("Question")))
    derive.derive(graph, derive.rules())
    found = graph.quads_for_pattern(thing("q"), hud("kind"), None)
    assert {quad.object for quad in found} == {kind(one) for one in kinds}


def test_alternatives_are_open_and_nobody_suspects_them() -> None:
    """A or B is one claim, on the statement that lists them."""
    graph = graph_of(
        Said(AUTHOR, "asserts", "s"),
        triples={**RIVALS, "s": ("ev", "perpetrator", "unknown"), "x": RIVALS["s"]},
        answers="x t",
        more=[("s", "oneOf", thing("x")), ("s", "oneOf", thing("t"))],
    )
    assert [status(graph, name) for name in "sxt"] == ["accepted", "open", "open"]
    assert edges(graph) == {"ev perpetrator hud:unknown"}
    assert disputes(graph) == set()


def test_a_voice_does_not_dispute_itself_within_one_source() -> None:
    graph = graph_of(Said(OTHER, "asserts"), Said(OTHER, "denies"))
    assert disputes(graph) == set()
    assert status(graph) == "alleged"


def test_a_voice_that_takes_back_in_another_source_what_it_said_is_contested() -> None:
    graph = graph_of(Said(OTHER, "asserts"), Said(OTHER, "denies", source="letter"))
    assert disputes(graph) == {("claim0", "claim1"), ("claim1", "claim0")}
    assert status(graph) == "contested"


def test_a_dispute_is_told_from_both_sides() -> None:
    graph = graph_of(Said(AUTHOR, "asserts"), Said(OTHER, "denies"), Said("x", "reports"))
    assert disputes(graph) == {("claim0", "claim1"), ("claim1", "claim0")}


# Rival answers

RIVALS: dict[str, tuple[str, str, str | ox.Literal]] = {
    "s": ("ev", "perpetrator", "a"),
    "t": ("ev", "perpetrator", "b"),
}


def test_rival_answers_to_an_exclusive_question_are_contested() -> None:
    graph = graph_of(
        Said(AUTHOR, "asserts", "s"), Said(OTHER, "asserts", "t"), triples=RIVALS, answers="s t"
    )
    assert status(graph, "s") == status(graph, "t") == "contested"
    assert disputes(graph) == {("claim0", "claim1"), ("claim1", "claim0")}
    assert edges(graph) == set()


def rivals(graph: ox.Store) -> set[tuple[str, str]]:
    return joined(graph, hud("excludes"))


def test_rivals_are_told_from_both_sides_whoever_says_them() -> None:
    """One voice that names two culprits disputes nothing; yet they cannot both be right."""
    graph = graph_of(
        Said(OTHER, "asserts", "s"), Said(OTHER, "leavesOpen", "t"), triples=RIVALS, answers="s t"
    )
    assert rivals(graph) == {("s", "t"), ("t", "s")}
    assert disputes(graph) == set()


def test_what_says_the_same_or_unknown_is_no_rival() -> None:
    triples = {**RIVALS, "t": RIVALS["s"], "u": ("ev", "perpetrator", "unknown")}
    graph = graph_of(
        *(Said(OTHER, "asserts", name) for name in "stu"), triples=triples, answers="s t u"
    )
    assert rivals(graph) == set()


@pytest.mark.parametrize(
    ("one", "other", "rivals"),
    [
        (("2022-11-09", "2022-11-09"), ("2022-11-11", "2022-11-11"), False),
        (("2022-11-11", "2022-11-11"), ("", "2022-11-10"), False),
        (("2022-11-09", "2022-11-11"), ("2022-11-11", "2022-11-12"), True),
        (("2022-11-09", ""), ("2022-11-11", "2022-11-11"), True),
        (("", ""), ("2022-11-11", "2022-11-11"), True),
    ],
)
def test_answers_are_rivals_only_at_times_that_can_overlap(
    one: tuple[str, str], other: tuple[str, str], rivals: bool
) -> None:
    said = Said(AUTHOR, "asserts", "s"), Said(OTHER, "asserts", "t")
    for dates in ({"s": one, "t": other}, {"s": other, "t": one}):
        graph = graph_of(*said, triples=RIVALS, answers="s t", dates=dates)
        found = status(graph, "s"), status(graph, "t")
        assert found == (("contested", "contested") if rivals else ("accepted", "alleged"))


def test_answers_to_a_question_with_several_right_ones_are_no_rivals() -> None:
    graph = graph_of(
        Said(AUTHOR, "asserts", "s"),
        Said(OTHER, "asserts", "t"),
        triples=RIVALS,
        answers="s t",
        exclusive=False,
    )
    assert (status(graph, "s"), status(graph, "t")) == ("accepted", "alleged")


def test_answers_to_no_common_question_are_no_rivals() -> None:
    graph = graph_of(
        Said(AUTHOR, "asserts", "s"), Said(OTHER, "asserts", "t"), triples=RIVALS, answers="s"
    )
    assert status(graph, "s") == "accepted"


def test_one_voice_with_two_answers_is_no_dispute() -> None:
    graph = graph_of(
        Said(OTHER, "asserts", "s"), Said(OTHER, "suspects", "t"), triples=RIVALS, answers="s t"
    )
    assert disputes(graph) == set()


def test_that_the_answer_is_unknown_is_no_rival() -> None:
    triples: dict[str, tuple[str, str, str | ox.Literal]] = {
        "s": ("ev", "perpetrator", "a"),
        "t": ("ev", "perpetrator", "unknown"),
    }
    graph = graph_of(
        Said(AUTHOR, "asserts", "s"), Said(OTHER, "asserts", "t"), triples=triples, answers="s t"
    )
    assert status(graph, "s") == "accepted"


def test_the_same_answer_twice_is_no_rival() -> None:
    triples: dict[str, tuple[str, str, str | ox.Literal]] = {
        "s": ("ev", "perpetrator", "a"),
        "t": ("ev", "perpetrator", "a"),
    }
    graph = graph_of(
        Said(AUTHOR, "asserts", "s"), Said(OTHER, "asserts", "t"), triples=triples, answers="s t"
    )
    assert status(graph, "s") == "accepted"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("a", "hasSize", ox.Literal(300)), ("a", "hasSize", ox.Literal(500))),
        (("a", "hasSize", ox.Literal(300)), ("a", "hasSize", ox.Literal("a few"))),
        (("a", "mayStayIn", "b"), ("a", "mustLeave", "b")),
    ],
    ids=["numbers", "number and text", "predicates"],
)
def test_rivals_may_differ_in_value_or_predicate(
    first: tuple[str, str, str | ox.Literal], second: tuple[str, str, str | ox.Literal]
) -> None:
    graph = graph_of(
        Said(AUTHOR, "asserts", "s"),
        Said(OTHER, "asserts", "t"),
        triples={"s": first, "t": second},
        answers="s t",
    )
    assert status(graph, "s") == "contested"


BOUNDS = {"from": SEM + "hasEarliestBeginTimeStamp", "to": SEM + "hasLatestEndTimeStamp"}


@pytest.mark.parametrize(
    ("first", "second", "rivals"),
    [
        ("to 2016-01-31", "from 2016-02-01", False),
        ("from 2016-02-01", "to 2016-01-31", False),
        ("to 2016-02-01", "from 2016-02-01", True),
        ("from 2016-02-01", "from 2017-01-01", True),
        ("from 2016-02-01", "", True),
        ("from 2016-01-01 to 2016-02-01", "from 2016-01-15 to 2016-03-01", True),
        ("from 2016-01-01 to 2016-02-01", "from 2016-03-01 to 2016-04-01", False),
    ],
)
def test_answers_are_rivals_where_their_times_can_overlap(
    first: str, second: str, rivals: bool
) -> None:
    graph = graph_of(
        Said(AUTHOR, "asserts", "s"), Said(OTHER, "asserts", "t"), triples=RIVALS, answers="s t"
    )
    graph = without_what_is_derived(graph)
    for name, told in (("s", first), ("t", second)):
        words = told.split()
        for bound, day in zip(words[::2], words[1::2], strict=True):
            graph.add(ox.Quad(thing(name), ox.NamedNode(BOUNDS[bound]), literal(day, "date")))
    derive.derive(graph, derive.rules())
    assert (status(graph, "s") == "contested") is rivals
    assert (status(graph, "t") == "contested") is rivals


@pytest.mark.parametrize(
    ("first", "second", "cumulative", "rivals"),
    [
        ((5, "2022-11-09"), (8, "2022-11-11"), "q", False),
        ((8, "2022-11-11"), (5, "2022-11-09"), "q", False),
        ((5, "2022-11-09"), (8, "2022-11-11"), "s t", False),
        ((5, "2022-11-09"), (8, "2022-11-11"), "s", True),
        ((5, "2022-11-09"), (8, "2022-11-11"), "", True),
        ((8, "2022-11-09"), (5, "2022-11-11"), "q", True),
        ((5, "2022-11-11"), (8, "2022-11-09"), "q", True),
        ((5, "2022-11-09"), (8, "2022-11-09"), "q", True),
        ((5, ""), (8, "2022-11-11"), "q", True),
    ],
)
def test_a_rising_toll_is_no_contradiction(
    first: tuple[int, str], second: tuple[int, str], cumulative: str, rivals: bool
) -> None:
    """A later count of a running total may be higher; a lower one, or another of that day, not."""
    tolls = {"s": first, "t": second}
    graph = graph_of(
        Said(AUTHOR, "asserts", "s"),
        Said(OTHER, "asserts", "t"),
        triples={
            name: ("ev", "hasDeathToll", ox.Literal(toll)) for name, (toll, _) in tolls.items()
        },
        answers="s t",
    )
    graph = without_what_is_derived(graph)
    for name, (_, day) in tolls.items():
        if day:
            graph.add(ox.Quad(thing(name), hud("countedOn"), literal(day, "date")))
    for name in cumulative.split():
        graph.add(ox.Quad(thing(name), hud("cumulative"), literal("true", "boolean")))
    derive.derive(graph, derive.rules())
    assert (status(graph, "s") == "contested") is rivals


def literal(text: str, datatype: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(XSD + datatype))


def without_what_is_derived(graph: ox.Store) -> ox.Store:
    """Return a graph to which something is added before what follows is derived anew."""
    derived = {hud("status"), hud("statusByRule"), hud("excludes"), DISPUTES}
    return store.in_memory(quad for quad in graph if quad.predicate not in derived)


# Verdict


@pytest.mark.parametrize("verdict", ["accepted", "rejected", "open", "alleged", "contested"])
def test_a_verdict_counts_and_stands_beside_the_rule(verdict: str) -> None:
    graph = graph_of(Said(AUTHOR, "asserts"), Said(OTHER, "denies"), verdict=verdict)
    assert one(graph, "statusByRule") == "contested"
    assert one(graph, "status") == verdict
    assert edges(graph) == ({"a besieges b"} if verdict == "accepted" else set())
    assert edges(graph, ALLEGED) == ({"a besieges b"} if verdict == "alleged" else set())


# Direct edges and worlds


def test_an_unknown_subject_has_no_edge_anywhere() -> None:
    for voice in (AUTHOR, OTHER):
        graph = graph_of(Said(voice, "asserts"), triples={"s": ("unknown", "besieges", "b")})
        assert not list(graph.quads_for_pattern(hud("unknown"), None, None))


def test_an_unknown_object_is_an_answer() -> None:
    graph = graph_of(Said(AUTHOR, "asserts"), triples={"s": ("ev", "perpetrator", "unknown")})
    assert edges(graph) == {"ev perpetrator hud:unknown"}


def test_a_voice_has_the_world_that_it_asserts() -> None:
    graph = graph_of(
        Said(OTHER, "asserts", "s"),
        Said("x", "denies", "s"),
        Said("x", "asserts", "t"),
        Said(OTHER, "suspects", "t"),
        triples={"s": ("a", "besieges", "b"), "t": ("a", "controls", "b")},
    )
    assert edges(graph, world(OTHER)) == {"a besieges b"}
    assert edges(graph, world("x")) == {"a controls b"}
    assert edges(graph, world(AUTHOR)) == set()
    assert {str(name) for name in graph.named_graphs()} == {
        f"<{BASE}graph/{name}>" for name in ("alleged", "voice/x", "voice/party")
    }


TIES: dict[str, tuple[str, str, str | ox.Literal]] = {
    "s": ("a", "sponsors", "b"),
    "t": ("b", "memberOf", "c"),
    "u": ("c", "shells", "town"),
    "v": ("a", "leads", "talks"),
    "x": ("a", "mayStayIn", "town"),
}


def asked(graph: ox.Store, sparql: str) -> set[str]:
    """Return the ids in the one column of an answer."""
    table = answer(graph, sparql, case="tiny")
    assert isinstance(table, Table)
    return {str(row[0]).strip("<>").removeprefix(BASE) for row in table.rows}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("a cooperatesWith+", {"b", "c"}),
        ("a tiedTo+", {"b", "c", "town"}),
        ("c opposes", {"town"}),
        ("a tiedByBacking", {"b"}),
        ("c cooperatesWith", set()),
    ],
)
def test_paths_follow_accepted_ties_of_a_sort(path: str, found: set[str]) -> None:
    """In the graph of ties alone, whose prefix is ``g:``, and only between actors and places."""
    graph = graph_of(
        *(Said(AUTHOR, "asserts", name) for name in TIES),
        Said(OTHER, "asserts", "w"),
        triples={**TIES, "w": ("c", "sponsors", "d")},
    )
    graph.extend(vocabulary.load().quads)
    for name in (*"abcd", "town", "talks"):
        cls = {"town": "Place", "talks": "Event"}.get(name, "Actor")
        graph.add(ox.Quad(thing(name), TYPE, hud(cls)))
    derive.derive(graph, derive.rules())
    start, way = path.split()
    sparql = f"SELECT ?x {{ GRAPH g:ties {{ tiny:{start} hud:{way} ?x }} }}"
    assert asked(graph, sparql) == found
    assert not asked(graph, sparql.replace("GRAPH g:ties", ""))


def test_only_the_accepted_fact_dates_a_thing() -> None:
    for stance, dated in (("asserts", True), ("expects", False)):
        graph = ox.Store()
        event = graph_of(
            Said(AUTHOR, stance),
            triples={"s": ("ev", "occurred", ox.Literal(True))},
        )
        graph.extend(event)
        graph.add(ox.Quad(thing("s"), hud("when"), ox.Literal("2014")))
        graph.add(ox.Quad(thing("s"), ox.NamedNode(SEM + "hasLatestEndTimeStamp"), ox.Literal("x")))
        derive.derive(graph, derive.rules())
        assert bool(list(graph.quads_for_pattern(thing("ev"), hud("when"), None))) is dated


STATE = """
@prefix hud: <https://w3id.org/hudna/ontology#> . @prefix : <https://w3id.org/hudna/tiny/> .
@prefix kind: <https://w3id.org/hudna/kind/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> .
<https://w3id.org/hudna/tiny/> hud:asOf "2017-02-19"^^xsd:date .
hud:besieges hud:aspect kind:state . hud:detains hud:aspect kind:act .
hud:within hud:aspect kind:state ; hud:timeless true .
:paper sem:hasLatestEndTimeStamp "2017-02-19"^^xsd:date .
:letter sem:hasLatestEndTimeStamp "2018-01-01"^^xsd:date .
"""


PREDICATES = ("besieges", "detains", "within")
DERIVED = ("deniedBy", "speaksUntil", "stands", "weighedFrom", "restsOn")
"""What `ended` takes away before it derives anew."""


def ended(graph: ox.Store, **ends: str) -> ox.Store:
    """Add until when statements held at the latest, and derive anew."""
    graph.load(STATE.encode(), format=ox.RdfFormat.TURTLE)
    for name, day in ends.items():
        value = ox.Literal(day, datatype=ox.NamedNode(XSD + "date"))
        graph.add(ox.Quad(thing(name), ox.NamedNode(SEM + "hasLatestEndTimeStamp"), value))
    for quad in [*graph.quads_for_pattern(None, None, None, None)]:
        if quad.predicate.value.removeprefix(HUD) in (*PREDICATES, *DERIVED):
            graph.remove(quad)
    derive.derive(graph, derive.rules())
    return graph


def placed(graph: ox.Store) -> dict[str, list[str]]:
    """Return in which graphs the plain triples of each predicate stand."""
    found: dict[str, list[str]] = {}
    for quad in graph.quads_for_pattern(None, None, None, None):
        name = quad.predicate.value.removeprefix(HUD)
        if name in PREDICATES:
            place = quad.graph_name
            where = "" if place == DEFAULT else str(place).strip("<>").partition("graph/")[2]
            found.setdefault(name, []).append(where)
    return {name: sorted(places) for name, places in sorted(found.items())}


THREE = {"s": ("a", "besieges", "b"), "t": ("a", "detains", "b"), "u": ("a", "within", "b")}


def test_a_state_that_had_ended_is_past_and_an_act_or_what_is_timeless_is_not() -> None:
    said = [Said(AUTHOR, "asserts", name) for name in THREE]
    before = dict.fromkeys("stu", "2015-12-31")
    found = placed(ended(graph_of(*said, triples=THREE), **before))
    now = ["", f"voice/{AUTHOR}"]
    assert found == {"besieges": ["past", f"past/voice/{AUTHOR}"], "detains": now, "within": now}
    on_the_day = ended(graph_of(*said, triples=THREE), s="2017-02-19")
    assert placed(on_the_day)["besieges"] == now


def test_what_goes_on_by_one_statement_is_not_past() -> None:
    twice = dict.fromkeys("st", ("a", "besieges", "b"))
    said = [Said(AUTHOR, "asserts", name) for name in twice]
    found = placed(ended(graph_of(*said, triples=twice), s="2015-12-31"))
    assert found == {"besieges": ["", f"voice/{AUTHOR}"]}


def test_what_stands_has_its_claims_and_the_passages_of_those_that_do_not_deny_it() -> None:
    said = [Said(AUTHOR, "asserts"), Said(OTHER, "doubts"), Said(OTHER, "denies", source="letter")]
    cited = [(f"claim{n}", "passage", thing(f"p{n}")) for n in range(3)]

    def short(**more: str) -> dict[str, set[tuple[str, str]]]:
        graph = graph_of(*said, more=cited, **more)  # type: ignore[arg-type]
        return {name: joined(graph, hud(name)) for name in ("stands", "weighedFrom", "restsOn")}

    truth = ("s", '"true"^^<http://www.w3.org/2001/XMLSchema#boolean')
    assert short(verdict="accepted") == {
        "stands": {truth},
        "weighedFrom": {("s", f"claim{n}") for n in range(3)},
        "restsOn": {("s", "p0"), ("s", "p1")},
    }
    nothing: dict[str, set[tuple[str, str]]] = {
        "stands": set(),
        "weighedFrom": set(),
        "restsOn": set(),
    }
    for verdict in ("", "rejected", "open", "alleged", "judgement"):
        assert short(verdict=verdict) == nothing


def test_what_is_past_does_not_stand_and_what_has_no_known_subject_does() -> None:
    said = [Said(AUTHOR, "asserts", name) for name in THREE]
    graph = ended(graph_of(*said, triples=THREE), s="2015-12-31", t="2015-12-31")
    assert {name for name, _ in joined(graph, hud("stands"))} == {"t", "u"}
    assert {name for name, _ in joined(graph, hud("weighedFrom"))} == {"t", "u"}
    graph = graph_of(Said(AUTHOR, "asserts"), triples={"s": ("unknown", "besieges", "b")})
    assert joined(graph, hud("weighedFrom")) == {("s", "claim0")}
    assert edges(graph) == set()


def test_what_is_alleged_and_had_ended_is_past_as_alleged() -> None:
    found = placed(ended(graph_of(Said(OTHER, "asserts")), s="2015-12-31"))
    assert found == {"besieges": ["past/alleged", f"past/voice/{OTHER}"]}


def test_a_voice_denies_what_it_denies_in_its_latest_source_that_speaks_of_it() -> None:
    for later, denies in (("asserts", False), ("denies", True), ("reports", False)):
        said = Said(OTHER, "denies"), Said(OTHER, later, source="letter")
        graph = ended(graph_of(*said))
        found = [q.object for q in graph.quads_for_pattern(thing("s"), hud("deniedBy"), None)]
        assert found == [thing(OTHER)] * denies
    (until,) = graph.quads_for_pattern(thing(OTHER), hud("speaksUntil"), None)
    assert until.object == ox.Literal("2018-01-01", datatype=ox.NamedNode(XSD + "date"))


def test_deriving_twice_adds_nothing() -> None:
    graph = graph_of(
        Said(AUTHOR, "asserts", "s"), Said(OTHER, "asserts", "t"), triples=RIVALS, answers="s t"
    )
    before = store.nquads(graph)
    derive.derive(graph, derive.rules())
    assert store.nquads(graph) == before


# On the cases


def test_a_first_query_finds_nobody_who_has_left(example: Judged) -> None:
    guard, ford, town, past = (
        ox.NamedNode(miniature.BASE + one)
        for one in ("river-guard", "ford", "mill-town", "graph/past")
    )
    left, stays = (guard, hud("keepsWeaponsIn"), ford), (guard, hud("besieges"), town)
    for triple, graph, other in ((left, past, DEFAULT), (stays, DEFAULT, past)):
        assert list(example[1].quads_for_pattern(*triple, graph))
        assert not list(example[1].quads_for_pattern(*triple, other))


def test_every_edge_of_the_default_graph_is_accepted(example: Judged) -> None:
    """And every accepted statement with a known subject has its edge there, or among the past."""
    _, graph = example
    statements = {q.subject for q in graph.quads_for_pattern(None, TYPE, hud("Statement"))}

    def triple(statement: object) -> tuple[object, object, object]:
        ends = []
        for name in ("subject", "predicate", "object"):
            (quad,) = graph.quads_for_pattern(statement, ox.NamedNode(RDF + name), None)  # type: ignore[arg-type]
            ends.append(quad.object)
        return ends[0], ends[1], ends[2]

    accepted = set(graph.quads_for_pattern(None, hud("status"), kind("accepted")))
    supported = {triple(q.subject) for q in accepted if q.subject in statements}
    predicates = {q.subject for q in graph.quads_for_pattern(None, hud("family"), None)}
    found = {
        (quad.subject, quad.predicate, quad.object)
        for predicate in predicates
        for place in (DEFAULT, ox.NamedNode("https://w3id.org/hudna/mill/graph/past"))
        for quad in graph.quads_for_pattern(None, predicate, None, place)  # type: ignore[arg-type]
    }
    assert found == {edge for edge in supported if edge[0] != hud("unknown")}
    assert len(found) > 15


def test_nothing_but_worlds_stands_in_named_graphs(example: Judged) -> None:
    _, graph = example
    names = {str(name).strip("<>").rpartition("/mill/graph/")[2] for name in graph.named_graphs()}
    voices = {f"voice/{v}" for v in ("courier-writer", "observers", "river-guard", "town-council")}
    assert {name.removeprefix("past/") for name in names} == {"alleged", "past", "ties", *voices}


# Rule files


def test_rules_run_in_the_order_of_their_names() -> None:
    names = [path.name for path in derive.rules()]
    assert names == sorted(names)
    assert all(name[:2].isdigit() for name in names)


def test_a_folder_without_rules_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputOutputError, match="holds no rules"):
        derive.rules(tmp_path)


def test_a_rule_that_is_no_update_is_named(tmp_path: Path) -> None:
    path = tmp_path / "10-broken.rq"
    path.write_text("INSERT { ?s ?p }")
    with pytest.raises(InputOutputError, match=r"10-broken\.rq"):
        derive.derive(ox.Store(), [path])
