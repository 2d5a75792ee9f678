"""How a build, or a large import, is run by a command."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def without_cycles() -> Iterator[None]:
    """Let Python look for no reference cycles meanwhile, and afterwards as it did before.

    Records and quads live to the end of a build, drafts to that of an import; looking for cycles
    among them costs a fifth of it.
    """
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()
