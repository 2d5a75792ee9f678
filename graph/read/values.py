"""From terms of RDF back to the values of declared fields: the reverse of what the build writes."""

from __future__ import annotations

from functools import lru_cache
from sys import intern
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ..model import UNKNOWN, Claim, Form, Identifier, Name, PassageRef, Statement, specs
from ..model.dates import day
from ..model.terms import HUD, RDF, XSD, term_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from ..model import Value
    from ..model.terms import Namespace

    Read = Callable[[Any], Any]


_FIRST = ("en", None)
_ABOUT, _WAS_ABOUT = ox.NamedNode(HUD + "about"), ox.NamedNode(HUD + "wasAbout")


Row = tuple[str, str, "Read | None", bool, bool]
"""A field of a record as it is read; an exact tuple, which Python takes apart fastest.

Its name; what is taken off the text of a term, or empty; what makes the value of the term, where
that does not; whether it has several values; whether it may stand in several languages, of which
English counts.
"""


class _TermNames(dict[ox.NamedNode, str]):
    """The names of predicates, classes and kinds, by term; each is made once."""

    def __init__(self) -> None:
        super().__init__({ox.NamedNode(HUD + UNKNOWN): UNKNOWN})

    def __missing__(self, term: ox.NamedNode) -> str:
        """Return the name of a term that was not asked for before."""
        return self.setdefault(term, term_name(term.value))


class Values:
    """Reads the fields of records of a case, or of several.

    Args:
        names: their ids.
        plain: whether days and passages stay texts and several values become a list, as edges of
            networks and JSON want them; what a statement says of its subject is left out then.
    """

    def __init__(self, names: Namespace, *, plain: bool = False) -> None:
        self.names = names
        self._plain = plain
        self._several: type[list[Any] | tuple[Any, ...]] = list if plain else tuple
        name_of = _TermNames().__getitem__
        self._base = "" if names.several else next(iter(names.bases))
        self._id: Read | None = self._id_of if names.several else None  # a call is slower
        self._forms: Mapping[Form, Read] = {
            **(_NUMBERS if plain else {**_READ, Form.PASSAGE: self._passage}),
            **dict.fromkeys((Form.KIND, Form.PREDICATE, Form.CLASS), name_of),
        }
        self._unknown = HUD + UNKNOWN
        self._rows: dict[type, dict[ox.NamedNode, Row]] = {}

    def rows(self, record: type) -> Mapping[ox.NamedNode, Row]:
        """Return how the fields of a class of records are read, by their properties."""
        if record not in self._rows:
            self._rows[record] = {
                ox.NamedNode(field.term): (
                    field.name,
                    self._base if field.form.refers else "",
                    self._forms.get(field.form, self._id if field.form.refers else None),
                    field.many,
                    field.form is Form.ENGLISH,
                )
                for field in specs(record)
            }
            if record is Claim:
                self._rows[record][_WAS_ABOUT] = self._rows[record][_ABOUT]
            if record is Statement and not self._plain:
                said = ("object", "", self._said, False, False)
                verdict = ("verdict", self._base, self._id, False, False)
                self._rows[record] |= {
                    ox.NamedNode(RDF + "object"): said,
                    ox.NamedNode(HUD + "verdict"): verdict,
                }
        return self._rows[record]

    def of(self, record: type, quads: Iterable[ox.Quad]) -> dict[str, Any]:
        """Return the values of a record's fields by their names; what has none is left out.

        Args:
            record: a class of records.
            quads: all quads about the record, of the default graph.
        """
        return self.read(self.rows(record), quads)

    def read(self, rows: Mapping[ox.NamedNode, Row], quads: Iterable[ox.Quad]) -> dict[str, Any]:
        """Return the values of some fields by their names; what has none is left out.

        Args:
            rows: how the fields are read, by their properties.
            quads: all quads about the record, of the default graph.
        """
        row_of, unknown = rows.get, self._unknown
        found: dict[str, Any] = {}
        several: dict[str, list[Any]] = {}
        texts: dict[str, list[ox.Literal]] = {}
        for quad in quads:
            row = row_of(quad.predicate)
            if row is None:
                continue
            name, prefix, read, many, languages = row
            term: Any = quad.object
            if languages:
                texts.setdefault(name, []).append(term)
                continue
            if read:
                value = read(term)
            else:
                # What many records name, a voice or a day, is in memory once.
                value = intern(term.value.removeprefix(prefix))
                if value == unknown:
                    value = UNKNOWN
            if many:
                several.setdefault(name, []).append(value)
            else:
                found[name] = value
        for name, values in several.items():
            found[name] = self._several(sorted(values))
        for name, terms in texts.items():
            found[name] = preferred(terms)
        if isinstance(found.get("object"), ox.Literal):
            found["value"] = _value(found.pop("object"))
        return found

    def local(self, iri: str) -> str:
        """Return the id of what an IRI of the case names; ``unknown`` for that term."""
        return UNKNOWN if iri == self._unknown else self.names.local(iri)

    def _id_of(self, term: ox.NamedNode) -> str:
        return self.local(term.value)

    def _passage(self, term: ox.NamedNode) -> PassageRef:
        return passage(self.names.local(term.value))

    def _said(self, term: ox.NamedNode | ox.Literal) -> str | ox.Literal:
        """Return what a statement says of its subject: an id, a kind, or a literal."""
        if isinstance(term, ox.Literal):
            return term
        name = term_name(term.value)
        return name if name != term.value else self.local(term.value)


def preferred(terms: Iterable[ox.Literal]) -> str:
    """Return the one of some texts that counts: in English or without a language, or else any."""
    return min((term.language not in _FIRST, term.value) for term in terms)[1]


def passage(name: str) -> PassageRef:
    """Return the sentence of a source that an id names."""
    source, _, sentence = name.partition(".")
    return PassageRef(intern(source), intern(sentence))


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
    Form.DAY: _day,
    Form.DAYS: _days,
    Form.NAME: _name,
    Form.IDENTIFIER: _identifier,
}
