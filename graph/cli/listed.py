"""Standard input with one thing a line, as ``hudna say -`` and ``hudna add -`` take it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def numbered_lines() -> Iterator[tuple[int, str]]:
    """Yield the lines of standard input with their numbers; empty ones and remarks are left out."""
    for number, line in enumerate(sys.stdin.read().splitlines(), 1):
        if (plain := line.strip()) and not plain.startswith("#"):
            yield number, plain
