"""From files to rows: which table a file is, what its columns are, which rows are asked for."""

from __future__ import annotations

import re
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import DataProblems, Problem, UsageError, suggestion
from ..reader.value_checks import unfit_sign
from .tables import BETWEEN, Cells, Layout, Row, Text, raw_rows, text_of
from .values import TornRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from .form import DataFormat, TableForm
    from .tables import Raw

_MOVED, _MOST_MOVED = 5, 100
"""By so many places more than it is too long or short the cells of a row are moved, and at most."""
_SIGNS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_PAIR = re.compile(r'"([^"]+)"\s*:\s*"([^"]*)"')
"""A key and a text of a JSON object."""
_QUOTED = re.compile(r"""(["'])(.*)\1""", re.DOTALL)
_WHERE = re.compile(r"\s*([^=!~<>]+?)\s*(=|!=|~|>=|<=)(.*)", re.DOTALL)


class Where(NamedTuple):
    """A condition on rows: a column, a sign and a value."""

    column: str
    sign: str
    value: str

    @property
    def text(self) -> str:
        """The condition as it is written."""
        return f"{self.column}{self.sign}{self.value}"

    def holds(self, value: str) -> bool:
        """Return whether a value of the column fits."""
        if self.sign == "~":
            return self.value.casefold() in value.casefold()
        if self.sign in ("=", "!="):
            return (value == self.value) is (self.sign == "=")
        one, other = _comparable(value), _comparable(self.value)
        if type(one) is not type(other):
            one, other = value, self.value
        return bool(value) and (one >= other if self.sign == ">=" else one <= other)  # type: ignore[operator]


def _comparable(value: str) -> float | str:
    try:
        return float(value)
    except ValueError:
        return value


def where(text: str) -> Where:
    """Return a condition.

    Args:
        text: ``COLUMN=VALUE``, ``!=``, ``~`` (has these letters), ``>=`` or ``<=``.

    Raises:
        UsageError: it is none.
    """
    match = _WHERE.fullmatch(text)
    if match is None:
        raise UsageError(
            f'"{text}" is no condition; write COLUMN=VALUE, or with !=, ~ (has the letters), >=, <='
        )
    column, sign, value = match[1], match[2], match[3].strip()
    if sign != "~" and (inner := _QUOTED.fullmatch(value)):
        raise UsageError(
            f"{text}: the quotation marks would belong to the value; write {column}{sign}{inner[2]}"
            f", or {column}~{value} if they stand in the table"
        )
    return Where(column, sign, value)


class OpenTable(NamedTuple):
    """A file of a table, opened.

    Attributes:
        path: the file.
        table: what it is.
        layout: how it is written.
        text: what its text is.
        places: where each column stands in a row, or its path in an object; ``None`` where it does
            not.
        width: how many values a row has.
        below: the number of the row above the first.
        notes: what is to be told of it.
    """

    path: Path
    table: TableForm
    layout: Layout
    text: Text
    places: Mapping[str, Any]
    width: int
    below: int
    notes: tuple[str, ...]
    columns: Sequence[str]


def opened(path: Path, known: DataFormat) -> OpenTable:
    """Return a file with what its columns are.

    Args:
        path: the file.
        known: the format that it is to be in.

    Raises:
        DataProblems: it has not the columns of a table of the format; the error names them.
        UnfitFile: it is in no encoding of the format.
        InputOutputError: it cannot be read.
    """
    ways = {table.layout.encodings for table in known.tables}
    texts = {encodings: text_of(path, encodings) for encodings in ways}
    tries = [_tried(path, table, texts[table.layout.encodings]) for table in known.tables]
    fits = [one for one in tries if isinstance(one, OpenTable)]
    if len(fits) > 1:
        named = [one for one in fits if one.table.name and one.table.name in path.name]
        fits = named or fits
    if fits:
        return fits[0]
    wrong = min((one for one in tries if not isinstance(one, OpenTable)), key=len)
    raise DataProblems([Problem(path.as_posix(), 1, "row 1", one) for one in wrong])


