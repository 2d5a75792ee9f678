"""``hudna query``."""

from __future__ import annotations

import sys
import warnings
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from ..errors import HudnaError
from ..errors.counting import counted
from ..model.terms import cases_in
from ..server.pool.limits import ALONE, MIB
from . import options, query_words
from .cases import opened
from .completion import completes
from .printing import say, say_folded, visible_json, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ..build.case import OpenedCase
    from ..network.filters import Narrowing
    from ..network.snapshots import Snapshot
    from ..query.days import AsOf
    from ..query.named import Query
    from ..query.results import StoredQuestion
    from ..read.select import Answer, Table, Triples

_TABLES = ("table", "csv", "tsv", "sparql-csv", "json", "citations")
_FOR_PEOPLE = ("table", "csv", "tsv")
_GRAPHS = ("ttl", "nt", "jsonld")

EPILOG = """\b
Examples:
  hudna query --list
  hudna query ties actor=river-guard --sources
  hudna query who-says question=who-shelled
  hudna query permissions place=mill-town --on 2020-05-20
  hudna query my-own.rq --format csv
  hudna query my-own.rq --on 2020-05-20 --as observers
"""


@click.command("query", cls=query_words.AskedCommand, epilog=EPILOG)
@click.argument("name", required=False, metavar="NAME|FILE|-", shell_complete=completes("query"))
@click.argument("params", nargs=-1, metavar="[PARAMETER=VALUE]...",
                shell_complete=completes("parameter"))  # fmt: skip
@click.option("--list", "listing", is_flag=True, help="Show all named queries and questions.")
@click.option(
    "--values",
    "what",
    metavar="LIST",
    shell_complete=completes("list of values"),
    help="Show what a parameter may be given: predicate, topic, status, voice, question and so on.",
)
@click.option(
    "--param",
    "more_params",
    multiple=True,
    metavar="NAME=VALUE",
    shell_complete=completes("parameter"),
    help="Value of a parameter, as without --param.",
)
@options.narrowing
@options.day
@click.option("--sources", is_flag=True, help="Add the passages that each row rests on.")
@click.option(
    "--format",
    "form",
    type=click.Choice([*_TABLES, *_GRAPHS]),
    help="Form of the answer. csv and tsv are for people: no cell is a formula to a spreadsheet; "
    "citations are the statements of the answer as sentences, each with who says so where; "
    "sparql-csv and json are results of SPARQL 1.1.  [default: table, or ttl for CONSTRUCT]",
)
@click.option("--labels", is_flag=True, help="In csv and tsv, a label beside each id.")
@click.option(
    "--seconds",
    type=click.IntRange(min=0, max=86400),
    default=int(ALONE.seconds),
    show_default=True,
    help="The query is stopped after so many seconds, six times those of a server; 0: never.",
)
@click.option(
    "--memory",
    type=click.IntRange(min=0, max=1_000_000),
    default=ALONE.memory // MIB,
    show_default=True,
    help="MiB that it may take beside the graph, four times those of a server, and an eighth of "
    "that for its answer; 0: no limit.",
)
@click.option("--store-as", "store_as", metavar="ID", default="",
              help="Keep the question with this answer in the case, for hudna test.")  # fmt: skip
@click.option("--question", "asked", metavar="TEXT", default="",
              help="With --store-as: the question in words.")  # fmt: skip
@options.cases
@options.data
@options.public
@options.store
def command(
    name: str | None,
    listing: bool,
    what: str | None,
    params: tuple[str, ...],
    on: str | None,
    by: str | None,
    held: tuple[str, ...] | None,
    sources: bool,
    form: str | None,
    labels: bool,
    seconds: int,
    memory: int,
    case: str,
    data: Path,
    public: Path,
    url: str | None,
    prefix: str,
    **narrowing: Any,  # noqa: ANN401 — values of the other options that choose statements
) -> None:
    """Answer a named question, or a SPARQL query from a file or from standard input (-).

    Parameters follow the name of the query, as in actor=river-guard; those that stand for an actor,
    place or other thing take its id or any of its names. With
    --store a query of your own is answered by that server, a named question from its graph here.

    A day, a voice, a status and the like make a snapshot, and the query is asked of that: the
    statements of that day and world with all claims on them, their plain triples, and things and
    sources whole. Named questions that know a day or a voice themselves need none.
    What is answered here runs in a process of its own, within limits of time and memory.
    """
    from ..query.days import day_in

    opening = partial(opened, case, public, data, url, prefix)
    if what or listing or name is None:
        _list([data / one for one in cases_in(case)], what, form, opening)
        return
    built, kept = opening(), (narrowing.pop("store_as"), narrowing.pop("asked"))
    chosen, given = _chosen(name, built)
    values = {**given, **query_words.values_given((*params, *narrowing.pop("more_params")))}
    day = day_in(chosen, values, on=on, by=by, held=held)
    wanted = cast("Narrowing", {name: value for name, value in narrowing.items() if value})
    options.say_world(built, wanted.get("voice"), only=wanted.get("only", False))
    if chosen.param("as") and list(wanted) == ["voice"]:
        values["as"] = str(wanted.pop("voice"))
    snapshot, day = _snapshot(chosen, built, day, wanted)
    found = _found(chosen, values, snapshot, built, _limited(seconds, memory))
    _say_empty(found, values)
    _echo(found, chosen, built, day, sources=sources, form=form, labels=labels)
    _store(data / case, kept, chosen, values, built, whole=snapshot is None)


