"""The graph kept on the disk: it answers as the build does, and does not outlive it."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import IO, TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from depth import examples
from hypothesis import example, given
from hypothesis import strategies as st
from miniature import CASE, DATA, FOLDER

from graph.build import authored, keeping, recipe
from graph.build.builds import opened
from graph.build.case import open_build
from graph.cli.main import main
from graph.errors import InputOutputError
from graph.query import answer, with_values
from graph.read import on_disk, store
from graph.reader import fingerprint
from graph.server.pool import forkserver
from graph.server.pool.apart import answered
from graph.server.pool.request import QueryResult

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.server.pool.request import QueryRequest

BLINK = 50_000_000
"""Nanoseconds: longer than a tick of the clock of a file system."""


@pytest.fixture
def caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of what is kept; every graph is large enough to be."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    monkeypatch.setattr(keeping, "KEPT_FROM", 1)
    return tmp_path / "caches" / "hudna"


@pytest.fixture
def public(tmp_path: Path, caches: Path) -> Path:
    """A build of the miniature, whose graph is kept."""
    recipe.build(CASE, DATA, tmp_path / "public")
    assert len(entries(caches)) == 1
    return tmp_path / "public"


def entries(folder: Path) -> list[Path]:
    """Return what is kept, or half made."""
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    return [one for one in found if not one.name.startswith("check-")]  # see test_checking.py


def place(public: Path) -> Path | None:
    return keeping.kept(opened(public / CASE, CASE))


def asked(public: Path, *words: str) -> str:
    given = ["query", *words, "--case", CASE, "--data", str(DATA), "--public", str(public)]
    done = CliRunner().invoke(main, given)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_what_is_kept_answers_as_what_is_loaded(
    public: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = open_build(CASE, public)
    assert kept.source.place is not None
    monkeypatch.setattr(keeping, "KEPT_FROM", 1 << 60)
    loaded = open_build(CASE, public)
    assert loaded.source.place is None
    assert set(kept.store) == set(loaded.store)
    for name, query in loaded.queries.items():
        text = with_values(query, {})
        answers = [answer(one.store, text, case=CASE) for one in (kept, loaded)]
        assert answers[0] == answers[1], name


def test_a_large_store_is_made_in_a_process_of_its_own(
    public: Path, caches: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = {path.name for path in entries(caches)}
    shutil.rmtree(caches)
    monkeypatch.setattr(keeping, "APART_FROM", 1)
    monkeypatch.setattr(keeping, "make_kept", None)
    assert place(public) is not None
    assert {path.name for path in entries(caches)} == first
    assert set(open_build(CASE, public).store) == set(
        store.load(public / CASE / "graph.nq", (public / CASE / "graph.nq").read_bytes())
    )


def test_where_that_process_fails_nothing_is_kept(
    public: Path, caches: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(caches)
    monkeypatch.setattr(keeping, "APART_FROM", 1)
    monkeypatch.setattr(keeping, "_MAKE", "raise SystemExit('no room')")
    assert place(public) is None
    assert entries(caches) == []


def test_a_query_of_ones_own_is_asked_of_it_in_a_child(
    public: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own.rq"
    own.write_text("SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }", "utf-8")
    first = asked(public, str(own)), asked(public, "contested", "--sources")
    shutil.rmtree(place(public) or "")
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null")
    assert place(public) is None
    assert (asked(public, str(own)), asked(public, "contested", "--sources")) == first


def test_nobody_else_can_open_it_and_the_build_has_nothing_more(
    public: Path, caches: Path, tmp_path: Path
) -> None:
    (entry,) = entries(caches)
    assert all(one.stat().st_mode & 0o077 == 0 for one in (caches, entry))
    names = {path.name for path in (public / CASE).iterdir()}
    assert names == {*opened(public / CASE, CASE).manifest.files, "manifest.json"}
    assert entries(tmp_path) == [caches.parent, public]


def test_it_is_not_kept_where_others_may_read_or_nothing_can_be_written(
    public: Path, caches: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    caches.chmod(0o755)
    assert place(public) is None
    caches.chmod(0o700)
    assert place(public) is not None
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null")
    assert place(public) is None
    assert asked(public, "contested")


def test_a_build_for_the_editors_keeps_it_beside_itself_and_takes_it_along(
    caches: Path, tmp_path: Path
) -> None:
    target = tmp_path / "private"
    data = tmp_path / "data"
    shutil.copytree(FOLDER, data / CASE)
    first = recipe.build(CASE, data, target, private=True)
    kept = place(target)
    assert entries(caches) == []
    assert kept is not None
    assert kept.is_relative_to(first.parent)
    assert kept.parent.stat().st_mode & 0o077 == 0
    notes = data / CASE / "case.toml"
    notes.write_text(notes.read_text("utf-8").replace('title = "', 'title = "Again: '), "utf-8")
    second = recipe.build(CASE, data, target, private=True)
    assert second != first
    assert not kept.exists()
    assert place(target) is not None


class InParts:
    """The engine with a store on the disk that is loaded in parts, each of which adds tables."""

    PARTS = 3

    def __init__(self, folder: Path) -> None:
        self._store = ox.Store(folder)

    def bulk_load(self, file: IO[bytes], **how: Any) -> None:  # noqa: ANN401 - as it is given
        lines = file.readlines()
        for part in range(self.PARTS):
            self._store.bulk_load(b"".join(lines[part :: self.PARTS]), **how)

    def optimize(self) -> None:
        """Leave the tables as they are."""

    read_only = staticmethod(ox.Store.read_only)


@pytest.fixture
def many(public: Path, caches: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The store of the miniature, made again with more tables than are opened at once."""
    monkeypatch.setattr(on_disk, "ox", SimpleNamespace(**{**vars(ox), "Store": InParts}))
    shutil.rmtree(entries(caches)[0])
    kept = place(public)
    assert kept is not None
    assert len(tables(kept)) > on_disk.AT_ONCE
    return kept


