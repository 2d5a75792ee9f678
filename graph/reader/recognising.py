"""What in a public reading would still tell who somebody is whose name is withheld."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from ..model import Form, NamedThing, specs
from ..model.names import SHORT, SHORTEST, SIGNS, as_a_word, is_a_word, name_key, written
from ..model.own_terms import OwnTerm
from ..model.terms import spaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..model import Actor, Case, Record
    from .concealing import Concealed
    from .problems import ProblemReport

_TEXTS = (Form.TEXT, Form.ENGLISH, Form.NAME, Form.STEP, Form.ADDRESS, Form.IDENTIFIER)
_SHORTEST_IN_IDS = 3
"""Ids have words such as *al* and *an*."""
_APOSTROPHE = re.compile(f"[{SIGNS[1:]}]")
"""What may part a name from the ending of a genitive."""


def check_joined(case: Case, of: Concealed, report: ProblemReport) -> None:
    """Report people of whom several public sources tell, where the editor does not say why.

    Args:
        case: a public reading.
        of: what is told otherwise in it.
        report: takes the problems.
    """
    sources: dict[str, set[str]] = defaultdict(set)
    for source in case.sources:
        for name in source.authors:
            sources[name].add(source.id)
    for statement in case.statements:
        for claim in statement.claims:
            for name in (statement.subject, statement.object or "", claim.voice):
                sources[name].add(claim.source)
    for thing in case.things:
        if thing.id in of.people and isinstance(thing, NamedThing):
            found = sources[thing.id] | {one.source for one in thing.mentioned}
            if len(found) > 1 and not of.people[thing.id].withheld.joined:
                wrong = f"{' and '.join(sorted(found))} tell of {thing.id}, whose name is withheld"
                right = "make a thing of each, or say under [withheld] why that is known: joined"
                report(thing.origin, "", f'{wrong}, as one person; {right} = "..."')


def check_concealed(
    case: Case, own: Iterable[OwnTerm], of: Concealed, report: ProblemReport
) -> None:
    """Report what in a public reading tells of somebody whose name is withheld.

    Names are found in their normal form, each wherever it stands; short ones as they are written,
    see ``as_a_word``.

    Args:
        case: the reading, with opaque ids.
        own: the terms of the case that are public.
        of: what is told otherwise in it.
        report: takes the problems.
    """
    called = {name for one in of.people.values() for name in _names_of(one)}
    forms = {word for name in called for word in _forms(name)}
    names = {word for word in forms if len(word) >= SHORT}
    ids = {word for one in of.people for word in _forms(one) if len(word) >= SHORT}
    brief = {name for name in called if min(map(len, _forms(name))) < SHORT}
    in_ids = (
        names | ids | {one for one in forms if len(one) >= _SHORTEST_IN_IDS and not is_a_word(one)}
    )
    report.kept_words.update(in_ids)
    common = {name for name in ids - names if " " not in name}  # also a word of texts
    search = _Sought(_any_of(names | ids - common), _any_of(in_ids), _short(brief))
    records: list[Record | OwnTerm] = [*case.records(), *case.former, *own]
    for record in records:
        texts = _texts_of_term(record) if isinstance(record, OwnTerm) else _texts_of(record)
        for key, text in texts:
            if found := search.in_id(text) if key in ("id", "name") else search.in_text(text):
                wrong = f'"{found}" tells of somebody whose name is withheld'
                report(record.origin, key, f"{wrong}; take it out of what is public, or rename it")


class _Sought(NamedTuple):
    """What is looked for.

    Attributes:
        texts: names in normal form.
        ids: those that ids must not have.
        short: short names, as they are written.
    """

    texts: re.Pattern[str]
    ids: re.Pattern[str]
    short: re.Pattern[str]

    def in_id(self, text: str) -> str:
        """Return what an id has of them, or nothing."""
        found = self.ids.search("\n".join(_forms(text)))
        return found[0] if found else ""

    def in_text(self, text: str) -> str:
        """Return what a text says of them, or nothing."""
        found = self.texts.search("\n".join(_forms(text))) or self.short.search(written(text))
        return found[0] if found else ""


def _short(called: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(as_a_word, sorted(called))) or "(?!)")


def _any_of(called: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of whole words."""
    every = "|".join(map(re.escape, sorted(called, key=len, reverse=True))) or "(?!)"
    return re.compile(rf"(?<!\w)(?:{every})(?!\w)")


def _forms(text: str) -> tuple[str, str]:
    """Return a text in normal form, without apostrophes and with blanks in place of them."""
    return name_key(text), name_key(_APOSTROPHE.sub(" ", text))


def _names_of(actor: Actor) -> Iterator[str]:
    """Yield what somebody is called in texts; a label may repeat the id."""
    label = () if name_key(actor.label) == name_key(actor.id) else (actor.label,)
    names = (*(name.text for name in actor.names), *(one.value for one in actor.identifiers))
    yield from (name for name in (*label, *names) if len(name_key(name)) >= SHORTEST)


def _texts_of_term(term: OwnTerm) -> Iterator[tuple[str, str]]:
    """Yield what a term of the case says, each with its key."""
    yield "name", spaced(term.name)
    yield from (("label", one.text) for one in term.labels)
    yield from (("inverse", one.text) for one in term.inverse)
    yield from (("synonyms", one) for one in term.synonyms)
    yield from (("definition", term.definition), ("example", term.example))
    yield "remark", term.remark


def _texts_of(record: Record) -> Iterator[tuple[str, str]]:
    """Yield the id and the texts of a record, each with its key."""
    yield "id", record.id
    for spec in specs(type(record)):
        if spec.form in _TEXTS:
            value = getattr(record, spec.name)
            for one in value if spec.many else (value,):
                yield spec.key, one if isinstance(one, str) else " ".join(map(str, one[:2]))
