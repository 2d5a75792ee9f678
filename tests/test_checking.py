"""What a check remembers: the result is that of a check from nothing, whatever was edited."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
from depth import examples
from hypothesis import event, given
from hypothesis import strategies as st
from miniature import FOLDER, KARABAKH, OVERLAYS, copied, written

from graph import reader
from graph.build import checking, derive, judging, keeping, quads, remembered, validation
from graph.build.reads import TYPE, reads, type_of
from graph.build.steps import Naming
from graph.errors import DataProblems, HudnaError
from graph.model import Statement, Value, vocabulary
from graph.model.terms import RDFS
from graph.model.terms import text as text_of_term
from graph.model.textfiles import toml_in
from graph.read.store import nquads

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from graph.build.shapes import Check
    from graph.build.validation import Violation

    Ruled = tuple[checking.CheckPlan, dict[str, set[str]]]

TERMS = """\
[[predicate]]
name = "smugglesFor"
broader = "supplies"
label = "smuggles for"
definition = "The subject brings goods past a line for the object."
example = "Traders smuggle for the guard."

[[kind]]
name = "ferrymen"
broader = "armed-group"
label = "ferrymen"
definition = "People who bring others over the river."
example = "The ferrymen of the lower river."
"""
LINE = re.compile(
    r'(?P<key>^[a-z_]+|(?<=[{,] )[a-z_]+) = (?P<value>"[^"\n]*"|[\w.-]+)', re.MULTILINE
)


@pytest.fixture
def caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of what is remembered."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    return tmp_path / "caches" / "hudna"


@pytest.fixture
def case(tmp_path: Path, caches: Path) -> Path:
    """A copy of the miniature that has been checked once."""
    folder = copied(tmp_path)
    checked(folder)
    assert state(caches).is_file()
    return folder


def state(caches: Path) -> Path:
    """Return the file of what is remembered of the one case."""
    return next(iter(caches.glob("check-*")), caches) / "state"


Found = tuple[Any, ...]


def checked(folder: Path, **more: Any) -> Found:  # noqa: ANN401 - options of a check
    """Return what a check finds that remembers: the records, or what is wrong."""
    options = {"tell": True, "naming": Naming.for_a_check(), **more}
    try:
        case, whole = judging.public_check(folder, vocabulary.load(), _quiet, **options)
    except DataProblems as error:
        return "problems", tuple(error.problems), error.count
    except HudnaError as error:
        return "error", str(error)
    return "right", replace(case, withheld=whole.withheld), whole


def from_nothing(folder: Path, **more: Any) -> Found:  # noqa: ANN401 - options of a check
    """Return what is found by making and asking the whole graph, with nothing remembered."""
    options = {"tell": True, "naming": Naming.for_a_check(), **more}
    try:
        made = judging.public_part(folder, vocabulary.load(), _quiet, **options)
    except DataProblems as error:
        return "problems", tuple(error.problems), error.count
    except HudnaError as error:
        return "error", str(error)
    return "right", replace(made.case, withheld=made.whole.withheld), made.whole


def _quiet(_step: str) -> None: ...


def same(one: Found, other: Found) -> bool:
    """Return whether two results are the same; equal numbers of other types are not."""
    return one == other and repr(one) == repr(other)


def text_of(path: Path) -> str:
    """Return the text of a file, which need be none."""
    return path.read_text("utf-8", "surrogateescape")


def put(path: Path, text: str) -> None:
    path.write_text(text, "utf-8", "surrogateescape")


class Edits:
    """Random edits of a copy of the case, in which values stand in for others of their key."""

    def __init__(self, folder: Path, data: st.DataObject) -> None:
        self.folder, self.draw = folder, data.draw
        self.original = self.now()
        self.values: dict[str, set[str]] = {}
        for one in self.files():
            for match in LINE.finditer(text_of(one)):
                self.values.setdefault(match["key"], set()).add(match["value"])

    def files(self) -> list[Path]:
        return sorted(self.folder.rglob("*.toml"))

    def now(self) -> dict[str, bytes]:
        """Return the texts of all files."""
        return {one.relative_to(self.folder).as_posix(): one.read_bytes()
                for one in self.files()}  # fmt: skip

    def put(self, texts: Mapping[str, bytes]) -> None:
        """Make the files what they were."""
        for path in self.files():
            if path.relative_to(self.folder).as_posix() not in texts:
                path.unlink()
        for name, text in texts.items():
            written(self.folder, name, text)

    def edit(self) -> None:
        """Make one edit."""
        what = st.sampled_from([self.value, self.value, self.value, self.line, self.line,
                                self.overlay, self.remove, self.copy, self.restore, self.terms,
                                self.broken, self.access])  # fmt: skip
        self.draw(what)()

    def _file(self, of: str = "") -> Path:
        known = [one for one in self.files() if of in one.as_posix()]
        return self.draw(st.sampled_from(known or self.files()))

    def value(self) -> None:
        """Give a key another value: one that it has elsewhere, or one that is wrong."""
        path = self._file()
        text = text_of(path)
        places = list(LINE.finditer(text))
        if places:
            at = self.draw(st.sampled_from(places))
            known = [*sorted(self.values.get(at["key"], ())), '"no-such"', "1", "1.0", "true"]
            other = self.draw(st.sampled_from(known))
            put(path, text[: at.start("value")] + other + text[at.end("value") :])

    def line(self) -> None:
        """Take a line away, write it twice, or move all below it down."""
        path = self._file()
        lines = text_of(path).splitlines(keepends=True) or ["\n"]
        at = self.draw(st.integers(0, len(lines) - 1))
        other = self.draw(st.sampled_from([[], [lines[at]] * 2, ["# moved\n", lines[at]]]))
        put(path, "".join([*lines[:at], *other, *lines[at + 1 :]]))

    def overlay(self) -> None:
        """Break one rule."""
        one = OVERLAYS[self.draw(st.sampled_from(sorted(OVERLAYS)))]
        written(self.folder, one.target, one.path.read_bytes())

    def remove(self) -> None:
        path = self._file("/mill/")
        if path.name != "case.toml":
            path.unlink()

    def copy(self) -> None:
        """Write a file again under another name, as if all its ids were changed or taken."""
        path = self._file()
        shutil.copy(path, path.with_name(f"other-{path.name}"))

    def restore(self) -> None:
        self.put(self.original)

    def terms(self) -> None:
        written(self.folder, "terms.toml", TERMS)

    def broken(self) -> None:
        path = self._file()
        put(path, text_of(path) + "x = [\n")

    def access(self) -> None:
        """Keep something back."""
        path = self._file()
        text = text_of(path)
        if places := list(re.finditer(r"^(?:label|subject|title) = .*\n", text, re.MULTILINE)):
            at = self.draw(st.sampled_from(places)).end()
            level = self.draw(st.sampled_from(["secret", "restricted", "public"]))
            put(path, f'{text[:at]}access = "{level}"\n{text[at:]}')


RESTS_ON = {
    "a sentence": ("sources/courier-2020.toml", r'  \["2.2".*\n', ""),
    "the length of a sentence": (
        "sources/observers-2020.toml",
        r'"3.2", (\d+), \d+',
        r'"3.2", \1, 100',
    ),
    "the day of a source": ("sources/courier-2020.toml", '"2020-06-10"', '"2021-06-10"'),
    "an author": ("sources/courier-2020.toml", r"authors = .*", 'authors = ["observers"]'),
    "a source": ("sources/observers-2020.toml", None, ""),
    "the editor": ("case.toml", 'editor = "editors"', 'editor = "observers"'),
    "the language": ("case.toml", 'language = "en"', 'language = "fr"'),
    "the day of the case": ("case.toml", "contact", 'as_of = "2019-01-01"\ncontact'),
    "the defaults": ("statements/talks.toml", 'voice = "courier-writer"', 'voice = "observers"'),
    "a class": ("actors/river-guard.toml", 'class = "ArmedGroup"', 'class = "Person"'),
    "a thing": ("actors/guard-backer.toml", None, ""),
    "a kind of number": ("statements/talks.toml", "value = 300", "value = 300.0"),
    "a number like a truth": ("statements/talks.toml", "low = 20$", "low = 20.0"),
    "whether answers exclude each other": ("questions/q-who-shelled.toml", "exclusive = true", ""),
    "a term": ("terms.toml", r"\A", TERMS),
    "a verdict": ("statements/control.toml", 'status = "accepted"', 'status = "rejected"'),
}
"""What a result rests on beside what stands in the entry itself: file, what is there, what then."""


@pytest.mark.some(4)
@pytest.mark.parametrize("name", RESTS_ON)
def test_what_a_result_rests_on_is_seen_to_change(case: Path, name: str) -> None:
    file, old, new = RESTS_ON[name]
    path = case / file
    before = from_nothing(case)
    if old is None:
        path.unlink()
    else:
        text = path.read_text("utf-8") if path.exists() else ""
        path.write_text(re.sub(old, new, text, count=1, flags=re.MULTILINE), "utf-8")
    expected = from_nothing(case)
    assert name == "a term" or not same(before, expected)
    assert same(checked(case), expected)
    shutil.rmtree(case)
    copied(case.parent)
    assert same(checked(case), before)


def test_what_rules_make_of_a_change_is_seen(case: Path) -> None:
    """An order rests on statuses, and these on stances, which it does not look at itself."""
    told = """
