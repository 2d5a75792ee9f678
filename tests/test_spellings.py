"""Transliterations of a name: which are one, which are not, and where a table names a thing."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path

import miniature
import pytest
from click.testing import CliRunner

from graph import reader
from graph.authoring.identity.tables import plain, table_of
from graph.authoring.mentions import named_in, names_of
from graph.cli.main import main
from graph.errors import UsageError
from graph.model.names import skeleton, spelling, spellings

LISTS = Path(__file__).with_name("lists")
SHARED = next(
    (
        found
        for one in miniature.PROJECT.parents
        if (found := one / "shared" / "data" / "ucdp" / "ged_syria_2016-2019.csv.gz").is_file()
    ),
    None,
)
ONE = [
    ["Waer", "al-Waer", "Waar", "Wa'er", "El-Waer", "al-Wa’er", "Wa`r", "Wair", "Al Waʿr"],
    ["Nusra", "al-Nusrah", "an-Nusra", "En Nosra"],
    ["Talbiseh", "Talbisah", "Tallbisa", "Talbîseh"],
    ["Rastan", "ar-Rastan", "Ar Rastan", "al-Rastan"],
    ["Qusayr", "Quseir", "Kusair", "al-Qusayr"],
    ["Douma", "Duma", "Dooma"],
    ["Moadamiya", "Mu'adhamiyah", "Mo'adamiyya"],
    ["Deir ez-Zor", "Dayr al-Zor", "Deir az Zor"],
    ["Khalidiya", "Khaldiyeh", "al-Khalidiyya"],
]


@pytest.mark.parametrize("names", ONE, ids=lambda names: names[0])
def test_spellings_of_one_name_are_one(names: list[str]) -> None:
    assert len({spellings(name) for name in names}) == 1


def test_names_of_different_places_are_not_one() -> None:
    told = [spellings(names[0]) for names in ONE]
    assert len(set(told)) == len(told)
    for one, other in [("Waer", "War"), ("Waer", "Were"), ("Hama", "Ham"), ("Homs", "Hama"),
                       ("Waer", "Warwar"), ("Nusra", "Nasir")]:  # fmt: skip
        assert spellings(one) != spellings(other)


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [("al-Waer", "الوعر"), ("Homs", "حمص"), ("Nusra", "النصرة"), ("Talbiseh", "تلبيسة"),
     ("Rastan", "الرستن"), ("Idlib", "إدلب"), ("Daesh", "داعش"), ("Zahraa", "الزهراء"),
     ("Deir ez-Zor", "دير الزور"), ("Qusayr", "القصير"), ("Jobar", "جوبر"), ("Hama", "حماة")],
)  # fmt: skip
def test_arabic_and_latin_have_the_same_consonants(latin: str, arabic: str) -> None:
    assert skeleton(latin) == skeleton(arabic)


@pytest.mark.parametrize("word", ["", "'", "ا", "-", "7", "é", "ال", "y", "ʿ"])
def test_what_is_hardly_a_word_has_a_spelling(word: str) -> None:
    assert isinstance(spelling(word), str)
    assert isinstance(skeleton(word), str)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Shells on Al-Nahir", True),
        ("in en-Nahr and beyond", True),
        ("ElNahr is shelled", True),
        ("NAHR FALLS", True),
        ("nahr is a river", False),
        ("the Nehru stadium", False),
        ("al-Nahrawan", False),
        ("في النهر", False),
    ],
)
def test_a_text_names_a_thing_in_other_transliterations(text: str, found: bool) -> None:
    assert bool(named_in(["al-Nahr"], {"1": text}, spelt=True)) is found


def test_without_spellings_only_the_name_itself_is_found() -> None:
    texts = {"1": "Wa'er", "2": "El-Waar", "3": "the al-Waer district"}
    assert named_in(["al-Waer"], texts) == ["3"]
    assert named_in(["Waer"], texts, spelt=True) == ["1", "2", "3"]


def test_entities_are_the_signs_that_they_stand_for() -> None:
    assert plain("Wa&#8217;er &amp;#39;x&amp;#39; &lt;") == "Wa’er 'x' <"


def test_a_table_tells_what_is_wrong_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    for text, told in (
        ("a,b\n1,2,3\n", "t.csv:2: has 3 values for 2 columns"),
        ("", "its first line names no columns"),
        ('a,b\n"1,2\n', "t.csv:2"),
    ):
        path.write_text(text, "utf-8")
        with pytest.raises(UsageError) as error:
            table_of(path)
        assert told in str(error.value)


def test_rows_of_a_table_that_name_a_thing_are_told() -> None:
    where = ["--data", str(miniature.DATA), "--case", "mill"]
    words = ["mill-town", "--in", str(LISTS / "sides.csv"), "--column", "source_headline"]
    run = CliRunner(env={"COLUMNS": "80"}).invoke
    told = run(main, ["mentions", *words, *where, "--format", "json"], catch_exceptions=False)
    assert [row["id"] for row in json.loads(told.stdout)["rows"]] == ["1", "3"]
    told = run(main, ["mentions", *words, *where])
    assert max(map(len, told.stdout.splitlines())) <= 80
    words[-1] = "headline"
    told = run(main, ["mentions", *words, *where])
    assert told.exit_code == 2
    assert 'there is no column "headline"' in told.stderr
    assert run(main, ["mentions", "mill-town", *where]).exit_code == 2


@pytest.mark.homs
@pytest.mark.skipif(SHARED is None, reason="needs the events of UCDP")
def test_headlines_that_name_a_quarter_are_found() -> None:
    """Of a hundred rows read by hand at least 95 in 100 are found, and two others at most."""
    assert SHARED is not None
    told = {row["id"]: row["named"] == "yes"
            for row in table_of(LISTS / "named-in-headlines.csv").rows}  # fmt: skip
    assert len(told) == 100
    rows = csv.DictReader(io.StringIO(gzip.decompress(SHARED.read_bytes()).decode("utf-8-sig")))
    texts = {row["id"]: plain(f"{row['source_headline']} | {row['where_coordinates']}")
             for row in rows if row["id"] in told}  # fmt: skip
    names = names_of(reader.read(miniature.HOMS, miniature.ONTOLOGY), "waer")
    found = set(named_in(names, texts, spelt=True))
    named = {one for one, yes in told.items() if yes}
    assert len(found & named) >= 0.95 * len(named)
    assert len(found - named) <= 2
