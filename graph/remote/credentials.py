"""Who one is to a store: from the environment or ``.netrc``, and never over an open line."""

from __future__ import annotations

import ipaddress
import netrc
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from .errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

USER, PASSWORD, TOKEN = "HUDNA_STORE_USER", "HUDNA_STORE_PASSWORD", "HUDNA_STORE_TOKEN"
PLAIN = "HUDNA_STORE_PLAIN_HTTP"
"""Set to 1, credentials are also sent over plain HTTP to other machines."""

_OFFERED = re.compile(r"(?:^|,)\s*(basic|digest)(?=\s|,|$)", re.IGNORECASE)
_CHALLENGE = "www-authenticate"


@dataclass
class Credentials(httpx.Auth):
    """A name with a password, or a token, and what the server asked for last.

    Attributes:
        user: the name; empty if there is none.
        password: its password.
        token: a token, sent as ``Bearer``; it goes before name and password.
        open_line: whether they may be sent over plain HTTP to other machines.
    """

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    open_line: bool = False
    _header: str = field(default="", init=False, repr=False)
    _digest: httpx.DigestAuth = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Get ready to answer digest challenges; a token is sent from the start."""
        self._digest = httpx.DigestAuth(self.user, self.password)
        self._header = f"Bearer {self.token}" if self.token else ""

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Send a token at once, name and password when they are asked for: digest before basic.

        Raises:
            StoreError: they would be sent over plain HTTP to another machine.
        """
        if self._header:
            request.headers["Authorization"] = self._header
            yield self._checked(request)
            return
        digest = self._digest.auth_flow(request)
        response = yield self._checked(next(digest))
        challenge = response.headers.get(_CHALLENGE, "")
        offered = {found[1].lower(): found.start(1) for found in _OFFERED.finditer(challenge)}
        if response.status_code != httpx.codes.UNAUTHORIZED or not self.user:
            return
        if "digest" in offered:
            response.headers[_CHALLENGE] = challenge[offered["digest"] :]
            yield self._checked(digest.send(response))
        elif "basic" in offered:
            basic = httpx.BasicAuth(self.user, self.password).auth_flow(request)
            yield self._checked(next(basic))
            self._header = request.headers["Authorization"]

    def _checked(self, request: httpx.Request) -> httpx.Request:
        if "Authorization" in request.headers and not self.open_line and not _is_private(request):
            raise StoreError(
                f"{request.url.host}: name and password, or a token, are not sent over plain "
                f"http; take https, or set {PLAIN}=1 if the way there is safe"
            )
        return request


def credentials(url: str, environ: Mapping[str, str] | None = None) -> Credentials:
    """Return the credentials for a store.

    Args:
        url: the store's address.
        environ: the environment, by default that of the process. ``HUDNA_STORE_TOKEN``, or
            ``HUDNA_STORE_USER`` with ``HUDNA_STORE_PASSWORD``; else the entry of the host in the
            file ``NETRC`` or ``~/.netrc``.

    Raises:
        StoreError: the file ``.netrc`` cannot be used, or a value can be no credential.
    """
    known = os.environ if environ is None else environ
    for name in (TOKEN, USER, PASSWORD):
        value = known.get(name, "")
        if not value.isprintable() or not (name == PASSWORD or value.isascii()):
            raise StoreError(f"{name} has signs in it that cannot be sent, such as a line end")
    open_line = known.get(PLAIN) == "1"
    if known.get(TOKEN):
        return Credentials(token=known[TOKEN].strip(), open_line=open_line)
    if known.get(USER):
        return Credentials(known[USER], known.get(PASSWORD, ""), open_line=open_line)
    path = Path(known["NETRC"]) if known.get("NETRC") else Path.home() / ".netrc"
    try:
        host = httpx.URL(url).host
        found = netrc.netrc(path).authenticators(host) if path.is_file() else None
    except (OSError, netrc.NetrcParseError) as error:
        raise StoreError(f"the file .netrc cannot be used: {error}") from error
    return Credentials(found[0], found[2] or "", open_line=open_line) if found else Credentials()


def _is_private(request: httpx.Request) -> bool:
    """Return whether nobody on the way can read along: TLS, or this machine."""
    if request.url.scheme == "https" or request.url.host == "localhost":
        return True
    try:
        return ipaddress.ip_address(request.url.host).is_loopback
    except ValueError:
        return False
