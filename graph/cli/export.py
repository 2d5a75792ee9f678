"""``hudna export``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import options

if TYPE_CHECKING:
    import networkx as nx

FORMATS = {
    "gexf": "GEXF 1.3 for Gephi and Gephi Lite, with time, sign and status",
    "graphml": "GraphML for Gephi, yEd and Cytoscape",
    "nodes-csv": "nodes for Gephi's import of spreadsheets",
    "edges-csv": "ties for Gephi's import of spreadsheets, one row a statement",
    "turtle": "the default graph as Turtle",
    "nquads": "the whole graph as N-Quads",
}


@click.command("export", epilog="Example: hudna export gexf --as waer-residents -o residents.gexf")
@click.argument("form", metavar="FORMAT", required=False, type=click.Choice(list(FORMATS)))
@click.option("--format", "named", type=click.Choice(list(FORMATS)), help="The same as FORMAT.")
@click.option("--list", "listing", is_flag=True, help="Show the formats.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path),
              help="File to write.  [default: standard output]")  # fmt: skip
@click.option("--recipe", default="ties", show_default=True, help="The projection, for networks.")
@options.voice
@options.on
@options.status
@options.case
@options.public
def command(
    form: str | None,
    named: str | None,
    listing: bool,
    output: Path | None,
    recipe: str,
    voice: str | None,
    on: str | None,
    status: tuple[str, ...],
    case: str,
    public: Path,
) -> None:
    """Write the graph, or a projection of it as a network, in a format for other programs.

    N-Quads hold the whole graph, Turtle its default graph; the options that choose ties apply to
    networks.
    """
    from ..built import BuiltCase
    from ..errors import InputOutputError
    from .tables import echo_table

    if form and named and form != named:
        raise click.UsageError(f"FORMAT is {form} and --format is {named}; give one")
    form = form or named
    if listing or form is None:
        echo_table([["format", "for what"], *map(list, FORMATS.items())])
        return
    built = BuiltCase(case, public)
    if form in ("turtle", "nquads"):
        if voice or on or status or recipe != "ties":
            raise click.UsageError(
                f"{form} is no network; leave --as, --on, --status, --recipe out"
            )
        name = {"turtle": "graph.ttl", "nquads": "graph.nq"}[form]
        data = (built.folder / name).read_bytes()
    else:
        network = built.network(recipe, voice=voice, on=on, status=status or None)
        data = _written(form, network, _title(built.case, recipe, voice, on, status))
    if output is None:
        click.echo(data, nl=False)
        return
    try:
        output.write_bytes(data)
    except OSError as error:
        raise InputOutputError(f"{output.as_posix()}: {error.strerror or error}") from error


def _written(form: str, network: nx.MultiDiGraph[str], title: str) -> bytes:
    from ..export import csv_tables, gexf, graphml

    if form == "gexf":
        return gexf.write(network, title=title)
    if form == "graphml":
        return graphml.write(network, title=title)
    return csv_tables.nodes(network) if form == "nodes-csv" else csv_tables.edges(network)


def _title(
    case: str, recipe: str, voice: str | None, on: str | None, status: tuple[str, ...]
) -> str:
    told = f"as {voice} tells it" if voice else ", ".join(status or ("accepted",))
    return "; ".join([f"{case}: {recipe}", told, *([f"on {on}"] if on else [])])
