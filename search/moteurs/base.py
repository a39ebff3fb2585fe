"""What every engine answers, and what those that live in the database share.

An engine finds candidates (passages with a score of its own), and tells how many sources match and how many hold
each value of each facet; `search.query` orders the best finely and groups them by source, the same for all.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import starmap
from typing import Any, NamedTuple

from django.db import connection
from django.db.backends.utils import CursorWrapper

from search.facettes import Comptes, compter

# Passages that an engine of the database ranks and counts; beyond, totals are lower bounds and said to be.
COMPTES_MAX = 2000
# What a search among passages that hold only some of the words may cost, in passages looked at.
COUT_MAX = 20_000
# Passages holding every word beyond which those that hold only some are not looked for, when that would cost more.
SUFFISANT = 300
# Weights of the title, the heading, the body and the joined forms of compounds.
POIDS = (8.0, 5.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Demande:
    """A query in tokens; with neither words nor phrases, everything is asked.

    Attributes:
        texte: the query as typed, for an engine that has an analysis of its own.
        groupes: for each word of the query, the tokens that stand for it; a passage with one of each comes first.
        phrases: tokens that must follow one another.
        exclus: tokens that must be absent.
        idf: how rare each token is.
        frequences: in about how many passages each token stands.
    """

    texte: str = ""
    groupes: tuple[tuple[str, ...], ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    exclus: tuple[str, ...] = ()
    idf: Mapping[str, float] = field(default_factory=dict)
    frequences: Mapping[str, int] = field(default_factory=dict)

    @property
    def jetons(self) -> tuple[str, ...]:
        """Every token looked for, each once."""
        return tuple(dict.fromkeys(jeton for jetons in (*self.groupes, *self.phrases) for jeton in jetons))


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
    """

    candidats: list[Candidat]
    total: int
    exact: bool
    facettes: Comptes


@dataclass(frozen=True, slots=True)
class Visibilite:
    """What is hidden now, whatever the index says: paths of private branches, keys of private collections."""

    branches: tuple[str, ...] = ()
    collections: tuple[int, ...] = ()


Filtres = Mapping[str, Collection[str]]


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
        from search.index import reconstruire

        return reconstruire(complet=complet)


class MoteurSQL(Moteur):
    """An engine whose index the database keeps by itself, in the transaction that changes the rows.

    Passages that hold every word are looked for first. Those that hold some come next: cheap for rare words, while
    words that are everywhere would have most of a large base ranked to add nothing that a reader would look at.
    """

    def search(
        self, demande: Demande, filtres: Filtres, visibilite: Visibilite, limite: int, par_date: bool = False
    ) -> Reponse:
        # Asked without filters first, so that facets count what they would give.
        trouves, exact = self._candidats(demande, {}, visibilite)
        if filtres and not exact:
            autres, _ = self._candidats(demande, filtres, visibilite)
            connus = {candidat.pk for candidat in trouves}
            trouves += [candidat for candidat in autres if candidat.pk not in connus]
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

    def _candidats(
        self, demande: Demande, filtres: Filtres, visibilite: Visibilite
    ) -> tuple[list[Candidat], bool]:  # fmt: skip
        """Candidates, best first, and whether these are all that match."""
        condition, valeurs = _filtrer(filtres)
        visible, chemins = _visibles(visibilite)

        def lire(sql: str, parametres: list, note: str = "f.score", de_note: Sequence[object] = ()) -> list[Candidat]:
            with self.curseur() as curseur:
                curseur.execute(
                    f"SELECT e.id, e.source, {note} AS note, e.etiquettes_id, e.date "  # noqa: S608
                    f"FROM ({sql} LIMIT {COMPTES_MAX}) f JOIN search_searchentry e ON e.id = f.id {visible} "
                    "ORDER BY note DESC, e.id",
                    [*de_note, *parametres, *chemins],
                )
                return list(starmap(Candidat, curseur.fetchall()))

        if not demande.groupes and not demande.phrases:
            trouves = lire(
                f"SELECT id, 0.0 AS score FROM search_searchentry WHERE position = 0{condition and ' AND '}{condition} "  # noqa: S608
                "ORDER BY date DESC",
                valeurs,
            )
            return trouves, len(trouves) < COMPTES_MAX
        trouves = lire(*self.requete(demande, condition, valeurs, tous=True))
        if not demande.groupes or len(demande.groupes) + len(demande.phrases) == 1 or len(trouves) == COMPTES_MAX:
            return trouves, len(trouves) < COMPTES_MAX
        large, entiere = _sans_les_plus_communs(demande)
        if not entiere and len(trouves) >= SUFFISANT:
            return trouves, False
        connus = {candidat.pk for candidat in trouves}
        autres = lire(*self.requete(large, condition, valeurs, tous=False))
        trouves += [candidat for candidat in autres if candidat.pk not in connus]
        return trouves, entiere and len(autres) < COMPTES_MAX

    @abstractmethod
    def requete(self, demande: Demande, condition: str, valeurs: list, *, tous: bool) -> tuple[str, list, str, list]:
        """SQL of the keys of candidates (`id`), best first, behind which a limit is put, and that of their score.

        Args:
            condition: on the row, with its parameters `valeurs`; or empty.
            tous: every word must be there; otherwise one of them.

        Returns:
            SQL and its parameters; then SQL of the score, over it (`f`) and the row (`e`), and its parameters.
        """

    @contextmanager
    def curseur(self) -> Iterator[CursorWrapper]:
        """A cursor set as this engine reads best."""
        with connection.cursor() as curseur:
            yield curseur


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


def _sans_les_plus_communs(demande: Demande) -> tuple[Demande, bool]:
    """The query without the words that cost most, and whether nothing had to be left out."""

    def cout(groupe: tuple[str, ...]) -> int:
        return sum(demande.frequences.get(jeton, 0) for jeton in groupe)

    groupes = sorted(demande.groupes, key=cout)
    gardes, depense = groupes[:1], cout(groupes[0]) if groupes else 0
    for groupe in groupes[1:]:
        depense += cout(groupe)
        if depense <= COUT_MAX:
            gardes.append(groupe)
    return replace(demande, groupes=tuple(gardes)), len(gardes) == len(groupes)


def _litteral(valeur: str) -> str:
    """`valeur` inside a LIKE pattern whose escape is `!`."""
    return valeur.replace("!", "!!").replace("%", "!%").replace("_", "!_")
