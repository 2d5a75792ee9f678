"""What a file gave when it was read, so that it need not be read again while nothing has changed.

A transcript holds the records of one file, and all that reading it told the rest of the reader. It
rests on the bytes of the file, on the bytes of the sources that the file cites, on the words of the
ontology and of the case, and on who its editor is; nothing else decides what a file gives. Only
a file without a problem has one, so that problems are always found, and told, anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ..model import Origin, Record, Source
    from ..model.vocabulary import Vocabulary
    from .context import Context
    from .problems import Remarks


class Transcript(NamedTuple):
    """What reading a file gave.

    Attributes:
        digest: SHA-256 of its bytes.
        cited: the sources that it names, each with the SHA-256 of its file.
        records: what it holds, in the order in which it was made.
        unclaimed: as in ``Context``, likewise the next two.
        default_voices: see there.
        unlisted: see there.
        remarks: what is told of it that is no problem.
    """

    digest: str
    cited: tuple[tuple[str, str], ...] = ()
    records: tuple[Record, ...] = ()
    unclaimed: Mapping[str, Origin] = {}
    default_voices: tuple[tuple[Origin, str], ...] = ()
    unlisted: frozenset[str] = frozenset()
    remarks: Remarks | None = None

    def tell(self, ctx: Context) -> None:
        """Tell the rest of the reader what the file told it."""
        ctx.unclaimed.update(self.unclaimed)
        ctx.default_voices.extend(self.default_voices)
        ctx.unlisted.update(self.unlisted)
        if self.remarks is not None:
            ctx.report.add(self.remarks)


class Transcripts:
    """The transcripts of the files of a case, those from before and those of now.

    Args:
        known: those from before, by the file's path in the case; see ``known``.
        rests_on: what they rest on together, as ``begin`` was told it then.

    Attributes:
        known: those of the last reading, of files without a problem.
        fresh: how many of these are not from before.
        whole: whether that reading came to its end.
    """

    def __init__(
        self, known: Mapping[str, Transcript] | None = None, rests_on: tuple[str, str] = ("", "")
    ) -> None:
        self.known: dict[str, Transcript] = {}
        self.rests_on = rests_on
        self.fresh = 0
        self.whole = False
        self._before = dict(known or {})
        self._sources: dict[str, str] = {}

    def begin(self, vocabulary: Vocabulary, editor: str) -> None:
        """Begin a reading with the words of a case and its editor; other ones make all void."""
        rests_on = (repr(vocabulary.own), editor)
        if rests_on != self.rests_on:
            self._before.clear()
        self.rests_on = rests_on
        self._before |= self.known
        self.known = {}
        self._sources = {}
        self.fresh = 0
        self.whole = False

    def source(self, slug: str, digest: str) -> None:
        """Note the SHA-256 of a source's file."""
        self._sources[slug] = digest

    def fitting(self, file: str, digest: str, ctx: Context) -> Transcript | None:
        """Return the transcript of a file, if all that it rests on is as it was.

        Args:
            file: its path in the case.
            digest: the SHA-256 of its bytes.
            ctx: of the reading.
        """
        found = self._before.get(file)
        if found is None or found.digest != digest:
            return None
        if any(
            name in ctx.unreadable or self._sources.get(name) != known
            for name, known in found.cited
        ):
            return None
        self.known[file] = found
        return found

    def made(
        self, file: str, digest: str, records: tuple[Record, ...], part: Context
    ) -> Transcript:
        """Return the transcript of a file that was read, and remember it if it has no problem.

        Args:
            file: its path in the case.
            digest: the SHA-256 of its bytes.
            records: what it holds.
            part: the context in which it was read, and nothing else.
        """
        sources = part.sources
        names = sources.names if isinstance(sources, Cited) else set()
        found = Transcript(
            digest,
            tuple((name, self._sources.get(name, "")) for name in sorted(names)),
            records,
            part.unclaimed,
            tuple(part.default_voices),
            frozenset(part.unlisted),
            part.report.remarks(),
        )
        clean = not (part.report.files or part.broken or part.unmade or part.added)
        plain = all(known for _, known in found.cited) and names.isdisjoint(part.unreadable)
        if clean and plain:
            self.known[file] = found
            self.fresh += 1
        return found


class Cited(Mapping[str, "Source"]):
    """The sources of a case, and which of them were asked for."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self.names: set[str] = set()
        self._sources = sources

    def __getitem__(self, name: str) -> Source:
        self.names.add(name)
        return self._sources[name]

    def __contains__(self, name: object) -> bool:
        self.names.add(str(name))
        return name in self._sources

    def __iter__(self) -> Iterator[str]:
        self.names.update(self._sources)
        return iter(self._sources)

    def __len__(self) -> int:
        return len(self._sources)


def digest_of(data: bytes) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
