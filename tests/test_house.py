"""The look of a house: what a style changes, and what is refused because nobody could read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import miniature
import pytest
from click.testing import CliRunner
from depth import examples
from hypothesis import given
from hypothesis import strategies as st

from graph.build.outputs import pictures
from graph.cli import main
from graph.errors import UsageErrors
from graph.network import palette
from graph.network.house import LINE, TEXT, USUAL, contrast, house, luminance
from graph.read.select import Graph

if TYPE_CHECKING:
    from pathlib import Path

    from miniature import Judged

BRICK = {"light": "#b3261e", "dark": "#ff8a80"}
COLOURS = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21),
        ("#ffffff", "#000000", 21),
        ("#777777", "#ffffff", 4.48),  # known as the grey that just fails
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
        ("#123456", "#123456", 1),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)


@examples(60)
@given(page=COLOURS, ink=COLOURS)
def test_what_passes_can_be_read(page: str, ink: str) -> None:
    table = {"colours": {"page": page, "panel": page, "ink": ink, "muted": ink, "link": ink}}
    lines = [name for name in palette.colours() if name.startswith(("group", "sign", "family"))]
    table["colours"] |= dict.fromkeys([*lines, "focus"], ink)
    light, dark = sorted((luminance(page), luminance(ink)), reverse=True)
    if (light + 0.05) / (dark + 0.05) < TEXT:
        with pytest.raises(UsageErrors, match=r"colours\.ink \(light\)"):
            house(table, "style.toml")
    else:
        assert house(table, "style.toml").colours["ink"] == (ink, ink)


def test_the_usual_style_can_be_read_and_is_what_an_empty_one_gives() -> None:
    assert house({}, "style.toml") == USUAL
    assert USUAL.colours["group-violence"] == palette.group_style("violence").colour


def test_signs_and_families_follow_their_group_unless_named() -> None:
    found = house({"colours": {"group-violence": BRICK}}, "style.toml").colours
    brick = (BRICK["light"], BRICK["dark"])
    assert found["group-violence"] == found["sign-hostility"] == found["family-violence"] == brick
    assert found["group-backing"] == USUAL.colours["group-backing"]
    own = {"group-violence": BRICK, "sign-hostility": {"light": "#7a0000", "dark": "#ffb0b0"}}
    found = house({"colours": own}, "style.toml").colours
    assert found["sign-hostility"] == ("#7a0000", "#ffb0b0")
    assert found["family-violence"] == brick


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(UsageErrors) as caught:
        house(
            {"fnt": "x", "font": "x; } body { background: url(//e.org)",
             "colours": {"grup-violence": "#000000", "ink": "red", "link": {"light": "#000000"}}},
            "style.toml",
        )  # fmt: skip
    lines = caught.value.lines
    assert len(lines) == 5
    assert all(line.startswith("style.toml: ") for line in lines)
    for words in ('"fnt" is no key', "font: names of fonts", 'did you mean "group-violence"',
                  "'red' is no colour", "a table with light and dark"):  # fmt: skip
        assert sum(words in line for line in lines) == 1, words


def test_a_colour_that_is_hard_to_see_is_told_with_its_contrast_on_each_ground() -> None:
    with pytest.raises(UsageErrors) as caught:
        house({"colours": {"muted": "#8a8a8a", "group-backing": "#ffee88"}}, "style.toml")
    told = "\n".join(caught.value.lines)
    assert "colours.muted (light): #8a8a8a on page #ffffff" in told
    assert f"text needs {TEXT:g}" in told
    assert "colours.group-backing (light): #ffee88" in told
    assert f"a line needs {LINE:g}" in told
    assert "group-backing (dark)" not in told, "it is seen well on a dark ground"


def test_a_page_has_the_look_of_the_house(example: Judged) -> None:
    style = house({"font": "Georgia, serif", "colours": {"group-violence": BRICK}}, "style.toml")
    html = pictures(Graph(example[1], example[0].id), house=style)["index.html"].decode()
    usual = pictures(Graph(example[1], example[0].id))["index.html"].decode()
    assert "--font:Georgia, serif;" in html
    assert f"--group-violence:{BRICK['light']};" in html
    assert html.count(f"--group-violence:{BRICK['dark']};") == 2
    head = html.index("</style>")
    assert html[head:] == usual[usual.index("</style>") :], "nothing else is another"


def test_build_takes_a_style_and_publishes_nothing_with_a_bad_one(tmp_path: Path) -> None:
    file = tmp_path / "style.toml"
    words = ["build", "-q", "--case", "mill", "--data", str(miniature.DATA),
             "--public", str(tmp_path / "public"), "--style", str(file)]  # fmt: skip
    file.write_text('[colours]\nink = "#eeeeee"\n')
    refused = CliRunner().invoke(main, words)
    assert refused.exit_code == 2
    assert "colours.ink (light): #eeeeee on page #ffffff" in refused.stderr.replace("\n", " ")
    assert not (tmp_path / "public" / "mill").exists()
    file.write_text('[colours]\nlink = { light = "#8a1f11", dark = "#ffb4a2" }\n')
    assert CliRunner().invoke(main, words).exit_code == 0
    assert b"--link:#8a1f11;" in (tmp_path / "public" / "mill" / "index.html").read_bytes()
