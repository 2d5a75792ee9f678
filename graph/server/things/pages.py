"""The pages of records and of the list of records; they need no script and ask for nothing else."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

import jinja2

from ...export.dossier import Dossier
from ...model.terms import case_namespace, spaced
from ...network import palette
from .shelf import class_of
from .views import Said, facts, names, said, voiced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ...read.wording import Record
    from .index import Index
    from .shelf import Held, Ref, Shelf
    from .views import Value, Voiced

HERE = Path(__file__).resolve().parent
STYLE = HERE / "things.css"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src data:; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'none'"
)

_LAST = ("Roles in events and agreements", "Figures and descriptions",
         "As the place, channel or terms of other statements")  # fmt: skip


class Section(NamedTuple):
    """A part of a page.

    Attributes:
        title: its heading.
        status: the status of all statements in it, or ``None``.
        groups: headings, perhaps empty, with statements in full.
        spoken: statements in short, each with the claim of the record on it.
        refs: links to records.
    """

    title: str
    status: palette.StatusStyle | None = None
    groups: tuple[tuple[str, tuple[Said, ...]], ...] = ()
    spoken: tuple[tuple[Ref, Voiced], ...] = ()
    refs: tuple[Ref, ...] = ()


def page(shelf: Shelf, key: str) -> str:
    """Return the page of a record as HTML.

    Args:
        shelf: the records of the case.
        key: id of the record.

    Raises:
        KeyError: there is no such record.
        UsageError: a statement has an unknown status; nothing is shown as accepted by default.
    """
    held = shelf[key]
    called: list[Value] = names(shelf, key)
    ref = shelf.ref(key)
    context = {
        "heading": ref.label,
        "status": palette.status_style(ref.status) if ref.status else None,
        "table": held.table,
        "kind": spaced(class_of(held.table, held.row)).strip(),
        "key": key,
        "iri": case_namespace(shelf.graph.case) + key,
        "case": shelf.title,
        "names": called,
        "identity": _identity(held),
        "facts": facts(shelf, key),
        "sections": [one for one in _sections(shelf, key) if one.groups or one.spoken or one.refs],
        "drawn": held.table in ("things", "statements"),
    }
    return _rendered("record.html", context)


def listing(shelf: Shelf, index: Index) -> str:
    """Return a page of the list of records as HTML.

    Args:
        shelf: the records of the case.
        index: which records, in which order.
    """
    iri = case_namespace(shelf.graph.case)
    return _rendered("index.html", {"index": index, "iri": iri, "case": shelf.title})


def absent() -> str:
    """Return the page that says that there is no such record."""
    return _rendered("absent.html", {})


def _sections(shelf: Shelf, key: str) -> Iterator[Section]:
    """Yield the parts of a record's page, the statements first."""
    table, row = shelf[key]
    telling = shelf.telling
    if table == "things":
        yield from _of_thing(shelf, key)
    elif table == "statements":
        yield Section("The statement and who says it", None, (("", (said(shelf, row),)),))
        yield Section("Verdict", refs=_refs(shelf, (v["id"] for v in shelf.verdicts.get(key, ()))))
        yield Section("Notes", refs=_refs(shelf, _noted(shelf, key)))
        yield Section("Instance of", refs=_refs(shelf, _patterns(shelf, key)))
    elif table in ("claims", "verdicts"):
        statement = telling.statements[row["statement"]]
        yield Section("The statement", None, (("", (said(shelf, statement),)),))
    elif table == "sources":
        on = [one["id"] for one in shelf.tables["passages"] if one["source"] == key]
        yield Section("Sentences, in order", refs=_refs(shelf, telling.in_order(on)))
    elif table == "passages":
        yield _citing(shelf, key)
        mentions = shelf.tables["mentions"]
        things = (one["thing"] for one in mentions if one["passage"] == key)
        yield Section("Mentioned here", refs=_refs(shelf, things))


