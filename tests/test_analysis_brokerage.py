"""Brokerage roles and links between two camps, on cases that can be counted by hand."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise, permutations, product
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.arrays import Ties
from graph.analysis.centrality import brokerage as module
from graph.analysis.centrality.between_groups import links
from graph.analysis.centrality.brokerage import ROLES, brokerage
from graph.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph.analysis.centrality.brokerage import Brokerage


def made(ties: Iterable[str], nodes: str = "", *, directed: bool = True) -> Ties:
    """Return ties from texts such as ``ab`` and, negative, ``ab-``; these are the keys."""
    keys = list(ties)
    names = sorted({end for key in keys for end in key[:2]} | set(nodes))
    return Ties(
        tuple(names),
        np.array([names.index(key[0]) for key in keys], dtype=np.int64),
        np.array([names.index(key[1]) for key in keys], dtype=np.int64),
        np.array([-1 if key.endswith("-") else 0 for key in keys], dtype=np.int8),
        np.ones(len(keys)),
        tuple(keys),
        directed=directed,
    )


def roles(found: Brokerage, node: str) -> dict[str, int]:
    row = found.counts[found.nodes.index(node)].tolist()
    return {role: count for role, count in zip(ROLES, row, strict=True) if count}


@pytest.mark.parametrize(
    ("camps", "role"),
    [
        ({"a": "1", "b": "1", "c": "1"}, "coordinator"),
        ({"a": "1", "b": "2", "c": "1"}, "itinerant"),
        ({"a": "1", "b": "2", "c": "2"}, "gatekeeper"),
        ({"a": "1", "b": "1", "c": "2"}, "representative"),
        ({"a": "1", "b": "2", "c": "3"}, "liaison"),
    ],
)
def test_the_five_roles(camps: dict[str, str], role: str) -> None:
    """Gould and Fernandez (1989), figure 1."""
    found = brokerage(made(["ab", "bc"]), camps)
    assert roles(found, "b") == {role: 1}
    assert found.total.tolist() == [0, 1, 0]
    assert brokerage(made(["ab", "bc", "ac"]), camps).total.sum() == 0
    assert roles(brokerage(made(["ab", "bc", "ca"]), camps), "b") == {role: 1}


def test_a_published_example() -> None:
    """The example of the R package cograph, which agrees with ``sna::brokerage``."""
    ties = made(["ab", "ac", "bc", "bd", "cd", "da"])
    found = brokerage(ties, {"a": "1", "b": "1", "c": "2", "d": "2"})
    counts = dict(zip(ROLES, found.counts.T.tolist(), strict=True))
    assert counts == {
        "coordinator": [0, 0, 0, 0],
        "itinerant": [1, 0, 0, 1],
        "gatekeeper": [1, 0, 1, 0],
        "representative": [0, 1, 0, 1],
        "liaison": [0, 0, 0, 0],
    }


@pytest.mark.parametrize("seed", range(6))
def test_counts_are_those_that_are_counted_one_by_one(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = np.random.default_rng(seed)
    names = "abcdefghijk"
    pairs = [one + two for one, two in permutations(names, 2) if chance.random() < 0.3]
    camps = {name: str(chance.integers(3)) for name in names[:-1]}
    expected = np.zeros((10, 5), dtype=int)
    for i, j, k in permutations(names[:-1], 3):
        if i + j in pairs and j + k in pairs and i + k not in pairs:
            one, own, two = camps[i], camps[j], camps[k]
            if one == own == two:
                role = 0
            elif one == two:
                role = 1
            elif own == two:
                role = 2
            elif own == one:
                role = 3
            else:
                role = 4
            expected[names.index(j), role] += 1
    found = brokerage(made(pairs, names), camps)
    assert found.counts.tolist() == expected.tolist()
    assert found.left_out == ("k",)
    monkeypatch.setattr(module, "_AT_ONCE", 7)
    assert brokerage(made(pairs, names), camps).counts.tolist() == expected.tolist()


def test_parallel_ties_loops_and_hostile_ties() -> None:
    camps = dict.fromkeys("abc", "1")
    assert brokerage(made(["ab", "ab", "bb", "bc", "bc"]), camps).total.tolist() == [0, 1, 0]
    assert brokerage(made(["ab-", "bc"]), camps).total.sum() == 0
    # A hostile tie of the ends does not stand for a contact either.
    assert brokerage(made(["ab", "bc", "ac-"]), camps).total.sum() == 1
    assert brokerage(made(["ab", "bc", "ac-"]), camps, sign="any").total.sum() == 0


def test_undirected_ties_go_both_ways() -> None:
    found = brokerage(made(["ab", "bc"], directed=False), {"a": "1", "b": "1", "c": "2"})
    assert roles(found, "b") == {"gatekeeper": 1, "representative": 1}


def test_empty_networks_have_no_brokers() -> None:
    for ties in (made([]), made([], "a"), made(["aa"])):
        found = brokerage(ties, dict.fromkeys(ties.nodes, "1"), permutations=3)
        assert found.total.sum() == 0
        assert found.z is not None
        assert np.isnan(found.z).all()
    assert brokerage(made(["ab", "bc"]), {}).counts.shape == (0, 5)


def test_permutations_deal_the_camps_out() -> None:
    """One broker, two camps of 2: of the 6 ways to deal, each of three roles has 1/3."""
    ties = made(["ab", "bc"], "abcd")
    camps = {"a": "1", "b": "1", "c": "2", "d": "2"}
    found = brokerage(ties, camps, permutations=6000, seed=4)
    assert found.expected is not None
    assert found.deviation is not None
    assert found.z is not None
    assert found.expected[1] == pytest.approx([0, 1 / 3, 1 / 3, 1 / 3, 0], abs=0.02)
    assert found.deviation[1, 1] == pytest.approx(np.sqrt(2) / 3, abs=0.02)
    assert found.z[1, 3] == pytest.approx(np.sqrt(2), abs=0.1)
    assert np.isnan(found.z[1, 0])
    again = brokerage(ties, camps, permutations=6000, seed=4)
    assert again.expected is not None
    assert again.expected.tolist() == found.expected.tolist()
    assert brokerage(ties, camps).expected is None


def test_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="negative"):
        brokerage(made([]), {}, permutations=-1)
    monkeypatch.setattr(module, "_MOST_KEPT", 1)
    with pytest.raises(UsageError, match="too many"):
        brokerage(made(["ab", "bc", "bd"]), dict.fromkeys("abcd", "1"), permutations=1)


# --- links between two sets


def test_two_go_betweens_share_the_ways() -> None:
    ties = made(["ax", "xb", "ay", "yb", "bc", "zz"])
    found = links(ties, "a", "c")
    assert found.share == {"b": 1.0, "x": 0.5, "y": 0.5}
    assert found.tie_share == {"bc": 1.0, "ax": 0.5, "ay": 0.5, "xb": 0.5, "yb": 0.5}
    assert (found.joined, found.pairs, found.direct) == (1, 1, ())
    assert found.cut == ("b",)
    assert found.alone == ("b",)
    against = links(made(["xa", "bx"]), "a", "b")
    assert against.tie_share == {"bx": 1.0, "xa": 1.0}
    wider = links(ties, "a", "bc")
    assert wider.cut == ("x", "y")
    assert wider.alone == ()
    assert wider.share == {"b": 0.5, "x": 0.5, "y": 0.5}


def test_a_chain_of_go_betweens() -> None:
    found = links(made(["ax", "xy", "yb"]), "a", "b")
    assert found.alone == ("x", "y")
    assert len(found.cut) == 1


def test_direct_ties_are_told_and_not_cut() -> None:
    ties = made(["ab", "ba", "ab-", "ax", "xb"])
    found = links(ties, "a", "b")
    assert found.direct == ("ab", "ba")
    assert found.cut == ("x",)
    assert found.share == {}
    assert links(ties, "a", "b", sign="any").direct == ("ab", "ab-", "ba")
    assert links(ties, "a", "b", directed=True).direct == ("ab",)
    assert links(made(["ab"]), "a", "b").cut == ()


def test_direction_counts_if_wanted() -> None:
    ties = made(["ax", "bx"])
    assert links(ties, "a", "b").cut == ("x",)
    found = links(ties, "a", "b", directed=True)
    assert (found.joined, found.cut, found.share) == (0, (), {})


@given(
    st.lists(st.sampled_from([one + two for one, two in permutations("abcxyz", 2)]), max_size=14),
    st.booleans(),
)
def test_shares_are_counted_over_all_shortest_paths(rows: list[str], directed: bool) -> None:
    ties = made([f"{row}{number}" for number, row in enumerate(rows)], "abcxyz")
    plain = nx.DiGraph if directed else nx.Graph
    graph = plain((row[0], row[1]) for row in rows)
    graph.add_nodes_from("abcxyz")
    of_nodes, of_ties, joined = Counter[str](), Counter[str](), 0
    for pair in product("abc", "xyz"):
        if nx.has_path(graph, *pair):
            joined += 1
            paths = list(nx.all_shortest_paths(graph, *pair))
            for one in paths:
                of_nodes.update({node: 1 / len(paths) for node in one[1:-1]})
                of_ties.update({a + b: 1 / len(paths) for a, b in pairwise(one)})
    found = links(ties, "abc", "xyz", directed=directed)
    assert found.joined == joined
    assert found.share == pytest.approx({n: v / joined for n, v in of_nodes.items()})
    for number, row in enumerate(rows):
        total = of_ties[row] + (0 if directed else of_ties[row[::-1]])
        expected = total / max(joined, 1)
        assert found.tie_share.get(f"{row}{number}", 0.0) == pytest.approx(expected)


def test_shares_are_betweenness_if_the_sets_are_all_pairs() -> None:
    """The shares of single pairs, added up, are the betweenness of NetworkX."""
    club = nx.relabel_nodes(nx.karate_club_graph(), lambda number: f"{number:02}")
    names = sorted(club)
    source, target = zip(*(sorted(pair) for pair in sorted(club.edges)), strict=True)
    index = {name: place for place, name in enumerate(names)}
    ties = Ties(
        tuple(names),
        np.array([index[name] for name in source]),
        np.array([index[name] for name in target]),
        np.zeros(len(source), dtype=np.int8),
        np.ones(len(source)),
        tuple(f"{one}-{two}" for one, two in zip(source, target, strict=True)),
    )
    total = dict.fromkeys(names, 0.0)
    for place, one in enumerate(names):
        if names[place + 1 :]:
            found = links(ties, [one], names[place + 1 :])
            for node, share in found.share.items():
                total[node] += share * found.joined
    assert total == pytest.approx(nx.betweenness_centrality(club, normalized=False))


def test_who_splits_the_karate_club_is_found() -> None:
    """Zachary (1977) cut the club between 1 and 34 by ties; by nodes it takes as many ways."""
    club = nx.relabel_nodes(nx.karate_club_graph(), lambda number: f"{number:02}")
    rows = sorted(tuple(sorted(pair)) for pair in club.edges)
    names = sorted(club)
    ties = Ties(
        tuple(names),
        np.array([names.index(one) for one, _ in rows]),
        np.array([names.index(two) for _, two in rows]),
        np.zeros(len(rows), dtype=np.int8),
        np.ones(len(rows)),
    )
    found = links(ties, ["00"], ["33"])
    assert len(found.cut) == nx.node_connectivity(club, "00", "33")
    club.remove_nodes_from(found.cut)
    assert not nx.has_path(club, "00", "33")


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [("", "b", "empty"), ("a", "ab", '"a" is in both'), ("a", "q", 'no "q"')],
)
def test_wrong_sets_are_refused(first: str, second: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        links(made(["ab"]), first, second)
