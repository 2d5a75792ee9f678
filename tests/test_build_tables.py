"""Statements and claims as Parquet in every build: as the export, and of many cases at once."""

from __future__ import annotations

import json
import re
from collections import Counter
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import miniature
import pytest
from published import hudna

import graph
from graph.build import recipe
from graph.model.terms import text
from graph.read.select import Table

if TYPE_CHECKING:
    from pathlib import Path

duckdb = pytest.importorskip("duckdb")
pq = pytest.importorskip("pyarrow.parquet")

NAMES = ("statements.parquet", "claims.parquet")
WHO_CONTESTS = """\
SELECT ?predicate ?voice ?stance WHERE {
  ?s a hud:Statement ; hud:status kind:contested ; rdf:predicate ?predicate .
  ?c hud:about ?s ; hud:voice ?voice ; hud:stance ?stance .
}"""


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two cases, whose ids are the same."""
    home = tmp_path_factory.mktemp("tables")
    ford = miniature.copied(home).rename(home / "ford")
    head = (ford / "case.toml").read_text("utf-8")
    (ford / "case.toml").write_text(head.replace('"mill"', '"ford"'), "utf-8")
    miniature.copied(home)
    for case in ("mill", "ford"):
        recipe.build(case, home, home / "public")
    return home / "public"


def test_they_are_what_the_export_gives(builds: Path) -> None:
    for case in ("mill", "ford"):
        files = graph.open(case, builds).export("parquet").files
        for name in NAMES:
            assert (builds / case / name).read_bytes() == b"".join(files[name]), (case, name)


def test_they_are_so_of_a_large_case(judged: Any) -> None:  # noqa: ANN401
    from graph.export import parquet
    from graph.export.selection import Selection
    from graph.read.select import Graph

    files = parquet.write(Selection(Graph(judged[1], judged[0].id))).files
    found = parquet.of_records(Graph(judged[1], judged[0].id))
    assert found == {name: b"".join(files[name]) for name in NAMES}


def test_two_builds_have_the_same_bytes(builds: Path, tmp_path: Path) -> None:
    recipe.build("mill", builds.parent, tmp_path)
    for name in (*NAMES, "manifest.json"):
        assert (tmp_path / "mill" / name).read_bytes() == (builds / "mill" / name).read_bytes()


def test_the_documented_question_of_many_cases_is_answered(
    builds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (miniature.PROJECT / "docs" / "export.md").read_text("utf-8")
    part = page.partition("#### Statements of many cases")[2]
    sql = re.findall(r"```sql\n(.*?)```", part, flags=re.DOTALL)[0]
    monkeypatch.chdir(builds.parent)
    with duckdb.connect() as connection:
        got = connection.sql(sql).fetchall()
    wanted: Counter[tuple[str, ...]] = Counter()
    for case in ("mill", "ford"):
        opened = graph.open(case, builds)
        answer = opened.query(WHO_CONTESTS)
        assert isinstance(answer, Table)
        for row in answer.rows:
            wanted[case, *(opened.graph.name(text(one)) for one in row)] += 1
    assert got == sorted((*key, count) for key, count in wanted.items())
    assert {row[0] for row in got} == {"mill", "ford"}


def test_without_the_package_a_build_says_what_it_lacks(
    builds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lacking(name: str) -> object:
        return None if name == "pyarrow" else find_spec(name)

    with monkeypatch.context() as patch:
        patch.setattr("graph.export.formats.find_spec", lacking)
        words = ["--case", "mill", "--data", str(builds.parent), "--public", str(tmp_path)]
        told = " ".join(hudna("build", *words).stdout.split())
        file = tmp_path / "tokens.txt"
        file.write_text("River Guard", "utf-8")
        looked = hudna("leaks", str(file), "--case", "mill", "--public", str(builds))
    with_them, without = (
        json.loads((folder / "mill" / "manifest.json").read_bytes())
        for folder in (builds, tmp_path)
    )
    assert "without claims.parquet and statements.parquet: needs the package pyarrow" in told
    assert 'pip install "hudna[parquet]"' in told
    assert {*with_them["files"]} - {*without["files"]} == {*NAMES}
    assert without["not_made"].keys() == {*NAMES}
    assert "not_made" not in with_them
    assert with_them["versions"].keys() - without["versions"].keys() == {"pyarrow"}
    same = {name: said for name, said in with_them["files"].items() if name not in NAMES}
    assert without["files"] == same
    assert looked.exit_code == 2
    assert "to look into it needs the package pyarrow" in " ".join(looked.stderr.split())


def test_leaks_are_found_in_them(builds: Path, tmp_path: Path) -> None:
    """Also what is packed so that its signs stand nowhere in the file."""
    path = builds / "mill" / "statements.parquet"
    cells = (cell for row in pq.read_table(path).to_pylist() for cell in row.values())
    packed = path.read_bytes()
    told = next(one for one in cells if isinstance(one, str) and one.encode() not in packed)
    file = tmp_path / "tokens.txt"
    file.write_text(told, "utf-8")
    words = ["leaks", str(file), "--case", "mill", "--public", str(builds), "--format", "json"]
    (found,) = json.loads(hudna(*words).stdout)
    assert "statements.parquet" in found["places"]
