"""More dyads than memory holds: some actors at a time, so that little or nothing goes to the disk.

What has to fit is reckoned from a sample; the rule is in ``docs/scale.md``.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST = 16
"""So many passes at most, as each reads all files; what is still too much goes to the disk."""
SHARE = 0.5
"""Of the memory, for the dyads of a pass; the rest is for what reads, sorts and writes."""
WIDTH = 64
"""Bytes of a dyad in DuckDB, beside its longer texts."""
_INLINE = 12
"""Texts of so many bytes stand in the row itself."""
BLOCKS, ROWS = 8, 8192
"""The sample: so many places, evenly over all rows, and so many rows at each."""
_STEPS = 64
_NUMBERS = """
SELECT count(*), count(*) FILTER (rows = 1), count(*) FILTER (rows = 2),
       avg(list_sum([CASE WHEN strlen(one) > {inline} THEN strlen(one) ELSE 0 END
                     FOR one IN [source, target, place]])),
       quantile_disc(source, [{steps}]), (SELECT count(*) FROM events)
FROM ({sql})
"""


class DyadSample(NamedTuple):
    """What a sample of events says of all.

    Attributes:
        dyads: how many dyads it has; the next two, those of one event, and of two.
        once: see ``dyads``.
        twice: see ``dyads``.
        texts: mean bytes of what names and place of a dyad take beside its row; ``None`` if there
            are no dyads.
        steps: actors that divide the dyads, in the order of the acting one, into equal parts.
        events: how many events it has, whether they are of a dyad or not.
    """

    dyads: int
    once: int
    twice: int
    texts: float | None
    steps: Sequence[str] | None
    events: int


def sampling(sql: str) -> str:
    """Return what asks a sample of events for a ``DyadSample``.

    Args:
        sql: makes its dyads.
    """
    return _NUMBERS.format(
        sql=sql,
        inline=_INLINE,
        steps=", ".join(str(one / _STEPS) for one in range(1, _STEPS)),
    )


def fits(events: int, memory: int) -> bool:
    """Return whether one pass is enough even if each event is a dyad of its own.

    Args:
        events: how many there are.
        memory: bytes that may be used.
    """
    return events * WIDTH <= SHARE * memory


def blocks(rows: Sequence[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """Yield the files and first rows of the places of a sample.

    Args:
        rows: files, and how many rows each has.
    """
    ends = list(accumulate(number for _, number in rows))
    for place in range(BLOCKS):
        row = ends[-1] * place // BLOCKS
        at = bisect_right(ends, row)
        yield rows[at][0], row - ends[at] + rows[at][1]


def borders(sample: DyadSample, events: int, memory: int) -> list[str]:
    """Return the actors between passes, in order; none if one pass is enough.

    Args:
        sample: of the events.
        events: how many there are.
        memory: bytes that may be used.
    """
    if not sample.dyads or not sample.steps:
        return []
    # After Chao (1984), at least as many are not seen as those seen once lead to expect.
    unseen = sample.once**2 / (2 * sample.twice) if sample.twice else float(events)
    dyads = min(float(events), sample.dyads + unseen)
    size = dyads * (WIDTH + (sample.texts or 0.0))
    number = min(MOST, int(size / (SHARE * memory)) + 1)
    found = [sample.steps[_STEPS * one // number - 1] for one in range(1, number)]
    return list(dict.fromkeys(found))


def ranges(borders: Sequence[str]) -> list[tuple[str | None, str | None]]:
    """Return after which actor each pass begins, and with which it ends."""
    return list(pairwise([None, *borders, None]))
