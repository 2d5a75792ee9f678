"""The miniature case with words of its own: some of its files, recoded by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import miniature

if TYPE_CHECKING:
    from pathlib import Path

TERMS = """\
terms = ["../common/terms.toml"]

[[predicate]]
name = "starvesOut"
label = { en = "starves out", de = "hungert aus" }
inverse = "is starved out by"
broader = "besieges"
definition = "The subject keeps all food from the place that is the object."
example = "The River Guard starves out Mill Town."
synonyms = ["famishes"]

[[predicate]]
name = "writesTo"
label = "writes letters to"
inverse = "is written letters by"
broader = "negotiatesWith"
definition = "The subject talks with the object by letters alone."
domain = ["Actor"]

[[predicate]]
name = "shellSupplier"
label = "supplied the shells"
inverse = "supplied the shells for"
broader = "accomplice"
definition = "The object gave those who fired what they fired."

[[kind]]
name = "nightShelling"
label = { en = "night shelling", de = "Beschuss bei Nacht" }
broader = "shelling"
definition = "Shells are fired between dusk and dawn."
synonyms = ["cannonade in the dark"]

[[kind]]
name = "breadCarts"
label = "bread carts"
broader = "humanitarianRelief"
definition = "How bread gets to those who are shut in."

[[kind]]
name = "halfGiven"
label = "half given"
broader = "partlyFulfilled"
definition = "Of two things that were owed, one was given."
"""
COMMON = """\
[[kind]]
name = "floodedFord"
label = "flooded ford"
broader = "frontLine"
definition = "Water parts those who fight."
"""
RECODED = {
    "statements/control.toml": {"besieges": "starvesOut"},
    "statements/talks.toml": {"negotiatesWith": "writesTo"},
    "events/ev-shelling.toml": {"shelling": "nightShelling", "accomplice": "shellSupplier"},
    "agreements/ag-may-truce.toml": {
        "humanitarianRelief": "breadCarts",
        "partlyFulfilled": "halfGiven",
    },
    "places/ford.toml": {"frontLine": "floodedFord"},
}
"""By file, the terms of the ontology that stand in it, each with the one of the case."""
BROADER = {own: core for words in RECODED.values() for core, own in words.items()}


def recoded(into: Path) -> Path:
    """Copy the miniature case, give it words of its own, and return the folder of the copy."""
    folder = miniature.copied(into)
    miniature.written(folder, "terms.toml", TERMS)
    miniature.written(folder, "../common/terms.toml", COMMON)
    for name, words in RECODED.items():
        text = (folder / name).read_text("utf-8")
        for core, own in words.items():
            assert text.count(f'"{core}"') == 1
            text = text.replace(f'"{core}"', f'"{own}"')
        miniature.written(folder, name, text)
    return folder
