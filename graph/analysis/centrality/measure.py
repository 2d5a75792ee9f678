"""What a measure is: its name, its formula's source, and how it is computed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..arrays import Floats, Sign, Ties


@dataclass(frozen=True)
class Measure:
    """A number for each node of a network.

    Attributes:
        name: as in ``--measure NAME``.
        title: what people call it.
        says: what a high value means, as a sentence for somebody who is no specialist.
        formula: what is computed, and whose formula it is: author, year, title.
        sign: which ties it takes by default: hostility carries no messages, so measures of ways
            take those that are not negative.
        directed: whether the direction of ties counts.
        weighted: whether the number of statements between two nodes counts.
        compute: the values for the nodes of a network in their order, given the network as it is;
            loops and parallel ties are its own business. Shape (n,); ``nan`` where a node has no
            value.
    """

    name: str
    title: str
    says: str
    formula: str
    sign: Sign
    directed: bool
    weighted: bool
    compute: Callable[[Ties], Floats]
