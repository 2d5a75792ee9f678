"""The one place where the commands write to the terminal: lines that are shown, data as they are.

``say`` is for lines that people read: all text in them is made visible by ``graph.errors.shown``.
``write`` and its kin are for data that programs read; they stay exact.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import sys
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

import click

from ..errors.shown import escaped, seen, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

_COMMAND = re.compile(r"^\s*:(?=:)|#(?=#\w*\[)")
"""What a build service would take for a command to itself when it reads our lines."""
_BEYOND = re.compile(r"[^ -~\n]+")
_LINE_END = re.compile(r"\r?\n")
_LEAST_WIDTH = 40
_WIDEST = 60
"""So wide columns are aligned at the most where lines have no limit."""
_NARROW = 12
"""A column is folded to no less than this."""
_ROOMY = 100
"""From this width on tables of statements have room as tables."""
_GAP = 2
_FEW = 2
"""A table of the header and one row has nothing to share."""


class Styled(str):
    """A part of a line that is shown in a style of ours.

    Args:
        text: the part.
        how: colours and weights as ``click.style`` takes them.
    """

    how: dict[str, Any]

    def __new__(cls, text: str, **how: Any) -> Styled:  # noqa: ANN401 - those of ``click.style``
        """Return the text with its style."""
        made = super().__new__(cls, text)
        made.how = how
        return made


def say(*parts: str, err: bool = False, most: int | None = None) -> None:
    """Write one line for people.

    Args:
        parts: what stands in it, one after the other.
        err: whether it goes beside the answer, to standard error.
        most: length beyond which the middle of a part is left out.
    """
    line = [(shown(one, most), getattr(one, "how", {})) for one in parts]
    plain = "".join(part for part, _ in line)
    if (safe := _COMMAND.sub(_as_text, plain)) != plain:
        line = [(safe, {})]
    click.echo("".join(click.style(one, **how) if how else one for one, how in line), err=err)


def _as_text(match: re.Match[str]) -> str:
    return match[0][:-1] + escaped(match[0][-1])


def write(text: str) -> None:
    """Write data to standard output as they are."""
    click.echo(text, nl=False)


def write_bytes(chunks: Iterable[bytes]) -> None:
    """Write data to standard output as they are."""
    for chunk in chunks:
        sys.stdout.buffer.write(chunk)
    sys.stdout.buffer.flush()


def write_json(value: object) -> None:
    """Write a value as JSON, always valid UTF-8; what cannot be seen is escaped as JSON allows."""
    write(visible_json(json.dumps(value, ensure_ascii=False, indent=1)) + "\n")


def visible_json(text: str) -> str:
    """Return the same JSON, with what cannot be seen escaped in its texts."""
    return _BEYOND.sub(_in_json, text)


def _in_json(match: re.Match[str]) -> str:
    return "".join(one if seen(one) else json.dumps(one)[1:-1] for one in match[0])


def _width_of(*, err: bool = False) -> int | None:
    """Return how wide a line may be: as the terminal, or as the variable COLUMNS says.

    Args:
        err: whether it goes to standard error.

    Returns:
        The width in cells, or ``None`` for a file or a pipe, where every row is one line.
    """
    told = os.environ.get("COLUMNS", "")
    if not (told.isdecimal() and int(told)) and not (sys.stderr if err else sys.stdout).isatty():
        return None
    return max(_LEAST_WIDTH, shutil.get_terminal_size().columns)


def _folded(text: str, width: int) -> list[str]:
    """Return a text as lines that are no wider than so many cells of a terminal; at least one.

    Words stay whole, but where one is wider than a line.

    Args:
        text: one line that is shown already.
        width: in cells, of which a Chinese letter takes two and a combining sign none.
    """
    from rich.console import Console
    from rich.text import Text

    return [line.plain.rstrip() for line in Text(text).wrap(Console(width=width), width)] or [""]


def say_folded(
    *parts: str, indent: int | None = None, err: bool = False, most: int | None = None
) -> None:
    """Write one line for people, folded where it is too wide.

    Args:
        parts: as ``say`` takes them; a line that is folded loses their styles.
        indent: spaces before the second line and those that follow; by default two more than the
            first has.
        err: whether it goes beside the answer, to standard error.
        most: as ``say`` takes it.
    """
    width, text = _width_of(err=err), "".join(shown(one, most) for one in parts)
    if width is None or _cells(text) <= width:
        say(*parts, err=err, most=most)
        return
    told = text.lstrip()
    own = len(text) - len(told)
    further = own + 2 if indent is None else indent
    first = _folded(told, width - own)[0]
    say(" " * own + first, err=err)
    for line in _folded(told.removeprefix(first).lstrip(), width - further):
        say(" " * further + line, err=err)


def fitted(text: str) -> str:
    """Return a line for people, cut to the width where it is too wide."""
    width = _width_of()
    if width is None:
        return text
    from rich.text import Text

    line = Text(shown(text))
    line.truncate(width, overflow="ellipsis")
    return line.plain


def say_table(rows: Sequence[Sequence[str]]) -> None:
    """Write a table for people, the header first.

    In a file or a pipe every row is one line. On a terminal no line is wider than it: what all rows
    share is told once; cells are folded; and where that would leave columns narrower than a word or
    than ``_NARROW``, each row is a block of lines, one for each column that has a value.

    Args:
        rows: at least one row beside the header.
    """
    width = _width_of()
    told = cache(_in_one_line)
    rows = [list(map(told, row)) for row in rows]
    if width is None:
        _say_aligned(rows)
        return
    rest = say_common(rows)
    if sum(map(_narrowest, zip(*rest, strict=True))) + _GAP * len(rest[0]) > width:
        _say_records(rest, width)
    else:
        _say_boxed(rest, width)


def say_common(rows: Sequence[Sequence[str]], keep: Collection[str] = ()) -> list[list[str]]:
    """Write what all rows of a table share, once, and return the table without it.

    Args:
        rows: the table, the header first.
        keep: names of columns that stay in any case.
    """
    common, rest = _split_common(rows, keep)
    for name, value in common:
        say_folded(Styled(f"{name}: ", dim=True), value)
    return rest


def is_narrow() -> bool:
    """Return whether lines are for a terminal that is too narrow for most tables."""
    width = _width_of()
    return width is not None and width < _ROOMY


def _in_one_line(text: str) -> str:
    return shown(_LINE_END.sub(" ", text))


def _cells(text: str) -> int:
    if text.isascii() and text.isprintable():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def _say_aligned(rows: Sequence[Sequence[str]]) -> None:
    aligned = zip(*map(_aligned, zip(*rows, strict=True)), strict=True)
    lines = ("  ".join(row).rstrip() for row in aligned)
    click.echo("\n".join(_COMMAND.sub(_as_text, line) for line in lines))


def _aligned(column: Sequence[str]) -> list[str]:
    """Return the cells of a column, all of its width, with a line under the first."""
    cells = list(map(_cells, column))
    width = min(_WIDEST, max(cells))
    head, *rest = (one + " " * (width - own) for one, own in zip(column, cells, strict=True))
    return [head, "-" * width, *rest]


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _cells(text))


def _split_common(
    rows: Sequence[Sequence[str]], keep: Collection[str] = ()
) -> tuple[list[tuple[str, str]], list[list[str]]]:
    """Return the columns that have one value in all rows, and the table without them."""
    if len(rows) <= _FEW:
        return [], [list(row) for row in rows]
    columns = list(zip(*rows, strict=True))
    common = [(c[0], c[1]) for c in columns if len(set(c[1:])) == 1 and c[0] not in keep]
    names = {name for name, _value in common}
    rest = [column for column in columns if column[0] not in names] or columns
    return [pair for pair in common if pair[1]], [list(row) for row in zip(*rest, strict=True)]


def _narrowest(column: Sequence[str]) -> int:
    """Return the width below which a column is hard to read."""
    words = (word for cell in column for word in (cell.split() or [""]))
    return max(min(_NARROW, max(map(_cells, column))), *map(_cells, words))


def _say_boxed(rows: Sequence[Sequence[str]], width: int) -> None:
    """Write a table with lines, in which cells are folded where the width asks for it."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False,
                  collapse_padding=True)  # fmt: skip
    for name, column in zip(rows[0], zip(*rows, strict=True), strict=True):
        table.add_column(Text(name), min_width=_narrowest(column), overflow="fold")
    for row in rows[1:]:
        table.add_row(*map(Text, row))
    console = Console(width=width, file=io.StringIO(), color_system=None)
    with console.capture() as drawn:
        console.print(table)
    for line in drawn.get().splitlines():
        say(line.rstrip())


def _say_records(rows: Sequence[Sequence[str]], width: int) -> None:
    """Write each row as a block of lines, one for each column that has a value."""
    names, *records = rows
    indent = max(map(_cells, names)) + 3
    for record in records:
        for name, cell in zip(names, record, strict=True):
            if cell:
                first, *more = _folded(cell, width - indent)
                say(Styled(_padded(f" {name}", indent), dim=True), first)
                for line in more:
                    say(" " * indent + line)
        say()


@contextmanager
def moving() -> Iterator[Callable[[str], None]]:
    """Give a function that shows on standard error what is being done, in a line that moves."""
    from rich.console import Console
    from rich.text import Text

    with Console(stderr=True).status("") as status:
        yield lambda step: status.update(Text(shown(step)))
