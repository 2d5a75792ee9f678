"""From terms of RDF back to the values of declared fields: the reverse of what the build writes."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox

from ..model import UNKNOWN, Form, Identifier, Name, PassageRef, Statement, specs
from ..model.dates import day
from ..model.terms import HUD, KIND, RDF, XSD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from ..model import Value

    Read = Callable[[Any], Any]


_FIRST = ("en", None)
_PREFIXES: Mapping[Form, str] = {Form.KIND: KIND, Form.PREDICATE: HUD, Form.CLASS: HUD}


class Row(NamedTuple):
    """A field of a record as it is read.

    Attributes:
        name: its name.
        prefix: what is taken off the text of the term; empty for nothing.
        read: makes the value of the term, where taking off a prefix does not; else ``None``.
        many: whether it has several values.
        languages: whether it may stand in several languages, of which English counts.
    """

    name: str
    prefix: str
    read: Read | None
    many: bool
    languages: bool


class Values:
    """Reads the fields of records in the namespace of one case.

    Args:
        base: the namespace of the case.
        plain: whether days and passages stay texts and several values become a list, as edges of
            networks and JSON want them; what a statement says of its subject is left out then.
    """

    def __init__(self, base: str, *, plain: bool = False) -> None:
        self.base = base
        self._plain = plain
        self._several: type[list[Any] | tuple[Any, ...]] = list if plain else tuple
        self._forms = _NUMBERS if plain else _READ
        self._unknown = HUD + UNKNOWN
        self._rows: dict[type, dict[str, Row]] = {}

    def rows(self, record: type) -> Mapping[str, Row]:
        """Return how the fields of a class of records are read, by the IRIs of their properties."""
        if record not in self._rows:
            self._rows[record] = {
                field.term: Row(
                    field.name,
                    self.base if field.form.refers else _PREFIXES.get(field.form, ""),
                    self._forms.get(field.form),
                    field.many,
                    field.form is Form.ENGLISH,
                )
                for field in specs(record)
            }
            if record is Statement and not self._plain:
                said = Row("object", "", self._said, False, False)
                verdict = Row("verdict", self.base, None, False, False)
                self._rows[record] |= {RDF + "object": said, HUD + "verdict": verdict}
        return self._rows[record]

    def of(self, record: type, quads: Iterable[ox.Quad]) -> dict[str, Any]:
        """Return the values of a record's fields by their names; what has none is left out.

        Args:
            record: a class of records.
            quads: all quads about the record, of the default graph.
        """
        row_of = self.rows(record).get
        found: dict[str, Any] = {}
        several: dict[str, list[Any]] = {}
        texts: dict[str, list[tuple[bool, str]]] = {}
        for quad in quads:
            row = row_of(quad.predicate.value)
            if row is None:
                continue
            name, prefix, read, many, languages = row
            term: Any = quad.object
            if languages:
                texts.setdefault(name, []).append((term.language not in _FIRST, term.value))
                continue
            value = read(term) if read else term.value.removeprefix(prefix)
            if many:
                several.setdefault(name, []).append(value)
            else:
                found[name] = value
        if self._unknown in found.values():
            found |= {name: UNKNOWN for name, value in found.items() if value == self._unknown}
        for name, values in several.items():
            found[name] = self._several(sorted(values))
        for name, ranked in texts.items():
            found[name] = min(ranked)[1]
        if isinstance(found.get("object"), ox.Literal):
            found["value"] = _value(found.pop("object"))
        return found

    def local(self, iri: str) -> str:
        """Return the id of what an IRI of the case names; ``unknown`` for that term."""
        if iri.startswith(self.base):
            return iri[len(self.base) :]
        return UNKNOWN if iri == self._unknown else iri

    def _said(self, term: ox.NamedNode | ox.Literal) -> str | ox.Literal:
        """Return what a statement says of its subject: an id, a kind, or a literal."""
        return term if isinstance(term, ox.Literal) else self.local(term.value).removeprefix(KIND)


def _passage(term: ox.NamedNode) -> PassageRef:
    source, _, sentence = term.value.rpartition("/")[2].partition(".")
    return PassageRef(source, sentence)


def _number(term: ox.Literal) -> int | float:
    value = term.value
    return int(value) if value.lstrip("+-").isdigit() else float(value)


def _value(term: ox.Literal) -> Value:
    match term.datatype.value.removeprefix(XSD):
        case "boolean":
            return _boolean(term)
        case "integer" | "decimal":
            return _number(term)
    return term.value


def _boolean(term: ox.Literal) -> bool:
    return term.value in ("true", "1")


def _day(term: ox.Literal) -> date:
    return _date(term.value)


_date = lru_cache(maxsize=65536)(day)


def _name(term: ox.Literal) -> Name:
    return Name(term.value, term.language or "")


def _identifier(term: ox.Literal) -> Identifier:
    scheme, _, value = term.value.partition(":")
    return Identifier(scheme, value)


def _days(term: ox.Literal) -> tuple[str, str]:
    earlier, _, later = term.value.partition("/")
    return (earlier, later)


_NUMBERS: Mapping[Form, Read] = {
    Form.NUMBER: _number,
    Form.INTEGER: _number,
    Form.BOOLEAN: _boolean,
}
_READ: Mapping[Form, Read] = {
    **_NUMBERS,
    Form.PASSAGE: _passage,
    Form.DAY: _day,
    Form.DAYS: _days,
    Form.NAME: _name,
    Form.IDENTIFIER: _identifier,
}
