"""The recipe of the project, ``build.py``, as a module that commands can call."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

from ..errors import InputOutputError
from .options import PROJECT

if TYPE_CHECKING:
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
