"""Qualifiers in the short form, ``KEY=VALUE``: read as the declared fields of a record say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..errors import UsageError, suggestion
from ..model import Claim, Clause, FieldSpec, Form, Statement, specs
from ..model.fields import ListTable
from ..model.lexicon import ANY_KIND, see
from ..model.names import name_key
from ..reader.schemas import not_of_a_clause
from .values import number_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..model.lexicon import Lexicon, Term
    from .authored import Authored
    from .tokens import Token

_SAID_BEFORE = ("subject", "predicate", "label", "topic", "text", "classes", "class")
_RECORDS = {"statement": Statement, "claim": Claim, "clause": Clause}
_OF_A_CLAUSE = {
    end: FieldSpec(end, "", Form.ID, ListTable(end, "clause", "actor"), key=end)
    for end in ("obligor", "beneficiary")
}
"""Keys by which a clause names the ends of statements about it."""
_LISTED = 100
"""So many terms are listed where none is near; more are looked up."""
CITING = (Form.PASSAGE, Form.CUE)
"""Forms of values that begin with a sentence."""


def known_keys(record: type) -> Mapping[str, FieldSpec | None]:
    """Return the keys that a record may have in the short form, with their fields.

    Args:
        record: ``Statement``, ``Claim`` or ``Clause``; an id is no declared field, and has none.
    """
    declared = {
        key: one
        for one in specs(record)
        for key in (one.key, *one.old_keys)
        if one.key and one.key not in _SAID_BEFORE
    }
    if record is Clause:
        return {**declared, **_OF_A_CLAUSE, "place": known_keys(Statement)["place"]}
    return {"id": None, **declared}


def with_source(keys: Mapping[str, Any], record: type, source: str) -> dict[str, Any]:
    """Return keys, of which those that cite sentences name the source.

    Args:
        keys: of a statement or a claim.
        record: ``Statement`` or ``Claim``.
        source: that of what is cited without one; empty if its file has it as a default.
    """
    known = known_keys(record)
    return {
        key: [one if "#" in one or not source else f"{source}#{one}" for one in value]
        if (spec := known.get(key)) and spec.form in CITING
        else value
        for key, value in keys.items()
    }


class KeyValues:
    """Reads qualifiers with the words of the ontology and the names of a case.

    Args:
        lexicon: the terms of the ontology.
        case: the case's files.
    """

    def __init__(self, lexicon: Lexicon, case: Authored) -> None:
        self._lexicon = lexicon
        self._case = case

    def read(self, record: type, tokens: Sequence[Token]) -> dict[str, Any]:
        """Return what qualifiers say, by the keys that authors write, each with its type.

        Args:
            record: ``Statement`` or ``Claim``.
            tokens: the qualifiers.

        Raises:
            UsageError: a key is not known, stands twice, or has a value that does not fit.
        """
        known = known_keys(record)
        found: dict[str, Any] = {}
        for token in tokens:
            if token.key not in known:
                raise _unknown(token.key, record)
            spec = known[token.key]
            key = spec.key if spec else token.key
            if key in found:
                raise UsageError(f"{key} stands twice; give it once, several values with commas")
            if not all(token.values):
                raise UsageError(f"{key}: the value is missing; write {key}=VALUE")
            found[key] = self._given(spec, token) if spec else token.value
        return found

    def _given(self, spec: FieldSpec, token: Token) -> Any:  # noqa: ANN401 - any value of TOML
        if spec.many and not spec.single:
            return [self.value(spec, one) for one in token.values]
        return self.value(spec, token.value)

    def value(self, spec: FieldSpec, text: str, lists: Sequence[str] = ()) -> Any:  # noqa: ANN401 - any value of TOML
        """Return a value of a field, of those that it may have.

        Args:
            spec: the field.
            text: as people write it; things by name or id.
            lists: those whose members it may be, of a kind whose field names no list; by default
                all lists of kinds of things.

        Raises:
            UsageError: it does not fit.
        """
        if spec.form in (Form.ID, Form.ID_OR_CLAUSE, Form.CLAUSE_ID):
            return self._case.resolve(text, spec.key)
        if spec.form is Form.KIND:
            own = [spec.scheme] if spec.scheme else lists or self._lexicon.lists[ANY_KIND]
            right = [one for one in self._lexicon.terms if not set(own).isdisjoint(one.lists)]
            return one_of(text, right, self._lexicon, f"no value of {spec.key}")
        if spec.form in (Form.NUMBER, Form.INTEGER):
            if (number := number_of(text)) is None:
                raise UsageError(f'{spec.key}: "{text}" is no number; write digits, as in 1500')
            return number
        if spec.form is Form.BOOLEAN:
            if text not in ("true", "false"):
                raise UsageError(f'{spec.key}: "{text}" is neither true nor false; write one')
            return text == "true"
        return text


def one_of(text: str, right: Sequence[Term], lexicon: Lexicon, wrong: str) -> str:
    """Return the name of the term that is meant.

    Args:
        text: its name or label.
        right: the terms that it may be.
        lexicon: proposes what may be meant.
        wrong: what the text is if it is none, for the message.

    Raises:
        UsageError: it is none of them.
    """
    key = name_key(text)
    found = next((one.name for one in right if key in one.called.keys), "")
    if not found:
        names = [one.name for one in right]
        listed = f"; it takes one of {', '.join(names)}" if 0 < len(names) <= _LISTED else see(text)
        more = lexicon.hint(text, names, ANY_KIND) or listed
        raise UsageError(f'"{text}" is {wrong}{more}')
    return found


def _unknown(key: str, record: type) -> UsageError:
    """Return what is said of a key that a record does not have: where it belongs, or the others."""
    for name, other in _RECORDS.items():
        if {other, record} == {Claim, Statement} and key in known_keys(other):
            side = "behind the bar" if other is Claim else "before the first bar"
            return UsageError(f'"{key}" is a key of a {name}; write it {side}')
    if record is Clause and (told := not_of_a_clause(key)):
        return UsageError(told)
    own = next(name for name, one in _RECORDS.items() if one is record)
    keys = sorted({spec.key if spec else key for key, spec in known_keys(record).items()})
    return UsageError(
        f'"{key}" is no key of a {own}{suggestion(key, keys)}; it has {", ".join(keys)}; '
        "put other words in quotes"
    )
