"""The ontology keeps its own style guide, and its shapes find what they are there to find."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from conforming import SH, SHAPES, by_pyshacl, by_queries
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef

from graph.model import AFFIRMING, Certainty, Coverage, Stance, Statement, Status, specs, vocabulary
from graph.model.patterns import OBJECT, SUBJECT, wrong_in
from graph.read import store

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from enum import StrEnum

    from conforming import Found

ONTOLOGY = Path(__file__).resolve().parents[1] / "ontology"
DATA = ONTOLOGY.parent / "data"
HUD = Namespace("https://w3id.org/hudna/ontology#")
KIND = Namespace("https://w3id.org/hudna/kind/")
SCHEMA = Namespace("https://schema.org/")
XSD = "http://www.w3.org/2001/XMLSchema#"
HEADER = URIRef("https://w3id.org/hudna/ontology")
OBJECT_OR_DATA = (OWL.ObjectProperty, OWL.DatatypeProperty)
DATATYPES = {
    RDF.langString,
    *(URIRef(XSD + name) for name in ("boolean", "date", "decimal", "integer", "string")),
}
SIGNS = {Literal(sign) for sign in (-1, 0, 1)}


@cache
def graph(*names: str) -> Graph:
    merged = Graph()
    for name in names:
        merged.parse(ONTOLOGY / name)
    return merged


TERMS = graph("hudna.ttl", "kinds.ttl")


def own(kind: URIRef) -> list[URIRef]:
    """Return the terms of this type that the ontology itself defines."""
    found = (term for term in TERMS.subjects(RDF.type, kind) if isinstance(term, URIRef))
    return sorted(term for term in found if str(term).startswith((str(HUD), str(KIND))))


CLASSES = own(OWL.Class)
PROPERTIES = sorted({term for kind in OBJECT_OR_DATA for term in own(kind)})
PREDICATES = [term for term in PROPERTIES if (term, HUD.family, None) in TERMS]
ANNOTATIONS = own(OWL.AnnotationProperty)
CONCEPTS = own(SKOS.Concept)
SCHEMES = own(SKOS.ConceptScheme)
DEFINED = [*CLASSES, *PROPERTIES, *ANNOTATIONS, HUD.unknown, *CONCEPTS, *SCHEMES]


def short(term: object) -> str:
    return re.split("[#/]", str(term))[-1]


def text(term: URIRef, annotation: URIRef) -> str:
    """Return the one value of an annotation, which must be English."""
    values = list(TERMS.objects(term, annotation))
    several = f"it has {len(values)}: are two terms called {short(term)}?" if values else ""
    assert len(values) == 1, f"{short(term)} needs exactly one {short(annotation)}; {several}"
    assert isinstance(values[0], Literal)
    assert values[0].language == "en", f"{short(annotation)} of {short(term)} is not English"
    return str(values[0])


def label(term: URIRef) -> str:
    return text(term, SKOS.prefLabel if term.startswith(KIND) else RDFS.label)


def repeated(words: Iterable[str]) -> list[str]:
    return sorted(word for word, count in Counter(words).items() if count > 1)


def test_header() -> None:
    version = TERMS.value(HEADER, OWL.versionInfo)
    assert re.fullmatch(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)", str(version))
    assert TERMS.value(HEADER, OWL.versionIRI) == URIRef(f"{HEADER}/{version}")


def test_terms_are_labelled_and_defined() -> None:
    for term in DEFINED:
        assert label(term).strip(), short(term)
        definition = text(term, SKOS.definition)
        assert re.fullmatch(r"[A-Z].+[\w)\]]\.", definition), f"no full sentence: {definition}"


def test_terms_have_an_example_apart_from_the_definition() -> None:
    for term in (*CLASSES, *PROPERTIES, *CONCEPTS):
        example = text(term, SKOS.example)
        assert example.strip(), short(term)
        assert example not in text(term, SKOS.definition), short(term)


@pytest.mark.parametrize("annotation", [SKOS.definition, SKOS.example], ids=short)
def test_no_two_terms_share_a_text(annotation: URIRef) -> None:
    assert repeated(str(value) for value in TERMS.objects(None, annotation)) == []


def test_labels_are_unique_among_terms_of_a_sort() -> None:
    for terms in (CLASSES, PROPERTIES, ANNOTATIONS, SCHEMES):
        assert repeated(label(term) for term in terms) == [], "label of two terms: change one"
    for scheme in SCHEMES:
        members = [term for term in CONCEPTS if (term, SKOS.inScheme, scheme) in TERMS]
        assert members, f"{short(scheme)} has no kinds"
        assert repeated(label(term) for term in members) == []


def test_predicates_have_family_sign_and_aspect() -> None:
    for predicate in PREDICATES:
        (family,) = TERMS.objects(predicate, HUD.family)
        assert (family, SKOS.inScheme, KIND.families) in TERMS, short(predicate)
        (sign,) = TERMS.objects(predicate, HUD.sign)
        assert sign in SIGNS, short(predicate)
        (aspect,) = TERMS.objects(predicate, HUD.aspect)
        assert (aspect, SKOS.inScheme, KIND.aspects) in TERMS, short(predicate)
        is_role, is_tie = (TERMS.value(predicate, mark) for mark in (HUD.role, HUD.tie))
        assert not (is_role and is_tie), f"{short(predicate)}: a role is no tie"


OF_THINGS = [
    term
    for term in PREDICATES
    if (term, RDF.type, OWL.ObjectProperty) in TERMS
    and set(TERMS.objects(term, SCHEMA.rangeIncludes)) != {SKOS.Concept}
]


def test_each_predicate_of_things_reads_from_the_other_end() -> None:
    """What it is called there is no name of another one, but where the two are each other's."""
    labels = {label(term): term for term in PREDICATES}
    backward = {term: text(term, HUD.inverseLabel) for term in OF_THINGS}
    assert set(TERMS.subjects(HUD.inverseLabel, None)) == set(OF_THINGS)
    assert repeated(backward.values()) == []
    for term, words in backward.items():
        other = labels.get(words, term)
        assert other == term or backward[other] == label(term), short(term)


