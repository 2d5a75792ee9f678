"""What every part of the reader needs to know of a case."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from .access import NOTHING
from .problems import ProblemReport
from .transcripts import Cited

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..model import Origin, Source
    from ..model.vocabulary import Vocabulary
    from .access import Hidden
    from .schemas import Schemas


@dataclass(frozen=True)
class Context:
    """What every part of the reader needs: the words, the schemas, the sources, the report.

    ``unreadable`` has the ids of files that could not be parsed, and of default sources that are
    not there: what refers to them is not told, for they have been themselves. ``editor`` is the
    case's editor. ``unclaimed`` takes the statements that have no claims, which only those that
    another one names may lack; ``default_voices`` the voices that files have as a default, with the
    place; ``unlisted`` the things that do not list which sentences mention them; ``broken`` the
    statements that cannot be made, with what of their keys is right, so that what these name is
    checked, too. ``hidden`` is what the reading leaves out. ``unmade`` takes the entries that are
    too broken to make a record, with the place; ``added`` those of a second folder that add claims
    to statements of the first. ``sentences`` keeps the numbers of the sentences of sources.
    """

    vocabulary: Vocabulary
    schemas: Schemas
    sources: Mapping[str, Source]
    report: ProblemReport
    unreadable: set[str] = field(default_factory=set)
    editor: str = ""
    unclaimed: dict[str, Origin] = field(default_factory=dict)
    default_voices: list[tuple[Origin, str]] = field(default_factory=list)
    unlisted: set[str] = field(default_factory=set)
    broken: list[tuple[Origin, Mapping[str, Any]]] = field(default_factory=list)
    hidden: Hidden = NOTHING
    unmade: list[tuple[Mapping[str, Any], Origin]] = field(default_factory=list)

    added: list[tuple[Mapping[str, Any], Origin]] = field(default_factory=list)
    sentences: dict[str, frozenset[str]] = field(default_factory=dict)

    def has(self, source: Source, sentence: str) -> bool:
        """Return whether a source has a sentence of a number."""
        if source.id not in self.sentences:
            self.sentences[source.id] = frozenset(one.sentence for one in source.passages)
        return sentence in self.sentences[source.id]

    def part(self) -> Context:
        """Return a context for one file, which takes what is told of it and nothing else."""
        return replace(
            self,
            sources=Cited(self.sources),
            report=ProblemReport(),
            unclaimed={},
            default_voices=[],
            unlisted=set(),
            broken=[],
            unmade=[],
            added=[],
        )

    def take(self, part: Context) -> None:
        """Take what is wrong in one file; what is right in it is in its transcript."""
        self.report.take(part.report)
        self.broken.extend(part.broken)
        self.unmade.extend(part.unmade)
        self.added.extend(part.added)
