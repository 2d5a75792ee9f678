"""One request over HTTP and its whole answer, or an error that says why there is none.

The standard library does it: what a client of stores needs beyond it (a limit for the whole
exchange, a length that is checked, no redirect to another host) other clients lack as well.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import re
import socket
import ssl
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin, urlsplit

from ..errors import UsageError
from ..errors.shown import MOST, shown
from .credentials import Credentials
from .errors import CutAnswer, StoreError, reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PIECE = 1 << 16
SMALL = 1 << 16
"""Bytes of an answer that holds a number, a truth, or nothing that is looked at."""

_REDIRECTS = 3
_BUSY = frozenset({502, 503, 504})
_OFFLINE = (ConnectionError, http.client.RemoteDisconnected)


class Limits(NamedTuple):
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


class Reply(NamedTuple):
    """An answer: status, headers by name in small letters, body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """The type of the body without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


@dataclass
class Transport:
    """Sends requests to a store.

    Attributes:
        credentials: who one is; they are sent when the server asks for them.
        limits: how long an exchange may take, and how much it may bring.
    """

    credentials: Credentials = field(default_factory=Credentials)
    limits: Limits = field(default_factory=Limits)

    def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        again: bool = False,
        most: int = SMALL,
    ) -> Reply:
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
        request = _Request(method, url, dict(headers or {}), body, min(most, self.limits.bytes))
        with reading(_origin(url)):
            reply = self._answered(request, again=again)
        if reply.status == http.HTTPStatus.PARTIAL_CONTENT or "x-sql-state" in reply.headers:
            raise CutAnswer(f"{_origin(url)}: sent a part of the answer only", reply.status)
        if reply.status >= 300:
            raise StoreError(f"{_origin(url)}: {reply.status} {_said(reply)}".strip(), reply.status)
        return reply

    def _answered(self, request: _Request, *, again: bool) -> Reply:
        """Send as often as it takes: credentials that are asked for, redirects, busy servers."""
        redirects, retries = 0, self.limits.retries if again else 0
        pause = self.limits.pause
        while True:
            try:
                reply = self._once(request)
            except StoreError as error:
                if not retries or not isinstance(error.__cause__, _OFFLINE):
                    raise
            else:
                if reply.status == 401 and self.credentials.asked(
                    reply.headers.get("www-authenticate", "")
                ):
                    continue
                if reply.status in (307, 308) and redirects < _REDIRECTS:
                    target = _next(request.url, reply)
                    request, redirects = request._replace(url=target), redirects + 1
                    continue
                if reply.status not in _BUSY or not retries:
                    return reply
            retries -= 1
            time.sleep(pause)
            pause *= 2

    def _once(self, request: _Request) -> Reply:
        method, url = request.method, request.url
        parts = urlsplit(url)
        asked = {"User-Agent": "hudna", "Accept-Encoding": "identity", **request.headers}
        if secret := self.credentials.header(method, url):
            asked["Authorization"] = secret
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection = _connection(url, self.limits.connect)
        late = threading.Event()
        try:
            self._connect(connection, url)
            with _bounded(connection.sock, self.limits) as late:
                connection.request(method, path, body=request.body or None, headers=asked)
                response = connection.getresponse()
                found = {name.lower(): value for name, value in response.getheaders()}
                reply = Reply(response.status, found, _body(response, request))
                if late.is_set():
                    raise TimeoutError
                return reply
        except (OSError, http.client.HTTPException, CutAnswer) as error:
            raise _told(error, url, self.limits, late=late.is_set()) from error
        finally:
            connection.close()

    def _connect(self, connection: http.client.HTTPConnection, url: str) -> None:
        try:
            connection.connect()
        except TimeoutError as error:
            seconds = self.limits.connect
            raise StoreError(f"{_origin(url)}: no connection in {seconds:g} seconds") from error


class _Request(NamedTuple):
    """What is sent, and how many bytes may come back."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes
    most: int


