"""The words for times and figures in each language that has them, from ``time_words.toml``."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..model.textfiles import toml_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

USUAL = "en"
"""The language in which times are told where no other is asked for."""
FILE = Path(__file__).with_name("time_words.toml")


class TimeWords(NamedTuple):
    """The words of one language.

    Attributes:
        months: the names of the months, January first.
        frames: texts with places for dates and figures, by what they say.
    """

    months: tuple[str, ...]
    frames: Mapping[str, str]

    def say(self, key: str, *values: object) -> str:
        """Return a frame with its places filled.

        Args:
            key: which frame.
            values: what comes into its places, in their order.
        """
        return self.frames[key].format(*values)

    def listed(self, told: Iterable[str], key: str) -> str:
        """Return several words as a list, the last of them joined by the frame ``or`` or ``and``.

        Args:
            told: the words, one at least.
            key: the frame.
        """
        *most, last = told
        return self.say(key, self.frames["comma"].join(most), last) if most else last


@cache
def time_words(language: str) -> TimeWords:
    """Return the words of a language.

    Args:
        language: its tag, one of ``spoken``.

    Raises:
        KeyError: there are none for it.
    """
    frames = dict(_tables()[language])
    return TimeWords(tuple(frames.pop("months")), frames)


def spoken() -> tuple[str, ...]:
    """Return the tags of the languages that have words for times, sorted."""
    return tuple(sorted(_tables()))


@cache
def _tables() -> Mapping[str, Mapping[str, str]]:
    return toml_of(FILE)
