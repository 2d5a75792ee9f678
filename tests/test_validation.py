"""Two SHACL engines find the same; what they find is told where it was authored."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import miniature
import pytest
from miniature import OVERLAYS, broken, inside
from rdflib import RDF, Graph, Namespace

from graph import derive, rdf, reader, store, validation
from graph.errors import DataProblems, InputOutputError

if TYPE_CHECKING:
    from pathlib import Path

    import pyoxigraph as ox
    from miniature import Judged

SH = Namespace("http://www.w3.org/ns/shacl#")
GRAPH_LEVEL = sorted(name for name, overlay in OVERLAYS.items() if overlay.graph)
TOGETHER = (
    "place-besieges",
    "victim-that-is-a-place",
    "named-placeholder",
    "unnamed-judged-same",
    "agreement-replaces-a-place",
)
"""Overlays of five different files, which can break one case at the same time."""


@cache
def shapes() -> Graph:
    return Graph().parse(validation.SHAPES)


def derived(folder: Path) -> ox.Store:
    """Return the graph of a case, derived and not yet checked."""
    case = reader.read(folder, miniature.ONTOLOGY)
    graph = store.in_memory((*miniature.ONTOLOGY.quads, *rdf.quads(case, miniature.ONTOLOGY)))
    derive.derive(graph, derive.rules())
    return graph


def by_pyrudof(graph: ox.Store) -> set[tuple[str, str]]:
    return {(found.focus, found.shape) for found in validation.validate(graph)}


def by_pyshacl(graph: ox.Store) -> set[tuple[str, str]]:
    import pyshacl

    data = Graph()
    for triple in store.as_dataset(graph).default_graph:
        data.add(triple)
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes())
    assert isinstance(report, Graph)
    return {
        (str(report.value(found, SH.focusNode)), str(report.value(found, SH.sourceShape)))
        for found in report.objects(None, SH.result)
    }


def test_the_example_conforms_for_both_engines(example: Judged) -> None:
    _, graph = example
    assert by_pyrudof(graph) == set()
    assert by_pyshacl(graph) == set()


@pytest.mark.parametrize("name", GRAPH_LEVEL)
def test_both_engines_find_the_same(name: str, tmp_path: Path) -> None:
    graph = derived(broken(tmp_path, name))
    found = by_pyrudof(graph)
    assert len(found) == len(OVERLAYS[name].problems)
    assert by_pyshacl(graph) == found


@pytest.mark.parametrize("part", [1, 2, 7])
def test_findings_do_not_depend_on_the_size_of_the_parts(part: int, tmp_path: Path) -> None:
    graph = derived(broken(tmp_path, *TOGETHER))
    whole = validation.validate(graph)
    assert len(whole) == len(TOGETHER)
    assert validation.validate(graph, part=part) == whole


def test_violations_point_at_file_and_line(tmp_path: Path) -> None:
    folder = broken(tmp_path, *TOGETHER)
    with pytest.raises(DataProblems) as caught:
        miniature.judged(folder)
    expected = sorted(problem[:3] for name in TOGETHER for problem in OVERLAYS[name].problems)
    assert [problem[:3] for problem in inside(folder, caught.value)] == expected


def test_a_finding_says_what_the_value_is(tmp_path: Path) -> None:
    (found,) = validation.validate(derived(broken(tmp_path, "place-besieges")))
    assert found.value == f"{miniature.BASE}mill-town"
    assert "mill-town is of the class Place" in found.text()
    assert "besieges takes Actor" in found.text()


def test_every_class_of_records_has_a_shape() -> None:
    """A class without a shape would pass unchecked."""
    targets = {str(target).rpartition("#")[2] for target in shapes().objects(None, SH.targetClass)}
    assert targets >= {
        "Actor", "Place", "Event", "Agreement", "Clause", "Mechanism", "Question", "Source",
        "Passage", "Statement", "Claim", "Verdict", "Judgement", "NameResolution", "Note",
    }  # fmt: skip
    assert list(shapes().subjects(RDF.type, SH.NodeShape))


def test_shapes_that_are_missing_are_told(tmp_path: Path, example: Judged) -> None:
    _, graph = example
    with pytest.raises(InputOutputError, match=r"none\.ttl"):
        validation.validate(graph, tmp_path / "none.ttl")


def test_shapes_that_are_broken_are_told(tmp_path: Path, example: Judged) -> None:
    _, graph = example
    path = tmp_path / "shapes.ttl"
    path.write_text("@prefix sh: <http://www.w3.org/ns/shacl#> .\nsh:a sh:b\n")
    with pytest.raises(InputOutputError, match=r"shapes\.ttl"):
        validation.validate(graph, path)
