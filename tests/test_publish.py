"""Publishing: the old build or the new one, never a mixture, whatever happens in between."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import resource
import shutil
import signal
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import dying
import miniature
import pytest
from click.testing import CliRunner
from depth import examples
from hypothesis import given
from hypothesis import strategies as st

from graph.build import builds, recipe, validation
from graph.build import publish as publishing
from graph.build.builds import opened
from graph.build.contents import Contents
from graph.build.manifest import MANIFEST
from graph.build.publish import KEPT, begin, publish, room
from graph.cli.main import main
from graph.errors import BuildLocked, BuildOvertaken, DataProblems, InputOutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OLD = {"graph.nq": b"old\n" * 1000, "index.html": b"<p>old</p>"}
NEW = {"graph.nq": b"new\n" * 5000, "index.html": b"<p>new</p>", "nodes.csv": b"id\n"}
ABOUT = {"case": "mill", "counts": {"things": 2}}


def content(target: Path) -> dict[str, bytes]:
    """Return what is published, after checking it against its manifest."""
    files = {path.name: path.read_bytes() for path in target.iterdir()}
    listed = json.loads(files.pop(MANIFEST))["files"]
    assert listed == {
        name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in files.items()
    }
    return files


def which(target: Path) -> str:
    """Return which build is published, whole: ``old`` or ``new``."""
    found = content(target)
    return "old" if found == OLD else "new" if found == NEW else "a mixture"


def folders(target: Path) -> list[Path]:
    """Return the folders of builds that lie on the disk."""
    return [path for path in target.parent.rglob("*") if path.is_dir() and not path.is_symlink()]


def links(target: Path) -> list[str]:
    return [path.name for path in target.parent.rglob("*") if path.is_symlink()]


@pytest.fixture(scope="module", autouse=True)
def unsynced() -> Iterator[None]:
    """Nothing here takes the power away, and the system keeps what a killed process wrote."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _descriptor: None)
        yield


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """The folder of a case, into which the old build is published."""
    return with_old(tmp_path / "public" / "mill")


def with_old(target: Path) -> Path:
    publish(target, OLD, ABOUT)
    return target


def test_publish_and_open(target: Path) -> None:
    assert opened(target, "mill").folder == target.resolve()
    assert which(target) == "old"
    assert json.loads((target / MANIFEST).read_text("utf-8"))["counts"] == {"things": 2}


def test_contents_are_held_on_the_disk_and_leave_nothing(target: Path) -> None:
    large = {name: data * 1000 for name, data in NEW.items()}
    with room(target) as folder:
        held = {name: Contents.of(folder, [data[:7], data[7:]]) for name, data in large.items()}
    before = folders(target)
    first = publish(target, held, ABOUT)
    assert content(target) == large
    assert publish(target, large, ABOUT) == publish(target, held, ABOUT) == first
    assert len(folders(target)) == len(before) + 1
    (first / "nodes.csv").write_bytes(b"id?" * 1000)
    publish(target, held, ABOUT)
    assert content(target) == large


def test_room_is_a_folder_that_is_there(tmp_path: Path, target: Path) -> None:
    with room(target) as folder:
        assert folder == target.parent / ".builds" / "mill"
    with room(tmp_path / "other" / "public" / "mill") as folder:
        assert folder == tmp_path


def test_outputs_that_cannot_be_held_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_more: object) -> None:
        raise OSError(errno.ENOSPC, "no space is left")

    monkeypatch.setattr("graph.build.contents.SpooledTemporaryFile.write", full)
    with pytest.raises(InputOutputError, match=r"mill: no space is left; nothing was published"):
        recipe.build(miniature.CASE, miniature.DATA, tmp_path / "public")
    assert not (tmp_path / "public").exists()


def test_a_new_build_replaces_the_old_one(target: Path) -> None:
    publish(target, NEW, ABOUT)
    assert which(target) == "new"


