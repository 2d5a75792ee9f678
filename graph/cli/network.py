"""``hudna network``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from . import options

if TYPE_CHECKING:
    from pathlib import Path

    import networkx as nx

_COLUMNS = ("subject", "label", "object", "status", "sign", "when", "held", "voices")


@click.command("network", epilog="Example: hudna network ties --on 2016-08-20 --status accepted")
@click.argument("recipe", default="ties")
@click.option("--list", "listing", is_flag=True, help="Show the projections.")
@options.voice
@options.on
@options.status
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table",
              show_default=True, help="Form of the answer; json is node-link JSON.")  # fmt: skip
@options.case
@options.public
def command(
    recipe: str,
    listing: bool,
    voice: str | None,
    on: str | None,
    status: tuple[str, ...],
    form: str,
    case: str,
    public: Path,
) -> None:
    """Show a projection of the graph as a network: one row for each tie.

    Only accepted ties count unless --status or --as says otherwise.
    """
    from ..built import BuiltCase
    from ..network import recipes
    from .tables import echo_table

    if listing:
        rows = [["projection", "what it holds"]]
        echo_table(rows + [[name, query.title] for name, query in recipes().items()])
        return
    network = BuiltCase(case, public).network(recipe, on=on, voice=voice, status=status or None)
    if form == "json":
        click.echo(json.dumps(_node_link(network), ensure_ascii=False, indent=1))
    elif form == "csv":
        from ..export import csv_tables

        click.echo(csv_tables.edges(network).decode("utf-8"), nl=False)
    else:
        echo_table(_rows(network))
        click.echo(f"{len(network)} nodes, {network.number_of_edges()} ties", err=True)


def _rows(network: nx.MultiDiGraph[str]) -> list[list[str]]:
    shown = [name for name in _COLUMNS if name != "held" or network.graph["on"]]
    rows = []
    for subject, target, data in network.edges(data=True):
        ends = {
            "subject": network.nodes[subject]["label"],
            "object": network.nodes[target]["label"],
            "voices": ", ".join(data["voices"]),
        }
        rows.append([str({**data, **ends}.get(name, "")) for name in shown])
    return [["tie" if name == "label" else name for name in shown], *sorted(rows)]


def _node_link(network: nx.MultiDiGraph[str]) -> dict[str, Any]:
    import networkx as nx

    found: dict[str, Any] = nx.node_link_data(network, edges="edges")
    return found
