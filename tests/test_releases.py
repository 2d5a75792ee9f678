"""Releases of data sets: what a later one drops counts for nothing, and is known until then."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import miniature
import pyoxigraph as ox
import pytest
import releases
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from releases import Release

import graph as graph_package
from graph.build import judging, recipe
from graph.build.steps import Naming
from graph.cli.main import main
from graph.model.terms import CITO, DCTERMS, HUD, KIND, RDF, graph_iri, text
from graph.query import QUERIES
from graph.query.named import rows_of
from graph.read import CaseGraph

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

GED = (
    Release("ged", "2019-06-01", {"ev-a": 4, "ev-b": 7}),
    Release("ged", "2020-05-01", {"ev-a": 5}),
    Release("ged", "2021-06-01", {"ev-a": 4, "ev-c": 1}),
)
ACLED = Release("acled", "2020-09-01", {"ev-a": 9})
BASE = f"https://w3id.org/hudna/{releases.CASE}/"
DEFAULT = ox.DefaultGraph()
FORMER = ox.NamedNode(graph_iri(releases.CASE, "former"))
_STATUS = ox.NamedNode(HUD + "status")


def known(folder: Path, day: str) -> ox.Store:
    """Return the graph of a case as it is known on a day."""
    made = judging.chosen(
        folder, miniature.ONTOLOGY, lambda _: None, private=True, today=None,
        known=date.fromisoformat(day),
    )  # fmt: skip
    return made.graph


def statuses(store: ox.Store) -> dict[str, str]:
    """Return the statuses of all statements that have one."""
    return {
        text(quad.subject).removeprefix(BASE): text(quad.object).removeprefix(KIND)
        for quad in store.quads_for_pattern(None, _STATUS, None, DEFAULT)
    }


def said(store: ox.Store, *, without: tuple[str, ...] = ()) -> set[str]:
    """Return all that the graphs say, but that of what is said no more, and but some properties."""
    return {
        str(quad)
        for quad in store
        if quad.graph_name != FORMER and quad.predicate.value not in without
    }


def test_what_a_release_drops_counts_for_nothing(tmp_path: Path) -> None:
    now = miniature.judged(releases.case(tmp_path / "all", GED))[1]
    last = miniature.judged(releases.from_scratch(tmp_path / "last", GED, "2030-01-01"))[1]
    assert statuses(now) == {
        "ev-a.occurred": "accepted", "ev-a-4": "accepted",
        "ev-c.occurred": "accepted", "ev-c-1": "accepted",
    }  # fmt: skip
    assert said(now) == said(last)


def test_a_status_follows_the_releases(tmp_path: Path) -> None:
    folder = releases.case(tmp_path, (*GED, ACLED))
    found = {
        day: {name: told for name, told in statuses(known(folder, day)).items() if "-a-" in name}
        for day in ("2019-05-31", "2019-06-01", "2020-05-01", "2020-09-01", "2021-06-01")
    }
    assert found == {
        "2019-05-31": {},
        "2019-06-01": {"ev-a-4": "accepted"},
        "2020-05-01": {"ev-a-5": "accepted"},
        "2020-09-01": {"ev-a-5": "contested", "ev-a-9": "contested"},
        "2021-06-01": {"ev-a-4": "contested", "ev-a-9": "contested"},
    }


def test_a_figure_that_is_revised_is_no_rival_of_the_old_one(tmp_path: Path) -> None:
    store = miniature.judged(releases.case(tmp_path, GED))[1]
    for term in (HUD + "excludes", CITO + "disputes"):
        assert not [*store.quads_for_pattern(None, ox.NamedNode(term), None, None)]


def test_what_was_said_is_kept_apart_and_whole(tmp_path: Path) -> None:
    graph = CaseGraph(miniature.judged(releases.case(tmp_path, GED))[1], releases.CASE)
    assert {name: len(claims) for name, claims in graph.dropped.items()} == {
        "ev-a-4": 1, "ev-a-5": 1, "ev-b-7": 1, "ev-b.occurred": 1,
    }  # fmt: skip
    four, five = graph.statement("ev-a-4"), graph.statement("ev-a-5")
    assert [one.source for one in four.claims] == ["ged-2021-06-01"]
    assert [str(one.known_until) for one in four.former_claims] == ["2020-05-01"]
    assert (five.status, five.claims, five.value) == ("", (), 5)
    former = {
        text(quad.object)
        for quad in graph.store.quads_for_pattern(None, ox.NamedNode(RDF + "subject"), None, FORMER)
    }
    assert former == {BASE + "ev-a", BASE + "ev-b"}


def test_what_a_release_changed_is_listed(tmp_path: Path) -> None:
    graph = CaseGraph(miniature.judged(releases.case(tmp_path, (*GED, ACLED)))[1], releases.CASE)
    found = rows_of(graph, QUERIES / "revisions.rq")
    wanted = ("day", "change", "subject", "was", "now", "earlier", "source")
    assert [tuple(row[name] for name in wanted) for row in found] == [
        ("2020-05-01", "changed", "ev-a", "4", "5", "ged-2019-06-01", "ged-2020-05-01"),
        ("2020-05-01", "dropped", "ev-b", "7", "", "ged-2019-06-01", "ged-2020-05-01"),
        ("2020-05-01", "dropped", "ev-b", "true", "", "ged-2019-06-01", "ged-2020-05-01"),
        ("2021-06-01", "added", "ev-c", "", "1", "", "ged-2021-06-01"),
        ("2021-06-01", "added", "ev-c", "", "true", "", "ged-2021-06-01"),
        ("2021-06-01", "changed", "ev-a", "5", "4", "ged-2020-05-01", "ged-2021-06-01"),
    ]


def test_the_passages_of_old_releases_are_no_gaps_of_the_coding(tmp_path: Path) -> None:
    graph = CaseGraph(miniature.judged(releases.case(tmp_path, GED))[1], releases.CASE)
    assert rows_of(graph, QUERIES / "uncoded.rq") == []


SUPPOSED = """\
[[statement]]
id = "if-counted"
subject = "ged"
predicate = "coordinatesWith"
object = "editors"
if = "ev-a-5"
claims = [
  { voice = "ged", stance = "asserts", certainty = "certain", passages = ["ged-2021-06-01#1.1"] },
]
"""


def test_a_condition_that_nobody_says_any_more_is_one_without_claims(tmp_path: Path) -> None:
    folder = releases.case(tmp_path, GED)
    miniature.written(folder, "statements/supposed.toml", SUPPOSED)
    now = miniature.judged(folder)[1]
    assert statuses(now)["ev-a-5"] == statuses(now)["if-counted"] == "open"
    told = ox.NamedNode(HUD + "toldUntil")
    assert not [*now.quads_for_pattern(ox.NamedNode(BASE + "ev-a-5"), told, None, DEFAULT)]


TWICE = """\
[[statement]]
subject = "ann"
predicate = "coordinatesWith"
object = "ged"

