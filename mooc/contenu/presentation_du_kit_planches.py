"""Slides of the video: titles, points and simple vector-like drawings, in the colours and fonts of the site.

The lower fifth of a slide stays empty: the player writes the captions there.
"""

import math
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

POLICES = Path(__file__).resolve().parents[2] / "static" / "fonts"
LARGEUR, HAUTEUR = 1280, 720
FINESSE = 2  # drawn twice as large, then reduced: smooth edges

PAPIER, CREUX, ENCRE, ENCRE_2, FILET, FORET = "#faf8f3", "#efece2", "#17211e", "#46534e", "#75817b", "#0a5c4a"
TEINTES = {"cadre": "#3a4a8f", "illustrations": "#9c3b1b", "methode": "#0a5c4a", "outils": "#7a5200"}
NATURES = tuple(TEINTES)
Point = tuple[float, float]


class Planche:
    """A drawing surface measured in the pixels of the video."""

    def __init__(self) -> None:
        """Open a sheet of paper."""
        self.image = Image.new("RGB", (LARGEUR * FINESSE, HAUTEUR * FINESSE), PAPIER)
        self._trait = ImageDraw.Draw(self.image)

    def texte(self, x: float, y: float, texte: str, taille: int, couleur: str = ENCRE, titre: bool = False) -> None:
        """Write one line, its top left corner at (x, y)."""
        police = _police(taille, titre)
        self._trait.text((x * FINESSE, y * FINESSE), _imprimable(texte), font=police, fill=couleur)

    def ligne(self, depart: Point, arrivee: Point, couleur: str = FILET, largeur: float = 3) -> None:
        """Draw a line."""
        points = [(x * FINESSE, y * FINESSE) for x, y in (depart, arrivee)]
        self._trait.line(points, fill=couleur, width=round(largeur * FINESSE))

    def cadre(self, x: float, y: float, largeur: float, hauteur: float, fond: str, trait: str = FILET) -> None:
        """Draw a rounded box."""
        boite = [valeur * FINESSE for valeur in (x, y, x + largeur, y + hauteur)]
        self._trait.rounded_rectangle(boite, radius=14 * FINESSE, fill=fond, outline=trait, width=3 * FINESSE)

    def disque(self, centre: Point, rayon: float, couleur: str) -> None:
        """Draw a disc."""
        x, y = centre
        boite = [valeur * FINESSE for valeur in (x - rayon, y - rayon, x + rayon, y + rayon)]
        self._trait.ellipse(boite, fill=couleur)

    def forme(self, centre: Point, nature: str, rayon: float) -> None:
        """Draw the shape of a nature, in its colour: square, disc, triangle or hexagon."""
        couleur = TEINTES[nature]
        if nature == "illustrations":
            self.disque(centre, rayon, couleur)
            return
        x, y = (valeur * FINESSE for valeur in centre)
        r = rayon * FINESSE
        sommets, tour = {"cadre": (4, 45), "methode": (3, 90), "outils": (6, 90)}[nature]
        r *= {"cadre": 1.25, "methode": 1.2, "outils": 1.08}[nature]
        angles = [math.radians(tour + 360 * rang / sommets) for rang in range(sommets)]
        self._trait.polygon([(x + r * math.cos(a), y - r * math.sin(a)) for a in angles], fill=couleur)


def dessiner(titre: str, points: list[str], dessin: str, mention: str, place: tuple[int, int]) -> Image.Image:
    """Return a slide of 1280 x 720 pixels.

    Args:
        titre: main text.
        points: short lines; how they show depends on the drawing.
        dessin: one of the keys of `DESSINS`.
        mention: who made the video, at the top of every slide.
        place: number of the slide, and how many there are.
    """
    planche = Planche()
    rang, total = place
    planche.texte(72, 40, mention, 24, ENCRE_2)
    for numero in range(1, total + 1):
        fait = numero <= rang
        planche.ligne(
            (LARGEUR - 72 - (total - numero + 1) * 34, 56),
            (LARGEUR - 80 - (total - numero) * 34, 56),
            FORET if fait else "#d9d8cb",
            6,
        )
    y = 104
    for ligne in _couper(titre, 62, LARGEUR - 144):
        planche.texte(72, y, ligne, 62, titre=True)
        y += 72
    DESSINS[dessin](planche, points)
    return planche.image.resize((LARGEUR, HAUTEUR), Image.Resampling.LANCZOS)


