"""Names that lead nowhere and things of a wrong class are told in one round."""

from __future__ import annotations

from typing import TYPE_CHECKING

import miniature
import pytest

from graph.errors import DataProblems

if TYPE_CHECKING:
    from pathlib import Path

FILE = "statements/extra.toml"
STATEMENT = """[[statement]]
id = "{id}"
subject = "{subject}"
predicate = "{predicate}"
object = "{object}"
{more}
claims = [
  {{ voice = "{voice}", stance = "asserts", certainty = "certain", passages = [{at}] }},
]
"""
RIGHT = {"subject": "river-guard", "predicate": "besieges", "object": "mill-town",
         "voice": "courier-writer", "more": "", "at": '"courier-2020#4.1"'}  # fmt: skip
NOWHERE = {"subject": "river-gard"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return miniature.copied(tmp_path)


def told(folder: Path, *changes: dict[str, str]) -> list[str]:
    """Write a statement with each change, and return the places of all problems."""
    made = [STATEMENT.format(id=f"s{n}", **{**RIGHT, **one}) for n, one in enumerate(changes)]
    miniature.written(folder, FILE, "\n".join(made))
    return [one.place for one in miniature.all_problems_of(folder)]


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"subject": "mill-town", "predicate": "memberOf", "object": "river-guard"}, "subject"),
        ({"predicate": "memberOf", "object": "mill-town"}, "object"),
        ({"more": 'place = "bandits"'}, "place"),
        ({"more": 'question = ["bandits"]'}, "question"),
        ({"voice": "mill-town"}, "voice"),
    ],
)
def test_a_wrong_class_is_told_beside_a_name_that_leads_nowhere(
    change: dict[str, str], key: str, folder: Path
) -> None:
    assert told(folder, NOWHERE, change) == ["statement s0, subject", f"statement s1, {key}"]
    assert told(folder, {}, change) == [f"statement s1, {key}"]
    assert told(folder, NOWHERE) == ["statement s0, subject"]


def test_what_may_be_missing_for_another_reason_is_not_told(folder: Path) -> None:
    """The class of a thing is not known where its file is wrong, nor what a broken one says."""
    place = 'label = "x"\nclass = "Plac"\nmentioned = ["courier-2020#4.1"]\n'
    miniature.written(folder, "places/ford.toml", place)
    assert told(folder, {"more": 'place = "ford"'}) == ["ford, class"]


def test_all_of_several_broken_files_are_told_at_once(tmp_path: Path) -> None:
    """As many rounds as before would need are one: the last has what the shapes alone see."""
    folder = miniature.broken(tmp_path, "typo-in-predicate")
    other = STATEMENT.format(id="other", **{**RIGHT, "more": 'place = "bandits"'})
    miniature.written(folder, "statements/other.toml", other)
    with pytest.raises(DataProblems) as error:
        miniature.judged(folder)
    files = [one.file for one in miniature.inside(folder, error.value)]
    assert files == [FILE, "statements/other.toml"]
