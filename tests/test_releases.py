"""Releases of data sets: what a later one drops counts for nothing, and is known until then."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import miniature
import pyoxigraph as ox
import releases
from hypothesis import given, settings
from hypothesis import strategies as st
from releases import Release

from graph.build import judging
from graph.model.terms import DCTERMS, HUD, KIND, graph_iri, text

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

GED = (
    Release("ged", "2019-06-01", {"ev-a": 4, "ev-b": 7}),
    Release("ged", "2020-05-01", {"ev-a": 5}),
    Release("ged", "2021-06-01", {"ev-a": 4, "ev-c": 1}),
)
ACLED = Release("acled", "2020-09-01", {"ev-a": 9})
BASE = f"https://w3id.org/hudna/{releases.CASE}/"
DEFAULT = ox.DefaultGraph()
FORMER = ox.NamedNode(graph_iri(releases.CASE, "former"))
_STATUS = ox.NamedNode(HUD + "status")


def known(folder: Path, day: str) -> ox.Store:
    """Return the graph of a case as it is known on a day."""
    made = judging.chosen(
        folder, miniature.ONTOLOGY, lambda _: None, private=True, today=None,
        known=date.fromisoformat(day),
    )  # fmt: skip
    return made.graph


def statuses(store: ox.Store) -> dict[str, str]:
    """Return the statuses of all statements that have one."""
    return {
        text(quad.subject).removeprefix(BASE): text(quad.object).removeprefix(KIND)
        for quad in store.quads_for_pattern(None, _STATUS, None, DEFAULT)
    }


def said(store: ox.Store, *, without: tuple[str, ...] = ()) -> set[str]:
    """Return all that the graphs say, but that of what is said no more, and but some properties."""
    return {
        str(quad)
        for quad in store
        if quad.graph_name != FORMER and quad.predicate.value not in without
    }


def test_what_a_release_drops_counts_for_nothing(tmp_path: Path) -> None:
    now = miniature.judged(releases.case(tmp_path / "all", GED))[1]
    last = miniature.judged(releases.from_scratch(tmp_path / "last", GED, "2030-01-01"))[1]
    assert statuses(now) == {
        "ev-a.occurred": "accepted", "ev-a-4": "accepted",
        "ev-c.occurred": "accepted", "ev-c-1": "accepted",
    }  # fmt: skip
    assert said(now) == said(last)


def test_a_status_follows_the_releases(tmp_path: Path) -> None:
    folder = releases.case(tmp_path, (*GED, ACLED))
    found = {
        day: {name: told for name, told in statuses(known(folder, day)).items() if "-a-" in name}
        for day in ("2019-05-31", "2019-06-01", "2020-05-01", "2020-09-01", "2021-06-01")
    }
    assert found == {
        "2019-05-31": {},
        "2019-06-01": {"ev-a-4": "accepted"},
        "2020-05-01": {"ev-a-5": "accepted"},
        "2020-09-01": {"ev-a-5": "contested", "ev-a-9": "contested"},
        "2021-06-01": {"ev-a-4": "contested", "ev-a-9": "contested"},
    }


FIGURES = st.dictionaries(st.sampled_from(["ev-a", "ev-b"]), st.integers(1, 2))
DAYS = [f"20{year}-01-01" for year in range(15, 20)]


@st.composite
def histories(draw: st.DrawFn) -> list[Release]:
    """Return releases of two data sets, each at most one a day."""
    return [
        Release(voice, day, draw(FIGURES))
        for voice in ("ged", "acled")
        for day in draw(st.lists(st.sampled_from(DAYS), unique=True, max_size=3))
    ]


@settings(max_examples=25, deadline=None)
@given(histories(), st.sampled_from([*DAYS, "2017-07-01"]))
def test_what_is_known_on_a_day_is_what_the_releases_of_that_day_say(
    tmp_path_factory: pytest.TempPathFactory, history: list[Release], day: str
) -> None:
    into = tmp_path_factory.mktemp("history")
    mine = known(releases.case(into / "all", history), day)
    theirs = miniature.judged(releases.from_scratch(into / "day", history, day))[1]
    head = (DCTERMS + "title", HUD + "asOf")
    assert statuses(mine) == statuses(theirs)
    assert said(mine, without=head) == said(theirs, without=head)
