"""What stands in a second folder: terms, and claims on statements of the first; broken entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import miniature
import pytest
from test_access import plain

from graph import reader
from graph.build import judging
from graph.errors import DataProblems

if TYPE_CHECKING:
    from pathlib import Path

SIEGE = 'passages = ["courier-2020#2.1"] },\n]'
DOUBT = (
    '{ voice = "observers", stance = "asserts", certainty = "probable", '
    'passages = ["observers-2020#3.2"], note = "Told in confidence."'
)
ADDED = f'[[statement]]\nid = "siege-of-mill-town"\nclaims = [{DOUBT} }}]\n'
TERM = """
[[predicate]]
name = "quietlyMeets"
label = "quietly meets"
inverse = "is quietly met by"
broader = "negotiatesWith"
definition = "The subject meets the object in secret."
"""
TIE = """
[[statement]]
id = "quiet"
subject = "town-council"
predicate = "quietlyMeets"
object = "river-guard"
[[statement.claims]]
voice = "observers"
stance = "asserts"
certainty = "certain"
passages = ["observers-2020#3.2"]
"""


def public(folder: Path, apart: Path | None = None, **options: Any) -> judging.Judged:  # noqa: ANN401
    return judging.public_part(
        folder, miniature.ONTOLOGY, lambda _step: None, apart=apart, **options
    )


def folders(tmp_path: Path, **files: str) -> tuple[Path, Path]:
    """Return the folder of the case, and a second one with some files."""
    apart = tmp_path / "apart"
    for name, text in files.items():
        miniature.written(apart, name.replace("__", "/") + ".toml", text)
    return miniature.copied(tmp_path / "first"), apart


def read(folder: Path, apart: Path | None = None) -> Any:  # noqa: ANN401
    case, report = reader.partly(folder, miniature.ONTOLOGY, apart=apart)
    report.refuse(folder)
    return case


def test_a_claim_may_be_added_to_a_statement_of_the_first_folder(tmp_path: Path) -> None:
    """It is as if it stood there and were secret."""
    folder, apart = folders(tmp_path, statements__more=ADDED)
    found, whole = public(folder, apart), read(folder, apart)
    assert plain(found.case) == plain(public(folder).case)
    control = folder / "statements/control.toml"
    text = control.read_text("utf-8")
    assert text.count(SIEGE) == 1
    secret = text.replace(SIEGE, f'{SIEGE[:-1]}  {DOUBT}, access = "secret" }},\n]')
    control.write_text(secret, "utf-8")
    assert plain(read(folder)) == plain(whole)
    assert plain(public(folder).case) == plain(found.case)


def test_an_added_claim_may_be_public(tmp_path: Path) -> None:
    folder, apart = folders(
        tmp_path, statements__more=ADDED.replace("certainty", 'access = "public", certainty', 1)
    )
    siege = next(one for one in public(folder, apart).case.statements if "siege" in one.id)
    assert [one.voice for one in siege.claims] == ["courier-writer", "observers"]


def test_a_claim_on_nothing_is_told(tmp_path: Path) -> None:
    folder, apart = folders(tmp_path, statements__more=ADDED.replace("siege-of", "seige-of"))
    with pytest.raises(DataProblems) as refused:
        read(folder, apart)
    (problem,) = refused.value.problems
    assert 'no statement "seige-of-mill-town" in this case; did you mean' in problem.message


@pytest.mark.parametrize("used", [True, False])
def test_words_of_the_second_folder_are_no_more_public_than_what_uses_them(
    tmp_path: Path, *, used: bool
) -> None:
    folder, apart = folders(tmp_path, terms=TERM, statements__more=TIE if used else ADDED)
    assert (
        "quietlyMeets"
        in judging.chosen(
            folder, miniature.ONTOLOGY, lambda _step: None, private=True, today=None, apart=apart
        ).ontology.predicates
    )
    assert "quietlyMeets" not in public(folder, apart).ontology.predicates


BROKEN = """
[[statement]]
id = "quiet"
access = "secret"
subject = "quiet-witness"
predicate = "quietlyMeats"
object = "river-guard"
[[statement.claims]]
voice = "quiet-witness"
stance = "asserts"
certainty = "certain"
passages = ["observers-2020#3.2"]
"""
WITNESS = 'label = "A witness"\nclass = "Persn"\nidentity = "named"\n'


@pytest.mark.parametrize("broken", [BROKEN, BROKEN.replace("[[st", "[[[st")])
def test_what_is_reached_through_a_broken_secret_alone_is_not_told(
    tmp_path: Path, broken: str
) -> None:
    folder = miniature.copied(tmp_path)
    miniature.written(folder, "statements/quiet.toml", broken)
    miniature.written(folder, "actors/quiet-witness.toml", WITNESS)
    notes = folder / "notes.toml"
    secret = notes.read_text("utf-8").replace("[[note]]\n", '[[note]]\naccess = "secret"\n', 1)
    notes.write_text(secret, "utf-8")
    with pytest.raises(DataProblems) as refused:
        public(folder)
    told = "\n".join(map(str, refused.value.problems))
    assert "quiet" not in told
    assert "in what is not public" in told
    with pytest.raises(DataProblems) as refused:
        public(folder, tell=True)
    assert "quiet-witness" in "\n".join(map(str, refused.value.problems))
