"""The fine order of the best candidates, the same for all engines: what they hold of the query, where, how close."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from search.comprendre import Requete
from search.models import SearchEntry
from search.moteurs import Candidat

# Candidates whose words are looked at one by one.
A_AFFINER = 120


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
    attendus = [
        (terme.jetons, max(requete.idf.get(jeton, 0.0) for jeton in terme.jetons), rang)
        for rang, terme in enumerate(requete.termes)
    ]
    rangs = {jeton: rang for jetons, _, rang in attendus for jeton in jetons}
    suites = [jeton for jeton in rangs if " " in jeton]
    notes = []
    for candidat in candidats:
        base = max(candidat.score, 0.0) / plafond
        champs = lignes.get(candidat.pk)
        notes.append((_note(attendus, rangs, suites, base, champs) if champs else 0.2 * base, candidat))
    return notes


# A word of the query: its tokens and how sure each is, how rare it is, its place.
_Attendu = tuple[Mapping[str, float], float, int]


def _note(
    attendus: Sequence[_Attendu], rangs: Mapping[str, int], suites: list[str], base: float, champs: list[str]
) -> float:
    titre, entete, corps, joints = (champ.split() for champ in champs)
    # Only the tokens asked are kept of each field: sets of the whole text would cost more than all the rest.
    dans_titre, dans_entete, dans_corps = (rangs.keys() & champ for champ in (titre, entete, corps))
    for suite in suites:
        for presents, champ in zip((dans_titre, dans_entete, dans_corps), champs, strict=False):
            if f" {suite} " in f" {champ} ":
                presents.add(suite)
    partout = dans_titre | dans_entete | dans_corps | (rangs.keys() & joints)
    poids = couvert = couvert_titre = couvert_entete = 0.0
    for jetons, rarete, _ in attendus:
        poids += rarete
        couvert += rarete * _meilleur(jetons, partout)
        couvert_titre += rarete * _meilleur(jetons, dans_titre)
        couvert_entete += rarete * _meilleur(jetons, dans_entete)
    if not poids:
        return base + 1.0
    couverture, du_titre, de_entete = couvert / poids, couvert_titre / poids, couvert_entete / poids
    # A short title or heading wholly made of the query is what the reader named.
    precision, precision_entete = (min(1.0, len(attendus) / max(len(champ), 1)) for champ in (titre, entete))
    return (
        base * (0.3 + 0.7 * couverture)
        + 1.2 * couverture**2
        + 0.5 * du_titre**2 * (0.5 + 0.5 * precision)
        + 0.3 * de_entete**2 * precision_entete
        + 0.5 * max(_proximite(rangs, len(attendus), titre), _proximite(rangs, len(attendus), corps))
    )


def _meilleur(jetons: Mapping[str, float], presents: Collection[str]) -> float:
    return max((surete for jeton, surete in jetons.items() if jeton in presents), default=0.0) if presents else 0.0


def _proximite(rangs: Mapping[str, int], voulus: int, champ: list[str]) -> float:
    """1 when all the words follow one another in a field, less and less as they are far apart."""
    if voulus < 2:
        return 0.0
    meilleure = 0.0
    derniers: dict[int, int] = {}
    for place, rang in [(place, rangs[jeton]) for place, jeton in enumerate(champ) if jeton in rangs]:
        derniers[rang] = place
        if len(derniers) > 1:
            # Among the words seen so far, the span that holds them all.
            etendue = place - min(derniers.values()) + 1
            meilleure = max(meilleure, (len(derniers) / voulus) * len(derniers) / max(etendue, len(derniers)))
    return meilleure
