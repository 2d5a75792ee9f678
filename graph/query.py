"""SPARQL queries as files with parameters, and what they answer.

A query file is a valid query by itself. Its header, the comment lines at the top, is its
documentation: ``# title:`` in one line, free text, then one ``# param NAME: TYPE — text`` for each
parameter, ``# required: NAME`` and ``# hidden: NAMES`` of columns that a table leaves out. A
parameter ``x`` stands in the query as ``VALUES ?x { UNDEF }``; giving a value replaces ``UNDEF`` by
a term that ``graph.values`` has serialised, so no text of a user becomes part of a query.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from .dates import DateError, day
from .errors import UsageError, suggestion
from .model.terms import HUD, KIND, PREFIXES, RDF, XSD, case_namespace, graph_iri
from .offline import refuse_service
from .read import CaseGraph
from .term_text import prefixes_of, text
from .textfiles import text_of
from .values import as_value, put_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from .values import Value

    Term = ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple

Graph = CaseGraph
"""A judged graph with its case, as most functions take it."""

_TYPE = ox.NamedNode(RDF + "type")
_LISTED = 8
"""So many of the words that a parser would have taken are listed in an error."""
QUERIES = Path(__file__).resolve().parent / "queries"
_PARAM = re.compile(r"# param (\w+): (\w+)(?: —| -|:)? ?(.*)")
_ENTITY_TYPES = ("Thing", "Actor", "Place", "Event", "Agreement", "Clause", "Question", "Source",
                 "Statement", "Mechanism")  # fmt: skip


class Param(NamedTuple):
    """A parameter of a query: its name, the type of its value, and what it does."""

    name: str
    type: str
    text: str
    required: bool


@dataclass(frozen=True, slots=True)
class Query:
    """A query file.

    Attributes:
        name: the file's name without its ending.
        title: one line.
        text: the rest of the documentation.
        params: the parameters in order.
        hidden: names of columns that a table leaves out.
        sparql: the whole file.
    """

    name: str
    title: str
    text: str
    params: tuple[Param, ...]
    hidden: frozenset[str]
    sparql: str

    def param(self, name: str) -> Param | None:
        """Return the parameter of that name, if the query has it."""
        return next((param for param in self.params if param.name == name), None)


@dataclass(frozen=True)
class Table:
    """The answer of a SELECT query: column names, and rows of terms (``None``: no value)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def column(self, name: str) -> list[Term | None]:
        """Return the terms of one column, from top to bottom."""
        index = self.columns.index(name)
        return [row[index] for row in self.rows]


def parse_query(name: str, sparql: str) -> Query:
    """Return a query from its text.

    Args:
        name: how it is called.
        sparql: the text, with a header as described above, or without any.
    """
    title, hidden, required = "", frozenset[str](), frozenset[str]()
    params: list[tuple[str, str, str]] = []
    words: list[str] = []
    for line in sparql.splitlines():
        if not line.startswith("#"):
            if line.strip():
                break
            continue
        key, _, rest = line.removeprefix("#").strip().partition(":")
        match = _PARAM.match(line)
        if match:
            params.append((match[1], match[2], match[3]))
        elif key == "title":
            title = rest.strip()
        elif key == "hidden":
            hidden = frozenset(rest.split())
        elif key == "required":
            required = frozenset(rest.split())
        else:
            words.append(line.removeprefix("#").strip())
    return Query(
        name=name,
        title=title or name,
        text=" ".join(word for word in words if word),
        params=tuple(Param(n, t, x, n in required) for n, t, x in params),
        hidden=hidden,
        sparql=sparql,
    )


def read_query(path: Path) -> Query:
    """Return the query of a file.

    Raises:
        InputOutputError: the file cannot be read, or is no text.
    """
    return parse_query(path.stem, text_of(path))


def named_queries(folders: Sequence[Path]) -> Mapping[str, Query]:
    """Return the queries of some folders by name, sorted; a later folder wins over an earlier."""
    found = {path.stem: path for folder in folders for path in sorted(folder.glob("*.rq"))}
    return {name: read_query(path) for name, path in sorted(found.items())}


