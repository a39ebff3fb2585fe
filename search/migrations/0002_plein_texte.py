"""The full-text index, kept by the database itself from the rows of SearchEntry."""

from django.db import migrations

# Of each row, all its tokens; and apart, those of its title and heading: a word that is everywhere is in few of them.
TABLES = {"search_fts": "j_titre, j_entete, j_corps, j_joints", "search_tete": "j_titre, j_entete"}


def _table(nom: str, colonnes: str) -> list[str]:
    """A full-text table of SQLite, and the triggers that make it follow the rows."""
    nouveaux, anciens = (", ".join(f"{de}.{nom}" for nom in ("id", *colonnes.split(", "))) for de in ("new", "old"))
    ajouter = f"INSERT INTO {nom}(rowid, {colonnes}) VALUES ({nouveaux});"  # noqa: S608
    retirer = f"INSERT INTO {nom}({nom}, rowid, {colonnes}) VALUES ('delete', {anciens});"  # noqa: S608
    return [
        f"""CREATE VIRTUAL TABLE {nom} USING fts5(
            {colonnes},
            content='search_searchentry', content_rowid='id', tokenize="unicode61 remove_diacritics 0")""",
        f"CREATE TRIGGER {nom}_ajout AFTER INSERT ON search_searchentry BEGIN {ajouter} END",
        f"CREATE TRIGGER {nom}_retrait AFTER DELETE ON search_searchentry BEGIN {retirer} END",
        f"""CREATE TRIGGER {nom}_changement AFTER UPDATE OF {colonnes} ON search_searchentry
            BEGIN {retirer} {ajouter} END""",
    ]


SQLITE = [sql for nom, colonnes in TABLES.items() for sql in _table(nom, colonnes)]
POSTGRESQL = [
    """ALTER TABLE search_searchentry ADD COLUMN vecteur tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple'::regconfig, j_titre), 'A')
        || setweight(to_tsvector('simple'::regconfig, j_entete), 'B')
        || setweight(to_tsvector('simple'::regconfig, j_corps), 'C')
        || setweight(to_tsvector('simple'::regconfig, j_joints), 'D')) STORED""",
    # Kept in the row: fetched from elsewhere for each token, it would cost ten times its ranking.
    "ALTER TABLE search_searchentry ALTER COLUMN vecteur SET STORAGE MAIN",
    # The title and the heading apart: small enough to stay in the row, they rank passages at little cost.
    """ALTER TABLE search_searchentry ADD COLUMN tete tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple'::regconfig, j_titre), 'A')
        || setweight(to_tsvector('simple'::regconfig, j_entete), 'B')) STORED""",
    "CREATE INDEX search_vecteur ON search_searchentry USING gin (vecteur) WITH (fastupdate = off)",
    "CREATE INDEX search_tete ON search_searchentry USING gin (tete) WITH (fastupdate = off)",
]
RETOUR = {
    "sqlite": [
        sql for nom in TABLES for sql in (
            f"DROP TRIGGER {nom}_ajout", f"DROP TRIGGER {nom}_retrait", f"DROP TRIGGER {nom}_changement",
            f"DROP TABLE {nom}",
        )
    ],
    "postgresql": ["ALTER TABLE search_searchentry DROP COLUMN vecteur, DROP COLUMN tete"],
}  # fmt: skip


def creer(apps, schema_editor):
    for sql in {"sqlite": SQLITE, "postgresql": POSTGRESQL}.get(schema_editor.connection.vendor, []):
        schema_editor.execute(sql)


def defaire(apps, schema_editor):
    for sql in RETOUR.get(schema_editor.connection.vendor, []):
        schema_editor.execute(sql)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(creer, defaire)]
