"""``hudna terms``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ..errors import UsageError
from ..errors.counting import counted
from ..model.folders import CASE_FILE, case_option, chosen_case, refuse_no_case
from ..reader.terms import TERMS_FILE
from . import options
from .completion import completes
from .left import say_left
from .pipeline import without_cycles
from .printing import say, say_folded, write_json

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence
    from pathlib import Path

    from ..authoring.words import Word
    from ..model.lexicon import Lexicon
    from ..model.vocabulary import Vocabulary

_NO_TERM = (
    "try another word for it, see what may join two things (hudna terms --for actor,topic) or the "
    "lists (hudna terms); what is only called so (brutal, fragile) is characterisedAs; if nothing "
    'fits, code an event of the kind "other", or write a note: '
    "hudna add note"
)
_MOST = 8
"""So many terms are shown in full; more are listed, one a line."""
_SHOWN = 60
"""So many letters of what was looked for are told where nothing fits."""


@click.command(
    "terms",
    epilog="\b\nExamples:\n  hudna terms supports\n  hudna terms --for actor,place\n"
    "  hudna terms ceasefire --list topic\n  hudna terms --own\n"
    "  hudna terms --promote starvesOut besieges --dry-run",
)
@click.argument("words", nargs=-1, metavar="[WORD]...")
@click.option(
    "--for",
    "ends",
    default="",
    metavar="CLASS[,CLASS]",
    help="Predicates whose subject may be of a class, and whose object of another: "
    "actor,place. The object may be a value or a kind, too.",
)
@click.option(
    "--list",
    "listed",
    default="",
    metavar="LIST",
    shell_complete=completes("list of terms"),
    help="Only terms of a list: predicate, role, class, kind, topic, stance and so on; "
    "without words and options the lists are shown.",
)
@click.option("--own", is_flag=True, help="Only the terms that the case has of its own.")
@click.option(
    "--promote",
    nargs=2,
    default=None,
    metavar="NAME TERM",
    help="Write a term of the ontology wherever the case uses one of its own, and take that out "
    "of terms.toml.",
)
@options.dry_run("would change")
@options.case_of(
    "The case whose uses are counted and whose terms count, by its id.  "
    "[default: the one that is meant, if there is one]",
)
@options.data
@options.form
def command(
    words: tuple[str, ...],
    ends: str,
    listed: str,
    own: bool,
    promote: tuple[str, str] | None,
    dry_run: bool,
    case: str | None,
    data: Path,
    form: str,
) -> None:
    """Find the word for what a sentence says: predicates, roles, kinds, topics, stances.

    A word is looked for among labels and synonyms first, then in definitions, and by its letters
    last; a phrase that is nowhere, by its parts. A term is shown with what it is, what it
    joins, its definition, an example, and how often the case uses it, if there is one; neither a
    case nor a build is needed. A case may have terms of its own, in its terms.toml, which are found
    with the others.
    """
    from ..authoring.words import advised, looked_up, overview
    from ..model import vocabulary
    from ..model.lexicon import Lexicon
    from ..reader import vocabulary_of

    if promote or (own and case is None):
        case = options.case_id(case or chosen_case(data, None))
    if promote:
        _promote(data / str(case), *promote, dry_run=dry_run, form=form)
        return
    ontology, known = vocabulary.load(), _case(case, data)
    if known:
        ontology = vocabulary_of(data / known, ontology)
    lexicon = Lexicon(ontology)
    text = " ".join(" ".join(words).split())
    counts = _counts(known, data, ontology) if known else None
    if not (text or ends or listed or own):
        _say_overview(overview(lexicon), form)
        return
    found = looked_up(lexicon, text, ends, listed, own=own)
    if form == "json":
        write_json([_as_dict(one, counts) for one in found])
    elif not found:
        _say_nothing(text, "" if ontology.own or not own else known, advised(text))
    elif len(found) <= _MOST or text:
        _say_alike(found, advised(text))
        _say_in_full(found[:_MOST], lexicon, counts)
        if more := found[_MOST:]:
            say_folded("Also: ", ", ".join(one.term.name for one in more))
    else:
        _say_listed(found, counts)


def _say_alike(found: Sequence[Word], advice: str) -> None:
    """Say beforehand how a word is coded, and that no term fits by its sense, if none does."""
    from ..model.lexicon import By

    if advice:
        say_folded(f"how it is coded: {advice}")
        say()
    only = {
        By.LETTERS: "by its sense none fits; these are only written alike:",
        By.WORD: "nothing is called so as a whole; by its parts:",
    }
    (by, *others) = {one.by for one in found}
    if by in only and not others:
        say_folded(only[by])
        say()


def _say_nothing(text: str, case: str, advice: str) -> None:
    """Say that no term fits and what to do, or that a case has none of its own."""
    if case:
        say_folded(f"{case} has no terms of its own; they are written in {case}/{TERMS_FILE}, or "
                   "added with: hudna add term NAME")  # fmt: skip
        return
    told = text if len(text) <= _SHOWN else f"{text[:_SHOWN]} ..."
    say_folded(f'no term fits "{told}"; {f"how it is coded: {advice}" if advice else _NO_TERM}')


def _case(case: str | None, data: Path) -> str:
    """Return the case whose words count too; empty if none is meant."""
    if case is None:
        try:
            case = chosen_case(data, None)
        except UsageError:
            return ""
        if not (data / case / CASE_FILE).is_file():
            return ""
    refuse_no_case(data / options.case_id(case))
    return case


def _counts(case: str, data: Path, ontology: Vocabulary) -> Counter[tuple[str, str]] | None:
    """Return how often the case uses each term, if it can be read."""
    from ..authoring.words import uses

    counts = uses(data / case, ontology)
    if counts is None:
        say_folded(
            f"uses are not counted: {case} has problems; see: hudna check {case_option(case)}",
            err=True,
        )
    return counts


def _promote(folder: Path, name: str, core: str, *, dry_run: bool, form: str) -> None:
    from ..authoring.recoding import promote

    with without_cycles():
        found = promote(folder, name, core, dry_run=dry_run)
    if form == "json":
        write_json({**found._asdict(), "told": [one._asdict() for one in found.told]})
        return
    values = sum(found.files.values())
    verb = "would be" if dry_run else "is"
    where = f"{counted(values, 'place')} in {counted(len(found.files), 'file')}"
    say_folded(f"{name} {verb} {core}: {where}; it {verb} no more in {TERMS_FILE}")
    for file, count in found.files.items():
        say_folded(f"  {file}: {count}")
    if found.ids:
        say_folded(f"Ids made of it that change too: {len(found.ids)}")
    say_left(name, found.told)


def _say_overview(lists: Sequence[tuple[str, str, int]], form: str) -> None:
    if form == "json":
        write_json([dict(zip(("list", "what", "terms"), row, strict=True)) for row in lists])
        return
    width = max(len(name) for name, _, _ in lists)
    for name, what, count in lists:
        say(f"{name:{width}}  {count:4}  {what}")
    say()
    say_folded(
        "By sense: hudna terms WORD. One list: hudna terms --list topic. "
        "What may join two things: hudna terms --for actor,place"
    )


def _say_in_full(
    found: Sequence[Word], lexicon: Lexicon, counts: Counter[tuple[str, str]] | None
) -> None:
    from ..authoring.words import what
    from ..model.lexicon import By

    guesses = {By.DEFINITION: "  [by its definition]", By.LETTERS: "  [by its letters]"}
    for term, by, cue in found:
        label = f" ({term.called.label})" if term.called.label != term.name else ""
        by_word = f'  [by "{cue}"]' if by is By.WORD else ""
        say(f"{term.name}{label}{guesses.get(by, by_word)}")
        lines = {
            "is": what(term, lexicon),
            "below": f"{term.broader}, a term of the ontology" if term.broader else "",
            "joins": f"{' or '.join(term.domain)} -> {' or '.join(term.range)}"
            if term.domain
            else "",
            "backwards": term.inverse,
            "cue": "" if by is By.WORD else cue,
            "also": ", ".join(term.synonyms),
            "means": term.definition,
            "mind": term.remark,
            "example": term.example,
            "uses": "" if counts is None else f"{counts[term.sort, term.name]} in this case",
        }
        for name, told in lines.items():
            if told:
                say_folded(f"  {name + ':':10} {told}", indent=13)
        say()


def _say_listed(found: Sequence[Word], counts: Counter[tuple[str, str]] | None) -> None:
    width = max(len(term.name) for term, *_ in found)
    for term, *_ in found:
        sign = f"{term.called.sign:+d}" if term.called.sign else ""
        below = f" [below {term.broader}]" if term.broader else ""
        used = counts[term.sort, term.name] if counts else 0
        more = f" (used {used} times)" if used > 1 else " (used once)" if used else ""
        say_folded(f"{term.name:{width}} {sign:2} {term.definition}{below}{more}", indent=width + 4)


def _as_dict(word: Word, counts: Counter[tuple[str, str]] | None) -> dict[str, Any]:
    term = word.term
    return {
        "term": term.name,
        "label": term.called.label,
        "found_by": word.by.name.lower(),
        "cue": word.cue,
        "lists": list(term.lists),
        "broader": term.broader,
        "inverse": term.inverse,
        "synonyms": list(term.synonyms),
        "sign": term.called.sign if term.family else None,
        "family": term.family,
        "group": term.group,
        "domain": list(term.domain),
        "range": list(term.range),
        "definition": term.definition,
        "remark": term.remark,
        "example": term.example,
        "uses": None if counts is None else counts[term.sort, term.name],
    }
