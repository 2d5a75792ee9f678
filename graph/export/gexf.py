"""GEXF 1.3, for Gephi and Gephi Lite.

Gephi shapes what is written here. It keys edges by source, target and kind and adds up those that
agree in all three, so they are merged beforehand. It drops edges of weight 0 and frowns at
negative ones, so the weight is the number of statements, or the sum of their weights if they have
any, and the sign has a column of its own. It misreads dates that are not full days. Gephi Lite
knows no time, so all dates are in columns too.

The file is written piece by piece; merged edges are never all in memory at once.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from ..network.palette import STATUSES, node_size, node_style, sign_style, status_style
from ..read.rules import SEPARATOR
from .columns import OF_NODES, number, types, value_as_text
from .format import LOST_BY_NETWORKS, Exported, Format, Loss
from .merge_edges import edge_types, merged_edges, periods, spells, without_period
from .xml_text import attribute, checked, repeated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import networkx as nx

    from ..read.rules import Spell, Time
    from .merge_edges import Edge
    from .selection import Selection

    Row = Mapping[str, Any]

FORMAT = Format(
    name="gexf",
    title="GEXF 1.3 for Gephi and Gephi Lite, with time, sign, status and colours",
    holds="network",
    file="network.gexf",
    loses={
        **LOST_BY_NETWORKS,
        "bounds": "a first and a last day; --time says whether the widest or the surest",
        "parallel": "one edge with spells, weight and the list of its statements",
    },
)

_EDGE_COLUMNS = ("predicate", "family", "sign", "status", "disputed", "certainty", "claims",
                 "voice_count", "first_day", "last_day", "periods", "when", "when_text",
                 "statements", "voices", "sources")  # fmt: skip
_OF_FEW_VALUES = frozenset(
    ("class", "kind", "identity", "predicate", "family", "sign", "status", "disputed", "certainty",
     "claims", "voice_count", "coverage", "held")
)  # fmt: skip
_PALER = 0.15
"""So much paler is an edge for each status that is surer than its own."""
_LINES = 1000
"""So many elements are put together before they are encoded."""


def write(selection: Selection) -> Exported:
    """Return the chosen network as GEXF, one edge for each source, target and kind."""
    network = selection.network
    chunks = gexf(
        network,
        title=f"{selection.title}. {selection.chosen} {selection.periods}",
        positions=selection.places,
        sizes=selection.sizes,
        time=selection.time,
    )
    left_out = without_period(network, selection.time)
    loss = Loss(left_out, "ties without a day on which they held for certain", "left out")
    return Exported({FORMAT.file: chunks}, (loss,) if left_out else ())


def gexf(
    network: nx.MultiDiGraph[str],
    *,
    title: str,
    positions: Mapping[str, tuple[float, float]] | None = None,
    sizes: Mapping[str, float] | None = None,
    colours: Mapping[str, str] | None = None,
    time: Time = "possible",
) -> Iterator[bytes]:
    """Yield a network as a GEXF file, in pieces.

    There is one edge for each source, target and kind. Its spells are the periods of its
    statements; an end that nobody gives is left open. The spells of a node are those of all its
    edges. The columns are those of ``graph.export.merge_edges.merged``. An edge looks like the
    least sure of its statements: paler, thinner, dashed or dotted. Gephi reads the paleness alone.

    Args:
        network: as ``graph.network.projection.network`` returns it; it must not change meanwhile.
        title: what the network shows; it goes into the file's description.
        positions: x and y of nodes by id, with y growing downwards as on a screen.
        sizes: diameters of nodes by id; by default they grow with the degree.
        colours: colours as ``#rrggbb`` by class of thing, where the palette's are not wanted.
        time: whether periods are those in which a tie may have held, or held for certain; ties
            without a certain period are left out then.

    Raises:
        UsageError: a value cannot be written as XML or as one of GEXF's types.
    """
    lines = _lines(network, title, time, _Looks(positions or {}, sizes or {}, colours or {}))
    waiting: list[str] = []
    for line in lines:
        waiting.append(line)
        if len(waiting) == _LINES:
            yield checked("\n".join(waiting) + "\n")
            waiting.clear()
    yield checked("\n".join(waiting) + "\n")


class _Looks:
    """Positions, sizes and colours of nodes."""

    def __init__(
        self,
        positions: Mapping[str, tuple[float, float]],
        sizes: Mapping[str, float],
        colours: Mapping[str, str],
    ) -> None:
        self.positions = positions
        self.sizes = sizes
        self.colours = colours

    def of(self, node: str, kind: str, degree: int) -> str:
        """Return the elements that say how a node looks; Gephi's y grows upwards."""
        found = _colour(self.colours.get(kind, node_style(kind).fill.light))
        if node in self.positions:
            x, y = self.positions[node]
            found += f'<viz:position x="{number(x)}" y="{number(-y)}" z="0.0"/>'
        return found + f'<viz:size value="{number(self.sizes.get(node, node_size(degree)))}"/>'


