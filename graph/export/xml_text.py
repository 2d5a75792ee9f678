"""What XML cannot hold."""

from __future__ import annotations

import re

from ..errors import UsageError

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def checked(xml: str) -> bytes:
    """Return a document as UTF-8.

    Args:
        xml: the text of the whole document.

    Raises:
        UsageError: it holds a control character, half a surrogate pair or a noncharacter, which
            no reader of XML would accept; the text says which, and after what.
    """
    found = _ILLEGAL.search(xml)
    if found:
        before = xml[max(0, found.start() - 40) : found.start()]
        raise UsageError(
            f"the network holds the character U+{ord(found.group()):04X}, which XML cannot hold, "
            f"after: {before}"
        )
    return xml.encode("utf-8")
