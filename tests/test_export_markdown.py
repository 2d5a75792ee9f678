"""The dossier, read by a parser of CommonMark: what it tells, where, and that it does no more."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import miniature
import pyoxigraph as ox
import pytest

from graph.errors import UsageError
from graph.errors.shown import address
from graph.export import formats
from graph.export.markdown_text import code, escaped
from graph.export.selection import Selection
from graph.model.terms import CITO, KIND, RDFS, SKOS, case_namespace
from graph.network.filters import STATUSES
from graph.read.period_words import period, prefix
from graph.read.select import Graph

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from markdown_it.token import Token
    from miniature import Judged

markdown_it = pytest.importorskip("markdown_it")

HUD = "https://w3id.org/hudna/ontology#"
PREFIXES = f"PREFIX hud: <{HUD}> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> "
CONCERNS = "rdf:subject|rdf:object|hud:place|hud:channel|hud:under"
HOSTILE = (
    "a **b** <script>alert(1)</script> [x](javascript:alert(1)) | `c` ![i](http://e) &amp; \\ _u_"
)


OPINIONS = """
[[statement]]
id = "town-fears-the-guard"
subject = "townspeople"
predicate = "fears"
object = "river-guard"

[[statement.claims]]
voice = "courier-writer"
stance = "asserts"
certainty = "certain"
mode = "opinion"
passages = ["courier-2020#2.1"]

[[statement.claims]]
voice = "townspeople"
speakers = "some"
stance = "asserts"
certainty = "unspecified"
passages = ["courier-2020#4.1"]

[[statement]]
id = "town-wishes-the-guard-away"
subject = "river-guard"
predicate = "mustLeave"
object = "mill-town"

[[statement.claims]]
voice = "townspeople"
stance = "wishes"
certainty = "unspecified"
passages = ["courier-2020#4.1"]
"""
WITHHELD = 'label = "somebody at the mill"\nclass = "Person"\nidentity = "withheld"\n'
JUDGED = """
[[judgement]]
id = "bandits-are-others"
things = ["bandits", "river-guard"]
judgement = "different"
certainty = "certain"
reason = "The Guard speaks of them as of others."
passages = ["courier-2020#4.3"]