NO_VERB = re.compile(
    r"has (as|on|among|present)\b|has the (?!assent|loyalty|recruits|military)|.* in turn\b"
    r"|is at the\b|is where\b"
)
"""Labels after which, or before which, no name makes an English clause."""


def test_each_predicate_makes_an_english_clause_from_either_end() -> None:
    """By its label, or by a pattern that begins with the end from which it is told."""
    for term in PREDICATES:
        truth = set(TERMS.objects(term, SCHEMA.rangeIncludes)) == {URIRef(XSD + "boolean")}
        ends = [(HUD.sentencePattern, SUBJECT, label(term))]
        if term in OF_THINGS:
            ends.append((HUD.inversePattern, OBJECT, text(term, HUD.inverseLabel)))
        else:
            assert TERMS.value(term, HUD.inversePattern) is None, short(term)
        for pattern, first, words in ends:
            if TERMS.value(term, pattern) is not None:
                told = text(term, pattern)
                assert wrong_in(told, first, both=not truth) == "", f"{short(term)}: {told}"
                assert told != f"{{subject}} {words} {{object}}", (
                    f"{short(term)}: the label says so"
                )
            else:
                assert not truth, f"{short(term)} needs a pattern: its value is no object"
                assert not NO_VERB.match(words), f"{short(term)} needs a {short(pattern)}: {words}"


@pytest.mark.parametrize(
    ("clause", "wrong"),
    [
        ("{subject} is blamed on {object}", ""),
        ("{object} is blamed for {subject}", "begin with {subject}"),
        ("{subject} is blamed", "{object} and {subject} once each"),
        ("{subject} blames {subject} for {object}", "once each"),
        ("{subject} blames {object} in {place}", "no other place"),
        ("{subject}, blamed on {object}", "begin with {subject}"),
    ],
)
def test_a_pattern_has_both_ends_once_and_begins_with_the_right_one(
    clause: str, wrong: str
) -> None:
    found = wrong_in(clause, SUBJECT, both=True)
    assert wrong in found if wrong else not found


