"""What completes: in the shells themselves as far as they are here, and quietly without a build."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import miniature
import pytest

from graph.cli.bash import BashWords
from graph.cli.main import COMMANDS, main

if TYPE_CHECKING:
    from pathlib import Path

    import click

SCRIPTS = {
    "bash": """eval "$(_HUDNA_COMPLETE=bash_source hudna)"
COMP_WORDS=(@WORDS@); COMP_CWORD=$((${#COMP_WORDS[@]}-1))
_hudna_completion hudna; printf '%s\\n' "${COMPREPLY[@]}"
""",
    "fish": """_HUDNA_COMPLETE=fish_source hudna | source
complete -C "@WORDS@"
""",
    "zsh": """compdef() { }
compadd() { print -l -- ${(P)@[-1]}; }
_describe() { print -l -- ${(P)3}; }
eval "$(_HUDNA_COMPLETE=zsh_source hudna)"
words=(@WORDS@); CURRENT=${#words}
_hudna_completion
""",
}
"""What asks a shell for its completions; that of zsh stands for the widgets of a line editor."""


def offered(shell: str, words: str, folder: Path) -> set[str]:
    """Return what a shell offers for the last of some words."""
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    hudna = folder / "hudna"
    hudna.write_text(
        f"#!/bin/sh\nPYTHONPATH={shlex.quote(str(miniature.PROJECT))} exec "
        f"{shlex.quote(sys.executable)} -c "
        '\'from graph.cli import main; main(prog_name="hudna")\' "$@"\n'
    )
    hudna.chmod(0o755)
    script = folder / f"script.{shell}"
    script.write_text(SCRIPTS[shell].replace("@WORDS@", words))
    bare = {"bash": "--norc", "fish": "--no-config", "zsh": "-f"}[shell]
    environment = {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}", "HOME": str(folder)}
    found = subprocess.run(
        [shell, bare, str(script)], env=environment, capture_output=True, text=True, check=False
    )
    assert found.stderr == ""
    lines = (line.partition("\t")[0] for line in found.stdout.splitlines())
    return {line.partition(":")[0] for line in lines if line}


@pytest.mark.some(4)
@pytest.mark.parametrize("shell", SCRIPTS)
@pytest.mark.parametrize(
    ("words", "right"),
    [
        ("query ti", {"ties", "tie-between", "timeline"}),
        ("query roles --param role=le", {"role=leads"}),
        ("query roles role=le", {"role=leads"}),
        ("network part", {"participation"}),
        ("network --family gov", set()),
        ("network --family comm", {"command"}),
        ("export gex", {"gexf"}),
        ("network --measure neg", {"negative-degree"}),
        ("view --projection part", {"participation"}),
    ],
)
def test_a_shell_offers(
    shell: str, words: str, right: set[str], public: Path, tmp_path: Path
) -> None:
    command, _, rest = words.partition(" ")
    at = f"hudna {command} --public {public} --case mill {rest}"
    assert offered(shell, at, tmp_path) == right


BEGUN = {
    "query ties --param": "status=",
    "query --as": "",
    "query --values": "",
    "query --place": "",
    "query --family": "",
    "query --on": "",
    "reach --from": "",
    "export --actor": "",
    "explain": "",
    "links": "iran,",
}


@pytest.mark.parametrize("words", BEGUN)
def test_nothing_is_said_where_there_is_no_build(
    words: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    command, *rest = words.split()
    shell = BashWords(main, {}, "hudna", "_HUDNA_COMPLETE")
    given = [command, "--public", str(tmp_path), *rest]
    assert shell.get_completions(given, BEGUN[words]) == []
    assert capfd.readouterr() == ("", "")


def test_whatever_takes_a_name_completes() -> None:
    """An argument or option with a place for a name is a choice, a path, or has its list."""
    named = {"NAME", "VOICE", "ACTOR", "PLACE", "FAMILY", "DATE", "PROJECTION",
             "MEASURE", "FORMAT", "RECIPE", "LIST", "A", "B", "A,A,...", "B,B,...",
             "NAME=VALUE", "NAME|FILE|-"}  # fmt: skip
    without = []
    for name in COMMANDS:
        command: click.Command | None = main.get_command(
            main.make_context("hudna", ["query"]), name
        )
        assert command is not None
        for param in command.params:
            own = getattr(param, "_custom_shell_complete", None)
            if param.metavar in named and own is None:
                without.append((name, param.name))
    assert without == [
        ("import", "release"),
        ("add", "when"),
        ("check", "today"),
        ("build", "today"),
        ("build", "release"),
        ("build", "known"),
        ("reach", "start"),
        ("reach", "until"),
        ("diff", "dated"),
        ("serve", "host_names"),
        ("withheld", "today"),
        ("withheld", "release"),
    ]
