"""Figures in which voices disagree: they are contested, and a rule with a reason decides."""

from __future__ import annotations

import json
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import figured
import miniature
import pyoxigraph as ox
import pytest
import releases
from click.testing import CliRunner
from depth import examples
from figured import CASE, Told, prefer, rule
from hypothesis import given
from hypothesis import strategies as st
from releases import Release
from test_releases import known
from test_releases import statuses as all_statuses

from graph import reader
from graph.build import judging, recipe
from graph.cli import main
from graph.errors import DataProblems
from graph.export.columns import OF_NODES
from graph.model.terms import HUD, RDF, XSD, case_of_several, text
from graph.query import QUERIES
from graph.query.named import rows_of
from graph.read import CaseGraph
from graph.read.disagreeing import disagreements_on
from graph.read.sizes import last_size
from graph.read.together import joins_of, together
from graph.viewer.payload import payload

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from click.testing import Result

BOMB = (Told("ged", 8, 7, 12), Told("acled", 14))
TWO = {"bomb": BOMB, "raid": (Told("ged", 2), Told("acled", 2))}
"""What two data sets tell of two events: of one otherwise, of the other alike."""
BASE = f"https://w3id.org/hudna/{CASE}/"
OF_BOMB = "acled-bomb-14.figures"


def judged(into: Path, told: Mapping[str, Sequence[Told]] = TWO, rules: str = "") -> ox.Store:
    """Return the graph of the case that tells this."""
    return miniature.judged(figured.case(into, told, rules))[1]


def statuses(store: ox.Store) -> dict[str, str]:
    """Return the statuses of the figures."""
    found = store.quads_for_pattern(None, ox.NamedNode(f"{HUD}status"), None, ox.DefaultGraph())
    told = {text(quad.subject).removeprefix(BASE): text(quad.object).rpartition("/")[2]
            for quad in found}  # fmt: skip
    return {name: one for name, one in told.items() if not name.endswith((".occurred", ".verdict"))}


def made_of(store: ox.Store, name: str = OF_BOMB) -> dict[str, str]:
    """Return what the graph says of a disagreement, but its figures."""
    node = ox.NamedNode(BASE + name)
    found = {text(quad.predicate).removeprefix(HUD): text(quad.object)
             for quad in store.quads_for_pattern(node, None, None)}  # fmt: skip
    short = {key: value.removeprefix(BASE).rpartition("/")[2] for key, value in found.items()}
    return {key: value for key, value in short.items() if key not in (f"{RDF}type", "among")}


def said(store: ox.Store) -> set[str]:
    return set(map(str, store))


def problems(folder: Path) -> list[str]:
    return [str(one) for one in miniature.problems_of(folder)]


def test_two_data_sets_that_differ_are_contested_without_a_question(tmp_path: Path) -> None:
    store = judged(tmp_path)
    assert statuses(store) == {
        "acled-bomb-14": "contested", "ged-bomb-8": "contested",
        "acled-raid-2": "accepted", "ged-raid-2": "accepted",
    }  # fmt: skip
    assert made_of(store) == {"rule": "pending"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('judgement = "same"', 'judgement = "unsure"'),
        ('certainty = "probable"', 'certainty = "possible"'),
        ('date = "2026-11-30"',
         'date = "2026-11-30"\nwithdrawn = "2026-12-01"\nwithdrawn_reason = "No."'),
    ],
)  # fmt: skip
def test_what_is_not_judged_to_be_one_disagrees_on_nothing(
    tmp_path: Path, old: str, new: str
) -> None:
    folder = figured.case(tmp_path, TWO)
    path = folder / "identity.toml"
    miniature.written(folder, path.name, path.read_text("utf-8").replace(old, new))
    assert set(statuses(miniature.judged(folder)[1]).values()) == {"accepted"}


def test_events_are_one_by_an_event_of_another_list(tmp_path: Path) -> None:
    folder = figured.case(tmp_path, {"bomb": BOMB})
    judgement = figured.SAME.format(left="ged-bomb", right="x")
    outside = judgement.replace('["ged-bomb", "x"]', '["ged-bomb"]\noutside = "list:1"')
    second = outside.replace("ged-bomb", "acled-bomb")
    miniature.written(folder, "identity.toml", outside + second)
    assert statuses(miniature.judged(folder)[1])["ged-bomb-8"] == "contested"


SAME_SERIES = [
    ("", "", True),
    ('counts = "soldiers"', "", False),
    ('counts = "soldiers"', 'counts = "soldiers"', True),
    ('scope = "by noon"', "", False),
    ('unit = "percent"', "", False),
    ('counts_kind = "civilians"', "", False),
    ('counted_on = "2016-01-27"', 'counted_on = "2016-02-27"', False),
    ('extent = "part"', 'extent = "part"', False),
    ('modality = "lowerBound"', "", False),
    ("", 'modality = "lowerBound"', True),
    ("", 'modality = "upperBound"', False),
    ('modality = "approximate"', "", True),
]


