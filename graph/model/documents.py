"""Sources and their passages: where something is said, never the text itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .fields import Form, one, several
from .record import Dated, Record
from .terms import DCTERMS, HUD, OA, SCHEMA


def reading_order(sentence: str) -> tuple[int, ...]:
    """Return what sentences of a source are sorted by: 10.1 comes after 9.4.

    Args:
        sentence: a number as ``paragraph.sentence``.
    """
    return tuple(int(part) for part in sentence.split("."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage(Record):
    """One sentence of a source, or row of a table: where it stands and the fingerprint of its text.

    Attributes:
        sentence: number as ``paragraph.sentence``.
        start: offset of the first code point in the text, counted from 0.
        end: offset after the last code point.
        sha256: SHA-256 of the UTF-8 bytes of the sentence, in lower-case hexadecimal.
        boilerplate: true for headings, menus and notices that carry no facts.
        nothing: true for a sentence that a coder read and decided to code nothing of.
        values: of a row of a table, what matters of it: ``id=7; best=4``.
        rows: of several rows put together, the file and the values by which they are found.
    """

    TABLE: ClassVar[str] = "passages"
    ABOUT: ClassVar[str] = "A sentence of a source: where it stands and the hash of its text."

    source: str = one(HUD + "source", Form.ID, key="", refers="sources")
    sentence: str = one(HUD + "sentence", Form.TEXT)
    start: int = one(
        OA + "start",
        Form.INTEGER,
        default=0,
        meaning="The number of code points before it in the text of the source.",
    )
    end: int = one(
        OA + "end",
        Form.INTEGER,
        default=0,
        meaning="The number of code points up to its end in the text of the source.",
    )
    sha256: str = one(HUD + "sha256", Form.SHA256, says="SHA-256")
    boilerplate: bool | None = one(HUD + "boilerplate", Form.BOOLEAN, default=None, key="")
    nothing: bool | None = one(HUD + "nothingToCode", Form.BOOLEAN, default=None, key="")
    values: str = one(HUD + "values", Form.TEXT, key="")
    rows: str = one(HUD + "rows", Form.TEXT, key="", says="Rows")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Dated):
    """A document, with an index of its sentences and never their text.

    Attributes:
        reread: numbers of sentences that changed after claims had cited them.
    """

    TABLE: ClassVar[str] = "sources"
    ABOUT: ClassVar[str] = "A document."

    passages: tuple[Passage, ...] = ()
    reread: tuple[str, ...] = ()
    title: str = one(DCTERMS + "title", Form.TEXT, required=True, meaning="The title.")
    publisher: str = one(
        DCTERMS + "publisher", Form.TEXT, required=True, meaning="Who published it."
    )
    date: str = one(HUD + "when", Form.EDTF, required=True)
    date_basis: str = one(HUD + "dateBasis", Form.TEXT, required=True)
    language: str = one(
        DCTERMS + "language",
        Form.LANGUAGE,
        required=True,
        meaning="The language, as a tag of BCP 47.",
    )
    url: str = one(
        SCHEMA + "url",
        Form.ADDRESS,
        meaning="Where it is on the web.",
        says="Address",
    )
    code: str = one(HUD + "code", Form.TEXT)
    characters: int = one(HUD + "characters", Form.INTEGER, default=0, required=True)
    sha256: str = one(HUD + "sha256", Form.SHA256, required=True, says="SHA-256")
    key: str = one(HUD + "key", Form.TEXT, says="Fingerprints made with the key")
    authors: tuple[str, ...] = several(
        DCTERMS + "creator",
        Form.ID,
        ("source_authors", "source", "author"),
        required=True,
        refers="things",
        what="actor",
        meaning="Who wrote it.",
        says="Author",
    )
