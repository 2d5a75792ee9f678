"""The files that a build publishes, made from the judged graph alone."""

from __future__ import annotations

import json
import platform
from collections.abc import Callable, Iterable
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, TypeVar

from ..model import SHOWN, Source
from ..model.releases import former
from ..model.terms import PREFIXES, prefixes_of
from ..network.house import USUAL
from ..query.named import rows_of
from ..query.parameters import QUERIES
from ..read import store as stores
from ..read.select import Graph
from ..read.writing import write
from .contents import Contents
from .derive import past
from .manifest import AUTHORED, NOT_MADE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from ..model import Case
    from ..model.vocabulary import Vocabulary
    from ..network.house import HouseStyle
    from ..viewer.payload import Payload
    from ..viewer.picture import Picture

PLACING, PAGE = "placing the nodes", "making the page"
"""Steps whose work does not follow the number of statements."""

Held = TypeVar("Held")
_LIBRARIES = ("networkx", "pyoxigraph", "pyvis", "rdflib")


Put = Callable[[Iterable[bytes]], Held]
"""Takes the bytes of a file, one after another, and holds them."""


def outputs(
    store: stores.Store,
    case: Case,
    vocabulary: Vocabulary,
    renderer: str = "auto",
    say: Callable[[str], None] = lambda _step: None,
    notice: str = "",
    folder: Path | None = None,
    house: HouseStyle = USUAL,
) -> dict[str, Contents]:
    """Return the contents of all files of a build, by name.

    The page, and the networks for other programs whose names end in ``-all``, hold ties of every
    status but rejected, and say of every tie which status it has; the other networks hold accepted
    ties only, and are the files that ``hudna export`` writes.

    Args:
        store: the judged graph.
        case: gives id and title; its records are not needed any more.
        vocabulary: the ontology, published beside the graph.
        renderer: what draws the page: ``vis``, ``sigma``, or ``auto`` for what suits its size.
        say: is told what is being done.
        notice: what the page tells of what is not public.
        folder: where large files are held until they are published; by default that of the system.
        house: colours and fonts of the page.
    """
    say("making the outputs")
    graph = Graph(store, case.id)
    quads, triples = Contents(folder), Contents(folder)
    write(store, prefixes_of(case.id), quads.file, triples.file, folder)
    words = stores.turtle(stores.in_memory(vocabulary.quads), PREFIXES)
    put = partial(Contents.of, folder)
    tours = [one.record() for one in case.tours]
    drawn = pictures(graph, renderer, say, notice, case.title, put, tours, house)
    rows = {name: put([data]) for name, data in _tables(graph, say).items()}
    return {"graph.nq": quads, "graph.ttl": triples, "ontology.ttl": put([words]), **drawn, **rows}


def _tables(graph: Graph, say: Callable[[str], None] = lambda _step: None) -> dict[str, bytes]:
    """Return the statements and the claims as Parquet; none where pyarrow is not installed."""
    from ..export import parquet
    from ..export.formats import missing

    if missing(parquet.FORMAT):
        return {}
    say("writing the tables")
    return parquet.of_records(graph)


def pictures(
    graph: Graph,
    renderer: str = "auto",
    say: Callable[[str], None] = lambda _step: None,
    notice: str = "",
    title: str = "",
    put: Put[Any] = b"".join,
    tours: Sequence[Mapping[str, Any]] = (),
    house: HouseStyle = USUAL,
) -> dict[str, Any]:
    """Return the page and the networks for other programs, with all nodes in the same places.

    Args:
        graph: the judged graph, which also gives sources for what people read.
        renderer: as for ``outputs``.
        say: likewise.
        notice: likewise.
        title: of the page, if it is another than that of the graph.
        put: takes the bytes of each file, and gives what is returned for them.
        tours: guided tours of the page, as ``graph.model.tours.Tour`` tells them.
        house: as for ``outputs``.
    """
    from ..viewer.page import in_pieces
    from ..viewer.picture import lines, picture

    say(PLACING)
    drawn = with_groups(picture(lines(graph), renderer))
    say("writing the networks")
    networks = _networks(graph, drawn.looks, put)
    say(PAGE)
    title = title or graph.title
    told, knows = facts(graph, title, notice), _known(graph, tours)
    short = briefs(graph, knows)
    html = in_pieces(knows, drawn, title=title, about=told, briefs=short, house=house)
    layout = json.dumps(drawn.looks, sort_keys=True, separators=(",", ":")).encode() + b"\n"
    return {**networks, "layout.json": put([layout]), "index.html": put(html)}


def with_groups(drawn: Picture) -> Picture:
    """Return a picture with the groups of its nodes, if there are such as no chance makes.

    Lines of every status but rejected count, each pair of nodes once, whatever they say. A small
    picture is seen at a glance and has none.

    Args:
        drawn: a picture.
    """
    from ..viewer.picture import GLANCE

    network = drawn.network
    if len(network) < GLANCE:
        return drawn
    from ..analysis.arrays import from_network
    from ..analysis.centrality.beyond_chance import division
    from ..viewer.groups import groups

    told = network.edges(keys=True, data=True)
    shown: list[Any] = [(a, b, key) for a, b, key, tie in told if tie["status"] in SHOWN]
    divided = division(from_network(network.edge_subgraph(shown)))
    found = divided.groups if divided.real else ()
    return drawn._replace(groups=groups(network, drawn.looks, found, len(divided.rewired)))


