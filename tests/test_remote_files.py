"""A case as files for bulk loaders: what a store has loaded is what publishing would have made."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
from functools import partial
from typing import TYPE_CHECKING, Any

import dying
import pyoxigraph as ox
import pytest
from published import hudna
from stores import oxigraph, virtuoso

from graph.build.case import OpenedCase, open_build
from graph.errors import InputOutputError, UsageError
from graph.read import store as graphs
from graph.remote.fetching import connect, fetch
from graph.remote.files import WrittenFolder, write_parts
from graph.remote.manifest import Names
from graph.remote.publishing import Publication

if TYPE_CHECKING:
    from pathlib import Path

    from graph.remote.client import Client

MILL = Names("mill")
SIZE = 700


@pytest.fixture
def built(public: Path) -> OpenedCase:
    return open_build("mill", public)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "parts"


def written(
    folder: Path, built: OpenedCase, size: int = SIZE, names: Names = MILL
) -> WrittenFolder:
    return write_parts(folder, built.store, names, size)


def listed(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "parts.json").read_bytes())
    return found


def all_in(folder: Path) -> list[bytes]:
    """Return all lines of the files, in the order in which they are listed."""
    files = [folder / one["file"] for one in listed(folder)["parts"]]
    return [line for path in files for line in lines_in(path)]


def lines_in(path: Path) -> list[bytes]:
    return gzip.decompress(path.read_bytes()).splitlines(keepends=True)


def states(folder: Path) -> dict[str, tuple[int, int]]:
    found = {path.name: path.stat() for path in folder.iterdir()}
    return {name: (one.st_ino, one.st_mtime_ns) for name, one in found.items()}


def assert_published(client: Client, built: OpenedCase, names: Names = MILL) -> None:
    """The store holds the case quad by quad, and a publication has nothing to do."""
    assert graphs.nquads(fetch(client, names)) == graphs.nquads(built.store)
    client.update = None  # type: ignore[method-assign, assignment]
    client.put = None  # type: ignore[method-assign, assignment]
    assert {one.what for one in Publication(client, built.store, names).run()} == {"unchanged"}


@pytest.mark.parametrize("names", [MILL, Names("mill", "urn:draft:")])
def test_the_files_hold_every_quad_once(names: Names, built: OpenedCase, folder: Path) -> None:
    found = written(folder, built, names=names)
    store = ox.Store()
    for part in found.files:
        data = gzip.decompress((folder / part.file).read_bytes())
        store.bulk_load(data, format=ox.RdfFormat.N_QUADS)
    manifest = [*store.quads_for_pattern(None, None, None, ox.NamedNode(names.manifest))]
    held = {
        ox.Quad(one.subject, one.predicate, one.object, names.here(one.graph_name.value))
        for one in store
        if one not in manifest
    }
    assert held == {*built.store}
    assert len(all_in(folder)) == len(store) == len(built.store) + len(manifest)


def test_what_is_listed_is_so(built: OpenedCase, folder: Path) -> None:
    found = written(folder, built)
    said = listed(folder)
    assert (said["case"], said["graph_prefix"], said["complete"]) == ("mill", MILL.prefix, True)
    assert [part._asdict() for part in found.files] == said["parts"]
    for number, part in enumerate(said["parts"], 1):
        data = (folder / part["file"]).read_bytes()
        assert part["file"] == f"part-{number:05}.nq.gz"
        assert (part["bytes"], part["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    counts = [part["quads"] for part in said["parts"]]
    assert counts[:-1] == [SIZE] * (len(counts) - 1)
    assert 0 < counts[-1] <= SIZE
    lines = all_in(folder)
    assert (said["quads"], sum(counts)) == (len(lines), len(lines))
    assert said["sha256"] == hashlib.sha256(b"".join(lines)).hexdigest()
    assert {path.name for path in folder.iterdir()} == {
        "parts.json", *(part["file"] for part in said["parts"])
    }  # fmt: skip


@pytest.mark.parametrize("size", [1, 64, 10**6])
def test_parts_of_any_size_hold_the_same(size: int, built: OpenedCase, tmp_path: Path) -> None:
    written(tmp_path / "one", built)
    few = graphs.in_memory(list(built.store)[:200])
    for path, sized in ((tmp_path / "other", size), (tmp_path / "third", 150)):
        write_parts(path, few, MILL, sized)
    assert all_in(tmp_path / "other") == all_in(tmp_path / "third")


def test_a_second_run_writes_nothing(built: OpenedCase, folder: Path) -> None:
    assert written(folder, built).written > 3
    before = states(folder)
    assert written(folder, built).written == 0
    assert states(folder) == before


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def longer(path: Path) -> None:
    path.write_bytes(path.read_bytes() + gzip.compress(b"<urn:a> <urn:b> <urn:c> .\n"))


def other(path: Path) -> None:
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes())[:-2] + b"!\n"))


@pytest.mark.parametrize(
    "harm", [cut, longer, other, lambda path: path.write_bytes(b"no gzip"), lambda p: p.unlink()]
)
def test_only_what_is_not_right_is_written_again(
    harm: Any,  # noqa: ANN401
    built: OpenedCase,
    folder: Path,
) -> None:
    written(folder, built)
    lines, before = all_in(folder), states(folder)
    harm(folder / "part-00002.nq.gz")
    assert written(folder, built).written == 1
    assert all_in(folder) == lines
    after = states(folder)
    changed = {name for name in before if after[name] != before[name]}
    assert changed == {"part-00002.nq.gz", "parts.json"}


@pytest.mark.landing
def test_a_run_that_is_killed_is_gone_on_with(built: OpenedCase, folder: Path) -> None:
    """At every step on the disk: each part is there wholly or not, and what is there is kept."""
    work = partial(written, folder, built)
    steps = dying.steps_of(work)
    whole = written(folder, built)
    lines = all_in(folder)
    kept = set()
    for step in range(1, steps, 3):
        shutil.rmtree(folder)
        assert dying.run(work, step, dying.kill) == -9
        there = sorted(folder.glob("part-*")) if folder.exists() else []
        parts = [lines_in(path) for path in there]
        assert [line for part in parts for line in part] == lines[: SIZE * len(there)]
        if there and len(there) < len(whole.files):
            assert listed(folder)["complete"] is False
        assert written(folder, built).written == len(whole.files) - len(there)
        assert all_in(folder) == lines
        assert not [path for path in folder.iterdir() if path.name.startswith(".")]
        kept.add(len(there))
    assert len(kept) > 3


def test_a_smaller_edition_leaves_no_old_part(built: OpenedCase, folder: Path) -> None:
    many = written(folder, built).files
    for graph in graphs.named_graphs(built.store):
        built.store.remove_graph(graph)
    few = written(folder, built, SIZE * 2).files
    assert len(few) < len(many)
    assert len([*folder.iterdir()]) == len(few) + 1


@pytest.mark.parametrize("what", ["a file", "another case", "other names", "no manifest"])
def test_a_folder_with_something_else_is_left_alone(
    what: str, built: OpenedCase, folder: Path
) -> None:
    if what == "a file":
        folder.mkdir()
        (folder / "notes.txt").write_text("mine")
    else:
        names = {"another case": Names("homs", "urn:x:"), "other names": Names("mill", "urn:x:")}
        store = ox.Store() if what == "another case" else built.store
        write_parts(folder, store, names.get(what, MILL), SIZE)
    if what == "no manifest":
        (folder / "parts.json").unlink()
    before = states(folder)
    with pytest.raises(InputOutputError, match=r"holds other files .*choose another folder"):
        written(folder, built)
    assert states(folder) == before


def test_a_build_with_a_graph_of_others_is_not_written(built: OpenedCase, folder: Path) -> None:
    theirs = ox.NamedNode("http://other.example/their-graph")
    built.store.add(ox.Quad(theirs, theirs, theirs, theirs))
    with pytest.raises(UsageError, match="no graph of the case"):
        written(folder, built)
    assert not list(folder.iterdir())


def test_oxigraph_loads_what_publishing_would_send(
    built: OpenedCase, folder: Path, tmp_path: Path
) -> None:
    written(folder, built)
    with oxigraph(tmp_path / "data") as running:
        client = connect(running.url)
        for part in sorted(folder.glob("part-*")):
            client.transport.send(
                "POST",
                client.endpoints.graphs,
                headers={"Content-Type": "application/n-quads"},
                body=gzip.decompress(part.read_bytes()),
            )
        assert client.count("") == 0
        assert_published(client, built)


@pytest.mark.landing
def test_virtuoso_loads_what_publishing_would_send(
    built: OpenedCase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By its bulk loader, of the packed files as they lie there."""
    monkeypatch.setenv("HUDNA_STORE_USER", "hudna")
    monkeypatch.setenv("HUDNA_STORE_PASSWORD", "secret")
    with virtuoso(tmp_path) as running:
        written(tmp_path / "parts", built)
        running.isql(
            f"ld_dir('{tmp_path}/parts', 'part-*.nq.gz', 'urn:unused'); rdf_loader_run(); "
            "checkpoint;"
        )
        client = connect(f"{running.url}/sparql-auth")
        assert client.count("urn:unused") == 0
        assert_published(client, built)


