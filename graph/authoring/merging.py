"""Two things of a case become one: with the uses, names and passages of both."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import tomlkit
from tomlkit.items import AoT, Array

from .. import reader
from ..errors import UsageError, suggestion
from ..model import Clause, vocabulary
from ..model.things import FACTS
from ..reader.schemas import keys_of_ids
from ..reader.terms import vocabulary_of
from .alike import join_alike, nearly_alike, written_out
from .authored import Authored
from .claims import key_of
from .editing import editing
from .renaming import IDENTITY, STORED, made_of, places_of, replace_ids, take_away
from .strings import each_once

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from ..model import Case, Judgement, Thing
    from .editing import Edit
    from .renaming import LeftAsIs

_KEPT = ("label", "names", "note", "identity", *FACTS)
"""Keys of a thing that are joined in a way of their own, or of which the first thing's is kept."""


class Merged(NamedTuple):
    """What was joined, or would be.

    Attributes:
        files: how many values changed in each file, by its path below the case's folder.
        removed: the path of the file that is gone.
        remarks: what is to be looked at, in words.
        told: where the id that is gone stands in prose or in a query.
        joined: of each statement that said the same as another, the id of that, which has the
            claims of both; the same id where it is made of the same parts.
    """

    files: dict[str, int]
    removed: str
    remarks: tuple[str, ...]
    told: tuple[LeftAsIs, ...]
    joined: Mapping[str, str]


class CannotJoin(UsageError):
    """Two things do not fit together.

    Args:
        kept: the id of the thing that was to stay.
        gone: the id of the other.
        reasons: what hinders it, each with what to do.
    """

    def __init__(self, kept: str, gone: str, reasons: Sequence[str]) -> None:
        self.head = f"{kept} and {gone} cannot be joined as they are:"
        self.reasons = tuple(reasons)
        super().__init__(" ".join((self.head, "; ".join(reasons))))

    @property
    def lines(self) -> Sequence[str]:
        """What hinders it, one in a line."""
        return (self.head, *(f"  {one}" for one in self.reasons))


def merge(
    folder: Path,
    kept: str,
    gone: str,
    reason: str = "",
    *,
    decided: date | None = None,
    dry_run: bool = False,
) -> Merged:
    """Join two things of one folder: all that is said of the second is said of the first.

    The second becomes a former id of the first, with the reason for which both are the same.

    Args:
        folder: the case's folder.
        kept: the id of the thing that stays.
        gone: the id of the one that becomes a part of it.
        reason: why they are the same; by default that of a judgement ``same`` on both.
        decided: the day of the decision.
        dry_run: whether nothing is written.

    Raises:
        UsageError: there are no such things, no reason is given, or ``CannotJoin``.
        DataProblems: the case has problems already, or would have some.
        InputOutputError: a file cannot be read or written.
    """
    ontology = vocabulary_of(folder, vocabulary.load())
    with editing(folder, dry_run=dry_run) as edit:
        case, before = reader.read(folder, ontology), Authored(folder).statements
        one, other = _thing(case, kept), _thing(case, gone)
        judged = [j for j in case.judgements if set(j.things) == {kept, gone}]
        ids = {gone: kept, **made_of(case, gone, kept)}
        wrong = [*_unlike(one, other), *_judged(case, judged, kept, gone), *_clashes(case, ids)]
        why = reason or next((j.reason for j in judged if j.judgement == "same" and j.counts), "")
        told = tuple(place for place in places_of(folder, gone) if place.file != other.origin.file)
        files = replace_ids(edit, ids, ontology)
        joined = _Joining(edit, one, other, case.language)
        edit.write(one.origin.file, joined.text)
        edit.remove(other.origin.file)
        _name_once(edit, files.keys() - {other.origin.file})
        alike = join_alike(edit, before)
        if wrong := [*wrong, *joined.wrong, *_taken(case, ids, alike.ids)]:
            raise CannotJoin(kept, gone, [*wrong, *alike.told])
        if not why:
            raise UsageError(f'say why {kept} and {gone} are the same, with --reason "..."')
        _name_once(edit, replace_ids(edit, _with_parts(case, ids, alike.former), ontology))
        _record(edit, (kept, gone), why, decided, judged, alike.former)
    files.pop(other.origin.file, None)
    remarks = (*joined.remarks, *alike.told, *nearly_alike(case.statements, ids, alike.ids))
    return Merged(files, other.origin.file, remarks, told, alike.ids)


