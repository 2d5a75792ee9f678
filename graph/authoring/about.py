"""What is said of a source, and its authors: actors that are there, and those that become some."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any, NamedTuple

import tomlkit

from ..errors import UsageErrors, suggestion
from ..model.languages import may_be_in, of_tag
from ..reader.fields import SLUG
from .authored import Authored
from .mentions import named_in
from .slugs import slug_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from ..reader.sentences import Sentence
    from .documents import Document
    from .editing import Edit

_REQUIRED = {
    "date": "when it was written, as in 2020-06-10, 2020-06 or 2020?",
    "date_basis": "how that is known, as in 'Printed on the page.'",
    "title": "",
    "publisher": "who published it; of an interview or a paper who keeps it",
    "language": "as in en, ar or ar-Latn",
    "author": "ID of an actor, or a name as in 'Jane Doe' for a new one; may be repeated",
}
"""What every source needs, by option, with what helps."""


class About(NamedTuple):
    """What is said of a source; what is empty was not said.

    Attributes:
        title: of the document.
        publisher: who published it.
        url: where it is on the web.
        date: when it was written (EDTF).
        date_basis: how that is known.
        language: as a tag of BCP 47.
        author: actors by id or name; a name that none has makes one.
        author_class: class of the actors that are made.
    """

    title: str = ""
    publisher: str = ""
    url: str = ""
    date: str = ""
    date_basis: str = ""
    language: str = ""
    author: tuple[str, ...] = ()
    author_class: str = "Person"


def _missing(about: About, proposed: Mapping[str, str]) -> Iterator[str]:
    """Yield, for each thing that every source needs and that is not said, how it is said."""
    for key, help_ in _REQUIRED.items():
        if getattr(about, key):
            continue
        option = f"--{key.replace('_', '-')}"
        if guess := " ".join(proposed.get(key, "").split())[:200]:
            yield f"  {option} {shlex.quote(guess)}   if that is right; the document says so"
        else:
            yield f"  {option} …{f'   {help_}' if help_ else ''}"


def language_of(case: Authored, document: Document) -> str:
    """Return the language of a document that nobody gives: that of the case, if it has only one.

    Args:
        case: its files.
        document: with its text, and what it says of itself.

    Returns:
        The tag; empty if the case has several, or the document may be in another.
    """
    tags = {case.language, *(str(one.get("language", "")) for one in case.sources.values())}
    only = tags.pop() if len(tags) == 1 else ""
    said = document.proposed.get("language", "") or only
    same = of_tag(said) == of_tag(only) and may_be_in(document.text, only)
    return only if only and same else ""


def authors_of(
    edit: Edit,
    about: About,
    source: str,
    document: Document,
    found: Sequence[Sentence],
    there: Mapping[str, Any] | None = None,
) -> list[str]:
    """Return the ids of the authors; those that are no actors yet become actors.

    Args:
        edit: takes the files of new actors.
        about: what is said of the source.
        source: its id.
        document: its text, with what that says of itself.
        found: the sentences of the text.
        there: the file of a source that was there before, which needs nothing more.

    Raises:
        UsageErrors: what every source needs is missing, or an author cannot be told.
    """
    wrong = [] if there is not None else list(_missing(about, document.proposed))
    if wrong:
        wrong.insert(0, f"the source {source} still needs:")
    case = Authored(edit.folder)
    known = [path.stem for path in sorted((edit.folder / "actors").glob("*.toml"))]
    made = []
    for name in about.author:
        ids = [name] if name in known else [i.id for i in case.called(name) if i.id in known]
        new = slug_of(name)
        if len(ids) > 1:
            wrong.append(f'--author "{name}": is the name of {", ".join(ids)}; write one of these')
        elif ids:
            made += ids
        elif SLUG.fullmatch(name):
            hint = suggestion(name, known)
            wrong.append(f'--author {name}: there is no actor of this id{hint}; a new one is made '
                         'of a name, as in --author "Jane Doe"')  # fmt: skip
        elif new == source:
            wrong.append(f'--author "{name}": the new actor would have the id of the source, '
                         f"{source}; give the source another one with --id")  # fmt: skip
        elif not new or _taken(edit.folder, new):
            wrong.append(f'--author "{name}": no id can be made of it; make the actor first, with '
                         "a file in actors/, and write its id")  # fmt: skip
        else:
            edit.begin(f"actors/{new}.toml", _actor(name, about, source, document.text, found))
            made.append(new)
    if wrong:
        raise UsageErrors(wrong)
    return made


def _actor(name: str, about: About, source: str, text: str, found: Sequence[Sentence]) -> str:
    """Return the file of an actor who wrote a source, mentioned where its name stands."""
    named = named_in([name], {one.number: text[one.start : one.end] for one in found})
    table = tomlkit.document()
    table["label"] = name
    table["class"] = about.author_class
    table["identity"] = "named"
    table["mentioned"] = [f"{source}#{one}" for one in named or [found[0].number]]
    return tomlkit.dumps(table)


def _taken(folder: Path, new: str) -> bool:
    return any(folder.glob(f"*/{new}.toml"))
