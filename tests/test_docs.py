"""The documentation says what is so: its commands run, its lists are complete."""

from __future__ import annotations

import re
import shlex
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import miniature
import pytest
from click.testing import CliRunner
from commanding import CONTEXTS

import graph
from graph.analysis.centrality.measures import MEASURES
from graph.cli import main
from graph.network.projection import projections
from graph.query.named import named_queries
from graph.query.parameters import QUERIES

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).resolve().parent.parent
README = (PROJECT / "README.md").read_text("utf-8")
ANALYSIS = (PROJECT / "docs" / "analysis.md").read_text("utf-8")
PAGES = sorted([*PROJECT.glob("*.md"), *PROJECT.glob("docs/*.md"), PROJECT / "data/README.md"])


def shown(page: str) -> Iterator[tuple[str, str]]:
    """Yield each command of a page that is shown with its output, and the output."""
    for block in re.findall(r"(?:^    .*\n|^\n)+", page, flags=re.MULTILINE):
        lines = [line.removeprefix("    ") for line in block.splitlines()]
        command: str = ""
        output: list[str] = []
        for line in [*lines, "$ "]:
            if line.startswith("$ "):
                if command:
                    yield command, "\n".join(output).strip()
                command, output = line.removeprefix("$ "), []
            elif command:
                output.append(line)


SHOWN = [*shown(README), *shown(ANALYSIS)]


def test_the_pages_show_output() -> None:
    assert len(list(shown(README))) >= 3
    assert {command.split()[1] for command, _ in shown(ANALYSIS)} == {"reach", "links", "network"}


@pytest.mark.landing
@pytest.mark.homs
@pytest.mark.parametrize(("command", "output"), SHOWN)
def test_what_the_pages_show_is_what_comes_out(
    command: str, output: str, homs_public: Path
) -> None:
    name, *words = shlex.split(command)
    assert name == "hudna"
    result = CliRunner().invoke(main, [*words, "--public", str(homs_public)])
    assert result.exit_code == 0, result.output
    printed = "\n".join(line.rstrip() for line in result.stdout.splitlines())
    assert printed.strip() == output


@pytest.mark.parametrize("name", CONTEXTS)
def test_every_command_has_an_example_and_help_for_every_option(name: str) -> None:
    command = CONTEXTS[name].command
    assert "Example" in (command.epilog or "")
    for param in command.params:
        if isinstance(param, click.Option):
            assert param.help, f"{name}: {param.name} has no help"


def test_every_named_query_is_listed_with_its_title() -> None:
    page = (PROJECT / "docs" / "queries.md").read_text("utf-8")
    listed = dict(re.findall(r"^\| `([a-z-]+)` \| (.*) \|$", page, flags=re.MULTILINE))
    folders = [QUERIES, PROJECT / "data" / "homs" / "answers"]
    assert listed == {name: query.title for name, query in named_queries(folders).items()}


def test_every_measure_and_projection_is_listed() -> None:
    for name, one in MEASURES.items():
        assert f"| `{name}` | {one.says} | {one.formula} |" in ANALYSIS
    for name, query in projections().items():
        assert f"| `{name}` | {query.title} |" in ANALYSIS


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8")):
        if "://" not in target and not miniature.of_missing_homs(page.parent / target):
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", sorted(PROJECT.glob("docs/*.md")), ids=lambda page: page.stem)
def test_the_pages_of_docs_lead_to_each_other_alone(page: Path) -> None:
    """Whoever has the wheel and docs/ misses nothing that a page leads to."""
    text = page.read_text("utf-8")
    for target in re.findall(r"\]\(([^)]+)\)", text):
        if "://" in target:
            continue
        file, _, part = target.partition("#")
        path = (page.parent / file).resolve() if file else page
        assert path.is_relative_to(PROJECT / "docs"), target
        if part:
            titles = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
            anchors = {re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in titles}
            assert part in anchors, target


@pytest.mark.homs
def test_the_lines_of_python_in_the_readme_run(
    homs_public: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocks = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert len(blocks) == 3
    monkeypatch.setattr(graph, "open", partial(graph.open, public=homs_public))
    monkeypatch.chdir(tmp_path)
    made: dict[str, Any] = {}
    for block in blocks:
        exec(block, made)  # noqa: S102
        assert block.count("\n") <= 5
    assert "waer" in made["ties"]
    assert len(made["dataset"]) > 0
    node = next(one for one in made["net"].nodes if one["id"] == "waer")
    assert node["color"] == "crimson"
    assert "crimson" in Path("waer.html").read_text("ascii")
