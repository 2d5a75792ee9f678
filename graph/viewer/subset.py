"""Of what a page knows, what some of its statements need: for a drawing of a result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from .payload import Payload

    Record = dict[str, Any]

T = TypeVar("T")


def only(known: Payload, wanted: Collection[str]) -> Payload:
    """Return what a page has to know to show some statements with all their evidence.

    Kept with them are the statements that theirs dispute, rest on or presuppose, and the rival
    answers to their questions, so that nothing contested looks as if it were not; and the things,
    questions, sources, notes and words that any of these names.

    Args:
        known: what the page of the whole case knows; it is not changed.
        wanted: ids of statements; those that ``known`` has not are passed over.
    """
    statements = known["statements"]
    kept = sorted(_closed({*wanted} & statements.keys(), _leads(statements)))
    times = sorted({statements[key]["t"] for key in kept if "t" in statements[key]})
    places = {time: place for place, time in enumerate(times)}
    told = {key: _renumbered(statements[key], places) for key in kept}
    asked = {one for record in told.values() for one in record.get("q", ())}
    sources = {claim["src"] for record in told.values() for claim in record["claims"]}
    parts = {
        "questions": _of(known["questions"], asked),
        "sources": _of(known["sources"], sources),
    }
    nodes = known["nodes"]
    named = set(_texts([told, *parts.values()])) & nodes.keys()
    things = _closed(named, {key: set(_texts(nodes[key])) & nodes.keys() for key in nodes})
    days = {record["when"] for record in told.values() if "when" in record}
    return {
        **known,
        **parts,  # type: ignore[typeddict-item]
        "statements": told,
        "nodes": _of(nodes, things),
        "predicates": _of(known["predicates"], {record["p"] for record in told.values()}),
        "notes": [note for note in known["notes"] if {*note["on"]} & (things | told.keys())],
        "dates": _of(known["dates"], days),
        "times": [known["times"][time] for time in times],
        "until": _of(known["until"], things),
    }


def _of(table: Mapping[str, T], keys: Collection[str]) -> dict[str, T]:
    return {key: value for key, value in table.items() if key in keys}


def _leads(statements: Mapping[str, Record]) -> dict[str, set[str]]:
    """Return which statements are shown with which."""
    of_claim = {
        claim.get("id") or f"{key}.{claim['by']}.{claim['st']}.{claim['src']}": key
        for key, record in statements.items()
        for claim in record["claims"]
    }
    answers: dict[str, set[str]] = {}
    for key, record in statements.items():
        for question in record.get("q", ()):
            answers.setdefault(question, set()).add(key)
    found = {}
    for key, record in statements.items():
        rivals = set[str]().union(*(answers[question] for question in record.get("q", ())))
        claims = record["claims"]
        disputed = {of_claim[one] for claim in claims for one in claim.get("dis", ())}
        grounds = {one for claim in claims for one in claim.get("grounds", ())}
        found[key] = rivals | disputed | ((grounds | {*record.get("if", ())}) & statements.keys())
    return found


def _closed(first: Iterable[str], leads: Mapping[str, set[str]]) -> set[str]:
    """Return what is reached from some."""
    found: set[str] = set()
    new = {*first}
    while new:
        found |= new
        new = set[str]().union(*(leads[key] for key in new)) - found
    return found


def _renumbered(record: Record, places: Mapping[int, int]) -> Record:
    return {**record, "t": places[record["t"]]} if "t" in record else record


def _texts(value: object) -> Iterator[str]:
    """Return all texts in something for JSON, without the keys of its objects."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
