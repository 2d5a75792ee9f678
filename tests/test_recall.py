"""How much of what the two articles say is in the case, and whether a second coder agrees with it.

`tests/homs/propositions.toml` lists what the articles say, without regard to how it is coded. A
proposition is held if one of its statements has a claim that cites one of its sentences. `make
recall` prints the shares and what is not held.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

import authored
import click
import pytest
from miniature import ONTOLOGY

if TYPE_CHECKING:
    from authored import Table

pytestmark = pytest.mark.homs

FILE = authored.REPOSITORY / "tests" / "homs" / "propositions.toml"
CODING = (authored.REPOSITORY / "docs" / "coding.md").read_text("utf-8")
MATTERS = ("stale", "high", "mid", "low")
LEAST = 0.95
"""The share of the propositions that the case has to hold."""


@cache
def sources() -> list[Table]:
    """Return the tables of the file, one for each article."""
    return list(tomllib.loads(FILE.read_text("utf-8"))["source"])


@cache
def propositions() -> tuple[Table, ...]:
    """Return the propositions of both articles, their sentences written as passages."""
    return tuple(
        entry | {"at": [f"{source['id']}#{number}" for number in entry["at"]]}
        for source in sources()
        for entry in source["propositions"]
    )


def claims(proposition: Table, case: authored.Case) -> list[Table]:
    """Return the claims that cite the proposition, on those of its statements that there are."""
    return [
        claim
        for key in proposition.get("statements", ())
        for claim in case.statements.get(key, {}).get("claims", ())
        if set(claim["passages"]) & set(proposition["at"])
    ]


def agrees(proposition: Table, found: list[Table], *keys: str) -> bool:
    """Whether one of the claims is like the proposition in all of these keys."""
    return any(all(claim.get(key) == proposition[key] for key in keys) for claim in found)


def summary(case: authored.Case) -> tuple[Counter[str], list[Table]]:
    """Count the propositions that are held, and how they are; list those that are not."""
    counts: Counter[str] = Counter()
    missing = []
    for proposition in propositions():
        found = claims(proposition, case)
        counts["propositions"] += 1
        counts["held"] += bool(found)
        counts["with the same voice"] += agrees(proposition, found, "voice")
        counts["with the same stance, too"] += agrees(proposition, found, "voice", "stance")
        counts["and certainty"] += agrees(proposition, found, "voice", "stance", "certainty")
        if not found:
            missing.append(proposition)
    return counts, missing


def test_the_case_holds_most_of_what_the_articles_say() -> None:
    counts, missing = summary(authored.read())
    for name, count in counts.items():
        click.echo(f"{count:5}  {count / counts['propositions']:4.0%}  {name}")
    for one in sorted(missing, key=lambda one: MATTERS.index(one.get("matters", "stale"))):
        click.echo(
            f"{one.get('matters', 'stale'):5} {one['id']} {', '.join(one['at'])}: {one['says']}"
        )
    assert counts["held"] >= LEAST * counts["propositions"]


def test_a_proposition_whose_statements_are_gone_or_cite_other_sentences_is_not_held() -> None:
    case = authored.read()
    held = next(one for one in propositions() if claims(one, case))
    assert not claims(held | {"at": ["waer-2017#0.0"]}, case)
    assert not claims(held | {"statements": ["no-such"]}, case)


def test_the_propositions_are_written_by_the_guide_for_coders() -> None:
    stances = set(
        re.findall(r"^\| `(\w+)` \| [^|]+ \| (?:for|against|–) \|$", CODING, re.MULTILINE)
    )
    modes = {"fact", "opinion", "motive", "forecast", "legal"}
    for one in propositions():
        assert one["stance"] in stances, one
        assert one["certainty"] in ONTOLOGY.kinds["certainties"], one
        assert one["mode"] in modes, one
        if "statements" not in one:
            assert one["where"] in {"note", "part", "absent"}, one
            assert one["matters"] in MATTERS, one


def test_every_sentence_that_carries_facts_has_a_proposition() -> None:
    case = authored.read()
    there = {
        f"{name}#{number}"
        for name, source in case.sources.items()
        for number, *_ in source["sentences"]
        if number not in source.get("boilerplate", ())
    }
    told = {at for one in propositions() for at in one["at"]}
    without = {f"{source['id']}#{number}" for source in sources() for number in source["without"]}
    assert told | without == there
    assert not told & without
    assert len({one["id"] for one in propositions()}) == len(propositions())
