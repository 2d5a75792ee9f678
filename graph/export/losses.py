"""What formats cannot hold: the items that may be lost, and how many of them there are.

An item is the smallest thing that one format holds and another does not. Each belongs to a
feature, which is a column of the table of formats in the documentation.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from ..model import Bounds, Statement, specs
from .format import Loss

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..read.tables import Row
    from .format import Exported, Format
    from .selection import Selection


class Item(NamedTuple):
    """Something that a format may lose.

    Attributes:
        feature: the column that it belongs to.
        what: what is lost, in the plural, for people.
        number: returns how many there are in a selection, given whether a network is written.
    """

    feature: str
    what: str
    number: Callable[[Selection, bool], int]


def _statements(selection: Selection, network: bool) -> list[Row]:
    """Return the rows of the statements that a file is to hold.

    Args:
        selection: what was chosen.
        network: whether only the ties of the chosen network are meant, or all statements.
    """
    return selection.ties if network else selection.tables["statements"]


def _things(selection: Selection, network: bool) -> set[str]:
    """Return the ids of the things that a file is to hold."""
    if network:
        return set(selection.network)
    return {row["id"] for row in selection.tables["things"]}


def of(form: Format, selection: Selection, exported: Exported | None = None) -> list[Loss]:
    """Return what a format does not hold of a selection, in the order of the features.

    Args:
        form: the format.
        selection: what is exported.
        exported: what its writer made; what it reports is added at the end.

    Returns:
        Only losses that touch something.
    """
    found = []
    for key, item in ITEMS.items():
        items = item.number(selection, form.holds == "network") if key in form.loses else 0
        if items:
            found.append(Loss(items, item.what, form.loses[key]))
    found += _qualifiers(form, selection)
    return found + list(exported.losses if exported else ())


def _qualifiers(form: Format, selection: Selection) -> Iterator[Loss]:
    """Yield the fields of statements that a format has no place for, as far as there are any."""
    if form.qualifiers is None:
        return
    rows = _statements(selection, form.holds == "network")
    for field in specs(Statement):
        if field.name in form.qualifiers or field.name in _IN_ITEMS:
            continue
        owners = (
            {row[field.table.owner] for row in selection.tables[field.table.name]}
            if (field.table)
            else set()
        )
        having = sum(row["id"] in owners or row.get(field.name) is not None for row in rows)
        if having:
            yield Loss(having, f"statements with {field.name.replace('_', ' ')}", "left out")


_IN_ITEMS = frozenset(("subject", "predicate", "status", "status_by_rule", "when", "begins", "ends",
                       "when_text", "question", "told_from", "told_until", "past", "order_key",
                       "order_not_told", *Bounds._fields))  # fmt: skip
"""Fields of a statement of which an item tells whether they are lost."""


def _having(*columns: str) -> Callable[[Selection, bool], int]:
    def count(selection: Selection, network: bool) -> int:
        return sum(
            any(row.get(name) for name in columns) for row in _statements(selection, network)
        )

    return count


def _unsharp(selection: Selection, network: bool) -> int:
    """Return how many statements begin or end on a day that is not known exactly."""
    return sum(
        row.get("earliest_begin") != row.get("latest_begin")
        or row.get("earliest_end") != row.get("latest_end")
        for row in _statements(selection, network)
    )


def _signed(selection: Selection, network: bool) -> int:
    signed = {row["id"] for row in selection.tables["predicates"] if row.get("sign")}
    return sum(row["predicate"] in signed for row in _statements(selection, network))


def _not_accepted(selection: Selection, network: bool) -> int:
    return sum(row["status"] != "accepted" for row in _statements(selection, network))


def _claims(selection: Selection, network: bool) -> list[Row]:
    chosen = {row["id"] for row in _statements(selection, network)}
    return [row for row in selection.tables["claims"] if row["statement"] in chosen]


def _count_claims(selection: Selection, network: bool) -> int:
    return len(_claims(selection, network))


def _cited(selection: Selection, network: bool) -> int:
    claims = {row["id"] for row in _claims(selection, network)}
    return sum(row["claim"] in claims for row in selection.tables["claim_passages"])


def _voices(selection: Selection, network: bool) -> int:
    return len({(row["statement"], row["voice"]) for row in _claims(selection, network)})


def _names(selection: Selection, network: bool) -> int:
    chosen = _things(selection, network)
    return sum(row["thing"] in chosen for row in selection.tables["names"])


def _languages(selection: Selection, network: bool) -> int:
    chosen = _things(selection, network)
    return sum(row["thing"] in chosen and bool(row["language"])
               for row in selection.tables["names"])  # fmt: skip


def _parallel(selection: Selection, network: bool) -> int:
    """Return how many statements share subject, predicate and object with another."""
    groups = Counter(
        (row.get("subject"), row["predicate"], row["object"])
        for row in _statements(selection, network)
        if row.get("object")
    )
    return sum(count for count in groups.values() if count > 1)


def _other_statements(selection: Selection, _network: bool) -> int:
    """Return how many statements are no ties of the network that is written."""
    return len(selection.tables["statements"]) - len(selection.ties)


def _values(selection: Selection, network: bool) -> int:
    return sum("value_type" in row for row in _statements(selection, network))


def _other_things(selection: Selection, _network: bool) -> int:
    return len(selection.tables["things"]) - len(selection.network)


def _rows(*tables: str) -> Callable[[Selection, bool], int]:
    def count(selection: Selection, _network: bool) -> int:
        return sum(len(selection.tables[name]) for name in tables)

    return count


def _former(selection: Selection, _network: bool) -> int:
    return sum(map(len, selection.graph.dropped.values()))


def _in_worlds(selection: Selection, _network: bool) -> int:
    return selection.graph.count_in_worlds()


ITEMS: dict[str, Item] = {
    "periods": Item("time", "statements with dates", _having("when", *Bounds._fields)),
    "bounds": Item("time", "statements whose begin or end is not known to the day", _unsharp),
    "edtf": Item("time", "dates as they were coded", _having("when", "begins", "ends")),
    "wording": Item("time", "dates in the source's own words", _having("when_text")),
    "sign": Item("sign", "statements with a sign", _signed),
    "status": Item("status", "statements that are not accepted", _not_accepted),
    "claims": Item("claims", "claims, each with stance and certainty", _count_claims),
    "cited": Item("claims", "citations of passages", _cited),
    "voices": Item("voices", "voices of statements", _voices),
    "names": Item("several labels", "further names of things", _names),
    "languages": Item("several labels", "languages of names", _languages),
    "parallel": Item("parallel ties", "parallel statements of one kind", _parallel),
    "other-statements": Item(
        "all statements", "statements that are no ties of the network", _other_statements
    ),
    "values": Item("all statements", "figures, kinds and unknowns", _values),
    "other-things": Item("all records", "things without a tie", _other_things),
    "identifiers": Item("all records", "identifiers in other lists", _rows("identifiers")),
    "passages": Item("all records", "sentences with their places", _rows("passages")),
    "editors": Item(
        "all records",
        "judgements and notes of editors",
        _rows("judgements", "name_resolutions", "verdicts", "notes", "figure_rules"),
    ),
    "questions": Item("all records", "answers to questions", _rows("answers")),
    "worlds": Item("all records", "facts as each voice tells them", _in_worlds),
    "former": Item("all records", "claims that a later release dropped", _former),
}
"""All items by their keys, in the order of the features."""
