"""What networks and rules ask of a statement: its predicate, stands of voices, spans of time."""

from __future__ import annotations

from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..model.days import Span
from ..model.patterns import Saying
from ..model.terms import KIND
from .binding import as_value, put_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .binding import Value
    from .case_graph import CaseGraph


FEW = 64
"""The spans of so many statements are read one by one, then those of all at once."""


class PredicateView(NamedTuple):
    """What the ontology says of a predicate.

    Attributes:
        name: its local name.
        label: the words between subject and object.
        family: local name of its family.
        sign: +1 backing or alliance, -1 hostility, 0 neither.
        aspect: ``act`` or ``state``.
        timeless: whether what it says holds on every day.
        saying: how it is said, from both ends.
        group: local name of the group of a tie: violence, coercion and so on; else empty.
    """

    name: str
    label: str
    family: str
    sign: int
    aspect: str = ""
    timeless: bool = False
    saying: Saying = Saying("")
    group: str = ""

    @classmethod
    def of(cls, name: str, values: Mapping[str, Any]) -> PredicateView:
        """Return it from its values by the columns of the table ``predicates``."""
        text = {one: values.get(one, "") for one in ("label", "family", "aspect", "group")}
        timeless = bool(values.get("timeless", False))
        saying = Saying.of(values)
        return cls(name, sign=values.get("sign", 0), timeless=timeless, saying=saying, **text)

    @property
    def inverse(self) -> str:
        """The words between object and subject, where it is told from the object's end."""
        return self.saying.inverse


def edge_in_words(graph: CaseGraph, data: Mapping[str, Any], subject: str, object_: str) -> str:
    """Return an edge of a network as a sentence without its full stop.

    Args:
        graph: the judged graph and its case.
        data: attributes of the edge.
        subject: what it begins at is called.
        object_: what it ends at is called.
    """
    saying = graph.predicate(data["predicate"]).saying
    told = saying if saying.label else Saying(str(data["label"]))
    return told.told(subject, object_)


class Stand(NamedTuple):
    """What rules ask of a claim: who speaks, how, how sure, and in which source."""

    claim: str
    voice: str
    stance: str
    certainty: str
    source: str


def _spans_in(columns: Mapping[str, list[str]]) -> Iterator[Span]:
    """Yield the spans that the columns of ``spans.rq`` hold, row by row.

    Args:
        columns: ISO dates by the names of the columns, without the first; empty for no value.
    """
    for first, last, attested, certain, until, begin, end in zip(*columns.values(), strict=True):
        sure = (attested or None, certain or None, until or None)
        yield Span(first, last, *sure, not begin, not end)


def stands_asked(graph: CaseGraph, values: Mapping[str, Value]) -> Iterator[tuple[str, Stand]]:
    """Yield the stands on some statements, each with the id of its statement.

    Args:
        graph: where they are.
        values: what stands for the statements in the query.
    """
    cells = graph.columns_of(put_in(text_of_query("stands"), values, "stands"), KIND)
    about = cells.pop("statement")
    yield from zip(about, map(Stand, *cells.values()), strict=True)


class Spans:
    """The spans of statements: those of a few are read one by one, then those of all at once.

    Args:
        graph: where they are.
    """

    def __init__(self, graph: CaseGraph) -> None:
        self._graph = graph
        self._known: dict[str, tuple[Span, ...]] = {}
        self._few = FEW

    def of(self, name: str) -> tuple[Span, ...]:
        """Return the spans of a statement; what is timeless or not dated has none."""
        if name not in self._known and self._few:
            self._few -= 1
            self.read([name], {"statement": as_value(self._graph.node(name))})
        return self._known[name] if name in self._known else self._every.get(name, ())

    def read(self, names: Iterable[str], values: Mapping[str, Value]) -> None:
        """Read the spans of some statements at once.

        Args:
            names: their ids.
            values: what stands for them in the query.
        """
        self._known |= dict.fromkeys(names, ()) | self._asked(values)

    @cached_property
    def _every(self) -> Mapping[str, tuple[Span, ...]]:
        return self._asked({})

    def _asked(self, values: Mapping[str, Value]) -> dict[str, tuple[Span, ...]]:
        """Return the spans of the statements that stand in the query's place, or of all."""
        cells = self._graph.columns_of(put_in(text_of_query("spans"), values, "spans"))
        found: dict[str, tuple[Span, ...]] = {}
        for name, span in zip(cells.pop("statement"), _spans_in(cells), strict=True):
            found[name] = (*found.get(name, ()), span)
        return found


@cache
def text_of_query(name: str) -> str:
    """Return the text of a query that stands beside this module."""
    return (Path(__file__).parent / f"{name}.rq").read_text("utf-8")
