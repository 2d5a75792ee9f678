"""One table for how things look: shapes and fills of nodes, colours of ties, lines of statuses.

Whatever draws a network takes its looks from here, and so does every legend. Each meaning has one
channel: what a node is, its shape and neutral fill; the group of a tie, or its sign or family if so
chosen, the colour of its line; the status of a statement, the style of its line. A hue has one
meaning: those of groups, of the band under what is contested and of what is chosen are apart, and
people with any kind of colour vision can tell groups apart (``tests/test_palette.py``).
"""

from __future__ import annotations

import math
from typing import NamedTuple

from ..errors import UsageError, suggestion
from ..model import Certainty, Stance, Status


class Colour(NamedTuple):
    """A colour as ``#rrggbb`` on a light and on a dark ground."""

    light: str
    dark: str


class NodeStyle(NamedTuple):
    """How a group of classes of things is drawn.

    Attributes:
        name: short name of the group, usable as an identifier.
        label: what a legend says.
        classes: local names of the classes of the ontology that belong to it.
        shape: ``dot``, ``square``, ``triangle``, ``triangleDown``, ``diamond``, ``hexagon`` or
            ``star``, as vis-network calls them.
        fill: colour of the inside.
        light: whether it is drawn as a light mark, smaller and with a pale outline, so that actors
            are seen first.
    """

    name: str
    label: str
    classes: frozenset[str]
    shape: str
    fill: Colour
    light: bool = False


class GroupStyle(NamedTuple):
    """How a group of ties is drawn: its name, what a legend says, and the line's colour."""

    name: str
    label: str
    colour: Colour


class SignStyle(NamedTuple):
    """How the sign of a tie is drawn: its value, what a legend says, and the line's colour."""

    sign: int
    name: str
    label: str
    colour: Colour


class FamilyStyle(NamedTuple):
    """How a family of ties is drawn where lines are coloured by family."""

    name: str
    colour: Colour


class StatusStyle(NamedTuple):
    """How the status of a statement is drawn.

    Attributes:
        name: the status.
        label: what a legend says.
        meaning: one sentence that explains the status.
        dashes: lengths of strokes and gaps; empty for a solid line.
        width: of the line.
        opacity: from 0 to 1.
        band: whether a broad band runs under the line, so that it cannot be overlooked.
    """

    name: str
    label: str
    meaning: str
    dashes: tuple[int, ...]
    width: float
    opacity: float
    band: bool = False


PAGE = Colour("#ffffff", "#14171c")
INK = Colour("#1b1f24", "#e8e6e1")
BAND = Colour("#f3d35c", "#7a5f00")

DIFFERENCE = Colour("#b3005e", "#ff6fb5")
"""What stands in one of two compared worlds only, and what is chosen."""

_GREY_LINE = Colour("#8a9099", "#7c848f")
_VIOLENCE = Colour("#e65100", "#f0703a")
_COERCION = Colour("#7b1fd6", "#b45cf0")
_BACKING = Colour("#0086cf", "#8fbcff")
_NEGOTIATION = Colour("#00706a", "#10d39a")

NODES: tuple[NodeStyle, ...] = (
    NodeStyle("person", "Person", frozenset({"Person"}), "dot", Colour("#ffffff", "#2b313a")),
    NodeStyle(
        "state",
        "State, government or state body",
        frozenset({"State", "Government", "StateBody"}),
        "square",
        Colour("#59616d", "#aab1bb"),
    ),
    NodeStyle(
        "armed",
        "Armed group",
        frozenset({"ArmedGroup"}),
        "triangle",
        Colour("#1f2530", "#f0f2f5"),
    ),
    NodeStyle(
        "organisation",
        "Organisation or committee",
        frozenset(
            {
                "Committee",
                "Company",
                "InternationalOrganization",
                "MediaOrganization",
                "NonGovernmentalOrganization",
                "PoliticalOrganization",
            }
        ),
        "diamond",
        Colour("#a9b0ba", "#6d7580"),
    ),
    NodeStyle(
        "group",
        "Social group or side",
        frozenset({"Side", "SocialGroup"}),
        "hexagon",
        Colour("#d8dce2", "#4a515c"),
    ),
    NodeStyle(
        "place",
        "Place",
        frozenset({"Place"}),
        "triangleDown",
        Colour("#eceef1", "#3a414b"),
        light=True,
    ),
    NodeStyle(
        "event",
        "Event or talks",
        frozenset({"Event", "Round", "TalksProcess"}),
        "star",
        Colour("#ffffff", "#20252d"),
        light=True,
    ),
    NodeStyle(
        "agreement",
        "Agreement or clause",
        frozenset({"Agreement", "Clause"}),
        "square",
        Colour("#f6f7f8", "#20252d"),
        light=True,
    ),
)

