"""How many an actor is, over time: a series, never rivals, and the last that was counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import miniature
import pyoxigraph as ox
import pytest
from miniature import written

from graph import query, reader
from graph.export import gexf
from graph.model.terms import text
from graph.network.projection import network
from graph.query.days import named_answer
from graph.read.record_index import RecordIndex
from graph.read.record_views import facts
from graph.read.select import Graph
from graph.read.sizes import last_size, on_a_day, sizes_of
from graph.viewer.payload import payload

if TYPE_CHECKING:
    from pathlib import Path

QUESTION = """label = "How many are the Guard?"
exclusive = true
about = ["river-guard"]
kind = "estimate"
"""
FIGURE = """
[[statement]]
id = "{name}"
subject = "river-guard"
predicate = "{predicate}"
value = {value}
question = ["q-how-many"]
{more}
claims = [{{ voice = "{voice}", stance = "asserts", certainty = "certain", \
passages = ["{passage}"] }}]
"""
COURIER = {"voice": "courier-writer", "passage": "courier-2020#2.1"}
OBSERVERS = {"voice": "observers", "passage": "observers-2020#2.1"}
IN_2014 = 'when = "2014-05"\nmodality = "approximate"'
WIDE = 'when = "2014/2017"\n'
IN_2017 = 'when = "2017-03"'


def figure(name: str, value: object, more: str, **other: str) -> str:
    shown = f'"{value}"' if isinstance(value, str) else str(value)
    given = {"predicate": "hasSize", **COURIER, **other}
    return FIGURE.format(name=name, value=shown, more=more, **given)


def with_figures(folder: Path, *figures: str) -> Graph:
    """Return the miniature case with these figures, all answers to one question."""
    talks = folder / "statements" / "talks.toml"
    kept = [one for one in talks.read_text("utf-8").split("[[statement]]") if "hasSize" not in one]
    talks.write_text("[[statement]]".join(kept), "utf-8")
    written(folder, "questions/q-how-many.toml", QUESTION)
    written(folder, "statements/figures.toml", "".join(figures))
    case, store = miniature.judged(folder)
    return Graph(store, case.id)


def status(graph: Graph, name: str) -> str:
    return str(graph.statement(name).status)


@pytest.mark.parametrize(
    ("first", "second", "rivals"),
    [
        (IN_2014, IN_2017, False),
        ('counted_on = "2014-05-10"', 'counted_on = "2017-03-01"', False),
        ('counted_on = "2017-03-01"', 'counted_on = "2014-05-10"', False),
        ('when = "2014-05"', 'counted_on = "2017-03-01"', False),
        ('when = "2014-05/"', 'when = "2017-03/"', False),
        (f'{WIDE}counted_on = "2014-05-10"', f'{WIDE}counted_on = "2017-03-01"', False),
        ('counted_on = "2014-05-10"', 'counted_on = "2014-05-10"', True),
        ('when = "2014-05"', 'counted_on = "2014-05-10"', True),
        ('when = "2014-05"', "", True),
        ("", "", True),
    ],
)  # fmt: skip
def test_sizes_of_several_days_are_no_rivals(
    folder: Path, first: str, second: str, rivals: bool
) -> None:
    graph = with_figures(
        folder, figure("one", 2000, first), figure("two", 300, second, **OBSERVERS)
    )
    assert (status(graph, "one") == "contested") is rivals
    assert (status(graph, "two") == "contested") is rivals
    hints = reader.read(folder, miniature.ONTOLOGY).hints
    assert not any("contradict" in one.message for one in hints), "they have a question"


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ('counted_on = "2014-05-10"', 'counted_on = "2017-03-01"', False),
        ('counted_on = "2014-05-10"', 'counted_on = "2014-05-10"', True),
        ("", 'counted_on = "2014-05-10"', True),
    ],
)
def test_only_figures_of_one_day_need_a_question(
    folder: Path, first: str, second: str, told: bool
) -> None:
    figures = figure("one", 2000, first), figure("two", 300, second, **OBSERVERS)
    without = [one.replace('question = ["q-how-many"]\n', "") for one in figures]
    with_figures(folder, *without)
    hints = reader.read(folder, miniature.ONTOLOGY).hints
    assert any("voices disagree" in one.message for one in hints) is told


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """The Guard: about 2,000 in May 2014, 300 in March 2017; 500 in 2018, the council says."""
    return with_figures(
        miniature.copied(tmp_path_factory.mktemp("sizes")),
        figure("later", 300, 'counted_on = "2017-03-01"'),
        figure("first", 2000, IN_2014),
        figure("alleged", 500, 'when = "2018"', voice="town-council", passage="courier-2020#2.2"),
    )


def test_a_series_is_told_in_order_of_time(graph: Graph) -> None:
    series = ["about 2,000 (May 2014)", "300 (1 March 2017)", "ALLEGED: 500 (2018)"]
    assert [one.words for one in sizes_of(graph, "river-guard")] == series
    assert payload(graph)["nodes"]["river-guard"]["sizes"] == series
    told = {fact.name: fact for fact in facts(RecordIndex(graph), "river-guard")}
    assert told["sizes"].text == "; ".join(series)
    assert "sizes" not in {fact.name for fact in facts(RecordIndex(graph), "town-council")}


def asked(graph: Graph, **params: str) -> list[tuple[str, str]]:
    """Return value and, if a day is given, class of the rows of ``sizes``."""
    table = named_answer(
        query.named_queries([query.QUERIES])["sizes"], {"actor": "river-guard", **params}, graph
    )
    held = table.column("held") if "held" in table.columns else [ox.Literal("")] * len(table.rows)
    pairs = zip(table.column("value"), held, strict=True)
    return [(text(value), text(how)) for value, how in pairs if value and how]


def test_the_query_answers_as_of_a_day(graph: Graph) -> None:
    assert [value for value, _ in asked(graph)] == ["2000", "300", "500"]
    assert asked(graph, on="2013-01-01") == []
    assert asked(graph, on="2014-05-10") == [("2000", "certain")]
    assert asked(graph, on="2016-01-01") == [("2000", "last counted")]
    assert asked(graph, on="2017-03-01") == [("300", "last counted")]
    assert asked(graph, on="2020-01-01") == [("300", "last counted"), ("500", "last counted")]
    assert asked(graph, on="2020-01-01", status="alleged") == [("500", "last counted")]


@pytest.mark.parametrize(
    ("day", "first", "later", "alleged"),
    [
        ("2014-05-31", "", "out", ""),
        ("2014-06-01", "last counted", "out", ""),
        ("2017-02-28", "last counted", "out", ""),
        ("2017-03-01", "out", "last counted", ""),
        ("2018-06-01", "out", "last counted", ""),
        ("2019-01-01", "out", "last counted", "last counted"),
    ],
)
def test_a_later_figure_takes_the_place_of_an_earlier_one(
    graph: Graph, day: str, first: str, later: str, alleged: str
) -> None:
    found = [on_a_day(graph, day, name) for name in ("first", "later", "alleged")]
    assert found == [first, later, alleged]
    assert on_a_day(graph, day, "guard-at-the-ford") == ""


def test_networks_have_the_last_size(graph: Graph) -> None:
    last = {"last_size": 300, "last_size_counted": "2017-03-01"}
    assert last_size(graph, "river-guard") == last
    assert last_size(graph, "river-guard", "2016-01-01")["last_size"] == 2000
    assert last_size(graph, "river-guard", "2014-05-10")["last_size"] == 2000
    assert last_size(graph, "river-guard", "2010-01-01") == {}
    made = network(graph)
    assert made.nodes["river-guard"].items() >= last.items()
    assert "last_size" not in made.nodes["mill-town"]
    on = network(graph, on="2019-01-01").nodes["river-guard"]
    assert on["last_size"] == 300
    file = b"".join(gexf.gexf(made, title="x")).decode()
    assert '<attribute id="last_size" title="last_size" type="integer"/>' in file


def test_a_word_for_a_number_is_in_the_series_and_no_number(folder: Path) -> None:
    graph = with_figures(folder, figure("few", "hundreds", 'when = "2014"\nmodality = "vague"'))
    assert [one.words for one in sizes_of(graph, "river-guard")] == ["hundreds (2014)"]
    assert last_size(graph, "river-guard") == {}
