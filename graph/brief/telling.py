"""Things and statements of a case in words of a language, as a brief and its picture tell them.

English is that of ``graph.read.citations``. In another language terms are called as the ontology
has them in it, and what authors wrote is set apart.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..model import UNKNOWN
from ..model.frames import USUAL, frames_of
from ..model.patterns import OBJECT, SUBJECT
from ..model.translations import TermWords
from ..read.citations import named, said, sentence
from ..read.languages import names_by_language
from ..read.time_words import time_words
from ..read.wording import EVENTFUL, value_in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..model import Statement
    from ..model.patterns import Saying
    from ..read.select import Graph

WORDS = Path(__file__).with_name("words.toml")


class BriefLanguage:
    """The words of one language for things and statements of a case.

    Args:
        graph: the judged graph and its case.
        tag: of the language, one that ``words.toml`` has.
    """

    def __init__(self, graph: Graph, tag: str = USUAL) -> None:
        self.graph = graph
        self.tag = tag
        self.frames = frames_of(WORDS)[tag]
        self.times = time_words(tag)
        self._terms = None if tag == USUAL else TermWords.of(tag)

    def label(self, thing: str) -> str:
        """Return what a thing is called: in the language if it has a name in it."""
        return self.frames.apart(self.plain(thing))

    def plain(self, thing: str) -> str:
        """Return the same as it was written, for what stands alone."""
        usual = self.graph.label(thing)
        if self._terms is None:
            return usual
        names = names_by_language(self.graph, self.graph.thing(thing)).items()
        return next((one.text for language, one in names if language.tag == self.tag), usual)

    def kind(self, name: str) -> str:
        """Return the label of a kind by its local name, or that name."""
        usual = self.graph.labels.kinds.get(name, name)
        return usual if self._terms is None else self._terms.kind(name) or self.frames.apart(usual)

    def name(self, thing: str | None) -> str:
        """Return the label of a thing, in quotes if it is like a sentence."""
        if self._terms is None:
            return named(self.graph, thing)
        own = self.frames.table["statement"]
        if thing is None or thing == UNKNOWN or not self._is_thing(thing):
            return str(own["untold"])
        quoted = self.graph.narrowest(self.graph.thing(thing)) in EVENTFUL
        return own["quoted"].format(name=self.label(thing)) if quoted else self.label(thing)

    def _is_thing(self, name: str) -> bool:
        return bool(self.graph.labels.of(self.graph.node(name).value))

    def said(self, one: Statement) -> str:
        """Return what a statement says of its subject."""
        if self._terms is None:
            return said(self.graph, one)
        if one.object is not None:
            is_kind = one.object in self.graph.labels.kinds and not self._is_thing(one.object)
            return self.kind(one.object) if is_kind else self.name(one.object)
        if isinstance(one.value, bool):
            return ""
        known, text = self.graph.qualifiers(one.id), isinstance(one.value, str)
        told = value_in_words(str(one.value), known, text=text, language=self.tag)
        return self.frames.apart(told)

    def sentence(self, one: Statement) -> str:
        """Return a statement as a sentence without its full stop."""
        usual = sentence(self.graph, one)
        if self._terms is None:
            return usual
        saying = self._saying(one.predicate)
        if saying is None:
            return self.frames.apart(usual)
        told = saying.told(self.name(one.subject), self.said(one)).rstrip(": ")
        denied: str = self.frames.table["statement"]["denied"]
        return denied.format(told=told) if one.value is False else told

    def _saying(self, predicate: str) -> Saying | None:
        """Return how a predicate is said, with what joins its words to its ends."""
        found = self._terms.saying(predicate) if self._terms else None
        if found is None:
            return None
        joint = self.frames.table["statement"]["joint"]
        back = found.inverse and f"{OBJECT}{joint}{found.inverse} {SUBJECT}"
        return found._replace(
            pattern=found.pattern or f"{SUBJECT}{joint}{found.label} {OBJECT}",
            inverse_pattern=found.inverse_pattern or back,
            role=self.graph.predicate(predicate).saying.role,
        )

    def listed(self, names: Sequence[str], most: int = 0) -> str:
        """Return names as ``A, B and C``.

        Args:
            names: what to list.
            most: so many are told, and how many more there are; all for 0.
        """
        if most and len(names) > most + 1:
            some = self.times.frames["comma"].join(names[:most])
            return self.frames.say("more_names", some=some, n=len(names) - most)
        return self.times.listed(names, "and") if names else ""

    def parted(self, told: Sequence[str]) -> str:
        """Return what is told with semicolons between."""
        return self.times.frames["part"].join(told)
