"""Authored files in, records out: everything that is wrong is found and told at once."""

from __future__ import annotations

from .case import partly, read
from .digest import fingerprint
from .problems import ProblemReport

__all__ = ["ProblemReport", "fingerprint", "partly", "read"]
