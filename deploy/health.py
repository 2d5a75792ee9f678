"""Ends with 0 if the server on this machine holds its graph: ``python deploy/health.py [PORT]``.

The token is read from HUDNA_TOKEN, as the server does.
"""

from __future__ import annotations

import json
import os
import sys
import urllib.request


def main() -> int:
    """Ask for the state of the server, and return the code to end with."""
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8000
    request = urllib.request.Request(f"http://127.0.0.1:{port}/health")
    if token := os.environ.get("HUDNA_TOKEN", "").strip():
        request.add_header("Authorization", f"Bearer {token}")
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(request, timeout=4) as answer:
            return 0 if json.load(answer)["ok"] else 1
    except (OSError, ValueError, KeyError):
        return 1


if __name__ == "__main__":
    sys.exit(main())
