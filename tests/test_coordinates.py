"""Where places lie: what is refused, what is derived, and where it is told."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import miniature
import pytest
from hypothesis import given
from hypothesis import strategies as st
from miniature import problems_of, written
from readers import need
from test_withheld import boatman

from graph import reader
from graph.export import csv_tables, geojson, gexf, neo4j
from graph.export.formats import export
from graph.export.selection import Selection
from graph.network.projection import network
from graph.read.record_index import RecordIndex
from graph.read.record_views import facts
from graph.read.select import Graph
from graph.read.wording import coordinates
from graph.reader.coordinates import kilometres
from graph.viewer.payload import payload

if TYPE_CHECKING:
    from pathlib import Path

    from miniature import Judged

PLACE = """label = "the {slug}"
class = "Place"
mentioned = ["courier-2020#4.1"]
"""
AT_THE_FORD = "14.65° N, 121.02° E, within 200 m"
GOOD = {"latitude": 14.6, "longitude": 121, "uncertainty_m": 500,
        "coordinates_passages": ["courier-2020#4.1"]}  # fmt: skip


def place(folder: Path, slug: str, **fields: object) -> None:
    """Write a place with these keys."""
    lines = [f"{key} = {json.dumps(value)}" for key, value in fields.items() if value is not None]
    written(folder, f"places/{slug}.toml", PLACE.format(slug=slug) + "\n".join(lines) + "\n")


def told(folder: Path, **changes: object) -> list[str]:
    """Return what is told of a place whose coordinates are good but for these keys."""
    place(folder, "quay", **{**GOOD, **changes})
    return [f"{one.place}: {one.message}" for one in problems_of(folder)]


def test_good_coordinates_are_taken(folder: Path) -> None:
    assert told(folder) == []
    gazetteer = {"gazetteer": "GeoNames", "gazetteer_url": "https://www.geonames.org/1"}
    assert told(folder, coordinates_passages=None, **gazetteer) == []
    assert told(folder, latitude=-90, longitude=-180) == []


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"latitude": 121, "longitude": 14.6}, ["beyond the degrees of latitude", "swapped"]),
        ({"latitude": 121, "longitude": 114.6}, ["beyond the degrees of latitude"]),
        ({"longitude": -180.5}, ["beyond the degrees of longitude"]),
        ({"latitude": None}, ['the key "latitude" is missing']),
        ({"uncertainty_m": None}, ['the key "uncertainty_m" is missing']),
        ({"uncertainty_m": 0}, ["no place is a point"]),
        ({"coordinates_passages": None}, ["say who says so"]),
        ({"gazetteer": "GeoNames"}, ["write both"]),
        ({"latitude": "14.6"}, ["latitude"]),
        ({"coordinates_passages": ["courier-2020#99.1"]}, ["courier-2020#99.1"]),
    ],
)
def test_bad_coordinates_are_told(
    folder: Path, changes: dict[str, object], wanted: list[str]
) -> None:
    found = "\n".join(told(folder, **changes))
    assert "quay" in found
    for words in wanted:
        assert words in found
    assert ("swapped" in found) == ("swapped" in wanted)


def test_all_that_is_wrong_is_told_at_once(folder: Path) -> None:
    found = told(folder, latitude=95, longitude=200, uncertainty_m=None, coordinates_passages=None)
    assert len(found) == 4


def test_only_places_lie_somewhere(folder: Path) -> None:
    guard = folder / "actors" / "river-guard.toml"
    lines = [f"{key} = {json.dumps(value)}\n" for key, value in GOOD.items()]
    text = guard.read_text("utf-8")
    guard.write_text("".join(lines) + text, "utf-8")
    assert any("only places lie somewhere" in one.message for one in problems_of(folder))
    as_a_place = text.replace('class = "ArmedGroup"', 'class = ["ArmedGroup", "Place"]')
    guard.write_text("".join(lines) + as_a_place, "utf-8")
    assert problems_of(folder) == []


def test_whoever_is_withheld_lies_nowhere(folder: Path) -> None:
    boatman(folder)
    path = folder / "actors" / "boatman.toml"
    text = path.read_text("utf-8").replace('class = "Person"', 'class = ["Person", "Place"]')
    written(folder, "actors/boatman.toml", "".join(
        f"{key} = {json.dumps(value)}\n" for key, value in GOOD.items()) + text)  # fmt: skip
    found = [one.message for one in problems_of(folder) if "withheld" in one.message]
    assert len(found) == len(GOOD)


def test_a_place_that_would_lie_near_the_others_if_swapped_is_hinted_at(folder: Path) -> None:
    for name in ("ford", "mill-town"):
        (folder / "places" / f"{name}.toml").write_text(PLACE.format(slug=name), "utf-8")

    def hinted() -> list[str]:
        hints = reader.read(folder, miniature.ONTOLOGY).hints
        return [one.file.rpartition("/")[2] for one in hints if "swapped" in one.message]

    for number in range(3):
        place(
            folder, f"quay{number}", **{**GOOD, "latitude": 34.7 + number / 50, "longitude": 36.7}
        )
    place(folder, "far-quay", **{**GOOD, "latitude": 44, "longitude": -5})
    assert hinted() == []
    place(folder, "turned", **{**GOOD, "latitude": 36.7, "longitude": 34.7})
    assert hinted() == ["turned.toml"]


@given(
    st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
    st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
)
def test_distances(one: tuple[float, float], other: tuple[float, float]) -> None:
    far = kilometres(one, other)
    assert far == pytest.approx(kilometres(other, one), abs=1e-6)
    assert 0 <= far <= 20016
    assert kilometres(one, one) == 0


def test_a_known_distance() -> None:
    """A degree along a meridian is 111.19 km on a sphere of 6371 km."""
    assert kilometres((0, 0), (1, 0)) == pytest.approx(111.19, abs=0.01)
    assert kilometres((60, 0), (60, 1)) == pytest.approx(55.6, abs=0.01)


@pytest.mark.parametrize(
    ("point", "words"),
    [
        ((14.65, 121.02, 200), "14.65° N, 121.02° E, within 200 m"),
        ((-33.0, -70.5, 1500), "33° S, 70.5° W, within 1.5 km"),
        ((0, 0, 100000), "0° N, 0° E, within 100 km"),
    ],
)
def test_words(point: tuple[float, float, int], words: str) -> None:
    row = dict(zip(("latitude", "longitude", "uncertainty_m"), point, strict=True))
    assert coordinates(row) == words
    assert coordinates({}) == ""


@pytest.fixture(scope="module")
def graph(example: Judged) -> Graph:
    return Graph(example[1], "mill")


def test_pages_say_where_a_place_lies_and_who_says_so(graph: Graph) -> None:
    nodes = payload(graph)["nodes"]
    assert nodes["ford"]["where"] == f"{AT_THE_FORD} (courier-2020#4.1)"
    assert "Gazetteer of the River" in nodes["mill-town"]["where"]
    assert "https://example.org/gazetteer/mill-town" in nodes["mill-town"]["links"]
    assert "where" not in nodes["river-guard"]
    told = {fact.name: fact for fact in facts(RecordIndex(graph), "ford")}
    assert told["coordinates"].text == f"{AT_THE_FORD}; courier-2020#4.1"
    assert not told.keys() & {"latitude", "longitude", "uncertainty_m"}


def test_nodes_have_coordinates_as_numbers(graph: Graph) -> None:
    made = network(graph)
    ford = made.nodes["ford"]
    assert (ford["latitude"], ford["longitude"], ford["uncertainty_m"]) == (14.65, 121.02, 200)
    assert "latitude" not in made.nodes["river-guard"]
    rows = {row["Id"]: row for row in csv.DictReader(io.StringIO(csv_tables.nodes(made).decode()))}
    assert (rows["ford"]["Latitude"], rows["ford"]["Longitude"]) == ("14.65", "121.02")
    text = b"".join(gexf.gexf(made, title="x")).decode()
    assert '<attribute id="latitude" title="latitude" type="double"/>' in text


def test_other_programs_get_a_point(graph: Graph) -> None:
    files = neo4j.write(Selection(graph)).files
    things = list(csv.DictReader(io.StringIO(b"".join(files["things.csv"]).decode())))
    by_id = {row["id:ID"]: row["location:point{crs:WGS-84}"] for row in things}
    assert by_id["ford"] == "{latitude: 14.65, longitude: 121.02}"
    assert not by_id["river-guard"]
    cypher = b"".join(files["load.cypher"]).decode()
    assert "`location`: point({latitude: 14.65, longitude: 121.02})" in cypher
    need("followthemoney")
    entities = [
        json.loads(line)
        for chunk in export("ftm", Selection(graph)).files["entities.ftm.json"]
        for line in chunk.splitlines()
    ]
    (ford,) = (one["properties"] for one in entities if one["id"] == "mill-ford")
    assert (ford["latitude"], ford["longitude"]) == (["14.65"], ["121.02"])


def features(graph: Graph) -> dict[str, dict[str, Any]]:
    text = b"".join(geojson.write(Selection(graph)).files["places.geojson"])
    found = json.loads(text)
    assert found["type"] == "FeatureCollection"
    return {one["id"]: one for one in found["features"]}


def test_geojson_has_places_and_what_took_place_at_them(graph: Graph) -> None:
    found = features(graph)
    assert sorted(found) == ["ev-shelling.occurred", "ford", "mill-town"]
    assert found["ford"]["geometry"] == {"type": "Point", "coordinates": [121.02, 14.65]}
    shelling = found["ev-shelling.occurred"]
    assert shelling["geometry"] == found["ford"]["geometry"]
    told = shelling["properties"]
    assert (told["status"], told["when"], told["place"]) == ("accepted", "2020-06-03", "ford")
    assert told["sentences"] == "courier-2020#4.1; observers-2020#2.1"
    assert "Observers of the River: asserts (certain), observers-2020#2.1" in told["claims"]
    assert told["uncertainty_m"] == 200


def test_geojson_tells_what_has_no_place(graph: Graph, judged: Judged) -> None:
    losses = {loss.what: loss.items for loss in geojson.write(Selection(graph)).losses}
    statements = len(graph.ids("Statement"))
    assert losses.pop("statements of what took place at no point, or of anything else") == (
        statements - 1
    )
    assert "places without coordinates" not in losses
    coded = Graph(judged[1], miniature.CODED)
    assert features(coded) == {}
    told = {loss.what: loss.items for loss in geojson.write(Selection(coded)).losses}
    assert told["places without coordinates"] > 10


def test_a_disputed_event_keeps_its_status(folder: Path) -> None:
    path = folder / "events" / "ev-shelling.toml"
    text = path.read_text("utf-8").replace('stance = "asserts"', 'stance = "suspects"')
    path.write_text(text, "utf-8")
    case, store = miniature.judged(folder)
    assert features(Graph(store, case.id))["ev-shelling.occurred"]["properties"]["status"] == "open"


def test_geojson_is_read_by_a_library_of_its_own(graph: Graph) -> None:
    library = need("geojson")
    text = b"".join(geojson.write(Selection(graph)).files["places.geojson"]).decode()
    read = library.loads(text)
    assert read.is_valid, read.errors()
    assert isinstance(read, library.FeatureCollection)
    assert [tuple(one.geometry.coordinates) for one in read.features] == [
        (121.02, 14.65), (121.05, 14.6), (121.02, 14.65),
    ]  # fmt: skip
