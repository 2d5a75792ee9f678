"""Reach over time, on small cases that can be followed by hand, and against plain search."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pytest

from graph.analysis import temporal as module
from graph.analysis.temporal import contacts, reach, reach_bounds, way
from graph.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.statements import Time


def made(*rows: tuple[str, str, str], sign: int = 0, **more: Any) -> nx.MultiDiGraph[str]:  # noqa: ANN401
    """Return a network from ends, first and last day; days are both bounds of begin and end."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for ends, first, last in rows:
        data: dict[str, Any] = {"sign": sign, "coverage": "throughout", **more}
        data |= {"earliest_begin": first, "latest_begin": first} if first else {}
        data |= {"earliest_end": last, "latest_end": last} if last else {}
        network.add_edge(ends[0], ends[1], ends, **data)
    return network


def test_ways_go_forward_in_time() -> None:
    network = made(
        ("ab", "2016-01-01", "2016-01-31"),
        ("bc", "2015-01-01", "2015-12-31"),
        ("bd", "2015-06-01", "2016-01-10"),
        ("de", "2017-01-01", "2017-01-01"),
    )
    found = reach(contacts(network))
    assert found.reached("a") == {"b": "2016-01-01", "d": "2016-01-01", "e": "2017-01-01"}
    assert found.reached("b") == {"c": "2015-01-01", "d": "2015-06-01", "e": "2017-01-01"}
    assert found.reached("e") == {}
    assert found.counts.tolist() == [3, 3, 0, 1, 0]


def test_the_order_of_contacts_decides() -> None:
    """A to C by B only if B meets A first (Kempe, Kleinberg and Kumar 2002)."""
    early, late = "2016-01-01", "2016-01-02"
    forward = made(("ab", early, early), ("bc", late, late))
    backward = made(("ab", late, late), ("bc", early, early))
    assert set(reach(contacts(forward)).reached("a")) == {"b", "c"}
    assert set(reach(contacts(backward)).reached("a")) == {"b"}
    both = reach(contacts(backward, directed=False))
    assert both.reached("c") == {"b": early, "a": late}
    assert set(both.reached("a")) == {"b"}


def test_start_end_and_steps() -> None:
    network = made(("ab", "2016-01-01", "2016-01-03"), ("bc", "2016-01-01", "2016-01-03"),
                   ("cd", "2016-01-01", "2016-01-03"))  # fmt: skip
    given = contacts(network)
    assert reach(given, "a").reached("a") == dict.fromkeys("bcd", "2016-01-01")
    assert reach(given, "a", step=1).reached("a") == {
        "b": "2016-01-02", "c": "2016-01-03", "d": "2016-01-04"}  # fmt: skip
    assert set(reach(given, "a", step=2).reached("a")) == {"b", "c"}
    assert reach(given, "a", start="2016-01-03").reached("a")["d"] == "2016-01-03"
    assert reach(given, "a", start="2016-01-04").reached("a") == {}
    assert set(reach(given, "a", until="2016-01-02", step=1).reached("a")) == {"b"}


def test_what_dates_leave_open() -> None:
    network = made(("ab", "", ""), ("bc", "", "2016-01-01"), ("cd", "2016-01-01", ""))
    network.edges["b", "c", "bc"].pop("coverage")
    possible, certain = contacts(network), contacts(network, "certain")
    assert (possible.ties.m, possible.undated, possible.left_out) == (3, 1, 0)
    assert (certain.ties.m, certain.undated, certain.left_out) == (0, 0, 3)
    assert reach(possible, "a").reached("a") == {"b": "", "c": "", "d": "2016-01-01"}
    assert reach(possible, "a", step=5).reached("a")["b"] == ""
    bounds = reach_bounds(network, "a", start="2016-02-01")
    assert bounds.certain == {}
    assert bounds.possible == {"b": "2016-02-01"}
    assert (bounds.undated, bounds.left_out) == (1, 3)


def test_truth_lies_between_the_bounds() -> None:
    """A tie that began in March or April and ended in June or July; one on some day of May."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    network.add_edge(
        "a", "b", "ab", sign=1, coverage="throughout", earliest_begin="2016-03-01",
        latest_begin="2016-04-30", earliest_end="2016-06-01", latest_end="2016-07-31",
    )  # fmt: skip
    network.add_edge(
        "b", "c", "bc", sign=1, coverage="sometime", earliest_begin="2016-05-01",
        latest_begin="2016-05-31", earliest_end="2016-05-01", latest_end="2016-05-31",
    )  # fmt: skip
    bounds = reach_bounds(network, "a")
    assert bounds.certain == {"b": "2016-04-30"}
    assert bounds.possible == {"b": "2016-03-01", "c": "2016-05-01"}
    assert (bounds.undated, bounds.left_out) == (0, 1)
    assert reach_bounds(network, "a", until="2016-04-29").certain == {}


def test_hostile_ties_pass_nothing_on_by_default() -> None:
    network = made(("ab", "2016-01-01", ""), sign=-1)
    assert reach(contacts(network), "a").reached("a") == {}
    assert contacts(network).left_out == 0
    assert set(reach(contacts(network, sign="negative"), "a").reached("a")) == {"b"}
    assert set(reach(contacts(network, sign="any"), "a").reached("a")) == {"b"}


def test_a_way_names_its_ties_and_days() -> None:
    network = made(("ab", "2016-01-01", "2016-03-01"), ("bc", "2016-02-01", "2016-02-05"),
                   ("ad", "2016-02-01", "2016-02-01"), ("de", "2016-02-01", "2016-02-01"),
                   ("ec", "2016-02-01", "2016-02-01"), ("xy", "2016-01-01", ""))  # fmt: skip
    given = contacts(network)
    found = reach(given)
    assert way(given, found, "a", "c") == (("ab", "2016-01-01"), ("bc", "2016-02-01"))
    assert way(given, found, "a", "y") == ()
    assert way(given, found, "a", "a") == ()
    back = contacts(network, directed=False)
    assert way(back, reach(back, "c"), "c", "a") == (("bc", "2016-02-01"), ("ab", "2016-02-01"))
    slow = reach(given, "a", step=3)
    assert way(given, slow, "a", "c", step=3)[-1] == ("bc", "2016-02-01")


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


def test_what_is_wrong_is_refused() -> None:
    network = made(("ab", "2016-01-01", ""))
    given = contacts(network)
    with pytest.raises(UsageError, match='no "q"'):
        reach(given, ["q"])
    with pytest.raises(UsageError, match="is no day"):
        reach(given, ["a"], start="January")
    with pytest.raises(UsageError, match="before the start"):
        reach(given, ["a"], start="2016-01-02", until="2016-01-01")
    with pytest.raises(UsageError, match="0 days or more"):
        reach(given, ["a"], step=-1)
    with pytest.raises(UsageError, match="is no source"):
        reach(given, ["a"]).reached("b")
    with pytest.raises(UsageError, match='no "q"'):
        way(given, reach(given), "a", "q")
    network.edges["a", "b", "ab"]["earliest_begin"] = "once"
    with pytest.raises(UsageError, match="is no day"):
        contacts(network)
