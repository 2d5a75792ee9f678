"""The keys of every kind of authored table: which there are, what they hold, which must be there.

The keys that become triples are those of the declared fields of the records of ``graph.model``.
What is written here is the grammar around them: which tables stand inside which.
``docs/authors.md`` explains it in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from .. import model
from ..model import Form, specs, withholding
from ..model.lexicon import ANY_KIND, CLASS, PREDICATE, Lexicon
from ..model.terms import HUD
from . import fields as f
from .addresses import web_address
from .fields import Field

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from ..model import FieldSpec
    from ..model.vocabulary import Vocabulary
    from .value_checks import ValueCheck as Check

Schema = dict[str, Field]

SEEN: Schema = {
    "access": Field(f.one_of([one.value for one in model.Access], "an access")),
    "until": Field(f.day),
}
"""Who may see something."""
NAME: Schema = {
    "text": Field(f.text, required=True),
    "lang": Field(f.language, required=True),
} | SEEN

IDENTIFIER: Schema = {
    "scheme": Field(f.slug, required=True),
    "value": Field(f.text, required=True),
} | SEEN

WITHHELD: Schema = {
    "ids": Field(
        f.one_of(withholding.IDS, "a way to tell ids"),
        about="Of a case alone: written, if everybody has its files; else ids are opaque.",
    ),
    "dates": Field(
        f.one_of(withholding.DATES, "how closely dates are told"),
        about="How closely dates are told in public.",
    ),
    "places": Field(
        f.one_of(withholding.PLACES, "how closely places are told"),
        about="Up to which kind of place is told in public.",
    ),
    "channel": Field(f.boolean, about="Whether is told in public through what somebody spoke."),
    "label": Field(f.text, about="What somebody is called in public."),
    "joined": Field(f.text, about="Why several sources may be known to tell of one person."),
}
"""How coarsely is told of somebody whose name is withheld."""
_WITHHELD = {"withheld": Field(f.table, about="How coarsely is told of whoever is withheld.")}

IDENTITY_FILE: Schema = {key: Field(f.tables) for key in ("judgement", "resolution", "former")}
NOTES_FILE: Schema = {"note": Field(f.tables)}
FIGURES_FILE: Schema = {"rule": Field(f.tables)}
STATEMENTS_FILE: Schema = {"defaults": Field(f.table), "statement": Field(f.tables)}
MORE_CLAIMS: Schema = {
    "id": Field(f.text, required=True),
    "claims": Field(f.tables, required=True),
}
"""An entry of a second folder that adds claims to a statement of the first."""

_CHECKS: Mapping[Form, Check] = {
    Form.TEXT: f.text,
    Form.ENGLISH: f.text,
    Form.EDTF: f.edtf,
    Form.LANGUAGE: f.language,
    Form.SHA256: f.sha256,
    Form.ADDRESS: web_address,
    Form.NUMBER: f.number,
    Form.INTEGER: f.whole_number,
    Form.BOOLEAN: f.boolean,
    Form.DAY: f.day,
    Form.DAYS: f.two_days,
    Form.ID: f.slug,
    Form.ID_OR_CLAUSE: f.reference,
    Form.CLAUSE_ID: f.clause_id,
    Form.ANY_ID: f.text,
    Form.STEP: f.text,
    Form.CUE: f.cue,
}
_CHECKS_OF_LISTS: Mapping[Form, Check] = {
    Form.NAME: f.tables,
    Form.IDENTIFIER: f.tables,
    Form.PASSAGE: f.passages,
}
_ONE_OF = {
    "accesses": "an access",
    "actorKinds": "a kind of actor",
    "agreementKinds": "a kind of agreement",
    "certainties": "a certainty",
    "clauseTopics": "a topic of a clause",
    "coverages": "a coverage",
    "eventKinds": "a kind of event",
    "extents": "an extent",
    "figureRules": "a rule for figures",
    "fulfilments": "a state of fulfilment",
    "identities": "an identity",
    "judgements": "a judgement",
    "modalities": "a modality of a quantity",
    "modes": "a mode of a claim",
    "placeKinds": "a kind of place",
    "questionKinds": "a kind of question",
    "speakers": "a way in which a group speaks",
    "stages": "a stage of an agreement",
    "stances": "a stance",
    "statuses": "a status",
    "whenBases": "a basis of a time",
}
"""What the members of each list of kinds are, for messages."""

_FIGURES = ("low", "high", "unit", "modality", "counts", "counts_kind", "counted_on", "cumulative")
_FACTS = ("subject", "predicate", *_FIGURES)
"""The fields of a statement that a table such as ``[occurred]`` does not have."""


LISTED_SENTENCES = ("boilerplate", "nothing")
"""Keys of a source that list sentences of which nothing is coded, as the fields of a passage."""


@dataclass(frozen=True)
class Schemas:
    """The schemas, which depend on the words of the ontology."""

    case: Schema
    source: Schema
    actor: Schema
    place: Schema
    topic: Schema
    event: Schema
    agreement: Schema
    mechanism: Schema
    question: Schema
    clause: Schema
    statement: Schema
    fact: Schema
    role: Schema
    role_of_clause: Schema
    stage: Schema
    fulfilment: Schema
    claim: Schema
    defaults: Schema
    verdict: Schema
    judgement: Schema
    resolution: Schema
    note: Schema
    former: Schema
    rule: Schema
    withheld: Schema


def schemas(vocabulary: Vocabulary) -> Schemas:
    """Return the schemas for the words of an ontology.

    Args:
        vocabulary: gives the classes, predicates and kinds that exist.
    """
    return _Maker(vocabulary).make()


class _Maker:
    """Builds the schemas; the groups of keys that several tables share are written once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.kinds: Mapping[str, frozenset[str]] = vocabulary.kinds
        self.lexicon = Lexicon(vocabulary)
        self.classes = vocabulary.classes
        self.predicates = vocabulary.predicates.keys()
        self.roles = frozenset(n for n, known in vocabulary.predicates.items() if known.role)

    def make(self) -> Schemas:
        claims = {"verdict": Field(f.table), "claims": Field(f.tables), **_WITHHELD}
        statement = self._of(model.Statement)
        facts = {key: field for key, field in statement.items() if key not in _FACTS} | claims
        made = {"id": Field(f.slug), **facts}
        claim = self._of(model.Claim)
        defaults = {"defaults": Field(f.table)}
        return Schemas(
            case=self._identified(model.Case) | _WITHHELD,
            source=self._of(model.Source, sentences=f.sentences)
            | {key: Field(f.list_of(f.text)) for key in (*LISTED_SENTENCES, "reread")},
            actor=self._thing(model.Actor, (*self._below("Actor"), "Place")) | _WITHHELD,
            place=self._thing(model.Place, ("Place",)),
            topic=self._thing(model.Topic, ("Topic", "Document", "Channel")),
            event=self._of(model.Event) | self._event() | defaults,
            agreement=self._of(model.Agreement)
            | {"concluded": Field(f.table)}
            | {key: Field(f.tables) for key in ("role", "stage", "clause")}
            | defaults,
            mechanism=self._of(model.Mechanism, observed=f.table) | defaults,
            question=self._of(model.Question),
            clause=self._of(model.Clause, id=f.clause_id) | claims | self._clause(facts),
            statement={"id": Field(f.slug), **statement}
            | {"object": Field(f.text), "value": Field(f.plain_value)}
            | claims,
            fact=facts,
            role=made | self._role(),
            role_of_clause=facts,
            stage=made | {"stage": Field(self._one_of("stages"), required=True)},
            fulfilment=made | {"state": Field(self._one_of("fulfilments"), required=True)},
            claim={"id": Field(f.slug), **claim},
            defaults={
                "voice": Field(claim["voice"].check),
                "source": Field(f.slug),
                "when": Field(f.edtf),
                "stance": Field(claim["stance"].check),
                "certainty": Field(claim["certainty"].check),
            },
            verdict=self._of(model.Verdict),
            judgement=self._identified(model.Judgement)
            | {"things": Field(f.list_of(f.reference), required=True)},
            resolution=self._identified(model.NameResolution),
            note=self._identified(model.Note),
            former=self._of(model.FormerId, id=f.reference),
            rule=self._identified(model.FigureRule) | {"order": Field(f.list_of(f.text))},
            withheld=WITHHELD,
        )

    def _role(self) -> Schema:
        known = self._terms(self.roles, "a role", PREDICATE)
        return {"role": Field(known, required=True), "actor": Field(f.reference, required=True)}

    def _event(self) -> Schema:
        known = f.one_of(("Event", "TalksProcess", "Round"), "a class of events")
        return {"occurred": Field(f.table), "class": Field(known), "role": Field(f.tables)}

    def _clause(self, facts: Schema) -> Schema:
        actors = Field(f.list_of(f.slug))
        return {
            "obligor": actors,
            "beneficiary": actors,
            "place": facts["place"],
            "fulfilment": Field(f.tables),
        }

    def _identified(self, record: type) -> Schema:
        return self._of(record, id=f.slug)

    def _thing(self, record: type, classes: Collection[str]) -> Schema:
        known = self._terms(classes, "a class of things for this folder", CLASS)
        return self._of(record) | {"class": Field(f.one_or_list_of(known), required=True)}

    def _of(self, record: type, **required: Check) -> Schema:
        """Return the authored keys of a class of records, after some others that it must have."""
        return {key: Field(check, required=True) for key, check in required.items()} | {
            field.key: Field(
                self._check(field), field.required, field.old_keys, field.meaning or field.term
            )
            for field in specs(record)
            if field.key
        }

    def _check(self, field: FieldSpec) -> Check:
        if field.form in _CHECKS_OF_LISTS:
            return _CHECKS_OF_LISTS[field.form]
        if field.form is Form.PREDICATE:
            check = self._terms(self.predicates, "a predicate", PREDICATE)
        else:
            check = self._one_of(field.scheme) if field.form is Form.KIND else _CHECKS[field.form]
        if not field.many or field.single:
            return check
        return f.one_or_list_of(check) if field.loose else f.list_of(check)

    def _one_of(self, scheme: str) -> Check:
        if not scheme:
            return self._terms(frozenset().union(*self.kinds.values()), "a kind", ANY_KIND)
        return self._terms(self.kinds.get(scheme, frozenset()), _ONE_OF[scheme], ANY_KIND)

    def _terms(self, names: Collection[str], what: str, sort: str) -> Check:
        """Return a check for one of some terms, which are proposed by what they mean."""
        return f.one_of(names, what, partial(self.lexicon.hint, sort=sort))

    def _below(self, name: str) -> tuple[str, ...]:
        """Return a class of the ontology and all classes below it."""
        return tuple(c for c, above in self.classes.items() if HUD + name in above)


