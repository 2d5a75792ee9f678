"""How far a ranking hangs on what is disputed.

A measure is computed in the accepted network, in every world that the disputed ties allow (or in
some drawn at random, if there are too many), with each disputed tie added alone, and with each
accepted tie left out alone. What comes out are intervals and counts, not probabilities: nobody
knows how likely a disputed tie is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ...errors.counting import counted
from ..centrality.measures import measure as measure_of
from ..centrality.measures import measured
from ..centrality.ranking import clipped, first, footrule, ranks, significant

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ..arrays import Floats, Integers, Mask, Sign, Ties
    from .scenarios import Space

DRAWS = 1000
TOP = 3
_NOTHING = 1e-12


class Rank(NamedTuple):
    """Where one node stands.

    Attributes:
        node: its id.
        value: its value in the accepted network; ``nan`` if it is not in it, as only disputed ties
            lead to it, or has no value.
        rank: its rank there; equal values share a rank, and who is not there comes last.
        lowest: the smallest value in the accepted network and any world that was looked at, as far
            as it is in them.
        highest: the largest.
        best: the best rank in any world.
        worst: the worst.
        first: share of the worlds in which it is first, alone or with others.
        top: share of the worlds in which it is among the first three.
    """

    node: str
    value: float
    rank: int
    lowest: float
    highest: float
    best: int
    worst: int
    first: float
    top: float


class Influence(NamedTuple):
    """What becomes of the ranking when one tie is added or left out.

    Attributes:
        key: id of the statement, or of the claim where a tie is a claim.
        status: its status.
        shift: how far the first ten are from the first ten before; see ``ranking.footrule``.
        moved: how many nodes change their rank among the first ten, come in or drop out.
        first: ids of the nodes that are first then.
        changes_first: whether others are first than before.
        node: the node whose value changes most; empty if none does.
        change: by how much its value changes.
    """

    key: str
    status: str
    shift: int
    moved: int
    first: tuple[str, ...]
    changes_first: bool
    node: str
    change: float


@dataclass(frozen=True)
class Robustness:
    """A ranking with how sure it is.

    Attributes:
        measure: name of the measure.
        sign: which ties it was computed on.
        ranks: all nodes, by their rank in the accepted network and then by id.
        accepted: how many accepted ties count.
        disputed: how many disputed ties there are in all.
        choices: how many of the disputed questions can change the result.
        worlds: how many worlds that makes.
        exact: whether all of them were looked at.
        looked_at: in how many worlds the measure was computed.
        seed: seed of the draws where not all were looked at.
        if_true: what each disputed tie does when it alone is taken for true, the most first.
        if_false: what each accepted tie does when it alone is left out, the most first.
        all_true: ids of the nodes that are first if all that is of one status is true.
    """

    measure: str
    sign: Sign
    ranks: tuple[Rank, ...]
    accepted: int
    disputed: int
    choices: int
    worlds: int
    exact: bool
    looked_at: int
    seed: int
    if_true: tuple[Influence, ...]
    if_false: tuple[Influence, ...]
    all_true: Mapping[str, tuple[str, ...]]

    def __repr__(self) -> str:
        seen = f"{self.looked_at} of {counted(self.worlds, 'world')}"
        return f"<Robustness of {self.measure}: {counted(len(self.ranks), 'node')} in {seen}>"


def robustness(
    space: Space,
    measure: str,
    *,
    sign: Sign | None = None,
    draws: int = DRAWS,
    seed: int = 0,
    leave_out: bool = True,
) -> Robustness:
    """Return a ranking of the nodes of a network with how far it hangs on what is disputed.

    Args:
        space: the network and what is disputed in it; see ``scenarios.space``.
        measure: name of a measure of ``graph.analysis.centrality.measures.MEASURES``.
        sign: which ties count; by default those that the measure takes.
        draws: in how many worlds it is computed where there are too many to look at all.
        seed: seed of the draws.
        leave_out: whether to leave out each accepted tie in turn, too.

    Raises:
        UsageError: there is no such measure.
    """
    kind = sign or measure_of(measure).sign
    ties = space.ties
    counted = _counted(space, kind)
    narrowed = space.narrowed(counted)

    def values(mask: Mask) -> Floats:
        return values_in(ties, mask, measure, kind)

    start = values(space.accepted)
    table = significant(np.array([values(mask) for mask in narrowed.masks(draws, seed)]))
    places = ranks(start)
    return Robustness(
        measure=measure,
        sign=kind,
        ranks=_ranks(ties.nodes, start, places, table),
        accepted=int((space.accepted & counted).sum()),
        disputed=int((~space.accepted).sum()),
        choices=len(narrowed.choices),
        worlds=narrowed.worlds,
        exact=len(table) == narrowed.worlds,
        looked_at=len(table),
        seed=seed,
        if_true=_influences(space, counted & ~space.accepted, start, values, add=True),
        if_false=_influences(space, counted & space.accepted, start, values, add=False)
        if leave_out
        else (),
        all_true=_all_true(space, values),
    )


def values_in(ties: Ties, mask: Mask, measure: str, sign: Sign | None = None) -> Floats:
    """Return a measure in the network of some of the ties and of their ends.

    Args:
        ties: the whole network.
        mask: true for the ties that are there, shape (m,).
        measure: name of a measure.
        sign: which ties count; by default those that the measure takes.

    Returns:
        Shape (n,); ``nan`` for nodes that none of these ties has as an end.
    """
    part, there = ties.part(mask)
    found = np.full(ties.n, np.nan)
    found[there] = measured(part, measure, sign=sign)
    return found


def _counted(space: Space, sign: Sign) -> Mask:
    """Return which ties a measure takes into account: those of its signs that are no loops."""
    between: Mask = space.ties.source != space.ties.target
    return space.ties.mask(sign) & between


def _ranks(
    nodes: tuple[str, ...], start: Floats, standing: Integers, table: Floats
) -> tuple[Rank, ...]:
    """Return where each node stands in the accepted network and in all worlds.

    Args:
        nodes: ids, n of them.
        start: values in the accepted network, shape (n,).
        standing: ranks there, shape (n,).
        table: values in each world, shape (worlds, n).
    """
    places = ranks(table)
    every = np.vstack((significant(start)[None, :], table))
    lowest, highest = np.fmin.reduce(every, axis=0), np.fmax.reduce(every, axis=0)
    best = np.minimum(places.min(axis=0), standing)
    worst = np.maximum(places.max(axis=0), standing)
    columns = zip(
        nodes,
        start.tolist(),
        standing.tolist(),
        lowest.tolist(),
        highest.tolist(),
        best.tolist(),
        worst.tolist(),
        (places == 1).mean(axis=0).tolist(),
        (places <= TOP).mean(axis=0).tolist(),
        strict=True,
    )
    return tuple(sorted((Rank(*row) for row in columns), key=lambda row: (row.rank, row.node)))


def _influences(
    space: Space, which: Mask, start: Floats, values: Callable[[Mask], Floats], *, add: bool
) -> tuple[Influence, ...]:
    """Return what each of some ties does alone, the greatest shift first.

    Args:
        space: the network.
        which: the ties in question, shape (m,).
        start: values in the accepted network, shape (n,).
        values: computes the measure for the ties of a mask.
        add: whether the tie is added to the accepted ones, or left out of them.
    """
    status = {key: data["status"] for *_, key, data in space.network.edges(keys=True, data=True)}
    before = ranks(start)
    found = []
    for index in np.flatnonzero(which).tolist():
        mask = space.accepted.copy()
        mask[index] = add
        key = space.ties.keys[index]
        found.append(_influence(key, status[key], space.ties.nodes, start, before, values(mask)))
    return tuple(sorted(found, key=lambda one: (-one.shift, -abs(one.change), one.key)))


def _influence(
    key: str,
    status: str,
    nodes: tuple[str, ...],
    start: Floats,
    before: Integers,
    now: Floats,
) -> Influence:
    after = ranks(now)
    changes = np.nan_to_num(significant(now)) - np.nan_to_num(significant(start))
    most = int(np.abs(changes).argmax()) if len(changes) else 0
    moved = len(changes) > 0 and abs(changes[most]) > _NOTHING
    return Influence(
        key=key,
        status=status,
        shift=footrule(before, after),
        moved=int((clipped(before) != clipped(after)).sum()),
        first=first(nodes, after),
        changes_first=first(nodes, before) != first(nodes, after),
        node=nodes[most] if moved else "",
        change=float(changes[most]) if moved else 0.0,
    )


def _all_true(space: Space, values: Callable[[Mask], Floats]) -> dict[str, tuple[str, ...]]:
    """Return who is first if everything of one status is true, and if all disputed is.

    Of rival answers that exclude each other, the first by its id is taken.
    """
    rows = {key: str(data["status"]) for *_, key, data in space.network.edges(keys=True, data=True)}
    status = {name: rows[space.ties.keys[at[0]]] for name, at in space.disputed.items()}
    kinds = sorted(set(status.values()))
    counting = {kind: {kind} for kind in kinds} | ({"all": set(kinds)} if len(kinds) > 1 else {})
    found = {"accepted": first(space.ties.nodes, ranks(values(space.accepted)))}
    for word, statuses in counting.items():
        true: list[str] = []
        for name in space.disputed:
            if status[name] in statuses and space.rivals.of(name).isdisjoint(true):
                true.append(name)
        found[word] = first(space.ties.nodes, ranks(values(space.with_true(true))))
    return found
