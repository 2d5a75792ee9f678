"""Secrets planted in every field of every kind of record: none comes out of a public build."""

from __future__ import annotations

import json
import re
import shutil
import stat
from typing import TYPE_CHECKING

import miniature
import pytest
from click.testing import CliRunner

import graph
from graph.build import recipe
from graph.build.leaks import rows_of_parquet
from graph.cli import watched
from graph.cli.main import main
from graph.export.formats import formats
from graph.model import RECORDS, Case, Form, Passage, specs
from graph.model.terms import HUD, RDF
from graph.read import store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from click.testing import Result

SECRETS = miniature.TESTS / "canary"
"""Files of a case whose texts are tokens, each beginning with @ and the place where it stands."""
IDS = (
    *("talk-2021", "quiet-witness", "ev-meeting", "ag-quiet", "mech-quiet", "q-quiet", "quiet-tie"),
    *("hideout", "quietlyMeets", "quiet-count", "quiet-person", "note-quiet", "guard-nickname"),
)


def token(name: str) -> str:
    """Return a text that stands nowhere else, for the place that a name tells."""
    return "Canary" + "".join(sign for sign in name.title() if sign.isalnum())


def planted(content: str) -> str:
    """Return a file with its tokens."""
    for name in names_in(content):
        content = content.replace(f"@{name}", token(name))
    return content


def names_in(content: str) -> list[str]:
    found = re.findall(r"@([A-Za-z]+(?:\.[a-z_]+| [a-z]+)*)", content)
    return sorted({*found}, key=len, reverse=True)


FILES = {
    file.relative_to(SECRETS).as_posix(): file.read_text("utf-8")
    for file in sorted(SECRETS.rglob("*.toml"))
}
NAMES = sorted({name for content in FILES.values() for name in names_in(content)})
TOKENS = [*map(token, NAMES), "قناري", "كنار", *IDS]