[[judgement]]
id = "backer-of-the-guard"
things = ["guard-backer", "river-guard"]
judgement = "unsure"
certainty = "possible"
reason = "It may pay for itself."
passages = ["courier-2020#2.3"]
"""


class Item(NamedTuple):
    """An item of a list: the heading above it, its depth, its text, its code and its links."""

    section: str
    depth: int
    text: str
    bold: str
    codes: tuple[str, ...]
    links: tuple[str, ...]


class Page(NamedTuple):
    """A rendered dossier."""

    source: str
    tokens: list[Token]
    losses: dict[str, int]

    @property
    def headings(self) -> list[tuple[str, str]]:
        """Levels and texts of the headings."""
        pairs = zip(self.tokens, self.tokens[1:], strict=False)
        return [(a.tag, shown(b)) for a, b in pairs if a.type == "heading_open"]

    @property
    def items(self) -> list[Item]:
        """The items of all lists, in their order."""
        return list(self._items())

    def _items(self) -> Iterator[Item]:
        section, depth, level = "", 0, ""
        for token in self.tokens:
            depth += {"list_item_open": 1, "list_item_close": -1}.get(token.type, 0)
            level = token.tag if token.type == "heading_open" else level
            if token.type == "inline":
                if level:
                    section, level = (shown(token) if level == "h2" else section), ""
                elif depth:
                    yield item(section, depth, token)


def item(section: str, depth: int, token: Token) -> Item:
    children = token.children or []
    strong = [n for n, one in enumerate(children) if one.type == "strong_open"]
    bold = children[strong[0] + 1].content if strong and strong[0] < 2 else ""
    codes = tuple(one.content for one in children if one.type == "code_inline")
    links = tuple(str(one.attrs["href"]) for one in children if one.type == "link_open")
    return Item(section, depth, shown(token), bold, codes, links)


def shown(token: Token) -> str:
    """Return the text that a reader sees of a line."""
    return "".join(one.content for one in token.children or [])


def page(store: ox.Store, case: str, actor: str) -> Page:
    return page_in(Graph(store, case), actor)


def page_in(graph: Graph, actor: str) -> Page:
    made = formats.export("markdown", Selection(graph, actor=actor))
    source = b"".join(made.files["dossier.md"]).decode()
    parser = markdown_it.MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return Page(source, parser.parse(source), {loss.what: loss.items for loss in made.losses})


@pytest.fixture(scope="module")
def mill(tmp_path_factory: pytest.TempPathFactory) -> ox.Store:
    """The miniature case with opinions, wishes, judgements, and somebody whose name is withheld."""
    folder = miniature.copied(tmp_path_factory.mktemp("dossiers"))
    miniature.written(folder, "statements/opinions.toml", OPINIONS)
    miniature.written(folder, "actors/somebody.toml", WITHHELD)
    identity = (folder / "identity.toml").read_text("utf-8")
    miniature.written(folder, "identity.toml", identity + JUDGED)
    return miniature.judged(folder)[1]


def rows(store: ox.Store, sparql: str, case: str = miniature.CASE) -> list[tuple[str, ...]]:
    base = case_namespace(case)
    found = store.query(PREFIXES + sparql)
    assert isinstance(found, ox.QuerySolutions)
    values = [[getattr(term, "value", "") for term in row] for row in found]
    return [tuple(one.removeprefix(base).rpartition("kind/")[2] for one in row) for row in values]


def concerning(store: ox.Store, actor: str, case: str = miniature.CASE) -> dict[str, str]:
    """Return the statuses of the statements that concern a thing, by their ids."""
    node = f"<{case_namespace(case)}{actor}>"
    sparql = f"SELECT DISTINCT ?s ?status WHERE {{ ?s hud:status ?status ; {CONCERNS} {node} }}"
    return {key: status for key, status, *_ in rows(store, sparql, case)}


@pytest.mark.some(5)
@pytest.mark.parametrize(
    "actor", ["azerbaijan", "nikol-pashinyan", "shusha", "ag-statement", "ev-war"]
)
def test_every_statement_stands_once_in_the_section_of_its_status(
    karabakh: Judged, actor: str
) -> None:
    read = page(karabakh[1], "karabakh", actor)
    coded = [(one.codes[0], one.section) for one in read.items if one.text.startswith("Coded as:")]
    expected = {
        key: "Accepted"
        if status == "accepted"
        else f"{status.capitalize()}: not to be taken as fact"
        for key, status in concerning(karabakh[1], actor, "karabakh").items()
    }
    assert expected
    assert len(coded) == len(expected)
    assert dict(coded) == expected


def test_what_is_not_accepted_says_so_at_the_beginning_of_its_line(mill: ox.Store) -> None:
    sections, wished = set(), set()
    for one in (one for key in ("river-guard", "ford") for one in page(mill, "mill", key).items):
        status = one.section.partition(":")[0].upper()
        if one.section.endswith("as fact") and one.depth == 1:
            told, _, only = one.bold.removesuffix(":").partition(", ")
            assert told == status
            assert status == "OPEN" or not only, "some voice says that it is so or is not"
            assert one.text.startswith(f"{one.bold} ")
            sections.add(status)
            wished.add(only)
        elif one.section == "Accepted" and one.depth == 1:
            assert not re.match("[A-Z]+:", one.text)
    assert sections == {"ALLEGED", "CONTESTED", "JUDGEMENT", "OPEN", "REJECTED"}
    assert "wishes" in wished, "what is only wished reads like a fact"


def test_every_claim_has_its_voice_stance_certainty_and_a_linked_citation(mill: ox.Store) -> None:
    read = page(mill, "mill", "river-guard")
    claims = rows(
        mill,
        f"""SELECT ?name ?said ?sure ?mode ?who ?made ?source ?sentence ?url WHERE {{
      ?s {CONCERNS} <{miniature.BASE}river-guard> . ?claim hud:about ?s ; hud:source ?source ;
        hud:voice/<{RDFS}label> ?name ; hud:stance/<{SKOS}prefLabel> ?said ;
        hud:certainty ?sure ; hud:passage/hud:sentence ?sentence .
      OPTIONAL {{ ?claim hud:mode ?as . ?as <{SKOS}prefLabel> ?mode FILTER (?as != <{KIND}fact>) }}
      OPTIONAL {{ ?claim hud:speakers/<{SKOS}prefLabel> ?who }}
      OPTIONAL {{ ?claim hud:made ?made }}
      ?source <https://schema.org/url> ?url }}""",
    )
    assert len(claims) > 10
    assert any(mode for _, _, _, mode, *_ in claims)
    assert any(who for *_, who, _, _, _, _ in claims)
    for name, said, sure, mode, who, made, source, sentence, url in claims:
        certainty = "certainty not stated" if sure == "unspecified" else sure
        by_reader = made and "made by the reader"
        how = ", ".join(filter(None, (certainty, mode and f"as {mode}", who, by_reader)))
        start, cited = f"{name}: {said} ({how})", f"{source}#{sentence}"
        found = [one for one in read.items if start in one.text and cited in one.text]
        assert found, (start, cited)
        assert url in found[0].links


def test_both_sides_of_what_is_contested_are_told(karabakh: Judged) -> None:
    store, war = karabakh[1], f"<{case_namespace('karabakh')}ev-war>"
    told = page(store, "karabakh", "ev-war").items
    items = [one for one in told if one.section.startswith("Contested")]
    words = [one.text.partition(":")[0].partition(",")[0] for one in items if one.depth == 2]
    contested = f"""?s hud:status <{KIND}contested> ; {CONCERNS} {war} .
        ?claim hud:about ?s"""
    sides = {"affirms": "For", "denies": "Against", "neither": "Neither for nor against"}
    polarity = "hud:stance/hud:polarity"
    claims = rows(store, f"SELECT ?claim ?p WHERE {{ {contested} ; {polarity} ?p }}", "karabakh")
    assert claims
    assert Counter(word for word in words if word in sides.values()) == Counter(
        sides[side] for _, side in claims
    )
    rivals = rows(
        store,
        f"""SELECT DISTINCT ?rival ?name WHERE {{ {contested} ; <{CITO}disputes> ?rival .
        ?rival hud:about ?other ; hud:voice/<{RDFS}label> ?name FILTER (?other != ?s) }}""",
        "karabakh",
    )
    assert len(rivals) > 1
    others = [one.text for one in items if one.text.startswith("Rival answer, ")]
    assert len(others) == len(rivals)
    assert all(any(f". {name}: asserts (" in text for text in others) for _, name in rivals)


def test_dates_are_words_beside_the_wording_of_the_source(mill: ox.Store) -> None:
    text = page(mill, "mill", "river-guard").source
    assert "began on 12 May 2020; ended between August and September 2020;" in text
    assert "in the source's words: “until the harvest”" in text
    assert "`2020-05/2020-09; begins 2020-05-12; ends [2020-08,2020-09]`" in text


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        (("2016-02-01", "2016-02-29", "2016-02-01", "2016-02-29"), "in February 2016"),
        (("2016-01-01", "2016-12-31", "2016-01-01", "2016-12-31"), "in 2016"),
        (("2016-02-03",) * 4, "on 3 February 2016"),
        (("2016-02-03", "2016-02-29") * 2, "between 3 February 2016 and 29 February 2016"),
        (("2015-12-01", "2016-02-29") * 2, "between December 2015 and February 2016"),
        (("", "2016-02-29", "", ""), "began by 29 February 2016"),
        (("", "", "2016-02-03", ""), "had not ended before 3 February 2016"),
        (("2016-02-03", "", "2016-02-03", ""), "not before 3 February 2016"),
        (("", "2016-02-01", "2016-02-29", ""),
         "during February 2016; beginning and end are not told"),
        (("", "2016-02-03", "2016-03-29", ""),
         "from 3 February 2016 at the latest to 29 March 2016 at the earliest"),
        (("", "", "", ""), ""),
    ],
)  # fmt: skip
def test_periods_in_words_are_no_sharper_than_their_bounds(
    bounds: tuple[str, ...], words: str
) -> None:
    names = ("earliest_begin", "latest_begin", "earliest_end", "latest_end")
    row = {name: value for name, value in zip(names, bounds, strict=True) if value}
    assert period(row) == words
    assert prefix("2016-02-03", "2016-03-01") == "2016"
    assert prefix("2016-02-03", None) == ""


