"""GraphML as four independent readers see it."""

from __future__ import annotations

import io
import json
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING, Any

import miniature
import networkx as nx
import pytest
import readers
import ties

from graph.errors import UsageError
from graph.export import graphml
from graph.export.formats import export

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from miniature import Judged

SYSTEM_PYTHON = Path("/usr/bin/python3")
GRAPH_TOOL = Path(__file__).with_name("readers") / "graph_tool_reads.py"
KEY = "{http://graphml.graphdrawing.org/xmlns}key"

Row = dict[str, Any]
Seen = tuple[dict[str, Row], dict[str, Row]]
"""Attributes of nodes by id, and of edges by statement, with ``source`` and ``target``."""


def by_networkx(data: bytes, _folder: Path) -> Seen:
    read = nx.read_graphml(io.BytesIO(data))
    assert isinstance(read, nx.MultiDiGraph)
    edges = read.edges(keys=True, data=True)
    return dict(read.nodes(data=True)), {
        key: {**row, "source": source, "target": target} for source, target, key, row in edges
    }


def by_igraph(data: bytes, folder: Path) -> Seen:
    path = folder / "igraph.graphml"
    path.write_bytes(data)
    read = readers.need("igraph").Graph.Read_GraphML(str(path))
    assert read.is_directed()
    nodes = {node["id"]: node.attributes() for node in read.vs}
    edges = {
        edge["statement"]: {
            **edge.attributes(),
            "source": read.vs[edge.source]["id"],
            "target": read.vs[edge.target]["id"],
        }
        for edge in read.es
    }
    return nodes, edges


def by_graphology(data: bytes, folder: Path) -> Seen:
    read = readers.node("graphml", data, folder)
    assert read["type"] == "directed"
    nodes = {node["key"]: node.get("attributes", {}) for node in read["nodes"]}
    edges = {
        edge["key"]: {**edge["attributes"], "source": edge["source"], "target": edge["target"]}
        for edge in read["edges"]
    }
    return nodes, edges


def by_graph_tool(data: bytes, folder: Path) -> Seen:
    path = folder / "graph-tool.graphml"
    path.write_bytes(data)
    if not SYSTEM_PYTHON.exists():
        pytest.skip("no Python of the system, which graph-tool would be installed for")
    done = subprocess.run(
        [SYSTEM_PYTHON, GRAPH_TOOL, path], capture_output=True, check=False, timeout=120
    )
    if done.returncode == 3:
        pytest.skip("graph-tool is not there")
    assert done.returncode == 0, done.stderr.decode()
    nodes, edges = json.loads(done.stdout)
    return nodes, edges


READERS = pytest.mark.parametrize("read", [by_networkx, by_igraph, by_graphology, by_graph_tool])


@READERS
def test_every_reader_sees_what_sparql_gives(
    judged: Judged, tmp_path: Path, read: Callable[[bytes, Path], Seen]
) -> None:
    selection = ties.selection(judged, miniature.CODED)
    nodes, edges = read(b"".join(export("graphml", selection).files["network.graphml"]), tmp_path)
    told, names = ties.ties(judged[1]), ties.names(judged[1])
    assert set(edges) == set(told)
    assert ties.parallel(told) > 0 or miniature.CODED != "homs"  # some are tried
    assert set(nodes) == {end for tie in told.values() for end in (tie.subject, tie.object)}
    assert any(names[node][1] for node in nodes) or miniature.CODED != "homs"
    for node, row in nodes.items():
        assert (row["label"], row.get("arabic") or "") == names[node]
        assert row["name"] == node  # by which igraph and R look it up
        assert (row["x"], -row["y"]) == selection.places[node]
    for statement, row in edges.items():
        assert seen(row) == told[statement]


def seen(row: Mapping[str, Any]) -> ties.Tie:
    """Return what a reader saw of an edge; igraph makes every number a float."""
    return ties.Tie(
        subject=row["source"],
        predicate=row["predicate"],
        object=row["target"],
        sign=int(row["sign"]),
        status=row["status"],
        when=row.get("when") or "",
        first=row.get("earliest_begin") or "",
        last=row.get("latest_end") or "",
        claims=int(row["claims"]),
    )


@READERS
def test_every_reader_sees_hostile_texts_as_they_are(
    tmp_path: Path, read: Callable[[bytes, Path], Seen]
) -> None:
    nodes, edges = read(graphml.graphml(ties.hostile(), title="<try> & see"), tmp_path)
    assert {node: row["label"] for node, row in nodes.items()} == ties.LABELS
    assert set(edges) == {"t.0", "t.1", "t.2", "loop", "=1+1"}
    assert edges["t.1"]["status"] == "contested"
    assert edges["=1+1"]["when_text"] == "\t=cmd|' /C calc'!A0"
    assert nodes["sum"]["names"] == "-x; +1; a; b"


@READERS
def test_nothing_is_made_up_where_a_value_is_missing(
    tmp_path: Path, read: Callable[[bytes, Path], Seen]
) -> None:
    nodes, edges = read(graphml.graphml(ties.hostile(), title="try"), tmp_path)
    assert nodes["sum"]["checked"] == "true"
    assert nodes["lines"]["population"] == "12"
    assert edges["loop"]["low"] == "1.5"
    assert not nodes["end"].get("checked")
    assert not nodes["end"].get("population")
    assert not edges["t.0"].get("low")


def test_keys_are_called_after_their_columns_and_are_all_different() -> None:
    root = ET.fromstring(graphml.graphml(ties.hostile(), title="try"))  # noqa: S314 — our own
    keys = [key.attrib for key in root.iter(KEY)]
    assert all(key["id"] == f"{key['for']}-{key['attr.name']}" for key in keys)
    assert len({key["id"] for key in keys}) == len(keys)
    types = {key["id"]: key["attr.type"] for key in keys}
    assert (types["edge-sign"], types["edge-weight"], types["node-size"]) == (
        "int",
        "int",
        "double",
    )


def test_places_are_all_there_or_none() -> None:
    some = graphml.graphml(ties.hostile(), title="try", positions={"sum": (1.0, 2.0)})
    assert b"node-x" not in some
    every = graphml.graphml(
        ties.hostile(), title="try", positions=dict.fromkeys(ties.LABELS, (1.0, 2.0))
    )
    assert every.count(b'<data key="node-y">-2.0</data>') == len(ties.LABELS)


@pytest.mark.parametrize("read", [by_networkx, by_igraph, by_graph_tool])
def test_an_empty_network_is_one(tmp_path: Path, read: Callable[[bytes, Path], Seen]) -> None:
    empty: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    data = graphml.graphml(empty, title="")
    if read is by_networkx:
        assert len(nx.read_graphml(io.BytesIO(data))) == 0
    else:
        assert read(data, tmp_path) == ({}, {})


@pytest.mark.parametrize("character", ["\0", "\x0b", "\ud800", "\ufffe"])
def test_what_xml_cannot_hold_is_an_error(character: str) -> None:
    made = ties.hostile()
    made.nodes["sum"]["note"] = f"a{character}"
    with pytest.raises(UsageError, match=f"U\\+{ord(character):04X}"):
        graphml.graphml(made, title="try")
