"""The one door to pyvis: a network that writes our page instead of the library's.

pyvis gathers nodes and edges and hands them to a template. Its own template fetches files from
the web, does not escape headings and repeats every name in code, so a page of our own takes its
place, with a newer vis-network and a policy that lets only the scripts of the page run.
Importing this module imports IPython, as pyvis does; so it is imported late.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
from markupsafe import Markup
from pyvis.network import Network

from ..brief.writing import style
from ..model import AFFIRMING, ASSERTING, DENYING, SHOWN, UNSETTLED_FIRST
from ..model.names import BLANKS, LETTERS, PASSED_OVER, SIGNS
from ..network import palette
from ..network.explanation import COSTS, MOST
from ..network.house import USUAL
from ..network.projection import LINES, STATUSES
from ..read.wording import EVENTFUL
from .picture import GLANCE
from .repeats import Repeats
from .words import USUAL as ENGLISH
from .words import filled, said, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sized

    from ..network.house import HouseStyle
    from .payload import Payload
    from .renderers import Renderer

HERE = Path(__file__).resolve().parent
_PLACE = "\0"
"""Stands in the page where its data belong; no text holds it."""
_AT_ONCE = 500
"""So many entries become JSON at once."""


RULES = {
    "affirming": AFFIRMING,
    "asserting": ASSERTING,
    "denying": DENYING,
    "hidden": [status for status in STATUSES if status not in SHOWN],
    "unsettled": UNSETTLED_FIRST,
    "lines": LINES,
    "costs": COSTS,
    "chains": MOST,
    "glance": GLANCE,
    "quoted": sorted(EVENTFUL),
    "arrows": ["causes", "disrupts", "violates"],
    "names": {"letters": LETTERS, "signs": SIGNS, "passed": PASSED_OVER, "blanks": BLANKS},
}
"""What rules know of stances, statuses, costs and names; no script of the page has such a list."""


BUNDLE = HERE / "web" / "dist" / "page.js"
"""All our own scripts as one; ``web/build.mjs`` writes it."""


class Drawing(Network):  # type: ignore[misc]  # pyvis has no types
    """A pyvis network whose page is ``page.html``; nodes and edges are put into its lists.

    Args:
        heading: title of the page.
        context: what the template needs beside the network.
        payload: what the page knows of nodes and edges.
        renderer: what draws the lines; one of ``RENDERERS``.
        house: its colours and fonts.
    """

    def __init__(
        self,
        heading: str,
        context: Mapping[str, object],
        payload: Payload,
        renderer: Renderer,
        house: HouseStyle = USUAL,
    ) -> None:
        super().__init__(directed=True, cdn_resources="in_line", heading=heading)
        self.templateEnv = jinja2.Environment(
            loader=jinja2.FunctionLoader(_template),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self.path = "page.html"
        self.context = dict(context)
        self.payload = payload
        self.renderer = renderer
        self.house = house
        self.groups: Mapping[str, object] | None = None
        self.briefs: Mapping[str, str] = {}

    def chunks(self) -> Iterator[bytes]:
        """Yield the page in UTF-8, one piece after another, for what it knows may be much."""
        # The map of the library's own source would be a second file.
        library = self.renderer.library.read_text("utf-8").partition("//# sourceMappingURL=")[0]
        scripts = [library, BUNDLE.read_text("utf-8")]
        drawn = {"by": self.renderer.name, "nodes": self.nodes, "edges": self.edges}
        drawn |= {"groups": self.groups} if self.groups else {}
        repeats = Repeats(self.payload["statements"])
        data: dict[str, object] = {**self.payload, "drawn": drawn}
        data |= {"statements": repeats.records(), "once": repeats.once}
        data |= {"styles": _styles(self.context), "rules": RULES, "facts": self.context["about"]}
        data |= {"said": said(ENGLISH), "packed": _packed(data.pop("tongues", {}), self.briefs)}
        html = self.templateEnv.get_template(self.path).render(
            self.context,
            heading=self.heading,
            policy=Markup(_policy(*scripts)),  # noqa: S704 — fixed words and hashes
            style=Markup(_colours(self.house) + (HERE / "page.css").read_text("utf-8") + style()),  # noqa: S704
            scripts=[_inline(script) for script in scripts],
            say=say,
            data=_PLACE,
        )
        before, _, after = html.partition(_PLACE)
        yield before.encode("utf-8")
        for piece in _pieces(data):  # they hold no <, > or &
            yield piece.encode("utf-8")
        yield after.encode("utf-8")

    def generate_html(
        self,
        name: str = "index.html",  # noqa: ARG002 — these three are pyvis's
        local: bool = True,  # noqa: ARG002
        notebook: bool = False,  # noqa: ARG002
    ) -> str:
        """Return the page; the arguments are pyvis's and have no effect."""
        self.html = b"".join(self.chunks()).decode("utf-8")
        return self.html


