"""Answers of IRIs and days by columns: terms made one by one would cost more than the query."""

from __future__ import annotations

from sys import intern
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ..model import UNKNOWN
from ..model.terms import HUD, XSD

if TYPE_CHECKING:
    from collections.abc import Mapping

_DATE = f"^^<{XSD}date>"


def columns(store: ox.Store, sparql: str, prefixes: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the answer of a query whose columns hold IRIs and days alone, taken apart as one text.

    Args:
        store: the quads.
        sparql: a SELECT query, each column of which has an IRI, a day or nothing in each row.
        prefixes: beginnings of IRIs, each with what is put in its place.

    Returns:
        The columns by name, in their order; ``unknown`` for that term, empty for no value.
    """
    solutions: Any = store.query(sparql)
    answer: str = solutions.serialize(format=ox.QueryResultsFormat.TSV).decode()
    for prefix, short in prefixes.items():
        answer = answer.replace("<" + prefix, "<" + short)
    head, _, rows = answer.replace(f"<{HUD}{UNKNOWN}>", f"<{UNKNOWN}>").partition("\n")
    names = head[1:].split("\t?")
    for sign in (_DATE, "<", ">", '"'):
        rows = rows.replace(sign, "")
    # What many rows name, a voice or a day, is in memory once.
    cells = list(map(intern, rows[:-1].replace("\n", "\t").split("\t"))) if rows else []
    return {name: cells[place :: len(names)] for place, name in enumerate(names)}
