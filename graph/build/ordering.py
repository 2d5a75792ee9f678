"""Puts what is dated in order: adds to a judged graph the texts by which statements are sorted."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from ..analysis.sequences import SUPPORT
from ..model import Bounds
from ..model.bounds import begin_and_end
from ..model.dates import day
from ..model.order import Dating, Told, in_order
from ..model.terms import HUD, KIND, XSD
from ..model.textfiles import text_of
from ..model.things import TAKE_PLACE
from ..read import CaseGraph
from ..read.select import select
from ..reader import ProblemReport

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..model import Case
    from ..model.order import Ordered

_DATINGS = Path(__file__).parent / "datings.rq"
_LINKS = SUPPORT / "links.rq"
ASKED = (_DATINGS, _LINKS)
"""The queries on which an order rests."""
_KEY = ox.NamedNode(HUD + "orderKey")
_UNTOLD = ox.NamedNode(HUD + "orderNotTold")
_day = lru_cache(maxsize=65536)(day)
_TRUE = ox.Literal("true", datatype=ox.NamedNode(XSD + "boolean"))


def put_in_order(store: ox.Store, case: str) -> Ordered:
    """Add to each dated statement of a judged graph the text that sorts it; see ``in_order``.

    Events and agreements are put in order by what dates them and what is accepted of their order;
    any other statement on one of them that dates it in the same way stands beside it, and all else
    by its own date.

    Args:
        store: the judged graph; it is changed.
        case: the case's id.

    Returns:
        The order of the events and agreements, and what is told of it that cannot be.
    """
    graph = CaseGraph(store, case)
    cells = graph.columns_of(text_of(_DATINGS), HUD, KIND)
    rows = sorted(map(_Dated, *cells.values()))
    datings = {row.statement: _dating(row) for row in rows}
    facts = [
        row.statement for row in rows if row.predicate in TAKE_PLACE and row.status != "rejected"
    ]
    told = (
        Told(row["statement"], row["before"], row["after"])
        for row in _rows(graph, _LINKS)
        if row["status"] == "accepted"
    )
    ordered = in_order((datings[name] for name in facts), told)
    beside = {
        (one.thing, one.begin, one.end): ordered.keys.get(one.statement, "")
        for one in map(datings.__getitem__, facts)
    }
    others = {name: one for name, one in datings.items() if name not in ordered.keys}
    keys = {**in_order(others.values(), ()).keys, **ordered.keys}
    for name, own in keys.items():
        one = datings[name]
        key = beside.get((one.thing, one.begin, one.end)) or own
        store.add(ox.Quad(graph.node(name), _KEY, ox.Literal(key)))
    for name in ordered.untold:
        store.add(ox.Quad(graph.node(name), _UNTOLD, _TRUE))
    return ordered


class _Dated(NamedTuple):
    """A row of ``datings.rq``: what a statement says of when, the bounds as days or empty."""

    statement: str
    subject: str
    predicate: str
    status: str
    when: str
    begins: str
    ends: str
    earliest_begin: str
    latest_begin: str
    earliest_end: str
    latest_end: str


def _rows(graph: CaseGraph, path: Path) -> list[dict[str, str]]:
    return select(graph.store, text_of(path)).named(graph)


def _dating(row: _Dated) -> Dating:
    bounds = Bounds(*(_day(text) if text else None for text in row[7:]))
    both = begin_and_end(row.when, row.begins, row.ends, bounds)
    return Dating(row.statement, row.subject, *both)


def in_time(case: Case, store: ox.Store, folder: Path) -> Case:
    """Put what is dated in order, and return the case with hints at an order that cannot be.

    Args:
        case: all records.
        store: its judged graph, which is changed; see ``put_in_order``.
        folder: the case's folder.
    """
    return with_hints(case, not_in_order(put_in_order(store, case.id)), folder)


def not_in_order(ordered: Ordered) -> tuple[tuple[str, str], ...]:
    """Return what is told of an order that cannot be: ids of statements, each with a hint."""
    told: list[tuple[str, str]] = []
    for circle in ordered.circles:
        listed = ", ".join(one.statement for one in circle)
        wrong = (
            f"what comes before what goes round in a circle, and orders nothing: {listed}; deny "
            "one of them, or give each to the voice that says so"
        )
        told.append((circle[0].statement, wrong))
    for one in ordered.against:
        wrong = (
            f"{one.before} is told to come before {one.after}, but the dates say otherwise, and "
            "they count; correct the dates or the statement"
        )
        told.append((one.statement, wrong))
    return tuple(told)


def with_hints(case: Case, told: Iterable[tuple[str, str]], folder: Path) -> Case:
    """Return a case with hints at statements.

    Args:
        case: all records.
        told: what ``not_in_order`` returns.
        folder: the case's folder.
    """
    report = ProblemReport()
    origins = {one.id: one.origin for one in case.statements}
    for statement, message in told:
        report.hint(origins[statement], "predicate", message)
    return replace(case, hints=(*case.hints, *report.hints(folder)))
