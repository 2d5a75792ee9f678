"""Checks of single values in authored files, and of a table against the keys that it may have."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from ..errors import suggestion
from ..model import Access, Form, dates, specs
from ..model.fields import OF_ALL_RECORDS
from ..model.lexicon import see
from ..model.terms import refused_language
from .value_checks import ValueCheck as Check
from .value_checks import is_control, told_as, unfit_sign, whole
from .value_checks import kind_of as _kind
from .value_checks import quoted as _shown

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from ..model import FieldSpec, Origin
    from .problems import Message, ProblemReport

    Hint = Callable[[str, Collection[str]], str]

SLUG = re.compile(r"[a-z0-9]+(?:-+[a-z0-9]+)*")
CLAUSE_ID = re.compile(r"[a-z0-9]+(?:-+[a-z0-9]+)*\.c[0-9]+")
SENTENCE = re.compile(r"[0-9]+\.[0-9]+")
PASSAGE = re.compile(r"([a-z0-9]+(?:-+[a-z0-9]+)*)#([0-9]+\.[0-9]+)")
CUE = re.compile(r"([a-z0-9]+(?:-+[a-z0-9]+)*)#([0-9]+\.[0-9]+):([0-9]{1,9})-([0-9]{1,9})")
_LISTED = 35
"""So many names are told where none is near."""
_MOST = 10**15
"""Numbers are smaller than this, so that every reader of the graph holds them exactly."""
_SHA256 = re.compile(r"[0-9a-f]{64}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_LIKE_EDTF = "^[^A-SU-WYa-su-z]+$"
"""Dates have no letters but T, t and X; the rest is for ``dates.parse`` to say."""


@dataclass(frozen=True, slots=True)
class Field:
    """What a key may hold: a check of its value, whether it must be there, its old names.

    ``about`` is what it says, or the IRI of the term whose definition says so.
    """

    check: Check
    required: bool = False
    old_keys: tuple[str, ...] = ()
    about: str = ""


def checked(
    table: Mapping[str, Any],
    schema: Mapping[str, Field],
    origin: Origin,
    report: ProblemReport,
    within: str = "",
) -> dict[str, Any]:
    """Return the values of a table that are right, and report what is wrong with the others.

    Args:
        table: the table as parsed from TOML.
        schema: the keys that the table may have.
        origin: where the table stands.
        report: takes the problems.
        within: the key under which the table stands, if it is one inside an entry.
    """
    table = renamed(table, schema, origin, report)
    if "until" in table or table.get("access", Access.PUBLIC) != Access.PUBLIC:
        report.kept_back.add((origin.file, origin.path))
    for key in table:
        if key not in schema:
            report(origin, key, partial(_unknown_key, key, schema))
            if get_close_matches(key[:20].lower(), OF_ALL_RECORDS, cutoff=0.75):
                report.kept_back.add((origin.file, origin.path))
    for key, field in schema.items():
        if field.required and key not in table:
            report(origin, within, f'the key "{key}" is missing')
    good: dict[str, Any] = {}
    for key, field in schema.items():
        if key in table:
            wrong = field.check(table[key])
            if wrong is None:
                good[key] = table[key]
            else:
                report(origin, key, wrong)
    return good


def renamed(
    table: Mapping[str, Any], schema: Mapping[str, Field], origin: Origin, report: ProblemReport
) -> Mapping[str, Any]:
    """Return a table with the present names of keys that have changed, and report the old ones.

    Args:
        table: the entry as TOML has it.
        schema: the fields that the entry may have.
        origin: the file and the entry that the table is from, for messages.
        report: where the old keys are told.
    """
    unknown = table.keys() - schema.keys()
    if not unknown:
        return table
    old = {
        former: key
        for key, field in schema.items()
        for former in field.old_keys
        if former in unknown
    }
    for former, key in old.items():
        report.renamed.setdefault((former, key), []).append(origin)
        if key in table:
            report(origin, former, f'"{former}" is now "{key}", which stands there too; keep one')
    kept = {key: value for key, value in table.items() if key not in old}
    return {**{key: table[former] for former, key in old.items()}, **kept} if old else table


def values(record: type, good: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of the declared fields of a record, by the names of the fields.

    Args:
        record: a class of records.
        good: the authored values, as ``checked`` returns them. Names, identifiers and passages,
            which need more than a check, are left out.
    """
    known = _authored(record)
    return {
        known[key].name: _value(known[key], value) for key, value in good.items() if key in known
    }


@cache
def _authored(record: type) -> Mapping[str, FieldSpec]:
    """Return the fields of a record by their authored keys."""
    apart = (Form.NAME, Form.IDENTIFIER, Form.PASSAGE)
    return {one.key: one for one in specs(record) if one.key and one.form not in apart}


