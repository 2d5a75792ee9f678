"""The words that a mapping uses: each is to be one of the ontology or of the case."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from ..errors import DataProblems, Problem, suggestion
from ..model.lexicon import ANY_KIND, Lexicon
from ..model.textfiles import text_of
from ..reader.fields import Field, language, list_of, one_of
from ..reader.schemas import schemas
from .form import NUMBERS, Each
from .templates import Part, Template

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from ..model.vocabulary import Vocabulary
    from ..reader.schemas import Schema
    from .drafting import ImportDraft
    from .form import Choice, DataFormat, StatementForm, ThingForm

_UNIT = re.compile(r'^\s*unit = "([^"\n]+)"', re.MULTILINE)
_OF_THINGS = ("class", "kind", "kinds", "identity")
"""Keys of things that have words of the ontology."""
_NAMELESS = ("label",)
"""Keys of things that need not be in a mapping."""
Found = tuple[str, str]
"""A place and what is wrong there."""


class MappingWords:
    """The words that a mapping may use, checked as the reader of a case does it.

    Args:
        known: those of the ontology and of the case.

    Attributes:
        things: the keys that files of things may have, by the folder of a case.
        statement: the keys of statements and claims.
        takes: what each predicate takes: ``thing``, ``kind``, ``value``.
    """

    def __init__(self, known: Vocabulary) -> None:
        hint, found = partial(Lexicon(known).hint, sort=ANY_KIND), schemas(known)
        every = frozenset().union(*known.kinds.values())
        acting = known.kinds["actorKinds"] | known.kinds["placeKinds"]
        kinds = {"kinds": Field(list_of(one_of(acting, "a kind of actor or place", hint)))}
        self.things: Mapping[str, Schema] = {
            "actors": {**found.actor, **kinds},
            "places": found.place,
            "topics": found.topic,
            "events": found.event,
            "agreements": found.agreement,
        }
        self.statement: Schema = {**found.claim, **found.statement}
        self.takes = {name: one.takes for name, one in known.predicates.items()}
        self._kind = {"object": Field(one_of(every, "a kind", hint))}

    def wrong_of_thing(self, folder: str, key: str, word: str) -> str:
        """Return what is wrong with a word of a thing; empty if it is one that fits.

        Args:
            folder: of a case, where the thing is.
            key: of its file.
            word: the word.
        """
        return _wrong(self.things[folder], key, [word] if key == "kinds" else word)

    def wrong_of_statement(self, key: str, word: str) -> str:
        """Return what is wrong with a word of a statement or claim; empty if it fits.

        Args:
            key: of the statement or the claim.
            word: the word.
        """
        return _wrong(self.statement, key, word)

    def wrong_object(self, predicate: str, word: str) -> str:
        """Return what is wrong with a word as the object of a predicate; empty if it fits.

        Args:
            predicate: a predicate, or what is none, of which nothing is told.
            word: the word.
        """
        return _wrong(self._kind, "object", word) if self.takes.get(predicate) == "kind" else ""


def _wrong(schema: Schema, key: str, value: object) -> str:
    wrong = schema[key].check(value) if key in schema else None
    return wrong() if callable(wrong) else wrong or ""


def refuse_unknown_words(path: Path, known: DataFormat, words: Vocabulary) -> None:
    """Refuse words that there are not, and keys that a thing may not have, before any row is read.

    Args:
        path: the mapping.
        known: the format that it is.
        words: those of the ontology and of the case.

    Raises:
        DataProblems: a word is none; the error names each, with its place and close words.
    """
    right = MappingWords(words)
    found: list[Found] = [
        (f"data, {key}", wrong)
        for key, schema in (("class", right.things["actors"]), ("language", _LANGUAGE))
        if key in known.about and (wrong := _wrong(schema, key, known.about[key]))
    ]
    for n, table in enumerate(known.tables, 1):
        choices = {**table.choices, **table.parts}
        for thing in table.things:
            found += _told(f"table {n}, thing {thing.name}", _of_thing(thing, choices, right))
        for m, one in enumerate(table.statements, 1):
            found += _told(f"table {n}, statement {m}", _of_statement(one, choices, right))
    if found:
        told = dict.fromkeys(found)
        raise DataProblems(Problem(path.as_posix(), 0, place, wrong) for place, wrong in told)


_LANGUAGE: Schema = {"language": Field(language)}


def _told(place: str, found: Iterator[Found]) -> list[Found]:
    return [(f"{place}, {key}" if key else place, wrong) for key, wrong in found]


def _of_thing(
    thing: ThingForm, choices: Mapping[str, Choice], right: MappingWords
) -> Iterator[Found]:
    """Yield what is wrong with the words and keys of a thing."""
    schema = right.things[thing.folder]
    for key, made in thing.keys.items():
        if key not in schema:
            there = ", ".join(sorted({*_OF_THINGS} & schema.keys()))
            yield key, f"is no key of a file in {thing.folder}/, which has {there}"
        for word in _said(made, choices) if key in _OF_THINGS else ():
            if wrong := right.wrong_of_thing(thing.folder, key, word):
                yield key, wrong
    for key, field in schema.items():
        if field.required and key not in thing.keys and key not in _NAMELESS and not thing.refers:
            yield "", f"lacks {key}, which a file in {thing.folder}/ needs"
    named = thing.keys.get("names", ())
    for one in named if isinstance(named, list) else [getattr(named, "keys", None)]:
        made = one.keys if isinstance(one, Each) else one
        for word in _said(made.get("language"), choices) if isinstance(made, dict) else ():
            if wrong := _wrong(_LANGUAGE, "language", word):
                yield "names, language", wrong


def _of_statement(
    one: StatementForm, choices: Mapping[str, Choice], right: MappingWords
) -> Iterator[Found]:
    """Yield what is wrong with the words of a statement, and with what it has for an object."""
    has = "value" if "value" in one.keys else "thing" if isinstance(one.object, str) else "kind"
    for predicate in _said(one.predicate, choices):
        if wrong := right.wrong_of_statement("predicate", predicate):
            yield "predicate", wrong
        takes = right.takes.get(predicate, has)
        if (takes == "value") is not (has == "value"):
            yield "", f"{predicate} takes {_A[takes]}, and here it has {_A[has]}"
        for word in _said(one.object, choices):
            if wrong := right.wrong_object(predicate, word):
                yield "object", wrong
    for key, made in one.keys.items():
        for word in _said(made, choices) if key not in NUMBERS else ():
            if wrong := right.wrong_of_statement(key, word):
                yield key, wrong


_A = {"value": "a value", "thing": "a thing as its object", "kind": "a kind as its object"}


def _said(made: object, choices: Mapping[str, Choice]) -> Iterator[str]:
    """Yield the words that are made, as far as the mapping says them."""
    if isinstance(made, Each):
        yield from _said(made.keys, choices)
    elif isinstance(made, list):
        for one in made:
            yield from _said(one, choices)
    elif isinstance(made, Template) and not made.names:
        yield made.text
    elif isinstance(made, Template) and len(made.parts) == 1:
        (part,) = made.parts
        for choice in (choices.get(name) for name in made.names):
            if choice and isinstance(part, Part) and not part.changes:
                words = (*choice.equal.values(), *choice.matches.values(), choice.other)
                yield from filter(None, dict.fromkeys(words))


def refuse_unknown_in(draft: ImportDraft, words: Vocabulary, file_of: Callable[[str], str]) -> None:
    """Refuse words that rows say and that there are not: predicates, classes, kinds.

    Args:
        draft: what the rows say.
        words: those of the ontology and of the case.
        file_of: gives the file of a source of the draft.

    Raises:
        DataProblems: a word is none; each is told with the first row that has it.
    """
    right = MappingWords(words)
    first: dict[tuple[str, ...], tuple[str, str, str]] = {}

    def see(wrong: str, passage: str, place: str, *what: str) -> None:
        if wrong:
            first.setdefault(what, (passage, place, wrong))

    for thing in draft.things.values():
        for key in _OF_THINGS:
            said = thing.keys.get(key, ())
            for word in said if isinstance(said, list) else filter(None, [said]):
                wrong = right.wrong_of_thing(thing.folder, key, str(word))
                place = f"{draft.named(thing.key)}, {key}"
                see(wrong, thing.passage, place, thing.folder, key, str(word))
    for one in draft.statements.values():
        predicate, passage = one.parts["predicate"], one.passages[0]
        for key, word in {"predicate": predicate, **one.told.keys, **one.claim}.items():
            if isinstance(word, str) and word:
                see(right.wrong_of_statement(key, word), passage, key, key, word)
        if "word" in one.parts:
            word = one.parts["object"]
            see(right.wrong_object(predicate, word), passage, "object", predicate, word)
    problems = []
    for passage, place, wrong in first.values():
        source, _, row = passage.partition("#")
        problems.append(Problem(file_of(source), 0, f"row {row}, {place}", wrong))
    if problems:
        raise DataProblems(problems)


def unfamiliar_units(known: DataFormat, folder: Path) -> list[str]:
    """Return what is to be told of units of a mapping that are nearly those of the case.

    Figures are compared if their units are the same text. Any text may be a unit, so that it is
    no mistake.

    Args:
        known: the mapping.
        folder: the case's folder, which need not be there.
    """
    files = sorted(folder.glob("*/*.toml")) if folder.is_dir() else []
    there = {unit for path in files for unit in _UNIT.findall(text_of(path))}
    return [
        f'table {n}, statement {m}, unit: no figure of the case is in "{unit}"{near}'
        for n, table in enumerate(known.tables, 1)
        for m, one in enumerate(table.statements, 1)
        for unit in _said(one.keys.get("unit"), {**table.choices, **table.parts})
        if unit not in there and (near := suggestion(unit, there))
    ]
