"""What a page knows: one object for JSON, made from the judged graph alone.

Names are short because a page holds hundreds of each record. What is empty is left out.

``nodes``: things by id. ``name``, ``ar`` (Arabic), ``also`` (further names), ``class``, ``group``
(of ``palette.NODES``), ``kind``, ``identity``, ``note``; of clauses ``part`` (the agreement),
``topic``, ``text``; of agreements ``replaces`` and ``process``; ``pattern`` of mechanisms;
``links`` to other registers.

``statements``: by id. ``s``, ``p``, and ``o`` (a thing) or ``v`` (a value in words); ``status``,
``rule`` (if a verdict overrides it) with ``reason`` and ``judge``; ``when``, ``text``, ``cov`` and
the bounds ``eb``, ``lb``, ``ee``, ``le``; ``spans`` (as edges carry them) or ``always`` (timeless);
``after`` (voices that spoke only before sources vouched for it) and ``no`` (voices that deny it);
``place``, ``under``, ``via``, ``scope``, ``unit``,
``how``, ``counts``, ``note``; ``q`` (questions that it answers); ``draw`` (``tie`` or ``role``, if
it can be a line); ``claims``.

A claim: ``id`` (unless it is STATEMENT.VOICE.STANCE.SOURCE), ``by`` (the voice), ``st`` (the
stance), ``c`` (certainty), ``src``, ``at`` (sentences), ``note``, ``dis`` (ids of claims that it
disputes).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypedDict

from .. import palette
from ..model.terms import HUD, KIND, case_namespace
from ..query import QUERIES, select
from ..statements import world
from ..term_text import spaced, text

if TYPE_CHECKING:
    from collections.abc import Set

    from ..query import Graph

    Record = dict[str, Any]
    Row = dict[str, str]

UNKNOWN = "unknown"
"""Stands for an end that no source names; it is never a node."""

_WEB = re.compile(r"https?://[^\s\x00-\x20\x7f\"'<>\\^`{|}]+", re.IGNORECASE)
_BOOLEANS = {"true": "yes", "false": "no"}
_STATEMENT = (
    ("when", "when"),
    ("whenText", "text"),
    ("coverage", "cov"),
    ("earliestBegin", "eb"),
    ("latestBegin", "lb"),
    ("earliestEnd", "ee"),
    ("latestEnd", "le"),
    ("place", "place"),
    ("under", "under"),
    ("channel", "via"),
    ("scope", "scope"),
    ("unit", "unit"),
    ("modality", "how"),
    ("counts", "counts"),
    ("note", "note"),
)


class Payload(TypedDict):
    """What a page knows; the records are described at the head of this module."""

    case: str
    predicates: dict[str, Record]
    words: dict[str, str]
    nodes: dict[str, Record]
    statements: dict[str, Record]
    questions: dict[str, Record]
    sources: dict[str, Record]
    notes: list[Record]
    days: list[list[str]]


def payload(graph: Graph) -> Payload:
    """Return what a page says of a case: all things, statements, claims, questions and sources."""
    predicates = {row["predicate"]: _predicate(row) for row in _rows(graph, "page-predicates")}
    nodes = _nodes(graph)
    words = _words(graph, nodes)
    statements = _statements(graph, predicates, nodes.keys(), words)
    _add_claims(graph, statements)
    _add_days(graph, statements)
    used = {record["p"] for record in statements.values()}
    return {
        "case": graph.case,
        "predicates": {name: known for name, known in predicates.items() if name in used},
        "words": words,
        "nodes": nodes,
        "statements": statements,
        "questions": _questions(graph),
        "sources": _sources(graph),
        "notes": _notes(graph),
        "days": [row["days"].split("/") for row in _rows(graph, "page-days")],
    }


def web_address(url: str) -> str:
    """Return an address if it may stand in a link: http or https, and no odd characters.

    Returns:
        The address, or an empty text for all others, such as ``javascript:``.
    """
    return url if _WEB.fullmatch(url) else ""


def _rows(graph: Graph, name: str) -> list[Row]:
    """Return the answer of a supporting query, with ids for IRIs of the case and the ontology."""
    table = select(graph.store, (QUERIES / "support" / f"{name}.rq").read_text("utf-8"))
    bases = (case_namespace(graph.case), HUD, KIND)
    found = []
    for row in table.rows:
        pairs = zip(table.columns, row, strict=True)
        values = {column: _short(text(term), bases) for column, term in pairs if term is not None}
        found.append({column: value for column, value in values.items() if value})
    return found


def _short(value: str, bases: tuple[str, ...]) -> str:
    for base in bases:
        if value.startswith(base):
            return value.removeprefix(base)
    return value


def _predicate(row: Row) -> Record:
    draw = "tie" if row.get("tie") == "true" else "role" if row.get("role") == "true" else ""
    known: Record = {"label": row["label"], "family": row["family"], "sign": int(row["sign"])}
    return {**known, "draw": draw} if draw else known


def _statements(
    graph: Graph, predicates: dict[str, Record], things: Set[str], words: dict[str, str]
) -> dict[str, Record]:
    found: dict[str, Record] = {}
    for row in _rows(graph, "page-statements"):
        name = row["statement"]
        if name not in found:
            found[name] = _statement(row, predicates, things, words)
        if "question" in row:
            questions = found[name].setdefault("q", [])
            questions.extend({row["question"]} - set(questions))
    return found


def _statement(
    row: Row, predicates: dict[str, Record], things: Set[str], words: dict[str, str]
) -> Record:
    record: Record = {"s": row["subject"], "p": row["predicate"], "status": row["status"]}
    if row["object"] == UNKNOWN or row["object"] in things:
        record["o"] = row["object"]
    else:
        value = _BOOLEANS.get(row["object"], row["object"])
        record["v"] = words.get(value, value)
    if "reason" in row:
        record |= {"rule": row["rule"], "reason": row["reason"], "judge": row["judge"]}
    record |= {short: row[name] for name, short in _STATEMENT if name in row}
    draw = predicates[row["predicate"]].get("draw")
    if draw and row["subject"] in things and row["object"] in things:
        record["draw"] = draw
    return {**record, "claims": []}


def _add_days(graph: Graph, statements: dict[str, Record]) -> None:
    """Add on which days statements held, and in whose worlds they are not."""
    voices = {claim["by"] for statement in statements.values() for claim in statement["claims"]}
    worlds = {voice: world(graph, voice) for voice in sorted(voices)}
    for name, statement in statements.items():
        data = graph.qualifiers(name)
        told_from = data.get("told_from", "")
        more = {
            "always": data.get("timeless", False),
            "spans": data.get("spans", []),
            "after": [voice for voice, own in worlds.items() if told_from > own.until],
            "no": [voice for voice, own in worlds.items() if name in own.denied],
        }
        statement.update({key: value for key, value in more.items() if value})


def _add_claims(graph: Graph, statements: dict[str, Record]) -> None:
    claims: dict[str, Record] = {}
    for row in _rows(graph, "page-claims"):
        if row["claim"] not in claims:
            claims[row["claim"]] = _claim(row)
            statements[row["statement"]]["claims"].append(claims[row["claim"]])
        claims[row["claim"]]["at"].append(row["sentence"])
    for claim in claims.values():
        claim["at"] = sorted(set(claim["at"]), key=_sentence_order)
    for row in _rows(graph, "page-disputes"):
        claims[row["claim"]].setdefault("dis", []).append(row["other"])
    for name, statement in statements.items():
        for claim in statement["claims"]:
            if claim["id"] == f"{name}.{claim['by']}.{claim['st']}.{claim['src']}":
                del claim["id"]


def _claim(row: Row) -> Record:
    names = (("claim", "id"), ("voice", "by"), ("stance", "st"), ("certainty", "c"))
    record: Record = {short: row[name] for name, short in names}
    record |= {"src": row["source"], "at": []}
    return {**record, "note": row["note"]} if "note" in row else record


def _sentence_order(sentence: str) -> list[int]:
    return [int(part) for part in sentence.split(".")]


def _nodes(graph: Graph) -> dict[str, Record]:
    found: dict[str, Record] = {}
    for row in _rows(graph, "page-things"):
        node = found.setdefault(row["thing"], _node(row))
        link = web_address(row.get("match", ""))
        if link and link not in node.get("links", []):
            node.setdefault("links", []).append(link)
    for row in _rows(graph, "page-names"):
        if row["thing"] not in found:
            continue
        node = found[row["thing"]]
        if row.get("language", "") == "ar" and "ar" not in node:
            node["ar"] = row["name"]
        else:
            node.setdefault("also", []).append(row["name"])
    return found


def _node(row: Row) -> Record:
    record: Record = {
        "name": row["label"],
        "class": row["class"],
        "group": palette.node_style(row["class"]).name,
    }
    names = ("kind", "identity", "note", "topic", "text", "pattern", "replaces", "process")
    record |= {name: row[name] for name in names if name in row}
    return {**record, "part": row["whole"]} if "whole" in row else record


def _questions(graph: Graph) -> dict[str, Record]:
    found: dict[str, Record] = {}
    for row in _rows(graph, "page-questions"):
        record: Record = {"name": row["label"], "kind": row["kind"], "about": []}
        record["exclusive"] = row["exclusive"] == "true"
        if "note" in row:
            record["note"] = row["note"]
        question = found.setdefault(row["question"], record)
        if "about" in row:
            question["about"].append(row["about"])
    return found


def _sources(graph: Graph) -> dict[str, Record]:
    found: dict[str, Record] = {}
    for row in _rows(graph, "page-sources"):
        record: Record = {name: row[name] for name in ("title", "publisher", "date") if name in row}
        url = web_address(row.get("url", ""))
        source = found.setdefault(row["source"], {**record, **({"url": url} if url else {})})
        if "creator" in row:
            source.setdefault("by", []).append(row["creator"])
    return found


def _notes(graph: Graph) -> list[Record]:
    found: dict[str, Record] = {}
    for row in _rows(graph, "page-notes"):
        note = found.setdefault(row["record"], {"text": row["text"], "on": [], "names": []})
        note["on"].extend({row["on"]} - set(note["on"]))
        if "name" in row:
            note["names"].extend({row["name"]} - set(note["names"]))
    return list(found.values())


def _words(graph: Graph, nodes: dict[str, Record]) -> dict[str, str]:
    """Return what kinds and classes are called: a kind's label, or the name with spaces in it."""
    found = {}
    table = select(graph.store, (QUERIES / "support" / "labels.rq").read_text("utf-8"))
    for term, label in table.rows:
        iri = text(term)
        if iri.startswith(KIND):
            found[iri.removeprefix(KIND)] = text(label)
    classes = {node["class"] for node in nodes.values()}
    found |= {name: spaced(name).strip().capitalize() for name in classes}
    return dict(sorted(found.items()))
