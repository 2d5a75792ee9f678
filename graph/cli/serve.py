"""``hudna serve``."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from . import options, privacy
from .printing import say

if TYPE_CHECKING:
    from ..server.pool.limits import QueryLimits

_TOKEN = "HUDNA_TOKEN"  # noqa: S105 - the name of a variable
_LONGEST_TOKEN_FILE = 4096
_SHORTEST_TOKEN = 16
_MIB = 1024 * 1024
_LAST_PORT = 65535
_ORIGIN = re.compile(
    r"https?://(?:[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*|\[[0-9A-Fa-f:.]+\])(?::(?P<port>[0-9]{1,5}))?"
)
"""No wildcards, and nothing that could go on in a policy."""

EPILOG = """\b
Examples:
  hudna serve
  hudna serve --port 8080 --seconds 30
  HUDNA_TOKEN=... hudna serve --host 0.0.0.0 --host-name graph.example.org
\b
Then, for one:
  curl http://127.0.0.1:8000/sparql --data-urlencode 'query=SELECT * { ?s hud:besieges ?o }'
"""


@click.command("serve", epilog=EPILOG)
@options.case
@options.public
@options.data
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Port to listen on; 0 takes a free one.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen on; one that others can reach needs a token.",
)
@click.option(
    "--host-name",
    "host_names",
    multiple=True,
    metavar="NAME",
    help="A further name under which the server is reached; may be repeated.",
)
@click.option(
    "--allow-origin",
    "origins",
    multiple=True,
    metavar="URL",
    help="Origin whose pages may ask, as https://example.org; may be repeated.",
)
@click.option(
    "--allow-frame",
    "frames",
    multiple=True,
    metavar="URL",
    help="Origin whose pages may show the page of the case in a frame, as https://example.org; may "
    "be repeated.  [default: none may]",
)
@click.option(
    "--token-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=f"File with the token that who asks must send.  [default: the variable {_TOKEN}]",
)
@click.option(
    "--seconds",
    type=click.FloatRange(0.1, 3600),
    default=10.0,
    show_default=True,
    help="A query is stopped after so many seconds.",
)
@click.option(
    "--memory",
    type=click.IntRange(16, 65536),
    default=256,
    show_default=True,
    help="MiB that a query may take beside the graph.",
)
@click.option(
    "--answer",
    type=click.IntRange(1, 1024),
    default=32,
    show_default=True,
    help="MiB that an answer may have.",
)
@click.option(
    "--remember",
    type=click.IntRange(0, 65536),
    default=64,
    show_default=True,
    help="MiB of answers that are kept for the same query asked again.",
)
@click.option(
    "--running",
    type=click.IntRange(1, 256),
    default=6,
    show_default=True,
    help="So many queries run at once.",
)
@click.option(
    "--kept",
    type=click.IntRange(0, 64),
    default=2,
    show_default=True,
    help="So many short ones beside them, in processes that are kept for a while; with 0 each "
    "query has a process of its own.",
)
@click.option(
    "--waiting",
    type=click.IntRange(0, 1024),
    default=192,
    show_default=True,
    help="So many more wait for a place.",
)
def command(
    case: str,
    public: Path,
    data: Path,
    port: int,
    host: str,
    host_names: tuple[str, ...],
    origins: tuple[str, ...],
    frames: tuple[str, ...],
    token_file: Path | None,
    seconds: float,
    memory: int,
    answer: int,
    remember: int,
    running: int,
    kept: int,
    waiting: int,
) -> None:
    """Serve the graph of a case to browsers and to clients of SPARQL, until Ctrl-C.

    It is only read. Queries run in processes that may die of them, within the limits below.
    """
    from ..build.case import open_build
    from ..server.run import run
    from ..server.state import Config

    token = _token(token_file)
    if token is None and not _is_local(host):
        raise click.UsageError(f"{host} can be reached by others: set {_TOKEN} or --token-file")
    privacy.given_away(open_build(case, public))
    config = Config(
        case=case,
        public=public,
        data=data,
        host=host,
        port=port,
        host_names=host_names,
        origins=_origins("--allow-origin", origins),
        frames=_origins("--allow-frame", frames),
        token=token,
        limits=_limits(seconds, memory, answer, remember, running, kept, waiting),
    )
    run(config, lambda address: say(f"{case} is served at {address}  (Ctrl-C ends)"))


def _limits(
    seconds: float, memory: int, answer: int, remember: int, running: int, kept: int, waiting: int
) -> QueryLimits:
    from math import ceil

    from ..server.pool.limits import QueryLimits

    return QueryLimits(
        seconds=seconds,
        cpu_seconds=ceil(seconds),
        memory=memory * _MIB,
        answer_bytes=answer * _MIB,
        cache_bytes=remember * _MIB,
        running=running,
        kept=kept,
        waiting=waiting,
    )


def _token(file: Path | None) -> str | None:
    """Return the token of the file or of the environment; from the latter it is removed."""
    from ..model.textfiles import text_of

    given = os.environ.pop(_TOKEN, "").strip()
    if file is not None:
        given = text_of(file, _LONGEST_TOKEN_FILE, "a token is short").strip()
    elif not given:
        return None
    if len(given) < _SHORTEST_TOKEN or not given.isascii() or not given.isprintable():
        raise click.UsageError(f"a token has at least {_SHORTEST_TOKEN} characters of plain ASCII")
    return given


def _is_local(host: str) -> bool:
    from ipaddress import ip_address

    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _origins(option: str, given: tuple[str, ...]) -> tuple[str, ...]:
    """Return origins in the form in which browsers send them, and refuse whatever is none."""
    wrong = [one for one in given if not _is_origin(one.rstrip("/"))]
    if wrong:
        listed = ", ".join(f'"{one}"' for one in wrong)
        right = "write scheme and host, and a port if there is one, as https://example.org"
        raise click.BadParameter(f"no origin: {listed}; {right}", param_hint=option)
    return tuple(one.rstrip("/").lower() for one in given)


def _is_origin(text: str) -> bool:
    match = _ORIGIN.fullmatch(text)
    return match is not None and int(match["port"] or 0) <= _LAST_PORT