def page_of(graph: Graph, drawn: Picture, title: str, about: Mapping[str, str]) -> bytes:
    """Return the page of a case, or of several as one, in UTF-8.

    Args:
        graph: the judged graph.
        drawn: what it draws.
        title: its title.
        about: what the page says of the case; see ``facts``.
    """
    from ..viewer.page import page

    knows = _known(graph)
    return page(knows, drawn, title=title, about=about, briefs=briefs(graph, knows))


def briefs(graph: Graph, knows: Payload) -> dict[str, str]:
    """Return the case on one page, as HTML by the tags of the languages that its page offers.

    Args:
        graph: the judged graph.
        knows: what the page knows.
    """
    from ..brief.writing import fragment
    from ..model.frames import USUAL

    return {tag: fragment(graph, 2, tag=tag) for tag in (USUAL, *knows.get("tongues", ()))}


def _known(graph: Graph, tours: Sequence[Mapping[str, Any]] = ()) -> Payload:
    """Return what the page of a case knows, with each sequence that has a trigger in it."""
    from ..analysis.sequences.sequence import sequence, sequences
    from ..analysis.sequences.words import record, spoken
    from ..viewer.payload import payload

    found = (sequence(graph, query) for query in sequences(graph=graph).values())
    kept = [one for one in found if one.shown.triggers or one.shown.series]
    return payload(graph, tours, {tag: [record(one, tag) for one in kept] for tag in spoken()})


def facts(graph: Graph, title: str, notice: str = "") -> dict[str, str]:
    """Return what the page of a case says of it, each with its name.

    Args:
        graph: the judged graph.
        title: the title of the case.
        notice: what the page holds that is not public.
    """
    from ..read.date_words import date_in_words
    from ..read.notices import notices

    told = (
        f"{one.title} ({one.publisher}, {date_in_words(one.date)})" for one in graph.records(Source)
    )
    return {
        "Case": title,
        "What it is": graph.about.description,
        "Sources": "; ".join(told),
        "Licence of the data": graph.about.licence,
        **({"Coders compared": coded} if (coded := graph.about.reliability) else {}),
        **notices(graph),
        **({"Not public": notice} if notice else {}),
    }


def _networks(
    graph: Graph, looks: Mapping[str, tuple[float, float, float]], put: Put[Held]
) -> dict[str, Held]:
    """Return the files of the accepted network, and those of all ties that are shown."""
    from ..export import csv_tables, gexf, graphml
    from ..export.selection import Selection

    places = {node: (x, y) for node, (x, y, _) in looks.items()}
    sizes = {node: size for node, (_, _, size) in looks.items()}
    files: dict[str, Held] = {}
    for status, suffix in ((None, ""), (SHOWN, "-all")):
        chosen = Selection(graph, status=status, places=places, sizes=sizes)
        for writer in (gexf, graphml, csv_tables):
            for name, chunks in writer.write(chosen).files.items():
                stem, _, ending = name.rpartition(".")
                files[f"{stem}{suffix}.{ending}"] = put(chunks)
    return files


def about(
    store: stores.Store, case: Case, vocabulary: Vocabulary, authored: str
) -> dict[str, object]:
    """Return what the manifest says of a build: counts and versions, no clock and no path.

    Args:
        store: the judged graph.
        case: the records of the case.
        vocabulary: the ontology.
        authored: ``graph.reader.fingerprint`` of the files that were read.
    """
    gone = former(case)
    statements = [one for one in case.statements if one.id not in gone]
    counts = rows_of(Graph(store, case.id), QUERIES / "support" / "status-counts.rq")
    lacking = _not_made()
    return {
        "case": case.id,
        "title": case.title,
        "as_of": str(case.as_of or ""),
        **_kept(case),
        AUTHORED: authored,
        "counts": {
            "sources": len(case.sources),
            "things": sum(one.id not in gone for one in case.things),
            "statements": len(statements),
            "claims": sum(claim.known_until is None for one in statements for claim in one.claims),
            "quads": len(store),
            "past": past(store, case.id),
            "status": {row["status"]: int(row["statements"]) for row in counts},
        },
        "ontology": vocabulary.version,
        "versions": {
            "hudna": version("hudna"),
            "python": platform.python_version(),
            **{name: version(name) for name in _LIBRARIES},
            **({} if lacking else {"pyarrow": version("pyarrow")}),
        },
        **({NOT_MADE: lacking} if lacking else {}),
    }


def _not_made() -> dict[str, str]:
    """Return the files that a build lacks, as a package is not installed, and why."""
    from ..export import parquet
    from ..export.formats import missing, wanted

    if not missing(parquet.FORMAT):
        return {}
    return dict.fromkeys(parquet.OF_A_BUILD, f"needs {wanted(parquet.FORMAT)}")


def _kept(case: Case) -> dict[str, object]:
    """Return whom to write to, and what was withdrawn when and why, where there is anything."""
    gone = [
        {"id": one.id, "withdrawn": one.withdrawn.isoformat(), "reason": one.reason}
        for one in case.former
        if one.withdrawn
    ]
    return {key: value for key, value in (("contact", case.contact), ("withdrawn", gone)) if value}
