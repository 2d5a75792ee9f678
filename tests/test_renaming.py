"""A record gets another id: in all places, in nothing else, and the old one leads to it."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import miniature
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from serving import served

from graph import query, reader
from graph.authoring import renaming
from graph.authoring.renaming import rename
from graph.authoring.strings import strings
from graph.build import recipe
from graph.cli import main
from graph.errors import UsageError
from graph.read.store import nquads

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STORED = """\
[[question]]
id = "mill-town"
question = "Who besieges mill-town?"
query = "ties"
params = { object = "mill-town", actor = "mill-town" }
columns = ["subject", "source"]
answer = [["river-guard", "mill-town"], ["courier-2020#2.1", "mill town"]]
"""


OLD_ON = 'on = ["bandits", "ev-shelling"]\n'
ON = """[
  "bandits", # a remark
  'ev-shelling.victim.townspeople',
  "siege-of-mill-town.courier-writer.asserts.courier-2020",
  "ag-may-truce.c1.obligor.river-guard",
  "ag-may-truce.c1.fulfilment.inForce",
]"""
"""What a note is on: ids that are made of those of a thing, a statement, a voice and a source."""


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return made(tmp_path)


def made(into: Path) -> Path:
    """Return a case of which all that can name an id names some."""
    folder = miniature.copied(into)
    miniature.written(folder, "answers/questions.toml", STORED)
    note = (folder / "notes.toml").read_text().replace(OLD_ON, f"on = {ON}\n")
    miniature.written(folder, "notes.toml", note)
    miniature.written(folder, "answers/own.rq", "SELECT ?x { mill:ford ?p ?x }\n")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def graph_of(folder: Path) -> str:
    return nquads(recipe.judged(folder, miniature.ONTOLOGY, lambda _step: None)[1]).decode()


def without_former(quads: str) -> list[str]:
    """Return the quads without former ids, and without spans' numbers' order."""
    lost = ("isReplacedBy", "owl#deprecated")
    return sorted(line for line in quads.splitlines() if not any(one in line for one in lost))


def swapped(quads: str, old: str, new: str) -> str:
    """Return quads in which an id is another wherever it is a part of an IRI or of a cue."""
    part = rf"(?<=/mill/|[./]){re.escape(old)}(?=[.>/])"
    part = rf"(<{re.escape(miniature.BASE)}[^>]*?)(?<![\w-]){re.escape(old)}(?![\w-])"
    while (found := re.sub(part, rf"\g<1>{new}", quads)) != quads:
        quads = found
    return quads.replace(f'"{old}#', f'"{new}#')


NAMES = ["river-guard", "mill-town", "ev-shelling", "ag-may-truce", "courier-2020", "observers",
         "q-who-shelled", "siege-of-mill-town", "council-blames-guard", "shelling-ordered-by",
         "mech-bread-and-truce", "editors", "bandits-and-backer", "the-guard", "note-bandits",
         "courier-writer",
         "pigeon-post"]  # fmt: skip


@pytest.fixture(scope="module")
def quads(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The graph of the case as it is."""
    return graph_of(made(tmp_path_factory.mktemp("before")))


@pytest.mark.some(4)
@pytest.mark.parametrize("old", NAMES)
def test_the_graph_is_the_old_one_with_the_id_replaced_and_so_is_the_way_back(
    old: str, case: Path, quads: str
) -> None:
    """There and back nothing has changed in the files but the former id."""
    before = contents(case)
    rename(case, old, "zz-new")
    renamed = graph_of(case)
    assert without_former(renamed) == without_former(swapped(quads, old, "zz-new"))
    assert f"<{miniature.BASE}{old}> <http://purl.org/dc/terms/isReplacedBy>" in renamed
    rename(case, "zz-new", old)
    after = contents(case)
    identity = after.pop("identity.toml").decode()
    head, _, former = identity.partition("\n[[former]]")
    assert head.encode() == before.pop("identity.toml")
    assert former.split() == ["id", "=", '"zz-new"', "now", "=", f'"{old}"']
    assert after == before


