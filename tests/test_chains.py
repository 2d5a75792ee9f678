"""The best ways between two things: those that a blind search finds, in graph and page alike."""

from __future__ import annotations

import random
from collections import Counter
from itertools import pairwise, permutations
from typing import TYPE_CHECKING, Any, NamedTuple

import miniature
import networkx as nx
import pytest
from depth import deep, examples
from hypothesis import given
from hypothesis import strategies as st
from pages import asked, held_by

from graph.errors import UsageError
from graph.model import SHOWN
from graph.model.terms import KIND, text
from graph.network.explanation import COSTS, explain
from graph.network.projection import STATUSES, network
from graph.network.ways import Hop, ways
from graph.query import QUERIES, named_queries
from graph.query.days import named_answer
from graph.read.select import Graph
from graph.viewer.page import page
from graph.viewer.payload import payload
from graph.viewer.picture import lines, picture

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from miniature import Judged

    from graph.network.explanation import Sign

ALL = named_queries([QUERIES])
PAIRS = 25 if deep() else 12
NODES = 6


class Way(NamedTuple):
    """A way as it is ranked; words are those of its hostile ties."""

    over: bool
    cost: int
    nodes: tuple[str, ...]
    words: frozenset[str]


class Tie(NamedTuple):
    one: str
    other: str
    cost: int
    sign: int
    word: str


def searched(ties: Collection[Tie], first: str, last: str) -> list[Way]:
    """Return all ways, the best first, of which nothing but the rules is known.

    A way without hostility goes by all other ties. A way over hostility goes by the hostile ties
    between two things if there are any, else by the others.
    """
    plain = {frozenset(tie[:2]) for tie in ties}
    simple: nx.Graph[str] = nx.Graph((min(pair), max(pair)) for pair in plain if len(pair) == 2)
    if not {first, last} <= set(simple):
        return []
    found = []
    for nodes in nx.all_simple_paths(simple, first, last):
        hops = [[tie for tie in ties if {*tie[:2]} == {*pair}] for pair in pairwise(nodes)]
        peaceful = [[tie for tie in hop if tie.sign >= 0] for hop in hops]
        hostile = [[tie for tie in hop if tie.sign < 0] for hop in hops]
        if all(peaceful):
            cost = sum(min(tie.cost for tie in hop) for hop in peaceful)
            found.append(Way(False, cost, tuple(nodes), frozenset()))
        if any(hostile):
            taken = [own or rest for own, rest in zip(hostile, peaceful, strict=True)]
            cost = sum(min(tie.cost for tie in hop) for hop in taken)
            words = frozenset(tie.word for hop in hostile for tie in hop)
            found.append(Way(True, cost, tuple(nodes), words))
    return sorted(found, key=lambda way: way[:3])


def hops(ties: Collection[Tie]) -> list[Hop]:
    pairs = sorted({(min(tie[:2]), max(tie[:2])) for tie in ties if tie.one != tie.other})
    joined = [[tie for tie in ties if {*tie[:2]} == {*pair}] for pair in pairs]
    return [
        Hop(*pair, min(tie.cost for tie in told), all(tie.sign < 0 for tie in told))
        for pair, told in zip(pairs, joined, strict=True)
    ]


@st.composite
def some_ties(draw: st.DrawFn) -> list[Tie]:
    ends = st.integers(0, NODES).map("n{}".format)
    tie = st.builds(Tie, ends, ends, st.integers(1, 3), st.sampled_from([-1, 0, 1]), st.just(""))
    found: list[Tie] = draw(st.lists(tie, max_size=16))
    return found


@examples(300)
@given(some_ties())
def test_all_ways_are_found_and_in_order(ties: list[Tie]) -> None:
    peaceful = [tie for tie in ties if tie.sign >= 0]
    fought = {frozenset(tie[:2]) for tie in ties if tie.sign < 0}
    rough = [tie for tie in ties if tie.sign < 0 or frozenset(tie[:2]) not in fought]
    right = searched(ties, "n0", "n1")
    found = list(ways(hops(peaceful), "n0", "n1"))
    assert found == [way.nodes for way in right if not way.over]
    found = list(ways(hops(rough), "n0", "n1", hostile=True))
    assert found == [way.nodes for way in right if way.over]


def test_a_dead_end_that_is_large_is_not_searched() -> None:
    """Sixty nodes beyond one, all joined with each other, lead nowhere."""
    crowd = [Hop(f"c{i}", f"c{k}", 1, True) for i in range(60) for k in range(i)]
    road = [Hop("a", "b", 1, False), Hop("b", "z", 1, False), Hop("b", "c0", 1, False)]
    assert list(ways([*road, *crowd], "a", "z")) == [("a", "b", "z")]
    assert list(ways([*road, *crowd], "a", "z", hostile=True)) == []


