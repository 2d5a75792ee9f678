"""Each format: rows in its columns become a case that passes the check and answers a question.

All rows are made up; the files of the data sets are nowhere in the project.
"""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import tomllib
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, Any, NamedTuple

import miniature
import pytest
from click.testing import CliRunner

from graph.cli.main import main
from graph.errors import DataProblems, UsageError
from graph.importers import formats, importing, reading
from graph.importers.drafting import NOWHERE
from graph.importers.keeping_out import in_git_of, tracked
from graph.importers.listed import list_of
from graph.importers.templates import Template

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from click.testing import Result

    from graph.importers.form import Choice

NAMES = [name for name in formats.names() if name != "ucdp-ged"]
EXAMPLE = Path(__file__).parents[1] / "docs" / "mapping-example.toml"


class Made(NamedTuple):
    """Files of a data set, the question that is asked of the case, and what the answer has."""

    files: Mapping[str, str]
    question: str
    answer: str
    private: bool = False


def table(rows: Iterable[Mapping[str, object]], columns: Iterable[str] = ()) -> str:
    """Return rows as CSV; with columns also those that no row has."""
    rows = list(rows)
    names = list(columns) or list(rows[0])
    file = io.StringIO()
    writer = csv.DictWriter(file, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def without_header(text: str) -> str:
    return text.partition("\n")[2]


NONSTATE = {
    "conflict_id": 1,
    "dyad_id": 11,
    "org": 1,
    "side_a_name": "Ozan Column",
    "side_a_name_fulltext": "Column of Ozan",
    "side_a_name_mothertongue": "طابور أوزان",
    "side_a_id": 900,
    "side_a_components": "",
    "side_b_name": "Ferro Band, Zelk Band",
    "side_b_name_fulltext": "",
    "side_b_name_mothertongue": "",
    "side_b_id": 901,
    "side_b_components": "902, 903",
    "start_date2": "2014-02-01",
    "ep_end": 0,
    "year": 2014,
    "best_fatality_estimate": 30,
    "low_fatality_estimate": 25,
    "high_fatality_estimate": 40,
    "location": "Tallandia",
    "version": "22.1",
}
NONSTATE_2 = NONSTATE | {
    "dyad_id": 12,
    "side_b_name": "Zelk Band",
    "side_b_id": 903,
    "side_b_components": "",
    "location": "Tallandia, Borland",
}
PRIO = {
    "conflict_id": 7,
    "location": "Tallandia",
    "side_a": "Government of Tallandia",
    "side_a_id": 1,
    "side_a_2nd": "Government of Borland",
    "side_b": "Ozan Column",
    "side_b_id": 900,
    "side_b_2nd": "",
    "incompatibility": 2,
    "territory_name": "",
    "year": 2014,
    "intensity_level": 2,
    "type_of_conflict": 4,
    "version": "22.1",
}
SDN = [
    "ent_num",
    "name",
    "type",
    "program",
    "title",
    "call_sign",
    "vess_type",
    "tonnage",
    "grt",
    "vess_flag",
    "vess_owner",
    "remarks",
]
NOTHING = dict.fromkeys(SDN, "-0- ")
SDN_ROWS = [
    NOTHING
    | {
        "ent_num": 1,
        "name": "OZAN, Rida",
        "type": "individual",
        "program": "TAL] [BOR",
        "title": "Minister",
        "remarks": "DOB 1 Jan 1960; Linked To: OZAN TRADING &AMP; CO.; a.k.a. 'RIDA O'.",
    },
    NOTHING | {"ent_num": 2, "name": "OZAN TRADING & CO", "program": "TAL"},
    NOTHING | {"ent_num": 3, "name": "SEA STAR", "type": "vessel", "program": "TAL"},
]
ALT = [
    {"ent_num": 1, "alt_num": 5, "alt_type": "aka", "alt_name": "رضا أوزان", "alt_remarks": "-0- "},
    {"ent_num": 3, "alt_num": 6, "alt_type": "aka", "alt_name": "STAR", "alt_remarks": "-0- "},
]
ADD = [
    {
        "ent_num": 2,
        "add_num": 8,
        "address": "-0- ",
        "city_state_zip": "Ozan",
        "country": "Tallandia",
        "add_remarks": "-0- ",
    }
]
OFAC = {"sdn.csv": table(SDN_ROWS), "alt.csv": table(ALT), "add.csv": table(ADD)}


def entity(schema: str, key: str, **properties: str | list[str]) -> str:
    listed = {name: one if isinstance(one, list) else [one] for name, one in properties.items()}
    return json.dumps({"id": key, "schema": schema, "properties": listed})


LINKS = [
    ("Ownership", "owner", "asset", "owns"),
    ("Directorship", "director", "organization", "leads"),
    ("Membership", "member", "organization", "memberOf"),
    ("Employment", "employee", "employer", "employedBy"),
    ("Representation", "agent", "client", "represents"),
    ("Payment", "payer", "beneficiary", "sponsors"),
    ("UnknownLink", "subject", "object", "linkedTo"),
    ("Family", "person", "relative", "relatedTo"),
    ("Associate", "person", "associate", "linkedTo"),
    ("Succession", "successor", "predecessor", "succeeds"),
]
PEOPLE = ("Family", "Associate", "Succession")
FTM = [
    *(
        entity(
            schema,
            f"x{n}",
            **{a: "p1", b: "p2" if schema in PEOPLE else "c1"},
            startDate="2014-02-03",
            date="2014-02",
            role="partner",
            amountEur="20",
        )
        for n, (schema, a, b, _) in enumerate(LINKS)
    ),
    entity("Ownership", "x98", owner="nobody", asset="c1"),
    entity(
        "Sanction",
        "x99",
        entity="c1",
        authority="Council of Borland",
        program="BOR-1",
        startDate="2015",
    ),
    entity("Person", "p1", name=["Rida Ozan", "رضا أوزان"], country="sy", position="Minister"),
    entity("Person", "p2", name="Sami Ferro", alias=["Ferro", "Ферро"]),
    entity("Company", "c1", name="Ozan Trading &amp; Co", jurisdiction="XK"),
    entity("Address", "a1", full="Ozan Street"),
]
ACLED = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
]
EVENT = {
    "event_id_cnty": "TAL1",
    "event_date": "2016-03-05",
    "year": 2016,
    "time_precision": 1,
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "actor1": "Ozan Column",
    "assoc_actor_1": "Ferro Band; Zelk Band",
    "inter1": "Rebel group",
    "actor2": "Military Forces of Tallandia",
    "inter2": "1",
    "country": "Tallandia",
    "admin1": "Norderland",
    "admin2": "Ozanshire",
    "location": "Ozanville",
    "latitude": 34.7,
    "longitude": 36.7,
    "geo_precision": 1,
    "notes": "Kept nowhere",
    "fatalities": 3,
}
EVENTS = [
    EVENT,
    EVENT
    | {
        "event_id_cnty": "TAL2",
        "event_date": "06 March 2016",
        "time_precision": 2,
        "geo_precision": 3,
        "event_type": "Explosions/Remote violence",
        "sub_event_type": "Air/drone strike",
        "actor1": "Military Forces of Tallandia",
        "assoc_actor_1": "",
        "inter1": "State forces",
        "actor2": "Civilians (Tallandia)",
        "inter2": "Civilians",
    },
    EVENT
    | {
        "event_id_cnty": "TAL3",
        "event_type": "Protests",
        "sub_event_type": "Peaceful protest",
        "actor1": "Protesters (Tallandia)",
        "inter1": "6",
        "actor2": "",
        "inter2": "",
    },
    EVENT | {"event_id_cnty": "TAL4", "event_date": "0025-03-05", "year": 2025},
]
GDELT = formats.known("gdelt").tables[0]
CODES = (
    "010",
    "020",
    "030",
    "040",
    "042",
    "045",
    "046",
    "050",
    "051",
    "052",
    "053",
    "054",
    "055",
    "056",
    "057",
    "060",
    "061",
    "064",
    "070",
    "072",
    "073",
    "074",
    "075",
    "080",
    "084",
    "090",
    "100",
    "110",
    "115",
    "116",
    "120",
    "124",
    "130",
    "139",
    "140",
    "143",
    "150",
    "160",
    "162",
    "163",
    "164",
    "165",
    "170",
    "171",
    "172",
    "173",
    "174",
    "175",
    "180",
    "181",
    "182",
    "184",
    "190",
    "191",
    "192",
    "193",
    "194",
    "195",
    "196",
    "200",
    "201",
)


