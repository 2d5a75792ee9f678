"""The short form of a statement with its claims: words, a bar, who says so, another bar, and so on.

``SUBJECT PREDICATE OBJECT [WHEN] | VOICE STANCE [CERTAINTY] [SOURCE#]SENTENCE[,SENTENCE] | ...``

Things are named by ids or by names, in quotes where a name could be taken for something else.
Qualifiers stand in each part as ``KEY=VALUE``.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import UsageError, UsageErrors
from ..model import UNATTRIBUTED, UNKNOWN, Claim, Statement
from ..model.lexicon import ANY_KIND, PREDICATE, By, see
from ..model.names import name_key
from ..model.near import joined
from ..model.terms import HUD
from .faults import Faults
from .keyed import KeyValues, one_of
from .tokens import Token, items_of, parted, text_of
from .values import dated, number_of, refuse_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from ..model.lexicon import Lexicon
    from ..model.record import Value
    from ..model.vocabulary import Vocabulary
    from .authored import Authored

AUTHOR = "author"
"""Stands for the voice of the author of the source."""
FORM = "SUBJECT PREDICATE OBJECT [WHEN] | VOICE STANCE CERTAINTY SOURCE#SENTENCE"
_SENTENCES = re.compile(r"(?:(?P<source>[a-z0-9]+(?:-+[a-z0-9]+)*)#)?(?P<number>[0-9]+\.[0-9]+)")
_SCHEMES = {"stance": "stances", "certainty": "certainties", "mode": "modes"}


class Said(NamedTuple):
    """What is said: ids, a value in place of an object, and when, as EDTF."""

    subject: str
    predicate: str
    object: str | None
    value: Value | None
    when: str

    def says(self, table: Mapping[str, Any]) -> bool:
        """Return whether a table of a statement says the same, whenever."""
        own = (table.get("subject"), table.get("predicate"), table.get("object"))
        value = table.get("value")
        same = value == self.value and isinstance(value, bool) == isinstance(self.value, bool)
        return own == (self.subject, self.predicate, self.object) and same


class ShortClaim(NamedTuple):
    """A claim: empty where nothing is given, which a file may have a default for.

    Attributes:
        voice: id of a voice, or ``author``.
        stance: its name.
        certainty: its name.
        mode: its name.
        source: id of the source.
        sentences: their numbers.
        more: further keys of the claim, as authors write them.
    """

    voice: str
    stance: str
    certainty: str
    mode: str
    source: str
    sentences: tuple[str, ...]
    more: Mapping[str, Any] = MappingProxyType({})


class Sayings:
    """Reads the short form with the words of the ontology and the names of a case.

    Args:
        vocabulary: the ontology.
        lexicon: its terms.
        case: the case's files.
    """

    def __init__(self, vocabulary: Vocabulary, lexicon: Lexicon, case: Authored) -> None:
        self._vocabulary = vocabulary
        self._lexicon = lexicon
        self._case = case
        self._keys = KeyValues(lexicon, case)
        self._forward: dict[str, str] = {}
        self._backward: dict[str, str] = {}
        for one in lexicon.terms:
            if one.sort == PREDICATE:
                self._forward |= dict.fromkeys(one.called.keys, one.name)
                self._backward |= dict.fromkeys(one.called.backward, one.name)
        self._kinds = {
            what: {
                key: one.name
                for one in lexicon.terms
                if scheme in one.lists
                for key in one.called.keys
            }
            for what, scheme in _SCHEMES.items()
        }

    def qualifiers(self, tokens: Sequence[Token]) -> dict[str, Any]:
        """Return the keys of a statement that stand before the first bar; see ``KeyValues``."""
        return self._keys.read(Statement, tokens)

    def propositions(self, tokens: Sequence[Token]) -> tuple[Said, ...]:
        """Return what the words before the first bar say: of several things the same of each.

        Raises:
            UsageError: they say nothing, or may say several things; with what may be meant.
        """
        found: dict[tuple[Said, ...], int] = {}
        errors: list[tuple[int, UsageError]] = []
        for start, end, name, backward in self._predicates(tokens):
            try:
                made = self._made(tokens[:start], name, tokens[end:], backward=backward)
            except UsageError as error:
                errors.append((end - start, error))
            else:
                found[made] = max(found.get(made, 0), end - start)
        if not found:
            if errors:
                raise max(errors, key=lambda pair: pair[0])[1]
            raise self._no_predicate(tokens)
        longest = max(found.values())
        best = [one for one, length in found.items() if length == longest]
        if len(best) > 1:
            raise UsageError(
                "this may be read in several ways; put names in quotes: "
                + " or ".join(f'"{one.subject}" {one.predicate}' for one, *_ in best)
            )
        return best[0]

    def _predicates(self, tokens: Sequence[Token]) -> Iterator[tuple[int, int, str, bool]]:
        """Yield where predicates stand: start, end, name, and whether it is the other end's."""
        for start in range(1, len(tokens)):
            for end in range(start + 1, min(len(tokens), start + 10) + 1):
                key = name_key(" ".join(one.text for one in tokens[start:end]))
                if name := self._forward.get(key):
                    yield start, end, name, False
                elif name := self._backward.get(key):
                    yield start, end, name, True

    def _made(
        self, before: Sequence[Token], name: str, after: Sequence[Token], *, backward: bool
    ) -> tuple[Said, ...]:
        predicate = self._vocabulary.predicates[name]
        first, early = dated(before)
        faults = Faults()
        made: Sequence[tuple[str | None, Value | None]] | None
        if predicate.takes == "value":
            if len(after) > 1 and "string" not in predicate.datatypes:
                value, (rest, late) = after[:1], dated(after[1:], whole=True)
                if rest:
                    raise UsageError(
                        f'"{text_of(rest)}" is no date; write it as EDTF, as in 2014-10'
                    )
            else:
                value, late = dated(after)
            made = faults.attempt(lambda: [self.value(text_of(value), name)])
        else:
            others, late = dated(after)
            if not others:
                raise UsageError(f'"{name}" lacks its object; write: {FORM}')
            ends = faults.attempt(self._each, others, lambda one: self.end(one, name))
            made = [(one, None) for one in ends or ()]
        if early and late:
            raise UsageError(f'"{early}" and "{late}" are two dates; write one')
        resolve = self._case.resolve
        subjects = faults.attempt(self._each, first, lambda one: resolve(text_of(one), "subject"))
        if not subjects or not made:
            raise UsageErrors(faults[::-1])
        if len(subjects) > 1 and len(made) > 1:
            raise UsageError("several subjects and several objects stand in one line; write a line "
                             "for each subject")  # fmt: skip
        return tuple(
            Said(str(object_), name, subject, plain, early or late)
            if backward
            else Said(subject, name, object_, plain, early or late)
            for subject in subjects
            for object_, plain in made
        )

    def _each(self, tokens: Sequence[Token], one: Callable[[Sequence[Token]], str]) -> list[str]:
        """Return what one thing is, or each of several that have commas between them.

        Args:
            tokens: the words.
            one: tells what some of them name.

        Raises:
            UsageError: some name nothing; it tells all.
        """
        items = items_of(tokens)
        if len(items) == 1 or self._is_thing(tokens):
            return [one(tokens)]
        if not all(items):
            raise UsageError(f'"{text_of(tokens)}": a name is missing beside a comma')
        faults = Faults()
        found = [faults.attempt(one, item) for item in items]
        faults.refuse()
        return [*dict.fromkeys(name for name in found if name)]

    def _refuse_date(self, tokens: Sequence[Token]) -> None:
        """Raise what is wrong with the last word, where it was meant for a date and is none."""
        if len(tokens) > 1 and not self._is_thing(tokens):
            refuse_date(tokens[-1])

    def end(self, tokens: Sequence[Token], predicate: str) -> str:
        """Return the id of the thing or the name of the kind that is the object.

        Args:
            tokens: the words for it.
            predicate: the name of one.

        Raises:
            UsageError: the predicate takes no such object.
        """
        text = text_of(tokens)
        if self._vocabulary.predicates[predicate].takes == "thing":
            self._refuse_date(tokens)
            return self._case.resolve(text, "object")
        schemes = self._vocabulary.texts[self._vocabulary.iri(HUD, predicate)].get(
            HUD + "scheme", ()
        )
        names = {one.rpartition("/")[2] for one in schemes}
        right = [one for one in self._lexicon.terms if not names.isdisjoint(one.lists)]
        return one_of(text, right, self._lexicon, f"no kind that {predicate} takes")

    def value(self, text: str, predicate: str) -> tuple[str | None, Value | None]:
        """Return the object ``unknown``, or the value that a predicate takes.

        Args:
            text: as people write it.
            predicate: the name of one.

        Raises:
            UsageError: the predicate takes no such value.
        """
        known = self._vocabulary.predicates[predicate]
        if text == UNKNOWN and known.counts:
            return UNKNOWN, None
        if "boolean" in known.datatypes and text in ("true", "false"):
            return None, text == "true"
        takes_number = known.datatypes & {"integer", "decimal"}
        if takes_number and (number := number_of(text)) is not None:
            return None, number
        if "string" in known.datatypes and text:
            return None, text
        wanted = " or ".join(sorted(known.datatypes))
        raise UsageError(
            f'"{text}" is no value that {predicate} takes; write a value of the type {wanted}'
        )

    def _no_predicate(self, tokens: Sequence[Token]) -> UsageError:
        """Return what is said where no predicate is found: what may be meant by which words."""
        if len(tokens) < 3:
            return UsageError(f"this is no statement; write: {FORM}")
        start = max((n for n in range(1, len(tokens) - 1) if self._is_thing(tokens[:n])), default=1)
        rest = dated(tokens)[0]
        ends = (n for n in range(start + 1, len(rest)) if self._is_thing(rest[n:]))
        wrong = text_of(tokens[start : min(ends, default=start + 1)])
        if stance := self._kinds["stance"].get(name_key(wrong)):
            return UsageError(
                f'"{wrong}" is a stance, and no predicate; write what is the case before the bar, '
                f"and behind it: VOICE {stance} CERTAINTY SOURCE#SENTENCE"
            )
        names = self._vocabulary.predicates.keys()
        more = self._lexicon.hint(wrong, names, PREDICATE) or see(wrong)
        return UsageError(f'"{wrong}" is not a predicate{more}')

    def _is_thing(self, tokens: Sequence[Token]) -> bool:
        try:
            return bool(self._case.resolve(text_of(tokens)))
        except UsageError:
            return False

    def stand(self, tokens: Sequence[Token], faults: Faults) -> ShortClaim | None:
        """Return the claim that the words between two bars make; ``None`` if they make none.

        Args:
            tokens: the words.
            faults: takes what is missing, given twice or not known; with what would be right.
        """
        tokens, keyed = parted(tokens)
        more = faults.attempt(self._keys.read, Claim, keyed) or {}
        given: dict[str, str] = {what: more.pop(what) for what in _SCHEMES if what in more}
        cited = _cited(",".join(more.pop("passages", ())), ())
        voice = [Token(more.pop("voice"), quoted=True)] if "voice" in more else []
        place = 0
        while place < len(tokens):
            length, what, name = self._word_of_claim(tokens, place)
            if what:
                if given.setdefault(what, name) != name:
                    faults.append(
                        f'"{given[what]}" and "{name}" are each a {what}; write one, '
                        "and put a name in quotes"
                    )
            elif not tokens[place].quoted and (refs := _cited(tokens[place].text, cited)):
                cited += refs
            else:
                voice.append(tokens[place])
            place += length
        wrong_stance = "" if "stance" in given else self._no_stance(voice)
        faults.extend(filter(None, [wrong_stance]))
        sources = dict.fromkeys(source for source, _ in cited if source)
        if len(sources) > 1:
            faults.append(
                f"one claim cites {joined(list(sources), 'and')}; write a claim for "
                "each, with a bar between them"
            )
        wrong = next((one.text for one in voice if "#" in one.text), "")
        if wrong:
            faults.append(f'"{wrong}" is no sentence; write SOURCE#SENTENCE, as in news#4.1')
        elif not cited:
            faults.append(f"the claim cites no sentence; write: {FORM}")
        if wrong_stance or wrong or self._not_of_a_voice(voice, faults):
            return None
        return ShortClaim(
            faults.attempt(self._voice, voice) or text_of(voice),
            given.get("stance", ""),
            given.get("certainty", ""),
            given.get("mode", ""),
            next(iter(sources), ""),
            tuple(dict.fromkeys(number for _, number in cited)),
            more,
        )

    def _word_of_claim(self, tokens: Sequence[Token], place: int) -> tuple[int, str, str]:
        """Return how many words are a stance, certainty or mode, which of these, and its name."""
        for length in (2, 1):
            words = tokens[place : place + length]
            if len(words) == length and not any(one.quoted for one in words):
                key = name_key(text_of(words))
                for what, names in self._kinds.items():
                    if key in names:
                        return length, what, names[key]
        return 1, "", ""

    def _voice(self, tokens: Sequence[Token]) -> str:
        text = text_of(tokens)
        if self._is_voice(tokens) and not self._is_thing(tokens):
            return text
        found = self._case.resolve(text, "voice")
        if found == AUTHOR:
            raise UsageError(
                f'an actor has the id "{AUTHOR}", the word for the author of the source; give it '
                f"another: hudna rename {AUTHOR} ID"
            )
        return found

    def _not_of_a_voice(self, tokens: Sequence[Token], faults: Faults) -> bool:
        """Report whether a word beside the name of a voice is none of the words of a claim."""
        for place, token in enumerate(tokens):
            rest = [*tokens[:place], *tokens[place + 1 :]]
            if rest and self._is_voice(rest) and not self._is_voice(tokens):
                right = [one for one in self._lexicon.terms
                         if not set(_SCHEMES.values()).isdisjoint(one.lists)]  # fmt: skip
                more = self._lexicon.hint(token.text, {one.name for one in right}, ANY_KIND)
                faults.append(f'"{token.text}" is no stance, certainty or mode, and no part '
                              f"of the name of a voice{more}")  # fmt: skip
                return True
        return False

    def _is_voice(self, tokens: Sequence[Token]) -> bool:
        text = text_of(tokens)
        reserved = ("", AUTHOR, UNATTRIBUTED, *self._case.sources)
        return text in reserved or self._is_thing(tokens)

    def _no_stance(self, tokens: Sequence[Token]) -> str:
        """Return which word was meant for a stance and is none; empty if there is no such word."""
        stances = {one.name: one for one in self._lexicon.terms if "stances" in one.lists}
        for token in tokens:
            found = self._lexicon.found(token.text, stances.values())
            if found and not self._is_thing([token]) and found[0][0] is not By.DEFINITION:
                more = self._lexicon.hint(token.text, stances, ANY_KIND)
                return f'"{token.text}" is not a stance{more}'
        return ""


def _cited(text: str, before: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return source and number of each sentence of a list; nothing if it is none."""
    refs = []
    source = next((one for one, _ in reversed(before) if one), "")
    for part in filter(None, text.split(",")):
        found = _SENTENCES.fullmatch(part)
        if found is None:
            return []
        source = found["source"] or source
        refs.append((source, found["number"]))
    return refs