GROUPS = {
    # group: the signs that its ties may have, and what they are for paths
    "violence": ({-1}, {HUD.opposes, HUD.tiedTo}),
    "coercion": ({-1}, {HUD.opposes, HUD.tiedTo}),
    "backing": ({1}, {HUD.cooperatesWith, HUD.tiedTo}),
    "belonging": ({0, 1}, {HUD.cooperatesWith, HUD.tiedTo}),
    "negotiation": ({0}, {HUD.cooperatesWith, HUD.tiedTo}),
    "other": ({-1, 0}, {HUD.tiedTo}),
}


def test_each_tie_is_in_a_group_below_its_property() -> None:
    """And what an agreement brings about says nothing of sympathy."""
    ties = [term for term in PREDICATES if (term, HUD.tie, Literal(True)) in TERMS]
    assert len(ties) > 90
    for tie in ties:
        (group,) = TERMS.objects(tie, HUD.group)
        (above,) = TERMS.objects(tie, RDFS.subPropertyOf)
        signs, paths = GROUPS[short(group)]
        assert TERMS.value(tie, HUD.sign).toPython() in signs, short(tie)  # type: ignore[union-attr]
        assert TERMS.value(above, HUD.group) == group, short(tie)
        assert set(TERMS.objects(above, RDFS.subPropertyOf)) == paths, short(above)
    in_groups = set(TERMS.subjects(HUD.group, None)) - set(ties)
    assert len(in_groups) == len(GROUPS), "one property for each group"
    assert not in_groups & set(PREDICATES)


@pytest.mark.parametrize(
    "name",
    [
        "concludesAgreementWith",
        "makesConcessionsTo",
        "negotiatesWith",
        "coordinatesWith",
        "registers",
        "disarms",
        "withdrawsFrom",
        "cedes",
        "signatory",
        "assenter",
        "guarantor",
        "releases",
        "visits",
        "controls",
        "captures",
        "annexes",
        "tradesWith",
        "heads",
        "deputisesFor",
        "employedBy",
        "fears",
        "seeks",
        "willingToNegotiate",
        "refusesDealWithout",
        "laysFoundationFor",
        "strengthens",
        "weakens",
        "accordsWith",
        "abidesBy",
        "victim",
        "target",
    ],
)
def test_what_a_deal_or_a_post_brings_about_has_no_sign(name: str) -> None:
    assert TERMS.value(HUD[name], HUD.sign) == Literal(0)


def test_queries_know_every_permission_and_duty() -> None:
    """``permissions`` tells them all, those of a place as such, ``obligations`` if they bind."""
    named = [term for term in PREDICATES if re.match("(may|must)[A-Z]", short(term))]
    assert len(named) >= 20
    queries = ONTOLOGY.parent / "graph" / "query" / "queries"
    known = {
        query: set(re.findall(r"hud:(m[a-zA-Z]+)", (queries / f"{query}.rq").read_text("utf-8")))
        for query in ("permissions", "obligations")
    }
    assert set(map(short, named)) == known["permissions"] == known["obligations"]
    text = (queries / "permissions.rq").read_text("utf-8")
    (somewhere,) = re.findall(r"\?somewhere \{(.*?)\}", text, flags=re.DOTALL)
    of_places = {t for t in named if set(TERMS.objects(t, SCHEMA.rangeIncludes)) == {HUD.Place}}
    assert set(map(short, of_places)) == set(re.findall(r"hud:(\w+)", somewhere))
    (offered,) = re.findall(r"predicate: Predicate\((.*?)\)", text)
    assert set(map(short, named)) == set(offered.split(", "))


