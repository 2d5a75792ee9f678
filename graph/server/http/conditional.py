"""Conditional requests (RFC 9110, 13): who has the answer already is told that it has not changed.

The one place where a 304 is made. A browser takes over the headers of a 304 for the answer that it
has kept (RFC 9111, 3.2): a policy that differed would be that of the page from then on.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders

if TYPE_CHECKING:
    from starlette.types import Message, Send

_TAG = r'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")'
_LIST = re.compile(rf"[ \t,]*{_TAG}(?:[ \t]*,[ \t,]*{_TAG})*[ \t,]*")


def unless_known(method: str, asked: Headers, send: Send) -> Send:
    """Return a function that sends a 304 in place of a 200 that the client has.

    The 304 has all headers of the 200 but its length. An answer without an entity tag is sent as
    it is.

    Args:
        method: the method of the request.
        asked: its headers; several ``If-None-Match`` are one list.
        send: where messages of the answer go.
    """
    given = ", ".join(asked.getlist("if-none-match"))
    if not given or method not in ("GET", "HEAD"):
        return send
    known = False

    async def sent(message: Message) -> None:
        nonlocal known
        if message["type"] == "http.response.start":
            told = MutableHeaders(scope=message)
            known = message["status"] == 200 and matches(given, told.get("etag"))
            if known:
                message["status"] = 304
                del told["content-length"]
        elif known:
            message["body"] = b""
        await send(message)

    return sent


def matches(given: str, tag: str | None) -> bool:
    """Return whether an ``If-None-Match`` names an entity tag, compared weakly (RFC 9110, 8.8.3.2).

    Args:
        given: the value of the header; one that cannot be read names none.
        tag: the entity tag of the answer; ``None`` if it has none.
    """
    own = re.fullmatch(_TAG, tag or "")
    if own is None or given == "*":
        return own is not None
    return _LIST.fullmatch(given) is not None and own[1] in re.findall(_TAG, given)
