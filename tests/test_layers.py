"""The house: imports point one way, every foreign package has one door, modules stay small."""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PROJECT = Path(__file__).resolve().parents[1]
PACKAGE = PROJECT / "graph"

LAYERS = (
    {"errors"},
    {"model"},
    {"reader", "read"},
    {"query"},
    {"network"},
    {"brief"},
    {"analysis", "export", "viewer"},
    {"report"},
    {"build"},
    {"authoring", "remote", "server"},
    {"importers"},
    {"events"},
    {"cli"},
)
"""Modules and folders of the package; each imports only from layers above it in this list."""

DOORS = {
    "cachetools": {"server"},
    "click": {"cli"},
    "docx": {"authoring"},
    "duckdb": {"events", "importers"},
    "filelock": {"authoring", "build", "events"},
    "followthemoney": {"export"},
    "httptools": {"server"},
    "igraph": {"analysis"},
    "jinja2": {"brief", "export", "report", "server", "viewer"},
    "markupsafe": {"brief", "export", "viewer"},
    "matplotlib": {"report"},
    "networkit": {"analysis"},
    "numpy": {"analysis", "report", "viewer"},
    "oxrdflib": {"read"},
    "pyarrow": {"export"},
    "pypdfium2": {"authoring"},
    "pyspark": {"events"},
    "pyvis": {"export", "viewer"},
    "rdflib": {"read"},
    "rapidfuzz": {"authoring", "model"},
    "rich": {"cli"},
    "starlette": {"server"},
    "httpx": {"remote"},
    "babel": {"model"},
    "tomlkit": {"authoring"},
    "trafilatura": {"authoring"},
    "uvicorn": {"server"},
    "rustworkx": {"analysis"},
    "scipy": {"analysis", "viewer"},
}
"""Foreign packages with the one place that may import them; types may be named anywhere."""

EVERYWHERE = {"networkx", "pyoxigraph"}
ENGINE = re.compile(
    r"(build|read|remote|server\.pool)\..*|model\.terms"
    r"|export\.(jsonld|nanopub|nquads|rdf12|trig|turtle)"
)
"""What imports the engine when it runs: the road to the graph and back, and what writes RDF."""
QUADS = re.compile(r"(build|read)\..*")
"""What looks up quads; all else takes typed views."""
AFTER_THE_GRAPH = {"read", "query", "network", "brief", "analysis", "export", "viewer", "remote"}
"""What sees the graph alone, and never an authored file."""

MOST_LINES_OF_A_MODULE = 400
MOST_LINES_OF_A_FUNCTION = 50


class Import(NamedTuple):
    """An import: the module that is imported, the names, and whether only types are meant."""

    module: str
    names: tuple[str, ...]
    only_types: bool


def modules() -> Iterator[Path]:
    yield from sorted(PACKAGE.rglob("*.py"))