@pytest.mark.parametrize(
    "name", [short(term) for term in PREDICATES if re.match("(may|must)[A-Z]", short(term))]
)
def test_what_a_deal_permits_or_bids_is_no_sympathy(name: str) -> None:
    assert TERMS.value(HUD[name], HUD.sign) == Literal(0)


DATASET = URIRef("http://www.w3.org/ns/dcat#Dataset")
"""What a case as a whole is; the ontology has no class of its own for it."""


def test_domains_and_ranges_are_declared() -> None:
    for term in PROPERTIES:
        domains = set(TERMS.objects(term, SCHEMA.domainIncludes))
        assert domains, short(term)
        assert domains <= {*CLASSES, DATASET}, short(term)
        ranges = set(TERMS.objects(term, SCHEMA.rangeIncludes))
        assert ranges, short(term)
        if (term, RDF.type, OWL.DatatypeProperty) in TERMS:
            assert ranges <= DATATYPES, short(term)
        else:
            assert ranges <= {*CLASSES, SKOS.Concept, RDF.Property}, short(term)
        if SKOS.Concept in ranges and term != HUD.kind:
            assert TERMS.value(term, HUD.scheme) in SCHEMES, short(term)


def test_terms_say_where_they_are_defined() -> None:
    for term in (*CLASSES, *PROPERTIES, *ANNOTATIONS, *SCHEMES):
        assert TERMS.value(term, RDFS.isDefinedBy) == HEADER, short(term)
    for concept in CONCEPTS:
        schemes = set(TERMS.objects(concept, SKOS.inScheme))
        assert schemes, short(concept)
        assert schemes <= set(SCHEMES), short(concept)


def test_no_domain_and_range_that_infer() -> None:
    assert not list(TERMS.subject_objects(RDFS.domain))
    assert not list(TERMS.subject_objects(RDFS.range))


def test_no_inverses() -> None:
    assert not list(TERMS.subject_objects(OWL.inverseOf))


@pytest.mark.parametrize("name", ["hudna.ttl", "kinds.ttl", "alignments.ttl"])
def test_no_blank_nodes(name: str) -> None:
    nodes = {node for triple in graph(name) for node in triple}
    assert all(isinstance(node, URIRef | Literal) for node in nodes)


def test_alignments_speak_of_known_terms() -> None:
    known = {*DEFINED, URIRef("https://w3id.org/hudna/alignments")}
    assert set(graph("alignments.ttl").subjects()) <= known


