"""What the chapters of a report do not show."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_suffix(".toml")


def cautions(*names: str) -> tuple[str, ...]:
    """Return the sentences of some chapters, in order."""
    return tuple(sentence for name in names for sentence in _known()[name])


@cache
def _known() -> dict[str, list[str]]:
    return tomllib.loads(FILE.read_text("utf-8"))
