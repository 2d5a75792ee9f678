"""What cannot be concluded from a sequence, said by its own numbers alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors.counting import counted
from .records import strongest

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from .records import Instance, SequenceResult

FEW, APART = 10, 3
"""With fewer triggers, or with fewer sources, no rule is told from a coincidence."""


def cautions(
    counted: SequenceResult,
    shown: SequenceResult,
    grounds: Mapping[str, int],
    window_days: int | None = None,
    mechanism_voices: Collection[str] | None = None,
) -> tuple[str, ...]:
    """Return what must be kept in mind with the counts of a sequence.

    Args:
        counted: what was found among the statuses that count.
        shown: what was found among all statuses but rejected.
        grounds: how many places, talks or agreements have triggers, by what they are.
        window_days: an outcome follows within so many days; ``None`` for any time.
        mechanism_voices: who affirms the pattern that the sequence looks for; ``None`` without one.

    Returns:
        Full sentences, each with the numbers on which it rests.
    """
    if not counted.triggers:
        told = _dated_nowhere(counted)
        return (f"No trigger with a date is known{told}: nothing can be said.",)
    direct = [found for found in counted.instances if found.strength != "overtaken"]
    found = [
        _few(counted, direct, grounds),
        *_orders(direct, window_days),
        *_late(direct, window_days),
        *_sentences(direct),
        *_voices(direct, mechanism_voices),
        *_unfollowed(counted, window_days),
        *_base(counted),
        *_left_out(counted),
        *_statuses(counted, shown),
    ]
    return tuple(one for one in found if one)


_PLURALS = {"talks process": "talks processes"}


def _dated_nowhere(found: SequenceResult) -> str:
    number = sum(one.role == "trigger" for one in found.undated)
    return f" ({counted(number, 'has', 'have')} none)" if number else ""


def _few(found: SequenceResult, direct: Collection[Instance], grounds: Mapping[str, int]) -> str:
    """Say on how many triggers, places, outcomes and sources the count rests."""
    followed = {one.trigger.statement: one.trigger for one in direct}
    outcomes = {one.outcome.statement: one.outcome for one in direct}
    sources = {name for one in (*followed.values(), *outcomes.values()) for name in one.sources}
    where = ", ".join(
        counted(number, noun, _PLURALS.get(noun, "")) for noun, number in grounds.items()
    )
    judged = len(found.triggers) - len(found.censored)
    open_ones = f" ({len(found.censored)} more cannot be judged)" if found.censored else ""
    of, by = counted(judged, "trigger"), counted(len(outcomes), "outcome")
    rests = f"{len(followed)} of {of} that can be judged followed{open_ones}, by {by}"
    told = f"told by {counted(len(sources), 'source')}; all triggers together: {where}"
    apart = sources | {name for one in found.triggers for name in one.sources}
    few = len(found.triggers) < FEW or len(apart) < APART
    return f"{rests}, {told}{'. This cannot tell a rule from a coincidence.' if few else '.'}"


def _orders(direct: Collection[Instance], window_days: int | None) -> list[str]:
    """Say how sure the order is, and whether other triggers stand between."""
    if not direct:
        return []
    pairs = counted(len(direct), "pair")
    sure = sum(one.order == "certain" for one in direct)
    told = sum(one.order != "certain" and bool(one.links) for one in direct)
    rest = len(direct) - sure - told
    said = [
        (
            f"Of {pairs} of trigger and outcome, the dates leave no other order in {sure}; in "
            f"{told} a source tells the order, and in {rest} it is only possible."
        )
    ]
    between = sum(one.between != "not" for one in direct)
    if between:
        said.append(
            f"In {between} of {pairs} another trigger may stand between the two, so one outcome "
            "may be counted for more than one trigger."
        )
    if window_days is not None:
        late = sum(one.lag[1] is None or one.lag[1] > window_days for one in direct)
        said.append(f"In {late} of {pairs} the outcome may have come after the window.")
    return said


def _late(direct: Collection[Instance], window_days: int | None) -> list[str]:
    """Say how late an outcome may count if no window is set."""
    if window_days is not None or not direct:
        return []
    known = [one.lag[1] for one in direct if one.lag[1] is not None]
    unknown = len(direct) - len(known)
    longest = f"up to {counted(max(known), 'day')}" if known else ""
    open_end = f"without a known limit in {counted(unknown, 'pair')}" if unknown else ""
    lasts = " and ".join(part for part in (longest, open_end) if part)
    return [f"No window is set, so an outcome counts however late it comes: here {lasts}."]


def _sentences(direct: Collection[Instance]) -> list[str]:
    shared = sum(bool(one.shared) for one in direct)
    if not shared:
        return []
    return [
        (
            f"In {shared} of {counted(len(direct), 'pair')} one sentence tells both trigger and "
            "outcome: they are not two observations made apart from each other."
        )
    ]


def _voices(direct: Collection[Instance], mechanism: Collection[str] | None) -> list[str]:
    """Say whether whoever states the pattern has also picked its instances."""
    if mechanism is None or not direct:
        return []
    own = sum(
        not set(mechanism).isdisjoint(one.trigger.voices)
        and not set(mechanism).isdisjoint(one.outcome.voices)
        for one in direct
    )
    if not own:
        return []
    return [
        (
            f"In {own} of {counted(len(direct), 'pair')} trigger and outcome are both told by "
            "those who state the pattern: they chose what to tell."
        )
    ]


def _unfollowed(found: SequenceResult, window_days: int | None) -> list[str]:
    said = []
    if found.counter:
        known = window_days is not None or found.needed > 1
        long = f"at least {counted(found.needed, 'day')} longer" if known else "longer"
        said.append(
            f"After {counted(len(found.counter), 'trigger')} no outcome is told although the "
            f"sources go on {long}; that nobody tells of one does not mean that there was none."
        )
    elif not found.censored and not found.overtaken:
        said.append(
            "No trigger without an outcome is known; where only what was followed gets told, this "
            "shows nothing."
        )
    if found.censored:
        said.append(
            f"After {counted(len(found.censored), 'trigger')} the sources end too soon, or it is "
            "not known when they do: neither an instance nor a counter-instance."
        )
    if found.overtaken:
        said.append(
            f"After {counted(len(found.overtaken), 'trigger')} another trigger came before any "
            "outcome: not counted as followed."
        )
    return said


def _base(found: SequenceResult) -> list[str]:
    """Say how often the outcome came without the trigger."""
    here = len(found.outcomes) - len(found.elsewhere)
    if not found.before_any:
        return []
    return [
        (
            f"{len(found.before_any)} of {counted(here, 'outcome')} where there is a trigger came "
            "before any: the outcome also comes without it."
        )
    ]


def _left_out(found: SequenceResult) -> list[str]:
    said = []
    if found.series:
        said.append(
            f"{counted(len(found.series), 'series is', 'series are')} told whose members have no "
            "dates: none of them is counted, as a trigger that was followed or as one that was not."
        )
    if found.undated:
        said.append(
            f"{counted(len(found.undated), 'trigger or outcome is', 'triggers or outcomes are')} "
            "without a date and in no count."
        )
    return said


def _statuses(every: SequenceResult, shown: SequenceResult) -> list[str]:
    """Say what changes if what is contested, alleged or open counts as well."""
    less, more = strongest(every.instances), strongest(shown.instances)
    numbers = [
        (sum(one != "overtaken" for one in best.values()), len(found.triggers), len(found.outcomes))
        for best, found in ((less, every), (more, shown))
    ]
    if numbers[0] == numbers[1]:
        return []
    followed, triggers, outcomes = numbers[1]
    return [
        (
            f"With what is contested, alleged or open it would be {followed} of "
            f"{counted(triggers, 'trigger')} followed, and {counted(outcomes, 'outcome')} in "
            f"place of {numbers[0][2]}."
        )
    ]
