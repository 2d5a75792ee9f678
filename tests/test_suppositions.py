"""What is only supposed needs no claim; clauses are judged the same or different as things are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import miniature
import pytest
from click.testing import CliRunner

from graph.cli.main import main
from graph.read import CaseGraph
from graph.read.select import Graph

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

SUPPOSED = """
label = "Another shelling of the ford"
kind = "shelling"

[occurred]
when = "[2020-10..]"
place = "ford"

[[role]]
role = "perpetrator"
actor = "river-guard"
"""
IF = """
[[statement]]
id = "council-would-leave"
subject = "town-council"
predicate = "leaves"
object = "mill-town"
when = "[2020-10..]"
if = ["ev-again.occurred"]

[[statement.claims]]
voice = "observers"
stance = "expects"
certainty = "probable"
passages = ["observers-2020#3.3"]
"""
CARRIERS = """# Who would leave, and what for.
[[statement]]
id = "council-would-leave"
subject = "town-council"
predicate = "leaves"
object = "mill-town"
when = "[2020-10..]"
claims = [  # kept
  { voice = "observers", stance = "expects", certainty = "probable", passages = ["P3"] },
]

[[statement]]
id = "council-stays"
subject = "town-council"
predicate = "mustStayIn"
object = "mill-town"

[[statement]]
id = "council-chooses"
subject = "town-council"
predicate = "hasToChoose"
object = "unknown"
one_of = ["council-stays", "council-goes"]
claims = [
  { voice = "observers", stance = "asserts", certainty = "certain", passages = ["P3"] },
]

[[statement]]
id = "council-goes"
subject = "town-council"
predicate = "mustLeave"
object = "mill-town"
""".replace("P3", "observers-2020#3.3")
JUDGED = """
[[judgement]]
id = "two-terms"
things = ["ag-may-truce.c1", "{other}"]
judgement = "different"
certainty = "certain"
reason = "One is of bread, one of the bridge."
passages = ["courier-2020#3.2"]

