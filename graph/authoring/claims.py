"""The table of a claim, made of its short form."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ..errors import UsageError
from ..model import Claim, Stance
from ..reader.claims import no_source
from . import blocks
from .cue_words import places_of_cues
from .faults import Faults
from .keyed import with_source
from .sayings import AUTHOR

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .authored import Authored
    from .sayings import ShortClaim

NO_DEFAULTS: Mapping[str, Any] = MappingProxyType({})
"""Those of a file that has none."""
NO_STANCE = f"the claim has no stance; write one of {', '.join(one.value for one in Stance)}"
_TOLD = ("voice", "stance", "certainty")
_NOT_TOLD = (
    "VOICE STANCE CERTAINTY are missing before the sentence: who says so, how, and how sure; what "
    "is alike in most lines is told once, first: "
    f"hudna say --defaults 'voice={AUTHOR} stance=asserts certainty=certain'"
)
"""What is said of a claim that has hardly more than its sentence, and no defaults."""
_STAND = ("voice", "stance", "passages", "certainty", "mode")
"""The keys of a claim that the short form has words for."""


def claim_of(
    stand: ShortClaim, case: Authored, defaults: Mapping[str, Any] = NO_DEFAULTS, mode: str = ""
) -> dict[str, Any]:
    """Return the table of a claim: what was typed, and what its file has no default for.

    Args:
        stand: the claim.
        case: the case's files.
        defaults: those of the file.
        mode: as what it is said, where the claim does not say so.

    Raises:
        UsageError: a part is missing that has no default; with what would be right.
    """
    faults = Faults()
    own = applying(defaults, stand.source)
    said = stand.voice or own.get("voice", "")
    source = stand.source or defaults.get("source") or only_source(case)
    if not source:
        faults.append(str(which_source(case)))
    lacking = [key for key in _TOLD if not getattr(stand, key) and not own.get(key)]
    if lacking == [*_TOLD]:
        faults.append(_NOT_TOLD)
    else:
        if source or said != AUTHOR:
            voice = faults.attempt(voice_of, said, source, case)
        if "stance" in lacking:
            faults.append(NO_STANCE)
        if "certainty" in lacking:
            after = stand.stance or own.get("stance", "")
            behind = f'"{after}"' if after else "the stance"
            faults.append(
                f"how sure is {said or 'the voice'}? write certain, probable, possible or "
                f"unspecified after {behind}"
            )
    more = dict(stand.more)
    if "cue" in more:
        more["cue"] = faults.attempt(places_of_cues, more["cue"], source, stand.sentences, case)
    faults.refuse()
    short = source == defaults.get("source")
    claim = {
        "voice": voice if stand.voice else "",
        "stance": stand.stance,
        "certainty": stand.certainty,
        "passages": [one if short else f"{source}#{one}" for one in stand.sentences],
        "mode": stand.mode or mode,
        **with_source(more, Claim, "" if short else source),
    }
    return {key: value for key, value in claim.items() if value}


def applying(defaults: Mapping[str, Any], source: str) -> Mapping[str, Any]:
    """Return the defaults of a file that count for a claim: none if they are of another source.

    Args:
        defaults: those of the file.
        source: the one that the claim cites; empty if it does not say.
    """
    return defaults if defaults.get("source", source) == source or not source else NO_DEFAULTS


def filled(
    stand: ShortClaim, defaults: Mapping[str, Any], there: Mapping[str, Any] = NO_DEFAULTS
) -> ShortClaim:
    """Return a claim with what it lacks and a file has as a default.

    Args:
        stand: the claim.
        defaults: those of the file.
        there: the defaults of the file that it goes to, which it need not have itself.
    """
    keys = ("voice", "stance", "certainty", "source")
    given = {key: defaults.get(key, "") for key in keys}
    given = {key: "" if one == there.get(key) else one for key, one in given.items()}
    return stand._replace(**{key: getattr(stand, key) or one for key, one in given.items()})


def voice_of(voice: str, source: str, case: Authored) -> str:
    """Return the id of a voice, which may be that of the author of a source.

    Args:
        voice: an id, or ``author``.
        source: the source that the claim cites.
        case: tells who its author is.

    Raises:
        UsageError: no voice is named, or the source has no author or several.
    """
    if not voice:
        raise UsageError(f"who says so? write a voice, or {AUTHOR}, before the stance")
    if voice != AUTHOR:
        return voice
    if source not in case.sources:
        raise UsageError(no_source(source, case.sources))
    authors = case.sources[source].get("authors", [])
    if len(authors) != 1:
        listed = ", ".join(map(str, authors)) or "none"
        raise UsageError(
            f"{source} has the authors {listed}; name the one who says so, or if they speak as one "
            f"give it one author: hudna source add FILE --id {source} --replace --author SIDE"
        )
    return str(authors[0])


def only_source(case: Authored) -> str:
    """Return the source of a case that has one; empty if it has none or several."""
    return case.only_one("sources")


def which_source(case: Authored) -> UsageError:
    """Return what is said where it is not told which source is cited."""
    known = ", ".join(sorted(case.sources)) or "none yet: hudna source add"
    return UsageError(f"in which source? write SOURCE#SENTENCE; the sources are {known}")


def key_of(claim: Mapping[str, Any], defaults: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return voice, stance and source of a claim: a statement has one of each.

    Args:
        claim: its table.
        defaults: those of its file.
    """
    first = _full(_passages(claim), defaults)[:1]
    voice = claim.get("voice", defaults.get("voice", ""))
    stance = claim.get("stance", defaults.get("stance", ""))
    return voice, stance, "".join(first).partition("#")[0]


