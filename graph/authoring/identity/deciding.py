"""What people decide: judgements taken from a file of others, and withdrawn ones."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from ... import reader
from ...errors import ChangeRefused, UsageError, suggestion
from ...model import dates, vocabulary
from ...model.dates import DateError
from ...model.sameness import Decided
from ..adding import add_all
from ..faults import LIST
from ..setting import set_keys
from ..things import Details
from ..wanted import Wanted
from . import nomenklatura, sssom
from .tables import table_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from ...model import Case
    from ..adding import AddedThing
    from ..setting import Changed
    from .sssom import ToldPair

_LINES = (".json", ".jsonl", ".ijson")


class Taken(NamedTuple):
    """What became of the decisions of a file.

    Attributes:
        added: the judgements that were written, or would be.
        known: how many are decided so already, or follow from what is.
        over: how many rows were passed over, by why.
    """

    added: Sequence[AddedThing]
    known: int
    over: Mapping[str, int]


def told_by(path: Path, case: Case) -> tuple[list[ToldPair], dict[str, int]] | None:
    """Return the decisions that a file tells on things of a case; ``None`` if it tells none.

    Args:
        path: a table of SSSOM, or lines of nomenklatura; anything else is a list of names.
        case: its records.

    Raises:
        UsageError: it cannot be read.
        UnfitFile: it is too large, no plain file, or not UTF-8.
        InputOutputError: it cannot be read.
    """
    if path.suffix in _LINES:
        return nomenklatura.read(path, case)
    return sssom.read(path, case) if sssom.is_sssom(table_of(path).columns) else None


def take(folder: Path, path: Path, judge: str = "", *, dry_run: bool = False) -> Taken:
    """Add the decisions of a file to a case, each with author, day and reason as it tells them.

    What is decided already is passed over. What contradicts what is decided is refused with all
    else.

    Args:
        folder: the case's folder.
        path: a table of SSSOM, or lines of nomenklatura.
        judge: who answers for those whose author is no actor of the case.
        dry_run: whether nothing is written.

    Raises:
        UsageError: it is no such file, or names an author whom the case does not know.
        ChangeRefused: something is wrong with some; nothing is written.
        DataProblems: the case has problems.
        InputOutputError: a file cannot be read or written.
    """
    case = reader.read(folder, vocabulary.load())
    found = told_by(path, case)
    if found is None:
        raise UsageError(f"{path}: is a list of names, and tells no decisions; see --with")
    every, over = found
    decided = Decided(case.judgements)
    told = {(frozenset((one.left, one.right)), one.judgement): one for one in reversed(every)}
    first = sorted(told.values(), key=lambda one: one.line)
    new = [one for one in first if decided.between(one.left, one.right) != one.judgement]
    actors = {one.id for one in case.things}
    strangers = {one.author for one in new if one.author and one.author not in actors}
    if strangers and not judge:
        known = (
            f"{path}: {min(strangers)} is no actor of {case.id}{suggestion(min(strangers), actors)}"
        )
        raise UsageError(f"{known}; say who answers for it here, with --by")
    wanted = [
        (one.line, Wanted("judgement", one.left, _details(one, path, actors, judge), one.right))
        for one in new
    ]
    try:
        added = add_all(folder, wanted, dry_run=dry_run) if wanted else []
    except ChangeRefused as error:
        here = path.as_posix()
        raise ChangeRefused(
            one._replace(file=here) if one.file == LIST else one for one in error.each
        ) from error
    return Taken(added, len(every) - len(new), over)


def _details(one: ToldPair, path: Path, actors: set[str], judge: str) -> Details:
    who = one.author if one.author in actors else judge
    by = f" Told by {one.author}." if one.author and who != one.author else ""
    reason = one.reason or f"So it stands in {path.name}."
    day = ""
    with suppress(DateError):
        day = dates.day(one.decided).isoformat()
    return Details(
        judgement=one.judgement,
        certainty=one.certainty,
        reason=f"{reason}{by}",
        judge=who,
        decided=day,
        proposed_by=one.proposed_by,
        score=one.score,
    )


def withdraw(folder: Path, name: str, reason: str, day: str, *, dry_run: bool = False) -> Changed:
    """Withdraw a judgement: it stays written, with day and reason, and counts for nothing.

    Args:
        folder: the case's folder.
        name: the id of the judgement.
        reason: why.
        day: the day, as ``2026-03-15``.
        dry_run: whether nothing is written.

    Raises:
        UsageError: there is no such judgement, it is withdrawn already, or no reason is given.
        DataProblems: the case has problems, or would have some.
        InputOutputError: a file cannot be read or written.
    """
    case = reader.read(folder, vocabulary.load())
    judged = {one.id: one for one in case.judgements}
    if name not in judged:
        raise UsageError(f'there is no judgement "{name}" in {case.id}{suggestion(name, judged)}')
    if not judged[name].counts:
        raise UsageError(f"{name} is withdrawn since {judged[name].withdrawn}")
    if not reason:
        raise UsageError("why is it withdrawn? give --reason")
    words = [f"withdrawn={day}", f"withdrawn_reason={reason}"]
    return set_keys(folder, name, words, dry_run=dry_run)
