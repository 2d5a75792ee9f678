"""Formats: what the columns of a data set mean, in TOML; all that is wrong is told at once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import DataProblems, Problem, UsageError, suggestion
from ..model.textfiles import data_of, toml_in
from .dates import PARTS, WIDENINGS, DateRecipe
from .form import (
    CLAIM,
    NUMBERS,
    QUALIFIERS,
    Choice,
    DataFormat,
    Each,
    RowGroup,
    StatementForm,
    TableForm,
    ThingForm,
    choices_in,
    names_in,
)
from .tables import layout_of
from .templates import template

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .form import Condition
    from .templates import Template

FOLDER = Path(__file__).parent / "formats"
THING_FOLDERS = ("actors", "places", "topics", "events", "agreements")
_DATA = {
    "id": str, "label": str, "class": str, "publisher": str, "licence": str, "terms": str,
    "url": str, "access": str, "language": str, "about": str,
}  # fmt: skip
_LAYOUT = {
    "form": str, "delimiter": str, "encodings": list, "order": list, "header": bool, "null": list,
    "quote": str, "widths": dict,
}  # fmt: skip
_TABLE = {
    **_LAYOUT, "name": str, "columns": dict, "optional": dict, "date": dict, "choose": dict,
    "values": list, "thing": list, "statement": list, "group": dict, "only": dict, "unique": str,
}  # fmt: skip
_DATE = {"from": str, "to": str, "forms": list, "within": dict, "widen": dict}
_CHOOSE = {"of": str, "is": dict, "matches": dict, "else": str}
_THING = {
    "name": str, "folder": str, "key": str, "id": str, "label": str, "class": str, "kind": str,
    "kinds": list, "identity": str, "names": list, "identifiers": list, "latitude": str,
    "longitude": str, "uncertainty_m": str, "gazetteer": str, "gazetteer_url": str, "note": str,
    "other": str, "each": str, "split": str, "take": str, "also": list, "refers": bool, "if": dict,
}  # fmt: skip
_STATEMENT = {
    "subject": str, "predicate": str, "object": str, "value": str, "when": str, "place": list,
    "under": str, "scope": str, "note": str, "other": str, "low": str, "high": str, "unit": str,
    "modality": str, "counts": str, "counts_kind": str, "stance": str, "certainty": str,
    "mode": str, "per": str, "begins": str, "ends": str, "if": dict,
}  # fmt: skip
_EACH = ("each", "split", "take")
_GROUP = {"by": dict, "sum": list, "least": list, "set": dict}


def names() -> list[str]:
    """Return the names of the formats that come with Hudna."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def known(name: str) -> DataFormat:
    """Return a format that comes with Hudna.

    Args:
        name: its name.

    Raises:
        UsageError: there is none of this name.
    """
    if name not in names():
        raise UsageError(f'there is no format "{name}"{suggestion(name, names())}')
    return read(FOLDER / f"{name}.toml")


def read(path: Path) -> DataFormat:
    """Return a format from its file.

    Args:
        path: a TOML file.

    Raises:
        DataProblems: something in it is wrong; the error holds all problems.
        UnfitFile: it is no TOML file.
        InputOutputError: it cannot be read.
    """
    return _FormatReader(path).format()


