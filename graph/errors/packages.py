"""How a package that is not always there is installed."""

from __future__ import annotations


def to_install(extra: str) -> str:
    """Return what to type, where Hudna is installed and in a clone.

    Args:
        extra: one of the optional dependencies in ``pyproject.toml``.
    """
    return f'pip install "hudna[{extra}]", in a clone: pip install -e ".[{extra}]"'
