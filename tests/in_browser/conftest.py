"""One browser for all tests of the page; the pages are made from the graph, as a build does.

Most tests look at the case Karabakh. What it has none of, a second language, a verdict, a statement
that is rejected, the miniature case has.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import miniature
import pytest

from graph.build.outputs import pictures
from graph.read.select import Graph
from graph.viewer.page import page as page_of
from graph.viewer.payload import payload
from graph.viewer.picture import lines, picture

from .hostile import poisoned, poisoned_folder
from .view import NARROW, View, page_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from miniature import Judged
    from playwright.sync_api import Browser, BrowserContext, Route

HERE = Path(__file__).resolve().parent
CHROMIUM = shutil.which("chromium")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
WIDE = (1440, 900)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs a browser where there is none."""
    if CHROMIUM is not None:
        return
    mark = pytest.mark.skip(reason="chromium is not installed (Debian: apt-get install chromium)")
    for item in items:
        if item.path.parent == HERE:
            item.add_marker(mark)


# Closed with the last test of this folder: while Playwright runs, asyncio has a running loop.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Debian's Chromium without a window; on a busy machine what is expected takes its time."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="package")
def context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Make contexts in which nothing but files of this machine can be reached."""
    made: list[BrowserContext] = []

    def make(size: tuple[int, int] = WIDE, **options: Any) -> BrowserContext:  # noqa: ANN401
        viewport = {"width": size[0], "height": size[1]}
        made.append(browser.new_context(viewport=viewport, offline=True, **options))  # type: ignore[arg-type]
        made[-1].route("**/*", _only_files)
        return made[-1]

    yield make
    for one in made:
        one.close()


def _only_files(route: Route) -> None:
    if route.request.url.startswith(("file:", "data:", "blob:")):
        route.continue_()
    else:
        route.abort()


@pytest.fixture(scope="package")
def told() -> Judged:
    """The records of the case Karabakh and its graph."""
    return miniature.judged(miniature.PROJECT / "data" / "karabakh")


@pytest.fixture(scope="package")
def graph(told: Judged) -> Graph:
    """The judged graph of the case Karabakh."""
    case, store = told
    return Graph(store, case.id)


@pytest.fixture(scope="package")
def page_file(told: Judged, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the case Karabakh, as a build writes it."""
    return page_in(tmp_path_factory.mktemp("karabakh"), told)


@pytest.fixture(scope="package")
def small_file(example: Judged, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the miniature case."""
    return page_in(tmp_path_factory.mktemp("mill"), example)


@pytest.fixture(scope="package")
def wide(context: Callable[..., BrowserContext], page_file: Path) -> View:
    """The page on a large light screen, shared by the tests that use ``view``."""
    return View(context(color_scheme="light"), page_file)


@pytest.fixture(scope="package")
def phone(context: Callable[..., BrowserContext], page_file: Path) -> View:
    """The page on a telephone, shared by the tests that use ``narrow``."""
    return View(context(NARROW, color_scheme="light"), page_file)


@pytest.fixture(scope="package")
def opened_mill(context: Callable[..., BrowserContext], small_file: Path) -> View:
    """The page of the miniature case, shared by the tests that use ``mill``."""
    return View(context(color_scheme="light"), small_file)


@pytest.fixture
def view(wide: View) -> Iterator[View]:
    """The page of Karabakh as at first; what it asks for or complains of fails the test."""
    yield from _as_at_first(wide)


@pytest.fixture
def narrow(phone: View) -> Iterator[View]:
    """The same on a telephone."""
    yield from _as_at_first(phone)


@pytest.fixture
def mill(opened_mill: View) -> Iterator[View]:
    """The page of the miniature case as at first."""
    yield from _as_at_first(opened_mill)


def _as_at_first(shared: View) -> Iterator[View]:
    shared.page.emulate_media(media="screen", color_scheme="light")
    shared.go()
    yield shared
    faults, shared.faults = shared.faults, []
    assert not faults


@pytest.fixture(scope="package")
def hostile_files(example: Judged, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Two pages of the miniature case with hostile text: by its files, and by its payload."""
    folder = tmp_path_factory.mktemp("hostile")
    authored, by_files = poisoned_folder(folder)
    clean = Graph(example[1], example[0].id)
    known, shown = poisoned(payload(clean)), picture(lines(clean))
    pages = {
        "files": pictures(Graph(by_files, authored.id))["index.html"],
        "payload": page_of(known, shown, title=known["words"]["hostile"], about={"x": "y"}),
    }
    for name, content in pages.items():
        (folder / f"{name}.html").write_bytes(content)
    return {name: folder / f"{name}.html" for name in pages}
