"""``hudna schemas``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from ..errors.counting import counted
from . import options
from .printing import say, write_json
from .tables import shown_path

if TYPE_CHECKING:
    from pathlib import Path


@click.command("schemas", epilog="Example: hudna schemas --write --first-lines")
@click.argument("name", required=False)
@click.option("--write", is_flag=True, help="Write them into the folder .schemas of --data.")
@click.option("--first-lines", is_flag=True,
              help="With --write: let each file of the case name its schema.")  # fmt: skip
@options.case_of("The case of --first-lines.  [default: HUDNA_CASE, else the only one]")
@options.data
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
def command(
    name: str | None, write: bool, first_lines: bool, case: str | None, data: Path, quiet: bool
) -> None:
    """Show or write what editors of TOML are told of the authored files.

    There is a JSON Schema (draft-07) for each kind of file, made from what "hudna check" asks of
    it: its keys, the words that fit, and what they mean. An editor that reads it, such as one with
    Tombi or Taplo, completes and explains them while you write. It cannot see all that is wrong:
    that is left to "hudna check".

    Shows that of one NAME, such as actor, or all. The file that begins with the line
    "#:schema ../../.schemas/actor.json" is read with it.
    """
    from ..authoring import json_schemas
    from ..authoring.beginning import add_first_lines
    from ..authoring.editing import write_schemas
    from ..errors import UsageError, suggestion
    from ..model import vocabulary
    from ..model.folders import chosen_case

    if first_lines and not write:
        raise click.UsageError("--first-lines needs --write, so that there is what they name")
    if write and name:
        raise click.UsageError("--write writes all schemas; leave the name out")
    known = json_schemas.NAMES
    if name and name not in known:
        hint = suggestion(name, known) or f"; there is {', '.join(known)}"
        raise UsageError(f'no schema "{name}"{hint}')
    if not write:
        known_words = json_schemas.words_of_all(data, vocabulary.load())
        told = json_schemas.json_schemas(known_words)
        parsed = {one: json.loads(text) for one, text in told.items()}
        write_json(parsed[name] if name else parsed)
        return
    chosen = case or chosen_case(data, None) if first_lines else ""
    folder = write_schemas(data)
    changed = add_first_lines(data / chosen) if chosen else 0
    if quiet:
        return
    say(f"Written: {shown_path(folder)}, with {counted(len(known), 'schema')}")
    if chosen:
        names = counted(changed, "file names its schema", "files name their schema")
        say(f"{chosen}: {names} now; all others did before")