def _tried(path: Path, table: TableForm, text: Text) -> OpenTable | list[str]:
    """Return the file as one of a table, or what it lacks to be one."""
    layout, notes = table.layout, []
    if text.encoding != layout.encodings[0]:
        notes.append(f"{path.name} is no UTF-8; read as {text.encoding}")
    first = next(raw_rows(path, layout, text.encoding), None)
    if first is None:
        return ["has no rows"]
    if layout.form == "jsonl":
        wrong = [first.wrong] if first.wrong else _absent(first.fields, table)
        return wrong or OpenTable(path, table, layout, text, table.columns, 0, 0, tuple(notes), ())
    if "\x00" in first.text:
        return ["holds signs U+0000; it is no text, or UTF-16 without a mark: save it as UTF-8"]
    header = [one.strip() for one in first.fields]
    has_names = _named_in(header, table)
    if layout.header is False or (layout.header is None and has_names < min(2, len(header))):
        if len(header) != len(layout.order):
            return [_parted_by(first.text, table) or _no_header(len(header), layout)]
        if layout.header is None:
            notes.append(
                f"{path.name} has no header row; its columns are taken in their usual order"
            )
        columns, below = list(layout.order), -1
    else:
        columns, below = header, 0
    places = {
        name: next((columns.index(one) for one in found if one in columns), None)
        for name, found in table.columns.items()
    }
    lacking = [
        " or ".join(table.columns[name])
        for name, place in places.items()
        if place is None and name not in table.optional
    ]
    twice = [] if below else [columns[at] for at in places.values() if at is not None]
    twice = [one for one in dict.fromkeys(twice) if columns.count(one) > 1]
    if lacking or twice:
        parted = _parted_by(first.text, table)
        lacks = [_lacks(one, columns) for one in lacking]
        several = [
            f"there are {columns.count(one)} columns {one}; which is meant?" for one in twice
        ]
        return [parted] if parted else [*lacks, *several]
    return OpenTable(path, table, layout, text, places, len(columns), below, tuple(notes), columns)


def _no_header(width: int, layout: Layout) -> str:
    """Return what is wrong with a first row that has no names, of another width than the table."""
    told = layout.widths.get(str(width), "")
    what = f"has {width} values and no header row{told and f': {told}'}"
    names = f"{len(layout.order)}: {', '.join(layout.order[:6])}, …"
    return f"{what}; without one, a row has {names}"


def _named_in(header: Iterable[str], table: TableForm) -> int:
    """Return how many names of columns of a table a row has, in letters of any case."""
    names = {one.casefold() for found in table.columns.values() for one in found}
    return len(names & {one.strip().casefold() for one in header})


def _parted_by(text: str, table: TableForm) -> str:
    """Return what is wrong with a header row if other signs stand between its names."""
    for sign, name in _SIGNS.items():
        if sign != table.layout.delimiter and _named_in(text.split(sign), table) > 1:
            right = _SIGNS.get(table.layout.delimiter, f'"{table.layout.delimiter}"')
            return f"has {name} between its values, where {right} are to be"
    return ""


def _absent(fields: Mapping[str, str], table: TableForm) -> list[str]:
    """Return what an object lacks of what each has to have."""
    return [
        _lacks(" or ".join(paths), list(fields))
        for name, paths in table.columns.items()
        if name not in table.optional and not any(one in fields for one in paths)
    ]


def _lacks(column: str, columns: Sequence[str]) -> str:
    there = f"; the columns are {', '.join(columns[:8])}, …"
    return f"there is no column {column}{suggestion(column.partition(' or ')[0], columns) or there}"


Condition = tuple[Where, str | int]
"""A condition with the place of its column in a file."""


def conditions(sources: Sequence[OpenTable], asked: Iterable[Where]) -> list[list[Condition]]:
    """Return, for each file, the conditions on columns that it has.

    Args:
        sources: the files.
        asked: the conditions.

    Raises:
        UsageError: a column is in none of the files.
    """
    found: list[list[Condition]] = [[] for _ in sources]
    for one in asked:
        for source, kept in zip(sources, found, strict=True):
            if one.column in source.columns:
                kept.append((one, source.columns.index(one.column)))
            elif one.column in source.places:
                kept.append((one, one.column))
        if not any((one, at) in kept for kept in found for _, at in kept):
            names = {name for source in sources for name in (*source.columns, *source.places)}
            hint = suggestion(one.column, names) or f"; there is {', '.join(sorted(names)[:10])}, …"
            files = ", ".join(source.path.name for source in sources)
            raise UsageError(f'{files} has no column "{one.column}"{hint}')
    return found


