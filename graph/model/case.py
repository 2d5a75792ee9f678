"""The case: everything that was authored about one conflict."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from .documents import Passage, Source
from .fields import Form, one, several
from .figures import Disagreement, FigureRule, Preference
from .judgements import FormerId, Judgement, NameResolution, Note
from .record import Record
from .statements import Claim, Statement, Verdict
from .terms import DCTERMS, HUD
from .things import Actor, Agreement, Clause, Event, Mechanism, NamedThing, Place, Question, Thing
from .withholding import BY_DEFAULT, Telling

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ..errors import Problem
    from .tours import Tour


@dataclass(frozen=True, slots=True, kw_only=True)
class Case(Record):
    """Everything authored about one conflict, read and resolved.

    ``hints`` are what is right in the files but would better be changed; ``former`` are ids that
    were given up, which are no records; ``tours`` are of the page and no part of the graph;
    ``withheld`` says how coarsely is told of somebody whose name is withheld.
    """

    TABLE: ClassVar[str] = "cases"
    ABOUT: ClassVar[str] = "The case itself."

    sources: tuple[Source, ...] = ()
    things: tuple[Thing, ...] = ()
    statements: tuple[Statement, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    resolutions: tuple[NameResolution, ...] = ()
    notes: tuple[Note, ...] = ()
    figure_rules: tuple[FigureRule, ...] = ()
    former: tuple[FormerId, ...] = ()
    tours: tuple[Tour, ...] = ()
    hints: tuple[Problem, ...] = ()
    withheld: Telling = BY_DEFAULT
    title: str = one(DCTERMS + "title", Form.ENGLISH, required=True, meaning="The title.")
    description: str = one(
        DCTERMS + "description", Form.ENGLISH, required=True, meaning="What it is about."
    )
    licence: str = one(
        DCTERMS + "license", Form.TEXT, required=True, meaning="The licence of the data."
    )
    editor: str = one(
        DCTERMS + "publisher",
        Form.ID,
        required=True,
        refers="things",
        what="actor",
        meaning="Who published it.",
    )
    language: str = one(
        DCTERMS + "language",
        Form.LANGUAGE,
        required=True,
        meaning="The language, as a tag of BCP 47.",
    )
    as_of: date | None = one(HUD + "asOf", Form.DAY, default=None)
    compare_days: tuple[tuple[str, str], ...] = several(
        HUD + "comparesDays", Form.DAYS, ("compared_days", "case", "days")
    )
    contact: str = one(HUD + "contact", Form.TEXT, says="Corrections")
    reliability: str = one(HUD + "reliability", Form.ENGLISH, says="Coders compared")
    k: int | None = one(HUD + "anonymity", Form.INTEGER, default=None)
    withholds: str = one(HUD + "withholds", Form.TEXT, key="", says="For named readers alone")

    def alone(self) -> Case:
        """Return what the case says of itself, and its tours, without its records."""
        return replace(
            self,
            sources=(),
            things=(),
            statements=(),
            judgements=(),
            resolutions=(),
            notes=(),
            figure_rules=(),
            former=(),
            hints=(),
        )

    def records(self) -> Iterator[Record]:
        """Yield all records, each before those that hang on it; first the case itself."""
        yield self
        for source in self.sources:
            yield source
            yield from source.passages
        yield from self.things
        for statement in self.statements:
            yield statement
            if statement.verdict is not None:
                yield statement.verdict
            yield from statement.claims
        yield from self.judgements
        yield from self.resolutions
        yield from self.notes
        for rule in self.figure_rules:
            yield rule
            yield from rule.order


RECORDS: tuple[type[Record], ...] = (
    Case,
    Source,
    Passage,
    Thing,
    NamedThing,
    Actor,
    Place,
    Event,
    Agreement,
    Clause,
    Question,
    Mechanism,
    Statement,
    Claim,
    Verdict,
    Judgement,
    NameResolution,
    Note,
    FigureRule,
    Preference,
    Disagreement,
)
"""The classes of records by the order of their tables; those of one table follow each other."""