def with_secrets(home: Path) -> Path:
    """Write the case with all its secrets, and return its folder."""
    folder = miniature.copied(home)
    for name, content in FILES.items():
        before = (folder / name).read_text("utf-8") if (folder / name).exists() else ""
        miniature.written(folder, name, before + planted(content))
    guard = folder / "actors/river-guard.toml"
    name = f'{{ text = "{token("nickname")}", lang = "en", access = "secret" }}'
    text = guard.read_text("utf-8")
    assert "names = [" in text
    guard.write_text(text.replace("names = [", f"names = [{name}, "), "utf-8")
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the case, secrets and all, built for everybody and for its editors."""
    home = tmp_path_factory.mktemp("canary")
    with_secrets(home)
    recipe.build("mill", home, home / "public")
    recipe.build("mill", home, home / "private", private=True)
    return home


def everything(home: Path, builds: str) -> Iterator[tuple[str, bytes]]:
    """Yield all that comes out of a build, with what it is."""
    for file in sorted((home / builds / "mill").resolve().iterdir()):
        yield file.name, file.read_bytes()
    case = graph.open("mill", public=home / builds)
    for name, form in formats().items():
        actor = "river-guard" if form.holds == "actor" else None
        for file_name, chunks in case.export(name, actor=actor).files.items():
            yield f"{name}: {file_name}", b"".join(chunks)


def found_in(data: bytes) -> set[str]:
    if data[:4] == b"PAR1":  # packed, so that nothing would be found in it
        data = rows_of_parquet("a table", data)
    forms = {one: (one.encode(), json.dumps(one).strip('"').encode()) for one in TOKENS}
    return {one for one, spelled in forms.items() if any(text in data for text in spelled)}


def test_no_secret_comes_out_of_a_public_build(home: Path) -> None:
    leaks = {what: found for what, data in everything(home, "public") if (found := found_in(data))}
    assert leaks == {}


DERIVED = {
    "http://purl.org/dc/terms/title": "of an editors' build says what it is",
    HUD + "asOf": "the day of the latest source that is public",
    HUD + "toldFrom": "the first source that vouches, of those that are public",
    HUD + "toldUntil": "the last source that affirms, likewise",
    HUD + "speaksUntil": "likewise of a voice",
    HUD + "past": "as of that day",
    HUD + "withholds": "tells of what is restricted",
    HUD + "withheldClaims": "tells of claims that are",
}
"""What the public graph says of a record that the private one does not, and why."""


def test_the_public_graph_has_nothing_that_the_private_one_lacks(home: Path) -> None:
    both = [set(store.load(home / one / "mill/graph.nq")) for one in ("public", "private")]
    public, private = both
    named = {str(one.subject) for one in private}
    added = {one for one in public - private if str(one.graph_name) == "DEFAULT"}
    assert {one.predicate.value for one in added} <= DERIVED.keys()
    assert {str(one.subject) for one in added} <= named


def test_each_record_of_the_private_build_is_public_or_has_a_reason(home: Path) -> None:
    """In the builds themselves, by their graphs, and not only as records."""
    seen = hudna(home, "withheld", "--format", "json")
    assert seen.exit_code == 0, seen.output
    told = json.loads(seen.output)
    assert all(one["why"] for one in told)
    typed = [
        {
            one.subject.value.removeprefix(miniature.BASE)
            for one in store.load(home / builds / "mill/graph.nq")
            if one.predicate.value == RDF + "type" and "/mill/" in one.subject.value
        }
        for builds in ("private", "public")
    ]
    left_out = {one["id"] for one in told if not one["field"]}
    spans = {one for one in typed[0] - typed[1] if ".span-" in one}
    terms = {one for one in typed[0] if one.startswith("term/")}
    former = {"quiet-person"}  # has no type
    assert typed[0] - typed[1] - spans - terms == left_out - former
    assert {one.rpartition(".span-")[0] for one in spans} <= left_out
    assert typed[1] <= typed[0]


def test_all_of_them_are_in_the_graph_for_the_editors(home: Path) -> None:
    assert found_in((home / "private/mill/graph.nq").read_bytes()) >= {*TOKENS} - {"كنار", "قناري"}
    assert "كنار" in (home / "private/mill/graph.nq").read_text("utf-8")


def test_claims_that_are_not_public_are_in_the_tables_for_the_editors_alone(home: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    for name in ("statements", "claims"):
        public, private = (
            {row["id"] for row in pq.read_table(home / builds / f"mill/{name}.parquet").to_pylist()}
            for builds in ("public", "private")
        )
        assert public < private
        assert not any("quiet" in one for one in public)
        assert any("quiet" in one for one in private - public)
        for builds in ("public", "private"):
            found = found_in((home / builds / f"mill/{name}.parquet").read_bytes())
            assert bool(found) == (builds == "private")


def test_every_field_of_texts_has_a_canary() -> None:
    """So that a new field cannot be forgotten."""
    texts = (Form.TEXT, Form.ENGLISH, Form.NAME, Form.IDENTIFIER, Form.STEP, Form.ADDRESS)
    for record in RECORDS:
        if record in (Case, Passage):
            continue
        for field in specs(record):
            own = next(one for one in record.__mro__ if field.name in one.__annotations__)
            if field.form in texts and field.key:
                assert {f"{record.__name__}.{field.name}", f"{own.__name__}.{field.name}"} & {
                    *NAMES
                }


def hudna(home: Path, *words: str) -> Result:
    where = ("--case", "mill", "--data", str(home))
    return CliRunner().invoke(main, [words[0], *where, *words[1:]])


@pytest.mark.some(2)
@pytest.mark.parametrize("builds", ["public", "private"])
def test_leaks_finds_what_comes_out(home: Path, builds: str) -> None:
    file = home / "tokens.txt"
    lines = ["# secrets", "", *TOKENS, "River Guard"]
    file.write_text("\n".join(lines), "utf-8")
    words = ("leaks", str(file), "--case", "mill", "--public", str(home / builds))
    seen = CliRunner().invoke(main, [*words, "--format", "json"])
    assert seen.exit_code == 1
    found = {lines[one["line"] - 1]: one["places"] for one in json.loads(seen.output)}
    assert found.keys() == ({"River Guard"} if builds == "public" else {*TOKENS, "River Guard"})
    assert all("graph.nq" in places for places in found.values())
    told = CliRunner().invoke(main, list(words)).output
    assert not any(one in told for one in lines[2:])
    if builds == "public":
        file.write_text("\n".join(lines[:-1]), "utf-8")
        assert CliRunner().invoke(main, list(words)).exit_code == 0


def leaks_of(home: Path, folder: Path, *texts: str, more: tuple[str, ...] = ()) -> Result:
    file = folder / "tokens.txt"
    file.write_text("\n".join(texts), "utf-8")
    words = ["leaks", str(file), "--case", "mill", "--public", str(home / "public"), *more]
    return CliRunner().invoke(main, words)


def test_what_the_ontology_and_the_page_say_is_no_leak(home: Path, tmp_path: Path) -> None:
    ontology = ("is looked up", "nurses", "Dib Zietun", "in normal form", "getBoundingClientRect")
    whole = (home / "public/mill/graph.nq").read_text("utf-8")
    assert all(one in whole for one in ontology[:4])
    seen = leaks_of(home, tmp_path, *ontology)
    assert seen.exit_code == 0, seen.output


def test_a_word_of_the_ontology_is_one_if_the_case_says_it(home: Path, tmp_path: Path) -> None:
    """The miniature case says "truce" in labels, and kinds are called so, too."""
    seen = leaks_of(home, tmp_path, "truce", more=("--format", "json"))
    (found,) = json.loads(seen.output)
    assert "graph.nq" in found["places"]
    assert "edges.csv" in found["places"]
    (place,) = [one for one in found["at"] if one["file"] == "graph.nq"]
    line = (home / "public/mill/graph.nq").read_text("utf-8").split("\n")[place["line"] - 1]
    assert line[place["column"] - 1 :].lower().startswith("truce")


SHORT = {
    "Ali": ("Talks with Ali", "An alibi of Alice", "ALI"),
    "مي": ("تكلم مع مي", "ميناء", "ومي"),
    "علي": ("علي وغيره", "على الجسر", "لعلي"),
}
"""Short names: a text that has one, a text that does not, and how else it is written."""


@pytest.fixture(scope="module")
def briefly(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case that says something of each short name, on lines of their own."""
    folder = tmp_path_factory.mktemp("briefly")
    shutil.copytree(miniature.FOLDER, folder / "mill")
    for number, texts in enumerate(SHORT.values()):
        for at, text in enumerate(texts):
            note = f'label = "Place {number} {at}"\nclass = "Place"\nnote = "First.\\n{text}"\n'
            miniature.written(folder, f"mill/places/place-{number}-{at}.toml", note)
    recipe.build("mill", folder, folder / "public")
    return folder


