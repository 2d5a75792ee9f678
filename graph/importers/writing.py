"""What rows say, as authored files of a case: things, statements, sources and a log."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from ..authoring import blocks
from ..authoring.json_schemas import with_first_line
from ..authoring.slugs import free, slug_of
from ..model.documents import reading_order
from ..model.record import UNATTRIBUTED, UNKNOWN
from ..model.textfiles import MAX_BYTES, text_of, toml_of
from .drafting import settled
from .releases import renewed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from .drafting import DraftStatement, ImportDraft
    from .releases import Entry, ReleaseChanges
    from .tables import Row
    from .things import DraftThing

LOG = "imports"
"""The folder of a case with what was imported, and with the rows that are kept apart."""
_WITH_IDENTIFIERS = ("actors", "places", "topics")
_OWN = ("events", "agreements")
"""Folders of things of which one row, or one file, tells all."""
_NUMBERS = ("latitude", "longitude", "uncertainty_m")
_LARGEST = MAX_BYTES * 3 // 4
_ROW = 110
"""Bytes of a row in an index beside its texts, at most."""
_LONG_ID = 90
_ID = re.compile(r'^id = "([^"\n]+)"', re.MULTILINE)
_HEAD = """\
# Written by hudna import. When a later release comes it keeps what is added here, but no remark.

