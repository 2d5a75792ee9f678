"""Reach over time, on small cases that can be followed by hand, and against plain search."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.centrality import temporal as module
from graph.analysis.centrality.reach import reach_bounds
from graph.analysis.centrality.temporal import contacts, departures, path, reach
from graph.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.read.rules import Time


def made(*rows: tuple[str, str, str], sign: int = 0, **more: Any) -> nx.MultiDiGraph[str]:  # noqa: ANN401
    """Return a network from ends, first and last day; days are both bounds of begin and end."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for ends, first, last in rows:
        data: dict[str, Any] = {"sign": sign, "coverage": "throughout", **more}
        data |= {"earliest_begin": first, "latest_begin": first} if first else {}
        data |= {"earliest_end": last, "latest_end": last} if last else {}
        if first and last:
            data["spans"] = [f"{first}/{last} attested {first} certain {first}/{last}"]
        network.add_edge(ends[0], ends[1], ends, **data)
    return network


def test_ways_go_forward_in_time() -> None:
    network = made(
        ("ab", "2016-01-01", "2016-01-31"),
        ("bc", "2015-01-01", "2015-12-31"),
        ("bd", "2015-06-01", "2016-01-10"),
        ("de", "2017-01-01", "2017-01-01"),
    )
    found = reach(contacts(network, directed=True))
    assert found.reached("a") == {"b": "2016-01-01", "d": "2016-01-01", "e": "2017-01-01"}
    assert found.reached("b") == {"c": "2015-01-01", "d": "2015-06-01", "e": "2017-01-01"}
    assert found.reached("e") == {}
    assert found.counts.tolist() == [3, 3, 0, 1, 0]


def test_the_order_of_contacts_decides() -> None:
    """A to C by B only if B meets A first (Kempe, Kleinberg and Kumar 2002)."""
    early, late = "2016-01-01", "2016-01-02"
    forward = made(("ab", early, early), ("bc", late, late))
    backward = made(("ab", late, late), ("bc", early, early))
    assert set(reach(contacts(forward, directed=True)).reached("a")) == {"b", "c"}
    assert set(reach(contacts(backward, directed=True)).reached("a")) == {"b"}
    both = reach(contacts(backward))
    assert both.reached("c") == {"b": early, "a": late}
    assert set(both.reached("a")) == {"b"}


def test_start_end_and_steps() -> None:
    network = made(("ab", "2016-01-01", "2016-01-03"), ("bc", "2016-01-01", "2016-01-03"),
                   ("cd", "2016-01-01", "2016-01-03"))  # fmt: skip
    ties = contacts(network)
    assert reach(ties, "a").reached("a") == dict.fromkeys("bcd", "2016-01-01")
    assert reach(ties, "a", step=1).reached("a") == {
        "b": "2016-01-02", "c": "2016-01-03", "d": "2016-01-04"}  # fmt: skip
    assert set(reach(ties, "a", step=2).reached("a")) == {"b", "c"}
    assert reach(ties, "a", start="2016-01-03").reached("a")["d"] == "2016-01-03"
    assert reach(ties, "a", start="2016-01-04").reached("a") == {}
    assert set(reach(ties, "a", until="2016-01-02", step=1).reached("a")) == {"b"}


def test_what_dates_leave_open() -> None:
    network = made(("ab", "", ""), ("bc", "", "2016-01-01"), ("cd", "2016-01-01", ""))
    network.edges["b", "c", "bc"]["spans"] = ["2016-01-01?/2016-01-01"]
    possible, certain = contacts(network), contacts(network, "certain")
    assert (possible.ties.m, possible.unbounded, possible.left_out) == (3, 1, 0)
    assert (certain.ties.m, certain.unbounded, certain.left_out) == (0, 0, 3)
    assert reach(possible, "a").reached("a") == {"b": "", "c": "", "d": "2016-01-01"}
    assert reach(possible, "a", step=5).reached("a")["b"] == ""
    bounds = reach_bounds(network, "a", start="2016-02-01")
    assert bounds.certain == {}
    assert bounds.possible == {"b": "2016-02-01"}
    assert (bounds.unbounded, bounds.left_out) == (1, 3)


