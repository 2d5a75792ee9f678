"""The same build written plainly on rdflib and pySHACL, to compare with.

It reads the files of a made case with ``tomllib``, adds triples to an rdflib data set one by one,
runs the same rules as SPARQL updates by rdflib, checks the same shapes with pySHACL, and writes
N-Quads and Turtle. It does less than ours: no checks of the authored files, no report of where
something was authored, no networks, tables or page. With ``--compare`` it shows that the quads are
the same as those of our build.

Usage: ``python bench/plain_pipeline.py FOLDER [--compare]``
"""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import measuring as m
import rdflib
from rdflib import RDF, RDFS, SKOS, XSD, Literal, Namespace, URIRef

HUD = Namespace("https://w3id.org/hudna/ontology#")
KIND = Namespace("https://w3id.org/hudna/kind/")
DCTERMS = Namespace("http://purl.org/dc/terms/")
SCHEMA = Namespace("https://schema.org/")
SEM = Namespace("http://semanticweb.cs.vu.nl/2009/11/sem/")
OA = Namespace("http://www.w3.org/ns/oa#")
DCAT = Namespace("http://www.w3.org/ns/dcat#")

ONTOLOGY = m.PROJECT / "ontology"
DATE_KEYS = {"when", "begins", "ends", "when_text"}
BOUNDS = ("EarliestBegin", "LatestBegin", "EarliestEnd", "LatestEnd")

Say = Callable[[str], None]


def run(folder: Path, say: Say = lambda _step: None, *, checked: bool = True) -> dict[str, bytes]:
    """Build a made case; return the published bytes by name."""
    say("reading and converting")
    data = rdflib.Dataset()
    for name in ("hudna.ttl", "kinds.ttl"):
        data.default_graph.parse(ONTOLOGY / name)
    _Conversion(folder, data.default_graph).run()
    say("deriving")
    for path in sorted((ONTOLOGY / "rules").glob("*.rq")):
        data.update(path.read_text("utf-8"))
    if checked:
        say("checking")
        check(data.default_graph)
    say("writing")
    lines = data.serialize(format="nquads").splitlines(keepends=True)
    return {
        "graph.nq": "".join(sorted(lines)).encode(),
        "graph.ttl": data.default_graph.serialize(format="turtle").encode(),
    }


def check(graph: rdflib.Graph) -> None:
    """Stop if pySHACL finds anything wrong."""
    import pyshacl

    shapes = rdflib.Graph().parse(ONTOLOGY / "shapes.ttl")
    conforms, _, text = pyshacl.validate(graph, shacl_graph=shapes)
    if not conforms:
        raise SystemExit(text[:2000])


