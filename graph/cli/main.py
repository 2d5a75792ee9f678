"""The command ``hudna``: its commands are imported when they are called, so that help is quick."""

from __future__ import annotations

import atexit
import importlib
import os
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import click
from click.shell_completion import add_completion_class

from .. import __version__
from ..errors import DataProblems, HudnaError, InputOutputError
from ..errors.shown import MOST_OF_A_MESSAGE, shown
from .bash import BashWords
from .printing import say_folded

add_completion_class(BashWords)
PACKAGE = Path(__file__).resolve().parent.parent
OWN_MISTAKE = 70
"""Exit code for an error that nobody foresaw (``EX_SOFTWARE``)."""

COMMANDS = {
    "new": "Begin a case, or copy the example.",
    "source": "Add a document to a case, show its sentences, or take a new version of its text.",
    "import": "Import a table of another data set: UCDP, ACLED, PA-X, a sanction list, your own.",
    "events": "Keep releases of a data set of events in columns, and ask what each changed.",
    "terms": "Find the word for what a sentence says: predicates, roles, kinds, topics, stances.",
    "add": "Add a thing to a case, a part of one, a note, or a judgement.",
    "say": "Add a statement and who says so to a case.",
    "set": "Change what is written: give keys of a record other values.",
    "rename": "Give a record another id, in all files of the case.",
    "remove": "Take a record out of a case, if nothing else names it.",
    "merge": "Join two things of a case that are one: whatever is said of GONE is said of KEPT.",
    "identify": "Show what may be one, with score and reasons, and write what is decided of it.",
    "mentions": "Find the sentences that name a thing and that its file does not list.",
    "coverage": "Show which sentences of the sources are coded, and which are left.",
    "schemas": "Show or write what editors of TOML are told of the authored files.",
    "check": "Check the authored files of a case; publish nothing.",
    "test": "Ask the questions whose answers a case stores, and show each wrong answer.",
    "key": "Make the key of a case, for ids and fingerprints that nobody can guess.",
    "build": "Build a case: read, convert, derive, check, publish.",
    "query": "Answer a named question, or a SPARQL query of your own.",
    "show": "Show all that is known of a thing: names, statements, who says so, patterns.",
    "explain": "Show how two actors are tied, step by step, with the evidence.",
    "network": "Show a projection of the graph as a network.",
    "reach": "Show who could have passed word on to whom, and when: ties used one after the other.",
    "links": "Show what joins two sets of actors, such as two camps, and who alone joins them.",
    "sequences": "Show what followed what, how surely, and what that cannot tell.",
    "analyse": "Write a report: findings with their evidence and their uncertainty.",
    "brief": "Write the case on one page, to print and to take along.",
    "diff": "Show how a build differs from an earlier one, in words.",
    "export": "Write the graph or its network in a format.",
    "view": "Open the page of a case in the browser.",
    "serve": "Serve the graph of a case to browsers and SPARQL clients.",
    "publish": "Send the graph of a case to a SPARQL server.",
    "withheld": "Show what a public build leaves out, record by record, and why.",
    "anonymity": "Show how many actors fit what a build tells of one whose name is withheld.",
    "leaks": "Look whether texts that must not be seen come out of a build.",
    "verify": "Check cited passages against texts that you have.",
}


class Commands(click.Group):
    """The group of commands; each is the function ``command`` of the module of its name."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of all commands, in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return a command, importing its module."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f".{cmd_name}", __package__).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,  # noqa: ANN401 - click's signature
    ) -> click.Context:
        """Read the words of the command line; what is wrong with them is told visibly."""
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.ClickException as error:
            raise _visible(error) from None

    def invoke(self, ctx: click.Context) -> object:
        """Run a command, and turn Hudna's own errors into messages and exit codes."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except DataProblems as error:
            for problem in error.problems:
                say_folded(_from_here(str(problem)), err=True)
            say_folded(str(error), err=True)
            ctx.exit(error.exit_code)
        except HudnaError as error:
            first, *others = error.lines
            for line in (f"Error: {first}", *others):
                say_folded(line, err=True, most=MOST_OF_A_MESSAGE)
            ctx.exit(error.exit_code)
        except click.ClickException as error:
            raise _visible(error) from None
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
        except OSError as error:
            what = f"Error: {error.filename or 'output'}: {error.strerror}"
            say_folded(what, err=True, most=MOST_OF_A_MESSAGE)
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(InputOutputError.exit_code)
        except (click.Abort, click.exceptions.Exit):
            raise
        except Exception as error:
            for line in _own_mistake(error):
                say_folded(line, err=True, most=MOST_OF_A_MESSAGE)
            ctx.exit(OWN_MISTAKE)
        return result


def _visible(error: click.ClickException) -> click.ClickException:
    vars(error)["message"] = shown(error.message, MOST_OF_A_MESSAGE)
    return error


def _own_mistake(error: Exception) -> tuple[str, ...]:
    """Return the lines that tell of an error that nobody foresaw, and what to report."""
    import platform
    import traceback

    places = [
        f"{Path(frame.filename).name}:{frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(PACKAGE)
    ]
    during = "".join(f" {note}" for note in getattr(error, "__notes__", ()))
    what = f"{type(error).__name__}: {error}".splitlines()[0]
    return (
        f"Error: Hudna failed{during}: {what}",
        "This is a mistake in Hudna, not in what you gave it. Please report it, with this line:",
        f"hudna {__version__}, Python {platform.python_version()}: {' < '.join(places[::-1][:6])}",
    )


def _from_here(message: str) -> str:
    """Return a message with the path in front as seen from the current folder, where that helps."""
    return message.removeprefix(f"{Path.cwd().as_posix()}/")


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog='Start with "hudna build", then "hudna query --list".',
)
@click.version_option(__version__, prog_name="hudna")
def main() -> None:
    """Hudna: who is tied to whom in a conflict, who says so, how sure, and who says otherwise."""


def run() -> None:
    """Run the command that this process was started for, and end the process.

    What it holds, such as a graph, goes with it at once, and is not taken apart piece by piece.
    """
    try:
        main()
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            _end(end.code or 0)
        raise


def _end(code: int) -> None:
    """End the process, unless something in it needs more than what is to be done at its exit."""
    looked_at = sys.getprofile() or sys.gettrace() or sys.flags.interactive
    others = [one for one in threading.enumerate() if one is not threading.main_thread()]
    if looked_at or any(not one.daemon for one in others):
        return
    atexit._run_exitfuncs()  # noqa: SLF001 - nothing else runs them
    with suppress(OSError, ValueError):  # Python tells of what cannot be written in its own way
        for stream in filter(None, (sys.stdout, sys.stderr)):
            stream.flush()
        os._exit(code)
