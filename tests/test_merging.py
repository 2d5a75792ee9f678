"""Two things become one: nothing that was said of either is lost, and nothing else changes."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import TYPE_CHECKING

import miniature
import pytest
from click.testing import CliRunner

from graph import query, reader
from graph.authoring.merging import CannotJoin, merge
from graph.build import recipe
from graph.cli import main
from graph.errors import UsageError
from graph.read.store import nquads

if TYPE_CHECKING:
    from pathlib import Path

GUARD = """\
# The same people under another name.
label = "Guard of the River"
class = "ArmedGroup"
kinds = ["militia", "armedGroup"]
identity = "unnamed"
names = [{ text = "the Guard", lang = "en" }, { text = "Flussgarde", lang = "de" }]
mentioned = ["courier-2020#3.1", "observers-2020#3.2"]
note = "Named once."
"""
STATEMENT = """
[[statement]]
id = "second-guard-there"
subject = "second-guard"
predicate = "presentIn"
object = "ford"
claims = [
  { voice = "observers", stance = "asserts", certainty = "certain", passages = ["P1"] },
]
""".replace("P1", "observers-2020#3.2")


@pytest.fixture
def case(tmp_path: Path) -> Path:
    folder = miniature.copied(tmp_path)
    kinds = miniature.ONTOLOGY.kinds["actorKinds"]
    miniature.written(folder, "actors/second-guard.toml",
                      GUARD.replace("armedGroup", min(kinds - {"other", "militia"})))  # fmt: skip
    add(folder, "statements/control.toml", STATEMENT)
    return folder


def add(case: Path, file: str, text: str) -> None:
    miniature.written(case, file, (case / file).read_text() + text)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def graph_of(folder: Path) -> str:
    return nquads(recipe.judged(folder, miniature.ONTOLOGY, lambda _step: None)[1]).decode()


def table(case: Path, file: str) -> dict[str, object]:
    return tomllib.loads((case / file).read_text())


def test_what_is_said_of_both_is_said_of_one(case: Path) -> None:
    before = graph_of(case)
    found = merge(case, "river-guard", "second-guard", "One name.", decided=date(2026, 2, 1))
    assert not (case / "actors/second-guard.toml").exists()
    guard = table(case, "actors/river-guard.toml")
    assert guard["label"] == "River Guard"
    names = [one["text"] for one in guard["names"]]  # type: ignore[attr-defined]
    assert names[:3] == ["the Guard", "حرس النهر", "Haras al-Nahr"]
    assert set(names[3:]) == {"Guard of the River", "Flussgarde"}
    assert guard["mentioned"] == ["courier-2020#2.1", "observers-2020#3.2", "courier-2020#3.1"]
    assert guard["kinds"][0] == "militia"  # type: ignore[index]
    assert len(guard["kinds"]) == 2  # type: ignore[arg-type]
    assert guard["note"] == "Named once."
    assert guard["identity"] == "named"
    assert any("identity: named is kept" in one for one in found.remarks)
    after = graph_of(case)
    base = miniature.BASE
    presence = f"<{base}river-guard> <https://w3id.org/hudna/ontology#presentIn> <{base}ford>"
    assert presence in after
    assert presence not in before
    assert [line for line in after.splitlines() if "second-guard>" in line] == [
        line for line in after.splitlines() if line.startswith(f"<{base}second-guard>")
    ]


def test_the_decision_is_recorded_and_the_old_id_leads_to_the_one_that_stays(case: Path) -> None:
    merge(case, "river-guard", "second-guard", "One name.", decided=date(2026, 2, 1))
    (former,) = reader.read(case, miniature.ONTOLOGY).former
    assert (former.id, former.now, former.reason) == ("second-guard", "river-guard", "One name.")
    assert (former.decided, former.judge) == (date(2026, 2, 1), "editors")
    _, store = recipe.judged(case, miniature.ONTOLOGY, lambda _step: None)
    found = query.thing("second-guard", query.Graph(store, "mill"))
    assert found.value == f"{miniature.BASE}river-guard"


JUDGED = """
[[judgement]]
id = "one-guard"
things = ["second-guard", "river-guard"]
judgement = "same"
certainty = "certain"
reason = "The paper says so."
passages = ["courier-2020#3.1"]

