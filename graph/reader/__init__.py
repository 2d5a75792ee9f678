"""Authored files in, records out: everything that is wrong is found and told at once."""

from __future__ import annotations

from .case import partly, read
from .digest import fingerprint, looked_at
from .problems import ProblemReport
from .terms import term_files, vocabulary_of

__all__ = ["ProblemReport", "fingerprint", "looked_at", "partly", "read", "term_files",
           "vocabulary_of"]  # fmt: skip
