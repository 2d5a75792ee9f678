"""What is different between two graphs of a case, in the words of whoever edits it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from ..errors import UsageError
from ..errors.counting import counted
from ..model import (
    AFFIRMING,
    DENYING,
    UNATTRIBUTED,
    Case,
    FigureRule,
    Form,
    Judgement,
    NamedThing,
    NameResolution,
    Note,
    PassageRef,
    Source,
    Statement,
    Thing,
    specs,
)
from ..model.terms import KIND
from ..read.date_words import date_in_words
from ..read.former import former_ids, present
from .difference import Difference, Group
from .lookup import things
from .results import stored_answers
from .sentence_changes import SentenceChanges
from .term_changes import term_changes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from ..model import Claim, FieldSpec
    from ..model.record import Record
    from ..read.select import Graph

_DATES = ("when", "begins", "ends")
_OTHERS = (Source, Judgement, NameResolution, Note, FigureRule)
_SAID = ("subject", "predicate", "object", "value")


def differences(
    old: Graph, new: Graph, answers: Path | None = None, shown: Collection[str] | None = None
) -> list[Difference]:
    """Return how a graph of a case differs from an earlier one, the most important first.

    A record whose id changed is one record, if the new graph knows its former id. A sentence is the
    same if its fingerprint is, whatever its number: of records that cite it under another number it
    is told only how many there are.

    Args:
        old: the earlier graph.
        new: the later one.
        answers: the folder ``answers`` of the case, whose stored questions are asked of both.
        shown: names of those that may be seen; all if ``None``.

    Raises:
        UsageError: they are of two cases.
        InputOutputError: the file with the questions is not as it should be.
    """
    if old.case != new.case:
        raise UsageError(f"they are of two cases, {old.case} and {new.case}; compare builds of one")
    found = _Comparison(old, new)
    every = [
        *found.statements(),
        *found.things(),
        *found.questions(),
        *found.stored(answers, shown),
    ]
    every += [*found.others(), *found.sentences(), *found.numbers(), *term_changes(old, new)]
    order = list(Group)
    return sorted(every, key=lambda one: (order.index(one.group), one.id))


class _Comparison:
    """Two graphs side by side; what the old one names is known by what it is called now."""

    def __init__(self, old: Graph, new: Graph) -> None:
        self.old, self.new = old, new
        self._texts = SentenceChanges(old, new)
        self._renumbered: Counter[str] = Counter()

    def sentences(self) -> Iterator[Difference]:
        """Yield what became of the sentences of sources that are in both graphs."""
        for sentence, told in self._texts.told():
            yield Difference(Group.SENTENCES, sentence, told)

    def numbers(self) -> Iterator[Difference]:
        """Yield in one line how many records cite the same sentences under other numbers."""
        if counts := self._renumbered:
            told = " and ".join(counted(n, what) for what, n in sorted(counts.items()))
            yield Difference(Group.NUMBERS, "", f"{told}: sentences have new numbers")

    def _now(self, name: str) -> str:
        return present(self.new, name) if name else name

    def _pairs(self, old: set[str], new: set[str]) -> tuple[dict[str, str], list[str], list[str]]:
        """Return the ids in both graphs, new by old; those that are gone, and the new ones."""
        both = {name: now for name in sorted(old) if (now := self._now(name)) in new}
        gone = sorted(old - both.keys())
        return both, gone, sorted(new - set(both.values()))

    def statements(self) -> Iterator[Difference]:
        every = (set(graph.ids("Statement")) for graph in (self.old, self.new))
        both, gone, added = self._pairs(*every)
        for group, graph, names in (
            (Group.NEW_STATEMENTS, self.new, added),
            (Group.NO_STATEMENTS, self.old, gone),
        ):
            for name in names:
                one = graph.statement(name)
                claims = tuple(_told(graph, claim) for claim in _spoken(one))
                yield Difference(group, name, f"{one.status}: {graph.labels.said(name)}", claims)
        for name, now in both.items():
            yield from self._statement(self.old.statement(name), self.new.statement(now))

    def _statement(self, was: Statement, one: Statement) -> Iterator[Difference]:
        said = self.new.labels.said(one.id)
        claims = list(self._claims(was, one))
        if was.status != one.status:
            told = (*(text for _, text in claims), *self._verdict(was, one))
            why = told or self._else(one)
            text = f"{said}: was {was.status}, is now {one.status}"
            yield Difference(Group.STATUS, one.id, text, why)
        else:
            for group in dict.fromkeys(group for group, _ in claims):
                told = tuple(text for own, text in claims if own is group)
                yield Difference(group, one.id, said, told)
            if told := tuple(self._verdict(was, one)):
                yield Difference(Group.DETAILS, one.id, said, told)
        before = self.old.labels.said(was.id)
        if any(self._now_of(was, name) != getattr(one, name) for name in _SAID):
            yield Difference(Group.SAID, one.id, f"{said}: before, {before}")
        if (dated := _dated(was)) != (now := _dated(one)):
            yield Difference(Group.DATES, one.id, f"{said}: was {dated}, is now {now}")
        fields = [one for one in specs(Statement) if one.key and one.name not in (*_SAID, *_DATES)]
        if told := tuple(self._fields(was, one, fields)):
            yield Difference(Group.DETAILS, one.id, said, told)
        if was.id != one.id and "." not in one.id:
            yield Difference(Group.IDS, one.id, f"{was.id} is called {one.id} now")

    def _now_of(self, was: Record, name: str) -> Any:  # noqa: ANN401 — fields are of any type
        """Return what a field of an old record holds, with ids as they are now."""
        value = getattr(was, name)
        if isinstance(value, str) and name != "value":
            return self._now(value)
        if not isinstance(value, tuple):
            return value
        return tuple(
            one._replace(source=self._now(one.source)) if isinstance(one, PassageRef)
            else self._now(one) if isinstance(one, str) else one
            for one in value
        )  # fmt: skip

    def _fields(self, was: Record, one: Record, fields: list[FieldSpec]) -> Iterator[str]:
        """Yield in words which of some fields of a record hold something else."""
        for field in fields:
            plain = not (field.form.refers or field.form is Form.KIND)
            before = getattr(was, field.name) if plain else self._now_of(was, field.name)
            now = getattr(one, field.name)
            cites = field.form is Form.PASSAGE and field.many and {*before} != {*now}
            if cites and self._texts.same(getattr(was, field.name), now):
                self._renumbered["other record"] += 1
            elif field.many:
                lost = [self._word(field, v) for v in before if v not in now]
                more = [self._word(field, v) for v in now if v not in before]
                told = [f"no more {', '.join(lost)}"] * bool(lost)
                told += [f"now also {', '.join(more)}"] * bool(more)
                if told:
                    yield f"{field.word}: {'; '.join(told)}"
            elif before != now:
                words = (self._word(field, v) or "nothing" for v in (before, now))
                yield f"{field.word}: was {next(words)}, is now {next(words)}"

    def _word(self, field: FieldSpec, value: object) -> str:
        if value is None or value == "":
            return ""
        if isinstance(value, bool):
            return "yes" if value else "no"
        if field.form is Form.PASSAGE:
            return str(getattr(value, "citation", value))
        if field.form is Form.KIND:
            return self.new.labels.shown(self.new.terms.node(KIND, str(value)).value)
        if field.form is Form.NAME or field.form is Form.IDENTIFIER:
            return " ".join(map(str, value)) if isinstance(value, tuple) else str(value)
        return self.new.labels.said(str(value)) if field.form.refers else str(value)

    def _claims(self, was: Statement, one: Statement) -> Iterator[tuple[Group, str]]:
        """Yield how the claims on a statement differ, in words."""
        before = {(self._now(_voice(c)), self._now(c.source), c.stance): c for c in _spoken(was)}
        now = {(_voice(c), c.source, c.stance): c for c in _spoken(one)}
        lost, more = before.keys() - now.keys(), now.keys() - before.keys()
        spoken = Counter(key[:2] for key in lost) | Counter()
        for key in sorted(more):
            same = [other for other in lost if other[:2] == key[:2]]
            told = _told(self.new, now[key])
            if len(same) == spoken[key[:2]] == 1:
                lost = lost - {same[0]}
                stance = self.new.labels.shown(KIND + same[0][2])
                yield Group.STANCES, f"{told}; before: {stance}"
            else:
                yield Group.NEW_CLAIMS, told
        for key in sorted(lost):
            yield Group.NO_CLAIMS, f"no more: {_told(self.old, before[key])}"
        for key in sorted(before.keys() & now.keys()):
            if told := "; ".join(self._within(before[key], now[key])):
                yield Group.STANCES, f"{_told(self.new, now[key])}: {told}"

    def _within(self, was: Claim, now: Claim) -> Iterator[str]:
        """Yield how a claim differs that is the same by voice, source and stance."""
        for name in ("certainty", "mode", "speakers", "note"):
            if (before := getattr(was, name)) != (after := getattr(now, name)):
                yield f"{name} was {before or 'not told'}, is now {after or 'not told'}"
        before = [self._now(ref.source) + "#" + ref.sentence for ref in was.passages]
        if sorted(before) == sorted(ref.citation for ref in now.passages):
            pass
        elif self._texts.same(was.passages, now.passages):
            self._renumbered["claim"] += 1
        else:
            yield f"before in {', '.join(sorted(before))}"
        grounds = {*map(self._now, was.grounds)}
        if grounds != {*now.grounds}:
            yield "inferred from other statements"

    def _verdict(self, was: Statement, one: Statement) -> Iterator[str]:
        """Yield how the editor's verdict on a statement differs, in words."""
        before, now = (
            v and (v.status, v.reason, self._now(v.judge)) for v in (was.verdict, one.verdict)
        )
        if before == now:
            return
        if one.verdict is None:
            yield f"no more the editor's verdict: {was.verdict.reason}" if was.verdict else ""
        else:
            yield f"the editor's verdict: {one.verdict.reason}"

    def _else(self, one: Statement) -> tuple[str, ...]:
        """Return what may have changed the status of a statement whose claims are the same."""
        rivals = [self.new.statement(name) for name in one.excludes]
        against = [
            _told(self.new, self.new.claim(other))
            for claim in one.claims
            for other in claim.disputes
        ]
        told = [f"another answer is {r.status}: {self.new.labels.said(r.id)}" for r in rivals]
        return tuple(dict.fromkeys((*against, *told)))

    def things(self) -> Iterator[Difference]:
        both, gone, added = self._pairs(set(things(self.old)), set(things(self.new)))
        for group, graph, names in (
            (Group.NEW_THINGS, self.new, added),
            (Group.NO_THINGS, self.old, gone),
        ):
            for name in names:
                now = self._now(name)
                into = f", which is now {self.new.label(now)}" if now != name else ""
                yield Difference(group, name, f"{graph.label(name)}{into}")
        for name, now in both.items():
            if name != now:
                yield Difference(Group.IDS, now, f"{name} is called {now} now")
            if (before := self.old.label(name)) != (label := self.new.label(now)):
                yield Difference(Group.LABELS, now, f'was "{before}", is now "{label}"')
            was, one = self.old.thing(name), self.new.thing(now)
            if type(was) is type(one):
                fields = [f for f in specs(type(one)) if f.name != "label" and _is_written(f)]
                if told := tuple(self._fields(was, one, fields)):
                    yield Difference(Group.DETAILS, now, label, told)
            elif isinstance(one, NamedThing | Thing):
                yield Difference(Group.DETAILS, now, label, ("it is of another class",))

    def others(self) -> Iterator[Difference]:
        """Yield how the case itself differs, its sources, judgements of identity and notes."""
        if told := tuple(self._fields(self.old.about, self.new.about, _written(Case))):
            yield Difference(Group.DETAILS, self.new.case, self.new.title, told)
        sentences = self._texts.marked()
        for kind in _OTHERS:
            before = {self._now(one.id): one for one in self.old.records(kind)}
            now = {one.id: one for one in self.new.records(kind)}
            for name in sorted(before.keys() | now.keys()):
                was, one = before.get(name), now.get(name)
                if was and one:
                    told = (*self._fields(was, one, _written(kind)), *sentences.get(name, ()))
                else:  # sources are told with the things
                    told = ("is new" if one else "is gone",) if kind is not Source else ()
                if told:
                    title = (self.new if one else self.old).label(name) or name
                    yield Difference(Group.DETAILS, name, title, told)

    def questions(self) -> Iterator[Difference]:
        before = _answers(self.old)
        for name, now in _answers(self.new).items():
            old = next((own for own in before if self._now(own) == name), "")
            was = {self._now(one): status for one, status in before.get(old, {}).items()}
            if not old or was == now:
                continue
            told = [
                f"{self.new.labels.said(one)}: "
                + (f"was {was[one]}, is now {status}" if one in was else f"new, {status}")
                for one, status in now.items()
                if was.get(one) != status
            ]
            gone = [f"no more an answer: {one}" for one in was if one not in now]
            yield Difference(Group.ANSWERS, name, self.new.label(name), (*told, *gone))

    def stored(self, folder: Path | None, shown: Collection[str] | None) -> Iterator[Difference]:
        if folder is None:
            return
        known = former_ids(self.old)
        earlier = {now: was for was, now in former_ids(self.new).items() if was not in known}
        before = stored_answers(folder, self.old, ids=earlier, shown=shown)
        for was, one in zip(before, stored_answers(folder, self.new, shown=shown), strict=True):
            rows, now = {tuple(map(self._now, row)) for row in was.found}, set(one.found)
            if one.error != was.error or rows != now:
                error = [f"cannot be asked: {one.error}"] * bool(one.error)
                lost = [f"no more: {', '.join(row)}" for row in sorted(rows - now)]
                more = [f"now: {', '.join(row)}" for row in sorted(now - rows)]
                why = (*error, *lost, *more)
                yield Difference(Group.ANSWERS, one.asked.id, one.asked.question, why)


