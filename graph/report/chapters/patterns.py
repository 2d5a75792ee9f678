"""The chapter on what follows what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...analysis.sequences.sequence import sequence
from ...errors.counting import counted
from ...read.date_words import date_in_words
from ..document import ReportSection, ReportTable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ...analysis.sequences.records import Instance, Occurrence
    from ...analysis.sequences.sequence import Sequence
    from ...query.named import Query
    from ..study import Study


def patterns(study: Study, known: Mapping[str, Query]) -> list[ReportSection]:
    """Return a chapter for each sequence that has a trigger in the case.

    Args:
        study: what is looked into.
        known: the sequences by name.
    """
    found = [sequence(study.graph, query, seed=study.seed) for query in known.values()]
    return [_section(study, one) for one in found if one.counted.triggers]


def _followed_in_words(found: Sequence) -> str:
    """Return how often an outcome followed, as one sentence."""
    counts = found.counted.counts()
    told = ", ".join(
        f"{counts[f'followed, {name}']} {words}"
        for name, words in (
            ("certain", "for certain"),
            ("told", "as a source tells"),
            ("possible", "possibly"),
        )
        if counts[f"followed, {name}"]
    )
    followed = sum(found.counted.followed().values())
    judged = counts["triggers"] - counts["seen too short"]
    outcomes = {
        one.outcome.statement for one in found.counted.instances if one.strength != "overtaken"
    }
    by = f"; {counted(len(outcomes), 'outcome')} in all" if outcomes else ""
    unknown = counts["seen too short"]
    more = f", and {unknown} that cannot be judged" if unknown else ""
    times = counted(judged, "time")
    return f"{found.title}: {followed} of {times}{more}{f' ({told}{by})' if told else ''}."


def _section(study: Study, found: Sequence) -> ReportSection:
    parts = [_instances(study, found)]
    unfollowed = [*found.counted.counter, *found.counted.censored]
    if unfollowed or found.counted.before_any:
        parts.append(_others(found))
    return ReportSection(
        f"What follows what: {found.title}",
        findings=tuple(_in_words(study, found)),
        cautions=found.cautions,
        parts=tuple(parts),
    )


def _in_words(study: Study, found: Sequence) -> Iterator[str]:
    yield _followed_in_words(found)
    told = found.comparison
    if told is None:
        return
    claims = "; ".join(
        f"{study.words.name(one.voice)} {one.stance} ({', '.join(one.passages)})"
        for one in told.claims
    )
    yield f"As a pattern it is stated by: {claims or 'nobody'}."
    if told.missed:
        missed = "; ".join(study.words.anything(name) for name in told.missed)
        yield f"Listed there as instances, but not found here: {missed}."


def _instances(study: Study, found: Sequence) -> ReportTable:
    return ReportTable(
        "Instances",
        ("trigger", "outcome", "order", "another trigger between", "days between", "passages"),
        tuple(
            (
                _named(one.trigger),
                _named(one.outcome),
                _order(one),
                {"not": "no", "possible": "possibly", "certain": "yes"}[one.between],
                _days(one.lag),
                ", ".join(dict.fromkeys((*one.trigger.passages, *one.outcome.passages))),
            )
            for one in found.counted.instances
        ),
        numbers=frozenset((4,)),
        command=study.command("sequences", found.name),
        note=found.text,
    )


def _others(found: Sequence) -> ReportTable:
    rows = [
        (_named(one.trigger), why, ", ".join(one.trigger.passages))
        for ones, why in (
            (found.counted.counter, "no outcome is told, though the sources go on"),
            (found.counted.censored, "the sources end too soon to tell"),
        )
        for one in ones
    ]
    rows += [
        (_named(one), "an outcome before which no trigger is known", ", ".join(one.passages))
        for one in found.counted.before_any
    ]
    return ReportTable("Counter-instances and what cannot be told", ("what", "why", "passages"),
                 tuple(rows))  # fmt: skip


def _named(one: Occurrence) -> str:
    return f"{one.label} ({date_in_words(one.when)})" if one.when else one.label


def _order(one: Instance) -> str:
    if one.order == "certain":
        return "certain by the dates"
    return "told by a source" if one.links else "possible"


def _days(lag: tuple[int, int | None]) -> str:
    least, most = lag
    return f"{least} or more" if most is None else f"{least} to {most}"
