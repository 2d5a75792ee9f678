"""Authored files in, records out: everything that is wrong is found and told at once."""

from __future__ import annotations

from .case import read
from .files import problem_at

__all__ = ["problem_at", "read"]
