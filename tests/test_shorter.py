"""Shorter files: a file with defaults is the same as one written out, ids rest on nothing else, and
what the reader makes is marked and moves nothing."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import miniature
import pyoxigraph as ox
import pytest
from depth import examples
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from graph import reader
from graph.build import derive, quads
from graph.model.record import NOWHERE
from graph.model.terms import HUD
from graph.read import CaseGraph, cited_claims, store
from graph.reader.statements import made_id

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from random import Random

    from graph.model import Case, Claim, Statement

FILE = "statements/extra.toml"
VOICES = ("courier-writer", "town-council", "bandits")
ENDS = ("bandits", "river-guard", "townspeople", "town-council")


def toml(table: dict[str, Any]) -> str:
    """Return the keys of a table, with tables in lists as inline ones."""

    def told(value: object) -> str:
        if isinstance(value, dict):
            return f"{{ {', '.join(f'{key} = {told(one)}' for key, one in value.items())} }}"
        if isinstance(value, list):
            return f"[{', '.join(map(told, value))}]"
        return json.dumps(value, ensure_ascii=False)

    return "".join(f"{key} = {told(value)}\n" for key, value in table.items())


def statements_file(entries: list[dict[str, Any]], defaults: dict[str, str] | None = None) -> str:
    head = f"[defaults]\n{toml(defaults)}\n" if defaults else ""
    return head + "\n".join(f"[[statement]]\n{toml(entry)}" for entry in entries)


def read(folder: Path) -> dict[str, Statement]:
    """Return the statements of a case by their ids, without the places where they stand."""
    case = reader.read(folder, miniature.ONTOLOGY)
    return {one.id: bare(one) for one in case.statements}


def bare(statement: Statement) -> Statement:
    claims = tuple(replace(claim, origin=NOWHERE) for claim in statement.claims)
    return replace(statement, claims=claims, origin=NOWHERE)


def with_file(folder: Path, text: str, name: str = FILE) -> dict[str, Statement]:
    miniature.written(folder, name, text)
    return read(folder)


def said(folder: Path, text: str, name: str = FILE) -> list[tuple[int, str, str]]:
    """Return the line, the place and the message of each problem of a file."""
    miniature.written(folder, name, text)
    return [one[1:] for one in miniature.problems_of(folder)]


CLAIMS = st.lists(
    st.fixed_dictionaries(
        {
            "voice": st.sampled_from(VOICES),
            "stance": st.sampled_from(("asserts", "denies", "doubts")),
            "certainty": st.sampled_from(("certain", "unspecified")),
            "passages": st.sampled_from((["courier-2020#4.1"], ["courier-2020#4.2"],
                                         ["observers-2020#2.1"])),
        }
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda claim: (claim["voice"], claim["stance"], claim["passages"][0][:5]),
)  # fmt: skip
TIMES: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    (
        {"when": "2020-06"},
        {"when": "2020-05", "when_basis": "cited", "when_passages": ["courier-2020#3.1"]},
        {"begins": "2020"},
    )
)


@st.composite
def entries(draw: st.DrawFn) -> list[dict[str, Any]]:
    pairs = draw(st.lists(st.sampled_from([(a, b) for a in ENDS for b in ENDS if a != b]),
                          min_size=1, max_size=4, unique=True))  # fmt: skip
    return [
        {"subject": a, "predicate": "shells", "object": b, **draw(TIMES), "claims": draw(CLAIMS)}
        for a, b in pairs
    ]


FEW = examples(25, suppress_health_check=[HealthCheck.function_scoped_fixture])


def shortened(
    entry: dict[str, Any], defaults: dict[str, str], leave: Iterator[bool]
) -> dict[str, Any]:
    """Return an entry without some of what the defaults say."""

    def bare_passages(cited: list[str]) -> list[str]:
        prefix = f"{defaults['source']}#"
        return [one.removeprefix(prefix) if next(leave) else one for one in cited]

    def short(claim: dict[str, Any]) -> dict[str, Any]:
        kept = {key: value for key, value in claim.items()
                if defaults.get(key) != value or not next(leave)}  # fmt: skip
        return {**kept, "passages": bare_passages(claim["passages"])}

    found = {**entry, "claims": [short(claim) for claim in entry["claims"]]}
    if "when_passages" in entry:
        found["when_passages"] = bare_passages(entry["when_passages"])
    times = {key for key in entry if key.startswith("when") or key == "begins"}
    if times == {"when"} and entry["when"] == defaults["when"] and next(leave):
        del found["when"]
    return found


@FEW
@given(written=entries(), seed=st.randoms(use_true_random=False), voice=st.sampled_from(VOICES))
def test_a_file_with_defaults_reads_as_the_file_written_out(
    folder: Path, written: list[dict[str, Any]], seed: Random, voice: str
) -> None:
    defaults = {
        "voice": voice, "source": "courier-2020", "certainty": "certain", "when": "2020-06"
    }  # fmt: skip
    leave = iter(lambda: seed.random() < 0.7, None)
    short = [shortened(entry, defaults, leave) for entry in written]
    whole = with_file(folder, statements_file(written))
    assert with_file(folder, statements_file(short, defaults)) == whole


@pytest.mark.parametrize("name", ["events/ev-shelling.toml", "agreements/ag-may-truce.toml"])
def test_a_file_of_an_event_or_agreement_takes_defaults_too(folder: Path, name: str) -> None:
    before = read(folder)
    text = (folder / name).read_text("utf-8")
    defaults = (
        '[defaults]\nvoice = "courier-writer"\nsource = "courier-2020"\ncertainty = "certain"\n'
    )
    for said_once in ('voice = "courier-writer", ', 'certainty = "certain", ', "courier-2020#"):
        assert said_once in text
        text = text.replace(said_once, "")
    head, table, rest = text.partition("\n[")
    assert with_file(folder, f"{head}\n{defaults}{table}{rest}", name) == before


def test_a_cue_takes_the_source_of_its_file(folder: Path) -> None:
    entry = {"subject": "bandits", "predicate": "shells", "object": "townspeople",
             "claims": [{"voice": "courier-writer", "stance": "asserts", "certainty": "certain",
                         "passages": ["4.1"], "cue": ["4.1:0-2"]}]}  # fmt: skip
    found = with_file(folder, statements_file([entry], {"source": "courier-2020"}))
    (claim,) = found["bandits.shells.townspeople"].claims
    assert claim.cue == ("courier-2020#4.1:0-2",)


PLAIN = {"subject": "bandits", "predicate": "shells", "object": "townspeople"}
SHORT = {**PLAIN, "claims": [{"stance": "asserts", "passages": ["4.1"]}]}
GOOD = {"voice": "courier-writer", "source": "courier-2020", "certainty": "certain"}


@pytest.mark.parametrize(
    ("wrong", "place", "message"),
    [
        ({"vioce": "bandits"}, "defaults, vioce", 'did you mean "voice"'),
        ({"stance": "assert"}, "defaults, stance", 'did you mean "asserts"'),
        ({"voice": "author"}, "defaults, voice", 'document "author" in this case'),
        ({"certainty": "sure"}, "defaults, certainty", '"sure" is not a certainty'),
        ({"source": "courier-2021"}, "defaults, source", 'no source "courier-2021"'),
        ({"voice": "courier-wrter"}, "defaults, voice", 'no actor or document "courier-wrter"'),
        ({"voice": 5}, "defaults, voice", "write text in quotes"),
        ({"when": "junish"}, "defaults, when", "junish"),
    ],
)
def test_what_is_wrong_with_a_default_is_told_once_and_there(
    folder: Path, wrong: dict[str, Any], place: str, message: str
) -> None:
    defaults = {**GOOD, **wrong}
    problems = said(folder, statements_file([SHORT, {**SHORT, "subject": "river-guard"}], defaults))
    assert [(line, where) for line, where, _ in problems] == [
        (2 + list(defaults).index(next(iter(wrong))), place)
    ]
    assert message in problems[0][2]
    assert 'did you mean "author"' not in problems[0][2]


def test_without_a_default_nothing_is_taken_for_granted(folder: Path) -> None:
    problems = said(folder, statements_file([SHORT], {"source": "courier-2020"}))
    told = [message for *_, message in problems]
    assert sorted(told) == ['the key "certainty" is missing', 'the key "voice" is missing']
    problems = said(folder, statements_file([SHORT], {"voice": "bandits", "certainty": "certain"}))
    assert [line for line, *_ in problems] == [9]
    assert '"4.1" names no source' in problems[0][2]


def test_an_event_has_its_date_itself(folder: Path) -> None:
    text = 'label = "A day"\nkind = "shelling"\n[defaults]\nwhen = "2020"\n'
    claims = [{**GOOD, "stance": "asserts", "passages": ["courier-2020#4.1"]}]
    del claims[0]["source"]
    text += f"[occurred]\n{toml({'claims': claims})}"
    ((line, place, message),) = said(folder, text, "events/ev-day.toml")
    assert (line, place) == (4, "defaults, when")
    assert "unknown key" in message


# Ids


@FEW
@given(written=entries(), seed=st.randoms(use_true_random=False))
def test_made_ids_rest_on_the_three_parts_alone(
    folder: Path, written: list[dict[str, Any]], seed: Random
) -> None:
    """Neither the order nor the company of a statement, nor its date, changes its id."""
    whole = with_file(folder, statements_file(written))
    made = {".".join((one["subject"], one["predicate"], one["object"])) for one in written}
    assert made <= whole.keys()
    mixed = [{**one, "scope": "some"} for one in written]
    seed.shuffle(mixed)
    some = with_file(folder, statements_file(mixed[: seed.randint(1, len(mixed))]))
    for name in made & some.keys():
        assert replace(some[name], scope="") == whole[name]
    assert some.keys() <= whole.keys()


@pytest.mark.parametrize(
    ("value", "made"),
    [
        (300, "300"),
        (True, "true"),
        (350.5, "350-5"),
        ("20 to 30", "20-to-30"),
        ("20-30", "20-30"),
        (-5, "5-[0-9a-f]{8}"),
        ("about 20/30", "about-20-30-[0-9a-f]{8}"),
        ("\u062d\u0645\u0635", "[0-9a-f]{8}"),
        ("a word " * 9, "a-word-a-word-[a-z-]*-[0-9a-f]{8}"),
    ],
)
def test_a_value_stands_in_an_id_as_a_slug(value: str | float, made: str) -> None:
    assert re.fullmatch(rf"bandits\.hasSize\.{made}", made_id("bandits", "hasSize", None, value))


@given(st.lists(st.text(min_size=1, max_size=60), min_size=2, max_size=2, unique_by=str.lower))
def test_texts_that_differ_make_ids_that_differ_and_that_an_address_can_hold(
    values: list[str],
) -> None:
    one, other = (made_id("a", "b", None, value).removeprefix("a.b.") for value in values)
    plain = [value.lower().replace(".", "-").replace(" ", "-") for value in values]
    assert one != other or plain[0] == plain[1]
    assert all(sign.isascii() and (sign.isalnum() or sign == "-") for sign in one + other)
    assert 0 < len(one) <= 49


def test_two_of_the_same_three_parts_are_told_at_both_places(folder: Path) -> None:
    claims = [{"voice": "courier-writer", "stance": "asserts", "certainty": "certain",
               "passages": ["courier-2020#4.1"]}]  # fmt: skip
    first = {**PLAIN, "claims": claims}
    problems = said(folder, statements_file([first, {**first, "when": "2020-06"}]))
    assert [line for line, *_ in problems] == [1, 7]
    assert all("a statement in this file has the same three parts" in one[2] for one in problems)
    assert 'id = "bandits-shells-townspeople-2020-06"' in problems[1][2]
    named = {**first, "id": "bandits-shells-townspeople-2020-06", "when": "2020-06"}
    assert {"bandits.shells.townspeople", named["id"]} <= with_file(
        folder, statements_file([first, named])
    ).keys()


def test_a_role_written_again_as_a_statement_is_told(folder: Path) -> None:
    again = {"subject": "ev-shelling", "predicate": "victim", "object": "townspeople"}
    claims = [{**GOOD, "stance": "asserts", "passages": ["4.1"]}]
    del claims[0]["source"]
    text = statements_file([{**again, "claims": claims}], {"source": "courier-2020"})
    ((line, _, message),) = said(folder, text)
    assert line == 4
    assert "in events/ev-shelling.toml" in message


# Claims that follow


def made(statements: dict[str, Statement], name: str) -> list[Claim]:
    return [claim for claim in statements[name].claims if claim.made]


def attributed(*claims: tuple[str, str], source: str = "courier-2020") -> dict[str, Any]:
    return {
        **PLAIN,
        "claims": [
            {
                "voice": voice,
                "stance": stance,
                "certainty": "certain",
                "passages": [f"{source}#2.1"],
            }
            for voice, stance in claims
        ],
    }


NAME = "bandits.shells.townspeople"


@pytest.mark.parametrize(
    ("claims", "count"),
    [
        ([("town-council", "asserts")], 1),
        ([("town-council", "asserts"), ("river-guard", "denies")], 1),
        ([("observers", "asserts")], 1),
        ([("courier-writer", "asserts")], 0),
        ([("town-council", "asserts"), ("courier-writer", "doubts")], 0),
        ([("editors", "suspects")], 0),
        ([("editors", "suspects"), ("town-council", "asserts")], 1),
        ([("unattributed", "asserts")], 0),
        ([("ag-may-truce", "asserts")], 0),
        ([("observers-2020", "asserts")], 0),
    ],
)
def test_an_author_passes_on_what_another_actor_says(
    folder: Path, claims: list[tuple[str, str]], count: int
) -> None:
    found = made(with_file(folder, statements_file([attributed(*claims)])), NAME)
    assert len(found) == count
    for claim in found:
        assert (claim.voice, claim.stance, claim.certainty, claim.mode) == (
            "courier-writer", "reports", "unspecified", "fact"
        )  # fmt: skip
        assert [ref.citation for ref in claim.passages] == ["courier-2020#2.1"]


def test_each_source_passes_on_by_its_first_author(folder: Path) -> None:
    source = folder / "sources" / "courier-2020.toml"
    text = source.read_text("utf-8")
    two = text.replace(
        'authors = ["courier-writer"]', 'authors = ["townspeople", "courier-writer"]'
    )
    assert two != text
    source.write_text(two, "utf-8")
    entry = attributed(("town-council", "asserts"))
    entry["claims"] += attributed(("town-council", "asserts"), source="observers-2020")["claims"]
    found = made(with_file(folder, statements_file([entry])), NAME)
    assert [(one.voice, one.source) for one in found] == [
        ("townspeople", "courier-2020"), ("observers", "observers-2020")
    ]  # fmt: skip


def derived(case: Case, folder: Path) -> set[tuple[str, ...]]:
    """Return the judged graph of some records, each quad as four texts."""
    ontology = miniature.ONTOLOGY
    graph = store.in_memory(ontology.quads, quads.quads(case, ontology, folder))
    derive.derive(graph, derive.rules(ontology.folder / "rules"))
    return {
        tuple(getattr(term, "value", str(term)) for term in quad)
        for quad in graph
        if not isinstance(quad.subject, ox.BlankNode) and not isinstance(quad.object, ox.BlankNode)
    }


def test_what_the_reader_makes_moves_no_status_and_no_date(folder: Path) -> None:
    """The same graph without the made claims says the same of every statement."""
    texts = [attributed(("town-council", "denies")), {**attributed(("observers", "asserts")),
             "object": "town-council", "when": "2020"}]  # fmt: skip
    miniature.written(folder, FILE, statements_file(texts))
    case = reader.read(folder, miniature.ONTOLOGY)
    assert sum(bool(claim.made) for one in case.statements for claim in one.claims) == 3
    without = replace(
        case,
        statements=tuple(
            replace(one, claims=tuple(claim for claim in one.claims if not claim.made))
            for one in case.statements
        ),
    )
    made = {f"{miniature.BASE}{claim.id}" for one in case.statements for claim in one.claims
            if claim.made}  # fmt: skip
    assert {one for one in derived(case, folder) if not made & set(one)} == derived(without, folder)


def test_made_claims_are_marked_in_the_graph(example: miniature.Judged) -> None:
    case, graph = example
    marked = {quad.subject.value.removeprefix(miniature.BASE)
              for quad in graph if quad.predicate.value == f"{HUD}made"}  # fmt: skip
    expected = {claim.id for one in case.statements for claim in one.claims if claim.made}
    assert marked == expected == {"guard-at-the-ford.courier-writer.reports.courier-2020"}


def test_made_claims_are_told_as_such(example: miniature.Judged) -> None:
    _, graph = example
    shown = cited_claims(CaseGraph(graph, miniature.CASE), "guard-at-the-ford")
    assert [str(one) for one in shown if "made by the reader" in str(one)] == [
        "writer of the Courier: reports (made by the reader), courier-2020#4.2, courier-2020#4.3"
    ]
