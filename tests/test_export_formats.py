"""What holds for every format: its documentation, its bytes, its report of losses."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from elsewhere import printed
from readers import need

from graph.cli import main
from graph.errors import LossRefused, UsageError
from graph.export import formats as registry
from graph.export.formats import export, form, formats, missing
from graph.export.losses import ITEMS
from graph.export.selection import Selection
from graph.model import Form, Statement, specs
from graph.read.select import Graph

if TYPE_CHECKING:
    from miniature import Judged

    from graph.export.format import Format

PROJECT = Path(__file__).resolve().parent.parent
PAGE = (PROJECT / "docs" / "export.md").read_text("utf-8")
PACKAGES = ("followthemoney", "nanopub", "pyarrow", "duckdb", "igraph", "ndex2", "pandas",
            "markdown_it")  # fmt: skip
LARGEST_TEXT_OF_A_LIST = 90
FEATURES = (
    "time",
    "sign",
    "status",
    "qualifiers",
    "claims",
    "voices",
    "several labels",
    "parallel ties",
    "all statements",
    "all records",
)
"""What a user asks of a format; the columns of the table in the documentation."""


def selection(judged: Judged, name: str) -> Selection:
    actor = judged[0].things[0].id
    return Selection(
        Graph(judged[1], judged[0].id), actor=actor if form(name).holds == "actor" else None
    )


def level(form: Format, feature: str) -> str:
    """Return whether a format holds a feature: ``yes``, ``partly`` or ``no``."""
    items = {key for key, item in ITEMS.items() if item.feature == feature}
    lost = items & form.loses.keys()
    if feature == "qualifiers":
        return "yes" if form.qualifiers is None else "partly"
    return "yes" if not lost else "no" if lost == items else "partly"


def test_the_table_of_the_documentation_is_that_of_the_code() -> None:
    rows = re.findall(r"^\| `[a-z0-9]+` (?:\| (?:yes|partly|no) )+\|$", PAGE, re.MULTILINE)
    wanted = [
        " | ".join([f"| `{name}`", *(level(one, feature) for feature in FEATURES)]) + " |"
        for name, one in formats().items()
    ]
    assert rows == wanted, "\n".join(["docs/export.md needs:", *set(wanted) - set(rows)])
    assert "| format | " + " | ".join(FEATURES) + " |" in PAGE


@pytest.mark.parametrize("name", registry.MODULES)
def test_a_format_tells_what_it_is(name: str) -> None:
    one = form(name)
    assert one.name == name
    assert one.loses.keys() <= ITEMS.keys()
    assert len(one.title) <= LARGEST_TEXT_OF_A_LIST
    assert f"`{name}`" in PAGE, "tell it in docs/export.md"


@pytest.mark.parametrize("package", PACKAGES)
def test_the_readers_of_the_tests_are_there(package: str) -> None:
    """Skips where one is missing; fails where they are required."""
    need(package)


@pytest.mark.some(3)
@pytest.mark.parametrize("name", registry.MODULES)
def test_strict_refuses_just_what_has_losses(name: str, example: Judged) -> None:
    if missing(form(name)):
        pytest.skip(f"{missing(form(name))} is not installed")
    chosen = selection(example, name)
    losses = export(name, chosen).losses
    assert all(loss.items > 0 and loss.what and loss.instead for loss in losses)
    if losses:
        with pytest.raises(LossRefused, match=re.escape(losses[0].what)):
            export(name, chosen, strict=True)
    else:
        assert export(name, chosen, strict=True).losses == ()


COLUMNS = {"when": "edtf", "begins": "edtf", "ends": "edtf", "when_text": "wording"}
"""The items of columns that a format declares apart from the other qualifiers."""


def texts(form: Format) -> list[str]:
    """Return the fields of statements whose texts a format does not say that it loses."""
    own = [field.name for field in specs(Statement) if field.form is Form.ENGLISH]
    found = [name for name, item in COLUMNS.items() if item not in form.loses]
    return found + [name for name in own if name not in COLUMNS
                    and (form.qualifiers is None or name in form.qualifiers)]  # fmt: skip


def lost(column: str) -> str:
    """Return where a format declares that it does not hold a column."""
    return f'"{COLUMNS[column]}" in loses' if column in COLUMNS else "the qualifiers that it holds"


@pytest.mark.some(3)
@pytest.mark.parametrize("name", registry.MODULES)
def test_what_a_format_does_not_say_that_it_loses_is_in_its_files(
    name: str, example: Judged
) -> None:
    one = form(name)
    if missing(one):
        pytest.skip(f"{missing(one)} is not installed")
    if one.holds == "actor" or name == "parquet":
        return  # one tells of one thing only, the columns of the other are compressed
    chosen = selection(example, name)
    files = export(name, chosen).files.values()
    held = b"".join(chunk for chunks in files for chunk in chunks).decode("utf-8", "replace")
    for row in chosen.ties if one.holds == "network" else chosen.tables["statements"]:
        if "value_type" in row and "values" in one.loses:
            continue
        for column in texts(one):
            words = re.findall(r"[\w-]{3,}", str(row.get(column) or ""))
            absent = [word for word in words if word not in held]
            assert not absent, f"{column} of {row['id']}: write it, or declare {lost(column)}"


def test_a_format_that_nobody_knows_is_told() -> None:
    with pytest.raises(UsageError, match='did you mean "gexf"'):
        form("gefx")


def test_a_missing_package_is_told(example: Judged, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "find_spec", lambda _name: None)
    with pytest.raises(UsageError, match=r"followthemoney.*hudna\[ftm\]"):
        export("ftm", selection(example, "ftm"))


def hashes(judged: Judged) -> str:
    """Return the hashes of the files of all formats."""
    lines = []
    for name in (name for name in registry.MODULES if not missing(form(name))):
        whole = hashlib.sha256()
        for file, chunks in sorted(export(name, selection(judged, name)).files.items()):
            whole.update(file.encode())
            for chunk in chunks:
                whole.update(chunk)
        lines.append(f"{name} {whole.hexdigest()}")
    return "\n".join(lines)


@pytest.mark.landing
def test_the_same_graph_gives_the_same_bytes_in_every_format(example: Judged) -> None:
    """Also in another process, which has another order of sets and another time zone."""
    here = hashes(example)
    assert len(here.splitlines()) >= len(registry.MODULES) - 2
    there = "import miniature, test_export_formats as t; print(t.hashes(miniature.judged()))"
    assert printed(there) == here


def run(*words: str, public: Path) -> tuple[int, bytes, str]:
    result = CliRunner().invoke(main, ["export", *words, "--case", "mill", "--public", str(public)])
    return result.exit_code, result.stdout_bytes, result.stderr


def test_losses_are_told_and_nothing_is_written(public: Path, tmp_path: Path) -> None:
    target = tmp_path / "x.gexf"
    code, told, _ = run("gexf", "--losses", "-o", str(target), public=public)
    assert code == 0
    assert b"claims" in told
    assert not target.exists()


def test_strict_leaves_no_file(public: Path, tmp_path: Path) -> None:
    target = tmp_path / "x.gexf"
    code, told, error = run("gexf", "--strict", "-o", str(target), public=public)
    assert (code, told) == (1, b"")
    assert "claims" in error
    assert not target.exists()


def test_standard_output_is_the_file_alone(public: Path) -> None:
    code, told, error = run("gexf", public=public)
    assert code == 0
    assert told.startswith(b"<?xml")
    assert told.endswith(b"</gexf>\n")
    assert "gexf does not hold" in error
    assert run("gexf", "-q", public=public)[2] == ""


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["csv"], "say where with -o csv"),
        (["nquads", "--on", "2016-01-01"], "leave out --on"),
        (["nquads", "--as", "ndf"], "leave out --as"),
        (["gexf", "--actor", "ndf"], "takes no --actor"),
        (["markdown"], "needs --actor"),
        (["gexf", "--format", "csv"], "give one"),
        (["gexf", "-o", "."], "is a folder"),
    ],
)
def test_wrong_use_is_told(words: list[str], message: str, public: Path) -> None:
    code, told, error = run(*words, public=public)
    assert (code, told) == (2, b"")
    assert message in error


def test_a_folder_of_files_is_written_whole(public: Path, tmp_path: Path) -> None:
    code, _, _ = run("csv", "-o", str(tmp_path / "tables"), public=public)
    assert code == 0
    names = {path.name for path in (tmp_path / "tables").iterdir()}
    assert names == {"nodes.csv", "edges.csv"}


def test_the_list_names_every_format(public: Path) -> None:
    code, told, _ = run("--list", public=public)
    assert code == 0
    lines = told.decode().splitlines()[2:]
    assert [line.split()[0] for line in lines if line[0] != " "] == list(registry.MODULES)
