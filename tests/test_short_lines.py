"""Short lines of ``hudna add``: the same files as the long form, and nothing is guessed."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import miniature
import pytest
from click.testing import CliRunner
from depth import examples
from hypothesis import given
from hypothesis import strategies as st

from graph import reader
from graph.authoring.adding import add_all
from graph.authoring.authored import Authored
from graph.authoring.lines import ShortLines
from graph.authoring.things import FOLDERS, Details
from graph.authoring.wanted import Wanted
from graph.cli.add import command
from graph.cli.main import main
from graph.errors import DataProblems, UsageError
from graph.model.lexicon import Lexicon

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

LEXICON = Lexicon(miniature.ONTOLOGY)
CASE = Authored(miniature.FOLDER)
LINES = ShortLines(miniature.ONTOLOGY, LEXICON, CASE)
HEADS = {
    "Person": ("actor", "--class", "Person"),
    "ArmedGroup": ("actor", "--class", "ArmedGroup"),
    "Armed group": ("actor", "--class", "ArmedGroup"),
    "militia": ("actor", "--kind", "militia"),
    "place": ("place",),
    "town": ("place", "--kind", "town"),
    "topic": ("topic",),
    "document": ("document",),
    "channel": ("channel",),
    "shelling": ("event", "--kind", "shelling"),
    "event truce": ("event", "--kind", "truce"),
    "TalksProcess meeting": ("event", "--class", "TalksProcess", "--kind", "meeting"),
    "agreement truce": ("agreement", "--kind", "truce"),
}
CLAIMS = ("author asserts certain courier-2020#4.1", 'bandits denies 4.1 note="a | b"')
names = st.text(
    st.characters(exclude_categories=("C", "Z"), include_characters=" "), min_size=1, max_size=30
).filter(lambda one: one.strip() == one and one)
ids = st.from_regex(r"[a-z0-9]{1,5}(-[a-z0-9]{1,4})?", fullmatch=True)
dates = st.sampled_from(["2020-06-03", "2020-06", "[..2020-09-22]", "2020-05/2020-07", "../2020"])
NAMED = ("actor", "place", "topic", "document", "channel")


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    return miniature.copied(tmp_path)


def run(case: Path, *words: str, lines: str | None = None) -> Result:
    return CliRunner().invoke(main, [*words, "--data", str(case.parent)], input=lines)


def contents(case: Path) -> dict[str, str]:
    return {
        path.relative_to(case).as_posix(): path.read_text("utf-8") for path in case.rglob("*.toml")
    }


def answered(step: Callable[..., Any], *given: Any) -> tuple[Any, str]:  # noqa: ANN401 - of any step
    """Return what a step gives, and what is wrong with what it is given."""
    try:
        return step(*given), ""
    except UsageError as error:
        return None, str(error)


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def long(line: str) -> Wanted:
    """Return what a line in the long form wants to be added, by the options of the command."""
    found = command.make_context("add", shlex.split(line)).params
    own = {key: found[key] for key in Details.__dataclass_fields__ if key in found}
    return Wanted(
        found["sort"], found["name"], Details(**{**own, "judgement": own["judgement"] or ""})
    )


@st.composite
def things(draw: st.DrawFn) -> tuple[str, str]:
    """Return a thing in the short form, without its head, and one in the long form."""
    head = draw(st.sampled_from([*HEADS]))
    sort, *options = HEADS[head]
    own, name = draw(st.one_of(st.just(""), ids.filter(_no_key))), draw(names)
    more = [("--note", "note", one) for one in draw(st.lists(names, max_size=1))]
    date, claims = "", []
    if sort in NAMED:
        more += [("--alias", "alias", one) for one in draw(st.lists(names, max_size=2))]
    else:
        roles = draw(st.lists(st.sampled_from(["victim", "target"]), max_size=3))
        more += [("--role", role, "bandits") for role in roles]
        date = draw(st.one_of(st.just(""), dates))
        more += [("--place", "place", "ford")] * draw(st.booleans())
        claims = draw(st.lists(st.sampled_from(CLAIMS), min_size=1, max_size=2))
    keys = [f"{key}={quoted(value)}" for _, key, value in more]
    short = [f"{own}={quoted(name)}" if own else quoted(name), *keys]
    short.insert(draw(st.integers(1, len(short))), date)
    given = [(option, f"{key}={value}" if option == "--role" else value)
             for option, key, value in more]  # fmt: skip
    given += [("--id", own)] * bool(own) + [("--when", date)] * bool(date)
    given += [("--claim", one) for one in claims]
    lengthy = [*options, *(f"{option}={shlex.quote(value)}" for option, value in given)]
    lengthy += ["--", sort, shlex.quote(name)]
    behind = "".join(f" | {one}" for one in claims)
    quote = '"' if head == "Armed group" else ""
    return f"{quote}{head}{quote} {' '.join(short)}{behind}", " ".join(lengthy)


def _no_key(own: str) -> bool:
    try:
        LINES.read(f'place {own}="Name"')
    except UsageError:
        return False
    return True


@examples(400)
@given(things())
def test_a_short_line_wants_the_same_as_the_long_form(pair: tuple[str, str]) -> None:
    short, lengthy = pair
    assert LINES.read(short) == [long(lengthy)]


SHORT = """\
# who
Person np=Nina Petrova, "Jan de Boer" alias="the Miller@en", jb=Jo
State Arland alias=Arlandish class=State
SocialGroup kind=displacedPeople, identity=collective ref="Refugees", Idle kind=victims, Workers
militia raiders="The Raiders" class=ArmedGroup identity=unnamed
town Vayots Dzor, kec="Kechut, upper part" note=far
place St. Mary's Well other=reservoir
province syu=Syunik
"front line" fr=The ditch
shelling perpetrator=raid. she="Shelling of 36 places" 2020-06-03 victim=np,jb place=syu \
| author asserts courier-2020#4.1 certain | np denies certain courier-2020#4.1
event truce Pause [..2020-09-22] "note=x" | author asserts certain courier-2020#4.1
agreement truce pact=Mill pact 2020-06 party=raiders,np | author asserts certain courier-2020#4.1
clause road "Carts pass" obligor=raiders,np beneficiary=jan. | author asserts certain courier-2020#4.1
clause other,road Other text="Oxen, too." other=oxen | author asserts certain courier-2020#4.1
stage signed 2020-06-05 place=syu | author asserts certain courier-2020#4.1
stage ag-may-truce frozen | author asserts certain courier-2020#4.1
fulfilment pact.c1 refused 2020-07 | author asserts certain courier-2020#4.1
question Who? about=she exclusive=false
""".replace('"note=x" ', "note=x ")  # noqa: E501
LONG = """\
actor 'Nina Petrova' --class Person --id np
actor 'Jan de Boer' --class Person --alias 'the Miller@en'
actor Jo --class Person --id jb
actor Arland --class State --alias Arlandish --class State
actor Refugees --class SocialGroup --id ref --kind displacedPeople --identity collective
actor Idle --class SocialGroup --kind displacedPeople --kind victims --identity collective
actor Workers --class SocialGroup --kind displacedPeople --identity collective
actor 'The Raiders' --class ArmedGroup --kind militia --id raiders --identity unnamed
place 'Vayots Dzor' --kind town
place 'Kechut, upper part' --kind town --id kec --note far
place "St. Mary's Well" --kind other --other reservoir
place Syunik --kind province --id syu
place 'The ditch' --kind frontLine --id fr
event 'Shelling of 36 places' --id she --kind shelling --when 2020-06-03 --place syu \
--role perpetrator=raiders --role victim=np --role victim=jb \
--claim 'author asserts certain courier-2020#4.1' --claim 'np denies certain courier-2020#4.1'
event Pause --kind truce --when [..2020-09-22] --note x \
--claim 'author asserts certain courier-2020#4.1'
agreement 'Mill pact' --id pact --kind truce --when 2020-06 --party raiders --party np \
--claim 'author asserts certain courier-2020#4.1'
clause pact 'road | Carts pass | Carts pass | obligor=raiders,np | beneficiary=jan-de-boer' \
--claim 'author asserts certain courier-2020#4.1'
clause pact 'other,road | Other | Oxen, too. | other=oxen' \
--claim 'author asserts certain courier-2020#4.1'
stage pact signed --when 2020-06-05 --place syu --claim 'author asserts certain courier-2020#4.1'
stage ag-may-truce frozen --claim 'author asserts certain courier-2020#4.1'
fulfilment pact.c1 refused --when 2020-07 --claim 'author asserts certain courier-2020#4.1'
question 'Who?' --about she --not-exclusive
"""


def test_short_lines_write_the_same_bytes_as_the_long_form(case: Path, tmp_path: Path) -> None:
    other = shutil.copytree(case, tmp_path / "other" / case.name)
    for folder, lines in ((case, SHORT), (other, LONG)):
        result = run(folder, "add", "-", "--texts", str(miniature.TEXTS), lines=lines)
        assert result.exit_code == 0, result.output
    assert contents(case) == contents(other)
    assert "pact.c1.obligor.np" in {
        one.id for one in reader.read(case, miniature.ONTOLOGY).statements
    }


def test_one_line_is_added_on_the_command_line_too(case: Path, tmp_path: Path) -> None:
    other = shutil.copytree(case, tmp_path / "other" / case.name)
    found = run(case, "add", "town a=Aa, Bb", "--format", "json")
    assert [one["id"] for one in json.loads(found.stdout)] == ["a", "bb"]
    assert run(case, "add", "shelling", "Raid", "--claim", CLAIMS[0]).exit_code == 0
    assert (
        run(other, "add", "-", lines=f"town a=Aa, Bb\nshelling Raid | {CLAIMS[0]}").exit_code == 0
    )
    assert contents(case) == contents(other)


def test_options_do_not_go_with_a_line_or_a_list(case: Path) -> None:
    before = contents(case)
    for first in ("town Aa", "-"):
        told = run(case, "add", first, "--note", "x", lines="town Bb").stderr
        assert "in a line they are written KEY=VALUE" in " ".join(told.split())
    assert contents(case) == before


UNREADABLE = [
    ('truce "Pause"', "agreement truce or event truce"),
    ("other X", "other=WORD"),
    ("documnt X", 'did you mean "document"'),
    ("shellling X", 'did you mean "shelling"'),
    ("event shellling X | a", 'did you mean "shelling"'),
    ("bandits controls ford | author asserts certain courier-2020#4.1", "hudna say adds"),
    ("note X", "no short form"),
    ("she=X", "what is it?"),
    ("town", "what is it called?"),
    ("town ,", "what is it called?"),
    ("town a=A,b=B", "a blank behind the comma"),
    ("town Aa alias=b,c=C", "a blank behind a comma"),
    ('town mill "Old Mill"', 'write mill="Old Mill"'),
    ('town mill="Old" Mill', "the whole name in quotes"),
    ("town a=Aa | author asserts certain courier-2020#4.1", "nothing stands behind a bar"),
    ("town a=Aa victim=bandits", '"victim" is no key of a place'),
    ("shelling victim=bandits | " + CLAIMS[0], "what is it called?"),
    ("shelling X victm=bandits | " + CLAIMS[0], 'did you mean "victim"'),
    ("shelling X victim= | " + CLAIMS[0], "the value is missing"),
    ("shelling X 2020-13-01 | " + CLAIMS[0], "there is no month 13"),
    ("shelling X 2020 when=2021 | " + CLAIMS[0], "when is given twice"),
    ("shelling X", "who says that this event came about?"),
    ("shelling X |", "write behind the bar who does"),
    ("shelling X | asserts observers-2020#2.1", "how sure"),
    ("shelling X victim=no. | " + CLAIMS[0], 'no actor "no."'),
    ('shelling "X | a', "a quotation mark is missing"),
    ("question Who? about=ford exclusive=perhaps", "neither true nor false"),
    ("clause road Carts | " + CLAIMS[0], "of which agreement?"),
    ("clause ag-none road Carts | " + CLAIMS[0], 'no agreement "ag-none"'),
    ("clause ag-may-truce road | " + CLAIMS[0], "write: clause"),
    ("clause ag-may-truce road Carts text= | " + CLAIMS[0], "not empty"),
    ("stage signed | " + CLAIMS[0], "write: stage"),
    ("fulfilment refused | " + CLAIMS[0], "write: fulfilment"),
    ("الوعر X", "hudna terms"),
    ('SocialGroup missing="The lost"', '"missing" is a role and can be no id here; write'),
    ('SocialGroup missing="The lost" kind=victims', 'as in missing-1="The lost", or the name'),
    ('SocialGroup a=Aa, victim="The hurt"', '"victim" is a role and can be no id here'),
    ('SocialGroup kind=victims note="The hurt"', '"note" is a key and can be no id here'),
    ("meeting place=Talks | " + CLAIMS[0], '"place" is a key and can be no id here'),
    ("town a=Aa, kind=port Bb", "write its name before kind="),
    ("SocialGroup Aa, Bb kind=victims", "kind=victims: of all, or of the last one?"),
    (
        'SocialGroup a=Aa, "Bb" kind=victims identity=unnamed',
        "as in SocialGroup kind=victims identity=unnamed NAME, NAME; of the last one only",
    ),
    ('place Aa, b=Bb other="a well"', 'place other="a well" NAME, NAME'),
    ("Person alias=X note=y Aa, Bb", "alias=, note=: of one thing only"),
]
"""A line, and what is told of it."""


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What is told of each line that cannot be read, among lines that can; nothing is written.

    What may not be added is told once all lines can be read: these lines come again by themselves.
    """
    case = miniature.copied(tmp_path_factory.mktemp("refused"))
    before = contents(case)
    told: dict[str, str] = {}
    while left := [line for line, _ in UNREADABLE if line not in told]:
        lines = ["town Fine", "", *left]
        result = run(case, "add", "-", lines="\n".join(lines))
        assert result.exit_code == 1, result.output
        assert contents(case) == before
        found = re.split(r"^standard input:(\d+): ", result.stderr, flags=re.MULTILINE)[1:]
        assert found, left
        for number, text in zip(found[::2], found[1::2], strict=True):
            line = lines[int(number) - 1]
            assert line in left
            told[line] = told.get(line, "") + text
    return told


