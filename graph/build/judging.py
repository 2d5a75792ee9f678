"""A case, read and judged: whole, or what everybody may see of it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from ..errors import UsageError
from ..model import Access
from ..reader import access
from . import release
from .manifest import ASKED, AUTHORED, PRIVATE
from .remembered import Memory
from .steps import Naming, Steps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    import pyoxigraph as ox

    from ..model import Case
    from ..model.vocabulary import Vocabulary
    from ..reader import ProblemReport
    from ..reader.access import Cause, Hidden


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
    steps = Steps.of(folder, ontology, say, tell=tell, apart=apart)
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
    remember: bool = False,
    known: date | None = None,
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
        remember: whether files are not read again that the last check read.
        known: the day as of which claims are known; now without one.

    Raises:
        DataProblems: the case has problems, or what is public of it would look surer than it is, or
            tells of somebody whose name is withheld.
        UsageError: names are withheld, and there is no key.
        UnfitFile: a file is too large, no UTF-8 or no plain file.
    """
    steps = Steps.of(folder, ontology, say, tell=tell, apart=apart, known=known)
    memory = Memory(folder, ontology.folder) if remember and apart is None else None
    with _remembering(memory):
        whole, report = steps.read(memory=memory)
    return _public(steps, whole, report, access.hidden(whole, today), naming, today)


def public_check(
    folder: Path,
    ontology: Vocabulary,
    say: Callable[[str], None],
    *,
    today: date | None = None,
    tell: bool = False,
    apart: Path | None = None,
    naming: Naming | None = None,
) -> tuple[Case, Case]:
    """Check what everybody may see of a case, and what not, as ``public_part`` does.

    What did not change since the last check is not read or asked again; what was found then and
    now is the same as without that.

    Args:
        folder: as for ``public_part``, likewise the others.
        ontology: see there.
        say: see there.
        today: see there.
        tell: see there.
        apart: see there.
        naming: see there.

    Returns:
        The public records, and all.

    Raises:
        DataProblems: as ``public_part`` does, likewise the others.
        UsageError: see there.
        UnfitFile: see there.
    """
    steps = Steps.of(folder, ontology, say, tell=tell, apart=apart)
    memory = Memory(folder, ontology.folder) if apart is None else None
    with _remembering(memory):
        whole, report = steps.read(memory=memory)
        hidden = access.hidden(whole, today)
        if memory is not None and hidden is None and (whole.k or 1) < 2:
            steps = steps._replace(ontology=release.words(steps.ontology, whole, whole))
            return steps.checked(release.released(whole), report, memory), whole
    made = _public(steps, whole, report, hidden, naming, today)
    return made.case, made.whole


def whole_check(
    folder: Path, ontology: Vocabulary, told_of: Path
) -> tuple[Case, Callable[[], ox.Store]]:
    """Check all records of a case as ``judged`` does, without making all of their graph.

    Args:
        folder: the folder that is read.
        ontology: the vocabulary, its rules and shapes.
        told_of: the case's own folder, if ``folder`` is that of a copy; what was found in it by
            the last check is not read or asked again.

    Returns:
        The records, and what makes their judged graph if it is wanted.

    Raises:
        DataProblems: the case has problems; it lists all.
        UnfitFile: a file is too large, no UTF-8 or no plain file.
    """
    steps = Steps.of(folder, ontology, lambda _step: None, tell=True, apart=None)
    memory = Memory(told_of, ontology.folder)
    with _remembering(memory):
        case, report = steps.read(memory=memory)
        case = steps.checked(case, report, memory)
    return case, partial(steps.in_order, case)


@contextmanager
def _remembering(memory: Memory | None) -> Iterator[None]:
    """Keep at the end what is remembered, also if the case has problems."""
    try:
        yield
    finally:
        if memory is not None:
            memory.keep()


