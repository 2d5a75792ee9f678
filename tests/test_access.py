"""What is not public: what depends on it goes with it, and the rest is as if it were not there."""

from __future__ import annotations

import dataclasses
import shutil
import tomllib
from datetime import date
from typing import TYPE_CHECKING, Any

import miniature
import pytest
import tomlkit
from depth import examples
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from graph import reader
from graph.build import comparison, judging, release
from graph.errors import DataProblems
from graph.model import NOWHERE, RECORDS, Case, Claim, Record, Statement, specs
from graph.model.things import Located
from graph.reader import access

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

Path_ = tuple[str | int, ...]


def entries(folder: Path) -> list[tuple[str, Path_]]:
    """Return every table of a case that may say who may see it: file, and the way into it."""
    found: list[tuple[str, Path_]] = []
    for file in sorted(folder.rglob("*.toml")):
        name = file.relative_to(folder).as_posix()
        table = tomllib.loads(file.read_text("utf-8"))
        if "/" in name and not name.startswith("statements/"):
            found.append((name, ()))
        found += [(name, way) for way in ways(table) if way[0] != "defaults"]
    return found


def ways(value: object, before: Path_ = ()) -> Iterator[Path_]:
    """Yield the ways to the tables inside a table."""
    items = value.items() if isinstance(value, dict) else enumerate(value)  # type: ignore[arg-type]
    for key, one in items:
        if isinstance(one, dict):
            yield (*before, key)
        if isinstance(one, dict | list):
            yield from ways(one, (*before, key))


def at(table: Any, way: Path_) -> Any:  # noqa: ANN401 — any TOML
    for key in way:
        table = table[key]
    return table


def marked(folder: Path, marks: Mapping[tuple[str, Path_], Mapping[str, str]]) -> None:
    """Write into tables of a case who may see them."""
    for (name, way), keys in marks.items():
        table = tomlkit.loads((folder / name).read_text("utf-8")).unwrap()
        at(table, way).update(keys)
        (folder / name).write_text(tomlkit.dumps(table), "utf-8")


def plain(record: Any) -> Any:  # noqa: ANN401 — records, and what they hold
    """Return a record without where it was authored, as dictionaries."""
    if isinstance(record, Record):
        names = [field.name for field in dataclasses.fields(record)]
        kept = {name: getattr(record, name) for name in names}
        kept |= {"origin": NOWHERE, "access": "", "until": None, "hints": ()}
        kept.pop("withheld", None)  # says how, and is in no graph
        return {name: plain(value) for name, value in kept.items()}
    if isinstance(record, tuple) and not hasattr(record, "_fields"):
        return [plain(one) for one in record]
    return record


def cut(folder: Path, hidden: access.Hidden) -> None:
    """Take out of the files of a case, by hand, what a public reading leaves out."""
    gone = hidden.levels
    for file in sorted(folder.rglob("*.toml")):
        name = file.relative_to(folder).as_posix()
        if "/" in name and not name.startswith("statements/") and file.stem in gone:
            file.unlink()
            continue
        table = tomlkit.loads(file.read_text("utf-8")).unwrap()
        left = without(table, file.stem, file.parent.name, hidden)
        if left or name == "case.toml":
            file.write_text(tomlkit.dumps(left), "utf-8")
        else:
            file.unlink()


