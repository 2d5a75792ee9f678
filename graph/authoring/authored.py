"""What stands in the files of a case, as it is written, also where something in it is wrong."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from .. import reader
from ..build.verification import sentences
from ..errors import DataProblems, InputOutputError, UnfitFile, UsageError
from ..model import UNKNOWN, vocabulary
from ..model.keys import key_at_hand
from ..model.names import name_key
from ..model.near import Called, hint, told
from ..model.textfiles import toml_of
from ..model.things import FACTS
from ..reader import fields
from ..reader.statements import made_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from ..model import Case

Where = tuple[tuple[str, int], ...]
Table = dict[str, Any]
_SHOWN = 5
_PREFIX = re.compile(r"^[a-z]{1,2}-")
"""How ids of some things begin: ``ev-``, ``ag-``, ``al-``; nobody has to type it."""
_THINGS = ("actors", "places", "topics", "events", "agreements", "mechanisms", "questions")


def sorts_of(folder: Path, name: str) -> set[str]:
    """Return in which folders of a case a thing may stand; of an actor that is a place, two.

    Args:
        folder: of the case, which need not be there.
        name: the id of the thing.

    Returns:
        The folders; none if there is no such thing, or its file cannot be read.
    """
    paths = (folder / one / f"{name}.toml" for one in _THINGS if fields.SLUG.fullmatch(name))
    for path in paths:
        if path.is_file():
            with suppress(UnfitFile, InputOutputError, DataProblems):
                place = ["places"] if "Place" in fields.listed(toml_of(path).get("class")) else []
                return {path.parent.name, *place}
    return set()


class StatementTable(NamedTuple):
    """A statement as it is written.

    Attributes:
        file: path below the case's folder.
        path: the tables that lead to it, each with its index, as in ``graph.model.Origin``.
        table: its keys; what a table of a thing says stands there as in a statement.
    """

    file: str
    path: Where
    table: Table

    @property
    def name(self) -> str:
        """Its id, which is made of its three parts where it has none of its own."""
        own = self.table
        three = (str(own.get("subject")), str(own.get("predicate")), own.get("object"))
        return str(own["id"]) if "id" in own else made_id(*three, own.get("value"))


def files_of(folder: Path, ending: str) -> list[str]:
    """Return the files of a case with an ending, by their paths below it.

    Args:
        folder: the case's folder.
        ending: such as ``.toml``.
    """
    found = chain(folder.glob(f"*{ending}"), folder.glob(f"[a-z]*/*{ending}"))
    return sorted(path.relative_to(folder).as_posix() for path in found if path.name[0] != ".")


class Authored:
    """The files of a case, parsed; those that are no TOML are passed over.

    Args:
        folder: the case's folder.
        texts: folder of the texts of the sources, if they are at hand.

    Attributes:
        files: the contents of each by its path.
        statements: those that are written, and those that tables of events, agreements and
            mechanisms make.
    """

    def __init__(self, folder: Path, texts: Path | None = None) -> None:
        self.folder = folder
        self.texts = texts
        self.files: dict[str, dict[str, Any]] = dict(_files(folder))
        self.statements: list[StatementTable] = list(statement_tables(self.files))

    @property
    def language(self) -> str:
        """The language of the case; English where it does not say."""
        return str(self.files.get("case.toml", {}).get("language", "en"))

    @property
    def sources(self) -> Mapping[str, dict[str, Any]]:
        """The sources by their ids."""
        return self._below("sources")

    @cached_property
    def records(self) -> Case | None:
        """The records of the case as it is on the disk; ``None`` if it has problems."""
        try:
            return reader.read(self.folder, vocabulary.load())
        except DataProblems:
            return None

    @cached_property
    def said(self) -> Mapping[str, str]:
        """The sentences of the texts, by how they are cited; none where no texts are at hand."""
        if self.records is None or self.texts is None:
            return {}
        return sentences(self.records.sources, self.texts, key_at_hand())

    def statement_files(self) -> list[str]:
        """Return the ids of the files of statements."""
        return sorted(self._below("statements"))

    def defaults(self, file: str) -> Mapping[str, Any]:
        """Return the defaults of a file of statements.

        Args:
            file: its path.
        """
        found = self.files.get(file, {}).get("defaults", {})
        return found if isinstance(found, dict) else {}

    def things(self) -> dict[str, Called]:
        """Return the things and clauses by their ids, with what they are called."""
        found = {}
        for folder in _THINGS:
            for name, table in self._below(folder).items():
                found[name] = _called(name, table)
                for clause in _tables(table, "clause"):
                    found[str(clause.get("id"))] = _called(str(clause.get("id")), clause)
        return found

    def only_one(self, folder: str) -> str:
        """Return the id of the one record in a folder; empty if there is none, or several."""
        found = list(self._below(folder))
        return found[0] if len(found) == 1 else ""

    def file_of(self, name: str) -> str:
        """Return the file of a thing; empty if there is none."""
        paths = (f"{folder}/{name}.toml" for folder in (*_THINGS, "sources"))
        return next((path for path in paths if path in self.files), "")

    def taken(self) -> set[str]:
        """Return all ids of things, clauses, sources, statements, judgements and notes."""
        own = {str(one.table["id"]) for one in self.statements if "id" in one.table}
        judged = {
            str(one.get("id"))
            for file in ("identity.toml", "notes.toml")
            for entries in self.files.get(file, {})
            for one in _tables(self.files[file], entries)
        }
        return {*self.things(), *self.sources, *own, *judged, UNKNOWN}

    def called(self, name: str) -> list[Called]:
        """Return the things that have a name, as a label or as another name."""
        key = name_key(name)
        return [one for one in self.things().values() if key in one.keys]

    def resolve(self, text: str, what: str = "thing") -> str:
        """Return the id of a thing that is named by its id, label or another name.

        What ends in a full stop and names nothing is the beginning of an id or name that only one
        thing has; without the stop, nothing stands for what is longer.

        Args:
            text: as people write it.
            what: what it is to be, for messages.

        Raises:
            UsageError: nothing is called or begins so, or several things are or do.
        """
        known = self.things()
        if text in known or text == UNKNOWN:
            return text
        key = name_key(text)
        found = [one for one in known.values() if key in one.keys]
        found = found or [one for one in known.values() if key and key == name_key(one.id)]
        begun = [] if found else _beginning(text, known.values())
        if len(found or begun) == 1:
            return (found or begun)[0].id
        if found:
            raise UsageError(
                f'"{text}" is the name of several things: {told(found, "and")}; give the id'
            )
        if begun:
            several = told(begun[:_SHOWN], "and") + " and more" * (len(begun) > _SHOWN)
            raise UsageError(f'"{text}" is the beginning of {several}; write more of it')
        more = hint(text, known.values()) or f"; make it first: hudna add {_making(text, what)}"
        raise UsageError(f'there is no {what} "{text}" in this case{more}')

    def _below(self, folder: str) -> dict[str, dict[str, Any]]:
        start = f"{folder}/"
        return {
            path.removeprefix(start).removesuffix(".toml"): table
            for path, table in self.files.items()
            if path.startswith(start)
        }


def statement_tables(files: Mapping[str, dict[str, Any]]) -> Iterator[StatementTable]:
    """Yield the tables of files that are statements, or make some.

    Args:
        files: the contents of each by its path below the case's folder.
    """
    for path, file in files.items():
        if path.startswith("statements/"):
            for index, table in enumerate(_tables(file, "statement")):
                yield StatementTable(path, (("statement", index),), table)
        else:
            slug = path.partition("/")[2].removesuffix(".toml")
            for where, table, made in _made(slug, file):
                yield StatementTable(path, where, {"id": made.pop("id"), **table, **made})


def _beginning(text: str, known: Iterable[Called]) -> list[Called]:
    """Return the things of which an id or name begins with what stands before a full stop."""
    start, called = text.removesuffix("."), name_key(text.removesuffix("."))
    if not called or start == text:
        return []
    return [
        one
        for one in known
        if any(
            name.startswith(start) and "." not in name[len(start) :]
            for name in (one.id, _PREFIX.sub("", one.id))
        )
        or any(name.startswith(called) for name in one.keys)
    ]


def _making(text: str, what: str) -> str:
    """Return the words behind ``hudna add`` that make what is missing."""
    agreement, sign, number = text.rpartition(".c")
    if what == "clause" or (sign and number.isdigit()):
        return f"'clause {agreement or 'AGREEMENT'} TOPIC LABEL | CLAIM'"
    if what in ("voice", "actor", "obligor", "beneficiary"):
        return "'Person NAME', or another class of actors"
    sorts = {"place": "place NAME", "question": "question NAME about=ID exclusive=true"}
    return f"'{sorts.get(what, 'KIND NAME')}'"


def _files(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for name in files_of(folder, ".toml"):
        try:
            yield name, toml_of(folder / name)
        except UnfitFile:
            continue


def _made(slug: str, file: Mapping[str, Any]) -> Iterator[tuple[Where, dict[str, Any], Table]]:
    """Yield the tables of a thing that make a statement: where they stand, keys, what they say."""
    for key in FACTS:
        if isinstance(table := file.get(key), dict):
            made = {"id": f"{slug}.{key}", "subject": slug, "predicate": key, "value": True}
            yield ((key, 0),), table, made
    for key, end in (("role", "actor"), ("stage", "stage")):
        for index, table in enumerate(_tables(file, key)):
            predicate = table.get("role", key)
            yield ((key, index),), table, _three(slug, predicate, table.get(end))
    for index, clause in enumerate(_tables(file, "clause")):
        own = str(clause.get("id"))
        agreed = _three(slug, "containsClause", own) | {"id": f"{own}.agreed"}
        yield (("clause", index),), {**clause, "id": agreed["id"]}, agreed
        for place, table in enumerate(_tables(clause, "fulfilment")):
            where = (("clause", index), ("fulfilment", place))
            yield where, table, _three(own, "fulfilment", table.get("state"))


def _three(subject: str, predicate: object, end: object) -> Table:
    name = f"{subject}.{predicate}.{end}"
    return {"id": name, "subject": subject, "predicate": predicate, "object": end}


def _tables(table: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    found = table.get(key)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _called(name: str, table: Mapping[str, Any]) -> Called:
    label = str(table.get("label", name))
    names = (str(one.get("text", "")) for one in _tables(table, "names"))
    return Called(name, label, frozenset(filter(None, map(name_key, (label, *names)))))
