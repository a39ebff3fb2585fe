"""What every engine answers, and what those that live in the database share.

An engine finds candidates (passages with a score of its own), and tells how many sources match and how many hold
each value of each facet; `search.query` orders the best finely and groups them by source, the same for all.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q

from search.facettes import Comptes, compter

# Passages that an engine of the database ranks and counts; beyond, totals are lower bounds and said to be.
COMPTES_MAX = 2000
# Passages that an engine may look at in one go; a search that would cost more goes by steps, the best first.
COUT_MAX = 10_000
# Passages found after which a step that may give more than can be counted is not taken: fifteen pages of them.
SUFFISANT = 150
# What is asked of the row of a candidate.
COLONNES = "id, source, etiquettes_id, date, page_id, collection_id"
# Weights of the title, the heading, the body and the joined forms of compounds.
POIDS = (8.0, 5.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Demande:
    """A query in tokens; with neither words nor phrases, everything is asked.

    Attributes:
        texte: what is looked for as it was typed, for an engine that has an analysis of its own; empty when only
            the tokens count.
        groupes: for each word of the query, the tokens that stand for it; a passage with one of each comes first. A
            sequence is one string, its tokens separated by spaces: they follow one another.
        phrases: for each phrase, the sequences that stand for it; one of each must be there.
        exclus: tokens and sequences that must be absent.
        vides: whether only words that carry no meaning are looked for.
        idf: how rare each token is.
        frequences: in about how many passages each token stands.
    """

    texte: str = ""
    groupes: tuple[tuple[str, ...], ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    exclus: tuple[str, ...] = ()
    vides: bool = False
    idf: Mapping[str, float] = field(default_factory=dict)
    frequences: Mapping[str, int] = field(default_factory=dict)

    def cout(self, groupe: tuple[str, ...]) -> int:
        """A bound of the number of passages that hold one of these tokens."""
        return sum(self.frequences.get(jeton, 0) for jeton in groupe)

    @property
    def jetons(self) -> tuple[str, ...]:
        """Every token and sequence looked for, each once."""
        return tuple(dict.fromkeys(jeton for jetons in (*self.groupes, *self.phrases) for jeton in jetons))


@dataclass(frozen=True, slots=True)
class Pas:
    """A step of a search: how many of the words must be there, and whether one must be in the title or heading.

    Attributes:
        tout_en_tete: every word must be in the title or heading.
        au_hasard: so many of any passages that match will do, without a score: they are only counted, or ranking all
            of them would only tell which repeats « de » most; 0 when the best are wanted.
        cout: a bound of the number of passages that match.
        complet: whether nothing was left out of the query to make it cheap.
        par_date: the newest are wanted, instead of the best.
        tout: nothing is looked for: the newest of all the sources are wanted.
    """

    demande: Demande
    au_moins: int
    cout: int
    en_tete: bool = False
    tout_en_tete: bool = False
    au_hasard: int = 0
    complet: bool = True
    par_date: bool = False
    tout: bool = False


class Candidat(NamedTuple):
    """A passage that matches: key of its row, its source, the engine's score, the key of its labels, its date."""

    pk: int
    source: str
    score: float
    etiquettes: int
    # As the engine gives it, sortable among its own; None for what has no date.
    date: Any = None


@dataclass(frozen=True, slots=True)
class Reponse:
    """What an engine answers.

    Attributes:
        candidats: passages, the best first.
        total: sources that match, filters applied.
        exact: False when `total` and `facettes` are lower bounds.
        facettes: for each facet, « slug|Libellé » and its number of sources, the other facets kept as asked.
        approche: whether nothing is written as asked, and the engine forgave some letters.
    """

    candidats: list[Candidat]
    total: int
    exact: bool
    facettes: Comptes
    approche: bool = False


@dataclass(frozen=True, slots=True)
class Visibilite:
    """What is hidden now, whatever the index says: paths of private branches, keys of private collections."""

    branches: tuple[str, ...] = ()
    collections: tuple[int, ...] = ()

    @property
    def condition(self) -> Q:
        """What every list of rows of the index is filtered by."""
        condition = Q(page=None) | Q(page__live=True)
        for branche in self.branches:
            condition &= Q(page=None) | ~Q(page__path__startswith=branche)
        if self.collections:
            condition &= Q(collection_id=None) | ~Q(collection_id__in=self.collections)
        return condition


Filtres = Mapping[str, tuple[str, ...]]