def news(codes: Iterable[str]) -> str:
    """Return events of GDELT, one of each code, without header row."""
    rows = [
        {
            "GLOBALEVENTID": str(n),
            "SQLDATE": "20160305",
            "Actor1Code": "TALGOV",
            "Actor1Name": "TALLANDIA",
            "Actor1Type1Code": "GOV",
            "Actor2Code": "TALREB",
            "Actor2Name": 'OZAN "COLUMN',
            "Actor2Type1Code": "REB",
            "EventBaseCode": code,
            "ActionGeo_FullName": "Ozanville, Norderland, Tallandia",
        }
        for n, code in enumerate(codes)
    ]
    return "".join("\t".join(row.get(one, "") for one in GDELT.layout.order) + "\n" for row in rows)


DEAL = {
    "Con": "Tallandia",
    "Contp": "Government",
    "PP": 5,
    "PPName": "Tallandia: talks of Ozanville",
    "Reg": "Somewhere",
    "AgtId": "202.0",
    "Ver": 1,
    "Agt": "Accord of Ozanville",
    "Dat": "2016-05-04",
    "Status": "Multiparty signed/agreed",
    "Agtp": "Intra",
    "Stage": "SubComp",
    "StageSub": "FrAg",
    "Part": "Government of Tallandia; Ozan Column, represented by its head",
    "ThrdPart": "United Nations; Borland",
}
DEALS = [
    DEAL,
    DEAL
    | {
        "Con": "Tallandia/Borland",
        "AgtId": "203",
        "Agt": "Halt of Ozanville",
        "Dat": "05/06/2016",
        "Stage": "Cea",
        "StageSub": "Ceas",
        "Status": "Unilateral document",
        "Part": "Ozan Column",
        "ThrdPart": "",
    },
]
TARGET = {
    "id": "NK-1",
    "schema": "Person",
    "name": "Rida Ozan",
    "aliases": 'رضا أوزان;"Ozan; the elder"',
    "birth_date": "1960",
    "countries": "sy;ru",
    "addresses": "",
    "identifiers": "",
    "sanctions": "TAL - 2014",
    "phones": "",
    "emails": "",
    "dataset": "List of Borland",
    "first_seen": "2020-01-01T00:00:00",
    "last_seen": "2024-05-01T00:00:00",
    "last_change": "",
}
TARGETS = [
    TARGET,
    TARGET
    | {"id": "NK-2", "schema": "Company", "name": "Ozan Trading", "aliases": "", "sanctions": ""},
    TARGET | {"id": "NK-3", "schema": "Vessel", "name": "Sea Star"},
]
OBJECTS = "SELECT ?name WHERE {{ ?s rdf:predicate hud:{} ; rdf:object/rdfs:label ?name }}"
MADE = {
    "ucdp-nonstate": Made(
        {"a.csv": table([NONSTATE, NONSTATE_2])},
        OBJECTS.format("memberOf"),
        "Ferro Band, Zelk Band",
    ),
    "ucdp-prio-acd": Made(
        {"a.csv": table([PRIO])}, OBJECTS.format("reinforces"), "Government of Tallandia"
    ),
    "ofac-sdn": Made(OFAC, OBJECTS.format("linkedTo"), "OZAN TRADING & CO"),
    "ftm": Made({"a.json": "\n".join(FTM)}, OBJECTS.format("owns"), "Ozan Trading & Co"),
    "acled": Made(
        {"a.csv": table(EVENTS, ACLED)},
        OBJECTS.format("bombs"),
        "Civilians (Tallandia)",
        private=True,
    ),
    "gdelt": Made({"a.csv": news(CODES)}, OBJECTS.format("shells"), 'Ozan "Column'),
    "pa-x": Made({"a.csv": table(DEALS)}, OBJECTS.format("party"), "Ozan Column", private=True),
    "opensanctions": Made({"a.csv": table(TARGETS)}, OBJECTS.format("sanctions"), "Rida Ozan"),
}


