"""What a page knows: one object for JSON, made from the judged graph alone.

Names are short because a page holds hundreds of each record. What is empty is left out.

``nodes``: things by id. ``name``, ``in`` (names by the tags of other languages), ``also`` (further
names), ``class``, ``group`` (of ``palette.NODES``), ``kind``, ``identity``, ``note``; of clauses
``part`` (the agreement), ``topic`` (a list), ``text``; ``other`` (what is of no kind); ``lane`` of
what a storyline shows; of agreements ``replaces`` and ``process``; of mechanisms ``pattern``,
``scope``, ``steps`` and ``seen`` (where); ``shows`` (mechanisms that it is an instance of);
``lists`` (its identifiers in them); ``told`` (sentences that name it, by source); ``where`` a place
lies; ``sizes`` in order of time, in words; ``links`` to other registers; ``cases`` of several.

``statements``: by id. ``s``, ``p``, and ``o`` (a thing) or ``v`` (a value in words); ``status``,
``rule`` (if a verdict overrides it) with ``reason`` and ``judge``; ``if`` (its conditions); ``or``
(what one has the choice of); ``when``, ``text`` and the bounds ``eb``, ``lb``, ``ee``, ``le``;
``t`` (the place of its time in ``times``); ``at`` (sorts it in time), ``free`` (something of its
day may come before or after it); ``spans`` (as edges carry them) or ``always`` (timeless); ``told``
(from which day on a source vouches for it) and ``no`` (voices that deny it); ``place``, ``under``,
``via``, ``scope``, ``note``; ``q`` (questions that it answers); ``draw`` (``tie`` or ``role``, if
it can be a line) and ``actors`` (1 for a tie between actors); ``c`` (the certainty that its claims
amount to); ``case``, if there are several, as of sources; ``more`` (every other declared field, by
the word that introduces it); ``claims``.

A claim: ``id`` (unless it is STATEMENT.VOICE.STANCE.SOURCE), ``by`` (the voice), ``st`` (the
stance), ``c`` (certainty), ``as`` (the mode, unless it is a fact), ``who`` (of a group), ``src``,
``at`` (sentences), ``note``, ``dis`` (ids of claims that it disputes), ``grounds`` (ids of the
statements that it is inferred from).

``sequences``: as ``graph.analysis.sequences.words.record`` gives them.
"""

from __future__ import annotations

from sys import intern
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from ..model import (
    UNKNOWN,
    Certainty,
    Judgement,
    Mechanism,
    Mode,
    NameResolution,
    Note,
    Question,
    Source,
    Statement,
    Status,
    specs,
)
from ..model.documents import reading_order
from ..model.terms import spaced
from ..model.things import Agreement, Event, Located
from ..network import palette
from ..network.projection import keys
from ..read.citations import web_address
from ..read.date_words import date_in_words
from ..read.former import cases_of
from ..read.languages import names_by_language
from ..read.period_words import period
from ..read.rules import together, world
from ..read.sizes import sizes_of
from ..read.wording import coordinates, value_in_words
from .figures import add_figures
from .picture import lines
from .tongues import DATES, in_use, languages, tongues

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from ..model import Claim, Thing
    from ..read.select import Graph

    Record = dict[str, Any]

_OF_A_STATEMENT = {
    "when": "when",
    "when_text": "text",
    "earliest_begin": "eb",
    "latest_begin": "lb",
    "earliest_end": "ee",
    "latest_end": "le",
    "order_key": "at",
    "order_not_told": "free",
    "place": "place",
    "under": "under",
    "channel": "via",
    "scope": "scope",
    "note": "note",
}
_ELSEWHERE = {"subject", "predicate", "status", "status_by_rule", "question", "told_from", "past",
              "unit", "modality", "counts", "coverage"}  # fmt: skip
_MORE = {
    field.name: field
    for field in specs(Statement)
    if field.name not in _OF_A_STATEMENT.keys() | _ELSEWHERE
}
_OF_A_THING = {name: name for name in (
    "identity", "note", "other", "text", "pattern", "replaces", "process"
)} | {"agreement": "part"}  # fmt: skip
_OF_A_SOURCE = {name: name for name in ("title", "publisher", "date")}


