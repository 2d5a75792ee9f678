"""A page with only the lines of a result in it, and the evidence for these."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from starlette.responses import Response

from ...errors import InputOutputError
from ...errors.counting import counted
from ...viewer.page import page
from ...viewer.payload import payload
from ...viewer.picture import lines, picture
from ...viewer.subset import only
from ..http.responses import policy_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from typing import Any

    import networkx as nx
    from starlette.requests import Request

    from ..state import State

EMPTY = Path(__file__).resolve().parent / "empty.html"


def drawing(state: State, request: Request) -> Response:
    """Return a page with some lines of the case, and what it takes to show the evidence for them.

    The query string says which: ``s``, ids of statements between spaces; and ``t``, triples
    between spaces, each as subject, predicate and object between commas, in local names. What is
    not in the graph, or is no line, is passed over. A triple stands for all statements that say
    it, whatever their status.

    If there is no line among them, the page says so.

    Args:
        state: the open server.
        request: whose query string is read.
    """
    ids = set(request.query_params.get("s", "").split())
    triples = set(request.query_params.get("t", "").split())
    found = part_of(lines(state.built.graph), ids, triples)
    keys = {key for *_, key in found.edges(keys=True)}
    if not keys:
        return Response(
            EMPTY.read_bytes(), headers=_headers(policy_of(b"")), media_type="text/html"
        )
    knows = state.once("payload", lambda: payload(state.built.graph))
    title = f"{counted(len(keys), 'line')} of a result"
    told = {"Case": state.built.title, "What it is": "Only the lines that a query answered with."}
    left = len(ids & knows["statements"].keys()) - len(ids & keys)
    if left:
        told["Not drawn"] = f"{left} of its statements, which are no line between two things."
    data = page(only(knows, keys), picture(found, places=_places(state)), title=title, about=told)
    return Response(data, headers=_headers(policy_of(data)), media_type="text/html")


def part_of(
    network: nx.MultiDiGraph[str], ids: Collection[str], triples: Collection[str]
) -> nx.MultiDiGraph[str]:
    """Return the part of a network whose lines are meant.

    Args:
        network: all that can be drawn.
        ids: ids of statements.
        triples: subject, predicate and object between commas.
    """
    meant: Iterable[Any] = (
        (subject, target, key)
        for subject, target, key, data in network.edges(keys=True, data=True)
        if key in ids or f"{subject},{data['predicate']},{target}" in triples
    )
    return network.edge_subgraph(meant)


def _places(state: State) -> dict[str, tuple[float, float]] | None:
    """Return where the page of the case has its nodes, so that they are in the same places."""
    try:
        return {node: (x, y) for node, (x, y, _) in state.built.looks().items()}
    except InputOutputError:
        return None


def _headers(policy: str) -> dict[str, str]:
    """Return the headers of a page with a policy of its own, which the workbench may frame."""
    return {"Content-Security-Policy": f"{policy}; frame-ancestors 'self'"}
