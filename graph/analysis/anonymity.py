"""How many actors fit all that is told of one whose name is withheld: k-anonymity of a build.

An actor is described by what a reader of the build can tell it apart by. Those with one description
are a group, and k is the size of the smallest (L. Sweeney: k-anonymity: a model for protecting
privacy. International Journal on Uncertainty, Fuzziness and Knowledge-Based Systems 10(5), 2002,
557-570). Which sentences are cited does not count: they tell to whoever has the text what the text
tells. Neither do ids, of which each record has one of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from ..errors import UsageError, suggestion
from ..model import Actor
from ..model.names import name_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from ..model import Statement
    from ..read.select import Graph

WITHHELD, UNNAMED = "withheld", "unnamed"
TOLD_BY = ("description", "class", "kind", "place", "channel", "month", "statements")
"""What actors are told apart by: the quasi-identifiers."""

_PERSON = "Person"
_IN_BRACKETS = re.compile(r"\([^)]*\)|\d+")
_APART = frozenset(
    ("when", "begins", "ends", "when_text", "when_basis", "when_passages", "place", "channel",
     "spans", "label", "family", "sign", "order_key", "order_not_told", "past", "timeless",
     "earliest_begin", "latest_begin", "earliest_end", "latest_end", "told_from", "told_until",
     "counted_on", "excludes", "question", "access", "until"),
)  # fmt: skip
"""Qualifiers of a statement that are told elsewhere, or follow from others."""


class Described(NamedTuple):
    """An actor without a name, and all that is told of it.

    Attributes:
        id: of the actor.
        withheld: whether its name is withheld; else no source has it.
        told: what is told, by the names of ``TOLD_BY``.
    """

    id: str
    withheld: bool
    told: Mapping[str, frozenset[str]]


class EquivalenceClass(NamedTuple):
    """Actors of one description.

    Attributes:
        withheld: the ids of those whose name is withheld, sorted.
        unnamed: likewise of those that no source names.
        apart: the fewest of ``TOLD_BY`` without which at least as many fit as are wanted; empty
            where enough do, or where no number of them would be enough.
    """

    withheld: tuple[str, ...]
    unnamed: tuple[str, ...]
    apart: tuple[str, ...]

    @property
    def k(self) -> int:
        """How many they are."""
        return len(self.withheld) + len(self.unnamed)

    @property
    def ids(self) -> str:
        """All of them in one text, those whose name is withheld first."""
        return ", ".join((*self.withheld, *self.unnamed))


def described(graph: Graph) -> list[Described]:
    """Return the actors whose name is withheld, and the persons whom no source names.

    Args:
        graph: the judged graph that readers have.
    """
    actors = [
        thing
        for name in graph.ids("Actor")
        if isinstance(thing := graph.thing(name), Actor)
        and (
            thing.identity == WITHHELD
            or (thing.identity == UNNAMED and graph.narrowest(thing) == _PERSON)
        )
    ]
    told = _Told(graph, {actor.id for actor in actors})
    return [Described(one.id, one.identity == WITHHELD, told.of(one)) for one in actors]


def alike(
    graph: Graph, wanted: int = 2, by: Sequence[str] = TOLD_BY, *, unnamed: bool = False
) -> list[EquivalenceClass]:
    """Return the groups of actors of one description, the smallest first.

    Args:
        graph: the judged graph that readers have.
        wanted: how many there should be in each.
        by: what they are told apart by, some of ``TOLD_BY``.
        unnamed: whether groups count, too, in which nobody's name is withheld.

    Raises:
        UsageError: actors are not told apart by something.
    """
    for name in by:
        if name not in TOLD_BY:
            known = ", ".join(TOLD_BY)
            raise UsageError(
                f'by: "{name}" tells no actors apart{suggestion(name, TOLD_BY)}; known are {known}'
            )
    actors = described(graph)
    groups: dict[tuple[frozenset[str], ...], list[Described]] = {}
    for one in actors:
        groups.setdefault(_key(one, by), []).append(one)
    few = [group for group in groups.values() if len(group) < wanted]
    apart = _apart(actors, [group[0] for group in few], wanted, by)
    found = [
        EquivalenceClass(
            tuple(one.id for one in group if one.withheld),
            tuple(one.id for one in group if not one.withheld),
            apart.get(group[0].id, ()),
        )
        for group in groups.values()
    ]
    return sorted((one for one in found if one.withheld or unnamed), key=lambda one: (one.k, one))


def least(groups: Collection[EquivalenceClass]) -> int | None:
    """Return the k of a build: the size of the smallest group; ``None`` if there is none.

    Args:
        groups: as ``alike`` returns them.
    """
    return min((one.k for one in groups), default=None)


def too_few(graph: Graph, wanted: int | None = None) -> list[tuple[str, str]]:
    """Return the actors that are told apart in a smaller group than the case wants, with advice.

    Args:
        graph: the judged graph that readers have.
        wanted: how many there are to be in each group; as the case says if ``None``.

    Returns:
        Ids, each with what is wrong and what would be right.
    """
    wanted = (graph.about.k or 1) if wanted is None else wanted
    groups = alike(graph, wanted) if wanted > 1 else []
    few = (one for one in groups if one.k < wanted)
    return [(name, _advice(one, wanted)) for one in few for name in one.withheld]


def _advice(group: EquivalenceClass, wanted: int) -> str:
    fit = "nobody else fits" if group.k == 1 else f"{group.k - 1} more of {wanted - 1} fit"
    right = f"tell less of {', '.join(group.apart)}, or" if group.apart else "tell less, or"
    return (
        f"the name is withheld, but {fit} all that is told in public, and k is {wanted} "
        f"(case.toml); {right} keep it back (access)"
    )


def _key(one: Described, by: Sequence[str]) -> tuple[frozenset[str], ...]:
    return tuple(one.told[name] for name in by)


def _apart(
    actors: Sequence[Described], few: Sequence[Described], wanted: int, by: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """Return the fewest qualities without which each of some actors has a group as wanted."""
    found: dict[str, tuple[str, ...]] = {}
    if len(actors) < wanted:
        return found
    for number in range(1, len(by) + 1):
        for left in combinations(by, number):
            kept = [name for name in by if name not in left]
            sizes = Counter(_key(one, kept) for one in actors)
            for one in few:
                if one.id not in found and sizes[_key(one, kept)] >= wanted:
                    found[one.id] = left
    return found


class _Told:
    """What a build tells of actors, by the names of ``TOLD_BY``."""

    def __init__(self, graph: Graph, actors: Collection[str]) -> None:
        self._graph = graph
        self._known_places = frozenset(graph.ids("Place"))
        self._about: dict[str, list[Statement]] = {name: [] for name in actors}
        self._spoken: dict[str, list[str]] = {name: [] for name in actors}
        for name in graph.ids("Statement"):
            statement = graph.statement(name)
            for end in {statement.subject, statement.object} & self._about.keys():
                self._about[str(end)].append(statement)
            for claim in statement.claims:
                if claim.voice in self._spoken:
                    words = (claim.stance, claim.certainty, claim.mode, claim.note)
                    said = (self._said(statement, claim.voice), *words)
                    self._spoken[claim.voice].append("|".join(("says", *said)))

    def of(self, actor: Actor) -> dict[str, frozenset[str]]:
        about = self._about[actor.id]
        label = name_key(_IN_BRACKETS.sub(" ", actor.label))
        told = {
            "description": (label, actor.note, actor.other),
            "class": (self._graph.narrowest(actor),),
            "kind": actor.kinds,
            "place": (place for one in about for place in self._places(one, actor.id)),
            "channel": (one.channel for one in about),
            "month": (month for one in about for month in _months(one)),
            "statements": (*(self._said(one, actor.id) for one in about), *self._spoken[actor.id]),
        }
        return {name: frozenset(filter(None, values)) for name, values in told.items()}

    def _places(self, statement: Statement, actor: str) -> Iterator[str]:
        yield statement.place
        for end in (statement.subject, statement.object):
            if end in self._known_places and end != actor:
                yield str(end)

    def _said(self, statement: Statement, actor: str) -> str:
        """Return a statement as it is told of an actor, whose place in it is left open."""
        said = (statement.subject, statement.predicate, statement.object, statement.value)
        ends = ("it" if one == actor else str(one) for one in said)
        more = self._graph.qualifiers(statement.id).items()
        return "|".join((*ends, *(f"{name}={value}" for name, value in more if name not in _APART)))


def _months(statement: Statement) -> Iterator[str]:
    """Yield the months of the bounds of a statement that are told."""
    for name, day in zip(statement.bounds._fields, statement.bounds, strict=True):
        if day is not None:
            yield f"{name} {day:%Y-%m}"
