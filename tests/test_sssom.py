"""Judgements as SSSOM and as lines of nomenklatura: written, read back, and refused."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import miniature
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import reader
from graph.authoring.identity import nomenklatura, sssom
from graph.errors import UsageError
from graph.model import Judgement

if TYPE_CHECKING:
    from pathlib import Path

CASE = reader.read(miniature.FOLDER, miniature.ONTOLOGY)
THINGS = sorted(one.id for one in CASE.things)
REASON = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1
).map(lambda told: " ".join(told.split()) or "x")

judgements = st.lists(
    st.builds(
        lambda pair, outside, **more: Judgement(
            left=pair[0],
            right="" if outside else pair[1],
            outside=outside,
            **more,
        ),
        st.lists(st.sampled_from(THINGS), min_size=2, max_size=2, unique=True),
        st.sampled_from(["", "", "wikidata:Q7", "geonames:12", "ucdp-actor:118", "weir:guard"]),
        id=st.uuids().map(str),
        judgement=st.sampled_from(["same", "different"]),
        certainty=st.sampled_from(list(sssom.CONFIDENCE)),
        reason=REASON,
        judge=st.sampled_from(["editors", "observers"]),
        decided=st.none() | st.dates(date(1990, 1, 1), date(2100, 1, 1)),
        proposed_by=st.sampled_from(["", "hudna identify"]),
        score=st.none() | st.integers(0, 1000).map(lambda n: n / 1000),
    ),
    max_size=6,
)


def facts(one: Judgement) -> tuple[object, ...]:
    day = one.decided.isoformat() if one.decided else ""
    return (*one.sides, one.judgement, one.certainty, one.reason, one.judge, day,
            one.proposed_by, one.score)  # fmt: skip


@given(judgements)
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[Judgement]
) -> None:
    folder = tmp_path_factory.mktemp("sssom")
    case = replace(CASE, judgements=tuple(drawn))
    written = sssom.written(case)
    assert not written.left_out
    found = []
    for name, text in (("a.sssom.tsv", written.positive), ("b.tsv", written.negative)):
        (folder / name).write_text(text, "utf-8", newline="\n")
        read, over = sssom.read(folder / name, case)
        assert not over
        last = text.count("\n")
        assert [one.line for one in read] == list(range(last - len(read) + 1, last + 1))
        found += [one[:-1] for one in read]
    assert sorted(map(repr, found)) == sorted(repr(facts(one)) for one in drawn)


def test_positives_and_negatives_are_never_in_one_file() -> None:
    same = Judgement(id="s", left="ford", right="mill-town", judgement="same", reason="x")
    case = replace(CASE, judgements=(same, replace(same, id="d", judgement="different")))
    written = sssom.written(case)
    assert written.positive.count("exactMatch") == 1
    assert "\tNot\t" not in written.positive
    assert written.negative.count("exactMatch") == 1
    assert "\tNot\t" in written.negative


def test_what_is_withdrawn_or_unsure_is_left_out_and_told() -> None:
    gone = Judgement(id="s", left="ford", right="mill-town", judgement="same", reason="x",
                     withdrawn=date(2026, 1, 1))  # fmt: skip
    case = replace(CASE, judgements=(gone, *CASE.judgements))
    written = sssom.written(case)
    assert "exactMatch" not in written.positive + written.negative
    assert sum(written.left_out.values()) == 2
    assert "mill-town" not in nomenklatura.written(case)


def test_the_negatives_stand_beside(tmp_path: Path) -> None:
    assert sssom.negatives_beside(tmp_path / "a.sssom.tsv").name == "a.not.sssom.tsv"
    assert sssom.negatives_beside(tmp_path / "a.tsv").name == "a.not.tsv"


THEIRS = """\
#curie_map:
#  M: https://w3id.org/hudna/mill/
#  WD: "http://www.wikidata.org/entity/"
#license: https://example.org
subject_id\tpredicate_id\tpredicate_modifier\tobject_id\tmapping_justification\tconfidence\tcomment
WD:Q7\tskos:exactMatch\t\tM:town-council\tsemapv:ManualMappingCuration\t0.9\tThe “council”
M:ford\tskos:exactMatch\tNot\tM:mill-town\tsemapv:ManualMappingCuration\t\t
WD:Q4115189\tskos:exactMatch\t\tX:9\tsemapv:ManualMappingCuration\t\t
M:ford\tskos:broadMatch\t\tM:mill-town\tsemapv:ManualMappingCuration\t\t
X:1\tskos:exactMatch\t\tX:2\tsemapv:ManualMappingCuration\t\t
"""


def test_a_table_of_others_is_read_by_its_prefixes(tmp_path: Path) -> None:
    path = tmp_path / "theirs.tsv"
    path.write_text(THEIRS, "utf-8")
    found, over = sssom.read(path, CASE)
    assert [one[:5] for one in found] == [
        ("town-council", "wikidata:Q7", "same", "probable", "The “council”"),
        ("ford", "mill-town", "different", "", ""),
        ("river-guard", "X:9", "same", "", ""),
    ]
    assert sum(over.values()) == 2


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("0.9", "9", '"9" is no number from 0 to 1'),
        ("subject_id", "subject", 'no column "subject_id"'),
        ("\tThe “", "\tx\ty\tThe “", "values for 7 columns"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    path = tmp_path / "theirs.tsv"
    path.write_text(THEIRS.replace(old, new), "utf-8")
    with pytest.raises(UsageError, match=r"theirs\.tsv") as error:
        sssom.read(path, CASE)
    assert told in str(error.value)


@given(judgements)
def test_lines_of_nomenklatura_are_read_back(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[Judgement]
) -> None:
    case = replace(CASE, judgements=tuple(drawn))
    path = tmp_path_factory.mktemp("nk") / "resolver.ijson"
    path.write_text(nomenklatura.written(case), "utf-8")
    found, over = nomenklatura.read(path, case)
    assert not over
    told = sorted(repr((sorted(one[:2]), one.judgement, one.score)) for one in found)
    assert told == sorted(repr((sorted(o.sides), o.judgement, o.score)) for o in drawn)


def test_a_line_of_nomenklatura_has_its_six_values(tmp_path: Path) -> None:
    one = Judgement(id="s", left="river-guard", outside="wikidata:Q9", judgement="unsure",
                    reason="x", judge="observers", decided=date(2026, 1, 2), score=0.5)  # fmt: skip
    text = nomenklatura.written(replace(CASE, judgements=(one,)))
    expected = ["mill-river-guard", "Q9", "unsure", 0.5, "observers", "2026-01-02T00:00:00"]
    assert json.loads(text) == expected
    path = tmp_path / "r.ijson"
    path.write_text('["a", "b", "perhaps", null, null, null]\n', "utf-8")
    with pytest.raises(UsageError, match=r'r\.ijson:1: "perhaps" is no judgement'):
        nomenklatura.read(path, CASE)


@pytest.mark.skipif(importlib.util.find_spec("sssom") is None, reason="needs the package sssom")
def test_the_parser_of_the_standard_finds_nothing_wrong(tmp_path: Path) -> None:
    same = Judgement(id="s", left="ford", outside="wikidata:Q7", judgement="same", reason="x",
                     certainty="certain", judge="editors", decided=date(2026, 1, 2))  # fmt: skip
    path = tmp_path / "a.sssom.tsv"
    path.write_text(sssom.written(replace(CASE, judgements=(same,))).positive, "utf-8")
    told = subprocess.run(
        [sys.executable, "-m", "sssom", "validate", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