ACLED = {
    "Battles": "Armed clash; Government regains territory; Non-state actor overtakes territory",
    "Explosions/Remote violence": "Chemical weapon; Air/drone strike; Suicide bomb; Grenade;"
    " Shelling/artillery/missile attack; Remote explosive/landmine/IED",
    "Violence against civilians": "Sexual violence; Attack; Abduction/forced disappearance",
    "Protests": "Peaceful protest; Protest with intervention; Excessive force against protesters",
    "Riots": "Violent demonstration; Mob violence",
    "Strategic developments": "Agreement; Arrests; Change to group/activity;"
    " Disrupted weapons use; Headquarters or base established; Looting/property destruction;"
    " Non-violent transfer of territory; Other",
}
PLOVER = {
    "AGREE": "",
    "CONSULT": "phone visit host third-party",
    "SUPPORT": "",
    "COOPERATE": "",
    "AID": "",
    "CONCEDE": "",
    "RETREAT": "release return ease access ceasefire withdraw disarm resign",
    "REQUEST": "assist change yield meet",
    "ACCUSE": "investigate disapprove allege",
    "REJECT": "assist change yield meet",
    "THREATEN": "relations restrict ban political expel territory violence",
    "PROTEST": "demo hunger boycott obstruct riot",
    "MOBILIZE": "police troops",
    "SANCTION": "withdraw discontinue expel",
    "COERCE": "confiscate restrict ban curfew martial-law arrest deport withhold",
    "ASSAULT": "abduct beat sexual torture suicide-attack explosives assassinate destroy firearms"
    " heavy-weapons unconventional cleansing",
}
CAMEO = (9, 8, 9, 6, 7, 4, 5, 7, 4, 8, 6, 9, 9, 5, 4, 6, 5, 6, 6, 4)
"""The last digit of the codes of three digits under each root code, 01 to 20."""
UCDP = {
    "type of violence 1 (state-based conflict)",
    "type of violence 2 (non-state conflict)",
    "type of violence 3 (one-sided violence)",
    "outcome peace agreement",
    "outcome ceasefire agreement",
    "outcome victory",
    "outcome low activity",
    "outcome actor ceases to exist",
    "external support troops",
    "external support weapons",
    "external support funding",
    "external support training",
    "external support intelligence",
    "external support access to territory",
}
PAX = (
    "GCh GDis GAge GMig GRa GRe GInd GRef GSoc GeWom GeMe GeMeNu GeLgbti GeLgbtiPos GeLgbtiNeg "
    "GeFa StDef StGen StCon StSd StRef StSym StInd StUni StBor StXbor Pol PolGen PolNewInd "
    "PolNewTemp Ele ElecComm PolPar PolParTrans Civso Tral Pubad ConGen ConRen Cons Polps PpsGe "
    "PpsEx PpsOro PpsVet PpsAut PpsInt Terps TpsSub TpsLoc TpsAut Eps EpsRes EpsFis Mps MpsMe "
    "MpsJt MpsPro HrGen HrBor HrTrinc HrCp CprLife CprTort CprEq CprSlav CprLib CprDet CprFmov "
    "CprFspe CprFass CprTria CprPriv CprVote CprReli HrSec SerProp SerWork SerHeal SerEdu "
    "SerStdl SerShel SerSs SerCult HrCit CitGen CitRights CitDef HrDem HrDet Med MedGov MedLog "
    "HrMob Prot ProtCiv ProtGrp HrNi HrNiMe HrNiNe HrIi HrIiMon HrIiBod JusCr JusCrSp JusCrSys "
    "JusCrPow JusEm JusJu JusPri JusTra Dev DevSoc DevHum DevInfra NEC NatRes IntFu Bus Tax "
    "TaxPo TaxRef Ban CenBan BanPers BanInt BanXb LaRef LaRefMan LaRefRet LaNom LaCH LaCHTa "
    "LaCHIt LaCHPro LaEn Wat SsrGua Ce CeProv CeGen SsrPol SsrArm SsrDdr DdrDemil DdrProg "
    "SsrInt SsrPsf SsrFf Cor SsrCrOcr SsrDrugs Terr TjGen TjAm TjAmPro TjSan TjPower TjAmBan "
    "TjCou TjJaNc TjJaIc TjMech TjPrire TjVet TjVic TjMis TjRep TjRSym TjRMa TjNR ImUN ImRef "
    "ImPK ImE ImOth"
)
"""The variables of content, but for the finer ones on how a group is spoken of and what is left."""


def test_the_lists_cover_what_the_code_books_cover() -> None:
    """And no mapping names a code of ACLED or PLOVER that there is not."""
    codes = {str(code) for code in graph("alignments.ttl").objects(None, HUD.mapping)}
    events = {f"ACLED {kind} / {one}" for kind, of in ACLED.items() for one in of.split("; ")}
    assert {code for code in codes if code.startswith("ACLED") and " / " in code} == events
    plover = {f"PLOVER {root}" for root in PLOVER}
    plover |= {f"PLOVER {root}:{mode}" for root, modes in PLOVER.items() for mode in modes.split()}
    mapped = {code for code in codes if code.startswith("PLOVER")}
    assert mapped <= plover
    assert {mode for mode in plover if ":" in mode} <= mapped
    assert {code.split()[1].partition(":")[0] for code in mapped} == set(PLOVER)
    cameo = {code.split()[1] for code in codes if code.startswith("CAMEO")}
    three = {f"{root:02}{n}" for root, last in enumerate(CAMEO, 1) for n in range(last + 1)}
    assert {code[:3] for code in cameo} == three
    assert {f"PA-X {variable}" for variable in PAX.split()} <= codes
    assert {f"UCDP {one}" for one in UCDP} <= codes