def rows(
    source: OpenTable,
    asked: Sequence[Condition],
    refused: list[tuple[str, str]],
    torn: list[TornRow],
) -> Iterator[Row]:
    """Yield the rows of a file that are asked for.

    Args:
        source: the file.
        asked: conditions, all of which hold.
        refused: takes the numbers of rows that cannot be read, each with the reason.
        torn: takes what can be read of those.
    """
    cells = Cells(source.layout.null)
    values_of = _by_place(source, cells) if source.width else _by_path(source, cells)
    unique, seen = source.table.unique, dict[str, int]()
    for raw in raw_rows(source.path, source.layout, source.text.encoding):
        if raw.number == source.below:
            continue
        if 0 < source.width == len(raw.fields) and not any(map(str.strip, raw.fields)):
            continue  # a spreadsheet leaves such rows below its table
        number = f"{raw.number - source.below}.1"
        wrong = raw.wrong
        if not wrong and source.width and len(raw.fields) != source.width:
            wrong = f"has {len(raw.fields)} values where the table has {source.width}"
        if not wrong and not source.width:
            wrong = "; ".join(_absent(raw.fields, source.table))
        if wrong:
            refused.append((number, wrong))
            torn.append(_torn(source, raw, number, values_of))
            continue
        values = values_of(raw.fields)
        if cells.unfit and (sign := unfit_sign("".join(values.values()))):
            torn.append(TornRow(number, source.table, [values]))
            told = f"holds the sign U+{ord(sign):04X}, which no text may have"
            refused.append((number, told))
            continue
        if asked and not all(
            one.holds(values[at] if isinstance(at, str) else cells[raw.fields[at]])
            for one, at in asked
        ):
            continue
        key = unique.filled(values) if unique else ""
        if key and seen.setdefault(key, raw.number) != raw.number:
            told = f'"{key}" is row {seen[key] - source.below}.1 already'
            refused.append((number, told))
            continue
        yield Row(number, raw.start, raw.end, raw.sha256, values)


def _torn(
    source: OpenTable, raw: Raw, number: str, values_of: Callable[[Any], dict[str, str]]
) -> TornRow:
    ways = list(map(values_of, _as_they_may_stand(source, raw)))
    further = partial(_shifted, source, raw.text, values_of)
    return TornRow(number, source.table, ways, further)


def _as_they_may_stand(source: OpenTable, raw: Raw) -> list[Any]:
    """Return what the cells of a row may be that cannot be read.

    What goes wrong in the middle of a row leaves those before in their places from its beginning,
    and those behind in their places from its end.
    """
    if not source.width:
        return [raw.fields or dict(_PAIR.findall(raw.text))]
    lacking, cells = [""] * source.width, _cells_of(source, raw.text)
    return [[*cells, *lacking][: source.width], [*lacking, *cells][-source.width :]]


def _shifted(
    source: OpenTable, text: str, values_of: Callable[[Any], dict[str, str]]
) -> Iterator[Mapping[str, str]]:
    """Yield what a row says if its cells are moved by so many places as something may be wrong.

    What stands between two faults is in its place from neither end.
    """
    if not source.width:
        return
    cells, width = _cells_of(source, text), source.width
    ends = sorted((0, width - len(cells)))
    for by in range(max(ends[0] - _MOVED, -_MOST_MOVED), min(ends[1] + _MOVED, _MOST_MOVED) + 1):
        if by not in ends:
            placed = [*[""] * by, *cells[max(0, -by) :], *[""] * width]
            yield values_of(placed[:width])


def _cells_of(source: OpenTable, text: str) -> list[str]:
    return [one.strip(source.layout.quote) for one in text.split(source.layout.delimiter)]


def _by_place(source: OpenTable, cells: Cells) -> Callable[[Sequence[str]], dict[str, str]]:
    """Return what gives the values of a row by their names; of a column that is absent, empty."""
    names = tuple(source.places)
    pick = itemgetter(*(-1 if at is None else at for at in source.places.values()), -1)

    def values_of(fields: Sequence[str]) -> dict[str, str]:
        found = map(cells.__getitem__, pick([*fields, ""]))
        return dict(zip(names, found, strict=False))  # the last is there so that it is a tuple

    return values_of


def _by_path(source: OpenTable, cells: Cells) -> Callable[[Mapping[str, str]], dict[str, str]]:
    """Return what gives the values of an object by their names, of the first path that it has."""
    places = source.places.items()

    def values_of(fields: Mapping[str, str]) -> dict[str, str]:
        found = ((name, next((fields[p] for p in at if p in fields), "")) for name, at in places)
        return {
            name: BETWEEN.join(filter(None, map(cells.__getitem__, value.split(BETWEEN))))
            for name, value in found
        }

    return values_of
