"""What an editor decides of figures in which voices disagree, and what comes of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from .fields import Form, one, several
from .record import Record
from .terms import DCTERMS, HUD

if TYPE_CHECKING:
    from datetime import date

PREFER, RANGE, DEFER, PENDING = "prefer", "range", "defer", "pending"
"""The rules: the first voice of an order that tells a figure; all from the lowest to the highest;
left open on purpose; not decided yet."""

BETWEEN = ".between"
"""How the id of a disagreement ends that is between cases which are asked as one."""


def spelt(words: str) -> str:
    """Return what a figure counts, its scope or its unit, so that two spellings are one.

    Args:
        words: as they are written; capitals and the number of spaces make no difference.
    """
    return re.sub(r"\s+", " ", words.strip()).lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference(Record):
    """A voice in the order of a rule that prefers some to others."""

    TABLE: ClassVar[str] = "preferences"
    ABOUT: ClassVar[str] = "A voice in the order in which a rule for figures prefers voices."

    figure_rule: str = one(HUD + "inRule", Form.ID, key="", refers="figure_rules")
    rank: int | None = one(HUD + "rank", Form.INTEGER, default=None, key="")
    voice: str = one(HUD + "prefers", Form.ANY_ID, key="order", what="actor or document")


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRule(Record):
    """What an editor decides of figures in which voices disagree, with the reason.

    It holds for those of its predicates, kinds of people, questions and things, and for all where
    it names none. ``order`` has the voices that it prefers, the first that tells a figure first.
    """

    TABLE: ClassVar[str] = "figure_rules"
    ABOUT: ClassVar[str] = "What an editor decides of figures in which voices disagree."

    order: tuple[Preference, ...] = ()
    rule: str = one(HUD + "rule", Form.KIND, required=True, scheme="figureRules", refers="kinds")
    predicates: tuple[str, ...] = several(
        HUD + "concernsPredicate",
        Form.PREDICATE,
        ("figure_rule_predicates", "figure_rule", "predicate"),
        refers="predicates",
        says="For",
    )
    counts_kind: tuple[str, ...] = several(
        HUD + "concernsKind",
        Form.KIND,
        ("figure_rule_kinds", "figure_rule", "counted_kind"),
        loose=True,
        scheme="actorKinds",
        refers="kinds",
        says="Of people who are",
    )
    on: tuple[str, ...] = several(
        HUD + "concerns",
        Form.ID_OR_CLAUSE,
        ("figure_rule_things", "figure_rule", "thing"),
        refers="things",
        what="thing or question",
    )
    reason: str = one(HUD + "reason", Form.ENGLISH, required=True)
    awaits: str = one(HUD + "awaits", Form.ENGLISH, says="Left open until")
    judge: str = one(
        HUD + "judge", Form.ID, required=True, refers="things", what="actor", says="Decided by"
    )
    decided: date | None = one(
        DCTERMS + "date",
        Form.DAY,
        default=None,
        required=True,
        key="date",
        meaning="When it was decided.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement(Record):
    """Figures of one series that different voices tell, and what a rule makes of them.

    It is derived and never authored. ``low`` and ``high`` are those of a range, which has no
    ``result``.
    """

    TABLE: ClassVar[str] = "disagreements"
    ABOUT: ClassVar[str] = (
        "Figures of one thing in which voices disagree, and what is made of them."
    )

    among: tuple[str, ...] = several(
        HUD + "among",
        Form.ID,
        ("disagreeing_figures", "disagreement", "statement"),
        key="",
        refers="statements",
    )
    rule: str = one(HUD + "rule", Form.KIND, key="", refers="kinds")
    figure_rule: str = one(HUD + "figureRule", Form.ID, key="", refers="figure_rules")
    result: str = one(HUD + "result", Form.ID, key="", refers="statements")
    low: int | float | None = one(HUD + "low", Form.NUMBER, default=None, key="")
    high: int | float | None = one(HUD + "high", Form.NUMBER, default=None, key="")