def test_only_the_last_builds_are_kept(target: Path) -> None:
    made = [publish(target, {"graph.nq": b"%d" % number}, ABOUT) for number in range(KEPT + 3)]
    holding = [folder for folder in folders(target) if (folder / MANIFEST).exists()]
    assert sorted(holding) == sorted(made[-KEPT:])


def test_publishing_the_same_again_changes_nothing(target: Path) -> None:
    before = target.resolve()
    publish(target, OLD, ABOUT)
    assert target.resolve() == before
    assert which(target) == "old"


def test_what_was_changed_by_hand_is_put_right(target: Path) -> None:
    (target / "graph.nq").write_bytes(b"tampered")
    publish(target, OLD, ABOUT)
    assert which(target) == "old"


def test_two_cases_side_by_side(target: Path) -> None:
    other = publish(target.parent / "ford", NEW, ABOUT)
    assert (which(target), which(other)) == ("old", "new")


# Killed, at every step


def replaced(target: Path) -> Callable[[], object]:
    return lambda: publish(target, NEW, ABOUT)


def test_killed_at_any_step(tmp_path: Path) -> None:
    """Each time the old build or the new one stands, whole; the next build clears up."""
    seen = []
    for step in range(1, steps(tmp_path) + 1):
        target = with_old(tmp_path / str(step) / "mill")
        assert dying.run(replaced(target), step, dying.kill) == -signal.SIGKILL
        seen.append(which(target))
        assert which(publish(target, NEW, ABOUT)) == "new"
        assert links(target) == ["mill"], f"step {step} left a link behind"
        assert len([folder for folder in folders(target) if any(folder.glob("graph.nq"))]) == 2
        assert not leftovers(target)
    assert len(seen) > 10
    assert seen == sorted(seen, reverse=True), "once the new build stands, it stays"
    assert set(seen) == {"old", "new"}


@pytest.mark.landing
def test_killed_during_the_first_build(tmp_path: Path) -> None:
    for step in range(1, steps(tmp_path) + 1):
        target = tmp_path / str(step) / "mill"
        dying.run(replaced(target), step, dying.kill)
        assert not target.exists() or which(target) == "new"
        assert which(publish(target, NEW, ABOUT)) == "new"


def steps(folder: Path) -> int:
    """Return how many steps it takes to publish the new build over the old one."""
    return dying.steps_of(replaced(with_old(folder / "counted" / "mill")))


# Failing, at every step


def raising(number: int) -> Callable[[], None]:
    def fail() -> None:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.some(3)
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EIO])
def test_an_error_of_the_disk_at_any_step(number: int, tmp_path: Path) -> None:
    codes = set()
    for step in range(1, steps(tmp_path) + 1):
        target = with_old(tmp_path / str(step) / "mill")
        code = dying.run(replaced(target), step, raising(number))
        codes.add(code)
        told = {0: "new", InputOutputError.exit_code: "old"}[code]
        assert which(target) == told, f"after step {step} failed, the wrong outcome was told"
        assert which(publish(target, NEW, ABOUT)) == "new"
        assert not leftovers(target)
    assert InputOutputError.exit_code in codes


def leftovers(target: Path) -> list[Path]:
    names = (".tmp-", ".order")
    return [path for path in target.parent.rglob("*") if path.name.startswith(names)]


def test_a_full_disk_leaves_the_last_build(target: Path) -> None:
    """The size of files is limited, so that writing itself fails, and not an opening."""

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (8000, 8000))
        publish(target, NEW, ABOUT)

    assert dying.run(limited, -1, dying.kill) == InputOutputError.exit_code
    assert which(target) == "old"
    assert not leftovers(target)


