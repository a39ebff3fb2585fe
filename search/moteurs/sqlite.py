"""SQLite FTS5, an external content table kept by triggers (migration 0002): transactional with the content."""

from search.moteurs.base import POIDS, Demande, MoteurSQL


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


class MoteurSQLite(MoteurSQL):
    """bm25 over title, heading, body and joined forms."""

    def requete(self, demande: Demande, condition: str, valeurs: list, *, tous: bool) -> tuple[str, list, str, list]:
        poids = ", ".join(str(valeur) for valeur in POIDS)
        filtre = f"AND rowid IN (SELECT id FROM search_searchentry WHERE {condition})" if condition else ""  # noqa: S608
        sql = f"""
            SELECT rowid AS id, -bm25(search_fts, {poids}) AS score
            FROM search_fts WHERE search_fts MATCH %s {filtre}
            ORDER BY score DESC"""  # noqa: S608
        return sql, [expression(demande, tous=tous), *valeurs], "f.score", []
