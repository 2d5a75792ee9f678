"""``hudna add``."""

from __future__ import annotations

import datetime
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import UsageError
from . import options
from .completion import completes
from .judged import judged
from .listed import numbered_lines
from .printing import say, say_folded, write, write_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..authoring.adding import AddedThing
    from ..authoring.things import Details
    from ..authoring.wanted import Unread, Wanted


SORTS = ("actor", "place", "topic", "document", "channel", "event", "agreement", "question",
         "clause", "stage", "fulfilment", "note", "judgement", "resolution", "rule",
         "term")  # fmt: skip
_LONG = re.compile(rf"(?:^|\s)--[a-z]|^(?:{'|'.join(SORTS)})\s+(?:\S+\s+)?'")
"""What a line of the long form has: an option, or a word in the shell's single quotes."""


_HELP = """Add things to a case, parts of them, a note, a judgement, a rule, or a term.

\b
  hudna add 'State am=Armenia, az=Azerbaijan alias=Azerbaijani'
  hudna add 'town Goris, Jermuk, Mill Town'
  hudna add 'shelling she="Shelling of the ford" 2020-06-03 victim=townspeople
      | author asserts certain 4.1'
  hudna add - < things.txt

LINE is KIND [ID=]NAME [WHEN] [ROLE=ACTOR] [KEY=VALUE] and, of an event or agreement, who says so
behind a bar, as in hudna say. KIND is a class of actors (State, ArmedGroup), a kind of its list
(town, shelling) or a sort (place, topic, document, channel, question); where a kind is of several
sorts, both: agreement truce. NAME is in the language of the case; quotes are needed where it could
be read otherwise. Without ID one is made of it. Several actors, places or topics have commas
between them; keys before the first name hold for all, keys behind a name for that one:
SocialGroup kind=displacedPeople Refugees, "Camp people" alias=campers.

Things are named by id, by name, or by the beginning of one with a full stop, if only one thing
begins so: gor. for goris. What the file of statements has as defaults may be left out.

Its file gets all keys that it needs. The sentences that mention an actor, place or topic are looked
for in the texts of the sources, by its name and aliases as whole words; look at them.

With "-" each line of standard input is such a line, or has the long form, and may name what those
before it add. All are written or none. What the case does not allow is told.

The long form is SORT NAME with options; SORT may be a kind or class. Terms, notes, judgements,
what a name means (add resolution THING NAME) and rules for figures in which voices disagree (add
rule prefer VOICE,VOICE or range, defer, pending) have this form only.
"""


