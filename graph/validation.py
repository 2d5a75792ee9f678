"""Checks of meaning with SHACL: what the shapes find, told at the place where it was authored."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from .errors import DataProblems, InputOutputError, Problem
from .query import short
from .reader import problem_at
from .vocabulary import DEFAULT_FOLDER, RDF, parse_turtle

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from .model import Origin

SHAPES = DEFAULT_FOLDER / "shapes.ttl"
_MESSAGE = "http://www.w3.org/ns/shacl#message"
_AUTHORED_KEYS = {
    RDF + "subject": "subject",
    RDF + "predicate": "predicate",
    RDF + "object": "object",
}


class Violation(NamedTuple):
    """One finding of the shapes.

    Attributes:
        focus: IRI of the node that is wrong.
        shape: IRI of the shape that it fails.
        path: IRI of the property concerned, or empty.
        value: the value concerned, as its IRI or text, or empty.
        message: what is wrong and what would be right, in the words of the shape.
    """

    focus: str
    shape: str
    path: str
    value: str
    message: str

    @property
    def key(self) -> str:
        """The authored key that the violation concerns, as far as the path tells."""
        return _AUTHORED_KEYS.get(self.path, "")

    def text(self) -> str:
        """Return the message with the value that it concerns."""
        return f"{self.message} (it is {short(self.value)})" if self.value else self.message


def validate(store: ox.Store, shapes: Path = SHAPES) -> list[Violation]:
    """Return what the shapes find wrong in the default graph of a store, sorted.

    The engine is pyrudof in its SPARQL mode; the tests compare it with pySHACL.

    Args:
        store: holds the data together with the ontology.
        shapes: the file with the shapes.

    Raises:
        InputOutputError: the shapes cannot be read.
    """
    import pyrudof

    messages = _messages(shapes)
    data = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()) or b""
    session = pyrudof.Rudof(pyrudof.RudofConfig())
    session.read_data(data.decode("utf-8"), format=pyrudof.RDFFormat.NTriples)
    try:
        session.read_shacl(shapes.read_text("utf-8"), format=pyrudof.ShaclFormat.Turtle)
    except pyrudof.RudofError as error:
        raise InputOutputError(f"{shapes.as_posix()}: {error}") from error
    report = session.validate_shacl(pyrudof.ShaclValidationMode.Sparql)
    return sorted(set(_violations(report, messages)))


def refuse(violations: Sequence[Violation], folder: Path, origins: Mapping[str, Origin]) -> None:
    """Raise if there are violations, each told at the file and entry that it came from.

    Args:
        violations: what ``validate`` found.
        folder: the case's folder.
        origins: where each node was authored, by its IRI.

    Raises:
        DataProblems: there is at least one violation.
    """
    problems = [
        problem_at(folder, origins[found.focus], found.key, found.text())
        if found.focus in origins
        else Problem(folder.as_posix(), 0, short(found.focus), found.text())
        for found in violations
    ]
    if problems:
        raise DataProblems(problems)


def _violations(report: object, messages: Mapping[str, str]) -> Iterator[Violation]:
    for entry in report:  # type: ignore[attr-defined]
        shape = entry.source_shape or ""
        yield Violation(
            focus=_plain(entry.focus_node),
            shape=shape,
            path=entry.path or "",
            value=_plain(entry.value),
            message=messages.get(shape) or entry.message or "does not fit its shape",
        )


def _plain(term: str | None) -> str:
    return (term or "").strip("<>")


@lru_cache(maxsize=8)
def _messages(shapes: Path) -> Mapping[str, str]:
    """Return the message of each shape by its IRI; engines word their messages differently."""
    found: dict[str, str] = {}
    for quad in parse_turtle(shapes):
        if quad.predicate.value == _MESSAGE and isinstance(quad.subject, ox.NamedNode):
            found[quad.subject.value] = str(getattr(quad.object, "value", ""))
    return found
