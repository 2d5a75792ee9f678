"""What is right in the files but would better be looked at."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from ..model import (
    AFFIRMING,
    DENYING,
    UNKNOWN,
    Actor,
    Form,
    Judgement,
    NameResolution,
    Note,
    Passage,
    Preference,
    Stance,
    specs,
)
from ..model.words import DEGREES, Certainty
from .coordinates import hint_swapped
from .cues import is_inferred
from .rival_figures import hint_rival_figures

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from ..model import Case, Claim, Origin, Statement
    from ..model.record import Record
    from .problems import ProblemReport

DETAILS = 3
"""So many details of one sentence are more than a group says with one voice."""

_TOGETHER = ("all", "body")
_OF_THINGS = (Form.ID, Form.ID_OR_CLAUSE, Form.CLAUSE_ID, Form.ANY_ID, Form.STEP)


class _Said(NamedTuple):
    """A claim with the statement that it is on."""

    claim: Claim
    statement: Statement

    @property
    def firmness(self) -> tuple[str, str]:
        return self.claim.stance, self.claim.certainty


def add_hints(case: Case, report: ProblemReport, changing: Collection[str] = frozenset()) -> None:
    """Tell of what the files of a case may well have, but of which another code is likelier.

    Each claim is told of where it is written, once, also if several statements have it.

    Args:
        case: all records of the case.
        report: takes the hints.
        changing: the predicates of figures that may change from one day to another.
    """
    said = list(_said(case))
    hint_reread(case, {one.id: one.reread for one in case.sources}, report)
    groups = set(_groups(case)) - _authors(case)
    hint_rival_figures(case, report, changing)
    _unlike_parts(said, report)
    _sure_groups(said, groups, report)
    _details_of_groups(said, groups, report)
    _unused(case, report)
    _inferred(case, said, report)
    _plain_denials(case, report)
    hint_swapped(case, report)
    _nobody_to_write_to(case, report)


def hint_reread(case: Case, changed: Mapping[str, Collection[str]], report: ProblemReport) -> int:
    """Tell of the claims that cite sentences whose words have changed since.

    Args:
        case: all records of the case.
        changed: the numbers of these sentences, by the id of their source.
        report: takes the hints.

    Returns:
        How many claims that are.
    """
    count = 0
    for claim, _ in _said(case):
        cited = [one for one in claim.passages if one.sentence in changed.get(one.source, ())]
        if cited:
            one = cited[0]
            count += 1
            report.hint(
                claim.origin,
                "passages",
                f"{one.citation} reads otherwise now: see whether it still says this; when all "
                f'that cites it is read, take "{one.sentence}" out of reread in '
                f"sources/{one.source}.toml",
            )
    return count


def _nobody_to_write_to(case: Case, report: ProblemReport) -> None:
    """Tell of a case on people who cannot ask for a correction."""
    people = [one for one in case.things if "Person" in one.classes and one.id != case.editor]
    if people and not case.contact:
        report.hint(
            case.origin,
            "contact",
            "people are told of, and nobody says where they may ask for a correction or reply: "
            'write an address, as contact = "desk@example.org"',
        )


def _said(case: Case) -> Iterator[_Said]:
    """Yield the claims as they are written, each with the first statement that has it."""
    seen: set[Origin] = set()
    for statement in case.statements:
        for claim in statement.claims:
            if claim.origin not in seen:
                yield _Said(claim, statement)
            seen.add(claim.origin)


def _groups(case: Case) -> Iterator[str]:
    """Yield the actors that are several people, of whom some may say what others do not."""
    for one in case.things:
        if isinstance(one, Actor) and (
            "SocialGroup" in one.classes or one.identity == "collective"
        ):
            yield one.id


def _authors(case: Case) -> set[str]:
    return {author for source in case.sources for author in source.authors}


def _unlike_parts(said: list[_Said], report: ProblemReport) -> None:
    """Tell of parts of one sentence that stand side by side, of which one is firmer said."""
    beside: dict[tuple[object, ...], list[_Said]] = defaultdict(list)
    for one in said:
        for place in _places(one):
            beside[place].append(one)
    told: set[tuple[str, str]] = set()
    for found in beside.values():
        for first, other in combinations(found, 2):
            pair = (first.claim.id, other.claim.id)
            ends = {(one.statement.subject, one.statement.object) for one in (first, other)}
            if first.firmness == other.firmness or len(ends) == 1 or pair in told:
                continue
            told.add(pair)
            key = "certainty" if first.claim.stance == other.claim.stance else "stance"
            report.hint(
                other.claim.origin,
                key,
                f"{' '.join(other.firmness)} here, {' '.join(first.firmness)} in "
                f"{first.statement.id}, of the same sentence; say both alike, or give the cue "
                "of the one that differs",
            )


def _places(one: _Said) -> Iterator[tuple[object, ...]]:
    """Yield what claims have in common that stand side by side in a sentence, for either end."""
    claim, statement = one
    if not statement.object or UNKNOWN in (statement.subject, statement.object):
        return
    degrees = next((some for some in DEGREES if claim.stance in some), claim.stance)
    alike = (statement.predicate, statement.condition, degrees, frozenset(claim.cue))
    for passage in claim.passages:
        at = (claim.voice.partition("/")[0], passage, *alike)
        yield (*at, "subject", statement.subject)
        yield (*at, "object", statement.object)


def _sure_groups(said: list[_Said], groups: set[str], report: ProblemReport) -> None:
    """Tell of what several people say flatly, though nothing tells that they all say so."""
    for claim, _ in said:
        sure = claim.certainty == Certainty.CERTAIN and claim.stance in (*AFFIRMING, *DENYING)
        shown = claim.speakers in _TOGETHER or (claim.speakers and claim.cue)
        if claim.voice in groups and sure and not shown:
            report.hint(
                claim.origin,
                "certainty",
                f"is certain for {claim.voice}, who are several people; say in speakers who of "
                "them says so, with the cue, or write unspecified, or give it to the author",
            )


def _details_of_groups(said: list[_Said], groups: set[str], report: ProblemReport) -> None:
    """Tell of sentences with many details that are all said by several people."""
    details: dict[tuple[str, str], list[_Said]] = defaultdict(list)
    for one in said:
        claim = one.claim
        told = claim.stance in AFFIRMING and claim.speakers not in _TOGETHER and not claim.cue
        if claim.voice in groups and told:
            for passage in claim.passages:
                details[claim.voice, passage.citation].append(one)
    for (voice, sentence), found in details.items():
        if len(found) >= DETAILS:
            report.hint(
                found[0].claim.origin,
                "voice",
                f"{voice}, who are several people, say {len(found)} things in {sentence}; leave "
                "them the frame of what they say, and give the details to the author",
            )


def _unused(case: Case, report: ProblemReport) -> None:
    """Tell of things of which nothing is said, and that say nothing; a note is nothing said."""
    used = {case.editor} | {one for voices in _voices(case) for one in voices}
    for record in case.records():
        if not isinstance(record, NameResolution | Note | Passage | Preference):
            used.update(_named(record))
        if isinstance(record, Judgement):
            used.update(record.things)
    for thing in case.things:
        if thing.id not in used:
            report.hint(
                thing.origin,
                "",
                f"nothing is said of {thing.id}, and it says nothing; code what the sources say "
                "of it, or take it out",
            )


def _voices(case: Case) -> Iterator[tuple[str, ...]]:
    for statement in case.statements:
        yield (statement.object or "", *(claim.voice for claim in statement.claims))


def _named(record: Record) -> Iterator[str]:
    """Yield the ids that a record names."""
    own: type = type(record)
    for name, many in _naming(own):
        value = getattr(record, name)
        if many:
            yield from map(str, value)
        elif value:
            yield value


@cache
def _naming(record: type) -> tuple[tuple[str, bool], ...]:
    """Return the fields of a class of records that name things, and whether they name several."""
    return tuple((one.name, one.many) for one in specs(record) if one.form in _OF_THINGS)


def _inferred(case: Case, said: list[_Said], report: ProblemReport) -> None:
    """Tell of what an author is said to say flatly, though a note says that it only follows."""
    authors = {source.id: source.authors for source in case.sources}
    for claim, statement in said:
        flat = claim.stance in (Stance.ASSERTS, Stance.DENIES)
        if flat and claim.voice in authors.get(claim.source, ()):
            for record in (claim, statement):
                if is_inferred(record.note):
                    report.hint(
                        record.origin,
                        "note",
                        f"says that it is inferred what {claim.voice} {claim.stance}; make it a "
                        "claim of the editor, who suspects it, or cite the words that say it",
                    )


def _plain_denials(case: Case, report: ProblemReport) -> None:
    """Tell of denials of what nobody says, which no words are cited for."""
    told: set[Origin] = set()
    for statement in case.statements:
        stances = {claim.stance for claim in statement.claims} - {Stance.REPORTS.value}
        denials = [one for one in statement.claims if one.stance in DENYING]
        if stances != {*DENYING} or any(one.cue for one in denials):
            continue
        claim = denials[0]
        if claim.origin not in told:
            report.hint(
                claim.origin,
                "stance",
                "is denied, and nobody says it; write doubts if that is meant, name who says it "
                "if the source does, take a predicate for the act, or give the cue of the denial",
            )
        told.add(claim.origin)
