"""What people call things, predicates and kinds, looked up."""

from __future__ import annotations

import re
import warnings
from collections import defaultdict
from typing import TYPE_CHECKING

from ..errors import UsageError, suggestion
from ..errors.counting import plural
from ..model.names import name_key
from ..model.near import Called, hint, joined, told
from ..model.terms import HUD, KIND, OWN_TERM, RDF, SKOS, Iri, spaced, term_name
from ..read.former import present, withdrawn_with
from ..read.once import once_told

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from ..read.select import Graph

_LISTED = 12
_SCHEME = HUD + "scheme"
_SCHEMES = {"state": ("fulfilments",), "family": ("families",)}
"""Lists of kinds by parameters that are named like no property that has one."""
_ALSO = {"Place": "State"}
"""A state that acts may also be the place where something lies."""


def things(graph: Graph) -> Mapping[str, Called]:
    """Return the things and sources of a case by their ids."""
    return graph.kept(("lookup", "things"), lambda: _things(graph))


def _things(graph: Graph) -> Mapping[str, Called]:
    keys: dict[str, set[str]] = defaultdict(set)
    for name, key in graph.pairs(HUD + "nameKey"):
        keys[name].add(key)
    return {one: Called(one, graph.label(one), frozenset(keys[one])) for one in sorted(keys)}


def predicates(graph: Graph, among: Collection[str] = ()) -> Mapping[str, Called]:
    """Return predicates of statements, those of the case too, by their local names.

    Args:
        graph: has the ontology.
        among: names of predicates, of those above or of families, ``tie``, ``role``; all if empty.
    """
    known = graph.kept(("lookup", "predicates"), lambda: _predicates(graph))
    if not among:
        return known
    tied = {one for mark in {"tie", "role"} & {*among} for one, _ in graph.pairs(HUD + mark)}
    above = graph.terms.broader
    return {
        name: one
        for name, one in known.items()
        if name in tied or {name, above.get(name), graph.predicate(name).family} & {*among}
    }


def _predicates(graph: Graph) -> Mapping[str, Called]:
    synonyms = _synonyms(graph)
    found = {}
    for name in sorted({name for name, _ in graph.pairs(HUD + "family")}):
        view = graph.predicate(name)
        found[name] = Called(
            name,
            view.label,
            _keys(name, *_labels(graph, graph.terms.node(HUD, name))),
            synonyms.get(name, frozenset()),
            view.sign,
            frozenset([name_key(view.inverse)] if view.inverse else ()),
        )
    return found


def _labels(graph: Graph, term: Iri) -> Iterator[str]:
    """Yield the labels of a term, and of those of other cases that have its name."""
    for one in graph.terms.namesakes(term):
        yield from graph.labels.every(one.value)


def _keys(name: str, *labels: str) -> frozenset[str]:
    """Return the names of a predicate or kind in normal form."""
    return frozenset(map(name_key, filter(None, (name, spaced(name), *labels))))


def kinds(graph: Graph, param: str = "", among: Collection[str] = ()) -> Mapping[str, Called]:
    """Return the kinds that fit a parameter, those of the case too, by their local names.

    Args:
        graph: has the ontology.
        param: its name, such as ``status`` or ``topic``; all kinds fit if it names no list of them.
        among: only those that are so called or in a list so called, whatever the parameter.
    """
    if not among:
        return graph.kept(("lookup", "kinds", param), lambda: _kinds(graph, param))
    inside = {name for name, scheme in graph.pairs(SKOS + "inScheme") if scheme in among}
    known = kinds(graph)
    inside |= {name for name in known if name in among or graph.terms.broader.get(name) in among}
    return {name: one for name, one in known.items() if name in inside}


