"""Camps and phases: who stands where is what the graph answers, and keys lead through them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from graph.network.camps import camps
from graph.network.projection import network
from graph.read.select import select

from .test_hands import faults_by_axe

if TYPE_CHECKING:
    from graph.read.select import Graph

    from .view import View

BEARING = """
SELECT DISTINCT ?subject ?object ?how WHERE {
  ?statement a hud:Statement ; rdf:subject ?subject ; rdf:object ?object ;
    rdf:predicate ?predicate ; hud:status kind:accepted .
  ?predicate hud:camp ?how .
}
"""
SHOWN = """() => [...document.querySelectorAll('#camps [data-chip]')].map(one => [
  one.dataset.chip, one.getAttribute('aria-label')])"""
PLACES = """() => [...document.querySelectorAll('#camps .chip path')].map(
  one => one.getAttribute('d'))"""


def _camps(graph: Graph) -> dict[str, str]:
    """Return for each actor with ties the head of its camp, ``between``, or nothing.

    A second way to the same: heads spread backwards along ties until nothing changes.
    """
    rows = select(graph.store, BEARING).named(graph)
    actors = set(
        network(graph, "actors", status=("accepted", "contested", "alleged", "judgement", "open"))
    )
    sided = {(r["subject"], r["object"]) for r in rows if r["how"].endswith("takesSide")}
    parts = {(r["subject"], r["object"]) for r in rows if r["how"].endswith("belongs")}
    ties = set(network(graph, "actors").edges())
    joined = (sided | parts) & ties
    leaves = {a for a, _ in joined}
    ends = {b for _, b in joined} - leaves
    heads: dict[str, set[str]] = {end: {end} for end in ends}
    for _ in joined:
        for one, other in joined:
            heads.setdefault(one, set()).update(heads.get(other, set()))
    sided &= joined
    sides = {head for _, b in sided for head in heads.get(b, {b})}
    going = {(r["subject"], r["object"]) for r in rows if r["how"].endswith("goesBetween")}
    goers = {one if (one, other) in ties else other for one, other in going} & actors
    found = {}
    for actor in actors:
        every = heads.get(actor, set())
        own = every & sides or every
        several = len(own) > 1
        between = actor in goers or (several and own <= sides)
        found[actor] = "between" if between else "" if several else "".join(own)
    sizes = list(found.values())
    return {
        actor: camp if camp == "between" or sizes.count(camp) >= (2 if camp in sides else 3) else ""
        for actor, camp in found.items()
    }


def test_who_stands_where_is_what_the_graph_answers(view: View, graph: Graph) -> None:
    view.go("show=camps")
    asked = _camps(graph)
    told = dict(view.page.evaluate(SHOWN))
    assert told.keys() == asked.keys()
    assert any(camp not in ("", "between") for camp in asked.values())
    for actor, camp in asked.items():
        words = (
            "between camps" if camp == "between" else graph.label(camp) if camp else "in no camp"
        )
        assert told[actor].endswith(words) or (
            not camp and "in no camp; not accepted" in told[actor]
        )


def test_the_brief_has_the_camps_of_the_page(view: View, graph: Graph) -> None:
    found = camps(graph)
    home = {actor: one.id for one in found.camps for actor in one.members}
    home |= dict.fromkeys(found.between, "between")
    assert home == {actor: camp for actor, camp in _camps(graph).items() if camp}
    view.go("show=camps")
    boxes = view.at("#camps .region:not(.between, .outside) > text").all_text_contents()
    assert boxes == [f"{graph.label(one.id)} ({len(one.members)})" for one in found.camps]


def test_a_phase_is_a_span_and_everybody_stays_in_place(view: View) -> None:
    view.go("show=camps")
    places = view.page.evaluate(PLACES)
    phase = view.at("#phases .phase").first
    phase.click()
    during = str(phase.get_attribute("data-during"))
    assert f"during={during}" in view.fragment
    expect(phase).to_have_attribute("aria-pressed", "true")
    assert view.page.evaluate(PLACES) == places
    phase.click()
    assert "during" not in view.fragment


def test_keys_go_from_name_to_name_and_open_the_evidence(view: View) -> None:
    view.go("show=camps")
    keys = view.page.keyboard
    stop = view.at("#camps [data-chip][tabindex='0']")
    expect(stop).to_have_count(1)
    stop.focus()
    first = view.focused()
    keys.press("ArrowDown")
    assert view.focused() != first
    actor = str(view.focused()).removeprefix("camp-")
    keys.press("Enter")
    assert f"sel={actor}" in view.fragment
    assert not faults_by_axe(view)
    assert not view.faults
