"""A mapping of one's own with a mistake: it is told, with its place, before any row is read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graph.cli import main
from graph.errors import DataProblems
from graph.importers import formats
from graph.importers.meant import refuse_unknown_words
from graph.model import vocabulary
from graph.reader.terms import vocabulary_of

GOOD = Path(__file__).parents[1] / "docs" / "mapping-example.toml"
LAYOUT = "[[table]]\n"
FORMS = 'forms = ["%Y-%m-%d", "%m/%Y", "%Y"]'
TERM = """\
[[predicate]]
name = "tollsBridge"
label = "tolls the bridge of"
broader = "negotiatesWith"
definition = "The subject takes toll at a bridge of the object."
example = "The guard takes toll at the bridge of the mill."
"""
A_LABEL = 'label = "{a}"\n'
COUNTS = '"hasDeathToll"\nvalue = "{page}"\ncounts_kind = "civilian"\nmodality = "exactly"'
IS = 'is = { "ally|friend" = "sidesWith", "enemy" = "hostileTo" }'


@pytest.mark.parametrize(
    ("good", "bad", "told"),
    [
        ('id = "our-ties"', 'id = "../../evil"', "data, id: .* is no id"),
        ('id = "our-ties"', 'id = "Our Ties"', "data, id: .* is no id"),
        ('id = "our-ties"', 'id = "unknown"', "data, id: .* a word of its own"),
        ('licence = "CC-BY-4.0"', 'licence = "x"\naccess = "open"', "data, access: .*restricted"),
        ("{a} {does} {b}", "{aa}", 'unique: names "aa"'),
        ("{a} {does} {b}", "{begun}", 'unique: names "begun"'),
        (IS, 'matches = { "(ally" = "x" }', r"choose tie, matches: .*no pattern"),
        (IS, 'is = { ally = ["x"] }', "choose tie, is ally: is no text"),
        (FORMS, 'forms = ["%Q"]', "date begun, forms: .*no form of a day"),
        (FORMS, 'forms = ["%m/%d"]', "date begun, forms: .*no year"),
        (FORMS, "forms = [1]", "date begun, forms: .*no year"),
        (LAYOUT, f'{LAYOUT}delimiter = ";;"\n', "delimiter: .*one sign"),
        (LAYOUT, f'{LAYOUT}delimiter = ""\n', "delimiter: .*one sign"),
        (LAYOUT, f'{LAYOUT}quote = "ab"\n', "quote: .*one sign"),
        (LAYOUT, f'{LAYOUT}encodings = ["utf-9"]\n', 'no encoding "utf-9"'),
        (LAYOUT, f'{LAYOUT}encodings = ["rot13"]\n', 'no encoding "rot13"'),
        (LAYOUT, f"{LAYOUT}encodings = []\n", "encodings: is empty"),
        (LAYOUT, f'{LAYOUT}form = "xlsx"\n', "form: .*csv, jsonl"),
        (LAYOUT, f'{LAYOUT}null = [["x"]]\n', "null: is to be a list of texts"),
        (FORMS, f'{FORMS}\nwithin = {{ nope = ["1"] }}', 'within: names "nope"'),
        (FORMS, f'{FORMS}\nwiden = {{ page = "month" }}', "widen page: is no table"),
        ('from = "{since}"', 'from = "{tie}"', 'date begun: names "tie"'),
        ('of = "{does}"', 'of = "{tie}"', 'choose tie: names "tie"'),
        ('label = "{a}"', 'label = "{a}"\nnames = ["{page}"]', "names: each is to be a table"),
        ('label = "{a}"', 'label = "{a}"\nidentifiers = [{ scheme = "x" }]', "identifiers: each"),
        ('name = "b"', 'name = "a"', '2 are called "a"'),
        ('key = "our-actor {b}"', 'key = "{b}"', "thing 2, key: is to begin"),
        ('key = "our-actor {b}"', 'key = "x {part}"\neach = "{b}"\nsplit = ""', "split: is empty"),
        ('a = "who"', "a = []", "columns, a: is to be the name of a column"),
        ('a = "who"', 'a = "who"\nbegun = "x"', "columns, begun: .*something else"),
        ('a = "who"', 'a = "who"\nrows = "x"', "columns, rows: .*something else"),
        ('a = "who"', 'a = "who"\nB = "x"', "columns, B: is no name"),
    ],
)
def test_a_mistake_in_a_mapping_is_told(good: str, bad: str, told: str, tmp_path: Path) -> None:
    text = GOOD.read_text("utf-8")
    assert good in text
    path = tmp_path / "mine.toml"
    path.write_text(text.replace(good, bad, 1), "utf-8")
    formats.read(GOOD)
    with pytest.raises(DataProblems, match=r"\d") as caught:
        formats.read(path)
    (one, *_) = (one for one in map(str, caught.value.problems) if re.search(told, one))
    assert one.startswith(path.as_posix())


@pytest.mark.parametrize(
    ("good", "bad", "told"),
    [
        (
            'predicate = "{tie}"',
            'predicate = "figths"',
            'predicate: "figths" is not a pred.*"fights"',
        ),
        ('"sidesWith"', '"sidesWihh"', '"sidesWihh" is not a predicate; did you mean "sidesWith"'),
        ('class = "ArmedGroup"', 'class = "ArmdGroup"', '"ArmdGroup".*"ArmedGroup"'),
        (A_LABEL, f'{A_LABEL}kinds = ["militias"]\n', 'thing a, kinds: "militias".*"militia"'),
        (A_LABEL, f'{A_LABEL}kinds = ["shelling"]\n', '"shelling" is not a kind of actor'),
        (A_LABEL, f'{A_LABEL}names = [{{ text = "x", language = "Arab" }}]\n', "names, language"),
        (A_LABEL, f'{A_LABEL}gazetteer = "x"\nkind = "x"\n', "kind: is no key of a file in act"),
        ('identity = "named"\n', "", "thing a: lacks identity"),
        ('identity = "named"', 'identity = "name"', 'identity: "name".*"named"'),
        (
            'certainty = "certain"',
            'certainty = "sure"',
            'certainty: "sure" is not a certainty; .*certain',
        ),
        ('object = "b"', 'value = "3"', "sidesWith takes a thing as its object, .* a value"),
        ('"{tie}"', '"hasDeathToll"', "hasDeathToll takes a value, and here it has a thing"),
        ('"{tie}"\nobject = "b"', '"stage"\nobject = "{tie}"', 'object: "hostileTo" is not a kind'),
        ('"{tie}"\nobject = "b"', COUNTS, 'counts_kind: "civilian" .*"civilians"'),
        ('"{tie}"\nobject = "b"', COUNTS, 'modality: "exactly" .* exact,'),
        ('class = "NonGov', 'class = "Gov', "data, class: "),
    ],
)
def test_a_word_that_there_is_not_is_told(good: str, bad: str, told: str, tmp_path: Path) -> None:
    text = GOOD.read_text("utf-8")
    assert good in text
    path, rows = tmp_path / "mine.toml", tmp_path / "a.csv"
    path.write_text(text.replace(good, bad, 1), "utf-8")
    rows.write_text("who\n", "utf-8")
    args = ["import", "csv", rows, "--mapping", path, "--data", tmp_path, "--dry-run"]
    done = CliRunner().invoke(main, list(map(str, args)))
    assert done.exit_code
    assert re.search(told, " ".join(done.output.split()))


def imported(tmp_path: Path, text: str, rows: str) -> Result:
    """Import rows by a mapping into a case."""
    path, table = tmp_path / "mine.toml", tmp_path / "a.csv"
    path.write_text(text, "utf-8")
    table.write_text(rows, "utf-8")
    args = ["import", "csv", table, "--mapping", path, "--data", tmp_path, "--into", "veld",
            "--date", "2024-05-01"]  # fmt: skip
    return CliRunner().invoke(main, list(map(str, args)))


def test_words_of_rows_are_told_before_anything_is_written(tmp_path: Path) -> None:
    """A mapping may take predicates and kinds out of columns: each is told once, with its row."""
    text = GOOD.read_text("utf-8").replace('"{tie}"', '"{does}"')
    text = re.sub(r"\[table\.choose.*?(?=\[\[)", "", text, flags=re.DOTALL)
    text = text.replace(A_LABEL, f'{A_LABEL}kinds = ["{{page}}"]\n', 1)
    rows = "who,does,whom,since,page\nA,sidesWith,B,,militia\nB,backes,C,,militias\nC,backes,A,,\n"
    done = imported(tmp_path, text, rows)
    told = " ".join(done.output.split())
    assert done.exit_code == 1
    assert re.search(
        r'a\.csv: row 2\.1, predicate: "backes" is not a predicate; did you mean .*"backs"', told
    )
    assert re.search(
        r'a\.csv: row 1\.1, B, kinds: "militias" is not .*did you mean "militia"', told
    )
    assert "2 problems" in told
    assert not (tmp_path / "veld").exists()
    right = rows.replace("backes", "backs").replace("militias", "militia")
    assert imported(tmp_path, text, right).exit_code == 0
    check = ["check", "--case", "veld", "--data", str(tmp_path)]
    assert CliRunner().invoke(main, check).exit_code == 0


def test_a_unit_that_is_nearly_one_of_the_case_is_told(tmp_path: Path) -> None:
    figure = '"hasDuration"\nvalue = "{page}"\nunit = "days"'
    text = GOOD.read_text("utf-8").replace('"{tie}"\nobject = "b"', figure)
    rows = "who,does,whom,since,page\nA,ally,B,,3\n"
    assert "Note" not in (first := imported(tmp_path, text, rows)).output, first.output
    done = imported(tmp_path, text.replace('"days"', '"day"'), rows)
    told = 'table 1, statement 1, unit: no figure of the case is in "day"; did you mean "days"?'
    assert told in " ".join(done.output.split())


@pytest.mark.parametrize("name", formats.names())
def test_the_formats_of_hudna_use_words_that_there_are(name: str) -> None:
    if name != "csv":
        refuse_unknown_words(Path(name), formats.known(name), vocabulary.load())


def test_a_mapping_may_use_the_words_of_the_case(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(GOOD.read_text("utf-8").replace("sidesWith", "tollsBridge"), "utf-8")
    with pytest.raises(DataProblems):
        refuse_unknown_words(path, formats.read(path), vocabulary.load())
    folder = tmp_path / "veld"
    folder.mkdir()
    (folder / "terms.toml").write_text(TERM, "utf-8")
    words = vocabulary_of(folder, vocabulary.load())
    refuse_unknown_words(path, formats.read(path), words)
