"""Keeping a question with the answer that it has now, so that later builds are tested on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import UsageError
from ..query.days import named_answer
from ..query.results import QUESTIONS_FILE, StoredQuestion, answered, stored_questions
from . import blocks
from .editing import editing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ..query.named import Query
    from ..read.select import Graph


def store_question(
    folder: Path, name: str, question: str, query: Query, params: Mapping[str, str], graph: Graph
) -> tuple[str, int]:
    """Write a question into the file of the stored questions of a case, with its present answer.

    Args:
        folder: the case's folder.
        name: the id that it gets.
        question: the question in words.
        query: the named query that answers it.
        params: values of its parameters.
        graph: where it is asked.

    Returns:
        The file below the case's folder, and how many rows the answer has.

    Raises:
        UsageError: a question has the id, or the answer is empty.
        InputOutputError: the file cannot be read or written.
    """
    file = f"answers/{QUESTIONS_FILE}"
    if name in stored_questions(folder / "answers"):
        raise UsageError(f'{file} has a question "{name}"; choose another id, or change it there')
    columns = tuple(named_answer(query, params, graph).columns)
    asked = StoredQuestion(name, question, query.name, dict(params), columns, False, ())
    rows = [list(row) for row in answered(asked, {query.name: query}, graph).found]
    keys = {
        "id": name,
        "question": question,
        "query": query.name,
        "params": dict(params) or None,
        "columns": list(columns),
    }
    block = blocks.table(keys, "[[question]]") + blocks.table({"answer": rows})
    with editing(folder) as edit:
        edit.append(file, block if rows else f"{block}answer = []\n")
    return file, len(rows)
