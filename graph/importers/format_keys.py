"""The keys of formats of tables, and what may stand behind those that say how one is written."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ..model.record import UNATTRIBUTED, UNKNOWN
from ..model.words import Access
from ..reader.fields import SLUG
from .templates import NAME

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

DATA = {
    "id": str, "label": str, "class": str, "publisher": str, "licence": str, "terms": str,
    "url": str, "access": str, "language": str, "about": str,
}  # fmt: skip
LAYOUT = {
    "form": str, "delimiter": str, "encodings": list, "order": list, "header": bool, "null": list,
    "quote": str, "widths": dict,
}  # fmt: skip
TABLE = {
    **LAYOUT, "name": str, "columns": dict, "optional": dict, "date": dict, "choose": dict,
    "values": list, "thing": list, "statement": list, "group": dict, "only": dict, "unique": str,
}  # fmt: skip
DATE = {"from": str, "to": str, "forms": list, "within": dict, "widen": dict}
CHOOSE = {"of": str, "is": dict, "matches": dict, "else": str}
THING = {
    "name": str, "folder": str, "key": str, "id": str, "label": str, "class": str, "kind": str,
    "kinds": list, "identity": str, "names": list, "identifiers": list, "latitude": str,
    "longitude": str, "uncertainty_m": str, "gazetteer": str, "gazetteer_url": str, "note": str,
    "other": str, "each": str, "split": str, "take": str, "also": list, "refers": bool, "if": dict,
}  # fmt: skip
STATEMENT = {
    "subject": str, "predicate": str, "object": str, "value": str, "when": str, "place": list,
    "under": str, "scope": str, "note": str, "other": str, "low": str, "high": str, "unit": str,
    "modality": str, "counts": str, "counts_kind": str, "stance": str, "certainty": str,
    "mode": str, "per": str, "begins": str, "ends": str, "if": dict,
}  # fmt: skip
EACH = ("each", "split", "take")
GROUP = {"by": dict, "sum": list, "least": list, "set": dict}
_FORMS = ("csv", "jsonl")
_SOME_DAY = datetime(2001, 2, 3)


def wrong_data(about: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with what a format says of its data set: the key, and what is wrong.

    Args:
        about: the keys, all of them texts.
    """
    own, access = about.get("id", ""), about.get("access", Access.PUBLIC)
    if own in (UNKNOWN, UNATTRIBUTED):
        yield "id", f'"{own}" is a word of its own; take another'
    elif own and not SLUG.fullmatch(own):
        yield "id", f'"{own}" is no id: small letters a to z, digits, and - between them'
    if access not in tuple(Access):
        yield "access", one_of(access, tuple(Access))


def wrong_entries(good: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the lists of names and identifiers of a thing.

    Args:
        good: the keys of the thing, each of the right type.
    """
    for key, needed in (("names", ("text",)), ("identifiers", ("scheme", "value"))):
        for one in good.get(key, []):
            if not isinstance(one, dict) or not {*needed} <= one.keys():
                right = ", ".join(f'{name} = "…"' for name in needed)
                yield key, f"each is to be a table: {{ {right} }}"


def wrong_layout(good: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with how a table is said to be written: the key, and what is wrong.

    Args:
        good: the keys of a table, each of the right type.
    """
    if (form := good.get("form", "csv")) not in _FORMS:
        yield "form", f'is "{form}"; there is {", ".join(_FORMS)}'
    for key, most in (("delimiter", "one sign"), ("quote", "one sign, or none")):
        told = good.get(key, ",")
        if len(told) > 1 or told in ("\n", "\r") or (not told and key == "delimiter"):
            yield key, f'is "{told}"; it is to be {most}'
    for key in ("encodings", "order", "null"):
        if not all(isinstance(one, str | int | float) for one in good.get(key, [])):
            yield key, "is to be a list of texts"
    if not good.get("encodings", [""]):
        yield "encodings", "is empty"
    for one in map(str, good.get("encodings", [])):
        try:
            "".encode(one)
        except LookupError:
            yield (
                "encodings",
                f'there is no encoding "{one}"; write "utf-8-sig", "cp1252", "utf-16"',
            )


def wrong_columns(
    columns: Mapping[str, object], made: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with names of columns, and with the columns that they may stand for.

    Args:
        columns: the columns by these names, as they are written.
        made: names of other values of a row.
    """
    for name, told in columns.items():
        if not NAME.fullmatch(name):
            yield name, "is no name: small letters a to z, digits and _"
        if name in made:
            yield name, "is the name of something else: a date, a choice, rows, part"
        found = told if isinstance(told, list) else [told]
        if not found or not all(isinstance(one, str) and one for one in found):
            yield name, "is to be the name of a column, or a list of those it may have"


def wrong_form(form: object) -> str:
    """Return what is wrong with a form of days; empty if nothing is.

    Args:
        form: as ``datetime.strptime`` takes it.
    """
    try:
        told = _SOME_DAY.strftime(str(form))
        found = datetime.strptime(told, str(form))  # noqa: TID251 - of other people's tables
    except ValueError as error:
        return f'"{form}" is no form of a day, such as %Y-%m-%d: {error}'
    return "" if found.year == _SOME_DAY.year else f'"{form}" has no year, %Y or %y'


def wrong_pattern(pattern: str) -> str:
    """Return what is wrong with a regular expression; empty if nothing is."""
    try:
        re.compile(pattern)
    except re.error as error:
        return f'"{pattern}" is no pattern: {error}'
    return ""


def listed(value: object) -> list[str]:
    """Return the texts of a list, or of a value that is the only one.

    Args:
        value: as it stands in the format.
    """
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def one_of(value: object, known: Iterable[str]) -> str:
    """Return that a value is none of those that are known.

    Args:
        value: the value.
        known: the words that may stand there.
    """
    return f'is "{value}"; there is {", ".join(known)}'


def there_is(known: Iterable[str], what: str) -> str:
    """Return which words of a sort there are.

    Args:
        known: the words.
        what: what one of them is.
    """
    found = sorted(known)
    return f"{what}s are {', '.join(found)}" if found else f"there is no {what}"