class Payload(TypedDict):
    """What a page knows; the records are described at the head of this module.

    Attributes:
        dates: the words for each date in EDTF of a statement.
        times: when statements hold, in words; each says by ``t`` which is its own.
        until: the last day on which each voice may have spoken; in its world is what was told
            by then.
        judged: ``on`` two things, ``how`` they were judged to be one or not, ``c`` (how surely),
            ``why``, and ``at`` (the sentences that are cited).
        notes: ``text``, ``on`` what, ``names`` that were taken to mean that, ``c`` and ``at``.
        languages: those of the names; see ``graph.viewer.tongues.languages``.
        tours: ``id``, ``title`` and ``steps``, each with ``title``, ``text`` and ``view``; ``in``
            holds the texts of other languages by their tags.
        tongues: what is said in other languages; see ``graph.viewer.tongues.tongues``.
    """

    case: str
    predicates: dict[str, Record]
    words: dict[str, str]
    nodes: dict[str, Record]
    statements: dict[str, Record]
    questions: dict[str, Record]
    sources: dict[str, Record]
    notes: list[Record]
    judged: list[Record]
    days: list[list[str]]
    dates: dict[str, str]
    times: list[str]
    until: dict[str, str]
    languages: list[Record]
    tours: list[Record]
    sequences: NotRequired[list[Record]]
    tongues: NotRequired[dict[str, Record]]


def payload(
    graph: Graph,
    tours: Sequence[Mapping[str, Any]] = (),
    sequences: Mapping[str, Sequence[Record]] = MappingProxyType({}),
) -> Payload:
    """Return what a page says of a case: all things, statements, claims, questions and sources.

    Args:
        graph: the judged graph.
        tours: guided tours of the page, as ``graph.model.tours.Tour`` tells them.
        sequences: what followed what, as ``graph.analysis.sequences.words.record`` gives it, by
            the tags of languages.
    """
    nodes = {name: _node(graph, graph.thing(name)) for name in graph.ids("Entity")}
    classes = {node["class"] for node in nodes.values()}
    words = {**graph.labels.kinds, **{name: spaced(name).strip().capitalize() for name in classes}}
    statements = {name: _statement(graph, name, nodes, words) for name in graph.ids("Statement")}
    _add_patterns(graph, nodes, statements)
    _add_lines(graph, statements)
    _add_days(graph, statements)
    add_figures(graph, statements)
    until = _add_worlds(graph, statements)
    times = _add_times(statements)
    used = sorted({record["p"] for record in statements.values()})
    predicates = {name: _predicate(graph, name) for name in used}
    questions = {one.id: _question(graph, one) for one in graph.records(Question)}
    told: Payload = {
        "case": graph.case,
        "predicates": predicates,
        "words": in_use(words, [nodes, statements, predicates, questions]),
        "nodes": nodes,
        "statements": statements,
        "questions": questions,
        "sources": {
            one.id: {**_source(one), **_filled(case="".join(cases_of(graph, one.id)))}
            for one in graph.records(Source)
        },
        "notes": _notes(graph),
        "judged": _judged(graph, nodes),
        "days": [list(days) for days in graph.about.compare_days],
        "dates": {date: date_in_words(date) for date in sorted(_dates(statements))},
        "times": times,
        "until": until,
        "languages": languages(graph, nodes),
        "tours": [dict(one) for one in tours],
        "sequences": list(sequences.get("en", ())),
    }
    return {**told, "tongues": tongues(graph, told, sequences)}


def _told(record: object, names: Mapping[str, str]) -> Record:
    """Return the fields of a record that have a value, by the names that the page has for them."""
    pairs = ((name, getattr(record, field, "")) for field, name in names.items())
    return {name: intern(str(value)) for name, value in pairs if value}


def _filled(**values: object) -> Record:
    """Return what is not empty."""
    return {name: value for name, value in values.items() if value}


def _add_patterns(
    graph: Graph, nodes: Mapping[str, Record], statements: Mapping[str, Record]
) -> None:
    """Add the mechanisms that things, and statements on them, are instances of."""
    for one in graph.records(Mechanism):
        seen = [name for name in one.instances if name in nodes or name in statements]
        nodes[one.id] |= _filled(scope=one.scope, steps=list(one.chain), seen=seen)
        for name in seen:
            ends = (name,) if name in nodes else [statements[name].get(end, "") for end in "so"]
            for end in nodes.keys() & set(ends):
                shown = nodes[end].setdefault("shows", [])
                shown += [one.id] if one.id not in shown else []