class _Conversion:
    """From the files of a case to triples."""

    def __init__(self, folder: Path, graph: rdflib.Graph) -> None:
        self.folder = folder
        self.graph = graph
        self.base = Namespace(f"https://w3id.org/hudna/{folder.name}/")
        self.written: dict[str, Any] = {}
        self.editor = ""
        self.kinds = {
            str(s).removeprefix(HUD) for s in graph.subjects(SCHEMA.rangeIncludes, SKOS.Concept)
        }
        self.authors: dict[str, list[str]] = {}
        self.states = set(graph.subjects(HUD.aspect, KIND.state))
        self.modes = dict(graph.subject_objects(HUD.defaultMode))
        self.timeless = set(graph.subjects(HUD.timeless, Literal(True)))

    def run(self) -> None:
        """Convert everything."""
        self.head(self.toml(self.folder / "case.toml"))
        for path in self.files("sources"):
            self.source(path.stem, self.toml(path))
        written = [found.latest_end.isoformat() for found in self.written.values()]
        self.add(URIRef(str(self.base)), HUD.asOf, Literal(max(written), datatype=XSD.date))
        for name in ("actors", "places", "topics"):
            for path in self.files(name):
                self.thing(path.stem, self.toml(path))
        for path in self.files("questions"):
            self.question(path.stem, self.toml(path))
        for path in self.files("events"):
            table = self.toml(path)
            self.made(path.stem, "occurred", "Event", table)
        for path in self.files("agreements"):
            self.agreement(path.stem, self.toml(path))
        for path in self.files("mechanisms"):
            self.mechanism(path.stem, self.toml(path))
        for path in self.files("statements"):
            for table in self.toml(path)["statement"]:
                value = table["value"] if "value" in table else table["object"]
                proposition = (table["subject"], table["predicate"], value)
                self.statement(table["id"], proposition, table, literal="value" in table)
        self.judgements(self.toml(self.folder / "identity.toml").get("judgement", []))
        self.notes(self.toml(self.folder / "notes.toml").get("note", []))

    # -- terms

    def files(self, name: str) -> list[Path]:
        return sorted((self.folder / name).glob("*.toml"))

    def toml(self, path: Path) -> dict[str, Any]:
        with path.open("rb") as file:
            return tomllib.load(file)

    def add(self, node: URIRef, term: URIRef, value: Any) -> None:  # noqa: ANN401
        self.graph.add((node, term, value))

    def node(self, name: str) -> URIRef:
        return HUD.unknown if name == "unknown" else self.base[name]

    def passage(self, cited: str) -> URIRef:
        return self.base[cited.replace("#", ".")]

    def typed(self, node: URIRef, name: str) -> None:
        for cls in self.graph.transitive_objects(HUD[name], RDFS.subClassOf):
            self.add(node, RDF.type, cls)

    def texts(self, node: URIRef, table: dict[str, Any], **terms: URIRef) -> None:
        for key, term in terms.items():
            if key in table:
                self.add(node, term, Literal(table[key], lang="en"))
                if term == RDFS.label:
                    self.key(node, table[key])

    def key(self, node: URIRef, name: str) -> None:
        from graph.model.names import name_key

        self.add(node, HUD.nameKey, Literal(name_key(name)))

    def plain(self, node: URIRef, table: dict[str, Any], **terms: URIRef) -> None:
        for key, term in terms.items():
            if key in table:
                self.add(node, term, Literal(table[key]))

    # -- records

    def head(self, table: dict[str, Any]) -> None:
        node = URIRef(str(self.base))
        self.editor = table["editor"]
        self.add(node, RDF.type, DCAT.Dataset)
        self.texts(node, table, title=DCTERMS.title, description=DCTERMS.description)
        self.plain(node, table, licence=DCTERMS.license, language=DCTERMS.language)
        self.add(node, DCTERMS.publisher, self.base[self.editor])
        for path in self.files("sources"):
            self.add(node, DCTERMS.source, self.base[path.stem])

    def source(self, name: str, table: dict[str, Any]) -> None:
        from graph.model import Bounds
        from graph.model.bounds import bounds_of

        node = self.base[name]
        self.typed(node, "Source")
        self.plain(
            node, table, title=DCTERMS.title, publisher=DCTERMS.publisher, code=HUD.code,
            date=HUD.when, date_basis=HUD.dateBasis, language=DCTERMS.language,
            sha256=HUD.sha256, characters=HUD.characters,
        )  # fmt: skip
        self.texts(node, table, title=RDFS.label)
        self.add(node, SCHEMA.url, URIRef(table["url"]))
        for author in table["authors"]:
            self.add(node, DCTERMS.creator, self.base[author])
        empty = Bounds()
        found = bounds_of(table["date"], "", "", aspect="act", throughout=False, written=empty)
        self.written[name], self.authors[name] = found, table["authors"]
        self.bounds(node, found)
        for number, start, end, digest in table["sentences"]:
            place = self.base[f"{name}.{number}"]
            self.typed(place, "Passage")
            self.add(place, HUD.source, node)
            self.add(place, HUD.sentence, Literal(number))
            self.add(place, OA.start, Literal(start))
            self.add(place, OA.end, Literal(end))
            self.add(place, HUD.sha256, Literal(digest))
            if number in table["boilerplate"]:
                self.add(place, HUD.boilerplate, Literal(True))

    def bounds(self, node: URIRef, found: tuple[Any, ...]) -> None:
        for name, day in zip(BOUNDS, found, strict=True):
            if day is not None:
                stamp = Literal(day.isoformat(), datatype=XSD.date)
                self.add(node, SEM[f"has{name}TimeStamp"], stamp)

    def thing(self, name: str, table: dict[str, Any]) -> None:
        node = self.base[name]
        self.typed(node, table["class"])
        self.texts(node, table, label=RDFS.label, note=SKOS.note)
        for kind in table.get("kinds", []):
            self.add(node, HUD.kind, KIND[kind])
        if "identity" in table:
            self.add(node, HUD.identity, KIND[table["identity"]])
        for other in table.get("names", []):
            self.add(node, SKOS.altLabel, Literal(other["text"], lang=other["lang"]))
            self.key(node, other["text"])
        for cited in table.get("mentioned", []):
            self.add(node, HUD.mentionedIn, self.passage(cited))

    def question(self, name: str, table: dict[str, Any]) -> None:
        node = self.base[name]
        self.typed(node, "Question")
        self.texts(node, table, label=RDFS.label)
        self.plain(node, table, exclusive=HUD.exclusive)
        if "kind" in table:
            self.add(node, HUD.kind, KIND[table["kind"]])
        for about in table["about"]:
            self.add(node, HUD.about, self.base[about])

    def made(self, name: str, fact: str, cls: str, table: dict[str, Any]) -> None:
        """Convert an event or agreement, that it came about, and who had a part in it."""
        node = self.base[name]
        self.typed(node, cls)
        self.texts(node, table, label=RDFS.label)
        self.add(node, HUD.kind, KIND[table["kind"]])
        if "replaces" in table:
            self.add(node, DCTERMS.replaces, self.base[table["replaces"]])
        self.statement(f"{name}.{fact}", (name, fact, True), table[fact], literal=True)
        for role in table.get("role", []):
            proposition = (name, role["role"], role["actor"])
            dated = DATE_KEYS & role.keys()
            inherited = {
                key: value
                for key, value in table[fact].items()
                if key == "claims" or (key in DATE_KEYS and not dated)
            }
            given = {**inherited, **role}
            place = self.base[f"{name}.{role['role']}.{role['actor']}"]
            of_fact, own = ({p for c in one["claims"] for p in c["passages"]}
                            for one in (table[fact], given))  # fmt: skip
            if "when" in inherited and not own >= of_fact:
                self.add(place, HUD.whenBasis, KIND.cited)
                for cited in of_fact:
                    self.add(place, HUD.whenPassage, self.passage(cited))
            self.statement(f"{name}.{role['role']}.{role['actor']}", proposition, given)

    def agreement(self, name: str, table: dict[str, Any]) -> None:
        self.made(name, "concluded", "Agreement", table)
        for stage in table.get("stage", []):
            proposition = (name, "stage", stage["stage"])
            self.statement(f"{name}.stage.{stage['stage']}", proposition, stage)
        for clause in table.get("clause", []):
            part = clause["id"]
            node = self.base[part]
            self.typed(node, "Clause")
            self.texts(node, clause, label=RDFS.label, text=HUD.text)
            self.add(node, HUD.topic, KIND[clause["topic"]])
            self.add(node, DCTERMS.isPartOf, self.base[name])
            self.add(self.base[name], DCTERMS.hasPart, node)
            only = {"claims": clause["claims"]}
            self.statement(f"{part}.agreed", (name, "containsClause", part), only)
            for role in ("obligor", "beneficiary"):
                for actor in clause.get(role, []):
                    self.statement(f"{part}.{role}.{actor}", (part, role, actor), only)
            for state in clause.get("fulfilment", []):
                proposition = (part, "fulfilment", state["state"])
                self.statement(f"{part}.fulfilment.{state['state']}", proposition, state)

    def mechanism(self, name: str, table: dict[str, Any]) -> None:
        node = self.base[name]
        self.typed(node, "Mechanism")
        self.texts(node, table, label=RDFS.label, pattern=HUD.pattern)
        for number, step in enumerate(table["chain"], 1):
            self.add(node, HUD.step, Literal(f"{number}. {step}", lang="en"))
        for instance in table["instances"]:
            self.add(node, HUD.instance, self.base[instance])
        self.statement(
            f"{name}.observed", (name, "observed", True), table["observed"], literal=True
        )

    def statement(
        self,
        name: str,
        proposition: tuple[str, str, Any],
        table: dict[str, Any],
        *,
        literal: bool = False,
    ) -> None:
        subject, predicate, value = proposition
        node = self.base[name]
        self.typed(node, "Statement")
        self.add(node, RDF.subject, self.node(subject))
        self.add(node, RDF.predicate, HUD[predicate])
        if literal:
            self.add(node, RDF.object, Literal(value))
        else:
            is_kind = predicate in self.kinds and value != "unknown"
            self.add(node, RDF.object, KIND[value] if is_kind else self.node(value))
        self.plain(
            node, table, when=HUD.when, begins=HUD.begins, ends=HUD.ends, low=HUD.low,
            high=HUD.high, unit=HUD.unit,
        )  # fmt: skip
        self.texts(
            node, table, when_text=HUD.whenText, scope=HUD.scope, note=SKOS.note, counts=HUD.counts
        )
        if "modality" in table:
            self.add(node, HUD.modality, KIND[table["modality"]])
        for key in ("place", "under"):
            if key in table:
                self.add(node, HUD[key], self.base[table[key]])
        for question in table.get("answers", []):
            self.add(node, HUD.answers, self.base[question])
        self.dated(node, predicate, table)
        if "verdict" in table:
            verdict = self.base[f"{name}.verdict"]
            self.add(node, HUD.verdict, verdict)
            self.typed(verdict, "Verdict")
            self.add(verdict, HUD.status, KIND[table["verdict"]["status"]])
            self.texts(verdict, table["verdict"], reason=HUD.reason)
            self.add(verdict, HUD.judge, self.base[self.editor])
        for claim in table["claims"]:
            self.claim(name, node, claim, self.modes.get(HUD[predicate], KIND.fact))

    def dated(self, node: URIRef, predicate: str, table: dict[str, Any]) -> None:
        from graph.model.spans import spans_of

        aspect = "state" if HUD[predicate] in self.states else "act"
        coverage = "throughout" if aspect == "state" else "sometime"
        self.add(node, HUD.coverage, KIND[coverage])
        cited = [self.written[claim["passages"][0].partition("#")[0]] for claim in table["claims"]]
        told_until = self.told(node, table["claims"])
        found, spans = spans_of(
            table.get("when", ""), table.get("begins", ""), table.get("ends", ""),
            aspect=aspect, throughout=coverage == "throughout",  # type: ignore[arg-type]
            written=max(cited, key=lambda bounds: str(bounds.earliest_begin)),
            told_until=told_until,
        )  # fmt: skip
        self.bounds(node, found)
        always = "0001-01-01/9999-12-31 attested 0001-01-01 certain 0001-01-01/9999-12-31"
        told = [always] if HUD[predicate] in self.timeless else map(str, spans)
        for number, span in enumerate(told, 1):
            self.span(node, URIRef(f"{node}.span-{number}"), span)

    def span(self, node: URIRef, place: URIRef, told: str) -> None:
        """Convert a span from its text, FROM[?]/UNTIL[?] attested DAY certain FIRST/LAST."""
        self.add(node, HUD.span, place)
        self.typed(place, "Span")
        possible, _, rest = told.partition(" attested " if " attested " in told else " certain ")
        first, last = possible.split("/")
        attested, _, certain = (
            rest.partition(" certain ") if " attested " in told else ("", "", rest)
        )
        sure = certain.split("/") if certain else ("", "")
        begin, end = (day if day[:4] not in ("0001", "9999") else "" for day in (first, last))
        for term, day in (
            (HUD.possibleFrom, first.rstrip("?")),
            (HUD.possibleUntil, last.rstrip("?")),
            (HUD.attestedFrom, attested),
            (HUD.certainFrom, sure[0]),
            (HUD.certainUntil, sure[1]),
            (SEM.hasEarliestBeginTimeStamp, "" if "?" in begin else begin),
            (SEM.hasLatestEndTimeStamp, "" if "?" in end else end),
        ):
            if day:
                self.add(place, term, Literal(day, datatype=XSD.date))

    def told(self, node: URIRef, claims: list[dict[str, Any]]) -> Any:  # noqa: ANN401 — a day
        """Convert between which days sources tell of a statement; return the last of them."""
        said = [(one, one["passages"][0].partition("#")[0]) for one in claims]
        vouching = [
            s
            for c, s in said
            if c["stance"] in ("asserts", "endorses") and c["voice"] in self.authors[s]
        ]
        affirming = [
            s for c, s in said if c["stance"] in ("asserts", "endorses", "suspects", "expects")
        ]
        telling = affirming or [s for c, s in said if c["stance"] != "denies"]
        since = min(self.written[s].earliest_begin for s in vouching or [s for _, s in said])
        self.add(node, HUD.toldFrom, Literal(since.isoformat(), datatype=XSD.date))
        until = max((self.written[s].latest_end for s in telling), default=None)
        if until:
            self.add(node, HUD.toldUntil, Literal(until.isoformat(), datatype=XSD.date))
        return until

    def claim(self, statement: str, node: URIRef, table: dict[str, Any], mode: Any) -> None:  # noqa: ANN401
        source = table["passages"][0].partition("#")[0]
        place = self.base[f"{statement}.{table['voice']}.{table['stance']}.{source}"]
        self.typed(place, "Claim")
        self.add(place, HUD.about, node)
        self.add(place, HUD.voice, self.base[table["voice"]])
        self.add(place, HUD.stance, KIND[table["stance"]])
        self.add(place, HUD.certainty, KIND[table["certainty"]])
        self.add(place, HUD.mode, KIND[table["mode"]] if "mode" in table else mode)
        self.add(place, HUD.source, self.base[source])
        self.texts(place, table, note=SKOS.note)
        for cited in table["passages"]:
            self.add(place, HUD.passage, self.passage(cited))

    def judgements(self, tables: list[dict[str, Any]]) -> None:
        for table in tables:
            node = self.base[table["id"]]
            self.typed(node, "Judgement")
            self.add(node, HUD.left, self.base[table["things"][0]])
            self.add(node, HUD.right, self.base[table["things"][1]])
            self.add(node, HUD.judgement, KIND[table["judgement"]])
            self.add(node, HUD.certainty, KIND[table["certainty"]])
            self.texts(node, table, reason=HUD.reason)
            for cited in table["passages"]:
                self.add(node, HUD.passage, self.passage(cited))

    def notes(self, tables: list[dict[str, Any]]) -> None:
        for table in tables:
            node = self.base[table["id"]]
            self.typed(node, "Note")
            self.texts(node, table, text=HUD.text)
            for target in table["on"]:
                self.add(node, HUD.on, self.base[target])
            for cited in table["passages"]:
                self.add(node, HUD.passage, self.passage(cited))


