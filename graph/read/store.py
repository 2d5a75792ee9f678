"""The one door to the triple store: reading and writing a graph, and handing it to rdflib."""

from __future__ import annotations

from itertools import chain, islice
from operator import methodcaller
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..errors import InputOutputError, UsageError, suggestion
from ..model.terms import CASES, HUD, RDF

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    import rdflib

Store = ox.Store
"""A triple store, as functions that only hand it on name it."""

AT_ONCE = 500_000
"""So many quads are put into a store at once: it takes twice their memory meanwhile."""

_TYPE = f"<{RDF}type>".encode()
_DEFAULT = ox.DefaultGraph()
_SAID = tuple(ox.NamedNode(RDF + name) for name in ("subject", "predicate", "object"))
_REIFIES = ox.NamedNode(RDF + "reifies")
_STATEMENT = ox.NamedNode(HUD + "Statement")

READS: Mapping[str, ox.RdfFormat] = {
    "turtle": ox.RdfFormat.TURTLE,
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf12": ox.RdfFormat.TRIG,
}
"""The formats that ``read`` takes, named as in ``hudna export``."""


def in_memory(*quads: Iterable[ox.Quad]) -> ox.Store:
    """Return a store in memory that holds some quads, from one or several places."""
    store = ox.Store()
    for some in quads:
        rest = iter(some)
        for first in rest:
            store.bulk_extend(chain((first,), islice(rest, AT_ONCE - 1)))
    return store


def load(path: Path, data: bytes | None = None) -> ox.Store:
    """Return a store in memory that holds a file of N-Quads.

    Args:
        path: the file.
        data: what it holds, if that has been read and is known to be ours, as a manifest says of
            it; terms are then not validated, which takes a quarter of the time.

    Raises:
        InputOutputError: the file cannot be read or is no N-Quads; the text says where.
    """
    store, form = ox.Store(), ox.RdfFormat.N_QUADS
    try:
        if data is None:
            store.bulk_load(path=path, format=form)
        else:
            store.bulk_load(data, format=form, lenient=True)
    except OSError as error:
        raise InputOutputError(f"{path.as_posix()}: {error.strerror or error}") from error
    except SyntaxError as error:
        raise InputOutputError(f"{path.as_posix()}:{error.lineno or 0}: {error.msg}") from error
    return store


def case_of(store: ox.Store) -> str:
    """Return the id of the case that a graph is of; empty if it is of none."""
    dataset = ox.NamedNode("http://www.w3.org/ns/dcat#Dataset")
    found = store.quads_for_pattern(None, ox.NamedNode(f"{RDF}type"), dataset, _DEFAULT)
    iris = (getattr(quad.subject, "value", "") for quad in found)
    return next((one.removeprefix(CASES).strip("/") for one in iris if one.startswith(CASES)), "")


def count_apart(store: ox.Store, *names: str) -> int:
    """Return how many quads are neither in the default graph nor in some named ones.

    Args:
        store: the quads.
        names: IRIs of the named graphs.
    """
    apart: list[ox.DefaultGraph | ox.NamedNode] = [_DEFAULT, *map(ox.NamedNode, names)]
    return len(store) - sum(
        1 for graph in apart for _ in store.quads_for_pattern(None, None, None, graph)
    )


def as_dataset(store: ox.Store) -> rdflib.Dataset:
    """Return the store as an ``rdflib.Dataset``: the same quads, not a copy.

    Args:
        store: the store; what is added through the dataset is added to it.
    """
    import rdflib
    from oxrdflib import OxigraphStore

    return rdflib.Dataset(store=OxigraphStore(store=store))


def read(data: bytes, form: str) -> ox.Store:
    """Return a store in memory that holds what an export holds.

    Args:
        data: a whole file, as ``hudna export`` writes it.
        form: its format, one of ``READS``. In ``rdf12`` the triple that a statement reifies
            becomes its ``rdf:subject``, ``rdf:predicate`` and ``rdf:object`` again.

    Raises:
        UsageError: no such format is read, or the data is not in it; the text says where.
    """
    if form not in READS:
        raise UsageError(f'no format "{form}" is read{suggestion(form, READS)}')
    try:
        quads = ox.parse(data, format=READS[form])
        return in_memory(_unreified(quads) if form == "rdf12" else quads)
    except SyntaxError as error:
        raise UsageError(f"{form}: {error.msg}") from error


def nquads(store: ox.Store) -> bytes:
    """Return all quads as sorted N-Quads: canonical, as there are no blank nodes."""
    data = store.dump(format=ox.RdfFormat.N_QUADS) or b""
    return b"".join(sorted(data.splitlines(keepends=True)))


def turtle(store: ox.Store, prefixes: dict[str, str]) -> bytes:
    """Return the default graph as Turtle, in a fixed order: by subject, types first.

    Args:
        store: the store.
        prefixes: the prefixes to use, by name.
    """
    quads = _parsed_in_order(store, _DEFAULT)
    return ox.serialize(quads, format=ox.RdfFormat.TURTLE, prefixes=prefixes) or b""


