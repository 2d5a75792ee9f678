"""What stands once at the top of a file and counts for each of its claims: ``[defaults]``."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from ..model import (
    ASSERTING,
    DENYING,
    UNATTRIBUTED,
    Certainty,
    Claim,
    Form,
    Origin,
    Stance,
    Statement,
    specs,
)
from . import fields
from .claims import no_source
from .cues import rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .context import Context

TABLE = "defaults"
DATE_KEYS = ("when", "begins", "ends", "when_text", "when_basis", "when_passages")
"""The keys of a statement that say when; with one of them it takes no date of its file."""

_OF_A_CLAIM = ("voice", "stance", "certainty")
_STAND_INS = {
    "voice": UNATTRIBUTED,
    "stance": Stance.REPORTS.value,
    "certainty": Certainty.UNSPECIFIED.value,
}
"""What claims have where the default is wrong, which is told once and not for each of them."""
_FLAT = (*ASSERTING, *DENYING)
"""The stances of what may be said flatly, for which a default ``certain`` is meant."""
_BARE = re.compile(rf"{fields.SENTENCE.pattern}(?::.*)?")
_CITING = frozenset(
    key
    for record in (Claim, Statement)
    for field in specs(record)
    if field.form in (Form.PASSAGE, Form.CUE)
    for key in (field.key, *field.old_keys)
)


def written_out(table: Mapping[str, Any], origin: Origin, ctx: Context) -> Mapping[str, Any]:
    """Return a file as it would be without its defaults: each claim has all keys itself.

    Args:
        table: the file as TOML has it.
        origin: the file.
        ctx: of the case that is read; what is wrong with the defaults is told to its report.
    """
    if not isinstance(table.get(TABLE), dict):
        return table
    found = _defaults(table[TABLE], Origin(origin.file, ((TABLE, 0),), TABLE), ctx)
    rest = {key: value for key, value in table.items() if key != TABLE}
    if found.get("certainty") == Certainty.CERTAIN:
        _hint_never_flat(rest, origin, found.get("stance", ""), ctx)
    filled: dict[str, Any] = _filled(rest, "", found)
    entries = filled.get("statement")
    if "when" in found and isinstance(entries, list):
        filled["statement"] = [_dated(one, found["when"]) for one in entries]
    return filled


def _hint_never_flat(table: Mapping[str, Any], origin: Origin, default: str, ctx: Context) -> None:
    """Tell of claims that are certain by default though their stance is none that is said flatly.

    A cue shows that the words are so, as "will" does of what is expected.
    """
    for here, claim in _claims(table, origin):
        stance = claim.get("stance", default)
        if stance not in _FLAT and not claim.keys() & {"certainty", "cue"}:
            ctx.report.hint(
                here,
                "certainty",
                f"is certain only by the default of its file, and {stance}; {_shown(stance)}; else "
                'write certainty = "unspecified", or as the words have it',
            )


def _shown(stance: str) -> str:
    """Return how words that make a stance certain are shown, with the first such of the tables."""
    made_sure = next(
        (row["cue"].partition(",")[0] for row in rows("english")
         if row["certainty"] == Certainty.CERTAIN and row["stance"] == f"`{stance}`"), "",
    )  # fmt: skip
    if made_sure:
        return f'if the words are such as "{made_sure}", which is certain, give them as the cue'
    return "if its words make it certain, give them as the cue"


def _claims(table: Mapping[str, Any], origin: Origin) -> Iterator[tuple[Origin, Mapping[str, Any]]]:
    """Yield the claims below a table of a file, each with where it stands."""
    for key, value in table.items():
        entries = value if isinstance(value, list) else [value]
        for index, one in enumerate(entries):
            here = origin._replace(path=(*origin.path, (key, index)))
            if isinstance(one, dict) and key == "claims":
                yield here, one
            elif isinstance(one, dict):
                called = f"{key} {one.get('id', index + 1)}"
                yield from _claims(one, here._replace(label=called))


def _defaults(given: Mapping[str, Any], origin: Origin, ctx: Context) -> dict[str, str]:
    schema = ctx.schemas.defaults
    if origin.folder != "statements":
        schema = {key: field for key, field in schema.items() if key != "when"}
    good = fields.checked(given, schema, origin, ctx.report)
    if "voice" in good:
        ctx.default_voices.append((origin, good["voice"]))
    source = good.get("source")
    if source and source not in ctx.sources and source not in ctx.unreadable:
        ctx.report(origin, "source", partial(no_source, source, ctx.sources))
        ctx.unreadable.add(source)
    return {key: value for key, value in _STAND_INS.items() if key in given} | good


def _filled(value: Any, within: str, found: Mapping[str, str]) -> Any:  # noqa: ANN401 — any TOML
    """Return what stands under a key, with the defaults in each claim below it."""
    if isinstance(value, list):
        return [_filled(one, within, found) for one in value]
    if not isinstance(value, dict):
        cites = within in _CITING and "source" in found and isinstance(value, str)
        return f"{found['source']}#{value}" if cites and _BARE.fullmatch(value) else value
    own = {key: _filled(one, key, found) for key, one in value.items()}
    given = {key: found[key] for key in _OF_A_CLAIM if key in found and within == "claims"}
    return {**given, **own}


def _dated(entry: Any, when: str) -> Any:  # noqa: ANN401 — a statement may be of any type here
    if not isinstance(entry, dict) or entry.keys() & set(DATE_KEYS):
        return entry
    return {**entry, "when": when}
