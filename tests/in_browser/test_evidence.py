"""Evidence: what a click tells, what can be taken along, and where a link leads."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from graph.model import Source
from graph.network.projection import STATUSES, network
from graph.read.date_words import date_in_words

from .view import View

if TYPE_CHECKING:
    from collections.abc import Callable

    from miniature import Judged
    from playwright.sync_api import BrowserContext

    from graph.model import Statement
    from graph.read.select import Graph

JUDGED = "guard-at-the-ford"
CONTESTED = "azerbaijani-forces-attacks-armenian-civilians"


@pytest.fixture(scope="module")
def contested(graph: Graph) -> Statement:
    """A contested statement with several claims, each with a source that has an address."""
    online = {one.id for one in graph.records(Source) if one.url}
    every = (graph.statement(name) for name in graph.ids("Statement"))
    return next(
        one
        for one in every
        if one.status == "contested"
        and len(one.claims) > 1
        and online.issuperset(claim.source for claim in one.claims)
    )


def test_a_statement_shows_status_why_and_claims(view: View, contested: Statement) -> None:
    view.go(f"sel={contested.id}")
    panel = view.evidence()
    expect(panel.locator(".why")).to_contain_text("by rule")
    claims = panel.locator("article.claim")
    expect(claims).to_have_count(len(contested.claims))
    for text in claims.all_text_contents():
        assert re.search(r"sentences? [0-9]+\.[0-9]+", text), text
        assert re.search(r"certain|probable|possible|not told|unspecified", text), text
    assert all(claims.locator(".stance").all_text_contents())
    address = claims.first.locator("a")
    expect(address).to_have_attribute("href", re.compile("^https://en.wikipedia.org/"))
    expect(address).to_have_attribute("rel", re.compile("noopener"))
    expect(panel.locator("article.claim").first.locator("button").first).to_be_visible()


def test_ties_stand_below_the_other_end_and_are_told_from_ones_own(
    view: View, graph: Graph
) -> None:
    thing = "azerbaijan"
    others: dict[str, set[str]] = {}
    for projection in ("ties", "participation"):
        made = network(graph, projection, status=STATUSES)
        for source, target, key in made.edges(keys=True):
            if thing in (source, target):
                others.setdefault(target if source == thing else source, set()).add(key)
    several = {graph.label(one): len(keys) for one, keys in others.items() if len(keys) > 1}
    assert several
    view.go(f"sel={thing}")
    groups = view.evidence().locator("details.ties:not(.own)")
    told = groups.locator("summary").all_text_contents()
    assert told == sorted(told, key=lambda one: -int(one.split()[-2])), "who has most first"
    assert sorted(told) == sorted(f"{name} {count} ties" for name, count in several.items())
    groups.first.locator("summary").click()
    other, *_, name = (groups.first.locator(one).first for one in ("button.opener", ".plain"))
    expect(other).to_be_visible()
    assert graph.label(thing) not in (other.text_content() or "")
    expect(name).to_be_visible()


def test_every_field_of_a_statement_is_shown(mill: View, example: Judged) -> None:
    one = next(one for one in example[0].statements if one.begins and one.ends)
    assert one.begins != one.ends
    mill.go(f"sel={one.id}")
    told = " ".join(mill.evidence().inner_text().split())
    assert f"Begins {date_in_words(one.begins)} Ends {date_in_words(one.ends)}" in told


def test_a_verdict_gives_its_reason(mill: View, example: Judged) -> None:
    mill.go(f"sel={JUDGED}")
    why = mill.evidence().locator(".why")
    expect(why).to_contain_text("a verdict")
    expect(why).to_contain_text("The observers saw its guns there.")
    expect(why).to_contain_text("By the rules alone it would be contested.")
    address = next(one.url for one in example[0].sources if one.id == "courier-2020")
    expect(mill.evidence().locator(f'a[href="{address}"]').first).to_be_visible()


def test_a_node_is_opened_in_the_drawing(view: View) -> None:
    view.go("near=shusha~1")
    place = view.place("shusha")
    view.at("#drawing-1 canvas").first.click(position={"x": place["x"], "y": place["y"]})
    expect(view.evidence().locator("dl")).to_contain_text("shusha")
    assert "sel=shusha" in view.fragment


def test_something_is_drawn(view: View) -> None:
    colours = view.page.evaluate(
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
    context: Callable[..., BrowserContext], view: View, contested: Statement
) -> None:
    del context
    view.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    view.go(f"sel={contested.id}")
    view.at("#cite").click()
    expect(view.at("#said")).to_have_text("Copied.")
    copied: str = view.page.evaluate("() => navigator.clipboard.readText()")
    assert "[contested]" in copied
    assert "https://en.wikipedia.org/" in copied
    assert re.search(r"sentences? [0-9]+\.[0-9]+", copied)
    assert f"statement {contested.id}" in copied


def test_where_copying_is_not_allowed_the_text_is_shown(view: View) -> None:
    view.page.context.clear_permissions()
    view.go(f"sel={CONTESTED}")
    view.page.evaluate(
        """() => Object.defineProperty(navigator, 'clipboard', { configurable: true,
          value: { writeText: () => Promise.reject(new Error('no')) } })"""
    )
    view.at("#cite").click()
    shown = view.at("#panel-evidence textarea")
    expect(shown).to_have_value(re.compile(f"statement {CONTESTED}"))
    view.page.evaluate("() => delete navigator.clipboard")


def test_a_link_leads_back_to_the_view(mill: View) -> None:
    view = mill
    fragment = (
        "sel=guard-at-the-ford&world=voice:town-council&on=2020-06-03&vs=voice:river-guard"
        "&vson=2020-06-20&span=2020-05-01/2020-08-31&label=ar&colour=family&panel=differences"
        "&no-family=control"
    )
    view.go(fragment)
    assert view.fragment == fragment
    opened = View(view.page.context, _file(view), fragment)
    expect(opened.at("#second")).to_be_visible()
    assert opened.fragment == fragment
    assert [opened.drawn(0), opened.drawn(1)] == [view.drawn(0), view.drawn(1)]
    assert opened.drawn(0) != opened.drawn(1)
    expect(opened.at("#world")).to_have_value("voice:town-council")
    expect(opened.at("#world-2")).to_have_value("voice:river-guard")
    expect(opened.at("#day")).to_have_value("2020-06-03")
    expect(opened.at("#label")).to_have_value("ar")
    expect(opened.at("#tab-differences")).to_have_attribute("aria-selected", "true")
    expect(opened.at("#family-control")).not_to_be_checked()
    opened.page.close()
    assert not opened.faults


def test_the_bare_id_of_a_statement_is_a_link(view: View, contested: Statement) -> None:
    view.go(contested.id)
    expect(view.evidence()).to_contain_text(f"Claims ({len(contested.claims)})")


@pytest.mark.parametrize("fragment", ["%%%", "sel=nobody&world=voice:nobody&on=x&near=~~", "=&=&&"])
def test_a_broken_link_shows_the_usual_page(view: View, fragment: str) -> None:
    usual = view.drawn()
    view.go(fragment)
    assert view.drawn() == usual


def _file(view: View) -> Path:
    return Path(view.address.removeprefix("file://"))