@pytest.mark.parametrize(("first", "second", "told"), SAME_SERIES)
def test_only_figures_of_one_series_disagree(
    tmp_path: Path, first: str, second: str, told: bool
) -> None:
    """And the hints say so of the files alone."""
    figures = [Told("ged", 8, more=f"{first}\n"), Told("acled", 14, more=f"{second}\n")]
    folder = figured.case(tmp_path, {"bomb": figures})
    found = statuses(miniature.judged(folder)[1])
    assert (set(found.values()) == {"contested"}) is told
    hints = [one.message for one in reader.read(folder, miniature.ONTOLOGY).hints]
    assert any("voices disagree" in one for one in hints) is told


def test_a_question_that_allows_several_answers_holds_figures_together(tmp_path: Path) -> None:
    more = 'question = ["q-dead"]\n'
    figures = [one._replace(more=more) for one in BOMB]
    folder = figured.case(tmp_path, {"bomb": figures})
    question = 'label = "How many?"\nabout = ["ged-bomb"]\nexclusive = {}\n'
    miniature.written(folder, "questions/q-dead.toml", question.format("false"))
    assert set(statuses(miniature.judged(folder)[1]).values()) == {"accepted"}
    miniature.written(folder, "questions/q-dead.toml", question.format("true"))
    miniature.written(folder, "figures.toml", rule("range", 'on = ["q-dead"]'))
    assert made_of(miniature.judged(folder)[1])["low"] == "7"


@pytest.mark.parametrize(
    ("rules", "accepted", "made"),
    [
        (prefer("ged", "acled"), {"ged-bomb-8"},
         {"rule": "prefer", "figureRule": "dead", "result": "ged-bomb-8"}),
        (prefer("acled"), {"acled-bomb-14"},
         {"rule": "prefer", "figureRule": "dead", "result": "acled-bomb-14"}),
        (prefer("editors"), set(), {"rule": "prefer", "figureRule": "dead"}),
        (rule("range"), set(), {"rule": "range", "figureRule": "dead", "low": "7", "high": "14"}),
        (rule("defer", 'awaits = "A list."'), set(), {"rule": "defer", "figureRule": "dead"}),
        (rule("pending"), set(), {"rule": "pending", "figureRule": "dead"}),
        (rule("range", 'predicates = ["hasSize"]'), set(), {"rule": "pending"}),
        (rule("range", 'counts_kind = ["civilians"]'), set(), {"rule": "pending"}),
        (prefer("ged") + rule("defer", 'on = ["acled-bomb"]', "bomb"), set(),
         {"rule": "defer", "figureRule": "bomb"}),
        (rule("range") + prefer("ged", more='predicates = ["hasDeathToll"]', name="toll"),
         {"ged-bomb-8"}, {"rule": "prefer", "figureRule": "toll", "result": "ged-bomb-8"}),
    ],
)  # fmt: skip
def test_the_narrowest_rule_decides(
    tmp_path: Path, rules: str, accepted: set[str], made: dict[str, str]
) -> None:
    store = judged(tmp_path, rules=rules)
    assert made_of(store) == made
    found = statuses(store)
    assert {name for name in found if "bomb" in name and found[name] == "accepted"} == accepted
    assert {found[name] for name in found if "bomb" in name and name not in accepted} <= {
        "contested"
    }, "nobody is rejected"


def test_a_voice_that_contradicts_itself_is_not_preferred(tmp_path: Path) -> None:
    told = {"bomb": (*BOMB, Told("ged", 9))}
    assert "result" not in made_of(judged(tmp_path, told, prefer("ged", "acled")))


def test_a_verdict_goes_before_a_rule(tmp_path: Path) -> None:
    judged_so = 'verdict = { status = "accepted", reason = "Names are listed." }\n'
    told = {"bomb": (BOMB[0], BOMB[1]._replace(more=judged_so))}
    store = judged(tmp_path, told, prefer("ged"))
    assert made_of(store) == {"rule": "prefer", "result": "acled-bomb-14"}
    assert statuses(store) == {"acled-bomb-14": "accepted", "ged-bomb-8": "contested"}
    (row, _) = rows_of(CaseGraph(store, CASE), QUERIES / "disagreements.rq")
    assert row["reason"] == "Names are listed."


