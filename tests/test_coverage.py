"""Every entry of the coding checklist is held by the case, or its README says why it is not.

The checklist was written from the articles before the case was coded. It lies beside the
repository and not inside it; without it there is nothing to compare, and these tests are skipped.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

import authored
import pytest

CHECKLIST = authored.REPOSITORY.parent / "shared" / "inventory"
HEADING = "## Grouped or left out"
LISTS = (
    "actors",
    "relationships",
    "events",
    "causal-links",
    "agreements",
    "quantities",
    "derived-quantities",
    "claims",
    "mechanisms",
    "inconsistencies",
    "resolution",
)

needs_checklist = pytest.mark.skipif(
    not CHECKLIST.is_dir(), reason="the coding checklist is not beside this repository"
)


def as_id(key: str) -> str:
    """Return the id under which the case holds a key of the checklist."""
    return key.lower().replace("_", "-").replace("#", "-")


def keys_of(name: str) -> list[str]:
    """Return the keys of one list of the checklist; clauses come with their agreement."""
    content: Any = json.loads((CHECKLIST / f"{name}.json").read_text("utf-8"))
    if isinstance(content, dict):
        return [entry["id"] for group in content.values() for entry in group]
    clauses = [clause["clause_id"] for entry in content for clause in entry.get("clauses", [])]
    return [entry["key"] for entry in content] + clauses


@cache
def held() -> set[str]:
    """Return every id of the case."""
    return authored.read().ids()


@cache
def left_out() -> tuple[str, ...]:
    """Return the keys that stand in the first column of the table in the case's README."""
    text = (authored.HOMS / "README.md").read_text("utf-8").partition(HEADING)[2]
    section = text.partition("\n## ")[0]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("|")]
    return tuple(key for row in rows for key in re.findall(r"`([^`]+)`", row))


@pytest.mark.homs
@needs_checklist
@pytest.mark.parametrize("name", LISTS)
def test_every_key_is_held_or_explained(name: str) -> None:
    explained = set(left_out())
    missing = [key for key in keys_of(name) if as_id(key) not in held() and key not in explained]
    assert missing == []


@pytest.mark.homs
def test_nothing_that_is_held_is_listed_as_left_out() -> None:
    stale = [key for key in left_out() if as_id(key) in held()]
    assert stale == []


@pytest.mark.homs
def test_no_key_is_listed_twice() -> None:
    listed = left_out()
    assert sorted(set(listed)) == sorted(listed)


@pytest.mark.homs
@needs_checklist
def test_the_table_names_only_keys_of_the_checklist() -> None:
    known = {key for name in LISTS for key in keys_of(name)}
    assert [key for key in left_out() if key not in known] == []
