"""What claims amount to, and whose world a statement belongs to: in Python, queries and the page.

The oracle counts whole sets of statements: what is accepted, with what the voice asserts, and
without what it denies.
"""

from __future__ import annotations

from itertools import chain, combinations, product
from typing import TYPE_CHECKING, NamedTuple

import miniature
import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages import asked

import graph as package
from graph.build import recipe
from graph.errors import UsageError
from graph.model import Certainty, Stance
from graph.model.terms import HUD, XSD, short, text
from graph.network.projection import network
from graph.query.named import bound, named_queries
from graph.query.parameters import QUERIES
from graph.read import Stand
from graph.read.rules import World, periods, spans_of, spells, tells, together
from graph.read.rules import world as world_of_voice
from graph.read.select import Graph, select
from graph.viewer.page import page
from graph.viewer.payload import payload
from graph.viewer.picture import lines, picture

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from miniature import Judged

    from graph.build.case import OpenedCase
    from graph.query.named import Query

STANDS = st.lists(
    st.builds(
        Stand,
        claim=st.just(""),
        voice=st.sampled_from("abc"),
        stance=st.sampled_from([str(stance) for stance in Stance]),
        certainty=st.sampled_from([str(certainty) for certainty in Certainty]),
        source=st.sampled_from("xyz"),
    ),
    max_size=6,
)
SUREST_FIRST = ("certain", "probable", "possible", "unspecified")
TAKES_FOR_TRUE = ("asserts", "endorses", "suspects", "expects")


@given(STANDS)
def test_together_claims_are_as_sure_as_the_surest_that_affirms(stands: list[Stand]) -> None:
    affirming = [one for one in stands if one.stance in TAKES_FOR_TRUE]
    said = {one.certainty for one in affirming or stands}
    surest = [{"certainty": certainty} for certainty in SUREST_FIRST if certainty in said]
    assert together(stands) == {
        "claims": len(stands),
        "voices": in_order(one.voice for one in stands),
        "sources": in_order(one.source for one in stands),
        **(surest[0] if surest else {}),
    }


def in_order(names: Iterable[str]) -> list[str]:
    """Return names, each where it stands first."""
    found: list[str] = []
    for name in names:
        found += [name] * (name not in found)
    return found


def test_a_sure_denial_does_not_make_an_unsure_statement_sure() -> None:
    unsure = Stand("1", "a", "asserts", "possible", "x")
    assert together([unsure, Stand("2", "b", "denies", "certain", "x")])["certainty"] == "possible"
    assert together([Stand("2", "b", "denies", "certain", "x")])["certainty"] == "certain"


def world(voice: str, status: Mapping[str, str], stands: Mapping[str, Iterable[Stand]]) -> set[str]:
    """Return the statements in the world of a voice, from all statuses and all stands."""
    said: dict[str, set[str]] = {str(stance): set() for stance in Stance}
    for key, some in stands.items():
        for one in some:
            if one.voice == voice:
                said[one.stance].add(key)
    accepted = {key for key in status if status[key] == "accepted"}
    return (accepted | said["asserts"]) - said["denies"]


ANY = st.sets(st.sampled_from("stu"))
DAYS = ("2014-05-01", "2017-02-13")


@given(ANY, ANY, ANY, st.dictionaries(st.sampled_from("stu"), st.sampled_from(DAYS)))
def test_a_world_is_what_is_accepted_by_then_or_asserted_less_what_is_denied(
    accepted: set[str], asserted: set[str], denied: set[str], told_from: dict[str, str]
) -> None:
    for until in DAYS:
        own = World(frozenset(asserted), frozenset(denied), until)
        known = {one for one in "stu" if told_from.get(one, "") <= until}
        found = {
            one
            for one in "stu"
            if tells(
                own,
                one,
                {
                    "status": "accepted" if one in accepted else "open",
                    "told_from": told_from.get(one, ""),
                },
            )
        }
        assert found == ((accepted & known) | asserted) - denied


def test_what_is_accepted_on_no_dated_grounds_is_in_every_world() -> None:
    for until in ("0001-01-01", *DAYS):
        assert tells(World(frozenset(), frozenset(), until), "s", {"status": "accepted"})


def test_the_world_of_a_voice_in_a_graph(example: Judged) -> None:
    store = ox.Store()
    store.extend(example[1])
    graph = Graph(store, miniature.CASE)
    voice = graph.node("somebody")
    said = {"assertedBy": ["s", "t"], "deniedBy": ["t", "u"]}
    for term, names in said.items():
        for name in names:
            store.add(ox.Quad(graph.node(name), ox.NamedNode(HUD + term), voice))
    sets = map(frozenset, said.values())
    silent = world_of_voice(graph, "somebody")
    assert silent[:2] == tuple(sets)
    assert tells(silent, "x", {"status": "accepted", "told_from": "9999-12-31"})
    for until in ("0100-01-01", "2100-01-01", "2099-12-31"):
        spoke = ox.Literal(until, datatype=ox.NamedNode(XSD + "date"))
        store.add(ox.Quad(voice, ox.NamedNode(HUD + "speaksUntil"), spoke))
    assert world_of_voice(graph, "somebody") == (*silent[:2], "2100-01-01")


