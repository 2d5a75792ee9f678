"""The files of events: all of them Parquet, or all of them CSV."""

from __future__ import annotations

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
        paths: files, or patterns of files in folders.
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
        InputOutputError: some are not there; all such are told.
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
    paths = tuple(f"{one}/**/*.parquet" if here and Path(one).is_dir() else one for one in given)
    layout = known("gdelt").tables[0].layout if (form, delimiter) == ("csv", "") else None
    names = layout.order if layout else ()
    return EventFiles(paths, form, layout.delimiter if layout else delimiter, names, tuple(given))


def each_file(given: Sequence[str]) -> EventFiles:
    """Return the files of events on this machine, those of folders one by one.

    Args:
        given: as for ``event_files``.

    Raises:
        InputOutputError: some are not there, or a folder has none; all such are told.
        UsageError: they are of several forms.
    """
    files, found, empty = event_files(given), list[str](), list[str]()
    for one in given:
        inner = sorted(Path(one).rglob("*.parquet")) if Path(one).is_dir() else [Path(one)]
        found += [path.resolve().as_posix() for path in inner]
        empty += [] if inner else [one]
    if empty:
        raise InputOutputError(f"{', '.join(empty)}: no Parquet files in it; name files instead")
    return files._replace(paths=tuple(dict.fromkeys(found)))
