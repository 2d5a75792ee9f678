"""A source is added, cut otherwise, brought up to another text; what cites it follows exactly."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shlex
import shutil
import stat
import sys
import tomllib
import zipfile
from collections import Counter
from typing import TYPE_CHECKING

import docx
import miniature
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from graph import reader
from graph.authoring.about import language_of
from graph.authoring.authored import Authored
from graph.authoring.documents import MOST_BYTES, Document, document, plain
from graph.cli import main
from graph.errors import HudnaError
from graph.model import Passage
from graph.model.keys import write_key
from graph.reader.moved import as_before, moved
from graph.reader.sentences import Sentence, fingerprint, recut, sentences

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

NOTE = """A note from the ford

Jane Doe spoke to Gen. Miller at 4 p.m. on Friday. He said "nobody crossed." She doubted it.
The ferry ran again on 3 May. Eleven people used it. No. 7 was the last.
"""
SAID = [
    "--title", "A note", "--publisher", "The Ford", "--author", "Jane Doe", "--date", "2020-05-04",
    "--date-basis", "Printed on it.", "--language", "en",
]  # fmt: skip
PLACES = 'cue = ["note#2.3:4-11"], passages = ["note#2.3", "note#2.2"]'
CITING = """

[[statement]]
id = "jane-distrusts"
subject = "jane-doe"
predicate = "distrusts"
object = "river-guard"
claims = [
  # note#2.3 is where she says so
  { voice = "jane-doe", stance = "asserts", certainty = "certain", @ },
]
"""


class Desk:
    """A copy of the miniature case, a folder for its texts, and the command."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.case = shutil.copytree(miniature.DATA / "mill", folder / "data" / "mill")
        self.texts = folder / "texts"

    def run(self, *words: str, stdin: bytes | None = None) -> Result:
        places = ["--case", "mill", "--data", str(self.folder / "data")]
        if words[0] != "check":
            places += ["--texts", str(self.texts)]
        return CliRunner().invoke(main, [*words, *places], input=stdin)

    def done(self, *words: str) -> Result:
        result = self.run(*words)
        assert result.exit_code == 0, result.output
        return result

    def file(self, text: str | bytes, name: str = "note.txt") -> str:
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    def added(self, text: str = NOTE, *words: str) -> Result:
        return self.done("source", "add", self.file(text), *SAID, *words)

    def cited(self) -> None:
        with (self.case / "statements" / "control.toml").open("a") as file:
            file.write(CITING.replace("@", PLACES))

    def source(self, name: str = "note") -> dict[str, object]:
        return tomllib.loads((self.case / "sources" / f"{name}.toml").read_text())

    def contents(self) -> dict[str, bytes]:
        return {str(p): p.read_bytes() for p in self.folder.rglob("*") if p.is_file()}

    def claim(self) -> tuple[str, ...]:
        case = reader.read(self.case, miniature.ONTOLOGY)
        (said,) = (one for one in case.statements if one.id == "jane-distrusts")
        (claim,) = said.claims
        return (*(ref.citation for ref in claim.passages), *claim.cue)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_source_is_added_with_its_text_and_its_author(desk: Desk) -> None:
    told = desk.added(NOTE, "--boilerplate", "3.3").output
    assert "    2.2  He said " in told
    assert "    3.3- No. 7" in told
    kept = desk.texts / "note.txt"
    assert kept.read_text() == NOTE
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(desk.texts.stat().st_mode) == 0o700
    source = desk.source()
    assert source["authors"] == ["jane-doe"]
    assert source["boilerplate"] == ["3.3"]
    assert "url" not in source
    actor = tomllib.loads((desk.case / "actors" / "jane-doe.toml").read_text())
    assert actor["mentioned"] == ["note#2.1"]
    desk.done("check")
    assert "note: 7 of 7 sentences match note.txt" in desk.run("verify").output


def test_a_trial_writes_nothing_and_asks_for_nothing(desk: Desk) -> None:
    file = desk.file(NOTE)
    before = desk.contents()
    assert "2.1  Jane" in desk.done("source", "add", file, "--dry-run").output
    assert desk.contents() == before


def test_all_that_is_missing_is_told_at_once_and_nothing_is_written(desk: Desk) -> None:
    file = desk.file(NOTE)
    before = desk.contents()
    result = desk.run("source", "add", file, "--author", "nobody-known", "--title", "A note")
    assert result.exit_code == 2
    for option in ("--publisher", "--date ", "--date-basis", "nobody-known"):
        assert f"{option}" in result.stderr
    assert "--title" not in result.stderr
    assert "--language" not in result.stderr
    assert desk.contents() == before


