"""Files that people write are read in one way, and none can hang or eat the machine."""

from __future__ import annotations

import os
import re
import resource
import socket
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import miniature
import pytest
from hypothesis import given
from hypothesis import strategies as st
from miniature import written

from graph.errors import InputOutputError, UnfitFile
from graph.model.textfiles import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_KEYS,
    MAX_PARTS,
    MAX_VALUES,
    code_lines,
    data_of,
    text_of,
    toml_of,
)
from graph.query.named import read_query
from graph.query.results import stored_questions

if TYPE_CHECKING:
    from collections.abc import Callable


def fifo(path: Path) -> None:
    os.mkfifo(path)


def folder_of_that_name(path: Path) -> None:
    path.mkdir()


def circle(path: Path) -> None:
    path.symlink_to(path.name)


def dead_link(path: Path) -> None:
    path.symlink_to("nowhere")


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def bound_socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the path of a socket is short
    try:
        socket.socket(socket.AF_UNIX).bind(path.name)
    finally:
        os.chdir(here)


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(3_000_000_000)


NO_FILES: dict[str, Callable[[Path], None]] = {
    "a pipe": fifo,
    "a folder": folder_of_that_name,
    "leads in a circle": circle,
    "leads nowhere": dead_link,
    "a device": device,
    "a socket": bound_socket,
    "has 3000000000 bytes": sparse,
}


@pytest.mark.parametrize("reads", [text_of, data_of, toml_of, read_query])
@pytest.mark.parametrize("what", NO_FILES)
def test_what_is_no_plain_file_is_refused_unread(
    what: str, reads: Callable[[Path], object], tmp_path: Path
) -> None:
    path = tmp_path / "x.toml"
    NO_FILES[what](path)
    with pytest.raises(UnfitFile, match=what) as caught:
        reads(path)
    assert str(caught.value).startswith(path.as_posix())


def test_a_file_that_is_not_there_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputOutputError, match="No such file"):
        text_of(tmp_path / "x.toml")


def test_a_file_that_grows_while_it_is_read_is_cut_off() -> None:
    """The size is that of before; a file of the kernel says 0 and has more."""
    path = Path("/proc/self/status")
    with pytest.raises(UnfitFile, match="10 is the most"):
        data_of(path, 10)


@pytest.mark.parametrize("reads", [text_of, lambda path: read_query(path).sparql])
def test_a_byte_order_mark_is_no_part_of_a_text(
    reads: Callable[[Path], str], tmp_path: Path
) -> None:
    path = written(tmp_path, "x.rq", b"\xef\xbb\xbfASK {}")
    assert reads(path) == "ASK {}"


