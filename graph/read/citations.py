"""Statements as texts that can be cited: a sentence, with who says so in which source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..errors.counting import plural
from ..model import Certainty, Mode, Source
from ..model.documents import reading_order
from ..model.patterns import denied
from .date_words import date_in_words
from .evidence import MADE
from .former import cases_of
from .wording import EVENTFUL, UNTOLD, value_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..model import Claim, Statement
    from .case_graph import CaseGraph

_WEB = re.compile(r"https?://[^\s\x00-\x20\x7f\"'<>\\^`{|}]+", re.IGNORECASE)


def citations(graph: CaseGraph, statements: Iterable[str]) -> str:
    """Return statements as they are cited, with an empty line between each two.

    Each is a sentence with its status and date; then who says so, how surely, in which source and
    sentences; then where it is recorded. The page copies the same (``web/core/citations.js``).

    Args:
        graph: the judged graph and its case.
        statements: ids of statements; each is told once.
    """
    told = [_citation(graph, graph.statement(name)) for name in dict.fromkeys(statements)]
    return "\n\n".join(told)


def _citation(graph: CaseGraph, one: Statement) -> str:
    when = date_in_words(one.when)
    case = "".join(cases_of(graph, one.id)) or graph.case
    return "\n".join((
        f"{sentence(graph, one)} [{one.status}]{f', {when}' if when else ''}.",
        *(_claim(graph, claim) for claim in one.claims),
        f"Hudna, case {case}, statement {one.id}.",
    ))  # fmt: skip


def _claim(graph: CaseGraph, claim: Claim) -> str:
    kinds = graph.labels.kinds
    source = _sources(graph)[claim.source]
    sure = kinds.get(claim.certainty, claim.certainty)
    if claim.certainty == Certainty.UNSPECIFIED:
        sure = "certainty not given"
    mode = "" if claim.mode in ("", Mode.FACT) else f"as {kinds.get(claim.mode, claim.mode)}"
    who = kinds.get(claim.speakers, claim.speakers)
    how = ", ".join(filter(None, (sure, mode, who, MADE if claim.made else "")))
    where = (f"“{source.title}”", source.publisher, date_in_words(source.date))
    numbers = sorted({one.sentence for one in claim.passages}, key=reading_order)
    voice = f"{graph.label(claim.voice)} {kinds.get(claim.stance, claim.stance)} ({how})"
    told = f"{plural(len(numbers), 'sentence')} {', '.join(numbers)}"
    cited = ", ".join(filter(None, where))
    return f"{voice}: {cited}, {told}. {web_address(source.url)}".strip()


def _sources(graph: CaseGraph) -> Mapping[str, Source]:
    return graph.kept((__name__,), lambda: {one.id: one for one in graph.records(Source)})


def web_address(url: str) -> str:
    """Return an address if it may stand in a link: http or https, and no odd characters.

    Returns:
        The address, or an empty text for all others, such as ``javascript:``.
    """
    return url if _WEB.fullmatch(url) else ""


def sentence(graph: CaseGraph, one: Statement) -> str:
    """Return what a statement says, without its time and its full stop.

    Args:
        graph: the judged graph and its case.
        one: the statement.
    """
    saying = graph.predicate(one.predicate).saying
    told = saying.told(named(graph, one.subject), said(graph, one))
    told = denied(told) if one.value is False else told
    return told[:1].upper() + told[1:]


def said(graph: CaseGraph, one: Statement) -> str:
    """Return what a statement says of its subject: a thing, a kind or a value, in words.

    Args:
        graph: the judged graph and its case.
        one: the statement.
    """
    if one.object is not None:
        kind = "" if _is_thing(graph, one.object) else graph.labels.kinds.get(one.object)
        return kind or named(graph, one.object)
    if isinstance(one.value, bool):
        return ""
    return value_in_words(str(one.value), graph.qualifiers(one.id), text=isinstance(one.value, str))


def named(graph: CaseGraph, thing: str | None) -> str:
    """Return the label of a thing, in quotes if it is like a sentence, as those of events are.

    Args:
        graph: the judged graph and its case.
        thing: its id; of what is none the words for what sources do not name.
    """
    if thing is None or not _is_thing(graph, thing):
        return UNTOLD
    label = graph.label(thing)
    return f"“{label}”" if graph.narrowest(graph.thing(thing)) in EVENTFUL else label


def _is_thing(graph: CaseGraph, name: str) -> bool:
    things = graph.kept((__name__, "things"), lambda: frozenset(graph.ids("Entity")))
    return name in things or bool(graph.dropped and graph.labels.of(graph.node(name).value))
