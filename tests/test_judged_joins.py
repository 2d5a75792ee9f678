"""Judgements on things of two cases join and part them; what was withdrawn does neither."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import miniature
import pytest
from test_together import called_as_its_folder

import graph
from graph.build import recipe

if TYPE_CHECKING:
    from pathlib import Path

_LAST = """
[[judgement]]
id = "judged"
things = ["town-council"]
outside = "{outside}"
judgement = "{judgement}"
certainty = "{certainty}"
reason = "One body under two names."
"""
WITHDRAWN = 'withdrawn = "2026-01-05"\nwithdrawn_reason = "Two bodies."\n'


def joined(root: Path, **judged: str) -> dict[str, str]:
    """Return what is one in the miniature case and a copy of it, with a judgement in the latter."""
    data = root / "data"
    shutil.copytree(miniature.FOLDER, data / "mill")
    weir = shutil.copytree(miniature.FOLDER, data / "weir")
    called_as_its_folder(weir)
    more = _LAST.format(**{"certainty": "certain", **judged}) + judged.get("more", "")
    path = weir / "identity.toml"
    path.write_text(path.read_text("utf-8") + more, "utf-8")
    for case in ("mill", "weir"):
        recipe.build(case, data, root / "public")
    return dict(graph.open(["mill", "weir"], root / "public").joins.same)


def ends(found: dict[str, str]) -> set[tuple[str, str]]:
    return {(one.rpartition("/")[2], other.rpartition("/")[2]) for one, other in found.items()}


GUARD = ("river-guard", "river-guard")
COUNCIL = ("town-council", "town-council")


@pytest.mark.parametrize(
    ("judged", "expected"),
    [
        ({"outside": "mill:town-council", "judgement": "same"}, {GUARD, COUNCIL}),
        ({"outside": "mill:town-council", "judgement": "unsure"}, {GUARD}),
        (
            {"outside": "mill:town-council", "judgement": "same", "certainty": "possible"},
            {GUARD},
        ),
        (
            {
                "outside": "mill:town-council",
                "judgement": "same",
                "more": WITHDRAWN,
            },
            {GUARD},
        ),
    ],
    ids=["same", "unsure", "possible", "withdrawn"],
)
def test_what_is_judged_one_of_another_case_is_one(
    tmp_path: Path, judged: dict[str, str], expected: set[tuple[str, str]]
) -> None:
    assert ends(joined(tmp_path, **judged)) == expected


def test_what_is_judged_different_is_not_joined_by_an_identifier(tmp_path: Path) -> None:
    """The River Guard of both has one identifier; the judgement is on that identifier."""
    text = (miniature.FOLDER / "actors" / "river-guard.toml").read_text("utf-8")
    scheme, value = (text.split(f'{key} = "')[1].split('"')[0] for key in ("scheme", "value"))
    judged = {"outside": f"{scheme}:{value}", "judgement": "different"}
    more = _LAST.format(certainty="certain", **judged).replace("town-council", "river-guard")
    more = more.replace('"judged"', '"judged-too"')
    found = joined(tmp_path, outside="ucdp-actor:1", judgement="unsure", more=more)
    assert ends(found) == set()
