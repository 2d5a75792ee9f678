"""The server: one graph, read by browsers and by SPARQL clients that nobody here wrote.

It reads only. A query is never run in the process that answers requests: ``pool.forkserver`` holds
the graph in a process of its own, and each query runs in a child of it, under ``QueryLimits``.
"""
