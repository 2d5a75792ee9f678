"""Adding a thing to a case: its file, with an id made of its name and all keys that it needs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from ..build.verification import sentences
from ..errors import DataProblems, UsageError
from ..model import vocabulary
from ..model.lexicon import CLASS, Lexicon
from ..model.names import name_key
from ..model.near import told
from ..reader import fields, read
from . import blocks
from .authored import Authored
from .claims import claim_of
from .editing import editing
from .mentions import named_in
from .sayings import Sayings, parts_of
from .slugs import slug_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_SORTS = {
    # sort: folder, how its ids begin, class where none is given
    "actor": ("actors", "", ""),
    "place": ("places", "", "Place"),
    "topic": ("topics", "", "Topic"),
    "event": ("events", "ev-", ""),
    "agreement": ("agreements", "ag-", ""),
    "question": ("questions", "q-", ""),
}
SORTS = tuple(_SORTS)
"""What can be added."""
_TAKES = {
    "actor": {"classes", "kinds", "aliases", "identity", "mentioned", "other"},
    "place": {"classes", "kinds", "aliases", "mentioned", "other"},
    "topic": {"classes", "kinds", "aliases", "mentioned", "other"},
    "event": {"classes", "kinds", "other", "process", "roles", "when", "place", "claims"},
    "agreement": {
        "kinds",
        "other",
        "process",
        "parties",
        "roles",
        "when",
        "place",
        "claims",
        "clauses",
    },
    "question": {"kinds", "about", "exclusive"},
}
"""Which details each of these takes, beside id and note."""
_LANGUAGE = re.compile(r"@([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)$")
_CLAUSE = "TOPIC[,TOPIC] | LABEL | TEXT [| obligor=ID,ID] [| beneficiary=ID,ID]"


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
        clauses: each as ``TOPIC | LABEL | TEXT``, with whom it obliges and benefits behind.
        about: what a question is about.
        exclusive: whether a question has at most one right answer.
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
    clauses: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    exclusive: bool | None = field(default=None)


class AddedThing(NamedTuple):
    """A thing that was added.

    Attributes:
        file: its file, below the case's folder.
        id: its id.
        text: what stands in the file.
        proposed: the sentences that name it and that nobody gave; they want a look.
    """

    file: str
    id: str
    text: str
    proposed: tuple[str, ...]


def add(
    folder: Path,
    sort: str,
    name: str,
    more: Details,
    texts: Path | None = None,
    *,
    dry_run: bool = False,
) -> AddedThing:
    """Add a thing to a case.

    Args:
        folder: the case's folder.
        sort: one of ``SORTS``.
        name: its name, in English.
        more: what else is said of it.
        texts: folder of the texts of the sources, if they are at hand.
        dry_run: whether it is only checked, and nothing written.

    Raises:
        UsageError: a detail is missing, does not fit the sort, or cannot be read.
        DataProblems: something else is wrong with it in this case; all problems are told.
        InputOutputError: there is no such case, or it cannot be read or written.
    """
    surplus = [key for key in _given(more) if key not in _TAKES[sort] | {"id", "note"}]
    if surplus:
        raise UsageError(f"{_with_article(sort)} has no {' and no '.join(map(_option, surplus))}")
    with editing(folder, dry_run=dry_run) as edit:
        case = Authored(folder)
        own = more.id or _free_id(sort, name)
        file = f"{_SORTS[sort][0]}/{own}.toml"
        if wrong := fields.slug(own):
            raise UsageError(f"--id: {wrong}")
        if own in case.taken():
            there = case.file_of(own)
            where = f" by {there} ({case.things()[own].label})" if own in case.things() else ""
            raise UsageError(
                f'the id "{own}" is taken{where}; if this is another one, give it an id with --id'
            )
        if not more.id and (others := case.called(name)):
            raise UsageError(
                f'"{name}" is the name of {told(others, "and")}; if this is another one, give it '
                "an id with --id"
            )
        maker = _FileMaker(case, folder, more, texts)
        edit.begin(file, maker.text(sort, name, own))
    return AddedThing(file, own, edit.read(file), maker.proposed)


def _given(more: Details) -> list[str]:
    return [key for key, value in vars(more).items() if value not in ("", (), None)]


def _option(key: str) -> str:
    plain = {
        "classes": "class",
        "kinds": "kind",
        "aliases": "alias",
        "parties": "party",
        "roles": "role",
        "claims": "claim",
        "clauses": "clause",
    }
    return f"--{plain.get(key, key)}"


def _with_article(word: str) -> str:
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def _free_id(sort: str, name: str) -> str:
    """Return an id made of a name."""
    made = slug_of(name)
    if not made:
        raise UsageError(f'no id can be made of "{name}"; give one with --id, in the letters a-z')
    start = _SORTS[sort][1]
    return made if made.startswith(start) and start else start + made


class _FileMaker:
    """Makes the text of the file of a thing."""

    def __init__(self, case: Authored, folder: Path, more: Details, texts: Path | None) -> None:
        self._case = case
        self._folder = folder
        self._more = more
        self._texts = texts
        self._ontology = vocabulary.load()
        self._lexicon = Lexicon(self._ontology)
        self.proposed: tuple[str, ...] = ()

    def text(self, sort: str, name: str, own: str) -> str:
        """Return the text of the file."""
        more = self._more
        head: dict[str, Any] = {"label": name, "class": self._classes(sort)}
        if sort in ("actor", "place", "topic"):
            head |= {"kinds": list(more.kinds), "other": more.other}
            if sort == "actor":
                head["identity"] = more.identity or "named"
            head["names"] = [self._alias(one) for one in more.aliases]
            head["mentioned"] = self._mentioned(sort, name)
            return blocks.table({**head, "note": more.note})
        if sort == "question":
            return blocks.table({**head, **self._question()})
        head |= {"kind": self._one_kind(sort), "other": more.other}
        head["process"] = self._case.resolve(more.process, "process") if more.process else ""
        fact = {"event": "occurred", "agreement": "concluded"}[sort]
        return "\n".join(
            [
                blocks.table({**head, "note": more.note}),
                blocks.table({**self._dated(), "claims": self._claims(sort)}, f"[{fact}]"),
                *self._roles(),
                *(
                    self._clause(one, f"{own}.c{number}")
                    for number, one in enumerate(more.clauses, 1)
                ),
            ]
        )

    def _classes(self, sort: str) -> str | list[str]:
        known = {
            key: one.name
            for one in self._lexicon.terms
            if one.sort == CLASS
            for key in one.called.keys
        }
        found = [known.get(name_key(one), one) for one in self._more.classes]
        if sort == "actor" and not found:
            raise UsageError(
                "what is it? give --class: Person, ArmedGroup, State, StateBody, "
                "SocialGroup ...; all are listed by: hudna terms --list class"
            )
        return (found if len(found) > 1 else found[0]) if found else _SORTS[sort][2]

    def _alias(self, text: str) -> dict[str, str]:
        found = _LANGUAGE.search(text)
        plain = text[: found.start()] if found else text
        lang = found[1] if found else self._case.language
        return {"text": plain.removeprefix('"').removesuffix('"'), "lang": lang}

    def _mentioned(self, sort: str, name: str) -> list[str]:
        """Return the passages that are given, else those that name the thing."""
        if self._more.mentioned:
            return [self._cited(part) for one in self._more.mentioned for part in one.split(",")]
        names = [name, *(self._alias(one)["text"] for one in self._more.aliases)]
        if sort == "topic":  # which has a capital as a label, and none in a sentence
            names += [one.lower() for one in names]
        self.proposed = tuple(named_in(names, self._said()))
        return list(self.proposed)

    def _said(self) -> Mapping[str, str]:
        if self._texts is None or not self._texts.is_dir():
            return {}
        try:
            sources = read(self._folder, self._ontology).sources
        except DataProblems:
            return {}
        plain = {
            f"{one.source}#{one.sentence}"
            for source in sources
            for one in source.passages
            if one.boilerplate
        }
        said = sentences(sources, self._texts)
        return {cited: text for cited, text in said.items() if cited not in plain}

    def _cited(self, part: str) -> str:
        sources = list(self._case.sources)
        return part if "#" in part or len(sources) != 1 else f"{sources[0]}#{part}"

    def _question(self) -> dict[str, Any]:
        if self._more.exclusive is None:
            raise UsageError("can only one answer be right? give --exclusive or --not-exclusive")
        if not self._more.about:
            raise UsageError("what is it about? give --about with the id of a thing or a statement")
        kinds = list(self._more.kinds)
        taken = self._case.taken()
        about = [one if one in taken else self._case.resolve(one) for one in self._more.about]
        return {
            "exclusive": self._more.exclusive,
            "about": about,
            "kind": kinds[0] if kinds else "",
            "note": self._more.note,
        }

    def _one_kind(self, sort: str) -> str:
        if len(self._more.kinds) != 1:
            raise UsageError(
                f"of what kind is it? give one --kind; they are listed by: "
                f"hudna terms --list {sort}-kind"
            )
        return self._more.kinds[0]

    def _dated(self) -> dict[str, Any]:
        place = self._more.place
        return {
            "when": self._more.when,
            "place": self._case.resolve(place, "place") if place else "",
        }

    def _claims(self, sort: str) -> list[dict[str, Any]]:
        if not self._more.claims:
            raise UsageError(
                f"who says that this {sort} came about? give --claim "
                "'VOICE STANCE CERTAINTY SOURCE#SENTENCE'"
            )
        sayings = Sayings(self._ontology, self._lexicon, self._case)
        tokens = [part for one in self._more.claims for part in parts_of(one)]
        return [claim_of(sayings.stand(one), self._case) for one in tokens]

    def _roles(self) -> list[str]:
        roles = [("party", one) for one in self._more.parties]
        for one in self._more.roles:
            role, sign, actor = one.partition("=")
            if not sign:
                raise UsageError(f'--role: "{one}" names no actor; write ROLE=ACTOR')
            roles.append((role.strip(), actor.strip()))
        return [
            blocks.table({"role": role, "actor": self._case.resolve(actor, "actor")}, "[[role]]")
            for role, actor in roles
        ]

    def _clause(self, text: str, own: str) -> str:
        topics, *rest = (part.strip() for part in text.split("|"))
        ends: dict[str, list[str]] = {}
        while rest and (found := re.fullmatch(r"(obligor|beneficiary)\s*=\s*(.+)", rest[-1])):
            ends[found[1]] = [
                self._case.resolve(one.strip(), found[1]) for one in found[2].split(",")
            ]
            rest.pop()
        if len(rest) != 2 or not all((topics, *rest)):
            raise UsageError(f'--clause: "{text}" is no clause; write {_CLAUSE}')
        listed: Sequence[str] = [one.strip() for one in topics.split(",")]
        keys = {
            "id": own,
            "label": rest[0],
            "topic": listed if len(listed) > 1 else listed[0],
            "text": rest[1],
            "obligor": ends.get("obligor", []),
            "beneficiary": ends.get("beneficiary", []),
            "claims": self._claims("agreement"),
        }
        return blocks.table(keys, "[[clause]]")
