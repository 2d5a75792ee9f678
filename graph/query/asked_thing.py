"""The record of a thing that somebody names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import UsageError
from ..read.once import once_told
from ..read.thing_record import ThingRecord
from .lookup import thing

if TYPE_CHECKING:
    from ..read.record_index import RecordIndex


def asked_thing(text: str, records: RecordIndex, name: str) -> ThingRecord:
    """Return the record of a thing.

    Args:
        text: its id or one of its names.
        records: those of the case.
        name: what the text is given as, for messages.

    Raises:
        UsageError: nothing or several things are called so, or it is a record and no thing.
    """
    key = records.graph.local(thing(text, records.graph, name).value)
    if told := once_told(records.graph, key):
        raise UsageError(f'{name}: "{text}" is told of no more. {told}')
    if key not in records or records[key].table != "things":
        raise UsageError(f'{name}: "{text}" is a record and no actor; give an actor')
    return ThingRecord(records, key)
