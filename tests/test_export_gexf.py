"""The GEXF of the Homs case as others read it, against the ties that SPARQL gives."""

from __future__ import annotations

import io
import json
import xml.etree.ElementTree as ET
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import miniature
import networkx as nx
import pytest
import readers
import ties
from ties import Tie

from graph.build.case import open_build
from graph.errors import LossRefused
from graph.export import gexf
from graph.export.formats import export
from graph.export.merge_edges import periods, spells
from graph.model.terms import text
from graph.network.palette import STATUSES
from graph.network.projection import network
from graph.read.select import Graph, select

if TYPE_CHECKING:
    from pathlib import Path

    from miniature import Judged

    from graph.export.selection import Selection

GEXF = "{http://gexf.net/1.3}"
VIZ = "{http://gexf.net/1.3/viz}"
CERTAIN = """
SELECT ?statement ?first ?last WHERE {
  ?statement sem:hasEarliestBeginTimeStamp ?first ; sem:hasLatestEndTimeStamp ?last .
  FILTER (?first = ?last)
  FILTER NOT EXISTS { ?statement rdf:predicate ?p . ?p hud:timeless true }
}
"""
THROUGHOUT = """
SELECT ?statement ?first ?last WHERE {
  ?statement hud:coverage kind:throughout ; rdf:predicate ?p ;
             sem:hasLatestBeginTimeStamp ?first ; sem:hasEarliestEndTimeStamp ?last .
  ?p hud:aspect kind:state .
  FILTER (?first <= ?last)
  FILTER NOT EXISTS { ?p hud:timeless true }
}
"""
TIMELESS = """
SELECT ?statement ("" AS ?first) ("" AS ?last) WHERE {
  ?statement rdf:predicate ?p . ?p hud:timeless true .
}
"""
PREFIXES = """
PREFIX hud: <https://w3id.org/hudna/ontology#>
PREFIX kind: <https://w3id.org/hudna/kind/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX sem: <http://semanticweb.cs.vu.nl/2009/11/sem/>
"""

Key = tuple[str, str, str]


def written(selection: Selection) -> bytes:
    (chunks,) = gexf.write(selection).files.values()
    return b"".join(chunks)


@pytest.fixture(scope="module")
def possible(judged: Judged) -> bytes:
    return written(ties.selection(judged, miniature.CODED))


def by_ends(found: dict[str, Tie]) -> dict[Key, dict[str, Tie]]:
    """Return ties by subject, predicate and object."""
    groups: dict[Key, dict[str, Tie]] = defaultdict(dict)
    for statement, tie in found.items():
        groups[tie.subject, tie.predicate, tie.object][statement] = tie
    return groups


def seen_by_gephi_lite(data: bytes, folder: Path) -> dict[Key, dict[str, Any]]:
    """Return the edges by source, predicate and target as Gephi Lite's parser gives them."""
    read = readers.node("gexf", data, folder)
    assert read["type"] == "directed"
    edges = {
        (edge["source"], edge["attributes"]["predicate"], edge["target"]): edge["attributes"]
        for edge in read["edges"]
    }
    assert len(edges) == len(read["edges"])
    return edges


def spells_in(data: bytes) -> dict[Key, tuple[tuple[str, str], ...]]:
    """Return the spells of each edge as they stand in the file."""
    return {
        (edge.attrib["source"], edge.attrib["kind"], edge.attrib["target"]): tuple(
            (spell.get("start", ""), spell.get("end", "")) for spell in edge.iter(f"{GEXF}spell")
        )
        for edge in ET.fromstring(data).iter(f"{GEXF}edge")  # noqa: S314 — our own file
    }