[[statement]]
subject = "ev-shelling"
predicate = "precedes"
object = "ev-first-round"
claims = [
  { voice = "courier-writer", stance = "STANCE", certainty = "certain", \
passages = ["courier-2020#3.2"] },
]
"""
    path = case / "statements" / "control.toml"
    before = path.read_text("utf-8")
    path.write_text(before + told.replace("STANCE", "asserts"), "utf-8")
    hinted = checked(case)
    assert same(hinted, from_nothing(case))
    path.write_text(before + told.replace("STANCE", "doubts"), "utf-8")
    found = checked(case)
    assert same(found, from_nothing(case))
    assert [one.message for one in hinted[1].hints] != [one.message for one in found[1].hints]


@pytest.mark.parametrize(("value", "other"), [(1, 1.0), (0.0, -0.0), (1, True)])
def test_equal_numbers_that_are_written_otherwise_are_not_the_same(
    value: Value, other: Value
) -> None:
    one = Statement(id="one", subject="a", predicate="hasSize", value=value)
    assert one == replace(one, value=other)
    assert checking._same(one, replace(one))
    assert not checking._same(one, replace(one, value=other))


def test_a_word_of_the_case_that_is_gone_is_missed(case: Path) -> None:
    path = case / "statements" / "control.toml"
    text = re.sub("predicate = .*", 'predicate = "smugglesFor"', path.read_text("utf-8"), count=1)
    path.write_text(text, "utf-8")
    written(case, "terms.toml", TERMS)
    assert same(checked(case), from_nothing(case))
    (case / "terms.toml").unlink()
    found = checked(case)
    assert found[0] == "problems"
    assert same(found, from_nothing(case))


def test_what_did_not_change_is_not_read_again(
    case: Path, caches: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def parsed(path: Path, data: bytes) -> dict[str, Any]:
        read.append(path.name)
        return toml_in(path, data)

    monkeypatch.setattr("graph.reader.case.toml_in", parsed)
    moved = case / "actors" / "river-guard.toml"
    moved.write_text(moved.read_text("utf-8") + "# moved\n", "utf-8")
    before = state(caches).read_bytes()
    assert same(checked(case), from_nothing(case))
    assert {"case.toml", "river-guard.toml"} <= {*read[:2]}
    assert state(caches).read_bytes() != before
    read.clear()
    checked(case)
    assert read == ["case.toml"]


@pytest.mark.parametrize(
    ("name", "old", "new", "asked"),
    [
        ("actors/river-guard.toml", 'label = "', 'label = "The ', range(1, 20)),
        ("actors/river-guard.toml", "label", "# a remark\nlabel", range(1)),
        ("statements/talks.toml", '"certain"', '"unspecified"', range(1, 80)),
    ],
)
def test_what_cannot_see_a_change_is_not_asked_again(
    case: Path, monkeypatch: pytest.MonkeyPatch, name: str, old: str, new: str, asked: range
) -> None:
    count = [0]

    def ask(store: ox.Store, some: Sequence[Check]) -> list[Violation]:
        count[0] += len(some)
        return found(store, some)

    found = validation.ask
    monkeypatch.setattr(validation, "ask", ask)
    path = case / name
    text = text_of(path)
    assert old in text
    put(path, text.replace(old, new, 1))
    assert checked(case)[0] == "right"
    assert count[0] in asked


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def other_code(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b'"state": "', b'"state": "0', 1))


def foreign(path: Path) -> None:
    """Something that would run if it were unpickled as it is, with a head that fits."""
    head, _, _ = path.read_bytes().partition(b"\n")
    body = b"cos\nmkdir\n(V" + os.fsencode(path.with_name("made")) + b"\ntR."
    said = {**json.loads(head), "sha256": hashlib.sha256(body).hexdigest()}
    path.write_bytes(json.dumps(said).encode() + b"\n" + body)


def open_to_others(path: Path) -> None:
    path.chmod(0o644)


def link(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to(path.with_name("elsewhere"))


@pytest.mark.some(3)
@pytest.mark.parametrize("harm", [cut, flipped, other_code, foreign, open_to_others, link])
def test_what_is_damaged_or_not_ours_is_not_believed(
    case: Path, caches: Path, harm: Callable[[Path], None]
) -> None:
    expected = from_nothing(case)
    harm(state(caches))
    memory = remembered.Memory(case, vocabulary.load().folder)
    assert memory.clean is None
    assert same(checked(case), expected)
    assert not state(caches).with_name("made").exists()
    if harm is not link:  # nor is what a link leads to written to
        assert remembered.Memory(case, vocabulary.load().folder).clean is not None


def test_two_at_once_leave_a_whole_state(case: Path, caches: Path) -> None:
    expected = from_nothing(case)
    shutil.rmtree(caches)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(checked, [case] * 4))
    assert all(same(one, expected) for one in found)
    assert sorted(one.name for one in state(caches).parent.iterdir()) == ["said.json", "state"]
    assert remembered.Memory(case, vocabulary.load().folder).clean is not None


@pytest.mark.landing
@pytest.mark.parametrize("harm", ["no home", "a file", "no writing", "open to others"])
def test_where_nothing_can_be_remembered_the_check_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: str
) -> None:
    folder, caches = copied(tmp_path), tmp_path / "caches"
    expected = from_nothing(folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(caches))
    if harm == "no home":
        monkeypatch.setenv("XDG_CACHE_HOME", "")
        monkeypatch.setenv("HOME", "/dev/null/nowhere")
    elif harm == "a file":
        caches.write_text("", "utf-8")
    elif harm == "no writing":

        def refused(*_given: object) -> None:
            raise OSError(errno.EROFS, "Read-only file system")

        monkeypatch.setattr(remembered, "replace_file", refused)
    else:
        (caches / "hudna").mkdir(parents=True)
        (caches / "hudna").chmod(0o755)
    assert same(checked(folder), expected)
    assert same(checked(folder), expected)
    assert not list(tmp_path.rglob("state"))


@pytest.mark.parametrize("how", ["access", "withheld", "apart", "a problem"])
def test_nothing_is_remembered_of_what_is_not_public(
    case: Path, caches: Path, tmp_path: Path, how: str
) -> None:
    actor = case / "actors" / "river-guard.toml"
    text = actor.read_text("utf-8")
    more = {}
    if how == "withheld":
        text = re.sub(r"identity = .*", 'identity = "withheld"', text)
    elif how == "apart":
        more = {"apart": tmp_path / "apart"}
        written(tmp_path / "apart", "notes.toml", "")
    else:
        text = text.replace("label = ", 'access = "secret"\nlabel = ', 1)
    if how == "a problem":
        written(case, "places/dyke.toml", 'label = "Dyke"\nclass = "Nothing"\n')
    actor.write_text(text, "utf-8")
    kept = state(caches).read_bytes()
    expected = from_nothing(case, **more)
    assert same(checked(case, **more), expected)
    if how == "apart":
        assert state(caches).read_bytes() == kept
    else:
        assert not list(caches.glob("check-*"))


def test_what_is_remembered_is_open_to_its_owner_alone_and_goes_with_the_case(
    case: Path, caches: Path
) -> None:
    places = [caches, state(caches).parent, *state(caches).parent.iterdir()]
    assert [one.stat().st_mode & 0o077 for one in places] == [0] * len(places)
    shutil.rmtree(case)
    keeping.sweep()
    assert list(caches.iterdir()) == []


def test_a_build_of_what_is_remembered_has_the_same_graph(case: Path) -> None:
    path = case / "statements" / "talks.toml"
    put(path, text_of(path).replace('"certain"', '"unspecified"', 1))
    words = vocabulary.load()
    one, other = (judging.public_part(case, words, _quiet, remember=how) for how in (True, False))
    assert nquads(one.graph) == nquads(other.graph)
    assert same((one.case,), (other.case,))


@pytest.mark.landing
@pytest.mark.parametrize("path", derive.rules(), ids=lambda path: path.stem)
def test_a_rule_writes_no_more_than_is_read_off_its_text(path: Path, ruled: Ruled) -> None:
    plan, added = ruled
    of = plan.touched[plan.rules.index(path.name)]
    assert of.writes is not None
    assert added[path.name] <= of.writes


@pytest.fixture(scope="module")
def ruled() -> Ruled:
    """The checks and rules, and what each rule adds to the default graph of two cases."""
    words = vocabulary.load()
    plan = checking.plan(words)
    added: dict[str, set[str]] = {name: set() for name in plan.rules}
    for folder in (FOLDER, KARABAKH):
        case = reader.read(folder, words)
        store = ox.Store()
        store.extend([*words.quads, *quads.quads(case, words)])
        before = lines(store)
        for path in derive.rules():
            derive.derive(store, [path])
            after = lines(store)
            for quad in ox.parse(b"\n".join(after - before), ox.RdfFormat.N_TRIPLES):
                kind = type_of(text_of_term(quad.object)) if quad.predicate.value == TYPE else ""
                added[path.name].add(kind or quad.predicate.value)
            before = after
    return plan, added


def lines(store: ox.Store) -> set[bytes]:
    """Return the triples of the default graph, one a line."""
    told = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    return set((told or b"").splitlines())


def test_no_check_reads_everything() -> None:
    """Else each change of a case would make it be asked again."""
    plan = checking.plan(vocabulary.load())
    assert None not in plan.seen
    assert plan.order is not None
    unread = [name for name, one in zip(plan.rules, plan.touched, strict=True) if one.reads is None]
    assert unread == ["43-past-edges.rq", "45-broader-edges.rq"]


P = "PREFIX a: <http://a/>\n"
BELOW = {"http://a/C": frozenset({"http://a/C", "http://a/D"})}
IS = f"{TYPE} http://a/"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT ?s { ?s a:p ?o ; a:q 1, 2 . ?o a:r/^a:s|a:t* ?x }", "pqrst"),
        ("SELECT ?s WHERE { ?s a:p ?o FILTER NOT EXISTS { ?o a:q true } } ORDER BY ?a ?b ?c", "pq"),
        ("SELECT ?s { ?s a a:C }", [f"{IS}C"]),
        ("SELECT ?s { ?s a a:C, a:D }", [f"{IS}C", f"{IS}D"]),
        ("SELECT ?s { ?s a ?c }", [TYPE]),
        ("SELECT ?s { VALUES ?c { a:C a:E } ?s a ?c }", [f"{IS}C", f"{IS}E"]),
        ("SELECT ?s { VALUES ?c { a:C } OPTIONAL { ?s a ?c } }", [TYPE]),
        (f"SELECT ?s {{ ?s a/<{RDFS}subClassOf>* a:C }}",
         [f"{IS}C", f"{IS}D", f"{RDFS}subClassOf"]),
        ("SELECT ?s { ?s ?p ?o }", None),
        ("SELECT ?s { ?s a:p ?o ; ?q ?r }", None),
        ("SELECT ?s { ?s a:p ?o . FILTER(EXISTS { ?o ?p ?x }) }", None),
        ("SELECT ?s { VALUES ?p { a:p a:q } ?s ?p ?o }", "pq"),
        ("SELECT ?s { ?s a:r ?o MINUS { ?s ?p ?o } VALUES ?p { a:p } }", None),
        ("SELECT ?s { VALUES (?p ?x) { (a:p 1) (a:q 2) } ?s ?p ?x }", "pq"),
        ("SELECT ?s { ?s !a:p ?o }", "p*"),
        ("SELECT ?s { ?s a:p [ a:q ?o ] }", None),
        ("SELECT ?s { ?s a:p ?o FILTER(?o < ?s && CONTAINS(STR(?o), \"a:x ?y }\")) }", "p"),
        ("SELECT ?s { { SELECT ?s (MAX(?o) AS ?m) { ?s a:p ?o } GROUP BY ?s } # a:z\n }", "p"),
    ],
)  # fmt: skip
def test_what_a_query_reads(query: str, expected: Sequence[str] | None) -> None:
    ox.Store().query(P + query)
    found = reads(P + query, BELOW)
    if expected == "p*":
        expected = None
    if isinstance(expected, str):
        expected = [f"http://a/{one}" for one in expected]
    assert found == (None if expected is None else frozenset(expected))


@pytest.mark.landing
@examples(40)
@given(st.data())
def test_after_any_edits_the_result_is_that_of_a_check_from_nothing(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    place = tmp_path_factory.mktemp("edits")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(place / "caches"))
        folder = copied(place)
        checked(folder)
        edits = Edits(folder, data)
        tell = data.draw(st.booleans())
        for _ in range(data.draw(st.integers(1, 5))):
            before = edits.now()
            edits.edit()
            expected = from_nothing(folder, tell=tell)
            event(expected[0])
            assert same(checked(folder, tell=tell), expected)
            if expected[0] != "right" and data.draw(st.booleans()):
                edits.put(before)
    shutil.rmtree(place)
