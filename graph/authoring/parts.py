"""Parts of agreements: clauses, stages and what became of a clause, with who says so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import UsageError
from ..model import Clause
from ..reader.defaults import DATE_KEYS
from ..reader.files import Lines
from . import blocks
from .claims import applying, claim_of, filled, only_source
from .faults import Faults
from .keyed import KeyValues, one_of
from .sayings import Sayings
from .statement_files import of_source, path_of
from .supposed import NO_CLAIM, is_supposed
from .tokens import Token, parts_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..model.lexicon import Lexicon
    from ..model.vocabulary import Vocabulary
    from .authored import Authored
    from .editing import Edit
    from .things import Details

PARTS = {"clause": "agreement", "stage": "agreement", "fulfilment": "clause"}
"""What can be added to something, and what to."""
_LISTS = {"stage": "stages", "fulfilment": "fulfilments"}
_KEY = re.compile(r"\s*([A-Za-z][A-Za-z_-]*)\s*=\s*(.*?)\s*", re.DOTALL)
_CLAUSE = "TOPIC[,TOPIC] | LABEL | TEXT [| KEY=VALUE]..."


class ClauseWords(NamedTuple):
    """What a clause says: its topics parted by commas, label, text, and what else is said of it."""

    topics: str
    label: str
    text: str
    keys: Sequence[Token] = ()
    claims: Sequence[str] = ()


class Parts:
    """Makes tables of agreements of what people write.

    Args:
        ontology: the words.
        lexicon: its terms.
        case: the case's files.
    """

    def __init__(self, ontology: Vocabulary, lexicon: Lexicon, case: Authored) -> None:
        self._lexicon = lexicon
        self._case = case
        self._sayings = Sayings(ontology, lexicon, case)
        self._keys = KeyValues(lexicon, case)
        self._reserved: list[str] = []

    def claims(self, more: Details, what: str, texts: Sequence[str] = ()) -> list[dict[str, Any]]:
        """Return the tables of claims; what they lack is the default of the file of their source.

        Args:
            more: has the claims, each as ``VOICE STANCE CERTAINTY SOURCE#SENTENCE``, or tells that
                what they are about is only supposed, and needs none.
            what: what they are about, for the message if there are none.
            texts: those that something has of its own.

        Raises:
            UsageError: there are none, or one cannot be read.
        """
        texts = texts or more.claims
        if not texts and not is_supposed(more):
            raise UsageError(
                f"who says that {what}? give --claim 'VOICE STANCE CERTAINTY SOURCE#SENTENCE'; "
                f"{NO_CLAIM}"
            )
        found = []
        faults = Faults()
        for tokens in (part for one in texts for part in parts_of(one)):
            if stand := self._sayings.stand(tokens, faults):
                full = filled(stand, self._defaults(stand.source or only_source(self._case)))
                found.append(faults.attempt(claim_of, full, self._case) or {})
        faults.refuse()
        return found

    def _defaults(self, source: str) -> Mapping[str, Any]:
        """Return the defaults of the file of statements that a source has."""
        file = of_source(source, self._case) or (path_of(source) if source else "")
        return self._case.defaults(file)

    def date(self, keys: Mapping[str, Any], claims: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """Return keys of what came about, with the date that the file of their source has for it.

        Args:
            keys: with or without a date.
            claims: who says so, each naming its source.
        """
        source = next((one["passages"][0].partition("#")[0] for one in claims if one), "")
        defaults = applying(self._defaults(source), source)
        when = "" if any(keys.get(key) for key in DATE_KEYS) else defaults.get("when", "")
        return {**keys, **({"when": when} if when else {})}

    def clause(self, words: str | ClauseWords, own: str, more: Details, note: str = "") -> str:
        """Return the table of a clause.

        Args:
            words: what it says; as text ``TOPIC[,TOPIC] | LABEL | TEXT``, and ``| KEY=VALUE`` for
                what else is said of it.
            own: its id.
            more: who says so, where it does not say so itself with ``| claim=``.
            note: what to mind, where it does not say so itself.

        Raises:
            UsageError: it cannot be read.
        """
        said = _clause(words) if isinstance(words, str) else words
        listed: Sequence[str] = [one.strip() for one in said.topics.split(",")]
        keys = {
            "id": own,
            "label": said.label,
            "topic": listed if len(listed) > 1 else listed[0],
            "text": said.text,
            "note": note,
            **self._keys.read(Clause, said.keys),
            "claims": self.claims(more, f"{own} was agreed", said.claims),
        }
        return blocks.table(keys, "[[clause]]")

    def put(
        self, edit: Edit, sort: str, owner: str, text: str | ClauseWords, more: Details
    ) -> tuple[str, str, str]:
        """Add a part to the file of an agreement.

        Args:
            edit: the change of the case.
            sort: one of ``PARTS``.
            owner: id or name of the agreement or clause.
            text: the clause, or the name of a stage or state.
            more: date, place, note and claims.

        Returns:
            The file, the id of the part, and what was written.

        Raises:
            UsageError: there is no such agreement or clause, or the part cannot be read.
        """
        name = self._case.resolve(owner, PARTS[sort])
        agreement = name.partition(".")[0]
        file = f"agreements/{agreement}.toml"
        if file not in self._case.files or (sort == "fulfilment") != ("." in name):
            raise UsageError(f'"{name}" is no {PARTS[sort]}; name one')
        if sort == "clause":
            own = f"{name}.c{self._next(agreement)}"
            block = self.clause(text, own, more, more.note)
            edit.append(file, block)
            return file, own, block
        text = str(text)
        right = [one for one in self._lexicon.terms if _LISTS[sort] in one.lists]
        state = one_of(text, right, self._lexicon, f"no {sort} of {PARTS[sort]}s")
        dated = {
            "when": more.when,
            "place": self._case.resolve(more.place, "place") if more.place else "",
            "note": more.note,
        }
        claims = self.claims(more, f"{name} is {state}")
        keys = {
            {"fulfilment": "state"}.get(sort, sort): state,
            **self.date(dated, claims),
            "claims": claims,
        }
        if sort == "stage":
            block = blocks.table(keys, "[[stage]]")
            edit.append(file, block)
        else:
            block = blocks.table(keys, "[[clause.fulfilment]]")
            edit.write(file, self._below(edit.read(file).replace("\r\n", "\n"), file, name, block))
        return file, f"{name}.{sort}.{state}", block

    def reserve(self, agreement: str) -> str:
        """Return the id of the next clause of an agreement, which none gets from now on."""
        own = f"{agreement}.c{self._next(agreement)}"
        self._reserved.append(own)
        return own

    def _next(self, agreement: str) -> int:
        """Return the number of the next clause, which no clause has or had."""
        clauses = self._case.files[f"agreements/{agreement}.toml"].get("clause", [])
        former = self._case.files.get("identity.toml", {}).get("former", [])
        ids = [*self._reserved, *(str(one.get("id", "")) for one in (*clauses, *former))]
        start = f"{agreement}.c"
        used = [int(one.removeprefix(start)) for one in ids
                if one.startswith(start) and one.removeprefix(start).isdigit()]  # fmt: skip
        return max(used, default=0) + 1

    def _below(self, text: str, file: str, clause: str, block: str) -> str:
        """Return the file with a table at the end of a clause."""
        listed = self._case.files[file].get("clause", [])
        index = next(n for n, one in enumerate(listed) if one.get("id") == clause)
        line = Lines(text).of((("clause", index),), "")
        rows = text.split("\n")
        if not rows[line - 1].lstrip().startswith("[["):
            raise UsageError(f"{file}:{line}: {clause} stands in a list; add the table there")
        end = blocks.end_of(text, line, "clause")
        return "\n".join([*rows[:end], "", *block.splitlines(), *rows[end:]])


def _clause(text: str) -> ClauseWords:
    """Return what a clause says that is written as ``TOPIC | LABEL | TEXT | KEY=VALUE``."""
    rest = text.split("|")
    given: list[tuple[str, str]] = []
    while len(rest) > 3 and (found := _KEY.fullmatch(rest[-1])):
        given.insert(0, (found[1].replace("-", "_"), found[2]))
        rest.pop()
    topics, label, words = ([part.strip() for part in rest] + [""] * 3)[:3]
    if len(rest) != 3 or not (topics and label and words):
        raise UsageError(f'--clause: "{text}" is no clause; write {_CLAUSE}')
    tokens = [
        Token(",".join(one.strip() for one in value.split(",")), quoted=False, key=key)
        if key in ("obligor", "beneficiary")
        else Token(value, quoted=False, key=key)
        for key, value in given
        if key != "claim"
    ]
    said = [value for key, value in given if key == "claim"]
    return ClauseWords(topics, label, words, tokens, said)
