"""The judged graph as typed views: the one reader of its quads."""

from .case_graph import CaseGraph, Predicate, Stand

__all__ = ["CaseGraph", "Predicate", "Stand"]
