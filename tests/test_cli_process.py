"""A command is also called from programs that go on: what holds for the process stays as it was."""

from __future__ import annotations

import gc
import os
import resource
import signal
import weakref
from pathlib import Path

import miniature
import pytest
from click.testing import CliRunner

from graph.cli.main import COMMANDS, main
from graph.cli.pipeline import without_cycles

WORDS = {
    "add": ["actor", "Ann Other", "--class=Person", "--mentioned=courier-2020#2.1", "--dry-run"],
    "diff": [str(miniature.EXPECTED / "graph.nq")],
    "explain": ["river-guard", "bandits"],
    "show": ["river-guard"],
    "export": ["gexf"],
    "leaks": [str(miniature.TESTS / "canary" / "notes.toml")],
    "links": ["river-guard", "town-council"],
    "mentions": ["--texts", str(miniature.TEXTS)],
    "query": ["contested"],
    "new": ["weir"],
    "reach": ["--from", "river-guard"],
    "remove": ["guard-at-the-ford", "--dry-run"],
    "rename": ["bandits", "masked-men", "--dry-run"],
    "say": ["river-guard shells mill-town | author asserts certain courier-2020#4.1", "--dry-run"],
    "set": ["guard-at-the-ford", "note=Seen from the hill.", "--dry-run"],
    "verify": ["--texts", str(miniature.TEXTS)],
}
"""What commands need beside the case."""
OF_NO_CASE = {"new", "schemas"}
"""Commands that read no case."""
IN_ANY_STATE = {*OF_NO_CASE, "add", "say", "terms"}
"""Commands that go on where a case has problems already."""


def state() -> dict[str, object]:
    """Return what holds for the whole process, and what a command might change."""
    limits = (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_NOFILE)
    return {
        "cycles": (gc.isenabled(), gc.get_threshold(), gc.get_freeze_count() > 0),
        "limits": [resource.getrlimit(kind) for kind in limits],
        "signals": [signal.getsignal(sign) for sign in (signal.SIGINT, signal.SIGTERM)],
        "folder": Path.cwd(),
        "environment": dict(os.environ),
    }


@pytest.mark.some(4)
@pytest.mark.parametrize("right", [True, False])
@pytest.mark.parametrize(
    "name",
    sorted(COMMANDS.keys() - {"publish", "serve", "source", "import", "merge", "key", "events"}),
)
def test_a_command_leaves_the_process_as_it_was(
    name: str, right: bool, public: Path, tmp_path: Path
) -> None:
    command = main.get_command(None, name)  # type: ignore[arg-type]
    assert command is not None
    data = miniature.DATA if right else miniature.broken(tmp_path, "unknown-kind").parent
    if name == "new":
        data = tmp_path / "new"
    folders = {"data": data, "public": public if right and name != "build" else tmp_path / "public"}
    words = [name, *WORDS.get(name, [])]
    if name not in OF_NO_CASE:
        words += ["--case", miniature.CASE]
    for option in folders.keys() & {param.name for param in command.params}:
        words += [f"--{option}", str(folders[option])]
    gc.enable()
    before = state()
    result = CliRunner().invoke(main, words)
    assert (result.exit_code == 0) is (right or name in IN_ANY_STATE), result.output
    assert state() == before


@pytest.mark.parametrize("on", [True, False])
def test_a_build_looks_for_no_cycles(on: bool) -> None:
    before = gc.isenabled()
    (gc.enable if on else gc.disable)()
    try:
        with without_cycles():
            assert not gc.isenabled()
        assert gc.isenabled() is on
    finally:
        (gc.enable if before else gc.disable)()


class _Ring:
    """Refers to itself."""

    def __init__(self) -> None:
        self.own = self


def test_what_a_build_leaves_over_goes_with_the_next() -> None:
    gc.enable()
    with without_cycles():
        ring = weakref.ref(_Ring())
    gc.collect()
    assert ring() is not None
    with without_cycles():
        assert ring() is None
