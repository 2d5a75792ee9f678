"""A case, opened: the one object that scripts and commands work with, over a build or a store."""

from __future__ import annotations

from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from .. import query as queries
from ..errors import UsageError, suggestion
from ..model.folders import CASE_FILE, chosen_case, data_folder, public_folder, refuse_twice
from ..model.terms import cases_in
from ..network.projection import takes_recipe
from ..network.snapshots import snapshot
from ..query.citations import checked
from ..query.days import any_answer
from ..query.named import chosen
from ..query.results import stored_questions
from ..read import store as stores
from ..read.together import Joins
from .authored import is_of
from .known import KnownSource
from .manifest import ASKED, AUTHORED, PRIVATE
from .networks import CaseSnapshot, Networks
from .several import SeveralSources
from .sources import BuildSource

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date
    from typing import Unpack

    import pyoxigraph as ox
    import rdflib

    from ..analysis.sequences.sequence import Sequence as EventSequence
    from ..export.formats import Export
    from ..network.filters import Narrowing
    from ..query.named import Query
    from ..query.results import StoredQuestion
    from ..read.rules import Time
    from ..read.select import Answer
    from ..viewer.link import Published, View
    from .builds import Build
    from .sources import GraphSource


def open_build(
    case: str | Sequence[str] | None = None,
    public: Path | str | None = None,
    data: Path | str | None = None,
) -> OpenedCase:
    """Return a case as the last build left it, or several as one.

    Args:
        case: the case's id, or those of several, which are asked as one data set, see
            ``graph.read.together``; by default as ``chosen_case`` of ``graph.model.folders`` says.
        public: folder of the builds; by default as ``public_folder`` says.
        data: folder of the cases; queries of a case are found there; by default as ``data_folder``
            says.

    Raises:
        UsageError: no case is named, and there is none or there are several; a case is named twice;
            or several are built with different versions of the ontology.
        NotBuilt: the case has not been built.
        BrokenBuild: the build does not fit its manifest.
        InputOutputError: it cannot be read.
    """
    folder = Path(public or public_folder())
    cases = [case] if isinstance(case, str) else case or [chosen_case(None, folder)]
    wanted = [one for several in cases for one in cases_in(several)]
    refuse_twice(wanted)
    sources = [BuildSource(one, folder) for one in wanted]
    return OpenedCase(SeveralSources(sources) if len(sources) > 1 else sources[0], data)


