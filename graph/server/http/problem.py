"""What the server answers when it does not answer: problem details of RFC 9457."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ...model.terms import CASES

if TYPE_CHECKING:
    from collections.abc import Mapping

MEDIA = "application/problem+json"

KINDS: Mapping[str, tuple[int, str]] = {
    "bad-request": (400, "The request is not as the protocol wants it"),
    "bad-query": (400, "This is no SPARQL query"),
    "query-leaves": (400, "A query must not leave this machine"),
    "no-token": (401, "A token is needed"),
    "read-only": (403, "Nothing can be changed here"),
    "foreign-page": (403, "A page of another origin must not ask this server"),
    "not-found": (404, "There is nothing at this address"),
    "method-not-allowed": (405, "This address is not asked in this way"),
    "not-acceptable": (406, "The answer does not exist in this form"),
    "slow-request": (408, "The request took too long to arrive"),
    "gone": (410, "What was at this address was withdrawn"),
    "request-too-large": (413, "The request is too large"),
    "answer-too-large": (413, "The answer is too large"),
    "unsupported-media-type": (415, "The request is in a form that is not read here"),
    "wrong-host": (421, "This server does not go by that name"),
    "head-too-large": (431, "The headers of the request are too large"),
    "server-error": (500, "The server failed"),
    "engine-failed": (500, "The engine failed on this query"),
    "out-of-memory": (500, "The query needs more memory than it may have"),
    "busy": (503, "The server is busy"),
    "stopped-for-others": (503, "The query was stopped to let others in"),
    "shutting-down": (503, "The server is shutting down"),
    "timeout": (504, "The query took too long"),
}
"""The kinds of problems, with their status and their title."""

_BY_STATUS = {404: "not-found", 405: "method-not-allowed", 413: "request-too-large"}


class Refusal(Exception):
    """A request is refused, or could not be answered.

    Args:
        kind: one of ``KINDS``.
        detail: what is wrong with this request, for people.
        headers: headers of the answer, beside that of its type.
    """

    def __init__(self, kind: str, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.kind = kind
        self.status, self.title = KINDS[kind]
        self.detail = detail
        self.headers: dict[str, str] = dict(headers or {})

    def body(self) -> bytes:
        """Return the problem as JSON."""
        told = {
            "type": f"{CASES}problem/{self.kind}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
        }
        return json.dumps(told, ensure_ascii=False, indent=2).encode("utf-8", "replace") + b"\n"


def of_status(status: int, headers: Mapping[str, str] | None = None) -> Refusal:
    """Return the problem for a status of HTTP that is not 2xx or 3xx.

    Args:
        status: the status; one that has no kind of its own is a ``bad-request``.
        headers: headers of the answer.
    """
    kind = _BY_STATUS.get(status, "bad-request" if status < 500 else "server-error")
    return Refusal(kind, KINDS[kind][1], headers)