def not_of_a_clause(key: str, agreement: str = "AGREEMENT") -> str:
    """Return where a key of statements belongs that the table of a clause does not have.

    Args:
        key: the key; for one of no statement nothing is returned.
        agreement: the id of the agreement.
    """
    if key not in {field.key for field in specs(model.Statement)} - {"value", *_FACTS}:
        return ""
    return (
        f'a clause has no "{key}"; say it of the whole agreement, behind {agreement}.concluded, or '
        f"in a statement of its own: {agreement} containsClause CLAUSE {key}=VALUE"
    )


def keys_of_ids() -> dict[str, Form]:
    """Return the keys under which ids stand, in any table of a case, with their forms.

    A cue counts, for it begins with a passage; ``object`` holds the id of a thing only if its
    predicate takes one. No such key holds anything else in another table.
    """
    found = dict.fromkeys(
        ("id", "object", "actor", "obligor", "beneficiary", "things", "evidence"), Form.ANY_ID
    )
    for record in (*model.RECORDS, model.FormerId):
        for field in specs(record):
            if field.key and (field.form.refers or field.form is Form.CUE):
                found |= dict.fromkeys((field.key, *field.old_keys), field.form)
    return {"source": Form.ID, **found}


def keys_of_words() -> set[str]:
    """Return the keys under which words of the ontology stand, in any table of a case."""
    forms = (Form.KIND, Form.CLASS, Form.PREDICATE)
    found = {one.key for record in model.RECORDS for one in specs(record) if one.form in forms}
    return {"class", "role", "stage", "state", *found} - {""}
