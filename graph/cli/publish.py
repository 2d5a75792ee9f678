"""``hudna publish``."""

from __future__ import annotations

import sys
from functools import partial
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import UsageError
from ..errors.counting import counted
from ..errors.shown import MOST_OF_A_MESSAGE
from . import options, privacy
from .printing import say as tell
from .printing import say_folded, write_json

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..build.case import OpenedCase
    from ..remote.manifest import Names
    from ..remote.publishing import Outcome, Plan, Publication

EPILOG = """\b
Example:
  hudna publish --to http://127.0.0.1:7878 --dry-run
  HUDNA_STORE_USER=me HUDNA_STORE_PASSWORD=… hudna publish --to https://graph.example.org/sparql-auth
  hudna publish --to-folder mill-parts
Name and password are read from the environment or ~/.netrc, a token from HUDNA_STORE_TOKEN.
"""


@click.command("publish", epilog=EPILOG)
@click.option("--to", "url", default="", metavar="URL",
              help="Where the store takes queries, or its root as of Oxigraph.")  # fmt: skip
@click.option("--to-folder", "folder", type=click.Path(file_okay=False, path_type=Path),
              help="Write files of N-Quads there, for the bulk loader of a store.")  # fmt: skip
@click.option("--quads", type=click.IntRange(1), default=None, metavar="N",
              help="With --to-folder: so many in a file at most.  "
              "[default: 1000000]")  # fmt: skip
@click.option("--update", default="", metavar="URL",
              help="Where it takes updates, if that is not told by --to.")  # fmt: skip
@click.option("--graphs", default="", metavar="URL",
              help="Where it takes graphs (Graph Store Protocol), likewise.")  # fmt: skip
@options.graph_prefix
@click.option("--dry-run", is_flag=True, help="Say what would be done, and write nothing.")
@click.option("--prune", is_flag=True,
              help="Remove graphs that are no longer part of the edition; asks first.")  # fmt: skip
@click.option("--yes", is_flag=True, help="Do not ask.")
@options.form
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@options.case
@options.public
def command(
    url: str,
    folder: Path | None,
    quads: int | None,
    update: str,
    graphs: str,
    prefix: str,
    dry_run: bool,
    prune: bool,
    yes: bool,
    form: str,
    quiet: bool,
    case: str,
    public: Path,
) -> None:
    """Send the graph of a case to a SPARQL server, or write it for a bulk loader.

    Each graph is sent wholly or not at all, read back and compared. What the store already holds
    is not sent again, so a publication that was broken off goes on where it stopped.

    Only graphs below the prefix of the case are touched, and of these only what the manifest in
    the store counts as published by Hudna: if something else is there, nothing is sent. Graphs
    that are no longer part of this edition are told, and stay; --prune lists and removes them.

    No copy of what was sent can be taken back: this is said first, and at a terminal asked. A
    build is refused in which a name is withheld and fewer fit than the k of its case.

    With --to-folder nothing is sent: part-00001.nq.gz and so on hold the same graphs under the
    same names, and parts.json lists them. What is there already and right is not written again.

    Exits with 1 if a graph failed, with 74 if the store could not be used at all.
    """
    from ..build.case import open_build
    from ..remote.fetching import connect
    from ..remote.manifest import Names
    from ..remote.publishing import Publication

    say = partial(_say, quiet)
    if folder:
        _refuse_with_folder(click.get_current_context())
        built = _fit_to_send(open_build(case, public))
        _write_folder(folder, built, Names(case, prefix), quads, say, form, quiet=quiet)
        return
    if quads or not url:
        raise click.UsageError("give --to URL for a store; or --to-folder for files, with --quads")
    _refuse_unasked(prune=prune, asks=not yes and not dry_run)
    built = _fit_to_send(open_build(case, public))
    publication = Publication(connect(url, update, graphs), built.store, Names(case, prefix), say)
    outcomes = _sent(publication, built, prune=prune, dry_run=dry_run, quiet=quiet, yes=yes)
    _echo(outcomes, form, quiet=quiet)


def _sent(
    publication: Publication,
    built: OpenedCase,
    *,
    prune: bool,
    dry_run: bool,
    quiet: bool,
    yes: bool,
) -> list[Outcome]:
    """Say what cannot be taken back, ask, and publish; return what became of each graph."""
    outcomes = publication.plan.outcomes(prune=prune)
    _say_for_good(publication.plan, built, quiet=quiet, asks=not yes and not dry_run)
    if dry_run:
        return outcomes
    _ask([one for one in outcomes if one.what == "to remove"], quiet=quiet, yes=yes)
    return publication.run(prune=prune)


def _say(quiet: bool, step: str) -> None:
    if not quiet:
        tell(step, err=True)


def _refuse_with_folder(ctx: click.Context) -> None:
    """Refuse options that are about a store."""
    of_stores = ("url", "update", "graphs", "dry_run", "prune", "yes")
    given = [param.opts[0] for param in ctx.command.params if param.name in of_stores and
             ctx.params[param.name]]  # fmt: skip
    if given:
        raise click.UsageError(f"--to-folder writes files, to no store; leave out {given[0]}")


