"""The whole report of a case."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from ..analysis.centrality.measures import MEASURES
from ..brief.writing import fragment, lines
from ..errors.counting import counted
from ..read.notices import notices
from .cautions import cautions
from .chapters.brokers import (
    brokers_in_words,
    decisive_in_words,
    decisive_ties,
    go_betweens,
    voices,
    writing,
)
from .chapters.named import named_go_betweens
from .chapters.overtime import over_the_years
from .chapters.patterns import patterns
from .chapters.structure import camps, measures
from .document import Report, ReportSection, ReportTable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ..query.named import Query
    from .study import Study

_LIBRARIES = ("networkit", "networkx", "numpy", "rustworkx", "scipy")


def report(
    study: Study,
    title: str,
    sequences: Mapping[str, Query],
    say: Callable[[str], None] = lambda _step: None,
) -> Report:
    """Return the report of a case.

    Args:
        study: the projection that is looked into, and how.
        title: of the case.
        sequences: the sequences to look for, by name.
        say: is told what is being done.
    """
    say("looking for go-betweens in all worlds")
    between = [go_betweens(study), decisive_ties(study), voices(study)]
    say("computing other measures and camps")
    others = [measures(study), camps(study), over_the_years(study), writing(study)]
    say("looking for what follows what")
    followed = patterns(study, sequences)
    return Report(
        title=title,
        summary=tuple(_summary(study, followed)),
        sections=(*between, *others, *followed, _methods()),
        facts=_facts(study),
        first=fragment(study.graph, 2, titled=False),
        first_lines=tuple(lines(study.graph)),
    )


def _summary(study: Study, followed: list[ReportSection]) -> list[str]:
    return [
        *named_go_betweens(study)[0],
        *brokers_in_words(study),
        *decisive_in_words(study),
        *(section.findings[0] for section in followed),
    ]


def _methods() -> ReportSection:
    """Return the formula of each measure with its source."""
    return ReportSection(
        "Methods",
        findings=cautions("methods"),
        parts=(
            ReportTable(
                "Measures",
                ("measure", "what a high value means", "formula and source", "ties"),
                tuple(
                    (one.title, one.says, one.formula, one.sign.replace("-", " "))
                    for one in MEASURES.values()
                ),
            ),
        ),
    )


def _facts(study: Study) -> dict[str, str]:
    chosen = study.network.graph
    ties = counted(study.network.number_of_edges(), "tie")
    actors = counted(study.network.number_of_nodes(), "actor")
    return {
        "Case": study.graph.case,
        "Projection": f"{study.projection}: {ties} between {actors}, "
        f"status {chosen['status'].replace(' ', ', ')}",
        "Worlds": f"all of them where they are few, else {study.draws} drawn at random, seed "
        f"{study.seed}",
        "Software": ", ".join(f"{name} {version(name)}" for name in ("hudna", *_LIBRARIES)),
        "Again": study.again,
        **notices(study.graph),
    }
