"""What goes wrong between this machine and a store."""

from __future__ import annotations

from ..errors import InputOutputError


class StoreError(InputOutputError):
    """A store cannot be reached, refuses, or gives an answer that is not whole.

    Attributes:
        status: the status code of HTTP; 0 when there was no answer.
    """

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


class CutAnswer(StoreError):
    """An answer came, as if all were well, but a part of it is missing."""
