"""What people call things, predicates and kinds: looked up, and what is near where nothing fits."""

from __future__ import annotations

import re
from collections import defaultdict
from difflib import SequenceMatcher
from heapq import nlargest
from typing import TYPE_CHECKING, NamedTuple

from ..errors import UsageError, suggestion
from ..model.names import name_key
from ..model.terms import HUD, KIND, RDF, SKOS, Iri, spaced

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from ..read.select import Graph

_ALIKE = 0.8
"""Words and names that have less in common are not taken for slips of each other."""
_SHORT = 2
"""A word of so many letters is too short for a slip: it must be the same."""
_LONGEST = 200
_HINTS = 3
_LISTED = 12
_SCHEME = HUD + "scheme"
_SCHEMES = {"state": ("fulfilments",), "family": ("families",)}
"""Lists of kinds by parameters that are named like no property that has one."""
_ALSO = {"Place": "State"}
"""A state that acts may also be the place where something lies."""


class Called(NamedTuple):
    """Something with a name.

    Attributes:
        id: id of a thing, local name of a predicate or kind.
        label: how tables show it.
        keys: its names in normal form.
        synonyms: words in normal form that mean the same, and are only hinted from.
        sign: 1, 0 or -1 of a predicate.
    """

    id: str
    label: str
    keys: frozenset[str]
    synonyms: frozenset[str] = frozenset()
    sign: int = 0


def things(graph: Graph) -> Mapping[str, Called]:
    """Return the things and sources of a case by their ids."""
    return graph.kept(("lookup", "things"), lambda: _things(graph))


def _things(graph: Graph) -> Mapping[str, Called]:
    keys: dict[str, set[str]] = defaultdict(set)
    for name, key in graph.pairs(HUD + "nameKey"):
        keys[name].add(key)
    return {one: Called(one, graph.label(one), frozenset(keys[one])) for one in sorted(keys)}


def _predicates(graph: Graph) -> Mapping[str, Called]:
    """Return the predicates of statements by their local names."""
    return graph.kept(("lookup", "predicates"), lambda: _read_predicates(graph))


def _read_predicates(graph: Graph) -> Mapping[str, Called]:
    synonyms = _texts(graph, HUD, SKOS + "hiddenLabel")
    found = {}
    for name in sorted({name for name, _ in graph.pairs(HUD + "family")}):
        view = graph.predicate(name)
        keys = frozenset(map(name_key, (name, spaced(name), view.label)))
        found[name] = Called(name, view.label, keys, synonyms.get(name, frozenset()), view.sign)
    return found


def kinds(graph: Graph, param: str = "") -> Mapping[str, Called]:
    """Return the kinds that fit a parameter by their local names.

    Args:
        graph: has the ontology.
        param: its name, such as ``status`` or ``topic``; all kinds fit if it names no list of them.
    """
    return graph.kept(("lookup", "kinds", param), lambda: _kinds(graph, param))


def _kinds(graph: Graph, param: str) -> Mapping[str, Called]:
    listed = {scheme for name, scheme in graph.pairs(_SCHEME) if name == param}
    listed |= set(_SCHEMES.get(param, ()))
    in_schemes = list(graph.pairs(SKOS + "inScheme"))
    if param == "kind":
        listed = {scheme for _, scheme in in_schemes if scheme.endswith("Kinds")}
    names = sorted({name for name, scheme in in_schemes if not listed or scheme in listed})
    synonyms = _texts(graph, KIND, SKOS + "hiddenLabel")
    found = {}
    for name in names:
        label = graph.kinds.get(name, name)
        keys = frozenset(map(name_key, (name, spaced(name), label)))
        found[name] = Called(name, label, keys, synonyms.get(name, frozenset()))
    return found