OTHER_NODE = NodeStyle("other", "Other", frozenset(), "dot", Colour("#c3c8cf", "#565d68"))

GROUPS: tuple[GroupStyle, ...] = (
    GroupStyle("violence", "Violence", _VIOLENCE),
    GroupStyle("coercion", "Coercion", _COERCION),
    GroupStyle("backing", "Backing", _BACKING),
    GroupStyle("belonging", "Belonging", Colour("#1f2530", "#f0f2f5")),
    GroupStyle("negotiation", "Negotiation", _NEGOTIATION),
    GroupStyle("other", "Position and others", _GREY_LINE),
)

SIGNS: tuple[SignStyle, ...] = (
    SignStyle(1, "backing", "Backing or alliance", _BACKING),
    SignStyle(-1, "hostility", "Hostility or pressure", _VIOLENCE),
    SignStyle(0, "neither", "Neither", _GREY_LINE),
)

FAMILIES: tuple[FamilyStyle, ...] = (
    FamilyStyle("attribution", Colour("#6a6f76", "#a9b0b8")),
    FamilyStyle("backing", _BACKING),
    FamilyStyle("coercion", _COERCION),
    FamilyStyle("command", Colour("#332288", "#a99bf0")),
    FamilyStyle("control", Colour("#117733", "#5fc77f")),
    FamilyStyle("economy", Colour("#8a6d00", "#e0c14a")),
    FamilyStyle("mediation", Colour("#00807a", "#44c5bb")),
    FamilyStyle("membership", Colour("#4d5c7a", "#9fb2d8")),
    FamilyStyle("negotiation", _NEGOTIATION),
    FamilyStyle("position", Colour("#777a2e", "#c3c765")),
    FamilyStyle("violence", _VIOLENCE),
)
"""Eleven families are more than colours can tell apart for sure, so each line also says its own
in the tooltip, the panel and the table."""

LANES: tuple[tuple[str, str], ...] = (
    ("talks", "negotiation"),
    ("deals", "negotiation"),
    ("force", "violence"),
    ("peopleMoved", "belonging"),
    ("other", "other"),
)
"""The lanes of a storyline from top to bottom, each with the group whose colour its bars have."""

CERTAINTIES = tuple(certainty.value for certainty in Certainty)
"""How sure a voice is, the surest first."""

STANCES: dict[str, str] = {
    Stance.ASSERTS.value: "●",
    Stance.ENDORSES.value: "◉",
    Stance.DENIES.value: "✕",
    Stance.DOUBTS.value: "✕?",
    Stance.SUSPECTS.value: "◐",
    Stance.EXPECTS.value: "▷",
    Stance.CONSIDERS_POSSIBLE.value: "○",
    Stance.CONDITIONAL.value: "◇",
    Stance.REPORTS.value: "”",
    Stance.LEAVES_OPEN.value: "?",
    Stance.DEMANDS.value: "!",
    Stance.PROMISES.value: "✓",
    Stance.WISHES.value: "☆",
}
"""The sign of each stance, those that affirm first; none is told by its colour alone."""

