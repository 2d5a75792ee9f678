"""Deal against deal, what is said on a clause, citations and the brief, by hand and by keys."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from graph.query.named import bound, named_queries
from graph.query.parameters import QUERIES
from graph.read.citations import citations
from graph.read.select import Graph, select

from .test_hands import faults_by_axe
from .view import NARROW, View, page_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import BrowserContext

_ROWS = """() => [...document.querySelectorAll('#deals tbody tr')].map(row => [
  row.dataset.change,
  ...[...row.querySelectorAll('td')].map(
    cell => cell.querySelector('[data-clause]')?.dataset.clause ?? ''),
])"""
_KEEP = """() => {
  window.copied = [];
  navigator.clipboard.writeText = text => { window.copied.push(text); return Promise.resolve(); };
}"""
_TAKE = "() => { delete navigator.clipboard.writeText; return window.copied; }"


def _asked(graph: Graph, name: str, **values: str) -> list[dict[str, str]]:
    query = named_queries([QUERIES])[name]
    return select(graph.store, bound(query, values, graph)).named(graph)


def test_deals_are_compared_as_the_query_tells_in_the_link_and_by_keys(
    view: View, graph: Graph
) -> None:
    view.go()
    view.at("#show-deals").click()
    first, second = (view.at(f"#deal-{n} option").evaluate_all("all => all.map(o => o.value)")
                     for n in (1, 2))  # fmt: skip
    assert first == second
    earlier, later = first[0], first[-1]
    view.at("#deal-1").select_option(earlier)
    view.at("#deal-2").select_option(later)
    rows = _asked(graph, "clause-changes", earlier=earlier, later=later)
    wanted = {(row["change"], row["clause"], row["successor"]) for row in rows}
    assert {tuple(row) for row in view.page.evaluate(_ROWS)} == wanted != set()
    assert f"deals={earlier}~{later}" in view.fragment
    assert not faults_by_axe(view)
    view.back()
    view.forward()
    assert {tuple(row) for row in view.page.evaluate(_ROWS)} == wanted
    cell = view.at("#deals .opener").first
    cell.focus()
    view.page.keyboard.press("Enter")
    statement = cell.get_attribute("data-statement")
    assert f"sel={statement}" in view.fragment
    expect(view.at("#panel-evidence h2")).to_contain_text("Statement")
    view.at("#deals-swap").click()
    assert f"deals={later}~{earlier}" in view.fragment


def test_a_link_to_what_is_no_deal_shows_the_usual_two(view: View) -> None:
    view.go("show=deals")
    usual = view.page.evaluate(_ROWS)
    view.go("show=deals&deals=nothing~ag-none")
    assert view.page.evaluate(_ROWS) == usual


def test_what_is_said_on_a_clause_is_one_click_from_it_and_can_be_copied(
    view: View, graph: Graph
) -> None:
    clause = view.page.evaluate(
        "() => [...hudna.app.data.nodes.values()].find(node => node.class === 'Clause').id"
    )
    view.go(f"sel={clause}")
    view.at("#panel-evidence .spoken").click()
    rows = _asked(graph, "said-on", clause=clause)
    wanted = list(dict.fromkeys(row["statement"] for row in rows))
    shown = view.at("#panel-evidence > .openers [data-statement]").evaluate_all(
        "all => all.map(one => one.dataset.statement)"
    )
    assert shown == wanted != []
    assert not faults_by_axe(view)
    view.page.evaluate(_KEEP)
    view.at("#panel-evidence #cite-all").click()
    assert view.page.evaluate(_TAKE) == [citations(graph, wanted)]


@pytest.mark.parametrize("fragment", ["show=table", "sel=armenia", "panel=questions"])
def test_all_that_is_shown_is_copied_as_citations(view: View, graph: Graph, fragment: str) -> None:
    view.go(fragment)
    if "questions" in fragment:
        view.at("#panel-questions .opener").first.click()
    view.page.evaluate(_KEEP)
    button = view.page.get_by_role("button", name=re.compile("Copy all as citations")).first
    count = int(re.search(r"\d+", button.inner_text())[0])  # type: ignore[index]
    button.click()
    [copied] = view.page.evaluate(_TAKE)
    ids = re.findall(r"^Hudna, case .*, statement (.*)\.$", copied, re.MULTILINE)
    assert len(ids) == count > 0
    assert copied == citations(graph, ids)


@pytest.mark.landing
def test_on_a_telephone_clauses_are_one_column(narrow: View) -> None:
    narrow.go("show=deals")
    boxes = [cell.bounding_box() for cell in narrow.at("#deals tbody tr").first.locator("td").all()]
    first, second = (box for box in boxes if box)
    assert second["y"] >= first["y"] + first["height"] - 1
    assert first["x"] + first["width"] <= NARROW[0]
    wide = narrow.page.evaluate("() => document.documentElement.scrollWidth")
    assert wide <= NARROW[0]
    narrow.go("show=brief")
    assert narrow.page.evaluate("() => document.documentElement.scrollWidth") <= NARROW[0]
    assert not faults_by_axe(narrow)


def test_the_brief_is_one_act_away_opens_what_it_tells_of_and_prints_alone(view: View) -> None:
    view.go()
    view.at("#show-brief").click()
    assert "show=brief" in view.fragment
    assert not faults_by_axe(view)
    head = view.at("#brief button").first
    head.focus()
    view.page.keyboard.press("Enter")
    assert "sel=" in view.fragment or "question=" in view.fragment
    view.page.evaluate(_KEEP)
    view.at("#brief-copy").click()
    [copied] = view.page.evaluate(_TAKE)
    assert head.inner_text() in copied
    view.page.emulate_media(media="print")
    for hidden in ("#panel", "header", "#controls", "#brief-tools"):
        expect(view.at(hidden)).to_be_hidden()
    expect(view.at("#brief .title")).to_be_visible()


@pytest.mark.landing
@pytest.mark.homs
def test_the_brief_of_homs_is_one_page_of_paper(
    context: Callable[..., BrowserContext], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    view = View(context(), page_in(tmp_path, request.getfixturevalue("judged")))
    view.go("show=brief")
    pdf = view.page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", pdf)) == 1
    view.page.close()
