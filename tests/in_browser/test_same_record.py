"""A thing has one record: in the page, at ``/id/``, in the dossier and on the terminal."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import TYPE_CHECKING

import miniature
import pytest
from click.testing import CliRunner

from graph.cli.main import main
from graph.export.markdown import write
from graph.export.selection import Selection
from graph.read.record_index import RecordIndex
from graph.read.select import Graph
from graph.server.things.pages import page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from miniature import Judged

    from .view import View

_OPEN = "() => document.querySelectorAll('#panel-evidence details').forEach(one => one.open = true)"
_MARKS = re.compile(r"[\W_]+")


@pytest.fixture(scope="module")
def records(example: Judged) -> RecordIndex:
    return RecordIndex(Graph(example[1], example[0].id))


def plain(text: str) -> str:
    """Return a text without marks, isolates and case, so that only words count."""
    return _MARKS.sub(" ", unicodedata.normalize("NFC", text)).casefold()


def facts(records: RecordIndex, key: str) -> Iterator[str]:
    """Yield what every face of a thing has to tell, taken from the tables alone."""
    label, rows = records.verbalizer.label, records.rows
    yield records[key].row["label"]
    yield from (row["name"] for row in rows("names", "thing", key))
    yield from (one.partition(":")[2] for one in records.listed("identifiers", key))
    for passage in records.listed("mentions", key):
        yield records.verbalizer.passages[passage]["sentence"]
    on = {row["id"]: row for end in ("subject", "object", "place", "channel", "under")
          for row in rows("statements", end, key)}  # fmt: skip
    for row in on.values():
        yield row["status"]
        yield from (label(row[end]) for end in ("subject", "object") if row.get(end, key) != key)
    for row in rows("claims", "voice", key):
        yield label(row["stance"])
    for row in rows("mechanism_instances", "mechanism", key):
        yield records.ref(row["instance"]).label
    for one in (key, *on):
        yield from (label(row["mechanism"]) for row in rows("mechanism_instances", "instance", one))
        for row in rows("note_subjects", "subject", one):
            yield records[row["note"]].row["text"]
    for end, other in (("left", "right"), ("right", "left")):
        for row in rows("judgements", end, key):
            yield from (label(row[other]), label(row["judgement"]), row["reason"])
    for row in rows("name_resolutions", "thing", key):
        yield from (row["reason"], *records.listed("resolved_names", row["id"]))


def of_every_kind(records: RecordIndex) -> list[str]:
    """Return one thing of each class, the one with most to tell, and whoever is judged."""
    found: dict[str, str] = {}
    for row in records.tables["things"]:
        if row.get("class") in ("Hearsay", "Question"):
            continue
        best = found.setdefault(row["class"], row["id"])
        if len([*facts(records, row["id"])]) > len([*facts(records, best)]):
            found[row["class"]] = row["id"]
    judged = (row["left"] for row in records.tables["judgements"])
    named = (row["thing"] for row in records.tables["name_resolutions"])
    return sorted({*found.values(), *judged, *named})


def lacking(text: str, wanted: list[str]) -> list[str]:
    """Return what a text does not tell."""
    told = plain(text)
    return [one for one in wanted if plain(one).strip() not in told]


@pytest.mark.landing
def test_all_faces_tell_the_same_of_things_of_every_kind(
    mill: View, records: RecordIndex, public: Path
) -> None:
    keys = of_every_kind(records)
    assert len(keys) > 8
    at = ["--case", miniature.CASE, "--public", str(public)]
    missed: dict[tuple[str, str], list[str]] = {}
    for key in keys:
        wanted = list(dict.fromkeys(facts(records, key)))
        mill.go(f"sel={key}")
        mill.page.evaluate(_OPEN)
        mill.page.wait_for_timeout(30)
        dossier = write(Selection(records.graph, actor=key)).files["dossier.md"]
        faces = {
            "page": mill.at("#panel-evidence").text_content() or "",
            "id": html.unescape(re.sub("<[^>]+>", "", page(records, key))),
            "dossier": b"".join(dossier).decode().replace("\\", ""),
            "cli": CliRunner().invoke(main, ["show", key, *at]).output,
        }
        missed |= {(key, face): left for face, text in faces.items()
                   if (left := lacking(text, wanted))}  # fmt: skip
    assert not missed


def test_what_a_mechanism_is_seen_in_is_told_with_who_and_when(mill: View) -> None:
    mill.go("sel=mech-bread-and-truce")
    seen = mill.at("#panel-evidence .seen-in")
    told = seen.all_text_contents()
    assert len(told) == 2
    assert all(re.search("20(18|20)", one) for one in told), told
    truce = seen.filter(has_text="Truce of Mill Town")
    assert truce.locator("small button").count() > 1
    truce.locator("small button").first.click()
    assert "sel=mech-bread-and-truce" not in mill.page.url


def test_the_command_line_names_the_ways_on(public: Path) -> None:
    at = ["--case", miniature.CASE, "--public", str(public)]
    out = CliRunner().invoke(main, ["show", "River Guard", *at]).output
    for way in ("hudna explain river-guard", "id/river-guard", "#sel=river-guard"):
        assert way in out
    refused = CliRunner().invoke(main, ["show", "nobody at all", *at])
    assert refused.exit_code == 2
    assert "nobody at all" in refused.output
