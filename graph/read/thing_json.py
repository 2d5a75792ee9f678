"""A thing as ``things/ID.json``: its record, for programs. ``thing.schema.json`` describes it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from .notices import notices
from .thing_record import ThingRecord

if TYPE_CHECKING:
    from .record_index import RecordIndex

SCHEMA = Path(__file__).parent / "thing.schema.json"


def thing_json(records: RecordIndex, key: str) -> bytes:
    """Return what a case holds on a thing as JSON in UTF-8, with whence it is.

    Args:
        records: those of the case; of a public build they are what everybody may see.
        key: id of the thing.

    Raises:
        KeyError: there is no such thing.
    """
    graph = records.graph
    whence = {"case": graph.case, "title": graph.title, "licence": graph.about.licence}
    told = dict(notices(graph))
    record = ThingRecord(records, key).plain()
    found = {**whence, **({"notices": told} if told else {}), **record}
    return json.dumps(found, ensure_ascii=False, indent=1).encode() + b"\n"
