"""Asking: search, filters, worlds, days, neighbourhoods, ways, questions and agreements."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from test_languages import NAMES, case_with_names

from graph.build.outputs import pictures
from graph.network.projection import STATUSES, network
from graph.viewer.page import page as page_of
from graph.viewer.payload import payload
from graph.viewer.picture import lines, picture

from .view import View

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import BrowserContext

    from graph.read.select import Graph

ARABIC = {
    "river-guard": {"ar": "حراسة النهر", "ar-Latn": "Hirasat al-Nahr"},
    "town-council": {"ar": "مجلس البلدة", "en": "Council of Elders"},
}
PAIR = "world=voice:nikol-pashinyan&vs=voice:ilham-aliyev"


# --- Search


@pytest.fixture(scope="module")
def arabic(
    context: Callable[..., BrowserContext], tmp_path_factory: pytest.TempPathFactory
) -> View:
    """The page of the miniature case, of which the Guard has an Arabic name with a tied t."""
    folder = tmp_path_factory.mktemp("arabic")
    file = folder / "index.html"
    graph = case_with_names(folder, ARABIC)
    file.write_bytes(pictures(graph)["index.html"])
    return View(context(), file)


@pytest.mark.some(3)
@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("River Guard", "River Guard"),
        ("RIVER GUARD", "River Guard"),
        ("Ríver Guàrd", "River Guard"),
        ("حراسة النهر", "River Guard"),
        ("حِرَاسة النَّهر", "River Guard"),
        ("حراسه النهر", "River Guard"),
        ("Hirasat al-Nahr", "River Guard"),
        ("حراسة البلدة", "River Guard → council of Mill Town"),
        ("البلدة", "council of Mill Town"),
        ("Council of Eld", "council of Mill Town"),
    ],
)
def test_names_are_found_in_every_script(arabic: View, typed: str, name: str) -> None:
    found = arabic.search(typed)
    if not name:
        assert not found
        expect(arabic.at("#found")).to_have_text("Nothing is called so.")
    else:
        assert found[0].startswith(name)
    assert not arabic.faults


def test_a_name_that_is_found_opens_its_evidence(view: View) -> None:
    view.search("Shusha")
    view.at("#matches [role=option]").first.click()
    expect(view.evidence().locator("h2")).to_have_text("Shusha")
    assert "sel=shusha" in view.fragment


def test_a_row_tells_kind_and_ties_and_a_slip_is_forgiven(view: View) -> None:
    ties = view.page.evaluate(
        """() => [...hudna.app.data.drawn.lines.keys()].filter(id => {
          const { s, o } = hudna.app.data.statements.get(id);
          return s === 'azerbaijan' || o === 'azerbaijan';
        }).length"""
    )
    first = view.search("Azerbaijan")[0]
    assert re.fullmatch(rf"Azerbaijan · .*state · {ties} ties", first), first
    assert view.search("Azerbajian")[0] == first
    assert not [row for row in view.search("Azerbjn") if row.endswith("ties")]


def test_the_words_of_statements_are_found_and_marked(view: View, graph: Graph) -> None:
    rows = view.search("shells")
    assert any(row.startswith("… shells …") for row in rows)
    view.at(
        "#matches [role=option]",
    ).filter(has_text="… shells …").click()
    told = {
        key
        for *_, key, data in network(graph, "ties", status=STATUSES).edges(keys=True, data=True)
        if data["predicate"] == "shells" and data["status"] != "rejected"
    }
    assert told
    assert view.stressed() == told
    assert "sel=says:shells" in view.fragment


# --- Filters


@pytest.mark.parametrize("group", ["status", "kind", "family", "certainty", "source"])
def test_each_filter_takes_lines_away_and_gives_them_back(view: View, group: str) -> None:
    usual = view.drawn()
    view.go("projection=both")
    before = view.drawn()
    boxes = view.at(f'[data-filter="{group}"] input:checked')
    box = boxes.first
    expect(box).to_be_checked()
    box.uncheck()
    after = view.drawn()
    assert set(after) < set(before)
    assert f"no-{group}=" in view.fragment
    view.at("#filters-off").click()
    assert view.drawn() == usual


def test_filters_choose_by_what_the_graph_says(view: View, graph: Graph) -> None:
    edges = {
        key: data
        for projection in ("ties", "participation")
        for *_, key, data in network(graph, projection, status=STATUSES).edges(keys=True, data=True)
    }
    kept = {key: data for key, data in edges.items() if data["status"] != "rejected"}
    for hidden, shown in {
        "no-family=violence": {k for k, d in kept.items() if d["family"] != "violence"},
        "no-certainty=certain": {k for k, d in kept.items() if d["certainty"] != "certain"},
        "no-source=wikipedia": {k for k, d in kept.items() if d["sources"] != ["wikipedia"]},
    }.items():
        assert 0 < len(shown) < len(kept)
        view.go(hidden)
        assert set(view.drawn()) == shown


# --- Worlds


def test_the_world_of_a_voice_can_be_chosen(view: View) -> None:
    denied = "azerbaijani-forces-attacks-armenian-civilians"
    assert denied in view.drawn()
    view.at("#world").select_option("voice:ilham-aliyev")
    expect(view.at("#caption-1")).to_contain_text("Ilham Aliyev")
    assert "world=voice:ilham-aliyev" in view.fragment
    assert denied not in view.drawn()


def test_what_is_contested_is_two_clicks_away(view: View, graph: Graph) -> None:
    every = graph.ids("Statement")
    contested = [name for name in every if graph.statement(name).status == "contested"]
    for name in contested:
        expect(view.at(f'#panel-evidence [data-statement="{name}"]')).to_be_visible()
    line = next(name for name in contested if name in view.drawn())
    opener = view.at(f'#panel-evidence [data-statement="{line}"]')
    expect(opener).to_contain_text("contested")
    opener.click()
    panel = view.evidence()
    expect(panel.locator(".why .status")).to_have_class(re.compile("contested"))
    expect(panel).to_contain_text("Statement, not a fact")
    edge = view.page.evaluate(
        """name => {
          const { items, data } = hudna.app;
          const { id } = data.drawn.lines.get(name);
          return items[0].edges.find(one => one.id === id);
        }""",
        line,
    )
    assert edge["dashes"] or edge["band"]


@pytest.mark.parametrize(
    ("words", "fragment"),
    [
        (
            ("Ilham Aliyev", "Nikol Pashinyan"),
            ("world=voice:ilham-aliyev", "vs=voice:nikol-pashinyan"),
        ),
        (("Before and after", "26 October"), ("on=2020-10-25", "vson=2020-10-27")),
        (("10 October 2020", "30 September 2021"), ("on=2020-10-10", "vson=2021-09-30")),
    ],
    ids=["voices", "an agreement", "days"],
)  # fmt: skip
def test_two_sides_are_two_clicks_away(
    view: View, words: tuple[str, str], fragment: tuple[str, str]
) -> None:
    openers = view.at("#comparisons button.opener")
    for word in words:
        openers = openers.filter(has_text=re.compile(re.escape(word), re.IGNORECASE))
    assert openers.count() >= 1, f"no comparison is offered of {words}"
    openers.first.click()
    expect(view.at("#second")).to_be_visible()
    assert all(part in view.fragment for part in fragment), view.fragment


def test_two_agreements_of_which_one_replaces_the_other_are_compared(
    context: Callable[..., BrowserContext], graph: Graph, tmp_path: Path
) -> None:
    known = payload(graph)
    known["nodes"]["ag-statement"]["replaces"] = "ag-october-26"
    file = tmp_path / "index.html"
    file.write_bytes(page_of(known, picture(lines(graph)), title="one after the other", about={}))
    made = View(context(), file)
    earlier, later = (known["nodes"][one]["name"] for one in ("ag-october-26", "ag-statement"))
    made.at("#comparisons").get_by_text(f"Ties by day: with {earlier} – after {later}").click()
    assert {"on=2020-10-26", "vson=2020-11-10"} <= set(made.fragment.split("&"))
    assert not made.faults


def test_what_differs_is_marked_and_listed(view: View) -> None:
    view.go(PAIR)
    first, second = set(view.drawn(0)), set(view.drawn(1))
    assert view.stressed() == first - second
    assert first - second
    assert second - first
    expect(view.at("#drawing-2 canvas").first).to_be_visible()
    expect(view.at("#caption-2")).to_contain_text("Ilham Aliyev")
    view.at("#swap").click()
    assert (set(view.drawn(0)), set(view.drawn(1))) == (second, first)
    view.at("#compare").click()
    expect(view.at("#second")).to_be_hidden()


# --- Time


def test_the_slider_snaps_to_days_on_which_something_begins_or_ends(view: View) -> None:
    slider = view.at("#moment")
    slider.focus()
    slider.press("ArrowRight")
    day = view.at("#day").input_value()
    assert day in view.page.evaluate("() => hudna.app.moments")
    expect(slider).to_have_attribute("aria-valuetext", day)
    expect(view.at("#day-words")).to_contain_text(day[:4])
    slider.press("End")
    assert view.at("#day").input_value() == view.page.evaluate("() => hudna.app.moments.at(-1)")
    view.at("#any-day").click()
    expect(view.at("#day")).to_have_value("")
    assert "on=" not in view.fragment


def test_a_day_is_honest_about_what_may_have_held(view: View) -> None:
    view.go("projection=both")
    view.at("#day").fill("2020-11-20")
    usual = Counter(view.drawn().values())
    assert usual.keys() == {"certain", "attested"}
    view.at("#held").select_option("possible")
    count = Counter(view.drawn().values())
    assert count == usual | Counter(possible=count["possible"])
    assert count["possible"]
    words = f"{count['certain']} held for certain, {count['attested']} had begun, end not known"
    may = f"{count['possible']} may have held"
    expect(view.at("#day-words")).to_contain_text(f"20 November 2020: {words}, {may}. Not shown")
    view.at("#held").select_option("attested")
    expect(view.at("#day-words")).to_contain_text(f"{words}. Not shown: {may}")
    view.at("#held").select_option("possible")
    styles = view.page.evaluate(
        """() => {
          const { data, items, first } = hudna.app;
          const of = new Map([...data.drawn.lines].map(([id, line]) => [line.id, id]));
          return items[0].edges.map(edge => [first.get(of.get(edge.id)), edge.label]);
        }"""
    )
    assert {how for how, label in styles if label == "?"} == {"possible"}
    assert {how for how, label in styles if label != "?"} == {"certain", "attested"}


def test_time_plays_and_stops(view: View) -> None:
    view.at("#play").click()
    expect(view.at("#play")).to_have_attribute("aria-pressed", "true")
    expect(view.at("#day")).not_to_have_value("")
    view.at("#play").click()
    expect(view.at("#play")).to_have_attribute("aria-pressed", "false")


def test_the_strip_shows_the_events_of_a_span(view: View) -> None:
    every = view.at("#strip .event").count()
    view.go("span=2020-10-15/2020-10-31")
    some = view.at("#strip .event")
    assert 0 < some.count() < every
    expect(view.at("#span-count")).to_have_text(
        f"{some.count()} events and agreements in this span"
    )
    some.first.press("Enter")
    expect(view.evidence().locator("h2")).not_to_have_text("Evidence")


def test_the_span_is_told_and_widened(mill: View) -> None:
    """A pause in some year of a decade does not set the scale; the whole time has it whole."""
    expect(mill.at("#span-from")).to_have_value("2019-12-25")
    expect(mill.at("#span-to")).to_have_value("2020-06-09")
    mill.at("#span-all").click()
    assert mill.at("#span-from").input_value() < "2010-01-01"
    assert mill.at("#span-to").input_value() > "2020-12-31"
    mill.go("span=2012-01-01/2012-12-31")
    expect(mill.at("#span-count")).to_have_text("1 event or agreement in this span")
    for _ in range(12):
        mill.at("#span-closer").click()
    first, last = (mill.at(f"#span-{end}").input_value() for end in ("from", "to"))
    assert (date.fromisoformat(last) - date.fromisoformat(first)).days == 2


# --- Neighbourhood and ways


def test_the_neighbourhood_of_a_node_grows_with_its_depth(view: View, graph: Graph) -> None:
    view.go("sel=shusha")
    view.at("#near").click()
    one = view.drawn()
    ends = {
        key: {subject, target}
        for projection in ("ties", "participation")
        for subject, target, key in network(graph, projection, status=STATUSES).edges(keys=True)
    }
    assert one
    assert all("shusha" in ends[key] for key in one)
    view.at("#farther").click()
    assert "near=shusha~2" in view.fragment
    assert set(one) < set(view.drawn())
    view.at("#near-off").click()
    assert "near=" not in view.fragment


def test_a_way_between_two_is_shown_and_marked(view: View) -> None:
    view.at("#ways summary").click()
    view.at("#from").fill("Russia")
    view.at("#to").fill("Shusha")
    view.at("#find-ways").click()
    panel = view.evidence()
    expect(panel.locator("h2")).to_contain_text("From Russia to Shusha")
    steps = panel.locator("article [data-statement]").evaluate_all(
        "found => found.map(one => one.dataset.statement)"
    )
    assert steps
    assert view.stressed() == set(steps)
    assert "from=russia&to=shusha" in view.fragment


# --- Questions and agreements


def test_a_question_marks_its_rival_answers(view: View) -> None:
    view.at("#tab-questions").click()
    view.at("#question-q-who-began").click()
    rivals = {f"ev-opening.perpetrator.{who}" for who in ("armenia", "azerbaijan")}
    assert rivals <= view.stressed()
    for rival in rivals:
        expect(view.at(f'#panel-questions [data-statement="{rival}"]')).to_be_visible()
    expect(view.at("#question-q-who-began")).to_have_attribute("aria-expanded", "true")
    answering = view.at("#panel-questions [data-statement]").evaluate_all(
        "found => found.map(one => one.dataset.statement)"
    )
    assert view.stressed() == set(answering) & set(view.drawn())
    assert view.stressed() < set(view.drawn())


def test_agreements_have_clauses_and_say_whether_they_were_carried_out(view: View) -> None:
    view.at("#tab-agreements").click()
    one = view.at("#agreement-ag-statement")
    one.locator("summary").click()
    expect(one.locator(".clause").first).to_be_visible()
    expect(one).to_contain_text("Carried out?")
    expect(one).to_contain_text("Owed by")


# --- Names


def test_labels_change_their_language(mill: View) -> None:
    labels = """() => {
      const { data, items } = hudna.app;
      const { id } = data.drawn.places.get('river-guard');
      return items[0].nodes.find(node => node.id === id).label;
    }"""
    assert "River Guard" in mill.page.evaluate(labels)
    mill.at("#label").select_option("ar")
    arabic = mill.page.evaluate(labels)
    assert "حرس النهر" in arabic
    assert "River Guard" not in arabic
    mill.at("#label").select_option("all")
    both = mill.page.evaluate(labels)
    assert "حرس النهر" in both
    assert "River Guard" in both
    mill.go("label=both")  # as it was called before
    assert mill.page.evaluate(labels) == both


def test_names_in_three_languages(context: Callable[..., BrowserContext], tmp_path: Path) -> None:
    graph = case_with_names(tmp_path, NAMES)
    file = tmp_path / "index.html"
    file.write_bytes(pictures(graph)["index.html"])
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


def test_the_table_sorts_and_opens_evidence(view: View) -> None:
    view.at("#show-table").click()
    expect(view.at("#drawings")).to_be_hidden()
    view.at("#sort-status").click()
    statuses = view.at("#statements tbody td .status").all_text_contents()
    assert statuses == sorted(statuses)
    assert view.focused() == "sort-status"
    head = view.at("#statements thead th").filter(has=view.page.locator("#sort-status"))
    expect(head).to_have_attribute("aria-sort", "ascending")
    lines = len(statuses)
    view.at("#table-all").check()
    assert view.at("#statements tbody tr").count() > lines
    view.at("#table-all").uncheck()
    view.at("#statements tbody button").first.click()
    expect(view.evidence()).to_contain_text("Claims (")


def test_a_day_in_the_table_says_what_may_have_held(view: View) -> None:
    view.go("show=table&on=2020-11-20")
    rows = view.at("#statements tbody tr").all_text_contents()
    assert "possible" in view.drawn().values()
    assert sum("may have held" in row for row in rows) == sum(
        how == "possible" for how in view.drawn().values()
    )


def test_start_again_leads_back(view: View, page_file: Path, graph: Graph) -> None:
    before = view.drawn()
    view.go(f"{PAIR}&on=2020-11-20&show=table&no-family=violence&colour=family")
    view.at("#more summary").click()
    view.at("#start-again").click()
    assert view.drawn() == before
    assert view.fragment == ""
    statements = len(graph.ids("Statement"))
    assert page_file.stat().st_size < 800_000 + 800 * statements
