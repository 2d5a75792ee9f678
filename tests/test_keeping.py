"""The graph kept on the disk: it answers as the build does, and does not outlive it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

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
from graph.query import answer, with_values
from graph.read import store
from graph.reader import fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable

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


def test_a_store_with_more_tables_than_are_opened_at_once_is_not_asked(
    public: Path, caches: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own.rq"
    own.write_text("SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }", "utf-8")
    before = asked(public, str(own)), asked(public, "contested")
    kept = place(public)
    assert kept is not None
    monkeypatch.setattr(store, "TABLES_AT_ONCE", len(list(kept.glob("*.sst"))) - 1)
    assert place(public) is None
    shutil.rmtree(entries(caches)[0])
    assert place(public) is None
    (entry,) = entries(caches)
    assert list((entry / "store").iterdir()) == []
    made = (entry / "said.json").stat().st_mtime_ns
    assert (asked(public, str(own)), asked(public, "contested")) == before
    assert (entry / "said.json").stat().st_mtime_ns == made


@pytest.mark.parametrize(("tables", "whole"), [(0, False), (1, True), (16, True), (17, False)])
def test_tables_are_counted(tmp_path: Path, tables: int, whole: bool) -> None:
    for number in range(tables):
        (tmp_path / f"{number:06}.sst").touch()
    (tmp_path / "CURRENT").touch()
    assert store.opens_whole(tmp_path) == whole


@pytest.mark.skipif(sys.platform != "linux", reason="open files are listed in /proc")
@pytest.mark.parametrize("loads", [1, 3])
def test_the_engine_opens_as_many_tables_as_are_counted_on(tmp_path: Path, loads: int) -> None:
    folder = tmp_path / "store"
    written = store.Store(folder)
    for number in range(loads):  # each adds tables
        quad = f"<a:{number}> <a:p> <a:o> <a:g> ."
        written.bulk_load(quad, format=ox.RdfFormat.N_QUADS)
    del written
    tables = {path.name for path in folder.glob("*.sst")}
    assert store.opens_whole(folder) == (loads == 1)
    kept = store.open_kept(folder)
    links = (path.readlink() for path in Path("/proc/self/fd").iterdir() if path.is_symlink())
    opened_now = {link.name for link in links if link.parent == folder.resolve()}
    assert len(tables & opened_now) == min(len(tables), store.TABLES_AT_ONCE)
    assert len(kept) == loads


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
