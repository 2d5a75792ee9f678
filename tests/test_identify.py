"""Candidates for what may be one: by ids, names in two scripts, kinds, surroundings; and traps."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import combinations
from pathlib import Path

import miniature
import pytest
from click.testing import CliRunner
from depth import deep

from graph import reader
from graph.authoring.identity.candidates import Candidates, candidates
from graph.authoring.identity.entries import Comparable, entries_of
from graph.cli.main import main
from graph.errors import UsageError
from graph.importers.listed import list_of
from graph.model import Actor, Judgement

LISTS = Path(__file__).with_name("lists")
ABOVE = miniature.ONTOLOGY.classes
SHARED = next(
    (
        found
        for one in miniature.PROJECT.parents
        if (
            found := one / "shared" / "data" / "ucdp" / "ged_syria_homs_gov_2016-2019.csv"
        ).is_file()
    ),
    None,
)
actor = partial(Comparable, sort="actor")


@pytest.fixture
def mill(tmp_path: Path) -> Path:
    """A copy of the miniature case."""
    return shutil.copytree(miniature.FOLDER, tmp_path / "data" / "mill")


def hudna(mill: Path, *words: str) -> tuple[int, str]:
    """Return the exit code and what ``hudna identify`` prints."""
    where = ["--data", str(mill.parent), "--case", mill.name]
    found = CliRunner(env={"COLUMNS": "80"}).invoke(
        main, ["identify", *words, *where], catch_exceptions=False
    )
    return found.exit_code, found.output


def pairs(found: Candidates) -> list[tuple[str, str]]:
    return [(one.left.id, one.right.id) for one in found.pairs]


def compared(left: list[Comparable], right: list[Comparable] | None = None,
             *judgements: Judgement) -> Candidates:  # fmt: skip
    return candidates(left, right, judgements, miniature.ONTOLOGY)


def entries(folder: Path = miniature.FOLDER, before: str = "") -> list[Comparable]:
    return entries_of(reader.read(folder, miniature.ONTOLOGY), ABOVE, before)


# --- names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("River Guard", "river  guard", "both are called"),
        ("Haras al-Nahr", "Harras an-Nahr", "spellings of one name"),
        ("Qusayr Front", "Quseir Front", "spellings of one name"),
        ("حرس النهر", "Haras al-Nahr", "two scripts"),
        ("National Defence Forces", "NDF", "initials"),
        ("Brotherhood of the Mill", "Brotherhoods of the Mill", "nearly alike"),
        ("Council of Mill Town", "Mill Town Council of Elders", "share words"),
    ],
)
def test_names_are_alike_in_many_ways(one: str, other: str, why: str) -> None:
    others = [actor(f"x{n}", names=(f"Somebody {n}",)) for n in range(20)]
    found = compared([actor("a", names=(one,))], [actor("l:1", names=(other,)), *others])
    assert pairs(found)[:1] == [("a", "l:1")]
    (told,) = [pair.weighed for pair in found.pairs if pair.right.id == "l:1"]
    assert why in told.reasons[0]
    assert told.against == ("nothing but the name speaks for it",)


@pytest.mark.parametrize(
    ("one", "other"), [("US", "IS"), ("al-Nur", "al-Nasr"), ("The Ford", "The Mill")]
)
def test_what_only_looks_a_little_alike_is_not_proposed(one: str, other: str) -> None:
    assert pairs(compared([actor("a", names=(one,))], [actor("l:1", names=(other,))])) == []


def test_a_name_alone_never_reaches_an_equal_identifier() -> None:
    known = frozenset({"l:2"})
    left = [actor("a", names=("River Guard",)), actor("b", names=("Other",), identifiers=known)]
    right = [actor("l:1", names=("River Guard",)), actor("l:2", names=("Unlike",))]
    assert pairs(compared(left, right)) == [("b", "l:2"), ("a", "l:1")]


def test_different_ids_in_one_list_speak_strongly_against() -> None:
    left = [actor("a", names=("River Guard",), identifiers=frozenset({"l:7"}))]
    right = [actor("m:1", names=("River Guard",), identifiers=frozenset({"l:8"}))]
    assert pairs(compared(left, right)) == []
    found = candidates(left, right, (), miniature.ONTOLOGY, least=0.0).pairs[0].weighed
    assert found.against == ("l:7 is not l:8", "nothing but the name speaks for it")


def test_a_composite_is_not_one_of_its_members() -> None:
    left = [actor("a", names=("Lynx Brigade",))]
    right = [actor("l:1", names=("Bandits, Lynx Brigade",)), actor("l:2", names=("Lynx Brigade",))]
    assert pairs(compared(left, right)) == [("a", "l:2")]


@pytest.mark.parametrize("identity", ["unnamed", "withheld", "hypothetical"])
def test_nobody_without_a_name_is_ever_proposed(identity: str) -> None:
    left = [actor(one, names=("Bandits",), identity=identity, kinds=frozenset({"militia"}))
            for one in "ab"]  # fmt: skip
    assert pairs(compared(left)) == []
    assert pairs(compared(left, [actor("l:1", names=("Bandits",))])) == []


def test_no_unnamed_actor_of_a_case_is_compared() -> None:
    case = reader.read(miniature.FOLDER, miniature.ONTOLOGY)
    hidden = {one.id for one in case.things if isinstance(one, Actor) and one.identity == "unnamed"}
    assert hidden
    assert hidden.isdisjoint(one.id for one in entries())


# --- what is decided -----------------------------------------------------------------------------

SAME = Judgement(id="j1", left="a", right="b", judgement="same")


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ((), [("a", "c"), ("b", "c")]),
        ((Judgement(id="j2", left="b", right="c", judgement="same"),), []),
        ((Judgement(id="j2", left="b", right="c", judgement="different"),), []),
        ((Judgement(id="j2", left="b", right="c", judgement="unsure"),), [("a", "c")]),
        (
            (
                Judgement(
                    id="j2", left="b", right="c", judgement="same", withdrawn=date(2026, 1, 1)
                ),
            ),
            [("a", "c"), ("b", "c")],
        ),
    ],
    ids=["nothing more", "same", "different", "unsure", "withdrawn"],
)
def test_neither_what_is_decided_is_proposed_nor_what_follows(
    more: tuple[Judgement, ...], expected: list[tuple[str, str]]
) -> None:
    every = [actor(one, names=("River Guard",)) for one in "abc"]
    assert sorted(pairs(compared(every, None, SAME, *more))) == expected


@pytest.mark.landing
def test_no_pair_is_missed_that_all_pairs_would_give() -> None:
    """Blocks by words, beginnings and initials against every pair, on names that share parts."""
    first = ("Haras", "Harras", "Liwa", "Jaysh", "NDF", "National")
    last = ("al-Nahr", "an-Nahr", "النهر", "Defence Forces", "al-Waha")
    names = [f"{one} {other}" for one in first for other in last] + ["NDF", "Nahr", "Waaha"]
    every = [actor(f"a{n}", names=(name,)) for n, name in enumerate(names)]
    found = {(*pair[:2],) for pair in map(tuple, pairs(compared(every)))}
    for one, other in [*combinations(every, 2)][:: 1 if deep() else 4]:
        alone = compared([one, other])
        if pairs(alone) and alone.pairs[0].weighed.score > 0.45:  # weights differ a little
            assert (one.id, other.id) in found


# --- lists ---------------------------------------------------------------------------------------


def test_a_list_of_events_is_read_by_its_columns() -> None:
    found = {one.id: one for one in list_of(LISTS / "sides.csv")}
    assert set(found) == {f"ucdp-actor:{n}" for n in (501, 502, 503, 504)}
    guard = found["ucdp-actor:501"]
    assert (guard.first, guard.last) == (date(2020, 5, 1), date(2020, 6, 3))
    assert guard.near == {"ucdp-actor:502", "ucdp-actor:503"}


def test_a_list_of_ones_own_is_taken_for_none_of_a_format(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("id,name,alias,country\n7,River Guard,Haras; Guards,Nowhere\n", "utf-8")
    (found,) = list_of(path)
    assert (found.id, found.names) == ("mine:7", ("River Guard", "Haras", "Guards"))
    assert [one.id for one in list_of(path, "theirs")] == ["theirs:7"]
    path.write_text("who,what\n1,2\n", "utf-8")
    with pytest.raises(UsageError, match=r"names and ids.*name.*hudna import"):
        list_of(path)


def test_each_side_of_a_list_finds_its_actor_and_no_composite() -> None:
    found = compared(entries(), list_of(LISTS / "sides.csv"))
    assert pairs(found)[:2] == [
        ("river-guard", "ucdp-actor:504"),
        ("river-guard", "ucdp-actor:501"),
    ]
    assert "ucdp-actor:503" not in {right for _, right in pairs(found)}


@pytest.mark.homs
@pytest.mark.skipif(SHARED is None, reason="needs the events of UCDP")
def test_the_sides_of_homs_come_first() -> None:
    assert SHARED is not None
    case = reader.read(miniature.HOMS, miniature.ONTOLOGY)
    found = candidates(
        entries_of(case, ABOVE), list_of(SHARED), case.judgements, miniature.ONTOLOGY
    )
    expected = {
        "ucdp-actor:118": "gov-syria",
        "ucdp-actor:234": "isil",
        "ucdp-actor:1170": "nusra",
        "ucdp-actor:4456": "armed-opposition",
    }
    assert {(left, right) for left, right in pairs(found)[:4]} == {
        (left, right) for right, left in expected.items()
    }


@pytest.mark.homs
@pytest.mark.skipif(SHARED is None, reason="needs the events of UCDP")
def test_a_militia_of_which_one_event_tells_is_found_in_a_packed_list() -> None:
    """UCDP mostly counts militias to the government; of Syria one event has one as a side."""
    assert SHARED is not None
    case = reader.read(miniature.HOMS, miniature.ONTOLOGY)
    whole = list_of(SHARED.with_name("ged_syria_2016-2019.csv.gz"))
    found = candidates(entries_of(case, ABOVE), whole, case.judgements, miniature.ONTOLOGY)
    assert ("ndf", "ucdp-actor:6709") in pairs(found)


# --- deals ---------------------------------------------------------------------------------------


def test_a_deal_is_neither_its_annex_nor_of_another_year_nor_a_template() -> None:
    found = compared(entries(), list_of(LISTS / "deals.csv"))
    deals = [pair for pair in pairs(found) if pair[0].startswith("ag-")]
    assert deals[0] == ("ag-may-truce", "pa-x:801")
    assert {"pa-x:803", "pa-x:804"}.isdisjoint(right for _, right in deals)
    reasons = " ".join(found.pairs[0].weighed.reasons)
    assert "both may be of 2020-05-12" in reasons
    assert "River Guard" in reasons
    assert any("pa-x:804" in told and "no deal" in told for told in found.related)


def test_documents_of_one_day_within_a_settlement_are_told_as_such() -> None:
    found = compared(list_of(LISTS / "deals.csv"))
    assert pairs(found) == []
    (told,) = [one for one in found.related if "pa-x:801" in one and "pa-x:802" in one]
    assert "two documents of one settlement, pa-x-process:7, of 2020-05-12" in told
    assert not [one for one in found.related if "803" in one]


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2020, 5, 12), True),
        (date(2020, 4, 2), True),
        (date(2019, 5, 12), False),
        (date(2020, 6, 12), False),
    ],
)
def test_a_deal_of_which_only_the_latest_day_is_known_is_of_soon_before(
    day: date, told: bool
) -> None:
    deal = Comparable("a", "agreement", ("Old deal",), last=date(2020, 5, 31),
                      kinds=frozenset({"truce"}))  # fmt: skip
    other = Comparable("x:1", "agreement", ("Ceasefire",), first=day, last=day)
    found = candidates([deal], [other], (), miniature.ONTOLOGY, 0.1)
    assert [one.weighed.reasons for one in found.pairs] == (
        [(f"{day} is soon before 2020-05-31, the latest possible for the other",)] if told else []
    )


@pytest.mark.parametrize(("days", "fits"), [(0, True), (3, True), (4, False), (365, False)])
def test_the_days_of_deals_must_meet(days: int, fits: bool) -> None:
    deal = Comparable("a", "agreement", ("Truce",), first=date(2020, 5, 5), last=date(2020, 5, 5))
    other = date.fromordinal(date(2020, 5, 5).toordinal() + days)
    found = compared([deal], [replace(deal, id="l:1", first=other, last=other)])
    assert bool(found.pairs) is fits


def test_events_are_one_only_of_one_kind_and_day() -> None:
    event = Comparable("a", "event", ("Shelling of the Ford",), kinds=frozenset({"shelling"}),
                       first=date(2020, 6, 3), last=date(2020, 6, 3))  # fmt: skip
    assert pairs(compared([event], [replace(event, id="l:1")])) == [("a", "l:1")]
    for other in (
        replace(event, id="l:1", kinds=frozenset({"airstrike"})),
        replace(event, id="l:1", first=None, last=None),
        replace(event, id="l:1", first=date(2020, 6, 4), last=date(2020, 6, 4)),
    ):
        assert pairs(compared([event], [other])) == []


# --- the command ---------------------------------------------------------------------------------


def test_candidates_are_told_in_words_and_for_programs(mill: Path) -> None:
    code, told = hudna(mill, "--with", str(LISTS / "sides.csv"))
    assert code == 0
    assert "River Guard (river-guard) = Haras El Nahr (ucdp-actor:504)" in told
    assert "are spellings of one name" in told
    assert max(map(len, told.splitlines())) <= 80
    code, told = hudna(mill, "--with", str(LISTS / "sides.csv"), "--format", "json")
    first = json.loads(told)["candidates"][0]
    assert (first["left"], first["right"]) == ("river-guard", "ucdp-actor:504")
    assert first["score"] <= 1


def test_another_case_is_compared_by_id_and_by_folder(mill: Path) -> None:
    weir = shutil.copytree(mill, mill.parent / "weir")
    head = weir / "case.toml"
    head.write_text(head.read_text("utf-8").replace('"mill"', '"weir"'), "utf-8")
    for other in ("weir", str(weir)):
        code, told = hudna(mill, "--with", other)
        assert code == 0
        assert "River Guard (river-guard) = River Guard (weir:river-guard)" in told
        assert "both are wikidata:Q4115189" in told
        assert "bandits" not in told


def decide(mill: Path, *words: str) -> tuple[int, str]:
    return hudna(mill, *words, "--by", "editors", "--date", "2026-11-30")


def judged(mill: Path) -> dict[str, Judgement]:
    return {one.id: one for one in reader.read(mill, miniature.ONTOLOGY).judgements}


def test_a_decision_is_written_with_who_when_why_and_the_proposal(mill: Path) -> None:
    words = ("same", "river-guard", "ucdp-actor:504", "--reason", "One chief.", "--score", "0.57")
    code, told = decide(mill, *words)
    assert (code, told) == (
        0, "identity.toml: written, id river-guard-and-ucdp-actor-504\n"
    )  # fmt: skip
    one = judged(mill)["river-guard-and-ucdp-actor-504"]
    assert one.sides == ("river-guard", "ucdp-actor:504")
    assert (one.judge, one.decided, one.reason) == ("editors", date(2026, 11, 30), "One chief.")
    assert (one.proposed_by, one.score, one.passages) == ("hudna identify", 0.57, ())
    _, told = hudna(mill, "--with", str(LISTS / "sides.csv"))
    assert "ucdp-actor:504" not in told
    assert "1 pair is decided already" in told


def test_who_and_why_must_be_said(mill: Path) -> None:
    before = (mill / "identity.toml").read_text("utf-8")
    assert hudna(mill, "same", "ford", "mill-town", "--reason", "x")[0] == 2
    code, told = decide(mill, "same", "ford", "mill-town")
    assert code == 2
    assert "why? give --reason" in told
    assert (mill / "identity.toml").read_text("utf-8") == before


def test_two_unnamed_actors_are_never_judged_the_same(mill: Path) -> None:
    path = mill / "actors" / "guard-backer.toml"
    text = path.read_text("utf-8").replace('identity = "hypothetical"', 'identity = "unnamed"')
    path.write_text(text.replace('kinds = ["placeholder"]\n', ""), "utf-8")
    code, told = decide(mill, "same", "bandits", "guard-backer", "--reason", "x")
    assert code == 1
    assert "Two unnamed actors are never judged the same" in " ".join(told.split())


def test_a_contradiction_is_told_with_its_chain_and_nothing_is_written(mill: Path) -> None:
    assert decide(mill, "same", "ford", "l:1", "--reason", "x")[0] == 0
    assert decide(mill, "same", "mill-town", "l:1", "--reason", "x")[0] == 0
    before = (mill / "identity.toml").read_text("utf-8")
    code, told = decide(mill, "different", "ford", "mill-town", "--reason", "x")
    assert code == 1
    flat = " ".join(told.split())
    assert "ford and mill-town are judged to be different" in flat
    assert "ford is l:1 (ford-and-l-1), mill-town is l:1 (mill-town-and-l-1)" in flat
    assert (mill / "identity.toml").read_text("utf-8") == before


def test_what_is_withdrawn_stays_written_and_counts_for_nothing(mill: Path) -> None:
    decide(mill, "same", "ford", "l:1", "--reason", "x")
    decide(mill, "same", "mill-town", "l:1", "--reason", "x")
    assert decide(mill, "withdraw", "ford-and-l-1")[0] == 2
    code, _ = decide(mill, "withdraw", "ford-and-l-1", "--reason", "The list means the mill.")
    assert code == 0
    one = judged(mill)["ford-and-l-1"]
    assert (one.withdrawn, one.withdrawn_reason) == (date(2026, 11, 30), "The list means the mill.")
    assert decide(mill, "different", "ford", "mill-town", "--reason", "x")[0] == 0
    code, told = decide(mill, "withdraw", "ford-and-l-1", "--reason", "x")
    assert code == 2
    assert "is withdrawn since 2026-11-30" in told


def test_decisions_go_out_and_come_back(mill: Path, tmp_path: Path) -> None:
    decide(mill, "same", "river-guard", "ucdp-actor:504", "--reason", "One chief.")
    decide(mill, "different", "ford", "mill-town", "--reason", "Two places.")
    file = tmp_path / "out.sssom.tsv"
    code, told = hudna(mill, "--export", "sssom", str(file))
    assert code == 0
    assert "left out: 1 unsure" in told
    other = shutil.copytree(miniature.FOLDER, tmp_path / "second" / "mill")
    for name in ("out.sssom.tsv", "out.not.sssom.tsv"):
        assert hudna(other, "--take", str(tmp_path / name))[0] == 0
    found = {(one.sides, one.judgement, one.reason, one.judge, one.decided)
             for one in judged(other).values()}  # fmt: skip
    day = date(2026, 11, 30)
    assert {
        (("river-guard", "ucdp-actor:504"), "same", "One chief.", "editors", day),
        (("ford", "mill-town"), "different", "Two places.", "editors", day),
    } <= found
    code, told = hudna(other, "--take", str(file))
    assert "0 judgements added, 1 known already" in told


def test_what_a_file_tells_is_first_a_candidate(mill: Path, tmp_path: Path) -> None:
    file = tmp_path / "theirs.ijson"
    file.write_text('["mill-ford", "X9", "positive", 0.8, "eve", null]\n', "utf-8")
    code, told = hudna(mill, "--with", str(file))
    assert code == 0
    assert "0.80" in told
    assert "theirs.ijson tells that they are one" in told
    code, told = hudna(mill, "--take", str(file))
    assert code == 2
    assert "eve is no actor of mill" in told
    code, _ = hudna(mill, "--take", str(file), "--by", "editors")
    assert code == 1  # X9 is of no list


SSSOM = "subject_id\tpredicate_id\tpredicate_modifier\tobject_id\tcomment\n"


def taken(mill: Path, file: Path, *rows: str) -> tuple[int, str]:
    """Return what becomes of rows of SSSOM."""
    file.write_text(SSSOM + "".join(f"{one}\n" for one in rows), "utf-8")
    return hudna(mill, "--take", str(file), "--by", "editors")


def test_what_is_wrong_with_a_row_of_others_is_told_with_its_line(
    mill: Path, tmp_path: Path
) -> None:
    file = tmp_path / "theirs.tsv"
    fine = "river-guard\tskos:exactMatch\t\tucdp-actor:504\tx"
    code, told = taken(mill, file, fine, fine.replace("\t\t", "\tNot\t"))
    assert code == 1
    assert "theirs.tsv:3:judgement" in "".join(told.split())
    code, told = taken(mill, file, fine, fine.replace("\t\t", "\tNOT AT ALL\t"))
    assert code == 2
    assert 'theirs.tsv:3:thepredicate_modifier"NOTATALL"isnotknown' in "".join(told.split())


TWO_SORTS = "two sorts of things are never one"


def test_two_sorts_of_things_are_never_one(mill: Path) -> None:
    before = (mill / "identity.toml").read_text("utf-8")
    code, told = decide(mill, "same", "ford", "river-guard", "--reason", "x")
    assert code == 1
    assert f"ford is a place and river-guard is an actor, and {TWO_SORTS}" in " ".join(told.split())
    assert (mill / "identity.toml").read_text("utf-8") == before
    assert decide(mill, "different", "ford", "river-guard", "--reason", "x")[0] == 0


def test_two_sorts_are_not_one_over_a_list_either(mill: Path) -> None:
    assert decide(mill, "same", "ford", "l:1", "--reason", "x")[0] == 0
    assert decide(mill, "same", "mill-town", "l:1", "--reason", "x")[0] == 0
    code, told = decide(mill, "same", "river-guard", "l:1", "--reason", "x")
    assert code == 1
    flat = " ".join(told.split())
    assert "river-guard is an actor and mill-town is a place, but they would be one" in flat
    assert "mill-town is l:1 (mill-town-and-l-1)" in flat
    assert decide(mill, "withdraw", "ford-and-l-1", "--reason", "x")[0] == 0
    assert decide(mill, "withdraw", "mill-town-and-l-1", "--reason", "x")[0] == 0
    assert decide(mill, "same", "river-guard", "l:1", "--reason", "x")[0] == 0


def test_what_is_an_identifier_of_an_actor_is_no_place(mill: Path) -> None:
    text = (mill / "actors" / "river-guard.toml").read_text("utf-8")
    scheme, value = (text.split(f'{key} = "')[1].split('"')[0] for key in ("scheme", "value"))
    code, told = decide(mill, "same", "ford", f"{scheme}:{value}", "--reason", "x")
    assert code == 1
    assert f"{scheme}:{value}, an identifier of river-guard, is an actor" in " ".join(told.split())


def test_an_actor_that_is_a_place_as_well_may_be_one(mill: Path) -> None:
    path = mill / "actors" / "town-council.toml"
    text = path.read_text("utf-8").replace('["Committee", ', '["Committee", "Place", ')
    path.write_text(text, "utf-8")
    assert decide(mill, "same", "mill-town", "town-council", "--reason", "x")[0] == 0


def test_two_sorts_of_two_cases_are_never_one(mill: Path) -> None:
    shutil.copytree(miniature.FOLDER, mill.parent / "weir")
    code, told = decide(mill, "same", "ford", "weir:river-guard", "--reason", "x")
    assert code == 2
    flat = " ".join(told.split())
    assert f"ford is in places/, and river-guard in actors/ of weir: {TWO_SORTS}" in flat
    assert decide(mill, "same", "river-guard", "weir:river-guard", "--reason", "x")[0] == 0
    assert decide(mill, "same", "ford", "none:river-guard", "--reason", "x")[0] == 0


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("theirs.tsv", "ford\tskos:exactMatch\t\triver-guard\tx\n"),
        ("theirs.ijson", '["mill-ford", "mill-river-guard", "positive", 0.8, "editors", null]\n'),
    ],
)
def test_two_sorts_in_a_file_of_others_are_told_with_the_line(
    mill: Path, tmp_path: Path, file: str, line: str
) -> None:
    path = tmp_path / file
    path.write_text((SSSOM if file.endswith(".tsv") else "") + line, "utf-8")
    before = (mill / "identity.toml").read_text("utf-8")
    code, told = hudna(mill, "--take", str(path), "--by", "editors")
    number = 2 if file.endswith(".tsv") else 1
    assert code == 1
    assert f"{file}:{number}:" in "".join(told.split())
    assert TWO_SORTS in " ".join(told.split())
    assert (mill / "identity.toml").read_text("utf-8") == before


def test_the_same_row_twice_and_predicates_in_full(mill: Path, tmp_path: Path) -> None:
    row = "river-guard\thttp://www.w3.org/2004/02/skos/core#exactMatch\t\tucdp-actor:504\tx"
    code, told = taken(mill, tmp_path / "theirs.tsv", row, row)
    assert code == 0
    assert "1 judgement added, 1 known already" in told


def test_a_file_that_cannot_be_written_is_told(mill: Path, tmp_path: Path) -> None:
    code, told = hudna(mill, "--export", "sssom", str(tmp_path / "none" / "out.tsv"))
    assert code == 74
    assert "out.tsv: No such file" in " ".join(told.split())


def test_what_is_secret_goes_into_no_file(mill: Path, tmp_path: Path) -> None:
    decide(mill, "same", "river-guard", "ucdp-actor:504", "--reason", "One chief.")
    path = mill / "identity.toml"
    path.write_text(path.read_text("utf-8") + 'access = "secret"\n', "utf-8")
    file = tmp_path / "out.tsv"
    assert hudna(mill, "--export", "sssom", str(file))[0] == 0
    assert "ucdp-actor" not in file.read_text("utf-8")
