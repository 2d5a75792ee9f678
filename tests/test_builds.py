"""Opening a build: what does not fit its manifest is refused, and what was opened stays."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import signal
import subprocess
import tarfile
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import dying
import pytest
from click.testing import CliRunner
from depth import examples
from hypothesis import given
from hypothesis import strategies as st
from serving import children, served

import graph
from graph.build import builds
from graph.build.case import OpenedCase, open_build
from graph.build.manifest import MANIFEST, MOST_BYTES, manifest, name_of, read_manifest
from graph.build.publish import publish
from graph.cli.main import main
from graph.errors import BrokenBuild, InputOutputError, NotBuilt
from graph.server import state

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from click.testing import Result

QUAD = '<https://example.org/a> <https://example.org/number> "%d" .\n'
READERS, OPENINGS, SWAPS = 3, 40, 120


def files(number: int) -> dict[str, bytes]:
    """Return the files of a build; each of them tells its number."""
    return {
        "graph.nq": (QUAD % number).encode() * 50,
        "layout.json": json.dumps({"a": [number, 0, 1]}).encode(),
        "index.html": b'<html lang="en"><p>%d</p>' % number,
    }


def built(target: Path, number: int = 0) -> Path:
    publish(target, files(number), {"case": "mill"})
    return target


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """The link that a build has made."""
    return built(tmp_path / "public" / "mill")


@pytest.fixture
def copy(target: Path, tmp_path: Path) -> Path:
    """A copy of the build, as a plain folder with other times."""
    shutil.copytree(target, tmp_path / "copied" / "mill", copy_function=shutil.copyfile)
    return tmp_path / "copied" / "mill"


@pytest.fixture
def anywhere() -> Iterator[Path]:
    """A folder that every user of the machine may enter."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Remember files that have only just been written; those of a test always are."""
    monkeypatch.setattr(builds, "SETTLED", 0)


def as_nobody(function: Callable[[], object]) -> int:
    """Run a function as somebody who may not do everything, and return its exit code."""

    def run() -> None:
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
        function()

    return dying.run(run, -1, dying.kill)


# What is no whole build


