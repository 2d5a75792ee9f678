"""Things: whatever has identity and names. The classes here are the folders of a case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from .fields import Form, one, several
from .record import Record, note_field, other_field
from .terms import DCTERMS, DWC, HUD, RDF, RDFS, SKOS, WGS
from .withholding import Telling

if TYPE_CHECKING:
    from .record import Identifier, Name, PassageRef


TAKE_PLACE = ("occurred", "concluded")
"""The predicates that say that something took place."""
FACTS = (*TAKE_PLACE, "observed")
"""The predicates, and tables of a thing's own file, that state that there is what it tells of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing(Record):
    """Whatever has identity and names; all else about it is a statement.

    ``classes`` are local names of the classes of the ontology that it is a member of.
    """

    TABLE: ClassVar[str] = "things"
    ABOUT: ClassVar[str] = (
        "Whatever has identity and names: an actor, place, event, agreement, clause, question."
    )

    classes: tuple[str, ...] = several(
        RDF + "type",
        Form.CLASS,
        ("thing_classes", "thing", "class"),
        key="",
        meaning="What it is; class is the narrowest there is.",
    )
    label: str = one(
        RDFS + "label",
        Form.ENGLISH,
        required=True,
        meaning="The name, in the language of the case.",
    )
    note: str = note_field()

    @property
    def sorts(self) -> frozenset[str]:
        """What it is as a whole: ``actor``, ``place``, …; both if an actor is a place."""
        place = {"place"} if "Place" in self.classes else set()
        return frozenset({type(self).__name__.lower(), *place})


def _kind(scheme: str, *, required: bool = True) -> tuple[str, ...]:
    """Declare the kind of a thing of which authors give exactly one, or at most one."""
    found: tuple[str, ...] = several(
        HUD + "kind",
        Form.KIND,
        ("thing_kinds", "thing", "kind"),
        key="kind",
        required=required,
        single=True,
        scheme=scheme,
        refers="kinds",
    )
    return found


def _process() -> str:
    found: str = one(HUD + "process", Form.ID, refers="things", what="talks process")
    return found


