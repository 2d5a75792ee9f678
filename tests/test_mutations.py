"""Files of the miniature case, broken at random: told as problems or read, and never a crash.

The seed is fixed, so that a run can be repeated; a mutant that fails is shown as a whole.
"""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

import miniature
import pytest

from graph import reader
from graph.build import quads as rdf
from graph.errors import DataProblems

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MUTANTS = 40
VALUES = (
    '""', "5", "-1", "1e400", "nan", "true", "[]", "{}", "[[]]", "[{}]", "2014-02-03", '"unknown"',
    '"ev-shelling"', '"mill-town"', '"a b"', '"\\u0000"', '"../x"', '"https://[x"', '"2014/.."',
    '"9999~"', "0.1", "99999999999999999999", "{ a = 1 }", '["unknown"]', '["courier-2020#2.1"]',
    '["courier-2020#2.1", "observers-2020#2.1"]', '{ status = "accepted" }', '[1, "a"]',
)  # fmt: skip
SIGNS = ('"', "[", "]", "{", "}", "=", "#", "\\", "\x07", "\u202e", "\u2028", "é", "x", ",")
FILES = sorted(path.relative_to(miniature.FOLDER) for path in miniature.FOLDER.rglob("*.toml"))


def mutated(text: str, rng: random.Random) -> str:
    """Return the text with one thing changed: a line, a value, a sign, or a piece cut out."""
    lines = text.split("\n")
    at = rng.randrange(len(lines))
    line = lines[at]
    match rng.randrange(6):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, rng.choice(lines))
        case 2 if "=" in line:
            lines[at] = f"{line.partition('=')[0]}= {rng.choice(VALUES)}"
        case 3:
            place = rng.randrange(len(line) + 1)
            lines[at] = line[:place] + rng.choice(SIGNS) + line[place:]
        case 4:
            texts = re.findall(r'"[^"]*"', line) or [line]
            lines[at] = line.replace(rng.choice(texts), rng.choice(VALUES), 1)
        case _:
            first, last = sorted(rng.choices(range(len(text) + 1), k=2))
            return text[:first] + text[last:]
    return "\n".join(lines)


def outcome(folder: Path) -> Iterable[object]:
    """Return the quads of a case, or what is wrong with it."""
    try:
        return list(rdf.quads(reader.read(folder, miniature.ONTOLOGY), miniature.ONTOLOGY))
    except DataProblems as error:
        return error.problems


@pytest.mark.parametrize("seed", range(6))
def test_no_mutant_crashes(seed: int, folder: Path) -> None:
    rng = random.Random(seed)  # noqa: S311 - a repeatable choice is what is wanted
    for _ in range(MUTANTS):
        path = folder / rng.choice(FILES)
        right = path.read_text("utf-8")
        wrong = right
        for _ in range(rng.choice((1, 1, 2, 3))):
            wrong = mutated(wrong, rng)
        path.write_text(wrong, "utf-8")
        try:
            assert outcome(folder)
        except Exception as error:  # what is not foreseen is what is looked for
            pytest.fail(f"{error!r} for {path.relative_to(folder)}:\n{wrong}")
        path.write_text(right, "utf-8")
