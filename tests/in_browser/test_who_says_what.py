"""Who says what: cells are what the query of that name answers, and keys go through them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from graph.model import Question
from graph.query.named import bound, named_queries
from graph.query.parameters import QUERIES
from graph.read.select import Graph, select

from .test_hands import faults_by_axe

if TYPE_CHECKING:
    from miniature import Judged

    from .view import View

_CELLS = """() => [...document.querySelectorAll('#says tbody tr')].flatMap(row => {
  const question = row.querySelector('th button').textContent;
  const named = [...row.children].filter(cell => cell.dataset.voice);
  return named.flatMap(cell => [...cell.querySelectorAll('.saying')].flatMap(one =>
    one.dataset.stances.split(' ').map(stance =>
      [question, cell.dataset.voice, stance, one.dataset.statement])));
})"""
# The first buttons of cells to which the keyboard did not come.
_UNSEEN = """() => [...document.querySelectorAll('#says th, #says td')]
  .map(cell => cell.querySelector('button')).filter(one => one && !one.dataset.seen)
  .map(one => one.textContent)"""
_HEARSAY = "Hearsay"


def _asked(graph: Graph) -> set[tuple[str, ...]]:
    """Return question, voice, stance and statement of all that the query answers."""
    query = named_queries([QUERIES])["who-says"]
    found: set[tuple[str, ...]] = set()
    for question in graph.records(Question):
        for row in select(graph.store, bound(query, {"question": question.id}, graph)).named(graph):
            unnamed = graph.narrowest(graph.thing(row["voice"])) == _HEARSAY
            voice = "Reportedly" if unnamed else graph.label(row["voice"])
            found.add((graph.label(question.id), voice, row["stance"], row["statement"]))
    return found


def _columns(view: View) -> list[str]:
    return view.at("#says thead th").all_text_contents()


def test_cells_are_what_the_query_answers(view: View, graph: Graph) -> None:
    view.go("show=says&asked=all")
    cells = [tuple(cell) for cell in view.page.evaluate(_CELLS)]
    assert len(cells) == len(set(cells))
    assert set(cells) == _asked(graph) != set()
    view.go("show=says")
    shared = {tuple(cell) for cell in view.page.evaluate(_CELLS)}
    voices = {question: {v for q, v, *_ in cells if q == question} for question, *_ in cells}
    assert shared == {cell for cell in cells if len(voices[cell[0]]) > 1}
    assert len(_columns(view)) == 1 + len({voice for _, voice, *_ in shared})


def test_it_is_one_stop_of_tab_opens_evidence_and_back_takes_it_back(
    mill: View, example: Judged
) -> None:
    graph = Graph(example[1], example[0].id)
    mill.go()
    mill.at("#show-says").click()
    mill.at("#says-all").check()
    assert {tuple(cell) for cell in mill.page.evaluate(_CELLS)} == _asked(graph)
    assert not faults_by_axe(mill)
    assert mill.at("#says button[tabindex='0']").count() == 1
    mill.at("#says-all").focus()
    keys = mill.page.keyboard
    keys.press("Tab")
    keys.press("Control+Home")
    for _ in range(mill.at("#says tr").count()):
        keys.press("Home")
        for _ in range(mill.at("#says thead th").count()):
            mill.page.evaluate("() => (document.activeElement.dataset.seen = '1')")
            keys.press("ArrowRight")
        keys.press("Home")
        keys.press("ArrowDown")
    assert not mill.page.evaluate(_UNSEEN)
    clash = mill.at("#says .saying.disputed").first
    expect(clash).to_contain_text("≠")
    clash.focus()
    statement = clash.get_attribute("data-statement")
    keys.press("Enter")
    assert f"sel={statement}" in mill.fragment
    expect(mill.evidence()).to_be_focused()
    mill.back()
    mill.back()
    expect(mill.at("#says-view")).to_be_hidden()
    assert "show=" not in mill.fragment