def _judged(graph: Graph, nodes: Collection[str]) -> list[Record]:
    """Return of which pairs of things it was judged whether they are one."""
    kinds = graph.labels.kinds
    return [
        {"on": list(one.things), "how": kinds.get(one.judgement, one.judgement),
         "c": one.certainty, "why": one.reason, **_filled(out=one.outside), **_cited(one)}
        for one in graph.records(Judgement)
        if one.counts and {*one.things} <= {*nodes}
    ]  # fmt: skip


def _cited(record: Judgement | NameResolution | Note) -> Record:
    """Return the sentences that a record of the editors cites."""
    told = sorted(record.passages, key=lambda one: (one.source, reading_order(one.sentence)))
    return _filled(at=[one.citation for one in told])


def _told_in(thing: Thing) -> Record:
    """Return the sentences that name a thing, by their sources."""
    found: dict[str, list[str]] = {}
    for one in getattr(thing, "mentioned", ()):
        found.setdefault(one.source, []).append(one.sentence)
    return {source: ", ".join(sorted(told, key=reading_order)) for source, told in found.items()}


def _predicate(graph: Graph, name: str) -> Record:
    predicate = graph.predicate(name)
    said = predicate.saying
    told = {"label": said.label, "family": predicate.family, "sign": predicate.sign}
    return {
        **(told | _filled(group=predicate.group, role=int(said.role), inverse=said.inverse)),
        **_filled(pattern=said.pattern, back=said.inverse_pattern, camp=graph.terms.camp(name)),
    }


def _statement(
    graph: Graph, name: str, things: Collection[str], words: Mapping[str, str]
) -> Record:
    statement, known = graph.statement(name), graph.qualifiers(name)
    record: Record = {"s": statement.subject, "p": statement.predicate, "status": statement.status}
    said, value, verdict = statement.object, statement.value, statement.verdict
    if isinstance(value, bool):
        record["v"] = ("no", "yes")[value]
    elif said is None:
        record["v"] = value_in_words(str(value), known, text=isinstance(value, str))
    elif said == UNKNOWN or said in things:
        record["o"] = said
    else:
        record["v"] = words.get(said, said)
    if verdict is not None:
        rule = statement.status_by_rule
        record |= {"rule": rule, "reason": verdict.reason, "judge": verdict.judge}
    if statement.condition:
        record["if"] = list(statement.condition)
    if statement.one_of:
        record["or"] = list(statement.one_of)
    certainty = together(statement.claims).get("certainty", Certainty.UNSPECIFIED.value)
    more = {
        field.word: date_in_words(str(known[name])) if field.form in DATES else known[name]
        for name, field in _MORE.items()
        if name in known
    }
    record |= _told(statement, _OF_A_STATEMENT)
    record |= _filled(t=period(known), case="".join(cases_of(graph, name)))
    record |= _filled(q=list(statement.question), c=certainty, more=more)
    return {**record, "claims": [_claim(claim) for claim in statement.claims]}


def _add_lines(graph: Graph, statements: Mapping[str, Record]) -> None:
    """Add which statements can be lines, and which of them are ties between actors."""
    for *_, key, data in lines(graph).edges(keys=True, data=True):
        statements[key]["draw"] = data["draw"]
    for key in statements.keys() & keys(graph, "actors"):
        statements[key] |= {"actors": 1} if "draw" in statements[key] else {}


def _add_days(graph: Graph, statements: dict[str, Record]) -> None:
    """Add on which days statements held, and since when they were told."""
    for name, statement in statements.items():
        data = graph.qualifiers(name)
        more = {
            "always": data.get("timeless", False),
            "spans": data.get("spans", []),
            "told": data.get("told_from", ""),
        }
        statement.update({key: value for key, value in more.items() if value})


