"""Sequences: hand-made occurrences, the test against chance, and a case with all of them."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import product
from typing import TYPE_CHECKING

import authored
import miniature
import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from occurring import at, found, span

from graph.analysis.sequences import SEQUENCES, SUPPORT
from graph.analysis.sequences.cautions import cautions
from graph.analysis.sequences.events import begin_of, links, occurrences, written
from graph.analysis.sequences.matching import _Pairs, lag, order
from graph.analysis.sequences.records import UNKNOWN, Link, Occurrence, SequenceResult
from graph.analysis.sequences.sequence import sequence, sequences
from graph.analysis.sequences.words import VERBS, record
from graph.cli import main
from graph.cli.sequences import as_dict, lines
from graph.errors import UsageError
from graph.model.dates import Stretch
from graph.query.named import named_queries, parse_query
from graph.read.select import Graph, Table, answer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from miniature import Judged


NAMES = list(sequences())


def pairs(result: SequenceResult) -> dict[tuple[str, str], str]:
    """Return the strength of each instance by its trigger and outcome."""
    return {(one.trigger.event, one.outcome.event): one.strength for one in result.instances}


def names(occurrences: Sequence[Occurrence]) -> list[str]:
    return [one.event for one in occurrences]


# What the bounds of dates allow


DAYS = st.integers(0, 9)
BOUNDS = st.tuples(DAYS, DAYS).map(lambda both: (min(both), max(both)))


@given(BOUNDS, BOUNDS)
def test_order_and_lag_are_those_of_every_pair_of_days(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    days = [range(one[0], one[1] + 1) for one in (first, second)]
    gaps = [later - earlier for earlier, later in product(*days)]
    expected = "certain" if min(gaps) > 0 else "not" if max(gaps) < 0 else "possible"
    assert order(Stretch(*span(*first)), Stretch(*span(*second))) == expected
    if expected != "not":
        in_order = [gap for gap in gaps if gap >= 0]
        assert lag(span(*first), span(*second)) == (min(in_order), max(in_order))


def test_an_unknown_bound_leaves_the_order_open_on_its_side_only() -> None:
    assert order(Stretch(*span(None, 5)), Stretch(*span(6, None))) == "certain"
    assert order(Stretch(*span(None, 5)), Stretch(*span(5, None))) == "possible"
    assert order(Stretch(*span(7, None)), Stretch(*span(None, 6))) == "not"
    assert order(Stretch(*UNKNOWN), Stretch(*span(1, 2))) == "possible"
    assert lag(span(None, 5), span(6, 9)) == (1, None)
    assert lag(span(5, None), span(6, 9)) == (0, 4)


def test_a_state_that_held_at_some_time_in_a_period_may_have_begun_at_its_end() -> None:
    data = {
        "earliest_begin": "2015-12-01",
        "latest_begin": "2015-12-31",
        "latest_end": "2016-08-31",
        "when": "2015-12/2016-08",
        "coverage": "sometime",
    }
    assert begin_of(data, state=True) == Stretch(date(2015, 12, 1), date(2016, 8, 31))
    assert begin_of(data, state=False) == Stretch(date(2015, 12, 1), date(2015, 12, 31))
    whole = {**data, "coverage": "throughout"}
    assert begin_of(whole, state=True) == Stretch(date(2015, 12, 1), date(2015, 12, 31))
    one_of = {**data, "when": "[2015-12..2016-01]", "latest_begin": "2016-01-31"}
    assert begin_of(one_of, state=True) == Stretch(date(2015, 12, 1), date(2016, 1, 31))


# Pairs


def test_certain_possible_and_reversed_order() -> None:
    result = found(at("T1", 10, 20), at("O1", 21, 30), at("O2", 15, 40), at("O3", 1, 9))
    assert pairs(result) == {("T1", "O1"): "certain", ("T1", "O2"): "possible"}
    assert {one.outcome.event: one.lag for one in result.instances} == {
        "O1": (1, 20),
        "O2": (0, 30),
    }
    assert names(result.before_any) == ["O3"]
    assert result.followed() == {"certain": 1, "told": 0, "possible": 0}


def test_what_shares_no_place_or_has_another_author_is_no_pair() -> None:
    result = found(
        at("T1", 1, within="town river", by="army"),
        at("O1", 2, within="ford"),
        at("O2", 2, within="river", by="rebels"),
        at("O3", 2, within="river", by="rebels army"),
        at("O4", 2, within="river"),
    )
    assert set(pairs(result)) == {("T1", "O3"), ("T1", "O4")}
    assert result.instances[0].within == ("river",)
    assert names(result.elsewhere) == ["O1"]
    assert names(result.before_any) == ["O2"]
    nobody = found(at("T1", 1), at("O1", 2, by="rebels"))
    assert set(pairs(nobody)) == {("T1", "O1")}


def test_another_trigger_between() -> None:
    result = found(at("T1", 1), at("T2", 5), at("T3", 5, within="ford"), at("O1", 9))
    assert pairs(result) == {("T1", "O1"): "overtaken", ("T2", "O1"): "certain"}
    assert names(result.overtaken) == ["T1"]
    assert result.followed() == {"certain": 1, "told": 0, "possible": 0}
    perhaps = found(at("T1", 1), at("T2", 5, 12), at("O1", 9))
    assert pairs(perhaps) == {("T1", "O1"): "possible", ("T2", "O1"): "possible"}
    assert [one.between for one in perhaps.instances] == ["possible", "not"]


def test_a_source_tells_the_order_where_dates_do_not() -> None:
    step = Link("l1", "T1", "M", "sequence")
    told = found(at("T1", 1, 9), at("O1", 2, 8), links=[step, Link("l2", "M", "O1", "cause")])
    assert pairs(told) == {("T1", "O1"): "told"}
    assert [link.statement for link in told.instances[0].links] == ["l1", "l2"]
    back = found(at("T1", 1, 9), at("O1", 2, 8), links=[Link("l", "O1", "T1", "cause")])
    assert pairs(back) == {}
    assert names(back.before_any) == ["O1"]
    alleged = Link("l", "T1", "O1", "cause", status="alleged")
    assert pairs(found(at("T1", 1, 9), at("O1", 2, 8), links=[alleged])) == {
        ("T1", "O1"): "possible"
    }


def test_sources_that_tell_both_orders_tell_none() -> None:
    both = [Link("l1", "T1", "O1", "cause"), Link("l2", "O1", "T1", "cause")]
    result = found(at("T1", 1, 9), at("O1", 2, 8), links=both)
    assert pairs(result) == {("T1", "O1"): "possible"}
    assert _Pairs((), both, None).before(at("T1", 1, 9), at("O1", 2, 8)) == "possible"
    between = [*both, Link("l3", "T1", "T2", "cause"), Link("l4", "T2", "T1", "cause")]
    three = (at("T1", 1, 9), at("T2", 1, 9), at("O1", 20))
    assert [one.between for one in found(*three, links=between).instances] == ["possible"] * 2


def test_what_stands_between_as_a_source_tells() -> None:
    three = (at("T1", 1, 9), at("T2", 1, 9), at("O1", 20))
    result = found(*three, links=[Link("l", "T1", "T2", "sequence")])
    assert pairs(result) == {("T1", "O1"): "overtaken", ("T2", "O1"): "certain"}
    last = found(
        at("T1", 1), at("T2", 5, 20), at("O1", 6, 20), links=[Link("l", "T2", "O1", "cause")]
    )
    assert [one.between for one in last.instances] == ["certain", "not"]


def test_a_trigger_that_is_the_outcome_or_shares_nothing_with_it_stands_between_nothing() -> None:
    same = found(at("T1", 1), replace(at("T2", 5), event="O1"), at("O1", 9))
    assert pairs(same) == {("T1", "O1"): "certain"}
    again = found(at("T1", 1), replace(at("T2", 5), event="T1"), at("O1", 9))
    assert set(pairs(again).values()) == {"certain"}
    apart = found(at("T1", 1, within="a b"), at("T2", 5, within="b"), at("O1", 9, within="a"))
    assert pairs(apart) == {("T1", "O1"): "certain"}


def test_a_link_ties_the_two_whatever_stands_between() -> None:
    three = (at("T1", 1), at("T2", 5), at("O1", 8, 20))
    links = [Link("l", "T1", "O1", "cause")]
    assert pairs(found(*three, links=links)) == {("T1", "O1"): "certain", ("T2", "O1"): "certain"}
    assert pairs(found(*three)) == {("T1", "O1"): "overtaken", ("T2", "O1"): "certain"}
    late = {("T1", "O1"): "possible", ("T2", "O1"): "possible"}
    assert pairs(found(*three, links=links, window=7)) == late
    assert pairs(found(*three, window=7)) == {**late, ("T1", "O1"): "overtaken"}
    told = (at("T1", 1, 9), at("O1", 2, None))
    assert pairs(found(*told, links=links)) == {("T1", "O1"): "told"}
    assert pairs(found(*told, links=links, window=900)) == {("T1", "O1"): "possible"}


def test_of_several_ways_the_shortest_is_told_and_circles_end() -> None:
    links = [
        Link("l1", "T1", "M", "cause"), Link("l2", "M", "T1", "cause"),
        Link("l3", "M", "N", "cause"), Link("l4", "N", "O1", "cause"),
        Link("l5", "M", "O1", "cause"),
    ]  # fmt: skip
    (only,) = found(at("T1", 1), at("O1", 9), links=links).instances
    assert [link.statement for link in only.links] == ["l1", "l5"]


def test_triggers_stand_in_the_order_of_their_days() -> None:
    result = found(
        at("T4", None, 8), at("T3", 7, 7), at("T2", 6, None), at("T1", 6, 30), at("O1", 40)
    )
    assert names(result.triggers) == ["T1", "T2", "T3", "T4"]
    undated = found(at("T2", 1, role="series"), at("O9", None, None), at("O1", None, None))
    assert names(undated.undated) == ["O1", "O9"]


def test_what_two_share_is_told() -> None:
    (only,) = found(
        at("T1", 1, within="town ford", passages="a b c"),
        at("O1", 2, within="ford mill", passages="c d b"),
    ).instances
    assert (only.within, only.shared) == (("ford",), ("b", "c"))


def test_a_told_order_does_not_pass_through_another_trigger() -> None:
    links = [Link("l1", "T1", "T2", "sequence"), Link("l2", "T2", "O1", "cause")]
    result = found(at("T1", 1), at("T2", 5), at("O1", 9), links=links)
    assert pairs(result) == {("T1", "O1"): "overtaken", ("T2", "O1"): "certain"}


def test_a_told_order_does_not_undo_the_dates() -> None:
    result = found(at("T1", 9), at("O1", 2), links=[Link("l", "T1", "O1", "cause")])
    assert pairs(result) == {}
    back = found(at("T1", 2), at("O1", 9), links=[Link("l", "O1", "T1", "cause")])
    assert pairs(back) == {("T1", "O1"): "certain"}


def test_the_window() -> None:
    three = (at("T1", 10, 20), at("O1", 21, 30), at("O2", 45, 50), at("O3", 90))
    result = found(*three, window=20)
    assert pairs(result) == {("T1", "O1"): "certain"}
    assert pairs(found(*three, window=19)) == {("T1", "O1"): "possible"}
    assert pairs(found(*three, window=40))["T1", "O2"] == "certain"
    assert pairs(found(*three, window=30))["T1", "O2"] == "possible"


def test_counter_instances_need_an_observation_that_lasts() -> None:
    far = at("O9", 50, within="ford")
    seen = found(at("T1", 100, 120), far, window=180)
    assert [one.trigger.event for one in seen.counter] == ["T1"]
    assert seen.counter[0].observed == (180, 210)
    assert seen.counter[0].sources == ("paper",)
    assert not seen.censored
    short = found(at("T1", 100, 121), far, window=180)
    assert [one.trigger.event for one in short.censored] == ["T1"]
    assert short.censored[0].observed == (179, 210)


@pytest.mark.parametrize(
    ("trigger", "observed"),
    [
        (at("T1", 100, None), (None, 210)),
        (at("T1", None, 100), (200, None)),
        (at("T1", 305), (0, 5)),
        (at("T1", 100, sources="lost"), (None, None)),
        # the source that was surely written last, and the one that may have been written last
        (at("T1", 100, sources="paper letter"), (200, 220)),
        (at("T1", 100, sources="letter lost"), (100, 220)),
    ],
)
def test_how_long_a_source_can_see(trigger: Occurrence, observed: tuple[int | None, ...]) -> None:
    result = found(trigger, window=250)
    assert [one.observed for one in result.censored] == [observed]


def test_where_the_end_of_what_is_seen_is_unknown_nothing_is_counter() -> None:
    for seen in (at("T1", 100, sources="lost"), at("T1", 320, sources="paper")):
        result = found(seen, window=1)
        assert (result.counter, len(result.censored)) == ((), 1)
        assert result.censored[0].observed in ((None, None), (0, 0))
    assert len(found(at("T1", 299), window=1).counter) == 1
    assert len(found(at("T1", 300), window=1).censored) == 1


def test_only_sources_that_look_at_the_place_can_see() -> None:
    result = found(
        at("T1", 100, within="ford", sources="letter"),
        at("T2", 100, within="town ford", sources="lost"),
        at("T3", 100, within="town", sources="paper"),
        at("T4", 100, within="ford", sources="paper", role="series"),
        window=900,
    )
    assert {one.trigger.event: (one.observed, one.sources) for one in result.censored} == {
        "T1": ((100, 220), ("letter", "lost")),
        "T2": ((200, 220), ("letter", "lost", "paper")),
        "T3": ((200, 210), ("lost", "paper")),
    }


def test_what_is_needed_is_a_day_at_least_and_waits_for_the_soonest_outcome() -> None:
    assert found(at("T1", 1)).needed == 1
    assert found(at("T1", 1, 5), at("O1", 1, 5), at("O2", 9)).needed == 4
    assert found(at("T1", 5), at("O1", 5)).needed == 1
    assert found(at("T1", 5), at("O1", 7)).needed == 2
    assert found(at("T1", 5), at("O1", 6, None)).needed == 1
    assert found(at("T1", 1), at("T2", 50), at("O1", 53)).needed == 3


def test_without_a_window_the_longest_wait_for_a_first_outcome_is_needed() -> None:
    both = (at("T1", 10), at("O1", 40), at("O2", 90))
    short = found(*both, at("T2", 275, within="ford"))
    assert short.needed == 30
    assert [one.trigger.event for one in short.censored] == ["T2"]
    assert [one.trigger.event for one in found(*both, at("T2", 270, within="ford")).counter] == [
        "T2"
    ]


def test_several_places_are_counted_apart() -> None:
    result = found(
        at("T1", 10),
        at("O1", 12),
        at("T2", 10, within="ford"),
        at("T3", 20, within="mill"),
        at("O3", 15, within="mill"),
    )
    assert pairs(result) == {("T1", "O1"): "certain"}
    assert [one.trigger.event for one in result.counter] == ["T2", "T3"]
    assert names(result.before_any) == ["O3"]


def test_undated_and_series_are_told_and_not_counted() -> None:
    result = found(
        at("T1", None, None), at("T2", 1, role="series"), at("O1", None, None), at("O2", 3),
        at("T3", None, None, role="series"),
    )  # fmt: skip
    assert names(result.undated) == ["O1", "T1"]
    assert names(result.series) == ["T3", "T2"]
    assert result.counts()["triggers"] == 0
    assert result.instances == ()


def test_statuses() -> None:
    some = (at("T1", 1), at("O1", 2, status="alleged"), at("O2", 3, status="rejected"))
    assert pairs(found(*some)) == {}
    assert len(found(*some).counter) == 1
    both = found(*some, statuses=("accepted", "alleged"))
    assert pairs(both) == {("T1", "O1"): "certain"}


def test_nothing_at_all() -> None:
    assert set(found().counts().values()) == {0}


def test_every_trigger_has_exactly_one_fate() -> None:
    rng = np.random.default_rng(7)
    for _ in range(60):
        some = []
        for number in range(12):
            first = int(rng.integers(0, 200))
            bounds = (first, first + int(rng.integers(0, 30)))
            place = str(rng.choice(["town", "ford"]))
            some.append(at(f"{'TO'[number % 2]}{number}", *bounds, within=place))
        result = found(*some)
        counts = result.counts()
        fates = ("not followed", "seen too short", "overtaken")
        followed = sum(result.followed().values())
        assert followed + sum(counts[fate] for fate in fates) == counts["triggers"]
        after = {one.outcome.event for one in result.instances}
        alone = names(result.before_any) + names(result.elsewhere)
        assert Counter([*after, *alone]) == Counter(names(result.outcomes))


# Cautions


def said(result: SequenceResult, **more: object) -> str:
    shown = more.pop("shown", result)
    assert isinstance(shown, SequenceResult)
    voices = more.get("voices")
    assert voices is None or isinstance(voices, tuple)
    return " ".join(cautions(result, shown, {"place": 1}, None, voices))


def test_cautions_come_from_the_numbers() -> None:
    result = found(
        at("T1", 10, passages="p#1.1"),
        at("O1", 20, passages="p#1.1 p#1.2"),
        at("O2", 1),
        at("T2", 100, 120),
        at("O3", 110),
    )
    text = said(result, voices=("writer",))
    assert "2 of 2 triggers that can be judged followed, by 2 outcomes, told by 1 source" in text
    assert "all triggers together: 1 place. This cannot tell a rule from a coincidence." in text
    assert "the dates leave no other order in 2; in 0 a source tells the order, and in 1" in text
    assert "In 1 of 3 pairs one sentence tells both" in text
    assert "In 3 of 3 pairs trigger and outcome are both told by those who state" in text
    assert "No trigger without an outcome is known" in text
    assert "1 of 3 outcomes where there is a trigger came before any" in text
    assert "would be" not in text
    assert "both told by those" not in said(result, voices=("somebody",))
    assert "both told by those" not in said(result)


def test_cautions_without_a_trigger() -> None:
    assert said(found(at("O1", 3))) == "No trigger with a date is known: nothing can be said."
    assert "(1 has none)" in said(found(at("T1", None, None)))


def test_cautions_on_what_other_statuses_would_change() -> None:
    some = (at("T1", 1), at("O1", 2, status="open"))
    text = said(found(*some), shown=found(*some, statuses=("accepted", "open")))
    assert "would be 1 of 1 trigger followed, and 1 outcome in place of 0." in text


def test_many_triggers_in_many_sources_carry_no_warning_of_few() -> None:
    some = [at(f"T{n}", n, sources=f"paper{n % 3}", within=f"w{n}") for n in range(10)]
    assert "coincidence" not in said(found(*some))
    assert "coincidence" in said(found(*some[:9]))


# Query files


@pytest.mark.parametrize("name", NAMES)
def test_a_sequence_is_documented_and_general(name: str) -> None:
    query = sequences()[name]
    assert query.title[0].isupper()
    assert not query.title.endswith(".")
    assert query.text.endswith(".")
    assert "Trigger:" in query.text
    assert "Outcome:" in query.text
    assert "mechanism:" not in query.text
    used = re.findall(r"<(https://w3id.org/hudna/[^>]*)>", query.sparql)
    assert {iri.rpartition("/")[2] for iri in used} <= {"ontology#", ""}


@pytest.mark.parametrize(
    "path", sorted([*SEQUENCES.glob("*.rq"), *SUPPORT.glob("*.rq")]), ids=lambda path: path.stem
)
def test_a_query_is_valid_by_itself(path: Path, judged: Judged) -> None:
    judged[1].query(path.read_text("utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_every_sequence_answers_where_there_is_little(name: str, example: Judged) -> None:
    result = sequence(Graph(example[1], "mill"), name)
    looks_for = {"truce-relief": "mech-bread-and-truce"}  # as the mechanism says
    assert (result.comparison.mechanism if result.comparison else None) == looks_for.get(name)
    assert result.cautions
    assert lines(result)


def test_a_mechanism_that_names_kinds_is_a_sequence(example: Judged) -> None:
    """What sets it off and what follows, with the kinds below them, joined by the place."""
    graph = Graph(example[1], "mill")
    known = sequences((), graph)
    assert set(known) == {*NAMES, "mech-bread-and-truce"}
    query = known["mech-bread-and-truce"]
    assert query.title == "Bread holds the truce"
    assert query.text.startswith("Trigger: shelling. Outcome: negotiation or round of negotiation.")
    found = sequence(graph, query)
    assert [one.event for one in found.counted.triggers] == ["ev-shelling"]
    assert found.comparison is not None
    assert found.comparison.mechanism == "mech-bread-and-truce"


def test_no_sequence_of_the_project_names_a_record_of_a_case() -> None:
    for name, query in sequences().items():
        assert "mechanism:" not in query.sparql, name
        assert set(re.findall(r"\b([a-z]+):[a-zA-Z]", query.sparql)) <= {
            "hud", "kind", "rdf", "rdfs", "dcterms", "skos", "https", "http", "changes"
        }, name  # fmt: skip


def test_terms_of_the_example(example: Judged) -> None:
    result = sequence(Graph(example[1], "mill"), "concessions-whittled")
    assert [(one.change, one.was, one.became and one.became.clause) for one in result.changes] == [
        ("only in the later", None, "ag-may-truce.c1")
    ]


def test_a_case_has_sequences_of_its_own(tmp_path: Path, example: Judged) -> None:
    own = (SEQUENCES / "bombing-halt.rq").read_text("utf-8").replace("kind:bombing ", "kind:siege ")
    (tmp_path / "own.rq").write_text(own, "utf-8")
    assert list(named_queries([tmp_path])) == ["own"]
    known = sequences([tmp_path])
    assert set(known) == {*NAMES, "own"}
    assert sequence(Graph(example[1], "mill"), known["own"]).name == "own"


@pytest.mark.parametrize(
    ("sparql", "message"),
    [
        ("ASK { ?a ?b ?c }", "is no SELECT"),
        ("SELECT ?role ?event WHERE { ?event ?b ?role }", "statement, within"),
        ("SELECT ?role ?event ?statement ?within WHERE { BIND ('x' AS ?role) }", '"x" is no role'),
        ("SELECT ?role ?event ?statement ?within WHERE { BIND ('trigger' AS ?role) }", "lacks its"),
        (
            (
                "SELECT ?role ?event ?statement (hud:c AS ?within) WHERE { "
                "VALUES (?role ?event ?statement) { ('trigger' hud:a hud:b) } }"
            ),
            "no statement",
        ),
        (
            (
                "SELECT ?role ?event ?statement ?within WHERE { BIND ('trigger' AS ?role) "
                "BIND ('a' AS ?event) BIND ('b' AS ?statement) BIND ('c' AS ?within) }"
            ),
            "lacks its",
        ),
        ("nonsense", "no SPARQL"),
    ],
)
def test_a_wrong_query_is_refused(sparql: str, message: str, example: Judged) -> None:
    with pytest.raises(UsageError, match=message):
        sequence(Graph(example[1], "mill"), parse_query("own", sparql))


def test_wrong_calls_are_refused(example: Judged) -> None:
    graph = Graph(example[1], "mill")
    with pytest.raises(UsageError, match="bombing-halt"):
        sequence(graph, "bombing-hlat")
    with pytest.raises(UsageError, match="not a status"):
        sequence(graph, "bombing-halt", status="sure")
    with pytest.raises(UsageError, match="1 day"):
        sequence(graph, "bombing-halt", window_days=0)


# A case with deals on captives and the force after them, checked by hand


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return miniature.sequel(tmp_path_factory.mktemp("sequel"))


@pytest.fixture(scope="module")
def sequel(folder: Path) -> Graph:
    return Graph(miniature.judged(folder)[1], miniature.CASE)


WITH_SUSPICIONS = ("accepted", "open")
"""What the editors only suspect counts as well: that a clause was refused, that a deal has one."""


def test_how_often_escalation_followed_the_detainee_clause(sequel: Graph) -> None:
    """That the clause was refused is a suspicion of the editors; the sources do not tell it.

    What others than who owes it do is no answer, nor what happens elsewhere.
    """
    counted = sequence(sequel, "detainee-escalation").counted
    assert (counted.triggers, counted.instances) == ((), ())
    assert "ev-assault" in names(counted.outcomes)
    result = sequence(sequel, "detainee-escalation", status=WITH_SUSPICIONS)
    shown = [
        (one.trigger.event, one.outcome.event, one.order, one.lag, one.strength)
        for one in result.counted.instances
    ]
    assert shown == [
        ("ag-spring.c1", "ev-closing", "possible", (0, 120), "possible"),
        ("ag-spring.c1", "ev-assault", "possible", (0, 38), "possible"),
    ]
    assert result.counted.followed() == {"certain": 0, "told": 0, "possible": 1}
    assert not result.counted.counter
    assert not result.counted.censored
    assert names(result.counted.before_any) == ["ev-first-shells", "ev-raid"]
    assert names(result.counted.elsewhere) == ["ev-shelling"]
    assert result.grounds == {"place": 1}


def test_the_passages_are_those_of_the_claims(sequel: Graph, folder: Path) -> None:
    """One sentence tells that a deal was cited and that it was made; two tell of a clause."""
    case = authored.read(folder)
    for name in ("detainee-escalation", "precedents-travel"):
        instances = sequence(sequel, name, status=WITH_SUSPICIONS).counted.instances
        assert instances
        ends = [end for one in instances for end in (one.trigger, one.outcome)]
        for end in ends:
            told = case.statement(end.statement)["claims"]
            cited = {one.rpartition("#")[2] for claim in told for one in claim["passages"]}
            assert {one.rpartition("#")[2] for one in end.passages} == cited
        for one in instances:
            assert set(one.shared) == set(one.trigger.passages) & set(one.outcome.passages)
    assert {one.shared for one in instances} >= {("courier-2020#4.1",)}


def test_a_clause_that_the_agreement_lacks_is_no_trigger(sequel: Graph) -> None:
    for name in ("detainee-escalation", "detainee-deal-escalation"):
        result = sequence(sequel, name, status=("accepted", "contested", "alleged", "open"))
        inside = [*result.counted.triggers, *result.counted.undated]
        assert inside
        assert "ag-without" not in {known for one in inside for known in one.names}


def test_an_alleged_outcome_is_told_apart(sequel: Graph) -> None:
    result = sequence(sequel, "detainee-escalation")
    assert "ev-air-raid" in names(result.shown.outcomes)
    assert "ev-air-raid" not in names(result.counted.outcomes)
    assert "ALLEGED: Balloons over the town" in "\n".join(lines(result))


def test_the_mechanism_beside_the_sequence(sequel: Graph) -> None:
    comparison = sequence(sequel, "detainee-deal-escalation").comparison
    assert comparison is not None
    assert comparison.status == "accepted"
    assert comparison.voices == ("observers", "town-council")
    assert comparison.found == ("ev-assault",)
    assert comparison.missed == ("guard-refuses",)
    assert comparison.unlisted == ("ag-spring", "ev-closing", "ev-raid")
    claim = next(one for one in comparison.claims if one.stance == "reports")
    assert (claim.voice, claim.passages) == ("courier-writer", ("courier-2020#4.2",))
    none = sequence(sequel, "detainee-escalation").comparison
    assert none is not None
    assert (none.found, none.missed, none.unlisted) == ((), ("ev-assault", "guard-refuses"), ())


def test_counted_from_the_agreement_the_order_is_certain(sequel: Graph) -> None:
    result = sequence(sequel, "detainee-deal-escalation").counted
    assert pairs(result) == {
        ("ag-spring", "ev-closing"): "possible",
        ("ag-spring", "ev-assault"): "certain",
        ("ag-spring", "ev-raid"): "certain",
    }
    assert [one.trigger.event for one in result.censored] == ["ag-ferry"]
    suspected = sequence(sequel, "detainee-deal-escalation", status=WITH_SUSPICIONS).counted
    assert pairs(suspected)["ag-summer", "ev-raid"] == "certain"
    assert pairs(suspected)["ag-spring", "ev-raid"] == "overtaken"


def test_demands_are_no_agreement(sequel: Graph) -> None:
    for name in ("detainee-deal-escalation", "precedents-travel", "truce-relief"):
        shown = sequence(sequel, name).shown
        assert shown.triggers
        assert "ag-demands" not in {*names(shown.triggers), *names(shown.undated)}


def test_what_became_of_the_terms(sequel: Graph) -> None:
    result = sequence(sequel, "concessions-whittled")
    found_ = [
        (one.change, one.was and one.was.clause, one.became and one.became.clause)
        for one in result.changes
    ]
    told = [
        ("replaced", "ag-spring.c4", "ag-summer.c1"),
        ("same topic", "ag-spring.c2", "ag-summer.c2"),
        ("only in the earlier", "ag-spring.c1", None),
        ("only in the earlier", "ag-spring.c3", None),
        ("replaced", "ag-demands.c1", "ag-demands.c2"),
        ("only in the later", None, "ag-may-truce.c1"),
    ]
    assert sorted(found_, key=str) == sorted(told, key=str)
    suspected = sequence(sequel, "concessions-whittled", status=WITH_SUSPICIONS).changes
    assert {one.became and one.became.clause for one in {*suspected} - {*result.changes}} == {
        "ag-summer.c3",  # the editors suspect it
        "ag-may-truce.c2",  # it is only promised
    }


def test_terms_that_changed_may_have_come_after_force(sequel: Graph) -> None:
    """That the terms are other ones by a day is told, and no order of that and the force."""
    counted = sequence(sequel, "concessions-whittled").counted
    forced = ("ev-first-shells", "ev-closing", "ev-assault")
    assert pairs(counted) == {(event, "ag-summer"): "possible" for event in forced}
    assert not [one for one in counted.instances if one.links]


def test_precedents(sequel: Graph) -> None:
    result = sequence(sequel, "precedents-travel").counted
    assert pairs(result) == {("ag-without", "guard-cites-pact"): "possible"}
    seen = {name: day.most for name, day in written(sequel, SUPPORT).items()}
    for one in result.censored:
        told, least = one.trigger.sources, one.trigger.begin.least
        assert least is None or all(seen[name] is None for name in told)
    assert [one.trigger.event for one in (*result.counter, *result.censored)] == [
        "ag-spring", "ag-summer", "ag-may-truce", "ag-ferry"
    ]  # fmt: skip


def test_bombing_and_halt(sequel: Graph) -> None:
    result = sequence(sequel, "bombing-halt").counted
    assert pairs(result) == {
        ("ev-blast", "ev-halt"): "told",
        ("ev-old-breach", "ev-halt"): "overtaken",
    }
    blast = next(one for one in result.instances if one.trigger.event == "ev-blast")
    assert [link.relation for link in blast.links] == ["sequence", "cause"]
    assert result.followed() == {"certain": 0, "told": 1, "possible": 0}
    assert blast.within == ("mill-town",)
    assert names(result.series) == ["ev-blasts"]


def test_truce_and_relief(sequel: Graph) -> None:
    """That the clause was kept in part is a suspicion: what was agreed was allowed, no more."""
    result = sequence(sequel, "truce-relief").counted
    assert pairs(result) == {}
    assert [one.trigger.event for one in result.counter] == ["ag-spring", "ag-may-truce"]
    suspected = sequence(sequel, "truce-relief", status=WITH_SUSPICIONS).counted
    assert set(pairs(suspected)) == {("ag-spring", "ag-spring.c3")}


def test_few_get_no_p(sequel: Graph) -> None:
    result = sequence(sequel, "detainee-deal-escalation", window_days=120)
    assert result.test is not None
    assert result.test.p is None
    assert "fewer than 5" in result.test.refused
    assert sequence(sequel, "detainee-deal-escalation").test is None


def test_an_outcome_that_may_come_after_the_window_is_only_possible(sequel: Graph) -> None:
    def within(days: int | None) -> SequenceResult:
        return sequence(sequel, "detainee-deal-escalation", window_days=days).counted

    assert within(None).followed() == {"certain": 1, "told": 0, "possible": 0}
    lag = next(one.lag for one in within(None).instances if one.outcome.event == "ev-assault")
    assert lag == (10, 38)
    for days, strength in ((38, "certain"), (10, "possible")):
        followed = within(days).followed()
        assert followed == {name: int(name == strength) for name in followed}
    assert pairs(within(9)) == {("ag-spring", "ev-closing"): "possible"}


STEP = """
[[statement]]
id = "{1}"
subject = "ev-shelling"
predicate = "{0}"
object = "ev-first-round"

