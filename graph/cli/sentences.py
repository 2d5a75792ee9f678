"""Answers about statements on a narrow terminal: one sentence a row, in words that are folded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .printing import is_narrow, say_common, say_folded
from .tables import echo_table, readable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from ..read.labels import Labels
    from ..read.select import Table

SAID = "said"
"""The column of sentences."""
_COVERED = ("subject", "object", "value", "event", "clause", "agreement", "actor", "mechanism",
            "where", "thing")  # fmt: skip
"""Columns that are left out where the sentence has what stands in them."""
_BARE = ("when", "status")
"""Columns whose values tell what they are."""
_CLAIM = ("voice", "stance", "certainty", "mode")
_TRUTH = ("true", "false")
_GAP = " · "


def echo_answer(
    table: Table, labels: Labels, hidden: Iterable[str] = (), joined: Collection[str] = ()
) -> None:
    """Print an answer for people: as a table, or sentence by sentence where that has no room.

    Args:
        table: the answer.
        labels: as for ``readable``, as are the two others.
        hidden: see there.
        joined: see there.
    """
    if not is_narrow() or "statement" not in table.columns or len(table.rows) <= 1:
        echo_table(readable(table, labels, hidden, joined))
        return
    rows = readable(table, labels, hidden, joined, said=SAID)
    names, *rest = say_common(rows, keep=(SAID, "predicate", *_COVERED, *_BARE, *_CLAIM))
    for row in rest:
        say_folded(sentence_of(dict(zip(names, row, strict=True))), indent=2)


def sentence_of(row: Mapping[str, str]) -> str:
    """Return a row in one line: what is said, when, its status, who says so, and all else.

    Args:
        row: the words of the cells by the names of their columns, with ``said``.
    """
    said = row[SAID]
    told = [*filter(None, [said]), *(row[name] for name in _BARE if row.get(name))]
    claim = row.get("voice") and row.get("stance")
    if claim:
        how = ", ".join(filter(None, (row.get("certainty"), _as(row.get("mode", "")))))
        told.append(f"{row['voice']}: {row['stance']}" + (f" ({how})" if how else ""))
    passed = {SAID, "predicate", *_BARE, *(_CLAIM if claim else ())}
    for name, cell in row.items():
        held = name in _COVERED and (cell.casefold() in said.casefold() or cell in _TRUTH)
        if cell and name not in passed and not held:
            told.append(f"{name}: {cell}")
    return _GAP.join(told)


def _as(mode: str) -> str:
    return f"as {mode}" if mode and mode != "fact" else ""