def files_of(folder: Path, files: Mapping[str, str], encoding: str = "utf-8") -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / name for name in files]
    for path, text in zip(paths, files.values(), strict=True):
        path.write_bytes(text.encode(encoding, "surrogatepass"))
    return paths


def imported(
    name: str,
    folder: Path,
    files: Mapping[str, str],
    encoding: str = "utf-8",
    **asked: Any,  # noqa: ANN401 - of a request
) -> importing.Imported:
    """Import files of a format into a case of its name."""
    request = importing.Request(
        files_of(folder / "in", files, encoding), day="2024-06-01"
    )._replace(**asked)
    return importing.run(formats.known(name), request, folder / name, dry_run=False)


def hudna(*words: str, given: str = "") -> Result:
    return CliRunner(env={"COLUMNS": "200"}).invoke(main, list(words), input=given)


def statements(folder: Path) -> list[dict[str, Any]]:
    texts = sorted(folder.glob("statements/*.toml"))
    return [one for path in texts for one in tomllib.loads(path.read_text("utf-8"))["statement"]]


def thing(folder: Path, label: str) -> dict[str, Any]:
    found = [tomllib.loads(path.read_text("utf-8")) for path in folder.glob("*/*.toml")]
    return next(one for one in found if one.get("label") == label)


def refusals(done: importing.Imported) -> str:
    return "\n".join(why for _, why in done.refused)


def problems(name: str, folder: Path, text: str) -> str:
    with pytest.raises(DataProblems) as raised:
        imported(name, folder, {"a.csv": text})
    return "\n".join(f"{one.line} {one.message}" for one in raised.value.problems)


# --- all formats


def test_every_format_has_rows_here() -> None:
    assert set(MADE) == set(NAMES)


@pytest.mark.some(4)
@pytest.mark.parametrize("name", NAMES)
def test_a_case_of_a_format_is_checked_built_and_asked(name: str, tmp_path: Path) -> None:
    made = MADE[name]
    imported(name, tmp_path, made.files)
    more = ["--private"] if made.private else []
    where = ["--case", name, "--data", str(tmp_path)]
    checked = hudna("check", *where, "--private")
    assert checked.exit_code == 0, checked.output
    built = hudna("build", *where, *more, "--public", str(tmp_path / "public"))
    assert built.exit_code == 0, built.output
    public = [*more, "--public", str(tmp_path / "public")]
    answer = hudna("query", "-", *where, *public, given=made.question)
    assert made.answer in answer.output, answer.output


@pytest.mark.parametrize("most", [5000, 0])
@pytest.mark.parametrize("name", [name for name in NAMES if MADE[name].private])
def test_nothing_of_what_may_not_be_passed_on_is_public(
    name: str, most: int, tmp_path: Path
) -> None:
    imported(name, tmp_path, MADE[name].files, events_up_to=most)
    public = tmp_path / "public"
    built = hudna("build", "--case", name, "--data", str(tmp_path), "--public", str(public))
    assert built.exit_code == 0, built.output
    told = re.compile(rb"ozan|talland|borland|ferro|zelk|tal1\b|norderland", re.IGNORECASE)
    files = [path for path in public.rglob("*") if path.is_file()]
    assert len(files) > 5
    assert [path.name for path in files if told.search(path.read_bytes())] == []
    assert formats.known(name).about["access"] == "restricted"


