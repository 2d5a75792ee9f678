"""A case, read and judged: whole, or what everybody may see of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from .. import reader
from ..read import store
from ..reader import access
from ..reader.access import NOTHING
from . import derive, ordering, quads, release, validation
from .manifest import AUTHORED, PRIVATE
from .misfits import add_misfits

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from pathlib import Path

    import pyoxigraph as ox

    from ..model import Case
    from ..model.vocabulary import Vocabulary
    from ..reader import ProblemReport
    from ..reader.access import Hidden


class Judged(NamedTuple):
    """A case, and what of it is built.

    Attributes:
        case: the records that are built.
        graph: their judged graph.
        ontology: the words that it may use.
        whole: all records.
        withheld: how many records of each table named readers alone may see.
        partial: whether something is left out.
    """

    case: Case
    graph: ox.Store
    ontology: Vocabulary
    whole: Case
    withheld: Mapping[str, int] = {}
    partial: bool = False


def judged(
    folder: Path,
    ontology: Vocabulary,
    say: Callable[[str], None],
    *,
    tell: bool = True,
    apart: Path | None = None,
) -> tuple[Case, ox.Store]:
    """Return all records of a case and their graph, derived and checked; nothing is written.

    Args:
        folder: the case's folder.
        ontology: the vocabulary, its rules and shapes.
        say: is told each step.
        tell: whether an error may tell what is wrong in what is not public.
        apart: a second folder with files of the case, which are secret.

    Raises:
        DataProblems: the case has problems; it lists all.
        UnfitFile: a file is too large, no UTF-8 or no plain file.
    """
    steps = _Judging(folder, reader.vocabulary_of(folder, ontology), say, tell, apart)
    return steps.judged(*steps.read())


def public_part(
    folder: Path,
    ontology: Vocabulary,
    say: Callable[[str], None],
    *,
    today: date | None = None,
    tell: bool = False,
    apart: Path | None = None,
) -> Judged:
    """Return what everybody may see of a case, judged without the rest.

    Args:
        folder: the case's folder.
        ontology: the vocabulary, its rules and shapes.
        say: is told each step.
        today: the day that opens what is public from a day on.
        tell: whether an error may name what is not public.
        apart: a second folder with files of the case, which are secret.

    Raises:
        DataProblems: the case has problems, or what is public of it would look surer than it is.
        UnfitFile: a file is too large, no UTF-8 or no plain file.
    """
    steps = _Judging(folder, reader.vocabulary_of(folder, ontology), say, tell, apart)
    whole, report = steps.read()
    hidden = access.hidden(whole, today)
    if hidden is None:
        case, shown = steps.judged(release.released(whole), report)
        release.refuse_recognised(shown, case, folder)
        return Judged(case, shown, steps.ontology, whole)
    whole, graph = steps.judged(whole, report)
    say("leaving out what is not public")
    case, report = steps.read(hidden)
    steps = steps._replace(ontology=release.words(steps.ontology, whole, case))
    case = release.redacted(release.released(case), whole, hidden.levels)
    case, shown = steps.judged(case, report)
    release.refuse_facts(graph, shown, case, folder, tell=tell)
    release.refuse_recognised(shown, case, folder)
    withheld = release.withheld(whole, hidden.levels)
    return Judged(case, shown, steps.ontology, whole, withheld, partial=True)


class _Judging(NamedTuple):
    """The steps from the files of a case to its graph."""

    folder: Path
    ontology: Vocabulary
    say: Callable[[str], None]
    tell: bool
    apart: Path | None

    def read(self, hidden: Hidden = NOTHING) -> tuple[Case, ProblemReport]:
        self.say("reading the files")
        case, report = reader.partly(self.folder, self.ontology, hidden, self.apart)
        if report.files:
            add_misfits(case, self.ontology, report)
            self._refuse(report)
        return case, report

    def judged(self, case: Case, report: ProblemReport) -> tuple[Case, ox.Store]:
        ontology = self.ontology
        self.say("converting to RDF")
        graph = store.in_memory(ontology.quads, quads.quads(case, ontology, self.folder))
        self.say("deriving what follows")
        derive.derive(graph, derive.rules(ontology.folder / "rules"))
        self.say("checking with SHACL")
        violations = validation.validate(graph, ontology.folder / "shapes.ttl")
        validation.tell(violations, quads.origins(case), report)
        self._refuse(report)
        return ordering.in_time(case, graph, self.folder), graph

    def _refuse(self, report: ProblemReport) -> None:
        if not self.tell:
            report.conceal()
        report.refuse(self.folder)


def chosen(
    folder: Path,
    ontology: Vocabulary,
    say: Callable[[str], None],
    *,
    private: bool,
    today: date | None,
    apart: Path | None = None,
) -> Judged:
    """Return what a build is made of: all of a case for its editors, else what everybody may see.

    Args:
        folder: the case's folder.
        ontology: the vocabulary, its rules and shapes.
        say: is told each step.
        private: whether it is for the editors.
        today: the day that opens what is public from a day on.
        apart: a second folder with files of the case, which are secret.
    """
    if not private:
        return public_part(folder, ontology, say, today=today, apart=apart)
    steps = _Judging(folder, reader.vocabulary_of(folder, ontology), say, tell=True, apart=apart)
    case, graph = steps.judged(*steps.read())
    marked = replace(case, title=f"{case.title} (not public)")
    return Judged(marked, graph, steps.ontology, case)


def said(made: Judged, *, private: bool, today: date | None) -> dict[str, object]:
    """Return what the manifest says of who may see a build; nothing where everybody may see all.

    Args:
        made: what is built.
        private: whether it is for the editors.
        today: the day that opened what is public from a day on.
    """
    about: dict[str, object] = {}
    if private:
        about[PRIVATE] = True
    if today:
        about["today"] = today.isoformat()
    if made.withheld:
        about["withheld"] = made.withheld
    if made.partial:
        about[AUTHORED] = None  # else a change of what is left out would show
    return about


NOTICE = "For the editors alone: this page holds what is not public."
"""What whoever opens the page of a private build is told."""