def cut(folder: Path) -> None:
    data = (folder / "graph.nq").read_bytes()
    (folder / "graph.nq").write_bytes(data[: len(data) // 2])


def grown(folder: Path) -> None:
    with (folder / "graph.nq").open("ab") as file:
        file.write((QUAD % 7).encode())


def changed(folder: Path) -> None:
    data = (folder / "layout.json").read_bytes()
    (folder / "layout.json").write_bytes(data.replace(b"0, 0", b"0, 9"))


def changed_back_in_time(folder: Path) -> None:
    before = (folder / "graph.nq").stat()
    data = (folder / "graph.nq").read_bytes()
    with (folder / "graph.nq").open("r+b") as file:
        file.write(data.replace(b'"0"', b'"9"'))
    os.utime(folder / "graph.nq", ns=(before.st_atime_ns, before.st_mtime_ns))


def linked(folder: Path) -> None:
    (folder / "index.html").rename(folder.parent / "elsewhere.html")
    (folder / "index.html").symlink_to(folder.parent / "elsewhere.html")


def piped(folder: Path) -> None:
    (folder / "graph.nq").unlink()
    os.mkfifo(folder / "graph.nq")


def a_folder(folder: Path) -> None:
    (folder / "graph.nq").unlink()
    (folder / "graph.nq").mkdir()


def older(folder: Path) -> None:
    told = json.loads((folder / MANIFEST).read_bytes())
    del told["sha256"]
    (folder / MANIFEST).write_text(json.dumps(told))


def half_older(folder: Path) -> None:
    """The files of the next build, copied over these but for the manifest."""
    for name, data in files(1).items():
        (folder / name).write_bytes(data)


def of_another_case(folder: Path) -> None:
    (folder / MANIFEST).write_bytes(manifest(files(0), {"case": "ford"}))


def edited(folder: Path) -> None:
    """A manifest that has the right hash of the changed file, but not of itself."""
    changed(folder)
    data = (folder / "layout.json").read_bytes()
    told = json.loads((folder / MANIFEST).read_bytes())
    told["files"]["layout.json"]["sha256"] = hashlib.sha256(data).hexdigest()
    (folder / MANIFEST).write_text(json.dumps(told, indent=2, sort_keys=True) + "\n")


def as_manifest(data: bytes) -> Callable[[Path], object]:
    return lambda folder: (folder / MANIFEST).write_bytes(data)


def huge(folder: Path) -> None:
    with (folder / MANIFEST).open("r+b") as file:
        file.truncate(1 << 40)


def huge_graph(folder: Path) -> None:
    os.truncate(folder / "graph.nq", 1 << 40)


def piped_manifest(folder: Path) -> None:
    (folder / MANIFEST).unlink()
    os.mkfifo(folder / MANIFEST)


def linked_manifest(folder: Path) -> None:
    (folder / MANIFEST).rename(folder.parent / MANIFEST)
    (folder / MANIFEST).symlink_to(folder.parent / MANIFEST)


def outside(folder: Path) -> None:
    told = json.loads((folder / MANIFEST).read_bytes())
    said = told["files"].pop("graph.nq")
    (folder.parent / "graph.nq").write_bytes((folder / "graph.nq").read_bytes())
    told["files"]["../graph.nq"] = said
    del told["sha256"]
    text = json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    told["sha256"] = hashlib.sha256(text.encode()).hexdigest()
    (folder / MANIFEST).write_text(json.dumps(told, indent=2, sort_keys=True) + "\n")


BROKEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "cut": (cut, r"graph\.nq is cut: it has \d+ of \d+ bytes"),
    "longer": (grown, "graph.nq has been changed"),
    "missing": (lambda folder: (folder / "index.html").unlink(), "index.html is missing"),
    "changed": (changed, "layout.json has been changed"),
    "changed, time restored": (changed_back_in_time, "graph.nq has been changed"),
    "link": (linked, "index.html is no plain file"),
    "pipe": (piped, "graph.nq is no plain file"),
    "folder": (a_folder, "graph.nq is no plain file"),
    "huge": (huge_graph, "graph.nq has been changed"),
    "other files": (
        half_older,
        "graph.nq has been changed; index.html has been changed; layout.json",
    ),
    "no manifest": (lambda folder: (folder / MANIFEST).unlink(), "manifest.json is missing"),
    "manifest of an older Hudna": (older, "manifest.json was written by an older Hudna; .*build"),
    "manifest of another case": (of_another_case, 'is not that of a build of "mill"'),
    "manifest edited": (edited, "manifest.json has been changed"),
    "manifest cut": (
        lambda folder: as_manifest((folder / MANIFEST).read_bytes()[:-9])(folder),
        "manifest.json is no manifest",
    ),
    "manifest empty": (as_manifest(b""), "is no manifest"),
    "manifest no JSON": (as_manifest(b"\xff\x00"), "is no manifest"),
    "manifest a list": (as_manifest(b"[]"), "is no manifest"),
    "manifest of nothing": (as_manifest(b"{}"), "is no manifest"),
    "manifest deep": (as_manifest(b"[" * 100_000), "is no manifest"),
    "manifest with a huge number": (
        as_manifest(b'{"files": {}, "a": %s}' % (b"9" * 9999)),
        "is no",
    ),
    "manifest with half a sign": (as_manifest(b'{"files": {}, "sha256": "\\ud800"}'), "manifest"),
    "manifest huge": (huge, "is no manifest"),
    "manifest a pipe": (piped_manifest, "manifest.json is no plain file"),
    "manifest a link": (linked_manifest, "manifest.json is no plain file"),
    "manifest that leads out": (outside, "names files outside"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_does_not_fit_its_manifest_is_refused(name: str, copy: Path) -> None:
    damage, message = BROKEN[name]
    damage(copy)
    with pytest.raises(BrokenBuild, match=message) as caught:
        graph.open("mill", copy.parent)
    assert "\n" not in str(caught.value)
    assert 'run "hudna build" again' in str(caught.value)
    assert caught.value.exit_code == 74


@pytest.mark.parametrize("name", BROKEN)
def test_the_same_in_the_folder_of_the_builds(name: str, target: Path) -> None:
    """Where it is built again, that puts it right."""
    damage, message = BROKEN[name]
    damage(target.resolve())
    with pytest.raises(BrokenBuild, match=message):
        builds.opened(target, "mill")
    built(target)
    assert builds.opened(target, "mill").verify().files == 4


def test_all_files_that_are_wrong_are_told(copy: Path) -> None:
    for name in files(0):
        (copy / name).unlink()
    with pytest.raises(BrokenBuild) as caught:
        builds.opened(copy, "mill")
    assert caught.value.problems == tuple(f"{name} is missing" for name in sorted(files(0)))


def test_many_files_that_are_wrong_are_told_in_one_line() -> None:
    error = BrokenBuild("public/mill", [f"{name} is missing" for name in "abcde"])
    assert "c is missing; 2 more files are wrong; run" in str(error)


def test_nothing_built(tmp_path: Path) -> None:
    with pytest.raises(NotBuilt, match="hudna build"):
        builds.opened(tmp_path / "mill", "mill")


def test_a_link_that_leads_nowhere(target: Path) -> None:
    """The link was copied, and not what it leads to."""
    shutil.rmtree(target.resolve())
    with pytest.raises(BrokenBuild, match="link leads nowhere"):
        builds.opened(target, "mill")


@pytest.mark.parametrize("make", [Path.touch, lambda path: path.symlink_to(path.name)])
def test_no_folder(make: Callable[[Path], None], tmp_path: Path) -> None:
    make(tmp_path / "mill")
    with pytest.raises(InputOutputError, match=r"mill: "):
        builds.opened(tmp_path / "mill", "mill")


@pytest.mark.parametrize("name", [MANIFEST, "graph.nq", "index.html"])
def test_what_may_not_be_read_is_told(name: str, anywhere: Path) -> None:
    target = built(anywhere / "mill")
    (target / name).chmod(0)
    assert as_nobody(lambda: builds.opened(target, "mill")) == 74


def test_a_name_that_leads_elsewhere_is_no_case(copy: Path) -> None:
    with pytest.raises((BrokenBuild, NotBuilt)):
        graph.open("../copied/mill", copy.parent)


# What is whole, however it came here


def test_a_whole_copy_is_good_whatever_its_times(copy: Path) -> None:
    assert graph.open("mill", copy.parent).looks() == {"a": (0.0, 0.0, 1.0)}


def test_a_tar_is_good(target: Path, tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar", "w", dereference=True) as archive:
        archive.add(target, "mill")
    with tarfile.open(tmp_path / "a.tar") as archive:
        plain = getattr(tarfile, "data_filter", None)  # a Python of before 3.11.4 has none
        archive.extraction_filter = plain
        archive.extractall(tmp_path / "there")  # noqa: S202 - made above
    assert builds.opened(tmp_path / "there" / "mill", "mill").verify().files == 4


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_a_checkout_is_good(target: Path, tmp_path: Path) -> None:
    """Links and all, as git keeps a folder of builds."""
    there = tmp_path / "there"
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
    for words in (["init", "-q"], ["add", "."], [*who, "commit", "-qm", "x"]):
        subprocess.run(["git", "-c", "core.autocrlf=false", *words], cwd=target.parent, check=True)
    subprocess.run(["git", "clone", "-q", str(target.parent), str(there)], check=True)
    assert builds.opened(there / "mill", "mill").verify().files == 4


@pytest.mark.usefixtures("settled")
def test_a_folder_that_may_only_be_read_is_good(anywhere: Path) -> None:
    target = built(anywhere / "public" / "mill")
    assert as_nobody(lambda: builds.opened(target, "mill").verify()) == 0
    assert not list(anywhere.rglob("*.checked*"))


def test_other_files_are_told_and_not_read(copy: Path) -> None:
    (copy / ".DS_Store").write_text("x")
    os.mkfifo(copy / "pipe")
    assert builds.opened(copy, "mill").verify().others == (".DS_Store", "pipe")


# What is remembered


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that gets longer with each file whose SHA-256 is computed on opening."""
    seen: list[str] = []
    plain = hashlib.file_digest

    def digest(file: object, name: str) -> object:
        seen.append(name)
        return plain(file, name)  # type: ignore[arg-type]

    monkeypatch.setattr(hashlib, "file_digest", digest)
    return seen


@pytest.fixture
def memory(target: Path, request: pytest.FixtureRequest) -> Path:
    """What is remembered of a build that has been opened once."""
    request.getfixturevalue("settled")
    builds.opened(target, "mill")
    folder = target.resolve()
    return folder.with_name(f".{folder.name}.checked")


def test_hashes_are_computed_once(
    memory: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = counted(monkeypatch)
    build = builds.opened(target, "mill")
    assert seen == []
    build.verify()
    assert len(seen) == 3, "a full check computes all of them"
    (target / "layout.json").touch()
    builds.opened(target, "mill")
    assert len(seen) == 4
    assert memory.stat().st_mode & 0o777 == 0o644


def test_a_file_that_was_just_written_is_not_remembered(target: Path) -> None:
    """Within one tick of the clock it could be written again and look the same."""
    builds.opened(target, "mill")
    assert not list(target.parent.rglob("*.checked*"))


def test_what_is_remembered_is_no_part_of_the_build(memory: Path, target: Path) -> None:
    assert {path.name for path in target.iterdir()} == {*files(0), MANIFEST}
    assert memory.parent == target.resolve().parent


@pytest.mark.parametrize("damage", [changed, changed_back_in_time, cut, half_older])
def test_what_is_remembered_hides_no_change(
    damage: Callable[[Path], None], memory: Path, target: Path
) -> None:
    damage(target.resolve())
    with pytest.raises(BrokenBuild):
        builds.opened(target, "mill")
    assert memory.exists()


def forge(memory: Path, target: Path, name: str = "graph.nq") -> None:
    """Say of a file as it is now that it has been compared."""
    known = json.loads(memory.read_bytes())
    now = (target / name).stat()
    known[name][:4] = now.st_ino, now.st_size, now.st_mtime_ns, now.st_ctime_ns
    memory.write_text(json.dumps(known))


def test_a_forged_memory_lets_no_changed_graph_pass(memory: Path, target: Path) -> None:
    """Whoever can write it could also write another build; but what is read is always compared."""
    changed_back_in_time(target.resolve())
    forge(memory, target)
    case = open_build("mill", target.parent)
    for reading in (lambda: case.store, case.build.verify, lambda: case.build.open("graph.nq")):
        with pytest.raises(BrokenBuild, match=r"graph\.nq has been changed"):
            reading()
    cut(target.resolve())
    forge(memory, target)
    with pytest.raises(BrokenBuild, match=r"graph\.nq is cut"):
        builds.opened(target, "mill")


@pytest.mark.parametrize(
    "rubbish",
    [b"", b"[]", b"\xff", b'{"graph.nq": 5}', b'{"graph.nq": [null]}', b"[" * 90_000, b"9" * 9999],
)
def test_rubbish_in_the_memory_is_passed_over(rubbish: bytes, memory: Path, target: Path) -> None:
    memory.write_bytes(rubbish)
    builds.opened(target, "mill")
    assert json.loads(memory.read_bytes()).keys() == files(0).keys()
    memory.write_bytes(rubbish)
    cut(target.resolve())
    with pytest.raises(BrokenBuild):
        builds.opened(target, "mill")


def test_the_memory_is_written_through_no_link(memory: Path, target: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.txt"
    mine.write_text("mine")
    memory.unlink()
    memory.symlink_to(mine)
    builds.opened(target, "mill")
    assert mine.read_text() == "mine"
    memory.unlink()
    os.mkfifo(memory)
    builds.opened(target, "mill")


@pytest.mark.usefixtures("settled")
def test_a_full_disk_keeps_nobody_from_reading(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(builds, "replace_file", full)
    assert builds.opened(target, "mill").read("index.html")


CHANGES = st.lists(
    st.tuples(
        st.sampled_from(sorted(files(0))),
        st.integers(0, 400),
        st.binary(max_size=3),
        st.booleans(),
        st.booleans(),
    ),
    max_size=4,
)


@given(changes=CHANGES)
@examples(60)
def test_a_build_opens_if_and_only_if_it_is_as_it_was(
    changes: list[tuple[str, int, bytes, bool, bool]],
) -> None:
    """Some bytes are overwritten or cut off, times restored or not, with openings in between."""
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(builds, "SETTLED", 0)
        target = built(Path(name) / "mill")
        for file, at, new, shorter, restore in changes:
            path = target / file
            before, data = path.stat(), path.read_bytes()
            path.write_bytes(data[:at] + new + (b"" if shorter else data[at + len(new) :]))
            if restore:
                os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
            same = all((target / each).read_bytes() == files(0)[each] for each in files(0))
            assert _opens(target) == same


def _opens(target: Path) -> bool:
    try:
        builds.opened(target, "mill").verify()
    except BrokenBuild:
        return False
    return True


# The manifest by itself

NAMES = st.from_regex(r"[a-z0-9_][a-z0-9_.-]{0,9}", fullmatch=True)
TOLD = st.dictionaries(st.sampled_from(["case", "title", "counts"]), st.text() | st.integers())


@given(contents=st.dictionaries(NAMES, st.binary(max_size=9), max_size=4), told=TOLD)
def test_a_manifest_says_what_was_told_and_what_is_there(
    contents: dict[str, bytes], told: dict[str, object]
) -> None:
    data = manifest(contents, told)
    said = read_manifest(data)
    assert said.about == told
    assert said.name == name_of(data) == hashlib.sha256(data).hexdigest()[:16]
    assert said.files == {
        name: (len(content), hashlib.sha256(content).hexdigest())
        for name, content in contents.items()
    }
    lines = data.decode().splitlines(keepends=True)
    own = json.loads(data)["sha256"]
    plain = {key: value for key, value in json.loads(data).items() if key != "sha256"}
    text = json.dumps(plain, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    assert hashlib.sha256(text.encode()).hexdigest() == own, lines


@given(data=st.data())
def test_no_other_bytes_are_that_manifest(data: st.DataObject) -> None:
    good = manifest(files(0), {"case": "mill"})
    at = data.draw(st.integers(0, len(good)))
    bad = (
        good[:at] + data.draw(st.binary(max_size=2)) + good[data.draw(st.integers(0, len(good))) :]
    )
    if bad == good:
        assert read_manifest(bad).about == {"case": "mill"}
    else:
        with pytest.raises(ValueError, match=r"manifest|changed|older"):
            read_manifest(bad)


@given(rubbish=st.recursive(st.none() | st.integers() | st.text(), st.lists) | st.none())
def test_rubbish_is_no_manifest(rubbish: object) -> None:
    for told in (rubbish, {"files": rubbish}, {"files": {"a": rubbish}, "sha256": rubbish}):
        with pytest.raises(ValueError, match=r"manifest|changed|older"):
            read_manifest(json.dumps(told).encode())


@pytest.mark.parametrize("name", ["", "..", ".x", "a/b", "a\\b", "a\nb", "/x", MANIFEST])
def test_a_build_has_no_file_of_such_a_name(name: str) -> None:
    with pytest.raises(ValueError, match="name of a file"):
        manifest({name: b""}, {})


def test_a_manifest_of_a_large_case_is_read(tmp_path: Path) -> None:
    about = {"case": "mill", "title": "x" * (MOST_BYTES // 4)}
    publish(tmp_path / "mill", files(0), about)
    assert builds.opened(tmp_path / "mill", "mill").manifest.about == about


# Commands


@pytest.fixture(scope="module")
def half(public: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of builds with a graph that was cut between two lines."""
    folder = tmp_path_factory.mktemp("half")
    shutil.copytree(public / "mill", folder / "mill")
    path = folder / "mill" / "graph.nq"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[: len(lines) // 2]))
    return folder


def hudna(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


@pytest.mark.parametrize(
    "words",
    [
        "query contested",
        "network",
        "network actors --measure degree",
        "explain town-council river-guard",
        "export gexf",
        "export nquads",
        "sequences",
        "analyse",
        "view",
        "view --voice river-guard",
        "serve --port 0",
        "publish --to http://127.0.0.1:9/",
        "check --built",
    ],
)
def test_every_command_refuses_half_a_graph(words: str, half: Path) -> None:
    result = hudna(*words.split(), "--case", "mill", "--public", str(half))
    assert (result.exit_code, result.stdout) == (74, ""), result.output
    [line] = result.stderr.splitlines()
    assert line.startswith(f"Error: {half.as_posix()}/mill: graph.nq is cut: ")


def test_check_built_tells_what_was_compared(public: Path) -> None:
    result = hudna("check", "--built", "--case", "mill", "--public", str(public))
    inside = list((public / "mill").iterdir())
    size = sum(path.stat().st_size for path in inside)
    told = f"mill: {len(inside)} files with {size} bytes are as they were built\n"
    assert (result.exit_code, result.output) == (0, told)


def test_check_built_tells_of_other_files(copy: Path) -> None:
    (copy / "no\x1b[2Jte").write_text("x")
    result = hudna("check", "--built", "--case", "mill", "--public", str(copy.parent))
    assert result.exit_code == 0
    assert result.output.endswith("; 1 more, as no\\x1b[2Jte, not of the build\n")


def test_check_built_as_json(copy: Path) -> None:
    words = ["check", "--built", "--case", "mill", "--public", str(copy.parent), "--format", "json"]
    assert json.loads(hudna(*words).stdout) == []
    cut(copy)
    (copy / "index.html").unlink()
    result = hudna(*words)
    assert result.exit_code == 74
    told = [problem["message"] for problem in json.loads(result.stdout)]
    assert [message.split(":")[0] for message in told] == [
        "graph.nq is cut",
        "index.html is missing",
    ]


def test_the_full_check_believes_nothing_that_is_remembered(memory: Path, target: Path) -> None:
    changed(target.resolve())
    forge(memory, target, "layout.json")
    assert open_build("mill", target.parent).store
    at = ["--case", "mill", "--public", str(target.parent)]
    with pytest.raises(BrokenBuild, match=r"layout\.json has been changed"):
        state.opened(state.Config("mill", target.parent))
    for words in (["check", "--built"], ["publish", "--to", "http://127.0.0.1:9/"]):
        result = hudna(*words, *at)
        assert result.exit_code == 74
        assert "layout.json has been changed" in result.stderr


def test_a_server_never_loads_a_graph_that_was_changed_meanwhile(
    public: Path, tmp_path: Path
) -> None:
    shutil.copytree(public / "mill", tmp_path / "mill")
    path = tmp_path / "mill" / "graph.nq"
    with served(tmp_path) as server:
        assert server.query("ASK { ?s ?p ?o }").json()["boolean"]
        path.write_bytes(path.read_bytes().partition(b"\n")[2])
        [holder] = children(server.process.pid)
        os.kill(holder, signal.SIGKILL)
        asked = (f"SELECT * {{ ?s ?p ?o }} LIMIT {number}" for number in range(5))
        assert all(server.query(sparql).status >= 500 for sparql in asked)
        assert server.ask("GET", "/health").status == 503


# Builds that come while one is read


def numbers(case: OpenedCase) -> set[str]:
    """Return the numbers that the files of a case tell, read one after another."""
    [quad] = case.store
    looks = case.looks()["a"][0]
    page = case.view().text()
    return {quad.object.value, f"{looks:g}", page.partition("<p>")[2].partition("<")[0]}


@pytest.mark.parametrize("swaps", [1, 8])
def test_a_case_that_was_opened_stays_as_it_was(swaps: int, target: Path) -> None:
    case = open_build("mill", target.parent)
    shown = case.view()
    for number in range(1, swaps + 1):
        built(target, number)
    assert numbers(case) == {"0"}
    assert "<p>0</p>" in shown.text()
    assert shown.path.read_bytes() == files(0)["index.html"]
    assert numbers(open_build("mill", target.parent)) == {str(swaps)}


def test_a_build_that_goes_and_comes_back_while_it_is_opened(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its manifest has been opened, and not yet held."""

    def late(descriptor: int) -> bool:
        monkeypatch.undo()
        for number in [*range(1, 6), 0]:
            built(target, number)
        return builds.hold(descriptor)

    monkeypatch.setattr(builds, "hold", late)
    case = open_build("mill", target.parent)
    for number in range(1, 6):
        built(target, number)
    assert numbers(case) == {"0"}


def test_a_build_that_is_being_removed_is_not_opened(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its files are there still, but not for long."""
    answers = [False, False, True]
    monkeypatch.setattr(builds, "hold", lambda _descriptor: answers.pop(0))
    builds.opened(target, "mill")
    assert answers == []


def test_a_build_that_nobody_reads_any_more_is_removed(target: Path) -> None:
    case = open_build("mill", target.parent)
    folder = case.folder
    for number in range(1, 9):
        built(target, number)
    assert folder.exists()
    del case
    built(target, 9)
    assert not folder.exists()


def test_a_reader_that_was_killed_holds_nothing(target: Path) -> None:
    folder = target.resolve()

    def read() -> None:
        case = open_build("mill", target.parent)
        os.kill(os.getpid(), signal.SIGKILL)
        del case

    assert dying.run(read, -1, dying.kill) == -signal.SIGKILL
    for number in range(1, 9):
        built(target, number)
    assert not folder.exists()


def _readings(target: Path) -> None:
    for _ in range(OPENINGS):
        assert len(numbers(open_build("mill", target.parent))) == 1


def test_many_readers_and_many_builds(target: Path) -> None:
    """Readers in processes and in threads, while builds are published as quickly as can be."""
    processes = []
    for _ in range(READERS):
        child = os.fork()
        if child == 0:
            os._exit(dying.inside(lambda: _readings(target), lambda: None))
        processes.append(child)
    with ThreadPoolExecutor(READERS) as threads:
        reading = [threads.submit(_readings, target) for _ in range(READERS)]
        for number in range(1, SWAPS + 1):
            built(target, number)
        for one in reading:
            one.result()
    assert [os.waitpid(child, 0)[1] for child in processes] == [0] * READERS
    assert numbers(open_build("mill", target.parent)) == {str(SWAPS)}
