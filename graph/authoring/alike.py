"""Statements that say the same once two things are one: they become one, with the claims of all."""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import tomlkit

from ..model import Statement, specs
from ..model.textfiles import comments_of
from ..reader import fields
from ..reader.defaults import DATE_KEYS
from . import blocks
from .authored import files_of, statement_tables
from .claims import key_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .authored import StatementTable
    from .editing import Edit

_MADE_OF = ("statement", "role", "stage")
"""The tables that are joined; those of a fact are joined with their thing, clauses have ids."""
_REMARKS = ("id", "claims", "note", "question", "answers", "verdict", *DATE_KEYS[3:])
"""Keys that leave what is said as it is."""
_LISTS = ("passages", "cue", "grounds")
"""The keys of a claim of which the joined one has those of both."""
_QUALIFYING = frozenset((
    "place", "channel", "scope", "extent", "under", "if", "one_of", "motive", "low", "high", "unit",
    "modality", "counts", "coverage", "access", "until",
))  # fmt: skip
"""Keys by which statements of the same ends, predicate and date say two things."""
_CITING = ("passages", "at", "cue", "when_passages")


class Alike(NamedTuple):
    """What became of statements that say the same.

    Attributes:
        ids: of each that is gone, the id of the one that it is joined with; by the same id where
            both were called alike.
        told: those that stay beside each other, with the reason, and what else wants a look.
    """

    ids: Mapping[str, str]
    told: tuple[str, ...]

    @property
    def former(self) -> Mapping[str, str]:
        """The ids that nothing has any more, each with what took its place."""
        return {old: new for old, new in self.ids.items() if old != new}


class _Unlike(Exception):
    """Two statements, or two claims of them, cannot be one; its text says why."""


def join_alike(edit: Edit, before: Sequence[StatementTable]) -> Alike:
    """Join the statements that say the same by a change, and did not before it.

    Args:
        edit: the change; what things are called in it is written already.
        before: the statements as they stood.
    """
    joining = _Coalescing(edit, before)
    for first, *others in joining.groups():
        for other in others:
            try:
                joining.join(first, other)
            except _Unlike as reason:
                joining.told.append(
                    f"{first.name} and {other.name} say the same now, and stay two: {reason}"
                )
    return joining.done()


