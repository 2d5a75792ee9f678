"""The judged graph as typed views: the one reader of its quads."""

from .case_graph import CaseGraph, PredicateView, Stand
from .evidence import CitedClaim, cited_claims, grounds

__all__ = ["CaseGraph", "CitedClaim", "PredicateView", "Stand", "cited_claims", "grounds"]
