"""A brief as a part of a page, as a page of its own, and as Markdown."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
from markupsafe import Markup

from ..model.frames import USUAL, frames_of
from ..network import palette
from .picture import picture
from .telling import WORDS
from .text import brief

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..read.select import Graph

FOLDER = Path(__file__).resolve().parent


def fragment(graph: Graph, level: int = 1, *, titled: bool = True, tag: str = USUAL) -> str:
    """Return the brief of a case as HTML for an element of the class ``brief``.

    It needs the colours ``--ink``, ``--muted`` and ``--line``, and the rules of ``style``.

    Args:
        graph: the judged graph and its case.
        level: of its heading; those of its parts are one below, or on it without a title.
        titled: whether it begins with the title of the case.
        tag: of its language, as for ``brief``.
    """
    told = brief(graph, tag)
    svg, alternative = picture(graph, told.deals, tag)
    drawn = Markup(svg)  # noqa: S704 - our own, its texts are escaped
    template = _environment().get_template("brief.html")
    shown = {"svg": drawn, "alternative": alternative, "level": level, "titled": titled}
    caption = frames_of(WORDS)[tag].say("caption")
    # Lines begin with what authors wrote: in English that tells which way they go.
    way = Markup(' dir="auto"') if tag == USUAL else ""
    return template.render(brief=told, caption=caption, way=way, **shown)


def style() -> str:
    """Return the style sheet of a brief; bars have the colours ``--group-…`` where these are."""
    rules = ""
    for group in dict.fromkeys(group for _, group in palette.LANES):
        colour = f"var(--group-{group}, {palette.group_style(group).colour.light})"
        rules += f".brief .lane-{group} {{ fill: {colour}; }}\n"
    return (FOLDER / "brief.css").read_text("utf-8") + rules


def html(graph: Graph) -> str:
    """Return the brief of a case as a page that needs no other file and asks for none.

    Args:
        graph: the judged graph and its case.
    """
    template = _environment().get_template("page.html")
    styled = Markup(style())  # noqa: S704 - from files of our own
    body = Markup(fragment(graph))  # noqa: S704 - escaped by its template
    return template.render(title=graph.title, style=styled, body=body).rstrip() + "\n"


def lines(graph: Graph) -> Iterator[tuple[str, str]]:
    """Yield the same in words: kinds of lines, and their texts.

    Args:
        graph: the judged graph and its case.

    Yields:
        ``text`` for a paragraph, ``part`` for a title, ``item`` for an item of a list.
    """
    told = brief(graph)
    yield from (("text", line) for line in told.about)
    _, alternative = picture(graph, told.deals)
    yield from [("text", alternative)] if alternative else []
    for part in told.parts:
        yield "part", part.title
        yield from (("item", line.whole) for line in part.lines)
    yield from (("text", f"{name}: {text}") for name, text in told.foot.items())


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
