"""A case, read and judged: whole, or what everybody may see of it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from .. import reader
from ..errors import UsageError
from ..model import Access
from ..model.keys import Key, new_key
from ..read import store
from ..reader import access
from ..reader.access import NOTHING
from ..reader.opaque import new_ids, with_ids
from ..reader.recognising import check_concealed, check_joined
from . import derive, ordering, quads, release, validation
from .asking import asked_of
from .manifest import ASKED, AUTHORED, PRIVATE
from .misfits import add_misfits

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    import pyoxigraph as ox

    from ..model import Case
    from ..model.vocabulary import Vocabulary
    from ..reader import ProblemReport
    from ..reader.access import Cause, Hidden
    from ..reader.concealing import Concealed


class Judged(NamedTuple):
    """A case, and what of it is built.

    Attributes:
        case: the records that are built.
        graph: their judged graph.
        ontology: the words that it may use.
        whole: all records.
        withheld: how many records of each table named readers alone may see.
        partial: whether something is left out.
        ids: those made for whoever is withheld, and for what tells of them, by the own ones.
        asked: what of the case's own questions is public; ``None`` where all is.
        unasked: why the others are not, by their names.
    """

    case: Case
    graph: ox.Store
    ontology: Vocabulary
    whole: Case
    withheld: Mapping[str, int] = {}
    partial: bool = False
    ids: Mapping[str, str] = {}
    asked: Sequence[str] | None = None
    unasked: Mapping[str, Cause] = {}

    @property
    def needed(self) -> tuple[ox.Store, Case, Vocabulary]:
        """What outputs are made of: the graph, its case, the words."""
        return self.graph, self.case, self.ontology

    def alone(self) -> Judged:
        """Return the same without the records, which the outputs do not need."""
        case = self.case.alone()
        return self._replace(case=case, whole=case)


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
    steps = _Judging.of(folder, ontology, say, tell=tell, apart=apart)
    return steps.judged(*steps.read())


def public_part(
    folder: Path,
    ontology: Vocabulary,
    say: Callable[[str], None],
    *,
    today: date | None = None,
    tell: bool = False,
    apart: Path | None = None,
    naming: Naming | None = None,
) -> Judged:
    """Return what everybody may see of a case, judged without the rest.

    Args:
        folder: the case's folder.
        ontology: the vocabulary, its rules and shapes.
        say: is told each step.
        today: the day that opens what is public from a day on.
        tell: whether an error may name what is not public.
        apart: a second folder with files of the case, which are secret.
        naming: makes the ids of those whose names are withheld.

    Raises:
        DataProblems: the case has problems, or what is public of it would look surer than it is, or
            tells of somebody whose name is withheld.
        UsageError: names are withheld, and there is no key.
        UnfitFile: a file is too large, no UTF-8 or no plain file.
    """
    steps = _Judging.of(folder, ontology, say, tell=tell, apart=apart)
    whole, report = steps.read()
    hidden = access.hidden(whole, today)
    if hidden is None:
        return steps.all_of_it(whole, report, today)
    if hidden.concealed.people and naming is None:
        raise UsageError(_NO_KEY)
    whole, graph = steps.judged(whole, report)
    say("leaving out what is not public")
    case, report = steps.read(hidden)
    own = steps.own_terms()
    steps = steps._replace(ontology=release.words(steps.ontology, whole, case))
    case, new = steps.concealed(case, hidden.concealed, naming, report)
    old = {new[one]: one for one in new}
    case = release.redacted(release.released(case), whole, hidden.levels, old)
    case, shown = steps.judged(case, report)
    release.refuse_facts(graph, shown, case, folder, old, tell=tell)
    release.refuse_recognised(shown, case, folder, tell=tell or not new)
    withheld, ours = release.withheld(whole, hidden.levels), own - steps.own_terms()
    closed = {**dict.fromkeys(new, Access.SECRET), **hidden.levels}
    asked = asked_of(folder, whole, closed, ours, today)
    return Judged(case, shown, steps.ontology, whole, withheld, True, new, *asked)


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


_NO_KEY = (
    "names are withheld in this case, so that a public build needs a key for the ids of whom they "
    'belong to: make one with "hudna key new FILE" and give it with --key-file FILE; if everybody '
    'has the files of the case, which tell the ids, write ids = "written" under [withheld] in '
    "case.toml"
)


class _Judging(NamedTuple):
    """The steps from the files of a case to its graph."""

    folder: Path
    ontology: Vocabulary
    say: Callable[[str], None]
    tell: bool
    apart: Path | None

    @classmethod
    def of(
        cls,
        folder: Path,
        ontology: Vocabulary,
        say: Callable[[str], None],
        *,
        tell: bool,
        apart: Path | None,
    ) -> _Judging:
        before = access.apart_from(folder, apart) if apart else ""
        words = reader.vocabulary_of(folder, ontology, apart=before)
        return cls(folder, words, say, tell, apart)

    def all_of_it(self, whole: Case, report: ProblemReport, today: date | None) -> Judged:
        """Return a case of which all records are public."""
        steps = self._replace(ontology=release.words(self.ontology, whole, whole))
        case, shown = steps.judged(release.released(whole), report)
        release.refuse_recognised(shown, case, self.folder, tell=True)
        asked, unasked = asked_of(self.folder, whole, {}, (), today)
        made = Judged(case, shown, steps.ontology, whole)
        return made._replace(asked=asked, unasked=unasked, partial=True) if unasked else made

    def own_terms(self) -> set[str]:
        """Return the names of the case's own terms."""
        return {term.name for term in self.ontology.own}

    def read(self, hidden: Hidden = NOTHING) -> tuple[Case, ProblemReport]:
        self.say("reading the files")
        case, report = reader.partly(self.folder, self.ontology, hidden, self.apart)
        if report.files:
            add_misfits(case, self.ontology, report)
            self._refuse(report)
        return case, report

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
    naming: Naming | None = None,
) -> Judged:
    """Return what a build is made of: all of a case for its editors, else what everybody may see.

    Args:
        folder: the case's folder.
        ontology: the vocabulary, its rules and shapes.
        say: is told each step.
        private: whether it is for the editors.
        today: the day that opens what is public from a day on.
        apart: a second folder with files of the case, which are secret.
        naming: makes the ids of those whose names are withheld.
    """
    if not private:
        return public_part(folder, ontology, say, today=today, apart=apart, naming=naming)
    steps = _Judging.of(folder, ontology, say, tell=True, apart=apart)
    case, graph = steps.judged(*steps.read())
    marked = replace(case, title=f"{case.title} (not public)")
    return Judged(marked, graph, steps.ontology, case)


def said(
    made: Judged, *, private: bool, today: date | None, naming: Naming | None = None
) -> dict[str, object]:
    """Return what the manifest says of who may see a build; nothing where everybody may see all.

    Args:
        made: what is built.
        private: whether it is for the editors.
        today: the day that opened what is public from a day on.
        naming: what made ids, if any are made.
    """
    about: dict[str, object] = {}
    if private:
        about[PRIVATE] = True
    if today:
        about["today"] = today.isoformat()
    if made.withheld:
        about["withheld"] = made.withheld
    if made.ids and naming:
        about |= {"key": naming.key.id, "release": naming.release}
    if made.asked is not None:
        about[ASKED] = [*made.asked]
    if made.partial:
        about[AUTHORED] = None  # else a change of what is left out would show
    return about
