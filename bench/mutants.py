"""Whether tests notice wrong code: one place of a module is changed, and its own tests must fail.

    make mutants
    .venv/bin/python bench/mutants.py --module graph/read/rules.py --sample 20

In a copy of the project one comparison, condition, operator, number, text, or choice between
``min`` and ``max`` or ``any`` and ``all`` is changed at a time. ``mutants.toml`` says which tests
a module has, and which changes make no difference, with the reason. What survives is printed; the
exit code is 1 if less than nine tenths of the others are caught.
"""

from __future__ import annotations

import argparse
import ast
import gc
import math
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import tomllib
from importlib import import_module
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent
COPIED = ("graph", "tests", "bench", "docs", "ontology", "data", "build.py", "pyproject.toml")
WANTED = 0.9
PATIENCE = 3, 10.0
"""A run that takes so many times as long as without a change, and so many seconds more, counts as
failed: the change made a loop endless."""
HEAVY = ("pytest", "numpy", "networkx", "pyoxigraph", "rustworkx", "click", "rich")
"""Packages that are imported once, before the runs part."""

OTHER: dict[type[ast.AST], tuple[type[ast.AST], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Add,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
}
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}
NOT_CODE = ("annotation", "returns", "decorator_list", "type_comment")
"""Fields of syntax in which nothing is changed."""


class Change(NamedTuple):
    """A change of a module: a statement as it was and as it is, each on one line."""

    module: str
    before: str
    after: str


class Mutant(NamedTuple):
    """A module with one change.

    Attributes:
        change: what was changed.
        line: where.
        source: the whole module.
    """

    change: Change
    line: int
    source: str

    def __str__(self) -> str:
        module, before, after = self.change
        return f"{module}:{self.line}\n    - {before}\n    + {after}"


class Count(NamedTuple):
    """How many changes were caught, of how many that were tried."""

    caught: int
    tried: int

    def __str__(self) -> str:
        return f"{self.caught} of {self.tried}"


def mutants(module: str, copy: Path) -> Iterator[Mutant]:
    """Yield a module of the copy with each change that is made to it, one at a time."""
    tree = ast.parse((copy / module).read_text("utf-8"))
    right = ast.unparse(tree).splitlines()
    for parent, name, place, node in list(_nodes(tree)):
        for other in _others(node, condition=name in ("test", "ifs")):
            _put(parent, name, place, other)
            source = ast.unparse(ast.fix_missing_locations(tree))
            _put(parent, name, place, node)
            lines = zip(right, source.splitlines(), strict=False)
            before, after = next(pair for pair in lines if pair[0] != pair[1])
            yield Mutant(Change(module, before.strip(), after.strip()), node.lineno, source)


def _nodes(node: ast.AST) -> Iterator[tuple[ast.AST, str, int | None, ast.expr]]:
    """Yield each expression that is run, with what it stands in: a field, and a place of a list."""
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        return
    if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
        return
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "Literal":
        return
    for name, value in ast.iter_fields(node):
        if name in NOT_CODE:
            continue
        listed = value if isinstance(value, list) else [value]
        for place, child in enumerate(listed):
            if not isinstance(child, ast.AST):
                continue
            in_text = isinstance(node, ast.JoinedStr) and isinstance(child, ast.Constant)
            if isinstance(child, ast.expr) and not in_text:
                yield node, name, place if isinstance(value, list) else None, child
            yield from _nodes(child)


def _put(parent: ast.AST, name: str, place: int | None, node: ast.expr) -> None:
    if place is None:
        vars(parent)[name] = node
    else:
        getattr(parent, name)[place] = node


def _others(node: ast.expr, *, condition: bool) -> Iterator[ast.expr]:
    """Yield what may stand wrongly in the place of an expression."""
    match node:
        case ast.Compare(left, ops, right):
            for place, op in enumerate(ops):
                for other in OTHER.get(type(op), ()):
                    yield ast.Compare(left, [*ops[:place], other(), *ops[place + 1 :]], right)  # type: ignore[list-item]
        case ast.BoolOp(op, values):
            yield ast.BoolOp(OTHER[type(op)][0](), values)  # type: ignore[arg-type]
            for place in range(len(values)):
                rest = values[:place] + values[place + 1 :]
                yield ast.BoolOp(op, rest) if len(rest) > 1 else rest[0]
        case ast.UnaryOp(ast.Not() | ast.USub(), operand):
            yield operand
        case ast.BinOp(left, op, right) if type(op) in OTHER:
            yield ast.BinOp(left, OTHER[type(op)][0](), right)  # type: ignore[arg-type]
        case ast.IfExp(_, body, orelse):
            yield body
            yield orelse
        case ast.Call() | ast.Constant():
            yield from _values(node)
    if condition and not isinstance(node, ast.Compare | ast.BoolOp | ast.UnaryOp):
        yield ast.UnaryOp(ast.Not(), node)


