"""What a brief says: sentences made of what is authored, each with its status and on whose word.

Nothing is inferred here. Who sides with whom is read from statements that say so, whether a deal
was kept from the stages and fulfilments that are stated, and what is disputed from questions with
rival answers.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors.counting import counted
from ..model import UNKNOWN, UNSETTLED_FIRST, Question, Source, Stance, Status
from ..read.citations import named, said, sentence
from ..read.date_words import date_in_words
from ..read.notices import notices

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..model import Statement
    from ..read.case_graph import CaseGraph

DEALS = 4
SIDES = 4
MEMBERS = 5
DISPUTED = 4
ANSWERS = 4
SENTENCES = 2
CLAUSES = 3
"""So many of each are told at most; how many more there are is counted."""

_SIDES_WITH = "sidesWith"
_NOBODY = "Hearsay"
_BY = {
    Stance.ASSERTS: "asserted by",
    Stance.DENIES: "denied by",
    Stance.REPORTS: "passed on by",
    Stance.SUSPECTS: "suspected by",
    Stance.DOUBTS: "doubted by",
    Stance.ENDORSES: "endorsed by",
    Stance.EXPECTS: "expected by",
    Stance.LEAVES_OPEN: "left open by",
    Stance.CONSIDERS_POSSIBLE: "held possible by",
    Stance.WISHES: "wished by",
    Stance.DEMANDS: "demanded by",
    Stance.PROMISES: "promised by",
    Stance.CONDITIONAL: "said on a condition by",
}
"""What is said of who takes a stance."""


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
        between = " " if self.head.endswith(("?", ".")) else ": "
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


def brief(graph: CaseGraph) -> Brief:
    """Return the brief of a case.

    Args:
        graph: the judged graph and its case, or several.
    """
    told = BriefWords(graph)
    deals = told.deals()
    parts = (told.sides(), deals, told.disputed())
    return Brief(
        title=graph.title,
        about=(*filter(None, (graph.about.description,)), told.basis()),
        parts=tuple(part for part in parts if part.lines),
        deals=tuple(line.opens for line in deals.lines if line.opens),
        foot=told.foot(),
    )


def listed(names: Sequence[str], most: int = 0) -> str:
    """Return names as ``A, B and C``.

    Args:
        names: what to list.
        most: so many are told, and how many more there are; all for 0.
    """
    if most and len(names) > most + 1:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


class BriefWords:
    """Says things of a case in sentences.

    Args:
        graph: the judged graph and its case.
    """

    def __init__(self, graph: CaseGraph) -> None:
        self.graph = graph
        self.statements = [graph.statement(name) for name in graph.ids("Statement")]
        ends = (end for one in self.statements for end in (one.subject, one.object))
        self.told_of = Counter(end for end in ends if end)
        self.on: dict[tuple[str, str], list[Statement]] = {}
        for one in sorted(self.statements, key=self._in_time):
            self.on.setdefault((one.subject, one.predicate), []).append(one)

    # --- Words ---------------------------------------------------------------------------------

    def _in_time(self, one: Statement) -> tuple[str, str]:
        return str(self.graph.qualifiers(one.id).get("order_key", "9999~")), one.id

    def name(self, thing: str | None) -> str:
        """Return the label of a thing, in quotes if it is like a sentence."""
        return named(self.graph, thing)

    def said(self, one: Statement) -> str:
        """Return what a statement says of its subject."""
        return said(self.graph, one)

    def sentence(self, one: Statement) -> str:
        """Return a statement as a sentence without its full stop."""
        return sentence(self.graph, one)

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
            label = "hearsay" if hearsay else self.graph.label(claim.voice)
            if label not in names:
                names.append(label)
        return "; ".join(
            f"{_BY[Stance(stance)]} {listed(names, 3)}" for stance, names in found.items()
        )

    def sure(self, one: Statement) -> str:
        """Return how surely something is told: on whose word, and whether it is settled."""
        who = self.voices(one)
        if one.status == Status.ACCEPTED:
            return f"({who})" if who else ""
        return f"(not settled{f': {who}' if who else ''})"

    # --- Parts ---------------------------------------------------------------------------------

    def basis(self) -> str:
        """Return on how much the case rests, and how much of it is settled."""
        sources = counted(len(self.graph.ids("Source")), "source")
        accepted = sum(one.status == Status.ACCEPTED for one in self.statements)
        statements = len(self.statements)
        return (
            f"It rests on {sources}: {statements:,} statements, each with who says so. "
            f"{accepted:,} are accepted here: an author of a source says so and nobody "
            f"contradicts it. The other {statements - accepted:,} are disputed, told by one side "
            "only, judged or left open, and are no facts. What no source tells is not in it."
        )

    def sides(self) -> BriefPart:
        """Return who sides with whom, as far as somebody says so."""
        firm: dict[str, dict[str, Statement]] = {}
        open_: dict[str, dict[str, Statement]] = {}
        for one in self.statements:
            if one.predicate != _SIDES_WITH or one.object in (None, UNKNOWN):
                continue
            if one.status == Status.REJECTED or one.subject == UNKNOWN:
                continue
            into = firm if one.status == Status.ACCEPTED else open_
            into.setdefault(str(one.object), {})[one.subject] = one
        order = sorted({*firm, *open_}, key=lambda side: (-len(firm.get(side, ())), side))
        lines = [self._side(one, firm.get(one, {}), open_.get(one, {})) for one in order[:SIDES]]
        return BriefPart("Who stands where", tuple(lines))

    def _side(
        self, side: str, firm: dict[str, Statement], open_: dict[str, Statement]
    ) -> BriefLine:
        told = []
        if firm:
            told.append(f"{self._members(firm, MEMBERS)} ({self._word_of(firm.values())})")
        if open_:
            told.append(f"not settled: {self._members(open_, 2)} ({self._word_of(open_.values())})")
        return BriefLine("; ".join(told) + ".", side, f"With {self.name(side)}")

    def _members(self, found: dict[str, Statement], most: int) -> str:
        """Return who stands with a side, whom most is told of first."""
        order = sorted(found, key=lambda one: (-self.told_of[one], one))
        return listed(list(map(self.name, order)), most)

    def _word_of(self, statements: Iterable[Statement]) -> str:
        """Return on whose word some statements are told."""
        voices = dict.fromkeys(
            self.graph.label(claim.voice)
            for one in statements
            for claim in self.graph.claims_on(one.id)
        )
        return f"on the word of {listed(list(voices), 3)}" if voices else "nobody by itself"

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
        if rest := [self.graph.label(fact.subject) for fact, _ in much[DEALS:]]:
            lines.append(BriefLine(f"Less is told of {listed(sorted(rest), 5)}."))
        return BriefPart("The deals, and whether they were kept", tuple(lines))

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
            told.append(f"{'; '.join(stages)}.")
        fates = [(one, fate) for one in clauses if (fate := self._fate(one))]
        if clauses:
            told.append(f"{counted(len(clauses), 'clause')}.")
        told += [f"{self.name(one)}: {fate}." for one, fate in fates[:CLAUSES]]
        if clauses and not fates:
            told.append("Whether they were carried out is not told.")
        elif left := len(clauses) - len(fates):
            told.append(f"Of {left} it is not told whether they were carried out.")
        when = date_in_words(fact.when)
        head = self.graph.label(fact.subject) + (f" ({when})" if when else "")
        return BriefLine(" ".join(told) or f"Concluded {self.sure(fact)}.", fact.subject, head)

    def _begun(self, one: Statement) -> tuple[str, str]:
        return str(self.graph.qualifiers(one.id).get("latest_begin", "9999")), one.id

    def _stage(self, one: Statement, concluded: str) -> str:
        when = "" if one.when == concluded else date_in_words(one.when)
        known = "" if one.status == Status.ACCEPTED else f" {self.sure(one)}"
        told = self.said(one)
        return f"{told[:1].upper()}{told[1:]}{f', {when}' if when else ''}{known}"

    def _fate(self, clause: str) -> str:
        found = [
            one
            for one in self.on.get((clause, "fulfilment"), ())
            if one.object != "notStated" and one.status != Status.REJECTED
        ]
        return "; ".join(f"{self.said(one)} {self.sure(one)}" for one in found)

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
            lines.append(BriefLine(f"And {counted(len(found) - DISPUTED, 'more question')}."))
        return BriefPart("What is disputed, and who says what", tuple(lines))

    def _question(self, question: Question, rivals: list[Statement]) -> BriefLine:
        spoken = [one for one in rivals if self.graph.claims_on(one.id)]
        spoken.sort(key=lambda one: (-len(self.graph.claims_on(one.id)), one.id))
        short = _comparable(rivals)
        told = [
            f"{self.said(one) if short else self.sentence(one)} ({self.voices(one)})"
            for one in spoken[: ANSWERS if short else SENTENCES]
        ]
        more = f"; and {len(spoken) - len(told)} more" if len(spoken) > len(told) else ""
        return BriefLine(f"{'; '.join(told)}{more}.", question.id, self.graph.label(question.id))

    def foot(self) -> dict[str, str]:
        """Return sources, licence and notices."""
        sources = (
            f"{one.title} ({one.publisher}, {date_in_words(one.date)})"
            for one in self.graph.records(Source)
        )
        found = {
            "Sources": "; ".join(sources),
            "Licence of the data": self.graph.about.licence,
            **notices(self.graph),
        }
        return {name: text for name, text in found.items() if text}


def _comparable(answers: list[Statement]) -> bool:
    """Return whether answers differ only in what they say of one thing."""
    return len({(one.subject, one.predicate) for one in answers}) == 1
