"""The server: one graph, read by browsers and by SPARQL clients that nobody here wrote.

It reads only. A query is never run in the process that answers requests: ``zygote`` holds the graph
in a process of its own, and each query in a child of that one, under ``Limits``.
"""
