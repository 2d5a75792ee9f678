"""The guides for maintainers and authors name what there is: layers, classes, decisions, keys.

They are pages for people, so what can be compared stands in tables and lists: the test reads those.
"""

from __future__ import annotations

import re
from collections import Counter
from contextlib import suppress
from dataclasses import fields
from importlib import import_module
from pathlib import Path
from types import ModuleType

import miniature
import pytest
from miniature import ONTOLOGY
from test_layers import LAYERS

from graph.build.case import OpenedCase
from graph.reader import schemas as schema

PROJECT = Path(__file__).resolve().parents[1]
DECISIONS = PROJECT / "docs" / "decisions"
ARCHITECTURE = (PROJECT / "docs" / "architecture.md").read_text("utf-8")
GLOSSARY = (PROJECT / "docs" / "glossary.md").read_text("utf-8")
CODING = (PROJECT / "docs" / "coding.md").read_text("utf-8")
PAGES = sorted([*PROJECT.glob("*.md"), *PROJECT.glob("docs/*.md"), *PROJECT.glob("*/README.md")])
CODE = "\n".join(path.read_text("utf-8") for path in sorted((PROJECT / "graph").rglob("*.py")))
FILES_OF_A_BUILD = {"nq", "ttl"}
MADE_LATER = {"bench/out/"}


def first_cells(title: str) -> list[list[str]]:
    """Return the names as code in the first cells of the table below a title, line by line."""
    text = ARCHITECTURE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    lines = re.findall(r"^\| (`.+?) \|", text, re.MULTILINE)
    assert lines, title
    return [re.findall(r"`(\w+)`", line) for line in lines]


def is_there(name: str) -> bool:
    """Whether a dotted name leads to a module of the package, or to what one holds."""
    top, *parts = name.split(".")
    found: object = import_module(top)
    for part in parts:
        if isinstance(found, ModuleType):
            with suppress(ModuleNotFoundError):
                found = import_module(f"{found.__name__}.{part}")
                continue
        if not hasattr(found, part) and part not in getattr(found, "__annotations__", ()):
            return False
        found = getattr(found, part, None)
    return True


def test_the_entries_by_layer_are_those_of_the_house() -> None:
    assert list(map(set, first_cells("Entries by layer"))) == list(LAYERS)


def test_the_methods_of_the_case_and_the_errors_are_listed() -> None:
    told = {name for line in first_cells("In Python") for name in line}
    methods = {name for name in dir(OpenedCase) if not name.startswith("_")}
    errors = {"HudnaError"}
    above = re.findall(r"^class (\w+)\((\w+)\):", CODE, re.MULTILINE)
    while more := {name for name, base in above if base in errors} - errors:
        errors |= more
    assert told == methods | errors - {"HudnaError"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(PROJECT).as_posix())
def test_what_pages_name_in_code_is_there(page: Path) -> None:
    """Dotted names of the package, paths from the top, and test modules by their names."""
    text = page.read_text("utf-8")
    named = re.findall(r"`(graph(?:\.\w+)+)", text)
    assert [n for n in named if not is_there(n) and n.split(".")[1] not in FILES_OF_A_BUILD] == []
    tops = "bench|data|deploy|docs|graph|ontology|tests"
    paths = re.findall(rf"`((?:{tops})/[a-z0-9_./*-]+)`", text)
    paths += [f"tests/{name}" for name in re.findall(r"`(test_\w+\.py)", text)]
    missing = {path for path in paths if not list(PROJECT.glob(path.rstrip("/")))}
    assert {path for path in missing if not miniature.of_missing_homs(PROJECT / path)} <= MADE_LATER


def test_every_row_of_the_glossary_leads_into_the_code() -> None:
    rows = re.findall(r"^\| (?!our word|---|name )(.+?) \| (.+) \|$", GLOSSARY, re.MULTILINE)
    assert len(rows) > 50
    assert [word for word, rest in rows if "`graph." not in rest] == []


