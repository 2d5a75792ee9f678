"""The networks of a case in the hands of NetworkX: its own writers, and one edge for each pair."""

from __future__ import annotations

import contextlib
import inspect
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

import graph
from graph.analysis.centrality.two_mode import one_mode
from graph.errors import UsageError
from graph.export.gexf import gexf
from graph.model import SHOWN
from graph.network.projection import network, projections
from graph.read.rules import listed

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from graph.build.case import OpenedCase
    from graph.network.filters import Narrowing


@pytest.fixture
def mill(public: Path) -> OpenedCase:
    return graph.open("mill", public)


WRITERS: dict[str, tuple[Callable[..., None], Callable[..., Any]]] = {
    "gexf": (nx.write_gexf, nx.read_gexf),
    "graphml": (nx.write_graphml, nx.read_graphml),
    "gml": (nx.write_gml, nx.read_gml),
}


@pytest.mark.some(4)
@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("parallel", ["keep", "merge"])
@pytest.mark.parametrize("projection", projections())
def test_every_writer_of_networkx_takes_a_network(
    mill: OpenedCase, tmp_path: Path, projection: str, parallel: str, form: str
) -> None:
    """As it is; and what is read back has the same ends, signs, statuses and voices."""
    write, read = WRITERS[form]
    made = (
        mill.network(projection, status=SHOWN)
        if parallel == "keep"
        else mill.network(projection, parallel="merge", status=SHOWN)
    )
    write(made, tmp_path / "x")
    back = read(tmp_path / "x")
    wanted = ("predicate", "sign", "status", "voices")
    assert told(back, wanted) == told(made, wanted)
    assert {data["class"] for _, data in back.nodes(data=True)} == {
        data["class"] for _, data in made.nodes(data=True)
    }


def told(found: nx.DiGraph[str], names: tuple[str, ...]) -> list[tuple[object, ...]]:
    return sorted(
        (source, target, *(str(data.get(name)) for name in names))
        for source, target, data in found.edges(data=True)
    )


def test_a_list_is_a_text_that_can_be_taken_apart(mill: OpenedCase) -> None:
    kept = network(mill.graph, status=SHOWN)
    given = mill.network(status=SHOWN)
    assert any(len(data["voices"]) > 1 for *_, data in kept.edges(data=True))
    for source, target, key, data in kept.edges(keys=True, data=True):
        text = given.edges[source, target, key]["voices"]
        assert text == "; ".join(data["voices"])
        assert listed(text) == data["voices"]
    assert all(type(data["voices"]) is list for *_, data in kept.edges(data=True))


@pytest.mark.parametrize("make", [
    lambda found: b"".join(gexf(found, title="x")).partition(b"<edges>")[2],
    lambda found: {(a, b, k): (listed(data["voices"]), data["status"])
                   for a, b, k, data in one_mode(found, "subjects").edges(keys=True, data=True)},
])  # fmt: skip
def test_the_package_reads_the_texts_as_lists(
    mill: OpenedCase, make: Callable[[nx.MultiDiGraph[str]], object]
) -> None:
    joined, lists = (
        mill.network("participation", status=SHOWN),
        network(mill.graph, "participation", status=SHOWN),
    )
    assert make(joined) == make(lists)


def test_parallel_ties_are_one_edge(mill: OpenedCase) -> None:
    many = mill.network(status=SHOWN)
    one = mill.network(parallel="merge", status=SHOWN)
    assert type(one) is nx.DiGraph
    assert set(one.edges) == {(source, target) for source, target, _ in many.edges}
    assert one.number_of_edges() < many.number_of_edges()
    assert list(one.nodes(data=True)) == list(many.nodes(data=True))
    for source, target, data in one.edges(data=True):
        rows = many[source][target]
        signs = [row["sign"] for row in rows.values()]
        assert sorted(listed(data["statements"])) == sorted(rows)
        assert data["count"] == data["weight"] == len(rows)
        assert (data["positive"], data["negative"]) == (signs.count(1), signs.count(-1))
        assert data["sign"] == (signs[0] if len(set(signs)) == 1 else 0)
        assert set(listed(data["predicate"])) == {row["predicate"] for row in rows.values()}
        assert data["claims"] == sum(row["claims"] for row in rows.values())
        assert data["disputed"] == any(row["status"] != "accepted" for row in rows.values())


@pytest.mark.some(3)
@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("narrowing", [{"on": "2020-05-20"}, {"voice": "observers"}], ids=str)
def test_a_network_of_a_snapshot_is_that_of_the_case(
    mill: OpenedCase, tmp_path: Path, form: str, narrowing: Narrowing
) -> None:
    write, read = WRITERS[form]
    cut = mill.snapshot(**narrowing)
    for found, right in (
        (cut.network(), mill.network(**narrowing)),
        (cut.network("ties", parallel="merge"), mill.network(parallel="merge", **narrowing)),
    ):
        assert type(found) is type(right)
        assert found.adj == right.adj
        assert found.nodes == right.nodes
        write(found, tmp_path / "x")
        assert told(read(tmp_path / "x"), ("voices",)) == told(right, ("voices",)) != []
    with pytest.raises(UsageError, match="parallel"):
        cut.network(parallel="both")  # type: ignore[call-overload]


def test_recipe_is_a_second_name_of_projection_for_one_release(mill: OpenedCase) -> None:
    right = mill.network("participation")
    assert right.graph["projection"] == right.graph["recipe"] == "participation"
    old: Any = {"recipe": "participation"}
    cut = mill.snapshot()
    for call in (mill.network, mill.pyvis, mill.reach, mill.links, mill.two_mode, mill.backbone,
                 mill.view, mill.export, mill.how_sure, cut.network, cut.pyvis):  # fmt: skip
        taken = inspect.signature(call).parameters
        assert "projection" in taken
        assert "recipe" not in taken
        with told_once(), contextlib.suppress(UsageError, TypeError):
            call(**old)
        with told_once(), pytest.raises(TypeError, match="multiple values"):
            call(projection="ties", **old)
    with told_once():
        assert mill.network(**old).adj == right.adj
    with told_once():
        assert set(network(mill.graph, **old)) == set(right)


def told_once() -> AbstractContextManager[object]:
    return pytest.warns(DeprecationWarning, match="recipe is projection now")


def test_a_wrong_word_for_parallel_ties_is_told(mill: OpenedCase) -> None:
    with pytest.raises(UsageError, match='"keep" or "merge", not "sum"'):
        mill.network(parallel="sum")  # type: ignore[call-overload]


def test_kind_is_a_second_name_for_one_release(mill: OpenedCase) -> None:
    found = mill.network()
    assert all(data["kind"] == data["class"] for _, data in found.nodes(data=True))
    assert all(data["kind"] == data["predicate"] for *_, data in found.edges(data=True))
