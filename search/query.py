"""One ranked list over everything: text and facets in, hits grouped by source, total and counts of facets out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from math import ceil
from operator import itemgetter

from wagtail.models import PageViewRestriction

from core.version import cached
from search.analyse import plier
from search.classement import A_AFFINER, affiner
from search.comprendre import Requete, comprendre
from search.corrections import corrigee, plus_courante, propositions
from search.facettes import Valeur, a_montrer
from search.index import collections_privees
from search.mises_en_avant import Classe, placer
from search.models import SearchEntry
from search.moteurs import Candidat, moteur
from search.moteurs.base import COMPTES_MAX, Visibilite
from search.reglages import ecartees

PAR_PAGE = 10
PASSAGES_PAR_SOURCE = 2
# Passages of a source read from the base to find two of different addresses.
A_LIRE = 6


@dataclass(slots=True)
class Trouvaille:
    """A source found, with its best passages, each a row of the index; or one that editors want first."""

    source: str
    score: float
    passages: list[SearchEntry]
    mis_en_avant: bool = False


@dataclass(slots=True)
class Resultats:
    """The answer to a search.

    Attributes:
        requete: the query as understood; its tokens serve to highlight.
        corrige: the text searched instead when the one typed gave nothing; or empty.
        aussi: words searched beside those typed that the index lacks, or beside those of `corrige`.
        approche: whether nothing is written as asked: what is shown is written almost so.
        suggestion: a text that gives more, without filters when these leave nothing; or empty.
        sans_filtre: whether something would be found without the filters, that leave nothing.
        exact: False when the total and the counts of facets are lower bounds.
    """

    requete: Requete
    hits: list[Trouvaille] = field(default_factory=list)
    total: int = 0
    exact: bool = True
    facettes: dict[str, list[Valeur]] = field(default_factory=dict)
    page: int = 1
    pages: int = 1
    corrige: str = ""
    aussi: tuple[str, ...] = ()
    approche: bool = False
    suggestion: str = ""
    sans_filtre: bool = False


def chercher(
    texte: str,
    filtres: Mapping[str, tuple[str, ...]] | None = None,
    page: int = 1,
    *,
    version: int,
    taille: int = PAR_PAGE,
    tri: str = "pertinence",
    tels_quels: bool = False,
    trier: Callable[[list[Classe]], list[Classe]] | None = None,
) -> Resultats:
    """Search everything public.

    Args:
        texte: what the reader typed, whatever it is.
        filtres: values asked by facet; one of each facet is enough, every facet counts.
        page: from 1; brought back within bounds.
        version: of the content, for what is kept between requests.
        taille: hits per page.
        tri: "pertinence" or "date".
        tels_quels: whether words written almost as those typed are left out; synonyms, words of the same family and
            the ends of an unfinished word are searched still.
        trier: an order of the sources other than `tri`, which then tells only which ones the engine gives.
    """
    filtres = filtres or {}
    requete = comprendre(texte, version, tels_quels=tels_quels)
    resultats = Resultats(requete)
    if requete.vide and not filtres:
        return resultats
    par_date = tri == "date" or requete.vide
    visibilite = cached(version, "search:visibilite", visibilite_actuelle)
    demande = requete.demande()
    # What comes first in another order may be anywhere in this one.
    for limite in (COMPTES_MAX,) if trier else (A_AFFINER, COMPTES_MAX):
        reponse = moteur().search(demande, filtres, visibilite, limite, par_date)
        sources = _grouper(affiner(requete, reponse.candidats), par_date)
        # An engine of the database gives all that it counted; another, passages that may be of few sources.
        entiere = len(sources) >= reponse.total or len(reponse.candidats) < limite
        if entiere or len(sources) >= page * taille:
            break
    if reponse.total and not tels_quels:
        _dire(resultats, approche=reponse.approche)
    en_avant: set[str] = set()
    if not par_date and not requete.exclus:
        cherche = resultats.corrige or texte
        sources, reponse, en_avant = placer(sources, reponse, cherche, filtres, visibilite, version)
    resultats.total, resultats.exact = reponse.total, reponse.exact
    resultats.facettes = a_montrer(reponse.facettes, filtres)
    # Nobody reads beyond the best thousands of passages: what is behind is counted, not shown.
    atteints = resultats.total if entiere or limite < COMPTES_MAX else len(sources)
    resultats.pages = max(1, ceil(atteints / taille))
    resultats.page = min(max(page, 1), resultats.pages)
    if trier:
        sources = trier(sources)
    debut = (resultats.page - 1) * taille
    resultats.hits = _charger(sources[debut : debut + taille], en_avant)
    if not requete.vide:
        _proposer(resultats, filtres, visibilite, version)
    return resultats


def visibilite_actuelle() -> Visibilite:
    """What is private, and the branches that editors left out."""
    branches = [*PageViewRestriction.objects.values_list("page__path", flat=True), *ecartees()[1]]
    return Visibilite(tuple(branches), tuple(collections_privees()))


def _dire(resultats: Resultats, *, approche: bool) -> None:
    """Tell in `resultats` what was searched that was not typed."""
    requete = resultats.requete
    inconnus = [terme for terme in requete.inconnus if terme.corrections]
    resultats.approche = approche
    if approche:
        return
    if inconnus and len(requete.inconnus) == len(requete.termes) and not requete.phrases:
        # Nothing typed is in the index.
        corrige = corrigee(requete.texte, inconnus)
        if plier(corrige) != plier(requete.texte):
            resultats.corrige = corrige
    # What `corrige` tells already is not told twice.
    dites = 1 if resultats.corrige else 0
    resultats.aussi = tuple(dict.fromkeys(mot for terme in inconnus for mot in terme.corrections[dites:]))


def _proposer(resultats: Resultats, filtres: Mapping, visibilite: Visibilite, version: int) -> None:
    """Look for a text that gives more than the one typed: it is proposed only once its results are counted."""
    requete = resultats.requete
    textes: Iterable[str] = ()
    if not resultats.total and filtres:
        resultats.sans_filtre = _compter(requete, {}, visibilite) > 0
        filtres = {}
    if resultats.sans_filtre:
        textes = [corrigee(requete.texte, requete.termes)]
    elif not resultats.total:
        textes = propositions(requete, version)
    elif not (resultats.corrige or resultats.aussi or resultats.approche):
        textes = [plus_courante(requete, version)]
    for texte in textes:
        if texte != requete.texte and _compter(comprendre(texte, version), filtres, visibilite) > resultats.total:
            resultats.suggestion = texte
            return


def _compter(requete: Requete, filtres: Mapping, visibilite: Visibilite) -> int:
    """How many sources hold what is asked as it is written."""
    reponse = moteur().search(requete.demande(), filtres, visibilite, 1)
    return 0 if reponse.approche else reponse.total


def _grouper(candidats: list[tuple[float, Candidat]], par_date: bool) -> list[Classe]:
    """Sources in the order shown, each with its score and the keys of its passages, the best first."""
    sources: dict[str, Classe] = {}
    dates: dict[str, str] = {}
    # Equals stay in the order of the engine.
    for note, candidat in sorted(candidats, key=itemgetter(0), reverse=True):
        source = candidat.source
        if source in sources:
            sources[source][2].append(candidat.pk)
        else:
            sources[source] = (source, note, [candidat.pk])
        if par_date:
            dates[source] = max(dates.get(source, ""), str(candidat.date or ""))
    ordre = list(sources.values())
    if par_date:
        ordre.sort(key=lambda classe: dates[classe[0]], reverse=True)
    return ordre


def _charger(retenues: list[Classe], en_avant: set[str]) -> list[Trouvaille]:
    voulus = [pk for _, _, cles in retenues for pk in cles[:A_LIRE]]
    jetons = ("j_titre", "j_entete", "j_corps", "j_joints", "titre_plie")
    lignes = SearchEntry.objects.select_related("page", "document").defer(*jetons).in_bulk(voulus)
    trouvailles = []
    for source, note, cles in retenues:
        passages: list[SearchEntry] = []
        for pk in cles[:A_LIRE]:
            ligne = lignes.get(pk)
            # The same passage may come twice, from two pages that carry the same document.
            if ligne is not None and ligne.adresse not in {autre.adresse for autre in passages}:
                passages.append(ligne)
        if passages:
            trouvailles.append(Trouvaille(source, note, passages[:PASSAGES_PAR_SOURCE], source in en_avant))
    return trouvailles
