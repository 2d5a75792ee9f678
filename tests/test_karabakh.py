"""The second case: another war, told by two governments against each other and by a third party.

The code that reads Homs reads it as well: it is checked, asked, told from each side and exported.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from authored import HOMS, REPOSITORY
from click.testing import CliRunner

from graph.build.case import open_build
from graph.cli.main import main
from graph.model import Actor, Question, vocabulary
from graph.reader import read

if TYPE_CHECKING:
    from pathlib import Path

    from graph.build.case import OpenedCase
    from graph.model import Case

KARABAKH = REPOSITORY / "data" / "karabakh"
NAMED = ("--case", "karabakh")
DATA = (*NAMED, "--data", str(KARABAKH.parent))
ARMENIA, AZERBAIJAN, THIRD = "nikol-pashinyan", "ilham-aliyev", "wikipedia-contributors"

Tie = tuple[str, str, str]


def good(*words: str) -> str:
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the case has been built."""
    folder = tmp_path_factory.mktemp("karabakh") / "public"
    good("build", "--quiet", "--public", str(folder), *DATA)
    return folder


@pytest.fixture(scope="module")
def built(public: Path) -> OpenedCase:
    return open_build("karabakh", public)


@pytest.fixture(scope="module")
def case() -> Case:
    return read(KARABAKH, vocabulary.load())


def rows(built: OpenedCase, query: str, *columns: str, **params: str) -> set[tuple[str, ...]]:
    """Return the answer of a named query in some columns, things and kinds by their ids."""
    table: Any = built.query(query, **params)
    places = [table.columns.index(column) for column in columns]
    return {
        tuple(str(row[at].value).rpartition("/")[2].rpartition("#")[2] for at in places)
        for row in table.rows
    }


def ties(built: OpenedCase, voice: str | None = None) -> set[Tie]:
    """Return the ties that are accepted, or that a voice takes for true."""
    net = built.network("ties", voice=voice) if voice else built.network("ties")
    return {(one, more["predicate"], other) for one, other, more in net.edges(data=True)}


def test_it_has_no_problem_no_hint_and_no_sentence_left() -> None:
    assert good("check", "--hints", *DATA).endswith("no problem found\n")
    assert "every sentence is coded, or has nothing to code" in good("coverage", *DATA)


def test_it_is_small_and_whole(case: Case) -> None:
    assert len(case.statements) >= 120
    assert len(case.sources) == 3
    exclusive = {one.id for one in case.things if isinstance(one, Question) and one.exclusive}
    rivals = [one for one in case.statements if exclusive & set(one.question)]
    assert {one.predicate for one in rivals} >= {"hasDeathToll", "perpetrator", "occurred"}


def test_nearly_everything_has_a_word_of_the_lists() -> None:
    """At most one in fifty kinds, topics and roles is "other", which tells a query nothing."""
    lines = [
        line
        for file in KARABAKH.rglob("*.toml")
        for line in file.read_text("utf-8").splitlines()
        if re.match("(kinds?|topic|role) = ", line)
    ]
    told = [word for line in lines for word in re.findall(r'"(\w+)"', line)]
    assert len(told) > 200
    assert len([word for word in told if word in {"other", "otherRole"}]) <= len(told) / 50


def test_what_a_party_says_is_its_claim_and_never_accepted_for_it(built: OpenedCase) -> None:
    """A government is no author of a source: nothing is accepted because it says so."""
    said = {
        status
        for voice in (ARMENIA, AZERBAIJAN)
        for stance, status in rows(built, "claims-of", "stance", "status", voice=voice)
        if stance == "asserts"
    }
    assert {"alleged", "contested"} <= said
    attacked = ("armenia", "attacks", "azerbaijan")
    assert attacked in ties(built, AZERBAIJAN)
    assert attacked not in ties(built) | ties(built, ARMENIA)


