"""Names in a query that the graph has not: they match nothing, and nobody would be told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..errors.shown import MOST, shown
from ..model.names import name_key
from ..model.terms import CASES, HUD, KIND, RDF, prefixes_of, spaced
from ..read.offline import code, iris
from .lookup import Called, hint, kinds, things

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..read.select import Graph

_DECLARED = re.compile(r"\bPREFIX\s+([\w.-]*):\s*<([^<>]*)>", re.IGNORECASE)
_ESCAPED = re.compile(r"[\w.-]+:[\w.-]*\\\S*")
_PREFIXED = re.compile(r"(?<![\w?$:@^<.-])([A-Za-z][\w-]*):(\w(?:[\w.-]*[\w-])?)")


def unknown_names(sparql: str, graph: Graph) -> list[str]:
    """Return a sentence on each name of the ontology, the kinds or the case that is nowhere.

    Args:
        sparql: the query.
        graph: the graph to be asked.
    """
    prefixes = {**prefixes_of(graph.case), **dict(_DECLARED.findall(sparql))}
    plain = _ESCAPED.sub(" ", _DECLARED.sub(" ", sparql))
    named = (prefixes.get(prefix, "") + local for prefix, local in _PREFIXED.findall(code(plain)))
    return list(_sentences(dict.fromkeys([*named, *iris(plain)]), graph))


def _sentences(names: Iterable[str], graph: Graph) -> Iterator[str]:
    bases = {HUD: "hud", KIND: "kind", graph.base: graph.case}
    for iri in names:
        base = next((one for one in bases if iri.startswith(one)), "")
        local = iri.removeprefix(base)
        if iri.startswith(CASES) and base and local and not graph.mentions(iri):
            near = hint(spaced(local) if base != graph.base else local, _known(base, graph))
            yield f"the graph has no {shown(f'{bases[base]}:{local}', MOST)}{near}"


def _known(base: str, graph: Graph) -> Iterable[Called]:
    if base == KIND:
        return kinds(graph).values()
    if base == graph.base:
        return things(graph).values()
    terms = sorted({name for name, _ in graph.pairs(RDF + "type") if graph.knows(HUD + name)})
    return [Called(one, one, frozenset(map(name_key, (one, spaced(one))))) for one in terms]
