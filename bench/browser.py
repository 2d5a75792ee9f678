"""A headless Chromium that is told what to do over a pipe: enough of its protocol to measure with.

No library is needed. The browser has no network: whatever a page asks for is refused and counted.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import TracebackType

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--window-size=1440,900",
    # Every name leads nowhere.
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
TICKS = os.sysconf("SC_CLK_TCK")


class NoAnswerError(Exception):
    """The browser did not answer in time, or ended."""


class Browser:
    """A browser with one open page; a context manager.

    Args:
        executable: the browser; found on the path if not given.
    """

    def __init__(self, executable: str | None = None) -> None:
        found = executable or shutil.which("chromium") or shutil.which("google-chrome")
        if not found:
            raise SystemExit("this bench needs chromium on the path")
        self.folder = tempfile.mkdtemp(prefix="hudna-bench-")
        to_read, self._write = os.pipe()
        self._read, to_write = os.pipe()
        # The protocol wants the descriptors 3 and 4.
        self.process = subprocess.Popen(
            ["sh", "-c", f'exec "$@" 3<&{to_read} 4>&{to_write}', "sh", found, *FLAGS,
             f"--user-data-dir={self.folder}", "--remote-debugging-pipe", "about:blank"],
            pass_fds=(to_read, to_write),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        os.close(to_read)
        os.close(to_write)
        os.set_blocking(self._read, False)
        self._rest = b""
        self._count = 0
        self._session = ""
        self.refused: list[str] = []
        self.errors: list[str] = []
        self._attach()

    def __enter__(self) -> Browser:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the browser and remove what it wrote."""
        for descriptor in (self._write, self._read):
            os.close(descriptor)
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _attach(self) -> None:
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method: str, *, patience: float = 60, **given: object) -> dict[str, Any]:
        """Send a command and return its result.

        Raises:
            NoAnswerError: there was none within ``patience`` seconds.
        """
        self._count += 1
        message = {"id": self._count, "method": method, "params": given}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        end = time.monotonic() + patience
        while True:
            answer = self._next(end)
            if answer.get("id") == self._count:
                if "error" in answer:
                    raise NoAnswerError(f"{method}: {answer['error']['message']}")
                result: dict[str, Any] = answer["result"]
                return result
            self._note(answer)

    def _next(self, end: float) -> dict[str, Any]:
        while b"\0" not in self._rest:
            try:
                read = os.read(self._read, 1 << 20)
            except BlockingIOError:
                if time.monotonic() > end:
                    raise NoAnswerError("no answer in time") from None
                time.sleep(0.002)
                continue
            if not read:
                raise NoAnswerError("the browser ended")
            self._rest += read
        first, _, self._rest = self._rest.partition(b"\0")
        answer: dict[str, Any] = json.loads(first)
        return answer

    def _note(self, event: dict[str, Any]) -> None:
        given = event.get("params", {})
        if event.get("method") == "Runtime.exceptionThrown":
            details = given["exceptionDetails"]
            self.errors.append(details.get("exception", {}).get("description", details["text"]))
        elif event.get("method") == "Network.requestWillBeSent":
            url = given["request"]["url"]
            if url.startswith(("http:", "https:")):
                self.refused.append(url)

    def open(self, path: Path, *, patience: float = 60) -> None:
        """Go to a file; what the page says of itself is awaited with ``until``."""
        self.call("Page.navigate", url=path.resolve().as_uri(), patience=patience)

    def evaluate(self, code: str, *, patience: float = 60) -> Any:  # noqa: ANN401
        """Return the value of an expression in the page; promises are awaited."""
        answer = self.call(
            "Runtime.evaluate",
            expression=code,
            awaitPromise=True,
            returnByValue=True,
            patience=patience,
        )
        if "exceptionDetails" in answer:
            raise NoAnswerError(str(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def until(self, code: str, *, patience: float = 60) -> None:
        """Wait until an expression in the page is true.

        Raises:
            NoAnswerError: it was not within ``patience`` seconds.
        """
        end = time.monotonic() + patience
        while not self.evaluate(f"Boolean({code})", patience=max(1, end - time.monotonic())):
            if time.monotonic() > end:
                raise NoAnswerError(f"never true: {code}")
            time.sleep(0.02)

    def settle(self, *, patience: float = 60) -> None:
        """Wait until what was drawn so far is on the screen."""
        corner = {"x": 0, "y": 0, "width": 1, "height": 1, "scale": 1}
        self.call("Page.captureScreenshot", clip=corner, patience=patience)

    def picture(self, path: Path) -> None:
        """Write what is on the screen as PNG."""
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot")["data"]))

    def mouse(
        self, kind: str, x: float, y: float, *, patience: float = 60, **given: object
    ) -> None:
        """Send a ``mouseMoved``, ``mousePressed``, ``mouseReleased`` or ``mouseWheel``."""
        self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, patience=patience, **given)

    def seconds(self) -> float:
        """Return the processor time that all processes of the browser have used."""
        return sum(_seconds_of(pid) for pid in _family(self.process.pid))


def _stat(pid: int) -> list[str]:
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return []
    return text.rpartition(")")[2].split()


def _family(root: int) -> list[int]:
    """Return the ids of a process and of all that came from it."""
    parents = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and (fields := _stat(int(folder.name))):
            parents[int(folder.name)] = int(fields[1])
    found = [root]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def _seconds_of(pid: int) -> float:
    fields = _stat(pid)
    # Own time, and that of children that have ended.
    return sum(int(field) for field in fields[11:15]) / TICKS if fields else 0.0
