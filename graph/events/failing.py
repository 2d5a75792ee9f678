"""What an engine says of what went wrong, in one line that begins with file and place."""

from __future__ import annotations

import json
import re

_INNER = re.compile(r'"exception_message":("(?:[^"\\]|\\.)*")')
_LINE = re.compile(r"CSV Error on Line: (\d+)")
_FILE = re.compile(r"^  file = (.+)$", re.MULTILINE)
_SNIFFED = re.compile(r'sniffing file "(.+)"')
_OF_JAVA = re.compile(r"^: (?:[\w$]+\.)+([\w$]+(?:: .*)?)$", re.MULTILINE)


def told_by_duckdb(error: Exception) -> str:
    """Return what DuckDB says, without what it would do about it.

    Args:
        error: of DuckDB.
    """
    text = str(error)
    first, _, rest = text.partition("\n")
    if inner := _INNER.search(first):
        return str(json.loads(inner[1]))
    if sniffed := _SNIFFED.search(first):
        return f"{sniffed[1]}: not all rows have as many cells as the first, or quotes do not close"
    if (line := _LINE.search(first)) and (file := _FILE.search(text)):
        said = rest.partition("Possible ")[0].splitlines()[1:]
        return f"{file[1]}, line {line[1]}: {' '.join(one for one in said if one)}"
    return first


def told_by_spark(error: Exception) -> str:
    """Return what Spark says; an exception of Java stands in the second line, after its class.

    Args:
        error: of pyspark, py4j or gRPC.
    """
    text = str(error)
    found = _OF_JAVA.search(text)
    return found[1] if found else text.partition("\n")[0]
