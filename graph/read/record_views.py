"""What pages and dossiers show of records, as plain values: whoever writes them only sets it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..errors import UsageError, suggestion
from ..errors.shown import address
from ..model import AFFIRMING, Form, Source, Stance, Statement, Status, specs
from ..model.patterns import OBJECT, SUBJECT, denied, parts
from ..model.terms import RDFS, SKOS
from .date_words import date_in_words
from .disagreeing import disagreement_told
from .evidence import how
from .notices import notices
from .period_words import period
from .schema import SPECS
from .sizes import sizes_of
from .wording import EXISTENCE, coordinates, end_of, is_false

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .record_index import RecordIndex, Ref
    from .schema import Column
    from .wording import Record

SIDES = ("For", "Against", "Neither for nor against")
IDENTITIES = {
    "unnamed": ("Not named in the sources.",
                "It must not be taken for anybody of the same description."),
    "withheld": ("The name is withheld", "on purpose. Nothing here should be used to find it out."),
    "collective": ("", "A group of people or bodies that the sources treat as one."),
    "hypothetical": ("Hypothetical:",
                     "the sources speak of it without saying that it exists."),
}  # fmt: skip
"""What is said of things that are not simply named: what stands out of it, and the rest."""

_UNDER = {"label", "title", "status", "class", "order_key",
          "latitude", "longitude", "uncertainty_m", "gazetteer", "gazetteer_url"}  # fmt: skip
"""Columns that are shown elsewhere."""

_DATES = {
    field.name
    for record in (Source, Statement)
    for field in specs(record)
    if field.form in (Form.DAY, Form.EDTF)
}
"""Columns that are shown in words."""

_ELSEWHERE = {"names", "thing_classes", "claim_passages", "disputes", "source_authors",
              "coordinates_passages"}  # fmt: skip
_WORDS = {"exclusive": "Answers", "thing": "About", "sha256": "SHA-256", "url": "Address",
          "identifier": "In other lists", "match": "Matches", "passage": "Sentences"}  # fmt: skip


class Value(NamedTuple):
    """One value of a fact: a text with its language, perhaps with an address of the web."""

    text: str
    language: str = ""
    url: str = ""


class Fact(NamedTuple):
    """A named fact with one or several values, each a text or a link to a record.

    Attributes:
        name: of the field or column.
        word: the same for readers.
        values: its values.
    """

    name: str
    word: str
    values: list[Ref | Value]

    @property
    def text(self) -> str:
        """All values in one text."""
        return "; ".join(one.text for one in self.values)


class ClaimView(NamedTuple):
    """A claim: who speaks, about what, how, how sure, where.

    Attributes:
        id: its id.
        statement: what it is about.
        voice: who speaks.
        said: the stance in words.
        certainty: in words, as the data have it.
        mode: as what it is said, in words.
        speakers: who of a group speaks, in words, or empty.
        made: whether the reader made it, and nobody wrote it.
        passages: the sentences that it cites, in order.
        note: the coder's remark, or empty.
        grounds: the statements that it is inferred from.
        side: whether it is for the statement, against it, or neither; one of ``SIDES``.
    """

    id: str
    statement: Ref
    voice: Ref
    said: str
    certainty: str
    mode: str
    speakers: str
    made: bool
    passages: list[Ref]
    note: str
    grounds: list[Ref]
    side: str

    @property
    def sure(self) -> str:
        """How sure the voice is, as what it says it, and who of a group speaks, for readers."""
        told = "certainty not stated" if self.certainty == "unspecified" else self.certainty
        return how(told, self.mode, self.speakers, made=self.made)


class StatementView(NamedTuple):
    """A statement with what qualifies it, who says it, and what speaks against it.

    Attributes:
        ref: its id, what it says as a sentence, and its status.
        parts: the sentence in its parts: links to its ends, its value and words.
        meaning: the definition of its predicate.
        sign: +1 backing or alliance, -1 hostility, 0 neither.
        when: its time in words, and ``wording`` that of the source.
        wording: see there.
        shaken: things that it speaks of and that are not accepted themselves.
        details: what else qualifies it.
        claims: the claims on it, by voice.
        rivals: the claims on other statements that dispute these.
    """

    ref: Ref
    parts: list[Ref | Value | str]
    meaning: str
    sign: int
    when: str
    wording: str
    shaken: list[Ref]
    details: list[Fact]
    claims: list[ClaimView]
    rivals: list[ClaimView]

    @property
    def by_side(self) -> list[ClaimView]:
        """The claims on it, those for it first and those against it next."""
        return sorted(self.claims, key=lambda one: SIDES.index(one.side))

    @property
    def only(self) -> str:
        """What is said of it where nobody says that it is so or not: ``wishes, demands``.

        It stands before the words of the statement, which read like a fact.
        """
        if any(one.side != SIDES[2] for one in self.claims):
            return ""
        stances = dict.fromkeys(one.said for one in self.claims)
        return ", ".join(one for one in stances if one != Stance.REPORTS) or ", ".join(stances)


def statement_view(records: RecordIndex, row: Record, seen_from: str = "") -> StatementView:
    """Return a statement with its claims and with what speaks against it.

    Args:
        records: those of the case.
        row: the record of the statement.
        seen_from: id of the thing that is looked at; from there the sentence is told.

    Raises:
        UsageError: its status is unknown; nothing is shown as accepted by default.
    """
    words = records.verbalizer
    predicate = words.predicates.get(row["predicate"], {})
    thing, status = row.get("object"), row["status"]
    if status not in list(Status):
        raise UsageError(f'"{status}" is not a status{suggestion(status, list(Status))}')
    ends = [records.ref(end) for end in dict.fromkeys((row.get("subject"), thing)) if end]
    claims = _claim_views(
        records, (one["id"] for one in records.rows("claims", "statement", row["id"]))
    )
    return StatementView(
        ref=records.ref(row["id"])._replace(label=words.sentence(row, seen_from)),
        parts=list(_parts(records, row, seen_from)),
        meaning=str(predicate.get("definition", "")),
        sign=predicate.get("sign", 0),
        when=period(row),
        wording=str(row.get("when_text", "")),
        shaken=[one for one in ends if one.status and row["predicate"] not in EXISTENCE],
        details=list(_details(records, row)),
        claims=claims,
        rivals=_rivals(records, claims),
    )


def _parts(records: RecordIndex, row: Record, seen_from: str) -> Iterator[Ref | Value | str]:
    """Yield the parts of the sentence of a statement."""
    words, thing = records.verbalizer, row.get("object")
    value = records.ref(thing) if thing else Value(words.said(row))
    if is_false(row):
        yield denied("").capitalize()
    ends = {SUBJECT: records.ref(row.get("subject")), OBJECT: value}
    for part in parts(words.saying(row).clause(from_object=end_of(row, seen_from))):
        yield ends.get(part, part)


def _claim_views(records: RecordIndex, keys: Iterable[str]) -> list[ClaimView]:
    """Return claims, sorted by voice.

    Args:
        records: those of the case.
        keys: ids of claims.
    """
    found = [claim_view(records, key) for key in keys]
    return sorted(found, key=lambda one: (one.voice.label, one.voice.id, one.id))


def claim_view(records: RecordIndex, key: str) -> ClaimView:
    """Return a claim.

    Args:
        records: those of the case.
        key: its id.
    """
    row, words = records[key].row, records.verbalizer
    affirms, denies = row["stance"] in AFFIRMING, row["stance"] == "denies"
    return ClaimView(
        id=key,
        statement=records.ref(row["statement"]),
        voice=records.ref(row["voice"]),
        said=words.label(row["stance"]),
        certainty=words.label(row["certainty"]),
        mode=words.label(row.get("mode", "")),
        speakers=words.label(row.get("speakers", "")),
        made=bool(row.get("made")),
        passages=[
            records.ref(one) for one in words.in_order(records.listed("claim_passages", key))
        ],
        note=row.get("note", ""),
        grounds=[records.ref(one) for one in records.listed("grounds", key)],
        side=SIDES[0] if affirms else SIDES[1] if denies else SIDES[2],
    )


def _rivals(records: RecordIndex, claims: list[ClaimView]) -> list[ClaimView]:
    """Return the claims on other statements that dispute some claims, by statement and voice."""
    found = {key for one in claims for key in records.listed("disputes", one.id)}
    mine = {one.statement for one in claims}
    rivals = [one for one in _claim_views(records, found) if one.statement not in mine]
    return sorted(rivals, key=lambda one: one.statement.id)


def _details(records: RecordIndex, row: Record) -> Iterator[Fact]:
    words = records.verbalizer
    coded, verdict = words.coded(row), words.verdict(row)
    if coded:
        yield Fact("coded", "As coded (EDTF)", [Value(coded)])
    for field, values in words.qualifiers(row):
        refs = field.form.refers
        told = [records.ref(one) if refs else Value(words.word_of(field, one)) for one in values]
        yield Fact(field.name, field.word, told)
    if verdict:
        yield Fact("verdict", "Verdict", [Value(verdict)])
    if disagreeing := disagreement_told(words, row["id"]):
        yield Fact("figures", "Voices disagree", [Value(disagreeing)])


def names(records: RecordIndex, key: str) -> list[Value]:
    """Return the labels of a record in all languages, and then its further names.

    Args:
        records: those of the case.
        key: id of the record.
    """
    terms = (RDFS + "label", SKOS + "prefLabel", SKOS + "altLabel")
    found = (Value(*one) for term in terms for one in records.graph.texts(key, term))
    return list(dict.fromkeys(found))


def facts(records: RecordIndex, key: str) -> list[Fact]:
    """Return what the columns and lists of a record's table say of it.

    Args:
        records: those of the case.
        key: id of the record.
    """
    table, row = records[key]
    found = [
        (column.name, column, [row[column.name]])
        for column in SPECS[table].columns
        if column.name in row and column.name not in _UNDER
    ]
    found += [
        (
            "mentioned_in" if one.table == "mentions" else one.value.name,
            one.value,
            [each[one.value.name] for each in records.rows(one.table, one.owner, key)],
        )
        for one in SPECS[table].lists
        if one.table not in _ELSEWHERE
    ]
    told = [Fact(name, _word(name), [_value(records, column, value) for value in values])
            for name, column, values in found if values]  # fmt: skip
    if table == "things" and (sizes := sizes_of(records.graph, key)):
        told.append(Fact("sizes", "Size over time", [Value(one.words) for one in sizes]))
    if where := coordinates(row):
        told.append(Fact("coordinates", "Coordinates", [Value(where), *_says_where(records, row)]))
    authors = records.listed("source_authors", key)
    return told + ([Fact("author", "Author", list(map(records.ref, authors)))] if authors else [])


def _says_where(records: RecordIndex, row: Record) -> Iterator[Ref | Value]:
    """Yield who says where a place lies: a gazetteer, sentences, or both."""
    if "gazetteer" in row:
        yield Value(row["gazetteer"], "", address(row.get("gazetteer_url", "")))
    passages = records.listed("coordinates_passages", row["id"])
    yield from map(records.ref, records.verbalizer.in_order(passages))


def case_facts(records: RecordIndex) -> list[Fact]:
    """Return what the case says of itself."""
    row = next(iter(records.tables["cases"]), {})
    names_of = (
        ("What it is", "description"),
        ("Licence", "licence"),
        ("Coders compared", "reliability"),
    )
    found = [Fact(name, told, [Value(str(row[name]))]) for told, name in names_of if row.get(name)]
    if row.get("editor"):
        found.append(Fact("editor", "Editor", [records.ref(str(row["editor"]))]))
    told = notices(records.graph).items()
    return found + [Fact("notice", heading, [Value(text)]) for heading, text in told]


def _value(records: RecordIndex, column: Column, value: object) -> Ref | Value:
    told = str(value)
    if column.type == "id":
        own = told in records and column.table not in ("kinds", "predicates")
        return records.ref(told) if own else Value(records.verbalizer.label(told))
    if column.name == "exclusive":
        return Value("one at most is right" if value else "several may be right")
    if column.type == "boolean":
        return Value("yes" if value else "no")
    if column.name in _DATES:
        return Value(date_in_words(told))
    return Value(told, "", address(told))


def _word(name: str) -> str:
    """Return the words for a column."""
    return _WORDS.get(name, name.replace("_", " ").capitalize())
