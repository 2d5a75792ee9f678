"""Whether a case says a thing already: the statement that is meant, and what it still lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import UsageError
from ..model import Clause
from ..model.terms import spaced
from ..reader import fields
from ..reader.defaults import DATE_KEYS
from .claims import holds
from .keyed import known_keys
from .slugs import free, slug_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from .authored import Authored, StatementTable
    from .sayings import Said

_LONGEST_ID = 60
_TIMES = ("when", "begins", "ends")
_REMARKS = ("question", "note", *(key for key in DATE_KEYS if key not in _TIMES))
"""Keys that leave what is said as it is: a statement may get them whoever makes it."""
_NARROWING = ("place", "scope", "extent", "channel", "via", "under", "if", "one_of", "motive")
"""With one of these a statement says something else than its three parts and date alone."""


class There(NamedTuple):
    """A statement that is there.

    Attributes:
        entry: as it is written.
        more: the keys that it gets beside, each with its value.
    """

    entry: StatementTable
    more: Mapping[str, Any]


def there_already(
    said: Said,
    keys: Mapping[str, Any],
    claims: Callable[[str], Sequence[Mapping[str, Any]]],
    case: Authored,
    where: Callable[[StatementTable], str],
) -> There | None:
    """Return the statement that says the same already, at the same time and as widely.

    What it lacks of the keys it gets, if these are remarks or it has all of the claims already;
    else it is another statement.

    Args:
        said: what is said.
        keys: the qualifiers that are given.
        claims: makes the claims as they would stand in a file.
        case: the case's files.
        where: tells where a statement stands.

    Raises:
        UsageError: one says it of less than the line does, or has another note, or it is that of an
            event or agreement, which has another date.
    """
    given = {key: value for key, value in keys.items() if value not in (None, "", [])}
    given = {key: value for key, value in given.items() if key not in ("id", *_TIMES)}
    found: list[There] = []
    narrower = otherwise = ""
    for entry in case.statements:
        table = entry.table
        if not said.says(table):
            continue
        if not _at_the_same_time(entry, keys, case):
            otherwise = otherwise or _to_date(where(entry), entry, keys.get("when"))
            continue
        if _otherwise(entry, given):
            continue
        less = [key for key in _NARROWING if table.get(key) and key not in given]
        if less and entry.path[0][0] == "statement":
            narrower = narrower or _less(where(entry), table, less)
            continue
        lacks = {key for key in given if key not in table and key not in _REMARKS}
        if not lacks or _all_there(claims(entry.file), entry, case):
            found.append(There(entry, _more(given, table)))
    if found:
        best = min(found, key=lambda one: len(one.more))
        _refuse_other_remarks(best, given, where)
        return best
    if (narrower or otherwise) and "id" not in keys:
        raise UsageError(narrower or otherwise)
    return None


def _otherwise(entry: StatementTable, given: Mapping[str, Any]) -> bool:
    """Return whether a statement has another value of a key, or a clause cannot have the key."""
    table = entry.table
    if entry.path[-1][0] == "clause" and given.keys() - table.keys() - known_keys(Clause).keys():
        return True
    return any(key in table and table[key] != given[key] for key in given.keys() - {*_REMARKS})


def beside(said: Said, keys: Mapping[str, Any], case: Authored) -> tuple[str, str]:
    """Return the first statement with the same three parts, and what tells it from what is said.

    Args:
        said: what is said.
        keys: its qualifiers, which no statement has that is there.
        case: the case's files.

    Returns:
        Its id, and what would have to be written in place of the qualifiers to mean it; both empty
        if there is none.
    """
    for entry in case.statements:
        if said.says(entry.table):
            own = {**_default_date(entry, case), **entry.table}
            unlike = [one for one in (*_TIMES, *_NARROWING) if own.get(one) != keys.get(one)]
            without = [one for one in unlike if not own.get(one)]
            told = [f'{one}="{",".join(fields.listed(own[one]))}"' for one in unlike
                    if one not in without]  # fmt: skip
            if without:
                told.append(f"no {' and no '.join(without)}")
            return entry.name, " and ".join(told)
    return "", ""


def short_id(said: Said, taken: Collection[str]) -> str:
    """Return a short id made of the three parts.

    Args:
        said: what is said.
        taken: the ids that are in use.
    """
    end = said.object if said.object is not None else str(said.value)
    start = f"{said.subject}-{spaced(said.predicate).replace(' ', '-')}"
    short = slug_of(f"{start}-{end}", _LONGEST_ID) or slug_of(start, _LONGEST_ID)
    return free(short, taken)


def _default_date(entry: StatementTable, case: Authored) -> Mapping[str, str]:
    dated = any(key in entry.table for key in DATE_KEYS)
    when = case.defaults(entry.file).get("when", "")
    return {"when": when} if when and not dated else {}


def _at_the_same_time(entry: StatementTable, keys: Mapping[str, Any], case: Authored) -> bool:
    table = entry.table
    default = case.defaults(entry.file).get("when", "")
    own: dict[str, Any] = {**dict.fromkeys(_TIMES, ""), **_default_date(entry, case)}
    own |= {key: table[key] for key in _TIMES if key in table}
    told = {key: keys.get(key, "") for key in _TIMES}
    made = entry.path[0][0] != "statement"
    if not any(told.values()):
        if made:
            return True
        told["when"] = "" if any(keys.get(key) for key in DATE_KEYS) else default
    return own == told


def _all_there(claims: Sequence[Mapping[str, Any]], entry: StatementTable, case: Authored) -> bool:
    defaults = case.defaults(entry.file)
    return all(holds(entry.table.get("claims", ()), one, defaults) for one in claims)


def _more(given: Mapping[str, Any], table: Mapping[str, Any]) -> dict[str, Any]:
    more = {key: value for key, value in given.items() if key not in table}
    answered = fields.listed(table.get("question", table.get("answers", [])))
    questions = [one for one in given.get("question", ()) if one not in answered]
    return (
        more | {"question": [*answered, *questions]}
        if questions
        else ({key: value for key, value in more.items() if key != "question"})
    )


def _refuse_other_remarks(
    there: There, given: Mapping[str, Any], where: Callable[[StatementTable], str]
) -> None:
    table = there.entry.table
    for key in _REMARKS:
        if key in given and key != "question" and table.get(key, given[key]) != given[key]:
            raise UsageError(
                f'{where(there.entry)} says so already, with {key} = "{table[key]}"; '
                f"leave {key} out, and change it there"
            )


def _to_date(where: str, entry: StatementTable, when: str | None) -> str:
    """Return how to date what an event or agreement says; empty for what cannot be dated there."""
    if entry.path[-1][0] in ("statement", "clause") or not when:
        return ""
    name, own = entry.table["id"], entry.table.get("when")
    return (
        f"{where} says so {f'of {own}' if own else 'without a date'}, as {name}; to date it: "
        f'hudna set {name} when="{when}", and then say who says so, without the date; '
        "if it is another statement, give it an id with --id"
    )


def _less(where: str, table: Mapping[str, Any], keys: Sequence[str]) -> str:
    """Return that a statement says less by some keys, and how to tell what is meant."""
    told = [f'{key}="{",".join(fields.listed(table[key]))}"' for key in keys]
    return (
        f"{where} says so with {' and '.join(told)}; is it that, write {' '.join(told)} behind "
        "the object; else give another id with --id"
    )
