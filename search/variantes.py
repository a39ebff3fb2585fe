"""Other ways of writing a word: a number in letters, two words run together, another spelling of the same sound."""

import re
from collections.abc import Callable
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
_ELIDE = re.compile(r"(?:qu|[cdjlmnst])([aeiouyh]\w+)")


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


def parties(forme: str) -> set[str]:
    """What `couper` may ask about."""
    elide = _ELIDE.match(forme)
    coupes = range(PARTIE_MIN, len(forme) - PARTIE_MIN + 1)
    return {elide.group(1) if elide else forme} | {partie for n in coupes for partie in (forme[:n], forme[n:])}


def couper(forme: str, frequence: Callable[[str], int]) -> tuple[str, ...] | None:
    """What a word that the index lacks is made of, run together, or None: « silvergeek », « lalliance », « quune ».

    Args:
        forme: the word, without accents.
        frequence: how common a word is in the index; 0 when it is not there.
    """
    elide = _ELIDE.match(forme)
    if elide and (elide.group(1) in MOTS_VIDES or (len(elide.group(1)) >= PARTIE_MIN and frequence(elide.group(1)))):
        return (elide.group(1),)
    coupes = [
        (forme[:place], forme[place:]) for place in range(PARTIE_MIN, len(forme) - PARTIE_MIN + 1)
        if frequence(forme[:place]) and frequence(forme[place:])
    ]  # fmt: skip
    return max(coupes, key=lambda coupe: min(map(frequence, coupe)), default=None)


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


@lru_cache(maxsize=131_072)
def sonorite(forme: str) -> str:
    """How a word without accents is said, roughly: the same for « essaimage » and « essemage »."""
    for motif, son in _SONS:
        forme = motif.sub(son, forme)
    return forme


# What is left on some stems, that hides that they are of one family; the longest first.
_SUFFIXES = (
    "ariat", "arial", "orial", "ment", "oir", "air", "anc", "enc", "ial", "iel", "eur", "eux", "iqu", "ist", "ism",
    "ar", "al", "el", "at", "if", "iv", "i",
)  # fmt: skip
FAMILLE_MIN = 4


@lru_cache(maxsize=131_072)
def famille(jeton: str) -> str:
    """What the stems of one family share: « étude » and « étudier », « partenaire » and « partenariat »."""
    for suffixe in _SUFFIXES:
        if jeton.endswith(suffixe) and len(jeton) - len(suffixe) >= FAMILLE_MIN:
            return jeton[: -len(suffixe)]
    return jeton
