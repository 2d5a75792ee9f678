"""Requests and answers of HTTP: who may ask, in which form, and what goes wrong."""