def _add_worlds(graph: Graph, statements: dict[str, Record]) -> dict[str, str]:
    """Add which voices deny a statement, and return until when each voice speaks."""
    voices = {claim["by"] for statement in statements.values() for claim in statement["claims"]}
    worlds = {voice: world(graph, voice) for voice in sorted(voices)}
    for voice, own in worlds.items():
        for name in own.denied & statements.keys():
            statements[name].setdefault("no", []).append(voice)
    return {voice: own.until for voice, own in worlds.items()}


def _add_times(statements: Mapping[str, Record]) -> list[str]:
    """Return the words for when statements hold, each once; ``t`` becomes the place among them."""
    told = sorted({record["t"] for record in statements.values() if "t" in record})
    places = {words: place for place, words in enumerate(told)}
    for record in statements.values():
        if "t" in record:
            record["t"] = places[record["t"]]
    return told


def _dates(statements: Mapping[str, Record]) -> set[str]:
    return {record["when"] for record in statements.values() if "when" in record}


def _claim(claim: Claim) -> Record:
    usual = f"{claim.statement}.{claim.voice}.{claim.stance}.{claim.source}"
    return {
        **_filled(id=claim.id if claim.id != usual else ""),
        "by": claim.voice,
        "st": claim.stance,
        "c": claim.certainty,
        **_filled(who=claim.speakers, **{"as": claim.mode if claim.mode != Mode.FACT else ""}),
        **_filled(made=int(bool(claim.made))),
        "src": claim.source,
        "at": sorted({one.sentence for one in claim.passages}, key=reading_order),
        **_filled(note=claim.note, dis=list(claim.disputes), grounds=list(claim.grounds)),
    }


def _node(graph: Graph, thing: Thing) -> Record:
    kind = graph.narrowest(thing)
    names, matches = getattr(thing, "names", ()), getattr(thing, "matches", ())
    gazetteer = getattr(thing, "gazetteer_url", "")
    by_language = names_by_language(graph, thing)
    first = next(iter(getattr(thing, "kinds", ())), "")
    also = sorted((one.lang, one.text) for one in names if one not in by_language.values())
    return {
        "name": graph.label(thing.id),
        "class": kind,
        "group": palette.node_style(kind).name,
        **_told(thing, _OF_A_THING),
        **_filled(
            kind=first,
            lane=graph.terms.lane(kind, first) if isinstance(thing, (Event, Agreement)) else "",
            topic=list(getattr(thing, "topic", ())),
            cases=list(cases_of(graph, thing.id)),
            lists=[f"{one.scheme} {one.value}" for one in getattr(thing, "identifiers", ())],
            told=_told_in(thing),
            links=[link for link in map(web_address, (*matches, gazetteer)) if link],
            also=[name for _, name in also],
            sizes=[one.words for one in sizes_of(graph, thing.id)],
            where=_where(thing) if isinstance(thing, Located) else "",
            **{"in": {language.tag: name.text for language, name in by_language.items()}},
        ),
    }


def _where(place: Located) -> str:
    """Return where a place lies, and who says so."""
    told = [place.gazetteer, *(one.citation for one in place.coordinates_passages)]
    where = coordinates(place.point)
    return where and f"{where} ({'; '.join(filter(None, told))})"


def _question(graph: Graph, question: Question) -> Record:
    kind = Status.CONTESTED if Status.CONTESTED in question.kinds else question.kinds[0]
    known = {"name": graph.label(question.id), "kind": kind, "about": list(question.about)}
    return {**known, "exclusive": bool(question.exclusive), **_filled(note=question.note)}


def _source(source: Source) -> Record:
    more = _filled(url=web_address(source.url), by=list(source.authors))
    told = _told(source, _OF_A_SOURCE)
    return {**told, **_filled(date=date_in_words(told.get("date", ""))), **more}


def _notes(graph: Graph) -> list[Record]:
    """Return the editors' notes, and why several names mean one thing, by their ids."""
    notes: dict[str, Record] = {
        one.id: {"text": one.text, "on": [*one.on], "names": [], **_cited(one)}
        for one in graph.records(Note)
    }
    for one in graph.records(NameResolution):
        notes[one.id] = {"text": one.reason, "on": [one.thing], "names": [*one.names],
                         "c": one.certainty, **_cited(one)}  # fmt: skip
    return [notes[name] for name in sorted(notes)]
