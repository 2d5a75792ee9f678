"""How many examples a property is tried with: in ``make soak`` all, in ``make test`` some."""

from __future__ import annotations

from typing import Any

from hypothesis import settings

_ALL = 100
settings.register_profile("soak", deadline=None, max_examples=_ALL)
# Machines are shared and noisy: no test fails for being slow.
settings.register_profile("shared", deadline=None, max_examples=_ALL // 4)


def deep() -> bool:
    """Return whether this is ``make soak``, in which all is tried."""
    return settings().max_examples >= _ALL


def examples(number: int, *, part: float = 1.0, **more: Any) -> settings:  # noqa: ANN401 - as hypothesis takes them
    """Return settings for so many examples in ``make soak``, and a part of them in ``make test``.

    Args:
        number: of examples.
        part: how much of the usual part is enough in ``make test``, where an example takes long.
        more: other settings.
    """
    shallow = 1.0 if deep() else part
    most = int(number * shallow * settings().max_examples / _ALL)
    return settings(max_examples=max(3, most), **more)
