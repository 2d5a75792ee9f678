"""How long it takes to say how sure a ranking is, on the Homs case.

For each measure: 1,000 worlds drawn at random, and the same with every accepted tie left out in
turn. Processor time; the goal is 10 s for 1,000 draws.

Usage: ``python bench/robustness.py [--draws 1000] [--projections actors,ties]``
"""

from __future__ import annotations

import argparse

import measuring as m
from measuring import Run

MEASURES = (
    "degree",
    "betweenness",
    "closeness",
    "eigenvector",
    "pagerank",
    "coreness",
    "constraint",
)


def measured(name: str, projection: str, draws: int) -> Run:
    """Measure a projection of a case of the project; tell rows of the table."""
    from graph import reader
    from graph.analysis.uncertainty import scenarios as worlds
    from graph.analysis.uncertainty.robustness import robustness
    from graph.build import derive
    from graph.build import quads as rdf
    from graph.model import vocabulary
    from graph.read import store
    from graph.read.select import Graph

    ontology = vocabulary.load(m.PROJECT / "ontology")
    case = reader.read(m.PROJECT / "data" / name, ontology)
    quads = store.in_memory((*ontology.quads, *rdf.quads(case, ontology)))
    derive.derive(quads, derive.rules(ontology.folder / "rules"))
    space = worlds.space(Graph(quads, name), projection)
    worlds.EXACT_UP_TO = 0
    robustness(space, "degree", draws=2)  # loads what is loaded once
    rows = []
    for measure in MEASURES:
        with m.timed() as drawn:
            found = robustness(space, measure, draws=draws, leave_out=False)
        with m.timed() as whole:
            robustness(space, measure, draws=draws)
        ties = f"{found.accepted} and {found.choices}"
        rows.append((projection, measure, ties, found.worlds, drawn[0], whole[0]))
    return Run(0.0, m.peak_memory(), rows)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure how long it takes to say how sure.")
    parser.add_argument("--draws", type=int, default=1000, help="worlds to draw")
    parser.add_argument("--projections", default="actors,ties", help="projections, with commas")
    parser.add_argument("--case", default="homs", help="of data/")
    given = parser.parse_args()
    rows = [
        row
        for projection in given.projections.split(",")
        for row in m.in_child(measured, given.case, projection, given.draws).value
    ]
    m.table(
        ["projection", "measure", "accepted and disputed ties", "worlds",
         f"{given.draws:,} draws, s",
         "with each tie left out, s"],
        rows,
    )  # fmt: skip
    m.keep("robustness", rows)


if __name__ == "__main__":
    main()
