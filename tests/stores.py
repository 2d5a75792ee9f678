"""Servers that are not ours, started for tests: on a port of their own, with a limit of memory.

Oxigraph's comes with the development packages. Virtuoso is Debian's; where it is not installed its
tests are skipped with a reason, or fail with ``HUDNA_REQUIRE_READERS=1``.
"""

from __future__ import annotations

import os
import resource
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

import pytest

from graph.remote.client import Client
from graph.remote.endpoints import endpoints
from graph.remote.errors import StoreError
from graph.remote.transport import TransferLimits, Transport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Answering = Callable[[BaseHTTPRequestHandler, bytes], None]

_MEMORY = 6 << 30
_START = 60.0
_OXIGRAPH = Path(sys.executable).with_name("oxigraph")
_VIRTUOSO_INI = """\
[Database]
DatabaseFile = {folder}/v.db
ErrorLogFile = {folder}/v.log
LockFile = {folder}/v.lck
TransactionFile = {folder}/v.trx
xa_persistent_file = {folder}/v.pxa
FileExtend = 200
TempStorage = TempDatabase

[TempDatabase]
DatabaseFile = {folder}/t.db
TransactionFile = {folder}/t.trx

[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
CaseMode = 2
DirsAllowed = {folder}
NumberOfBuffers = 5000
MaxDirtyBuffers = 3000
MaxQueryMem = 500M

[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 10

[SPARQL]
ResultSetMaxRows = {rows}
MaxQueryCostEstimationTime = 400
MaxQueryExecutionTime = 60
"""


class Running(NamedTuple):
    """A server: its root, its process, and the port of Virtuoso for its own tools."""

    url: str
    process: subprocess.Popen[bytes]
    port: int = 0

    def isql(self, orders: str) -> None:
        """Give Virtuoso orders in its own SQL."""
        subprocess.run(
            ["isql-vt", f"127.0.0.1:{self.port}", "dba", "dba", f"exec={orders}"],
            check=True,
            capture_output=True,
            timeout=_START,
        )


@contextmanager
def oxigraph(folder: Path, *words: str) -> Iterator[Running]:
    """Run Oxigraph's server on a folder, under a limit of memory."""
    port = free_port()
    command = [str(_OXIGRAPH), "serve", "-l", str(folder), "-b", f"127.0.0.1:{port}", *words]
    url = f"http://127.0.0.1:{port}"
    with _running(command, folder.parent, f"{url}/query") as process:
        yield Running(url, process)


@contextmanager
def virtuoso(folder: Path, rows: int = 10_000, *, again: bool = False) -> Iterator[Running]:
    """Run Virtuoso with a user ``hudna`` whose password is ``secret``, and a limit of rows.

    Args:
        folder: where its data lies.
        rows: of an answer.
        again: whether it has run there before, so that the user is there.
    """
    if not (shutil.which("virtuoso-t") and shutil.which("isql-vt")):
        reason = "virtuoso is not there (apt-get install virtuoso-opensource)"
        if os.environ.get("HUDNA_REQUIRE_READERS") == "1":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    sql, http = free_port(), free_port()
    ini = _VIRTUOSO_INI.format(folder=folder, sql=sql, http=http, rows=rows)
    (folder / "v.ini").write_text(ini, "utf-8")
    command = ["virtuoso-t", "+configfile", str(folder / "v.ini"), "+foreground"]
    url = f"http://127.0.0.1:{http}"
    with _running(command, folder, f"{url}/sparql") as process:
        running = Running(url, process, sql)
        if not again:
            running.isql(
                "DB.DBA.USER_CREATE('hudna', 'secret'); grant SPARQL_UPDATE to \"hudna\"; "
                "DB.DBA.RDF_DEFAULT_USER_PERMS_SET('hudna', 15); "
                "DB.DBA.RDF_DEFAULT_USER_PERMS_SET('nobody', 1); checkpoint;"
            )
        yield running


@contextmanager
def _running(command: list[str], folder: Path, query: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        command,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=partial(resource.setrlimit, resource.RLIMIT_AS, (_MEMORY, _MEMORY)),  # noqa: PLW1509
    )
    try:
        _wait(process, query)
        yield process
    finally:
        stop(process)


def _wait(process: subprocess.Popen[bytes], query: str) -> None:
    asked = Client(endpoints(query), Transport(limits=TransferLimits(retries=0)))
    end = time.monotonic() + _START
    while time.monotonic() < end:
        assert process.poll() is None, f"{process.args!r} ended"
        try:
            asked.ask("ASK {}")
        except StoreError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(query)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a server, kindly first."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is None:
            process.send_signal(sign)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                continue
    process.wait(10)


def free_port() -> int:
    """Return a port of this machine on which nobody listens.

    It is none of those that systems give to whoever asks for any, so that nobody gets it before it
    is taken; tests that run beside this one hardly draw the same.
    """
    while True:
        port = secrets.choice(range(20_000, 32_000))
        with socket.socket() as found, suppress(OSError):
            found.bind(("127.0.0.1", port))
            return port


class Fake(ThreadingHTTPServer):
    """A server that answers as a test tells it, and remembers what it was asked.

    Attributes:
        asked: method, path, headers and body of each request.
        answer: writes the answer to a request.
    """

    daemon_threads = True

    def __init__(self, answer: Answering) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer = answer
        self.asked: list[tuple[str, str, dict[str, str], bytes]] = []

    @property
    def url(self) -> str:
        """The root of the server."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    def _any(self) -> None:
        assert isinstance(self.server, Fake)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.asked.append((self.command, self.path, headers, body))
        self.server.answer(self, body)

    do_GET = do_POST = do_PUT = do_DELETE = _any  # noqa: N815 - names of the library

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@contextmanager
def fake(answer: Answering) -> Iterator[Fake]:
    """Run a server that answers as told."""
    with Fake(answer) as server:
        thread = Thread(target=partial(server.serve_forever, poll_interval=0.02), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def reply(
    handler: BaseHTTPRequestHandler,
    body: bytes = b"",
    kind: str = "application/sparql-results+json",
    status: int = 200,
    **headers: str,
) -> None:
    """Send an answer; a header ``X_Y`` is sent as ``X-Y``, and a length of its own is kept."""
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    if "Content_Length" not in headers:
        handler.send_header("Content-Length", str(len(body)))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)
