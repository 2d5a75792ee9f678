"""The judged graph as typed views: the one reader of its quads."""

from .case_graph import CaseGraph
from .evidence import CitedClaim, cited_claims, grounds
from .ties import PredicateView, Stand, edge_in_words

__all__ = ["CaseGraph", "CitedClaim", "PredicateView", "Stand", "cited_claims", "edge_in_words",
           "grounds"]  # fmt: skip