def test_a_clause_is_renamed_within_its_agreement(case: Path) -> None:
    before = graph_of(case)
    rename(case, "ag-may-truce.c1", "ag-may-truce.c9")
    assert "ag-may-truce.c1" not in "\n".join(without_former(graph_of(case)))
    assert len(graph_of(case).splitlines()) == len(before.splitlines()) + 2
    with pytest.raises(UsageError, match=r"no id of a clause of ag-may-truce"):
        rename(case, "ag-may-truce.c9", "ag-winter-pause.c1")


def test_texts_and_queries_are_left_and_told(case: Path) -> None:
    miniature.written(case, "notes.toml", (case / "notes.toml").read_text() + "# the ford\n")
    found = rename(case, "ford", "the-ford")
    assert "mill:ford" in (case / "answers" / "own.rq").read_text()
    assert {(one.file, one.line) for one in found.told} >= {("answers/own.rq", 1)}
    assert 'label = "ford below the mill"' in (case / "places" / "the-ford.toml").read_text()
    assert ("places/the-ford.toml", 1) in {
        (one.file.replace("ford", "the-ford"), one.line) for one in found.told
    }


def test_stored_questions_are_renamed_but_not_their_texts(case: Path) -> None:
    rename(case, "mill-town", "milltown")
    stored = tomllib.loads((case / "answers" / "questions.toml").read_text())["question"][0]
    assert stored["id"] == "mill-town"
    assert stored["question"] == "Who besieges mill-town?"
    assert stored["params"]["actor"] == "milltown"
    assert stored["answer"] == [["river-guard", "milltown"], ["courier-2020#2.1", "mill town"]]


def test_a_kind_of_the_same_name_is_not_renamed() -> None:
    """The object of some predicates is a kind, whatever things are called."""
    ontology = miniature.ONTOLOGY
    predicate = next(n for n, one in ontology.predicates.items() if one.takes == "kind")
    head = '[[statement]]\nid = "k"\nsubject = "frozen"\npredicate = '
    entry = f'{head}"{predicate}"\nobject = "frozen"\n{head}"besieges"\nobject = "frozen"\n'
    swaps = renaming.swaps("statements/x.toml", entry, {"frozen": "ice"}, ontology)
    assert [one.key for one, _ in swaps] == ["subject", "subject", "object"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("nobody", "x", "nothing in the case mill has the id"),
        ("river-gard", "x", "river-guard"),
        ("river-guard", "bandits", "hudna merge bandits river-guard"),
        ("river-guard", "River Guard", "is not an id"),
        ("river-guard", "unknown", "reserved"),
        ("river-guard", "river-guard", "already"),
        ("mill", "x", "rename its folder"),
        ("ev-shelling.occurred", "x", 'rename "ev-shelling"'),
        ("courier-2020.2.1", "x", "made of"),
    ],
)
def test_what_cannot_be_renamed_is_told(old: str, new: str, told: str, case: Path) -> None:
    before = contents(case)
    with pytest.raises(UsageError, match=told):
        rename(case, old, new)
    assert contents(case) == before


def test_a_former_id_is_taken_back_however_it_is_written(case: Path) -> None:
    file = case / "identity.toml"
    told = "\n  [[ former ]]\nid='old-ford' # x\nnow='ford'\n"
    miniature.written(case, "identity.toml", file.read_text() + told)
    rename(case, "ford", "old-ford")
    former = tomllib.loads(file.read_text())["former"]
    assert former == [{"id": "ford", "now": "old-ford"}]


def test_a_former_id_is_never_used_again(case: Path) -> None:
    rename(case, "ford", "old-ford")
    with pytest.raises(UsageError, match="was the id of old-ford"):
        rename(case, "bandits", "ford")
    with pytest.raises(UsageError, match='it is called "old-ford" now'):
        rename(case, "ford", "x")
    rename(case, "old-ford", "new-ford")
    now = {one.id: one.now for one in reader.read(case, miniature.ONTOLOGY).former}
    assert now == {"ford": "new-ford", "old-ford": "new-ford"}