@pytest.mark.parametrize("name", [one for one in NAMES if one not in ("ftm", "gdelt")])
def test_a_table_of_a_format_is_a_list_to_compare_with(name: str, tmp_path: Path) -> None:
    """Ids and names are those of the things that the import makes: the oracle."""
    made = imported(name, tmp_path, MADE[name].files).draft.things
    called = {key.replace(" ", ":", 1).replace(" ", "_"): made[key].keys["label"] for key in made}
    found = list_of(tmp_path / "in" / next(iter(MADE[name].files)))
    assert found
    assert {one.id: one.names[0] for one in found}.items() <= called.items()
    assert {one.sort for one in found} == {"agreement" if name == "pa-x" else "actor"}


def git(folder: Path, *words: str) -> list[str]:
    found = subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=False)
    return found.stdout.splitlines()


@pytest.mark.skipif(which("git") is None, reason="git is not installed")
@pytest.mark.parametrize("most", [5000, 0])
@pytest.mark.parametrize("name", [name for name in NAMES if MADE[name].private])
def test_git_takes_nothing_of_what_may_not_be_passed_on(
    name: str, most: int, tmp_path: Path
) -> None:
    git(tmp_path, "init", "-q")
    folder = tmp_path / name
    imported(name, tmp_path, MADE[name].files, events_up_to=most)
    taken = git(folder, "ls-files", "--others", "--exclude-standard")
    assert sorted(taken) == [".gitignore", "README.md", f"actors/{name}-editors.toml", "case.toml"]
    ignored = (folder / ".gitignore").read_text("utf-8")
    (folder / ".gitignore").write_text(ignored + "/mine.txt\n!/case*\n", "utf-8")
    (folder / "actors" / "own.toml").write_text("", "utf-8")
    imported(name, tmp_path, MADE[name].files, events_up_to=most, release="second")
    now = git(folder, "ls-files", "--others", "--exclude-standard")
    assert sorted(now) == sorted([*taken, "actors/own.toml"])
    assert (folder / ".gitignore").read_text("utf-8").endswith("/mine.txt\n!/case*\n")


@pytest.mark.skipif(which("git") is None, reason="git is not installed")
def test_what_git_has_already_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "acled"
    imported("acled", tmp_path, MADE["acled"].files)
    assert tracked(folder) == []  # there is no repository
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    assert tracked(folder) == []
    mine = [folder / "imports" / "acled.toml", folder / "statements" / "acled-001.toml"]
    (folder / "imports" / "own.txt").write_text("", "utf-8")
    git(folder, "add", "--force", *map(str, mine), "imports/own.txt")
    (folder / ".gitignore").write_text(
        (folder / ".gitignore").read_text("utf-8") + "*.txt\n", "utf-8"
    )
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "none"))
    assert tracked(folder) == ["imports/acled.toml", "statements/acled-001.toml"]
    spy = tmp_path / "spy"
    spy.write_text(f"#!/bin/sh\ntouch {tmp_path / 'was-run'}\n", "utf-8")
    spy.chmod(0o755)
    monkeypatch.delenv("GIT_DIR")
    git(tmp_path, "config", "core.fsmonitor", str(spy))
    (tmp_path / "was-run").unlink(missing_ok=True)
    problem = in_git_of(folder)[0]
    assert not (tmp_path / "was-run").exists()
    assert "git has 2 files of what may not be passed on (imports/acled.toml, " in problem.message
    with (folder / ".gitignore").open("a", encoding="utf-8") as file:
        file.write("!/imports/acled.toml\n")
    assert tracked(folder) == ["statements/acled-001.toml"]
    for words in (["check"], ["import", "acled", str(tmp_path / "in" / "a.csv"), "--dry-run"]):
        where = ["--data", str(tmp_path), *(["--case", "acled"] * (words == ["check"]))]
        done = CliRunner().invoke(main, [*words, *where])
        assert "git has 1 file of what may not" in " ".join(done.output.split()), done.output
        assert done.exit_code == (1 if words == ["check"] else 0)
    public, texts = tmp_path / "public", tmp_path / "texts.txt"
    texts.write_text("nowhere said\n", "utf-8")
    where = ["--data", str(tmp_path), "--public", str(public)]
    assert hudna("build", "--case", "acled", *where).exit_code == 0
    done = hudna("leaks", str(texts), "--case", "acled", *where)
    assert (done.exit_code, "git has 1 file" in done.output) == (1, True)
    done = hudna("leaks", str(texts), "--case", "acled", *where, "--format", "json")
    assert json.loads(done.output) == [
        {"line": 0, "places": ["statements/acled-001.toml"], "at": []}
    ]


def test_what_everybody_may_see_is_not_kept_out_of_git(tmp_path: Path) -> None:
    imported("ofac-sdn", tmp_path, MADE["ofac-sdn"].files)
    assert not (tmp_path / "ofac-sdn" / ".gitignore").exists()


def words_of(made: object, known: Mapping[str, Choice]) -> Iterator[str]:
    """Yield what a template of a format may give: one word, or all that a choice has."""
    if isinstance(made, list):
        for one in made:
            yield from words_of(one, known)
    elif isinstance(made, Template):
        choice = known.get(made.only)
        found = (
            [*choice.equal.values(), *choice.matches.values(), choice.other]
            if choice
            else [made.text]
        )
        yield from (one for one in found if one)


