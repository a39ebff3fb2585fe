"""The fine order of the best candidates, the same for all engines: what they hold of the query, where, how close."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from django.db import connection

from search.comprendre import Requete
from search.moteurs import Candidat

# Candidates whose words are looked at one by one.
A_AFFINER = 100


def affiner(requete: Requete, candidats: list[Candidat]) -> list[tuple[float, Candidat]]:
    """Score the best candidates again by their tokens; the others keep a small part of the engine's own score."""
    if not candidats:
        return []
    plafond = max(candidat.score for candidat in candidats) or 1.0
    # Keys are ours: said one by one as parameters, they would take longer to send than the rows to come.
    cles = ", ".join(str(candidat.pk) for candidat in candidats[:A_AFFINER])
    with connection.cursor() as curseur:
        curseur.execute(f"SELECT id, j_titre, j_entete, j_corps, j_joints FROM search_searchentry WHERE id IN ({cles})")  # noqa: S608
        lignes = {pk: champs for pk, *champs in curseur.fetchall()}
    attendus = [
        (
            sorted(terme.jetons.items(), key=lambda jeton: -jeton[1]),
            max(requete.idf.get(jeton, 0.0) for jeton in terme.jetons),
        )
        for terme in requete.termes
    ]
    rangs = {jeton: rang for rang, terme in enumerate(requete.termes) for jeton in terme.jetons}
    suites = [jeton for jeton in rangs if " " in jeton]
    notes = []
    for candidat in candidats[:A_AFFINER]:
        base, champs = max(candidat.score, 0.0) / plafond, lignes.get(candidat.pk)
        notes.append((_note(attendus, rangs, suites, base, champs) if champs else 0.2 * base, candidat))
    reste = 0.2 / plafond
    notes += [(max(candidat.score, 0.0) * reste, candidat) for candidat in candidats[A_AFFINER:]]
    return notes


# A word of the query: its tokens and how sure each is, the surest first; how rare it is.
_Attendu = tuple[list[tuple[str, float]], float]


def _note(
    attendus: Sequence[_Attendu], rangs: Mapping[str, int], suites: list[str], base: float, champs: list[str]
) -> float:
    titre, entete, corps, joints = (champ.split() for champ in champs)
    voulus = len(attendus)
    # Only the tokens asked are kept of each field: sets of the whole text would cost more than all the rest.
    places_titre, places_corps = _places(rangs, titre), _places(rangs, corps)
    dans_titre, dans_corps = {titre[place] for place, _ in places_titre}, {corps[place] for place, _ in places_corps}
    dans_entete = rangs.keys() & entete if entete else set()
    for suite in suites:
        for presents, champ in zip((dans_titre, dans_entete, dans_corps), champs, strict=False):
            if f" {suite} " in f" {champ} ":
                presents.add(suite)
    partout = dans_titre | dans_entete | dans_corps
    if joints:
        partout |= rangs.keys() & joints
    poids = couvert = couvert_titre = couvert_entete = 0.0
    for jetons, rarete in attendus:
        poids += rarete
        couvert += rarete * _meilleur(jetons, partout)
        couvert_titre += rarete * _meilleur(jetons, dans_titre)
        couvert_entete += rarete * _meilleur(jetons, dans_entete)
    if not poids:
        return base + 1.0
    couverture, du_titre, de_entete = couvert / poids, couvert_titre / poids, couvert_entete / poids
    # A short title or heading wholly made of the query is what the reader named.
    precision, precision_entete = (min(1.0, voulus / max(len(champ), 1)) for champ in (titre, entete))
    return (
        base * (0.3 + 0.7 * couverture)
        + 1.2 * couverture**2
        + 0.5 * du_titre**2 * (0.5 + 0.5 * precision)
        + 0.3 * de_entete**2 * precision_entete
        + 0.5 * max(_proximite(voulus, places_titre), _proximite(voulus, places_corps))
    )


def _meilleur(jetons: list[tuple[str, float]], presents: Collection[str]) -> float:
    return next((surete for jeton, surete in jetons if jeton in presents), 0.0) if presents else 0.0


def _places(rangs: Mapping[str, int], champ: list[str]) -> list[tuple[int, int]]:
    """Where the tokens asked stand in a field, and of which word each is."""
    return [(place, rangs[jeton]) for place, jeton in enumerate(champ) if jeton in rangs]


def _proximite(voulus: int, places: list[tuple[int, int]]) -> float:
    """1 when all the words follow one another in a field, less and less as they are far apart."""
    if voulus < 2 or len(places) < 2:
        return 0.0
    meilleure = 0.0
    # The word met longest ago is the first: one met again goes to the end.
    derniers: dict[int, int] = {}
    for place, rang in places:
        derniers.pop(rang, None)
        derniers[rang] = place
        nombre = len(derniers)
        if nombre > 1:
            # Among the words seen so far, the span that holds them all.
            etendue = place - next(iter(derniers.values())) + 1
            meilleure = max(meilleure, nombre * nombre / (voulus * max(etendue, nombre)))
    return meilleure
