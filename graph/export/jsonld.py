"""JSON-LD: the whole graph as JSON, with names as short as in SPARQL and the named graphs.

The first part of the file is the context, the second lists one thing to a line: those of the
default graph, then the named graphs with theirs. Each property looks the same on every line.
Whether it has lists follows from the model and is the same in every case:

- what a record of the model, or a term of the ontology, has once at most is never in a list;
- all else is always in a list, also where there is one value: what a record may have several of,
  and whatever statements say (``"hud:besieges": [PLACE]``).

Its values follow from those that there are:

- a property that has a thing as value anywhere has ids (``"hud:voice": "case:guard"``), and objects
  with ``@value`` for the literals that it may have beside them;
- one whose values all have a language has them by language (``"rdfs:label": {"en": "Mill Town"}``);
- one whose values are all of one type has them plainly (``"hud:begins": "2014-05"``);
- integers and booleans stand everywhere as JSON has them.

A program that knows nothing of JSON-LD can therefore read the lines as they are.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox

from ..model import RECORDS, specs
from ..model.terms import (
    DCTERMS,
    HUD,
    OWL,
    RDF,
    RDFS,
    SEM,
    SKOS,
    XSD,
    prefixes_of,
    text,
)
from ..read import store as stores
from ..read.schema import KindTerm, PredicateTerm
from .format import Exported, Format

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from ..read.select import Term
    from .selection import Selection

    Nodes = dict[str, dict[str, list[Term]]]

FORMAT = Format(
    name="jsonld",
    title="the whole graph as JSON-LD with its named graphs, for web pages and JSON tools",
    holds="graph",
    file="graph.jsonld",
)

_TYPE = RDF + "type"
_STRING, _INTEGER, _BOOLEAN = XSD + "string", XSD + "integer", XSD + "boolean"
_LANGUAGE = RDF + "langString"
_SHORT_INTEGER = re.compile("0|-?[1-9][0-9]{0,14}")
"""Programs read longer integers of JSON as rounded numbers."""

_FIELDS = [field for record in (PredicateTerm, KindTerm, *RECORDS) for field in specs(record)]
_OF_SEVERAL_STATEMENTS = {HUD + name for name in ("when", "whenText", "place")} | {
    f"{SEM}has{day}TimeStamp"
    for day in ("EarliestBegin", "LatestBegin", "EarliestEnd", "LatestEnd")
}
"""A statement has these once, but an event those of all statements that tell that it occurred."""
_SINGLE = (
    {field.term for field in _FIELDS if not field.many}
    | {RDF + name for name in ("subject", "predicate", "object")}
    | {HUD + name for name in ("verdict", "stands", "speaksUntil", "attestedFrom", "certainFrom",
                               "certainUntil", "possibleFrom", "possibleUntil")}
    | {HUD + "group", HUD + "scheme", HUD + "defaultMode", SKOS + "example", SKOS + "scopeNote"}
    | {RDFS + "isDefinedBy", OWL + "versionInfo", OWL + "versionIRI", DCTERMS + "issued"}
) - {field.term for field in _FIELDS if field.many} - _OF_SEVERAL_STATEMENTS  # fmt: skip
"""What a thing has once at most, or once in each language: by the fields of records, beside them
what is derived of statements, spans and voices, and what is said of terms."""


def write(selection: Selection) -> Exported:
    """Return all quads as JSON-LD 1.1, one thing to a line."""
    graph = selection.graph
    return Exported({FORMAT.file: _jsonld(graph.store, prefixes_of(graph.case))})


def _jsonld(store: ox.Store, prefixes: Mapping[str, str]) -> Sequence[bytes]:
    """Return all quads of a store as JSON-LD 1.1 in UTF-8.

    Args:
        store: the store.
        prefixes: the prefixes to use, by name. One that is the scheme of an IRI in the store is
            left out, since it would be taken for the prefix.

    Returns:
        Chunks in a fixed order: context, things of the default graph, named graphs.
    """
    worlds = {graph.value: _nodes(stores.ordered(store, graph))
              for graph in stores.named_graphs(store)}  # fmt: skip
    default = _nodes(stores.ordered(store, ox.DefaultGraph()))
    writer = _JsonldWriter(prefixes, [default, *worlds.values()])
    entries = [writer.node(iri, values) for iri, values in default.items()]
    for name, nodes in worlds.items():
        inside = [writer.node(iri, values) for iri, values in nodes.items()]
        entries.append({"@id": writer.short(name), "@graph": inside})
    terms = [f"{_json(key)}: {_json(value)}" for key, value in writer.context.items()]
    start = f'{{"@context": {{\n{_lines(terms)}}},\n"@graph": [\n'
    return [start.encode(), _lines(map(_json, entries)).encode(), b"]}\n"]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _lines(parts: Iterable[str]) -> str:
    joined = ",\n".join(parts)
    return joined and joined + "\n"


def _nodes(quads: Iterable[ox.Quad]) -> Nodes:
    found: Nodes = {}
    for quad in quads:
        values = found.setdefault(_iri(quad.subject), {})
        values.setdefault(quad.predicate.value, []).append(quad.object)
    return found


def _iri(term: Term) -> str:
    """Return what stands in an ``@id``."""
    return term.value if isinstance(term, ox.NamedNode) else str(term)


class _Form(NamedTuple):
    """How the values of a property are written.

    Attributes:
        type: ``@id``, or IRI of the type of a literal that is written plainly.
        languages: whether they stand by their languages.
        several: whether they stand in lists, also where there is one.
    """

    type: str
    languages: bool
    several: bool

    def definition(self, key: str, short: Callable[[str], str]) -> dict[str, str]:
        """Return what the context says of the property; empty if nothing need be said."""
        found = {} if self.type == _STRING else {"@type": short(self.type)}
        if self.languages:
            found = {"@container": "@language"}
        elif self.several:
            found["@container"] = "@set"
        return {"@id": key, **found} if found else {}


class _JsonldWriter:
    """Writes nodes with one context for all of them."""

    def __init__(self, prefixes: Mapping[str, str], graphs: Sequence[Nodes]) -> None:
        schemes = {scheme for iri in _iris(graphs) for scheme, _, rest in [iri.partition(":")]
                   if not rest.startswith("//")}  # fmt: skip
        self.prefixes = {name: base for name, base in prefixes.items() if name not in schemes}
        self.forms = _forms(graphs)
        self.context: dict[str, Any] = {"@version": 1.1, **dict(sorted(self.prefixes.items()))}
        for iri, form in sorted(self.forms.items()):
            key = self.short(iri)
            definition = form.definition(key, self.short)
            if definition:
                self.context[key] = definition

    def short(self, iri: str) -> str:
        """Return an IRI with a prefix, if there is one for it."""
        for prefix, base in self.prefixes.items():
            if iri.startswith(base) and not iri.startswith("//", len(base)):
                return f"{prefix}:{iri.removeprefix(base)}"
        return iri

    def node(self, iri: str, values: Mapping[str, Sequence[Term]]) -> dict[str, Any]:
        """Return a thing with all that is said of it in one graph."""
        entry: dict[str, Any] = {"@id": self.short(iri)}
        for predicate, terms in values.items():
            if predicate == _TYPE:
                entry["@type"] = [self.short(_iri(term)) for term in terms]
            else:
                entry[self.short(predicate)] = self._values(self.forms[predicate], terms)
        return entry

    def _values(self, form: _Form, terms: Sequence[Term]) -> Any:  # noqa: ANN401 — any JSON
        if form.languages:
            texts: dict[str, list[str]] = {}
            for term in terms:
                texts.setdefault(_language(term), []).append(text(term))
            return {name: found if form.several else found[0] for name, found in texts.items()}
        found = [self._value(form.type, term) for term in terms]
        return found if form.several else found[0]

    def _value(self, expected: str, term: Term) -> str | int | dict[str, str]:
        if not isinstance(term, ox.Literal):
            iri = self.short(_iri(term))
            return iri if expected == "@id" else {"@id": iri}
        if term.language:
            return {"@value": term.value, "@language": term.language}
        if term.datatype.value == expected:
            return _plain(expected, term.value)
        if expected in (_STRING, "@id"):
            plain = _plain(term.datatype.value, term.value)
            if not isinstance(plain, str):
                return plain
        if term.datatype.value == _STRING:
            return {"@value": term.value}
        return {"@value": term.value, "@type": self.short(term.datatype.value)}


def _plain(type_: str, value: str) -> str | int:
    """Return an integer or a boolean as JSON has them, if that keeps how it is written."""
    if type_ == _BOOLEAN and value in ("true", "false"):
        return value == "true"
    if type_ == _INTEGER and _SHORT_INTEGER.fullmatch(value):
        return int(value)
    return value


def _language(term: Term) -> str:
    return (term.language or "") if isinstance(term, ox.Literal) else ""


def _forms(graphs: Sequence[Nodes]) -> dict[str, _Form]:
    """Return how the values of each property are written, by the property's IRI."""
    found: dict[str, list[Sequence[Term]]] = {}
    for values in (values for nodes in graphs for values in nodes.values()):
        for predicate, terms in values.items():
            if predicate != _TYPE:
                found.setdefault(predicate, []).append(terms)
    return {predicate: _form(lists, predicate in _SINGLE) for predicate, lists in found.items()}


