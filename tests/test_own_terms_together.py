"""Two cases asked as one, each with a term of its own that is called as the other's."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import miniature
import pytest

import graph
from graph.build import recipe
from graph.errors import UsageError
from graph.model.terms import own_term
from graph.query import Table

if TYPE_CHECKING:
    from graph.build.case import OpenedCase

TERM = """
[[predicate]]
name = "starvesOut"
broader = "besieges"
label = "{label}"
inverse = "{label} (passive)"
definition = "The subject keeps all food from the place that is the object."

[[kind]]
name = "breadCarts"
broader = "relief"
label = "{label} carts"
definition = "How bread gets to those who are shut in."
"""
STATEMENT = """
[[statement]]
id = "starved"
subject = "river-guard"
predicate = "starvesOut"
object = "mill-town"
claims = [{ voice = "observers", stance = "asserts", certainty = "certain", passages = ["P"] }]
""".replace("P", "observers-2020#3.2")
EVENT = """label = "Carts"
kind = "breadCarts"

[occurred]
claims = [{ voice = "observers", stance = "asserts", certainty = "certain", passages = ["P"] }]
""".replace("P", "observers-2020#3.2")
BOTH = {"mill": "starves out", "weir": "famishes"}


@pytest.fixture(scope="module")
def union(tmp_path_factory: pytest.TempPathFactory) -> OpenedCase:
    root = tmp_path_factory.mktemp("terms")
    for case, label in BOTH.items():
        folder = shutil.copytree(miniature.FOLDER, root / "data" / case)
        said = (folder / "case.toml").read_text("utf-8").replace('id = "mill"', f'id = "{case}"')
        miniature.written(folder, "case.toml", said)
        miniature.written(folder, "terms.toml", TERM.format(label=label))
        miniature.written(folder, "statements/starved.toml", STATEMENT)
        miniature.written(folder, "events/ev-carts.toml", EVENT)
        recipe.build(case, root / "data", root / "public")
    return graph.open(list(BOTH), root / "public")


def asked(union: OpenedCase, query: str, column: str, **values: str) -> set[str]:
    table = union.query(query, **values)
    assert isinstance(table, Table)
    return {row[column] for row in table.named(union.graph)}


def found(union: OpenedCase, predicate: str) -> set[str]:
    return asked(union, "ties", "statement", predicate=predicate)


@pytest.mark.parametrize("name", ["starvesOut", "starves out", "famishes"])
def test_a_name_that_both_have_is_asked_of_both(union: OpenedCase, name: str) -> None:
    """By the label of either too: whoever asks knows one of the cases."""
    assert found(union, name) == {"mill:starved", "weir:starved"}


@pytest.mark.parametrize("case", BOTH)
def test_one_of_them_is_asked_by_its_case_or_address(union: OpenedCase, case: str) -> None:
    for name in (f"{case}:starvesOut", own_term(case, "starvesOut")):
        assert found(union, name) == {f"{case}:starved"}


def test_kinds_likewise(union: OpenedCase) -> None:
    both = {"mill:ev-carts", "weir:ev-carts"}
    assert asked(union, "timeline", "event", kind="breadCarts") == both
    assert asked(union, "timeline", "event", kind="weir:breadCarts") == {"weir:ev-carts"}


def test_what_neither_has_is_told(union: OpenedCase) -> None:
    with pytest.raises(UsageError, match="starvesOut"):
        found(union, "starvesOt")
