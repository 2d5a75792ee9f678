"""Which queries answer with rows that cite what they should: a row of a voice names its claim."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..errors import UsageError
from ..model.terms import HUD
from ..read.offline import code

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .named import Query

_LONG = re.compile(rf"<{re.escape(HUD)}(\w+)>")
_BLOCK = re.compile(r"[{}]|\.(?=\s|$)|\b(?:FILTER|BIND|VALUES|OPTIONAL)\b", re.IGNORECASE)
_SAYS = re.compile(r":(?:voice|stance)[^\s?$;]*\s+((?:[?$]\w+\s*,\s*)*[?$]\w+)")
_VARIABLE = re.compile(r"[?$](\w+)")
_COMPUTED = re.compile(r"(.*)\bAS\s+[?$](\w+)\s*", re.IGNORECASE | re.DOTALL)
_STEPS = 3
"""From a voice to what is told of it, to what is computed from that, and so on: so far."""
_SUMMED = re.compile(r"\b(?:COUNT|SUM|MIN|MAX|AVG|SAMPLE|GROUP_CONCAT)\b", re.IGNORECASE)
_CONDITION = re.compile(r"\b(?:FILTER|BIND)\s*$", re.IGNORECASE)


def checked(queries: Mapping[str, Query]) -> None:
    """See that the rows of queries cite what they should; those of the project are tested.

    Args:
        queries: those of a case, by name.

    Raises:
        UsageError: the rows of a query name a voice or a stance and not the claim.
    """
    for name, query in queries.items():
        if lacking := without_claim(query.sparql):
            raise UsageError(f'the query "{name}": {lacking}')


def without_claim(sparql: str) -> str:
    """Return what is wrong with a query whose rows name a voice but not its claim; else nothing.

    A column names a voice or a stance if its variable is the object of ``hud:voice`` or
    ``hud:stance``, is computed from such a variable, or is told of one, as its label. Then the
    variable of that claim must be a column as well, and be called ``claim``, ``claim2`` and so on.
    Queries that answer with no statement have no passages, so they may name voices freely.
    """
    told = code(_LONG.sub(r" hud:\1", sparql))
    head = re.search(r"\bSELECT\b(.*?)(?:\bWHERE\b|\{)", told, re.IGNORECASE | re.DOTALL)
    if head is None:
        return ""
    columns = _columns(head[1], told)
    if not any(re.fullmatch(r"statement[0-9]*", name) for name in columns):
        return ""
    for name, claim in _voices(told).items():
        if name in columns and not (claim in columns and re.fullmatch(r"claim[0-9]*", claim)):
            return (
                f"its column ?{name} tells of a voice, so each row rests on one claim and not on "
                "all that are made of its statement: select the variable of the claim as well, "
                "and call it ?claim (# hidden: claim keeps it out of a table)"
            )
    return ""


def _parted(told: str) -> tuple[str, list[tuple[str, str]]]:
    """Return a query without what stands in brackets, and what is computed there by its name."""
    outside, computed, depth, since = [], [], 0, 0
    for bracket in re.finditer(r"[()]|\Z", told):
        if depth == 0:
            outside.append(told[since : bracket.start()])
        depth += {"(": 1, ")": -1}.get(bracket[0], 0)
        if depth == 1 and bracket[0] == "(":
            since = bracket.end()
        elif depth == 0 and bracket[0] == ")":
            if found := _COMPUTED.fullmatch(told[since : bracket.start()]):
                computed.append((found[1], found[2]))
            outside.append(" . " if _CONDITION.search(outside[-1]) else " ")
            since = bracket.end()
    return "".join(outside), computed


def _columns(head: str, told: str) -> set[str]:
    """Return the names of the columns of a query from what stands between SELECT and WHERE."""
    plain, computed = _parted(head)
    named = _VARIABLE.findall(told if "*" in plain else plain)
    return {*named, *(name for _, name in computed)}


def _voices(told: str) -> dict[str, str]:
    """Return the variables that tell of a voice or a stance, each with that of its claim."""
    plain, computed = _parted(told)
    blocks = _BLOCK.split(plain)
    found: dict[str, str] = {}
    for block in blocks:
        for match in _SAYS.finditer(block):
            claim = _VARIABLE.findall(block[: match.start()])[:1] or [""]
            found |= dict.fromkeys(_VARIABLE.findall(match[1]), claim[0])
    for _ in range(_STEPS):
        for expression, name in computed:
            if not _SUMMED.search(expression):
                for variable in found.keys() & _VARIABLE.findall(expression):
                    found[name] = found[variable]
        for block in blocks:
            subject, *others = _VARIABLE.findall(block) or [""]
            if subject in found and block.lstrip().startswith(("?", "$")):
                found |= {other: found[subject] for other in others if other not in found}
    return found
