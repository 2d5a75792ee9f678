"""Two modes: the Southern women against published numbers, and projections by hand."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest
from networkx.algorithms import bipartite

from graph.analysis.arrays import from_network
from graph.analysis.centrality.two_mode import one_mode, sides_of, two_mode
from graph.errors import UsageError

PUBLISHED = {
    "E8": (0.78, 0.24), "E9": (0.67, 0.23), "E7": (0.56, 0.13), "E6": (0.44, 0.07),
    "E5": (0.44, 0.04), "E3": (0.33, 0.02), "E12": (0.33, 0.02), "E14": (0.17, 0.00),
    "Nora Fayette": (0.57, 0.11), "Evelyn Jefferson": (0.57, 0.10),
    "Theresa Anderson": (0.57, 0.09), "Sylvia Avondale": (0.50, 0.07),
    "Laura Mandeville": (0.50, 0.05), "Helen Lloyd": (0.36, 0.04),
    "Pearl Oglethorpe": (0.21, 0.01), "Olivia Carleton": (0.14, 0.01),
}  # fmt: skip
"""Degree and betweenness, normalised: Borgatti and Halgin (2011) Analyzing affiliation networks, of
the data of Davis, Gardner and Gardner (1941) Deep South."""


def southern_women() -> nx.MultiDiGraph[str]:
    """Return the events with the women who came."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for woman, event in nx.davis_southern_women_graph().edges:
        network.add_edge(event, woman, f"{event}.{woman}", sign=0, family="negotiation")
    return network


def made(*rows: tuple[str, str], **more: Any) -> nx.MultiDiGraph[str]:  # noqa: ANN401
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph(projection="negotiation")
    for number, (event, actor) in enumerate(rows):
        network.add_edge(event, actor, f"s{number}", **{"status": "accepted", **more})
    return network


def test_southern_women_have_the_published_centralities() -> None:
    found = two_mode(southern_women())
    assert (len(found.subjects), len(found.objects)) == (14, 18)
    assert found.density == pytest.approx(89 / (14 * 18))
    for node, (degree, betweenness) in PUBLISHED.items():
        assert found.degree_centrality[node] == pytest.approx(degree, abs=0.006)
        assert found.betweenness[node] == pytest.approx(betweenness, abs=0.01)


def test_two_libraries_give_the_same_numbers() -> None:
    found = two_mode(southern_women())
    club = nx.davis_southern_women_graph()
    assert found.betweenness == pytest.approx(
        bipartite.betweenness_centrality(club, found.subjects)
    )
    assert found.degree_centrality == pytest.approx(
        bipartite.degree_centrality(club, found.subjects)
    )
    assert found.density == pytest.approx(bipartite.density(club, found.subjects))


def test_small_networks_of_two_modes() -> None:
    star = two_mode(made(("talks", "a"), ("talks", "b"), ("talks", "b"), ("talks", "c")))
    assert star.degree == {"talks": 3, "a": 1, "b": 1, "c": 1}
    assert star.degree_centrality["talks"] == 1
    assert star.betweenness == {"talks": 1.0, "a": 0.0, "b": 0.0, "c": 0.0}
    empty = two_mode(nx.MultiDiGraph())
    assert (empty.subjects, empty.objects, empty.degree, empty.betweenness) == ((), (), {}, {})
    assert empty.density != empty.density
    lonely: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    lonely.add_node("a")
    assert two_mode(lonely).degree == {}


def test_networks_of_one_mode_are_refused() -> None:
    for wrong in (made(("a", "b"), ("b", "c")), made(("a", "a"))):
        with pytest.raises(UsageError, match="one mode"):
            sides_of(wrong)
        with pytest.raises(UsageError, match="one mode"):
            one_mode(wrong, "objects")


# --- one mode


def test_actors_have_one_edge_for_each_event_they_share() -> None:
    network = made(("t1", "a"), ("t1", "b"), ("t1", "c"), ("t2", "b"), ("t2", "a"), ("t3", "d"))
    network.nodes["a"]["label"] = "A"
    found = one_mode(network, "objects")
    assert sorted(found.edges(keys=True)) == [
        ("a", "b", "t1"), ("a", "b", "t2"), ("a", "c", "t1"), ("b", "c", "t1")]  # fmt: skip
    assert set(found) == set("abcd")
    assert found.nodes["a"] == {"label": "A"}
    edge = found.edges["a", "b", "t2"]
    assert edge["statements"] == ["s3", "s4"]
    assert (edge["predicate"], edge["label"], edge["sign"]) == ("sharesWith", "shares with", 0)
    assert (edge["shared"], edge["weight"]) == ("t2", 1.0)
    assert found.graph == {"projection": "negotiation", "one_mode": "objects", "apart": 0}
    assert from_network(found).m == 4
    back = one_mode(network, "subjects")
    assert sorted(back.edges(keys=True)) == [("t1", "t2", "a"), ("t1", "t2", "b")]
    assert set(back) == {"t1", "t2", "t3"}


