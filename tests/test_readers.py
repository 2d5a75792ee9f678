"""Readers that are not there skip a test, or fail it where they are required."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import readers

if TYPE_CHECKING:
    from pathlib import Path


def test_a_missing_package_skips_a_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HUDNA_REQUIRE_READERS", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no_such_reader"):
        readers.need("no_such_reader.part")


def test_a_required_package_fails_a_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUDNA_REQUIRE_READERS", "1")
    with pytest.raises(pytest.fail.Exception, match="no_such_reader"):
        readers.need("no_such_reader")


def test_without_node_nothing_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("HUDNA_REQUIRE_READERS", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    readers._reason.cache_clear()
    try:
        with pytest.raises(pytest.skip.Exception, match="node and npm"):
            readers.node("csv", b"", tmp_path)
    finally:
        readers._reason.cache_clear()


def test_what_a_reader_refuses_fails(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="SyntaxError"):
        readers.node("jsonld", b"{", tmp_path)


def test_an_installation_counts_for_one_lock_file_alone(tmp_path: Path) -> None:
    mark = readers._mark(tmp_path)
    mark.parent.mkdir()
    assert not readers._is(tmp_path, "new")
    mark.write_text("old")
    assert not readers._is(tmp_path, "new")
    mark.write_text("new")
    assert readers._is(tmp_path, "new")


@pytest.mark.parametrize("project", [readers.FOLDER, readers.COMUNICA], ids=lambda it: it.name)
def test_the_lock_files_name_no_host(project: Path) -> None:
    locked = json.loads((project / "package-lock.json").read_text("utf-8"))
    packages = {name: entry for name, entry in locked["packages"].items() if name}
    assert packages
    assert all("resolved" not in entry for entry in packages.values())
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
