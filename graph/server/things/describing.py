"""The description of a record as RDF: what the default graph says of it and of what rests on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...model.terms import HUD
from ...read.thing_record import ThingRecord

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ...read.record_index import RecordIndex


def described(records: RecordIndex, key: str, media: str) -> bytes:
    """Return the triples that describe a record, in a fixed order.

    Args:
        records: those of the case.
        key: id of the record; empty for the case.
        media: media type of the form of RDF.

    Returns:
        The triples of the default graph with the record as subject, and then those of the records
        that ``described_with`` names.
    """
    return records.graph.serialized((key, *described_with(records, key)), media)


def described_with(records: RecordIndex, key: str) -> list[str]:
    """Return the ids of the records that are described together with a record.

    With a thing come the statements that concern it, as the dossier chooses them, the claims on
    these, and verdicts; with a place its point; with a question its answers and their claims; with
    a statement its spans, its claims and its verdict; with a claim its statement; with a source its
    sentences; with a sentence the claims that cite it.

    Args:
        records: those of the case.
        key: id of the record.
    """
    return sorted(set(_with(records, key)) - {key})


def _with(records: RecordIndex, key: str) -> Iterator[str]:
    if not key:
        return
    table, row = records[key]
    if table == "things":
        answers = (one["statement"] for one in records.rows("answers", "question", key))
        yield from _on(records, (*ThingRecord(records, key).ids, *answers))
    elif table == "statements":
        yield from _on(records, [key])
    elif table in ("claims", "verdicts"):
        yield row["statement"]
    elif table == "sources":
        yield from (one["id"] for one in records.rows("passages", "source", key))
    elif table == "passages":
        yield from (one["claim"] for one in records.rows("claim_passages", "passage", key))


def _on(records: RecordIndex, statements: Iterable[str]) -> Iterator[str]:
    """Yield statements, their spans, the claims on them and verdicts about them."""
    for one in statements:
        yield one
        yield from (span for _, span in records.graph.pairs(HUD + "span", one))
        for table in ("claims", "verdicts"):
            yield from (row["id"] for row in records.rows(table, "statement", one))
