"""The guide for a first case is walked as it is written: every command, every answer."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from click.testing import CliRunner
from test_docs import PROJECT, shown

from graph.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

PAGE = PROJECT / "docs" / "begin.md"


def walked(text: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Run the commands of a page one after the other; return each with what it prints."""
    work = home / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.delenv("HUDNA_CASE", raising=False)
    monkeypatch.setattr("shutil.which", lambda _name: "hudna")
    note = re.search(r"^```\n(.+?)^```$", text, re.MULTILINE | re.DOTALL)
    assert note
    (work / "note.txt").write_text(note[1], "utf-8")
    found = []
    for command, _ in shown(text):
        name, *words = shlex.split(command)
        assert name == "hudna"
        result = CliRunner().invoke(main, words)
        assert result.exit_code == 0, (command, result.output)
        printed = "\n".join(line.rstrip() for line in result.stdout.splitlines()).strip("\n")
        found.append((command, printed.replace(str(home), "~")))
    return found


def test_the_guide_is_what_happens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bless: bool
) -> None:
    text = PAGE.read_text("utf-8")
    found = walked(text, tmp_path, monkeypatch)
    if bless:
        for command, output in found:
            new = "".join(f"    {line}".rstrip() + "\n" for line in output.splitlines())
            head = re.escape(f"    $ {command}\n")
            text = re.sub(rf"({head})(?:(?!    \$ )    .*\n|\n(?=    (?!\$ )))*",
                          "\\g<1>" + new.replace("\\", r"\\"), text, count=1)  # fmt: skip
        PAGE.write_text(text, "utf-8")
    printed = [(command, one.strip()) for command, one in found]
    assert list(shown(text)) == printed, "run pytest tests/test_begin.py --bless"
    work = tmp_path / "work"
    assert (work / "public" / "ford" / "index.html").is_file()
    assert (work / "ford.gexf").stat().st_size > 0
    assert not list((work / "data").rglob("*.txt"))
