"""The drawing of the home page: a territory, its actors of four kinds, and the alliances that tie them.

Pure geometry, the same on every server: contour lines of an imaginary relief, points spread by the golden angle,
each joined to its relative neighbours, and a few alliances, each of which holds the four kinds. It means nothing that
the text does not say: the page hides it from screen readers.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations
from math import atan2, cos, dist, pi, sin, sqrt, tau
from typing import NamedTuple

WIDTH, HEIGHT = 640, 560
GOLDEN_ANGLE = pi * (3 - sqrt(5))
POINTS = 44
KINDS = ("cadre-de-reference", "illustrations", "methode", "boite-a-outils")
ALLIANCES, APART = 4, 150
Point = tuple[float, float]


class Etoile(NamedTuple):
    """A point: where it stands, its kind, how large it is."""

    x: int
    y: int
    genre: str
    trace: str
    alliee: bool


class Dessin(NamedTuple):
    """Everything to draw, as SVG paths."""

    largeur: int
    hauteur: int
    courbes: tuple[str, ...]
    liens: str
    alliances: tuple[str, ...]
    etoiles: tuple[Etoile, ...]


def _edge(angle: float) -> float:
    """How far the territory goes in a direction, around 1: slow waves make it neither a circle nor a blob."""
    return 1 + 0.07 * sin(2 * angle + 0.6) + 0.05 * sin(3 * angle + 2.1) + 0.025 * sin(5 * angle + 4.0)


def _contour(scale: float, shift: Point) -> str:
    """A closed curve through 24 points, smoothed (Catmull-Rom as cubic Béziers)."""
    ring = []
    for step in range(24):
        angle = tau * step / 24
        reach = _edge(angle) * scale
        ring.append(
            (
                WIDTH / 2 + shift[0] + cos(angle) * reach * WIDTH / 2,
                HEIGHT / 2 + shift[1] + sin(angle) * reach * HEIGHT / 2,
            )
        )
    path = f"M{ring[0][0]:.0f} {ring[0][1]:.0f}C"
    for index in range(24):
        before, start, end, after = (ring[(index + offset) % 24] for offset in (-1, 0, 1, 2))
        first = (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6)
        second = (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6)
        path += " ".join(f"{number:.0f}" for number in (*first, *second, *end)) + " "
    return path.rstrip() + "Z"


def _points() -> list[Point]:
    """Points spread evenly over the territory, then moved a little so that no spiral shows."""
    spread: list[Point] = []
    for rank in range(POINTS):
        angle = rank * GOLDEN_ANGLE + 0.12 * sin(rank * 2.7)
        reach = sqrt((rank + 0.6) / POINTS) * 0.86 * _edge(angle)
        x = WIDTH / 2 + cos(angle) * reach * WIDTH / 2 + 9 * sin(rank * 5.1)
        y = HEIGHT / 2 + sin(angle) * reach * HEIGHT / 2 + 9 * cos(rank * 3.3)
        spread.append((round(x), round(y)))
    return spread


def _neighbours(points: list[Point]) -> list[tuple[int, int]]:
    """The relative neighbourhood graph: two points are joined when none stands nearer to both."""
    joined = []
    for a, b in combinations(range(len(points)), 2):
        gap = dist(points[a], points[b])
        if not any(
            max(dist(points[a], other), dist(points[b], other)) < gap
            for c, other in enumerate(points)
            if c not in (a, b)
        ):
            joined.append((a, b))
    return joined


def _shape(kind: str, x: float, y: float, r: float) -> str:
    """The outline of a kind's shape; the same four as `includes/forme.html`."""
    if kind == "cadre-de-reference":
        side = r * 1.72
        return f"M{x - side / 2:.1f} {y - side / 2:.1f}h{side:.1f}v{side:.1f}h{-side:.1f}z"
    if kind == "illustrations":
        return f"M{x - r:.1f} {y:.1f}a{r:.1f} {r:.1f} 0 1 0 {2 * r:.1f} 0a{r:.1f} {r:.1f} 0 1 0 {-2 * r:.1f} 0z"
    if kind == "methode":
        return f"M{x:.1f} {y - r * 1.2:.1f}l{r * 1.15:.1f} {r * 2:.1f}h{-r * 2.3:.1f}z"
    half = r * 1.1
    corners = [(x + half * cos(tau * k / 6), y + half * sin(tau * k / 6)) for k in range(6)]
    return "M" + "L".join(f"{px:.1f} {py:.1f}" for px, py in corners) + "z"


def _around(points: list[Point]) -> list[Point]:
    """The points of an alliance in the order of a walk around their centre."""
    cx, cy = sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)
    return sorted(points, key=lambda point: atan2(point[1] - cy, point[0] - cx))


def _kinds(points: list[Point]) -> list[str]:
    """A kind for each point: the one least present among its nearest, so that the four mix everywhere."""
    kinds: list[str] = []
    for rank, point in enumerate(points):
        near = sorted(range(rank), key=lambda other: dist(points[other], point))[:5]
        seen = [kinds[other] for other in near]
        kinds.append(min(KINDS, key=lambda kind: (seen.count(kind), kinds.count(kind))))
    return kinds


def _alliances(points: list[Point], kinds: list[str]) -> list[list[int]]:
    """The most closely knit groups of the four kinds, each apart from the others."""

    def group_of(rank: int) -> list[int]:
        by_distance = sorted(range(len(points)), key=lambda other: dist(points[other], points[rank]))
        return [next(other for other in by_distance if kinds[other] == kind) for kind in KINDS]

    def cost(rank: int) -> float:
        return sum(dist(points[other], points[rank]) for other in group_of(rank))

    centres: list[int] = []
    groups: list[list[int]] = []
    for rank in sorted(range(len(points)), key=cost):
        taken = {one for group in groups for one in group}
        apart = all(dist(points[rank], points[centre]) >= APART for centre in centres)
        if apart and not taken & set(group_of(rank)):
            centres.append(rank)
            groups.append(group_of(rank))
        if len(groups) == ALLIANCES:
            break
    return groups


@lru_cache(maxsize=1)
def dessin() -> Dessin:
    """The drawing, worked out once per process."""
    points = _points()
    kinds = _kinds(points)
    groups = _alliances(points, kinds)
    allied = {rank: number for number, group in enumerate(groups) for rank in group}
    rings = ["M" + "L".join(f"{x} {y}" for x, y in _around([points[rank] for rank in group])) + "Z" for group in groups]
    # Within an alliance, its own ring says the tie.
    links = [(a, b) for a, b in _neighbours(points) if a not in allied or allied.get(a) != allied.get(b)]
    return Dessin(
        largeur=WIDTH,
        hauteur=HEIGHT,
        courbes=tuple(_contour(0.98 - 0.17 * step, (-14 * step, 9 * step)) for step in range(5)),
        liens="".join(f"M{points[a][0]} {points[a][1]}L{points[b][0]} {points[b][1]}" for a, b in links),
        alliances=tuple(rings),
        etoiles=tuple(
            Etoile(
                int(x),
                int(y),
                kinds[rank],
                _shape(kinds[rank], x, y, 11.5 if rank in allied else 5.5 + 1.5 * abs(sin(rank * 1.9))),
                rank in allied,
            )
            for rank, (x, y) in enumerate(points)
        ),
    )
