"""What all records are made of: the base of them, and the small values that several have.

All records are frozen. The reader makes them of authored files; the typed views make them of the
judged graph, where what the rules derive (``status``, ``disputes``) is filled in too.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from .fields import Form, one, several
from .terms import HUD, SEM, SKOS

if TYPE_CHECKING:
    from datetime import date

UNKNOWN = "unknown"
"""Reserved word for a subject or object that the sources do not give."""

UNATTRIBUTED = "unattributed"
"""Reserved word for the voice of hearsay; each such claim has one of its own, below it."""

Value = str | int | float | bool


class Origin(NamedTuple):
    """Where a record was authored.

    Attributes:
        file: path of the file from the case's folder, with forward slashes.
        path: the tables that lead to the entry, each with its index: ``(("statement", 3),)``.
        label: how the entry is called in messages.
    """

    file: str
    path: tuple[tuple[str, int], ...] = ()
    label: str = ""

    @property
    def folder(self) -> str:
        """The folder of the case that the file is in; empty for a file beside the folders."""
        return self.file.rpartition("/")[0].rpartition("/")[2]

    @property
    def apart(self) -> bool:
        """Whether the file is in a second folder, which is kept apart from the case."""
        # A path would be made for each record of a case.
        return self.file.startswith("../") or os.path.isabs(self.file)  # noqa: PTH117


NOWHERE = Origin("")
"""The origin of what was read from a graph."""


class Name(NamedTuple):
    """A further name of a thing, with its language tag (``en``, ``ar``, ``ar-Latn``)."""

    text: str
    lang: str
    access: str = ""
    until: date | None = None


class Identifier(NamedTuple):
    """An identifier of a thing in somebody else's list, for example ``ucdp-actor`` ``6709``."""

    scheme: str
    value: str
    access: str = ""
    until: date | None = None


ADDRESSES = {
    "wikidata": "http://www.wikidata.org/entity/{}",
    "geonames": "https://sws.geonames.org/{}/",
}
"""The addresses of identifiers, for the lists that have them."""


class PassageRef(NamedTuple):
    """A sentence of a source: ``report-2020`` and ``24.3``."""

    source: str
    sentence: str

    @property
    def citation(self) -> str:
        """How it is cited: ``report-2020#24.3``."""
        return f"{self.source}#{self.sentence}"


class Bounds(NamedTuple):
    """The four days between which something began and ended; ``None`` where nothing is known.

    The names follow the Simple Event Model (``sem:hasEarliestBeginTimeStamp`` and siblings).
    """

    earliest_begin: date | None = None
    latest_begin: date | None = None
    earliest_end: date | None = None
    latest_end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What all records have.

    Attributes:
        TABLE: the table that its class belongs to, in formats that know tables.
        ABOUT: what a row of that table is.
        id: ends its IRI; unique in the case.
        origin: where it was authored.
        access: who may see it, as its author says; it may be less public, as what it rests on is.
        until: the day from which everybody may.
    """

    TABLE: ClassVar[str]
    ABOUT: ClassVar[str]

    id: str
    origin: Origin = NOWHERE
    access: str = one(HUD + "access", Form.KIND, scheme="accesses", refers="kinds")
    until: date | None = one(HUD + "until", Form.DAY, default=None, says="Not public until")


def day_field(term: str, meaning: str) -> date | None:
    """Declare a day that is computed and never authored.

    Args:
        term: IRI of the property.
        meaning: the column's meaning, for terms that are not ours.
    """
    found: date | None = one(term, Form.DAY, default=None, key="", meaning=meaning)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated(Record):
    """A record with the four bounds that follow from its date; see ``Bounds``."""

    earliest_begin: date | None = day_field(
        SEM + "hasEarliestBeginTimeStamp", "The first day on which it may have begun."
    )
    latest_begin: date | None = day_field(
        SEM + "hasLatestBeginTimeStamp", "The last day on which it may have begun."
    )
    earliest_end: date | None = day_field(
        SEM + "hasEarliestEndTimeStamp", "The first day on which it may have ended."
    )
    latest_end: date | None = day_field(
        SEM + "hasLatestEndTimeStamp", "The last day on which it may have ended."
    )

    @property
    def bounds(self) -> Bounds:
        """The four bounds together."""
        return Bounds(self.earliest_begin, self.latest_begin, self.earliest_end, self.latest_end)


def note_field() -> str:
    """Declare the editor's remark on a record."""
    found: str = one(SKOS + "note", Form.ENGLISH, meaning="A remark of the editor.", says="Note")
    return found


def other_field() -> str:
    """Declare what a record is in words where a list of kinds has none for it."""
    found: str = one(HUD + "otherText", Form.ENGLISH, says="That is")
    return found


def certainty_field() -> str:
    """Declare how sure somebody is."""
    found: str = one(
        HUD + "certainty", Form.KIND, required=True, scheme="certainties", refers="kinds"
    )
    return found


def passages_field(owner: str, *, required: bool = True) -> tuple[PassageRef, ...]:
    """Declare the passages that a record rests on.

    Args:
        owner: what the record is called in the table of its passages.
        required: whether it cannot rest on anything else.
    """
    found: tuple[PassageRef, ...] = several(
        HUD + "passage",
        Form.PASSAGE,
        (f"{owner}_passages", owner, "passage"),
        old_keys=("at",),
        required=required,
        refers="passages",
        says="Sentences",
    )
    return found
