"""``hudna set``: keys of a record are changed, and back; all else in the file stays."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

import miniature
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from graph.authoring import blocks
from graph.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from click.testing import Result

DENIAL = "first-shelling.bandits.denies.courier-2020"
REMARKS = """
# of the next one
[[statement]]
id = "first-shelling" # its own name
subject = "river-guard"
predicate = "shells"
object = "mill-town"
when = "2019"  # as told
# who says so
claims = [
  { voice = "courier-writer", stance = "asserts", certainty = "certain", passages = ["courier-2020#4.1"] }, # kept
  # he denies it
  { voice = "bandits", stance = "denies", certainty = "certain", passages = ["courier-2020#4.2"] },
]

# a remark on the last one
"""  # noqa: E501


@pytest.fixture
def case(tmp_path: Path) -> Path:
    folder = miniature.copied(tmp_path)
    with (folder / "statements/control.toml").open("a", encoding="utf-8") as file:
        file.write(REMARKS)
    return folder


def set_(case: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["set", *words, "--data", str(case.parent)])


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def tables(value: Any, path: tuple[tuple[str, int], ...] = ()) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401
    """Yield each table of a file that ``hudna set`` may be asked to change, with its path."""
    yield path, value
    for key, one in value.items():
        if isinstance(one, dict):
            yield from tables(one, (*path, (key, 0)))
        elif isinstance(one, list) and one and isinstance(one[0], dict) and key != "sentences":
            for index, item in enumerate(one):
                yield from tables(item, (*path, (key, index)))


TEXTS = [
    *(path.read_text("utf-8") for path in sorted(miniature.FOLDER.rglob("*.toml"))),
    (miniature.FOLDER / "statements/control.toml").read_text("utf-8") + REMARKS,
]
PLACES = [(text, path, table) for text in TEXTS for path, table in tables(tomllib.loads(text))]
VALUES = st.one_of(
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1),
    st.integers(0, 10**6),
    st.booleans(),
    st.lists(st.text(st.sampled_from("abcäж"), min_size=1), min_size=1, unique=True),
)


@given(st.sampled_from(PLACES), VALUES, st.data())
def test_what_is_set_and_set_back_leaves_every_byte(
    place: tuple[str, Any, Any], value: object, data: st.DataObject
) -> None:
    text, path, table = place
    plain = [key for key, one in table.items() if isinstance(one, str | int | bool)]
    key = data.draw(st.sampled_from([*plain, "new_key"]))
    other = blocks.with_keys(text, path, {key: value})
    wanted = tomllib.loads(text)
    blocks.table_at(wanted, path)[key] = value
    assert tomllib.loads(other) == wanted
    assert other != text or table.get(key) == value
    assert blocks.with_keys(other, path, {key: table.get(key)}) == text


@given(st.sampled_from(PLACES), st.data())
def test_what_is_added_to_a_list_and_taken_away_leaves_every_byte(
    place: tuple[str, Any, Any], data: st.DataObject
) -> None:
    text, path, table = place
    lists = [key for key, one in table.items() if isinstance(one, list) and isinstance(one[0], str)]
    if lists:
        key = data.draw(st.sampled_from(lists))
        other = blocks.with_keys(text, path, {key: [*table[key], "one more"]})
        assert blocks.with_keys(other, path, {key: table[key]}) == text


@pytest.mark.some(3)
@pytest.mark.parametrize(
    ("name", "words", "back"),
    [
        ("first-shelling", ["when=2018", "scope=by night"], ["when=2019", "scope="]),
        ("first-shelling", ["predicate=besieges"], ["predicate=shells"]),
        (DENIAL, ["certainty=probable"], ["certainty=certain"]),
        ("council-blames-guard", ["note=So it is told."], ["note="]),
        ("ev-shelling.occurred", ["when=2020-06-04", "scope=twice"], ["when=2020-06-03", "scope="]),
        ("ev-shelling.perpetrator.bandits", ["question="], ["question=q-who-shelled"]),
        ("River Guard", ["names+=The Guard", "note=x"], ["names-=The Guard", "note="]),
        ("ag-may-truce.c1", ["note=As printed."], ["note="]),
        ("courier-2020", ["publisher=Another"], ["publisher=The Courier"]),
        ("q-who-shelled", ["exclusive=false"], ["exclusive=true"]),
        ("mill", ["title=Another"], ["title={title}"]),
    ],
)  # fmt: skip
def test_any_record_is_changed_and_back(
    case: Path, name: str, words: list[str], back: list[str]
) -> None:
    before = contents(case)
    title = tomllib.loads((case / "case.toml").read_text("utf-8"))["title"]
    result = set_(case, name, *words)
    assert result.exit_code == 0, result.output
    changed = {key for key, data in contents(case).items() if before[key] != data}
    assert len(changed) == 1, changed
    result = set_(case, name, *(one.format(title=title) for one in back))
    assert result.exit_code == 0, result.output
    assert contents(case) == before


def test_a_dry_run_shows_what_would_differ_and_writes_nothing(case: Path) -> None:
    before = contents(case)
    result = set_(case, "first-shelling", "when=2018", "--dry-run")
    assert '-when = "2019"  # as told' in result.stdout
    assert '+when = "2018"  # as told' in result.stdout
    assert contents(case) == before


def test_an_id_that_is_made_of_what_changed_is_told(case: Path) -> None:
    result = set_(case, DENIAL, "stance=doubts")
    assert "first-shelling.bandits.doubts.courier-2020: changed: accepted" in result.stdout
    assert "was first-shelling.bandits.denies.courier-2020" in " ".join(result.stdout.split())


@pytest.mark.parametrize(
    ("name", "words", "line"),
    [
        ("river-guard", ["kinds=militia"], 'kinds = ["militia"]'),
        ("river-guard", ["kinds+=umbrellaGroup"], '"umbrellaGroup"]'),
        ("townspeople", ["kinds=victims,residents"], 'kinds = ["victims", "residents"]'),
        ("river-guard", ["kinds=town", "class=ArmedGroup,Place"], 'kinds = ["town"]'),
        ("river-guard", ["class+=Place"], 'class = ["ArmedGroup", "Place"]'),
    ],
)
def test_actors_get_kinds_of_their_class(
    case: Path, name: str, words: list[str], line: str
) -> None:
    result = set_(case, name, *words)
    assert result.exit_code == 0, result.output
    assert line in (case / f"actors/{name}.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["first-shelling", "id=other"], "hudna rename first-shelling NEW"),
        (["first-shelling", "claims=x"], "hudna say"),
        (["first-shelling", "certainty=certain"], "first-shelling.VOICE.STANCE.SOURCE"),
        (["ev-shelling", "when=2020"], "hudna set ev-shelling.occurred when=VALUE"),
        ([DENIAL, "when=2020"], "hudna set first-shelling"),
        (
            ["ev-shelling.victim.townspeople.observers.asserts.observers-2020", "note=x"],
            "stands with ev-shelling.occurred.observers.asserts.observers-2020",
        ),
        (["courier-2020", "sentences=x"], "hudna source update courier-2020"),
        (["courier-2020#2.1", "note=x"], "hudna source update"),
        (["first-shelling", "wen=2020"], 'did you mean "when"'),
        (["first-shelling"], "KEY=VALUE"),
        (["first-shelling", "when"], "KEY=VALUE"),
        (["first-shelling", "when=2019", "when=2018"], "stands twice"),
        (["first-shelling", "when+=2019"], "no list"),
        (["first-shelling", "low=many"], "no number"),
        (["first-shelling", "object=nobody"], '"nobody"'),
        (["first-shelling", "subject="], 'key "subject" is missing'),
        (["river-guard", "mentioned-=courier-2020#4.1"], "is not in it"),
        (["river-guard", "label="], 'key "label" is missing'),
        (["first-shellin", "when=2019"], "first-shelling"),
        (["river-guard", "kinds=militai"], "militia"),
        (["river-guard", "kinds=xqzzy"], "it takes one of aidWorkers, army"),
        (["river-guard", "kinds=village"], '"village" is no value of kinds'),
        (["pigeon-post", "kinds=xqzzy"], "look for a word with: hudna terms xqzzy"),
        (["river-guard", "kind=militia"], "it has access, class, identifiers, identity, kinds, la"),
        (["ford", "kind=town"], "gazetteer"),
    ],
)
def test_what_cannot_be_is_told_with_what_can(case: Path, words: list[str], told: str) -> None:
    before = contents(case)
    result = set_(case, *words)
    assert result.exit_code in (1, 2)
    assert told in " ".join(result.stderr.split())
    assert contents(case) == before


def test_all_that_is_wrong_is_told_and_nothing_is_written(case: Path) -> None:
    before = contents(case)
    result = set_(case, "first-shelling", "when=2018", "low=many", "place=nowhere", "ends=2020-99")
    assert "no number" in result.stderr
    assert '"nowhere"' in result.stderr
    assert "ends: " in result.stderr
    assert contents(case) == before


WITHHELD = {
    "river-guard": ("withheld.dates=year", "withheld.label=Some men", "withheld.channel=yes"),
    "first-shelling": ("withheld.dates=none", "withheld.places=country"),
    "ev-shelling.occurred": ("withheld.dates=year",),
    "mill": ("withheld.ids=written", "withheld.channel=no"),
}


def withheld_in(value: Any) -> Iterator[Any]:  # noqa: ANN401 - any TOML
    """Yield each table of the name in a file."""
    if isinstance(value, dict):
        yield from (one for key, one in value.items() if key == "withheld")
    for one in value.values() if isinstance(value, dict) else value:
        if isinstance(one, dict | list):
            yield from withheld_in(one)


@pytest.mark.some(2)
@pytest.mark.parametrize("name", WITHHELD)
def test_how_coarsely_is_told_is_set_and_taken_back(case: Path, name: str) -> None:
    before = contents(case)
    for one in WITHHELD[name]:  # one by one, so that the table is made, and added to
        seen = set_(case, name, one)
        assert seen.exit_code == 0, seen.output
    found = [
        one
        for file in sorted(case.rglob("*.toml"))
        for one in withheld_in(tomllib.loads(file.read_text("utf-8")))
    ]
    values = {"yes": True, "no": False}
    expected = (one.removeprefix("withheld.").split("=") for one in WITHHELD[name])
    assert found == [{key: values.get(value, value) for key, value in expected}]
    assert set_(case, name, "withheld.dates=day" if name != "mill" else "scope=").exit_code in (
        0,
        2,
    )
    assert set_(case, name, "withheld=").exit_code == 0
    assert contents(case) == before


def test_a_table_of_its_own_is_changed_too(case: Path) -> None:
    file = case / "case.toml"
    before = file.read_text("utf-8")
    file.write_text(f'{before}\n[withheld]\n# everybody has them\nids = "written"\n', "utf-8")
    assert set_(case, "mill", "withheld.dates=year", "title=More").exit_code == 0
    text = file.read_text("utf-8")
    assert "# everybody has them" in text
    assert tomllib.loads(text)["withheld"] == {"ids": "written", "dates": "year"}
    assert tomllib.loads(text)["title"] == "More"
    assert set_(case, "mill", "withheld.ids=", "withheld.dates=").exit_code == 0
    assert "withheld" not in tomllib.loads(file.read_text("utf-8"))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["river-guard", "withheld.dates=week"], "withheld.dates: "),
        (["river-guard", "withheld.date=year"], 'did you mean "dates"'),
        (["river-guard", "withheld.ids=written"], "dates, places, channel there"),
        (["first-shelling", "withheld.label=Men"], "withheld has dates, places, channel there"),
        (["mill", "withheld.joined=So"], "withheld has ids, dates"),
        (["river-guard", "withheld=year"], "is a table"),
        (["river-guard", "withheld.channel=perhaps"], "withheld.channel: "),
        (["mill-town", "withheld.dates=year"], "is no key of mill-town"),
    ],
)
def test_what_cannot_be_told_so_is_refused(case: Path, words: list[str], told: str) -> None:
    before = contents(case)
    seen = set_(case, *words)
    assert (seen.exit_code, told in " ".join(seen.output.split())) == (2, True), seen.output
    assert contents(case) == before
