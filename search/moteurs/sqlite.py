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
        return " AND ".join([*phrases, *groupes])
    if phrases:
        return " AND ".join([*phrases, f"({' OR '.join([phrases[0], *groupes])})"])
    return " OR ".join(f"({' AND '.join(quelques)})" for quelques in combinations(groupes, pas.au_moins))


class MoteurSQLite(MoteurSQL):
    """bm25 over title, heading, body and joined forms; or over titles and headings, in a table of their own."""

    def requete(self, pas: Pas, condition: str, valeurs: list) -> tuple[str, list]:
        demande, texte = pas.demande, expression(pas)
        conditions, parametres = [], []
        # Where a word in the title or heading is all that is asked, the larger table would only say it again.
        un_mot_en_tete = pas.en_tete and pas.au_moins == 1 and not demande.phrases
        tete_seule = pas.tout_en_tete or un_mot_en_tete
        table, poids = ("search_tete", POIDS[:2]) if tete_seule else ("search_fts", POIDS)
        if un_mot_en_tete:
            texte = _ou(demande.jetons)
        elif pas.en_tete:
            conditions.append("+rowid IN (SELECT rowid FROM search_tete WHERE search_tete MATCH %s)")
            parametres.append(_ou(demande.jetons))
        if demande.exclus and tete_seule:
            conditions.append("+rowid NOT IN (SELECT rowid FROM search_fts WHERE search_fts MATCH %s)")
            parametres.append(_ou(demande.exclus))
        elif demande.exclus:
            texte = f"({texte}) NOT {_ou(demande.exclus)}"
        if condition:
            # The sign keeps the table from being asked once for each row that passes.
            conditions.append(f"+rowid IN (SELECT id FROM search_searchentry WHERE {condition})")  # noqa: S608
        ou = " AND ".join([f"{table} MATCH %s", *conditions])
        note = "0.0" if pas.au_hasard else f"-bm25({table}, {', '.join(map(str, poids))})"
        premiers = f"LIMIT {pas.au_hasard or COMPTES_MAX}"
        dedans = premiers if pas.au_hasard else f"ORDER BY note DESC {premiers}"
        dedans, dehors = ("", f"ORDER BY date DESC {premiers}") if pas.par_date else (dedans, "")
        sql = f"""
            SELECT {COLONNES}, note FROM (
                SELECT rowid AS cle, {note} AS note FROM {table} WHERE {ou} {dedans}
            ) JOIN search_searchentry ON id = cle {dehors}"""  # noqa: S608
        return sql, [texte, *parametres, *valeurs]
