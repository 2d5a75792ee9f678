"""Publishing: the old build or the new one, never a mixture, whatever happens in between."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import resource
import signal
from typing import TYPE_CHECKING

import dying
import miniature
import pytest

from graph import publish as publishing
from graph.cli.recipe import recipe
from graph.errors import BuildLocked, DataProblems, InputOutputError, NotBuilt
from graph.publish import MANIFEST, publish, published

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

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


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """The folder of a case, into which the old build is published."""
    return publish(tmp_path / "public" / "mill", OLD, ABOUT)


def test_publish_and_open(target: Path) -> None:
    assert published(target) == target
    assert which(target) == "old"
    assert json.loads((target / MANIFEST).read_text("utf-8"))["counts"] == {"things": 2}


def test_a_new_build_replaces_the_old_one(target: Path) -> None:
    publish(target, NEW, ABOUT)
    assert which(target) == "new"


def test_only_the_last_build_is_kept(target: Path) -> None:
    for number in range(4):
        publish(target, {"graph.nq": b"%d" % number}, ABOUT)
    holding = [folder for folder in folders(target) if (folder / MANIFEST).exists()]
    assert len(holding) == 1


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


def test_nothing_built(tmp_path: Path) -> None:
    with pytest.raises(NotBuilt, match="hudna build"):
        published(tmp_path / "mill")


# Killed, at every step


def replaced(target: Path) -> Callable[[], object]:
    return lambda: publish(target, NEW, ABOUT)


def test_killed_at_any_step(tmp_path: Path) -> None:
    """Each time the old build or the new one stands, whole; the next build clears up."""
    seen = []
    for step in range(1, steps(tmp_path) + 1):
        target = publish(tmp_path / str(step) / "mill", OLD, ABOUT)
        assert dying.run(replaced(target), step, dying.kill) == -signal.SIGKILL
        seen.append(which(target))
        assert which(publish(target, NEW, ABOUT)) == "new"
        assert links(target) == ["mill"], f"step {step} left a link behind"
        assert len([folder for folder in folders(target) if any(folder.glob("graph.nq"))]) == 1
        assert not leftovers(target)
    assert len(seen) > 10
    assert seen == sorted(seen, reverse=True), "once the new build stands, it stays"
    assert set(seen) == {"old", "new"}


def test_killed_during_the_first_build(tmp_path: Path) -> None:
    for step in range(1, steps(tmp_path) + 1):
        target = tmp_path / str(step) / "mill"
        dying.run(replaced(target), step, dying.kill)
        assert not target.exists() or which(target) == "new"
        assert which(publish(target, NEW, ABOUT)) == "new"


def steps(folder: Path) -> int:
    """Return how many steps it takes to publish the new build over the old one."""
    return dying.steps_of(replaced(publish(folder / "counted" / "mill", OLD, ABOUT)))


# Failing, at every step


def raising(number: int) -> Callable[[], None]:
    def fail() -> None:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EIO])
def test_an_error_of_the_disk_at_any_step(number: int, tmp_path: Path) -> None:
    codes = set()
    for step in range(1, steps(tmp_path) + 1):
        target = publish(tmp_path / str(step) / "mill", OLD, ABOUT)
        code = dying.run(replaced(target), step, raising(number))
        codes.add(code)
        told = {0: "new", InputOutputError.exit_code: "old"}[code]
        assert which(target) == told, f"after step {step} failed, the wrong outcome was told"
        assert which(publish(target, NEW, ABOUT)) == "new"
        assert not leftovers(target)
    assert InputOutputError.exit_code in codes


def leftovers(target: Path) -> list[Path]:
    return [path for path in target.parent.rglob("*") if path.name.startswith(".tmp-")]


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


def test_a_second_build_is_refused_while_one_runs(target: Path) -> None:
    """The child stops in the middle of publishing until the parent has tried."""
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


# A build of a case


def test_nothing_is_published_if_anything_is_wrong(tmp_path: Path) -> None:
    """Ten broken files: all are told, in order, and the last good build stays."""
    public = tmp_path / "public"
    target = recipe().build("mill", miniature.DATA, public)
    before = {path.name: path.read_bytes() for path in target.iterdir()}
    data = tmp_path / "data"
    data.mkdir()
    folder = miniature.broken(data, *TEN)
    with pytest.raises(DataProblems) as caught:
        recipe().build("mill", data, public)
    problems = miniature.inside(folder, caught.value)
    expected = [problem for name in TEN for problem in miniature.OVERLAYS[name].problems]
    assert [p[:2] for p in problems] == sorted(problem[:2] for problem in expected)
    assert {path.name: path.read_bytes() for path in target.iterdir()} == before


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
