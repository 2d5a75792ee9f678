"""Guided tours: read like all else that is authored, and as closed as what they tell of."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING

import jsonschema_rs
import miniature
import pytest
from click.testing import CliRunner
from test_canary import token, with_secrets

from graph import reader
from graph.authoring.json_schemas import json_schemas
from graph.build import recipe
from graph.build.asking import asked_of
from graph.cli.main import main
from graph.model import vocabulary
from graph.model.views import parts_of, with_ids

if TYPE_CHECKING:
    from pathlib import Path

TOUR = """
title = "{title}"
{head}
[[step]]
title = "The ties"
text = "{text}"
view = "{view}"
evidence = ["{evidence}"]
{step}
"""
OPEN = {
    "title": "Canarytour open",
    "head": "",
    "text": "What is told of the mill.",
    "view": "sel=mill-town&show=drawing",
    "evidence": "mill-town",
    "step": "",
}
IN_ARABIC = '[[step.translations]]\nlang = "ar"\ntitle = "الروابط"\ntext = "{}"'
CLOSED: dict[str, dict[str, str]] = {
    "itself": {"head": 'access = "restricted"'},
    "a-day": {"head": 'until = "2031-01-01"'},
    "chosen": {"view": "sel=quiet-witness"},
    "encoded": {"view": "sel=%71uiet-witness"},
    "near": {"view": "near=quiet-witness~2"},
    "a-world": {"view": "world=voice:quiet-witness"},
    "a-statement": {"view": "sel=quiet-tie"},
    "evidence": {"evidence": "quiet-tie"},
    "a-name": {"text": f"Of {token('Thing.label')} قناري nothing."},
    "a-closed-name": {"text": f"It is {token('nickname')}."},
    "another-language": {"step": IN_ARABIC.format(f"{token('NamedThing.names')} كنار")},
    "a-title": {"title": f"Canarytour {token('Thing.label')} قناري"},
}
"""Why a tour is not public."""


def written(folder: Path, name: str, **changes: str) -> None:
    miniature.written(folder, f"tours/{name}.toml", TOUR.format(**{**OPEN, **changes}))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("tours")
    folder = with_secrets(home)
    written(folder, "open", step=IN_ARABIC.format("ما يروى"))
    for name, changes in CLOSED.items():
        written(folder, name, **changes)
    recipe.build("mill", home, home / "public")
    recipe.build("mill", home, home / "private", private=True)
    return home


def tours_of(build: Path) -> dict[str, dict[str, object]]:
    page = (build / "mill/index.html").read_text("utf-8")
    data = page.partition('<script type="application/json" id="data">')[2].partition("</script>")[0]
    return {one["id"]: one for one in json.loads(data)["tours"]}


def test_a_tour_that_names_what_is_closed_is_in_no_public_page(home: Path) -> None:
    assert tours_of(home / "public").keys() == {"open"}
    assert tours_of(home / "private").keys() == {"open", *CLOSED}
    about = json.loads((home / "public/mill/manifest.json").read_text("utf-8"))
    assert [one for one in about["asked"] if "tours" in one] == ["tours/open.toml"]
    for file in (home / "public/mill").iterdir():
        text = file.read_bytes().decode("utf-8", "replace")
        assert not [one for one in ("quiet-", "Canarytour itself", "قناري") if one in text]


def test_a_page_has_all_that_a_tour_tells(home: Path) -> None:
    assert tours_of(home / "public")["open"] == {
        "id": "open",
        "title": OPEN["title"],
        "steps": [
            {
                "title": "The ties",
                "text": OPEN["text"],
                "view": OPEN["view"],
                "on": ["mill-town"],
                "in": {"ar": {"title": "الروابط", "text": "ما يروى"}},
            }
        ],
    }


def test_a_day_opens_a_tour_that_waits_for_it(tmp_path: Path) -> None:
    from datetime import date

    folder = miniature.copied(tmp_path)
    written(folder, "late", head='until = "2031-01-01"')
    recipe.build("mill", tmp_path, tmp_path / "public")
    assert tours_of(tmp_path / "public") == {}
    recipe.build("mill", tmp_path, tmp_path / "public", today=date(2031, 1, 1))
    assert tours_of(tmp_path / "public").keys() == {"late"}


def test_a_tour_follows_the_access_of_its_case_unless_it_says_so_itself(tmp_path: Path) -> None:
    folder = miniature.copied(tmp_path)
    written(folder, "plain")
    written(folder, "open", head='access = "public"')
    case = replace(reader.read(folder, vocabulary.load()), access="restricted")
    shown, causes = asked_of(folder, case, {}, (), None)
    assert [one for one in shown if "tours" in one] == ["tours/open.toml"]
    assert "tours/plain.toml" in causes


IN_SHORT = '{ lang = "ar", title = "x" }'
WRONG = {
    "an unknown key": (
        {"view": "shwo=table"},
        '"shwo" is nothing that a view says; did you mean "show"?',
    ),
    "an unknown value": (
        {"view": "show=tabel"},
        'show: there is no value "tabel"; did you mean "table"?',
    ),
    "an unknown thing": (
        {"view": "sel=mill-twon"},
        'sel: there is no thing or statement "mill-twon"; did you mean "mill-town"?',
    ),
    "no depth": ({"view": "near=mill-town~9"}, 'near: "9" is no depth'),
    "an unknown voice": (
        {"view": "world=voice:mill-twon"},
        'world: there is no voice "mill-twon"; did you mean "mill-town"?',
    ),
    "no world": (
        {"view": "world=agred"},
        'world: there is no world "agred"; did you mean "agreed"?',
    ),
    "no day": ({"view": "on=2020-02-31"}, 'on: "2020-02-31" is no day'),
    "no span": (
        {"view": "during=2021-01-01/2020-01-01"},
        'during: "2021-01-01/2020-01-01" is no span',
    ),
    "a tour in a tour": ({"view": "tour=x~1"}, '"tour" is nothing that a view says'),
    "twice": ({"view": "show=table&show=story"}, '"show" stands there twice'),
    "evidence": ({"evidence": "mill-twon"}, 'there is no thing or statement "mill-twon"'),
    "no language": ({"head": 'translations = [{ lang = "?", title = "x" }]'}, "language"),
    "a text left out": (
        {"step": '[[step.translations]]\nlang = "ar"\ntitle = "x"'},
        '"text" is missing',
    ),
    "a language twice": (
        {"head": f"translations = [{', '.join(2 * [IN_SHORT])}]"},
        '"ar" stands here twice',
    ),
    "an unknown access": ({"head": 'access = "open"'}, "access"),
}


def test_all_that_is_wrong_is_told_at_once_with_its_place(tmp_path: Path) -> None:
    folder = miniature.copied(tmp_path)
    names = {why: f"t{number}" for number, why in enumerate(WRONG)}
    for why, (changes, _) in WRONG.items():
        written(folder, names[why], **changes)
    miniature.written(folder, "tours/empty.toml", 'title = "x"\nstep = []\n')
    told = {
        (one.file.rpartition("/")[2], one.message): one.line
        for one in miniature.all_problems_of(folder)
    }
    for why, (_, message) in WRONG.items():
        found = [line for (file, text), line in told.items()
                 if file == f"{names[why]}.toml" and message in text]  # fmt: skip
        assert len(found) == 1, (why, told)
        assert found[0] > 1
    assert any(file == "empty.toml" and "no stop" in text for file, text in told)


def test_a_schema_takes_what_is_right_and_nothing_else() -> None:
    schema = jsonschema_rs.validator_for(json.loads(json_schemas(vocabulary.load())["tour"]))
    right = tomllib.loads(TOUR.format(**OPEN))
    assert schema.is_valid(right)
    assert not schema.is_valid(right | {"steps": []})
    assert not schema.is_valid({"title": "x"})


def test_a_view_is_parted_as_the_page_does_it() -> None:
    assert parts_of("#ev-x") == parts_of("sel=ev-x")
    assert [*parts_of("world=voice%3Ax&a=b=c")] == [("world", "voice:x"), ("a", "b=c")]
    assert parts_of("") == []


@pytest.mark.homs
def test_each_stop_in_homs_is_led_back_to_evidence() -> None:
    case = reader.read(miniature.PROJECT / "data/homs", vocabulary.load())
    assert [len(one.steps) for one in case.tours] == [8]
    assert all(step.evidence and step.translations for one in case.tours for step in one.steps)


def test_a_tour_follows_a_new_id(tmp_path: Path) -> None:
    folder = miniature.copied(tmp_path)
    written(folder, "open", view="world=voice:river-guard&near=mill-town~2&show=drawing")
    words = ["rename", "mill-town", "mill-city", "--case", "mill", "--data", str(tmp_path)]
    seen = CliRunner().invoke(main, words)
    assert seen.exit_code == 0, seen.output
    (tour,) = reader.read(folder, vocabulary.load()).tours
    assert tour.steps[0].view == "world=voice:river-guard&near=mill-city~2&show=drawing"
    assert tour.steps[0].evidence == ("mill-city",)
    assert with_ids("mill-town", {"mill-town": "x", "drawing": "y"}) == "x"
    assert with_ids("show=drawing&on=2020-01-01", {"drawing": "y"}) == "show=drawing&on=2020-01-01"
