"""Files for other programs: what they hold, that their readers accept them, and their bytes."""

from __future__ import annotations

import csv
import hashlib
import io
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from elsewhere import printed

from graph.errors import UsageError
from graph.export import csv_tables, gexf, graphml
from graph.export.merge_edges import merged_edges, spells

REPOSITORY = Path(__file__).resolve().parent.parent
SCHEMA = REPOSITORY.parent / "shared" / "data" / "gexf-1.3" / "gexf.rng"
GEXF = "{http://gexf.net/1.3}"
VIZ = "{http://gexf.net/1.3/viz}"


def network() -> nx.MultiDiGraph[str]:
    """Return a network with all that is hard: parallel edges, open ends, Arabic, markup."""
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph(case="try", projection="ties", on="")
    made.add_node("waer", label="Waer", **{"class": "Place"}, arabic="الوعر")
    made.add_node(
        "gov", label='The "government" & <co>', **{"class": "Government"}, identity="named"
    )
    made.add_node(
        "ndf", label="=cmd|' /C calc'!A0", **{"class": "ArmedGroup"}, note="-Abu Ali\nsaid so"
    )
    made.add_node("odd", label="odd")
    made.add_edge("gov", "waer", "siege-2", **tie("besieges", -1, "alleged"), **days(begin="2016"))
    made.add_edge("gov", "waer", "siege-1", **tie("besieges", -1, "accepted"), **days("2014"))
    made.add_edge("gov", "waer", "talks", **tie("negotiatesWith", 0, "contested"))
    made.add_edge("ndf", "gov", "backs", **tie("backs", 1, "accepted"), when_text="for years")
    made.add_edge("odd", "ndf", "open", **tie("fears", -1, "open"), scope="in part")
    return made


def tie(kind: str, sign: int, status: str) -> dict[str, object]:
    """Return the attributes that every edge has."""
    return {
        "predicate": kind,
        "label": kind.lower(),
        "family": "coercion",
        "sign": sign,
        "status": status,
        "certainty": "probable" if status == "alleged" else "certain",
        "claims": 2,
        "voices": ["authors", status],
        "sources": ["article-2017"],
    }


def days(year: str = "", begin: str = "") -> dict[str, object]:
    """Return a whole year, or a begin without an end."""
    if year:
        return {
            "when": year,
            "earliest_begin": f"{year}-01-01",
            "latest_begin": f"{year}-01-31",
            "latest_end": f"{year}-12-31",
            "spans": [f"{year}-01-01/{year}-12-31"],
        }
    told = f"{begin}-01-01/2017-02-19?"
    return {"when": f"{begin}/", "earliest_begin": f"{begin}-01-01", "spans": [told]}


def written(network: nx.MultiDiGraph[str], **given: Any) -> bytes:  # noqa: ANN401
    """Return the whole GEXF file of a network."""
    return b"".join(gexf.gexf(network, **{"title": "try", **given}))


def tree(data: bytes) -> ET.Element:
    return ET.fromstring(data)  # noqa: S314 — our own file


def edge_named(data: bytes, name: str) -> ET.Element:
    found = tree(data).find(f".//{GEXF}edge[@id='{name}']")
    assert found is not None
    return found


def values(edge: ET.Element) -> dict[str, str]:
    return {value.attrib["for"]: value.attrib["value"] for value in edge.iter(f"{GEXF}attvalue")}


# --- GEXF


@pytest.mark.skipif(not SCHEMA.is_file(), reason="the schema is not beside this repository")
@pytest.mark.parametrize("places", [None, {"waer": (1.5, -2.0)}])
def test_gexf_is_valid(places: dict[str, tuple[float, float]] | None) -> None:
    etree = pytest.importorskip("lxml.etree")
    schema = etree.RelaxNG(etree.parse(str(SCHEMA)))
    document = etree.fromstring(written(network(), title="A <try>", positions=places))
    assert schema.validate(document), schema.error_log


@pytest.mark.skipif(not SCHEMA.is_file(), reason="the schema is not beside this repository")
def test_the_gexf_of_an_empty_network_is_valid() -> None:
    etree = pytest.importorskip("lxml.etree")
    schema = etree.RelaxNG(etree.parse(str(SCHEMA)))
    empty: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    assert schema.validate(etree.fromstring(written(empty, title="")))