def trig(store: ox.Store, prefixes: dict[str, str]) -> bytes:
    """Return all quads as TriG: each graph as ``turtle`` orders it, the default graph first.

    Args:
        store: the store.
        prefixes: the prefixes to use, by name.
    """
    return _as_trig(_by_graph(store), prefixes)


def rdf12(store: ox.Store, prefixes: dict[str, str]) -> bytes:
    """Return all quads as TriG of RDF 1.2, with statements that reify what they say.

    Args:
        store: the store.
        prefixes: the prefixes to use, by name.

    Returns:
        As ``trig`` does, but each ``hud:Statement`` has an ``rdf:reifies <<( s p o )>>`` in place
        of its ``rdf:subject``, ``rdf:predicate`` and ``rdf:object``. A triple between ``<<(`` and
        ``)>>`` is named, not asserted.
    """
    return _as_trig(_by_graph(in_memory(_reified(store))), prefixes)


def serialized(triples: Iterable[ox.Triple], media: str, prefixes: dict[str, str]) -> bytes:
    """Return triples in a form of RDF, in their order.

    Args:
        triples: the triples.
        media: media type of the form.
        prefixes: the prefixes to use, by name.
    """
    form = ox.RdfFormat.from_media_type(media)
    return ox.serialize(triples, format=form, prefixes=prefixes) or b""


def triple(subject: str, predicate: str, *, target: str = "", value: str | int = "") -> ox.Triple:
    """Return a triple with an IRI, a text, an integer or a truth value as its object.

    Args:
        subject: its IRI.
        predicate: its IRI.
        target: IRI of the object; else it is a literal.
        value: the literal.
    """
    end = ox.NamedNode(target) if target else ox.Literal(value)
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), end)


def triples_of(store: ox.Store, subject: str, predicate: str = "") -> list[ox.Triple]:
    """Return the triples of the default graph that have a subject, in a fixed order.

    Args:
        store: the quads.
        subject: its IRI.
        predicate: IRI of the predicate, if only some are meant.
    """
    of = ox.NamedNode(predicate) if predicate else None
    found = store.quads_for_pattern(ox.NamedNode(subject), of, None, _DEFAULT)
    return sorted((quad.triple for quad in found), key=str)


def ordered(store: ox.Store, graph: ox.NamedNode | ox.DefaultGraph) -> Iterator[ox.Quad]:
    """Yield the quads of one graph in a fixed order: by subject, types first.

    Args:
        store: the quads.
        graph: which of its graphs.
    """
    for quad in _parsed_in_order(store, graph):
        yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def named_graphs(store: ox.Store) -> list[ox.NamedNode]:
    """Return the names of the graphs beside the default graph, sorted."""
    names = (name for name in store.named_graphs() if isinstance(name, ox.NamedNode))
    return sorted(names, key=lambda name: name.value)


def _parsed_in_order(store: ox.Store, graph: ox.NamedNode | ox.DefaultGraph) -> Iterator[ox.Quad]:
    """Return the triples of one graph in order, as quads of the default graph."""
    data = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph) or b""
    lines: list[bytes] = data.splitlines(keepends=True)
    lines.sort(key=types_first)
    return ox.parse(b"".join(lines), format=ox.RdfFormat.N_TRIPLES, lenient=True)


types_first = methodcaller("replace", _TYPE, b" ", 1)
"""Gives by what a line of N-Triples is sorted, so that subjects begin with their types."""


def _by_graph(store: ox.Store) -> Iterator[ox.Quad]:
    yield from ordered(store, _DEFAULT)
    for graph in named_graphs(store):
        yield from ordered(store, graph)


def _as_trig(quads: Iterable[ox.Quad], prefixes: dict[str, str]) -> bytes:
    data = ox.serialize(quads, format=ox.RdfFormat.TRIG, prefixes=prefixes) or b""
    return data.rstrip() + b"\n"


def _reified(store: ox.Store) -> Iterator[ox.Quad]:
    said = dict(_said(store))
    for quad in store:
        if quad.graph_name == _DEFAULT and quad.predicate in _SAID and quad.subject in said:
            continue
        yield quad
    for statement, triple in said.items():
        yield ox.Quad(statement, _REIFIES, triple)


def _said(store: ox.Store) -> Iterator[tuple[ox.NamedNode, ox.Triple]]:
    """Yield the statements that say exactly one thing, with the triple that they say."""
    is_a = ox.NamedNode(RDF + "type")
    for quad in store.quads_for_pattern(None, is_a, _STATEMENT, _DEFAULT):
        parts = [
            [found.object for found in store.quads_for_pattern(quad.subject, term, None, _DEFAULT)]
            for term in _SAID
        ]
        match quad.subject, parts:
            case ox.NamedNode() as node, [
                [ox.NamedNode() as subject],
                [ox.NamedNode() as predicate],
                [value],
            ]:
                yield node, ox.Triple(subject, predicate, value)


def _unreified(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    for quad in quads:
        if quad.predicate == _REIFIES and isinstance(quad.object, ox.Triple):
            for term, value in zip(_SAID, quad.object, strict=True):
                yield ox.Quad(quad.subject, term, value, quad.graph_name)
        else:
            yield quad
