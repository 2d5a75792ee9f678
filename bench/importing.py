"""Measure ``hudna import`` of a table of events: processor time, memory, growth.

    python bench/importing.py GEDEvent.csv [--turns 3]

The file is imported as it is (rows are put together), as events (``--events-up-to``), and twice and
four times as long, with other ids; beside it stands what pandas and rdflib take to put the same
rows together and to write as many quads as the import has keys. Figures are of whole processes.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import math
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

PLAIN = """
import sys
import pandas as pd
from rdflib import Dataset, Literal, URIRef
rows = pd.read_csv(sys.argv[1], dtype=str, keep_default_na=False)
by = ["side_a_new_id", "side_b_new_id", "adm_1", rows.date_start.str[:7], "type_of_violence"]
figures = ["best", "low", "high"]
sums = rows.groupby(by)[figures].agg(lambda one: one.astype(int).sum()).reset_index()
made = Dataset()
for number, row in enumerate(sums.itertuples()):
    for key in range(36):  # so many keys the import writes of a group
        value = Literal(str(row[key % 8]))
        made.add((URIRef(f"http://e/{number}"), URIRef(f"http://e/p{key}"), value))
made.serialize(sys.argv[2], format="nquads")
"""


def of_process(command: Sequence[str]) -> tuple[float, float]:
    """Return the processor time in seconds, and the most memory in MB, of a whole process."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[0]} ended with {process.returncode}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def longer(path: Path, times: int, target: Path) -> Path:
    """Write a table so many times as long; the copies have other ids and years."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        for copy in range(times):
            for row in rows:
                shifted = {key: _earlier(row[key], 10 * copy) for key in ("date_start", "date_end")}
                writer.writerow({**row, **shifted, "id": f"{row['id']}{copy}"})
    return target


def _earlier(day: str, years: int) -> str:
    return f"{int(day[:4]) - years:04d}{day[4:].replace('-02-29', '-02-28')}"


def measured(path: Path, turns: int, *more: str) -> tuple[float, float]:
    """Return the median processor time in seconds, and the most memory in MB, of an import."""
    times, most = [], 0.0
    for _ in range(turns):
        with tempfile.TemporaryDirectory() as scratch:
            command = [sys.executable, "-m", "graph", "import", "ucdp-ged", str(path)]
            seconds, memory = of_process([*command, "--into", "made", "--data", scratch, *more])
            times.append(seconds)
            most = max(most, memory)
    return statistics.median(times), most


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--turns", type=int, default=3)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        tables = {n: longer(asked.file, n, Path(scratch) / f"{n}.csv") for n in (1, 2, 4)}
        plain = []
        for _ in range(asked.turns):
            target = str(Path(scratch) / "plain.nq")
            plain.append(of_process([sys.executable, "-c", PLAIN, str(tables[1]), target])[0])
        base = statistics.median(plain)
        print(f"pandas and rdflib: {base:.2f} s")
        found = {}
        for times, path in tables.items():
            found[times], memory = measured(path, asked.turns)
            ratio = f", {found[times] / base:.2f} of pandas and rdflib" if times == 1 else ""
            print(f"import, {times} times the rows: {found[times]:.2f} s, {memory:.0f} MB{ratio}")
        print(f"growth exponent: {math.log(found[4] / found[1], 4):.2f}")
        seconds, memory = measured(asked.file, 1, "--events-up-to", "20000")
        print(f"as events: {seconds:.2f} s, {memory:.0f} MB")


if __name__ == "__main__":
    main()
