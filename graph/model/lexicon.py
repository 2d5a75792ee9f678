"""The terms of the ontology as people look for them: by a synonym, a label or words that tell them.

A term is found by its names (id, label, label from the other end, synonyms), then by the words of
its definition, and by letters last, for what is a slip. Nothing is found by what it denies, and
nothing that is hostile where a friendly term fits, nor the other way round.
"""

from __future__ import annotations

import re
import shlex
from collections import defaultdict
from enum import IntEnum
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from .names import name_key
from .near import Called, joined, near, share, slips
from .terms import HUD, KIND, RDFS, SCHEMA, SKOS, short, spaced, term_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from .vocabulary import Vocabulary

PREDICATE, ROLE, CLASS, ANY_KIND = "predicate", "role", "class", "kind"
"""The lists of terms that are no schemes; ``kind`` is every list of kinds of things."""
_OF_TERMS = frozenset(("aspects", "families", "groups", "polarities"))
"""Lists that describe terms; nobody writes their members."""
_DENIED = re.compile(r"\b(?:no|not|nor|neither|never|nothing|without|short of|had)\b[^,;:.]*")
"""What a definition says that a term is not."""
_SLOTS = re.compile(r"\b(?:subject|object|voice|term)\b")
"""What definitions call the ends of a statement, who claims it, and a clause."""
_LONGEST = 60
"""A longer word is none that is looked up."""
_MOST = 3
_LONG = 10
"""From so many letters on a word may have two slips; of shorter ones two make another word."""


class By(IntEnum):
    """By what a term was found, the surest first."""

    NAME = 0
    CUE = 1
    DEFINITION = 2
    LETTERS = 3
    WORD = 4


class Term(NamedTuple):
    """A predicate, class or kind, with all that the ontology says of it.

    Attributes:
        called: its local name, label and other names, and its sign.
        lists: the lists that it is in: ``predicate`` or ``role``, ``class``, or schemes of kinds.
        synonyms: words that mean the same or nearly so, as written.
        inverse: the label from the other end; empty if it has none.
        definition: one sentence.
        example: one or more.
        remark: which term to take where two are easily confused.
        family: of a predicate.
        group: of a tie.
        domain: local names of the classes of which the subject may be.
        range: local names of those of which the object may be, or of the types of a value.
        broader: of a term that a case has of its own, the name of the one above it.
    """

    called: Called
    lists: tuple[str, ...]
    synonyms: tuple[str, ...]
    inverse: str
    definition: str
    example: str
    remark: str
    family: str = ""
    group: str = ""
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    broader: str = ""

    @property
    def name(self) -> str:
        """The local name, which is what authors write."""
        return self.called.id

    @property
    def sort(self) -> str:
        """``predicate``, of roles too, ``class`` or ``kind``; a name is unique in its sort."""
        first = self.lists[0]
        return PREDICATE if first == ROLE else first if first in (PREDICATE, CLASS) else ANY_KIND


