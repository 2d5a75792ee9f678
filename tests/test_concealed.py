"""Whose name is withheld is told of in public as in files that were made coarser by hand."""

from __future__ import annotations

import json
import re
import stat
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import miniature
import own_terms
import pytest
import tomlkit
from click.testing import CliRunner
from depth import examples
from hypothesis import HealthCheck, assume, given
from hypothesis import strategies as st
from test_access import ENTRIES, LEVELS, marked, plain
from test_canary import everything

from graph import reader
from graph.build import comparison, judging, recipe
from graph.build.steps import Naming
from graph.cli.main import main
from graph.errors import DataProblems, UsageError
from graph.model.bounds import bounds_of
from graph.model.keys import Key, new_key, read_key, write_key
from graph.model.record import Bounds
from graph.model.withholding import coarser
from graph.reader import access

if TYPE_CHECKING:
    from pathlib import Path

    from graph.model import Case
    from graph.model.bounds import Aspect


KEY = Key(bytes(range(32)))
WRITER = {"voice": "courier-writer", "stance": "asserts", "certainty": "certain"}
HIM = {**WRITER, "voice": "boatman", "note": "Said so twice."}
AT = {"passages": ["courier-2020#4.1"]}
PLACES = {"ford": "river-province", "mill-town": "river-province", "river-province": "river-land"}
"""The nearest wider place of each; the first three are in a province, the last is a country."""
WHEN = {
    "2020-05-12": ("2020-05", "2020"),
    "2020-05-12T08:00:00/2020-06-03": ("2020-05/2020-06", "2020/2020"),
    "[2019-12-30..2020-01-02]": ("[2019-12..2020-01]", "[2019..2020]"),
    "{2019-03-01, 2020-04-02~}": ("{2019-03, 2020-04~}", "{2019, 2020~}"),
    "../2020-05-30": ("../2020-05", "../2020"),
    "2019-24": ("2019-24", "2019~"),
    "2020-05": ("2020-05", "2020"),
    "2020": ("2020", "2020"),
}
"""Dates with what is told of them by the month, and by the year."""
OF_HIM = {"subject": "boatman", "predicate": "coordinatesWith", "object": "river-guard"}
SEAT = {"subject": "boatman", "predicate": "locatedIn", "object": "ford"}
GUNS = {"subject": "river-guard", "predicate": "keepsWeaponsIn", "object": "mill-town"}
SORTS: dict[str, dict[str, Any]] = {
    "names him": {**OF_HIM, "claims": [{**WRITER, **AT}]},
    "is named by": {
        "subject": "town-council", "predicate": "distrusts", "object": "boatman",
        "claims": [{**WRITER, **AT}],
    },
    "where he is": {**SEAT, "claims": [{**WRITER, **AT}]},
    "where he has been": {**SEAT, "predicate": "presentIn", "claims": [{**WRITER, **AT}]},
    "under a truce": {**OF_HIM, "under": "ag-may-truce", "claims": [{**WRITER, **AT}]},
    "he alone says": {**GUNS, "claims": [{**HIM, **AT}]},
    "he says and is reported": {
        **GUNS, "claims": [{**HIM, **AT}, {**WRITER, **AT, "stance": "reports"}],
    },
    "he says and is contradicted": {
        **GUNS,
        "claims": [{**HIM, **AT}, {**WRITER, **AT, "stance": "denies"}],
    },
    "he says, too": {**GUNS, "claims": [{**HIM, **AT}, {**WRITER, **AT}]},
    "others say": {**GUNS, "claims": [{**WRITER, **AT}]},
}  # fmt: skip
STATES = {"coordinatesWith", "locatedIn", "presentIn", "keepsWeaponsIn", "distrusts"}


def mill(folder: Path, *, copied: bool = True) -> Path:
    """Return a copy of the case in which its places are within a province, and that in a land."""
    copy = miniature.copied(folder) if copied else folder / "mill"
    for name, kind in (("river-province", "province"), ("river-land", "country")):
        place = {"label": name.title(), "class": "Place", "kinds": [kind]}
        miniature.written(copy, f"places/{name}.toml", tomlkit.dumps(place))
    within = [
        {"subject": near, "predicate": "within", "object": wide, "claims": [{**WRITER, **AT}]}
        for near, wide in PLACES.items()
    ]
    miniature.written(copy, "statements/within.toml", tomlkit.dumps({"statement": within}))
    return copy


def say(folder: Path, **keys: str | bool) -> None:
    case = (folder / "case.toml").read_text("utf-8")
    table = tomlkit.dumps({"withheld": keys})
    miniature.written(folder, "case.toml", f"{case}\n{table}")


