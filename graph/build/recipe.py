"""The recipe: from the authored files of a case to what is published, from top to bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import reader
from ..model import vocabulary
from ..model.folders import data_folder, public_folder
from ..read import store
from . import derive, ordering, outputs, publish, quads, validation
from .misfits import add_misfits

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pyoxigraph as ox

    from ..model import Case


def judged(
    folder: Path, ontology: vocabulary.Vocabulary, say: Callable[[str], None]
) -> tuple[Case, ox.Store]:
    """Return the records of a case and its graph, derived and checked; nothing is written.

    Args:
        folder: the case's folder.
        ontology: the vocabulary without the case's own terms, its rules and shapes.
        say: is told each step.

    Raises:
        DataProblems: the case has problems; it lists all.
        UnfitFile: a file is too large, no UTF-8 or no plain file.
    """
    say("reading the files")
    case, report = reader.partly(folder, ontology := reader.vocabulary_of(folder, ontology))
    if report.files:
        add_misfits(case, ontology, report)
        report.refuse(folder)
    say("converting to RDF")
    graph = store.in_memory(ontology.quads, quads.quads(case, ontology, folder))
    say("deriving what follows")
    derive.derive(graph, derive.rules(ontology.folder / "rules"))
    say("checking with SHACL")
    violations = validation.validate(graph, ontology.folder / "shapes.ttl")
    validation.refuse(violations, folder, quads.origins(case))
    return ordering.in_time(case, graph, folder), graph


def build(
    name: str,
    data: Path | None = None,
    public: Path | None = None,
    say: Callable[[str], None] = lambda _step: None,
    renderer: str = "auto",
) -> Path:
    """Build a case and return the folder with what was published.

    Args:
        name: the case's id.
        data: folder of the cases; by default as ``data_folder`` says.
        public: folder of the builds; by default as ``public_folder`` says.
        say: is told each step.
        renderer: what draws the page: ``auto``, ``vis`` or ``sigma``.

    Raises:
        DataProblems: the case has problems; nothing is published.
        BuildLocked: another build is being published.
        InputOutputError: a file cannot be read or written.
    """
    target = (public or public_folder()) / name
    folder = (data or data_folder()) / name
    number, read = publish.begin(target), reader.fingerprint(folder)
    case, graph = judged(folder, ontology := reader.vocabulary_of(folder, vocabulary.load()), say)
    say("making the outputs")
    files = outputs.outputs(graph, case, ontology, renderer, say)
    say("publishing")
    return publish.publish(target, files, outputs.about(graph, case, ontology, read), number)
