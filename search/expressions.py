"""What an editor types to speak of searches: expressions, one per line, compared by their stems."""

from functools import lru_cache

from search.analyse import MOTS_VIDES, Jeton, jetons, plier, racine

MOTS_MAX = 8

# The ways in which one word may be recognised.
Facons = frozenset[str]


def lignes(texte: str) -> list[str]:
    """The expressions of a field, each once."""
    return list(dict.fromkeys(propre for ligne in texte.splitlines() if (propre := " ".join(ligne.split()))))


def nettoyer_lignes(texte: str) -> str:
    return "\n".join(lignes(texte))


@lru_cache(maxsize=20_000)
def facons(mot: str) -> Facons:
    """By its stem; and, since some stem otherwise when typed without accents, by the stem and the word so typed."""
    forme = plier(mot)
    return frozenset((racine(mot), racine(forme), forme))


def pleins(texte: str) -> list[Jeton]:
    """The words of an expression from its first to its last that carries meaning, those between included."""
    tous = [jeton for jeton in jetons(texte) if not jeton.joint]
    rangs = [rang for rang, jeton in enumerate(tous) if not vide(jeton)]
    return tous[rangs[0] : rangs[-1] + 1] if rangs else tous


def vide(jeton: Jeton) -> bool:
    """Whether a word carries no meaning by itself."""
    return not jeton.sigle and plier(jeton.mot) in MOTS_VIDES


def mots(texte: str) -> tuple[Facons, ...]:
    """The words of an expression that carry meaning, in order: what it is compared by."""
    suite = pleins(texte)
    return tuple(facons(jeton.mot) for jeton in suite if not vide(jeton)) or tuple(facons(j.mot) for j in suite)


def equivalentes(une: tuple[Facons, ...], autre: tuple[Facons, ...]) -> bool:
    """Whether two expressions are the same for search: « un partenariat », « Partenariats »."""
    return len(une) == len(autre) and all(a & b for a, b in zip(une, autre, strict=True))


def memes_mots(expression: tuple[Facons, ...], recherche: tuple[Facons, ...]) -> bool:
    """Whether every word of the expression stands in the search, in any order."""
    restants = list(recherche)
    for mot in expression:
        trouve = next((autre for autre in restants if mot & autre), None)
        if trouve is None:
            return False
        restants.remove(trouve)
    return True
