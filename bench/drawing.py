"""Drawings of large networks in a browser: ours and others, on the same made network.

What is measured is processor time of all processes of a headless Chromium without a graphics card:
from opening the file to the first picture on the screen, and of a fixed gesture of forty steps
(thirty of a drag, ten of the wheel), each shown before the next, with the sharp picture at the end.
All drawings have the same size, nodes stand at the same places, and nothing can be asked for from
the network. Files are made before and not measured.

Usage: ``python bench/drawing.py [--sizes 1000,10000,100000] [--gesture 15] [--rest 2]``
"""

from __future__ import annotations

import json
import random
import subprocess
import time
from collections import Counter
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

import measuring as m
from browser import Browser, NoAnswerError

from graph.network import palette

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from graph.viewer.payload import Payload

HERE = Path(__file__).resolve().parent
SIGMA = m.PROJECT / "graph" / "viewer" / "vendor" / "sigma" / "sigma.bundle.min.js"
WIDTH, HEIGHT = 800, 470
"""Size of a drawing in pixels: what our page has for it in a window of 1440 by 900."""

PATIENCE = 120
"""Seconds by the clock after which a drawing has not come."""

DRAGS, WHEELS = 30, 10


class Net(NamedTuple):
    """A made network: nodes with places, and lines with what they look like."""

    nodes: list[dict[str, Any]]
    lines: list[dict[str, Any]]


class Pace(NamedTuple):
    """How long is looked at a drawing.

    Attributes:
        gesture: seconds by the clock after which a gesture is broken off; what it took is told per
            step.
        rest: seconds after it, for movements that run out and the sharp picture.
    """

    gesture: float
    rest: float


class Seen(NamedTuple):
    """One measurement of one drawing.

    Attributes:
        paint: seconds of processor time up to the first picture.
        step: milliseconds of processor time for a step of the gesture.
        rate: steps of the gesture in a second by the clock.
        size: of the file, in bytes.
        asked: how many addresses the page asked for in vain.
    """

    paint: float
    step: float
    rate: float
    size: int
    asked: int


class Way(NamedTuple):
    """A way to draw: makes the file, and tells when it is drawn and where the drawing is."""

    write: Callable[[Net], str]
    ready: str
    place: str
    at_most: int = 10**9


