"""Highlighted excerpts: the piece of a passage that answers best, cut at sentences or words, escaped."""

import re
from collections.abc import Collection

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.analyse import jetons

LONGUEUR = 260
_COUPURES = re.compile(r"(?<=[.!?…;])\s+|\n+")


def reperes(texte: str, cherches: Collection[str]) -> list[tuple[int, int, str]]:
    """Where the tokens looked for stand in a text: start, end, token."""
    trouves: list[tuple[int, int, str]] = []
    for jeton in jetons(texte):
        if jeton.jeton in cherches and (not trouves or jeton.debut >= trouves[-1][1]):
            trouves.append((jeton.debut, jeton.fin, jeton.jeton))
    return trouves


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
    texte = texte.strip()
    if len(texte) <= longueur:
        return " ".join(texte.split())
    trouves = reperes(texte, cherches)
    debut = _meilleur_debut(trouves, longueur)
    depart = _debut_de_phrase(texte, debut, longueur)
    fin = min(len(texte), depart + longueur)
    if fin < len(texte):
        fins = [m.start() for m in _COUPURES.finditer(texte, depart + longueur // 2, fin)]
        dernier = max((f for d, f, _ in trouves if d >= depart and f <= fin), default=depart)
        fins = [f for f in fins if f >= dernier]
        if fins:
            fin = fins[-1]
        else:
            espace = texte.rfind(" ", depart + longueur // 2, fin)
            fin = espace if espace > 0 else fin
    piece = " ".join(texte[depart:fin].split())
    avant = "… " if depart and texte[:depart].rstrip()[-1:] not in ".!?…" else ""
    apres = "" if fin >= len(texte) or piece[-1:] in ".!?…" else " …"
    return f"{avant}{piece}{apres}"


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
    debuts = [m.end() for m in _COUPURES.finditer(texte, max(0, position - longueur // 2), position)]
    if debuts:
        return debuts[-1]
    espace = texte.rfind(" ", max(0, position - longueur // 4), position - longueur // 8)
    return espace + 1 if espace >= 0 else position
