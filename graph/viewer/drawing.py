"""The one door to pyvis: a network that writes our page instead of the library's.

pyvis gathers nodes and edges and hands them to a template. Its own template fetches files from
the web, does not escape headings and repeats every name in code, so a page of our own takes its
place, with a newer vis-network and a policy that lets only the two scripts of the page run.
Importing this module imports IPython, as pyvis does; so it is imported late.
"""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
from markupsafe import Markup
from pyvis.network import Network

from .. import palette

if TYPE_CHECKING:
    from collections.abc import Mapping

HERE = Path(__file__).resolve().parent
VIS = HERE / "vendor" / "vis-network" / "vis-network.min.js"

OPTIONS: dict[str, Any] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": True,
        "tooltipDelay": 200,
        "keyboard": {"enabled": True, "bindToWindow": False},
        "multiselect": False,
        "selectConnectedEdges": True,
        "zoomSpeed": 0.6,
    },
    "nodes": {
        "borderWidth": 1.2,
        "borderWidthSelected": 4,
        "font": {"face": "system-ui, Noto Sans, Noto Naskh Arabic, sans-serif", "vadjust": -2},
        "scaling": {"label": {"enabled": False, "drawThreshold": 7}},
    },
    "edges": {
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.5}},
        "selectionWidth": 2,
        "hoverWidth": 1,
    },
}


class Drawing(Network):  # type: ignore[misc]  # pyvis has no types
    """A pyvis network whose page is ``page.html``.

    Args:
        heading: title of the page.
        context: what the template needs beside the network.
    """

    def __init__(self, heading: str, context: Mapping[str, object]) -> None:
        super().__init__(directed=True, cdn_resources="in_line", heading=heading)
        self.templateEnv = jinja2.Environment(
            loader=jinja2.FileSystemLoader(HERE),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self.path = "page.html"
        self.options = OPTIONS
        self.context = dict(context)

    def generate_html(
        self,
        name: str = "index.html",  # noqa: ARG002 — these three are pyvis's
        local: bool = True,  # noqa: ARG002
        notebook: bool = False,  # noqa: ARG002
    ) -> str:
        """Return the page; the arguments are pyvis's and have no effect."""
        # The map of the library's own source would be a second file.
        library = VIS.read_text("utf-8").partition("//# sourceMappingURL=")[0]
        script = (HERE / "page.js").read_text("utf-8")
        data = {"nodes": self.nodes, "edges": self.edges, "options": self.options}
        self.html = self.templateEnv.get_template(self.path).render(
            self.context,
            heading=self.heading,
            policy=Markup(_policy(library, script)),  # noqa: S704 — fixed words and hashes
            style=Markup(_colours() + (HERE / "page.css").read_text("utf-8")),  # noqa: S704
            library=_inline(library),
            script=_inline(script),
            data=Markup(_json(data)),  # noqa: S704 — holds no <, > or &
        )
        return str(self.html)


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


def _colours() -> str:
    """Return the palette as variables of CSS, for light and for dark screens."""
    named = {"page": palette.PAGE, "ink": palette.INK, "band": palette.BAND}
    named |= {f"node-{style.name}": style.fill for style in (*palette.NODES, palette.OTHER_NODE)}
    named |= {f"sign-{style.name}": style.colour for style in palette.SIGNS}
    light = "".join(f"--{name}:{colour.light};" for name, colour in named.items())
    dark = "".join(f"--{name}:{colour.dark};" for name, colour in named.items())
    return f":root{{{light}}}\n@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
