"""Places of the nodes of a drawing: ours, and ForceAtlas2 of NetworkX, on the same made networks.

The networks have planted groups; *purity* is the share of the nearest ten that are of a node's
group, *kept* the share of its neighbours among as many of the nearest, *room* the median distance
to the nearest by the diagonal. NetworkX takes the square of the nodes and is left out above
``--plain-up-to``.

Usage: ``python bench/placing.py [--sizes 250,1600,16000] [--plain-up-to 1600] [--picture FILE]``
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import measuring as m
from measuring import Run

sys.path.append(str(m.PROJECT / "tests"))
import planted

if TYPE_CHECKING:
    import networkx as nx

STEPS = 100
"""Of ForceAtlas2, as NetworkX has them by default."""


def network(size: int) -> nx.MultiDiGraph[str]:
    """Return a network of so many nodes, in 16 groups, or 40 of a large one."""
    groups = 40 if size > 5000 else 16
    return planted.network(size, size * 15 // 8, groups, across=0.12, seed=3)


def ours(size: int) -> Run:
    """Place them as a build does."""
    from graph.viewer.layout import positions

    positions(network(32))  # SciPy is loaded.
    made = network(size)
    with m.timed() as taken:
        found = positions(made)
    return Run(taken[0], m.peak_memory(), planted.points(found, made))


def plain(size: int) -> Run:
    """Place them with NetworkX."""
    import networkx as nx

    made = network(size)
    with m.timed() as taken:
        found = nx.forceatlas2_layout(nx.Graph(made), max_iter=STEPS, seed=7)
    places = {name: (float(x), float(y)) for name, (x, y) in found.items()}
    return Run(taken[0], m.peak_memory(), planted.points(places, made))


def drawn(points: planted.Points, made: nx.MultiDiGraph[str], file: Path) -> None:
    """Write a picture, with a colour for each group."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    colours = [made.nodes[name]["group"] for name in made]
    plt.figure(figsize=(12, 8))
    plt.scatter(points[:, 0], points[:, 1], c=colours, cmap="tab20", s=4000 / len(made) + 2)
    plt.axis("equal")
    plt.savefig(file)


def main() -> None:
    """Measure and print."""
    parser = m.arguments("Measure the layout.", repetitions=3)
    parser.set_defaults(sizes="250,1600,16000")
    parser.add_argument("--plain-up-to", type=int, default=1600)
    parser.add_argument("--picture", type=Path, help="of the largest, in a format of matplotlib")
    given = parser.parse_args()
    rows = []
    for size in m.sizes_of(given.sizes):
        made = network(size)
        variants = {"ours": ours, "networkx": plain}
        if size > given.plain_up_to:
            del variants["networkx"]
        for name, runs in m.taking_turns(variants, given.repetitions, size).items():
            run = m.middle(runs)
            told = (planted.purity(made, run.value), planted.kept(made, run.value))
            rows.append((size, name, run.seconds, *told, planted.room(run.value), run.peak))
            if given.picture and name == "ours":
                drawn(run.value, made, given.picture)
    m.table(["nodes", "by", "s", "purity", "kept", "room", "MB"], rows)
    m.keep("placing", rows)


if __name__ == "__main__":
    main()
