"""The pages of records and of the list of records; they need no script and ask for nothing else."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

import jinja2

from ...model.languages import direction, in_english
from ...model.terms import HUD, KIND, spaced
from ...network import palette
from ...read.once import ONCE
from ...read.record_views import IDENTITIES, claim_view, facts, names, statement_view
from ...read.tables import definitions
from ...read.thing_record import ThingRecord

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ...read.once import OnceSaid
    from ...read.record_index import RecordIndex, Ref
    from ...read.record_views import ClaimView, StatementView
    from ...read.thing_record import Pattern, Remark, SeenIn
    from .index import Index

HERE = Path(__file__).resolve().parent
STYLE = HERE / "things.css"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src data:; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


class PageSection(NamedTuple):
    """A part of a page.

    Attributes:
        title: its heading.
        status: the status of all statements in it, or ``None``.
        groups: headings, perhaps empty, with statements in full.
        spoken: claims in short, each with its statement.
        refs: links to records.
        patterns: mechanisms that are seen in it.
        instances: in what a mechanism is seen.
        remarks: of the editors.
        once: what a later release says no more.
    """

    title: str
    status: palette.StatusStyle | None = None
    groups: Sequence[tuple[str, list[StatementView]]] = ()
    spoken: Sequence[ClaimView] = ()
    refs: Sequence[Ref] = ()
    patterns: Sequence[Pattern] = ()
    instances: Sequence[SeenIn] = ()
    remarks: Sequence[Remark] = ()
    once: Sequence[OnceSaid] = ()


def page(records: RecordIndex, key: str) -> str:
    """Return the page of a record as HTML.

    Args:
        records: those of the case.
        key: id of the record.

    Raises:
        KeyError: there is no such record.
        UsageError: a statement has an unknown status; nothing is shown as accepted by default.
    """
    record = records[key]
    ref = records.ref(key)
    told = ThingRecord(records, key).facts if record.table == "things" else facts(records, key)
    context = {
        "heading": ref.label,
        "status": palette.status_style(ref.status) if ref.status else None,
        "table": record.table,
        "kind": spaced(record.kind).strip(),
        "key": key,
        "iri": record.row["iri"],
        "case": records.graph.title,
        "names": names(records, key),
        "identity": " ".join(IDENTITIES.get(record.row.get("identity", ""), ())).strip(),
        "facts": told,
        "sections": [one for one in _sections(records, key) if any(one[2:])],
        "drawn": record.table in ("things", "statements"),
    }
    return _rendered("record.html", context)


def term_page(records: RecordIndex, name: str) -> str:
    """Return the page of a term that the case has of its own, as HTML.

    Args:
        records: those of the case.
        name: the term, one of ``graph.terms.own``.
    """
    graph = records.graph
    iri, broader = graph.terms.own[name].value, graph.terms.broader[name]
    heading = graph.labels.of(iri)
    sort, base = ("predicate", HUD) if graph.predicate(name).family else ("kind", KIND)
    using = [one["id"] for one in records.rows("statements", "predicate", name)]
    using += [one["thing"] for one in records.rows("thing_kinds", "kind", name)]
    context = {
        "heading": heading,
        "sort": sort,
        "case": graph.title,
        "name": name,
        "iri": iri,
        "definition": definitions(graph).get(iri, ""),
        "broader": graph.labels.of(base + broader) or broader,
        "labels": [one for one in graph.labels.every(iri) if one != heading],
        "refs": list(map(records.ref, using)),
    }
    return _rendered("term.html", context)


def listing(records: RecordIndex, index: Index) -> str:
    """Return a page of the list of records as HTML.

    Args:
        records: those of the case.
        index: which records, in which order.
    """
    context = {"index": index, "iri": records.graph.node("").value, "case": records.graph.title}
    return _rendered("index.html", context)


def absent(told: str, root: str = "../") -> str:
    """Return the page that says that there is no such record.

    Args:
        told: why there is none.
        root: the way from its address to the first page of the server.
    """
    return _rendered("absent.html", {"root": root, "told": told})


def _sections(records: RecordIndex, key: str) -> Iterator[PageSection]:
    """Yield the parts of a record's page, the statements first."""

    def linked(title: str, table: str, column: str, wanted: str = "id") -> PageSection:
        rows = records.rows(table, column, key)
        return _linked(records, title, (row[wanted] for row in rows))

    table, row = records[key]
    if table == "things":
        yield from _of_thing(records, key)
    elif table == "statements":
        yield _whole("The statement and who says it", [statement_view(records, row)])
        yield linked("Verdict", "verdicts", "statement")
        yield linked("Notes", "note_subjects", "subject", "note")
        yield linked("SeenIn of", "mechanism_instances", "instance", "mechanism")
    elif table in ("claims", "verdicts"):
        yield _whole("The statement", [statement_view(records, records[row["statement"]].row)])
    elif table == "sources":
        on = [one["id"] for one in records.rows("passages", "source", key)]
        yield _linked(records, "Sentences, in order", records.verbalizer.in_order(on))
    elif table == "passages":
        citing = records.rows("claim_passages", "passage", key)
        spoken = [claim_view(records, one["claim"]) for one in citing]
        yield PageSection("What rests on this sentence", spoken=spoken)
        yield linked("Mentioned here", "mentions", "passage", "thing")


def _of_thing(records: RecordIndex, key: str) -> Iterator[PageSection]:
    record = ThingRecord(records, key)
    questions = record.questions()
    yield from (_answers(answers) for row, answers in questions if row["id"] == key)
    yield PageSection("Seen in", instances=record.instances())
    for style in palette.STATUSES:
        fact = style.name == "accepted"
        title = style.label if fact else f"{style.label}: not to be taken as fact"
        yield PageSection(title, style, record.grouped(style.name))
    yield PageSection("What it says itself", spoken=record.spoken())
    yield PageSection(ONCE, once=record.once())
    asked = (row["id"] for row, _ in questions if row["id"] != key)
    yield _linked(records, "Questions that it figures in", asked)
    yield PageSection("Patterns that it is an instance of", patterns=record.patterns())
    yield PageSection("From the editors: identity, names and notes", remarks=record.remarks())


def _answers(answers: list[StatementView]) -> PageSection:
    """Return the answers to a question; which of them rival each other is seen there."""
    own = {one.ref for one in answers}
    rivals = ([each for each in one.rivals if each.statement not in own] for one in answers)
    shown = zip(answers, rivals, strict=True)
    return _whole("Answers", [one._replace(rivals=others) for one, others in shown])


def _whole(title: str, statements: list[StatementView]) -> PageSection:
    return PageSection(title, groups=[("", statements)])


def _linked(records: RecordIndex, title: str, keys: Iterable[str]) -> PageSection:
    return PageSection(title, refs=list(map(records.ref, dict.fromkeys(keys))))


def _rendered(name: str, context: dict[str, Any]) -> str:
    return _environment().get_template(name).render(context).rstrip() + "\n"


@cache
def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "address": lambda key: quote(str(key), safe=".-_~"),
        "direction": direction,
        "language": in_english,
    }
    return made
