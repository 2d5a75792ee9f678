"""The page: what it shows, what it does not pass off as a fact, and that nothing runs or loads."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from graph import palette
from graph.errors import UsageError
from graph.viewer import page as module
from graph.viewer.curves import curves
from graph.viewer.evidence import ShownClaim, web_address
from graph.viewer.layout import FORCES_UP_TO, positions
from graph.viewer.page import DRAWN_AT_MOST, DRAWN_OF_MORE, page
from graph.viewer.periods import period

REPOSITORY = Path(__file__).resolve().parent.parent
VENDOR = REPOSITORY / "graph" / "viewer" / "vendor" / "vis-network"
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"
ARABIC = "الوعر"


def network() -> nx.MultiDiGraph[str]:
    """Return a network with one edge of each status, parallel edges and hostile names."""
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph(case="try")
    made.add_node("waer", label="Waer", kind="Place", arabic=ARABIC)
    made.add_node("gov", label="Government", kind="Government", identity="named")
    made.add_node("bad", label=HOSTILE, kind="Person", note=HOSTILE)
    made.add_node("talks", label="Talks", kind="TalksProcess")
    made.add_node("__proto__", label="constructor")
    for index, style in enumerate(palette.STATUSES):
        made.add_edge(
            "gov",
            "waer" if index < 3 else "talks",
            f"st-{style.name}",
            kind="besieges",
            label="besieges",
            family="coercion",
            sign=(-1, 0, 1)[index % 3],
            status=style.name,
            claims=1,
        )
    made.add_edge("bad", "__proto__", "st-bad", **bad())
    return made


def bad() -> dict[str, object]:
    words = dict.fromkeys(("kind", "label", "family", "when", "when_text", "scope"), HOSTILE)
    return {**words, "status": "accepted", "sign": 0, "place": "waer", "under": "gone"}


def evidence() -> dict[str, list[ShownClaim]]:
    found = {key: [claim("Authors")] for *_, key in network().edges(keys=True)}
    found["st-bad"] = [
        claim(HOSTILE, "javascript:alert(3)"),
        claim("B", "https://example.org/?a=1"),
    ]
    return found


def claim(voice: str, url: str = "") -> ShownClaim:
    return {
        "voice": voice,
        "stance": "asserts",
        "certainty": "certain",
        "source": "article",
        "source_title": HOSTILE,
        "url": url,
        "sentences": ["24.2", "24.3"],
        "note": "",
    }


def made(title: str = HOSTILE) -> str:
    data = page(network(), title=title, about={HOSTILE: HOSTILE}, evidence=evidence())
    return data.decode("utf-8")


class Parsed(HTMLParser):
    """All tags with their attributes, and the texts of scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self._script: dict[str, str | None] | None = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "script":
            self._script = dict(attrs)
            self.scripts.append((self._script, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._script = None

    def handle_data(self, data: str) -> None:
        if self._script is not None:
            attributes, before = self.scripts.pop()
            self.scripts.append((attributes, before + data))


@pytest.fixture(scope="module")
def text() -> str:
    return made()


@pytest.fixture(scope="module")
def parsed(text: str) -> Parsed:
    return Parsed(text)


@pytest.fixture(scope="module")
def data(parsed: Parsed) -> dict[str, Any]:
    content = next(body for attrs, body in parsed.scripts if attrs.get("id") == "data")
    loaded: dict[str, Any] = json.loads(content)
    return loaded


def edge(data: dict[str, Any], statement: str) -> dict[str, Any]:
    found: dict[str, Any] = next(e for e in data["edges"] if e["facts"]["id"] == statement)
    return found


# --- Safety


def policy(parsed: Parsed) -> str:
    contents = [
        attrs["content"]
        for tag, attrs in parsed.tags
        if tag == "meta" and attrs.get("http-equiv") == "Content-Security-Policy"
    ]
    assert len(contents) == 1
    assert contents[0] is not None
    return contents[0]


def test_only_the_two_scripts_of_the_page_may_run(parsed: Parsed) -> None:
    wanted = re.findall(r"'sha256-([^']+)'", policy(parsed))
    running = [body for attrs, body in parsed.scripts if attrs.get("type") != "application/json"]
    hashes = [base64.b64encode(hashlib.sha256(b.encode()).digest()).decode() for b in running]
    assert len(running) == 2
    assert hashes == wanted


def test_the_policy_forbids_every_request(parsed: Parsed) -> None:
    found = policy(parsed)
    assert found.startswith("default-src 'none'; script-src 'sha256-")
    assert "http" not in found
    assert "unsafe-eval" not in found
    script_part = found.partition("script-src")[2].partition(";")[0]
    assert "unsafe-inline" not in script_part


def test_the_policy_stands_before_all_scripts_and_styles(parsed: Parsed) -> None:
    names = [tag for tag, attrs in parsed.tags if tag in ("script", "style") or "content" in attrs]
    assert names[0] == "meta"


def test_nothing_is_loaded(parsed: Parsed) -> None:
    for tag, attributes in parsed.tags:
        assert tag not in ("img", "iframe", "link", "object", "embed", "base", "form")
        assert not {"src", "srcset", "action", "background"} & set(attributes)
        assert not [name for name in attributes if name.startswith("on")]
        assert "href" not in attributes


def test_no_file_beside_the_page_is_named(text: str) -> None:
    assert "sourceMappingURL" not in text
    assert "@import" not in text
    assert "url(http" not in text


def test_hostile_text_is_text(text: str, data: dict[str, Any]) -> None:
    assert HOSTILE not in text
    assert "<img" not in text
    assert "&lt;/script&gt;" in text
    node = next(n for n in data["nodes"] if n["facts"]["id"] == "bad")
    assert node["facts"]["label"] == HOSTILE


def test_only_web_addresses_become_links(data: dict[str, Any]) -> None:
    claims = edge(data, "st-bad")["facts"]["claims"]
    assert [given.get("url", "") for given in claims] == ["", "https://example.org/?a=1"]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", " https://a", "https://a b", "//a", "https:",
            "https://a\n", "file:///etc", 'https://a"b']
)  # fmt: skip
def test_other_addresses_are_no_links(url: str) -> None:
    assert web_address(url) == ""


