"""Rankings, and the space of what is disputed, on cases that can be counted by hand."""

from __future__ import annotations

from itertools import chain, combinations, compress, product
from typing import TYPE_CHECKING, Any

import miniature
import networkx as nx
import numpy as np
import pytest

from graph.analysis.arrays import Ties, from_network
from graph.analysis.centrality.ranking import first, footrule, ranks, significant
from graph.analysis.uncertainty.rivals import Rivals
from graph.analysis.uncertainty.scenarios import (
    DISPUTED,
    EXACT_UP_TO,
    Space,
    of_network,
    space,
)
from graph.errors import UsageError
from graph.model.terms import HUD
from graph.network.projection import STATUSES, network
from graph.read.select import Graph

if TYPE_CHECKING:
    from miniature import Judged


def made(*rows: tuple[str, str, str, str], **more: Any) -> nx.MultiDiGraph[str]:  # noqa: ANN401
    """Return a network of ties: source, target, key, status."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for source, target, key, status in rows:
        network.add_edge(source, target, key, status=status, sign=0, **more)
    return network


# --- arrays


def test_arrays_hold_what_the_network_holds() -> None:
    network = made(("b", "a", "x", "accepted"), ("a", "b", "y", "open"), ("a", "a", "z", "open"))
    network.add_node("lonely")
    network.edges["b", "a", "x"]["sign"] = -1
    ties = from_network(network)
    assert ties.nodes == ("a", "b", "lonely")
    assert ties.keys == ("z", "y", "x")
    assert ties.source.tolist() == [0, 0, 1]
    assert ties.target.tolist() == [0, 1, 0]
    assert ties.sign.tolist() == [0, 0, -1]


def test_a_simple_network_adds_up_parallel_ties() -> None:
    ties = Ties(
        ("a", "b", "c"),
        np.array([0, 1, 0, 2, 2]),
        np.array([1, 0, 1, 2, 1]),
        np.array([1, -1, -1, 1, 1], dtype=np.int8),
        np.array([1.0, 1.0, 3.0, 5.0, 2.0]),
    )
    directed = ties.simple(directed=True)
    assert list(zip(directed.source, directed.target, directed.weight, strict=True)) == [
        (0, 1, 4.0),
        (1, 0, 1.0),
        (2, 1, 2.0),
    ]
    assert directed.sign.tolist() == [-1, -1, 1]
    undirected = ties.simple(directed=False)
    assert list(zip(undirected.source, undirected.target, undirected.weight, strict=True)) == [
        (0, 1, 5.0),
        (1, 2, 2.0),
    ]


@pytest.mark.parametrize(
    ("source", "target", "weight"),
    [([0], [2], [1.0]), ([-1], [0], [1.0]), ([0], [1], [0.0]), ([0], [1], [float("nan")]),
     ([0, 1], [1], [1.0])],
)  # fmt: skip
def test_arrays_that_do_not_fit_are_told(
    source: list[int], target: list[int], weight: list[float]
) -> None:
    with pytest.raises(UsageError):
        Ties(
            ("a", "b"),
            np.array(source),
            np.array(target),
            np.zeros(len(source), dtype=np.int8),
            np.array(weight),
        )


def test_an_empty_network_has_arrays() -> None:
    ties = from_network(nx.MultiDiGraph())
    assert (ties.n, ties.m) == (0, 0)
    assert ties.simple(directed=False).m == 0


# --- rankings


def test_equal_values_share_a_rank() -> None:
    assert ranks(np.array([3.0, 1.0, 3.0, float("nan"), 2.0])).tolist() == [1, 4, 1, 5, 3]


def test_rounding_makes_no_rank() -> None:
    assert ranks(np.array([0.1 + 0.2, 0.3, 1e-20, 0.0])).tolist() == [1, 1, 3, 4]
    assert significant(np.array([123456789.987, 0.0])).tolist() == [123456790.0, 0.0]


def test_ranks_of_many_worlds_at_once() -> None:
    assert ranks(np.array([[1.0, 2.0], [5.0, 4.0]])).tolist() == [[2, 1], [1, 2]]


def test_the_footrule_is_the_sum_of_changes() -> None:
    assert footrule(np.array([1, 2, 3]), np.array([3, 2, 1])) == 4
    assert footrule(np.array([1, 2]), np.array([1, 2])) == 0


def test_who_is_not_among_the_first_ten_does_not_count() -> None:
    assert footrule(np.array([1, 20, 90]), np.array([1, 30, 12])) == 0
    assert footrule(np.array([1, 20]), np.array([9, 10])) == 8 + 1


def test_nobody_leads_where_all_are_equal() -> None:
    assert first(("a", "b"), np.array([1, 1])) == ()
    assert first(("a", "b", "c"), np.array([1, 3, 1])) == ("a", "c")


# --- worlds


def test_every_disputed_tie_doubles_the_worlds() -> None:
    found = of_network(
        made(("a", "b", "yes", "accepted"), ("b", "c", "x", "alleged"), ("c", "d", "y", "open"))
    )
    assert found.worlds == 4
    worlds = {tuple(mask.tolist()) for mask in found.masks(draws=1, seed=0)}
    assert worlds == {(True, *rest) for rest in product((True, False), repeat=2)}


def test_rival_answers_exclude_each_other() -> None:
    network = made(
        ("a", "b", "x", "contested"), ("a", "c", "y", "contested"), ("a", "d", "z", "open")
    )
    found = of_network(network, [("x", "y")])
    assert found.worlds == 6
    worlds = {tuple(mask.tolist()) for mask in found.masks(draws=1, seed=0)}
    assert len(worlds) == 6
    assert not any(x and y for x, y, _ in worlds)


def test_a_statement_that_answers_two_questions_excludes_the_answers_to_both() -> None:
    """b and c do not exclude each other: nothing, a, b, c, or b and c."""
    rows = [("x", name, name, "contested") for name in "abc"]
    found = of_network(made(*rows), [("a", "b"), ("a", "c")])
    worlds = [tuple(compress("abc", mask.tolist())) for mask in found.masks(1, 0)]
    assert sorted(worlds) == [(), ("a",), ("b",), ("b", "c"), ("c",)]
    assert found.worlds == 5
    assert found.narrowed(np.array([False, True, True])).worlds == 4
    assert found.narrowed(np.array([True, True, False])).worlds == 3


def test_every_set_without_rivals_is_counted_once() -> None:
    """All ways in which five statements may be rivals, against all their subsets."""
    names = tuple("vwxyz")
    edges = list(combinations(names, 2))
    for kept in product((True, False), repeat=len(edges)):
        pairs = list(compress(edges, kept))
        sets = {
            chosen
            for size in range(len(names) + 1)
            for chosen in combinations(names, size)
            if not any(one in chosen and other in chosen for one, other in pairs)
        }
        rivals = Rivals(pairs)
        groups = rivals.groups(names)
        numbers = product(*(range(rivals.count(group)) for group in groups))
        found = [tuple(sorted(chain(*map(rivals.chosen, groups, at)))) for at in numbers]
        assert len(found) == rivals.count(names)
        assert sorted(found) == sorted(sets), pairs


def test_many_answers_of_which_many_go_together_are_counted_and_drawn() -> None:
    """Two hundred that go together against one: more sets than any list holds."""
    rows = [("x", f"y{at:03}", f"s{at:03}", "alleged") for at in range(201)]
    found = of_network(made(*rows), [("s200", f"s{at:03}") for at in range(200)])
    assert found.worlds == 2**200 + 1
    masks = [mask.tolist() for mask in found.masks(50, seed=1)]
    assert masks == [mask.tolist() for mask in found.masks(50, seed=1)]
    assert not any(mask[200] and any(mask[:200]) for mask in masks)
    assert 0.4 < np.mean(masks) < 0.6
    names = tuple(f"s{at:03}" for at in range(400))
    clique = Rivals(combinations(names, 2))
    assert clique.count(names) == 401
    assert clique.chosen(names, 400) == ("s399",)
    with pytest.raises(IndexError):
        clique.chosen(names, 401)


def test_sets_are_numbered_by_their_last_statement_which_stands_alone_first() -> None:
    star = Rivals(("c", name) for name in "abd")
    sets = ["".join(sorted(star.chosen(tuple("abcd"), number))) for number in range(9)]
    assert sets == ["", "a", "b", "ab", "c", "d", "ad", "bd", "abd"]
    assert star.count("abcd") == len(sets)


@pytest.mark.parametrize("leaves", [61, 62, 63, 64, 700])
def test_sets_are_drawn_alike_where_numpy_draws_them_no_more(leaves: int) -> None:
    rows = [("x", f"y{at:03}", f"s{at:03}", "alleged") for at in range(leaves + 1)]
    found = of_network(made(*rows), [(f"s{leaves:03}", f"s{at:03}") for at in range(leaves)])
    assert found.worlds == 2**leaves + 1
    shares = np.mean([mask[:leaves] for mask in found.masks(40, seed=1)], axis=0)
    assert 0.1 < shares.min() < shares.max() < 0.9


def test_a_number_that_is_just_too_large_is_drawn_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.analysis.uncertainty.scenarios._LARGE", 3)
    pairs = [(f"a{at}", f"b{at}") for at in range(9)]
    rows = [("x", name, name, "alleged") for pair in pairs for name in pair]
    found = of_network(made(*rows), pairs)
    assert found.worlds == 3**9 > EXACT_UP_TO
    shares = np.mean(list(found.masks(300, seed=1)), axis=0)
    assert 0.2 < shares.min() < shares.max() < 0.45


def test_claims_on_one_statement_are_true_together() -> None:
    network = made(("v", "b", "c1", "contested"), ("w", "b", "c2", "contested"), statement="s")
    found = of_network(network)
    assert found.worlds == 2
    assert {tuple(mask.tolist()) for mask in found.masks(1, 0)} == {(True, True), (False, False)}


def test_many_worlds_are_drawn_alike_for_the_same_seed() -> None:
    rows = [(f"a{n}", f"b{n}", f"s{n:02}", "alleged") for n in range(20)]
    found = of_network(made(*rows))
    assert found.worlds == 2**20 > EXACT_UP_TO
    first_draws = [mask.tolist() for mask in found.masks(200, seed=3)]
    assert first_draws == [mask.tolist() for mask in found.masks(200, seed=3)]
    assert first_draws != [mask.tolist() for mask in found.masks(200, seed=4)]
    assert len(first_draws) == 200
    shares = np.mean(first_draws, axis=0)
    assert 0.3 < shares.min() < shares.max() < 0.7


def test_all_worlds_are_looked_at_up_to_a_number_of_them() -> None:
    def asked(*rivals: int) -> Space:
        """Return the space of questions with so many rival answers each."""
        groups = [[f"{at}-{n}" for n in range(size)] for at, size in enumerate(rivals)]
        ties = (("a", "b", name, "open") for group in groups for name in group)
        return of_network(
            made(*ties), (pair for group in groups for pair in combinations(group, 2))
        )

    most, more = asked(*[1] * 14), asked(4, 28, 112)
    assert (most.worlds, more.worlds) == (16384, 16385)
    assert len(list(most.masks(draws=1, seed=0))) == 16384
    assert len(list(more.masks(draws=1, seed=0))) == 1


def test_choices_that_do_not_matter_are_no_choices() -> None:
    found = of_network(made(("a", "b", "x", "alleged"), ("b", "c", "y", "open")))
    assert found.narrowed(np.array([True, False])).worlds == 2
    one = of_network(made(("v", "b", "c1", "open"), ("w", "b", "c2", "open"), statement="s"))
    assert one.narrowed(np.array([False, True])).choices == one.choices


def test_a_world_chooses_of_every_choice() -> None:
    found = of_network(made(("a", "b", "x", "alleged"), ("b", "c", "y", "open")))
    for chosen in ([1], [1, 0, 1]):
        with pytest.raises(ValueError, match=r"zip\(\)"):
            found.mask(chosen)


def test_the_alternative_that_is_chosen_is_the_one_that_is_true() -> None:
    rows = [("a", name, name, "contested") for name in "xyz"]
    found = of_network(made(*rows), combinations("xyz", 2))
    assert [found.mask([one]).tolist() for one in range(4)] == [
        [place == one - 1 for place in range(3)] for one in range(4)
    ]
    for kept in product((True, False), repeat=3):
        choices = found.narrowed(np.array(kept)).choices
        assert choices == ((tuple(compress("xyz", kept)),) if any(kept) else ())


def statuses(network: nx.MultiDiGraph[str]) -> dict[str, str]:
    """Return the status of each tie, by its key."""
    return {key: data["status"] for *_, key, data in network.edges(keys=True, data=True)}


@pytest.mark.parametrize("recipe", ["actors", "blame"])
def test_the_disputed_ties_of_homs_are_those_of_the_graph(judged: Judged, recipe: str) -> None:
    graph = Graph(judged[1], miniature.CODED)
    found = space(graph, recipe)
    told = statuses(network(graph, recipe, status=STATUSES))
    counting = {key: one for key, one in told.items() if one in ("accepted", *DISPUTED)}
    assert {*counting.values()} > {"accepted"}
    assert statuses(found.network) == counting
    assert found.ties.m == found.accepted.sum() + sum(
        len(indices) for indices in found.disputed.values()
    )
    assert found.accepted.sum() == sum(one == "accepted" for one in counting.values())
    only = space(graph, recipe, disputed=("alleged",))
    assert 1 < only.worlds < found.worlds


def test_homs_has_disputed_ties_of_each_status(judged: Judged) -> None:
    graph = Graph(judged[1], miniature.CODED)
    assert space(graph).network.edges == space(graph, "actors").network.edges
    found = [statuses(space(graph, recipe).network) for recipe in ("actors", "blame")]
    assert {status for ties in found for status in ties.values()} == {"accepted", *DISPUTED}


def test_the_rivals_of_homs_exclude_each_other(judged: Judged) -> None:
    """Who is behind the bombings has one answer at the most."""
    graph = Graph(judged[1], miniature.CODED)
    found = space(graph, "blame")
    rivals = {frozenset(pair) for pair in graph.pairs(HUD + "excludes")}
    in_question = set(map(frozenset, combinations(found.disputed, 2))) & rivals
    assert in_question
    for mask in found.masks(draws=200, seed=0):
        true = {name for name, at in found.disputed.items() if mask[list(at)].all()}
        assert not [pair for pair in in_question if pair <= true]
    joined = {pair for group in found.choices for pair in map(frozenset, combinations(group, 2))}
    assert in_question <= joined


def test_wrong_statuses_are_told(example: Judged) -> None:
    graph = Graph(example[1], miniature.CASE)
    with pytest.raises(
        UsageError,
        match=r'^"accepted" is not disputed; what is disputed is contested, alleged, open$',
    ):
        space(graph, "actors", disputed=("accepted",))
    with pytest.raises(UsageError, match=r"no voice$"):
        space(graph, "actors", voice="bandits")
    with pytest.raises(UsageError, match="its own statuses"):
        space(graph, "actors", status="accepted")