def _replaces(form: Form) -> str:
    found: str = one(
        DCTERMS + "replaces",
        form,
        refers="things",
        what="agreement or clause",
        meaning="The agreement or clause that it takes the place of.",
    )
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedThing(Thing):
    """A thing that sources mention by name: an actor, a place or a topic."""

    names: tuple[Name, ...] = several(
        SKOS + "altLabel", Form.NAME, ("names", "thing", "name"), meaning="A further name."
    )
    kinds: tuple[str, ...] = several(
        HUD + "kind", Form.KIND, ("thing_kinds", "thing", "kind"), refers="kinds"
    )
    other: str = other_field()
    identifiers: tuple[Identifier, ...] = several(
        HUD + "identifier",
        Form.IDENTIFIER,
        ("identifiers", "thing", "identifier"),
        says="In other lists",
    )
    matches: tuple[str, ...] = several(
        SKOS + "closeMatch",
        Form.ADDRESS,
        ("matches", "thing", "match"),
        key="",
        meaning="The address of about the same thing in another data set.",
        says="Matches",
    )
    mentioned: tuple[PassageRef, ...] = several(
        HUD + "mentionedIn",
        Form.PASSAGE,
        ("mentions", "thing", "passage"),
        refers="passages",
        says="Mentioned in",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Located(NamedThing):
    """A place, or an actor that may be one: where it lies, and who says so.

    ``LOCATION`` are the names of the fields that say so.
    """

    LOCATION: ClassVar[tuple[str, ...]] = (
        "latitude", "longitude", "uncertainty_m", "gazetteer", "gazetteer_url",
        "coordinates_passages",
    )  # fmt: skip

    latitude: float | None = one(
        WGS + "lat",
        Form.NUMBER,
        default=None,
        meaning="Degrees north of the equator, negative to the south, in WGS 84.",
    )
    longitude: float | None = one(
        WGS + "long",
        Form.NUMBER,
        default=None,
        meaning="Degrees east of Greenwich, negative to the west, in WGS 84.",
    )
    uncertainty_m: int | None = one(
        DWC + "coordinateUncertaintyInMeters",
        Form.INTEGER,
        default=None,
        meaning="Radius, in metres, of the smallest circle round the point with the whole place.",
    )
    gazetteer: str = one(
        DWC + "georeferenceSources",
        Form.TEXT,
        meaning="Who says where it lies: a list or map outside the sources of the case.",
    )
    gazetteer_url: str = one(
        RDFS + "seeAlso", Form.ADDRESS, meaning="The address at which the gazetteer says so."
    )
    coordinates_passages: tuple[PassageRef, ...] = several(
        HUD + "coordinatesPassage",
        Form.PASSAGE,
        ("coordinates_passages", "thing", "says_where"),
        refers="passages",
        says="Coordinates told in",
    )

    @property
    def point(self) -> dict[str, float]:
        """Latitude, longitude and uncertainty by their names; empty for what has no coordinates."""
        if self.latitude is None or self.longitude is None:
            return {}
        near = {} if self.uncertainty_m is None else {"uncertainty_m": self.uncertainty_m}
        return {"latitude": float(self.latitude), "longitude": float(self.longitude), **near}

    @property
    def has_location(self) -> bool:
        """Whether anything is said of where it lies."""
        return any(getattr(self, name) not in (None, "", ()) for name in self.LOCATION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor(Located):
    """Who acts or speaks: a person, a group, a state, a side.

    ``withheld`` says how coarsely is told of somebody whose name is withheld; it is in no graph.
    """

    withheld: Telling = Telling()
    identity: str = one(
        HUD + "identity", Form.KIND, required=True, scheme="identities", refers="kinds"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Located):
    """A place that does not act."""

    kinds: tuple[str, ...] = several(
        HUD + "kind",
        Form.KIND,
        ("thing_kinds", "thing", "kind"),
        scheme="placeKinds",
        refers="kinds",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic(NamedThing):
    """A matter, document or channel that statements are about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Thing):
    """An event, a process of talks, or a round of one."""

    kinds: tuple[str, ...] = _kind("eventKinds")
    other: str = other_field()
    process: str = _process()


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(Thing):
    """An agreement."""

    kinds: tuple[str, ...] = _kind("agreementKinds")
    other: str = other_field()
    process: str = _process()
    replaces: str = _replaces(Form.ID)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause(Thing):
    """A clause of an agreement."""

    replaces: str = _replaces(Form.CLAUSE_ID)
    agreement: str = one(
        DCTERMS + "isPartOf",
        Form.ID,
        key="",
        refers="things",
        meaning="The agreement that it is a clause of.",
    )
    topic: tuple[str, ...] = several(
        HUD + "topic",
        Form.KIND,
        ("clause_topics", "clause", "topic"),
        required=True,
        loose=True,
        scheme="clauseTopics",
        refers="kinds",
    )
    other: str = other_field()
    text: str = one(HUD + "text", Form.ENGLISH, required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Thing):
    """Something that the sources leave open or dispute."""

    kinds: tuple[str, ...] = _kind("questionKinds", required=False)
    exclusive: bool | None = one(
        HUD + "exclusive", Form.BOOLEAN, default=None, required=True, says="Answers"
    )
    cumulative: bool | None = one(
        HUD + "cumulative", Form.BOOLEAN, default=None, says="Running total"
    )
    about: tuple[str, ...] = several(
        HUD + "about",
        Form.ANY_ID,
        ("question_things", "question", "thing"),
        required=True,
        what="thing or statement",
        says="About",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Mechanism(Thing):
    """A pattern of what brings about what, that the sources describe."""

    pattern: str = one(HUD + "pattern", Form.ENGLISH, required=True)
    scope: str = one(HUD + "scope", Form.ENGLISH)
    chain: tuple[str, ...] = several(
        HUD + "step", Form.STEP, ("mechanism_steps", "mechanism", "step"), required=True
    )
    instances: tuple[str, ...] = several(
        HUD + "instance",
        Form.ANY_ID,
        ("mechanism_instances", "mechanism", "instance"),
        what="thing or statement",
    )
    triggers: tuple[str, ...] = several(
        HUD + "triggerKind",
        Form.KIND,
        ("mechanism_triggers", "mechanism", "kind"),
        scheme="eventKinds",
        refers="kinds",
        meaning="Of what kind the events are that set it off.",
    )
    outcomes: tuple[str, ...] = several(
        HUD + "outcomeKind",
        Form.KIND,
        ("mechanism_outcomes", "mechanism", "kind"),
        scheme="eventKinds",
        refers="kinds",
        meaning="Of what kind the events are that follow then.",
    )
    sequences: tuple[str, ...] = several(
        HUD + "sequence",
        Form.TEXT,
        ("mechanism_sequences", "mechanism", "sequence"),
        meaning="The name of a sequence that looks for it.",
    )
