"""Publishing a built case to a local server of Oxigraph: processor time and memory of ours alone.

The server is started anew for each run, with a store in its memory; what it uses does not count.
The case is built once and opened before time is taken. Of the memory the peak of the whole process
is told, and what it was when the case was open.

Usage: ``python bench/publishing.py [--sizes 5000,20000]``
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from pathlib import Path
from socket import socket
from typing import TYPE_CHECKING

import measuring as m
from measuring import Run

if TYPE_CHECKING:
    from collections.abc import Iterator


def built(size: int) -> Path:
    """Return the folder of builds in which a made case of some size is; built if it is not."""
    from graph.build import recipe

    folder, public = m.case_folder(size), m.OUT / "public"
    if not (public / folder.name).exists():
        recipe.build(folder.name, folder.parent, public)
    return public


@contextlib.contextmanager
def server() -> Iterator[str]:
    """Run Oxigraph's server with an empty store."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        at = f"127.0.0.1:{free.getsockname()[1]}"
        free.close()
        oxigraph = Path(sys.executable).with_name("oxigraph")
        command = [str(oxigraph), "serve", "-b", at]
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        try:
            time.sleep(1)
            yield f"http://{at}"
        finally:
            process.terminate()
            process.wait()


def ours(name: str, public: str, url: str) -> Run:
    """Publish a build."""
    from graph.build.case import open_build
    from graph.remote.fetching import connect
    from graph.remote.manifest import Names
    from graph.remote.publishing import Publication
    from graph.remote.transport import TransferLimits

    opened = open_build(name, Path(public))
    quads = len(opened.store)
    before = m.peak_memory()
    with m.timed() as taken:
        patient = connect(url, limits=TransferLimits(read=3600.0, whole=7200.0))
        found = Publication(patient, opened.store, Names(name)).run()
    assert {one.what for one in found} == {"sent"}, [one.why for one in found if one.why]
    return Run(taken[0], m.peak_memory(), (before, quads))


def main() -> None:
    """Measure and print."""
    parser = m.arguments("Measure publishing to a store.", repetitions=3)
    given = parser.parse_args()
    rows = []
    for size in m.sizes_of(given.sizes):
        public, name = built(size), m.case_folder(size).name
        runs = []
        for _ in range(given.repetitions):
            with server() as url:
                runs.append(m.in_child(ours, name, str(public), url))
        run = m.middle(runs)
        before, quads = run.value
        rows.append([size, quads, run.seconds, quads / run.seconds, before, run.peak])
        m.keep("publishing", rows)
    m.table(["statements", "quads", "s", "quads a second", "MB when open", "peak, MB"], rows)


if __name__ == "__main__":
    main()
