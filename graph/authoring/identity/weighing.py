"""What speaks for two things being one, and what against it: a score for their order, and words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from ...model.names import name_key
from ...model.terms import spaced
from .entries import BY_NAME, HAPPENED
from .named import parts_of, sound

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from .entries import Comparable
    from .named import NameWeights

SAME_ID, OTHER_ID = 0.9, 0.25
"""What an equal identifier is worth; and what is left of a score if a list has two for them."""
_NAME, _KIND_BY_NAME, _KIND, _NEAR, _PLACE, _TIME, _DAY = 0.6, 0.22, 0.08, 0.14, 0.08, 0.06, 0.25
"""How much names, kinds and what surrounds them can add."""
_OTHER_CLASS = 0.4
"""What is left of a score if they are things of other sorts, such as a person and a group."""
_TIED = 0.5
"""What is left of a score if a statement ties them to each other."""
_APART = (frozenset({"Person"}), frozenset({"ArmedGroup", "Organization", "StateBody", "State",
          "Government", "SocialGroup", "PoliticalOrganization"}))  # fmt: skip
SOON = timedelta(days=3)
"""A deal may be dated by its signing or by when it begins: so many days lie between at most."""
SHORT = timedelta(days=62)
"""Of what may be of more days than that, the days tell little."""
_SHOWN = 3


class Weighed(NamedTuple):
    """What tells of two things whether they are one.

    Attributes:
        score: from 0 to 1, for the order in which people look at them; no probability.
        reasons: what speaks for it.
        against: what speaks against it.
    """

    score: float
    reasons: tuple[str, ...]
    against: tuple[str, ...]


NOTHING = Weighed(0.0, (), ())
"""What tells of two things of which nothing is alike."""


@dataclass
class Weighing:
    """Weighs pairs of things.

    Attributes:
        names: compares names.
        kinds: by a word in normal form, the kinds that it is a word for.
        called: what an id is called in words.
        one_with: by an id, or a name behind ``named:``, the id that stands for all that are one
            with it.
        of_places: the words of which names of places are made, as ``sound`` hears them.
        across: whether things of a case are compared with others, and not with each other.
    """

    names: NameWeights
    kinds: Mapping[str, frozenset[str]]
    called: Mapping[str, str]
    one_with: Mapping[str, str]
    of_places: frozenset[str]
    across: bool

    def weigh(self, left: Comparable, right: Comparable) -> Weighed:
        """Return what speaks for two things of one sort being one, and what against it.

        Args:
            left: one.
            right: another.
        """
        against = _other_ids(left, right)
        equal = sorted(left.keys & right.keys)
        name = self.names.alike(left, right)
        score = SAME_ID + (1 - SAME_ID) * name.score if equal else _NAME * name.score
        if not score and not (left.kinds or right.kinds):
            return NOTHING
        around = list(self._around(left, right))
        score += (1 - score) * sum(part for part, _ in around)
        for_it = [f"both are {' and '.join(equal)}"] * bool(equal)
        for_it += [why for why in (name.why, *(why for _, why in around)) if why]
        if against:
            score *= OTHER_ID
        if left.id in right.near or right.id in left.near:
            score *= _TIED
            against.append("a statement tells of both, as of two")
        if _two_sorts(left, right):
            score *= _OTHER_CLASS
            against.append("one is a person, the other is not")
        if name.score and not equal and not around:
            against.append("nothing but the name speaks for it")
        if part := _listed_in(left, right):
            score *= OTHER_ID
            against.append(part)
        return Weighed(round(min(score, 1.0), 3), tuple(for_it), tuple(against))

    def _around(self, left: Comparable, right: Comparable) -> Iterator[tuple[float, str]]:
        """Yield what surrounds both: kinds, neighbours, places and time."""
        if told := self._kind_by_name(left, right) or self._kind_by_name(right, left):
            yield told
        elif kinds := left.kinds & right.kinds:
            yield _KIND, f"both are of the kind {', '.join(sorted(kinds))}"
        if near := self._shared(left.near, right.near):
            part = min(len(near), _SHOWN) / _SHOWN
            yield _NEAR * part, f"both have to do with {', '.join(near[:_SHOWN])}"
        if places := self._shared(left.places, right.places):
            yield _PLACE, f"both are told of in {', '.join(places[:_SHOWN])}"
        if left.sort in HAPPENED and is_dated(left) and is_dated(right):
            yield _DAY, f"both may be of {days_in_words(*_common(left, right))}"
        elif left.sort in HAPPENED and (
            soon := _soon_before(left, right) or _soon_before(right, left)
        ):
            yield _DAY / 2, soon
        elif self.across and left.first and right.first and overlap(left, right):
            yield _TIME, "both are told of at one time"

    def _kind_by_name(self, one: Comparable, other: Comparable) -> tuple[float, str] | None:
        """Return how much it tells that a name of one is a word for the kind of the other."""
        if one.kinds or not other.kinds:
            return None
        shared = {word for name in other.names for word in name_key(name).split()}
        for name in one.names:
            for word in (word for word in name_key(name).split() if word not in shared):
                if found := sorted(self.kinds.get(word, frozenset()) & other.kinds):
                    told = f"“{word}” in “{name}” is a word for its kind, {spaced(found[0])}"
                    own = frozenset().union(*(sound(each).words for each in one.names))
                    local = (sound(other.label).words & self.of_places) - own
                    return (_KIND, f"{told}, but of one place") if local else (_KIND_BY_NAME, told)
        return None

    def _shared(self, one: Iterable[str], other: Iterable[str]) -> list[str]:
        """Return in words what is in both, however it is called there."""
        both = self._known(one) & self._known(other)
        return sorted(self.called.get(each, each.removeprefix(BY_NAME)) for each in both)

    def _known(self, names: Iterable[str]) -> set[str]:
        return {self.one_with.get(_normal(one), _normal(one)) for one in names}


def _normal(name: str) -> str:
    """Return an id, or a name behind ``named:`` in its normal form."""
    return name_of(name.removeprefix(BY_NAME)) if name.startswith(BY_NAME) else name


def name_of(name: str) -> str:
    """Return what stands for a name where ids stand."""
    return BY_NAME + name_key(name)


def _common(left: Comparable, right: Comparable) -> tuple[date | None, date | None]:
    """Return the days on which two may both be, or those of the later one."""
    first = max(filter(None, (left.first, right.first)), default=None)
    last = min(filter(None, (left.last, right.last)), default=None)
    return first, max(first, last) if first and last else last


def _other_ids(left: Comparable, right: Comparable) -> list[str]:
    """Return by which lists they are two, for these know both by different ids."""
    if not (left.keys and right.keys):
        return []
    lists = [_by_list(one) for one in (left, right)]
    return [
        f"{name}:{min(lists[0][name])} is not {name}:{min(lists[1][name])}"
        for name in sorted(lists[0].keys() & lists[1].keys())
        if lists[0][name].isdisjoint(lists[1][name])
    ]


def overlap(left: Comparable, right: Comparable, slack: timedelta = timedelta()) -> bool:
    """Return whether both may be of one day; who has no date may be of any.

    Args:
        left: one.
        right: another.
        slack: so much may lie between.
    """
    return not any(
        one.first and other.last and one.first - slack > other.last
        for one, other in ((left, right), (right, left))
    )


def is_dated(entry: Comparable) -> bool:
    """Return whether it is known nearly on which days something was."""
    return bool(entry.first and entry.last and entry.last - entry.first <= SHORT)


def _soon_before(one: Comparable, other: Comparable) -> str:
    """Return in words that one is of days soon before the last that are possible for the other."""
    if not (is_dated(one) and one.last and other.last and not other.first):
        return ""
    if not timedelta() <= other.last - one.last <= SHORT:
        return ""
    days = days_in_words(one.first, one.last)
    return f"{days} is soon before {other.last}, the latest possible for the other"


def _by_list(entry: Comparable) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one in entry.keys:
        name, _, value = one.partition(":")
        found[name].add(value)
    return found


def _two_sorts(left: Comparable, right: Comparable) -> bool:
    person, group = _APART
    return any(
        person & one.classes and group & other.classes
        for one, other in ((left, right), (right, left))
    )


def _listed_in(left: Comparable, right: Comparable) -> str:
    """Return in words that one is named as one of several by the other."""
    for one, other in ((left, right), (right, left)):
        for name in (name for name in one.names if sound(name).parts > 1):
            parts = parts_of(name)
            own = {name_key(part) for part in parts}
            if own & {name_key(each) for each in other.names}:
                return f"“{name}” is several together; {other.label} is one of them"
    return ""


def days_in_words(first: date | None, last: date | None) -> str:
    """Return days as they are told: one, or the first and the last.

    Args:
        first: day, if it is known.
        last: day, if it is known.
    """
    if first is None or first == last:
        return str(first or last or "no date")
    return f"{first} to {last}"
