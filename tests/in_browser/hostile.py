"""The miniature case with text that would run, if any text of a page were taken for markup."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any

import miniature

if TYPE_CHECKING:
    from pathlib import Path

    from miniature import Judged

    from graph.viewer.payload import Payload

HOSTILE = (
    "</script><script>window.hurt=1</script>"
    '<img src=x onerror="window.hurt=2"><svg onload="window.hurt=3"></svg>'
    "\"><b class=hurt onclick=x>&lt;i&gt; {{ 7*7 }} ${hurt} ]]> <!-- '"
)
TEXTS = ("name", "note", "text", "pattern", "reason", "scope", "unit", "counts", "when")
TEXTS_OF_SOURCES = ("title", "publisher", "date")
ADDRESSES = ("javascript:window.hurt=4", "data:text/html,<script>hurt</script>", "\tjavascript:1")

_WRITTEN = re.compile(
    r"^(\s*)(label|note|text|title|publisher|description|reason|scope|counts|when_text|date_basis)"
    r' = "(.*)"$',
    re.MULTILINE,
)
_NAME = re.compile(r'\{ text = "(the Guard|Haras al-Nahr)"')


def poisoned_folder(into: Path) -> Judged:
    """Return a judged copy of the miniature case whose every text is hostile."""
    folder = miniature.copied(into)
    for path in folder.rglob("*.toml"):
        content = path.read_text("utf-8")
        content = _WRITTEN.sub(lambda m: f"{m[1]}{m[2]} = {_quoted(m[3] + ' ' + HOSTILE)}", content)
        content = _NAME.sub(lambda m: f"{{ text = {_quoted(m[1] + HOSTILE)}", content)
        content = content.replace(
            'names = ["the Guard"]', f"names = [{_quoted('the Guard' + HOSTILE)}]"
        )
        path.write_text(content, "utf-8")
    return miniature.judged(folder)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def poisoned(known: Payload) -> Payload:
    """Return what a page knows with hostile words everywhere, also where no reader lets them in."""
    bad: Any = copy.deepcopy(known)
    for node in bad["nodes"].values():
        _spoil(node, TEXTS)
        _spoil(node.get("in", {}), ("ar",))
        node["also"] = [HOSTILE, f"also {HOSTILE}"]
        node["links"] = ["https://example.org/<script>window.hurt=5</script>"]
    for statement in bad["statements"].values():
        _spoil(statement, TEXTS)
        for claim in statement["claims"]:
            claim["note"] = HOSTILE
            claim["at"] = [HOSTILE]
    for question in bad["questions"].values():
        _spoil(question, TEXTS)
        question["note"] = HOSTILE
    for source, address in zip(bad["sources"].values(), ADDRESSES, strict=False):
        _spoil(source, TEXTS_OF_SOURCES)
        source["url"] = address
    for note in bad["notes"]:
        note.update(text=HOSTILE, names=[HOSTILE])
    for predicate in bad["predicates"].values():
        predicate["label"] = f"{predicate['label']} {HOSTILE}"
    told = {"title": HOSTILE, "text": HOSTILE}
    stop = {**told, "view": f"sel={HOSTILE}", "on": [next(iter(bad["statements"]))]}
    bad["tours"] = [{"id": "hostile", **told, "steps": [stop, {**stop, "in": {"ar": told}}]}]
    bad["words"] = {key: f"{word} {HOSTILE}" for key, word in bad["words"].items()}
    bad["words"]["hostile"] = HOSTILE
    found: Payload = bad
    return found


def _spoil(record: dict[str, Any], names: tuple[str, ...]) -> None:
    for name in names:
        if name in record:
            record[name] = f"{record[name]} {HOSTILE}"
