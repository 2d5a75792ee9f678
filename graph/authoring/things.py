"""Adding a thing to a case: its file, with an id made of its name and all keys that it needs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from unicodedata import category as unicode_category

from ..errors import UsageError
from ..model import Topic, vocabulary
from ..model.lexicon import CLASS, Lexicon
from ..model.names import name_key
from ..model.record import Name
from ..reader import vocabulary_of
from . import blocks
from .claims import only_source
from .faults import Faults
from .mentions import proposed
from .parts import Parts
from .slugs import slug_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .authored import Authored


FOLDERS = {
    "actor": ("actors", "", ""),
    "place": ("places", "", "Place"),
    "topic": ("topics", "", "Topic"),
    "document": ("topics", "", "Document"),
    "channel": ("topics", "", "Channel"),
    "event": ("events", "ev-", ""),
    "agreement": ("agreements", "ag-", ""),
    "question": ("questions", "q-", ""),
}
"""Of each sort of thing its folder, how its ids begin, and the class where none is given."""
NAMED = ("actor", "place", "topic", "document", "channel")
"""The sorts of things that sentences name."""
_LONGEST_ID = 40
_LANGUAGE = re.compile(r"@([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)$")
_LONGEST_NAME = 200
_NO_PART_OF_A_NAME = ("Cc", "Zl", "Zp")


@dataclass(frozen=True)
class Details:
    """What is said of a thing beside its name; empty where nothing is.

    Attributes:
        id: its id.
        classes: classes of the ontology.
        kinds: kinds of its list.
        aliases: further names, with ``@`` and a language behind them if it is not the case's.
        identity: of an actor; a named one by default.
        mentioned: passages that show it; by default those of the texts at hand that name it.
        note: what a reader must know.
        other: what it is, where the kind is ``other``.
        process: the talks process that an event or agreement belongs to.
        parties: sides of an agreement.
        roles: ``ROLE=ACTOR`` each.
        when: when it took place or was concluded.
        place: where.
        claims: who says so, each as ``VOICE STANCE CERTAINTY SOURCE#SENTENCE``.
        condition_of: statements that hold only if it is so; it needs no claim then.
        option_of: statements of which it is one of the options; likewise.
        clauses: each as ``TOPIC | LABEL | TEXT``, with whom it obliges and benefits behind.
        about: what a question is about.
        exclusive: whether a question has at most one right answer.
        broader: of a term, that of the ontology above it.
        label: of a term, in English; so are the following.
        inverse: its label from the other end.
        definition: one sentence.
        example: one or more.
        synonyms: words that mean the same.
        sign: 1, 0 or -1.
        aspect: ``act`` or ``state``.
        lists: those that a kind is in.
        on: what a note is on.
        passages: those that a note or judgement rests on.
        judgement: whether two things are one: ``same``, ``different`` or ``unsure``.
        certainty: how sure the judgement is.
        reason: why it is so.
        judge: who judged.
        decided: the day on which it was judged, as ``2026-03-15``.
        proposed_by: the program that put both before the judge.
        predicates: of a rule for figures, those that it is for.
        awaits: what it waits for.
        score: how high that ranked them, from 0 to 1.
        facts: further keys of the statement that an event or agreement makes.
    """

    id: str = ""
    classes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    identity: str = ""
    mentioned: tuple[str, ...] = ()
    note: str = ""
    other: str = ""
    process: str = ""
    parties: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    when: str = ""
    place: str = ""
    claims: tuple[str, ...] = ()
    condition_of: tuple[str, ...] = ()
    option_of: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    exclusive: bool | None = field(default=None)
    broader: str = ""
    label: str = ""
    inverse: str = ""
    definition: str = ""
    example: str = ""
    synonyms: tuple[str, ...] = ()
    sign: int | None = None
    aspect: str = ""
    lists: tuple[str, ...] = ()
    on: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()
    judgement: str = ""
    certainty: str = ""
    reason: str = ""
    judge: str = ""
    decided: str = ""
    proposed_by: str = ""
    score: float | None = None
    predicates: tuple[str, ...] = ()
    awaits: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


def refuse_name(name: str) -> None:
    """Raise ``UsageError`` if a thing cannot be called so."""
    if not name.strip():
        raise UsageError("what is its name? it is empty")
    if any(unicode_category(sign) in _NO_PART_OF_A_NAME for sign in name):
        raise UsageError("a name is one line of letters and signs; take out line feeds and "
                         "control characters")  # fmt: skip
    if len(name) > _LONGEST_NAME:
        raise UsageError(f"a name has {_LONGEST_NAME} signs at most, this one {len(name)}; "
                         "put what it says into --note")  # fmt: skip


def free_id(sort: str, name: str) -> str:
    """Return an id made of a name.

    Args:
        sort: of what: a key of ``FOLDERS``.
        name: its name.

    Raises:
        UsageError: the name has few Latin letters, or none.
    """
    made = slug_of(name, _LONGEST_ID)
    if not made:
        raise UsageError(
            f'no id can be made of "{name}"; give one in the letters a-z: ID="NAME", or --id'
        )
    start = FOLDERS[sort][1]
    return made if made.startswith(start) and start else start + made


class Tools:
    """What all that is added together is made with: words, and the case as it is on the disk.

    Args:
        case: the case's files, which what is added joins.

    Attributes:
        case: as it was given.
        ontology: the words, with those of the case.
        lexicon: its terms.
        parts: makes tables of agreements.
    """

    def __init__(self, case: Authored) -> None:
        self.case = case
        self.ontology = vocabulary_of(case.folder, vocabulary.load())
        self.lexicon = Lexicon(self.ontology)
        self.parts = Parts(self.ontology, self.lexicon, case)


class FileMaker:
    """Makes the text of the file of a thing."""

    def __init__(self, tools: Tools, more: Details) -> None:
        self._tools = tools
        self._case = tools.case
        self._more = more
        self.proposed: tuple[str, ...] = ()
        self.unmatched = ""

    def text(self, sort: str, name: str, own: str) -> str:
        """Return the text of the file."""
        more = self._more
        head: dict[str, Any] = {"label": name, "class": self._classes(sort)}
        if sort in NAMED:
            head |= {"kinds": list(more.kinds), "other": more.other}
            if sort == "actor":
                head["identity"] = more.identity or "named"
            head["names"] = [self._alias(one) for one in more.aliases]
            head["mentioned"] = self._mentioned(name, own)
            return blocks.table({**head, "note": more.note})
        if sort == "question":
            return blocks.table({**head, **self._question()})
        faults = Faults()
        head |= {"kind": faults.attempt(self._one_kind, sort), "other": more.other}
        if more.process:
            head["process"] = faults.attempt(self._case.resolve, more.process, "process")
        what = f"this {sort} came about"
        claims = faults.attempt(self._tools.parts.claims, more, what)
        dated = self._tools.parts.date(faults.attempt(self._dated) or {}, claims or ())
        roles = self._roles(faults)
        certain = replace(more, condition_of=(), option_of=())
        clauses = [
            faults.attempt(self._tools.parts.clause, one, f"{own}.c{number}", certain)
            for number, one in enumerate(more.clauses, 1)
        ]
        faults.refuse()
        fact = {"event": "occurred", "agreement": "concluded"}[sort]
        return "\n".join(
            [
                blocks.table({**head, "note": more.note}),
                blocks.table({**dated, "claims": claims}, f"[{fact}]"),
                *roles,
                *filter(None, clauses),
            ]
        )

    def _classes(self, sort: str) -> str | list[str]:
        known = {
            key: one.name
            for one in self._tools.lexicon.terms
            if one.sort == CLASS
            for key in one.called.keys
        }
        found = [known.get(name_key(one), one) for one in self._more.classes]
        if sort == "actor" and not found:
            raise UsageError(
                "what is it? write Person, ArmedGroup, State, StateBody, SocialGroup ... in place "
                "of actor, or give class= or --class; all are listed by: hudna terms --list class"
            )
        return (found if len(found) > 1 else found[0]) if found else FOLDERS[sort][2]

    def _alias(self, text: str) -> dict[str, str]:
        found = _LANGUAGE.search(text)
        plain = text[: found.start()] if found else text
        lang = found[1] if found else self._case.language
        return {"text": plain.removeprefix('"').removesuffix('"'), "lang": lang}

    def _mentioned(self, name: str, own: str) -> list[str]:
        """Return the passages that are given, else those that name the thing."""
        if self._more.mentioned:
            return [self._cited(part) for one in self._more.mentioned for part in one.split(",")]
        if self._case.texts is None:
            return []
        case = self._case.records
        if case is None:
            self.unmatched = "the case has problems: hudna check"
            return []
        aliases = map(self._alias, self._more.aliases)
        names = tuple(Name(one["text"], one["lang"]) for one in aliases)
        thing = Topic(id=own, label=name, names=names)
        found = proposed(replace(case, things=(*case.things, thing)), self._case.said)
        self.proposed = found.mentions.get(own, ())
        return list(self.proposed)

    def _cited(self, part: str) -> str:
        source = "" if "#" in part else only_source(self._case)
        return f"{source}#{part}" if source else part

    def _question(self) -> dict[str, Any]:
        faults = Faults()
        if self._more.exclusive is None:
            faults.append("can only one answer be right? give exclusive=true or false, or "
                          "--exclusive or --not-exclusive")  # fmt: skip
        if not self._more.about:
            faults.append(
                "what is it about? give about= or --about with the id of a thing or a statement"
            )
        kinds = list(self._more.kinds)
        taken = self._case.taken()
        about = [
            one if one in taken else faults.attempt(self._case.resolve, one)
            for one in self._more.about
        ]
        faults.refuse()
        return {
            "exclusive": self._more.exclusive,
            "about": about,
            "kind": kinds[0] if kinds else "",
            "note": self._more.note,
        }

    def _one_kind(self, sort: str) -> str:
        if len(self._more.kinds) != 1:
            raise UsageError(
                f"of what kind is it? write one in place of {sort}, or give --kind; they are "
                f"listed by: hudna terms --list {sort}-kind"
            )
        return self._more.kinds[0]

    def _dated(self) -> dict[str, Any]:
        place = self._more.place
        return {
            "when": self._more.when,
            "place": self._case.resolve(place, "place") if place else "",
            **self._more.facts,
        }

    def _roles(self, faults: Faults) -> list[str]:
        roles = [("party", one) for one in self._more.parties]
        for one in self._more.roles:
            role, sign, actor = one.partition("=")
            if sign:
                roles.append((role.strip(), actor.strip()))
            else:
                faults.append(f'--role: "{one}" names no actor; write ROLE=ACTOR')
        ids = [faults.attempt(self._case.resolve, actor, "actor") for _, actor in roles]
        return [
            blocks.table({"role": role, "actor": own}, "[[role]]")
            for (role, _), own in zip(roles, ids, strict=True)
        ]