def test_the_guide_for_coders_tells_of_every_stance_and_certainty() -> None:
    rows = set(re.findall(r"^\| `(\w+)` \|", CODING.partition("\n## 5 to 7.")[2], re.MULTILINE))
    assert ONTOLOGY.kinds["stances"] | ONTOLOGY.kinds["certainties"] <= rows


@pytest.mark.parametrize(("language", "least"), [("English", 60), ("Arabic", 40)])
def test_no_cue_stands_in_two_rows_of_the_guide_for_coders(language: str, least: int) -> None:
    table = re.split(r"\n##+ ", CODING.partition(f"\n### Cues, {language}\n")[2])[0]
    rows = re.findall(r"^\| (?!cue|---|\*\()(.+?) \|", table, re.MULTILINE)
    cues = [cue.strip() for row in rows for cue in re.split("[,،](?![^(]*\\))", row)]
    assert len(cues) >= least
    assert [cue for cue, times in Counter(cues).items() if times > 1] == []


def test_names_that_several_classes_have_are_in_the_glossary() -> None:
    times = Counter(re.findall(r"^class ([A-Z]\w*)", CODE, re.MULTILINE))
    for name in (name for name, count in times.items() if count > 1):
        row = re.search(rf"^\| `{name}` \| (.+) \|$", GLOSSARY, re.MULTILINE)
        assert row, name
        assert row[1].count(f".{name}`") == times[name], name


def test_what_tests_are_skipped_without_is_told() -> None:
    """Programs, and packages that no lock file brings."""
    told = (PROJECT / "CONTRIBUTING.md").read_text("utf-8")
    locks = "".join(path.read_text("utf-8") for path in PROJECT.glob("requirements*.lock")).lower()
    tests = "\n".join(path.read_text("utf-8") for path in PROJECT.glob("tests/**/*.py"))
    for program in set(re.findall(r"which\(\"([\w-]+)\"\)", tests)) - {"isql-vt"}:
        assert f"`{program}`" in told, program
    for package in re.findall(r"(?:importorskip|\bneed)\(\"(\w+)", tests):
        names = {package.lower(), package.replace("_", "-"), f"{package.replace('_', '-')}-py"}
        known = any(f"\n{name}==" in locks for name in names) or package.startswith("no_such")
        assert known or f"`{package}`" in told, package


def test_a_name_that_is_not_there_is_seen() -> None:
    assert is_there("graph.network.filters.Filters.admit")
    assert not is_there("graph.network.filters.Filter")
    assert not is_there("graph.filters")


INDEX_LINE = re.compile(
    r"^\| (\d+) \| \[(.+)\]\((\d{4}-[a-z0-9-]+\.md)\) \| .+ \| (in force|replaced by \d+) \|$",
    re.MULTILINE,
)
HEAD = re.compile(r"# (\d+)\. (.+)\n\n\*Status: (in force|replaced by decision \d+)\.")


def test_every_decision_is_in_the_index_with_its_number_title_and_state() -> None:
    there = []
    for path in sorted(DECISIONS.glob("[0-9]*.md")):
        found = HEAD.match(path.read_text("utf-8"))
        assert found, f"{path.name} begins with number, title and status"
        number, title, state = found.groups()
        assert int(number) == int(path.name[:4])
        there.append((number, title, path.name, state.replace("by decision", "by")))
    assert INDEX_LINE.findall((DECISIONS / "README.md").read_text("utf-8")) == there


def test_what_replaces_a_decision_is_a_decision() -> None:
    lines = INDEX_LINE.findall((DECISIONS / "README.md").read_text("utf-8"))
    replacing = {state.removeprefix("replaced by ") for *_, state in lines if state != "in force"}
    assert replacing <= {number for number, *_ in lines}