class Moteur(ABC):
    """An engine. The rows of `SearchEntry` are the truth; an engine keeps an index of them."""

    # Whether the index lives elsewhere than the rows, and is told of them by `search.envois`.
    distant = False

    @abstractmethod
    def search(
        self, demande: Demande, filtres: Filtres, visibilite: Visibilite, limite: int, par_date: bool = False
    ) -> Reponse:
        """The passages that match and pass the filters, best first (or newest first).

        Args:
            limite: how many passages are wanted at least, when there are as many.
        """

    def upsert(self, page_ids: Collection[int]) -> int:
        """Make the index tell what these pages are now; the number of passages."""
        from search.index import indexer_pages

        return indexer_pages(page_ids)

    def delete(self, page_ids: Collection[int]) -> None:
        """Forget these pages and what they carry."""
        from search.index import retirer_pages

        retirer_pages(page_ids)

    def rebuild(self, *, complet: bool = False) -> int:
        """Make the whole index true, writing only what differs unless `complet`; the number of passages."""
        from search.reconstruction import reconstruire

        return reconstruire(complet=complet)


class MoteurSQL(Moteur):
    """An engine whose index the database keeps by itself, in the transaction that changes the rows.

    Passages that hold every word are looked for first; those that hold some come next. Words that are everywhere in
    a large base would have most of it ranked to add nothing that a reader would look at: then passages with a word
    in their title or heading come first, and the search stops once there are enough.
    """

    # Passages that match beyond which those with a word in their title or heading are looked for first.
    trop = COUT_MAX

    def search(
        self, demande: Demande, filtres: Filtres, visibilite: Visibilite, limite: int, par_date: bool = False
    ) -> Reponse:
        # Asked without filters first, so that facets count what they would give.
        pas = _pas(demande, self.trop, par_date, compter=bool(filtres))
        trouves, exact = self._candidats(pas, {}, visibilite)
        if filtres and (not exact or any(un.au_hasard for un in pas)):
            autres, _ = self._candidats(_pas(demande, self.trop, par_date), filtres, visibilite)
            connus = {candidat.pk for candidat in autres}
            trouves = autres + [candidat for candidat in trouves if candidat.pk not in connus]
        cles: dict[str, set[int]] = defaultdict(set)
        for candidat in trouves:
            cles[candidat.source].add(candidat.etiquettes)
        sources = {source: frozenset(siennes) for source, siennes in cles.items()}
        total, comptes = compter(sources.values(), filtres)
        if filtres:
            gardees = {siennes: compter([siennes], filtres)[0] > 0 for siennes in set(sources.values())}
            trouves = [candidat for candidat in trouves if gardees[sources[candidat.source]]]
        if par_date:
            trouves.sort(key=lambda candidat: str(candidat.date or ""), reverse=True)
        return Reponse(trouves, total, exact, comptes)

    def _candidats(self, pas: Sequence[Pas], filtres: Filtres, visibilite: Visibilite) -> tuple[list[Candidat], bool]:
        """Candidates, best first, and whether these are all that match."""
        condition, valeurs = _filtrer(filtres)
        visible, chemins = _visibles(visibilite)
        trouves: list[Candidat] = []
        connus: set[int] = set()
        for un in pas:
            if un.cout > COMPTES_MAX and len(trouves) >= SUFFISANT:
                # It would not be counted whole either.
                return trouves, False
            sql, parametres = (_tout if un.tout else self.requete)(un, condition, valeurs)
            # Dates are slow to read: thousands of them.
            date = "e.date" if un.par_date else "NULL"
            with connection.cursor() as curseur:
                curseur.execute(
                    f"SELECT e.id, e.source, e.note, e.etiquettes_id, {date} FROM ({sql}) e {visible} "  # noqa: S608
                    "ORDER BY e.note DESC, e.id",
                    [*parametres, *chemins],
                )
                lus = curseur.fetchall()
            trouves += [Candidat._make(ligne) for ligne in lus if ligne[0] not in connus]
            connus.update(ligne[0] for ligne in lus)
        return trouves, un.complet and len(lus) < (un.au_hasard or COMPTES_MAX)

    @abstractmethod
    def requete(self, pas: Pas, condition: str, valeurs: list) -> tuple[str, list]:
        """SQL of at most COMPTES_MAX candidates, their COLONNES and their score (`note`); and its parameters.

        Args:
            condition: on the row, with its parameters `valeurs`; or empty.
        """


