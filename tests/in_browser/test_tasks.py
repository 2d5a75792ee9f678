"""What people come for: each begins at the first screen, and takes four acts at the most.

An act is a click, a key or a search that is typed; a task for the command line or a notebook is so
many commands or lines. Each test asks for what the task asks, and compares the answer.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from miniature import PROJECT
from playwright.sync_api import expect
from serving import served

import graph as hudna
from graph.cli import main
from graph.read.citations import citations

from .test_telling import framing
from .view import View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Locator

    from graph.build.case import OpenedCase

pytestmark = [pytest.mark.homs, pytest.mark.landing]
MOST = 4
"""So many acts."""

_KEEP = """() => {
  window.copied = [];
  navigator.clipboard.writeText = text => { window.copied.push(text); return Promise.resolve(); };
}"""
_CAMERA = "() => [hudna.app.view()].map(({ x, y, scale }) => [x, y, scale])[0]"
_TAKE = "() => { delete navigator.clipboard.writeText; return window.copied; }"


class Hands:
    """Somebody before the first screen, whose acts are counted."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.acts = 0

    def _act(self) -> None:
        self.acts += 1
        assert self.acts <= MOST

    def click(self, what: str | Locator) -> None:
        self._act()
        (self.view.at(what).first if isinstance(what, str) else what).click()

    def key(self, name: str) -> None:
        self._act()
        self.view.page.keyboard.press(name)

    def search(self, text: str) -> None:
        self._act()
        self.view.at("#query").fill(text)

    def typed(self, text: str) -> str:
        """Return what is typed behind an address."""
        self._act()
        return text

    def find(self, text: str, row: str) -> None:
        """Type into the search, and take the row that begins with a text."""
        self.search(text)
        rows = self.view.at("#matches [role=option]")
        self.click(rows.filter(has_text=re.compile(f"^{re.escape(row)}")).first)

    def copied(self, button: str | Locator) -> str:
        self.view.page.evaluate(_KEEP)
        self.click(button)
        [text] = self.view.page.evaluate(_TAKE)
        return str(text)


class Terminal:
    """Somebody at a command line, whose commands are counted."""

    def __init__(self, public: Path) -> None:
        self.public = public
        self.commands = 0

    def __call__(self, *words: str) -> str:
        self.commands += 1
        assert self.commands <= MOST
        result = CliRunner().invoke(main, [*words, "--case", "homs", "--public", str(self.public)])
        assert result.exit_code == 0, result.output
        return result.stdout

    def json(self, *words: str) -> Any:  # noqa: ANN401 - what a command answers
        return json.loads(self(*words, "--format", "json"))

    def json_of(self, *words: str) -> Any:  # noqa: ANN401
        return json.loads(self(*words))

    def rows(self, query: str, *values: str) -> list[dict[str, str]]:
        """Return what a named query answers; things and statements by their ids."""
        found = self.json("query", query, *values)["results"]["bindings"]
        return [
            {key: _local(one["value"]) if one["type"] == "uri" else one["value"]
             for key, one in row.items()}
            for row in found
        ]  # fmt: skip


