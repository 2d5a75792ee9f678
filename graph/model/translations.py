"""What the terms of the ontology are called in other languages than English.

Each language has a file beside the ontology, as ``ar.ttl``. They are no part of a graph, so that
what is asked, exported and said has one label for each term.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from .folders import ONTOLOGY
from .patterns import Saying
from .terms import HUD, KIND, RDFS, SKOS, iri_of, parse_turtle, text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_FILE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?")


def translated(folder: Path = ONTOLOGY) -> tuple[str, ...]:
    """Return the tags of the languages that the ontology has words in beside English, sorted."""
    return tuple(sorted(one.stem for one in folder.glob("*.ttl") if _FILE.fullmatch(one.stem)))


class TermWords(NamedTuple):
    """What terms are called in one language.

    Attributes:
        texts: of each term, by its IRI, by the IRI of a property.
    """

    texts: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(cls, tag: str, folder: Path = ONTOLOGY) -> TermWords:
        """Return the words of a language.

        Args:
            tag: one of ``translated``.
            folder: that of the ontology.

        Raises:
            InputOutputError: the file is missing, unreadable or no Turtle; the text says where.
        """
        found: dict[str, dict[str, str]] = {}
        for quad in parse_turtle(folder / f"{tag}.ttl"):
            values = found.setdefault(iri_of(quad.subject), {})
            values[quad.predicate.value] = text(quad.object)
        return cls(found)

    def term(self, iri: str) -> str:
        """Return the label of a class, field or kind, by its IRI; empty if it has none."""
        texts = self.texts.get(iri, {})
        return texts.get(SKOS + "prefLabel", "") or texts.get(RDFS + "label", "")

    def kind(self, name: str) -> str:
        """Return the label of a kind by its local name; empty if it has none."""
        return self.term(KIND + name)

    def saying(self, predicate: str) -> Saying | None:
        """Return how a predicate is said, by its local name; nothing if that is not known."""
        texts = self.texts.get(HUD + predicate)
        if not texts:
            return None
        inverse, pattern, back = (
            texts.get(HUD + name, "")
            for name in ("inverseLabel", "sentencePattern", "inversePattern")
        )
        return Saying(texts[RDFS + "label"], inverse, pattern, back)
