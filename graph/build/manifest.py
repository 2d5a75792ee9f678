"""The manifest of a build: what it says of the build, of each of its files, and of itself."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import IO

MANIFEST = "manifest.json"
GRAPH = "graph.nq"
"""The file of all quads."""
AUTHORED = "authored"
"""Under this key a manifest has ``graph.reader.fingerprint`` of the files that were built."""
PRIVATE = "private"
"""This key marks a build for the editors alone."""
ASKED = "asked"
"""Under this key is what of a case's own questions is public, where something is not."""
NOT_MADE = "not_made"
"""Under this key are files that other builds have and this one lacks, each with the reason."""
NOTICE = "For the editors alone: this page holds what is not public."
"""What whoever opens the page of a private build is told."""
MOST_BYTES = 16 * 1024 * 1024
"""Largest manifest that is read; more is surely not one."""

_OWN = "sha256"
_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Listed(NamedTuple):
    """What a manifest says of a file.

    Attributes:
        size: its bytes.
        sha256: their SHA-256, in hexadecimal.
    """

    size: int
    sha256: str


def listed_of(file: IO[bytes]) -> Listed:
    """Return what a manifest says of a file, which is read to its end.

    Args:
        file: open, at its begin.
    """
    digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    return Listed(file.tell(), digest)


class Manifest(NamedTuple):
    """A manifest that agrees with itself.

    Attributes:
        about: what it says of the build: case, title, counts, versions.
        files: what it says of each file, by name.
        name: the first 16 digits of its SHA-256, which name the build and its folder.
    """

    about: Mapping[str, Any]
    files: Mapping[str, Listed]
    name: str


def manifest(files: Mapping[str, bytes | Listed], about: Mapping[str, object]) -> bytes:
    """Return the manifest of a build, as canonical JSON.

    ``sha256`` in it is the SHA-256 of the same JSON without that key.

    Args:
        files: contents by file name, or what is said of them.
        about: what is said of the build; no clock and no path.

    Raises:
        ValueError: the name of a file is no plain one.
    """
    for name in files:
        if not _PLAIN.fullmatch(name) or name == MANIFEST:
            raise ValueError(f'"{name}" cannot be the name of a file of a build')
    said = {
        name: Listed(len(one), _sha256(one)) if isinstance(one, bytes) else one
        for name, one in files.items()
    }
    listed = {name: {"bytes": one.size, "sha256": one.sha256} for name, one in said.items()}
    return _signed({**about, "files": listed})


def read_manifest(data: bytes) -> Manifest:
    """Return what a manifest says.

    Raises:
        ValueError: it is none, has been cut or changed, or is that of an older Hudna, which did not
            say anything of itself; the text goes on from the manifest's name.
    """
    try:
        content = json.loads(data)
        if not isinstance(content, dict) or not isinstance(content.get("files"), dict):
            raise ValueError
        own = content.pop(_OWN, None)
        if own is None:
            raise _Older
        intact = _signed(content) == data
        listed = {name: _listed(said) for name, said in content.pop("files").items()}
    except _Older:
        raise ValueError("was written by an older Hudna") from None
    except (ValueError, RecursionError):
        raise ValueError("is no manifest of a build") from None
    if not intact:
        raise ValueError("has been changed")
    if not all(_PLAIN.fullmatch(name) for name in listed):
        raise ValueError("names files outside of the build")
    return Manifest(content, listed, name_of(data))


def name_of(data: bytes) -> str:
    """Return the name of the build that has this manifest."""
    return _sha256(data)[:16]


class _Older(Exception):
    """The manifest is one of before manifests said something of themselves."""


def _listed(said: object) -> Listed:
    match said:
        case {"bytes": int(size), "sha256": str(digest), **more} if (
            not more and not isinstance(size, bool) and size >= 0 and _SHA256.fullmatch(digest)
        ):
            return Listed(size, digest)
    raise ValueError


def _signed(content: Mapping[str, object]) -> bytes:
    return _canonical({**content, _OWN: _sha256(_canonical(content))})


def _canonical(content: Mapping[str, object]) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True).encode() + b"\n"


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