[[statement.claims]]
voice = "ged"
stance = "asserts"
certainty = "certain"
passages = ["ged-2020-05-01#1.1"]
known_until = "2021-06-01"

[[statement.claims]]
voice = "ged"
stance = "asserts"
certainty = "certain"
passages = ["ged-2021-06-01#1.1"]
"""
"""Who is told of by a release and by the next one anew."""
NOTE = """\
[[note]]
id = "on-b"
on = ["EVENT"]
text = "Counted twice."
passages = ["ged-2019-06-01#1.1"]
"""


def test_no_remark_and_no_link_leads_to_what_is_told_no_more(tmp_path: Path) -> None:
    folder = releases.case(tmp_path, GED)
    question = 'label = "How many?"\nexclusive = false\nabout = ["ev-a", "ev-b", "ev-c"]\n'
    miniature.written(folder, "questions/q-all.toml", question)
    for event, day in (("ev-b", "2021-06-01"), ("ev-c", "2020-06-01")):
        miniature.written(folder, "notes.toml", NOTE.replace("EVENT", event))
        for store in (miniature.judged(folder)[1],) * (event == "ev-b") + (known(folder, day),):
            here = "\n".join(said(store))
            assert BASE + "ev-a" in here
            assert BASE + event not in here
            assert BASE + "on-b" not in here
        as_of = ox.NamedNode(HUD + "asOf")
        assert [text(q.object) for q in store.quads_for_pattern(None, as_of, None)] == [day]


def test_what_mentions_somebody_is_what_is_said_now(tmp_path: Path) -> None:
    folder = releases.case(tmp_path, GED)
    actor = 'label = "Ann"\nclass = "Person"\nidentity = "named"\n'
    miniature.written(folder, "actors/ann.toml", actor)
    miniature.written(folder, "statements/twice.toml", TWICE)
    graph = CaseGraph(miniature.judged(folder)[1], releases.CASE)
    mentioned = [one for one, _ in sorted(graph.pairs(HUD + "mentionedIn", target=None))]
    assert mentioned.count("ann") == 1


def test_what_is_passed_on_ends_with_what_was_said(tmp_path: Path) -> None:
    folder = releases.case(tmp_path, (*GED, ACLED))
    path = folder / "statements" / "ev-b.toml"
    said = path.read_text("utf-8")
    path.write_text(said.replace('voice = "ged"', 'voice = "acled"'), "utf-8")
    graph = CaseGraph(miniature.judged(folder)[1], releases.CASE)
    assert {one.voice for one in graph.dropped["ev-b-7"]} == {"ged", "acled"}
    assert not graph.claims_on("ev-b-7")


@pytest.mark.parametrize("day", ["2019-06-01", "2018-01-01"])
def test_no_release_drops_what_is_not_yet_said(tmp_path: Path, day: str) -> None:
    folder = releases.case(tmp_path, GED[:2])
    path = folder / "statements" / "ev-b.toml"
    path.write_text(path.read_text("utf-8").replace("2020-05-01", day), "utf-8")
    problems = [one.message for one in miniature.problems_of(folder)]
    assert len(problems) == 1
    assert f"{day} is not after 2019-06-01" in problems[0]
    assert "write the day of the later release" in problems[0]


def test_nothing_of_the_past_tells_of_whom_is_withheld(tmp_path: Path) -> None:
    folder = releases.case(tmp_path, GED)
    actor = 'label = "Ann"\nclass = "Person"\nidentity = "withheld"\n'
    miniature.written(folder, "actors/ann.toml", actor)
    miniature.written(folder, "statements/of-her.toml", TWICE)
    made = judging.chosen(
        folder, miniature.ONTOLOGY, lambda _: None, private=False, today=None,
        naming=Naming.for_a_check(),
    )  # fmt: skip
    former = "\n".join(map(str, made.graph.quads_for_pattern(None, None, None, FORMER)))
    assert "ev-b" in former
    assert "withheld" not in former
    assert "ann" not in former


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the case of two data sets, and a build of it."""
    home = tmp_path_factory.mktemp("built")
    releases.case(home / "data", (*GED, ACLED))
    recipe.build(releases.CASE, home / "data", home / "public")
    return home


