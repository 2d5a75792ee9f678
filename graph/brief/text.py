"""What a brief says: sentences made of what is authored, each with its status and on whose word.

Nothing is inferred here. Who stands with whom is what the page shows as camps, whether a deal was
kept is read from the stages and fulfilments that are stated, and what is disputed from questions
with rival answers.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..model import UNKNOWN, UNSETTLED_FIRST, Question, Source, Stance, Status
from ..model.frames import USUAL
from ..network.camps import SIDE, camps
from ..read.date_words import date_in_words
from ..read.notices import notices
from .telling import BriefLanguage

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..model import Statement
    from ..read.select import Graph

    _Placed = Mapping[str, Iterable[Statement]]

DEALS = 4
SIDES = 4
MEMBERS = 5
DISPUTED = 4
ANSWERS = 4
SENTENCES = 2
CLAUSES = 3
"""So many of each are told at most; how many more there are is counted."""

_NOBODY = "Hearsay"


@dataclass(frozen=True)
class BriefLine:
    """A sentence or two.

    Attributes:
        text: what is said.
        opens: the id of what it is about, for a page that can show it; may be empty.
        head: words that stand before it, as the name of a deal; may be empty.
    """

    text: str
    opens: str = ""
    head: str = ""

    @property
    def whole(self) -> str:
        """The words that stand before it, and the text."""
        between = " " if self.head.rstrip("\u2069").endswith(("?", ".", "؟")) else ": "
        return f"{self.head}{between}{self.text}" if self.head else self.text


@dataclass(frozen=True)
class BriefPart:
    """A part of a brief: its title and its lines."""

    title: str
    lines: tuple[BriefLine, ...]


@dataclass(frozen=True)
class Brief:
    """A case on one page.

    Attributes:
        title: of the case.
        about: what the case is, and on how much it rests.
        parts: who stands where, the deals, what is disputed; those that the case has.
        deals: ids of the deals that are told of, in order of time.
        foot: sources, licence and notices, each with its name.
    """

    title: str
    about: tuple[str, ...]
    parts: tuple[BriefPart, ...]
    deals: tuple[str, ...]
    foot: dict[str, str]


def brief(graph: Graph, tag: str = USUAL) -> Brief:
    """Return the brief of a case.

    Args:
        graph: the judged graph and its case, or several.
        tag: of its language, one that ``words.toml`` has.
    """
    told = BriefWords(graph, tag)
    deals = told.deals()
    parts = (told.sides(), deals, told.disputed())
    return Brief(
        title=graph.title,
        about=(*filter(None, (graph.about.description,)), told.basis()),
        parts=tuple(part for part in parts if part.lines),
        deals=tuple(line.opens for line in deals.lines if line.opens),
        foot=told.foot(),
    )


class BriefWords:
    """Says things of a case in sentences.

    Args:
        graph: the judged graph and its case.
        tag: of the language, one that ``words.toml`` has.
    """

    def __init__(self, graph: Graph, tag: str = USUAL) -> None:
        self.graph = graph
        self.told = BriefLanguage(graph, tag)
        self.say = self.told.frames.say
        self.statements = [graph.statement(name) for name in graph.ids("Statement")]
        ends = (end for one in self.statements for end in (one.subject, one.object))
        self.told_of = Counter(end for end in ends if end)
        self.on: dict[tuple[str, str], list[Statement]] = {}
        for one in sorted(self.statements, key=self._in_time):
            self.on.setdefault((one.subject, one.predicate), []).append(one)

    # --- Words ---------------------------------------------------------------------------------

    def _in_time(self, one: Statement) -> tuple[str, str]:
        return str(self.graph.qualifiers(one.id).get("order_key", "9999~")), one.id

    def _when(self, date: str) -> str:
        return date_in_words(date, self.told.tag)

    def _class(self, thing: str) -> str:
        return self.graph.narrowest(self.graph.thing(thing))

    def voices(self, one: Statement) -> str:
        """Return who says so: ``asserted by Council; denied by Guard``.

        Who only passes on what another voice says is left out beside that voice.
        """
        claims = self.graph.claims_on(one.id)
        own = [claim for claim in claims if claim.stance != Stance.REPORTS] or claims
        found: dict[str, list[str]] = {}
        for claim in own:
            names = found.setdefault(claim.stance, [])
            hearsay = self._class(claim.voice) == _NOBODY
            label = self.say("hearsay") if hearsay else self.told.label(claim.voice)
            if label not in names:
                names.append(label)
        by = self.told.frames.table["by"]
        return self.told.parted([
            by[stance].format(who=self.told.listed(names, 3)) for stance, names in found.items()
        ])  # fmt: skip

    def sure(self, one: Statement) -> str:
        """Return how surely something is told: on whose word, and whether it is settled."""
        who = self.voices(one)
        if one.status == Status.ACCEPTED:
            return self.say("sure", who=who) if who else ""
        return self.say("unsure", who=who) if who else self.say("unsettled")

    # --- Parts ---------------------------------------------------------------------------------

    def basis(self) -> str:
        """Return on how much the case rests, and how much of it is settled."""
        accepted = sum(one.status == Status.ACCEPTED for one in self.statements)
        return self.say(
            "basis",
            sources=self.told.frames.number("of_source", len(self.graph.ids("Source"))),
            statements=len(self.statements),
            accepted=accepted,
            rest=len(self.statements) - accepted,
        )

    def sides(self) -> BriefPart:
        """Return who stands where, as far as somebody says so: the camps that the page has."""
        found = camps(self.graph)
        sided = {one.id: one for one in found.camps if one.sided}
        home = {actor: one.id for one in sided.values() for actor in (one.id, *one.members)}
        open_: dict[str, dict[str, Statement]] = {}
        for one in found.unsure:
            side, takes = str(one.object), self.graph.terms.camp(one.predicate) == SIDE
            camp = home.get(side, side)
            if takes and one.subject != UNKNOWN and home.get(one.subject) != camp:
                open_.setdefault(camp, {})[one.subject] = one
        lines = []
        for side in [*sided, *sorted(open_.keys() - sided.keys())][:SIDES]:
            members = sided[side].members if side in sided else ()
            firm = {one: found.placing.get(one, ()) for one in members if one != side}
            unsettled = {one: (by,) for one, by in open_.get(side, {}).items()}
            lines.append(self._side(side, firm, unsettled))
        return BriefPart(self.say("sides"), tuple(lines))

    def _side(self, side: str, firm: _Placed, open_: _Placed) -> BriefLine:
        told = [
            self.say(
                key,
                members=self._members(found, most),
                word=self._word_of(one for some in found.values() for one in some),
            )
            for key, found, most in (("firm", firm, MEMBERS), ("open", open_, 2))
            if found
        ]
        return BriefLine(
            self.told.parted(told) + ".", side, self.say("with", side=self.told.name(side))
        )

    def _members(self, found: _Placed, most: int) -> str:
        """Return who stands with a side, whom most is told of first."""
        order = sorted(found, key=lambda one: (-self.told_of[one], one))
        return self.told.listed(list(map(self.told.name, order)), most)

    def _word_of(self, statements: Iterable[Statement]) -> str:
        """Return on whose word some statements are told."""
        voices = dict.fromkeys(
            self.told.label(claim.voice)
            for one in statements
            for claim in self.graph.claims_on(one.id)
        )
        names = self.told.listed(list(voices), 3)
        return self.say("on_the_word", names=names) if voices else self.say("by_nobody")

    def deals(self) -> BriefPart:
        """Return the deals that were concluded, each with its stages and what became of it."""
        made = []
        for deal in self.graph.ids("Agreement"):
            fact = next(iter(self.on.get((deal, "concluded"), ())), None)
            if fact and fact.status == Status.ACCEPTED and fact.value is not False:
                made.append((fact, self._clauses(deal)))
        # Those of which most is told, and then in order of time.
        much = sorted(made, key=lambda one: (-self._much(*one), self._in_time(one[0])))
        shown = sorted(much[:DEALS], key=lambda one: self._in_time(one[0]))
        lines = [self._deal(fact, clauses) for fact, clauses in shown]
        if rest := [self.told.label(fact.subject) for fact, _ in much[DEALS:]]:
            names = self.told.listed(sorted(rest), 5)
            lines.append(BriefLine(self.say("less", names=names)))
        return BriefPart(self.say("deals"), tuple(lines))

    def _clauses(self, deal: str) -> list[str]:
        contained = self.on.get((deal, "containsClause"), ())
        return [str(one.object) for one in contained if one.status != Status.REJECTED]

    def _much(self, fact: Statement, clauses: list[str]) -> int:
        kept = sum(len(self.on.get((one, "fulfilment"), ())) for one in clauses)
        stages = self.on.get((fact.subject, "stage"), ())
        return len(clauses) + kept + 3 * len(stages)

    def _deal(self, fact: Statement, clauses: list[str]) -> BriefLine:
        told = []
        passed = sorted(self.on.get((fact.subject, "stage"), ()), key=self._begun)
        stages = [self._stage(one, fact.when) for one in passed]
        if stages:
            told.append(f"{self.told.parted(stages)}.")
        fates = [(one, fate) for one in clauses if (fate := self._fate(one))]
        if clauses:
            told.append(self.told.frames.number("clause", len(clauses)))
        for one, fate in fates[:CLAUSES]:
            told.append(self.say("fate", clause=self.told.name(one), fate=fate))
        if clauses and not fates:
            told.append(self.say("fates_untold"))
        elif left := len(clauses) - len(fates):
            told.append(self.say("left", n=left))
        when = self._when(fact.when)
        head = self.told.label(fact.subject) + (f" ({when})" if when else "")
        text = " ".join(told) or self.say("concluded", sure=self.sure(fact))
        return BriefLine(text, fact.subject, head)

    def _begun(self, one: Statement) -> tuple[str, str]:
        return str(self.graph.qualifiers(one.id).get("latest_begin", "9999")), one.id

    def _stage(self, one: Statement, concluded: str) -> str:
        when = "" if one.when == concluded else self._when(one.when)
        known = "" if one.status == Status.ACCEPTED else f" {self.sure(one)}"
        told = self.told.said(one)
        told = told[:1].upper() + told[1:]
        return self.told.times.frames["comma"].join(filter(None, (told, when))) + known

    def _fate(self, clause: str) -> str:
        found = [
            one
            for one in self.on.get((clause, "fulfilment"), ())
            if one.object != "notStated" and one.status != Status.REJECTED
        ]
        return self.told.parted([f"{self.told.said(one)} {self.sure(one)}" for one in found])

    def disputed(self) -> BriefPart:
        """Return the questions to which answers rival each other, with who says what."""
        answers: dict[str, list[Statement]] = {}
        for one in self.statements:
            for asked in one.question:
                answers.setdefault(asked, []).append(one)
        found = []
        for question in self.graph.records(Question):
            rivals = answers.get(question.id, [])
            voices = {claim.voice for one in rivals for claim in self.graph.claims_on(one.id)}
            status = next(
                (s for s in UNSETTLED_FIRST if any(one.status == s for one in rivals)), ""
            )
            if len(rivals) > 1 and len(voices) > 1:
                rank = (UNSETTLED_FIRST.index(status), not _comparable(rivals), -len(voices))
                found.append(((*rank, question.id), question, rivals))
        found.sort(key=lambda one: one[0])
        lines = [self._question(question, rivals) for _, question, rivals in found[:DISPUTED]]
        if len(found) > DISPUTED:
            more = self.told.frames.number("more_questions", len(found) - DISPUTED)
            lines.append(BriefLine(more))
        return BriefPart(self.say("disputed"), tuple(lines))

    def _question(self, question: Question, rivals: list[Statement]) -> BriefLine:
        spoken = [one for one in rivals if self.graph.claims_on(one.id)]
        spoken.sort(key=lambda one: (-len(self.graph.claims_on(one.id)), one.id))
        short = _comparable(rivals)
        tell = self.told.said if short else self.told.sentence
        some = spoken[: ANSWERS if short else SENTENCES]
        told = self.told.parted([f"{tell(one)} ({self.voices(one)})" for one in some])
        if more := len(spoken) - len(some):
            told = self.say("more_answers", told=told, n=more)
        return BriefLine(f"{told}.", question.id, self.told.label(question.id))

    def foot(self) -> dict[str, str]:
        """Return sources, licence and notices."""
        apart = self.told.frames.apart
        sources = [
            self.say("source", title=apart(one.title), publisher=apart(one.publisher),
                     date=self._when(one.date))
            for one in self.graph.records(Source)
        ]  # fmt: skip
        found = {
            self.say("sources"): self.told.parted(sources),
            self.say("licence"): apart(self.graph.about.licence),
            **notices(self.graph, self.told.tag),
        }
        return {name: text for name, text in found.items() if text}


def _comparable(answers: list[Statement]) -> bool:
    """Return whether answers differ only in what they say of one thing."""
    return len({(one.subject, one.predicate) for one in answers}) == 1
