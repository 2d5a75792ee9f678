"""Which stored questions, queries, sequences and tours of a case everybody may see.

They are no records, but name some. One that names what is not public is as closed as that, and each
may say itself who may see it: a question and a tour with ``access`` and ``until``, a query and a
sequence with the lines ``# access:`` and ``# until:`` in its header. A tour that does not say so
follows the case.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from ..errors import HudnaError
from ..model import Access, NamedThing, Thing
from ..model.dates import DateError, day
from ..model.names import SHORT, SHORTEST, as_a_word, name_key, written
from ..model.views import parts_of
from ..query.named import read_query
from ..query.results import QUESTIONS_FILE, asked_as, stored_questions
from ..reader.access import Cause, own_access

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from ..model import Case
    from ..model.tours import Tour

FOLDERS = ("answers", "sequences")
TOURS = "tours"
_IDS = re.compile(r"(?<![?$\w])\w[\w.-]*")
_SAYS = "says so itself"


class _Asked(NamedTuple):
    """What is asked.

    Attributes:
        values: what may be ids wherever it stands.
        words: prose, where a word may also be an id.
        access: who may see it, as it is written.
        until: the day from which it is public, as it is written.
    """

    values: str
    words: str
    access: str
    until: str


def asked_of(
    folder: Path,
    case: Case,
    closed: Mapping[str, Access],
    terms: Collection[str],
    today: date | None,
) -> tuple[list[str], dict[str, Cause]]:
    """Return what of a case everybody may ask, and why the rest is not public.

    Args:
        folder: the case's folder.
        case: all its records.
        closed: the ids that are not public, each with who may see it.
        terms: names of the case's own terms that are not public.
        today: the day that opens what is public from a day on.

    Returns:
        Names as ``graph.query.results.asked_as`` gives them: those that are public, sorted, and
        those that are not. What cannot be read is not public.
    """
    named = _Named(case, {**closed, **dict.fromkeys(terms, Access.SECRET)})
    shown: list[str] = []
    causes: dict[str, Cause] = {}
    for name, one in chain(_all_of(folder), _tours(case)):
        cause = Cause(Access.SECRET, "cannot be read") if one is None else named.cause(one, today)
        if cause is None:
            shown.append(name)
        else:
            causes[name] = cause
    return sorted(shown), causes


def _all_of(folder: Path) -> Iterator[tuple[str, _Asked | None]]:
    """Yield what is stored in the folder of a case, by name; ``None`` for what cannot be read."""
    try:
        for one in stored_questions(folder / "answers").values():
            values = chain(one.params.values(), *one.answer)
            said = _Asked("\n".join(values), one.question, one.access, one.until)
            yield asked_as("answers", QUESTIONS_FILE, one.id), said
    except HudnaError:
        pass
    for path in chain.from_iterable(sorted((folder / one).glob("*.rq")) for one in FOLDERS):
        try:
            query = read_query(path)
            said = _Asked(query.sparql, query.sparql, query.access, query.until)
            yield asked_as(path.parent.name, path.name), said
        except HudnaError:
            yield asked_as(path.parent.name, path.name), None


def told_in(case: Case, asked: Collection[str] | None) -> Case:
    """Return a case with the tours that everybody may see.

    Args:
        case: the public records, with all tours.
        asked: what is public, as ``asked_of`` returns it; all if ``None``.
    """
    if asked is None:
        return case
    return replace(case, tours=tuple(one for one in case.tours if _name(one) in asked))


def _name(tour: Tour) -> str:
    return asked_as(TOURS, f"{tour.id}.toml")


def _tours(case: Case) -> Iterator[tuple[str, _Asked]]:
    """Yield the tours of a case, by name."""
    for one in case.tours:
        values = [
            text
            for step in one.steps
            for part in parts_of(step.view)
            for text in (*step.evidence, step.view, part.value)
        ]
        access = one.access or (Access.SECRET if one.origin.apart else case.access)
        until = one.until or (None if one.access or one.origin.apart else case.until)
        yield _name(one), _Asked("\n".join(values), one.words, access, f"{until or ''}")


class _Named:
    """What may not be named: ids, and the names of things."""

    def __init__(self, case: Case, closed: Mapping[str, Access]) -> None:
        self._closed = closed
        self._long: dict[str, str] = {}
        self._short: dict[str, str] = {}
        for thing in case.things:
            for name in _names_of(thing, closed):
                if len(name_key(name)) >= SHORT:
                    self._long[_plain(name)] = thing.id
                elif len(name_key(name)) >= SHORTEST:
                    self._short[name] = thing.id

    def cause(self, one: _Asked, today: date | None) -> Cause | None:
        """Return why something that is asked is not public; ``None`` if it is."""
        found = [Cause(level, "names", name) for name, level in self._found_in(one)]
        if (own := _own(one, today)).rank:
            found.append(Cause(own, *_says(one)))
        return max(found, key=lambda one: one.level.rank, default=None)

    def _found_in(self, one: _Asked) -> Iterator[tuple[str, Access]]:
        ids = {name.rstrip(".") for name in _IDS.findall(one.values)}
        ids |= {name.rstrip(".") for name in _IDS.findall(one.words) if not name.isalpha()}
        yield from ((name, self._closed[name]) for name in sorted(ids & self._closed.keys()))
        text = f"{one.values}\n{one.words}"
        normal = f" {_plain(text)} "
        long = (thing for name, thing in self._long.items() if f" {name} " in normal)
        plain = written(text)
        short = (x for name, x in self._short.items() if re.search(as_a_word(name), plain))
        for thing in chain(long, short):
            yield thing, self._closed.get(thing, Access.SECRET)


def _plain(text: str) -> str:
    """Return a text in normal form, of words alone."""
    return " ".join(re.findall(r"\w+", name_key(text)))


def _names_of(thing: Thing, closed: Mapping[str, Access]) -> Iterator[str]:
    """Yield what nobody may be called: all names of a closed thing, else those that are closed."""
    names = thing.names if isinstance(thing, NamedThing) else ()
    if thing.id in closed:
        yield from (thing.label, *(one.text for one in names))
    else:
        yield from (one.text for one in names if f"{thing.id} {one[0]} {one[1]}" in closed)


def _own(one: _Asked, today: date | None) -> Access:
    """Return who may see what says so itself; nobody else where it says what cannot be meant."""
    try:
        return own_access(one.access, day(one.until) if one.until else None, today)
    except (ValueError, DateError):
        return Access.SECRET


def _says(one: _Asked) -> tuple[str, str]:
    return ("is not public until", one.until) if one.until else (_SAYS, "")