def holds(
    claims: Iterable[Mapping[str, Any]], claim: Mapping[str, Any], defaults: Mapping[str, Any]
) -> bool:
    """Return whether a claim is among some of its file, with all of its sentences.

    Args:
        claims: those of the file's statement.
        claim: the one that is looked for.
        defaults: of the file.
    """
    key = key_of(claim, defaults)
    cited = {*_full(_passages(claim), defaults)}
    return any(
        key_of(old, defaults) == key and cited <= {*_full(_passages(old), defaults)}
        for old in claims
    )


def join(
    array: Any,  # noqa: ANN401 - tomlkit's own type
    claim: Mapping[str, Any],
    defaults: Mapping[str, Any],
    where: str,
) -> bool:
    """Add a claim to a list, or its sentences to the one of the same voice, stance and source.

    Args:
        array: the list, in a document of ``tomlkit``.
        claim: its table.
        defaults: those of the file.
        where: the statement that has the list, for messages.

    Returns:
        Whether there was anything to add.

    Raises:
        UsageError: the claim is there in another way.
    """
    for index, old in enumerate(array):
        if key_of(old, defaults) != key_of(claim, defaults):
            continue
        there = _full(_passages(old), defaults)
        new = [one for one in claim["passages"] if _full([one], defaults)[0] not in there]
        kept = [key for key in claim if key not in old and key != "at"]
        more = {key: claim[key] for key in kept if key not in _STAND or key == "certainty"}
        unlike = [
            key
            for key in (*_STAND[-2:], *claim)
            if old.get(key, defaults.get(key)) != claim.get(key, defaults.get(key))
        ]
        for key in unlike:
            if (new and key in _STAND[-2:]) or key not in (*_STAND, *more):
                raise UsageError(
                    f"{where} has this claim with the {key} "
                    f"{old.get(key) or 'of its file'}; change it there"
                )
        _passages(old).extend(new)
        if more and (new_item := blocks.merged(old, more)) is not old:
            array[index] = new_item
        return bool(new or more)
    blocks.with_item(array, claim)
    return True


def _passages(claim: Mapping[str, Any]) -> Any:  # noqa: ANN401 - a list of TOML
    """Return the sentences that a claim cites, which may stand under the key's former name."""
    return claim.get("passages") or claim.get("at", [])


def _full(passages: Iterable[str], defaults: Mapping[str, Any]) -> list[str]:
    source = defaults.get("source", "")
    return [one if "#" in one else f"{source}#{one}" for one in map(str, passages)]
