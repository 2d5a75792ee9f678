"""Several cases as one data set: their graphs together, in which an actor of two cases is one.

A thing of one case and a thing of another are one if both record the same outside identifier, or an
editor judged so. In
the graph of both, the first of them by its IRI stands for all, and the others lead to it by
``owl:sameAs``. All else keeps its IRI. Statuses stay as each case has them: a claim of one case
does not dispute a claim of another. Different figures of one thing are told as a disagreement.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox

from ..errors import UsageError
from ..errors.counting import with_article
from ..model import Actor, specs
from ..model.terms import (
    HUD,
    KIND,
    OWL,
    RDF,
    RDFS,
    SKOS,
    Namespace,
    case_of_several,
    graph_iri,
    text,
)
from .between import add_disagreements_between
from .grouping import Unions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

_DEFAULT = ox.DefaultGraph()
_TYPE = ox.NamedNode(RDF + "type")
_LABEL = ox.NamedNode(RDFS + "label")
_SORTS = tuple(
    ox.NamedNode(HUD + one)
    for one in ("Actor", "Place", "Topic", "Event", "Agreement", "Clause", "Question", "Mechanism")
)
"""What things are as a whole; what has none of these in common is never one."""
_SAME = ox.NamedNode(OWL + "sameAs")
_VERSION = ox.NamedNode(OWL + "versionInfo")
_IDENTIFIER = ox.NamedNode(HUD + "identifier")
_JUDGEMENT = ox.NamedNode(HUD + "judgement")
_NOT_JOINED = frozenset(
    ox.NamedNode(KIND + name) for name in ("unnamed", "withheld", "hypothetical")
)
"""Identities of actors that are never taken for somebody whom another case tells of."""
_SINGLE = tuple(ox.NamedNode(one.term) for one in specs(Actor) if not one.many and one.term)
_JOINED = {
    "title": " and ",
    "description": " ",
    "licence": "; ",
    "contact": "; ",
    "reliability": " ",
    "withheld": "; ",
}
"""What several cases say of themselves in one text each, and what stands between theirs."""
_LATEST = ox.NamedNode(HUD + "speaksUntil")


@dataclass(frozen=True)
class Joins:
    """Which things of several cases are one, and which are not although an identifier is equal.

    Attributes:
        same: the things that another one stands for, each with that one, by their IRIs.
        apart: why things that share an identifier are not joined, in words, sorted.
    """

    same: Mapping[str, str]
    apart: tuple[str, ...] = ()


def joins_of(stores: Mapping[str, ox.Store]) -> Joins:
    """Return which things of several cases are one.

    Two are one if they record the same identifier in the same list, or if one is judged, more than
    possibly, to be what the other case or a list calls so. Things that are so joined, also over a
    third, stay apart all of them if any two are of one case, are judged to be different, have other
    identifiers in a list that both use, or are of two sorts: an actor and a place. An
    actor who is unnamed, withheld or hypothetical is never joined, and an identifier that two
    things of a case have joins nothing.

    Args:
        stores: the judged graphs, by the ids of their cases.
    """
    names = Namespace(case_of_several(stores))
    judged = [one for store in stores.values() for one in _judged(store)]
    known = {
        iri: one for store in stores.values() for iri, one in _identified(store, names, judged)
    }
    holders: dict[str, list[str]] = defaultdict(list)
    for iri, identifiers in sorted(known.items()):
        for one in identifiers:
            holders[one].append(iri)
    apart, groups = [], Unions()
    for identifier, iris in holders.items():
        cases = [names.local(iri).partition(":")[0] for iri in iris]
        if len(set(cases)) == len(cases):
            groups.join(iris)
        elif len(set(cases)) > 1:
            apart.append(f"{identifier} is recorded for {_told(iris, names)}, so it joins none")
    different = set(_different(judged, known, names))
    sorts: dict[str, set[str]] = defaultdict(set)
    for store, sort in product(stores.values(), _SORTS):
        for quad in store.quads_for_pattern(None, _TYPE, sort, _DEFAULT):
            sorts[text(quad.subject)].add(sort.value.removeprefix(HUD).lower())
    same: dict[str, str] = {}
    for group in groups.found():
        why = _why_apart(group, known, different, sorts, names)
        if why:
            apart.append(f"{_told(group, names)} share identifiers and are not joined: {why}")
        else:
            same |= dict.fromkeys(group[1:], group[0])
    return Joins(same, tuple(sorted(apart)))


def together(stores: Mapping[str, ox.Store], joins: Joins) -> ox.Store:
    """Return the graphs of several cases as one; the named graphs of each stay, under its names.

    The graph of ties is there once more for all of them, for paths that lead from case to case.

    Args:
        stores: the judged graphs, by the ids of their cases.
        joins: which of their things are one.

    Raises:
        UsageError: they are built with different versions of the ontology.
    """
    store = ox.Store()
    nodes = {ox.NamedNode(old): ox.NamedNode(new) for old, new in joins.same.items()}
    for one in stores.values():
        store.bulk_extend(_renamed(one, nodes))
    versions = {text(q.object) for q in store.quads_for_pattern(None, _VERSION, None, _DEFAULT)}
    if len(versions) > 1:
        told = " and ".join(sorted(versions))
        raise UsageError(
            f"{' and '.join(stores)} are built with different versions of the ontology ({told}), "
            "so they cannot be asked together; build them again"
        )
    for node in sorted(set(nodes.values()), key=text):
        members = [node, *sorted((old for old, new in nodes.items() if new == node), key=text)]
        _make_single(store, stores.values(), members)
    store.bulk_extend(ox.Quad(old, _SAME, new, _DEFAULT) for old, new in nodes.items())
    add_ties_of_all(store, case_of_several(stores))
    if nodes:
        add_disagreements_between(store)
    return store


def add_ties_of_all(store: ox.Store, case: str) -> None:
    """Add the graph of the ties of all cases, if there are several.

    Args:
        store: the graph, with that of the ties of each case; it is added to.
        case: the id of the case, or that of several.
    """
    cases, every = Namespace(case).cases, ox.NamedNode(graph_iri(case, "ties"))
    for one in cases if len(cases) > 1 else ():
        own = ox.NamedNode(graph_iri(one, "ties"))
        quads = list(store.quads_for_pattern(None, None, None, own))
        store.bulk_extend(ox.Quad(q.subject, q.predicate, q.object, every) for q in quads)


def about_all(every: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return what several cases say of themselves together; of the editors, the first.

    Args:
        every: what each says, by the names of the fields of ``graph.model.Case``.
    """
    days = tuple(sorted({day for one in every for day in one.get("compare_days", ())}))
    texts = {
        name: between.join(dict.fromkeys(one[name] for one in every if one.get(name)))
        for name, between in _JOINED.items()
    }
    return {**every[0], **texts, "compare_days": days}