[[statement.claims]]
voice = "courier-writer"
stance = "asserts"
certainty = "certain"
passages = ["courier-2020#2.1"]
"""
STEPS = {
    # the predicate of a step, and whether it tells that its subject comes first, or its object
    "causes": ("cause", True),
    "triggers": ("trigger", True),
    "contributesTo": ("contribution", True),
    "precedes": ("sequence", True),
    "follows": ("sequence", False),
    "worsens": None,
    "motivates": None,
}  # fmt: skip


def test_each_step_tells_the_order_that_its_word_has(tmp_path: Path) -> None:
    folder = miniature.copied(tmp_path)
    text = "".join(STEP.format(name, name.lower()) for name in STEPS)
    miniature.written(folder, "statements/steps.toml", text)
    told = links(Graph(miniature.judged(folder)[1], "mill"), SUPPORT)
    ends = ("ev-shelling", "ev-first-round")
    assert {
        one.statement: (one.relation, (one.before, one.after)) for one in told if one.before in ends
    } == {
        name.lower(): (step[0], ends if step[1] else ends[::-1])
        for name, step in STEPS.items()
        if step
    }
    assert {one.relation for one in told} <= {*VERBS}


@pytest.mark.parametrize("name", NAMES)
def test_texts_fit_the_terminal(name: str, judged: Judged) -> None:
    graph = Graph(judged[1], miniature.CODED)
    text = lines(sequence(graph, name, window_days=90))
    assert max(map(len, text)) <= 80
    assert not any("  " in line.strip() for line in text)
    assert json.dumps(as_dict(sequence(graph, name)))


NOBODY_CLAIMS = """
[[statement]]
id = "if-first"
subject = "ev-shelling"
predicate = "precedes"
object = "ev-first-round"

