"""Sequences: how often one kind of event follows another, in the cases that the sources tell.

A sequence is a query file in ``graph/analysis/sequences/queries`` or in ``sequences`` of a case, or
it is made of a mechanism of the case that says which kinds of events set it off and which follow.
Its header is that of a named query (``graph.query.named``), with two more lines: ``# mechanism:
ID``, the pattern that it looks for; and ``# changes: yes``, if what became of the terms of
agreements belongs to the answer. A mechanism may name the sequences that look for it as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...errors import UsageError, suggestion
from ...model import SHOWN, Mechanism
from ...model.terms import HUD, KIND
from ...network.filters import statuses_of
from ...query.named import Query, named_queries, parse_query, read_query, rows_of, with_values
from ...read import cited_claims
from ...read.binding import as_value
from ...read.select import Table as Answer
from ...read.select import answer
from . import SEQUENCES, SUPPORT
from .cautions import cautions
from .clause_changes import changes
from .events import classes_of, links, occurrences, written
from .matching import paired

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from ...model.terms import Iri
    from ...read import CitedClaim
    from ...read.select import Graph
    from .clause_changes import Change
    from .permutation import Follows
    from .records import SequenceResult

_TOGETHER = "The two belong together by the place, or by the settlement that it lies in."
_HEADER = re.compile(r"^# (mechanism|changes): *(\S+) *\n", re.MULTILINE)


@dataclass(frozen=True)
class Comparison:
    """A sequence held against the mechanism that a source states.

    Attributes:
        mechanism: id of the mechanism.
        label: what it is called.
        pattern: the pattern in the words of the case.
        status: whether it is accepted that the pattern was observed.
        claims: who says so.
        found: instances of the mechanism that the sequence has found, by their ids.
        missed: instances of the mechanism that it has not found.
        unlisted: triggers and outcomes of the sequence that the mechanism does not list.
    """

    mechanism: str
    label: str
    pattern: str
    status: str
    claims: tuple[CitedClaim, ...]
    found: tuple[str, ...]
    missed: tuple[str, ...]
    unlisted: tuple[str, ...]

    @property
    def voices(self) -> tuple[str, ...]:
        """Who affirms the pattern."""
        return tuple(dict.fromkeys(claim.voice for claim in self.claims if claim.affirms))


@dataclass(frozen=True)
class Sequence:
    """What followed what, with everything that speaks against making a rule of it.

    Attributes:
        name: name of the sequence.
        title: one line.
        text: what is a trigger and what an outcome.
        case: id of the case.
        window_days: an outcome follows within so many days; ``None`` for any time.
        counted: what was found among the statuses that count.
        shown: what was found among all statuses but rejected.
        grounds: how many places, talks or agreements the counted triggers have, by what they are.
        comparison: the mechanism that the sequence looks for, if the case has it.
        changes: what became of the terms from one agreement to the next, if that was asked for.
        test: the count against chance; only with ``window_days``.
        cautions: what cannot be concluded, from the numbers alone.
    """

    name: str
    title: str
    text: str
    case: str
    window_days: int | None
    counted: SequenceResult
    shown: SequenceResult
    grounds: Mapping[str, int]
    comparison: Comparison | None
    changes: tuple[Change, ...]
    test: Follows | None
    cautions: tuple[str, ...]

    def __repr__(self) -> str:
        return f"<Sequence {self.name}: {self.title}>"


def sequences(
    folders: Iterable[Path] = (),
    graph: Graph | None = None,
    shown: Collection[str] | None = None,
) -> Mapping[str, Query]:
    """Return the sequences by name, sorted.

    Args:
        folders: those of the sequences of cases; they win over those of the project.
        graph: the mechanisms of this graph are sequences of their own by their ids, as far as they
            name kinds of triggers and of outcomes.
        shown: which of those of cases may be seen, as ``sequences/NAME.rq``; all if ``None``.
    """
    found = {} if graph is None else {one.name: one for one in _of_mechanisms(graph)}
    found |= named_queries([SEQUENCES, *folders], shown)
    return {name: _without_header(query) for name, query in sorted(found.items())}


def _of_mechanisms(graph: Graph) -> Iterator[Query]:
    """Yield a sequence for each mechanism that says what sets it off and what follows."""
    asked = read_query(SUPPORT / "kinds.rq")
    for one in graph.records(Mechanism):
        if not (one.triggers and one.outcomes):
            continue
        kinds = {
            name: as_value(*(one for kind in found for one in _with_narrower(graph, kind)))
            for name, found in (("trigger", one.triggers), ("outcome", one.outcomes))
        }
        told = {
            name: " or ".join(graph.labels.kinds.get(kind, kind) for kind in found)
            for name, found in (("trigger", one.triggers), ("outcome", one.outcomes))
        }
        head = (
            f"title: {graph.label(one.id)}",
            f"Trigger: {told['trigger']}. Outcome: {told['outcome']}. {_TOGETHER}",
            f"mechanism: {one.id}",
        )
        lines = (f"# {' '.join(line.split())}\n" for line in head)
        body = with_values(asked, kinds).partition("\n\n")[2]
        yield parse_query(one.id, f"{''.join(lines)}\n{body}")


def _without_header(query: Query) -> Query:
    """Return a query whose text lacks the lines that only sequences have."""
    clean = parse_query(query.name, _HEADER.sub("", query.sparql))
    return Query(query.name, clean.title, clean.text, clean.params, clean.hidden, query.sparql)


def sequence(
    graph: Graph,
    name_or_query: str | Query,
    *,
    status: str | Collection[str] = ("accepted",),
    window_days: int | None = None,
    seed: int = 0,
    draws: int = 9999,
) -> Sequence:
    """Return what followed what in a graph.

    Args:
        graph: the judged graph.
        name_or_query: name of a sequence of the project, or a query with the columns ``role``,
            ``event``, ``statement`` and ``within``; see ``occurrences.occurrences``.
        status: which statements count.
        window_days: only outcomes at most so many days after the trigger.
        seed: seed of the draws of the test against chance.
        draws: how many draws.

    Raises:
        UsageError: a name is unknown, the query gives something else, or a number is too small.
    """
    query, statuses = _named(name_or_query), statuses_of(status)
    if window_days is not None and window_days < 1:
        raise UsageError("a window has 1 day at least")
    table = answer(graph.store, query.sparql, case=graph.case)
    if not isinstance(table, Answer):
        raise UsageError(f'the sequence "{query.name}" is no SELECT query')
    known = (occurrences(graph, table), links(graph, SUPPORT), written(graph, SUPPORT))
    counted, shown = (
        paired(*known, statuses=chosen, window_days=window_days) for chosen in (statuses, SHOWN)
    )
    grounds = classes_of(graph, (name for one in counted.triggers for name in one.within))
    header = dict(_HEADER.findall(query.sparql))
    changed = changes(graph, SUPPORT, statuses) if header.get("changes") == "yes" else ()
    comparison = _comparison(graph, _mechanism(graph, query, header), counted, changed)
    voices = comparison.voices if comparison else None
    return Sequence(
        *(query.name, query.title, query.text, graph.case),
        window_days=window_days,
        counted=counted,
        shown=shown,
        grounds=grounds,
        comparison=comparison,
        changes=changed,
        test=_test(counted, window_days, seed, draws),
        cautions=cautions(counted, shown, grounds, window_days, voices),
    )


def _test(
    counted: SequenceResult, window_days: int | None, seed: int, draws: int
) -> Follows | None:
    """Return the count of what is dated to the day against chance, if there is a window."""
    if window_days is None:
        return None
    dated = (*counted.triggers, *counted.outcomes)
    from .permutation import follows

    return follows(dated, within_days=window_days, seed=seed, draws=draws)


def _named(name_or_query: str | Query) -> Query:
    if isinstance(name_or_query, Query):
        return _without_header(name_or_query)
    known = sequences()
    if name_or_query not in known:
        raise UsageError(
            f'there is no sequence "{name_or_query}"{suggestion(name_or_query, known)}'
        )
    return known[name_or_query]


def _mechanism(graph: Graph, query: Query, header: Mapping[str, str]) -> str:
    """Return the mechanism that a sequence looks for; of several that name it, the first."""
    if named := header.get("mechanism"):
        return next(
            (one for one in graph.names.ids(named) if graph.knows(graph.node(one).value)), ""
        )
    looked_for = (
        name for name, sequence in graph.pairs(HUD + "sequence") if sequence == query.name
    )
    return min(looked_for, default="")


def _comparison(
    graph: Graph, name: str, counted: SequenceResult, changed: Collection[Change]
) -> Comparison | None:
    """Return how the mechanism lists what the sequence finds; ``None`` if the case has it not."""
    if not name:
        return None
    rows = rows_of(graph, SUPPORT / "mechanism.rq", mechanism=as_value(graph.node(name)))
    if not rows:
        return None
    first = rows[0]
    listed = tuple(dict.fromkeys(row["instance"] for row in rows if row["instance"]))
    inside = dict.fromkeys(
        one for found in counted.instances for one in (found.trigger, found.outcome)
    )
    names = {known for one in inside for known in one.names}
    names |= {agreement for one in changed for agreement in (one.earlier, one.later)}
    return Comparison(
        mechanism=name,
        label=first["label"],
        pattern=first["pattern"],
        status=first["status"],
        claims=cited_claims(graph, first["statement"]),
        found=tuple(one for one in listed if one in names),
        missed=tuple(one for one in listed if one not in names),
        unlisted=tuple(one.event for one in inside if set(listed).isdisjoint(one.names)),
    )


def _with_narrower(graph: Graph, kind: str) -> tuple[Iri, ...]:
    """Return a kind with all that are below it."""
    return graph.terms.narrower(graph.terms.node(KIND, kind))
