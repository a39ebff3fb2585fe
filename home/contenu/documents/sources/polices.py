"""The site's two OFL fonts, turned into the static TrueType instances that Typst reads.

The site ships variable WOFF2 files; Typst reads neither WOFF2 nor, reliably, variable axes. Instances are
made in a temporary folder at build time, so that the repository holds each font once, beside its licence.
"""

from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

# file in the site's fonts folder, family name used by the layout, weights
INSTANCES = (("atkinson", "Atkinson", (400, 700)), ("bricolage", "Bricolage", (700,)))
ESPACE_FINE, FINE_INSECABLE = 0x2009, 0x202F


def preparer(source: Path, cible: Path) -> None:
    """Write one static TTF per family and weight.

    Args:
        source: folder of the variable WOFF2 files.
        cible: existing folder that receives the TTF files.
    """
    for fichier, famille, graisses in INSTANCES:
        for graisse in graisses:
            # Without recalcTimestamp=False, the date of the build would be written in the font.
            police = TTFont(source / f"{fichier}.woff2", recalcTimestamp=False)
            instancer.instantiateVariableFont(police, {"wght": graisse}, inplace=True)
            _nommer(police, famille, graisse)
            _ajouter_fine_insecable(police)
            police.flavor = None
            police.save(cible / f"{fichier}-{graisse}.ttf")


def _nommer(police: TTFont, famille: str, graisse: int) -> None:
    """Give the instance one family name, so that weights of a family are found together."""
    style = "Bold" if graisse >= 700 else "Regular"
    noms = police["name"]
    for identifiant in (16, 17, 21, 22, 25):
        noms.removeNames(nameID=identifiant)
    textes = {1: famille, 2: style, 3: f"{famille}-{style}", 4: f"{famille} {style}", 6: f"{famille}-{style}"}
    for identifiant, texte in textes.items():
        noms.removeNames(nameID=identifiant)
        noms.setName(texte, identifiant, 3, 1, 0x409)
    police["OS/2"].usWeightClass = graisse
    police["OS/2"].fsSelection = 0x20 if style == "Bold" else 0x40
    police["head"].macStyle = 1 if style == "Bold" else 0


def _ajouter_fine_insecable(police: TTFont) -> None:
    """Map U+202F, which the subset fonts lack, to the glyph of the thin space."""
    glyphe = police.getBestCmap()[ESPACE_FINE]
    for table in police["cmap"].tables:
        if table.isUnicode():
            table.cmap[FINE_INSECABLE] = glyphe
