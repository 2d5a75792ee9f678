"""How much a page costs: its file, its first picture, and each thing that is done in it.

Every page is made of the same data: with the code of this checkout and, if it is told, with that of
another beside it. The pages take turns. What is done is done with all lines, whichever a page shows
at first. *CPU* is processor time of all processes of the browser,
painting included; *JS* is processor time of the page's own thread until what was done returns.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import measuring as m
from browser import Browser

if TYPE_CHECKING:
    from collections.abc import Sequence

READY = "globalThis.hudna && hudna.app && document.querySelector('canvas, #story .bar')"
PREPARED = """
const { app } = hudna;
app.reset();
app.set({ projection: 'both', show: 'drawing' });
const near = new Map();
const add = (a, b) => near.set(a, (near.get(a) ?? new Set()).add(b));
for (const id of app.first.keys()) {
  const { s, o } = app.data.statements.get(id);
  add(s, o), add(o, s);
}
const busy = (a, b) => b[1].size - a[1].size || (a[0] < b[0] ? -1 : 1);
Object.assign(globalThis, {
  app,
  nodes: [...app.shownEnds()].sort(),
  voices: [...app.voices].sort(),
  lines: [...app.first.keys()],
  far: [...near].sort(busy).map(([id]) => id),
  at: (list, i) => list[(i * 7919) % list.length],
  // Points at what is drawn of a node, without the pause for which the mouse must rest; done
  // with the next picture, in which it is lit.
  hover(i) {
    const { x, y, scale, width, height } = app.view();
    const drawn = app.items[0].nodes;
    const node = drawn[(i * 7919) % drawn.length];
    const stage = document.querySelector('#drawing-1 canvas');
    const { left, top } = stage.getBoundingClientRect();
    const later = globalThis.setTimeout;
    globalThis.setTimeout = what => what();
    stage.dispatchEvent(new PointerEvent('pointermove', {
      pointerType: 'mouse',
      bubbles: true,
      clientX: left + width / 2 + (node.x - x) * scale,
      clientY: top + height / 2 + (node.y - y) * scale,
    }));
    globalThis.setTimeout = later;
    return new Promise(done => requestAnimationFrame(() => later(done)));
  },
  type(text) {
    document.getElementById('query').value = text;
    document.getElementById('query').dispatchEvent(new Event('input'));
  },
});
"""
ACTIONS = {
    "choose a node": "app.set({ sel: at(nodes, i), panel: 'evidence' })",
    "hover": "return hover(i)",
    "slider step": "app.set({ on: app.moments[i % app.moments.length] })",
    "world": "app.set({ world: `voice:${at(voices, i)}` })",
    "open a tab": "app.set({ panel: i % 2 ? 'questions' : 'evidence' })",
    "type in the search": "type('abcdefgh'.slice(0, 1 + i % 8))",
    "compare": "app.set({ compare: i % 2 === 1, world2: `voice:${at(voices, 1)}` })",
    "open the table": "app.set({ show: i % 2 ? 'table' : 'drawing' })",
    "open who says what": "app.set({ show: i % 2 ? 'says' : 'drawing' })",
    "choose in the table": "app.set({ show: 'table', sel: at(lines, i), panel: 'evidence' })",
    "ways between two": "app.set({ from: far[i % 9], to: at(far, i + 1) })",
}
"""What is done again and again, by name; the first time is not counted."""

CLICK: dict[str, float] = {"homs": 30, "5000": 60, "20000": 100}
BUDGETS: dict[str, dict[str, float]] = {
    "file, MB": {"homs": 1.3},
    "first picture, CPU s": {"homs": 1.0, "5000": 2.0},
    "choose a node": CLICK,
    "hover": {"homs": 16},
    "slider step": CLICK,
    "ways between two": {"20000": 300},
}
"""What may not be exceeded, by what is measured and by case; of actions, ms of JS."""


def known(name: str, camps: int) -> Path:
    """Return a file with what a page of a case is made of; made now if it is not there.

    Args:
        name: of a folder of data/, or how many statements a made case has.
        camps: into how many camps things of a made case fall; 0 for none.
    """
    from graph.build.outputs import with_groups
    from graph.read.select import Graph
    from graph.viewer.payload import payload
    from graph.viewer.picture import lines, picture

    if name.isdigit():
        from graph.read import store

        made = m.graph_file(int(name), camps)
        path = m.OUT / f"page-{made.stem}.pickle"
        if path.exists() and path.stat().st_mtime > made.stat().st_mtime:
            return path
        graph = Graph(store.load(made), made.stem)
    else:
        sys.path.append(str(m.PROJECT / "tests"))
        import miniature

        case, judged = miniature.judged(m.PROJECT / "data" / name)
        graph, path = Graph(judged, case.id), m.OUT / f"page-{name}.pickle"
    m.OUT.mkdir(parents=True, exist_ok=True)
    shown = with_groups(picture(lines(graph)))
    # What another checkout may not know of stands at the end.
    known_of = (payload(graph), tuple(shown._replace(groups=None))[:4])
    path.write_bytes(pickle.dumps(known_of) + pickle.dumps(shown.groups))
    return path


_MAKE = """
import pickle, sys
from pathlib import Path
from graph.viewer.page import page
from graph.viewer.picture import Picture
with Path(sys.argv[1]).open("rb") as file:
    known, shown = pickle.load(file)
    if "groups" in Picture._fields:
        shown += (pickle.load(file),)
