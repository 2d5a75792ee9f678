"""Numbers about networks, each with how far it hangs on what is disputed.

Networks come as ``networkx.MultiDiGraph`` from ``graph.network.projection`` or, where they are
large, as arrays. Nothing here sees a triple, an authored file or a page.
"""