def _public(
    steps: Steps,
    whole: Case,
    report: ProblemReport,
    hidden: Hidden | None,
    naming: Naming | None,
    today: date | None,
) -> Judged:
    """Return what everybody may see of a case that has been read."""
    from .asking import asked_of, told_in

    folder, tell = steps.folder, steps.tell
    whole, report = steps.as_known(whole, report)
    if hidden is None:
        return _all_of_it(steps, whole, report, today)
    if hidden.concealed.people and naming is None:
        raise UsageError(_NO_KEY)
    whole, graph = steps.judged(whole, report)
    steps.say("leaving out what is not public")
    case, report = steps.as_known(*steps.read(hidden), hidden)
    own = _own_terms(steps)
    steps = steps._replace(ontology=release.words(steps.ontology, whole, case))
    case, new = steps.concealed(case, hidden.concealed, naming, report)
    old = {new[one]: one for one in new}
    case = release.redacted(release.released(case), whole, hidden.levels, old)
    case, shown = steps.judged(case, report)
    release.refuse_facts(graph, shown, case, folder, old, whole.figure_rules, tell=tell)
    release.refuse_recognised(shown, case, folder, tell=tell or not new)
    withheld, ours = release.withheld(whole, hidden.levels), own - _own_terms(steps)
    closed = {**dict.fromkeys(new, Access.SECRET), **hidden.levels}
    asked = asked_of(folder, whole, closed, ours, today)
    case = told_in(replace(case, tours=whole.tours), asked[0])
    return Judged(case, shown, steps.ontology, whole, withheld, True, new, *asked)


def _all_of_it(steps: Steps, whole: Case, report: ProblemReport, today: date | None) -> Judged:
    """Return a case of which all records are public."""
    from .asking import asked_of, told_in

    steps = steps._replace(ontology=release.words(steps.ontology, whole, whole))
    case, shown = steps.judged(release.released(whole), report)
    release.refuse_recognised(shown, case, steps.folder, tell=True)
    asked, unasked = asked_of(steps.folder, whole, {}, (), today)
    made = Judged(told_in(case, asked), shown, steps.ontology, whole)
    return made._replace(asked=asked, unasked=unasked, partial=True) if unasked else made


def _own_terms(steps: Steps) -> set[str]:
    """Return the names of the case's own terms."""
    return {term.name for term in steps.ontology.own}


_NO_KEY = (
    "names are withheld in this case, so that a public build needs a key for the ids of whom they "
    'belong to: make one with "hudna key new FILE" and give it with --key-file FILE; if everybody '
    'has the files of the case, which tell the ids, write ids = "written" under [withheld] in '
    "case.toml"
)


def chosen(
    folder: Path,
    ontology: Vocabulary,
    say: Callable[[str], None],
    *,
    private: bool,
    today: date | None,
    apart: Path | None = None,
    naming: Naming | None = None,
    known: date | None = None,
) -> Judged:
    """Return what a build is made of: all of a case for its editors, else what everybody may see.

    Files that the last check read and that are as they were are not read again.

    Args:
        folder: the case's folder.
        ontology: the vocabulary, its rules and shapes.
        say: is told each step.
        private: whether it is for the editors.
        today: the day that opens what is public from a day on.
        apart: a second folder with files of the case, which are secret.
        naming: makes the ids of those whose names are withheld.
        known: the day as of which claims are known; now without one.
    """
    if not private:
        return public_part(
            folder, ontology, say, today=today, apart=apart, naming=naming, remember=True,
            known=known,
        )  # fmt: skip
    steps = Steps.of(folder, ontology, say, tell=True, apart=apart, known=known)
    memory = Memory(folder, ontology.folder) if apart is None else None
    with _remembering(memory):
        case, report = steps.read(memory=memory)
    case, graph = steps.judged(*steps.as_known(case, report))
    marked = replace(case, title=f"{case.title} (not public)")
    return Judged(marked, graph, steps.ontology, case)


def said(
    made: Judged,
    *,
    private: bool,
    today: date | None,
    naming: Naming | None = None,
    known: date | None = None,
) -> dict[str, object]:
    """Return what the manifest says of who may see a build; nothing where everybody may see all.

    Args:
        made: what is built.
        private: whether it is for the editors.
        today: the day that opened what is public from a day on.
        naming: what made ids, if any are made.
        known: the day as of which claims are known; now without one.
    """
    about: dict[str, object] = {}
    if private:
        about[PRIVATE] = True
    if today:
        about["today"] = today.isoformat()
    if known:
        about["known"] = known.isoformat()
    if made.withheld:
        about["withheld"] = made.withheld
    if made.ids and naming:
        about |= {"key": naming.key.id, "release": naming.release}
    if made.asked is not None:
        about[ASKED] = [*made.asked]
    if made.partial:
        about[AUTHORED] = None  # else a change of what is left out would show
    return about