@click.command(
    "add",
    help=_HELP,
    epilog="\b\nParts of an agreement; without one, of that added last or the only one:\n"
    "  clause [AGREEMENT] TOPIC[,TOPIC] LABEL [text=TEXT] [obligor=ACTOR]\n"
    "      [beneficiary=ACTOR] | CLAIM\n"
    "  stage [AGREEMENT] STAGE [WHEN] | CLAIM\n"
    "  fulfilment CLAUSE STATE [WHEN] | CLAIM\n\n"
    "\b\nKeys:\n"
    "  id, note, kind, other and, as far as it has them, alias, class, identity,\n"
    "  mentioned, process, party, place, when, about, exclusive; of an event or\n"
    "  agreement also roles (hudna terms --list role) and the keys of a statement\n"
    "  (hudna say --help). Of these and of parts of agreements, where nobody\n"
    "  says that it is so: condition-of=STATEMENT, option-of=STATEMENT\n\n"
    "\b\nExamples:\n"
    "  hudna add 'place Kechut other=reservoir'\n"
    "  hudna add 'agreement truce Ford truce 2020-05-05 party=guard,council\n"
    "      | author asserts certain 4.1'\n"
    "  hudna add 'clause road Carts pass obligor=guard | author asserts certain 4.2'\n"
    "  hudna add 'shelling Another shelling condition-of=council-leaves'\n"
    "  hudna add 'question Who shelled the ford? about=she exclusive=true'\n\n"
    "\b\nIn the long form:\n"
    "  hudna add State Armenia --id am\n"
    "  hudna add shelling 'Shelling of the ford' --when 2020-06-03 \\\n"
    "      --role victim=townspeople --claim 'author asserts certain 4.1'\n"
    "  hudna add clause ag-truce 'road | Carts | Carts pass. | obligor=guard' \\\n"
    "      --claim 'author asserts certain 4.1'\n"
    "  hudna add term starvesOut --broader besieges --label 'starves out' \\\n"
    "      --inverse 'is starved out by' --definition 'The subject keeps food from the object.'\n"
    "  hudna add note 'Both count anew.' --on guard-size --passage report-2020#3.1\n"
    "  hudna add judgement guard river-guard --same --reason 'One chief.' \\\n"
    "      --passage report-2020#2.1\n"
    "  hudna add rule prefer ucdp-ged,acled --predicate hasDeathToll --by editors \\\n"
    "      --reason 'It checks each report.'",
)
@click.argument(
    "sort",
    metavar="[LINE|SORT|-]",
    shell_complete=lambda _ctx, _param, begun: [one for one in SORTS if one.startswith(begun)],
)
@click.argument("name", default="")
@click.argument("part", default="")
@click.option("--id", default="", metavar="ID", help="Its id.  [default: made of the name]")
@click.option(
    "--class",
    "classes",
    multiple=True,
    metavar="CLASS",
    help="What it is: Person, ArmedGroup and so on; may be repeated.",
)
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    metavar="KIND",
    help="A kind of its list, as in hudna terms --list event-kind.",
)
@click.option("--other", default="", metavar="TEXT", help="What it is, with the kind other.")
@click.option(
    "--alias",
    "aliases",
    multiple=True,
    metavar="NAME[@LANGUAGE]",
    help="A further name; may be repeated.",
)
@click.option(
    "--identity",
    default="",
    metavar="IDENTITY",
    help="Of an actor: unnamed, withheld, collective, hypothetical.  [default: named]",
)
@click.option(
    "--mentioned",
    multiple=True,
    metavar="SOURCE#SENTENCE",
    help="A sentence that shows it; may be repeated.  [default: those that name it]",
)
@click.option("--process", default="", metavar="EVENT", help="The talks process it belongs to.")
@click.option(
    "--party",
    "parties",
    multiple=True,
    metavar="ACTOR",
    shell_complete=completes("actor"),
    help="A side of an agreement; may be repeated.",
)
@click.option(
    "--role",
    "roles",
    multiple=True,
    metavar="ROLE=ACTOR",
    help="Who has a part in it; may be repeated.",
)
@click.option("--when", default="", metavar="DATE", help="When it came about (EDTF).")
@click.option(
    "--place",
    default="",
    metavar="PLACE",
    shell_complete=completes("place"),
    help="Where it came about.",
)
@click.option(
    "--claim",
    "claims",
    multiple=True,
    metavar="CLAIM",
    help="Who says so: VOICE STANCE CERTAINTY SOURCE#SENTENCE; may be repeated.",
)
@click.option(
    "--condition-of",
    multiple=True,
    metavar="STATEMENT",
    help="A statement that holds only if it is so; what is only that needs no claim.",
)
@click.option(
    "--option-of",
    multiple=True,
    metavar="STATEMENT",
    help="A statement of whose options it is one, likewise.",
)
@click.option(
    "--clause",
    "clauses",
    multiple=True,
    metavar="CLAUSE",
    help="TOPIC | LABEL | TEXT, and perhaps | KEY=VALUE: obligor, beneficiary, place, other, "
    "note, claim; may be repeated.",
)
@click.option("--about", multiple=True, metavar="ID", help="What a question is about.")
@click.option(
    "--exclusive/--not-exclusive",
    default=None,
    help="Whether a question has at most one right answer.",
)
@click.option(
    "--broader", default="", metavar="TERM", help="Of a term: that of the ontology above it."
)
@click.option("--label", default="", metavar="TEXT", help="What a term is called, in English.")
@click.option("--inverse", default="", metavar="TEXT", help="Its label from the other end.")
@click.option("--definition", default="", metavar="TEXT", help="What it means, as a sentence.")
@click.option("--example", default="", metavar="TEXT", help="A use of it.")
@click.option(
    "--synonym",
    "synonyms",
    multiple=True,
    metavar="WORD",
    help="A word that means the same as a term; may be repeated.",
)
@click.option(
    "--sign",
    type=click.IntRange(-1, 1),
    default=None,
    help="Of a predicate: 1, 0 or -1.  [default: as the broader one]",
)
@click.option(
    "--aspect", default="", metavar="act|state", help="[default: that of the broader one]"
)
@click.option(
    "--list",
    "lists",
    multiple=True,
    metavar="LIST",
    shell_complete=completes("list of terms"),
    help="A list that a kind is in; may be repeated.  [default: those of the broader one]",
)
@click.option(
    "--on", multiple=True, metavar="ID", help="What a note or rule is on; may be repeated."
)
@click.option(
    "--predicate",
    "predicates",
    multiple=True,
    metavar="PREDICATE",
    help="Of a rule: for figures told by it; may be repeated.",
)
@click.option("--awaits", default="", metavar="TEXT", help="Until what a rule leaves it open.")
@click.option(
    "--passage",
    "passages",
    multiple=True,
    metavar="SOURCE#SENTENCE",
    help="What a note or judgement rests on; may be repeated.",
)
@click.option("--same", "judgement", flag_value="same", help="Judged: both things are one.")
@click.option("--different", "judgement", flag_value="different", help="Judged: they are two.")
@click.option("--unsure", "judgement", flag_value="unsure", help="Judged: nobody can tell.")
@click.option(
    "--certainty",
    default="",
    metavar="CERTAINTY",
    help="How sure a judgement or resolution is.  [default: probable]",
)
@click.option("--reason", default="", metavar="TEXT", help="Why it is judged or ruled so.")
@judged
@click.option("--note", default="", metavar="TEXT", help="What a reader must know.")
@click.option(
    "--texts",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="Folder of the texts of the sources.  [default: where source add keeps them]",
)
@options.dry_run("would be written")
@options.case
@options.data
@options.form
def command(
    sort: str,
    name: str,
    part: str,
    texts: Path | None,
    dry_run: bool,
    case: str,
    data: Path,
    form: str,
    **details: Any,  # noqa: ANN401 - the options of ``Details``
) -> None:
    """Run ``hudna add``."""
    from ..authoring.adding import add, add_all
    from ..authoring.texts import texts_at_hand
    from ..authoring.wanted import Wanted

    folder = texts_at_hand(case, texts)
    if sort == "rule":
        details["decided"] = details["decided"] or datetime.date.today().isoformat()
    if (
        not name
        and sort not in SORTS
        and any(one not in (None, "", ()) for one in details.values())
    ):
        raise click.UsageError("options go with SORT NAME; in a line they are written KEY=VALUE")
    if sort == "-":
        every, unread = _lines()
        found = add_all(data / case, every, folder, unread=unread, dry_run=dry_run)
    elif name:
        wanted = Wanted(sort, name, _details(details), part)
        found = add(data / case, wanted, folder, dry_run=dry_run)
    elif sort in SORTS:
        raise click.UsageError(f"which {sort}? write its name behind it")
    else:
        found = add(data / case, sort, folder, dry_run=dry_run)
    if form == "json":
        listed = [one._asdict() for one in found]
        write_json(listed[0] if name else listed)
        return
    for one in found:
        _say(one, dry_run=dry_run)
    if unnamed := [one.id for one in found if _is_unnamed(one)]:
        say_folded(
            "named in no sentence at hand by these names; claims on them will show them, else the "
            "names that the text has, or mentioned: ",
            ", ".join(unnamed),
        )


