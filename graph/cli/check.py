"""``hudna check``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from ..errors.counting import counted as number_of
from ..errors.counting import plural
from . import options, privacy
from .pipeline import without_cycles
from .printing import say_folded, write_json
from .progress import progress
from .watched import counted, watched

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from ..errors import Problem
    from ..model import Case


@click.command("check", epilog="Example: hudna check --hints")
@click.option("--built", is_flag=True,
              help="Compare the last build with its manifest instead, byte by byte.")  # fmt: skip
@click.option("--hints", is_flag=True,
              help="Tell each hint with its file and line; if texts are at hand, also who is "
                   "named in sentences that its file does not list.")  # fmt: skip
@options.texts
@click.option("--watch", is_flag=True,
              help="Check again whenever a file of the case changes, until Ctrl-C.")  # fmt: skip
@options.case
@options.data
@options.public
@privacy.today
@privacy.private_data
@options.form
@options.volume
@click.pass_context
def command(
    ctx: click.Context,
    built: bool,
    hints: bool,
    texts: Path | None,
    watch: bool,
    case: str,
    data: Path,
    public: Path,
    today: date | None,
    apart: Path | None,
    form: str,
    quiet: bool,
    verbose: bool,
) -> None:
    """Check the authored files of a case; publish nothing.

    Shows every problem with its file, line and what would be right, and exits with 1 if there is
    one. As JSON, the problems are a list of objects with file, line, place and message.

    Hints are no problems: they tell where another coding is likelier, and which (docs/coding.md
    says why). They are counted; --hints tells each, and as JSON lists them where no problem is.

    With --watch, each check tells in short what is wrong, with the time of day; as JSON it is one
    line with an object: time, things, statements, problems, hints. A file that is being written is
    waited for.

    What is wrong in what is not public is told with --private alone. That tells, too, what would
    look surer in public than it is.

    A change that was broken off half way is told, and files in git that may not be passed on.

    With --built, sees that no file of the build is missing, cut or changed, and exits with 74 if
    one is.
    """
    if built and (hints or watch):
        which = "--hints are" if hints else "--watch is"
        raise click.UsageError(f"{which} on the authored files, --built is on what was built")
    if built:
        _check_build(ctx, case, public / case, form, quiet=quiet)
        return
    _say_broken_off(data / case)
    read = _read(today, apart)
    if watch:
        watched(data / case, form, read, hints=hints, quiet=quiet)
    else:
        with without_cycles(), progress(quiet=quiet, verbose=verbose) as tell:
            records = _checked(ctx, data / case, form, tell, read)
        records = _with_names(records, data / case, texts) if hints else records
        _echo_good(counted(records, hints=hints), form, records.hints if hints else (), quiet=quiet)


def _read(today: date | None, apart: Path | None) -> dict[str, Any]:
    """Return how a case is read."""
    from ..build.steps import Naming

    return {"today": today, "apart": apart, "naming": Naming.for_a_check()}


def _say_broken_off(folder: Path) -> None:
    """Say on standard error if a change of the case is half written."""
    from ..authoring.journal import broken_off

    if told := broken_off(folder):
        say_folded(told, err=True)


def _checked(
    ctx: click.Context,
    folder: Path,
    form: str,
    tell: Callable[[str], None],
    read: dict[str, Any],
) -> Case:
    """Return a case that is right; as JSON, problems are written here."""
    from ..build import judging
    from ..errors import DataProblems
    from ..importers.keeping_out import in_git_of
    from ..model import vocabulary

    asked, in_git = privacy.private_asked(), in_git_of(folder)
    try:
        case, whole = judging.public_check(folder, vocabulary.load(), tell, **read, tell=asked)
    except DataProblems as error:
        if form == "text":
            for one in in_git:
                say_folded(str(one), err=True)
            raise
        write_json(_listed([*error.problems, *in_git]))
        ctx.exit(error.exit_code)
    if in_git:
        if form == "text":
            raise DataProblems(in_git)
        write_json(_listed(in_git))
        ctx.exit(DataProblems.exit_code)
    return whole if asked else case


def _with_names(case: Case, folder: Path, texts: Path | None) -> Case:
    """Return a case with hints on things that are named in sentences that they do not list."""
    from ..authoring import mentions
    from ..authoring.texts import texts_at_hand

    kept = texts_at_hand(case.id, texts)
    more = mentions.hints(case, folder, kept) if kept else ()
    return replace(case, hints=(*case.hints, *more))


def _check_build(ctx: click.Context, case: str, target: Path, form: str, *, quiet: bool) -> None:
    """Compare the last build with its manifest; as JSON, what is wrong is written here."""
    from ..errors import BrokenBuild, Problem

    try:
        told = _compared(case, target)
    except BrokenBuild as error:
        if form == "text":
            raise
        write_json(_listed([Problem(str(target), 0, "", text) for text in error.problems]))
        ctx.exit(error.exit_code)
    _echo_good(told, form, (), quiet=quiet)


def _compared(case: str, target: Path) -> str:
    """Compare a build with its manifest, and return what is told of it."""
    from ..build.builds import opened

    compared = opened(target, case).verify()
    are = plural(compared.files, "is as it was", "are as they were")
    size = number_of(compared.size, "byte")
    told = f"{case}: {number_of(compared.files, 'file')} with {size} {are} built"
    others = len(compared.others)
    return f"{told}; {others} more, as {compared.others[0]}, not of the build" if others else told


def _echo_good(told: str, form: str, hints: Sequence[Problem], *, quiet: bool) -> None:
    if form == "json":
        write_json(_listed(hints))
        return
    if not quiet:
        say_folded(told)
    for hint in hints:
        say_folded(str(hint))


def _listed(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    return [problem._asdict() for problem in problems]