def _of_thing(shelf: Shelf, key: str) -> Iterator[Section]:
    dossier = Dossier(shelf.telling, key)
    for question, rows in dossier.questions():
        if question["id"] == key:
            yield Section("Answers", None, (("", _answers(shelf, rows)),))
    for style in palette.STATUSES:
        rows = dossier.with_status(style.name)
        fact = style.name == "accepted"
        title = style.label if fact else f"{style.label}: not to be taken as fact"
        yield Section(title, style, tuple(_grouped(shelf, key, rows)))
    spoken = tuple((shelf.ref(row["id"]), voiced(shelf, one)) for row, one in dossier.spoken())
    yield Section("What it says itself", spoken=spoken)
    asked = (row["id"] for row, _ in dossier.questions() if row["id"] != key)
    yield Section("Questions that it figures in", refs=_refs(shelf, asked))
    patterns = (row["id"] for row in dossier.patterns())
    yield Section("Patterns that it is an instance of", refs=_refs(shelf, patterns))
    judged = (row["id"] for row, _ in dossier.judgements())
    yield Section("Judged the same as another, or not", refs=_refs(shelf, judged))
    resolved = (row["id"] for row in dossier.resolutions())
    yield Section("Decisions on its names", refs=_refs(shelf, resolved))
    noted = (row["id"] for row in dossier.notes())
    yield Section("Notes of the editors", refs=_refs(shelf, noted))


def _answers(shelf: Shelf, rows: list[Record]) -> tuple[Said, ...]:
    """Return the answers to a question; which of them rival each other is seen there."""
    ids = {row["id"] for row in rows}
    found = (said(shelf, row) for row in rows)
    return tuple(
        one._replace(rivals=[each for each in one.rivals if each.statement.id not in ids])
        for one in found
    )


def _grouped(shelf: Shelf, key: str, rows: list[Record]) -> Iterator[tuple[str, tuple[Said, ...]]]:
    """Yield statements by family, those in which the thing is a mere qualifier last."""
    groups: dict[str, list[Said]] = {}
    for row in rows:
        groups.setdefault(_family(shelf, key, row), []).append(said(shelf, row))
    for title in sorted(groups, key=lambda one: (_LAST.index(one) if one in _LAST else -1, one)):
        yield title, tuple(groups[title])


def _family(shelf: Shelf, key: str, row: Record) -> str:
    predicate = shelf.telling.predicates.get(row["predicate"], {})
    if key not in (row.get("subject"), row.get("object")):
        return _LAST[2]
    if predicate.get("role"):
        return _LAST[0]
    if row.get("value_type", "unknown") not in ("boolean", "unknown"):
        return _LAST[1]
    return shelf.telling.label(predicate.get("family", "")).capitalize() or "Others"


def _citing(shelf: Shelf, key: str) -> Section:
    """Return the claims that cite a sentence."""
    found = []
    for each in shelf.citing.get(key, ()):
        statement = shelf[each["claim"]].row["statement"]
        found += [
            (shelf.ref(statement), voiced(shelf, one))
            for one in shelf.telling.evidence(statement)
            if one.claim == each["claim"]
        ]
    return Section("What rests on this sentence", spoken=tuple(found))


def _noted(shelf: Shelf, key: str) -> Iterable[str]:
    return (one["note"] for one in shelf.tables["note_subjects"] if one["subject"] == key)


def _patterns(shelf: Shelf, key: str) -> Iterable[str]:
    rows = shelf.tables["mechanism_instances"]
    return (one["mechanism"] for one in rows if one["instance"] == key)


def _refs(shelf: Shelf, keys: Iterable[str]) -> tuple[Ref, ...]:
    return tuple(shelf.ref(key) for key in dict.fromkeys(keys))


_IDENTITIES = {
    "unnamed": "Not named in the sources. It must not be taken for anybody of the same "
    "description.",
    "withheld": "The name is withheld because anonymity was asked for. Nothing here should be used "
    "to find it out.",
    "collective": "A group of people or bodies that the sources treat as one.",
    "hypothetical": "Hypothetical: the sources speak of it without saying that it exists.",
}


def _identity(held: Held) -> str:
    return _IDENTITIES.get(str(held.row.get("identity", "")), "")


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
    made.filters["address"] = lambda key: quote(str(key), safe=".-_~")
    return made
