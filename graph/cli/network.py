"""``hudna network``."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Literal, cast

import click

from ..errors.counting import counted
from . import dyads, options
from .cases import opened
from .completion import completes
from .printing import say, write, write_json

if TYPE_CHECKING:
    from pathlib import Path

    import networkx as nx

    from ..analysis.arrays import Sign
    from ..network.filters import Narrowing
    from ..read.select import Graph

_COLUMNS = ("subject", "label", "object", "status", "sign", "when", "held", "voices")


EPILOG = """\b
Examples:
  hudna network ties --on 2016-08-20 --status accepted
  hudna network actors --measure betweenness --top 10
  hudna network participation --two-mode --during 2016
  hudna network co-mention --backbone 0.05
  hudna network actors --measure negative-degree --during 2015 --status accepted --status alleged
  hudna network --events events/ --period year --format gexf -o years.gexf
"""


@click.command("network", epilog=EPILOG)
@click.argument("projection", metavar="[PROJECTION]", default="ties",
                shell_complete=completes("projection"))  # fmt: skip
@click.option("--list", "listing", is_flag=True, help="Show the projections.")
@click.option("--measures", "listing_measures", is_flag=True, help="Show the measures.")
@click.option("--measure", metavar="MEASURE", shell_complete=completes("measure"),
              help="Rank the nodes by a measure, as in betweenness.")  # fmt: skip
@click.option("--sign", type=click.Choice(["any", "not-negative", "positive", "negative"]),
              help="Which ties the measure takes.  [default: as --measures says]")  # fmt: skip
@click.option("--top", type=click.IntRange(min=1), metavar="N",
              help="Only ranks up to N, with all that share the last.")  # fmt: skip
@click.option("--how-sure", is_flag=True,
              help="With --measure: the range in all worlds of the disputed ties.")  # fmt: skip
@click.option("--draws", default=1000, show_default=True, type=click.IntRange(1, 1_000_000),
              help="Worlds to draw where there are too many to look at all.")  # fmt: skip
@click.option("--seed", default=0, show_default=True, type=click.IntRange(0, 2**31 - 1),
              help="Seed of the draws.")  # fmt: skip
@click.option("--one-mode", type=click.Choice(["subjects", "objects"]),
              help="Join those on this side that share something on the other.")  # fmt: skip
@click.option("--two-mode", is_flag=True,
              help="Degree and betweenness on both sides, as of events and actors.")  # fmt: skip
@click.option("--backbone", type=click.FloatRange(0, 1, min_open=True, max_open=True),
              metavar="LEVEL",
              help="Only ties that weigh more than chance would have it, as 0.05.")  # fmt: skip
@options.day
@options.narrowing
@click.option("--format", "form", type=click.Choice(["table", "csv", "json", *dyads.FORMS]),
              default="table", show_default=True,
              help="Form of the answer; json of ties is node-link JSON. The last three are of "
              "--events; of a case: hudna export.")  # fmt: skip
@dyads.instead
@options.cases
@options.public
@options.store
@options.known_data
def command(
    projection: str,
    listing: bool,
    listing_measures: bool,
    measure: str | None,
    sign: Sign | None,
    top: int | None,
    how_sure: bool,
    draws: int,
    seed: int,
    one_mode: Literal["subjects", "objects"] | None,
    two_mode: bool,
    backbone: float | None,
    form: str,
    case: str,
    public: Path,
    url: str | None,
    prefix: str,
    **chosen: Any,  # noqa: ANN401 — values of the other options that choose ties
) -> None:
    """Show a projection of the graph as a network: one row for each tie.

    With --measure one row for each node: its rank, its value, and how many passages mention it,
    since whoever is written about more has more ties. Equal values share a rank. Only accepted ties
    count unless --status or --as says otherwise.

    With --events one row for each two actors, period and sign of events in files: docs/scale.md.
    """
    if listing or listing_measures:
        _echo_lists(projections=listing, measures=listing_measures)
        return
    _check(measure, {"sign": sign, "top": top, "how-sure": how_sure})
    made = {"one-mode": one_mode, "backbone": backbone}
    _exclude("how-sure", how_sure, {"status": chosen["status"], "as": chosen["voice"], **made})
    _exclude("two-mode", two_mode, {"measure": measure, **made})
    built = opened(case, public, url=url, prefix=prefix)
    options.say_world(built, chosen["voice"], only=chosen["only"])
    if how_sure and measure is not None:
        from .certainty import echo as echo_how_sure

        given = cast("Narrowing", {name: value for name, value in chosen.items() if value})
        echo_how_sure(built.graph, projection, measure, sign=sign, draws=draws, seed=seed,
                      narrowing=given, form=form, top=top)  # fmt: skip
        return
    network = _made(built.network(projection, **chosen), one_mode, backbone)
    if measure is not None:
        _echo_ranking(built.graph, network, measure, sign, form, top)
    else:
        (_echo_sides if two_mode else _echo_ties)(network, form)
    options.say_other_statuses(built, projection, chosen)


def _echo_ranking(
    graph: Graph,
    network: nx.MultiDiGraph[str],
    measure: str,
    sign: Sign | None,
    form: str,
    top: int | None,
) -> None:
    from ..analysis.centrality.ranked import ranking
    from .measuring import echo

    echo(ranking(graph, network, measure, sign), form, top)


def _made(
    network: nx.MultiDiGraph[str], side: Literal["subjects", "objects"] | None, level: float | None
) -> nx.MultiDiGraph[str]:
    """Return the one-mode projection of a network, its backbone, both, or itself."""
    if side is not None:
        from ..analysis.centrality.two_mode import one_mode

        network = one_mode(network, side)
    if level is not None:
        from ..analysis.centrality.backbone import backbone_of

        network = backbone_of(network, level)
    return network


def _check(measure: str | None, needing: dict[str, object]) -> None:
    """Refuse options that say how to measure where nothing is measured."""
    for name, given in needing.items():
        if given and measure is None:
            raise click.UsageError(f"--{name} needs --measure")


def _exclude(name: str, given: object, others: dict[str, object]) -> None:
    """Refuse options that another one leaves no place for."""
    clash = [f"--{other}" for other, value in others.items() if value]
    if given and clash:
        raise click.UsageError(f"--{name} goes without {' and '.join(clash)}")


def _echo_lists(*, projections: bool, measures: bool) -> None:
    """Print the projections, the measures, or both."""
    from .tables import echo_table

    if projections:
        from ..network import projection

        rows = [["projection", "what it holds"]]
        echo_table(rows + [[name, query.title] for name, query in projection.projections().items()])
    if measures:
        from ..analysis.centrality.measures import MEASURES

        rows = [["measure", "ties", "what a high value means"]]
        echo_table(rows + [[name, one.sign, one.says] for name, one in MEASURES.items()])


def _echo_sides(network: nx.MultiDiGraph[str], form: str) -> None:
    from .modes import echo

    echo(network, form)


def _echo_ties(network: nx.MultiDiGraph[str], form: str) -> None:
    from .tables import echo_table

    if form == "json":
        write_json(_node_link(network))
    elif form == "csv":
        from ..export import csv_tables

        write(csv_tables.edges(network).decode("utf-8"))
    else:
        echo_table(_rows(network))
        on_day = Counter(data["held"] for *_, data in network.edges(data=True) if "held" in data)
        sure = (
            f" ({', '.join(f'{n} {how}' for how, n in sorted(on_day.items()))})" if on_day else ""
        )
        ties = counted(network.number_of_edges(), "tie")
        say(f"{counted(len(network), 'node')}, {ties}{sure}", err=True)
        options.say_not_shown(network.graph.get("not_shown", ""))


def _rows(network: nx.MultiDiGraph[str]) -> list[list[str]]:
    from ..read.date_words import date_in_words
    from ..read.rules import listed

    shown = [name for name in _COLUMNS if name != "held" or network.graph["on"]]
    rows = []
    for subject, target, data in network.edges(data=True):
        ends = {
            "subject": network.nodes[subject]["label"],
            "object": network.nodes[target]["label"],
            "when": date_in_words(data.get("when", "")),
            "voices": ", ".join(listed(data["voices"])),
        }
        rows.append([str({**data, **ends}.get(name, "")) for name in shown])
    return [["tie" if name == "label" else name for name in shown], *sorted(rows)]


def _node_link(network: nx.MultiDiGraph[str]) -> dict[str, Any]:
    import networkx as nx

    found: dict[str, Any] = nx.node_link_data(network, edges="edges")
    return found