def _name_once(edit: Edit, files: Iterable[str]) -> None:
    """Take out of lists of ids what they name for a second time."""
    for name in {*files} - {STORED}:
        edit.write(name, each_once(edit.read(name), keys_of_ids()))


def _with_parts(case: Case, ids: Mapping[str, str], became: Mapping[str, str]) -> dict[str, str]:
    """Return what statements became, and what hangs on them, such as their claims.

    Args:
        case: as it was.
        ids: the ids that changed before that.
        became: of each statement that is gone, the id of the other.
    """
    found = dict(became)
    for record in case.records():
        now = ids.get(record.id, record.id)
        for old, new in became.items():
            if now.startswith(f"{old}."):
                found[now] = new + now.removeprefix(old)
    return found


def _thing(case: Case, name: str) -> Thing:
    """Return a thing that has a file of its own; ``UsageError`` if it is none."""
    things = {thing.id: thing for thing in case.things if not isinstance(thing, Clause)}
    if name in things:
        return things[name]
    now = next((one.now for one in case.former if one.id == name), "")
    more = f'; it is called "{now}" now' if now else suggestion(name, things)
    raise UsageError(f'there is no thing "{name}" in the case {case.id}{more}')


def _unlike(one: Thing, other: Thing) -> list[str]:
    """Return what of two records hinders that they become one."""
    folders = [thing.origin.file.partition("/")[0] for thing in (one, other)]
    if one.id == other.id:
        raise UsageError("name two different things")
    if folders[0] != folders[1]:
        where = f"{one.id} is in {folders[0]}/, {other.id} in {folders[1]}/"
        return [f"{where}: only things of one folder can be one"]
    wrong = []
    if set(one.classes) != set(other.classes):
        classes = [" and ".join(sorted(thing.classes)) for thing in (one, other)]
        wrong.append(f"class: {one.id} is {classes[0]}, {other.id} is {classes[1]}; "
                     "decide which is right, and write it in both files")  # fmt: skip
    if "withheld" in (getattr(one, "identity", ""), getattr(other, "identity", "")):
        wrong.append("identity: whose name is withheld is joined with nobody; who they may be is "
                     "judged nowhere")  # fmt: skip
    return wrong


def _judged(case: Case, judged: list[Judgement], kept: str, gone: str) -> list[str]:
    """Return the judgements that speak against it that two things are one."""
    wrong = [
        f"{IDENTITY}: the judgement {one.id} says that they are different; withdraw it if it is "
        "wrong"
        for one in judged
        if one.judgement == "different" and one.counts
    ]
    about: dict[str, dict[str, Judgement]] = {kept: {}, gone: {}}
    for one in (one for one in case.judgements if one.counts):
        for own, third in (one.sides, one.sides[::-1]):
            if own in about and third not in about:
                about[own][third] = one
    for third, one in about[kept].items():
        other = about[gone].get(third, one)
        if one.judgement != other.judgement:
            one_says = f"{kept} and {third} are judged {one.judgement} ({one.id})"
            other_says = f"{gone} and {third} {other.judgement} ({other.id})"
            wrong.append(f"{IDENTITY}: {one_says}, {other_says}; keep one")
    return wrong


