"""Asking: search, filters, worlds, days, neighbourhoods, ways, questions and agreements."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import miniature
import pytest
from playwright.sync_api import expect
from test_languages import NAMES, case_with_names

from graph.build.outputs import pictures
from graph.network.projection import STATUSES, network

from .view import View

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import BrowserContext

    from graph.read.select import Graph

PAIR = "world=voice:waer-residents&vs=voice:homs-loyalists"


# --- Search


@pytest.mark.homs
@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Akrama", "Akrama"),
        ("AKRAMA", "Akrama"),
        ("Ákràma", "Akrama"),
        ("عكرمة", "Akrama"),
        ("عِكْرِمة", "Akrama"),
        ("عكرمه", "Akrama"),
        ("Ikrima", "Akrama"),
        ("البحرين الوعر", ""),
        ("حمص", "Homs"),
        ("President Bashar", "Bashar al-Assad"),
    ],
)
def test_names_are_found_in_every_script(homs: View, typed: str, name: str) -> None:
    found = homs.search(typed)
    if not name:
        assert not found
        expect(homs.at("#found")).to_have_text("Nothing is called so.")
        return
    assert found[0].startswith(name)


@pytest.mark.homs
def test_a_name_that_is_found_opens_its_evidence(homs: View) -> None:
    homs.search("Akrama")
    homs.at("#matches button").first.click()
    expect(homs.evidence().locator("h2")).to_have_text("Akrama")
    assert "sel=akrama" in homs.fragment


# --- Filters


@pytest.mark.parametrize("group", ["status", "kind", "family", "certainty", "source"])
def test_each_filter_takes_lines_away_and_gives_them_back(homs: View, group: str) -> None:
    before = homs.drawn()
    boxes = homs.at(f'[data-filter="{group}"] input:checked')
    box = boxes.first
    expect(box).to_be_checked()
    box.uncheck()
    after = homs.drawn()
    assert set(after) < set(before)
    assert f"no-{group}=" in homs.fragment
    homs.at("#filters-off").click()
    assert homs.drawn() == before


@pytest.mark.homs
def test_filters_choose_by_what_the_graph_says(homs: View, graph: Graph) -> None:
    edges = {
        key: data
        for projection in ("ties", "participation")
        for *_, key, data in network(graph, projection, status=STATUSES).edges(keys=True, data=True)
    }
    kept = {key: data for key, data in edges.items() if data["status"] != "rejected"}
    homs.go("no-family=violence")
    assert set(homs.drawn()) == {k for k, d in kept.items() if d["family"] != "violence"}
    homs.go("no-certainty=certain")
    assert set(homs.drawn()) == {k for k, d in kept.items() if d["certainty"] != "certain"}
    homs.go("no-source=waer-2017")
    assert set(homs.drawn()) == {k for k, d in kept.items() if d["sources"] != ["waer-2017"]}


# --- Worlds


@pytest.mark.homs
def test_the_world_of_a_voice_can_be_chosen(homs: View) -> None:
    homs.at("#world").select_option("voice:homs-loyalists")
    expect(homs.at("#caption-1")).to_contain_text("Homs residents loyal to the regime")
    assert "world=voice:homs-loyalists" in homs.fragment
    assert "bombings-by-ndf" not in homs.drawn()


def test_the_contested_bombings_are_two_clicks_away(homs: View, graph: Graph) -> None:
    every = graph.ids("Statement")
    contested = [name for name in every if graph.statement(name).status == "contested"]
    for name in contested:
        expect(homs.at(f'#panel-evidence [data-statement="{name}"]')).to_be_visible()
    opener = homs.at(f'#panel-evidence [data-statement="{contested[0]}"]')
    expect(opener).to_contain_text("contested")
    opener.click()
    panel = homs.evidence()
    expect(panel.locator(".why .status")).to_have_class(re.compile("contested"))
    expect(panel).to_contain_text("Statement, not a fact")
    edge = homs.page.evaluate(
        """name => {
          const { items, data } = hudna.app;
          const { id } = data.drawn.lines.get(name);
          return items[0].edges.find(one => one.id === id);
        }""",
        contested[0],
    )
    assert edge["dashes"] or edge["band"]


@pytest.mark.homs
@pytest.mark.parametrize(
    ("words", "fragment"),
    [
        (
            ("Residents of Waer", "Homs residents loyal to the regime"),
            ("=voice:waer-residents", "=voice:homs-loyalists"),
        ),
        (("December 2015", "August 2016"), ("on=2015-12-31", "vson=2016-09-01")),
        (("2015-12-20", "2016-09-01"), ("on=2015-12-20", "vson=2016-09-01")),
    ],
    ids=["voices", "agreements", "days"],
)  # fmt: skip
def test_two_sides_are_two_clicks_away(
    homs: View, words: tuple[str, str], fragment: tuple[str, str]
) -> None:
    openers = homs.at("#comparisons button.opener")
    for word in words:
        openers = openers.filter(has_text=re.compile(re.escape(word), re.IGNORECASE))
    assert openers.count() >= 1, f"no comparison is offered of {words}"
    openers.first.click()
    expect(homs.at("#second")).to_be_visible()
    assert all(part in homs.fragment for part in fragment), homs.fragment


@pytest.mark.homs
def test_what_differs_is_marked_and_listed(homs: View) -> None:
    homs.go(PAIR)
    first, second = set(homs.drawn(0)), set(homs.drawn(1))
    assert homs.stressed() == first - second
    expect(homs.at("#drawing-2 canvas").first).to_be_visible()
    expect(homs.at("#caption-2")).to_contain_text("loyal")
    homs.at("#swap").click()
    assert (set(homs.drawn(0)), set(homs.drawn(1))) == (second, first)
    homs.at("#compare").click()
    expect(homs.at("#second")).to_be_hidden()


# --- Time


def test_the_slider_snaps_to_days_on_which_something_begins_or_ends(homs: View) -> None:
    slider = homs.at("#moment")
    slider.focus()
    slider.press("ArrowRight")
    day = homs.at("#day").input_value()
    assert day in homs.page.evaluate("() => hudna.app.moments")
    expect(slider).to_have_attribute("aria-valuetext", day)
    expect(homs.at("#day-words")).to_contain_text(day)
    slider.press("End")
    assert homs.at("#day").input_value() == homs.page.evaluate("() => hudna.app.moments.at(-1)")
    homs.at("#any-day").click()
    expect(homs.at("#day")).to_have_value("")
    assert "on=" not in homs.fragment


def test_a_day_is_honest_about_what_may_have_held(homs: View) -> None:
    homs.at("#day").fill("2016-09-01")
    held = homs.drawn()
    count = Counter(held.values())
    assert count.keys() == {"certain", "attested", "possible"}
    words = (
        f"2016-09-01: {count['certain']} held for certain, {count['attested']} had begun and are "
        f"not known to have ended, {count['possible']} may have held"
    )
    expect(homs.at("#day-words")).to_contain_text(words)
    styles = homs.page.evaluate(
        """() => {
          const { data, items, first } = hudna.app;
          const of = new Map([...data.drawn.lines].map(([id, line]) => [line.id, id]));
          return items[0].edges.map(edge => [first.get(of.get(edge.id)), edge.label]);
        }"""
    )
    assert {how for how, label in styles if label == "?"} == {"possible"}
    assert {how for how, label in styles if not label} == {"certain", "attested"}


def test_time_plays_and_stops(homs: View) -> None:
    homs.at("#play").click()
    expect(homs.at("#play")).to_have_attribute("aria-pressed", "true")
    expect(homs.at("#day")).not_to_have_value("")
    homs.at("#play").click()
    expect(homs.at("#play")).to_have_attribute("aria-pressed", "false")


def test_the_strip_shows_the_events_of_a_span(homs: View) -> None:
    every = homs.at("#strip .event").count()
    homs.go("span=2016-01-01/2016-12-31")
    some = homs.at("#strip .event")
    assert 0 < some.count() < every
    expect(homs.at("#span-count")).to_have_text(
        f"{some.count()} events and agreements in this span"
    )
    some.first.press("Enter")
    expect(homs.evidence().locator("h2")).not_to_have_text("Evidence")


# --- Neighbourhood and ways


@pytest.mark.homs
def test_the_neighbourhood_of_a_node_grows_with_its_depth(homs: View, graph: Graph) -> None:
    homs.go("sel=waer-rebels")
    homs.at("#near").click()
    one = homs.drawn()
    ends = {
        key: {subject, target}
        for projection in ("ties", "participation")
        for subject, target, key in network(graph, projection, status=STATUSES).edges(keys=True)
    }
    assert one
    assert all("waer-rebels" in ends[key] for key in one)
    homs.at("#farther").click()
    assert "near=waer-rebels~2" in homs.fragment
    assert set(one) < set(homs.drawn())
    homs.at("#near-off").click()
    assert "near=" not in homs.fragment


@pytest.mark.homs
def test_a_way_between_two_is_shown_and_marked(homs: View) -> None:
    homs.at("#ways summary").click()
    homs.at("#from").fill("Iran")
    homs.at("#to").fill("Waer")
    homs.at("#find-ways").click()
    panel = homs.evidence()
    expect(panel.locator("h2")).to_contain_text("From Iran to ")
    steps = panel.locator("article [data-statement]").evaluate_all(
        "found => found.map(one => one.dataset.statement)"
    )
    assert steps
    assert homs.stressed() == set(steps)
    assert "from=iran&to=waer" in homs.fragment


# --- Questions and agreements


@pytest.mark.homs
def test_a_question_marks_its_rival_answers(homs: View, graph: Graph) -> None:
    homs.at("#tab-questions").click()
    homs.at("#question-f-bombings").click()
    rivals = {f"bombings-by-{who}" for who in ("isil", "ndf", "nusra", "waer-rebels")}
    assert rivals <= homs.stressed()
    for rival in rivals:
        expect(homs.at(f'#panel-questions [data-statement="{rival}"]')).to_be_visible()
    expect(homs.at("#question-f-bombings")).to_have_attribute("aria-expanded", "true")
    answering = homs.at("#panel-questions [data-statement]").evaluate_all(
        "found => found.map(one => one.dataset.statement)"
    )
    assert homs.stressed() == set(answering) & set(homs.drawn())
    assert graph.case == "homs"


def test_agreements_have_clauses_and_say_whether_they_were_carried_out(homs: View) -> None:
    homs.at("#tab-agreements").click()
    one = homs.at("#agreement-ag-waer-aug2016")
    one.locator("summary").click()
    expect(one.locator(".clause").first).to_be_visible()
    expect(one).to_contain_text("Carried out?")
    expect(one).to_contain_text("Owed by")


# --- Names


@pytest.mark.homs
def test_labels_change_their_language(homs: View) -> None:
    labels = """() => {
      const { data, items } = hudna.app;
      const { id } = data.drawn.places.get('waer');
      return items[0].nodes.find(node => node.id === id).label;
    }"""
    assert "Waer" in homs.page.evaluate(labels)
    homs.at("#label").select_option("ar")
    arabic = homs.page.evaluate(labels)
    assert "الوعر" in arabic
    assert "Waer" not in arabic
    homs.at("#label").select_option("all")
    both = homs.page.evaluate(labels)
    assert "الوعر" in both
    assert "Waer" in both
    homs.go("label=both")  # as it was called before
    assert homs.page.evaluate(labels) == both


def test_names_in_three_languages(context: Callable[..., BrowserContext], tmp_path: Path) -> None:
    graph = case_with_names(tmp_path, NAMES)
    file = tmp_path / "index.html"
    file.write_bytes(pictures(graph, miniature.judged()[0])["index.html"])
    view = View(context(), file, "sel=river-guard&label=all")
    shown = view.page.evaluate("() => hudna.app.items[0].nodes.map(node => node.label)")
    names = [NAMES["river-guard"][tag] for tag in ("he", "ru", "tl")]
    marked = [f"\u2067{names[0]}\u2069", f"\u2066{names[1]}\u2069", f"\u2066{names[2]}\u2069"]
    assert "\n".join(["River Guard", *marked]) in shown
    told = view.page.locator("#panel-evidence p[lang]")
    assert told.all_text_contents() == names
    assert [one.get_attribute("dir") for one in told.all()] == ["rtl", "ltr", "ltr"]
    view.at("#label").select_option("he")
    shown = view.page.evaluate("() => hudna.app.items[0].nodes.map(node => node.label)")
    assert marked[0] in shown
    assert "council of Mill Town" in shown, "what has no name in it keeps its label"
    view.at("#query").fill("משמר")
    assert "River Guard" in view.at("#matches").inner_text()
    assert not view.faults


# --- Table


def test_the_table_sorts_and_opens_evidence(homs: View) -> None:
    homs.at("#show-table").click()
    expect(homs.at("#drawings")).to_be_hidden()
    homs.at("#sort-status").click()
    statuses = homs.at("#statements tbody td .status").all_text_contents()
    assert statuses == sorted(statuses)
    assert homs.focused() == "sort-status"
    head = homs.at("#statements thead th").filter(has=homs.page.locator("#sort-status"))
    expect(head).to_have_attribute("aria-sort", "ascending")
    lines = len(statuses)
    homs.at("#table-all").check()
    assert homs.at("#statements tbody tr").count() > lines
    homs.at("#table-all").uncheck()
    homs.at("#statements tbody button").first.click()
    expect(homs.evidence()).to_contain_text("Claims (")


def test_a_day_in_the_table_says_what_may_have_held(homs: View) -> None:
    homs.go("show=table&on=2016-09-01")
    rows = homs.at("#statements tbody tr").all_text_contents()
    assert sum("may have held" in row for row in rows) == sum(
        how == "possible" for how in homs.drawn().values()
    )


@pytest.mark.homs
def test_start_again_leads_back(homs: View, homs_file: Path, graph: Graph) -> None:
    before = homs.drawn()
    homs.go(f"{PAIR}&on=2016-09-01&show=table&no-family=violence&label=ar")
    homs.at("#more summary").click()
    homs.at("#start-again").click()
    assert homs.drawn() == before
    assert homs.fragment == ""
    statements = len(graph.ids("Statement"))
    assert homs_file.stat().st_size < 800_000 + 800 * statements
