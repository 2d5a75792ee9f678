"""A judged graph with its case: statements, claims and things as records, read once each."""

from __future__ import annotations

from functools import cache, cached_property
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import pyoxigraph as ox

from ..model import UNKNOWN, Actor, Case, Claim, Statement
from ..model.terms import HUD, KIND, RDFS, case_namespace
from .binding import as_value, put_in
from .things import ThingView, narrowest, wider_classes
from .values import Values

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping

    from .values import Row

    Subject = ox.NamedNode | ox.BlankNode | ox.Triple

_DEFAULT = ox.DefaultGraph()
Kept = TypeVar("Kept")

_ENDS = frozenset(("subject", "object", "value"))
_OF_A_THING = frozenset(("classes", "label", "identity", "names", "note"))
_OF_A_PREDICATE = dict.fromkeys(
    map(ox.NamedNode, (RDFS + "label", HUD + "family", HUD + "sign")), ""
)
_ABOUT = ox.NamedNode(HUD + "about")


class Predicate(NamedTuple):
    """What the ontology says of a predicate.

    Attributes:
        name: its local name.
        label: the words between subject and object.
        family: local name of its family.
        sign: +1 backing or alliance, -1 hostility, 0 neither.
    """

    name: str
    label: str
    family: str
    sign: int


class Stand(NamedTuple):
    """What rules ask of a claim: who speaks, how, how sure, and in which source."""

    claim: str
    voice: str
    stance: str
    certainty: str
    source: str