def public(folder: Path, release: str = "", **options: Any) -> judging.Judged:  # noqa: ANN401
    naming = Naming(KEY, release)
    return judging.public_part(
        folder, miniature.ONTOLOGY, lambda _step: None, naming=naming, **options
    )


def hidden_id(name: str, release: str = "") -> str:
    return "withheld-" + KEY.opaque("mill", release, name)


def told(
    sort: str, name: str, entry: dict[str, Any], by: tuple[str, str, bool]
) -> dict[str, Any] | None:
    """Return by hand how an entry is told; ``None`` if it is not."""
    how, places, channel = by
    made = {key: one for key, one in entry.items() if key != "claims"}
    made["claims"] = [
        {key: hidden_id("boatman") if one == "boatman" else one for key, one in claim.items()
         if not (key == "note" and claim["voice"] == "boatman")}
        for claim in entry["claims"]
    ]  # fmt: skip
    if sort in ("he says, too", "others say"):
        return made
    made["id"] = hidden_id(name)
    made.pop("note", None)
    if not channel:
        made.pop("channel", None)
    if sort == "under a truce" and (how, places) != ("day", "written"):
        return None
    for key in ("place", "object") if sort.startswith("where") else ("place",):
        if places == "none":
            made.pop(key, None)
        elif key in made and places != "written":
            made[key] = "river-land" if places == "country" else "river-province"
    if sort == "where he has been" and places != "written":
        return None
    if "object" not in made:
        return None
    for key in ("subject", "object"):
        made[key] = hidden_id("boatman") if made[key] == "boatman" else made[key]
    when = made.pop("when", "")
    new = {"day": when, "none": ""}.get(how, WHEN.get(when, ("", ""))[how == "year"])
    if new:
        made["when"] = new
    if new != when and made["predicate"] in STATES:
        made["coverage"] = "sometime"
    return made


ENTRY = st.fixed_dictionaries(
    {"sort": st.sampled_from(sorted(SORTS)), "when": st.sampled_from(["", *WHEN])},
    optional={
        "place": st.sampled_from(sorted(PLACES)),
        "channel": st.just("pigeon-post"),
        "note": st.just("Seen from the mill."),
    },
)
HOW = st.tuples(
    st.sampled_from(["day", "month", "year", "none"]),
    st.sampled_from(["written", "province", "country", "none"]),
    st.booleans(),
)


@pytest.mark.landing
@given(drawn=st.lists(ENTRY, min_size=1, max_size=4), by=HOW)
@examples(40, suppress_health_check=list(HealthCheck))
def test_what_is_public_is_that_of_files_made_coarser_by_hand(
    drawn: list[dict[str, str]], by: tuple[str, str, bool], tmp_path_factory: pytest.TempPathFactory
) -> None:
    entries = {}
    for number, one in enumerate(drawn):
        given = {key: value for key, value in one.items() if key != "sort" and value}
        entries[f"s{number}"] = (one["sort"], {"id": f"s{number}", **SORTS[one["sort"]], **given})
    folder = mill(tmp_path_factory.mktemp("true"))
    say(folder, dates=by[0], places=by[1], channel=by[2])
    boatman: dict[str, Any] = {
        "label": "The boatman of the ford",
        "class": "Person",
        "identity": "withheld",
    }
    more: dict[str, Any] = {"mentioned": ["courier-2020#4.2"], "note": "Has one eye."}
    miniature.written(folder, "actors/boatman.toml", tomlkit.dumps({**boatman, **more}))
    written = [entry for _, entry in entries.values()]
    miniature.written(folder, "statements/more.toml", tomlkit.dumps({"statement": written}))

    by_hand = mill(tmp_path_factory.mktemp("by-hand"))
    say(by_hand, ids="written")
    opaque = hidden_id("boatman")
    boatman["label"] = f"Person (name withheld, {opaque[9:13]})"
    del more["note"]
    miniature.written(by_hand, f"actors/{opaque}.toml", tomlkit.dumps({**boatman, **more}))
    coarse = [told(sort, name, entry, by) for name, (sort, entry) in entries.items()]
    kept = {"statement": [one for one in coarse if one]}
    if kept["statement"]:
        miniature.written(by_hand, "statements/more.toml", tomlkit.dumps(kept))
    made = public(folder)
    assert plain(made.case) == plain(reader.read(by_hand, miniature.ONTOLOGY))
    assert [one for one in lacks(made) if not one.why] == []


