"""SPARQL queries as files with parameters, and what they answer.

A query file is a valid query by itself. Its header, the comment lines at the top, is its
documentation: ``# title:`` in one line, free text, then one ``# param NAME: TYPE — text`` for each
parameter, or ``TYPE(A, B)`` where only some values of the type fit, see ``Param``. ``# required:``
names parameters that must be given, ``# one of:`` those of which one must, ``# hidden:`` columns
that a table leaves out, ``# joined:`` those of which a table has all in one cell of rows that are
otherwise alike, ``# see also:`` queries that answer the other half of what is asked, and
``# left out:`` the query in ``support`` that counts what this one passes over, ``# access:`` and
``# until:`` who may see a query of a case. A parameter ``x``
stands in the query as ``VALUES ?x { UNDEF }``; giving a value replaces ``UNDEF`` by a term that
``graph.read.binding`` has serialised, so no text of a user becomes part of a query.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import UsageError, suggestion
from ..model import near
from ..model.lexicon import sought
from ..model.names import name_key
from ..model.terms import text
from ..model.textfiles import text_of
from ..read.binding import as_value, put_in
from ..read.select import select
from .parameters import QUERIES, Param, terms, with_sources
from .unknown_names import unknown_names, with_joined

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from ..read.binding import Value
    from ..read.select import Graph


_MOST_MEANT = 3
_KEYS = (
    "title",
    "hidden",
    "joined",
    "required",
    "one of",
    "see also",
    "left out",
    "access",
    "until",
)
_PARAM = re.compile(r"# param (\w+): ([\w|]+)(?:\(([^()]*)\))?(?: —| -|:)? ?(.*)")


@dataclass(frozen=True, slots=True)
class Query:
    """A query file.

    Attributes:
        name: the file's name without its ending.
        title: one line.
        text: the rest of the documentation.
        params: the parameters in order.
        hidden: names of columns that a table leaves out.
        sparql: the whole file.
        joined: names of columns whose cells a table joins, in rows that are otherwise alike.
        one_of: parameters of which one at least must be given.
        see_also: queries that answer the other half of what is asked.
        left_out: the query in ``support`` that counts what is passed over; its title says what.
        access: who may see a query of a case, beside what it names; everybody if empty.
        until: the day from which everybody may.
    """

    name: str
    title: str
    text: str
    params: tuple[Param, ...]
    hidden: frozenset[str]
    sparql: str
    joined: frozenset[str] = frozenset()
    one_of: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()
    left_out: str = ""
    access: str = ""
    until: str = ""

    def __repr__(self) -> str:
        return f"<Query {self.name}: {self.title}>"

    def param(self, name: str) -> Param | None:
        """Return the parameter of that name, if the query has it."""
        return next((param for param in self.params if param.name == name), None)


def parse_query(name: str, sparql: str) -> Query:
    """Return a query from its text.

    Args:
        name: how it is called.
        sparql: the text, with a header as described above, or without any.
    """
    told = dict.fromkeys(_KEYS, "")
    params: list[Param] = []
    words: list[str] = []
    for line in sparql.splitlines():
        if not line.startswith("#"):
            if line.strip():
                break
            continue
        key, _, rest = line.removeprefix("#").strip().partition(":")
        match = _PARAM.match(line)
        if match:
            among = filter(None, map(str.strip, (match[3] or "").split(",")))
            params.append(Param(match[1], match[2], match[4], required=False, among=tuple(among)))
        elif key in _KEYS:
            told[key] = rest.strip()
        else:
            words.append(line.removeprefix("#").strip())
    required = told["required"].split()
    return Query(
        name=name,
        title=told["title"] or name,
        text=" ".join(word for word in words if word),
        params=tuple(param._replace(required=param.name in required) for param in params),
        hidden=frozenset(told["hidden"].split()),
        joined=frozenset(told["joined"].split()),
        one_of=tuple(told["one of"].split()),
        see_also=tuple(told["see also"].split()),
        left_out=told["left out"],
        access=told["access"],
        until=told["until"],
        sparql=sparql,
    )


def read_query(path: Path) -> Query:
    """Return the query of a file.

    Raises:
        InputOutputError: the file cannot be read, or is no text.
    """
    return parse_query(path.stem, text_of(path))


def named_queries(
    folders: Sequence[Path], shown: Collection[str] | None = None
) -> Mapping[str, Query]:
    """Return the queries of some folders by name, sorted; a later folder wins over an earlier.

    Args:
        folders: of cases, or ``QUERIES``; a file in them is read when its query is first asked for.
        shown: which of a case may be seen, as ``answers/NAME.rq``; all if ``None``.

    Raises:
        InputOutputError: as ``read_query``, of the mapping that is returned.
    """
    return _Files(
        {
            path.stem: path
            for folder in folders
            for path in folder.glob("*.rq")
            if shown is None or folder == QUERIES or f"{folder.name}/{path.name}" in shown
        }
    )


class _Files(Mapping[str, Query]):
    """Queries by name, each read from its file when it is first asked for."""

    def __init__(self, paths: Mapping[str, Path]) -> None:
        self._paths = dict(sorted(paths.items()))
        self._read: dict[str, Query] = {}

    def __getitem__(self, name: str) -> Query:
        if name not in self._read:
            self._read[name] = read_query(self._paths[name])
        return self._read[name]

    def __contains__(self, name: object) -> bool:
        return name in self._paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def chosen(text: str, queries: Mapping[str, Query]) -> Query:
    """Return a named query, or one of one's own from its text.

    Args:
        text: a name, or SPARQL; that has a space or a bracket, or is empty.
        queries: the named queries.

    Raises:
        UsageError: there is no query of that name.
    """
    if text in queries or not re.search(r"[\s{]|^$", text):
        if text not in queries:
            raise UsageError(f'there is no query "{text}"{meant(text, queries.values())}')
        return queries[text]
    return parse_query("", text)


def meant(text: str, queries: Iterable[Query], others: Mapping[str, str] | None = None) -> str:
    """Return ``; did you mean "open" (What is open)?`` for what nothing is called, or nothing.

    Args:
        text: a name, or words that may stand in the title or the text of a query.
        queries: the named queries.
        others: what else might be asked, its wording by name.
    """
    known = [
        *((_called(one.name, one.title), one.text) for one in queries),
        *((_called(name, title), "") for name, title in (others or {}).items()),
    ]
    ranked = sorted(sought(text, known), key=lambda one: (one[0], one[1].id in (others or {})))
    found = [one for _, one in ranked][:_MOST_MEANT]
    if found:
        return f"; did you mean {near.told(found, 'or')}?"
    return suggestion(text, [one.id for one, _ in known])


def _called(name: str, title: str) -> near.Called:
    return near.Called(name, title, frozenset((name_key(name), name_key(title))))


def bound(query: Query, params: Mapping[str, str], graph: Graph) -> str:
    """Return the text of a query with values for its parameters.

    Args:
        query: the query.
        params: values by name of parameter, as text: an id, a day, a number or words.
        graph: the graph to be asked; ids are looked up in it.

    Raises:
        UsageError: a parameter is unknown or missing, or its value does not fit.

    Warns:
        UserWarning: the query has a name of the ontology or the case that is nowhere in the graph.
    """
    known = [param.name for param in query.params]
    for name in (name for name in params if name not in known):
        hint = suggestion(name, known) or f"; its parameters are: {', '.join(known) or 'none'}"
        raise UsageError(f'the query "{query.name}" has no parameter "{name}"{hint}')
    params = with_sources(query.params, params)
    values: dict[str, Value] = {}
    for param in query.params:
        if param.name in params:
            values[param.name] = as_value(*terms(param, params[param.name], graph))
        elif param.required:
            what = f"{param.type}: {param.text}"
            raise UsageError(f'the query "{query.name}" needs {param.name}=… ({what})')
    if query.one_of and not values.keys() & set(query.one_of):
        *names, last = (f"{name}=…" for name in query.one_of)
        raise UsageError(f'the query "{query.name}" needs {", ".join(names)} or {last}')
    for sentence in unknown_names(query.sparql, graph):
        warnings.warn(sentence, stacklevel=2)
    return with_joined(with_values(query, values), graph)


def passed_over(query: Query, params: Mapping[str, str], graph: Graph) -> str:
    """Return how much a query passes over that its parameters name, in words; empty if nothing.

    Args:
        query: the query.
        params: its parameters, as for ``bound``.
        graph: the graph that was asked.
    """
    if not query.left_out:
        return ""
    counting = read_query(QUERIES / "support" / f"{query.left_out}.rq")
    shared = {param.name: params[param.name] for param in counting.params if param.name in params}
    if not shared:
        return ""
    count = text(select(graph.store, bound(counting, shared, graph)).rows[0][0])
    return "" if count == "0" else counting.title.replace("…", count)


def with_values(query: Query, values: Mapping[str, Value]) -> str:
    """Return the text of a query with terms in their places; see ``graph.read.binding.put_in``.

    Args:
        query: the query.
        values: by name of parameter, one term or several, see ``graph.read.binding.as_value``.

    Raises:
        UsageError: the query has no place for a value.
    """
    return put_in(query.sparql, values, query.name)


def rows_of(graph: Graph, path: Path, **values: Value) -> list[dict[str, str]]:
    """Return what a query of the project answers, as ``Table.named`` does.

    Args:
        graph: the graph to be asked.
        path: the file of the query.
        values: what stands in places of the query; see ``with_values``.
    """
    return select(graph.store, with_values(read_query(path), values)).named(graph)
