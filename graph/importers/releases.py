"""What a newer release of a data set says otherwise than the case has it: claims over time.

A claim that the newer release does not have is known until that release's day, and what the release
says anew is a claim of it; what both say stays as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

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
    """

    new: list[Entry]
    added: int
    ended: int
    kept: int


def _content_of(entry: Entry) -> tuple[str, ...]:
    """Return all that a statement says, to be compared."""
    return tuple(f"{key}={entry[key]!r}" for key in sorted(entry) if key not in _NOT_SAID)


def renewed(
    old: Iterable[Entry],
    said: Sequence[Entry],
    voice: str,
    day: str,
    whole: Collection[str] | None = None,
) -> ReleaseChanges:
    """Bring the statements of a data set up to a newer release.

    Args:
        old: the statements as the case has them; their claims are changed.
        said: those of the release, each with its claims.
        voice: of the data set.
        day: of the release, as ``2020-05-01``.
        whole: of a part of a release, the events and agreements of which it tells all; of nothing
            else is anything taken away. Else it tells all of everything.
    """
    known = {_content_of(one): one for one in old}
    new: list[Entry] = []
    added = ended = kept = 0
    met: set[int] = set()
    for entry in said:
        there = known.get(_content_of(entry)) if known else None
        if there is None:
            new.append(entry)
            added += len(entry["claims"])
            continue
        living = _living(there, voice)
        same = [one for one in living if _by(one) in map(_by, entry["claims"])]
        met.update(map(id, same))
        kept += len(same)
        for claim in living:
            if claim not in same:
                claim["known_until"] = day
                met.add(id(claim))
                ended += 1
        if not same:
            there["claims"] += entry["claims"]
            met.update(map(id, entry["claims"]))
            added += len(entry["claims"])
    for entry in known.values():
        if whole is None or entry["subject"] in whole:
            for claim in _living(entry, voice):
                if id(claim) not in met:
                    claim["known_until"] = day
                    ended += 1
    return ReleaseChanges(new, added, ended, kept)


def _living(entry: Entry, voice: str) -> list[dict[str, Any]]:
    """Return the claims of a voice on a statement that no release has ended."""
    return [
        one
        for one in entry.get("claims", [])
        if one.get("voice", voice) == voice and "known_until" not in one
    ]


def _by(claim: dict[str, Any]) -> tuple[str, ...]:
    return tuple(claim.get(key, "") for key in _SAID_BY)
