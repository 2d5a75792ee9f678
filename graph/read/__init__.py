"""The judged graph as typed views: the one reader of its quads."""

from .case_graph import CaseGraph
from .evidence import CitedClaim, cited_claims, grounds
from .views import PredicateView, Stand

__all__ = ["CaseGraph", "CitedClaim", "PredicateView", "Stand", "cited_claims", "grounds"]