def _tout(pas: Pas, condition: str, valeurs: list) -> tuple[str, list]:
    """The newest of all the sources."""
    ou = f"position = 0 AND {condition}" if condition else "position = 0"
    return (
        f"SELECT {COLONNES}, CAST(0 AS double precision) AS note FROM search_searchentry WHERE {ou} "  # noqa: S608
        f"ORDER BY date DESC LIMIT {COMPTES_MAX}",
        valeurs,
    )


def _filtrer(filtres: Filtres) -> tuple[str, list]:
    """The condition on a row for the values asked of each facet."""
    morceaux, parametres = [], []
    for nom, valeurs in filtres.items():
        morceaux.append("(" + " OR ".join(["texte LIKE %s ESCAPE '!'"] * len(valeurs)) + ")")
        parametres += [f"%\n{_litteral(nom)}:{_litteral(valeur)}|%" for valeur in valeurs]
    ou = " AND ".join(morceaux)
    return f"etiquettes_id IN (SELECT id FROM search_etiquettes WHERE {ou})" if ou else "", parametres  # noqa: S608


def _visibles(visibilite: Visibilite) -> tuple[str, list]:
    """What hides now what the index might have forgotten to hide."""
    morceaux = ["(e.page_id IS NULL OR p.live)"]
    parametres: list[object] = []
    for branche in visibilite.branches:
        morceaux.append("(e.page_id IS NULL OR p.path NOT LIKE %s)")
        parametres.append(f"{branche}%")
    if visibilite.collections:
        places = ", ".join(["%s"] * len(visibilite.collections))
        morceaux.append(f"(e.collection_id IS NULL OR e.collection_id NOT IN ({places}))")
        parametres += visibilite.collections
    return "LEFT JOIN wagtailcore_page p ON p.id = e.page_id WHERE " + " AND ".join(morceaux), parametres


def _pas(demande: Demande, trop: int, par_date: bool, *, compter: bool = False) -> list[Pas]:
    """The steps of a search, the last one the widest.

    Args:
        compter: whether what is found is only counted, for another search tells which come first.
    """
    if not demande.groupes and not demande.phrases:
        return [Pas(demande, 0, 0, par_date=True, tout=True)]
    pas = [replace(un, par_date=par_date) for un in _pas_par_mots(demande)]
    if compter:
        return [replace(un, au_hasard=COMPTES_MAX, par_date=False) if un.cout > COMPTES_MAX else un for un in pas]
    if par_date:
        return pas
    if demande.vides and pas[0].cout > trop:
        suite = [replace(un, au_hasard=SUFFISANT) if un.cout > trop else un for un in pas]
        return [replace(pas[0], tout_en_tete=True), *suite]
    return [autre for un in pas for autre in ([replace(un, en_tete=True), un] if un.cout > trop else [un])]


def _pas_par_mots(demande: Demande) -> list[Pas]:
    communs = sorted(demande.groupes, key=demande.cout)
    nombres = [demande.cout(groupe) for groupe in communs]
    nombres += [demande.cout(phrase) for phrase in demande.phrases]
    pas = [Pas(demande, len(communs), min(nombres))]
    if demande.phrases and communs:
        # A phrase is required; the other words only add to the score.
        return [*pas, Pas(demande, 0, min(nombres))]
    if len(communs) < 2:
        return pas
    if sum(nombres) <= COUT_MAX:
        return [*pas, Pas(demande, 1, sum(nombres))]
    # Words that are nowhere cost nothing and bring nothing: the last step needs one that is somewhere.
    un = next((rang for rang, cumul in enumerate(accumulate(nombres), 1) if cumul), 1)
    while sum(nombres[: un + 1]) <= COUT_MAX:
        un += 1
    deux = 2
    while deux < len(communs) and _cout_des_paires(nombres[: deux + 1]) <= COUT_MAX:
        deux += 1
    if len(communs) > 2:
        pas.append(Pas(replace(demande, groupes=tuple(communs[:deux])), 2, _cout_des_paires(nombres[:deux])))
    return [*pas, Pas(replace(demande, groupes=tuple(communs[:un])), 1, sum(nombres[:un]), complet=False)]


def _cout_des_paires(nombres: Sequence[int]) -> int:
    """A bound of the passages that hold two of the words, given how many hold each, in increasing order."""
    return sum(nombre * (len(nombres) - 1 - rang) for rang, nombre in enumerate(nombres))


def _litteral(valeur: str) -> str:
    """`valeur` inside a LIKE pattern whose escape is `!`."""
    return valeur.replace("!", "!!").replace("%", "!%").replace("_", "!_")