def test_ids_for_the_library_are_ours(data: dict[str, Any]) -> None:
    assert [n["id"] for n in data["nodes"]] == [f"n{i}" for i in range(5)]
    assert [e["id"] for e in data["edges"]] == [f"e{i}" for i in range(6)]


def test_the_library_is_the_one_that_its_readme_names() -> None:
    library = (VENDOR / "vis-network.min.js").read_bytes()
    readme = (VENDOR / "README.md").read_text("utf-8")
    assert hashlib.sha256(library).hexdigest() in readme
    version = re.search(rb"@version (\S+)", library)
    assert version
    assert f"| version | {version.group(1).decode()} |" in readme
    assert (VENDOR / "LICENSE-MIT").is_file()
    assert (VENDOR / "LICENSE-APACHE-2.0").is_file()


# --- What is a fact and what is not


def look(shown: dict[str, Any]) -> tuple[object, ...]:
    facts = shown["facts"]
    return (str(shown["dashes"]), facts.get("band", False), facts["opacity"])


def test_every_status_has_a_line_of_its_own(data: dict[str, Any]) -> None:
    looks = {style.name: look(edge(data, f"st-{style.name}")) for style in palette.STATUSES}
    assert len(set(looks.values())) == len(palette.STATUSES)
    solid = [name for name, found in looks.items() if found[0] == "False"]
    assert solid == ["accepted"]


def test_every_edge_has_its_evidence(data: dict[str, Any]) -> None:
    for shown in data["edges"]:
        assert shown["facts"]["claims"]
        assert all(given["voice"] and given["stance"] for given in shown["facts"]["claims"])


