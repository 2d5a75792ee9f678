"""Another index for a source that is cited: citations follow their sentences, and only exactly."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, cast

import tomlkit

from .. import reader
from ..errors import DataProblems, InputOutputError, Problem, UnfitFile
from ..errors.counting import counted
from ..model import Form, vocabulary
from ..model.documents import reading_order
from ..model.textfiles import MAX_BYTES, toml_of
from ..reader import ProblemReport
from ..reader.defaults import TABLE
from ..reader.hints import hint_reread
from ..reader.moved import Moved, as_before, moved
from ..reader.schemas import keys_of_ids
from ..reader.sentences import Sentence, fingerprint, recut
from .strings import each_once, strings

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from tomlkit.items import Array

    from ..model import Source
    from ..model.keys import Key
    from ..reader.sentences import Fingerprint
    from .editing import Edit

_BARE = re.compile(r"""["']+(\d+\.\d+)(?=["':])""")
_CUE = re.compile(r":(\d+)-(\d+)")
_CITING = (".toml", ".md", ".rq")
"""Ends of the names of files that may cite."""
_NUMBER = re.compile(r"\d+\.\d+")


class Renewal(NamedTuple):
    """What another text, or another cut, means for an index and for what cites it.

    Attributes:
        before: the sentences of the text, cut as those of the index were.
        sentences: the same, as they are cut now.
        moved: what became of the sentences of the index.
        within: of a text that was only cut otherwise, the number of the longer sentence that has a
            former one in it, and after how many code points, by the number that it had.
        changed: the number of what stands where a sentence stood whose words are not there as they
            were, by the number that it had.
        lost: numbers of sentences for which nothing stands there now.
        claims: how many claims cite one of the last two.
        citing: where they are cited, these claims first.
    """

    before: Sequence[Sentence]
    sentences: Sequence[Sentence]
    moved: Moved
    within: Mapping[str, tuple[str, int]]
    changed: Mapping[str, str]
    lost: tuple[str, ...]
    claims: int
    citing: tuple[Problem, ...]

    def now(self, number: str) -> str:
        """Return the number of what stands where a sentence stood, by the one that it had."""
        if number in self.within:
            return self.within[number][0]
        return self.moved.found.get(number) or self.changed.get(number) or ""

    def told(self) -> str:
        """Return what was found in one line."""
        longer = {number for number, _ in self.within.values()}
        left = self.moved._replace(
            changed=self.changed, lost=self.lost, new=self.moved.new - len(longer)
        )
        told = left.told()
        if self.within:
            told += f", {len(self.within)} in longer ones"
        if not self.citing:
            return told
        return f"{told}; {counted(self.claims, 'claim')} to be read again"


def renewal(
    folder: Path,
    edit: Edit,
    source: Source,
    text: str,
    join: Iterable[str] = (),
    split: Iterable[str] = (),
    make: Fingerprint = fingerprint,
) -> Renewal:
    """Compare the index of a source with a text; nothing is changed.

    Args:
        folder: of the case.
        edit: gives the files.
        source: the source.
        text: the text that is to be its own.
        join: as for ``recut``, by the numbers that the text's sentences have without them.
        split: likewise.
        make: makes the fingerprints of the index.

    Raises:
        UsageError: a number is none.
        DataProblems: a file that may cite the source is no TOML.
    """
    before = as_before(source.passages, text, make)
    cut = recut(text, before, join, split)
    found = moved(source.passages, text, cut, make)
    within: dict[str, tuple[str, int]] = {}
    changed = {**found.changed}
    if make(text) == source.sha256:
        within, changed = _around(source, found, cut)
    lost = tuple(one for one in found.lost if one not in changed and one not in within)
    claims, citing = _citing(folder, edit, source.id, {*changed, *lost})
    return Renewal(before, cut, found, within, changed, lost, claims, tuple(citing))


def renew(edit: Edit, source: str, found: Renewal) -> None:
    """Let all citations of a source follow its sentences, in all files of a case.

    Args:
        edit: takes the changes.
        source: id of the source.
        found: what became of its sentences.
    """
    for name, text in _files(edit):
        parts, end = [], 0
        for start, stop, number in _citations(edit, name, source):
            parts += [text[end:start], found.now(number) or number]
            end = stop
            if number in found.within and (cue := _CUE.match(text, stop)):
                by = found.within[number][1]
                parts.append(f":{int(cue[1]) + by}-{int(cue[2]) + by}")
                end = cue.end()
        new = "".join([*parts, text[end:]])
        if found.within and name.endswith(".toml"):
            new = each_once(new, _citing_keys())
        if new != text:
            edit.write(name, new)


def indexed(
    edit: Edit,
    source: str,
    text: str,
    found: Renewal,
    said: Mapping[str, object],
    key: Key | None = None,
) -> str:
    """Return the file of a source with another index; all else in it stays, comments too.

    Sentences that something cites and whose words changed are listed in ``reread``.

    Args:
        edit: gives the file.
        source: id of the source.
        text: its text.
        found: the sentences, and what became of the former ones.
        said: other keys that get another value.
        key: makes the fingerprints, if they are keyed.
    """
    table = tomlkit.parse(edit.read(f"sources/{source}.toml"))
    for name, value in list(table.items()):
        if isinstance(value, list) and value and all(_is_number(one) for one in value):
            _renumber(table, name, found.now)
    cited = {one.place for one in found.citing}
    again = {new for old, new in found.changed.items() if f"{source}#{old}" in cited}
    table.update(said)
    _put(table, "reread", in_order({*table.get("reread", ()), *again}))
    make = key.fingerprint if key else fingerprint
    if key:
        table["key"] = key.id
    table["sha256"] = make(text)
    table["characters"] = len(text)
    del table["sentences"]  # so that it stays the last
    table["sentences"] = tomlkit.parse(index(text, found.sentences, make))["sentences"]
    return tomlkit.dumps(table)


def index(text: str, found: Sequence[Sentence], make: Fingerprint = fingerprint) -> str:
    """Return the index of a text as it stands in the file of its source.

    Args:
        text: the text.
        found: its sentences.
        make: makes their fingerprints.

    Raises:
        InputOutputError: it would be larger than a file of a case may be.
    """
    rows = "".join(
        f'  ["{one.number}", {one.start}, {one.end}, "{make(text[one.start : one.end])}"],\n'
        for one in found
    )
    if len(rows) > MAX_BYTES:
        raise InputOutputError(f"a text of {len(found)} sentences is too long to be one source: "
                               "add it in parts, as several sources")  # fmt: skip
    return f"sentences = [\n{rows}]\n"


def _put(table: tomlkit.TOMLDocument, key: str, numbers: list[str]) -> None:
    if numbers:
        table[key] = numbers
    elif key in table:
        del table[key]


def _renumber(table: tomlkit.TOMLDocument, key: str, now: Callable[[str], str]) -> None:
    """Give a list the numbers that its sentences have now; what stands beside them is kept.

    Args:
        table: the file.
        key: of the list.
        now: returns the new number of a sentence; empty if it is gone.
    """
    listed = cast("Array", table[key])
    numbers = [now(one) for one in listed]
    for place in reversed(range(len(numbers))):
        if numbers[place] and numbers[place] not in numbers[:place]:
            listed[place] = numbers[place]
        else:
            del listed[place]
    if not listed:
        del table[key]


def _is_number(one: object) -> bool:
    return isinstance(one, str) and bool(_NUMBER.fullmatch(one))


def in_order(numbers: Iterable[str]) -> list[str]:
    """Return numbers of sentences in the order of the text."""
    return sorted(numbers, key=reading_order)


def _around(
    source: Source, found: Moved, cut: Sequence[Sentence]
) -> tuple[dict[str, tuple[str, int]], dict[str, str]]:
    """Return what holds, and else what begins, each former sentence of a text cut otherwise."""
    within, changed = {}, {}
    for one in source.passages:
        if one.sentence in found.found:
            continue
        now = next(now for now in cut if now.end > one.start)
        if now.start <= one.start and one.end <= now.end:
            within[one.sentence] = (now.number, one.start - now.start)
        else:
            changed[one.sentence] = now.number
    return within, changed


def _files(edit: Edit) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each file of a case that may cite."""
    for path in sorted(edit.folder.rglob("*")):
        name = path.relative_to(edit.folder)
        hidden = any(part.startswith(".") for part in name.parts)
        if path.suffix in _CITING and not hidden and path.is_file():
            yield name.as_posix(), edit.read(name.as_posix())


def _citations(edit: Edit, name: str, source: str) -> Iterator[tuple[int, int, str]]:
    """Yield where a file cites sentences of a source: start and end of the number, and it.

    Raises:
        DataProblems: the file may cite it, but is no TOML, so that this cannot be told.
    """
    text, cited = edit.read(name), re.escape(source)
    # of a passage itself, as in a query, the id has a dot
    whole = re.compile(rf"(?<![\w-])(?:{cited}#|(?<!\.){cited}\.)(\d+\.\d+)(?!\d|\.\d)")
    found = [(*match.span(1), match[1]) for match in whole.finditer(text)]
    if name.endswith(".toml") and (found or (TABLE in text and source in text)):
        try:
            defaults = toml_of(edit.folder / name).get(TABLE)
        except UnfitFile as error:
            file = (edit.folder / name).as_posix()
            raise DataProblems([Problem(file, error.line, "", error.reason)]) from error
        if isinstance(defaults, dict) and defaults.get("source") == source:
            lists = (one for one in strings(text) if one.key in _citing_keys())
            bare = (_BARE.match(text, one.start, one.end) for one in lists)
            found += [(*one.span(1), one[1]) for one in bare if one]
    yield from sorted(found)


@cache
def _citing_keys() -> frozenset[str]:
    """Return the keys under which sentences are cited, in any table."""
    forms = (Form.PASSAGE, Form.CUE)
    return frozenset(key for key, form in keys_of_ids().items() if form in forms)


def _citing(
    folder: Path, edit: Edit, source: str, numbers: Collection[str]
) -> tuple[int, list[Problem]]:
    """Return how many claims cite some sentences, and where these are cited, claims first."""
    report = ProblemReport()
    try:
        case = reader.read(folder, vocabulary.load())
    except DataProblems:
        count = 0
    else:
        count = hint_reread(case, {source: numbers}, report)
    claims = {(one.file, one.line): one for one in report.hints(folder)}
    places: dict[Problem, None] = {}
    for name, text in _files(edit):
        file = (folder / name).as_posix()
        for start, _, number in _citations(edit, name, source):
            if number in numbers:
                line = text.count("\n", 0, start) + 1
                what = claims[file, line].place if (file, line) in claims else ""
                places[Problem(file, line, f"{source}#{number}", what)] = None
    return count, sorted(places, key=lambda one: (not one.message, one.file, one.line))