def network(count: int, seed: int = 1) -> Net:
    """Return a made network with ``count`` lines between a third as many nodes."""
    chance = random.Random(seed)
    size = max(20, count // 3)
    side = 45 * size**0.5
    groups = [style.name for style in palette.NODES]
    nodes = [
        {
            "id": f"thing-{number}",
            "x": round(chance.gauss(0, side), 1),
            "y": round(chance.gauss(0, side), 1),
            "group": chance.choice(groups),
        }
        for number in range(size)
    ]
    statuses = [style.name for style in palette.STATUSES]
    lines = [
        {
            "id": f"st-{number}",
            "from": f"thing-{int(size * chance.random() ** 2)}",
            "to": f"thing-{int(size * chance.random() ** 2)}",
            # Of lines in the Homs case some three quarters are accepted.
            "status": chance.choices(statuses, (74, 4, 9, 3, 8, 2))[0],
            "sign": chance.choice((1, -1, 0)),
        }
        for number in range(count)
    ]
    return Net(nodes, lines)


# -- ours


def _payload(net: Net) -> Payload:
    signs = {1: "backs", -1: "fights", 0: "meets"}
    family = palette.FAMILIES[0].name
    claim = {"by": "thing-0", "st": "asserts", "c": "certain", "src": "report", "at": ["1.1"]}
    return {
        "case": "made",
        "tours": [],
        "predicates": {
            name: {"label": name, "family": family, "sign": sign, "draw": "tie"}
            for sign, name in signs.items()
        },
        "words": {"Person": "Person"},
        "nodes": {
            node["id"]: {"name": f"Name of {node['id']}", "ar": "حي الوعر", "class": "Person",
                         "group": node["group"]}
            for node in net.nodes
        },
        "statements": {
            line["id"]: {
                "s": line["from"],
                "p": signs[line["sign"]],
                "o": line["to"],
                "status": line["status"],
                "when": "2014",
                "eb": "2014-01-01",
                "le": "2014-12-31",
                "draw": "tie",
                "c": "certain",
                "claims": [{**claim, "id": f"claim-{line['id']}"}],
            }
            for line in net.lines
        },
        "questions": {},
        "sources": {"report": {"title": "A report"}},
        "judged": [],
        "notes": [],
        "days": [],
        "dates": {},
        "times": [],
        "until": {},
        "languages": [{"tag": "en", "name": "English", "direction": "ltr"}],
    }  # fmt: skip


def our_page(renderer: str, net: Net) -> str:
    """Return our whole page, with every line drawn."""
    import networkx as nx

    from graph.viewer import picture as pictures
    from graph.viewer.page import page

    pictures.DRAWN_AT_MOST = 10**9
    places = {node["id"]: (node["x"], node["y"]) for node in net.nodes}
    lines: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for line in net.lines:
        lines.add_edge(line["from"], line["to"], line["id"])
    shown = pictures.picture(lines, renderer, places)
    return page(_payload(net), shown, title="Made", about={"Case": "made"}).decode("utf-8")


def our_drawing(renderer: str, net: Net) -> str:
    """Return a page with our renderer alone, without search, panels, claims and timeline."""
    from graph.viewer.curves import bends
    from graph.viewer.renderers import RENDERERS

    bent = bends(sorted((line["from"], line["to"], line["id"]) for line in net.lines))
    shapes = {style.name: style for style in palette.NODES}
    looks = {style.name: style for style in palette.STATUSES}
    signs = {style.sign: style for style in palette.SIGNS}
    degree = Counter(end for line in net.lines for end in (line["from"], line["to"]))
    nodes = [
        {"id": node["id"], "x": node["x"], "y": node["y"], "size": 9,
         "weight": degree[node["id"]], "opacity": 1, "shape": shapes[node["group"]].shape,
         "fill": shapes[node["group"]].fill.light, "stroke": palette.INK.light,
         "label": f"Name of {node['id']}", "halo": "", "title": node["id"], "stressed": False}
        for node in net.nodes
    ]  # fmt: skip
    edges = []
    for line in net.lines:
        look = looks[line["status"]]
        edges.append(
            {"id": line["id"], "from": line["from"], "to": line["to"], "width": look.width,
             "colour": signs[line["sign"]].colour.light, "opacity": look.opacity,
             "dashes": look.dashes, "band": palette.BAND.light if look.band else "",
             "halo": "", "bend": bent[line["id"]], "arrow": True, "label": "",
             "title": line["id"]}
        )  # fmt: skip
    library = RENDERERS[renderer].library.read_text("utf-8")
    theme = {"page": "#ffffff", "ink": "#1b1f24", "muted": "#59616b", "focus": "#b3005e"}
    return _page(
        {"nodes": nodes, "edges": edges, "theme": theme},
        [library, _painter(renderer), (HERE / "drawing.js").read_text("utf-8")],
        "drawOurs();",
    )


def _painter(renderer: str) -> str:
    """Return our scripts for a renderer, put together by esbuild as those of the page are."""
    from graph.viewer.drawing import HERE as VIEWER

    command = ["node_modules/.bin/esbuild", f"draw/{renderer}.js", "--bundle", "--minify"]
    command += ["--format=iife", "--global-name=hudnaPainter", "--target=es2023"]
    try:
        done = subprocess.run(
            command, cwd=VIEWER / "web", capture_output=True, check=True, text=True
        )
    except FileNotFoundError:
        raise SystemExit('this bench needs esbuild: run "make page"') from None
    return done.stdout


# -- others


def plain_sigma(net: Net) -> str:
    """Return a page with sigma as Gephi Lite sets it: the same settings, and arrows."""
    return _page(
        net._asdict(),
        [SIGMA.read_text("utf-8"), (HERE / "drawing.js").read_text("utf-8")],
        "drawPlainSigma();",
    )


def plain_pyvis(physics: bool, net: Net) -> str:
    """Return the page that pyvis itself makes, with or without its simulation."""
    from pyvis.network import Network

    made = Network(height=f"{HEIGHT}px", width=f"{WIDTH}px", directed=True, cdn_resources="in_line")
    # Its own functions to add things take time with the square of their number.
    made.nodes = [
        {"id": node["id"], "label": f"Name of {node['id']}", "shape": "dot",
         **({} if physics else {"x": node["x"], "y": node["y"]})}
        for node in net.nodes
    ]  # fmt: skip
    made.edges = [{"from": line["from"], "to": line["to"], "arrows": "to"} for line in net.lines]
    made.toggle_physics(physics)
    return str(made.generate_html())


def _page(data: object, scripts: list[str], last: str) -> str:
    text = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    runs = "".join(
        f"<script>{script.partition('//# sourceMappingURL=')[0]}</script>"
        for script in (*scripts, last)
    )
    return (
        "<!doctype html><meta charset=utf-8><style>body{margin:0}"
        f"#drawing{{width:{WIDTH}px;height:{HEIGHT}px}}</style><div id=drawing></div>"
        f"<script type=application/json id=data>{text}</script>{runs}"
    )


WAYS: dict[str, Way] = {
    "our page, sigma": Way(
        lambda net: our_page("sigma", net), "globalThis.hudna?.app", "#drawing-1"
    ),
    "our page, vis": Way(
        lambda net: our_page("vis", net), "globalThis.hudna?.app", "#drawing-1", 10_000
    ),
    "our drawing alone, sigma": Way(
        lambda net: our_drawing("sigma", net), "globalThis.drawn", "#drawing"
    ),
    "our drawing alone, vis": Way(
        lambda net: our_drawing("vis", net), "globalThis.drawn", "#drawing"
    ),
    "sigma as in Gephi Lite": Way(plain_sigma, "globalThis.drawn", "#drawing"),
    "pyvis, physics off": Way(
        lambda net: plain_pyvis(False, net), "typeof network === 'object' && network", "#mynetwork"
    ),
    "pyvis as it comes": Way(
        lambda net: plain_pyvis(True, net),
        "typeof network === 'object' && network && (network.physics.stabilized"
        " || network.physics.stabilizationIterations >= network.physics.targetIterations)",
        "#mynetwork",
        1000,
    ),
}


def seen(file: Path, way: Way, pace: Pace) -> Seen:
    """Open a file in a fresh browser and measure."""
    with Browser() as browser:
        browser.settle()
        before = browser.seconds()
        browser.open(file, patience=PATIENCE)
        browser.until(way.ready, patience=PATIENCE)
        browser.settle(patience=PATIENCE)
        paint = browser.seconds() - before
        step, rate = gesture(browser, way.place, pace)
        if browser.errors:
            raise SystemExit(f"{file.name}: {browser.errors[0]}")
        return Seen(paint, step, rate, file.stat().st_size, len(set(browser.refused)))


def gesture(browser: Browser, place: str, pace: Pace) -> tuple[float, float]:
    """Drag and turn the wheel; return milliseconds a step, and steps a second."""
    box = browser.evaluate(
        f"(({{ x, y, width, height }}) => [x, y, width, height])"
        f"(document.querySelector({json.dumps(place)}).getBoundingClientRect())"
    )
    left, top, width, height = box
    x, y = left + 0.1 * width, top + 0.12 * height
    before, start = browser.seconds(), time.monotonic()
    browser.mouse("mouseMoved", x, y, patience=PATIENCE)
    browser.mouse("mousePressed", x, y, button="left", clickCount=1, patience=PATIENCE)
    done = 0
    for step in range(1, DRAGS + WHEELS + 1):
        if step <= DRAGS:
            at = {"x": x + 6 * step, "y": y + 3 * step}
            browser.mouse("mouseMoved", **at, button="left", buttons=1, patience=PATIENCE)
        else:
            at = {"x": left + width / 2, "y": top + height / 2}
            browser.mouse("mouseWheel", **at, deltaX=0, deltaY=-60, patience=PATIENCE)
        if step == DRAGS:
            browser.mouse("mouseReleased", **at, button="left", clickCount=1, patience=PATIENCE)
        browser.evaluate(
            "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))",
            patience=PATIENCE,
        )
        done = step
        if time.monotonic() - start > pace.gesture:
            break
    rate = done / (time.monotonic() - start)
    time.sleep(pace.rest)
    browser.settle(patience=PATIENCE)
    return 1000 * (browser.seconds() - before) / done, rate


def compared(size: int, repetitions: int, pace: Pace) -> list[list[object]]:
    """Measure all ways to draw a network of one size, in turns."""
    m.OUT.mkdir(parents=True, exist_ok=True)
    net = network(size)
    files = {}
    for index, (name, way) in enumerate(WAYS.items()):
        if size <= way.at_most:
            files[name] = m.OUT / f"drawing-{size}-{index}.html"
            files[name].write_text(way.write(net), encoding="utf-8")
    found: dict[str, list[Seen]] = {name: [] for name in files}
    failed: dict[str, str] = {}
    for _ in range(repetitions):
        for name, file in files.items():
            runs = found[name]
            if name in failed or (runs and runs[0].paint > m.SLOW):
                continue
            try:
                runs.append(seen(file, WAYS[name], pace))
            except NoAnswerError:
                failed[name] = f"not within {PATIENCE} s"
    best = median(run.paint for run in found["our page, sigma"] or [Seen(1, 1, 1, 0, 0)])
    return [_row(size, name, found[name], failed.get(name, ""), best) for name in files]


def _row(size: int, name: str, runs: list[Seen], failed: str, best: float) -> list[object]:
    if not runs:
        return [size, name, failed, "", "", "", "", ""]
    paint = median(run.paint for run in runs)
    return [
        size,
        name,
        paint,
        paint / best,
        median(run.step for run in runs),
        median(run.rate for run in runs),
        runs[0].size / 1e6,
        runs[0].asked,
    ]


def main() -> None:
    """Measure and print."""
    parser = m.arguments("Measure drawings in a browser.", repetitions=3)
    parser.set_defaults(sizes="1000,10000,100000")
    parser.add_argument("--gesture", type=float, default=15.0, help="seconds at most")
    parser.add_argument("--rest", type=float, default=2.0, help="seconds after it")
    given = parser.parse_args()
    head = ["lines", "drawing", "first picture, s", "÷ our page, sigma", "step of a gesture, ms",
            "steps a second", "file, MB", "addresses asked for"]  # fmt: skip
    rows = []
    for size in m.sizes_of(given.sizes):
        rows += compared(size, given.repetitions, Pace(given.gesture, given.rest))
        m.table(head, [row for row in rows if row[0] == size])
    m.keep("drawing", rows)


if __name__ == "__main__":
    main()
