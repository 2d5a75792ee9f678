"""Queries: named files with parameters, names to things, and what a store answers."""

from ..read.select import Answer, Graph, Table, answer, select, what_is_wrong
from .named import Query, bound, named_queries, parse_query, read_query, with_values
from .parameters import QUERIES, Param, day_of, term, thing, world_of

__all__ = [
    "QUERIES",
    "Answer",
    "Graph",
    "Param",
    "Query",
    "Table",
    "answer",
    "bound",
    "day_of",
    "named_queries",
    "parse_query",
    "read_query",
    "select",
    "term",
    "thing",
    "what_is_wrong",
    "with_values",
    "world_of",
]
