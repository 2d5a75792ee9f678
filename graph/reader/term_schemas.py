"""What the tables of a file of a case's own terms may say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..model import UNATTRIBUTED, UNKNOWN
from . import fields as f
from .fields import Field
from .value_checks import quoted, told_as, whole

if TYPE_CHECKING:
    from .problems import Message
    from .schemas import Schema

_NAME = re.compile(r"[a-z][a-zA-Z0-9]{0,59}")
_NO_NAMES = frozenset({UNKNOWN, UNATTRIBUTED, "value", "kind", "class", "predicate", "term"})


@told_as(type="string", pattern=whole(_NAME))
def _name(value: object) -> str | None:
    """Check for the name of a term: a verb or noun in camel case."""
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        right = 'write letters and figures, as in "escorts" or "fuelStrike"'
        return f"{quoted(value)} is no name of a term; {right}"
    return f'"{value}" is a reserved word; choose another' if value in _NO_NAMES else None


@told_as(
    anyOf=[
        f.text.schema,
        {"type": "object", "additionalProperties": f.text.schema, "required": ["en"]},
    ]
)
def _labels(value: object) -> Message | None:
    """Check for a label in English, or a table of labels by their languages."""
    if not isinstance(value, dict):
        return f.text(value)
    if "en" not in value:
        return 'has no label in English; write it as in { en = "escorts", hy = "..." }'
    for language, label in value.items():
        if wrong := f.language(language) or f.text(label):
            return f"{language}: {wrong() if callable(wrong) else wrong}"
    return None


@told_as(type="integer", minimum=-1, maximum=1)
def _sign(value: object) -> str | None:
    if value in (-1, 0, 1) and not isinstance(value, bool | float):
        return None
    return "is no sign; write 1 for backing, -1 for hostility, 0 for neither"


_WORDS: Schema = {
    "name": Field(_name, required=True, about="What is written in the files of the case."),
    "label": Field(_labels, required=True, about="In English, or by language."),
    "broader": Field(f.text, required=True, about="The term of the ontology that it is a case of."),
    "definition": Field(f.text, required=True, about="What it means, as a sentence."),
    "example": Field(f.text, about="A use of it, in the editors' own words."),
    "remark": Field(f.text, about="Which term to take where two are easily confused."),
    "synonyms": Field(f.list_of(f.text), about="Words that mean the same, by which it is found."),
}
OWN_PREDICATE: Schema = {
    **_WORDS,
    "inverse": Field(_labels, about="The label from the object to the subject."),
    "pattern": Field(f.text, about="The clause, where the label makes no English."),
    "inverse_pattern": Field(f.text, about="The clause from the object's end, likewise."),
    "sign": Field(_sign, about="1, 0 or -1, where the broader term is neither."),
    "aspect": Field(f.one_of(("act", "state"), "an aspect"), about="Whether it lasts."),
    "domain": Field(f.list_of(f.text), about="Of which classes the subject may be."),
    "range": Field(f.list_of(f.text), about="Of which classes the object may be."),
}
OWN_KIND: Schema = {
    **_WORDS,
    "lists": Field(f.list_of(f.text), about="The lists that it is in, of those of the broader."),
}
OWN_TERMS: Schema = {
    "terms": Field(f.list_of(f.text), about="Lists that several cases share: ../FOLDER/terms.toml"),
    "predicate": Field(f.tables),
    "kind": Field(f.tables),
}
