"""What the server is set up with, and what its routes share."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from threading import RLock
from typing import TYPE_CHECKING, TypeVar, cast

from ..build.case import open_build
from ..build.manifest import GRAPH
from ..model.folders import data_folder, public_folder
from ..viewer.link import PAGE, served
from .pool.limits import QueryLimits
from .pool.pool import Pool

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from ..build.case import OpenedCase

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Config:
    """How a server is set up.

    Attributes:
        case: id of the case.
        public: folder of the builds.
        data: folder of the cases; queries of a case are found there.
        host: address to listen on.
        port: port to listen on; requests must name it, unless it is that of HTTP.
        host_names: further names under which the server is reached, without a port.
        origins: origins, as ``https://example.org``, whose pages may ask this server.
        frames: origins whose pages may show the page of the case in a frame.
        token: who asks must have it; ``None`` if nobody needs one.
        limits: what queries, requests and connections may take.
    """

    case: str
    public: Path = field(default_factory=public_folder)
    data: Path = field(default_factory=data_folder)
    host: str = "127.0.0.1"
    port: int = 8000
    host_names: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()
    token: str | None = field(default=None, repr=False)
    limits: QueryLimits = field(default_factory=QueryLimits)


@dataclass(eq=False)
class State:
    """What the routes share; it is one build of a case, however often it is built anew meanwhile.

    Attributes:
        config: how the server is set up.
        built: the case. Its ``store`` is a second copy of the graph in this process, loaded when
            it is first asked for: only for look-ups of our own, never for a query of a client.
        manifest: what the manifest of the build says of it.
        build: short hash of the manifest, which names the build.
        page: the page of the case; ``None`` if the build has none.
        pool: where queries are answered.
        kept: results that are the same for all requests, by name.
        lock: is held while one of them is made; routes run in threads.
    """

    config: Config
    built: OpenedCase
    manifest: Mapping[str, object]
    build: str
    page: bytes | None
    pool: Pool
    kept: dict[str, object] = field(default_factory=dict)
    lock: RLock = field(default_factory=RLock)

    def once(self, name: str, make: Callable[[], Made]) -> Made:
        """Return what was made before under a name, or make it and keep it.

        Args:
            name: of what is made.
            make: makes it.
        """
        with self.lock:
            if name not in self.kept:
                self.kept[name] = make()
        return cast("Made", self.kept[name])

    async def close(self) -> None:
        """Stop all queries and let go of the graph; a second call does nothing."""
        await self.pool.close()
        if self.pool.graph >= 0:
            os.close(self.pool.graph)
            self.pool.graph = -1


def opened(config: Config) -> State:
    """Return the state for a server; the graph is loaded later, by ``state.pool.start()``.

    Raises:
        NotBuilt: the case has not been built.
        BrokenBuild: a file of the build is not as it was built.
        InputOutputError: a file of it cannot be read.
    """
    built = open_build(config.case, config.public, config.data)
    build = built.build
    build.verify()
    page = served(build.read(PAGE), "id/") if PAGE in build.manifest.files else None
    return State(
        config=config,
        built=built,
        manifest=build.manifest.about,
        build=build.manifest.name,
        page=page,
        pool=Pool(
            config.case, build.open(GRAPH), build.manifest.files[GRAPH].sha256, config.limits
        ),
    )
