"""The miniature case with words of its own: some of its files, recoded by them."""

from __future__ import annotations

import re
import shutil
from functools import cache
from typing import TYPE_CHECKING

import miniature

from graph.authoring.strings import strings
from graph.model.lexicon import Lexicon
from graph.model.terms import HUD
from graph.reader.schemas import keys_of_ids

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from graph.authoring.strings import TomlString

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


KEYS = ("predicate", "kind", "kinds", "topic", "role", "stage", "state", "counts_kind")
"""The keys under which terms stand in the files of a case."""
FOLDERS = ("actors", "agreements", "events", "places", "statements", "topics", "tours")


def made_own(core: str) -> str:
    """Return the name of the term that stands for one of the ontology."""
    return f"own{core[0].upper()}{core[1:]}"


def plain(text: str) -> str:
    """Return a text with the terms of the ontology for those that stand for them."""
    text = re.sub(r"own([A-Z])(\w*)", lambda found: found[1].lower() + found[2], text)
    return text.replace(" (own)", "")


def written_with_own(source: Path, target: Path, wanted: Callable[[str], bool]) -> set[str]:
    """Copy a case and write own terms for terms of the ontology, each below the one it stands for.

    Args:
        source: the folder of the case.
        target: that of the copy.
        wanted: says of each use of a term whether it is written otherwise.

    Returns:
        The terms of the ontology that were replaced somewhere.
    """
    shutil.copytree(source, target)
    predicates, kinds = replaceable()
    used: set[str] = set()

    def become(one: TomlString) -> str:
        if one.key in KEYS:
            if one.value not in (predicates if one.key in ("predicate", "role") else kinds):
                return one.value
            if not wanted(one.value):
                return one.value
            used.add(one.value)
            return made_own(one.value)
        first, *parts = one.value.split(".")
        known = kinds if {"stage", "fulfilment"} & {*parts} else predicates
        return ".".join((first, *(made_own(p) if p in known and wanted(p) else p for p in parts)))

    under = {*KEYS, *keys_of_ids()}
    for path in sorted(one for folder in FOLDERS for one in (target / folder).glob("*.toml")):
        text = path.read_text("utf-8")
        for one in reversed(list(strings(text))):
            if one.key in under:
                text = f'{text[: one.start]}"{become(one)}"{text[one.end :]}'
        path.write_text(text, "utf-8")
    (target / "terms.toml").write_text("".join(map(_entry, sorted(used))), "utf-8")
    return used


@cache
def replaceable() -> tuple[set[str], set[str]]:
    """Return the predicates, and the kinds, that own terms can stand for; none is both."""
    core = miniature.ONTOLOGY
    open_lists = (known for name, known in core.kinds.items() if name != "groups")
    kinds = {one for known in open_lists if "other" in known for one in known}
    predicates = set(filter(may_be_above, core.predicates))
    both = kinds & core.predicates.keys() | {"other", "otherRole"}
    return predicates - both, kinds - both


def may_be_above(predicate: str) -> bool:
    """Return whether a case may have a predicate below one of the ontology."""
    made_from = miniature.ONTOLOGY.texts[HUD + predicate].get(HUD + "derivedFrom", [])
    return made_from in ([], ["[[role]]"])


def _entry(core: str) -> str:
    found = [one for one in Lexicon(miniature.ONTOLOGY).terms if one.name == core]
    one = next(term for term in found if term.sort != "class")
    inverse = f'inverse = "{one.inverse} (own)"\n' if one.inverse else ""
    return (f'[[{one.sort}]]\nname = "{made_own(core)}"\nlabel = "{one.called.label} (own)"\n'
            f'broader = "{core}"\ndefinition = "So is this."\n{inverse}\n')  # fmt: skip
