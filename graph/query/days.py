"""Asked about a day: which statements of an answer held on it, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import UsageError
from ..model import Status
from ..model.days import HAPPENED, SHOWN_ON_A_DAY, OnDay, not_shown
from ..model.terms import Literal, text
from ..read.rules import held, spans_of
from ..read.select import Table, answer
from ..read.sizes import LAST_COUNTED, on_a_day
from .named import bound
from .parameters import day_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from ..read.select import Answer, Graph
    from .named import Query


class AsOf(NamedTuple):
    """A day that is asked about.

    Attributes:
        day: as an ISO date.
        held: the classes of ``graph.model.days`` that are shown.
        by: whether acts that were over by then are shown as well.
    """

    day: str
    held: tuple[str, ...]
    by: bool

    def of(self, graph: Graph, data: Mapping[str, Any]) -> str:
        """Return the class of a tie on the day, or ``happened`` for an act where those count.

        Args:
            graph: knows the predicates.
            data: what is known of the tie.
        """
        found = held(data, self.day)
        act = found == OnDay.OUT and self.by and graph.predicate(data["predicate"]).aspect == "act"
        ends = (span.possible_until for span in spans_of(data) if act)
        return HAPPENED if any(end < self.day for end in ends) else found

    @property
    def shown(self) -> frozenset[str]:
        """The classes that are shown."""
        return frozenset((*self.held, HAPPENED, LAST_COUNTED))


def as_of(
    on: str | date | None, by: str | date | None = None, held: str | Collection[str] | None = None
) -> AsOf | None:
    """Return the day that is asked about; ``None`` if none is given.

    Args:
        on: the day, or none.
        by: the day, if acts that were over by then are wanted, too.
        held: which classes are wanted; see ``graph.network.filters.Narrowing``.

    Raises:
        UsageError: a day is none, or is given twice; or a class is none, or there is no day for it.
    """
    known = [one.value for one in OnDay if one != OnDay.OUT]
    chosen = (held,) if isinstance(held, str) else tuple(held or SHOWN_ON_A_DAY)
    for name in chosen:
        if name not in (*known, "all"):
            raise UsageError(f'"{name}" is no class on a day; it is one of {", ".join(known)}, all')
    if on is None and by is None:
        if held:
            raise UsageError("held says how something held on a day; give the day with on or by")
        return None
    if on is not None and by is not None:
        raise UsageError("a day is given twice; give on or by, not both")
    day = day_of("on", on) if by is None else day_of("by", by)
    classes = known if "all" in chosen else [name for name in known if name in chosen]
    return AsOf(day.isoformat(), tuple(classes), by is not None)


def named_answer(query: Query, params: Mapping[str, Any], graph: Graph) -> Table:
    """Return the table that a named query answers with.

    Args:
        query: the query.
        params: values by name of parameter, as for ``any_answer``.
        graph: the graph to be asked.

    Raises:
        UsageError: as for ``any_answer``; or it is no SELECT.
    """
    table = any_answer(query, params, graph)
    if not isinstance(table, Table):
        raise UsageError("this takes a SELECT query")
    return table


def any_answer(query: Query, params: Mapping[str, Any], graph: Graph) -> Answer:
    """Return the answer of a query, a named one or one of one's own.

    Args:
        query: the query.
        params: values by name of parameter; a day may be a date. ``on``, ``by`` and ``held`` are
            parameters of every query that answers with statements, see ``on_day``.
        graph: the graph to be asked.

    Raises:
        UsageError: a parameter is unknown, or a value does not fit.
    """
    given = dict(params)
    day = day_in(query, given)
    texts = {
        key: value if isinstance(value, str) else day_of(key, value).isoformat()
        for key, value in given.items()
    }
    found = answer(graph.store, bound(query, texts, graph), case=graph.case)
    if day is None:
        return found
    if not isinstance(found, Table):
        raise UsageError("only a table of statements can be asked about a day")
    return on_day(found, graph, day)[0]


def day_in(query: Query, params: dict[str, Any], **more: Any) -> AsOf | None:  # noqa: ANN401
    """Take the day that a query is asked about out of its parameters, and return it.

    Args:
        query: the query; an ``on`` that is no day is a parameter of its own.
        params: values by name of parameter; those of the day are taken out.
        more: ``on``, ``by`` and ``held``, which go before those of the parameters.

    Raises:
        UsageError: see ``as_of``.
    """
    found = {}
    for key in ("on", "by", "held"):
        own = query.param(key)
        given = None if own and own.type != "Date" else params.pop(key, None)
        found[key] = given if more.get(key) is None else more[key]
    return as_of(found["on"], found["by"], found["held"])


def on_day(table: Table, graph: Graph, day: AsOf) -> tuple[Table, str]:
    """Return the rows of what held on a day, with a further column ``held``.

    Args:
        table: an answer with a column ``statement``.
        graph: where the statements are.
        day: the day, and which classes are wanted.

    Returns:
        The table, in which what is rejected has no class and is there if else it were; and how many
        rows are in classes that are listed on request only, in words.

    Raises:
        UsageError: the answer has no such column.
    """
    if "statement" not in table.columns:
        raise UsageError(
            "this query answers with no statements, so nothing in it holds on a day; "
            "they are found by a column ?statement"
        )
    whole, classes = with_classes(table, graph, day)
    rows = zip(whole.rows, classes, strict=True)
    shown = tuple(row for row, found in rows if found in day.shown)
    return Table(whole.columns, shown), not_shown(classes, day.shown)


def with_classes(table: Table, graph: Graph, day: AsOf) -> tuple[Table, list[str]]:
    """Return a table with a further column ``held``, and the class of each row.

    Args:
        table: an answer with a column ``statement``.
        graph: where the statements are.
        day: the day.

    Returns:
        What is rejected, or a row without statement, has none in the column. A figure that was
        counted before the day is ``last counted``, see ``graph.read.sizes.on_a_day``.
    """
    place = table.columns.index("when") + 1 if "when" in table.columns else len(table.columns)
    rows, classes = [], []
    for row, statement in zip(table.rows, table.column("statement"), strict=True):
        name = graph.local(text(statement))
        data = graph.qualifiers(name)
        figure = on_a_day(graph, day.day, name) if data.get("family") == "quantity" else ""
        classes.append(figure or day.of(graph, {**data, "status": ""}))
        none = data.get("status", Status.REJECTED) == Status.REJECTED
        rows.append((*row[:place], None if none else Literal(classes[-1]), *row[place:]))
    columns = (*table.columns[:place], "held", *table.columns[place:])
    return Table(columns, tuple(rows)), classes
