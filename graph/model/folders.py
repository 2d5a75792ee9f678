"""Where things are: the ontology and the example that come with Hudna, the cases and the builds.

Hudna runs from a clone of the project, where ``ontology/`` and ``data/`` lie beside the package, or
installed from a wheel, where both are inside it (``pyproject.toml`` says how they come there).
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import InputOutputError, UsageError, suggestion
from .terms import cases_in
from .textfiles import toml_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_PACKAGE = Path(__file__).resolve().parents[1]
_INSTALLED = (_PACKAGE / "ontology").is_dir()
CLONE = None if _INSTALLED else _PACKAGE.parent
"""The folder of the project, or ``None`` where Hudna is installed from a wheel."""
ONTOLOGY = (CLONE or _PACKAGE) / "ontology"
"""The ontology, its rules and shapes."""
EXAMPLES = CLONE / "data" if CLONE else _PACKAGE / "examples"
"""The cases that come with Hudna."""
DEFAULT_FILE = "cases.toml"
"""In a folder of several cases: ``default`` is the one that is meant where none is named."""
CASE_FILE = "case.toml"
CASE_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
"""The name of a case's folder; a path would lead out of the folder of cases."""
_NAMED = 9
"""So many cases are named in a message; the others are counted."""


def data_folder() -> Path:
    """Return the folder of the cases: ``data`` of the current folder, else that of the clone."""
    here = Path("data")
    return here if CLONE is None or here.is_dir() else CLONE / "data"


def public_folder() -> Path:
    """Return the folder of the builds: ``public`` beside the ``data`` of the current folder.

    Where the current folder has neither, it is that of the clone.
    """
    here = Path("public")
    if CLONE is None or here.is_dir() or Path("data").is_dir():
        return here
    return CLONE / "public"


def private_folder() -> Path:
    """Return the folder of the builds for the editors alone: ``private`` beside ``public``."""
    return public_folder().with_name("private")


def work_tree(folder: Path) -> Path | None:
    """Return the git work tree that a folder is in, or ``None``: what is in one is passed on."""
    whole = folder.resolve()
    return next((one for one in (whole, *whole.parents) if (one / ".git").exists()), None)


def cases(data: Path) -> list[str]:
    """Return the ids of the cases in a folder, sorted."""
    return sorted(path.parent.name for path in data.glob(f"[a-z]*/{CASE_FILE}"))


def refuse_no_case(folder: Path) -> None:
    """Raise if a folder is that of no case, with what may have been meant.

    Args:
        folder: where the case is looked for.

    Raises:
        InputOutputError: it has no ``case.toml``; cases beside it are named, the nearest first.
    """
    if (folder / CASE_FILE).exists():
        return
    beside = cases(folder.parent)
    hint = suggestion(folder.name, beside)
    if beside:
        hint += f"{'' if hint else ';'} there {'are' if len(beside) > 1 else 'is'} "
        more = f" and {len(beside) - _NAMED} more" if len(beside) > _NAMED else ""
        hint += f"{', '.join(beside[:_NAMED])}{more} in {folder.parent.as_posix()}"
    else:
        hint = f'; begin it with "hudna new {folder.name}"'
    where = folder.as_posix()
    raise InputOutputError(f"{where}: holds no {CASE_FILE}, so it is no case{hint}")


def refuse_twice(cases: Sequence[str]) -> None:
    """Raise ``UsageError`` if one of the cases is named twice."""
    for case in cases:
        if cases.count(case) > 1:
            raise UsageError(f'the case "{case}" is named twice; in a data set each case is once')


def example() -> str:
    """Return the case that a newcomer is shown first, of those that come with Hudna."""
    listed = [*filter(None, (_default(EXAMPLES, None),)), *cases(EXAMPLES), "CASE"]
    return next(one for one in listed if one == "CASE" or (EXAMPLES / one).is_dir())


def _default(data: Path | None, public: Path | None) -> str:
    """Return the case that is meant where none is named; empty if the folder says nothing of it.

    Args:
        data: folder of the cases; without it, the one beside the folder of the builds.
        public: that folder.
    """
    folder = data or (public.parent / "data" if public is not None else None)
    path = None if folder is None else folder / DEFAULT_FILE
    named = toml_of(path).get("default", "") if path is not None and path.is_file() else ""
    return named if isinstance(named, str) else ""


def case_option(case: str) -> str:
    """Return the option that names a case, or several, as it stands in a command that is told."""
    return " ".join(f"--case {one}" for one in cases_in(case))


def chosen_case(data: Path | None, public: Path | None) -> str:
    """Return the case that is meant where none is named.

    It is that of the variable ``HUDNA_CASE``, else the only one, else the ``default`` of the file
    ``cases.toml`` in the folder of the cases. Where builds are asked for and there is none, it is
    the case that could be built.

    Args:
        data: folder of the cases, if they are asked for.
        public: folder of the builds, if they are asked for.

    Raises:
        UsageError: there is none, there are several, or the variable names none.
    """
    if named := os.environ.get("HUDNA_CASE", ""):
        if not CASE_ID.fullmatch(named):
            raise UsageError(f'the variable HUDNA_CASE is "{named}", which is no id of a case')
        return named
    built = [] if public is None else list(public.glob("[a-z]*/manifest.json"))
    if public is not None and data is None and not built:
        data = data_folder()
    found = sorted({*(cases(data) if data else ()), *(path.parent.name for path in built)})
    if len(found) == 1:
        return str(found[0])
    if (meant := _default(data, public)) in found:
        return meant
    where = " and ".join(str(folder) for folder in (data, public) if folder is not None)
    if found:
        raise UsageError(f"{where} hold {len(found)} cases, {', '.join(found[:_NAMED])}: "
                         "name one with --case, or in the variable HUDNA_CASE")  # fmt: skip
    raise UsageError(f"no case in {where or 'the folder'}; begin one with \"hudna new CASE\", "
                     f"or look at an example: hudna new --example {example()}")  # fmt: skip
