"""Forces that move the nodes of a drawing until groups stand apart that are tied within."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Points = NDArray[np.float64]
    Links = NDArray[np.intp]
    Masses = NDArray[np.float64]

_PAIRWISE = 64
"""Up to so many nodes each pushes each by itself; of more a mesh is quicker."""

_REPULSION, _GRAVITY = 4.0, 1.0
_FINEST = 256


def settled(points: Points, links: Links, steps: int) -> Points:
    """Return where nodes come to rest that push each other away and are drawn by their ties.

    The energy is LinLog with repulsion of edges, of Noack 2009, "Modularity clustering is
    force-directed layout": groups stand apart as far as they are tied within more than by chance,
    and what has no groups shows none. The pace of each node is that of ForceAtlas2 (Jacomy,
    Venturini, Heymann and Bastian 2014), and so is the pull to the middle.

    Args:
        points: where they stand before, x and y of each node; shape (nodes, 2).
        links: the two ends of each tie, by number of node; shape (ties, 2).
        steps: how many times they move.

    Returns:
        Where they stand then.
    """
    count = len(points)
    masses: Masses = 1.0 + np.bincount(links.ravel(), minlength=count).astype(np.float64)
    speed = efficiency = 1.0
    before = np.zeros_like(points)
    for _ in range(steps):
        force = _pushed(points, masses) + _drawn(points, links)
        force -= _GRAVITY * (masses / _length(points))[:, None] * points
        swing = _length(force - before)
        swinging = float(masses @ swing)
        moving = float(masses @ _length(force + before)) / 2.0
        speed, efficiency = _pace(speed, efficiency, swinging, moving, count)
        points = points + force * (speed / (1.0 + np.sqrt(speed * swing)))[:, None]
        before = force
    return points


def summed(one: Links, other: Links, push: Points, count: int) -> Points:
    """Return what each node gets of pushes between two: the first as they are, the other against.

    Args:
        one: the first node of each pair, by number; shape (pairs,).
        other: the other one.
        push: x and y for each pair; shape (pairs, 2).
        count: of the nodes.

    Returns:
        x and y for each node; shape (count, 2).
    """
    return np.stack(
        [
            np.bincount(one, axis, count) - np.bincount(other, axis, count)
            for axis in (push[:, 0], push[:, 1])
        ],
        axis=1,
    )


def _length(vectors: Points) -> NDArray[np.float64]:
    found: NDArray[np.float64] = np.hypot(vectors[:, 0], vectors[:, 1]) + 1e-9
    return found


def _pace(
    speed: float, efficiency: float, swinging: float, moving: float, count: int
) -> tuple[float, float]:
    """Return the next speed of all, and how far swinging is borne, as ForceAtlas2 has them."""
    expected = 0.05 * math.sqrt(count)
    borne = max(math.sqrt(expected), min(10.0, expected * moving / count**2))
    if swinging > 2.0 * moving:
        efficiency = max(efficiency * 0.5, 0.05)
        borne = max(borne, 1.0)
    target = borne * efficiency * moving / max(swinging, 1e-9)
    if swinging > borne * moving:
        efficiency = max(efficiency * 0.7, 0.05)
    elif speed < 1000.0:
        efficiency *= 1.3
    return speed + min(target - speed, 0.5 * speed), efficiency


def _drawn(points: Points, links: Links) -> Points:
    """Return the pull of the ties: by the logarithm of their length."""
    apart = points[links[:, 1]] - points[links[:, 0]]
    far = _length(apart)
    return summed(links[:, 0], links[:, 1], apart * (np.log1p(far) / far)[:, None], len(points))


def _pushed(points: Points, masses: Masses) -> Points:
    """Return how all push each other away: by their masses, and less the farther they are."""
    field = _pairwise if len(points) <= _PAIRWISE else _over_a_mesh
    return _REPULSION * masses[:, None] * field(points, masses)


def _pairwise(points: Points, masses: Masses) -> Points:
    apart = points[:, None, :] - points[None, :, :]
    squares = np.square(apart).sum(axis=2) + 1e-3
    found: Points = (apart * (masses[None, :] / squares)[..., None]).sum(axis=1)
    return found


def _over_a_mesh(points: Points, masses: Masses) -> Points:
    """Return the push at each point, with masses laid on a mesh and its push folded by Fourier.

    Particle-mesh, with masses and pushes shared among the four nearest points of the mesh (Hockney
    and Eastwood 1988, "Computer simulation using particles", chapter 5).
    """
    size = min(_FINEST, 1 << math.ceil(math.log2(2.0 * math.sqrt(len(points)))))
    cell = float(np.ptp(points, axis=0).max()) * 1.0001 / (size - 3) + 1e-9
    at = (points - points.min(axis=0)) / cell + 1.0
    corner = at.astype(np.intp)
    x, y = (at - corner).T
    shares = [(1 - x) * (1 - y), x * (1 - y), (1 - x) * y, x * y]
    first = corner[:, 0] * size + corner[:, 1]
    places = [first, first + size, first + 1, first + size + 1]
    laid = np.bincount(
        np.concatenate(places), np.concatenate([share * masses for share in shares]), size * size
    ).reshape(size, size)
    waves = np.fft.rfft2(laid, (2 * size, 2 * size))
    found = np.empty_like(points)
    for axis, kernel in enumerate(_kernels(size)):
        field = np.fft.irfft2(waves * kernel, (2 * size, 2 * size))[:size, :size].ravel()
        found[:, axis] = sum(s * field[p] for s, p in zip(shares, places, strict=True)) / cell
    return found


@cache
def _kernels(size: int) -> tuple[NDArray[np.complex128], NDArray[np.complex128]]:
    """Return the push of a mass of one along both axes, by Fourier, on twice the mesh."""
    steps = np.fft.fftfreq(2 * size, 1.0 / (2 * size))
    x, y = np.meshgrid(steps, steps, indexing="ij")
    squares = np.square(x) + np.square(y) + 0.25
    return np.fft.rfft2(x / squares), np.fft.rfft2(y / squares)
