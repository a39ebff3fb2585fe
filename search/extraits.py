"""Highlighted excerpts: the piece of a passage that answers best, cut at sentences or words, escaped."""

import re
from collections.abc import Collection, Iterator
from itertools import zip_longest

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.analyse import Jeton, jetons

LONGUEUR = 260
# What ends a sentence, with its closing quote; the point of « 1. » or of an initial ends nothing.
_COUPURES = re.compile(r"((?<!\b\w)[.!?…](?:\s?[»”\")\]])?| ·)\s+")
_FINALES = ".!?…»”)"
# A line shorter than this, or than this part of the longest one, is a heading or an item, not a cut sentence.
COURTE = 30
PART_COURTE = 0.7


def reperes(texte: str, cherches: Collection[str]) -> list[tuple[int, int, str]]:
    """Where the tokens looked for, and the sequences of tokens, stand in a text: start, end, token."""
    suites: dict[str, list[list[str]]] = {}
    for cherche in cherches:
        if " " in cherche:
            suite = cherche.split()
            suites.setdefault(suite[0], []).append(suite)
    possibles = [(jeton.debut, jeton.fin, jeton.jeton) for jeton in jetons(texte, cherches)]
    if suites:
        possibles += _suites(list(jetons(texte)), suites)
        possibles.sort(key=lambda repere: (repere[0], -repere[1]))
    trouves: list[tuple[int, int, str]] = []
    for repere in possibles:
        if not trouves or repere[0] >= trouves[-1][1]:
            trouves.append(repere)
    return trouves


def _suites(tous: list[Jeton], suites: dict[str, list[list[str]]]) -> Iterator[tuple[int, int, str]]:
    """Where whole sequences stand, from their first word to their last."""
    simples = [jeton for jeton in tous if not jeton.joint]
    for rang, jeton in enumerate(simples):
        for suite in suites.get(jeton.jeton, ()):
            dedans = simples[rang : rang + len(suite)]
            if [autre.jeton for autre in dedans] == suite:
                yield jeton.debut, dedans[-1].fin, " ".join(suite)


def surligner(texte: str, cherches: Collection[str]) -> SafeString:
    """`texte` escaped, the words looked for between `<mark>`."""
    morceaux, position = [], 0
    for debut, fin, _ in reperes(texte, cherches):
        morceaux += [escape(texte[position:debut]), "<mark>", escape(texte[debut:fin]), "</mark>"]
        position = fin
    morceaux.append(escape(texte[position:]))
    return mark_safe("".join(morceaux))  # noqa: S308 (every piece is escaped above)


def fenetre(texte: str, cherches: Collection[str], longueur: int = LONGUEUR) -> str:
    """The piece of `texte` that holds most of what is looked for, at most `longueur` characters or so."""
    texte = _lignes_separees(texte.strip())
    if len(texte) <= longueur:
        return " ".join(texte.split())
    trouves = reperes(texte, cherches)
    depart = _debut_de_phrase(texte, _meilleur_debut(trouves, longueur), longueur)
    fin = _fin_de_phrase(texte, depart, longueur, trouves)
    piece = " ".join(texte[depart:fin].split()).removesuffix(" ·")
    entame = any(m.end() == depart for m in _COUPURES.finditer(texte, max(0, depart - 8), depart))
    avant = "… " if depart and not entame else ""
    apres = "" if fin >= len(texte) or piece[-1:] in _FINALES else " …"
    return f"{avant}{piece}{apres}"


def _lignes_separees(texte: str) -> str:
    """`texte` with a mark where a short line without full stop (a heading, an item) meets another one.

    Long lines are those of a paragraph that its layout cut: they are one sentence.
    """
    # A line without a letter nor a digit is a rule, or the box of a form.
    lignes = [ligne.strip() for ligne in texte.split("\n") if any(caractere.isalnum() for caractere in ligne)]
    courte = max(COURTE, PART_COURTE * max((len(ligne) for ligne in lignes), default=0))
    morceaux = []
    for ligne, suivante in zip_longest(lignes, lignes[1:], fillvalue=""):
        finie = ligne[-1] in _FINALES + ":,;·"
        coupee = suivante and len(ligne) < courte and not finie and not suivante[0].islower()
        morceaux.append(ligne + (" ·" if coupee else ""))
    return "\n".join(morceaux)


def _meilleur_debut(trouves: list[tuple[int, int, str]], longueur: int) -> int:
    """Where the window with the most different tokens, then the most of them, begins."""
    meilleur, note = 0, (0, 0)
    for rang, (debut, _, _) in enumerate(trouves):
        dedans = [jeton for d, f, jeton in trouves[rang : rang + 40] if f <= debut + longueur - 40]
        if (len(set(dedans)), len(dedans)) > note:
            meilleur, note = debut, (len(set(dedans)), len(dedans))
    return meilleur


def _debut_de_phrase(texte: str, position: int, longueur: int) -> int:
    """The start of the sentence of `position`, or a word shortly before it."""
    if position < longueur // 3:
        return 0
    debuts = [m.end() for m in _COUPURES.finditer(texte, max(0, position - longueur * 2 // 3), position)]
    if debuts:
        return debuts[-1]
    espace = texte.rfind(" ", max(0, position - longueur // 4), position - longueur // 8)
    return espace + 1 if espace >= 0 else position


def _fin_de_phrase(texte: str, depart: int, longueur: int, trouves: list[tuple[int, int, str]]) -> int:
    """The end of a sentence after the last word shown, a little further if need be; else the end of a word."""
    limite = min(len(texte), depart + longueur)
    if limite == len(texte):
        return limite
    dernier = max((f for d, f, _ in trouves if d >= depart and f <= limite), default=depart)
    au_plus = depart + longueur * 5 // 4
    fins = [m.end(1) for m in _COUPURES.finditer(texte, depart, min(len(texte), au_plus + 2))]
    fins = [fin for fin in fins if fin >= max(dernier, depart + longueur // 3)]
    dedans = [fin for fin in fins if fin <= limite]
    if fins:
        return dedans[-1] if dedans else fins[0]
    if len(texte) <= au_plus:
        return len(texte)
    espace = texte.rfind(" ", depart + longueur // 2, limite)
    return espace if espace > 0 else limite
