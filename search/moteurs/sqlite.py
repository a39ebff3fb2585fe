"""SQLite FTS5, an external content table kept by triggers (migration 0002): transactional with the content."""

from search.moteurs.base import POIDS, Demande, Moteur


def _ou(jetons) -> str:
    return "(" + " OR ".join(f'"{jeton}"' for jeton in jetons) + ")"


def expression(demande: Demande, *, tous: bool) -> str:
    """The FTS5 expression: tokens are quoted, so no operator can come from the reader."""
    groupes = [_ou(groupe) for groupe in demande.groupes]
    phrases = ['"' + " ".join(phrase) + '"' for phrase in demande.phrases]
    if tous:
        texte = " AND ".join([*phrases, *groupes])
    elif phrases:
        # A phrase is required; the other words only add to the score.
        obligatoires = " AND ".join(phrases)
        texte = f"{obligatoires} AND ({' OR '.join([phrases[0], *groupes])})" if groupes else obligatoires
    else:
        texte = " OR ".join(groupes)
    if demande.exclus:
        texte = f"({texte}) NOT {_ou(demande.exclus)}"
    return texte


class MoteurSQLite(Moteur):
    """bm25 over title, heading, body and joined forms."""

    def requete(self, demande: Demande) -> tuple[str, list, list]:
        poids = ", ".join(str(valeur) for valeur in POIDS)
        sql = f"""
            SELECT e.id, e.source, -bm25(search_fts, {poids}) AS score, e.cles, e.date
            FROM search_fts
            JOIN search_searchentry e ON e.id = search_fts.rowid
            LEFT JOIN wagtailcore_page p ON p.id = e.page_id
            WHERE search_fts MATCH %s AND {{conditions}}
            ORDER BY search_fts.rowid IN (SELECT rowid FROM search_fts WHERE search_fts MATCH %s) DESC,
                     score DESC, e.id
            LIMIT %s"""  # noqa: S608
        return sql, [expression(demande, tous=False)], [expression(demande, tous=True)]