[[resolution]]
id = "the-bread"
thing = "ag-may-truce.c1"
names = ["the bread of Mondays"]
certainty = "certain"
reason = "The paper calls it so."
passages = ["courier-2020#3.2"]
"""


def test_an_event_that_is_only_a_condition_needs_no_claim(tmp_path: Path) -> None:
    """Nobody asserts it or its roles: who would do it is a part of the condition."""
    folder = miniature.copied(tmp_path)
    miniature.written(folder, "events/ev-again.toml", SUPPOSED)
    miniature.written(folder, "statements/if.toml", IF)
    case, store = miniature.judged(folder)
    would = next(one for one in case.statements if one.id == "council-would-leave")
    role = "ev-again.perpetrator.river-guard"
    assert would.condition == ("ev-again.occurred", role)
    graph = Graph(store, "mill")
    parts = (would.id, *would.condition)
    assert {graph.qualifiers(name)["status"] for name in parts} == {"open"}


def test_an_event_that_nobody_tells_and_no_condition_names_is_a_mistake(tmp_path: Path) -> None:
    folder = miniature.copied(tmp_path)
    miniature.written(folder, "events/ev-again.toml", SUPPOSED)
    (problem,) = miniature.problems_of(folder)
    assert (problem.place, problem.message) == (
        "occurred of ev-again",
        'the key "claims" is missing',
    )


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ("ag-may-truce.c2", ""),
        ("ag-may-truce.c9", 'there is no thing "ag-may-truce.c9" in this case'),
        ("ev-shelling.occurred", '"ev-shelling.occurred" is not an id; write the id of a thing'),
    ],
)
def test_clauses_are_judged_like_other_things(other: str, told: str, tmp_path: Path) -> None:
    folder = miniature.copied(tmp_path)
    text = (folder / "identity.toml").read_text("utf-8") + JUDGED.format(other=other)
    miniature.written(folder, "identity.toml", text)
    found = miniature.all_problems_of(folder)
    assert len(found) == bool(told)
    assert all(told in one.message for one in found)


def added(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["add", *words, "--data", str(folder.parent)])


EVENT = ("event", "Another shelling", "--kind", "shelling", "--role", "perpetrator=river-guard")


@pytest.mark.some(3)
@pytest.mark.parametrize(
    ("words", "supposed"),
    [
        (EVENT, "ev-another-shelling.occurred"),
        (("agreement", "New truce", "--kind", "truce"), "ag-new-truce.concluded"),
        (("clause", "ag-may-truce", "truce | Fire | Fire ceases."), "ag-may-truce.c3.agreed"),
        (("stage", "ag-may-truce", "frozen"), "ag-may-truce.stage.frozen"),
        (("fulfilment", "ag-may-truce.c1", "refused"), "ag-may-truce.c1.fulfilment.refused"),
    ],
)
@pytest.mark.parametrize("option", ["--condition-of", "--option-of"])
def test_what_is_only_supposed_is_added_by_command(
    words: tuple[str, ...], supposed: str, option: str, tmp_path: Path
) -> None:
    """It is named where it is supposed, nobody claims it, and it is true for nobody."""
    folder = miniature.copied(tmp_path)
    miniature.written(folder, "statements/if.toml", CARRIERS)
    carrier = {"--condition-of": "council-would-leave", "--option-of": "council-chooses"}[option]
    refused = added(folder, *words)
    assert refused.exit_code == 2
    assert option in refused.output
    result = added(folder, *words, option, carrier)
    assert result.exit_code == 0, result.output
    case, store = miniature.judged(folder)
    named = next(one for one in case.statements if one.id == carrier)
    assert supposed in (*named.condition, *named.one_of)
    graph = Graph(store, "mill")
    assert graph.qualifiers(supposed)["status"] == "open"
    text = (folder / "statements/if.toml").read_text("utf-8")
    assert text.startswith("# Who would leave")


@pytest.mark.some(2)
@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("shelling Another shelling perpetrator=river-guard", EVENT),
        ("agreement truce New truce", ("agreement", "New truce", "--kind", "truce")),
        ("clause ag-may-truce truce Fire text=\"Fire ceases.\" obligor=river-guard",
         ("clause", "ag-may-truce", "truce | Fire | Fire ceases. | obligor=river-guard")),
        ("stage ag-may-truce frozen 2020-10",
         ("stage", "ag-may-truce", "frozen", "--when", "2020-10")),
        ("fulfilment ag-may-truce.c1 refused", ("fulfilment", "ag-may-truce.c1", "refused")),
    ],
)  # fmt: skip
def test_what_is_only_supposed_is_added_by_short_lines(
    line: str, words: tuple[str, ...], tmp_path: Path
) -> None:
    """The files are those of the long form, and without the key the line tells of it."""
    key, carrier = (
        ("option-of", "council-chooses")
        if words == EVENT or words[0] == "clause"
        else ("condition-of", "council-would-leave")
    )
    short, long = (miniature.copied(tmp_path / name) for name in ("short", "long"))
    for folder in (short, long):
        miniature.written(folder, "statements/if.toml", CARRIERS)
    refused = added(short, line)
    assert refused.exit_code == 2
    assert f"{key}=ID" in " ".join(refused.output.split())
    for result in (
        added(short, f"{line} {key}={carrier}"),
        added(long, *words, f"--{key}", carrier),
    ):
        assert result.exit_code == 0, result.output
    assert _contents(short) == _contents(long)


def _contents(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text("utf-8")
            for path in folder.rglob("*.toml")}  # fmt: skip


def test_a_list_of_short_lines_gives_options_to_one_statement(tmp_path: Path) -> None:
    folder = miniature.copied(tmp_path)
    miniature.written(folder, "statements/if.toml", CARRIERS)
    lines = [f"battle r{n}=Raid option-of=council-chooses" for n in "ab"]
    data = ["--data", str(folder.parent)]
    result = CliRunner().invoke(main, ["add", "-", *data], "\n".join(lines))
    assert result.exit_code == 0, result.output
    case, _ = miniature.judged(folder)
    chosen = next(one.one_of for one in case.statements if one.id == "council-chooses")
    assert chosen[-2:] == ("ra.occurred", "rb.occurred")


def test_several_of_a_list_are_options_of_one_statement(tmp_path: Path) -> None:
    folder = miniature.copied(tmp_path)
    miniature.written(folder, "statements/if.toml", CARRIERS)
    lines = [f"event 'Raid {n}' --kind battle --option-of council-chooses" for n in "ab"]
    data = ["--data", str(folder.parent)]
    result = CliRunner().invoke(main, ["add", "-", *data], "\n".join(lines))
    assert result.exit_code == 0, result.output
    case, _ = miniature.judged(folder)
    chosen = next(one.one_of for one in case.statements if one.id == "council-chooses")
    assert chosen[-2:] == ("ev-raid-a.occurred", "ev-raid-b.occurred")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((*EVENT, "--condition-of", "council-would-go"), 'no statement "council-would-go"'),
        (("actor", "Bandit", "--class", "Person", "--condition-of", "x"), "no --condition-of"),
        (("Person Jane condition-of=council-would-leave",), "is no key of an actor"),
        (("battle Raid conditon-of=council-would-leave",), 'did you mean "condition-of"'),
        (("battle Raid condition-of=council-would-go",), 'no statement "council-would-go"'),
        (("agreement", "New truce", "--kind", "truce", "--condition-of", "council-would-leave",
          "--clause", "truce | Fire | Fire ceases."), "who says that ag-new-truce.c1"),
    ],
)  # fmt: skip
def test_where_nothing_supposes_it_nothing_is_written(
    words: tuple[str, ...], told: str, tmp_path: Path
) -> None:
    folder = miniature.copied(tmp_path)
    miniature.written(folder, "statements/if.toml", CARRIERS)
    before = {path: path.read_bytes() for path in folder.rglob("*.toml")}
    result = added(folder, *words)
    assert result.exit_code == 2
    assert told in " ".join(result.output.split())
    assert {path: path.read_bytes() for path in folder.rglob("*.toml")} == before


WHO_SHELLED = """
[[statement]]
id = "who-shelled"
subject = "ev-shelling"
predicate = "agent"
object = "unknown"
one_of = ["by-bandits", "by-guard"]
claims = [{ voice = "observers", stance = "asserts", certainty = "certain", passages = ["P3"] }]