[[statement]]
id = "then-paid"
subject = "town-council"
predicate = "sponsors"
object = "river-guard"
if = ["if-first"]
"""
SPONSORS = """
SELECT ("trigger" AS ?role) ?event ?statement (?event AS ?within)
WHERE {
  ?statement <http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate> ?named ;
             <http://www.w3.org/1999/02/22-rdf-syntax-ns#subject> ?event .
  VALUES ?named {
    <https://w3id.org/hudna/ontology#precedes> <https://w3id.org/hudna/ontology#sponsors>
  }
}
"""


def test_what_nobody_claims_is_neither_told_nor_counted(tmp_path: Path) -> None:
    """A condition is only named by another statement: it orders nothing, and is no trigger."""
    folder = miniature.copied(tmp_path)
    claim = STEP.partition("\n\n")[2].format()
    miniature.written(folder, "statements/conditional.toml", NOBODY_CLAIMS + "\n" + claim)
    graph = Graph(miniature.judged(folder)[1], "mill")
    assert graph.qualifiers("if-first")["status"] == "open"
    assert "if-first" not in {one.statement for one in links(graph, SUPPORT)}
    table = answer(graph.store, SPONSORS, case=graph.case)
    assert isinstance(table, Table)
    known = {one.statement for one in occurrences(graph, table)}
    assert "then-paid" in known
    assert "if-first" not in known


# What a page holds


def test_a_page_holds_what_is_found_in_the_words_of_the_command(sequel: Graph) -> None:
    for name, query in sequences(graph=sequel).items():
        result = sequence(sequel, query)
        held = record(result)
        assert held.get("pattern") == (result.comparison and result.comparison.mechanism)
        for part in ("counted", "shown"):
            found, told = getattr(result, part), held[part]
            pairs_told = [
                (one["s"], then["s"], then["k"], then.get("by", []))
                for one in told["followed"]
                for then in one["then"]
            ]
            assert sorted(pairs_told) == sorted(
                (one.trigger.statement, one.outcome.statement, one.strength,
                 [link.statement for link in one.links])
                for one in found.instances
            ), name  # fmt: skip
            listed = {one for ids in told["lists"].values() for one in ids}
            aside = (*found.before_any, *found.elsewhere, *found.series, *found.undated)
            unfollowed = [one.trigger for one in (*found.counter, *found.censored)]
            assert listed == {one.statement for one in (*aside, *unfollowed)}
        said = " ".join(" ".join(lines(result)).split())
        words = {held["words"][then["w"]] for one in held["counted"]["followed"]
                 for then in one["then"]}  # fmt: skip
        for one in (held["counted"]["told"], *words, *held["cautions"], *held["counted"]["lists"]):
            assert one in said


def test_a_page_holds_so_many_pairs_and_tells_of_the_others(
    sequel: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = sequence(sequel, "bombing-halt")
    assert "left" not in record(whole)["counted"]
    monkeypatch.setattr("graph.analysis.sequences.words.MOST", 1)
    held = record(whole)["counted"]
    assert sum(len(one["then"]) for one in held["followed"]) == 1
    assert held["left"] == len(whole.counted.instances) - 1 > 0


# The command


def call(public: Path, *words: str) -> str:
    options = ["--case", "mill", "--public", str(public), "--data", str(miniature.DATA)]
    result = CliRunner().invoke(main, ["sequences", *words, *options])
    assert result.exit_code == 0, result.output
    return result.output


def test_the_command_lists_counts_and_shows(public: Path) -> None:
    assert "detainee-escalation" in call(public, "--list")
    assert "triggers" in call(public)
    assert "What cannot be concluded" in call(public, "truce-relief", "--within", "30")
    counted = json.loads(call(public, "truce-relief", "--format", "json"))["counted"]
    assert counted["counts"]["triggers"] == len(counted["triggers"])
    assert len(json.loads(call(public, "--format", "json"))) == len(NAMES) + 1
    assert "without a trigger here: bombing-halt" in call(public)


def test_the_command_refuses_what_it_does_not_know(public: Path) -> None:
    words = ["sequences", "truce-releif", "--case", "mill", "--public", str(public)]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == UsageError.exit_code
    assert "truce-relief" in result.output