class _Judged(NamedTuple):
    """A judgement of identity that was not withdrawn: how, and the IRIs or id of both sides."""

    how: str
    left: str
    right: str
    outside: str


def _judged(store: ox.Store) -> Iterator[_Judged]:
    """Yield the judgements of a case by which things may be joined or told apart."""
    for quad in store.quads_for_pattern(None, _JUDGEMENT, None, _DEFAULT):
        said: dict[str, str] = {}
        for one in store.quads_for_pattern(quad.subject, None, None, _DEFAULT):
            said[one.predicate.value.removeprefix(HUD)] = text(one.object)
        sure = said.get("certainty") != KIND + "possible"
        if "withdrawn" not in said and (sure or said["judgement"] == KIND + "different"):
            sides = (said.get(side, "") for side in ("left", "right", "outside"))
            yield _Judged(said["judgement"].removeprefix(KIND), *sides)


def _identified(
    store: ox.Store, names: Namespace, judged: Iterable[_Judged]
) -> Iterator[tuple[str, set[str]]]:
    """Yield the things of a case that may be joined, with their identifiers and those judged so."""
    found: dict[Any, set[str]] = defaultdict(set)
    for quad in store.quads_for_pattern(None, _IDENTIFIER, None, _DEFAULT):
        found[quad.subject].add(text(quad.object))
    for one in judged:
        if one.how == "same" and one.outside:
            other = map(names.iri, [one.outside] if names.cases_of(one.outside) else [])
            for iri in (one.left, *other):
                found[ox.NamedNode(iri)].add(one.outside)
    for node, identifiers in found.items():
        said = {q.object for q in store.quads_for_pattern(node, None, None, _DEFAULT)}
        if said and names.owns(text(node)) and _NOT_JOINED.isdisjoint(said):
            yield text(node), identifiers


