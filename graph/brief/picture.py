"""The course of a case as a small picture: deals by name, all else as a stripe for each lane."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import TYPE_CHECKING

from ..model import Agreement, Event, Status
from ..model.dates import day as day_of
from ..model.frames import USUAL
from ..network import palette
from ..read.date_words import date_in_words
from .telling import BriefLanguage

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from ..read.select import Graph

_WIDTH, _LEFT, _ROW, _AXIS = 760, 112, 19, 18
_LETTER = 5.6
"""Pixels that a letter takes at most, to keep names within the picture."""
_DEAL_LANE = "deals"
_PREDICATES = ("occurred", "concluded")
_MARGIN = 20  # Days.
_UNTOLD = 60  # Days before the last one that a bar without a beginning has.


@dataclass(frozen=True)
class Placed:
    """Something that took place or was concluded.

    Attributes:
        name: what it is called.
        lane: of a storyline.
        first: the day on which it began at the earliest, counted as ``date.toordinal`` does.
        last: the day on which it ended at the latest; the same for one day.
        thing: its id.
    """

    name: str
    lane: str
    first: int
    last: int
    thing: str = ""


def dated(graph: Graph, tag: str = USUAL) -> list[Placed]:
    """Return what is accepted to have taken place and is dated, in order of time.

    An event needs both bounds; an agreement of which only the latest day is told says so in its
    name.

    Args:
        graph: the judged graph and its case.
        tag: of the language of names and dates.
    """
    told = BriefLanguage(graph, tag)
    found = []
    for key in graph.ids("Statement"):
        one = graph.statement(key)
        if one.predicate not in _PREDICATES or one.value is False or one.status != Status.ACCEPTED:
            continue
        known = graph.qualifiers(key)
        first, last = known.get("earliest_begin"), known.get("latest_end")
        thing = graph.thing(one.subject)
        if not last or not isinstance(thing, Event | Agreement):
            continue
        if not first and not (isinstance(thing, Agreement) and one.when):
            continue
        lane = graph.terms.lane(graph.narrowest(thing), next(iter(thing.kinds), ""))
        end = day_of(str(last)[:10]).toordinal()
        begin = day_of(str(first)[:10]).toordinal() if first else end - _UNTOLD
        name = told.plain(one.subject) + ("" if first else f" ({date_in_words(one.when, tag)})")
        found.append(Placed(name, lane, begin, end, one.subject))
    return sorted(found, key=lambda one: (one.first, one.last, one.name))


def picture(graph: Graph, deals: Collection[str], tag: str = USUAL) -> tuple[str, str]:
    """Return the picture as SVG, and what it shows in words; nothing if little is dated.

    Args:
        graph: the judged graph and its case.
        deals: ids of the agreements that have a row of their own.
        tag: of the language, as for ``brief``.
    """
    found = [one for one in dated(graph, tag) if one.lane]
    if len(found) < 2:
        return "", ""
    named = [one for one in found if one.thing in deals]
    rows: list[tuple[str, str, list[Placed]]] = []
    told = BriefLanguage(graph, tag)
    for lane, group in palette.LANES:
        here = [one for one in found if one.lane == lane]
        if lane == _DEAL_LANE:
            rows += [
                (told.kind(lane) if not i else "", group, [one]) for i, one in enumerate(named)
            ]
        elif here:
            rows.append((told.kind(lane), group, here))
    scale = _Scale(min(one.first for one in found), max(one.last for one in found))
    lanes = Counter(one.lane for one in found)
    counts = [f"{told.kind(lane)}: {lanes[lane]}" for lane, _ in palette.LANES if lanes[lane]]
    names = told.times.frames["comma"].join(told.frames.apart(one.name) for one in named)
    alternative = told.frames.say(
        "alternative", lanes=told.parted(counts), deals=names or told.frames.say("none")
    )
    return _svg(rows, scale), alternative


@dataclass(frozen=True)
class _Scale:
    """Where days are, from left to right."""

    first: int
    last: int

    def __call__(self, day: float) -> float:
        """Return the place of a day in pixels."""
        begin, end = self.first - _MARGIN, self.last + _MARGIN
        return round(_LEFT + (day - begin) * (_WIDTH - _LEFT) / (end - begin), 1)

    def years(self) -> Iterator[int]:
        """Yield the years that begin within; of many only some."""
        years = range(date.fromordinal(self.first).year, date.fromordinal(self.last).year + 2)
        step = 1 + len(years) // 12
        for year in years[::step]:
            if self.first - _MARGIN <= date(year, 1, 1).toordinal() <= self.last:
                yield year


def _svg(rows: list[tuple[str, str, list[Placed]]], scale: _Scale) -> str:
    height = _AXIS + _ROW * len(rows)
    body = [*_axis(scale, height)]
    for number, (title, group, here) in enumerate(rows):
        top = _AXIS + _ROW * number
        if title:
            body.append(f'<path class="rule" d="M0 {top}H{_WIDTH}"/>')
            body.append(f'<text class="lane" x="2" y="{top + 14}">{escape(title)}</text>')
        body += _bars(here, scale, top, f"lane-{group}", named=len(here) == 1)
    inside = "\n".join(body)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
        f'aria-hidden="true">\n{inside}\n</svg>'
    )


def _axis(scale: _Scale, height: int) -> Iterator[str]:
    for year in scale.years():
        x = scale(date(year, 1, 1).toordinal())
        yield f'<path class="year" d="M{x} 0V{height}"/>'
        if x + 30 <= _WIDTH:
            yield f'<text class="year" x="{x + 3}" y="12">{year}</text>'


def _bars(here: list[Placed], scale: _Scale, top: int, style: str, *, named: bool) -> Iterator[str]:
    for one in here:
        x = scale(one.first)
        width = max(3.0, round(scale(one.last + 1) - x, 1))
        # What is placed in a long time only is pale: it may have been at any day of that.
        pale = max(0.12, min(0.85, 30 / (one.last - one.first + 1)))
        yield (
            f'<rect class="{style}" x="{x}" y="{top + 4}" width="{width}" height="{_ROW - 8}" '
            f'fill-opacity="{pale:.2f}"/>'
        )
        if named:
            yield _name(one.name, x, x + width, top + 14)


def _name(text: str, left: float, right: float, y: int) -> str:
    room = max(left - _LEFT, _WIDTH - right) - 8
    most = max(8, int(room / _LETTER))
    shown = escape(text if len(text) <= most else text[: most - 1].rstrip() + "…")
    if _WIDTH - right >= left - _LEFT or _WIDTH - right > len(text) * _LETTER:
        return f'<text x="{right + 4}" y="{y}">{shown}</text>'
    return f'<text x="{left - 4}" y="{y}" text-anchor="end">{shown}</text>'
