"""The same data give the same bytes, whatever the surroundings of the build."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import miniature
import pytest
from depth import examples
from hypothesis import given
from hypothesis import strategies as st

from graph.model.terms import PREFIXES
from graph.read import store
from graph.read.sorted_lines import SortedLines
from graph.read.writing import write

if TYPE_CHECKING:
    from collections.abc import Mapping

    from miniature import Judged

SURROUNDINGS: dict[str, Mapping[str, str]] = {
    "other hashes": {"PYTHONHASHSEED": "1"},
    "other place and time": {"PYTHONHASHSEED": "2", "TZ": "Asia/Damascus", "LC_ALL": "C"},
    "other language": {"PYTHONHASHSEED": "random", "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR"},
}


def built(folder: Path, environment: Mapping[str, str], *, umask: int = -1) -> dict[str, bytes]:
    """Build a copy of the case in a process of its own, and return the outputs."""
    data = folder / "data of a case"
    miniature.copied(data)
    home = folder / "home"
    home.mkdir()
    command = [sys.executable, "-m", "graph", "build", "--case", "mill", "--quiet"]
    subprocess.run(
        [*command, "--data", data.name, "--public", "out"],
        cwd=folder,
        env={**os.environ, "HOME": str(home), "PYTHONPATH": str(miniature.PROJECT), **environment},
        umask=umask,
        check=True,
    )
    return {path.name: path.read_bytes() for path in (folder / "out" / "mill").iterdir()}


@pytest.fixture(scope="module")
def first(public: Path) -> dict[str, bytes]:
    """The outputs as this process builds them."""
    return {path.name: path.read_bytes() for path in (public / "mill").iterdir()}


def test_all_outputs_are_there(first: dict[str, bytes]) -> None:
    assert first.keys() >= {"graph.nq", "network.gexf", "index.html", "manifest.json"}


@pytest.mark.some(3)
@pytest.mark.parametrize("name", SURROUNDINGS)
def test_same_bytes(name: str, first: dict[str, bytes], tmp_path: Path) -> None:
    folder = tmp_path / "somewhere" / "else"
    folder.mkdir(parents=True)
    again = built(folder, SURROUNDINGS[name], umask=0o077)
    assert again.keys() == first.keys()
    assert [file for file in first if again[file] != first[file]] == []


def test_same_bytes_whatever_the_order_of_the_files(
    first: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Folders list their files as they please."""
    from graph.build import recipe

    for name in ("iterdir", "glob"):
        original = getattr(Path, name)

        def backwards(self: Path, *args: str, original: object = original) -> object:
            return iter(sorted(original(self, *args), reverse=True))  # type: ignore[operator]

        monkeypatch.setattr(Path, name, backwards)
    target = recipe.build("mill", miniature.DATA, tmp_path)
    monkeypatch.undo()
    assert {path.name: path.read_bytes() for path in target.iterdir()} == first


def test_same_bytes_whatever_the_order_of_the_quads(example: Judged) -> None:
    _, graph = example
    quads = sorted(graph, key=str)
    backwards = store.in_memory(reversed(quads))
    assert store.nquads(backwards) == store.nquads(graph)
    assert store.turtle(backwards, PREFIXES) == store.turtle(graph, PREFIXES)
    lines = store.nquads(graph).splitlines()
    assert lines == sorted(set(lines))


@pytest.mark.parametrize("run", [1, 100, 5000, 1 << 30])
def test_what_is_written_in_parts_is_the_same(example: Judged, tmp_path: Path, run: int) -> None:
    _, graph = example
    quads, triples = BytesIO(), BytesIO()
    write(graph, PREFIXES, quads, triples, tmp_path, run)
    assert quads.getvalue() == store.nquads(graph)
    assert triples.getvalue() == store.turtle(graph, PREFIXES)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_graph_is_written_as_such() -> None:
    quads, triples = BytesIO(), BytesIO()
    write(store.in_memory(), PREFIXES, quads, triples)
    assert quads.getvalue() == store.nquads(store.in_memory())
    assert triples.getvalue() == store.turtle(store.in_memory(), PREFIXES)


@examples(200)
@given(st.lists(st.binary(max_size=9)), st.integers(1, 40), st.data())
def test_lines_are_sorted_in_parts(lines: list[bytes], run: int, data: st.DataObject) -> None:
    whole = [line.replace(b"\n", b"").replace(b"\r", b"") + b"\n" for line in lines]
    text = b"".join(whole)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)))))
    taking = SortedLines(run=run)
    for start, end in pairwise([0, *cuts, len(text)]):
        assert taking.write(text[start:end]) == end - start
    assert [line for block in taking.blocks() for line in block] == sorted(whole)


def test_outputs_tell_nothing_of_who_built_them(first: dict[str, bytes], public: Path) -> None:
    private = [str(public), str(miniature.PROJECT), str(Path.home()) + "/"]
    for name, data in first.items():
        told = [path for path in private if path.encode() in data]
        assert not told, f"{name} names {told}"


def test_manifest_has_no_clock(first: dict[str, bytes]) -> None:
    text = first["manifest.json"].decode("utf-8")
    assert not re.search(r"\d{2}:\d{2}", text)
    assert not re.search(r"\b20(2[1-9]|[3-9]\d)-\d{2}", text)
