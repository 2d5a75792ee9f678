"""CX2 as NDEx's own reader sees it, and held against what Cytoscape Web demands of a file."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import miniature
import networkx as nx
import pytest
import readers
import ties

from graph.errors import UsageError
from graph.export import cytoscape
from graph.export.formats import export
from graph.network.palette import STATUSES, node_style, sign_style

if TYPE_CHECKING:
    from miniature import Judged

REPOSITORY = Path(__file__).resolve().parent.parent
PYTHON_OF = {
    "string": str,
    "integer": int,
    "long": int,
    "double": float,
    "boolean": bool,
    "list_of_string": list,
}


def read(data: bytes) -> Any:  # noqa: ANN401 — a class of an optional package
    factory = readers.need("ndex2.cx2").RawCX2NetworkFactory()
    return factory.get_cx2network(json.loads(data))


def written(network: nx.MultiDiGraph[str], **more: Any) -> bytes:  # noqa: ANN401
    return b"".join(cytoscape.cx2(network, title="try", **more))


def aspects(data: bytes) -> dict[str, Any]:
    first, *rest = json.loads(data)
    assert first == {"CXVersion": "2.0", "hasFragments": False}
    assert all(len(aspect) == 1 for aspect in rest)
    assert list(rest[-1]) == ["status"]
    return {name: value for aspect in rest for name, value in aspect.items()}


def test_ndex_sees_what_sparql_gives(judged: Judged) -> None:
    selection = ties.selection(judged, miniature.CODED)
    found = read(b"".join(export("cytoscape", selection).files["network.cx2"]))
    told, names = ties.ties(judged[1]), ties.names(judged[1])
    nodes = found.get_nodes()
    things = {number: node["v"]["thing"] for number, node in nodes.items()}
    assert set(things.values()) == {end for t in told.values() for end in (t.subject, t.object)}
    for node in nodes.values():
        thing = node["v"]["thing"]
        assert (node["v"]["name"], node["v"].get("arabic", "")) == names[thing]
        assert (node["x"], node["y"]) == selection.places[thing]
    edges = found.get_edges().values()
    assert {edge["v"]["statement"]: tie(edge, things) for edge in edges} == told
    assert len(edges) == len(told)
    assert ties.parallel(told) > 0 or miniature.CODED != "homs"  # some are tried


def tie(edge: dict[str, Any], things: dict[int, str]) -> ties.Tie:
    values = edge["v"]
    return ties.Tie(
        subject=things[edge["s"]],
        predicate=values["interaction"],
        object=things[edge["t"]],
        sign=values["sign"],
        status=values["status"],
        when=values.get("when", ""),
        first=values.get("earliest_begin", ""),
        last=values.get("latest_end", ""),
        claims=values["claims"],
    )


def test_ndex_sees_hostile_texts_as_they_are() -> None:
    found = read(written(ties.hostile()))
    nodes = [node["v"] for node in found.get_nodes().values()]
    assert {node["thing"]: node["name"] for node in nodes} == ties.LABELS
    (of_sum,) = [node for node in nodes if node["thing"] == "sum"]
    assert (of_sum["names"], of_sum["checked"]) == (["-x", "+1", "a; b"], True)
    edges = {edge["v"]["statement"]: edge["v"] for edge in found.get_edges().values()}
    assert edges["=1+1"]["when_text"] == "\t=cmd|' /C calc'!A0"
    assert edges["loop"]["low"] == 1.5
    assert edges["t.1"]["voices"] == ["a", "b"]


@pytest.mark.parametrize("case", ["hostile", "empty", "homs"])
def test_the_file_is_what_cytoscape_demands(case: str, judged: Judged) -> None:
    networks = {"hostile": ties.hostile(), "empty": nx.MultiDiGraph()}
    network = networks.get(case) or ties.selection(judged, miniature.CODED).network
    found = aspects(written(network))
    assert [entry["name"] for entry in found["metaData"]] == list(found)[1:-1]
    for entry in found["metaData"]:
        assert entry["elementCount"] == len(found[entry["name"]])
    numbers = [element["id"] for name in ("nodes", "edges") for element in found[name]]
    assert numbers == list(range(1, len(numbers) + 1))
    ends = {node["id"] for node in found["nodes"]}
    assert all({edge["s"], edge["t"]} <= ends for edge in found["edges"])
    (declared,) = found["attributeDeclarations"]
    assert set(declared) == {"networkAttributes", "nodes", "edges"}
    rows = [
        (declared[name], element["v"]) for name in ("nodes", "edges") for element in found[name]
    ]
    rows.append((declared["networkAttributes"], found["networkAttributes"][0]))
    for types, row in rows:
        assert all(type(value) is PYTHON_OF[types[name]["d"]] for name, value in row.items())
    assert found["status"] == [{"success": True}]


def test_the_style_is_that_of_the_palette(judged: Judged) -> None:
    found = aspects(written(ties.selection(judged, miniature.CODED).network))
    (style,) = found["visualProperties"]
    declared = found["attributeDeclarations"][0]
    for entity in ("node", "edge"):
        for mapping in style[f"{entity}Mapping"].values():
            of = mapping["definition"]
            assert declared[f"{entity}s"][of["attribute"]] == {"d": of["type"]}
    nodes, edges = style["nodeMapping"], style["edgeMapping"]
    kinds = {node["v"]["class"] for node in found["nodes"]}
    assert mapped(nodes["NODE_BACKGROUND_COLOR"]) == {
        kind: node_style(kind).fill.light for kind in kinds
    }
    assert mapped(edges["EDGE_LINE_COLOR"]) == {
        sign: sign_style(sign).colour.light for sign in (-1, 0, 1)
    }


def test_only_accepted_ties_have_solid_lines() -> None:
    (style,) = aspects(written(ties.hostile()))["visualProperties"]
    lines = mapped(style["edgeMapping"]["EDGE_LINE_STYLE"])
    assert {name for name, line in lines.items() if line == "solid"} == {"accepted"}
    assert set(lines) == {status.name for status in STATUSES}
    assert style["default"]["edge"]["EDGE_LINE_STYLE"] != "solid"
    looks = {
        name: (line, mapped(style["edgeMapping"]["EDGE_WIDTH"])[name])
        for name, line in lines.items()
    }
    assert len(set(looks.values())) == len(looks)


def mapped(mapping: dict[str, Any]) -> dict[Any, Any]:
    assert mapping["type"] == "DISCRETE"
    return {entry["v"]: entry["vp"] for entry in mapping["definition"]["map"]}


def test_nodes_without_a_place_have_none() -> None:
    nodes = aspects(written(ties.hostile(), positions={"sum": (3.0, -4.0)}))["nodes"]
    placed = {node["v"]["thing"]: (node["x"], node["y"]) for node in nodes if "x" in node}
    assert placed == {"sum": (3.0, -4.0)}


@pytest.mark.parametrize("value", ["\ud800", float("nan"), {"a": 1}])
def test_what_json_cannot_hold_is_an_error(value: object) -> None:
    made = ties.hostile()
    made.nodes["sum"]["odd"] = value
    with pytest.raises(UsageError):
        written(made)


_HASH = """
import hashlib, test_export_cytoscape as t
print(hashlib.sha256(t.written(t.ties.hostile())).hexdigest())
"""


@pytest.mark.parametrize("seed", ["0", "4711"])
def test_the_same_network_gives_the_same_bytes(seed: str) -> None:
    paths = os.pathsep.join([str(REPOSITORY), str(REPOSITORY / "tests")])
    done = subprocess.run(
        [sys.executable, "-c", _HASH],
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": paths},
        capture_output=True,
        check=True,
        text=True,
    )
    turned: nx.MultiDiGraph[str] = nx.MultiDiGraph(**ties.hostile().graph)
    turned.add_nodes_from(reversed(list(ties.hostile().nodes(data=True))))
    for source, target, key, data in reversed(list(ties.hostile().edges(keys=True, data=True))):
        turned.add_edge(source, target, key, **data)
    assert done.stdout.strip() == hashlib.sha256(written(turned)).hexdigest()
