"""What a newer release of a data set says otherwise than the case has it: claims over time.

A claim that the newer release does not have is known until that release's day, and what the release
says anew is a claim of it; what both say stays as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from collections.abc import Set as AbstractSet

Entry = dict[str, Any]
"""A statement as it stands in a file."""
_NOT_SAID = ("id", "claims")
_SAID_BY = ("stance", "certainty", "mode")


class ReleaseChanges(NamedTuple):
    """How the statements of a data set change by a release.

    Attributes:
        new: statements that the case has not.
        added: how many claims are new, on new statements and on others.
        ended: how many claims count no longer.
        kept: how many stay as they are.
        spared: how many stay because a row that was refused may say so.
        replaced: the sources of those that count no longer.
    """

    new: list[Entry]
    added: int
    ended: int
    kept: int
    spared: int
    replaced: frozenset[str]


def _content_of(entry: Entry) -> tuple[str, ...]:
    """Return all that a statement says, to be compared."""
    return tuple(f"{key}={entry[key]!r}" for key in sorted(entry) if key not in _NOT_SAID)


def renewed(
    old: Iterable[Entry],
    said: Sequence[Entry],
    voice: str,
    day: str,
    whole: Collection[str] | None = None,
    torn: AbstractSet[str] = frozenset(),
) -> ReleaseChanges:
    """Bring the statements of a data set up to a newer release.

    Args:
        old: the statements as the case has them; their claims are changed.
        said: those of the release, each with its claims.
        voice: of the data set.
        day: of the release, as ``2020-05-01``.
        whole: of a part of a release, the events and agreements of which it tells all; of nothing
            else is anything taken away. Else it tells all of everything.
        torn: things and words that rows name which could not be used; what is said of them alone
            may stand there, and is not taken away.
    """
    known = {_content_of(one): one for one in old}
    new: list[Entry] = []
    added = kept = 0
    ended: list[dict[str, Any]] = []
    met: set[int] = set()
    for entry in said:
        there = known.get(_content_of(entry)) if known else None
        if there is None:
            new.append(entry)
            added += len(entry["claims"])
            continue
        living = _living(there, voice)
        same = [one for one in living if _by(one) in map(_by, entry["claims"])]
        kept += len(same)
        ended += [one for one in living if one not in same]
        if not same:
            there["claims"] += entry["claims"]
            added += len(entry["claims"])
        met.update(map(id, there["claims"]))
    gone, spared = _gone(
        (one for one in known.values() if whole is None or one["subject"] in whole),
        voice,
        met,
        torn,
    )
    ended += gone
    for claim in ended:
        claim["known_until"] = day
    replaced = {str(name).partition("#")[0] for one in ended for name in one.get("passages", ())}
    return ReleaseChanges(new, added, len(ended), kept, spared, frozenset(replaced))


def _gone(
    entries: Iterable[Entry], voice: str, met: Collection[int], torn: AbstractSet[str]
) -> tuple[list[dict[str, Any]], int]:
    """Return the claims that a release has no longer, and how many others may stand in it."""
    found = [
        (claim, _parts(entry) <= torn)
        for entry in entries
        for claim in _living(entry, voice)
        if id(claim) not in met
    ]
    return [claim for claim, spared in found if not spared], sum(spared for _, spared in found)


def _parts(entry: Entry) -> set[str]:
    return {entry["subject"], *([entry["object"]] if "object" in entry else [])}


def _living(entry: Entry, voice: str) -> list[dict[str, Any]]:
    """Return the claims of a voice on a statement that no release has ended."""
    return [
        one
        for one in entry.get("claims", [])
        if one.get("voice", voice) == voice and "known_until" not in one
    ]


def _by(claim: dict[str, Any]) -> tuple[str, ...]:
    return tuple(claim.get(key, "") for key in _SAID_BY)