def tables(folder: Path) -> set[Path]:
    return {path.resolve() for path in folder.glob("*.sst")}


def open_now() -> set[Path]:
    """Return the files that this process has open."""
    links = [link for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
    return {link.readlink() for link in links}


@pytest.mark.skipif(sys.platform != "linux", reason="open files are listed in /proc")
def test_all_tables_of_a_store_are_open_once_it_is(many: Path) -> None:
    bare = ox.Store.read_only(str(many))
    assert len(tables(many) & open_now()) == on_disk.AT_ONCE
    del bare
    kept = on_disk.open_kept(many)
    assert tables(many) <= open_now()
    assert len(kept) > 0


def test_a_store_whose_tables_are_not_all_open_is_not_asked(many: Path, public: Path) -> None:
    assert open_build(CASE, public).source.place == many
    (many / on_disk.LOOKS).write_bytes(b"")
    with pytest.raises(InputOutputError, match="not all of its tables"):
        on_disk.open_kept(many)
    again = open_build(CASE, public)
    assert again.source.place == many  # as it does not fit, it is made again
    assert len(again.store) > 0
    assert tables(many) <= open_now()


@pytest.mark.parametrize("told", [b"", b"<a:b> <a:c> "])
def test_where_a_store_cannot_be_opened_whole_the_graph_is_loaded(
    many: Path, public: Path, monkeypatch: pytest.MonkeyPatch, told: bytes
) -> None:
    before = asked(public, "contested")
    (many / on_disk.LOOKS).write_bytes(told)
    monkeypatch.setattr(keeping, "_fits", lambda *_: True)
    assert place(public) == many
    assert open_build(CASE, public).source.place is None
    assert asked(public, "contested") == before


def test_a_store_of_which_no_lookups_open_all_tables_is_not_made_again(
    many: Path, public: Path, caches: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = asked(public, "contested")
    monkeypatch.setattr(on_disk, "_MOST_SOUGHT", 1)
    shutil.rmtree(many.parent)
    assert open_build(CASE, public).source.place is None
    (entry,) = entries(caches)
    assert list((entry / "store").iterdir()) == []
    made = (entry / "said.json").stat().st_mtime_ns
    assert asked(public, "contested") == before
    assert (entry / "said.json").stat().st_mtime_ns == made


def test_with_few_files_to_open_a_store_cannot_be_open_whole(many: Path) -> None:
    """RocksDB keeps as many tables open as there are left of the files that may be open."""
    code = (
        "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (100, 100))\n"
        "from pathlib import Path; from graph.read import on_disk\n"
        f"try: on_disk.open_kept(Path({str(many)!r}))\n"
        "except on_disk.InputOutputError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "not all of its tables can be open at once" in done.stdout


def looking_round(
    store: store.Store, question: QueryRequest, *, files: set[Path], **_limits: object
) -> QueryResult:
    """Tell what a child can open and has open, in place of an answer."""
    could = []
    for path in (*files, *(file.with_name("CURRENT") for file in files), Path("/")):
        with contextlib.suppress(OSError):
            os.open(path, os.O_RDONLY)
            could.append(str(path))
    for family in (socket.AF_INET, socket.AF_UNIX):
        with contextlib.suppress(OSError):
            socket.socket(family)
            could.append(str(family))
    has, every = [], {(one.stat().st_dev, one.stat().st_ino) for one in files}
    for number in range(256):
        with contextlib.suppress(OSError):
            one = os.fstat(number)
            has.append("table" if (one.st_dev, one.st_ino) in every else str(number))
    found = {"could": could, "has": has, "quads": len(store)}
    rows = {"head": {"vars": ["told"]}, "results": {"bindings": [
        {"told": {"type": "literal", "value": json.dumps(found)}}]}}  # fmt: skip
    return QueryResult(question.table or "", json.dumps(rows).encode())


def test_a_child_can_open_nothing_but_what_it_has_open_of_its_store(
    many: Path, public: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forkserver, "evaluated", partial(looking_round, files=tables(many)))
    quads = len(on_disk.open_kept(many))
    opened_here = open_build(CASE, public)
    found = answered(opened_here.store, "SELECT * {}", case=CASE, place=many)
    told = json.loads(found.rows[0][0].value)  # type: ignore[union-attr]
    assert told["could"] == []
    assert sorted(told["has"]) == sorted(["0", "1", "2", "3", "4", *["table"] * len(tables(many))])
    assert told["quads"] == quads


def test_to_open_a_build_neither_the_reader_nor_networkx_is_imported() -> None:
    code = "import sys, graph.build.case; print({'graph.reader', 'networkx'} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_it_goes_with_the_build_that_it_is_of(public: Path, caches: Path, tmp_path: Path) -> None:
    shutil.rmtree(public)
    recipe.build(CASE, DATA, tmp_path / "other")
    (entry,) = entries(caches)
    assert json.loads((entry / "said.json").read_text("utf-8"))["build"].startswith(
        str((tmp_path / "other").resolve())
    )


def cut(entry: Path) -> None:
    file = max((entry / "store").iterdir(), key=lambda path: path.stat().st_size)
    os.truncate(file, file.stat().st_size // 2)


def lost(entry: Path) -> None:
    next((entry / "store").glob("*.sst")).unlink()


def of_another_engine(entry: Path) -> None:
    said = json.loads((entry / "said.json").read_text("utf-8"))
    (entry / "said.json").write_text(json.dumps({**said, "engine": "other"}), "utf-8")


def unsaid(entry: Path) -> None:
    (entry / "said.json").unlink()


def a_link(entry: Path) -> None:
    entry.rename(entry.parent.parent / "elsewhere")
    entry.symlink_to(entry.parent.parent / "elsewhere")


@pytest.mark.parametrize("harm", [cut, lost, of_another_engine, unsaid, a_link])
def test_what_does_not_fit_is_made_again(
    public: Path, caches: Path, harm: Callable[[Path], None]
) -> None:
    before = asked(public, "contested")
    (entry,) = entries(caches)
    harm(entry)
    assert asked(public, "contested") == before
    (entry,) = entries(caches)
    made = (entry / "said.json").stat().st_mtime_ns
    assert asked(public, "contested") == before
    assert (entry / "said.json").stat().st_mtime_ns == made


def test_many_make_and_read_it_at_once(public: Path, caches: Path) -> None:
    shutil.rmtree(entries(caches)[0])
    with ThreadPoolExecutor(6) as pool:
        places = list(pool.map(lambda _: place(public), range(12)))
    assert len(set(places) - {None}) == 1
    assert len(entries(caches)) == 1
    wanted = len(open_build(CASE, public).store)
    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(lambda _: len(open_build(CASE, public).store), range(8)))
    assert counts == [wanted] * 8


def test_what_was_never_made_to_its_end_is_thrown_away_in_time(public: Path, caches: Path) -> None:
    young, old = caches / ".tmp-abcdefgh", caches / ".tmp-12345678"
    for folder in (young, old):
        folder.mkdir()
    os.utime(old, (0, time.time() - 2 * 24 * 3600))
    keeping.sweep()
    assert young.is_dir()
    assert not old.exists()
    assert place(public) is not None


STEPS = st.sampled_from(
    ["touch", "same", "other", "reset", "new", "gone", "back", "renamed", "terms", "hidden"]
)


@example(["reset", "none"])
@example(["terms"])
@given(st.lists(STEPS, min_size=1, max_size=4))
@examples(15)
def test_files_are_the_same_exactly_if_their_fingerprint_is(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str]
) -> None:
    above = tmp_path_factory.mktemp("edited")
    folder = above / "data" / CASE
    shutil.copytree(FOLDER, folder)
    recipe.build(CASE, above / "data", above / "public")
    build, built = opened(above / "public" / CASE, CASE), fingerprint(folder)
    before, vars(authored)["SETTLED"] = vars(authored)["SETTLED"], BLINK
    try:
        for step in ["none", "none", *steps]:
            edited(folder, step)
            same = fingerprint(folder) == built
            for _ in range(2):
                assert authored.is_of(build, folder, built) == same, step
                time.sleep(2 * BLINK / 1e9)
    finally:
        vars(authored)["SETTLED"] = before


def edited(folder: Path, step: str) -> None:
    """Change a file of a case, or seem to."""
    file = folder / "case.toml"
    text = file.read_text("utf-8")
    if step == "touch":
        os.utime(file)
    elif step == "same":
        file.write_text(text, "utf-8")
    elif step in ("other", "reset"):
        times = file.stat()
        file.write_text(text.swapcase(), "utf-8")
        if step == "reset":
            os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    elif step == "new":
        (folder / "actors" / "somebody.toml").write_text("", "utf-8")
    elif step in ("gone", "renamed"):
        for path in sorted((folder / "actors").glob("*.toml"))[:1]:
            path.rename(path.with_suffix(".bak" if step == "gone" else ".x.toml"))
    elif step == "back":
        for path in (folder / "actors").glob("*.bak"):
            path.rename(path.with_suffix(".toml"))
    elif step == "terms":
        (folder / "terms.toml").write_text('terms = ["../shared/terms.toml"]\n', "utf-8")
        (folder.parent / "shared").mkdir(exist_ok=True)
        (folder.parent / "shared" / "terms.toml").write_text(f"# {text[:5]}\n", "utf-8")
    elif step == "hidden":
        (folder / "actors" / ".hidden.toml").write_text("", "utf-8")
