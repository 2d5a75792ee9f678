"""Formats: what the columns of a data set mean, in TOML; all that is wrong is told at once."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import DataProblems, Problem, UsageError, suggestion
from ..model.textfiles import data_of, toml_in
from . import format_keys
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
from .format_keys import listed, one_of, there_is
from .tables import layout_of
from .templates import template

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .form import Condition
    from .templates import Template

FOLDER = Path(__file__).parent / "formats"
THING_FOLDERS = ("actors", "places", "topics", "events", "agreements")


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
        about = self._checked(whole.get("data", {}), format_keys.DATA, "data")
        for key in ("id", "label", "publisher", "licence"):
            self._required(about, key, "data")
        for key, wrong in format_keys.wrong_data(about):
            self._wrong(f"data, {key}", wrong)
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
        good = self._checked(raw, format_keys.TABLE, place)
        columns = {**good.get("columns", {}), **good.get("optional", {})}
        named = {key: tuple(listed(value)) for key, value in columns.items()}
        self._required(good, "columns", place)
        unique = self._columns(columns, good, place)
        dates, choices = self._values(good, place)
        group = self._group(good["group"], f"{place}, group") if "group" in good else None
        things = [
            self._thing(one, f"{place}, thing {n}")
            for n, one in enumerate(self._tables(good, "thing"), 1)
        ]
        told = Counter(one.name for one in things if one)
        known = {*told}
        for name in sorted(one for one in told if told[one] > 1):
            self._wrong(f"{place}, thing", f'{told[name]} are called "{name}"')
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

    def _values(
        self, good: Mapping[str, Any], place: str
    ) -> tuple[dict[str, DateRecipe], dict[str, Choice]]:
        """Return the dates and choices; each may name what stands above it."""
        dates, choices = {}, {}
        for name, one in good.get("date", {}).items():
            dates[name] = self._date(one, f"{place}, date {name}")
        for name in dates:
            self.names |= {name, *(f"{name}.{part}" for part in PARTS)}
        self.names.add("rows")
        chosen = dict(choices_in(good.get("choose", {})))
        self.parts = {"part", *(key for key, one in chosen.items() if "{part" in str(one))}
        for name, one in chosen.items():
            choices[name] = self._choice(one, f"{place}, choose {name}")
            self.names |= {name} - self.parts
        return dates, choices

    def _columns(
        self, columns: Mapping[str, object], good: Mapping[str, Any], place: str
    ) -> Template | None:
        """Tell of names of columns that are none or something else; return what is unique."""
        for key, wrong in format_keys.wrong_layout(good):
            self._wrong(f"{place}, {key}", wrong)
        self.names = set(columns)
        unique = self._template(good["unique"], place) if "unique" in good else None
        self._use([unique] if unique else [], f"{place}, unique")
        self.unique = set(unique.names) if unique else set()
        made = {"rows", "part", *good.get("date", {}), *dict(choices_in(good.get("choose", {})))}
        for name, wrong in format_keys.wrong_columns(columns, made):
            self._wrong(f"{place}, columns, {name}", wrong)
        return unique

    def _date(self, raw: object, place: str) -> DateRecipe:
        good = self._checked(raw, format_keys.DATE, place)
        for key in ("from", "forms"):
            self._required(good, key, place)
        for wrong in filter(None, map(format_keys.wrong_form, good.get("forms", []))):
            self._wrong(f"{place}, forms", wrong)
        for key in ("within", "widen"):
            self._unknown(good.get(key, {}), self.names, f"{place}, {key}")
        for name, found in good.get("widen", {}).items():
            if not isinstance(found, dict):
                self._wrong(f"{place}, widen {name}", 'is no table, such as { "2" = "month" }')
                continue
            for value, how in found.items():
                if how not in WIDENINGS:
                    self._wrong(f"{place}, widen {name} {value}", one_of(how, WIDENINGS))
        made = [self._template(good.get(k, good.get("from", "")), place) for k in ("from", "to")]
        self._use(made, place)
        return DateRecipe(
            start=made[0],
            end=made[1],
            forms=tuple(map(str, good.get("forms", []))),
            within={k: tuple(listed(v)) for k, v in good.get("within", {}).items()},
            widen=good.get("widen", {}),
        )

    def _choice(self, raw: object, place: str) -> Choice:
        good = self._checked(raw, format_keys.CHOOSE, place)
        self._required(good, "of", place)
        of = self._template(good.get("of", ""), place)
        self._use((of,), place, {"part"})
        for wrong in filter(None, map(format_keys.wrong_pattern, good.get("matches", {}))):
            self._wrong(f"{place}, matches", wrong)
        for key in ("is", "matches"):
            for name, value in good.get(key, {}).items():
                if not isinstance(value, str):
                    self._wrong(f"{place}, {key} {name}", "is no text")
        equal = {
            one: str(value) for key, value in good.get("is", {}).items() for one in key.split("|")
        }
        other = good.get("else")
        return Choice(of=of, equal=equal, matches=good.get("matches", {}), other=other)

    def _group(self, raw: object, place: str) -> RowGroup:
        good = self._checked(raw, format_keys.GROUP, place)
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
        good = self._checked(raw, format_keys.THING, place)
        for key in ("name", "folder", "key"):
            self._required(good, key, place)
        folder = good.get("folder", THING_FOLDERS[0])
        if folder not in THING_FOLDERS:
            self._wrong(f"{place}, folder", one_of(folder, THING_FOLDERS))
        parts = self.parts if "each" in good else set()
        own = ("name", "folder", "key", "id", "also", "refers", *format_keys.EACH, "if")
        for key, wrong in format_keys.wrong_entries(good):
            self._wrong(f"{place}, {key}", wrong)
        keys = {
            key: self._deep(value, place, parts) for key, value in good.items() if key not in own
        }
        made = [self._template(good[k], place) if k in good else None for k in ("key", "id")]
        also = tuple(self._template(str(one), place) for one in good.get("also", []))
        self._use([one for one in (*made, *also) if one], place, parts)
        if folder in THING_FOLDERS[:3] and not re.match(r"[^\s{]+ ", good.get("key", "x ")):
            self._wrong(f"{place}, key", "is to begin with the name of a list: our-actor {a}")
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
        if not good.get("split", ";"):
            self._wrong(f"{place}, split", "is empty; say what stands between the parts")
        return Each(of=of, split=good.get("split", ";"), take=take, keys=keys)

    def _statement(
        self, raw: Mapping[str, Any], things: set[str], place: str
    ) -> StatementForm | None:
        good = self._checked(raw, format_keys.STATEMENT, place)
        for key in ("subject", "predicate"):
            self._required(good, key, place)
        if ("object" in good) == ("value" in good):
            self._wrong(place, "has to have one of object and value")
        named: dict[str, tuple[str, ...]] = {
            key: tuple(listed(good[key])) for key in ("place", "under") if key in good
        }
        text = good.get("object", "")
        used = {"subject": (good.get("subject", ""),), **named}
        if text and "{" not in text and text != "unknown":
            used["object"] = (text,)
        for key, names in used.items():
            for name in names:
                if name and name not in things:
                    self._wrong(f"{place}, {key}", f'is "{name}"; {there_is(things, "thing")}')
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
            (name, one if isinstance(one, bool) else tuple(listed(one)))
            for name, one in raw.items()
        )

    # --- what is checked

    def _deep(self, value: object, place: str, more: set[str]) -> Any:  # noqa: ANN401 - any value
        """Return a value with templates for its texts."""
        if isinstance(value, dict) and "each" in value:
            rest = {key: one for key, one in value.items() if key not in format_keys.EACH}
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
                self._wrong(place, f'names "{name}"; {there_is(names, "name")}')

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
                self._wrong(here, f'there is no key "{key}"; {there_is(keys, "key")}')
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
