"""The records of a graph as FollowTheMoney entities: sources, things, and what editors wrote."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import UsageError
from ..model.terms import spaced
from ..read.period_words import prefix
from ..read.wording import coordinates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from followthemoney.proxy import EntityProxy

    from ..read.record_index import RecordIndex
    from ..read.wording import Record

_MAPPING = Path(__file__).with_name("ftm.toml")
_LONGEST_ID = 200
_WIKIDATA = re.compile(r"(?:wikidata:|https?://www\.wikidata\.org/(?:entity|wiki)/)(Q[0-9]+)")
_COUNTRY = "iso3166-1-alpha2:"
NAMELESS = ("unnamed", "withheld", "hypothetical")
"""Identities of things that must never be taken for somebody of the same description."""


def identifier(case: str, key: str) -> str:
    """Return the id of an entity: that of the record with the case before it, no dots, no slashes.

    OpenAleph takes what follows the last dot of an id for a signature, and cuts it off; an id with
    a slash, as hearsay has it, is none to FollowTheMoney.

    Args:
        case: the id of the case.
        key: the id of the record.

    Raises:
        UsageError: the id is longer than FollowTheMoney allows.
    """
    made = f"{case}-{key}".replace(".", "--").replace("/", "--")
    if len(made) > _LONGEST_ID:
        raise UsageError(f'ftm: the id "{key}" is too long; {_LONGEST_ID} characters are allowed')
    return made


class Maker:
    """Makes entities of one graph, and counts what they hold otherwise than it was given.

    Args:
        records: those of the case.

    Attributes:
        words: the words for the records.
        mapping: the tables of ``ftm.toml``.
        things: rows of things by id.
        counts: how many texts the library changed, as ``texts``, and how many identifiers stand
            only in a text, as ``identifiers``.
    """

    def __init__(self, records: RecordIndex) -> None:
        from followthemoney import model

        self.model = model
        self.records = records
        self.case = records.graph.case
        self.tables = tables = records.tables
        self.words = records.verbalizer
        self.mapping: dict[str, dict[str, Any]] = tomllib.loads(_MAPPING.read_text("utf-8"))
        self.things = {row["id"]: row for row in tables["things"]}
        self.sources = {row["id"]: row for row in tables["sources"]}
        self.counts: Counter[str] = Counter()

    def id(self, key: str) -> str:
        """Return the id of the entity for a record."""
        return identifier(self.case, key)

    def ids(self, keys: Iterable[str | None]) -> list[str]:
        """Return the ids of the entities for those of some records that are things."""
        return [self.id(key) for key in dict.fromkeys(keys) if key in self.things and key]

    def make(self, schema: str, key: str, **properties: str | Iterable[str] | None) -> EntityProxy:
        """Return an entity; properties without a value are left out."""
        entity = self.model.make_entity(schema)
        entity.id = self.id(key)
        for name, values in properties.items():
            for value in [values] if isinstance(values, str) else values or ():
                before = len(entity.get(name))
                entity.add(name, value)
                known = entity.get(name)
                same = value in known or name in ("country", "language")
                if value and not (same and len(known) - before <= 1):
                    self.counts["texts"] += 1
        return entity

    def note(
        self, key: str, about: Iterable[str | None], title: str, **more: str | Iterable[str] | None
    ) -> EntityProxy:
        """Return a note on some things; what OpenAleph shows of it first is its title."""
        ends = self.ids(about)
        return self.make("Note", key, entity=ends, name=title, description=title, **more)

    def schema_of(self, thing: Record) -> str:
        """Return the schema of a thing."""
        known: str | None = self.mapping["things"].get(thing.get("class", ""))
        return known or "Note"

    def proof(self, passages: Iterable[str]) -> dict[str, list[str]]:
        """Return the properties that say in which sources passages stand."""
        keys = {self.words.passages[one]["source"] for one in passages}
        rows = [self.sources[key] for key in sorted(keys) if key in self.sources]
        return {
            "proof": [self.id(row["id"]) for row in rows],
            "publisher": [row["publisher"] for row in rows if row.get("publisher")],
            "sourceUrl": [row["url"] for row in rows if row.get("url")],
        }


def sources(maker: Maker) -> Iterator[EntityProxy]:
    """Yield the sources as articles."""
    authors = maker.words.several("source_authors")
    for row in maker.tables["sources"]:
        bounds = row.get("earliest_begin"), row.get("latest_end")
        facts = (("Date", "date"), ("How the date is known", "date_basis"),
                 ("Characters", "characters"), ("SHA-256 of the text", "sha256"))  # fmt: skip
        yield maker.make(
            "Article",
            row["id"],
            title=row.get("title"),
            author=[maker.words.label(one) for one in authors.get(row["id"], ())],
            publisher=row.get("publisher"),
            publishedAt=prefix(*bounds) or None,
            language=row.get("language"),
            sourceUrl=row.get("url"),
            notes=[f"{word}: {row[name]}" for word, name in facts if row.get(name)],
        )


def things(maker: Maker, happened: dict[str, Record]) -> Iterator[EntityProxy]:
    """Yield the things.

    Args:
        maker: makes the entities.
        happened: the statements that say when and where events and agreements took place.
    """
    tables = maker.tables
    lists = {name: maker.words.several(name)
             for name in ("names", "thing_kinds", "identifiers", "matches", "question_things",
                          "mechanism_steps", "mechanism_instances", "clause_topics")}  # fmt: skip
    called = Counter(
        str(row.get("label", row.get("name"))).casefold()
        for row in (*tables["things"], *tables["names"])
    )
    for row in tables["things"]:
        key = row["id"]
        own = {name: values.get(key, []) for name, values in lists.items()}
        answers = maker.records.rows("answers", "question", key)
        own["answers"] = [row["statement"] for row in answers]
        properties = _names(
            row, own["names"], called, maker.case, maker.words.standing.get(key, "")
        )
        properties |= _identifiers(maker, [*own["identifiers"], *own["matches"]])
        properties["keywords"] = [
            spaced(row.get("class", "")).strip(),
            *([row["identity"]] if row.get("identity") else []),
            *(maker.words.label(kind) for kind in own["thing_kinds"]),
        ]
        properties["summary"] = row.get("note")
        if row.get("identity") in NAMELESS:
            properties["notes"] += [f"Also called: {name}" for name in own["names"]]
        properties["notes"] += _remarks(maker, row, own)
        schema = maker.schema_of(row)
        if schema == "Note":
            attached = (row.get("agreement"), *own["question_things"], *own["mechanism_instances"])
            properties |= {"entity": maker.ids(attached), "description": properties["name"]}
        if schema == "Address":
            properties["full"] = row.get("label")
            properties |= {
                name: str(row[name]) for name in ("latitude", "longitude") if name in row
            }
        if schema == "Event" and key in happened:
            properties |= dates(happened[key])
            place = happened[key].get("place")
            properties["location"] = maker.words.label(place) if place else None
        entity = maker.make(schema, key, **properties)
        if not entity.get("name"):
            entity.add("name", key)
        yield entity


def _names(
    row: Record, aliases: list[str], called: Counter[str], case: str, standing: str
) -> dict[str, Any]:
    """Return the names of a thing, so that no program takes it for another or for a fact.

    Aliases are compared with those in other data. So it is a weak one, which is only searched, if
    it is a common noun, a single name of a person, a name of several things, or of a group. Those
    of what is not named at all are left to the remarks, because weak aliases are compared as well.
    """
    label, identity = row.get("label", row["id"]), row.get("identity", "named")
    mark = f"[{standing.upper()}] " if standing else ""
    tag = f" [{identity}, {case}/{row['id']}]" if identity in NAMELESS else ""
    names: dict[str, Any] = {"name": f"{mark}{label}{tag}", "alias": [], "weakAlias": []}
    for alias in aliases if not tag else ():
        common = called[alias.casefold()] > 1 or alias == alias.lower() != alias.upper()
        part = row.get("class") == "Person" and " " not in alias.strip()
        weak = common or part or identity != "named"
        names["weakAlias" if weak else "alias"].append(alias)
    return names


def _identifiers(maker: Maker, given: list[str]) -> dict[str, Any]:
    """Return the identifiers for which there is a property, and the others as notes."""
    found: dict[str, Any] = {"wikidataId": [], "country": [], "notes": []}
    for one in given:
        wikidata = _WIKIDATA.fullmatch(one)
        if wikidata:
            found["wikidataId"].append(wikidata[1])
        elif one.startswith(_COUNTRY):
            found["country"].append(one.removeprefix(_COUNTRY))
        else:
            found["notes"].append(f"Identifier: {one}")
            maker.counts["identifiers"] += 1
    return found


def _remarks(maker: Maker, row: Record, own: dict[str, list[str]]) -> Iterator[str]:
    """Yield what else is known of a thing, a line each."""
    yield f"IRI: {row['iri']}"
    if where := coordinates(row):
        cited = maker.records.listed("coordinates_passages", row["id"])
        told = [row.get("gazetteer"), row.get("gazetteer_url"), *map(maker.words.cite, cited)]
        yield f"Coordinates: {'; '.join([where, *filter(None, told)])}"
    for word, name in (("Talks process", "process"), ("Replaces", "replaces"),
                       ("Part of", "agreement")):  # fmt: skip
        if row.get(name):
            yield f"{word}: {maker.records.ref(row[name]).text}"
    yield from (f"Topic: {maker.words.label(topic)}" for topic in own["clause_topics"])
    for word, name in (
        ("That is", "other"),
        ("Text", "text"),
        ("Pattern", "pattern"),
        ("Scope", "scope"),
    ):
        if row.get(name):
            yield f"{word}: {row[name]}"
    if "exclusive" in row:
        yield "At most one answer is right" if row["exclusive"] else "Several answers may be right"
    yield from (f"Step {step}" for step in own["mechanism_steps"])
    for word, name in (("About", "question_things"), ("Answer", "answers"),
                       ("Instance", "mechanism_instances")):  # fmt: skip
        yield from (f"{word}: {maker.records.ref(one).text}" for one in own[name])


def dates(row: Record) -> dict[str, str]:
    """Return the dates of a statement as FollowTheMoney has them: years, months or days.

    Args:
        row: a statement with its four bounds.

    Returns:
        ``date`` for what begins and ends within the same days, else ``startDate`` and ``endDate``.
        Each is the longest that its two bounds share, so that nothing is made sharper.
    """
    begin = prefix(row.get("earliest_begin"), row.get("latest_begin"))
    end = prefix(row.get("earliest_end"), row.get("latest_end"))
    pairs = [(row.get(f"earliest_{side}"), row.get(f"latest_{side}")) for side in ("begin", "end")]
    found = {"date": begin} if pairs[0] == pairs[1] else {"startDate": begin, "endDate": end}
    return {name: value for name, value in found.items() if value}


def mentions(maker: Maker) -> Iterator[EntityProxy]:
    """Yield one entity for each thing and source that mentions it, with the sentences."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in maker.tables["mentions"]:
        source = maker.words.passages[row["passage"]]["source"]
        if row["thing"] in maker.things:
            found.setdefault((row["thing"], source), []).append(row["passage"])
    for (thing, source), passages in sorted(found.items()):
        cited = (maker.words.cite(one) for one in maker.words.in_order(passages))
        yield maker.make(
            "Documentation",
            f"{thing}.mentioned.{source}",
            document=maker.id(source),
            entity=maker.id(thing),
            role="mentioned",
            summary="Mentioned in " + ", ".join(cited),
        )