ARABIC = "عادت العبارة في الثالث من أيار.\n"


@pytest.mark.parametrize(
    ("text", "said", "known", "right"),
    [
        (NOTE, "", ("en", "en", "en"), "en"),
        (NOTE, "en-GB", ("en", "en", "en"), "en"),
        (NOTE, "de", ("en", "en", "en"), ""),
        (NOTE, "", ("en", "en", "ar"), ""),
        (NOTE, "", ("xyz", "xyz", "xyz"), ""),
        (ARABIC, "", ("en", "en", "en"), ""),
        (ARABIC, "", ("ar", "ar", "ar"), "ar"),
        (ARABIC, "", ("ar-Latn", "ar-Latn", "ar-Latn"), ""),
        ("1914, 1918.\n", "", ("en", "en", "en"), ""),
    ],
)
def test_a_source_is_in_the_one_language_of_a_case_if_its_text_may_be(
    desk: Desk, text: str, said: str, known: tuple[str, ...], right: str
) -> None:
    files = [desk.case / "case.toml", *(desk.case / "sources").iterdir()]
    for language, path in zip(known, files, strict=True):
        old = path.read_text("utf-8")
        path.write_text(old.replace('language = "en"', f'language = "{language}"'), "utf-8")
    assert language_of(Authored(desk.case), Document(text, {"language": said})) == right


def test_the_language_that_nobody_gave_is_told(desk: Desk) -> None:
    told = desk.done("source", "add", desk.file(NOTE), *SAID[:-2]).output
    assert "taken to be in English, as all of the case" in " ".join(told.split())
    assert desk.source()["language"] == "en"
    assert (
        "taken to be" not in desk.done("source", "add", desk.file(NOTE), *SAID, "--id", "b").output
    )


@pytest.mark.parametrize("name", ["courier-writer", "Writer of the Courier"])
def test_an_author_who_is_an_actor_is_none_anew(desk: Desk, name: str) -> None:
    before = sorted((desk.case / "actors").iterdir())
    words = [name if word == "Jane Doe" else word for word in SAID]
    desk.done("source", "add", desk.file(NOTE), *words)
    assert desk.source()["authors"] == ["courier-writer"]
    assert sorted((desk.case / "actors").iterdir()) == before


def test_what_the_model_refuses_leaves_neither_case_nor_text(desk: Desk) -> None:
    words = ["yesterday" if word == "2020-05-04" else word for word in SAID]
    file = desk.file(NOTE)
    before = desk.contents()
    result = desk.run("source", "add", file, *words)
    assert result.exit_code == 1
    assert "sources/note.toml" in result.stderr
    assert desk.contents() == before


@pytest.mark.parametrize("place", ["repository/.git", "data/texts"])
def test_a_text_is_kept_neither_with_the_case_nor_in_a_repository(desk: Desk, place: str) -> None:
    (desk.folder / place).mkdir(parents=True)
    desk.texts = (desk.folder / place).parent / "texts"
    result = desk.run("source", "add", desk.file(NOTE), *SAID)
    assert result.exit_code == 2
    assert not (desk.case / "sources" / "note.toml").exists()
    assert not list(desk.texts.glob("*")) if desk.texts.exists() else True


class Scan:
    """What reads a PDF."""

    class PdfiumError(Exception):
        """None is raised."""

    def __init__(self, data: bytes) -> None:
        self.words = data.decode().removeprefix("%PDF-")

    def __enter__(self) -> list[Scan]:
        return [self]

    def __exit__(self, *_: object) -> None:
        pass

    def get_textpage(self) -> Scan:
        return self

    def get_text_range(self) -> str:
        return self.words


