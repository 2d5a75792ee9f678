"""What the guide to serving says of limits and problems, and the unit of systemd of memory."""

from __future__ import annotations

import re
from dataclasses import asdict

import miniature

from graph.server.limits import MIB, Limits
from graph.server.problem import KINDS

TEXT = (miniature.PROJECT / "docs" / "serving.md").read_text("utf-8")
UNIT = (miniature.PROJECT / "deploy" / "hudna.service").read_text("utf-8")
UNITS = {"MiB": MIB, "KiB": 1024, "": 1}


def test_the_limits_are_told_with_their_defaults() -> None:
    told = re.findall(r"^\| `(\w+)` \| ([\d.]+) ?(\w*) \|", TEXT, re.MULTILINE)
    assert {name: float(n) * UNITS[unit] for name, n, unit in told} == asdict(Limits())


def test_the_problems_are_told_with_their_status() -> None:
    rows = re.findall(r"^\| (\d{3}(?:, \d{3})*) \| (`.*`) \|$", TEXT, re.MULTILINE)
    for statuses, kinds in rows:
        named = re.findall(r"`([\w-]+)`", kinds)
        assert {KINDS[kind][0] for kind in named} == {int(one) for one in statuses.split(", ")}
    told = [kind for _, kinds in rows for kind in re.findall(r"`([\w-]+)`", kinds)]
    assert sorted(told) == sorted(KINDS)


def test_the_unit_has_memory_for_all_queries_at_once() -> None:
    found = re.search(r"^MemoryMax=(\d+)G$", UNIT, re.MULTILINE)
    assert found
    limits = Limits()
    graph = 512 * MIB
    needed = graph + limits.running * limits.memory + limits.unsent_bytes
    assert needed < int(found[1]) * 1024 * MIB
    assert "\nOOMPolicy=continue\n" in UNIT
