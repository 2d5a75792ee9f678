"""What is said of a statement beside its claims, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..model.terms import spaced

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from ..read import CaseGraph
    from .faults import Faults
    from .sayings import Said, ShortClaim


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


class SaidLine(NamedTuple):
    """What a line says.

    Attributes:
        said: the statement.
        given: its qualifiers.
        stands: who says so.
    """

    said: Said
    given: Mapping[str, Any]
    stands: Sequence[ShortClaim]


class Draft(NamedTuple):
    """A line that was read.

    Attributes:
        number: of the line in a list, or 0.
        lines: what it says, if that can be told; of several things, what it says of each.
        stands: who says so, as far as that can be told.
        faults: what is wrong with it.
    """

    number: int
    lines: Sequence[SaidLine]
    stands: Sequence[ShortClaim]
    faults: Faults


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
        hint: why another predicate may be likelier; empty if nothing is to be said.
        beside: the id of a statement that was there with the same three parts, if it is a second
            one; ``unlike`` tells how a line has to differ from this one to mean the first.
        already: whether a line of a list was said before, and nothing is added.
    """

    file: str
    line: int
    id: str
    added: bool
    status: str
    against: tuple[str, ...]
    text: str
    hint: str = ""
    beside: str = ""
    unlike: str = ""
    already: bool = False


def standing(graph: CaseGraph, name: str) -> tuple[str, tuple[str, ...]]:
    """Return the status of a statement, and the stands that contradict each other.

    Args:
        graph: the judged graph.
        name: the statement's id.
    """
    statement = graph.statement(name)
    own = [claim for claim in statement.claims if claim.disputes]
    others = {one for claim in own for one in claim.disputes} - {claim.id for claim in own}
    stands = [*own, *map(graph.claim, sorted(others))]
    return statement.status, tuple(
        f"{graph.label(one.voice) or one.voice} {spaced(one.stance)}"
        + (f" {one.statement}" if one.statement != name else "")
        for one in stands
    )
