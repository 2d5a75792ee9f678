"""``hudna reach``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ..errors.counting import counted, plural
from . import options
from .completion import completes
from .printing import Styled, say, say_folded, write, write_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import networkx as nx

    from ..analysis.arrays import Sign
    from ..analysis.centrality.reach import ReachBounds

_HEAD = ("reached", "id", "label", "class", "possible", "certain")
_STEPS = ("reached", "day", "source", "target", "subject", "tie", "object", "status", "when",
          "voices", "id")  # fmt: skip

EPILOG = """\b
Examples:
  hudna reach --from river-guard --start 2020-01-01
  hudna reach --to town-council --until 2020-12-31
  hudna reach --from river-guard --to town-council --status accepted --status alleged
"""


@click.command("reach", epilog=EPILOG)
@click.option("--from", "source", metavar="ACTOR", help="Id or name of whom word starts from.",
              shell_complete=completes("actor"))  # fmt: skip
@click.option("--to", "target", metavar="ACTOR", help="Id or name of whom it gets to.",
              shell_complete=completes("actor"))  # fmt: skip
@click.option("--start", metavar="DATE", help="The day on which it starts.  [default: any]")
@click.option("--until", metavar="DATE", help="The last day that counts.  [default: any]")
@click.option("--step", type=click.IntRange(0, 36600), default=0, show_default=True, metavar="DAYS",
              help="Days that each tie takes; 0: any number of ties in a day.")  # fmt: skip
@options.sign
@options.directed
@options.actors_projection
@options.narrowing
@options.answer
@options.cases
@options.public
@options.store
@options.known_data
def command(
    source: str | None,
    target: str | None,
    start: str | None,
    until: str | None,
    step: int,
    sign: Sign,
    directed: bool,
    projection: str,
    form: str,
    case: str,
    public: Path,
    url: str | None,
    prefix: str,
    **chosen: Any,  # noqa: ANN401 — values of the other options that choose ties
) -> None:
    """Show who could have passed word on to whom, and when: ties used one after the other.

    With --from, everybody who could have got it, and the earliest day. With --to, everybody who
    could have sent it, and the latest day. With both, the path that is there first.

    A tie passes word on while it holds. "possible" takes each tie for as long as it may have held,
    "certain" only for as long as it held whatever the true dates.
    """
    from .cases import opened

    if source is None and target is None:
        raise click.UsageError("give --from, --to, or both")
    built = opened(case, public, url=url, prefix=prefix)
    options.say_world(built, chosen["voice"], only=chosen["only"])
    when = {"start": start, "until": until}
    found = built.reach(source, target, projection, start=start, until=until, step=step, sign=sign,
                        directed=directed, **chosen)  # fmt: skip
    network = built.network(projection, **chosen)
    is_path = bool(source and target)
    rows = list((_steps if is_path else _nodes)(found, network))
    if form == "json":
        asked = {**when, "step": step, "sign": sign, "directed": directed}
        write_json(_as_json(found, network, asked, _values(rows, is_path=is_path)))
    elif form == "csv":
        from .tables import as_csv

        head = _STEPS if is_path else (*_HEAD, "kind")
        values = _values(rows, is_path=is_path)
        write(as_csv([head, *([*row.values()] for row in values)]))
    else:
        _echo(found, network, rows, sign)


def _nodes(found: ReachBounds, network: nx.MultiDiGraph[str]) -> Iterator[tuple[str, ...]]:
    for node, day in found.possible.items():
        data = network.nodes[node]
        reached = "certain" if node in found.certain else "possible"
        yield (reached, node, str(data["label"]), str(data.get("class", "")), day,
               found.certain.get(node, ""))  # fmt: skip


def _values(rows: list[tuple[str, ...]], *, is_path: bool) -> list[dict[str, str]]:
    """Return rows for programs, by the names of their columns."""
    from .tables import with_kind

    named = [dict(zip(_STEPS if is_path else _HEAD, row, strict=True)) for row in rows]
    return named if is_path else [*map(with_kind, named)]


def _steps(found: ReachBounds, network: nx.MultiDiGraph[str]) -> Iterator[tuple[str, ...]]:
    from ..read.rules import listed

    labels = {node: str(data["label"]) for node, data in network.nodes.items()}
    for reached, legs in (("possible", found.possible_path), ("certain", found.certain_path)):
        for source, target, tie, day in legs:
            ends = (source, target) if network.has_edge(source, target, tie) else (target, source)
            data = network.edges[(*ends, tie)]
            yield (reached, day, source, target, labels[ends[0]], data["label"],
                   labels[ends[1]], data["status"], data.get("when", ""),
                   ", ".join(listed(data["voices"])), tie)  # fmt: skip


def _as_json(
    found: ReachBounds,
    network: nx.MultiDiGraph[str],
    asked: Mapping[str, object],
    rows: list[dict[str, str]],
) -> dict[str, object]:
    return {
        "from": found.source,
        "to": found.target,
        **asked,
        "network": {name: value for name, value in network.graph.items() if value},
        "ties": {
            "counted": found.ties,
            "on any day": found.unbounded,
            "on no day for certain": found.left_out,
        },
        **_result(found, rows),
    }


def _result(found: ReachBounds, rows: list[dict[str, str]]) -> dict[str, object]:
    if not (found.source and found.target):
        return {"actors": rows}
    days = {"possible": found.possible, "certain": found.certain}
    return {**{time: of.get(found.target) for time, of in days.items()}, "path": rows}


def _echo(
    found: ReachBounds, network: nx.MultiDiGraph[str], rows: list[tuple[str, ...]], sign: str
) -> None:
    """Print what was found as people read it; what it rests on goes to standard error."""
    from ..network.projection import described
    from .tables import echo_wrapped

    (_echo_path if found.source and found.target else _echo_nodes)(found, network, rows)
    ties, are = counted(found.ties, "tie"), plural(found.ties, "is", "are")
    signs = "" if sign == "any" else f" that {are} {sign.replace('-', ' ')}"
    echo_wrapped(f"network: {described(network)}: {ties}{signs} "
                 f"{plural(found.ties, 'passes', 'pass')} word on; "
                 f"{found.unbounded} may on any day, as nothing says when they began or ended; "
                 f"{counted(found.left_out, 'does', 'do')} on no day for certain")  # fmt: skip


def _echo_nodes(
    found: ReachBounds, network: nx.MultiDiGraph[str], rows: list[tuple[str, ...]]
) -> None:
    from ..model.terms import spaced
    from ..read.date_words import date_in_words
    from .tables import echo_table, echo_wrapped

    days = ("earliest", "certain by") if found.source else ("latest", "certain until")
    shown = [["reached" if found.source else "reaches", "actor", "class", *days]]
    for reached, _, label, own, first, sure in rows:
        by = (date_in_words(sure) or "any") if reached == "certain" else ""
        shown.append([reached, label, spaced(own).strip(), date_in_words(first) or "any", by])
    echo_table(shown)
    who = "may have been reached from" if found.source else "may have reached"
    named = network.nodes[found.source or found.target]["label"]
    echo_wrapped(f"{len(found.possible)} {who} {named}, {len(found.certain)} for certain")


def _echo_path(
    found: ReachBounds, network: nx.MultiDiGraph[str], rows: list[tuple[str, ...]]
) -> None:
    from ..read.date_words import date_in_words

    target = network.nodes[found.target]["label"]
    for time, days in (("possible", found.possible), ("certain", found.certain)):
        if found.target not in days:
            say(f"{time}: {target} is not reached")
            continue
        say(f"{time}: {target} is reached on {date_in_words(days[found.target]) or 'any day'}")
        for reached, day, _, _, one, tie, two, status, when, *_ in rows:
            if reached == time:
                mark = "" if status == "accepted" else f"{status.upper()}: "
                dates = f"  ({date_in_words(when)})" if when else "  (undated)"
                say_folded(f"  {date_in_words(day) or 'any day':<17}  ", Styled(mark, fg="yellow"),
                           f"{one} {tie} {two}{dates}", indent=21)  # fmt: skip
