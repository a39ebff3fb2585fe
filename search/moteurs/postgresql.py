"""PostgreSQL: generated tsvectors of our own tokens under GIN indexes, ranked with the rarity of each word.

`ts_rank` knows the place and number of a word, not how rare it is: each token is ranked alone and weighted here. It
also reads the whole vector of a row, about 3 µs a token: where a query matches more passages than that allows, those
with a word in their title or heading, or with two of the words, are drawn first, and only the first are ranked.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import combinations

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from search.moteurs.base import COMPTES_MAX, POIDS, Demande, MoteurSQL

RANGES_MAX = 1000


def _ou(jetons) -> str:
    return "(" + " | ".join(f"'{jeton}'" for jeton in jetons) + ")"


def expression(demande: Demande, *, au_moins: int) -> str:
    """The tsquery, written from tokens made of letters and digits only.

    Args:
        au_moins: how many of the words must be there (one, two, or all of them).
    """
    groupes = [_ou(groupe) for groupe in demande.groupes]
    phrases = ["(" + " <-> ".join(f"'{jeton}'" for jeton in phrase) + ")" for phrase in demande.phrases]
    if au_moins >= len(groupes):
        texte = " & ".join([*phrases, *groupes])
    else:
        # A phrase is required; the other words only add to the score.
        choix = " | ".join("(" + " & ".join(quelques) + ")" for quelques in combinations(groupes, au_moins))
        texte = " & ".join(phrases) or choix
    if demande.exclus:
        texte = f"({texte}) & !{_ou(demande.exclus)}"
    return texte


def _attendus(demande: Demande, *, tous: bool) -> int:
    """A bound of the number of passages that match."""
    nombres = [sum(demande.frequences.get(jeton, 0) for jeton in groupe) for groupe in demande.groupes]
    if demande.phrases:
        nombres = [demande.frequences.get(jeton, 0) for phrase in demande.phrases for jeton in phrase]
    return min(nombres) if tous or demande.phrases else sum(nombres)


class MoteurPostgreSQL(MoteurSQL):
    """A sum of `ts_rank` per token, each times its rarity, normalised by the length of the passage."""

    def requete(self, demande: Demande, condition: str, valeurs: list, *, tous: bool) -> tuple[str, list, str, list]:
        note, de_note = _rangs("e.vecteur", demande)
        cherche = expression(demande, au_moins=len(demande.groupes) if tous else 1)
        filtre = f"AND {condition}" if condition else ""
        if _attendus(demande, tous=tous) <= COMPTES_MAX:
            sql = f"SELECT id FROM search_searchentry WHERE vecteur @@ %s::tsquery {filtre}"  # noqa: S608
            return sql, [cherche, *valeurs], note, de_note
        bras = [
            ("vecteur @@ %s::tsquery", [cherche]),
            ("tete @@ %s::tsquery AND vecteur @@ %s::tsquery", [_ou(demande.jetons), cherche]),
        ]
        if not tous and len(demande.groupes) > 2:
            bras.append(("vecteur @@ %s::tsquery", [expression(demande, au_moins=2)]))
        tete, de_tete = _rangs("tete", demande)
        tirages, parametres = [], []
        for rang, (ou, siens) in enumerate(bras):
            tirages.append(
                f"(SELECT id, {rang} AS bras, {tete} AS tete FROM search_searchentry "  # noqa: S608
                f"WHERE {ou} {filtre} LIMIT {COMPTES_MAX})"
            )
            parametres += [*de_tete, *siens, *valeurs]
        sql = f"""
            SELECT id, row_number() OVER (ORDER BY max(bras) DESC, max(tete) DESC, id) AS rang
            FROM ({" UNION ALL ".join(tirages)}) tirages GROUP BY id
            ORDER BY rang"""  # noqa: S608
        return sql, parametres, f"CASE WHEN f.rang <= {RANGES_MAX} THEN {note} ELSE 0 END", de_note

    @contextmanager
    def curseur(self) -> Iterator[CursorWrapper]:
        # The planner believes that `@@` costs nothing and that a limited scan of the table will soon find enough.
        with transaction.atomic(), connection.cursor() as curseur:
            curseur.execute("SET LOCAL enable_seqscan = off")
            yield curseur


def _rangs(colonne: str, demande: Demande) -> tuple[str, list]:
    """SQL of the rank of a row, and its parameters."""
    titre, entete, corps, joints = (valeur / max(POIDS) for valeur in POIDS)
    # ts_rank reads its weights as {D, C, B, A}.
    poids = f"'{{{joints}, {corps}, {entete}, {titre}}}'"
    sql = " + ".join([f"%s * ts_rank({poids}, {colonne}, %s::tsquery, 1)"] * len(demande.jetons))
    return f"({sql})::float8", [v for jeton in demande.jetons for v in (demande.idf.get(jeton, 1.0), f"'{jeton}'")]