def _lines() -> tuple[list[tuple[int, Wanted | str]], list[Unread]]:
    """Return what the lines of standard input want to be added, and those that cannot be read."""
    from ..authoring.wanted import Unread, Wanted

    found: list[tuple[int, Wanted | str]] = []
    wrong = []
    for number, line in numbered_lines():
        if not (_LONG.search(line) or _has_bars_in_quotes_only(line)):
            found.append((number, line))
            continue
        try:
            given = command.make_context("add", shlex.split(line)).params
            if not given["name"] or given["sort"] == "-":
                raise click.UsageError("write SORT NAME, and what options it needs")
            details = _details(given)
        except (click.ClickException, ValueError) as error:
            text = error.message if isinstance(error, click.ClickException) else str(error)
            wrong.append(Unread(number, *_first_words(line), text))
            continue
        wanted = Wanted(given["sort"], given["name"], details, given["part"])
        found.append((number, wanted))
    return found, wrong


def _has_bars_in_quotes_only(line: str) -> bool:
    """Return whether a line is a clause of the long form without an option."""
    from ..authoring.tokens import pieces_of

    try:
        return line.startswith("clause ") and "|" in line and len(pieces_of(line)) == 1
    except UsageError:
        return False


def _details(given: Mapping[str, Any]) -> Details:
    """Return what options say of a thing."""
    from ..authoring.things import Details

    own = {key: given[key] for key in Details.__dataclass_fields__ if key in given}
    return Details(**{**own, "judgement": own["judgement"] or ""})


def _first_words(line: str) -> tuple[str, str]:
    """Return what a line of the long form adds, and the word by which others may name it."""
    try:
        words = shlex.split(line)
    except ValueError:
        words = line.split()
    return (*words, "", "")[0], (*words, "", "")[1]


def _is_unnamed(added: AddedThing) -> bool:
    """Return whether something that texts may name is named in none of their sentences."""
    named = added.proposed or added.unmatched or "\nmentioned = " in added.text
    return not named and added.file.startswith(("actors/", "places/", "topics/"))


def _say(added: AddedThing, *, dry_run: bool) -> None:
    say_folded(f"{added.file}: {'would be written' if dry_run else 'written'}, id {added.id}")
    if added.proposed:
        say_folded(
            f"mentioned in {len(added.proposed)}, by its names; look at them: ",
            ", ".join(added.proposed),
        )
    elif added.unmatched:
        say_folded(f"which sentences name it is not known, for {added.unmatched}")
    if dry_run:
        say()
        write(added.text)
