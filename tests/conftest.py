"""Fixtures that several test modules share; each expensive thing is made once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import build as recipe
import miniature
import pytest

from graph import vocabulary

if TYPE_CHECKING:
    from pathlib import Path

    import pyoxigraph as ox

    from graph.model import Case


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--bless``: what a test gets becomes what it expects, to be reviewed as a diff."""
    parser.addoption("--bless", action="store_true", help="rewrite tests/example/expected")


@pytest.fixture(scope="session")
def bless(request: pytest.FixtureRequest) -> bool:
    """Whether expected outputs are to be rewritten."""
    return bool(request.config.getoption("--bless"))


@pytest.fixture(scope="session")
def judged() -> tuple[Case, ox.Store]:
    """The records of the Homs case and its graph, derived and checked."""
    return recipe.judged(recipe.PROJECT / "data" / "homs", vocabulary.load(), lambda _step: None)


@pytest.fixture(scope="session")
def example() -> tuple[Case, ox.Store]:
    """The records of the miniature case and its graph, derived and checked; not to be changed."""
    return recipe.judged(miniature.FOLDER, miniature.ONTOLOGY, lambda _step: None)


@pytest.fixture(scope="session")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the miniature case has been built; not to be changed."""
    folder = tmp_path_factory.mktemp("built") / "public"
    recipe.build(miniature.CASE, miniature.DATA, folder)
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the miniature case, to be broken."""
    return miniature.copied(tmp_path)
