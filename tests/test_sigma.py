"""The renderer for large networks: what is shipped, and when a page holds it."""

import hashlib
import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from pages import lines as lines_of

from graph.errors import UsageError
from graph.viewer.drawing import BUNDLE as PAGE
from graph.viewer.page import page
from graph.viewer.picture import DRAWN_AT_MOST, LINES_OF_VIS, picture
from graph.viewer.renderers import RENDERERS

VENDOR = Path(__file__).resolve().parent.parent / "graph" / "viewer" / "vendor" / "sigma"
BUNDLE = VENDOR / "sigma.bundle.min.js"


def payload(lines: int) -> dict[str, object]:
    statement = {
        "s": "a",
        "p": "backs",
        "o": "b",
        "status": "accepted",
        "c": "certain",
        "draw": "tie",
    }
    return {
        "case": "made",
        "languages": [{"tag": "en", "name": "English", "direction": "ltr"}],
        "predicates": {"backs": {"label": "backs", "family": "backing", "sign": 1, "draw": "tie"}},
        "words": {"Person": "Person"},
        "nodes": {
            name: {"name": name, "class": "Person", "group": "person"} for name in ("a", "b")
        },
        "statements": {f"st-{number}": {**statement, "claims": []} for number in range(lines)},
        "questions": {},
        "sources": {},
        "notes": [],
        "days": [],
    }


def chain(nodes: int) -> dict[str, object]:
    """Return a case of so many nodes, each tied to the next."""
    whole = payload(1)
    names = [f"a{number}" for number in range(nodes)]
    tie = {"p": "backs", "status": "accepted", "c": "certain", "draw": "tie", "claims": []}
    pairs = pairwise(names)
    return {
        **whole,
        "nodes": {name: {"name": name, "class": "Person", "group": "person"} for name in names},
        "statements": {f"st-{a}": {**tie, "s": a, "o": b} for a, b in pairs},
    }


def made(lines: int, renderer: str = "auto") -> str:
    return drawn(payload(lines), renderer)


def drawn(known: dict[str, object], renderer: str = "auto") -> str:
    shown = picture(lines_of(known), renderer)
    return page(known, shown, title="x", about={}).decode("utf-8")  # type: ignore[arg-type]


def test_the_bundle_is_the_one_that_its_readme_names() -> None:
    wanted = hashlib.sha256(BUNDLE.read_bytes()).hexdigest()
    assert wanted in (VENDOR / "README.md").read_text("utf-8")


def test_all_that_came_into_the_bundle_has_its_licence() -> None:
    readme = (VENDOR / "README.md").read_text("utf-8")
    named = set(re.findall(r"`(LICENSE-[a-z-]+)`", readme))
    assert named == {path.name for path in VENDOR.glob("LICENSE-*")}
    assert len(named) == 4


def test_the_lock_file_names_no_registry() -> None:
    lock = (VENDOR / "src" / "package-lock.json").read_text("utf-8")
    assert '"resolved"' not in lock
    assert "://" not in re.sub(r'"(url|funding)".*', "", lock)


@pytest.mark.parametrize("script", [BUNDLE, PAGE], ids=lambda path: path.name)
def test_scripts_ask_for_nothing_and_run_no_text(script: Path) -> None:
    text = script.read_text("utf-8")
    for word in ("eval(", "new Function", "new Worker", "fetch(", "XMLHttpRequest", "innerHTML"):
        assert word not in text, word
    assert "http" not in re.sub(r"http://www\.w3\.org/\S+|\^https\?:", "", text)


def drawn_by(text: str) -> tuple[str, bool, bool]:
    """Return what the data say draws, and whether the libraries of vis and of sigma are there."""
    data = json.loads(text.partition('id="data">')[2].partition("</script>")[0])
    vis, sigma = (RENDERERS[name].library.read_text("utf-8")[:400] for name in ("vis", "sigma"))
    return data["drawn"]["by"], vis in text, sigma in text


def test_a_page_holds_one_library() -> None:
    assert drawn_by(made(1, renderer="vis")) == ("vis", True, False)
    assert drawn_by(made(1, renderer="sigma")) == ("sigma", False, True)


def test_many_lines_are_drawn_by_sigma_unless_told_otherwise() -> None:
    assert drawn_by(made(LINES_OF_VIS))[0] == "vis"
    assert drawn_by(made(LINES_OF_VIS + 1))[0] == "sigma"
    assert drawn_by(made(LINES_OF_VIS + 1, renderer="vis"))[0] == "vis"


def test_sigma_draws_every_node_of_a_large_network() -> None:
    text = drawn(chain(DRAWN_AT_MOST + 1))
    data = json.loads(text.partition('id="data">')[2].partition("</script>")[0])
    assert len(data["drawn"]["nodes"]) == DRAWN_AT_MOST + 1
    assert "are left out" not in text


def test_an_unknown_renderer_is_refused() -> None:
    with pytest.raises(UsageError, match='did you mean "sigma"'):
        made(1, renderer="sigmo")
