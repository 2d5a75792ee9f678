"""Answers of queries: questions that a case stores, passages beside rows, and formats to write."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox

from .citations import citation, claims_on
from .errors import InputOutputError, UsageError
from .query import Table, short, text
from .textfiles import toml_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from .query import Graph, Term

QUESTIONS_FILE = "questions.toml"


class StoredQuestion(NamedTuple):
    """A question that a case is tested on: a query, values for it, and the right answer.

    Attributes:
        id: short id, such as ``q31``.
        question: the question in words.
        query: name of the query that answers it.
        params: values of its parameters.
        columns: the columns that hold the answer.
        ordered: whether the order of the rows belongs to the answer.
        answer: the rows; cells are ids of things, local names of kinds, or text.
    """

    id: str
    question: str
    query: str
    params: dict[str, str]
    columns: tuple[str, ...]
    ordered: bool
    answer: tuple[tuple[str, ...], ...]


def stored_questions(folder: Path) -> Mapping[str, StoredQuestion]:
    """Return the questions of a case by id; none if the case stores none.

    Args:
        folder: the folder ``answers`` of the case.

    Raises:
        InputOutputError: the file with the questions is not as it should be.
    """
    path = folder / QUESTIONS_FILE
    if not path.exists():
        return {}
    try:
        entries = toml_of(path)["question"]
        return {entry["id"]: _stored(entry) for entry in entries}
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise InputOutputError(f"{path.as_posix()}: cannot be used: {error}") from error


def _stored(entry: Mapping[str, Any]) -> StoredQuestion:
    return StoredQuestion(
        id=entry["id"],
        question=entry["question"],
        query=entry["query"],
        params={key: str(value) for key, value in entry.get("params", {}).items()},
        columns=tuple(entry["columns"]),
        ordered=bool(entry.get("ordered", False)),
        answer=tuple(tuple(row) for row in entry["answer"]),
    )


def plain(term: Term | None) -> str:
    """Return a term as stored answers write it: an id, the local name of a kind, or text."""
    if isinstance(term, ox.NamedNode):
        return short(term.value).rpartition(":")[2] if "//" not in short(term.value) else term.value
    return text(term)


def with_passages(table: Table, graph: Graph) -> Table:
    """Return a table with a further column: the passages that the row rests on.

    They are those of the row's claim if the answer has a column ``claim``, else those of all claims
    on the row's statement.

    Args:
        table: an answer with a column ``statement``.
        graph: where the claims are.

    Raises:
        UsageError: the answer has no column ``statement``.
    """
    if "statement" not in table.columns:
        raise UsageError("this query answers with no statements, so it has no sources to add")
    statements = {s for s in table.column("statement") if isinstance(s, ox.NamedNode)}
    key = "claim" if "claim" in table.columns else "statement"
    cited = _passages(statements, graph, key)
    rows = tuple(
        (*row, ox.Literal(cited.get(text(term), "")))
        for row, term in zip(table.rows, table.column(key), strict=True)
    )
    return Table((*table.columns, "sources"), rows)


def _passages(statements: set[ox.NamedNode], graph: Graph, key: str) -> dict[str, str]:
    if not statements:
        return {}
    found: dict[str, dict[str, None]] = {}
    columns = map(claims_on(statements, graph).column, (key, "source", "sentence"))
    for cites, source, sentence in zip(*columns, strict=True):
        found.setdefault(text(cites), {})[citation(source, sentence)] = None
    return {cites: ", ".join(citations) for cites, citations in found.items()}


def as_csv(table: Table, delimiter: str = ",") -> str:
    """Return a table as CSV as SPARQL 1.1 defines it: the plain text of each term."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([text(term) for term in row] for row in table.rows)
    return out.getvalue()


def as_json(table: Table) -> str:
    """Return a table as SPARQL 1.1 query results in JSON."""
    bindings = [
        {
            name: _json_term(term)
            for name, term in zip(table.columns, row, strict=True)
            if term is not None
        }
        for row in table.rows
    ]
    content = {"head": {"vars": list(table.columns)}, "results": {"bindings": bindings}}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _json_term(term: Term) -> dict[str, str]:
    if isinstance(term, ox.Literal):
        found = {"type": "literal", "value": term.value}
        if term.language:
            found["xml:lang"] = term.language
        elif not term.datatype.value.endswith("#string"):
            found["datatype"] = term.datatype.value
        return found
    return {"type": "uri" if isinstance(term, ox.NamedNode) else "bnode", "value": text(term)}
