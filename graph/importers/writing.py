"""What rows say, as authored files of a case: things, statements, sources and a log."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from ..authoring import blocks
from ..authoring.json_schemas import with_first_line
from ..authoring.slugs import free, slug_of
from ..errors import UsageError
from ..model.documents import reading_order
from ..model.record import UNATTRIBUTED, UNKNOWN
from ..model.textfiles import MAX_BYTES, MAX_KEYS, text_of, toml_of
from .drafting import settled
from .history import former, refuse_untimely, releases_of
from .releases import renewed
from .things import POINT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from .drafting import DraftStatement, ImportDraft
    from .history import KnownRelease
    from .releases import Entry, ReleaseChanges
    from .tables import Row
    from .things import DraftThing

_WITH_IDENTIFIERS = ("actors", "places", "topics")
_OWN = ("events", "agreements")
"""Folders of things of which one row, or one file, tells all."""
_LARGEST, _MOST_KEYS = MAX_BYTES * 3 // 4, MAX_KEYS * 3 // 4
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
        self.former = former(folder)
        for path in sorted(folder.glob("*/*.toml")) if folder else ():
            self.taken.add(path.stem)
            if path.parent.name == "statements":
                self.taken.update(_ID.findall(text_of(path)))
            if path.parent.name in _WITH_IDENTIFIERS:
                for one in toml_of(path).get("identifiers", []):
                    self.by_key.setdefault(f"{one.get('scheme')} {one.get('value')}", path.stem)

    def known(self, thing: DraftThing) -> str:
        """Return the id of a thing that the case has; empty if it has it not."""
        given = self.former.get(thing.id, thing.id)
        return self.by_key.get(thing.key) or (given if given in self.taken else "")

    def of(self, thing: DraftThing) -> tuple[str, bool]:
        """Return the id of a thing, and whether the case has it already."""
        if found := self.known(thing):
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
    own, voice = about["id"], ids.former.get(about["id"], about["id"])
    about = {**about, "id": voice}
    ids.taken |= set(releases)
    settled(draft, ids.by_key)
    files: dict[str, str] = {}
    if not (folder and (folder / "actors" / f"{voice}.toml").is_file()):
        files[f"actors/{voice}.toml"] = _file("actors", _voice(about))
    ids.taken.add(voice)
    named, matched = _named(draft, ids, files)
    old = _statements(folder, own, voice)
    said = [_entry(one, named, about) for one in draft.statements.values()]
    changes = renewed(
        (one for whole in old.values() for one in whole.get("statement", [])),
        [entry for entry, _ in said],
        voice,
        max((one.day for one in releases.values()), default=""),
        {named[one.key] for one in draft.things.values() if one.folder in _OWN} if part else None,
        _torn(draft, ids, old),
    )
    known = releases_of(folder, voice)
    refuse_untimely(releases, known, changes.replaced, part=part)
    per = {id(entry): text for entry, text in said}
    for entry in changes.new:
        entry["id"] = ids.free(per[id(entry)])
    files |= dict(_statement_files(folder, own, voice, old, changes.new))
    cited = {name for one in draft.statements.values() for name in one.passages}
    files |= dict(_sources(about, draft, releases, cited, known))
    return ImportedFiles(files, len(draft.things) - len(matched), matched, changes)


def _named(
    draft: ImportDraft, ids: Ids, files: dict[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the ids of all things by their keys, and of those that the case has already.

    Files of new ones are added.
    """
    named, matched = {}, {}
    for thing in draft.things.values():
        named[thing.key], there = ids.of(thing)
        if there:
            matched[thing.key] = named[thing.key]
        else:
            files[f"{thing.folder}/{named[thing.key]}.toml"] = _file(thing.folder, _thing(thing))
    return named, matched


