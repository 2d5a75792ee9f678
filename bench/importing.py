"""Measure ``hudna import`` of a table of events: processor time, memory, growth.

    python bench/importing.py [GEDEvent.csv] [--rows 16000] [--turns 3]

The file, or a made one, is imported with its rows put together, as it is, twice and four times as
long, and with an event for each row; beside it stands what pandas and rdflib take to put the same
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

from measuring import table

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


def made(count: int, target: Path) -> Path:
    """Write a table of made events, of which each tenth pair, month and province is one."""
    head = (
        "id,type_of_violence,dyad_name,dyad_new_id,side_a,side_a_new_id,side_b,side_b_new_id,"
        "where_coordinates,where_prec,adm_1,adm_2,latitude,longitude,country,event_clarity,date_prec,"
        "date_start,date_end,best,low,high,deaths_civilians"
    )
    lines = [head]
    for number in range(count):
        a, b, at = number % 7, 10 + number % 11, number // 10 % 13
        day = f"{2010 + number // 100 % 9}-{1 + number // 10 % 12:02d}-{1 + number % 28:02d}"
        lines.append(
            f"{number},2,A{a} - B{b},{a}{b},A{a},{a},B{b},{b},Town {at},1,Province {at % 5},,"
            f"{30 + at},{40 + at},Veld,1,1,{day},{day},{number % 9},{number % 9},{number % 9},0"
        )
    target.write_text("\n".join(lines) + "\n", "utf-8")
    return target


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path, nargs="?", help="a table; else one is made")
    parser.add_argument("--rows", type=int, default=16_000, help="of the table that is made")
    parser.add_argument("--turns", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        own = asked.file or made(asked.rows, Path(scratch) / "own.csv")
        tables = {n: longer(own, n, Path(scratch) / f"{n}.csv") for n in (1, 2, 4)}
        command = [sys.executable, "-c", PLAIN, str(tables[1]), str(Path(scratch) / "plain.nq")]
        plain = [of_process(command) for _ in range(asked.turns)]
        base = statistics.median(seconds for seconds, _ in plain)
        rows = [("pandas and rdflib", base, max(memory for _, memory in plain), 1.0)]
        few = ("--events-up-to", "0")
        for times, path in tables.items():
            seconds, memory = measured(path, asked.turns, *few)
            rows.append((f"put together, {times} x the rows", seconds, memory, seconds / base))
        seconds, memory = measured(own, 1, "--events-up-to", "100000")
        rows.append(("each row an event", seconds, memory, seconds / base))
    head = ("what", "processor s", "peak MB", "of pandas and rdflib")
    table(head, [(name, *(f"{one:.2f}" for one in more)) for name, *more in rows])
    print(f"growth exponent: {math.log(rows[3][1] / rows[1][1], 4):.2f}")


if __name__ == "__main__":
    main()
