"""The keys of every kind of authored table: which there are, what they hold, which must be there.

This is the format that authors write, in one place; ``data/README.md`` explains it in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..vocabulary import HUD
from . import fields as f
from .fields import Field

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from ..vocabulary import Vocabulary

Schema = dict[str, Field]

CASE: Schema = {
    "id": Field(f.slug, required=True),
    "title": Field(f.text, required=True),
    "description": Field(f.text, required=True),
    "licence": Field(f.text, required=True),
    "editor": Field(f.slug, required=True),
    "language": Field(f.language, required=True),
    "compare_days": Field(f.list_of(f.two_days)),
}

SOURCE: Schema = {
    "title": Field(f.text, required=True),
    "authors": Field(f.list_of(f.slug), required=True),
    "publisher": Field(f.text, required=True),
    "url": Field(f.web_address, required=True),
    "code": Field(f.text),
    "date": Field(f.edtf, required=True),
    "date_basis": Field(f.text, required=True),
    "language": Field(f.language, required=True),
    "sha256": Field(f.sha256, required=True),
    "characters": Field(f.whole_number, required=True),
    "sentences": Field(f.anything, required=True),
    "boilerplate": Field(f.list_of(f.text)),
}

NOTE: Schema = {
    "id": Field(f.slug, required=True),
    "on": Field(f.list_of(f.text), required=True),
    "text": Field(f.text, required=True),
    "at": Field(f.passages, required=True),
}

NAME: Schema = {
    "text": Field(f.text, required=True),
    "lang": Field(f.language, required=True),
}

IDENTIFIER: Schema = {
    "scheme": Field(f.slug, required=True),
    "value": Field(f.text, required=True),
}

IDENTITY_FILE: Schema = {"judgement": Field(f.tables), "resolution": Field(f.tables)}
NOTES_FILE: Schema = {"note": Field(f.tables)}
STATEMENTS_FILE: Schema = {"statement": Field(f.tables, required=True)}


@dataclass(frozen=True)
class Schemas:
    """The schemas that depend on the words of the ontology."""

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
    verdict: Schema
    judgement: Schema
    resolution: Schema


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
        self.classes = vocabulary.classes
        self.predicates = vocabulary.predicates.keys()
        self.roles = frozenset(n for n, known in vocabulary.predicates.items() if known.role)

    def make(self) -> Schemas:
        qualifiers = self._qualifiers()
        optional = qualifiers | {"claims": Field(f.tables)}
        return Schemas(
            actor=self._thing((*self._below("Actor"), "Place"))
            | {"identity": self._kind("identities", "an identity", required=True)},
            place=self._thing(("Place",)),
            topic=self._thing(("Topic", "Document", "Channel")),
            event=self._event(),
            agreement=self._agreement(),
            mechanism=self._mechanism(),
            question=self._question(),
            clause=self._clause(),
            statement=self._statement(qualifiers),
            fact=qualifiers,
            role=optional
            | {
                "id": Field(f.slug),
                "role": Field(f.one_of(self.roles, "a role"), required=True),
                "actor": Field(f.reference, required=True),
            },
            role_of_clause=optional,
            stage=qualifiers
            | {
                "id": Field(f.slug),
                "stage": self._kind("stages", "a stage of an agreement", required=True),
            },
            fulfilment=qualifiers
            | {
                "id": Field(f.slug),
                "state": self._kind("fulfilments", "a state of fulfilment", required=True),
            },
            claim=self._claim(),
            verdict={
                "status": self._kind("statuses", "a status", required=True),
                "reason": Field(f.text, required=True),
            },
            judgement=self._judgement(),
            resolution=self._resolution(),
        )

    def _event(self) -> Schema:
        return {
            "label": Field(f.text, required=True),
            "note": Field(f.text),
            "kind": self._kind("eventKinds", "a kind of event", required=True),
            "class": Field(f.one_of(("Event", "TalksProcess", "Round"), "a class of events")),
            "process": Field(f.slug),
            "occurred": Field(f.table, required=True),
            "role": Field(f.tables),
        }

    def _agreement(self) -> Schema:
        return {
            "label": Field(f.text, required=True),
            "note": Field(f.text),
            "kind": self._kind("agreementKinds", "a kind of agreement", required=True),
            "process": Field(f.slug),
            "replaces": Field(f.slug),
            "concluded": Field(f.table, required=True),
            "role": Field(f.tables),
            "stage": Field(f.tables),
            "clause": Field(f.tables),
        }

    def _judgement(self) -> Schema:
        return {
            "id": Field(f.slug, required=True),
            "things": Field(f.list_of(f.slug), required=True),
            "judgement": self._kind("judgements", "a judgement", required=True),
            "certainty": self._kind("certainties", "a certainty", required=True),
            "reason": Field(f.text, required=True),
            "at": Field(f.passages, required=True),
        }

    def _resolution(self) -> Schema:
        return {
            "id": Field(f.slug, required=True),
            "thing": Field(f.slug, required=True),
            "names": Field(f.list_of(f.text), required=True),
            "certainty": self._kind("certainties", "a certainty", required=True),
            "reason": Field(f.text, required=True),
            "at": Field(f.passages, required=True),
        }

    def _kind(self, scheme: str, what: str, *, required: bool = False) -> Field:
        return Field(f.one_of(self.kinds.get(scheme, frozenset()), what), required=required)

    def _below(self, name: str) -> tuple[str, ...]:
        """Return a class of the ontology and all classes below it."""
        return tuple(c for c, above in self.classes.items() if HUD + name in above)

    def _thing(self, classes: Collection[str]) -> Schema:
        known = f.one_of(classes, "a class of things for this folder")
        every_kind = frozenset().union(*self.kinds.values())
        return {
            "label": Field(f.text, required=True),
            "class": Field(
                f.one_or_list_of(known),
                required=True,
            ),
            "kinds": Field(f.list_of(f.one_of(every_kind, "a kind"))),
            "names": Field(f.tables),
            "identifiers": Field(f.tables),
            "mentioned": Field(f.passages),
            "note": Field(f.text),
        }

    def _qualifiers(self) -> Schema:
        return {
            "when": Field(f.edtf),
            "begins": Field(f.edtf),
            "ends": Field(f.edtf),
            "when_text": Field(f.text),
            "coverage": self._kind("coverages", "a coverage"),
            "place": Field(f.slug),
            "via": Field(f.slug),
            "under": Field(f.reference),
            "answers": Field(f.list_of(f.slug)),
            "scope": Field(f.text),
            "note": Field(f.text),
            "verdict": Field(f.table),
            "claims": Field(f.tables, required=True),
        }

    def _statement(self, qualifiers: Schema) -> Schema:
        return {
            "id": Field(f.slug, required=True),
            "subject": Field(f.reference, required=True),
            "predicate": Field(f.one_of(self.predicates, "a predicate"), required=True),
            "object": Field(f.text),
            "value": Field(f.plain_value),
            "low": Field(f.number),
            "high": Field(f.number),
            "unit": Field(f.text),
            "modality": self._kind("modalities", "a modality of a quantity"),
            "counts": Field(f.text),
        } | qualifiers

    def _clause(self) -> Schema:
        return {
            "id": Field(f.clause_id, required=True),
            "label": Field(f.text, required=True),
            "topic": self._kind("clauseTopics", "a topic of a clause", required=True),
            "text": Field(f.text, required=True),
            "obligor": Field(f.list_of(f.slug)),
            "beneficiary": Field(f.list_of(f.slug)),
            "place": Field(f.slug),
            "replaces": Field(f.clause_id),
            "note": Field(f.text),
            "verdict": Field(f.table),
            "claims": Field(f.tables, required=True),
            "fulfilment": Field(f.tables),
        }

    def _claim(self) -> Schema:
        return {
            "id": Field(f.slug),
            "voice": Field(f.slug, required=True),
            "stance": self._kind("stances", "a stance", required=True),
            "certainty": self._kind("certainties", "a certainty", required=True),
            "at": Field(f.passages, required=True),
            "note": Field(f.text),
        }

    def _mechanism(self) -> Schema:
        return {
            "label": Field(f.text, required=True),
            "pattern": Field(f.text, required=True),
            "chain": Field(f.list_of(f.text), required=True),
            "scope": Field(f.text),
            "instances": Field(f.list_of(f.text)),
            "note": Field(f.text),
            "observed": Field(f.table, required=True),
        }

    def _question(self) -> Schema:
        return {
            "label": Field(f.text, required=True),
            "exclusive": Field(f.boolean, required=True),
            "about": Field(f.list_of(f.text), required=True),
            "kind": self._kind("questionKinds", "a kind of question", required=True),
            "note": Field(f.text),
        }
