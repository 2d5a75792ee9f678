"""What editors of TOML are told of the authored files: a JSON Schema for each kind of file.

They are made from the fields that the reader checks (``graph.reader.schemas``) and the definitions
of the ontology, in draft-07, which both Taplo and Tombi read. What a schema cannot say, such as
whether a thing exists, is left to ``hudna check``: a schema takes whatever the reader takes.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from ..model import Access
from ..model.folders import cases
from ..model.own_terms import with_own_terms
from ..model.terms import HUD, KIND, OWL, RDF, RDFS, SKOS
from ..reader import fields as f
from ..reader.fields import Field
from ..reader.schemas import (
    FIGURES_FILE,
    IDENTIFIER,
    IDENTITY_FILE,
    NAME,
    NOTES_FILE,
    STATEMENTS_FILE,
    Schema,
    schemas,
)
from ..reader.term_schemas import OWN_KIND, OWN_PREDICATE, OWN_TERMS
from ..reader.terms import vocabulary_of
from ..reader.tours import STEP, TOUR, TRANSLATION
from ..reader.value_checks import ValueCheck

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ..model.vocabulary import Vocabulary

    Json = dict[str, Any]

FOLDER = ".schemas"
"""Where the schemas stand, beside the folders of the cases; no case has such a name."""
_DRAFT = "http://json-schema.org/draft-07/schema#"
_DIRECTIVE = re.compile(r"\A((?:[ \t]*(?:#[^\n]*)?\r?\n)*?)#:schema\b[^\r\n]*")
"""The line that names a schema, among the comments at the top of a file."""

_OF_FILES = {
    "case.toml": "case",
    "identity.toml": "identity",
    "notes.toml": "notes",
    "figures.toml": "figures",
    "terms.toml": "terms",
    "answers/questions.toml": "answers",
}
_OF_FOLDERS = {
    "sources": "source",
    "actors": "actor",
    "places": "place",
    "topics": "topic",
    "events": "event",
    "agreements": "agreement",
    "mechanisms": "mechanism",
    "questions": "question",
    "statements": "statements",
    "tours": "tour",
}
NAMES = tuple(sorted({*_OF_FILES.values(), *_OF_FOLDERS.values()}))
"""The kinds of files, which are the names of the schemas."""

_CELLS = {"type": "array", "items": {"type": "array", "items": {"type": "string"}}}
_PLAIN = {"type": "object", "additionalProperties": {"type": ["string", "number", "boolean"]}}
_STORED_QUESTION: Schema = {
    "id": Field(f.text, True, (), "What it is called on the command line: hudna test q31."),
    "question": Field(f.text, True, (), "The question in words."),
    "query": Field(f.text, True, (), "A query of hudna query --list, or an .rq file in answers/."),
    "params": Field(ValueCheck(f.table, _PLAIN), False, (), 'Its parameters: { actor = "guard" }.'),
    "columns": Field(f.list_of(f.text), True, (), "Which columns of the result are the answer."),
    "ordered": Field(f.boolean, False, (), "Whether the order of the rows belongs to the answer."),
    "answer": Field(
        ValueCheck(f.tables, _CELLS),
        True,
        (),
        "The right rows, a cell for each "
        "column: ids, local names of kinds, texts, numbers as text; empty for none.",
    ),
    "access": Field(
        f.one_of([one.value for one in Access], "an access"),
        False,
        (),
        "Who may see it, beside what it names.",
    ),
    "until": Field(f.day, False, (), "The day from which it is public."),
}
"""The keys of a ``graph.query.results.StoredQuestion``."""
_FILES: Mapping[str, Schema] = {
    "statements": STATEMENTS_FILE,
    "identity": IDENTITY_FILE,
    "notes": NOTES_FILE,
    "figures": FIGURES_FILE,
    "terms": OWN_TERMS,
    "answers": {"question": Field(f.tables, required=True)},
    "tour": TOUR,
}
_OTHERS: Mapping[str, Schema] = {
    "name": NAME,
    "identifier": IDENTIFIER,
    "predicate": OWN_PREDICATE,
    "kind": OWN_KIND,
    "stored question": _STORED_QUESTION,
    "step": STEP,
    "translation": TRANSLATION,
}
_ENTRIES = {
    "claims": "claim",
    "concluded": "fact",
    "identifiers": "identifier",
    "names": "name",
    "observed": "fact",
    "occurred": "fact",
    "question": "stored question",
    "translations": "translation",
}
"""What stands in the tables under a key, where that is not what the key says."""


def words_of_all(data: Path, ontology: Vocabulary) -> Vocabulary:
    """Return the words that any case of a folder may use; of several of one name the first.

    Args:
        data: the folder of the cases, which have their schemas in common.
        ontology: the vocabulary.
    """
    own = [term for case in cases(data) for term in vocabulary_of(data / case, ontology).own]
    named = {term.name: term for term in reversed(own)}
    return with_own_terms(ontology.core, tuple(named[name] for name in sorted(named)))


def json_schemas(vocabulary: Vocabulary) -> dict[str, str]:
    """Return the text of the JSON Schema of each kind of file, by its name.

    Args:
        vocabulary: the words that there are, with their definitions.
    """
    tables = {**vars(schemas(vocabulary)), **_OTHERS}
    told = {name: _File(vocabulary, tables).told(name, _FILES.get(name)) for name in NAMES}
    return {
        name: json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
        for name, schema in told.items()
    }


class _File:
    """Tells the schema of one kind of file.

    Args:
        vocabulary: the words that there are, with their definitions.
        tables: the keys of each kind of table, by its name.
    """

    def __init__(self, vocabulary: Vocabulary, tables: Mapping[str, Schema]) -> None:
        self.vocabulary, self.texts = vocabulary, vocabulary.texts
        self.tables = tables
        self.definitions: Json = {}
        self.defaults: Schema = {}

    def told(self, name: str, schema: Schema | None = None) -> Json:
        """Return the schema of the file, with those of the tables that stand in it.

        Args:
            name: the kind of file.
            schema: its keys, if it is not all one table of that name.
        """
        schema = schema or self.tables[name]
        if "defaults" in schema:
            self.defaults = self.tables["defaults"]
        about = self._defined(HUD + name.capitalize())
        table = self._table(schema)
        return {"$schema": _DRAFT, "title": name, **about, **table, "definitions": self.definitions}

    def _table(self, schema: Schema, lacking: Schema | None = None) -> Json:
        """Return the schema of a table.

        Args:
            schema: its keys.
            lacking: those which it need not have, although they are required.
        """
        needed = {k: one for k, one in schema.items() if one.required and k not in (lacking or {})}
        properties: Json = {}
        for key, field in schema.items():
            properties[key] = self._property(key, field, named=schema is NAME)
            for former in field.old_keys:
                now = {"deprecated": True, "description": f'Is now called "{key}".'}
                properties[former] = {**properties[key], **now}
        told: Json = {"type": "object", "additionalProperties": False, "properties": properties}
        if required := [key for key, field in needed.items() if not field.old_keys]:
            told["required"] = required
        if renamed := [(key, *field.old_keys) for key, field in needed.items() if field.old_keys]:
            told["allOf"] = [
                {"anyOf": [{"required": [key]} for key in either]} for either in renamed
            ]
        return told

    def _property(self, key: str, field: Field, *, named: bool) -> Json:
        if field.check is f.table:
            return self._entry(key)
        about = {} if named else self._defined(field.about or HUD + key)
        if field.check is f.tables:
            return {**about, "type": "array", "items": self._entry(key)}
        return {**about, **self._value(field.check.schema)}

    def _entry(self, key: str) -> Json:
        """Return a reference to the schema of what stands in the tables under a key."""
        name = _ENTRIES.get(key, key)
        if key not in self.definitions:
            self.definitions[key] = {}
            lacking = self.defaults if key == "claims" else {}
            about = self._defined(HUD + key) or self._defined(HUD + name.capitalize())
            self.definitions[key] = {**about, **self._table(self.tables[name], lacking)}
        return {"$ref": f"#/definitions/{key}"}

    def _value(self, schema: Mapping[str, Any]) -> Json:
        """Return the schema of a value, with what words mean and what defaults allow."""
        told = dict(schema)
        if isinstance(told.get("items"), dict):
            told["items"] = self._value(told["items"])
        if "anyOf" in told:
            told["anyOf"] = [self._value(one) for one in told["anyOf"]]
        if "pattern" in told and "source" in self.defaults:
            source = f"({f.SLUG.pattern})#"
            told["pattern"] = told["pattern"].replace(source, f"(?:{source})?")
        if "enum" in told:  # refuses; what follows refuses no text, and has the words explained
            told["anyOf"] = [*self._words(told["enum"]), {"type": "string"}]
        return told

    def _words(self, names: list[str]) -> list[Json]:
        """Return kinds, or else predicates or classes, each with its label and definition.

        Words of no list of the ontology have neither.
        """
        kinds = set(names) <= frozenset().union(*self.vocabulary.kinds.values())
        base = KIND if kinds else HUD
        spoken = [(name, self.vocabulary.iri(base, name)) for name in names]
        label = SKOS + "prefLabel" if kinds else RDFS + "label"
        return [
            {"const": name, "title": self.texts[iri][label][0], **self._defined(iri)}
            if iri in self.texts
            else {"const": name}
            for name, iri in spoken
        ]

    def _defined(self, about: str) -> Json:
        """Return what a term means, as the key of a schema; nothing if the ontology does not say.

        Args:
            about: IRI of the term, or the words themselves.
        """
        known = self.texts.get(about, {})
        if OWL + "AnnotationProperty" in known.get(RDF + "type", ()):
            return {}  # says something about the ontology, not in a case
        words = known.get(SKOS + "definition", [] if "://" in about else [about])
        return {"description": words[0]} if words else {}


def first_line(name: str) -> str:
    """Return the line with which a file names its schema to editors, and an empty one.

    It is empty for a file that has no schema.

    Args:
        name: the file's path in the folder of its case, with ``/``.
    """
    folder, _, _ = name.partition("/")
    kind = _OF_FILES.get(name) or (_OF_FOLDERS.get(folder) if name.endswith(".toml") else None)
    up = "../" * (name.count("/") + 1)
    return f"#:schema {up}{FOLDER}/{kind}.json\n\n" if kind else ""


def with_first_line(name: str, text: str) -> str:
    """Return the text of a file with its first line; one that names another schema is replaced.

    Args:
        name: the file's path in the folder of its case, with ``/``.
        text: the file's text.
    """
    line = first_line(name)
    if line and _DIRECTIVE.match(text):
        return _DIRECTIVE.sub(rf"\g<1>{line.rstrip()}", text)
    return line + text
