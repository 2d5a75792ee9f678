"""What the page knows and how the browser chooses from it: the same as the graph answers."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import miniature
import pytest
from pages import asked

from graph.build.case import open_build
from graph.errors import UsageError
from graph.model import UNKNOWN
from graph.model.days import SHOWN_ON_A_DAY
from graph.network.projection import STATUSES, network
from graph.read.select import Graph
from graph.viewer.drawing import RULES
from graph.viewer.payload import Payload, payload

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from miniature import Judged


@pytest.fixture(scope="module")
def graph(judged: Judged) -> Graph:
    case, store = judged
    return Graph(store, case.id)


@pytest.fixture(scope="module")
def known(graph: Graph) -> Payload:
    return payload(graph)


def held_by(known: Payload) -> dict[str, Any]:
    """Return what a page holds that draws nothing."""
    return {**known, "drawn": {"by": "vis", "nodes": [], "edges": []}, "rules": RULES}


def _chosen(options: dict[str, Any]) -> dict[str, Any]:
    """Return what to ask the network for: every status, unless a voice decides."""
    return options if options.get("voice") else {"status": STATUSES, **options}


def in_graph(graph: Graph, **options: Any) -> dict[str, str]:  # noqa: ANN401
    """Return ties and roles by the projections, with how surely they held."""
    found: dict[str, str] = {}
    for projection in ("ties", "participation"):
        made = network(graph, projection, **_chosen(options))
        found |= {key: data.get("held", "") for *_, key, data in made.edges(keys=True, data=True)}
    return found


def in_page(known: Payload, views: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    answers = asked(held_by(known), *(("statements", view) for view in views))
    drawn = {key for key, one in known["statements"].items() if "draw" in one}
    return [{key: held for key, held in answer if key in drawn} for answer in answers]


# --- The payload


def alternatives_and_conditions(graph: Graph, name: str) -> tuple[str, ...]:
    """Return what a statement names on which nobody needs to make a claim."""
    one = graph.statement(name)
    return (*one.one_of, *one.condition)


def test_every_statement_has_its_claims(known: Payload, graph: Graph) -> None:
    named = {
        other
        for key, statement in known["statements"].items()
        if statement["claims"]
        for other in alternatives_and_conditions(graph, key)
    }
    silent = {key for key, statement in known["statements"].items() if not statement["claims"]}
    assert silent <= named, "nobody claims it, and nothing that somebody claims names it"
    assert len(silent) < len(known["statements"]) / 10
    for key, statement in known["statements"].items():
        assert len(statement["claims"]) == len(graph.statement(key).claims)
    for statement in known["statements"].values():
        for claim in statement["claims"]:
            assert claim["src"] in known["sources"]
            assert claim["by"] in known["nodes"]
            assert all(re.fullmatch(r"[0-9]+(\.[0-9]+)*", sentence) for sentence in claim["at"])


def test_what_may_be_drawn_is_what_the_projections_hold(known: Payload, graph: Graph) -> None:
    drawn = {key for key, statement in known["statements"].items() if "draw" in statement}
    assert drawn == set(in_graph(graph))


def test_the_unknown_is_no_node(known: Payload) -> None:
    assert UNKNOWN not in known["nodes"]
    unknown = [s for s in known["statements"].values() if UNKNOWN in (s["s"], s.get("o"))]
    assert unknown
    assert not [statement for statement in unknown if "draw" in statement]


def test_verdicts_carry_the_rule_and_the_reason(example: Judged) -> None:
    graph = Graph(example[1], miniature.CASE)
    judged = {key: s for key, s in payload(graph)["statements"].items() if "reason" in s}
    for key, one in judged.items():
        by_rule = graph.statement(key)
        verdict = by_rule.verdict
        assert verdict is not None
        assert (one["rule"], one["status"]) == (by_rule.status_by_rule, verdict.status)
        assert (one["reason"], one["judge"]) == (verdict.reason, verdict.judge)
    assert any(one["rule"] != one["status"] for one in judged.values())


def test_disputes_lead_to_claims(known: Payload) -> None:
    claims = {
        claim.get("id", f"{name}.{claim['by']}.{claim['st']}.{claim['src']}"): claim
        for name, statement in known["statements"].items()
        for claim in statement["claims"]
    }
    assert len(claims) == sum(len(s["claims"]) for s in known["statements"].values())
    disputed = [other for claim in claims.values() for other in claim.get("dis", ())]
    assert disputed
    assert set(disputed) <= set(claims)


def test_the_same_graph_gives_the_same_payload(known: Payload, graph: Graph) -> None:
    assert json.dumps(payload(graph)) == json.dumps(known)


# --- Worlds and days in the browser


def test_the_world_of_every_voice_is_that_of_the_graph(known: Payload, graph: Graph) -> None:
    spoken = sorted({c["by"] for s in known["statements"].values() for c in s["claims"]})
    voices = [voice for voice in spoken if known["nodes"][voice]["class"] != "Hearsay"]
    assert set(voices) < set(spoken)
    found = in_page(known, [{"world": f"voice:{voice}"} for voice in voices])
    assert found == [in_graph(graph, voice=voice) for voice in voices]


@pytest.mark.parametrize("status", ["accepted", "alleged"])
def test_what_all_agree_on_and_what_is_alleged(known: Payload, graph: Graph, status: str) -> None:
    world = {"accepted": "agreed", "alleged": "alleged"}[status]
    assert in_page(known, [{"world": world}]) == [in_graph(graph, status=[status])]


def test_what_held_on_a_day_is_what_the_graph_says(
    known: Payload, graph: Graph, days: Sequence[str]
) -> None:
    found = in_page(known, [{"world": "all", "on": day} for day in days])
    wanted = [in_graph(graph, on=day) for day in days]
    assert found == wanted
    assert {held for answer in wanted for held in answer.values()} == set(SHOWN_ON_A_DAY)


def test_a_fragment_is_read_as_it_was_written(example: Judged) -> None:
    known = payload(Graph(example[1], miniature.CASE))
    kept = [
        "",
        "sel=guns-at-the-ford",
        "world=voice:town-council&on=2020-05-20&vs=voice:river-guard&vson=2020-09-01",
        "near=ford~2&from=river-guard&to=ford&label=ar&show=table&panel=questions",
        "span=2015-01-01/2016-12-31&no-status=none&no-family=coercion,control",
    ]
    odd = ["guns-at-the-ford", "sel=%%%&world=voice:nobody&on=2016-13-45&label=x&near=x~9"]
    wanted = [*kept, "sel=guns-at-the-ford", ""]
    assert asked(held_by(known), *(("written", one) for one in [*kept, *odd])) == wanted


# --- Opening a page


def test_a_view_has_an_address(public: Path) -> None:
    case = open_build(miniature.CASE, public, miniature.DATA)
    assert case.view().address == (case.folder / "index.html").as_uri()
    assert case.view(on="2016-03-15", projection="ties").address.endswith(
        "#on=2016-03-15&projection=ties"
    )


def test_a_notebook_shows_the_page_in_a_frame(public: Path) -> None:
    shown = open_build(miniature.CASE, public, miniature.DATA).view(on="2016-03-15")
    frame = shown._repr_html_()
    assert frame.startswith("<iframe ")
    assert frame.count("<") == 2
    assert 'data-view="on=2016-03-15"' in shown.text()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"on": "2016-13-01"}, "no day"),
        ({"voice": "nobody-at-all"}, "nobody-at-all"),
        ({"projection": "tie"}, "ties"),
    ],
)
def test_a_wrong_view_is_told(public: Path, options: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        open_build(miniature.CASE, public, miniature.DATA).view(**options)
