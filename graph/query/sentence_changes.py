"""What became of the sentences of a case's sources between two graphs, by their fingerprints."""

from __future__ import annotations

from collections import defaultdict
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING

from ..model import Passage
from ..read.former import present

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..model import PassageRef
    from ..read.select import Graph


class SentenceChanges:
    """The sentences of two graphs of a case, each with its SHA-256.

    Args:
        old: the earlier graph.
        new: the later one.
    """

    def __init__(self, old: Graph, new: Graph) -> None:
        self.old, self.new = old, new
        self._before, self._after = _fingerprints(old), _fingerprints(new)

    def told(self) -> Iterator[tuple[str, str]]:
        """Yield what became of each sentence that is not as it was, in the sources of both."""
        after = _by_source(self._after)
        for source, was in _by_source(self._before).items():
            now = after.get(present(self.new, source), {})
            if not now:
                continue
            old, new = list(was), list(now)
            matcher = SequenceMatcher(None, [*was.values()], [*now.values()], autojunk=False)
            for kind, a, b, c, d in matcher.get_opcodes():
                if kind != "equal":
                    for earlier, later in zip_longest(old[a:b], new[c:d], fillvalue=""):
                        yield later or earlier, _became(earlier, later)

    def marked(self) -> Mapping[str, list[str]]:
        """Return by source, in words, which sentences are marked otherwise."""
        before, now = (
            {(present(self.new, one.source), one.sha256): (bool(one.boilerplate), bool(one.nothing))
             for one in graph.records(Passage)}
            for graph in (self.old, self.new)
        )  # fmt: skip
        found: dict[str, list[str]] = defaultdict(list)
        for one in self.new.records(Passage):
            key = (one.source, one.sha256)
            if before.get(key, now[key]) != now[key]:
                found[one.source].append(one.sentence)
        told = "sentences with another mark"
        return {source: [f"{told}: {', '.join(numbers)}"] for source, numbers in found.items()}

    def same(self, was: Iterable[PassageRef], now: Iterable[PassageRef]) -> bool:
        """Return whether the cited sentences are the same ones, whatever their numbers.

        Args:
            was: sentences of the earlier graph.
            now: sentences of the later one.
        """
        before = sorted(self._before.get(one.citation, one.citation) for one in was)
        return before == sorted(self._after.get(one.citation, one.citation) for one in now)


def _fingerprints(graph: Graph) -> dict[str, str]:
    """Return the SHA-256 of each sentence by how it is cited, in the order of the texts."""
    every = sorted(graph.records(Passage), key=lambda one: (one.source, one.start))
    return {f"{one.source}#{one.sentence}": one.sha256 for one in every}


def _by_source(prints: Mapping[str, str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for citation, sha256 in prints.items():
        found.setdefault(citation.partition("#")[0], {})[citation] = sha256
    return found


def _became(earlier: str, later: str) -> str:
    """Return what became of a sentence that is not found again: it changed, is gone, or is new."""
    if not earlier:
        return f"{later} is new"
    if not later:
        return f"{earlier} is gone"
    return f"{later} reads otherwise" + (f"; it was {earlier}" if earlier != later else "")