class _Coalescing:
    """Joins tables; what is gone is taken out at the end, so that places stay right meanwhile."""

    def __init__(self, edit: Edit, before: Sequence[StatementTable]) -> None:
        self._edit = edit
        self._as_before = {(one.file, one.path): one.table for one in before}
        self._files = {
            name: tomllib.loads(text)
            for name in {*files_of(edit.folder, ".toml"), *edit.changes}
            if name.endswith(".toml") and (text := edit.read(name))
        }
        self._tables = list(statement_tables(self._files))
        self._before = Counter(filter(None, map(self._key, before)))
        self._gone: list[StatementTable] = []
        self.ids: dict[str, str] = {}
        self.told: list[str] = []

    def groups(self) -> list[list[StatementTable]]:
        """Return tables that say the same and are more than before, first the one that stays.

        That is one without an id of its own, for an id that is made of others cannot be a former
        one; else one that says what it said before.
        """
        found: dict[object, list[StatementTable]] = defaultdict(list)
        for one in self._tables:
            if (key := self._key(one)) is not None:
                found[key].append(one)
        return [
            sorted(every, key=self._goes)
            for key, every in found.items()
            if len(every) > max(1, self._before[key])
        ]

    def _goes(self, one: StatementTable) -> tuple[object, ...]:
        changed = self._as_before.get((one.file, one.path)) != one.table
        return "id" in one.table, changed, one.file, one.path

    def _key(self, one: StatementTable) -> object:
        sort = one.path[-1][0]
        if sort not in _MADE_OF:
            return None
        said = {key: fields.listed(value) for key, value in one.table.items()
                if key not in _REMARKS}  # fmt: skip
        if when := self._default_date(one):
            said["when"] = [when]
        said = {key: sorted(map(repr, value)) for key, value in said.items()}
        return repr(("" if sort == "statement" else one.file, sort, sorted(said.items())))

    def _default_date(self, one: StatementTable) -> str:
        dated = one.path[-1][0] != "statement" or any(key in one.table for key in DATE_KEYS)
        return "" if dated else str(self._defaults(one).get("when", ""))

    def _defaults(self, one: StatementTable) -> Mapping[str, Any]:
        found = self._files.get(one.file, {}).get("defaults", {})
        return found if isinstance(found, dict) else {}

    def join(self, first: StatementTable, other: StatementTable) -> None:
        """Give the first the claims and remarks of the other; ``_Unlike`` if they are two."""
        self._refuse_named(first, other)
        ours, theirs = self._whole(first), self._whole(other)
        keys = self._remarks(ours, theirs)
        if (when := self._default_date(first)) and keys.keys() & {*DATE_KEYS}:
            keys["when"] = when  # with another key of its date it has none of its file
        if ("claims" in ours) != ("claims" in theirs):
            raise _Unlike("one has claims of its own, the other has not")
        claims = _joined_claims(ours.get("claims", []), theirs.get("claims", []))
        text = self._edit.read(other.file).replace("\r\n", "\n")
        if (place := blocks.span_of(text, other.path)) is None:
            raise _Unlike(f"{other.name} stands within a line; give it a table of its own")
        self._put(first, keys, claims, comments_of(text[slice(*place)]))
        self._gone.append(other)
        self.ids[other.name] = first.name
        if "verdict" in keys:
            self.told.append(f"the verdict of {other.name} is one on {first.name} now, and on "
                             "the claims of both")  # fmt: skip

    def _whole(self, one: StatementTable) -> dict[str, Any]:
        found, defaults = written_out(one.table, self._defaults(one)), self._defaults(one)
        if "claims" in found:
            found["claims"] = [written_out(claim, defaults) for claim in found["claims"]]
        return found

    def _refuse_named(self, first: StatementTable, other: StatementTable) -> None:
        names = {first.name, other.name}
        if len(names) == 1:
            return
        for one in self._tables:
            if one.name in names and (names - {one.name}) & set(_texts(one.table)):
                raise _Unlike("one of them names the other")
            if names <= {*fields.listed(one.table.get("one_of", []))}:
                raise _Unlike(f"they are alternatives of {one.name}")

    def _remarks(self, ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
        """Return the remarks that the first gets of the other."""
        keys: dict[str, Any] = {}
        for key in ("question", "answers"):
            if new := _more(ours.get(key, []), theirs.get(key, [])):
                keys[key] = new
        if (note := theirs.get("note")) and note not in (said := ours.get("note", "")):
            keys["note"] = f"{said} {note}".strip()
        for key in (*DATE_KEYS[3:], "verdict"):
            if key not in theirs or theirs[key] == ours.get(key):
                continue
            if key in ours:
                raise _Unlike(f"each has another {key}")
            keys[key] = theirs[key]
        return keys

    def _put(
        self,
        first: StatementTable,
        keys: Mapping[str, Any],
        claims: Sequence[tuple[int | None, Mapping[str, Any]]],
        comments: Sequence[str],
    ) -> None:
        """Write claims and remarks into a table, and the comments of the other above it."""
        text = self._edit.read(first.file).replace("\r\n", "\n")
        if keys:
            text = blocks.with_keys(text, first.path, keys)
        document = tomlkit.parse(text)
        array = blocks.table_at(document, first.path).get("claims")
        for index, claim in claims:
            if index is None:
                blocks.with_item(array, claim)
            else:
                array[index] = blocks.merged(array[index], claim)
        text = tomlkit.dumps(document)
        if comments and (place := blocks.span_of(text, first.path)):
            text = text[: place[0]] + "\n".join([*comments, ""]) + text[place[0] :]
        self._edit.write(first.file, text)
        self._files[first.file] = tomllib.loads(text)
        first.table.update(blocks.table_at(self._files[first.file], first.path))

    def done(self) -> Alike:
        """Take out what was joined, the last first, and return what became of it."""
        for one in sorted(self._gone, key=lambda one: (one.file, one.path), reverse=True):
            text = self._edit.read(one.file).replace("\r\n", "\n")
            start, end = blocks.span_of(text, one.path) or (0, 0)
            text = f"{text[:start].rstrip()}\n\n{text[end:]}".strip("\n")
            self._edit.write(one.file, f"{text}\n")
        return Alike(self.ids, tuple(self.told))


def written_out(table: Mapping[str, Any], defaults: Mapping[str, Any]) -> dict[str, Any]:
    """Return a statement or claim as it would stand in a file without defaults.

    Args:
        table: its keys.
        defaults: those of its file.
    """
    source = defaults.get("source", "")
    found = dict(table)
    if "at" in found:
        found["passages"] = found.pop("at")
    for key in _CITING:
        if key in found and source:
            found[key] = [one if "#" in one else f"{source}#{one}"
                          for one in fields.listed(found[key])]  # fmt: skip
    if "passages" in found:  # as claims have
        for key in ("voice", "stance", "certainty"):
            if key in defaults:
                found.setdefault(key, defaults[key])
    return found


def _joined_claims(
    ours: Sequence[Mapping[str, Any]], theirs: Sequence[Mapping[str, Any]]
) -> list[tuple[int | None, Mapping[str, Any]]]:
    """Return what the claims of one need to be those of both.

    Returns:
        The keys that a claim gets, by its index; of a new claim all keys, without an index.
    """
    known = {key_of(one, {}): (index, one) for index, one in enumerate(ours)}
    found: list[tuple[int | None, Mapping[str, Any]]] = []
    for claim in theirs:
        if key_of(claim, {}) not in known:
            found.append((None, claim))
            continue
        index, own = known[key_of(claim, {})]
        lists = {key: _more(own.get(key, []), claim.get(key, [])) for key in _LISTS}
        more: dict[str, Any] = {key: new for key, new in lists.items() if new}
        if (note := claim.get("note")) and note not in (said := own.get("note", "")):
            more["note"] = f"{said} {note}".strip()
        if "id" in claim and "id" not in own:
            more["id"] = claim["id"]
        for key in {*own, *claim} - {*_LISTS, "note", *({"id"} - (own.keys() & claim.keys()))}:
            if own.get(key) != claim.get(key):
                voice, stance, source = key_of(claim, {})
                raise _Unlike(f"the {key} with which {voice} {stance} it in {source} is "
                              f"{own.get(key, 'none')} and {claim.get(key, 'none')}")  # fmt: skip
        if more:
            found.append((index, more))
    return found


def _more(own: object, other: object) -> list[Any]:
    """Return the values of both lists; none if the first has all."""
    had = fields.listed(own)
    new = [one for one in fields.listed(other) if one not in had]
    return [*had, *new] if new else []


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)


def nearly_alike(
    statements: Iterable[Statement], ids: Mapping[str, str], joined: Mapping[str, str]
) -> list[str]:
    """Return which statements have the same ends, predicate and date now, and how they differ.

    Args:
        statements: as they were before.
        ids: what became of each id.
        joined: those that became one.
    """
    seen: dict[tuple[Any, ...], Statement] = {}
    found = []
    for one in sorted(statements, key=lambda one: (one.subject in ids, one.object in ids)):
        ends = (ids.get(str(end), end) for end in (one.subject, one.object))
        key = (*ends, one.predicate, one.value, one.when, one.begins, one.ends)
        first, concerned = seen.setdefault(key, one), {one.subject, one.object} & ids.keys()
        unlike = [field.key for field in specs(Statement) if field.key in _QUALIFYING
                  and getattr(first, field.name) != getattr(one, field.name)]  # fmt: skip
        if first is not one and concerned and unlike and one.id not in {*ids, *joined}:
            found.append(f"{first.id} and {one.id} differ only in {' and '.join(unlike)}, and are "
                         "both kept")  # fmt: skip
    return found