@pytest.mark.landing
@given(
    drawn=st.lists(ENTRY, min_size=1, max_size=4),
    by=HOW,
    marks=st.dictionaries(st.sampled_from(ENTRIES), LEVELS, max_size=3),
    own=st.sampled_from(["", "restricted", "secret"]),
)
@examples(24, suppress_health_check=list(HealthCheck))
def test_a_case_with_all_kinds_of_secrets_lacks_nothing_without_a_reason(
    drawn: list[dict[str, str]],
    by: tuple[str, str, bool],
    marks: dict[Any, str],
    own: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """People whose name is withheld, closed records, own terms, and a second folder."""
    home = tmp_path_factory.mktemp("all")
    own_terms.recoded(home)
    folder = mill(home, copied=False)
    say(folder, dates=by[0], places=by[1], channel=by[2])
    apart = home / "apart"
    boatman = {"label": "Weir", "class": "Person", "identity": "withheld", "access": "public"}
    miniature.written(apart, "actors/boatman.toml", tomlkit.dumps(boatman))
    entries = [
        {"id": f"s{number}", **SORTS[one["sort"]]}
        | {key: value for key, value in one.items() if key != "sort" and value}
        for number, one in enumerate(drawn)
    ]
    marked(folder, {where: {"access": level} for where, level in marks.items()})
    entries[0] |= {"access": own} if own else {}
    miniature.written(folder, "statements/more.toml", tomlkit.dumps({"statement": entries}))
    try:
        made = public(folder, apart=apart, tell=True)
    except DataProblems:
        assume(False)
    assert [one for one in lacks(made) if not one.why] == []


PART = st.sampled_from(
    ["2019-12-31", "2020-01-01~", "2020-06", "2020-06~", "2020", "2020~", "2020-24", "2020-21%",
     "2020-06-XX", "201X", "2020-02-29T10:00:00Z"]
)  # fmt: skip
DATE = st.one_of(
    PART,
    st.tuples(PART, st.sampled_from(["..", "", "2021-03-05", "2021"])).map("/".join),
    PART.filter(lambda one: "T" not in one).map(lambda one: f"[..{one}]"),
    st.lists(PART.filter(lambda one: "T" not in one), min_size=2, max_size=3).map(
        lambda some: f"[{','.join(some)}]"
    ),
)


ASPECTS: tuple[Aspect, ...] = ("act", "state")


@given(when=DATE, how=st.sampled_from(["month", "year"]), aspect=st.sampled_from(ASPECTS))
def test_a_coarser_date_means_what_the_other_does_and_more(
    when: str, how: str, aspect: Aspect
) -> None:
    def bounds(text: str) -> Bounds:
        return bounds_of(text, "", "", aspect=aspect, throughout=False, written=Bounds())

    wide, near = bounds(coarser(when, how)), bounds(when)
    for first, last in (("earliest_begin", "latest_begin"), ("earliest_end", "latest_end")):
        for end, sign in ((first, 1), (last, -1)):
            one, other = getattr(wide, end), getattr(near, end)
            assert one is None or other is None or sign * (other - one).days >= 0
            assert other is not None or one is None
    told = coarser(when, how)
    parts = re.findall(r"[0-9X]{4}(-[0-9X]{2})?(-[0-9X]{2})?", told)
    assert not any(day or (how == "year" and month) for month, day in parts)
    assert coarser(told, how) == told


SECRETS = {
    "actors/boatman.toml": """
        label = "Canarylabel Weir"
        class = "Person"
        identity = "withheld"
        access = "public"
        kinds = ["other"]
        other = "Canaryother"
        names = [{ text = "Canaryname", lang = "en" }]
        identifiers = [{ scheme = "register", value = "Canarynumber" }]
        note = "Canarynote, reached at https://example.org/canary."
        mentioned = ["courier-2020#4.1"]
    """,
    "identity.toml": """
        [[judgement]]
        id = "canaryjudged"
        things = ["boatman", "bandits"]
        judgement = "different"
        certainty = "certain"
        reason = "Canaryreason"
        passages = ["courier-2020#4.3"]
        access = "public"
        [[resolution]]
        id = "canaryresolved"
        thing = "boatman"
        names = ["Canaryname", "the ferryman"]
        certainty = "certain"
        reason = "Canaryreason"
        passages = ["courier-2020#4.3"]
        access = "public"
        [[former]]
        id = "canaryformer"
        now = "boatman"
        access = "public"
        [[former]]
        id = "canaryformertie"
        now = "canarytie"
        access = "public"
    """,
    "notes.toml": """
        [[note]]
        id = "canarynoted"
        on = ["boatman", "river-guard"]
        text = "Canaryremark"
        passages = ["courier-2020#4.3"]
        access = "public"
    """,
    "questions/q-canary.toml": """
        label = "Canaryquestion"
        exclusive = false
        about = ["boatman"]
        access = "public"
    """,
    "statements/canary.toml": """
        [[statement]]
        id = "canarytie"
        subject = "boatman"
        predicate = "coordinatesWith"
        object = "river-guard"
        when = "2020-05-17"
        when_text = "Canarywhen"
        place = "ford"
        channel = "pigeon-post"
        note = "Canarytold"
        question = ["q-canary"]
        access = "public"
        verdict = { status = "accepted", reason = "So it is." }
        [[statement.claims]]
        id = "canaryclaim"
        voice = "courier-writer"
        stance = "asserts"
        certainty = "certain"
        passages = ["courier-2020#4.4"]
        access = "public"
        [[statement]]
        id = "canarysays"
        subject = "river-guard"
        predicate = "keepsWeaponsIn"
        object = "ford"
        when = "2020-05-18"
        if = ["canarytie"]
        access = "public"
        [[statement.claims]]
        voice = "boatman"
        stance = "asserts"
        certainty = "certain"
        passages = ["courier-2020#4.4"]
        note = "Canarysaid"
        access = "public"
        [[statement]]
        id = "canaryeither"
        subject = "town-council"
        predicate = "distrusts"
        object = "unknown"
        when = "2020-05-19"
        one_of = ["canaryone", "canaryother"]
        access = "public"
        [[statement.claims]]
        voice = "courier-writer"
        stance = "asserts"
        certainty = "certain"
        passages = ["courier-2020#4.4"]
        access = "public"
        [[statement]]
        id = "canaryone"
        subject = "town-council"
        predicate = "distrusts"
        object = "boatman"
        access = "public"
        [[statement]]
        id = "canaryother"
        subject = "town-council"
        predicate = "distrusts"
        object = "bandits"
        access = "public"
        [[statement]]
        subject = "boatman"
        predicate = "distrusts"
        object = "river-guard"
        access = "public"
        [[statement.claims]]
        voice = "unattributed"
        stance = "reports"
        certainty = "unspecified"
        passages = ["courier-2020#4.2"]
        access = "public"
    """,
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the case, with what is withheld apart, and a key."""
    home = tmp_path_factory.mktemp("withheld")
    mill(home)
    for name, content in SECRETS.items():
        miniature.written(home / "apart", name, re.sub("^ +", "", content, flags=re.MULTILINE))
    write_key(home / "case.key")
    return home


def hudna(home: Path, *words: str, **more: Any) -> Any:  # noqa: ANN401
    where = ("--case", "mill", "--data", str(home), "--private-data", str(home / "apart"))
    return CliRunner().invoke(main, [words[0], *where, *words[1:]], **more)


@pytest.fixture(scope="module")
def compared(home: Path) -> judging.Judged:
    return public(home / "mill", apart=home / "apart", tell=True)


def lacks(made: judging.Judged, case: Case | None = None) -> list[comparison.Lacking]:
    """Return in what the public records of a case, or others, differ from all."""
    hidden = access.hidden(made.whole)
    assert hidden is not None
    why = access.causes(made.whole)
    return comparison.lacking(made.whole, case or made.case, why, made.ids, hidden.concealed)


def test_whatever_is_told_less_has_a_reason(home: Path, compared: judging.Judged) -> None:
    """Also an id that was given up for one that nobody may know."""
    assert [one for one in lacks(compared) if not one.why] == []
    assert hudna(home, "withheld").exit_code == 0
    told = {one.id: one.why for one in lacks(compared) if one.table == "former_ids"}
    assert {*told} == {"canaryformer", "canaryformertie"}


OTHERWISE: dict[str, dict[str, Any]] = {
    "statements": {"when": "2020-06", "place": "mill-town", "scope": "More.", "predicate": "at"},
    "claims": {"certainty": "possible", "stance": "denies", "note": "More."},
    "things": {"kinds": ("journalists",), "note": "More.", "identity": "named", "label": ""},
}


@pytest.mark.parametrize(
    ("table", "field"), [(table, field) for table, some in OTHERWISE.items() for field in some]
)
def test_a_difference_in_what_is_told_less_needs_a_reason_too(
    compared: judging.Judged, table: str, field: str
) -> None:
    """Only what has to be otherwise is, and just so; else it is found."""
    own = {new: name for name, new in compared.ids.items()}
    value = OTHERWISE[table][field]

    def planted(record: Any) -> Any:  # noqa: ANN401 — a record of any table
        inside: dict[str, Any] = {}
        if table == "claims" and hasattr(record, "claims"):
            inside["claims"] = tuple(map(planted, record.claims))
        elif (table == record.TABLE and record.id in own and getattr(record, field) != value
              and not getattr(record, "made", False)):  # fmt: skip
            seeded.add(own[record.id])
            inside[field] = value
        return replace(record, **inside)

    seeded: set[str] = set()
    case = compared.case
    if table == "things":
        case = replace(case, things=tuple(map(planted, case.things)))
    else:
        case = replace(case, statements=tuple(map(planted, case.statements)))
    assert seeded
    assert {one.id for one in lacks(compared, case) if not one.why} == seeded


def built(home: Path, name: str, *words: str) -> Path:
    seen = hudna(home, "build", "--public", str(home / name), *words)
    assert seen.exit_code == 0, seen.output
    assert not re.search("canary|boatman", seen.output, re.IGNORECASE)
    return (home / name / "mill").resolve()


def with_key(home: Path, name: str, *words: str) -> Path:
    return built(home, name, "--key-file", str(home / "case.key"), *words)


def test_nothing_of_whom_is_withheld_comes_out(home: Path) -> None:
    """Neither names and ids, nor days, places and channels, nor what was made of them."""
    with_key(home, "public")
    secret = re.compile(
        rb"canary|boatman|2020-05-1[789]|" + (home / "case.key").read_bytes()[12:76]
    )
    found = {
        what: sorted(set(secret.findall(data.lower()))) for what, data in everything(home, "public")
    }
    assert {what: some for what, some in found.items() if some} == {}
    graph = (home / "public/mill/graph.nq").read_text("utf-8")
    assert len({*re.findall("mill/(withheld-[a-z2-7]{16})>", graph)}) > 3


def test_an_editor_sees_it_all_without_a_key(home: Path) -> None:
    graph = (built(home, "private", "--private") / "graph.nq").read_text("utf-8")
    words = {*re.findall("canary[a-z]+", "".join(SECRETS.values()).lower())}
    assert {one for one in words if one not in graph.lower()} == set()
    assert "2020-05-17" in graph
    assert "withheld-" not in graph


def ids_in(build: Path) -> set[str]:
    return {*re.findall("withheld-[a-z2-7]{16}", (build / "graph.nq").read_text("utf-8"))}


@pytest.mark.landing
def test_ids_stay_and_differ_between_releases_of_other_names(home: Path) -> None:
    one, same = with_key(home, "one"), with_key(home, "same")
    assert (one / "graph.nq").read_bytes() == (same / "graph.nq").read_bytes()
    may, june = (with_key(home, name, "--release", name) for name in ("may", "june"))
    found = [ids_in(build) for build in (one, may, june)]
    assert [len(some) for some in found] == [len(found[0])] * 3
    assert len(set.union(*found)) == 3 * len(found[0])
    write_key(home / "other.key")
    other = built(home, "other", "--key-file", str(home / "other.key"))
    assert ids_in(other).isdisjoint(found[0])
    about = json.loads((may / "manifest.json").read_text("utf-8"))
    assert (about["key"], about["release"]) == (read_key(home / "case.key").id, "may")


def test_neither_bytes_nor_order_follow_the_true_id(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two cases that differ in nothing but an id, with keys that hide it alike."""
    monkeypatch.setattr(Key, "opaque", lambda _self, _case, _release, name: name[-16:])
    made = []
    for name in ("aaa-x-boatman-of-a-ford", "zzz-x-boatman-of-a-ford"):
        folder = mill(tmp_path / name)
        boatman = {"label": name, "class": "Person", "identity": "withheld"}
        miniature.written(folder, f"actors/{name}.toml", tomlkit.dumps(boatman))
        ties = [
            {**OF_HIM, "id": f"{name[:3]}-with-the-guard-of-a-ford", "claims": [{**WRITER, **AT}]},
            {**GUNS, "id": f"{name[:3]}-tells-of-guns-at-a-ford", "claims": [{**HIM, **AT}]},
        ]
        text = tomlkit.dumps({"statement": ties}).replace('"boatman"', f'"{name}"')
        miniature.written(folder, "statements/more.toml", text)
        home = tmp_path / name
        made.append(recipe.build("mill", home, home / "public", naming=Naming(KEY)))
    for file in made[0].iterdir():
        assert file.read_bytes() == (made[1] / file.name).read_bytes(), file.name


def test_without_a_key_there_is_no_public_build(home: Path) -> None:
    seen = hudna(home, "build", "--public", str(home / "none"))
    assert (seen.exit_code, "hudna key new FILE" in seen.output) == (2, True)
    assert "boatman" not in seen.output
    assert hudna(home, "check").exit_code == 0


def test_editors_are_told_which_ids_stand_in_public(home: Path) -> None:
    """So that what is asked of one can be found, and one that is withdrawn be named."""
    found = ids_in(with_key(home, "named", "--release", "may"))
    words = ("withheld", "--key-file", str(home / "case.key"), "--release", "may")
    seen = hudna(home, *words, "--format", "json")
    told = {one["id"]: one["why"] for one in json.loads(seen.output) if one["field"] == "id"}
    assert told["boatman"].startswith("is withheld-")
    assert found == {*re.findall("withheld-[a-z2-7]{16}", " ".join(told.values()))}
    assert hudna(home, *words).exit_code == 0
    assert "withheld-" not in hudna(home, "withheld").output


def test_what_was_withheld_is_withdrawn_by_the_id_that_it_had(tmp_path: Path) -> None:
    """Its own id was never told, so the tombstone has that of the release."""
    folder = mill(tmp_path)
    gone = hidden_id("boatman", "may")
    entry = {"id": gone, "withdrawn": "2026-05-01", "reason": "It was asked for."}
    file = folder / "identity.toml"
    text = file.read_text("utf-8") + tomlkit.dumps({"former": [entry]})
    miniature.written(folder, "identity.toml", text)
    built = recipe.build("mill", tmp_path, tmp_path / "public")
    about = json.loads((built / "manifest.json").read_text("utf-8"))
    assert [one["id"] for one in about["withdrawn"]] == [gone]


def test_hints_tell_of_nobody_but_to_the_editors(home: Path) -> None:
    """A statement that names him has no date."""
    seen = hudna(home, "check", "--hints")
    assert "nothing says when it is so" in hudna(home, "check", "--hints", "--private").output
    assert "hint" in seen.output
    assert not re.search("canary|boatman", seen.output, re.IGNORECASE), seen.output


def test_a_case_whose_files_everybody_has_needs_none(tmp_path: Path) -> None:
    folder = mill(tmp_path)
    say(folder, ids="written")
    boatman = {"label": "The boatman", "class": "Person", "identity": "withheld"}
    miniature.written(folder, "actors/boatman.toml", tomlkit.dumps(boatman))
    found = judging.public_part(folder, miniature.ONTOLOGY, lambda _step: None)
    assert not found.partial


def test_an_actor_and_a_statement_may_be_told_of_otherwise(tmp_path: Path) -> None:
    folder = mill(tmp_path)
    boatman = {"label": "The boatman", "class": "Person", "identity": "withheld"}
    how = {"withheld": {"dates": "year", "channel": True}}
    miniature.written(folder, "actors/boatman.toml", tomlkit.dumps({**boatman, **how}))
    said: dict[str, Any] = {
        **OF_HIM,
        "when": "2020-05-12",
        "place": "ford",
        "channel": "pigeon-post",
    }
    said["claims"] = [{**WRITER, **AT}]
    closely = {"withheld": {"dates": "day", "places": "written"}}
    entries: list[dict[str, Any]] = [{**said, "id": "s0"}, {**said, "id": "s1", **closely}]
    quarter = {"label": "Quarter", "class": ["Committee", "Place"], "identity": "named"}
    miniature.written(folder, "actors/quarter.toml", tomlkit.dumps(quarter))
    entries.append({**SEAT, "object": "quarter", "id": "s2", "claims": [{**WRITER, **AT}]})
    miniature.written(folder, "statements/more.toml", tomlkit.dumps({"statement": entries}))
    found = {one.id: one for one in public(folder).case.statements}
    made = [found.get(hidden_id(one["id"])) for one in entries]
    assert [one and (one.when, one.place, one.channel) for one in made] == [
        ("2020", "river-province", "pigeon-post"),
        ("2020-05-12", "ford", "pigeon-post"),
        None,  # in a place that is within no wider one
    ]


def refused(folder: Path) -> str:
    with pytest.raises(DataProblems) as error:
        public(folder, tell=True)
    with pytest.raises(DataProblems) as concealed:
        public(folder)
    assert "boatman" not in "\n".join(map(str, concealed.value.problems))
    return "\n".join(map(str, error.value.problems))


@pytest.mark.parametrize("why", ["", "Both texts say that it is he."])
def test_two_sources_tell_of_one_person_only_where_the_editor_says_why(
    tmp_path: Path, why: str
) -> None:
    folder = mill(tmp_path)
    boatman: dict[str, Any] = {"label": "One-eyed Weir", "class": "Person", "identity": "withheld"}
    boatman |= {"mentioned": ["courier-2020#4.1", "observers-2020#2.2"]}
    more = {"withheld": {"joined": why, "label": "A man"}} if why else {}
    miniature.written(folder, "actors/boatman.toml", tomlkit.dumps({**boatman, **more}))
    if why:
        (found,) = (one for one in public(folder).case.things if one.label == "A man")
        assert found.id == hidden_id("boatman")
    else:
        assert "courier-2020 and observers-2020 tell of boatman" in refused(folder)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("places/ford.toml", "ford below", "ford of Adam Weir, below"),
        ("statements/control.toml", "guns-at-the-ford", "guns-of-the-boatman"),
        ("statements/talks.toml", "The day is told", "The old-boatman knows; the day is told"),
    ],
)
def test_what_is_public_does_not_tell_of_them_elsewhere(
    tmp_path: Path, name: str, old: str, new: str
) -> None:
    folder = mill(tmp_path)
    for person, label in (("boatman", "Adam Weir"), ("old-boatman", "Somebody else")):
        entry = {"label": label, "class": "Person", "identity": "withheld"}
        miniature.written(folder, f"actors/{person}.toml", tomlkit.dumps(entry))
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), "utf-8")
    assert "tells of somebody whose name is withheld" in refused(folder)


