"""Build a case: the recipe, from top to bottom. ``hudna build`` runs this file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from graph import reader
from graph.build import derive, ordering, outputs, publish, quads, validation
from graph.model import vocabulary
from graph.read import store

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyoxigraph as ox

    from graph.model import Case

PROJECT = Path(__file__).resolve().parent


def judged(
    folder: Path, ontology: vocabulary.Vocabulary, say: Callable[[str], None]
) -> tuple[Case, ox.Store]:
    """Return the records of a case and its graph, derived and checked; nothing is written."""
    say("reading the files")
    case = reader.read(folder, ontology)
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
    data: Path = PROJECT / "data",
    public: Path = PROJECT / "public",
    say: Callable[[str], None] = lambda _step: None,
    renderer: str = "auto",
) -> Path:
    """Build the case of that name and return the folder with what was published."""
    number = publish.begin(public / name)
    ontology = vocabulary.load(PROJECT / "ontology")
    case, graph = judged(data / name, ontology, say)
    say("making the outputs")
    files = outputs.outputs(graph, case, ontology, renderer, say)
    say("publishing")
    return publish.publish(public / name, files, outputs.about(graph, case, ontology), number)


if __name__ == "__main__":
    from graph.cli import main

    main(["build", *sys.argv[1:]])
