"""What is of a wrong class in a case with problems, told together with them."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from ..errors import DataProblems
from ..model import RECORDS, Form, specs
from ..model.terms import RDF
from ..read import store
from . import quads, validation
from .shapes import checks

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph as ox

    from ..model import Case
    from ..model.vocabulary import Vocabulary
    from ..reader import ProblemReport

_REFERENCES = {RDF + "subject", RDF + "object"} | {
    field.term
    for record in RECORDS
    for field in specs(record)
    if field.key and field.form.refers and field.form is not Form.PASSAGE
}
"""What leads to a thing; whether a passage fits its claim is seen when the files are read."""


def add_misfits(case: Case, vocabulary: Vocabulary, report: ProblemReport) -> None:
    """Report what is named and is of a wrong class, beside the problems that are known.

    Only what leads to a record of a file without a problem is looked at: what is missing may
    be in one that has some.

    Args:
        case: the records that could be made.
        vocabulary: the vocabulary, its rules and shapes.
        report: the problems of the case, to which these are added.
    """
    known = report.files
    graph = store.in_memory(vocabulary.quads, _held(case, vocabulary))
    origins = quads.origins(case)
    asked = checks(vocabulary.folder / "shapes.ttl")
    some = [one for one in asked if not one.path or one.path in _REFERENCES]
    for found in validation.ask(graph, some):
        value, focus = origins.get(found.value), origins.get(found.focus)
        if found.path in _REFERENCES and value and focus and value.file not in known:
            report(focus, validation.key_of(found, origins), found.text())


def _held(case: Case, vocabulary: Vocabulary) -> Iterator[ox.Quad]:
    """Yield the quads of a case, but for values that no graph can hold."""
    with suppress(DataProblems):
        yield from quads.quads(case, vocabulary)