class OpenedCase(Networks):
    """The graph of a case, and what can be asked of it.

    Attributes:
        case: the case's id; of several, as ``graph.model.terms.case_of_several`` writes them.
        source: what the graph is read from.
        folders: the folders of the authored files of the cases, one for each.

    Args:
        source: what the graph is read from.
        data: folder of the cases; queries of a case are found there.
    """

    def __init__(self, source: GraphSource, data: Path | str | None = None) -> None:
        self.case = source.case
        self.source = source
        self.folders = [Path(data or data_folder()) / one for one in cases_in(source.case)]

    def __repr__(self) -> str:
        return f"<OpenedCase {self.case} from {self.source!r}>"

    @property
    def data(self) -> Path:
        """The folder of the case's authored files; of several cases, that of the first."""
        return self.folders[0]

    def known(self, day: str | date) -> OpenedCase:
        """Return the case as it was known on a day, read from the files as they are now.

        Args:
            day: claims count whose source was written by then, and that no release dropped by then.

        Raises:
            UsageError: it is no day, or the case is read from a store, which has no files.
            DataProblems: the files have problems; of what is asked.
        """
        known = queries.day_of("known", day)
        pairs = zip(self._sources, self.folders, strict=True)
        found = [
            KnownSource(one, folder, known) for one, folder in pairs if isinstance(one, BuildSource)
        ]
        if len(found) != len(self.folders):
            raise UsageError(
                "a store has no files of the case, and of these is made what was known"
            )
        source = SeveralSources(found) if len(found) > 1 else found[0]
        return OpenedCase(source, self.data.parent)

    @property
    def joins(self) -> Joins:
        """Which things of several cases are one; of one case, none are."""
        return self.source.joins if isinstance(self.source, SeveralSources) else Joins({})

    @property
    def _sources(self) -> list[GraphSource]:
        """What the graphs are read from, one for each case."""
        one = self.source
        return [*one.sources.values()] if isinstance(one, SeveralSources) else [one]

    @property
    def changed(self) -> list[Path]:
        """The folders of authored files that are other ones than those that were built.

        Raises:
            InputOutputError: one of the files cannot be read.
        """
        return [
            folder
            for folder, source in zip(self.folders, self._sources, strict=True)
            if isinstance(source, BuildSource) and (folder / CASE_FILE).is_file()
            and (built := source.build.manifest.about.get(AUTHORED)) is not None
            and not is_of(source.build, folder, built)
        ]  # fmt: skip

    @property
    def private(self) -> bool:
        """Whether it is a build for the editors alone, which holds what is not public."""
        builds = (one.build for one in self._sources if isinstance(one, BuildSource))
        return any(one.manifest.about.get(PRIVATE) for one in builds)

    @cached_property
    def shown(self) -> Collection[str] | None:
        """Which questions, queries and sequences of the case everybody may see.

        Names as ``graph.query.results.asked_as`` gives them; ``None`` where all are public, and in
        a build for the editors.
        """
        told = [
            source.build.manifest.about if isinstance(source, BuildSource) else {}
            for source in self._sources
        ]
        if not any(ASKED in about for about in told):
            return None
        every: set[str] = set()
        closed: set[str] = set()
        for folder, about in zip(self.folders, told, strict=True):
            there = {f"{one.parent.name}/{one.name}" for one in folder.glob("*/*.rq")}
            every |= there.union(about.get(ASKED, ()))
            closed |= there.difference(about[ASKED]) if ASKED in about else set()
        return frozenset(every - closed)

    @property
    def build(self) -> Build:
        """The build that was opened, with its files.

        Raises:
            UsageError: the case is read from a store, or there are several.
        """
        if isinstance(self.source, SeveralSources):
            listed = " and ".join(self.source.sources)
            raise UsageError(f"{listed} have a folder each, and none together; open one of them")
        if isinstance(self.source, KnownSource):
            raise UsageError(
                "what was known on a day has no page of its own and no folder; "
                f'"hudna build --known {self.source.day} --public FOLDER" makes one'
            )
        if not isinstance(self.source, BuildSource):
            raise UsageError("a store has no page of the case, and no folder; build it to see one")
        return self.source.build

    @property
    def folder(self) -> Path:
        """The folder of the build; errors are those of ``build``."""
        return self.build.folder

    @property
    def store(self) -> ox.Store:
        """The quads in memory.

        Raises:
            InputOutputError: they cannot be read, or not all of them.
        """
        return self.source.store

    @property
    def title(self) -> str:
        """The title of the case."""
        return self.graph.title

    @cached_property
    def graph(self) -> queries.Graph:
        """The store with its case, as the functions of the package take it."""
        return queries.Graph(self.store, self.case)

    def dataset(self) -> rdflib.Dataset:
        """Return the graph as an ``rdflib.Dataset``."""
        return stores.as_dataset(self.store)

    def snapshot(self, **narrowing: Unpack[Narrowing]) -> CaseSnapshot:
        """Return the graph as of a day and as a voice tells it, to be asked like the whole one.

        Args:
            narrowing: ``on``, ``voice``, ``only``, ``status`` and the others of ``network``.

        Raises:
            UsageError: as for ``network``; or the graph would have to be fetched and is too large.
        """
        self.source.check_size()
        found = snapshot(self.graph, self.queries, **narrowing)
        return CaseSnapshot(**vars(found), looks=self.looks)

    def sequence(
        self,
        name: str,
        *,
        status: str | Collection[str] = ("accepted",),
        window_days: int | None = None,
    ) -> EventSequence:
        """Return what followed what; see ``graph.analysis.sequences.sequence.sequence``.

        Args:
            name: name of a sequence of the project or of the case.
            status: which statements count.
            window_days: only outcomes at most so many days after the trigger.

        Raises:
            UsageError: the sequence or a status is unknown.
        """
        from ..analysis.sequences.sequence import sequence

        known = self.sequences
        if name not in known:
            raise UsageError(f'there is no sequence "{name}"{suggestion(name, known)}')
        return sequence(self.graph, known[name], status=status, window_days=window_days)

    @cached_property
    def sequences(self) -> Mapping[str, Query]:
        """The sequences: those of the project and those of the case, its mechanisms among them."""
        from ..analysis.sequences.sequence import sequences

        return sequences([one / "sequences" for one in self.folders], self.graph, self.shown)

    @takes_recipe
    def view(
        self,
        *,
        voice: str | None = None,
        on: str | date | None = None,
        projection: str | None = None,
    ) -> View:
        """Return a view of the page, which a notebook shows inline; of several cases, one is made.

        Args:
            voice: id or name of an actor: the world as that voice tells it.
            on: a day as ``2016-03-15``: what may have held on it.
            projection: ``ties`` or ``participation``: only these lines.

        Raises:
            UsageError: nobody is called so, the day is none, the page cannot show it alone, or
                the case is read from a store, which has no page.
        """
        from ..viewer.link import MadePage, View, view

        shown: Published
        if isinstance(self.source, SeveralSources):
            shown = MadePage(partial(self._joined_page, self.source))
        else:
            shown = self.build
        if voice is None and on is None and projection is None:
            return View(shown, "")
        return view(shown, self.graph, voice=voice, on=on, projection=projection)

    def _joined_page(self, source: SeveralSources) -> bytes:
        """Return the page of several cases, which has no place in a build."""
        from ..viewer.picture import lines, picture
        from .outputs import page_of

        places = {node: (x, y) for node, (x, y, _) in self.looks().items()}
        drawn = picture(lines(self.graph), places=places)
        return page_of(self.graph, drawn, source.title(), source.about())

    @takes_recipe
    def export(
        self,
        form: str,
        *,
        projection: str = "ties",
        voice: str | None = None,
        on: str | date | None = None,
        status: Collection[str] | None = None,
        time: Time = "possible",
        actor: str | None = None,
        strict: bool = False,
    ) -> Export:
        """Return the graph, or a projection of it, in a format for other programs.

        Args:
            form: name of the format; ``graph.export.formats.formats`` lists them.
            projection: name of the projection, for formats that hold a network, as the next four.
            voice: the world as that voice tells it.
            on: a day: what may have held on it.
            status: which statuses count; only accepted ones by default. Not with ``voice``.
            time: whether periods are those in which a tie may have held or held for certain.
            actor: id or name of the thing that a dossier is about.
            strict: whether it is an error if the format cannot hold all of this.

        Returns:
            ``files``, chunks of bytes by name of file, and ``losses``.

        Raises:
            UsageError: a name is unknown, or a package that the format needs is not installed.
            LossRefused: ``strict``, and something would be lost.
        """
        from ..export.formats import export
        from ..export.formats import form as format_of
        from ..export.selection import Selection

        looks = self.looks() if format_of(form).holds == "network" else {}
        chosen = Selection(
            self.graph,
            projection=projection,
            voice=voice,
            on=on,
            status=tuple(status) if status else None,
            time=time,
            actor=actor,
            places={node: (x, y) for node, (x, y, _) in looks.items()},
            sizes={node: size for node, (_, _, size) in looks.items()},
        )
        return export(form, chosen, strict=strict)

    def looks(self) -> Mapping[str, tuple[float, float, float]]:
        """Return x, y and size of the nodes of the page; errors are those of ``store``."""
        return self.source.looks()

    @cached_property
    def queries(self) -> Mapping[str, Query]:
        """The named queries: those of the project and those of the case.

        Raises:
            UsageError: the rows of a query of the case name a voice and not its claim.
        """
        own = [folder / "answers" for folder in self.folders]
        checked(queries.named_queries(own, self.shown))
        return queries.named_queries([queries.QUERIES, *own], self.shown)

    @property
    def stored(self) -> Mapping[str, StoredQuestion]:
        """The stored questions of the case, by id.

        Raises:
            InputOutputError: the file with the questions is not as it should be.
        """
        return stored_questions(self.data / "answers", self.shown)

    def query(self, name: str, **params: str | date) -> Answer:
        """Return the answer of a named query, or of one of one's own.

        Args:
            name: the query's name, or a query in SPARQL; prefixes of the project and the case need
                not be declared, and a relative IRI is a thing of the case.
            params: values of its parameters; for one named like a keyword of Python, such as
                ``as``, write ``**{"as": "guard"}``. For every query that answers with statements
                there are ``on`` and ``by`` (a day) and ``held``, as for ``network``; its table
                then has a column ``held``.

        Raises:
            UsageError: the query or a parameter is unknown, or a value does not fit.
        """
        return any_answer(chosen(name, self.queries), params, self.graph)
