"""``hudna test``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ..errors.counting import counted, plural
from . import options
from .completion import completes
from .pipeline import without_cycles
from .printing import say_folded, write_json

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from ..query.results import Answered
    from ..read.select import Graph

_MOST_ROWS = 10


@click.command(
    "test",
    epilog="\b\nExample of answers/questions.toml; its keys: hudna schemas answers\n"
    "  [[question]]\n"
    '  id = "q31"\n'
    '  question = "Who led the guard in March 2016?"\n'
    '  query = "roles"\n'
    '  params = { role = "leads", on = "2016-03-15" }\n'
    '  columns = ["holder"]\n'
    '  answer = [["jane-doe"]]\n\n'
    "Example: hudna test q31",
)
@click.argument(
    "names", nargs=-1, metavar="[QUESTION]...", shell_complete=completes("stored question")
)
@options.case
@options.data
@options.public
@options.form
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but wrong answers.")
@click.pass_context
def command(
    ctx: click.Context,
    names: tuple[str, ...],
    case: str,
    data: Path,
    public: Path,
    form: str,
    quiet: bool,
) -> None:
    """Ask the questions whose answers a case stores, and show each wrong answer.

    They stand in answers/questions.toml of the case, as in the example below. All are asked, or
    those that are named by their ids. The last build is asked; where there is none, the files as
    they are.
    Exits with 1 if an answer is wrong or a question cannot be asked.
    """
    from ..query.results import stored_answers

    with without_cycles():
        graph, shown, where = _graph(case, data, public)
        answers = stored_answers(data / case / "answers", graph, names, shown=shown)
    wrong = [one for one in answers if not one.right]
    if form == "json":
        write_json([_as_dict(one) for one in answers])
    else:
        for one in wrong:
            _say_wrong(one)
        if not quiet:
            say_folded(_summary(case, answers, wrong, where))
    if wrong:
        ctx.exit(1)


def _graph(case: str, data: Path, public: Path) -> tuple[Graph, Collection[str] | None, str]:
    """Return the graph that is asked, what may be asked if not all may be, and what it is."""
    from ..build import recipe
    from ..build.steps import Naming
    from ..errors import NotBuilt
    from ..model import vocabulary
    from ..query import Graph
    from .cases import opened
    from .privacy import private_asked

    try:
        built = opened(case, public, data)
        return built.graph, built.shown, "the last build"
    except NotBuilt:
        files = (data / case, vocabulary.load(), lambda _step: None)
        if private_asked():
            return Graph(recipe.judged(*files)[1], case), None, "the files, as nothing is built"
        made = recipe.public_part(*files, naming=Naming.for_a_check())
        return Graph(made.graph, case), made.asked, "the files, as nothing is built"


def _summary(case: str, answers: Sequence[object], wrong: Sequence[object], where: str) -> str:
    if not answers:
        return (f"{case}: no question is stored; write one into answers/questions.toml, "
                "as hudna test --help shows")  # fmt: skip
    right = len(answers) - len(wrong)
    are = plural(right, "is", "are")
    return f"{case}: {right} of {counted(len(answers), 'stored answer')} {are} right ({where})"


def _say_wrong(one: Answered) -> None:
    asked = one.asked
    say_folded(f"{asked.id}: {asked.question}")
    if one.error:
        say_folded(f"  cannot be asked: {one.error}")
        return
    if not one.missing and not one.surplus:
        say_folded("  the rows are right, their order is not")
        _say_rows("expected", one.expected)
        _say_rows("got", one.found)
        return
    say_folded(f"  {', '.join(asked.columns)}: {counted(len(one.expected), 'row')} expected, "
               f"{len(one.found)} got")  # fmt: skip
    _say_rows("expected, not got", one.missing)
    _say_rows("got, not expected", one.surplus)


def _say_rows(what: str, rows: Sequence[Sequence[str]]) -> None:
    for row in rows[:_MOST_ROWS]:
        told = ", ".join(cell or "(nothing)" for cell in row)
        say_folded(f"  {what}: {told}", indent=6)
    if len(rows) > _MOST_ROWS:
        say_folded(f"  {what}: {len(rows) - _MOST_ROWS} more")


def _as_dict(one: Answered) -> dict[str, Any]:
    return {
        "id": one.asked.id,
        "question": one.asked.question,
        "right": one.right,
        "columns": one.asked.columns,
        "expected": one.expected,
        "got": one.found,
        "error": one.error,
    }