Answer = Table | bool | tuple[ox.Triple, ...]
"""What a query gives: SELECT a table, ASK a truth value, CONSTRUCT and DESCRIBE triples."""


def bound(query: Query, params: Mapping[str, str], graph: Graph) -> str:
    """Return the text of a query with values for its parameters.

    Args:
        query: the query.
        params: values by name of parameter, as text: an id, a day, a number or words.
        graph: the graph to be asked; ids are looked up in it.

    Raises:
        UsageError: a parameter is unknown or missing, or its value does not fit.
    """
    known = [param.name for param in query.params]
    for name in (name for name in params if name not in known):
        hint = suggestion(name, known) or f"; its parameters are: {', '.join(known) or 'none'}"
        raise UsageError(f'the query "{query.name}" has no parameter "{name}"{hint}')
    values: dict[str, Value] = {}
    for param in query.params:
        if param.name in params:
            values[param.name] = as_value(_term(param, params[param.name], graph))
        elif param.required:
            what = f"{param.type}: {param.text}"
            raise UsageError(f'the query "{query.name}" needs --param {param.name}=… ({what})')
    return with_values(query, values)


def with_values(query: Query, values: Mapping[str, Value]) -> str:
    """Return the text of a query with terms in their places; see ``graph.values.put_in``.

    Args:
        query: the query.
        values: by name of parameter, one term or several, see ``graph.values.as_value``.

    Raises:
        UsageError: the query has no place for a value.
    """
    return put_in(query.sparql, values, query.name)


def _term(param: Param, value: str, graph: Graph) -> Term:
    if param.type == "Date":
        iso = day_of(param.name, value).isoformat()
        return ox.Literal(iso, datatype=ox.NamedNode(XSD + "date"))
    if param.type == "Text":
        return ox.Literal(value)
    if param.type == "Integer":
        if not re.fullmatch(r"-?[0-9]{1,15}", value):
            raise UsageError(f'{param.name}: "{value}" is no whole number')
        return ox.Literal(int(value))
    if param.type == "Kind":
        return _existing(param.name, KIND, value, "kind", graph)
    if param.type == "Predicate":
        return _existing(param.name, HUD, value, "predicate", graph)
    if param.type in _ENTITY_TYPES:
        return _of_type(param, thing(value, graph, param.name), value, graph)
    raise UsageError(f"the parameter {param.name} has the unknown type {param.type}")


def _of_type(param: Param, node: ox.NamedNode, value: str, graph: Graph) -> ox.NamedNode:
    """Return a node that is of the type that a parameter takes; a state is also a place."""
    types = {
        text(quad.object).removeprefix(HUD)
        for quad in graph.store.quads_for_pattern(node, _TYPE, None, ox.DefaultGraph())
    }
    wanted = {"Thing": types, "Place": {"Place", "State"}}.get(param.type, {param.type})
    if not types & wanted:
        raise UsageError(f'{param.name}: "{value}" is no {param.type.lower()}; give one')
    voice = ox.NamedNode(HUD + "voice")
    if param.name == "as" and next(graph.store.quads_for_pattern(None, voice, node), None) is None:
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


def _existing(name: str, base: str, value: str, what: str, graph: Graph) -> ox.NamedNode:
    local = value.partition(":")[2] or value
    if re.fullmatch(r"[A-Za-z0-9]+", local):
        node = ox.NamedNode(base + local)
        if any(graph.store.quads_for_pattern(node, None, None)):
            return node
    known = {
        quad.subject.value.removeprefix(base)
        for quad in graph.store.quads_for_pattern(None, None, None, ox.DefaultGraph())
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(base)
    }
    raise UsageError(f'{name}: there is no {what} "{value}"{suggestion(local, known)}')