# Its periods


def test_spans_are_read_from_a_list_that_has_become_a_text() -> None:
    written = ["2014-01-01/2014-03-31", "2016-01-01?/2016-01-02"]
    assert list(map(str, spans_of({"spans": "; ".join(written)}))) == written
    assert spans_of({"spans": written}) == spans_of({"spans": "; ".join(written)})
    assert spans_of({}) == []


def test_periods_are_those_of_the_spans_joined_where_they_meet() -> None:
    dated = {"spans": ["2014-01-01/2014-03-31 certain 2014-02-01/2014-02-28",
                       "2014-03-01/2014-06-30?", "2016-01-01?/2016-01-02"]}  # fmt: skip
    assert periods(dated) == (("2014-01-01", "2014-06-30"), ("2016-01-01", "2016-01-02"))
    assert periods(dated, "certain") == (("2014-02-01", "2014-02-28"),)
    for time in ("possible", "certain"):
        assert periods({**dated, "timeless": True}, time) == (("", ""),)
    assert (periods({}), periods({}, "certain")) == ((("", ""),), ())


def test_spells_that_overlap_are_one_and_an_open_end_stays_open() -> None:
    apart = [("2016-01-01", "2016-02-01"), ("2014-01-01", "2014-02-01")]
    assert spells(apart) == tuple(sorted(apart))
    joined = {
        (("2014-01", "2014-03"), ("2014-02", "2014-05")): (("2014-01", "2014-05"),),
        (("2014-01", "2014-05"), ("2014-02", "2014-03")): (("2014-01", "2014-05"),),
        (("2014-01", "2014-03"), ("2014-03", "2014-05")): (("2014-01", "2014-05"),),
        (("2014-01", None), ("2014-02", "2014-03")): (("2014-01", ""),),
        (("2014-01", "2014-03"), ("2014-02", None)): (("2014-01", ""),),
        ((None, "2014-03"), ("2014-02", "2014-05")): (("", "2014-05"),),
        ((None, "2014-03"), ("2014-02", None)): (),
        ((None, None), ("2014-02", "2014-05")): (),
        ((None, "2014-01"), ("2014-02", None)): (("", "2014-01"), ("2014-02", "")),
    }
    for given_spells, expected in joined.items():
        assert spells(given_spells) == expected, given_spells


# One list of made cases through the network, the queries and the page

AUTHOR, TELLER, THIRD = "courier-writer", "town-council", "river-guard"
"""One whose assertions are accepted, one whose world is asked for, and one more."""
SETS = tuple(
    chain.from_iterable(combinations(("asserts", "denies", "reports"), size) for size in range(4))
)
"""All that a voice may say of one statement."""
ENDS = {
    # a predicate for each query that takes a voice
    "presentIn": ("bandits", "mill-town"),
    "sellsInto": ("bandits", "mill-town"),
    "mayStayIn": ("bandits", "mill-town"),
    "interlocutorFor": ("courier-writer", "townspeople"),
    "victim": ("ev-shelling", "bandits"),
}
STATEMENT = """
[[statement]]
id = "{id}"
subject = "{ends[0]}"
predicate = "{predicate}"
object = "{ends[1]}"
when = "{when}"
"""
CLAIM = """
[[statement.claims]]
voice = "{voice}"
stance = "{stance}"
certainty = "certain"
passages = ["courier-2020#2.1"]
"""


class Made(NamedTuple):
    """A made statement, and the stances of each voice on it."""

    id: str
    predicate: str
    stances: Mapping[str, tuple[str, ...]]


def made() -> Iterator[Made]:
    every = filter(any, product(SETS, SETS, ((), ("asserts",), ("denies",))))
    for number, said in enumerate(every):
        predicate = tuple(ENDS)[number % len(ENDS)]
        stances = dict(zip((TELLER, AUTHOR, THIRD), said, strict=True))
        yield Made(f"told-{number}", predicate, stances)


