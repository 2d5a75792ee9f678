"""Judgements as nomenklatura keeps them: one JSON list a line, written, and read back.

A line is ``[target, source, judgement, score, user, created_at]``. The ids are those that our
export to FollowTheMoney gives, so that its resolver fits what was exported.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ...errors import UsageError
from ...export.ftm_records import identifier
from ...model.sameness import DIFFERENT, SAME, UNSURE
from ...model.textfiles import text_of
from .sssom import Locals, ToldPair
from .tables import MOST_BYTES

if TYPE_CHECKING:
    from pathlib import Path

    from ...model import Case

WORDS = {SAME: "positive", DIFFERENT: "negative", UNSURE: "unsure"}
_OURS = {theirs: ours for ours, theirs in WORDS.items()}
_UNDECIDED = "no_judgement"
_LENGTH = 6


def written(case: Case) -> str:
    """Return the judgements of a case that count, a line each.

    Args:
        case: its records.

    Raises:
        UsageError: an id is too long for FollowTheMoney.
    """
    lines = []
    for one in case.judgements:
        if one.counts:
            target, source = sorted((_id(side, case) for side in one.sides), reverse=True)
            day = f"{one.decided.isoformat()}T00:00:00" if one.decided else None
            user = one.judge or case.editor
            lines.append([target, source, WORDS[one.judgement], one.score, user, day])
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in sorted(lines, key=str))


def _id(side: str, case: Case) -> str:
    """Return the id of an entity: of Wikidata as it is there."""
    scheme, colon, value = side.partition(":")
    return identifier(case.id, side) if not colon else value if scheme == "wikidata" else side


def read(path: Path, case: Case) -> tuple[list[ToldPair], dict[str, int]]:
    """Return the decisions that a resolver file tells on things of a case.

    Args:
        path: the file.
        case: the records of the case.

    Returns:
        The decisions, and how many lines were passed over, by why.

    Raises:
        UsageError: a line is none of such a file.
        UnfitFile: it is too large, no plain file, or not UTF-8.
        InputOutputError: it cannot be read.
    """
    local = Locals(case, {})
    ours = {identifier(case.id, one.id): one.id for one in case.things}
    found: list[ToldPair] = []
    over: dict[str, int] = {}
    for number, line in enumerate(text_of(path, MOST_BYTES).splitlines(), 1):
        if not line.strip():
            continue
        values = _values(line, f"{path}:{number}")
        names = (ours.get(name, f"wikidata:{name}" if _is_wikidata(name) else name)
                 for name in values[:2])  # fmt: skip
        sides = local.sides(*names)
        how = _OURS.get(values[2], "")
        if sides is None or not how:
            why = "on what is not in this case" if how else "without a judgement"
            over[why] = over.get(why, 0) + 1
            continue
        score = values[3] if isinstance(values[3], int | float) else None
        day = str(values[5] or "")[:10]
        found.append(ToldPair(*sides, how, author=str(values[4] or ""), decided=day, score=score,
                          proposed_by="nomenklatura" if score is not None else "",
                          line=number))  # fmt: skip
    return found, over


def _values(line: str, where: str) -> list[Any]:
    try:
        values = json.loads(line)
    except ValueError:
        values = None
    fits = isinstance(values, list) and len(values) == _LENGTH
    if not fits or not all(isinstance(one, str) for one in values[:3]):
        right = "[target, source, judgement, score, user, created_at]"
        raise UsageError(f"{where}: is no line of nomenklatura; each is {right}")
    if values[2] not in (*_OURS, _UNDECIDED):
        raise UsageError(f'{where}: "{values[2]}" is no judgement; known are '
                         f"{', '.join((*_OURS, _UNDECIDED))}")  # fmt: skip
    return list(values)


def _is_wikidata(name: str) -> bool:
    return name[:1] == "Q" and name[1:].isdigit()
