"""The initial content, loaded once for all the modules and workers of a run, then put back row by row.

The first who needs it runs `charger_contenu` in a transaction that it rolls back, and writes down the rows of the
tables that the command changed, and the files. Everybody, the first included, then copies these rows into a
transaction of its own: a hundred times quicker, and the same content with the same keys everywhere.
"""

import pickle
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time
from pathlib import Path

from django.apps import apps
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.test import override_settings
from filelock import FileLock
from wagtail.models import Site

Rangees = dict[str, list[tuple]]


@contextmanager
def contenu_en_place(commun: Path, medias: Path) -> Iterator[None]:
    """The loaded content in the database and its files in `medias`; the database is rolled back afterwards.

    Args:
        commun: a folder of all the workers of this run, where the content is kept.
        medias: where this worker has its files.
    """
    with FileLock(commun / "contenu.lock"):
        if not (commun / "contenu.pickle").exists():
            _charger(commun)
    try:
        with transaction.atomic():
            _remettre(pickle.loads((commun / "contenu.pickle").read_bytes()))  # noqa: S301
            shutil.copytree(commun / "contenu-medias", medias, dirs_exist_ok=True)
            _oublier()
            yield
            transaction.set_rollback(True)
    finally:
        _oublier()


def _charger(commun: Path) -> None:
    with transaction.atomic(), override_settings(MEDIA_ROOT=str(commun / "contenu-medias")):
        _oublier()
        avant = _lire()
        call_command("charger_contenu", verbosity=0)
        changees = {table: rangees for table, rangees in _lire().items() if rangees != avant[table]}
        transaction.set_rollback(True)
    (commun / "contenu.pickle").write_bytes(pickle.dumps(changees))


def _modeles() -> dict[str, type[models.Model]]:
    """Every table that a model describes. What the database derives from them (full text) it derives again."""
    modeles = apps.get_models(include_auto_created=True)
    return {modele._meta.db_table: modele for modele in modeles if modele._meta.managed and not modele._meta.proxy}


def _colonnes(modele: type[models.Model]) -> str:
    champs = [champ.column for champ in modele._meta.local_concrete_fields if champ.column and not champ.generated]
    return ", ".join(connection.ops.quote_name(champ) for champ in champs)


def _lire() -> Rangees:
    """The rows of every table, as the database gives them; instants as texts, the only ones that SQLite takes."""
    rangees = {}
    with connection.cursor() as curseur:
        for table, modele in _modeles().items():
            curseur.execute(f"SELECT {_colonnes(modele)} FROM {table} ORDER BY {modele._meta.pk.column}")  # noqa: S608
            rangees[table] = [
                tuple(str(valeur) if isinstance(valeur, date | time) else valeur for valeur in rangee)
                for rangee in curseur.fetchall()
            ]
    return rangees


def _remettre(changees: Rangees) -> None:
    """Make these tables hold these rows; the keys to other tables are judged once all is there."""
    modeles = _modeles()
    with connection.cursor() as curseur:
        for table, rangees in changees.items():
            curseur.execute(f"DELETE FROM {table}")  # noqa: S608
            if rangees:
                valeurs = ", ".join(["%s"] * len(rangees[0]))
                curseur.executemany(f"INSERT INTO {table} ({_colonnes(modeles[table])}) VALUES ({valeurs})", rangees)  # noqa: S608
        for requete in connection.ops.sequence_reset_sql(no_style(), [modeles[table] for table in changees]):
            curseur.execute(requete)
    connection.check_constraints()


def _oublier() -> None:
    """What this process remembers of another content."""
    cache.clear()
    Site.clear_site_root_paths_cache()
