"""FollowTheMoney entities, one JSON object a line, for OpenAleph and the command ``ftm``.

A link between two entities is read as a fact there, and counted as one. So only what is accepted
becomes a link; every other statement is a note on its ends whose text begins with its status. The
file ``ftm.toml`` says which class and which predicate becomes which schema.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from ..model.things import TAKE_PLACE
from ..read.period_words import prefix, span
from ..read.record_views import statement_view
from .format import LOST_OF_THE_PAST, Exported, Format, Loss
from .ftm_records import Maker, dates, editors, mentions, sources, things

if TYPE_CHECKING:
    from collections.abc import Iterator

    from followthemoney.proxy import EntityProxy

    from ..read.record_views import StatementView
    from ..read.wording import Record
    from .selection import Selection

FORMAT = Format(
    name="ftm",
    title="FollowTheMoney entities for OpenAleph and the command ftm",
    holds="graph",
    file="entities.ftm.json",
    loses={
        **LOST_OF_THE_PAST,
        "bounds": "a date that is never sharper, or none; the EDTF stands in the text",
        "sign": "left out; the role of a link says in words what it is",
        "claims": "a line of text each, with voice, stance, certainty and citations",
        "languages": "left out; names in FollowTheMoney have no language",
        "values": "notes on what they are said of, in words",
        "passages": "the numbers of those that are cited",
        "worlds": "left out; the text of each statement says who asserts it",
    },
    needs=("followthemoney", "ftm"),
)

_BOUNDS = ("earliest_begin", "latest_begin", "earliest_end", "latest_end")


def write(selection: Selection) -> Exported:
    """Return the whole graph as FollowTheMoney entities.

    Args:
        selection: the graph.

    Returns:
        One file: sources, things, statements, what the editors wrote, and where things are
        mentioned, each sorted by id.

    Raises:
        UsageError: an id is too long for FollowTheMoney, or two become the same.
    """
    maker = Maker(selection.records)
    entities = [
        *sources(maker),
        *things(maker, _happened(maker)),
        *(_statement(maker, row) for row in selection.tables["statements"]),
        *editors(maker),
        *mentions(maker),
    ]
    _refuse_repeated(entities)
    lines = [json.dumps(one.to_dict(), ensure_ascii=False) + "\n" for one in entities]
    return Exported({FORMAT.file: [line.encode() for line in lines]}, tuple(_losses(maker)))


def _refuse_repeated(entities: list[EntityProxy]) -> None:
    from ..errors import UsageError

    for key, times in Counter(one.id for one in entities).items():
        if times > 1:
            raise UsageError(f'ftm: {times} ids become "{key}", since dots are written as "--"')


def _happened(maker: Maker) -> dict[str, Record]:
    """Return the one accepted statement, if it is one, that an event took place or was agreed."""
    found: dict[str, list[Record]] = {}
    for row in maker.tables["statements"]:
        took_place = row["predicate"] in TAKE_PLACE and row.get("value") == "true"
        if took_place and row["status"] == "accepted" and row.get("subject"):
            found.setdefault(row["subject"], []).append(row)
    return {key: rows[0] for key, rows in found.items() if len(rows) == 1}


def _is_link(row: Record) -> bool:
    """Return whether a statement is written as a link: an accepted tie with two known ends."""
    return row["status"] == "accepted" and bool(row.get("subject")) and bool(row.get("object"))


def _statement(maker: Maker, row: Record) -> EntityProxy:
    words, status = maker.words, row["status"]
    view = statement_view(maker.records, row)
    passages = [one.id for claim in view.claims for one in claim.passages]
    text = "\n".join(_text(view, row["iri"]))
    sentence = view.ref.label
    if _is_link(row):
        return _link(maker, row, sentence, text, maker.proof(passages))
    title = sentence if status == "accepted" else view.ref.text
    predicate = words.predicates[row["predicate"]]
    keywords = [status, predicate["label"], words.label(predicate["family"])]
    about = row.get("subject"), row.get("object")
    return maker.note(
        row["id"], about, title, summary=text, keywords=keywords, **maker.proof(passages)
    )  # fmt: skip


def _link(
    maker: Maker, row: Record, sentence: str, text: str, proof: dict[str, list[str]]
) -> EntityProxy:
    schema, subject, object_ = _tie(maker, row)
    role = maker.words.label(row["predicate"])
    properties = {
        subject: maker.id(row["subject"]),
        object_: maker.id(row["object"]),
        **dates(row),
        "relationship" if schema == "Associate" else "role": role,
        "summary": sentence,
        "description": text,
        "recordId": row["iri"],
        **proof,
    }
    if schema != "Associate":
        properties["status"] = row["status"]
    return maker.make(schema, row["id"], **properties)


def _tie(maker: Maker, row: Record) -> tuple[str, str, str]:
    """Return the schema of a tie, and its properties for the subject and the object."""
    tie = maker.mapping["ties"].get(row["predicate"])
    ends = {end: maker.model[maker.schema_of(maker.things[row[end]])]
            for end in ("subject", "object")}  # fmt: skip
    if tie and row["subject"] != row["object"]:
        ranges = (maker.model[tie["schema"]].properties[tie[end]].range for end in ends)
        fits = zip(ends.values(), ranges, strict=True)
        if all(wanted is not None and schema.is_a(wanted) for schema, wanted in fits):
            return tie["schema"], tie["subject"], tie["object"]
    return "UnknownLink", "subject", "object"


def _text(view: StatementView, iri: str) -> Iterator[str]:
    """Yield the lines that say how a statement is meant and who says what about it."""
    yield f"Status: {view.ref.status}"
    if view.when:
        yield f"Time: {view.when}"
    yield from (f"{fact.word}: {fact.text}" for fact in view.details)
    for one in view.claims:
        cited = ", ".join(passage.label for passage in one.passages)
        note = f" {one.note}" if one.note else ""
        yield f"{one.voice.label}: {one.said} (certainty: {one.certainty}) [{cited}].{note}"
    yield f"IRI: {iri}"


def _losses(maker: Maker) -> Iterator[Loss]:
    """Yield what these entities do not hold, beside what the format never holds."""
    rows = maker.tables["statements"]
    found = Counter(one for row in rows if _is_link(row) for one in _dated(row))
    other = [row for row in rows if not _is_link(row)]
    found["ties"] = sum(bool(row.get("object")) for row in other)
    found["notes"] = sum(any(row.get(name) for name in _BOUNDS) for row in other)
    found["disputes"] = len(maker.tables["disputes"])
    found["case"] = len(maker.tables["cases"])
    for key, what, instead in (
        ("ties", "ties that are not accepted or have an untold end",
         "notes on the ends, which begin with the status; they are no links"),
        ("coarser", "begins and ends of links that are known more exactly than the date says",
         "the month or year that holds them; the text has the words and the EDTF"),
        ("undated", "begins and ends of links that are known from one side or across years",
         "no date; the text has the words and the EDTF"),
        ("notes", "dates of statements that are notes", "in words and as EDTF in the text"),
        ("identifiers", "identifiers in other lists than Wikidata and ISO 3166-1", "lines of text"),
        ("disputes", "pairs of claims that dispute each other", "left out; the stances show them"),
        ("case", "title, description and licence of the case",
         "left out; give them to the dataset in OpenAleph"),
        ("texts", "texts with signs that FollowTheMoney does not keep", "its form of them"),
    ):  # fmt: skip
        items = found[key] or maker.counts[key]
        if items:
            yield Loss(items, what, instead)


def _dated(row: Record) -> Iterator[str]:
    """Yield for each end of a period that is known whether its date is ``coarser`` or missing."""
    for side in ("begin", "end"):
        bounds = row.get(f"earliest_{side}"), row.get(f"latest_{side}")
        written = prefix(*bounds)
        if any(bounds) and bounds != span(written):
            yield "coarser" if written else "undated"
