"""What is withheld is seen to be so where it would mislead; of what is secret there is no trace."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

import miniature
import pytest
from click.testing import CliRunner
from test_access import DENIAL, SIEGE, case_with, cut

import graph
from graph import reader
from graph.build import recipe
from graph.cli.main import main
from graph.read.select import Table
from graph.reader import access

if TYPE_CHECKING:
    from pathlib import Path

NAMED = 'id = "siege-of-mill-town"\n'
VERDICT = 'verdict = { status = "contested", reason = "Somebody differs." }\n'
CONTROL = "statements/control.toml"
LETTERS = 'id = "letters"\n'


def denied(home: Path, level: str) -> Path:
    """Write a case with a tie whose only denial is withheld, and a statement that is."""
    return case_with(
        home,
        (CONTROL, SIEGE, DENIAL.replace('"secret"', f'"{level}"')),
        (CONTROL, NAMED, f"{NAMED}{VERDICT}"),
        ("statements/talks.toml", LETTERS, f'{LETTERS}access = "{level}"\n'),
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("redacted")
    denied(home, "restricted")
    recipe.build("mill", home, home / "public")
    return home


def hudna(home: Path, *words: str) -> str:
    seen = CliRunner().invoke(main, [*words, "--case", "mill", "--public", str(home / "public")])
    assert seen.exit_code == 0, seen.output
    return seen.output


def test_a_statement_says_how_many_claims_on_it_are_withheld(home: Path, tmp_path: Path) -> None:
    case = graph.open("mill", public=home / "public")
    one = case.graph.statement("siege-of-mill-town")
    assert (one.withheld_claims, len(one.claims)) == (1, 1)
    found = case.query("detail", statement="siege-of-mill-town")
    assert isinstance(found, Table)
    assert next(str(one) for one in found.column("withheldClaims")).startswith('"1"')
    assert "withheld claims 1" in hudna(home, "export", "markdown", "--actor", "river-guard")
    for name in ("gexf", "graphml", "csv", "cytoscape"):
        files = case.export(name, status=("contested",)).files.values()
        texts = (b"".join(chunks).lower().replace(b"_", b" ") for chunks in files)
        assert any(b"withheld claims" in text for text in texts), name
    (data,) = case.export("sqlite").files.values()
    (tmp_path / "x.sqlite").write_bytes(b"".join(data))
    with sqlite3.connect(tmp_path / "x.sqlite") as rows:
        told = rows.execute(
            "SELECT id, withheld_claims FROM statements WHERE withheld_claims IS NOT NULL"
        )
        assert told.fetchall() == [("siege-of-mill-town", 1)]
    assert '"Withheld claims":1' in (home / "public/mill/index.html").read_text("utf-8")


def test_readers_are_told_how_much_is_withheld(home: Path) -> None:
    told = "2 claims, 1 statement"
    assert told in (home / "public/mill/index.html").read_text("utf-8")
    assert told in hudna(home, "query", "contested")
    assert told in hudna(home, "export", "markdown", "--actor", "river-guard")
    about = json.loads((home / "public/mill/manifest.json").read_text("utf-8"))
    assert about["withheld"] == {"claims": 2, "statements": 1}


def test_the_build_of_a_case_with_secrets_is_that_of_one_without(tmp_path: Path) -> None:
    """Byte by byte, in all files but the manifest, which does not tell of what it was made."""
    folder = denied(tmp_path / "secret", "secret")
    hidden = access.hidden(reader.read(folder, miniature.ONTOLOGY))
    assert hidden is not None
    with_them = recipe.build("mill", tmp_path / "secret", tmp_path / "one")
    cut(folder, hidden)
    without = recipe.build("mill", tmp_path / "secret", tmp_path / "two")
    names = {file.name for file in without.iterdir()}
    assert {file.name for file in with_them.iterdir()} == names
    for name in names - {"manifest.json"}:
        assert (with_them / name).read_bytes() == (without / name).read_bytes(), name
    about, other = (
        json.loads((one / "manifest.json").read_text("utf-8")) for one in (with_them, without)
    )
    assert about.pop("authored") is None
    assert about.pop("asked") == []
    assert other.pop("authored")
    del about["sha256"], other["sha256"]
    assert about == other


def test_whom_to_write_to_stands_where_people_read(home: Path, tmp_path: Path) -> None:
    told = "desk@mill.example"
    assert told in (home / "public/mill/index.html").read_text("utf-8")
    assert json.loads((home / "public/mill/manifest.json").read_text("utf-8"))["contact"] == told
    hudna(home, "analyse", "-o", str(tmp_path / "report"))
    for name in ("report.html", "report.md"):
        assert "desk" in (tmp_path / "report" / name).read_text("utf-8")


def test_a_case_on_people_should_say_whom_to_write_to(folder: Path) -> None:
    def hinted() -> bool:
        hints = reader.read(folder, miniature.ONTOLOGY).hints
        return "mill, contact" in [one.place for one in hints]

    assert not hinted()
    file = folder / "case.toml"
    file.write_text(file.read_text("utf-8").replace('contact = "desk@mill.example"\n', ""), "utf-8")
    assert hinted()
    writer = folder / "actors/courier-writer.toml"
    text = writer.read_text("utf-8")
    writer.write_text(text.replace('"Person"', '"MediaOrganization"'), "utf-8")
    assert not hinted()