def test_gephi_lite_sees_the_ties_of_sparql_spell_for_spell(
    judged: Judged, possible: bytes, tmp_path: Path
) -> None:
    wanted = by_ends(dict(ties.ties(judged[1])))
    seen = seen_by_gephi_lite(possible, tmp_path)
    assert seen.keys() == wanted.keys()
    drawn = spells_in(possible)
    known = ties.spells(judged[1])
    for key, members in wanted.items():
        found = seen[key]
        periods = spells(one for name in members for one in known.get(name, [("", "")]))
        assert drawn[key] == periods
        assert [tuple(part.replace("..", "").split("/")) for part in found.get("periods", [])] == [
            *periods
        ]
        assert found["statements"] == sorted(members)
        assert found["weight"] == len(members)
        assert {found["sign"]} == {tie.sign for tie in members.values()}
        assert set(found["status"].split("; ")) == {tie.status for tie in members.values()}
        assert found["disputed"] == any(tie.status != "accepted" for tie in members.values())
        assert found["claims"] == sum(tie.claims for tie in members.values())
        assert set(found.get("when", [])) == {tie.when for tie in members.values() if tie.when}


def test_gephi_lite_sees_labels_in_arabic_and_places(example: Judged, tmp_path: Path) -> None:
    selection = ties.selection(example, miniature.CASE)
    read = readers.node("gexf", written(selection), tmp_path)
    nodes = {node["key"]: node["attributes"] for node in read["nodes"]}
    names = ties.names(example[1])
    assert nodes.keys() == set(selection.network)
    for key, seen in nodes.items():
        label, name = names[key]
        assert (seen["label"], seen.get("arabic", "")) == (label, name)
        x, y = selection.places[key]
        assert (seen["x"], seen["y"]) == (x, -y)
        assert seen["color"].startswith("rgb(")
    assert nodes["river-guard"]["arabic"] == "حرس النهر"


def test_a_node_is_there_while_one_of_its_ties_is(possible: bytes) -> None:
    drawn: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for (source, _, target), when in spells_in(possible).items():
        for end in (source, target):
            drawn[end] += when or [("", "")]
    root = ET.fromstring(possible)  # noqa: S314 — our own file
    seen = {
        node.attrib["id"]: tuple(
            (spell.get("start", ""), spell.get("end", "")) for spell in node.iter(f"{GEXF}spell")
        )
        for node in root.iter(f"{GEXF}node")
    }
    assert seen == {name: spells(drawn[name]) for name in seen}
    assert any(seen.values())


def test_what_is_less_sure_is_never_drawn_as_something_surer(possible: bytes) -> None:
    looks: dict[str, set[tuple[float, float, str]]] = defaultdict(set)
    for edge in ET.fromstring(possible).iter(f"{GEXF}edge"):  # noqa: S314 — our own file
        status = next(v.attrib["value"] for v in edge.iter() if v.get("for") == "status")
        colour, *rest = (edge.find(f"{VIZ}{name}") for name in ("color", "thickness", "shape"))
        thickness, shape = (one.attrib["value"] for one in rest if one is not None)
        assert colour is not None
        looks[status.split("; ")[-1]].add((float(colour.get("a", "1")), float(thickness), shape))
    assert all(len(found) == 1 for found in looks.values())
    firmest = [style.name for style in STATUSES if style.name in looks]
    assert len(firmest) >= 4
    alphas = [next(iter(looks[name]))[0] for name in firmest]
    assert alphas == sorted(alphas, reverse=True)
    assert len(set(alphas)) == len(alphas)
    assert {name for name, [look] in looks.items() if look[1:] == (2.0, "solid")} == {"accepted"}


def test_networkx_sees_the_same_edges(judged: Judged, possible: bytes) -> None:
    read = nx.read_gexf(io.BytesIO(possible), version="1.3")
    assert read.number_of_edges() == len(by_ends(dict(ties.ties(judged[1]))))
    open_ends = sum(row.get("end") is None and "spells" not in row for *_, row in read.edges.data())
    assert open_ends > 0