def test_what_a_verdict_rejects_counts_in_no_range(tmp_path: Path) -> None:
    wrong = 'verdict = { status = "rejected", reason = "A slip of the pen." }\n'
    told = {"bomb": (*BOMB, Told("sohr", 900, more=wrong))}
    assert made_of(judged(tmp_path, told, rule("range")))["high"] == "14"


def test_what_is_wrong_in_rules_is_told_at_once(tmp_path: Path) -> None:
    rules = (
        rule("prefer", name="a")
        + prefer("ged", "nobody", "ged", name="b")
        + rule("range", 'order = ["ged"]\npredicates = ["fights"]\non = ["nowhere"]', "c")
        + rule("best", name="d")
        + rule("range", 'awaits = "A list."\npredicates = ["hasSize"]', "e")
        + "\n[[rule]]\nid = 'f'\nrule = 'defer'\n"
        + prefer("unattributed", more='counts_kind = ["civilians"]', name="g")
    )
    told = "\n".join(problems(figured.case(tmp_path, TWO, rules)))
    for one in (
        "figures.toml:4: rule a, rule: prefers nobody; write the voices, the best first",
        "rule b: decides of the same figures as a, in figures.toml; narrow one",
        'rule b, order: "ged" stands in it twice',
        'rule b, order: there is no actor or document "nobody" in this case',
        'rule c, order: is for the rule "prefer"; "range" prefers no voice',
        'rule c, predicates: "fights" tells no figure',
        'rule c, on: there is no thing or question "nowhere"',
        'rule d, rule: "best" is not a rule for figures',
        "rule e, awaits: says until what it is left open, which a decision is not",
        'rule f: the key "reason" is missing',
        'rule f: the key "judge" is missing',
        'rule f: the key "date" is missing',
        'rule g, order: "unattributed" is hearsay',
    ):
        assert one in told, f"{one}\n{told}"


def test_a_question_without_figures_is_no_matter_of_a_rule(tmp_path: Path) -> None:
    folder = figured.case(tmp_path, TWO, rule("range", 'on = ["q-who"]'))
    question = 'label = "Whether?"\nabout = ["ged-bomb"]\nexclusive = true\n'
    miniature.written(folder, "questions/q-who.toml", question)
    event = folder / "events" / "ged-bomb.toml"
    answer = event.read_text("utf-8").replace("[occurred]\n", '[occurred]\nquestion = ["q-who"]\n')
    miniature.written(folder, "events/ged-bomb.toml", answer)
    assert "q-who is answered by no figure" in problems(folder)[0]


OWN = {f"{HUD}{name}" for name in ("FigureRule", "Preference")}
"""The classes of what is authored as a rule."""
RESULTS = {f"{HUD}{name}" for name in ("figureRule", "rule", "result", "low", "high")}


def without_rules(store: ox.Store) -> set[str]:
    """Return all that a graph says but rules, and what comes of them."""
    found = set()
    own = {
        quad.subject
        for name in OWN
        for quad in store.quads_for_pattern(None, ox.NamedNode(f"{RDF}type"), ox.NamedNode(name))
    }
    for quad in store:
        node = text(quad.subject)
        made = node.endswith(".figures") and text(quad.predicate) in RESULTS
        if quad.subject not in own and not made:
            found.add(quad)
    return {str(quad) for quad in found}


def follows(quad: str) -> bool:
    """Return whether a quad follows from a statement being accepted."""
    named = ("hasDeathToll>", "#status>", "#stands>", "#weighedFrom>", "#restsOn>")
    return any(name in quad for name in named)


VOICES = ("ged", "acled", "sohr")
NUMBERS = st.integers(1, 4)


@st.composite
def tolls(draw: st.DrawFn) -> dict[str, list[Told]]:
    """Return what some voices tell of two events, each at most one figure of an event."""
    found = {}
    for what in ("bomb", "raid"):
        voices = draw(st.lists(st.sampled_from(VOICES), unique=True, max_size=3))
        found[what] = [
            Told(voice, dead, *draw(st.sampled_from([(None, None), (1, None), (1, 6), (None, 9)])))
            for voice in voices
            for dead in [draw(NUMBERS)]
        ]
    return {what: told for what, told in found.items() if told}


def oracle(told: Sequence[Told], order: Sequence[str]) -> dict[str, Any]:
    """Return what each rule makes of the figures of one event; nothing where voices agree."""
    if len({one.dead for one in told}) < 2:
        return {}
    first = [one for voice in order for one in told if one.voice == voice]
    return {
        "low": min(one.dead if one.low is None else one.low for one in told),
        "high": max(one.dead if one.high is None else one.high for one in told),
        "dead": first[0].dead if first else None,
    }


