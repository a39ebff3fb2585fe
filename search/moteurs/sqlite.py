"""SQLite FTS5, an external content table kept by triggers (migration 0002): transactional with the content."""

from itertools import combinations

from search.moteurs.base import COLONNES, COMPTES_MAX, POIDS, MoteurSQL, Pas


def _ou(jetons) -> str:
    # Between quotes, a sequence is a phrase.
    return "(" + " OR ".join(f'"{jeton}"' for jeton in jetons) + ")"


def expression(pas: Pas) -> str:
    """The FTS5 expression: tokens are quoted, so no operator can come from the reader."""
    demande = pas.demande
    groupes = [_ou(groupe) for groupe in demande.groupes]
    phrases = [_ou(phrase) for phrase in demande.phrases]
    if pas.au_moins == len(groupes):
        texte = " AND ".join([*phrases, *groupes])
    elif phrases:
        texte = " AND ".join([*phrases, f"({' OR '.join([phrases[0], *groupes])})"])
    else:
        texte = " OR ".join(f"({' AND '.join(quelques)})" for quelques in combinations(groupes, pas.au_moins))
    if pas.tout_en_tete:
        texte = f"{{j_titre j_entete}} : ({texte})"
    elif pas.en_tete:
        tete = f"({{j_titre j_entete}} : {_ou(demande.jetons)})"
        # A word there may be all that is asked: the index would only say it again.
        texte = tete if pas.au_moins == 1 and not phrases else f"{tete} AND ({texte})"
    if demande.exclus:
        texte = f"({texte}) NOT {_ou(demande.exclus)}"
    return texte


class MoteurSQLite(MoteurSQL):
    """bm25 over title, heading, body and joined forms."""

    def requete(self, pas: Pas, condition: str, valeurs: list) -> tuple[str, list]:
        poids = ", ".join(str(valeur) for valeur in POIDS)
        # The sign keeps the table from being asked once for each row that passes.
        filtre = f"AND +rowid IN (SELECT id FROM search_searchentry WHERE {condition})" if condition else ""  # noqa: S608
        note = "0.0" if pas.au_hasard else f"-bm25(search_fts, {poids})"
        premiers = f"LIMIT {COMPTES_MAX}"
        dedans = premiers if pas.au_hasard else f"ORDER BY note DESC {premiers}"
        dedans, dehors = ("", f"ORDER BY date DESC {premiers}") if pas.par_date else (dedans, "")
        sql = f"""
            SELECT {COLONNES}, note FROM (
                SELECT rowid AS cle, {note} AS note FROM search_fts WHERE search_fts MATCH %s {filtre} {dedans}
            ) JOIN search_searchentry ON id = cle {dehors}"""  # noqa: S608
        return sql, [expression(pas), *valeurs]