def test_networkx_reads_the_gexf_back() -> None:
    data = written(network(), title="try", positions={"waer": (1.0, 2.0)})
    read = nx.read_gexf(io.BytesIO(data), version="1.3")
    assert set(read) == {"waer", "gov", "ndf", "odd"}
    assert read.nodes["gov"]["label"] == 'The "government" & <co>'
    assert read.nodes["waer"]["arabic"] == "الوعر"
    assert read.number_of_edges() == 4
    signs = {row["predicate"]: row["sign"] for *_, row in read.edges(data=True)}
    assert signs == {"besieges": -1, "negotiatesWith": 0, "backs": 1, "fears": -1}


def test_statements_of_one_kind_are_one_edge_with_spells() -> None:
    edge = edge_named(written(network(), title="try"), "gov besieges waer")
    assert edge.attrib["kind"] == "besieges"
    assert edge.attrib["weight"] == "2.0"
    assert [spell.attrib for spell in edge.iter(f"{GEXF}spell")] == [
        {"start": "2014-01-01", "end": "2014-12-31"},
        {"start": "2016-01-01", "end": "2017-02-19"},
    ]
    columns = values(edge)
    assert columns["statements"] == '["siege-1", "siege-2"]'
    assert columns["status"] == "accepted; alleged"
    assert columns["certainty"] == "certain; probable"
    assert columns["disputed"] == "true"
    assert columns["claims"] == "4"
    assert columns["when"] == '["2014", "2016/"]'
    assert columns["voices"] == '["authors", "accepted", "alleged"]'


def test_a_tie_without_dates_is_not_hidden_by_time() -> None:
    data = written(network(), title="try")
    assert edge_named(data, "ndf backs gov").find(f"{GEXF}spells") is None
    assert values(edge_named(data, "ndf backs gov"))["disputed"] == "false"


def test_weights_are_positive_whatever_the_sign() -> None:
    edges = list(tree(written(network(), title="try")).iter(f"{GEXF}edge"))
    assert edges
    assert all(float(edge.attrib["weight"]) >= 1 for edge in edges)


def test_columns_are_declared_and_static() -> None:
    root = tree(written(network(), title="try"))
    declared = {entry.attrib["id"] for entry in root.iter(f"{GEXF}attribute")}
    assert {value.attrib["for"] for value in root.iter(f"{GEXF}attvalue")} <= declared
    assert [part.attrib["mode"] for part in root.iter(f"{GEXF}attributes")] == ["static"] * 2


def test_nothing_comes_from_the_clock() -> None:
    data = written(network(), title="try")
    assert b"lastmodified" not in data
    assert tree(data).find(f"{GEXF}meta").attrib == {}  # type: ignore[union-attr]


def test_colours_may_be_chosen() -> None:
    data = written(network(), title="try", colours={"Place": "#010203"})
    node = tree(data).find(f".//{GEXF}node[@id='waer']/{VIZ}color")
    assert node is not None
    assert node.attrib == {"r": "1", "g": "2", "b": "3"}


@pytest.mark.parametrize("character", ["\0", "\x0b", "\ud800", "\ufffe"])
def test_what_xml_cannot_hold_is_an_error(character: str) -> None:
    made = network()
    made.nodes["waer"]["label"] = f"Wa{character}er"
    with pytest.raises(UsageError, match=f"U\\+{ord(character):04X}"):
        written(made, title="try")
    with pytest.raises(UsageError, match=f"U\\+{ord(character):04X}"):
        graphml.graphml(made, title="try")


def test_values_of_unknown_types_are_an_error() -> None:
    made = network()
    made.nodes["waer"]["odd"] = {"a": 1}
    with pytest.raises(UsageError, match=r'"odd".*dict'):
        written(made, title="try")


@pytest.mark.parametrize(
    ("periods", "wanted"),
    [
        ([], ()),
        ([(None, None), ("2014-01-01", None)], ()),
        ([(None, "2014-01-01"), ("2013-01-01", None)], ()),
        ([("2014-01-01", "2014-06-30"), ("2014-03-01", "2015-01-01")],
         (("2014-01-01", "2015-01-01"),)),
        ([("2016-01-01", None), (None, "2014-01-01")], (("", "2014-01-01"), ("2016-01-01", ""))),
    ],
)  # fmt: skip
def test_spells_never_overlap(
    periods: list[tuple[str | None, str | None]], wanted: tuple[tuple[str, str], ...]
) -> None:
    assert spells(periods) == wanted