def test_names_languages_identifiers_judgements_and_questions(mill: ox.Store) -> None:
    guard = page(mill, "mill", "حرس النهر")
    assert guard.headings[0] == ("h1", "River Guard")
    facts = {one.bold: one for one in guard.items if not one.section}
    further = facts["Further names:"].text.partition(": ")[2].split("; ")
    assert further == [
        "Haras al-Nahr (Arabic in Latin letters)",
        "the Guard (English)",
        "\u2068حرس النهر\u2069 (Arabic)",
    ]
    assert facts["In other lists:"].codes[0] == "wikidata:Q4115189"
    editors = [one for one in guard.items if one.section.startswith("From the editors")]
    assert {"judged different (certain)", "judged unsure (possible)"} == {
        told for one in editors for told in re.findall(r"judged \w+ \(\w+\)", one.text)
    }
    asked = [one for one in guard.items if one.section == "Questions that it figures in"]
    assert asked[0].text == "Who shelled the ford?"


def test_a_verdict_is_told_with_its_reason_and_the_rule(mill: ox.Store) -> None:
    (told,) = [one for one in page(mill, "mill", "ford").items if one.text.startswith("Verdict:")]
    assert "The observers saw its guns there." in told.text
    assert "judges it accepted; by the rules alone it would be contested" in told.text