def _police(taille: int, titre: bool) -> ImageFont.FreeTypeFont:
    """Return the title font (bold) or the text font, at a size in pixels of the video."""
    police = ImageFont.truetype(POLICES / ("bricolage.woff2" if titre else "atkinson.woff2"), taille * FINESSE)
    police.set_variation_by_axes([700 if titre else 500])
    return police


def _imprimable(texte: str) -> str:
    """Replace the narrow no-break space, which the fonts lack, by the thin space, which they hold."""
    return texte.replace("\u202f", "\u2009")


def _couper(texte: str, taille: int, largeur: int) -> list[str]:
    """Break a title into lines that fit the width."""
    police = _police(taille, titre=True)
    lignes = [""]
    for mot in texte.split(" "):
        essai = f"{lignes[-1]} {mot}".strip()
        if police.getlength(_imprimable(essai)) <= largeur * FINESSE or not lignes[-1]:
            lignes[-1] = essai
        else:
            lignes.append(mot)
    return lignes


# Slides


def _constellation(planche: Planche, points: list[str]) -> None:
    """Actors of four kinds, and the links between them."""
    sommets = [
        (150, 420),
        (290, 300),
        (330, 500),
        (500, 400),
        (560, 250),
        (660, 500),
        (760, 340),
        (900, 250),
        (920, 470),
        (1060, 370),
        (1140, 500),
        (1150, 250),
    ]
    liens = [
        (0, 1, 0),
        (0, 2, 1),
        (1, 3, 1),
        (2, 3, 0),
        (3, 4, 0),
        (3, 5, 1),
        (4, 6, 1),
        (5, 6, 0),
        (6, 7, 1),
        (6, 8, 0),
        (7, 9, 0),
        (8, 9, 1),
        (9, 10, 0),
        (9, 11, 1),
        (7, 11, 0),
        (5, 8, 0),
    ]
    for a, b, fort in liens:
        planche.ligne(sommets[a], sommets[b], FORET if fort else FILET, 6 if fort else 3)
    for rang, sommet in enumerate(sommets):
        planche.forme(sommet, NATURES[(rang * 3 + rang // 4) % 4], 26 + 8 * (rang % 3 == 0))


def _natures(planche: Planche, points: list[str]) -> None:
    """One box per nature, with its count."""
    for rang, (nature, point) in enumerate(zip(NATURES, points, strict=True)):
        compte, nom = point.split(" · ")
        x = 72 + rang * 288
        planche.cadre(x, 240, 272, 290, CREUX, TEINTES[nature])
        planche.forme((x + 62, 306), nature, 32)
        planche.texte(x + 112, 250, compte, 96, TEINTES[nature], titre=True)
        for decalage, ligne in enumerate(_deux_lignes(nom)):
            planche.texte(x + 28, 402 + decalage * 42, ligne, 34)


def _deux_lignes(texte: str) -> list[str]:
    """Split a label before its last word when it is long."""
    if len(texte) <= 14:
        return [texte]
    return texte.rsplit(" ", 1)


def _fil(planche: Planche, points: list[str]) -> None:
    """A thread with three numbered stops."""
    planche.ligne((108, 280), (108, 490), FORET, 8)
    for rang, point in enumerate(points):
        etapes, nom = point.split(" · ")
        y = 280 + rang * 105
        planche.disque((108, y), 36, FORET)
        planche.texte(97, y - 27, str(rang + 1), 38, "#ffffff", titre=True)
        planche.texte(180, y - 44, nom, 42, titre=True)
        planche.texte(180, y + 8, etapes, 30, ENCRE_2)


def _postures(planche: Planche, points: list[str]) -> None:
    """Face to face on the left, side by side before the same stake on the right."""
    for rang, point in enumerate(points):
        x = 72 + rang * 580
        planche.cadre(x, 220, 556, 320, CREUX)
        mot, posture = point.split("\u00a0: ")
        planche.texte(x + 32, 236, mot, 42, titre=True)
        planche.texte(x + 32, 290, posture, 32, ENCRE_2)
    planche.ligne((190, 440), (510, 440), FORET, 8)
    planche.forme((180, 440), "cadre", 44)
    planche.forme((520, 440), "outils", 44)
    for x in (800, 930, 1060):
        planche.ligne((x, 490), (930, 385), FORET, 6)
    planche.forme((930, 385), "methode", 34)
    for x, nature in ((800, "cadre"), (930, "illustrations"), (1060, "outils")):
        planche.forme((x, 490), nature, 32)


def _formes(planche: Planche, points: list[str]) -> None:
    """Three steps: talk, try, join."""
    for rang, (point, nature) in enumerate(zip(points, ("cadre", "methode", "outils"), strict=True)):
        y = 240 + rang * 104
        planche.cadre(72 + rang * 90, y, 860, 88, CREUX, TEINTES[nature])
        planche.forme((124 + rang * 90, y + 46), nature, 24)
        planche.texte(176 + rang * 90, y + 18, point, 42, titre=True)


def _reseau(planche: Planche, points: list[str]) -> None:
    """Three case studies on one red thread, four episodes below."""
    haut = 242
    planche.ligne((96, haut), (96, haut + 146), TEINTES["illustrations"], 7)
    for rang, point in enumerate(points):
        y = haut + rang * 73
        planche.forme((96, y), "illustrations", 22)
        planche.texte(146, y - 24, point, 38)
    for rang in range(4):
        x = 72 + rang * 288
        planche.cadre(x, 452, 272, 92, CREUX)
        planche.texte(x + 26, 474, f"Épisode {rang + 1}", 38, FORET, titre=True)


def _document(planche: Planche, points: list[str]) -> None:
    """A sheet, and what to note before asking for it."""
    planche.cadre(110, 236, 230, 300, "#ffffff", FILET)
    for rang in range(6):
        planche.ligne((145, 290 + rang * 38), (305 - 50 * (rang == 5), 290 + rang * 38), "#d9d8cb", 8)
    for rang, (point, nature) in enumerate(zip(points, NATURES, strict=False)):
        y = 290 + rang * 96
        planche.forme((450, y), nature, 26)
        planche.texte(510, y - 32, point, 50, titre=True)


def _cases(planche: Planche, points: list[str]) -> None:
    """A list with boxes to tick."""
    for rang, point in enumerate(points):
        y = 250 + rang * 100
        planche.cadre(80, y, 60, 60, "#ffffff", ENCRE)
        planche.texte(180, y - 4, point, 52, titre=True)
        if rang == 0:
            planche.ligne((94, y + 32), (108, y + 46), FORET, 8)
            planche.ligne((106, y + 46), (128, y + 14), FORET, 8)


def _leviers(planche: Planche, points: list[str]) -> None:
    """Seven rising bars, each with its number, and its name beside."""
    for rang, point in enumerate(points):
        x = 72 + rang * 164
        hauteur = 60 + rang * 32
        planche.cadre(x, 480 - hauteur, 148, hauteur, CREUX, TEINTES[NATURES[rang % 4]])
        planche.texte(x + 16, 484 - hauteur, str(rang + 1), 40, TEINTES[NATURES[rang % 4]], titre=True)
        planche.texte(x, 494, point, 24)


DESSINS: dict[str, Callable[[Planche, list[str]], None]] = {
    "constellation": _constellation,
    "natures": _natures,
    "fil": _fil,
    "postures": _postures,
    "formes": _formes,
    "reseau": _reseau,
    "document": _document,
    "cases": _cases,
    "leviers": _leviers,
}
