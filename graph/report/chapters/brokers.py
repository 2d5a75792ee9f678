"""The chapters on go-betweens: who they are, and which tie or voice makes them so."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from ...analysis.centrality.measures import MEASURES
from ...analysis.uncertainty.voices import by_voice
from ...errors.counting import counted, plural
from ..cautions import cautions
from ..document import Figure, ReportSection, ReportTable
from ..plots import against_mentions, rank_intervals
from ..words import number, share
from .named import named_go_betweens, roles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...analysis.uncertainty.robustness import Influence, Rank, Robustness
    from ..study import Study
    from ..words import Words

_NEXT = 4


def go_betweens(study: Study) -> ReportSection:
    """Return who stands between others, and whether that would change."""
    found = study.between
    rows = _shown(found.ranks, study.top)
    named, table = named_go_betweens(study)
    return ReportSection(
        "Who are the go-betweens, and would that change?",
        findings=(*named, *brokers_in_words(study)),
        cautions=cautions("worlds", "go-betweens"),
        parts=(
            table,
            _ranking_table(study, found, rows),
            Figure(
                "rank-intervals",
                "Ranks by betweenness among accepted ties, and their range in all worlds",
                rank_intervals(
                    "rank-intervals",
                    [(study.words.name(r.node), r.rank, r.best, r.worst) for r in rows],
                    most=max([2 * study.top, *(row.rank for row in rows)]),
                ),
                "; ".join(
                    f"{study.words.name(r.node)}: rank {r.rank}, from {r.best} to {r.worst}"
                    for r in rows
                ),
            ),
            roles(study),
        ),
    )


def _shown(rows: Sequence[Rank], top: int) -> tuple[Rank, ...]:
    """Return the first rows, with all that share the rank of the last if they are not too many."""
    last = rows[min(top, len(rows)) - 1].rank if rows else 0
    found = tuple(row for row in rows if row.rank <= last)
    return found if len(found) <= 2 * top else tuple(row for row in rows if row.rank < last)


def brokers_in_words(study: Study) -> Iterator[str]:
    """Yield the sentences on who stands between others."""
    found, words = study.between, study.words
    leaders = [row for row in found.ranks if row.rank == 1]
    if not leaders or not leaders[0].value > 0:
        yield "Among the accepted ties nobody stands between others."
        return
    names = words.names(row.node for row in leaders)
    verb = plural(len(leaders), "stands", "stand")
    value = leaders[0].value
    yield (
        f"Among accepted ties, {names} {verb} on more of the shortest ways between others than "
        f"anybody else: {share(value)} of all pairs of others (betweenness {number(value)})."
    )
    everybody = int(study.space.accepted.sum())
    if found.accepted < everybody / 2:
        yield (
            f"Only {found.accepted} of {counted(everybody, 'accepted tie')} are not hostile, and "
            "hostile ties make no ways: this measure says little here."
        )
    following = [row for row in found.ranks if row.rank > 1 and row.value > 0][:_NEXT]
    if following:
        told = "; ".join(
            f"{words.name(row.node)} ({number(row.value)}, rank {row.rank}, {row.best} to "
            f"{row.worst} in all worlds)"
            for row in following
        )
        yield f"Next come: {told}."
    yield _how_firm(leaders, found, words)
    yield from _if_all_true(study, {row.node for row in leaders}, names)


def _if_all_true(study: Study, leaders: set[str], names: str) -> Iterator[str]:
    """Yield who would be first if all of one status were true."""
    same = []
    for status, first in study.between.all_true.items():
        if status == "accepted":
            continue
        told = "everything disputed" if status == "all" else f"all that is {status}"
        if set(first) == leaders:
            same.append(told)
        else:
            yield f"If {told} were true, {study.words.names(first) or 'nobody'} would be first."
    if same:
        yield f"{names} would still be first if {', or if '.join(same)} were true."


def _how_firm(leaders: Sequence[Rank], found: Robustness, words: Words) -> str:
    """Return in how many of the worlds those that share the first rank are first, each for itself.

    Args:
        leaders: at least one; those that are first in equally many worlds are told together.
        found: what the worlds were.
        words: their names.
    """
    if found.worlds == 1:
        return "No disputed tie counts for this measure, so nothing disputed can change that."
    worlds = worlds_in_words(found)
    alike: dict[float, list[str]] = {}
    for one in leaders:
        alike.setdefault(one.first, []).append(one.node)
    if set(alike) == {1.0}:
        stay = plural(len(leaders), "stays", "stay")
        return f"{words.names(alike[1.0])} {stay} first in {worlds}."
    told = "; ".join(
        f"{words.being_first(nodes)}{', each,' * (len(nodes) > 1)} in {share(first)}"
        for first, nodes in sorted(alike.items(), reverse=True)[:_NEXT]
    )
    rank = plural(len(leaders), "the rank lies", "their ranks lie")
    best, worst = min(one.best for one in leaders), max(one.worst for one in leaders)
    return f"{told} of {worlds}; {rank} between {best} and {worst}."


def worlds_in_words(found: Robustness) -> str:
    """Return how many worlds were looked at, and of how many."""
    disputed = counted(found.choices, "disputed tie")
    if found.exact:
        return f"all {counted(found.worlds, 'world')} that {disputed} allow"
    return (
        f"{found.looked_at} worlds drawn at random (seed {found.seed}) from the {found.worlds} "
        f"that {disputed} allow"
    )


def _ranking_table(study: Study, found: Robustness, rows: Sequence[Rank]) -> ReportTable:
    """Return a ranking with its intervals and the mentions."""
    return ReportTable(
        f"{MEASURES[found.measure].title}, accepted ties and all worlds",
        ("actor", "value", "rank", "values", "ranks", "first in", "top 3 in", "mentions"),
        tuple(
            (
                study.words.name(row.node),
                number(row.value),
                str(row.rank),
                f"{number(row.lowest)} to {number(row.highest)}",
                f"{row.best} to {row.worst}",
                share(row.first),
                share(row.top),
                str(study.mentions.get(row.node, 0)),
            )
            for row in rows
        ),
        numbers=frozenset(range(1, 8)),
        command=study.ranked(found.measure),
        note=f"Over {worlds_in_words(found)}. Mentions are sentences that mention the actor.",
    )


def decisive_ties(study: Study) -> ReportSection:
    """Return which tie changes the ranking most, if it is false, or if it is true."""
    found = study.between
    return ReportSection(
        "Which tie, if false, changes the picture most?",
        findings=tuple(decisive_in_words(study)),
        cautions=cautions("decisive-ties"),
        parts=(
            _influences(study, found.if_false, "Accepted ties, each left out alone"),
            _influences(study, found.if_true, "Disputed ties, each taken for true alone"),
        ),
    )


def decisive_in_words(study: Study) -> Iterator[str]:
    """Yield the sentences on the ties that matter most."""
    found, words = study.between, study.words
    for ties, condition in ((found.if_false, "is false"), (found.if_true, "is true")):
        most = next((one for one in ties if one.shift), None)
        kind = "an accepted" if condition == "is false" else "a disputed"
        if most is None:
            yield f"No single tie changes the ranking if {kind} one {condition}."
            continue
        evidence = words.evidence([most.key])[most.key]
        yield (
            f"The ranking changes most if {kind} tie {condition}: {words.tie(most.key)} "
            f"[{most.key}; {evidence}]. {counted(most.moved, 'actor')} would change rank among the "
            f"first ten, come in or drop out, by {most.shift} ranks in all, "
            f"{_first_then(study, most)}."
        )


def _first_then(study: Study, one: Influence) -> str:
    if not one.changes_first:
        return "and the first would stay first"
    return f"and {study.words.names(one.first) or 'nobody'} would be first"


def _influences(study: Study, ties: Sequence[Influence], title: str) -> ReportTable:
    shown = [one for one in ties if one.shift][: study.top]
    evidence = study.words.evidence([one.key for one in shown])
    return ReportTable(
        title,
        ("tie", "status", "shift", "moved", "first then", "who says so"),
        tuple(
            (
                study.words.tie(one.key),
                one.status,
                str(one.shift),
                str(one.moved),
                study.words.names(one.first) + (" (changes)" if one.changes_first else ""),
                evidence[one.key],
            )
            for one in shown
        ),
        numbers=frozenset((2, 3)),
        command=study.ranked("betweenness", "--format json"),
        note=f"{counted(len(ties), 'such tie')}; those that change no rank are left out.",
    )


def voices(study: Study) -> ReportSection:
    """Return how the ranking differs in the world of each voice."""
    found = by_voice(study.graph, study.projection, "betweenness")
    changing = [one for one in found if one.changes_first]
    names = study.words.names((one.voice for one in changing), most=6)
    count = counted(len(found), "voice tells", "voices tell")
    findings = [f"{count} the ties of this network otherwise than the accepted ones."]
    if changing:
        findings.append(f"Others are first in the world of {names}.")
    elif found:
        findings.append("In none of their worlds is somebody else first.")
    return ReportSection(
        "Whose account changes the picture?",
        findings=tuple(findings),
        cautions=cautions("voices"),
        parts=(
            ReportTable(
                "Betweenness in the worlds of the voices",
                ("voice", "ties added", "ties denied", "shift", "first"),
                tuple(
                    (
                        study.words.name(one.voice),
                        str(len(one.added)),
                        str(len(one.removed)),
                        str(one.shift),
                        study.words.names(one.first) + (" (changes)" if one.changes_first else ""),
                    )
                    for one in found
                ),
                numbers=frozenset((1, 2, 3)),
                command=study.command(
                    "network", study.projection, "--as", "VOICE", "--measure", "betweenness"
                ),
            ),
        ),
    )


def writing(study: Study) -> ReportSection:
    """Return how the measure goes together with how much the sources write about whom."""
    points = [
        (study.words.name(row.node), study.mentions.get(row.node, 0), row.value)
        for row in study.between.ranks
        if not isnan(row.value)
    ]
    most = sorted(points, key=lambda one: (-one[1], one[0]))[:3]
    told = ", ".join(f"{name} ({mentions})" for name, mentions, _ in most)
    return ReportSection(
        "How much do the sources write about whom?",
        findings=(f"Mentioned in most sentences: {told}.",),
        cautions=cautions("writing"),
        parts=(
            Figure(
                "mentions",
                "Betweenness among accepted ties, against the sentences that mention an actor",
                against_mentions("mentions", points, unit="betweenness"),
                "; ".join(
                    f"{name}: {counted(mentions, 'mention')}, betweenness {number(value)}"
                    for name, mentions, value in sorted(points, key=lambda one: -one[2])[:10]
                ),
            ),
        ),
    )
