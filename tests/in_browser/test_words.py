"""Dates on the page: nobody has to read EDTF, but where it says so."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1]))
from coded_dates import coded

if TYPE_CHECKING:
    from .view import View

_TEXTS = """
  const texts = root => {
    const found = [];
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_ALL);
    for (let one = walk.currentNode; one; one = walk.nextNode()) {
      if (one.nodeType === Node.ELEMENT_NODE) {
        for (const name of ['title', 'aria-label']) found.push(one.getAttribute(name));
      } else if (one.nodeType === Node.TEXT_NODE) {
        const parent = one.parentElement;
        const under = parent.closest('dd')?.previousElementSibling?.textContent ?? '';
        if (!under.startsWith('As coded') && !parent.closest('script, style')) found.push(one.data);
      }
    }
    return found.filter(Boolean);
  };
"""
_EVIDENCE = f"""() => {{
  {_TEXTS}
  const {{ app, citation, panels }} = hudna;
  const found = new Set();
  for (const id of [...app.data.statements.keys(), ...app.data.nodes.keys()]) {{
    app.state.sel = id;
    panels.show(app);
    texts(document.getElementById('panel-evidence')).forEach(text => found.add(text));
  }}
  for (const one of app.data.statements.values()) found.add(citation(app.data, one));
  return [...found];
}}"""
_WHOLE = f"""() => {{
  {_TEXTS}
  document.querySelectorAll('details').forEach(one => {{ one.open = true; }});
  return texts(document.body);
}}"""
VIEWS = {
    "questions": "panel=questions",
    "agreements": "panel=agreements",
    "differences": "panel=differences&on=2020-10-10&vs=all&vson=2021-09-30",
    "a day": "on=2020-11-20&sel=azerbaijan",
    "table": "show=table",
    "ways": "from=russia&to=shusha",
}


def test_the_evidence_of_everything_is_in_words(view: View) -> None:
    found = view.page.evaluate(_EVIDENCE)
    assert any("between 10 October and 17 October 2020" in text for text in found)
    assert not [text for text in found if coded(text)]


@pytest.mark.some(3)
@pytest.mark.parametrize("fragment", VIEWS.values(), ids=[*VIEWS])
def test_a_view_is_in_words(view: View, fragment: str) -> None:
    view.go(fragment)
    view.page.wait_for_timeout(300)  # details fill themselves when they are opened
    view.page.evaluate(_WHOLE)
    view.page.wait_for_timeout(300)
    assert not [text for text in view.page.evaluate(_WHOLE) if coded(text)]


def test_what_is_coded_is_still_there_and_says_so(view: View) -> None:
    view.go("sel=ev-lachin-advance.occurred")
    told = view.evidence().inner_text()
    assert "As coded (EDTF)" in told
    assert "[2020-10-22..2020-10-26]" in told
