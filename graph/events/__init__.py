"""Events in columns, as they stand in files, put together as dyads: who, whom, when, how often.

The SQL beside this module is the same for every engine: DuckDB on one machine, Spark on a cluster.
What a table of events calls its columns stands in ``tables/``, one file for each.
"""
