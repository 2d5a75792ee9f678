"""What editors are told of the files is what the reader asks of them, as far as it can be told."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING, Any, cast

import jsonschema_rs
import miniature
import pytest
import tomlkit
from click.testing import CliRunner
from depth import examples
from hypothesis import given
from hypothesis import strategies as st
from miniature import ONTOLOGY, OVERLAYS, PROJECT, problems_of

from graph import reader
from graph.authoring import beginning, json_schemas
from graph.authoring.editing import editing, write_schemas
from graph.cli.main import main
from graph.errors import InputOutputError
from graph.model.textfiles import toml_of
from graph.query.results import StoredQuestion, stored_questions
from graph.reader import case, fields, schemas

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    Where = tuple[str | int, ...]

TEXTS = json_schemas.json_schemas(ONTOLOGY)
JUDGES = {name: jsonschema_rs.Draft7Validator(json.loads(text)) for name, text in TEXTS.items()}

UNSEEN = {
    "is in the name of the file or its folder": """bad-file-name id-of-another-folder repeated-id
        reserved-file-name wrong-folder-place""",
    "is that what is named is not there, or of another sort": """clause-of-another-agreement
        dangling-place dangling-question dangling-reference dangling-voice grounds-that-are-none
        judged-one-of-two-sorts judged-thing-missing no-such-passage no-such-source
        note-on-nothing question-about-nothing
        replaces-nothing resolution-of-nothing unknown-author-of-source unknown-boilerplate
        unknown-editor unknown-obligor unknown-party unknown-reread""",
    "may be said in another file": "event-without-fact",
    "is in two places, of which each is right": """begin-after-end both-unknown
        figure-known-and-unknown grounds-in-a-circle grounds-on-itself high-below-value
        judged-to-be-two-that-are-one judged-with-itself low-above-high low-above-value
        same-claim-twice
        sentence-beyond-the-text sentence-ends-before-it-starts
        sentence-twice sentences-overlap two-sources-in-one-claim withheld-with-names""",
    "is that a word takes another key, or none": """empty-claims missing-object no-claims
        object-for-a-value text-for-a-truth unknown-word-for-a-fact value-for-a-thing
        withdrawn-without-reason""",
    "is that the file has no default for it": "certainty-left-out passage-without-source",
    "is in a date": """beyond-the-calendar ends-before-it-starts event-on-no-day interval-as-begin
        no-such-day no-such-month""",
    "is a sign in a text": """broken-web-address control-character direction-changing-sign
        identifier-of-another-form
        judged-with-no-list line-separator not-nfc""",
    "is a word that is kept for something else": "reserved-id",
}
"""Mistakes that a JSON Schema does not see, by what hides them."""


def judge(name: str) -> jsonschema_rs.Draft7Validator | None:
    """Return what judges the file of this name, by the line that it would begin with."""
    line = json_schemas.first_line(name)
    return JUDGES[line.strip().rpartition("/")[2].removesuffix(".json")] if line else None


def as_json(table: object) -> Any:  # noqa: ANN401 — what JSON holds
    """Return what TOML holds as JSON has it; its dates, which no key takes, are nothing."""
    return json.loads(json.dumps(table, default=lambda _date: None))


def wrong(name: str, table: object) -> list[str]:
    """Return what its schema says against a file."""
    judging = judge(name)
    assert judging is not None, name
    return [
        f"{error.instance_path}: {error.message}" for error in judging.iter_errors(as_json(table))
    ]


def files(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(folder.rglob("*.toml")):
        yield path.relative_to(folder).as_posix(), toml_of(path)


# They are made, and they are schemas


def test_what_is_kept_is_what_is_made() -> None:
    """After a change that is meant: ``hudna schemas --write``."""
    kept = PROJECT / "data" / json_schemas.FOLDER
    assert {path.name: path.read_text("utf-8") for path in kept.iterdir()} == {
        f"{name}.json": text for name, text in TEXTS.items()
    }


@pytest.mark.parametrize("name", json_schemas.NAMES)
def test_each_is_a_schema_that_holds_all_that_it_names(name: str) -> None:
    schema = json.loads(TEXTS[name])
    jsonschema_rs.meta.validate(schema)
    named = set(_values_of("$ref", schema))
    assert named == {f"#/definitions/{key}" for key in schema["definitions"]}
    for table in (schema, *schema["definitions"].values()):
        assert table["additionalProperties"] is False


def _values_of(key: str, value: object) -> Iterator[Any]:
    """Yield what stands under a key, anywhere in a value."""
    if isinstance(value, dict) and key in value:
        yield value[key]
    within = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in within:
        yield from _values_of(key, one)


def test_every_folder_and_file_of_a_case_has_one() -> None:
    folders = [f"{folder}/x.toml" for folder in case.FOLDERS]
    lines = map(json_schemas.first_line, [*case.FILES, *folders, "answers/questions.toml"])
    assert {line.strip().rpartition("/")[2] for line in lines} == {f"{name}.json" for name in TEXTS}
    assert not any(map(json_schemas.first_line, ("README.md", "answers/x.rq", "people/x.toml")))


def test_words_are_explained_as_in_the_ontology() -> None:
    claim = json.loads(TEXTS["statements"])["definitions"]["claims"]
    stance = claim["properties"]["stance"]
    words = {one["const"]: one for one in stance["anyOf"] if "const" in one}
    assert words.keys() == ONTOLOGY.kinds["stances"] == set(stance["enum"])
    assert words["doubts"]["description"].startswith("The voice")
    assert stance["description"] != words["doubts"]["description"]
    assert claim["properties"]["at"]["deprecated"] is True


# What is right passes


FOLDERS = [miniature.FOLDER, miniature.PROJECT / "data" / miniature.CODED]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_files_that_are_right_pass(folder: Path) -> None:
    found = {name: faults for name, table in files(folder) if (faults := wrong(name, table))}
    assert found == {}


def test_a_new_case_passes() -> None:
    for name, text in beginning.begun("x", "X", "A. Coder", "en", "About x.", "CC0-1.0").items():
        if name.endswith(".toml"):
            assert text.startswith("#:schema ../")
            assert wrong(name, tomllib.loads(text)) == []


RIGHT = dict(files(miniature.FOLDER))
CHECKS = {
    json.dumps(field.check.schema): field.check
    for keys in vars(schemas.schemas(ONTOLOGY)).values()
    for field in keys.values()
    if field.check is not fields.sentences  # which leaves all to the reader
}
"""The checks whose schemas differ, by their schemas."""
JUDGED = {text: jsonschema_rs.Draft7Validator(json.loads(text)) for text in CHECKS}
WORDS = sorted({word for text in CHECKS for word in json.loads(text).get("enum", ())})
DATES = st.text("0123456789XTt:-/.,[]{}~?%+Z ", min_size=4, max_size=14) | st.sampled_from(
    ["2014-10-01T08:15", "2014-10-01 08:15:00Z", "../2015", "[2014-05, 2014-06..2015]", "201X~"]
)
PATTERNS = (
    r"[a-z0-9]{1,3}(-[a-z]){0,2}(\.c[0-9])?",
    r"[a-z]{1,3}#[0-9]\.[0-9](:[0-9]-[0-9]{2})?",
    r"https?://[a-z.]{1,9}(/[\w%?=&#]{0,5})?",
    r"[0-9a-f]{64}",
)
TEXT = st.one_of(
    DATES,
    st.text(max_size=8),
    st.sampled_from(WORDS),
    *(st.from_regex(p, fullmatch=True) for p in PATTERNS),
)
PLAIN = TEXT | st.booleans() | st.integers() | st.floats()
VALUES = PLAIN | st.lists(PLAIN, max_size=3) | st.lists(st.lists(DATES, max_size=2), max_size=2)


@examples(400)
@given(VALUES)
def test_what_a_check_takes_its_schema_takes(value: object) -> None:
    taken = [text for text, check in CHECKS.items() if check(value) is None]
    assert [text for text in taken if not JUDGED[text].is_valid(as_json(value))] == []


OLD: Mapping[str | int, str] = {"passages": "at", "channel": "via", "question": "answers"}


@pytest.mark.parametrize("date", [
    "2014-10-01T08:15:00", "2014-10-01T08:15:00Z", "2014-10-01T08:15:00+02:00", "201X", "2014-XX",
    "2014-10~/..", "/2015", "[2014-05, 2014-06..2015]", "{2014-05,2014-07?}", "2016-23",
])  # fmt: skip
def test_dates_of_every_form_pass(date: str) -> None:
    assert fields.edtf(date) is None
    assert JUDGED[json.dumps(fields.edtf.schema)].is_valid(date)


def test_former_keys_pass_where_they_are_read() -> None:
    name = "statements/control.toml"
    made = json.loads(json.dumps(RIGHT[name]).replace('"passages":', '"at":'))
    assert made != RIGHT[name]
    assert wrong(name, made) == []


def _places(value: object, at: Where = ()) -> Iterator[Where]:
    if at:
        yield at
    if isinstance(value, dict | list):
        for key, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _places(one, (*at, key))


def _changed(table: object, at: Where, change: str, value: object) -> object:
    """Return a copy of a table in which what stands at a place is dropped, renamed or replaced."""
    made = json.loads(json.dumps(table))
    within, key = made, at[-1]
    for one in at[:-1]:
        within = within[one]
    old = within.pop(key)
    if change == "rename":
        within[OLD.get(key, key)] = old
    elif change == "replace" and isinstance(key, int):
        within.insert(key, value)
    elif change == "replace":
        within[key] = value
    return made


@examples(80)
@given(st.data())
def test_what_the_reader_takes_the_schema_takes(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """A file of the example is changed somewhere; where the reader is content, so is the schema."""
    name = data.draw(st.sampled_from(sorted(RIGHT)))
    at = data.draw(st.sampled_from(list(_places(RIGHT[name]))))
    change = data.draw(st.sampled_from(["drop", "rename" if at[-1] in OLD else "drop", "replace"]))
    others = list(_values_of(str(at[-1]), list(RIGHT.values())))
    value = data.draw(st.sampled_from(others) | PLAIN if others else PLAIN)
    made = _changed(RIGHT[name], at, change, value)
    if not (faults := wrong(name, made)):
        return
    folder = miniature.copied(tmp_path_factory.mktemp("changed"))
    text = tomlkit.dumps(cast("Mapping[str, Any]", made))
    miniature.written(folder, name, text.encode("utf-8", "surrogatepass"))
    assert problems_of(folder), faults


def test_stored_questions_have_these_keys(tmp_path: Path) -> None:
    right = {"id": "q", "question": "Who?", "query": "roles", "params": {"on": "2016", "n": 3},
             "columns": ["holder"], "ordered": True, "answer": [["x"], ["y"]],
             "access": "restricted", "until": "2027-05-01"}  # fmt: skip
    assert right.keys() == set(StoredQuestion._fields)
    for key in (*right, ""):
        table = {"question": [{name: value for name, value in right.items() if name != key}]}
        (tmp_path / "questions.toml").write_text(tomlkit.dumps(table), "utf-8")
        try:
            taken = bool(stored_questions(tmp_path))
        except InputOutputError:
            taken = False
        assert taken == (not wrong("answers/questions.toml", table)), key


# What is wrong is refused, unless it is known why not


def test_what_is_wrong_is_refused_or_it_is_known_why_not() -> None:
    seen: set[str] = set()
    unseen: set[str] = set()
    for name, overlay in OVERLAYS.items():
        try:
            table = tomllib.loads(overlay.path.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError):
            continue  # which editors see
        if judge(overlay.target) and not overlay.graph:
            (seen if wrong(overlay.target, table) else unseen).add(name)
    known = [name for names in UNSEEN.values() for name in names.split()]
    assert sorted(unseen) == sorted(known)
    assert {"typo-in-predicate", "unknown-key", "missing-key", "number-as-text"} <= seen


# First lines


NEW = 'label = "Bread"\nclass = "Topic"\nmentioned = ["courier-2020#3.2"]\n'
COMMENTED = "# A remark.\n\nlabel = 'x' # another\n"


@pytest.mark.parametrize("text", [
    COMMENTED,
    "#:schema elsewhere.json\n\n" + COMMENTED,
    "# first\n#:schema ../elsewhere.json\n" + COMMENTED,
    COMMENTED.replace("\n", "\r\n"),
    "",
])  # fmt: skip
def test_a_first_line_is_put_once_and_nothing_else_changes(text: str) -> None:
    made = json_schemas.with_first_line("actors/x.toml", text)
    assert json_schemas.with_first_line("actors/x.toml", made) == made
    lines = [line for line in made.splitlines() if line.startswith("#:schema")]
    assert lines == ["#:schema ../../.schemas/actor.json"]
    kept, before = (
        [line for line in one.splitlines() if line and not line.startswith("#:schema")]
        for one in (made, text)
    )
    assert kept == before


def test_a_new_file_names_its_schema_which_is_there_then(tmp_path: Path) -> None:
    folder = miniature.copied(tmp_path)
    schema = tmp_path / json_schemas.FOLDER / "topic.json"
    with editing(folder) as edit:
        edit.write("case.toml", edit.read("case.toml") + "\n")
    with editing(folder, dry_run=True) as edit:
        edit.begin("topics/bread.toml", NEW)
    assert not schema.exists()
    with editing(folder) as edit:
        edit.append("topics/bread.toml", NEW)
        edit.append("topics/bread.toml", 'note = "Of rye."\n')
    text = (folder / "topics" / "bread.toml").read_text("utf-8")
    assert text == f'#:schema ../../.schemas/topic.json\n\n{NEW}\nnote = "Of rye."\n'
    assert schema.read_text("utf-8") == TEXTS["topic"]


def test_first_lines_lead_to_the_schemas_and_change_no_record(tmp_path: Path) -> None:
    folder = miniature.copied(tmp_path)
    write_schemas(tmp_path)
    assert beginning.add_first_lines(folder) == len(RIGHT)
    assert beginning.add_first_lines(folder) == 0
    for name in RIGHT:
        line = (folder / name).read_text("utf-8").splitlines()[0]
        assert ((folder / name).parent / line.removeprefix("#:schema ")).resolve().is_file()
    now, before = (reader.read(one, ONTOLOGY) for one in (folder, miniature.FOLDER))
    assert (now.things, now.statements) == (before.things, before.statements)


# The command


def hudna(*words: str | Path) -> str:
    result = CliRunner().invoke(main, ["schemas", *map(str, words)], catch_exceptions=False)
    return f"{result.exit_code} {result.stdout}{result.stderr}"


def test_the_command_shows_one_or_all() -> None:
    assert json.loads(hudna("actor").removeprefix("0 ")) == json.loads(TEXTS["actor"])
    assert json.loads(hudna().removeprefix("0 ")).keys() == TEXTS.keys()
    assert "did you mean" in hudna("actors")


def test_the_command_writes_schemas_and_first_lines(tmp_path: Path) -> None:
    folder = miniature.copied(tmp_path)
    assert "--write" in hudna("--first-lines", "--data", tmp_path)
    assert not (tmp_path / json_schemas.FOLDER).exists()
    assert f"{len(TEXTS)} schemas" in hudna("--write", "--data", tmp_path)
    assert (folder / "case.toml").read_text("utf-8").startswith("id")
    told = hudna("--write", "--first-lines", "--data", tmp_path)
    assert f"mill: {len(RIGHT)} files" in told
    assert (folder / "case.toml").read_text("utf-8").startswith("#:schema ../.schemas/case.json\n")
    assert problems_of(folder) == []


def test_a_new_case_comes_with_its_schemas(tmp_path: Path) -> None:
    words = ["new", "y", "--data", str(tmp_path / "data")]
    assert CliRunner().invoke(main, words, catch_exceptions=False).exit_code == 0
    assert (tmp_path / "data" / json_schemas.FOLDER / "case.json").read_text("utf-8") == TEXTS[
        "case"
    ]
