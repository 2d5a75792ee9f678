"""What is only a condition or an option of a statement: it is named there, and nobody claims it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import UsageError, suggestion
from ..reader import fields
from . import blocks
from .faults import Faults

if TYPE_CHECKING:
    from .authored import Authored
    from .editing import Edit
    from .things import Details

_KEYS = {"condition_of": "if", "option_of": "one_of"}
"""Of each detail the key of the statement that names what is supposed."""
SUPPOSED = tuple(_KEYS)
"""The details that say of what a thing or part is only a condition or an option."""
_MADE = {
    "event": ".occurred",
    "agreement": ".concluded",
    "clause": ".agreed",
    "stage": "",
    "fulfilment": "",
}
"""What follows on the id of something in that of the statement that there is such a thing."""
NO_CLAIM = (
    "or, if it is only a condition or an option of a statement, name that: --condition-of ID or "
    "--option-of ID, in a short line condition-of=ID or option-of=ID"
)


def is_supposed(more: Details) -> bool:
    """Return whether something is only a condition or an option, and so needs no claim."""
    return any(getattr(more, detail) for detail in _KEYS)


def name_in_statements(edit: Edit, case: Authored, sort: str, own: str, more: Details) -> None:
    """Write what was added into the statements that hold on it, or have it as an option.

    Args:
        edit: the change of the case.
        case: the case's files.
        sort: what was added: event, agreement, clause, stage or fulfilment.
        own: its id.
        more: tells the statements.

    Raises:
        UsageError: there is no such statement.
    """
    faults = Faults()
    for detail, key in _KEYS.items():
        for name in getattr(more, detail):
            faults.attempt(_put, edit, case, name, (key, own + _MADE[sort]))
    faults.refuse()


def _put(edit: Edit, case: Authored, name: str, named: tuple[str, str]) -> None:
    known = {one.name: one for one in case.statements}
    if name not in known:
        raise UsageError(
            f'there is no statement "{name}" in this case'
            f"{suggestion(name, known) or '; say it first: hudna say'}"
        )
    key, own = named
    entry = known[name]
    listed = [*fields.listed(entry.table.get(key, [])), own]
    text = edit.read(entry.file).replace("\r\n", "\n")
    edit.write(entry.file, blocks.with_keys(text, entry.path, {key: listed}))
    entry.table[key] = listed
