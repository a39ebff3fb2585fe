"""PostgreSQL: generated tsvectors of our own tokens under GIN indexes, ranked with the rarity of each word.

`ts_rank` knows the place and number of a word, not how rare it is: each token is ranked alone and weighted here. It
reads the whole vector of a row, about 3 µs a token: a step that may match more passages than that allows draws the
best by their titles and headings first, or any.
"""

from itertools import combinations

from search.moteurs.base import COLONNES, COMPTES_MAX, POIDS, Demande, MoteurSQL, Pas

RANGES_MAX = 200


def _suite(jetons: str) -> str:
    return "(" + " <-> ".join(f"'{jeton}'" for jeton in jetons.split()) + ")"


def _ou(jetons) -> str:
    return "(" + " | ".join(map(_suite, jetons)) + ")"


def expression(pas: Pas) -> str:
    """The tsquery, written from tokens made of letters and digits only."""
    demande = pas.demande
    groupes = [_ou(groupe) for groupe in demande.groupes]
    phrases = [_ou(phrase) for phrase in demande.phrases]
    if pas.au_moins == len(groupes):
        texte = " & ".join([*phrases, *groupes])
    else:
        choix = " | ".join("(" + " & ".join(quelques) + ")" for quelques in combinations(groupes, pas.au_moins))
        texte = " & ".join(phrases) or choix
    return texte


class MoteurPostgreSQL(MoteurSQL):
    """A sum of `ts_rank` per token, each times its rarity, normalised by the length of the passage."""

    # Beyond, a step gives any of the passages that match.
    trop = COMPTES_MAX

    def requete(self, pas: Pas, condition: str, valeurs: list) -> tuple[str, list]:
        demande = pas.demande
        note, de_note = ("0::float8", []) if pas.au_hasard else _rangs("vecteur", demande)
        conditions, parametres = ["vecteur @@ %s::tsquery"], [expression(pas)]
        if pas.tout_en_tete:
            conditions, parametres = [*conditions, "tete @@ %s::tsquery"], [*parametres, expression(pas)]
        if pas.en_tete:
            if pas.au_moins == 1 and not demande.phrases:
                # A word in the title or heading is all that is asked: the larger index would only say it again.
                conditions, parametres = [], []
            conditions, parametres = [*conditions, "tete @@ %s::tsquery"], [*parametres, _ou(demande.jetons)]
        if demande.exclus:
            # Said in the tsquery, it would have the index read wherever these words are.
            conditions, parametres = [*conditions, "NOT vecteur @@ %s::tsquery"], [*parametres, _ou(demande.exclus)]
        if condition:
            conditions, parametres = [*conditions, condition], [*parametres, *valeurs]
        ou = " AND ".join(conditions)
        table = "search_searchentry"
        if pas.en_tete:
            tete, de_tete = _rangs("tete", pas.demande)
            table = f"(SELECT * FROM {table} WHERE {ou} ORDER BY {tete} DESC, id LIMIT {RANGES_MAX}) premiers"  # noqa: S608
            ou, parametres = "true", [*parametres, *de_tete]
        ordre = "ORDER BY date DESC NULLS LAST" if pas.par_date else ""
        # A fence: the planner would hope that a scan of the table meets the limit soon, whereas the rows that the
        # index finds are read, and ranked, only as far as the limit.
        sql = f"""
            WITH trouves AS MATERIALIZED (SELECT {COLONNES}, {note} AS note FROM {table} WHERE {ou})
            SELECT {COLONNES}, note FROM trouves {ordre} LIMIT {pas.au_hasard or COMPTES_MAX}"""  # noqa: S608
        return sql, [*de_note, *parametres]


def _rangs(colonne: str, demande: Demande) -> tuple[str, list]:
    """SQL of the rank of a row, and its parameters."""
    titre, entete, corps, joints = (valeur / max(POIDS) for valeur in POIDS)
    # ts_rank reads its weights as {D, C, B, A}.
    poids = f"'{{{joints}, {corps}, {entete}, {titre}}}'"
    sql = " + ".join([f"%s * ts_rank({poids}, {colonne}, %s::tsquery, 1)"] * len(demande.jetons))
    return f"({sql})::float8", [v for jeton in demande.jetons for v in (demande.idf.get(jeton, 1.0), _suite(jeton))]
