"""What stands in the files of a case, as it is written, also where something in it is wrong."""

from __future__ import annotations

from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from .. import reader
from ..build.verification import sentences
from ..errors import DataProblems, UnfitFile, UsageError
from ..model import UNKNOWN, vocabulary
from ..model.keys import key_at_hand
from ..model.names import name_key
from ..model.near import Called, hint, told
from ..model.textfiles import toml_of
from ..model.things import FACTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from ..model import Case

Where = tuple[tuple[str, int], ...]
Table = dict[str, Any]
_THINGS = ("actors", "places", "topics", "events", "agreements", "mechanisms", "questions")


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
        self.statements: list[StatementTable] = list(self._statements())

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

        Args:
            text: as people write it.
            what: what it is to be, for messages.

        Raises:
            UsageError: nothing is called so, or several things are.
        """
        known = self.things()
        if text in known or text == UNKNOWN:
            return text
        key = name_key(text)
        found = [one for one in known.values() if key in one.keys]
        found = found or [one for one in known.values() if key and key == name_key(one.id)]
        if len(found) == 1:
            return found[0].id
        if found:
            raise UsageError(
                f'"{text}" is the name of several things: {told(found, "and")}; give the id'
            )
        more = hint(text, known.values()) or f"; make it first: hudna add {_making(text, what)}"
        raise UsageError(f'there is no {what} "{text}" in this case{more}')

    def _below(self, folder: str) -> dict[str, dict[str, Any]]:
        start = f"{folder}/"
        return {
            path.removeprefix(start).removesuffix(".toml"): table
            for path, table in self.files.items()
            if path.startswith(start)
        }

    def _statements(self) -> Iterator[StatementTable]:
        for path, file in self.files.items():
            if path.startswith("statements/"):
                for index, table in enumerate(_tables(file, "statement")):
                    yield StatementTable(path, (("statement", index),), table)
            else:
                slug = path.partition("/")[2].removesuffix(".toml")
                for where, table, made in _made(slug, file):
                    yield StatementTable(path, where, {"id": made.pop("id"), **table, **made})


def _making(text: str, what: str) -> str:
    """Return the words behind ``hudna add`` that make what is missing."""
    agreement, sign, number = text.rpartition(".c")
    if what == "clause" or (sign and number.isdigit()):
        return f"clause {agreement or 'AGREEMENT'} 'TOPIC | LABEL | TEXT'"
    if what in ("voice", "actor", "obligor", "beneficiary"):
        return "actor NAME"
    sorts = ("place", "agreement", "question", "event")
    return f"{what if what in sorts else 'actor|place|event'} NAME"


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
