"""Who affirms and who denies what, as the event list that Discourse Network Analyzer exports.

DNA itself takes coded statements only from its own databases, which belong to a version of the
program and to coders with passwords; so this is not a file to open in DNA, but one for the scripts
in R and elsewhere that people run on DNA's event lists. The separator, the first nine columns and
the form of the time are those of DNA 3, the four variables after them those of its usual kind of
statement; further columns at the end say what DNA does not ask for.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import TYPE_CHECKING

from ..model import AFFIRMING, DENYING
from ..read.tables import by
from .format import LOST_OF_THE_PAST, Exported, Format, Loss

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..read.tables import Row, Tables
    from .selection import Selection

FORMAT = Format(
    name="dna",
    title="event list as Discourse Network Analyzer (DNA) exports it, for R; DNA does not open it",
    holds="graph",
    file="events.csv",
    loses={
        **LOST_OF_THE_PAST,
        "periods": "a row has the day of its document, as in DNA",
        "bounds": "left out",
        "edtf": "left out",
        "wording": "left out",
        "sign": "left out",
        "cited": "the numbers of the sentences, as text",
        "names": "left out",
        "languages": "left out",
        "values": "in words, as part of the concept",
        "identifiers": "left out",
        "passages": "left out, as is all text of the documents",
        "editors": "left out; a verdict is in the status",
        "questions": "left out",
        "worlds": "left out; a voice's rows with agreement 1 are near to its world",
    },
    qualifiers=frozenset(("low", "high", "unit", "modality", "counts")),
)

_COLUMNS = ("statement ID", "time", "document ID", "document title", "author", "source", "section",
            "type", "text", "person", "organization", "concept", "agreement", "claim", "statement",
            "status", "stance", "certainty", "sentences")  # fmt: skip
_AGREEMENT = dict.fromkeys(AFFIRMING, 1) | dict.fromkeys(DENYING, 0)
"""What the stances are in DNA; the others neither affirm nor deny."""


def write(selection: Selection) -> Exported:
    """Return an event list: one row for each claim that affirms or denies.

    Args:
        selection: its whole graph is written.

    Returns:
        UTF-8 with a header and semicolons. ``person`` or ``organization`` is the voice, by its
        class; ``concept`` is the statement in words; ``agreement`` is 1 or 0; ``text`` is empty.
        Names that several voices share, and words that several statements share, get the id in
        brackets, so that DNA's way of counting does not take them for one.
    """
    tables = selection.tables
    kept = [row for row in tables["claims"] if row["stance"] in _AGREEMENT]
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for number, row in enumerate(_rows(tables, kept), 1):
        writer.writerow([{"statement ID": number, **row}.get(name, "") for name in _COLUMNS])
    losses = tuple(loss for loss in _losses(tables, kept) if loss.items)
    return Exported({FORMAT.file: [out.getvalue().encode("utf-8")]}, losses)


def _rows(tables: Tables, kept: list[Row]) -> Iterator[Row]:
    """Yield the rows of the file, by time, document and claim."""
    statements = {row["id"]: row for row in tables["statements"]}
    things = {row["id"]: row for row in tables["things"]}
    sources = {row["id"]: row for row in tables["sources"]}
    numbers = {source: number for number, source in enumerate(sources, 1)}
    passages = {row["id"]: row for row in tables["passages"]}
    cited = by(tables["claim_passages"], "claim")
    authors = by(tables["source_authors"], "source")
    concepts = _distinct(_words(tables, kept))
    speakers = {row["id"]: {"label": row["title"], "class": "Source"} for row in tables["sources"]}
    speakers |= things
    voices = _distinct({row["voice"]: speakers[row["voice"]]["label"] for row in kept})
    found = []
    for claim in kept:
        source = sources[claim["source"]]
        is_person = speakers[claim["voice"]]["class"] == "Person"
        places = [passages[row["passage"]] for row in cited.get(claim["id"], ())]
        writers = [things[row["author"]]["label"] for row in authors.get(claim["source"], ())]
        found.append({
            "time": f"{day} 00:00:00" if (day := _day(source)) else "",
            "document ID": numbers[claim["source"]],
            "document title": source["title"],
            "author": ", ".join(writers),
            "source": source.get("publisher", ""),
            "person" if is_person else "organization": voices[claim["voice"]],
            "concept": concepts[claim["statement"]],
            "agreement": _AGREEMENT[claim["stance"]],
            "claim": claim["id"],
            "statement": claim["statement"],
            "status": statements[claim["statement"]]["status"],
            "stance": claim["stance"],
            "certainty": claim.get("certainty", ""),
            "sentences": ", ".join(
                row["sentence"] for row in sorted(places, key=lambda row: row["start"])
            ),
        })  # fmt: skip
    yield from sorted(found, key=lambda row: (row["time"], row["document ID"], row["claim"]))


def _words(tables: Tables, kept: list[Row]) -> dict[str, str]:
    """Return the statements of some claims in words, by their ids."""
    wanted = {row["statement"] for row in kept}
    things = {row["id"]: row["label"] for row in tables["things"]}
    kinds = {row["id"]: row["label"] for row in tables["kinds"]}
    predicates = {row["id"]: row["label"] for row in tables["predicates"]}
    found = {}
    for row in tables["statements"]:
        if row["id"] in wanted:
            subject = things.get(row.get("subject", ""), "(not known who or what)")
            said = f"{subject} {predicates[row['predicate']]}"
            found[row["id"]] = f"{said} {_object(row, things, kinds)}"
    return found


def _object(row: Row, things: Mapping[str, str], kinds: Mapping[str, str]) -> str:
    if "object" in row:
        return things[row["object"]]
    match row["value_type"]:
        case "unknown":
            return "(not known)"
        case "boolean":
            return "(yes)" if row["value"] == "true" else "(no)"
        case "kind":
            return kinds.get(row["value"], row["value"])
    return str(row["value"])


def _distinct(names: Mapping[str, str]) -> dict[str, str]:
    """Return names by id, with the id behind those that are not the only ones."""
    count = Counter(names.values())
    return {key: name if count[name] == 1 else f"{name} [{key}]" for key, name in names.items()}


def _day(source: Row) -> str:
    """Return the first day on which a document may have appeared."""
    return str(source.get("earliest_begin") or source.get("latest_begin") or "")


def _losses(tables: Tables, kept: list[Row]) -> Iterator[Loss]:
    """Yield what the list leaves out, or has coarser, with exact numbers."""
    claims = {row["id"]: row["statement"] for row in kept}
    statements = set(claims.values())
    sources = {row["source"] for row in kept}
    neither = len(tables["claims"]) - len(kept)
    yield Loss(neither, "claims that neither affirm nor deny", "left out")
    silent = len(tables["statements"]) - len(statements)
    yield Loss(silent, "statements that no voice affirms or denies", "left out")
    rivals = {
        frozenset((row["claim"], row["disputed"]))
        for row in tables["disputes"]
        if claims.get(row["claim"], "") != claims.get(row["disputed"], "")
        and {row["claim"], row["disputed"]} <= claims.keys()
    }
    yield Loss(len(rivals), "disputes between rival answers", "rows of two concepts, both affirmed")
    vague = sum(
        row["id"] in sources and row.get("earliest_begin") != row.get("latest_begin")
        for row in tables["sources"]
    )
    yield Loss(vague, "documents whose day is not known", "the first day that is possible")
    voices = {row["voice"] for row in kept}
    others = sum(row["id"] not in voices for row in tables["things"])
    yield Loss(others, "things that affirm and deny nothing", "names of some, in the concepts")
