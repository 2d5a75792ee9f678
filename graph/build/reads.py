"""Which properties a query reads, and which a rule writes: of what its answer cannot but follow.

A query whose patterns and paths name properties, and nothing but properties, gives the same answer
of two graphs that agree in the triples of these. That is read off its text here, and where the text
has anything that is not understood, the query counts as one that reads everything. Of ``rdf:type``
each class counts as a property of its own, which ``type_of`` names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from ..model.terms import RDF, RDFS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TYPE = RDF + "type"
_SUBCLASS = RDFS + "subClassOf"
_TOKEN = re.compile(
    r"""(?P<iri><[^<>"{}|^`\\\s]*>)"""
    r"""|(?P<comment>\#[^\n]*)"""
    r"""|(?P<text>"(?:[^"\\\n]|\\.)*"(?:@[\w-]+|\^\^(?:<[^>\s]*>|[\w-]*:[\w-]+))?)"""
    r"""|(?P<variable>[?$]\w+)"""
    r"""|(?P<name>(?:[A-Za-z][\w-]*)?:(?:[\w.-]*[\w-])?)"""
    r"""|(?P<number>\d[\w.]*)"""
    r"""|(?P<word>[A-Za-z_]\w*)"""
    r"""|(?P<sign>&&|\|\||!=|<=|>=|\S)""",
    re.DOTALL,
)
_PREFIX = re.compile(r"\bPREFIX\s+([\w-]*:)\s*<([^>\s]*)>", re.IGNORECASE)
_UNKNOWN = re.compile(
    r"'''|'|\"\"\"|\[|<<|!\s*[(<^a-z]\S*:|\bSERVICE\b|\bFROM\b|\bUSING\b|\bWITH\b|\bDELETE\b|\bLOAD\b"
    r"|\bCLEAR\b|\bDROP\b|\bCREATE\b|\bCOPY\b|\bMOVE\b|\bADD\b|\bBASE\b"
)
"""What is not understood here; of strings only the plain ones are."""
_UNTIL_A_GROUP = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UNTIL_THE_END = ("GROUP", "ORDER", "HAVING", "LIMIT", "OFFSET")
_LITERALS = ("true", "false", "UNDEF")
_INSERT = re.compile(r"\bINSERT\s*\{([^{}]*)\}\s*WHERE\b", re.IGNORECASE)
_INSERT_NAMED = re.compile(
    r"\bINSERT\s*\{\s*GRAPH\s+(?:\?\w+|<[^>\s]*>)\s*\{[^{}]*\}\s*\}\s*WHERE\b", re.IGNORECASE
)
_DROP_NAMED = re.compile(r"\s*DROP\s+SILENT\s+GRAPH\s+<[^>\s]*>\s*", re.IGNORECASE)
_LIST = re.compile(
    r"\bVALUES\s*(?:(?P<one>[?$]\w+)|\(\s*(?P<several>[^()]*?)\s*\))\s*\{(?P<terms>[^{}]*)\}"
)
_TERMS = ("iri", "name", "variable", "text", "number")


Below = Mapping[str, frozenset[str]]
"""The classes of an ontology, each with those below it and itself."""


def type_of(kind: str) -> str:
    """Return what stands for being of a class, among the IRIs of properties."""
    return f"{TYPE} {kind}"


class Touched(NamedTuple):
    """What an update reads and writes of the default graph; ``None`` is everything."""

    reads: frozenset[str] | None
    writes: frozenset[str] | None


def reads(query: str, below: Below) -> frozenset[str] | None:
    """Return the IRIs of the properties that a query asks for, or ``None`` if it may be any.

    One that asks for any class has ``rdf:type`` itself.

    Args:
        query: a SPARQL query, or what stands after WHERE in an update.
        below: the classes.
    """
    found = _Walk(query, below).walked()
    return None if found is None or found.open else frozenset(found.named)


def touched(update: str, predicates: Iterable[str], below: Below) -> Touched:
    """Return what an update reads and writes; only INSERT ... WHERE is understood.

    A graph with a name of its own, which is dropped at the end, is no part of the default graph.

    Args:
        update: the text of a rule.
        predicates: the IRIs of the predicates of statements: where a rule writes a property that it
            finds in the graph, it is one of these.
        below: the classes; what writes one of them writes ``rdf:type``, too.
    """
    body = _PREFIX.sub("", update)
    prologue = "\n".join(match[0] for match in _PREFIX.finditer(update))
    asked: set[str] = set()
    whole = True
    written: set[str] = set()
    for part in _parts(body):
        if _DROP_NAMED.fullmatch(part):
            continue
        named = _INSERT_NAMED.search(part)
        plain = None if named else _INSERT.search(part)
        begins = named or plain
        if begins is None:
            return Touched(None, None)
        where = _Walk(f"{prologue}\n{part[begins.end() :]}", below).walked()
        whole = whole and where is not None and not where.open
        asked |= where.named if where is not None else set()
        if plain:
            template = _Walk(f"{prologue}\n{{{plain[1]}}}", below).walked()
            if template is None or TYPE in template.named:
                return Touched(None, None)
            written |= template.named
            for variable in template.open:
                listed = where.listed.get(variable) if where is not None else None
                written |= set(predicates) if listed is None else listed
    if any(one.startswith(TYPE) for one in written):
        written.add(TYPE)
    return Touched(frozenset(asked) if whole else None, frozenset(written))


def _parts(body: str) -> Iterator[str]:
    """Yield the operations of an update, which a semicolon between groups separates."""
    found = re.split(r"(?<=\})\s*;\s*(?=(?:INSERT|DROP)\b)", body)
    yield from (one for one in found if one.strip())


class _Group:
    """A group of patterns that is being read: where in a triple the reading is.

    Attributes:
        listing: whether it lists values.
        properties: the variables that stand for a property in it.
        kinds: those that stand for a class.
        lists: what ``VALUES`` lists for variables, which holds for all of the group.
    """

    def __init__(self, *, listing: bool = False) -> None:
        self.at = "subject"
        self.listing = listing
        self.properties: set[str] = set()
        self.kinds: set[str] = set()
        self.lists: dict[str, set[str]] = {}
        self.begin()

    def begin(self) -> None:
        """Begin a path."""
        self.depth = 0
        self.wants = True
        self.path: list[str] = []


class _Walk:
    """One pass over the tokens of a query.

    Attributes:
        named: the properties that its patterns and paths name.
        open: the variables that stand for a property, and of which no list is given.
        listed: what ``VALUES`` lists for a variable in the outermost group.
    """

    def __init__(self, query: str, below: Below) -> None:
        self.below = below
        self.prefixes: Mapping[str, str] = dict(_PREFIX.findall(query))
        self.body = _PREFIX.sub("", query)
        self.named: set[str] = set()
        self.open: set[str] = set()
        self.listed: dict[str, set[str]] = {}
        self._groups: list[_Group | None] = []
        """Groups, and ``None`` for brackets of an expression."""
        self._waits = ""

    def walked(self) -> _Walk | None:
        """Read all of it, and return it; ``None`` if it is not understood."""
        plain = re.sub(r'"(?:[^"\\\n]|\\.)*"', '""', self.body)
        bare = re.sub(r"<[^<>\"{}|^`\\\s]*>|#[^\n]*", "<>", plain)
        if _UNKNOWN.search(bare):
            return None
        try:
            for match in _TOKEN.finditer(self.body):
                self._take(match.lastgroup or "", match[0], match.start())
        except (IndexError, KeyError):
            return None
        return None if self._groups else self

    def _list(self, group: _Group, at: int) -> None:
        """Note what ``VALUES`` lists."""
        match = _LIST.match(self.body, at)
        if match is None:
            raise IndexError
        names = (match["one"] or match["several"]).split()
        terms = [one for one in _TOKEN.finditer(match["terms"]) if one[0] not in "()"]
        for number, name in enumerate(names):
            rows = terms[number :: len(names)]
            if all(one.lastgroup in ("iri", "name") for one in rows):
                group.lists[name] = {self._iri(one[0]) for one in rows}

    def _end(self, group: _Group) -> None:
        """End a group. What another group lists is of no help: it may be joined later."""
        for name in group.properties:
            if name in group.lists:
                self.named |= group.lists[name]
            else:
                self.open.add(name)
        for name in group.kinds:
            self.named |= set(map(type_of, group.lists[name])) if name in group.lists else {TYPE}
        if not self._groups:
            self.listed |= group.lists
        elif around := self._groups[-1]:
            around.at = "subject"

    def _iri(self, sign: str) -> str:
        if sign == "a":
            return TYPE
        if sign.startswith("<"):
            return sign[1:-1]
        prefix, _, local = sign.partition(":")
        return self.prefixes[f"{prefix}:"] + local

    def _take(self, sort: str, sign: str, at: int) -> None:
        if sort == "comment" or (self._waits and sign not in (self._waits, "}")):
            return
        self._waits = ""
        group = self._groups[-1] if self._groups else None
        if sign == "{":
            self._groups.append(_Group(listing=group is not None and group.at == "list"))
        elif sign == "}":
            ended = self._groups.pop()
            if ended is None:
                raise IndexError
            self._end(ended)
        elif group is not None and group.listing:
            return
        elif group is None or (sign == "(" and group.at != "property"):
            self._in_an_expression(sign)
        elif sort == "word" and sign != "a" and sign not in _LITERALS:
            self._word(group, sign.upper(), at)
        else:
            self._part(group, sort, sign)

    def _in_an_expression(self, sign: str) -> None:
        if sign == "(":
            self._groups.append(None)
        elif sign == ")" and self._groups.pop() is not None:
            raise IndexError

    def _word(self, group: _Group, word: str, at: int) -> None:
        group.at = "subject"
        if word == "VALUES":
            group.at = "list"
            self._list(group, at)
        if word in _UNTIL_A_GROUP:
            self._waits = "{"
        elif word in _UNTIL_THE_END:
            self._waits = "}"

    def _part(self, group: _Group, sort: str, sign: str) -> None:
        """Take a sign of a triple."""
        if sign in (".", ";", ","):
            group.at = {".": "subject", ";": "property", ",": "object"}[sign]
            if sign != ",":
                group.begin()
        elif group.at == "property":
            self._of_a_path(group, sort, sign)
        elif group.at == "subject" and (sort in _TERMS or sign in _LITERALS):
            group.at = "property"
            group.begin()
        elif group.at == "object":
            self._object(group, sort, sign)

    def _of_a_path(self, group: _Group, sort: str, sign: str) -> None:
        if not group.wants and group.depth == 0 and sort != "sign":
            self._object(group, sort, sign)
            return
        if sign in ("(", ")"):
            group.depth += 1 if sign == "(" else -1
            group.wants = sign == "("
        elif sign in ("/", "|", "^", "!"):
            group.wants = True
        elif sign not in ("*", "+", "?"):
            if not group.wants or (sort not in ("iri", "name", "variable") and sign != "a"):
                raise IndexError
            group.wants = False
            if sort == "variable":
                group.properties.add(sign)
                return
            sign = self._iri(sign)
        group.path.append(sign)

    def _object(self, group: _Group, sort: str, sign: str) -> None:
        """Take the object of a triple, with which its path is known."""
        group.at = "end"
        kind = self._iri(sign) if sort in ("iri", "name") else ""
        if kind and group.path == [TYPE]:
            self.named.add(type_of(kind))
        elif kind and group.path == [TYPE, "/", _SUBCLASS, "*"]:
            self.named |= {_SUBCLASS, *map(type_of, self.below.get(kind, {kind}))}
        elif sort == "variable" and group.path == [TYPE]:
            group.kinds.add(sign)
        else:
            self.named |= {one for one in group.path if len(one) > 1}
