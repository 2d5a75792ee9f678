"""Voices that are no actors: hearsay, of which each claim has its own, and documents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import miniature
import pytest
from pages import asked

from graph import reader
from graph.analysis.uncertainty.voices import by_voice
from graph.errors import UsageError
from graph.export.formats import MODULES, export, form, missing
from graph.export.selection import Selection
from graph.network.projection import network
from graph.query import QUERIES, lookup, named_queries
from graph.query.days import named_answer
from graph.read.select import Graph, Table, answer
from graph.read.tables import tables, worlds
from graph.viewer.drawing import RULES
from graph.viewer.payload import payload

if TYPE_CHECKING:
    from pathlib import Path

SAID = """
[[statement]]
id = "toll"
subject = "ev-shelling"
predicate = "hasDeathToll"
value = 4
question = ["q-toll"]
claims = [<unattributed asserts courier-2020#2.1>]

[[statement]]
id = "higher-toll"
subject = "ev-shelling"
predicate = "hasDeathToll"
value = 7
question = ["q-toll"]
claims = [
  <unattributed asserts observers-2020#2.2>,
  <unattributed asserts courier-2020#2.1>,
]

[[statement]]
id = "blamed"
subject = "ev-shelling"
predicate = "perpetrator"
object = "bandits"
claims = [<unattributed asserts courier-2020#2.1>]

[[statement]]
id = "backed"
subject = "guard-backer"
predicate = "backs"
object = "river-guard"
claims = [<unattributed asserts courier-2020#2.1>]

[[statement]]
id = "letter-of-the-guard"
subject = "river-guard"
predicate = "fights"
object = "bandits"
claims = [<guard-letter asserts courier-2020#2.1>]

[[statement]]
id = "as-printed"
subject = "river-guard"
predicate = "distrusts"
object = "bandits"
claims = [<courier-2020 asserts courier-2020#2.1>]
"""
QUESTION = """
label = "How many people died in the shelling?"
about = ["ev-shelling"]
exclusive = true
"""
LETTER = """
label = "Letter of the river guard"
class = "Document"
mentioned = ["courier-2020#2.1"]
"""


DEAL = """
label = "Paper on the ford"
kind = "truce"

[concluded]
when = "2020-07"
claims = [<guard-letter asserts courier-2020#2.1>]

[[clause]]
id = "ag-paper.c1"
label = "The ford is open"
topic = "humanitarianRelief"
text = "Whoever carries bread may cross."
obligor = ["river-guard"]
claims = [<ag-paper asserts courier-2020#2.1>]

  [[clause.fulfilment]]
  state = "inForce"
  when = "2020-07"
  claims = [<ag-paper asserts courier-2020#2.1>]

[[clause]]
id = "ag-paper.c2"
label = "The ford has a toll"
topic = "humanitarianRelief"
text = "Half a loaf is left behind."
obligor = ["townspeople"]
claims = [
  <guard-letter asserts courier-2020#2.1>,
  <town-council denies courier-2020#2.1>,
]

[[clause]]
id = "ag-paper.c3"
label = "The ford is lit"
topic = "humanitarianRelief"
text = "A lamp burns at night."
claims = [<river-guard asserts courier-2020#2.1>]
"""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder = miniature.copied(tmp_path_factory.mktemp("voices"))
    miniature.written(folder, "statements/said.toml", expanded(SAID))
    miniature.written(folder, "questions/q-toll.toml", QUESTION)
    miniature.written(folder, "agreements/ag-paper.toml", expanded(DEAL))
    miniature.written(folder, "topics/guard-letter.toml", LETTER)
    return Graph(miniature.judged(folder)[1], "mill")


FIGURE = """
[[statement]]
id = "size-{number}"
subject = "bandits"
predicate = "hasSize"
value = {number}
{more}
claims = [<courier-writer asserts courier-2020#2.1>]
"""


RUNNING = 'cumulative = true\ncounted_on = "2020-01-0{}"'


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("", ""), True),
        (('question = ["q-toll"]', 'question = ["q-toll"]'), False),
        (('question = ["q-toll"]', ""), True),
        (('counts = "riders"', 'counts = "all"'), False),
        (('when = "2020-01"', 'when = "2020-06"'), False),
        (('when = "2020-01/2020-02"', 'when = "2020-06/2020-07"'), False),
        (('when = "2020-01"', 'when = "2020"'), True),
        ((RUNNING.format(1), RUNNING.format(3)), False),
        ((RUNNING.format(3), RUNNING.format(1)), True),
        ((RUNNING.format(1), RUNNING.format(1)), True),
        ((RUNNING.format(1), 'counted_on = "2020-01-03"'), True),
        (('counts_kind = "victims"', 'counts_kind = "detainees"'), False),
    ],
)
def test_figures_that_differ_without_a_question_are_a_hint(
    more: tuple[str, str], told: bool, tmp_path: Path
) -> None:
    folder = miniature.copied(tmp_path)
    figures = [FIGURE.format(number=n, more=text) for n, text in zip((30, 40), more, strict=True)]
    miniature.written(folder, "statements/sizes.toml", expanded("".join(figures)))
    miniature.written(folder, "questions/q-toll.toml", QUESTION)
    hints = [
        hint
        for hint in reader.read(folder, miniature.ONTOLOGY).hints
        if hint.file.endswith("sizes.toml")
    ]
    assert len(hints) == told
    assert all("40 here, 30 in size-30" in hint.message for hint in hints)


def expanded(text: str) -> str:
    """Return a file in which each ``<voice stance passage>`` has become a claim."""
    claim = r'{ voice = "\1", stance = "\2", certainty = "unspecified", passages = ["\3"] }'
    return re.sub(r"<(\S+) (\S+) (\S+)>", claim, text)


def statuses(graph: Graph) -> dict[str, str]:
    return {row["id"]: row["status"] for row in tables(graph)["statements"]}


def test_hearsay_alleges_and_disputes_like_any_voice(graph: Graph) -> None:
    found = statuses(graph)
    assert (found["toll"], found["higher-toll"]) == ("contested", "contested")
    assert (found["blamed"], found["backed"]) == ("alleged", "alleged")


def test_each_hearsay_is_a_voice_of_its_own(graph: Graph) -> None:
    """Named after its source; two that say the same are two."""
    things = {row["id"]: row for row in tables(graph)["things"] if row["class"] == "Hearsay"}
    claims = [row for row in tables(graph)["claims"] if row["voice"] in things]
    assert len(things) == len(claims) == 5
    assert all(row["voice"] == f"unattributed/{row['id']}" for row in claims)
    titles = {row["id"]: row["title"] for row in tables(graph)["sources"]}
    for row in claims:
        assert things[row["voice"]]["label"] == f"reportedly, in {titles[row['source']]}"


def test_hearsay_has_no_world_and_is_in_no_network(graph: Graph) -> None:
    assert not any("unattributed" in str(name) for name in graph.store.named_graphs())
    assert not any("unattributed" in row["world"] for row in worlds(tables(graph)))
    blame = network(graph, "blame", status=["alleged", "accepted", "contested"])
    assert not any("unattributed" in node for node in blame)
    found = by_voice(graph, "actors", "degree")
    assert not any("unattributed" in one.voice for one in found)


def test_hearsay_is_called_nothing_and_is_nobody(graph: Graph) -> None:
    """Not found by name, in no list of voices, at the command line, in queries and in the page."""
    hearsay = {row["id"] for row in tables(graph)["things"] if row["class"] == "Hearsay"}
    assert hearsay
    assert not hearsay & lookup.things(graph).keys()
    assert not hearsay & {one.id for what in ("voice", "as") for one in lookup.values(what, graph)}
    with pytest.raises(UsageError, match=r"^thing: nothing in the case mill is called "):
        lookup.thing("reportedly, in The Courier", graph, "thing")
    for name, params in (("names", {"text": "reportedly"}), ("voices", {})):
        table = named_answer(named_queries([QUERIES])[name], params, graph)
        assert not any("unattributed" in str(cell) for row in table.rows for cell in row)
    data = {**payload(graph), "drawn": {"nodes": [], "edges": []}, "rules": RULES}
    found, courier, voices = asked(
        data, ("searched", "reportedly"), ("searched", "courier"), ("voices",)
    )
    assert found == []
    assert courier
    assert not hearsay & set(courier)
    assert voices
    assert not hearsay & set(voices)


def test_a_document_is_a_voice(graph: Graph) -> None:
    """Held as a source or only described; of anything but clauses it alleges."""
    found = statuses(graph)
    assert (found["letter-of-the-guard"], found["as-printed"]) == ("alleged", "alleged")
    names = {str(name).strip("<>").rpartition("/voice/")[2] for name in graph.store.named_graphs()}
    assert names >= {"guard-letter", "courier-2020"}


def test_of_its_clauses_the_paper_of_a_deal_is_the_author(graph: Graph) -> None:
    """Undisputed they are accepted as clauses; not so that they are kept, or the deal concluded."""
    clauses = {
        (row["object"], row["predicate"]): row["status"]
        for row in tables(graph)["statements"]
        if row.get("subject") == "ag-paper" or str(row.get("subject")).startswith("ag-paper.")
        for row in [{**row, "object": row.get("object") or row.get("value")}]
    }
    assert clauses == {
        ("ag-paper.c1", "containsClause"): "accepted",
        ("ag-paper.c2", "containsClause"): "contested",
        ("ag-paper.c3", "containsClause"): "alleged",
        ("river-guard", "obligor"): "accepted",
        ("townspeople", "obligor"): "contested",
        ("inForce", "fulfilment"): "alleged",
        ("true", "concluded"): "alleged",
    }


@pytest.mark.some(4)
@pytest.mark.parametrize("name", MODULES)
def test_every_format_takes_such_voices(name: str, graph: Graph) -> None:
    if missing(form(name)):
        pytest.skip(f"{missing(form(name))} is not installed")
    actor = "bandits" if name == "markdown" else ""
    for chunks in export(name, Selection(graph, actor=actor)).files.values():
        assert b"".join(chunks)


def test_who_says_names_them(graph: Graph) -> None:
    sparql = "SELECT ?label { ?claim hud:about mill:higher-toll ; hud:voice/rdfs:label ?label }"
    table = answer(graph.store, sparql, case="mill")
    assert isinstance(table, Table)
    assert len(table.rows) == 2


@pytest.mark.parametrize("called", ["ag-paper", "guard-letter"])
def test_what_speaks_is_asked_as_a_voice_though_it_is_no_actor(graph: Graph, called: str) -> None:
    for name in (called, graph.label(called)):
        assert lookup.voice(name, graph, "voice").value == f"{miniature.BASE}{called}"
    with pytest.raises(UsageError, match="no actor"):
        lookup.voice("ag-winter-pause", graph, "voice")