def _list(
    folders: list[Path], what: str | None, form: str | None, opening: Callable[[], OpenedCase]
) -> None:
    """Show the values of a parameter, or the queries and questions, of a build those it may."""
    from ..query import QUERIES, named_queries
    from ..query.results import stored_questions
    from .tables import echo_rows, echo_table

    if what:
        echo_rows(query_words.rows_of_values(what, opening().graph), form)
        return
    answers = [folder / "answers" for folder in folders]
    shown = None
    with suppress(HudnaError):
        shown = opening().shown
    general = [["query", "what it answers", "parameters"]]
    for name, query in named_queries([QUERIES, *answers], shown).items():
        wanted = " ".join(p.name if p.required else f"[{p.name}]" for p in query.params)
        general.append([name, query.title, wanted])
    echo_table(general)
    for folder in folders:
        if stored := stored_questions(folder / "answers", shown):
            say()
            echo_table(
                [["question", f"of the case {folder.name}", "query"]]
                + [[item.id, item.question, item.query] for item in stored.values()]
            )


def _chosen(name: str, built: OpenedCase) -> tuple[Query, Mapping[str, str]]:
    """Return the query that is meant, and the parameters that a stored question gives it."""
    from ..errors import UsageError
    from ..query.named import meant, parse_query, read_query

    if name == "-":
        return parse_query("standard input", _standard_input()), {}
    if name in built.queries:
        return built.queries[name], {}
    stored: Mapping[str, StoredQuestion] = built.stored
    if built.graph.names.several:
        stored = {}  # such a question is of one case, and so is its answer
    if name in stored:
        question = stored[name]
        say_folded(question.question, err=True)
        return built.queries[question.query], question.params
    path = Path(name)
    if path.suffix in (".rq", ".sparql") or path.is_file():
        return read_query(path), {}
    asked = {one.id: one.question for one in stored.values()}
    hint = meant(name, built.queries.values(), asked) or '; see "hudna query --list"'
    raise UsageError(f'there is no query and no file "{name}"{hint}')


def _store(
    folder: Path,
    named: tuple[str, str],
    query: Query,
    values: Mapping[str, str],
    built: OpenedCase,
    *,
    whole: bool,
) -> None:
    """Keep a question with its answer, if asked to; not what ``hudna test`` could not ask again."""
    if not any(named):
        return
    if not all(named):
        raise click.UsageError("--store-as ID and --question TEXT go together")
    if query.name not in built.queries or not whole or built.graph.names.several:
        raise click.UsageError(
            "--store-as keeps a named question of one case with its parameters alone; put a query "
            "of your own into its folder answers/, and leave out what makes a snapshot"
        )
    from ..authoring.storing import store_question

    file, rows = store_question(folder, *named, query, values, built.graph)
    say_folded(f"{file}: {named[0]} written with this answer, {counted(rows, 'row')}; is it right? "
               "from now on it is asked by: hudna test", err=True)  # fmt: skip


def _standard_input() -> str:
    from ..model.textfiles import MARK, MAX_BYTES

    data = sys.stdin.buffer.read(MAX_BYTES + 1).removeprefix(MARK)
    if len(data) > MAX_BYTES:
        raise click.UsageError(f"standard input has more than {MAX_BYTES} bytes")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise click.UsageError(f"standard input is not UTF-8 (byte {error.start})") from error


def _limited(seconds: int, memory: int) -> Callable[..., Answer]:
    """Return what answers a query here, within limits; say which of them this system lacks."""
    from ..server.pool.apart import answered, limits_of, unlimited

    if (lacking := unlimited()) and (seconds or memory):
        say(f"this system cannot limit the {lacking} of a query", err=True)
    return partial(answered, limits=limits_of(seconds, memory))


