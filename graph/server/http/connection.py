"""Connections that do not wait for ever: deadlines for slow clients, and a limit on their number.

Uvicorn sets no time for the headers of a request to arrive, nor for an answer to be taken.
"""

from __future__ import annotations

import re
import socket
from typing import TYPE_CHECKING, Any, ClassVar, cast

import httptools
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from ..pool.limits import QueryLimits
from .negotiation import with_charset
from .problem import MEDIA, Refusal
from .responses import ALWAYS

if TYPE_CHECKING:
    import asyncio

_KERNEL = 128 * 1024
"""Bytes of an answer that the system may hold; what it holds is not seen to be taken."""
_ANSWER = re.compile(rb"HTTP/1\.1 [2-5]")
_NAME = re.compile(rb"\n[a-z-]+(?=: )")
_ANEW = 20
"""So often bytes that came together are read anew."""


class _Together:
    """A transport that sends the headers of an answer together with its body.

    Uvicorn writes one after the other: so a client is woken once, and not for the headers alone.
    Their names are written as is usual: RCurl looks for a charset in ``Content-Type`` alone.
    """

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport, self._head, self._begins = transport, b"", True
        self.is_closing = transport.is_closing

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a transport can
        """Return what the transport has, once it has been given all."""
        self.flush()
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Send bytes; headers wait for what comes after them, but not a 100 (Continue)."""
        if self._begins and _ANSWER.match(data):
            self._begins = False
            self._head = _NAME.sub(lambda name: name[0].title(), data)
        elif self._head and len(data) <= _KERNEL:
            data, self._head = self._head + data, b""
            self._transport.write(data)
        else:
            self.flush()
            self._transport.write(data)

    def next(self) -> None:
        """Send what waits; the next that is written begins with headers."""
        self.flush()
        self._begins = True

    def flush(self) -> None:
        """Send headers that wait, as those of an answer without a body."""
        if self._head:
            data, self._head = self._head, b""
            self._transport.write(data)


class Connection(HttpToolsProtocol):
    """A connection under ``limits``; ``limited`` returns the class that a server takes."""

    limits: ClassVar[QueryLimits] = QueryLimits()
    most: ClassVar[int] = QueryLimits().connections

    _since: float = 0.0
    _head: asyncio.TimerHandle | None = None
    _stalled: asyncio.TimerHandle | None = None
    _begun: bool = False
    _bytes: int = 0
    _left: int = 0

    @property
    def busy(self) -> bool:
        """Whether a request is here and its answer is not complete."""
        return self.cycle is not None and not self.cycle.response_complete

    @property
    def waits(self) -> bool:
        """Whether there is nothing to do before the client sends more."""
        return not self.busy or self.cycle.more_body

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection; if there are too many, drop the oldest that only waits."""
        super().connection_made(transport)
        self.transport = cast("asyncio.Transport", _Together(transport))
        if (link := transport.get_extra_info("socket")) is not None:
            link.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _KERNEL)
            link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._since = self.loop.time()
        self._arm()
        if len(self.connections) <= self.most:
            return
        idle = [
            other
            for other in self.connections
            if isinstance(other, Connection) and other is not self and other.waits
        ]
        if idle:
            min(idle, key=lambda other: other._since).drop()  # noqa: SLF001 - of this class
        else:
            self._refuse(Refusal("busy", f"there are {self.most} connections"))

    def data_received(self, data: bytes) -> None:
        """Take bytes; from the first one of a request's head on, the head has its time."""
        self._begun = True
        self._bytes += len(data)
        self._unset_keepalive_if_required()
        try:
            for _ in range(_ANEW):
                if not (data := self._fed(data)):
                    break
            else:
                raise httptools.HttpParserError
        except httptools.HttpParserError:
            self.send_400_response("this is no request of HTTP/1.1")
        if not self.busy and self._bytes > self.limits.head_bytes:
            self._refuse(self._too_long())
        if self.busy:
            self._disarm()
        elif self._head is None:
            self._arm()

    def on_headers_complete(self) -> None:
        """Begin to answer: a request names a path here, and no address of another server."""
        if self.parser.should_upgrade():
            return
        if not self.url.startswith(b"/"):
            self.url = b"/" + self.url
        super().on_headers_complete()
        self._bytes = 0

    def on_message_complete(self) -> None:
        """End a request, unless it is read anew."""
        if not self.parser.should_upgrade():
            super().on_message_complete()

    def _fed(self, data: bytes) -> bytes:
        """Read bytes; return those that have to be read anew.

        A request that wants another protocol is read as if it did not: Java's client wants HTTP/2
        where it can, and the parser passes over the body then.

        Raises:
            HttpParserError: it is no HTTP, or no request that can be answered.
        """
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade as upgrade:
            method = self.parser.get_method()
            if method == b"CONNECT":
                raise httptools.HttpParserError from None
            lines = [b"%s %s HTTP/1.1" % (method, self.url)]
            lines += [b"%s: %s" % header for header in self.headers if header[0] != b"upgrade"]
            self.parser = httptools.HttpRequestParser(self)
            return b"\r\n".join([*lines, b"", data[upgrade.args[0] :]])
        return b""

    def on_response_complete(self) -> None:
        """Begin to wait for the next request."""
        cast("_Together", self.transport).next()
        self._begun = False
        self._since = self.loop.time()
        super().on_response_complete()
        if self._stalled is None:
            self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the deadlines."""
        self._disarm()
        self._moved()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Watch that the client takes what waits for it; drop the oldest if too much waits."""
        super().pause_writing()
        self._watch()
        others = [each for each in self.connections if isinstance(each, Connection)]
        sizes = {each: each.transport.get_write_buffer_size() for each in others}
        if sum(sizes.values()) > self.limits.unsent_bytes:
            min((each for each in others if sizes[each]), key=lambda each: each._since).drop()  # noqa: SLF001 - of this class

    def resume_writing(self) -> None:
        """Go on: the client has taken nearly all; the rest is watched too."""
        self._watch()
        super().resume_writing()

    def timeout_keep_alive_handler(self) -> None:
        """Close a connection on which nothing more came, once the client has taken its answer."""
        if self.transport.get_write_buffer_size():
            self.timeout_keep_alive_task = self.loop.call_later(
                self.timeout_keep_alive, self.timeout_keep_alive_handler
            )
        else:
            super().timeout_keep_alive_handler()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP, once what came before it is answered."""
        if self.busy and (self.pipeline or not self.cycle.more_body):
            self.cycle.keep_alive = False
        else:
            self._refuse(Refusal("bad-request", msg))

    def _too_long(self) -> Refusal:
        return Refusal("head-too-large", f"they may have {self.limits.head_bytes} bytes")

    def drop(self) -> None:
        """End the connection at once."""
        self.connections.discard(self)
        self.transport.abort()

    def _arm(self) -> None:
        self._head = self.loop.call_later(self.limits.head_seconds, self._too_slow)

    def _disarm(self) -> None:
        if self._head is not None:
            self._head.cancel()
            self._head = None

    def _too_slow(self) -> None:
        self._head = None
        if self.busy or self.transport.is_closing():
            return
        if self._begun:
            told = f"the headers have {self.limits.head_seconds:g} seconds to arrive"
            self._refuse(Refusal("slow-request", told))
        self.drop()

    def _refuse(self, refusal: Refusal) -> None:
        """Send a refusal, if nothing has been sent yet for this request, and close."""
        if not self.busy or not self.cycle.response_started:
            body = refusal.body()
            headers = {
                **ALWAYS,
                "Content-Type": with_charset(MEDIA),
                "Content-Length": str(len(body)),
                "Connection": "close",
            }
            lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
            head = STATUS_LINE[refusal.status] + lines.encode("latin-1") + b"\r\n"
            self.transport.write(head)
            self.transport.write(body)
        self.transport.close()

    def _watch(self) -> None:
        """See to it that what waits for the client gets less."""
        self._moved()
        self._left = self.transport.get_write_buffer_size()
        if self._left:
            self._stalled = self.loop.call_later(self.limits.stalled_seconds, self._look)

    def _look(self) -> None:
        taken = self._left - self.transport.get_write_buffer_size()
        if taken < min(self.limits.stalled_bytes, self._left):
            self.drop()
        else:
            self._watch()

    def _moved(self) -> None:
        if self._stalled is not None:
            self._stalled.cancel()
            self._stalled = None


def limited(limits: QueryLimits, most: int) -> type[Connection]:
    """Return the class of connections under some limits.

    Args:
        limits: times and sizes.
        most: so many connections may be open at once.
    """
    fields: dict[str, Any] = {"limits": limits, "most": most}
    return type("LimitedConnection", (Connection,), fields)