Path(sys.argv[2]).write_bytes(page(known, Picture(*shown), title="Made", about={"Case": "made"}))
"""


def page_of(checkout: Path, known_of: Path, target: Path) -> Path:
    """Write the page with the code of a checkout."""
    target.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-c", _MAKE, str(known_of), str(target)]
    subprocess.run(
        command, check=True, cwd=checkout, env={**os.environ, "PYTHONPATH": str(checkout)}
    )
    return target


def measured(path: Path, times: int) -> dict[str, tuple[float, float]]:
    """Return what each thing took, as ms of JS and of CPU; and size and first picture."""
    found = {"file, MB": (0.0, path.stat().st_size / 1e6)}
    with Browser() as browser:
        browser.call("Performance.enable", timeDomain="threadTicks")
        browser.call(
            "Emulation.setDeviceMetricsOverride",
            width=1440, height=900, deviceScaleFactor=1, mobile=False,
        )  # fmt: skip
        browser.settle()
        time.sleep(0.5)
        before = browser.seconds()
        browser.open(path)
        browser.until(READY)
        browser.settle()
        time.sleep(0.3)
        found["first picture, CPU s"] = (0.0, browser.seconds() - before)
        for name, action in ACTIONS.items():
            found[name] = _action(browser, action, times)
        if browser.errors:
            raise SystemExit("\n".join(browser.errors))
    return found


def _action(browser: Browser, action: str, times: int) -> tuple[float, float]:
    browser.evaluate(f"(() => {{ {PREPARED} }})()")
    scripts, whole = [], []
    for i in range(times + 1):
        browser.settle()
        begun, before = _script(browser), browser.seconds()
        browser.evaluate(f"(() => {{ const i = {i}; {action}; }})()")
        scripts.append(_script(browser) - begun)
        browser.settle()
        whole.append(browser.seconds() - before)
    return 1000 * median(scripts[1:]), 1000 * sum(whole[1:]) / times


def _script(browser: Browser) -> float:
    """Return how much processor time the page itself has used so far, without other processes."""
    told = browser.call("Performance.getMetrics")["metrics"]
    return float(next(one["value"] for one in told if one["name"] == "TaskDuration"))


def _told(name: str, case: str, run: tuple[float, float]) -> Sequence[object]:
    """Return what was measured: JS and CPU, marked where it is over what it may be."""
    script, other = run
    budget = BUDGETS.get(name, {}).get(case)
    counts = script or other
    mark = "" if budget is None else f" of {budget:g}" + (", OVER" if counts > budget else "")
    return (f"{m.shown(counts)}{mark}", m.shown(other) if script else "")


def main() -> None:
    """Measure and print a table for each case."""
    parser = m.arguments(str(__doc__), repetitions=3)
    parser.add_argument("--cases", default="homs,5000,20000", help="of data/, or made ones")
    parser.add_argument("--camps", type=int, default=0, help="of made cases; 0 for none")
    parser.add_argument("--beside", help="the folder of another checkout")
    parser.add_argument("--times", type=int, default=8, help="how often each thing is done")
    given = parser.parse_args()
    checkouts = {"this": m.PROJECT, **({"other": Path(given.beside)} if given.beside else {})}
    kept: dict[str, Any] = {}
    for case in given.cases.split(","):
        data = known(case, given.camps)
        pages = {
            name: page_of(checkout, data, m.OUT / f"page-{case}-{name}.html")
            for name, checkout in checkouts.items()
        }
        runs: dict[str, list[dict[str, tuple[float, float]]]] = {name: [] for name in pages}
        for _ in range(given.repetitions):
            for name, path in pages.items():
                runs[name].append(measured(path, given.times))
        middle = {
            name: {
                what: (median(r[what][0] for r in told), median(r[what][1] for r in told))
                for what in told[0]
            }
            for name, told in runs.items()
        }
        kept[case] = middle
        print(f"## {case}\n")
        head = [f"{column}, {name}" for name in pages for column in ("JS ms", "CPU ms")]
        rows = [
            [what, *(cell for name in pages for cell in _told(what, case, middle[name][what]))]
            for what in middle["this"]
        ]
        m.table(["what", *head], rows)
    m.keep("page", kept)


if __name__ == "__main__":
    main()