def main() -> None:
    """Build once, and compare if asked to."""
    parser = argparse.ArgumentParser(description="Build a made case with rdflib and pySHACL.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--compare", action="store_true", help="show that the quads are ours")
    given = parser.parse_args()
    if not given.compare:
        run(given.folder, print)
        return
    compare(given.folder)


def compare(folder: Path) -> None:
    """Show in which quads our build and the plain one differ; nothing is validated."""
    import pyoxigraph as ox

    from graph import reader
    from graph.build import derive
    from graph.build import quads as rdf
    from graph.model import vocabulary
    from graph.read import store

    ontology = vocabulary.load(ONTOLOGY)
    case = reader.read(folder, ontology)
    ours = store.in_memory((*ontology.quads, *rdf.quads(case, ontology)))
    derive.derive(ours, derive.rules(ontology.folder / "rules"))
    theirs = ox.Store()
    theirs.load(run(folder, checked=False)["graph.nq"], format=ox.RdfFormat.N_QUADS)
    mine, plain = ({_line(quad) for quad in graph} for graph in (ours, theirs))
    for sign, lines in (("-", mine - plain), ("+", plain - mine)):
        for line in sorted(lines)[:20]:
            print(sign, line)
    print(f"{len(mine):,} quads of ours, {len(plain):,} plain, {len(mine ^ plain):,} differ")


def _line(quad: Any) -> str:  # noqa: ANN401
    """Return a quad as text; blank nodes, which only the ontology has, all look the same."""
    terms = (quad.subject, quad.predicate, quad.object, quad.graph_name)
    return " ".join("_:" if str(term).startswith("_:") else str(term) for term in terms)


if __name__ == "__main__":
    main()
