"""Whose name is withheld: nothing in the files of a case may tell who it is.

``withheld`` is for somebody who asked not to be named, so more than what the source says of them is
a danger to them. A judgement that they are, may be or are *not* somebody else narrows down who they
are just as a name does; each of their descriptions is a voice of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ..model import Actor, Form, specs
from ..model.names import SHORT, SHORTEST, as_a_word, written
from ..model.withholding import WITHHELD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..model import Case, Origin, Record
    from .problems import ProblemReport

    Report = Callable[[Origin, str, str], None]

NAMED = "named"
_WHO = frozenset({"Person", "MediaOrganization", "Company", "NonGovernmentalOrganization"})
"""Whoever is named beside a description is taken for the one described, or for the employer."""
_CONTACT = re.compile(
    r"https?:|\bwww\.|@\w|\+\d(?:[ ()/-]?\d){6,}|\d(?:[ ()/-]?\d){8,}", re.IGNORECASE
)
"""Addresses, accounts and telephone numbers."""
_WORDS = re.compile(r"\w+")


class _Prose(NamedTuple):
    """A text of the editors: where it stands, under which key.

    Attributes:
        origin: where its entry was authored.
        key: the key under which it stands.
        words: the text.
        about: the withheld things that it describes; empty where it only goes with what they say or
            do, so that it may name others.
    """

    origin: Origin
    key: str
    words: str
    about: frozenset[str] = frozenset()


def check_withheld(case: Case, told: ProblemReport, *, whole: bool = True) -> None:
    """Report whatever identifies a thing whose name is withheld.

    Args:
        case: all records of the case.
        told: takes the problems.
        whole: whether the case holds what is not public, so that what is kept apart may tell.
    """

    def report(origin: Origin, key: str, message: str) -> None:
        if not (whole and origin.apart):
            told(origin, key, message)

    hidden_actors = [actor for actor in _actors(case) if actor.identity == WITHHELD]
    withheld = {actor.id for actor in hidden_actors}
    if not withheld:
        return
    for actor in hidden_actors:
        for key in ("names", "identifiers", *Actor.LOCATION):
            if getattr(actor, key) not in (None, "", ()):
                report(actor.origin, key, _identifies(f'take "{key}" away'))
    for judgement in case.judgements:
        if hidden := withheld.intersection(judgement.things):
            wrong = f"{min(hidden)} is withheld: who it is, may be or is not is judged nowhere; "
            report(judgement.origin, "things", wrong + "take the judgement away")
        if judgement.judge in withheld:
            wrong = f"{judgement.judge} is withheld, and a judgement tells who made it; "
            report(judgement.origin, "judge", wrong + "name another who answers for it")
    for rule in case.figure_rules:
        if rule.judge in withheld:
            wrong = f"{rule.judge} is withheld, and a rule for figures tells who decided it; "
            report(rule.origin, "judge", wrong + "name another who answers for it")
    for resolution in case.resolutions:
        if resolution.thing in withheld:
            wrong = f"{resolution.thing} is withheld: descriptions are not joined into one person; "
            report(resolution.origin, "thing", wrong + "make a thing of each, and take this away")
    _check_texts(case, withheld, report)


def _actors(case: Case) -> Iterator[Actor]:
    return (thing for thing in case.things if isinstance(thing, Actor))


def _check_texts(case: Case, withheld: set[str], report: Report) -> None:
    names = _Names(case)
    for text in _texts(case, withheld):
        if found := _CONTACT.search(text.words):
            what = f'"{found[0].strip()}" leads to somebody'
        elif text.about and (name := names.first_in(text.words, text.about)):
            what = f'it names "{name}"'
        else:
            continue
        report(text.origin, text.key, f"{what}; {_identifies('take it out of the text')}")


def _texts(case: Case, withheld: set[str]) -> Iterator[_Prose]:
    """Yield the texts of the editors that go with things whose name is withheld."""
    for thing in case.things:
        if thing.id in withheld:
            yield from _prose(thing, frozenset((thing.id,)))
    for note in case.notes:
        if hidden := withheld.intersection(note.on):
            yield from _prose(note, frozenset(hidden))
    for statement in case.statements:
        if withheld & {statement.subject, statement.object}:
            yield from _prose(statement)
        for claim in statement.claims:
            if claim.voice in withheld:
                yield from _prose(claim)


def _prose(record: Record, about: frozenset[str] = frozenset()) -> Iterator[_Prose]:
    """Yield the texts of a record, by the fields that it declares to be prose."""
    for field in specs(type(record)):
        if field.key and field.form is Form.ENGLISH and not field.many:
            yield _Prose(record.origin, field.key, getattr(record, field.name), about)


class _Names:
    """Names and ids of those who may be told apart, found in a text by their first word."""

    def __init__(self, case: Case) -> None:
        self.by_word: dict[str, list[tuple[str, str]]] = {}
        for thing in _actors(case):
            if not _WHO.intersection(thing.classes):
                continue
            called = [thing.id] if "-" in thing.id else []
            if thing.identity == NAMED:
                called += [thing.label, *(name.text for name in thing.names)]
            for name in called:
                words = _WORDS.findall(name.casefold())
                if words and len(name) >= SHORTEST:
                    self.by_word.setdefault(words[0], []).append((name, thing.id))

    def first_in(self, text: str, about: frozenset[str]) -> str:
        """Return a name of a thing in the text that is none of those it is about, or nothing.

        Short names count as ``as_a_word`` tells.
        """
        lower = text.casefold()
        for word in _WORDS.finditer(lower):
            for name, owner in self.by_word.get(word[0], ()):
                if owner not in about and _stands_in(name, text, lower, word.start()):
                    return name
        return ""


def _stands_in(name: str, text: str, lower: str, at: int) -> bool:
    """Return whether a name stands in a text, where a word of it does in lower case."""
    if len(name) < SHORT:
        return re.search(as_a_word(name), written(text)) is not None
    end = at + len(name.casefold())
    return lower.startswith(name.casefold(), at) and not lower[end : end + 1].isalnum()


def _identifies(right: str) -> str:
    return f"a withheld identity is hinted at nowhere; {right}"
