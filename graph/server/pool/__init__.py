"""Processes that answer queries, and their limits."""