# of something else

[[judgement]]
id = "other"
things = ["second-guard", "guard-backer"]
judgement = "different"
certainty = "certain"
reason = "One pays the other."
passages = ["courier-2020#2.3"]
"""


def test_a_judgement_gives_the_reason_and_is_no_more(case: Path) -> None:
    add(case, "identity.toml", JUDGED)
    merge(case, "river-guard", "second-guard")
    records = reader.read(case, miniature.ONTOLOGY)
    (former,) = records.former
    assert former.reason == "The paper says so."
    assert [ref.citation for ref in former.passages] == ["courier-2020#3.1"]
    assert {one.id: one.things for one in records.judgements} == {
        "bandits-and-backer": ("bandits", "guard-backer"),
        "other": ("river-guard", "guard-backer"),
    }
    assert "# of something else\n\n[[judgement]]" in (case / "identity.toml").read_text()


def test_a_list_that_names_both_names_the_one_once(case: Path) -> None:
    text = (case / "notes.toml").read_text()
    both = text.replace('"bandits"', '"river-guard", "bandits", "second-guard"')
    miniature.written(case, "notes.toml", both)
    merge(case, "river-guard", "second-guard", "One name.")
    note = table(case, "notes.toml")["note"][0]  # type: ignore[index]
    assert note["on"] == ["river-guard", "bandits", "ev-shelling"]


def joining(case: Path, kept: str = "river-guard", gone: str = "second-guard") -> str:
    before = contents(case)
    with pytest.raises(CannotJoin) as caught:
        merge(case, kept, gone, "One name.")
    assert contents(case) == before
    return " ".join(caught.value.lines)


def test_two_classes_are_refused(case: Path) -> None:
    text = GUARD.replace("ArmedGroup", "Committee").replace(', "armedGroup"', "")
    miniature.written(case, "actors/second-guard.toml", text)
    assert "class: river-guard is ArmedGroup, second-guard is Committee" in joining(case)


def test_two_kinds_of_event_and_two_dates_are_refused(case: Path) -> None:
    text = (case / "events/ev-shelling.toml").read_text().partition("\n[[role]]")[0]
    other = text.replace('"shelling"', '"bombing"').replace("2020-06-03", "2020-07-04")
    miniature.written(case, "events/ev-second.toml", other)
    told = joining(case, "ev-shelling", "ev-second")
    assert "kind: ev-shelling has shelling, ev-second has bombing" in told
    assert "occurred.when: ev-shelling has 2020-06-03, ev-second has 2020-07-04" in told


def test_events_are_joined_with_their_roles_and_claims(case: Path) -> None:
    other = """label = "Fire on the ford"
kind = "shelling"

[occurred]
when = "2020-06-03"
claims = [
  { voice = "town-council", stance = "asserts", certainty = "certain", passages = ["P2"] },
]

