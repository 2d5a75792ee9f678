"""A graph checked again: what cannot see a change is not asked again, and the result is the same.

The last state without a problem is the measure. The records that differ from it are written as
quads, as they were and as they are; the properties of the quads that differ are what has changed,
and so is whatever a rule writes that reads one of them. A check that reads none of these found
nothing then and would find nothing now. The others are asked of a graph of what they read, with
what the rules that they rest on derive. ``graph.build.reads`` says what a query reads.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from ..model import Case, FigureRule, Form, Source, Statement, specs
from ..model.terms import HUD, RDFS, text
from . import quads
from .reads import TYPE, Touched, reads, touched, type_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from ..model import Record
    from ..model.vocabulary import Vocabulary
    from ..read.store import Store
    from ..reader import ProblemReport
    from .shapes import Check

_SUBCLASS = RDFS + "subClassOf"
_EXACT = (Form.NUMBER, Form.INTEGER, Form.BOOLEAN)
"""The forms of which values may be equal and yet be written in different ways, as 1 and 1.0."""


class CheckPlan(NamedTuple):
    """The checks and rules of an ontology, each with what it reads; ``None`` is everything.

    Attributes:
        checks: the checks.
        seen: what each of them reads.
        rules: the names of the rules' files, in the order in which they are run.
        touched: what each of them reads and writes.
        order: what the queries read on which the order of statements rests.
    """

    checks: tuple[Check, ...]
    seen: tuple[frozenset[str] | None, ...]
    rules: tuple[str, ...]
    touched: tuple[Touched, ...]
    order: frozenset[str] | None

    def with_followed(self, changed: Iterable[str]) -> set[str]:
        """Return some properties, and those that differ where rules read one of them."""
        found = set(changed)
        before = -1
        while before != len(found):
            before = len(found)
            for one in self.touched:
                if one.writes and (one.reads is None or not one.reads.isdisjoint(found)):
                    found |= one.writes
        return found

    def seeing(self, changed: set[str] | None) -> tuple[list[Check], frozenset[str] | None, bool]:
        """Return the checks that may see a change.

        Args:
            changed: the properties of which quads differ; ``None`` if all do.

        Returns:
            The checks, what has to be asked for them, and whether the order may be another.
        """
        followed = None if changed is None else self.with_followed(changed)

        def sees(seen: frozenset[str] | None) -> bool:
            return followed is None or seen is None or not seen.isdisjoint(followed)

        found = [pair for pair in zip(self.checks, self.seen, strict=True) if sees(pair[1])]
        ordered = sees(self.order)
        wanted = _together([seen for _, seen in found] + [self.order] * ordered)
        return [one for one, _ in found], wanted, ordered

    def behind(self, wanted: frozenset[str] | None) -> tuple[frozenset[str] | None, list[str]]:
        """Return what has to be in a graph so that some properties can be asked of it.

        Args:
            wanted: the properties.

        Returns:
            All properties that are needed, and the rules that have to be run.
        """
        needed = wanted
        run: set[int] = set()
        before = -1
        while before != len(run):
            before = len(run)
            for number, one in enumerate(self.touched):
                if needed is None or one.writes is None or not one.writes.isdisjoint(needed):
                    run.add(number)
                    needed = None if needed is None or one.reads is None else needed | one.reads
        return needed, [self.rules[number] for number in sorted(run)]


class Clean(NamedTuple):
    """A state of a case without a problem.

    Attributes:
        case: its records, without hints.
        words: the terms that the case had of its own.
        untold: what was told of an order that cannot be; see ``ordering.not_in_order``.
    """

    case: Case
    words: str
    untold: tuple[tuple[str, str], ...]


def plan(ontology: Vocabulary) -> CheckPlan:
    """Return the checks and rules of an ontology, with what they read.

    Raises:
        InputOutputError: a file cannot be read, or is not as it has to be.
    """
    from ..model.textfiles import text_of
    from . import derive, ordering, shapes

    below = _below(ontology)
    predicates = {ontology.iri(HUD, name) for name in ontology.predicates}
    asked = shapes.checks(ontology.folder / "shapes.ttl")
    files = derive.rules(ontology.folder / "rules")
    return CheckPlan(
        asked,
        tuple(reads(one.sparql, below) for one in asked),
        tuple(path.name for path in files),
        tuple(touched(text_of(path), predicates, below) for path in files),
        _together(reads(text_of(path), below) for path in ordering.ASKED),
    )


def _below(ontology: Vocabulary) -> dict[str, frozenset[str]]:
    """Return all classes of an ontology, each with those below it and itself."""
    above: dict[str, set[str]] = {}
    for quad in ontology.quads:
        if quad.predicate.value == _SUBCLASS:
            above.setdefault(text(quad.subject), set()).add(text(quad.object))
    found: dict[str, set[str]] = {}
    for kind in above:
        seen, todo = {kind}, [kind]
        while todo:
            one = todo.pop()
            found.setdefault(one, {one}).add(kind)
            more = above.get(one, set()) - seen
            seen |= more
            todo += more
    return {kind: frozenset(known) for kind, known in found.items()}


def checked(
    case: Case,
    ontology: Vocabulary,
    folder: Path,
    report: ProblemReport,
    known: CheckPlan,
    clean: Clean | None,
    say: Callable[[str], None],
) -> Clean | None:
    """Check the graph of a case that was read without a problem.

    Args:
        case: its records.
        ontology: the words that it may use.
        folder: its folder.
        report: takes what is wrong.
        known: the checks and rules of the ontology.
        clean: a state without a problem; without one all is asked.
        say: is told each step.

    Returns:
        The state that was checked, or ``None`` if something is wrong with it.

    Raises:
        DataProblems: the graph cannot hold some values.
    """
    case = replace(case, hints=())
    words = repr(ontology.own)
    if clean is not None and (clean.words, *_whose(clean.case)) != (words, *_whose(case)):
        clean = None
    changed = None if clean is None else _changed(clean.case, case, ontology, folder)
    again, wanted, ordered = known.seeing(changed)
    if clean is not None and not again and not ordered:
        return clean._replace(case=case)
    from . import ordering, validation

    make = partial(_graph, case, ontology, folder, known, say)
    graph = make(wanted)
    say("checking with SHACL")
    violations = validation.ask(graph, again)
    if violations:
        graph = make(_together([wanted, validation.OF_A_DETAIL]))
        violations = validation.ask(graph, again)
        validation.tell(violations, quads.origins(case), report)
        return None
    if clean is not None and not ordered:
        return clean._replace(case=case)
    told = ordering.not_in_order(ordering.put_in_order(graph, case.id))
    return Clean(case, words, told)


def _graph(
    case: Case,
    ontology: Vocabulary,
    folder: Path,
    known: CheckPlan,
    say: Callable[[str], None],
    wanted: frozenset[str] | None,
) -> Store:
    """Return a graph of which some properties can be asked; ``None`` is all."""
    from ..read import store
    from . import derive

    needed, rules = known.behind(wanted)
    say("converting to RDF")
    terms = filter(quads.wanted(needed), ontology.quads)
    graph = store.in_memory(terms, quads.quads(case, ontology, folder, only=needed))
    say("deriving what follows")
    derive.derive(graph, [ontology.folder / "rules" / name for name in rules])
    return graph


def _whose(case: Case) -> tuple[str, str]:
    """Return what decides how all records of a case are written."""
    return case.id, case.language


def _together(some: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    found: frozenset[str] = frozenset()
    for one in some:
        if one is None:
            return None
        found |= one
    return found


def _changed(before: Case, now: Case, ontology: Vocabulary, folder: Path) -> set[str]:
    """Return the properties of all quads that only one of two states of a case has."""
    old = {(type(one), one.id): one for one in _entries(before)}
    fresh: list[Record] = [now]
    gone: list[Record] = [before]
    for one in _entries(now):
        other = old.pop((type(one), one.id), None)
        if one is other or (other is not None and _same(one, other)):
            continue
        fresh += _parts(one)
        gone += _parts(other) if other is not None else ()
    for one in old.values():
        gone += _parts(one)
    here = set(quads.quads(now, ontology, folder, records=fresh))
    there = set(quads.quads(before, ontology, folder, records=gone))
    found = set()
    for quad in here ^ there:
        found.add(quad.predicate.value)
        if quad.predicate.value == TYPE:
            found.add(type_of(text(quad.object)))
    return found


def _entries(case: Case) -> Iterator[Record]:
    yield from case.sources
    yield from case.things
    yield from case.statements
    yield from case.judgements
    yield from case.resolutions
    yield from case.notes
    yield from case.figure_rules
    yield from case.former


def _parts(record: Record) -> Iterator[Record]:
    """Yield a record and those that hang on it."""
    yield record
    if isinstance(record, Source):
        yield from record.passages
    elif isinstance(record, FigureRule):
        yield from record.order
    elif isinstance(record, Statement):
        yield from record.claims
        if record.verdict is not None:
            yield record.verdict


def _same(one: Record, other: Record) -> bool:
    """Return whether two records of a class are written as the same quads."""
    if one != other:
        return False
    names = [field.name for field in specs(type(one)) if field.form in _EXACT]
    names += ["value"] if isinstance(one, Statement) else []
    return all(repr(getattr(one, name)) == repr(getattr(other, name)) for name in names)
