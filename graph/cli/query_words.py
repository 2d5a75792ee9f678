"""What may be typed after ``hudna query``: help on one query, lists of values, completion."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from click.shell_completion import CompletionItem

    from ..query.lookup import Called
    from ..query.named import Query
    from ..read.select import Graph


class AskedCommand(click.Command):
    """A command whose help is that of the query that is named beside ``--help``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep the words for ``format_help``, which runs before they are read."""
        ctx.meta[__name__] = list(args)
        return super().parse_args(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help of the query that the words name, or else that of the command."""
        query = _meant(ctx)
        if query is None:
            super().format_help(ctx, formatter)
        else:
            _format_query(query, formatter)


def _given(ctx: click.Context) -> Mapping[str, Any]:
    """Return what the words give, without an option at their end that waits for its value."""
    words = ctx.meta.get(__name__, [])
    with suppress(click.UsageError):
        return ctx.command.make_parser(ctx).parse_args(
            words[:-1] if words and words[-1].startswith("-") and words[-1] != "-" else [*words]
        )[0]
    return {}


def _option(ctx: click.Context, name: str) -> Any:  # noqa: ANN401 - of the option's type
    """Return the value of an option, also where the words are not all read yet."""
    param = next(one for one in ctx.command.params if one.name == name)
    return param.type_cast_value(ctx, param.consume_value(ctx, _given(ctx))[0])


def _queries(ctx: click.Context) -> tuple[Mapping[str, Query], Path]:
    """Return the named queries of the project and the case, and the folder of those of the case."""
    from ..query import QUERIES, named_queries

    folder: Path = _option(ctx, "data") / _option(ctx, "case") / "answers"
    return named_queries([QUERIES, folder]), folder


def _meant(ctx: click.Context) -> Query | None:
    """Return the query of a name, an id of a stored question or a file, if there is one."""
    from pathlib import Path

    from ..query.named import read_query
    from ..query.results import stored_questions

    name = _given(ctx).get("name")
    if not isinstance(name, str):
        return None
    queries, folder = _queries(ctx)
    if name in queries:
        return queries[name]
    if (stored := stored_questions(folder).get(name)) is not None:
        return queries.get(stored.query)
    return read_query(Path(name)) if Path(name).is_file() else None


def _format_query(query: Query, formatter: click.HelpFormatter) -> None:
    formatter.write_usage("hudna query", f"{query.name} [OPTIONS]")
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
                        f"--param {param.name}={param.type.replace('|', ' or ')}",
                        param.text + (" (required)" if param.required else ""),
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
    rows = ([one.id, one.label, graph.predicate(one.id).family, str(one.sign)] for one in found)
    return [[what, "label", "family", "sign"], *rows]


# --- completion ----------------------------------------------------------------------------------


def names(ctx: click.Context, _param: click.Parameter, begun: str) -> list[CompletionItem]:
    """Return named queries and stored questions that begin so.

    Args:
        ctx: what was read of the words before.
        _param: the argument or option that is completed.
        begun: the word that is begun.
    """
    from ..query.results import stored_questions

    queries, folder = _queries(ctx)
    told = {name: query.title for name, query in queries.items()}
    told |= {name: one.question for name, one in stored_questions(folder).items()}
    return _items(told.items(), begun)


def params(ctx: click.Context, _param: click.Parameter, begun: str) -> list[CompletionItem]:
    """Return the parameters of the query, each with its sign of equality, or values of one.

    Args:
        ctx: what was read of the words before.
        _param: the argument or option that is completed.
        begun: the word that is begun.
    """
    query = _meant(ctx)
    if query is None:
        return []
    name, sign, value = begun.partition("=")
    if not sign:
        return _items(((f"{one.name}=", one.text) for one in query.params), begun)
    param = query.param(name)
    if param is None:
        return []
    found = _known(ctx, param.name, *param.type.lower().split("|"))
    return _items(((f"{name}={one.id}", one.label) for one in found), f"{name}={value}")


def voices(ctx: click.Context, _param: click.Parameter, begun: str) -> list[CompletionItem]:
    """Return those who make claims.

    Args:
        ctx: what was read of the words before.
        _param: the argument or option that is completed.
        begun: the word that is begun.
    """
    return _items(((one.id, one.label) for one in _known(ctx, "voice")), begun)


def lists(ctx: click.Context, _param: click.Parameter, begun: str) -> list[CompletionItem]:
    """Return the names of lists of values.

    Args:
        ctx: what was read of the words before.
        _param: the argument or option that is completed.
        begun: the word that is begun.
    """
    from ..query.lookup import lists as known

    graph = _graph(ctx)
    return _items(((name, "") for name in known(graph)), begun) if graph else []


def _known(ctx: click.Context, name: str, *types: str) -> Iterable[Called]:
    """Return the values of a parameter: of the list of its name, or else of those of its types."""
    from ..query.lookup import lists as known
    from ..query.lookup import values

    graph = _graph(ctx)
    if graph is None:
        return []
    what = [name] if name in ("as", "voice") or "kind" in types else list(types)
    return [one for part in what if part in known(graph) for one in values(part, graph)]


def _graph(ctx: click.Context) -> Graph | None:
    """Return the graph of the last build; completion is silent where there is none."""
    from ..errors import HudnaError
    from .cases import opened

    with suppress(HudnaError):
        return opened(_option(ctx, "case"), _option(ctx, "public"), _option(ctx, "data")).graph
    return None


def _items(told: Iterable[tuple[str, str]], begun: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(name, help=said) for name, said in told if name.startswith(begun)]