[[role]]
role = "agent"
actor = "second-guard"
"""
    miniature.written(case, "events/ev-second.toml", other.replace("P2", "courier-2020#4.2"))
    found = merge(case, "ev-shelling", "ev-second", "One day, one place.")
    event = table(case, "events/ev-shelling.toml")
    assert len(event["occurred"]["claims"]) == 3  # type: ignore[index]
    assert event["role"][-1] == {"role": "agent", "actor": "second-guard"}  # type: ignore[index]
    assert any('"Fire on the ford" is not kept' in one for one in found.remarks)
    graph_of(case)


def test_a_tie_between_both_and_a_judgement_against_it_are_refused(case: Path) -> None:
    add(case, "statements/control.toml",
        STATEMENT.replace("second-guard-there", "both").replace('"ford"', '"river-guard"')
        .replace("presentIn", "negotiatesWith"))  # fmt: skip
    add(case, "identity.toml", JUDGED.replace('judgement = "same"', 'judgement = "different"'))
    told = joining(case)
    assert "both joins both" in told
    assert "the judgement one-guard says that they are different" in told


def test_two_roles_that_become_one_are_refused(case: Path) -> None:
    role = '\n[[role]]\nrole = "perpetrator"\nactor = "second-guard"\n'
    add(case, "events/ev-shelling.toml", role)
    assert "would be ev-shelling.perpetrator.river-guard, which is there" in joining(case)


def test_two_identifiers_of_one_list_are_refused(case: Path) -> None:
    add(case, "actors/second-guard.toml", 'identifiers = [{ scheme = "wikidata", value = "Q1" }]\n')
    assert "in wikidata river-guard is Q4115189, second-guard Q1" in joining(case)


def test_who_is_withheld_is_joined_with_nobody(case: Path) -> None:
    text = GUARD.partition("names")[0].replace("unnamed", "withheld").replace(', "armedGroup"', "")
    miniature.written(case, "actors/second-guard.toml", text + 'mentioned = ["courier-2020#3.1"]\n')
    assert "joined with nobody" in joining(case)


def test_a_reason_is_asked_for(case: Path) -> None:
    with pytest.raises(UsageError, match="--reason"):
        merge(case, "river-guard", "second-guard")
    with pytest.raises(CannotJoin, match="only things of one folder"):
        merge(case, "river-guard", "ford", "x")
    with pytest.raises(UsageError, match="two different"):
        merge(case, "ford", "ford", "x")
    with pytest.raises(UsageError, match="river-guard"):
        merge(case, "river-gard", "ford", "x")


def test_the_command(case: Path) -> None:
    where = ["--case", "mill", "--data", str(case.parent)]
    words = ["merge", "river-guard", "second-guard", "--reason", "One name.", *where]
    before = contents(case)
    runner = CliRunner(env={"COLUMNS": "80"})
    result = runner.invoke(main, [*words, "--dry-run"])
    assert result.exit_code == 0, result.output
    assert "second-guard would become river-guard" in result.output
    assert contents(case) == before
    result = runner.invoke(main, [*words, "--date", "2026-02-01"])
    assert result.exit_code == 0, result.output
    assert max(map(len, result.output.splitlines())) <= 80
    result = runner.invoke(main, words)
    told = " ".join(result.output.split())
    assert (result.exit_code, 'called "river-guard" now' in told) == (2, True)


def test_however_identity_is_written_a_judgement_on_both_is_taken_away(case: Path) -> None:
    add(case, "identity.toml", """
[[judgement]] # by hand
id='guards'
things=["second-guard",'river-guard']
judgement="same"
certainty="certain"
passages=["courier-2020#3.1"]
reason='''
[[resolution]]
id = "the-guard"
'''
  # on the next one
  [[judgement]]
id="others"
things=["second-guard", "bandits"]
judgement="different"
certainty="certain"
passages=["courier-2020#3.1"]
reason="R"
""")  # fmt: skip
    merge(case, "river-guard", "second-guard")
    text = (case / "identity.toml").read_text()
    assert "guards" not in text.replace("river-guards", "")
    assert "  # on the next one\n  [[judgement]]" in text
    judged = {one.id: one.things for one in reader.read(case, miniature.ONTOLOGY).judgements}
    assert judged["others"] == ("river-guard", "bandits")


def test_a_list_of_many_lines_names_a_thing_once(case: Path) -> None:
    on = 'on = [\n  "second-guard", # ] one\n  "bandits",\n  \'river-guard\', # "two"\n]\n'
    add(
        case,
        "notes.toml",
        f'\n[[note]]\nid = "n"\ntext = "T"\npassages = ["courier-2020#3.1"]\n{on}',
    )
    merge(case, "river-guard", "second-guard", "R")
    found = {one.id: one.on for one in reader.read(case, miniature.ONTOLOGY).notes}
    assert found["n"] == ("river-guard", "bandits")
    assert '# "two"' in (case / "notes.toml").read_text()


def test_a_label_becomes_a_name_in_the_language_of_the_case(case: Path) -> None:
    miniature.written(case, "case.toml",
                      (case / "case.toml").read_text().replace('"en"', '"ar"'))  # fmt: skip
    merge(case, "river-guard", "second-guard", "R")
    table = tomllib.loads((case / "actors" / "river-guard.toml").read_text())
    assert {"text": "Guard of the River", "lang": "ar"} in table["names"]
