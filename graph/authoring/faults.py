"""What is wrong with a call, gathered while the rest of it is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, ParamSpec, TypeVar

from ..errors import UsageError, UsageErrors

if TYPE_CHECKING:
    from collections.abc import Callable

LIST = "standard input"
"""Where the lines of a list come from, as problems name it."""
P = ParamSpec("P")
T = TypeVar("T")


class Faults(list[str]):
    """What is wrong, each in words, with what would be right."""

    def attempt(self, step: Callable[P, T], *given: P.args, **named: P.kwargs) -> T | None:
        """Return what a step gives; ``None`` if something is wrong, which joins the others.

        Args:
            step: what may raise a ``UsageError``.
            given: its arguments.
            named: its arguments by name.
        """
        try:
            return step(*given, **named)
        except UsageError as error:
            self.extend(one for one in error.lines if one not in self)
            return None

    def refuse(self) -> None:
        """Raise ``UsageErrors`` if something is wrong."""
        if self:
            raise UsageErrors(self)