def test_a_short_text_is_found_as_a_word_alone(briefly: Path, tmp_path: Path) -> None:
    seen = leaks_of(briefly, tmp_path, *SHORT, more=("--format", "json"))
    assert seen.exit_code == 1
    told = {one["line"]: one for one in json.loads(seen.output)}
    written = (briefly / "public/mill/graph.nq").read_text("utf-8")
    assert len(told) == len(SHORT)
    for line, texts in enumerate(SHORT.values(), start=1):
        times = {one["file"]: one["times"] for one in told[line]["at"]}
        assert all(one in written for one in texts)
        assert times["graph.nq"] == 2
        assert {"index.html", "graph.ttl", "sqlite (graph.sqlite)"} <= times.keys()


def test_short_texts_that_are_not_there_are_not_found(home: Path, tmp_path: Path) -> None:
    """Neither in the words of other texts, nor in code."""
    seen = leaks_of(home, tmp_path, "Ali", "Om", "Jo", "ali", "مي")
    assert seen.exit_code == 0, seen.output


def test_a_text_of_one_letter_is_refused(home: Path, tmp_path: Path) -> None:
    seen = leaks_of(home, tmp_path, "A")
    assert (seen.exit_code, "2 letters at least" in seen.output) == (2, True)


def test_so_many_files_are_told_as_are_wanted(home: Path, tmp_path: Path) -> None:
    seen = leaks_of(home, tmp_path, "River Guard", more=("--most", "3"))
    told = " ".join(seen.output.split())
    assert told.count("(line ") == 3
    assert re.search(r", and \d+ more files$", told)


def test_a_check_neither_tells_nor_counts_them(home: Path) -> None:
    seen = hudna(home, "check")
    assert (seen.exit_code, found_in(seen.output.encode())) == (0, set())
    assert "20 things and 31 statements" in seen.output  # those of the mill, and one more
    assert "27 things" in hudna(home, "check", "--private").output


def test_what_is_wrong_with_a_secret_is_told_to_its_editors_alone(
    home: Path, tmp_path: Path
) -> None:
    shutil.copytree(home / "mill", tmp_path / "mill")
    for name, old in (("actors/quiet-witness.toml", "named"), ("statements/quiet.toml", "secret")):
        file = tmp_path / "mill" / name
        wrong = file.read_text("utf-8").replace(f'"{old}"', f'"{token("wrong word")}"')
        file.write_text(wrong, "utf-8")
    seen = hudna(tmp_path, "check")
    assert seen.exit_code == 1
    assert "quiet" not in seen.output
    assert "Canary" not in seen.output
    assert "in what is not public" in seen.output
    assert token("wrong word") in hudna(tmp_path, "check", "--private").output