def test_the_message_names_the_file_and_the_reason(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, _data: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    monkeypatch.setattr(publishing, "_write", full)
    with pytest.raises(InputOutputError, match=r"graph\.nq: No space left.*nothing was published"):
        publish(target, NEW, ABOUT)
    assert which(target) == "old"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write into a read-only folder")
def test_a_read_only_folder(target: Path) -> None:
    target.parent.chmod(0o555)
    try:
        with pytest.raises(InputOutputError):
            publish(target.parent / "ford", NEW, ABOUT)
    finally:
        target.parent.chmod(0o755)
    assert which(target) == "old"


# Things in the way


@pytest.mark.parametrize("as_file", [True, False], ids=["file", "folder"])
def test_what_no_build_made_is_not_replaced(as_file: bool, tmp_path: Path) -> None:
    target = tmp_path / "mill"
    if as_file:
        target.write_text("mine")
    else:
        target.mkdir()
        (target / "mine.txt").write_text("mine")
    with pytest.raises(InputOutputError, match="in the way"):
        publish(target, NEW, ABOUT)
    kept = target if as_file else target / "mine.txt"
    assert kept.read_text() == "mine"


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "public").write_text("mine")
    with pytest.raises(InputOutputError):
        publish(tmp_path / "public" / "mill", NEW, ABOUT)
    assert (tmp_path / "public").read_text() == "mine"


def test_a_link_that_leads_nowhere_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / "mill"
    target.symlink_to("gone")
    assert which(publish(target, NEW, ABOUT)) == "new"


def test_names_of_files_lead_nowhere_else(tmp_path: Path) -> None:
    """A file that is there already, or a link to it, is never written through."""
    outside = tmp_path / "outside.txt"
    outside.write_text("mine")
    with pytest.raises((InputOutputError, ValueError)):
        publish(tmp_path / "public" / "mill", {"../../../../outside.txt": b"x"}, ABOUT)
    assert outside.read_text() == "mine"


# Two builds at once


