"""The files of events: all of them Parquet, or all of them CSV."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from ..errors import InputOutputError, UsageError
from ..importers.formats import known

if TYPE_CHECKING:
    from collections.abc import Sequence

_FORMS: dict[str, tuple[Literal["parquet", "csv"], str]] = {
    ".parquet": ("parquet", ""),
    ".csv": ("csv", ","),
    ".tsv": ("csv", "\t"),
    ".export.csv": ("csv", ""),
}
"""By their endings; the last are the files of GDELT, which have no header."""


class EventFiles(NamedTuple):
    """Files of one form.

    Attributes:
        paths: files, those of folders one by one; as given if an engine looks for them.
        form: how they are written.
        delimiter: what stands between the values of CSV.
        names: of the columns of CSV without a header; else none.
        folders: the same with folders as they were given, for engines that list them themselves.
    """

    paths: tuple[str, ...]
    form: Literal["parquet", "csv"]
    delimiter: str
    names: tuple[str, ...]
    folders: tuple[str, ...]


def event_files(given: Sequence[str], *, here: bool = True) -> EventFiles:
    """Return the files of events.

    Args:
        given: files, or folders with Parquet files, also below one another as ``dataset=NAME``.
        here: whether they have to be on this machine; else an engine looks for them.

    Raises:
        InputOutputError: some are not there, or a folder has none; all such are told.
        UsageError: they are of several forms, or of one that is not known.
    """
    if here and (missing := [one for one in given if not Path(one).exists()]):
        raise InputOutputError(f"{', '.join(missing)}: not there")
    forms: dict[tuple[Literal["parquet", "csv"], str], list[str]] = {}
    for one in given:
        name = one.rstrip("/").lower().removesuffix(".gz")
        endings = [ending for ending in _FORMS if name.endswith(ending)]
        forms.setdefault(_FORMS[max(endings, key=len, default=".parquet")], []).append(one)
    if len(forms) > 1:
        told = "; ".join(f"{form}: {', '.join(names)}" for (form, _), names in forms.items())
        raise UsageError(f"files of events are of one form together ({told})")
    ((form, delimiter),) = forms
    paths = tuple(dict.fromkeys(_each(given))) if here else tuple(given)
    layout = known("gdelt").tables[0].layout if (form, delimiter) == ("csv", "") else None
    names = layout.order if layout else ()
    return EventFiles(paths, form, layout.delimiter if layout else delimiter, names, tuple(given))


def each_file(given: Sequence[str]) -> EventFiles:
    """Return the files of events on this machine, each by its whole path and once.

    Args:
        given: as for ``event_files``.

    Raises:
        InputOutputError: as there.
        UsageError: as there.
    """
    files = event_files(given)
    return files._replace(
        paths=tuple(dict.fromkeys(Path(one).resolve().as_posix() for one in files.paths))
    )


def _each(given: Sequence[str]) -> list[str]:
    """Return files, and those in folders."""
    inside = {one: _inside(one) if Path(one).is_dir() else [one] for one in given}
    if empty := [one for one, inner in inside.items() if not inner]:
        raise InputOutputError(f"{', '.join(empty)}: no Parquet files in it; name files instead")
    return [path for inner in inside.values() for path in inner]


def _inside(folder: str) -> list[str]:
    """Return the Parquet files in a folder, without those that Spark takes as unfinished.

    Their names, or those of folders around them, begin with a dot or a line below. Links to folders
    are followed, each folder once.
    """
    found, seen = list[str](), {Path(folder).resolve()}
    for root, inner, names in os.walk(folder, followlinks=True):
        real = {one: Path(root, one).resolve() for one in sorted(inner) if _shown(one)}
        inner[:] = [one for one, path in real.items() if path not in seen]
        seen.update(real.values())
        found += [Path(root, one).as_posix() for one in sorted(names)
                  if one.endswith(".parquet") and _shown(one)]  # fmt: skip
    return sorted(found)


def _shown(name: str) -> bool:
    return name[0] not in "._" or "=" in name
