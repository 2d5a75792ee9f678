"""Terms of RDF: the namespaces of the graph, its addresses, and terms to text and back."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..errors import InputOutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

Iri = ox.NamedNode
Literal = ox.Literal
Quad = ox.Quad

HUD = "https://w3id.org/hudna/ontology#"
KIND = "https://w3id.org/hudna/kind/"
CASES = "https://w3id.org/hudna/"
OWN_TERM = "term/"
"""What stands between the namespace of a case, or of a shared list, and the names of its terms."""
_SLASHES = f"{CASES}CASE/{OWN_TERM}".count("/")
_AND = "+"
"""Between the ids of cases that are asked as one data set; no id of a case has it."""
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
PROV = "http://www.w3.org/ns/prov#"
SEM = "http://semanticweb.cs.vu.nl/2009/11/sem/"
OA = "http://www.w3.org/ns/oa#"
SCHEMA = "https://schema.org/"
WGS = "http://www.w3.org/2003/01/geo/wgs84_pos#"
DWC = "http://rs.tdwg.org/dwc/terms/"
CITO = "http://purl.org/spar/cito/"

PREFIXES: dict[str, str] = {
    "hud": HUD,
    "kind": KIND,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "skos": SKOS,
    "dcterms": DCTERMS,
    "prov": PROV,
    "sem": SEM,
    "oa": OA,
    "schema": SCHEMA,
}


def case_namespace(case: str) -> str:
    """Return the namespace of the things of a case, for example that of ``case:``."""
    return f"{CASES}{case}/"


def cases_in(case: str) -> tuple[str, ...]:
    """Return the cases that are asked as one data set; of an id of one case, that one."""
    return tuple(case.split(_AND))


def case_of_several(cases: Iterable[str]) -> str:
    """Return the id of the data set that several cases are together: ``first+second``.

    It is the same in whatever order they are given; each is in it once.
    """
    return _AND.join(sorted(set(cases)))


class Namespace:
    """The ids of the records of a case and their IRIs, or of several cases that are asked as one.

    Of one case an id is what follows its namespace; of several, the case stands before it:
    ``first:russia`` and ``second:russia`` are two things.

    Attributes:
        cases: the ids of the cases.
        bases: their namespaces, each with what stands before an id in it.

    Args:
        case: the id of a case, or that of several as ``case_of_several`` gives it.
    """

    def __init__(self, case: str) -> None:
        self.cases = cases_in(case)
        self.several = len(self.cases) > 1
        self.bases = {case_namespace(one): f"{one}:" if self.several else "" for one in self.cases}
        self._before = {before: base for base, before in self.bases.items()}

    def owns(self, iri: str) -> bool:
        """Return whether an IRI is in the namespace of one of the cases."""
        return iri.startswith(tuple(self.bases))

    def local(self, iri: str) -> str:
        """Return the id of what an IRI of a case names; other IRIs are returned as they are."""
        for base, before in self.bases.items():
            if iri.startswith(base):
                return before + iri[len(base) :]
        return iri

    def iri(self, name: str) -> str:
        """Return the IRI of what an id names; of several cases, one that names a case.

        An id without a case, where there are several, is in none of their namespaces.
        """
        case, colon, rest = name.partition(":") if self.several else ("", "", name)
        base = self._before.get(case + colon)
        return base + rest if base else f"{CASES}{_AND.join(self.cases)}/{name}"

    def ids(self, value: str) -> list[str]:
        """Return the ids that a text may stand for: an id, a prefixed name or an IRI.

        Args:
            value: the text. Of several cases, one that names none may be an id of each.
        """
        if self.owns(value):
            return [self.local(value)]
        if not self.several:
            return [value.removeprefix(f"{self.cases[0]}:")]
        if f"{value.partition(':')[0]}:" in self._before:
            return [value]
        return [before + value for before in self._before]

    def cases_of(self, name: str) -> tuple[str, ...]:
        """Return the case that an id is of, if there are several; else nothing."""
        case, colon, _ = name.partition(":")
        return (case,) if self.several and case + colon in self._before else ()


def own_term(space: str, name: str) -> str:
    """Return the IRI of a predicate or kind that is not of the ontology.

    Args:
        space: the id of the case, or the name of the folder whose terms several cases share.
        name: its name.
    """
    return f"{case_namespace(space)}{OWN_TERM}{name}"


def is_own_term(iri: str) -> bool:
    """Return whether an IRI is that of a predicate or kind that a case has of its own."""
    if not iri.startswith(CASES) or iri.count("/") != _SLASHES:
        return False
    before, _, name = iri.rpartition("/")
    return bool(name) and before.endswith(f"/{OWN_TERM}"[:-1])


def term_name(iri: str) -> str:
    """Return the name of a predicate, class or kind, also of a case's own; other IRIs as they are.

    It is unique among the terms of a case, and what authors write.
    """
    if iri.startswith(HUD):
        return iri[len(HUD) :]
    if iri.startswith(KIND):
        return iri[len(KIND) :]
    return iri.rpartition("/")[2] if is_own_term(iri) else iri


FORMER = "former"
"""The name of the graph of what a later release of a data set dropped or changed."""


def graph_iri(case: str, name: str) -> str:
    """Return the IRI of a named graph of a case, for example ``alleged`` or ``voice/ID``.

    Args:
        case: the id of the case.
        name: of the graph, below the case.
    """
    return f"{CASES}{case}/graph/{name}"


def prefixes_of(case: str) -> dict[str, str]:
    """Return the prefixes of the project, those of the cases and ``g``, that of named graphs."""
    own = {one: case_namespace(one) for one in cases_in(case)}
    return {**PREFIXES, **own, "g": graph_iri(case, "")}


def prefixes_to_ask(case: str) -> dict[str, str]:
    """Return the prefixes that a query need not declare: also ``term``, of the case's own terms.

    Of several cases there is none: each may have such terms.
    """
    own = {} if len(cases_in(case)) > 1 else {"term": own_term(case, "")}
    return {**prefixes_of(case), **own}


def short(iri: str) -> str:
    """Return an IRI as a short name: ``hud:besieges``, or the id for a thing of a case.

    A term of a case is ``mill:term/escorts``.
    """
    for prefix, base in PREFIXES.items():
        if iri.startswith(base) and iri != base:
            return f"{prefix}:{iri.removeprefix(base)}"
    if iri.startswith(CASES) and iri.count("/") == 5:
        return iri.rpartition("/")[2]
    return iri.removeprefix(CASES).replace("/", ":", 1) if is_own_term(iri) else iri


def text(term: object) -> str:
    """Return the text of a term: the IRI, or the literal's value; empty if there is none."""
    return "" if term is None else str(getattr(term, "value", term))


