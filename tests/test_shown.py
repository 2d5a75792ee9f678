"""Nothing that others wrote is obeyed by a terminal or a log, and nothing readable is lost."""

from __future__ import annotations

import ast
import contextlib
import io
import json
import logging
import os
import pty
import re
import sys
import tomllib
import unicodedata
from typing import TYPE_CHECKING

import hostile
import miniature
import pytest
from click.testing import CliRunner
from depth import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_layers import PACKAGE, modules, tree

from graph.build.sources import BuildSource
from graph.cli.main import main
from graph.cli.printing import Styled, say, visible_json
from graph.errors import HudnaError, LossRefused, Problem
from graph.errors.shown import MOST, MOST_OF_A_MESSAGE, shown
from graph.server.run import Visible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import click
    from click.testing import Result
    from miniature import Judged

CONTROLS = "".join(map(chr, [*range(0x20), *range(0x7F, 0xA0)]))
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
HIDDEN = (
    "\u200b\u2060\ufeff\u00ad\u2028\u2029\u061c\u200e\u200f\U000e0041\U000e007f\ue000\uffff\u3164"
)
FORGED = "\n::error file=x::forged\r\n##[error]forged\n"
HOSTILE = f"x{CONTROLS}{TURNING}{HIDDEN}\ud800{FORGED}\x1b]0;pwn\x07\x1b[2K\rall is well"
READABLE = [
    "الوعر",
    "«الوعر» (يمين) \u200f؟",
    "می\u200cخواهم",
    "न्\u200dय क्\u200cष",
    "عدد \u0600١٢٣",
    "👩\u200d⚕️ 🏴\u200d☠️",
    "d\u2019un côté\u00a0: 10\u202f000\u3000全角",
    "back\\slash",
]
obeyed = st.characters(categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
texts = st.text(st.one_of(obeyed, st.characters(), st.sampled_from("aا\u200c\u200d\u200f:#\n\x1b")))


def unsafe(text: str) -> set[str]:
    """Return the signs that a terminal would obey or hide, by another way than ``shown``."""
    return {
        sign
        for sign in text
        if unicodedata.category(sign) in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp")
        or sign in TURNING
        or sign in "\u200b\u2060\ufeff\u00ad\u3164\u115f"
        or 0xE0000 <= ord(sign) < 0xE0080
    }


# --- one text ------------------------------------------------------------------------------------


@given(texts)
def test_whatever_is_shown_holds_nothing_that_is_obeyed(text: str) -> None:
    told = shown(text)
    assert not unsafe(told)
    assert shown(told) == told


@given(texts)
def test_every_sign_can_be_told_from_what_is_shown(text: str) -> None:
    plain = text.replace("\\", "/")
    told = shown(plain)
    back = re.sub(r"\\(?:x..|u....|U........|[nrt])",
                  lambda m: ast.literal_eval(f'"{m[0]}"'), told)  # fmt: skip
    assert back == plain


@given(texts, st.integers(10, 60))
def test_a_long_text_keeps_its_beginning_and_its_end(text: str, most: int) -> None:
    told = shown(text, most)
    assert len(told) <= most
    whole = shown(text)
    if len(whole) <= most:
        assert told == whole
    else:
        begun, ended = told.split("…", 1) if "…" not in text else (told[:1], told[-1:])
        assert "…" in text or (whole.startswith(begun) and whole.endswith(ended))


def test_a_text_of_any_size_is_cut_without_being_looked_through() -> None:
    class Long(str):
        __slots__ = ()

        def __iter__(self) -> Iterator[str]:
            pytest.fail("it is looked through")

    assert len(shown(Long(HOSTILE * 100_000), MOST)) <= MOST


@pytest.mark.parametrize("text", READABLE)
def test_what_people_read_stays_as_it_is(text: str) -> None:
    assert shown(text) == text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a\u200cb\u200c", "a\u200cb\\u200c"),
        ("\u200fabc", "\\u200fabc"),
        ("a\u202eb", "a\\u202eb"),
        ("\U000e0041", "\\U000e0041"),
        ("\udcff", "\\udcff"),
        ("a\nb\tc\rd", "a\\nb\\tc\\rd"),
        ("\x9b2J", "\\x9b2J"),
        ("\u3164", "\\u3164"),
    ],
)
def test_what_has_no_meaning_is_told_by_its_number(text: str, told: str) -> None:
    assert shown(text) == told


# --- lines, messages, JSON and logs --------------------------------------------------------------