@pytest.fixture
def pdf(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setitem(sys.modules, "pypdfium2", Scan)
    monkeypatch.setattr(Scan, "PdfDocument", Scan, raising=False)
    return desk.file("%PDF-The words.", "scan.pdf")


def test_a_proposal_that_was_corrected_is_not_written_over(desk: Desk, pdf: str) -> None:
    desk.done("source", "add", pdf, "--dry-run")
    assert not desk.texts.exists()
    desk.done("source", "add", pdf)
    desk.done("source", "add", pdf)
    proposal = desk.texts / "scan.proposal.txt"
    assert stat.S_IMODE(proposal.stat().st_mode) == 0o600
    proposal.write_text("The corrected words.")
    result = desk.run("source", "add", pdf)
    assert (result.exit_code, proposal.read_text()) == (2, "The corrected words.")


@pytest.mark.parametrize("words", [["--id", "../x"], ["--texts", "data/mill/sources"]])
def test_a_proposal_is_kept_where_a_text_is(desk: Desk, pdf: str, words: list[str]) -> None:
    before = desk.contents()
    if words[0] == "--texts":
        desk.texts = desk.folder / words[1]
        words = []
    result = desk.run("source", "add", pdf, *words)
    assert result.exit_code == 2
    assert desk.contents() == before


@pytest.mark.parametrize("source", ["../case", "../actors/observers", "/etc/x", ""])
@pytest.mark.parametrize("does", ["show", "update"])
def test_a_path_is_no_source(desk: Desk, does: str, source: str) -> None:
    result = desk.run("source", does, source, *[desk.file(NOTE)] * (does == "update"))
    assert result.exit_code == 2
    assert "there is no source" in result.stderr
    assert not desk.texts.exists()


def test_a_text_too_long_for_one_source_is_told_as_such(desk: Desk) -> None:
    before = desk.contents()
    result = desk.run("source", "add", desk.file("Go. " * 25_000), *SAID)
    assert result.exit_code == 74
    assert "25000 sentences is too long" in result.stderr
    assert desk.contents().keys() - before.keys() == {str(desk.folder / "note.txt")}


def test_what_is_no_text_is_told(desk: Desk) -> None:
    before = desk.contents()
    result = desk.run("source", "add", desk.file(NOTE), *SAID, "--title", "a\udcffb")
    assert result.exit_code == 2
    assert "UTF-8" in result.stderr
    assert desk.contents().keys() - before.keys() == {str(desk.folder / "note.txt")}


def test_standard_input_gets_its_id_from_the_title(desk: Desk) -> None:
    result = desk.run(
        "source", "add", "-", *SAID, stdin=NOTE.replace("\n", "\r\n").encode("utf-16")
    )
    assert result.exit_code == 0, result.output
    assert (desk.texts / "a-note.txt").read_text() == NOTE


def test_a_source_that_is_there_is_not_written_over(desk: Desk) -> None:
    desk.added()
    before = desk.contents()
    result = desk.run("source", "add", desk.file(NOTE), *SAID)
    assert result.exit_code == 2
    assert "--replace" in result.stderr
    assert desk.contents() == before


def test_cut_otherwise_what_is_said_and_what_cites_stays(desk: Desk) -> None:
    desk.added()
    desk.cited()
    kept = str(desk.texts / "note.txt")
    again = ["source", "add", kept, "--id", "note", "--replace"]
    desk.done(*again, "--join", "2.2", "--split", "3.1:16", "--url", "https://example.org/n")
    assert desk.claim() == ("note#2.2", "note#2.2:30-37")
    source = desk.source()
    assert (source["title"], source["url"]) == ("A note", "https://example.org/n")
    assert [row[0] for row in source["sentences"]][-4:] == ["3.1", "3.2", "3.3", "3.4"]  # type: ignore[attr-defined]
    desk.done(*again)
    assert [row[0] for row in desk.source()["sentences"]][-4:] == ["3.1", "3.2", "3.3", "3.4"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "cuts"),
    [
        ("One sentence alone.\n", {"--split"}),
        ("Alone.\n", set()),
        ("A.\n\nSome more words here.\n\nOne.\n", {"--split"}),
        ("First one. Second one.\n", {"--join", "--split"}),
        ("Title\n\nHere it is. There it is, and longer.\n", {"--join", "--split"}),
    ],
)
def test_what_is_proposed_after_a_source_is_added_works(
    desk: Desk, text: str, cuts: set[str]
) -> None:
    (desk.folder / "new.txt").write_text(text)
    told = " ".join(desk.done("source", "add", str(desk.folder / "new.txt"), *SAID).output.split())
    command = re.search(r"wrongly cut\? hudna (.*?) --case", told)
    assert {one for one in ("--join", "--split") if one in told} == cuts
    assert bool(command) == bool(cuts)
    if command:
        redone = desk.run(*shlex.split(command[1]))
        assert not redone.exit_code or "--accept-changes" in redone.output, redone.output
    cited = re.search(r"asserts (\S+)#([\d.]+)\"", told)
    assert cited
    assert cited[2] in {one.number for one in sentences(text)}


