"""Terms of RDF as short text: prefixes of a case, names with prefixes, words of camel case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from .model.terms import CASES, PREFIXES, case_namespace

if TYPE_CHECKING:
    Term = ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple


def prefixes_of(case: str) -> dict[str, str]:
    """Return the prefixes of the project and that of the case."""
    return {**PREFIXES, case: case_namespace(case)}


def short(iri: str) -> str:
    """Return an IRI as a short name: ``hud:besieges``, or the id for a thing of a case."""
    for prefix, base in PREFIXES.items():
        if iri.startswith(base) and iri != base:
            return f"{prefix}:{iri.removeprefix(base)}"
    if iri.startswith(CASES) and iri.count("/") == 5:
        return iri.rpartition("/")[2]
    return iri


def text(term: Term | None) -> str:
    """Return the text of a term: the IRI, or the literal's value; empty if there is none."""
    if isinstance(term, ox.NamedNode | ox.Literal | ox.BlankNode):
        return term.value
    return "" if term is None else str(term)


def spaced(name: str) -> str:
    """Return a name in camel case as words: ``latestEnd`` is "latest end"."""
    return "".join(f" {sign.lower()}" if sign.isupper() else sign for sign in name)
