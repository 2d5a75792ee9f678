"""Fixtures that several test modules share; each expensive thing is made once."""

from __future__ import annotations

import gc
import os
import signal
from collections import Counter
from datetime import date, timedelta
from pathlib import PurePath
from typing import TYPE_CHECKING, cast

import depth  # noqa: F401 - registers the profiles
import miniature
import pyoxigraph as ox
import pytest
from filelock import FileLock
from hypothesis import settings

from graph.build import recipe
from graph.model import vocabulary
from graph.model.terms import SEM

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from pathlib import Path

    from miniature import Judged


settings.load_profile("shared")


def pytest_configure() -> None:
    """Take away a width that the caller's terminal has: tables are then not folded.

    Tests that run in the background would hand on that Ctrl-C is ignored; theirs is not.
    """
    os.environ.pop("COLUMNS", None)
    os.unsetenv("COLUMNS")  # readline, which pytest loads, sets it behind Python's back
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def _caches_of_nobody(tmp_path_factory: pytest.TempPathFactory) -> Generator[None, None, None]:
    """Let nothing be remembered, or kept, in the folder of caches of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("caches")))
        yield


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--bless``: what a test gets becomes what it expects, to be reviewed as a diff."""
    parser.addoption("--bless", action="store_true", help="rewrite what tests expect")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Let the garbage collector pass over what stays to the end: modules, and the tests."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave some to ``make landing``, and the tests of the case Homs out where it is not there."""
    tried: Counter[str] = Counter()
    for item in items:
        if part := item.get_closest_marker("some"):
            test = item.nodeid.partition("[")[0]
            if tried[test] % part.args[0]:
                item.add_marker(pytest.mark.landing)
            tried[test] += 1
    if miniature.CODED == "homs":
        return
    for item in items:
        if item.get_closest_marker("homs"):
            item.add_marker(pytest.mark.skip(reason="the case Homs is not there"))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Share out the tests by file, so that what a module makes is made once."""
    from xdist.scheduler import LoadScopeScheduling

    shared = LoadScopeScheduling(config, log)
    shared._split_scope = shared_as
    return shared


def shared_as(test: str) -> str:
    """Return the file of a test, or its folder if it is one below: those share one browser."""
    file = PurePath(test.partition("::")[0])
    return str(file if file.parent.name == "tests" else file.parent)


@pytest.fixture(scope="session")
def bless(request: pytest.FixtureRequest) -> bool:
    """Whether expected outputs are to be rewritten."""
    return bool(request.config.getoption("--bless"))


@pytest.fixture(scope="session")
def judged() -> Judged:
    """The records of a case of some size and its graph, derived and checked: Homs if it is there.

    A test that names what is in Homs has the mark ``homs``; all others run on any case.
    """
    folder = miniature.PROJECT / "data" / miniature.CODED
    result: Judged = recipe.judged(folder, vocabulary.load(), lambda _step: None)
    return result


@pytest.fixture(scope="session")
def days(judged: Judged) -> Sequence[str]:
    """A day before all bounds of the statements of that case, three among them, one after all."""
    known = sorted(
        quad.object.value
        for bound in ("EarliestBegin", "LatestBegin", "EarliestEnd", "LatestEnd")
        for quad in judged[1].quads_for_pattern(
            None, ox.NamedNode(f"{SEM}has{bound}TimeStamp"), None, ox.DefaultGraph()
        )
        if isinstance(quad.object, ox.Literal)
    )
    first, last = date.fromisoformat(known[0]), date.fromisoformat(known[-1])
    among = (known[len(known) * part // 4] for part in (1, 2, 3))
    return [str(first - timedelta(1)), *among, str(last + timedelta(1))]


@pytest.fixture(scope="session")
def karabakh(request: pytest.FixtureRequest) -> Judged:
    """The records of the case Karabakh and its graph, derived and checked; not to be changed."""
    if miniature.CODED == "karabakh":
        return cast("Judged", request.getfixturevalue("judged"))
    return miniature.judged(miniature.KARABAKH)


@pytest.fixture(scope="session")
def example() -> Judged:
    """The records of the miniature case and its graph, derived and checked; not to be changed."""
    return miniature.judged()


@pytest.fixture(scope="session")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the miniature case has been built; not to be changed."""
    folder = tmp_path_factory.mktemp("built") / "public"
    recipe.build(miniature.CASE, miniature.DATA, folder)
    return folder


@pytest.fixture(scope="session")
def homs_public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the case Homs has been built, once for all workers; not to be changed."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    with FileLock(folder / "homs.lock"):
        if not (folder / "of-homs" / "homs").exists():
            recipe.build("homs", public=folder / "of-homs")
    return folder / "of-homs"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the miniature case, to be broken."""
    return miniature.copied(tmp_path)