def test_truth_lies_between_the_bounds() -> None:
    """A tie that began in March or April and ended in June or July; one on some day of May."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    network.add_edge(
        "a", "b", "ab", sign=1, coverage="throughout", earliest_begin="2016-03-01",
        latest_begin="2016-04-30", earliest_end="2016-06-01", latest_end="2016-07-31",
        spans=["2016-03-01/2016-07-31 attested 2016-04-30 certain 2016-04-30/2016-06-01"],
    )  # fmt: skip
    network.add_edge(
        "b", "c", "bc", sign=1, coverage="sometime", earliest_begin="2016-05-01",
        latest_begin="2016-05-31", earliest_end="2016-05-01", latest_end="2016-05-31",
        spans=["2016-05-01/2016-05-31"],
    )  # fmt: skip
    bounds = reach_bounds(network, "a")
    assert bounds.certain == {"b": "2016-04-30"}
    assert bounds.possible == {"b": "2016-03-01", "c": "2016-05-01"}
    assert (bounds.unbounded, bounds.left_out) == (0, 1)
    assert reach_bounds(network, "a", until="2016-04-29").certain == {}


def test_hostile_ties_pass_nothing_on_by_default() -> None:
    network = made(("ab", "2016-01-01", ""), sign=-1)
    assert reach(contacts(network), "a").reached("a") == {}
    assert contacts(network).left_out == 0
    assert set(reach(contacts(network, sign="negative"), "a").reached("a")) == {"b"}
    assert set(reach(contacts(network, sign="any"), "a").reached("a")) == {"b"}


def test_a_path_names_its_ties_and_days() -> None:
    network = made(("ab", "2016-01-01", "2016-03-01"), ("bc", "2016-02-01", "2016-02-05"),
                   ("ad", "2016-02-01", "2016-02-01"), ("de", "2016-02-01", "2016-02-01"),
                   ("ec", "2016-02-01", "2016-02-01"), ("xy", "2016-01-01", ""))  # fmt: skip
    ties = contacts(network, directed=True)
    assert path(ties, "a", "c") == (
        ("a", "b", "ab", "2016-01-01"),
        ("b", "c", "bc", "2016-02-01"),
    )
    assert path(ties, "a", "y") == ()
    assert path(ties, "a", "a") == ()
    assert path(contacts(network), "c", "a") == (
        ("c", "b", "bc", "2016-02-01"),
        ("b", "a", "ab", "2016-02-01"),
    )
    assert path(ties, "a", "c", step=3)[-1] == ("b", "c", "bc", "2016-02-01")
    assert path(ties, "a", "c", step=3, until="2016-02-03") == ()
    assert path(ties, "a", "c", start="2016-02-02")[0].day == "2016-02-02"


def test_networks_with_little_in_them() -> None:
    empty: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    assert reach(contacts(empty)).arrival.shape == (0, 0)
    empty.add_node("a")
    assert reach(contacts(empty)).reached("a") == {}
    assert reach(contacts(empty), []).counts.tolist() == []
    loop = made(("aa", "2016-01-01", ""), ("ab", "2016-01-01", ""))
    loop.add_edge("a", "b", "earlier", sign=0, earliest_begin="2015-01-01")
    assert reach(contacts(loop), "a").reached("a") == {"b": "2015-01-01"}


def plain_search(
    rows: Iterable[tuple[str, str, str]], source: str, nodes: str, *, both: bool, step: int
) -> dict[str, date]:
    """Return the earliest days by trying all ties again and again."""
    listed = [(e[0], e[1], date.fromisoformat(f), date.fromisoformat(t)) for e, f, t in rows]
    if both:
        listed += [(two, one, first, last) for one, two, first, last in listed]
    best = dict.fromkeys(nodes, date.max)
    best[source] = date.min
    for _ in nodes:
        for one, two, first, last in listed:
            day = max(best[one], first)
            if day <= last:
                best[two] = min(best[two], day + timedelta(days=step))
    return {node: day for node, day in best.items() if day < date.max and node != source}


@pytest.mark.parametrize("seed", range(10))
def test_the_same_days_as_by_plain_search(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = np.random.default_rng(seed)
    nodes, rows = "abcdefgh", {}
    for _ in range(16):
        ends = "".join(chance.choice(list(nodes), 2, replace=False))
        first = date(2016, 1, 1) + timedelta(days=int(chance.integers(60)))
        last = first + timedelta(days=int(chance.integers(15)))
        rows[ends] = (ends, first.isoformat(), last.isoformat())
    network = made(*rows.values())
    network.add_nodes_from(nodes)
    if seed % 2:
        monkeypatch.setattr(module, "_AT_ONCE", 1)
    times: tuple[Time, ...] = ("possible", "certain")
    for both in (False, True):
        for step in (0, 1):
            for time in times:
                found = reach(contacts(network, time, directed=not both), step=step)
                for source in nodes:
                    wanted = plain_search(rows.values(), source, nodes, both=both, step=step)
                    days = {node: day.isoformat() for node, day in wanted.items()}
                    assert found.reached(source) == days


DAYS = [(date(2016, 1, 1) + timedelta(days=number)).isoformat() for number in range(12)]


@st.composite
def dated(draw: st.DrawFn) -> nx.MultiDiGraph[str]:
    """Draw a network of few nodes; some ties have no first or no last day."""
    ends = st.sampled_from([one + two for one, two in permutations("abcde", 2)])
    day = st.integers(0, 11)
    rows = draw(st.lists(st.tuples(ends, day, day, st.booleans(), st.booleans()), max_size=9))
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    network.add_nodes_from("abcde")
    for number, (pair, one, two, first, last) in enumerate(rows):
        low, high = DAYS[min(one, two)], DAYS[max(one, two)]
        data = {"earliest_begin": low} if first else {}
        data |= {"latest_end": high} if last else {}
        network.add_edge(pair[0], pair[1], f"{number}", sign=0, **data)
    return network


@given(dated(), st.booleans(), st.integers(0, 2), st.sampled_from([None, *DAYS[6:]]))
def test_the_last_day_is_the_last_from_which_the_target_is_reached(
    network: nx.MultiDiGraph[str],
    directed: bool,
    step: int,
    until: str | None,
) -> None:
    ties = contacts(network, directed=directed)
    found = departures(ties, "e", start=DAYS[0], until=until, step=step)
    for node in "abcd":
        able = [
            day
            for day in DAYS
            if (until is None or day <= until)
            and "e" in reach(ties, node, start=day, until=until, step=step).reached(node)
        ]
        assert (node in found) == bool(able)
        if found.get(node, "") and found[node] <= DAYS[-1]:
            assert found[node] == max(able)
        elif node in found:
            assert max(able) == DAYS[-1]


@given(dated(), st.booleans(), st.integers(0, 2), st.sampled_from([None, *DAYS[:6]]))
def test_a_path_is_the_first_with_the_fewest_ties(
    network: nx.MultiDiGraph[str],
    directed: bool,
    step: int,
    start: str | None,
) -> None:
    """The oracle goes every simple path of ties."""
    ties = contacts(network, directed=directed)
    wanted = reach(ties, "a", start=start, step=step).reached("a")
    spells = {key: (data.get("earliest_begin", ""), data.get("latest_end", ""))
              for *_, key, data in network.edges(keys=True, data=True)}  # fmt: skip
    plain = network if directed else network.to_undirected()
    for target in "bcde":
        legs = path(ties, "a", target, start=start, step=step)
        assert bool(legs) == (target in wanted)
        lengths = [
            len(edges)
            for edges in nx.all_simple_edge_paths(plain, "a", target)
            if target in wanted
            and arrived([spells[edge[-1]] for edge in edges], start, step) == wanted[target]
        ]
        assert len(legs) == min(lengths, default=0)
        if legs:
            assert arrived([spells[leg.tie] for leg in legs], start, step) == wanted[target]
            assert [leg.target for leg in legs[:-1]] == [leg.source for leg in legs[1:]]


def arrived(spells: list[tuple[str, str]], start: str | None, step: int) -> str | None:
    """Return the day at the end of a path; empty where no date stands in the way."""
    day = start or ""
    for first, last in spells:
        day = max(day, first)
        if last and day > last:
            return None
        if day:
            day = (date.fromisoformat(day) + timedelta(days=step)).isoformat()
    return day


def test_what_is_wrong_is_refused() -> None:
    network = made(("ab", "2016-01-01", ""))
    ties = contacts(network)
    with pytest.raises(UsageError, match='no "q"'):
        reach(ties, ["q"])
    with pytest.raises(UsageError, match="is no day"):
        reach(ties, ["a"], start="January")
    with pytest.raises(UsageError, match="before the start"):
        reach(ties, ["a"], start="2016-01-02", until="2016-01-01")
    with pytest.raises(UsageError, match="0 days or more"):
        reach(ties, ["a"], step=-1)
    with pytest.raises(UsageError, match="is no source"):
        reach(ties, ["a"]).reached("b")
    with pytest.raises(UsageError, match='no "q"'):
        path(ties, "a", "q")
    with pytest.raises(UsageError, match='no "q"'):
        departures(ties, "q")
    with pytest.raises(UsageError, match="needs a node"):
        reach_bounds(network)
    with pytest.raises(UsageError, match="both the start and the end"):
        reach_bounds(network, "a", "a")
    network.edges["a", "b", "ab"]["earliest_begin"] = "once"
    with pytest.raises(UsageError, match="is no day"):
        contacts(network)
