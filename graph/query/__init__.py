"""Queries: named files with parameters, names to things, and what a store answers."""

from ..read.bad_query import BadQuery
from ..read.former import joined_ids
from ..read.select import Answer, Graph, Table, answer, select
from .lookup import thing, voice_of
from .named import Query, bound, named_queries, parse_query, read_query, with_values
from .parameters import QUERIES, Param, day_of, term

__all__ = [
    "QUERIES",
    "Answer",
    "BadQuery",
    "Graph",
    "Param",
    "Query",
    "Table",
    "answer",
    "bound",
    "day_of",
    "joined_ids",
    "named_queries",
    "parse_query",
    "read_query",
    "select",
    "term",
    "thing",
    "voice_of",
    "with_values",
]
