"""Who may ask: names, origins, tokens and sizes, checked before anything else is done.

A page on the web can make a browser send requests to this machine. So a request must name this
server as its host, which a name that was bound to this address by somebody else does not
(DNS rebinding), and must not come from a page of another origin.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import hmac
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders

from .conditional import unless_known
from .problem import Refusal
from .responses import ALWAYS, problem

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from ..state import Config

_CLOSE = {"Connection": "close"}
_LOCAL = ("127.0.0.1", "localhost", "[::1]")
_EVERYWHERE = ("", "0.0.0.0", "::")  # noqa: S104 - compared with, not listened on
_HTTP_PORT = 80
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Authorization, Content-Type",
    "Access-Control-Max-Age": "600",
}


class Guard:
    """ASGI middleware that lets through only what may ask.

    Args:
        app: what is guarded.
        config: names, origins, token and limits.
    """

    def __init__(self, app: ASGIApp, config: Config) -> None:
        self.app = app
        self.limits = config.limits
        self.token = None if config.token is None else config.token.encode()
        self.names = host_names(config)
        self.own = {f"{scheme}://{name}" for scheme in ("http", "https") for name in self.names}
        self.origins = {origin.rstrip("/").lower() for origin in config.origins}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it; what is no request goes through."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin = headers.get("origin", "").lower()
        extra = self._shared(origin)

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                _complete(MutableHeaders(scope=message), extra)
            await send(message)

        guarded = unless_known(scope["method"], headers, complete)

        try:
            self._host(headers)
            self._origin(scope, headers, origin)
            if extra and _is_preflight(scope, headers):
                await _preflight(guarded)
                return
            self._token(headers)
            body = await self._body(headers, receive)
        except Refusal as refusal:
            refusal.headers.update(_CLOSE)
            await problem(refusal)(scope, receive, guarded)
            return
        if body is not None:
            await self.app(scope, _once(body, receive), guarded)

    def _shared(self, origin: str) -> dict[str, str]:
        """Return the headers that let a page of an allowed origin read the answer."""
        if not self.origins:
            return {}
        if origin not in self.origins:
            return {"Vary": "Origin"}
        return {
            "Vary": "Origin",
            "Access-Control-Allow-Origin": origin,
            "Access-Control-Expose-Headers": "Retry-After",
            "Cross-Origin-Resource-Policy": "cross-origin",
        }

    def _host(self, headers: Headers) -> None:
        named = headers.getlist("host")
        if len(named) != 1 or named[0].lower() not in self.names:
            raise Refusal("wrong-host", "the header Host names another server")

    def _origin(self, scope: Scope, headers: Headers, origin: str) -> None:
        if len(headers.getlist("origin")) > 1:
            raise Refusal("foreign-page", "there is more than one header Origin")
        if origin and origin in self.origins:
            return
        if origin and origin not in self.own:
            raise Refusal("foreign-page", "the header Origin names another origin")
        if not origin and _is_followed_link(scope, headers):
            return
        for site in headers.getlist("sec-fetch-site"):
            if site not in ("same-origin", "none"):
                raise Refusal("foreign-page", "the browser says that a page of another site asks")

    def _token(self, headers: Headers) -> None:
        if self.token is None:
            return
        given = _credentials(headers.get("authorization", ""))
        if not hmac.compare_digest(given, self.token):
            challenge = 'Basic realm="hudna", charset="UTF-8", Bearer realm="hudna"'
            told = "send it as a bearer token, or as the password of Basic authentication"
            raise Refusal("no-token", told, {"WWW-Authenticate": challenge})

    async def _body(self, headers: Headers, receive: Receive) -> bytes | None:
        """Return the whole body of a request; ``None`` if the client went away."""
        most = self.limits.body_bytes
        large = Refusal("request-too-large", f"a request's body may have {most} bytes")
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length[:20]) > most:
            raise large
        blocks: list[bytes] = []
        size, more = 0, True
        try:
            async with asyncio.timeout(self.limits.body_seconds):
                while more:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        return None
                    blocks.append(message.get("body", b""))
                    size += len(blocks[-1])
                    more = message.get("more_body", False)
                    if size > most:
                        raise large
        except TimeoutError:
            seconds = f"{self.limits.body_seconds:g}"
            raise Refusal("slow-request", f"a body has {seconds} seconds to arrive") from None
        return b"".join(blocks)


def host_names(config: Config) -> frozenset[str]:
    """Return what a request may name as its host, with the port where it must be there."""
    host = f"[{config.host}]" if ":" in config.host else config.host
    local = {*_LOCAL, *((host,) if config.host not in _EVERYWHERE else ())}
    names = {f"{name}:{config.port}" for name in (*local, *config.host_names)}
    names |= set(config.host_names)
    if config.port == _HTTP_PORT:
        names |= local
    return frozenset(name.lower() for name in names)


def _credentials(header: str) -> bytes:
    """Return the token of a bearer, or the password of Basic authentication; else nothing."""
    scheme, _, given = header.partition(" ")
    if scheme.lower() == "bearer":
        return given.strip().encode("utf-8", "replace")
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(given.strip(), validate=True).partition(b":")[2]
        except (binascii.Error, ValueError):
            return b""
    return b""


def _complete(headers: MutableHeaders, extra: dict[str, str]) -> None:
    for name, value in extra.items():
        if name == "Vary":
            headers.add_vary_header(value)
        else:
            headers[name] = value
    for name, value in ALWAYS.items():
        headers.setdefault(name, value)


def _is_followed_link(scope: Scope, headers: Headers) -> bool:
    """Return whether somebody follows a link to the page or to a thing, from wherever it stands.

    The other site learns nothing of the answer, and nothing changes here; queries are not asked so.
    """
    path = scope["path"]
    return (
        scope["method"] in ("GET", "HEAD")
        and (path == "/" or path.startswith("/id/"))
        and headers.getlist("sec-fetch-mode") == ["navigate"]
        and headers.getlist("sec-fetch-dest") == ["document"]
    )


def _is_preflight(scope: Scope, headers: Headers) -> bool:
    return scope["method"] == "OPTIONS" and "access-control-request-method" in headers


async def _preflight(send: Send) -> None:
    headers = [(name.lower().encode(), value.encode()) for name, value in _PREFLIGHT.items()]
    await send({"type": "http.response.start", "status": 204, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def _once(body: bytes, receive: Receive) -> Receive:
    """Return a function that gives a body that has been read, and then what comes after it."""
    left = [body]

    async def again() -> Message:
        if left:
            return {"type": "http.request", "body": left.pop(), "more_body": False}
        return await receive()

    return again