def test_a_private_build_is_closed_marked_and_given_to_nobody(home: Path) -> None:
    private = home / "private"
    assert stat.S_IMODE(private.stat().st_mode) == 0o700
    assert (private / ".gitignore").read_text("utf-8") == "*\n"
    assert json.loads((private / "mill/manifest.json").read_text("utf-8"))["private"] is True
    builds = ("--public", str(private))
    assert "(not public)</h1>" in (private / "mill/index.html").read_text("utf-8")
    for words in (
        ("export", *builds, "turtle"),
        ("publish", *builds, "--to", "http://127.0.0.1:9/"),
        ("serve", *builds, "--host", "192.0.2.1"),
    ):
        runner = CliRunner(env={"HUDNA_TOKEN": "x" * 20})
        seen = runner.invoke(main, [words[0], "--case", "mill", *words[1:]])
        assert (seen.exit_code, "editors alone" in seen.output) == (2, True), seen.output
    asked = CliRunner().invoke(main, ["export", "--case", "mill", *builds, "--private", "turtle"])
    assert "quiet-tie" in asked.output


def test_nothing_is_left_of_what_was_public_once(home: Path, tmp_path: Path) -> None:
    """Builds before a record was closed, and a fingerprint of files that hold it."""
    shutil.copytree(miniature.FOLDER, tmp_path / "mill")
    recipe.build("mill", tmp_path, tmp_path / "public")
    shutil.rmtree(tmp_path / "mill")
    shutil.copytree(home / "mill", tmp_path / "mill")
    built = recipe.build("mill", tmp_path, tmp_path / "public")
    assert [one for one in built.parent.iterdir() if one.is_dir()] == [built]
    assert json.loads((built / "manifest.json").read_text("utf-8"))["authored"] is None


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("statements/control.toml", 'object = "mill-town"', 'object = "quiet-witnes"'),
        ("statements/control.toml", '"courier-2020#2.1"', '"talk-2022#2.1"'),
        ("actors/quiet-witness.toml", 'access = "secret"', 'acess = "secret"'),
        ("actors/quiet-witness.toml", "label = ", "label "),
    ],
)
def test_no_message_repeats_what_is_closed(
    home: Path, tmp_path: Path, name: str, old: str, new: str
) -> None:
    shutil.copytree(home / "mill", tmp_path / "mill")
    file = tmp_path / "mill" / name
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    seen = hudna(tmp_path, "check")
    assert seen.exit_code == 1
    told = seen.output.replace("quiet-witnes ", "").replace("talk-2022", "")
    assert not any(one in told for one in TOKENS), seen.output


@pytest.mark.some(4)
@pytest.mark.parametrize(
    "name",
    [
        "actors/quiet-witness.toml~",
        "actors/#quiet-witness.toml#",
        "actors/.quiet-witness.toml.swp",
        ".#quiet-witness.toml",
        "sources/talk-2021.toml.orig",
        "actors/Quiet-Witness.toml",
        "quiet-witness",
    ],
)
def test_a_copy_that_an_editor_leaves_is_not_told_by_its_name(
    home: Path, tmp_path: Path, name: str
) -> None:
    shutil.copytree(home / "mill", tmp_path / "mill")
    secret = (tmp_path / "mill/actors/quiet-witness.toml").read_bytes()
    miniature.written(tmp_path / "mill", name, secret)
    seen = [
        hudna(tmp_path, *words)
        for words in (
            ("check",),
            ("check", "--hints"),
            ("check", "--format", "json"),
            ("build", "--public", str(tmp_path / "public")),
        )
    ]
    told = "".join(one.output for one in seen).casefold()
    assert not any(one.casefold() in told for one in TOKENS), told
    assert all("is not public" in one.output for one in seen if one.exit_code)


def test_a_watch_sees_what_a_check_does(home: Path) -> None:
    found = {
        private: watched._checked(home / "mill", miniature.ONTOLOGY, {}, private=private)
        for private in (False, True)
    }
    assert [one.case and len(one.case.things) for one in found.values()] == [20, 27]
