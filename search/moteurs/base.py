"""What every engine answers, and what those that live in the database share.

An engine finds candidates (passages with a score of its own); `search.query` ranks them finely, groups them by
source and counts facets, the same for all.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db import connection

# Candidates asked of an engine: what counts and facets are computed on.
CANDIDATS_MAX = 3000
# Weights of the title, the heading, the body and the joined forms of compounds.
POIDS = (8.0, 5.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Demande:
    """A query in tokens.

    Attributes:
        groupes: for each word of the query, the tokens that stand for it; a passage with one of each comes first.
        phrases: tokens that must follow one another.
        exclus: tokens that must be absent.
        idf: how rare each token is.
    """

    groupes: tuple[tuple[str, ...], ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    exclus: tuple[str, ...] = ()
    idf: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Candidat:
    """A passage that matches: key of its row, its source, the engine's score, its facets, its date (sortable)."""

    pk: int
    source: str
    score: float
    cles: str
    date: str = ""


@dataclass(frozen=True, slots=True)
class Visibilite:
    """What is hidden now, whatever the index says: paths of private branches, keys of private collections."""

    branches: tuple[str, ...] = ()
    collections: tuple[int, ...] = ()


class Moteur(ABC):
    """An engine whose index the database keeps by itself, from the rows of `SearchEntry`."""

    # Whether the index lives elsewhere than the rows, and is told of them by `search.envois`.
    distant = False

    def chercher(
        self, demande: Demande, filtres: Mapping[str, Collection[str]], visibilite: Visibilite,
        limite: int,
    ) -> list[Candidat]:  # fmt: skip
        """The passages that match, best first: those with every word, then the others."""
        conditions, parametres = self.conditions(filtres, visibilite)
        sql, avant, apres = self.requete(demande)
        with connection.cursor() as curseur:
            curseur.execute(sql.replace("{conditions}", conditions), [*avant, *parametres, *apres, limite])
            return [
                Candidat(pk, source, score, cles, str(date or ""))
                for pk, source, score, cles, date in curseur.fetchall()
            ]

    @abstractmethod
    def requete(self, demande: Demande) -> tuple[str, list, list]:
        """SQL with `{conditions}` and a final limit, and its parameters before and after the conditions."""

    @staticmethod
    def conditions(filtres: Mapping[str, Collection[str]], visibilite: Visibilite) -> tuple[str, list]:
        """SQL conditions on `e` (the row) and `p` (its page): visible now, and of every facet asked."""
        morceaux = ["(e.page_id IS NULL OR p.live)"]
        parametres: list[object] = []
        for branche in visibilite.branches:
            morceaux.append("(e.page_id IS NULL OR p.path NOT LIKE %s)")
            parametres.append(f"{branche}%")
        if visibilite.collections:
            places = ", ".join(["%s"] * len(visibilite.collections))
            morceaux.append(f"(e.collection_id IS NULL OR e.collection_id NOT IN ({places}))")
            parametres += visibilite.collections
        for nom, valeurs in filtres.items():
            morceaux.append("(" + " OR ".join(["e.cles LIKE %s ESCAPE '!'"] * len(valeurs)) + ")")
            parametres += [f"%\n{_litteral(nom)}:{_litteral(valeur)}|%" for valeur in valeurs]
        return " AND ".join(morceaux), parametres

    # --- writing: the rows are the index

    def upsert(self, page_ids: Collection[int]) -> int:
        """Make the index tell what these pages are now."""
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


def _litteral(valeur: str) -> str:
    """`valeur` inside a LIKE pattern whose escape is `!`."""
    return valeur.replace("!", "!!").replace("%", "!%").replace("_", "!_")
