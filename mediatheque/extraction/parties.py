"""What reading a file gives, and the text cleaning that every reader shares."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# A part longer than this is cut at a paragraph, so that a hit lands near what was looked for.
PARTIE_MAX = 6_000
# A file says at most this much, in characters; what is beyond is not indexed.
TEXTE_MAX = 5_000_000
_COUPURE_DE_MOT = re.compile(r"(?<=[^\W\d_])(?:\u00ad|\u2010|-|\ufffe|\x02)[ \t]*\r?\n[ \t]*(?=[a-zà-öø-ÿœæ])")
_COMMANDES = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_SUBSTITUTS = re.compile(r"[\ud800-\udfff]")
_ESPACES = re.compile(r"[ \t\u00a0\u202f]+")
_VIDES = re.compile(r"\n\s*\n\s*")


class Refus(Exception):  # noqa: N818 (French reads better here)
    """A file that cannot be read; the message, in French, is for the editor."""


@dataclass(slots=True)
class Partie:
    """A page of a PDF, a slide, a sheet, a section: its number from 1, its title if it has one, its text."""

    numero: int
    titre: str
    texte: str


@dataclass(slots=True)
class Lecture:
    """The parts of a file that hold text, and its number of pages where that has a meaning."""

    parties: list[Partie]
    pages: int | None = None


def propre(texte: str) -> str:
    """Text fit for a database and an index: no control character, words cut at the end of a line mended."""
    texte = _COUPURE_DE_MOT.sub("", texte.replace("\r\n", "\n").replace("\r", "\n"))
    texte = _SUBSTITUTS.sub("", _COMMANDES.sub(" ", texte))
    return _VIDES.sub("\n\n", _ESPACES.sub(" ", texte)).strip()


def numeroter(morceaux: Iterable[tuple[str, str]]) -> list[Partie]:
    """Parts from (title, text) pairs: empty ones left out, long ones cut."""
    parties: list[Partie] = []
    total = 0
    for titre, texte in morceaux:
        for morceau in _couper(propre(texte)):
            parties.append(Partie(len(parties) + 1, propre(titre)[:300], morceau))
            total += len(morceau)
        if total > TEXTE_MAX:
            break
    return parties


def _couper(texte: str) -> Iterator[str]:
    while len(texte) > PARTIE_MAX:
        fin = texte.rfind("\n", PARTIE_MAX // 2, PARTIE_MAX)
        if fin < 0:
            fin = texte.rfind(" ", PARTIE_MAX // 2, PARTIE_MAX)
        fin = fin if fin > 0 else PARTIE_MAX
        yield texte[:fin].strip()
        texte = texte[fin:].strip()
    if texte:
        yield texte
