"""Which pairs may be one: found without comparing all with all, in order, for people to decide."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from itertools import combinations, product
from typing import TYPE_CHECKING, NamedTuple

from ...model.lexicon import Lexicon
from ...model.names import skeleton
from ...model.sameness import SAME, Decided
from .entries import HAPPENED, NEVER, Comparable
from .named import NameWeights, sound
from .weighing import SHORT, SOON, Weighed, Weighing, days_in_words, is_dated, name_of, overlap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ...model.judgements import Judgement
    from ...model.vocabulary import Vocabulary
    from .sssom import ToldPair

LEAST = 0.3
"""Pairs of a lower score are not proposed."""
_MOST_OF_A_WORD = 60
"""A word that more are called by brings no two together by itself."""
_OF_A_DRAFT = timedelta(days=92)
"""So many days lie between a draft and a deal of which it may be one, at most."""
_BEGINNING = 4
"""So many consonants of a name also bring together what is written nearly alike."""


class Candidate(NamedTuple):
    """A pair that may be one.

    Attributes:
        left: of the case.
        right: of the case, another case or a list.
        weighed: the score, and what speaks for it and against it.
    """

    left: Comparable
    right: Comparable
    weighed: Weighed


class Candidates(NamedTuple):
    """What ``candidates`` finds.

    Attributes:
        pairs: by their score, the highest first.
        related: deals and documents that belong together and are not one, in words.
        decided: how many pairs were left out, as it is decided what they are or follows from that.
    """

    pairs: tuple[Candidate, ...]
    related: tuple[str, ...]
    decided: int


def candidates(
    left: Sequence[Comparable],
    right: Sequence[Comparable] | None,
    judgements: Iterable[Judgement],
    ontology: Vocabulary,
    least: float = LEAST,
) -> Candidates:
    """Return the pairs that may be one, but for what is decided or follows from what is decided.

    Nobody who is unnamed, withheld or hypothetical is proposed. Deals of other days are not one,
    nor are documents of one settlement, nor a deal and a draft; what belongs together so is told
    beside.

    Args:
        left: the things of a case.
        right: those of another or of a list; ``None`` to compare the things of the case.
        judgements: what was decided.
        ontology: gives the words for kinds.
        least: the lowest score.
    """
    decided = Decided(judgements)
    weighing = _weighing([*left, *(right or ())], decided, ontology, across=right is not None)
    pairs = []
    related: dict[str, None] = {}
    left_out = 0
    for one, other in _pairs(left, right, weighing):
        if decided.between(one.id, other.id):
            left_out += 1
            continue
        if told := _apart(one, other):
            related[told] = None
            continue
        if bool(one.draft) != bool(other.draft):
            continue
        if one.sort in HAPPENED and not _may_be_one_event(one, other):
            continue
        weighed = weighing.weigh(one, other)
        if weighed.score >= least and weighed.reasons:
            pairs.append(Candidate(one, other, weighed))
    pairs.sort(key=lambda pair: (-pair.weighed.score, pair.left.id, pair.right.id))
    return Candidates(tuple(pairs), tuple(sorted(filter(None, related))), left_out)


def _weighing(
    every: Sequence[Comparable], decided: Decided, ontology: Vocabulary, *, across: bool
) -> Weighing:
    """Return what weighs pairs of some things, those of the case first."""
    places = (entry for entry in every if entry.sort == "place")
    return Weighing(
        NameWeights(every),
        _words_for_kinds(ontology),
        {entry.id: entry.label for entry in reversed(every)},
        _known_as(every, decided),
        frozenset(word for one in places for name in one.names for word in sound(name).words),
        across,
    )


def _known_as(entries: Sequence[Comparable], decided: Decided) -> dict[str, str]:
    """Return by each id, identifier and unique name the first thing that is known by it.

    Args:
        entries: those of the case first.
        decided: tells which are one.
    """
    found: dict[str, str] = {}
    named: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        own = {entry.id, *entry.keys, *decided.one_with(entry.id)}
        first = next((found[one] for one in sorted(own) if one in found), entry.id)
        found |= dict.fromkeys(own - found.keys(), first)
        for name in entry.names:
            named[name_of(name)].add(first)
    return {**{name: min(ids) for name, ids in named.items() if len(ids) == 1}, **found}


def _words_for_kinds(ontology: Vocabulary) -> dict[str, frozenset[str]]:
    """Return by single words, in normal form, the kinds of actors and places that they mean."""
    found: dict[str, set[str]] = defaultdict(set)
    for term in Lexicon(ontology).terms:
        if not {"actorKinds", "placeKinds"}.isdisjoint(term.lists):
            called = term.called.keys | term.called.synonyms
            for word in (one for one in called if " " not in one):
                found[word].add(term.name)
                found[f"{word}s"].add(term.name)
    return {word: frozenset(kinds) for word, kinds in found.items()}


def _pairs(
    left: Sequence[Comparable], right: Sequence[Comparable] | None, weighing: Weighing
) -> Iterator[tuple[Comparable, Comparable]]:
    """Yield pairs that share an identifier, a telling word, a name's beginning, kind or month."""
    blocks: dict[tuple[str, str], tuple[list[Comparable], list[Comparable]]] = defaultdict(
        lambda: ([], [])
    )
    for side, entries in enumerate((left, right if right is not None else ())):
        for entry in entries:
            if entry.identity not in NEVER:
                for key in _keys(entry, weighing):
                    blocks[entry.sort, key][side].append(entry)
    seen: set[tuple[str, str]] = set()
    for (_, key), (own, others) in blocks.items():
        if not key.startswith("id ") and len(own) * len(others or own) > _MOST_OF_A_WORD**2:
            continue
        every = combinations(own, 2) if right is None else product(own, others)
        for one, other in every:
            ids = (one.id, other.id)
            if ids not in seen and one.id != other.id:
                seen.add(ids)
                yield one, other


