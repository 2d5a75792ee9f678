"""A change of a case is written whole or not at all, and brings no new fault."""

from __future__ import annotations

import errno
import hashlib
import json
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import miniature
import pytest
from click.testing import CliRunner

from graph.authoring import editing as editing_module
from graph.authoring import placing
from graph.authoring.editing import editing
from graph.cli.main import main
from graph.errors import DataProblems, InputOutputError
from graph.model.textfiles import data_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

GOOD = 'label = "Dyke"\nclass = "Place"\nkinds = ["town"]\nmentioned = ["courier-2020#2.1"]\n'
CLAIM = "observers asserts"
AT = "observers-2020#1.1"
BAD = GOOD.replace("town", "twon")


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return miniature.copied(tmp_path)


def changed(
    case: Path, files: Mapping[str, str], meanwhile: Callable[[], object] = lambda: None
) -> None:
    with editing(case) as edit:
        for name, text in files.items():
            edit.append(name, text)
        meanwhile()


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_change_is_written_whole(case: Path) -> None:
    before = contents(case)
    with editing(case) as edit:
        edit.write("places/dyke.toml", GOOD)
        edit.append("notes.toml", "# a remark\n")
    now = contents(case)
    assert now.keys() - before.keys() == {"places/dyke.toml"}
    assert now["notes.toml"].decode().endswith("\n\n# a remark\n")


def test_what_would_be_a_fault_is_refused_and_nothing_is_written(case: Path) -> None:
    before = contents(case)
    with pytest.raises(DataProblems) as caught:
        changed(case, {"notes.toml": "# a remark\n", "places/dyke.toml": BAD})
    assert [one.file for one in caught.value.problems] == [f"{case.as_posix()}/places/dyke.toml"]
    assert str(caught.value) == "1 problem in what would be written; nothing is written"
    assert contents(case) == before


@pytest.mark.parametrize(
    "words",
    [
        ["add", "agreement", "Ferry deal", "--kind", "other", "--claim", f"{CLAIM} certain {AT}"],
        ["say", f"town-council besieges ford | {CLAIM} certain observers-2020#99.1"],
        ["say", f"town-council befriends ford | {CLAIM} certain {AT}"],
    ],
)
def test_of_a_refused_change_it_is_said_that_nothing_is_written(
    case: Path, words: list[str]
) -> None:
    before = contents(case)
    result = CliRunner().invoke(main, [*words, "--case", "mill", "--data", str(case.parent)])
    assert result.exit_code == 1, result.output
    assert result.output.endswith("; nothing is written\n")
    assert contents(case) == before


def test_an_old_fault_does_not_stand_in_the_way(case: Path) -> None:
    (case / "places" / "bad.toml").write_text(BAD)
    with editing(case) as edit:
        edit.write("places/dyke.toml", GOOD)
    assert (case / "places" / "dyke.toml").is_file()


def test_a_file_that_another_hand_changed_is_not_written_over(case: Path) -> None:
    def theirs() -> None:
        (case / "notes.toml").write_text("# theirs\n")

    with pytest.raises(InputOutputError, match="somebody else"):
        changed(case, {"notes.toml": "# mine\n"}, theirs)
    assert (case / "notes.toml").read_text().endswith("# theirs\n")


def test_an_error_in_the_block_writes_nothing(case: Path) -> None:
    before = contents(case)
    with pytest.raises(ZeroDivisionError):
        changed(case, {"notes.toml": "# mine\n"}, lambda: divmod(1, 0))
    assert contents(case) == before


