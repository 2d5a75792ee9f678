"""What the page knows of figures in which voices disagree, as part of each statement among them.

``fig`` has ``among`` (the figures), ``rule``, and as far as there are any ``judge``, ``why``,
``day`` and ``until`` of the rule, ``is`` (the figure that counts), ``low`` and ``high`` of a range.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..model import Disagreement, FigureRule
from ..model.figures import BETWEEN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..read.select import Graph

    Record = dict[str, Any]


def add_figures(graph: Graph, statements: Mapping[str, Record]) -> None:
    """Add to figures in which voices disagree what a rule makes of them.

    Args:
        graph: the judged graph.
        statements: the records of the page, by their ids; they are changed.
    """
    rules = {one.id: one for one in graph.records(FigureRule)}
    for one in sorted(graph.records(Disagreement), key=lambda one: not one.id.endswith(BETWEEN)):
        told: Record = {"among": list(one.among), "rule": one.rule}
        if one.result:
            told["is"] = one.result
        if one.low is not None:
            told |= {"low": one.low, "high": one.high}
        if rule := rules.get(one.figure_rule):
            told |= {"judge": rule.judge, "why": rule.reason, "day": str(rule.decided)}
            told |= {"until": rule.awaits} if rule.awaits else {}
        for name in one.among:
            statements[name]["fig"] = told