def test_an_edge_without_evidence_is_not_drawn() -> None:
    with pytest.raises(UsageError, match="st-open"):
        page(network(), title="x", about={}, evidence={**evidence(), "st-open": []})


def test_an_unknown_status_is_not_drawn_as_accepted() -> None:
    made_up = network()
    made_up.edges["gov", "waer", "st-accepted"]["status"] = "acepted"
    with pytest.raises(UsageError, match="accepted"):
        page(made_up, title="x", about={}, evidence=evidence())


def test_the_page_says_that_nothing_disputed_is_a_fact(text: str) -> None:
    assert "nothing disputed is drawn as a fact" in " ".join(text.split())


def test_the_legend_lists_what_is_drawn(text: str) -> None:
    for style in palette.STATUSES:
        assert style.meaning in text
    for sign in palette.SIGNS:
        assert f"--sign-{sign.name}:{sign.colour.light};" in text
        assert f"--sign-{sign.name}:{sign.colour.dark};" in text
    assert "Talks" in text
    assert "Armed group" not in text


def test_shapes_and_fills_tell_all_kinds_apart() -> None:
    looks = {(style.shape, style.fill.light) for style in palette.NODES}
    assert len(looks) == len(palette.NODES)
    classes = [name for style in palette.NODES for name in style.classes]
    assert len(classes) == len(set(classes))


# --- What is shown


def test_names_in_both_scripts_can_be_searched(data: dict[str, Any]) -> None:
    facts = next(n["facts"] for n in data["nodes"] if n["facts"]["id"] == "waer")
    assert (facts["label"], facts["arabic"]) == ("Waer", ARABIC)


def test_places_are_shown_by_name(data: dict[str, Any]) -> None:
    facts = edge(data, "st-bad")["facts"]
    assert (facts["place"], facts["under"]) == ("Waer", "gone")


def test_every_control_has_a_name(parsed: Parsed) -> None:
    ids = {attrs.get("id") for _, attrs in parsed.tags}
    labels = {attrs.get("for") for tag, attrs in parsed.tags if tag == "label"}
    assert "query" in ids & labels
    assert ("html", {"lang": "en"}) in parsed.tags
    assert any(attrs.get("lang") == "ar" for _, attrs in parsed.tags)
    boxes = [attrs for tag, attrs in parsed.tags if tag == "input" and attrs["type"] == "checkbox"]
    assert len(boxes) == 5 + 5 + 2  # statuses, kinds of nodes, families


def test_physics_is_off_and_all_nodes_have_places(data: dict[str, Any]) -> None:
    assert data["options"]["physics"] == {"enabled": False}
    assert len({(n["x"], n["y"]) for n in data["nodes"]}) == len(data["nodes"])


def large() -> nx.MultiDiGraph[str]:
    ring: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    count = DRAWN_AT_MOST + 1
    for index in range(count):
        ring.add_edge(f"a{index:04}", f"a{(index + 1) % count:04}", f"s{index}", **tie())
    return ring


def tie() -> dict[str, object]:
    return {"kind": "k", "label": "k", "family": "f", "sign": 0, "status": "accepted"}


def test_a_large_network_is_cut_down_and_says_so() -> None:
    ring = large()
    claims = {key: [claim("A")] for *_, key in ring.edges(keys=True)}
    text = page(ring, title="x", about={}, evidence=claims).decode("utf-8")
    content = next(b for attrs, b in Parsed(text).scripts if attrs.get("id") == "data")
    assert len(json.loads(content)["nodes"]) == DRAWN_OF_MORE
    assert f"{DRAWN_AT_MOST + 1 - DRAWN_OF_MORE} are left out" in text


def test_given_positions_are_kept() -> None:
    places = {node: (float(index), 1.0) for index, node in enumerate(network())}
    text = page(network(), title="x", about={}, evidence=evidence(), positions=places)
    content = next(b for attrs, b in Parsed(text.decode()).scripts if attrs.get("id") == "data")
    found = {n["facts"]["id"]: (n["x"], n["y"]) for n in json.loads(content)["nodes"]}
    assert found == places


