"""What a word says that something is: one of the sorts of things, a class, or a kind of a list."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from ..errors import UsageError
from ..model.lexicon import ANY_KIND, CLASS, see
from ..model.names import name_key
from ..model.near import Called, hint, joined
from ..model.terms import HUD
from .things import FOLDERS

if TYPE_CHECKING:
    from ..model.lexicon import Lexicon
    from ..model.vocabulary import Vocabulary

_OTHER = "other"
_CLASSES = {"actor": "Actor", "place": "Place", "topic": "Topic", "document": "Document",
            "channel": "Channel", "event": "Event", "agreement": "Agreement",
            "question": "Question"}  # fmt: skip
"""Of each sort the class above all that it may be."""


class Head(NamedTuple):
    """What something is.

    Attributes:
        sort: a key of ``FOLDERS``.
        detail: which of ``Details`` the word gives: ``classes`` or ``kinds``; empty of a sort.
        name: its name in the ontology.
    """

    sort: str
    detail: str = ""
    name: str = ""


class Heads:
    """Looks up what words say that something is.

    Args:
        ontology: the words.
        lexicon: its terms.
    """

    def __init__(self, ontology: Vocabulary, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._by_name: dict[str, list[Head]] = defaultdict(list)
        self._by_label: dict[str, list[Head]] = defaultdict(list)
        sorts = {f"{sort}Kinds": sort for sort in FOLDERS}
        for term in lexicon.terms:
            above = ontology.classes.get(term.name, ()) if term.sort == CLASS else ()
            heads = [
                Head(sort) if name == term.name != "Actor" else Head(sort, "classes", term.name)
                for sort, name in _CLASSES.items()
                if HUD + name in above
            ]
            heads += [Head(sorts[one], "kinds", term.name) for one in term.lists if one in sorts]
            if term.name != _OTHER and heads:
                self._by_name[term.name] += heads
                for key in term.called.keys:
                    self._by_label[key] += heads

    def of(self, text: str, sort: str = "") -> Head:
        """Return what a word says that something is.

        Args:
            text: the name or label of a sort, class or kind.
            sort: the sort, where it is known already.

        Raises:
            UsageError: there is no such word, or several things are meant by it.
        """
        if text in FOLDERS and not sort:
            return Head(text)
        for found in (self._by_name.get(text, ()), self._by_label.get(name_key(text), ())):
            right = [one for one in dict.fromkeys(found) if sort in ("", one.sort)]
            if len(right) == 1:
                return right[0]
            if right:
                listed = joined([f"{one.sort} {one.name}" for one in right], "or")
                raise UsageError(f'"{text}" may be several things; write which: {listed}')
        raise self._unknown(text, sort)

    def sorts(self, text: str) -> set[str]:
        """Return of which sorts something may be that a word says what it is.

        Args:
            text: as of ``of``.
        """
        found = self._by_name.get(text, ()) or self._by_label.get(name_key(text), ())
        return {one.sort for one in found}

    def _unknown(self, text: str, sort: str) -> UsageError:
        known = {name for name, heads in self._by_name.items()
                 if any(sort in ("", one.sort) for one in heads)}  # fmt: skip
        none = f"; if none fits: {sort or 'event'} NAME other=WORD"
        more = "" if text == _OTHER else (
            ("" if sort else hint(text, [Called(one, one, frozenset([one])) for one in FOLDERS]))
            or self._lexicon.hint(text, known, ANY_KIND)
            or self._lexicon.hint(text, known, CLASS)
            or see(text) + none
        )  # fmt: skip
        what = f"kind or class of {sort}" if sort else "kind, class or sort of things"
        return UsageError(f'"{text}" is no {what}{more or none}')
