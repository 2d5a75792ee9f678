"""The process that holds the graph and forks those that answer queries; started by ``client``.

``python -m graph.server.pool.forkserver`` takes one argument, an object in JSON. Over its socket it
is told ``R`` with a socket to start a process for queries, ``S`` with one to cut a snapshot, ``K``
to kill one and ``N`` to make one give way, each with a number; it tells in lines of JSON that it is
ready, and how each ended. Each process for queries answers those that come over its socket until
that is closed; how many they are, ``pool`` decides. When the other end of the socket is closed it
ends, and with it all that it started.

The process of a snapshot is told by a line of JSON what to cut, and is then what this one is, for
the queries that ask the snapshot: it knows the day and the voice, and no query.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import json
import os
import selectors
import signal
import socket
import struct
import sys
import time
from collections import deque
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ...errors import HudnaError, InputOutputError
from ...read.store import load
from ...read.ties import text_of_query
from ..http.problem import Refusal
from .request import LENGTH, cut_of, evaluated, out_of_memory, refusal_encoded, request_of

with contextlib.suppress(ImportError):  # Windows has none, and no fork: nothing runs here then
    import resource

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Never

    import pyoxigraph as ox

    from .limits import QueryLimits
    from .request import QueryRequest

RECORD = struct.Struct("!cQ")
"""What the process is told: a letter and the number of a process."""

_SIZE = "/proc/self/statm"
"""Where Linux tells how large a process is."""

_ENOUGH = 64
"""So many sockets may come with one message."""
_TOGETHER = 1 << 16
"""So many bytes of a reply are sent along with its first line."""


class ProcessBounds(NamedTuple):
    """What a process keeps of ``QueryLimits``, and the case. Time or memory of 0 has no limit."""

    case: str
    memory: int
    cpu_seconds: int
    answer_bytes: int
    kept_growth: float

    @classmethod
    def of(cls, limits: QueryLimits, case: str) -> ProcessBounds:
        """Return the limits that the process of a query keeps."""
        sizes = limits.memory, limits.cpu_seconds, limits.answer_bytes
        return cls(case, *sizes, limits.kept_growth)


class Children:
    """The children, by their numbers, each until it has been waited for."""

    def __init__(
        self,
        control: socket.socket,
        store: ox.Store | Callable[[], ox.Store],
        bounds: ProcessBounds,
    ) -> None:
        self.control = control
        self.opened = store
        self.bounds = bounds
        self.base = size()
        self.own = os.getpid()
        self.processes: dict[int, int] = {}

    @cached_property
    def store(self) -> ox.Store:
        """The graph; if it lies on the disk, it is opened by the process that asks it first."""
        return self.opened() if callable(self.opened) else self.opened

    def tell(self, **fields: object) -> None:
        """Tell the other end something."""
        self.control.sendall(json.dumps(fields).encode() + b"\n")

    def run(
        self, number: int, descriptor: int, what: Callable[[int, Children], None] | None = None
    ) -> None:
        """Start a process for queries, which come over a socket, or one for a snapshot."""
        try:
            process = os.fork()
        except OSError:
            os.close(descriptor)
            self.tell(number=number, code=os.EX_OSERR)
            return
        if process == 0:
            try:
                (what or child)(descriptor, self)
            finally:
                os._exit(70)
        os.close(descriptor)
        self.processes[number] = process

    def signal(self, number: int, *, kill: bool) -> None:
        """Kill a query, or make it give way."""
        process = self.processes.get(number)
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if kill:
                os.kill(process, signal.SIGKILL)
            else:
                os.setpriority(os.PRIO_PROCESS, process, 19)

    def reap(self) -> None:
        """Wait for those that ended, and tell so."""
        for number, process in list(self.processes.items()):
            ended, status = os.waitpid(process, os.WNOHANG)
            if ended:
                del self.processes[number]
                self.tell(number=number, code=os.waitstatus_to_exitcode(status))

    def end(self) -> None:
        """Kill all, and wait for them."""
        for number in self.processes:
            self.signal(number, kill=True)
        for process in self.processes.values():
            os.waitpid(process, 0)


def main() -> None:
    """Load the graph, say so, and serve until the other end is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    told = json.loads(sys.argv[1])
    die_with_parent(told["parent"])
    control = socket.socket(fileno=told["control"])
    try:
        store = _loaded(Path(f"/dev/fd/{told['graph']}"), told["sha256"])
    except HudnaError as error:
        control.sendall(json.dumps({"failed": str(error)}).encode() + b"\n")
        return
    os.close(told["graph"])
    for name in ("spans", "stands"):
        text_of_query(name)  # a child opens no file, not even to cut a snapshot
    children = Children(control, store, ProcessBounds(**told["bounds"]))
    gc.collect()
    gc.freeze()
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        children.tell(ready=len(store))
        _serve(children)
    children.end()


