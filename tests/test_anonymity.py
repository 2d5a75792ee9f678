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

from graph.analysis.anonymity import alike, least, too_few, without_names
from graph.analysis.told import TOLD_BY
from graph.build import judging, recipe
from graph.build.steps import Naming
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
        naming=Naming.for_a_check(),
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


TIE = """
[[statement]]
id = "{id}"
subject = "{subject}"
predicate = "interviews"
object = "{object}"
when = "{when}"
{more}
claims = [
  {{ voice = "{voice}", stance = "asserts", certainty = "certain", passages = ["{at}"] }},
]
"""


def tied(folder: Path, *ties: dict[str, str]) -> Path:
    """Write statements beside those that are of all people alike."""
    plain = {"voice": "courier-writer", "when": "2020-05-03", "more": "", "at": SAME["at"]}
    content = [TIE.format(**{"id": f"tie-{n}", **plain, **one}) for n, one in enumerate(ties)]
    miniature.written(folder, "statements/ties.toml", "".join(content))
    return folder


def groups_of(folder: Path) -> set[frozenset[str]]:
    """Return who is alike of those whom a test made, by their own ids."""
    made = judging.public_part(
        folder,
        miniature.ONTOLOGY,
        lambda _step: None,
        naming=Naming.for_a_check(),
        tell=True,
    )
    own = {new: name for name, new in made.ids.items()}
    found = alike(Graph(made.graph, folder.name), unnamed=True)
    every = (frozenset(own.get(x, x) for x in (*one.withheld, *one.unnamed)) for one in found)
    return {one for one in every if any(name.startswith("person-") for name in one)}


def group(*numbers: int) -> frozenset[str]:
    return frozenset(f"person-{one}" for one in numbers)


def between(one: int, other: int, **more: str) -> dict[str, str]:
    return {"subject": f"person-{one}", "object": f"person-{other}", **more}


@pytest.mark.parametrize("ids", ["written", "opaque"])
def test_who_is_tied_to_somebody_without_a_name_is_told_apart_by_what_is_told_of_them(
    ids: str, folder: Path
) -> None:
    """Two pairs, of one of whom more is told: who is tied to her is told apart through her."""
    people: list[dict[str, str]] = [{}] * 6 + [{"when": "2020-06-03"}]
    with_people(folder, people, ids=ids)
    tied(folder, between(0, 1), between(2, 3), between(4, 6))
    assert groups_of(folder) == {group(0, 2), group(1, 3), group(4), group(5), group(6)}


def test_a_ring_of_six_is_no_two_rings_of_three(folder: Path) -> None:
    """Who has one before and one after them counts as told apart where the rings are."""
    with_people(folder, [{}] * 12)
    rings = ((0, 1, 2, 3, 4, 5), (6, 7, 8), (9, 10, 11))
    tied(folder, *(between(r[n - 1], r[n]) for r in rings for n in range(len(r))))
    assert groups_of(folder) == {group(*range(6)), group(*range(6, 12))}


def test_what_is_told_together_counts_together(folder: Path) -> None:
    """Both were in both places and months, but not in the same place in the same month."""
    with_people(folder, [{}, {}, {}])
    ways = [("mill-town", "2020-06"), ("ford", "2020-07"), ("mill-town", "2020-07")]
    ways += [("ford", "2020-06"), ("mill-town", "2020-06"), ("ford", "2020-07")]
    tied(
        folder,
        *(
            {"subject": "courier-writer", "object": f"person-{number // 2}", "when": when,
             "more": f'place = "{place}"'}
            for number, (place, when) in enumerate(ways)
        ),
    )  # fmt: skip
    assert groups_of(folder) == {group(0, 2), group(1)}


@pytest.mark.parametrize(
    ("tie", "others"),
    [
        ({"subject": "courier-writer", "object": "person-0", "voice": "observers",
          "at": "observers-2020#2.1"}, group(1, 2)),
        ({"subject": "courier-writer", "object": "observers", "voice": "person-0"}, group(1, 2)),
        (between(0, 1, voice="person-2"), None),
    ],
)  # fmt: skip
def test_who_says_it_is_told_too(
    tie: dict[str, str], others: frozenset[str] | None, folder: Path
) -> None:
    with_people(folder, [{}, {}, {}])
    tied(folder, tie)
    found = groups_of(folder)
    assert found == ({group(0), others} if others else {group(0), group(1), group(2)})


def test_a_statement_that_another_rests_on_is_told_apart_by_it(folder: Path) -> None:
    with_people(folder, [{}, {}, {}])
    tied(folder, {"subject": "courier-writer", "object": "observers", "more": 'if = ["met-0"]'})
    assert groups_of(folder) == {group(0), group(1, 2)}


def test_a_note_on_one_tells_them_apart(folder: Path) -> None:
    with_people(folder, [{"identity": "unnamed"}] * 3)
    note = (folder / "notes.toml").read_text("utf-8")
    more = 'id = "n"\ntext = "Came late."\non = ["met-1"]\npassages = ["courier-2020#2.1"]\n'
    miniature.written(folder, "notes.toml", f"{note}\n[[note]]\n{more}")
    assert groups_of(folder) == {group(1), group(0, 2)}


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
    assert [one for one in without_names(named) if one.id == "person-0"] == []


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
