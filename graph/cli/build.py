"""``hudna build``."""

from __future__ import annotations

import json
import shutil
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import HudnaError, UsageError
from ..errors.counting import counted, plural
from ..model.folders import case_option, chosen_case, private_folder, public_folder
from . import options, privacy
from .pipeline import without_cycles
from .printing import say_folded, visible_json, write
from .progress import progress
from .tables import shown_path

if TYPE_CHECKING:
    from datetime import date

    from ..model.keys import Key


@click.command("build", epilog="Example: hudna build --verbose")
@options.case
@options.data
@options.public
@privacy.today
@privacy.private_data
@privacy.key
@privacy.release
@click.option(
    "--renderer",
    type=click.Choice(["auto", "vis", "sigma"]),
    default="auto",
    show_default=True,
    help="What draws the page: vis-network, or sigma.js for large graphs.",
)
@click.option(
    "--style",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Colours and fonts of the page, in TOML; see docs/page.md.",
)
@click.option(
    "--known",
    metavar="DATE",
    callback=privacy.as_day,
    help="Only what was known on a day, which the title then says; give a --public of its own.",
)
@options.form
@options.volume
def command(
    case: str,
    data: Path,
    public: Path,
    today: date | None,
    known: date | None,
    apart: Path | None,
    key: Key | None,
    release: str,
    renderer: str,
    style: Path | None,
    form: str,
    quiet: bool,
    verbose: bool,
) -> None:
    """Build a case: read, convert, derive, check, publish.

    All outputs are published together, or none: if anything is wrong, every problem is shown with
    its file and line, and the last build stays as it is. As JSON, the manifest is printed.

    What is not public is left out before anything is derived. With --private all is built, below
    private/, for the editors alone. Where names are withheld, a public build needs the key of the
    case.
    """
    from ..build import recipe
    from ..network.house import house_of

    with without_cycles(), progress(quiet=quiet, verbose=verbose) as tell:
        folder = recipe.build(
            case,
            data,
            public,
            tell,
            renderer,
            private=privacy.private_asked(),
            today=today,
            apart=apart,
            naming=privacy.naming(key, release),
            house=house_of(style),
            known=known,
        )
    if form == "json":
        write(visible_json((folder / "manifest.json").read_text("utf-8")))
    elif not quiet:
        for line in _summary(case, folder, data, public):
            say_folded(line)
        if told := _wrong_answers(case, data, public):
            say_folded(told)


def _summary(case: str, folder: Path, data: Path, public: Path) -> list[str]:
    shown = shown_path(public / case)
    about: dict[str, Any] = json.loads((folder / "manifest.json").read_text("utf-8"))
    counts = about["counts"]
    named = ("thing", "statement", "claim", "source", "quad")
    told = [counted(counts[f"{one}s"], one) for one in named]
    day = about["as_of"]
    status = ", ".join(f"{count} {name}" for name, count in sorted(counts["status"].items()))
    return [
        f"Built {about['title']}",
        f"  {', '.join(told[:3])} from {told[3]}, {told[4]}",
        *([f"  statements: {status}"] if status else []),
        *([f"  for named readers alone: {_in_words(about)}"] if "withheld" in about else []),
        *([f"  as of {day}: {counted(counts['past'], 'triple')} had ended"] if day else []),
        f"  in {shown}: {', '.join(sorted(about['files']))}",
        *(f"  without {name}: {why}" for name, why in _lacking(about).items()),
        "Look at it:",
        *(f"  {command:<46} {what}" for command, what in _hints(case, data, public)),
    ]


def _lacking(about: dict[str, Any]) -> dict[str, str]:
    """Return why some files are not there, by their names; those of one reason as one."""
    from ..build.manifest import NOT_MADE

    names: dict[str, list[str]] = {}
    for name, why in about.get(NOT_MADE, {}).items():
        names.setdefault(why, []).append(name)
    return {" and ".join(some): why for why, some in names.items()}


def _in_words(about: dict[str, Any]) -> str:
    from ..build.release import in_words

    return in_words(about["withheld"])


def _wrong_answers(case: str, data: Path, public: Path) -> str:
    """Return a line on stored answers that differ from those of the build; empty if none does."""
    from ..build.case import open_build
    from ..query.results import QUESTIONS_FILE, stored_answers

    folder = data / case / "answers"
    if not (folder / QUESTIONS_FILE).exists():
        return ""
    try:
        built = open_build(case, public, data)
        answers = stored_answers(folder, built.graph, shown=built.shown)
    except HudnaError as error:
        return f"The stored answers cannot be compared: {error}"
    wrong = [one.asked.id for one in answers if not one.right]
    if not wrong:
        return ""
    some = ", ".join(wrong[:5]) + (" ..." if len(wrong) > 5 else "")
    command = f"hudna test{_option(case, data, public)}"
    differ = f"{counted(len(answers), 'stored answer')} {plural(len(wrong), 'differs', 'differ')}"
    return f'{len(wrong)} of {differ} ({some}): see "{command}"'


def _option(case: str, data: Path, public: Path) -> str:
    """Return the options that name a case and its folder; empty where they are meant without."""
    with suppress(UsageError):
        case = "" if chosen_case(data, public) == case else case
    if privacy.private_asked() and public == private_folder():
        where = " --private"
    else:
        where = "" if public == public_folder() else f" --public {public}"
    return f" {case_option(case)}{where}" if case else where


def _hints(case: str, data: Path, public: Path) -> list[tuple[str, str]]:
    """Return what to try next, as it can be typed from here."""
    beside = Path(sys.executable).with_name("hudna")
    on_path = shutil.which("hudna") is not None
    name = "hudna" if on_path or not beside.exists() else shown_path(beside)
    of_case = _option(case, data, public)
    return [
        (f"{name} view{of_case}", "the page, in the browser"),
        (f"{name} query --list{of_case}", "the questions that it answers"),
        (f"{name} query contested --sources{of_case}", "what is disputed, and by whom"),
    ]
