"""The page of the case with only the lines of a result in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from starlette.responses import Response

from ...errors import InputOutputError
from ...viewer.page import page
from ...viewer.payload import payload
from ..http.responses import policy_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.requests import Request

    from ...viewer.payload import Payload
    from ..state import State

EMPTY = Path(__file__).resolve().parent / "empty.html"


def drawing(state: State, request: Request) -> Response:
    """Return the page of the case with some of its lines.

    The query string says which: ``s``, ids of statements between spaces; and ``t``, triples
    between spaces, each as subject, predicate and object between commas, in local names. What is
    not in the graph, or is no line, is passed over. A triple stands for all statements that say
    it, whatever their status.

    If there is no line among them, the page says so.

    Args:
        state: the open server.
        request: whose query string is read.
    """
    knows = state.once("payload", lambda: payload(state.built.graph))
    ids = set(request.query_params.get("s", "").split())
    triples = set(request.query_params.get("t", "").split())
    lines = lines_of(knows, ids, triples)
    if not lines:
        return Response(
            EMPTY.read_bytes(), headers=_headers(policy_of(b"")), media_type="text/html"
        )
    title = f"{len(lines)} {'line' if len(lines) == 1 else 'lines'} of a result"
    told = {"Case": state.built.title, "What it is": "Only the lines that a query answered with."}
    left = len(ids & knows["statements"].keys()) - len(ids & lines)
    if left:
        told["Not drawn"] = f"{left} of its statements, which are no line between two things."
    data = page(only(knows, lines), title=title, about=told, positions=_places(state))
    return Response(data, headers=_headers(policy_of(data)), media_type="text/html")


def lines_of(knows: Payload, ids: Collection[str], triples: Collection[str]) -> set[str]:
    """Return the ids of the statements that can be drawn and are meant.

    Args:
        knows: what the page knows.
        ids: ids of statements.
        triples: subject, predicate and object between commas.
    """
    return {
        key
        for key, one in knows["statements"].items()
        if "draw" in one and (key in ids or f"{one['s']},{one['p']},{one['o']}" in triples)
    }


def only(knows: Payload, lines: Collection[str]) -> Payload:
    """Return what a page knows, with no other lines; all statements stay as evidence.

    Args:
        knows: what the page knows, as ``graph.viewer.payload`` makes it.
        lines: ids of the statements whose lines stay.
    """
    statements = {
        key: one if key in lines else {name: one[name] for name in one if name != "draw"}
        for key, one in knows["statements"].items()
    }
    return cast("Payload", {**knows, "statements": statements})


def _places(state: State) -> dict[str, tuple[float, float]] | None:
    """Return where the page of the case has its nodes, so that they are in the same places."""
    try:
        return {node: (x, y) for node, (x, y, _) in state.built.looks().items()}
    except InputOutputError:
        return None


def _headers(policy: str) -> dict[str, str]:
    """Return the headers of a page with a policy of its own, which the workbench may frame."""
    return {"Content-Security-Policy": f"{policy}; frame-ancestors 'self'"}