def ties_of(graph: Graph, statuses: tuple[str, ...]) -> list[Tie]:
    """Return what joins two things, at the costs of the table."""
    found = []
    for projection, draw in (("ties", "tie"), ("participation", "role")):
        for one, two, data in network(graph, projection, status=statuses).edges(data=True):
            cost = COSTS["status"][data["status"]] + COSTS["family"].get(data["family"], 0)
            cost += COSTS["draw"][draw]
            found.append(Tie(one, two, cost, data["sign"], data["label"]))
    return found


@pytest.fixture(
    scope="module",
    params=[pytest.param(miniature.CODED, marks=pytest.mark.landing), miniature.CASE],
)
def graph(request: pytest.FixtureRequest) -> Graph:
    cases = {miniature.CODED: "judged", miniature.CASE: "example"}
    return Graph(request.getfixturevalue(cases[request.param])[1], request.param)


@pytest.fixture(scope="module")
def shown(graph: Graph) -> bytes:
    """The page of the case."""
    return page(payload(graph), picture(lines(graph), places={}), title="", about={})


def pairs_of(graph: Graph) -> list[tuple[str, str]]:
    nodes = sorted({end for tie in ties_of(graph, SHOWN) for end in tie[:2]})
    draw = random.Random(0)  # noqa: S311 — no secret
    return [(one, two) for one, two in (draw.sample(nodes, 2) for _ in range(PAIRS))]


def at_odds(graph: Graph) -> list[tuple[str, str]]:
    """Return pairs that nothing but hostility joins directly, those with the fewest ties first."""
    ties = [tie for tie in ties_of(graph, SHOWN) if tie.one != tie.other]
    known = Counter(end for tie in ties for end in tie[:2])
    peaceful = {frozenset(tie[:2]) for tie in ties if tie.sign >= 0}
    hostile = {(tie.one, tie.other) for tie in ties if tie.sign < 0}
    found = sorted(pair for pair in hostile if frozenset(pair) not in peaceful)
    return sorted(found, key=lambda pair: min(known[end] for end in pair))[:PAIRS]


def test_there_is_one_table_of_costs(graph: Graph, shown: bytes) -> None:
    assert asked(shown, ("costs",)) == [COSTS]
    assert set(COSTS["status"]) == set(STATUSES)
    families = {str(data["family"]) for *_, data in network(graph, "ties").edges(data=True)}
    assert set(COSTS["family"]) <= families | {"membership", "attribution", "position"}


@pytest.mark.parametrize("sign", ["any", "not-negative", "negative"])
def test_the_page_finds_the_chains_of_the_graph(graph: Graph, shown: bytes, sign: Sign) -> None:
    pairs = pairs_of(graph)
    labels = {key: str(node["name"]) for key, node in payload(graph)["nodes"].items()}
    answers = asked(shown, *(("ways", *pair, f"sign={sign}", "12") for pair in pairs))
    for (one, two), of_page in zip(pairs, answers, strict=True):
        of_graph = explain(graph, one, two, most=12, sign=sign)
        assert len(of_page) == len(of_graph)
        for way, chain in zip(of_page, of_graph, strict=True):
            assert [labels[node] for node in way["nodes"]] == list(chain.nodes)
            assert way["steps"] == [[step.statement for step in hop] for hop in chain.hops]
            assert way["over"] == list(chain.over)


def test_a_way_over_hostility_comes_last_and_is_marked(graph: Graph) -> None:
    seen = set()
    for one, two in [*pairs_of(graph), *at_odds(graph)]:
        found = explain(graph, one, two, most=20)
        marked = [bool(chain.over) for chain in found]
        assert marked == sorted(marked)
        for chain in found:
            hostile = [s.predicate for hop in chain.hops for s in hop if s.sign < 0]
            assert chain.over == tuple(dict.fromkeys(hostile))
        peaceful = explain(graph, one, two, most=20, sign="not-negative")
        assert peaceful == [chain for chain in found if not chain.over]
        hostile_ones = explain(graph, one, two, most=20, sign="negative")
        assert all(chain.over for chain in hostile_ones)
        over = [chain for chain in found if chain.over]
        assert hostile_ones[: len(over)] == over
        if len(found) < 20:
            assert hostile_ones == over
        for chain in explain(graph, one, two, sign="positive"):
            assert {step.sign for hop in chain.hops for step in hop} == {1}
        seen |= set(marked)
    assert seen == {True, False}