def told_at_the_ford(home: Path, label: str, text: str) -> Path:
    """Write a case with somebody whose name is withheld, and a text in what is said of a place."""
    folder = mill(home)
    entry = {"label": label, "class": "Person", "identity": "withheld"}
    miniature.written(folder, "actors/boatman.toml", tomlkit.dumps(entry))
    ford = (folder / "places/ford.toml").read_text("utf-8")
    miniature.written(folder, "places/ford.toml", ford.replace("ford below", f"ford {text} below"))
    return folder


@pytest.mark.some(3)
@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("Adam Weir", "of the boatman Adam Weir"),  # after an id that is also a common word
        ("Adam Weir", "of Adam  Weir"),
        ("Adam Weir", "of Adam-Weir"),
        ("Adam Weir", "of Adam Weir’s brother"),
        ("Ádám Weir", "of Adam Weir"),
        ("Adam Weir", "of Adam We\u00adir"),
        ("Adam O’Weir", "of Adam O'Weir’s brother"),
        ("آدم الوير", "of أدم الويـر"),
    ],
)
def test_a_name_tells_of_them_in_whatever_form_it_stands(
    tmp_path: Path, label: str, text: str
) -> None:
    folder = told_at_the_ford(tmp_path, label, text)
    assert "tells of somebody whose name is withheld" in refused(folder)
    with pytest.raises(DataProblems) as concealed:
        public(folder)
    told = "\n".join(map(str, concealed.value.problems)).casefold()
    assert not re.search("weir|الوير|ford", told.replace(str(folder).casefold(), ""))


