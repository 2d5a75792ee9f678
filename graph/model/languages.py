"""Languages of names by their tags: what they are called, and which way they are written.

A tag is one of BCP 47, in any case: ``ar``, ``ar-Latn``, ``tl``. What is known of languages and
scripts is that of CLDR, as ``babel`` has it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import name as unicode_name

from babel import Locale, UnknownLocaleError, localedata
from babel.core import get_global

if TYPE_CHECKING:
    from collections.abc import Iterable

_ENGLISH = Locale("en")
_RIGHT_TO_LEFT = frozenset(
    ["Adlm", "Arab", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi"]
)
"""The scripts in use that CLDR's ``scriptMetadata.txt`` has from right to left."""
_SCRIPT, _REGION = re.compile("[A-Za-z]{4}"), re.compile("[A-Za-z]{2}|[0-9]{3}")


class Tag(NamedTuple):
    """What a tag says of language, script and region; empty for what it does not say."""

    language: str
    script: str = ""
    region: str = ""


class Language(NamedTuple):
    """A language in which things have names.

    Attributes:
        tag: of the language, with its script where that is not the usual one.
        name: what it calls itself, or else its name in English.
        english: its name in English, or the tag if CLDR has none.
        direction: ``rtl`` or ``ltr``.
        column: its name in English as a column of a table and an attribute of a node: ``arabic``.
    """

    tag: str
    name: str
    english: str
    direction: str
    column: str


def _parsed(tag: str) -> Tag:
    """Return the parts of a tag; what follows script and region is passed over."""
    language, *rest = re.split("[-_]", tag)
    script = rest.pop(0).title() if rest and _SCRIPT.fullmatch(rest[0]) else ""
    region = rest.pop(0).upper() if rest and _REGION.fullmatch(rest[0]) else ""
    return Tag(language.lower(), script, region)


@cache
def language(tag: str) -> Language:
    """Return what is known of a language.

    Args:
        tag: names it, as ``ar`` or ``sr-Latn``.
    """
    english = in_english(tag)
    column = re.sub(r"\W+", "_", english.lower()).strip("_")
    return Language(tag, _in_itself(tag) or english, english, direction(tag), column)


def languages(tags: Iterable[str]) -> list[Language]:
    """Return the languages that some names are in, each once, by their tags.

    Args:
        tags: of names. Regions make no language of its own, and a transliteration, of which CLDR
            knows no user, none at all: ``ar-SY`` is in ``ar``, ``ar-Latn`` in none.
    """
    return [language(tag) for tag in sorted({of_tag(tag) for tag in tags} - {""})]


@cache
def of_tag(tag: str) -> str:
    """Return the tag of the language that a name is in; empty for a transliteration or no tag."""
    own = _parsed(tag)
    if not own.language:
        return ""
    usual = _usual_script(own._replace(script=""))
    script = own.script or usual
    if script == _usual_script(Tag(own.language)):
        return own.language
    known = localedata.exists(f"{own.language}_{script}") or not usual
    return f"{own.language}-{script}" if known else ""


@cache
def in_english(tag: str) -> str:
    """Return what a tag means: ``Arabic in Latin letters``, ``Portuguese (Brazil)``.

    Returns:
        The tag itself if CLDR does not know the language.
    """
    own = _parsed(tag)
    told: str | None = _ENGLISH.languages.get(own.language)
    if told is None:
        return tag
    if own.region:
        told += f" ({_ENGLISH.territories.get(own.region, own.region)})"
    if own.script and own.script != _usual_script(own._replace(script="")):
        told += f" in {_ENGLISH.scripts.get(own.script, own.script)} letters"
    return told


def territory(code: str) -> str:
    """Return what a country is called in English: ``DE`` is Germany.

    Args:
        code: of ISO 3166, of two letters in any case.

    Returns:
        The code itself if CLDR does not know it.
    """
    return str(_ENGLISH.territories.get(code.upper(), code))


def direction(tag: str) -> str:
    """Return ``rtl`` if what a tag stands for is written from right to left, else ``ltr``."""
    own = _parsed(tag)
    return "rtl" if (own.script or _usual_script(own)) in _RIGHT_TO_LEFT else "ltr"


def may_be_in(text: str, tag: str) -> bool:
    """Return whether most letters of a text are of the script that a tag stands for.

    Args:
        text: any.
        tag: of a language; nothing is in one of which CLDR knows no script.
    """
    own = _parsed(tag)
    script = _ENGLISH.scripts.get(own.script or _usual_script(own), "").upper()
    letters = [unicode_name(one, "") for one in text if one.isalpha()]
    return bool(script) and 2 * sum(one.startswith(script) for one in letters) > len(letters)


def _usual_script(tag: Tag) -> str:
    """Return the script of a language, in a region if one is given; empty if not known."""
    likely = get_global("likely_subtags")
    found = likely.get(f"{tag.language}_{tag.region}") or likely.get(tag.language) or ""
    return _parsed(found).script


def _in_itself(tag: str) -> str:
    """Return what a language calls itself, or nothing if that is not known."""
    own = _parsed(tag)
    try:
        locale = Locale.parse("_".join(filter(None, own[:2])))
    except (ValueError, UnknownLocaleError):
        return ""
    # CLDR answers for what it has no texts in with a language near it: Filipino for Tagalog.
    return str(locale.get_display_name() or "") if locale.language == own.language else ""


def plural_form(tag: str, count: int) -> str:
    """Return the category of a number by the rules of CLDR: ``one``, ``few``, ``other`` and so on.

    Args:
        tag: the language, one that babel knows.
        count: the number.
    """
    return str(Locale.parse(tag).plural_form(count))