def _clashes(case: Case, ids: dict[str, str]) -> list[str]:
    """Return clauses that would have the id of another, and what would join a thing and itself."""
    wrong = []
    for one in case.statements:
        ends = {one.subject, one.object}
        if len(ends) == 2 and len({ids.get(str(end), end) for end in ends}) == 1:
            wrong.append(f"{one.origin.file}: {one.id} joins both, and would be of one thing and "
                         "itself; take it away, or change it")  # fmt: skip
    clauses = sorted(one.id for one in case.things if isinstance(one, Clause))
    return wrong + [
        f"clause {name} would be {ids[name]}, which is there; give it a number that is free first: "
        f"hudna rename {name} {name.rpartition('.')[0]}.c99"
        for name in clauses
        if name in ids and ids[name] in clauses
    ]


def _taken(case: Case, ids: Mapping[str, str], joined: Collection[str]) -> list[str]:
    """Return of which statements, but for those that were joined, two would have one id."""
    known = {one.id: one for one in case.statements}
    facts = {f"{name}.{fact}" for name in ids for fact in FACTS}
    changed = [(one, ids[one.id]) for one in case.statements if one.id in ids.keys() - facts]
    return [
        f"{one.origin.file}: {one.id} would be {now}, which is there ({known[now].origin.file}); "
        "take one of them away"
        for one, now in changed
        if now in known and now not in joined
    ]


def _record(
    edit: Edit,
    things: tuple[str, str],
    reason: str,
    decided: date | None,
    judged: Sequence[Judgement],
    became: Mapping[str, str],
) -> None:
    """Record the decision in ``identity.toml``, and of the statements that are gone what they are.

    Args:
        edit: the change.
        things: the one that stays and the one that is gone.
        reason: why they are one.
        decided: the day.
        judged: the judgements on both, which it takes the place of; their passages are kept.
        became: of each statement that is gone, the one that has its claims.
    """
    kept, gone = things
    for judgement in judged:
        take_away(edit, "judgement", judgement.id)
    cited = list(dict.fromkeys(ref.citation for one in judged for ref in one.passages))
    says = f"Both say the same, as {gone} is {kept}."
    entries = [{"id": gone, "now": kept, "reason": reason}]
    entries += [{"id": old, "now": new, "reason": says} for old, new in became.items()]
    for entry in entries:
        more: dict[str, Any] = {"date": decided.isoformat()} if decided else {}
        if cited and entry["id"] == gone:
            more["passages"] = cited
        edit.append(IDENTITY, "[[former]]\n" + tomlkit.dumps({**entry, **more}))


