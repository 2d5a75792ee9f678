"""Authored files in, records out: everything that is wrong is found and told at once."""

from __future__ import annotations

from .case import partly, read
from .digest import fingerprint
from .problems import ProblemReport
from .terms import term_files, vocabulary_of

__all__ = ["ProblemReport", "fingerprint", "partly", "read", "term_files", "vocabulary_of"]
