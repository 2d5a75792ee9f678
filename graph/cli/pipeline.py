"""How a build, or a large import, is run by a command."""

from __future__ import annotations

import atexit
import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def without_cycles() -> Iterator[None]:
    """Let Python look for no reference cycles meanwhile, and afterwards as it did before.

    Records and quads live to the end of a build, drafts to that of an import; looking for cycles
    among them costs a fifth of it. What is left of them is not looked through afterwards either,
    unless more follows in the same process.
    """
    before = gc.isenabled()
    if gc.get_freeze_count():
        gc.unfreeze()
        gc.collect()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.freeze()
            atexit.register(gc.unfreeze)  # for what looks at its end for what is left over
            gc.enable()
