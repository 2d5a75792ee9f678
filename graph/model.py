"""The records between the authored files and the graph: five nouns and what hangs on them.

All records are frozen. A *statement* is one proposition and is not asserted by being stated; a
*claim* is one voice's stand on one statement, in one source; an edge between two actors is what
remains when the claims have been weighed, and is therefore no record at all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

UNKNOWN = "unknown"
"""Reserved word for a subject or object that the sources do not give."""

Value = str | int | float | bool


class Origin(NamedTuple):
    """Where a record was authored.

    Attributes:
        file: path of the file below the case's folder, with forward slashes.
        path: the tables that lead to the entry, each with its index: ``(("statement", 3),)``.
        label: how the entry is called in messages.
    """

    file: str
    path: tuple[tuple[str, int], ...] = ()
    label: str = ""


class Bounds(NamedTuple):
    """The four days between which something began and ended; ``None`` where nothing is known.

    The names follow the Simple Event Model (``sem:hasEarliestBeginTimeStamp`` and siblings).
    """

    earliest_begin: date | None = None
    latest_begin: date | None = None
    earliest_end: date | None = None
    latest_end: date | None = None


class Name(NamedTuple):
    """A further name of a thing, with its language tag (``en``, ``ar``, ``ar-Latn``)."""

    text: str
    lang: str


class Identifier(NamedTuple):
    """An identifier of a thing in somebody else's list, for example ``ucdp-actor`` ``6709``."""

    scheme: str
    value: str


class PassageRef(NamedTuple):
    """A sentence of a source: ``waer-2017`` and ``24.3``."""

    source: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence of a source: where it stands and the fingerprint of its text.

    Attributes:
        sentence: number as ``paragraph.sentence``.
        start: offset of the first code point in the text, counted from 0.
        end: offset after the last code point.
        sha256: SHA-256 of the UTF-8 bytes of the sentence, in lower-case hexadecimal.
        boilerplate: true for headings, menus and notices that carry no facts.
    """

    sentence: str
    start: int
    end: int
    sha256: str
    boilerplate: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A document, with an index of its sentences and never their text."""

    id: str
    title: str
    authors: tuple[str, ...]
    publisher: str
    url: str
    code: str
    date: str
    date_basis: str
    bounds: Bounds
    language: str
    sha256: str
    characters: int
    passages: tuple[Passage, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Thing:
    """Whatever has identity and names: an actor, place, topic, event, agreement, clause and so on.

    All else about a thing is a statement. Fields that a class of things does not use stay empty.
    """

    id: str
    label: str
    classes: tuple[str, ...]
    origin: Origin
    kinds: tuple[str, ...] = ()
    identity: str = ""
    names: tuple[Name, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    mentioned: tuple[PassageRef, ...] = ()
    note: str = ""
    process: str = ""
    replaces: str = ""
    agreement: str = ""
    topic: str = ""
    text: str = ""
    exclusive: bool | None = None
    about: tuple[str, ...] = ()
    pattern: str = ""
    scope: str = ""
    chain: tuple[str, ...] = ()
    instances: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """One voice's stand on one statement, in one source, at one or more passages."""

    id: str
    voice: str
    stance: str
    certainty: str
    source: str
    passages: tuple[PassageRef, ...]
    origin: Origin
    note: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the editor of the case decides about a statement, with the written reason."""

    status: str
    reason: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """The bounds, unit and nature of the number in a statement about a quantity."""

    low: int | float | None = None
    high: int | float | None = None
    unit: str = ""
    modality: str = ""
    counts: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One proposition: subject, predicate and object, with time, place and other qualifiers.

    Exactly one of ``object`` (the id of a thing, of a kind, or ``unknown``) and ``value`` is given.
    """

    id: str
    subject: str
    predicate: str
    origin: Origin
    claims: tuple[Claim, ...]
    object: str | None = None
    value: Value | None = None
    when: str = ""
    begins: str = ""
    ends: str = ""
    when_text: str = ""
    bounds: Bounds = field(default_factory=Bounds)
    coverage: str = ""
    place: str = ""
    via: str = ""
    under: str = ""
    answers: tuple[str, ...] = ()
    scope: str = ""
    note: str = ""
    quantity: Quantity | None = None
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """A recorded decision whether two things are the same, with its reason; nothing is merged."""

    id: str
    things: tuple[str, str]
    judgement: str
    certainty: str
    reason: str
    passages: tuple[PassageRef, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Resolution:
    """A recorded decision that several names in the sources mean one thing."""

    id: str
    thing: str
    names: tuple[str, ...]
    certainty: str
    reason: str
    passages: tuple[PassageRef, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Note:
    """An editor's remark on things or statements, for instance on a contradiction in a text."""

    id: str
    on: tuple[str, ...]
    text: str
    passages: tuple[PassageRef, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Case:
    """Everything authored about one conflict, read and resolved."""

    id: str
    title: str
    description: str
    licence: str
    editor: str
    language: str
    sources: tuple[Source, ...]
    things: tuple[Thing, ...]
    statements: tuple[Statement, ...]
    judgements: tuple[Judgement, ...]
    resolutions: tuple[Resolution, ...]
    notes: tuple[Note, ...]
    compare_days: tuple[tuple[str, str], ...] = ()

    @property
    def origin(self) -> Origin:
        """Where the head of the case was authored."""
        return Origin("case.toml", (), self.id)

    @property
    def remarks(self) -> tuple[Judgement | Resolution | Note, ...]:
        """What the editors decided and remarked."""
        return (*self.judgements, *self.resolutions, *self.notes)
