"""As of a day: what the graph, its queries, the page and the exports call certain, and what not.

The oracle lists every way in which a thing may have gone on, day by day. *Certain* is only what
holds in all of them, and what is left out holds in none.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

import miniature
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages import asked

import graph as package
from graph.build import recipe
from graph.errors import UsageError
from graph.model import Bounds
from graph.model.days import SHOWN_ON_A_DAY, OnDay
from graph.model.spans import spans_of
from graph.model.terms import HUD, RDF, short, text
from graph.network.projection import network
from graph.query.days import as_of, on_day
from graph.query.named import bound, named_queries
from graph.query.parameters import QUERIES
from graph.read.rules import held, periods
from graph.read.select import Graph, select
from graph.viewer.payload import payload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from miniature import Judged

    from graph.build.case import OpenedCase
    from graph.model.bounds import Aspect
    from graph.query.named import Query
    from graph.read.select import Table

DAYS = range(10)
FIRST = date(2020, 1, 10)
Days = frozenset[int]


def iso(number: int) -> str:
    return (FIRST + timedelta(days=number)).isoformat()


class Dated(NamedTuple):
    """A date, and the days on which its thing held in each way in which it may have gone on.

    ``sure``: whether it is dated so that the rule is exact: it says certain wherever all ways do.
    """

    when: str
    aspect: Aspect
    coverage: str
    ways: frozenset[Days]
    sure: bool

    @property
    def attributes(self) -> dict[str, list[str]]:
        """What the graph says of a statement with this date."""
        throughout = self.coverage == "throughout"
        _, found = spans_of(
            self.when, "", "", aspect=self.aspect, throughout=throughout, written=Bounds()
        )
        return {"spans": list(map(str, found))}


def spans(firsts: range, lasts: range) -> frozenset[Days]:
    """Return every unbroken run of days that begins and ends on given days."""
    return frozenset(
        frozenset(range(one, two + 1)) for one, two in product(firsts, lasts) if one <= two
    )


EVER = range(-2, 13)
"""Days on which what is open may begin or end: some on either side of those that are asked."""


def of_date(day: int) -> Dated:
    ways = spans(range(-2, day + 1), range(day, 13))
    return Dated(iso(day), "state", "throughout", ways, sure=True)


def of_interval(ends: tuple[int | None, int | None]) -> Dated:
    first, last = (None if end is None else range(end, end + 1) for end in ends)
    when = "/".join("" if end is None else iso(end) for end in ends)
    return Dated(when, "state", "throughout", spans(first or EVER, last or EVER), sure=True)


def members(runs: list[tuple[int, int]]) -> tuple[str, Days]:
    """Return the members of a set as EDTF, and the days in them."""
    texts = [iso(one) if one == two else f"{iso(one)}..{iso(two)}" for one, two in runs]
    return ",".join(texts), frozenset(day for one, two in runs for day in range(one, two + 1))


def all_of(runs: list[tuple[int, int]], aspect: Aspect) -> Dated:
    listed, days = members(runs)
    return Dated(f"{{{listed}}}", aspect, "throughout", frozenset([days]), sure=False)


def one_of(runs: list[tuple[int, int]], aspect: Aspect) -> Dated:
    listed, days = members(runs)
    last = 14 if aspect == "state" else 0
    ways = frozenset(
        frozenset(range(day, end)) for day in days for end in range(day + 1, last or day + 2)
    )
    return Dated(f"[{listed}]", aspect, "throughout", ways, sure=False)


DAY = st.sampled_from(DAYS)
RUNS = st.lists(st.tuples(DAY, DAY).map(lambda one: (min(one), max(one))), min_size=1, max_size=3)
ASPECT: st.SearchStrategy[Aspect] = st.sampled_from(["act", "state"])
ENDS = st.one_of(
    st.tuples(DAY, st.none()),
    st.tuples(st.none(), DAY),
    st.tuples(DAY, DAY).map(lambda one: (min(one), max(one))),
)
DATED = st.one_of(
    DAY.map(of_date),
    ENDS.map(of_interval),
    st.builds(all_of, RUNS, ASPECT),
    st.builds(one_of, RUNS, ASPECT),
)


@given(DATED)
def test_certain_is_what_holds_in_every_way_and_out_what_holds_in_none(dated: Dated) -> None:
    data = dated.attributes
    for number in EVER:
        on = iso(number)
        in_all, in_none = (
            check(number in way for way in dated.ways)
            for check in (all, lambda found: not any(found))
        )
        answer = held(data, on)
        assert answer != "certain" or in_all, (dated.when, on)
        assert (answer == "out") == in_none, (dated.when, on)
        if dated.sure and number in DAYS:
            assert (answer == "certain") == in_all, (dated.when, on)
        inside = any(first <= on <= last for first, last in periods(data, "certain"))
        assert inside == (answer == "certain"), (dated.when, on)


# The same in the graph, its queries, the page and an export

ON = (
    "0001-01-01",
    "2014-05-15",
    "2014-06-15",
    "2016-09-15",
    "2018-12-31",
    "2019-06-01",
    "2020-05-11",
    "2020-05-12",
    "2020-05-13",
    "9999-12-31",
)
MAY = ("2020-05-11", "2020-05-12", "2020-05-13")
ROWS: dict[str, tuple[str, ...]] = {
    # the date, and the days of ON on which a state that is so dated held for certain
    "{2018,2019,2020}": ("2018-12-31", "2019-06-01", *MAY),
    "{2018..2020}": ("2018-12-31", "2019-06-01", *MAY),
    "{2018,2020}": ("2018-12-31", *MAY),
    "{2014-05,2014-07}": ("2014-05-15",),
    "[2016-08,2016-10]": (),
    "[2014-01-01,2016-01-01]": (),
    "2020-05-12": ("2020-05-12",),
    "2020-05-12/": ("2020-05-12",),
    "../2020-05-12": ("2020-05-12",),
    "/2020-05-12": ("2020-05-12",),
    "2020-05-11/2020-05-13": MAY,
}
STATEMENT = """
[[statement]]
id = "{id}"
subject = "{subject}"
predicate = "{predicate}"
object = "{object}"
coverage = "throughout"
when = "{when}"

