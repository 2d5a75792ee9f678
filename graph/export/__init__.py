"""Networks as files for other programs: GEXF for Gephi, GraphML, and tables as CSV.

Every writer takes a network as ``graph.network.projection.network`` returns it and returns
the bytes of the file. The same network always gives the same bytes; nothing comes from the clock.
"""