def test_certain_periods_are_those_of_sparql(judged: Judged, tmp_path: Path) -> None:
    known = ties.ties(judged[1])
    sure: dict[str, tuple[str, str]] = {}
    for query in (THROUGHOUT, CERTAIN, TIMELESS):
        for statement, first, last in select(judged[1], PREFIXES + query).rows:
            sure[text(statement).rpartition("/")[2]] = (text(first), text(last))
    wanted = by_ends({name: tie for name, tie in known.items() if name in sure})
    data = written(ties.selection(judged, miniature.CODED, time="certain"))
    assert seen_by_gephi_lite(data, tmp_path).keys() == wanted.keys()
    assert spells_in(data) == {
        key: spells(sure[name] for name in members) for key, members in wanted.items()
    }
    left_out = len(known) - sum(map(len, wanted.values()))
    assert left_out > 0
    losses = export("gexf", ties.selection(judged, miniature.CODED, time="certain")).losses
    assert [loss.items for loss in losses if "for certain" in loss.what] == [left_out]


@pytest.mark.parametrize("day", ["2014-06-01", "2016-02-15", "2016-09-15"])
def test_certain_periods_agree_with_questions_about_a_day(judged: Judged, day: str) -> None:
    for *_, data in network(Graph(judged[1], miniature.CODED), on=day).edges(data=True):
        found = periods(data, "certain")
        held = any(first <= day and (last or day) >= day for first, last in found)
        assert held == (data["held"] == "certain")


def test_the_file_says_what_was_chosen(example: Judged) -> None:
    chosen = {"voice": "observers", "on": "2020-06-15", "projection": "ties"}
    data = written(ties.selection(example, miniature.CASE, **chosen))
    about = ET.fromstring(data).find(f".//{GEXF}description")  # noqa: S314 — our own file
    assert about is not None
    words = about.text or ""
    assert all(part in words for part in (*chosen.values(), "may have held"))


def test_the_chosen_status_is_what_is_written(judged: Judged, tmp_path: Path) -> None:
    alleged = ties.selection(judged, miniature.CODED, status=("alleged",))
    seen = seen_by_gephi_lite(written(alleged), tmp_path)
    assert seen
    assert {edge["status"] for edge in seen.values()} == {"alleged"}


def test_a_hostile_network_comes_through(tmp_path: Path) -> None:
    data = b"".join(gexf.gexf(ties.hostile(), title="]]> <x>"))
    read = readers.node("gexf", data, tmp_path)
    seen = {node["key"]: node["attributes"] for node in read["nodes"]}
    for key, label in ties.LABELS.items():
        assert seen[key]["label"] == label
    assert seen["sum"]["names"] == ["-x", "+1", "a; b"]
    assert {edge["attributes"]["weight"] for edge in read["edges"]} == {1, 3}


def test_a_file_comes_in_pieces() -> None:
    """A large network must not be held as one text."""
    large: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for number in range(5000):
        large.add_edge(f"a{number}", f"b{number}", f"s{number}", predicate="backs")
    chunks = list(gexf.gexf(large, title="large"))
    assert max(map(len, chunks)) < sum(map(len, chunks)) / 5
    assert len(ET.fromstring(b"".join(chunks)).findall(f".//{GEXF}edge")) == 5000  # noqa: S314


def test_nodes_stand_as_on_the_page(public: Path) -> None:
    looks = json.loads((public / "mill" / "layout.json").read_bytes())
    made = open_build("mill", public).export("gexf")
    root = ET.fromstring(b"".join(made.files["network.gexf"]))  # noqa: S314 — our own file
    for node in root.iter(f"{GEXF}node"):
        x, y, size = looks[node.attrib["id"]]
        place, wide = node.find(f"{VIZ}position"), node.find(f"{VIZ}size")
        assert place is not None
        assert wide is not None
        assert (float(place.attrib["x"]), -float(place.attrib["y"])) == (x, y)
        assert float(wide.attrib["value"]) == size


def test_strict_forbids_what_is_lost(judged: Judged) -> None:
    with pytest.raises(LossRefused, match="claims"):
        export("gexf", ties.selection(judged, miniature.CODED), strict=True)
