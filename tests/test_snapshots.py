"""A snapshot is the graph as of a day and as a voice tells it: what is in it, and what asks it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from itertools import product
from typing import TYPE_CHECKING, Any, ClassVar

import miniature
import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from serving import Answer, served

import graph as package
from graph.build.case import OpenedCase
from graph.cli import main
from graph.errors import UsageError
from graph.model import UNKNOWN as UNTOLD
from graph.model.days import ALWAYS
from graph.model.terms import HUD, RDFS, prefixes_of, text
from graph.network.filters import STATUSES, Filters
from graph.network.snapshots import MOST_KEPT, snapshot, snapshot_of
from graph.query import QUERIES, Graph, Table, named_queries, select
from graph.query.days import named_answer
from graph.read.snapshot import said as statements
from graph.read.store import as_dataset
from graph.remote.case import MOST_TRIPLES, StoreSource
from graph.remote.lines import Entry

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path
    from typing import Unpack

    from click.testing import Result
    from miniature import Judged

    from graph.network.filters import Narrowing
    from graph.network.snapshots import Snapshot

OF_CASES = {
    "homs": (
        ("2012-06-01", "2014-05-15", "2016-03-15", "2017-03-01"),
        ("waer-residents", "homs-loyalists", "s1-author", "s2-authors"),
        {"of": "ev-waer-siege", "actor": "gov-syria", "other": "waer"},
    ),
    "karabakh": (
        ("2012-06-01", "2020-10-15", "2020-11-10", "2021-09-30"),
        ("nikol-pashinyan", "azerbaijan", "ilham-aliyev", "wikipedia-contributors"),
        {"of": "ag-statement", "actor": "azerbaijan", "other": "armenia"},
    ),
}
DAYS, VOICES, NEEDED = OF_CASES[miniature.CODED]
ALL = named_queries([QUERIES])
DATED = [name for name, one in ALL.items() if ("on", "Date") in {p[:2] for p in one.params}]
UNKNOWN = ox.NamedNode(HUD + "unknown")
DEFAULT = ox.DefaultGraph()

WORLD = """SELECT DISTINCT ?statement WHERE {
  ?statement hud:status ?status ; hud:span ?span .
  ?span hud:possibleFrom ?from ; hud:possibleUntil ?until .
  FILTER (?from <= "DAY"^^xsd:date && "DAY"^^xsd:date <= ?until && ?status != kind:rejected)
  { ?statement hud:status kind:accepted ; hud:toldFrom ?told . CASE:VOICE hud:speaksUntil ?spoke
    FILTER (?told <= ?spoke) }
  UNION { ?statement hud:assertedBy CASE:VOICE }
  MINUS { ?statement hud:deniedBy CASE:VOICE }
}"""


@pytest.fixture(scope="module")
def homs(judged: Judged) -> Graph:
    case, store = judged
    return Graph(store, case.id)


def cut(graph: Graph, **narrowing: Unpack[Narrowing]) -> Snapshot:
    return snapshot(graph, ALL, **narrowing)


def asked(graph: Graph, sparql: str) -> set[str]:
    """Return the ids in the first column of an answer."""
    declared = "".join(f"PREFIX {k}: <{v}>\n" for k, v in prefixes_of(graph.case).items())
    table = select(graph.store, declared + sparql)
    return {graph.local(text(row[0])) for row in table.rows}


def triples(graph: Graph) -> set[tuple[Any, ...]]:
    found = graph.store.quads_for_pattern(None, None, None, DEFAULT)
    return {(quad.subject, quad.predicate, quad.object) for quad in found}


def belonging(graph: Graph, statements: Collection[str]) -> set[Any]:
    """Return the nodes of statements, and of what is said of them."""
    nodes: set[Any] = set(map(graph.node, statements))
    for term in ("about", "on", "span", "verdict"):
        for quad in graph.store.quads_for_pattern(None, ox.NamedNode(HUD + term), None, DEFAULT):
            ends = (
                (quad.object, quad.subject)
                if term in ("about", "on")
                else (quad.subject, quad.object)
            )
            if ends[0] in nodes:
                nodes.add(ends[1])
    return nodes


@pytest.mark.some(6)
@pytest.mark.parametrize(("voice", "day"), [*product(VOICES, DAYS)])
def test_it_holds_what_holds_on_the_day_in_the_world_of_the_voice(
    homs: Graph, voice: str, day: str
) -> None:
    right = asked(
        homs, WORLD.replace("CASE", miniature.CODED).replace("VOICE", voice).replace("DAY", day)
    )
    found = cut(homs, on=day, voice=voice)
    assert set(found.graph.ids("Statement")) == right
    assert found.kept == len(right)
    own = asked(homs, f"SELECT ?s {{ ?s hud:assertedBy {miniature.CODED}:{voice} }}")
    assert set(cut(homs, voice=voice, only=True).graph.ids("Statement")) == own
    assert set(cut(homs, voice=voice, only=True, on=day).graph.ids("Statement")) == own & right


@pytest.mark.some(3)
@pytest.mark.parametrize("narrowing", [{"on": DAYS[2]}, {"voice": VOICES[2]}, {"status": "open"}])
def test_all_else_is_whole_and_plain_triples_are_those_of_its_statements(
    homs: Graph, narrowing: Narrowing
) -> None:
    found = cut(homs, **narrowing)
    every, kept = set(homs.ids("Statement")), set(found.graph.ids("Statement"))
    assert set() < kept < every
    gone, inside = belonging(homs, every - kept), belonging(homs, kept)
    shared = homs.store.quads_for_pattern(None, ox.NamedNode(HUD + "on"), None, DEFAULT)
    gone -= {note.subject for note in shared if note.object not in gone}
    said = {name: one for node, one in statements(homs).items() if (name := homs.local(node.value))}

    def terms(names: Collection[str]) -> set[Any]:
        return {said[name] for name in names if said[name][0] != UNKNOWN}

    before, after = triples(homs), triples(found.graph)
    assert {one for one in after if one[0] in gone} == set()
    stands = {one for one in after - before if one[0] in inside}
    assert {one for one in after - stands if one[0] in inside} == {
        one for one in before if one[0] in inside
    }
    assert {one[1].value.removeprefix(HUD) for one in stands} <= {
        "stands",
        "weighedFrom",
        "restsOn",
    }
    assert asked(found.graph, "SELECT ?s { ?s hud:stands true }") == kept
    others = gone | inside
    rest = {one for one in before if one[0] not in others}
    assert {one for one in after if one[0] not in inside} == (rest - terms(every)) | terms(kept)
    assert set(found.store.named_graphs()) <= {homs.node("graph/ties")}


def test_a_claim_on_what_is_kept_stays_whoever_speaks(homs: Graph) -> None:
    found = cut(homs, on=DAYS[2], voice=VOICES[0])
    for name in found.graph.ids("Statement"):
        assert found.graph.statement(name) == homs.statement(name)


def with_ties(graph: Graph) -> Graph:
    """Return the graph with all ties below one property, and the graph of ties that follows."""
    store = ox.Store()
    store.extend(graph.store)
    tied, ties = ox.NamedNode(HUD + "tiedTo"), ox.NamedNode(f"{graph.base}graph/ties")
    for quad in list(graph.store.quads_for_pattern(None, ox.NamedNode(HUD + "tie"), None)):
        store.add(ox.Quad(quad.subject, ox.NamedNode(RDFS + "subPropertyOf"), tied))
    for name in graph.ids("Statement"):
        one = graph.statement(name)
        if not one.object or UNTOLD in (one.subject, one.object):
            continue
        if one.status == "accepted" and graph.predicate(one.predicate).family:
            store.add(ox.Quad(graph.node(one.subject), tied, graph.node(one.object), ties))
    return Graph(store, graph.case)


def test_the_graph_of_ties_is_that_of_its_statements(homs: Graph) -> None:
    whole = with_ties(homs)
    found = cut(whole, on=DAYS[2])
    left = {(quad.subject, quad.object) for quad in found.store if quad.graph_name != DEFAULT}
    right = set()
    for name in found.graph.ids("Statement"):
        one = found.graph.statement(name)
        predicate = ox.NamedNode(HUD + one.predicate)
        tie = whole.store.quads_for_pattern(predicate, ox.NamedNode(HUD + "tie"), None)
        if one.object and UNTOLD not in (one.subject, one.object) and next(tie, None):
            right.add((homs.node(one.subject), homs.node(one.object)))
    assert left == right
    assert 0 < len(left) < len([quad for quad in whole.store if quad.graph_name != DEFAULT])


@pytest.mark.some(4)
@pytest.mark.parametrize("projection", ["ties", "participation", "actors"])
@pytest.mark.parametrize("narrowing", [
    {"on": DAYS[2]}, {"voice": VOICES[2]}, {"on": DAYS[1], "voice": VOICES[0]},
    {"voice": VOICES[3], "only": True}, {"status": "alleged"}, {"place": NEEDED["other"]},
    {"family": "command"}, {"certainty": "certain", "on": DAYS[2]}, {"during": "2015"},
    {"by": DAYS[2]}, {"on": DAYS[2], "held": "all"},
], ids=str)  # fmt: skip
def test_its_network_is_that_of_the_graph(
    homs: Graph, projection: str, narrowing: Narrowing
) -> None:
    from graph.network.projection import network

    found, right = (
        cut(homs, **narrowing).network(projection),
        network(homs, projection, **narrowing),
    )
    assert set(found.edges(keys=True)) == set(right.edges(keys=True))
    assert {n: of_things(found.nodes[n]) for n in found} == {
        n: of_things(right.nodes[n]) for n in right
    }
    for one, two, key, data in right.edges(keys=True, data=True):
        assert found.edges[one, two, key] == data
    assert {k: found.graph[k] for k in right.graph if k in ("on", "voice", "status")} == {
        k: right.graph[k] for k in right.graph if k in ("on", "voice", "status")
    }


def of_things(data: Mapping[str, object]) -> dict[str, object]:
    """Return what is known of a node, without its size: that is a statement, which may be cut."""
    return {name: value for name, value in data.items() if not name.startswith("last_size")}


@pytest.mark.some(4)
@pytest.mark.parametrize(("day", "voice"), [*product(DAYS[1:], (None, *VOICES[:3]))])
def test_named_queries_that_know_a_day_or_a_voice_give_the_same_rows(
    homs: Graph, day: str, voice: str | None
) -> None:
    world = {} if voice is None else {"as": voice}
    shot = cut(homs, on=day, status=STATUSES) if voice is None else cut(homs, on=day, voice=voice)
    asked = [name for name in DATED if voice is None or ALL[name].param("as")]
    assert asked
    for name in asked:
        given = {p.name: NEEDED[p.name] for p in ALL[name].params if p.required}
        right = named_answer(ALL[name], {**given, **world, "on": day}, homs)
        held = right.columns.index("held")
        rows = {row for row in right.rows if row[held] is not None}
        found = shot.query(name, **given)
        assert isinstance(found, Table), name
        assert found.columns == right.columns, name
        assert set(found.rows) == rows, name


def test_it_is_asked_by_text_and_by_name(example: Judged) -> None:
    mill, asked = Graph(example[1], "mill"), "ASK { mill:river-guard hud:besieges mill:mill-town }"
    found = cut(mill, on="2020-06-01")
    assert found.query(asked) is True
    assert cut(mill, on="2012-06-01").query(asked) is False
    built = found.query("CONSTRUCT WHERE { ?who hud:besieges ?what }")
    assert isinstance(built, tuple)
    assert len(built) >= 1
    with pytest.raises(UsageError, match='no query "tiess"; did you mean "ties"'):
        found.query("tiess")
    declared = "# param who: Actor — who\nSELECT ?p { VALUES ?who { UNDEF } ?who ?p mill:ford }"
    rows = found.query(declared, who="river-guard")
    assert isinstance(rows, Table)
    assert {text(row[0]).removeprefix(HUD) for row in rows.rows} >= {"hasForcesIn"}
    assert len(found.dataset()) == len(as_dataset(found.store))
    assert 0 < found.bytes < 10**7


@pytest.mark.landing
def test_the_last_ones_are_kept(homs: Graph) -> None:
    graph = Graph(homs.store, homs.case)
    first = cut(graph, on="2016-03-01").graph
    assert cut(graph, on="2016-03-01").graph is first
    assert cut(graph, on="2016-03-01", status="open").graph is not first
    for day in range(2, MOST_KEPT + 1):
        cut(graph, on=f"2016-03-{day:02}", voice=VOICES[2], only=True)
    assert cut(graph, on="2016-03-01").graph is not first


@pytest.mark.landing
def test_the_world_of_a_voice_is_told_with_its_numbers(homs: Graph) -> None:
    for voice in VOICES:
        found = cut(homs, voice=voice)
        numbers = re.fullmatch(
            r"accepted, plus (\d+) that (.+) asserts, less (\d+) that it denies", found.world
        )
        assert numbers, found.world
        assert numbers[2] == homs.label(voice)
        accepted = asked(
            homs,
            f"""SELECT ?s {{ ?s hud:status kind:accepted ; hud:toldFrom ?told .
            {miniature.CODED}:{voice} hud:speaksUntil ?spoke FILTER (?told <= ?spoke) }}""",
        )
        assert len(accepted) + int(numbers[1]) - int(numbers[3]) == found.kept
        own = asked(homs, f"SELECT ?s {{ ?s hud:assertedBy {miniature.CODED}:{voice} }}")
        only = cut(homs, voice=voice, only=True)
        assert (
            only.world
            == f"only what {homs.label(voice)} asserts: {len(own)} statement{'s' * (len(own) != 1)}"
        )
        assert found.network("ties").graph["voice"] == voice
        rows = select(homs.store, ALL["voices"].sparql)
        listed = [row[3] for row in rows.rows if homs.local(text(row[0])) == voice]
        assert sum(int(text(number)) for number in listed) == len(own)
    assert cut(homs).world == ""


@pytest.mark.parametrize(
    ("narrowing", "message"),
    [
        ({"only": True}, "name the voice"),
        ({"on": "2016-13-01"}, "on"),
        ({"voice": "nobody-at-all"}, "as: nothing in the case"),
        ({"voice": "nobody"}, "as"),
        ({"voice": VOICES[2], "status": "open"}, "not both"),
        ({"status": "sure"}, "is not a status"),
        ({"held": "all"}, "give the day"),
    ],
)
def test_what_cannot_be_cut_is_refused(homs: Graph, narrowing: Narrowing, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        cut(homs, **narrowing)


def test_what_is_timeless_is_there_on_every_day_without_its_days_in_an_answer(homs: Graph) -> None:
    found = cut(homs, on="1850-01-01")
    assert found.query("ASK { ?place hud:within ?wider }") is True
    rows = found.query("SELECT ?statement { ?statement rdf:predicate hud:within }")
    assert isinstance(rows, Table)
    assert {text(cell) for cell in rows.column("held")} == {"certain"}
    assert ALWAYS.possible_from not in str(rows)


def test_a_condition_that_does_not_hold_is_named_and_nothing_said_of_it(homs: Graph) -> None:
    store = ox.Store()
    store.extend(homs.store)
    kept = cut(homs, on=DAYS[2]).graph.ids("Statement")[0]
    other = min(set(homs.ids("Statement")) - set(cut(homs).graph.ids("Statement")))
    condition = ox.Quad(homs.node(kept), ox.NamedNode(HUD + "condition"), homs.node(other))
    store.add(condition)
    note = ox.Quad(ox.NamedNode("urn:note"), ox.NamedNode(HUD + "on"), homs.node(other))
    store.add(note)
    found = snapshot_of(Filters.of(Graph(store, homs.case), {"on": DAYS[2]})).graph.store
    assert condition in found
    assert note not in found
    assert next(found.quads_for_pattern(homs.node(other), None, None), None) is None


def hudna(*words: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, words, input=stdin)


@pytest.fixture(scope="module")
def mill(public: Path) -> list[str]:
    return ["--case", "mill", "--data", str(miniature.DATA), "--public", str(public)]


OWN = "SELECT ?statement ?p { ?statement rdf:subject mill:river-guard ; rdf:predicate ?p }"


@pytest.mark.landing
def test_any_query_of_ones_own_is_asked_of_the_snapshot(mill: list[str], public: Path) -> None:
    case = package.open("mill", public)
    for words, narrowing in [
        (["--on", "2020-05-20"], {"on": "2020-05-20"}),
        (["--as", "river-guard"], {"voice": "river-guard"}),
        (["--as", "river-guard", "--only"], {"voice": "river-guard", "only": True}),
        (["--on", "2020-05-20", "--status", "alleged", "--status", "open"],
         {"on": "2020-05-20", "status": ("alleged", "open")}),
        (["--place", "mill-town"], {"place": "mill-town"}),
        (["--family", "control"], {"family": "control"}),
    ]:  # fmt: skip
        found = hudna("query", "-", *mill, *words, "--format", "csv", stdin=OWN)
        assert found.exit_code == 0, found.stderr
        right = case.snapshot(**narrowing).query(OWN)  # type: ignore[arg-type]
        assert isinstance(right, Table)
        assert found.stdout.splitlines()[0] == ",".join(right.columns)
        assert len(found.stdout.splitlines()) == 1 + len(right.rows)
        assert f"asked of {case.snapshot(**narrowing)}" in found.stderr  # type: ignore[arg-type]
    assert "held" in hudna("query", "-", *mill, "--on", "2020-05-20", stdin=OWN).stdout
    count = "SELECT (COUNT(*) AS ?n) { ?s a hud:Statement }"
    told = hudna("query", "-", *mill, "--as", "river-guard", "--only", stdin=count)
    assert "only what" in told.stderr
    assert int(told.stdout.split()[-1]) == case.snapshot(voice="river-guard", only=True).kept


def test_a_named_query_that_knows_no_voice_is_asked_of_the_snapshot(mill: list[str]) -> None:
    found = hudna("query", "events" if "events" in ALL else "timeline", *mill, "--as", "observers")
    assert found.exit_code == 0, found.stderr
    assert "accepted, plus" in found.stderr
    assert hudna("query", "sources", *mill, "--on", "2020-05-20").exit_code == 0


@pytest.mark.parametrize(
    "words",
    [
        ["--on", "20-5-2020"],
        ["--as", "nobody"],
        ["--only"],
        ["--as", "observers", "--status", "open"],
    ],
)
def test_the_command_refuses_what_is_none(mill: list[str], words: list[str]) -> None:
    assert hudna("query", "-", *mill, *words, stdin=OWN).exit_code == 2


def test_an_installed_package_has_the_rules_of_a_snapshot(tmp_path: Path, public: Path) -> None:
    """A wheel has no folder beside the package: the ontology stands in it."""
    project = tomllib.loads((miniature.PROJECT / "pyproject.toml").read_text("utf-8"))
    included = project["tool"]["hatch"]["build"]["targets"]["wheel"]["sources"]
    there = {where: at for where, at in included.items() if (miniature.PROJECT / where).exists()}
    for where, at in {"graph": "graph", **there}.items():
        shutil.copytree(miniature.PROJECT / where, tmp_path / at, dirs_exist_ok=True)
    command = f"import graph; print(graph.open('mill', {str(public)!r}).snapshot(on='2020-05-20'))"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    told = subprocess.run(
        [sys.executable, "-c", command], cwd=tmp_path, env=environment, check=True, text=True,
        stdout=subprocess.PIPE,
    )  # fmt: skip
    assert told.stdout.startswith("8 of 30 statements")


@pytest.mark.parametrize("manifest", [True, False])
def test_what_is_too_large_is_not_fetched(*, manifest: bool) -> None:
    class Counting:
        def count(self, graph: str) -> int:
            assert not manifest
            assert graph == ""
            return MOST_TRIPLES + 1

    class Source:
        case = "mill"
        held: ClassVar = {"one": Entry(MOST_TRIPLES + 1, "")} if manifest else {}
        client = Counting()
        check_size = StoreSource.check_size

        @property
        def store(self) -> ox.Store:
            raise AssertionError("it was fetched")

    with pytest.raises(UsageError, match="2000000 triples; build the case here"):
        OpenedCase(Source()).snapshot(on="2020-05-20")  # type: ignore[arg-type]


def test_a_server_asks_the_snapshot_too(public: Path) -> None:
    from urllib.parse import urlencode

    case = package.open("mill", public)
    sparql = "SELECT ?statement { ?statement a hud:Statement } ORDER BY ?statement"
    with served(public) as server:

        def told(**more: str) -> Answer:
            asked = {"query": sparql, "format": "json"} | {k.strip("_"): v for k, v in more.items()}
            return server.ask("GET", f"/sparql?{urlencode(asked)}")

        for given, narrowing in [
            ({"on": "2020-05-20"}, {"on": "2020-05-20"}),
            ({"as_": "river-guard"}, {"voice": "river-guard"}),
            ({"as_": "river-guard", "only": "true", "on": "2020-05-20"},
             {"voice": "river-guard", "only": True, "on": "2020-05-20"}),
            ({"as_": "RIVER guard"}, {"voice": "river-guard"}),
        ]:  # fmt: skip
            right = case.snapshot(**narrowing).graph.ids("Statement")  # type: ignore[arg-type]
            rows = told(**given).json()["results"]["bindings"]
            assert [case.graph.local(row["statement"]["value"]) for row in rows] == list(right)
        for wrong in (
            {"on": "yesterday"}, {"on": "2020-13-01"}, {"as_": "nobody"}, {"as_": "../x"},
            {"as_": "mill-town"}, {"only": "true"}, {"as_": "observers", "only": "perhaps"},
            {"on": ""}, {"as_": ""}, {"as_": "x" * 300}, {"as_": "a> b"},
        ):  # fmt: skip
            answer = told(**wrong)
            assert (answer.status, answer.kind) == (400, "bad-request"), wrong
        slip = told(as_="river-gaurd")
        assert 'did you mean "river-guard"' in slip.json()["detail"]
        with pytest.raises(UsageError) as error:
            case.snapshot(voice="river-gaurd")
        assert str(error.value) in slip.json()["detail"]
        twice = server.ask("GET", "/sparql?query=ASK%7B%7D&on=2020-05-20&on=2020-05-21")
        assert twice.status == 400
