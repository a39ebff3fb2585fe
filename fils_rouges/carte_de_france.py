"""The map of the French regions, drawn on the server; regions that have something to show are links.

The map never comes alone: the page that shows it lists the same links as text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

SOURCE = Path(__file__).parent / "donnees" / "regions.json"
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Lieu:
    """A region that is a link: its code, its name, where it goes, and what stands there."""

    code: str
    region: str
    url: str
    texte: str

    @property
    def libelle(self) -> str:
        """Name of the link, on the map as in the list."""
        return f"{self.region} : {self.texte}"


@dataclass(frozen=True, slots=True)
class Contour:
    """The outline of a region, and the point where its mark stands."""

    code: str
    nom: str
    trace: str
    x: str
    y: str


def _centre(path: str) -> tuple[str, str]:
    """The centroid of the largest ring of an SVG path made of `M x y l dx dy …z` rings."""
    best = (-1.0, 0.0, 0.0)
    for ring in path.split("M")[1:]:
        numbers = [float(number) for number in NUMBER.findall(ring)]
        x, y = numbers[0], numbers[1]
        points = [(x, y)]
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=False):
            x, y = x + dx, y + dy
            points.append((x, y))
        doubled = sum_x = sum_y = 0.0
        for (x0, y0), (x1, y1) in zip(points, [*points[1:], points[0]], strict=True):
            cross = x0 * y1 - x1 * y0
            doubled, sum_x, sum_y = doubled + cross, sum_x + (x0 + x1) * cross, sum_y + (y0 + y1) * cross
        if abs(doubled) > best[0]:
            best = (abs(doubled), sum_x / (3 * doubled), sum_y / (3 * doubled))
    return f"{best[1]:.0f}", f"{best[2]:.0f}"


@lru_cache(maxsize=1)
def contours() -> tuple[str, tuple[Contour, ...]]:
    """The viewBox of the map and the outline of each region."""
    data = json.loads(SOURCE.read_text(encoding="utf-8"))
    return data["viewBox"], tuple(Contour(code, nom, path, *_centre(path)) for code, nom, path in data["regions"])


def svg_regions(lieux: Iterable[Lieu], identifiant: str = "carte-de-france") -> SafeString:
    """The map as inline SVG, where the regions of `lieux` are links; `identifiant` is unique in the page."""
    by_code = {lieu.code: lieu for lieu in lieux}
    view_box, outlines = contours()
    context = {
        "identifiant": identifiant,
        "view_box": view_box,
        "muettes": [outline for outline in outlines if outline.code not in by_code],
        "liens": [(outline, by_code[outline.code]) for outline in outlines if outline.code in by_code],
    }
    return render_to_string("fils_rouges/includes/carte_de_france.svg", context)
