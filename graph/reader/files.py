"""TOML files: opening them, and finding the line at which an entry or a key stands."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

from ..errors import InputOutputError, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from ..model import Origin

MAX_BYTES = 8 * 1024 * 1024
"""Largest authored file that is read; more is surely not written by hand in one file."""

_HEADER = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_.\"'-]+)\s*\]\]?\s*(?:#.*)?")
_ERROR_PLACE = re.compile(r"\s*\(at line (\d+), column (\d+)\)$|\s*\(at end of document\)$")


def load(path: Path, shown: str) -> dict[str, Any] | Problem:
    """Return the contents of a TOML file, or the problem that kept it from being read.

    Args:
        path: the file.
        shown: the path to show in messages.

    Raises:
        InputOutputError: the file cannot be opened.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputOutputError(f"{shown}: {error.strerror or error}") from error
    if len(data) > MAX_BYTES:
        return Problem(shown, 0, "", f"has {len(data)} bytes; split it, {MAX_BYTES} is the most")
    try:
        return tomllib.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return Problem(shown, line, "", "is not UTF-8; save the file in the encoding UTF-8")
    except tomllib.TOMLDecodeError as error:
        return _syntax_problem(shown, str(error), data)
    except (RecursionError, ValueError) as error:
        return Problem(shown, 0, "", f"cannot be read as TOML: {error}")


def _syntax_problem(shown: str, message: str, data: bytes) -> Problem:
    match = _ERROR_PLACE.search(message)
    reason = _ERROR_PLACE.sub("", message)
    line = int(match[1]) if match and match[1] else data.count(b"\n") + 1
    return Problem(shown, line, "", f"is not valid TOML: {reason}")


def problem_at(folder: Path, origin: Origin, key: str, message: str) -> Problem:
    """Return a problem with the line at which its entry, or the key in it, was authored.

    Args:
        folder: the case's folder.
        origin: where the record was authored.
        key: the key in the entry, or empty for the entry as a whole.
        message: what is wrong, and what would be right.
    """
    path = folder / origin.file
    try:
        line = line_of(path.read_text("utf-8"), origin.path, key)
    except (OSError, UnicodeDecodeError):
        line = 0
    place = ", ".join(part for part in (origin.label, key) if part)
    return Problem(path.as_posix(), line, place, message)


def line_of(text: str, path: tuple[tuple[str, int], ...], key: str) -> int:
    """Return the line, from 1, of a key in the table at ``path``, or where the table begins.

    Args:
        text: the file.
        path: the tables that lead to the entry, outermost first, each with its index; the last may
            be an inline table in a list, such as a claim.
        key: a key in that table, or empty.
    """
    lines = text.split("\n")
    start, end = 0, len(lines)
    prefix = ""
    for name, index in path:
        prefix = f"{prefix}.{name}" if prefix else name
        found = _table_range(lines, prefix, index, start, end)
        start, end = found or _inline_range(lines, name, index, start, end)
    if key:
        for pattern in (_own_key(key), _inline_key(key)):
            for number in range(start, end):
                if pattern.search(lines[number]):
                    return number + 1
    return start + 1


def _own_key(key: str) -> re.Pattern[str]:
    return re.compile(rf"^\s*[\"']?{re.escape(key)}[\"']?\s*=")


def _inline_key(key: str) -> re.Pattern[str]:
    return re.compile(rf"[{{,]\s*[\"']?{re.escape(key)}[\"']?\s*=")


def _table_range(
    lines: list[str], name: str, index: int, start: int, end: int
) -> tuple[int, int] | None:
    """Return the lines of the ``index``-th table ``name`` within a range, with its sub-tables."""
    found: int | None = None
    for number in range(start, end):
        match = _HEADER.fullmatch(lines[number])
        if match is None:
            continue
        header = match[2]
        if found is not None and not header.startswith(name + "."):
            return found, number
        if header == name:
            if index == 0:
                found = number
            index -= 1
    return (found, end) if found is not None else None


def _inline_range(lines: list[str], name: str, index: int, start: int, end: int) -> tuple[int, int]:
    """Return the line of the ``index``-th item of a list written under a key, one item a line."""
    key = _own_key(name)
    first = next((n for n in range(start, end) if key.search(lines[n])), None)
    if first is None:
        return start, end
    items = [n for n in range(first + 1, end) if lines[n].lstrip()[:1] in ("{", "[")]
    if lines[first].rstrip().endswith(("=", "= [")) and index < len(items):
        return items[index], items[index] + 1
    return first, first + 1