def test_who_is_not_named_stays_so(mill: ox.Store) -> None:
    assert "**Not named in the sources.**" in page(mill, "mill", "bandits").source
    assert "**The name is withheld**" in page(mill, "mill", "somebody").source
    assert "**Not named" not in page(mill, "mill", "river-guard").source


def test_what_a_voice_says_is_told_with_the_status_after_all_voices(karabakh: Judged) -> None:
    read = page(karabakh[1], "karabakh", "ilham-aliyev")
    said = [one for one in read.items if one.section == "What it says itself"]
    statuses = {one.text.partition(": ")[0] for one in said}
    assert {"ACCEPTED", "CONTESTED", "ALLEGED", "OPEN"} <= statuses
    assert statuses <= {status.upper() for status in STATUSES}
    who = case_namespace("karabakh") + "ilham-aliyev"
    claims = rows(karabakh[1], f"SELECT ?c WHERE {{ ?c hud:voice <{who}> }}", "karabakh")
    assert len(said) == len(claims)


def test_sources_have_their_hashes_and_those_of_every_cited_sentence(karabakh: Judged) -> None:
    read = page(karabakh[1], "karabakh", "armenian-forces")
    cited = set(re.findall(r"\[([a-z0-9-]+#[0-9.]+)\](?!: <)", read.source))
    sources = [one for one in read.items if one.section == "Sources"]
    hashes = {one.codes[0] for one in sources if one.depth == 3}
    passages = """?p a hud:Passage ; hud:source ?source ; hud:sentence ?n ; hud:sha256 ?sha
        OPTIONAL { ?source <https://schema.org/url> ?url }"""
    known = {
        f"{source}#{number}": (sha, url)
        for source, number, sha, url in rows(
            karabakh[1], f"SELECT ?source ?n ?sha ?url WHERE {{ {passages} }}", "karabakh"
        )
    }
    assert hashes == {known[one][0] for one in cited}
    linked = set(re.findall(r"(?m)^\[([^]]+)\]: <", read.source))
    assert linked == {one for one in cited if known[one][1]} < cited


def test_each_text_that_is_shown_otherwise_is_a_loss_where_it_concerns(mill: ox.Store) -> None:
    note, base = ox.NamedNode(SKOS + "note"), miniature.BASE
    assert page(mill, "mill", "river-guard").losses == {}
    copy = ox.Store()
    copy.extend(iter(mill))
    (claim,) = rows(
        mill, f"SELECT ?c WHERE {{ ?c hud:voice <{base}river-guard> }} ORDER BY ?c LIMIT 1"
    )
    other = ("courier-writer", ox.NamedNode(SKOS + "altLabel"))
    for key, term in ((claim[0], note), other):
        node = ox.NamedNode(base + key)
        for quad in list(copy.quads_for_pattern(node, term, None)):
            copy.remove(quad)
        copy.add(ox.Quad(node, term, ox.Literal(f"two\nlines of {key}", language="en")))
    assert list(page(copy, "mill", "river-guard").losses.values()) == [1]
    assert page(copy, "mill", "somebody").losses == {}


def test_things_that_are_not_accepted_say_so_where_they_are_named(karabakh: Judged) -> None:
    read = page(karabakh[1], "karabakh", "ag-peace.c1")
    clause = {one.bold: one.text for one in read.items}
    assert clause["Part of:"] == "Part of: OPEN: Peace agreement of Armenia and Azerbaijan"
    held = [one.text for one in page(karabakh[1], "karabakh", "ag-border-proposal").items]
    assert any(one.startswith("ALLEGED: ") and "is itself OPEN." in one for one in held)


