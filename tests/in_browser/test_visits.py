"""Every address of the server visited again in one browser, which keeps what it may keep.

No request is routed here: where Playwright routes, the browser keeps nothing.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1]))
from serving import served
from test_server_conditional import DRAWING, KEPT, PATHS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page
    from serving import Server

TOKEN = "correct-horse-battery-staple"  # noqa: S105 - invented
_DRAWN = "() => hudna.app.data && document.querySelector('canvas')"
_RAN = {
    "/": _DRAWN,
    DRAWING: _DRAWN,
    "/query": "() => document.querySelector('main:has(.CodeMirror):has(#groups li)')",
}
"""What is true when the scripts of a page have run."""
_STYLES = """() => [...document.querySelectorAll('link[rel=stylesheet], style')]
  .map(one => Boolean(one.sheet && one.sheet.cssRules.length))"""
_STYLED = {"/", "/query", DRAWING, "/id/", "/id/river-guard", "/id/nobody"}
_NOT_FOUND = "Failed to load resource: the server responded with a status of 404 (Not Found)"


class Visitor:
    """A page of the browser that is led to addresses of a server.

    Attributes:
        faults: what a page complained of, or asked of others; it has to stay empty.
        statuses: how often the server answered in which way.
    """

    def __init__(self, page: Page, server: Server) -> None:
        self.page = page
        self.address = f"http://127.0.0.1:{server.port}"
        self.faults: list[str] = []
        self.statuses: Counter[int] = Counter()
        page.on("console", lambda said: self.faults.append(said.text))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", lambda one: self._asked(one.url))
        wire = page.context.new_cdp_session(page)
        wire.on("Network.responseReceivedExtraInfo", self._answered)
        wire.send("Network.enable")

    def _asked(self, url: str) -> None:
        if not url.startswith((f"{self.address}/", "data:", "blob:")):
            self.faults.append(f"asked for {url}")

    def _answered(self, told: dict[str, Any]) -> None:
        self.statuses[told["statusCode"]] += 1

    def look(self, path: str, *, again: bool) -> None:
        """Open an address, or load it again, and see that it is what it should be."""
        self.faults.clear()
        self.statuses.clear()
        if again:
            self.page.reload()
        else:
            self.page.goto(self.address + path)
        if path in _RAN:
            self.page.wait_for_function(_RAN[path])
        if path in _STYLED:
            styles = self.page.evaluate(_STYLES)
            assert styles, path
            assert all(styles), path
        assert not [fault for fault in self.faults if fault != _NOT_FOUND], (path, self.faults)


@pytest.fixture(scope="module", params=["open", "closed"])
def visitor(browser: Browser, public: Path, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    """Somebody who visits a server, without a token and with one."""
    token = TOKEN if request.param == "closed" else None
    with served(public, token=token) as server:
        context = browser.new_context()
        page = context.new_page()
        if token:  # from then on the browser sends it; Playwright's own way would route
            page.goto(f"http://anybody:{token}@127.0.0.1:{server.port}/health")
        yield Visitor(page, server)
        context.close()


@pytest.mark.some(12)
@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_the_same_at_each_visit(visitor: Visitor, path: str) -> None:
    for again in (False, False, True):
        visitor.look(path, again=again)
    assert (visitor.statuses[304] > 0) == (path in KEPT), visitor.statuses