@pytest.mark.some(4)
@pytest.mark.parametrize(("line", "told"), UNREADABLE)
def test_what_cannot_be_read_is_told_and_nothing_is_written(
    refused: dict[str, str], line: str, told: str
) -> None:
    assert told in refused[line]


def test_all_faults_of_all_lines_are_told_at_once(case: Path) -> None:
    lines = [
        'town mill "Old Mill", Fine, a=A,b=B',
        "shelling Raid 2020-13-01 victim=nobody | x asserts",
        "battle Ambush victm=bandits vctim=bandits other= | " + CLAIMS[0],
        "reaction rea=Response | " + CLAIMS[0],
        "meeting Talks participant=mill,Response,Fine | " + CLAIMS[0],
    ]
    told = run(case, "add", "-", lines="\n".join(lines)).stderr
    counted = {n: told.count(f"standard input:{n}: ") for n in range(1, 6)}
    assert counted == {1: 2, 2: 1, 3: 3, 4: 1, 5: 0}, told


@pytest.mark.parametrize("name", [one for one in CASE.things() if "." not in one])
def test_a_beginning_with_a_full_stop_names_one_thing_or_none(name: str) -> None:
    known = CASE.things()
    for length in range(1, len(name) + 1):
        start = name[:length]
        found, told = answered(CASE.resolve, f"{start}.")
        if told:
            others = [one for one in known if one.startswith(start) and "." not in one]
            assert "is the beginning of" in told
            assert all(f'"{one}"' in told for one in others)
        else:
            assert found == name
        if start not in known:
            with pytest.raises(UsageError, match=f'"{start}"'):
                CASE.resolve(start)