def _value(field: FieldSpec, value: Any) -> Any:  # noqa: ANN401 — fields are of any type
    if not field.many:
        return dates.day(value) if field.form is Form.DAY else value
    if field.single or (field.loose and not isinstance(value, list)):
        return (value,)
    if field.form is Form.STEP:
        return tuple(f"{number}. {step}" for number, step in enumerate(value, 1))
    return tuple(tuple(item) if isinstance(item, list) else item for item in value)


def listed(value: object) -> list[Any]:
    """Return the values of a key that takes one or a list of them."""
    return value if isinstance(value, list) else [value]


def _unknown_key(key: str, schema: Mapping[str, Field]) -> str:
    hint = suggestion(key, schema) or f"; known keys are {', '.join(schema)}"
    return f'unknown key "{key}"{hint}'


@told_as(type="string", pattern=r"\S")
def text(value: object) -> str | None:
    """Check for text that is not empty, in NFC, without control or direction-changing signs."""
    if not isinstance(value, str):
        return f"is {_kind(value)}; write text in quotes"
    if not value.strip():
        return "is empty; write the text, or leave the key out"
    if unfit_sign(value):
        if any(map(is_control, value)):
            return "contains a control character; remove it"
        return "contains an invisible sign that changes the direction of text; remove it"
    if not unicodedata.is_normalized("NFC", value):
        return "is not in Unicode form NFC; write the composed characters"
    return None


@told_as(type="string", pattern=whole(SLUG))
def slug(value: object) -> str | None:
    """Check for an id: lower-case ASCII letters, digits and single hyphens."""
    if isinstance(value, str) and SLUG.fullmatch(value):
        return None
    return f"{_shown(value)} is not an id; ids have a-z, 0-9 and hyphens, as in river-guard"


@told_as(type="string", pattern=whole(CLAUSE_ID))
def clause_id(value: object) -> str | None:
    """Check for the id of a clause: the agreement's id, a dot, c and a number."""
    if isinstance(value, str) and CLAUSE_ID.fullmatch(value):
        return None
    return f"{_shown(value)} is not the id of a clause; write AGREEMENT.c1, AGREEMENT.c2 and so on"


@told_as(type="string", pattern=whole(SLUG, CLAUSE_ID))
def reference(value: object) -> str | None:
    """Check for the id of a thing or a clause."""
    if isinstance(value, str) and (SLUG.fullmatch(value) or CLAUSE_ID.fullmatch(value)):
        return None
    return f"{_shown(value)} is not an id; write the id of a thing of this case"


@told_as(type="boolean")
def boolean(value: object) -> str | None:
    """Check for ``true`` or ``false``."""
    return None if isinstance(value, bool) else f"is {_kind(value)}; write true or false"


@told_as(type="integer", minimum=0, exclusiveMaximum=_MOST)
def whole_number(value: object) -> str | None:
    """Check for a whole number that is not negative."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _MOST:
        return None
    return f"{_shown(value)} is not a whole number from 0 on, below 1e15"


@told_as(type="number", exclusiveMinimum=-_MOST, exclusiveMaximum=_MOST)
def number(value: object) -> str | None:
    """Check for a finite number."""
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _MOST:
        return None
    return f"{_shown(value)} is not a number below 1e15"


@told_as(anyOf=[{"type": "boolean"}, number.schema, text.schema])
def plain_value(value: object) -> Message | None:
    """Check for the value of a statement: a number, a truth value or text."""
    if isinstance(value, bool):
        return None
    return number(value) if isinstance(value, int | float) else text(value)


@told_as(type="string", pattern=whole(_LANGUAGE))
def language(value: object) -> str | None:
    """Check for a language tag (BCP 47) such as ``ar`` or ``ar-Latn``."""
    if isinstance(value, str) and _LANGUAGE.fullmatch(value) and not refused_language(value):
        return None
    return f'{_shown(value)} is no language tag; write one such as "en", "ar" or "ar-Latn"'


@told_as(type="string", pattern=whole(_SHA256))
def sha256(value: object) -> str | None:
    """Check for a SHA-256 in lower-case hexadecimal."""
    if isinstance(value, str) and _SHA256.fullmatch(value):
        return None
    return f"{_shown(value)} is not a SHA-256; write its 64 signs 0-9 and a-f"


@told_as(type="string", pattern=_LIKE_EDTF)
def edtf(value: object) -> str | None:
    """Check for a date text that can be read."""
    if not isinstance(value, str):
        return f'is {_kind(value)}; write the date as text in quotes: "2014-10"'
    try:
        dates.parse(value)
    except dates.DateError as error:
        return str(error)
    return None


@told_as(type="string", pattern=whole(dates.WHOLE_DAY))
def day(value: object) -> str | None:
    """Check for a day of the calendar, as text."""
    if not isinstance(value, str):
        return f'is {_kind(value)}; write the day as text in quotes: "2016-03-15"'
    try:
        dates.day(value)
    except dates.DateError as error:
        return str(error)
    return None


@told_as(type="array", items=day.schema, minItems=2, maxItems=2)
def two_days(value: object) -> str | None:
    """Check for two days of the calendar, the earlier first."""
    if isinstance(value, list) and len(value) == 2 and all(isinstance(day, str) for day in value):
        try:
            first, last = map(dates.day, value)
        except dates.DateError as error:
            return str(error)
        if first < last:
            return None
    return 'is not two days, the earlier first; write for example ["2015-12-20", "2016-09-01"]'


@told_as(
    type="array", items={"type": "string", "pattern": whole(PASSAGE)}, minItems=1, uniqueItems=True
)
def passages(value: object) -> str | None:
    """Check for a list of at least one passage such as ``report-2020#24.3``."""
    if not isinstance(value, list) or not value:
        return 'cites no passage; write at least one, as in ["report#24.3"]'
    for item in value:
        if not isinstance(item, str) or not PASSAGE.fullmatch(item):
            if isinstance(item, str) and SENTENCE.fullmatch(item):
                right = f'write "SOURCE#{item}", or source = "SOURCE" in [defaults]'
                return f'"{item}" names no source; {right} at the top of the file'
            return f'{_shown(item)} is not a passage; write SOURCE#SENTENCE, as in "report#24.3"'
    repeated = [item for item, times in Counter(value).items() if times > 1]
    return f"cites {min(repeated)} twice; once is enough" if repeated else None


