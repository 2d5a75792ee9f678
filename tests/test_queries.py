"""The named queries: documented, answerable with each parameter, right on stored questions."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, ClassVar, cast

import miniature
import pyoxigraph as ox
import pytest

from graph import query
from graph.errors import InputOutputError, UsageError
from graph.model import Statement, specs
from graph.model import terms as term_text
from graph.model.days import SHOWN_ON_A_DAY
from graph.model.terms import HUD
from graph.query.days import as_of, day_in, named_answer, on_day
from graph.query.parameters import choices
from graph.query.results import answered as stored_answer
from graph.query.results import stored_questions, with_passages

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from miniature import Judged

ANSWERS = miniature.PROJECT / "data" / miniature.CODED / "answers"
GENERAL = query.named_queries([query.QUERIES])
ALL = query.named_queries([query.QUERIES, ANSWERS])
QUESTIONS = stored_questions(ANSWERS)
DATED = [
    name
    for name in ALL
    if any(param.name == "on" and param.type == "Date" for param in ALL[name].params)
]

VALUES = {
    "about": "ndf",
    "accused": "ndf",
    "actor": "ndf",
    "after": "2014-01-01",
    "agreement": "ag-waer-dec2015",
    "as": "waer-residents",
    "before": "2014-12-31",
    "camp": "gov-syria",
    "class": "Place",
    "change": "changed",
    "clause": "ag-waer-dec2015.c1",
    "coding": "nothing",
    "earlier": "ag-waer-dec2015",
    "event": "ev-bombings-homs",
    "family": "coercion",
    "from": "aqeel",
    "gap": "object",
    "government": "gov-syria",
    "group": "profit-chain",
    "instance": "ev-defiance",
    "judgement": "different",
    "kind": "truce",
    "later": "ag-waer-aug2016",
    "mechanism": "m-precedent",
    "member": "ndf",
    "modality": "estimate",
    "of": "ag-homs2014",
    "object": "waer",
    "on": "2016-03-15",
    "other": "barazi",
    "place": "waer",
    "predicate": "perpetrator",
    "process": "ev-waer-talks",
    "question": "f-bombings",
    "relation": "cause",
    "role": "party",
    "rule": "pending",
    "sentence": "26.1",
    "sided": "two-sided",
    "sign": "-1",
    "source": "waer-2017",
    "stage": "signed",
    "stance": "asserts",
    "state": "refused",
    "statement": "bombings-by-ndf",
    "status": "accepted",
    "steps": "2",
    "text": "Zahra",
    "thing": "ev-bombings-homs",
    "to": "assad",
    "topic": "weapons",
    "voice": "s2-authors",
    "word": "detainee",
}
"""A value for every parameter, by its name; with it most queries answer with some row."""

OVERRIDES = {
    ("alleged", "voice"): "homs-loyalists",
    ("claims-of-responsibility", "voice"): "isil",
    ("clauses-elsewhere", "agreement"): "ag-homs2014",
    ("clauses-elsewhere", "place"): "homs-city",
    ("blamed-by-both", "other"): "waer-side",
    ("called", "thing"): "gov-syria",
    ("contradictions", "about"): "isil",
    ("contradictions", "voice"): "isil",
    ("contested", "about"): "ndf",
    ("control", "actor"): "nusra",
    ("control", "predicate"): "presentIn",
    ("disagreements", "predicate"): "hasDeathToll",
    ("figures-by-rule", "predicate"): "hasDeathToll",
    ("denied", "about"): "isil",
    ("denied", "voice"): "student",
    ("economy", "predicate"): "chargesForPassageInto",
    ("estimates", "thing"): "waer-residents",
    ("estimates", "voice"): "unhrc",
    ("figures", "predicate"): "hasSize",
    ("figures-compared", "other"): "waer-residents",
    ("figures-compared", "predicate"): "hasSize",
    ("figures-compared", "thing"): "north-homs-residents",
    ("figures", "kind"): "detainees",
    ("gaps", "about"): "darayya",
    ("gaps", "gap"): "which date",
    ("go-betweens", "actor"): "brahimi",
    ("go-betweens", "on"): "2016-11-30",
    ("go-betweens", "predicate"): "mediatesBetween",
    ("notes", "on"): "ev-akrama",
    ("obligations", "actor"): "waer-rebels",
    ("open", "about"): "waer-rebels",
    ("open", "stance"): "demands",
    ("open", "voice"): "waer-committee",
    ("part-in", "role"): "agent",
    ("pressure", "actor"): "gov-syria",
    ("permissions", "actor"): "waer-rebels",
    ("permissions", "predicate"): "mayStayIn",
    ("roles", "actor"): "zietun",
    ("roles", "of"): "gov-negotiators",
    ("roles", "role"): "leads",
    ("same", "thing"): "old-homs",
    ("signed-ties", "actor"): "ndf",
    ("sizes", "kind"): "residents",
    ("stages", "on"): "2016-09-15",
    ("tie-between", "on"): "2016-09-15",
    ("ties", "family"): "command",
    ("ties", "predicate"): "defies",
    ("timeline", "kind"): "bombing",
    ("timeline", "role"): "victim",
    ("unknowns", "about"): "ev-bombings-homs",
    ("verdicts", "about"): "ag-homs2014",
    ("voices", "source"): "waer-2017",
}
"""Values that fit one query better, by query and parameter."""


def plain(term: object | None) -> str:
    """Return a term as stored answers write it: an id, the local name of a kind, or text."""
    if isinstance(term, ox.NamedNode):
        return (
            term_text.short(term.value).rpartition(":")[2]
            if "//" not in term_text.short(term.value)
            else term.value
        )
    return term_text.text(term)


def value(name: str, param: str) -> str:
    """Return a sensible value for a parameter of a query; where Homs is not there, any."""
    if miniature.CODED != "homs":
        return any_value(name, param)
    return OVERRIDES.get((name, param)) or VALUES[param]


@cache
def any_value(name: str, param: str) -> str:
    """Return the first value that a parameter takes in the larger case."""
    graph = larger()
    asked = ALL[name].param(param)
    assert asked is not None
    if asked.type == "Sentence":
        return min(number for _, number in graph.pairs(HUD + "sentence"))
    if asked.type == "Statement":
        return graph.ids("Statement")[0]
    listed = {"Date": "2020-11-10", "Integer": "1", "Text": "a", "Name": "Russia"}
    found = next((one.id for one in choices(asked, graph)), listed.get(asked.type))
    return found or pytest.skip(f"the case {graph.case} has nothing of the class {asked.type}")


@cache
def larger() -> query.Graph:
    """Return the larger case, where no fixture can be asked for."""
    _, store = miniature.judged(miniature.PROJECT / "data" / miniature.CODED)
    return query.Graph(store, miniature.CODED)


def required(name: str) -> dict[str, str]:
    """Return values for those parameters that a query cannot do without."""
    needed = [param.name for param in ALL[name].params if param.required]
    return {one: value(name, one) for one in [*needed, *ALL[name].one_of[:1]]}


def answered(name: str, params: dict[str, str], graph: query.Graph) -> query.Table:
    """Return what a query answers."""
    return named_answer(ALL[name], params, graph)


def cells(table: query.Table, columns: Iterable[str]) -> list[tuple[str, ...]]:
    """Return the different rows of some columns as plain text, in the order of the table."""
    places = [table.columns.index(column) for column in columns]
    rows = (tuple(plain(row[place]) for place in places) for row in table.rows)
    return list(dict.fromkeys(rows))


@pytest.fixture(scope="session")
def homs(judged: Judged) -> query.Graph:
    """The graph of the larger case."""
    case, store = judged
    return query.Graph(store, case.id)


def test_a_query_is_read_when_it_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "good.rq").write_text("# title: Good\nASK {}", "utf-8")
    (tmp_path / "bad.rq").write_bytes(b"\xff")
    found = query.named_queries([query.QUERIES, tmp_path])
    assert {"good", "bad", *ALL} == set(found)
    assert list(found) == sorted(found)
    assert found["good"].title == "Good"
    assert "worse" not in found
    with pytest.raises(InputOutputError, match=r"bad\.rq"):
        found["bad"]


@pytest.mark.parametrize("name", ALL)
def test_the_header_documents_the_query(name: str) -> None:
    found = ALL[name]
    assert found.title != name
    assert found.title[0].isupper()
    assert not found.title.endswith(".")
    assert found.text.endswith(".")
    assert all(param.text for param in found.params)
    assert len({param.name for param in found.params}) == len(found.params)


@pytest.mark.parametrize("name", ALL)
def test_the_header_and_the_query_name_the_same_parameters(name: str) -> None:
    found = ALL[name]
    declared = {param.name for param in found.params}
    assert declared == set(re.findall(r"VALUES \?(\w+) \{ UNDEF \}", found.sparql))
    line = re.search(r"^# required: (.*)$", found.sparql, re.MULTILINE)
    named = set(line[1].split()) if line else set()
    assert named == {param.name for param in found.params if param.required}


@pytest.mark.some(4)
@pytest.mark.parametrize("name", ALL)
def test_the_query_is_whole_without_the_prefixes_of_the_project(
    name: str, homs: query.Graph
) -> None:
    homs.store.query(ALL[name].sparql)


@pytest.mark.parametrize("name", ALL)
def test_hidden_columns_are_columns(name: str, homs: query.Graph) -> None:
    assert ALL[name].hidden <= set(answered(name, required(name), homs).columns)


@pytest.mark.parametrize("name", GENERAL)
def test_a_general_query_knows_nothing_of_a_case(name: str) -> None:
    used = re.findall(r"<(https://w3id.org/hudna/[^>]*)>", GENERAL[name].sparql)
    assert {iri.rpartition("/")[2] for iri in used} <= {"ontology#", ""}
    assert "homs" not in GENERAL[name].sparql


SEQUEL = {
    "agreement": "ag-spring",
    "clause": "ag-spring.c1",
    "actor": "river-guard",
    "camp": "town-council",
    "earlier": "ag-spring",
    "event": "ev-raid",
    "from": "river-guard",
    "government": "river-state",
    "later": "ag-summer",
    "of": "ag-may-truce",
    "other": "townspeople",
    "place": "mill-town",
    "question": "q-who-shelled",
    "sentence": "4.1",
    "statement": "siege-of-mill-town",
    "text": "mill",
    "thing": "river-guard",
    "to": "town-council",
    "voice": "town-council",
}
"""A value for what queries need in the miniature case with deals on captives."""
OF_SEQUEL = {
    ("blamed-by-both", "other"): "bandits",
    ("clauses-elsewhere", "place"): "ferry",
    ("tie-between", "other"): "town-council",
}


@pytest.fixture(scope="module")
def sequel(tmp_path_factory: pytest.TempPathFactory) -> query.Graph:
    """A small case in which every query finds something."""
    folder = miniature.sequel(tmp_path_factory.mktemp("sequel"))
    return query.Graph(miniature.judged(folder)[1], miniature.CASE)


@pytest.mark.parametrize("name", GENERAL)
def test_the_query_finds_something(name: str, sequel: query.Graph) -> None:
    needed = [param.name for param in GENERAL[name].params if param.required]
    needed += GENERAL[name].one_of[:1]
    given = {one: OF_SEQUEL.get((name, one)) or SEQUEL[one] for one in needed}
    assert named_answer(GENERAL[name], given, sequel).rows


@pytest.mark.parametrize("name", [name for name in GENERAL if not required(name)])
def test_the_query_can_be_asked_in_another_case(name: str, example: Judged) -> None:
    case, store = example
    answered(name, {}, query.Graph(store, case.id))


@pytest.mark.parametrize(
    ("name", "param"), [(name, param.name) for name in ALL for param in ALL[name].params]
)
def test_each_parameter_narrows_the_answer(name: str, param: str, homs: query.Graph) -> None:
    needed = required(name)
    narrow = answered(name, needed | {param: value(name, param)}, homs)
    wide = answered(name, needed, homs)
    assert [column for column in narrow.columns if column != "held"] == list(wide.columns)
    # A further status lets more ties count for a path.
    if param not in needed and (name, param) != ("paths", "status"):
        assert len(narrow.rows) <= len(wide.rows)


@pytest.mark.parametrize("name", [name for name in ALL if required(name)])
def test_a_required_parameter_is_asked_for(name: str, homs: query.Graph) -> None:
    with pytest.raises(UsageError, match=r"needs \w+=…"):
        query.bound(ALL[name], {}, homs)


@pytest.mark.parametrize("name", ALL)
def test_rows_on_statements_name_their_statement(name: str, homs: query.Graph) -> None:
    table = answered(name, required(name), homs)
    if {"subject", "predicate", "object"} <= set(table.columns):
        assert "statement" in table.columns
    if "statement" in table.columns:
        cited = with_passages(table, homs)
        assert cited.columns[-1] == "sources"
        assert not table.rows or any(term_text.text(cell) for cell in cited.column("sources"))


@pytest.mark.parametrize("name", DATED)
def test_a_day_tells_what_held_for_certain(name: str, homs: query.Graph) -> None:
    assert "held" not in answered(name, required(name), homs).columns
    day = {"on": value(name, "on")}
    table = answered(name, required(name) | day, homs)
    held = {plain(how) for how in table.column("held") if how is not None}
    assert held <= {"certain", "attested", "possible"}


def test_a_day_before_everything_leaves_nothing_but_what_is_timeless(sequel: query.Graph) -> None:
    asked = {"actor": "river-guard", "on": "1999-01-01"}
    assert answered("ties", asked, sequel).rows == ()
    later = answered("ties", {**asked, "held": "all"}, sequel)
    assert {row[0] for row in cells(later, ["held"])} == {"later", "unplaced"}


class Few:
    """Knows four statements, each by the part of its IRI after the slash."""

    KNOWN: ClassVar[dict[str, dict[str, object]]] = {
        "sure": {"spans": ["2014-01-01/2014-12-31 certain 2014-01-01/2014-12-31"]},
        "over": {"spans": ["2013-01-01/2013-12-31"]},
        "later": {"spans": ["2015-01-01?/2015-12-31"], "status": "accepted"},
        "denied": {"spans": ["2014-01-01/2014-12-31"], "status": "rejected"},
        "denied-later": {"spans": ["2015-01-01?/2015-12-31"], "status": "rejected"},
    }

    def local(self, iri: str) -> str:
        return iri.rpartition("/")[2]

    def qualifiers(self, name: str) -> dict[str, object]:
        return {"predicate": "presentIn", "status": "accepted", **self.KNOWN[name]}


@pytest.mark.parametrize(
    ("columns", "with_held"),
    [
        (("statement", "when", "place"), ("statement", "when", "held", "place")),
        (("when", "statement"), ("when", "held", "statement")),
        (("statement", "place"), ("statement", "place", "held")),
    ],
)
def test_rows_on_a_day_say_beside_when_how_they_held(
    columns: tuple[str, ...], with_held: tuple[str, ...]
) -> None:
    graph, names = cast("query.Graph", Few()), list(Few.KNOWN)
    rows = tuple(
        tuple(ox.NamedNode(f"x:/{name if column == 'statement' else column}") for column in columns)
        for name in names
    )
    day = as_of("2014-05-01")
    assert day
    found, left_out = on_day(query.Table(columns, rows), graph, day)
    assert found.columns == with_held
    held = [(plain(a), b and plain(b)) for a, b in zip(
        found.column("statement"), found.column("held"), strict=True
    )]  # fmt: skip
    assert [(name.rpartition("/")[2], how) for name, how in held] == [
        ("sure", "certain"),
        ("denied", None),
    ]
    others = [column for column in columns if column != "statement"]
    for column in others:
        assert {plain(cell).rpartition("/")[2] for cell in found.column(column)} == {column}
    assert left_out == "2 later"
    every, left_out = on_day(query.Table(columns, rows), graph, day._replace(held=("later",)))
    assert [how and plain(how) for how in every.column("held")] == ["later", None]
    assert left_out == ""


def test_an_answer_without_statements_holds_on_no_day() -> None:
    day = as_of("2014-05-01")
    assert day
    with pytest.raises(
        UsageError,
        match=r"^this query answers with no statements, so nothing in it holds on a day; "
        r"they are found by a column \?statement$",
    ):
        on_day(query.Table(("when",), ()), cast("query.Graph", Few()), day)


def test_the_day_of_a_query_is_taken_out_of_its_parameters() -> None:
    dated = query.parse_query("dated", "# param on: Date\nSELECT * {}")
    params: dict[str, object] = {"on": "2014-05-01", "held": "later", "actor": "ndf"}
    assert day_in(dated, params) == ("2014-05-01", ("later",), False)
    assert params == {"actor": "ndf"}
    assert day_in(dated, {"by": "2014-05-01"}) == ("2014-05-01", SHOWN_ON_A_DAY, True)
    wanted = {"on": "2015-05-01", "held": ["possible", "certain"]}
    given = {"on": "2014-05-01", "held": "later"}
    assert day_in(dated, given, **wanted) == ("2015-05-01", ("certain", "possible"), False)
    assert day_in(dated, given) is None
    own = query.parse_query("own", "# param on: Actor\nSELECT * {}")
    params = {"on": "ndf", "by": "2014-05-01"}
    assert day_in(own, params) == ("2014-05-01", SHOWN_ON_A_DAY, True)
    assert params == {"on": "ndf"}


def test_a_day_may_be_given_as_a_date_to_any_parameter(homs: query.Graph) -> None:
    named = next(name for name in ALL if ALL[name].param("after"))
    given = {**required(named), "after": value(named, "after")}
    after = date.fromisoformat(given["after"])
    rows = answered(named, given, homs).rows
    assert named_answer(ALL[named], {**given, "after": after}, homs).rows == rows
    assert rows
    for wrong in (2014, None):
        with pytest.raises(UsageError, match=r"^actor: "):
            named_answer(ALL["ties"], {"actor": wrong}, homs)


def test_all_classes_of_a_day_are_all_but_out() -> None:
    day = as_of(None, date(2014, 5, 1), "all")
    classes = ("certain", "attested", "possible", "beyond", "later", "unplaced")
    assert day == ("2014-05-01", classes, True)
    assert as_of(None) is None
    listed = ", ".join(classes)
    for wrong in ("out", "sure"):
        told = f'^"{wrong}" is no class on a day; it is one of {listed}, all$'
        with pytest.raises(UsageError, match=told):
            as_of("2014-05-01", held=["later", wrong])
    with pytest.raises(
        UsageError, match=r"^held says how .* on a day; give the day with on or by$"
    ):
        as_of(None, held="later")
    with pytest.raises(UsageError, match=r"^a day is given twice; give on or by, not both$"):
        as_of("2014-05-01", "2014-05-01")
    for name, given in {"on": ("2014",), "by": (None, "2014")}.items():
        with pytest.raises(UsageError, match=f"^{name}: "):
            as_of(*given)


def test_a_voice_sees_what_it_asserts_beside_what_is_accepted(karabakh: Judged) -> None:
    graph, asked = query.Graph(karabakh[1], "karabakh"), {"actor": "armenia"}
    held, columns = ("controls", "occupied-territories"), ["predicate", "object"]
    every = cells(answered("ties", asked, graph), [*columns, "status"])
    assert (*held, "alleged") in every
    teller = answered("ties", asked | {"as": "ilham-aliyev"}, graph)
    assert held in cells(teller, columns)
    other = answered("ties", asked | {"as": "wikipedia-contributors"}, graph)
    assert held not in cells(other, columns)
    assert cells(other, ["status"]) == [("accepted",)]


def test_ties_are_found_from_either_end(sequel: query.Graph) -> None:
    ends = ("river-guard", "town-council")
    one, two = (
        cells(answered("tie-between", {"actor": a, "other": b}, sequel), ["statement"])
        for a, b in (ends, ends[::-1])
    )
    assert one == two
    assert one


def test_all_ties_are_listed_once(homs: query.Graph) -> None:
    listed = answered("ties", {}, homs).column("statement")
    assert len(listed) == len(set(listed))
    assert set(listed) == set(answered("signed-ties", {}, homs).column("statement"))


def test_paths_are_as_short_as_asked_for(karabakh: Judged) -> None:
    asked = {"from": "armenia", "to": "azerbaijan", "status": "alleged"}
    found = set()
    for steps in ("1", "2", "3"):
        table = answered("paths", {**asked, "steps": steps}, query.Graph(karabakh[1], "karabakh"))
        lengths = {term_text.text(term) for term in table.column("ties")}
        assert lengths <= {*"123"[: int(steps)]}
        found |= lengths
    assert found == {*"123"}


def test_paths_never_pass_the_same_actor_twice(karabakh: Judged) -> None:
    asked = {"from": "armenia", "to": "azerbaijan", "status": "alleged"}
    table = answered("paths", asked, query.Graph(karabakh[1], "karabakh"))
    assert table.rows
    for first, second in cells(table, ["through1", "through2"]):
        passed = [actor for actor in (first, second) if actor]
        assert len(set(passed)) == len(passed)
        assert not {"armenia", "azerbaijan"} & set(passed)


def test_everything_about_a_statement_has_a_column_for_every_authored_field() -> None:
    columns = set(re.findall(r"\?(\w+)", GENERAL["detail"].sparql.partition("WHERE")[0]))
    fields = {re.split("[#/]", field.term)[-1] for field in specs(Statement) if field.key}
    assert fields - columns == set(), "select them in graph/query/queries/detail.rq"


def test_an_unknown_end_is_shown_as_unknown(homs: query.Graph) -> None:
    table = answered("unknowns", {"gap": "object"}, homs)
    assert {term_text.text(term) for term in table.column("object")} == {HUD + "unknown"}


def test_where_people_went_and_how_many_were_freed_are_gaps_that_nobody_coded(
    sequel: query.Graph,
) -> None:
    went = cells(answered("gaps", {"gap": "destination"}, sequel), ["subject", "object"])
    assert went == [("townspeople", "mill-town")]  # where the bandits went is told
    freed = cells(answered("gaps", {"gap": "number"}, sequel), ["object"])
    assert ("ag-spring.c1",) in freed
    assert ("ag-without.c1",) not in freed  # no such clause was agreed


def test_blame_and_responsibility_are_kept_apart(sequel: query.Graph) -> None:
    event = {"event": "ev-raid"}
    blamed = cells(answered("blame", event, sequel), ["voice", "accused"])
    assert blamed == [("observers", "bandits")]
    claimed = cells(answered("claims-of-responsibility", event, sequel), ["voice"])
    assert claimed == [("river-guard",)]


@pytest.mark.homs
def test_questions_have_ids_of_their_own() -> None:
    numbers = [int(name.removeprefix("q")) for name in QUESTIONS]
    assert numbers == sorted(set(numbers))
    assert len(numbers) >= 50


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_stored_question_is_answered_right(name: str, homs: query.Graph) -> None:
    asked = QUESTIONS[name]
    assert asked.answer
    result = stored_answer(asked, ALL, homs)
    assert not result.error
    assert result.found == result.expected