def _values(node: ast.expr) -> Iterator[ast.expr]:
    """Yield what may stand wrongly in the place of a value."""
    match node:
        case ast.Call(ast.Name(name), given, named) if name in NAMES:
            yield ast.Call(ast.Name(NAMES[name]), given, named)
        case ast.Call(ast.Attribute(of, name), given, named) if name in NAMES:
            yield ast.Call(ast.Attribute(of, NAMES[name]), given, named)
        case ast.Constant(bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(int() as value):
            yield ast.Constant(value + 1)
        case ast.Constant(str() as value):
            yield ast.Constant(value + "x")


class PlainFirst:
    """Lets pytest run first what needs little to be made: it fails soonest."""

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        """Sort tests by how many fixtures and parameters they have."""
        items.sort(key=lambda test: len(test.fixturenames))


def passes(tests: Sequence[str], copy: Path, seconds: float = math.inf) -> bool:
    """Return whether tests pass in the copy within some seconds, in a process of their own."""
    child = os.fork()
    if not child:
        os.setsid()
        os.chdir(copy)
        out = os.open(os.devnull, os.O_WRONLY)
        os.dup2(out, 1)
        os.dup2(out, 2)
        sys.path.insert(0, str(copy))
        options = ["-x", "--tb=no", "--assert=plain", "-p", "no:cacheprovider"]
        os._exit(import_module("pytest").main([*options, *tests], plugins=[PlainFirst()]))
    end = time.monotonic() + seconds
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status) == 0
        if time.monotonic() > end:
            os.killpg(child, signal.SIGKILL)
        time.sleep(0.02)


def prepared(copy: Path) -> None:
    """Copy the project, and import what every run needs except the project itself."""
    for name in COPIED:
        if (PROJECT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "out")
            shutil.copytree(PROJECT / name, copy / name, ignore=ignored)
        else:
            shutil.copy(PROJECT / name, copy / name)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # they take longer than most tests
    for name in HEAVY:
        import_module(name)
    from hypothesis import Phase, settings

    finding = (Phase.explicit, Phase.generate)
    settings.register_profile(
        "mutants", deadline=None, derandomize=True, database=None, phases=finding
    )
    settings.load_profile("mutants")
    gc.freeze()  # pytest collects garbage at its end, several times


def survivors(
    module: str, tests: Sequence[str], tried: Sequence[Mutant], copy: Path
) -> list[Mutant]:
    """Return the changes that no test notices.

    Raises:
        SystemExit: the tests fail without any change.
    """
    path = copy / module
    right, compiled = path.read_bytes(), Path(cache_from_source(str(path)))
    begun = time.monotonic()
    if not passes(tests, copy):
        raise SystemExit(f"{' '.join(tests)} fail without any change")
    seconds = PATIENCE[0] * (time.monotonic() - begun) + PATIENCE[1]
    found = []
    for mutant in tried:
        path.write_text(mutant.source, "utf-8")
        compiled.unlink(missing_ok=True)
        if passes(tests, copy, seconds):
            found.append(mutant)
            print(f"survived: {mutant}", flush=True)
    path.write_bytes(right)
    compiled.unlink(missing_ok=True)
    return found


def counted(module: str, tests: Sequence[str], same: set[Change], copy: Path, most: int) -> Count:
    """Try the changes of a module, print what survives, and return how many were caught of all.

    Args:
        module: its path.
        tests: the files of its tests.
        same: the changes that make no difference; one that cannot be made any more is told.
        copy: the copy of the project.
        most: so many changes are tried, drawn at random.
    """
    begun, every = time.monotonic(), list(mutants(module, copy))
    for change in sorted(same - {one.change for one in every}):
        print(f"mutants.toml: there is no such change any more: {': '.join(change)}")
    chosen = [one for one in every if one.change not in same]
    if most < len(chosen):
        chosen = random.Random(0).sample(chosen, most)
    left = survivors(module, tests, chosen, copy)
    found = Count(len(chosen) - len(left), len(chosen))
    seconds = f"{time.monotonic() - begun:.0f} s"
    print(
        f"{module}: {found} changes caught in {seconds}; {len(same)} make no difference", flush=True
    )
    return found


def main() -> None:
    """Change, run, and print."""
    table = tomllib.loads((HERE / "mutants.toml").read_text("utf-8"))
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--module", action="append", choices=table["tests"], help="only this one")
    parser.add_argument("--sample", type=int, default=sys.maxsize, help="of each so many changes")
    given = parser.parse_args()
    same = [Change(*map(one.get, Change._fields)) for one in table.get("equivalent", ())]
    found = []
    with tempfile.TemporaryDirectory() as folder:
        prepared(Path(folder))
        for module in given.module or table["tests"]:
            equal = {one for one in same if one.module == module}
            tests = table["tests"][module]
            found.append(counted(module, tests, equal, Path(folder), given.sample))
    whole = Count(*map(sum, zip(*found, strict=True)))
    print(f"{whole} caught, {whole.caught / whole.tried:.1%}")
    sys.exit(whole.caught / whole.tried < WANTED)


if __name__ == "__main__":
    main()