def thing(value: str, graph: Graph, name: str = "id") -> ox.NamedNode:
    """Return the IRI of a thing or statement of the case, given its id or a name of it.

    Args:
        value: an id (``ndf``), a prefixed name (``homs:ndf``), an IRI, or a label or further name
            in any language, whatever its case.
        graph: where to look.
        name: the parameter, for messages.

    Raises:
        UsageError: nothing, or more than one thing, is called so; the text suggests the nearest.
    """
    base = case_namespace(graph.case)
    local = value.removeprefix(base).removeprefix(f"{graph.case}:")
    if re.fullmatch(r"[a-zA-Z0-9.-]+", local):
        node = ox.NamedNode(base + local)
        if any(graph.store.quads_for_pattern(node, None, None)):
            return node
    called = _things_by_name(graph)
    matches = sorted(called.get(value.casefold(), ()))
    if len(matches) == 1:
        return ox.NamedNode(matches[0])
    if matches:
        ids = ", ".join(match.removeprefix(base) for match in matches)
        raise UsageError(f'{name}: "{value}" is the name of several things: {ids}; give the id')
    ids_known = {iri.removeprefix(base) for found in called.values() for iri in found}
    hint = suggestion(value, ids_known) or suggestion(value.casefold(), called)
    hint = hint or '; "hudna query names --param text=WORD" looks for names'
    raise UsageError(f'{name}: nothing in the case {graph.case} is called "{value}"{hint}')


def _things_by_name(graph: Graph) -> dict[str, set[str]]:
    base = case_namespace(graph.case)
    found: dict[str, set[str]] = {}
    asked = (QUERIES / "support" / "names.rq").read_text("utf-8")
    for node, name in select(graph.store, asked).rows:
        if text(node).startswith(base):
            found.setdefault(text(name).casefold(), set()).add(text(node))
    return found


def select(store: ox.Store, sparql: str, *, world: Sequence[str] = ()) -> Table:
    """Return the answer of a SELECT query.

    Args:
        store: the store.
        sparql: the query.
        world: IRIs of named graphs to be read together with the default graph.

    Raises:
        UsageError: the text is no query, or no SELECT.
    """
    found = answer(store, sparql, world=world)
    if not isinstance(found, Table):
        raise UsageError("this takes a SELECT query")
    return found


def answer(store: ox.Store, sparql: str, *, world: Sequence[str] = (), case: str = "") -> Answer:
    """Return what a query answers: a table, a truth value, or triples.

    The prefixes of the project need not be declared, nor that of the case if it is given.

    Args:
        store: the store.
        sparql: the query; it must not ask other addresses.
        world: IRIs of named graphs to be read together with the default graph.
        case: id of the case, for its prefix.

    Raises:
        UsageError: the text is no SPARQL query, or uses SERVICE; the text says where it breaks.
    """
    refuse_service(sparql)
    graphs: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] | None = None
    if world:
        graphs = [ox.DefaultGraph(), *(ox.NamedNode(iri) for iri in world)]
    try:
        prefixes = prefixes_of(case) if case else PREFIXES
        found = store.query(sparql, prefixes=prefixes, default_graph=graphs)
        if isinstance(found, ox.QueryBoolean):
            return bool(found)
        if isinstance(found, ox.QueryTriples):
            return tuple(found)
        columns = tuple(variable.value for variable in found.variables)
        return Table(columns, tuple(tuple(solution) for solution in found))
    except SyntaxError as error:
        raise UsageError(f"this is no SPARQL query: {what_is_wrong(error.msg)}") from error
    except UnicodeEncodeError as error:
        raise UsageError("this is no SPARQL query: it is not text in UTF-8") from error
    except (RuntimeError, OSError) as error:
        raise UsageError(f"the query cannot be answered: {error}") from error


def what_is_wrong(message: str) -> str:
    """Return the parser's message without the classes of signs that it lists."""
    if "Prefix not found" in message:
        place, _, _ = message.partition(": expected")
        return f"{place}: a prefix is used that is not declared"
    head, found, listed = message.partition("expected one of ")
    words = [word for word in listed.split(", ") if "..=" not in word and "[" not in word]
    return head + found + ", ".join(words[:_LISTED]) if found else message


def world_of(voice: str, graph: Graph) -> tuple[str, ...]:
    """Return the named graphs to be read, beside the default graph, for the world of a voice.

    Args:
        voice: the id or a name of an actor.
        graph: the store and its case.
    """
    node = _of_type(Param("as", "Actor", "", True), thing(voice, graph, "as"), voice, graph)
    return (graph_iri(graph.case, f"voice/{graph.local(node.value)}"),)
