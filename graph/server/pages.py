"""The page of the case, the health of the server, and its description as an interface."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.responses import Response
from starlette.routing import Route

from .. import __version__
from .http.negotiation import FORMATS
from .http.problem import Refusal
from .http.responses import as_json, policy_of

if TYPE_CHECKING:
    from starlette.requests import Request

    from .state import State

_OPENAPI = Path(__file__).resolve().parent / "openapi.json"


def routes(state: State) -> list[Route]:
    """Return the routes."""
    described = json.loads(_OPENAPI.read_text("utf-8"))
    described["info"]["version"] = __version__
    described["components"]["schemas"]["Format"]["enum"] = list(FORMATS)
    ancestors = " ".join(state.config.frames) or "'none'"
    policy = f"{policy_of(state.page or b'')}; frame-ancestors {ancestors}"

    async def page(_request: Request) -> Response:
        if state.page is None:
            raise Refusal("not-found", "this build has no page")
        headers = {
            "ETag": f'"{state.build}"',
            "Cache-Control": "no-cache",
            "Content-Security-Policy": policy,
        }
        return Response(state.page, headers=headers, media_type="text/html")

    async def health(_request: Request) -> Response:
        alive = state.pool.alive
        told = {
            "ok": alive,
            "case": state.config.case,
            "build": state.build,
            "quads": state.pool.quads,
            "kept": len(state.pool.kept),
            "snapshots": len(state.pool.snapshots),
            "snapshot_bytes": state.pool.snapshots.bytes,
        }
        return as_json(told, 200 if alive else 503)

    async def openapi(_request: Request) -> Response:
        return as_json(described)

    return [Route("/", page), Route("/health", health), Route("/openapi.json", openapi)]
