"""What the page draws and lists is what the projections of the graph answer."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from graph.network.projection import STATUSES, network

if TYPE_CHECKING:
    from graph.read.select import Graph

    from .view import View

SHOWN = tuple(status for status in STATUSES if status != "rejected")
EVERY = "no-status=none"
VIEWS: dict[str, dict[str, Any]] = {
    "": {"status": SHOWN},
    EVERY: {"status": STATUSES},
    f"world=voice:waer-residents&{EVERY}": {"voice": "waer-residents"},
    f"world=voice:homs-loyalists&{EVERY}": {"voice": "homs-loyalists"},
    f"world=voice:s2-authors&{EVERY}": {"voice": "s2-authors"},
    "on=2015-12-20": {"on": "2015-12-20", "status": SHOWN},
    "on=2016-09-01": {"on": "2016-09-01", "status": SHOWN},
    f"world=voice:waer-residents&on=2016-09-01&{EVERY}": {
        "voice": "waer-residents",
        "on": "2016-09-01",
    },
    "world=agreed": {"status": ("accepted",)},
    "world=alleged": {"status": ("alleged",)},
    "no-status=alleged,contested,judgement,open,rejected": {"status": ("accepted",)},
}


def _chosen(options: dict[str, Any]) -> dict[str, Any]:
    """Return what to ask the network for: every status, unless a voice decides."""
    return options if options.get("voice") else {"status": STATUSES, **options}


def asked(
    graph: Graph,
    projections: tuple[str, ...] = ("ties", "participation"),
    **options: Any,  # noqa: ANN401
) -> tuple[dict[str, str], Counter[tuple[str, ...]]]:
    """Return statements with how surely they held, and the same as rows of a table."""
    held: dict[str, str] = {}
    rows: Counter[tuple[str, ...]] = Counter()
    for projection in projections:
        made = network(graph, projection, **_chosen(options))
        for subject, target, key, data in made.edges(keys=True, data=True):
            if key in held:
                continue
            held[key] = data.get("held", "")
            ends = [made.nodes[end]["label"] for end in (subject, target)]
            rows[ends[0], data["label"], ends[1], data["status"]] += 1
    return held, rows


@pytest.mark.homs
@pytest.mark.parametrize("fragment", VIEWS)
def test_drawing_and_table_show_what_the_graph_answers(
    homs: View, graph: Graph, fragment: str
) -> None:
    held, rows = asked(graph, **VIEWS[fragment])
    assert held
    homs.go(fragment)
    assert homs.drawn() == held
    homs.at("#show-table").click()
    assert homs.rows() == rows


@pytest.mark.parametrize("projection", ["ties", "participation"])
def test_ties_and_roles_by_themselves(homs: View, graph: Graph, projection: str) -> None:
    homs.at("#projection").select_option(projection)
    assert homs.drawn() == asked(graph, (projection,), status=SHOWN)[0]


@pytest.mark.homs
def test_a_world_is_right_without_touching_a_filter(homs: View, graph: Graph) -> None:
    for voice in ("waer-residents", "homs-loyalists"):
        homs.go()
        homs.at("#world").select_option(f"voice:{voice}")
        assert set(homs.drawn()) == set(asked(graph, voice=voice)[0])


@pytest.mark.homs
def test_two_worlds_side_by_side(homs: View, graph: Graph) -> None:
    first, second = (asked(graph, voice=v)[0] for v in ("waer-residents", "homs-loyalists"))
    homs.go(f"world=voice:waer-residents&vs=voice:homs-loyalists&{EVERY}")
    assert [homs.drawn(0), homs.drawn(1)] == [first, second]
    homs.at("#tab-differences").click()
    listed = homs.at("#panel-differences [data-statement]").evaluate_all(
        "found => found.map(one => one.dataset.statement)"
    )
    assert sorted(listed) == sorted(set(first) ^ set(second))
    assert listed


def test_two_days_side_by_side(homs: View, graph: Graph) -> None:
    homs.go("on=2015-12-20&vs=all&vson=2016-09-01")
    days = [asked(graph, on=day, status=SHOWN)[0] for day in ("2015-12-20", "2016-09-01")]
    assert [homs.drawn(0), homs.drawn(1)] == days
    assert set(days[0]) != set(days[1])


def test_only_what_is_certain(homs: View, graph: Graph) -> None:
    homs.go("on=2016-09-01")
    homs.at("#certain-only").check()
    held = asked(graph, on="2016-09-01", status=SHOWN)[0]
    assert set(homs.drawn()) == {key for key, how in held.items() if how == "certain"}
