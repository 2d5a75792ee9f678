"""The recipe: from the authored files of a case to what is published, from top to bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .. import reader
from ..model import vocabulary
from ..model.folders import data_folder, private_folder, public_folder
from ..model.terms import spaced
from ..read import store
from ..reader import access
from ..reader.access import NOTHING
from . import derive, ordering, outputs, publish, quads, release, validation
from .manifest import PRIVATE
from .misfits import add_misfits

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from pathlib import Path

    import pyoxigraph as ox

    from ..model import Case
    from ..reader.access import Hidden


def judged(
    folder: Path,
    ontology: vocabulary.Vocabulary,
    say: Callable[[str], None],
    hidden: Hidden = NOTHING,
    *,
    tell: bool = True,
) -> tuple[Case, ox.Store]:
    """Return the records of a case and its graph, derived and checked; nothing is written.

    Args:
        folder: the case's folder.
        ontology: the vocabulary, its rules and shapes.
        say: is told each step.
        hidden: what is left out of the reading; by default nothing is.
        tell: whether an error may tell what is wrong in what is not public.

    Raises:
        DataProblems: the case has problems; it lists all.
        UnfitFile: a file is too large, no UTF-8 or no plain file.
    """
    say("reading the files")
    case, report = reader.partly(folder, ontology, hidden)
    if not tell:
        report.kept_back |= access.places(case)
    if report.files:
        add_misfits(case, ontology, report)
        if not tell:
            report.conceal()
        report.refuse(folder)
    if not hidden.whole:
        case = release.released(case)
    say("converting to RDF")
    graph = store.in_memory(ontology.quads, quads.quads(case, ontology, folder))
    say("deriving what follows")
    derive.derive(graph, derive.rules(ontology.folder / "rules"))
    say("checking with SHACL")
    violations = validation.validate(graph, ontology.folder / "shapes.ttl")
    validation.refuse(violations, folder, quads.origins(case), report, tell=tell)
    return ordering.in_time(case, graph, folder), graph


class Judged(NamedTuple):
    """A case, and what of it is built.

    Attributes:
        case: the records that are built.
        graph: their judged graph.
        whole: all records.
        withheld: how many records of each table named readers alone may see.
    """

    case: Case
    graph: ox.Store
    whole: Case
    withheld: Mapping[str, int] = {}


def public_part(
    folder: Path,
    ontology: vocabulary.Vocabulary,
    say: Callable[[str], None],
    *,
    today: date | None = None,
    tell: bool = False,
) -> Judged:
    """Return what everybody may see of a case, judged without the rest.

    Args:
        folder: the case's folder.
        ontology: the vocabulary, its rules and shapes.
        say: is told each step.
        today: the day that opens what is public from a day on.
        tell: whether an error may name what is not public.

    Raises:
        DataProblems: the case has problems, or what is public of it would look surer than it is.
        UnfitFile: a file is too large, no UTF-8 or no plain file.
    """
    case, graph = judged(folder, ontology, say, tell=tell)
    hidden = access.hidden(case, today)
    if hidden is None:
        return Judged(release.released(case), graph, case)
    say("reading what is public")
    public, shown = judged(folder, ontology, say, hidden)
    release.refuse_facts(graph, shown, public, folder, tell=tell)
    return Judged(public, shown, case, release.withheld(case, hidden.levels))


def _notice(made: Judged, private: bool) -> str:
    """Return what whoever opens the page is told of what it holds; empty if that is everything."""
    if private:
        return "For the editors alone: this page holds what is not public."
    told = ", ".join(f"{spaced(table).replace('_', ' ')} {n}" for table, n in made.withheld.items())
    return f"Shown to named readers alone: {told}." if told else ""


def build(
    name: str,
    data: Path | None = None,
    public: Path | None = None,
    say: Callable[[str], None] = lambda _step: None,
    renderer: str = "auto",
    *,
    private: bool = False,
    today: date | None = None,
) -> Path:
    """Build a case and return the folder with what was published.

    A private build holds all records, and is for the editors alone; its folder is opened to nobody
    else, and its manifest says so.

    Args:
        name: the case's id.
        data: folder of the cases; by default as ``data_folder`` says.
        public: folder of the builds; by default as ``public_folder``, of private ones as
            ``private_folder`` says.
        say: is told each step.
        renderer: what draws the page: ``auto``, ``vis`` or ``sigma``.
        private: whether it is for the editors.
        today: the day that opens what is public from a day on; without one nothing of that is.

    Raises:
        DataProblems: the case has problems; nothing is published.
        BuildLocked: another build is being published.
        InputOutputError: a file cannot be read or written.
    """
    target = (public or (private_folder() if private else public_folder())) / name
    if private:
        publish.close(target.parent)
    number, read = publish.begin(target), reader.fingerprint((data or data_folder()) / name)
    ontology = vocabulary.load()
    folder = (data or data_folder()) / name
    if private:
        case, graph = judged(folder, ontology, say)
        made = Judged(case, graph, case)
    else:
        made = public_part(folder, ontology, say, today=today)
    say("making the outputs")
    files = outputs.outputs(made.graph, made.case, ontology, renderer, say, _notice(made, private))
    say("publishing")
    said = {
        **outputs.about(made.graph, made.case, ontology, read),
        **({PRIVATE: True} if private else {}),
        **({"today": today.isoformat()} if today else {}),
        **({"withheld": made.withheld} if made.withheld else {}),
    }
    return publish.publish(target, files, said, number)
