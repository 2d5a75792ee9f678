"""k-anonymity: who is told apart from whom in a build, and that a case's k is kept."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import product
from typing import TYPE_CHECKING

import miniature
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.analysis.anonymity import TOLD_BY, alike, described, least, too_few
from graph.build import judging, recipe
from graph.cli.main import main
from graph.errors import DataProblems, UsageError
from graph.read.select import Graph

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PERSON = """label = "{label} {number} (name withheld)"
class = "Person"
identity = "{identity}"
{kinds}
mentioned = ["courier-2020#2.1"]
"""
TOLD = """
[[statement]]
id = "met-{number}"
subject = "courier-writer"
predicate = "interviews"
object = "person-{number}"
when = "{when}"
{more}
claims = [
  {{ voice = "courier-writer", stance = "asserts", certainty = "certain", passages = ["{at}"] }},
]
"""
SAME = {
    "label": "Boatman",
    "identity": "withheld",
    "kinds": "",
    "when": "2020-05-03",
    "more": "",
    "at": "courier-2020#2.1",
}


def with_people(
    folder: Path, people: Sequence[dict[str, str]], k: int | None = None, ids: str = "written"
) -> Path:
    """Write people into a case, who are told of alike but for what is given."""
    for number, own in enumerate(people):
        words = {**SAME, **own, "number": str(number)}
        miniature.written(folder, f"actors/person-{number}.toml", PERSON.format(**words))
        miniature.written(folder, f"statements/met-{number}.toml", TOLD.format(**words))
    file = folder / "case.toml"
    wanted = "" if k is None else f"k = {k}\n"
    file.write_text(f'{file.read_text("utf-8")}{wanted}[withheld]\nids = "{ids}"\n', "utf-8")
    return folder


def seen(folder: Path, *, tell: bool = True) -> Graph:
    """Return the graph that the public has."""
    made = judging.public_part(
        folder,
        miniature.ONTOLOGY,
        lambda _step: None,
        naming=judging.Naming.for_a_check(),
        tell=tell,
    )
    return Graph(made.graph, folder.name)


def test_those_of_whom_the_same_is_told_are_one_group(folder: Path) -> None:
    found = seen(with_people(folder, [{}, {"when": "2020-05-20"}, {"identity": "unnamed"}]))
    (group,) = [one for one in alike(found, 3) if "person-0" in one.withheld]
    assert (group.k, group.withheld, group.unnamed) == (
        3,
        ("person-0", "person-1"),
        ("person-2",),
    )
    assert group.apart == ()


@pytest.mark.parametrize(
    ("other", "apart"),
    [
        ({"label": "Baker"}, "description"),
        ({"kinds": 'kinds = ["journalists"]'}, "kind"),
        ({"when": "2020-06-03"}, "month"),
        ({"more": 'place = "mill-town"'}, "place"),
        ({"more": 'channel = "pigeon-post"'}, "channel"),
        ({"more": 'scope = "By night."'}, "statements"),
    ],
)
def test_one_of_whom_something_else_is_told_is_alone(
    other: dict[str, str], apart: str, folder: Path
) -> None:
    found = seen(with_people(folder, [{}, other]))
    mine = [one for one in alike(found) if one.withheld[0].startswith("person-")]
    assert [(one.k, one.apart) for one in mine] == [(1, (apart,)), (1, (apart,))]
    rest = [name for name in TOLD_BY if name != apart]
    assert [one.k for one in alike(found, by=rest) if "person-0" in one.withheld] == [2]


CHOICES = {
    "label": ["Boatman", "Baker"],
    "when": ["2020-05-03", "2020-06-03"],
    "more": ["", 'place = "mill-town"'],
}


@given(
    people=st.lists(
        st.sampled_from(
            [dict(zip(CHOICES, one, strict=True)) for one in product(*CHOICES.values())]
        ),
        min_size=1,
        max_size=6,
    )
)
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_k_is_how_often_the_rarest_description_is_there(
    people: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = miniature.copied(tmp_path_factory.mktemp("people"))
    found = seen(with_people(folder, people))
    counts = Counter(tuple(one.values()) for one in people)
    mine = [one for one in alike(found) if one.withheld[0].startswith("person-")]
    assert sorted(one.k for one in mine) == sorted(counts.values())
    assert least(mine) == min(counts.values())
    few = {name for name, _ in too_few(found, 3)}
    rare = {f"person-{n}" for n, one in enumerate(people) if counts[tuple(one.values())] < 3}
    assert rare == {one for one in few if one.startswith("person-")}


def test_a_build_below_the_k_of_its_case_is_refused(folder: Path) -> None:
    with_people(folder, [{}, {}, {"label": "Baker"}], k=2)
    with pytest.raises(DataProblems) as refused:
        seen(folder)
    (problem,) = refused.value.problems
    assert problem.file.endswith("actors/person-2.toml")
    assert "nobody else fits" in problem.message
    assert "k is 2" in problem.message
    assert "tell less of description" in problem.message
    assert "Baker" not in problem.message


def test_those_with_opaque_ids_are_counted_as_they_are_told(folder: Path) -> None:
    """The signs in their ids and names tell nobody apart, nor the day, which is left out."""
    with_people(folder, [{}, {"when": "2020-05-20"}, {"when": "2020-06-03"}], k=2, ids="opaque")
    with pytest.raises(DataProblems) as refused:
        seen(folder)
    here = [one for one in refused.value.problems if "actors/person" in one.file]
    assert [one.file.rpartition("/")[2] for one in here] == ["person-2.toml"]
    assert "tell less of month" in here[0].message
    with pytest.raises(DataProblems) as refused:
        seen(folder, tell=False)  # a build, whose messages others may read
    (problem,) = refused.value.problems
    assert "person" not in str(problem).replace(str(folder), "")
    assert "fewer than 2 fit what is told of one" in problem.message
    assert "hudna check --private" in problem.message


@pytest.mark.parametrize("cure", ["label", "access", "k"])
def test_it_is_made_once_less_is_told(cure: str, folder: Path) -> None:
    last = {} if cure == "label" else {"label": "Baker"}
    with_people(folder, [{}, {}, last], k=1 if cure == "k" else 2)
    if cure == "access":
        file = folder / "actors/person-2.toml"
        file.write_text(f'access = "secret"\n{file.read_text("utf-8")}', "utf-8")
    assert not too_few(seen(folder))


def test_only_what_is_public_makes_a_crowd(folder: Path) -> None:
    with_people(folder, [{}, {}], k=2)
    file = folder / "actors/person-1.toml"
    file.write_text(f'access = "secret"\n{file.read_text("utf-8")}', "utf-8")
    with pytest.raises(DataProblems) as refused:
        seen(folder)
    assert ["person-0" in str(one) for one in refused.value.problems] == [True]


def test_nothing_is_wanted_of_a_case_of_named_actors(folder: Path) -> None:
    named = seen(with_people(folder, [{"identity": "named", "label": "Adam Weir"}], k=5))
    assert [one for one in described(named) if one.id == "person-0"] == []


def test_a_k_of_nobody_is_refused(folder: Path) -> None:
    with_people(folder, [], k=0)
    assert [one.place for one in miniature.problems_of(folder)] == ["mill, k"]


def test_an_unknown_quality_is_refused_with_what_is_near(folder: Path) -> None:
    with pytest.raises(UsageError, match="month"):
        alike(seen(folder), by=("monht",))


def test_the_command_tells_groups_by_ids_and_what_k_does_not_promise(
    folder: Path, tmp_path: Path
) -> None:
    with_people(folder, [{}, {}, {"label": "Baker"}])
    recipe.build("mill", folder.parent, tmp_path / "public")
    words = ["anonymity", "--case", "mill", "--public", str(tmp_path / "public")]
    told = CliRunner().invoke(main, words)
    assert told.exit_code == 0
    assert "person-0, person-1" in told.output
    assert "Baker" not in told.output
    plain = re.sub(r"\s+", " ", told.output)
    assert all(one in plain for one in ("k is 1", "Sweeney 2002", "l-diversity", "earlier build"))
    assert CliRunner().invoke(main, [*words, "--k", "2"]).exit_code == 1
    rows = json.loads(CliRunner().invoke(main, [*words, "--format", "json"]).output)
    assert {"k": 2, "withheld": ["person-0", "person-1"], "unnamed": [], "apart": []} in rows
    wrong = CliRunner().invoke(main, [*words, "--by", "shoes"])
    assert (wrong.exit_code, "tells no actors apart" in wrong.output) == (2, True)


@pytest.mark.homs
def test_homs_says_its_k() -> None:
    """The k of its file and of its README is the one that is computed."""
    found = seen(miniature.HOMS)
    k = least(alike(found))
    assert found.about.k == k
    told = re.search(r"its k is (\d+)", (miniature.HOMS / "README.md").read_text("utf-8"))
    assert told is not None
    assert int(told[1]) == k