def test_a_file_that_takes_a_former_id_is_refused(case: Path) -> None:
    rename(case, "ford", "old-ford")
    miniature.written(case, "places/ford.toml", (case / "places/old-ford.toml").read_text())
    (told,) = miniature.problems_of(case)
    assert "taken already" in told.message


def test_the_old_id_is_found(case: Path) -> None:
    rename(case, "ev-shelling", "ev-ford")
    _, store = recipe.judged(case, miniature.ONTOLOGY, lambda _step: None)
    graph = query.Graph(store, "mill")
    assert query.thing("ev-shelling", graph).value == f"{miniature.BASE}ev-ford"
    assert query.thing("ev-shelling.occurred", graph).value == f"{miniature.BASE}ev-ford.occurred"
    with pytest.raises(UsageError):
        query.thing("ev-nothing", graph)


def test_a_link_to_the_old_id_leads_to_the_new_one(case: Path, tmp_path: Path) -> None:
    rename(case, "ev-shelling", "ev-ford")
    recipe.build("mill", tmp_path, tmp_path / "public")
    with served(tmp_path / "public") as server:
        for old, new in (
            ("ev-shelling", "ev-ford"),
            ("ev-shelling.ttl", "ev-ford.ttl"),
            ("ev-shelling.occurred.html", "ev-ford.occurred.html"),
        ):
            found = server.ask("GET", f"/id/{old}")
            assert (found.status, found.headers["location"]) == (301, new)
            assert server.ask("GET", f"/id/{new}").status == 200
        assert server.ask("GET", "/id/ev-nothing").status == 404


def test_a_dry_run_writes_nothing(case: Path) -> None:
    before = contents(case)
    where = ["--case", "mill", "--data", str(case.parent)]
    result = CliRunner().invoke(main, ["rename", "ford", "x", "--dry-run", *where])
    assert result.exit_code == 0, result.output
    assert "ford would be called x" in result.output
    assert contents(case) == before


# The strings of a file, by another reader


def values(table: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the texts of a table as TOML has it, each with the keys that lead to it."""
    if isinstance(table, str):
        yield path, table
    elif isinstance(table, dict):
        for key, one in table.items():
            yield from values(one, (*path, key))
    elif isinstance(table, list):
        for one in table:
            yield from values(one, path)


TEXTS = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs", "M"))
    | st.sampled_from("\"'\\#=,[]{}\n")
)
QUOTED = TEXTS.map(
    lambda one: '"' + one.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
)
LONG = TEXTS.map(lambda one: '"""\n' + one.replace("\\", "\\\\").replace('"', '\\"') + '"""')
PLAIN = st.sampled_from(["'a\"#'", "1", "true", "2020-01-01", "'''x'y\n#[z]'''", '""'])


def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    some = st.lists(inner, max_size=3)
    pairs = some.map(lambda values: (f"k{number} = {one}" for number, one in enumerate(values)))
    return some.map(lambda values: f"[ # {{x\n {', '.join(values)} ]") | pairs.map(
        lambda entries: f"{{ {', '.join(entries)} }}"
    )


VALUE = st.recursive(QUOTED | LONG | PLAIN, nested, max_leaves=8)


@given(st.lists(st.tuples(st.booleans(), VALUE), max_size=6))
def test_the_strings_of_a_file_are_those_that_toml_has(entries: list[tuple[bool, str]]) -> None:
    lines = []
    for number, (table, value) in enumerate(entries):
        lines += [f"[[t{number}.x]] # a 'remark\""] * table + [f'"k {number}".y = {value}']
    text = "\n".join(lines) + "\n"
    parsed = tomllib.loads(text)
    found = list(strings(text))
    assert sorted((one.path, one.value) for one in found) == sorted(values(parsed))
    for one in found:
        assert tomllib.loads(f"x = {text[one.start : one.end]}")["x"] == one.value
