"""The key of a case: what its opaque ids and its keyed fingerprints are made with.

It is kept outside of every git work tree and of all that is built. HMAC (RFC 2104) with SHA-256
makes of it what nobody can make, or find by guessing, without it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
import secrets
from pathlib import Path
from typing import NamedTuple

from ..errors import InputOutputError, UsageError
from .folders import work_tree
from .textfiles import data_of

VARIABLE = "HUDNA_KEY_FILE"
"""The variable that names the file where no option does."""
_WORD = "hudna-key-1"
_LINE = re.compile(rf"{_WORD} ([0-9a-f]{{64}})\n?")
_MOST_BYTES = 1000
_SIGNS = 16
"""Signs of an opaque id, of five bits each: of a million such ids two are equal with a probability
of 4e-13."""
_OTHERS = 0o077
"""The permissions of all but the owner."""


class Key(NamedTuple):
    """A secret of 32 bytes.

    Attributes:
        secret: the bytes.
        loose: whether others than the owner may open its file.
    """

    secret: bytes
    loose: bool = False

    def __repr__(self) -> str:
        return f"<Key {self.id}>"

    @property
    def id(self) -> str:
        """What tells this key from others and reveals nothing of it: 16 hexadecimal digits."""
        return self._made("key", "").hex()[:_SIGNS]

    def opaque(self, case: str, release: str, name: str) -> str:
        """Return what stands for an id where nobody may know it.

        Args:
            case: the case's id.
            release: the name of the release; two of different names cannot be joined by ids.
            name: the id.
        """
        made = self._made("id", "\0".join((case, release, name)))
        return base64.b32encode(made).decode().lower()[:_SIGNS]

    def fingerprint(self, text: str) -> str:
        """Return the keyed fingerprint of a text, as long as a SHA-256, in hexadecimal."""
        return self._made("text", text).hex()

    def _made(self, what: str, text: str) -> bytes:
        message = f"hudna {what}\0{text}".encode("utf-8", "surrogatepass")
        return hmac.digest(self.secret, message, hashlib.sha256)


def new_key() -> Key:
    """Return a key that nobody has."""
    return Key(secrets.token_bytes(32))


def write_key(path: Path) -> Key:
    """Make a key and write it to a new file that only its owner may open.

    Args:
        path: of the file.

    Raises:
        UsageError: it would be in a git work tree, or there is a file already.
        InputOutputError: it cannot be written.
    """
    _refuse_kept(path)
    key = new_key()
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    try:
        with os.fdopen(os.open(path, flags, 0o600), "w", encoding="ascii") as file:
            file.write(f"{_WORD} {key.secret.hex()}\n")
    except FileExistsError:
        wrong = f"{path} is there already; a key that is written over is lost, so name another file"
        raise UsageError(wrong) from None
    except OSError as error:
        raise InputOutputError(f"{path}: {error.strerror or error}") from error
    return key


def read_key(path: Path) -> Key:
    """Return the key in a file.

    Args:
        path: of the file.

    Raises:
        UsageError: it is in a git work tree, or holds no key.
        UnfitFile: it is no plain file.
        InputOutputError: it cannot be read.
    """
    _refuse_kept(path)
    data = data_of(path, _MOST_BYTES, "a key has one line")
    found = _LINE.fullmatch(data.decode("ascii", "replace"))
    if found is None:
        raise UsageError(f'{path} holds no key; "hudna key new FILE" makes one')
    return Key(bytes.fromhex(found[1]), loose=bool(path.stat().st_mode & _OTHERS))


def key_at_hand() -> Key | None:
    """Return the key that the variable ``HUDNA_KEY_FILE`` names, if it names one.

    Raises:
        UsageError: as ``read_key``.
        UnfitFile: likewise.
        InputOutputError: likewise.
    """
    named = os.environ.get(VARIABLE, "")
    return read_key(Path(named)) if named else None


def _refuse_kept(path: Path) -> None:
    """Raise if git may keep a file, and with it every copy of what is in it."""
    if tree := work_tree(path.parent) or work_tree(path.resolve().parent):
        wrong = f"{path} is in {tree}, which git keeps; a key stays out of it"
        raise UsageError(wrong)
