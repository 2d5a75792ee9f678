"""The list of everything that has a page, by class."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ...model.terms import spaced
from ...read.record_views import case_facts

if TYPE_CHECKING:
    from ...read.record_index import RecordIndex, Ref
    from ...read.record_views import Fact

PER_PAGE = 100


class Index(NamedTuple):
    """A page of the list.

    Attributes:
        title: of the case.
        facts: what the case says of itself; only where no class is chosen.
        classes: names of the classes, each in words and with the number of its members.
        chosen: the class whose members are listed, or empty.
        words: the same in words.
        entries: links to its members on this page.
        page: number of this page, from 1.
        pages: how many there are.
    """

    title: str
    facts: list[Fact]
    classes: list[tuple[str, str, int]]
    chosen: str
    words: str
    entries: list[Ref]
    page: int
    pages: int


def index(records: RecordIndex, chosen: str | None, number: str) -> Index | None:
    """Return a page of the list.

    Args:
        records: those of the case.
        chosen: name of a class, or ``None`` for the classes alone.
        number: number of the page, from 1, as text.

    Returns:
        ``None`` if there is no such class or page.
    """
    classes = [(name, spaced(name).strip(), len(ids)) for name, ids in records.classes.items()]
    if chosen is None:
        return Index(records.graph.title, case_facts(records), classes, "", "", [], 1, 1)
    members = records.classes.get(chosen, [])
    pages = -(-len(members) // PER_PAGE)
    if not (number.isascii() and number.isdecimal() and len(number) < 9):
        return None
    page = int(number)
    if not 1 <= page <= pages:
        return None
    shown = members[(page - 1) * PER_PAGE : page * PER_PAGE]
    entries = [records.ref(key) for key in shown]
    words = spaced(chosen).strip()
    return Index(records.graph.title, [], classes, chosen, words, entries, page, pages)