# What the cases use


@cache
def used_by_cases() -> frozenset[str]:
    """Return every predicate, class and kind in the derived graphs of the cases in ``data/``."""
    from graph import reader
    from graph.build import derive, ordering
    from graph.build import quads as rdf

    words = vocabulary.load()
    found: set[str] = set()
    for folder in sorted(file.parent for file in DATA.glob("*/case.toml")):
        case = reader.read(folder, words)
        derived = store.in_memory(words.quads, rdf.quads(case, words))
        derive.derive(derived, derive.rules())
        ordering.put_in_order(derived, case.id)
        for quad in set(derived) - set(words.quads):
            found |= {quad.predicate.value, quad.object.value}
    assert found, "no case in data/"
    return frozenset(found)


def used_by_terms() -> set[str]:
    """Return what the ontology uses to describe its own terms: families, groups, aspects."""
    terms = (HUD.family, HUD.group, HUD.aspect, HUD.polarity, HUD.lane, HUD.camp)
    return {str(value) for term in terms for value in TERMS.objects(None, term)}


def test_a_shape_says_what_the_references_of_a_statement_may_be() -> None:
    """Else an agreement as a place, or a place as an agreement, would be published."""
    own = SHAPES.objects(URIRef("https://w3id.org/hudna/shapes#Statement"), SH.property)
    told = {str(SHAPES.value(shape, SH.path)) for shape in own}
    fields = [field for field in specs(Statement) if field.key and field.form.refers]
    missing = [field.name for field in fields if field.term not in told]
    assert not missing, "give each a shape with sh:class in shape:Statement of shapes.ttl"


@pytest.mark.homs
def test_every_term_is_used_or_offered() -> None:
    used = used_by_cases() | used_by_terms()
    offered = {str(term) for term in TERMS.subjects(HUD.offered, Literal(True))}
    terms = {str(term) for term in (*CLASSES, *PROPERTIES, *CONCEPTS)}
    assert sorted(map(short, terms - used - offered)) == [], "use it, or mark it hud:offered"
    assert sorted(map(short, offered & used)) == [], "is used: take hud:offered away"


def test_the_code_knows_the_stances_that_affirm() -> None:
    affirming = {short(term) for term in TERMS.subjects(HUD.polarity, KIND.affirms)}
    assert affirming == set(AFFIRMING)
    assert set(TERMS.subjects(HUD.polarity)) == set(TERMS.subjects(SKOS.inScheme, KIND.stances))


def test_every_kind_of_event_is_in_one_lane() -> None:
    """And each lane has a place in the storyline; those of agreements go by their class."""
    from graph.network.palette import GROUPS, LANES

    lanes = set(TERMS.subjects(SKOS.inScheme, KIND.lanes))
    for kind in TERMS.subjects(SKOS.inScheme, KIND.eventKinds):
        (lane,) = TERMS.objects(kind, HUD.lane)
        assert lane in lanes, short(kind)
    assert list(TERMS.objects(HUD.Agreement, HUD.lane)) == [KIND.deals]
    assert {name for name, _ in LANES} == {short(lane) for lane in lanes}
    assert {group for _, group in LANES} <= {style.name for style in GROUPS}


# Shapes


def test_shapes_run_offline() -> None:
    source = (ONTOLOGY / "shapes.ttl").read_text("utf-8")
    queries = [str(query) for query in SHAPES.objects(None, SH.select)]
    assert queries
    for query in queries:
        assert not re.search(r"\b(FROM|SERVICE)\b", query, re.IGNORECASE)
    assert "owl:imports" not in source
    assert not list(SHAPES.triples((None, SH.js, None)))


