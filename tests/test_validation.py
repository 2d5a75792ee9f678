"""Two SHACL engines find the same; what they find is told where it was authored."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import miniature
import pytest
from miniature import OVERLAYS, inside, written
from rdflib import RDF, Graph, Namespace

from graph import derive, rdf, reader, store, validation
from graph.errors import DataProblems, InputOutputError

if TYPE_CHECKING:
    from pathlib import Path

    import pyoxigraph as ox
    from miniature import Judged

SH = Namespace("http://www.w3.org/ns/shacl#")
GRAPH_LEVEL = sorted(name for name, overlay in OVERLAYS.items() if overlay.graph)


@cache
def shapes() -> Graph:
    return Graph().parse(validation.SHAPES)


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with everything wrong that only the graph shows: each overlay under its own name."""
    folder = miniature.copied(tmp_path_factory.mktemp("wrong"))
    for name in GRAPH_LEVEL:
        overlay = OVERLAYS[name]
        content = overlay.path.read_text("utf-8").replace('id = "extra"', f'id = "{name}"')
        written(folder, renamed(name), content)
    return folder


def renamed(name: str) -> str:
    """Return the file of an overlay: named after it, unless the case has one file of that sort."""
    target = OVERLAYS[name].target
    return f"{target.rpartition('/')[0]}/{name}.toml" if "/" in target else target


@pytest.fixture(scope="module")
def wrong_graph(wrong: Path) -> ox.Store:
    return derived(wrong)


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


def test_both_engines_find_the_same(wrong_graph: ox.Store) -> None:
    found = by_pyrudof(wrong_graph)
    assert len(found) == len(GRAPH_LEVEL)
    assert by_pyshacl(wrong_graph) == found


@pytest.mark.parametrize("part", [40, 90])
def test_findings_do_not_depend_on_the_size_of_the_parts(part: int, wrong_graph: ox.Store) -> None:
    assert validation.validate(wrong_graph, part=part) == validation.validate(wrong_graph)


def test_violations_point_at_file_and_line(wrong: Path) -> None:
    with pytest.raises(DataProblems) as caught:
        miniature.judged(wrong)
    found = {(problem.file, problem.line) for problem in inside(wrong, caught.value)}
    assert found == {(renamed(n), p.line) for n in GRAPH_LEVEL for p in OVERLAYS[n].problems}


def test_a_finding_says_what_the_value_is(wrong_graph: ox.Store) -> None:
    findings = validation.validate(wrong_graph)
    (found,) = (f for f in findings if f.focus == f"{miniature.BASE}place-besieges")
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