def hudna(home: Path, *words: str) -> Result:
    """Run a command on that build."""
    where = ("--public", str(home / "public"), "--data", str(home / "data"))
    return CliRunner().invoke(main, [*words, *where])


def answered(home: Path, *words: str) -> list[str]:
    """Return the lines of an answer, without its head."""
    return hudna(home, *words).stdout.split()[1:]


def test_a_case_is_asked_as_it_was_known(built: Path) -> None:
    words = ("query", "figures", "thing=ev-a", "--format", "csv")
    found = {
        day: [line.split(",")[2] for line in answered(built, *words, "--known", day)]
        for day in ("2019-05-31", "2019-12-31", "2020-12-31", "2021-12-31")
    }
    assert found["2019-12-31"] == ["4"]
    assert found["2020-12-31"] == ["5", "9"]
    assert found["2021-12-31"] == ["4", "9"]
    assert 'called "ev-a"' in hudna(built, *words, "--known", "2019-05-31").stderr
    told = hudna(built, *words, "--known", "2020-12-31").stderr
    assert "asked of what was known on 31 December 2020" in told


@pytest.mark.parametrize(
    "words",
    [
        ("network", "participation"), ("export", "nquads"), ("show", "ev-a"),
        ("explain", "ev-a", "ged"),
    ],
)  # fmt: skip
def test_every_command_takes_the_day(built: Path, words: tuple[str, ...]) -> None:
    found = hudna(built, *words, "--known", "2020-06-01")
    assert found.exit_code == 0, found.output
    assert "known on 1 June 2020" in found.stderr
    if words[0] == "export":
        assert "(as known on 1 June 2020)" in found.stdout


def test_a_build_of_a_day_says_so(built: Path) -> None:
    public = built / "then"
    recipe.build(releases.CASE, built / "data", public, known=date(2020, 6, 1))
    case = graph_package.open(releases.CASE, public)
    assert case.title == "A count of the dead (as known on 1 June 2020)"
    assert case.build.manifest.about["known"] == "2020-06-01"
    assert "as known on 1 June 2020" in (case.folder / "index.html").read_text("utf-8")


def test_what_was_said_is_shown_with_the_release_that_dropped_it(built: Path) -> None:
    until = "until the release of 1 May 2020"
    shown = hudna(built, "show", "ev-a").stdout
    assert f"ged: asserts (certain), ged-2019-06-01#1.1, {until}" in " ".join(shown.split())
    gone = hudna(built, "show", "ev-b")
    assert gone.exit_code == 2
    assert '"ev-b" is told of no more' in " ".join(gone.stderr.split())
    assert until in " ".join(gone.stderr.split())
    assert hudna(built, "query", "revisions", "thing=ev-b").stdout.count("dropped") == 2


FIGURES = st.dictionaries(st.sampled_from(["ev-a", "ev-b"]), st.integers(1, 2))
DAYS = [f"20{year}-01-01" for year in range(15, 20)]


@st.composite
def histories(draw: st.DrawFn) -> list[Release]:
    """Return releases of two data sets, each at most one a day."""
    return [
        Release(voice, day, draw(FIGURES))
        for voice in ("ged", "acled")
        for day in draw(st.lists(st.sampled_from(DAYS), unique=True, max_size=3))
    ]


@settings(max_examples=25, deadline=None)
@given(histories(), st.sampled_from([*DAYS, "2017-07-01"]))
def test_what_is_known_on_a_day_is_what_the_releases_of_that_day_say(
    tmp_path_factory: pytest.TempPathFactory, history: list[Release], day: str
) -> None:
    into = tmp_path_factory.mktemp("history")
    mine = known(releases.case(into / "all", history), day)
    theirs = miniature.judged(releases.from_scratch(into / "day", history, day))[1]
    head = (DCTERMS + "title", HUD + "asOf")
    assert statuses(mine) == statuses(theirs)
    assert said(mine, without=head) == said(theirs, without=head)
