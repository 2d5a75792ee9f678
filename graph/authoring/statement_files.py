"""Which file a statement goes to, and what a new one has once for all of its claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import UsageError
from ..model import UNATTRIBUTED
from ..reader import fields
from ..reader.schemas import schemas
from . import blocks
from .claims import only_source, voice_of, which_source
from .tokens import parts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..model.vocabulary import Vocabulary
    from .authored import Authored
    from .sayings import ShortClaim

FORM = "voice=VOICE stance=STANCE certainty=CERTAINTY source=SOURCE when=DATE"


def path_of(name: str) -> str:
    """Return the path of a file of statements below the case's folder.

    Args:
        name: its name, with or without folder and ``.toml``.

    Raises:
        UsageError: it is no name of a file.
    """
    plain = name.removesuffix(".toml").removeprefix("statements/")
    if wrong := fields.slug(plain):
        raise UsageError(f"--to: {wrong}")
    return f"statements/{plain}.toml"


def chosen(stands: Sequence[ShortClaim], case: Authored) -> str:
    """Return the file that a statement goes to where none is named.

    Args:
        stands: its claims.
        case: the case's files.

    Raises:
        UsageError: it is not told which source is cited.
    """
    source = next((one.source for one in stands if one.source), "") or only_source(case)
    if file := of_source(source, case):
        return file
    if not source:
        raise which_source(case)
    return path_of(source)


def of_source(source: str, case: Authored) -> str:
    """Return the one file of statements that is there for a source; empty if there is none.

    Args:
        source: the id of a source.
        case: whose files are looked through.
    """
    paths = [f"statements/{name}.toml" for name in case.statement_files()]
    own = [path for path in paths if case.defaults(path).get("source") == source]
    if source and len(own) == 1:
        return own[0]
    return paths[0] if len(paths) == 1 and _may_take(paths[0], source, case) else ""


def _may_take(path: str, source: str, case: Authored) -> bool:
    """Return whether the defaults of a file are not those of another source."""
    defaults = case.defaults(path)
    authors = case.sources.get(source, {}).get("authors", [])
    others = {one for name in case.sources.keys() - {source} for one in
              case.sources[name].get("authors", [])} - {*authors}  # fmt: skip
    return not source or (
        defaults.get("source", source) == source and defaults.get("voice") not in others
    )


def defaults_of(text: str, case: Authored, ontology: Vocabulary) -> dict[str, str]:
    """Return the defaults of a file.

    Args:
        text: as in ``voice=author certainty=unspecified source=news``, in any order; the author is
            that of the source, which need not be named if the case has only one.
        case: the case's files.
        ontology: tells which keys there are.

    Raises:
        UsageError: it is no list of them, or names nothing that is there.
    """
    known = schemas(ontology).defaults
    tokens = [one for part in parts_of(text) for one in part]
    if wrong := next((one for one in tokens if one.key not in known or not one.value), None):
        told = f"{wrong.key}={wrong.text}" if wrong.key else wrong.text
        raise UsageError(f'--defaults: "{told}" is no default; write {FORM}, or some of them')
    found = {one.key: one.value for one in tokens}
    if len(found) < len(tokens) or not found:
        raise UsageError(f"--defaults: write each once: {FORM}")
    if "voice" in found and found["voice"] not in case.sources:
        source = found.get("source") or only_source(case)
        voice = voice_of(found["voice"], source, case)
        found["voice"] = voice if voice == UNATTRIBUTED else case.resolve(voice, "voice")
    only = only_source(case)
    return {**({"source": only} if only else {}), **found}


def file_with(defaults: dict[str, str]) -> str:
    """Return the text of a file of statements that has only its defaults yet."""
    return blocks.table(defaults, "[defaults]")