@pytest.mark.parametrize("name", formats.names())
def test_the_words_of_a_format_are_those_of_the_ontology(name: str) -> None:
    ontology = miniature.ONTOLOGY
    kinds = {
        "events": "eventKinds",
        "agreements": "agreementKinds",
        "places": "placeKinds",
        "actors": "actorKinds",
    }
    for one in formats.known(name).tables:
        known = {**one.choices, **one.parts}
        for form in one.statements:
            assert set(words_of(form.predicate, known)) <= ontology.predicates.keys()
            if form.predicate.text == "stage":
                assert set(words_of(form.object, known)) <= ontology.kinds["stages"]
        for made in one.things:
            assert set(words_of(made.keys.get("class"), known)) <= ontology.classes.keys()
            used = {
                *words_of(made.keys.get("kind"), known),
                *words_of(made.keys.get("kinds"), known),
            }
            assert used <= ontology.kinds[kinds[made.folder]]


def test_codes_mean_what_the_alignments_say() -> None:
    text = (miniature.ONTOLOGY.folder / "alignments.ttl").read_text("utf-8")
    meant: dict[str, set[str]] = {}
    for name, codes in re.findall(r"^hud:(\w+) hud:mapping ([^.]+) \.$", text, re.MULTILINE):
        for code in re.findall(r'"CAMEO (\d{3})"', codes):
            meant.setdefault(code, set()).add(name)
    tie = GDELT.choices["tie"]
    told = {code: tie.chosen(code) for code in CODES if code in meant and tie.chosen(code)}
    assert len(told) > 25
    assert {code: name for code, name in told.items() if name not in meant[code]} == OTHERWISE


OTHERWISE = {
    "052": "backs",  # who is defended is an actor here, not a deed
    "075": "shelters",  # asylum
    "143": "resists",  # nobody boycotts an actor
    "150": "threatens",  # against an actor, not through a place
    "170": "coerces",
    "180": "attacks",
    "192": "fights",  # whose place it is, not which
    "193": "fights",  # with small arms, not from hiding
    "196": "attacks",  # whom, not which truce
}
"""Codes of which the format says otherwise, and why."""


# --- each format


def test_a_side_of_several_has_those_as_members_that_are_told_of(tmp_path: Path) -> None:
    done = imported("ucdp-nonstate", tmp_path, MADE["ucdp-nonstate"].files)
    said = statements(tmp_path / "ucdp-nonstate")
    members = [(one["subject"], one["object"]) for one in said if one["predicate"] == "memberOf"]
    assert members == [("zelk-band", "ferro-band-zelk-band")]  # 902 is told of nowhere
    assert {one.reason: one.rows for one in done.skipped}[NOWHERE] == ("1.1",)
    names = thing(tmp_path / "ucdp-nonstate", "Ozan Column")["names"]
    assert {"text": "طابور أوزان", "lang": "ar"} in names
    assert thing(tmp_path / "ucdp-nonstate", "Tallandia, Borland")["kinds"] == ["severalPlaces"]
    toll = next(one for one in said if one["predicate"] == "hasDeathToll")
    assert (toll["value"], toll["low"], toll["high"]) == (30, 25, 40)


@pytest.mark.parametrize("header", [True, False])
@pytest.mark.parametrize(
    "order", [("sdn.csv", "alt.csv", "add.csv"), ("add.csv", "alt.csv", "sdn.csv")]
)
def test_three_tables_of_ofac_with_and_without_header(
    header: bool, order: tuple[str, ...], tmp_path: Path
) -> None:
    files = {name: OFAC[name] if header else without_header(OFAC[name]) + "\x1a" for name in order}
    done = imported("ofac-sdn", tmp_path, files)
    folder = tmp_path / "ofac-sdn"
    assert not done.refused
    assert (done.rows, done.used) == (6, 4)
    person = thing(folder, "OZAN, Rida")
    assert (person["class"], person["note"]) == ("Person", "Minister")
    names = [{"text": "RIDA O", "lang": "en"}, {"text": "رضا أوزان", "lang": "ar"}]
    assert sorted(map(str, person["names"])) == sorted(map(str, names))
    said = {(one["subject"], one["predicate"], one["object"]) for one in statements(folder)}
    assert said == {
        ("us-ofac", "sanctions", "ozan-rida"),
        ("us-ofac", "sanctions", "ozan-trading-and-co"),
        ("ozan-rida", "linkedTo", "ozan-trading-and-co"),
        ("ozan-trading-and-co", "locatedIn", "tallandia"),
    }
    assert not [path for path in folder.glob("*/*.toml") if "-0-" in path.read_text("utf-8")]
    why = {one.reason: one.number for one in done.skipped}
    assert why == {
        "not meant by the format": 1,
        "what it says of something that no row tells of": 1,
    }
    scope = next(one["scope"] for one in statements(folder) if one["object"] == "ozan-rida")
    assert scope == "by the programmes TAL, BOR"


