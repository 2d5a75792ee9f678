"""What the guide to serving says of limits and problems, and the unit of systemd of memory."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import TYPE_CHECKING

import miniature
from serving import served

from graph.server.app import MODULES
from graph.server.http.negotiation import FORMATS, GRAPH_NAMES, GRAPHS, TABLE_NAMES, TABLES
from graph.server.http.problem import KINDS
from graph.server.pool.limits import MIB, QueryLimits
from graph.server.state import Config, opened

if TYPE_CHECKING:
    from pathlib import Path

TEXT = (miniature.PROJECT / "docs" / "serving.md").read_text("utf-8")
UNIT = (miniature.PROJECT / "deploy" / "hudna.service").read_text("utf-8")
UNITS = {"MiB": MIB, "KiB": 1024, "": 1}


def test_the_limits_are_told_with_their_defaults() -> None:
    told = re.findall(r"^\| `(\w+)` \| ([\d.]+) ?(\w*) \|", TEXT, re.MULTILINE)
    assert {name: float(n) * UNITS[unit] for name, n, unit in told} == asdict(QueryLimits())


def test_the_address_of_every_route_is_told(public: Path) -> None:
    state = opened(Config("mill", public))
    routes = [route for module in MODULES for route in module.routes(state)]
    told = re.findall(r"^\| `(/[^`]*)` \|", TEXT, re.MULTILINE)
    for route in routes:
        if not route.path.endswith(".css"):
            first = "/" + route.path.split("/")[1]
            assert any(one.removesuffix("...").startswith(first) for one in told), route.path


def test_the_problems_are_told_with_their_status() -> None:
    rows = re.findall(r"^\| (\d{3}(?:, \d{3})*) \| (`.*`) \|$", TEXT, re.MULTILINE)
    for statuses, kinds in rows:
        named = re.findall(r"`([\w-]+)`", kinds)
        assert {KINDS[kind][0] for kind in named} == {int(one) for one in statuses.split(", ")}
    told = [kind for _, kinds in rows for kind in re.findall(r"`([\w-]+)`", kinds)]
    assert sorted(told) == sorted(KINDS)


def test_the_names_of_forms_are_told() -> None:
    rows = re.findall(r"^\| ((?:SELECT|CONSTRUCT), \w+) \| (.*) \|$", TEXT, re.MULTILINE)
    told = {kind: re.findall(r"`([\w+-]+)`", names) for kind, names in rows}
    assert told["SELECT, ASK"] == list(TABLE_NAMES)
    assert told["CONSTRUCT, DESCRIBE"] == list(GRAPH_NAMES)[: len(told["CONSTRUCT, DESCRIBE"])]
    names = set(FORMATS) - {*TABLES, *GRAPHS}
    assert names <= set(re.findall(r"`([\w+-]+)`", TEXT.partition("## Clients")[0]))


def test_addresses_that_name_a_form_are_answered_in_it(public: Path) -> None:
    found = re.findall(r"http://127\.0\.0\.1:8000(/sparql\?format=(\w+)&query=\S*%7D)", TEXT)
    assert found
    with served(public) as server:
        for path, form in found:
            answer = server.ask("GET", path)
            assert (answer.status, answer.media) == (200, TABLE_NAMES[form])
            assert answer.body.count(b"\n") > 1


def test_the_unit_has_memory_for_all_queries_at_once() -> None:
    found = re.search(r"^MemoryMax=(\d+)G$", UNIT, re.MULTILINE)
    assert found
    limits = QueryLimits()
    graph = 512 * MIB
    queries = (limits.running + limits.kept) * limits.memory
    needed = graph + queries + limits.unsent_bytes + limits.snapshot_bytes
    assert needed < int(found[1]) * 1024 * MIB
    assert "\nOOMPolicy=continue\n" in UNIT
