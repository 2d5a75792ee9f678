"""What ``server`` measures: servers as processes, started on a case, and what they use."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import measuring as m
from measuring import Run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MEMORY = 8 << 30
"""Address space that a server which is not ours may have."""


class Served(NamedTuple):
    """A server that runs: its process, its port and the path of its endpoint."""

    process: subprocess.Popen[str]
    port: int
    path: str


@contextmanager
def running(command: Sequence[str], port: int, path: str, memory: int = 0) -> Iterator[Served]:
    """Run a server until the block ends; port 0 is told by the server itself."""

    def confine() -> None:
        if memory:
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))

    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL if port else subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        preexec_fn=confine,  # noqa: PLW1509 - the bench has one thread here
        env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(m.PROJECT)},
    )
    try:
        if not port:
            assert process.stdout is not None
            port = int(process.stdout.readline().split("/")[2].rpartition(":")[2])
        _await(port)
        yield Served(process, port, path)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _await(port: int) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"nobody listens at {port}")


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as link:
        link.bind(("127.0.0.1", 0))
        return int(link.getsockname()[1])


class Place(NamedTuple):
    """A built case: its id and the folders of the builds and of the cases."""

    case: str
    public: Path
    data: Path

    @property
    def nquads(self) -> Path:
        """The file of the graph."""
        return self.public / self.case / "graph.nq"


def built(case: str, data: Path) -> Place:
    """Return a case, built now into the folder of outputs."""
    m.in_child(_build, case, str(data))
    return Place(case, m.OUT / "public", data)


def _build(case: str, data: str) -> Run:
    from graph.build import recipe

    recipe.build(case, Path(data), m.OUT / "public", lambda _step: None)
    return Run(0.0, m.peak_memory())


@contextmanager
def ours(place: Place, *options: str) -> Iterator[Served]:
    """Run ``hudna serve``."""
    command = [sys.executable, "-m", "graph", "serve", "--port", "0", "--case", place.case]
    folders = ["--public", str(place.public), "--data", str(place.data)]
    with running([*command, *folders, *options], 0, "/sparql") as served:
        yield served


@contextmanager
def oxigraph(place: Place) -> Iterator[Served]:
    """Run Oxigraph's own server on a copy of the graph on disk."""
    program = str(Path(sys.executable).with_name("oxigraph"))
    folder = m.OUT / f"oxigraph-{place.case}"
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run(
        [program, "load", "-l", str(folder), "-f", str(place.nquads)],
        check=True,
        stderr=subprocess.DEVNULL,
    )
    port = free_port()
    command = [program, "serve-read-only", "-l", str(folder), "-b", f"127.0.0.1:{port}"]
    with running(command, port, "/query", MEMORY) as served:
        yield served
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def rdflib_endpoint(place: Place, program: str, store: str) -> Iterator[Served]:
    """Run rdflib-endpoint with a store in memory: ``default`` is rdflib's, or ``Oxigraph``."""
    port = free_port()
    options = ["--host", "127.0.0.1", "--port", str(port), "--store", store]
    command = [program, "serve", *options, str(place.nquads)]
    with running(command, port, "/", MEMORY) as served:
        yield served


def tree(parent: int) -> list[int]:
    """Return a process and all that it has started, directly or not."""
    of: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal() and (fields := _stat(int(folder.name))):
            of.setdefault(int(fields[1]), []).append(int(folder.name))
    found = [parent]
    for process in found:
        found += of.get(process, [])
    return found


def _stat(process: int) -> list[str]:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def processor(parent: int) -> float:
    """Return the processor time of a process, of those it started, and of those that ended."""
    ticks = os.sysconf("SC_CLK_TCK")
    return sum(sum(map(int, _stat(one)[11:15])) for one in tree(parent)) / ticks


def own_processor(process: int) -> float:
    """Return the processor time of a process alone, to the nanosecond, in its first thread."""
    return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e9


def memory(parent: int) -> float:
    """Return the memory of a process and all that it started in MB, what is shared only once."""
    total = 0
    for process in tree(parent):
        try:
            lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024
