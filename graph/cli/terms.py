"""``hudna terms``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from . import options
from .completion import completes
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
    'fits, code an event of the kind "other", or write a note'
)
_MOST = 8
"""So many terms are shown in full; more are listed, one a line."""
_SHOWN = 60
"""So many letters of what was looked for are told where nothing fits."""


@click.command(
    "terms",
    epilog="\b\nExamples:\n  hudna terms supports\n  hudna terms --for actor,place\n"
    "  hudna terms ceasefire --list topic",
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
@options.case_of(
    "The case whose uses are counted, by its id.  "
    "[default: the one that is meant, if there is one]",
)
@options.data
@options.form
def command(
    words: tuple[str, ...], ends: str, listed: str, case: str | None, data: Path, form: str
) -> None:
    """Find the word for what a sentence says: predicates, roles, kinds, topics, stances.

    A word is looked for among labels and synonyms first, then in definitions, and by its letters
    last. A term is shown with what it is, what it joins, its definition, an example, and how often
    the case uses it, if there is one; neither a case nor a build is needed.
    """
    from ..authoring.words import looked_up, overview
    from ..model import vocabulary
    from ..model.lexicon import Lexicon

    ontology = vocabulary.load()
    lexicon = Lexicon(ontology)
    text = " ".join(" ".join(words).split())
    counts = _counts(case, data, ontology)
    if not (text or ends or listed):
        _say_overview(overview(lexicon), form)
        return
    found = looked_up(lexicon, text, ends, listed)
    if form == "json":
        write_json([_as_dict(one, counts) for one in found])
    elif not found:
        told = text if len(text) <= _SHOWN else f"{text[:_SHOWN]} ..."
        say_folded(f'no term fits "{told}"; {_NO_TERM}')
    elif len(found) <= _MOST or text:
        from ..model.lexicon import By

        if all(one.by is By.LETTERS for one in found):
            say_folded("by its sense none fits; these are only written alike:")
            say()
        _say_in_full(found[:_MOST], lexicon, counts)
        if more := found[_MOST:]:
            say_folded("Also: ", ", ".join(one.term.name for one in more))
    else:
        _say_listed(found, counts)


def _counts(case: str | None, data: Path, ontology: Vocabulary) -> Counter[tuple[str, str]] | None:
    """Return how often the case uses each term, if there is a case that can be read."""
    from ..authoring.words import uses
    from ..errors import UsageError
    from ..model.folders import CASE_FILE, case_option, chosen_case

    if case is None:
        try:
            case = chosen_case(data, None)
        except UsageError:
            return None
        if not (data / case / CASE_FILE).is_file():
            return None
    counts = uses(data / options.case_id(case), ontology)
    if counts is None:
        say_folded(
            f"uses are not counted: {case} has problems; see: hudna check {case_option(case)}",
            err=True,
        )
    return counts


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
        say(f"{term.name}{label}{guesses.get(by, '')}")
        lines = {
            "is": what(term, lexicon),
            "joins": f"{' or '.join(term.domain)} -> {' or '.join(term.range)}"
            if term.domain
            else "",
            "backwards": term.inverse,
            "cue": cue,
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
        used = counts[term.sort, term.name] if counts else 0
        more = f" (used {used} times)" if used > 1 else " (used once)" if used else ""
        say_folded(f"{term.name:{width}} {sign:2} {term.definition}{more}", indent=width + 4)


def _as_dict(word: Word, counts: Counter[tuple[str, str]] | None) -> dict[str, Any]:
    term = word.term
    return {
        "term": term.name,
        "label": term.called.label,
        "found_by": word.by.name.lower(),
        "cue": word.cue,
        "lists": list(term.lists),
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
