"""Judgements as SSSOM, the standard table of mappings: written, and read back.

Positives and negatives stand in a file each, so that nobody takes a *not* for a match; *unsure* has
no place in it.
The format: https://mapping-commons.github.io/sssom/.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, NamedTuple

from ...errors import UsageError
from ...model import NamedThing
from ...model.record import ADDRESSES
from ...model.sameness import DIFFERENT, SAME
from ...model.terms import CASES, case_namespace
from .tables import table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from ...model import Case
    from ...model.judgements import Judgement

COLUMNS = (
    "subject_id", "subject_label", "predicate_id", "predicate_modifier", "object_id",
    "object_label", "mapping_justification", "author_id", "author_label", "reviewer_id",
    "mapping_date", "mapping_tool", "similarity_score", "confidence", "comment",
)  # fmt: skip
EXACT, NOT = "skos:exactMatch", "Not"
_ALSO_EXACT = frozenset((EXACT, "owl:sameAs"))
BY_HAND = "semapv:ManualMappingCuration"
CONFIDENCE = {"certain": 1.0, "probable": 0.8, "possible": 0.5}
"""What our words for how sure somebody is are written as: an order, no measured probability."""
_LISTS = "https://w3id.org/hudna/list/"
_SPDX = "https://spdx.org/licenses/"
_PREFIXES = {
    "semapv": "https://w3id.org/semapv/vocab/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}
_READ = {**_PREFIXES, "owl": "http://www.w3.org/2002/07/owl#"}


class ToldPair(NamedTuple):
    """A decision that a file tells, and that is none of the case yet.

    Attributes:
        left: an id of the case.
        right: another, or ``LIST:ID``.
        judgement: ``same``, ``different`` or ``unsure``.
        certainty: a word for how sure.
        reason: why, as it is told there.
        author: who judged, as it is told there: an id of the case or ``LIST:ID``.
        decided: the day, as it is told; empty if it is not.
        proposed_by: the program that proposed it.
        score: the score of the proposal.
        line: where it stands in the file.
    """

    left: str
    right: str
    judgement: str
    certainty: str = ""
    reason: str = ""
    author: str = ""
    decided: str = ""
    proposed_by: str = ""
    score: float | None = None
    line: int = 0


class JudgedTables(NamedTuple):
    """Judgements as files.

    Attributes:
        positive: the table of what is one.
        negative: the table of what is not.
        left_out: how many could not be told, by why.
    """

    positive: str
    negative: str
    left_out: Mapping[str, int]


def written(case: Case) -> JudgedTables:
    """Return the judgements of a case that count as two tables.

    Args:
        case: its records.
    """
    counting = [one for one in case.judgements if one.counts]
    gone = {
        "unsure, for which the format has no word": sum(
            one.judgement not in (SAME, DIFFERENT) for one in counting
        ),
        "withdrawn": len(case.judgements) - len(counting),
    }
    positive, negative = (
        _table(case, [one for one in counting if one.judgement == how], how)
        for how in (SAME, DIFFERENT)
    )
    return JudgedTables(positive, negative, {why: count for why, count in gone.items() if count})


def negatives_beside(path: Path) -> Path:
    """Return the file in which what is not one stands, beside that with what is."""
    whole = path.name
    ending = ".sssom.tsv" if whole.endswith(".sssom.tsv") else path.suffix
    return path.with_name(f"{whole.removesuffix(ending)}.not{ending}")


def _table(case: Case, judgements: Iterable[Judgement], how: str) -> str:
    labels = {one.id: one.label for one in case.things}
    rows, used = [], {case.id}
    for one in judgements:
        left, right = (_curie(side, case) for side in one.sides)
        judge = one.judge or case.editor
        used |= {left.partition(":")[0], right.partition(":")[0]}
        rows.append((
            left, labels.get(one.left, ""), EXACT, NOT if how == DIFFERENT else "", right,
            labels.get(one.right, ""), BY_HAND, _curie(judge, case), labels.get(judge, ""),
            _curie(judge, case) if one.proposed_by else "",
            one.decided.isoformat() if one.decided else "", one.proposed_by,
            "" if one.score is None else f"{one.score:g}",
            f"{CONFIDENCE.get(one.certainty, 0.5):g}", " ".join(one.reason.split()),
        ))  # fmt: skip
    told = io.StringIO()
    told.write(_head(case, used, how))
    writer = csv.writer(told, delimiter="\t", lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(sorted(rows))
    return told.getvalue()


def _head(case: Case, used: Iterable[str], how: str) -> str:
    """Return the metadata, as YAML in comments."""
    prefixes = {**_PREFIXES, **{one: _base(one, case) for one in used}}
    licence = case.licence if ":" in case.licence else f"{_SPDX}{case.licence}"
    name = "mappings" if how == SAME else "not-mappings"
    what = "one" if how == SAME else "two"
    lines = [
        "curie_map:",
        *(f"  {prefix}: {base}" for prefix, base in sorted(prefixes.items())),
        f"mapping_set_id: {case_namespace(case.id)}{name}",
        f"mapping_set_description: '{_quoted(case.title)}: what is judged to be {what}'",
        f"license: {licence}",
    ]
    return "".join(f"#{line}\n" for line in lines)


def _quoted(text: str) -> str:
    return text.replace("'", "''").replace("\n", " ")


def _curie(side: str, case: Case) -> str:
    return side if ":" in side else f"{case.id}:{side}"


def _base(prefix: str, case: Case) -> str:
    """Return the namespace of a list or case."""
    if prefix == case.id:
        return case_namespace(case.id)
    return ADDRESSES[prefix].partition("{")[0] if prefix in ADDRESSES else f"{_LISTS}{prefix}/"


def is_sssom(columns: Iterable[str]) -> bool:
    """Return whether a table has the columns of SSSOM."""
    return {"subject_id", "predicate_id", "object_id"} <= {*columns}


def read(path: Path, case: Case) -> tuple[list[ToldPair], dict[str, int]]:
    """Return the decisions that a table of SSSOM tells on things of a case.

    Args:
        path: the file; its metadata may stand in comments above it.
        case: the records of the case.

    Returns:
        The decisions, and how many rows were passed over, by why.

    Raises:
        UsageError: it is no such table, or a value cannot be read.
        UnfitFile: it is too large, no plain file, or not UTF-8.
        InputOutputError: it cannot be read.
    """
    table = table_of(path, entities=False)
    table.refuse_without(("subject_id", "predicate_id", "object_id"), path)
    local = Locals(case, _curie_map(table.head))
    found: list[ToldPair] = []
    over: dict[str, int] = {}
    for number, row in enumerate(table.rows, len(table.head) + 2):
        if _short(row["predicate_id"]) not in _ALSO_EXACT:
            why = f"{row['predicate_id']}, which does not say that both are one"
            over[why] = over.get(why, 0) + 1
            continue
        sides = local.sides(row["subject_id"], row["object_id"])
        if sides is None:
            why = "on what is not in this case"
            over[why] = over.get(why, 0) + 1
            continue
        modifier = row.get("predicate_modifier", "")
        if modifier.lower() not in ("", NOT.lower()):
            raise UsageError(
                f'{path}:{number}: the predicate_modifier "{modifier}" is not known; there is {NOT}'
            )
        found.append(ToldPair(
            *sides,
            judgement=DIFFERENT if modifier.lower() == NOT.lower() else SAME,
            certainty=_certainty(row.get("confidence", ""), f"{path}:{number}"),
            reason=row.get("comment", ""),
            author=local.of(row.get("author_id", "").partition("|")[0]),
            decided=row.get("mapping_date", ""),
            proposed_by=row.get("mapping_tool", ""),
            score=_number(row.get("similarity_score", ""), f"{path}:{number}"),
            line=number,
        ))  # fmt: skip
    return found, over


def _short(predicate: str) -> str:
    """Return a predicate with its prefix, also of one that is written as an IRI."""
    for prefix, base in _READ.items():
        if predicate.startswith(base):
            return f"{prefix}:{predicate.removeprefix(base)}"
    return predicate


class Locals:
    """Tells what ids of a file are called in a case.

    Args:
        case: its records.
        prefixes: the namespaces of the prefixes of the file.
    """

    def __init__(self, case: Case, prefixes: Mapping[str, str]) -> None:
        self._case = case
        self._prefixes = prefixes
        self._things = {one.id for one in case.things}
        named = (one for one in case.things if isinstance(one, NamedThing))
        self._listed = {f"{i.scheme}:{i.value}": one.id for one in named for i in one.identifiers}

    def of(self, name: str) -> str:
        """Return an id as it is written in the case: one of it, else ``LIST:ID``.

        Args:
            name: a CURIE or an IRI.
        """
        prefix, _, rest = name.partition(":")
        base = self._prefixes.get(prefix, "")
        iri = f"{base}{rest}" if base else name
        if iri.startswith(_LISTS):
            return iri.removeprefix(_LISTS).replace("/", ":", 1)
        if iri.startswith(CASES):
            other, _, own = iri.removeprefix(CASES).partition("/")
            return own if other == self._case.id else f"{other}:{own}"
        for scheme, address in ADDRESSES.items():
            if iri.startswith(begin := address.partition("{")[0]):
                return f"{scheme}:{iri.removeprefix(begin).strip('/')}"
        return name

    def sides(self, *names: str) -> tuple[str, str] | None:
        """Return two ids, that of the case first; ``None`` if none is of the case.

        What only has an identifier that a thing of the case has, too, is that thing, if the other
        one is of no case either.
        """
        left, right = map(self.of, names)
        if left not in self._things and right in self._things:
            left, right = right, left
        if left not in self._things:
            known = {self._listed[one]: other for one, other in ((right, left), (left, right))
                     if one in self._listed}  # fmt: skip
            left, right = next(iter(known.items()), ("", ""))
        return (left, right) if left and left != right else None


def _curie_map(head: Iterable[str]) -> dict[str, str]:
    """Return the prefixes of the metadata; of YAML no more is read than such a table has."""
    found = {}
    inside = False
    for line in head:
        if not line[:1].isspace():
            inside = line.rstrip() == "curie_map:"
        elif inside and ":" in line:
            prefix, _, base = line.strip().partition(":")
            found[prefix.strip("'\"")] = base.strip().strip("'\"")
    return found


def _certainty(value: str, where: str) -> str:
    """Return the word for a confidence, the lowest that it reaches."""
    number = _number(value, where)
    if number is None:
        return ""
    return next((word for word, least in CONFIDENCE.items() if number >= least), "possible")


def _number(value: str, where: str) -> float | None:
    if not value:
        return None
    try:
        found = float(value)
    except ValueError:
        found = -1.0
    if not 0 <= found <= 1:
        raise UsageError(f'{where}: "{value}" is no number from 0 to 1')
    return found
