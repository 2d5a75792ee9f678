"""What is said of a statement beside its claims, and what became of it."""

from __future__ import annotations

from typing import NamedTuple


class Qualifiers(NamedTuple):
    """What is said of a statement beside its claims; empty where nothing is.

    Attributes:
        place: id or name of a place.
        question: ids or labels of the questions that it answers.
        scope: what it covers.
        note: what to mind.
        mode: as what the claims say it, where they do not say so themselves.
        file: the file of statements that it goes to, without ``.toml``.
        id: its id.
    """

    place: str = ""
    question: tuple[str, ...] = ()
    scope: str = ""
    note: str = ""
    mode: str = ""
    file: str = ""
    id: str = ""


class Written(NamedTuple):
    """What became of a line.

    Attributes:
        file: the file, below the case's folder.
        line: where the statement stands in it.
        id: the statement's id; empty where a file was begun with its defaults.
        added: whether the claims were added to a statement that was there.
        status: its status with them; empty where the case has problems and none can be derived.
        against: the stands that contradict each other, in words.
        text: the block as it stands now.
        beside: the id of a statement that was there with the same three parts, if it is a second
            one; ``unlike`` tells how a line has to differ from this one to mean the first.
    """

    file: str
    line: int
    id: str
    added: bool
    status: str
    against: tuple[str, ...]
    text: str
    beside: str = ""
    unlike: str = ""
