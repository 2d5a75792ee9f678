"""Things and statements of rows: what the rows of a table say, before any of it is written."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from .form import CLAIM, NUMBERS, QUALIFIERS
from .tables import MOST_KEPT
from .templates import Template
from .things import Refused, holds, join, shortened, things_of
from .values import TornRow, computed, last_day

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from .form import Choice, StatementForm, TableForm, ThingForm
    from .tables import Row
    from .things import DraftThing

_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?(e[+-]?\d{1,3})?", re.IGNORECASE)
"""A number with a point; where commas are, each is before three digits."""
_TOO_LARGE = 1e15
_MAY_FALL = "changesBy"
"""The one quantity that may be below 0."""
MOST_ROWS = 5
"""So many rows of each reason are named."""
Key = tuple[object, ...]


class Content(NamedTuple):
    """What some values say, whatever it is said of.

    Attributes:
        predicate: of the ontology.
        keys: of the statement, beside the things in it.
        claim: the keys of the claim.
        per: what parts it from other statements of the same things.
        content: its keys in the order of their names.
    """

    predicate: str
    keys: dict[str, Any]
    claim: dict[str, str]
    per: str
    content: tuple[str, ...]


@dataclass(slots=True)
class DraftStatement:
    """What rows say, with the rows that say it.

    Attributes:
        parts: keys of the things in it, by key of the statement; of an object that is a word, it.
        told: what is said of them; other statements may share it.
        certain: whether a row says so for certain.
        passages: numbers of rows.
    """

    parts: dict[str, str]
    told: Content
    certain: bool = False
    passages: list[str] = field(default_factory=list)

    @property
    def content(self) -> Key:
        """All that it says; its parts are always in one order."""
        return (self.told.content, *self.parts, *self.parts.values())

    @property
    def claim(self) -> dict[str, str]:
        """The keys of the claim, as sure as the surest row."""
        sure = {"certainty": "certain"} if self.certain else {}
        return {**self.told.claim, **sure}


class Skipped(NamedTuple):
    """Rows that were not used, or not in full: why, how many, and some of them."""

    reason: str
    number: int
    rows: tuple[str, ...]


@dataclass
class ImportDraft:
    """All that the rows of a data set say.

    Attributes:
        things: by their keys.
        statements: by what they say.
        passages: the rows that are cited, by number.
        refused: rows of which nothing is used, with the reason.
        torn: what can be read of those that are refused.
        until: the day of the release or today; nothing of which rows tell has begun later.
        skipped: numbers of rows by why they were not used, on purpose.
        used: how many rows say something.
        last_day: the last day of which a row tells.
        known: what was found out of some values, with what of it is left out.
    """

    things: dict[str, DraftThing] = field(default_factory=dict)
    statements: dict[Key, DraftStatement] = field(default_factory=dict)
    passages: dict[str, Row] = field(default_factory=dict)
    refused: list[tuple[str, str]] = field(default_factory=list)
    torn: list[TornRow] = field(default_factory=list)
    until: str = field(default_factory=lambda: date.today().isoformat())
    skipped: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    used: int = 0
    last_day: str = ""
    known: dict[tuple[object, ...], tuple[Any, list[str]]] = field(default_factory=dict, repr=False)

    def once(
        self,
        form: ThingForm | StatementForm,
        values: Mapping[str, str],
        left: list[str],
        make: Callable[[Any, Mapping[str, str], list[str]], Any],
    ) -> Any:  # noqa: ANN401 - as it is made
        """Return what a form makes of some values; what was made of the same ones is taken again.

        Args:
            form: says on which values it rests.
            values: of a row.
            left: takes what of it is left out, as reasons.
            make: makes it of the form and the values, and takes a list for these reasons.
        """
        if form.rests is None:
            return make(form, values, left)
        key = (id(form), *map(values.__getitem__, form.rests))
        found = self.known.get(key)
        if found is None:
            if len(self.known) >= MOST_KEPT:
                self.known.clear()
            reasons: list[str] = []
            found = self.known[key] = make(form, values, reasons), reasons
        left += found[1]
        return found[0]

    def named(self, key: str) -> str:
        """Return what the thing of a key is called; a word is called by itself."""
        return self.things[key].keys.get("label", key) if key in self.things else key

    def table_of_skipped(self) -> list[Skipped]:
        """Return why rows were not used, or not in full, most frequent first."""
        reasons = defaultdict(list, {why: list(rows) for why, rows in self.skipped.items()})
        for number, why in self.refused:
            reasons[f"refused: {why}"].append(number)
        counts = Counter({why: len(rows) for why, rows in reasons.items()})
        return [
            Skipped(why, count, tuple(reasons[why][:MOST_ROWS]))
            for why, count in counts.most_common()
        ]


def draft_row(draft: ImportDraft, table: TableForm, row: Row, name: str) -> None:
    """Add what a row says to a draft; a row that says nothing of use is noted with the reason.

    Args:
        draft: is changed.
        table: what the columns mean.
        row: with the values of its columns.
        name: what its passage is called in the draft.
    """
    try:
        values = computed(table, row.values)
        if not holds(table.conditions, values):
            draft.skipped["not meant by the format"].append(row.number)
            return
        draft.last_day = max(draft.last_day, last_day(table, values, draft.until))
        left: list[str] = []
        things = partial(_things, table.parts)
        named = {form.name: draft.once(form, values, left, things) for form in table.things}
        said = [
            made
            for form in table.statements
            if (told := draft.once(form, values, left, _told))
            for made in _statements(form, values, named, told)
        ]
    except Refused as error:
        draft.refused.append((row.number, str(error)))
        draft.torn.append(TornRow(row.number, table, [row.values]))
        return
    for found in named.values():
        for thing in found:
            thing.passage = thing.passage or name
            if not thing.made:
                thing.referring.append(name)
            join(draft.things, thing)
    for statement in said:
        _keep(draft.statements, statement, name)
    if said:
        kept_values = "; ".join(f"{one}={values[one]}" for one in table.values if values[one])
        draft.passages[name] = row._replace(values={"": kept_values})
    if said or any(named.values()):
        draft.used += 1
    else:
        left.append("says nothing that the format takes")
    for reason in dict.fromkeys(left):
        draft.skipped[reason].append(row.number)


def _keep(statements: dict[Key, DraftStatement], new: DraftStatement, passage: str) -> None:
    """Add what a row says to what is said; the same of several rows is one, as sure as the best."""
    kept = statements.setdefault(new.content, new)
    if new.told.claim["certainty"] == "certain":
        kept.certain = True
    if not kept.passages or kept.passages[-1] != passage:  # rows come one after the other
        kept.passages.append(passage)


_NO_NAMES = frozenset(
    ("null", "na", "n/a", "nan", "nat", "none", "nil", "-", "--", "?", "unknown", "#n/a", "(blank)")
)
"""What tables write where they have no value, in small letters."""


def no_names(draft: ImportDraft) -> list[str]:
    """Return what is to be told of things whose names may stand for no value.

    Args:
        draft: what the rows say.
    """
    return [
        f'"{label}" (row {thing.passage.partition("#")[2]}) is taken as a name; if it stands for '
        f'no value, a mapping says so: null = ["{label}"]'
        for thing in draft.things.values()
        if thing.folder != "events"
        and (label := str(thing.keys.get("label", ""))).casefold() in _NO_NAMES
    ]


NOWHERE = "what it says of something that no row tells of"


def settled(draft: ImportDraft, known: Collection[str]) -> None:
    """Find what rows refer to; what no row tells of, and the case has not, is left out.

    Args:
        draft: is changed.
        known: keys of things of the case.
    """
    also: dict[str, str] = {}
    for thing in draft.things.values():
        for one in thing.also:
            also[one] = thing.key if also.get(one, thing.key) == thing.key else ""
    now: dict[str, str] = {}
    for key, thing in draft.things.items():
        told = also.get(key, "")
        if told not in ("", key) or (not thing.made and key not in known):
            now[key] = told
    if not now:
        return
    gone = [draft.things.pop(key) for key in now]
    said, draft.statements = draft.statements, {}
    for statement in said.values():
        parts = {key: now.get(part, part) for key, part in statement.parts.items()}
        if all(parts.values()) and parts["subject"] != parts.get("object"):
            statement.parts = parts
            kept = draft.statements.setdefault(statement.content, statement)
            if kept is not statement:
                kept.passages += [one for one in statement.passages if one not in kept.passages]
    lost = dict.fromkeys(row for one in gone if not now[one.key] for row in one.referring)
    used = {one for statement in draft.statements.values() for one in statement.passages}
    used |= {one.passage for one in draft.things.values()}
    for row in lost:
        draft.skipped[NOWHERE].append(row.partition("#")[2])
        draft.used -= row not in used


def _things(
    parts: Mapping[str, Choice], form: ThingForm, values: Mapping[str, str], left: list[str]
) -> list[DraftThing]:
    return list(things_of(form, values, parts, left))


def _told(form: StatementForm, values: Mapping[str, str], left: list[str]) -> Content | None:
    """Return what a row says by one form; ``None`` if it does not say it, or of no predicate.

    What of it is left out is added to a list, as a reason.
    """
    if not holds(form.conditions, values):
        return None
    keys: dict[str, Any] = {
        key: text
        for key in QUALIFIERS
        if key in form.keys and (text := shortened(form.keys[key].filled(values), left))
    }
    for key in NUMBERS:
        if key in form.keys:
            keys[key] = _number(key, form.keys[key], values)
    if "value" in form.keys and keys["value"] is None:
        return None
    keys = {key: value for key, value in keys.items() if value is not None}
    predicate = form.predicate.filled(values)
    if "value" in keys:
        _check_figure(keys, predicate, left)
    if not predicate:
        return None
    claim = {"stance": "asserts", "certainty": "unspecified"}
    claim |= {key: form.keys[key].filled(values) for key in CLAIM if key in form.keys}
    per = form.per.filled(values) if form.per else ""
    content = tuple([f"{key}={keys[key]}" for key in sorted(keys)])
    return Content(predicate, keys, claim, per, content)


def _statements(
    form: StatementForm,
    values: Mapping[str, str],
    named: Mapping[str, Sequence[DraftThing]],
    told: Content,
) -> Iterator[DraftStatement]:
    """Yield what a row says, for each of the things that it is said of."""
    subjects = named[form.subject]
    if not subjects:
        return
    first = {
        key: found[0].key
        for key, names in form.things.items()
        if (found := next(filter(None, map(named.__getitem__, names)), None))
    }
    objects = _objects(form, values, named)
    for subject in subjects:
        for parts in objects:
            if parts.get("object") != subject.key:
                whole = {"subject": subject.key, "predicate": told.predicate, **parts, **first}
                yield DraftStatement(whole, told)


def _check_figure(keys: dict[str, Any], predicate: str, left: list[str]) -> None:
    """Refuse a figure that cannot be; take a range away that it is not in."""
    value = keys["value"]
    if value < 0 and predicate != _MAY_FALL:
        raise Refused(f"value: {value} is below 0, and {predicate} says how many")
    low, high = keys.get("low", value), keys.get("high", value)
    if not low <= value <= high:
        left.append("the range, which its figure is not in; the figure is taken")
    if low == high or not low <= value <= high:
        keys.pop("low", None)
        keys.pop("high", None)


def _objects(
    form: StatementForm, values: Mapping[str, str], named: Mapping[str, Sequence[DraftThing]]
) -> list[dict[str, str]]:
    if "value" in form.keys:
        return [{}]
    if isinstance(form.object, Template):
        word = form.object.filled(values)
        return [{"object": word, "word": "yes"}] if word else []
    if form.object == "unknown":
        return [{"object": "unknown", "word": "yes"}]
    return [{"object": one.key} for one in named[form.object]]


def _number(key: str, form: Template, values: Mapping[str, str]) -> int | float | bool | None:
    text = form.filled(values)
    if not text:
        return None
    if text in ("true", "false") and not form.names:
        return text == "true"
    if not _NUMBER.fullmatch(text):
        raise Refused(f'{key}: "{text}" is no number as 1200, 1,200 or 3.5')
    number = float(text.replace(",", ""))
    if not abs(number) < _TOO_LARGE:
        raise Refused(f'{key}: "{text}" is no number below {_TOO_LARGE:g}')
    return int(number) if number.is_integer() else number
