"""What is counted as matching was compared and found equal, in whatever form the text comes."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import miniature
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from graph import reader
from graph.build.verification import Verification, verify
from graph.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

SOURCE = "courier-2020"
SOURCES = reader.read(miniature.FOLDER, miniature.ONTOLOGY).sources
TEXT = (miniature.TEXTS / f"{SOURCE}.txt").read_bytes()
ALL = len(next(source for source in SOURCES if source.id == SOURCE).passages)


def verified(texts: Path) -> Verification:
    return next(result for result in verify(SOURCES, texts) if result.source == SOURCE)


def recoded(encoding: str) -> Callable[[bytes], bytes]:
    return lambda data: data.decode("utf-8").encode(encoding)


def ending(sign: bytes) -> Callable[[bytes], bytes]:
    return lambda data: data.replace(b"\n", sign)


def marked(data: bytes) -> bytes:
    return b"\xef\xbb\xbf" + data


FORMS: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "utf-16": (recoded("utf-16"), "in UTF-16"),
    "utf-16-le": (recoded("utf-16-le"), "in UTF-16"),
    "utf-16-be": (recoded("utf-16-be"), "in UTF-16"),
    "windows": (ending(b"\r\n"), "with Windows line ends"),
    "old mac": (ending(b"\r"), "with other line ends"),
    "mark": (marked, "with a byte order mark"),
    "notepad": (
        lambda data: marked(ending(b"\r\n")(data)),
        "with a byte order mark and Windows line ends",
    ),
    "as it is": (bytes, ""),
}


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("file", [f"{SOURCE}.txt", "article.bak"])
def test_the_same_text_in_another_form_is_found_and_said_so(
    name: str, file: str, tmp_path: Path
) -> None:
    made, form = FORMS[name]
    (tmp_path / file).write_bytes(made(TEXT))
    expected = Verification(SOURCE, tmp_path / file, form, True, ALL, ALL, ALL, ())
    assert verified(tmp_path) == expected


@pytest.mark.parametrize("name", FORMS)
def test_a_changed_text_is_compared_in_the_form_that_fits_best(name: str, tmp_path: Path) -> None:
    (tmp_path / f"{SOURCE}.txt").write_bytes(FORMS[name][0](TEXT.swapcase()[:5] + TEXT[5:]))
    found = verified(tmp_path)
    assert (found.whole, found.checked, found.matched) == (False, ALL, ALL - 1)
    assert len(found.mismatches) == 1


def nothing(path: Path) -> None:
    path.write_bytes(b"")


def noise(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 8)


def folder_of_that_name(path: Path) -> None:
    path.mkdir()


def giant(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(3_000_000_000)


UNREAD: dict[str, Callable[[Path], None]] = {
    "is not UTF-8 (byte 128)": noise,
    "is a folder": folder_of_that_name,
    "is a pipe": os.mkfifo,
    "has 3000000000 bytes; it is not the text that was indexed": giant,
}


@pytest.mark.parametrize("reason", UNREAD)
def test_what_could_not_be_read_matches_nowhere(reason: str, tmp_path: Path) -> None:
    UNREAD[reason](tmp_path / f"{SOURCE}.txt")
    found = verified(tmp_path)
    assert (found.sentences, found.checked, found.matched) == (ALL, 0, 0)
    assert [reason in mismatch.reason for mismatch in found.mismatches] == [True]


def test_an_empty_text_matches_nowhere(tmp_path: Path) -> None:
    nothing(tmp_path / f"{SOURCE}.txt")
    found = verified(tmp_path)
    assert (found.checked, found.matched, len(found.mismatches)) == (ALL, 0, ALL)


@pytest.mark.parametrize("reason", UNREAD)
def test_what_lies_beside_the_texts_is_left_alone(reason: str, tmp_path: Path) -> None:
    (tmp_path / f"{SOURCE}.txt").write_bytes(TEXT)
    UNREAD[reason](tmp_path / "beside")
    assert verified(tmp_path).matched == ALL


def test_of_two_files_the_one_that_is_the_text_is_taken(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(FORMS["windows"][0](TEXT))
    (tmp_path / f"{SOURCE}.txt").write_bytes(TEXT[1:])
    (tmp_path / "z.txt").write_bytes(TEXT)
    assert verified(tmp_path).file == tmp_path / "z.txt"
    (tmp_path / "z.txt").unlink()
    assert verified(tmp_path).file == tmp_path / "a.txt"


def test_a_source_without_sentences_has_none_to_match(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes(TEXT)
    bare = next(source for source in SOURCES if source.id == SOURCE)
    (found,) = verify((replace(bare, passages=()),), tmp_path)
    assert (found.whole, found.sentences, found.matched, found.mismatches) == (True, 0, 0, ())


@given(st.binary(max_size=300))
def test_every_sentence_matches_or_is_told(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / f"{SOURCE}.txt").write_bytes(data)
        found = verified(Path(folder))
    assert found.matched + len(found.mismatches) == found.checked or not found.checked
    assert found.matched == 0


@pytest.mark.parametrize("form", ["text", "json"])
def test_text_and_json_count_alike(form: str, tmp_path: Path) -> None:
    noise(tmp_path / f"{SOURCE}.txt")
    words = ["verify", "--case", "mill", "--data", str(miniature.DATA), "--texts", str(tmp_path)]
    result = CliRunner().invoke(main, [*words, "--format", form])
    assert result.exit_code == 1
    if form == "json":
        entry = next(e for e in json.loads(result.stdout) if e["source"] == SOURCE)
        assert (entry["sentences"], entry["checked"], entry["matched"]) == (ALL, 0, 0)
    else:
        assert f"0 of {ALL} sentences match {SOURCE}.txt; none was compared" in result.stdout


def test_another_form_is_said_and_is_no_failure(tmp_path: Path) -> None:
    for path in miniature.TEXTS.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    words = ["verify", "--case", "mill", "--data", str(miniature.DATA), "--texts", str(tmp_path)]
    result = CliRunner().invoke(main, words)
    assert (result.exit_code, result.stderr) == (0, "")
    assert f"{ALL} of {ALL} sentences match {SOURCE}.txt (with Windows line ends)" in result.stdout
