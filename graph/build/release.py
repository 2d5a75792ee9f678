"""What of a case is released: public records alone, of these the fields that are allowed.

The public graph is made of a reading that leaves out what is not public, before anything is
derived, so that no status, measure, place or count in it rests on that; see
``graph.reader.access``.
"""

from __future__ import annotations

import dataclasses
import operator
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ..errors import DataProblems, Problem
from ..errors.counting import counted
from ..model import Access, Form, Statement, Status, specs
from ..model.own_terms import with_own_terms
from ..model.terms import HUD, case_namespace, text
from ..read.select import Graph
from ..reader import ProblemReport

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import TypeVar

    from ..model import Case, FigureRule, Record
    from ..model.fields import FieldSpec
    from ..model.vocabulary import Vocabulary
    from ..read.store import Store

    Some = TypeVar("Some", bound=Record)

ALLOWED = Path(__file__).parent / "allowed.toml"
_STATUS = ox.NamedNode(HUD + "status")
_RULE = ox.NamedNode(HUD + "figureRule")
_AMONG = ox.NamedNode(HUD + "among")
_VERDICT = ox.NamedNode(HUD + "verdict")
_UNSETTLED = (Status.CONTESTED.value, Status.REJECTED.value)
_FIRM = (Status.ACCEPTED.value, Status.REJECTED.value)


def released(case: Case) -> Case:
    """Return a case with the fields that a public build may hold, and no others.

    Args:
        case: all its records are public.
    """
    return dataclasses.replace(
        _allowed(case),
        sources=tuple(_with(_allowed(one), passages=_each(one.passages)) for one in case.sources),
        things=_each(case.things),
        statements=tuple(
            _with(
                _allowed(one),
                claims=_each(one.claims),
                verdict=None if one.verdict is None else _allowed(one.verdict),
            )
            for one in case.statements
        ),
        judgements=_each(case.judgements),
        resolutions=_each(case.resolutions),
        notes=_each(case.notes),
        figure_rules=tuple(
            _with(_allowed(one), order=_each(one.order)) for one in case.figure_rules
        ),
        former=_each(case.former),
    )


def words(ontology: Vocabulary, whole: Case, public: Case) -> Vocabulary:
    """Return the words of a public build, without a case's own that others alone use, or nobody.

    A word that nobody uses is left out if it is kept apart from the case.

    Args:
        ontology: the vocabulary with the case's own terms.
        whole: all records.
        public: those of the build.
    """
    if not ontology.own:
        return ontology
    used = _names_of_terms(public)
    gone = _names_of_terms(whole) | {term.name for term in ontology.own if term.origin.apart}
    kept = (term for term in ontology.own if term.name in used or term.name not in gone)
    return with_own_terms(ontology.core, tuple(kept))


def _names_of_terms(case: Case) -> set[str]:
    """Return the names of all predicates and kinds that records have."""
    found: set[str] = set()
    for record in case.records():
        kind: type = type(record)
        for field in _term_fields(kind):
            value = getattr(record, field.name)
            found.update(value if field.many else (value,))
        if isinstance(record, Statement):
            found.add(record.object or "")
    return found


@cache
def _term_fields(record: type) -> tuple[FieldSpec, ...]:
    return tuple(one for one in specs(record) if one.form in (Form.KIND, Form.PREDICATE))


def withheld(case: Case, levels: Mapping[str, Access]) -> dict[str, int]:
    """Return how many records of each table named readers may see, which the public is told.

    Args:
        case: all its records.
        levels: who may see those that are not public, by their ids.
    """
    restricted = {name for name, level in levels.items() if level is Access.RESTRICTED}
    records = (one for one in case.records() if one.id in restricted)
    return dict(sorted(Counter(one.TABLE for one in records).items()))


def redacted(
    public: Case, whole: Case, levels: Mapping[str, Access], old: Mapping[str, str]
) -> Case:
    """Return the public records of a case with what is said of those for named readers alone.

    Nothing is said of secret ones. The case has how many there are, and each statement how many
    claims on it: without that, one voice would look like the only one.

    Args:
        public: the records of a public build.
        whole: all records.
        levels: who may see those that are not public, by their ids.
        old: ids of all records by those of public ones, where they differ.
    """
    hidden = {
        statement.id: sum(
            levels.get(one.id) is Access.RESTRICTED and one.known_until is None
            for one in statement.claims
        )
        for statement in whole.statements
    }
    return dataclasses.replace(
        public,
        withholds=in_words(withheld(whole, levels)),
        statements=tuple(
            dataclasses.replace(one, withheld_claims=number) if number else one
            for one in public.statements
            for number in (hidden.get(old.get(one.id, one.id)),)
        ),
    )


def in_words(numbers: Mapping[str, int]) -> str:
    """Return numbers of records in words: ``2 claims, 1 name resolution``.

    Args:
        numbers: as ``withheld`` returns them.
    """
    records = (
        (number, table.replace("_", " ").removesuffix("s")) for table, number in numbers.items()
    )
    return ", ".join(counted(number, record) for number, record in records)