def _texts(graph: Graph, base: str, term: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for name, text in graph.pairs(term):
        found[name.removeprefix(base)].add(name_key(text))
    return {name: frozenset(texts) for name, texts in found.items()}


def thing(value: str, graph: Graph, name: str = "id", classes: Collection[str] = ()) -> Iri:
    """Return the IRI of a thing or statement of the case, given its id or a name of it.

    Args:
        value: an id (``ndf``), a prefixed name (``homs:ndf``), an IRI, or a label or further name
            in any language and any way to write it, see ``graph.model.names.name_key``.
        graph: where to look.
        name: the parameter, for messages.
        classes: it must be of one of these, any will do if there are none. Of several things that
            are called so, those count that are of the first of these classes that has any; a state
            that acts may stand for a place.

    Raises:
        UsageError: nothing of these classes, or more than one thing, is called so; the text
            suggests what is near and of the right class.
    """
    local = value.removeprefix(graph.base).removeprefix(f"{graph.case}:")
    if re.fullmatch(r"[a-zA-Z0-9.-]+", local) and graph.knows(graph.base + local):
        called = [local]
    else:
        called = _found(value, things(graph).values())
    matches = _of_classes(called, classes, graph)
    if len(matches) == 1:
        return graph.node(matches[0])
    if matches:
        told = _told((things(graph)[one] for one in sorted(matches)), "and")
        raise UsageError(f'{name}: "{value}" is the name of several things: {told}; give the id')
    right = [one for key, one in things(graph).items() if _of_classes([key], classes, graph)]
    told = hint(value, right) or '; "hudna query names --param text=WORD" looks for names'
    if called:
        wanted = _joined([_class_name(one, graph) for one in classes], "or")
        is_one = _class_name(graph.narrowest(graph.thing(called[0])), graph)
        raise UsageError(f'{name}: "{value}" is no {wanted}: it is a thing of the class {is_one}'
                         f"{told}")  # fmt: skip
    raise UsageError(f'{name}: nothing in the case {graph.case} is called "{value}"{told}')


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
    own = _classes_of(graph)
    wanted = dict.fromkeys(name for one in classes for name in (one, _ALSO.get(one, one)))
    found = ([name for name in listed if one in own[name]] for one in wanted)
    return next(filter(None, found), [])


def _classes_of(graph: Graph) -> Mapping[str, set[str]]:
    return graph.kept(("lookup", "classes"), lambda: _classes(graph))


def _classes(graph: Graph) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for name, above in graph.pairs(RDF + "type"):
        found[name].add(above)
    return found


def _class_name(name: str, graph: Graph) -> str:
    return (graph.labels.of(HUD + name) or spaced(name).strip()).lower()


def predicate(value: str, graph: Graph, name: str) -> Iri:
    """Return a predicate of statements by its id or label.

    Args:
        value: ``besieges``, ``hud:besieges`` or the words of the tables.
        graph: has the ontology.
        name: the parameter, for messages.

    Raises:
        UsageError: there is no such predicate; what is near is of one sign, never of its opposite.
    """
    known = _predicates(graph)
    return Iri(HUD + _one(value, HUD, known, name, "predicate"))


def kind(value: str, graph: Graph, name: str) -> Iri:
    """Return a kind by its id or label.

    Args:
        value: ``detaineeRelease``, ``kind:detaineeRelease`` or ``detainee release``.
        graph: has the ontology.
        name: the parameter, which says of which list of kinds it takes one; see ``kinds``.

    Raises:
        UsageError: there is no such kind, or it is in another list.
    """
    what = name if name in ("status", "stance", "family", "topic", "stage", "modality") else "kind"
    return Iri(KIND + _one(value, KIND, kinds(graph, name), name, what))


def _one(value: str, base: str, known: Mapping[str, Called], name: str, what: str) -> str:
    local = value.removeprefix(base).removeprefix("hud:" if base == HUD else "kind:")
    if local in known:
        return local
    found = _found(value, known.values())
    if len(found) == 1:
        return found[0]
    if found:
        told = _told((known[one] for one in found), "and")
        raise UsageError(f'{name}: "{value}" is the name of several: {told}; give the id')
    listed = f"; it is one of {', '.join(known)}" if len(known) <= _LISTED else ""
    more = hint(spaced(local), known.values()) or listed
    more = more or f'; "hudna query --values {what}" lists them'
    raise UsageError(f'{name}: there is no {what} "{value}"{more}')


def hint(value: str, known: Iterable[Called]) -> str:
    """Return ``; did you mean "x" (label)?`` for what is near, or nothing.

    Args:
        value: what is not known.
        known: what would be right; see ``hint``.
    """
    found = _near(value, known)
    return f"; did you mean {_told(found, 'or')}?" if found else ""


def _told(found: Iterable[Called], joined: str) -> str:
    told = [f'"{one.id}"' + (f" ({one.label})" if one.label != one.id else "") for one in found]
    return _joined(told, joined)


def _joined(words: Sequence[str], last: str) -> str:
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _near(value: str, known: Iterable[Called]) -> Sequence[Called]:
    """Return what somebody may have meant, the most likely first; nothing if all is far.

    It is near if all words of the value, or slips of them, are words of one of its names; or if the
    value as a whole is a slip of a name. What is told of several predicates has no opposite signs.

    Args:
        value: what is not known.
        known: what would be right.
    """
    key = name_key(value)
    if not key or len(value) > _LONGEST:
        return ()
    ranked = ((max(_alike(key, name) for name in _names(one)), one) for one in known)
    best = nlargest(_HINTS, (pair for pair in ranked if pair[0] > 0), key=lambda pair: pair[0])
    return [one for rank, one in best if 2 * rank >= best[0][0] and one.sign * best[0][1].sign >= 0]


def _names(one: Called) -> set[str]:
    return {name_key(one.id), *one.keys, *one.synonyms}


def _alike(key: str, name: str) -> float:
    """Return from 0 (far) to 1 (the same) how near two names in normal form are."""
    words, others = key.split(), name.split()
    slips = [max((_slip(word, other) for other in others), default=0.0) for word in words]
    if all(slips):
        return sum(slips) / max(len(words), len(others))
    return _slip(key, name) * _ALIKE


def _slip(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if len(one) > _SHORT and sorted(one) == sorted(other):
        return _ALIKE
    match = SequenceMatcher(None, one, other, autojunk=False)
    if min(len(one), len(other)) <= _SHORT or match.real_quick_ratio() < _ALIKE:
        return 0.0
    found = match.ratio() if match.quick_ratio() >= _ALIKE else 0.0
    return found if found >= _ALIKE else 0.0


def _voices(graph: Graph) -> set[str]:
    """Return the ids of all who make a claim."""
    return graph.kept(("lookup", "voices"), lambda: {v for _, v in graph.pairs(HUD + "voice")})


def voice(value: str, graph: Graph, name: str) -> Iri:
    """Return an actor that makes claims.

    Args:
        value: its id or a name, as in ``thing``.
        graph: where to look.
        name: the parameter, for messages.

    Raises:
        UsageError: nobody is called so, or makes no claim.
    """
    found = thing(value, graph, name, ("Actor",))
    if graph.local(found.value) not in _voices(graph):
        told = f'{name}: "{value}" makes no claim; "hudna query --values voice" lists who does'
        raise UsageError(told)
    return found


def lists(graph: Graph) -> Sequence[str]:
    """Return the names of the lists of values that parameters take; see ``values``."""
    schemes = {name for name, _ in graph.pairs(_SCHEME)} | set(_SCHEMES)
    classes = {one for key in things(graph) for one in _classes_of(graph)[key]}
    own = (spaced(name).strip().replace(" ", "-") for name in classes if "/" not in name)
    return sorted({"predicate", "kind", "voice", "as", *schemes, *own})


def values(what: str, graph: Graph) -> Sequence[Called]:
    """Return what a parameter may be given, in order.

    Args:
        what: ``predicate``, ``voice``, ``kind``, a parameter that takes kinds (``topic``,
            ``status`` and so on), or a class of things (``question``, ``armed-group``).
        graph: where they are.

    Raises:
        UsageError: there is no such list.
    """
    if what not in lists(graph):
        told = suggestion(what, lists(graph)) or f"; there are: {', '.join(lists(graph))}"
        raise UsageError(f'there is no list of values "{what}"{told}')
    if what == "predicate":
        return list(_predicates(graph).values())
    if what == "kind" or what in _SCHEMES or what in {name for name, _ in graph.pairs(_SCHEME)}:
        return list(kinds(graph, what).values())
    known = things(graph)
    if what in ("voice", "as"):
        return [known[name] for name in sorted(_voices(graph)) if name in known]
    name = "".join(word.capitalize() for word in what.split("-"))
    return [one for key, one in known.items() if name in _classes_of(graph)[key]]


def voice_of(name: str, graph: Graph) -> str:
    """Return the id of an actor who makes a claim.

    Args:
        name: the id or a name of the actor.
        graph: the store and its case.

    Raises:
        UsageError: nobody is called so, or makes no claim.
    """
    return graph.local(voice(name, graph, "as").value)
