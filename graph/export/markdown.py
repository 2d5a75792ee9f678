"""A dossier of one actor in Markdown: what is said of it, by whom, how sure, and who objects.

What is accepted stands first and by itself. What is contested, alleged, open or rejected has
sections of its own, and every line there begins with that word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import UsageError
from ..model import AFFIRMING
from ..model.terms import case_namespace, spaced
from ..network import palette
from ..query.parameters import thing
from ..read.wording import Telling, period, within
from .dossier import Dossier
from .format import Exported, Format, Loss
from .markdown_text import address, code, escaped, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..read.wording import Evidence, Record
    from .selection import Selection

FORMAT = Format(
    name="markdown",
    title="a dossier of one actor in Markdown, for people and for any editor of texts",
    holds="actor",
    file="dossier.md",
)

_IDENTITIES = {
    "unnamed": "**Not named in the sources.** It must not be taken for anybody of the same "
    "description.",
    "withheld": "**The name is withheld** because anonymity was asked for. Nothing here should be "
    "used to find it out.",
    "collective": "A group of people or bodies that the sources treat as one.",
    "hypothetical": "**Hypothetical:** the sources speak of it without saying that it exists.",
}
_LANGUAGES = {"en": "English", "ar": "Arabic", "ar-latn": "Arabic in Latin letters"}
_OF_A_LINE = ("Note", "Answers", "Verdict")
"""Details of a statement that have a line of their own."""
_STANDS = (AFFIRMING, ("denies",))
_SIDES = ("For", "Against", "Neither for nor against")


def write(selection: Selection) -> Exported:
    """Return the dossier of the selection's actor.

    Args:
        selection: the graph, and the id or name of any thing in it as ``actor``.

    Raises:
        UsageError: no actor is given, nothing or several things are called so, or it is no thing.
    """
    if not selection.actor:
        raise UsageError("markdown: a dossier needs an actor; give the id or name of a thing")
    node = thing(selection.actor, selection.graph, "actor")
    key = node.value.removeprefix(case_namespace(selection.graph.case))
    if all(row["id"] != key for row in selection.tables["things"]):
        raise UsageError(f'actor: "{selection.actor}" is a record and no actor; give an actor')
    dossier = Dossier(Telling(selection.tables), key)
    lines = list(_Writer(dossier, selection.title).lines())
    text = "\n".join(lines) + "\n"
    return Exported({FORMAT.file: [text.encode()]}, tuple(_losses(dossier)))


def _losses(dossier: Dossier) -> Iterator[Loss]:
    changed = sum(plain(text) != text for text in dossier.texts())
    if changed:
        yield Loss(changed, "texts of several lines or with control signs", "one line without them")


class _Writer:
    """Writes the lines of a dossier."""

    def __init__(self, dossier: Dossier, title: str) -> None:
        self.dossier = dossier
        self.telling = dossier.telling
        self.title = title
        self.cited: dict[str, None] = {}

    def lines(self) -> Iterator[str]:
        """Yield all lines."""
        yield from self._head()
        yield from self._accepted()
        for style in palette.STATUSES[1:]:
            rows = self.dossier.with_status(style.name)
            if rows:
                yield from _heading(2, f"{style.label}: not to be taken as fact")
                yield from (style.meaning, "")
                for row in rows:
                    yield from self._statement(row)
                yield ""
        yield from self._spoken()
        yield from self._questions()
        yield from self._patterns()
        yield from self._editors()
        yield from self._sources()

    def cites(self, passages: Iterable[str]) -> str:
        """Return citations of sentences, and keep them for the list of sources."""
        passages = self.telling.in_order(passages)
        self.cited.update(dict.fromkeys(passages))
        return " ".join(f"[{self.telling.cite(one)}]" for one in passages)

    # --- Head --------------------------------------------------------------------------------

    def _head(self) -> Iterator[str]:
        row = self.dossier.row
        yield from _heading(1, row.get("label", row["id"]))
        yield f"Dossier from the case {escaped(self.title)}."
        yield "Every statement is followed by those who speak for or against it, how sure they are,"
        yield "and the sentences where they do, as `source#paragraph.sentence`."
        yield "**Only what stands under “Accepted” is common ground of the sources.**"
        yield ""
        if row.get("identity") in _IDENTITIES:
            yield from (_IDENTITIES[row["identity"]], "")
        for word, text in self._facts():
            if text:
                yield f"- **{word}:** {text}"
        yield ""
        count = ", ".join(
            f"{len(self.dossier.with_status(style.name))} {style.name}"
            for style in palette.STATUSES
            if self.dossier.with_status(style.name)
        )
        yield from (f"Statements on it: {count or 'none'}.", "")

    def _facts(self) -> Iterator[tuple[str, str]]:
        row, key, label = self.dossier.row, self.dossier.key, self.telling.label
        kinds = map(label, self.dossier.of("thing_kinds"))
        yield "What it is", escaped("; ".join((spaced(row.get("class", "")).strip(), *kinds)))
        standing = self.telling.standing.get(key)
        yield "Standing", f"**{standing.upper()}**, not a fact" if standing else ""
        yield (
            "Further names",
            "; ".join(
                f"{escaped(name['name'])} ({_language(name['language'])})"
                for name in self.telling.tables["names"]
                if name["thing"] == key
            ),
        )
        listed = (*self.dossier.of("identifiers"), *self.dossier.of("matches"))
        yield "In other lists", ", ".join(map(code, listed))
        for word, name in (("Process", "process"), ("Replaces", "replaces"),
                           ("Part of", "agreement"), ("Topic", "topic")):  # fmt: skip
            yield word, escaped(label(row[name])) if row.get(name) else ""
        for word, name in (("Text", "text"), ("Pattern", "pattern"), ("Scope", "scope")):
            yield word, escaped(row.get(name, ""))
        yield "Steps", "; ".join(map(escaped, self.dossier.of("mechanism_steps")))
        told = self.telling.told
        yield (
            "Instances",
            "; ".join(escaped(told(i)) for i in self.dossier.of("mechanism_instances")),
        )
        yield "About", "; ".join(escaped(told(one)) for one in self.dossier.of("question_things"))
        if "exclusive" in row:
            yield "Answers", "one at most is right" if row["exclusive"] else "several may be right"
        yield "Note", escaped(row.get("note", ""))
        yield "Id", f"{code(key)}, <{address(row['iri'])}>"
        yield "Mentioned in", self.cites(self.dossier.of("mentions"))

    # --- Statements --------------------------------------------------------------------------

    def _accepted(self) -> Iterator[str]:
        yield from _heading(2, "Accepted")
        yield from (palette.STATUSES[0].meaning, "")
        groups = self.dossier.accepted()
        for title, rows in groups:
            yield from _heading(3, title)
            for row in rows:
                yield from self._statement(row)
            yield ""
        if not groups:
            yield from ("No statement on it is accepted.", "")

    def _statement(self, row: Record) -> Iterator[str]:
        """Yield a statement with what qualifies it and with its claims."""
        status = row["status"]
        mark = "" if status == "accepted" else f"**{status.upper()}:** "
        when = escaped(period(row)) or "undated"
        if row.get("when_text"):
            when += f"; in the source's words: “{escaped(row['when_text'])}”"
        yield f"- {mark}{escaped(self.telling.sentence(row))} ({when}).{self._shaken(row)}"
        for name, text in self._details(row):
            yield f"  - {name}: {text}"
        if status == "accepted":
            for one in self.telling.evidence(row["id"]):
                yield f"  - {self._claim(one)}"
        else:
            yield from self._for_and_against(row)

    def _shaken(self, row: Record) -> str:
        """Return a warning if what a statement speaks of is itself not accepted."""
        standing = self.telling.standing
        ends = dict.fromkeys((row.get("subject"), row.get("object")))
        shaken = [(end, standing[end]) for end in ends if end in standing and end is not None]
        if row["predicate"] in ("occurred", "concluded", "observed", "containsClause"):
            return ""
        return "".join(
            f" But “{escaped(self.telling.label(end))}” is itself **{status.upper()}**."
            for end, status in shaken
        )

    def _details(self, row: Record) -> Iterator[tuple[str, str]]:
        facts = {name: text for name, text in self.telling.details(row) if text}
        for name in ("Time", "In the source's words"):
            facts.pop(name, None)
        coded = facts.pop("As coded (EDTF)", "")
        short = [name for name in facts if name not in _OF_A_LINE]
        if short:
            yield "Details", "; ".join(f"{name.lower()} {escaped(facts[name])}" for name in short)
        yield from ((name, escaped(facts[name])) for name in _OF_A_LINE if name in facts)
        sign = self.telling.predicates[row["predicate"]].get("sign")
        signed = [palette.sign_style(sign).label.lower()] if sign else []
        yield "Coded as", ", ".join((code(row["id"]), *([code(coded)] if coded else []), *signed))

    def _claim(self, one: Evidence) -> str:
        note = f": {escaped(one.note)}" if one.note else ""
        sure = "certainty not stated" if one.certainty == "unspecified" else one.certainty
        said = f"**{escaped(one.name)}:** {escaped(one.said)} ({escaped(sure)})"
        return f"{said} {self.cites(one.passages)}{note}"

    def _for_and_against(self, row: Record) -> Iterator[str]:
        """Yield the claims by who affirms and who denies, and the rival answers."""
        claims = self.telling.evidence(row["id"])
        affirming, denying = _STANDS
        sides = (
            [one for one in claims if one.stance in affirming],
            [one for one in claims if one.stance in denying],
            [one for one in claims if one.stance not in (*affirming, *denying)],
        )
        for word, side in zip(_SIDES, sides, strict=True):
            for one in side:
                yield f"  - {word}: {self._claim(one)}"
        if not sides[0]:
            yield "  - Nobody affirms it."
        for other, one in self.dossier.rivals(row["id"]):
            said = f"**{other['status'].upper()}:** {escaped(self.telling.sentence(other))}"
            yield f"  - Rival answer, {said}. {self._claim(one)}"

    # --- What it says, questions, patterns, editors ------------------------------------------

    def _spoken(self) -> Iterator[str]:
        spoken = self.dossier.spoken()
        if spoken:
            yield from _heading(2, "What it says itself")
            yield from ("With the status that the statement has after all voices.", "")
        for row, one in spoken:
            said = escaped(self.telling.sentence(row))
            yield f"- **{row['status'].upper()}:** {said}. It {self._own(one)}"
        if spoken:
            yield ""

    def _own(self, one: Evidence) -> str:
        return self._claim(one).removeprefix(f"**{escaped(one.name)}:** ")

    def _questions(self) -> Iterator[str]:
        questions = self.dossier.questions()
        if questions:
            yield from _heading(2, "Questions that it figures in")
        for row, answers in questions:
            yield f"- **{escaped(row['label'])}**"
            if row.get("note"):
                yield f"  - Note: {escaped(row['note'])}"
            for answer in answers:
                told = escaped(self.telling.sentence(answer))
                yield f"  - Answer, **{answer['status'].upper()}:** {told}"
                if answer["id"] not in self.dossier.ids:
                    yield from (f"    - {self._claim(one)}"
                                for one in self.telling.evidence(answer["id"]))  # fmt: skip
        if questions:
            yield ""

    def _patterns(self) -> Iterator[str]:
        patterns = self.dossier.patterns()
        if patterns:
            yield from _heading(2, "Patterns that it is an instance of")
        for row in patterns:
            status = self.telling.standing.get(row["id"], "")
            mark = f"**{status.upper()}:** " if status else ""
            pattern = f": {escaped(row['pattern'])}" if row.get("pattern") else ""
            yield f"- {mark}{escaped(row['label'])}{pattern}"
        if patterns:
            yield ""

    def _editors(self) -> Iterator[str]:
        label = self.telling.label
        remarks = []
        for row, other in self.dossier.judgements():
            sure = escaped(label(row["certainty"]))
            verdict = f"judged **{escaped(label(row['judgement']))}** ({sure})"
            about = f"{escaped(label(other))} ({code(other)})"
            remarks.append(
                (f"Same as {about}? {verdict}: {escaped(row['reason'])}", row["passages"])
            )
        for row in self.dossier.resolutions():
            names = "; ".join(f"“{escaped(name)}”" for name in row["names"])
            sure = escaped(label(row["certainty"]))
            text = f"Names taken to mean it ({sure}): {names}. {escaped(row['reason'])}"
            remarks.append((text, row["passages"]))
        remarks += [
            (f"Note: {escaped(row['text'])}", row["passages"]) for row in self.dossier.notes()
        ]
        if remarks:
            yield from _heading(2, "From the editors: identity, names and notes")
            yield from (f"- {text} {self.cites(passages)}".rstrip() for text, passages in remarks)
            yield ""

    # --- Sources -----------------------------------------------------------------------------

    def _sources(self) -> Iterator[str]:
        cited: dict[str, list[str]] = {}
        for one in self.telling.in_order(self.cited):
            cited.setdefault(self.telling.passages[one]["source"], []).append(one)
        rows = {row["id"]: row for row in self.telling.tables["sources"]}
        if not cited:
            return
        yield from _heading(2, "Sources")
        for key, passages in cited.items():
            yield from self._source(rows[key], passages)
        for passages in cited.values():
            for one in passages:
                row = self.telling.passages[one]
                url = address(rows[row["source"]].get("url", ""))
                if url:
                    yield f"[{self.telling.cite(one)}]: <{url}>"

    def _source(self, row: Record, passages: list[str]) -> Iterator[str]:
        authors = map(self.telling.label, self.telling.several("source_authors").get(row["id"], ()))
        url = address(row.get("url", ""))
        yield f"- **{code(row['id'])}: {escaped(row.get('title', ''))}**"
        for word, text in (
            ("By", escaped("; ".join(authors))),
            ("Published by", escaped(row.get("publisher", ""))),
            ("Date", escaped(within(row.get("earliest_begin"), row.get("latest_end")))),
            ("How the date is known", escaped(row.get("date_basis", ""))),
            ("Address", f"<{url}>" if url else ""),
            ("SHA-256 of the text", code(row.get("sha256", ""))),
        ):
            if text:
                yield f"  - {word}: {text}"
        yield "  - Sentences cited here, with their place in the text and their SHA-256:"
        for one in passages:
            found = self.telling.passages[one]
            place = f"characters {found['start']} to {found['end']}"
            yield f"    - {escaped(found['sentence'])}, {place}: {code(found['sha256'])}"
        yield ""


def _heading(level: int, text: str) -> Iterator[str]:
    yield from (f"{'#' * level} {escaped(text)}", "")


def _language(tag: str) -> str:
    return _LANGUAGES.get(tag.lower(), escaped(tag)) if tag else "language not given"
