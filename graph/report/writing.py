"""A report as one HTML page and as Markdown."""

from __future__ import annotations

import re
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from ..brief.writing import style
from .document import Figure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .document import Report, ReportSection, ReportTable

FOLDER = Path(__file__).resolve().parent
_MARKUP = re.compile(r"([\\`*_\[\]<>|#~$&])")


def html(report: Report) -> str:
    """Return a report as a page that needs no other file and asks for none."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined
    )
    css = (FOLDER / "report.css").read_text("utf-8") + style()
    template = environment.get_template("report.html")
    return template.render(report=report, css=css).rstrip() + "\n"


def markdown(report: Report) -> str:
    """Return a report as CommonMark with tables; figures are told in words."""
    return "\n".join(_lines(report)).rstrip() + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield from (f"# Report: {_plain(report.title)}", "")
    yield from _first(report)
    yield from (f"- {_plain(line)}" for line in report.summary)
    for section in report.sections:
        yield from _section(section)
    yield from ("", "## How this report was made", "")
    yield from (f"- **{_plain(name)}:** {_plain(value)}" for name, value in report.facts.items())


def _first(report: Report) -> Iterator[str]:
    """Yield the first page, and the title of what follows it."""
    for kind, found in groupby(report.first_lines, key=itemgetter(0)):
        mark = {"part": "## ", "item": "- ", "text": ""}[kind]
        for _, text in found:
            yield mark + _plain(text)
            if kind != "item":
                yield ""
        if kind == "item":
            yield ""
    if report.first_lines:
        yield from ("## Annex: statistics", "")


def _section(section: ReportSection) -> Iterator[str]:
    yield from ("", f"## {_plain(section.title)}", "")
    for line in section.findings:
        yield from (_plain(line), "")
    if section.cautions:
        yield from ("**What this does not show**", "")
        yield from (f"- {_plain(line)}" for line in section.cautions)
        yield ""
    for part in section.parts:
        if isinstance(part, Figure):
            yield from (f"*{_plain(part.title)}.* {_plain(part.alternative)}", "")
        else:
            yield from _table(part)


def _table(table: ReportTable) -> Iterator[str]:
    yield from (f"**{_plain(table.title)}**", "")
    yield "| " + " | ".join(map(_plain, table.head)) + " |"
    marks = ("---:" if at in table.numbers else "---" for at in range(len(table.head)))
    yield "| " + " | ".join(marks) + " |"
    for row in table.rows:
        yield "| " + " | ".join(map(_plain, row)) + " |"
    yield ""
    if table.note:
        yield from (_plain(table.note), "")
    if table.command:
        yield from (f"Again: `{table.command}`", "")


def _plain(text: str) -> str:
    """Return a text on one line in which nothing is markup."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))