def _snapshot(
    query: Query, built: OpenedCase, day: AsOf | None, wanted: Narrowing
) -> tuple[Snapshot | None, AsOf | None]:
    """Return the snapshot that is asked, or the day by which rows of the whole are looked at."""
    named = query.name in built.queries
    if not wanted and (day is None or (named and "?statement" in query.sparql.split("WHERE")[0])):
        return None, day
    if day is not None:
        wanted["by" if day.by else "on"] = day.day
        wanted["held"] = day.held
    found = built.snapshot(**wanted)
    say_folded(f"asked of {found}", err=True)
    return found, None


def _found(
    query: Query,
    values: Mapping[str, str],
    snapshot: Snapshot | None,
    built: OpenedCase,
    here: Callable[..., Answer],
) -> Answer:
    """Return the answer; a store that somebody named answers what is no query of the project."""
    from ..build.several import SeveralSources
    from ..build.sources import BuildSource
    from ..query.named import bound, passed_over

    text = query.sparql
    with _warnings_said():
        here_is_all = isinstance(built.source, BuildSource | SeveralSources)
        if query.params or values or snapshot or here_is_all:
            text = bound(query, values, built.graph)
        if over := passed_over(query, values, built.graph):
            say_folded(over, err=True)
        if snapshot is not None:
            return snapshot.with_held(here(snapshot.store, text, case=built.case))
        here = partial(here, place=built.source.place)
        if query.name not in built.queries:
            return built.source.answer(text, here)
        return here(built.store, text, case=built.case)


def _say_empty(found: Answer, values: Mapping[str, str]) -> None:
    """Say beside an empty table which values nothing has."""
    if not getattr(found, "rows", True) and values:
        named = ", ".join(f'{name} "{value}"' for name, value in values.items())
        say_folded(f"no row has {named}", err=True)


@contextmanager
def _warnings_said() -> Iterator[None]:
    """Say on standard error what is warned of meanwhile, each once, also where an error ends it."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        try:
            yield
        finally:
            for message in dict.fromkeys(str(one.message) for one in told):
                say_folded(f"warning: {message}", err=True)


def _echo(
    found: Answer,
    query: Query,
    built: OpenedCase,
    day: AsOf | None,
    *,
    sources: bool,
    form: str | None,
    labels: bool,
) -> None:
    from ..query.days import on_day
    from ..query.results import with_cases, with_passages
    from ..read.select import Table

    left_out = ""
    if day is not None:
        if not isinstance(found, Table):
            raise click.UsageError("only a table of statements can be asked about a day")
        found, left_out = on_day(found, built.graph, day)
    if isinstance(found, bool):
        _echo_truth(found, form or "table")
    elif isinstance(found, tuple):
        _echo_triples(found, form or "ttl", built.case)
    else:
        table = with_passages(found, built.graph, query.sparql) if sources else found
        if (form or "table") in _FOR_PEOPLE:
            table = with_cases(table, built.graph)
        _echo_answer(table, query, built, form or "table", labels=labels)
        options.say_not_shown(left_out)
        query_words.say_see_also(query, built.queries)


def _echo_truth(found: bool, form: str) -> None:
    from ..query.results import as_json

    _check_table_form(form, "a truth value")
    if form == "json":
        write(as_json(found))
    else:
        say("true" if found else "false")


def _check_table_form(form: str, what: str) -> None:
    """Refuse a form that is of triples only."""
    if form not in _TABLES:
        told = f"{what} cannot be written as {form}; take csv, tsv, sparql-csv or json"
        raise click.UsageError(told)


def _echo_answer(table: Table, query: Query, built: OpenedCase, form: str, *, labels: bool) -> None:
    from ..query.results import as_csv, as_json
    from .sentences import echo_answer
    from .tables import echo_rows, for_people

    _check_table_form(form, "a table")
    if labels and form not in ("csv", "tsv"):
        raise click.UsageError("--labels goes with --format csv or tsv")
    if form == "table":
        echo_answer(table, built.graph.labels, query.hidden, query.joined)
    elif form == "citations":
        query_words.say_cited(table, built.graph)
    elif form == "json":
        write(visible_json(as_json(table)))
    elif form == "sparql-csv":
        write(as_csv(table))
    else:
        echo_rows(for_people(table, built.graph.labels if labels else None), form)


def _echo_triples(triples: Triples, form: str, case: str) -> None:
    from ..model.terms import prefixes_of
    from ..read.store import serialized
    from ..server.http.negotiation import GRAPH_NAMES

    if form not in _GRAPHS:
        raise click.UsageError(f"triples cannot be written as {form}; take ttl, nt or jsonld")
    listed = sorted(triples, key=str)
    write(serialized(listed, GRAPH_NAMES[form], prefixes_of(case)).decode("utf-8"))
