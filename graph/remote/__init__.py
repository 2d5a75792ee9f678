"""Other people's stores: sending a built graph to a SPARQL server, and reading it back whole."""
