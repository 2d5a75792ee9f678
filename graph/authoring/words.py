"""The words that a case may use: looked up by sense, with how often the case uses each."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .. import reader
from ..errors import DataProblems, UnfitFile, UsageError, suggestion
from ..model import Form, specs
from ..model.lexicon import CLASS, PREDICATE, ROLE, By
from ..model.names import name_key
from ..model.near import share
from ..model.textfiles import toml_of
from ..reader.cues import spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..model.case import Case
    from ..model.lexicon import Lexicon, Term
    from ..model.record import Record
    from ..model.vocabulary import Vocabulary

ADVICE = Path(__file__).parent / "advice.toml"
"""How words are coded that no term has."""
_ENDS = ("value", "kind")
"""What may stand for the class of an object."""
_TURNING = frozenset((
    "no", "not", "non", "without", "never", "end", "ends", "ending", "lift", "lifts",
    "lifting", "stop", "stops", "halt", "halts", "cease", "ceases", "cessation", "refusal",
    "refuses", "denial", "denies", "lack", "lacks", "absence", "against", "withdraw",
    "withdraws", "withdrawal", "withdrawn", "revoke", "cancel", "cancels", "suspend",
    "suspends", "suspension", "break", "breaks", "loss", "loses", "prevent", "prevents",
    "avoid", "avoids", "free", "freedom", "anti", "refrain", "refrains", "restraint", "ban",
    "bans", "former", "hindrance", "hinders", "obstruction", "obstructs", "restriction",
    "restricts", "impediment", "reject", "rejects",
))  # fmt: skip
"""Words that may make of what is beside them the opposite; of such a phrase no part is taken."""
_MOST_BY_WORDS = 6
_MOST_WORDS = 12
"""What has more words is a sentence and no phrase."""
_THE_SAME = 0.9
"""From so much that a word shares with a name it is that name."""


class Word(NamedTuple):
    """A term that was found.

    Attributes:
        term: the term.
        by: by what it was found; by its name where a whole list is asked for.
        cue: what the tables of cues say of the word, where it tells the stand of a voice, a cause
            or a motive; of what one word of a phrase found, that word; else empty.
    """

    term: Term
    by: By
    cue: str = ""


def looked_up(
    lexicon: Lexicon, text: str = "", ends: str = "", listed: str = "", *, own: bool = False
) -> Sequence[Word]:
    """Return terms, the likeliest first; in the order of their names where no word is given.

    Args:
        lexicon: the terms that there are.
        text: a word or a few.
        ends: predicates only, of which the subject may be of the first class and the object of the
            second: ``actor,place``; the object may also be a ``value`` or a ``kind``.
        listed: the list that they are to be from: ``predicate``, ``role``, ``kind``, ``topic`` ...
        own: whether only those count that a case has of its own.

    Raises:
        UsageError: there is no such list or class.
    """
    among: Iterable[Term] = [one for one in lexicon.terms if one.broader or not own]
    if listed:
        wanted = _list(lexicon, listed)
        among = [one for one in among if not wanted.isdisjoint(one.lists)]
    if ends:
        subject, object_ = _classes(lexicon, ends)
        predicates = (one for one in among if one.sort == PREDICATE)
        among = [one for one in predicates if lexicon.fits(one, subject, object_)]
    if not text:
        return [Word(one, By.NAME) for one in among]
    among = list(among)
    found = [Word(one, by) for by, one in lexicon.found(text, among)]
    return _with_cues(found, text, among) or _by_its_words(lexicon, text, among)


def advised(text: str) -> str:
    """Return how a word is coded that no term has, or that one has only in part; else nothing.

    Args:
        text: a word or a few, in any form.
    """
    return next(
        (told for words, told in _advice() if any(share(text, one) == 1 for one in words)), ""
    )


@cache
def _advice() -> tuple[tuple[tuple[str, ...], str], ...]:
    rows = toml_of(ADVICE)["advice"]
    return tuple((tuple(map(name_key, row["words"])), row["text"]) for row in rows)


def _with_cues(found: Sequence[Word], text: str, among: Sequence[Term]) -> Sequence[Word]:
    """Return the same and what the tables of cues give, which goes before what is only guessed.

    Args:
        found: terms that were found, the likeliest first.
        text: the words that were looked for.
        among: the terms that would be right.
    """
    told: dict[str, str] = {}
    for row in spoken(text):
        for name in row.terms:
            told.setdefault(name, row.told)
    cued = [one for name in told for one in among if one.name == name and one.sort != CLASS]
    if not cued:
        return found
    cues = {id(one): told[one.name] for one in cued}
    named = [w._replace(cue=cues.get(id(w.term), "")) for w in found if w.by is By.NAME]
    just = [word for word in named if name_key(text) in word.term.called.names]
    there = {id(word.term) for word in named}
    added = [Word(one, By.CUE, told[one.name]) for one in cued if id(one) not in there]
    guessed = [w for w in found if w.by is By.DEFINITION and id(w.term) not in cues]
    return [*just, *added, *(word for word in named if word not in just), *guessed]


def _by_its_words(lexicon: Lexicon, text: str, among: Sequence[Term]) -> Sequence[Word]:
    """Return what a part of a phrase is the name of, then what its single words are.

    Args:
        lexicon: the terms that there are.
        text: the phrase, for which as a whole nothing is found.
        among: the terms that would be right.
    """
    words = name_key(text).split()
    parts = list(dict.fromkeys(words))
    if not 1 < len(words) <= _MOST_WORDS or not _TURNING.isdisjoint(parts):
        return []
    ranks: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    terms = {}
    within = {" ".join(words[i:j]) for i, j in combinations(range(len(words) + 1), 2) if j > i + 1}
    for one in among:
        for name in within & one.called.names:
            key = f"{one.sort} {one.name}"
            terms[key] = one
            ranks[key].append((-len(name), 0, name))
    for order, part in enumerate(reversed(parts)):
        named = [one for by, one in lexicon.found(part, among) if by is By.NAME and _is(part, one)]
        for rank, one in enumerate(named):
            key = f"{one.sort} {one.name}"
            terms[key] = one
            ranks[key].append((rank, order, part))
    best = sorted(
        ranks, key=lambda key: (min(0, min(ranks[key])[0]), -len(ranks[key]), min(ranks[key]))
    )
    sign = next((terms[key].called.sign for key in best if terms[key].called.sign), 0)
    fit = [key for key in best if terms[key].called.sign * sign >= 0]
    return [Word(terms[key], By.WORD, min(ranks[key])[2]) for key in fit[:_MOST_BY_WORDS]]


def _is(word: str, term: Term) -> bool:
    """Return whether a word is a name of a term, in another ending perhaps, and no part of one."""
    return any(share(word, name) >= _THE_SAME for name in term.called.names if " " not in name)


def _list(lexicon: Lexicon, name: str) -> set[str]:
    known = {one.lower(): lists for one, lists in lexicon.lists.items()}
    key = name.lower().replace("-", "").replace(" ", "")
    single = key.removesuffix("s")
    for one in (key, single, key.removesuffix("es"), f"{single}kind"):
        if one in known:
            return set(known[one])
    there = ", ".join(one for one, _, _ in overview(lexicon))
    more = suggestion(name, lexicon.lists) or f"; there are {there}"
    raise UsageError(f'there is no list of terms "{name}"{more}')


def _classes(lexicon: Lexicon, ends: str) -> tuple[str, str]:
    names = {one.name.lower(): one.name for one in lexicon.terms if one.sort == CLASS}
    names |= {one: one for one in _ENDS}
    found = []
    parts = [part.strip() for part in ends.split(",")]
    for part in parts:
        key = part.lower().replace(" ", "").replace("-", "")
        if key and key not in names:
            hint = suggestion(key, names) or f"; classes are listed by: hudna terms --list {CLASS}"
            raise UsageError(f'--for: there is no class "{part}"{hint}')
        found.append(names.get(key, ""))
    if len(parts) > 2 or not any(found) or found[0] in _ENDS:
        raise UsageError(
            "--for takes the class of the subject, and perhaps that of the object: actor,place"
        )
    return found[0], found[1] if len(found) == 2 else ""


def overview(lexicon: Lexicon) -> list[tuple[str, str, int]]:
    """Return the lists of terms: the name to ask for each, what its members are, how many."""
    names: dict[str, str] = {}
    for name, lists in sorted(lexicon.lists.items(), key=lambda item: len(item[0])):
        if len(lists) == 1 and (name != lists[0] or names.get(name) is None):
            names.setdefault(lists[0], name)
    counts = Counter(one for term in lexicon.terms for one in term.lists)
    return sorted((name, lexicon.title(one), counts[one]) for one, name in names.items())


def uses(folder: Path, vocabulary: Vocabulary) -> Counter[tuple[str, str]] | None:
    """Return how often a case uses each term, by its sort and name.

    Args:
        folder: the case's folder.
        vocabulary: the ontology.

    Returns:
        The counts; ``None`` if the case cannot be read.

    Raises:
        InputOutputError: there is no such case.
    """
    try:
        case = reader.read(folder, vocabulary)
    except (DataProblems, UnfitFile):
        return None
    found: Counter[tuple[str, str]] = Counter()
    for record in _records(case):
        for field in specs(type(record)):
            sort = {Form.KIND: "kind", Form.CLASS: CLASS, Form.PREDICATE: PREDICATE}.get(field.form)
            if sort:
                value = getattr(record, field.name) or ()
                found.update((sort, one) for one in ((value,) if isinstance(value, str) else value))
        if takes_kind := getattr(record, "object", None):
            found["kind", takes_kind] += record.predicate in ("stage", "fulfilment")  # type: ignore[attr-defined]
    return found


def _records(case: Case) -> Iterator[Record]:
    yield from (*case.things, *case.judgements, *case.resolutions, *case.figure_rules)
    for statement in case.statements:
        yield statement
        yield from statement.claims
        if statement.verdict:
            yield statement.verdict


def what(term: Term, lexicon: Lexicon) -> str:
    """Return what a term is, in words: ``predicate (violence, hostile)``.

    Args:
        term: the term.
        lexicon: has the names of the lists.
    """
    if term.sort != PREDICATE:
        return ", ".join(lexicon.title(one) for one in term.lists)
    sign = {1: "backing or alliance, +1", -1: "hostility, -1", 0: "neither friendly nor hostile, 0"}
    more = f"; a tie of {term.group}" if term.group else ""
    kind = "role" if term.lists == (ROLE,) else "predicate"
    return f"{kind} of the family {term.family}{more}; {sign[term.called.sign]}"
