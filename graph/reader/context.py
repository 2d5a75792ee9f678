"""What every part of the reader needs to know of a case."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from .access import NOTHING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..model import Origin, Source
    from ..model.vocabulary import Vocabulary
    from .access import Hidden
    from .problems import ProblemReport
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
    too broken to make a record, with the place.
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

    @cached_property
    def passages(self) -> frozenset[str]:
        """All passages that exist, as ``SOURCE#SENTENCE``."""
        return frozenset(
            f"{source.id}#{passage.sentence}"
            for source in self.sources.values()
            for passage in source.passages
        )