def test_the_command_writes_and_tells(public: Path, folder: Path) -> None:
    words = ["publish", "--to-folder", str(folder), "--case", "mill", "--public", str(public)]
    first, second = (hudna(*words, "--quads", "700") for _ in range(2))
    assert (first.exit_code, second.exit_code) == (0, 0)
    files = len([*folder.glob("part-*")])
    assert f"{files} files in " in first.stdout
    assert f"{files} written now" in first.stdout
    assert "0 written now" in second.stdout
    told = json.loads(hudna(*words, "--quads", "700", "--format", "json").stdout)
    assert told == listed(folder)["parts"]
    assert hudna(*words, "--quads", "700", "--quiet").output == ""
    assert hudna(*words, "--graph-prefix", "urn:x:").exit_code == 74


@pytest.mark.parametrize(
    "more",
    [["--prune"], ["--dry-run"], ["--yes"], ["--update", "http://h/u"], ["--to", "http://h/"]],
)
def test_what_is_about_stores_is_refused(more: list[str], public: Path, folder: Path) -> None:
    words = ["publish", "--to-folder", str(folder), "--case", "mill", "--public", str(public)]
    assert hudna(*words, *more).exit_code == 2
    assert not folder.exists()


def test_a_build_below_its_k_is_not_written(
    public: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = [("ferryman", "nobody else fits")]
    monkeypatch.setattr("graph.analysis.anonymity.too_few", lambda _graph: few)
    words = ["publish", "--to-folder", str(folder), "--case", "mill", "--public", str(public)]
    assert hudna(*words).exit_code == 2
    assert not folder.exists()
