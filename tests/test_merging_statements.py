"""What says the same once two things are one becomes one statement, and no claim of it is lost."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import miniature
import pytest
from depth import examples
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from graph import reader
from graph.authoring.merging import CannotJoin, merge
from graph.query import Graph, thing

if TYPE_CHECKING:
    from pathlib import Path

    from graph.model import Case, Statement

GUARDS = ("river-guard", "second-guard")
SECOND = """
label = "Guard of the River"
class = "ArmedGroup"
kinds = ["militia"]
identity = "unnamed"
mentioned = ["courier-2020#3.1"]
"""
CLAIM = '{{ voice = "{}", stance = "{}", certainty = "{}", passages = [{}]{} }}'
FILE = "statements/guards.toml"


def statement(subject: str, claims: str, name: str = "", more: str = "") -> str:
    head = f'id = "{name}"\n' if name else ""
    return (
        f'\n[[statement]]\n{head}subject = "{subject}"\npredicate = "presentIn"\nobject = "ford"\n'
        f"{more}claims = [\n  {claims},\n]\n"
    )


def claim(voice: str, sentences: str, stance: str = "asserts", sure: str = "certain",
          more: str = "") -> str:  # fmt: skip
    cited = ", ".join(f'"{one}"' for one in sentences.split())
    return CLAIM.format(voice, stance, sure, cited, more)


def case_of(tmp_path: Path, text: str, **files: str) -> Path:
    folder = miniature.copied(tmp_path)
    miniature.written(folder, "actors/second-guard.toml", SECOND)
    miniature.written(folder, FILE, text)
    for name, more in files.items():
        file = name.replace("__", "/").replace("_", "-") + ".toml"
        there = folder / file
        miniature.written(folder, file, (there.read_text("utf-8") if there.exists() else "") + more)
    return folder


def read(folder: Path) -> Case:
    return reader.read(folder, miniature.ONTOLOGY)


def here(folder: Path) -> dict[str, Statement]:
    return {one.id: one for one in read(folder).statements if one.origin.file == FILE}


OBSERVERS = claim("observers", "observers-2020#3.2")
COURIER = claim("courier-writer", "courier-2020#3.1")


def test_claims_comments_and_remarks_of_both_are_those_of_one(tmp_path: Path) -> None:
    first = statement("river-guard", COURIER, "first", 'note = "By day."\n')
    second = "\n# Looked up twice.\n" + statement(
        "second-guard", f"{OBSERVERS},  # on page two", "second", 'note = "By night."\n'
    ).lstrip().replace("page two,", "page two")
    note = '\n[[note]]\nid = "n"\non = ["second"]\ntext = "x"\npassages = ["courier-2020#3.1"]\n'
    folder = case_of(tmp_path, first + second, notes=note)
    found = merge(folder, *GUARDS, "One name.")
    (one,) = here(folder).values()
    assert (one.id, one.note, found.joined) == ("first", "By day. By night.", {"second": "first"})
    assert {made.voice for made in one.claims} == {"courier-writer", "observers"}
    text = (folder / FILE).read_text("utf-8")
    assert "# Looked up twice." in text
    assert "# on page two" in text
    case = read(folder)
    assert next(one for one in case.notes if one.id == "n").on == ("first",)
    former = {one.id: (one.now, one.reason) for one in case.former}
    assert former["second"] == ("first", "Both say the same, as second-guard is river-guard.")
    graph = Graph(miniature.judged(folder)[1], "mill")
    assert thing("second", graph).value == f"{miniature.BASE}first"


def test_the_claims_of_one_voice_are_one_with_all_their_sentences(tmp_path: Path) -> None:
    both = [
        claim("observers", "observers-2020#3.2", more=', note = "a", mode = "opinion"'),
        claim("observers", "observers-2020#3.3 observers-2020#3.2", more=', mode = "opinion"'),
    ]
    folder = case_of(tmp_path, "".join(map(statement, GUARDS, both)))
    merge(folder, *GUARDS, "One name.")
    (one,) = here(folder).values()
    (made,) = [claim for claim in one.claims if not claim.made]
    assert one.id == "river-guard.presentIn.ford"
    assert [ref.sentence for ref in made.passages] == ["3.2", "3.3"]
    assert (made.note, made.mode) == ("a", "opinion")


def test_defaults_of_another_file_stay_with_their_claims(tmp_path: Path) -> None:
    defaults = (
        '[defaults]\nvoice = "observers"\nsource = "observers-2020"\ncertainty = "probable"\n'
        'when = "2020-06"\n'
    )
    short = '{ stance = "asserts", passages = ["3.2"] }'
    folder = case_of(
        tmp_path, statement("river-guard", COURIER, "first", 'when = "2020-06"\n'),
        statements__others=defaults + statement("second-guard", short, "second"),
    )  # fmt: skip
    merge(folder, *GUARDS, "One name.")
    (one,) = here(folder).values()
    assert {(made.voice, made.certainty, made.source) for made in one.claims} == {
        ("courier-writer", "certain", "courier-2020"), ("observers", "probable", "observers-2020"),
    }  # fmt: skip


UNLIKE = [
    ("", claim("observers", "observers-2020#3.2", sure="probable"), "the certainty with which"),
    ("", claim("observers", "observers-2020#3.2", more=', mode = "opinion"'), "the mode with"),
    ('scope = "some"\n', OBSERVERS, "differ only in scope"),
    ('place = "ford"\n', OBSERVERS, "differ only in place"),
    ('access = "restricted"\n', OBSERVERS, "differ only in access"),
]


@pytest.mark.parametrize(("more", "other", "told"), UNLIKE)
@pytest.mark.parametrize("named", [True, False])
def test_what_says_it_otherwise_stays_beside_it_or_is_refused(
    more: str, other: str, told: str, *, named: bool, tmp_path: Path
) -> None:
    """Two statements whose ids would be the same cannot stay beside each other."""
    names = ("first", "second") if named else ("", "")
    first = statement("river-guard", OBSERVERS, names[0])
    second = statement("second-guard", other, names[1], more)
    folder = case_of(tmp_path, first + second)
    before = {path: path.read_bytes() for path in folder.rglob("*.toml")}
    if named:
        found = merge(folder, *GUARDS, "One name.")
        assert any(told in one for one in found.remarks), found.remarks
        assert set(here(folder)) == {"first", "second"}
        return
    with pytest.raises(CannotJoin, match="which is there"):
        merge(folder, *GUARDS, "One name.")
    assert {path: path.read_bytes() for path in folder.rglob("*.toml")} == before


def test_alternatives_and_what_rests_on_the_other_stay_two(tmp_path: Path) -> None:
    options = [statement(who, OBSERVERS, name) for who, name in zip(GUARDS, "ab", strict=True)]
    choice = statement("town-council", OBSERVERS, "choice", 'one_of = ["a", "b"]\n')
    choice = choice.replace('object = "ford"', 'object = "unknown"')
    folder = case_of(tmp_path, "".join(options) + choice)
    found = merge(folder, *GUARDS, "One name.")
    assert any("alternatives of choice" in one for one in found.remarks)
    assert {"a", "b"} <= here(folder).keys()
    grounds = claim("observers", "observers-2020#3.2", "suspects", more=', grounds = ["a"]')
    rests = statement("second-guard", grounds, "b")
    folder = case_of(tmp_path / "two", options[0] + rests)
    found = merge(folder, *GUARDS, "One name.")
    assert any("one of them names the other" in one for one in found.remarks)


def test_a_role_that_two_names_had_is_one(tmp_path: Path) -> None:
    roles = "".join(f'\n[[role]]\nrole = "affected"\nactor = "{one}"\n' for one in GUARDS)
    folder = case_of(tmp_path, statement("river-guard", COURIER), events__ev_shelling=roles)
    merge(folder, *GUARDS, "One name.")
    found = [one.id for one in read(folder).statements if one.predicate == "affected"]
    assert found == ["ev-shelling.affected.river-guard"]


CLAIMS = st.lists(
    st.tuples(
        st.sampled_from(["observers", "town-council", "townspeople"]),
        st.sampled_from(["asserts", "denies", "doubts"]),
        st.sampled_from(["certain", "probable"]),
        st.lists(st.sampled_from(["2.1", "3.2", "3.3"]), min_size=1, max_size=2, unique=True),
    ),
    min_size=1, max_size=3, unique_by=lambda one: one[:2],
)  # fmt: skip
SAID = st.lists(
    st.tuples(st.sampled_from(GUARDS), st.sampled_from(["", "2020-06", "2020-07"]), CLAIMS),
    min_size=2, max_size=6,
)  # fmt: skip


@given(said=SAID)
@examples(20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_that_anybody_said_is_lost_or_added(
    said: list[tuple[str, str, list[tuple[str, str, str, list[str]]]]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """By hand: of each date one statement, unless some voice is as sure and not as sure of it."""
    folder = miniature.copied(tmp_path_factory.mktemp("merge"))
    miniature.written(folder, "actors/second-guard.toml", SECOND)
    blocks = [
        statement(
            who,
            ",\n  ".join(
                CLAIM.format(
                    voice, stance, sure, ", ".join(f'"observers-2020#{n}"' for n in at), ""
                )
                for voice, stance, sure, at in claims
            ),
            f"s{number}",
            f'when = "{when}"\n' if when else "",
        )
        for number, (who, when, claims) in enumerate(said)
    ]
    miniature.written(folder, FILE, "".join(blocks))
    merge(folder, *GUARDS, "One name.")
    found = here(folder)
    former = {one.id: one.now for one in read(folder).former}

    typed = {(when, *stand, n) for _, when, claims in said for *stand, at in claims for n in at}
    assert typed == {
        (one.when, made.voice, made.stance, made.certainty, ref.sentence)
        for one in found.values() for made in one.claims if not made.made for ref in made.passages
    }  # fmt: skip
    dates: dict[str, list[int]] = defaultdict(list)
    for number, (_, when, _) in enumerate(said):
        dates[when].append(number)
    for number, (_, when, _) in enumerate(said):
        stays = former.get(f"s{number}", f"s{number}")
        assert found[stays].when == when
    for numbers in dates.values():
        sure: dict[tuple[str, str], set[str]] = defaultdict(set)
        for number in numbers:
            for voice, stance, how, _ in said[number][2]:
                sure[voice, stance].add(how)
        guards = {said[number][0] for number in numbers}
        if all(len(one) == 1 for one in sure.values()) and guards == set(GUARDS):
            assert len({former.get(f"s{n}", f"s{n}") for n in numbers}) == 1
        if guards == {"river-guard"}:
            assert not {f"s{n}" for n in numbers} & former.keys()
