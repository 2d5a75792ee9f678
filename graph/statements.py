"""What the graph says of statements and of the claims on them, as plain values.

Networks take the attributes of their edges from here. Ids are local names; dates are ISO texts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import pyoxigraph as ox

from . import palette
from .query import text
from .vocabulary import DCTERMS, HUD, KIND, RDF, RDFS, SEM, case_namespace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .query import Graph

    Data = dict[str, Any]

Time = Literal["possible", "certain"]
Spell = tuple[str, str]
"""First and last day as ISO dates; an empty text where that end is open."""

_DEFAULT = ox.DefaultGraph()
_ABOUT = ox.NamedNode(HUD + "about")
_PREDICATE = RDF + "predicate"

AFFIRMING = ("asserts", "suspects", "expects")
"""The stances of a voice that takes a statement to be true."""

_TEXTS = {
    HUD + "when": "when",
    HUD + "whenText": "when_text",
    SEM + "hasEarliestBeginTimeStamp": "earliest_begin",
    SEM + "hasLatestBeginTimeStamp": "latest_begin",
    SEM + "hasEarliestEndTimeStamp": "earliest_end",
    SEM + "hasLatestEndTimeStamp": "latest_end",
    HUD + "scope": "scope",
}
_KINDS = {HUD + "status": "status", HUD + "coverage": "coverage"}
_IDS = {HUD + "place": "place", HUD + "under": "under"}


def case_title(graph: Graph) -> str:
    """Return the title of a case, or its id where it has none."""
    node = ox.NamedNode(case_namespace(graph.case))
    found = graph.store.quads_for_pattern(node, ox.NamedNode(DCTERMS + "title"), None, _DEFAULT)
    return next((text(quad.object) for quad in found), graph.case)


class Statements:
    """Looks up statements and claims; what several statements share is looked up once.

    Args:
        graph: the judged graph and its case.
    """

    def __init__(self, graph: Graph) -> None:
        self._store = graph.store
        self._base = case_namespace(graph.case)
        self._predicates: dict[str, Data] = {}

    def attributes(self, statement: str) -> Data:
        """Return what a statement says beside subject and object.

        Args:
            statement: its id.

        Returns:
            ``kind`` (the predicate), ``label``, ``family``, ``sign``, ``status``, ``when``,
            ``when_text``, ``coverage``, the four bounds, ``place``, ``under`` and ``scope``, as
            far as they are known.
        """
        found: Data = {}
        kind: Data = {}
        node = ox.NamedNode(self._base + statement)
        for quad in self._store.quads_for_pattern(node, None, None, _DEFAULT):
            term = quad.predicate.value
            if term in _TEXTS:
                found[_TEXTS[term]] = text(quad.object)
            elif term in _KINDS:
                found[_KINDS[term]] = text(quad.object).removeprefix(KIND)
            elif term in _IDS:
                found[_IDS[term]] = text(quad.object).removeprefix(self._base)
            elif term == _PREDICATE:
                kind = self._predicate(text(quad.object))
        return {**kind, **dict(sorted(found.items()))}

    def _predicate(self, iri: str) -> Data:
        """Return label, family and sign of a predicate."""
        if iri not in self._predicates:
            terms = {
                quad.predicate.value: text(quad.object)
                for quad in self._store.quads_for_pattern(ox.NamedNode(iri), None, None, _DEFAULT)
            }
            self._predicates[iri] = {
                "kind": iri.removeprefix(HUD),
                "label": terms.get(RDFS + "label", ""),
                "family": terms.get(HUD + "family", "").removeprefix(KIND),
                "sign": int(terms.get(HUD + "sign", "0")),
            }
        return self._predicates[iri]

    def claims(self, statement: str) -> list[Data]:
        """Return the claims on a statement: ``voice``, ``stance``, ``certainty``, ``source``."""
        node = ox.NamedNode(self._base + statement)
        about = self._store.quads_for_pattern(None, _ABOUT, node, _DEFAULT)
        return [self.claim(name) for name in sorted(text(quad.subject) for quad in about)]

    def claim(self, name: str) -> Data:
        """Return one claim, given its id or IRI."""
        found: Data = {}
        node = ox.NamedNode(self._base + name.removeprefix(self._base))
        for quad in self._store.quads_for_pattern(node, None, None, _DEFAULT):
            key = quad.predicate.value.removeprefix(HUD)
            if key in _OF_A_CLAIM:
                found[key] = text(quad.object).removeprefix(_OF_A_CLAIM[key] or self._base)
        return found


_OF_A_CLAIM = {"voice": "", "source": "", "stance": KIND, "certainty": KIND}
"""Properties of a claim, each with the namespace of its values: that of the case if empty."""


def together(claims: list[Data]) -> Data:
    """Return what some claims amount to: their number, voices, sources and certainty.

    The certainty is that of the surest claim which affirms the statement, or of the surest one if
    none does.
    """
    found: Data = {"claims": len(claims)}
    found["voices"] = list(dict.fromkeys(claim["voice"] for claim in claims))
    found["sources"] = list(dict.fromkeys(claim["source"] for claim in claims))
    if claims:
        affirming = [claim for claim in claims if claim["stance"] in AFFIRMING]
        certainties = [claim["certainty"] for claim in affirming or claims]
        found["certainty"] = min(certainties, key=palette.CERTAINTIES.index)
    return found


def tells(voice: str, status: str, claims: list[Data]) -> bool:
    """Return whether a statement belongs to the world as a voice tells it.

    That is what is accepted and what the voice asserts, less what it denies.
    """
    stances = {claim["stance"] for claim in claims if claim["voice"] == voice}
    return (status == "accepted" or "asserts" in stances) and "denies" not in stances


def held(data: Data, on: str) -> str:
    """Return whether a statement held on a day: ``certain``, ``possible``, or empty if it did not.

    Args:
        data: its attributes.
        on: the day as an ISO date.
    """
    if data.get("earliest_begin", "0000") > on or data.get("latest_end", "9999") < on:
        return ""
    begun = data.get("latest_begin", "9999") <= on
    not_ended = data.get("earliest_end", "0000") >= on
    throughout = data.get("coverage") == "throughout"
    on_one_day = data.get("earliest_begin", "") == data.get("latest_end", "-")
    return "certain" if begun and not_ended and (throughout or on_one_day) else "possible"


def period(data: Mapping[str, Any], time: Time = "possible") -> Spell | None:
    """Return the period of a statement.

    Args:
        data: attributes of an edge of a network.
        time: ``possible`` for the days on which it may have held, from the earliest begin to the
            latest end; ``certain`` for those on which it held whatever the true begin and end,
            from the latest begin to the earliest end.

    Returns:
        First and last day, empty where open; ``None`` if there is no day on which it held for
        certain: dates do not suffice, or it held at some time within them only.
    """
    earliest, latest = data.get("earliest_begin", ""), data.get("latest_end", "")
    if time == "possible":
        return (earliest, latest)
    if earliest and earliest == latest:
        return (earliest, latest)
    begin, end = data.get("latest_begin", ""), data.get("earliest_end", "")
    sure = data.get("coverage") == "throughout" and begin and end and begin <= end
    return (begin, end) if sure else None