def test_a_value_that_is_called_as_a_column_makes_no_header_row(tmp_path: Path) -> None:
    rows = table([NOTHING | {"ent_num": 1, "name": "title", "program": "TAL"}, SDN_ROWS[1]])
    done = imported("ofac-sdn", tmp_path, {"sdn.csv": without_header(rows)})
    assert done.used == 2


def test_a_condition_holds_for_the_tables_that_have_its_column(tmp_path: Path) -> None:
    asked = [reading.where("program~BOR")]
    imported("ofac-sdn", tmp_path, OFAC, where=asked)
    objects = {one["object"] for one in statements(tmp_path / "ofac-sdn")}
    assert objects == {"ozan-rida"}
    with pytest.raises(UsageError, match='no column "programm"; did you mean'):
        imported("ofac-sdn", tmp_path / "b", OFAC, where=[reading.where("programm~BOR")])


def test_ties_of_followthemoney_find_entities_that_come_later(tmp_path: Path) -> None:
    done = imported("ftm", tmp_path, MADE["ftm"].files)
    folder = tmp_path / "ftm"
    said = {(one["subject"], one["predicate"], one["object"]): one for one in statements(folder)}
    company, person, other = "ozan-trading-and-co", "rida-ozan", "sami-ferro"
    for schema, _, _, predicate in LINKS:
        end = other if schema in PEOPLE else company
        assert (person, predicate, end) in said
    assert said[person, "owns", company]["begins"] == "2014-02-03"
    assert said[person, "sponsors", company]["note"] == "20 euros"
    assert ("council-of-borland", "sanctions", company) in said
    assert ("rida-ozan", "locatedIn", "syria") in said
    why = {one.reason: one.rows for one in done.skipped}
    assert why["what it says of something that no row tells of"] == ("11.1",)
    assert why["says nothing that the format takes"] == ("16.1",)
    assert thing(folder, "Rida Ozan")["names"] == [{"text": "رضا أوزان", "lang": "ar"}]
    assert thing(folder, "Sami Ferro")["names"] == [
        {"text": "Ferro", "lang": "en"},
        {"text": "Ферро", "lang": "und-Cyrl"},
    ]


def test_ties_refer_to_what_an_earlier_import_brought(tmp_path: Path) -> None:
    things = [one for one in FTM if '"Ownership"' not in one]
    imported("ftm", tmp_path, {"a.json": "\n".join(things)})
    imported("ftm", tmp_path, {"b.json": FTM[0]}, part=True, release="ties")
    assert ("rida-ozan", "owns") in {
        (one["subject"], one["predicate"]) for one in statements(tmp_path / "ftm")
    }


def test_events_of_acled_as_precise_as_it_has_them(tmp_path: Path) -> None:
    done = imported("acled", tmp_path, MADE["acled"].files)
    assert refusals(done) == 'when: the year of "0025-03-05" is 0025; is the century left out?'
    said = {one["id"]: one for one in statements(tmp_path / "acled")}
    first, second = said["acled-tal1-occurred"], said["acled-tal2-occurred"]
    assert (first["when"], first["place"]) == ("2016-03-05", "ozanville")
    assert (second["when"], second["place"]) == ("[2016-03-03..2016-03-09]", "norderland")
    forces = thing(tmp_path / "acled", "Military Forces of Tallandia")
    assert forces["class"] == "StateBody"  # by the number and by the word
    assert "Kept nowhere" not in "".join(
        path.read_text("utf-8") for path in (tmp_path / "acled").glob("*/*.toml")
    )


def test_an_event_that_acled_deleted_counts_no_longer(tmp_path: Path) -> None:
    first, second = (
        imported("acled", tmp_path, {"a.csv": table(EVENTS[n:3], ACLED)}, release=name, day=day)
        for n, (name, day) in enumerate((("first", "2024-05-01"), ("second", "2024-06-01")))
    )
    ended = [
        one["id"] for one in statements(tmp_path / "acled") if "known_until" in one["claims"][0]
    ]
    assert "acled-tal1-occurred" in ended
    assert "acled-tal2-occurred" not in ended
    assert (first.written.changes.ended, second.written.changes.ended) == (0, len(ended))


def test_many_events_are_put_together_by_pair_and_month(tmp_path: Path) -> None:
    pytest.importorskip("duckdb")
    rows = [EVENT | {"event_id_cnty": f"TAL{n}"} for n in range(6)]
    done = imported("acled", tmp_path, {"a.csv": table(rows, ACLED)}, events_up_to=5)
    assert done.grouped == 1
    toll = [
        one["value"] for one in statements(tmp_path / "acled") if one["predicate"] == "hasDeathToll"
    ]
    assert toll == [18]


def test_gdelt_becomes_signed_ties_by_month(tmp_path: Path) -> None:
    done = imported("gdelt", tmp_path, MADE["gdelt"].files)
    said = statements(tmp_path / "gdelt")
    assert not done.refused
    assert {one["when"] for one in said} == {"2016-03"}
    signs = {miniature.ONTOLOGY.predicates[one["predicate"]].sign for one in said}
    assert signs == {-1, 0, 1}
    assert not list((tmp_path / "gdelt").glob("events/*"))
    left = next(one for one in done.skipped if one.reason == "says nothing that the format takes")
    assert left.number == 3  # saying, meaning to, going between


