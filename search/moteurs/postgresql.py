"""PostgreSQL: a generated tsvector of our own tokens under a GIN index, ranked with the rarity of each word.

`ts_rank` knows the place and number of a word, not how rare it is: each token is ranked alone and weighted here.
"""

from search.moteurs.base import POIDS, Demande, Moteur


def _ou(jetons) -> str:
    return "(" + " | ".join(f"'{jeton}'" for jeton in jetons) + ")"


def expression(demande: Demande, *, tous: bool) -> str:
    """The tsquery, written from tokens made of letters and digits only."""
    groupes = [_ou(groupe) for groupe in demande.groupes]
    phrases = ["(" + " <-> ".join(f"'{jeton}'" for jeton in phrase) + ")" for phrase in demande.phrases]
    texte = " & ".join([*phrases, *groupes]) if tous else " & ".join(phrases) or " | ".join(groupes)
    if demande.exclus:
        texte = f"({texte}) & !{_ou(demande.exclus)}"
    return texte


class MoteurPostgreSQL(Moteur):
    """A sum of `ts_rank` per token, each times its rarity, normalised by the length of the passage."""

    def requete(self, demande: Demande) -> tuple[str, list, list]:
        titre, entete, corps, joints = (poids / max(POIDS) for poids in POIDS)
        # ts_rank reads its weights as {D, C, B, A}.
        poids = f"'{{{joints}, {corps}, {entete}, {titre}}}'"
        jetons = list(dict.fromkeys(j for mots in (*demande.groupes, *demande.phrases) for j in mots))
        rangs = " + ".join([f"%s * ts_rank({poids}, e.vecteur, %s::tsquery, 1)"] * len(jetons))
        sql = f"""
            SELECT e.id, e.source, ({rangs})::float8 AS score, e.cles, e.date
            FROM search_searchentry e
            LEFT JOIN wagtailcore_page p ON p.id = e.page_id
            WHERE e.vecteur @@ %s::tsquery AND {{conditions}}
            ORDER BY e.vecteur @@ %s::tsquery DESC, score DESC, e.id
            LIMIT %s"""  # noqa: S608
        avant = [valeur for jeton in jetons for valeur in (demande.idf.get(jeton, 1.0), f"'{jeton}'")]
        return sql, [*avant, expression(demande, tous=False)], [expression(demande, tous=True)]
