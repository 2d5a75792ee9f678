"""``hudna export``."""

from __future__ import annotations

import sys
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from . import options
from .completion import completes
from .printing import say, say_folded, write_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..build.case import OpenedCase
    from ..export.format import Format, Loss
    from ..export.formats import Export


def _known(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    """Check the name of a format; the formats are loaded only when one is given."""
    if value is None:
        return None
    from ..errors import UsageError
    from ..export.formats import form

    try:
        return form(value).name
    except UsageError as error:
        raise click.BadParameter(f'{error}; "hudna export --list" shows all') from error


_LINES = 6
"""So many lines tell at most of what is lost."""


@click.command("export", epilog="Example: hudna export gexf --as observers -o observers.gexf")
@click.argument("form", metavar="FORMAT", required=False, callback=_known,
                shell_complete=completes("format"))  # fmt: skip
@click.option("--format", "named", metavar="FORMAT", callback=_known, help="The same as FORMAT.",
              shell_complete=completes("format"))  # fmt: skip
@click.option("--list", "listing", is_flag=True, help="Show the formats.")
@click.option("-o", "--output", type=click.Path(path_type=Path),
              help="File or folder to write.  [default: standard output]")  # fmt: skip
@options.projection(None, "The projection, for networks.  [default: ties]")
@options.voice
@options.on
@options.status
@click.option("--time", type=click.Choice(["possible", "certain"]), default=None,
              help="Periods in which ties may have held, or held for certain.  "
              "[default: possible]")  # fmt: skip
@click.option("--actor", metavar="NAME", help="Id or name of the thing that a dossier is about.",
              shell_complete=completes("thing"))  # fmt: skip
@click.option("--strict", is_flag=True, help="Write nothing if the format cannot hold it all.")
@click.option("--losses", "only_losses", is_flag=True,
              help="Show what the format would not hold, and write nothing.")  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="Do not tell what the format does not hold.")
@options.cases
@options.public
@options.store
@options.known_data
def command(
    form: str | None,
    named: str | None,
    listing: bool,
    output: Path | None,
    actor: str | None,
    strict: bool,
    only_losses: bool,
    quiet: bool,
    case: str,
    public: Path,
    url: str | None,
    prefix: str,
    **chosen: Any,  # noqa: ANN401 — values of the options that choose ties
) -> None:
    """Write the graph, or a projection of it as a network, in a format for other programs.

    A network holds accepted ties unless --status or --as says otherwise, as the network.gexf of a
    build does; its network-all.gexf holds ties of every status but rejected. What the format cannot
    hold is told on standard error.
    """
    from ..export.formats import form as format_of
    from .cases import opened

    if form and named and form != named:
        raise click.UsageError(f"FORMAT is {form} and --format is {named}; give one")
    form = form or named
    if listing or form is None:
        _echo_formats()
        return
    given = {name: value for name, value in chosen.items() if value}
    about = format_of(form)
    _check_options(about, given, actor, output, only_losses)
    built = opened(case, public, url=url, prefix=prefix)
    options.say_world(built, chosen["voice"])
    made = built.export(about.name, strict=strict, **given, actor=actor)
    if only_losses:
        _echo_losses(made.losses)
        return
    _save(about, made, output)
    if not quiet:
        if about.holds == "network":
            _tell_if_empty(built, given)
        _tell_losses(form, made.losses)


def _tell_if_empty(built: OpenedCase, given: Mapping[str, Any]) -> None:
    """Say of a file without a tie which other ones there are."""
    chosen = {name: given[name] for name in ("on", "voice", "status") if name in given}
    projection = given.get("projection", "ties")
    if not built.network(projection, **chosen):
        say("there is no tie in it", err=True)
        options.say_other_statuses(built, projection, chosen)


def _check_options(
    form: Format, given: dict[str, Any], actor: str | None, output: Path | None, only_losses: bool
) -> None:
    if form.holds != "network" and given:
        names = ", ".join("--as" if name == "voice" else f"--{name}" for name in given)
        raise click.UsageError(f"{form.name} is no network; leave out {names}")
    if (form.holds == "actor") != (actor is not None):
        wanted = "needs --actor" if form.holds == "actor" else "takes no --actor"
        raise click.UsageError(f"{form.name} {wanted}")
    if form.folder and output is None and not only_losses:
        raise click.UsageError(f"{form.name} is a folder of files; say where with -o {form.file}")
    if form.binary and output is None and not only_losses and sys.stdout.isatty():
        raise click.UsageError(f"{form.name} is no text; say where with -o {form.file}")
    if output is not None and output.is_dir() and not form.folder:
        raise click.UsageError(f"{output.as_posix()} is a folder; {form.name} is one file")


def _save(form: Format, made: Export, output: Path | None) -> None:
    from ..build.saving import save_file, save_folder

    if output is None:
        write_bytes(chain.from_iterable(made.files.values()))
    elif form.folder:
        save_folder(output, made.files)
    else:
        for chunks in made.files.values():
            save_file(output, chunks)


def _echo_formats() -> None:
    from ..export.formats import formats, missing
    from .tables import echo_table

    rows = [["format", "for what"]]
    for name, form in formats().items():
        lacking = f" (needs the package {missing(form)})" if missing(form) else ""
        rows.append([name, form.title + lacking])
    echo_table(rows)


def _echo_losses(losses: Sequence[Loss]) -> None:
    from .tables import echo_table

    if not losses:
        say("nothing is lost", err=True)
        return
    rows = [[str(loss.items), loss.what, loss.instead] for loss in losses]
    echo_table([["items", "what is lost", "what is there instead"], *rows])


def _tell_losses(form: str, losses: Sequence[Loss]) -> None:
    """Tell in a few lines what a format does not hold, the shortest first."""
    if not losses:
        return
    width = max(len(str(loss.items)) for loss in losses)
    lines = sorted((f"  {items:>{width}}  {what}" for items, what, _ in losses), key=len)
    more = len(lines) - _LINES
    shown = lines if more <= 0 else lines[: _LINES - 1]
    say(f"{form} does not hold:", err=True)
    for line in shown:
        say_folded(line, indent=width + 4, err=True)
    rest = f"and {len(lines) - len(shown)} more; " if more > 0 else ""
    say(f"  {rest}what is there instead: hudna export {form} --losses", err=True)
