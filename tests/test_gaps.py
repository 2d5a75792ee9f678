"""What no source tells: figures, results, and where people went. Nought is told."""

from __future__ import annotations

import miniature
import pyoxigraph as ox
import pytest

from graph.query import QUERIES, named_queries
from graph.query.days import named_answer
from graph.read.select import Graph

SAID = (
    'claims = [\n  { voice = "courier-writer", stance = "%s", certainty = "certain", '
    'passages = ["courier-2020#4.1"] },\n]\n'
)


def statement(name: str, *lines: str, stance: str = "asserts") -> str:
    return "\n".join(["[[statement]]", f'id = "{name}"', *lines, SAID % stance])


def figure(name: str, told: str, *lines: str, stance: str = "asserts") -> str:
    """Return a figure of its own question: how many came out of one of many gates."""
    head = (f'subject = "{name}"', 'predicate = "hasCount"', told, *lines)
    return statement(f"number-{name}", *head, stance=stance)


def event(kind: str, *roles: tuple[str, str], stance: str = "asserts") -> str:
    """Return an event; its roles are by those who tell of it."""
    listed = "".join(f'[[role]]\nrole = "{role}"\nactor = "{who}"\n\n' for role, who in roles)
    fact = f'label = "An event"\nkind = "{kind}"\n\n[occurred]\nwhen = "2020-05"\n'
    return f"{fact}{SAID % stance}\n{listed}"


def people(name: str) -> str:
    return (
        f'label = "{name}"\nclass = "SocialGroup"\nidentity = "collective"\n'
        'mentioned = ["courier-2020#4.1"]\n'
    )


EVENTS = {
    "ev-silent": event("release"),
    "ev-none": event("release"),
    "ev-unknown": event("release"),
    "ev-answered": event("release"),
    "ev-denied": event("release", stance="denies"),
    "ev-bus": event("evacuation", ("agent", "bus-people")),
    "ev-boat": event("evacuation", ("affected", "boat-people")),
    "ev-foot": event("evacuation", ("agent", "foot-people")),
    "ev-nobody": event("evacuation"),
    "ev-not-so": event("evacuation", ("agent", "bus-people"), stance="denies"),
}
PEOPLE = ("bus-people", "boat-people", "foot-people", "driven-people", "settled-people")
STATEMENTS = (
    figure("ev-none", "value = 0"),
    figure("ev-unknown", 'object = "unknown"'),
    figure("ev-answered", 'object = "unknown"', 'question = ["q-answered"]', stance="leavesOpen"),
    statement("answered", 'subject = "ev-answered"', 'predicate = "hasCount"', "value = 0",
              'question = ["q-answered"]'),
    figure("ev-bus", 'object = "unknown"', 'question = ["q-bus"]'),
    statement("boat-came", 'subject = "boat-people"', 'predicate = "presentIn"', 'object = "ford"',
              'begins = "2020-06"'),
    statement("foot-stay", 'subject = "foot-people"', 'predicate = "presentIn"',
              'object = "mill-town"', 'begins = "2020-06"'),
    statement("foot-left", 'subject = "foot-people"', 'predicate = "leaves"',
              'object = "mill-town"', 'when = "2020-05"'),
    statement("driven", 'subject = "unknown"', 'predicate = "expels"', 'object = "driven-people"',
              'when = "2020-05"'),
    statement("settled", 'subject = "bandits"', 'predicate = "expels"', 'object = "settled-people"',
              'when = "2020-05"'),
    statement("settled-there", 'subject = "settled-people"', 'predicate = "locatedIn"',
              'object = "ford"', 'begins = "2020-06"'),
    statement("lies-there", 'subject = "ford"', 'predicate = "within"', 'object = "mill-town"'),
    statement("is-there", 'subject = "ford"', 'predicate = "locatedIn"', 'object = "mill-town"'),
    statement("is-next", 'subject = "ford"', 'predicate = "neighbours"', 'object = "mill-town"'),
    statement("sits-there", 'subject = "bandits"', 'predicate = "locatedIn"', 'object = "ford"'),
    statement("undated", 'subject = "bandits"', 'predicate = "besieges"', 'object = "ford"'),
)  # fmt: skip


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder = miniature.copied(tmp_path_factory.mktemp("gaps"))
    for name, content in EVENTS.items():
        miniature.written(folder, f"events/{name}.toml", content)
    for name in PEOPLE:
        miniature.written(folder, f"actors/{name}.toml", people(name))
    for name in ("answered", "bus"):
        question = f'label = "How many?"\nabout = ["ev-{name}"]\nexclusive = true\n'
        miniature.written(folder, f"questions/q-{name}.toml", question)
    miniature.written(folder, "statements/extra.toml", "\n".join(STATEMENTS))
    return Graph(miniature.judged(folder)[1], "mill")


def found(graph: Graph, query: str, gap: str, column: str) -> list[str]:
    table = named_answer(named_queries([QUERIES])[query], {"gap": gap}, graph)
    at = table.columns.index(column)
    return sorted(str(row[at]).rstrip(">").rpartition("/")[2] for row in table.rows)


def test_a_number_that_is_told_is_no_gap_even_if_it_is_nought(graph: Graph) -> None:
    """Once each, whether nobody coded it or it is coded as unknown; what was not so has none."""
    gaps = found(graph, "gaps", "number", "subject")
    assert [one for one in gaps if one in EVENTS] == [
        "ev-boat", "ev-bus", "ev-foot", "ev-nobody", "ev-silent", "ev-unknown",
    ]  # fmt: skip


def test_what_is_so_for_all_time_lacks_no_date(graph: Graph) -> None:
    gaps = found(graph, "gaps", "date", "statement")
    assert {"undated", "sits-there"} <= set(gaps)
    assert not {"lies-there", "is-there", "is-next"} & set(gaps), "where a place lies is not asked"


def test_unknown_figures_stand_beside_their_questions(graph: Graph) -> None:
    figures = found(graph, "unknowns", "figure", "subject")
    assert figures == ["ev-answered", "ev-bus", "ev-unknown"]
    questions = found(graph, "unknowns", "answer", "thing")
    assert "q-bus" in questions, "that it is unknown answers nothing"
    assert "q-answered" not in questions
    assert not {"ev-unknown", "ev-bus"} & set(found(graph, "unknowns", "object", "subject"))


def test_results_that_are_not_told_are_unknown(graph: Graph) -> None:
    told = found(graph, "unknowns", "result", "subject")
    gaps = found(graph, "gaps", "fulfilment", "subject")
    assert set(told) <= set(gaps)


def test_where_people_are_taken_or_driven_is_a_gap(graph: Graph) -> None:
    """Told where people leave, else where they are evacuated; not if they are elsewhere later."""
    gaps = found(graph, "gaps", "destination", "statement")
    assert gaps == ["driven", "ev-bus.occurred", "ev-nobody.occurred", "foot-left"]


def test_an_unknown_figure_is_no_plain_triple(graph: Graph) -> None:
    term = ox.NamedNode("https://w3id.org/hudna/ontology#hasCount")
    plain = {str(quad.object) for quad in graph.store.quads_for_pattern(None, term, None, None)}
    assert plain
    assert not [one for one in plain if "unknown" in one]
