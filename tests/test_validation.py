"""pySHACL finds the same as our queries; what they find is told where it was authored."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import miniature
import pyoxigraph as ox
import pytest
from conforming import SH, SHAPES, by_pyshacl, by_queries
from miniature import OVERLAYS, inside, written
from rdflib import RDF

from graph import reader
from graph.build import derive, validation
from graph.build import quads as rdf
from graph.errors import MOST_OF_A_FILE, DataProblems, InputOutputError
from graph.read import store

if TYPE_CHECKING:
    from pathlib import Path

    from miniature import Judged

GRAPH_LEVEL = sorted(name for name, overlay in OVERLAYS.items() if overlay.graph)
MUTATIONS = 60
SAMPLE = 150
"""So many nodes of Homs are enough for pySHACL, which would take a minute for all."""


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


def own_quads(graph: ox.Store) -> list[ox.Quad]:
    """Return what a graph says of the nodes of its case, sorted."""
    terms = {quad.subject for quad in miniature.ONTOLOGY.quads}
    found = graph.quads_for_pattern(None, None, None, ox.DefaultGraph())
    return sorted((quad for quad in found if quad.subject not in terms), key=str)


def mutated(quads: list[ox.Quad], rng: random.Random) -> ox.Store:
    """Return a graph in which things are missing, doubled, or in each other's places."""
    graph = store.in_memory((*miniature.ONTOLOGY.quads, *quads))
    for _ in range(MUTATIONS):
        one, other = rng.choice(quads), rng.choice(quads)
        match rng.randrange(4):
            case 0:
                graph.remove(one)
            case 1:
                graph.add(ox.Quad(one.subject, one.predicate, other.object))
            case 2:
                graph.remove(one)
                graph.add(ox.Quad(one.subject, one.predicate, other.object))
            case _:
                graph.remove(one)
                graph.add(ox.Quad(other.subject, one.predicate, one.object))
    return graph


def test_the_example_conforms(example: Judged) -> None:
    _, graph = example
    assert by_queries(graph) == set()
    assert by_pyshacl(graph) == set()


def test_pyshacl_finds_the_same_in_what_is_wrong(wrong_graph: ox.Store) -> None:
    found = by_queries(wrong_graph)
    assert len(found) == len(GRAPH_LEVEL)
    assert by_pyshacl(wrong_graph) == found


@pytest.mark.parametrize("seed", [1, 2])
def test_pyshacl_finds_the_same_in_mutants(seed: int, example: Judged) -> None:
    """Not with seed 0, which puts a number in place of a day; pySHACL finds it after every day."""
    _, graph = example
    mutant = mutated(own_quads(graph), random.Random(seed))  # noqa: S311 - repeatable
    found = by_queries(mutant)
    assert found
    assert by_pyshacl(mutant) == found


def test_pyshacl_finds_the_same_in_a_mutated_part_of_homs(judged: Judged) -> None:
    """What the part lacks of the whole is wrong with it as well."""
    _, graph = judged
    rng = random.Random(0)  # noqa: S311 - repeatable
    quads = own_quads(graph)
    chosen = set(rng.sample(sorted({quad.subject for quad in quads}, key=str), SAMPLE))
    mutant = mutated([quad for quad in quads if quad.subject in chosen], rng)
    found = by_queries(mutant)
    assert len(found) > SAMPLE
    assert by_pyshacl(mutant) == found


def test_violations_point_at_file_and_line(wrong: Path) -> None:
    with pytest.raises(DataProblems) as caught:
        miniature.judged(wrong)
    found = {(problem.file, problem.line) for problem in inside(wrong, caught.value)}
    assert found == {(renamed(n), p.line) for n in GRAPH_LEVEL for p in OVERLAYS[n].problems}


def test_of_many_violations_the_first_are_told_and_all_counted(example: Judged) -> None:
    case, _ = example
    origins = rdf.origins(case)
    found = validation.Violation(min(origins), "shape", "", "", "wrong")
    many = [found._replace(message=f"wrong {number}") for number in range(3000)]
    report = reader.ProblemReport()
    validation.tell(many, origins, report)
    with pytest.raises(DataProblems) as caught:
        report.refuse(miniature.FOLDER)
    assert caught.value.count == len(many)
    assert len(caught.value.problems) == MOST_OF_A_FILE + 1


def test_a_finding_says_what_the_value_is(wrong_graph: ox.Store) -> None:
    findings = validation.validate(wrong_graph)
    (found,) = (f for f in findings if f.focus == f"{miniature.BASE}place-besieges")
    assert found.value == f"{miniature.BASE}mill-town"
    assert "mill-town is of the class Place" in found.text()
    assert "besieges takes Actor" in found.text()


def test_every_class_of_records_has_a_shape() -> None:
    """A class without a shape would pass unchecked."""
    targets = {str(target).rpartition("#")[2] for target in SHAPES.objects(None, SH.targetClass)}
    assert targets >= {
        "Actor", "Place", "Event", "Agreement", "Clause", "Mechanism", "Question", "Source",
        "Passage", "Statement", "Claim", "Verdict", "Judgement", "NameResolution", "Note",
    }  # fmt: skip
    assert list(SHAPES.subjects(RDF.type, SH.NodeShape))


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
