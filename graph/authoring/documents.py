"""Documents as plain texts: one paragraph a line, in the one form that an index is of.

That form is Unicode as the document has it (nothing is composed or folded), with line feeds at the
ends of lines and no byte order mark; on the disk it is UTF-8.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
import zlib
from typing import TYPE_CHECKING, NamedTuple

from ..errors import InputOutputError, UsageError
from ..reader.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.oxml.xmlchemy import BaseOxmlElement

MOST_BYTES = 32 * 1024 * 1024
"""Largest document that is read."""
MOST_CHARACTERS = 4_000_000
"""Longest text: about 2,000 pages."""
_MOST_PARTS = 5_000
_MOST_UNPACKED = 128 * 1024 * 1024
_MOST_PAGES = 2_000
_MARK = "\ufeff"
_HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_WRAPPED = re.compile(r"(?<=\S)[^\S\n]*\n[^\S\n]*(?=\S)")
_HYPHENATED = re.compile(r"\ufffe\n?|(?<=[^\W\d_])[-\u00ad]\n(?=[^\W\d_])")
_WITHIN = re.compile(r"(?<![.!?:\"”»)\n])\n(?=\S)")
"""Ends of lines of a PDF that end neither a sentence nor a paragraph, as far as that is seen."""
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEFT_OUT = ("footnotes", "endnotes", "header", "comments")


class Document(NamedTuple):
    """A document as a text.

    Attributes:
        text: it, in the form that an index is of.
        proposed: what the document says of itself, by the names of the options: title, publisher,
            author, date, language; nothing of it is believed.
        remarks: what was left out, and what to look at.
        proposal: whether the text is only a guess at what the pages say, to be corrected first.
    """

    text: str
    proposed: dict[str, str]
    remarks: tuple[str, ...] = ()
    proposal: bool = False


def document(data: bytes, name: str, *, unwrap: bool = False) -> Document:
    """Return the text of a document: plain text, HTML, DOCX, or as a proposal PDF.

    Which it is, is seen by how it begins, and of plain text and HTML by its name.

    Args:
        data: the document's bytes.
        name: its file's name, for messages.
        unwrap: whether lines are joined that no empty line parts.

    Raises:
        InputOutputError: it is too large, is none of these, or holds no text.
        UsageError: it needs a library that is not installed, or another road.
    """
    if len(data) > MOST_BYTES:
        raise InputOutputError(f"{name}: has {len(data)} bytes; {MOST_BYTES} is the most")
    if data.startswith(b"PK\x03\x04"):
        found = _docx(data, name)
    elif data[:1024].lstrip().startswith(b"%PDF-"):
        found = _pdf(data, name)
    elif _HTML.match(data[:4096]) or name.lower().endswith((".html", ".htm", ".xhtml")):
        found = _html(data, name)
    else:
        found = Document(_decoded(data, name), {})
    text = plain(found.text)
    if unwrap:
        text = _WRAPPED.sub(" ", text)
    if not sentences(text):
        raise InputOutputError(f"{name}: holds no text that can be read; copy the words into a "
                               "plain text file, a paragraph a line, and add that")  # fmt: skip
    if "\0" in text:
        raise InputOutputError(f"{name}: holds zero bytes, so it is no text; save it as plain text "
                               "in UTF-8, or as DOCX or HTML")  # fmt: skip
    if len(text) > MOST_CHARACTERS:
        raise InputOutputError(f"{name}: has {len(text)} characters; {MOST_CHARACTERS} is the "
                               "most: add it in parts, as several sources")  # fmt: skip
    return found._replace(text=text, remarks=(*found.remarks, *_looks_wrapped(text)))


def plain(text: str) -> str:
    """Return a text in the form that an index is of."""
    return text.removeprefix(_MARK).replace("\r\n", "\n").replace("\r", "\n")


def _looks_wrapped(text: str) -> Iterator[str]:
    """Yield a remark if lines seem to end within sentences."""
    lines = text.split("\n")
    begun = sum(1 for one in lines if one[:1].islower())
    if begun > 4 and begun * 3 > sum(1 for one in lines if one.strip()):
        yield (f"{begun} lines begin within a sentence; if the text is broken into short lines, "
               "add it with --unwrap")  # fmt: skip


def _decoded(data: bytes, name: str) -> str:
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise InputOutputError(
            f"{name}:{line}: is not UTF-8; save the file as plain text in the encoding UTF-8"
        ) from error


def _html(data: bytes, name: str) -> Document:
    import trafilatura

    try:
        found = trafilatura.bare_extraction(data, with_metadata=True, include_comments=False,
                                             favor_recall=True)  # fmt: skip
    except (ValueError, RecursionError) as error:
        raise InputOutputError(f"{name}: cannot be read as HTML: {error}") from error
    text = "" if found is None or isinstance(found, dict) else found.text or ""
    if found is None or isinstance(found, dict) or not text.strip():
        raise InputOutputError(f"{name}: no article is found in this page; copy its words into a "
                               "plain text file, a paragraph a line, and add that")  # fmt: skip
    title = " ".join((found.title or "").split())
    if title and title not in text[: 2 * len(title)]:
        text = f"{title}\n{text}"
    said = {"title": title, "publisher": found.sitename, "author": found.author,
            "date": found.date, "language": found.language}  # fmt: skip
    remark = "menus, notices and comments of the page are left out; compare it with the text kept"
    return Document(text, {key: value for key, value in said.items() if value}, (remark,))


def _docx(data: bytes, name: str) -> Document:
    import docx

    _refuse_bomb(data, name)
    try:
        found = docx.Document(io.BytesIO(data))
        body = found.element.body
        said = found.core_properties
        proposed = {"title": said.title, "author": said.author, "language": said.language}
        parts = [str(part.partname).rpartition("/")[2] for part in found.part.package.iter_parts()]
    except Exception as error:  # python-docx lets those of zipfile, lxml and its own pass
        raise InputOutputError(f"{name}: cannot be read as DOCX; open and save it anew, or save "
                               "it as plain text") from error  # fmt: skip
    if next(body.iter(f"{_WORD}del", f"{_WORD}ins"), None) is not None:
        raise UsageError(f"{name}: has changes that are neither accepted nor rejected, so it is "
                         "not known what it says; settle them in the editor")  # fmt: skip
    left = sorted({kind for kind in _LEFT_OUT for part in parts if part.startswith(kind)})
    return Document(
        "\n".join(_paragraphs(body)),
        {key: value for key, value in proposed.items() if value},
        (f"left out: {', '.join(left)}, and the numbers of lists",) if left else (),
    )


def _paragraphs(body: BaseOxmlElement) -> Iterator[str]:
    """Yield the paragraphs of a DOCX in their order, also those in tables, boxes and fields."""
    for paragraph in body.iter(f"{_WORD}p"):
        if any(one.tag.endswith("}Fallback") for one in paragraph.iterancestors()):
            continue
        yield "".join(
            one.text or "" if one.tag == f"{_WORD}t" else _SIGNS[one.tag]
            for one in paragraph.iter(f"{_WORD}t", *_SIGNS)
            if next(one.iterancestors(f"{_WORD}p")) is paragraph
        )


_SIGNS = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n",
          f"{_WORD}noBreakHyphen": "\u2011"}  # fmt: skip


def _refuse_bomb(data: bytes, name: str) -> None:
    """Refuse a package that would unpack to too much, or whose parts define entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            if len(parts) > _MOST_PARTS or sum(one.file_size for one in parts) > _MOST_UNPACKED:
                raise InputOutputError(f"{name}: unpacks to more than {_MOST_UNPACKED} bytes, or "
                                       f"{_MOST_PARTS} parts; save it as plain text")  # fmt: skip
            if "word/document.xml" not in package.namelist():
                raise InputOutputError(f"{name}: is a package, but no DOCX; save the document as "
                                       "DOCX or as plain text")  # fmt: skip
            for one in parts:
                is_xml = one.filename.endswith((".xml", ".rels"))
                if is_xml and b"<!DOCTYPE" in package.read(one).replace(b"\0", b""):
                    raise InputOutputError(f"{name}: {one.filename} has a document type, which no "
                                           "DOCX has; save it as plain text")  # fmt: skip
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        zlib.error,
    ) as error:
        raise InputOutputError(f"{name}: cannot be unpacked as DOCX; open and save it anew, or "
                               "save it as plain text") from error  # fmt: skip


def _pdf(data: bytes, name: str) -> Document:
    try:
        import pypdfium2
    except ImportError:
        needed = "pip install pypdfium2; or copy its words into a text file"
        raise UsageError(f"{name}: is a PDF, for which pypdfium2 is needed: {needed}") from None
    try:
        with pypdfium2.PdfDocument(data) as found:
            if len(found) > _MOST_PAGES:
                raise InputOutputError(f"{name}: has {len(found)} pages; {_MOST_PAGES} is the most")
            pages = [page.get_textpage().get_text_range() for page in found]
    except pypdfium2.PdfiumError as error:
        raise InputOutputError(f"{name}: cannot be read as PDF: {error}") from error
    text = plain("\n".join(pages))
    if any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in text):
        raise UsageError(
            f"{name}: has Arabic or another script from right to left, which no reader of PDFs "
            "gives back whole: letters come apart or in the wrong order. Type or paste the words "
            "from another copy into a text file, and add that"
        )
    guess = (
        f"the words of {name} are a guess at what its pages show; compare them with the pages",
    )
    return Document(_WITHIN.sub(" ", _HYPHENATED.sub("", text)), {}, guess, proposal=True)