def _kinds(graph: Graph, param: str) -> Mapping[str, Called]:
    listed = {scheme for name, scheme in graph.pairs(_SCHEME) if name == param}
    listed |= set(_SCHEMES.get(param, ()))
    in_schemes = list(graph.pairs(SKOS + "inScheme"))
    if param == "kind":
        listed = {scheme for _, scheme in in_schemes if scheme.endswith("Kinds")}
    names = sorted({name for name, scheme in in_schemes if not listed or scheme in listed})
    synonyms = _synonyms(graph)
    found = {}
    for name in names:
        label = graph.labels.kinds.get(name, name)
        keys = _keys(name, *_labels(graph, graph.terms.node(KIND, name)))
        found[name] = Called(name, label, keys, synonyms.get(name, frozenset()))
    return found


def _synonyms(graph: Graph) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for name, text in graph.pairs(SKOS + "hiddenLabel"):
        found[name].add(name_key(text))
    return {name: frozenset(texts) for name, texts in found.items()}


def thing(value: str, graph: Graph, name: str = "id", classes: Collection[str] = ()) -> Iri:
    """Return the IRI of a thing or statement of the case, given its id or a name of it.

    Args:
        value: an id (``guard``) or a former one, a prefixed name (``case:guard``), an IRI, or a
            label or further name in any language and any way to write it, see
            ``graph.model.names.name_key``.
        graph: where to look.
        name: the parameter, for messages.
        classes: it must be of one of these, any will do if there are none. Of several things that
            are called so, those count that are of the first of these classes that has any; a state
            that acts may stand for a place.

    Raises:
        UsageError: nothing of these classes, or more than one thing, is called so; the text
            suggests what is near and of the right class. Or it was withdrawn.
    """
    for one in graph.names.ids(value):
        if gone := withdrawn_with(graph, one):
            raise UsageError(f"{name}: {gone}")
    called = _by_id(value, graph) or _named(value, graph)
    matches = _of_classes(called, classes, graph)
    if len(matches) == 1:
        return graph.node(matches[0])
    if matches:
        called_so = (things(graph).get(one, Called(one, "", frozenset())) for one in matches)
        named = told(sorted(called_so), "and")
        raise UsageError(f'{name}: "{value}" is the name of several things: {named}; give the id')
    if once := "; ".join(filter(None, (once_told(graph, one) for one in called))):
        raise UsageError(f'{name}: "{value}" is told of no more. {once}')
    right = [one for key, one in things(graph).items() if _of_classes([key], classes, graph)]
    more = hint(value, right) or '; "hudna query names text=WORD" looks for names'
    if called:
        wanted = joined([_class_name(one, graph) for one in classes], "or")
        is_one = _class_name(graph.narrowest(graph.thing(called[0])), graph)
        raise UsageError(f'{name}: "{value}" is no {wanted}: it is a thing of the class {is_one}'
                         f"{more}")  # fmt: skip
    where = f"{plural(len(graph.names.cases), 'case')} {' and '.join(graph.names.cases)}"
    raise UsageError(f'{name}: nothing in the {where} is called "{value}"{more}')


def _by_id(value: str, graph: Graph) -> list[str]:
    """Return the ids that a text is, or was: of several cases it may be one of each."""
    ids = dict.fromkeys(present(graph, one) for one in graph.names.ids(value))
    return [
        one
        for one in ids
        if re.fullmatch(r"([a-z0-9-]+:)?[a-zA-Z0-9.-]+", one) and graph.knows(graph.node(one).value)
    ]


def _named(value: str, graph: Graph) -> list[str]:
    """Return the ids of the things and sources that are called so; see ``_found``."""
    named = graph.with_text(HUD + "nameKey", name_key(value))
    return sorted(named) or _found(value, things(graph).values())


def _found(value: str, known: Iterable[Called]) -> list[str]:
    """Return the ids of what is called so; by its id in normal form if nothing has it as a name."""
    key, listed = name_key(value), list(known)
    named = [one.id for one in listed if key in one.keys]
    return named or [one.id for one in listed if name_key(one.id) == key]