def _different(
    judged: Iterable[_Judged], known: Mapping[str, set[str]], names: Namespace
) -> Iterator[frozenset[str]]:
    """Yield the pairs of things that are judged to be different."""
    for one in judged:
        if one.how == "different" and one.right:
            yield frozenset((one.left, one.right))
        elif one.how == "different":
            yield from (
                frozenset((one.left, iri))
                for iri, identifiers in known.items()
                if one.outside in identifiers or names.local(iri) == one.outside
            )


def _why_apart(
    group: list[str],
    known: Mapping[str, set[str]],
    different: Collection[frozenset[str]],
    sorts: Mapping[str, Collection[str]],
    names: Namespace,
) -> str:
    """Return why things are not one, although identifiers join them; empty if they are."""
    for pair in combinations(group, 2):
        told = _told(pair, names)
        if frozenset(pair) in different:
            return f"{told} are judged to be different"
    for one, other in combinations(group, 2):
        told = _told((one, other), names)
        if names.local(one).partition(":")[0] == names.local(other).partition(":")[0]:
            return f"{told} are two things of one case"
        if sorts[one] and sorts[other] and {*sorts[one]}.isdisjoint(sorts[other]):
            what = (with_article(" and ".join(sorted(sorts[iri]))) for iri in (one, other))
            return f"of {told} one is {' and one '.join(what)}"
        lists = [_by_list(known[iri]) for iri in (one, other)]
        for name in sorted(lists[0].keys() & lists[1].keys()):
            if lists[0][name].isdisjoint(lists[1][name]):
                values = (f"{name}:{value}" for found in lists for value in sorted(found[name]))
                return f"{told} have different ones, too: {', '.join(values)}"
    return ""


def _by_list(identifiers: Iterable[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one in identifiers:
        name, _, value = one.partition(":")
        found[name].add(value)
    return found


def _told(iris: Iterable[str], names: Namespace) -> str:
    *others, last = (names.local(iri) for iri in iris)
    return f"{', '.join(others)} and {last}"


def _renamed(store: ox.Store, nodes: Mapping[ox.NamedNode, ox.NamedNode]) -> Iterator[ox.Quad]:
    """Yield all quads with the things that stand for others in their places."""
    get: Any = nodes.get
    for quad in store:
        one, other = quad.subject, quad.object
        new, now = get(one, one), get(other, other)
        if new is one and now is other:
            yield quad
        else:
            yield ox.Quad(new, quad.predicate, now, quad.graph_name)


def _make_single(
    store: ox.Store, stores: Collection[ox.Store], members: list[ox.NamedNode]
) -> None:
    """Leave one value where a thing has one: of several labels that of the first member.

    Further labels become names, notes are put together, and it speaks until the latest day.

    Args:
        store: the graph of all; it is changed.
        stores: those of the cases.
        members: the things that are one; the first stands for all.
    """
    node = members[0]
    for term in (*_SINGLE, _LATEST):
        values = [
            quad.object
            for member in members
            for one in stores
            for quad in one.quads_for_pattern(member, term, None, _DEFAULT)
        ]
        if len(set(values)) < 2:
            continue
        for value in values:
            store.remove(ox.Quad(node, term, value, _DEFAULT))
        store.add(ox.Quad(node, term, _one_of(term, values), _DEFAULT))
        if term == _LABEL:
            names = (one for one in values if one != values[0])
            name = ox.NamedNode(SKOS + "altLabel")
            store.bulk_extend(ox.Quad(node, name, one, _DEFAULT) for one in names)


def _one_of(term: ox.NamedNode, values: list[Any]) -> Any:  # noqa: ANN401 - a term of any kind
    if term == _LATEST:
        return max(values, key=text)
    if term.value == SKOS + "note":
        told = " ".join(dict.fromkeys(map(text, values)))
        return ox.Literal(told, language=values[0].language)
    return values[0]
