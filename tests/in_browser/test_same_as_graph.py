"""What the page draws and lists is what the projections of the graph answer."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from test_together import BOTH, two  # noqa: F401 - a fixture

from graph.build.case import open_build
from graph.model import DENYING, Claim
from graph.network.projection import STATUSES, network
from graph.read.select import Graph

from .view import View, page_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from miniature import Judged
    from playwright.sync_api import BrowserContext

SHOWN = tuple(status for status in STATUSES if status != "rejected")
EVERY = "no-status=none"
ALL = "projection=both"
VIEWS: dict[str, dict[str, Any]] = {
    ALL: {"status": SHOWN},
    EVERY: {"status": STATUSES},
    f"world=voice:nikol-pashinyan&{EVERY}": {"voice": "nikol-pashinyan"},
    f"world=voice:ilham-aliyev&{EVERY}": {"voice": "ilham-aliyev"},
    f"world=voice:wikipedia-contributors&{EVERY}": {"voice": "wikipedia-contributors"},
    "on=2020-10-10": {"on": "2020-10-10", "status": SHOWN},
    "on=2020-11-20": {"on": "2020-11-20", "status": SHOWN},
    f"world=voice:nikol-pashinyan&on=2020-11-20&{EVERY}": {
        "voice": "nikol-pashinyan",
        "on": "2020-11-20",
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
            ends = [graph.label(end) for end in (subject, target)]
            rows[ends[0], data["label"], ends[1], data["status"]] += 1
    return held, rows


@pytest.mark.some(3)
@pytest.mark.parametrize("fragment", VIEWS)
def test_drawing_and_table_show_what_the_graph_answers(
    view: View, graph: Graph, fragment: str
) -> None:
    held, rows = asked(graph, **VIEWS[fragment])
    assert held
    view.go(fragment)
    assert view.drawn() == held
    view.at("#show-table").click()
    assert view.rows() == rows


@pytest.mark.landing
@pytest.mark.parametrize("name", ["example", "judged"])
def test_the_page_of_any_case_shows_what_its_graph_answers(
    name: str,
    request: pytest.FixtureRequest,
    context: Callable[..., BrowserContext],
    tmp_path: Path,
) -> None:
    """The miniature case has what is rejected, and what somebody denies that is accepted."""
    of: Judged = request.getfixturevalue(name)
    graph, made = Graph(of[1], of[0].id), View(context(), page_in(tmp_path, of))
    denying = {claim.voice for claim in graph.records(Claim) if claim.stance in DENYING}
    worlds = {f"world=voice:{voice}&{EVERY}": {"voice": voice} for voice in sorted(denying)}
    for fragment, options in ({ALL: VIEWS[ALL], EVERY: VIEWS[EVERY]} | worlds).items():
        held, rows = asked(graph, **options)
        assert held
        made.go(fragment)
        assert made.drawn() == held
        made.at("#show-table").click()
        assert made.rows() == rows
    assert not made.faults


@pytest.mark.landing
def test_a_page_of_two_cases_shows_what_both_answer(
    two: Path,  # noqa: F811 - a fixture
    context: Callable[..., BrowserContext],
) -> None:
    both = open_build(BOTH, two / "public")
    file = two / "index.html"
    file.write_text(both.view().text(), "utf-8")
    made = View(context(accept_downloads=True), file)
    world = "world=voice:weir:town-council"
    views = {ALL: VIEWS[ALL], f"{world}&{EVERY}": {"voice": "weir:town-council"}}
    for fragment, options in views.items():
        held, rows = asked(both.graph, **options)
        made.go(fragment)
        assert made.drawn() == held
        made.at("#show-table").click()
        assert made.rows() == rows
    made.go(f"sel=weir:siege-of-mill-town&no-source=mill:courier-2020&{world}")
    assert made.drawn().keys() < asked(both.graph, voice="weir:town-council")[0].keys()
    told = " ".join(made.evidence().inner_text().split())
    assert "River Guard besieges Mill Town (weir)" in told
    assert "Case weir" in told
    made.at("#more summary").click()
    with made.page.expect_download() as waited:
        made.at("#save-svg").click()
    assert waited.value.suggested_filename == "mill+weir-voice-weir-town-council.svg"
    assert not made.faults


def test_it_opens_with_ties_between_actors_and_all_else_is_a_step_away(
    view: View, graph: Graph
) -> None:
    ties = asked(graph, ("actors",), status=SHOWN)[0]
    every = asked(graph, status=SHOWN)[0]
    view.go()
    assert view.drawn() == ties
    left = f"{len(every) - len(ties)} other lines left out"
    expect(view.at("#caption-1")).to_contain_text(f"only ties between actors, {left}")
    view.at("#more-lines").click()
    assert view.drawn() == every
    assert view.fragment == ALL
    view.at("#more-lines").click()
    assert view.fragment == "show=drawing"


@pytest.mark.some(3)
@pytest.mark.parametrize("projection", ["actors", "ties", "participation"])
def test_ties_and_roles_by_themselves(view: View, graph: Graph, projection: str) -> None:
    view.go(ALL)
    view.at("#projection").select_option(projection)
    assert view.drawn() == asked(graph, (projection,), status=SHOWN)[0]


def test_a_world_is_right_without_touching_a_filter(view: View, graph: Graph) -> None:
    for voice in ("nikol-pashinyan", "ilham-aliyev"):
        view.go(ALL)
        view.at("#world").select_option(f"voice:{voice}")
        assert set(view.drawn()) == set(asked(graph, voice=voice)[0])


def test_two_worlds_side_by_side(view: View, graph: Graph) -> None:
    first, second = (asked(graph, voice=v)[0] for v in ("nikol-pashinyan", "ilham-aliyev"))
    view.go(f"world=voice:nikol-pashinyan&vs=voice:ilham-aliyev&{EVERY}")
    assert [view.drawn(0), view.drawn(1)] == [first, second]
    view.at("#tab-differences").click()
    listed = view.at("#panel-differences [data-statement]").evaluate_all(
        "found => found.map(one => one.dataset.statement)"
    )
    assert sorted(listed) == sorted(set(first) ^ set(second))
    assert listed


def test_two_days_side_by_side(view: View, graph: Graph) -> None:
    view.go("on=2020-10-10&vs=all&vson=2020-11-20")
    days = [asked(graph, on=day, status=SHOWN)[0] for day in ("2020-10-10", "2020-11-20")]
    assert [view.drawn(0), view.drawn(1)] == days
    assert set(days[0]) != set(days[1])


def test_only_what_is_certain(view: View, graph: Graph) -> None:
    view.go("on=2020-11-20")
    view.at("#held").select_option("certain")
    held = asked(graph, on="2020-11-20", status=SHOWN)[0]
    assert set(view.drawn()) == {key for key, how in held.items() if how == "certain"}
