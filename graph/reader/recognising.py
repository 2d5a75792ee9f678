"""What in a public reading would still tell who somebody is whose name is withheld."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from ..model import Form, NamedThing, specs
from ..model.names import SIGNS, name_key
from ..model.own_terms import OwnTerm
from ..model.terms import spaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..model import Actor, Case, Record
    from .concealing import Concealed
    from .problems import ProblemReport

_TEXTS = (Form.TEXT, Form.ENGLISH, Form.NAME, Form.STEP, Form.ADDRESS, Form.IDENTIFIER)
_SHORTEST = 4
"""Shorter names are also common words."""
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

    Names are found in their normal form, each wherever it stands.

    Args:
        case: the reading, with opaque ids.
        own: the terms of the case that are public.
        of: what is told otherwise in it.
        report: takes the problems.
    """
    names = {word for one in of.people.values() for word in _names_of(one)}
    ids = {word for one in of.people for word in _forms(one) if len(word) >= _SHORTEST}
    report.kept_words.update(names | ids)
    common = {name for name in ids - names if " " not in name}  # also a word of texts
    in_texts, in_ids = _any_of(names | ids - common), _any_of(names | ids)
    records: list[Record | OwnTerm] = [*case.records(), *case.former, *own]
    for record in records:
        texts = _texts_of_term(record) if isinstance(record, OwnTerm) else _texts_of(record)
        for key, text in texts:
            words = in_ids if key in ("id", "name") else in_texts
            if found := words.search("\n".join(_forms(text))):
                wrong = f'"{found[0]}" tells of somebody whose name is withheld'
                report(record.origin, key, f"{wrong}; take it out of what is public, or rename it")


def _any_of(called: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of whole words."""
    every = "|".join(map(re.escape, sorted(called, key=len, reverse=True))) or "(?!)"
    return re.compile(rf"(?<!\w)(?:{every})(?!\w)")


def _forms(text: str) -> tuple[str, str]:
    """Return a text in normal form, without apostrophes and with blanks in place of them."""
    return name_key(text), name_key(_APOSTROPHE.sub(" ", text))


def _names_of(actor: Actor) -> Iterator[str]:
    """Yield what somebody is called in texts, in normal form; a label may repeat the id."""
    label = () if name_key(actor.label) == name_key(actor.id) else (actor.label,)
    names = (*(name.text for name in actor.names), *(one.value for one in actor.identifiers))
    for name in (*label, *names):
        yield from (word for word in _forms(name) if len(word) >= _SHORTEST)


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
