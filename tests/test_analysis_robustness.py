"""How sure a ranking is, on networks whose worlds can be counted by hand, and on a case."""

from __future__ import annotations

from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING

import miniature
import networkx as nx
import numpy as np
import pytest
from elsewhere import printed

from graph.analysis.arrays import from_network
from graph.analysis.centrality.measures import measured
from graph.analysis.centrality.ranking import ranks
from graph.analysis.uncertainty.over_time import days_of, series
from graph.analysis.uncertainty.robustness import robustness
from graph.analysis.uncertainty.scenarios import of_network, space
from graph.analysis.uncertainty.voices import by_voice
from graph.errors import UsageError
from graph.network.projection import network
from graph.read.select import Graph

if TYPE_CHECKING:
    from miniature import Judged

    from graph.analysis.uncertainty.robustness import Robustness

PROJECT = Path(__file__).resolve().parent.parent


def made(*rows: tuple[str, str, str, str, int]) -> nx.MultiDiGraph[str]:
    """Return a network of ties: source, target, key, status, sign."""
    found: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for source, target, key, status, sign in rows:
        found.add_edge(source, target, key, status=status, sign=sign)
    return found


PATH = made(
    ("a", "b", "ab", "accepted", 0),
    ("b", "c", "bc", "accepted", 1),
    ("a", "c", "ac", "alleged", 0),
    ("a", "c", "foe", "alleged", -1),
)
"""Between a and c stands b, unless a and c are tied themselves; hostility is no way."""


def test_a_disputed_tie_may_take_the_place_between_away() -> None:
    found = robustness(of_network(PATH), "betweenness")
    assert (found.worlds, found.exact, found.looked_at) == (2, True, 2)
    assert (found.accepted, found.disputed, found.choices) == (2, 2, 1)
    b = found.ranks[0]
    assert b.node == "b"
    assert (b.value, b.rank, b.lowest, b.highest) == (1.0, 1, 0.0, 1.0)
    assert (b.first, b.best, b.worst) == (1.0, 1, 1)
    a = next(row for row in found.ranks if row.node == "a")
    assert (a.rank, a.best, a.first) == (2, 1, 0.5)
    assert found.all_true == {"accepted": ("b",), "alleged": ()}


def test_the_tie_that_matters_is_named() -> None:
    found = robustness(of_network(PATH), "betweenness")
    (only,) = found.if_true
    assert (only.key, only.status, only.node, only.change) == ("ac", "alleged", "b", -1.0)
    assert only.changes_first
    assert only.first == ()
    assert only.shift == 2
    assert {one.key for one in found.if_false} == {"ab", "bc"}
    assert all(one.node == "b" and one.change == -1.0 for one in found.if_false)


def test_hostile_ties_count_where_they_are_asked_for() -> None:
    found = robustness(of_network(PATH), "degree", sign="any")
    assert found.choices == 2
    assert found.worlds == 4
    assert {row.node: (row.lowest, row.highest) for row in found.ranks} == {
        "a": (1.0, 2.0),
        "b": (2.0, 2.0),
        "c": (1.0, 2.0),
    }


def test_shares_are_counted_over_the_worlds() -> None:
    """Three disputed ties lead to b, one of two would do for c."""
    star = made(
        ("c", "x", "cx", "accepted", 0),
        ("b", "x", "bx", "alleged", 0),
        ("b", "y", "by", "alleged", 0),
        ("b", "z", "bz", "alleged", 0),
    )
    found = robustness(of_network(star), "degree")
    shares = {row.node: row.first for row in found.ranks}
    degrees = [
        {"b": b, "c": 1, "x": 1 + bx, "y": by, "z": bz}
        for bx in (0, 1)
        for by in (0, 1)
        for bz in (0, 1)
        for b in (bx + by + bz,)
    ]
    assert shares == {
        node: sum(world[node] == max(world.values()) for world in degrees) / 8
        for node in degrees[0]
    }


def test_draws_agree_with_all_worlds() -> None:
    rows = [("hub", f"n{number:02}", f"k{number:02}", "alleged", 0) for number in range(15)]
    rows += [("hub", "base", "sure", "accepted", 0), ("base", "n00", "sure2", "accepted", 0)]
    found = robustness(of_network(made(*rows)), "degree", draws=500, seed=1)
    assert not found.exact
    assert (found.worlds, found.looked_at, found.seed) == (2**15, 500, 1)
    within_bounds(found)
    hub = next(row for row in found.ranks if row.node == "hub")
    assert hub.first > 0.9
    assert hub.lowest >= 1
    assert str(vars(found)) == str(
        vars(robustness(of_network(made(*rows)), "degree", draws=500, seed=1))
    )
    assert str(vars(found)) != str(
        vars(robustness(of_network(made(*rows)), "degree", draws=500, seed=2))
    )


def test_the_accepted_standing_counts_where_worlds_are_drawn() -> None:
    """Where one world is drawn, it stands beside the accepted one."""
    rows = [("hub", f"n{number:02}", f"k{number:02}", "alleged", 0) for number in range(15)]
    rows += [("base", f"b{number}", f"b{number}", "accepted", 0) for number in range(2)]
    rows += [("hub", "base", "sure", "accepted", 0)]
    found = robustness(of_network(made(*rows)), "degree", draws=1, seed=1)
    assert (found.exact, found.looked_at) == (False, 1)
    seen = {row.node: row for row in found.ranks}
    base, hub = seen["base"], seen["hub"]
    assert (base.rank, hub.rank) == (1, 2)
    assert (base.first, hub.first) == (0.0, 1.0)
    assert (base.best, base.worst) == (1, 2)
    assert (hub.best, hub.worst) == (1, 2)
    assert (hub.lowest, hub.highest > 3) == (1.0, True)