def test_a_second_build_is_refused_while_one_is_published(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The child stops in the middle of publishing until the parent has tried."""
    monkeypatch.setattr(publishing, "_PATIENCE", 0)
    begun, tried = os.pipe(), os.pipe()

    def wait() -> None:
        os.write(begun[1], b".")
        os.read(tried[0], 1)

    child = os.fork()
    if child == 0:
        os._exit(dying.inside(replaced(target), dying.only(6, wait)))
    os.read(begun[0], 1)
    try:
        with pytest.raises(BuildLocked, match="another build"):
            publish(target, OLD, ABOUT)
        assert which(target) == "old"
        other = publish(target.parent / "ford", NEW, ABOUT)
        assert which(other) == "new"
    finally:
        os.write(tried[1], b".")
        _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert which(target) == "new"


def test_the_lock_of_a_killed_build_is_free(target: Path) -> None:
    assert dying.run(replaced(target), 12, dying.kill) == -signal.SIGKILL
    assert which(publish(target, NEW, ABOUT)) == "new"


def test_builds_that_are_published_at_once_wait_for_each_other(target: Path) -> None:
    """Each is published or overtaken; what stands in the end is the one that began last."""
    children = []
    for process in range(4):
        child = os.fork()
        if child == 0:
            os._exit(dying.inside(lambda p=process: _many(target, p), lambda: None))  # type: ignore[misc]
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * 4
    last = begin(target) - 1
    assert (target / "graph.nq").read_bytes() == b"%d" % last


def _many(target: Path, process: int) -> None:
    for _ in range(12):
        number = begin(target)
        with contextlib.suppress(BuildOvertaken):
            publish(target, {"graph.nq": b"%d" % number}, {"case": f"{process}"}, number)


# An older build and a newer one


def test_a_build_that_began_earlier_takes_no_later_ones_place(target: Path) -> None:
    earlier, later = begin(target), begin(target)
    publish(target, NEW, ABOUT, later)
    with pytest.raises(BuildOvertaken, match="meanwhile") as caught:
        publish(target, {"graph.nq": b"earlier"}, ABOUT, earlier)
    assert caught.value.exit_code == 75
    assert which(target) == "new"
    assert publish(target, NEW, ABOUT, earlier) == target.resolve(), "it is what stands there"


@given(
    order=st.integers(1, 5).flatmap(lambda n: st.permutations([*range(n)] * 2)),
    contents=st.lists(st.sampled_from([b"a", b"b", b"c"]), min_size=5, max_size=5),
)
@examples(80)
def test_what_stands_began_last_of_those_that_were_published(
    order: list[int], contents: list[bytes]
) -> None:
    """Builds begin and are published in any order; each number stands for one of both, in turn."""
    numbers: dict[int, int] = {}
    done = {1: OLD["graph.nq"]}
    with tempfile.TemporaryDirectory() as name:
        target = with_old(Path(name) / "mill")
        for build in order:
            if build not in numbers:
                numbers[build] = begin(target)
                continue
            number, content = numbers[build], contents[build]
            try:
                publish(target, {"graph.nq": content}, ABOUT, number)
                done[number] = content
            except BuildOvertaken:
                assert max(done) > number
                assert done[max(done)] != content
            assert (target / "graph.nq").read_bytes() == done[max(done)]
    assert list(numbers.values()) == [*range(2, len(numbers) + 2)]


def test_of_first_builds_the_one_that_ends_first_is_published(tmp_path: Path) -> None:
    """Until then nothing is written, so that a build with problems leaves nothing."""
    target = tmp_path / "public" / "mill"
    earlier, later = begin(target), begin(target)
    assert not target.parent.exists()
    publish(target, NEW, ABOUT, later)
    with pytest.raises(BuildOvertaken):
        publish(target, OLD, ABOUT, earlier)
    assert which(target) == "new"
    assert which(publish(target, OLD, ABOUT, begin(target))) == "old"


@pytest.mark.landing
def test_killed_at_any_step_a_later_build_leaves_no_doubt(tmp_path: Path) -> None:
    """The earlier build is refused if and only if the later one stands."""
    seen = set()
    for step in range(1, steps(tmp_path) + 1):
        target = with_old(tmp_path / str(step) / "mill")
        earlier, later = begin(target), begin(target)
        dying.run(lambda: publish(target, NEW, ABOUT, later), step, dying.kill)  # noqa: B023
        stood = which(target)
        seen.add(stood)
        with pytest.raises(BuildOvertaken) if stood == "new" else contextlib.nullcontext():
            publish(target, {"graph.nq": b"earlier"}, ABOUT, earlier)
        assert which(target) == ("new" if stood == "new" else "a mixture")
        assert not leftovers(target)
    assert seen == {"old", "new"}


def test_killed_while_it_begins(tmp_path: Path) -> None:
    for step in range(1, 12):
        target = with_old(tmp_path / str(step) / "mill")
        first = begin(target)
        dying.run(lambda: begin(target), step, dying.kill)  # noqa: B023
        assert begin(target) > first
        assert which(target) == "old"
        assert which(publish(target, NEW, ABOUT)) == "new"
        assert not leftovers(target)


@pytest.mark.parametrize(
    "rubbish", [b"", b"[]", b"{}", b'{"begun": 1, "builds": []}', b"[" * 90_000, None]
)
def test_an_order_that_makes_no_sense_is_begun_anew(rubbish: bytes | None, target: Path) -> None:
    order = target.parent / ".builds" / "mill" / "order.json"
    order.unlink()
    if rubbish is None:
        os.mkfifo(order)
    else:
        order.write_bytes(rubbish)
    assert begin(target) == 1
    assert which(publish(target, NEW, ABOUT, 1)) == "new"


def test_what_is_in_the_way_is_told_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "mill").mkdir()
    with pytest.raises(InputOutputError, match="in the way"):
        begin(tmp_path / "mill")


# What is removed


def test_only_what_builds_made_is_removed(target: Path, tmp_path: Path) -> None:
    """Names that look like theirs, and links, lead nowhere."""
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "mine.txt").write_text("mine")
    builds = target.parent / ".builds" / "mill"
    made = target.resolve().name
    names = ("my-own-copy", "0123456789abcdef", ".tmp-mine-precious", made[:-1], made + "0")
    for name in (*names, made.upper() if made.upper() != made else "ABCDEF0123456789"):
        shutil.copytree(mine, builds / name)
    for link in (builds / "fedcba9876543210", builds / ".tmp-abcdefgh", builds / "link"):
        link.symlink_to(mine)
    (target.parent / ".mill-backup").symlink_to(mine)
    (target.parent / ".mill-1.txt").write_text("mine")
    before = {path for path in target.parent.rglob("*") if "mine" in str(path.resolve())}
    shutil.copytree(target, builds / "copy")
    for number in range(KEPT + 3):
        publish(target, {"graph.nq": b"%d" % number}, ABOUT)
    after = {path for path in target.parent.rglob("*") if "mine" in str(path.resolve())}
    assert after == before
    assert {path.name for path in (builds / "copy").iterdir()} == {*OLD, MANIFEST}
    assert (mine / "mine.txt").read_text() == "mine"


def test_builds_of_which_no_order_knows_are_removed_too(target: Path) -> None:
    """Those that an older Hudna has made."""
    before = target.resolve()
    (target.parent / ".builds" / "mill" / "order.json").unlink()
    for number in range(KEPT + 1):
        publish(target, {"graph.nq": b"%d" % number}, ABOUT)
    assert not before.exists()


def test_a_build_that_was_damaged_is_removed_too(target: Path) -> None:
    before = target.resolve()
    (before / MANIFEST).unlink()
    for number in range(KEPT + 1):
        publish(target, {"graph.nq": b"%d" % number}, ABOUT)
    assert not before.exists()


def test_what_was_remembered_of_a_build_goes_with_it(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builds, "SETTLED", 0)
    for number in range(KEPT + 3):
        publish(target, {"graph.nq": b"%d" % number}, ABOUT)
        opened(target, "mill")
    found = sorted(path.name for path in target.parent.rglob("*.checked"))
    holding = sorted(path.parent.name for path in target.parent.glob(".builds/mill/*/graph.nq"))
    assert found == [f".{name}.checked" for name in holding]


# A build of a case


def test_nothing_is_published_if_anything_is_wrong(tmp_path: Path) -> None:
    """Ten broken files: all are told, in order, and the last good build stays."""
    public = tmp_path / "public"
    recipe.build("mill", miniature.DATA, public)
    target = public / "mill"
    before = {path.name: path.read_bytes() for path in target.iterdir()}
    data = tmp_path / "data"
    data.mkdir()
    folder = miniature.broken(data, *TEN)
    with pytest.raises(DataProblems) as caught:
        recipe.build("mill", data, public)
    problems = miniature.inside(folder, caught.value)
    expected = [problem for name in TEN for problem in miniature.OVERLAYS[name].problems]
    assert [p[:2] for p in problems] == sorted(problem[:2] for problem in expected)
    assert {path.name: path.read_bytes() for path in target.iterdir()} == before


def test_data_that_were_corrected_meanwhile_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While one build checks the graph, the data are corrected and built by another."""
    head = miniature.copied(tmp_path / "data") / "case.toml"
    options = ["build", "--case", "mill", "--data", str(tmp_path / "data"), "--quiet"]
    options += ["--public", str(tmp_path / "public")]
    plain, codes = validation.validate, []

    def interrupted(*args: object) -> object:
        monkeypatch.setattr(validation, "validate", plain)
        text = head.read_text("utf-8")
        [title] = [line for line in text.splitlines() if line.startswith("title")]
        head.write_text(text.replace(title, 'title = "Corrected"'), "utf-8")
        codes.append(CliRunner().invoke(main, options).exit_code)
        return plain(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(validation, "validate", interrupted)
    result = CliRunner().invoke(main, options)
    assert codes == [0]
    assert result.exit_code == 75
    assert result.stderr.count("\n") == 1
    assert "meanwhile" in result.stderr
    public = tmp_path / "public"
    assert opened(public / "mill", "mill").manifest.about["title"] == "Corrected"


TEN = (
    "unknown-kind",
    "bad-file-name",
    "unknown-stage",
    "unknown-kind-of-event",
    "mechanism-without-chain",
    "question-without-exclusive",
    "bad-web-address",
    "typo-in-predicate",
    "unknown-judgement",
    "note-on-nothing",
)
