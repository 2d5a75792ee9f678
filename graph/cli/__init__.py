"""The command line. Commands parse options and print; all else is done by the library."""

from __future__ import annotations

from .main import main, run

__all__ = ["main", "run"]
