"""The tables of docs/coding.md and the words that are looked for in cues are of one file.

After a change of a row that is meant: ``pytest tests/test_cues.py --bless``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import miniature
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import Statement, specs
from graph.model.words import Certainty, Stance
from graph.reader.cues import AS_QUOTED, cues_in, is_inferred, rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

GUIDE = miniature.PROJECT / "docs" / "coding.md"
HEADS = {
    "english": ("### Cues, English", "cue stance certainty remark"),
    "arabic": ("### Cues, Arabic", "cue meaning stance certainty remark"),
}
TABLE = re.compile(r"((?:^\|.*\n){2})((?:^\|.*\n)+)", re.MULTILINE)
CERTAINTIES = {one.value for one in Certainty}
WORDS = {
    *(one.value for one in Stance),
    *miniature.ONTOLOGY.predicates,
    *miniature.ONTOLOGY.kinds["extents"],
    *(field.key for field in specs(Statement)),
}
"""What a row may mark: stances, predicates, extents and keys of statements."""


def table(found: Iterable[Mapping[str, str]], keys: str) -> str:
    """Return the rows of a table as the guide has them; an empty cell has no second space."""
    lines = (" | ".join(row.get(key, "") for key in keys.split()) for row in found)
    return "".join(f"| {line} |\n".replace("|  |", "| |") for line in lines)


@pytest.mark.parametrize("language", HEADS)
def test_the_guide_has_the_rows(language: str, bless: bool) -> None:
    head, keys = HEADS[language]
    guide = GUIDE.read_text("utf-8")
    found = TABLE.search(guide, guide.index(head))
    assert found is not None
    wanted = table(rows(language), keys)
    if bless:
        GUIDE.write_text(guide[: found.start(2)] + wanted + guide[found.end(2) :], "utf-8")
        return
    assert found[2] == wanted, "run pytest tests/test_cues.py --bless"


@pytest.mark.parametrize("language", HEADS)
def test_every_row_is_understood(language: str) -> None:
    """A word in backquotes or a certainty that is misspelt would silently be no stance."""
    for row in rows(language):
        assert row.keys() <= {"cue", "meaning", "forms", "stance", "certainty", "remark"}
        told = re.sub(r"author (?=unspecified)", "", row["certainty"])
        assert told == "–" or set(re.split(r"; ", told)) <= CERTAINTIES | {AS_QUOTED[0]}, row
        marked = re.findall(r"`(\w+)`", row["stance"] + row.get("remark", ""))
        assert {*marked} <= WORDS, row


def test_what_the_guide_calls_inferred_is() -> None:
    words = re.search(r"Words such as \*(.+?)\*", GUIDE.read_text("utf-8"))
    assert words is not None
    for word in words[1].split(", "):
        assert is_inferred(f"This is {word} the heading.")


DECIDE = [
    (word.strip(), stances)
    for row in rows("english")
    if (stances := set(re.findall(r"`(\w+)`", row["stance"])) & {one.value for one in Stance})
    and row["certainty"] != "–"
    and not re.search(r"[*(]|\b[pq]\b|\.\.\.", row["cue"])
    for word in f"{row['cue']},{row.get('forms', '')}".split(",")
    if word.strip()
]
FILLER = st.text("ghjkxyz", min_size=1, max_size=6)


@given(st.sampled_from(DECIDE), FILLER, FILLER, st.booleans())
def test_every_word_of_the_tables_is_found(
    word: tuple[str, set[str]], before: str, after: str, shout: bool
) -> None:
    """Between any others and in any case; glued to other letters it is another word."""
    told, stances = word
    text = f"{before}  {told}\n{after}"
    assert any(stances <= cue.stances for cue in cues_in(text.upper() if shout else text))
    if " " not in told and "-" not in told:
        assert not cues_in(f"{before}{told}{after}")


@pytest.mark.parametrize(
    ("text", "stance", "certainty", "fits"),
    [
        ("probably", "suspects", "probable", True),
        ("probably", "asserts", "certain", False),
        ("probably", "suspects", "certain", False),
        ("must have", "suspects", "probable", True),
        ("must have", "demands", "unspecified", False),
        ("hard to imagine", "doubts", "unspecified", True),
        ("hard to imagine", "denies", "certain", False),
        ("would like", "wishes", "unspecified", True),
        ("wants", "asserts", "certain", True),
        ("would do well", "demands", "unspecified", True),
        ("would", "demands", "unspecified", False),
        ("even if", "considersPossible", "possible", True),
        ("even if", "leavesOpen", "unspecified", True),
        ("needs bread to reach", "expects", "certain", True),
        ("may", "considersPossible", "possible", True),
        ("may", "asserts", "certain", True),
        ("may", "asserts", "probable", False),
        ("زعم", "asserts", "unspecified", True),
        ("زعم", "endorses", "certain", False),
        ("يُحتمل", "considersPossible", "possible", True),
        ("يحتمل", "denies", "certain", False),
        ("لم يعد", "asserts", "certain", True),
    ],
)
def test_words_admit_what_the_guide_says(
    text: str, stance: str, certainty: str, fits: bool
) -> None:
    found = cues_in(text)
    assert found
    assert any(cue.admits(stance, certainty) for cue in found) == fits


@pytest.mark.parametrize(
    "text", ["could not", "couldn’t", "never promised", "because of", "as", "horse", ""]
)
def test_some_words_decide_nothing(text: str) -> None:
    """Their opposite, what is a cue for something else, and what is none."""
    assert not cues_in(text)