def test_citations_follow_what_moved_in_every_file(desk: Desk) -> None:
    desk.added(NOTE, "--boilerplate", "1.1", "--join", "3.1")
    desk.cited()
    (desk.case / "README.md").write_text("As note#2.3 says; a-note#2.3 and note#2.31 do not.\n")
    (desk.case / "own.rq").write_text("# a-note.2.3 x.note.2.3\nASK { <case/mill/note.2.3> ?p ?o }")
    file = desk.file("Found in a box\n\n" + NOTE, "new.txt")
    told = desk.done("source", "update", "note", file).output
    assert "6 moved by +16, 1 new" in told
    assert desk.claim() == ("note#3.3", "note#3.2", "note#3.3:4-11")
    text = (desk.case / "statements" / "control.toml").read_text()
    assert "# note#3.3 is where" in text
    readme = (desk.case / "README.md").read_text()
    assert readme == "As note#3.3 says; a-note#2.3 and note#2.31 do not.\n"
    query = (desk.case / "own.rq").read_text()
    assert query == "# a-note.2.3 x.note.2.3\nASK { <case/mill/note.3.3> ?p ?o }"
    source = desk.source()
    assert source["boilerplate"] == ["2.1"]
    assert "reread" not in source
    assert (desk.texts / "note.txt").read_text().startswith("Found in a box")
    assert "note: 7 of 7 sentences match" in desk.run("verify").output


@pytest.mark.parametrize(
    "head",
    ['[defaults]\nsource = "note"', "defaults.source = 'note'", 'defaults = { "source" = "note" }'],
)
def test_bare_numbers_follow_however_they_are_written(desk: Desk, head: str) -> None:
    desk.added()
    table = CITING.replace(
        "@",
        """cue = ['2.3:4-11'], passages = [ # [2.3] and
    "2.3", # so ]
    '2.2',
    \"\"\"3.1\"\"\" ]""",
    )
    (desk.case / "statements" / "bare.toml").write_text(f"{head}\n{table}")
    desk.done("source", "update", "note", desk.file("In a box\n\n" + NOTE, "new.txt"))
    assert desk.claim() == (
        "note#3.3", "note#3.2", "note#4.1", "note#3.3:4-11",
    )  # fmt: skip


def test_what_is_joined_stands_in_a_list_once(desk: Desk) -> None:
    desk.added()
    said = 'passages = [ "note#2.2", # ]\n "note#2.3", # "2.3"\n "note#3.1" ]'
    with (desk.case / "statements" / "control.toml").open("a") as file:
        file.write(CITING.replace("@", said))
    kept = str(desk.texts / "note.txt")
    desk.done("source", "add", kept, "--id", "note", "--replace", "--join", "2.2")
    assert desk.claim() == ("note#2.2", "note#3.1")
    assert '# "2.3"' in (desk.case / "statements" / "control.toml").read_text()


def test_where_citations_cannot_be_told_nothing_is_renumbered(desk: Desk) -> None:
    desk.added()
    (desk.case / "statements" / "bare.toml").write_text(
        '[defaults]\nsource = "note"\n[[statement]\npassages = ["2.3"]\n'
    )
    before = desk.contents()
    result = desk.run("source", "update", "note", desk.file("Box\n" + NOTE, "note.txt"))
    assert result.exit_code == 1
    assert "statements/bare.toml:3: is not valid TOML" in result.stderr
    assert {k: v for k, v in desk.contents().items() if "note.txt" not in k} == {
        k: v for k, v in before.items() if "note.txt" not in k
    }


def test_reasons_beside_numbers_stay_where_sentences_move(desk: Desk) -> None:
    desk.added()
    desk.done("coverage", "--nothing", "note#2.1", "--reason", "When they met.")
    desk.done("coverage", "--nothing", "note#1.1", "note#3.2", "--reason", "A title")
    changed = NOTE.replace(" Eleven people used it.", "")
    desk.done("source", "update", "note", desk.file("Found in a box\n\n" + changed, "new.txt"))
    assert desk.source()["nothing"] == ["3.1", "2.1"]
    text = (desk.case / "sources" / "note.toml").read_text()
    assert re.search(r'"3.1",? # When they met\.\n\s*"2.1",? # A title\n\]', text)