@pytest.mark.some(3)
@pytest.mark.parametrize(
    ("label", "text", "tells"),
    [
        ("Ali", "of Ali", True),
        ("Ali", "of ALI’s brother", True),
        ("ali", "of Ali", True),
        ("Ali", "of an alibi, and of Alice", False),
        ("An", "of An", True),
        ("An", "of an old ferry", False),
        ("May", "of 3 May", False),
        ("May", "of May 2020", False),
        ("May", "of May", True),
        ("علي", "of علي", True),
        ("علي", "of وعَلي", True),
        ("علي", "of على", False),  # "on"
        ("علي", "of عليك", False),  # "on you"
        ("مي", "of ميناء", False),  # "harbour"
    ],
)
def test_a_short_name_tells_of_them_where_it_stands_as_one(
    tmp_path: Path, label: str, text: str, tells: bool
) -> None:
    folder = told_at_the_ford(tmp_path, label, text)
    if tells:
        assert "tells of somebody whose name is withheld" in refused(folder)
    else:
        assert public(folder).case


@pytest.mark.parametrize(("place", "tells"), [("ford-of-ali", True), ("ford-of-alice", False)])
def test_a_short_name_is_looked_for_in_ids_too(tmp_path: Path, place: str, tells: bool) -> None:
    folder = mill(tmp_path)
    entry = {"label": "Ali", "class": "Person", "identity": "withheld"}
    miniature.written(folder, "actors/boatman.toml", tomlkit.dumps(entry))
    miniature.written(folder, f"places/{place}.toml", 'label = "A ford"\nclass = "Place"\n')
    if tells:
        assert "tells of somebody whose name is withheld" in refused(folder)
    else:
        assert public(folder).case


