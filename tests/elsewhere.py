"""What another process computes, which has another order of sets and another time zone."""

from __future__ import annotations

import os
import subprocess
import sys

from miniature import PROJECT


def printed(code: str) -> str:
    """Run lines of Python, which may import what is beside the tests, and return what they print.

    The error of a process that fails tells its traceback.
    """
    seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    paths = os.pathsep.join(map(str, (PROJECT, PROJECT / "tests")))
    other = {"PYTHONHASHSEED": seed, "PYTHONPATH": paths, "TZ": "Asia/Damascus"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **other}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