def test_where_there_is_one_source_a_sentence_is_named_by_its_number(desk: Desk) -> None:
    at = ["--case", "box", "--data", str(desk.folder / "data")]
    new = ["new", "box", "--title", "A box", "--editor", "A. Coder"]
    add = ["source", "add", desk.file(NOTE), *SAID, "--texts", str(desk.texts)]
    mark = ["coverage", "--nothing", "1.1"]
    for words in ([*new, *at[2:]], [*add, *at], [*mark, *at]):
        result = CliRunner().invoke(main, words)
        assert result.exit_code == 0, result.output
    assert result.output == "note#1.1: marked as nothing to code\n"


def test_a_changed_sentence_that_is_cited_stops_all_unless_it_is_accepted(desk: Desk) -> None:
    desk.added()
    desk.cited()
    file = desk.file(NOTE.replace("doubted", "never doubted"), "new.txt")
    before = desk.contents()
    result = desk.run("source", "update", "note", file)
    assert result.exit_code == 1
    assert "1 changed; 1 claim to be read again" in result.output
    text = (desk.case / "statements" / "control.toml").read_text()
    line = text[: text.index(PLACES)].count("\n") + 1
    assert f"statements/control.toml:{line}: statement jane-distrusts" in result.output
    assert desk.contents() == before
    desk.done("source", "update", "note", file, "--accept-changes")
    assert desk.claim()[0] == "note#2.3"
    assert desk.source()["reread"] == ["2.3"]
    hints = desk.done("check", "--hints").output
    assert f"control.toml:{line}" in hints
    assert "note#2.3 reads otherwise now" in hints
    assert desk.run("coverage", "--read", "note#9.9").exit_code == 2
    assert desk.run("coverage", "--read").exit_code == 2
    assert "none of them" in desk.done("coverage", "--read", "note#2.2").output
    assert (
        desk.done("coverage", "--read", "note#2.3", "note#2.2").output == "note#2.3: read again\n"
    )
    assert "reread" not in desk.source()
    assert "reads otherwise" not in desk.done("check", "--hints").output


def test_a_sentence_that_is_gone_and_cited_is_never_given_up(desk: Desk) -> None:
    desk.added()
    desk.cited()
    file = desk.file(NOTE.replace(" She doubted it.", ""), "new.txt")
    before = desk.contents()
    result = desk.run("source", "update", "note", file, "--accept-changes")
    assert result.exit_code == 1
    assert "where 2.3 stood" in result.stderr
    assert desk.contents() == before


def test_sentences_are_shown_with_or_without_the_text(desk: Desk) -> None:
    desk.added()
    rows = json.loads(desk.done("source", "show", "note", "--format", "json").output)
    assert rows[0]["text"] == "A note from the ford"
    (desk.texts / "note.txt").unlink()
    assert "1.1  [characters 0 to 20]" in desk.done("source", "show", "note").output
    assert desk.run("source", "show", "nota").exit_code == 2


def test_verify_tells_what_moved(desk: Desk) -> None:
    desk.added()
    (desk.texts / "note.txt").write_text(NOTE.replace("A note", "A not"))
    result = desk.run("verify")
    assert result.exit_code == 1
    assert "6 moved by -1, 1 changed" in result.stderr
    assert "hudna source update note" in result.stderr
    assert "note#2.1" not in result.stderr


# Documents


def test_all_forms_come_to_one_text() -> None:
    for made in (b"\xef\xbb\xbfA.\r\nB.\n", b"A.\rB.\n", "A.\nB.\n".encode("utf-16")):
        assert document(made, "x.txt").text == "A.\nB.\n"
    decomposed = "e\u0301 \u202bx\u202c"
    assert document(decomposed.encode(), "x.txt").text == decomposed


def test_a_page_is_proposed_and_its_menu_is_not() -> None:
    page = (
        "<!doctype html><html lang='en'><head><title>Truce at the mill</title>"
        "<meta property='og:site_name' content='The Courier'>"
        "<meta property='article:published_time' content='2020-06-10'></head><body>"
        "<nav><a href='/'>Home of all</a></nav><article><h1>Truce at the mill</h1>"
        "<p>The council of the town met on Tuesday and spoke about the ford for an hour.</p>"
        "<p>Nobody signed anything, and the guard stayed where it was for the night.</p>"
        "</article></body></html>"
    )
    found = document(page.encode(), "x")
    assert [line[:7] for line in found.text.splitlines()] == ["Truce a", "The cou", "Nobody "]
    assert found.proposed["publisher"] == "The Courier"
    assert found.proposed["date"] == "2020-06-10"