def test_what_was_broken_off_half_way_is_finished_by_the_next_change(
    case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """Nothing of the process is left to clean up."""

    def killed(self: Path, target: Path) -> Path:
        if target.name == "zebra.toml":
            raise Killed
        return replace(self, target)

    replace = Path.replace
    good = dict.fromkeys(("places/dyke.toml", "places/zebra.toml"), GOOD)
    monkeypatch.setattr(Path, "replace", killed)
    with pytest.raises(Killed):
        changed(case, {**good, "notes.toml": "# mine\n"})
    monkeypatch.undo()
    assert (case / "places" / "dyke.toml").is_file()
    assert not (case / "places" / "zebra.toml").exists()
    check = ["check", "--case", case.name, "--data", str(case.parent)]
    told = " ".join(CliRunner().invoke(main, check).stderr.split())
    assert "an earlier change was broken off" in told
    assert "places/zebra.toml), so some may" in told
    assert "hudna say or hudna add, finishes it first" in told
    (case / "notes.toml").write_text("# theirs\n")
    changed(case, {})
    assert "broken off" not in CliRunner().invoke(main, check).output
    assert (case / "places" / "zebra.toml").read_text().endswith(GOOD)
    assert (case / "notes.toml").read_text() == "# theirs\n"
    assert not [one for one in contents(case) if one.rpartition("/")[2].startswith(".")]


def test_what_was_broken_off_before_anything_was_written_leaves_nothing(case: Path) -> None:
    before = contents(case)
    for name in (".notes.toml.new", "places/.dyke.toml.new"):
        (case / name).write_text(GOOD)
    changed(case, {})
    assert contents(case) == before


def test_a_list_of_what_is_to_be_written_leads_nowhere_else(case: Path) -> None:
    outside = case.parent / "outside.toml"
    outside.write_text("mine")
    (case.parent / ".outside.toml.new").write_text("theirs")
    was, now = (hashlib.sha256(one).hexdigest() for one in (b"mine", b"theirs"))
    (case / ".change").write_text(json.dumps({"../outside.toml": [was, now]}))
    changed(case, {})
    assert outside.read_text() == "mine"
    assert not (case / ".change").exists()


@pytest.mark.parametrize("leads_to", ["nowhere", "/dev/zero", "."])
def test_a_link_in_a_case_is_told_as_by_check_and_leads_nowhere(case: Path, leads_to: str) -> None:
    for name in ("notes.md", "actors/other.toml", "loop"):
        (case / name).symlink_to(leads_to)
    changed(case, {"places/dyke.toml": GOOD})
    assert (case / "places" / "dyke.toml").read_text().endswith(GOOD)


def test_what_a_link_leads_to_is_never_written(case: Path) -> None:
    outside = case.parent / "outside"
    outside.write_text(GOOD)
    (case / ".notes.toml.new").symlink_to(outside)
    (case / "places" / "linked.toml").symlink_to(outside)
    changed(case, {"notes.toml": "# mine\n", "places/linked.toml": "# mine\n"})
    assert outside.read_text() == GOOD
    assert not (case / "notes.toml").is_symlink()


def test_a_folder_of_the_case_may_be_a_link(case: Path) -> None:
    (case / "places").rename(case.parent / "elsewhere")
    (case / "places").symlink_to(case.parent / "elsewhere")
    before = contents(case.parent / "elsewhere")
    with pytest.raises(DataProblems):
        changed(case, {"places/dyke.toml": BAD})
    assert contents(case.parent / "elsewhere") == before
    changed(case, {"places/dyke.toml": GOOD})
    assert (case.parent / "elsewhere" / "dyke.toml").read_text().endswith(GOOD)


def test_who_may_read_a_file_stays(case: Path) -> None:
    (case / "notes.toml").chmod(0o600)
    changed(case, {"notes.toml": "# mine\n"})
    assert stat.S_IMODE((case / "notes.toml").stat().st_mode) == 0o600


def test_a_file_that_cannot_be_read_is_told_where_it_is(
    case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: Path) -> bytes:
        if path.name == "talks.toml":
            raise InputOutputError(f"{path.as_posix()}: Permission denied")
        return data_of(path)

    monkeypatch.setattr("graph.reader.case.data_of", refused)
    with pytest.raises(InputOutputError, match=f"^{case}/statements/talks.toml: Perm"):
        changed(case, {"places/dyke.toml": GOOD})


def test_a_full_disk_leaves_all_as_it_was(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: Path, text: str | None) -> None:
        put(path, text)
        if path.name == ".zebra.toml.new":
            raise OSError(errno.ENOSPC, "No space left on device")

    put, before = placing.put, contents(case)
    monkeypatch.setattr(editing_module, "put", refused)
    with pytest.raises(InputOutputError, match=f"^{case}: No space"):
        changed(case, {"notes.toml": "# mine\n", "places/zebra.toml": GOOD})
    assert contents(case) == before


def test_what_cannot_be_written_is_told_by_its_place_in_the_case(case: Path) -> None:
    with pytest.raises(InputOutputError, match=f"^{case}/places/a+.toml: "):
        changed(case, {f"places/{'a' * 300}.toml": GOOD})