class CaseGraph:
    """A judged graph and its case. What is read of it is read once.

    Args:
        store: the quads.
        case: the case's id.
    """

    def __init__(self, store: ox.Store, case: str) -> None:
        self.store = store
        self.case = case
        self.base = case_namespace(case)
        self._values = Values(self.base)
        self._plain = Values(self.base, plain=True)
        self._statements: dict[str, Statement] = {}
        self._claims: dict[str, Claim] = {}
        self._predicates: dict[str, Predicate] = {}
        self._qualifiers: dict[str, dict[str, Any]] = {}
        self._stands: dict[str, tuple[Stand, ...]] = {}
        self._things: dict[str, ThingView] = {}
        self._narrow: dict[tuple[str, ...], str] = {}
        self._kept: dict[Hashable, Any] = {}
        self._claims_on: dict[str, tuple[Claim, ...]] = {}

    @cached_property
    def title(self) -> str:
        """The title of the case, or its id where it has none."""
        found = self._values.of(Case, self._quads(self.node("")))
        return str(found.get("title", self.case))

    def kept(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """Return what was made before under a key, or make it and keep it as long as the graph.

        Args:
            key: names what is made; a tuple that begins with the name of the module.
            make: makes it.
        """
        if key not in self._kept:
            self._kept[key] = make()
        found: Kept = self._kept[key]
        return found

    def node(self, name: str) -> ox.NamedNode:
        """Return the term of what an id of the case names."""
        return ox.NamedNode(self.base + name)

    def local(self, iri: str) -> str:
        """Return the id of what an IRI of the case names; other IRIs are returned as they are."""
        return self._values.local(iri)

    def thing(self, name: str) -> ThingView:
        """Return a thing; for what is none, a view with the id as its label.

        Args:
            name: its id.
        """
        found = self._things.get(name)
        if found is None:
            values = self._values.read(self._rows_of_things, self._quads(self.node(name)))
            class_ = self._narrowest(values.pop("classes", ()))
            if "label" in values:
                found = ThingView(name, class_=class_, **values)
            else:
                found = ThingView(name, label=name)
            self._things[name] = found
        return found

    @cached_property
    def wider_classes(self) -> Mapping[str, frozenset[str]]:
        """The classes directly above each class of the ontology, by local names."""
        return wider_classes(self.store)

    def _narrowest(self, classes: tuple[str, ...]) -> str:
        """Return the narrowest of some classes, the first by the alphabet if there are several."""
        found = self._narrow.get(classes)
        if found is None:
            found = self._narrow[classes] = next(iter(narrowest(classes, self.wider_classes)), "")
        return found

    @cached_property
    def _rows_of_things(self) -> Mapping[ox.NamedNode, Row]:
        rows = self._values.rows(Actor).items()
        return {term: row for term, row in rows if row[0] in _OF_A_THING}

    @cached_property
    def _rows_of_qualifiers(self) -> Mapping[ox.NamedNode, Row]:
        rows = self._plain.rows(Statement).items()
        return {term: row for term, row in rows if row[0] not in _ENDS}

    def statement(self, name: str) -> Statement:
        """Return a statement with the claims on it, sorted by their ids.

        Args:
            name: its id.
        """
        found = self._statements.get(name)
        if found is None:
            values = self._values.of(Statement, self._quads(self.node(name)))
            found = Statement(id=name, claims=self.claims_on(name), **values)
            self._statements[name] = found
        return found

    def claim(self, name: str) -> Claim:
        """Return a claim.

        Args:
            name: its id.
        """
        return self._claim(self.node(name))

    def _claim(self, node: Subject) -> Claim:
        name = self.local(getattr(node, "value", ""))
        found = self._claims.get(name)
        if found is None:
            values = self._values.of(Claim, self._quads(node))
            found = self._claims[name] = Claim(id=name, **values)
        return found

    def claims_on(self, name: str) -> tuple[Claim, ...]:
        """Return the claims on a statement, sorted by their ids.

        Args:
            name: the id of the statement.
        """
        found = self._claims_on.get(name)
        if found is None:
            about = self.store.quads_for_pattern(None, _ABOUT, self.node(name), _DEFAULT)
            claims = [claim for quad in about if (claim := self._claim(quad.subject)).voice]
            claims.sort(key=attrgetter("id"))
            found = self._claims_on[name] = tuple(claims)
        return found

    def stands_on(self, name: str) -> tuple[Stand, ...]:
        """Return the stands of voices on a statement, sorted by the ids of the claims.

        Args:
            name: the id of the statement.
        """
        if name not in self._stands:
            self.read_stands((name,))
        return self._stands[name]

    def read_stands(self, names: Iterable[str]) -> None:
        """Read the stands on many statements at once, as far as they are not known yet.

        Args:
            names: the ids of the statements.
        """
        wanted: dict[str, list[Stand]] = {name: [] for name in names if name not in self._stands}
        if not wanted:
            return
        statements = as_value(*map(self.node, wanted))
        columns = self.ids(put_in(_stands(), {"statement": statements}, "stands"), KIND)
        about = columns.pop("statement")
        for name, stand in zip(about, map(Stand, *columns.values()), strict=True):
            wanted[name].append(stand)
        self._stands |= {name: tuple(sorted(stands)) for name, stands in wanted.items()}

    def ids(self, sparql: str, *prefixes: str) -> dict[str, list[str]]:
        """Return the answer of a query whose columns hold IRIs alone, as ids.

        It is taken apart as one text: terms made one by one cost more than the query.

        Args:
            sparql: a SELECT query, each column of which has an IRI in each row.
            prefixes: what is taken off IRIs, beside the namespace of the case.

        Returns:
            The columns by name, in their order; ``unknown`` for that term.
        """
        solutions: Any = self.store.query(sparql)
        answer: str = solutions.serialize(format=ox.QueryResultsFormat.TSV).decode()
        for prefix in (self.base, *prefixes):
            answer = answer.replace("<" + prefix, "<")
        head, _, rows = answer.replace(f"<{HUD}{UNKNOWN}>", f"<{UNKNOWN}>").partition("\n")
        names = head[1:].split("\t?")
        ids = rows[1:-2].replace(">\n<", ">\t<").split(">\t<") if rows else []
        return {name: ids[place :: len(names)] for place, name in enumerate(names)}

    def qualifiers(self, name: str) -> Mapping[str, Any]:
        """Return what a statement says beside its subject and object, as plain values.

        Args:
            name: its id.

        Returns:
            ``kind`` (the predicate) with its ``label``, ``family`` and ``sign``, and then by the
            alphabet every declared field of the statement that has a value: ids, local names of
            kinds, texts, numbers, days as ISO dates, and lists of them. It is kept: copy it before
            changing it.
        """
        found = self._qualifiers.get(name)
        if found is None:
            values = self._plain.read(self._rows_of_qualifiers, self._quads(self.node(name)))
            found = {}
            if "predicate" in values:
                predicate = self.predicate(values.pop("predicate"))
                found = {
                    "kind": predicate.name,
                    "label": predicate.label,
                    "family": predicate.family,
                    "sign": predicate.sign,
                }
            for field in sorted(values):
                found[field] = values[field]
            self._qualifiers[name] = found
        return found

    def predicate(self, name: str) -> Predicate:
        """Return what the ontology says of a predicate.

        Args:
            name: its local name.
        """
        if name not in self._predicates:
            found = dict(_OF_A_PREDICATE)
            for quad in self._quads(ox.NamedNode(HUD + name)):
                if quad.predicate in found:
                    found[quad.predicate] = getattr(quad.object, "value", "")
            label, family, sign = found.values()
            self._predicates[name] = Predicate(
                name, label, family.removeprefix(KIND), int(sign or 0)
            )
        return self._predicates[name]

    def _quads(self, node: Subject) -> Iterator[ox.Quad]:
        return self.store.quads_for_pattern(node, None, None, _DEFAULT)


@cache
def _stands() -> str:
    return (Path(__file__).parent / "stands.rq").read_text("utf-8")