@given(tolls(), st.permutations(VOICES), st.integers(1, 3))
@examples(40)
def test_a_rule_makes_what_it_says_and_changes_nothing_else(
    told: dict[str, list[Told]], voices: list[str], number: int
) -> None:
    """As an oracle of a few lines has it; what others say stays quad by quad."""
    order = voices[:number]
    present = {one.voice for figures in told.values() for one in figures}
    if not present:
        return
    order = [one for one in order if one in present] or sorted(present)[:1]
    with TemporaryDirectory() as home:
        plain = judged(Path(home) / "plain", told)
        ranged = judged(Path(home) / "range", told, rule("range"))
        preferred = judged(Path(home) / "prefer", told, prefer(*order))
        folder = figured.case(Path(home) / "again", told, prefer(*order))
        (folder / "figures.toml").unlink()
        assert said(miniature.judged(folder)[1]) == said(plain), "a rule taken out leaves nothing"
    assert without_rules(ranged) == without_rules(plain)
    changed = without_rules(preferred) ^ without_rules(plain)
    assert not [one for one in changed if not follows(one)]
    for what, figures in told.items():
        wanted = oracle(figures, order)
        names = sorted(f"{one.event(what)}-{one.dead}" for one in figures)
        nodes = [name for name in names if made_of(ranged, f"{name}.figures")]
        assert len(nodes) == bool(wanted)
        for name in nodes:
            made = made_of(ranged, f"{name}.figures")
            assert (int(made["low"]), int(made["high"])) == (wanted["low"], wanted["high"])
            assert "result" not in made
            result = made_of(preferred, f"{name}.figures").get("result", "")
            assert (int(result.rpartition("-")[2]) if result else None) == wanted["dead"]
            accepted = {one for one in names if statuses(preferred)[one] == "accepted"}
            assert accepted == ({result} if result else set())


@given(tolls())
@examples(20)
def test_hints_and_graph_know_the_same_disagreements(told: dict[str, list[Told]]) -> None:
    with TemporaryDirectory() as home:
        folder = figured.case(Path(home), told)
        if not told:
            return
        hints = [one for one in reader.read(folder, miniature.ONTOLOGY).hints
                 if "voices disagree" in one.message]  # fmt: skip
        store = miniature.judged(folder)[1]
    contested = {name for name, status in statuses(store).items() if status == "contested"}
    assert bool(hints) is bool(contested)
    assert len(hints) <= len(contested)


def test_no_rule_and_no_query_on_the_way_computes_a_mean() -> None:
    """A mean is AVG, or a sum that is divided; of figures of voices neither is there."""
    rules = (miniature.PROJECT / "ontology" / "rules").glob("*.rq")
    queries = [QUERIES / f"{name}.rq" for name in ("disagreements", "figures-by-rule")]
    for path in (*rules, *queries):
        code = re.sub(r"#.*|<[^>]*>|\"[^\"]*\"", "", path.read_text("utf-8"))
        assert not re.search(r"\bAVG\b", code, re.IGNORECASE), path
        assert not re.search(r"\)\s*/|/\s*(?:\d|COUNT)", code), path


@pytest.mark.parametrize("rules", ["", prefer("ged"), rule("range"), rule("defer")])
def test_every_number_that_comes_out_is_told(tmp_path: Path, rules: str) -> None:
    """The mean of 8 and 14, of 7, 12 and 14, of the bounds: none is anywhere in the graph."""
    store = judged(tmp_path, {"bomb": BOMB}, rules)
    numbers = {float(text(quad.object)) for quad in store
               if text(quad.subject).startswith(BASE)
               and getattr(quad.object, "datatype", None) is not None
               and quad.object.datatype.value in (f"{XSD}integer", f"{XSD}decimal")
               and text(quad.predicate) != f"{HUD}rank"}  # fmt: skip
    figures = {one for one in numbers if 4 < one < 20 and one != 9}  # a source has 9 signs
    assert figures <= {7, 8, 12, 14}


def test_a_rule_counts_on_every_day_of_what_was_told_by_then(tmp_path: Path) -> None:
    told = (Release("acled", "2020-09-01", {"ev-a": 9}), Release("ged", "2021-06-01", {"ev-a": 4}))
    folder = releases.case(tmp_path, told)
    miniature.written(folder, "figures.toml", prefer("ged", "acled"))
    then, now = all_statuses(known(folder, "2020-12-31")), all_statuses(known(folder, "2022-01-01"))
    assert {name for name in then if "-a-" in name} == {"ev-a-9"}
    assert (now["ev-a-4"], now["ev-a-9"]) == ("accepted", "contested")