def _of_classes(names: Iterable[str], classes: Collection[str], graph: Graph) -> list[str]:
    """Return those of some things that are of the first class that has any; see ``thing``."""
    listed = list(names)
    if not classes:
        return listed
    wanted = dict.fromkeys(name for one in classes for name in (one, _ALSO.get(one, one)))
    found = ([name for name in listed if one in _classes_of(name, graph)] for one in wanted)
    return next(filter(None, found), [])


def _classes_of(name: str, graph: Graph) -> frozenset[str]:
    """Return the classes of a thing; all quads of that kind together would take far longer."""
    kind = ("lookup", "classes", name)
    return graph.kept(kind, lambda: frozenset(one for _, one in graph.pairs(RDF + "type", name)))


def _class_name(name: str, graph: Graph) -> str:
    return (graph.labels.of(HUD + name) or spaced(name).strip()).lower()


def predicate(value: str, graph: Graph, name: str, among: Collection[str] = ()) -> Iri:
    """Return a predicate of statements by its id or label, or by its words from the other end.

    Args:
        value: ``besieges``, ``hud:besieges``, or words of the tables: ``besieges`` or
            ``is besieged by``. The label of one predicate goes before such words of another.
        graph: has the ontology.
        name: the parameter, for messages.
        among: which predicates fit; see ``predicates``.

    Raises:
        UsageError: there is no such predicate, or it does not fit; what is near is of one sign,
            never of its opposite.

    Warns:
        UserWarning: it was named from the other end; the statements are told as they are stated.
    """
    known, every = predicates(graph, among), predicates(graph)
    local = _one(value, graph, known, every, name, "predicate", among)
    if name_key(value) in known[local].backward - known[local].keys:
        label = known[local].label
        warnings.warn(
            f'{name}: "{value}" is "{label}" from the other end; statements are told as stated, '
            f'as "A {label} B"',
            stacklevel=2,
        )
    return graph.terms.node(HUD, local)


def kind(value: str, graph: Graph, name: str, among: Collection[str] = ()) -> Iri:
    """Return a kind by its id or label.

    Args:
        value: ``detaineeRelease``, ``kind:detaineeRelease`` or ``detainee release``.
        graph: has the ontology.
        name: the parameter, which says of which list of kinds it takes one; see ``kinds``.
        among: which kinds fit, if not those; see ``kinds``.

    Raises:
        UsageError: there is no such kind, or it is in another list.
    """
    what = name if name in ("status", "stance", "family", "topic", "stage", "modality") else "kind"
    known, every = kinds(graph, name, among), kinds(graph)
    return graph.terms.node(KIND, _one(value, graph, known, every, name, what, among))


def _one(
    value: str,
    graph: Graph,
    known: Mapping[str, Called],
    every: Mapping[str, Called],
    name: str,
    what: str,
    among: Collection[str],
) -> str:
    """Return the local name of what is called so among what is known; errors as above."""
    local = term_name(value)
    for prefix in ("hud:", "kind:", *(f"{case}:" for case in graph.names.cases), OWN_TERM):
        local = local.removeprefix(prefix)
    found = [one for one in (local,) if one in known]
    found = found or _found(value, known.values())
    found = found or [one.id for one in known.values() if name_key(value) in one.backward]
    if len(found) == 1:
        return found[0]
    if found:
        named = told((known[one] for one in found), "and")
        raise UsageError(f'{name}: "{value}" is the name of several: {named}; give the id')
    if local in every or _found(value, every.values()):
        takes = among if len(among) <= _LISTED and among else known
        listed = f"takes {', '.join(takes)}" if len(takes) <= _LISTED else "takes none of its list"
        raise UsageError(f'{name}: "{value}" does not fit: it {listed}')
    listed = f"; it is one of {', '.join(known)}" if len(known) <= _LISTED else ""
    more = hint(spaced(local), known.values()) or listed
    more = more or f'; "hudna query --values {what}" lists them'
    raise UsageError(f'{name}: there is no {what} "{value}"{more}')


