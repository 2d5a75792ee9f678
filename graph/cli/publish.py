"""``hudna publish``."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

import click

from ..shown import MOST_OF_A_MESSAGE
from . import options
from .saying import say as tell
from .saying import write_json

if TYPE_CHECKING:
    from pathlib import Path

    from ..remote.publishing import Outcome

EPILOG = """\b
Example:
  HUDNA_STORE_USER=me HUDNA_STORE_PASSWORD=… hudna publish --to https://graph.example.org/sparql-auth
Name and password are read from the environment or ~/.netrc, a token from HUDNA_STORE_TOKEN.
"""


@click.command("publish", epilog=EPILOG)
@click.option("--to", "url", required=True, metavar="URL",
              help="Where the store takes queries, or its root as of Oxigraph.")  # fmt: skip
@click.option("--update", default="", metavar="URL",
              help="Where it takes updates, if that is not told by --to.")  # fmt: skip
@click.option("--graphs", default="", metavar="URL",
              help="Where it takes graphs (Graph Store Protocol), likewise.")  # fmt: skip
@options.graph_prefix
@options.form
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@options.case
@options.public
@click.pass_context
def command(
    ctx: click.Context,
    url: str,
    update: str,
    graphs: str,
    prefix: str,
    form: str,
    quiet: bool,
    case: str,
    public: Path,
) -> None:
    """Send the graph of a case to a SPARQL server.

    Each graph is sent wholly or not at all, read back and compared. What the store already holds
    is not sent again, so a publication that was broken off goes on where it stopped. Exits with 1
    if a graph failed, with 74 if the store could not be used at all.
    """
    from ..built import BuiltCase
    from ..remote.fetching import connect
    from ..remote.manifest import Names
    from ..remote.publishing import Publication

    def say(step: str) -> None:
        if not quiet:
            tell(step, err=True)

    built = BuiltCase(case, public)
    built.build.verify()
    client, names = connect(url, update, graphs), Names(case, prefix)
    outcomes = Publication(client, built.store, names, say).run()
    failed = [outcome for outcome in outcomes if outcome.what == "failed"]
    for outcome in failed:
        tell(f"<{outcome.graph}>: {outcome.why}", err=True, most=MOST_OF_A_MESSAGE)
    if form == "json":
        write_json([outcome._asdict() for outcome in outcomes])
    elif not quiet:
        tell(_summary(outcomes))
    if failed:
        sys.stdout.flush()
        ctx.exit(1)


def _summary(outcomes: list[Outcome]) -> str:
    graphs, triples = Counter[str](), Counter[str]()
    for outcome in outcomes:
        graphs[outcome.what] += 1
        triples[outcome.what] += outcome.triples
    return ", ".join(
        f"{count} graphs {what} ({triples[what]} triples)" for what, count in sorted(graphs.items())
    )
