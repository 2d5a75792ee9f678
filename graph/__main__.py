"""``python -m graph`` is the same as ``hudna``."""

from __future__ import annotations

from .cli import run

run()
