"""``hudna events``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors.counting import counted
from . import options
from .dyads import memory_option
from .printing import say, say_folded, write, write_json
from .tables import as_csv, echo_table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Literal

    from ..events.asking import StoreAnswer
    from ..events.writing import Added

_store = click.argument("store", metavar="FOLDER",
                        type=click.Path(exists=True, file_okay=False, path_type=Path))  # fmt: skip
_scratch = click.option("--scratch", metavar="FOLDER",
                        help="Folder for the rest.  "
                        "[default: that for temporary files]")  # fmt: skip
_dataset = click.option("--dataset", default="", metavar="NAME", help="Only of this data set.")


def _listing(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say how many rows are shown, and where all are written."""
    top = click.option("--top", type=click.IntRange(min=1), default=20, show_default=True,
                       metavar="N", help="So many rows of a table or of JSON.")  # fmt: skip
    output = click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path),
                          help="File for all rows, .parquet or .csv.")  # fmt: skip
    return options.answer(top(output(memory_option(_scratch(function)))))


@click.group("events", epilog="Example: hudna events list events/")
def command() -> None:
    """Keep releases of a data set of events in columns, and ask what each of them changed.

    A store is a folder of Parquet files by data set and release, beside all cases. Each row has
    the day from which on it was known, and the day on which a later release changed or dropped it;
    hudna network --events FOLDER --known DAY makes a network of what was known then.
    """


@command.command(
    "add",
    epilog="\b\nExamples:\n"
    "  hudna events add GEDEvent_v25_1.csv --into events/ --dataset ucdp-ged --release 25.1 "
    "--date 2025-06-01\n"
    "  hudna events add 20240501*.export.CSV --into events/ --dataset gdelt --release 2024-05-01 "
    "--date 2024-05-01 --part\n"
    "  hudna events add coded.csv --into events/ --dataset ours --release 2 --date 2024-06-01 "
    "--table ours.sql --dry-run",
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--into", required=True, metavar="FOLDER",
              type=click.Path(file_okay=False, path_type=Path),
              help="The store; begun if there is none.")  # fmt: skip
@click.option("--dataset", required=True, metavar="NAME", help="The data set.")
@click.option("--release", required=True, metavar="NAME", help="Which release it is.")
@click.option("--date", "day", required=True, metavar="DAY", help="When it was released.")
@click.option("--part", is_flag=True,
              help="It is a part of a release: what it lacks is not taken as dropped.")  # fmt: skip
@click.option("--replace", is_flag=True, help="Write the newest release anew.")
@click.option("--table", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              metavar="FILE", help="What the columns are, as SQL: for your own table.")  # fmt: skip
@options.dry_run("would be added, changed and dropped")
@memory_option
@_scratch
def add(
    files: tuple[str, ...],
    into: Path,
    dataset: str,
    release: str,
    day: str,
    part: bool,
    replace: bool,
    table: Path | None,
    dry_run: bool,
    memory: str,
    scratch: str | None,
) -> None:
    """Add a release of a data set to a store of events.

    Files are Parquet or CSV of GDELT, UCDP GED, of what hudna import keeps, or of any data set
    with the columns id, source, target, sign, place, weight and valid_from; a folder stands for all
    Parquet files in it. Rows are found again by their id: what a release says as before stays as it
    was; what it changes, or lacks, is known until its day. Releases come in by day.
    """
    from ..events import writing
    from ..events.comparing import NewRelease

    asked = NewRelease(dataset, release, day, part, replace, table)
    done = writing.add(into, files, asked, memory=memory, scratch=scratch, dry_run=dry_run)
    if done.refused:
        rows = [[f"{number:,}", why, "; ".join(some)] for why, number, some in done.refused]
        echo_table([["rows", "are not kept for", "for example"], *rows])
    _tell(done, dataset)
    if dry_run:
        say("Nothing is written.")


def _tell(done: Added, dataset: str) -> None:
    one = done.release
    say_folded(
        f"{dataset} {one.name} of {one.day}, {done.table.title}: {one.rows:,} rows, "
        f"{sum(one.refused.values()):,} not kept; {one.added:,} added, {one.changed:,} changed, "
        f"{one.dropped:,} dropped, {one.same:,} as before; {done.known:,} are known now"
    )


@command.command("list", epilog="Example: hudna events list events/")
@_store
@click.option("--files", is_flag=True, help="The files that were read, with fingerprints.")
@options.answer
def listed(store: Path, files: bool, form: str) -> None:
    """List the releases of a store: day, rows, and what each added, changed and dropped."""
    from ..events.store import data_sets

    found = [(data, one) for data in data_sets(store) for one in data.releases]
    if files:
        told = [
            {"dataset": data.name, "release": one.name, "file": file.file, "bytes": file.size,
             "sha256": file.sha256}
            for data, one in found for file in one.files
        ]  # fmt: skip
    else:
        told = [
            {"dataset": data.name, "release": one.name, "day": one.day, "part": one.part,
             "rows": one.rows, "refused": sum(one.refused.values()), "added": one.added,
             "changed": one.changed, "dropped": one.dropped, "known": data.known_on(one.day)}
            for data, one in found
        ]  # fmt: skip
    _echo([*told[0]], [[*one.values()] for one in told], form)


