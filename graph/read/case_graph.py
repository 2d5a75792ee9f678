"""A judged graph with its case: statements, claims and things as records, read once each."""

from __future__ import annotations

from functools import cache, cached_property
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import pyoxigraph as ox

from ..model import Case, Claim, Statement
from ..model.days import Span
from ..model.terms import HUD, KIND, RDFS, case_namespace
from ..values import as_value, put_in
from .values import Values

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping

    Subject = ox.NamedNode | ox.BlankNode | ox.Triple

_DEFAULT = ox.DefaultGraph()
Kept = TypeVar("Kept")

_ENDS = frozenset(("subject", "predicate", "object", "value"))
_ABOUT = ox.NamedNode(HUD + "about")


class Predicate(NamedTuple):
    """What the ontology says of a predicate.

    Attributes:
        name: its local name.
        label: the words between subject and object.
        family: local name of its family.
        sign: +1 backing or alliance, -1 hostility, 0 neither.
        aspect: ``act`` or ``state``.
        timeless: whether what it says holds on every day.
    """

    name: str
    label: str
    family: str
    sign: int
    aspect: str = ""
    timeless: bool = False


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

    def statement(self, name: str) -> Statement:
        """Return a statement with the claims on it, sorted by their ids.

        Args:
            name: its id.
        """
        found = self._statements.get(name)
        if found is None:
            values = self._values.of(Statement, self._quads(self.node(name)))
            found = Statement(
                id=name, claims=self.claims_on(name), spans=self.spans.get(name, ()), **values
            )
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
        rows: Any = self.store.query(put_in(_text("stands"), {"statement": statements}, "stands"))
        base, size = self.base, len(self.base)
        for statement, claim, voice, stance, certainty, source in rows:
            stand = Stand(
                claim.value[size:],
                voice.value.removeprefix(base),
                stance.value.removeprefix(KIND),
                certainty.value.removeprefix(KIND),
                source.value.removeprefix(base),
            )
            wanted[statement.value[size:]].append(stand)
        self._stands |= {name: tuple(sorted(stands)) for name, stands in wanted.items()}

    def qualifiers(self, name: str) -> Mapping[str, Any]:
        """Return what a statement says beside its subject and object, as plain values.

        Args:
            name: its id.

        Returns:
            ``kind`` (the predicate) with its ``label``, ``family`` and ``sign``, and then by the
            alphabet every declared field of the statement that has a value: ids, local names of
            kinds, texts, numbers, days as ISO dates, and lists of them; among them ``spans`` as
            texts, see ``graph.model.days``, and ``timeless`` if it is so. It is kept: copy it
            before changing it.
        """
        found = self._qualifiers.get(name)
        if found is None:
            values = self._plain.of(Statement, self._quads(self.node(name)))
            found = {}
            if "predicate" in values:
                predicate = self.predicate(values["predicate"])
                found = {
                    "kind": predicate.name,
                    "label": predicate.label,
                    "family": predicate.family,
                    "sign": predicate.sign,
                }
                if predicate.timeless:
                    values["timeless"] = True
            if name in self.spans:
                values["spans"] = list(map(str, self.spans[name]))
            for field in sorted(values.keys() - _ENDS):
                found[field] = values[field]
            self._qualifiers[name] = found
        return found

    @cached_property
    def spans(self) -> Mapping[str, tuple[Span, ...]]:
        """The spans of statements by their ids; what is timeless or not dated has none."""
        found: dict[str, tuple[Span, ...]] = {}
        rows: Any = self.store.query(_text("spans"))
        for statement, first, last, *sure, begin, end in rows:
            attested, certain, until = (day.value if day else None for day in sure)
            open_ends = begin is None, end is None
            span = Span(first.value, last.value, attested, certain, until, *open_ends)
            name = self.local(statement.value)
            found[name] = (*found.get(name, ()), span)
        return found

    def predicate(self, name: str) -> Predicate:
        """Return what the ontology says of a predicate.

        Args:
            name: its local name.
        """
        if name not in self._predicates:
            node = ox.NamedNode(HUD + name)
            terms = {
                quad.predicate.value: getattr(quad.object, "value", "")
                for quad in self.store.quads_for_pattern(node, None, None, _DEFAULT)
            }
            self._predicates[name] = Predicate(
                name,
                terms.get(RDFS + "label", ""),
                terms.get(HUD + "family", "").removeprefix(KIND),
                int(terms.get(HUD + "sign", "0")),
                terms.get(HUD + "aspect", "").removeprefix(KIND),
                terms.get(HUD + "timeless") == "true",
            )
        return self._predicates[name]

    def _quads(self, node: Subject) -> Iterator[ox.Quad]:
        return self.store.quads_for_pattern(node, None, None, _DEFAULT)


@cache
def _text(query: str) -> str:
    return (Path(__file__).parent / f"{query}.rq").read_text("utf-8")
