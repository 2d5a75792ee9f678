"""What repeats in the statements of a page stands in it once.

Ends, predicates, statuses, dates, spans and words beside them are those of many statements.
``core/case.js`` puts them back.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

FIELDS = (
    *("s", "p", "o", "status", "c", "draw", "q"),
    *("when", "at", "eb", "lb", "ee", "le", "told", "spans", "more"),
)
"""Of statements; see ``graph.viewer.payload``."""


class Repeats:
    """The values that statements have in ``FIELDS``, each once.

    Args:
        statements: as a payload has them, by id; they are not changed.

    Attributes:
        once: by field, the values in the order in which they come up.
    """

    def __init__(self, statements: Mapping[str, Mapping[str, Any]]) -> None:
        self._statements = statements
        self._places: dict[str, dict[str, int]] = {field: {} for field in FIELDS}
        self.once: dict[str, list[Any]] = {field: [] for field in FIELDS}
        for record in statements.values():
            for field in FIELDS & record.keys():
                places = self._places[field]
                if places.setdefault(_key(record[field]), len(places)) == len(self.once[field]):
                    self.once[field].append(record[field])

    def records(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the statements by id, with the place in ``once`` for each value in ``FIELDS``."""
        for name, record in self._statements.items():
            places = {
                field: self._places[field][_key(record[field])] for field in FIELDS & record.keys()
            }
            yield name, {**record, **places}


def _key(value: object) -> str:
    # The values of one field are all texts, or none is.
    return value if isinstance(value, str) else json.dumps(value)
