"""The short form of what is added: what it is, what it is called, a bar, then who says so.

``KIND [ID=]NAME [WHEN] [ROLE=ACTOR] [KEY=VALUE] | VOICE STANCE CERTAINTY [SOURCE#]SENTENCE | ...``

The words, bars, dates, qualifiers and claims are those of ``sayings``.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from ..errors import UsageError, suggestion
from ..errors.counting import with_article
from ..model import Statement
from ..model.lexicon import ROLE
from ..model.names import name_key
from .faults import Faults
from .heads import Heads
from .keyed import KeyValues, known_keys
from .parts import PARTS, ClauseWords
from .supposed import SUPPOSED
from .things import FOLDERS, NAMED, Details
from .tokens import Token, items_of, parted, parts_of, pieces_of, text_of
from .values import dated, refuse_date
from .wanted import SORTS, TAKES, Wanted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..model.lexicon import Lexicon
    from ..model.vocabulary import Vocabulary
    from .authored import Authored
    from .heads import Head

FORM = "KIND [ID=]NAME [WHEN] [ROLE=ACTOR] | VOICE STANCE CERTAINTY SOURCE#SENTENCE"
_OF_A_PART = {
    "clause": "clause [AGREEMENT] TOPIC LABEL [text=TEXT] [obligor=ACTOR] | CLAIM",
    "stage": "stage [AGREEMENT] STAGE [WHEN] | CLAIM",
    "fulfilment": "fulfilment CLAUSE STATE [WHEN] | CLAIM",
}
_KEYS = {"alias": "aliases", "class": "classes", "kind": "kinds", "party": "parties"} | {
    one: one for one in ("id", "identity", "mentioned", "note", "other", "process", "place", "when",
                         "about", "exclusive", *SUPPOSED)}  # fmt: skip
"""The keys of the short form that are details of a thing."""
_MANY = {one.name for one in fields(Details) if one.default == ()}
_FACTS = known_keys(Statement).keys() - _KEYS.keys()
"""The keys that the statement has which an event or agreement makes."""
_OTHER = "other"
_OF_ONE = ("alias", "id", "note")
"""Keys that are of one thing by their nature, and hold for no list."""
_OF_ALL = ("class", "kind", "identity", "other")
"""Keys that several things of one line may well share."""


class ShortLines:
    """Reads the short form with the words of the ontology and the names of a case.

    Args:
        ontology: the words.
        lexicon: its terms.
        case: the case's files.

    Attributes:
        heads: what first words say that something is.
    """

    def __init__(self, ontology: Vocabulary, lexicon: Lexicon, case: Authored) -> None:
        self.heads = Heads(ontology, lexicon)
        self._case = case
        self._keys = KeyValues(lexicon, case)
        roles = [one for one in lexicon.terms if ROLE in one.lists]
        self._roles = {key: one.name for one in roles for key in one.called.keys}
        self._topics = {key for one in lexicon.terms if "clauseTopics" in one.lists
                        for key in one.called.keys}  # fmt: skip

    def read(self, line: str, agreement: str = "") -> list[Wanted]:
        """Return what a line adds: one thing or part, or several actors, places or topics.

        Args:
            line: in the short form.
            agreement: the id of the one that a part without an agreement is of, if there is one.

        Raises:
            UsageError: it cannot be read; with what would be right.
        """
        first, *claims = pieces_of(line)
        word, *rest = parts_of(first)[0] or [Token("", quoted=False)]
        if word.key or not word.text:
            raise UsageError(f"what is it? write: {FORM}")
        if not all(claims):
            raise UsageError(f"nobody says so; write behind the bar who does: {FORM}")
        if word.text in SORTS and word.text not in (*FOLDERS, *PARTS):
            raise UsageError(f"{with_article(word.text)} has options, and no short form: "
                             "hudna add --help")  # fmt: skip
        if word.text in PARTS:
            return [self._part(word.text, rest, claims, agreement)]
        heads, rest = self._heads(word, rest)
        shared, rest = self._shared(heads[0].sort, rest)
        items = items_of(rest) if heads[0].sort in NAMED else [rest]
        faults = Faults()
        faults.attempt(_refuse_unclear_keys, word.text, shared, items)
        found = [faults.attempt(self._thing, heads, one, claims, shared) for one in items]
        faults.refuse()
        return [one for one in found if one]

    def _heads(self, word: Token, rest: list[Token]) -> tuple[list[Head], list[Token]]:
        """Return what the first words say that it is, and the words behind them."""
        keys = {one.key for one in rest}
        try:
            heads = [self.heads.of(word.text)]
        except UsageError as error:
            if self._case.called(word.text) or word.text in self._case.things():
                raise UsageError(
                    f'"{word.text}" is the name of a thing; what is said of it is a statement, '
                    "which hudna say adds"
                ) from error
            raise
        sort = heads[0].sort
        if _OTHER in keys and rest[0].text == _OTHER:
            rest = rest[1:]
        while (
            TAKES[sort] & {"roles"}
            and heads[-1].detail != "kinds"
            and rest
            and not rest[0].key
            and keys.isdisjoint(("kind", _OTHER))
        ):
            heads.append(self.heads.of(rest[0].text, sort))
            rest = rest[1:]
        return heads, rest

    def _shared(self, sort: str, tokens: list[Token]) -> tuple[list[Token], list[Token]]:
        """Return the keys that stand before the first name, which hold for all, and the rest."""
        takes = TAKES[sort]
        end = 0
        while end < len(tokens) and (key := tokens[end].key) and (
            _KEYS.get(key) in takes
            or ("roles" in takes and (key in _FACTS or self._role(key)))
        ):  # fmt: skip
            end += 1
        first = [one._replace(text=one.text.removesuffix(",")) for one in tokens[:end]]
        return first, tokens[end:]

    def _role(self, key: str) -> str | None:
        return self._roles.get(name_key(key.replace("_", " ")))

    def _thing(
        self,
        heads: Sequence[Head],
        tokens: Sequence[Token],
        claims: list[str],
        shared: Sequence[Token],
    ) -> Wanted:
        sort = heads[0].sort
        own, plain, keyed = self._parted(tokens, shared)
        words, when = dated(plain) if "when" in TAKES[sort] else (plain, "")
        if "when" in TAKES[sort] and not when and len(words) > 1:
            refuse_date(words[-1])
        if len(words) > 1 and any(one.quoted for one in words):
            raise _two_names(own, words)
        if claims and "claims" not in TAKES[sort]:
            raise UsageError(f"nothing stands behind a bar of {with_article(sort)}; what is said "
                             "of it is a statement, which hudna say adds")  # fmt: skip
        first: dict[str, Any] = {"id": own, "when": when, "claims": claims}
        given = {key: value for key, value in first.items() if value}
        for head in heads:
            if head.detail:
                given[head.detail] = [*given.get(head.detail, ()), head.name]
        if shared and not words:
            raise self._unnamed(shared)
        details = self._details(sort, [*shared, *keyed], given)
        return Wanted(sort, text_of(words), details)

    def _parted(
        self, tokens: Sequence[Token], shared: Sequence[Token]
    ) -> tuple[str, list[Token], list[Token]]:
        """Return the id that stands before a name, the words of the name, and the keys."""
        plain, keyed = parted(tokens)
        first = tokens[0] if tokens else Token("", quoted=False)
        if not first.key:
            if not plain:
                raise self._unnamed(shared)
            return "", plain, keyed
        if self._what(first.key):
            named = plain or not all(self._what(one.key) for one in keyed)
            raise self._unnamed([first], named=bool(named))
        own = first.key.replace("_", "-")
        if len(first.values) > 1 or first.glued:
            raise UsageError(f'put the name in quotes, as in {own}="NAME", or write a blank '
                             "behind the comma")  # fmt: skip
        if not first.value:
            raise UsageError(f'what is "{own}" called? write {own}="NAME"')
        quoted = first.text[0] in '"“'
        return own, [Token(first.value, quoted), *plain], keyed[1:]

    def _what(self, key: str) -> str:
        """Return what a word before ``=`` is that can be no id; empty if it can be one."""
        if key in _KEYS or key in _FACTS:
            return "a key"
        return "a role" if self._role(key) else ""

    def _unnamed(self, keys: Sequence[Token], *, named: bool = False) -> UsageError:
        """Return what is said where no name is found; one may stand behind a key taken for an id.

        Args:
            keys: those that stand where a name is expected.
            named: whether a name stands behind them.
        """
        quoted = [one for one in keys if one.text[:1] in ('"', "“")]
        meant = next(iter((*quoted, *keys)), None)
        if meant is None:
            return UsageError(f"what is it called? write: {FORM}")
        key = meant.key.replace("_", "-")
        if named:
            return UsageError(f"what is it called? write its name before {key}=")
        own, name = f"{key}-1", meant.value or "NAME"
        return UsageError(
            f'what is it called? "{key}" is {self._what(meant.key)} and can be no id here; write '
            f'another id, as in {own}="{name}", or the name alone: "{name}"'
        )

    def _details(self, sort: str, tokens: Sequence[Token], given: dict[str, Any]) -> Details:
        """Return what keys say, beside what is given already."""
        faults = Faults()
        facts: list[Token] = []
        for token in tokens:
            faults.attempt(self._take, sort, token, given, facts)
        kept = faults.attempt(self._keys.read, Statement, facts)
        faults.refuse()
        if given.get("other") and not given.get("kinds"):
            given["kinds"] = [_OTHER]
        plain: Any = {key: tuple(one) if key in _MANY else one for key, one in given.items()}
        return Details(**plain, facts=kept or {})

    def _take(self, sort: str, token: Token, given: dict[str, Any], facts: list[Token]) -> None:
        """Put what a key says among the details, or among the keys of the statement."""
        key, values, takes = token.key, token.values, TAKES[sort]
        field = _KEYS.get(key, "")
        role = self._role(key)
        if not all(values):
            raise UsageError(f"{key}: the value is missing; write {key}=VALUE")
        if token.glued:
            raise UsageError(f"{key}={token.text}: write a blank behind a comma before the next "
                             "name, and put a value with = in quotes")  # fmt: skip
        if field in _MANY & takes:
            given[field] = [*given.get(field, ()), *values]
        elif field in takes:
            if field in given:
                raise UsageError(f'{key} is given twice, "{given[field]}" and "{token.value}"')
            given[field] = _truth(token) if field == "exclusive" else token.value
        elif role and "roles" in takes:
            given["roles"] = [*given.get("roles", ()), *(f"{role}={one}" for one in values)]
        elif key in _FACTS and "facts" in takes:
            facts.append(token)
        else:
            raise self._unknown(sort, key)

    def _unknown(self, sort: str, key: str) -> UsageError:
        right = [one.replace("_", "-") for one, field in _KEYS.items() if field in TAKES[sort]]
        roles = [*self._roles.values()] if "roles" in TAKES[sort] else []
        more = suggestion(key, [*right, *roles, *(_FACTS if roles else ())])
        role = " and no role" if roles else ""
        listed = "; roles are listed by: hudna terms --list role" if roles else ""
        return UsageError(f'"{key}" is no key of {with_article(sort)}{role}{more}; it has '
                          f"{', '.join(right)}{listed}; put other words in quotes")  # fmt: skip

    def _part(self, sort: str, tokens: list[Token], claims: list[str], agreement: str) -> Wanted:
        plain, keyed = parted(tokens)
        if sort == "clause":
            return self._clause(plain, keyed, claims, agreement)
        words, when = dated(plain)
        if not when and len(words) > 1:
            refuse_date(words[-1])
        owner = agreement if sort == "stage" and len(words) == 1 else ""
        if len(words) != 2 - bool(owner):
            raise UsageError(f"write: {_OF_A_PART[sort]}")
        given = {"claims": claims, **({"when": when} if when else {})}
        details = self._details(sort, keyed, given)
        return Wanted(sort, owner or words[0].text, details, words[-1].text)

    def _clause(
        self, plain: list[Token], keyed: list[Token], claims: list[str], agreement: str
    ) -> Wanted:
        named = len(plain) > 2 and not self._is_topic(plain[0]) and (
            self._is_topic(plain[1]) or self._is_agreement(plain[0])
        )  # fmt: skip
        owner = plain[0].text if named else agreement
        topic, *label = plain[named:] or [Token("", quoted=False)]
        if not label:
            raise UsageError(f"write: {_OF_A_PART['clause']}")
        if not owner:
            raise UsageError(f"of which agreement? write: {_OF_A_PART['clause']}")
        texts = [one.value for one in keyed if one.key == "text"]
        if len(texts) > 1 or not all(texts):
            raise UsageError("text: give it once, and not empty; without it the label is the text")
        supposed = [one for one in keyed if one.key in SUPPOSED]
        others = tuple(one for one in keyed if one.key not in ("text", *SUPPOSED))
        text = texts[0] if texts else text_of(label)
        words = ClauseWords(topic.text, text_of(label), text, others)
        return Wanted("clause", owner, self._details("clause", supposed, {"claims": claims}), words)

    def _is_agreement(self, token: Token) -> bool:
        try:
            return f"agreements/{self._case.resolve(token.text)}.toml" in self._case.files
        except UsageError:
            return False

    def _is_topic(self, token: Token) -> bool:
        return all(name_key(one) in self._topics for one in token.text.split(","))


def names_in(line: str) -> set[str]:
    """Return the ids and names that a line of the short form gives, as far as it can be read.

    Args:
        line: one that may be wrong.
    """
    try:
        head, *tokens = parts_of(line)[0]
    except (UsageError, ValueError):
        return set()
    kinds = head.text in ("event", "agreement")  # behind which the kind may stand
    found = set()
    for item in [*items_of(tokens), tokens]:
        plain, _ = parted(item)
        behind = [one for one in item if one.key not in _KEYS]
        first = behind[0] if behind else Token("", quoted=False)
        words = dated(plain)[0]
        found |= {first.key.replace("_", "-"), first.value, text_of(plain), text_of(words)}
        if len(words) > 1:  # the last may be a date that nobody can read
            found |= {text_of(words[kinds:]), text_of(words[:-1]), text_of(words[kinds:-1])}
    return found - {""}


def _refuse_unclear_keys(
    word: str, shared: Sequence[Token], items: Sequence[Sequence[Token]]
) -> None:
    """Raise ``UsageError`` for keys of which it is not clear for which of several things they hold.

    Args:
        word: what the things are.
        shared: the keys before the first name.
        items: the words of each thing.
    """
    if len(items) < 2:
        return
    faults = Faults()
    if own := [f"{one.key}=" for one in shared if one.key in _OF_ONE]:
        faults.append(f"{', '.join(own)}: of one thing only; write it behind its name")
    *others, last = items
    before = {one.key for item in others for one in item}
    if late := [one for one in last if one.key in _OF_ALL and one.key not in before]:
        keys = " ".join(f"{one.key}={one.text}" for one in late)
        faults.append(
            f"{keys}: of all, or of the last one? of all it stands before the first name, as in "
            f"{word} {keys} NAME, NAME; of the last one only, write that in a line of its own"
        )
    faults.refuse()


def _two_names(own: str, words: Sequence[Token]) -> UsageError:
    first, *others = words
    if not own and not first.quoted and len(others) == 1:
        return UsageError(f'is this id and name? then write {first.text}="{others[0].text}"; else '
                          "put the whole name in quotes")  # fmt: skip
    return UsageError("put the whole name in quotes, and a date behind it as EDTF, as in 2014-10")


def _truth(token: Token) -> bool:
    if token.value not in ("true", "false"):
        raise UsageError(f'{token.key}: "{token.value}" is neither true nor false; write one')
    return token.value == "true"
