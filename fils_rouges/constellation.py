"""The constellation of a case's actors, drawn on the server: same actors, same drawing, no library.

Two drawings of the same nodes. The wide one writes each name beside its node; the compact one, for a phone, writes
only numbers, which the list beside repeats. Coordinates are strings, so that no locale ever formats them.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

# Beyond, no drawing stays readable: the list tells everything.
MAX_ACTORS = 48
WIDTH, ROW, MARGIN = 960, 54, 24
RADIUS_X, LABEL_GAP, LABEL_CHARS, LABEL_LINES, LINE_HEIGHT = 200, 22, 27, 2, 22
COMPACT, COMPACT_RADIUS, NUMBER_GAP = 340, 122, 26


@dataclass(frozen=True, slots=True)
class Noeud:
    """An actor in a drawing.

    Attributes:
        lignes: (y, text) of each line of its label.
        alignement: SVG `text-anchor` of the label.
    """

    numero: int
    famille: str
    x: str
    y: str
    texte_x: str
    alignement: str
    lignes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Dessin:
    """A drawing: its size, its centre, what is written there, its nodes."""

    largeur: str
    hauteur: str
    cx: str
    cy: str
    centre: tuple[tuple[str, str], ...]
    noeuds: tuple[Noeud, ...]


def _lines(text: str, width: int, most: int) -> list[str]:
    """At most `most` lines of about `width` characters; what is left out is said by an ellipsis."""
    lines = textwrap.wrap(text, width, break_on_hyphens=False) or [""]
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1][: width - 1].rstrip() + "…"]
    return lines


def _stacked(lines: Sequence[str], y: float) -> tuple[tuple[str, str], ...]:
    """Lines centred on `y`, with their baselines."""
    first = y - (len(lines) - 1) * LINE_HEIGHT / 2 + LINE_HEIGHT * 0.28
    return tuple((f"{first + rank * LINE_HEIGHT:.0f}", line) for rank, line in enumerate(lines))


def wide(titre: str, acteurs: Sequence[tuple[str, str]]) -> Dessin | None:
    """The drawing with names; `acteurs` are (name, family), already grouped. None when it cannot be read."""
    if not 0 < len(acteurs) <= MAX_ACTORS:
        return None
    right = (len(acteurs) + 1) // 2
    height = max(right * ROW + 2 * MARGIN, 240)
    cx, cy = WIDTH / 2, height / 2
    nodes = []
    for rank, (nom, famille) in enumerate(acteurs):
        # Down the right side, then up the left one: families follow one another around the case.
        on_right = rank < right
        count, place = (right, rank) if on_right else (len(acteurs) - right, len(acteurs) - 1 - rank)
        y = MARGIN + (height - 2 * MARGIN) * (place + 0.5) / count
        spread = max(math.sqrt(max(0.0, 1 - ((y - cy) / (height / 2)) ** 2)), 0.4)
        side = 1 if on_right else -1
        x = cx + side * RADIUS_X * spread
        nodes.append(
            Noeud(
                numero=rank + 1,
                famille=famille,
                x=f"{x:.0f}",
                y=f"{y:.0f}",
                texte_x=f"{x + side * LABEL_GAP:.0f}",
                alignement="start" if on_right else "end",
                lignes=_stacked(_lines(nom, LABEL_CHARS, LABEL_LINES), y),
            )
        )
    # A long dash between two names is a place to break too.
    centre = _stacked(_lines(titre.replace("–", "– "), 14, 4), cy)
    return Dessin(str(WIDTH), f"{height:.0f}", f"{cx:.0f}", f"{cy:.0f}", centre, tuple(nodes))


def compact(acteurs: Sequence[tuple[str, str]]) -> Dessin | None:
    """The same nodes on a ring, each with its number in the list."""
    if not 0 < len(acteurs) <= MAX_ACTORS:
        return None
    centre = COMPACT / 2
    nodes = []
    for rank, (_, famille) in enumerate(acteurs):
        angle = 2 * math.pi * rank / len(acteurs) - math.pi / 2
        x, y = centre + COMPACT_RADIUS * math.cos(angle), centre + COMPACT_RADIUS * math.sin(angle)
        reach = (COMPACT_RADIUS + NUMBER_GAP) / COMPACT_RADIUS
        number_y = centre + (y - centre) * reach + 5
        nodes.append(
            Noeud(
                numero=rank + 1,
                famille=famille,
                x=f"{x:.0f}",
                y=f"{y:.0f}",
                texte_x=f"{centre + (x - centre) * reach:.0f}",
                alignement="middle",
                lignes=((f"{number_y:.0f}", str(rank + 1)),),
            )
        )
    return Dessin(str(COMPACT), str(COMPACT), f"{centre:.0f}", f"{centre:.0f}", (), tuple(nodes))
