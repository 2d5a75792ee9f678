"""Languages come from the names of a case: how they are called, chosen, exported and written."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import lxml.html
import miniature
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.build.outputs import pictures
from graph.export import csv_tables, graphml
from graph.model.languages import direction, in_english, language, languages, of_tag
from graph.network.projection import network
from graph.query.lookup import thing
from graph.read.languages import languages_of, names_by_language
from graph.read.select import Graph
from graph.viewer.payload import payload

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NAMES = {
    "river-guard": {"tl": "Bantay ng Ilog", "ru": "Речная гвардия", "he": "משמר הנהר",
                    "ru-Latn": "Rechnaya gvardiya"},
    "town-council": {"tl": "Konseho ng Bayan", "ru": "городской совет"},
}  # fmt: skip


def case_with_names(into: Path, named: Mapping[str, Mapping[str, str]], own: str = "en") -> Graph:
    """Return the miniature case with these further names and no others.

    Args:
        into: a folder for its files.
        named: names by their tags, by things.
        own: the language of the case.
    """
    folder = miniature.copied(into)
    about = folder / "case.toml"
    about.write_text(about.read_text("utf-8").replace('language = "en"', f'language = "{own}"'))
    for path in (folder / "actors").glob("*.toml"):
        lines = [line for line in path.read_text("utf-8").splitlines() if "{ text" not in line]
        text = "\n".join(lines).replace("names = [\n]", "")
        rows = [
            f'{{ text = "{name}", lang = "{tag}" }}'
            for tag, name in named.get(path.stem, {}).items()
        ]
        made = f"names = [{', '.join(rows)}]\n" if rows else ""
        path.write_text(f"{text}\n{made}", "utf-8")
    case, store = miniature.judged(folder)
    return Graph(store, case.id)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    return case_with_names(tmp_path_factory.mktemp("names"), NAMES)


@pytest.mark.parametrize(
    ("tag", "of", "english", "way"),
    [
        ("ar", "ar", "Arabic", "rtl"),
        ("AR-sy", "ar", "Arabic (Syria)", "rtl"),
        ("ar-latn", "", "Arabic in Latin letters", "ltr"),
        ("he", "he", "Hebrew", "rtl"),
        ("hy", "hy", "Armenian", "ltr"),
        ("tl", "tl", "Tagalog", "ltr"),
        ("az", "az", "Azerbaijani", "ltr"),
        ("az-Cyrl", "az-Cyrl", "Azerbaijani in Cyrillic letters", "ltr"),
        ("az-Arab", "az-Arab", "Azerbaijani in Arabic letters", "rtl"),
        ("sr-Latn", "sr-Latn", "Serbian in Latin letters", "ltr"),
        ("zh-TW", "zh-Hant", "Chinese (Taiwan)", "ltr"),
        ("kmr", "kmr", "kmr", "ltr"),
        ("", "", "", "ltr"),
    ],
)
def test_a_tag(tag: str, of: str, english: str, way: str) -> None:
    assert (of_tag(tag), in_english(tag), direction(tag)) == (of, english, way)


@given(
    st.from_regex(
        r"[a-z]{2,3}(-[A-Za-z]{4})?(-[A-Z]{2}|-[0-9]{3})?(-[a-z0-9]{5,8})?", fullmatch=True
    )
)
def test_every_tag_has_a_name_and_a_column(tag: str) -> None:
    found = language(tag)
    assert found.name
    assert found.english
    assert found.column.replace("_", "a").isalnum()
    assert of_tag(of_tag(tag)) == of_tag(tag)
    assert [one.tag for one in languages([tag, tag.upper()])] == [of_tag(tag)] * bool(of_tag(tag))


def test_languages_call_themselves() -> None:
    told = {tag: language(tag).name for tag in ("he", "ru", "hy", "az", "tl", "kmr")}
    assert told == {"he": "עברית", "ru": "русский", "hy": "հայերեն", "az": "azərbaycan",
                    "tl": "Tagalog", "kmr": "kmr"}  # fmt: skip


def test_a_case_has_the_languages_of_its_names(graph: Graph) -> None:
    assert [one.tag for one in languages_of(graph)] == ["en", "he", "ru", "tl"]
    guard = graph.thing(graph.local(thing("river-guard", graph, "actor").value))
    found = {one.tag: name.text for one, name in names_by_language(graph, guard).items()}
    assert found == {tag: name for tag, name in NAMES["river-guard"].items() if tag != "ru-Latn"}


@pytest.mark.parametrize(
    "name", ["Bantay ng Ilog", "речная гвардия", "משמר הנהר", "Rechnaya gvardiya"]
)
def test_a_thing_is_found_by_its_name_in_each(graph: Graph, name: str) -> None:
    assert graph.local(thing(name, graph, "actor").value) == "river-guard"


def test_each_language_is_a_column(graph: Graph) -> None:
    made = network(graph)
    rows = list(csv.DictReader(io.StringIO(csv_tables.nodes(made).decode())))
    assert list(rows[0])[:9] == ["Id", "Label", "Class", "Kind", "Identity", "Hebrew", "Russian",
                                 "Tagalog", "Names"]  # fmt: skip
    guard = next(row for row in rows if row["Id"] == "river-guard")
    assert [guard[name] for name in ("Tagalog", "Russian", "Hebrew")] == [
        NAMES["river-guard"][tag] for tag in ("tl", "ru", "he")
    ]
    assert "arabic" not in graphml.graphml(made, title="x").decode().lower()


def options(graph: Graph) -> list[tuple[str | None, str | None]]:
    """Return value and direction of each choice of names in the page."""
    page = lxml.html.fromstring(pictures(graph)["index.html"])
    return [(one.get("value"), one.get("dir")) for one in page.xpath("//*[@id='label']/option")]


def test_the_page_offers_the_languages_of_the_case(graph: Graph, tmp_path: Path) -> None:
    of_three = [("en", "ltr"), ("he", "rtl"), ("ru", "ltr"), ("tl", "ltr"), ("all", None)]
    assert options(graph) == of_three
    assert options(case_with_names(tmp_path, {})) == [("en", "ltr")]


def test_labels_are_in_the_language_of_the_case(tmp_path: Path) -> None:
    graph = case_with_names(tmp_path, {"river-guard": {"en": "Guard", "ar": "حرس"}}, own="tl")
    assert [one.tag for one in languages_of(graph)] == ["tl", "ar", "en"]
    label = "http://www.w3.org/2000/01/rdf-schema#label"
    assert graph.texts("river-guard", label) == [("River Guard", "tl")]
    known = payload(graph)["nodes"]["river-guard"]
    assert (known["name"], known["in"]) == ("River Guard", {"ar": "حرس", "en": "Guard"})
