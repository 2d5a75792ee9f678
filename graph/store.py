"""The one door to the triple store: loading a graph, and handing it to rdflib."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from .errors import InputOutputError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import rdflib

_TYPE = b"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


def in_memory(quads: Iterable[ox.Quad]) -> ox.Store:
    """Return a store in memory that holds the quads."""
    store = ox.Store()
    store.bulk_extend(quads)
    return store


def load(path: Path) -> ox.Store:
    """Return a store in memory that holds a file of N-Quads.

    Raises:
        InputOutputError: the file cannot be read or is no N-Quads; the text says where.
    """
    store = ox.Store()
    try:
        store.bulk_load(path=path, format=ox.RdfFormat.N_QUADS)
    except OSError as error:
        raise InputOutputError(f"{path.as_posix()}: {error.strerror or error}") from error
    except SyntaxError as error:
        raise InputOutputError(f"{path.as_posix()}:{error.lineno or 0}: {error.msg}") from error
    return store


def as_dataset(store: ox.Store) -> rdflib.Dataset:
    """Return the store as an ``rdflib.Dataset``: the same quads, not a copy.

    Args:
        store: the store; what is added through the dataset is added to it.
    """
    import rdflib
    from oxrdflib import OxigraphStore

    return rdflib.Dataset(store=OxigraphStore(store=store))


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
    data = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()) or b""
    lines: list[bytes] = data.splitlines(keepends=True)
    lines.sort(key=_types_first)
    triples = ox.parse(b"".join(lines), format=ox.RdfFormat.N_TRIPLES)
    return (
        ox.serialize(
            (quad.triple for quad in triples), format=ox.RdfFormat.TURTLE, prefixes=prefixes
        )
        or b""
    )


def _types_first(line: bytes) -> bytes:
    return line.replace(_TYPE, b" ", 1)
