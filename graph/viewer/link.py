"""A published page, opened at a certain view."""

from __future__ import annotations

import html
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol
from urllib.parse import quote

from ..errors import UsageError, suggestion
from ..query.lookup import voice_of
from ..query.parameters import day_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from ..read.select import Graph

SHOWN = ("actors", "ties", "participation")
"""The projections that a page can show by themselves; usually it shows both."""

PAGE = "index.html"
_ROOT = '<html lang="en">'


def served(page: bytes, things: str) -> bytes:
    """Return a page that links to the pages of its things.

    Args:
        page: as it was built.
        things: the address below which these are, as seen from the page.
    """
    marked = f'<html lang="en" data-things="{html.escape(things)}">'
    return page.replace(_ROOT.encode(), marked.encode(), 1)


class Published(Protocol):
    """Where the files of a page are, and what reads them."""

    @property
    def folder(self) -> Path: ...  # noqa: D102

    def read(self, name: str) -> bytes: ...  # noqa: D102


class MadePage:
    """A page that is in no build: it is made when it is looked at.

    Args:
        make: makes it.
    """

    def __init__(self, make: Callable[[], bytes]) -> None:
        self._make = make

    def __repr__(self) -> str:
        return "<page of several cases>"

    @property
    def folder(self) -> Path:
        """Where it is.

        Raises:
            UsageError: always, for it is nowhere.
        """
        raise UsageError("a page of several cases is in no folder; write its text() where you like")

    @cached_property
    def _content(self) -> bytes:
        return self._make()

    def read(self, name: str) -> bytes:  # noqa: ARG002 - there is one file
        """Return the page."""
        return self._content


class View(NamedTuple):
    """A page and what is to be looked at in it.

    Attributes:
        build: the build that has the page.
        fragment: the view, as it stands after the # of an address; empty for the usual one.
    """

    build: Published
    fragment: str

    def __repr__(self) -> str:
        return f"<View #{self.fragment} of {self.build}>"

    @property
    def path(self) -> Path:
        """The page."""
        return self.build.folder / PAGE

    @property
    def address(self) -> str:
        """The address of the view, for a browser."""
        return self.path.absolute().as_uri() + (f"#{self.fragment}" if self.fragment else "")

    def text(self) -> str:
        """Return the page with the view written into it, so that it needs no address."""
        page = self.build.read(PAGE).decode("utf-8")
        marked = f'<html lang="en" data-view="{html.escape(self.fragment)}">'
        return page.replace(_ROOT, marked, 1)

    def _repr_html_(self) -> str:
        """Return the page for a notebook; it runs in a frame of its own that reaches nothing."""
        return (
            '<iframe style="width:100%;height:46rem;border:1px solid #888" title="Hudna" '
            'sandbox="allow-scripts allow-downloads allow-popups allow-modals" '
            f'srcdoc="{html.escape(self.text())}"></iframe>'
        )


def view(
    build: Published,
    graph: Graph,
    *,
    voice: str | None = None,
    on: str | date | None = None,
    projection: str | None = None,
) -> View:
    """Return a view of a page.

    Args:
        build: the build that has the page.
        graph: the graph that it was made from, where names are looked up.
        voice: id or name of an actor: the world as that voice tells it.
        on: a day as ``2016-03-15``: what may have held on it.
        projection: ``actors``, ``ties`` or ``participation``: only these lines.

    Raises:
        UsageError: nobody is called so or makes no claim, the day is none, or the page cannot show
            the projection.
    """
    if projection is not None and projection not in SHOWN:
        listed = " and ".join(SHOWN)
        hint = suggestion(projection, SHOWN) or f"; it can show {listed}"
        raise UsageError(f'the page cannot show "{projection}" by itself{hint}')
    parts = []
    if voice is not None:
        parts.append(f"world=voice:{quote(voice_of(voice, graph))}")
    if on is not None:
        parts.append(f"on={day_of('on', on)}")
    if projection is not None:
        parts.append(f"projection={projection}")
    return View(build, "&".join(parts))
