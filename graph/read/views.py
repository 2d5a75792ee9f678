"""Small views of what a judged graph says: predicates, stands of voices, spans of days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ..model.days import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class PredicateView(NamedTuple):
    """What the ontology says of a predicate.

    Attributes:
        name: its local name.
        label: the words between subject and object.
        family: local name of its family.
        sign: +1 backing or alliance, -1 hostility, 0 neither.
        aspect: whether it is an ``act`` or a ``state``.
        timeless: whether what it says holds on every day.
    """

    name: str
    label: str
    family: str
    sign: int
    aspect: str = ""
    timeless: bool = False


class Stand(NamedTuple):
    """What rules ask of a claim: who speaks, how, how sure, and in which source."""

    claim: str
    voice: str
    stance: str
    certainty: str
    source: str


def read_spans(rows: Iterable[Any], local: Callable[[str], str]) -> dict[str, tuple[Span, ...]]:
    """Return the spans of statements by their ids.

    Args:
        rows: the answer of ``spans.rq``.
        local: gives the id of an IRI.
    """
    found: dict[str, tuple[Span, ...]] = {}
    for statement, first, last, *sure, begin, end in rows:
        attested, certain, until = (day.value if day else None for day in sure)
        open_ends = begin is None, end is None
        span = Span(first.value, last.value, attested, certain, until, *open_ends)
        name = local(statement.value)
        found[name] = (*found.get(name, ()), span)
    return found