@pytest.mark.some(5)
@pytest.mark.parametrize("key", ["name", "label", "definition", "example", "synonyms"])
def test_words_of_the_case_do_not_tell_of_them_either(tmp_path: Path, key: str) -> None:
    own_terms.recoded(tmp_path)
    folder = mill(tmp_path, copied=False)
    entry = {"label": "Adam Weir", "class": "Person", "identity": "withheld"}
    miniature.written(folder, "actors/boatman.toml", tomlkit.dumps(entry))
    assert public(folder).case
    terms = tomlkit.loads((folder / "terms.toml").read_text("utf-8")).unwrap()
    (mine,) = (one for one in terms["predicate"] if one["name"] == "writesTo")
    mine[key] = ["adam weir"] if key == "synonyms" else "What Adam Weir does."
    if key == "name":
        mine[key] = "writesToAdamWeir"
        talks = (folder / "statements/talks.toml").read_text("utf-8")
        renamed = talks.replace('"writesTo"', '"writesToAdamWeir"')
        miniature.written(folder, "statements/talks.toml", renamed)
    miniature.written(folder, "terms.toml", tomlkit.dumps(terms))
    assert "tells of somebody whose name is withheld" in refused(folder)


def test_no_remark_goes_with_what_is_told_less(tmp_path: Path) -> None:
    """Neither of a statement, nor of a claim of others on it, nor in a note on it."""
    folder = mill(tmp_path)
    entry = {"label": "Adam Weir", "class": "Person", "identity": "withheld"}
    miniature.written(folder, "actors/boatman.toml", tomlkit.dumps(entry))
    remark = "Canaryremark of 17 May."
    said = [{**OF_HIM, "id": "s0", "note": remark, "claims": [{**WRITER, **AT, "note": remark}]}]
    said.append({**GUNS, "id": "s1", "note": remark, "claims": [
        {**HIM, **AT}, {**WRITER, **AT, "stance": "reports", "note": remark}]})  # fmt: skip
    miniature.written(folder, "statements/more.toml", tomlkit.dumps({"statement": said}))
    note = {"id": "n", "on": ["s0", "river-guard"], "text": remark, **AT}
    miniature.written(folder, "notes.toml", tomlkit.dumps({"note": [note]}))
    made = public(folder)
    assert {hidden_id("s0"), hidden_id("s1")} <= {one.id for one in made.case.statements}
    assert "Canaryremark" not in repr(plain(made.case))
    assert [one for one in lacks(made) if not one.why] == []