def without(  # noqa: PLR0912, PLR0915 — one branch for each table of the grammar
    table: dict[str, Any], own: str, folder: str, hidden: access.Hidden
) -> dict[str, Any]:
    """Return a file without what is hidden, by the grammar of the authored files."""
    gone = hidden.levels
    defaults = table.get("defaults", {})

    def claims(entry: dict[str, Any], statement: str) -> None:
        for one in list(entry.get("claims", ())):
            voice = one.get("voice", defaults.get("voice"))
            cited = one["passages"][0]
            source = cited.partition("#")[0] if "#" in cited else defaults["source"]
            if one.get("id", f"{statement}.{voice}.{one['stance']}.{source}") in gone:
                entry["claims"].remove(one)
                if not entry["claims"]:
                    del entry["claims"]
        if f"{statement}.verdict" in gone:
            entry.pop("verdict", None)

    def listed(entry: dict[str, Any], key: str, ids: list[str]) -> None:
        kept = [one for one, name in zip(entry[key], ids, strict=True) if name not in gone]
        for one, name in zip(entry[key], ids, strict=True):
            if name not in gone and isinstance(one, dict):
                claims(one, name)
        entry[key] = kept
        if not kept:
            del entry[key]

    for key in ("judgement", "resolution", "note", "former", "statement"):
        if isinstance(table.get(key), list):
            listed(table, key, [one["id"] for one in table[key]])
    for key in ("occurred", "concluded", "observed"):
        if key in table:
            claims(table[key], f"{own}.{key}")
    for key, made in (("role", "{own}.{role}.{actor}"), ("stage", "{own}.stage.{stage}")):
        if isinstance(table.get(key), list):
            named = [one.get("id", made.format(own=own, **one)) for one in table[key]]
            listed(table, key, named)
    for clause in list(table.get("clause", ())):
        name = clause["id"]
        for key in ("obligor", "beneficiary"):
            if key in clause:
                listed(clause, key, [f"{name}.{key}.{one}" for one in clause[key]])
        kept = clause.get("fulfilment", ())
        named = [one.get("id", f"{name}.fulfilment.{one['state']}") for one in kept]
        if kept:
            listed(clause, "fulfilment", named)
        claims(clause, f"{name}.agreed")
        if name in gone:
            table["clause"].remove(clause)
    for key in ("names", "identifiers"):
        if key in table and folder in ("actors", "places", "topics"):
            table[key] = [one for one in table[key] if not hidden.hides(one)]
    cited = table.get("coordinates_passages", ())
    if any(one.partition("#")[0] in gone for one in cited):
        for key in Located.LOCATION:
            table.pop(key, None)
    for key in ("mentioned", "instances"):
        if key in table:
            table[key] = [one for one in table[key] if one.partition("#")[0] not in gone]
            if not table[key]:
                del table[key]
    for entry in [table, *(at(table, way) for way in ways(table))]:
        if isinstance(entry.get("question"), list):
            entry["question"] = [one for one in entry["question"] if one not in gone]
            if not entry["question"]:
                del entry["question"]
    for key in ("voice", "source"):
        if defaults.get(key) in gone:
            del defaults[key]
    return table


def public(folder: Path, hidden: access.Hidden) -> Case:
    case, report = reader.partly(folder, miniature.ONTOLOGY, hidden)
    report.refuse(folder)
    return case


ENTRIES = [
    one
    for one in entries(miniature.FOLDER)
    if one[0] != "actors/editors.toml" and (one[1] or "/" in one[0])
]
LEVELS = st.sampled_from(["restricted", "secret"])