@command.command("revisions", epilog="Example: hudna events revisions events/ --change dropped")
@_store
@_dataset
@click.option("--release", default="", metavar="NAME", help="Only what this release changed.")
@click.option("--change", type=click.Choice(["added", "changed", "dropped"]), default=None,
              help="Only these changes.")  # fmt: skip
@_listing
def revised(
    store: Path,
    dataset: str,
    release: str,
    change: Literal["added", "changed", "dropped"] | None,
    **how: Any,  # noqa: ANN401 - values of the other options
) -> None:
    """Show which rows each release added, changed and dropped, and what they said before.

    Of a first release nothing is shown, as all of it would be. With -o, Parquet or CSV has all
    columns: what was said, what is said now, and the files and rows of both.
    """
    from ..events.asking import revisions
    from ..events.duck import duck

    with duck(how.pop("memory"), how.pop("scratch")) as db:
        asked = revisions(db, store, dataset=dataset, release=release, change=change or "")
        _answer(asked, **how, short=_change)


@command.command("rows", epilog="Example: hudna events rows events/ SYRGOV SYRREB --during 2016-08")
@_store
@click.argument("source", metavar="SOURCE")
@click.argument("target", metavar="TARGET")
@_dataset
@options.during
@options.known
@_listing
def rows(
    store: Path,
    source: str,
    target: str,
    dataset: str,
    during: str | None,
    **how: Any,  # noqa: ANN401 - values of the other options
) -> None:
    """Show the rows behind a dyad of hudna network --events: release, file and row of each.

    SOURCE acted on TARGET; the names are those of the network. Row 7 is the seventh below the
    header.
    """
    from ..events.asking import RowQuestion, rows_of_dyad
    from ..events.duck import duck

    known = options.known_asked()
    asked = RowQuestion(source, target, dataset, during, None if known is None else str(known))
    with duck(how.pop("memory"), how.pop("scratch")) as db:
        _answer(rows_of_dyad(db, store, asked), **how)


def _answer(
    found: StoreAnswer,
    form: str,
    top: int,
    output: Path | None,
    short: Callable[[dict[str, Any]], dict[str, Any]] | None = None,
) -> None:
    if output is not None and output.suffix not in (".csv", ".parquet"):
        raise click.BadParameter(f"{output.name} ends neither in .parquet nor in .csv",
                                 param_hint="-o")  # fmt: skip
    count, columns = found.count(), found.columns()
    if output is not None:
        found.save(output)
        say_folded(f"{output.as_posix()}: {counted(count, 'row')}", err=True)
        return
    some = list(found.rows(None if form == "csv" else top))
    if short and form == "table":
        told = [short(dict(zip(columns, one, strict=True))) for one in some]
        columns, some = [*(told[0] if told else columns)], [[*one.values()] for one in told]
    _echo(columns, some, form)
    if form != "csv" and count > top:
        say_folded(f"{top} of {count:,} rows; more with --top, all with -o FILE.parquet", err=True)


def _change(row: dict[str, Any]) -> dict[str, Any]:
    """Return a change as a person reads it: what was said, and what is said."""
    from ..events.store import VALUES

    both = row["change"] == "changed"
    told = {
        side: " ".join(
            f"{name}={_text(row[before + name])}" for name in VALUES
            if (not both or row[name] != row[f"was_{name}"])
        ) if row["change"] != without else ""
        for side, before, without in (("was", "was_", "added"), ("is", "", "dropped"))
    }  # fmt: skip
    return {**{name: row[name] for name in ("release", "change", "claim")}, **told}


def _echo(columns: Sequence[str], rows: Sequence[Sequence[Any]], form: str) -> None:
    if form == "json":
        told = [map(_plain, one) for one in rows]
        write_json([dict(zip(columns, one, strict=True)) for one in told])
    elif form == "csv":
        write(as_csv([columns, *([_plain(cell) for cell in one] for one in rows)]))
    else:
        echo_table([columns, *([_text(cell) for cell in one] for one in rows)])


def _plain(cell: object) -> object:
    """Return a value for programs: numbers stay such, days are texts."""
    return cell if isinstance(cell, int | float | str | None) else str(cell)


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else ""
    return "" if cell is None else f"{cell:.15g}" if isinstance(cell, float) else str(cell)
