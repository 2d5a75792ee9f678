"""What is public is reached and explained: nothing for tests alone, no word left unsaid."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from test_layers import PROJECT, dotted, modules, tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    Function = ast.FunctionDef | ast.AsyncFunctionDef

DOORS = {
    "cli.*.command": "the command of the module's name, found by `graph.cli.main`",
    "cli.events.add": "the command `hudna events add`",
    "cli.events.listed": "the command `hudna events list`",
    "cli.events.revised": "the command `hudna events revisions`",
    "cli.events.rows": "the command `hudna events rows`",
    "cli.key.new": "the command `hudna key new`",
    "cli.source.add": "the command `hudna source add`",
    "cli.source.show": "the command `hudna source show`",
    "cli.source.update": "the command `hudna source update`",
    "cli.main.main": "the command `hudna` of the package",
    "export.*.write": "the writer of a format, found by `graph.export.formats`",
    "server.*.routes": "the routes of a module, found by `graph.server.app`",
    "server.pool.forkserver.main": "the process that others are started from, run as a module",
    "analysis.uncertainty.agreement.agreement": "how far two coders agree; see `bench/reading.py`",
    ".open": "where scripts and notebooks begin",
    "read.store.read": "an export, read back by scripts; see `docs/export.md`",
    "export.graphml.graphml": "a network of one's own, written by scripts; see `docs/export.md`",
}
"""Where everything begins: functions that are called by their names alone, with who calls them."""
IN_OTHER_PROCESSES = {"server.pool.forkserver.die_with_parent"}
"""Functions that a test calls in a process of its own."""


def functions() -> Iterator[tuple[str, Function]]:
    """Yield the public functions of the package, by module and name below it."""
    for path in modules():
        for node in tree(path).body:
            function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node
            if function and not function.name.startswith("_"):
                yield f"{dotted(path)}.{function.name}", function


def module_of(path: Path) -> str:
    """Return the name of a module below the package, or the path of another file."""
    inside = path.is_relative_to(PROJECT / "graph")
    return dotted(path) if inside else path.relative_to(PROJECT).as_posix()


@cache
def imported(path: Path) -> dict[str, set[str]]:
    """Return what the names that a file imports from the package mean: modules, or names in them.

    Functions that import under one name may mean different things by it.
    """
    package = path.relative_to(PROJECT).parent.parts
    found: dict[str, set[str]] = {}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*base, *(node.module.split(".") if node.module else [])])
            if module.partition(".")[0] == "graph":
                inside = module.removeprefix("graph").removeprefix(".")
                for alias in node.names:
                    meant = f"{inside}.{alias.name}"
                    found.setdefault(alias.asname or alias.name, set()).add(meant)
    return found


def uses(path: Path, part: ast.AST) -> set[str]:
    """Return what a part of a file names, by module and name below the package."""
    known, module = imported(path), module_of(path)
    found: set[str] = set()
    for node in ast.walk(part):
        if isinstance(node, ast.Name):
            found |= known.get(node.id, {f"{module}.{node.id}"})
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            found |= {
                f"{one.removeprefix('.')}.{node.attr}" for one in known.get(node.value.id, ())
            }
    return found


def pattern(name: str) -> str:
    """Return a name with a star for the module inside its folder: ``cli.*.command``."""
    first, *middle, last = name.split(".")
    return ".".join([first, *("*" for _ in middle[:1]), last])


def is_door(name: str) -> bool:
    return name in DOORS or pattern(name) in DOORS


def reached() -> set[str]:
    """Return all names that lead on from a door, from one to the other.

    What a module does when it is imported, such as filling a table, counts as led to.
    """
    leads: dict[str, set[str]] = {}
    todo = []
    for path in [*modules(), PROJECT / "build.py"]:
        for name, meant in imported(path).items():
            leads[f"{module_of(path)}.{name}"] = meant
        for node in tree(path).body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                leads[f"{module_of(path)}.{node.name}"] = uses(path, node)
            elif not isinstance(node, ast.Import | ast.ImportFrom):
                todo += sorted(uses(path, node))
    todo += [name for name in leads if is_door(name)]
    todo += uses(PROJECT / "build.py", tree(PROJECT / "build.py"))
    found: set[str] = set()
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += leads.get(name, ())
    return found


def test_every_public_function_is_reached_from_a_door() -> None:
    """What tests alone reach gets a command or a method of the case, or goes."""
    names = {name for name, _ in functions()}
    assert names - reached() == set()
    assert {door for door in DOORS if any(door in (name, pattern(name)) for name in names)} == set(
        DOORS
    ), "a door that is none"


def test_every_public_function_is_named_outside_its_module() -> None:
    """What its module alone uses, and no test looks at, is private."""
    named = set()
    for path in [*modules(), PROJECT / "build.py", *Path(PROJECT, "tests").rglob("*.py")]:
        module = module_of(path)
        outside = uses(path, tree(path)).union(*imported(path).values())
        named |= {one for one in outside if one.rpartition(".")[0] != module}
    names = {name for name, _ in functions() if not is_door(name)}
    assert names - named - IN_OTHER_PROCESSES == set()


def test_every_parameter_of_a_public_function_is_explained() -> None:
    """Where there are two or more; of a command, each option has its help."""
    silent = {}
    for name, node in functions():
        given = [
            one.arg for one in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
        ]
        told = (ast.get_docstring(node) or "").partition("Args:")[2]
        lacking = [one for one in given if f"\n    {one}: " not in told.replace("\n\n", "\n")]
        if len(given) > 1 and lacking and not is_door(name):
            silent[name] = lacking
    assert silent == {}
