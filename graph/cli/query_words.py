"""What may be typed after ``hudna query``: help on one query, lists of values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from . import completion
from .printing import say, say_folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..query.named import Query
    from ..query.parameters import Param
    from ..read.select import Graph, Table


class AskedCommand(click.Command):
    """A command whose help is that of the query that is named beside ``--help``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep the words for ``format_help``, which runs before they are read."""
        ctx.meta[completion.__name__] = list(args)
        try:
            return super().parse_args(ctx, [*args])
        except click.NoSuchOption as error:
            _refuse_parameter(ctx, error, args)
            raise

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help of the query that the words name, or else that of the command."""
        query = completion.meant(ctx)
        if query is None:
            super().format_help(ctx, formatter)
        else:
            _format_query(query, formatter)


def _refuse_parameter(ctx: click.Context, error: click.NoSuchOption, args: Sequence[str]) -> None:
    """Raise ``UsageError`` if what is no option is a parameter of the query named before it."""
    if not error.option_name.startswith("--"):
        return
    words = [arg.partition("=") for arg in args]
    at = next(i for i, (word, *_) in enumerate(words) if word == error.option_name)
    after = args[at + 1 :] if "=" in args[at] else args[at + 2 :]
    ctx.meta[completion.__name__] = [*args[:at], *after]
    query, name = completion.meant(ctx), error.option_name.lstrip("-")
    if query is not None and query.param(name):
        value = words[at][2] or next(iter(args[at + 1 :]), "VALUE")
        told = f"there is no option {error.option_name}; {name} is a parameter of {query.name}: "
        raise click.UsageError(f"{told}{name}={value}", ctx) from None


def values_given(params: Iterable[str]) -> dict[str, str]:
    """Return the values of parameters by their names.

    Args:
        params: each as ``name=value``.

    Raises:
        click.UsageError: one is not, or is given twice.
    """
    found = {}
    for param in params:
        name, sign, value = param.partition("=")
        if not sign or not name or not value:
            raise click.UsageError(f'a parameter is given as NAME=VALUE, not "{param}"')
        if name in found:
            raise click.UsageError(f"{name} is given twice; a parameter has one value")
        found[name] = value
    return found


def say_see_also(query: Query, known: Mapping[str, Query]) -> None:
    """Say beside an answer which queries have the other half of it.

    Args:
        query: the one that was answered.
        known: all named queries.
    """
    for name in query.see_also:
        title = known[name].title
        say_folded(f"see also: hudna query {name} ({title[:1].lower()}{title[1:]})", err=True)


def _format_query(query: Query, formatter: click.HelpFormatter) -> None:
    formatter.write_usage("hudna query", f"{query.name} [PARAMETER=VALUE]... [OPTIONS]")
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(query.title)
        if query.text:
            formatter.write_paragraph()
            formatter.write_text(query.text)
    if query.params:
        with formatter.section("Parameters"):
            formatter.write_dl(
                [
                    (
                        f"{param.name}={param.type.replace('|', ' or ')}",
                        _said(param),
                    )
                    for param in query.params
                ]
            )
    if query.one_of:
        formatter.write_paragraph()
        formatter.write_text(f"One of these is needed: {', '.join(query.one_of)}.")
    formatter.write_paragraph()
    formatter.write_text(
        '"hudna query --values NAME" lists the values of a parameter; "hudna query --help" tells '
        "what all queries take."
    )


def _said(param: Param) -> str:
    """Return what a parameter does, with its values if it has a list of them in its own words."""
    listed = f": {', '.join(param.among)}" if param.type in ("Text", "Integer") else ""
    return param.text + (listed if param.among else "") + (" (required)" if param.required else "")


def rows_of_values(what: str, graph: Graph) -> list[list[str]]:
    """Return a table of the values that a parameter may take, the header first.

    Args:
        what: name of a list, as ``graph.query.lookup.values`` takes it.
        graph: where they are.

    Raises:
        UsageError: there is no such list.
    """
    from ..query.lookup import values

    found = values(what, graph)
    if what != "predicate":
        return [[what, "label"], *([one.id, one.label] for one in found)]
    views = (graph.predicate(one.id) for one in found)
    rows = ([one.name, one.label, one.inverse, one.family, str(one.sign)] for one in views)
    return [[what, "label", "from the other end", "family", "sign"], *rows]


def say_cited(table: Table, graph: Graph) -> None:
    """Write the statements of an answer as they are cited.

    Args:
        table: the answer.
        graph: the judged graph and its case.

    Raises:
        UsageError: it has no statements.
    """
    from ..errors import UsageError
    from ..read.citations import citations

    if "statement" not in table.columns:
        raise UsageError(
            "citations are of statements, and the answer has no column statement; take table, csv, "
            "tsv or json"
        )
    rows = table.named(graph)
    told = citations(graph, (row["statement"] for row in rows if row["statement"]))
    for line in told.split("\n") if told else ():
        say(line)