def _keys(entry: Comparable, weighing: Weighing) -> set[str]:
    """Return by what an entry is brought together with others."""
    found = {f"id {key}" for key in entry.keys}
    for name in entry.names:
        heard = sound(name)
        words = {word for word in heard.words if weighing.names.count(word) <= _MOST_OF_A_WORD}
        found |= {f"word {word}" for word in words}
        found |= {f"name {heard.key}", f"begins {skeleton(name)[:_BEGINNING]}"}
        found |= {f"initials {one}" for one in (heard.initials, heard.key) if " " not in one}
        if not entry.kinds:
            for word in heard.key.split():
                found |= {f"kind {kind}" for kind in weighing.kinds.get(word, ())}
    found |= {f"kind {kind}" for kind in entry.kinds}
    if entry.sort in HAPPENED and entry.last:
        first = entry.first or entry.last - SHORT
        days = (first, first + (entry.last - first) / 2, entry.last)
        found |= {f"month {day:%Y-%m}" for day in days}
    return found


def _may_be_one_event(one: Comparable, other: Comparable) -> bool:
    """Return whether two deals, or two events of a kind, may be of one day."""
    if one.sort == "event" and not (is_dated(one) and is_dated(other) and one.kinds & other.kinds):
        return False
    return overlap(one, other, SOON if one.sort == "agreement" else timedelta())


def _apart(one: Comparable, other: Comparable) -> str:
    """Return how two deals belong together that are not one; empty if they may be one.

    Args:
        one: of any sort.
        other: of the same.
    """
    if one.sort != "agreement":
        return ""
    for draft, deal in ((one, other), (other, one)):
        if draft.draft and not deal.draft and overlap(draft, deal, _OF_A_DRAFT):
            told = f"{draft.label} ({draft.id}) is no deal, as {draft.draft}"
            return f"{told}; it may be a draft of {deal.label} ({deal.id})"
    if one.within and one.within == other.within and one.first and overlap(one, other):
        return (
            f"{one.label} ({one.id}) and {other.label} ({other.id}) are two documents of one "
            f"settlement, {one.within}, of {days_in_words(one.first, one.last)}"
        )
    return ""


def proposed_by_file(
    left: Sequence[Comparable], told: Iterable[ToldPair], judgements: Iterable[Judgement], name: str
) -> Candidates:
    """Return as candidates what a file tells to be one, but for what is decided.

    Args:
        left: the things of the case that may be proposed.
        told: the decisions of the file.
        judgements: what was decided here.
        name: of the file.
    """
    decided = Decided(judgements)
    known = {entry.id: entry for entry in left}
    pairs = []
    left_out = 0
    for one in told:
        if decided.between(one.left, one.right):
            left_out += 1
        elif one.judgement == SAME and one.left in known:
            reason = f"{name} tells that they are one{f': {one.reason}' if one.reason else ''}"
            other = known.get(one.right) or Comparable(one.right, known[one.left].sort, ())
            weighed = Weighed(one.score or 0.0, (reason,), ())
            pairs.append(Candidate(known[one.left], other, weighed))
    pairs.sort(key=lambda pair: (-pair.weighed.score, pair.left.id, pair.right.id))
    return Candidates(tuple(pairs), (), left_out)
