"""What an editor decides of figures in which voices disagree, and what is wrong with it."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

from ..model import UNATTRIBUTED, FigureRule, Preference, Question
from ..model.figures import DEFER, PENDING, PREFER
from . import fields
from .claims import complete
from .rival_figures import joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..model import Case, Origin, Statement
    from ..model.vocabulary import Vocabulary
    from .context import Context
    from .problems import ProblemReport


def figure_rule(table: Mapping[str, Any], origin: Origin, ctx: Context) -> FigureRule | None:
    """Return what is decided of figures.

    Args:
        table: the entry as TOML has it.
        origin: the file and the entry that the table is from, for messages.
        ctx: what is known of the case as a whole; problems are told to its report.
    """
    good = fields.checked(table, ctx.schemas.rule, origin, ctx.report)
    _check_order(good, table, origin, ctx)
    for name in good.get("predicates", ()):
        if not ctx.vocabulary.predicates[name].counts:
            wrong = f'"{name}" tells no figure; hudna terms --list quantity has those that do'
            ctx.report(origin, "predicates", wrong)
    if "awaits" in good and good.get("rule", DEFER) not in (DEFER, PENDING):
        wrong = "says until what it is left open, which a decision is not; leave it out"
        ctx.report(origin, "awaits", f'{wrong}, or write rule = "{DEFER}"')
    if not complete(good, ctx.schemas.rule):
        return None
    order = good.get("order", ()) if good["rule"] == PREFER else ()
    return FigureRule(
        **fields.values(FigureRule, good),
        id=good["id"],
        order=tuple(
            Preference(
                id=f"{good['id']}.{rank}",
                figure_rule=good["id"],
                rank=rank,
                voice=voice,
                origin=origin,
            )
            for rank, voice in enumerate(dict.fromkeys(order), 1)
        ),
        origin=origin,
    )


def _check_order(
    good: Mapping[str, Any], table: Mapping[str, Any], origin: Origin, ctx: Context
) -> None:
    order, rule = good.get("order", ()), good.get("rule")
    if rule == PREFER and ("order" not in table or table["order"] == []):
        wrong = 'prefers nobody; write the voices, the best first: order = ["ucdp-ged", "acled"]'
        ctx.report(origin, "order" if "order" in table else "rule", wrong)
    elif rule not in (PREFER, None) and "order" in table:
        wrong = f'is for the rule "{PREFER}"; "{rule}" prefers no voice, so leave it out'
        ctx.report(origin, "order", wrong)
    for voice in dict.fromkeys(one for one in order if [*order].count(one) > 1):
        ctx.report(origin, "order", f'"{voice}" stands in it twice; once is enough')
    if UNATTRIBUTED in order:
        wrong = "is hearsay, of which nobody knows whose it is; it cannot be preferred"
        ctx.report(origin, "order", f'"{UNATTRIBUTED}" {wrong}')


class _Scope(NamedTuple):
    """Of what figures a rule decides: for each narrowing what fits; ``None`` is everything."""

    questions: frozenset[str] | None
    things: frozenset[str] | None
    predicates: frozenset[str] | None
    kinds: frozenset[str] | None

    def meets(self, other: _Scope) -> bool:
        """Return whether both are as narrow, and some figure may be of both."""
        return all(
            (one is None) == (two is None) and (one is None or two is None or one & two)
            for one, two in zip(self, other, strict=True)
        )


def check_figure_rules(case: Case, vocabulary: Vocabulary, report: ProblemReport) -> None:
    """Report rules that decide of the same figures, and of what is none.

    Args:
        case: all records of the case.
        vocabulary: tells which predicates are figures, and which are below another.
        report: takes the problems and hints.
    """
    if not case.figure_rules:
        return
    figures = [one for one in case.statements if vocabulary.predicates[one.predicate].counts]
    scopes = [(rule, [*_scopes(rule, case, figures, vocabulary)]) for rule in case.figure_rules]
    for (first, some), (second, others) in combinations(scopes, 2):
        if any(one.meets(other) for one in some for other in others):
            wrong = f"decides of the same figures as {first.id}, in {first.origin.file}"
            right = "narrow one by predicates, counts_kind or on, or take one out"
            report(second.origin, "", f"{wrong}; {right}")
    _check_what(case, figures, report)


def _scopes(
    rule: FigureRule, case: Case, figures: list[Statement], vocabulary: Vocabulary
) -> Iterator[_Scope]:
    """Yield what a rule decides: of questions, and of things; as one if it names neither."""
    asked = {one.id for one in case.things if isinstance(one, Question)}
    below = {own.name for own in vocabulary.own if own.predicate and own.broader in rule.predicates}
    predicates = frozenset({*rule.predicates, *below}) or None
    kinds = frozenset(rule.counts_kind) or None
    if not rule.on:
        yield _Scope(None, None, predicates, kinds)
    if questions := asked.intersection(rule.on):
        beside = (one.question for one in figures if not questions.isdisjoint(one.question))
        yield _Scope(frozenset(questions.union(*beside)), None, predicates, kinds)
    if things := {*rule.on} - asked:
        decided = joined(case)
        one = frozenset().union(*map(decided.one_with, things))
        yield _Scope(None, one, predicates, kinds)


def _check_what(case: Case, figures: list[Statement], report: ProblemReport) -> None:
    """Report rules on questions that no figure answers; tell of things and voices without one."""
    answered = {name for one in case.statements for name in one.question}
    counted = {name for one in figures for name in one.question}
    decided = joined(case)
    of = {name for one in figures for name in decided.one_with(one.subject)}
    telling = {claim.voice for one in figures for claim in one.claims}
    for rule in case.figure_rules:
        for name in rule.on:
            if name in answered - counted:
                wrong = f"{name} is answered by no figure, so no rule for figures decides it"
                report(rule.origin, "on", f"{wrong}; give the answer that is right a verdict")
            elif name not in of | answered:
                report.hint(rule.origin, "on", f"of {name} no figure is told")
        for one in rule.order:
            if one.voice not in telling:
                report.hint(rule.origin, "order", f"{one.voice} tells no figure in this case")
