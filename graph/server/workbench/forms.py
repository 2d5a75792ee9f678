"""Named queries as forms: which fields they have, and the query that the values of fields make."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from ...brief.telling import BriefLanguage
from ...errors import UsageError
from ...model.names import name_key
from ...model.terms import HUD
from ...model.translations import TermWords
from ...query.named import bound
from ...query.parameters import PLAIN_TYPES, choices
from ...query.translations import QueryWords
from ...read.period_words import period
from ...viewer.words import USUAL
from ..http.problem import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...model.near import Called
    from ...query.named import Query
    from ...query.parameters import Param
    from ..state import State

_PICKERS = {"Date": "date", "Integer": "number", "Name": "text", "Sentence": "text"}
"""How values are picked by the type of a parameter."""
_SELECTED = ("Kind", "Class", "Text", "Integer")
"""Types whose values are few."""
_FEW = 60


def form(state: State, name: str, tag: str = USUAL) -> dict[str, Any]:
    """Return the form of a named query, for JSON.

    Args:
        state: the open server.
        name: the query.
        tag: the language of its words.

    Returns:
        ``name``, ``title``, ``text``, ``oneOf`` (parameters of which one is needed) and
        ``params``: each with ``name``, ``label``, ``text``, ``required``, ``picker`` (``date``,
        ``number``, ``text``, ``select`` or ``search``) and, for the last two, ``choices`` of an id,
        a label and further names in normal form.

    Raises:
        Refusal: there is no such query.
    """
    query = _named(state, name)
    return state.once(f"form {tag} {name}", lambda: _Fields(state, tag).of(query))


def asked(state: State, name: str, values: Mapping[str, str]) -> dict[str, str]:
    """Return the query that values make of a named one: ``sparql``, for JSON.

    Args:
        state: the open server.
        name: the query.
        values: by the names of its parameters, as people write them; empty ones are none.

    Raises:
        Refusal: there is no such query, or a value is none of its parameter.
    """
    query = _named(state, name)
    given = {key: value for key, value in values.items() if value}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return {"sparql": bound(query, given, state.built.graph)}
    except UsageError as error:
        raise Refusal("bad-request", str(error)) from None


def _named(state: State, name: str) -> Query:
    found = state.built.queries.get(name)
    if found is None:
        raise Refusal("not-found", "the case has no query of this name")
    return found


class _Fields:
    """What makes the forms of a case in a language."""

    def __init__(self, state: State, tag: str) -> None:
        self.graph = state.built.graph
        self.words = QueryWords.of(tag)
        self.telling = BriefLanguage(self.graph, tag)
        self.terms = TermWords.of(tag) if tag != USUAL else TermWords({})

    def of(self, query: Query) -> dict[str, Any]:
        told = self.words.told(query)
        return {
            "name": told.name,
            "title": told.title,
            "text": told.text,
            "oneOf": list(told.one_of),
            "params": [self.field(param) for param in told.params],
        }

    def field(self, param: Param) -> dict[str, Any]:
        field = {
            "name": param.name,
            "label": self.words.called(param.name),
            "text": param.text[:1].upper() + param.text[1:],
            "required": param.required,
        }
        found = self.choices(param)
        if not found:
            return {**field, "picker": _PICKERS.get(param.type, "text")}
        few = param.type in _SELECTED and len(found) <= _FEW
        return {**field, "picker": "select" if few else "search", "choices": found}

    def choices(self, param: Param) -> list[list[str]]:
        """Return what a parameter may be given, as ``form`` does; nothing if that is no list."""
        if param.type in _PICKERS and not param.among:
            return []
        if param.type == "Statement":
            return [[one, self.statement(one)] for one in self.graph.ids("Statement")]
        return [self.choice(param, one) for one in choices(param, self.graph)]

    def statement(self, name: str) -> str:
        """Return a statement in words, with when it holds."""
        said = self.telling.sentence(self.graph.statement(name))
        when = period(self.graph.qualifiers(name), self.telling.tag)
        return f"{said} ({when})" if when else said

    def choice(self, param: Param, one: Called) -> list[str]:
        """Return the id of what may be chosen, its label, and its names in normal form."""
        told = self.label(param, one.id)
        keys = {*one.keys, name_key(told)} if told else one.keys
        return [one.id, told or one.label or one.id, *sorted(keys)]

    def label(self, param: Param, name: str) -> str:
        """Return what something is called in the language, if it is not what it is in English."""
        if param.type in ("Predicate", "Class"):
            return self.terms.term(HUD + name)
        if param.type == "Kind":
            return self.terms.kind(name)
        if param.type in PLAIN_TYPES:
            return self.words.values.get(name, "")
        return self.telling.plain(name) if self.terms.texts else ""
