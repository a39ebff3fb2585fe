"""One ranked list over everything: text and facets in, hits grouped by source, total and counts of facets out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from math import ceil

from django.db.models import Q
from wagtail.models import PageViewRestriction

from core.version import cached
from search.comprendre import Requete, comprendre, corrigee
from search.facettes import Valeur, compter, lire, passe
from search.index import collections_privees
from search.models import SearchEntry
from search.moteurs import Candidat, Demande, moteur
from search.moteurs.base import CANDIDATS_MAX, Visibilite

PAR_PAGE = 10
# Candidates whose words are looked at one by one.
A_AFFINER = 300
PASSAGES_PAR_SOURCE = 2


@dataclass(slots=True)
class Trouvaille:
    """A source found, with its best passages, each a row of the index."""

    source: str
    score: float
    passages: list[SearchEntry]


@dataclass(slots=True)
class Resultats:
    """The answer to a search.

    Attributes:
        requete: the query as understood; its tokens serve to highlight.
        corrige: the text searched instead when the one typed gave nothing; or empty.
        suggestion: a text that may give more; or empty.
    """

    requete: Requete
    hits: list[Trouvaille] = field(default_factory=list)
    total: int = 0
    facettes: dict[str, list[Valeur]] = field(default_factory=dict)
    page: int = 1
    pages: int = 1
    corrige: str = ""
    suggestion: str = ""


@dataclass(slots=True)
class _Source:
    cles: dict[tuple[str, str], str]
    passages: list[tuple[float, int]]
    date: str

    @property
    def score(self) -> float:
        self.passages.sort(key=lambda passage: (-passage[0], passage[1]))
        return self.passages[0][0]


def chercher(
    texte: str,
    filtres: Mapping[str, tuple[str, ...]] | None = None,
    page: int = 1,
    *,
    version: int,
    taille: int = PAR_PAGE,
    tri: str = "pertinence",
) -> Resultats:
    """Search everything public.

    Args:
        texte: what the reader typed, whatever it is.
        filtres: values asked by facet; one of each facet is enough, every facet counts.
        page: from 1; brought back within bounds.
        version: of the content, for what is kept between requests.
        taille: hits per page.
        tri: "pertinence" or "date".
    """
    filtres = filtres or {}
    requete = comprendre(texte, version)
    visibilite = cached(version, "search:visibilite", visibilite_actuelle)
    resultats = Resultats(requete)
    if requete.vide:
        if not filtres:
            return resultats
        candidats = _tout(filtres, visibilite)
    else:
        candidats = _candidats(requete, filtres, visibilite, resultats)
    sources = _grouper(candidats)
    retenues = [(nom, source) for nom, source in sources.items() if passe(source.cles, filtres)]
    if tri == "date" or requete.vide:
        retenues.sort(key=lambda trouve: trouve[1].date, reverse=True)
    else:
        retenues.sort(key=lambda trouve: (-trouve[1].score, trouve[0]))
    resultats.total = len(retenues)
    resultats.facettes = compter((source.cles for source in sources.values()), filtres)
    resultats.pages = max(1, ceil(resultats.total / taille))
    resultats.page = min(max(page, 1), resultats.pages)
    debut = (resultats.page - 1) * taille
    resultats.hits = _charger(retenues[debut : debut + taille])
    return resultats


def visibilite_actuelle() -> Visibilite:
    branches = PageViewRestriction.objects.values_list("page__path", flat=True)
    return Visibilite(tuple(branches), tuple(collections_privees()))


def _candidats(requete: Requete, filtres, visibilite: Visibilite, resultats: Resultats) -> list[tuple[float, Candidat]]:
    inconnus = requete.inconnus
    exact = requete.demande(tolerante=False) if inconnus and len(inconnus) < len(requete.termes) else None
    demande = requete.demande(tolerante=True)
    if inconnus:
        corrigee_en = corrigee(requete)
        if exact is None or not exact.groupes:
            # Nothing typed is in the index: the likeliest words are searched instead, and the page says so.
            resultats.corrige = corrigee_en
        else:
            resultats.suggestion = corrigee_en
    trouves = _demander(demande, filtres, visibilite)
    if not trouves:
        resultats.corrige = ""
    return _affiner(requete, trouves)


def _demander(demande: Demande, filtres, visibilite: Visibilite) -> list[Candidat]:
    """Candidates without filters, so that facets can be counted; asked again with them when there are too many."""
    trouves = moteur().chercher(demande, {}, visibilite, CANDIDATS_MAX)
    if filtres and len(trouves) == CANDIDATS_MAX:
        connus = {candidat.pk for candidat in trouves}
        trouves += [c for c in moteur().chercher(demande, filtres, visibilite, CANDIDATS_MAX) if c.pk not in connus]
    return trouves


def _tout(filtres, visibilite: Visibilite) -> list[tuple[float, Candidat]]:
    """The first passage of every source, for a search by facets alone."""
    lignes = SearchEntry.objects.filter(position=0)
    if visibilite.collections:
        lignes = lignes.filter(Q(collection_id=None) | ~Q(collection_id__in=visibilite.collections))
    lignes = lignes.filter(Q(page=None) | Q(page__live=True))
    for branche in visibilite.branches:
        lignes = lignes.filter(Q(page=None) | ~Q(page__path__startswith=branche))
    valeurs = lignes.values_list("pk", "source", "cles", "date").order_by("pk")
    return [(0.0, Candidat(pk, source, 0.0, cles, str(date or ""))) for pk, source, cles, date in valeurs.iterator()]


def _affiner(requete: Requete, candidats: list[Candidat]) -> list[tuple[float, Candidat]]:
    """Score the best candidates again by what they hold of the query, where, and how close together."""
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


def _grouper(candidats: list[tuple[float, Candidat]]) -> dict[str, _Source]:
    sources: dict[str, _Source] = {}
    lues: dict[str, dict[tuple[str, str], str]] = {}
    for note, candidat in candidats:
        cles = lues.get(candidat.cles)
        if cles is None:
            cles = lues[candidat.cles] = lire(candidat.cles)
        source = sources.get(candidat.source)
        if source is None:
            sources[candidat.source] = _Source(dict(cles), [(note, candidat.pk)], candidat.date)
        else:
            source.cles.update(cles)
            source.passages.append((note, candidat.pk))
            source.date = max(source.date, candidat.date)
    return sources


def _charger(retenues: list[tuple[str, _Source]]) -> list[Trouvaille]:
    voulus = [pk for _, source in retenues if source.score is not None for _, pk in source.passages[:6]]
    lignes = SearchEntry.objects.select_related("page", "document").in_bulk(voulus)
    trouvailles = []
    for nom, source in retenues:
        passages: list[SearchEntry] = []
        for _, pk in source.passages[:6]:
            ligne = lignes.get(pk)
            # The same passage may come twice, from two pages that carry the same document.
            if ligne is not None and ligne.adresse not in {autre.adresse for autre in passages}:
                passages.append(ligne)
        if passages:
            trouvailles.append(Trouvaille(nom, source.score, passages[:PASSAGES_PAR_SOURCE]))
    return trouvailles
