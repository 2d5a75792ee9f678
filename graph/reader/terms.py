"""The terms that a case has of its own: ``terms.toml``, and the lists that several cases share."""

from __future__ import annotations

import os
import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..errors import UnfitFile
from ..model import Name, Origin
from ..model.lexicon import ANY_KIND, PREDICATE, Lexicon, see
from ..model.names import name_key
from ..model.own_terms import OwnTerm, with_own_terms
from ..model.patterns import OBJECT, SUBJECT, wrong_in
from ..model.terms import HUD, PREFIXES, SCHEMA, term_name
from ..model.textfiles import toml_of
from . import fields as f
from .problems import ProblemReport
from .term_schemas import OWN_KIND, OWN_PREDICATE, OWN_TERMS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from ..model.vocabulary import Vocabulary

TERMS_FILE = "terms.toml"
MOST = 1000
"""Most terms of a file."""
_SHARED = re.compile(r"\.\./([a-z][a-z0-9]*(?:-[a-z0-9]+)*)/terms\.toml")
_RESERVED = frozenset({*PREFIXES, "g", "graph", "ontology", "term"})
"""Folders whose names would make other IRIs of their terms than those of terms."""
_ROLES = "[[role]]"
"""The table in which authors write a role by its name."""
_OTHER = "other"
"""The kind that says that none fits: a list that has it is open."""


def vocabulary_of(
    folder: Path,
    ontology: Vocabulary,
    report: ProblemReport | None = None,
    apart: str = "",
) -> Vocabulary:
    """Return the words that a case may use: those of the ontology and its own.

    Args:
        folder: the case's folder.
        ontology: the vocabulary; what it has of the terms of a case is left out.
        report: takes what is wrong in the files; without one it is passed over, and told when
            the case is read.
        apart: with what the names of files begin that are kept apart from the case.

    Raises:
        DataProblems: there is a report, and a file of terms cannot be parsed; without it words
            would be told as wrong that are not.
    """
    reading = _TermReading(folder, ontology.core, report or ProblemReport())
    found = (*reading.terms(), *(reading.terms(apart) if apart else ()))
    if report is not None and reading.unread:
        only = ProblemReport()
        for origin, key, message, line in reading.unread:
            only(origin, key, message, line)
        only.refuse(folder)
    return with_own_terms(ontology.core, found)


def term_files(folder: Path) -> tuple[str, ...]:
    """Return the files of terms that a case reads, as paths from its folder.

    Args:
        folder: the case's folder.
    """
    return tuple(one for one in listed_term_files(folder) if os.path.lexists(folder / one))


def listed_term_files(folder: Path) -> tuple[str, ...]:
    """Return what ``term_files`` returns, with those that are listed and not there."""
    if not os.path.lexists(folder / TERMS_FILE):
        return (TERMS_FILE,)
    try:
        shared = toml_of(folder / TERMS_FILE).get("terms", [])
    except UnfitFile:
        shared = []
    listed = shared if isinstance(shared, list) else []
    right = (one for one in listed if isinstance(one, str) and _SHARED.fullmatch(one))
    return (TERMS_FILE, *dict.fromkeys(right))


