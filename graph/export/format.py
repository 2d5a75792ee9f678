"""What a format is: its name, how it is written, and what it cannot hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .selection import Selection

    Files = Mapping[str, Iterable[bytes]]

Subject = Literal["network", "graph", "actor"]


class Loss(NamedTuple):
    """Something that a file does not hold.

    Attributes:
        items: how many items are touched, at least 1.
        what: what is lost, in the plural: ``further names of things``.
        instead: what the file holds in its place, or why it holds nothing.
    """

    items: int
    what: str
    instead: str


@dataclass(frozen=True)
class Exported:
    """What a writer made of a selection.

    Attributes:
        files: contents by file name, as chunks of bytes to be written one after another. A format
            of one file has one entry.
        losses: what this writer left out that its format's ``loses`` does not tell.
    """

    files: Files
    losses: tuple[Loss, ...] = ()


@dataclass(frozen=True)
class Format:
    """One way to write a graph or a network.

    Attributes:
        name: as in ``hudna export NAME``.
        title: one line for lists: what it is and which programs read it.
        holds: what it writes: the chosen ``network``, the whole ``graph``, or what is known of one
            ``actor``.
        file: name of the file that is proposed, or of the folder if there are several files.
        folder: whether there are several files.
        binary: whether a file is no text.
        loses: which items of ``graph.export.losses.ITEMS`` it does not hold, each with what it
            holds in their place.
        qualifiers: the fields of statements that it holds, of those that no item of ``loses``
            names; ``None`` if it holds them all.
        needs: the package that must be installed, and the extra of this project that brings it.
    """

    name: str
    title: str
    holds: Subject
    file: str
    folder: bool = False
    binary: bool = False
    loses: Mapping[str, str] = field(default_factory=dict)
    qualifiers: frozenset[str] | None = None
    needs: tuple[str, str] | None = None


LOST_OF_THE_PAST: Mapping[str, str] = {"former": 'left out; "hudna query revisions" tells them'}
"""What only formats with named graphs hold."""
LOST_BY_NETWORKS: Mapping[str, str] = {
    "claims": "their number, voices and sources, and the surest of their certainties",
    "cited": "the ids of the sources",
    "languages": "label, one name in each language, and a list of the others",
    "other-statements": "left out; another --projection or --status takes others",
    "values": "left out; a network joins things",
    "other-things": "left out; a network has nodes with ties",
    "identifiers": "left out",
    "passages": "left out",
    "editors": "left out",
    "worlds": "one world in a file, chosen by --voice",
    **LOST_OF_THE_PAST,
}
"""What no format holds that is written from a network, with what is there instead."""


class Writer(Protocol):
    """A module that writes one format."""

    FORMAT: Format

    @staticmethod
    def write(selection: Selection) -> Exported:
        """Return the files for a selection; raises ``UsageError`` for what it cannot write."""
        ...
