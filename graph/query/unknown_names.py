"""Names in a query that the graph has not: they match nothing, and nobody would be told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..errors.shown import MOST, shown
from ..model.names import name_key
from ..model.near import Called, hint
from ..model.terms import (
    CASES,
    HUD,
    KIND,
    RDF,
    Namespace,
    cases_in,
    graph_iri,
    is_own_term,
    prefixes_to_ask,
    spaced,
)
from ..read.former import joined_ids
from ..read.offline import PREFIXED, code, iris, with_names
from .lookup import kinds, predicates, things

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..read.select import Graph

_DECLARED = re.compile(r"\bPREFIX\s+([\w.-]*):\s*<([^<>]*)>", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([_~.!$&()*+,;=/?#@%-])")
_PREFIXED = re.compile(PREFIXED)
_MASKED = "\ue000"
"""Stands for the backslash of a prefixed name while texts and comments are taken out."""


def names_in(sparql: str, case: str) -> list[str]:
    """Return the IRIs of the ontology, the kinds and the case that a query names, in order.

    Names of graphs are left out: a voice that asserts nothing has no graph.

    Args:
        sparql: the query.
        case: the case's id.
    """
    prefixes = {**prefixes_to_ask(case), **dict(_DECLARED.findall(sparql))}
    plain = _DECLARED.sub(" ", sparql)
    written = code(_ESCAPED.sub(rf"{_MASKED}\1", plain)).replace(_MASKED, "\\")
    named = (
        prefixes.get(prefix, "") + _ESCAPED.sub(r"\1", local)
        for prefix, local in _PREFIXED.findall(written)
    )
    bases = (HUD, KIND, *Namespace(case).bases)
    graphs = tuple(graph_iri(one, "") for one in (case, *cases_in(case)))
    return [
        iri
        for iri in dict.fromkeys([*named, *iris(plain)])
        if iri.startswith(CASES)
        and any(iri.startswith(one) and iri != one for one in bases)
        and not iri.startswith(graphs)
    ]


def with_joined(sparql: str, graph: Graph) -> str:
    """Return a query with what stands for a thing, where it names one of another case.

    Args:
        sparql: the query.
        graph: the graph to be asked; that of one case has nothing of the kind.
    """
    if not graph.names.several:
        return sparql
    prefixes = {**prefixes_to_ask(graph.case), **dict(_DECLARED.findall(sparql))}

    def name(written: str) -> str:
        prefix, _, local = written.partition(":")
        iri = written[1:-1] if written[0] == "<" else prefixes.get(prefix, "")
        if written[0] != "<":
            iri += _ESCAPED.sub(r"\1", local)
        own = graph.names.local(iri)
        now = joined_ids(graph).get(own, own) if own != iri else own
        return written if now == own else f"<{graph.node(now).value}>"

    return with_names(sparql, name)


def unknown_names(sparql: str, graph: Graph) -> list[str]:
    """Return a sentence on each name of the ontology, the kinds or the case that is nowhere.

    Args:
        sparql: the query.
        graph: the graph to be asked.
    """
    named = names_in(sparql, graph.case)
    return [
        told_unknown(iri, graph.case) + _near(iri, graph)
        for iri in named
        if not graph.mentions(iri)
    ]


def told_unknown(iri: str, case: str) -> str:
    """Return the sentence that a graph has not a name.

    Args:
        iri: of ``names_in``.
        case: the case's id.
    """
    prefix, base = next(
        (prefix, base) for prefix, base in prefixes_to_ask(case).items() if iri.startswith(base)
    )
    return f"the graph has no {shown(f'{prefix}:{iri.removeprefix(base)}', MOST)}"


def _near(iri: str, graph: Graph) -> str:
    """Return a hint to what somebody may have meant by a name that the graph has not."""
    name = graph.name(iri)
    if is_own_term(iri):
        every = [*predicates(graph).values(), *kinds(graph).values()]
        return hint(spaced(name), [one for one in every if one.id in graph.terms.own])
    if graph.names.owns(iri):
        return hint(name, things(graph).values())
    return hint(spaced(name), kinds(graph).values() if iri.startswith(KIND) else _terms(graph))


def _terms(graph: Graph) -> Iterable[Called]:
    """Return the classes and properties of the ontology; predicates with all their names."""
    known = predicates(graph)
    terms = sorted({name for name, _ in graph.pairs(RDF + "type") if graph.knows(HUD + name)})
    return [
        known.get(one) or Called(one, one, frozenset(map(name_key, (one, spaced(one)))))
        for one in terms
    ]
