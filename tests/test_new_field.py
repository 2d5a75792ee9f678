"""A field is declared in one place: qualifiers that are added there appear everywhere."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, cast

import miniature
import pytest

if TYPE_CHECKING:
    from pathlib import Path

AFTER = "    note: str = note_field()\n    question:"
DECLARED = """
    weather: str = one(HUD + "weather", Form.ENGLISH)
    heard_on: str = one(HUD + "heardOn", Form.DAY, default=None)
    distance: float | None = one(HUD + "distance", Form.NUMBER, default=None)
    bridge: str = one(HUD + "bridge", Form.ID, refers="things")
    guests: tuple[str, ...] = several(
        HUD + "guest", Form.ID, ("guests", "statement", "guest"), refers="things"
    )
"""
AUTHORED = """when = "2018-23/.."
weather = "heavy rain"
heard_on = "2019-04-05"
distance = 2.5
bridge = "ford"
guests = ["bandits", "townspeople"]
"""
SHOWN = {
    "weather": "heavy rain",
    "heard_on": "2019-04-05",
    "distance": 2.5,
    "bridge": "ford",
    "guests": ["bandits", "townspeople"],
}
LOOK = """
import json, sqlite3, sys, pathlib
import graph
from graph.server.things.pages import page
from graph.read.record_index import RecordIndex
from graph.viewer.payload import payload

case = graph.open("mill", public="public")
name = "siege-of-mill-town"
edge, = (data for *_, key, data in case.network("ties").edges(keys=True, data=True) if key == name)
pathlib.Path("x.sqlite").write_bytes(b"".join(case.export("sqlite").files["graph.sqlite"]))
base = sqlite3.connect("x.sqlite")
columns = [row[1] for row in base.execute("PRAGMA table_info(statements)")]
row = dict(zip(columns, base.execute("SELECT * FROM statements WHERE id = ?", [name]).fetchone()))
listed = [one for (one,) in base.execute("SELECT guest FROM guests ORDER BY guest")]
print(json.dumps({
    "edge": edge,
    "row": {**row, "guests": listed},
    "gexf": b"".join(case.export("gexf").files["network.gexf"]).decode(),
    "rdf": (pathlib.Path("public/mill") / "graph.nq").read_text("utf-8"),
    "page": page(RecordIndex(case.graph), name),
    "view": payload(case.graph)["statements"][name]["more"],
    "ford": b"".join(case.export("markdown", actor="ford").files.popitem()[1]).decode(),
    "neo4j": b"".join(case.export("neo4j").files["relationships.csv"]).decode().splitlines(),
    "losses": [loss.what for loss in case.export("dna").losses],
    "dossier": b"".join(case.export("markdown", actor="river-guard").files.popitem()[1]).decode(),
}))
"""


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What a copy of the project shows, to which only declarations and values were added."""
    folder = tmp_path_factory.mktemp("copy")
    left_out = shutil.ignore_patterns("__pycache__")
    for name in ("graph", "ontology"):
        shutil.copytree(miniature.PROJECT / name, folder / name, ignore=left_out)
    shutil.copy(miniature.PROJECT / "build.py", folder)
    shutil.copytree(miniature.FOLDER, folder / "data" / "mill")
    _insert(folder / "graph/model/statements.py", AFTER, f"{DECLARED}{AFTER}")
    allowed, names = folder / "graph/build/allowed.toml", ", ".join(map(repr, SHOWN))
    _insert(allowed, "Statement = [", f"Statement = [{names}, ")
    _insert(folder / "data/mill/statements/control.toml", 'when = "2018-23/.."\n', AUTHORED)
    (folder / "look.py").write_text(LOOK, "utf-8")
    build = ["build.py", "--case", "mill", "--data", "data", "--public", "public", "--quiet"]
    for command in (build, ["look.py"]):
        done = subprocess.run(
            [sys.executable, *command],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(folder)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def _insert(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{path}: this test needs {old!r} there once; change the test"
    path.write_text(text.replace(old, new), "utf-8")


def test_they_are_triples(seen: dict[str, object]) -> None:
    rdf = str(seen["rdf"])
    about = "<https://w3id.org/hudna/mill/siege-of-mill-town> <https://w3id.org/hudna/ontology#"
    for triple in (
        'weather> "heavy rain"@en',
        'heardOn> "2019-04-05"^^<http://www.w3.org/2001/XMLSchema#date>',
        'distance> "2.5"^^<http://www.w3.org/2001/XMLSchema#decimal>',
        "bridge> <https://w3id.org/hudna/mill/ford>",
        "guest> <https://w3id.org/hudna/mill/bandits>",
        "guest> <https://w3id.org/hudna/mill/townspeople>",
    ):
        assert about + triple in rdf


@pytest.mark.parametrize("where", ["edge", "row"])
def test_they_are_on_the_edge_and_in_the_table(seen: dict[str, object], where: str) -> None:
    found = seen[where]
    assert isinstance(found, dict)
    if where == "edge":
        found["guests"] = str(found["guests"]).split("; ")
    assert {name: found.get(name) for name in SHOWN} == SHOWN


def test_they_are_columns_of_the_gexf(seen: dict[str, object]) -> None:
    for name in SHOWN:
        assert f'<attribute id="{name}" title="{name}"' in str(seen["gexf"])
        assert f'<attvalue for="{name}" value=' in str(seen["gexf"])


@pytest.mark.parametrize("where", ["page", "dossier"])
def test_they_are_shown_to_readers(seen: dict[str, object], where: str) -> None:
    shown = str(seen[where]).casefold()
    for word, value in (("Weather", "heavy rain"), ("Heard on", "5 April 2019"),
                        ("Distance", "2.5"), ("Bridge", "Ford"), ("Guests", "Bandits"),
                        ("Guests", "People of Mill Town")):  # fmt: skip
        assert value.casefold() in shown.partition(word.casefold())[2], (word, value)


def test_they_are_in_the_data_of_the_page(seen: dict[str, object]) -> None:
    view = cast("dict[str, object]", seen["view"])
    assert {name: view[name] for name in view if not name.startswith("Told ")} == {
        name.capitalize().replace("_", " "): "5 April 2019" if name == "heard_on" else value
        for name, value in SHOWN.items()
    }


def test_references_lead_from_the_statement_and_back(seen: dict[str, object]) -> None:
    """In the dossier of what is referred to, and as relationships of a property graph."""
    assert "`siege-of-mill-town`" in str(seen["ford"])
    lines = seen["neo4j"]
    assert isinstance(lines, list)
    for word, value in (("BRIDGE", "ford"), ("GUEST", "bandits"), ("GUEST", "townspeople")):
        assert f"siege-of-mill-town,{word},{value}" in lines


def test_formats_that_have_no_place_for_them_say_so(seen: dict[str, object]) -> None:
    losses = seen["losses"]
    assert isinstance(losses, list)
    told = [f"statements with {name.replace('_', ' ')}" for name in SHOWN]
    assert [what for what in told if what not in losses] == []
