"""What a page says of a case in other languages: words of the ontology, times and figures.

Names, texts and notes of a case are in the languages in which its authors wrote them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..model import Form, Judgement, Source, Statement, specs
from ..model.terms import HUD
from ..model.things import Located
from ..model.translations import TermWords, translated
from ..network import palette
from ..read.date_words import date_in_words
from ..read.languages import languages_of
from ..read.period_words import period
from ..read.sizes import sizes_of
from ..read.time_words import USUAL, spoken, time_words
from ..read.wording import coordinates, value_in_words
from .words import OFFERED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..read.select import Graph
    from .payload import Payload

    Record = dict[str, Any]

_FIELDS = {field.name: field for field in specs(Statement)}
DATES = (Form.DAY, Form.EDTF)
"""Forms of values that are told as dates."""


def languages(graph: Graph, nodes: Mapping[str, Record]) -> list[Record]:
    """Return the languages of the names of a case, that of its labels first.

    Each has ``tag``, ``name``, ``direction``, ``names`` (of how many things it has one), and
    ``says`` if the page has words of its own in it.

    Args:
        graph: the judged graph.
        nodes: the things, as the page has them.
    """
    own, *others = languages_of(graph)
    counts = {one.tag: sum(one.tag in node.get("in", ()) for node in nodes.values())
              for one in others}  # fmt: skip
    says = {*OFFERED} & {USUAL, *translated()} & {*spoken()}
    return [
        {"tag": one.tag, "name": one.name, "direction": one.direction,
         "names": counts.get(one.tag, len(nodes)), **({"says": 1} if one.tag in says else {})}
        for one in (own, *others)
    ]  # fmt: skip


def in_use(words: Mapping[str, str], records: object) -> dict[str, str]:
    """Return the words that records name, and those that the page has lists of, sorted.

    Args:
        words: what kinds and classes are called.
        records: any of what the page knows, of mappings and lists.
    """
    listed = {*palette.STANCES, *palette.CERTAINTIES, *dict(palette.LANES)}
    listed |= {one.name for one in palette.STATUSES} | {one.name for one in palette.FAMILIES}
    named = listed.union(_strings(records))
    return {name: word for name, word in sorted(words.items()) if name in named}


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)


def tongues(
    graph: Graph, payload: Payload, sequences: Mapping[str, Sequence[Record]]
) -> dict[str, Record]:
    """Return, by the tags of languages, what the page says of a case in them.

    Each has ``words``, ``predicates`` (``label``, ``inverse``, ``pattern``, ``back``), ``times``
    and ``dates``, as the payload has them in English; by the English for it ``more``, the words
    that introduce fields, and ``values``, all else that was put into words. What has no words in
    a language is left out.

    Args:
        graph: the judged graph.
        payload: what the page knows, in English.
        sequences: what followed what, by the tags of languages; as in ``payload.payload``.
    """
    tags = [one["tag"] for one in payload["languages"] if "says" in one and one["tag"] != USUAL]
    return {
        tag: _tongue(graph, payload, tag) | {"sequences": list(sequences.get(tag, ()))}
        for tag in tags
    }


def _tongue(graph: Graph, payload: Payload, tag: str) -> Record:
    terms = TermWords.of(tag)
    words = {name: terms.kind(name) or terms.term(HUD + name) for name in payload["words"]}
    told = {field for one in payload["statements"].values() for field in one.get("more", ())}
    fields = {field.word: terms.term(field.term) for field in _FIELDS.values()}
    texts = {text: said for text, said in _texts(graph, payload, terms, tag) if text != said}
    return {
        "words": {name: word for name, word in words.items() if word},
        "predicates": _predicates(payload, terms),
        "more": {word: label for word, label in fields.items() if word in told and label},
        "times": _times(graph, payload, tag),
        "dates": {date: date_in_words(date, tag) for date in payload["dates"]},
        "values": dict(sorted(texts.items())),
    }


def _predicates(payload: Payload, terms: TermWords) -> dict[str, Record]:
    found = {name: terms.saying(name) for name in payload["predicates"]}
    return {
        name: {"label": said.label} | {
            key: text for key, text in (("inverse", said.inverse), ("pattern", said.pattern),
                                        ("back", said.inverse_pattern)) if text
        }
        for name, said in found.items() if said
    }  # fmt: skip


def _times(graph: Graph, payload: Payload, tag: str) -> list[str]:
    """Return when statements hold, in the order of the English times."""
    times = list(payload["times"])
    for name, record in payload["statements"].items():
        if "t" in record:
            times[record["t"]] = period(graph.qualifiers(name), tag)
    return times


def _texts(graph: Graph, payload: Payload, terms: TermWords, tag: str) -> Iterator[tuple[str, str]]:
    """Yield what was put into words in English, with the same in a language."""
    for name, record in payload["statements"].items():
        known = graph.qualifiers(name)
        if "v" in record:
            yield record["v"], _value(graph, name, known, terms, tag)
        for field in _FIELDS.values():
            if field.form in DATES and field.word in record.get("more", ()):
                yield record["more"][field.word], date_in_words(str(known[field.name]), tag)
    for name, node in payload["nodes"].items():
        for one in sizes_of(graph, name) if "sizes" in node else ():
            yield one.words, one.told(tag, terms.kind)
        thing = graph.thing(name)
        if "where" in node and isinstance(thing, Located):
            yield coordinates(thing.point), coordinates(thing.point, tag)
    for source in graph.records(Source):
        if source.date:
            yield date_in_words(source.date), date_in_words(source.date, tag)
    for judged in graph.records(Judgement):
        how = graph.labels.kinds.get(judged.judgement, judged.judgement)
        yield how, terms.kind(judged.judgement) or how


def _value(graph: Graph, name: str, known: Mapping[str, Any], terms: TermWords, tag: str) -> str:
    """Return what a statement says that is no thing, in a language."""
    statement = graph.statement(name)
    said, value = statement.object, statement.value
    if isinstance(value, bool):
        return time_words(tag).say(("no", "yes")[value])
    if said is None:
        return value_in_words(str(value), known, text=isinstance(value, str), language=tag)
    return terms.kind(said) or graph.labels.kinds.get(said, said)