@pytest.mark.landing
@given(marks=st.dictionaries(st.sampled_from(ENTRIES), LEVELS, min_size=1, max_size=4))
@examples(60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_public_reading_is_that_of_files_without_what_is_hidden(
    marks: dict[tuple[str, Path_], str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = miniature.copied(tmp_path_factory.mktemp("marked"))
    marked(folder, {where: {"access": level} for where, level in marks.items()})
    case = reader.read(folder, miniature.ONTOLOGY)
    hidden = access.hidden(case)
    assert hidden is not None
    found = public(folder, hidden)
    assert rests_on_nothing_hidden(found, hidden)
    cut(folder, hidden)
    assert miniature.problems_of(folder) == []
    assert plain(found) == plain(reader.read(folder, miniature.ONTOLOGY))


@given(marks=st.dictionaries(st.sampled_from(ENTRIES), LEVELS, min_size=1, max_size=4))
@examples(48, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_left_out_has_a_reason(
    marks: dict[tuple[str, Path_], str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = miniature.copied(tmp_path_factory.mktemp("compared"))
    marked(folder, {where: {"access": level} for where, level in marks.items()})
    whole = reader.read(folder, miniature.ONTOLOGY)
    hidden, why = access.hidden(whole), access.causes(whole)
    assert hidden is not None
    assert {name: cause.level for name, cause in why.items()} == hidden.levels
    shown = release.released(public(folder, hidden))
    found = comparison.lacking(whole, shown, why, concealed=hidden.concealed)
    assert [one for one in found if not one.why] == []
    gone = {one.id for one in found if not one.field}
    kept = {one.id for one in shown.records()}
    assert {one.id for one in whole.records()} <= gone | kept
    assert not gone & kept
    for name in why:
        assert ends_at_a_mark(name, why)


def ends_at_a_mark(name: str, why: Mapping[str, access.Cause]) -> bool:
    """Return whether the reasons of a record lead to one that says itself who may see it."""
    seen = {name}
    while (cause := why[name]).by:
        assert why[cause.by].level.rank >= cause.level.rank
        name = cause.by
        assert name not in seen
        seen.add(name)
    return cause.why in ("says so itself", "tells of whose name is withheld")


def test_what_is_in_public_alone_or_otherwise_without_a_reason_is_told() -> None:
    whole = reader.read(miniature.FOLDER, miniature.ONTOLOGY)
    one, *others = whole.statements
    for public_, told in (
        (dataclasses.replace(whole, statements=tuple(others)), [(one.id, "")]),
        (
            dataclasses.replace(
                whole, statements=(dataclasses.replace(one, scope="More."), *others)
            ),
            [(one.id, "scope")],
        ),
        (
            dataclasses.replace(
                whole, statements=(*whole.statements, dataclasses.replace(one, id="x", claims=()))
            ),
            [("x", "")],
        ),
    ):
        found = comparison.lacking(whole, public_, {})
        assert [(lack.id, lack.field) for lack in found if lack.table == "statements"] == told
        assert not any(lack.why for lack in found)


@pytest.fixture(scope="module")
def denied(tmp_path_factory: pytest.TempPathFactory) -> tuple[Case, Case, dict[str, access.Cause]]:
    """Both builds of a case whose author's own claim is secret, and what a speaker says is not.

    In public alone the author reports what the speaker denies; what the Council says is reported in
    both.
    """
    folder = case_with(
        tmp_path_factory.mktemp("made"),
        ("statements/control.toml", SIEGE, SIEGE.replace(" }", ', access = "secret" }')),
    )
    with_speaker = (folder / "statements/control.toml").read_text("utf-8")
    denies = DENIAL.partition("\n")[2].replace(', access = "secret"', "")
    verdict = '\nverdict = { status = "contested", reason = "Somebody differs." }'
    text = with_speaker.replace(
        'access = "secret" },\n]', f'access = "secret" }},\n{denies}{verdict}'
    )
    (folder / "statements/control.toml").write_text(text, "utf-8")
    made = judged(folder, tell=True)
    return made.whole, made.case, access.causes(made.whole)


def with_claim(case: Case, name: str, **values: Any) -> Case:  # noqa: ANN401
    """Return a case with a claim otherwise, or without it."""

    def changed(one: Statement) -> Statement:
        claims = (dataclasses.replace(x, **values) if x.id == name else x for x in one.claims)
        kept = tuple(x for x in claims if values or x.id != name)
        return dataclasses.replace(one, claims=kept)

    return dataclasses.replace(case, statements=tuple(map(changed, case.statements)))


def test_a_claim_that_the_reader_makes_in_public_alone_follows(
    denied: tuple[Case, Case, dict[str, access.Cause]],
) -> None:
    whole, public_, why = denied
    own = {one.id for one in whole.records() if isinstance(one, Claim)}
    added = [one.id for one in public_.records() if isinstance(one, Claim) and one.id not in own]
    assert [name.partition(".")[0] for name in added] == ["siege-of-mill-town"]
    found = comparison.lacking(whole, public_, why)
    assert [one for one in found if not one.why] == []
    assert [one.field for one in found if one.id in added] == ["made"]


PLANTED: dict[str, dict[str, Any]] = {
    "certainty": {"certainty": "certain"},
    "mode": {"mode": "x"},
    "voice": {"voice": "bandits"},
    "passages": {"passages": ()},
    "note": {"note": "More."},
    "gone": {},
}


@pytest.mark.parametrize("how", PLANTED)
@pytest.mark.parametrize("both", [True, False], ids=["in both", "in public alone"])
def test_a_difference_in_a_claim_that_the_reader_makes_is_found(
    how: str, both: bool, denied: tuple[Case, Case, dict[str, access.Cause]]
) -> None:
    whole, public_, why = denied
    own = {one.id for one in whole.records()}
    made = [one for one in public_.records() if isinstance(one, Claim) and one.made]
    name = next(one.id for one in made if (one.id in own) is both)
    found = comparison.lacking(whole, with_claim(public_, name, **PLANTED[how]), why)
    told = {(one.id, one.field) for one in found if not one.why}
    if how == "gone":
        assert told == ({(name, "")} if both else {(name, "made")})
    else:
        assert told == {(name, how if both else "")}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "More."), ("as_of", date(2031, 1, 1)), ("withholds", "9 claims"),
        ("editor", "observers"), ("contact", "x@x.example"),
    ],
)  # fmt: skip
def test_a_difference_in_what_a_case_says_is_found(
    field: str, value: object, denied: tuple[Case, Case, dict[str, access.Cause]]
) -> None:
    whole, public_, why = denied
    found = comparison.lacking(whole, dataclasses.replace(public_, **{field: value}), why)  # type: ignore[arg-type]
    assert [(one.table, one.field) for one in found if not one.why] == [("cases", field)]


@pytest.mark.parametrize("field", ["earliest_begin", "latest_end", "withheld_claims", "told_from"])
def test_a_difference_in_what_is_derived_is_found(
    field: str, denied: tuple[Case, Case, dict[str, access.Cause]]
) -> None:
    whole, public_, why = denied
    value: object = 3 if field == "withheld_claims" else date(2031, 1, 1)

    def planted(one: Statement) -> Statement:
        return dataclasses.replace(one, **{field: value}) if one.id == "letters" else one  # type: ignore[arg-type]

    other = dataclasses.replace(public_, statements=tuple(map(planted, public_.statements)))
    found = comparison.lacking(whole, other, why)
    assert [(one.id, one.field) for one in found if not one.why] == [("letters", field)]


@pytest.mark.parametrize("name", ["letters", "the-guard"])
def test_what_is_closed_and_stands_in_public_is_found(name: str, tmp_path: Path) -> None:
    """Just as it is among all records, so that no field differs."""
    folder = case_with(
        tmp_path,
        ("statements/talks.toml", 'id = "letters"\n', 'id = "letters"\naccess = "secret"\n'),
        (
            "actors/river-guard.toml",
            'text = "the Guard", ',
            'text = "the Guard", access = "secret", ',
        ),
    )
    whole = reader.read(folder, miniature.ONTOLOGY)
    hidden, why = access.hidden(whole), access.causes(whole)
    assert hidden is not None
    shown = public(folder, hidden)
    assert not [one for one in comparison.lacking(whole, shown, why) if not one.why]
    own: dict[str, Any] = {one.id: one for one in (*whole.statements, *whole.things)}
    if name == "letters":
        kept = (*shown.statements, own["letters"])
        shown = dataclasses.replace(shown, statements=kept)
        expected = {("letters", "")} | {
            (one.id, "") for one in own["letters"].claims if not one.made
        }
    else:
        things = (one if one.id != "river-guard" else own["river-guard"] for one in shown.things)
        shown = dataclasses.replace(shown, things=tuple(things))
        expected = {("river-guard", "names")}
    found = comparison.lacking(whole, shown, why)
    assert {(one.id, one.field) for one in found if not one.why} >= expected


def test_a_sentence_that_is_no_longer_said_to_mention_somebody_is_found(
    denied: tuple[Case, Case, dict[str, access.Cause]],
) -> None:
    whole, public_, why = denied

    def without(one: Any) -> Any:  # noqa: ANN401 — any thing
        return dataclasses.replace(one, mentioned=()) if one.id == "town-council" else one

    other = dataclasses.replace(public_, things=tuple(map(without, public_.things)))
    found = comparison.lacking(whole, other, why)
    assert [(one.id, one.field) for one in found if not one.why] == [("town-council", "mentioned")]


def test_records_may_have_other_ids_in_public() -> None:
    whole = reader.read(miniature.FOLDER, miniature.ONTOLOGY)
    told = comparison.lacking(whole, called_otherwise(whole), {}, {"river-guard": "p-7f3a"})
    assert told == []
    found = comparison.lacking(whole, called_otherwise(whole), {})
    assert {("river-guard", ""), ("p-7f3a", "")} <= {(one.id, one.field) for one in found}


def called_otherwise(value: Any) -> Any:  # noqa: ANN401 — records, and what they hold
    """Return a value with another id for one thing, wherever it is named."""
    if isinstance(value, Record):
        names = [field.name for field in dataclasses.fields(value)]
        return dataclasses.replace(
            value, **{name: called_otherwise(getattr(value, name)) for name in names}
        )
    if type(value) is tuple:
        return tuple(map(called_otherwise, value))
    return "p-7f3a" if value == "river-guard" else value


def rests_on_nothing_hidden(case: Case, hidden: access.Hidden) -> bool:
    """Return whether no record of a public reading is hidden or names what is."""
    for record in case.records():
        made = isinstance(record, Claim) and record.made  # from claims that are public
        assert made or record.id not in hidden.levels
        for spec in specs(type(record)):
            value = getattr(record, spec.name)
            for one in value if isinstance(value, tuple) else (value,):
                assert str(one) not in hidden.levels, (record.id, spec.name)
                assert getattr(one, "source", "") not in hidden.levels, (record.id, spec.name)
        if isinstance(record, Statement):
            assert record.object not in hidden.levels
    return True


def case_with(tmp_path: Path, *changes: tuple[str, str, str]) -> Path:
    """Return a copy of the case with texts of its files replaced, each of which is there once."""
    folder = miniature.copied(tmp_path)
    for name, old, new in changes:
        text = (folder / name).read_text("utf-8")
        assert text.count(old) == 1, (name, old)
        (folder / name).write_text(text.replace(old, new), "utf-8")
    return folder


EDITOR = 'identity = "named"'
SIEGE = 'passages = ["courier-2020#2.1"] },\n]'
DENIAL = (
    'passages = ["courier-2020#2.1"] },\n  { voice = "river-guard", stance = "denies", '
    'certainty = "certain", passages = ["courier-2020#4.3"], access = "secret" },\n]'
)


def judged(folder: Path, **options: Any) -> judging.Judged:  # noqa: ANN401
    return judging.public_part(folder, miniature.ONTOLOGY, lambda _step: None, **options)


def test_a_filter_makes_no_fact(tmp_path: Path) -> None:
    change = ("statements/control.toml", SIEGE, DENIAL)
    folder = case_with(tmp_path, change)
    with pytest.raises(DataProblems) as refused:
        judged(folder)
    told = "\n".join(map(str, refused.value.problems))
    assert "something would look surer" in told
    assert "siege" not in told
    with pytest.raises(DataProblems) as refused:
        judged(folder, tell=True)
    (problem,) = refused.value.problems
    assert (problem.place, problem.line) == ("statement siege-of-mill-town", 3)
    assert "accepted in public, but is contested" in problem.message


@pytest.mark.parametrize(
    "added",
    ['access = "secret"', 'verdict = { status = "contested", reason = "Somebody differs." }'],
)
def test_it_makes_none_where_the_editor_decides(tmp_path: Path, added: str) -> None:
    siege = 'id = "siege-of-mill-town"\n'
    changes = (
        ("statements/control.toml", SIEGE, DENIAL),
        ("statements/control.toml", siege, f"{siege}{added}\n"),
    )
    assert judged(case_with(tmp_path, *changes)).case.statements


def test_a_day_opens_what_waits_for_it(tmp_path: Path) -> None:
    siege = 'id = "siege-of-mill-town"\n'
    waits = ("statements/control.toml", siege, f'{siege}until = "2026-05-01"\n')
    folder = case_with(tmp_path, waits)
    shown = {
        day: "siege-of-mill-town" in {one.id for one in judged(folder, today=day).case.statements}
        for day in (None, date(2026, 4, 30), date(2026, 5, 1), date(2027, 1, 1))
    }
    assert list(shown.values()) == [False, False, True, True]


def test_the_default_of_a_case_counts_where_nothing_is_said(tmp_path: Path) -> None:
    head = 'editor = "editors"\n'
    siege = 'id = "siege-of-mill-town"\n'
    changes = (
        ("case.toml", head, f'{head}access = "restricted"\n'),
        ("statements/control.toml", siege, f'{siege}access = "public"\n'),
        ("actors/editors.toml", 'identity = "named"', 'identity = "named"\naccess = "public"'),
    )
    made = judged(case_with(tmp_path, *changes))
    assert not made.case.statements  # what it rests on is not public
    assert [one.id for one in made.case.things] == ["editors"]
    assert made.withheld["statements"] == len(made.whole.statements)


def test_restricted_records_are_counted_and_secret_ones_are_not(tmp_path: Path) -> None:
    siege, pigeons = 'id = "siege-of-mill-town"\n', 'id = "letters"\n'
    changes = (
        ("statements/control.toml", siege, f'{siege}access = "restricted"\n'),
        ("statements/talks.toml", pigeons, f'{pigeons}access = "secret"\n'),
    )
    assert judged(case_with(tmp_path, *changes)).withheld == {"claims": 1, "statements": 1}


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        (
            "statements/control.toml",
            'id = "siege-of-mill-town"\n',
            'id = "siege-of-mill-town"\naccess = "public"\nuntil = "2026-05-01"\n',
            "leave one out",
        ),
        (
            "actors/editors.toml",
            'identity = "named"',
            'identity = "named"\naccess = "secret"',
            "name another",
        ),
        (
            "actors/editors.toml",
            'identity = "named"',
            'identity = "named"\naccess = "privat"',
            "is not an access",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused(
    tmp_path: Path, name: str, old: str, new: str, told: str
) -> None:
    problems = miniature.problems_of(case_with(tmp_path, (name, old, new)))
    assert [told in one.message for one in problems] == [True], problems


def test_a_field_that_is_not_allowed_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    allowed = {**release._listed(), "Thing": ["classes", "label"]}
    monkeypatch.setattr(release, "_listed", lambda: allowed)
    release.left_out.cache_clear()
    case = reader.read(miniature.FOLDER, miniature.ONTOLOGY)
    assert any(thing.note for thing in case.things)
    assert not any(thing.note for thing in release.released(case).things)
    release.left_out.cache_clear()


def test_every_field_but_who_may_see_it_is_allowed_today() -> None:
    for record in RECORDS:
        left = release.left_out(record)  # type: ignore[arg-type]
        assert [name for name, _ in left] == ["access", "until"]


def test_what_is_kept_apart_is_secret(tmp_path: Path) -> None:
    """The same files as one folder, and with some of them in another."""
    apart = tmp_path / "apart"
    for name in ("topics/pigeon-post.toml", "events/ev-shelling.toml", "notes.toml"):
        folder = miniature.copied(tmp_path / name.partition("/")[0])
        one = judged(case_with_secrets(folder, name))
        (apart / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).rename(apart / name)
        text = (apart / name).read_text("utf-8").replace('access = "secret"\n', "")
        (apart / name).write_text(text, "utf-8")
        two = judged(folder, apart=apart)
        assert plain(one.case) == plain(two.case)
        assert plain(one.whole) == plain(two.whole)
        shutil.rmtree(apart)


def case_with_secrets(folder: Path, name: str) -> Path:
    """Return the folder of a case in which all records of a file are secret."""
    text = (folder / name).read_text("utf-8")
    if name == "notes.toml":
        text = text.replace("[[note]]\n", '[[note]]\naccess = "secret"\n')
    else:
        text = f'access = "secret"\n{text}'
    (folder / name).write_text(text, "utf-8")
    return folder