[[statement]]
id = "by-bandits"
subject = "ev-shelling"
predicate = "agent"
object = "bandits"

[[statement]]
id = "by-guard"
subject = "ev-shelling"
predicate = "agent"
object = "river-guard"
scope = "some of it"
""".replace("P3", "observers-2020#3.3")


@pytest.mark.some(4)
@pytest.mark.parametrize(
    ("carrier", "options"),
    [
        ("council-chooses", "must leave Mill Town or must stay in Mill Town"),
        ("who-shelled", "bandits at the ford or River Guard (some of it)"),
    ],
)
@pytest.mark.parametrize("form", ["table", "csv"])
def test_what_is_left_open_is_told_by_its_options(
    carrier: str, options: str, form: str, tmp_path: Path
) -> None:
    folder = miniature.copied(tmp_path)
    miniature.written(folder, "statements/if.toml", CARRIERS + WHO_SHELLED)
    case, store = miniature.judged(folder)
    assert options in CaseGraph(store, case.id).labels.said(carrier)
    where = ["--data", str(folder.parent), "--public", str(tmp_path / "public")]
    run = CliRunner()
    assert run.invoke(main, ["build", *where]).exit_code == 0
    labels = ["--format", "csv", "--labels"] if form == "csv" else []
    told = run.invoke(
        main, ["query", "who-says", "--param", f"statement={carrier}", *where, *labels]
    )
    assert options in told.stdout, told.output
