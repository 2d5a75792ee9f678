"""What followed what: the panel tells what the command finds, by keys and on a telephone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import miniature
import pytest
from playwright.sync_api import expect

from graph.analysis.sequences.sequence import sequence
from graph.read.select import Graph

from .test_hands import faults_by_axe
from .view import NARROW, View, page_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from miniature import Judged
    from playwright.sync_api import BrowserContext


@pytest.fixture(scope="module")
def judged_sequel(tmp_path_factory: pytest.TempPathFactory) -> Judged:
    return miniature.judged(miniature.sequel(tmp_path_factory.mktemp("sequel")))


@pytest.fixture(scope="module")
def file(judged_sequel: Judged, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return page_in(tmp_path_factory.mktemp("page"), judged_sequel)


@pytest.fixture
def shown(context: Callable[..., BrowserContext], file: Path) -> Iterator[View]:
    view = View(context(color_scheme="light"), file)
    yield view
    assert not view.faults
    view.page.close()


def test_a_sequence_is_opened_read_and_left(shown: View, judged_sequel: Judged) -> None:
    graph = Graph(judged_sequel[1], judged_sequel[0].id)
    found = sequence(graph, "bombing-halt")
    shown.at("#tab-sequences").click()
    shown.at("#sequence-bombing-halt").focus()
    shown.page.keyboard.press("Enter")
    assert "followed=bombing-halt" in shown.fragment
    assert shown.focused() == "sequence-bombing-halt"
    first = shown.at("#panel-sequences .question").first
    expect(first.locator("#sequence-bombing-halt")).to_have_attribute("aria-expanded", "true")
    for one in found.counted.instances:
        box = first.locator(f"[data-trigger='{one.trigger.statement}']")
        row = box.locator(f"[data-outcome='{one.outcome.statement}']")
        expect(row).to_have_class(f"then-{one.strength}")
        for link in one.links:
            expect(row.locator(f"[data-statement='{link.statement}']")).to_be_visible()
    for words in found.cautions:
        expect(first).to_contain_text(words)
    assert not faults_by_axe(shown)
    first.locator(".opener[data-statement]").first.click()
    expect(shown.evidence().locator("h2")).to_contain_text("Statement")
    shown.back()
    expect(first).to_contain_text(found.title)
    shown.back()
    assert "followed" not in shown.fragment
    shown.go("panel=sequences&followed=nothing")
    expect(shown.at("#panel-sequences .chosen")).to_have_count(0)


def test_what_is_disputed_counts_only_where_it_is_asked_for(
    shown: View, judged_sequel: Judged
) -> None:
    graph = Graph(judged_sequel[1], judged_sequel[0].id)
    found = sequence(graph, "truce-relief")
    assert len(found.shown.instances) > len(found.counted.instances)
    shown.go("panel=sequences&followed=truce-relief")
    rows = shown.at("#panel-sequences .chosen [data-outcome]")
    assert rows.count() == len(found.counted.instances)
    shown.at("#sequence-status").click()
    assert rows.count() == len(found.shown.instances)
    expect(rows.first.locator(".status")).not_to_have_text("accepted")
    assert shown.focused() == "sequence-status"
    shown.at("#sequence-status").click()
    assert rows.count() == len(found.counted.instances)


@pytest.mark.landing
def test_it_is_found_by_what_it_looks_for_also_on_a_telephone(
    context: Callable[..., BrowserContext], file: Path
) -> None:
    narrow = View(context(NARROW, has_touch=True), file)
    assert any("what followed what" in row for row in narrow.search("bombing halts talks"))
    narrow.page.keyboard.press("Enter")
    expect(narrow.at("#panel-sequences .chosen")).to_be_in_viewport()
    assert narrow.page.evaluate("() => document.documentElement.scrollWidth") <= NARROW[0]
    assert not faults_by_axe(narrow)
    assert not narrow.faults
    narrow.page.close()