def test_no_statement_is_lost() -> None:
    edges = merged_edges(network())
    found = {statement for edge in edges for statement in edge.statements}
    assert found == {key for *_, key in network().edges(keys=True)}


# --- CSV


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline=""), strict=True))


def test_csv_has_the_column_names_of_gephi() -> None:
    assert csv_tables.nodes(network()).startswith(b"Id,Label,Class,")
    assert csv_tables.edges(network()).startswith(
        b"Source,Target,Type,Kind,Id,Label,Weight,Predicate,Sign,"
    )


def test_csv_has_one_row_for_each_statement() -> None:
    found = {row["Id"]: row for row in rows(csv_tables.edges(network()))}
    assert set(found) == {"siege-1", "siege-2", "talks", "backs", "open"}
    assert found["siege-2"]["Status"] == "alleged"
    assert found["siege-2"]["Sign"] == "-1"
    assert found["siege-2"]["Voices"] == "authors; alleged"
    assert found["backs"]["When text"] == "for years"
    assert {row["Type"] for row in found.values()} == {"Directed"}


def test_no_cell_is_a_formula() -> None:
    found = {row["Id"]: row for row in rows(csv_tables.nodes(network()))}
    assert found["ndf"]["Label"] == "'=cmd|' /C calc'!A0"
    assert found["ndf"]["Note"] == "'-Abu Ali\nsaid so"
    assert found["waer"]["Arabic"] == "الوعر"


@pytest.mark.parametrize(
    "text", ["=1", "+1", "-1", "@a", "\t=", "\r", "＝1", "＋1", "－1", "＠a", " =1", "\ufeff=1"]
)
def test_formulas_get_an_apostrophe(text: str) -> None:
    assert csv_tables.safe(text) == "'" + text


@pytest.mark.parametrize("text", ["", "a=b", "'=1", "الوعر", "1-2", " a"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert csv_tables.safe(text) == text


def test_csv_has_unix_lines_and_no_mark_of_order() -> None:
    for data in (csv_tables.nodes(network()), csv_tables.edges(network())):
        assert b"\r" not in data
        assert not data.startswith(b"\xef\xbb\xbf")
        assert data.endswith(b"\n")


def test_tables_of_an_empty_network_have_headers() -> None:
    empty: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    assert csv_tables.nodes(empty) == b"Id,Label\n"
    assert csv_tables.edges(empty) == b"Source,Target,Type,Kind,Id,Label,Weight\n"


# --- GraphML


def test_networkx_reads_the_graphml_back() -> None:
    read = nx.read_graphml(io.BytesIO(graphml.graphml(network(), title="try")))
    assert set(read) == set(network())
    assert read.number_of_edges() == 5
    siege = read.get_edge_data("gov", "waer", "siege-2")
    assert (siege["status"], siege["voices"]) == ("alleged", "authors; alleged")
    assert (siege["sign"], siege["weight"]) == (-1, 1)
    assert read.graph["title"] == "try"


def test_the_network_itself_is_left_alone() -> None:
    made = network()
    before = repr((list(made.nodes(data=True)), list(made.edges(keys=True, data=True))))
    written(made, title="try")
    graphml.graphml(made, title="try")
    csv_tables.edges(made)
    assert repr((list(made.nodes(data=True)), list(made.edges(keys=True, data=True)))) == before


# --- Bytes


def hashes() -> str:
    """Return the hashes of all files."""
    made = network()
    files = [written(made), graphml.graphml(made, title="x"), csv_tables.nodes(made),
             csv_tables.edges(made)]  # fmt: skip
    return " ".join(hashlib.sha256(file).hexdigest() for file in files)


@pytest.mark.landing
def test_the_same_network_gives_the_same_bytes() -> None:
    assert printed("import test_export as t; print(t.hashes())") == hashes() == hashes()


def test_the_order_of_nodes_and_edges_does_not_matter() -> None:
    turned: nx.MultiDiGraph[str] = nx.MultiDiGraph(**network().graph)
    turned.add_nodes_from(reversed(list(network().nodes(data=True))))
    for source, target, key, data in reversed(list(network().edges(keys=True, data=True))):
        turned.add_edge(source, target, key, **data)
    for write in (csv_tables.nodes, csv_tables.edges):
        assert write(turned) == write(network())
    assert written(turned, title="x") == written(network(), title="x")
    assert graphml.graphml(turned, title="x") == graphml.graphml(network(), title="x")