def test_newman_weights_are_those_of_networkx() -> None:
    found = one_mode(southern_women(), "objects", "newman")
    club = nx.davis_southern_women_graph()
    women = [node for node, side in club.nodes(data="bipartite") if side == 0]
    wanted = bipartite.collaboration_weighted_projected_graph(club, women)
    weights: dict[frozenset[str], float] = {}
    for one, two, data in found.edges(data=True):
        weights[frozenset((one, two))] = weights.get(frozenset((one, two)), 0) + data["weight"]
    expected = {frozenset(ends): data["weight"] for *ends, data in wanted.edges(data=True)}
    assert weights == pytest.approx(expected)


def test_an_edge_is_as_sure_as_the_less_sure_of_its_two_statements() -> None:
    network = made(("t", "a"), ("t", "b"))
    network.edges["t", "a", "s0"].update(certainty="certain", voices=["v"], sources=["x"], claims=1)
    network.edges["t", "b", "s1"].update(
        status="alleged", certainty="possible", voices=["w", "v"], sources=["x"], claims=2,
    )  # fmt: skip
    edge = one_mode(network, "objects").edges["a", "b", "t"]
    assert (edge["status"], edge["certainty"], edge["claims"]) == ("alleged", "possible", 3)
    assert (edge["voices"], edge["sources"]) == (["v", "w"], ["x"])
    # A surer statement of another role is what the edge rests on.
    network.add_edge("t", "b", "s2", status="accepted", certainty="probable")
    edge = one_mode(network, "objects").edges["a", "b", "t"]
    assert (edge["status"], edge["certainty"]) == ("accepted", "probable")
    assert edge["statements"] == ["s0", "s2"]


def test_days_are_those_on_which_both_held() -> None:
    network = made(("t", "a"), ("t", "b"), coverage="throughout")
    network.edges["t", "a", "s0"].update(
        earliest_begin="2016-01-01", latest_begin="2016-02-01", latest_end="2016-12-31", when="x",
    )  # fmt: skip
    network.edges["t", "b", "s1"].update(
        earliest_begin="2016-03-01", latest_begin="2016-04-01", earliest_end="2016-06-01",
        latest_end="2017-12-31", when="y",
    )  # fmt: skip
    edge = one_mode(network, "objects").edges["a", "b", "t"]
    assert edge["earliest_begin"] == "2016-03-01"
    assert edge["latest_begin"] == "2016-04-01"
    assert "earliest_end" not in edge
    assert edge["latest_end"] == "2016-12-31"
    assert (edge["when"], edge["coverage"]) == ("2016-03-01/2016-12-31", "throughout")
    network.edges["t", "a", "s0"].update(when="y", coverage="sometime", latest_begin="2017-03-01")
    edge = one_mode(network, "objects").edges["a", "b", "t"]
    assert (edge["when"], edge["coverage"]) == ("y", "sometime")
    assert "latest_begin" not in edge


def test_a_bound_that_one_statement_lacks_stays_open() -> None:
    network = made(("t", "a"), ("t", "b"))
    network.edges["t", "a", "s0"].update(latest_begin="2016-02-01", latest_end="2016-12-31")
    edge = one_mode(network, "objects").edges["a", "b", "t"]
    assert "latest_begin" not in edge
    assert edge["latest_end"] == "2016-12-31"


def test_who_shares_at_different_times_is_told() -> None:
    network = made(("t", "a"), ("t", "b"), ("t", "c"))
    network.edges["t", "a", "s0"]["latest_end"] = "2015-12-31"
    network.edges["t", "b", "s1"]["earliest_begin"] = "2016-01-01"
    found = one_mode(network, "objects")
    assert found.edges["a", "b", "t"]["apart"] is True
    assert "latest_end" not in found.edges["a", "b", "t"]
    assert found.edges["a", "c", "t"]["latest_end"] == "2015-12-31"
    assert found.graph["apart"] == 1


def test_family_place_and_held() -> None:
    network = made(("t", "a"), ("t", "b"), ("t", "c"), family="negotiation", place="homs")
    network.edges["t", "c", "s2"].update(family="command", place="waer")
    for key, node, held in (
        ("s0", "a", "certain"),
        ("s1", "b", "certain"),
        ("s2", "c", "possible"),
    ):
        network.edges["t", node, key]["held"] = held
    found = one_mode(network, "objects")
    assert found.edges["a", "b", "t"]["held"] == "certain"
    assert found.edges["a", "b", "t"]["place"] == "homs"
    assert found.edges["a", "c", "t"]["held"] == "possible"
    assert found.edges["a", "c", "t"]["family"] == "negotiation"
    assert "place" not in found.edges["a", "c", "t"]


def test_nothing_shared_and_wrong_words() -> None:
    assert len(one_mode(nx.MultiDiGraph(), "objects")) == 0
    lone = one_mode(made(("t", "a"), ("u", "b")), "objects", "newman")
    assert (len(lone), lone.number_of_edges()) == (2, 0)
    with pytest.raises(UsageError, match="no side"):
        one_mode(made(("t", "a")), "actors")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="no weighting"):
        one_mode(made(("t", "a")), "objects", "opsahl")  # type: ignore[arg-type]