def test_shapes_that_can_fail_have_a_message() -> None:
    helpers = {shape for shape in SHAPES.subjects() if short(shape).startswith("in")}
    for shape in set(SHAPES.subjects(RDF.type, SH.PropertyShape)) - helpers:
        assert isinstance(shape, URIRef)
        assert SHAPES.value(shape, SH.message), f"{short(shape)} has no message"


def test_shapes_know_the_closed_lists() -> None:
    """Lists that shapes spell out are those of the schemes."""
    for path, scheme in (
        (HUD.stance, KIND.stances),
        (HUD.certainty, KIND.certainties),
        (HUD.status, KIND.statuses),
        (HUD.coverage, KIND.coverages),
        (HUD.modality, KIND.modalities),
        (HUD.identity, KIND.identities),
        (HUD.judgement, KIND.judgements),
    ):
        heads = [SHAPES.value(shape, SH["in"]) for shape in SHAPES.subjects(SH.path, path)]
        (head,) = [head for head in heads if head]
        assert set(SHAPES.items(head)) == set(TERMS.subjects(SKOS.inScheme, scheme)), short(path)


EXAMPLE = (Path(__file__).parent / "shapes" / "conforms.ttl").read_text("utf-8")
NAMED = "https://w3id.org/hudna/test/"

BROKEN = [
    # shape that fails, what is replaced in the example, by what
    ("label", '"Mill Town"@en', '"Mill Town"@en, "Mill"@en'),
    ("label", '"Mill Town"@en', '"Moulin"'),
    ("identity", " ; hud:identity kind:collective", ""),
    ("actorKind", "hud:kind kind:militia", "hud:kind kind:siege"),
    (
        "NamedPlaceholder",
        "kind:placeholder ; hud:identity kind:unnamed",
        "kind:placeholder ; hud:identity kind:named",
    ),
    ("placeKind", "hud:kind kind:town", "hud:kind kind:battle"),
    ("eventKind", "hud:kind kind:battle", "hud:kind kind:town"),
    ("eventStated", "rdf:subject t:talks", "rdf:subject t:raid"),
    ("process", "hud:process t:talks", "hud:process t:raid"),
    ("agreementKind", "hud:kind kind:truce", "hud:kind kind:war"),
    ("clauseAgreement", " ;\n    dcterms:isPartOf t:deal", ""),
    ("clauseTopic", "hud:topic kind:humanitarianRelief", "hud:topic kind:battle"),
    ("clauseText", ' ;\n    hud:text "Bread is let in."@en', ""),
    ("step", '"2. talks"@en', '"talks"@en'),
    ("creator", "dcterms:creator t:writer", "dcterms:creator t:mill"),
    ("dateBasis", '"printed on it"', '" "'),
    ("sha256", 'bbbbbbbb"', 'bbbbbbbB"'),
    ("start", "oa:start 0 ; oa:end 20", "oa:start 20 ; oa:end 20"),
    ("exclusive", "\n    hud:exclusive true ;", ""),
    ("questionKind", "hud:kind kind:contested", "hud:kind kind:open"),
    ("predicate", "rdf:predicate hud:controls", "rdf:predicate hud:rents"),
    ("object", " ; rdf:object t:mill", ""),
    ("claimed", "hud:about t:s8", "hud:about t:s7"),
    (
        "status",
        'rdf:object "a gang" ; hud:status kind:accepted',
        'rdf:object "a gang" ; hud:status kind:frozen',
    ),
    ("VerdictHeard", "kind:accepted ; hud:statusByRule", "kind:open ; hud:statusByRule"),
    ("earliestBegin", '"2020-01-31"^^xsd:date', '"2019-01-31"^^xsd:date'),
    ("earliestEnd", '"2020-03-01"^^xsd:date', '"2020-04-01"^^xsd:date'),
    ("lowHigh", "hud:low 31", "hud:low 41"),
    ("weighedFrom", "hud:weighedFrom t:s3.c1", "hud:weighedFrom t:paper.1.1"),
    ("statementRestsOn", "hud:restsOn t:paper.1.1", "hud:restsOn t:paper"),
    (
        "SubjectInDomain",
        "rdf:subject t:guard ; rdf:predicate hud:controls",
        "rdf:subject t:mill ; rdf:predicate hud:controls",
    ),
    ("ObjectInRange", "hud:controls ; rdf:object t:mill", "hud:controls ; rdf:object t:guard"),
    ("ObjectInRange", "hud:hasDeathToll ; rdf:object 30", "hud:hasDeathToll ; rdf:object true"),
    ("ObjectInScheme", "rdf:object kind:frozen", "rdf:object kind:battle"),
    ("stance", " hud:stance kind:asserts ;", ""),
    ("certainty", "hud:certainty kind:certain", "hud:certainty kind:asserts"),
    ("voice", "hud:voice t:guard", "hud:voice t:mill"),
    (
        "claimPassage",
        ";\n    hud:source t:paper ; hud:passage t:paper.1.1 .",
        "; hud:source t:paper .",
    ),
    (
        "PassageOfSource",
        "hud:source t:paper ; hud:passage t:paper.1.1",
        "hud:source t:paper ; hud:passage t:other.1.1",
    ),
    ("reason", ' ;\n    hud:reason "Two papers agree."@en', ""),
    ("judge", "\n    hud:judge t:writer ;", ""),
    ("left", "hud:right t:buyer", "hud:right t:sponsor"),
    ("UnnamedMerged", "hud:judgement kind:unsure", "hud:judgement kind:same"),
    ("thing", "hud:thing t:guard", "hud:thing t:paper"),
    ("noteText", '"The months are counted wrongly."@en', '""@en'),
]