def _form(lists: Sequence[Sequence[Term]], single: bool) -> _Form:
    """Return how values are written, given all lists of them that stand beside a property.

    Args:
        lists: the values of each thing that has the property.
        single: whether a thing has one at most. Where one has more all the same, as in a store
            that somebody else has filled, there are lists, for nothing is left out.
    """
    types = {_type(term) for terms in lists for term in terms}
    if types == {_LANGUAGE}:
        repeated = any(len({_language(term) for term in terms}) < len(terms) for terms in lists)
        return _Form(_STRING, languages=True, several=repeated or not single)
    repeated = any(len(terms) > 1 for terms in lists)
    return _Form(_common(types), languages=False, several=repeated or not single)


def _common(types: set[str]) -> str:
    """Return the type that a property's plain values have."""
    if "@id" in types:
        return "@id"
    return next(iter(types)) if len(types) == 1 else _STRING


def _type(term: Term) -> str:
    return term.datatype.value if isinstance(term, ox.Literal) else "@id"


def _iris(graphs: Sequence[Nodes]) -> Iterator[str]:
    """Yield all IRIs, some of them more than once."""
    for nodes in graphs:
        for subject, values in nodes.items():
            yield subject
            yield from values
            for term in (term for terms in values.values() for term in terms):
                yield term.datatype.value if isinstance(term, ox.Literal) else _iri(term)