class _TermReading:
    """One pass over the files of terms of a case.

    Attributes:
        unread: what is wrong with files that could not be parsed.
    """

    def __init__(self, folder: Path, core: Vocabulary, report: ProblemReport) -> None:
        self.folder, self.core, self.report = folder, core, report
        self.lexicon = Lexicon(core)
        self.unread: list[tuple[Origin, str, str, int | None]] = []
        self.names: dict[str, Origin] = {}
        self.called: dict[tuple[str, str, str], str] = {}

    def terms(self, before: str = "") -> Iterator[OwnTerm]:
        """Yield the terms of the case's own file, then those that it shares.

        Args:
            before: with what the name of the file begins, if it is kept apart.
        """
        name = f"{before}{TERMS_FILE}"
        if not os.path.lexists(self.folder / name):
            return
        good = self._file(name)
        yield from self._entries(good, name, self.folder.name)
        for path in dict.fromkeys(good.get("terms", ())):
            if space := self._space(path):
                yield from self._entries(self._file(path), path, space)

    def _space(self, path: str) -> str:
        """Return the folder whose terms a shared file has; empty if it may not be read."""
        origin = Origin(TERMS_FILE)
        found = _SHARED.fullmatch(path)
        if not found or found[1] in _RESERVED:
            self.report(
                origin, "terms", f'"{path}" is no shared list; write "../FOLDER/{TERMS_FILE}", with'
                " a folder beside those of the cases")  # fmt: skip
        elif not os.path.lexists(self.folder / path):
            self.report(origin, "terms", f'there is no "{path}"')
        elif found[1] == self.folder.name:
            self.report(origin, "terms", f'"{path}" is this file; leave it out')
        else:
            return found[1]
        return ""

    def _file(self, name: str) -> dict[str, Any]:
        origin = Origin(name)
        try:
            table = toml_of(self.folder / name)
        except UnfitFile as error:
            self.unread.append((origin, "", error.reason, error.line))
            return {}
        if not table:
            self.report(origin, "", "is empty; write its terms, or remove the file", 0)
        return f.checked(table, OWN_TERMS, origin, self.report)

    def _entries(self, good: Mapping[str, Any], file: str, space: str) -> Iterator[OwnTerm]:
        for key, schema in (("predicate", OWN_PREDICATE), ("kind", OWN_KIND)):
            entries = good.get(key, [])
            if len(entries) > MOST:
                self.report(Origin(file), key, f"has {len(entries)} terms; {MOST} is the most", 0)
            for index, entry in enumerate(entries[:MOST]):
                told = entry.get("name", index + 1)
                label = f"{key} {str(told)[:60] if isinstance(told, str | int) else '?'}"
                origin = Origin(file, ((key, index),), label)
                words = f.checked(entry, schema, origin, self.report)
                if found := self._term(words, space, origin, predicate=key == "predicate"):
                    yield found

    def _term(
        self, good: Mapping[str, Any], space: str, origin: Origin, *, predicate: bool
    ) -> OwnTerm | None:
        """Return a term of which the name is right; what is wrong is as of the broader term."""
        name = good.get("name", "")
        if not name or self._taken(name, origin):
            return None
        broader, told = self._broader(good.get("broader", ""), origin, predicate=predicate)
        more: dict[str, Any] = {}
        if told and predicate:
            ends = {end: self._ends(good, end, broader, origin) for end in ("domain", "range")}
            more = {"sign": self._sign_of(good, broader, origin), **ends}
            takes = self.core.predicates[broader].takes
            self._patterns(good, takes, origin)
            if takes == "thing" and "inverse" not in good:
                self.report(origin, "", 'the key "inverse" is missing: what it is called from the '
                            'object to the subject, as in "is escorted by"')  # fmt: skip
        elif told:
            more = {"lists": self._lists(good, broader, origin)}
        term = OwnTerm(
            **more,
            name=name,
            space=space,
            predicate=predicate,
            broader=broader,
            labels=_named(good.get("label", name)),
            inverse=_named(good.get("inverse", {})),
            pattern=good.get("pattern", ""),
            inverse_pattern=good.get("inverse_pattern", ""),
            definition=good.get("definition", ""),
            example=good.get("example", ""),
            remark=good.get("remark", ""),
            synonyms=tuple(good.get("synonyms", ())),
            aspect=good.get("aspect", ""),
            origin=origin,
        )
        self._told_apart(term)
        return term

    def _patterns(self, good: Mapping[str, Any], takes: str, origin: Origin) -> None:
        for key, first in (("pattern", SUBJECT), ("inverse_pattern", OBJECT)):
            if key not in good:
                continue
            if first == OBJECT and takes != "thing":
                self.report(origin, key, "is for predicates whose object is a thing; leave it out")
            elif wrong := wrong_in(good[key], first, both=True):
                self.report(origin, key, f'"{good[key]}" {wrong}')

    def _taken(self, name: str, origin: Origin) -> bool:
        if name.lower() in self._core_names:
            wrong = f'"{name}" is a term of the ontology; take it as it is, or choose another name'
        elif (first := self.names.get(name.lower())) is not None:
            wrong = f'the name "{name}" is taken already, in {first.file}; choose another'
        else:
            self.names[name.lower()] = origin
            return False
        self.report(origin, "name", wrong)
        return True

    @cached_property
    def _core_names(self) -> frozenset[str]:
        return frozenset(term_name(iri).lower() for iri in self.core.texts)

    def _broader(self, name: str, origin: Origin, *, predicate: bool) -> tuple[str, bool]:
        """Return the broader term, and whether it is the one that is written and right."""
        known, open_kinds = self.core.predicates, self._open_kinds
        names = known.keys() if predicate else open_kinds.keys()
        made = predicate and name in known and self._is_made(name)
        if name in names and not made:
            return name, True
        what = "a predicate" if predicate else "a kind of a list that has other"
        if not name:
            pass  # that it is missing, or no text, is told
        elif made:
            self.report(origin, "broader", f'"{name}" is made from a table of a file, so nothing '
                        "can be below it; choose another predicate")  # fmt: skip
        elif name.lower() in self.names:
            self.report(origin, "broader", f'"{name}" is a term of the case; write the term of the '
                        "ontology that both are below")  # fmt: skip
        else:
            sort = PREDICATE if predicate else ANY_KIND
            self.report(origin, "broader", lambda: f'"{name}" is not {what} of the ontology'
                        f"{self.lexicon.hint(name, names, sort) or see(name)}")  # fmt: skip
        return (self._widest if predicate else _OTHER), False

    def _is_made(self, name: str) -> bool:
        """Whether a predicate stands in no statement and no role that an author writes."""
        made_from = self.core.texts[HUD + name].get(HUD + "derivedFrom", ())
        return bool(made_from) and _ROLES not in made_from

    @cached_property
    def _widest(self) -> str:
        """A predicate that takes anything, for a term whose broader one is not known."""
        anything = [HUD + "Entity"]
        ends = (SCHEMA + "domainIncludes", SCHEMA + "rangeIncludes")
        texts = self.core.texts
        return next(
            name
            for name in self.core.predicates
            if all(texts[HUD + name][end] == anything for end in ends) and not self._is_made(name)
        )

    @cached_property
    def _open_kinds(self) -> Mapping[str, Sequence[str]]:
        """The kinds of the lists to which a case may add, each with those of these lists."""
        found: dict[str, list[str]] = {}
        for scheme, members in self.core.kinds.items():
            if _OTHER in members and scheme != "groups":
                for name in members:
                    found.setdefault(name, []).append(scheme)
        return found

    def _sign_of(self, good: Mapping[str, Any], broader: str, origin: Origin) -> int | None:
        """Return the sign that a predicate is given: another only where its broader has none."""
        sign: int | None = good.get("sign")
        if sign is None:
            return None
        own = self.core.predicates[broader].sign
        group = self.core.texts[HUD + broader].get(HUD + "group")
        among = {own} if own else {
            one.sign
            for name, one in self.core.predicates.items()
            if self.core.texts[HUD + name].get(HUD + "group") == group
        }  # fmt: skip
        if sign in among:
            return sign
        right = " or ".join(f"{one:+d}" if one else "0" for one in sorted(among))
        self.report(origin, "sign", f"is {sign}, but what is below {broader} has the sign {right}; "
                    "leave it out, or choose another broader term")  # fmt: skip
        return None

    def _ends(
        self, good: Mapping[str, Any], key: str, broader: str, origin: Origin
    ) -> tuple[str, ...]:
        """Return the classes that an end may be of: those of the broader term, or below them."""
        classes = self.core.classes
        iris = self.core.texts[HUD + broader].get(f"{SCHEMA}{key}Includes", ())
        wide = [iri.removeprefix(HUD) for iri in iris]
        found = []
        for one in good.get(key, ()):
            if one in classes and any(HUD + name in classes[one] for name in wide):
                found.append(one)
            else:
                self.report(origin, key, f'"{one}" is none of the classes of {broader} there, and '
                            f"none below them; they are {', '.join(wide)}")  # fmt: skip
        return tuple(found)

    def _lists(self, good: Mapping[str, Any], broader: str, origin: Origin) -> tuple[str, ...]:
        right = self._open_kinds[broader]
        if "lists" not in good:
            if broader == _OTHER:
                self.report(origin, "", 'the key "lists" is missing: what is below "other" has to '
                            f"say in which it is: {', '.join(right)}")  # fmt: skip
            return tuple(right)
        for wrong in (one for one in good["lists"] if one not in right):
            self.report(origin, "lists", f'"{wrong}" is no list of {broader}; it is in '
                        f"{', '.join(right)}")  # fmt: skip
        return tuple(one for one in right if one in good["lists"]) or tuple(right)

    def _told_apart(self, term: OwnTerm) -> None:
        """Report words that are those of another term, and hint at what the ontology may have."""
        sort = PREDICATE if term.predicate else ANY_KIND
        for key, names in (("label", term.labels), ("inverse", term.inverse)):
            for said in {name_key(one.text) for one in names}:
                place = (sort, key, said)
                other = self._labels.get(place) or self.called.setdefault(place, term.name)
                if other != term.name:
                    self.report(term.origin, key, f'is what "{other}" is called; choose another')
        words = {name_key(one) for one in (term.name, term.labels[0].text, *term.synonyms)}
        for one in self.lexicon.terms:
            if one.sort == sort and one.name != term.broader and words & one.called.synonyms:
                self.report.hint(
                    term.origin, "name", f'"{term.name}" may be the term {one.name} of the '
                    f"ontology: {one.definition} If it is no more, take that")  # fmt: skip

    @cached_property
    def _labels(self) -> Mapping[tuple[str, str, str], str]:
        """The terms of the ontology by sort and label, and by sort and that from the other end."""
        return {
            (one.sort, key, name_key(said)): one.name
            for one in self.lexicon.terms
            for key, said in (("label", one.called.label), ("inverse", one.inverse))
            if said
        }


def _named(labels: str | Mapping[str, str]) -> tuple[Name, ...]:
    """Return labels as names, the one in English first."""
    if isinstance(labels, str):
        return (Name(labels, "en"),)
    in_order = sorted(labels.items(), key=lambda one: (one[0] != "en", one[0]))
    return tuple(Name(label, language) for language, label in in_order)
