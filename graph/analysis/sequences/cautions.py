"""What cannot be concluded from a sequence, said by its own numbers alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...model.frames import USUAL, frames_of
from . import WORDS
from .records import strongest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from ...model.frames import Frames
    from .records import Instance, SequenceResult

FEW, APART = 10, 3
"""With fewer triggers, or with fewer sources, no rule is told from a coincidence."""


def cautions(
    counted: SequenceResult,
    shown: SequenceResult,
    grounds: Mapping[str, int],
    window_days: int | None = None,
    mechanism_voices: Collection[str] | None = None,
    language: str = USUAL,
) -> tuple[str, ...]:
    """Return what must be kept in mind with the counts of a sequence.

    Args:
        counted: what was found among the statuses that count.
        shown: what was found among all statuses but rejected.
        grounds: how many places, talks or agreements have triggers, by what they are.
        window_days: an outcome follows within so many days; ``None`` for any time.
        mechanism_voices: who affirms the pattern that the sequence looks for; ``None`` without one.
        language: the tag of one that ``words.toml`` has.

    Returns:
        Full sentences, each with the numbers on which it rests.
    """
    words = frames_of(WORDS)[language]
    if not counted.triggers:
        number = sum(one.role == "trigger" for one in counted.undated)
        return (words.say("no_trigger", told=words.number("no_date", number) if number else ""),)
    direct = [found for found in counted.instances if found.strength != "overtaken"]
    return (
        _few(words, counted, direct, grounds),
        *_orders(words, direct, window_days),
        *_late(words, direct, window_days),
        *_sentences(words, direct),
        *_voices(words, direct, mechanism_voices),
        *_unfollowed(words, counted, window_days),
        *_base(words, counted),
        *_left_out(words, counted),
        *_statuses(words, counted, shown),
    )


def _few(
    words: Frames,
    found: SequenceResult,
    direct: Collection[Instance],
    grounds: Mapping[str, int],
) -> str:
    """Say on how many triggers, places, outcomes and sources the count rests."""
    followed = {one.trigger.statement: one.trigger for one in direct}
    outcomes = {one.outcome.statement: one.outcome for one in direct}
    sources = {name for one in (*followed.values(), *outcomes.values()) for name in one.sources}
    open_ones = len(found.censored)
    rests = words.say(
        "rests",
        followed=len(followed),
        triggers=words.number("of_trigger", len(found.triggers) - open_ones),
        open=words.say("judged_not", n=open_ones) if open_ones else "",
        outcomes=words.number("outcome", len(outcomes)),
        sources=words.number("source", len(sources)),
        where=words.say("comma").join(words.number(noun, n) for noun, n in grounds.items()),
    )
    apart = sources | {name for one in found.triggers for name in one.sources}
    few = len(found.triggers) < FEW or len(apart) < APART
    return rests + (words.say("few") if few else "")


def _orders(words: Frames, direct: Collection[Instance], window_days: int | None) -> Iterator[str]:
    """Say how sure the order is, and whether other triggers stand between."""
    if not direct:
        return
    pairs = words.number("pair", len(direct))
    sure = sum(one.order == "certain" for one in direct)
    told = sum(one.order != "certain" and bool(one.links) for one in direct)
    yield words.say("order", pairs=pairs, sure=sure, told=told, rest=len(direct) - sure - told)
    if between := sum(one.between != "not" for one in direct):
        yield words.say("between", n=between, pairs=pairs)
    if window_days is not None:
        late = sum(one.lag[1] is None or one.lag[1] > window_days for one in direct)
        yield words.say("after_window", n=late, pairs=pairs)


def _late(words: Frames, direct: Collection[Instance], window_days: int | None) -> Iterator[str]:
    """Say how late an outcome may count if no window is set."""
    if window_days is not None or not direct:
        return
    known = [one.lag[1] for one in direct if one.lag[1] is not None]
    lasts = [words.say("up_to", days=words.number("day", max(known)))] if known else []
    if unknown := len(direct) - len(known):
        lasts.append(words.say("no_limit", pairs=words.number("pair", unknown)))
    both = len(lasts) > 1
    said = words.say("both", first=lasts[0], second=lasts[1]) if both else lasts[0]
    yield words.say("no_window", lasts=said)


def _sentences(words: Frames, direct: Collection[Instance]) -> Iterator[str]:
    if shared := sum(bool(one.shared) for one in direct):
        yield words.say("one_sentence", n=shared, pairs=words.number("pair", len(direct)))


def _voices(
    words: Frames, direct: Collection[Instance], mechanism: Collection[str] | None
) -> Iterator[str]:
    """Say whether whoever states the pattern has also picked its instances."""
    own = sum(
        not set(mechanism or ()).isdisjoint(one.trigger.voices)
        and not set(mechanism or ()).isdisjoint(one.outcome.voices)
        for one in direct
    )
    if own:
        yield words.say("own_voices", n=own, pairs=words.number("pair", len(direct)))


def _unfollowed(words: Frames, found: SequenceResult, window_days: int | None) -> Iterator[str]:
    def after(key: str, triggers: Collection[object], **more: str) -> str:
        return words.say(key, triggers=words.number("of_trigger", len(triggers)), **more)

    if found.counter:
        known = window_days is not None or found.needed > 1
        days = words.number("day", found.needed)
        long = words.say("days_longer", days=days) if known else words.say("longer")
        yield after("not_told", found.counter, long=long)
    elif not found.censored and not found.overtaken:
        yield words.say("all_followed")
    if found.censored:
        yield after("too_soon", found.censored)
    if found.overtaken:
        yield after("other_first", found.overtaken)


def _base(words: Frames, found: SequenceResult) -> Iterator[str]:
    """Say how often the outcome came without the trigger."""
    here = words.number("outcome", len(found.outcomes) - len(found.elsewhere))
    if found.before_any:
        yield words.say("without", n=len(found.before_any), outcomes=here)


def _left_out(words: Frames, found: SequenceResult) -> Iterator[str]:
    if found.series:
        yield words.number("series_told", len(found.series))
    if found.undated:
        yield words.number("undated_told", len(found.undated))


def _statuses(words: Frames, every: SequenceResult, shown: SequenceResult) -> Iterator[str]:
    """Say what changes if what is contested, alleged or open counts as well."""
    less, more = strongest(every.instances), strongest(shown.instances)
    numbers = [
        (sum(one != "overtaken" for one in best.values()), len(found.triggers), len(found.outcomes))
        for best, found in ((less, every), (more, shown))
    ]
    if numbers[0] != numbers[1]:
        followed, triggers, outcomes = numbers[1]
        yield words.say(
            "all_statuses",
            followed=followed,
            triggers=words.number("of_trigger", triggers),
            outcomes=words.number("outcome", outcomes),
            n=numbers[0][2],
        )
