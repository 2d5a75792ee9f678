"""Rows of the named queries: each cites its own voice's sentences, and carries what was asked."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

import depth
import miniature
import pyoxigraph as ox
import pytest
from test_queries import ALL, answered, required, value

from graph import query
from graph.analysis.sequences.sequence import sequence, sequences
from graph.build.case import open_build
from graph.cli.tables import readable
from graph.errors import UsageError
from graph.model import AFFIRMING
from graph.model.terms import HUD, KIND, PREFIXES, RDFS, SEM, SKOS, case_namespace, text
from graph.query.citations import without_claim
from graph.query.results import with_passages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from miniature import Judged

    from graph.read.select import Term

    Row = Mapping[str, Any]
    Answers = tuple[str, Sequence[tuple[dict[str, str], query.Table]]]

RDF = PREFIXES["rdf"]
DCTERMS = PREFIXES["dcterms"]
MOST_VALUES = 8 if depth.deep() else 4
CLASSES = {"Place", "Agreement", "Clause", "Question", "Source", "Event", "Actor"}
DAYS = ("2012-06-01", "2015-12-10", "2016-03-15", "2018-09-01", "2020-06-05")
CITED = """SELECT ?voice ?stance ?source ?sentence {
  ?claim hud:about %s ; hud:voice ?voice ; hud:stance ?stance ; hud:source ?source ;
         hud:passage/hud:sentence ?sentence }"""
STANCE_OF = {"alleged": "asserts", "denied": "denies"}
"""What the rows of a query have in common and do not say."""


@pytest.fixture(
    scope="session",
    params=[pytest.param(miniature.CODED, marks=pytest.mark.landing), "mill"],
)
def graph(request: pytest.FixtureRequest) -> query.Graph:
    """The graph of one case after the other."""
    case, store = request.getfixturevalue("judged" if request.param != "mill" else "example")
    return query.Graph(store, case.id)


@pytest.fixture(scope="module", params=ALL)
def answers(graph: query.Graph, request: pytest.FixtureRequest) -> Answers:
    """The name of a query, and what it is asked with what is answered; one query after the other.

    Whoever looks at the rows of a query shares what they are asked for.
    """
    name = request.param
    return name, [(given, answered(name, given, graph)) for given in asked(name, graph)]


# --- whose sentences -----------------------------------------------------------------------------


def voices(row: Row, name: str) -> Iterator[tuple[str, str]]:
    """Yield the voices that a row names, each with the stance that it says it takes, or none."""
    for end in ("", "1", "2"):
        if row.get(f"voice{end}") is not None:
            yield text(row[f"voice{end}"]), text(row.get(f"stance{end}")) or STANCE_OF.get(name, "")


def mine(row: Row, name: str, graph: query.Graph) -> set[str]:
    """Return the sentences that the voices of a row cite for its statements, by another way."""
    nodes = {row[c] for c in row if re.fullmatch(r"statement[0-9]*", c) and row[c] is not None}
    spoken = set(voices(row, name))
    return {
        f"{text(source).rpartition('/')[2]}#{text(sentence)}"
        for node in nodes
        for voice, stance, source, sentence in query.select(graph.store, CITED % node).rows
        if any(who == text(voice) and text(stance).endswith(how) for who, how in spoken)
    }


def rows_of(table: query.Table) -> Iterator[Row]:
    return (dict(zip(table.columns, row, strict=True)) for row in table.rows)


def cited_by(row: Row) -> set[str]:
    return set(re.split(r"[,;] ", text(row["sources"])))


def test_a_row_that_names_a_voice_cites_that_voice(answers: Answers, graph: query.Graph) -> None:
    name, tables = answers
    for params, table in tables:
        if not any(re.fullmatch(r"(statement|claim)[0-9]*", column) for column in table.columns):
            return
        for row in rows_of(with_passages(table, graph, ALL[name].sparql)):
            rests = [row[c] for c in row if re.fullmatch(r"(statement|claim)[0-9]*", c) and row[c]]
            assert bool(text(row["sources"])) == bool(rests), (params, row)
            if any(voices(row, name)):
                assert cited_by(row) <= mine(row, name, graph), (params, row)


@pytest.mark.parametrize("name", ALL)
def test_who_names_a_voice_names_its_claim(name: str) -> None:
    assert without_claim(ALL[name].sparql) == ""


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?who ?statement { ?c hud:about ?statement ; hud:voice ?who ; hud:stance ?is }",
        "SELECT * { ?c hud:about ?statement ; hud:voice ?by }",
        "SELECT (?v AS ?speaker) ?statement { ?claim hud:about ?statement ; hud:voice ?v }",
        "SELECT ?how ?statement { ?claim hud:about ?statement ; hud:stance ?how }",
        f"SELECT ?v ?statement {{ ?claim <{HUD}about> ?statement ; <{HUD}voice> ?v }}",
        "PREFIX h: <x#> SELECT ?n ?statement { ?claim h:about ?statement; h:voice/rdfs:label ?n }",
        "SELECT ?n ?statement { ?claim hud:about ?statement; hud:voice ?v . ?v rdfs:label ?n }",
        """SELECT ?n ?statement { # a comment with hud:voice ?x
          ?claim hud:about ?statement FILTER (?statement != "}") . ?claim hud:voice ?v
          BIND (LCASE(STR(?v)) AS ?n) }""",
        "SELECT ?who ?mine ?statement { ?mine hud:about ?statement ; hud:voice ?who }",
        """SELECT ?v ?w ?statement ?claim {
          ?claim hud:about ?statement ; hud:voice ?v . ?c hud:about ?statement ; hud:voice ?w }""",
    ],
)
def test_a_column_by_any_name_that_tells_of_a_voice_needs_its_claim(
    sparql: str, example: Judged
) -> None:
    graph = query.Graph(example[1], "mill")
    with pytest.raises(UsageError, match=r"select the variable of the claim"):
        with_passages(query.Table(("statement",), ()), graph, sparql)


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT ?who ?statement ?claim { ?claim hud:about ?statement ; hud:voice ?who }",
        "SELECT ?statement { ?c hud:about ?statement ; hud:voice ?who ; hud:stance kind:denies }",
        "SELECT ?who (COUNT(?c) AS ?n) { ?c hud:voice ?who } GROUP BY ?who",
        "SELECT ?statement (COUNT(?w) AS ?n) { ?c hud:about ?statement ; hud:voice ?w }",
        "SELECT ?statement ?o { ?statement rdf:object ?o FILTER EXISTS { ?c hud:voice ?w } }",
        "ASK { ?c hud:voice ?who }",
    ],
)
def test_others_need_none(sparql: str) -> None:
    assert without_claim(sparql) == ""


def test_a_query_of_a_case_is_held_to_it_at_load(public: Path, tmp_path: Path) -> None:
    answers = tmp_path / "mill" / "answers"
    answers.mkdir(parents=True)
    text = "SELECT ?by ?statement { ?c hud:voice ?by ; hud:about ?statement }"
    answers.joinpath("loud.rq").write_text(text, "utf-8")
    with pytest.raises(UsageError, match=r'the query "loud": its column \?by tells of a voice'):
        open_build("mill", public, tmp_path).query("contested")


def test_two_voices_in_a_row_are_cited_one_after_the_other(karabakh: Judged) -> None:
    graph = query.Graph(karabakh[1], "karabakh")
    told = answered("contradictions", {"voice": "ilham-aliyev"}, graph)
    table = with_passages(told, graph)
    assert table.rows
    assert all(row["claim"] != row["claim2"] for row in rows_of(table))
    for row in rows_of(table):
        first, second = text(row["sources"]).split("; ")
        for cited, end in ((first, "1"), (second, "2")):
            one = {"voice": row[f"voice{end}"], "stance": row[f"stance{end}"]}
            one["statement"] = row["statement" if end == "1" else "statement2"]
            assert set(cited.split(", ")) <= mine(one, "", graph)


def test_a_claim_alone_is_enough_to_cite(example: Judged) -> None:
    graph = query.Graph(example[1], miniature.CASE)
    about = graph.node("ev-shelling.perpetrator.river-guard")
    sparql = f"SELECT ?claim ?voice {{ ?claim hud:about {about} ; hud:voice ?voice }}"
    table = query.select(graph.store, sparql)
    rows = list(rows_of(with_passages(table, graph)))
    assert rows
    for row in rows:
        assert cited_by(row) <= mine({**row, "statement": about}, "", graph)


@pytest.mark.parametrize("name", sequences())
def test_what_a_sequence_cites_is_said_by_the_voices_that_it_names(
    name: str, judged: Judged
) -> None:
    graph = query.Graph(judged[1], miniature.CODED)
    found = sequence(graph, sequences()[name], status=("accepted", "contested", "alleged"))
    for one in (*found.counted.triggers, *found.counted.outcomes):
        if one.voices:
            row = {"statement": ox.NamedNode(case_namespace(miniature.CODED) + one.statement)}
            spoken = {
                passage
                for voice in one.voices
                for stance in AFFIRMING
                for passage in mine(
                    {**row, "voice": ox.NamedNode(case_namespace(miniature.CODED) + voice),
                     "stance": ox.NamedNode(KIND + stance)}, "", graph)
            }  # fmt: skip
            assert set(one.passages) <= spoken


# --- one row a clause ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name, one in ALL.items() if one.joined])
def test_a_table_has_what_rows_differ_in_in_one_cell(name: str, graph: query.Graph) -> None:
    """Each joined cell has the words of all rows that are otherwise alike, and their passages."""
    asking, given = ALL[name], {}
    if name == "clauses":
        clauses = Counter(one.partition(".")[0] for one in graph.ids("Clause"))
        given = {"agreement": clauses.most_common(1)[0][0]}
    table = with_passages(answered(name, given, graph), graph, asking.sparql)
    assert asking.joined <= {*table.columns} - asking.hidden
    head, *plain = readable(table, graph.labels, asking.hidden)
    _, *joined = readable(table, graph.labels, asking.hidden, asking.joined)
    several = [at for at, one in enumerate(head) if one in {*asking.joined, "sources"}]

    def rest(row: list[str]) -> tuple[str, ...]:
        return tuple(cell for at, cell in enumerate(row) if at not in several)

    assert len(joined) == len({rest(row) for row in plain})
    for row in joined:
        alike = [one for one in plain if rest(one) == rest(row)]
        for at in several:
            cells = {one[at] for one in alike} - {""}
            assert all(cell in row[at] for cell in cells)
            assert len(row[at]) == len("; ".join(cells))
    if graph.case != "mill" and "clause" in head:
        assert len(joined) < len(plain)


# --- what was asked ------------------------------------------------------------------------------

ENDS = "subject|object"
CARRIED = {
    ("*", "about"): ENDS,
    ("about", "thing"): ENDS,
    ("agreements", "process"): "talks",
    ("agreements-counted", "process"): "agreement>hud:process",
    ("causes", "event"): ENDS,
    ("claims-of", "voice"): "claim>hud:voice",
    ("clauses", "agreement"): "clause>dcterms:isPartOf",
    ("clauses-elsewhere", "agreement"): "clause>dcterms:isPartOf",
    ("contested", "question"): "statement>hud:answers",
    ("contradictions", "about"): "subject|object|against|statement2>rdf:subject",
    ("contradictions", "voice"): "voice1|voice2",
    ("course", "process"): "what>hud:process",
    ("economy", "group"): "actor>hud:memberOf|actor>hud:partOf|actor>hud:partOf>hud:memberOf",
    ("estimates", "thing"): "subject",
    ("event", "event"): ENDS,
    ("figures", "kind"): "statement>hud:countsKind|subject>hud:kind",
    ("figures", "thing"): "subject",
    ("sizes", "kind"): "actor>hud:kind",
    ("figures-compared", "thing"): "statement>rdf:subject",
    ("figures-compared", "other"): "statement2>rdf:subject",
    ("mechanisms", "instance"): "example",
    ("part-in", "actor"): "statement>rdf:object",
    ("parties", "of"): "statement>rdf:subject",
    ("passages", "sentence"): "claim>hud:passage>hud:sentence",
    ("paths", "from"): "statement1>rdf:subject|statement1>rdf:object",
    ("paths", "to"): "|".join(f"statement{n}>rdf:{end}" for n in "123" for end in ENDS.split("|")),
    ("roles", "actor"): "holder|of",
    ("same", "thing"): "left|right",
    ("signed-ties", "actor"): ENDS,
    ("tie-between", "actor"): ENDS,
    ("tie-between", "other"): ENDS,
    ("ties", "actor"): ENDS,
    ("ties", "family"): "predicate>hud:family",
    ("unknowns", "about"): f"thing|{ENDS}|thing>hud:about",
    ("who-says", "question"): "statement>hud:answers",
}
"""Where a row carries the value of a parameter, if not in the column of its name."""


def reached(row: Row, way: str, graph: query.Graph) -> set[str]:
    """Return the terms at the end of a way: a column, and properties from there."""
    column, *steps = way.split(">")
    terms = {row[column]} - {None}
    for step in steps:
        prefix, local = step.split(":")
        node = ox.NamedNode(PREFIXES[prefix] + local)
        terms = {
            quad.object
            for term in terms
            for quad in graph.store.quads_for_pattern(term, node, None, ox.DefaultGraph())
        }
    return {text(term) for term in terms}


def objects(node: Term | None, iri: str, graph: query.Graph) -> list[str]:
    assert isinstance(node, ox.NamedNode)
    found = graph.store.quads_for_pattern(node, ox.NamedNode(iri), None, ox.DefaultGraph())
    return [text(quad.object) for quad in found]


def within(place: str, graph: query.Graph) -> set[str]:
    """Return a place and all that lie within it."""
    found, new = set(), {place}
    while new:
        found |= new
        new = {
            text(quad.subject)
            for one in new
            for quad in graph.store.quads_for_pattern(
                None, ox.NamedNode(HUD + "within"), ox.NamedNode(one), ox.DefaultGraph()
            )
        } - found
    return found


def told_by_voice(voice: str, row: Row, graph: query.Graph) -> bool:
    """Tell whether a statement is accepted or asserted by a voice, and not denied by it.

    An alternative stands as the statement does that names it.
    """
    one, whole = ox.NamedNode(text(row["statement"])), ox.NamedNode(HUD + "oneOf")
    naming = [quad.subject for quad in graph.store.quads_for_pattern(None, whole, one)]
    for statement in (one, *naming):
        rows = query.select(graph.store, CITED % statement).rows
        stances = {text(how).removeprefix(KIND) for who, how, *_ in rows if text(who) == voice}
        accepted = objects(statement, HUD + "status", graph) == [KIND + "accepted"]
        if (accepted or "asserts" in stances) and "denies" not in stances:
            return True
    return False


def carries(name: str, param: query.Param, given: str, row: Row, graph: query.Graph) -> bool:
    """Tell whether a row carries the value of a parameter, or a term that is below it."""
    node = text(query.term(param, given, graph))
    return any(carries_one(name, param, one, row, graph) for one in {node, *below(node, graph)})


def below(node: str, graph: query.Graph) -> set[str]:
    """Return the kinds and predicates that are below one."""
    links = (ox.NamedNode(RDFS + "subPropertyOf"), ox.NamedNode(SKOS + "broader"))
    direct = {
        text(quad.subject)
        for link in links
        for quad in graph.store.quads_for_pattern(None, link, ox.NamedNode(node))
    } if node.startswith("https:") else set[str]()  # fmt: skip
    return direct.union(*(below(one, graph) for one in direct))


def carries_one(name: str, param: query.Param, node: str, row: Row, graph: query.Graph) -> bool:
    """Tell whether a row carries a term as the value of a parameter."""
    special = SPECIAL.get((name, param.name)) or SPECIAL.get(("*", param.name))
    if special is not None:
        return special(node, row, graph)
    if param.type == "Place" and "where" in row:
        return text(row["where"]) in within(node, graph)
    ways = CARRIED.get((name, param.name)) or (
        param.name if param.name in row else CARRIED[("*", param.name)]
    )
    return any(node in reached(row, way, graph) for way in ways.split("|"))


def bounded(day: str, row: Row, graph: query.Graph, *, after: bool) -> bool:
    """Tell whether a statement may reach beyond a day, as far as its dates are known."""
    term = "hasLatestEndTimeStamp" if after else "hasEarliestBeginTimeStamp"
    known = objects(row["statement"], SEM + term, graph)
    return all(one >= day if after else one <= day for one in known)


def has_role(role: str, row: Row, graph: query.Graph) -> bool:
    """Tell whether somebody has a role in the event of a row."""
    predicate, node = ox.NamedNode(RDF + "predicate"), ox.NamedNode(role)
    taking = graph.store.quads_for_pattern(None, predicate, node, ox.DefaultGraph())
    return any(objects(q.subject, RDF + "subject", graph) == [text(row["event"])] for q in taking)


def passed(row: Row, graph: query.Graph) -> set[str]:
    """Return the statuses of the ties of a path."""
    ties = [row[f"statement{number}"] for number in "123"]
    return {objects(one, HUD + "status", graph)[0] for one in ties if one is not None}


def of_clause(agreement: str, end: Term | None, graph: query.Graph) -> bool:
    return end is None or objects(end, DCTERMS + "isPartOf", graph) == [agreement]


def on_a_like_clause(clause: str, row: Row, graph: query.Graph) -> bool:
    """Tell whether a statement is on a clause or on one of its like."""
    terms = (RDF + "subject", RDF + "object", HUD + "under")
    ends = {end for term in terms for end in objects(row["statement"], term, graph)}
    alike = {clause}
    for term in (HUD + "topic", DCTERMS + "replaces"):
        for shared in objects(ox.NamedNode(clause), term, graph):
            if term != HUD + "topic":
                alike.add(shared)
            elif shared != KIND + "other":
                alike |= subjects(term, shared, graph)
    return bool(ends & (alike | subjects(DCTERMS + "replaces", clause, graph)))


def subjects(iri: str, node: str, graph: query.Graph) -> set[str]:
    pattern = (None, ox.NamedNode(iri), ox.NamedNode(node), ox.DefaultGraph())
    return {text(quad.subject) for quad in graph.store.quads_for_pattern(*pattern)}


def tied(node: str, row: Row, graph: query.Graph) -> bool:
    """Tell whether somebody has a tie with the neighbour of a row."""
    return bool(
        answered("tie-between", {"actor": node, "other": text(row["neighbour"])}, graph).rows
    )


SPECIAL: Mapping[tuple[str, str], Callable[[str, Row, query.Graph], bool]] = {
    ("*", "as"): told_by_voice,
    ("*", "after"): lambda day, row, graph: bounded(day, row, graph, after=True),
    ("*", "before"): lambda day, row, graph: bounded(day, row, graph, after=False),
    ("*", "text"): lambda part, row, graph: any(
        part in key for key in objects(row["thing"], HUD + "nameKey", graph)
    ),
    ("*", "word"): lambda part, row, _: part.casefold() in text(row["counts"]).casefold(),
    ("fighting", "place"): lambda _node, _row, _graph: True,  # summed up: tests/test_import.py
    ("fighting", "after"): lambda day, row, _: text(row["month"]).strip("]")[-7:] >= day[:7],
    ("fighting", "before"): lambda day, row, _: text(row["month"]).strip("[")[:7] <= day[:7],
    ("disagreements", "thing"): lambda _node, _row, _graph: True,  # of all that is one with it
    ("disagreements", "voice"): lambda _node, _row, _graph: True,  # rows of the others, too
    ("figures-by-rule", "thing"): lambda _node, _row, _graph: True,  # summed up
    ("notes", "on"): lambda node, row, _: text(row["about"]) == node,
    ("*", "on"): lambda day, row, graph: (
        bounded(day, row, graph, after=True) and bounded(day, row, graph, after=False)
    ),
    ("clause-changes", "earlier"): lambda node, row, graph: of_clause(node, row["clause"], graph),
    ("clause-changes", "later"): lambda node, row, graph: of_clause(node, row["successor"], graph),
    ("said-on", "clause"): on_a_like_clause,
    ("clauses-elsewhere", "place"): lambda node, row, graph: (
        text(row["where"]) not in within(node, graph)
    ),
    ("blamed-by-both", "camp"): lambda _node, _row, _graph: True,  # counted, not shown
    ("blamed-by-both", "other"): lambda _node, _row, _graph: True,  # counted, not shown
    ("insubordinate", "government"): lambda node, row, graph: (
        text(row["how"]) == "defies"
        or node in reached(row, "actor>hud:sidesWith", graph)
        or node in reached(row, "other", graph) | reached(row, "other>hud:sidesWith", graph)
    ),
    ("names", "class"): lambda name, row, graph: name in objects(row["thing"], RDF + "type", graph),
    ("neighbours", "actor"): tied,
    ("neighbours", "status"): lambda _node, _row, _graph: True,  # counted, not shown
    ("pressure", "place"): lambda node, row, graph: (
        not within(node, graph).isdisjoint(
            reached(row, "object", graph) | reached(row, "object>hud:locatedIn", graph)
        )
    ),
    ("paths", "steps"): lambda most, row, _: int(text(row["ties"])) <= int(most),
    ("paths", "sign"): lambda sign, row, _: (text(row["over"]) != "") == (int(sign) < 0),
    ("paths", "status"): lambda node, row, graph: passed(row, graph) <= {KIND + "accepted", node},
    ("timeline", "role"): has_role,
}
"""How a row carries a value where it does not show it."""


@cache
def all_of(kind: str, store: ox.Store, case: str) -> list[str]:
    """Return ids of things of a class that the case has, not more than a few, evenly chosen."""
    graph = query.Graph(store, case)
    base = case_namespace(case)
    sparql = f"SELECT DISTINCT ?x {{ ?x a/rdfs:subClassOf* <{HUD}{kind}> }} ORDER BY ?x"
    if kind == "Voice":
        sparql = f"SELECT DISTINCT ?x {{ ?c <{HUD}voice> ?x }} ORDER BY ?x"
    found = [text(row[0]) for row in query.select(graph.store, sparql).rows]
    ids = [iri.removeprefix(base) for iri in found if iri.startswith(base)]
    return ids[:: max(1, len(ids) // MOST_VALUES)]


def fits(param: query.Param, given: str, graph: query.Graph) -> bool:
    try:
        query.term(param, given, graph)
    except UsageError:
        return False
    return True


def values(name: str, param: query.Param, graph: query.Graph) -> Iterable[str]:
    """Return sensible values for a parameter: what the answer has without it, and others."""
    if param.type == "Date":
        return DAYS
    if param.name in ("as", "voice"):
        found = all_of("Voice", graph.store, graph.case)
    else:
        classes = CLASSES & set(param.type.split("|"))
        found = [one for kind in classes for one in all_of(kind, graph.store, graph.case)]
    if fits_required(name, graph):
        wide = answered(name, required(name), graph)
        ways = CARRIED.get((name, param.name), param.name).split("|")
        seen = {
            text(one).removeprefix(case_namespace(graph.case)).removeprefix(KIND).removeprefix(HUD)
            for way in ways
            if way in wide.columns
            for one in wide.column(way)
            if one is not None
        }
        listed = sorted(seen)
        found = [*found, *listed[:: max(1, len(listed) // MOST_VALUES)]]
    if graph.case == miniature.CODED:
        found = [value(name, param.name), *found]
    return [one for one in dict.fromkeys(found) if fits(param, one, graph)]


def fits_required(name: str, graph: query.Graph) -> bool:
    return all(
        fits(param, value(name, param.name), graph)
        for param in ALL[name].params
        if param.name in required(name)
    )


def asked(name: str, graph: query.Graph) -> Iterator[dict[str, str]]:
    """Yield values for the parameters of a query: none, and each with several values."""
    needed = required(name)
    if fits_required(name, graph):
        yield needed
    for param in ALL[name].params:
        for one in values(name, param, graph):
            given = needed | {param.name: one}
            if all(fits(p, given[p.name], graph) for p in ALL[name].params if p.name in given):
                yield given


def test_each_row_carries_every_value_that_was_asked_for(
    answers: Answers, graph: query.Graph
) -> None:
    name, tables = answers
    for given, table in tables:
        for row in rows_of(table):
            for param in ALL[name].params:
                if param.name in given:
                    one = given[param.name]
                    assert carries(name, param, one, row, graph), (param.name, one, row)
