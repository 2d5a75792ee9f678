"""``hudna links``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ..errors.counting import counted, plural
from . import options
from .completion import completes
from .printing import say, write, write_json

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import networkx as nx

    from ..analysis.arrays import Sign
    from ..analysis.centrality.between_groups import Links
    from ..read.select import Graph

_HEAD = ("what", "id", "label", "predicate", "class", "status", "when", "share", "direct", "cut",
         "alone")  # fmt: skip

EPILOG = """\b
Examples:
  hudna links river-guard,guard-backer town-council,townspeople
  hudna links river-guard town-council --status accepted --status alleged
"""


def _members(_ctx: click.Context, _param: click.Parameter, value: str) -> tuple[str, ...]:
    """Return the ids or names between the commas."""
    return tuple(filter(None, (one.strip() for one in value.split(","))))


@click.command("links", epilog=EPILOG)
@click.argument(
    "first", metavar="A,A,...", callback=_members, shell_complete=completes("actors or places")
)
@click.argument(
    "second", metavar="B,B,...", callback=_members, shell_complete=completes("actors or places")
)
@options.sign
@options.directed
@options.actors_projection
@options.day
@options.narrowing
@options.answer
@options.cases
@options.public
@options.store
@options.known_data
def command(
    first: tuple[str, ...],
    second: tuple[str, ...],
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
    """Show what joins two sets of actors, such as two camps, and who alone joins them.

    A and B are ids or names, with commas between them. First come the ties between the two sets,
    then the ties and the actors on the shortest paths from one to the other, with their share of
    these paths. "alone" is who is on every path but direct ties; "cut" is who would have to go, at
    the fewest, so that only direct ties are left.
    """
    from .cases import opened

    built = opened(case, public, url=url, prefix=prefix)
    options.say_world(built, chosen["voice"], only=chosen["only"])
    found = built.links(first, second, projection, sign=sign, directed=directed, **chosen)
    network = built.network(projection, **chosen)
    if form == "json":
        asked = {"first": first, "second": second, "sign": sign, "directed": directed}
        write_json(_as_json(built.graph, found, network, asked))
    elif form == "csv":
        from .tables import as_csv

        write(
            as_csv(
                [[*_HEAD, "kind"], *([*row.values()] for row in _rows(built.graph, found, network))]
            )
        )
    else:
        _echo(built.graph, found, network)


def _rows(graph: Graph, found: Links, network: nx.MultiDiGraph[str]) -> list[dict[str, Any]]:
    """Return a row for each tie and each actor, with the columns of ``_HEAD`` and ``kind``."""
    from ..read import edge_in_words
    from .tables import with_kind

    ties = {key: (one, two, data) for one, two, key, data in network.edges(keys=True, data=True)}
    rows = []
    for key in dict.fromkeys([*found.direct, *found.tie_share]):
        one, two, data = ties[key]
        label = edge_in_words(graph, data, *(network.nodes[end]["label"] for end in (one, two)))
        share = round(found.tie_share.get(key, 0.0), 12)
        values = ("tie", key, label, data["predicate"], "", data["status"], data.get("when", ""),
                  share, key in found.direct, False, False)  # fmt: skip
        rows.append(with_kind(dict(zip(_HEAD, values, strict=True))))
    for node in dict.fromkeys([*found.share, *found.cut, *found.alone]):
        data = network.nodes[node]
        values = ("actor", node, str(data["label"]), "", str(data.get("class", "")), "", "",
                  round(found.share.get(node, 0.0), 12), False, node in found.cut,
                  node in found.alone)  # fmt: skip
        rows.append(with_kind(dict(zip(_HEAD, values, strict=True))))
    return rows


def _as_json(
    graph: Graph, found: Links, network: nx.MultiDiGraph[str], asked: Mapping[str, object]
) -> dict[str, object]:
    return {
        **asked,
        "network": {name: value for name, value in network.graph.items() if value},
        "pairs": found.pairs,
        "joined": found.joined,
        "links": _rows(graph, found, network),
    }


def _echo(graph: Graph, found: Links, network: nx.MultiDiGraph[str]) -> None:
    """Print the ties and the actors as people read them; what they come to, to standard error."""
    from ..model.terms import spaced
    from ..network.projection import described
    from ..read.date_words import date_in_words
    from .tables import echo_table, echo_wrapped

    rows = _rows(graph, found, network)
    ties = [[f"{row['share']:.4g}", "yes" if row["direct"] else "", row["label"], row["status"],
             date_in_words(row["when"])] for row in rows if row["what"] == "tie"]  # fmt: skip
    actors = [[f"{row['share']:.4g}", row["label"], spaced(row["class"]).strip(),
               "yes" if row["cut"] else "", "yes" if row["alone"] else ""]
              for row in rows if row["what"] == "actor"]  # fmt: skip
    if ties:
        echo_table([["share", "direct", "tie", "status", "when"], *ties])
    if ties and actors:
        say()
    if actors:
        echo_table([["share", "actor", "class", "cut", "alone"], *actors])
    names = [str(network.nodes[node]["label"]) for node in found.cut]
    echo_wrapped(f"{found.joined} of {counted(found.pairs, 'pair')} "
                 f"{plural(found.joined, 'is', 'are')} joined, "
                 f"{counted(len(found.direct), 'tie is', 'ties are')} direct")  # fmt: skip
    if names:
        echo_wrapped(f"without {' and '.join(names)} only direct ties are left")
    echo_wrapped(f"network: {described(network)}")
