"""Answers of queries: questions that a case stores, passages beside rows, and formats to write."""

from __future__ import annotations

import csv
import io
import json
import re
import warnings
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import HudnaError, InputOutputError, UsageError, suggestion
from ..model import UNATTRIBUTED, Access
from ..model.terms import Literal, as_json_term, iri_of, short, text
from ..model.textfiles import toml_of
from ..read import cited_claims
from ..read.former import cases_of
from ..read.select import Table
from .citations import checked, without_claim
from .days import named_answer
from .named import chosen, named_queries
from .parameters import QUERIES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from ..read.select import Graph, Term
    from .named import Query

QUESTIONS_FILE = "questions.toml"
SOURCES = "sources"
"""The column with the passages that a row rests on."""


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
        access: who may see it, beside what it names; everybody if empty.
        until: the day from which everybody may.
    """

    id: str
    question: str
    query: str
    params: dict[str, str]
    columns: tuple[str, ...]
    ordered: bool
    answer: tuple[tuple[str, ...], ...]
    access: str = ""
    until: str = ""


def asked_as(folder: str, file: str, question: str = "") -> str:
    """Return the name of what a case asks among all of it: ``answers/questions.toml#q31``.

    Args:
        folder: ``answers`` or ``sequences``.
        file: the name of the file.
        question: the id of a stored question.
    """
    return f"{folder}/{file}#{question}" if question else f"{folder}/{file}"


def stored_questions(
    folder: Path, shown: Collection[str] | None = None
) -> Mapping[str, StoredQuestion]:
    """Return the questions of a case by id; none if the case stores none.

    Args:
        folder: the folder ``answers`` of the case.
        shown: names of those that may be seen, as ``asked_as`` gives them; all if ``None``.

    Raises:
        InputOutputError: the file with the questions is not as it should be.
    """
    path = folder / QUESTIONS_FILE
    if not path.exists():
        return {}
    entries = toml_of(path).get("question", [])
    if not (isinstance(entries, list) and all(isinstance(one, dict) for one in entries)):
        raise InputOutputError(f"{path.as_posix()}: write each question under [[question]]")
    found: dict[str, StoredQuestion] = {}
    wrong = []
    for number, entry in enumerate(entries, 1):
        name = str(entry.get("id", f"question {number}"))
        faults = [*_faults(entry), *["the id is taken by another question"] * (name in found)]
        wrong += [f"{name}: {fault}" for fault in faults]
        if not faults:
            found[name] = _stored(entry)
    if wrong:
        raise InputOutputError(f"{path.as_posix()}: {'; '.join(wrong)}")
    if shown is None:
        return found
    kept = (name for name in found if asked_as(folder.name, QUESTIONS_FILE, name) in shown)
    return {name: found[name] for name in kept}


class Answered(NamedTuple):
    """What a stored question is answered with.

    Attributes:
        asked: the question.
        found: the rows in the columns of the answer, each once; sorted if their order says nothing.
        expected: the right ones, likewise.
        error: why it cannot be answered; empty if it can.
    """

    asked: StoredQuestion
    found: tuple[tuple[str, ...], ...] = ()
    expected: tuple[tuple[str, ...], ...] = ()
    error: str = ""

    @property
    def right(self) -> bool:
        """Whether it is answered as it should be."""
        return not self.error and self.found == self.expected

    @property
    def missing(self) -> tuple[tuple[str, ...], ...]:
        """The rows that should be there and are not."""
        return tuple(row for row in self.expected if row not in self.found)

    @property
    def surplus(self) -> tuple[tuple[str, ...], ...]:
        """The rows that are there and should not be."""
        return tuple(row for row in self.found if row not in self.expected)


def stored_answers(
    folder: Path,
    graph: Graph,
    names: Sequence[str] = (),
    ids: Mapping[str, str] | None = None,
    shown: Collection[str] | None = None,
) -> list[Answered]:
    """Return what the stored questions of a case are answered with, in their order.

    Args:
        folder: the folder ``answers`` of the case.
        graph: where they are asked.
        names: the ids of those that are wanted; all if empty.
        ids: what stands in the place of some ids, where the graph calls records otherwise.
        shown: names of those that may be seen; all if ``None``.

    Raises:
        UsageError: there is no question of a name, or a query of the case cannot be used.
        InputOutputError: the file with the questions is not as it should be.
    """
    stored = stored_questions(folder, shown)
    for name in names:
        if name not in stored:
            raise UsageError(f'no question "{name}" is stored in {folder.as_posix()}/'
                             f"{QUESTIONS_FILE}{suggestion(name, stored)}")  # fmt: skip
    checked(named_queries([folder], shown))
    queries = named_queries([QUERIES, folder], shown)
    wanted = dict.fromkeys(names) if names else stored
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what a value is taken for is told where one is typed
        return [answered(_asking(stored[name], ids or {}), queries, graph) for name in wanted]


def answered(asked: StoredQuestion, queries: Mapping[str, Query], graph: Graph) -> Answered:
    """Return what a stored question is answered with.

    Args:
        asked: the question.
        queries: the named queries, with those of the case.
        graph: where it is asked.
    """
    try:
        table = named_answer(chosen(asked.query, queries), asked.params, graph)
        absent = [name for name in asked.columns if name not in table.columns]
        if absent:
            raise UsageError(f'{asked.query} has no column "{absent[0]}"'
                             f"{suggestion(absent[0], table.columns)}")  # fmt: skip
    except HudnaError as error:
        return Answered(asked, expected=asked.answer, error=str(error))
    right = _each_once([graph.local(cell) for cell in row] for row in asked.answer)
    alike = any(UNATTRIBUTED in row for row in right)
    columns = [[_plain(cell, graph) for cell in table.column(name)] for name in asked.columns]
    found = _each_once([_told_alike(cell) if alike else cell for cell in row]
                       for row in zip(*columns, strict=True))  # fmt: skip
    if asked.ordered:
        return Answered(asked, found, right)
    return Answered(asked, tuple(sorted(found)), tuple(sorted(right)))


def _each_once(rows: Iterable[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(dict.fromkeys(map(tuple, rows)))


def _told_alike(cell: str) -> str:
    """Return any hearsay as such, for an answer that does not tell which it is."""
    return UNATTRIBUTED if cell.startswith(f"{UNATTRIBUTED}/") else cell


def _plain(term: Term | None, graph: Graph) -> str:
    """Return a cell as stored answers have it: an id, the local name of a kind or term, or text.

    That of hearsay is ``unattributed/`` and the id of the claim.
    """
    if not (iri := iri_of(term)):
        return text(term)
    name = short(iri)
    return graph.local(iri) if "//" in name else name.rpartition(":")[2]


def _asking(asked: StoredQuestion, ids: Mapping[str, str]) -> StoredQuestion:
    return asked._replace(params={key: ids.get(one, one) for key, one in asked.params.items()})


def _stored(entry: Mapping[str, Any]) -> StoredQuestion:
    return StoredQuestion(
        id=entry["id"],
        question=entry["question"],
        query=entry["query"],
        params={key: str(value) for key, value in entry.get("params", {}).items()},
        columns=tuple(entry["columns"]),
        ordered=bool(entry.get("ordered", False)),
        answer=tuple(tuple(map(_cell, row)) for row in entry["answer"]),
        access=entry.get("access", ""),
        until=entry.get("until", ""),
    )


def _faults(entry: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a question as it is stored."""
    texts = {"id": str, "question": str, "query": str, "columns": list, "answer": list}
    for key, kind in texts.items():
        if not isinstance(entry.get(key), kind):
            yield f"{key} is missing, or no {'list' if kind is list else 'text'}"
    if not isinstance(entry.get("params", {}), dict):
        yield "params is no table; write params = { actor = ... }"
    if not (entry.get("access", "") == "" or entry["access"] in list(Access)):
        yield f"access is none of {', '.join(Access)}"
    if not isinstance(entry.get("until", ""), str):
        yield 'until is no day; write it as until = "2027-05-01"'
    columns, rows = entry.get("columns"), entry.get("answer")
    if not (isinstance(columns, list) and isinstance(rows, list)):
        return
    if not columns or not all(isinstance(one, str) for one in columns):
        yield "columns has what is no name of a column, or nothing"
    if any(not isinstance(row, list) or len(row) != len(columns) for row in rows):
        yield f"answer has a row that is no list of {len(columns)}, one for each column"
    elif any(isinstance(cell, list | dict) for row in rows for cell in row):
        yield "answer has a cell that is no text and no number"


