"""What was found of a sequence in words, the same on the terminal and in the page.

The words stand in ``words.toml``, for each language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...model.frames import USUAL, frames_of
from . import WORDS
from .cautions import cautions

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

UNFOLLOWED = ("counter", "censored")
"""The lists of triggers without an outcome, as attributes of ``SequenceResult``."""

ASIDE = ("before_any", "elsewhere", "series", "undated")
"""The lists of what is in no pair, likewise."""

MOST = 300
"""So many pairs of a sequence stand in a page at the most."""

_COUNTS = {
    "count_certain": "followed, certain",
    "count_told": "followed, told",
    "count_possible": "followed, possible",
    "count_counter": "not followed",
    "count_censored": "seen too short",
    "count_overtaken": "overtaken",
}
"""Words for numbers, with their names in ``SequenceResult.counts``."""


def spoken() -> tuple[str, ...]:
    """Return the tags of the languages in which a sequence can be told, sorted."""
    return tuple(frames_of(WORDS))


def heading(name: str, language: str = USUAL) -> str:
    """Return the title of a list of ``UNFOLLOWED`` or ``ASIDE``.

    Args:
        name: of the list.
        language: of the words.
    """
    return frames_of(WORDS)[language].say(name)


def counts_in_words(
    result: SequenceResult, window_days: int | None = None, language: str = USUAL
) -> str:
    """Return how many triggers there are, and what became of them.

    Args:
        result: what was found.
        window_days: the window in which outcomes count, if there is one.
        language: the tag of one of ``spoken``.
    """
    words, counts = frames_of(WORDS)[language], result.counts()
    days = "" if window_days is None else words.number("day", window_days)
    told = [words.say(key, n=counts[name]) for key, name in _COUNTS.items() if counts.get(name)]
    called = words.table.get("statuses", {})
    return words.say(
        "counts",
        triggers=words.number("trigger", counts["triggers"]),
        statuses=" ".join(called.get(one, one) for one in result.statuses),
        window=days and words.say("within", days=days),
        what=words.say("part").join(told) or words.say("none"),
    )


def meaning(one: Instance, window_days: int | None, language: str = USUAL) -> str:
    """Return how surely an outcome followed, and what stands against it.

    Args:
        one: the pair of trigger and outcome.
        window_days: the window in which outcomes count, if there is one.
        language: the tag of one of ``spoken``.
    """
    how: str = one.strength
    if one.strength == "possible":
        by_order = one.order == "possible" and not one.links
        by_others = one.between == "possible" and not one.links
        how = "possible" if by_order else "between" if by_others else "late"
    words = frames_of(WORDS)[language]
    return words.say(f"is_{how}", days=words.number("day", window_days or 0))


def days_later(lag: tuple[int | None, int | None], language: str = USUAL) -> str:
    """Return a lag in words: ``1 to 121 days later``.

    Args:
        lag: the least and the most days; ``None`` where there is no most.
        language: of the words.
    """
    words, (least, most) = frames_of(WORDS)[language], lag
    if most is None:
        return words.say("or_more", days=words.number("day", least or 0))
    return words.say("span", least=least or 0, days=words.number("day", most))


def record(found: Sequence, language: str = USUAL) -> dict[str, Any]:
    """Return a sequence as a page holds it.

    It has ``name``, ``title``, ``text``, ``pattern`` (the mechanism that it looks for),
    ``cautions``, ``words``; ``counted`` (what is accepted) and ``shown`` (all statuses but
    rejected), each with ``told`` (the counts in words), ``followed`` (triggers as ``s``, with
    ``then``: the outcome as ``s``, ``k`` how surely it followed, ``w`` the place of the words for
    that, ``by`` statements that tell it), ``left`` (pairs that are not listed), and ``lists`` of
    other statements by their titles.

    Args:
        found: what was found.
        language: the tag of one of ``spoken``.
    """
    words = frames_of(WORDS)[language].table
    title, text = (
        words.get(kind, {}).get(found.name, usual)
        for kind, usual in (("titles", found.title), ("texts", found.text))
    )
    told: dict[str, Any] = {"name": found.name, "title": title, "text": text}
    told["cautions"] = list(found.cautions if language == USUAL else _cautions(found, language))
    said: dict[str, int] = {}
    told |= {
        "counted": _result(found.counted, said, language),
        "shown": _result(found.shown, said, language),
    }
    told["words"] = list(said)
    return told | ({"pattern": found.comparison.mechanism} if found.comparison else {})


def _cautions(found: Sequence, language: str) -> tuple[str, ...]:
    voices = found.comparison.voices if found.comparison else None
    results = (found.counted, found.shown, found.grounds)
    return cautions(*results, found.window_days, voices, language)


def _result(result: SequenceResult, words: dict[str, int], language: str) -> dict[str, Any]:
    by_trigger: dict[str, list[dict[str, Any]]] = {}
    for one in result.instances[:MOST]:
        pairs = by_trigger.setdefault(one.trigger.statement, [])
        pairs.append(_instance(one, words, language))
    unfollowed = {name: [one.trigger for one in getattr(result, name)] for name in UNFOLLOWED}
    aside = {name: getattr(result, name) for name in ASIDE}
    lists = {
        heading(name, language): _statements(ones)
        for name, ones in (unfollowed | aside).items()
        if ones
    }
    told: dict[str, Any] = {
        "told": counts_in_words(result, language=language),
        "lists": lists,
        "followed": [{"s": name, "then": then} for name, then in by_trigger.items()],
    }
    return told | ({"left": left} if (left := len(result.instances[MOST:])) else {})


def _instance(one: Instance, words: dict[str, int], language: str) -> dict[str, Any]:
    told: dict[str, Any] = {"s": one.outcome.statement, "k": one.strength}
    what, days = meaning(one, None, language), days_later(one.lag, language)
    said = frames_of(WORDS)[language].say("later", what=what, days=days)
    told["w"] = words.setdefault(said, len(words))
    return told | ({"by": [link.statement for link in one.links]} if one.links else {})


def _statements(ones: Row[Occurrence]) -> list[str]:
    return list(dict.fromkeys(one.statement for one in ones))
