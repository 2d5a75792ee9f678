"""What the scripts of a page answer, asked in node and without a browser."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

_SCRIPT = Path(__file__).resolve().parent / "page.mjs"
_DATA = re.compile(r'<script type="application/json" id="data">(.*?)</script>', re.DOTALL)


def asked(page: bytes, *calls: tuple[str, ...]) -> list[Any]:
    """Return what a page answers; the test is skipped where node is not there.

    Args:
        page: the page as it is published.
        calls: the name of a question of ``page.mjs`` and what it needs, for each answer.
    """
    if not shutil.which("node"):
        pytest.skip("node is not there")
    held = _DATA.search(page.decode("utf-8"))
    assert held, "the page holds no data"
    request = json.dumps({"data": json.loads(held[1]), "calls": calls})
    done = subprocess.run(
        ["node", str(_SCRIPT)], input=request, capture_output=True, check=False, text=True
    )
    assert done.returncode == 0, done.stderr
    found: list[Any] = json.loads(done.stdout)
    assert len(found) == len(calls)
    return found