def test_gdelt_of_the_first_version_is_refused_by_its_name(tmp_path: Path) -> None:
    row = "\t".join(["1"] * 58) + "\n"
    told = problems("gdelt", tmp_path, row)
    assert "has 58 values and no header row: these are the columns of GDELT 1.0" in told
    assert "take the files of GDELT 2.0" in told
    assert not (tmp_path / "gdelt").exists()


def test_agreements_of_pa_x(tmp_path: Path) -> None:
    done = imported("pa-x", tmp_path, {"a.csv": "\ufeff" + table(DEALS)})
    assert not done.refused
    said = {one["id"]: one for one in statements(tmp_path / "pa-x")}
    assert said["pa-x-202-concluded"]["when"] == "2016-05-04"
    assert said["pa-x-203-concluded"]["when"] == "2016-06-05"
    assert said["pa-x-203-concluded"]["claims"][0]["certainty"] == "possible"
    assert said["pa-x-202-party-ozan-column"]
    assert said["pa-x-202-engagedin-united-nations"]
    assert "pa-x-203-signatory-ozan-column" not in said
    assert thing(tmp_path / "pa-x", "Accord of Ozanville")["kind"] == "frameworkAgreement"
    assert thing(tmp_path / "pa-x", "Halt of Ozanville")["kind"] == "cessationOfHostilities"
    assert thing(tmp_path / "pa-x", "Tallandia/Borland")["kinds"] == ["severalPlaces"]
    again = imported("pa-x", tmp_path / "again", {"a.csv": table([DEAL, DEAL | {"AgtId": "202"}])})
    assert refusals(again) == '"202" is row 1.1 already'


def test_lists_in_cells_of_opensanctions(tmp_path: Path) -> None:
    done = imported("opensanctions", tmp_path, MADE["opensanctions"].files)
    folder = tmp_path / "opensanctions"
    names = thing(folder, "Rida Ozan")["names"]
    assert [one["text"] for one in names] == ["رضا أوزان", "Ozan; the elder"]
    said = {(one["subject"], one["predicate"], one["object"]) for one in statements(folder)}
    assert ("list-of-borland", "sanctions", "rida-ozan") in said
    assert ("rida-ozan", "locatedIn", "russia") in said
    assert not [one for one in said if one[1] == "sanctions" and one[2] == "ozan-trading"]
    assert [one.reason for one in done.skipped] == ["not meant by the format"]


def test_the_mapping_of_the_docs_works(tmp_path: Path) -> None:
    rows = [
        {
            "who": "Ozan Column",
            "does": "ally",
            "whom": "Ferro Band",
            "since": "03/2014",
            "page": "12",
        },
        {"who": "Ozan Column", "does": "enemy", "whom": "Zelk Band", "since": "", "page": "13"},
        {"who": "Ozan Column", "does": "cousin", "whom": "Zelk Band", "since": "", "page": "14"},
    ]
    path = files_of(tmp_path / "in", {"ties.csv": table(rows)})[0]
    done = hudna(
        "import",
        "csv",
        str(path),
        "--mapping",
        str(EXAMPLE),
        "--into",
        "ties",
        "--data",
        str(tmp_path),
    )
    assert done.exit_code == 0, done.output
    said = {
        (one["subject"], one["predicate"], one["object"], one.get("when", ""))
        for one in statements(tmp_path / "ties")
    }
    assert said == {
        ("ozan-column", "sidesWith", "ferro-band", "2014-03"),
        ("ozan-column", "hostileTo", "zelk-band", ""),
    }
    assert '{does} is "cousin", which the format does not know' in done.output
    checked = hudna("check", "--case", "ties", "--data", str(tmp_path))
    assert checked.exit_code == 0, checked.output


# --- traps


NAMED = [name for name in NAMES if name not in ("gdelt", "ftm")]


@pytest.mark.parametrize("name", NAMED)
def test_a_column_that_is_missing_stops_at_row_1(name: str, tmp_path: Path) -> None:
    text = next(iter(MADE[name].files.values()))
    needed = next(one for one in formats.known(name).tables[0].columns.values() if one[0] in text)
    found = next(one for one in needed if one in text)
    told = problems(name, tmp_path, text.replace(found, "other_word", 1))
    assert told.startswith("1 there is no column ")
    assert needed[0] in told
    assert not (tmp_path / name).exists()


def test_an_entity_without_schema_is_refused_and_a_table_is_no_jsonl(tmp_path: Path) -> None:
    done = imported("ftm", tmp_path, {"a.json": FTM[-2] + '\n{"id": "x"}\nno json\n' + FTM[-1]})
    assert [number for number, _ in done.refused] == ["2.1", "3.1"]
    assert "there is no column schema" in refusals(done)
    assert "is no JSON object" in refusals(done)
    assert "is no JSON object" in problems("ftm", tmp_path / "b", "id,schema\n1,Person\n")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("text", ["", "\n\n", "\ufeff"])
def test_an_empty_file_says_so(name: str, text: str, tmp_path: Path) -> None:
    assert "has no rows" in problems(name, tmp_path, text)


def test_latin_1_and_entities_and_marks(tmp_path: Path) -> None:
    row = NONSTATE | {"side_a_name": "Ozan &amp; Söhne", "side_a_name_mothertongue": ""}
    done = imported("ucdp-nonstate", tmp_path, {"a.csv": table([row])}, encoding="latin-1")
    assert thing(tmp_path / "ucdp-nonstate", "Ozan & Söhne")
    assert done.notes == ["a.csv is no UTF-8; read as cp1252"]