def _torn(draft: ImportDraft, ids: Ids, old: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """Return the ids of what rows name that were refused, with the words that are no things."""
    things = (one for row in draft.torn for one in row.may_name())
    found = {ids.known(one) for one in things} - {""}
    entries = (entry for whole in old.values() for entry in whole.get("statement", []))
    words = {str(entry.get("object", "")) for entry in entries} - ids.taken if found else set()
    return found | words | ({UNKNOWN} if found else set())


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
    if not moved:
        return made
    for thing in draft.things.values():
        thing.passage = moved.get(thing.passage, thing.passage)
    for one in draft.statements.values():
        one.passages = [moved.get(name, name) for name in one.passages]
    draft.passages = {moved.get(name, name): row for name, row in draft.passages.items()}
    return made


def _voice(about: Mapping[str, str]) -> dict[str, Any]:
    return {
        "label": about["label"],
        "class": about.get("class", "NonGovernmentalOrganization"),
        "identity": "named",
        "note": about.get("about", ""),
    }


def _thing(thing: DraftThing) -> dict[str, Any]:
    keys = {"label": thing.keys.get("label") or thing.key, **thing.keys}
    for key in POINT:
        if key in keys:
            number = float(keys[key])
            keys[key] = int(number) if number.is_integer() else number
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


def _entry(
    statement: DraftStatement, named: Mapping[str, str], about: Mapping[str, str]
) -> tuple[Entry, str]:
    """Return a statement as it stands in a file, its id open, and what that is made of."""
    parts, told, said = dict(statement.parts), statement.told, statement.claim
    plain = ("predicate", "object") if parts.pop("word", "") else ("predicate",)
    for key in parts:
        if key not in plain:
            parts[key] = named[parts[key]]
    by_source: dict[str, list[str]] = {}
    for passage in statement.passages:
        by_source.setdefault(passage.partition("#")[0], []).append(passage)
    first = {key: value for key, value in said.items() if value and value != "asserts"}
    last = {} if "stance" in first else {"stance": said["stance"]}
    claims = [{**first, "passages": passages, **last} for passages in by_source.values()]
    more = {"access": about["access"]} if about.get("access") else {}
    made = f"{parts['subject']} {parts['predicate']} {parts.get('object', '')} {told.per}"
    return {"id": "", **parts, **told.keys, **more, "claims": claims}, made


def _statements(folder: Path | None, own: str, voice: str) -> dict[str, dict[str, Any]]:
    """Return the files with statements of a data set that a case has, by name.

    Args:
        folder: the case's folder.
        own: the id of the data set, by which its files are called.
        voice: what it is called in the case.
    """
    found = {}
    for path in sorted(folder.glob(f"statements/{own}-*.toml")) if folder else ():
        if path.stem.removeprefix(f"{own}-").isdecimal():
            whole = toml_of(path)
            if whole.get("defaults", {}).get("voice") == voice:
                found[path.name] = whole
    return found


def _statement_files(
    folder: Path | None, own: str, voice: str, old: dict[str, dict[str, Any]], new: list[Entry]
) -> Iterator[tuple[str, str]]:
    """Yield the files of statements that are new or changed."""

    def head(defaults: Mapping[str, Any]) -> str:
        return with_first_line("statements/x.toml", _HEAD + blocks.table(defaults, "[defaults]"))

    heads = {name: head(whole["defaults"]) for name, whole in old.items()}
    texts = {
        name: [blocks.table(_ordered(one), "[[statement]]") for one in whole.get("statement", [])]
        for name, whole in old.items()
    }
    plain = head({"voice": voice})
    last = max(texts, default="")
    name = last if heads.get(last) == plain else _following(own, folder, last)
    so_far = "\n".join([plain, *texts.get(name, ())])
    size, keys = len(so_far.encode()), so_far.count("=")
    for entry in new:
        block = blocks.table(entry, "[[statement]]")
        length, more = len(block.encode()) + 1, block.count("=")
        if (size + length > _LARGEST or keys + more > _MOST_KEYS) and texts.get(name):
            name, size, keys = _following(own, folder, name), len(plain), plain.count("=")
        texts.setdefault(name, []).append(block)
        size, keys = size + length, keys + more
    for name, found in texts.items():
        text = "\n".join([heads.get(name, plain), *found])
        if folder is None or name not in old or text_of(folder / "statements" / name) != text:
            yield f"statements/{name}", text


def _following(own: str, folder: Path | None, last: str) -> str:
    """Return the name of the file of statements after one that is not there."""
    number = int(last.removesuffix(".toml").rpartition("-")[2]) if last else 0
    while True:
        number += 1
        name = f"{own}-{number:03d}.toml"
        if not (folder and (folder / "statements" / name).exists()):
            return name


def _ordered(entry: Entry) -> Entry:
    """Return a statement with its id first and its claims last."""
    first = {"id": entry["id"]} if "id" in entry else {}
    rest = {key: value for key, value in entry.items() if key not in ("id", "claims")}
    return {**first, **rest, "claims": entry.get("claims", [])}


def _sources(
    about: Mapping[str, str],
    draft: ImportDraft,
    releases: Mapping[str, Release],
    cited: set[str],
    known: Mapping[str, KnownRelease],
) -> Iterator[tuple[str, str]]:
    rows: dict[str, list[Row]] = defaultdict(list)
    for name, row in draft.passages.items():
        if name in cited:
            rows[name.partition("#")[0]].append(row)
    for name, release in releases.items():
        made = {str(row.number): _passage(row) for row in rows[name]}
        there = {str(one[0]): one for one in known[name].passages} if name in known else {}
        if any(there.get(number, one)[1:4] != one[1:4] for number, one in made.items()):
            raise UsageError(
                f"the case has a source {name} already, in which other rows are put together: "
                "give this release a name of its own, with --release NAME"
            )
        passages = sorted({**there, **made}.values(), key=lambda one: reading_order(str(one[0])))
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
