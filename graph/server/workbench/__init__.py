"""The workbench at ``/query``: YASGUI over the endpoint of this server, with examples."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from starlette.responses import Response
from starlette.routing import Route

from ...viewer.words import OFFERED, USUAL, filled, said
from ..http.problem import Refusal
from ..http.responses import as_json
from .drawing import drawing
from .examples import examples
from .forms import asked, form

if TYPE_CHECKING:
    from starlette.requests import Request

    from ..state import State

PATH = "/query"
HERE = Path(__file__).resolve().parent
VENDOR = HERE / "vendor" / "yasgui"
SCRIPTS = HERE.parents[1] / "viewer" / "web" / "dist"
"""What ``make page`` makes of the modules that the page and the workbench share."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:; "
    "connect-src 'self'; frame-src 'self'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
"""The editor sets inline styles; nothing that a result holds can become a script."""


class _Asset(NamedTuple):
    """A file of the workbench and its media type."""

    path: Path
    media: str


_ASSETS = {
    "": _Asset(HERE / "workbench.html", "text/html"),
    "workbench.css": _Asset(HERE / "workbench.css", "text/css"),
    "workbench.js": _Asset(SCRIPTS / "workbench.js", "text/javascript"),
    "yasgui.css": _Asset(VENDOR / "yasgui.min.css", "text/css"),
    "yasgui.js": _Asset(VENDOR / "yasgui.bundle.min.js", "text/javascript"),
}


def routes(state: State) -> list[Route]:
    """Return the routes: the page, its scripts and styles, its examples and forms, and drawings."""

    def asset(request: Request) -> Response:
        found = _ASSETS.get(request.path_params.get("name", ""))
        if found is None:
            raise Refusal("not-found", "the workbench has no such file")
        return _file(found)

    def listed(request: Request) -> Response:
        return as_json(examples(state, _language(request)))

    def drawn(request: Request) -> Response:
        return drawing(state, request)

    def fields(request: Request) -> Response:
        return as_json(form(state, str(request.path_params["name"]), _language(request)))

    def filled(request: Request) -> Response:
        given = dict(request.query_params)
        return as_json(asked(state, str(request.path_params["name"]), given))

    return [
        Route(PATH, asset),
        Route(f"{PATH}/examples.json", listed),
        Route(f"{PATH}/drawing", drawn),
        Route(f"{PATH}/form/{{name}}", fields),
        Route(f"{PATH}/asked/{{name}}", filled),
        Route(f"{PATH}/{{name}}", asset),
    ]


def _language(request: Request) -> str:
    """Return the language that an address asks for, or the usual one if that is not offered."""
    tag = request.query_params.get("lang", USUAL)
    return tag if tag in OFFERED else USUAL


def _html(path: Path) -> bytes:
    """Return a page in English, with the tables of all languages."""
    tables = {tag: said(tag, workbench=True) for tag in OFFERED}
    words = json.dumps(tables, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    text = filled(path.read_text("utf-8")).replace("{{ words }}", words)
    return text.encode("utf-8")


def _file(asset: _Asset) -> Response:
    data = asset.path.read_bytes() if asset.media != "text/html" else _html(asset.path)
    headers = {
        "ETag": f'"{hashlib.sha256(data).hexdigest()[:16]}"',
        "Cache-Control": "no-cache",
    }
    if asset.media == "text/html":
        headers["Content-Security-Policy"] = POLICY
    return Response(data, headers=headers, media_type=asset.media)
