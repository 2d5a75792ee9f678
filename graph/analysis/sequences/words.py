"""What was found of a sequence in words, the same on the terminal and in the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...errors.counting import counted

if TYPE_CHECKING:
    from collections.abc import Sequence as Row

    from .records import Instance, Occurrence, SequenceResult
    from .sequence import Sequence

VERBS = {
    "cause": "brings about",
    "trigger": "sets off",
    "contribution": "adds to",
    "sequence": "comes before",
}
"""How the first thing of a link stands to the second."""

UNFOLLOWED = {
    "counter": "Not followed, although the sources go on",
    "censored": "Not followed as far as the sources can see",
}
"""The lists of triggers without an outcome, by their attributes in ``SequenceResult``."""

ASIDE = {
    "before_any": "Outcomes without a trigger before them",
    "elsewhere": "Outcomes where there is no trigger",
    "series": "Triggers told as a series, not counted",
    "undated": "Undated, not counted",
}
"""The lists of what is in no pair, likewise."""

MOST = 300
"""So many pairs of a sequence stand in a page at the most."""


def counts_in_words(result: SequenceResult, window_days: int | None = None) -> str:
    """Return how many triggers there are, and what became of them.

    Args:
        result: what was found.
        window_days: the window in which outcomes count, if there is one.
    """
    counts = result.counts()
    window = "" if window_days is None else f" within {counted(window_days, 'day')}"
    said = [f"{name} {number}" for name, number in counts.items() if number and "," in name]
    others = ("not followed", "seen too short", "overtaken")
    said += [f"{name} {counts[name]}" for name in others if counts[name]]
    triggers = f"{counted(counts['triggers'], 'trigger')} ({' '.join(result.statuses)}){window}"
    return f"{triggers}: {'; '.join(said) or 'none'}"


def meaning(one: Instance, window_days: int | None) -> str:
    """Return how surely an outcome followed, and what stands against it.

    Args:
        one: the pair of trigger and outcome.
        window_days: the window in which outcomes count, if there is one.
    """
    if one.strength == "overtaken":
        return "after it, but another trigger stands between; not counted"
    if one.strength == "told":
        return "after it, as a source tells"
    if one.strength == "certain":
        return "after it for certain, by the dates"
    if one.order == "possible" and not one.links:
        return "perhaps after it"
    if one.between == "possible" and not one.links:
        return "after it, but another trigger may stand between"
    return f"after it, perhaps more than {counted(window_days or 0, 'day')}"


def days_later(lag: tuple[int | None, int | None]) -> str:
    """Return a lag in words: ``1 to 121 days later``."""
    least, most = lag
    if most is None:
        return f"{counted(least or 0, 'day')} later or more"
    return f"{least or 0} to {counted(most, 'day')} later"


def record(found: Sequence) -> dict[str, Any]:
    """Return a sequence as a page holds it; see ``sequences`` in ``graph.viewer.payload``."""
    told: dict[str, Any] = {"name": found.name, "title": found.title, "text": found.text}
    told |= {"cautions": list(found.cautions)}
    words: dict[str, int] = {}
    told |= {"counted": _result(found.counted, words), "shown": _result(found.shown, words)}
    told["words"] = list(words)
    return told | ({"pattern": found.comparison.mechanism} if found.comparison else {})


def _result(result: SequenceResult, words: dict[str, int]) -> dict[str, Any]:
    by_trigger: dict[str, list[dict[str, Any]]] = {}
    for one in result.instances[:MOST]:
        by_trigger.setdefault(one.trigger.statement, []).append(_instance(one, words))
    aside = {title: getattr(result, name) for name, title in ASIDE.items()}
    unfollowed = {
        title: [one.trigger for one in getattr(result, name)] for name, title in UNFOLLOWED.items()
    }
    lists = {title: _statements(ones) for title, ones in (unfollowed | aside).items() if ones}
    told: dict[str, Any] = {"told": counts_in_words(result), "lists": lists}
    told["followed"] = [{"s": name, "then": then} for name, then in by_trigger.items()]
    return told | ({"left": left} if (left := len(result.instances[MOST:])) else {})


def _instance(one: Instance, words: dict[str, int]) -> dict[str, Any]:
    told: dict[str, Any] = {"s": one.outcome.statement, "k": one.strength}
    said = f"{meaning(one, None)}, {days_later(one.lag)}"
    told["w"] = words.setdefault(said, len(words))
    return told | ({"by": [link.statement for link in one.links]} if one.links else {})


def _statements(ones: Row[Occurrence]) -> list[str]:
    return list(dict.fromkeys(one.statement for one in ones))