def refuse_facts(
    whole: Store,
    public: Store,
    case: Case,
    folder: Path,
    old: Mapping[str, str],
    rules: Iterable[FigureRule] = (),
    *,
    tell: bool,
) -> None:
    """Raise where leaving records out makes a statement surer than it is.

    A statement may not be accepted or rejected in public alone, and one that is contested or
    rejected must be so in public too. Neither counts where a public verdict decides.

    Args:
        whole: the judged graph of all records.
        public: that of the public ones.
        case: the public records, for the places of messages.
        folder: the case's folder.
        old: ids of all records by those of public ones, where they differ.
        rules: what the editor decides of figures, with the places where that is written.
        tell: whether the statements may be named; a public build only counts them.

    Raises:
        DataProblems: there are such statements.
    """
    before = dict(_statuses(whole))
    base = case_namespace(case.id)
    origins = {base + one.id: one.origin for one in case.statements}
    deciding = _deciding(whole, base, rules)
    report = ProblemReport()
    count = 0
    for node, status in _statuses(public):
        name = node.removeprefix(base)
        was = before.get(base + old.get(name, name), status)
        surer = status != was and (was in _UNSETTLED or status in _FIRM)
        if surer and not any(public.quads_for_pattern(ox.NamedNode(node), _VERDICT, None)):
            wrong = f"would be {status} in public, but is {was} with what is not public"
            right = "keep it back too (access), or decide it with a verdict"
            if rule := deciding.get(base + old.get(name, name)):
                wrong += f", where the rule {rule.id} ({rule.origin.file}) decides"
                right += ", or change the rule"
            report(origins[node], "", f"{wrong}; {right}")
            count += 1
    if tell:
        report.refuse(folder)
    elif count:
        _refuse_untold(folder, "something would look surer in public than with what is kept back")


def _deciding(whole: Store, base: str, rules: Iterable[FigureRule]) -> Mapping[str, FigureRule]:
    """Return the rules that decide of figures in which voices disagree, by these."""
    return {
        text(among.object): rule
        for rule in rules
        for by in whole.quads_for_pattern(None, _RULE, ox.NamedNode(base + rule.id))
        for among in whole.quads_for_pattern(by.subject, _AMONG, None)
    }


def refuse_recognised(public: Store, case: Case, folder: Path, *, tell: bool) -> None:
    """Raise where fewer actors than the case wants fit all that is told of one who is withheld.

    Args:
        public: the judged graph of the public records.
        case: these, for the places of messages.
        folder: the case's folder.
        tell: whether the actors may be named by their files, which have their own ids.

    Raises:
        DataProblems: there are such actors.
    """
    from ..analysis.anonymity import too_few  # few cases want it

    origins = {one.id: one.origin for one in case.things}
    report = ProblemReport()
    found = too_few(Graph(public, case.id))
    for name, wrong in found if tell else ():
        report(origins[name], "", wrong)
    report.refuse(folder)
    if found:
        _refuse_untold(
            folder, f"fewer than {case.k} fit what is told of one whose name is withheld"
        )


def _refuse_untold(folder: Path, wrong: str) -> None:
    """Raise for what only the editors may be told more of."""
    right = '"hudna check --private" says where'
    raise DataProblems([Problem(folder.as_posix(), 0, "", f"{wrong}; {right}")])


def _statuses(store: Store) -> Iterator[tuple[str, str]]:
    for quad in store.quads_for_pattern(None, _STATUS, None, ox.DefaultGraph()):
        yield text(quad.subject), text(quad.object).rpartition("/")[2]


def _with(record: Some, **parts: Any) -> Some:  # noqa: ANN401 - parts are of any type
    """Return a record with other parts; itself if they are its own."""
    other = {name: part for name, part in parts.items() if part is not getattr(record, name)}
    return dataclasses.replace(record, **other) if other else record


def _each(records: tuple[Some, ...]) -> tuple[Some, ...]:
    """Return records without the fields that are not allowed; themselves if they have none."""
    found = tuple(map(_allowed, records))
    return records if all(map(operator.is_, found, records)) else found


def _allowed(record: Some) -> Some:
    """Return a record without the fields that are not allowed."""
    own: type = type(record)
    empty: dict[str, Any] = {
        name: default for name, default in left_out(own) if getattr(record, name) != default
    }
    return dataclasses.replace(record, **empty) if empty else record


@cache
def left_out(record: type) -> tuple[tuple[str, object], ...]:
    """Return the declared fields of a class that are not allowed, with what they hold if empty."""
    allowed = {name for one in record.__mro__ for name in _listed().get(one.__name__, ())}
    defaults = {field.name: field.default for field in dataclasses.fields(record)}
    names = (field.name for field in specs(record) if field.name not in allowed)
    return tuple((name, defaults[name]) for name in names)


@cache
def _listed() -> Mapping[str, list[str]]:
    return tomllib.loads(ALLOWED.read_text("utf-8"))
