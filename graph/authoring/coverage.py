"""How far the sentences of a case are coded, and the decision that one has nothing to code."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, cast

import tomlkit

from .. import reader
from ..errors import UsageError, suggestion
from ..model import Claim, Form, specs, vocabulary
from ..reader.claims import no_source
from .editing import editing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from tomlkit.items import Array

    from ..model import Case, Passage, PassageRef
    from ..model.record import Record


class Coding(StrEnum):
    """What became of a sentence; the first that fits counts.

    Coded is what a claim cites, mentioned what only something else does: that a thing exists, a
    note, a judgement of identity, a time.
    """

    CODED = "coded"
    BOILERPLATE = "boilerplate"
    NOTHING = "nothing"
    MENTIONED = "mentioned"
    LEFT = "left"

    @property
    def settled(self) -> bool:
        """Whether there is nothing more to be done for it."""
        return self not in (Coding.MENTIONED, Coding.LEFT)


class SourceCoverage(NamedTuple):
    """How far one source is coded.

    Attributes:
        source: its id.
        sentences: what became of each sentence, by its number, in the order of the text.
    """

    source: str
    sentences: Mapping[str, Coding]

    @property
    def counts(self) -> Counter[Coding]:
        """How many sentences there are of each sort."""
        return Counter(self.sentences.values())

    @property
    def settled(self) -> int:
        """How many sentences need nothing more."""
        return sum(coding.settled for coding in self.sentences.values())


def coverage(case: Case, source: str = "") -> list[SourceCoverage]:
    """Return how far the sources of a case are coded, in the order of the case.

    Args:
        case: all records of the case.
        source: id of the only source that is asked for; all of them without it.

    Raises:
        UsageError: there is no such source.
    """
    _check_source(source, case)
    claimed = {ref.citation for ref in _cited(case, claims=True)}
    mentioned = {ref.citation for ref in _cited(case, claims=False)}
    return [
        SourceCoverage(
            one.id, {part.sentence: _coding(part, claimed, mentioned) for part in one.passages}
        )
        for one in case.sources
        if source in ("", one.id)
    ]


def _check_source(name: str, case: Case) -> None:
    known = [source.id for source in case.sources]
    if name and name not in known:
        raise UsageError(no_source(name, known))


def _cited(case: Case, *, claims: bool) -> Iterator[PassageRef]:
    """Yield the passages that claims cite, or those that the other records do."""
    for record in case.records():
        if isinstance(record, Claim) is claims:
            yield from _passages(record)


def _passages(record: Record) -> Iterator[PassageRef]:
    for field in specs(type(record)):
        if field.form is Form.PASSAGE:
            yield from getattr(record, field.name)


def _coding(passage: Passage, claimed: Collection[str], mentioned: Collection[str]) -> Coding:
    citation = f"{passage.source}#{passage.sentence}"
    if citation in claimed:
        return Coding.CODED
    if passage.boilerplate:
        return Coding.BOILERPLATE
    if passage.nothing:
        return Coding.NOTHING
    return Coding.MENTIONED if citation in mentioned else Coding.LEFT


def decide_nothing(
    folder: Path, citations: Sequence[str], reason: str = "", *, undo: bool = False
) -> list[str]:
    """Store that sentences have nothing to code, in the key ``nothing`` of their sources.

    Args:
        folder: the case's folder.
        citations: the sentences, as ``SOURCE#SENTENCE``, or by number where there is one source.
        reason: why, in the coder's own words; it stands beside each as a comment.
        undo: take the decision back instead.

    Returns:
        The sentences that were changed; the others were so already.

    Raises:
        UsageError: a sentence does not exist, or it is coded or boilerplate.
        DataProblems, InputOutputError: as ``editing`` raises them.
    """
    with editing(folder) as edit:
        wanted = _wanted(coverage(_case(folder)), citations, undo=undo)
        for source, numbers in wanted.items():
            file = f"sources/{source}.toml"
            document = tomlkit.parse(edit.read(file))
            change = _taken_out if undo else _put_in
            change(document, numbers, reason)
            edit.write(file, tomlkit.dumps(document))
    return [f"{source}#{number}" for source, numbers in wanted.items() for number in numbers]


def decide_read(folder: Path, citations: Sequence[str]) -> list[str]:
    """Store that sentences that changed were read again: they leave the key ``reread``.

    Args:
        folder: the case's folder.
        citations: the sentences, as for ``decide_nothing``.

    Returns:
        The sentences that had to be read again; the others had not.

    Raises:
        UsageError: a sentence does not exist.
        DataProblems, InputOutputError: as ``editing`` raises them.
    """
    found = []
    with editing(folder) as edit:
        sources = {one.source: one.sentences for one in coverage(_case(folder))}
        citations = _whole(citations, sources)
        if wrong := [_missing(c, sources) for c in citations if not _is_there(c, sources)]:
            raise UsageError("; ".join(wrong))
        for source, number in (one.split("#") for one in citations):
            file = f"sources/{source}.toml"
            document = tomlkit.parse(edit.read(file))
            if number in document.get("reread", ()):
                _taken_out(document, [number], key="reread")
                edit.write(file, tomlkit.dumps(document))
                found.append(f"{source}#{number}")
    return found


def _case(folder: Path) -> Case:
    return reader.read(folder, vocabulary.load())


def _whole(citations: Iterable[str], sources: Collection[str]) -> list[str]:
    """Return citations with their source, which need not be named where there is only one."""
    only = next(iter(sources)) if len(sources) == 1 else ""
    return [f"{only}#{one}" if only and "#" not in one else one for one in dict.fromkeys(citations)]


def _is_there(citation: str, sources: Mapping[str, Mapping[str, Coding]]) -> bool:
    source, _, number = citation.partition("#")
    return number in sources.get(source, {})


def _wanted(
    covered: Iterable[SourceCoverage], citations: Iterable[str], *, undo: bool
) -> dict[str, list[str]]:
    """Return the numbers of the sentences that change, by their source.

    Raises:
        UsageError: some cannot be; it tells of all.
    """
    sources = {one.source: one.sentences for one in covered}
    wanted: dict[str, list[str]] = {}
    wrong = []
    for citation in _whole(citations, sources):
        source, _, number = citation.partition("#")
        coding = sources.get(source, {}).get(number)
        if coding is None:
            wrong.append(_missing(citation, sources))
        elif reason := _in_the_way(coding, undo=undo):
            wrong.append(f"{citation} {reason}")
        elif (coding is Coding.NOTHING) is undo:
            wanted.setdefault(source, []).append(number)
    if wrong:
        raise UsageError("; ".join(wrong))
    return wanted


def _missing(citation: str, sources: Mapping[str, Mapping[str, Coding]]) -> str:
    """Return that there is no such sentence, and what would be right."""
    source = citation.partition("#")[0]
    if source in sources:
        hint = f"; the last sentence is {source}#{list(sources[source])[-1]}"
    else:
        hint = suggestion(source, sources) or f"; the sources are {', '.join(list(sources)[:9])}"
    return f'there is no sentence "{citation}"{hint}'


def _in_the_way(coding: Coding, *, undo: bool) -> str:
    """Return why a sentence cannot be decided on; empty if it can."""
    if undo:
        return "" if coding is Coding.NOTHING else "is not marked as nothing to code"
    if coding is Coding.CODED:
        return "is coded: a claim cites it"
    return "is boilerplate already" if coding is Coding.BOILERPLATE else ""


def _put_in(document: tomlkit.TOMLDocument, numbers: Iterable[str], reason: str) -> None:
    """Add numbers to the key ``nothing``, each on a line of its own."""
    if "nothing" not in document:
        document["nothing"] = tomlkit.array("[\n]")
    listed = cast("Array", document["nothing"])
    for number in numbers:
        listed.add_line(number, indent="  ", comment=" ".join(reason.split()) or None)


def _taken_out(
    document: tomlkit.TOMLDocument, numbers: Iterable[str], _reason: str = "", key: str = "nothing"
) -> None:
    """Remove numbers from a key, with their comments; an empty key goes too."""
    listed = cast("Array", document[key])
    for number in numbers:
        listed.remove(number)
    if not listed:
        document.remove(key)
