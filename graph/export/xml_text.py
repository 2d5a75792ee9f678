"""What XML cannot hold."""

from __future__ import annotations

import re

from ..errors import UsageError

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def checked(text: str) -> bytes:
    """Return a text as UTF-8, if XML can hold it.

    Args:
        text: a whole document, or a part of one.

    Raises:
        UsageError: the text holds a control character, half a surrogate pair or a noncharacter,
            which no reader of XML would accept; the message says which, and after what.
    """
    found = _ILLEGAL.search(text)
    if found:
        before = text[max(0, found.start() - 40) : found.start()]
        raise UsageError(
            f"the network holds the character U+{ord(found.group()):04X}, which XML cannot hold, "
            f"after: {before}"
        )
    return text.encode("utf-8")
