"""The storyline: the bars are what the graph answers, and keys lead along them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from graph.read.select import select

from .test_hands import faults_by_axe
from .test_same_as_graph import asked

if TYPE_CHECKING:
    from graph.read.select import Graph

    from .view import View

DATED = """
SELECT DISTINCT ?statement ?lane WHERE {
  ?statement a hud:Statement ; rdf:subject ?thing ; hud:status ?status ; hud:orderKey ?at ;
    rdf:predicate ?predicate .
  VALUES ?predicate { hud:occurred hud:concluded }
  VALUES ?status { STATUSES }
  OPTIONAL { ?thing a ?class . ?class hud:lane ?ofClass }
  OPTIONAL { ?thing hud:kind ?kind . ?kind hud:lane ?ofKind }
  BIND (COALESCE(?ofClass, ?ofKind) AS ?lane)
}
"""
BARS = """() => Object.fromEntries([...document.querySelectorAll('#story [data-bar]')].map(bar => {
  const { data } = hudna.app;
  const id = bar.dataset.bar;
  return [id, data.nodes.get(data.statements.get(id).s).lane];
}))"""
WHOLE = "span=1900-01-01/2100-01-01"
SHOWN = ("accepted", "contested", "alleged", "judgement", "open")


def _asked(graph: Graph, *statuses: str) -> dict[str, set[str]]:
    """Return the dated statements on events and agreements, each with the lanes that fit."""
    query = DATED.replace("STATUSES", " ".join(f"kind:{one}" for one in statuses))
    found: dict[str, set[str]] = {}
    for row in select(graph.store, query).named(graph):
        found.setdefault(row["statement"], set()).add(row["lane"])
    return found


def test_bars_are_what_the_graph_answers(view: View, graph: Graph) -> None:
    views = {
        "show=story": SHOWN,
        "show=story&world=agreed": ("accepted",),
        "show=story&on=2020-10-10": SHOWN,
        "show=story&no-status=accepted,rejected": SHOWN[1:],
    }
    for fragment, statuses in views.items():
        asked = _asked(graph, *statuses)
        assert asked
        view.go(f"{fragment}&{WHOLE}")
        while view.at("#story .more").filter(has_text="more").count():
            view.at("#story .more").filter(has_text="more").first.click()
        bars = view.page.evaluate(BARS)
        assert bars.keys() == asked.keys()
        expect(view.at("#story-count")).to_contain_text(f"{len(asked)} events and agreements")
        assert all(lane in asked[bar] for bar, lane in bars.items())


def test_a_span_drawn_out_over_it_narrows_drawing_and_table(view: View, graph: Graph) -> None:
    view.go("")
    box = view.at("#story svg").bounding_box()
    assert box
    mouse = view.page.mouse
    mouse.move(box["x"] + 0.5 * box["width"], box["y"] + 8)
    mouse.down()
    mouse.move(box["x"] + 0.6 * box["width"], box["y"] + 30, steps=4)
    mouse.up()
    assert view.at("#story .brush").count() == 1
    during = str(view.page.evaluate("() => hudna.app.state.during"))
    assert [view.at(f"#during-{end}").input_value() for end in ("from", "to")] == during.split("/")
    view.at("#show-drawing").click()
    ties = asked(graph, ("actors",), status=SHOWN, during=during)
    assert view.drawn() == ties[0] != asked(graph, ("actors",), status=SHOWN)[0]
    view.at("#show-table").click()
    assert view.rows() == ties[1]
    view.at("#during-off").click()
    assert "during" not in view.fragment
    view.go("")
    view.at("#story-span").click()
    assert view.focused() == "during-from"
    view.at("#during-to").fill("2020-10-10")
    assert "2020-10-10" in view.fragment
    box = view.at("#story svg").bounding_box()
    assert box
    mouse.click(box["x"] + 0.5 * box["width"], box["y"] + 8)
    assert "during" not in view.fragment


@pytest.mark.landing
def test_it_is_reached_and_left_and_led_by_keys(view: View) -> None:
    view.at("#show-story").click()
    assert view.fragment == "", "a page opens with it"
    expect(view.at("#strip")).to_be_hidden()
    expect(view.at("#drawings")).to_be_hidden()
    view.back()
    expect(view.at("#drawings")).to_be_visible()
    view.forward()
    expect(view.at("#drawings")).to_be_hidden()
    assert view.at("#story [data-bar][tabindex='0']").count() == 1
    first = view.at("#story [data-bar][tabindex='0']")
    first.focus()
    told = str(first.get_attribute("aria-label"))
    expect(view.at("#story-tip b")).to_have_text(told.split(". ", maxsplit=1)[0])
    begun = view.focused()
    view.page.keyboard.press("ArrowRight")
    second = view.focused()
    assert second != begun
    view.page.keyboard.press("ArrowLeft")
    assert view.focused() == begun
    lanes, begun = view.page.evaluate(BARS), begun.removeprefix("story-")
    view.page.keyboard.press("ArrowDown" if lanes[begun] == "talks" else "ArrowUp")
    assert lanes[view.focused().removeprefix("story-")] != lanes[begun]
    assert view.at("#story [data-bar][tabindex='0']").count() == 1
    view.page.keyboard.press("Enter")
    expect(view.evidence().locator("h2")).not_to_have_text("Evidence")
    assert view.at("#story .bar.chosen").count() >= 1
    assert not faults_by_axe(view)


TURNS = """
SELECT DISTINCT ?statement ?words WHERE {
  ?statement a hud:Statement ; rdf:predicate ?predicate ; rdf:object ?kind ; hud:status ?status .
  VALUES ?predicate { hud:stage hud:fulfilment }
  FILTER (?status != kind:rejected)
  ?kind skos:prefLabel ?words .
}
"""


def test_kinds_of_stages_stand_in_bars_and_in_a_legend(view: View, graph: Graph) -> None:
    view.go(f"show=story&{WHOLE}")
    known = {row["words"] for row in select(graph.store, TURNS).named(graph)}
    told = view.at("#story-kinds li")
    words = [text.split(" ", 1)[1] for text in told.all_inner_texts()]
    assert words
    assert set(words) <= known
    numbers = set(view.at("#story .numeral > text").all_text_contents())
    assert numbers
    assert numbers <= {str(number + 1) for number in range(len(words))}
    one = view.at("#story .bar:has(.numeral)").first
    number = int(str(one.locator(".numeral > text").first.text_content()))
    assert words[number - 1] in str(one.get_attribute("aria-label"))
    assert told.nth(number - 1).is_visible()


def test_the_legend_is_folded_on_a_telephone(narrow: View) -> None:
    narrow.go("show=story")
    expect(narrow.at("#story-kinds")).to_be_hidden()
    narrow.at("#story-legend summary").click()
    expect(narrow.at("#story-kinds li").first).to_be_visible()


LIT = "() => [...document.querySelectorAll('#story .bar.lit')].map(one => one.dataset.bar).sort()"
BELONGS = """(id) => {
  const { data } = hudna.app;
  const told = data.about.get(id).filter(one => one.status !== 'rejected');
  const ends = told.flatMap(one => [one.s, one.o]);
  const near = new Set(ends.map(end => data.nodes.get(end)?.part ?? end));
  return [...document.querySelectorAll('#story .bar')].map(one => one.dataset.bar)
    .filter(bar => near.has(data.statements.get(bar).s)).sort();
}"""


def test_what_belongs_to_an_actor_is_lit_and_what_is_under_the_pointer(view: View) -> None:
    view.go(f"show=story&{WHOLE}&sel=ilham-aliyev")
    lit = view.page.evaluate(LIT)
    assert lit == view.page.evaluate(BELONGS, "ilham-aliyev")
    assert 0 < len(lit) < view.at("#story .bar").count()
    view.go(f"show=story&{WHOLE}")
    assert view.page.evaluate(LIT) == []
    view.at("#story .arrow").first.dispatch_event("pointerover")
    assert len(view.page.evaluate(LIT)) == 2
    view.at("#story .arrow").first.dispatch_event("pointerout")
    assert view.page.evaluate(LIT) == []
    assert view.at("#story svg.lighting").count() == 0


def test_keys_go_along_arrows_to_their_ends(view: View) -> None:
    view.go(f"show=story&{WHOLE}")
    arrows = view.at("#story .arrow")
    assert arrows.count() > 0
    seen = []
    view.at("#story [tabindex='0']").focus()
    view.page.keyboard.press("Home")
    for _ in range(view.at("#story .bar, #story .arrow").count()):
        seen.append(view.focused())
        view.page.keyboard.press("ArrowRight")
    assert len(set(seen)) == len(seen)
    at = next(one for one in seen if one.startswith("story-arrow-"))
    view.page.keyboard.press("Home")
    while view.focused() != at:
        view.page.keyboard.press("ArrowRight")
    assert len(view.page.evaluate(LIT)) == 2
    ends = set(view.page.evaluate(LIT))
    assert {
        one.removeprefix("story-") for one in _pressed(view, at, "ArrowUp", "ArrowDown")
    } == ends
    view.at(f"#{at}").focus()
    view.page.keyboard.press("Enter")
    expect(view.evidence().locator("h2")).not_to_have_text("Evidence")


def _pressed(view: View, begun: str, *keys: str) -> set[str]:
    """Return where each key leads from a mark."""
    found = set()
    for key in keys:
        view.at(f"#{begun}").focus()
        view.page.keyboard.press(key)
        found.add(view.focused())
    return found
