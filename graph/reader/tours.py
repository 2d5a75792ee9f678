"""Guided tours of a case: read, and whether what their views name is there."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from ..errors import suggestion
from ..model import Question
from ..model.record import Origin
from ..model.tours import Tour, TourStep, Translation
from ..model.views import parts_of, view_keys
from . import fields as f
from .claims import complete
from .fields import Field
from .schemas import SEEN, Schema

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from ..model import Case, Record
    from ..model.views import ViewPart
    from .context import Context
    from .problems import ProblemReport

TRANSLATION: Schema = {
    "lang": Field(f.language, True, (), "The language of these texts, as a tag of BCP 47."),
    "title": Field(f.text, True, (), "The title in that language."),
    "text": Field(f.text, False, (), "Of a step: the text in that language."),
}
_TRANSLATIONS = Field(f.tables, False, (), "The same in further languages.")
STEP: Schema = {
    "title": Field(f.text, True, (), "What this stop is about, in a few words."),
    "text": Field(f.text, True, (), "What is to be seen there, in words of your own."),
    "view": Field(f.text, True, (), "What stands after the # of a link to the view."),
    "evidence": Field(
        f.list_of(f.text), False, (), "Ids of the statements and things that the text rests on."
    ),
    "translations": _TRANSLATIONS,
}
TOUR: Schema = {
    "title": Field(f.text, True, (), "What the tour is about."),
    "translations": _TRANSLATIONS,
    "step": Field(f.tables, True, (), "The stops, in their order, each under [[step]]."),
} | SEEN
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORLDS = ("all", "agreed", "alleged")
_OF_ONE = ("voice", "only", "alleged")
_OF_DRAWINGS = ("says", "group", "between")
"""What may be chosen beside things and statements: ``says:PREDICATE``, groups and their bundles."""


def tour(table: Mapping[str, Any], slug: str, origin: Origin, ctx: Context) -> Iterator[Record]:
    """Yield the tour of a file, if it is whole.

    Args:
        table: the file as TOML has it.
        slug: the name of the file, which is the id.
        origin: its place.
        ctx: problems are told to its report.
    """
    good = f.checked(table, TOUR, origin, ctx.report)
    if good.get("step") == []:
        ctx.report(origin, "step", "has no stop; write each under [[step]]")
    steps = [
        _step(one, _within(origin, "step", n), ctx) for n, one in enumerate(good.get("step", ()))
    ]
    titles = _translations(good, origin, ctx)
    found = tuple(one for one in steps if one is not None)
    if complete(good, TOUR) and found and len(found) == len(steps):
        yield Tour(
            **f.values(Tour, good),
            id=slug,
            origin=origin,
            title=good["title"],
            steps=found,
            translations=titles,
        )


def _within(origin: Origin, key: str, index: int) -> Origin:
    name = f"{key} {index + 1}"
    label = f"{origin.label}, {name}" if origin.path else name
    return Origin(origin.file, (*origin.path, (key, index)), label)


def _step(table: Mapping[str, Any], origin: Origin, ctx: Context) -> TourStep | None:
    good = f.checked(table, STEP, origin, ctx.report)
    found = _translations(good, origin, ctx)
    for index, one in enumerate(found):
        if not one.text:
            here = _within(origin, "translations", index)
            ctx.report(here, "", 'the key "text" is missing; a stop has both in each language')
    if not complete(good, STEP):
        return None
    evidence = tuple(good.get("evidence", ()))
    return TourStep(good["title"], good["text"], good["view"], found, evidence)


def _translations(good: Mapping[str, Any], origin: Origin, ctx: Context) -> tuple[Translation, ...]:
    found: dict[str, Translation] = {}
    for index, table in enumerate(good.get("translations", ())):
        here = _within(origin, "translations", index)
        one = f.checked(table, TRANSLATION, here, ctx.report)
        if one.get("lang", "") in found:
            ctx.report(here, "lang", f'"{one["lang"]}" stands here twice; keep one of them')
        if complete(one, TRANSLATION):
            found[one["lang"]] = Translation(one["lang"], one["title"], one.get("text", ""))
    return tuple(found.values())


def check_tours(case: Case, report: ProblemReport) -> None:
    """Tell which views of tours say what no page can show: unknown keys, values, ids.

    Args:
        case: all its records.
        report: takes the problems.
    """
    if not case.tours:
        return
    check = _Views(case)
    for one in case.tours:
        for number, step in enumerate(one.steps):
            origin = _within(one.origin, "step", number)
            for wrong in check.wrong(step.view):
                report(origin, "view", wrong)
            for name in step.evidence:
                if wrong := _one_of(check.known, "thing or statement", name):
                    report(origin, "evidence", wrong)


class _Views:
    """What views may name.

    Attributes:
        known: ids of the things and statements that may be chosen.
    """

    def __init__(self, case: Case) -> None:
        self._things = {one.id for one in case.things if not isinstance(one, Question)}
        self._questions = {one.id for one in case.things if isinstance(one, Question)}
        self.known = self._things | {one.id for one in case.statements}
        self._forms: Mapping[str, Callable[[str], str]] = {
            "known": self._chosen,
            "things": self._pair,
            "thing": partial(_one_of, self._things, "thing"),
            "question": partial(_one_of, self._questions, "question"),
            "near": self._near,
            "world": self._world,
            "day": _day,
            "span": _span,
        }

    def wrong(self, view: str) -> Iterator[str]:
        """Yield what is wrong in a view."""
        keys = {key: form for key, form in view_keys().items() if form != "aside"}
        said = parts_of(view)
        for number, part in enumerate(said):
            form = keys.get(part.key)
            if form is None:
                hint = suggestion(part.key, keys) or f"; known are {', '.join(keys)}"
                yield f'"{part.key}" is nothing that a view says{hint}'
            elif part.key in (one.key for one in said[:number]):
                yield f'"{part.key}" stands there twice; keep one of them'
            elif wrong := self._value(form, part):
                yield f"{part.key}: {wrong}"

    def _value(self, form: str | list[str], part: ViewPart) -> str:
        if isinstance(form, list):
            return _one_of(form, "value", part.value)
        return self._forms[form](part.value) if form in self._forms else ""

    def _chosen(self, value: str) -> str:
        if value.partition(":")[0] in _OF_DRAWINGS and ":" in value:
            return ""
        return _one_of(self.known, "thing or statement", value)

    def _near(self, value: str) -> str:
        name, _, depth = value.partition("~")
        if depth not in ("", "1", "2", "3", "4"):
            return f'"{depth}" is no depth; write a thing and 1 to 4, as mill~2'
        return _one_of(self._things, "thing", name)

    def _pair(self, value: str) -> str:
        names = value.split("~")
        if len(names) != 2:
            return f'"{value}" is no pair; write two ids with ~ between them'
        return next(filter(None, (_one_of(self._things, "thing", name) for name in names)), "")

    def _world(self, value: str) -> str:
        mode, colon, voice = value.partition(":")
        if colon and mode in _OF_ONE:
            return _one_of(self._things, "voice", voice)
        known = [*_WORLDS, *(f"{one}:VOICE" for one in _OF_ONE)]
        return "" if value in _WORLDS else _one_of(known, "world", value)


def _one_of(known: Collection[str], what: str, value: str) -> str:
    if value in known:
        return ""
    few = f"; known are {', '.join(known)}" if isinstance(known, list) else ""
    return f'there is no {what} "{value}"{suggestion(value, known) or few}'


def _day(value: str) -> str:
    wrong = f.day(value) if _DAY.fullmatch(value) else "no day"
    return f'"{value}" is no day; write it as 2016-03-15' if wrong else ""


def _span(value: str) -> str:
    days = value.split("/")
    if len(days) != 2 or any(_day(one) for one in days) or days[0] > days[1]:
        return f'"{value}" is no span; write two days in order, as 2014-01-01/2014-12-31'
    return ""
