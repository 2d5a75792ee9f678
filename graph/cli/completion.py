"""What completes: one list of what may stand for an argument or option, by what it takes.

Shells ask at every press of a key, so a completion says nothing but what it offers: where there is
no build, it cannot be read or it is too large to be read in a moment, it offers nothing. It asks no
store.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..model.folders import chosen_case, data_folder, public_folder
from ..model.terms import cases_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import click
    from click.shell_completion import CompletionItem

    from ..model.near import Called
    from ..query.named import Query
    from ..read.select import Graph

    Offered = Iterable[tuple[str, str]]
    """Words with what is said of each."""
    Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]

_MOST_BYTES = 32 << 20
"""A larger graph is not read for a completion."""


def completes(what: str) -> Complete:
    """Return what completes an argument or option, as click takes it for ``shell_complete``.

    Args:
        what: a name of ``OFFERS``.
    """
    offer = OFFERS[what]

    def complete(ctx: click.Context, _param: click.Parameter, begun: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        with suppress(Exception):  # whatever is wrong, a shell that completes is no place to say it
            offered = {word: said for word, said in offer(ctx, begun) if word.startswith(begun)}
            return [CompletionItem(word, help=said) for word, said in offered.items()]
        return []

    return complete


# --- what the words say --------------------------------------------------------------------------


def _given(ctx: click.Context) -> Mapping[str, Any]:
    """Return what the words give, without an option at their end that waits for its value."""
    import click

    words = ctx.meta.get(__name__, [])
    with suppress(click.UsageError):
        return ctx.command.make_parser(ctx).parse_args(
            words[:-1] if words and words[-1].startswith("-") and words[-1] != "-" else [*words]
        )[0]
    return {}


def _option(ctx: click.Context, name: str, default: object = None) -> Any:  # noqa: ANN401 - of the option's type
    """Return the value of an option, also where the words are not all read yet.

    Args:
        ctx: what was read of the words.
        name: of the option's parameter.
        default: its value if the command has no such option.
    """
    param = next((one for one in ctx.command.params if one.name == name), None)
    if param is None:
        return default
    if name in ctx.params:
        return ctx.params[name]
    value = param.consume_value(ctx, _given(ctx))[0]
    return default if param.value_is_missing(value) else param.type_cast_value(ctx, value)


def _cases_meant(ctx: click.Context) -> tuple[str, ...]:
    """Return the cases that are named, else the one that is meant; none if that is not known."""
    from ..errors import UsageError

    if "case" in ctx.params:
        return cases_in(ctx.params["case"])
    named = _given(ctx).get("case")
    if isinstance(named, list | tuple) and named:
        return tuple(map(str, named))
    with suppress(UsageError):
        return (chosen_case(_option(ctx, "data"), _option(ctx, "public")),)
    return ()


def _known_queries(ctx: click.Context) -> tuple[Mapping[str, Query], list[Path]]:
    """Return the named queries of the project and the cases, and the folders of the latter."""
    from ..query import QUERIES, named_queries

    folders: list[Path] = [_option(ctx, "data") / case / "answers" for case in _cases_meant(ctx)]
    return named_queries([QUERIES, *folders]), folders


def meant(ctx: click.Context) -> Query | None:
    """Return the query of a name, an id of a stored question or a file, if there is one."""
    from ..query.named import read_query
    from ..query.results import stored_questions

    name = ctx.params.get("name") or _given(ctx).get("name")
    if not isinstance(name, str):
        return None
    known, folders = _known_queries(ctx)
    if name in known:
        return known[name]
    for folder in folders:
        if (stored := stored_questions(folder).get(name)) is not None:
            return known.get(stored.query)
    return read_query(Path(name)) if Path(name).is_file() else None


def _graph(ctx: click.Context) -> Graph | None:
    """Return the graph of the last build, if there is one and it is read in a moment."""
    from ..build.case import open_build
    from ..build.manifest import GRAPH

    if _option(ctx, "url"):
        return None
    public = _option(ctx, "public", public_folder())
    cases = _cases_meant(ctx)
    sizes = (open_build(one, public).build.manifest.files[GRAPH].size for one in cases)
    return open_build(cases, public).graph if sum(sizes) <= _MOST_BYTES else None


# --- what is offered -----------------------------------------------------------------------------


def _queries(ctx: click.Context, begun: str) -> Offered:
    yield from ((name, query.title) for name, query in _known_queries(ctx)[0].items())
    yield from _stored(ctx, begun)


def _stored(ctx: click.Context, _begun: str) -> Offered:
    from ..query.results import stored_questions

    for folder in _known_queries(ctx)[1]:
        found = stored_questions(folder)
        yield from ((name, one.question) for name, one in found.items())


def _params(ctx: click.Context, begun: str) -> Offered:
    """Yield the parameters of the query, each with its sign of equality, or values of one."""
    from ..query.parameters import choices

    query = meant(ctx)
    name, sign, _ = begun.partition("=")
    if query is None:
        return
    if not sign:
        taken = {word.partition("=")[0] for name in ("params", "more_params")
                 for word in ctx.params.get(name) or ()}  # fmt: skip
        yield from ((f"{one.name}=", one.text) for one in query.params if one.name not in taken)
        return
    param, graph = query.param(name), _graph(ctx)
    if param is not None and graph is not None:
        yield from ((f"{name}={one.id}", one.label) for one in choices(param, graph))


def _members(ctx: click.Context, begun: str) -> Offered:
    """Yield actors and places after the last comma, but none twice."""
    before, comma, _ = begun.rpartition(",")
    taken = set(before.split(","))
    for name, said in _things("Actor", "Place")(ctx, begun):
        if name not in taken:
            yield f"{before}{comma}{name}", said


def _things(*classes: str) -> Callable[[click.Context, str], Offered]:
    def offer(ctx: click.Context, _begun: str) -> Offered:
        from ..query.lookup import of_class

        return _told(ctx, lambda graph: [x for name in classes for x in of_class(name, graph)])

    return offer


def _voices(ctx: click.Context, _begun: str) -> Offered:
    from ..query.lookup import voices

    return _told(ctx, voices)


def _families(ctx: click.Context, _begun: str) -> Offered:
    from ..query.lookup import kinds

    return _told(ctx, lambda graph: kinds(graph, "family").values())


def _told(ctx: click.Context, found: Callable[[Graph], Iterable[Called]]) -> Offered:
    graph = _graph(ctx)
    return [] if graph is None else [(one.id, one.label) for one in found(graph)]


def _lists(ctx: click.Context, _begun: str) -> Offered:
    from ..query.lookup import lists

    graph = _graph(ctx)
    return [] if graph is None else [(name, "") for name in lists(graph)]


def _lists_of_terms(_ctx: click.Context, _begun: str) -> Offered:
    from ..authoring.words import overview
    from ..model import vocabulary
    from ..model.lexicon import Lexicon

    return [(name, said) for name, said, _count in overview(Lexicon(vocabulary.load()))]


def _days(ctx: click.Context, _begun: str) -> Offered:
    """Yield the days that the case compares, from one to the other."""
    graph = _graph(ctx)
    if graph is None:
        return []
    return [
        (day, "") for day in sorted({str(one) for two in graph.about.compare_days for one in two})
    ]


def _cases(ctx: click.Context, _begun: str) -> Offered:
    """Yield the cases that are built, and those that can be."""
    places = ((_option(ctx, "public", public_folder()), "manifest.json"),
              (_option(ctx, "data", data_folder()), "case.toml"))  # fmt: skip
    for folder, file in places:
        yield from ((path.parent.name, "") for path in sorted(folder.glob(f"[a-z]*/{file}")))


def _projections(_ctx: click.Context, _begun: str) -> Offered:
    from ..network.projection import projections

    return [(name, query.title) for name, query in projections().items()]


def _drawn(_ctx: click.Context, _begun: str) -> Offered:
    from ..viewer.link import SHOWN

    return [(name, "") for name in SHOWN]


def _formats(_ctx: click.Context, _begun: str) -> Offered:
    from ..export.formats import formats

    return [(name, form.title) for name, form in formats().items()]


def _tables(_ctx: click.Context, _begun: str) -> Offered:
    from ..importers.formats import known, names

    return [(name, known(name).about["label"]) for name in names()]


def _measures(_ctx: click.Context, _begun: str) -> Offered:
    from ..analysis.centrality.measures import MEASURES

    return [(name, "") for name in MEASURES]


def _sequences(ctx: click.Context, _begun: str) -> Offered:
    from ..analysis.sequences.sequence import sequences

    folders = [_option(ctx, "data") / case / "sequences" for case in _cases_meant(ctx)]
    return [(name, query.title) for name, query in sequences(folders).items()]


OFFERS: Mapping[str, Callable[[click.Context, str], Offered]] = {
    "query": _queries,
    "stored question": _stored,
    "parameter": _params,
    "list of values": _lists,
    "list of terms": _lists_of_terms,
    "voice": _voices,
    "actor": _things("Actor"),
    "thing": _things("Entity"),
    "actor or place": _things("Actor", "Place"),
    "actors or places": _members,
    "place": _things("Place"),
    "family": _families,
    "day": _days,
    "case": _cases,
    "projection": _projections,
    "drawn projection": _drawn,
    "format": _formats,
    "format of a table": _tables,
    "measure": _measures,
    "sequence": _sequences,
}
"""What is offered by what an argument or option takes; ``--format`` and the like are choices."""
