"""A record is taken out of its case if nothing else names it, and all else stays as it was."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import miniature
import pytest
from click.testing import CliRunner

from graph import reader
from graph.authoring import removing
from graph.authoring.editing import editing
from graph.authoring.removing import StillNamed, remove
from graph.cli.main import main
from graph.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graph.authoring.editing import Edit

ADDED = """
# of the next one
[[statement]]
id = "first-shelling"
subject = "river-guard"
predicate = "shells"
object = "mill-town"
when = "2019"
claims = [
  { voice = "courier-writer", stance = "asserts", certainty = "certain", passages = ["courier-2020#4.1"] }, # kept
  { voice = "bandits", stance = "denies", certainty = "certain", passages = ["courier-2020#4.2"] },
]

# a remark on the last one

[[statement]] # the last
id = "second-shelling"
subject = "river-guard"
predicate = "shells"
object = "mill-town"
when = "2018"
claims = [
  { voice = "courier-writer", stance = "asserts", certainty = "certain", passages = ["courier-2020#4.1"] },
]
"""  # noqa: E501


@pytest.fixture
def case(tmp_path: Path) -> Path:
    folder = miniature.copied(tmp_path)
    with (folder / "statements/control.toml").open("a", encoding="utf-8") as file:
        file.write(ADDED)
    return folder


def ids(case: Path) -> set[str]:
    return {one.id for one in reader.read(case, miniature.ONTOLOGY).records()}


def contents(case: Path) -> dict[str, str]:
    return {str(p.relative_to(case)): p.read_text("utf-8") for p in case.rglob("*.toml")}


def test_a_statement_goes_with_its_claims_and_the_remarks_of_others_stay(case: Path) -> None:
    before = ids(case)
    found = remove(case, "first-shelling")
    assert found.file == "statements/control.toml"
    gone = before - ids(case)
    assert gone
    assert all(one.startswith("first-shelling") for one in gone)
    text = (case / found.file).read_text("utf-8")
    assert "# a remark on the last one\n\n[[statement]] # the last" in text
    assert text.startswith(contents(miniature.FOLDER)[found.file].rstrip())


def test_the_last_of_a_file_goes(case: Path) -> None:
    remove(case, "second-shelling")
    assert "second-shelling" not in ids(case)
    assert "# kept" in (case / "statements/control.toml").read_text("utf-8")


def test_one_claim_goes_and_the_only_one_does_not(case: Path) -> None:
    remove(case, "first-shelling.bandits.denies.courier-2020")
    assert "first-shelling.bandits.denies.courier-2020" not in ids(case)
    assert "# kept" in (case / "statements/control.toml").read_text("utf-8")
    with pytest.raises(UsageError, match="hudna remove second-shelling"):
        remove(case, "second-shelling.courier-writer.asserts.courier-2020")


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("river-guard", "statements/control.toml"),
        ("courier-2020", "events/ev-shelling.toml"),
        ("q-who-shelled", ""),
        ("ford", ""),
    ],
)
def test_what_is_named_stays_and_the_places_are_told(case: Path, name: str, file: str) -> None:
    before = contents(case)
    with pytest.raises(StillNamed) as told:
        remove(case, name)
    assert contents(case) == before
    assert not file or file in {one.file for one in told.value.places}
    for place in told.value.places:
        row = before[place.file].splitlines()[place.line - 1]
        assert row.strip() == place.text
        assert name in row


def test_a_thing_goes_with_its_file_and_a_clause_and_a_stage_with_their_tables(case: Path) -> None:
    data = ["--data", str(case.parent)]
    run = CliRunner().invoke
    made = run(main, ["add", "actor", "Nobody", "--class", "Person", "--mentioned",
                      "courier-2020#4.1", *data])  # fmt: skip
    assert made.exit_code == 0, made.output
    gone = run(main, ["remove", "nobody", *data])
    assert "actors/nobody.toml:1: nobody is removed, the whole file" in gone.output
    assert not (case / "actors/nobody.toml").exists()
    before_ids = ids(case)
    assert run(main, ["remove", "ag-may-truce.c1", *data]).exit_code == 0
    clause = {one for one in before_ids if one.startswith("ag-may-truce.c1")}
    assert before_ids - ids(case) == clause
    before = contents(case)
    dry = run(main, ["remove", "ag-may-truce.stage.signed", "--dry-run", *data])
    assert "would be removed" in dry.output
    assert contents(case) == before


def test_words_of_the_ontology_are_no_places_that_name_a_thing(case: Path) -> None:
    data = ["--data", str(case.parent)]
    lines = (
        "topic road=The road mentioned=courier-2020#4.1\n"
        "clause ag-may-truce road Carts | author asserts certain courier-2020#4.1\n"
        "place truce=Truce mentioned=courier-2020#4.1 note=truce\n"
        "agreement truce Pact | author asserts certain courier-2020#4.1\n"
    )
    made = CliRunner().invoke(main, ["add", "-", *data], input=lines)
    assert made.exit_code == 0, made.output
    assert not remove(case, "road").told
    told = [one.text for one in remove(case, "truce").told]
    assert any(one.startswith("label = ") for one in told)
    assert not [one for one in told if one.startswith(("kind", "topic"))]


def test_what_is_not_there_is_told_with_what_is_near(case: Path) -> None:
    with pytest.raises(UsageError, match='did you mean "first-shelling"'):
        remove(case, "first-sheling")
    with pytest.raises(UsageError, match="is a part of a source"):
        remove(case, "courier-2020.4.1")


def test_what_another_command_wrote_while_it_was_waited_for_stays(
    case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = case / "statements/control.toml"
    before = ids(case)
    own = '# of another command\n[[statement]]\nid = "third"\n'
    third = own + ADDED.partition('id = "first-shelling"\n')[2].partition("\n\n#")[0] + "\n\n"

    @contextmanager
    def waited(folder: Path, *, dry_run: bool = False) -> Iterator[Edit]:
        file.write_text(third.replace('"2019"', '"2016"') + file.read_text("utf-8"), "utf-8")
        with editing(folder, dry_run=dry_run) as edit:
            yield edit

    monkeypatch.setattr(removing, "editing", waited)
    remove(case, "first-shelling")
    assert {one for one in before - ids(case) if "." not in one} == {"first-shelling"}
    assert "third" in ids(case)
