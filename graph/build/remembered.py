"""What a check of a case remembers for the next: what its files gave, and its last clean state.

It lies in the user's folder of caches, open to its owner alone, and nothing depends on it. It is
thrown away if it is of another state of the code, of Python or of the ontology, of another folder,
or damaged. Two commands that write it at once do not disturb each other: the later one stays. Of a
case of which something is not public nothing is remembered, and what was is thrown away.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import io
import json
import os
import pickle
import sys
import time
from dataclasses import fields, is_dataclass
from functools import cache, partial
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox

from ..model import (
    RECORDS,
    Actor,
    Bounds,
    FormerId,
    Identifier,
    Name,
    Origin,
    PassageRef,
    Topic,
)
from ..model.days import Span
from ..model.tours import Tour, TourStep, Translation
from ..model.withholding import WITHHELD, Telling
from ..reader.problems import Found, Remarks
from ..reader.transcripts import Transcript, Transcripts
from . import caches
from .checking import CheckPlan, Clean, plan
from .reads import Touched
from .saving import replace_file
from .shapes import Check

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..model import Case
    from ..model.vocabulary import Vocabulary
    from ..reader import ProblemReport

_PACKAGE = Path(__file__).resolve().parents[1]
_SAID, _STATE = "said.json", "state"
_CODE = ("model", "reader", "read", "query", "build", "analysis/sequences")
"""Where the code and the queries lie that decide what a check finds."""
_ENDINGS = (".py", ".rq", ".ttl", ".toml")
_MOST = 512 * 1024 * 1024
_UNREADABLE = (
    pickle.UnpicklingError,
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    TypeError,
    ValueError,
)
"""What reading damaged values may raise."""
_KINDS: dict[tuple[str, str], type] = {
    (one.__module__, one.__qualname__): one
    for one in (
        *(*RECORDS, Topic, FormerId, Name, Identifier, PassageRef, Origin, Bounds, Span, Telling),
        *(Tour, TourStep, Translation),
        *(Transcript, Remarks, Found, Clean, CheckPlan, Touched, Check, datetime.date),
    )
}
"""The classes of what is remembered: all are values, so that reading it runs nothing else."""


class _State(NamedTuple):
    """What is remembered.

    Attributes:
        known: the transcripts, by file.
        rests_on: what they rest on; see ``Transcripts``.
        plan: the checks and rules.
        words: the terms that the case had of its own when the plan was made.
        clean: the last state of the case without a problem.
    """

    known: dict[str, Transcript]
    rests_on: tuple[str, str]
    plan: CheckPlan | None
    words: str
    clean: Clean | None


_NOTHING = _State({}, ("", ""), None, "", None)


class Memory:
    """What is remembered of a case while it is read and checked.

    Args:
        folder: the case's folder.
        ontology: the folder of the ontology.

    Attributes:
        transcripts: what the files gave.
        clean: the last state without a problem.
    """

    def __init__(self, folder: Path, ontology: Path) -> None:
        self._folder = str(folder.resolve())
        self._own = {"build": self._folder, "state": _state_of_code(ontology)}
        self._place: Path | None = None
        found = _NOTHING
        with contextlib.suppress(OSError):
            name = hashlib.sha256(os.fsencode(self._folder)).hexdigest()[:32]
            self._place = caches.folder() / f"check-{name}"
            found = self._read(self._place)
        self._before = found
        self._plan, self._words = found.plan, found.words
        self.transcripts = Transcripts(found.known, found.rests_on)
        self.clean = found.clean

    def plan(self, ontology: Vocabulary) -> CheckPlan:
        """Return the checks and rules for the words of a case."""
        words = repr(ontology.own)
        if self._plan is None or self._words != words:
            self._plan, self._words = plan(ontology), words
        return self._plan

    def keep(self) -> None:
        """Remember what is known now, if anything is other than it was."""
        known = self.transcripts
        if self._place is None or not known.whole:
            return
        before = self._before
        same = not known.fresh and len(known.known) == len(before.known)
        if same and self._plan is before.plan and self.clean == before.clean:
            return
        state = _State(known.known, known.rests_on, self._plan, self._words, self.clean)
        with contextlib.suppress(OSError):
            self._write(self._place, _written(state))

    def look(self, case: Case, report: ProblemReport) -> None:
        """See whether something of a case is not public; then nothing of it is remembered.

        Args:
            case: what was read of it.
            report: what was told of it.
        """
        people = (one for one in case.things if isinstance(one, Actor))
        withheld = any(one.identity == WITHHELD for one in people)
        withheld = withheld and case.withheld.ids != "written"
        if withheld or report.kept_back or report.kept_words:
            self.clean = None
            if self._place is not None and os.path.lexists(self._place):
                with contextlib.suppress(OSError):
                    caches.throw_away(self._place)
            self._place = None

    def _read(self, place: Path) -> _State:
        """Return what is remembered, or nothing if it is not what was written there."""
        file = place / _STATE
        try:
            caches.refuse_others(place)
            caches.refuse_others(file)
            data = file.read_bytes()
        except OSError:
            return _NOTHING
        head, _, body = data.partition(b"\n")
        if head != self._head(body):
            return _NOTHING
        try:
            return _State(*_Values(io.BytesIO(body)).load())
        except _UNREADABLE:
            return _NOTHING

    def _write(self, place: Path, body: bytes) -> None:
        place.mkdir(mode=0o700, exist_ok=True)
        caches.refuse_others(place)
        if not (place / _SAID).exists():
            replace_file(place / _SAID, [json.dumps({"build": self._folder}).encode()], 0o600)
        for left in place.glob(".*"):
            if left.lstat().st_mtime < time.time() - caches.LEFT:
                left.unlink()
        if len(body) <= _MOST:
            replace_file(place / _STATE, [self._head(body), b"\n", body], 0o600)

    def _head(self, body: bytes) -> bytes:
        told = json.dumps({**self._own, "sha256": hashlib.sha256(body).hexdigest()})
        return told.encode()


def _written(state: _State) -> bytes:
    file = io.BytesIO()
    writer = pickle.Pickler(file, protocol=5)
    writer.dispatch_table = {
        one: partial(_taken_apart, one, attrgetter(*(field.name for field in fields(one))))
        for one in _KINDS.values()
        if is_dataclass(one)
    }
    writer.dump(tuple(state))
    return file.getvalue()


def _taken_apart(
    kind: type, values: Callable[[object], tuple[object, ...]], record: object
) -> tuple[Callable[..., object], tuple[object, ...]]:
    return _put_together, (kind, *values(record))


def _put_together(kind: type, *values: object) -> object:
    """Return a record with the values of its fields; quicker than what ``dataclasses`` has.

    Args:
        kind: a class of records.
        values: those of all fields, in their order.
    """
    found: object = object.__new__(kind)
    for put, value in zip(_slots(kind), values, strict=True):
        put(found, value)
    return found


@cache
def _slots(kind: Any) -> tuple[Callable[[object, object], None], ...]:  # noqa: ANN401 - a dataclass
    return tuple(getattr(kind, field.name).__set__ for field in fields(kind))


class _Values(pickle.Unpickler):
    """Reads values of the classes that are remembered, and nothing else."""

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - as pickle has it
        """Return a class that is remembered, or what makes its values."""
        if (module, name) == (__name__, _put_together.__name__):
            return _put_together
        found = _KINDS.get((module, name))
        if found is None:
            raise pickle.UnpicklingError(f"{module}.{name} is not remembered")
        return found


def _state_of_code(ontology: Path) -> str:
    """Return what identifies the code and the ontology: versions, and the state of all files."""
    found = [sys.version, ox.__version__]
    for folder in (*(_PACKAGE / name for name in _CODE), ontology):
        found += _states(os.fspath(folder))
    return hashlib.sha256("\n".join(found).encode("utf-8", "surrogateescape")).hexdigest()


def _states(folder: str) -> list[str]:
    found = []
    for entry in sorted(os.scandir(folder), key=lambda one: one.name):
        if entry.is_dir():
            found += _states(entry.path)
        elif entry.name.endswith(_ENDINGS):
            about = entry.stat()
            times = f"{about.st_mtime_ns} {about.st_ctime_ns}"
            found.append(f"{entry.path} {about.st_ino} {about.st_size} {times}")
    return found
