"""Projections of the judged graph as networks, their filters, and paths in them."""