"""


class Release(NamedTuple):
    """One file of a data set.

    Attributes:
        source: the id of the source that it becomes.
        title: of the source.
        day: on which it was released.
        basis: how that is known.
        sha256: of its text.
        characters: of its text.
    """

    source: str
    title: str
    day: str
    basis: str
    sha256: str
    characters: int


class ImportedFiles(NamedTuple):
    """What becomes of the files of a case.

    Attributes:
        files: texts by path in the case's folder.
        things: how many are new.
        matched: ids of things that were in the case, by the keys that they have in the data set.
        changes: of the statements.
    """

    files: dict[str, str]
    things: int
    matched: dict[str, str]
    changes: ReleaseChanges


class Ids:
    """Ids of a case: those that are there, by what the things are known by, and new ones."""

    def __init__(self, folder: Path | None) -> None:
        self.taken: set[str] = {UNKNOWN, UNATTRIBUTED}
        self.by_key: dict[str, str] = {}
        for path in sorted(folder.glob("*/*.toml")) if folder else ():
            self.taken.add(path.stem)
            if path.parent.name == "statements":
                self.taken.update(_ID.findall(text_of(path)))
            if path.parent.name in _WITH_IDENTIFIERS:
                for one in toml_of(path).get("identifiers", []):
                    self.by_key.setdefault(f"{one.get('scheme')} {one.get('value')}", path.stem)

    def of(self, thing: DraftThing) -> tuple[str, bool]:
        """Return the id of a thing, and whether the case has it already."""
        found = self.by_key.get(thing.key) or (thing.id if thing.id in self.taken else "")
        if found:
            return found, True
        label = thing.keys.get("label", "")
        made = thing.id or free(slug_of(label) or slug_of(thing.key) or "thing", self.taken)
        self.taken.add(made)
        self.by_key[thing.key] = made
        return made, False

    def free(self, text: str) -> str:
        """Return an id for a statement, and take it."""
        made = free(slug_of(text, _LONG_ID) or "statement", self.taken)
        self.taken.add(made)
        return made


def written(
    folder: Path | None,
    about: Mapping[str, str],
    draft: ImportDraft,
    releases: Mapping[str, Release],
    *,
    part: bool,
) -> ImportedFiles:
    """Return the files of a case as an import leaves them.

    Args:
        folder: the case's folder; ``None`` if it is a new case.
        about: the data set, as its format tells it.
        draft: what the rows say.
        releases: the files, by the names that passages of the draft begin with.
        part: whether they are a part of a whole, so that nothing else is taken away.

    Raises:
        UnfitFile: a file of the case cannot be read as what it is.
    """
    ids, releases = Ids(folder), _in_parts(draft, releases)
    ids.taken |= set(releases)
    settled(draft, ids.by_key)
    files: dict[str, str] = {}
    voice = about["id"]
    if voice not in ids.taken:
        files[f"actors/{voice}.toml"] = _file("actors", _voice(about))
        ids.taken.add(voice)
    named, matched = {}, {}
    for thing in draft.things.values():
        named[thing.key], there = ids.of(thing)
        if there:
            matched[thing.key] = named[thing.key]
        else:
            files[f"{thing.folder}/{named[thing.key]}.toml"] = _file(thing.folder, _thing(thing))
    old = _entries(folder, voice)
    said = [_entry(one, named, about) for one in draft.statements.values()]
    changes = renewed(
        (one for found in old.values() for one in found),
        [entry for entry, _ in said],
        voice,
        max((one.day for one in releases.values()), default=""),
        {named[one.key] for one in draft.things.values() if one.folder in _OWN} if part else None,
    )
    per = {id(entry): text for entry, text in said}
    for entry in changes.new:
        entry["id"] = ids.free(per[id(entry)])
    files |= dict(_statement_files(folder, about, old, changes.new))
    files |= dict(_sources(about, draft, releases, {one for e, _ in said for one in _cited(e)}))
    return ImportedFiles(files, len(draft.things) - len(matched), matched, changes)


def _in_parts(draft: ImportDraft, releases: Mapping[str, Release]) -> dict[str, Release]:
    """Part a source of which the index would be too large for one file; passages follow.

    Args:
        draft: its passages may get other sources.
        releases: the sources, by their ids.

    Returns:
        The sources with their further parts.
    """
    made, moved = dict(releases), {}
    size: Counter[str] = Counter()
    for name, row in draft.passages.items():
        source, _, number = name.partition("#")
        size[source] += _ROW + len(row.values.get("", "").encode()) + len(row.rows.encode())
        part = size[source] // _LARGEST + 1
        if part > 1:
            there = f"{source}-part-{part}"
            made[there] = releases[source]._replace(source=there)
            moved[name] = f"{there}#{number}"
    for thing in draft.things.values():
        thing.passage = moved.get(thing.passage, thing.passage)
    for one in draft.statements.values():
        one.passages = [moved.get(name, name) for name in one.passages]
    draft.passages = {moved.get(name, name): row for name, row in draft.passages.items()}
    return made


def _cited(entry: Entry) -> Iterator[str]:
    for claim in entry["claims"]:
        yield from claim["passages"]


def _voice(about: Mapping[str, str]) -> dict[str, Any]:
    return {
        "label": about["label"],
        "class": about.get("class", "NonGovernmentalOrganization"),
        "identity": "named",
        "note": about.get("about", ""),
    }


def _thing(thing: DraftThing) -> dict[str, Any]:
    keys = {"label": thing.keys.get("label") or thing.key, **thing.keys}
    for key in _NUMBERS:
        if key in keys:
            keys[key] = _degrees(keys[key])
    if None in (keys.get(key, 0) for key in _NUMBERS):
        for key in _NUMBERS:
            keys.pop(key, None)
    if "latitude" in keys and "gazetteer" not in keys:
        keys["coordinates_passages"] = [thing.passage]
    if thing.folder in _WITH_IDENTIFIERS:
        scheme, _, value = thing.key.partition(" ")
        first = {"scheme": scheme, "value": value}
        more = [one for one in keys.pop("identifiers", []) if one != first]
        keys["identifiers"] = [first, *more]
    if names := [one for one in keys.pop("names", []) if one["text"] != keys["label"]]:
        keys["names"] = names
    return keys


def _degrees(text: str) -> float | int | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return int(number) if number.is_integer() else number


def _entry(
    statement: DraftStatement, named: Mapping[str, str], about: Mapping[str, str]
) -> tuple[Entry, str]:
    """Return a statement as it stands in a file, and what its id is made of."""
    parts = dict(statement.parts)
    word = parts.pop("word", "")
    for key in parts:
        if key != "predicate" and not (word and key == "object"):
            parts[key] = named[parts[key]]
    by_source: dict[str, list[str]] = defaultdict(list)
    for passage in statement.passages:
        by_source[passage.partition("#")[0]].append(passage)
    claims = [
        {key: value for key, value in statement.claim.items() if value and value != "asserts"}
        | {"passages": passages}
        for passages in by_source.values()
    ]
    for claim in claims:
        claim.setdefault("stance", statement.claim["stance"])
    more = {"access": about["access"]} if about.get("access") else {}
    made = f"{parts['subject']} {parts['predicate']} {parts.get('object', '')} {statement.per}"
    return {**parts, **statement.keys, **more, "claims": claims}, made


def _entries(folder: Path | None, voice: str) -> dict[str, list[Entry]]:
    """Return the statements of a data set that a case has, by file."""
    found = {}
    for path in sorted(folder.glob(f"statements/{voice}-*.toml")) if folder else ():
        found[path.name] = list(toml_of(path).get("statement", []))
    return found


def _statement_files(
    folder: Path | None, about: Mapping[str, str], old: dict[str, list[Entry]], new: list[Entry]
) -> Iterator[tuple[str, str]]:
    """Yield the files of statements that are new or changed."""
    head = with_first_line(
        "statements/x.toml", _HEAD + blocks.table({"voice": about["id"]}, "[defaults]")
    )
    texts = {
        name: [blocks.table(_ordered(one), "[[statement]]") for one in entries]
        for name, entries in old.items()
    }
    name = max(texts, default=f"{about['id']}-001.toml")
    size = len(head) + sum(len(one.encode()) + 1 for one in texts.get(name, ()))
    for entry in new:
        block = blocks.table(_ordered(entry), "[[statement]]")
        length = len(block.encode()) + 1
        if size + length > _LARGEST and texts.get(name):
            stem = name.removesuffix(".toml")
            name = f"{about['id']}-{int(stem.rpartition('-')[2]) + 1:03d}.toml"
            size = len(head)
        texts.setdefault(name, []).append(block)
        size += length
    for name, found in texts.items():
        text = "\n".join([head, *found])
        if folder is None or name not in old or text_of(folder / "statements" / name) != text:
            yield f"statements/{name}", text


def _ordered(entry: Entry) -> Entry:
    """Return a statement with its id first and its claims last."""
    first = {"id": entry["id"]} if "id" in entry else {}
    rest = {key: value for key, value in entry.items() if key not in ("id", "claims")}
    return {**first, **rest, "claims": entry.get("claims", [])}


def _sources(
    about: Mapping[str, str], draft: ImportDraft, releases: Mapping[str, Release], cited: set[str]
) -> Iterator[tuple[str, str]]:
    rows: dict[str, list[Row]] = defaultdict(list)
    for name, row in draft.passages.items():
        if name in cited:
            rows[name.partition("#")[0]].append(row)
    for name, release in releases.items():
        passages = sorted(map(_passage, rows[name]), key=lambda one: reading_order(str(one[0])))
        keys = {
            "title": release.title,
            "authors": [about["id"]],
            "publisher": about["publisher"],
            "url": about.get("url", ""),
            "date": release.day,
            "date_basis": release.basis,
            "language": about.get("language", "en"),
            "access": about.get("access", ""),
            "sha256": release.sha256,
            "characters": release.characters,
        }
        text = blocks.table(keys) + blocks.table({"sentences": passages})
        text += "" if passages else "sentences = []\n"
        yield f"sources/{release.source}.toml", with_first_line("sources/x.toml", text)


def _passage(row: Row) -> list[object]:
    told = [row.values.get("", ""), row.rows]
    while told and not told[-1]:
        told.pop()
    return [row.number, row.start, row.end, row.sha256, *told]


def _file(folder: str, keys: Mapping[str, Any]) -> str:
    return with_first_line(f"{folder}/x.toml", blocks.table(keys))


def log_with(folder: Path | None, name: str, entry: Mapping[str, Any]) -> tuple[str, str]:
    """Return the file that tells what was imported, with another import at its end.

    Args:
        folder: the case's folder; ``None`` if it is a new case.
        name: of the data set.
        entry: the import.
    """
    path = f"{LOG}/{name}.toml"
    before = text_of(folder / path) + "\n" if folder and (folder / path).is_file() else ""
    return path, before + blocks.table(entry, "[[import]]")


def imports(folder: Path, name: str) -> list[dict[str, Any]]:
    """Return what was imported of a data set so far.

    Args:
        folder: the case's folder.
        name: of the data set.

    Raises:
        UnfitFile: the log cannot be read as what it is.
    """
    path = folder / LOG / f"{name}.toml"
    return list(toml_of(path).get("import", [])) if path.is_file() else []
