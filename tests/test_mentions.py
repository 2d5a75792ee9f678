"""Which sentences mention a thing: those listed, else those that tell of it; names propose more."""

from __future__ import annotations

import json
import shutil
import tomllib
from typing import TYPE_CHECKING

import miniature
import pytest
from click.testing import CliRunner

from graph import reader
from graph.authoring import mentions
from graph.cli import main
from graph.model import NamedThing

if TYPE_CHECKING:
    from pathlib import Path

ARABIC = "حرس النهر"


def without_list(folder: Path, *names: str) -> None:
    """Take the list of sentences away from some things."""
    for name in names:
        path = folder / f"{name}.toml"
        lines = path.read_text("utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith("mentioned")]
        assert len(kept) == len(lines) - 1
        path.write_text("".join(kept), "utf-8")


def mentioned(folder: Path) -> dict[str, list[str]]:
    case = reader.read(folder, miniature.ONTOLOGY)
    return {
        thing.id: [ref.citation for ref in thing.mentioned]
        for thing in case.things
        if isinstance(thing, NamedThing)
    }


def test_without_a_list_the_sentences_that_tell_of_a_thing_mention_it(folder: Path) -> None:
    before = mentioned(folder)
    changed = ("actors/bandits", "places/ford", "topics/pigeon-post", "actors/town-council")
    without_list(folder, *changed)
    now = mentioned(folder)
    assert now["bandits"] == ["courier-2020#4.3", "observers-2020#2.2"]
    assert now["pigeon-post"] == ["courier-2020#4.4"], "a channel"
    assert {"courier-2020#4.1", "observers-2020#3.2"} <= set(now["ford"]), "a place, an object"
    assert "courier-2020#2.2" in now["town-council"], "its own words, in a paper of others"
    others = before.keys() - {name.partition("/")[2] for name in changed}
    assert {name: now[name] for name in others} == {name: before[name] for name in others}


def test_an_author_is_not_mentioned_in_what_it_writes(folder: Path) -> None:
    without_list(folder, "actors/courier-writer")
    assert mentioned(folder)["courier-writer"] == []
    assert not [hint for hint in reader.read(folder, miniature.ONTOLOGY).hints
                if "no sentence shows" in hint.message]  # fmt: skip


def test_a_thing_that_no_sentence_shows_is_a_hint_and_no_error(folder: Path) -> None:
    scouts = 'label = "Scouts"\nclass = "ArmedGroup"\nidentity = "named"\n'
    miniature.written(folder, "actors/scouts.toml", scouts)
    told = [hint.message for hint in reader.read(folder, miniature.ONTOLOGY).hints
            if hint.file.endswith("scouts.toml")]  # fmt: skip
    assert any("no sentence shows that there is scouts" in message for message in told)


def proposals(folder: Path, text: str, *names: tuple[str, str]) -> mentions.Proposed:
    """Return what one sentence proposes to things of some names, ``thing-1`` and so on."""
    for number, (name, lang) in enumerate(names, 1):
        label = name if lang == "en" else f"Thing {number}"
        more = f"names = [{{ text = {json.dumps(name)}, lang = {json.dumps(lang)} }}]\n"
        miniature.written(
            folder,
            f"places/thing-{number}.toml",
            f'label = {json.dumps(label)}\nclass = "Place"\nkinds = ["town"]\n'
            f"{more if lang != 'en' else ''}",
        )
    case = reader.read(folder, miniature.ONTOLOGY)
    return mentions.proposed(case, {"courier-2020#4.1": text})


@pytest.mark.parametrize(
    ("name", "lang", "text", "found"),
    [
        ("Old Quay", "en", "They met at the Old Quay.", True),
        ("Old Quay", "en", "They met at the old-quay, 'old quay' it says.", True),
        ("Old Quay", "en", "The Old Quays were shut.", False),
        ("Quay", "en", "The Quay’s walls fell.", True),
        ("Quay", "en", "A quay fell.", False),
        ("quay", "en", "Quay walls fell.", True),
        ("US", "en", "They told us so.", False),
        ("US", "en", "The US told them so.", True),
        ("U.S.", "en", "The U.S. told them so.", True),
        ("St. Anne", "en", "In St Anne nobody slept.", True),
        ("Café Šárka", "en", "In the cafe Sarka nobody slept.", True),
        ("الأزهار", "ar", "وصلوا إلى الازهار ليلا", True),
        ("الأزهار", "ar", "خرجوا من الحي وبالأزهار ناموا", True),
        ("الأزهار", "ar", "عادوا للأزهار", True),
        ("الأزهار", "ar", "قطفوا أزهار الحقل", False),
        ("زيتون", "ar", "دخلوا الزيتون ثم خرجوا", True),
        ("زيتون", "ar", "وزيتونة في الحقل", False),
        ("حمص", "ar", "سافر لحمص", True),
        ("لجنة الزيتون", "ar", "قالت لجنةُ الزيتون", True),
        ("لجنة الزيتون", "ar", "وللجنة الزيتون رأي", True),
        ("Zaytūn", "ar-Latn", "The road to Zaytun is shut.", True),
    ],
)
def test_names_are_found_as_whole_words(
    folder: Path, name: str, lang: str, text: str, found: bool
) -> None:
    assert ("thing-1" in proposals(folder, text, (name, lang)).mentions) is found


def test_the_longest_name_counts_and_a_name_of_two_proposes_nothing(folder: Path) -> None:
    names = (("Quay", "en"), ("Old Quay", "en"), ("Zaytun", "ar-Latn"), ("Zaytūn", "ar-Latn"))
    found = proposals(folder, "From the Old Quay to Zaytun.", *names)
    assert found.mentions == {"thing-2": ("courier-2020#4.1",)}
    assert set(found.ambiguous.values()) == {("thing-3", "thing-4")}
    both = proposals(folder, "From the Old Quay to the Quay.", *names).mentions
    assert both == dict.fromkeys(("thing-1", "thing-2"), ("courier-2020#4.1",))


def test_boilerplate_proposes_nothing(folder: Path) -> None:
    case = reader.read(folder, miniature.ONTOLOGY)
    (passage,) = [one for one in case.sources[0].passages if one.boilerplate][:1]
    cited = f"{passage.source}#{passage.sentence}"
    assert not mentions.proposed(case, {cited: "The River Guard"}).mentions


def run(folder: Path, *words: str) -> str:
    texts = ("--texts", str(miniature.TEXTS))
    where = ("--case", "mill", "--data", str(folder.parent))
    result = CliRunner().invoke(main, [*words, *texts, *where], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_hints_tell_which_sentences_a_file_lacks(folder: Path) -> None:
    path = folder / "actors" / "river-guard.toml"
    line = next(number for number, text in enumerate(path.read_text("utf-8").splitlines(), 1)
                if text.startswith("mentioned"))  # fmt: skip
    told = [one for one in run(folder, "check", "--hints").splitlines() if "is named in" in one]
    assert len(told) == 1
    assert f"river-guard.toml:{line}: river-guard, mentioned: " in told[0]
    assert "courier-2020#3.1, courier-2020#4.2, courier-2020#4.3" in told[0]


@pytest.mark.parametrize("tables", [False, True])
def test_what_is_proposed_is_written_and_comments_stay(folder: Path, tables: bool) -> None:
    path = folder / "actors" / "river-guard.toml"
    if tables:
        without_list(folder, "actors/river-guard")
        text = f'[[names]]\ntext = {json.dumps(ARABIC)} # as they sign\nlang = "ar"\n'
        head = path.read_text("utf-8").partition("names = [")[0]
        path.write_text(f"# Who holds the ford.\n{head}{text}", "utf-8")
    else:
        path.write_text(f"# Who holds the ford.\n{path.read_text('utf-8')}", "utf-8")
    before, names = mentioned(folder), tomllib.loads(path.read_text("utf-8"))["names"]
    more = json.loads(run(folder, "mentions", "--format", "json"))["mentions"]
    assert mentioned(folder) == before, "nothing is written unless it is asked for"
    run(folder, "mentions", "--write")
    now = mentioned(folder)
    assert {name: set(now[name]) for name in now} == {
        name: {*before[name], *more.get(name, ())} for name in before
    }
    text = path.read_text("utf-8")
    assert text.startswith("# Who holds the ford.\n")
    assert ("# as they sign" in text) is tables
    assert tomllib.loads(text)["names"] == names
    assert run(folder, "mentions") == "Every sentence that names a thing is listed in its file.\n"


def test_without_texts_it_says_where_to_name_them(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    words = ["mentions", "--case", "mill", "--data", str(folder.parent)]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 2
    assert "--texts" in result.output
    shutil.copytree(miniature.TEXTS, tmp_path / "share" / "hudna" / "texts" / "mill")
    assert "river-guard: " in CliRunner().invoke(main, words).output
