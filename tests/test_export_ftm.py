"""FollowTheMoney: its own library and command read what is written, and find it all again."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from calendar import monthrange
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import miniature
import pyoxigraph as ox
import pytest

from graph.errors import UsageError
from graph.export import formats, ftm
from graph.export.ftm_records import NAMELESS, identifier
from graph.export.selection import Selection
from graph.model.terms import RDFS, SKOS, case_namespace
from graph.read.select import Graph

if TYPE_CHECKING:
    from followthemoney.proxy import EntityProxy
    from miniature import Judged

# Whether it is there is looked up: to import it takes its time, also in the other processes.
pytestmark = pytest.mark.skipif(
    find_spec("followthemoney") is None, reason="followthemoney is not installed"
)

HUD = "https://w3id.org/hudna/ontology#"
KIND = "https://w3id.org/hudna/kind/"
COMMAND = Path(sys.executable).parent / "ftm"
NAME = re.compile(
    r"(?:\[[A-Z]+\] )?(.*?)(?: \[(?:unnamed|withheld|hypothetical), [^]]*\])?", re.DOTALL
)
TIES = {
    "Membership": ("member", "organization"),
    "Employment": ("employee", "employer"),
    "Directorship": ("director", "organization"),
    "Representation": ("agent", "client"),
    "Associate": ("person", "associate"),
    "UnknownLink": ("subject", "object"),
}


class Read(NamedTuple):
    """A file as the library reads it, and the graph that it was made of."""

    content: bytes
    entities: dict[str, EntityProxy]
    store: ox.Store
    case: str
    losses: dict[str, int]

    def rows(self, sparql: str) -> list[tuple[str, ...]]:
        """Return what the graph answers, ids without their namespaces."""
        text = f"PREFIX hud: <{HUD}> PREFIX kind: <{KIND}> {sparql}"
        found: Any = self.store.query(text, use_default_graph_as_union=False)
        return [tuple(self.local(term) for term in row) for row in found]

    def local(self, term: object) -> str:
        """Return a term without its namespace; empty if there is none."""
        value = "" if term is None else str(getattr(term, "value", term))
        for base in (case_namespace(self.case), HUD, KIND):
            value = value.removeprefix(base)
        return value

    def of(self, key: str) -> EntityProxy:
        """Return the entity for a record."""
        name = key.replace(".", "--").replace("/", "--")
        return self.entities[f"{self.case}-{name}"]


def read(store: ox.Store, case: str) -> Read:
    from followthemoney import model

    made = formats.export("ftm", Selection(Graph(store, case)))
    content = b"".join(made.files["entities.ftm.json"])
    entities = [model.get_proxy(json.loads(line), cleaned=False) for line in content.splitlines()]
    by_id = {str(one.id): one for one in entities}
    assert len(by_id) == len(entities)
    return Read(content, by_id, store, case, {loss.what: loss.items for loss in made.losses})


@pytest.fixture(scope="module")
def homs(judged: Judged) -> Read:
    return read(judged[1], miniature.CODED)


@pytest.fixture(scope="module", params=[miniature.CODED, "mill"])
def case(request: pytest.FixtureRequest) -> Read:
    """The Homs case and the miniature."""
    name: str = request.param
    fixture = "judged" if name == miniature.CODED else "example"
    return read(request.getfixturevalue(fixture)[1], name)


def altered(store: ox.Store, change: dict[str, str]) -> ox.Store:
    """Return a copy of a graph in which some labels are others, by IRI."""
    label = ox.NamedNode(RDFS + "label")
    copy = ox.Store()
    for quad in store.quads_for_pattern(None, None, None, None):
        new = quad.predicate == label and change.get(getattr(quad.subject, "value", ""))
        term = ox.Literal(new, language="en") if new else quad.object
        copy.add(ox.Quad(quad.subject, quad.predicate, term, quad.graph_name))
    return copy


def test_the_command_takes_every_entity_as_it_is(case: Read, tmp_path: Path) -> None:
    given, taken = tmp_path / "given.json", tmp_path / "taken.json"
    given.write_bytes(case.content)
    subprocess.run([COMMAND, "validate", "-i", given, "-o", taken], check=True)
    back = {one["id"]: one for one in map(json.loads, taken.read_text("utf-8").splitlines())}
    for line in case.content.splitlines():
        one = json.loads(line)
        assert back.pop(one["id"])["properties"] == one["properties"]
    assert not back


def test_every_entity_is_whole_and_points_at_what_is_there(case: Read) -> None:
    for entity in case.entities.values():
        data: Any = entity.to_dict()
        entity.schema.validate(data)
        assert all(entity.get(name) for name in entity.schema.required), entity.id
        for prop, value in entity.itervalues():
            if prop.type.name == "entity":
                assert prop.range is not None
                assert case.entities[value].schema.is_a(prop.range), (entity.id, prop.name)


def test_ids_survive_the_signing_of_openaleph(homs: Read) -> None:
    from followthemoney.namespace import Namespace

    signed = {Namespace("a-dataset").sign(key) for key in homs.entities}
    assert len(signed) == len(homs.entities)
    assert not any("." in key for key in homs.entities)
    assert all(str(key).startswith(f"{miniature.CODED}-") for key in signed)


@cache
def days(written: str) -> tuple[str, str]:
    """Return the first and last day of a date, by the calendar."""
    year, month, day = [*written.split("-"), "", ""][:3]
    first = f"{year}-{month or '01'}-{day or '01'}"
    last = day or str(monthrange(int(year), int(month or 12))[1]).zfill(2)
    return first, f"{year}-{month or '12'}-{last}"


def test_things_come_back_with_their_names(case: Read) -> None:
    things = case.rows(f"""SELECT DISTINCT ?thing ?label ?identity WHERE {{
      ?thing a ?class ; <{RDFS}label> ?label OPTIONAL {{ ?thing hud:identity ?identity }}
      FILTER(STRSTARTS(STR(?thing), "{case_namespace(case.case)}"))
      FILTER NOT EXISTS {{ ?thing a hud:Source }} }}""")
    assert len(things) > 5
    for key, label, identity in things:
        entity = case.of(key)
        match = NAME.fullmatch(str(entity.first("name")))
        assert match
        assert match[1] == label
        aliases = {
            row[0]
            for row in case.rows(
                f"SELECT ?name WHERE {{ <{case_namespace(case.case)}{key}> "
                "<http://www.w3.org/2004/02/skos/core#altLabel> ?name }"
            )
        }
        hidden = {
            one.removeprefix("Also called: ")
            for one in entity.get("notes")
            if one.startswith("Also called: ")
        }
        assert {*entity.get("alias"), *entity.get("weakAlias"), *hidden} == aliases
        if identity in ("unnamed", "withheld", "hypothetical"):
            assert entity.names == entity.get("name")


STATEMENTS = """SELECT ?id ?subject ?predicate ?object ?status ?label ?eb ?lb ?ee ?le WHERE {
  ?id <http://www.w3.org/1999/02/22-rdf-syntax-ns#subject> ?subject ;
      <http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate> ?predicate ;
      <http://www.w3.org/1999/02/22-rdf-syntax-ns#object> ?object ; hud:status ?status .
  ?predicate <http://www.w3.org/2000/01/rdf-schema#label> ?label .
  OPTIONAL { ?id sem:hasEarliestBeginTimeStamp ?eb }
  OPTIONAL { ?id sem:hasLatestBeginTimeStamp ?lb }
  OPTIONAL { ?id sem:hasEarliestEndTimeStamp ?ee }
  OPTIONAL { ?id sem:hasLatestEndTimeStamp ?le }
}"""


def statements(case: Read) -> list[tuple[str, ...]]:
    return case.rows(f"PREFIX sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> {STATEMENTS}")


def test_every_tie_comes_back_and_only_what_is_accepted_is_a_link(case: Read) -> None:
    found = statements(case)
    links = 0
    for key, subject, predicate, target, status, label, *bounds in found:
        entity = case.of(key)
        ends = [case.of(end).id for end in (subject, target) if _is_thing(case, end)]
        if status == "accepted" and len(ends) == 2:
            links += 1
            first, second = TIES[entity.schema.name]
            first, second = (second, first) if predicate == "authorises" else (first, second)
            assert [*entity.get(first), *entity.get(second)] == ends
            assert entity.get("role", quiet=True) or entity.get("relationship") == [label]
            assert entity.get("status", quiet=True) in (["accepted"], [])
            check_dates(entity, *bounds)
        else:
            assert entity.schema.name == "Note"
            assert entity.get("entity") == list(dict.fromkeys(ends))
            assert entity.get("keywords")[:2] == list(dict.fromkeys([status, label]))
            if status != "accepted":
                assert entity.caption.startswith(f"{status.upper()}: ")
    written = [one for one in case.entities.values() if one.schema.edge]
    assert len([one for one in written if one.schema.name != "Documentation"]) == links


def _is_thing(case: Read, key: str) -> bool:
    return f"{case.case}-{key.replace('.', '--')}" in case.entities


def check_dates(entity: EntityProxy, eb: str, lb: str, ee: str, le: str) -> None:
    """Check that dates are as narrow as a prefix can be, and never narrower than is known."""
    for name, first, last in (("startDate", eb, lb), ("endDate", ee, le)):
        if (eb, lb) == (ee, le):
            name = "date"  # noqa: PLW2901
        written = entity.first(name)
        if written:
            assert days(written)[0] <= first <= last <= days(written)[1]
            assert len(written) == 10 or first[: len(written) + 3] != last[: len(written) + 3]
        else:
            assert not first or not last or first[:4] != last[:4]
    if (eb, lb) == (ee, le):
        assert not entity.get("startDate")
        assert not entity.get("endDate")


def test_texts_hold_voices_stances_passages_and_wording(case: Read) -> None:
    claims = case.rows("""SELECT ?statement ?name ?said ?sure ?source ?sentence WHERE {
      ?claim hud:about ?statement ; hud:voice/<http://www.w3.org/2000/01/rdf-schema#label> ?name ;
        hud:stance/<http://www.w3.org/2004/02/skos/core#prefLabel> ?said ;
        hud:certainty/<http://www.w3.org/2004/02/skos/core#prefLabel> ?sure ;
        hud:source ?source ; hud:passage/hud:sentence ?sentence }""")
    assert claims
    for statement, name, said, sure, source, sentence in claims:
        lines = str(_evidence(case.of(statement))).splitlines()
        start = f"{name}: {said} (certainty: {sure}) ["
        assert any(line.startswith(start) and f"{source}#{sentence}" in line for line in lines)
    for statement, when in case.rows("SELECT ?s ?w WHERE { ?s hud:when ?w ; hud:status ?x }"):
        assert f"As coded (EDTF): {when}" in str(_evidence(case.of(statement)))
    for statement, words in case.rows("SELECT ?s ?w WHERE { ?s hud:whenText ?w ; hud:status ?x }"):
        assert f"In the source's words: {words}" in str(_evidence(case.of(statement)))


def _evidence(entity: EntityProxy) -> str | None:
    return entity.first("summary" if entity.schema.name == "Note" else "description")


def test_losses_are_counted_exactly(case: Read) -> None:
    found = statements(case)
    links = [one for one in found if case.of(one[0]).schema.name != "Note"]
    coarser = undated = 0
    for *_, eb, lb, ee, le in links:
        for first, last in ((eb, lb), (ee, le)):
            spans = (
                {days((first or last)[:length]) for length in (4, 7, 10)} if first or last else {}
            )
            exact = (first, last) in spans
            shared = bool(first) and first[:4] == last[:4]
            coarser += bool(first or last) and not exact and shared
            undated += bool(first or last) and not exact and not shared
    told = case.losses
    assert told.get(
        "begins and ends of links that are known more exactly than the date says", 0
    ) == (coarser)
    across = "begins and ends of links that are known from one side or across years"
    assert told.get(across, 0) == undated
    objects = [one for one in found if _is_thing(case, one[3])]
    assert told["ties that are not accepted or have an untold end"] == len(objects) - len(links)


def test_what_is_not_named_is_never_matched_with_others(case: Read) -> None:
    from followthemoney.compare import compare

    known = [one for one in case.entities.values() if one.schema.is_a("LegalEntity")]
    nameless = [one for one in known if {*NAMELESS} & {*one.get("keywords")}]
    called = case.rows(
        """SELECT ?t WHERE { VALUES ?i { kind:unnamed kind:withheld kind:hypothetical }
             ?t a hud:Actor ; hud:identity ?i }"""
    )
    assert {one.id for one in nameless} == {case.of(key).id for (key,) in called}
    assert nameless or case.case == "karabakh"
    for one in nameless:
        assert all(compare(one, other) < 0.2 for other in known if other is not one)
        elsewhere = one.clone()
        elsewhere.id = "other-case"
        elsewhere.set("name", one.caption.replace(f"{case.case}/", "other/"))
        assert compare(one, elsewhere) < 0.2


def test_what_is_not_accepted_to_have_happened_is_marked_in_its_name(karabakh: Judged) -> None:
    found = read(karabakh[1], "karabakh")
    assert found.of("ev-cleansing").caption.startswith("[ALLEGED] ")
    assert found.of("ag-peace").caption.startswith("[OPEN] ")
    assert not found.of("ag-october-26").caption.startswith("[")
    assert found.of("ag-october-26").get("date") == ["2020-10-26"]
    assert found.of("iran").get("country") == ["ir"]


def test_further_names_are_weak_where_they_may_be_those_of_others(karabakh: Judged) -> None:
    """A single name of a person, one that several have, a common noun, and that of a group."""
    store, base = ox.Store(), case_namespace("karabakh")
    store.extend(karabakh[1])
    for who, name in (
        ("levon-stepanyan", "Stepanyan"), ("levon-stepanyan", "Levon S."), ("usa", "Rome"),
        ("iran", "Rome"),
    ):  # fmt: skip
        term = ox.NamedNode(SKOS + "altLabel")
        store.add(ox.Quad(ox.NamedNode(base + who), term, ox.Literal(name, language="en")))
    found = read(store, "karabakh")
    assert {
        who: ({*found.of(who).get("alias")}, {*found.of(who).get("weakAlias")})
        for who in ("levon-stepanyan", "iran", "usa", "border-troops", "armenians", "russia")
    } == {
        "levon-stepanyan": ({"Levon S."}, {"Stepanyan"}),
        "iran": (set(), {"Rome"}),
        "usa": ({"US"}, {"Rome"}),
        "border-troops": (set(), {"border troops"}),
        "armenians": (set(), {"Armenian people"}),
        "russia": ({"Russian Federation"}, set()),
    }


def test_names_in_any_script_and_identifiers(example: Judged) -> None:
    guard = read(example[1], miniature.CASE).of("river-guard")
    assert {*guard.get("alias")} == {name for _, name, _ in miniature.FURTHER_NAMES}
    assert guard.get("wikidataId") == ["Q4115189"]


def test_hostile_names_are_data(example: Judged) -> None:
    base = case_namespace("mill")
    things = [str(quad.subject) for quad in example[1].quads_for_pattern(
        None, ox.NamedNode(HUD + "identity"), None, ox.DefaultGraph())]  # fmt: skip
    target = min(things).strip("<>")
    name = '"<script>alert(1)</script>" [x](javascript:1) | \u202e`=cmd`'
    got = read(altered(example[1], {target: name}), "mill")
    match = NAME.fullmatch(str(got.of(target.removeprefix(base)).first("name")))
    assert match
    assert match[1] == name
    assert "texts with signs that FollowTheMoney does not keep" not in got.losses
    got = read(altered(example[1], {target: "a\nb\x00  c"}), "mill")
    match = NAME.fullmatch(str(got.of(target.removeprefix(base)).first("name")))
    assert match
    assert match[1] == "a b c"
    assert got.losses["texts with signs that FollowTheMoney does not keep"] > 1


def test_ids_that_do_not_fit_are_refused(monkeypatch: pytest.MonkeyPatch, example: Judged) -> None:
    with pytest.raises(UsageError, match="too long"):
        identifier("homs", "a" * 200)
    selection = Selection(Graph(example[1], "mill"))
    row = dict(selection.tables["things"][0])
    monkeypatch.setitem(selection.tables, "things", [*selection.tables["things"], row])
    with pytest.raises(UsageError, match="2 ids become"):
        ftm.write(selection)


def test_every_class_and_predicate_of_the_table_is_known(homs: Read) -> None:
    from graph.export.ftm_records import Maker

    maker = Maker(Selection(Graph(homs.store, "homs")).records)
    classes = homs.rows(
        f"SELECT ?c WHERE {{ ?c <{RDFS}subClassOf>+ hud:Entity "
        f"FILTER(STRSTARTS(STR(?c), '{HUD}')) }}"
    )
    known = {"Question", *(row[0] for row in classes)} - {"Entity"}
    assert known == set(maker.mapping["things"])
    assert set(maker.mapping["ties"]) <= set(maker.words.predicates)
    for tie in maker.mapping["ties"].values():
        assert set(tie) == {"schema", "subject", "object"}


def test_the_same_graph_gives_the_same_bytes(public: Path) -> None:
    command = [sys.executable, "-m", "graph", "export", "ftm", "-q", "--case", "mill"]
    outputs = {
        subprocess.run([*command, "--public", public], check=True, capture_output=True,
                       env={**os.environ, "PYTHONHASHSEED": seed}).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(outputs) == 1
    assert len(outputs.pop().splitlines()) > 20