def test_a_rule_on_what_is_told_no_more_is_told_no_more(tmp_path: Path) -> None:
    told = (
        Release("ged", "2019-06-01", {"ev-a": 4, "ev-b": 7}),
        Release("ged", "2020-06-01", {"ev-a": 4}),
    )
    folder = releases.case(tmp_path, told)
    miniature.written(folder, "figures.toml", prefer("ged", more='on = ["ev-b"]'))
    store = miniature.judged(folder)[1]
    left = "\n".join(map(str, store.quads_for_pattern(None, None, None, ox.DefaultGraph())))
    assert f"<{BASE.replace(CASE, releases.CASE)}dead" not in left


def test_the_public_learns_of_no_voice_that_is_kept_back(tmp_path: Path) -> None:
    folder = figured.case(tmp_path, {"bomb": BOMB}, prefer("ged", "acled"))
    kept_back(folder, "acled")
    made = judging.chosen(folder, miniature.ONTOLOGY, lambda _: None, private=False, today=None)
    told = "\n".join(said(made.graph))
    assert "acled" not in told
    assert f"<{BASE}dead.1>" in told
    assert statuses(made.graph) == {"ged-bomb-8": "accepted"}


def kept_back(folder: Path, voice: str) -> Path:
    """Keep the source of a voice from the public."""
    source = folder / "sources" / f"{voice}-25.toml"
    secret = source.read_text("utf-8").replace(
        "date_basis", 'access = "secret"\nkey = "k"\ndate_basis'
    )
    return miniature.written(folder, f"sources/{voice}-25.toml", secret)


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        (prefer("acled", "ged"), "the rule dead (figures.toml) decides; keep it back too (access)"),
        (rule("range"), "the rule dead (figures.toml) decides"),
        ("", "not public; keep it back too (access), or decide it with a verdict"),
    ],
)  # fmt: skip
def test_a_refusal_to_publish_names_the_rule(tmp_path: Path, rules: str, told: str) -> None:
    folder = figured.case(tmp_path, {"bomb": BOMB}, rules)
    kept_back(folder, "acled")
    with pytest.raises(DataProblems) as refused:
        judging.public_part(folder, miniature.ONTOLOGY, lambda _: None, tell=True)
    (problem,) = refused.value.problems
    assert "would be accepted in public, but is contested" in problem.message
    assert told in problem.message
    with pytest.raises(DataProblems) as silent:
        judging.public_part(folder, miniature.ONTOLOGY, lambda _: None)
    assert "dead" not in str(silent.value.problems)


SIZES = """
[[statement]]
id = "size-{voice}-{size}"
subject = "guard"
predicate = "hasSize"
value = {size}
low = {low}
counted_on = "2017-03-01"
claims = [
  {{ voice = "{voice}", stance = "asserts", certainty = "certain", passages = ["{voice}-25#1.1"] }},
]
"""


@pytest.mark.parametrize(
    ("rules", "size"),
    [
        ("", {}),
        (prefer("acled"), {"last_size": 500, "last_size_counted": "2017-03-01"}),
        (rule("range"),
         {"last_size_low": 250, "last_size_high": 500, "last_size_counted": "2017-03-01"}),
        (rule("defer"), {}),
    ],
)  # fmt: skip
def test_the_last_size_is_what_the_rule_says(
    tmp_path: Path, rules: str, size: dict[str, object]
) -> None:
    folder = figured.case(tmp_path, {"bomb": BOMB}, rules)
    guard = 'label = "Guard"\nclass = "ArmedGroup"\nidentity = "named"\n'
    miniature.written(folder, "actors/guard.toml", guard)
    told = [("ged", 300, 250), ("acled", 500, 500)]
    sizes = "".join(SIZES.format(voice=voice, size=one, low=low) for voice, one, low in told)
    miniature.written(folder, "statements/sizes.toml", sizes)
    graph = CaseGraph(miniature.judged(folder)[1], CASE)
    assert last_size(graph, "guard") == size
    assert last_size(graph, "guard", "2016-01-01") == {}
    assert size.keys() <= {*OF_NODES}


def test_each_rule_is_shown_side_by_side(tmp_path: Path) -> None:
    told = {**TWO, "siege": (Told("ged", 3, 1, 4), Told("acled", 5))}
    rules = prefer("ged") + rule("range", 'on = ["ged-siege"]', "siege")
    graph = CaseGraph(judged(tmp_path, told, rules), CASE)
    columns = ("by", "preferred", "disagreements", "total", "lowest", "highest")
    found = [tuple(str(row[name] or "") for name in columns)
             for row in rows_of(graph, QUERIES / "figures-by-rule.rq")]  # fmt: skip
    assert found == [
        ("in force", "", "2", "", "8", "17"),
        ("prefer", "acled", "2", "19", "19", "19"),
        ("prefer", "ged", "2", "11", "8", "16"),
        ("range", "", "2", "", "8", "19"),
    ]
    rows = rows_of(graph, QUERIES / "disagreements.rq")
    assert {(row["told"], row["value"], row["rule"], row["result"] or "", row["resultHigh"] or "")
            for row in rows} == {
        ("ged", "8", "prefer", "8", ""), ("acled", "14", "prefer", "8", ""),
        ("ged", "3", "range", "", "5"), ("acled", "5", "range", "", "5"),
    }  # fmt: skip
    assert {row["difference"] for row in rows} == {"6", "2"}


