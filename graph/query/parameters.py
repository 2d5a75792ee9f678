"""Values of parameters: ids, names, days and kinds as people write them, to terms of the graph."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..errors import UsageError, suggestion
from ..model.dates import DateError, day
from ..model.terms import HUD, KIND, RDF, XSD, Iri, Literal, text
from ..read.select import Graph, select

if TYPE_CHECKING:
    from datetime import date

    Term = Iri | Literal

QUERIES = Path(__file__).resolve().parent / "queries"

_ENTITY_TYPES = ("Thing", "Actor", "Place", "Event", "Agreement", "Clause", "Question", "Source",
                 "Statement", "Mechanism")  # fmt: skip


class Param(NamedTuple):
    """A parameter of a query: its name, the type of its value, and what it does."""

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
    if param.type == "Date":
        iso = day_of(param.name, value).isoformat()
        return Literal(iso, datatype=Iri(XSD + "date"))
    if param.type == "Text":
        return Literal(value)
    if param.type == "Integer":
        if not re.fullmatch(r"-?[0-9]{1,15}", value):
            raise UsageError(f'{param.name}: "{value}" is no whole number')
        return Literal(int(value))
    if param.type == "Kind":
        return _existing(param.name, KIND, value, "kind", graph)
    if param.type == "Predicate":
        return _existing(param.name, HUD, value, "predicate", graph)
    if param.type in _ENTITY_TYPES:
        return _of_type(param, thing(value, graph, param.name), value, graph)
    raise UsageError(f"the parameter {param.name} has the unknown type {param.type}")


def _of_type(param: Param, node: Iri, value: str, graph: Graph) -> Iri:
    """Return a node that is of the type that a parameter takes; a state is also a place."""
    name = graph.local(node.value)
    types = {found for _, found in graph.pairs(RDF + "type", name)}
    wanted = {"Thing": types, "Place": {"Place", "State"}}.get(param.type, {param.type})
    if not types & wanted:
        raise UsageError(f'{param.name}: "{value}" is no {param.type.lower()}; give one')
    if param.name == "as" and next(graph.pairs(HUD + "voice", target=name), None) is None:
        raise UsageError(f'as: "{value}" makes no claim; "hudna query voices" lists who does')
    return node


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


def _existing(name: str, base: str, value: str, what: str, graph: Graph) -> Iri:
    local = value.partition(":")[2] or value
    if re.fullmatch(r"[A-Za-z0-9]+", local) and graph.knows(base + local):
        return Iri(base + local)
    known = {found for found, _ in graph.pairs(RDF + "type") if graph.knows(base + found)}
    raise UsageError(f'{name}: there is no {what} "{value}"{suggestion(local, known)}')


def thing(value: str, graph: Graph, name: str = "id") -> Iri:
    """Return the IRI of a thing or statement of the case, given its id or a name of it.

    Args:
        value: an id (``ndf``), a prefixed name (``homs:ndf``), an IRI, or a label or further name
            in any language, whatever its case.
        graph: where to look.
        name: the parameter, for messages.

    Raises:
        UsageError: nothing, or more than one thing, is called so; the text suggests the nearest.
    """
    local = value.removeprefix(graph.base).removeprefix(f"{graph.case}:")
    if re.fullmatch(r"[a-zA-Z0-9.-]+", local) and graph.knows(graph.base + local):
        return graph.node(local)
    called = _things_by_name(graph)
    matches = sorted(called.get(value.casefold(), ()))
    if len(matches) == 1:
        return Iri(matches[0])
    if matches:
        ids = ", ".join(graph.local(match) for match in matches)
        raise UsageError(f'{name}: "{value}" is the name of several things: {ids}; give the id')
    ids_known = {graph.local(iri) for found in called.values() for iri in found}
    hint = suggestion(value, ids_known) or suggestion(value.casefold(), called)
    hint = hint or '; "hudna query names --param text=WORD" looks for names'
    raise UsageError(f'{name}: nothing in the case {graph.case} is called "{value}"{hint}')


def _things_by_name(graph: Graph) -> dict[str, set[str]]:
    asked = (QUERIES / "support" / "names.rq").read_text("utf-8")
    found: dict[str, set[str]] = {}
    for node, name in select(graph.store, asked).rows:
        if text(node).startswith(graph.base):
            found.setdefault(text(name).casefold(), set()).add(text(node))
    return found


def voice_of(voice: str, graph: Graph) -> str:
    """Return the id of an actor who makes a claim.

    Args:
        voice: the id or a name of the actor.
        graph: the store and its case.

    Raises:
        UsageError: nobody is called so, or makes no claim.
    """
    found = thing(voice, graph, "as")
    return graph.local(_of_type(Param("as", "Actor", "", True), found, voice, graph).value)
