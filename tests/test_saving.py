"""Files that users ask for: whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graph.build.saving import save_file, save_folder
from graph.errors import InputOutputError

if TYPE_CHECKING:
    from collections.abc import Iterator

needs_rights = pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")


def breaking(*chunks: bytes) -> Iterator[bytes]:
    yield from chunks
    raise RuntimeError("no more")


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "network.gexf"
    save_file(path, [b"one", b" two"])
    assert path.read_bytes() == b"one two"
    save_file(path, [b"three"])
    assert path.read_bytes() == b"three"
    assert os.listdir(tmp_path) == ["network.gexf"]  # noqa: PTH208 — hidden files count too


def test_a_writer_that_breaks_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "network.gexf"
    path.write_bytes(b"old")
    with pytest.raises(RuntimeError):
        save_file(path, breaking(b"half"))
    assert path.read_bytes() == b"old"
    assert [child.name for child in tmp_path.iterdir()] == ["network.gexf"]


def test_permissions_of_a_file_stay(tmp_path: Path) -> None:
    path = tmp_path / "network.gexf"
    path.write_bytes(b"old")
    path.chmod(0o600)
    save_file(path, [b"new"])
    assert path.stat().st_mode & 0o777 == 0o600
    before = os.umask(0o027)
    try:
        save_file(tmp_path / "fresh", [b"new"])
    finally:
        os.umask(before)
    assert (tmp_path / "fresh").stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    link = tmp_path / "link"
    link.symlink_to("real")
    save_file(link, [b"new"])
    assert link.is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


@pytest.mark.parametrize("path", ["missing/file", "is-a-file/file"])
def test_a_place_that_is_none_is_told(tmp_path: Path, path: str) -> None:
    (tmp_path / "is-a-file").write_bytes(b"")
    with pytest.raises(InputOutputError, match=path):
        save_file(tmp_path / path, [b"x"])


def test_a_device_is_written_to() -> None:
    save_file(Path(os.devnull), [b"x"])
    assert Path(os.devnull).exists()
    assert not Path(os.devnull).is_file()


def test_a_folder_is_made_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "tables"
    save_folder(path, {"a.csv": [b"1"], "b.csv": [b"2"]})
    save_folder(path, {"a.csv": [b"3"], "b.csv": [b"4"]})
    assert {child.name: child.read_bytes() for child in path.iterdir()} == {
        "a.csv": b"3",
        "b.csv": b"4",
    }
    assert [child.name for child in tmp_path.iterdir()] == ["tables"]


def test_an_empty_folder_may_be_filled(tmp_path: Path) -> None:
    save_folder(tmp_path / "new", {"a": [b"1"]})
    (tmp_path / "empty").mkdir()
    save_folder(tmp_path / "empty", {"a": [b"1"]})
    assert (tmp_path / "empty" / "a").read_bytes() == b"1"


def test_other_files_of_a_folder_are_safe(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_bytes(b"years of work")
    with pytest.raises(InputOutputError, match=r"thesis\.docx"):
        save_folder(tmp_path, {"a.csv": [b"1"]})
    assert [child.name for child in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_folder_that_breaks_is_as_before(tmp_path: Path) -> None:
    path = tmp_path / "tables"
    save_folder(path, {"a.csv": [b"1"]})
    with pytest.raises(RuntimeError):
        save_folder(path, {"a.csv": breaking(b"2")})
    assert (path / "a.csv").read_bytes() == b"1"
    assert [child.name for child in tmp_path.iterdir()] == ["tables"]


def test_a_file_in_the_place_of_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "tables").write_bytes(b"")
    with pytest.raises(InputOutputError, match="tables"):
        save_folder(tmp_path / "tables", {"a.csv": [b"1"]})


@needs_rights
def test_a_folder_without_rights_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(InputOutputError, match="denied"):
        save_file(tmp_path / "x", [b"x"])