@given(st.lists(texts, max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_line_is_one_line_and_no_command(
    capsys: pytest.CaptureFixture[str], parts: list[str]
) -> None:
    say(*parts, Styled("end", bold=True))
    line = capsys.readouterr().out
    assert line.endswith("\n")
    assert not unsafe(line[:-1])
    assert not re.match(r"\s*(::|##\[|##vso\[)", line)
    assert "##[" not in line


@given(texts, texts, texts)
def test_a_problem_is_one_line_of_bounded_length(file: str, place: str, message: str) -> None:
    line = str(Problem(file, 3, place, message * 50))
    assert not unsafe(line)
    assert len(line) <= 2 * MOST + MOST_OF_A_MESSAGE + 10


def test_a_refused_loss_is_told_in_lines() -> None:
    error = LossRefused("x", [(2, "a\nb", "c")])
    assert error.lines == ("x cannot hold all of this:", "  2 a\nb: c")
    assert HudnaError("a\nb").lines == ("a\nb",)


@given(st.recursive(texts, lambda inner: st.lists(inner, max_size=3)))
def test_json_is_valid_visible_and_the_same(value: object) -> None:
    text = visible_json(json.dumps(value, ensure_ascii=False, indent=1))
    assert not unsafe(text) - {"\n"}
    text.encode("utf-8")
    assert json.loads(text) == json.loads(json.dumps(value))


def test_a_log_has_no_line_of_a_stranger() -> None:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(Visible())
    log = logging.Logger("test")
    log.addHandler(handler)
    try:
        raise ValueError(HOSTILE)
    except ValueError:
        log.exception("GET %s", "/x" + HOSTILE)
    lines = out.getvalue().splitlines()
    assert not unsafe("".join(lines))
    assert lines[0].startswith("GET /xx\\x00")
    assert all(line.startswith("    ") for line in lines[1:])
    assert len(lines[0]) <= MOST_OF_A_MESSAGE


# --- the seam ------------------------------------------------------------------------------------

SEAM = PACKAGE / "cli" / "printing.py"
WRITING = {"print", "print_json", "Console", "print_exc", "warn"}
WARNING = {PACKAGE / "query" / name for name in ("lookup.py", "named.py")} | {
    PACKAGE / "remote" / "case.py", PACKAGE / "network" / "projection.py"
}  # fmt: skip
"""What warns a program of names that the graph has not, made visible before, or of an old name."""
OF_CLICK = {"click.echo", "click.secho", "click.echo_via_pager"}


@pytest.mark.parametrize("path", [p for p in modules() if p != SEAM], ids=lambda p: p.stem)
def test_nothing_is_written_around_the_seam(path: Path) -> None:
    """Only ``graph.cli.printing`` writes to the terminal."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            function = node.func
            name = getattr(function, "id", None) or getattr(function, "attr", None)
            if path in WARNING and ast.unparse(function) == "warnings.warn":
                continue
            assert name not in WRITING, ast.unparse(node)
            assert ast.unparse(function) not in OF_CLICK, ast.unparse(node)
            if name in ("write", "writelines"):
                assert "stdout" not in ast.unparse(function), ast.unparse(node)
                assert "stderr" not in ast.unparse(function), ast.unparse(node)
        if isinstance(node, ast.keyword) and node.arg in ("file", "stream"):
            assert ast.unparse(node.value) not in ("sys.stdout", "sys.stderr")


# --- whole commands ------------------------------------------------------------------------------


def hudna(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def on_terminal(command: click.Command, words: list[str]) -> str:
    """Run a command in a child whose standard output is a terminal, and return what it gets."""
    process, ours = pty.fork()
    if process == 0:
        try:
            command(words)
        finally:
            os._exit(1)
    out = b""
    with contextlib.suppress(OSError):  # Linux tells the end so
        while block := os.read(ours, 65536):
            out += block
    os.close(ours)
    os.waitpid(process, 0)
    return out.decode("utf-8")


def clean(result: Result) -> str:
    """Return all that a command printed, if there is nothing in it but lines that we wrote."""
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    out = result.stdout_bytes.decode("utf-8") + result.stderr_bytes.decode("utf-8")
    assert not unsafe(out) - {"\n"}, unsafe(out)
    assert not re.search(r"^\s*(::|##\[)", out, re.MULTILINE), out
    assert "\nall is well" not in out
    return out


def places(folder: Path) -> list[tuple[str, str]]:
    """Return every text that is authored in a case: its file, and the line as it stands there."""
    return [
        (path.relative_to(folder).as_posix(), line)
        for path in sorted(folder.rglob("*.toml"))
        for line in path.read_text("utf-8").splitlines()
        if re.fullmatch(r'[\w]+ = "[^"\\]*"', line)
    ]


PLACES = places(miniature.FOLDER)


def in_toml(text: str) -> str:
    """Return a text as TOML can hold it: it has no surrogates."""
    told = "".join(
        sign if sign.isalnum() else f"\\U{ord(sign):08X}"
        for sign in text
        if unicodedata.category(sign) != "Cs"
    )
    assert tomllib.loads(f'x = "{told}"')
    return told


@pytest.mark.landing
@given(st.sampled_from(PLACES), texts | st.just(HOSTILE), st.booleans())
@examples(20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_check_shows_any_text_in_any_field(
    tmp_path_factory: pytest.TempPathFactory, place: tuple[str, str], text: str, key: bool
) -> None:
    folder = miniature.copied(tmp_path_factory.mktemp("hostile"))
    file, line = place
    name, _, _ = line.partition(" = ")
    new = f'"{in_toml(text)}" = "x"' if key else f'{name} = "{in_toml(text)}"'
    content = (folder / file).read_text("utf-8")
    (folder / file).write_text(content.replace(line, new, 1), "utf-8")
    data = ["--data", str(folder.parent), "--case", "mill"]
    clean(hudna("check", *data))
    if sys.platform == "linux":
        listed = json.loads(clean(hudna("check", *data, "--format", "json")))
        assert isinstance(listed, list)


@pytest.mark.parametrize(
    "name", [b"a\n::error::x", b"b\xff\x1b[2K", "c\u202e\u2066".encode(), b"::error::", b"d\r\t"]
)
def test_check_shows_any_name_of_a_file(name: bytes, folder: Path) -> None:
    path = os.fsencode(folder / "actors") + b"/" + name + b".toml"
    with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123 - the name is bytes
        file.write('class = "State"\n')
    data = ["--data", str(folder.parent), "--case", "mill"]
    assert "is not an id" in clean(hudna("check", *data))
    listed = json.loads(clean(hudna("check", *data, "--format", "json")))
    assert any(os.fsencode(one["file"]) == path for one in listed)


def test_a_path_that_begins_like_a_command_begins_no_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    miniature.written(folder, "::error::", "")
    (folder / "actors" / "::error::.toml").write_text("")
    monkeypatch.chdir(folder / "actors")
    out = clean(hudna("check", "--data", str(folder.parent), "--case", "mill"))
    assert "\\x3a:error::" in out


@pytest.mark.parametrize(
    "words",
    [
        ["query", "names", "--param", "text="],
        ["query", "names", "--param", "text=x"],
        ["query", "notes"],
        ["query", "ties", "--sources"],
        ["query", "ties", "--param", f"actor={HOSTILE[:40]}"],
        ["query", f"{HOSTILE[2:30]}"],
        ["query", "ties", "--param", f"{FORGED}"],
        ["query", "ties", f"--x{FORGED}"],
        [f"{FORGED}"],
        ["query", "notes", "--format", "json"],
        ["explain", "river-guard", "mill-town"],
        ["explain", f"{FORGED}\x1b[2K", "mill-town"],
        ["network", "ties"],
        ["network", "actors", "--measure", "degree"],
        ["network", "ties", "--format", "json"],
        ["sequences"],
        ["export", f"{FORGED}"],
        ["view"],
    ],
    ids=lambda words: " ".join(words[:2]).encode("unicode-escape").decode("ascii")[:30],
)
def test_commands_show_a_hostile_graph(
    words: list[str], example: Judged, public: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts_before = hostile.TEXTS
    plain = HOSTILE.replace("\ud800", "").replace("\x00", "")
    monkeypatch.setattr(hostile, "TEXTS", (plain, *texts_before, plain[::-1]))
    store = hostile.graph(example).store
    monkeypatch.setattr(BuildSource, "store", store)
    at = ["--public", str(public), "--case", "mill"] if words[0] != FORGED else []
    clean(hudna(*words, *at))


@pytest.mark.parametrize(
    "words", [["query", "notes"], ["query", "ties"], ["explain", "river-guard", "mill-town"]]
)
def test_a_terminal_gets_no_more_than_our_own_styles(
    words: list[str], example: Judged, public: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = HOSTILE.replace("\ud800", "").replace("\x00", "")
    monkeypatch.setattr(hostile, "TEXTS", (plain,) * 20)
    monkeypatch.setattr(BuildSource, "store", hostile.graph(example).store)
    out = on_terminal(main, [*words, "--public", str(public), "--case", "mill"])
    out = re.sub(r"\x1b\[[0-9;?]*[mhlK]|\r\n", "", out)
    assert not unsafe(out) - {"\n"}


def test_verify_shows_any_name_of_a_file_and_any_text(tmp_path: Path, folder: Path) -> None:
    texts_folder = tmp_path / "texts"
    texts_folder.mkdir()
    for path in sorted(miniature.TEXTS.iterdir()):
        changed = path.read_text("utf-8")
        changed = changed[: len(changed) // 2] + HOSTILE.replace("\ud800", "") + changed
        name = path.stem.encode() + b"\n::error::\x1b[2K" + path.suffix.encode()
        with open(os.fsencode(texts_folder) + b"/" + name, "wb") as file:  # noqa: PTH123
            file.write(changed.encode("utf-8"))
        (texts_folder / path.name).write_text(changed, "utf-8")
    data = ["--data", str(folder.parent), "--case", "mill", "--texts", str(texts_folder)]
    clean(hudna("verify", *data))
    json.loads(clean(hudna("verify", *data, "--format", "json")))