class _FormatReader:
    """One pass over a format, with the problems found so far."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = data_of(path)
        self.found: list[Problem] = []
        self.place = ""
        self.names: set[str] = set()
        self.parts: set[str] = set()
        self.unique: set[str] = set()

    def format(self) -> DataFormat:
        whole = toml_in(self.path, self.text)
        self._checked(whole, {"data": dict, "table": list}, "")
        about = self._checked(whole.get("data", {}), _DATA, "data")
        for key in ("id", "label", "publisher", "licence"):
            self._required(about, key, "data")
        tables = [
            self._table(one, f"table {n}") for n, one in enumerate(self._tables(whole, "table"), 1)
        ]
        if not tables and not self.found:
            self._wrong("", "has no [[table]], and so no row means anything")
        if self.found:
            raise DataProblems(self.found)
        return DataFormat(name=self.path.stem, about=about, tables=tuple(tables))

    # --- what stands in tables

    def _table(self, raw: Mapping[str, Any], place: str) -> TableForm:
        good = self._checked(raw, _TABLE, place)
        columns = {**good.get("columns", {}), **good.get("optional", {})}
        named = {key: tuple(_listed(value)) for key, value in columns.items()}
        self._required(good, "columns", place)
        dates = {
            name: self._date(one, f"{place}, date {name}")
            for name, one in good.get("date", {}).items()
        }
        chosen = dict(choices_in(good.get("choose", {})))
        self.parts = {"part", *(key for key, one in chosen.items() if "{part" in str(one))}
        self.names = {*named, *chosen, "rows"} - self.parts
        for name in dates:
            self.names |= {name, *(f"{name}.{part}" for part in PARTS)}
        unique = self._template(good["unique"], place) if "unique" in good else None
        self.unique = set(unique.names) if unique else set()
        group = self._group(good["group"], f"{place}, group") if "group" in good else None
        choices = {
            name: self._choice(one, f"{place}, choose {name}") for name, one in chosen.items()
        }
        for name, date in dates.items():
            self._use(date.templates, f"{place}, date {name}")
        things = [
            self._thing(one, f"{place}, thing {n}")
            for n, one in enumerate(self._tables(good, "thing"), 1)
        ]
        known = {one.name for one in things if one}
        statements = [
            self._statement(one, known, f"{place}, statement {n}")
            for n, one in enumerate(self._tables(good, "statement"), 1)
        ]
        self._unknown(good.get("values", []), self.names, f"{place}, values")
        return TableForm(
            name=good.get("name", ""),
            layout=layout_of(good),
            columns=named,
            optional=frozenset(good.get("optional", {})),
            unique=unique,
            dates=dates,
            choices={name: one for name, one in choices.items() if name not in self.parts},
            parts={name: one for name, one in choices.items() if name in self.parts},
            values=tuple(good.get("values", [])),
            things=tuple(filter(None, things)),
            statements=tuple(filter(None, statements)),
            group=group,
            conditions=self._conditions(good.get("only", {}), place),
        )

    def _date(self, raw: object, place: str) -> DateRecipe:
        good = self._checked(raw, _DATE, place)
        for key in ("from", "forms"):
            self._required(good, key, place)
        for name, found in good.get("widen", {}).items():
            for value, how in found.items() if isinstance(found, dict) else [("", found)]:
                if how not in WIDENINGS:
                    self._wrong(f"{place}, widen {name} {value}", _one_of(how, WIDENINGS))
        return DateRecipe(
            start=self._template(good.get("from", ""), place),
            end=self._template(good.get("to", good.get("from", "")), place),
            forms=tuple(good.get("forms", [])),
            within={k: tuple(map(str, _listed(v))) for k, v in good.get("within", {}).items()},
            widen=good.get("widen", {}),
        )

    def _choice(self, raw: object, place: str) -> Choice:
        good = self._checked(raw, _CHOOSE, place)
        self._required(good, "of", place)
        of = self._template(good.get("of", ""), place)
        self._use((of,), place, {"part"})
        equal = {
            one: str(value) for key, value in good.get("is", {}).items() for one in key.split("|")
        }
        other = good.get("else")
        return Choice(of=of, equal=equal, matches=good.get("matches", {}), other=other)

    def _group(self, raw: object, place: str) -> RowGroup:
        good = self._checked(raw, _GROUP, place)
        self._required(good, "by", place)
        by = {name: self._template(str(one), place) for name, one in good.get("by", {}).items()}
        self._use(by.values(), place)
        for key in ("sum", "least"):
            self._unknown(good.get(key, []), self.names, f"{place}, {key}")
        fixed = {name: self._template(str(one), place) for name, one in good.get("set", {}).items()}
        for one in fixed.values():
            self._unknown(one.names, {*self.names, *by, "rows"}, place)
        return RowGroup(
            by=by, sums=tuple(good.get("sum", [])), least=tuple(good.get("least", [])), fixed=fixed
        )

    def _thing(self, raw: Mapping[str, Any], place: str) -> ThingForm | None:
        good = self._checked(raw, _THING, place)
        for key in ("name", "folder", "key"):
            self._required(good, key, place)
        folder = good.get("folder", THING_FOLDERS[0])
        if folder not in THING_FOLDERS:
            self._wrong(f"{place}, folder", _one_of(folder, THING_FOLDERS))
        parts = self.parts if "each" in good else set()
        own = ("name", "folder", "key", "id", "also", "refers", *_EACH, "if")
        keys = {
            key: self._deep(value, place, parts) for key, value in good.items() if key not in own
        }
        made = [self._template(good[k], place) if k in good else None for k in ("key", "id")]
        also = tuple(self._template(str(one), place) for one in good.get("also", []))
        self._use([one for one in (*made, *also) if one], place, parts)
        if not good.get("name") or made[0] is None:
            return None
        conditions = self._conditions(good.get("if", {}), place)
        rests = set(names_in([*made, *also, keys], conditions))
        anew = {"each", "refers"} & good.keys() or "part" in rests or rests > self.unique > set()
        return ThingForm(
            name=good["name"],
            folder=folder,
            key=made[0],
            also=also,
            refers=good.get("refers", False),
            id=made[1],
            keys=keys,
            each=self._each(good, place) if "each" in good else None,
            conditions=conditions,
            rests=None if anew else tuple(rests),
        )

    def _each(self, good: Mapping[str, Any], place: str, keys: object = None) -> Each:
        of = self._template(str(good["each"]), place)
        self._use([of], place)
        try:
            take = re.compile(good["take"]) if "take" in good else None
        except re.error as error:
            take = None
            self._wrong(f"{place}, take", f"is no pattern: {error}")
        if take and take.groups != 1:
            self._wrong(f"{place}, take", "has to have one group in brackets")
        return Each(of=of, split=good.get("split", ";"), take=take, keys=keys)

    def _statement(
        self, raw: Mapping[str, Any], things: set[str], place: str
    ) -> StatementForm | None:
        good = self._checked(raw, _STATEMENT, place)
        for key in ("subject", "predicate"):
            self._required(good, key, place)
        if ("object" in good) == ("value" in good):
            self._wrong(place, "has to have one of object and value")
        named: dict[str, tuple[str, ...]] = {
            key: tuple(_listed(good[key])) for key in ("place", "under") if key in good
        }
        text = good.get("object", "")
        used = {"subject": (good.get("subject", ""),), **named}
        if text and "{" not in text and text != "unknown":
            used["object"] = (text,)
        for key, names in used.items():
            for name in names:
                if name and name not in things:
                    self._wrong(f"{place}, {key}", f'is "{name}"; {_there_is(things, "thing")}')
        keys = {
            key: self._template(str(good[key]), place)
            for key in (*QUALIFIERS, *NUMBERS, *CLAIM)
            if key in good
        }
        more = [
            self._template(good[key], place) if key in good else None
            for key in ("predicate", "per")
        ]
        made = self._template(text, place)
        self._use([*keys.values(), *filter(None, more), made], place)
        if more[0] is None or "subject" not in good:
            return None
        conditions = self._conditions(good.get("if", {}), place)
        return StatementForm(
            subject=good["subject"],
            predicate=more[0],
            object=made if "{" in text else text,
            things=named,
            keys=keys,
            per=more[1],
            conditions=conditions,
            rests=tuple(set(names_in([*keys.values(), *more, made], conditions))),
        )

    def _conditions(self, raw: Mapping[str, Any], place: str) -> tuple[Condition, ...]:
        self._unknown(raw, self.names, place)
        return tuple(
            (name, one if isinstance(one, bool) else tuple(map(str, _listed(one))))
            for name, one in raw.items()
        )

    # --- what is checked

    def _deep(self, value: object, place: str, more: set[str]) -> Any:  # noqa: ANN401 - any value
        """Return a value with templates for its texts."""
        if isinstance(value, dict) and "each" in value:
            rest = {key: one for key, one in value.items() if key not in _EACH}
            return self._each(value, place, self._deep(rest, place, self.parts))
        if isinstance(value, dict):
            return {key: self._deep(one, place, more) for key, one in value.items()}
        if isinstance(value, list):
            return [self._deep(one, place, more) for one in value]
        made = self._template(str(value), place)
        self._use([made], place, more)
        return made

    def _template(self, text: str, place: str) -> Template:
        try:
            return template(text)
        except ValueError as error:
            self._wrong(place, str(error))
            return template("")

    def _use(self, made: Iterable[Template], place: str, more: set[str] = frozenset()) -> None:  # type: ignore[assignment]
        for one in made:
            self._unknown(one.names, self.names | more, place)

    def _unknown(self, used: Iterable[str], names: set[str], place: str) -> None:
        for name in used:
            if name not in names:
                self._wrong(place, f'names "{name}"; {_there_is(names, "name")}')

    def _required(self, good: Mapping[str, Any], key: str, place: str) -> None:
        if not good.get(key):
            self._wrong(place, f"lacks {key}")

    def _checked(self, raw: object, keys: Mapping[str, type], place: str) -> dict[str, Any]:
        if not isinstance(raw, dict):
            self._wrong(place, "is no table")
            return {}
        good: dict[str, Any] = {}
        for key, value in raw.items():
            here = f"{place}, {key}" if place else key
            if key not in keys:
                self._wrong(here, f'there is no key "{key}"; {_there_is(keys, "key")}')
            elif not isinstance(value, keys[key]) and not (
                keys[key] is str and isinstance(value, int | float)
            ):
                self._wrong(here, f"is no {_TYPES[keys[key]]}")
            else:
                good[key] = str(value) if keys[key] is str else value
        return good

    def _tables(self, good: Mapping[str, Any], key: str) -> Iterator[Mapping[str, Any]]:
        for one in good.get(key, []):
            if isinstance(one, dict):
                yield one
            else:
                self._wrong(key, f"is to be a list of tables: [[{key}]]")

    def _wrong(self, place: str, message: str) -> None:
        self.found.append(Problem(self.path.as_posix(), 0, place, message))


_TYPES = {str: "text", list: "list", dict: "table", bool: "true or false"}


def _listed(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _one_of(value: object, known: Iterable[str]) -> str:
    return f'is "{value}"; there is {", ".join(known)}'


def _there_is(known: Iterable[str], what: str) -> str:
    found = sorted(known)
    return f"{what}s are {', '.join(found)}" if found else f"there is no {what}"