def test_rows_that_are_none_are_refused_and_the_others_used(tmp_path: Path) -> None:
    rows = table([NONSTATE | {"year": year} for year in range(2001, 2007)]).splitlines()
    rows[2] += ",one,more"
    rows[3] = rows[3].replace(",30,", ",many,")
    rows[4] = rows[4].replace(",22.1", ',"22.1')
    rows[6] = rows[1]
    done = imported("ucdp-nonstate", tmp_path, {"a.csv": "\n".join(rows)})
    why = dict(done.refused)
    width = len(NONSTATE)
    assert why["2.1"] == f"has {width + 2} values where the table has {width}"
    assert why["3.1"] == 'value: "many" is no number as 1200, 1,200 or 3.5'
    assert why["4.1"].startswith("has a quotation mark without its other")
    assert why["6.1"] == '"11 2001" is row 1.1 already'
    assert done.used == 2
    assert {one["when"] for one in statements(tmp_path / "ucdp-nonstate") if "when" in one} == {
        "2001",
        "2005",
    }


HOSTILE = {
    "formula": "=cmd|'/c calc'!A0",
    "entity": "Ozan&#10;&lt;b&gt;Column",
    "marks": "أوزان\u200f \u200dx",
    "braces": "{a_id} {{x}}",
    "toml": 'x"\n[data]\nid = """',
    "reserved": "unknown",
    "path": "../../etc/passwd",
    "html": "<script>alert(1)</script>",
    "long": "Ozan " * 500,
}


@pytest.mark.some(3)
@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_texts_are_texts(kind: str, tmp_path: Path) -> None:
    text = HOSTILE[kind]
    done = imported("ucdp-nonstate", tmp_path, {"a.csv": table([NONSTATE | {"side_a_name": text}])})
    assert not done.refused
    checked = hudna("check", "--case", "ucdp-nonstate", "--data", str(tmp_path))
    assert checked.exit_code == 0, checked.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "ucdp-nonstate"]


@pytest.mark.parametrize("text", ["Ozan\u202emnuloC", "Ozan\x00", "Ozan&#8238;x", "\u2066Ozan"])
def test_signs_that_hide_or_turn_a_text_refuse_its_row(text: str, tmp_path: Path) -> None:
    rows = [NONSTATE | {"side_a_name": text}, NONSTATE | {"year": 2016}]
    done = imported("ucdp-nonstate", tmp_path, {"a.csv": table(rows)})
    assert [number for number, _ in done.refused] == ["1.1"]
    assert done.used == 1


def test_surrogates_and_deep_values_of_json(tmp_path: Path) -> None:
    deep = "[" * 100_000 + "]" * 100_000
    lines = [
        '{"id": "p", "schema": "Person", "properties": {"name": ["Ozan \\ud800"]}}',
        deep,
        '{"id": "q", "schema": "Person", "properties": {"name": ["x"], "country": "'
        + "9" * 5000
        + '"}}',
        '{"id": "r", "schema": "Person", "properties": {"name": ' + "9" * 5000 + "}}",
    ]
    links = entity("Membership", "m", member="p", organization="q")
    done = imported("ftm", tmp_path, {"a.json": "\n".join([*lines, links, FTM[-2]])})
    assert {number for number, _ in done.refused} == {"1.1", "2.1", "3.1", "4.1"}
    assert thing(tmp_path / "ftm", "Ozan Trading & Co")


def test_a_field_of_four_megabytes_is_cut_or_refused(tmp_path: Path) -> None:
    rows = [
        NONSTATE | {"side_a_name": "x" * 3_900_000},
        NONSTATE_2 | {"side_a_name": "y" * 4_100_000},
        NONSTATE | {"year": 2015},
    ]
    done = imported("ucdp-nonstate", tmp_path, {"a.csv": table(rows)})
    assert [number for number, _ in done.refused] == ["2.1"]
    why = {one.reason: one.rows for one in done.skipped}
    assert why["the rest of a text of more than 1000 signs"] == ("1.1",)
    assert hudna("check", "--case", "ucdp-nonstate", "--data", str(tmp_path)).exit_code == 0


@pytest.mark.landing
def test_a_list_of_sanctions_of_the_treasury_is_a_useful_page(tmp_path: Path) -> None:
    data = Path(__file__).parents[2] / "shared" / "data" / "ofac"
    if not data.is_dir():
        pytest.skip("the list of the Treasury is not beside the project")
    paths = sorted(data.glob("*.csv"))
    request = importing.Request(paths, day="2021-04-01")
    done = importing.run(formats.known("ofac-sdn"), request, tmp_path / "ofac-sdn", dry_run=False)
    assert (done.rows, len(done.refused)) == (2245, 0)
    said = statements(tmp_path / "ofac-sdn")
    sanctioned = {one["object"] for one in said if one["predicate"] == "sanctions"}
    assert len(sanctioned) == 628
    assert sum(one["predicate"] == "linkedTo" for one in said) > 50
    checked = hudna("check", "--case", "ofac-sdn", "--data", str(tmp_path))
    assert checked.exit_code == 0, checked.output
