"""Keeping queries on this machine: the store's engine can call other addresses, and must not."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_NOT_CODE = re.compile(
    r'"""(?:[^\\]|\\.)*?"""'
    r"|'''(?:[^\\]|\\.)*?'''"
    r'|"(?:[^"\\\n\r]|\\.)*"'
    r"|'(?:[^'\\\n\r]|\\.)*'"
    r"|<[^<>\"{}|^`\\\s]*>"
    r"|\\."  # an escaped sign in a prefixed name
    r"|#[^\n\r]*",
    re.DOTALL,
)
PREFIXED = r"(?<![\w?$:@^<.-])([A-Za-z][\w-]*):((?:\w|\\.)(?:(?:[\w.-]|\\.)*(?:[\w-]|\\.))?)"
"""A prefixed name with a local part: its prefix, and that part."""
_NAMES = re.compile(f"{PREFIXED}|{_NOT_CODE.pattern}", re.DOTALL)
_WORD = re.compile("service", re.IGNORECASE)
_SERVICE = re.compile(r"(?<![?$:.\-])service(?![\w:-])", re.IGNORECASE)


def code(sparql: str) -> str:
    """Return a query with a blank in place of each text, comment and IRI."""
    return _NOT_CODE.sub(" ", sparql)


def with_names(sparql: str, name: Callable[[str], str]) -> str:
    """Return a query with other IRIs and prefixed names in it; texts and comments stay.

    Args:
        sparql: the query.
        name: gives what is written in the place of ``<IRI>`` or ``prefix:local``.
    """
    return _NAMES.sub(lambda one: one[0] if one[0][0] in "\"'#\\" else name(one[0]), sparql)


def iris(sparql: str) -> list[str]:
    """Return the IRIs of a query that are written in full, also those of its prefixes."""
    return [one[0][1:-1] for one in _NOT_CODE.finditer(sparql) if one[0].startswith("<")]


def refuse_service(sparql: str) -> None:
    """Refuse a query that asks another address.

    The check is made for a plain message; what keeps a query on the machine is ``no_new_files``.

    Raises:
        UsageError: the word SERVICE stands in the query outside of texts, comments and IRIs.
    """
    if _WORD.search(sparql) and _SERVICE.search(code(sparql)):
        raise UsageError("SERVICE is not allowed: a query does not leave this machine")


@contextmanager
def no_new_files() -> Iterator[None]:
    """Let the process open neither file nor connection for a while, where the system can do that.

    It holds for all threads, so it is for programs that do one thing at a time.
    """
    try:
        import resource
    except ImportError:  # not a POSIX system
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
