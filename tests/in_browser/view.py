"""A page in the browser, and how the tests look at it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from graph.build.outputs import pictures
from graph.read.select import Graph

if TYPE_CHECKING:
    from pathlib import Path

    from miniature import Judged
    from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Locator, Page, Request

NARROW = (390, 844)
"""A telephone, in pixels."""

# What the address leads to is looked at some time after it has changed.
_ARRIVED = "() => (hudna.app.address().split('#')[1] ?? '') === location.hash.slice(1)"
_GO = """fragment => {
  for (const id of ['query', 'from', 'to']) document.getElementById(id).value = '';
  document.getElementById('query').dispatchEvent(new Event('input'));
  for (const id of ['more', 'ways']) document.getElementById(id).open = false;
  const untouched = { sheet: 'shut', strip: 0, filters: innerWidth >= 960 };
  hudna.app.set(untouched, { how: 'none' });
  document.getElementById('said').textContent = '';
  document.activeElement.blur();
  scrollTo(0, 0);
  history.replaceState(null, '', '#' + fragment);
  dispatchEvent(new HashChangeEvent('hashchange'));
}"""

_DRAWN = """side => {
  const { data, items, first, second } = hudna.app;
  const of = new Map([...data.drawn.lines].map(([id, line]) => [line.id, id]));
  const held = side ? second : first;
  return items[side].edges.map(edge => [of.get(edge.id), held.get(of.get(edge.id))]);
}"""

_STRESSED = """() => {
  const { data, items } = hudna.app;
  const of = new Map([...data.drawn.lines].map(([id, line]) => [line.id, id]));
  return items[0].edges.filter(edge => edge.halo).map(edge => of.get(edge.id));
}"""

_PLACE = """id => {
  const own = hudna.app.data.drawn.places.get(id);
  const { x, y } = hudna.app.items[0].nodes.find(node => node.id === own.id) ?? own;
  const seen = hudna.app.view();
  return {
    x: (x - seen.x) * seen.scale + seen.width / 2,
    y: (y - seen.y) * seen.scale + seen.height / 2,
  };
}"""

_ROWS = """() => [...document.querySelectorAll('#statements tbody tr')].map(
  row => [...row.children].map(cell => cell.textContent))"""


def page_in(folder: Path, judged: Judged) -> Path:
    """Write the page of a case into a folder, as a build writes it, and return its path."""
    case, store = judged
    file = folder / "index.html"
    file.write_bytes(pictures(Graph(store, case.id))["index.html"])
    return file


class View:
    """A page of one size and scheme that is opened once and led from view to view.

    Attributes:
        page: the page as Playwright has it.
        faults: what the page asked for, complained of, or broke at; it has to stay empty.
    """

    def __init__(self, context: BrowserContext, file: Path, fragment: str = "show=drawing") -> None:
        self.page: Page = context.new_page()
        self.faults: list[str] = []
        self.address = file.as_uri()
        self.page.on("console", self._heard)
        self.page.on("pageerror", self._broke)
        self.page.on("request", self._asked)
        self.page.on("dialog", lambda dialog: self.faults.append(f"dialog: {dialog.message}"))
        self.page.goto(self.address + (f"#{fragment}" if fragment else ""))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning", "assert"}:
            self.faults.append(f"console: {message.text}")

    def _broke(self, error: Error) -> None:
        self.faults.append(f"error: {error}")

    def _asked(self, request: Request) -> None:
        own = request.url.partition("#")[0] == self.address
        if not own and not request.url.startswith(("data:", "blob:")):
            self.faults.append(f"request: {request.url}")

    def go(self, fragment: str = "show=drawing") -> View:
        """Bring the page to a view, with nothing typed and nothing left from before.

        Args:
            fragment: what the address tells; empty for what a page opens with.
        """
        self.page.evaluate(_GO, fragment)
        return self

    def back(self) -> None:
        """Go one step back, and wait until the page looks at where that leads."""
        self.page.go_back()
        self.page.wait_for_function(_ARRIVED)

    def forward(self) -> None:
        """Go one step forward, and wait until the page looks at where that leads."""
        self.page.go_forward()
        self.page.wait_for_function(_ARRIVED)

    def at(self, selector: str) -> Locator:
        """Return what a selector finds."""
        return self.page.locator(selector)

    def button(self, name: str, inside: str = "body") -> Locator:
        """Return the first button with a name, or with a name that begins so."""
        return self.at(inside).get_by_role("button", name=name).first

    @property
    def fragment(self) -> str:
        """What stands after the # of the address, by its keys."""
        return self.page.url.partition("#")[2]

    def drawn(self, side: int = 0) -> dict[str, str]:
        """Return the statements drawn as lines, with how surely they held."""
        return dict(self.page.evaluate(_DRAWN, side))

    def stressed(self) -> set[str]:
        """Return the statements that are marked while all others are dimmed."""
        return set(self.page.evaluate(_STRESSED))

    def place(self, node: str) -> dict[str, float]:
        """Return where in the drawing a node is, in pixels from its corner."""
        found: dict[str, float] = self.page.evaluate(_PLACE, node)
        return found

    def rows(self) -> Counter[tuple[str, ...]]:
        """Return subject, predicate, object and status of every row of the table."""
        return Counter(tuple(row[:4]) for row in self.page.evaluate(_ROWS))

    def search(self, text: str) -> list[str]:
        """Type into the search and return the names that are offered."""
        self.at("#query").fill(text)
        return self.at("#matches [role=option]").all_text_contents()

    def focused(self) -> str:
        """Return the id of what has the keyboard, or what it says if it has no id."""
        found: Any = self.page.evaluate(
            "() => document.activeElement.id || document.activeElement.textContent.trim()"
        )
        return str(found)

    def evidence(self) -> Locator:
        """Return the panel of evidence, once it is there."""
        panel = self.at("#panel-evidence")
        expect(panel).to_be_visible()
        return panel
