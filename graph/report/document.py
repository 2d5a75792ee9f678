"""What a report is made of, before it is HTML or Markdown."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class ReportTable:
    """A table.

    Attributes:
        title: what it shows.
        head: names of the columns.
        rows: cells as texts, as many in each row as there are columns.
        numbers: indices of the columns that hold numbers.
        command: the command that gives these numbers again; empty if there is none.
        note: what to mind when reading it.
    """

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()
    command: str = ""
    note: str = ""


@dataclass(frozen=True)
class Figure:
    """A picture.

    Attributes:
        name: for files and links: letters, digits and hyphens.
        title: what it shows.
        svg: the picture as SVG text.
        alternative: what it shows in words, for whoever does not see it.
    """

    name: str
    title: str
    svg: str
    alternative: str


@dataclass(frozen=True)
class ReportSection:
    """A chapter of a report.

    Attributes:
        title: as a question or a noun.
        findings: sentences that say what was found, the most important first.
        cautions: sentences that say what must not be concluded.
        parts: tables and figures in order.
    """

    title: str
    findings: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    parts: tuple[ReportTable | Figure, ...] = ()


@dataclass(frozen=True)
class Report:
    """A whole report.

    Attributes:
        title: of the case.
        summary: the findings of the statistics that come first.
        sections: its chapters.
        facts: facts about how it was made, each with its name; no clock.
        first: its first page, in words and with a picture, as HTML; see ``graph.brief.writing``.
        first_lines: the same as kinds of lines and their texts.
    """

    title: str
    summary: tuple[str, ...]
    sections: tuple[ReportSection, ...]
    facts: dict[str, str] = field(default_factory=dict)
    first: str = ""
    first_lines: tuple[tuple[str, str], ...] = ()
