"""What the scripts of a page answer, asked in node and without a browser."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping

_SCRIPT = Path(__file__).resolve().parent / "page.mjs"
MOST_SECONDS = 120
"""After so long, node answers no more."""
_DATA = re.compile(r'<script type="application/json" id="data">(.*?)</script>', re.DOTALL)


def lines(payload: Mapping[str, Any]) -> nx.MultiDiGraph[str]:
    """Return what a page of made-up records can draw, where no graph stands behind them."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for key, one in payload["statements"].items():
        if "draw" in one:
            network.add_edge(one["s"], one["o"], key)
    return network


def held_by(page: bytes) -> Any:  # noqa: ANN401 - JSON
    """Return the data that a page holds for its scripts, with what repeats where it belongs."""
    data = _raw(page)
    once = data.pop("once")
    for statement in data["statements"].values():
        for table, records in (("statements", [statement]), ("claims", statement["claims"])):
            for record in records:
                known = once[table].keys() & record.keys()
                record.update({field: once[table][field][record[field]] for field in known})
    return data


def _raw(page: bytes) -> Any:  # noqa: ANN401 - JSON
    held = _DATA.search(page.decode("utf-8"))
    assert held, "the page holds no data"
    return json.loads(held[1])


def asked(page: bytes | Mapping[str, Any], *calls: tuple[Any, ...]) -> list[Any]:
    """Return what a page answers; the test is skipped where node is not there.

    Args:
        page: the page as it is published, or the data that it holds.
        calls: the name of a question of ``page.mjs`` and what it needs, for each answer.
    """
    if not shutil.which("node"):
        if os.environ.get("HUDNA_REQUIRE_READERS") == "1":
            pytest.fail("node is not there", pytrace=False)
        pytest.skip("node is not there")
    data = _raw(page) if isinstance(page, bytes) else page
    request = json.dumps({"data": data, "calls": calls})
    done = subprocess.run(
        ["node", str(_SCRIPT)],
        input=request, capture_output=True, check=False, text=True, timeout=MOST_SECONDS,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: list[Any] = json.loads(done.stdout)
    assert len(found) == len(calls)
    return found
