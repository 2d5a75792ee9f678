"""``hudna network --events``: networks of events in files, without a case."""

from __future__ import annotations

import json
from functools import wraps
from itertools import compress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from ..errors.counting import counted
from .options import NO_CASE, known_asked
from .printing import say, visible_json, write, write_bytes, write_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import networkx as nx

    from ..events.engines import EventDyads

FORMS = ("gexf", "graphml", "parquet")
_OWN = ("engine", "period", "places", "least", "memory", "scratch", "output")
_SHARED = ("events", "during", "form", "measure", "sign", "top")
_TOLD = ("source", "target", "period", "sign", "place", "rows", "weight")


def _remember(
    ctx: click.Context, _param: click.Parameter, value: tuple[str, ...]
) -> tuple[str, ...]:
    ctx.meta[NO_CASE] = bool(value)
    return value


memory_option = click.option("--memory", default="4GB", show_default=True, metavar="SIZE",
                             help="So much DuckDB uses; the rest goes to the disk.")  # fmt: skip
_OPTIONS = (
    click.option("--events", multiple=True, metavar="FILE", is_eager=True, callback=_remember,
                 help="A file or folder of events, instead of a case; may be repeated."),
    click.option("--engine", default="duckdb", show_default=True, metavar="ENGINE",
                 help="What puts events together: duckdb, or Spark by its address, as in "
                 "spark://HOST:7077 or sc://HOST:15002."),
    click.option("--period", default="month", show_default=True,
                 type=click.Choice(["day", "month", "year", "all"]),
                 help="How long events are put together."),
    click.option("--by-place", "places", is_flag=True, help="Keep events of two places apart."),
    click.option("--least", default=1, show_default=True, type=click.IntRange(min=1), metavar="N",
                 help="Only dyads of so many events or more."),
    memory_option,
    click.option("--scratch", metavar="FOLDER",
                 help="Folder for the rest, or for the steps of measures by Spark, where all "
                 "machines see it.  [default: that for temporary files]"),
    click.option("-o", "--output", type=click.Path(),
                 help="File to write; of Parquet by Spark, a folder or an address as in "
                 "s3a://lake/dyads."),
)  # fmt: skip


def instead(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command ``--events`` and what goes with it; with it something else is run."""

    @wraps(command)
    def chosen(events: tuple[str, ...], **given: Any) -> None:  # noqa: ANN401 - of any option
        ctx = click.get_current_context()
        own = {name: given.pop(name) for name in _OWN}
        said = [one for one in ctx.params if _is_said(ctx, one)]
        if events:
            _refuse(ctx, set(said) - {*_OWN, *_SHARED}, "goes without --events")
            if given["measure"] is None:
                _refuse(ctx, set(said) & {"top", "sign"}, "needs --measure; of dyads, those with "
                        "many events are had with --least")  # fmt: skip
            elif own["output"] is not None or given["form"] in FORMS:
                raise click.UsageError("a measure is printed, as table, csv or json, and goes "
                                       "without -o")  # fmt: skip
            _run(events, given, **own)
            return
        _refuse(ctx, set(said) & set(_OWN), "goes with --events")
        if given["form"] in FORMS:
            raise click.UsageError(f"a case is written as {given['form']} by hudna export")
        command(**given)

    for option in reversed(_OPTIONS):
        chosen = option(chosen)
    return chosen


def _is_said(ctx: click.Context, name: str) -> bool:
    return ctx.get_parameter_source(name) == ParameterSource.COMMANDLINE


def _refuse(ctx: click.Context, names: set[str], told: str) -> None:
    """Refuse options by the names of their values."""
    wrong = [one for one in ctx.command.params if one.name in names]
    if wrong:
        called = (
            max(one.opts, key=len) if one.opts[0][0] == "-" else "PROJECTION" for one in wrong
        )
        raise click.UsageError(f"{', '.join(called)} {told}")


def _run(
    files: tuple[str, ...],
    given: dict[str, Any],
    *,
    engine: str,
    period: Any,  # noqa: ANN401 - click has seen that it is one
    places: bool,
    least: int,
    memory: str,
    scratch: str | None,
    output: str | None,
) -> None:
    from ..events import engines, questions

    form = given["form"]
    where = output if output is None or "://" in output else Path(output)
    if isinstance(where, str) and form != "parquet":
        raise click.UsageError(f"{where}: only --format parquet is written to an address")
    known = known_asked()
    question = questions.DyadQuestion(
        period=period, places=places, least=least, during=given.get("during"),
        known=None if known is None else str(known),
    )  # fmt: skip
    with engines.engine(engine, memory=memory, scratch=scratch) as made:
        asked = engines.EventDyads(made, files, question)
        if form == "parquet":
            if where is None:
                raise click.UsageError("Parquet is no text; say where with -o dyads.parquet")
            asked.parquet(where)
            say(f"{output}: dyads of {asked.table.title}", err=True)
            return
        if given["measure"] is not None:
            _echo_values(asked.values(given["measure"], given["sign"]), form, given["top"])
            return
        network, events = asked.network(), asked.events()
    _write(network, asked, form, None if where is None else Path(where))
    kept = sum(data["rows"] for *_, data in network.edges(data=True))
    ties = counted(network.number_of_edges(), "dyad")
    say(
        f"{counted(len(network), 'actor')}, {ties} of {kept} of {counted(events, 'event')}",
        err=True,
    )


def _echo_values(values: Sequence[tuple[str, float]], form: str, top: int | None) -> None:
    from ..analysis.centrality.ranking import up_to
    from .tables import as_csv, echo_table

    if top is not None:
        values = list(compress(values, up_to([value for _, value in values], top)))
    if form == "json":
        write_json([{"node": node, "value": value} for node, value in values])
        return
    rows = [["node", "value"], *([node, f"{value:.6g}"] for node, value in values)]
    if form == "csv":
        write(as_csv(rows))
    else:
        echo_table(rows)


def _write(
    network: nx.MultiDiGraph[str], asked: EventDyads, form: str, output: Path | None
) -> None:
    from ..build.saving import save_file
    from .tables import echo_table

    if form == "table" and output is None:
        shown = [n for n, name in enumerate(_TOLD) if name != "place" or asked.question.places]
        echo_table([[one[n] for n in shown] for one in (_TOLD, *_rows(network))])
    elif output is None:
        write_bytes(_chunks(network, asked, form))
    else:
        save_file(output, _chunks(network, asked, form))


def _rows(network: nx.MultiDiGraph[str]) -> Iterator[list[str]]:
    for source, target, data in network.edges(data=True):
        found = {**data, "source": source, "target": target, "sign": data["predicate"]}
        found["weight"] = f"{data['weight']:.15g}"
        yield [str(found.get(name, "")) for name in _TOLD]


def _chunks(network: nx.MultiDiGraph[str], asked: EventDyads, form: str) -> Iterable[bytes]:
    from networkx import node_link_data

    from ..export import csv_tables, gexf, graphml
    from .tables import as_csv

    title = f"Dyads of events by {asked.question.period}: {asked.table.title}"
    if form == "gexf":
        return gexf.gexf(network, title=title)
    if form == "graphml":
        return [graphml.graphml(network, title=title)]
    if form == "csv":
        return [csv_tables.edges(network)]
    if form == "json":
        linked = node_link_data(network, edges="edges")
        return [visible_json(json.dumps(linked, ensure_ascii=False, indent=1)).encode(), b"\n"]
    return [as_csv([_TOLD, *_rows(network)]).encode()]