def class_of(value: str, graph: Graph, name: str) -> Iri:
    """Return a class that things of the case are of, by its id or label.

    Args:
        value: ``ArmedGroup``, ``hud:ArmedGroup`` or ``armed group``.
        graph: where they are.
        name: the parameter, for messages.

    Raises:
        UsageError: nothing is of a class so called.
    """
    known = classes(graph)
    return Iri(HUD + _one(value, graph, known, known, name, "class", ()))


def classes(graph: Graph) -> Mapping[str, Called]:
    """Return the classes that things of the case are of by their local names."""
    found = sorted({one for key in things(graph) for one in _classes_of(key, graph)})
    own = ((name, _class_name(name, graph)) for name in found if "/" not in name)
    return {name: Called(name, label, _keys(name, label)) for name, label in own}


def _voices(graph: Graph) -> set[str]:
    """Return the ids of all who make a claim."""
    return graph.kept(("lookup", "voices"), lambda: {v for _, v in graph.pairs(HUD + "voice")})


def voice(value: str, graph: Graph, name: str) -> Iri:
    """Return an actor that makes claims, or an agreement or document that does.

    Args:
        value: its id or a name, as in ``thing``; a name is an actor's if one has it.
        graph: where to look.
        name: the parameter, for messages.

    Raises:
        UsageError: nobody is called so, or makes no claim.
    """
    key = name_key(value)
    try:
        found = thing(value, graph, name, ("Actor",))
    except UsageError:
        others = [one.id for one in voices(graph) if value == one.id or key in one.keys]
        if len(others) != 1:
            raise
        return Iri(graph.node(others[0]).value)
    if not any(graph.pairs(HUD + "voice", target=graph.local(found.value))):
        told = f'{name}: "{value}" makes no claim; "hudna query --values voice" lists who does'
        raise UsageError(told)
    return found


def lists(graph: Graph) -> Sequence[str]:
    """Return the names of the lists of values that parameters take; see ``values``."""
    schemes = {name for name, _ in graph.pairs(_SCHEME)} | set(_SCHEMES)
    own = (spaced(name).strip().replace(" ", "-") for name in classes(graph))
    return sorted({"predicate", "kind", "class", "voice", "as", *schemes, *own})


def values(what: str, graph: Graph) -> Sequence[Called]:
    """Return what a parameter may be given, in order.

    Args:
        what: ``predicate``, ``voice``, ``kind``, ``class``, a parameter that takes kinds
            (``topic``, ``status`` and so on), or a class of things (``question``, ``armed-group``).
        graph: where they are.

    Raises:
        UsageError: there is no such list.
    """
    if what not in lists(graph):
        more = suggestion(what, lists(graph)) or f"; there are: {', '.join(lists(graph))}"
        raise UsageError(f'there is no list of values "{what}"{more}')
    if what == "predicate":
        return list(predicates(graph).values())
    if what == "class":
        return list(classes(graph).values())
    if what == "kind" or what in _SCHEMES or what in {name for name, _ in graph.pairs(_SCHEME)}:
        return list(kinds(graph, what).values())
    if what in ("voice", "as"):
        return voices(graph)
    return of_class("".join(word.capitalize() for word in what.split("-")), graph)


def voices(graph: Graph) -> Sequence[Called]:
    """Return all who make a claim, by their ids."""
    known = things(graph)
    return [known[name] for name in sorted(_voices(graph)) if name in known]


def of_class(name: str, graph: Graph) -> Sequence[Called]:
    """Return the things and sources of a class by their ids; all of them for ``Thing``.

    Args:
        name: local name of the class.
        graph: where they are.
    """
    known = things(graph).items()
    return [one for key, one in known if name == "Thing" or name in _classes_of(key, graph)]


def voice_of(name: str, graph: Graph) -> str:
    """Return the id of an actor who makes a claim.

    Args:
        name: the id or a name of the actor.
        graph: the store and its case.

    Raises:
        UsageError: nobody is called so, or makes no claim.
    """
    return graph.local(voice(name, graph, "as").value)
