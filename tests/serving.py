"""A server in a process of its own, on a free port, and plain requests to it."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

import miniature

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

JSON = "application/sparql-results+json"
PROBLEM = "application/problem+json"
PATIENCE = 60.0
"""Seconds after which a request, or something that has to happen, is given up; the machine may be
busy."""


class Answer(NamedTuple):
    """What a server answered; the names of headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:  # noqa: ANN401 - JSON
        return json.loads(self.body)

    @property
    def media(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]

    @property
    def kind(self) -> str:
        """The kind of a problem; fails if the answer is none, or not told in full."""
        assert self.media == PROBLEM, self
        told = self.json()
        assert told.keys() == {"type", "title", "status", "detail"}
        assert told["status"] == self.status
        assert "Traceback" not in told["detail"]
        assert str(miniature.PROJECT) not in self.body.decode()
        return str(told["type"]).rpartition("/")[2]


class Server(NamedTuple):
    """A running server."""

    process: subprocess.Popen[str]
    port: int

    def ask(
        self,
        method: str = "GET",
        path: str = "/",
        body: bytes | str | None = None,
        **headers: str,
    ) -> Answer:
        """Send a request; in names of headers ``_`` stands for ``-``."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            link.request(method, path, body, named)
            got = link.getresponse()
            told = {name.lower(): value for name, value in got.getheaders()}
            return Answer(got.status, told, got.read())
        finally:
            link.close()

    def query(self, sparql: str, *more: tuple[str, str], **headers: str) -> Answer:
        """Send a query as a form."""
        form = urlencode([("query", sparql), *more])
        kind = "application/x-www-form-urlencoded"
        return self.ask("POST", "/sparql", form, Content_Type=kind, **headers)

    def raw(self, data: bytes) -> bytes:
        """Send bytes, and return all that comes until the server closes."""
        with socket.create_connection(("127.0.0.1", self.port), PATIENCE) as link:
            link.sendall(data)
            return b"".join(iter(lambda: link.recv(65536), b""))

    def queries(self) -> list[int]:
        """Return the processes that run queries now."""
        found = [pid for zygote in children(self.process.pid) for pid in children(zygote)]
        return sorted(found)


def children(parent: int) -> list[int]:
    """Return the processes that a process has started and that are there, zombies included."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            stat = (folder / "stat").read_text() if folder.name.isdecimal() else ""
        except OSError:
            continue
        if stat and int(stat.rpartition(")")[2].split()[1]) == parent:
            found.append(int(folder.name))
    return found


def ended(process: int) -> bool:
    """Return whether a process has ended, even if its new parent has not asked how."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def until(condition: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Wait until something is so; fail if it is not within some seconds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.005)


@contextmanager
def launched(
    public: Path, *options: str, token: str | None = None, case: str = miniature.CASE
) -> Iterator[subprocess.Popen[str]]:
    """Start to serve a case from a folder of builds; at the end it is killed."""
    command = [sys.executable, "-m", "graph", "serve", "--port", "0", "--case", case]
    folders = ["--public", str(public), "--data", str(miniature.DATA)]
    environment = {**os.environ, "PYTHONPATH": str(miniature.PROJECT), "PYTHONUNBUFFERED": "1"}
    if token is not None:
        environment["HUDNA_TOKEN"] = token
    with subprocess.Popen(
        [*command, *folders, *options], stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        try:
            yield process
        finally:
            process.kill()


@contextmanager
def begun(
    public: Path, *options: str, token: str | None = None, case: str = miniature.CASE
) -> Iterator[Server]:
    """The same, once it answers."""
    with launched(public, *options, token=token, case=case) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        match = re.search(r"http://[^ ]*:(\d+)/", said)
        assert match, said
        yield Server(process, int(match[1]))


@contextmanager
def served(
    public: Path, *options: str, token: str | None = None, case: str = miniature.CASE
) -> Iterator[Server]:
    """The same; at the end it is told to end, and no process may be left."""
    with begun(public, *options, token=token, case=case) as server:
        yield server
        zygotes = children(server.process.pid)
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(PATIENCE) == 0
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in zygotes))


def quiet(server: Server) -> None:
    """Wait until no process runs a query any more; those that hold something or wait stay."""

    def stay() -> int:
        told = server.ask("GET", "/health").json()
        return int(told.get("snapshots", 0)) + int(told.get("kept", 0))

    until(lambda: len(server.queries()) <= stay())
