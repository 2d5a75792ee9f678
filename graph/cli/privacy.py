"""Options on who may see what: the builds for the editors alone, and what they read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..model.folders import private_folder, public_folder, work_tree
from ..model.keys import VARIABLE, read_key
from .printing import say_folded

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from typing import Any

    from ..build.case import OpenedCase
    from ..build.steps import Naming
    from ..model.keys import Key

_PRIVATE = "hudna.private"
"""Under this key a command remembers whether it was asked for what is not public."""


def _remember(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    ctx.meta[_PRIVATE] = value


def private_asked() -> bool:
    """Return whether the command that runs was given ``--private``."""
    return bool(click.get_current_context().meta.get(_PRIVATE))


def _builds(_ctx: click.Context, _param: click.Parameter, value: Path | None) -> Path:
    """Return the folder of the builds that are meant."""
    return value or (private_folder() if private_asked() else public_folder())


def public(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say which builds are meant."""
    private = click.option(
        "--private",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_remember,
        help="The build for the editors alone, which holds what is not public, too.",
    )
    folder = click.option(
        "--public",
        type=click.Path(file_okay=False, path_type=Path),
        callback=_builds,
        is_eager=True,
        help="Folder of the builds.  [default: public/ here, else of the clone]",
    )
    return private(folder(command))


def as_day(_ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    """Return a day that was given, as callback of an option.

    Args:
        _ctx: not used.
        param: the option.
        value: what was given; nothing if ``None``.

    Raises:
        BadParameter: it is no day.
    """
    from ..model import dates

    try:
        return None if value is None else dates.day(value)
    except dates.DateError as error:
        raise click.BadParameter(str(error), param=param) from error


today = click.option(
    "--today",
    metavar="DATE",
    callback=as_day,
    help="The day that counts for what is public from a day on.  [default: it is not public]",
)


def _outside_git(_ctx: click.Context, param: click.Parameter, value: Path | None) -> Path | None:
    """Return a folder of secrets, which is in no git work tree."""
    if value is not None and (tree := work_tree(value)):
        wrong = f"{value} is in {tree}, which git keeps; secrets stay out of it"
        raise click.BadParameter(wrong, param=param)
    return value


private_data = click.option(
    "--private-data",
    "apart",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    callback=_outside_git,
    metavar="DIRECTORY",
    help="A second folder with files of the case, laid out as the first, which are secret unless "
    "they say otherwise.",
)


def _key(_ctx: click.Context, _param: click.Parameter, value: Path | None) -> Key | None:
    """Return the key in a file; that others may open the file is told."""
    if value is None:
        return None
    found = read_key(value)
    if found.loose:
        told = f"others than you may open {value}; take that away with: chmod 600 {value}"
        say_folded(f"note: {told}", err=True)
    return found


key = click.option(
    "--key-file",
    "key",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar=VARIABLE,
    show_envvar=True,
    callback=_key,
    metavar="FILE",
    help="The key of the case, outside of every git work tree; hudna key new makes one.",
)
release = click.option(
    "--release",
    default="",
    metavar="NAME",
    help="Its name: whoever is withheld has another id in each release of another name.",
)


def naming(key: Key | None, release: str = "") -> Naming | None:
    """Return what makes ids of those whose names are withheld, if there is a key.

    Args:
        key: of the case.
        release: the name of the release.
    """
    from ..build.steps import Naming

    return Naming(key, release) if key else None


def given_away(built: OpenedCase) -> OpenedCase:
    """Return a build that others may have: no one for the editors alone, unless it was asked for.

    Raises:
        click.UsageError: it is one, and ``--private`` was not given.
    """
    if built.private and not private_asked():
        raise click.UsageError(
            f"{built.case} is built for its editors alone; add --private if others may have it"
        )
    return built
