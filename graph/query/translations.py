"""What named queries, their parameters and columns are called in each language: ``words.toml``."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..model.frames import USUAL, frames_of
from ..model.terms import spaced
from .named import named_queries
from .parameters import QUERIES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .named import Query

WORDS = Path(__file__).with_name("words.toml")
_NUMBERED = re.compile(r"(.*?)(\d*)")


@cache
def _usual() -> Mapping[str, Query]:
    return named_queries([QUERIES])


class QueryWords(NamedTuple):
    """The words of one language for what is asked.

    Attributes:
        names: labels of parameters and columns, by their names.
        values: what may be chosen that is no term of the ontology, by the value.
        about: what parameters do, by the English of it.
        queries: ``title`` and ``text``, by the names of queries; in the usual language none.
    """

    names: Mapping[str, str]
    values: Mapping[str, str]
    about: Mapping[str, str]
    queries: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(cls, tag: str = USUAL) -> QueryWords:
        """Return the words of a language.

        Args:
            tag: of the language, one that ``words.toml`` has.
        """
        return cls(**{key: frames_of(WORDS)[tag].table.get(key, {}) for key in cls._fields})

    def called(self, name: str) -> str:
        """Return the label of a parameter or a column: in English its name in words, as a rule.

        Args:
            name: of the parameter or the column; a number behind it stays behind its label.
        """
        match = _NUMBERED.fullmatch(name)
        plain, number = (match[1], match[2]) if match else (name, "")
        words = spaced(plain).strip()
        label = self.names.get(plain) or words[:1].upper() + words[1:]
        return f"{label} {number}".strip()

    def told(self, query: Query) -> Query:
        """Return a query with its title, its text and those of its parameters in the language.

        What has no words, as a query of a case, and what such a query puts in the place of another,
        stays as it was written.

        Args:
            query: the query as its file has it.
        """
        usual = _usual().get(query.name)
        words = self.queries.get(query.name, {}) if query == usual else {}
        about = (one._replace(text=self.about.get(one.text, one.text)) for one in query.params)
        return replace(
            query,
            title=words.get("title", query.title),
            text=words.get("text", query.text),
            params=tuple(about),
        )
