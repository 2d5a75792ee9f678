"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..model import Status
from ..model.days import OnDay
from ..model.folders import (
    CASE_ID,
    chosen_case,
    data_folder,
    refuse_twice,
)
from ..model.terms import case_of_several
from . import privacy
from .completion import completes
from .printing import say_folded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from typing import Any

    from ..build.case import OpenedCase

STATUSES = [status.value for status in Status]
NO_CASE = "hudna.no-case"
"""Under this name a context says that no case is asked."""


def _case_id(ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> str:
    """Return the case that is named by its id, else the one that is meant."""
    return _case_ids(ctx, _param, _one(ctx, values))


def _named_id(ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> str | None:
    """Return the case that is named by its id, if one is."""
    return next(map(case_id, _one(ctx, values)), None)


def _one(ctx: click.Context, values: tuple[str, ...]) -> tuple[str, ...]:
    if len(values) > 1:
        raise click.UsageError(
            f"{ctx.command_path} takes one case, not {' and '.join(values)}; "
            f"several are asked together by {', '.join(_TOGETHER)}"
        )
    return values


def _case_ids(ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> str:
    """Return the case that is meant, or the id of several as one data set."""
    if ctx.meta.get(NO_CASE):
        return ""
    chosen = values or (chosen_case(ctx.params.get("data"), ctx.params.get("public")),)
    refuse_twice(chosen)
    return case_of_several(map(case_id, chosen))


def case_id(value: str) -> str:
    """Return the id of a case; a path would lead out of the folder of cases.

    Raises:
        click.BadParameter: it is none.
    """
    if not CASE_ID.fullmatch(value):
        raise click.BadParameter(f'"{value}" is no id of a case; ids begin with a letter')
    return value


def _some(
    _ctx: click.Context, _param: click.Parameter, value: tuple[str, ...]
) -> tuple[str, ...] | None:
    """Return the values that were given; ``None`` if none was."""
    return value or None


def _case(
    callback: Callable[..., str | None], told: str
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return click.option(
        "--case", multiple=True, callback=callback, shell_complete=completes("case"), help=told
    )


def case_of(told: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the option of a command that has use of a case, and does without; told as its help."""
    return _case(_named_id, told)


_MEANT = "  [default: HUDNA_CASE, else the only one]"
_TOGETHER = (
    "query", "network", "explain", "reach", "links", "sequences", "analyse", "export", "view"
)  # fmt: skip
"""The commands that ask several cases as one data set."""
case = _case(_case_id, f"The case, by its id.{_MEANT}")
cases = _case(_case_ids, f"The case, by its id; several are asked as one data set.{_MEANT}")

data = click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=data_folder,
    is_eager=True,  # the case is looked for there
    help="Folder of the cases.  [default: data/ here, else of the clone]",
)

public = privacy.public


texts = click.option(
    "--texts",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with the texts of the sources.  [default: where texts of the case are kept]",
)


def dry_run(what: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return ``--dry-run`` of a command that changes a case.

    Args:
        what: what is shown, as in ``would be written``.
    """
    return click.option("--dry-run", is_flag=True, help=f"Show what {what}, and write nothing.")


on = click.option(
    "--on",
    metavar="DATE",
    shell_complete=completes("day"),
    help="As of a day, as in 2016-03-15.",
)

held = click.option(
    "--held",
    multiple=True,
    callback=_some,
    type=click.Choice([*(one.value for one in OnDay if one != OnDay.OUT), "all"]),
    help="With a day: in which way it held; repeatable.  [default: certain, attested, possible]",
)
by = click.option(
    "--by",
    metavar="DATE",
    shell_complete=completes("day"),
    help="As of a day, with the acts that had happened by then.",
)


def day(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that ask about a day."""
    return on(held(by(command)))


voice = click.option(
    "--as",
    "--voice",
    "voice",
    metavar="VOICE",
    shell_complete=completes("voice"),
    help="The world as this actor tells it: accepted, plus what it asserts, less what it denies.",
)

only = click.option(
    "--only", is_flag=True, help="With --as: only what the voice asserts, not what is accepted."
)

during = click.option(
    "--during", metavar="SPAN", help="Ties that may have held in a span, as in 2015/2016-06 (EDTF)."
)

certainty = click.option(
    "--certainty",
    type=click.Choice(["certain", "probable", "possible"]),
    help="Ties that are at least so sure.",
)

family = click.option(
    "--family",
    multiple=True,
    callback=_some,
    metavar="FAMILY",
    shell_complete=completes("family"),
    help="Ties of a family of predicates, as in command; may be repeated.",
)

place = click.option(
    "--place",
    metavar="PLACE",
    shell_complete=completes("place"),
    help="Ties that have this place, or one within it, as their place or as an end.",
)

sign = click.option(
    "--sign",
    type=click.Choice(["any", "not-negative", "positive", "negative"]),
    default="not-negative",
    show_default=True,
    help="Which ties pass on or join; hostility carries no messages.",
)

directed = click.option(
    "--directed", is_flag=True, help="Only from subject to object, not both ways."
)

form = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Form of what is printed.",
)


def volume(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--quiet`` and ``--verbose`` to a command."""
    quiet = click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
    verbose = click.option("-v", "--verbose", is_flag=True, help="Say what is being done.")
    return quiet(verbose(function))


def status_of(default: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the option that says which statuses count, with what its help says without it."""
    return click.option(
        "--status",
        multiple=True,
        callback=_some,
        type=click.Choice(STATUSES),
        help=f"Which statuses count as ties; may be repeated; not with --as.  [default: {default}]",
    )


status = status_of("accepted")


def narrowing(
    function: Callable[..., Any], status: Callable[..., Any] = status
) -> Callable[..., Any]:
    """Add the options that choose ties, all of ``graph.network.filters.Narrowing`` but the day.

    Args:
        function: the command.
        status: the option for statuses, if its default is another.
    """
    for option in (place, family, certainty, status, during, only, voice):
        function = option(function)
    return function


answer = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="Form of the answer.",
)


def _old_recipe(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    """Keep what ``--recipe`` was given for ``--projection``, and tell the new name."""
    if value is not None:
        say_folded("--recipe is --projection now; the old name is read for one release", err=True)
        ctx.meta["projection"] = value


def projection(
    default: str | None, told: str, completed: str = "projection"
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return ``--projection``, which may be called ``--recipe`` for one release.

    Args:
        default: name of the projection that is taken without it.
        told: the help.
        completed: the list that its values are completed from.
    """
    new = click.option("--projection", default=default, metavar="PROJECTION", help=told,
                       shell_complete=completes(completed),
                       show_default=default is not None,
                       callback=lambda ctx, _, told: ctx.meta.get("projection", told))  # fmt: skip
    old = click.option("--recipe", "old_recipe", hidden=True, expose_value=False, is_eager=True,
                       help="The old name.",
                       callback=_old_recipe)  # fmt: skip
    return lambda function: new(old(function))


actors_projection = projection("actors", "The projection.")


def store(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add what a graph is read from: ``--store``, ``--graph-prefix`` and ``--known``."""
    url = click.option(
        "--store",
        "url",
        metavar="URL",
        help="Read the case from this SPARQL server instead of the last build.",
    )
    return url(graph_prefix(known(function)))


_KNOWN = "hudna.known"
"""Under this key a command remembers the day as of which the case is asked."""


_DATA = "hudna.data"
"""Likewise the folder of the cases, where nothing else is read from it."""


def _remember_data(ctx: click.Context, _param: click.Parameter, value: Path) -> None:
    ctx.meta[_DATA] = value


def data_of_known() -> Path | None:
    """Return the folder of the cases that a command was given for ``--known`` alone."""
    found: Path | None = click.get_current_context().meta.get(_DATA)
    return found


known_data = click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=data_folder,
    expose_value=False,
    callback=_remember_data,
    help="With --known: folder of the cases.  [default: data/ here, else of the clone]",
)


def _remember_known(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    ctx.meta[_KNOWN] = privacy.as_day(ctx, param, value)


def known_asked() -> date | None:
    """Return the day that the command was given as ``--known``, if it was."""
    found: date | None = click.get_current_context().meta.get(_KNOWN)
    return found


known = click.option(
    "--known",
    metavar="DATE",
    expose_value=False,
    callback=_remember_known,
    shell_complete=completes("day"),
    help="As known on a day: without what later sources and releases of data sets say, and with "
    "what these dropped; read from the files of the case.",
)

graph_prefix = click.option(
    "--graph-prefix",
    "prefix",
    default="",
    metavar="IRI",
    help="How the names of the graphs begin in the store.  "
    "[default: https://w3id.org/hudna/CASE/graph/]",
)


def say_world(built: OpenedCase, voice: str | None, *, only: bool = False) -> None:
    """Say beside an answer what the world of a voice is made of; nothing without a voice.

    Args:
        built: the case.
        voice: the id or a name of the voice.
        only: whether what is merely accepted is left out.
    """
    if voice is not None:
        from ..query.lookup import voice_of
        from ..read.rules import in_words

        say_folded(in_words(built.graph, voice_of(voice, built.graph), only=only), err=True)


def say_not_shown(counts: str) -> None:
    """Say beside an answer how many ties are in classes on a day that are listed on request."""
    if counts:
        say_folded(f"not shown: {counts} (--held all)", err=True)


def say_other_statuses(built: OpenedCase, projection: str, chosen: Mapping[str, Any]) -> None:
    """Say beside an empty network how many ties have other statuses, and which option shows them.

    Args:
        built: the case.
        projection: name of the projection.
        chosen: what the network is narrowed down to.
    """
    from ..network.projection import of_other_statuses

    if built.network(projection, **chosen):
        return
    counts = of_other_statuses(built.graph, projection, **chosen)
    if counts:
        told = ", ".join(f"{count} {status}" for status, count in counts.items())
        wanted = " or ".join(chosen.get("status") or ("accepted",))
        say_folded(f"0 {wanted}; {told}: --status {next(iter(counts))}", err=True)