class _Joining:
    """The files of two things as one; ``text`` is the file, ``wrong`` what hinders it."""

    def __init__(self, edit: Edit, one: Thing, other: Thing, language: str) -> None:
        texts = (edit.read(thing.origin.file) for thing in (one, other))
        self.file, self.other = map(tomlkit.parse, texts)
        _write_out(self.other, self.other.pop("defaults", {}))
        self.kept, self.gone, self.language = one.id, other.id, language
        self.wrong: list[str] = []
        self.remarks: list[str] = []
        self._names()
        self._note()
        for key, value in self.other.items():
            if key not in _KEPT and key != "class":  # which ``_unlike`` has compared
                self._key(key, value)
        for key in FACTS:
            if key in self.other:
                self._fact(key)
        identities = [self._text(file, "identity") for file in (self.file, self.other)]
        if identities[0] != identities[1]:
            self.remarks.append(
                f"identity: {identities[0]} is kept; {other.id} was {identities[1]}"
            )

    @property
    def text(self) -> str:
        """The file of the thing that stays, with what it takes over."""
        return re.sub(r"(?<!\n)\n(?=\[\[)", "\n\n", tomlkit.dumps(self.file))

    def _text(self, file: Any, key: str) -> str:  # noqa: ANN401 — a document of tomlkit
        return str(file.get(key, ""))

    def _names(self) -> None:
        label, other = (self._text(file, "label") for file in (self.file, self.other))
        names = [dict(one) for one in self.other.get("names", [])]
        if other != label:
            names.insert(0, {"text": other, "lang": self.language})
        known = [dict(one) for one in self.file.get("names", [])]
        new = [one for one in names if one not in known and one["text"] != label]
        if "mentioned" not in self.other and new:
            self.remarks.append(f'the label "{other}" is not kept; things of this folder have one')
            return
        for one in new:
            told = ", ".join(
                f"{key} = {tomlkit.item(value).as_string()}" for key, value in one.items()
            )
            self._append("names", tomlkit.parse(f"x = {{ {told} }}")["x"])

    def _note(self) -> None:
        if note := self._text(self.other, "note"):
            own = self._text(self.file, "note")
            self._set("note", f"{own} {note}".strip())

    def _key(self, key: str, value: Any) -> None:  # noqa: ANN401 — an item of tomlkit
        own = self.file.get(key)
        if own is None:
            self._set(key, value)
        elif isinstance(own, AoT):
            for table in value:
                own.append(table)
        elif key == "identifiers":
            self._identifiers(value)
        elif isinstance(own, Array) and key != "chain":
            for item in value:
                if item not in own:
                    self._append(key, item)
        elif own != value:
            self.wrong.append(f"{key}: {self.kept} has {own}, {self.gone} has {value}; decide "
                              "which is right, and write it in both files")  # fmt: skip

    def _identifiers(self, value: Any) -> None:  # noqa: ANN401 — an item of tomlkit
        own = {one["scheme"]: one["value"] for one in self.file["identifiers"]}
        for one in value:
            if own.get(one["scheme"], one["value"]) != one["value"]:
                self.wrong.append(f"identifiers: in {one['scheme']} {self.kept} is "
                                  f"{own[one['scheme']]}, {self.gone} {one['value']}: they are two "
                                  "there; correct one, or do not join them")  # fmt: skip
            elif one["scheme"] not in own:
                self._append("identifiers", one)

    def _fact(self, key: str) -> None:
        """Join what says that an event took place, or its like: the claims of both, one date."""
        own, value = self.file.get(key), self.other[key]
        if own is None:
            self._set(key, value)
            return
        for name in value.keys() - {"claims"}:
            if name not in own:
                own[name] = value[name]
            elif own[name] != value[name] and name != "note":
                self.wrong.append(f"{key}.{name}: {self.kept} has {own[name]}, {self.gone} has "
                                  f"{value[name]}; decide which is right, and write it in both "
                                  "files")  # fmt: skip
        defaults = self.file.get("defaults", {})
        said = [key_of(claim, defaults) for claim in own.get("claims", [])]
        for claim in value.get("claims", []):
            voice, stance, _ = stand = key_of(claim, {})
            if stand not in said:
                own["claims"].append(claim)
            else:
                self.remarks.append(f"{key}: {voice} {stance} it of both; the claim on {self.kept} "
                                    "is kept")  # fmt: skip

    def _append(self, key: str, item: Any) -> None:  # noqa: ANN401 — an item of tomlkit
        if key not in self.file:
            self._set(key, tomlkit.array())
        self.file[key].append(item)

    def _set(self, key: str, value: Any) -> None:  # noqa: ANN401 — an item of tomlkit
        """Set a key; a new one that is no table comes after the last one that is none."""
        if key in self.file or isinstance(value, AoT) or hasattr(value, "display_name"):
            self.file[key] = value
            return
        first = self.text
        head = re.search(r"^\s*\[", first, re.MULTILINE)
        at = head.start() if head else len(first)
        line = tomlkit.dumps({key: value})
        self.file = tomlkit.parse(first[:at].rstrip("\n") + "\n" + line + first[at:])


def _write_out(table: Any, defaults: Mapping[str, Any]) -> None:  # noqa: ANN401 — of tomlkit
    """Give the claims and passages of a table, and of those in it, the defaults of its file."""
    for key, value in written_out(table, defaults).items():
        if key not in table or table[key] != value:
            table[key] = value
    for value in table.values():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                _write_out(one, defaults)
