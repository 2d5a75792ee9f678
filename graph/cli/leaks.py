"""``hudna leaks``."""

from __future__ import annotations

from pathlib import Path

import click

from ..errors.counting import counted
from . import options
from .printing import say_folded, write_json


@click.command("leaks", epilog="Example: hudna leaks ~/never-to-be-seen.txt --case mycase")
@click.argument(
    "tokens", metavar="TOKENFILE", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@options.case
@options.data
@options.public
@options.form
@click.option("--most", type=click.IntRange(1), default=5, show_default=True, metavar="N",
              help="Tell of so many files for each text, and how many more there are.")  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but what was found.")
@click.pass_context
def command(
    ctx: click.Context,
    tokens: Path,
    case: str,
    data: Path,
    public: Path,
    form: str,
    most: int,
    quiet: bool,
) -> None:
    """Look whether texts that must not be seen come out of a build.

    TOKENFILE has one text a line: a name in each of its scripts, a number, an address. Each is
    looked for in all files of the build and in all exports, but not in what the ontology says and
    in the code of the page. What was found is told by its line, not by its text, with the first
    place in each file. Exits with 1 if there is any, or if git has files of the case that an import
    keeps out of it, as they may not be passed on; as JSON, these are of line 0.
    """
    from ..build.case import open_build
    from ..build.leaks import leaks, tokens_in
    from ..importers.keeping_out import told_of, tracked

    looked_for = tokens_in(tokens)
    found = leaks(open_build(case, public), looked_for)
    in_git = tracked(data / case)
    if form == "json":
        told: list[dict[str, object]] = [
            {"line": one.line, "places": one.places, "at": [place._asdict() for place in one.at]}
            for one in found
        ]
        kept = [{"line": 0, "places": in_git, "at": []}] if in_git else []
        write_json([*told, *kept])
    else:
        for one in found:
            more = f", and {counted(len(one.at) - most, 'more file')}" * (len(one.at) > most)
            say_folded(f"{tokens.name}:{one.line}: in {', '.join(map(str, one.at[:most]))}{more}")
        for problem in told_of(data / case, in_git):
            say_folded(str(problem))
        if not quiet and not found:
            texts = counted(len(looked_for), "text")
            say_folded(f"{case}: {texts} looked for, none comes out of the build")
    ctx.exit(1 if found or in_git else 0)
