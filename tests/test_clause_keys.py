"""A key of statements that the table of a clause does not have is told with where it belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import miniature
import pytest
from click.testing import CliRunner

from graph.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

CLAUSE = "ag-may-truce.c1"
CLAIM = "courier-writer asserts certain courier-2020#3.2"
MOTIVE = (
    "town-council seeks ag-may-truce id=bread | courier-writer asserts certain courier-2020#3.2"
)
KEYS = ["motive=bread", "scope=some", "when=2020-05", "question=q-who-shelled"]


@pytest.fixture
def case(tmp_path: Path) -> Path:
    folder = miniature.copied(tmp_path)
    assert run(folder, "say", MOTIVE).exit_code == 0
    return folder


def run(case: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--data", str(case.parent)])


@pytest.mark.parametrize("key", KEYS)
def test_said_of_a_clause_it_is_a_statement_of_its_own(case: Path, key: str) -> None:
    """Also with the claim that the clause has already: nothing is put into its table."""
    said = f"ag-may-truce containsClause {CLAUSE} place=mill-town {key} | {CLAIM}"
    result = run(case, "say", said)
    assert result.exit_code == 0, result.output
    name = f"ag-may-truce-contains-clause-{CLAUSE}".replace(".", "-")
    found = next(one for one in miniature.judged(case)[0].statements if one.id == name)
    assert (found.predicate, found.object) == ("containsClause", CLAUSE)
    assert run(case, "set", "ag-may-truce.concluded", "motive=bread").exit_code == 0


@pytest.mark.parametrize("key", KEYS)
def test_put_into_the_clause_it_is_told_where_it_belongs(case: Path, key: str) -> None:
    name = key.partition("=")[0]
    told = f'a clause has no "{name}"; say it of the whole agreement, behind'
    own = "in a statement of its own: ag-may-truce containsClause CLAUSE"
    for record in (CLAUSE, f"{CLAUSE}.agreed"):
        result = run(case, "set", record, key)
        assert (result.exit_code, told in result.output, own in result.output) == (2, True, True)
    clause = f"truce | Fire | Fire ceases. | {key}"
    result = run(case, "add", "clause", "ag-may-truce", clause, "--claim", CLAIM)
    assert (result.exit_code, told in result.output) == (2, True)
    file = case / "agreements/ag-may-truce.toml"
    text = file.read_text("utf-8").replace(f'"{CLAUSE}"\n', f'"{CLAUSE}"\n{name} = "x"\n', 1)
    file.write_text(text, "utf-8")
    (problem,) = miniature.problems_of(case)
    assert told in problem.message


def test_a_slip_in_a_clause_is_told_as_ever(case: Path) -> None:
    result = run(case, "set", CLAUSE, "nota=x")
    assert '"nota" is no key' in result.output
    assert 'did you mean "note"' in result.output
