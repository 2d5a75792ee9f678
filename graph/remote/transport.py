"""One request over HTTP and its whole answer, or an error that says why there is none."""

from __future__ import annotations

import contextlib
import json
import re
import ssl
import threading
import time
from dataclasses import dataclass, field
from functools import cached_property
from socket import SHUT_RDWR
from typing import TYPE_CHECKING, NamedTuple

import httpx

from ..errors import UsageError
from ..errors.counting import counted
from ..errors.shown import MOST, shown
from .credentials import Credentials
from .errors import CutAnswer, StoreError, reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from socket import socket

SMALL = 1 << 16
"""Bytes of an answer that holds a number, a truth, or nothing that is looked at."""

_REDIRECTS = 3
_MOVED = frozenset({307, 308})
_BUSY = frozenset({502, 503, 504})
_HEADERS = {"User-Agent": "hudna", "Accept-Encoding": "identity", "Connection": "close"}


class TransferLimits(NamedTuple):
    """Seconds and bytes that an exchange may take.

    Attributes:
        connect: seconds until there is a connection.
        read: seconds of silence.
        whole: seconds from the first byte sent to the last one read.
        bytes: of an answer whose size nobody can tell beforehand.
        retries: how often a request that changes nothing, or nothing twice, is sent again.
        pause: seconds before it is sent again; twice as long each time.
    """

    connect: float = 10.0
    read: float = 120.0
    whole: float = 900.0
    bytes: int = 1 << 28
    retries: int = 2
    pause: float = 0.3


@dataclass
class Transport:
    """Sends requests to a store.

    Attributes:
        credentials: who one is; they are sent when the server asks for them.
        limits: how long an exchange may take, and how much it may bring.
    """

    credentials: Credentials = field(default_factory=Credentials)
    limits: TransferLimits = field(default_factory=TransferLimits)

    def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        again: bool = False,
        most: int = SMALL,
    ) -> httpx.Response:
        """Send a request and return the whole answer.

        Args:
            method: of HTTP.
            url: an address of http or https.
            headers: by name.
            body: what is sent.
            again: whether the request may be sent twice without harm.
            most: bytes that the answer may have.

        Raises:
            StoreError: no answer, one that is larger or makes no sense, or one with another status
                than 200 to 204; the text has the server's own words.
            CutAnswer: the answer is shorter than the server said.
        """
        most = min(most, self.limits.bytes)
        where = _origin(httpx.URL(url))
        with reading(where):
            request = self._client.build_request(
                method, url, headers=headers, content=body or None, extensions={"most": most}
            )
            reply = self._answered(request, self.limits.retries if again else 0)
        status = reply.status_code
        if status == httpx.codes.PARTIAL_CONTENT or "x-sql-state" in reply.headers:
            raise CutAnswer(f"{where}: sent a part of the answer only", status)
        if status >= 300:
            raise StoreError(f"{where}: {status} {_said(reply)}".strip(), status)
        return reply

    @cached_property
    def _client(self) -> httpx.Client:
        seconds = httpx.Timeout(self.limits.read, connect=self.limits.connect)
        return httpx.Client(
            auth=self.credentials,
            headers=_HEADERS,
            timeout=seconds,
            transport=_BoundedTransport(self.limits.whole),
        )

    def _answered(self, request: httpx.Request, retries: int) -> httpx.Response:
        """Send as often as it takes: redirects to the same host, and servers that are busy."""
        redirects, pause = 0, self.limits.pause
        while True:
            try:
                found = self._client.send(request)
            except (httpx.NetworkError, httpx.ProtocolError) as error:
                if not retries:
                    raise StoreError(f"{_origin(request.url)}: {_why(error)}") from error
            except httpx.TimeoutException as error:
                raise StoreError(f"{_origin(request.url)}: {self._late(error)}") from error
            else:
                target = found.next_request
                if found.status_code in _MOVED and target is not None and redirects < _REDIRECTS:
                    _check_redirect(request, found, target)
                    request, redirects = target, redirects + 1
                    continue
                if found.status_code not in _BUSY or not retries:
                    return found
            retries -= 1
            time.sleep(pause)
            pause *= 2

    def _late(self, error: httpx.TimeoutException) -> str:
        if isinstance(error, httpx.ConnectTimeout):
            return f"no connection in {self.limits.connect:g} seconds"
        whole = type(error) is httpx.TimeoutException
        why = str(error) if whole else f"no answer in {self.limits.read:g} seconds"
        return f"{why}; it may still compute"