@pytest.mark.landing
@pytest.mark.parametrize(
    "step", [60, pytest.param(7, marks=pytest.mark.soak)], ids=["some", "more"]
)
def test_every_thing_of_a_case_has_a_dossier_that_is_only_text_and_known_links(
    example: Judged, judged: Judged, step: int
) -> None:
    for store, case, every in ((example[1], "mill", 1), (judged[1], miniature.CODED, step)):
        known = {
            url for (url,) in rows(store, "SELECT ?u WHERE { ?s <https://schema.org/url> ?u }")
        }
        base, graph = case_namespace(case), Graph(store, case)
        sparql = (f"SELECT DISTINCT ?t WHERE {{ ?t <{RDFS}label> ?l ; rdf:type ?c "
                  f"FILTER(STRSTARTS(STR(?t), '{base}')) "
                  "FILTER NOT EXISTS { VALUES ?no { hud:Source hud:Hearsay } ?t a ?no } } "
                  "ORDER BY ?t")  # fmt: skip
        for (key,) in rows(store, sparql, case)[::every]:
            read = page_in(graph, key)
            assert [tag for tag, _ in read.headings].count("h1") == 1
            check_harmless(read, {*known, f"{base}{key}"})
            assert not any("**" in shown(one) for one in read.tokens)


def check_harmless(read: Page, known: set[str]) -> None:
    """Check that a page holds no markup of others, and links only to what is known."""
    for token in read.tokens:
        types = [token.type, *(one.type for one in token.children or [])]
        assert not {"html_block", "html_inline", "image", "code_block", "table_open"} & {*types}
        for one in token.children or []:
            if one.type == "link_open":
                assert one.attrs["href"] in known


def test_hostile_names_are_shown_and_do_nothing(mill: ox.Store) -> None:
    clean = page(mill, "mill", "river-guard")
    label, guard = ox.NamedNode(RDFS + "label"), ox.NamedNode(miniature.BASE + "river-guard")
    copy = ox.Store()
    copy.extend(quad for quad in mill if (quad.subject, quad.predicate) != (guard, label))
    for name in (
        HOSTILE,
        "# 1. not a heading\n\n---\n> q\n    code",
        "www.evil.org https://e.org a@b",
    ):
        copy.add(ox.Quad(guard, label, ox.Literal(name, language="en")))
        read = page(copy, "mill", "river-guard")
        assert read.headings[0] == ("h1", " ".join(name.split()))
        assert [tag for tag, _ in read.headings] == [tag for tag, _ in clean.headings]
        assert len(read.items) == len(clean.items)
        known = {str(one.attrs["href"]) for token in clean.tokens for one in token.children or []
                 if one.type == "link_open"}  # fmt: skip
        check_harmless(read, known)
        copy.remove(ox.Quad(guard, label, ox.Literal(name, language="en")))


def test_texts_show_what_they_are() -> None:
    assert escaped("a*b_c [d] <e>") == r"a\*b\_c \[d\] \<e\>"
    assert escaped("https://e.org, WWW.e.org") == r"https\://e.org, WWW\.e.org"
    assert escaped("a\n\u2028b\x00") == "a b"
    assert escaped("abc الوعر") == "\u2068abc الوعر\u2069"
    assert escaped("\u202eabc\u2066") == "abc"
    assert code("2014-10~") == "`2014-10~`"
    assert code("a`b") == r"a\`b"
    assert address("javascript:alert(1)") == ""
    assert address("https://e.org/a b>c\n") == "https://e.org/a%20b%3Ec%0A"


@pytest.mark.parametrize(
    ("actor", "message"),
    [
        ("river-gard", 'did you mean "river-guard"'),
        ("fighters-may-stay", "is a record and no actor"),
        ("courier-2020", "is a record and no actor"),
        (None, "needs an actor"),
    ],
)
def test_who_is_unknown_is_told(example: Judged, actor: str | None, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        formats.export("markdown", Selection(Graph(example[1], "mill"), actor=actor))


def test_the_same_graph_gives_the_same_bytes(public: Path, example: Judged) -> None:
    actor = rows(example[1], "SELECT ?t WHERE { ?t a hud:Actor } ORDER BY ?t", "mill")[0][0]
    command = [sys.executable, "-m", "graph", "export", "markdown", "-q", "--case", "mill"]
    outputs = {
        subprocess.run([*command, "--public", public, "--actor", actor], check=True,
                       capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed}).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(outputs) == 1
    assert outputs.pop().startswith(b"# ")