def _lines(network: nx.MultiDiGraph[str], title: str, time: Time, looks: _Looks) -> Iterator[str]:
    nodes = types(network.nodes.values(), OF_NODES)
    nodes.pop("label", None)
    edges = edge_types(network, _EDGE_COLUMNS)
    edges.pop("weight", None)
    dynamic = any(any(map(any, periods(data, time))) for *_, data in network.edges(data=True))
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield ('<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">')
    about = escape(title)
    yield f" <meta><creator>Hudna</creator><description>{about}</description></meta>"
    of_time = ' mode="static"'
    if dynamic:
        of_time = ' mode="dynamic" timeformat="date" timerepresentation="interval"'
    yield f' <graph defaultedgetype="directed" idtype="string"{of_time}>'
    yield from _declared("node", nodes)
    yield from _declared("edge", edges)
    yield "  <nodes>"
    yield from _nodes(network, _Columns(nodes), looks, time)
    yield "  </nodes>"
    yield "  <edges>"
    columns = _Columns(edges)
    yield from (_edge(edge, columns) for edge in merged_edges(network, time))
    yield from ("  </edges>", " </graph>", "</gexf>")


def _declared(entity: str, columns: Mapping[str, str]) -> Iterator[str]:
    if columns:
        yield f'  <attributes class="{entity}" mode="static">'
        for name, kind in columns.items():
            word = attribute(name)
            yield f'   <attribute id={word} title={word} type="{kind}"/>'
        yield "  </attributes>"


class _Columns:
    """Writes the values of rows.

    Columns with few different values are written together: what they amount to is remembered.

    Args:
        types: type of each column, by name.
    """

    def __init__(self, types: Mapping[str, str]) -> None:
        declared = {
            name: (kind, f"<attvalue for={attribute(name)} value=") for name, kind in types.items()
        }
        self.few = [name for name in declared if name in _OF_FEW_VALUES]
        self.many = [(name, *declared[name]) for name in declared if name not in _OF_FEW_VALUES]
        few = [(name, *declared[name]) for name in self.few]

        @lru_cache(maxsize=4096, typed=True)
        def together(*values: object) -> str:
            return "".join(_values(few, dict(zip(self.few, values, strict=True))))

        self.together = together

    def of(self, row: Row) -> str:
        """Return the element with the values of a row; nothing if there is none."""
        found = self.together(*map(row.get, self.few)) + "".join(_values(self.many, row))
        return f"<attvalues>{found}</attvalues>" if found else ""


def _values(columns: Iterable[tuple[str, str, str]], row: Row) -> list[str]:
    found = []
    for name, kind, opening in columns:
        value = row.get(name)
        if value.__class__ is str:
            if value:
                found.append(opening + repeated(value) + "/>")
        elif value is not None and value != []:
            found.append(opening + attribute(value_as_text(value, kind)) + "/>")
    return found


def _nodes(
    network: nx.MultiDiGraph[str], columns: _Columns, looks: _Looks, time: Time
) -> Iterator[str]:
    for node in sorted(network):
        data = network.nodes[node]
        label = attribute(str(data.get("label", node)))
        look = looks.of(node, str(data.get("class", "")), network.degree(node))
        when = _spells(_present(network, node, time))
        inside = f"{columns.of(data)}{when}{look}"
        yield f"   <node id={attribute(node)} label={label}>{inside}</node>"


def _present(network: nx.MultiDiGraph[str], node: str, time: Time) -> tuple[Spell, ...]:
    """Return when a node has ties, so that it leaves a timeline with the last of them."""
    ties = chain(network.out_edges(node, data=True), network.in_edges(node, data=True))
    return spells(when for *_, data in ties for when in periods(data, time))


def _edge(edge: Edge, columns: _Columns) -> str:
    name = attribute(f"{edge.source} {edge.predicate} {edge.target}")
    ends = f"source={repeated(edge.source)} target={repeated(edge.target)}"
    words = f"kind={repeated(edge.predicate)} label={repeated(edge.label)}"
    weight = number(edge.columns.get("weight", len(edge.statements)))
    inside = columns.of(edge.columns) + _spells(edge.spells)
    sign, status = edge.columns.get("sign", 0), str(edge.columns.get("status", ""))
    look = _line(status, sign_style(sign).colour.light)
    return f'   <edge id={name} {ends} {words} weight="{weight}">{inside}{look}</edge>'


@cache
def _line(statuses: str, colour: str) -> str:
    """Return how an edge looks: as sure as the last, and so least sure, of its statuses.

    The standard knows solid, dashed and dotted lines; Gephi shows colours alone.
    """
    least = statuses.rpartition(SEPARATOR)[2] or STATUSES[0].name
    style = status_style(least)
    paleness = _PALER * STATUSES.index(style)
    shape = "dotted" if style.dashes and style.dashes[0] <= style.width else "dashed"
    return (
        _colour(colour, 1.0 - paleness)
        + f'<viz:thickness value="{"1" if style.dashes else "2"}.0"/>'
        + f'<viz:shape value="{shape if style.dashes else "solid"}"/>'
    )


@lru_cache(maxsize=65536)
def _spells(spells: tuple[tuple[str, str], ...]) -> str:
    found = ""
    for begin, end in spells:
        start = f' start="{begin}"' if begin else ""
        stop = f' end="{end}"' if end else ""
        found += f"<spell{start}{stop}/>"
    return f"<spells>{found}</spells>" if found else ""


@cache
def _colour(colour: str, alpha: float = 1.0) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    pale = f' a="{number(alpha)}"' if alpha < 1.0 else ""
    return f'<viz:color r="{red}" g="{green}" b="{blue}"{pale}/>'
