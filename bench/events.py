"""Events to a network of dyads by month: ours beside DuckDB alone, pandas, Polars and Spark.

    python bench/events.py --millions 10,50,200 [--shapes sector,hard] [--beside pandas,polars,spark]

*sector*: 50 kinds of actors, some 12,000 dyads whatever the number of events. *hard*: 20,000 actors,
nearly every event a dyad of its own. The files are made here, with the columns of GDELT that count,
kept in ``bench/out`` and removed at the end unless ``--keep`` is given. DuckDB alone is what somebody
would write by hand for these very columns, under the same limit of memory. Each variant is a process
of its own; of Spark, the processor time and memory of Java as well.
"""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from math import log
from typing import TYPE_CHECKING

import measuring as m

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PART = 2_500_000
LIMIT = "4GB"
_MAKE = """
COPY (
  SELECT i AS GlobalEventID, CAST(strftime(d, '%Y%m%d') AS INT) AS SQLDATE,
         {a} AS Actor1Code, {b} AS Actor2Code, CAST(root AS UTINYINT) AS EventRootCode,
         CAST(CASE WHEN root <= 5 THEN 1 WHEN root <= 8 THEN 2 WHEN root <= 13 THEN 3 ELSE 4 END
              AS UTINYINT) AS QuadClass,
         CAST(round(random() * 20 - 10, 1) AS FLOAT) AS GoldsteinScale,
         CAST(1 + floor(-3 * ln(1 - random())) AS INT) AS NumSources,
         CAST(random() * 8 - 6 AS FLOAT) AS AvgTone,
         ['SY', 'IZ', 'UP', 'SU', 'NI', 'AF', 'US', 'FR'][1 + CAST(floor(random() * 8) AS INT)]
           AS ActionGeo_CountryCode
  FROM (SELECT i, DATE '2015-01-01' + CAST(3650 * i // {all} AS INT) AS d,
               1 + CAST(floor(random() * 20) AS INT) AS root,
               CAST(floor(20000 * pow(random(), 2.2)) AS INT) AS x,
               CAST(floor(20000 * pow(random(), 2.2)) AS INT) AS y
        FROM range({first}, {last}) t(i))
) TO '{path}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 500000)
"""
_STATES = "['SYR','IRQ','UKR','RUS','SDN','USA','FRA','NGA','AFG','MMR']"
_KINDS = "['GOV','REB','MIL','CVL','OPP']"
_CODE = f"{_STATES}[1 + {{0}} % 10] || {_KINDS}[1 + ({{0}} // 10) % 5]"
_HARD = _CODE + " || CAST({0} AS VARCHAR)"
_BARE = """
COPY (
  SELECT Actor1Code, Actor2Code,
         CAST(floor(SQLDATE / 100) AS INT) AS month,
         CASE WHEN QuadClass <= 2 THEN 1 ELSE -1 END AS sign,
         count(*) AS rows, sum(NumSources) AS weight
  FROM read_parquet('{files}')
  WHERE Actor1Code <> Actor2Code
  GROUP BY ALL
) TO '{path}' (FORMAT parquet)
"""


def main() -> None:
    """Make the files, measure and print."""
    parser = m.arguments(__doc__, repetitions=3)
    parser.add_argument("--millions", default="10", help="of events, with commas")
    parser.add_argument("--shapes", default="sector,hard")
    parser.add_argument("--beside", default="pandas,polars,spark", help="which, with commas")
    parser.add_argument("--keep", action="store_true", help="do not remove the files of events")
    given = parser.parse_args()
    beside = [one for one in given.beside.split(",") if one and _is_there(one)]
    rows, kept, ours_by_size = [], {}, {}
    for shape in given.shapes.split(","):
        for millions in map(float, given.millions.split(",")):
            folder = made(shape, round(millions * 1_000_000))
            runs = _measured(folder, beside, given.repetitions)
            medians = {name: m.typical(some) for name, some in runs.items()}
            ours_by_size[shape, millions] = medians["ours"].seconds
            kept[f"{shape} {millions:g}"] = medians
            rows.append(_row(shape, millions, medians, beside))
            if not given.keep:
                shutil.rmtree(folder)
    m.print_table(
        ["shape", "million", "dyads", "ours, s", "ours ÷ DuckDB alone", "ours, MB", "DuckDB, MB",
         *(f"{name} ÷ ours (MB)" for name in beside)],
        rows,
    )  # fmt: skip
    for shape in given.shapes.split(","):
        sizes = sorted(size for own, size in ours_by_size if own == shape)
        if len(sizes) > 1:
            first, last = sizes[0], sizes[-1]
            grown = ours_by_size[shape, last] / ours_by_size[shape, first]
            print(f"power of growth, {shape}: {log(grown) / log(last / first):.2f}")
    m.keep("events", kept)
