"""``hudna identify``."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import InputOutputError, UsageError
from ..errors.counting import counted, plural
from . import options
from .completion import completes
from .judged import judged
from .printing import say, say_folded, write_json

if TYPE_CHECKING:
    from ..authoring.identity.candidates import Candidate, Candidates
    from ..model import Case
    from ..model.vocabulary import Vocabulary

_DECIDE = ("same", "different", "unsure")
_ACTS = (*_DECIDE, "withdraw")
PROPOSER = "hudna identify"
_EPILOG = """\b
Examples:
  hudna identify
  hudna identify --with other-case
  hudna identify --with actors.csv --scheme ucdp-actor
  hudna identify same river-guard ucdp-actor:1234 --by editors \\
      --reason 'Both name the same chief.' --score 0.91
  hudna identify withdraw river-guard-and-ucdp-actor-1234 \\
      --reason 'The list means the guard of the weir.'
  hudna identify --export sssom judged.sssom.tsv
  hudna identify --take theirs.sssom.tsv --by editors --dry-run
"""


@click.command("identify", epilog=_EPILOG)
@click.argument("act", default="", metavar="[same|different|unsure|withdraw]",
                shell_complete=lambda _ctx, _param, begun: [
                    one for one in _ACTS if one.startswith(begun)])  # fmt: skip
@click.argument("left", default="", shell_complete=completes("thing"))
@click.argument("right", default="", shell_complete=completes("thing"))
@click.option("--with", "other", default="", metavar="CASE|FILE",
              help="Compare with another case, by id or folder, or with a list: CSV or TSV of "
              "names and ids, SSSOM, lines of nomenklatura.")  # fmt: skip
@click.option("--scheme", default="", metavar="SCHEME",
              help="What the ids of a list are called.  [default: as its columns tell, or its "
              "file]")  # fmt: skip
@click.option("--of", "thing", default="", metavar="THING", shell_complete=completes("thing"),
              help="Only candidates for one thing.")  # fmt: skip
@click.option("--least", type=click.FloatRange(0, 1), default=0.3, show_default=True,
              help="The lowest score that is shown.")  # fmt: skip
@click.option("--most", type=click.IntRange(1), default=20, show_default=True,
              help="How many are shown.")  # fmt: skip
@click.option("--reason", default="", metavar="TEXT", help="Why it is decided so.")
@judged
@click.option("--certainty", default="", metavar="CERTAINTY",
              help="How sure it is.  [default: probable]")  # fmt: skip
@click.option("--passage", "passages", multiple=True, metavar="SOURCE#SENTENCE",
              help="What it rests on; may be repeated.")  # fmt: skip
@click.option("--score", type=click.FloatRange(0, 1), default=None,
              help="The score with which it was proposed here.")  # fmt: skip
@click.option("--export", "form_out", type=click.Choice(["sssom", "nomenklatura"]), default=None,
              help="Write what is judged and public into a file, named behind it.")  # fmt: skip
@click.option("--take", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              metavar="FILE",
              help="Add the decisions of a file: SSSOM, lines of nomenklatura.")  # fmt: skip
@options.dry_run("would be written")
@options.case
@options.data
@options.form
def command(
    act: str,
    left: str,
    right: str,
    other: str,
    form_out: str | None,
    take: Path | None,
    case: str,
    data: Path,
    form: str,
    **given: Any,  # noqa: ANN401 - values of the other options
) -> None:
    """Show what may be one, with score and reasons, and write what is decided of it.

    Candidates for one actor, place, agreement or event are found by names in Latin and Arabic
    letters, identifiers in other lists, kinds, and with whom, where and when they are told of;
    within the case, or with another case or a list. The score puts them in order and is no
    probability. People decide: whoever is unnamed or withheld is never proposed, nor what is
    decided already or follows from it.

    same, different and unsure write a decision on two things into identity.toml; RIGHT may be
    LIST:ID of a list, or CASE:ID. withdraw LEFT takes back the judgement of that id: it stays
    written with day and reason, and counts for nothing.
    """
    folder = data / case
    if form_out:
        _export(folder, form_out, act, left)
    elif take:
        _take(folder, take, given, form)
    elif act == "withdraw":
        _withdraw(folder, left, given, form)
    elif act in _DECIDE:
        _decide(folder, act, (left, right), given, form)
    elif act:
        raise click.UsageError(f'"{act}" is none of {", ".join(_ACTS)}')
    else:
        _show(folder, other, given, form)


def _decide(
    folder: Path, act: str, sides: tuple[str, str], given: dict[str, Any], form: str
) -> None:
    from ..authoring.adding import add
    from ..authoring.things import Details
    from ..authoring.wanted import Wanted

    if not given["judge"]:
        raise UsageError("who decides? give --by ACTOR, an actor of the case")
    score = given["score"]
    details = Details(
        judgement=act,
        certainty=given["certainty"],
        reason=given["reason"],
        passages=given["passages"],
        judge=given["judge"],
        decided=given["decided"] or _today(),
        proposed_by=PROPOSER if score is not None else "",
        score=score,
    )
    wanted = Wanted("judgement", sides[0], details, sides[1])
    (found,) = add(folder, wanted, dry_run=given["dry_run"])
    _written(found.file, found.id, found.text, given, form)


def _withdraw(folder: Path, name: str, given: dict[str, Any], form: str) -> None:
    from ..authoring.identity.deciding import withdraw

    day = given["decided"] or _today()
    found = withdraw(folder, name, given["reason"], day, dry_run=given["dry_run"])
    _written(found.file, found.id, found.diff, given, form)


def _written(file: str, own: str, text: str, given: dict[str, Any], form: str) -> None:
    if form == "json":
        write_json({"file": file, "id": own, "text": text})
        return
    say_folded(f"{file}: {'would be written' if given['dry_run'] else 'written'}, id {own}")
    if given["dry_run"]:
        say()
        for line in text.splitlines():
            say(line)


def _today() -> str:
    return datetime.date.today().isoformat()


def _take(folder: Path, path: Path, given: dict[str, Any], form: str) -> None:
    from ..authoring.identity.deciding import take

    found = take(folder, path, given["judge"], dry_run=given["dry_run"])
    if form == "json":
        write_json({"added": [one.id for one in found.added], "known": found.known,
                    "passed_over": found.over})  # fmt: skip
        return
    would = "would be added" if given["dry_run"] else "added"
    say_folded(f"{counted(len(found.added), 'judgement')} {would}, {found.known} known already")
    for why, count in found.over.items():
        say_folded(f"passed over: {count} {why}")


def _export(folder: Path, form: str, *words: str) -> None:
    from ..authoring.identity import nomenklatura, sssom

    name, surplus = words
    if not name or surplus:
        raise click.UsageError(f"write one file behind --export {form}")
    case, path = _public(folder), Path(name)
    if form == "nomenklatura":
        _write(path, nomenklatura.written(case))
        return
    found = sssom.written(case)
    _write(path, found.positive)
    _write(sssom.negatives_beside(path), found.negative)
    for why, count in found.left_out.items():
        say_folded(f"left out: {count} {why}")


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, "utf-8", newline="\n")
    except OSError as error:
        raise InputOutputError(f"{path}: {error.strerror or error}") from error
    say_folded(f"written: {path}")


def _public(folder: Path) -> Case:
    """Return a case with the judgements that everybody may see."""
    from dataclasses import replace

    from .. import reader
    from ..model import vocabulary
    from ..reader.access import hidden

    case = reader.read(folder, vocabulary.load())
    shown = hidden(case)
    if shown is None:
        return case
    return replace(case, judgements=tuple(shown.shown(case.judgements)))


def _show(folder: Path, other: str, given: dict[str, Any], form: str) -> None:
    """Print the candidates."""
    from .. import reader
    from ..model import vocabulary

    ontology = vocabulary.load()
    case = reader.read(folder, ontology)
    found = _found(case, other, folder.parent, ontology, given)
    thing = given["thing"]
    pairs = [one for one in found.pairs if not thing or thing in (one.left.id, one.right.id)]
    if form == "json":
        write_json({"candidates": [_as_json(one) for one in pairs], "related": found.related,
                    "decided": found.decided})  # fmt: skip
        return
    for one in pairs[: given["most"]]:
        _say_candidate(one)
    for told in found.related:
        say_folded(told)
    more = len(pairs) - given["most"]
    if more > 0:
        say_folded(f"{more} more; show them with --most {len(pairs)}")
    decided = f"{counted(found.decided, 'pair')} {plural(found.decided, 'is', 'are')} decided"
    say_folded(f"{counted(len(pairs), 'candidate')}; {decided} already")
    if pairs:
        say_folded("decide with: hudna identify same|different|unsure LEFT RIGHT --reason TEXT "
                   "--by ACTOR --score SCORE")  # fmt: skip


def _found(
    case: Case, other: str, data: Path, ontology: Vocabulary, given: dict[str, Any]
) -> Candidates:
    """Return the candidates in the case, or with another case or a file."""
    from ..authoring.identity.candidates import candidates, proposed_by_file
    from ..authoring.identity.deciding import told_by
    from ..authoring.identity.entries import entries_of
    from ..importers.listed import list_of

    left = entries_of(case, ontology.classes)
    if not other:
        return candidates(left, None, case.judgements, ontology, given["least"])
    path = Path(other)
    if path.is_file():
        if told := told_by(path, case):
            return proposed_by_file(left, told[0], case.judgements, path.name)
        right = list_of(path, given["scheme"])
        return candidates(left, right, case.judgements, ontology, given["least"])
    from .. import reader

    folder = path if (path / "case.toml").is_file() else data / other
    if not (folder / "case.toml").is_file():
        raise UsageError(f"{other}: is no file, and no case in {data}")
    second = reader.read(folder, ontology)
    right = entries_of(second, ontology.classes, f"{second.id}:")
    return candidates(left, right, case.judgements, ontology, given["least"])


def _say_candidate(one: Candidate) -> None:
    say_folded(f"{one.weighed.score:.2f}  {one.left.label} ({one.left.id}) = "
               f"{one.right.label} ({one.right.id})")  # fmt: skip
    for reason in one.weighed.reasons:
        say_folded(f"      {reason}")
    for against in one.weighed.against:
        say_folded(f"      but {against}")


def _as_json(one: Candidate) -> dict[str, Any]:
    return {
        "left": one.left.id,
        "left_label": one.left.label,
        "right": one.right.id,
        "right_label": one.right.label,
        "sort": one.left.sort,
        **one.weighed._asdict(),
    }
