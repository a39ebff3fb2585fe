"""The fine order of the best candidates, the same for all engines: what they hold of the query, where, how close."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from search.comprendre import Requete
from search.models import SearchEntry
from search.moteurs import Candidat

# Candidates whose words are looked at one by one.
A_AFFINER = 300


def affiner(requete: Requete, candidats: list[Candidat]) -> list[tuple[float, Candidat]]:
    """Score the best candidates again by their tokens; the others keep a small part of the engine's own score."""
    if not candidats:
        return []
    plafond = max(candidat.score for candidat in candidats) or 1.0
    lignes = {
        pk: champs
        for pk, *champs in SearchEntry.objects.filter(
            pk__in=[candidat.pk for candidat in candidats[:A_AFFINER]]
        ).values_list("pk", "j_titre", "j_entete", "j_corps", "j_joints")
    }
    notes = []
    for candidat in candidats:
        base = max(candidat.score, 0.0) / plafond
        champs = lignes.get(candidat.pk)
        notes.append((_note(requete, base, champs) if champs else 0.2 * base, candidat))
    return notes


def _note(requete: Requete, base: float, champs: list[str]) -> float:
    titre, entete, corps, joints = (champ.split() for champ in champs)
    dans_titre, dans_entete = set(titre), set(entete)
    partout = dans_titre | dans_entete | set(corps) | set(joints)
    poids = couvert = couvert_titre = couvert_entete = 0.0
    for terme in requete.termes:
        rarete = max(requete.idf.get(jeton, 0.0) for jeton in terme.jetons)
        poids += rarete
        couvert += rarete * _meilleur(terme.jetons, partout)
        couvert_titre += rarete * _meilleur(terme.jetons, dans_titre)
        couvert_entete += rarete * _meilleur(terme.jetons, dans_entete)
    if not poids:
        return base + 1.0
    couverture, du_titre, de_entete = couvert / poids, couvert_titre / poids, couvert_entete / poids
    # A short title wholly made of the query is what the reader named.
    precision = min(1.0, len(requete.termes) / len(titre)) if titre else 0.0
    return (
        base * (0.3 + 0.7 * couverture)
        + 1.2 * couverture**2
        + 0.5 * du_titre**2 * (0.5 + 0.5 * precision)
        + 0.3 * de_entete**2
        + 0.25 * _proximite(requete, titre, corps)
    )


def _meilleur(jetons: Mapping[str, float], presents: Collection[str]) -> float:
    return max((surete for jeton, surete in jetons.items() if jeton in presents), default=0.0)


def _proximite(requete: Requete, *champs: list[str]) -> float:
    """1 when all the words follow one another in a field, less and less as they are far apart."""
    if len(requete.termes) < 2:
        return 0.0
    meilleure = 0.0
    numeros = {jeton: rang for rang, terme in enumerate(requete.termes) for jeton in terme.jetons}
    voulus = len(requete.termes)
    for champ in champs:
        derniers: dict[int, int] = {}
        for place, jeton in enumerate(champ):
            rang = numeros.get(jeton)
            if rang is None:
                continue
            derniers[rang] = place
            if len(derniers) > 1:
                # Among the words seen so far, the span that holds them all.
                etendue = place - min(derniers.values()) + 1
                meilleure = max(meilleure, (len(derniers) / voulus) * len(derniers) / max(etendue, len(derniers)))
    return meilleure
