"""``hudna new``."""

from __future__ import annotations

from pathlib import Path

import click

from ..errors.counting import counted
from ..model.folders import case_option
from ..model.folders import example as first_example
from . import options
from .printing import say
from .tables import shown_path


@click.command("new", epilog='Example: hudna new mill --title "The mill, 2019" --editor "A. Coder"')
@click.argument("case", required=False,
                callback=lambda _ctx, _param, told: told and options.case_id(told))  # fmt: skip
@click.option("--title", help="Its title.  [default: made of the id]")
@click.option("--editor", help="Who codes it.  [default: Editors of TITLE]")
@click.option("--language", default="en", show_default=True, metavar="TAG",
              help="The language that it is coded in.")  # fmt: skip
@click.option("--description", help="What it is about, in a sentence or two.")
@click.option("--licence", default="CC-BY-4.0", show_default=True,
              help="Under which its data may be passed on.")  # fmt: skip
@click.option("--example", metavar="CASE",
              help="A copy of a case that comes with Hudna.")  # fmt: skip
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), default=Path("data"),
              help="Folder of the cases.  [default: data/ here]")  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
def command(
    case: str | None,
    title: str | None,
    editor: str | None,
    language: str,
    description: str | None,
    licence: str,
    example: str | None,
    data: Path,
    quiet: bool,
) -> None:
    """Begin a case: its folder, its own file and its editor; or copy an example.

    The new case can be built at once, and is then filled with "hudna source add", "hudna add" and
    "hudna say". Nothing that is there is overwritten.
    """
    from ..authoring import beginning
    from ..authoring.editing import begin, write_schemas

    if example is not None:
        if case not in (None, example):
            raise click.UsageError(f"an example keeps its name: hudna new --example {example}")
        case, files = example, beginning.example(example)
    elif case is None:
        raise click.UsageError(
            f"name the case, as in hudna new mill; or --example {first_example()}"
        )
    else:
        title = title or case.replace("-", " ").capitalize()
        files = beginning.begun(
            case, title, editor or f"Editors of {title}", language, description or title, licence
        )
    begin(data / case, files)
    write_schemas(data)
    if quiet:
        return
    say(f"Begun: {shown_path(data / case)}, with {counted(len(files), 'file')}")
    for line in _next(case, data, example):
        say(f"  {line}")


def _next(case: str, data: Path, example: str | None) -> list[str]:
    """Return what to do next, as it can be typed here."""
    from ..model.folders import cases

    where = "" if data == Path("data") else f" --data {data}"
    named = f" {case_option(case)}" if len(cases(data)) > 1 else ""
    steps = [f"hudna build{named}{where}", f"hudna view{named}"]
    if example is None:
        steps = [f"hudna source add article.txt --help{named}{where}", *steps]
    return steps
