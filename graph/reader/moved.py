"""Where the sentences of an index stand in another text: each is found by its fingerprint alone."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from ..model import Passage
from ..model.documents import reading_order
from .sentences import Sentence, fingerprint, numbered, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .sentences import Fingerprint

Part = TypeVar("Part", Sentence, Passage)

_MOST_PARTS = 30
"""Of so many parts at the most a sentence is joined, or so many are cut out of one."""


class Moved(NamedTuple):
    """What became of the sentences of an index in another text.

    Attributes:
        found: the number that a sentence has now, by the one that it had.
        changed: of those that are not found, the number of what stands between the same neighbours.
        lost: those of which neither can be told.
        stayed: how many of those that are found stand where they stood, under the same number.
        shift: the least and the greatest number of code points by which the others moved.
        new: how many sentences of the text are none of the index.
    """

    found: Mapping[str, str]
    changed: Mapping[str, str]
    lost: tuple[str, ...]
    stayed: int
    shift: tuple[int, int]
    new: int

    def told(self) -> str:
        """Return what was found in a few words: ``3 as they were, 13 moved by -1, 1 changed``."""
        least, greatest = self.shift
        by = f"{least:+}" if least == greatest else f"{least:+} to {greatest:+}"
        counts = {
            "as they were": self.stayed,
            f"moved by {by}" if any(self.shift) else "moved": len(self.found) - self.stayed,
            "changed": len(self.changed),
            "gone": len(self.lost),
            "new": self.new,
        }
        return ", ".join(f"{n} {what}" for what, n in counts.items() if n) or "no sentences"


def moved(
    passages: Sequence[Passage],
    text: str,
    cut: Sequence[Sentence],
    make: Fingerprint = fingerprint,
) -> Moved:
    """Look for each sentence of an index anywhere in a text; nothing is taken that is only alike.

    Of equal sentences the order is kept.

    Args:
        passages: the sentences of the index, in order.
        text: the other text.
        cut: its sentences.
        make: makes the fingerprints of the index.
    """
    now = [make(text[one.start : one.end]) for one in cut]
    pairs = dict(_paired([one.sha256 for one in passages], now))
    changed = dict(_between(pairs, len(passages), len(now)))
    by = {old: cut[new].start - passages[old].start for old, new in pairs.items()}
    shifts = [n for old, n in by.items() if n or passages[old].sentence != cut[pairs[old]].number]

    def numbers(places: Mapping[int, int]) -> dict[str, str]:
        return {passages[old].sentence: cut[new].number for old, new in sorted(places.items())}

    return Moved(
        numbers(pairs),
        numbers(changed),
        tuple(
            one.sentence for n, one in enumerate(passages) if n not in pairs and n not in changed
        ),
        len(pairs) - len(shifts),
        (min(shifts, default=0), max(shifts, default=0)),
        len(cut) - len(pairs) - len(changed),
    )


def as_before(
    passages: Sequence[Passage], text: str, make: Fingerprint = fingerprint
) -> list[Sentence]:
    """Return the sentences of a text, joined and cut by hand as those of an index were.

    So it is where all parts of what was joined or cut have the fingerprints that they had.

    Args:
        passages: the sentences of the index, in order.
        text: the other text.
        make: makes the fingerprints of the index.
    """
    if _stands(passages, text, make):
        return [Sentence(one.sentence, one.start, one.end) for one in passages]
    cut = sentences(text)
    now = [make(text[one.start : one.end]) for one in cut]
    known, there = {one.sha256 for one in passages}, set(now)
    missing = [one for one in passages if one.sha256 not in there]
    spare = [one for one, digest in zip(cut, now, strict=True) if digest not in known]
    joined = _joined(missing, text, spare, make)
    parts = _parted(missing, text, spare, make)
    made: dict[str, list[tuple[int, int]]] = defaultdict(list)
    end = -1
    for one in cut:
        spans = made[one.number.partition(".")[0]]
        if one.start < end:
            continue
        found = parts.get(one.start) or [(one.start, joined.get(one.start, one.end))]
        end = found[-1][1]
        spans += found
    return numbered(made.values())


def _stands(passages: Sequence[Passage], text: str, make: Fingerprint) -> bool:
    """Report whether all sentences stand where they stood, with nothing that is seen between."""
    ends = [0, *(one.end for one in passages)]
    starts = [*(one.start for one in passages), len(text)]
    return not any(
        sentences(text[end:start]) for end, start in zip(ends, starts, strict=True)
    ) and all(make(text[one.start : one.end]) == one.sha256 for one in passages)


def _joined(
    missing: Sequence[Passage], text: str, spare: Sequence[Sentence], make: Fingerprint
) -> dict[int, int]:
    """Return where several sentences of a text together are one of an index: start and end."""
    wanted = defaultdict(set)
    for one in missing:
        wanted[one.end - one.start].add(one.sha256)
    found: dict[int, int] = {}
    for run in _runs(spare):
        start, end = run[0].start, run[-1].end
        if end - start in wanted and make(text[start:end]) in wanted[end - start]:
            found.setdefault(start, end)
    return found


def _parted(
    missing: Sequence[Passage], text: str, spare: Sequence[Sentence], make: Fingerprint
) -> dict[int, list[tuple[int, int]]]:
    """Return the parts of sentences of a text that are several of an index, by their start."""
    wanted = defaultdict(list)
    for one in spare:
        wanted[one.end - one.start].append(one)
    found = {}
    for run in _runs(missing):
        for one in wanted.get(run[-1].end - run[0].start, ()):
            by = one.start - run[0].start
            spans = [(part.start + by, part.end + by) for part in run]
            if all(make(text[start:end]) == part.sha256
                   for (start, end), part in zip(spans, run, strict=True)):  # fmt: skip
                found[one.start] = spans
    return found


def _runs(parts: Sequence[Part]) -> Iterator[Sequence[Part]]:
    """Yield the runs of at least two parts that follow each other in one paragraph."""
    places = [_place(one) for one in parts]
    for first, (paragraph, number) in enumerate(places):
        for last in range(first + 1, min(first + _MOST_PARTS, len(parts))):
            if places[last] != (paragraph, number + last - first):
                break
            yield parts[first : last + 1]


def _place(one: Sentence | Passage) -> tuple[int, ...]:
    return reading_order(one.number if isinstance(one, Sentence) else one.sentence)


def _paired(before: Sequence[str], now: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the places of equal fingerprints in two lists.

    Where one list has an equal one more often, those with the same neighbours come first.
    """
    old, new = _places(before), _places(now)
    for digest, places in old.items():
        others = new.get(digest, [])
        alike = {} if len(places) == len(others) else dict(_alike(before, places, now, others))
        taken = set(alike.values())
        yield from alike.items()
        yield from zip(
            (one for one in places if one not in alike),
            (one for one in others if one not in taken),
            strict=False,
        )


def _alike(
    before: Sequence[str], places: Sequence[int], now: Sequence[str], others: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Yield the places that have the same neighbours on both sides, in order."""
    by_context: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for one in reversed(others):
        by_context[_context(now, one)].append(one)
    for place in places:
        if found := by_context[_context(before, place)]:
            yield place, found.pop()


def _context(digests: Sequence[str], at: int) -> tuple[str, ...]:
    return (*digests[max(0, at - 1) : at], "", *digests[at + 1 : at + 2])


def _places(digests: Sequence[str]) -> dict[str, list[int]]:
    places = defaultdict(list)
    for place, digest in enumerate(digests):
        places[digest].append(place)
    return places


def _between(pairs: Mapping[int, int], old: int, new: int) -> Iterator[tuple[int, int]]:
    """Yield, where as many are missing as are new between the same neighbours, which for which."""
    taken = set(pairs.values())
    first = 0
    while first < old:
        last = first
        while last < old and last not in pairs:
            last += 1
        start = pairs.get(first - 1, -1) + 1
        end = pairs.get(last, new)
        if last > first and end - start == last - first and not taken & set(range(start, end)):
            yield from zip(range(first, last), range(start, end), strict=True)
        first = last + 1