def test_each_side_tells_another_war(built: OpenedCase) -> None:
    common, armenia, azerbaijan, third = (
        ties(built), ties(built, ARMENIA), ties(built, AZERBAIJAN), ties(built, THIRD)
    )  # fmt: skip
    assert common <= armenia & azerbaijan & third
    assert ("azerbaijani-forces", "attacks", "armenian-civilians") in armenia - azerbaijan - third
    assert ("azerbaijan", "recaptures", "shusha") in azerbaijan - armenia - third
    assert ("azerbaijani-forces", "captures", "shusha") in common


def test_the_denial_is_contested_and_the_first_attack_has_two_answers(built: OpenedCase) -> None:
    stances = rows(built, "contested", "voice", "stance", about="ev-civilians-targeted")
    assert stances == {(ARMENIA, "asserts"), (AZERBAIJAN, "denies")}
    began = rows(built, "contested", "object", "voice", question="q-who-began")
    assert began == {("armenia", AZERBAIJAN), ("azerbaijan", THIRD)}


def test_the_terms_and_what_became_of_them(built: OpenedCase) -> None:
    statement = {"agreement": "ag-statement"}
    assert len(rows(built, "clauses", "clause", **statement)) == 8
    assert ("notFulfilled", ARMENIA) in rows(built, "fulfilment", "state", "voice", **statement)
    assert ("armenian-forces", "ag-statement.c4") in rows(
        built, "obligations", "actor", "clause", **statement
    )


def test_its_places_lie_in_each_other_as_each_side_has_it(built: OpenedCase) -> None:
    within = {(one, other) for one, what, other in ties(built, AZERBAIJAN) if what == "within"}
    assert {("shusha", "occupied-territories"), ("occupied-territories", "azerbaijan")} <= within
    assert ("shusha", "occupied-territories") not in {
        (one, other) for one, _, other in ties(built, ARMENIA)
    }


def test_its_stored_questions_are_answered(public: Path) -> None:
    assert "5 of 5 stored answers are right" in good("test", "--public", str(public), *DATA)


@pytest.mark.homs
def test_who_is_in_both_cases_has_the_same_outside_identifier(case: Case) -> None:
    def listed(of: Case) -> dict[tuple[str, str], str]:
        return {
            (one.scheme, one.value): who.id
            for who in of.things
            if isinstance(who, Actor)
            for one in who.identifiers
        }

    here, there = listed(case), listed(read(HOMS, vocabulary.load()))
    same = {key: here[key] for key in here.keys() & there.keys()}
    assert set(same.values()) == {"russia", "iran", "turkey", "usa", "un"}
    listed_in = {who for (scheme, _), who in same.items() if scheme == "wikidata"}
    assert listed_in >= {"russia", "iran", "turkey", "usa"}


@pytest.mark.parametrize(
    "form",
    ["gexf", "graphml", "cytoscape", "pyvis", "ftm", "dna", "turtle", "nquads", "trig", "jsonld",
     "rdf12", "nanopub"],
)  # fmt: skip
def test_it_is_exported(form: str, public: Path, tmp_path: Path) -> None:
    target = tmp_path / "out"
    good("export", form, "--quiet", "-o", str(target), "--public", str(public), *NAMED)
    assert "azerbaijan" in target.read_text("utf-8").casefold()


def test_its_report_names_the_case_in_each_command(public: Path, tmp_path: Path) -> None:
    good("analyse", "--draws", "20", "-o", str(tmp_path), "--public", str(public), *NAMED)
    again = [
        line
        for line in (tmp_path / "report.md").read_text("utf-8").splitlines()
        if line.startswith("Again: ")
    ]
    assert again
    assert [line for line in again if "--case karabakh" not in line] == []


@pytest.mark.landing
@pytest.mark.homs
def test_homs_is_meant_in_the_clone_where_no_case_is_named(
    public: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HUDNA_CASE", raising=False)
    monkeypatch.chdir(REPOSITORY)
    assert good("check").startswith("homs:")
    monkeypatch.chdir(public.parent)
    done = CliRunner().invoke(main, ["check", "--data", str(KARABAKH.parent)])
    assert done.output.startswith("homs:")
    assert json.loads(good("test", "--format", "json", "--public", str(public), *DATA))