def packed(made: docx.document.Document) -> bytes:
    into = io.BytesIO()
    made.save(into)
    return into.getvalue()


def test_a_docx_gives_paragraphs_and_cells_in_their_order() -> None:
    made = docx.Document()
    made.add_paragraph("One.")
    table = made.add_table(1, 2)
    table.cell(0, 0).text = "a"
    table.cell(0, 1).text = "b\tc"
    made.add_paragraph("Two.")
    assert document(packed(made), "x.docx").text.split("\n") == ["One.", "a", "b\tc", "Two."]


def repacked(name: str, change: bytes) -> bytes:
    """Return a DOCX in which some bytes stand at the beginning of a part."""
    into = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(packed(docx.Document()))) as old,
        zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for one in old.namelist():
            new.writestr(one, (change if one == name else b"") + old.read(one))
    return into.getvalue()


BAD: dict[str, Callable[[], bytes]] = {
    "unpacks to more": lambda: repacked("word/document.xml", b" " * 200_000_000),
    "document type": lambda: repacked("word/document.xml", b'<!DOCTYPE x [<!ENTITY a "b">]>'),
    "cannot be read as DOCX": lambda: repacked("word/document.xml", b"<"),
    "cannot be unpacked": lambda: b"PK\x03\x04 and no more",
    "zero bytes": lambda: b"a\0b",
    "not UTF-8": lambda: "é".encode("latin-1"),
    "no text": " \n\u200f".encode,
    "no article": lambda: b"<html><body></body></html>",
    "is the most": lambda: b"x" * (MOST_BYTES + 1),
}


@pytest.mark.parametrize("told", BAD)
def test_a_hostile_document_is_refused_in_words(told: str) -> None:
    with pytest.raises(HudnaError, match=told):
        document(BAD[told](), "file")


def test_a_package_that_is_no_docx_is_refused() -> None:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as package:
        package.writestr("x", "y")
    with pytest.raises(HudnaError, match="no DOCX"):
        document(into.getvalue(), "file")


@given(st.binary(max_size=300))
def test_any_bytes_are_a_text_or_refused_in_words(data: bytes) -> None:
    try:
        found = document(data, "file")
    except HudnaError:
        return
    assert found.text == plain(found.text)
    assert "\r" not in found.text


def test_short_lines_are_told_and_joined() -> None:
    text = "The council\nmet and\nspoke of\nthe ford\nfor an hour\nand more.\n\nThen it\nwent.\n"
    assert document(text.encode(), "x").remarks
    made = document(text.encode(), "x", unwrap=True)
    assert (
        made.text
        == "The council met and spoke of the ford for an hour and more.\n\nThen it went.\n"
    )
    assert not made.remarks


# What moved, against an oracle that counts


def indexed(text: str, found: list[Sentence]) -> list[Passage]:
    return [
        Passage(id="", source="s", sentence=number, start=start, end=end,
                sha256=fingerprint(text[start:end]))
        for number, start, end in found
    ]  # fmt: skip


SAYINGS = st.lists(
    st.lists(st.sampled_from(["One.", "Two.", "Three is.", "Four and x.", "5 men."]), min_size=1),
    max_size=5,
)


def written(paragraphs: list[list[str]]) -> str:
    return "\n".join(" ".join(one) for one in paragraphs)


@given(SAYINGS, SAYINGS)
def test_only_what_is_equal_is_found_and_as_much_as_there_is(
    before: list[list[str]], now: list[list[str]]
) -> None:
    old, new = written(before), written(now)
    cut = {one.number: new[one.start : one.end] for one in sentences(new)}
    had = {one.number: old[one.start : one.end] for one in sentences(old)}
    found = moved(indexed(old, sentences(old)), new, sentences(new))
    assert all(had[a] == cut[b] for a, b in found.found.items())
    assert len(set(found.found.values())) == len(found.found)
    common = Counter(had.values()) & Counter(cut.values())
    assert Counter(had[a] for a in found.found) == common
    assert sorted([*found.found, *found.changed, *found.lost]) == sorted(had)
    assert not set(found.changed.values()) & set(found.found.values())