def test_the_page_has_rule_reason_and_every_figure(tmp_path: Path) -> None:
    rules = rule("defer", 'awaits = "A list."')
    page = payload(CaseGraph(judged(tmp_path, rules=rules), CASE))["statements"]
    assert page["ged-bomb-8"]["fig"] == page["acled-bomb-14"]["fig"] == {
        "among": ["acled-bomb-14", "ged-bomb-8"], "rule": "defer", "judge": "editors",
        "why": "Each report is checked.", "day": "2026-11-30", "until": "A list.",
    }  # fmt: skip
    assert "fig" not in page["ged-raid-2"]


def hudna(home: Path, *words: str) -> Result:
    """Run a command on the case."""
    where = ["--data", str(home / "data")]
    public = words[0] in ("query", "show", "explain")
    where += ["--public", str(home / "public")] if public else []
    return CliRunner().invoke(main, [*words, "--case", CASE, *where])


def test_a_rule_is_written_changed_and_taken_out_by_commands(tmp_path: Path) -> None:
    figured.case(tmp_path / "data", TWO)
    refused = hudna(tmp_path, "add", "rule", "prefer", "ged,nobody", "--on", "ged-bomb")
    assert refused.exit_code
    for one in ("why? give --reason", "who decides? give --by", 'no thing "nobody"'):
        assert one in refused.stderr
    add = ("--by", "editors", "--reason", "It checks each report.", "--date", "2026-11-30")
    added = hudna(tmp_path, "add", "rule", "prefer", "ged,acled",
                  "--predicate", "hasDeathToll", *add)  # fmt: skip
    assert added.stdout == "figures.toml: written, id prefer-ged-hasdeathtoll\n", added.output
    assert hudna(tmp_path, "add", "rule", "best", *add).exit_code == 1
    recipe.build(CASE, tmp_path / "data", tmp_path / "public")
    shown = " ".join(hudna(tmp_path, "show", "acled-bomb").stdout.split())
    assert (
        "voices disagree: prefer: 8 (7 to 12) counts. rule prefer-ged-hasdeathtoll, editors "
        "(30 November 2026): It checks each report. Told are acled: 14; ged: 8 (7 to 12)"
    ) in shown
    changed = hudna(
        tmp_path, "set", "prefer-ged-hasdeathtoll", "rule=defer", "order=", "awaits=A list"
    )
    assert changed.exit_code == 0, changed.output
    removed = hudna(tmp_path, "remove", "prefer-ged-hasdeathtoll")
    assert removed.exit_code == 0, removed.output
    assert not (tmp_path / "data" / CASE / "figures.toml").exists()


EXPLAINED = {
    "rule": (
        prefer("ged"),
        "8 (7 to 12) counts. rule dead, editors (30 November 2026): Each report is checked.",
    ),
    "none": ("", "no rule decides yet."),
}


@pytest.mark.parametrize("which", EXPLAINED)
def test_a_way_over_an_event_tells_what_decides_its_figures(tmp_path: Path, which: str) -> None:
    rules, told = EXPLAINED[which]
    folder = figured.case(tmp_path / "data", TWO, rules)
    for name in ("guard", "traders"):
        actor = f'label = "{name}"\nclass = "ArmedGroup"\nidentity = "named"\n'
        miniature.written(folder, f"actors/{name}.toml", actor)
    had_part = "".join(
        f'[[statement]]\nsubject = "ged-bomb"\npredicate = "participant"\nobject = "{name}"\n'
        + figured.claim("ged")
        for name in ("guard", "traders")
    )
    miniature.written(folder, "statements/part.toml", had_part)
    recipe.build(CASE, tmp_path / "data", tmp_path / "public")
    shown = hudna(tmp_path, "explain", "guard", "traders")
    of, told_are = "acled-bomb and ged-bomb (has the death toll, 2016-01-26)", "Told are acled: 14;"
    for one in (f"voices disagree: {of}: ", told, f"{told_are} ged: 8 (7 to 12)"):
        assert one in flat(shown)
    rows = flat(hudna(tmp_path, "explain", "guard", "traders", "--rows", "3"))
    assert "acled: asserts (certain), acled-25#1.1" in rows
    (chain, *_) = json.loads(
        hudna(tmp_path, "explain", "guard", "traders", "--format", "json").stdout
    )
    (figures,) = chain["figures"]
    assert (figures["by"], figures["judge"]) == (("dead", "editors") if rules else ("", ""))
    assert [one["voices"] for one in figures["among"]] == [["acled"], ["ged"]]


