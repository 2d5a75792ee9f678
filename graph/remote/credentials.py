"""Who one is to a store: from the environment or ``.netrc``, and never over an open line."""

from __future__ import annotations

import hashlib
import ipaddress
import netrc
import os
import re
import secrets
from base64 import b64encode
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from .errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Mapping

USER, PASSWORD, TOKEN = "HUDNA_STORE_USER", "HUDNA_STORE_PASSWORD", "HUDNA_STORE_TOKEN"
PLAIN = "HUDNA_STORE_PLAIN_HTTP"
"""Set to 1, credentials are also sent over plain HTTP to other machines."""

_HASHES = {"MD5": hashlib.md5, "SHA-256": hashlib.sha256}
_PAIR = re.compile(r'(\w+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))')
_SCHEME = re.compile(r"(?:^|,)\s*(basic|digest|bearer)(?=\s|,|$)", re.IGNORECASE)


@dataclass
class Credentials:
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
    _asked: str = field(default="", repr=False)
    _used: int = field(default=0, repr=False)

    def __bool__(self) -> bool:
        return bool(self.user or self.token)

    def header(self, method: str, url: str) -> str:
        """Return the header ``Authorization`` for a request; empty if none is due yet.

        Args:
            method: of the request.
            url: of the request.

        Raises:
            StoreError: they would be sent over plain HTTP to another machine.
        """
        if not self.token and not self._asked:
            return ""
        if not self.open_line and not _is_private(url):
            raise StoreError(
                f"{_host(url)}: name and password, or a token, are not sent over plain http; "
                f"take https, or set {PLAIN}=1 if the way there is safe"
            )
        if self.token:
            return f"Bearer {self.token}"
        if _scheme(self._asked) == "digest":
            return self._digest(method, url)
        pair = f"{self.user}:{self.password}".encode()
        return f"Basic {b64encode(pair).decode('ascii')}"

    def asked(self, challenge: str) -> bool:
        """Take note of what a server asks for (``WWW-Authenticate``).

        Returns:
            Whether it is worth another try.
        """
        scheme = _scheme(challenge) if challenge.isprintable() else ""
        stale = _pairs(challenge).get("stale", "").lower() == "true"
        if not self.user or self.token or not scheme or (self._asked and not stale):
            return False
        self._asked, self._used = challenge, 0
        return True

    def _digest(self, method: str, url: str) -> str:
        """Return the answer to a digest challenge (RFC 7616, with and without ``qop``)."""
        asked = _pairs(self._asked[self._asked.lower().index("digest") :])
        name = asked.get("algorithm", "MD5").upper()
        if name not in _HASHES:
            raise StoreError(f"{_host(url)}: asks for the digest {name}, which is not known here")
        parts = urlsplit(url)
        uri = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self._used += 1
        count, once = f"{self._used:08x}", secrets.token_hex(8)
        realm, nonce = asked.get("realm", ""), asked.get("nonce", "")

        def hashed(text: str) -> str:
            return _HASHES[name](text.encode()).hexdigest()

        first, second = hashed(f"{self.user}:{realm}:{self.password}"), hashed(f"{method}:{uri}")
        quality = "auth" in asked.get("qop", "").replace(",", " ").split()
        middle = f"{nonce}:{count}:{once}:auth" if quality else nonce
        said = {"username": self.user, "realm": realm, "nonce": nonce, "uri": uri,
                "response": hashed(f"{first}:{middle}:{second}")}  # fmt: skip
        if "opaque" in asked:
            said["opaque"] = asked["opaque"]
        listed = ", ".join(f'{key}="{value}"' for key, value in said.items())
        more = f', qop=auth, nc={count}, cnonce="{once}"' if quality else ""
        return f"Digest {listed}, algorithm={asked.get('algorithm', 'MD5')}{more}"


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
        return Credentials(token=known[TOKEN], open_line=open_line)
    if known.get(USER):
        return Credentials(known[USER], known.get(PASSWORD, ""), open_line=open_line)
    path = Path(known["NETRC"]) if known.get("NETRC") else Path.home() / ".netrc"
    try:
        found = netrc.netrc(path).authenticators(_host(url)) if path.is_file() else None
    except (OSError, netrc.NetrcParseError) as error:
        raise StoreError(f"the file .netrc cannot be used: {error}") from error
    return Credentials(found[0], found[2] or "", open_line=open_line) if found else Credentials()


def _is_private(url: str) -> bool:
    """Return whether nobody on the way can read along: TLS, or this machine."""
    if urlsplit(url).scheme == "https" or _host(url) == "localhost":
        return True
    try:
        return ipaddress.ip_address(_host(url)).is_loopback
    except ValueError:
        return False


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""


def _scheme(challenge: str) -> str:
    """Return the better of the schemes that are offered: digest before basic."""
    offered = {found.lower() for found in _SCHEME.findall(challenge)}
    return next((scheme for scheme in ("digest", "basic") if scheme in offered), "")


def _pairs(challenge: str) -> dict[str, str]:
    return {name.lower(): quoted or bare for name, quoted, bare in _PAIR.findall(challenge)}
