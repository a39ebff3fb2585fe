"""Other ways of writing a word: a number in letters, two words run together, another spelling of the same sound."""

import re
from collections.abc import Mapping
from functools import lru_cache

from search.analyse import MOTS_VIDES, plier, racine

_CARDINAUX = """
zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit
dix-neuf vingt
"""
_ORDINAUX = """
zéroième premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième onzième douzième
treizième quatorzième quinzième seizième dix-septième dix-huitième dix-neuvième vingtième
"""
# A part of a word run together is at least this long.
PARTIE_MIN = 4


def _nombres() -> dict[str, tuple[str, ...]]:
    autres: dict[str, tuple[str, ...]] = {}
    for nombre, (cardinal, ordinal) in enumerate(zip(_CARDINAUX.split(), _ORDINAUX.split(), strict=True)):
        autres[str(nombre)] = (racine(cardinal), racine(ordinal))
        autres[plier(cardinal)] = autres[plier(ordinal)] = (str(nombre),)
    return autres


_NOMBRES = _nombres()


def nombre(forme: str) -> tuple[str, ...]:
    """The tokens of a number written the other way: « 3 » and « trois », « 7e » and « septième »."""
    return _NOMBRES.get(forme, ())


def couper(forme: str, connues: Mapping[str, int]) -> tuple[str, str] | None:
    """The two words of the index that `forme` is made of, the likeliest cut, or None."""
    coupes = [
        (forme[:place], forme[place:])
        for place in range(PARTIE_MIN, len(forme) - PARTIE_MIN + 1)
        if forme[:place] in connues and forme[place:] in connues and forme[place:] not in MOTS_VIDES
    ]
    return max(coupes, key=lambda coupe: min(connues[coupe[0]], connues[coupe[1]]), default=None)


# How French letters are said, roughly, on words without accents; in this order.
_SONS = [
    (re.compile(motif), son)
    for motif, son in [
        (r"ph", "f"), (r"s?ch", "S"), (r"h", ""), (r"y", "i"), (r"(?:qu|q|k|c(?![ei]))", "k"), (r"s?c(?=[ei])", "s"),
        (r"gu?(?=[ei])", "j"), (r"[zx]", "s"), (r"ti(?=on|al|el|eu)", "si"), (r"(.)\1+", r"\1"), (r"e?au", "o"),
        (r"[ae]i(?!n(?![aeiou]))", "e"), (r"[ae][mn](?![aeioumn])", "A"), (r"[ae]?i[mn](?![aeioumn])", "I"),
        (r"o[mn](?![aeioumn])", "O"), (r"o?eu", "e"), (r"(?<=..)(?:nt|[etdsp])+$", ""),
    ]
]  # fmt: skip


@lru_cache(maxsize=65_536)
def sonorite(forme: str) -> str:
    """How a word without accents is said, roughly: the same for « essaimage » and « essemage »."""
    for motif, son in _SONS:
        forme = motif.sub(son, forme)
    return forme
