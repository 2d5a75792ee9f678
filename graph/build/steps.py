"""The steps from the files of a case to its judged graph, each with what is wrong so far."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from .. import reader
from ..model.keys import Key, new_key
from ..read import store
from ..read.date_words import date_in_words
from ..reader import access
from ..reader.access import NOTHING
from ..reader.opaque import new_ids, with_ids
from ..reader.recognising import check_concealed, check_joined
from ..reader.releases import known_of
from . import checking, derive, ordering, quads, validation
from .misfits import add_misfits

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    import pyoxigraph as ox

    from ..model import Case
    from ..model.vocabulary import Vocabulary
    from ..reader import ProblemReport
    from ..reader.access import Hidden
    from ..reader.concealing import Concealed
    from .remembered import Memory


class Naming(NamedTuple):
    """What makes the ids of those whose names are withheld.

    Attributes:
        key: of the case.
        release: its name; in builds of different names nobody has the same id.
    """

    key: Key
    release: str = ""

    @classmethod
    def for_a_check(cls) -> Naming:
        """Return one of which nothing stays, where nothing is published."""
        return cls(new_key())


class Steps(NamedTuple):
    """The steps from the files of a case to its graph."""

    folder: Path
    ontology: Vocabulary
    say: Callable[[str], None]
    tell: bool
    apart: Path | None
    known: date | None = None

    @classmethod
    def of(
        cls,
        folder: Path,
        ontology: Vocabulary,
        say: Callable[[str], None],
        *,
        tell: bool,
        apart: Path | None,
        known: date | None = None,
    ) -> Steps:
        """Return the steps of a case; its own terms are read for them.

        Args:
            folder: the case's folder.
            ontology: the vocabulary, its rules and shapes.
            say: is told each step.
            tell: whether an error may tell what is wrong in what is not public.
            apart: a second folder with files of the case, which are secret.
            known: the day as of which the claims are known that are built; now without one.
        """
        before = access.apart_from(folder, apart) if apart else ""
        words = reader.vocabulary_of(folder, ontology, apart=before)
        return cls(folder, words, say, tell, apart, known)

    def read(
        self, hidden: Hidden = NOTHING, memory: Memory | None = None
    ) -> tuple[Case, ProblemReport]:
        """Return the records, of which none has a problem, and what is told of them.

        Args:
            hidden: what is left out.
            memory: has what files gave before, and takes what they give now.
        """
        self.say("reading the files")
        known = None if memory is None else memory.transcripts
        case, report = reader.partly(self.folder, self.ontology, hidden, self.apart, known)
        if memory is not None:
            memory.look(case, report)
        if report.files:
            add_misfits(case, self.ontology, report)
            self._refuse(report)
        return case, report

    def as_known(
        self, case: Case, report: ProblemReport, hidden: Hidden = NOTHING
    ) -> tuple[Case, ProblemReport]:
        """Return a case as it is known on the day of the steps, if they have one.

        Args:
            case: as it is read without a day, and without a problem; the title then has the day.
            report: what is told of it.
            hidden: what is left out of it.
        """
        if self.known is None:
            return case, report
        found, report = self.read(replace(hidden, known=self.known))
        case = known_of(found, self.known, case)
        told = date_in_words(self.known.isoformat())
        return replace(case, title=f"{case.title} (as known on {told})"), report

    def concealed(
        self, case: Case, concealed: Concealed, naming: Naming | None, report: ProblemReport
    ) -> tuple[Case, dict[str, str]]:
        """Return a public reading with opaque ids where others would tell, and these by the old."""
        if naming is None or not concealed.people:
            return case, {}
        check_joined(case, concealed, report)
        new = new_ids(case, concealed, partial(naming.key.opaque, case.id, naming.release))
        found = with_ids(case, new, concealed, self.ontology)
        check_concealed(found, self.ontology.own, concealed, report)
        self._refuse(report)
        return replace(found, hints=tuple(report.hints(self.folder))), new

    def judged(self, case: Case, report: ProblemReport) -> tuple[Case, ox.Store]:
        """Return a case with hints at its order, and its graph, derived and checked."""
        graph = self._derived(case)
        self.say("checking with SHACL")
        violations = validation.validate(graph, self.ontology.folder / "shapes.ttl")
        validation.tell(violations, quads.origins(case), report)
        self._refuse(report)
        return ordering.in_time(case, graph, self.folder), graph

    def _derived(self, case: Case) -> ox.Store:
        ontology = self.ontology
        self.say("converting to RDF")
        graph = store.in_memory(ontology.quads, quads.quads(case, ontology, self.folder))
        self.say("deriving what follows")
        derive.derive(graph, derive.rules(ontology.folder / "rules"))
        return graph

    def in_order(self, case: Case) -> ox.Store:
        """Return the judged graph of a case that has been checked."""
        graph = self._derived(case)
        ordering.put_in_order(graph, case.id)
        return graph

    def checked(self, case: Case, report: ProblemReport, memory: Memory) -> Case:
        """Check the graph of a case as ``judged`` does, without making all of it."""
        known = memory.plan(self.ontology)
        found = checking.checked(
            case, self.ontology, self.folder, report, known, memory.clean, self.say
        )
        self._refuse(report)
        if found is None:
            raise AssertionError(case.id)
        memory.clean = found
        return ordering.with_hints(case, found.untold, self.folder)

    def _refuse(self, report: ProblemReport) -> None:
        if not self.tell:
            report.conceal()
        report.refuse(self.folder)
