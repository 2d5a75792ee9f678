"""What repeats in the statements of a page, and in their claims, stands in it once.

Ends, predicates, statuses, dates, spans and words beside them are those of many statements; voices,
stances, certainties and sources those of many claims. ``core/case.js`` puts them back.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    Record = Mapping[str, Any]

FIELDS = (
    *("s", "p", "o", "status", "c", "draw", "q"),
    *("when", "at", "eb", "lb", "ee", "le", "told", "spans", "more"),
)
"""Of statements; see ``graph.viewer.payload``."""
OF_CLAIMS = ("by", "st", "c", "src")
"""Of their claims."""


class _Shared:
    """The values that records have in some fields, each once, in the order in which they come up.

    Args:
        fields: the fields.
    """

    def __init__(self, fields: tuple[str, ...]) -> None:
        self._places: dict[str, dict[str, int]] = {field: {} for field in fields}
        self.once: dict[str, list[Any]] = {field: [] for field in fields}

    def placed(self, record: Record) -> dict[str, Any]:
        """Return a record with the place of each of these values instead of it."""
        made = dict(record)
        for field in self.once.keys() & record.keys():
            value, places = record[field], self._places[field]
            # The values of one field are all texts, or none is.
            key = value if isinstance(value, str) else json.dumps(value)
            made[field] = places.setdefault(key, len(places))
            if made[field] == len(self.once[field]):
                self.once[field].append(value)
        return made


class Repeats:
    """The statements of a page, with places for what repeats.

    Args:
        statements: as a payload has them, by id; they are not changed.

    Attributes:
        once: of ``statements`` and ``claims``, by field, the values; all are there when ``records``
            has come to its end.
    """

    def __init__(self, statements: Mapping[str, Record]) -> None:
        self._statements = statements
        self._of_statements, self._of_claims = _Shared(FIELDS), _Shared(OF_CLAIMS)
        self.once = {"statements": self._of_statements.once, "claims": self._of_claims.once}

    def records(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the statements by id, with the place in ``once`` of each value that repeats."""
        for name, record in self._statements.items():
            claims = [self._of_claims.placed(claim) for claim in record["claims"]]
            yield name, {**self._of_statements.placed(record), "claims": claims}
