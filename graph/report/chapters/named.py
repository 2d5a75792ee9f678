"""Go-betweens as the sources name them, and the roles that ties give them between camps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...analysis.centrality.brokerage import ROLES, brokerage
from ...errors.counting import counted
from ...model.terms import spaced
from ...query.named import bound, named_queries
from ...query.parameters import QUERIES
from ...read.date_words import date_in_words
from ...read.select import select
from ..document import ReportTable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..study import Study

_QUERY = "go-betweens"


def named_go_betweens(study: Study) -> tuple[list[str], ReportTable]:
    """Return whom the sources call mediator or interlocutor, in words and as a table."""
    words = study.words
    ranks = {row.node: row for row in study.between.ranks}
    found = list(_named(study))
    evidence = words.evidence(list(dict.fromkeys(statement for *_, statement in found)))
    accepted = {actor for actor, _, _, status, _, _ in found if status == "accepted"}
    told = []
    for actor in sorted(accepted):
        place = f"rank {ranks[actor].rank} by betweenness" if actor in ranks else "without a tie"
        told.append(f"{words.name(actor)} ({place})")
    sentence = (
        f"The sources themselves name as mediator or interlocutor: {', '.join(told)}."
        if told
        else "The sources name nobody as mediator or interlocutor."
    )
    rows = tuple(
        (words.name(actor), what, where, status, when, evidence[statement])
        for actor, what, where, status, when, statement in found
    )
    table = ReportTable(
        "Named as go-betweens by the sources",
        ("actor", "as", "between or in", "status", "when", "who says so"),
        rows,
        command=study.command("query", _QUERY, "--sources"),
    )
    return [sentence], table


def _named(study: Study) -> Iterator[tuple[str, str, str, str, str, str]]:
    """Yield actor, predicate, place, status, date and statement of each naming."""
    query = named_queries([QUERIES])[_QUERY]
    for row in select(study.graph.store, bound(query, {}, study.graph)).named(study.graph):
        yield (
            row["actor"],
            spaced(row["predicate"]),
            study.words.name(row["between"] or row["in"]),
            row["status"],
            date_in_words(row["date"]),
            row["statement"],
        )


def roles(study: Study) -> ReportTable:
    """Return how often each actor stands between two others that are not tied, by role."""
    camps = study.camps
    found = brokerage(study.accepted, camps.of)
    totals = found.total.tolist()
    without = counted(len(found.left_out), "actor without a camp is", "actors without a camp are")
    order = sorted(range(len(found.nodes)), key=lambda at: (-totals[at], found.nodes[at]))
    return ReportTable(
        "Brokerage between camps (Gould and Fernandez), accepted ties",
        ("actor", "camp", *ROLES, "all"),
        tuple(
            (
                study.words.name(found.nodes[at]),
                study.words.name(camps.of[found.nodes[at]]),
                *map(str, found.counts[at].tolist()),
                str(totals[at]),
            )
            for at in order[: study.top]
            if totals[at]
        ),
        numbers=frozenset(range(2, len(ROLES) + 3)),
        command=study.again,
        note="Pairs of actors, not tied themselves, that the actor stands between along the "
        "direction of ties that are not hostile. The camps are those of the chapter on camps; "
        f"{without} left out.",
    )
