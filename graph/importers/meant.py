"""The words that a mapping uses: each is to be one of the ontology or of the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import DataProblems, Problem, suggestion
from .templates import Template

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from ..model.vocabulary import Vocabulary
    from .form import Choice, DataFormat


def refuse_unknown_words(path: Path, known: DataFormat, words: Vocabulary) -> None:
    """Refuse predicates and classes that there are not, before any row is read.

    Args:
        path: the mapping.
        known: the format that it is.
        words: those of the ontology and of the case.

    Raises:
        DataProblems: a word is none; the error names each, with its place.
    """
    found = []
    for n, table in enumerate(known.tables, 1):
        choices = {**table.choices, **table.parts}
        used = [
            (f"thing {one.name}, class", one.keys.get("class"), words.classes)
            for one in table.things
        ] + [
            (f"statement {m}, predicate", one.predicate, words.predicates)
            for m, one in enumerate(table.statements, 1)
        ]
        for place, made, there in used:
            for word in _said(made, choices):
                if word not in there:
                    told = f'"{word}" is no word of the ontology or the case'
                    hint = suggestion(word, there)
                    found.append(Problem(path.as_posix(), 0, f"table {n}, {place}", told + hint))
    if found:
        raise DataProblems(found)


def _said(made: object, choices: Mapping[str, Choice]) -> Iterator[str]:
    """Yield the words that a template makes, as far as the mapping says them."""
    if not isinstance(made, Template):
        return
    if not made.names:
        yield made.text
    elif made.names[0] in choices and made.text == f"{{{made.names[0]}}}":
        choice = choices[made.names[0]]
        words = (*choice.equal.values(), *choice.matches.values(), choice.other)
        yield from filter(None, dict.fromkeys(words))
