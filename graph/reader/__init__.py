"""Authored files in, records out: everything that is wrong is found and told at once."""

from __future__ import annotations

from .case import read
from .problems import Report

__all__ = ["Report", "read"]
