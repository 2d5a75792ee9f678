"""Draw statements to be read again, and compare two readings: how the coding of a case is measured.

    python bench/reading.py draw --case homs --seed COMMIT [--number 60] > FIRST.csv
    python bench/reading.py sentences PROPOSITIONS.toml --seed COMMIT [--number 60] > SENTENCES.csv
    python bench/reading.py compare FIRST.csv SECOND.csv [--key statement]

``draw`` is stratified by status: every status has its share, and at least one statement if it has
any. The seed is the hash of the commit that is read, so that nobody chooses; the same seed and data
give the same sheet. A sheet has the statements with their claims and passages (never a sentence)
and empty columns ``judgement`` (right, over, wrong), ``field`` and ``why`` for the reader.

``sentences`` draws sentences that hold a proposition, for a second coder, from a file such as
``tests/homs/propositions.toml``.

``compare`` prints, for each column that both files have, the units, the share of agreement, Cohen's
kappa, Gwet's AC1 and Krippendorff's alpha; rows are matched by the key.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graph.model import Record
    from graph.model.fields import FieldSpec
    from graph.read.case_graph import CaseGraph

TO_FILL = ("judgement", "field", "why")


def shares(sizes: Mapping[str, int], number: int) -> dict[str, int]:
    """Return how many are drawn of each stratum: one of each, the rest by size."""
    drawn = {name: 1 for name, size in sorted(sizes.items()) if size}
    for _ in range(min(number, sum(sizes.values())) - len(drawn)):
        left = [name for name, count in drawn.items() if count < sizes[name]]
        drawn[max(left, key=lambda name: sizes[name] / (drawn[name] + 0.5))] += 1
    return drawn


def draw(graph: CaseGraph, seed: str, number: int) -> list[str]:
    """Return ids of statements, drawn by status, sorted."""
    strata: dict[str, list[str]] = {}
    for name in sorted(graph.ids("Statement")):
        strata.setdefault(graph.statement(name).status, []).append(name)
    chance = random.Random(seed)  # a sample, no secret
    wanted = shares({status: len(names) for status, names in strata.items()}, number)
    return sorted(
        name for status in sorted(strata) for name in chance.sample(strata[status], wanted[status])
    )


def rows(graph: CaseGraph, names: Sequence[str]) -> Iterator[dict[str, object]]:
    """Yield what a reader has to judge: the statement, its qualifiers and its claims."""
    from graph.model import Claim, Statement
    from graph.model.fields import specs

    main = {"subject", "predicate", "object"}
    others = [spec for spec in specs(Statement) if spec.name not in main]
    for name in names:
        statement = graph.statement(name)
        claims = [graph.claim(stand.claim) for stand in graph.stands_on(name)]
        yield {
            "statement": name,
            "status": statement.status,
            "subject": _named(graph, statement.subject),
            "predicate": statement.predicate,
            "object": _named(graph, statement.object) if statement.object else statement.value,
            "qualifiers": _authored(statement, others),
            "claims": "\n".join(_authored(said, specs(Claim)) for said in claims),
            **dict.fromkeys(TO_FILL, ""),
        }


def _named(graph: CaseGraph, name: str) -> str:
    label = graph.label(name)
    return f"{label} ({name})" if label != name else name


def _authored(record: Record, fields: Sequence[FieldSpec]) -> str:
    """Return what was authored of a record, as ``key = value; ...``."""
    told = {spec.key: getattr(record, spec.name) for spec in fields if spec.key}
    return "; ".join(
        f"{key} = {', '.join(map(_word, value)) if isinstance(value, tuple) else value}"
        for key, value in told.items()
        if value not in (None, "", ())
    )


def _word(value: object) -> str:
    return str(getattr(value, "citation", value))


def sheet(case: str, public: str | None, seed: str, number: int) -> None:
    """Write the statements that are drawn as CSV on standard output."""
    import graph as hudna

    judged = hudna.open(case, public).graph
    told = list(rows(judged, draw(judged, seed, number)))
    writer = csv.DictWriter(sys.stdout, fieldnames=list(told[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(told)


def sentences(path: str, seed: str, number: int) -> None:
    """Write the sentences that are drawn as CSV on standard output, in the order of the texts."""
    found: set[tuple[str, str]] = {
        (source["id"], at)
        for source in tomllib.loads(Path(path).read_text("utf-8"))["source"]
        for entry in source["propositions"]
        for at in entry["at"]
    }
    chance = random.Random(seed)  # a sample, no secret
    drawn = sorted(chance.sample(sorted(found), min(number, len(found))), key=_place)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("source", "sentence"))
    writer.writerows(drawn)


def _place(sentence: tuple[str, str]) -> tuple[str, list[int]]:
    """Return what sentences are sorted by: ``10.2`` comes after ``9.4``."""
    source, number = sentence
    return source, [int(part) for part in number.split(".")]


def compare(first: str, second: str, key: str) -> None:
    """Print the agreement of two readings, column by column."""
    from graph.analysis.uncertainty.agreement import agreement

    ones, others = _read(first, key), _read(second, key)
    both = sorted(ones.keys() & others.keys())
    print(f"{len(both)} rows in both; {len(ones.keys() ^ others.keys())} in one only\n")
    print("| column | units | agree | kappa | AC1 | alpha |")
    print("| --- |" + " ---: |" * 5)
    there = next(iter(others.values()), {})
    for column in (name for name in next(iter(ones.values()), {}) if name in there and name != key):
        found = agreement(
            [ones[row][column] for row in both], [others[row][column] for row in both]
        )
        figures = (found.observed, found.kappa, found.ac1, found.alpha)
        told = " | ".join(f"{figure:.2f}" for figure in figures)
        print(f"| {column} | {found.units} | {told} |")


def _read(path: str, key: str) -> dict[str, dict[str, str]]:
    with Path(path).open(encoding="utf-8", newline="") as file:
        return {row[key]: row for row in csv.DictReader(file)}


def main() -> None:
    """Run the command that is given."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    drawing = commands.add_parser("draw")
    drawing.add_argument("--case", default="homs")
    drawing.add_argument("--public", help="folder of the builds, if not the project's")
    drawing.add_argument("--seed", required=True)
    drawing.add_argument("--number", type=int, default=60)
    choosing = commands.add_parser("sentences")
    choosing.add_argument("propositions")
    choosing.add_argument("--seed", required=True)
    choosing.add_argument("--number", type=int, default=60)
    comparing = commands.add_parser("compare")
    comparing.add_argument("first")
    comparing.add_argument("second")
    comparing.add_argument("--key", default="statement")
    told = parser.parse_args()
    if told.command == "draw":
        sheet(told.case, told.public, told.seed, told.number)
    elif told.command == "sentences":
        sentences(told.propositions, told.seed, told.number)
    else:
        compare(told.first, told.second, told.key)


if __name__ == "__main__":
    main()