class _BoundedTransport(httpx.HTTPTransport):
    """Exchanges that end when the time for the whole is up, or the room for the answer.

    Args:
        seconds: from the first byte sent to the last one read.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(
            verify=ssl.create_default_context(),  # what this machine trusts
            limits=httpx.Limits(max_keepalive_connections=0),
        )
        self.seconds = seconds

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Return the answer with its whole body, as it was sent; of a refusal, its beginning."""
        with self._ending(request), contextlib.closing(super().handle_request(request)) as found:
            body = _body(found, request)
        headers = [pair for pair in found.headers.raw if pair[0].lower() not in _FRAMING]
        return httpx.Response(found.status_code, headers=headers, content=body)

    @contextlib.contextmanager
    def _ending(self, request: httpx.Request) -> Iterator[None]:
        """End the connection of a request when its time is up, even if bytes still trickle in."""
        late = threading.Event()
        sockets: list[socket] = []

        def end() -> None:
            late.set()
            with contextlib.suppress(OSError):
                sockets[-1].shutdown(SHUT_RDWR)

        def trace(step: str, told: Mapping[str, object]) -> None:
            if step in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
                sockets.append(told["return_value"].get_extra_info("socket"))  # type: ignore[attr-defined]
            elif step == "http11.send_request_headers.started":
                timer.start()

        timer = threading.Timer(self.seconds, end)
        timer.daemon = True
        request.extensions["trace"] = trace
        try:
            yield
        finally:
            timer.cancel()
            if late.is_set():
                raise httpx.TimeoutException(f"not done after {self.seconds:g} seconds")


_FRAMING = frozenset({b"content-encoding", b"content-length", b"transfer-encoding"})
"""Headers that say how a body was sent; it is here as it came, and is not unpacked."""


def _body(found: httpx.Response, request: httpx.Request) -> bytes:
    """Return the whole body; a length that was promised is kept. Of a refusal, its beginning."""
    most, where = request.extensions["most"], _origin(request.url)
    refused = found.status_code >= 300
    body = bytearray()
    size = 0 if refused else number(found.headers.get("content-length", "")) or 0
    try:
        for piece in found.iter_raw() if size <= most else ():
            body += piece
            size = max(size, len(body))
            if size > (SMALL if refused else most):
                break
    except httpx.ProtocolError as error:
        raise CutAnswer(
            f"{where}: the answer broke off after {counted(len(body), 'byte')}: {error}"
        ) from error
    if refused:
        return bytes(body[:SMALL])
    if size > most:
        raise StoreError(f"{where}: the answer is larger than {most} B")
    return bytes(body)


def media_type(reply: httpx.Response) -> str:
    """Return the type of the body without parameters."""
    return str(reply.headers.get("content-type", "")).partition(";")[0].strip().lower()


def number(words: str) -> int | None:
    """Return the count that a store writes; ``None`` if it is none, or no count of this world."""
    return int(words) if re.fullmatch("[0-9]{1,15}", words) else None


def checked(url: str) -> str:
    """Return the address of a store if it can be one.

    Raises:
        UsageError: it is no address of http or https, or has a name and password in it.
    """
    try:
        found = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise UsageError(f'"{url}" is no address of a store: {error}') from None
    port = 1 if found.port is None else found.port
    if found.scheme not in ("http", "https") or not found.host or not 0 < port < 1 << 16:
        raise UsageError(f'"{url}" is no address of a store; it begins with http:// or https://')
    if found.userinfo:
        raise UsageError(
            "an address is no place for a password; "
            "set HUDNA_STORE_USER and HUDNA_STORE_PASSWORD, or write them into ~/.netrc"
        )
    if re.search(r"[\x00-\x20\x7f]", url):
        raise UsageError("there are spaces or control characters in the address of the store")
    return url


def _check_redirect(request: httpx.Request, found: httpx.Response, target: httpx.Request) -> None:
    """Refuse a redirect to another host, and one that is no address."""
    here, there = _origin(request.url), _origin(target.url)
    if not found.headers["location"].isascii():
        raise StoreError(f"{here}: sends us to what is no address", found.status_code)
    if here != there:
        told = f"{here}: sends us to {there}; give that address if you trust it"
        raise StoreError(told, found.status_code)


def _why(error: httpx.TransportError) -> str:
    """Return an error in words; none with what we were about to send, which may be secret."""
    if isinstance(error, httpx.LocalProtocolError):
        return "the request cannot be sent; it asks for what is no header"
    no_http = isinstance(error, httpx.ProtocolError)
    return f"no proper HTTP: {error}" if no_http else str(error)


def _origin(url: httpx.URL) -> str:
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def _said(reply: httpx.Response) -> str:
    """Return the server's own words."""
    words, kind = reply.content[:2048].decode("utf-8", "replace"), media_type(reply)
    if kind.endswith("json"):
        with contextlib.suppress(ValueError, AttributeError, RecursionError):
            problem = json.loads(reply.content)
            words = str(problem.get("detail") or problem.get("title") or words)
    elif kind == "text/html":
        words = re.sub(r"<(style|script)\b.*?</\1>|<[^>]*>", " ", words, flags=re.DOTALL)
    words = words.partition("SPARQL query:")[0]
    if "location" in reply.headers:
        words = f"leads elsewhere: {reply.headers['location']} {words}"
    return shown(" ".join(words.split()) or reply.reason_phrase, MOST)
