"""What a case asks is as closed as what it names: stored questions, queries and sequences."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import miniature
import pytest
from click.testing import CliRunner
from serving import served
from test_canary import token, with_secrets

import graph
from graph.build import recipe
from graph.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

QUESTION = """
[[question]]
id = "{id}"
question = "{question}"
query = "ties"
params = {{ actor = "{actor}" }}
columns = ["subject", "status"]
answer = [["{answer}", "accepted"]]
{more}
"""
OPEN = {"question": "Who?", "actor": "mill-town", "answer": "river-guard", "more": ""}
CLOSED: dict[str, dict[str, str]] = {
    "itself": {"more": 'access = "restricted"'},
    "a-value": {"actor": "quiet-witness"},
    "an-answer": {"answer": "quiet-witness"},
    "a-statement": {"answer": "quiet-tie"},
    "an-id-in-words": {"question": "Whom did quiet-witness meet?"},
    "a-name-in-words": {"question": f"Whom did {token('Thing.label')} قناري meet?"},
    "another-script": {"question": f"Of {token('NamedThing.names')} كنار, what?"},
    "a-closed-name": {"question": f"Is it {token('nickname')}?"},
    "a-term": {"answer": "quietlyMeets"},
    "a-day": {"more": 'until = "2031-01-01"'},
}
"""Why a question is not public."""
QUERY = "# title: Canary{name}\n{head}\nSELECT ?statement WHERE {{ ?statement a {what} }}\n"
QUERIES = {
    "answers/open.rq": QUERY.format(name="Open", head="", what="hud:Statement"),
    "answers/closed.rq": QUERY.format(name="Itself", head="# access: secret", what="hud:Statement"),
    "answers/tie.rq": QUERY.format(name="Tie", head="# On quiet-tie.", what="hud:Statement"),
    "answers/meets.rq": QUERY.format(name="Meets", head="", what="mill:quiet-witness"),
    "answers/wrong.rq": QUERY.format(name="Wrong", head="# until: soon", what="hud:Statement"),
    "sequences/closed.rq": QUERY.format(name="Moves", head="# access: secret", what="hud:X"),
}
SHOWN = ["answers/open.rq", "answers/questions.toml#open"]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("asked")
    folder = with_secrets(home)
    questions = [
        QUESTION.format(**{**OPEN, "question": f"Canaryasked {why}? Who?", **own}, id=why)
        for why, own in {"open": {}, **CLOSED}.items()
    ]
    miniature.written(folder, "answers/questions.toml", "".join(questions))
    for file, content in QUERIES.items():
        miniature.written(folder, file, content)
    recipe.build("mill", home, home / "public")
    recipe.build("mill", home, home / "private", private=True)
    return home


def hudna(home: Path, *words: str, builds: str = "public") -> str:
    where = ["--case", "mill", "--data", str(home), "--public", str(home / builds)]
    where += ["--private"] * (builds == "private")
    seen = CliRunner().invoke(main, [*words, *where])
    assert seen.exception is None or isinstance(seen.exception, SystemExit)
    return seen.output


CANARIES = ("quiet", "Canary", "قناري", "كنار", *CLOSED)


def test_what_names_nothing_closed_is_public(home: Path) -> None:
    about = json.loads((home / "public/mill/manifest.json").read_text("utf-8"))
    assert about["asked"] == SHOWN
    assert "asked" not in json.loads((home / "private/mill/manifest.json").read_text("utf-8"))


def test_a_day_opens_a_question_that_waits_for_it(home: Path) -> None:
    words = ("--today", "2031-01-01", "--public", str(home / "later"))
    seen = CliRunner().invoke(main, ["build", "--case", "mill", "--data", str(home), *words])
    assert seen.exit_code == 0, seen.output
    about = json.loads((home / "later/mill/manifest.json").read_text("utf-8"))
    assert about["asked"] == [SHOWN[0], "answers/questions.toml#a-day", SHOWN[1]]


@pytest.mark.parametrize(
    "words",
    [
        ("query", "--list"),
        ("test",),
        ("test", "--format", "json"),
        ("test", "a-value"),
        ("query", "a-value"),
        ("query", "meets"),
        ("query", "meeets"),
        ("query", "an-anser"),
        ("sequences", "closed"),
        ("sequences", "--list"),
    ],
)
def test_a_command_on_the_public_build_tells_of_no_other(
    home: Path, words: tuple[str, ...]
) -> None:
    told = hudna(home, *words)
    for one in words:
        told = told.replace(one, "")
    told = told.replace("Canaryasked open", "").replace("CanaryOpen", "")
    assert not [one for one in CANARIES if one in told], told


def test_a_command_on_the_private_build_tells_of_all(home: Path) -> None:
    told = hudna(home, "query", "--list", builds="private")
    assert all(why in told for why in CLOSED)
    assert "CanaryMeets" in told
    case = graph.open("mill", public=home / "private")
    case.folders = [home / "mill"]
    assert {"closed", "tie", "meets"} <= case.queries.keys()
    assert "closed" in case.sequences
    told = json.loads(hudna(home, "test", "--format", "json", builds="private"))
    assert len(told) == 1 + len(CLOSED)


def test_a_build_says_nothing_of_them(home: Path, tmp_path: Path) -> None:
    where = ("--data", str(home), "--public", str(tmp_path / "public"))
    seen = CliRunner().invoke(main, ["build", "--case", "mill", *where])
    assert (seen.exit_code, "stored answer" in seen.output) == (0, False), seen.output
    assert not [one for one in CLOSED if one in seen.output.replace(str(tmp_path), "")]


def test_a_difference_of_builds_asks_what_who_may_see_either_may(home: Path) -> None:
    builds = [str(home / one / "mill") for one in ("private", "public")]
    told = hudna(home, "diff", "--all", *builds)
    assert "quiet-tie" in told  # of the private build, which is compared
    assert "Canaryasked" not in told


def test_the_server_of_the_public_build_offers_no_other(home: Path) -> None:
    """Its list of queries, nor its other pages."""
    with served(home / "public", "--data", str(home)) as server:
        pages = ["/", "/query", "/void", "/.well-known/void"]
        bodies = [server.ask("GET", path).body.decode("utf-8", "replace") for path in pages]
        offered = server.ask("GET", "/query/examples.json").body.decode()
    assert "CanaryOpen" in offered
    assert "Canaryasked open" in offered
    offered = offered.replace("CanaryOpen", "").replace("Canaryasked open", "")
    assert not [one for one in CANARIES if one in offered and one != "itself"]
    assert not [one for one in ("Canary", "quiet-") if one in "\n".join(bodies)]
    with served(home / "private", "--data", str(home), "--private") as server:
        offered = server.ask("GET", "/query/examples.json").body.decode()
    assert "CanaryMeets" in offered


def test_it_is_told_why_they_are_not_public(home: Path) -> None:
    told = json.loads(
        CliRunner()
        .invoke(main, ["withheld", "--case", "mill", "--data", str(home), "--format", "json"])
        .output
    )
    found = {
        one["id"].rpartition("#")[2]: one for one in told if one["table"] == "stored questions"
    }
    assert found.keys() == {*CLOSED, *QUERIES} - {"answers/open.rq"}
    assert found["a-value"]["why"] == "names quiet-witness"
    assert found["itself"]["level"] == "restricted"
    assert all(one["why"] for one in told)


@pytest.mark.parametrize(
    ("more", "wrong"), [('access = "privat"', "access is none of"), ("until = 2031", "is no day")]
)
def test_what_cannot_be_meant_is_told(tmp_path: Path, more: str, wrong: str) -> None:
    folder = miniature.copied(tmp_path)
    text = QUESTION.format(**{**OPEN, "more": more}, id="x")
    miniature.written(folder, "answers/questions.toml", text)
    where = ["--case", "mill", "--data", str(tmp_path), "--public", str(tmp_path / "public")]
    seen = CliRunner().invoke(main, ["test", *where])
    assert wrong in " ".join(seen.output.split())
