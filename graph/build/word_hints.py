"""What in the coding does not fit the words of the sources, where the user has their texts."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ..reader import ProblemReport
from ..reader.cues import Cue, cues_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ..errors import Problem
    from ..model import Case, Origin, Statement

    Reports = defaultdict[str, ProblemReport]


def word_hints(case: Case, said: Mapping[str, str], folder: Path) -> dict[str, list[Problem]]:
    """Return hints at what does not fit the words of a source, by the id of the source.

    These are times in a source's own words that are in no sentence that they are from, and claims
    whose cue stands for another stance or certainty by the tables of cues.

    Args:
        case: all records of the case.
        said: the sentences that are at hand, by ``SOURCE#SENTENCE``; no others are looked at.
        folder: the case's folder.
    """
    reports: Reports = defaultdict(ProblemReport)
    plain = {sentence: _plain(words) for sentence, words in said.items()}
    told: set[Origin] = set()
    for statement in case.statements:
        _misquoted(statement, plain, reports)
        if not statement.condition:
            _miscued(statement, said, told, reports)
    return {source: list(report.hints(folder)) for source, report in reports.items()}


def _misquoted(statement: Statement, plain: Mapping[str, str], reports: Reports) -> None:
    """Tell of words for a time that are not in the sentences where the time is told.

    These are the sentences of ``when_passages`` where there are some, else those of the claims.
    Capitals and line ends make no difference.
    """
    refs = statement.when_passages or [ref for one in statement.claims for ref in one.passages]
    cited = tuple(dict.fromkeys(ref.citation for ref in refs))
    words = _plain(statement.when_text)
    if words and cited and all(one in plain and words not in plain[one] for one in cited):
        reports[refs[0].source].hint(
            statement.origin,
            "when_text",
            f'"{statement.when_text}" is not in {", ".join(cited)}; write words that are, cite the '
            "sentence that has them in when_passages, or leave it out",
        )


def _miscued(
    statement: Statement, said: Mapping[str, str], told: set[Origin], reports: Reports
) -> None:
    """Tell, once, of claims with a cue whose words stand for another stance or certainty.

    Looked at are claims of which all cues are at hand; one word that fits is enough.
    """
    for claim in statement.claims:
        places = [place.rpartition(":") for place in claim.cue]
        if claim.origin in told or not all(sentence in said for sentence, _, _ in places):
            continue
        told.add(claim.origin)
        words = [said[sentence][_part(place)] for sentence, _, place in places]
        known = [cue for text in words for cue in cues_in(text)]
        if known and not any(cue.admits(claim.stance, claim.certainty) for cue in known):
            quoted = ", ".join(f'"{text}"' for text in words)
            reports[claim.source].hint(
                claim.origin,
                "cue",
                f"{quoted} stands for {'; '.join(map(Cue.told, known))}, and not for "
                f"{claim.stance}, {claim.certainty}; correct them, or the place of the cue",
            )


def _part(place: str) -> slice:
    start, _, end = place.partition("-")
    return slice(int(start), int(end))


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