def graph_of(data: str) -> ox.Store:
    return store.in_memory((*vocabulary.load(ONTOLOGY).quads, *ox.parse(data, ox.RdfFormat.TURTLE)))


@pytest.fixture(scope="module")
def found_by_pyshacl() -> Mapping[str, Found]:
    """What pySHACL finds in each broken example, and in the whole one.

    They are told in one graph, each with names of its own, as pySHACL takes its time for a graph.
    """
    texts = [EXAMPLE, *(EXAMPLE.replace(right, wrong, 1) for _, right, wrong in BROKEN)]
    places = {text: f"{NAMED}{number}/" for number, text in enumerate(texts)}
    together = graph_of("\n".join(text.replace(NAMED, at) for text, at in places.items()))
    every = by_pyshacl(together)
    found = {
        text: {tuple(part.replace(at, NAMED) for part in one) for one in every if at in one[0]}
        for text, at in places.items()
    }
    assert sum(map(len, found.values())) == len(every)
    return found


def test_the_example_conforms() -> None:
    assert by_queries(graph_of(EXAMPLE)) == set()


@pytest.mark.some(5)
@pytest.mark.parametrize(("shape", "right", "wrong"), BROKEN)
def test_one_fault_is_found_by_one_shape(shape: str, right: str, wrong: str) -> None:
    assert right in EXAMPLE
    found = by_queries(graph_of(EXAMPLE.replace(right, wrong, 1)))
    assert [short(name) for _, name, *_ in found] == [shape]


@pytest.mark.landing
def test_pyshacl_finds_the_same(found_by_pyshacl: Mapping[str, Found]) -> None:
    for text, found in found_by_pyshacl.items():
        assert found == by_queries(graph_of(text))


@pytest.mark.parametrize(
    ("words", "scheme"),
    [
        (Status, "statuses"),
        (Stance, "stances"),
        (Certainty, "certainties"),
        (Coverage, "coverages"),
    ],
)
def test_the_words_that_code_knows_are_those_of_the_ontology(
    words: type[StrEnum], scheme: str
) -> None:
    assert set(words) == vocabulary.load().kinds[scheme]