def flat(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


LISTED = figured.SAME.replace('things = ["{left}", "{right}"]', 'things = ["{left}"]').replace(
    'judgement = "same"', 'outside = "list:1"\njudgement = "same"'
)


def of_cases(into: Path, cases: Mapping[str, tuple[Sequence[Told], str]]) -> CaseGraph:
    """Return the graph of cases that each tell of the same bomb, which a list has."""
    stores = {}
    for name, (told, rules) in cases.items():
        folder = figured.case(into / name, {"bomb": told}, rules).rename(into / name / name)
        head = figured.HEAD.replace('id = "toll"', f'id = "{name}"')
        miniature.written(folder, "case.toml", head)
        judgement = LISTED.format(left=told[0].event("bomb"), right="listed")
        path = folder / "identity.toml"
        judged = path.read_text("utf-8") if path.exists() else ""
        miniature.written(folder, path.name, judged + judgement)
        stores[name] = miniature.judged(folder)[1]
    return CaseGraph(together(stores, joins_of(stores)), case_of_several(stores))


def rows(graph: CaseGraph, name: str) -> Sequence[Mapping[str, Any]]:
    return rows_of(graph, QUERIES / f"{name}.rq")


def test_two_cases_that_tell_different_figures_of_one_event_disagree(tmp_path: Path) -> None:
    graph = of_cases(tmp_path, {"a": ([Told("ged", 8)], ""), "b": ([Told("acled", 14)], "")})
    found = {(row["told"], row["value"], row["rule"], row["result"])
             for row in rows(graph, "disagreements")}  # fmt: skip
    assert {(value, rule, result) for _, value, rule, result in found} == {
        ("8", "pending", ""), ("14", "pending", ""),
    }  # fmt: skip
    statuses = {graph.statement(name).status for name in ("a:ged-bomb-8", "b:acled-bomb-14")}
    assert statuses == {"accepted"}, "as each case has it"
    (told,) = disagreements_on(graph, [graph.statement("a:ged-bomb-8").subject])
    assert "no rule of one case decides for another" in str(told)


def test_two_cases_that_tell_the_same_do_not_disagree(tmp_path: Path) -> None:
    graph = of_cases(tmp_path, {"a": ([Told("ged", 8)], ""), "b": ([Told("acled", 8)], "")})
    assert rows(graph, "disagreements") == []


def test_between_cases_a_rule_of_one_decides_nothing_and_nothing_is_added_twice(
    tmp_path: Path,
) -> None:
    graph = of_cases(tmp_path, {"a": (BOMB, prefer("ged")), "b": ([Told("sohr", 11)], "")})
    by_record: dict[str, set[tuple[str, str]]] = {}
    for row in rows(graph, "disagreements"):
        by_record.setdefault(str(row["record"]), set()).add((row["value"], row["rule"]))
    assert sorted(map(sorted, by_record.values())) == [
        [("11", "pending"), ("14", "pending"), ("8", "pending")],
        [("14", "prefer"), ("8", "prefer")],
    ]
    sums = {(row["by"], str(row["preferred"])): (row["disagreements"], row["total"])
            for row in rows(graph, "figures-by-rule")}  # fmt: skip
    assert {number for number, _ in sums.values()} == {"1"}
    assert not [by for by, _ in sums if by == "in force"]
    page = payload(graph)["statements"]
    assert page["a:ged-bomb-8"]["fig"]["is"] == "a:ged-bomb-8"
    assert page["b:sohr-bomb-11"]["fig"]["rule"] == "pending"


def test_cases_that_tell_different_sizes_have_no_last_size(tmp_path: Path) -> None:
    stores = {}
    for name, size in (("a", 300), ("b", 500)):
        folder = figured.case(tmp_path / name, {"bomb": BOMB}).rename(tmp_path / name / name)
        miniature.written(folder, "case.toml", figured.HEAD.replace('"toll"', f'"{name}"', 1))
        guard = (
            'label = "Guard"\nclass = "ArmedGroup"\nidentity = "named"\n'
            'identifiers = [{ scheme = "wikidata", value = "Q1" }]\n'
        )
        miniature.written(folder, "actors/guard.toml", guard)
        told = SIZES.format(voice="ged" if name == "a" else "acled", size=size, low=size)
        miniature.written(folder, "statements/sizes.toml", told)
        stores[name] = miniature.judged(folder)[1]
    graph = CaseGraph(together(stores, joins_of(stores)), case_of_several(stores))
    assert last_size(graph, "a:guard") == {}
    assert last_size(CaseGraph(stores["a"], "a"), "guard")["last_size"] == 300


def fighting(into: Path, told: Mapping[str, Sequence[Told]], rules: str = "") -> list[Any]:
    """Return who fought whom by the case: events, and how many died between which bounds."""
    folder = figured.case(into, told, rules)
    for name in ("army", "guard"):
        actor = f'label = "{name}"\nclass = "ArmedGroup"\nidentity = "named"\n'
        miniature.written(folder, f"actors/{name}.toml", actor)
    events = {one.event(what): one.voice for what, ones in told.items() for one in ones}
    sides = "".join(
        f'[[statement]]\nsubject = "{event}"\npredicate = "{side}"\nobject = "{name}"\n'
        + figured.claim(voice)
        for event, voice in events.items()
        for side, name in (("sideA", "army"), ("sideB", "guard"))
    )
    miniature.written(folder, "statements/sides.toml", sides)
    columns = ("events", "deaths", "low", "high")
    graph = CaseGraph(miniature.judged(folder)[1], CASE)
    return [tuple(str(row[name]) for name in columns) for row in rows(graph, "fighting")]


def test_what_two_data_sets_list_is_added_once(tmp_path: Path) -> None:
    """Both where they agree, and where a rule prefers one."""
    raid = (Told("ged", 2, 1, 3), Told("acled", 2, 2, 5))
    assert fighting(tmp_path / "agree", {"raid": raid}) == [("1", "2", "1", "5")]
    told = {"raid": raid, "bomb": BOMB}
    assert fighting(tmp_path / "prefer", told, prefer("ged")) == [("2", "10", "8", "17")]
    assert fighting(tmp_path / "open", told) == [("2", "", "", "")], "no sum with a contested toll"


def test_a_toll_of_some_people_is_not_added_to_that_of_all(tmp_path: Path) -> None:
    some = Told("ged", 3, more='counts_kind = "civilians"\n')
    assert fighting(tmp_path, {"bomb": (Told("ged", 8), some)}) == [("1", "8", "8", "8")]


def test_two_spellings_of_what_is_counted_are_one_series(tmp_path: Path) -> None:
    figures = [
        Told("ged", 8, more='counts = "dead  Soldiers"\nscope = "By Noon"\n'),
        Told("acled", 14, more='counts = "Dead soldiers"\nscope = "by noon"\n'),
    ]
    folder = figured.case(tmp_path, {"bomb": figures})
    assert set(statuses(miniature.judged(folder)[1]).values()) == {"contested"}
    hints = [one.message for one in reader.read(folder, miniature.ONTOLOGY).hints]
    assert any("voices disagree" in one for one in hints)


def test_events_of_which_one_has_figures_of_several_days_are_compared_by_day(
    tmp_path: Path,
) -> None:
    """Two sieges that are judged to be one: the toll of January is no rival of that of March."""
    siege = [Told("ged", 8, when="2016-01"), Told("ged", 9, when="2016-02"),
             Told("acled", 14, when="2016-02"), Told("acled", 5, when="2016-03")]  # fmt: skip
    folder = figured.case(tmp_path, {"siege": siege})
    assert statuses(miniature.judged(folder)[1]) == {
        "ged-siege-8": "accepted", "ged-siege-9": "contested",
        "acled-siege-14": "contested", "acled-siege-5": "accepted",
    }  # fmt: skip
    hints = [one.message for one in reader.read(folder, miniature.ONTOLOGY).hints]
    assert sum("voices disagree" in one for one in hints) == 1


def test_nobody_killed_is_a_figure_and_disagrees(tmp_path: Path) -> None:
    told = {"bomb": (Told("ged", 0), Told("acled", 14))}
    assert made_of(judged(tmp_path / "a", told, rule("range")))["low"] == "0"
    store = judged(tmp_path / "b", told, prefer("ged"))
    assert made_of(store)["result"] == "ged-bomb-0"
    (found, *_) = disagreements_on(CaseGraph(store, CASE), ["ged-bomb"])
    assert found.comes_out == "prefer: 0 counts"


def test_less_than_nobody_is_told(tmp_path: Path) -> None:
    """Data sets write -99 where they do not know."""
    folder = figured.case(tmp_path, {"bomb": (Told("ged", -99), Told("acled", 14))})
    hints = [one.message for one in reader.read(folder, miniature.ONTOLOGY).hints]
    assert any(one.startswith("-99 is less than none") for one in hints)