def _write_folder(
    folder: Path,
    built: OpenedCase,
    names: Names,
    quads: int | None,
    say: Callable[[str], None],
    form: str,
    *,
    quiet: bool,
) -> None:
    """Write a case for bulk loaders, and tell what is there now."""
    from ..remote.files import QUADS, write_parts

    found = write_parts(folder, built.store, names, quads or QUADS, say)
    if form == "json":
        write_json([part._asdict() for part in found.files])
    elif not quiet:
        files = counted(len(found.files), "file")
        held, size = sum(one.quads for one in found.files), sum(one.bytes for one in found.files)
        tell(f"{files} in {folder.as_posix()}: {counted(held, 'quad')}, {counted(size, 'byte')}; "
             f"{found.written} written now")  # fmt: skip


def _fit_to_send(built: OpenedCase) -> OpenedCase:
    """Return a build that is whole, may be given away and has the k of its case."""
    from ..analysis.anonymity import too_few

    privacy.given_away(built).build.verify()
    few = [] if built.private else too_few(built.graph)
    if few:
        told = "\n".join(f"{name}: {wrong}" for name, wrong in few)
        raise UsageError(f"nothing was sent:\n{told}")
    return built


def _say_for_good(plan: Plan, built: OpenedCase, *, quiet: bool, asks: bool) -> None:
    """Say what cannot be taken back, and what may have been copied before; ask at a terminal."""
    from ..read.former import withdrawn

    if plan.there.foreign and not quiet:
        named = counted(plan.there.foreign, "graph")
        tell(f"the manifest there names {named} that the case does not own; left alone", err=True)
    if not plan.send:
        return
    there = [count for count in plan.found.values() if count] + [*plan.gone.values()]
    graphs, triples = counted(len(plan.send), "graph"), counted(sum(plan.send.values()), "triple")
    told = f"Nobody can take back what others copy of {graphs} ({triples}) that this sends"
    if there:
        told += f", nor what they may have copied of {counted(sum(there), 'triple')} already there"
    if gone := len(withdrawn(built.graph)):
        told += f"; {counted(gone, 'withdrawn record')} may live on in such copies"
    if not quiet:
        say_folded(f"{told}.", err=True)
    if asks and sys.stdin.isatty():
        click.confirm(f"{told}. Send it?" if quiet else "Send it?", abort=True, err=True)


def _refuse_unasked(*, prune: bool, asks: bool) -> None:
    """Refuse to remove what nobody could be asked about."""
    if prune and asks and not sys.stdin.isatty():
        raise click.UsageError(
            "--prune asks before it removes anything, and there is no terminal to ask on; "
            "look with --dry-run, then add --yes"
        )


def _ask(gone: Sequence[Outcome], *, quiet: bool, yes: bool) -> None:
    """Show which graphs are to be removed, and ask; the command ends here if the answer is no."""
    if not gone:
        return
    for line in [] if quiet and yes else ["No longer part of this edition:", *_lines(gone)]:
        tell(line, err=True)
    if not yes:
        graphs, triples = _counted(gone)
        click.confirm(f"Remove {graphs}, {triples}, for good?", abort=True, err=True)


def _echo(outcomes: Sequence[Outcome], form: str, *, quiet: bool) -> None:
    """Tell what became of each graph; the command ends here with 1 if one failed."""
    for outcome in outcomes:
        if outcome.what == "failed":
            tell(f"<{outcome.graph}>: {outcome.why}", err=True, most=MOST_OF_A_MESSAGE)
    if form == "json":
        write_json([outcome._asdict() for outcome in outcomes])
    elif not quiet:
        _echo_text(outcomes)
    if any(outcome.what == "failed" for outcome in outcomes):
        sys.stdout.flush()
        click.get_current_context().exit(1)


def _echo_text(outcomes: Sequence[Outcome]) -> None:
    """Print how many graphs met which end, and name those that are no longer in the edition."""
    what = attrgetter("what")
    ends = {end: list(some) for end, some in groupby(sorted(outcomes, key=what), what)}
    left = ends.pop("left", [])
    told = ((end, *_counted(some)) for end, some in ends.items())
    tell(", ".join(f"{graphs} {end} ({triples})" for end, graphs, triples in told))
    if left:
        graphs, triples = _counted(left)
        be, them = ("is", "it") if len(left) == 1 else ("are", "them")
        tell(f"{graphs}, {triples}, {be} no longer part of this edition; --prune removes {them}")
    for line in _lines([*left, *ends.get("to remove", [])]):
        tell(line)


def _lines(gone: Sequence[Outcome]) -> list[str]:
    width = max((len(one.graph) for one in gone), default=0)
    return [f"  {one.graph:{width}}  {counted(one.triples, 'triple')}" for one in gone]


def _counted(outcomes: Sequence[Outcome]) -> tuple[str, str]:
    triples = sum(outcome.triples for outcome in outcomes)
    return counted(len(outcomes), "graph"), counted(triples, "triple")
