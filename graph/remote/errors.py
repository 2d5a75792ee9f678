"""What goes wrong between this machine and a store."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..errors import InputOutputError
from ..errors.shown import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST = 1000
"""Signs of an error; two triples that differ must find room in it."""


class StoreError(InputOutputError):
    """A store cannot be reached, refuses, or gives an answer that is not whole.

    Its text may repeat what a store says: in one line, and with nothing that a terminal obeys.

    Attributes:
        status: the status code of HTTP; 0 when there was no answer.
    """

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(shown(" ".join(message.split()), _MOST))
        self.status = status


class CutAnswer(StoreError):
    """An answer came, as if all were well, but a part of it is missing."""


@contextmanager
def reading(where: str) -> Iterator[None]:
    """Make one honest error of whatever an answer does to the code that reads it.

    Args:
        where: whose answer it is.

    Raises:
        StoreError: the answer makes no sense, or is too large for this machine.
    """
    try:
        yield
    except MemoryError as error:
        raise StoreError(f"{where}: the answer is too large for this machine") from error
    except (ValueError, TypeError, LookupError, RecursionError, SyntaxError) as error:
        why = f"{type(error).__name__}: {error}"
        raise StoreError(f"{where}: the answer makes no sense ({why})") from error