@given(SAYINGS)
def test_of_equal_sentences_the_order_is_kept(paragraphs: list[list[str]]) -> None:
    text = written(paragraphs)
    found = moved(indexed(text, sentences(text)), f"Head\n{text}", sentences(f"Head\n{text}"))
    assert found.found == {
        one.number: f"{int(one.number.split('.')[0]) + 1}.{one.number.split('.')[1]}"
        for one in sentences(text)
    }
    assert (found.new, found.stayed) == (1, 0)


@given(SAYINGS, st.data())
def test_what_was_cut_by_hand_is_cut_again(said: list[list[str]], data: st.DataObject) -> None:
    once = [[f"N{p}{s} {one}" for s, one in enumerate(own)] for p, own in enumerate(said)]
    for text in (written(said), written(once)):
        found = sentences(text)
        first = [one.number for one in found if one.number.endswith(".1")]
        join = [one for one in first if one[:-1] + "2" in {other.number for other in found}][:1]
        joined = {*join, *(f"{one[:-1]}2" for one in join)}
        rest = [one.number for one in found if one.number not in joined]
        split = [f"{data.draw(st.sampled_from(rest))}:2"] if rest else []
        cut = recut(text, found, join, split)
        assert as_before(indexed(text, cut), text) == cut
    moved_on = as_before(indexed(text, cut), f"Head\n{text}")
    assert [(one.start - 5, one.end - 5) for one in moved_on[1:]] == [one[1:] for one in cut]


def test_texts_are_looked_for_where_they_are_kept(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(desk.folder / "home"))
    words = ["--case", "mill", "--data", str(desk.folder / "data")]
    assert CliRunner().invoke(main, ["verify", *words]).exit_code == 2
    file = desk.file(NOTE)
    result = CliRunner().invoke(main, ["source", "add", file, *SAID, *words])
    assert result.exit_code == 0, result.output
    assert (desk.folder / "home" / "hudna" / "texts" / "mill" / "note.txt").is_file()
    assert "note: 7 of 7" in CliRunner().invoke(main, ["verify", *words]).output


def test_a_source_called_as_its_new_author_is_told_to_take_another_id(desk: Desk) -> None:
    file = desk.file(NOTE)
    before = desk.contents()
    result = desk.run("source", "add", file, *SAID, "--id", "jane-doe")
    assert result.exit_code == 2
    assert "give the source another one with --id" in " ".join(result.output.split())
    assert desk.contents() == before


def test_with_a_key_no_sentence_can_be_confirmed_without_it(desk: Desk) -> None:
    """The index, its renewal and the comparison, each with the key and without."""
    key = desk.folder / "case.key"
    keyed = ("--keyed", "--key-file", str(key))
    refused = desk.run("source", "add", desk.file(NOTE), *SAID, "--keyed")
    assert "--keyed needs the key" in refused.output
    made = write_key(key)
    desk.added(NOTE, *keyed)
    found = desk.source()
    sentence = found["sentences"][1]  # type: ignore[index]
    words = NOTE[sentence[1] : sentence[2]]
    assert (found["key"], sentence[3]) == (made.id, made.fingerprint(words))
    assert hashlib.sha256(words.encode()).hexdigest() not in str(found)
    for other in (desk.texts / "note.txt").read_text(), NOTE + "\nA line.\n":
        file = desk.file(other, "other.txt")
        refused = desk.run("source", "update", "note", file)
        assert (refused.exit_code, made.id in refused.output) == (2, True), refused.output
        desk.done("source", "update", "note", file, "--key-file", str(key))
        assert desk.source()["key"] == made.id
    told = json.loads(desk.run("verify", "--format", "json").output)
    (note,) = (one for one in told if one["source"] == "note")
    assert (note["matched"], "made with the key" in note["mismatches"][0]["reason"]) == (0, True)
    told = json.loads(desk.run("verify", "--format", "json", "--key-file", str(key)).output)
    (note,) = (one for one in told if one["source"] == "note")
    assert note["matched"] == note["sentences"] > 0
    assert note["whole"]
    other_key = desk.folder / "other.key"
    write_key(other_key)
    assert made.id in desk.run("verify", "--key-file", str(other_key)).output


def test_a_plain_index_becomes_a_keyed_one(desk: Desk) -> None:
    desk.added()
    desk.cited()
    key = desk.folder / "case.key"
    made, before = write_key(key), desk.claim()
    file = str(desk.texts / "note.txt")
    desk.done("source", "update", "note", file, "--keyed", "--key-file", str(key))
    assert desk.source()["key"] == made.id
    assert desk.claim() == before
