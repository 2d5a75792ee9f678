"""Values of parameters: ids, names, days and kinds as people write them, to terms of the graph."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..errors import UsageError
from ..model.dates import DateError, day
from ..model.names import name_key
from ..model.near import Called, hint
from ..model.terms import HUD, XSD, Iri, Literal, own_term
from . import lookup

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from ..read.select import Graph

    Term = Iri | Literal

QUERIES = Path(__file__).resolve().parent / "queries"


class Param(NamedTuple):
    """A parameter of a query: its name, the type of its value, and what it does.

    A type is a class of things, or several with | between them, the likely one first; or one of
    Thing (anything), Date, Text, Name (a text in the normal form of names), Integer, Sentence (of a
    source), Class, Kind and Predicate. ``among`` says which of its values fit, as the header of a
    query does in brackets after the type: texts or numbers themselves; local names of kinds or of
    lists of kinds; local names or families of predicates, ``tie`` and ``role``.
    """

    name: str
    type: str
    text: str
    required: bool
    among: tuple[str, ...] = ()


def terms(param: Param, value: str, graph: Graph) -> tuple[Term, ...]:
    """Return the terms that a value of a parameter stands for.

    A predicate or kind stands for all that are below it, too: whoever asks for battles is told
    of clashes, and whoever asks for a term of the ontology of those of the case that are cases
    of it. A name that several cases have a term of stands for all of these, unless it is written
    with one case: ``mill:starvesOut``. Errors and warnings are those of ``term``.

    Args:
        param: the parameter.
        value: the value as it was given.
        graph: what is asked.
    """
    found = term(param, value, graph)
    if param.type in ("Kind", "Predicate") and isinstance(found, Iri):
        named = graph.terms.namesakes(found)
        of_case = [one for one in named if _of_case(one.value, value, graph)]
        below = (graph.terms.narrower(one) for one in of_case or named)
        return tuple(dict.fromkeys(chain(*below)))
    return (found,)


def _of_case(iri: str, value: str, graph: Graph) -> bool:
    """Return whether a term of a case's own is that of the case with which a value is written."""
    case = next((case for case in graph.names.cases if value.startswith(f"{case}:")), "")
    return iri == value or bool(case and iri.startswith(own_term(case, "")))


def term(param: Param, value: str, graph: Graph) -> Term:
    """Return the term that a value of a parameter is.

    Args:
        param: the parameter.
        value: as people write it.
        graph: where ids and names are looked up.

    Raises:
        UsageError: the value is none of the type of the parameter.

    Warns:
        UserWarning: see ``graph.query.lookup.predicate``.
    """
    make = _MAKE.get(param.type)
    if make is not None:
        return make(value, graph, param)
    if param.name in ("as", "voice"):
        return lookup.voice(value, graph, param.name)
    return lookup.thing(value, graph, param.name, _classes(param, graph))


def with_sources(params: Sequence[Param], given: Mapping[str, str]) -> Mapping[str, str]:
    """Return values in which a passage, as it is cited, is given as its sentence and its source.

    Args:
        params: the parameters of a query.
        given: values by name; that of a sentence may be ``24.2`` or ``report-2020#24.2``.

    Raises:
        UsageError: the query takes no source, or another one is given beside it.
    """
    made = dict(given)
    for param in params:
        source, cited, number = given.get(param.name, "").rpartition("#")
        if param.type != "Sentence" or not cited:
            continue
        other = next((one.name for one in params if one.type == "Source"), "")
        if not other or given.get(other, source) != source:
            told = f"and {other} is {given[other]}" if other else "and this query takes no source"
            raise UsageError(f'{param.name}: "{given[param.name]}" is of {source}, {told}; give '
                             f"one of them, or {number} alone")  # fmt: skip
        made |= {param.name: number, other: source}
    return made


def choices(param: Param, graph: Graph) -> Sequence[Called]:
    """Return what a parameter may be given, as far as it is a list; the likely values first.

    Args:
        param: the parameter.
        graph: where they are.
    """
    if param.type == "Predicate":
        return list(lookup.predicates(graph, param.among).values())
    if param.type == "Kind":
        return list(lookup.kinds(graph, param.name, param.among).values())
    if param.type == "Class":
        return list(lookup.classes(graph).values())
    if param.type in _MAKE:
        return [Called(one, "", frozenset([name_key(one)])) for one in param.among]
    if param.name in ("as", "voice"):
        return lookup.voices(graph)
    classes = _classes(param, graph) or ("Thing",)
    return [one for name in classes for one in lookup.of_class(name, graph)]


def _classes(param: Param, graph: Graph) -> Sequence[str]:
    """Return the classes that a parameter takes; none for any."""
    classes = () if param.type == "Thing" else param.type.split("|")
    for name in classes:
        if not graph.knows(HUD + name):
            raise UsageError(f"the parameter {param.name} has the unknown type {name}")
    return classes


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


def _date(value: str, _graph: Graph, param: Param) -> Term:
    return Literal(day_of(param.name, value).isoformat(), datatype=Iri(XSD + "date"))


def _integer(value: str, _graph: Graph, param: Param) -> Term:
    if not re.fullmatch(r"-?[0-9]{1,15}", value):
        raise UsageError(f'{param.name}: "{value}" is no whole number')
    if param.among and str(int(value)) not in param.among:
        raise UsageError(f"{param.name}: {value} is none of its values: {', '.join(param.among)}")
    return Literal(int(value))


def _text(value: str, graph: Graph, param: Param) -> Term:
    """Return a text, in the words of the list of the parameter if it has one."""
    known = choices(param, graph)
    found = next((one.id for one in known if name_key(value) in one.keys), value)
    if known and found not in param.among:
        more = hint(value, known) or f": {', '.join(param.among)}"
        raise UsageError(f'{param.name}: "{value}" is none of its values{more}')
    return Literal(found)


def _sentence(value: str, graph: Graph, param: Param) -> Term:
    if not re.fullmatch(r"[0-9]+\.[0-9]+", value):
        told = "a sentence is given as in 24.2, of any source, or as in report-2020#24.2"
        raise UsageError(f'{param.name}: "{value}" is none; {told}')
    if not graph.with_text(_SENTENCE, value):
        raise UsageError(f"{param.name}: no claim cites a sentence {value} of any source")
    return Literal(value)


_SENTENCE = HUD + "sentence"
_MAKE: Mapping[str, Callable[[str, Graph, Param], Term]] = {
    "Date": _date,
    "Integer": _integer,
    "Text": _text,
    "Name": lambda value, _graph, _param: Literal(name_key(value)),
    "Sentence": _sentence,
    "Class": lambda value, graph, param: lookup.class_of(value, graph, param.name),
    "Kind": lambda value, graph, param: lookup.kind(value, graph, param.name, param.among),
    "Predicate": lambda value, graph, param: lookup.predicate(
        value, graph, param.name, param.among
    ),
}
"""What makes a term of a value; values of all other types are things."""
PLAIN_TYPES = frozenset(_MAKE)
"""The types of parameters whose values are no ids of records."""
