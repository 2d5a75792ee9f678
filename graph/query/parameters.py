"""Values of parameters: ids, names, days and kinds as people write them, to terms of the graph."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..errors import UsageError
from ..model.dates import DateError, day
from ..model.names import name_key
from ..model.terms import HUD, XSD, Iri, Literal
from ..read.select import Graph
from . import lookup

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from ..read.select import Graph

    Term = Iri | Literal

QUERIES = Path(__file__).resolve().parent / "queries"


class Param(NamedTuple):
    """A parameter of a query: its name, the type of its value, and what it does.

    A type is a class of things, or several with | between them, the likely one first; or one of
    Thing (anything), Date, Text, Name (a text in the normal form of names), Integer, Kind and
    Predicate.
    """

    name: str
    type: str
    text: str
    required: bool


def term(param: Param, value: str, graph: Graph) -> Term:
    """Return the term that a value of a parameter is.

    Args:
        param: the parameter.
        value: as people write it.
        graph: where ids and names are looked up.

    Raises:
        UsageError: the value is none of the type of the parameter.
    """
    make = _MAKE.get(param.type)
    if make is None and param.name in ("as", "voice"):
        make = lookup.voice
    if make is not None:
        return make(value, graph, param.name)
    classes = () if param.type == "Thing" else param.type.split("|")
    for name in classes:
        if not graph.knows(HUD + name):
            raise UsageError(f"the parameter {param.name} has the unknown type {name}")
    return lookup.thing(value, graph, param.name, classes)


def day_of(name: str, value: object) -> date:
    """Return the day that a parameter of that name is given; ``UsageError`` if it is none.

    Args:
        name: of the parameter, for the message.
        value: a date, or a text such as ``2016-03-15``.
    """
    try:
        return day(value)
    except DateError as error:
        raise UsageError(f"{name}: {error}") from None


def _date(value: str, _graph: Graph, name: str) -> Term:
    return Literal(day_of(name, value).isoformat(), datatype=Iri(XSD + "date"))


def _integer(value: str, _graph: Graph, name: str) -> Term:
    if not re.fullmatch(r"-?[0-9]{1,15}", value):
        raise UsageError(f'{name}: "{value}" is no whole number')
    return Literal(int(value))


_MAKE: Mapping[str, Callable[[str, Graph, str], Term]] = {
    "Date": _date,
    "Integer": _integer,
    "Text": lambda value, _graph, _name: Literal(value),
    "Name": lambda value, _graph, _name: Literal(name_key(value)),
    "Kind": lookup.kind,
    "Predicate": lookup.predicate,
}
"""What makes a term of a value; values of all other types are things."""