@pytest.fixture(scope="module")
def public(homs_public: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a build of Homs, to which files may be added."""
    folder = tmp_path_factory.mktemp("homs") / "public"
    return shutil.copytree(homs_public, folder, symlinks=True)


@pytest.fixture(scope="module")
def case(public: Path) -> OpenedCase:
    return hudna.open("homs", public)


@pytest.fixture(scope="module")
def opened(context: Callable[..., BrowserContext], public: Path) -> View:
    """The built page of Homs."""
    made = context(color_scheme="light", accept_downloads=True)
    return View(made, public / "homs" / "index.html", "")


@pytest.fixture
def view(opened: View) -> Iterator[View]:
    opened.page.emulate_media(media="screen", color_scheme="light")
    opened.go("")
    yield opened
    faults, opened.faults = opened.faults, []
    assert not faults


@pytest.fixture
def hands(view: View) -> Hands:
    return Hands(view)


@pytest.fixture
def run(public: Path) -> Terminal:
    return Terminal(public)


def statements(view: View, inside: str) -> list[str]:
    """Return the ids of the statements that are listed somewhere, in their order."""
    found = view.at(f"{inside} [data-statement]").evaluate_all(
        "all => all.map(one => one.dataset.statement)"
    )
    return [str(one) for one in found]


# --- A mediator


def test_who_could_spoil_a_deal_and_through_which_leverage(
    hands: Hands, view: View, run: Terminal
) -> None:
    hands.find("spoil", "War economy")
    panel = view.evidence()
    expect(panel).to_contain_text("may act against a truce")
    expect(panel).to_contain_text("National Defense Forces charges for passage into Waer")
    seen = {row["example"] for row in run.rows("mechanisms", "mechanism=m-war-economy")}
    shown = panel.locator(".seen-in").evaluate_all(
        "all => all.map(one => one.querySelector('[data-statement]')?.dataset.statement"
        " ?? hudna.app.data.nodes.values().find(n => n.name === one.querySelector('button')"
        ".textContent).id)"
    )
    assert set(shown) == seen
    assert len(seen) > 5


def test_what_each_side_said_on_the_detainee_clause(
    hands: Hands, view: View, run: Terminal
) -> None:
    hands.find("said detainee", "Exchange of prisoners")
    expect(view.at("#panel-evidence h2")).to_contain_text("What each side said")
    rows = run.rows("said-on", "clause=ag-waer-dec2015.c1")
    wanted = list(dict.fromkeys(row["statement"] for row in rows))
    assert statements(view, "#panel-evidence > .openers") == wanted != []
    voices = {row["voice"] for row in rows if "voice" in row}
    labels = view.page.evaluate(
        "ids => ids.map(id => hudna.app.data.nodes.get(id).name)", sorted(voices)
    )
    for name in labels:
        expect(view.at("#panel-evidence summary").filter(has_text=name)).not_to_have_count(0)


def test_what_happened_each_time_talks_were_broken_off(
    hands: Hands, view: View, run: Terminal
) -> None:
    hands.search("broken off")
    hands.key("Enter")
    panel = view.at("#panel-sequences .chosen")
    expect(panel).to_contain_text("what came next")
    found = run.json("sequences", "talks-broken-off")
    assert _followed(view) == _instances(found["counted"]) != set()
    hands.click("#sequence-status")
    assert _followed(view) == _instances(found["shown"]) != _instances(found["counted"])
    triggers = {one[0] for one in _followed(view)}
    assert triggers == {"ev-talks-halt14.occurred", "ev-freeze.occurred"}


def test_who_can_reach_whom(hands: Hands, view: View, run: Terminal) -> None:
    hands.search("Iran to Waer")
    hands.key("Enter")
    ways = run.json("explain", "iran", "waer")
    told = [" → ".join(way["nodes"]) for way in ways]
    expect(view.evidence()).to_contain_text("National Defense Forces")
    shown = view.evidence().inner_text()
    found = [nodes for nodes in told if all(node in shown for node in nodes.split(" → "))]
    assert found == told != []
    steps = {step["statement"] for way in ways for hop in way["hops"] for step in hop}
    assert steps <= set(statements(view, "#panel-evidence"))


def test_one_page_to_take_into_the_room(hands: Hands, view: View, run: Terminal) -> None:
    hands.click("#show-brief")
    shown = _words(view.at("#brief").inner_text())
    file = run.public / "brief.html"
    run("brief", "-o", str(file), "--quiet")
    text = re.sub(
        r"<style>.*?</style>|<svg.*?</svg>", " ", file.read_text("utf-8"), flags=re.DOTALL
    )
    paper = _words(re.sub(r"<[^>]+>", " ", text))
    assert len(shown) > 300
    assert sum(word in paper for word in shown) > 0.9 * len(shown)
    view.page.evaluate("() => { window.printed = 0; window.print = () => { printed += 1; }; }")
    hands.click("#brief-print")
    assert view.page.evaluate("printed") == 1


# --- A journalist


def test_everything_on_an_actor_to_cite(hands: Hands, view: View, case: OpenedCase) -> None:
    hands.search("NDF")
    hands.key("Enter")
    expect(view.evidence().locator("h2")).to_have_text("National Defense Forces")
    text = hands.copied(view.evidence().get_by_role("button", name="Copy all as citations"))
    ids = re.findall(r"^Hudna, case homs, statement (.*)\.$", text, re.MULTILINE)
    assert text == citations(case.graph, ids)
    ties = case.network("ties", status=("accepted", "contested", "alleged", "judgement", "open"))
    own = {key for a, b, key in ties.edges(keys=True) if "ndf" in (a, b)}
    assert own <= set(ids)


def test_what_changed_between_two_deals(hands: Hands, view: View, run: Terminal) -> None:
    hands.search("what changed between the deals")
    hands.key("Enter")
    rows = run.rows("clause-changes", "earlier=ag-waer-dec2015", "later=ag-waer-aug2016")
    wanted = {(row["change"], row.get("clause", ""), row.get("successor", "")) for row in rows}
    shown = view.page.evaluate(
        "() => [...document.querySelectorAll('#deals tbody tr')].map(row => [row.dataset.change,"
        " ...[...row.querySelectorAll('td')].map("
        "cell => cell.querySelector('[data-clause]')?.dataset.clause ?? '')])"
    )
    assert {tuple(row) for row in shown} == wanted != set()


def test_who_blames_whom_for_the_bombings(hands: Hands, view: View, run: Terminal) -> None:
    hands.search("who blames whom for the bombings")
    hands.key("Enter")
    question = str(view.page.evaluate("() => hudna.app.state.question"))
    wanted = {row["statement"] for row in run.rows("who-says", f"question={question}")}
    assert set(statements(view, "#panel-questions .chosen")) == wanted
    assert len(wanted) > 1
    expect(view.at("#panel-questions .chosen")).to_contain_text("is blamed for")
    assert view.at("#panel-questions .chosen .stances li").count() >= len(wanted)


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_a_picture_for_an_article_with_its_credit(hands: Hands, view: View, kind: str) -> None:
    hands.click("#more summary")
    with view.page.expect_download() as saved:
        hands.click(f"#save-{kind}")
    content = saved.value.path().read_bytes()
    if kind == "png":
        assert content.startswith(b"\x89PNG")
        return
    text = re.sub(r"<[^>]+>", " ", content.decode("utf-8"))
    assert "Homs: the deal of 2014" in text
    assert "CC-BY-4.0" in text
    for publisher in ("2014", "2017", "Waer truce of December 2015", "Force", "accepted"):
        assert publisher.lower() in text.lower(), publisher


def test_a_view_is_sent_to_a_colleague(hands: Hands, view: View, opened: View) -> None:
    hands.click("#show-drawing")
    hands.click("#zoom-in")
    hands.click("#more summary")
    link = hands.copied("#copy-link")
    seen = view.page.evaluate(_CAMERA)
    other = View(view.page.context, _path_of(opened), link.partition("#")[2])
    there = other.page.evaluate(_CAMERA)
    assert there == pytest.approx(seen, rel=0.01)
    assert other.fragment == link.partition("#")[2]
    other.page.close()


# --- Somebody who writes a thesis


def test_betweenness_of_a_day_in_a_notebook(case: OpenedCase, run: Terminal) -> None:
    rows = run.json("network", "actors", "--measure", "betweenness", "--on", "2016-03-15")
    found = case.measure("betweenness", on="2016-03-15")
    assert found.values == {row["id"]: row["value"] for row in rows["values"]}
    assert found.values["gov-syria"] == max(found.values.values()) > 0
    assert "not negative count, in both directions" in "\n".join(found.told())
    import networkx as nx

    every = case.measure("betweenness", on="2016-03-15", sign="any").values
    plain = nx.betweenness_centrality(nx.Graph(case.network("actors", on="2016-03-15")))
    assert every == pytest.approx(plain)
    assert plain["gov-syria"] > found.values["gov-syria"]


def test_the_same_in_gephi_with_a_timeline(run: Terminal) -> None:
    file = run.public / "homs" / "network.gexf"
    text = file.read_text("utf-8")
    assert 'mode="dynamic"' in text
    nodes = re.findall(r"<node .*?</node>", text, re.DOTALL)
    assert nodes
    assert sum("<spell" in node or ' start="' in node for node in nodes) > len(nodes) / 2
    status = re.search(r'<attribute id="([^"]+)" title="status"', text)
    edges = re.findall(r"<edge .*?</edge>", text, re.DOTALL)
    assert edges
    if status:
        mark = f'for="{status[1]}" value="accepted"'
        assert all(mark in edge for edge in edges)


def test_a_table_for_r(run: Terminal) -> None:
    folder = run.public / "homs"
    with (folder / "edges.csv").open(encoding="utf-8", newline="") as file:
        edges = [*csv.DictReader(file)]
    with (folder / "nodes.csv").open(encoding="utf-8", newline="") as file:
        nodes = {row["Id"] for row in csv.DictReader(file)}
    assert {edge[end] for edge in edges for end in ("Source", "Target")} <= nodes
    assert {edge["Status"] for edge in edges} == {"accepted"}


def test_ranks_with_their_range(run: Terminal) -> None:
    told = run("network", "actors", "--measure", "betweenness", "--how-sure", "--format", "csv")
    rows = [*csv.DictReader(io.StringIO(told))]
    assert rows[0]["label"] == "Syrian government"
    assert "rank" in rows[0]
    assert any(name not in ("rank", "id", "label", "class", "value") for name in rows[0])


def test_the_guide_and_how_far_coders_agreed(hands: Hands, view: View) -> None:
    hands.click("#tab-about")
    about = view.at("#panel-about")
    expect(about).to_contain_text("Krippendorff's alpha")
    expect(about).to_contain_text("docs/coding.md")
    alphas = dict(re.findall(r"(voice|stance|mode|predicate) (0\.\d\d)", about.inner_text()))
    table = (PROJECT / "data" / "homs" / "README.md").read_text("utf-8")
    told = re.findall(
        r"^\| (voice|stance|mode|predicate) \|.*\| (0\.\d\d) \|$", table, re.MULTILINE
    )
    assert alphas == dict(told)
    assert len(alphas) == 4


# --- A developer


def test_a_view_in_a_frame_and_an_actor_as_json(
    browser: Browser, hands: Hands, view: View, run: Terminal, tmp_path: Path
) -> None:
    hands.search("NDF")
    hands.key("Enter")
    link = hands.copied(view.evidence().get_by_role("button", name="Copy link to this view"))
    fragment = link.partition("#")[2] + hands.typed("&embed=1")
    with (
        framing(tmp_path, "") as origin,
        served(run.public, "--allow-frame", origin, case="homs") as server,
    ):
        address = f"http://127.0.0.1:{server.port}"
        frame = f'<iframe id="framed" src="{address}/#{fragment}" width="800" height="500">'
        (tmp_path / "index.html").write_text(f"<!doctype html><title>x</title>{frame}", "utf-8")
        page = browser.new_page()
        page.goto(f"{origin}/")
        framed = page.frame_locator("#framed")
        expect(framed.locator("#foot")).to_contain_text("Data: ")
        expect(framed.locator("#story-view")).to_be_visible()
        expect(framed.locator("#controls")).to_be_hidden()
        told = page.request.get(f"{address}/things/ndf.json").json()
        page.close()
    shown = run.json("show", "ndf")
    assert {key: told[key] for key in shown} == shown
    assert told["label"] == "National Defense Forces"
    text = json.dumps(told["statements"], ensure_ascii=False)
    for words in ("ndf-charge", "Waer", "waer-2017#24.3", "Authors of the 2017 article"):
        assert words in text, words


def test_a_link_leads_to_a_statement_a_question_and_a_way(view: View, run: Terminal) -> None:
    view.go("ndf-charge")
    expect(view.evidence()).to_contain_text("National Defense Forces charges for passage into Waer")
    expect(view.evidence()).to_contain_text("Authors of the 2017 article")
    view.go("panel=questions&question=f-bombings")
    wanted = {row["statement"] for row in run.rows("who-says", "question=f-bombings")}
    assert set(statements(view, "#panel-questions .chosen")) == wanted
    view.go("from=iran&to=waer")
    steps = {step["statement"] for way in run.json("explain", "iran", "waer")
             for hop in way["hops"] for step in hop}  # fmt: skip
    assert steps <= set(statements(view, "#panel-evidence"))


def test_the_look_of_the_house(run: Terminal, view: View, tmp_path: Path) -> None:
    style = tmp_path / "style.toml"
    brick = '{ light = "#b3261e", dark = "#ff8a80" }'
    style.write_text(f'font = "Georgia, serif"\n[colours]\ngroup-violence = {brick}\n', "utf-8")
    run.public = tmp_path / "styled"
    run("build", "--quiet", "--style", str(style))
    styled = View(view.page.context, run.public / "homs" / "index.html", "")
    style_of = "() => getComputedStyle(document.querySelector('{}'))"
    assert styled.page.evaluate(f"{style_of.format('h1')}.fontFamily") == "Georgia, serif"
    bars = styled.page.evaluate(
        "() => [...document.querySelectorAll('#story [data-bar]')].map(bar => bar.dataset.bar)"
    )
    assert len(bars) > 50
    used = styled.page.evaluate(f"{style_of.format(':root')}.getPropertyValue('--group-violence')")
    assert used == "#b3261e"
    assert not styled.faults
    styled.page.close()


def test_what_changed_reaches_who_follows_the_case(run: Terminal, tmp_path: Path) -> None:
    old, new = tmp_path / "old.nq", run.public / "homs" / "graph.nq"
    text = new.read_text("utf-8")
    gone = "<https://w3id.org/hudna/homs/ndf-charge>"
    assert gone in text
    old.write_text("".join(
        line for line in text.splitlines(keepends=True) if not line.startswith(gone)
    ), "utf-8")  # fmt: skip
    page = "https://example.org/homs/"
    feed = run.json_of("diff", str(old), str(new), "--format", "feed", "--page", page)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    told = {item["url"]: item for item in feed["items"]}
    assert told[f"{page}#ndf-charge"]["tags"] == ["new statements"]


def _local(name: object) -> str:
    return str(name or "").rpartition("/")[2]


def _words(text: str) -> list[str]:
    return re.findall(r"[\w’'-]{3,}", text)


def _path_of(view: View) -> Path:
    from pathlib import Path
    from urllib.parse import unquote, urlparse

    return Path(unquote(urlparse(view.address).path))


def _followed(view: View) -> set[tuple[str, str, str]]:
    """Return trigger, outcome and how surely it followed, of the sequence that is open."""
    for fold in view.at("#panel-sequences .followed details:not([open]) summary").all():
        fold.click()
    found = view.at("#panel-sequences .chosen [data-trigger]").evaluate_all(
        "all => all.flatMap(one => [...one.querySelectorAll('[data-outcome]')].map(other =>"
        " [one.dataset.trigger, other.dataset.outcome, other.className.replace('then-', '')]))"
    )
    return {tuple(one) for one in found}


def _instances(result: dict[str, Any]) -> set[tuple[str, str, str]]:
    return {
        (one["trigger"]["statement"], one["outcome"]["statement"], one["strength"])
        for one in result["instances"]
    }