def dotted(path: Path) -> str:
    """Return the name of a module below the package: ``reader.case``; empty for the package."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def layer_of(name: str) -> int:
    top = name.partition(".")[0]
    return next(number for number, layer in enumerate(LAYERS) if top in layer)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@cache
def imports(path: Path) -> tuple[Import, ...]:
    """Return the imports of a module; those of the package as names below it."""
    return tuple(_imports(tree(path).body, _package_of(path), only_types=False))


def _package_of(path: Path) -> list[str]:
    return list(path.relative_to(PROJECT).parent.parts)


def _imports(body: list[ast.stmt], package: list[str], *, only_types: bool) -> Iterator[Import]:
    for node in body:
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, (), only_types) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names = tuple(alias.name for alias in node.names)
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *(node.module.split(".") if node.module else [])])
            if node.level and not node.module:
                yield from (Import(f"{module}.{name}", (name,), only_types) for name in names)
            else:
                yield Import(module, names, only_types)
        else:
            typing = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
            for field in ("body", "orelse", "finalbody", "handlers"):
                inner = getattr(node, field, [])
                if isinstance(inner, list):
                    yield from _imports(inner, package, only_types=only_types or typing)


def own(path: Path) -> Iterator[tuple[str, Import]]:
    """Yield the imports of modules of the package, with their names below it."""
    for found in imports(path):
        top, _, rest = found.module.partition(".")
        if top == "graph" and rest:
            yield rest, found


def is_module(name: str) -> bool:
    path = PACKAGE.joinpath(*name.split("."))
    return path.is_dir() or path.with_suffix(".py").is_file()


def each_module(rule: Callable[[Path], None]) -> Callable[[], None]:
    """Make one test of a rule for all modules, which tells all that break it."""

    def test() -> None:
        broken = {}
        for path in modules():
            try:
                rule(path)
            except AssertionError as error:
                broken[path.relative_to(PROJECT).as_posix()] = str(error)
        assert not broken, "\n".join(f"{name}: {why}" for name, why in broken.items())

    test.__name__, test.__doc__ = rule.__name__, rule.__doc__
    return test


def test_every_module_has_its_layer() -> None:
    tops = {name for path in modules() if (name := dotted(path).partition(".")[0])}
    assert tops - {"__main__"} == set().union(*LAYERS)


@each_module
def test_imports_point_one_way(path: Path) -> None:
    name = dotted(path)
    if name in ("", "__main__"):
        return
    top = name.partition(".")[0]
    for target, _ in own(path):
        if is_module(target) and target.partition(".")[0] != top:
            assert layer_of(target) < layer_of(name), f"{name} imports {target}"


@each_module
def test_nobody_imports_what_is_private(path: Path) -> None:
    for _, found in own(path):
        private = [name for name in found.names if name.startswith("_") and name != "__version__"]
        assert not private, f"{found.module} keeps {private} to itself"


@pytest.mark.parametrize("folder", ["cli", "export", "read", "reader", "viewer"])
def test_no_circle_inside_a_folder(folder: str) -> None:
    edges: dict[str, set[str]] = {}
    for path in sorted((PACKAGE / folder).glob("*.py")):
        inner = edges.setdefault(dotted(path), set())
        for target, found in own(path):
            for name in (target, *(f"{target}.{part}" for part in found.names)):
                if found.only_types:
                    continue
                if name.startswith(f"{folder}.") and is_module(name):
                    inner.add(name)
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as error:
        pytest.fail(f"{' -> '.join(error.args[1])}")


def test_exports_and_pages_know_nothing_of_each_other() -> None:
    for path in modules():
        top = dotted(path).partition(".")[0]
        others = {"export": "viewer", "viewer": "export"}.get(top)
        assert not others or others not in {target.partition(".")[0] for target, _ in own(path)}


@each_module
def test_after_the_graph_no_authored_file_is_seen(path: Path) -> None:
    name = dotted(path)
    if name.partition(".")[0] in AFTER_THE_GRAPH:
        seen = {target.partition(".")[0] for target, _ in own(path)}
        assert not seen & {"reader"}


def test_the_reader_sees_no_triple() -> None:
    for path in sorted((PACKAGE / "reader").glob("*.py")):
        assert "pyoxigraph" not in {found.module for found in imports(path)}


@each_module
def test_every_foreign_package_has_one_door(path: Path) -> None:
    top = dotted(path).partition(".")[0]
    for found in imports(path):
        package = found.module.partition(".")[0]
        if package in DOORS and not found.only_types:
            assert top in DOORS[package], f"{package} is imported by {dotted(path)}"


def test_no_foreign_package_is_without_a_door() -> None:
    known = DOORS.keys() | EVERYWHERE | sys.stdlib_module_names | {"graph"}
    foreign = {found.module.partition(".")[0] for path in modules() for found in imports(path)}
    assert foreign - known == set()


@each_module
def test_the_engine_is_asked_in_few_places(path: Path) -> None:
    if not ENGINE.fullmatch(dotted(path)):
        assert "pyoxigraph" not in {found.module for found in imports(path) if not found.only_types}
    if not QUADS.fullmatch(dotted(path)):
        called = {node.attr for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)}
        assert "quads_for_pattern" not in called


@each_module
def test_only_commands_and_publishing_write(path: Path) -> None:
    """All else returns values."""
    if dotted(path).partition(".")[0] in ("cli", "build"):
        return
    own = ("authoring.editing", "authoring.placing", "authoring.texts", "events.writing")
    if dotted(path) in own:
        return
    writing = {"print", "write_text", "write_bytes", "mkdir", "unlink", "exit", "rmtree"}
    called = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            function = node.func
            called.add(getattr(function, "id", None) or getattr(function, "attr", None))
    assert called & writing == set()


def test_no_class_name_stands_twice() -> None:
    names = [node.name for path in modules() for node in ast.walk(tree(path))
             if isinstance(node, ast.ClassDef)]  # fmt: skip
    assert sorted(name for name, count in Counter(names).items() if count > 1) == []


@each_module
def test_modules_are_small(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MOST_LINES_OF_A_MODULE


@each_module
def test_functions_are_short(path: Path) -> None:
    long = {
        node.name: length
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > MOST_LINES_OF_A_FUNCTION
    }
    assert not long


OF_CASES = {"homs", "waer", "ndf", "syria", "syrian"} | {
    path.parent.name for path in (PROJECT / "data").glob("*/case.toml")
}
"""Names of the cases of the project, and words of the first of them."""
MADE_ELSEWHERE = {"vendor", "node_modules", "dist"}
WRITTEN = {".py", ".rq", ".ttl", ".js", ".html", ".css", ".j2", ".md", ".json", ".toml"}


def test_nothing_of_the_package_names_a_case() -> None:
    """Code, help, queries and pages speak of any case; so do the ontology's definitions."""
    named = re.compile(rf"(?<![a-z])({'|'.join(sorted(OF_CASES))})(?![a-z])", re.IGNORECASE)
    found = [
        f"{path.relative_to(PROJECT)}:{number}: {line.strip()}"
        for folder in ("graph", "ontology/rules", "ontology", "build.py")
        for path in (
            [PROJECT / folder] if folder.endswith(".py") else (PROJECT / folder).rglob("*")
        )
        if path.suffix in WRITTEN and not MADE_ELSEWHERE & set(path.parts)
        if (folder, path.suffix) != ("ontology", ".md")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if named.search(line) and "skos:example" not in line
    ]
    assert found == []


def test_the_word_of_a_number_of_things_is_made_in_one_place() -> None:
    """``graph/errors/counting.py`` knows "1 tie, 2 ties", and in the page core/order.js."""
    plurals = (r"""(['"])s\1 (\*|if\b)""", r"""\+ (['"])s\3""", r"""['"] if .*== 1 else ['"]""")
    made = re.compile("|".join((*plurals, r"""=== 1 \? ['`]\w""")))
    found = [
        f"{path.relative_to(PACKAGE)}:{number}: {line.strip()}"
        for pattern in ("*.py", "*.js", "*.html", "*.j2")
        for path in PACKAGE.rglob(pattern)
        if not MADE_ELSEWHERE & set(path.parts) and path.name != "counting.py"
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if made.search(line)
    ]
    assert found == []


def test_the_recipe_fits_on_a_screen() -> None:
    assert len((PACKAGE / "build" / "recipe.py").read_text("utf-8").splitlines()) <= 80
