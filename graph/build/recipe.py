"""The recipe: from the authored files of a case to what is published, from top to bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import reader
from ..model import vocabulary
from ..model.folders import data_folder, private_folder, public_folder
from ..network.house import USUAL, HouseStyle
from . import judging, keeping, outputs, publish, steps
from .judging import judged, public_part
from .manifest import NOTICE

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

__all__ = ["build", "judged", "public_part"]


def build(
    name: str,
    data: Path | None = None,
    public: Path | None = None,
    say: Callable[[str], None] = lambda _step: None,
    renderer: str = "auto",
    *,
    private: bool = False,
    today: date | None = None,
    apart: Path | None = None,
    naming: steps.Naming | None = None,
    house: HouseStyle = USUAL,
    known: date | None = None,
) -> Path:
    """Build a case and return the folder with what was published.

    Args:
        name: the case's id.
        data: folder of the cases; by default as ``data_folder`` says.
        public: folder of the builds; by default ``public_folder``, or ``private_folder``.
        say: is told each step.
        renderer: what draws the page: ``auto``, ``vis`` or ``sigma``.
        private: whether it is for the editors alone: all records, in a folder that is theirs.
        today: the day that opens what is public from a day on; without one nothing of that is.
        apart: a second folder with files of the case, which are secret unless they say otherwise.
        naming: makes the ids of those whose names are withheld.
        house: colours and fonts of the page.
        known: the day as of which claims are known; now without one.

    Raises:
        DataProblems: the case has problems; nothing is published.
        UsageError: names are withheld, and there is no key.
        BuildLocked: another build is being published.
        InputOutputError: a file cannot be read or written.
    """
    target, folder = _builds(public, private=private) / name, (data or data_folder()) / name
    number, read = publish.begin(target), reader.fingerprint(folder)
    made = judging.chosen(folder, vocabulary.load(), say, private=private, today=today,
                          apart=apart, naming=naming, known=known)  # fmt: skip
    told = judging.said(made, private=private, today=today, naming=naming, known=known)
    about = outputs.about(*made.needed, read) | told
    made = made.alone()  # what follows can have the memory of the records
    with publish.room(target) as held:
        files = outputs.outputs(*made.needed, renderer, say, NOTICE * private, held, house)
    say("publishing")
    folder = publish.publish(target, files, about, number, alone=private or made.partial)
    del files, made  # what was built is on the disk, and keeping it takes memory of its own
    keeping.keep(target, name, say)
    return folder


def _builds(public: Path | None, *, private: bool) -> Path:
    """Return the folder of the builds; of private ones it is opened to nobody else."""
    if not private:
        return public or public_folder()
    folder = public or private_folder()
    publish.close(folder)
    return folder
