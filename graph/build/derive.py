"""What follows from the claims: status, direct edges, voices' graphs; the rules are SPARQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import InputOutputError
from ..model.folders import ONTOLOGY
from ..model.terms import graph_iri

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pyoxigraph as ox

RULES = ONTOLOGY / "rules"


def rules(folder: Path = RULES) -> Sequence[Path]:
    """Return the rule files of a folder, in the order in which they are run.

    Raises:
        InputOutputError: the folder holds no rule.
    """
    found = sorted(folder.glob("*.rq"))
    if not found:
        raise InputOutputError(f"{folder.as_posix()}: holds no rules (*.rq)")
    return found


def derive(store: ox.Store, files: Sequence[Path]) -> None:
    """Add to a store what follows from the statements and claims in it.

    Args:
        store: holds the quads of a case and of the ontology; it is changed.
        files: the rules, each a SPARQL update, in the order in which they are run.

    Raises:
        InputOutputError: a rule cannot be read or is no SPARQL update; the text names the file.
    """
    for path in files:
        try:
            store.update(path.read_text("utf-8"))
        except OSError as error:
            raise InputOutputError(f"{path.as_posix()}: {error.strerror or error}") from error
        except SyntaxError as error:
            raise InputOutputError(f"{path.as_posix()}: {error.msg}") from error


def past(store: ox.Store, case: str) -> int:
    """Return how many triples of a case say what had ended by the day as of which it stands.

    Args:
        store: the judged graph.
        case: the id of the case.
    """
    named = graph_iri(case, "past")
    graphs = (graph for graph in store.named_graphs() if str(graph.value).startswith(named))
    return sum(1 for graph in graphs for _ in store.quads_for_pattern(None, None, None, graph))