def expected(graph: Graph, voice: str) -> set[str]:
    """Return the made statements in the world of a voice, by what was written for them."""
    status = {one.id: str(graph.qualifiers(one.id)["status"]) for one in made()}
    stands = {
        one.id: [
            Stand("", voice, stance, "certain", "courier-2020")
            for voice, stances in one.stances.items()
            for stance in stances
        ]
        for one in made()
    }
    return world(voice, status, stands)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> OpenedCase:
    folder = miniature.copied(tmp_path_factory.mktemp("data"))
    written = ""
    for number, one in enumerate(made()):
        written += STATEMENT.format(
            id=one.id, predicate=one.predicate, ends=ENDS[one.predicate], when=1900 + number
        )
        for voice, stances in one.stances.items():
            for stance in stances:
                written += CLAIM.format(voice=voice, stance=stance)
    miniature.written(folder, "statements/told.toml", written)
    public = tmp_path_factory.mktemp("built") / "public"
    recipe.build(miniature.CASE, folder.parent, public)
    return package.open(miniature.CASE, public)


VOICES = (AUTHOR, TELLER, THIRD, "observers")


def test_the_made_cases_are_of_every_kind(case: OpenedCase) -> None:
    statuses = {case.graph.qualifiers(one.id)["status"] for one in made()}
    assert statuses == {"accepted", "contested", "alleged", "open", "rejected"}
    inside = {voice: expected(case.graph, voice) for voice in VOICES}
    assert len(set(map(frozenset, inside.values()))) == len(VOICES)


@pytest.mark.parametrize("voice", VOICES)
def test_a_network_is_the_world_of_a_voice(case: OpenedCase, voice: str) -> None:
    ties = {key for *_, key in case.network("ties", voice=voice).edges(keys=True)}
    roles = {key for *_, key in case.network("participation", voice=voice).edges(keys=True)}
    told = {key for key in ties | roles if key.startswith("told-")}
    assert told == expected(case.graph, voice)


NEEDED = {"of": "ev-shelling", "actor": "bandits", "other": "mill-town"}


def answered(graph: Graph, query: Query, **more: str) -> set[str]:
    """Return the statements that a query answers with."""
    given = {param.name: NEEDED[param.name] for param in query.params if param.required}
    table = select(graph.store, bound(query, {**given, **more}, graph))
    return {short(text(term)) for term in table.column("statement")}


def test_every_query_asked_as_a_voice_keeps_to_its_world(case: OpenedCase) -> None:
    seen: set[str] = set()
    for name, query in named_queries([QUERIES]).items():
        if "as" in {param.name for param in query.params}:
            every = answered(case.graph, query)
            told = {key for key in every if key.startswith("told-")}
            assert told, name
            for voice in VOICES:
                found = answered(case.graph, query, **{"as": voice})
                assert found <= every
                assert found & told == expected(case.graph, voice) & told, (name, voice)
            seen |= told
    assert seen == {one.id for one in made()}


def test_as_takes_those_who_make_a_claim(case: OpenedCase) -> None:
    [ties] = (query for name, query in named_queries([QUERIES]).items() if name == "ties")
    for wrong in ("bandits", "townspeople"):
        with pytest.raises(
            UsageError, match=f'as: "{wrong}" makes no claim; "hudna query --values voice"'
        ):
            bound(ties, {"as": wrong}, case.graph)
        with pytest.raises(UsageError, match="makes no claim"):
            case.network("ties", voice=wrong)
        assert bound(ties, {"actor": wrong}, case.graph)
    assert bound(ties, {"as": "river-guard"}, case.graph)


def test_the_page_shows_the_world_of_a_voice(case: OpenedCase) -> None:
    page = (case.folder / "index.html").read_bytes()
    keys = sorted(one.id for one in made())
    assert set(keys) <= payload(case.graph)["statements"].keys()
    for voice in VOICES:
        answers = asked(page, *(("inWorld", key, f"voice:{voice}") for key in keys))
        told = {key for key, answer in zip(keys, answers, strict=True) if answer}
        assert told == expected(case.graph, voice)


def test_voices_in_homs_are_told_alike_by_network_queries_and_page(judged: Judged) -> None:
    graph = Graph(judged[1], miniature.CODED)
    ties = named_queries([QUERIES])["ties"]
    shown = page(payload(graph), picture(lines(graph), places={}), title="", about={})
    keys = sorted(answered(graph, ties) & payload(graph)["statements"].keys())
    voices = sorted(
        {one.voice for key in keys for one in graph.stands_on(key)} - {*graph.ids("Hearsay")}
    )
    assert len(voices) > 10
    answers = iter(
        asked(shown, *(("inWorld", key, f"voice:{voice}") for voice in voices for key in keys))
    )
    for voice in voices:
        inside = {key for key in keys if next(answers)}
        assert answered(graph, ties, **{"as": voice}) & set(keys) == inside
        network_of = network(graph, "ties", voice=voice)
        drawn = {key for *_, key in network_of.edges(keys=True)}
        unknown = {key for key in keys if not graph.qualifiers(key)}
        assert drawn & set(keys) <= inside | unknown