def _cell(value: object) -> str:
    """Return a cell of a stored answer as the text that a graph has for it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def with_passages(table: Table, graph: Graph, sparql: str = "") -> Table:
    """Return a table with a further column: the passages that the row rests on.

    They are those of the claims that the row names in columns ``claim``, ``claim2`` and so on; a
    row that names none has those of all claims on its statements, in ``statement``, ``statement1``
    and so on. Between the passages of two claims or statements stands a semicolon.

    Args:
        table: an answer with at least one of these columns.
        graph: where the claims are.
        sparql: the query, by which it is known whether a column names a voice.

    Raises:
        UsageError: the answer has none of these columns; or its rows name a voice or a stance and
            not the claim, so that they would cite the sentences of other voices.
    """
    claims, statements = (
        [name for name in table.columns if re.fullmatch(rf"{kind}[0-9]*", name)]
        for kind in ("claim", "statement")
    )
    if not claims and not statements:
        raise UsageError(
            "this query answers with no statements, so it has no sources to add; "
            "they are found by a column ?statement or ?claim"
        )
    if lacking := without_claim(sparql):
        raise UsageError(lacking)
    cited = {
        graph.node(name).value: ", ".join(cites)
        for name, cites in _passages(graph, *_ids(graph, table, claims, statements)).items()
    }
    places = [[table.columns.index(name) for name in kind] for kind in (claims, statements)]
    return table.beside(SOURCES, (_cited(row, places, cited) for row in table.rows))


def with_cases(table: Table, graph: Graph) -> Table:
    """Return an answer of several cases with a first column ``case``: those that a row is of.

    They are those of its statements and claims; where it has none, those of its things, of which
    one that is of several cases tells only if there is no other.

    Args:
        table: the answer; of one case it is returned as it is, and where it has such a column.
        graph: where the things are.
    """
    if not graph.names.several or "case" in table.columns:
        return table
    said = {i for i, name in enumerate(table.columns)
            if re.fullmatch(r"(statement|claim)[0-9]*", name)}  # fmt: skip
    cells = []
    for row in table.rows:
        cases = [(i, cases_of(graph, graph.local(iri_of(term)))) for i, term in enumerate(row)]
        told = [of for i, of in cases if i in said and of]
        told = told or [of for _, of in cases if len(of) == 1] or [of for _, of in cases]
        cells.append(", ".join(sorted({one for of in told for one in of})))
    rows = zip(map(Literal, cells), table.rows, strict=True)
    return Table(("case", *table.columns), tuple((cell, *row) for cell, row in rows))


def _ids(graph: Graph, table: Table, *kinds: Sequence[str]) -> Iterator[set[str]]:
    """Yield the ids in the columns of each kind of things."""
    for columns in kinds:
        terms = {iri_of(term) for name in columns for term in table.column(name)}
        yield {graph.local(term) for term in terms if term}


def _cited(
    row: Sequence[Term | None], places: Sequence[Sequence[int]], cited: Mapping[str, str]
) -> str:
    """Return the passages of the first kind of things of which the row has one."""
    for kind in places:
        named = [text(row[place]) for place in kind if row[place] is not None]
        if named:
            return "; ".join(dict.fromkeys(cited[one] for one in named if one in cited))
    return ""


def _passages(graph: Graph, claims: set[str], statements: set[str]) -> dict[str, dict[str, None]]:
    """Return the sentences that each claim cites, and those of all claims on each statement."""
    found: dict[str, dict[str, None]] = {}
    for statement in statements | {graph.claim(name).statement for name in claims}:
        for claim in cited_claims(graph, statement):
            for name in (statement, claim.claim):
                found.setdefault(name, {}).update(dict.fromkeys(claim.passages))
    return found


def as_csv(table: Table) -> str:
    """Return a table as CSV as SPARQL 1.1 defines it: the plain text of each term."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([text(term) for term in row] for row in table.rows)
    return out.getvalue()


def as_json(table: Table | bool) -> str:
    """Return a table or a truth value as SPARQL 1.1 query results in JSON."""
    if isinstance(table, bool):
        return json.dumps({"head": {}, "boolean": table}, indent=1) + "\n"
    bindings = [
        {
            name: as_json_term(term)
            for name, term in zip(table.columns, row, strict=True)
            if term is not None
        }
        for row in table.rows
    ]
    content = {"head": {"vars": list(table.columns)}, "results": {"bindings": bindings}}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