class Lexicon:
    """The terms of an ontology, to be looked up.

    Args:
        vocabulary: the ontology and the kinds.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    @cached_property
    def terms(self) -> Sequence[Term]:
        """All predicates, classes and kinds, in the order of their names."""
        return _terms(self._vocabulary)

    def _all(self) -> Sequence[Term]:
        known = self._vocabulary
        schemes: dict[str, list[str]] = defaultdict(list)
        for scheme in self._schemes:
            for name in known.kinds[scheme]:
                schemes[name].append(scheme)
        return [
            *(
                self._term(known.iri(HUD, n), (ROLE if p.role else PREDICATE,), p.sign)
                for n, p in known.predicates.items()
            ),
            *(self._term(HUD + name, (CLASS,)) for name in known.classes),
            *(
                self._term(known.iri(KIND, name), tuple(found))
                for name, found in sorted(schemes.items())
            ),
        ]

    @cached_property
    def lists(self) -> Mapping[str, tuple[str, ...]]:
        """The lists that may be asked for by name, each with those of ``Term.lists`` in it.

        A scheme is called by its own name, and by the property that takes its members.
        """
        schemes = self._schemes
        named = {name: (name,) for name in (PREDICATE, ROLE, CLASS, *schemes)}
        kinds = tuple(name for name in schemes if name.endswith("Kinds"))
        named |= {name.removesuffix("s"): (name,) for name in kinds}
        for iri, values in self._vocabulary.texts.items():
            for scheme in values.get(HUD + "scheme", ()):
                if (name := scheme.removeprefix(KIND)) in schemes:
                    named.setdefault(iri.removeprefix(HUD), (name,))
        return {**named, ANY_KIND: kinds}

    @cached_property
    def _schemes(self) -> tuple[str, ...]:
        return tuple(name for name in self._vocabulary.kinds if name not in _OF_TERMS)

    def title(self, one: str) -> str:
        """Return what the members of a list are, in words: ``kinds of events``."""
        if one in (PREDICATE, ROLE, CLASS):
            return {PREDICATE: "predicates", ROLE: "roles", CLASS: "classes"}[one]
        return self._first(KIND + one, SKOS + "prefLabel").lower() or one

    def found(self, text: str, among: Iterable[Term] | None = None) -> Sequence[tuple[By, Term]]:
        """Return what a word or a few words may mean, the likeliest first.

        Args:
            text: words as people write them, or a name in camel case.
            among: the terms that would be right; all by default.
        """
        terms = list(self.terms if among is None else among)
        by_called = {id(one.called): one for one in terms}
        return [
            (by, by_called[id(called)])
            for by, called in sought(
                text,
                [(one.called, one.definition) for one in terms],
                slip=not self._names_another(text, terms),
            )
        ]

    def _names_another(self, value: str, among: Collection[Term]) -> bool:
        """Return whether a word is that of a term which is not asked for, and so is no slip."""
        key = name_key(value)
        asked = {id(one) for one in among}
        return any(key in one.called.names for one in self.terms if id(one) not in asked)

    def hint(self, text: str, names: Collection[str], sort: str) -> str:
        """Return ``; did you mean "backs"?`` for what a wrong word may mean, or nothing.

        Args:
            text: what is written.
            names: what would be right.
            sort: the sort of the terms, as in ``Term.sort``.
        """
        right = [one for one in self.terms if one.sort == sort and one.name in names]
        found = self.found(text, right)
        if not found:
            return ""
        best = [one for by, one in found if by == found[0][0]][:_MOST]
        whole = [one for one in best if name_key(spaced(text)) in one.called.names]
        best = whole or best
        more = f" {best[0].remark}" if len(best) == 1 and best[0].remark else ""
        proposed = joined([f'"{one.name}"' for one in best], "or")
        return f"; did you mean {proposed}?{more}"

    def fits(self, term: Term, subject: str = "", object_: str = "") -> bool:
        """Return whether the ends of a predicate may be of some classes.

        Args:
            term: a predicate.
            subject: local name of a class; any if empty.
            object_: local name of a class, or ``value`` or ``kind``; any if empty.
        """
        return self._may(term.domain, subject) and self._may(term.range, object_)

    def _may(self, allowed: Sequence[str], wanted: str) -> bool:
        """Return whether what is of a class may be of one that is allowed."""
        classes = self._vocabulary.classes
        if not wanted:
            return True
        if wanted not in classes:
            ours = {
                "value": lambda one: one not in classes and one != "Concept",
                "kind": lambda one: one == "Concept",
            }[wanted]
            return any(map(ours, allowed))
        return any(
            HUD + one in classes[wanted] or HUD + wanted in classes.get(one, ()) for one in allowed
        )

    def _term(self, iri: str, lists: tuple[str, ...], sign: int = 0) -> Term:
        values = self._vocabulary.texts.get(iri, {})
        name = term_name(iri)
        labels = (*values.get(RDFS + "label", ()), *values.get(SKOS + "prefLabel", ()))
        label = next(iter(labels), "")
        inverse = self._first(iri, HUD + "inverseLabel")
        synonyms = (*values.get(SKOS + "altLabel", ()), *values.get(SKOS + "hiddenLabel", ()))
        called = Called(
            name,
            label,
            frozenset(map(name_key, filter(None, (name, spaced(name), *labels)))),
            frozenset(map(name_key, synonyms)),
            sign,
            frozenset([name_key(inverse)] if inverse else ()),
        )

        def locals_of(term: str) -> tuple[str, ...]:
            return tuple(short(one).partition(":")[2] for one in values.get(term, ()))

        return Term(
            called,
            lists,
            synonyms,
            inverse,
            self._first(iri, SKOS + "definition"),
            self._first(iri, SKOS + "example"),
            self._first(iri, SKOS + "scopeNote"),
            self._first(iri, HUD + "family").removeprefix(KIND),
            self._first(iri, HUD + "group").removeprefix(KIND),
            locals_of(SCHEMA + "domainIncludes"),
            locals_of(SCHEMA + "rangeIncludes"),
            own.broader if (own := self._vocabulary.own_terms.get(name)) else "",
        )

    def _first(self, iri: str, term: str) -> str:
        return next(iter(self._vocabulary.texts.get(iri, {}).get(term, ())), "")


@lru_cache(maxsize=4)
def _terms(vocabulary: Vocabulary) -> Sequence[Term]:
    """Put the terms of an ontology together once, whoever looks them up."""
    return tuple(Lexicon(vocabulary)._all())  # noqa: SLF001 - of this module


def see(text: str) -> str:
    """Return where to look for the right word in place of a wrong one.

    Args:
        text: what is written; what is long or cannot be typed is left out.
    """
    word = spaced(text).strip()
    typed = f" {shlex.quote(word)}" if word.isprintable() and 0 < len(word) <= _LONGEST else ""
    return f"; look for a word with: hudna terms{typed}"


def sought(
    text: str, known: Sequence[tuple[Called, str]], *, slip: bool = True
) -> Sequence[tuple[By, Called]]:
    """Return what a word or a few words may mean, the likeliest first.

    Args:
        text: words as people write them, or a name in camel case.
        known: what there is, each with a sentence or two that tell what it is.
        slip: whether it may be a slip of the pen.
    """
    value = spaced(text.strip()).strip() if len(text) <= _LONGEST else ""
    if not value:
        return ()
    ranked = sorted(
        ((*rank, one) for one, told in known if (rank := _rank(value, one, told))),
        key=lambda found: found[:2],
    )
    result = [(by, one) for by, _, one in ranked]
    if slip and not any(by is By.NAME for by, _ in result):
        seen = {id(one) for _, one in result}
        most = 2 if len(value) >= _LONG else 1
        close = (one for one in near(value, [one for one, _ in known]) if slips(value, one) <= most)
        result += [(By.LETTERS, one) for one in close if id(one) not in seen]
    sign = next((one.sign for _, one in result if one.sign), 0)
    return [(by, one) for by, one in result if one.sign * sign >= 0]


def _rank(value: str, called: Called, definition: str) -> tuple[By, float] | None:
    """Return by what something is found, and the less the surer; ``None`` if it is not."""
    if named := max(share(value, name) for name in called.names):
        key = name_key(value)
        return By.NAME, -named - (key in called.keys) - (key in called.names)
    if told_by := share(value, _asserted(definition)):
        return By.DEFINITION, -told_by
    return None


@lru_cache(maxsize=4096)
def _asserted(definition: str) -> str:
    """Return what a definition says that a term is, in normal form."""
    return name_key(_SLOTS.sub(" ", _DENIED.sub(" ", definition)))
