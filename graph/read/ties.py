"""What networks and rules ask of a statement: its predicate, stands of voices, spans of time."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..model.days import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pyoxigraph as ox


class PredicateView(NamedTuple):
    """What the ontology says of a predicate.

    Attributes:
        name: its local name.
        label: the words between subject and object.
        family: local name of its family.
        sign: +1 backing or alliance, -1 hostility, 0 neither.
        aspect: ``act`` or ``state``.
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


def spans_by_statement(
    store: ox.Store, local: Callable[[str], str]
) -> Mapping[str, tuple[Span, ...]]:
    """Return the spans of statements by their ids; what is timeless or not dated has none.

    Args:
        store: the quads.
        local: makes an id of an IRI.
    """
    found: dict[str, tuple[Span, ...]] = {}
    rows: Any = store.query(_SPANS)
    for statement, first, last, *sure, begin, end in rows:
        attested, certain, until = (day.value if day else None for day in sure)
        open_ends = begin is None, end is None
        span = Span(first.value, last.value, attested, certain, until, *open_ends)
        name = local(statement.value)
        found[name] = (*found.get(name, ()), span)
    return found


@cache
def text_of_query(name: str) -> str:
    """Return the text of a query that stands beside this module."""
    return (Path(__file__).parent / f"{name}.rq").read_text("utf-8")


_SPANS = text_of_query("spans")
"""Read with the module: a process that answers a query can open no file."""
