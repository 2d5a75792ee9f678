"""Changing what is written: keys of any record of a case get other values, or go."""

from __future__ import annotations

import tomllib
from contextlib import suppress
from difflib import unified_diff
from typing import TYPE_CHECKING, Any, NamedTuple

from .. import model, reader
from ..errors import UsageError, suggestion
from ..model import Claim, Clause, Form, Passage, Statement, specs, vocabulary
from ..model.lexicon import PREDICATE, Lexicon
from ..model.names import name_key
from ..model.things import FACTS, Located
from ..read import CaseGraph
from ..reader import vocabulary_of
from ..reader.files import Lines
from ..reader.schemas import not_of_a_clause, schemas
from . import blocks, withholding
from .authored import Authored
from .claims import only_source
from .cue_words import places_of_cues
from .editing import editing
from .faults import Faults
from .keyed import CITING, KeyValues
from .renaming import known_record
from .sayings import Sayings
from .spoken import standing
from .tokens import Token

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from ..model import Case, FieldSpec, Record
    from ..model.vocabulary import Vocabulary
    from ..reader.fields import Field
    from .editing import Edit

_TABLES = {
    "claims": ("claim", Claim),
    "clause": ("clause", Clause, Statement),
    "judgement": ("judgement", model.Judgement),
    "note": ("note", model.Note),
    "rule": ("rule", model.FigureRule),
    "resolution": ("resolution", model.NameResolution),
    "verdict": ("verdict", model.Verdict),
    **{one: (one, Statement) for one in ("statement", "role", "stage", "fulfilment")},
    **dict.fromkeys(FACTS, ("fact", Statement)),
}
"""Of each table that makes a record its schema, and the records whose fields are its keys."""
_FILES = {
    "case": model.Case,
    "source": model.Source,
    "actor": model.Actor,
    "place": model.Place,
    "topic": model.Topic,
    "event": model.Event,
    "agreement": model.Agreement,
    "mechanism": model.Mechanism,
    "question": model.Question,
}
_ELSEWHERE = {
    "id": "an id is changed in all files by: hudna rename {name} NEW",
    "claims": "who says so is added by hudna say, changed by the id of the claim, as in hudna set "
    "{name}.VOICE.STANCE.SOURCE certainty=probable, and taken out by hudna remove",
    "verdict": "a verdict that is there is changed by its id, {name}.verdict; write a new one into "
    "{file}",
    "sentences": "sentences are cut anew by: hudna source update {name} FILE",
    "role": "a role is added by hudna add or written into {file}, and changed by its own id",
    "stage": "a stage is added by: hudna add 'stage {name} STAGE | CLAIM'",
    "clause": "a clause is added by hudna add clause {name}, and changed by its own id",
    "fulfilment": "it is added by: hudna add 'fulfilment {name} STATE | CLAIM'",
    "defaults": "they stand at the top of {file}; change them there",
    **{one: f"write the key and its value behind {{name}}.{one}" for one in FACTS},
}
"""Keys that hold a table or are not to be changed here, each with what to do instead."""


class Changed(NamedTuple):
    """A record that was changed, or would be.

    Attributes:
        file: its file, below the case's folder.
        line: where it stands there.
        id: the id that it has with the change.
        was: the one that it had; another one if it is made of what was changed.
        status: of a statement, or that of a claim, with the change; else empty.
        diff: the lines that differ, as ``diff -u`` shows them; empty if all was so already.
    """

    file: str
    line: int
    id: str
    was: str
    status: str
    diff: str