def _loaded(path: Path, sha256: str) -> ox.Store:
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise InputOutputError("the graph has been changed since it was opened")
    return load(path, data)


def _serve(children: Children) -> None:
    woken, wake = os.pipe()
    os.set_blocking(woken, False)
    os.set_blocking(wake, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    chosen = selectors.DefaultSelector()
    chosen.register(children.control, selectors.EVENT_READ)
    chosen.register(woken, selectors.EVENT_READ)
    pending, sockets = b"", deque[int]()
    while True:
        for key, _ in chosen.select():
            if key.fileobj is not children.control:
                with contextlib.suppress(BlockingIOError):
                    os.read(woken, 4096)
                continue
            data, found, _, _ = socket.recv_fds(children.control, 4096, _ENOUGH)
            if not data:
                return
            sockets.extend(found)
            pending = _obeyed(children, pending + data, sockets)
        children.reap()


def _obeyed(children: Children, data: bytes, sockets: deque[int]) -> bytes:
    """Do what the whole records say, and return the bytes of the one that is not whole yet."""
    while len(data) >= RECORD.size:
        letter, number = RECORD.unpack_from(data)
        data = data[RECORD.size :]
        if letter in _STARTED:
            children.run(number, sockets.popleft(), _STARTED[letter])
        else:
            children.signal(number, kill=letter == b"K")
    return data


def _snapshot(descriptor: int, children: Children) -> Never:
    """Cut a snapshot and fork for the queries that ask it; this never returns.

    What it may take to cut it is what a query may take.

    Args:
        descriptor: a socket, over which it is told what to cut, and then what ``main`` is told.
        children: of the process that forked, as it was then.
    """
    signal.set_wakeup_fd(-1)
    die_with_parent(children.own)
    _only(descriptor)
    bounds, control = children.bounds, socket.socket(fileno=3)
    with control.makefile("rb") as lines:
        wanted = json.loads(lines.readline())
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        try:
            with _bounded(bounds, children.base):
                store = cut_of(children.store, wanted, bounds.case)
        except Refusal as refusal:
            control.sendall(refusal_encoded(refusal))
            os._exit(0)
        except MemoryError:
            control.sendall(refusal_encoded(out_of_memory(bounds.memory)))
            os._exit(0)
        gc.collect()
        gc.freeze()
        own = Children(control, store, bounds)
        own.tell(ready=len(store), bytes=max(own.base - children.base, 0))
        _serve(own)
        own.end()
    os._exit(0)


@contextlib.contextmanager
def _bounded(bounds: ProcessBounds, base: int) -> Iterator[None]:
    """Let this process take for a while what a query may take."""
    for what, most in _most(bounds, base).items():
        resource.setrlimit(what, (most, resource.getrlimit(what)[1]))
    yield
    for what in _most(bounds, base):
        hard = resource.getrlimit(what)[1]
        resource.setrlimit(what, (hard, hard))


def child(descriptor: int, children: Children) -> Never:
    """Answer queries until the other end is closed, and end; this never returns.

    Args:
        descriptor: a socket, from which questions are read, and to which replies are written.
        children: of the process that forked, as it was then.
    """
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    die_with_parent(children.own)
    bounds = children.bounds
    _confine(descriptor, children)
    link, before = socket.socket(fileno=3), _size_now()
    with link.makefile("rb") as questions:
        while length := questions.read(LENGTH.size):
            question = request_of(questions.read(*LENGTH.unpack(length)))
            _allow(bounds)
            head, body = _reply(children, question, before)
            rest = memoryview(body)
            link.sendall(head + rest[:_TOGETHER])
            link.sendall(rest[_TOGETHER:])
    os._exit(0)


def _reply(children: Children, question: QueryRequest, before: int) -> tuple[bytes, bytes]:
    """Return the first line of a reply, and what comes after it.

    Args:
        children: of the process that forked, with the graph.
        question: what is asked.
        before: the size of this process before its first question.
    """
    bounds = children.bounds
    try:
        reply = evaluated(children.store, question, case=bounds.case, most=bounds.answer_bytes)
        grown = _size_now() - before > bounds.kept_growth * before
        return reply.head(fit=not grown), reply.body
    except Refusal as refusal:
        told = refusal
    except MemoryError:
        told = out_of_memory(bounds.memory)
    except BaseException:
        told = Refusal("engine-failed", "the engine gave up on this query")
    return refusal_encoded(told), b""


def _confine(descriptor: int, children: Children) -> None:
    """Take from this process all that a query does not need; ``descriptor`` becomes 3.

    4 is what the system tells of the size of this process, where it does.
    """
    os.nice(1)
    _only(descriptor)
    with contextlib.suppress(OSError):
        os.open(_SIZE, os.O_RDONLY)
    for what, most in _most(children.bounds, children.base).items():
        if what != resource.RLIMIT_CPU:
            resource.setrlimit(what, (most, most))
    _ = children.store  # what lies on the disk is opened before nothing can be
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _allow(bounds: ProcessBounds) -> None:
    """Let the next query have its time of the processor, whatever was used before it."""
    if bounds.cpu_seconds:
        most = round(time.process_time()) + bounds.cpu_seconds
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _only(descriptor: int) -> None:
    """Close whatever this process has open but ``descriptor``, which becomes 3; write no files."""
    with contextlib.suppress(OSError), Path("/proc/self/oom_score_adj").open("w") as file:
        file.write("1000")
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    if descriptor != 3:
        os.dup2(descriptor, 3)
    os.closerange(4, max(descriptor, null, 1024) + 1)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _most(bounds: ProcessBounds, base: int) -> dict[int, int]:
    """Return how much of the processor and of memory a process may take that had ``base``."""
    found = {}
    if bounds.cpu_seconds:
        found[resource.RLIMIT_CPU] = bounds.cpu_seconds
    if base and bounds.memory:
        found[resource.RLIMIT_AS] = base + bounds.memory
    return found


_STARTED = {b"R": child, b"S": _snapshot}
"""What begins in a process of its own, by the letter that tells so."""


def size() -> int:
    """Return the bytes of address space of this process; 0 where the system does not tell."""
    try:
        return _bytes_of(Path(_SIZE).read_bytes())
    except OSError:
        return 0


def _size_now() -> int:
    """Return the same of a process that may open nothing any more."""
    try:
        return _bytes_of(os.pread(4, 100, 0))
    except OSError:
        return 0


def _bytes_of(told: bytes) -> int:
    return int(told.split()[0]) * resource.getpagesize()


def die_with_parent(parent: int) -> None:
    """Ask Linux to kill this process when the one that started it is gone; end if it is already.

    The signal comes with the end of the parent's *thread* that forked (prctl(2)): so only a thread
    forks that lives as long as what it started is of use, here the one of the event loop and the
    only one of the process that holds the graph.

    Args:
        parent: process id that the parent had when it forked. That of whoever takes in orphans
            cannot be known: 1 may be the parent itself, as in a container.
    """
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)  # PR_SET_PDEATHSIG
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