[[statement.claims]]
voice = "courier-writer"
stance = "asserts"
certainty = "certain"
passages = ["courier-2020#2.1"]
"""
ENDS_OF = {
    "besieges": ("river-guard", "mill-town"),
    "detains": ("river-guard", "bandits"),
    "interlocutorFor": ("courier-writer", "townspeople"),
}


def rows() -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """Yield id, predicate, date and certain days of each made statement."""
    for number, (when, certain) in enumerate(ROWS.items()):
        for predicate in ENDS_OF:
            act_on_no_one_day = predicate == "detains" and when != "2020-05-12"
            sure = () if act_on_no_one_day else certain
            yield f"dated-{number}-{predicate.lower()}", predicate, when, sure


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> OpenedCase:
    folder = miniature.copied(tmp_path_factory.mktemp("data"))
    made = ""
    for name, predicate, when, _ in rows():
        ends = dict(zip(("subject", "object"), ENDS_OF[predicate], strict=True))
        made += STATEMENT.format(id=name, predicate=predicate, when=when, **ends)
    miniature.written(folder, "statements/dated.toml", made)
    public = tmp_path_factory.mktemp("built") / "public"
    recipe.build(miniature.CASE, folder.parent, public)
    return package.open(miniature.CASE, public)


@pytest.mark.parametrize("on", ON)
def test_a_network_says_certain_on_the_right_days(case: OpenedCase, on: str) -> None:
    made = case.network("ties", on=on)
    sure = {key for *_, key, data in made.edges(keys=True, data=True) if data["held"] == "certain"}
    expected = {name for name, _, _, certain in rows() if on in certain}
    assert {key for key in sure if key.startswith("dated-")} == expected


def of_queries(graph: Graph) -> Iterator[tuple[str, Callable[[str], Table]]]:
    """Yield each query that takes a day, and what answers it for a day, or for none."""
    ends = select(
        graph.store,
        f"SELECT ?s ?o {{ ?x <{RDF}subject> ?s ; <{RDF}object> ?o ; <{RDF}predicate> ?p . "
        f"?p <{HUD}tie> true }} ORDER BY ?x LIMIT 1",
    ).rows[0]
    pair = dict(zip(("actor", "other"), (short(text(end)) for end in ends), strict=True))
    for name, query in named_queries([QUERIES]).items():
        if any((param.name, param.type) == ("on", "Date") for param in query.params):
            needed = {param.name: pair[param.name] for param in query.params if param.required}

            def answer(on: str, query: Query = query, more: dict[str, str] = needed) -> Table:
                given = {**more, "on": on} if on else more
                return select(graph.store, bound(query, given, graph))

            yield name, answer


def test_every_query_says_what_the_graph_says(case: OpenedCase, judged: Judged) -> None:
    """Asked on some days, and on the first and last ones on which something held for certain."""
    asked_of = 0
    for graph in (case.graph, Graph(judged[1], miniature.CODED)):
        for name, answer in of_queries(graph):
            every = answer("")
            keys = [short(text(term)) for term in every.column("statement")]
            attributes = {key: graph.qualifiers(key) for key in keys}
            sure = {
                day for key in keys for one in periods(attributes[key], "certain") for day in one
            }
            edges = sorted(sure - {""})
            for on in (*ON, *edges[:3], *edges[-3:]):
                day = as_of(on)
                assert day
                told, left_out = on_day(every, graph, day)
                found = {
                    short(text(statement)): "" if how is None else text(how)
                    for statement, how in zip(
                        told.column("statement"), told.column("held"), strict=True
                    )
                }
                asked = {short(text(term)) for term in answer(on).column("statement")}
                assert asked == found.keys(), (name, on)
                for key in keys:
                    how = held(attributes[key], on)
                    assert found.get(key, how) == how, (name, on, key)
                    assert (key in found) == (how in SHOWN_ON_A_DAY) or not how, (name, on, key)
                missing = sum(int(part.split()[0]) for part in left_out.split(", ") if part)
                assert missing <= len(every.rows) - len(told.rows)
                asked_of += len(found)
    assert asked_of > 1000


def test_the_page_says_what_the_graph_says(case: OpenedCase) -> None:
    page = (case.folder / "index.html").read_bytes()
    look = case.graph
    keys = sorted(payload(case.graph)["statements"])
    wanted = [(key, on) for key in keys for on in ON]
    answers = asked(page, *(("held", key, on) for key, on in wanted))
    expected = [held(look.qualifiers(key), on) for key, on in wanted]
    assert answers == expected
    assert {one.value for one in OnDay} <= set(answers)


def test_an_export_of_what_is_certain_has_no_day_that_a_date_leaves_out(case: OpenedCase) -> None:
    certain = case.export("gexf", time="certain").files["network.gexf"]
    written = b"".join(certain).decode()
    for name, _, _, days in rows():
        assert (name in written) == bool(days), name
    spells = re.findall(r'<spell start="([^"]*)" end="([^"]*)"/>', written)
    assert ("2020-05-12", "2020-05-12") in spells  # the one act that is dated to a day
    assert ("2020-05-11", "2020-05-13") not in spells  # it is inside the longer one
    assert {("2014-05-01", "2014-05-31"), ("2018-01-01", "2020-12-31")} <= set(spells)
    assert not any(first <= "2014-06-15" <= last for first, last in spells)


# One reader of days

WRONG = ("20190601", "2019-W23-1", "2019-152", "2019-06-01 ", "2019-06", "2019-02-30", "0000-01-01")


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_no_day_is_refused_by_every_door(case: OpenedCase, wrong: str) -> None:
    from graph.analysis.centrality.temporal import contacts, reach
    from graph.analysis.uncertainty.over_time import series

    ties = case.network("ties")
    doors: dict[str, Any] = {
        "network": lambda: case.network("ties", on=wrong),
        "query": lambda: case.query("ties", on=wrong),
        "view": lambda: case.view(on=wrong),
        "export": lambda: case.export("gexf", on=wrong),
        "series": lambda: series(ties, "degree", [wrong]),
        "reach": lambda: reach(contacts(ties), start=wrong),
    }
    for door in doors.values():
        with pytest.raises(UsageError, match="is no day of the calendar"):
            door()
    page = (case.folder / "index.html").read_bytes()
    assert asked(
        page, ("day", wrong), ("state", f"on={wrong}&vson={wrong}&span={wrong}/{wrong}")
    ) == [
        False,
        {"on": "", "on2": "", "spanFrom": "", "spanTo": ""},
    ]


@given(st.dates())
def test_a_date_is_a_day_at_every_door(case: OpenedCase, on: date) -> None:
    assert network(case.graph, "ties", on=on).graph["on"] == on.isoformat()
    assert case.view(on=on).fragment == f"on={on.isoformat()}"


def test_the_page_takes_the_days_that_the_graph_takes(case: OpenedCase) -> None:
    page = (case.folder / "index.html").read_bytes()
    days = ["0001-01-01", "0999-03-15", "2016-02-29", "2015-02-29", "1900-02-29", "9999-12-31"]
    assert asked(page, *(("day", on) for on in days)) == [True, True, True, False, False, True]


@pytest.mark.parametrize("pair", [["20190601", "20200601"], ["2019-W23-1", "2020-06-01"]])
def test_days_to_compare_are_days(folder: Path, pair: list[str]) -> None:
    path = folder / "case.toml"
    path.write_text(f"{path.read_text('utf-8')}\ncompare_days = [{pair}]\n", "utf-8")
    told = [problem for problem in miniature.problems_of(folder) if problem.file == "case.toml"]
    assert len(told) == 1
    assert f'"{pair[0]}" is no day of the calendar; write YEAR-MONTH-DAY' in told[0].message
