"""The judged graph as typed views: the one reader of its quads."""

from .case_graph import CaseGraph, Predicate, Stand
from .things import ThingView, narrowest, wider_classes

__all__ = ["CaseGraph", "Predicate", "Stand", "ThingView", "narrowest", "wider_classes"]
