"""Evidence: what a click tells, what can be taken along, and where a link leads."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from graph.read.date_words import date_in_words

from .view import View

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext

    from graph.model import Statement
    from graph.read.select import Graph

LINK = "https://www.al-monitor.com/pulse/security/2014/05/syria-homs-deal-turning-point-crisis.html"
JUDGED = "s1-deal-latakia"


@pytest.fixture(scope="module")
def contested(graph: Graph) -> Statement:
    """A contested statement with several claims on it."""
    every = map(graph.statement, graph.ids("Statement"))
    return next(one for one in every if one.status == "contested" and len(one.claims) > 1)


def test_a_statement_shows_status_why_and_claims(homs: View, contested: Statement) -> None:
    homs.go(f"sel={contested.id}")
    panel = homs.evidence()
    expect(panel.locator(".why")).to_contain_text("by rule")
    claims = panel.locator("article.claim")
    expect(claims).to_have_count(len(contested.claims))
    for text in claims.all_text_contents():
        assert re.search(r"sentences? [0-9]+\.[0-9]+", text), text
        assert re.search(r"certain|probable|possible|not told|unspecified", text), text
    assert all(claims.locator(".stance").all_text_contents())
    address = claims.first.locator("a")
    expect(address).to_have_attribute("href", re.compile("^https://warontherocks.com/"))
    expect(address).to_have_attribute("rel", re.compile("noopener"))
    expect(panel.locator("article.claim").first.locator("button").first).to_be_visible()


def test_every_field_of_a_statement_is_shown(homs: View, graph: Graph) -> None:
    every = map(graph.statement, graph.ids("Statement"))
    one = next(one for one in every if one.begins and one.ends and one.begins != one.ends)
    homs.go(f"sel={one.id}")
    told = " ".join(homs.evidence().inner_text().split())
    assert f"Begins {date_in_words(one.begins)} Ends {date_in_words(one.ends)}" in told


@pytest.mark.homs
def test_a_verdict_gives_its_reason(homs: View) -> None:
    homs.go(f"sel={JUDGED}")
    why = homs.evidence().locator(".why")
    expect(why).to_contain_text("a verdict")
    expect(why).to_contain_text("The wording is probably a slip")
    expect(homs.evidence().locator(f'a[href="{LINK}"]').first).to_be_visible()


@pytest.mark.homs
def test_a_node_is_opened_in_the_drawing(homs: View) -> None:
    homs.go("near=waer-rebels~1")
    place = homs.place("waer-rebels")
    homs.at("#drawing-1 canvas").first.click(position={"x": place["x"], "y": place["y"]})
    expect(homs.evidence().locator("dl")).to_contain_text("waer-rebels")
    assert "sel=waer-rebels" in homs.fragment


def test_something_is_drawn(homs: View) -> None:
    colours = homs.page.evaluate(
        """() => new Promise(done => requestAnimationFrame(() => {
          const canvas = document.querySelector('#drawing-1 canvas');
          const { width, height } = canvas;
          const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
          const found = new Set();
          for (let i = 0; i < data.length; i += 40) found.add(data.slice(i, i + 3).join());
          done(found.size);
        }))"""
    )
    assert colours > 20


def test_a_citation_is_copied_whole(
    context: Callable[..., BrowserContext], homs: View, contested: Statement
) -> None:
    del context
    homs.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    homs.go(f"sel={contested.id}")
    homs.at("#cite").click()
    expect(homs.at("#said")).to_have_text("Copied.")
    copied: str = homs.page.evaluate("() => navigator.clipboard.readText()")
    assert "[contested]" in copied
    assert "https://warontherocks.com/" in copied
    assert re.search(r"sentences? [0-9]+\.[0-9]+", copied)
    assert f"statement {contested.id}" in copied


@pytest.mark.homs
def test_where_copying_is_not_allowed_the_text_is_shown(homs: View) -> None:
    homs.page.context.clear_permissions()
    homs.go("sel=bombings-by-isil")
    homs.page.evaluate(
        """() => Object.defineProperty(navigator, 'clipboard', { configurable: true,
          value: { writeText: () => Promise.reject(new Error('no')) } })"""
    )
    homs.at("#cite").click()
    shown = homs.at("#panel-evidence textarea")
    expect(shown).to_have_value(re.compile("statement bombings-by-isil"))
    homs.page.evaluate("() => delete navigator.clipboard")


@pytest.mark.homs
def test_a_link_leads_back_to_the_view(homs: View) -> None:
    fragment = (
        "sel=bombings-by-isil&world=voice:waer-residents&on=2016-09-01&vs=voice:homs-loyalists"
        "&vson=2016-10-01&span=2016-01-01/2016-12-31&label=ar&colour=family&panel=differences"
        "&no-family=violence"
    )
    homs.go(fragment)
    assert homs.fragment == fragment
    opened = View(homs.page.context, _file(homs), fragment)
    expect(opened.at("#second")).to_be_visible()
    assert opened.fragment == fragment
    assert [opened.drawn(0), opened.drawn(1)] == [homs.drawn(0), homs.drawn(1)]
    expect(opened.at("#world")).to_have_value("voice:waer-residents")
    expect(opened.at("#world-2")).to_have_value("voice:homs-loyalists")
    expect(opened.at("#day")).to_have_value("2016-09-01")
    expect(opened.at("#label")).to_have_value("ar")
    expect(opened.at("#tab-differences")).to_have_attribute("aria-selected", "true")
    expect(opened.at("#family-violence")).not_to_be_checked()
    opened.page.close()
    assert not opened.faults


def test_the_bare_id_of_a_statement_is_a_link(homs: View, contested: Statement) -> None:
    homs.go(contested.id)
    expect(homs.evidence()).to_contain_text(f"Claims ({len(contested.claims)})")


@pytest.mark.parametrize("fragment", ["%%%", "sel=nobody&world=voice:nobody&on=x&near=~~", "=&=&&"])
def test_a_broken_link_shows_the_usual_page(homs: View, fragment: str) -> None:
    usual = homs.drawn()
    homs.go(fragment)
    assert homs.drawn() == usual


def _file(view: View) -> Path:
    return Path(view.address.removeprefix("file://"))
