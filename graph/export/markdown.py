"""A dossier of one actor in Markdown: what is said of it, by whom, how sure, and who objects.

What is accepted stands first and by itself. What is contested, alleged, open or rejected has
sections of its own, and every line there begins with that word. The text of it is in
``dossier.md.j2``, where whatever is put in is escaped.
"""

from __future__ import annotations

from functools import cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
from markupsafe import Markup

from ..errors import UsageError
from ..errors.shown import address
from ..model.languages import in_english
from ..network import palette
from ..query.asked_thing import asked_thing
from ..read.notices import notices
from ..read.once import ONCE
from ..read.period_words import within
from ..read.record_views import facts
from .format import Exported, Format, Loss
from .markdown_text import code, escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..read.thing_record import ThingRecord
    from ..read.wording import Record
    from .selection import Selection

FORMAT = Format(
    name="markdown",
    title="a dossier of one actor in Markdown, for people and for any editor of texts",
    holds="actor",
    file="dossier.md",
)
_SOURCE = dict.fromkeys(("author", "publisher", "date_basis", "url", "sha256"), "")


def write(selection: Selection) -> Exported:
    """Return the dossier of the selection's actor.

    Args:
        selection: the graph, and the id or name of any thing in it as ``actor``.

    Raises:
        UsageError: no actor is given, nothing or several things are called so, or it is no thing.
    """
    if not selection.actor:
        raise UsageError("markdown: a dossier needs an actor; give the id or name of a thing")
    records = selection.records
    text = _rendered(asked_thing(selection.actor, records, "actor"))
    return Exported({FORMAT.file: [text.encode()]}, tuple(_losses(selection, text)))


def _losses(selection: Selection, text: str) -> Iterator[Loss]:
    """Yield how many texts of records stand in a dossier otherwise than they are."""
    rows = (row for rows in selection.tables.values() for row in rows)
    values = {value for row in rows for value in row.values() if isinstance(value, str)}
    folded = text.casefold()
    changed = [one for one in values if not one.isprintable() or one != " ".join(one.split())]
    changed = [one for one in changed if (shown := escaped(one)) and shown.casefold() in folded]
    if changed:
        yield Loss(len(changed), "texts of several lines or with control signs",
                   "one line without them")  # fmt: skip


def _rendered(dossier: ThingRecord) -> str:
    records = dossier.records
    words = records.verbalizer
    cited: dict[str, None] = {}

    def cite(passages: Iterable[str]) -> Markup:
        """Return citations of sentences, and keep them for the list of sources."""
        found = words.in_order(passages)
        cited.update(dict.fromkeys(found))
        return _marked(" ".join(f"[{words.cite(one)}]" for one in found))

    def sources() -> Iterator[tuple[dict[str, str], list[Record]]]:
        """Yield what is known of the sources that were cited, with their sentences that were."""
        rows = [words.passages[one] for one in words.in_order(cited)]
        for source, found in groupby(rows, key=itemgetter("source")):
            row = records[source].row
            known = {fact.name: fact.text for fact in facts(records, source)}
            date = within(row.get("earliest_begin"), row.get("latest_end"))
            yield (
                _SOURCE | known | {"id": source, "title": row.get("title", ""), "date": date},
                [*found],
            )

    by_status = [(style, dossier.with_status(style.name)) for style in palette.STATUSES]
    return (
        _environment()
        .get_template("dossier.md.j2")
        .render(
            dossier=dossier,
            once_title=ONCE,
            records=records,
            ref=dossier.ref,
            title=records.graph.title,
            notices=notices(records.graph),
            kind=dossier.kind,
            identity=dossier.identity,
            facts={fact.name: fact.text for fact in dossier.facts},
            statuses=palette.STATUSES,
            by_status=[(style, found) for style, found in by_status if found],
            cite=cite,
            sources=sources,
        )
    )


@cache
def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        finalize=_finalized,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {
        "address": lambda url: _marked(address(url)),
        "code": lambda text: _marked(code(text)),
        "signed": lambda sign: palette.sign_style(sign).label.lower(),
        "language": lambda tag: in_english(tag) if tag else "language not given",
    }
    return made


def _finalized(value: object) -> Markup:
    """Return what a template puts in: Markdown as it is, all else escaped."""
    return value if isinstance(value, Markup) else _marked(escaped(str(value)))


def _marked(text: str) -> Markup:
    return Markup(text)  # noqa: S704 — it has been escaped for Markdown
