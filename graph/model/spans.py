"""Dates to spans: within which days a statement held, once or several times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .bounds import begin_and_end, bounds_of, bounds_of_all, narrowed
from .dates import DateError, parse
from .days import span_of
from .record import Bounds

if TYPE_CHECKING:
    from datetime import date

    from .bounds import Aspect
    from .dates import Stretch
    from .days import Span


def spans_of(
    when: str,
    begins: str,
    ends: str,
    *,
    aspect: Aspect,
    throughout: bool,
    written: Bounds,
    told_until: date | None = None,
) -> tuple[Bounds, tuple[Span, ...]]:
    """Return the bounds and the spans of what is so dated; errors as for ``bounds_of``.

    Args:
        when: EDTF text; each member of a set ``{all of}``, and for an act of a set ``[one of]``, is
            a span of its own.
        begins: narrows each span.
        ends: likewise.
        aspect: ``act`` or ``state``.
        throughout: whether a state held on all its days.
        written: bounds of the date at which the source was written.
        told_until: the last day on which a source that tells of it can have been written.
    """
    whole = bounds_of(when, begins, ends, aspect=aspect, throughout=throughout, written=written)
    begin_and_end(when, begins, ends, whole)  # refuses clock times that contradict each other
    edtf = parse(when) if when else None
    found = [(whole, False)]
    alternatives = False
    if edtf and edtf.form == "all-of":
        found = [_member(parts, aspect, throughout) for parts in edtf.members]
    elif edtf and edtf.form == "one-of" and aspect == "act":
        found = [(Bounds(p.first, p.last, p.first, p.last), False) for p in edtf.parts]
        alternatives = len(found) > 1
    texts = [parse(text).told_from for text in (when, begins, ends) if text]
    spans = [
        span_of(
            bounds,
            throughout=every or (throughout and aspect == "state"),
            act=aspect == "act" and not every,
            alternative=alternatives,
            told_from=min((day for day in texts if day), default=None),
            told_until=told_until,
        )
        for known, every in found
        if (bounds := _fitting(known, begins, ends, alternatives))
    ]
    return whole, tuple(span for span in spans if span)


def _member(parts: tuple[Stretch, ...], aspect: Aspect, throughout: bool) -> tuple[Bounds, bool]:
    """Return the bounds of a member of ``{all of}``, and whether it held on all days of it."""
    first, last = parts[0].first, parts[0].last
    if first is None or last is None:
        return bounds_of_all(parts), throughout and aspect == "state"
    on_days = all(part.first == part.last for part in parts[1:] or parts)
    if on_days or (throughout and aspect == "state"):
        return Bounds(first, first, last, last), True
    return Bounds(first, last, first, last), False


def _fitting(bounds: Bounds, begins: str, ends: str, alternatives: bool) -> Bounds | None:
    """Return the bounds of one span, narrowed where it is that one which begins or ends so."""
    try:
        return narrowed(bounds, begins, ends)
    except DateError:
        return None if alternatives else bounds