def test_an_empty_network_has_no_ranks() -> None:
    found = robustness(of_network(nx.MultiDiGraph()), "betweenness")
    assert found.ranks == ()
    assert found.worlds == 1
    assert found.if_true == found.if_false == ()


def test_nothing_disputed_is_one_world() -> None:
    found = robustness(of_network(made(("a", "b", "ab", "accepted", 0))), "degree")
    assert (found.worlds, found.exact, found.choices) == (1, True, 0)
    assert all(row.best == row.rank == row.worst for row in found.ranks)


def test_an_unknown_measure_is_told() -> None:
    with pytest.raises(UsageError, match="betweenness"):
        robustness(of_network(PATH), "betweennes")


# --- a case


def within_bounds(found: Robustness) -> None:
    """Check that ranks and values are within those of the worlds, and all first in these."""
    for row in found.ranks:
        assert (row.best == row.worst == 1) <= (row.first == 1.0)
        assert (row.first > 0) <= (row.best == 1)
        assert row.best <= row.rank <= row.worst
        assert isnan(row.value) or row.lowest <= row.value * (1 + 1e-8)
        assert isnan(row.value) or row.value <= row.highest * (1 + 1e-8)


def test_a_case_is_looked_at_in_all_its_worlds(karabakh: Judged) -> None:
    """Of what is alleged or contested there are few enough; who is first is so in most of them."""
    graph = Graph(karabakh[1], "karabakh")
    found = robustness(space(graph, "actors", disputed=("alleged", "contested")), "betweenness")
    assert found.exact
    assert 1 < found.worlds == 2**found.choices == found.looked_at
    first = found.ranks[0]
    assert (first.rank, first.best, first.worst) == (1, 1, 2)
    assert 0.5 < first.first < 1
    within_bounds(found)


def test_what_one_tie_does_is_what_the_network_without_it_gives(judged: Judged) -> None:
    graph = Graph(judged[1], miniature.CODED)
    found = robustness(space(graph, "actors"), "betweenness")
    one = found.if_false[0]
    whole = network(graph, "actors", status=("accepted", "contested", "alleged", "open"))
    kept = [e for e in whole.edges(keys=True, data=True) if e[3]["status"] == "accepted"]
    bare: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for source, target, key, data in kept:
        if key != one.key:
            bare.add_edge(source, target, key, **data)
    values = measured(from_network(bare), "betweenness")
    before = {row.node: row.value for row in found.ranks}
    place = sorted(bare).index(one.node)
    assert values[place] - before[one.node] == pytest.approx(one.change)
    leaders = {sorted(bare)[index] for index in np.flatnonzero(ranks(values) == 1)}
    assert leaders == set(one.first)


def test_voices_of_homs_have_worlds_of_their_own(judged: Judged) -> None:
    graph = Graph(judged[1], miniature.CODED)
    for one in by_voice(graph, "actors", "betweenness"):
        told = set(network(graph, "actors", voice=one.voice).edges(keys=True))
        common = set(network(graph, "actors").edges(keys=True))
        assert {key for *_, key in told - common} == set(one.added)
        assert {key for *_, key in common - told} == set(one.removed)


def test_moments_agree_with_networks_of_a_day(judged: Judged) -> None:
    graph = Graph(judged[1], miniature.CODED)
    whole = network(graph, "actors")
    for moment in series(whole, "degree", ["2014-06-01", "2016-02-15"]):
        that_day = network(graph, "actors", on=moment.day)
        assert moment.ties == that_day.number_of_edges()
        sure = [d for *_, d in that_day.edges(data=True) if d["held"] == "certain"]
        assert moment.sure == len(sure)
        for node in that_day:
            others = set(that_day.successors(node)) | set(that_day.predecessors(node))
            assert moment.possible[node] == len(others - {node})


def test_the_days_to_look_at_cover_the_dates(judged: Judged) -> None:
    whole = network(Graph(judged[1], miniature.CODED), "actors")
    days = days_of(whole)
    bounds = ("earliest_begin", "latest_begin", "earliest_end", "latest_end")
    known = sorted(d[name] for *_, d in whole.edges(data=True) for name in bounds if d.get(name))
    assert days == sorted(days)
    assert days[0][:7] == known[0][:7]
    assert days[-1] == known[-1]
    assert days_of(nx.MultiDiGraph()) == []


def test_a_day_that_is_none_is_told() -> None:
    with pytest.raises(UsageError, match="2016-02-30"):
        series(PATH, "degree", ["2016-02-30"])


def numbers(judged: Judged) -> str:
    return str(vars(robustness(space(Graph(judged[1], "mill"), "ties"), "betweenness")))


@pytest.mark.landing
def test_the_same_numbers_whatever_the_hash_seed(example: Judged) -> None:
    there = "import miniature, test_analysis_robustness as t; print(t.numbers(miniature.judged()))"
    assert printed(there) == numbers(example)
