"""In which sentences the things of a case are named: proposed from the texts, and written."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category

import tomlkit

from ..build.verification import sentences
from ..errors import UsageError, suggestion
from ..model import NamedThing
from ..model.keys import key_at_hand
from ..model.names import PASSED_OVER, SIGNS, is_article, name_key, spelling
from ..reader.problems import ProblemReport
from .editing import editing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from ..errors import Problem
    from ..model import Case

SHOWN = 6
"""So many sentences of a thing stand in a hint."""

_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_ARABIC = re.compile("[\u0621-\u064a]")
_ARTICLE = "ال"
_ARTICLE_SPELT = "@l"
"""The article in Latin letters, written together with its word."""
_BEFORE = ("و", "ف", "")
_JOINED = ("ب", "ك", "ل", "")
_SHORTEST_STEM = 3
"""Letters that must be left of an Arabic word without what is joined to it."""


class Proposed(NamedTuple):
    """What the names in the texts tell.

    Attributes:
        mentions: by the id of a thing, the sentences that name it, as ``SOURCE#SENTENCE``, in the
            order of reading.
        ambiguous: names of several things that stand in a sentence, with the ids of these; nothing
            is proposed by them.
    """

    mentions: dict[str, tuple[str, ...]]
    ambiguous: dict[str, tuple[str, ...]]


class _Word(NamedTuple):
    """A word of a text or a name, as it stands there and in the normal form of names."""

    written: str
    key: str


class _Name(NamedTuple):
    """A name: its words, and the things that are called so."""

    words: tuple[_Word, ...]
    things: tuple[str, ...]


def proposed(case: Case, texts: Mapping[str, str]) -> Proposed:
    """Return in which sentences the things of a case are named.

    A name is found as whole words in the normal form of names; of names within others, the longest
    counts. An English possessive is passed over, and what Arabic joins to a word before it: a name
    with the article asks for it, a name without goes with and without. A name of one word with
    capitals is found only with these, so that *US* is not *us*.

    Args:
        case: all records.
        texts: sentences by ``SOURCE#SENTENCE``; those marked as boilerplate are passed over.
    """
    names = _names(case)
    mentions: dict[str, dict[str, None]] = defaultdict(dict)
    ambiguous: dict[str, tuple[str, ...]] = {}
    for source in case.sources:
        for passage in source.passages:
            cited = f"{source.id}#{passage.sentence}"
            if passage.boilerplate or cited not in texts:
                continue
            for name in _found(_words(texts[cited]), names):
                if len(name.things) > 1:
                    ambiguous[" ".join(word.written for word in name.words)] = name.things
                else:
                    mentions[name.things[0]][cited] = None
    return Proposed(
        {thing: tuple(mentions[thing]) for thing in sorted(mentions)},
        dict(sorted(ambiguous.items())),
    )


def named_in(names: Iterable[str], texts: Mapping[str, str], *, spelt: bool = False) -> list[str]:
    """Return the sentences that hold one of some names; ``proposed`` says how these are found.

    Args:
        names: the names.
        texts: sentences by how they are cited.
        spelt: whether other transliterations of a name count, too, of names that are long enough
            for it and begin with a capital letter; see ``graph.model.names.spelling``.
    """
    known = _by_first_word({_words(one): [""] for one in names})
    alike = _by_first_word({_spelt(one): [""] for one in names if spelt and _has_spellings(one)})
    return [
        cited
        for cited, text in texts.items()
        if any(_found(_words(text), known)) or (alike and any(_found(_spelt(text), alike)))
    ]


def names_of(case: Case, thing: str) -> list[str]:
    """Return all names of a thing: its label, and its further names.

    Args:
        case: all records.
        thing: its id.

    Raises:
        UsageError: the case has no such actor, place or topic.
    """
    named = {one.id: one for one in case.things if isinstance(one, NamedThing)}
    if thing not in named:
        told = f'there is no actor, place or topic "{thing}" in {case.id}'
        raise UsageError(told + suggestion(thing, named))
    own = named[thing]
    return list(dict.fromkeys((own.label, *(name.text for name in own.names))))


def unlisted(case: Case, found: Proposed) -> dict[str, tuple[str, ...]]:
    """Return the sentences that name a thing and are not among those that mention it, by its id.

    Args:
        case: all records.
        found: what ``proposed`` returns.
    """
    named = found.mentions
    more = {
        thing.id: tuple(one for one in named.get(thing.id, ()) if one not in _listed(thing))
        for thing in case.things
        if isinstance(thing, NamedThing)
    }
    return {thing: cited for thing, cited in more.items() if cited}


def hints(case: Case, folder: Path, texts: Path) -> list[Problem]:
    """Return a hint for each thing that is named in sentences that its file does not list.

    Args:
        case: all records.
        folder: the case's folder.
        texts: a folder with the texts of its sources.

    Raises:
        InputOutputError: the folder of texts or a file in it cannot be read.
    """
    report = ProblemReport()
    missing = unlisted(case, proposed(case, sentences(case.sources, texts, key_at_hand())))
    for thing in case.things:
        if cited := missing.get(thing.id):
            more = f" and {len(cited) - SHOWN} more" if len(cited) > SHOWN else ""
            where = f"{', '.join(cited[:SHOWN])}{more}"
            report.hint(
                thing.origin,
                "mentioned",
                f"{thing.id} is named in {where}, not listed; see hudna mentions",
            )
    return list(report.hints(folder))


def write(case: Case, folder: Path, more: Mapping[str, Sequence[str]]) -> None:
    """Add sentences to those that the files of things list; all are written, or none.

    Comments stay. A thing without a list gets one, with the sentences that its statements gave it.

    Args:
        case: all records.
        folder: the case's folder.
        more: what ``unlisted`` returns, or a part of it.

    Raises:
        DataProblems: the case would not be right with them.
        InputOutputError: a file cannot be read or written.
    """
    with editing(folder) as edit:
        for thing in case.things:
            if thing.id in more and isinstance(thing, NamedThing):
                text = edit.read(thing.origin.file)
                edit.write(thing.origin.file, _added(text, _listed(thing), more[thing.id]))


def _added(text: str, had: Sequence[str], more: Sequence[str]) -> str:
    """Return the file of a thing with more sentences that mention it."""
    document = tomlkit.parse(text)
    if "mentioned" not in document:
        document["mentioned"] = [*had, *more]
        return tomlkit.dumps(document)
    listed = document["mentioned"]
    assert isinstance(listed, tomlkit.items.Array)  # noqa: S101 — the reader has checked it
    listed.extend(more)
    return tomlkit.dumps(document)


def _listed(thing: NamedThing) -> tuple[str, ...]:
    return tuple(ref.citation for ref in thing.mentioned)


def _names(case: Case) -> dict[str, list[_Name]]:
    """Return all names of things by their first word."""
    called: dict[tuple[_Word, ...], dict[str, None]] = defaultdict(dict)
    given = {thing.id: [thing.label, *(name.text for name in thing.names)]
             for thing in case.things if isinstance(thing, NamedThing)}  # fmt: skip
    for resolution in case.resolutions:
        given.get(resolution.thing, []).extend(resolution.names)
    for thing, names in given.items():
        for name in names:
            called[_words(name)][thing] = None
    return _by_first_word(called)


def _by_first_word(called: Mapping[tuple[_Word, ...], Iterable[str]]) -> dict[str, list[_Name]]:
    """Return names by the normal form of their first word, the longest first."""
    by_key: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for words, things in called.items():
        by_key[_keys(words)].update(things)
    found: dict[str, list[_Name]] = defaultdict(list)
    for words in called:
        if words:
            whole = _Name(words, tuple(sorted(by_key[_keys(words)])))
            found[words[0].key].append(whole)
    for names_of_word in found.values():
        names_of_word.sort(key=lambda name: (-len(name.words), name.words))
    return found


def _keys(words: Sequence[_Word]) -> tuple[str, ...]:
    return tuple(word.key for word in words)


def _found(words: Sequence[_Word], names: Mapping[str, Sequence[_Name]]) -> Iterator[_Name]:
    """Yield the names in a sentence from its beginning, each word in one name at most."""
    at = 0
    while at < len(words):
        fitting = [
            name
            for form in _forms(words[at].key)
            for name in names.get(form, ())
            if _fits(name, words, at)
        ]
        best = max(fitting, key=lambda name: len(name.words), default=None)
        if best:
            yield best
        at += len(best.words) if best else 1


def _fits(name: _Name, words: Sequence[_Word], at: int) -> bool:
    """Return whether a name whose first word fits goes on so, with the capitals that it needs."""
    rest = words[at + 1 : at + len(name.words)]
    if _keys(rest) != _keys(name.words[1:]):
        return False
    first, here = name.words[0].written, words[at].written
    if len(name.words) > 1:
        return True
    return here.isupper() if first.isupper() else here[:1].isupper() or not first[:1].isupper()


def _forms(key: str) -> Iterator[str]:
    """Yield a word of a text and, if it is Arabic, what is left without what is joined to it."""
    yield key
    if key.startswith(_ARTICLE_SPELT):
        yield key.removeprefix(_ARTICLE_SPELT)
    if not _ARABIC.match(key):
        return
    stems = {stem: None for start in (a + b for a in _BEFORE for b in _JOINED)
             if key.startswith(start) for stem in _stems(key, start)}  # fmt: skip
    for stem in stems:
        if len(stem) >= _SHORTEST_STEM and stem != key:
            yield stem


def _stems(key: str, start: str) -> Iterator[str]:
    """Yield an Arabic word without what it starts with, with the article that may be in it or not.

    Of ``ل`` and the article the first sign is not written: ``للوعر``, and ``للجنة`` for both
    words that begin with it and others.
    """
    bare = key[len(start) :]
    yield from (bare, bare.removeprefix(_ARTICLE))
    if start.endswith("ل") and bare.startswith("ل"):
        yield from (f"{_ARTICLE}{bare[1:]}", bare[1:], f"{_ARTICLE}{bare}")


def _words(text: str) -> tuple[_Word, ...]:
    """Return the words of a text: letters and digits, with marks and apostrophes within them."""
    runs = ("".join(signs) for inside, signs in groupby(text, _in_word) if inside)
    bare = (_POSSESSIVE.sub("", run.strip(SIGNS)) for run in runs)
    return tuple(_Word(run, key) for run in bare if (key := name_key(run)))


def _spelt(text: str) -> tuple[_Word, ...]:
    """Return the words of a text by what their transliterations share, without articles."""
    words = _words(text)
    pairs = zip(words, [*words[1:], _Word("", "")], strict=False)
    bare = (one.written for one, after in pairs if not is_article(one.key, after.key))
    keyed = ((one, name_key(one) if _ARABIC.match(one) else spelling(one)) for one in bare)
    return tuple(_Word(one, key) for one, key in keyed if key)


def _has_spellings(name: str) -> bool:
    """Return whether a name has transliterations that tell it from other words."""
    letters = sum(len(word.key) for word in _spelt(name))
    return letters >= _SHORTEST_STEM and not _ARABIC.search(name) and name != name.lower()


def _in_word(sign: str) -> bool:
    return sign.isalnum() or sign in SIGNS or category(sign) in PASSED_OVER