def test_a_beginning_of_a_name_serves_say_and_files_have_the_id(case: Path) -> None:
    line = "Bandits at. distrusts townsp. | author asserts certain courier-2020#4.1"
    result = run(case, "say", line)
    assert "bandits-distrusts-townspeople" in result.output
    assert "townsp." not in "".join(contents(case).values())


def test_what_a_file_has_as_defaults_is_left_out_and_written_into_what_is_made(case: Path) -> None:
    defaults = "voice=author stance=asserts certainty=certain source=courier-2020 when=2020-06"
    assert run(case, "say", "--defaults", defaults).exit_code == 0
    lines = "shelling One | courier-2020#4.1\nshelling Two 2020-07 | denies courier-2020#4.1"
    result = run(case, "add", "-", lines=lines)
    assert result.exit_code == 0, result.output
    written = contents(case)
    assert 'when = "2020-06"' in written["events/ev-one.toml"]
    assert 'stance = "asserts", certainty = "certain"' in written["events/ev-one.toml"]
    assert 'when = "2020-07"' in written["events/ev-two.toml"]
    assert 'stance = "denies"' in written["events/ev-two.toml"]


@pytest.mark.parametrize(
    ("line", "each"),
    [
        ('river-guard shells ford, "Mill Town" 2020-06', ["river-guard shells {} 2020-06"]),
        ("2020-06 ford,mill. is shelled by river-guard", ["2020-06 river-guard shells {}"]),
        ("river-guard shells ford,mill-town,ford 2020-06", ["river-guard shells {} 2020-06"]),
    ],
)
def test_what_is_said_of_several_is_said_of_each(
    case: Path, tmp_path: Path, line: str, each: list[str]
) -> None:
    other = shutil.copytree(case, tmp_path / "other" / case.name)
    behind = f' scope="by night" | {CLAIMS[0]} | bandits denies certain courier-2020#4.1'
    (form,) = each
    for folder, lines in (
        (case, [line]),
        (other, [form.format("ford"), form.format("mill-town")]),
    ):
        result = run(folder, "say", "-", lines="\n".join(one + behind for one in lines))
        assert result.exit_code == 0, result.output
        assert result.stdout.count("shells") == 2
    assert contents(case) == contents(other)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("bandits,river-guard shells ford,mill-town", ["a line for each subject"]),
        ("river-guard shells ford,mill-town id=x", ["the id of 2 statements"]),
        ("river-guard shells ford,nowhere,nobody", ['"nowhere"', '"nobody"']),
        ("river-guard shells ford,", ["missing beside a comma"]),
    ],
)
def test_a_list_that_cannot_be_read_is_told(case: Path, line: str, told: list[str]) -> None:
    before = contents(case)
    result = run(case, "say", "-", lines=f"{line} | {CLAIMS[0]}")
    assert result.exit_code == 1
    assert all(one in result.stderr for one in told)
    assert contents(case) == before


