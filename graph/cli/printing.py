"""The one place where the commands write to the terminal: lines that are shown, data as they are.

``say`` is for lines that people read: all text in them is made visible by ``graph.errors.shown``.
``write`` and its kin are for data that programs read; they stay exact.
"""

from __future__ import annotations

import json
import re
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from ..errors.shown import escaped, seen, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_COMMAND = re.compile(r"^\s*:(?=:)|#(?=#\w*\[)")
"""What a build service would take for a command to itself when it reads our lines."""
_BEYOND = re.compile(r"[^ -~\n]+")


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


def boxed(rows: Sequence[Sequence[str]]) -> None:
    """Write a table whose cells are shown already, with lines, as wide as the terminal."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in rows[0]:
        table.add_column(Text(name))
    for row in rows[1:]:
        table.add_row(*(Text(cell) for cell in row))
    Console().print(table)


@contextmanager
def moving() -> Iterator[Callable[[str], None]]:
    """Give a function that shows on standard error what is being done, in a line that moves."""
    from rich.console import Console
    from rich.text import Text

    with Console(stderr=True).status("") as status:
        yield lambda step: status.update(Text(shown(step)))
