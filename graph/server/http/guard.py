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
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect, Request

from .conditional import unless_known
from .problem import Refusal
from .responses import ALWAYS, problem

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from ..state import Config

_LOCAL = ("127.0.0.1", "localhost", "[::1]")
_EVERYWHERE = ("", "0.0.0.0", "::")  # noqa: S104 - compared with, not listened on
_HTTP_PORT = 80


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
        self.framed = bool(config.frames)
        self.shared: ASGIApp = self._admitted
        if self.origins:
            self.shared = CORSMiddleware(
                self._admitted,
                allow_origins=self.origins,
                allow_methods=("GET", "HEAD", "POST", "OPTIONS"),
                allow_headers=("Authorization",),
                expose_headers=("Retry-After",),
            )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it; what is no request goes through."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin = headers.get("origin", "").lower()

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                told = MutableHeaders(scope=message)
                if origin in self.origins:
                    told["Cross-Origin-Resource-Policy"] = "cross-origin"
                if self.origins:
                    told.add_vary_header("Origin")
                for name, value in ALWAYS.items():
                    told.setdefault(name, value)
            await send(message)

        guarded = unless_known(scope["method"], headers, complete)
        try:
            self._host(headers)
            self._origin(scope, headers, origin)
        except Refusal as refusal:
            await _refused(refusal, scope, receive, guarded)
        else:
            await self.shared(scope, receive, guarded)

    async def _admitted(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request from who may ask, if it has the token and its body is here in time."""
        request = Request(scope, receive)
        try:
            self._token(request.headers)
            body = await self._body(request)
        except Refusal as refusal:
            await _refused(refusal, scope, receive, send)
        except ClientDisconnect:
            return
        else:
            await self.app(scope, _once(body, receive), send)

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
        if not origin and self.framed and _is_framed(scope, headers):
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

    async def _body(self, request: Request) -> bytes:
        """Return the whole body of a request.

        Raises:
            Refusal: it is too large, or does not come in time.
            ClientDisconnect: the client went away.
        """
        most, seconds = self.limits.body_bytes, self.limits.body_seconds
        large = Refusal("request-too-large", f"a request's body may have {most} bytes")
        length = request.headers.get("content-length", "0")
        if not length.isdecimal() or int(length[:20]) > most:
            raise large
        body = bytearray()
        try:
            async with asyncio.timeout(seconds):
                async for block in request.stream():
                    body += block
                    if len(body) > most:
                        raise large
        except TimeoutError:
            raise Refusal("slow-request", f"a body has {seconds:g} seconds to arrive") from None
        return bytes(body)


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


async def _refused(refusal: Refusal, scope: Scope, receive: Receive, send: Send) -> None:
    refusal.headers["Connection"] = "close"
    await problem(refusal)(scope, receive, send)


def _is_followed_link(scope: Scope, headers: Headers) -> bool:
    """Return whether somebody follows a link to the page or to a thing, from wherever it stands.

    The other site learns nothing of the answer, and nothing changes here; queries are not asked so.
    """
    path = scope["path"]
    return (path == "/" or path.startswith("/id/")) and _is_shown_in(scope, headers, "document")


def _is_framed(scope: Scope, headers: Headers) -> bool:
    """Return whether a browser asks for the page of the case to show it in a frame.

    Whose frame may show it says ``frame-ancestors`` of its policy, which browsers keep to.
    """
    return scope["path"] == "/" and _is_shown_in(scope, headers, "iframe")


def _is_shown_in(scope: Scope, headers: Headers, place: str) -> bool:
    return (
        scope["method"] in ("GET", "HEAD")
        and headers.getlist("sec-fetch-mode") == ["navigate"]
        and headers.getlist("sec-fetch-dest") == [place]
    )


def _once(body: bytes, receive: Receive) -> Receive:
    """Return a function that gives a body that has been read, and then what comes after it."""
    left = [body]

    async def again() -> Message:
        if left:
            return {"type": "http.request", "body": left.pop(), "more_body": False}
        return await receive()

    return again
