"""Places with coordinates, and what took place at them, as GeoJSON (RFC 7946) for maps.

Every feature is a point of WGS 84, longitude first. An event says its status, who says so and in
which sentences; a place says who puts it there and how near. QGIS and others take texts and numbers
best, so lists are texts.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ..model import Bounds
from ..model.languages import language, of_tag
from ..model.terms import spaced
from ..model.things import TAKE_PLACE
from ..read.period_words import period
from ..read.rules import SEPARATOR
from ..read.tables import about
from .format import LOST_OF_THE_PAST, Exported, Format, Loss

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from ..read.record_index import RecordIndex
    from ..read.wording import Record
    from .selection import Selection

    Json = dict[str, Any]

FORMAT = Format(
    name="geojson",
    title="GeoJSON for QGIS and web maps: places with coordinates, and what took place there",
    holds="graph",
    file="places.geojson",
    loses={
        **LOST_OF_THE_PAST,
        "edtf": "only those of what took place at a point",
        "wording": "only that of what took place at a point",
        "sign": "left out",
        "claims": "a line of text each, of what took place at a point",
        "languages": "the first name in each language, and a list of all",
        "parallel": "left out; ties are in the networks",
        "values": "left out",
        "identifiers": "left out",
        "passages": "the numbers of those that are cited",
        "editors": "left out; a verdict is in the status",
        "questions": "left out",
        "worlds": "left out; a line of a claim says whose it is",
    },
    qualifiers=frozenset(),
)

_OF_A_TIME = ("when", "when_text", *Bounds._fields)
_OF_A_PLACE = ("uncertainty_m", "gazetteer", "gazetteer_url", "note")


def write(selection: Selection) -> Exported:
    """Return places and what took place at them as one collection of features.

    Args:
        selection: its whole graph is written, as far as it lies at a point.

    Returns:
        One file, a feature to a line: first the places by their ids, then the statements that
        something took place by theirs, whatever their status is.
    """
    records = selection.records
    places = {row["id"]: row for row in selection.tables["things"] if _point(row)}
    happened = [row for row in selection.tables["statements"] if _takes_place(row)]
    located = [row for row in happened if row.get("place") in places]
    features = [_place(records, row) for row in places.values()]
    features += [_happening(records, row, places[row["place"]]) for row in located]
    said = about(selection.graph, selection.tables)
    kept = ("title", "description", "licence", "reading")
    head = {"type": "FeatureCollection", **{name: said[name] for name in kept if name in said}}
    lines = ",\n".join(map(_json, features))
    text = f'{_json(head)[:-1]}, "features": [\n{lines}\n]}}\n'
    return Exported({FORMAT.file: [text.encode()]}, tuple(_losses(selection, places, located)))


def _losses(
    selection: Selection, places: Mapping[str, Record], located: Sequence[Record]
) -> Iterator[Loss]:
    """Yield how much of the graph lies at no point."""
    tables = selection.tables
    things = tables["thing_classes"]
    areas = {row["thing"] for row in things if row["class"] == "Place"} - places.keys()
    shown = {*places, *(row["subject"] for row in located)}
    others = {row["id"] for row in tables["things"]} - shown - areas
    elsewhere = "statements of what took place at no point, or of anything else"
    for number, what, instead in (
        (len(areas), "places without coordinates", "left out, with what took place there"),
        (len(others), "things that are no places and took place at no point", "left out"),
        (len(tables["statements"]) - len(located), elsewhere, "left out"),
    ):
        if number:
            yield Loss(number, what, instead)


def _takes_place(row: Record) -> bool:
    return row["predicate"] in TAKE_PLACE and "subject" in row and row.get("value") == "true"


def _place(records: RecordIndex, row: Record) -> Json:
    told = {"kind_of_feature": "place", **_named(records, row)}
    told |= {name: row[name] for name in _OF_A_PLACE if name in row}
    cited = records.verbalizer.in_order(records.listed("coordinates_passages", row["id"]))
    told["sentences"] = _listed(map(records.verbalizer.cite, cited))
    return _feature(row["id"], _point(row), told)


def _happening(records: RecordIndex, row: Record, place: Record) -> Json:
    words = records.verbalizer
    claims = records.rows("claims", "statement", row["id"])
    cited = {one for claim in claims for one in records.listed("claim_passages", claim["id"])}
    told = {"kind_of_feature": "event", **_named(records, records[row["subject"]].row)}
    told |= {"status": row["status"], "statement": row["id"], "time": period(row)}
    told |= {name: row[name] for name in _OF_A_TIME if name in row}
    told |= {
        "place": place["id"],
        "place_label": place["label"],
        "uncertainty_m": place.get("uncertainty_m"),
        "claims": _listed(_line(records, claim) for claim in claims),
        "sentences": _listed(map(words.cite, words.in_order(cited))),
    }
    return _feature(row["id"], _point(place), told)


def _line(records: RecordIndex, claim: Record) -> str:
    words = records.verbalizer
    cited = map(words.cite, words.in_order(records.listed("claim_passages", claim["id"])))
    said = f"{words.label(claim['voice'])}: {words.label(claim['stance'])}"
    return f"{said} ({words.label(claim['certainty'])}), {' '.join(cited)}"


def _named(records: RecordIndex, row: Record) -> Json:
    """Return what a thing is and is called; the first name in each language has its own key."""
    names = records.rows("names", "thing", row["id"])
    by_language: dict[str, str] = {}
    for one in names:
        if tag := of_tag(one["language"]):
            by_language.setdefault(language(tag).column, one["name"])
    return {
        "thing": row["id"],
        "iri": row["iri"],
        "label": row["label"],
        "class": spaced(row.get("class", "")).strip(),
        "kind": _listed(map(records.verbalizer.label, records.listed("thing_kinds", row["id"]))),
        **by_language,
        "names": _listed(one["name"] for one in names),
    }


def _listed(texts: Iterator[str]) -> str:
    return SEPARATOR.join(dict.fromkeys(texts))


def _point(row: Record) -> tuple[float, float] | None:
    """Return longitude and latitude of a place; nothing for what has none."""
    if "longitude" not in row or "latitude" not in row:
        return None
    return row["longitude"], row["latitude"]


def _feature(key: str, point: tuple[float, float] | None, told: Json) -> Json:
    return {
        "type": "Feature",
        "id": key,
        "geometry": {"type": "Point", "coordinates": point},
        "properties": {name: value for name, value in told.items() if value not in (None, "")},
    }


def _json(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
