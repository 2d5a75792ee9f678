"""The formats that a graph can be exported to, by name."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple, cast

from ..errors import LossRefused, UsageError, suggestion
from ..errors.counting import counted
from ..errors.packages import to_install
from .losses import of as losses_of

if TYPE_CHECKING:
    from .format import Exported, Files, Format, Loss, Writer
    from .selection import Selection

MODULES = {
    "gexf": "gexf",
    "graphml": "graphml",
    "csv": "csv_tables",
    "cytoscape": "cytoscape",
    "pyvis": "pyvis_page",
    "ftm": "ftm",
    "markdown": "markdown",
    "sqlite": "sqlite",
    "parquet": "parquet",
    "neo4j": "neo4j",
    "geojson": "geojson",
    "dna": "dna",
    "turtle": "turtle",
    "nquads": "nquads",
    "trig": "trig",
    "jsonld": "jsonld",
    "rdf12": "rdf12",
    "nanopub": "nanopub",
}
"""The module that writes each format, by its name; in the order in which formats are listed."""


class Export(NamedTuple):
    """A selection in a format: its files by name, as chunks of bytes, and what they do not hold."""

    files: Files
    losses: tuple[Loss, ...]

    def __repr__(self) -> str:
        return f"<Export of {', '.join(self.files)}; {counted(len(self.losses), 'loss', 'losses')}>"


def formats() -> dict[str, Format]:
    """Return all formats by name."""
    return {name: _writer(name).FORMAT for name in MODULES}


def form(name: str) -> Format:
    """Return the format of that name.

    Raises:
        UsageError: there is no such format; the text suggests the nearest.
    """
    if name not in MODULES:
        raise UsageError(f'there is no format "{name}"{suggestion(name, MODULES)}')
    return _writer(name).FORMAT


def missing(form: Format) -> str:
    """Return the package that a format needs and that is not installed; empty if all is there."""
    package = form.needs[0] if form.needs else ""
    return package if package and find_spec(package) is None else ""


def wanted(form: Format) -> str:
    """Return which package of a format is not installed, and how to install it."""
    package, extra = form.needs or ("", "")
    return f"the package {package}, which is not installed; install it with: {to_install(extra)}"


def export(name: str, selection: Selection, *, strict: bool = False) -> Export:
    """Return a selection in a format.

    Args:
        name: name of the format; see ``formats``.
        selection: the graph and what was chosen of it.
        strict: whether a loss is an error.

    Raises:
        UsageError: there is no such format, its package is not installed, or the selection has
            something that it cannot write.
        LossRefused: ``strict``, and the format cannot hold all of the selection.
    """
    chosen = form(name)
    if missing(chosen):
        raise UsageError(f"{name} needs {wanted(chosen)}")
    exported: Exported = _writer(name).write(selection)
    losses = tuple(losses_of(chosen, selection, exported))
    if strict and losses:
        raise LossRefused(name, losses)
    return Export(exported.files, losses)


def _writer(name: str) -> Writer:
    return cast("Writer", import_module(f".{MODULES[name]}", __package__))
