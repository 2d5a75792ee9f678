"""A small case of data sets with releases, as an import of them writes it, and as it was on a day.

Each data set is a voice; each release of it a source that says of some events how many died, or
nothing. A claim is written in the first release that makes it, and ends with the first that does
not; what a release says again is a claim of its own.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

import miniature

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    Figures = Mapping[str, int]
    """How many died in which event."""

CASE = "count"
_HEAD = """\
id = "count"
title = "A count of the dead"
description = "Data sets that are published in releases."
licence = "CC-BY-4.0"
editor = "editors"
language = "en"
as_of = "2030-01-01"
"""


class Release(NamedTuple):
    """What one data set says from one day on."""

    voice: str
    day: str
    says: Figures

    @property
    def source(self) -> str:
        """The id of the source that it is."""
        return f"{self.voice}-{self.day}"


class Said(NamedTuple):
    """That a data set says a figure, or 0: that an event took place, until another release."""

    release: Release
    event: str
    dead: int
    until: str = ""


def said(releases: Sequence[Release]) -> Iterator[Said]:
    """Yield what data sets say, with the day on which a release ended it."""
    for voice in sorted({one.voice for one in releases}):
        own = sorted((one for one in releases if one.voice == voice), key=lambda one: one.day)
        open_: dict[tuple[str, int], Release] = {}
        for release in own:
            now = {*release.says.items(), *((event, 0) for event in release.says)}
            for key in [key for key in open_ if key not in now]:
                yield Said(open_.pop(key), *key, release.day)
            for key in sorted(now):
                open_.setdefault(key, release)
        for key, release in sorted(open_.items()):
            yield Said(release, *key)


def case(into: Path, releases: Sequence[Release]) -> Path:
    """Write the case as it is imported once all these releases are out; return its folder."""
    return _written(into, list(said(releases)), releases)


def from_scratch(into: Path, releases: Sequence[Release], day: str) -> Path:
    """Write the case of somebody who knows what is out on a day, and no releases."""
    out = [one for one in releases if one.day <= day]
    known = [one._replace(until="") for one in said(out) if not one.until]
    return _written(into, known, out)


def _written(into: Path, claims: Sequence[Said], releases: Sequence[Release]) -> Path:
    folder = into / CASE
    voices = sorted({one.voice for one in releases})
    miniature.written(folder, "case.toml", _HEAD)
    for name in ("editors", *voices):
        actor = f'label = "{name}"\nclass = "PoliticalOrganization"\nidentity = "named"\n'
        miniature.written(folder, f"actors/{name}.toml", actor)
    for release in releases:
        miniature.written(folder, f"sources/{release.source}.toml", _source(release))
    for event in sorted({one.event for one in claims}):
        own = [one for one in claims if one.event == event]
        miniature.written(folder, f"events/{event}.toml", _event(event, own))
        miniature.written(folder, f"questions/q-{event}.toml", _question(event))
        figures = "\n".join(
            f'[[statement]]\nid = "{event}-{dead}"\nsubject = "{event}"\n'
            f'predicate = "hasDeathToll"\nvalue = {dead}\nquestion = ["q-{event}"]\n'
            + _claims([one for one in own if one.dead == dead])
            for dead in sorted({one.dead for one in own} - {0})
        )
        miniature.written(folder, f"statements/{event}.toml", figures)
    return folder


def _source(release: Release) -> str:
    digest = hashlib.sha256(release.source.encode()).hexdigest()
    return (
        f'title = "{release.source}"\nauthors = ["{release.voice}"]\npublisher = "x"\n'
        f'date = "{release.day}"\ndate_basis = "stated"\nlanguage = "en"\n'
        f'sha256 = "{digest}"\ncharacters = 9\nsentences = [["1.1", 0, 9, "{digest}"]]\n'
    )


def _question(event: str) -> str:
    return f'label = "How many died in {event}?"\nexclusive = true\nabout = ["{event}"]\n'


def _event(event: str, own: Sequence[Said]) -> str:
    fact = _claims([one for one in own if not one.dead])
    return f'label = "{event}"\nkind = "clash"\n\n[occurred]\nwhen = "2018"\n{fact}'


def _claims(own: Sequence[Said]) -> str:
    told = "".join(
        f'  {{ voice = "{one.release.voice}", stance = "asserts", certainty = "certain", '
        f'passages = ["{one.release.source}#1.1"]'
        + (f', known_until = "{one.until}"' if one.until else "")
        + " },\n"
        for one in own
    )
    return f"claims = [\n{told}]\n"
