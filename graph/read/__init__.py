"""The judged graph as typed views: the one reader of its quads."""

from .case_graph import CaseGraph, Predicate, Stand
from .evidence import CitedClaim, cited_claims, grounds

__all__ = ["CaseGraph", "CitedClaim", "Predicate", "Stand", "cited_claims", "grounds"]
