"""Files that people write: opened in one way, and within limits, so that none can hang the machine.

Whatever is no plain file of a sensible size is refused before a byte of it is read, and TOML is
measured before it is parsed: the parser takes time in the square of the parts of a dotted key.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from typing import TYPE_CHECKING, Any

from ..errors import InputOutputError, UnfitFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_BYTES = 2 * 1024 * 1024
"""Largest file that is read: the sentences of a book of 400 pages, or about 3,000 statements."""
MAX_KEYS = 50_000
MAX_VALUES = 200_000
MAX_PARTS = 16
"""Most parts of a dotted key or of the name of a table; the format itself needs two."""
MAX_DEPTH = 32
"""Deepest nesting of lists and inline tables; the format itself needs three."""
MAX_BARE = 400
"""Longest run of signs outside quotes, such as a number or a key."""

MARK = b"\xef\xbb\xbf"
"""The byte order mark that some editors put before a text in UTF-8."""

_FLAGS = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY")
)
_NO_FILES = (
    (stat.S_ISDIR, "is a folder"),
    (stat.S_ISFIFO, "is a pipe"),
    (stat.S_ISSOCK, "is a socket"),
)
_QUIET = re.compile(
    r"#[^\n]*+"
    r'|"""(?>(?:[^"\\]++|\\.|"{1,2}(?!"))*)(?:"{3,5}|\Z)'
    r"|'''(?>(?:[^']++|'{1,2}(?!'))*)(?:'{3,5}|\Z)"
    r'|"(?>(?:[^"\\\n]++|\\[^\n])*)"?'
    r"|'[^'\n]*+'?",
    re.DOTALL,
)
"""Comments and strings, also those that do not end; linear in the length of the text.

Atomic groups, for a possessive group is matched wrongly before Python 3.11.5 (gh-106052).
"""
_BETWEEN = re.compile(r"[=,\[\]{}]")
_BRACKET = re.compile(r"[\[\]{}]")
_ADVICE = {
    "Illegal character '\\n'": "is a quotation mark missing at the end?",
    "Unterminated string": "is a quotation mark missing at the end?",
    'Expected "\'"': "is a quotation mark missing at the end?",
    "Invalid value": 'is a quotation mark missing? Text stands between two of this sort: "',
    "Unclosed array": "is a comma, a quotation mark or a ] missing?",
    "Unclosed inline table": "is a comma, a quotation mark or a } missing?",
    "Invalid initial character for a key part": "is there a comma too many, or a line end "
    "between { and }?",
    "Expected '=' after": "write KEY = VALUE; a key has no spaces",
    "Expected newline": 'one KEY = VALUE stands on a line; within text, write \\" for a quotation '
    "mark",
    "Expected ']": "is a ] missing?",
    "Unescaped '\\'": "write two of them for one",
    "Cannot overwrite": "the key stands above already; keep one of them",
    "Cannot declare": "it stands above already; keep one of them",
}
"""What is likely meant, by how a message of the parser begins."""
_ERROR_PLACE = re.compile(r"\s*\(at line (\d+), column \d+\)$|\s*\(at end of document\)$")


def data_of(path: Path, most: int = MAX_BYTES, advice: str = "split it") -> bytes:
    """Return the bytes of a plain file.

    Args:
        path: the file; a link is followed.
        most: how many bytes it may have.
        advice: what is said when it has more.

    Raises:
        UnfitFile: it is no plain file, or it is too large.
        InputOutputError: it cannot be opened or read.
    """
    try:
        descriptor = os.open(path, _FLAGS)
        try:
            about = os.fstat(descriptor)
            _refuse_unless_plain(path, about.st_mode)
            with os.fdopen(descriptor, "rb", closefd=False) as file:
                data = file.read(about.st_size + 1) if about.st_size <= most else b""
                if len(data) > about.st_size:  # it grew, or is a file of the kernel
                    data += file.read(max(0, most + 1 - len(data)))
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise UnfitFile(path, "is a link that leads in a circle; write a plain file") from error
        if error.errno == errno.ENXIO:
            raise UnfitFile(path, "is a socket; write a plain file") from error
        if error.errno == errno.ENOENT and path.is_symlink():
            raise UnfitFile(path, "is a link that leads nowhere; write a plain file") from error
        raise InputOutputError(f"{path.as_posix()}: {error.strerror or error}") from error
    size = max(about.st_size, len(data))
    if size > most:
        raise UnfitFile(path, f"has {size} bytes; {advice}, {most} is the most")
    return data


def text_of(path: Path, most: int = MAX_BYTES, advice: str = "split it") -> str:
    """Return the text of a plain file in UTF-8, without a byte order mark.

    Args:
        path: the file.
        most: how many bytes it may have.
        advice: what is said when it has more.

    Raises:
        UnfitFile: it is no plain file, too large, or not UTF-8.
        InputOutputError: it cannot be opened or read.
    """
    return _decoded(path, data_of(path, most, advice))


def _decoded(path: Path, data: bytes) -> str:
    data = data.removeprefix(MARK)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        wrong = "is not UTF-8; save the file in the encoding UTF-8"
        raise UnfitFile(path, wrong, line) from error


def toml_of(path: Path) -> dict[str, Any]:
    """Return the contents of a TOML file.

    Raises:
        UnfitFile: it is no plain file, too large, not UTF-8 or not TOML.
        InputOutputError: it cannot be opened or read.
    """
    return toml_in(path, data_of(path))


def toml_in(path: Path, data: bytes) -> dict[str, Any]:
    """Return the contents of a TOML file of which the bytes are at hand.

    Args:
        path: the file, for messages.
        data: its bytes.

    Raises:
        UnfitFile: it is not UTF-8 or not TOML.
    """
    import tomllib

    text = _decoded(path, data).replace("\r\n", "\n")
    wrong, line = _beyond_limits(text)
    if wrong:
        raise UnfitFile(path, wrong, line)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        match = _ERROR_PLACE.search(str(error))
        line = int(match[1]) if match and match[1] else text.count("\n") + 1
        reason = _ERROR_PLACE.sub("", str(error))
        raise UnfitFile(path, f"is not valid TOML: {reason}{_advice(reason)}", line) from error
    except (RecursionError, ValueError) as error:
        raise UnfitFile(path, f"cannot be read as TOML: {error}") from error


def _advice(reason: str) -> str:
    """Return what is likely missing or too much, by what the parser stumbled over."""
    return next((f"; {said}" for begun, said in _ADVICE.items() if reason.startswith(begun)), "")


def code_lines(text: str, *, keep_strings: bool) -> list[str]:
    """Return the lines of a TOML text without comments and without what stands in strings.

    Args:
        text: the text, with line feeds as the ends of its lines.
        keep_strings: whether strings that end on the line where they begin are kept.
    """

    def replaced(match: re.Match[str]) -> str:
        found = match[0]
        if found.startswith("#"):
            return ""
        return found if keep_strings and "\n" not in found else '""' + "\n" * found.count("\n")

    simple = not keep_strings and '"""' not in text and "'''" not in text
    return _QUIET.sub('""' if simple else replaced, text).split("\n")


def comments_of(text: str) -> list[str]:
    """Return the comments of a TOML text in their order, each with its sign.

    Args:
        text: the text.
    """
    return [one[0].rstrip() for one in _QUIET.finditer(text) if one[0].startswith("#")]


def _refuse_unless_plain(path: Path, mode: int) -> None:
    if stat.S_ISREG(mode):
        return
    what = next((what for is_so, what in _NO_FILES if is_so(mode)), "is a device")
    raise UnfitFile(path, f"{what}; write a plain file")


def _beyond_limits(text: str) -> tuple[str, int]:
    """Return what is too much in a TOML text for it to be parsed, and in which line."""
    lines = code_lines(text, keep_strings=False)
    for what, sign, most in (("keys", "=", MAX_KEYS), ("values", ",", MAX_VALUES)):
        count = sum(line.count(sign) for line in lines)
        if count > most:
            return f"has {count} {what}; split it, {most} is the most", 0
    depth = 0
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_BARE or line.count(".") >= MAX_PARTS:
            for wrong in _long_parts(line):
                return wrong, number
        for sign in _BRACKET.findall(line):
            depth += 1 if sign in "[{" else -1
            if depth > MAX_DEPTH:
                return f"is nested more than {MAX_DEPTH} deep; close the brackets", number
    return "", 0


def _long_parts(line: str) -> Iterator[str]:
    for part in _BETWEEN.split(line):
        dots = part.count(".")
        if dots >= MAX_PARTS:
            yield f"has a key of {dots + 1} parts; {MAX_PARTS} is the most"
        if len(part) > MAX_BARE and (longest := max(map(len, part.split()), default=0)) > MAX_BARE:
            yield f"has a key or number of {longest} signs; {MAX_BARE} is the most"