def set_keys(
    folder: Path,
    name: str,
    words: Sequence[str],
    texts: Path | None = None,
    *,
    dry_run: bool = False,
) -> Changed:
    """Give keys of a record other values; comments and the order of its file stay.

    Args:
        folder: the case's folder.
        name: id of a thing, source, question, clause, statement, claim, verdict, judgement, note or
            of the case; of a thing also its name.
        words: ``KEY=VALUE`` each; of a list ``KEY+=VALUE`` adds to it and ``KEY-=VALUE`` takes
            away; without a value the key goes.
        texts: folder of the texts of the sources, if they are at hand, for the words of cues.
        dry_run: whether it is only checked, and nothing written.

    Raises:
        UsageError: there is no such record, it cannot be changed by itself, or a word cannot be
            read; all that is wrong is told.
        DataProblems: the case has problems already, or would have some.
        InputOutputError: a file cannot be read or written.
    """
    ontology = vocabulary_of(folder, vocabulary.load())
    with editing(folder, dry_run=dry_run) as edit:
        case = reader.read(folder, ontology)
        setter = _Setter(edit, case, ontology, texts)
        record = setter.record(name)
        keys = setter.keys(record, words)
        setter.put(record, keys)
    return setter.changed(record)


class _Setter:
    """Changes keys of a record of a case that is being changed."""

    def __init__(self, edit: Edit, case: Case, ontology: Vocabulary, texts: Path | None) -> None:
        self._edit = edit
        self._case = case
        self._authored = Authored(edit.folder, texts)
        self._lexicon = lexicon = Lexicon(ontology)
        self._schemas = schemas(ontology)
        self._predicates = ontology.predicates
        self._values = KeyValues(lexicon, self._authored)
        self._sayings = Sayings(ontology, lexicon, self._authored)

    def record(self, name: str) -> Record:
        """Return the record that is meant; ``UsageError`` if it cannot be changed by itself."""
        if name == self._case.id:
            return self._case
        name = name.replace("#", ".")
        known = {one.id for one in self._case.records()}
        if name not in known:
            with suppress(UsageError):
                name = self._authored.resolve(name)
        found = known_record(self._case, name, "")
        if isinstance(found, Passage):
            raise UsageError(f'"{name}" is a sentence of a source; see: hudna source update, and '
                             "hudna coverage --nothing")  # fmt: skip
        if isinstance(found, Claim) and found.made:
            raise UsageError(f'"{name}" is made by the reader; to tell it otherwise, say it: '
                             f"hudna say --help")  # fmt: skip
        own = next(one for one in self._case.records()
                   if type(one) is type(found) and one.origin == found.origin)  # fmt: skip
        if own.id != name:
            raise UsageError(f'"{name}" stands with {own.id}; change that: hudna set {own.id}')
        return found

    def keys(self, record: Record, words: Sequence[str]) -> dict[str, Any]:
        """Return the keys with their new values, ``None`` for those that go."""
        faults = Faults()
        if not words:
            faults.append("what is to change? write KEY=VALUE, or KEY= to take a key out")
        table = self._table(record)
        found: dict[str, Any] = {}
        for word in sorted(words, key=lambda one: not one.startswith(("predicate=", "class"))):
            key, sign, text = word.partition("=")
            how = key[-1:] if key[-1:] in "+-" else ""
            key = key.removesuffix(how).strip().replace("-", "_")
            if not sign or not key:
                faults.append(f'"{word}" is no change; write KEY=VALUE, or KEY= to take a key out')
            elif key in found:
                faults.append(f"{key} stands twice; give it once, several values with commas")
            else:
                now = {**table, **found}
                found[key] = faults.attempt(self._new, record, key, how, text.strip(), now)
                faults += self._wrong(record, key, found[key])
        if {"object", "value"} & found.keys() and "one_of" not in table:
            for key, other in (("object", "value"), ("value", "object")):
                if found.get(key) is not None and other in table:
                    found.setdefault(other, None)
        faults.refuse()
        return found

    def _wrong(self, record: Record, key: str, value: object) -> list[str]:
        """Return what is wrong with a value by itself; sentences are checked with the case."""
        _, fields, known = self._declared(record)
        spec = fields.get(key)
        if value is None or withholding.is_below(key) or (spec and spec.form in CITING):
            return []
        wrong = known[key].check(value)
        return [f"{key}: {wrong if isinstance(wrong, str) else wrong()}"] if wrong else []

    def _new(
        self, record: Record, key: str, how: str, text: str, table: Mapping[str, Any]
    ) -> object:
        """Return the new value of a key; ``None`` if it goes."""
        sort, fields, known = self._declared(record)
        spec = fields.get(key)
        if withholding.is_below(key) and withholding.TABLE in known:
            return withholding.value_of(record, key, how, text)
        if key in _ELSEWHERE and not (spec or (key in known and key == sort)):
            raise UsageError(f"{key}: {_ELSEWHERE[key].format(name=record.id, file=_file(record))}")
        if key not in known:
            raise self._unknown(record, key, sort, known)
        if not text:
            return None
        old = table.get(key)
        several = isinstance(old, list) or (spec and spec.many and not spec.single)
        if not (several or (key == "class" and known[key].check([old]) is None)):
            if how:
                raise UsageError(f"{key} is no list; write {key}=VALUE")
            return self._one(record, spec, key, text, table)
        given = [self._one(record, spec, key, one, table)
                 for one in Token(text, quoted=False, key=key).values]  # fmt: skip
        listed = old if isinstance(old, list) else [] if old is None else [old]
        if lost := [str(one) for one in given if how == "-" and one not in listed]:
            raise UsageError(f"{key}: {', '.join(lost)} is not in it")
        if how == "+":
            given = [*listed, *(one for one in given if one not in listed)]
        elif how == "-":
            given = [one for one in listed if one not in given]
        alone = len(given) == 1 and (not isinstance(old, list) or len(old) > 1)
        if not given:
            return None
        return given[0] if alone and known[key].check(given[0]) is None else given

    def _one(
        self,
        record: Record,
        spec: FieldSpec | None,
        key: str,
        text: str,
        table: Mapping[str, Any],
    ) -> Any:  # noqa: ANN401 - any value of TOML
        """Return one value of a key, as authors write it."""
        if key in ("object", "value") and str(table.get("predicate")) not in self._predicates:
            return text
        if key == "object":
            return self._sayings.end([Token(text, quoted=True)], str(table.get("predicate")))
        if key == "value":
            return self._sayings.value(text, str(table.get("predicate")))[1]
        if key == "predicate":
            names = (one.name for one in self._lexicon.terms
                     if one.sort == PREDICATE and name_key(text) in one.called.keys)  # fmt: skip
            return next(names, text)
        if key in ("actor", "obligor", "beneficiary", "things"):
            return self._authored.resolve(text)
        return self._declared_value(record, spec, text, table) if spec else text

    def _declared_value(
        self, record: Record, spec: FieldSpec, text: str, table: Mapping[str, Any]
    ) -> Any:  # noqa: ANN401 - any value of TOML
        """Return a value of a field that is declared."""
        if spec.form is Form.NAME:
            words, _, lang = text.rpartition("@")
            return {"text": words or text, "lang": lang if words else self._authored.language}
        if spec.form is Form.IDENTIFIER:
            scheme, _, own = text.partition(":")
            return {"scheme": scheme, "value": own}
        if spec.form in CITING:
            return self._cited(record, spec, text, table)
        return self._values.value(spec, text, _lists(record, table))

    def _cited(self, record: Record, spec: FieldSpec, text: str, table: Mapping[str, Any]) -> Any:  # noqa: ANN401 - text, or several
        defaults = self._authored.defaults(record.origin.file)
        source = record.source if isinstance(record, Claim) else only_source(self._authored)
        if spec.form is Form.CUE:
            cited = [str(one).rpartition("#")[2] for one in table.get("passages", ())]
            (text,) = places_of_cues([text], source, cited, self._authored)
        return text if "#" in text or source == defaults.get("source") else f"{source}#{text}"

    def _declared(self, record: Record) -> tuple[str, Mapping[str, FieldSpec], Mapping[str, Field]]:
        """Return the sort of a record, the declared fields of its table, and all keys of that."""
        path = record.origin.path
        if path:
            sort, *records = _TABLES[path[-1][0]]
            own: Iterable[Any] = records
        else:
            sort = "case" if record is self._case else record.origin.file.partition("s/")[0]
            own = (_FILES[sort],)
        fields = {one.key: one for each in own for one in specs(each) if one.key}
        return str(sort), fields, getattr(self._schemas, str(sort))

    def _unknown(
        self, record: Record, key: str, sort: str, known: Mapping[str, object]
    ) -> UsageError:
        """Return what is said of a key that a record does not have, and where it belongs."""
        for other in self._case.records():
            below = other.id.removeprefix(f"{record.id}.")
            if below in (*FACTS, "agreed") and key in self._declared(other)[2]:
                return UsageError(f'"{key}" is a key of {other.id}; write: hudna set {other.id} '
                                  f"{key}=VALUE")  # fmt: skip
        if sort in ("statement", "fact", "role") and key in self._schemas.claim:
            return UsageError(f"{key}: {_ELSEWHERE['claims'].format(name=record.id)}")
        if sort == "claim" and key in self._schemas.statement:
            above = str(getattr(record, "statement", ""))
            return UsageError(f'"{key}" is a key of the statement; write: hudna set {above} '
                              f"{key}=VALUE")  # fmt: skip
        if sort == "clause" and (told := not_of_a_clause(key, record.id.partition(".")[0])):
            return UsageError(told)
        own = sorted(set(known) - set(_ELSEWHERE) - _unfit(record))
        return UsageError(f'"{key}" is no key of {record.id}{suggestion(key, own)}; it has '
                          f"{', '.join(own)}")  # fmt: skip

    def put(self, record: Record, keys: Mapping[str, Any]) -> None:
        """Write the new values into the file of a record."""
        file, path = _file(record), record.origin.path
        text = self._edit.read(file).replace("\r\n", "\n")
        wanted = tomllib.loads(text)
        table = blocks.table_at(wanted, path)
        below = {key: value for key, value in keys.items() if withholding.is_below(key)}
        text = withholding.put(text, table, path, below) if below else text
        for key, value in keys.items():
            *above, name = key.split(".") if key in below else (key,)
            holder = table.setdefault(above[0], {}) if above else table
            holder.pop(name, None)
            if value is not None:
                holder[name] = value
        if below and not table.get(withholding.TABLE):
            table.pop(withholding.TABLE, None)
        after = blocks.with_keys(text, path, {k: v for k, v in keys.items() if k not in below})
        if tomllib.loads(after) != wanted:
            line = Lines(text).of(path, "")
            raise UsageError(f"{file}:{line}: cannot be changed by this command; write it there")
        if after != self._edit.read(file).replace("\r\n", "\n"):
            self._edit.write(file, after)

    def _table(self, record: Record) -> Mapping[str, Any]:
        found = blocks.table_at(self._authored.files[_file(record)], record.origin.path)
        return dict(found)

    def changed(self, record: Record) -> Changed:
        """Return what was changed, once it has been checked."""
        file = _file(record)
        before = (self._edit.before(file) or "").replace("\r\n", "\n")
        after = self._edit.read(file).replace("\r\n", "\n")
        rows = unified_diff(before.splitlines(), after.splitlines(), file, file, lineterm="", n=1)
        line = Lines(after).of(record.origin.path, "")
        now, status = record, ""
        if self._edit.judged:
            case, graph = self._edit.judged
            same = (one for one in case.records()
                    if type(one) is type(record) and one.origin == record.origin)  # fmt: skip
            now = next(same, record)
            name = now.statement if isinstance(now, Claim) else now.id
            if isinstance(now, Claim | Statement):
                status = standing(CaseGraph(graph, case.id), name)[0]
        return Changed(file, line, now.id, record.id, status, "\n".join(rows))


def _lists(record: Record, table: Mapping[str, Any]) -> Sequence[str]:
    """Return the lists of the kinds that a thing may have; none where its field names them."""
    if not isinstance(record, model.Actor):
        return ()
    given = table.get("class", ())
    classes = {given} if isinstance(given, str) else {*given}
    return ("actorKinds", *(("placeKinds",) if classes & {"Place", "State"} else ()))


def _unfit(record: Record) -> set[str]:
    """Return the keys that a thing cannot have for its class, though its file may."""
    placed = not isinstance(record, Located) or "Place" in record.classes
    return set() if placed else {*Located.LOCATION}


def _file(record: Record) -> str:
    return record.origin.file or "case.toml"
