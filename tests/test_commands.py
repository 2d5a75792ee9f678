"""The reference of the command line is made from the commands, and its tables fit the code.

After a change of a command that is meant: ``pytest tests/test_commands.py --bless``.
"""

from __future__ import annotations

import re
from inspect import cleandoc
from itertools import chain, groupby
from pathlib import Path
from textwrap import dedent, indent, wrap
from typing import TYPE_CHECKING

import click
import pytest
from commanding import CONTEXTS

from graph.cli import main
from graph.cli.main import COMMANDS, OWN_MISTAKE

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).resolve().parents[1]
PAGE = PROJECT / "docs" / "commands.md"
MARK = "<!-- The rest is made from the commands: see tests/test_commands.py. -->\n"
CODE = "\n".join(path.read_text("utf-8") for path in sorted((PROJECT / "graph").rglob("*.py")))
WIDTH = 80
UNBROKEN = "\N{NO-BREAK SPACE}"


def reference() -> str:
    """Return what the page says of the commands, in Markdown of at most 80 columns."""
    parts = [f"## All commands\n\n{_listed()}"]
    for name, ctx in CONTEXTS.items():
        mark = "#" * (2 + name.count(" "))
        parts.append(f"{mark} hudna {name}\n\n" + "\n\n".join(_of(ctx.command, ctx)) + "\n")
    return "\n".join(parts)


def _listed() -> str:
    names = [_item(f"[hudna {name}](#hudna-{name})", says) for name, says in COMMANDS.items()]
    asking = ", ".join(main.context_settings["help_option_names"])
    options = [_option(option) for option in main.params if isinstance(option, click.Option)]
    options.append(_item(f"`{asking}`", "With or without a command: show what it takes."))
    return "\n".join([*names, *options]) + "\n"


def _of(command: click.Command, ctx: click.Context) -> Iterator[str]:
    yield "\n".join(_code(" ".join([ctx.command_path, *command.collect_usage_pieces(ctx)])))
    for paragraph in cleandoc(command.help or "").split("\n\n"):
        kept = paragraph.startswith("\b\n")  # so does click: lines as they stand are examples
        yield indent(dedent(paragraph[2:]), "    ") if kept else _prose(paragraph)
    options = (param for param in command.params if isinstance(param, click.Option))
    told = [option for option in options if not option.hidden]
    if told:
        yield "\n".join(map(_option, told))
    yield from _examples(cleandoc(command.epilog or "").replace("\b\n", ""))


def _option(option: click.Option) -> str:
    record = option.get_help_record(click.Context(main))
    assert record is not None
    return _item(f"`{record[0]}`", record[1])


def _item(name: str, says: str) -> str:
    return _prose(f"- {name.replace(' ', UNBROKEN)}: {says}", after="  ")


def _examples(text: str) -> Iterator[str]:
    """Yield the parts of an epilog: what is indented or stands after "Example: " is code."""
    lines = text.replace("Example: ", "Example:\n  ").splitlines()
    for is_code, part in groupby(filter(None, lines), lambda line: line.startswith("  ")):
        if is_code:
            yield "\n".join(chain.from_iterable(_code(line.strip()) for line in part))
        else:
            yield _prose(" ".join(part))


def _prose(text: str, after: str = "") -> str:
    found = wrap(
        " ".join(re.split(r"[ \n]+", text.strip(" \n"))),
        WIDTH,
        subsequent_indent=after,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(found).replace(UNBROKEN, " ")


def _code(line: str) -> Iterator[str]:
    """Yield a command in lines that fit; quoted words and options with values stay whole."""
    indent, now = "    ", ""
    for word in re.findall(r"(?:--[\w-]+ (?!-))?(?:'[^']*'|\"[^\"]*\"|\S)+", line):
        if now and len(indent) + len(now) + len(word) > WIDTH - 3:
            yield f"{indent}{now} \\"
            indent, now = "      ", ""
        now = f"{now} {word}".strip()
    yield indent + now


def listed(title: str) -> list[str]:
    """Return what stands as code before the colons of the list below a title of the page."""
    text = PAGE.read_text("utf-8").partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    heads = re.findall(r"^- (`.+?`): ", text, re.MULTILINE)
    return [name for head in heads for name in re.findall(r"`([\w.-]+)`", head)]


def test_the_reference_is_that_of_the_commands(bless: bool) -> None:
    head, mark, told = PAGE.read_text("utf-8").partition(MARK)
    assert mark
    if bless:
        told = f"\n{reference()}"
        PAGE.write_text(head + mark + told, "utf-8")
    assert told == f"\n{reference()}", "run pytest tests/test_commands.py --bless"


def test_every_option_with_a_name_is_told_below_its_command() -> None:
    """Not by way of what makes the page: the names as they stand in its text."""
    sections = re.split(
        r"^###? hudna (\w+(?: \w+)?)$", PAGE.read_text("utf-8"), flags=re.MULTILINE
    )[1:]
    of_command = dict(zip(sections[::2], sections[1::2], strict=True))
    assert list(of_command) == list(CONTEXTS)
    for name, text in of_command.items():
        for param in CONTEXTS[name].command.params:
            if getattr(param, "hidden", False):
                continue
            missing = [one for one in param.opts if one.startswith("-") and one not in text]
            assert not missing, name


def test_it_can_be_read_in_a_terminal() -> None:
    assert [line for line in PAGE.read_text("utf-8").splitlines() if len(line) > WIDTH] == []


def test_it_names_no_folder_of_this_machine() -> None:
    assert str(PROJECT) not in PAGE.read_text("utf-8")
    assert str(Path.home()) not in PAGE.read_text("utf-8")


def test_every_exit_code_is_told() -> None:
    raised = re.findall(r"exit_code: ClassVar\[int\] = (\d+)|ctx\.exit\((\d+)\)", CODE)
    codes = {int(code) for pair in raised for code in pair if code}
    codes |= {0, OWN_MISTAKE, click.UsageError.exit_code}
    assert list(map(int, listed("Exit codes"))) == sorted(codes)


def test_every_variable_of_the_environment_is_told() -> None:
    known = set(re.findall(r"\"(HUDNA_[A-Z_]+)\"", CODE))
    known |= set(re.findall(r"environ\.\w+\(\"(\w+)\"", CODE))
    known |= set(re.findall(r"\bknown(?:\.get\(|\[)\"([A-Z_]+)\"", CODE))
    assert {"NETRC", "DISPLAY", "HUDNA_TOKEN"} < known
    assert sorted(listed("Environment")) == sorted(known)


@pytest.mark.parametrize(
    ("line", "lines"),
    [
        ("hudna check", ["    hudna check"]),
        ("a " + "b" * 70 + " 'c d'", ["    a " + "b" * 70 + " \\", "      'c d'"]),
    ],
)
def test_commands_are_broken_between_words(line: str, lines: list[str]) -> None:
    assert list(_code(line)) == lines
