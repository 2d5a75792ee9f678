"""No process outlives the one that started it, whenever that one dies."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from typing import TYPE_CHECKING

import miniature
import pytest
from serving import PATIENCE, begun, children, ended, launched, until

from graph.server.pool.forkserver import RECORD, ProcessBounds
from graph.server.pool.limits import MIB
from graph.server.pool.request import QueryRequest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PARENT = """
import os, sys, time
from graph.server.pool.forkserver import die_with_parent
parent = os.getpid()
if os.fork():
    time.sleep(90) if sys.argv[2] == "stays" else None
    os._exit(0)
while sys.argv[2] == "goes" and os.getppid() == parent:
    time.sleep(0.001)
die_with_parent(parent)
os.write(int(sys.argv[1]), b"alive")
time.sleep(90)
"""
"""A process with a child that asks to die with it; it waits, or is gone before the child asks."""
LATE = """
import os, time
from graph.server.pool import forkserver as zygote
above, die = os.getppid(), zygote.die_with_parent
def late(parent):
    while os.getppid() == parent != above:
        time.sleep(0.001)
    die(parent)
zygote.die_with_parent = late
zygote.main()
"""
"""The process that holds the graph, if its queries are so slow that it dies before they ask."""
HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def python(*words: str, keep: tuple[int, ...]) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, *words], cwd=miniature.PROJECT, pass_fds=keep)


@pytest.fixture
def link() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Two ends; that theirs is closed tells that the process which has it is gone."""
    ours, theirs = socket.socketpair()
    ours.settimeout(PATIENCE)
    with ours, theirs:
        yield ours, theirs


def heard(link: socket.socket) -> bytes:
    """Return what comes first; nothing if the other end is gone."""
    try:
        return link.recv(100)
    except ConnectionResetError:  # it was gone before it had read all
        return b""


@pytest.mark.parametrize("parent", ["stays", "goes"])
def test_a_child_ends_with_its_parent(
    link: tuple[socket.socket, socket.socket], parent: str
) -> None:
    ours, theirs = link
    process = python("-c", PARENT, str(theirs.fileno()), parent, keep=(theirs.fileno(),))
    theirs.close()
    if parent == "stays":
        assert heard(ours) == b"alive"
        process.kill()
    assert heard(ours) == b""
    process.wait(PATIENCE)


def test_a_process_of_another_parent_does_not_begin() -> None:
    process = python("-m", "graph.server.pool.forkserver", json.dumps({"parent": 0}), keep=())
    assert process.wait(PATIENCE) == -signal.SIGKILL


def test_a_query_whose_parent_dies_before_it_asks_is_not_answered(
    public: Path, link: tuple[socket.socket, socket.socket]
) -> None:
    ours, theirs = link
    bounds = ProcessBounds(miniature.CASE, 128 * MIB, 10, MIB, 0.2)
    control, told = socket.socketpair()
    control.settimeout(PATIENCE)
    path = public / miniature.CASE / "graph.nq"
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    with control, told, path.open("rb") as graph:
        words = {"control": told.fileno(), "graph": graph.fileno(), "bounds": bounds._asdict()}
        given = json.dumps({**words, "parent": os.getpid(), "sha256": digest})
        zygote = python("-c", LATE, given, keep=(told.fileno(), graph.fileno()))
        assert b"ready" in control.recv(100)
        socket.send_fds(control, [RECORD.pack(b"R", 1)], [theirs.fileno()])
        theirs.close()
        ours.sendall(QueryRequest("ASK {}").encoded())
        ours.shutdown(socket.SHUT_WR)
        until(lambda: children(zygote.pid))
        zygote.kill()
        zygote.wait(PATIENCE)
    assert heard(ours) == b""


def test_nothing_is_left_of_a_server_that_is_killed(public: Path) -> None:
    with begun(public, "--seconds", "600") as server, ThreadPoolExecutor(1) as pool:
        asked = pool.submit(server.query, HEAVY)
        until(server.queries)
        left = [*children(server.process.pid), *server.queries()]
        server.process.kill()
        with pytest.raises((OSError, HTTPException)):
            asked.result()
        until(lambda: all(map(ended, left)))


def test_nothing_is_left_of_a_server_that_is_killed_while_it_starts(public: Path) -> None:
    with launched(public) as process:
        until(lambda: children(process.pid))
        [zygote] = children(process.pid)
        process.kill()
        process.wait(PATIENCE)
        until(lambda: ended(zygote))
