"""The namespaces of the graph, and the addresses that are made from them."""

from __future__ import annotations

HUD = "https://w3id.org/hudna/ontology#"
KIND = "https://w3id.org/hudna/kind/"
CASES = "https://w3id.org/hudna/"
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
    """Return the namespace of the things of a case, for example that of ``homs:``."""
    return f"{CASES}{case}/"


def graph_iri(case: str, name: str) -> str:
    """Return the IRI of a named graph of a case, for example ``alleged`` or ``voice/ndf``.

    Args:
        case: the id of the case.
        name: of the graph, below the case.
    """
    return f"{CASES}{case}/graph/{name}"


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


def text(term: object) -> str:
    """Return the text of a term: the IRI, or the literal's value; empty if there is none."""
    return "" if term is None else str(getattr(term, "value", term))


def spaced(name: str) -> str:
    """Return a name in camel case as words: ``latestEnd`` is "latest end"."""
    return "".join(f" {sign.lower()}" if sign.isupper() else sign for sign in name)
