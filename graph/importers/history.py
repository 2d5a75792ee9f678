"""What a case has of a data set already: what was imported, its releases, ids that were changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ..authoring import blocks
from ..errors import UsageError
from ..model.textfiles import data_of, text_of, toml_in, toml_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from .things import DraftThing
    from .values import TornRow
    from .writing import Release

LOG = "imports"
"""The folder of a case with what was imported, and with the rows that are kept apart."""

_MOST_BYTES = 64 << 20
"""The log names each row that was refused, so that it may be longer than other files."""


_SHOWN = 5
"""So many things are named that a release calls otherwise."""


class KnownRelease(NamedTuple):
    """A source that a case has.

    Attributes:
        own: whether it is a release of the data set.
        day: of it; empty if it has none.
        sha256: of its text; empty if that is not told.
        passages: its rows that are cited.
    """

    own: bool
    day: str
    sha256: str
    passages: Sequence[list[Any]]


def former(folder: Path | None) -> dict[str, str]:
    """Return what things are called now whose id was changed, or that were joined with others.

    Args:
        folder: the case's folder; ``None`` if it is a new case.
    """
    path = folder / "identity.toml" if folder else None
    found = toml_of(path).get("former", []) if path and path.is_file() else []
    return {one["id"]: one["now"] for one in found if "id" in one and "now" in one}


def called_otherwise(
    folder: Path | None, things: Iterable[DraftThing], there: Mapping[str, str]
) -> list[str]:
    """Return what is told of things whose label in the case is not that of the release.

    Args:
        folder: the case's folder; ``None`` if it is a new case.
        things: of the release.
        there: ids of those that the case has, by key.
    """
    found = []
    for thing in things if folder else ():
        label, own = thing.keys.get("label", ""), there.get(thing.key, "")
        path = folder / thing.folder / f"{own}.toml" if folder else None
        if not (label and own and path and path.is_file()):
            continue
        if f'label = "{label}"\n' not in text_of(path) and toml_of(path).get("label") != label:
            found.append(own)
    if not found:
        return []
    more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    names = ", ".join(sorted(found)[:_SHOWN])
    return [f"called otherwise in this release than in the case, where names stay: {names}{more}"]


def releases_of(folder: Path | None, voice: str) -> dict[str, KnownRelease]:
    """Return the sources of a case, by id.

    Args:
        folder: the case's folder; ``None`` if it is a new case.
        voice: of the data set.
    """
    found = {}
    for path in sorted(folder.glob("sources/*.toml")) if folder else ():
        one = toml_of(path)
        own = one.get("authors") == [voice]
        day, print_ = str(one.get("date", "")), str(one.get("sha256", ""))
        found[path.stem] = KnownRelease(own, day, print_, one.get("sentences", []) if own else [])
    return found


def refuse_untimely(
    releases: Mapping[str, Release],
    known: Mapping[str, KnownRelease],
    replaced: Iterable[str],
    *,
    part: bool,
) -> None:
    """Refuse a release that cannot follow those that the case has.

    Args:
        releases: what is imported, by the ids of their sources.
        known: the sources that the case has.
        replaced: of these, the ones of which something counts no longer.
        part: whether it is a part of a release, which may come in any order.

    Raises:
        UsageError: a source of the name is there and another file, or a release is not newer than
            what it would take away.
    """
    for name, one in releases.items():
        there = known.get(name)
        if there and (not there.own or there.sha256 != one.sha256):
            what = f"another file, of {there.day}" if there.own else "no release of this data set"
            told = f"the case has a source {name} already, and it is {what}; rows of it are cited"
            raise UsageError(f"{told}: give this release a name of its own, with --release NAME")
    if not releases:
        return
    day = max(one.day for one in releases.values())
    others = {name: one.day for name, one in known.items() if one.own and name not in releases}
    against = {name: known[name].day for name in replaced if name in known}
    if not part:
        against |= {name: found for name, found in others.items() if found > day}
    late = {found: name for name, found in against.items() if found >= day}
    if late:
        last = max(late)
        told = f"this release is of {day}, and {late[last]}, which the case has, of {last}"
        right = "import releases in their order, each with its day: --date DAY"
        raise UsageError(f"{told}: what differs would be taken for a change; {right}")
    for name, one in releases.items():
        before = known[name].day if name in known else one.day
        if before != one.day and any(found >= before for found in others.values()):
            told = f"the case has {name} of {before}, and later releases"
            raise UsageError(f"{told}; its day stays: --date {before}")


def log_with(folder: Path | None, name: str, entry: Mapping[str, Any]) -> tuple[str, str]:
    """Return the file that tells what was imported, with another import at its end.

    Args:
        folder: the case's folder; ``None`` if it is a new case.
        name: of the data set.
        entry: the import.
    """
    path = f"{LOG}/{name}.toml"
    before = (
        text_of(folder / path, _MOST_BYTES) + "\n" if folder and (folder / path).is_file() else ""
    )
    return path, before + blocks.table(entry, "[[import]]")


def imports(folder: Path | None, name: str) -> list[dict[str, Any]]:
    """Return what was imported of a data set so far.

    Args:
        folder: the case's folder; ``None`` if it is a new case.
        name: of the data set.

    Raises:
        UnfitFile: the log cannot be read as what it is.
    """
    path = folder / LOG / f"{name}.toml" if folder else None
    return (
        list(toml_in(path, data_of(path, _MOST_BYTES)).get("import", []))
        if path and path.is_file()
        else []
    )


def refuse_otherwise(
    before: Sequence[Mapping[str, Any]], asked: Collection[str], case: str
) -> None:
    """Refuse another release with other conditions: what it lacks would look as if taken away.

    Args:
        before: what was imported so far.
        asked: the conditions.
        case: its id, for the message.

    Raises:
        UsageError: the import before had others.
    """
    if not before or sorted(before[-1].get("where", [])) == sorted(asked):
        return
    told = before[-1].get("where", [])
    last = f"--where {' --where '.join(map(repr, told))}" if told else "no --where"
    raise UsageError(
        f"{case} has {', '.join(before[-1].get('sources', []))}, imported with {last}: what this "
        "release lacks would look as if it had been taken away; give the same conditions, or --part"
    )


def refuse_another_way(before: Sequence[Mapping[str, Any]], groups: int, rows: int) -> None:
    """Refuse rows as events where the case has groups of them, or the other way round.

    Args:
        before: what was imported so far.
        groups: into how many rows the rows are put together; 0 if they are not.
        rows: how many there are.

    Raises:
        UsageError: the import before did it in the other way.
    """
    if before and bool(before[-1].get("grouped")) != bool(groups):
        one, other = ("an event each", "put together")[:: 1 if groups else -1]
        limit = rows if groups else 0
        raise UsageError(
            f"the case has the rows of the release before {one}, and these would be {other}: all "
            f"would look as if it had been changed; give --events-up-to {limit}"
        )


def refuse_illegible(torn: Iterable[TornRow], ended: int) -> None:
    """Refuse to take anything away where rows may be of it, and do not tell of what they are.

    Args:
        torn: the rows that are refused.
        ended: how many claims would count no longer.

    Raises:
        UsageError: something would be taken away.
    """
    rows = [one.number for one in torn if not one.things()] if ended else []
    if rows:
        told = f"nothing can be read of row {', '.join(rows[:5])}{', …' if rows[5:] else ''}"
        raise UsageError(
            f"{told}, which may tell of any of the {ended} claims that would count no longer: mend "
            "what stands there, or give --part"
        )
