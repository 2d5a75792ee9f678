"""SHACL as SPARQL: the shapes of a file as queries for the nodes that do not fit them.

The file stays plain SHACL, which any engine can run. Here a store is asked for all nodes at once:
one query for a property with too few or too many values, one for its values that are wrong, and one
for each ``sh:sparql``. Whatever of SHACL is not known here is refused, so that no constraint is
silently left out.

What the constraints mean: https://www.w3.org/TR/shacl/, sections 2 to 5.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from ..errors import InputOutputError
from ..model.terms import OWL, RDF, RDFS, XSD, parse_turtle

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_SH = "http://www.w3.org/ns/shacl#"
_TYPE = f"<{RDF}type>"
_CLASSES = f"{_TYPE}/<{RDFS}subClassOf>*"

# Expressions, true where something is wrong. None may be an error, as an error would hide others
# that stand beside it. Two patterns in one EXISTS would cost the square of the nodes, and of what
# stands beside each other under && or || any may be asked first, the dearest too; in an IF, none.
_OF_A_VALUE = {
    "datatype": "!COALESCE(DATATYPE({0}) = {1} && isLiteral({1}(STR({0}))), false)",
    "minInclusive": "!COALESCE({0} >= {1}, false)",
    "nodeKind": "!isIRI({0})",
    "pattern": "!COALESCE(REGEX(STR({0}), {1}), false)",
}
_OF_A_LIST = {
    "in": "!sameTerm({0}, {1})",
    "languageIn": "!COALESCE(LANGMATCHES(LANG({0}), {1}), false)",
}
_OF_A_PAIR = {
    "disjoint": "sameTerm({0}, {1})",
    "lessThan": "!COALESCE({0} < {1}, false)",
    "lessThanOrEquals": "!COALESCE({0} <= {1}, false)",
}
_ONE = frozenset({str(ox.Literal(1))})
_ONLY = {
    "datatype": frozenset(f"<{XSD}{name}>" for name in ("boolean", "date", "integer")),
    "nodeKind": frozenset({f"<{_SH}IRI>"}),
    "minCount": _ONE,
    "maxCount": _ONE,
    "qualifiedMinCount": _ONE,
}
"""Constraints that are known with some values only; of datatypes, those that a cast can check."""

_HEAD = re.compile(r"\s*SELECT\b[^{}]*[?$]value\b[^{}]*\bWHERE\s*\{", re.IGNORECASE)
_BEYOND = re.compile(
    r"\b(?:MINUS|OPTIONAL|SELECT|SERVICE|UNION|VALUES)\b|[?$](?:PATH|shapesGraph|currentShape)\b"
)
"""What, in a query that is meant for one node, may mean something else when asked for all."""


class Check(NamedTuple):
    """A query for what does not fit a shape.

    Attributes:
        shape: IRI of the shape.
        path: IRI of the property concerned; empty if there is none, or it is followed backwards.
        message: what is wrong and what would be right.
        sparql: a SELECT of ``?this``, and of ``?value`` and ``?path`` where there are such.
    """

    shape: str
    path: str
    message: str
    sparql: str


def checks(path: Path) -> tuple[Check, ...]:
    """Return the queries for the shapes of a Turtle file.

    Raises:
        InputOutputError: the file cannot be read, or something in it cannot be made a query; the
            text names the shape and what it is.
    """
    return _checks(path, parse_turtle(path))


@lru_cache(maxsize=4)
def _checks(path: Path, triples: tuple[ox.Quad, ...]) -> tuple[Check, ...]:
    return tuple(_Compiler(path, triples).checks())


class _Compiler:
    """The triples of a file of shapes, and which of them have not been looked at yet."""

    def __init__(self, path: Path, triples: Iterable[ox.Quad]) -> None:
        self._path = path
        self._values: dict[tuple[Term, str], list[Term]] = {}
        for quad in triples:
            self._values.setdefault((quad.subject, quad.predicate.value), []).append(quad.object)
        self._unseen = {key: None for key in self._values if key[1].startswith(_SH)}
        self._within: list[Term] = []
        self._numbers = count()

    def checks(self) -> Iterator[Check]:
        """Yield the queries of each shape that is aimed at a class, and at last what is unknown."""
        targets: dict[Term, list[str]] = {}
        for (node, name), values in self._values.items():
            if name == RDF + "type" and {RDFS + "Class", OWL + "Class"} & set(map(_plain, values)):
                raise self._refused(node, "is a class; aim a shape at it by sh:targetClass")
        for node in [node for node, name in self._values if name == _SH + "targetClass"]:
            classes = [self._written(node, cls) for cls in self._get(node, "targetClass")]
            inner = [] if self._steps(node) else self._get(node, "property")
            for shape in (node, *inner):
                targets.setdefault(shape, []).extend(classes)
        for shape, classes in targets.items():
            yield from self._of_shape(shape, classes)
        for shape, name in self._unseen:
            raise self._refused(shape, f"{name.replace(_SH, 'sh:')} is not known here")

    def _of_shape(self, shape: Term, classes: Sequence[str]) -> Iterator[Check]:
        """Yield the queries for what does not fit a shape among the nodes of some classes."""
        target = " UNION ".join(f"{{ ?this {_CLASSES} {cls} }}" for cls in classes)
        steps = self._steps(shape)
        if not steps:
            if wrong := self._value("?this", "?this", shape):
                found = f"?this (?this AS ?value) {{ {target} FILTER({wrong}) }}"
                yield self._check(shape, f"SELECT DISTINCT {found}")
            for constraint in self._get(shape, "sparql"):
                yield self._check(shape, self._select(shape, constraint, target))
            return
        if wrong := self._too_few("?this", steps, shape):
            yield self._check(shape, f"SELECT DISTINCT ?this {{ {target} FILTER({wrong}) }}")
        if self._get(shape, "maxCount"):
            each = "DISTINCT ?v" if steps[1:] else "?v"
            several = f"SELECT ?this {{ ?this {'/'.join(steps)} ?v }} GROUP BY ?this"
            several = f"{{ {several} HAVING(COUNT({each}) > 1) }}"
            only = f"FILTER({_is_any('?this', classes)})"
            yield self._check(shape, f"SELECT DISTINCT ?this {{ {several} {only} }}")
        if wrong := self._value("?this", "?value", shape):
            only = f"FILTER(IF({wrong}, {_is_any('?this', classes)}, false))"
            found = f"?this {'/'.join(steps)} ?value {only}"
            yield self._check(shape, f"SELECT DISTINCT ?this ?value {{ {found} }}")

    def _check(self, shape: Term, sparql: str) -> Check:
        message = self._one(shape, "message")
        if not isinstance(shape, ox.NamedNode) or not isinstance(message, ox.Literal):
            raise self._refused(shape, "a shape that can fail needs a name and an sh:message")
        try:
            ox.Store().query(sparql)
        except SyntaxError as error:
            raise self._refused(shape, f"its sh:select is no query: {error.msg}") from error
        path = self._one(shape, "path")
        iri = path.value if isinstance(path, ox.NamedNode) else ""
        return Check(shape.value, iri, message.value, sparql)

    def _select(self, shape: Term, constraint: Term, target: str) -> str:
        """Return the query of an ``sh:sparql``, made for one node, for all that are aimed at."""
        declared = [
            f"PREFIX {_plain(prefix)}: <{_plain(namespace)}>"
            for owner in self._get(constraint, "prefixes")
            for one in self._get(owner, "declare")
            for prefix in self._get(one, "prefix")
            for namespace in self._get(one, "namespace")
        ]
        select = _plain(self._one(constraint, "select"))
        head = _HEAD.match(select)
        if not head or _BEYOND.search(select, head.end()):
            known = "SELECT … ?value … WHERE { … } with patterns, BIND and filters is known here"
            raise self._refused(shape, f"of sh:select only {known}")
        return "\n".join([*declared, f"{head[0]} {{ {target} }}", select[head.end() :]])

    def _fails(self, node: str, shape: Term) -> str:
        """Return whether a node does not fit a shape that another shape names."""
        if shape in self._within:
            raise self._refused(shape, "it leads back to itself")
        if self._get(shape, "sparql"):
            raise self._refused(shape, "sh:sparql is not known in a shape that others name")
        self._get(shape, "message")
        self._within.append(shape)
        steps = self._steps(shape)
        if steps:
            value = self._variable()
            wrong = self._value(node, value, shape)
            counts = self._too_few(node, steps, shape), self._too_many(node, steps, shape)
            found = [*counts, self._leads(node, steps, value, wrong)]
        else:
            properties = [self._fails(node, inner) for inner in self._get(shape, "property")]
            found = [self._value(node, node, shape), *properties]
        self._within.pop()
        return _any(found) or "false"

    def _too_many(self, node: str, steps: Sequence[str], shape: Term) -> str:
        """Return whether a node has more than one value, where it may not."""
        one, other = self._variable(), self._variable()
        another = self._leads(node, steps, other, f"!sameTerm({one}, {other})")
        return _any([self._leads(node, steps, one, another) for _ in self._get(shape, "maxCount")])

    def _too_few(self, node: str, steps: Sequence[str], shape: Term) -> str:
        """Return whether a value is missing that a node must have."""
        one = self._variable()
        found = [f"!{self._leads(node, steps, one)}" for _ in self._get(shape, "minCount")]
        values = [self._written(shape, value) for value in self._get(shape, "hasValue")]
        found += [f"!{self._leads(node, steps, value)}" for value in values]
        inner = self._one(shape, "qualifiedValueShape")
        if inner is not None and self._get(shape, "qualifiedMinCount"):
            found.append(f"!{self._leads(node, steps, one, f'!{self._fails(one, inner)}')}")
        return _any(found)

    def _value(self, node: str, value: str, shape: Term) -> str:
        """Return whether a value of a node is wrong; a shape of nodes looks at the node itself."""
        found = [
            wrong.format(value, self._written(shape, given))
            for name, wrong in _OF_A_VALUE.items()
            for given in self._get(shape, name)
        ]
        for name, wrong in _OF_A_LIST.items():
            for given in self._get(shape, name):
                terms = [self._written(shape, term) for term in self._list(shape, given)]
                found.append(_all([wrong.format(value, term) for term in terms]))
        if value != node:
            for name, wrong in _OF_A_PAIR.items():
                for given in self._get(shape, name):
                    other, step = self._variable(), self._written(shape, given)
                    found.append(self._leads(node, [step], other, wrong.format(value, other)))
        found += [f"!{_is_any(value, [self._written(shape, one)])}"
                  for one in self._get(shape, "class")]  # fmt: skip
        found += [self._fails(value, inner) for inner in self._get(shape, "node")]
        found += [f"!{self._fails(value, inner)}" for inner in self._get(shape, "not")]
        for given in self._get(shape, "or"):
            found.append(self._none(value, self._list(shape, given)))
        return _any(found)

    def _none(self, value: str, shapes: Sequence[Term]) -> str:
        """Return whether a value fits none of some shapes; of classes all are asked for at once."""
        own = {shape: [name for node, name in self._values if node == shape] for shape in shapes}
        if all(names == [f"{_SH}class"] for names in own.values()):
            classes = [[self._written(one, cls) for cls in self._get(one, "class")] for one in own]
            if all(len(several) == 1 for several in classes):
                return f"!{_is_any(value, [cls for (cls,) in classes])}"
        return _all([self._fails(value, inner) for inner in shapes])

    def _leads(self, node: str, steps: Sequence[str], value: str, where: str = "true") -> str:
        """Return whether steps lead from a node to a value of which something is true."""
        step, *rest = steps
        if not where:
            return ""
        if rest:
            between = self._variable()
            where, value = self._leads(between, rest, value, where), between
        return f"EXISTS {{ {node} {step} {value} FILTER({where}) }}"

    def _steps(self, shape: Term) -> list[str]:
        """Return the properties that a path follows one after the other; none without a path."""
        path = self._one(shape, "path")
        if path is None:
            return []
        parts = self._list(shape, path) if (path, RDF + "first") in self._values else [path]
        return [self._step(shape, part) for part in parts]

    def _step(self, shape: Term, part: Term) -> str:
        inverse = self._one(part, "inversePath")
        return self._written(shape, part) if inverse is None else f"^{self._written(part, inverse)}"

    def _list(self, shape: Term, node: Term) -> list[Term]:
        found: list[Term] = []
        while rest := self._values.get((node, RDF + "rest")):
            found += self._values.get((node, RDF + "first"), [])
            (node,) = rest
        if node != ox.NamedNode(RDF + "nil"):
            raise self._refused(shape, "a list is expected and it is none")
        return found

    def _get(self, node: Term, name: str) -> list[Term]:
        """Return what a shape has for a property of SHACL, which is known by being looked at."""
        self._unseen.pop((node, _SH + name), None)
        found = self._values.get((node, _SH + name), [])
        for value in found:
            if name in _ONLY and str(value) not in _ONLY[name]:
                raise self._refused(node, f"sh:{name} {_plain(value)} is not known here")
        return found

    def _one(self, node: Term, name: str) -> Term | None:
        found = self._get(node, name)
        if len(found) > 1:
            raise self._refused(node, f"has more than one sh:{name}")
        return found[0] if found else None

    def _written(self, shape: Term, term: Term) -> str:
        if isinstance(term, ox.NamedNode | ox.Literal):
            return str(term)
        raise self._refused(shape, "a path or value is written in a way that is not known here")

    def _variable(self) -> str:
        return f"?v{next(self._numbers)}"

    def _refused(self, shape: Term, what: str) -> InputOutputError:
        return InputOutputError(f"{self._path.as_posix()}: {_plain(shape)}: {what}")


def _is_any(node: str, classes: Sequence[str]) -> str:
    """Return whether a node is of one of some classes; whether it says so itself is asked first."""
    ways = (_TYPE, _CLASSES)
    return _any([f"EXISTS {{ {node} {way} {one} }}" for way in ways for one in classes])


def _any(wrong: Sequence[str]) -> str:
    """Return whether any of some things is wrong, asked in their order; nothing if none can be."""
    *before, last = [*filter(None, wrong)] or [""]
    for one in reversed(before):
        last = f"IF({one}, true, {last})"
    return last


def _all(wrong: Sequence[str]) -> str:
    """Return whether all of some things are wrong, asked in their order; true if there are none."""
    *before, last = wrong or ["true"]
    for one in reversed(before):
        last = f"IF({one}, {last}, false)"
    return last


def _plain(term: Term | None) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term or "")
