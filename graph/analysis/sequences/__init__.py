"""What followed what, and what that cannot tell."""

from pathlib import Path

SEQUENCES = Path(__file__).resolve().parent / "queries"
SUPPORT = SEQUENCES / "support"
"""The queries that several sequences need, such as that for what is told of an order."""
WORDS = Path(__file__).resolve().parent / "words.toml"
"""What is said of what was found, by language."""
