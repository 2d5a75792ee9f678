"""What is right in the files but looks unfinished: what the coder may have meant to add."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ..model import AFFIRMING, Actor, Clause
from ..model.terms import HUD, SKOS
from .schemas import LISTED_SENTENCES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Case, Statement
    from ..model.vocabulary import Vocabulary
    from .problems import ProblemReport

_NAMED = 3
"""So many statements of a file are named in a hint that stands for all of its kind."""
_THE_TIE = "Write the tie that the words name; hudna terms --for actor,actor lists them."


def add_loose_ends(case: Case, vocabulary: Vocabulary, report: ProblemReport) -> None:
    """Tell of what the files of a case may lack.

    Args:
        case: all records of the case.
        vocabulary: tells which predicates are states, and which hold on every day.
        report: takes the hints.
    """
    _cited_after_all(case, report)
    _undated(case, vocabulary, report)
    _no_ties(case, vocabulary, report)
    _open_clauses(case, report)


def _cited_after_all(case: Case, report: ProblemReport) -> None:
    """Tell of sentences of which nothing is to be coded, and that a claim cites all the same."""
    cites = {ref.citation: claim for one in case.statements for claim in one.claims
             for ref in claim.passages}  # fmt: skip
    for source in case.sources:
        for passage in source.passages:
            claim = cites.get(f"{source.id}#{passage.sentence}")
            for key in LISTED_SENTENCES:
                if claim is not None and getattr(passage, key):
                    report.hint(
                        source.origin,
                        key,
                        f"{claim.statement} has a claim that cites {passage.sentence}; take "
                        f'"{passage.sentence}" out of the list, or out of the claim',
                    )


def _undated(case: Case, vocabulary: Vocabulary, report: ProblemReport) -> None:
    """Tell, once a file, of events and of ties of actors that last, of which nothing says when."""
    actors = {one.id for one in case.things if isinstance(one, Actor)}
    undated: dict[str, list[Statement]] = defaultdict(list)
    for one in case.statements:
        known = vocabulary.predicates[one.predicate]
        lasts = known.aspect == "state" and not known.timeless
        tie = lasts and {one.subject, one.object} <= actors
        if (tie or one.predicate == "occurred") and one.claims and not _has_time(one):
            undated[one.origin.file].append(one)
    for found in undated.values():
        named = ", ".join(one.id for one in found[:_NAMED])
        more = f" and {len(found) - _NAMED} more of this file" if len(found) > _NAMED else ""
        report.hint(
            found[0].origin,
            "",
            f"nothing says when it is so, of {named}{more}; give when, or begins and ends, as far "
            "as the source tells or its date limits it, as in [..2022-11-09]",
        )


def _no_ties(case: Case, vocabulary: Vocabulary, report: ProblemReport) -> None:
    """Tell of what is for or against another actor in a word that is no tie of two actors."""
    actors = {one.id for one in case.things if isinstance(one, Actor)}
    for one in case.statements:
        if not {one.subject, one.object} <= actors or not vocabulary.predicates[one.predicate].sign:
            continue
        told = vocabulary.texts[vocabulary.iri(HUD, one.predicate)]
        if HUD + "tie" not in told and HUD + "role" not in told:
            remark = " ".join(told.get(SKOS + "scopeNote", ())) or _THE_TIE
            report.hint(
                one.origin,
                "predicate",
                f"{one.predicate} is no tie of two actors, so that networks and the query ties "
                f"lack it. {remark}",
            )


def _has_time(statement: Statement) -> bool:
    return bool(statement.when or statement.begins or statement.ends)


def _open_clauses(case: Case, report: ProblemReport) -> None:
    """Tell of clauses of no topic, and of those that were agreed and bind and favour nobody."""
    spoken = set(_spoken_of(case))
    for clause in case.things:
        if not isinstance(clause, Clause):
            continue
        if set(clause.topic) == {"other"}:
            report.hint(
                clause.origin,
                "topic",
                f"{clause.id} is only other, by which no query finds it; add the nearest topic, as "
                'in ["weapons", "other"]',
            )
        told = (clause.id, "ends") in spoken or clause.note
        if (clause.id, "agreed") in spoken and not told:
            report.hint(
                clause.origin,
                "",
                f"nobody has to do what {clause.id} says, or gains by it; say who in obligor or "
                "beneficiary, write a statement under it, or a note that it is not told",
            )


def _spoken_of(case: Case) -> Iterator[tuple[str | None, str]]:
    """Yield each clause that a voice affirms, and each that binds or favours somebody."""
    for one in case.statements:
        if one.predicate == "containsClause":
            if any(claim.stance in AFFIRMING for claim in one.claims):
                yield one.object, "agreed"
        elif one.predicate in ("obligor", "beneficiary"):
            yield one.subject, "ends"
        if one.under:
            yield one.under, "ends"