def _packed(tongues: Any, briefs: Mapping[str, str]) -> dict[str, str]:  # noqa: ANN401
    """Return what a page says in other languages, by their tags: deflated, as base64.

    It is little as long as nobody asks for it; ``ui/packed.js`` unpacks it.
    """
    found = {}
    for tag, tongue in tongues.items():
        known = {"said": said(tag), "tongue": tongue, "brief": briefs.get(tag, "")}
        told = json.dumps(known, ensure_ascii=False, separators=(",", ":"))
        found[tag] = base64.b64encode(zlib.compress(told.encode("utf-8"), 9)).decode("ascii")
    return found


def _template(name: str) -> str:
    """Return a template of this folder, with words where it has keys of them."""
    return filled((HERE / name).read_text("utf-8"))


def _policy(*scripts: str) -> str:
    """Return a Content-Security-Policy under which only the given scripts run."""
    hashes = " ".join(f"'sha256-{_sha256(script)}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; "
        "connect-src 'none'; base-uri 'none'; form-action 'none'"
    )


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _inline(script: str) -> Markup:
    """Return one of the project's own scripts, to stand between script tags as it is."""
    lower = script.lower()
    if "</script" in lower or "<!--" in lower:
        raise ValueError("this script cannot stand in a page")
    return Markup(script)  # noqa: S704


def _json(value: object) -> str:
    """Return JSON that no parser of HTML can mistake for markup."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _pieces(data: Mapping[str, object]) -> Iterator[str]:
    """Yield an object as JSON; of its own objects, lists and pairs some entries at once."""
    opening = "{"
    for name, value in data.items():
        yield f"{opening}{_json(name)}:"
        opening = ","
        if isinstance(value, dict | Iterator):
            yield from _entries("{}", value.items() if isinstance(value, dict) else value, dict)
        elif isinstance(value, list):
            yield from _entries("[]", value, list)
        else:
            yield _json(value)
    yield "}" if data else "{}"


def _entries(
    brackets: str, entries: Iterable[Any], make: Callable[[Iterable[Any]], Sized]
) -> Iterator[str]:
    rest = iter(entries)
    yield brackets[0]
    comma = ""
    while some := make(islice(rest, _AT_ONCE)):
        yield comma + _json(some)[1:-1]
        comma = ","
    yield brackets[1]


def _styles(legend: Mapping[str, Any]) -> dict[str, object]:
    """Return what the drawing needs of the palette, with labels of what the legend lists.

    Colours are variables of CSS.
    """
    groups = (*palette.NODES, palette.OTHER_NODE)
    return {
        "groups": [style.name for style in palette.GROUPS],
        "shapes": {style.name: style.shape for style in groups},
        "light": [style.name for style in groups if style.light],
        "stances": palette.STANCES,
        "lanes": [list(lane) for lane in palette.LANES],
        "signs": {str(style.sign): style.name for style in palette.SIGNS},
        "labels": {
            f"{kind}-{style.name}": style.label
            for kind, listed in (("node", "node_styles"), ("group", "groups"), ("sign", "signs"))
            for style in legend[listed]
        },
        "statuses": {
            style.name: {
                "label": style.label,
                "meaning": style.meaning,
                "dashes": style.dashes,
                "width": style.width,
                "opacity": style.opacity,
                "band": style.band,
            }
            for style in palette.STATUSES
        },
    }


def _colours(house: HouseStyle) -> str:
    """Return colours and fonts as variables of CSS, for light and for dark screens.

    A dark screen is one whose user prefers so, unless the page was told otherwise; so the
    variables for it stand there twice.
    """
    named = house.colours
    light = "".join(f"--{name}:{colour.light};" for name, colour in named.items())
    dark = "".join(f"--{name}:{colour.dark};" for name, colour in named.items())
    return (
        f":root{{color-scheme:light;--font:{house.font};{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{"
        f":root:not([data-theme=light]){{color-scheme:dark;{dark}}}}}\n"
        f"@media screen{{:root[data-theme=dark]{{color-scheme:dark;{dark}}}}}\n"
    )
