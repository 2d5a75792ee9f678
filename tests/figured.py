"""A small case of data sets that tell how many died in some events, each an event of its own.

Each data set is a voice with one source, and lists its own event for what happened; which of these
are one is judged. No question holds the figures together.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

import miniature

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

CASE = "toll"
HEAD = """\
id = "toll"
title = "Tolls"
description = "Data sets that count the same dead."
licence = "CC-BY-4.0"
editor = "editors"
language = "en"
as_of = "2030-01-01"
"""
RULE = """
[[rule]]
id = "{id}"
rule = "{rule}"
{more}reason = "{reason}"
judge = "editors"
date = "2026-11-30"
"""
SAME = """
[[judgement]]
id = "{left}-{right}"
things = ["{left}", "{right}"]
judgement = "same"
certainty = "probable"
reason = "One day, one place."
judge = "editors"
date = "2026-11-30"
"""
WHEN = "2016-01-26"


class Told(NamedTuple):
    """How many died by a data set, between which bounds, and when."""

    voice: str
    dead: int
    low: int | None = None
    high: int | None = None
    when: str = WHEN
    more: str = ""

    def event(self, what: str) -> str:
        """The id of the event that it lists."""
        return f"{self.voice}-{what}"


def case(into: Path, told: Mapping[str, Iterable[Told]], rules: str = "") -> Path:
    """Write the case: by what happened the figures of the data sets; return its folder."""
    folder = into / CASE
    miniature.written(folder, "case.toml", HEAD)
    voices = sorted({one.voice for figures in told.values() for one in figures})
    for name in ("editors", *voices):
        actor = f'label = "{name}"\nclass = "NonGovernmentalOrganization"\nidentity = "named"\n'
        miniature.written(folder, f"actors/{name}.toml", actor)
    for voice in voices:
        miniature.written(folder, f"sources/{voice}-25.toml", _source(voice))
        own = [(what, one) for what, all_ in told.items() for one in all_ if one.voice == voice]
        for event in {each.event(what) for what, each in own}:
            fact = f'[occurred]\nwhen = "{WHEN}"\n{claim(voice)}'
            miniature.written(
                folder, f"events/{event}.toml", f'label = "{event}"\nkind = "clash"\n\n{fact}'
            )
        entries = "\n".join(figure(each, what) for what, each in own)
        miniature.written(folder, f"statements/{voice}.toml", entries)
    judged = ""
    for what, figures in told.items():
        first, *others = dict.fromkeys(one.event(what) for one in figures)
        judged += "".join(SAME.format(left=first, right=other) for other in others)
    if judged:
        miniature.written(folder, "identity.toml", judged)
    if rules:
        miniature.written(folder, "figures.toml", rules)
    return folder


def rule(
    kind: str, more: str = "", name: str = "dead", reason: str = "Each report is checked."
) -> str:
    """Return an entry of a rule."""
    return RULE.format(id=name, rule=kind, more=f"{more}\n" if more else "", reason=reason)


def prefer(*voices: str, more: str = "", name: str = "dead") -> str:
    """Return an entry of a rule that prefers voices."""
    listed = ", ".join(f'"{one}"' for one in voices)
    return rule("prefer", f"order = [{listed}]\n{more}".rstrip(), name)


def figure(one: Told, what: str) -> str:
    """Return the entry of a figure."""
    bounds = "".join(
        f"{name} = {n}\n" for name, n in (("low", one.low), ("high", one.high)) if n is not None
    )
    return (
        f'[[statement]]\nid = "{one.event(what)}-{one.dead}"\nsubject = "{one.event(what)}"\n'
        f'predicate = "hasDeathToll"\nvalue = {one.dead}\n{bounds}when = "{one.when}"\n{one.more}'
        + claim(one.voice)
    )


def claim(voice: str) -> str:
    """Return the claims of a record that one voice tells."""
    return (
        f'claims = [{{ voice = "{voice}", stance = "asserts", certainty = "certain", '
        f'passages = ["{voice}-25#1.1"] }}]\n'
    )


def _source(voice: str) -> str:
    digest = hashlib.sha256(voice.encode()).hexdigest()
    return (
        f'title = "{voice} 25"\nauthors = ["{voice}"]\npublisher = "x"\n'
        f'date = "2025-06-01"\ndate_basis = "stated"\nlanguage = "en"\n'
        f'sha256 = "{digest}"\ncharacters = 9\nsentences = [["1.1", 0, 9, "{digest}"]]\n'
    )