def _written(kind: type[Record]) -> list[FieldSpec]:
    """Return the fields of a record that somebody wrote."""
    known = [f for f in specs(kind) if kind is Judgement or _is_written(f)]  # things under one key
    return [f for f in known if kind is not Source or f.name != "title"]  # told with the things


def _is_written(field: FieldSpec) -> bool:
    return bool(field.key) or field.form is Form.CLASS


def _answers(graph: Graph) -> Mapping[str, dict[str, str]]:
    """Return the answers to each question of a case, with their status."""
    found: dict[str, dict[str, str]] = {name: {} for name in graph.ids("Question")}
    for name in graph.ids("Statement"):
        one = graph.statement(name)
        for question in one.question:
            found.setdefault(question, {})[name] = one.status
    return found


def _voice(claim: Claim) -> str:
    return UNATTRIBUTED if claim.voice.startswith(f"{UNATTRIBUTED}/") else claim.voice


def _spoken(statement: Statement) -> list[Claim]:
    """Return the claims that somebody wrote; those that the reader made go with them."""
    return [claim for claim in statement.claims if not claim.made]


def _told(graph: Graph, claim: Claim) -> str:
    """Return a claim in words, without what it is about."""
    voice = "somebody" if _voice(claim) == UNATTRIBUTED else graph.label(claim.voice)
    it = " it" if claim.stance in (*AFFIRMING, *DENYING) else ""
    where = ", ".join(sorted(ref.citation for ref in claim.passages))
    return f"{voice} {graph.labels.shown(KIND + claim.stance)}{it} in {where}"


def _dated(one: Statement) -> str:
    """Return the date of a statement in words."""
    parts = [(name, getattr(one, name)) for name in _DATES]
    told = [f"{'' if n == 'when' else n + ' '}{date_in_words(v)}" for n, v in parts if v]
    return "; ".join(told) or "not dated"
