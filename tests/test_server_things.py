"""Things at ``/id/``: which form comes, every record has a page, no status is missing."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import hostile
import jsonschema_rs
import miniature
import pyoxigraph as ox
import pytest
from lxml import html
from serving import JSON, PROBLEM, Answer, Server, served

from graph.errors import UsageError
from graph.export.markdown_text import plain
from graph.model.terms import HUD, KIND, RDF, RDFS
from graph.read.record_index import RecordIndex
from graph.read.select import Graph
from graph.read.thing_json import SCHEMA, thing_json
from graph.server.things.describing import described, described_with
from graph.server.things.index import PER_PAGE, index
from graph.server.things.pages import listing, page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from miniature import Judged

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
TURTLE, JSONLD = "text/turtle", "application/ld+json"
TABLES = {
    "things", "statements", "claims", "passages", "sources",
    "verdicts", "judgements", "name_resolutions", "notes",
}  # fmt: skip
STATUSES = {"accepted", "contested", "alleged", "open", "rejected"}


@pytest.fixture(scope="module")
def server(public: Path) -> Iterator[Server]:
    with served(public) as running:
        yield running


@pytest.fixture(scope="module")
def records(example: Judged) -> RecordIndex:
    return RecordIndex(Graph(example[1], miniature.CASE))


@pytest.fixture(scope="module")
def keys(records: RecordIndex) -> list[str]:
    return [key for ids in records.classes.values() for key in ids]


def parsed(text: str) -> html.HtmlElement:
    return html.document_fromstring(text)


def got(server: Server, path: str, accept: str | None = None) -> Answer:
    return server.ask("GET", path, **({} if accept is None else {"Accept": accept}))


# --- Negotiation -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (None, "text/html"),
        ("*/*", "text/html"),
        (BROWSER, "text/html"),
        (TURTLE, TURTLE),
        ("text/html;q=0.3, text/turtle;q=0.9", TURTLE),
        ("text/html;q=0.9, text/turtle;q=0.3", "text/html"),
        ("application/ld+json", JSONLD),
        ("application/json", "application/json"),
        ("application/n-triples, text/html;q=0", "application/n-triples"),
        ("application/rdf+xml", "application/rdf+xml"),
    ],
)
def test_what_comes_is_what_the_client_likes_best(
    server: Server, accept: str | None, media: str
) -> None:
    answer = got(server, "/id/river-guard", accept)
    assert (answer.status, answer.media) == (200, media)
    assert "accept" in answer.headers["vary"].lower()
    assert answer.body


def test_what_no_form_fits_is_refused(server: Server) -> None:
    answer = got(server, "/id/river-guard", "image/png")
    assert (answer.status, answer.kind) == (406, "not-acceptable")
    assert "accept" in answer.headers["vary"].lower()


@pytest.mark.parametrize(
    ("suffix", "media"), [("html", "text/html"), ("ttl", TURTLE), ("jsonld", JSONLD)]
)
@pytest.mark.parametrize("name", ["river-guard", "ag-may-truce.c1", "index"])
def test_an_ending_wins_over_accept(server: Server, name: str, suffix: str, media: str) -> None:
    answer = got(server, f"/id/{name}.{suffix}", "application/n-triples")
    assert (answer.status, answer.media) == (200, media)


@pytest.mark.parametrize(
    "name", ["nobody", "river-guard.exe", "nobody.ttl", "%00", "graph", ".ttl"]
)
def test_what_is_not_there_is_a_problem_or_a_page(server: Server, name: str) -> None:
    answer = got(server, f"/id/{name}", "*/*")
    assert (answer.status, answer.kind, answer.media) == (404, "not-found", PROBLEM)
    answer = got(server, f"/id/{name}", BROWSER)
    assert (answer.status, answer.media) == (404, "text/html")
    assert b"Nothing here" in answer.body


def test_an_iri_of_an_answer_is_answered_here(server: Server) -> None:
    found = server.query("SELECT ?x { ?x a hud:Claim } LIMIT 1", Accept=JSON).json()
    iri = found["results"]["bindings"][0]["x"]["value"]
    answer = got(server, "/id/" + iri.removeprefix(miniature.BASE), TURTLE)
    assert ox.NamedNode(iri) in {triple.subject for triple in triples(answer.body, TURTLE)}


def test_pages_let_nothing_run_and_link_to_their_other_forms(server: Server) -> None:
    for path in ("/id/river-guard", "/id/", "/id/?class=Claim", "/id/nobody"):
        answer = got(server, path, BROWSER)
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; style-src 'self';")
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert b"<script" not in answer.body
        assert b"style=" not in answer.body
    links = parsed(got(server, "/id/river-guard", BROWSER).body.decode()).xpath("//link")
    told = {link.get("type"): link.get("href") for link in links if link.get("rel") == "alternate"}
    assert told == {
        TURTLE: "river-guard.ttl",
        JSONLD: "river-guard.jsonld",
        "application/json": "../things/river-guard.json",
    }
    assert got(server, "/things.css").media == "text/css"
    assert got(server, "/id").headers["location"] == "id/"


def test_a_page_of_the_list_that_is_not_there_is_not_found(server: Server) -> None:
    assert got(server, "/id/?class=Claim&page=1", BROWSER).status == 200
    for query in (
        "class=Nothing",
        "class=Claim&page=0",
        "class=Claim&page=999",
        "class=Claim&page=x",
    ):
        assert got(server, f"/id/?{query}", BROWSER).status == 404


# --- Pages -----------------------------------------------------------------------------------


def test_every_kind_of_record_has_a_page_and_is_listed(
    records: RecordIndex, keys: list[str]
) -> None:
    assert {records[key].table for key in keys} == TABLES
    for key in keys:
        found = parsed(page(records, key))
        assert len(found.xpath("//h1")) == 1
        assert found.xpath(f"//code[text()='{miniature.BASE}{key}']"), key
        for link in found.xpath("//main//a/@href"):
            if re.fullmatch(r"[A-Za-z0-9.-]+", link) and not link.endswith((".ttl", ".jsonld")):
                assert link in records, (key, link)
    assert set(keys) == {key for name in records.classes for key in _listed(records, name)}


def _listed(records: RecordIndex, name: str) -> Iterator[str]:
    number = 1
    while found := index(records, name, str(number)):
        assert len(found.entries) <= PER_PAGE
        links = parsed(listing(records, found)).xpath("//ul[@class='refs']//a/@href")
        assert links == [ref.id for ref in found.entries]
        yield from links
        number += 1


def test_no_status_is_missing(records: RecordIndex, keys: list[str]) -> None:
    """Whatever tells a statement has its status beside it, in the same item."""
    told = 0
    for text in (*(page(records, key) for key in keys), *_lists(records)):
        root = parsed(text)
        for link in root.xpath("//main//a"):
            key = link.get("href")
            if key not in records or link.text_content() in ("the statement", "the claim"):
                continue
            held = records[key]
            if held.table not in ("statements", "claims", "verdicts"):
                continue
            on = held.row if held.table == "statements" else records[held.row["statement"]].row
            around = link.xpath("ancestor::*[self::li or self::dd or self::p or self::article][1]")
            assert on["status"] in around[0].xpath(".//strong/text()"), (key, text[:300])
            told += 1
        for article in root.xpath("//article"):
            (own,) = article.xpath("p[@class='sentence']/strong[1]/text()")
            (key,) = article.xpath("p[@class='when']/a/@href")
            assert own == records[key].row["status"]
            told += 1
    assert told > 300


def _lists(records: RecordIndex) -> Iterator[str]:
    for name in ("Statement", "Claim", "Verdict"):
        found = index(records, name, "1")
        assert found is not None
        yield listing(records, found)


def test_what_is_not_accepted_stands_apart(records: RecordIndex) -> None:
    root = parsed(page(records, "river-guard"))
    for section in root.xpath("//section[@class]"):
        status = section.get("class")
        assert status in STATUSES
        title = section.xpath("h2/text()")[0]
        assert (status == "accepted") == ("not to be taken as fact" not in title)
        assert set(section.xpath("article/p[@class='sentence']/strong[1]/text()")) <= {status}
        assert all(status in one.get("class") for one in section.xpath("article"))


def test_a_statement_tells_its_claims_with_voice_stance_certainty_and_sentence(
    records: RecordIndex,
) -> None:
    for key in records.classes["Statement"]:
        items = parsed(page(records, key)).xpath("//article/ul/li[not(@class)]")
        claims = records.rows("claims", "statement", key)
        assert len(items) == len(claims)
        for one in claims:
            told = [item.text_content() for item in items]
            cited = [records.verbalizer.cite(passage)
                     for passage in records.listed("claim_passages", one["id"])]  # fmt: skip
            name, said, certainty = map(
                records.verbalizer.label, (one["voice"], one["stance"], one["certainty"])
            )
            assert any(
                plain(name) in plain(text)
                and said in text
                and (certainty in text or "not stated" in text)
                and all(each in text for each in cited)
                for text in told
            ), key


def test_names_in_other_scripts_are_marked_and_isolated(records: RecordIndex) -> None:
    root = parsed(page(records, "river-guard"))
    assert root.xpath("//bdi[@lang='ar']/text()") == ["حرس النهر"]


def test_an_unknown_status_is_no_page(example: Judged) -> None:
    store = ox.Store()
    store.extend(iter(example[1]))
    node = ox.NamedNode(miniature.BASE + "guard-at-the-ford")
    status = ox.NamedNode(HUD + "status")
    for quad in list(store.quads_for_pattern(node, status, None)):
        store.remove(quad)
    store.add(ox.Quad(node, status, ox.NamedNode(KIND + "settled")))
    with pytest.raises(UsageError, match="settled"):
        page(RecordIndex(Graph(store, miniature.CASE)), "guard-at-the-ford")


def test_hostile_texts_stay_texts(example: Judged, keys: list[str]) -> None:
    graph = hostile.graph(example)
    called = hostile.hostile_labels(example)
    records = RecordIndex(graph)
    allowed = {"bdi", "a", "strong", "small", "span", "q", "code"}
    for key in keys:
        root = parsed(page(records, key))
        assert not root.xpath("//script|//img|//iframe|//b|//*[@onclick]|//*[@style]")
        for link in root.xpath("//a/@href"):
            assert re.match(r"https?://|#|\.|[A-Za-z0-9%]", link), link
            assert not link.lower().startswith(("javascript:", "data:"))
        for child in root.xpath("//h1//*"):
            assert child.tag in allowed
        if key in called:
            wanted = " ".join(called[key].split())
            assert " ".join(root.xpath("//h1/bdi")[0].text_content().split()) == wanted


# --- RDF -------------------------------------------------------------------------------------


def triples(data: bytes, media: str) -> set[ox.Triple]:
    form = ox.RdfFormat.from_media_type(media)
    return {quad.triple for quad in ox.parse(data, format=form)}


def test_all_descriptions_together_are_the_whole_case(
    records: RecordIndex, keys: list[str], example: Judged
) -> None:
    found: set[ox.Triple] = set()
    for key in ("", *keys):
        turtle = triples(described(records, key, TURTLE), TURTLE)
        assert turtle == triples(described(records, key, JSONLD), JSONLD)
        assert ox.NamedNode(miniature.BASE + key) in {triple.subject for triple in turtle}
        assert len({triple.subject for triple in turtle}) == 1 + len(described_with(records, key))
        found |= turtle
    quads = example[1].quads_for_pattern(None, None, None, ox.DefaultGraph())
    assert found == {q.triple for q in quads if str(q.subject).startswith(f"<{miniature.BASE}")}


def test_a_thing_comes_with_its_statements_and_their_claims(records: RecordIndex) -> None:
    known = triples(described(records, "river-guard", TURTLE), TURTLE)
    guard = ox.NamedNode(miniature.BASE + "river-guard")
    on = {t.subject for t in known if t.predicate.value == RDF + "subject" and t.object == guard}
    assert on
    assert on <= {t.subject for t in known if t.predicate.value == HUD + "status"}
    assert on <= {t.object for t in known if t.predicate.value == HUD + "about"}
    assert any(t.subject == guard and t.predicate.value == RDFS + "label" for t in known)


def test_a_thing_is_told_to_programs_as_the_schema_says(
    server: Server, records: RecordIndex, example: Judged
) -> None:
    schema = jsonschema_rs.validator_for(json.loads(SCHEMA.read_text("utf-8")))
    for thing in example[0].things:
        told = json.loads(thing_json(records, thing.id))
        assert not [error.message for error in schema.iter_errors(told)], thing.id
        listed = [one for groups in told.get("statements", {}).values() for group in groups
                  for one in group["statements"]]  # fmt: skip
        ends = {one.id for one in example[0].statements if thing.id in (one.subject, one.object)}
        assert ends <= {one["ref"]["id"] for one in listed}
    answer = got(server, "/things/river-guard.json")
    assert answer.media == "application/json"
    assert answer.body == thing_json(records, "river-guard")
    assert got(server, "/thing.schema.json").json() == json.loads(SCHEMA.read_text("utf-8"))
    assert got(server, "/things/nobody.json").status == 404
    assert got(server, "/things/letters.json").status == 404  # a statement is no thing
