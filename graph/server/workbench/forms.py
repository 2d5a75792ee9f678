"""Named queries as forms: which fields they have, and the query that the values of fields make."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from ...errors import UsageError
from ...model.terms import spaced
from ...query.named import bound
from ...query.parameters import choices
from ..http.problem import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...query.named import Query
    from ...query.parameters import Param
    from ..state import State

_PICKERS = {"Date": "date", "Integer": "number", "Name": "text", "Sentence": "text"}
"""How values are picked by the type of a parameter."""
_SELECTED = ("Kind", "Class", "Text", "Integer")
"""Types whose values are few."""
_FEW = 60


def form(state: State, name: str) -> dict[str, Any]:
    """Return the form of a named query, for JSON.

    Args:
        state: the open server.
        name: the query.

    Returns:
        ``name``, ``title``, ``text``, ``oneOf`` (parameters of which one is needed) and
        ``params``: each with ``name``, ``label``, ``text``, ``required``, ``picker`` (``date``,
        ``number``, ``text``, ``select`` or ``search``) and, for the last two, ``choices`` of an id,
        a label and further names in normal form.

    Raises:
        Refusal: there is no such query.
    """
    query = _named(state, name)
    return state.once(f"form {name}", lambda: _form(state, query))


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


def _form(state: State, query: Query) -> dict[str, Any]:
    return {
        "name": query.name,
        "title": query.title,
        "text": query.text,
        "oneOf": list(query.one_of),
        "params": [_field(param, state) for param in query.params],
    }


def _field(param: Param, state: State) -> dict[str, Any]:
    field = {
        "name": param.name,
        "label": spaced(param.name).strip().capitalize(),
        "text": param.text[:1].upper() + param.text[1:],
        "required": param.required,
    }
    listed = not (param.type in _PICKERS and not param.among)
    found = choices(param, state.built.graph) if listed else ()
    if not found:
        return {**field, "picker": _PICKERS.get(param.type, "text")}
    few = param.type in _SELECTED and len(found) <= _FEW
    return {
        **field,
        "picker": "select" if few else "search",
        "choices": [[one.id, one.label or one.id, *sorted(one.keys)] for one in found],
    }
