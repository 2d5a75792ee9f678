"""What a word says that something is: one of the sorts of things, a class, or a kind of a list."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from ..errors import UsageError, suggestion
from ..model.lexicon import ANY_KIND, CLASS, see
from ..model.names import name_key
from ..model.near import joined
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
        for sort in FOLDERS:
            self._by_name[sort] = [Head(sort)]
        sorts = {f"{sort}Kinds": sort for sort in FOLDERS}
        for term in lexicon.terms:
            above = ontology.classes.get(term.name, ()) if term.sort == CLASS else ()
            heads = [Head(sort, "classes", term.name) for sort, name in _CLASSES.items()
                     if HUD + name in above]  # fmt: skip
            heads += [Head(sorts[one], "kinds", term.name) for one in term.lists if one in sorts]
            if term.name != _OTHER and heads:
                self._by_name[term.name] += heads
                for key in term.called.keys:
                    self._by_label[key] += heads

    def of(self, text: str, among: tuple[str, ...] = tuple(FOLDERS)) -> Head:
        """Return what a word says that something is.

        Args:
            text: the name or label of a sort, class or kind.
            among: the sorts that it may be of.

        Raises:
            UsageError: there is no such word, or several things are meant by it.
        """
        for found in (self._by_name.get(text, ()), self._by_label.get(name_key(text), ())):
            right = [one for one in dict.fromkeys(found) if one.sort in among]
            if len(right) == 1:
                return right[0]
            if right:
                listed = joined([f"{one.sort} {one.name}" for one in right], "or")
                raise UsageError(f'"{text}" may be several things; write which: {listed}')
        known = self._by_name
        more = (
            suggestion(text, among)
            or self._lexicon.hint(text, known, ANY_KIND)
            or self._lexicon.hint(text, known, CLASS)
            or see(text)
        )
        raise UsageError(f'"{text}" is no kind or class of {" or ".join(among)}{more}'
                         if len(among) < len(FOLDERS) else
                         f'"{text}" is no kind, class or sort of things{more}')  # fmt: skip
