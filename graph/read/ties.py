"""What networks and rules ask of a statement: its predicate, stands of voices, spans of time."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..model.days import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class PredicateView(NamedTuple):
    """What the ontology says of a predicate.

    Attributes:
        name: its local name.
        label: the words between subject and object.
        family: local name of its family.
        sign: +1 backing or alliance, -1 hostility, 0 neither.
        aspect: ``act`` or ``state``.
        timeless: whether what it says holds on every day.
        inverse: the words between object and subject, where it is told from the object's end.
    """

    name: str
    label: str
    family: str
    sign: int
    aspect: str = ""
    timeless: bool = False
    inverse: str = ""


class Stand(NamedTuple):
    """What rules ask of a claim: who speaks, how, how sure, and in which source."""

    claim: str
    voice: str
    stance: str
    certainty: str
    source: str


def spans_in(columns: Mapping[str, list[str]]) -> Iterator[Span]:
    """Yield the spans that the columns of ``spans.rq`` hold, row by row.

    Args:
        columns: ISO dates by the names of the columns, without the first; empty for no value.
    """
    for first, last, attested, certain, until, begin, end in zip(*columns.values(), strict=True):
        sure = (attested or None, certain or None, until or None)
        yield Span(first, last, *sure, not begin, not end)


@cache
def text_of_query(name: str) -> str:
    """Return the text of a query that stands beside this module."""
    return (Path(__file__).parent / f"{name}.rq").read_text("utf-8")
