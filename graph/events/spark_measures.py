"""Measures of a network that exceeds one machine, in the DataFrame API of Spark.

They are those of ``graph.analysis.centrality.measures``, by the same names. Each step is written as
Parquet into a folder that all machines of the cluster see, so that what is to be done does not grow
with the steps, and a machine that is lost costs one step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..analysis.centrality.measures import measure
from ..analysis.engines import DAMPING
from ..errors import UsageError, suggestion
from .spark_writing import written

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ..analysis.arrays import Sign

    Frame = Any

_TAKEN: Mapping[Sign, str] = {
    "any": "true", "not-negative": "sign >= 0", "positive": "sign > 0", "negative": "sign < 0"
}  # fmt: skip
_MOST_STEPS = 200
_CLOSE_ENOUGH = 1e-6


class _Kept:
    """Frames that are written and read again, in turns into two folders each."""

    def __init__(self, session: Any, folder: str) -> None:  # noqa: ANN401 - of pyspark
        self.session, self.folder, self.step = session, folder, 0

    def __call__(self, frame: Frame, name: str) -> Frame:
        self.step += 1
        path = f"{self.folder}/{name}-{self.step % 2}"
        if self.step == 1:
            return written(self.session, frame, path)
        frame.write.mode("overwrite").parquet(path)
        return self.session.read.parquet(path)


def measured(
    session: Any,  # noqa: ANN401 - of pyspark
    dyads: Frame,
    name: str,
    folder: str,
    sign: Sign | None = None,
) -> Frame:
    """Return the values of a measure.

    Args:
        session: of pyspark.
        dyads: with source, target, sign and weight.
        name: ``degree``, ``pagerank`` or ``component``.
        folder: where steps are written, and read by all machines of the cluster.
        sign: which dyads count; by default those that the measure takes.

    Returns:
        ``node`` and ``value``, one row for each node of all dyads. PageRank ends with the step
        that changes no more than 1e-6 in all.

    Raises:
        UsageError: there is no such measure, or it does not settle.
        InputOutputError: not all machines of the cluster see the folder.
    """
    if name not in MEASURES:
        hint = suggestion(name, MEASURES) or f"; there are {', '.join(MEASURES)}"
        raise UsageError(f'on a cluster there is no measure "{name}"{hint}')
    keep = _Kept(session, folder)
    ends = dyads.selectExpr("source AS node").union(dyads.selectExpr("target AS node"))
    nodes = keep(ends.distinct(), "nodes")
    taken = dyads.where(_TAKEN[sign or measure(name).sign]).where("weight > 0")
    pairs = taken.groupBy("source", "target").agg({"weight": "sum"})
    pairs = keep(pairs.withColumnRenamed("sum(weight)", "weight"), "pairs")
    return MEASURES[name](nodes, pairs, keep)


def _both_ways(pairs: Frame) -> Frame:
    there = pairs.selectExpr("source AS node", "target AS other")
    return there.union(pairs.selectExpr("target AS node", "source AS other")).distinct()


def _degree(nodes: Frame, pairs: Frame, _keep: _Kept) -> Frame:
    counts = _both_ways(pairs).groupBy("node").count()
    found = nodes.join(counts, "node", "left")
    return found.selectExpr("node", "CAST(coalesce(count, 0) AS DOUBLE) AS value")


def _component(nodes: Frame, pairs: Frame, keep: _Kept) -> Frame:
    """Give each node the least name that reaches it; as many steps as the longest way has ties."""
    joined = keep(_both_ways(pairs), "joined")
    now = keep(nodes.selectExpr("node", "node AS least", "true AS changed"), "least")
    while now.where("changed").limit(1).count():
        near = joined.join(now.selectExpr("node AS other", "least AS theirs"), "other")
        near = near.groupBy("node").agg({"theirs": "min"}).withColumnRenamed("min(theirs)", "near")
        now = now.select("node", "least").join(near, "node", "left")
        lower = "coalesce(near < least, false)"
        now = now.selectExpr("node", f"if({lower}, near, least) AS least", f"{lower} AS changed")
        now = keep(now, "least")
    sizes = now.groupBy("least").count()
    return now.join(sizes, "least").selectExpr("node", "CAST(count AS DOUBLE) AS value")


def _pagerank(nodes: Frame, pairs: Frame, keep: _Kept) -> Frame:
    number = nodes.count()
    out = pairs.groupBy("source").agg({"weight": "sum"}).withColumnRenamed("sum(weight)", "out")
    shares = pairs.join(out, "source").selectExpr(
        "source AS node", "target", "weight / out AS share"
    )
    shares = keep(shares, "shares")
    ending = nodes.join(out.selectExpr("source AS node"), "node", "left_anti")
    ending = keep(ending.selectExpr("node", "true AS ends"), "ending")
    now = keep(nodes.join(ending, "node", "left").selectExpr(
        "node", f"1D / {number} AS value", "coalesce(ends, false) AS ends", "1D AS change"
    ), "rank")  # fmt: skip
    for _ in range(_MOST_STEPS):
        stuck, change = now.selectExpr("sum(if(ends, value, 0D))", "sum(change)").first()
        if change <= _CLOSE_ENOUGH:
            return now.select("node", "value")
        given = shares.join(now.select("node", "value"), "node")
        given = given.selectExpr("target AS node", "share * value AS part").groupBy("node")
        given = given.agg({"part": "sum"}).withColumnRenamed("sum(part)", "given")
        spread = (DAMPING * stuck + 1 - DAMPING) / number
        new = f"{spread!r}D + {DAMPING}D * coalesce(given, 0D)"
        now = keep(now.select("node", "value", "ends").join(given, "node", "left").selectExpr(
            "node", f"{new} AS value", "ends", f"abs({new} - value) AS change"
        ), "rank")  # fmt: skip
    raise UsageError("PageRank does not settle on this network")


MEASURES: Mapping[str, Callable[[Frame, Frame, _Kept], Frame]] = {
    "degree": _degree, "pagerank": _pagerank, "component": _component
}  # fmt: skip
"""What a cluster measures, by the names that measures have elsewhere."""
