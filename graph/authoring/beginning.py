"""What a new case begins with: its own file, its editor, and how to go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import tomlkit

from ..errors import UsageError, suggestion
from ..model.folders import EXAMPLES, cases
from ..model.textfiles import text_of
from .editing import editing
from .json_schemas import with_first_line

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

GUIDE = "README.md"
_NEXT = """# {title}

A case of Hudna. Its files are written by hand or by these commands; each checks the case before it
writes, and `hudna COMMAND --help` has examples.

| to | do |
| --- | --- |
| add a document; its text stays out of this folder | `hudna source add article.txt --help` |
| find the word for what a sentence says | `hudna terms shelter` |
| add who and what it is about | `hudna add 'ArmedGroup River Guard'` |
| say what a sentence says, and who says it there | `hudna say --help` |
| see which sentences are left | `hudna coverage` |
| see what is wrong, and what another code may fit better | `hudna check --hints` |
| build it, look at it, ask it | `hudna build`, `hudna view`, `hudna query --list` |

| folder | holds |
| --- | --- |
| `sources/` | documents: where each sentence stands and its fingerprint, never the text |
| `actors/`, `places/`, `topics/` | who and what is spoken of, one file each; its name is the id |
| `events/`, `agreements/` | what happened, and deals with their clauses |
| `questions/` | what is left open or disputed |
| `statements/` | who is tied to whom, with the claims on it, many to a file |
| `answers/` | questions with their right answers: `hudna test` |
| `tours/` | guided tours of the page, stop by stop: a title, a text and the view of a link |
"""


def begun(
    case: str, title: str, editor: str, language: str, description: str, licence: str
) -> dict[str, str]:
    """Return the files of a new case, by their paths in its folder.

    Args:
        case: its id.
        title: its title.
        editor: the name of who codes it; a claim that is an inference is theirs.
        language: tag of BCP 47 of the language in which it is written.
        description: what it is about.
        licence: under which its data may be passed on.
    """
    about = {
        "id": case,
        "title": title,
        "description": description,
        "licence": licence,
        "editor": f"{case}-editors",
        "language": language,
    }
    voice = {
        "label": editor,
        "class": "Committee",
        "identity": "named",
        "note": "Who codes this case: a voice only where a claim is their own inference.",
    }
    files = {
        "case.toml": tomlkit.dumps(about),
        f"actors/{case}-editors.toml": tomlkit.dumps(voice),
        GUIDE: _NEXT.format(title=title),
    }
    return {name: with_first_line(name, text) for name, text in files.items()}


def example(name: str) -> Mapping[str, str]:
    """Return the files of a case that comes with Hudna, by their paths in its folder.

    Args:
        name: its id.

    Raises:
        UsageError: no such case comes with it.
        UnfitFile: a file of it is no text.
    """
    known = cases(EXAMPLES)
    if name not in known:
        hint = suggestion(name, known) or f"; there is {', '.join(known)}"
        raise UsageError(f'no example "{name}" comes with Hudna{hint}')
    folder = EXAMPLES / name
    return {
        path.relative_to(folder).as_posix(): text_of(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def add_first_lines(folder: Path) -> int:
    """Give each file of a case its first line, and return how many did not have it.

    Args:
        folder: the case's folder.

    Raises:
        DataProblems: a file cannot be read as what it is.
        InputOutputError: a file cannot be read or written.
    """
    with editing(folder) as edit:
        for path in sorted(folder.rglob("*.toml")):
            name = path.relative_to(folder).as_posix()
            text = edit.read(name)
            full = with_first_line(name, text)
            if full != text and not path.name.startswith("."):
                edit.write(name, full)
        return len(edit.changes)
