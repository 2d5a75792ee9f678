"""A network as one HTML page that needs nothing else: no server, no further file, no request."""
