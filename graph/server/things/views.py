"""What the page of a record shows, as plain values; the templates only set it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from ...export.markdown_text import address
from ...model import AFFIRMING
from ...model.terms import RDFS, SKOS, case_namespace, text
from ...network import palette
from ...read.schema import SPECS
from ...read.wording import period
from .shelf import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...read.schema import Column
    from ...read.wording import Evidence, Record
    from .shelf import Shelf

_UNDER = {"label", "title", "status", "class"}
"""Columns that a page shows elsewhere."""

_ELSEWHERE = {"names", "thing_classes", "claim_passages", "disputes", "source_authors"}
_SIDES = ("For", "Against", "Neither for nor against")
_EXISTENCE = ("occurred", "concluded", "observed", "containsClause")


class Value(NamedTuple):
    """One value of a fact: a text with its language, perhaps with an address of the web."""

    text: str
    language: str = ""
    url: str = ""


class Fact(NamedTuple):
    """A named fact with one or several values, each a text or a link to a record."""

    word: str
    values: list[Ref | Value]


class Voiced(NamedTuple):
    """A claim: who speaks, how, how sure, where.

    Attributes:
        claim: link to the claim itself.
        voice: who speaks.
        said: the stance in words.
        certainty: in words.
        passages: the sentences that it cites.
        note: the coder's remark, or empty.
        side: whether it is for the statement, against it, or neither.
        source: the source in which it stands.
    """

    claim: Ref
    voice: Ref
    said: str
    certainty: str
    passages: list[Ref]
    note: str
    side: str
    source: Ref


class Rival(NamedTuple):
    """A statement that disputes another by a claim, with that claim."""

    statement: Ref
    claim: Voiced


class Said(NamedTuple):
    """A statement as a page shows it.

    Attributes:
        id: its id.
        status: the style of its status, with the word for it.
        subject: link to its subject.
        predicate: the words between the ends, and ``meaning`` their definition.
        meaning: see there.
        object: link to its object, if that is a thing.
        value: its value in words, if it has one.
        when: its time in words, and ``wording`` that of the source.
        wording: see there.
        shaken: things that it speaks of and that are not accepted themselves.
        details: what else qualifies it.
        claims: the claims on it, by side.
        rivals: statements whose claims dispute those on it.
    """

    id: str
    status: palette.StatusStyle
    subject: Ref
    predicate: str
    meaning: str
    object: Ref | None
    value: str
    when: str
    wording: str
    shaken: list[Ref]
    details: list[Fact]
    claims: list[Voiced]
    rivals: list[Rival]


def said(shelf: Shelf, row: Record) -> Said:
    """Return a statement with its claims and with what speaks against it.

    Args:
        shelf: the records of the case.
        row: the record of the statement.

    Raises:
        UsageError: its status is unknown; nothing is shown as accepted by default.
    """
    telling = shelf.telling
    predicate = telling.predicates.get(row["predicate"], {})
    thing = row.get("object")
    evidence = telling.evidence(row["id"])
    ends = dict.fromkeys(end for end in (row.get("subject"), thing) if end)
    shaken = [shelf.ref(end) for end in ends if end in telling.standing]
    return Said(
        id=str(row["id"]),
        status=palette.status_style(row["status"]),
        subject=shelf.ref(row.get("subject")),
        predicate=telling.label(row["predicate"]),
        meaning=str(predicate.get("definition", "")),
        object=shelf.ref(thing) if thing else None,
        value="" if thing else telling.said(row),
        when=period(row),
        wording=str(row.get("when_text", "")),
        shaken=[] if row["predicate"] in _EXISTENCE else shaken,
        details=list(_details(shelf, row)),
        claims=sorted((voiced(shelf, one) for one in evidence), key=lambda one: _rank(one.side)),
        rivals=list(_rivals(shelf, evidence, str(row["id"]))),
    )


def voiced(shelf: Shelf, one: Evidence) -> Voiced:
    """Return a claim as a page shows it.

    Args:
        shelf: the records of the case.
        one: the claim with its passages.
    """
    affirms, denies = one.stance in AFFIRMING, one.stance == "denies"
    sure = "certainty not stated" if one.certainty == "unspecified" else one.certainty
    return Voiced(
        claim=Ref(one.claim, "claim"),
        voice=shelf.ref(one.voice),
        said=one.said,
        certainty=sure,
        passages=[shelf.ref(key) for key in one.passages],
        note=one.note,
        side=_SIDES[0] if affirms else _SIDES[1] if denies else _SIDES[2],
        source=shelf.ref(shelf[one.claim].row.get("source")),
    )


def _rank(side: str) -> int:
    return _SIDES.index(side)


def _details(shelf: Shelf, row: Record) -> Iterator[Fact]:
    telling = shelf.telling
    coded = telling.coded(row)
    if coded:
        yield Fact("As coded (EDTF)", [Value(coded)])
    for field, values in telling.qualifiers(row):
        if field.form.refers:
            yield Fact(field.word, [shelf.ref(value) for value in values])
        elif field.name != "when_text":
            yield Fact(field.word, [Value(telling.word_of(field, value)) for value in values])
    verdict = telling.verdict(row)
    if verdict:
        yield Fact("Verdict", [Value(verdict)])


def _rivals(shelf: Shelf, evidence: list[Evidence], key: str) -> Iterator[Rival]:
    mine = {one.claim for one in evidence}
    others: set[str] = set()
    for pair in shelf.tables["disputes"]:
        if mine & {pair["claim"], pair["disputed"]}:
            others |= {pair["claim"], pair["disputed"]} - mine
    for claim in sorted(others):
        statement = shelf[claim].row["statement"]
        for one in shelf.telling.evidence(statement):
            if one.claim == claim and statement != key:
                yield Rival(shelf.ref(statement), voiced(shelf, one))


def names(shelf: Shelf, key: str) -> list[Value]:
    """Return the labels of a record in all languages, and then its further names.

    Args:
        shelf: the records of the case.
        key: id of the record.
    """
    store, node = shelf.graph.store, ox.NamedNode(case_namespace(shelf.graph.case) + key)
    found: dict[Value, None] = {}
    for term in (RDFS + "label", SKOS + "prefLabel", SKOS + "altLabel"):
        quads = store.quads_for_pattern(node, ox.NamedNode(term), None, ox.DefaultGraph())
        values = {Value(text(q.object), getattr(q.object, "language", None) or "") for q in quads}
        found |= dict.fromkeys(sorted(values, key=lambda one: (one.language, one.text)))
    return list(found)


def facts(shelf: Shelf, key: str) -> list[Fact]:
    """Return what the columns and lists of a record's table say of it.

    Args:
        shelf: the records of the case.
        key: id of the record.
    """
    table, row = shelf[key]
    spec = SPECS[table]
    found = [
        Fact(_word(column.name), [_value(shelf, column, row[column.name])])
        for column in spec.columns
        if column.name in row and column.name not in _UNDER
    ]
    for one in spec.lists:
        if one.table in _ELSEWHERE:
            continue
        values = [
            _value(shelf, one.value, each[one.value.name])
            for each in shelf.tables[one.table]
            if each[one.owner] == key
        ]
        if values:
            word = "Mentioned in" if one.table == "mentions" else _word(one.value.name)
            found.append(Fact(word, values))
    if table == "sources":
        authors = shelf.telling.several("source_authors").get(key, [])
        found.append(Fact("Author", [shelf.ref(author) for author in authors]))
    return [fact for fact in found if fact.values]


def case_facts(shelf: Shelf) -> list[Fact]:
    """Return what the case says of itself."""
    row = next(iter(shelf.tables["cases"]), {})
    names_of = (("What it is", "description"), ("Licence", "licence"))
    found = [Fact(word, [Value(str(row[name]))]) for word, name in names_of if row.get(name)]
    if row.get("editor"):
        found.append(Fact("Editor", [shelf.ref(str(row["editor"]))]))
    return found


def _value(shelf: Shelf, column: Column, value: object) -> Ref | Value:
    told = str(value)
    if column.type == "id" and told in shelf and column.table not in ("kinds", "predicates"):
        return shelf.ref(told)
    if column.type == "id":
        return Value(shelf.telling.label(told))
    if column.name == "exclusive":
        return Value("one at most is right" if value else "several may be right")
    if column.type == "boolean":
        return Value("yes" if value else "no")
    return Value(told, "", address(told))


def _word(name: str) -> str:
    return {"exclusive": "Answers", "thing": "About", "sha256": "SHA-256", "url": "Address",
            "identifier": "In other lists", "match": "Matches", "passage": "Sentences"}.get(
        name, name.replace("_", " ").capitalize())  # fmt: skip