def test_what_may_not_be_said_of_how_they_are_told_is_refused(tmp_path: Path) -> None:
    folder = mill(tmp_path)
    say(folder, dates="week", label="A man")
    places = {one.place for one in miniature.problems_of(folder)}
    assert places == {"mill, dates", "mill, label"}


# The key


def test_a_key_is_for_its_owner_and_no_work_tree(tmp_path: Path) -> None:
    run = CliRunner()
    file = tmp_path / "case.key"
    made = run.invoke(main, ["key", "new", str(file)])
    key = read_key(file)
    assert (made.exit_code, key.id in made.output) == (0, True)
    assert key.secret.hex() not in made.output
    assert key.secret.hex() not in repr(key)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    again = run.invoke(main, ["key", "new", str(file)])
    assert (again.exit_code, "there already" in again.output) == (2, True)
    (tmp_path / "tree/.git").mkdir(parents=True)
    inside = tmp_path / "tree/case.key"
    assert run.invoke(main, ["key", "new", str(inside)]).exit_code == 2
    assert not inside.exists()
    inside.write_bytes(file.read_bytes())
    with pytest.raises(UsageError, match="which git keeps"):
        read_key(inside)
    link = tmp_path / "link.key"
    link.symlink_to(inside)
    with pytest.raises(UsageError, match="which git keeps"):
        read_key(link)
    link.unlink()
    link.write_text("hudna-key-1 1234\n", "ascii")
    with pytest.raises(UsageError, match="holds no key"):
        read_key(link)


def test_that_others_may_open_a_key_is_told(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "loose.key"
    write_key(file)
    file.chmod(0o640)
    public = str(tmp_path / "public")
    seen = hudna(home, "build", "--public", public, env={"HUDNA_KEY_FILE": str(file)})
    assert (seen.exit_code, f"chmod 600 {file}" in " ".join(seen.output.split())) == (0, True)


@given(st.text(), st.text(), st.text())
def test_what_a_key_makes_is_another_thing_for_each_use(case: str, release: str, name: str) -> None:
    key, other = new_key(), new_key()
    assert re.fullmatch("[a-z2-7]{16}", key.opaque(case, release, name))
    assert key.opaque(case, release, name) == Key(key.secret).opaque(case, release, name)
    made = [key.opaque(case, release, name), key.opaque(case, release + "!", name), key.id]
    made += [key.fingerprint(name), other.fingerprint(name), other.id]
    made += [other.opaque(case, release, name), key.opaque(case, release, name + "!")]
    assert len({*made}) == len(made)