def test_pyvis_is_not_imported_before_it_is_needed() -> None:
    code = "import sys, graph.viewer.page; print('pyvis' in sys.modules, 'IPython' in sys.modules)"
    assert run(code, "0") == "False False\n"


# --- Parts


def test_parallel_edges_bend_apart() -> None:
    edges = [("a", "b", "1"), ("b", "a", "2"), ("a", "b", "3"), ("c", "c", "4"), ("c", "c", "5")]
    found = curves(edges)
    bends = set()
    for source, target, key in edges[:3]:
        smooth = found[key]["smooth"]
        side = 1 if (smooth["type"] == "curvedCW") == (source < target) else -1
        bends.add(side * smooth["roundness"])
    assert len(bends) == 3
    assert found["4"] != found["5"]


@pytest.mark.parametrize(
    ("bounds", "coverage", "wanted"),
    [
        ((None, None, None, None), "throughout", ""),
        (("2014-05-01",) * 4, "sometime", "on 2014-05-01"),
        (("2014-05-01", "2014-05-31") * 2, "sometime",
         "on some day or days between 2014-05-01 and 2014-05-31"),
        ((None, "2017-02-01", "2017-02-28", None), "throughout",
         "began by 2017-02-01; lasted at least until 2017-02-28"),
        (("2016-12-01", "2016-12-31", None, None), "throughout",
         "began between 2016-12-01 and 2016-12-31"),
        (("2014-01-01", "2014-12-31", None, None), "sometime",
         "began between 2014-01-01 and 2014-12-31; on some day or days in this time"),
    ],
)  # fmt: skip
def test_periods_say_no_more_than_is_known(
    bounds: tuple[str | None, ...], coverage: str, wanted: str
) -> None:
    names = ("earliest_begin", "latest_begin", "earliest_end", "latest_end")
    data = {n: bound for n, bound in zip(names, bounds, strict=True) if bound}
    assert period({**data, "coverage": coverage}) == wanted


def test_no_two_nodes_share_a_place() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for index in range(40):
        graph.add_edge("hub", f"leaf-{index}")
        graph.add_edge(f"pair-{index}", f"pair-{index}-b")
    graph.add_edge("alone", "alone")
    places = positions(graph)
    assert set(places) == set(graph)
    assert len(set(places.values())) == len(graph)


def test_large_components_are_laid_out_quickly_and_apart() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for index in range(1, FORCES_UP_TO + 50):
        graph.add_edge(f"n{index // 3}", f"n{index}")
    places = positions(graph)
    assert len(set(places.values())) == len(graph)


def test_an_empty_network_has_a_page() -> None:
    empty: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    assert b"</html>" in page(empty, title="x", about={}, evidence={})


# --- Bytes

_HASH = "import hashlib, test_viewer as t; print(hashlib.sha256(t.made().encode()).hexdigest())"


def run(code: str, seed: str) -> str:
    paths = os.pathsep.join([str(REPOSITORY), str(REPOSITORY / "tests")])
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": paths},
        capture_output=True,
        check=True,
        text=True,
    )
    return done.stdout


def test_the_same_network_gives_the_same_bytes(text: str) -> None:
    digest = hashlib.sha256(text.encode()).hexdigest()
    assert run(_HASH, "0").strip() == run(_HASH, "4711").strip() == digest


def test_the_order_of_nodes_does_not_move_them() -> None:
    turned: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(network())))
    turned.add_edges_from(reversed([(a, b, k) for a, b, k in network().edges(keys=True)]))
    assert positions(turned) == positions(network())


def test_the_limits_are_sensible() -> None:
    assert module.DRAWN_OF_MORE <= FORCES_UP_TO <= module.DRAWN_AT_MOST