def spaced(name: str) -> str:
    """Return a name in camel case as words: ``latestEnd`` is "latest end"."""
    return "".join(f" {sign.lower()}" if sign.isupper() else sign for sign in name)


def as_json_term(term: object) -> dict[str, str]:
    """Return a term as SPARQL 1.1 query results in JSON write it."""
    if isinstance(term, ox.Literal):
        found = {"type": "literal", "value": term.value}
        if term.language:
            found["xml:lang"] = term.language
        elif not term.datatype.value.endswith("#string"):
            found["datatype"] = term.datatype.value
        return found
    return {"type": "uri" if isinstance(term, ox.NamedNode) else "bnode", "value": text(term)}


def iri_of(term: object) -> str:
    """Return the IRI that a term is; empty for a literal, a blank node and none."""
    return term.value if isinstance(term, ox.NamedNode) else ""


def refused_iri(text: str) -> str:
    """Return why the store takes a text for no IRI; empty if it takes it."""
    return _refusal(lambda: ox.NamedNode(text))


def refused_language(tag: str) -> str:
    """Return why the store takes a text for no language tag; empty if it takes it."""
    return _refusal(lambda: ox.Literal("", language=tag))


def _refusal(make: Callable[[], object]) -> str:
    try:
        make()
    except ValueError as error:
        return str(error)
    return ""


def parse_turtle(path: Path) -> tuple[ox.Quad, ...]:
    """Parse one Turtle file of the project into quads of the default graph; the same bytes once.

    Raises:
        InputOutputError: the file is missing, unreadable or no Turtle.
    """
    try:
        return _quads(path.read_bytes())
    except OSError as error:
        raise InputOutputError(f"{path}: {error.strerror or error}") from error
    except SyntaxError as error:
        raise InputOutputError(f"{path}:{error.lineno or 0}: {error.msg}") from error


@lru_cache(maxsize=8)
def _quads(turtle: bytes) -> tuple[ox.Quad, ...]:
    return tuple(ox.parse(turtle, format=ox.RdfFormat.TURTLE, base_iri=HUD))