def editors(maker: Maker) -> Iterator[EntityProxy]:
    """Yield what the editors wrote beside verdicts, as notes on what it is about."""
    words, tables = maker.words, maker.tables
    cited = {name: words.several(f"{name}_passages")
             for name in ("judgement", "name_resolution", "note")}  # fmt: skip
    for row in tables["judgements"]:
        pair = row["left"], row.get("right") or row.get("outside")
        judged = "Judged, and withdrawn," if row.get("withdrawn") else "Judged"
        title = f"{judged} {words.label(row['judgement'])}: " + " and ".join(map(words.label, pair))
        yield _remark(
            maker, row, [row["left"], row.get("right")], title, row["reason"], cited["judgement"]
        )
    resolved = words.several("resolved_names")
    for row in tables["name_resolutions"]:
        names = "; ".join(resolved.get(row["id"], ()))
        title = f"These names mean {words.label(row['thing'])}: {names}"
        yield _remark(maker, row, [row["thing"]], title, row["reason"], cited["name_resolution"])
    subjects = words.several("note_subjects")
    for row in tables["notes"]:
        about = subjects.get(row["id"], [])
        ends = [end for key in about for end in _ends(words.statements.get(key), key)]
        title = "Note of the editors on " + "; ".join(maker.records.ref(one).text for one in about)
        yield _remark(maker, row, ends, title, row["text"], cited["note"])


def _ends(statement: Record | None, key: str) -> list[str | None]:
    return [statement.get("subject"), statement.get("object")] if statement else [key]


def _remark(
    maker: Maker,
    row: Record,
    about: Iterable[str | None],
    title: str,
    text: str,
    cited: Mapping[str, list[str]],
) -> EntityProxy:
    passages = maker.words.in_order(cited.get(row["id"], ()))
    sure = f" (certainty: {maker.words.label(row['certainty'])})" if "certainty" in row else ""
    where = f" [{', '.join(map(maker.words.cite, passages))}]" if passages else ""
    more = maker.proof(passages)
    return maker.note(row["id"], about, title, summary=f"{text}{sure}{where}", **more)
