"""How many of something there are, in words; messages, tables and reports count with it."""

from __future__ import annotations


def counted(count: int, one: str, many: str = "") -> str:
    """Return ``1 tie`` or ``3 ties``.

    Args:
        count: how many.
        one: the word for one of them, with what goes with it: ``tie is``.
        many: the same for several; by default that for one with an s.
    """
    return f"{count} {plural(count, one, many)}"


def plural(count: int, one: str, many: str = "") -> str:
    """Return the word for so many: ``tie`` or ``ties``.

    Args:
        count: how many.
        one: the word for one.
        many: the word for several; by default that for one with an s.
    """
    return one if count == 1 else many or one + "s"


def with_article(word: str) -> str:
    """Return a word behind ``a`` or ``an``.

    Args:
        word: in small letters, not empty.
    """
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"