def test_a_name_with_a_comma_and_a_text_are_no_list(case: Path) -> None:
    lines = 'town "Kechut, upper part"\ntown Kechut'
    assert run(case, "add", "-", lines=lines).exit_code == 0
    said = "river-guard shells Kechut, upper part | " + CLAIMS[0]
    assert "kechut-upper-part: accepted" in run(case, "say", said).stdout
    said = "river-guard characterisedAs harsh, and late | " + CLAIMS[0]
    assert run(case, "say", said).stdout.count("characterised") == 1


def test_the_only_source_of_a_case_need_not_be_named_in_defaults(case: Path) -> None:
    for path in [*case.glob("*/*.toml"), case / "identity.toml", case / "notes.toml"]:
        if "courier" not in path.name and "editors" not in path.name:
            path.unlink()
    result = run(case, "say", "--defaults", "voice=author certainty=certain")
    assert result.exit_code == 0, result.output
    assert 'source = "courier-2020"' in contents(case)["statements/courier-2020.toml"]


WORDS = st.lists(
    st.one_of(
        st.sampled_from(
            [*HEADS, *FOLDERS, "clause", "stage", "fulfilment", "=", ",", "|", '"', "'", "--", "\\",
             "victim=bandits", "x=", "a=b,", "id=x", "when=2020", "2020-06", "[..2020]", "4.1",
             "author", "asserts", "certain", "courier-2020#4.1", "ford.", ".", "..", "road",
             "ag-may-truce", "other=x", "exclusive=true", "kind=town", '"a, b"', "#", "“q”"]
        ),
        names,
    ),
    min_size=1,
    max_size=9,
).map(" ".join)  # fmt: skip


@pytest.mark.landing
@examples(1500, part=0.2)
@given(WORDS)
def test_any_line_is_read_or_refused_in_words(line: str) -> None:
    found, told = answered(LINES.read, line, "ag-may-truce")
    assert told or all(isinstance(one, Wanted) for one in found)
    assert told or found


@examples(60)
@given(st.lists(WORDS, min_size=1, max_size=4))
def test_any_list_is_added_or_refused_as_problems_of_its_lines(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    case = miniature.copied(tmp_path_factory.mktemp("hostile"))
    every: list[tuple[int, Any]] = [*enumerate(lines, 1)]
    before = contents(case)
    with suppress(DataProblems):
        add_all(case, every, dry_run=True)
    assert contents(case) == before