def test_a_byte_order_mark_is_no_part_of_a_case(folder: Path) -> None:
    for path in folder.rglob("*.toml"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert miniature.problems_of(folder) == []
    assert stored_questions(folder / "answers") == {}


# What is measured before it is parsed


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        ("x=1\n" + "a." * MAX_PARTS + "a=1", 2, f"a key of {MAX_PARTS + 1} parts"),
        ("x=1\n[" + '"a".' * MAX_PARTS + "a]", 2, f"a key of {MAX_PARTS + 1} parts"),
        ("x=1\n[" + "a . " * MAX_PARTS + "a]", 2, f"a key of {MAX_PARTS + 1} parts"),
        ("x=1\ny=" + "[" * (MAX_DEPTH + 1), 2, f"more than {MAX_DEPTH} deep"),
        ("x=1\ny=" + "[\n" * (MAX_DEPTH + 1), 2 + MAX_DEPTH, f"more than {MAX_DEPTH} deep"),
        ("x=1\ny=" + "{a=" * (MAX_DEPTH + 1), 2, f"more than {MAX_DEPTH} deep"),
        ("x=1\ny=0x" + "f" * 6000, 2, "a key or number of 6002 signs"),
        ("x=1\n" + "9" * 5000 + "=1", 2, "a key or number of 5000 signs"),
        ("x=1\n" * (MAX_KEYS + 1), 0, f"has {MAX_KEYS + 1} keys"),
        ("x=[" + "1," * (MAX_VALUES + 1) + "]", 0, f"has {MAX_VALUES + 1} values"),
    ],
)
def test_too_much_is_told_with_its_line(
    content: str, line: int, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def parsed(_text: str) -> None:
        pytest.fail("was parsed")

    monkeypatch.setattr(tomllib, "loads", parsed)
    with pytest.raises(UnfitFile, match=what) as caught:
        toml_of(written(tmp_path, "x.toml", content))
    assert caught.value.line == line


@pytest.mark.parametrize(
    "content",
    [
        'x = "' + "a." * 5000 + "[" * 5000 + '"',
        "x = '''\n" + "a.b=[{,\n" * 60000 + "'''",
        'x = """\n' + '\\"[[' * 60000 + '"""""',
        "# " + "[" * 5000 + "\nx = 1",
        "x = [" + "[]," * 5000 + "]",
        "x = " + " " * 5000 + "1",
    ],
)
def test_what_stands_in_texts_is_not_measured(content: str, tmp_path: Path) -> None:
    assert toml_of(written(tmp_path, "x.toml", content)) == tomllib.loads(content)


PIECES = st.sampled_from(
    [
        '"',
        "'",
        '"""',
        "'''",
        "\\",
        "\n",
        "\r\n",
        "#",
        "=",
        "[",
        "]",
        "{",
        "}",
        ",",
        ".",
        "a",
        " ",
        "1",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_within_the_limits_nothing_is_read_otherwise_than_by_the_parser(content: str) -> None:
    try:
        expected: object = tomllib.loads(content)
    except tomllib.TOMLDecodeError:
        expected = None
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder), "x.toml", content)
        try:
            found: object = toml_of(path)
        except UnfitFile:
            found = None
    assert found == expected


@given(st.lists(PIECES, max_size=60).map("".join), st.booleans())
def test_lines_stay_lines(content: str, keep: bool) -> None:
    text = content.replace("\r\n", "\n")
    assert len(code_lines(text, keep_strings=keep)) == text.count("\n") + 1


# The whole command, in a child that may not have much

CLAIM = 'voice = "courier-writer", stance = "asserts", certainty = "certain"'
AT = 'at = ["courier-2020#2.1"]'


def statement(
    name: str, predicate: str = "besieges", subject: str = "bandits", claims: int = 1
) -> str:
    claim = f"  {{ {CLAIM}, {AT} }},\n"
    return (
        f'[[statement]]\nid = "{name}"\nsubject = "{subject}"\npredicate = "{predicate}"\n'
        f'object = "ford"\nclaims = [\n{claim * claims}]\n\n'
    )


def actor(more: str) -> str:
    return f'label = "Extra"\nclass = "Person"\nidentity = "named"\n{more}\n'


EATERS = {
    "dotted": ("actors/extra.toml", "a." * 99_999 + "a = 1", 1),
    "dotted-often": ("actors/extra.toml", "".join(f"{'a.' * 299}k{n}=1\n" for n in range(3000)), 1),
    "unknown-keys": ("actors/extra.toml", "".join(f"key{n} = 1\n" for n in range(100_000)), 1),
    "unknown-keys-within": (
        "actors/extra.toml",
        actor("".join(f"key{n} = 1\n" for n in range(45_000))),
        45_000,
    ),
    "equal-typos": (
        "statements/extra.toml",
        "".join(statement(f"s{n}", "besiegez") for n in range(2000)),
        2000,
    ),
    "other-typos": (
        "statements/extra.toml",
        "".join(statement(f"s{n}", f"besieg{n}") for n in range(2000)),
        2000,
    ),
    "dangling": (
        "statements/extra.toml",
        "".join(statement(f"s{n}", subject=f"river-gard-{n}") for n in range(2000)),
        2000,
    ),
    "equal-claims": ("statements/extra.toml", statement("s", claims=5000), 4999),
    "passages": (
        "actors/extra.toml",
        actor("mentioned = [" + ",".join(f'"courier-2020#{n}.9"' for n in range(20_000)) + "]"),
        20_000,
    ),
    "empty-claims": (
        "statements/extra.toml",
        statement("s").replace(f"  {{ {CLAIM}, {AT} }},", "{}," * 45_000),
        4 * 45_000,
    ),
    "brackets": ("statements/extra.toml", "a = " + "[" * 100_000, 1),
    "long-text": ("actors/extra.toml", actor('note = "' + "x" * 7_000_000 + '"'), 1),
    "giant": ("actors/extra.toml", actor("note = 0x" + "f" * 6000), 1),
    "giant-id": ("statements/extra.toml", statement("s").replace('"s"', "0x" + "f" * 6000), 1),
}


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
    resource.setrlimit(resource.RLIMIT_CPU, (30, 30))


def check(folder: Path) -> subprocess.CompletedProcess[str]:
    words = ["check", "--case", "mill", "--data", str(folder.parent)]
    return subprocess.run(
        [sys.executable, "-m", "graph", *words],
        cwd=miniature.PROJECT,
        preexec_fn=limited,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.some(5)
@pytest.mark.parametrize("name", EATERS)
def test_no_authored_file_eats_the_machine(name: str, folder: Path) -> None:
    target, content, count = EATERS[name]
    written(folder, target, content)
    found = check(folder)
    *problems, total = found.stderr.splitlines()
    assert (found.returncode, found.stdout) == (1, "")
    assert total == f"{count} problem{'s' if count > 1 else ''} in the data"
    assert 0 < len(problems) <= 51
    assert {line.partition(".toml")[0] for line in problems} == {
        (folder / target).with_suffix("").as_posix()
    }
    if count > 51:
        assert f"more problem{'s'} in this file" in problems[-1]


@pytest.mark.parametrize("name", ["identity.toml", "case.toml", "notes.toml", "actors/extra.toml"])
@pytest.mark.parametrize("what", NO_FILES)
def test_what_is_no_plain_file_is_a_problem_of_the_case(what: str, name: str, folder: Path) -> None:
    path = folder / name
    path.unlink(missing_ok=True)
    NO_FILES[what](path)
    if name == "case.toml" and "leads" in what:
        with pytest.raises(InputOutputError, match="no case"):
            miniature.problems_of(folder)
        return
    told = [(p.file, p.line) for p in miniature.problems_of(folder) if what in p.message]
    assert told == [(name, 0)]


def test_the_limit_of_a_file_leaves_room_for_a_book() -> None:
    """A sentence of an index takes about 90 bytes; a book of 400 pages has 20,000 of them."""
    assert MAX_BYTES > 20_000 * 90
    assert MAX_VALUES > 20_000 * 4


@pytest.mark.parametrize(
    ("text", "line", "advice"),
    [
        ('a = "x\nb = 1\n', 1, "is a quotation mark missing"),
        ('a = "x', 1, "is a quotation mark missing"),
        ("a = 'x\nb = 1\n", 3, "is a quotation mark missing"),
        ('a = """x\ny\n', 3, "is a quotation mark missing"),
        ('a = x"\n', 1, "is a quotation mark missing"),
        ("a = two words\n", 1, "is a quotation mark missing"),
        ('a = ["x, "y"]\n', 1, "is a comma, a quotation mark or a ] missing"),
        ('a = ["x" "y"]\n', 1, "is a comma, a quotation mark or a ] missing"),
        ('a = ["x", "y"\nb = 1\n', 2, "is a comma, a quotation mark or a ] missing"),
        ('a = [\n  { v = "a, s = "b" },\n]\n', 2, "is a comma, a quotation mark or a } missing"),
        ('a = { x = "1" y = "2" }\n', 1, "is a comma, a quotation mark or a } missing"),
        ('a = { x = "1", }\n', 1, "is there a comma too many"),
        ('a: "x"\n', 1, "write KEY = VALUE"),
        ('a = "he said "no" twice"\n', 1, "within text, write"),
        ("[[statement]\n", 1, "is a ] missing"),
        ("a = 1\na = 2\n", 2, "keep one of them"),
        ("[a]\nx = 1\n[a]\n", 3, "keep one of them"),
        ('a = "C:\\path"\n', 1, "write two of them"),
    ],
)
def test_a_slip_of_the_keyboard_is_told_with_what_is_likely_meant(
    text: str, line: int, advice: str, tmp_path: Path
) -> None:
    path = written(tmp_path, "case.toml", text)
    with pytest.raises(UnfitFile, match=f"; {re.escape(advice)}") as error:
        toml_of(path)
    assert error.value.line == line
