"""A Spark cluster of its own for tests: a master and two workers, each a process on loopback.

Where pyspark or Java are not there its tests are skipped with a reason, or fail with
``HUDNA_REQUIRE_READERS=1``.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.request import urlopen

import pytest
from readers import need
from stores import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

_START = 120.0
_SMALL = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
_DEFAULTS = f"""\
spark.driver.bindAddress 127.0.0.1
spark.driver.host 127.0.0.1
spark.driver.memory 512m
spark.driver.extraJavaOptions {_SMALL}
spark.executor.cores 1
spark.executor.memory 600m
spark.executor.extraJavaOptions {_SMALL}
spark.sql.shuffle.partitions 4
spark.ui.enabled false
spark.ui.showConsoleProgress false
"""


class Cluster(NamedTuple):
    """A cluster that runs.

    Attributes:
        url: of its master.
        workers: their processes, each with what it started in a group.
        environment: what whoever asks it must have in its environment.
        web: where the master tells its state.
    """

    url: str
    workers: list[subprocess.Popen[bytes]]
    environment: dict[str, str]
    web: str

    def state(self) -> dict[str, Any]:
        """Return what the master says of its workers."""
        with urlopen(self.web, timeout=5) as answer:  # noqa: S310 - on loopback
            return dict(json.load(answer))


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """Run a master and two workers of one core each."""
    home = Path(need("pyspark").__file__).parent
    if shutil.which("java") is None:
        if os.environ.get("HUDNA_REQUIRE_READERS") == "1":
            pytest.fail("java is not there", pytrace=False)
        pytest.skip("java is not there")
    (folder / "spark-defaults.conf").write_text(_DEFAULTS, "utf-8")
    known = {
        "SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_LOCAL_DIRS": str(folder),
        "SPARK_CONF_DIR": str(folder), "PYSPARK_PYTHON": sys.executable,
    }  # fmt: skip
    port, web = free_port(), free_port()
    url = f"spark://127.0.0.1:{port}"
    started: list[subprocess.Popen[bytes]] = []

    def start(role: str, *words: str) -> subprocess.Popen[bytes]:
        own = {"SPARK_DAEMON_MEMORY": "256m", "SPARK_DAEMON_JAVA_OPTS": _SMALL}
        name = f"org.apache.spark.deploy.{role.lower()}.{role}"
        with (folder / "daemons.log").open("ab") as log:
            process = subprocess.Popen(
                [str(home / "bin" / "spark-class"), name, "--host", "127.0.0.1", *words],
                env={**os.environ, **known, **own},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        started.append(process)
        return process

    try:
        start("Master", "--port", str(port), "--webui-port", str(web))
        workers = [
            start("Worker", "--cores", "1", "--memory", "900m", "--webui-port", str(free_port()),
                  "--work-dir", str(folder / f"worker-{number}"), url)
            for number in (1, 2)
        ]  # fmt: skip
        made = Cluster(url, workers, known, f"http://127.0.0.1:{web}/json/")
        _wait(made, folder / "daemons.log")
        yield made
    finally:
        for sign in (signal.SIGTERM, signal.SIGKILL):
            for process in started:
                _end(process, sign)


@contextmanager
def connect(made: Cluster, folder: Path) -> Iterator[str]:
    """Run a server of Spark Connect that has the cluster do the work, and give its address.

    While it runs it keeps all cores of the cluster.
    """
    need("zstandard")  # one of the packages that Connect needs beside pyspark
    port, start = free_port(), Path(made.environment["SPARK_HOME"], "sbin/start-connect-server.sh")
    own = {"SPARK_NO_DAEMONIZE": "1", "SPARK_LOG_DIR": str(folder), "SPARK_PID_DIR": str(folder)}
    told = {"binding.address": "127.0.0.1", "binding.port": port}
    words = [f"--conf=spark.connect.grpc.{name}={value}" for name, value in told.items()]
    with (folder / "connect.log").open("ab") as log:
        process = subprocess.Popen(
            ["bash", str(start), "--master", made.url, *words],
            env={**os.environ, **made.environment, **own},
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        end = time.monotonic() + _START
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.3)
        yield f"sc://127.0.0.1:{port}"
    finally:
        for sign in (signal.SIGTERM, signal.SIGKILL):
            _end(process, sign)


def _wait(made: Cluster, log: Path) -> None:
    end = time.monotonic() + _START
    while time.monotonic() < end:
        try:
            if made.state()["aliveworkers"] == len(made.workers):
                return
        except (OSError, ValueError):
            pass
        time.sleep(0.3)
    raise TimeoutError(log.read_text("utf-8", "replace")[-2000:])


def _end(process: subprocess.Popen[bytes], sign: signal.Signals) -> None:
    """End a process with all that it started."""
    try:
        os.killpg(process.pid, sign)
        process.wait(10)
    except (ProcessLookupError, subprocess.TimeoutExpired):
        return
