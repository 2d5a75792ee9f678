"""The authored files of a case as they are written, opened with the standard library alone.

The tests of the data judge the files without the reader, so that a mistake of the reader cannot
hide a mistake of the data.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

REPOSITORY = Path(__file__).resolve().parents[1]
HOMS = REPOSITORY / "data" / "homs"
AUTHORS = ("s1-author", "s2-authors")
"""The voices of those who wrote the sources, as against the voices that they quote."""

THINGS = ("actors", "places", "topics", "events", "agreements", "mechanisms", "questions")
LEADING = {"events": "occurred", "agreements": "concluded", "mechanisms": "observed"}

Table = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """The tables of one case by their ids; clauses stand among the things."""

    things: dict[str, Table] = field(default_factory=dict)
    statements: dict[str, Table] = field(default_factory=dict)
    sources: dict[str, Table] = field(default_factory=dict)
    judgements: list[Table] = field(default_factory=list)
    resolutions: list[Table] = field(default_factory=list)
    notes: list[Table] = field(default_factory=list)

    def statement(self, key: str) -> Table:
        """Return the statement with this id, or the one that holds the claim with this id."""
        if key in self.statements:
            return self.statements[key]
        for statement in self.statements.values():
            if any(claim.get("id") == key for claim in statement["claims"]):
                return statement
        raise AssertionError(f'the case has neither a statement nor a claim "{key}"')

    def claim(self, key: str) -> Table:
        """Return the claim with this id."""
        for claim in self.claims():
            if claim.get("id") == key:
                return claim
        raise AssertionError(f'the case has no claim "{key}"')

    def find(self, **wanted: str) -> list[Table]:
        """Return the statements whose subject, predicate, object and so on are as wanted."""
        return [
            statement
            for statement in self.statements.values()
            if all(statement.get(name) == value for name, value in wanted.items())
        ]

    def claims(self) -> Iterator[Table]:
        """Yield every claim of every statement."""
        for statement in self.statements.values():
            yield from statement["claims"]

    def ids(self) -> set[str]:
        """Return every id that the case uses, written or derived."""
        own = {*self.things, *self.statements, *self.sources}
        own |= {claim["id"] for claim in self.claims() if "id" in claim}
        return own | {entry["id"] for entry in (*self.judgements, *self.resolutions, *self.notes)}

    def judged(self, one: str, other: str) -> str:
        """Return what the case judges about two things: same, different, unsure, or nothing."""
        for entry in self.judgements:
            if {one, other} <= set(entry["things"]):
                return str(entry["judgement"])
        return ""


def read(folder: Path = HOMS) -> Case:
    """Open every file of a case."""
    case = Case()
    for name in (*THINGS, "sources"):
        for path in sorted((folder / name).glob("*.toml")):
            _take(case, name, path.stem, tomllib.loads(path.read_text("utf-8")))
    for path in sorted((folder / "statements").glob("*.toml")):
        for entry in tomllib.loads(path.read_text("utf-8")).get("statement", []):
            _add(case, entry["id"], entry)
    identity, notes = (_table(folder / name) for name in ("identity.toml", "notes.toml"))
    case.judgements.extend(identity.get("judgement", []))
    case.resolutions.extend(identity.get("resolution", []))
    case.notes.extend(notes.get("note", []))
    return case


def words(value: object) -> Iterator[str]:
    """Yield every text inside a table, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from words(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from words(inner)


def _table(path: Path) -> Table:
    return tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}


def _take(case: Case, folder: str, name: str, table: Table) -> None:
    if folder == "sources":
        case.sources[name] = table
        return
    case.things[name] = {"folder": folder, **table}
    leading = LEADING.get(folder)
    if leading is None:
        return
    lead = table.get(leading, {})
    _add(case, f"{name}.{leading}", lead, subject=name, predicate=leading, value=True)
    claims = lead.get("claims", [])
    for role in table.get("role", []):
        key = f"{name}.{role['role']}.{role['actor']}"
        link = {"predicate": role["role"], "object": role["actor"]}
        _add(case, role.get("id", key), role, subject=name, default=claims, **link)
    for stage in table.get("stage", []):
        key = f"{name}.stage.{stage['stage']}"
        link = {"predicate": "stage", "object": stage["stage"]}
        _add(case, stage.get("id", key), stage, subject=name, default=claims, **link)
    for clause in table.get("clause", []):
        _take_clause(case, name, clause)


def _take_clause(case: Case, agreement: str, clause: Table) -> None:
    key = clause["id"]
    case.things[key] = {"folder": "clauses", "agreement": agreement, **clause}
    _add(case, f"{key}.agreed", clause, subject=agreement, predicate="containsClause", object=key)
    for role in ("obligor", "beneficiary"):
        for actor in clause.get(role, []):
            link = {"predicate": role, "object": actor}
            _add(case, f"{key}.{role}.{actor}", clause, subject=key, **link)
    for entry in clause.get("fulfilment", []):
        name = entry.get("id", f"{key}.fulfilment.{entry['state']}")
        link = {"predicate": "fulfilment", "object": entry["state"]}
        _add(case, name, entry, subject=key, default=clause.get("claims", []), **link)


def _add(
    case: Case, key: str, entry: Table, *, default: Iterable[Table] = (), **fixed: object
) -> None:
    claims = entry.get("claims", list(default))
    case.statements[key] = {**entry, **fixed, "id": key, "claims": claims}
