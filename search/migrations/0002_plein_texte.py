"""The full-text index, kept by the database itself from the rows of SearchEntry."""

from django.db import migrations

SQLITE = [
    """CREATE VIRTUAL TABLE search_fts USING fts5(
        j_titre, j_entete, j_corps, j_joints,
        content='search_searchentry', content_rowid='id', tokenize="unicode61 remove_diacritics 0")""",
    """CREATE TRIGGER search_fts_ajout AFTER INSERT ON search_searchentry BEGIN
        INSERT INTO search_fts(rowid, j_titre, j_entete, j_corps, j_joints)
        VALUES (new.id, new.j_titre, new.j_entete, new.j_corps, new.j_joints);
    END""",
    """CREATE TRIGGER search_fts_retrait AFTER DELETE ON search_searchentry BEGIN
        INSERT INTO search_fts(search_fts, rowid, j_titre, j_entete, j_corps, j_joints)
        VALUES ('delete', old.id, old.j_titre, old.j_entete, old.j_corps, old.j_joints);
    END""",
    """CREATE TRIGGER search_fts_changement AFTER UPDATE OF j_titre, j_entete, j_corps, j_joints
    ON search_searchentry BEGIN
        INSERT INTO search_fts(search_fts, rowid, j_titre, j_entete, j_corps, j_joints)
        VALUES ('delete', old.id, old.j_titre, old.j_entete, old.j_corps, old.j_joints);
        INSERT INTO search_fts(rowid, j_titre, j_entete, j_corps, j_joints)
        VALUES (new.id, new.j_titre, new.j_entete, new.j_corps, new.j_joints);
    END""",
]
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
        "DROP TRIGGER search_fts_ajout",
        "DROP TRIGGER search_fts_retrait",
        "DROP TRIGGER search_fts_changement",
        "DROP TABLE search_fts",
    ],
    "postgresql": ["ALTER TABLE search_searchentry DROP COLUMN vecteur, DROP COLUMN tete"],
}


def creer(apps, schema_editor):
    for sql in {"sqlite": SQLITE, "postgresql": POSTGRESQL}.get(schema_editor.connection.vendor, []):
        schema_editor.execute(sql)


def defaire(apps, schema_editor):
    for sql in RETOUR.get(schema_editor.connection.vendor, []):
        schema_editor.execute(sql)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(creer, defaire)]
