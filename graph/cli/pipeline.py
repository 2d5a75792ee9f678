"""The recipe of the project, ``build.py``, as a module that commands can call."""

from __future__ import annotations

import gc
import importlib.util
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..errors import InputOutputError
from .options import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType


def recipe() -> ModuleType:
    """Return the module of ``build.py``.

    Raises:
        InputOutputError: Hudna is installed without the project's folder beside it.
    """
    path = PROJECT / "build.py"
    spec = importlib.util.spec_from_file_location("hudna_recipe", path)
    if spec is None or spec.loader is None or not path.is_file():
        raise InputOutputError(f"{path}: is not there; run hudna from a clone of the project")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@contextmanager
def without_cycles() -> Iterator[None]:
    """Let Python look for no reference cycles meanwhile, and afterwards as it did before.

    Records and quads live to the end of a build; looking for cycles among them costs a fifth of it.
    """
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()