STATUSES: tuple[StatusStyle, ...] = (
    StatusStyle(
        Status.ACCEPTED.value,
        "Accepted",
        "An author of a source asserts it, and nobody contradicts it.",
        (),
        2.0,
        1.0,
    ),
    StatusStyle(
        Status.CONTESTED.value,
        "Contested",
        "Voices contradict each other.",
        (9, 5),
        2.5,
        1.0,
        band=True,
    ),
    StatusStyle(
        Status.ALLEGED.value,
        "Alleged",
        "Somebody asserts it, but no author of a source in its own voice.",
        (2, 4),
        2.5,
        1.0,
    ),
    StatusStyle(
        Status.JUDGEMENT.value,
        "Judgement",
        "An author says it as an opinion, motive, forecast or view of the law, and as no fact.",
        (12, 3),
        1.2,
        0.8,
    ),
    StatusStyle(
        Status.OPEN.value,
        "Open",
        "Only possible, demanded, wished, promised, expected, conditional, suspected or left open.",
        (7, 7),
        1.2,
        0.55,
    ),
    StatusStyle(
        Status.REJECTED.value,
        "Rejected",
        "An author of a source denies it, and nobody asserts it.",
        (1, 9),
        1.2,
        0.55,
    ),
)


def node_style(kind: str | None) -> NodeStyle:
    """Return how a thing of a class is drawn.

    Args:
        kind: local name of the class, for example ``ArmedGroup``; ``None`` where it is not known.
    """
    return next((style for style in NODES if kind in style.classes), OTHER_NODE)


def node_size(degree: int) -> float:
    """Return the size in which a node is drawn: it grows with the root of its degree, up to 36.

    A larger one would hide its neighbours.
    """
    return round(min(36, 6 + 2.4 * math.sqrt(degree)), 1)


def label_size(degree: int) -> int:
    """Return the height of a node's name, in pixels before zooming; it grows likewise."""
    return round(min(56, 8 + 4.5 * math.sqrt(degree)))


PLAIN: dict[str, Colour] = {
    "muted": Colour("#59616b", "#a7afb9"),
    "line": Colour("#d5d9de", "#363c45"),
    "panel": Colour("#f6f7f8", "#1c2026"),
    "link": Colour("#00558a", "#7cc4f2"),
}
"""Colours of the page itself that carry no meaning."""

FONT = 'system-ui, "Noto Sans", "Noto Naskh Arabic", sans-serif'


def colours() -> dict[str, Colour]:
    """Return all colours by the names that they have in a style, as variables of CSS."""
    return {
        "page": PAGE,
        "ink": INK,
        "band": BAND,
        "focus": DIFFERENCE,
        **{f"node-{style.name}": style.fill for style in (*NODES, OTHER_NODE)},
        **{f"group-{style.name}": style.colour for style in GROUPS},
        **{f"sign-{style.name}": style.colour for style in SIGNS},
        **{f"family-{style.name}": style.colour for style in FAMILIES},
        **PLAIN,
    }


def sign_style(sign: int) -> SignStyle:
    """Return how a tie of a sign is drawn: positive, negative or 0."""
    direction = (sign > 0) - (sign < 0)
    return next(style for style in SIGNS if style.sign == direction)


def group_style(group: str) -> GroupStyle:
    """Return how ties of a group are drawn; what is of none is as what is of no other."""
    return next((style for style in GROUPS if style.name == group), GROUPS[-1])


def family_style(family: str) -> FamilyStyle:
    """Return how ties of a family are drawn; unknown families are grey."""
    return next((s for s in FAMILIES if s.name == family), FamilyStyle(family, _GREY_LINE))


def status_style(status: str) -> StatusStyle:
    """Return how a statement of a status is drawn.

    Raises:
        UsageError: there is no such status; nothing is drawn as accepted by default.
    """
    for style in STATUSES:
        if style.name == status:
            return style
    names = [style.name for style in STATUSES]
    raise UsageError(f'"{status}" is not a status{suggestion(status, names)}')