def test_the_page_finds_what_a_blind_search_finds(shown: bytes) -> None:
    """Networks that no case has: each of a few things of its own, joined at random."""
    data = held_by(shown)
    draw = random.Random(1)  # noqa: S311 — no secret
    signs = {one["sign"]: key for key, one in sorted(data["predicates"].items())}
    drawn = sorted({node["of"] for node in data["drawn"]["nodes"]})
    groups: list[Sequence[str]] = [
        drawn[i : i + NODES] for i in range(0, len(drawn) - NODES + 1, NODES)
    ]
    claims = next(one["claims"] for one in data["statements"].values() if one["claims"])[:1]
    data["statements"] = {}
    ties: list[Tie] = []
    for group in groups:
        for one, other in draw.sample([*permutations(group, 2)], 11):
            predicate = signs[draw.choice(sorted(signs))]
            status, kind = draw.choice(SHOWN), draw.choice(["tie", "role"])
            known = data["predicates"][predicate]
            cost = COSTS["status"][status] + COSTS["family"].get(known["family"], 0)
            cost += COSTS["draw"][kind]
            ties.append(Tie(one, other, cost, known["sign"], known["label"]))
            data["statements"][f"s{len(ties)}"] = {
                "s": one, "o": other, "p": predicate, "status": status, "draw": kind,
                "claims": claims,
            }  # fmt: skip
    data["drawn"]["edges"] = [{"of": key} for key in data["statements"]]
    answers = asked(data, *(("ways", group[0], group[1], "", "999") for group in groups))
    for group, found in zip(groups, answers, strict=True):
        right = searched(ties, group[0], group[1])
        assert [tuple(way["nodes"]) for way in found] == [way.nodes for way in right]
        assert [set(way["over"]) for way in found] == [way.words for way in right]


def test_what_is_rejected_is_the_dearest_way(graph: Graph, shown: bytes) -> None:
    """On the page rejected ties can be shown; then they count, and for more than open ones."""
    assert COSTS["status"]["rejected"] == max(COSTS["status"].values())
    rejected = sorted({
        (one, two)
        for projection in ("ties", "participation")
        for one, two in network(graph, projection, status="rejected").edges()
        if one != two
    })  # fmt: skip
    calls = [("ways", one, two, "no-status=none") for one, two in rejected]
    for (one, two), of_page in zip(rejected, asked(shown, *calls), strict=True):
        chains = explain(graph, one, two, status=STATUSES)
        statements = [[[s.statement for s in hop] for hop in chain.hops] for chain in chains]
        assert [way["steps"] for way in of_page] == statements


def test_ends_may_be_whatever_a_projection_holds(example: Judged) -> None:
    graph = Graph(example[1], miniature.CASE)
    found = network(graph, "participation")
    for event, actor in sorted(found.edges())[:5]:
        assert explain(graph, event, actor)[0].nodes
    with pytest.raises(UsageError, match="same thing"):
        explain(graph, "river-guard", "Haras al-Nahr")
    with pytest.raises(UsageError, match="to: "):
        explain(graph, "river-guard", "nobody-at-all")


def stepped(graph: Graph, first: str, last: str, statuses: tuple[str, ...]) -> set[tuple[str, ...]]:
    """Return all ways of up to three ties through actors, each as its statements."""
    whole: nx.MultiGraph[str] = nx.MultiGraph()
    for projection in ("ties", "participation"):
        for one, two, key, _ in network(graph, projection, status=statuses).edges(
            keys=True, data=True
        ):
            whole.add_edge(one, two, key=key)
    actors = set(graph.ids("Actor")) | {first, last}
    through = whole.subgraph(actors & set(whole))
    if not {first, last} <= set(through):
        return set()
    found = nx.all_simple_edge_paths(through, first, last, cutoff=3)
    return {tuple(edge[-1] for edge in way) for way in found}


def told_of(row: dict[str, Any], graph: Graph) -> tuple[str, ...]:
    """Return the statements of a row of ``paths``, which says of itself what they say."""
    cells = (row[f"statement{n}"] for n in (1, 2, 3))
    way = tuple(graph.local(text(cell)) for cell in cells if cell is not None)
    told = [graph.statement(name) for name in way]
    views = [graph.predicate(one.predicate) for one in told]
    hostile = ", ".join(view.label for view in views if view.sign < 0)
    assert text(row["over"]) == (f"hostility: {hostile}" if hostile else "")
    unsettled = {text(row["unsettled"]).removeprefix(KIND)} if row["unsettled"] else set()
    assert unsettled == {str(one.status) for one in told} - {"accepted"}
    return way


@pytest.mark.parametrize("status", [None, "alleged"])
@pytest.mark.parametrize("sign", [None, -1, 0, 1])
def test_the_query_finds_all_short_ways_and_those_over_hostility_last(
    graph: Graph, status: str | None, sign: int | None
) -> None:
    events = sorted((one, two) for one, two in network(graph, "participation").edges())
    pairs: list[tuple[str, str]] = [*pairs_of(graph)[:12], *events[::9][:4]]
    for first, last in pairs:
        given = {"from": first, "to": last}
        given |= {"status": status} if status else {}
        given |= {"sign": str(sign)} if sign is not None else {}
        table = named_answer(ALL["paths"], given, graph)
        found = [told_of(dict(zip(table.columns, row, strict=True)), graph) for row in table.rows]
        lowest = {
            way: min(graph.predicate(graph.statement(one).predicate).sign for one in way)
            for way in stepped(graph, first, last, ("accepted", status or "accepted"))
        }
        order = [lowest[way] < 0 for way in found]
        assert order == sorted(order)
        assert len(set(found)) == len(found)
        assert set(found) == {
            way
            for way, own in lowest.items()
            if sign is None or (own < 0 if sign < 0 else own >= sign)
        }
