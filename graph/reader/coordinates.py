"""Where places lie: a point of WGS 84 is somebody's claim, so it needs who says so and how near."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from statistics import median
from typing import TYPE_CHECKING

from ..model.things import Located

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Case
    from .problems import ProblemReport

_LAST = {"latitude": 90, "longitude": 180}
"""How many degrees of arc there are to both sides of the equator and of Greenwich."""
_ENDS = {"latitude": "(south) to 90 (north)", "longitude": "(west) to 180 (east)"}
_EARTH = 6371
"""The mean radius of the earth in kilometres, of the International Union of Geodesy."""
_FAR = 50
_TIMES = 5
"""A place is looked at again if it is so many kilometres off the others of a case, and so many
times farther than most of these are from their middle."""


def check_coordinates(case: Case, report: ProblemReport) -> None:
    """Report coordinates that no place has, or of which something is missing or wrong.

    Args:
        case: all records of the case.
        report: takes the problems.
    """
    for thing in case.things:
        if isinstance(thing, Located) and thing.has_location:
            for key, wrong in _wrong(thing):
                report(thing.origin, key, wrong)


def _wrong(place: Located) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with where a place lies, with the key that it is wrong in."""
    key = next(name for name in Located.LOCATION if getattr(place, name))
    if "Place" not in place.classes:
        yield key, 'only places lie somewhere; add "Place" to class, or take the coordinates away'
    for name in ("latitude", "longitude", "uncertainty_m"):
        if getattr(place, name) is None:
            yield (
                name,
                f'the key "{name}" is missing; a point needs latitude, longitude and how near',
            )
    given = {name: getattr(place, name) for name in _LAST}
    for name, last in _LAST.items():
        if given[name] is not None and abs(given[name]) > last:
            wrong = f"{given[name]:g} is beyond the degrees of {name}, -{last} {_ENDS[name]}"
            yield name, wrong + _swapped(given)
    if place.uncertainty_m == 0:
        yield "uncertainty_m", "no place is a point; write within how many metres of it it lies"
    if not place.gazetteer and not place.coordinates_passages:
        told = "say who says so: gazetteer with its gazetteer_url, or coordinates_passages"
        yield key, told
    if bool(place.gazetteer) != bool(place.gazetteer_url):
        yield "gazetteer", "a gazetteer is cited by gazetteer and gazetteer_url; write both"


def _swapped(given: dict[str, float | None]) -> str:
    latitude, longitude = given["latitude"], given["longitude"]
    if latitude is None or longitude is None or abs(longitude) > 90 or abs(latitude) > 180:
        return ""
    return "; latitude and longitude may be swapped"


def hint_swapped(case: Case, report: ProblemReport) -> None:
    """Tell of places far from all others of the case, that would lie near them if swapped.

    Args:
        case: all records of the case.
        report: takes the hints.
    """
    found = {
        thing: (thing.latitude, thing.longitude)
        for thing in case.things
        if isinstance(thing, Located) and thing.latitude is not None and thing.longitude is not None
    }
    for place, (latitude, longitude) in found.items():
        others = [point for other, point in found.items() if other is not place]
        if len(others) < 2 or abs(longitude) > 90:
            continue
        middle = median(one[0] for one in others), median(one[1] for one in others)
        spread = median(kilometres(one, middle) for one in others)
        off, turned = (
            kilometres((latitude, longitude), middle),
            kilometres((longitude, latitude), middle),
        )
        if off > max(_FAR, _TIMES * spread) and turned < off / 4:
            report.hint(
                place.origin,
                "latitude",
                f"lies {off:,.0f} km off the other places of the case, and {turned:,.0f} km if "
                "latitude and longitude are swapped; look at it again",
            )


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the distance of two points along the surface of a sphere, by the haversine formula.

    Args:
        one: latitude and longitude in degrees.
        other: the same.
    """
    (north, east), (far_north, far_east) = map(_radians, (one, other))
    between = sin((far_north - north) / 2) ** 2
    between += cos(north) * cos(far_north) * sin((far_east - east) / 2) ** 2
    return 2 * _EARTH * asin(min(1, sqrt(between)))


def _radians(point: tuple[float, float]) -> tuple[float, float]:
    return radians(point[0]), radians(point[1])