@told_as(type="string", pattern=whole(CUE))
def cue(value: object) -> str | None:
    """Check for the place of a word in a sentence, such as ``report-2020#24.2:13-19``."""
    if isinstance(value, str) and (found := CUE.fullmatch(value)) and int(found[3]) < int(found[4]):
        return None
    return f'{_shown(value)} is no place in a sentence; write it as in "report#24.2:13-19"'


def list_of(check: Check) -> Check:
    """Return a check for a list of values that each pass ``check``, at least one."""

    @told_as(type="array", items=check.schema, minItems=1)
    def of_list(value: object) -> Message | None:
        if not isinstance(value, list):
            return f"is {_kind(value)}; write a list in square brackets"
        if not value:
            return "is an empty list; fill it, or leave the key out"
        return next((wrong for item in value if (wrong := check(item))), None)

    return of_list


def one_or_list_of(check: Check) -> Check:
    """Return a check for one value, or a list of values, that pass ``check``."""

    @told_as(anyOf=[check.schema, list_of(check).schema])
    def either(value: object) -> Message | None:
        return list_of(check)(value) if isinstance(value, list) else check(value)

    return either


def one_of(names: Collection[str], what: str, hint: Hint = suggestion) -> Check:
    """Return a check for one of some names.

    Args:
        names: the names that are right.
        what: what they are, for the message: ``a stance``.
        hint: says what was meant by a wrong one, given that and the names; by default the name
            that has nearly the same letters.
    """

    @told_as(enum=sorted(names))
    def of_names(value: object) -> Message | None:
        if isinstance(value, str) and value in names:
            return None
        return partial(_none_of, value, names, what, hint)

    return of_names


def _none_of(value: object, names: Collection[str], what: str, hint: Hint) -> str:
    more = hint(value, names) if isinstance(value, str) else ""
    if not more and len(names) <= _LISTED:
        more = "; it is one of " + ", ".join(sorted(names))
    if not more and hint is not suggestion:
        more = see(str(value))
    return f"{_shown(value)} is not {what}{more}"


@told_as(type="object")
def table(value: object) -> str | None:
    """Check for a table; what stands in it is checked where it is read."""
    return None if isinstance(value, dict) else f"is {_kind(value)}; write a table"


@told_as(type="array", items={"type": "object"})
def tables(value: object) -> str | None:
    """Check for a list of tables; what stands in them is checked where they are read."""
    if isinstance(value, list) and all(isinstance(item, dict) for item in value):
        return None
    return f"is {_kind(value)}; write a list of tables"


@told_as(
    type="array",
    items={
        "type": "array",
        "items": [
            {"type": "string", "pattern": whole(SENTENCE)},
            whole_number.schema,
            whole_number.schema,
            sha256.schema,
        ],
        "minItems": 4,
        "maxItems": 4,
    },
)
def sentences(_value: object) -> None:
    """Accept any value: each sentence is checked where it is read."""
