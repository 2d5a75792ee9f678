"""What was withdrawn is told with its day and its reason, and nothing of it stands anywhere."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import miniature
import pytest
from click.testing import CliRunner
from serving import PROBLEM, served

import graph
from graph.build import recipe
from graph.cli.main import main
from graph.export.formats import formats
from graph.read.former import Withdrawn, withdrawn

if TYPE_CHECKING:
    from pathlib import Path

GONE = """
[[former]]
id = "{id}"
withdrawn = "2026-05-01"
reason = "A witness took it back."
{more}
"""
LETTERS = "letters"


def without(folder: Path, name: str, start: str) -> None:
    """Take a statement out of a file, which begins with a line of its own."""
    file = folder / name
    text = file.read_text("utf-8")
    head = text.index(f'[[statement]]\nid = "{start}"')
    end = text.find("[[statement]]", head + 1)
    file.write_text(text[:head] + (text[end:] if end > 0 else ""), "utf-8")


def entomb(folder: Path, name: str = LETTERS, more: str = "") -> None:
    file = folder / "identity.toml"
    before = file.read_text("utf-8") if file.exists() else ""
    file.write_text(before + GONE.format(id=name, more=more), "utf-8")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the case, of which a statement was withdrawn, and its build."""
    home = tmp_path_factory.mktemp("withdrawn")
    folder = miniature.copied(home)
    without(folder, "statements/talks.toml", LETTERS)
    entomb(folder)
    entomb(folder, "hushed", 'access = "secret"')
    recipe.build("mill", home, home / "public")
    return home


def test_the_graph_and_the_manifest_tell_it_and_nothing_of_it(home: Path) -> None:
    case = graph.open("mill", public=home / "public")
    told = Withdrawn(LETTERS, "2026-05-01", "A witness took it back.")
    assert withdrawn(case.graph) == {LETTERS: told}
    about = json.loads((home / "public/mill/manifest.json").read_text("utf-8"))
    assert about["withdrawn"] == [
        {"id": LETTERS, "withdrawn": "2026-05-01", "reason": "A witness took it back."}
    ]
    said = {
        quad.predicate.value.rpartition("#")[2].rpartition("/")[2]
        for quad in case.store
        if str(quad.subject).startswith(f"<{miniature.BASE}{LETTERS}")
    }
    assert said == {"deprecated", "withdrawn", "reason", "judge"}
    assert LETTERS not in case.graph.ids("Statement")


def test_no_trace_is_left_of_one_that_is_secret(home: Path) -> None:
    for file in (home / "public/mill").resolve().iterdir():
        assert b"hushed" not in file.read_bytes(), file.name
    case = graph.open("mill", public=home / "public")
    for name, form in formats().items():
        if form.holds != "actor":
            for chunks in case.export(name).files.values():
                assert b"hushed" not in b"".join(chunks)


def test_readers_are_told_of_it(home: Path) -> None:
    page = (home / "public/mill/index.html").read_text("utf-8")
    assert f"{LETTERS} was withdrawn on 1 May 2026: A witness took it back." in page
    words = ["--case", "mill", "--public", str(home / "public")]
    asked = ["query", "detail", "--param", f"statement={LETTERS}", *words]
    seen = CliRunner().invoke(main, asked)
    assert seen.exit_code == 2
    assert "was withdrawn on 1 May 2026" in seen.output


@pytest.mark.parametrize("part", ["", ".ttl", ".courier-writer.asserts.courier-2020", ".verdict"])
def test_its_address_is_answered_with_410(home: Path, part: str) -> None:
    with served(home / "public") as server:
        told = server.ask("GET", f"/id/{LETTERS}{part}", Accept="text/turtle")
        assert (told.status, told.kind, told.media) == (410, "gone", PROBLEM)
        page = server.ask("GET", f"/id/{LETTERS}{part}", Accept="text/html")
        assert (page.status, "was withdrawn on 1 May 2026" in page.body.decode()) == (410, True)
        for other in ("hushed", "letter", f"{LETTERS}s"):
            assert server.ask("GET", f"/id/{other}").status == 404


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ('id = "x"\nreason = "Why."', "give one of them"),
        ('id = "x"\nnow = "river-guard"\nwithdrawn = "2026-05-01"\nreason = "Y."', "give one of"),
        ('id = "x"\nwithdrawn = "2026-05-01"', "say why it was withdrawn"),
        ('id = "x"\nwithdrawn = "May"\nreason = "Why."', "day"),
        (
            'id = "x"\nwithdrawn = "2026-05-01"\nreason = "Y."\npassages = ["courier-2020#2.1"]',
            "rests on nothing",
        ),
        ('id = "river-guard"\nwithdrawn = "2026-05-01"\nreason = "Why."', "river-guard"),
    ],
)
def test_what_does_not_fit_is_refused(entry: str, told: str, folder: Path) -> None:
    file = folder / "identity.toml"
    before = file.read_text("utf-8") if file.exists() else ""
    file.write_text(f"{before}\n[[former]]\n{entry}\n", "utf-8")
    problems = miniature.problems_of(folder)
    assert any(told in one.message for one in problems), problems


def test_its_id_is_given_to_nothing_else(home: Path, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(home / "mill", tmp_path / "mill")
    words = ["rename", "pigeon-post", LETTERS, "--case", "mill", "--data", str(tmp_path)]
    seen = CliRunner().invoke(main, words)
    assert (seen.exit_code, "what was withdrawn" in seen.output) == (2, True), seen.output


def test_what_is_kept_apart_is_no_tombstone(home: Path, tmp_path: Path) -> None:
    """One in the second folder is secret, as all there is."""
    (tmp_path / "apart").mkdir()
    entomb(tmp_path / "apart", "never-told")
    built = recipe.build("mill", home, tmp_path / "public", apart=tmp_path / "apart")
    assert b"never-told" not in (built / "graph.nq").read_bytes()
    assert b"never-told" not in (built / "manifest.json").read_bytes()
