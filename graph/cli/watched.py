"""``hudna check --watch``: what is told of each check."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from .pipeline import without_cycles
from .printing import say_folded, visible_json, write
from .privacy import private_asked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from ..errors import Problem
    from ..model import Case
    from ..model.vocabulary import Vocabulary

_MOST = 9
"""So many problems are told of one check; the others are counted."""


class _Checked(NamedTuple):
    """What one check found: the case if it is right, or what is wrong with it, and how much."""

    case: Case | None
    told: str
    problems: Sequence[Problem]
    number: int


def counted(case: Case, *, hints: bool = False) -> str:
    """Return what is told of a case without problems.

    Args:
        case: what was read.
        hints: whether its hints are told, too.
    """
    from ..errors.counting import counted as number_of

    things, statements = len(case.things), len(case.statements)
    counts = f"{number_of(things, 'thing')} and {number_of(statements, 'statement')}"
    number = len(case.hints)
    more = f"; {number_of(number, 'hint')}" if number else ""
    more += ", with --hints" if number and not hints else ""
    return f"{case.id}: {counts}, no problem found{more}"


def watched(folder: Path, form: str, read: Mapping[str, Any], *, hints: bool, quiet: bool) -> None:
    """Check a case at once and after each change of its files, until the user ends it.

    Args:
        folder: the case's folder.
        form: ``text``, or ``json`` for an object a line.
        read: how the case is read: ``today``, ``apart`` and ``naming`` of ``judging.public_check``.
        hints: whether hints are told too.
        quiet: whether only what is wrong is told.

    Raises:
        InputOutputError: there is no such case.
    """
    from ..authoring.watching import changes
    from ..model import vocabulary
    from ..model.folders import refuse_no_case

    refuse_no_case(folder)
    with suppress(KeyboardInterrupt):
        ontology = vocabulary.load()
        for _ in changes(folder):
            found = _checked(folder, ontology, read, private=private_asked())
            if form == "json":
                _write(found, hints=hints)
            else:
                _say(found, hints=hints, quiet=quiet)


def _checked(
    folder: Path, ontology: Vocabulary, read: Mapping[str, Any], *, private: bool
) -> _Checked:
    from ..build import judging
    from ..errors import DataProblems, HudnaError, Problem

    try:
        with without_cycles():
            found, whole = judging.public_check(
                folder, ontology, lambda _step: None, tell=private, **read
            )
            case = whole if private else found
    except DataProblems as error:
        return _Checked(None, str(error), error.problems, error.count)
    except HudnaError as error:  # such as a file that has gone meanwhile
        place = folder.as_posix()
        problem = Problem(place, 0, "", str(error).removeprefix(f"{place}: "))
        return _Checked(None, "cannot be checked", [problem], 1)
    return _Checked(case, counted(case), (), 0)


def _now() -> str:
    return time.strftime("%H:%M:%S")


def _say(found: _Checked, *, hints: bool, quiet: bool) -> None:
    listed = found.case.hints if hints and found.case else found.problems
    most = found.number or len(listed)
    for one in listed[:_MOST]:
        say_folded(str(one))
    if len(listed) > _MOST:
        say_folded(f'and {most - _MOST} more, which "hudna check" tells without --watch')
    if listed or not quiet:
        say_folded(f"{_now()}  {found.told}")


def _write(found: _Checked, *, hints: bool) -> None:
    case = found.case
    line = {
        "time": _now(),
        "things": case and len(case.things),
        "statements": case and len(case.statements),
        "problems": [one._asdict() for one in found.problems],
        "hints": [one._asdict() for one in case.hints] if hints and case else [],
    }
    write(visible_json(json.dumps(line, ensure_ascii=False)) + "\n")
