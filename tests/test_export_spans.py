"""As of a day in SQL: the query of the guide gives what the classes of a day give in Python."""

from __future__ import annotations

import random
import re
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import miniature
import pytest

from graph.export import neo4j, parquet, sqlite
from graph.export.selection import Selection
from graph.model.days import SHOWN_ON_A_DAY, OnDay
from graph.read.rules import held
from graph.read.select import Graph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from miniature import Judged

    Ask = Callable[[str], set[str]]

GUIDE = (miniature.PROJECT / "docs" / "export.md").read_text("utf-8")
DAY = "2016-03-15"
CERTAIN = f"\n   AND ('{DAY}' BETWEEN certain_from AND certain_until OR possible_from IS NULL);"
ATTESTED = f"\n   AND (attested_from <= '{DAY}' OR possible_from IS NULL);"
DAYS = 60
"""So many days are asked about, beside those of the spans themselves."""


@pytest.fixture(scope="module", params=[miniature.CODED, "mill"])
def graph(request: pytest.FixtureRequest) -> Graph:
    """The Homs case, and the miniature case."""
    fixtures = {miniature.CODED: "judged", "mill": "example"}
    judged: Judged = request.getfixturevalue(fixtures[request.param])
    return Graph(judged[1], request.param)


@pytest.fixture(scope="module", params=["sqlite", "duckdb"])
def ask(
    graph: Graph, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Ask]:
    """Ask SQL of the export; the first column of the rows."""
    folder = tmp_path_factory.mktemp("spans")
    connection: Any = {"sqlite": in_sqlite, "duckdb": in_duckdb}[request.param](graph, folder)
    with closing(connection):
        yield lambda sql: {row[0] for row in connection.execute(sql).fetchall()}


def in_sqlite(graph: Graph, folder: Path) -> sqlite3.Connection:
    path = folder / "graph.sqlite"
    path.write_bytes(b"".join(sqlite.write(Selection(graph)).files["graph.sqlite"]))
    return sqlite3.connect(path)


def in_duckdb(graph: Graph, folder: Path) -> Any:  # noqa: ANN401
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    connection = duckdb.connect()
    for name, data in parquet.write(Selection(graph)).files.items():
        (folder / name).write_bytes(b"".join(data))
        connection.read_parquet(str(folder / name)).create_view(name.removesuffix(".parquet"))
    return connection


def days(graph: Graph) -> list[str]:
    """Return the days on which something changes, the days beside them, and some by chance."""
    told = {
        day
        for name in graph.ids("Statement")
        for span in graph.qualifiers(name).get("spans", ())
        for day in re.findall(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", span)
    }
    first = [date.fromisoformat(day) for day in sorted(told)]
    chance = random.Random(0)  # noqa: S311 - no secret
    near = [day + timedelta(days=by) for day in chance.sample(first, min(DAYS, len(first)))
            for by in (-1, 0, 1)]  # fmt: skip
    least, most = first[0].toordinal(), first[-1].toordinal()
    other = [date.fromordinal(chance.randint(least - 400, most + 400)) for _ in range(DAYS)]
    return [day.isoformat() for day in (*near, *other, date(1, 1, 1), date(9999, 12, 31))]


def test_two_filters_give_what_holds_or_may_hold_on_a_day(graph: Graph, ask: Ask) -> None:
    found = re.findall(r"```sql\n(.*?)```", GUIDE, re.DOTALL)
    [query] = (one for one in found if "possible_" in one)
    assert query.count("possible_") == 2
    surely = query.replace(";", CERTAIN)
    attested = query.replace(";", ATTESTED)
    accepted = {
        name: data
        for name in graph.ids("Statement")
        if (data := graph.qualifiers(name))["status"] == "accepted"
    }
    seen = set()
    for day in days(graph):
        right = {name: held(data, day) for name, data in accepted.items()}
        seen |= set(right.values())
        shown = {name for name, one in right.items() if one in SHOWN_ON_A_DAY}
        certain = {name for name, one in right.items() if one == OnDay.CERTAIN}
        sure = {name for name, one in right.items() if one in (OnDay.CERTAIN, OnDay.ATTESTED)}
        assert ask(query.replace(DAY, day)) == shown, day
        assert ask(surely.replace(DAY, day)) == certain, day
        assert ask(attested.replace(DAY, day)) | certain == sure, day
    assert {*SHOWN_ON_A_DAY, OnDay.OUT} <= seen


def test_neo4j_has_a_node_for_each_span_and_the_guide_names_what_is_there(graph: Graph) -> None:
    selection = Selection(graph)
    files = {name: b"".join(data).decode() for name, data in neo4j.write(selection).files.items()}
    assert len(files["spans.csv"].splitlines()) == 1 + len(selection.tables["spans"])
    assert "possible_from:date" in files["spans.csv"].partition("\n")[0]
    assert "--nodes=spans.csv" in files["import.sh"]
    assert files["relationships.csv"].count(",SPAN_OF,") == len(selection.tables["spans"])
    assert "0001-01-01" not in files["load.cypher"]
    [query] = re.findall(r"```cypher\n(.*?)```", GUIDE, re.DOTALL)
    for word in re.findall(r":([A-Z]\w+)", query):
        assert f"`{word}`" in files["load.cypher"], word
    for name in re.findall(r"span\.(\w+)", query):
        assert f"`{name}`: date(" in files["load.cypher"], name