def _body(response: http.client.HTTPResponse, request: _Request) -> bytes:
    """Return the whole body; a length that was promised is kept. Of a refusal, its beginning."""
    if response.status >= 300:
        return response.read(SMALL)
    promised = number(response.getheader("Content-Length", ""))
    pieces, size = [], 0
    while max(size, promised or 0) <= request.most and (piece := response.read(_PIECE)):
        pieces.append(piece)
        size += len(piece)
    if max(size, promised or 0) > request.most:
        raise StoreError(f"{_origin(request.url)}: the answer is larger than {request.most} B")
    if promised is not None and request.method != "HEAD" and size < promised:
        raise CutAnswer(f"{_origin(request.url)}: the answer broke off at {size} of {promised} B")
    return b"".join(pieces)


def number(words: str) -> int | None:
    """Return the count that a store writes; ``None`` if it is none, or no count of this world."""
    return int(words) if re.fullmatch("[0-9]{1,15}", words) else None


def checked(url: str) -> str:
    """Return the address of a store if it can be one.

    Raises:
        UsageError: it is no address of http or https, or has a name and password in it.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise UsageError(f'"{url}" is no address of a store: {error}') from None
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise UsageError(f'"{url}" is no address of a store; it begins with http:// or https://')
    if parts.username or parts.password:
        raise UsageError(
            "an address is no place for a password; "
            "set HUDNA_STORE_USER and HUDNA_STORE_PASSWORD, or write them into ~/.netrc"
        )
    if re.search(r"[\x00-\x20\x7f]", url):
        raise UsageError("there are spaces or control characters in the address of the store")
    return url


def _connection(url: str, timeout: float) -> http.client.HTTPConnection:
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(host, parts.port, timeout=timeout, context=context)
    return http.client.HTTPConnection(host, parts.port, timeout=timeout)


@contextlib.contextmanager
def _bounded(connected: socket.socket, limits: Limits) -> Iterator[threading.Event]:
    """End a connection when the time for the whole is up, even if bytes still trickle in.

    Args:
        connected: the socket; a response may keep it after its connection has let go of it.
        limits: how long it may be silent, and how long the whole may take.
    """
    late = threading.Event()

    def end() -> None:
        late.set()
        with contextlib.suppress(OSError):
            connected.shutdown(socket.SHUT_RDWR)

    connected.settimeout(limits.read)
    timer = threading.Timer(limits.whole, end)
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()


def _told(error: Exception, url: str, limits: Limits, *, late: bool) -> StoreError:
    """Return an error in words; ``late`` says that the time for the whole exchange was up."""
    where = _origin(url)
    if late:
        why = f"not done after {limits.whole:g} seconds; it may still compute"
    elif isinstance(error, TimeoutError):
        why = f"no answer in {limits.read:g} seconds; it may still compute"
    elif isinstance(error, http.client.IncompleteRead):
        return CutAnswer(f"{where}: the answer broke off after {len(error.partial)} bytes")
    elif isinstance(error, CutAnswer):
        return error
    elif isinstance(error, ssl.SSLCertVerificationError):
        why = f"its certificate is not good: {error.verify_message}"
    elif isinstance(error, OSError):
        why = str(error.strerror or error)
    else:
        why = f"no proper HTTP: {error or type(error).__name__}"
    return StoreError(f"{where}: {why}")


def _next(url: str, reply: Reply) -> str:
    """Return where a redirect leads; to another host it is not followed."""
    target = urljoin(url, reply.headers.get("location", ""))
    if _origin(target) != _origin(url):
        raise StoreError(
            f"{_origin(url)}: sends us to {_origin(target)}; give that address if you trust it",
            reply.status,
        )
    return target


def _origin(url: str) -> str:
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname}{port}"


def _said(reply: Reply) -> str:
    """Return the server's own words."""
    words = reply.body[:2048].decode("utf-8", "replace")
    if reply.media_type.endswith("json"):
        with contextlib.suppress(ValueError, AttributeError, RecursionError):
            problem = json.loads(reply.body)
            words = str(problem.get("detail") or problem.get("title") or words)
    elif reply.media_type == "text/html":
        words = re.sub(r"<(style|script)\b.*?</\1>|<[^>]*>", " ", words, flags=re.DOTALL)
    words = words.partition("SPARQL query:")[0]
    if reply.status in (301, 302, 303, 307, 308):
        words = f"leads elsewhere: {reply.headers.get('location', '')} {words}"
    named = http.client.responses.get(reply.status, "")
    return shown(" ".join(words.split()) or named, MOST)