GUIDE = (PROJECT / "docs" / "authors.md").read_text("utf-8")
STATEMENTS = "Statements and claims"
AGREEMENTS = "agreements/ID.toml"
THINGS = "actors/, places/, topics/"
JUDGED = "identity.toml, notes.toml"
PATTERNS = "mechanisms/ID.toml, questions/ID.toml"
EVENTS = "events/ID.toml"
FIGURES = "figures.toml"
SECTIONS = {
    "case": "case.toml",
    "source": "sources/ID.toml",
    "actor": THINGS,
    "place": THINGS,
    "topic": THINGS,
    "name": THINGS,
    "identifier": THINGS,
    "withheld": THINGS,
    "statement": STATEMENTS,
    "claim": STATEMENTS,
    "defaults": STATEMENTS,
    "verdict": STATEMENTS,
    "statements_file": STATEMENTS,
    "fact": EVENTS,
    "event": EVENTS,
    "role": EVENTS,
    "agreement": AGREEMENTS,
    "clause": AGREEMENTS,
    "stage": AGREEMENTS,
    "fulfilment": AGREEMENTS,
    "role_of_clause": AGREEMENTS,
    "mechanism": PATTERNS,
    "question": PATTERNS,
    "judgement": JUDGED,
    "resolution": JUDGED,
    "note": JUDGED,
    "former": JUDGED,
    "identity_file": JUDGED,
    "notes_file": JUDGED,
    "rule": FIGURES,
    "figures_file": FIGURES,
}
"""The section of the guide for authors that tells the keys of each authored table."""

TAKES_KEYS_OF_STATEMENTS = {"fact", "role", "clause", "stage", "fulfilment", "role_of_clause"}


def every_schema() -> dict[str, schema.Schema]:
    made = schema.schemas(ONTOLOGY)
    return {
        **{field.name: getattr(made, field.name) for field in fields(made)},
        "name": schema.NAME,
        "identifier": schema.IDENTIFIER,
        "identity_file": schema.IDENTITY_FILE,
        "notes_file": schema.NOTES_FILE,
        "figures_file": schema.FIGURES_FILE,
        "statements_file": schema.STATEMENTS_FILE,
    }


def section(title: str) -> str:
    found = re.search(rf"^## {re.escape(title)}$(.*?)(?=^## |\Z)", GUIDE, re.MULTILINE | re.DOTALL)
    assert found, title
    return found[1]


def is_told(key: str, text: str) -> bool:
    """Whether a key stands there as code, or in an example as a key or the name of a table."""
    table = rf"\[(?:\w+\.)?{key}\]"
    return bool(re.search(rf"`{key}`|^ +{key} +=|[{{,] {key} = |{table}", text, re.MULTILINE))


def test_the_guide_for_authors_has_a_section_for_every_table() -> None:
    assert SECTIONS.keys() == every_schema().keys()


@pytest.mark.parametrize("name", SECTIONS)
def test_every_key_of_an_authored_table_is_in_the_guide_for_authors(name: str) -> None:
    text = section(SECTIONS[name]) + section("Who may see it")
    if name in TAKES_KEYS_OF_STATEMENTS:
        text += section(STATEMENTS)
    untold = [key for key in every_schema()[name] if not is_told(key, text)]
    where = f'"{STATEMENTS}", which every statement has, or "{SECTIONS[name]}"'
    assert not untold, f"tell them in docs/authors.md below {where}"


def told_in_tables() -> list[tuple[str, str, str]]:
    """Return section, key and explanation of each key that a table of the guide tells."""
    found = []
    for title in dict.fromkeys(SECTIONS.values()):
        for names, says in re.findall(r"^\| (`.*?`.*?) \| (.*) \|$", section(title), re.MULTILINE):
            found += [(title, key, says) for key in re.findall(r"`(\w+)`", names)]
    return found


@pytest.mark.parametrize(("title", "key", "says"), told_in_tables())
def test_what_the_guide_tells_of_a_key_is_so(title: str, key: str, says: str) -> None:
    """Each key is one of today, and is called required where it is; "required for" is a rule."""
    told = [one[key] for name, one in every_schema().items()
            if SECTIONS[name] == title and key in one]  # fmt: skip
    assert told, f"no table of {title} has the key {key}"
    if says.startswith("required for"):
        return
    if says.startswith("required"):
        assert any(field.required for field in told)
    else:
        assert not all(field.required for field in told)
