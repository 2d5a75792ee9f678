"""Tables of authored files, written as people write them here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import tomlkit
from tomlkit.items import AoT, Array, InlineTable, Item, Table

from ..model.textfiles import code_lines
from ..reader.files import Lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_HEAD = re.compile(r"\s*\[\[?\s*([A-Za-z0-9_.-]+)\s*\]\]?\s*")
_CLAIMS = re.compile(r"\s*claims\s*=")
_FIRST = ("id", "voice", "stance", "certainty", "passages")
"""The keys of a claim that stand first, in their order."""
_PLAIN = re.compile(r"""[ !#-\[\]-~\u00a0-\ud7ff]*""")
"""Text that needs no escape; most has none, and is written at once."""
_NOTHING: tuple[object, ...] = (None, "", [], ())
_WIDE = 110
_A_LINE = 8
"""So many short texts stand in a line of a long list."""


def table(keys: Mapping[str, Any], header: str = "") -> str:
    """Return a table in TOML: one key a line, one claim a line.

    Args:
        keys: its keys in their order, with texts, numbers, truth values, and lists and tables of
            these; what is ``None``, empty text or an empty list is left out.
        header: what stands above them: ``[[statement]]``.
    """
    lines = [header] if header else []
    lines += [
        f"{key} = {_text(value) if type(value) is str else _long(value)}"
        for key, value in keys.items()
        if value or value not in _NOTHING
    ]
    return "\n".join(lines) + "\n"


def _inline(keys: Mapping[str, Any]) -> str:
    return f"{{ {', '.join([f'{key} = {_value(value)}' for key, value in keys.items()])} }}"


def with_item(array: Any, keys: Mapping[str, Any]) -> None:  # noqa: ANN401 - tomlkit's own type
    """Add a table to a list of a document of ``tomlkit``, in the style of the list.

    Args:
        array: the list.
        keys: of the table.
    """
    item = tomlkit.parse(f"x = {_inline(keys)}")["x"]
    if isinstance(array, AoT):
        array.append(_table(keys))
    elif "\n" in array.as_string():
        array.add_line(item, indent="  ")
    else:
        array.append(item)


def _table(keys: Mapping[str, Any]) -> Table:
    """Return a table of its own, ``[[statement.claims]]``, with an empty line behind it."""
    made = tomlkit.table()
    for key, value in keys.items():
        made[key] = value
    made.add(tomlkit.nl())
    return made


def with_keys(text: str, path: Sequence[tuple[str, int]], keys: Mapping[str, Any]) -> str:
    """Return a file with further keys in a table, other values of some, or without some.

    Comments, and the order and look of all else, stay.

    Args:
        text: the file.
        path: the tables that lead to it, each with its index.
        keys: the keys with their values; ``None`` takes a key out.
    """
    document = tomlkit.parse(text)
    found: Any = table_at(document, path)
    if isinstance(found, InlineTable):
        *above, (name, index) = path
        holder = table_at(document, above)
        holder, place = (holder[name], index) if isinstance(holder[name], list) else (holder, name)
        holder[place] = _item(_merged(found.unwrap(), keys))
        return tomlkit.dumps(document)
    new = {key: value for key, value in keys.items() if value is not None}
    for key in found.keys() & keys.keys():
        if key not in new or isinstance(found[key], AoT):
            del found[key]
        else:
            _replace(found, key, new.pop(key))
    return _inserted(tomlkit.dumps(document), path, table(new).splitlines() if new else [])


def merged(old: Any, keys: Mapping[str, Any]) -> Any:  # noqa: ANN401 - tomlkit's own types
    """Return a claim of a document of ``tomlkit`` with further keys.

    Args:
        old: the claim.
        keys: those that it gets.
    """
    if isinstance(old, InlineTable):
        return _item(_merged(old.unwrap(), keys))
    old.update(keys)
    return old


def _merged(old: Mapping[str, Any], keys: Mapping[str, Any]) -> dict[str, Any]:
    """Return the keys of a claim or another short table, new ones in their usual place."""
    merged: list[tuple[str, Any]] = [(key, keys.get(key, value)) for key, value in old.items()]
    for key, value in keys.items():
        if key not in old:
            behind = _FIRST[_FIRST.index(key) :] if key in _FIRST else ()
            there = (n for n, (one, _) in enumerate(merged) if one in behind)
            merged.insert(next(there, len(merged)), (key, value))
    return {key: value for key, value in merged if value is not None}


def _replace(found: Any, key: str, value: object) -> None:  # noqa: ANN401 - tomlkit's own type
    """Give a key another value; of a list only what differs is touched, if that will do."""
    old = found[key]
    if isinstance(old, Array) and isinstance(value, list):
        for one in [one for one in old.unwrap() if one not in value]:
            old.remove(one)
        for one in [one for one in value if one not in old.unwrap()]:
            old.append(_item(one))
    plain = old.unwrap() if isinstance(old, Item) else old
    if plain != value or isinstance(plain, bool) != isinstance(value, bool):
        found[key] = _item(value)


def _item(value: object) -> Any:  # noqa: ANN401 - tomlkit's own type
    return tomlkit.parse(f"x = {_long(value)}")["x"]


def _inserted(text: str, path: Sequence[tuple[str, int]], rows: Sequence[str]) -> str:
    """Return a file with lines before the claims of a table, or at the end of its own keys."""
    lines = text.split("\n")
    code = code_lines(text, keep_strings=True)
    start = Lines(text).of(tuple(path), "") if path else 0
    end = next((n for n in range(start, len(code)) if _HEAD.fullmatch(code[n])), len(code))
    at = next((n for n in range(start, end) if _CLAIMS.match(code[n])), end)
    if at == end:
        while at > start and not code[at - 1].strip():
            at -= 1
    while at > start and at < end and lines[at - 1].lstrip().startswith("# "):
        at -= 1
    return "\n".join([*lines[:at], *rows, *lines[at:]])


def end_of(text: str, line: int, own: str) -> int:
    """Return the number of the last line of a table with those below it, from 1.

    Blank lines and remarks before the next table are about that, and none of it.

    Args:
        text: the file.
        line: where its head stands.
        own: its name, as in ``clause.fulfilment``.
    """
    code = code_lines(text, keep_strings=True)
    heads = ((n, _HEAD.fullmatch(code[n])) for n in range(line, len(code)))
    end = next((n for n, h in heads if h and not h[1].startswith(f"{own}.")), len(code))
    while end > line and not code[end - 1].strip():
        end -= 1
    return end


def span_of(text: str, path: Sequence[tuple[str, int]]) -> tuple[int, int] | None:
    """Return where a table begins and ends in a file, with the remarks right above it.

    Args:
        text: the file.
        path: the tables that lead to it, each with its index.

    Returns:
        The offsets; ``None`` if it has no head of its own, but stands within a line.
    """
    rows = text.splitlines(keepends=True)
    line = Lines(text).of(tuple(path), "")
    head = _HEAD.fullmatch(code_lines(text, keep_strings=True)[line - 1])
    own = ".".join(key for key, _ in path)
    if head is None or head[1] != own:
        return None
    first = line - 1
    above = first
    while above and rows[above - 1].lstrip().startswith("#"):
        above -= 1
    if above and rows[above - 1].strip():
        above = first
    rest = end_of(text, line, own)
    while rest < len(rows) and not rows[rest].strip():
        rest += 1
    return sum(map(len, rows[:above])), sum(map(len, rows[:rest]))


def table_at(document: Any, path: Sequence[tuple[str, int]]) -> Any:  # noqa: ANN401 - tomlkit's own types
    """Return a table of a document of ``tomlkit``.

    Args:
        document: the document, or a table of it.
        path: the keys and indices that lead to it.
    """
    for key, index in path:
        document = document[key][index] if isinstance(document[key], list) else document[key]
    return document


def _long(value: object) -> str:
    if not isinstance(value, list):
        return _value(value)
    if value and all(isinstance(one, dict) for one in value):
        if any(key in ("voice", "passages") for key in value[0]):
            return "[\n" + "".join(f"  {_inline(one)},\n" for one in value) + "]"
        return _value(value)
    if value and all(isinstance(one, list) for one in value):
        return "[\n" + "".join(f"  {_value(one)},\n" for one in value) + "]"
    plain = _value(value)
    if len(plain) > _WIDE:
        rows = [value[place : place + _A_LINE] for place in range(0, len(value), _A_LINE)]
        return "[\n" + "".join(f"  {_listed(row)},\n" for row in rows) + "]"
    return plain


def _listed(values: Sequence[object]) -> str:
    return ", ".join(map(_value, values))


def _text(text: str) -> str:
    plain = text.isascii() and text.isprintable() and '"' not in text and "\\" not in text
    return f'"{text}"' if plain or _PLAIN.fullmatch(text) else tomlkit.item(text).as_string()


def _value(value: object) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, dict):
        return _inline(value)
    if isinstance(value, list | tuple):
        return f"[{_listed(value)}]"
    return tomlkit.item(value).as_string()
