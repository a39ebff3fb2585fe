"""A database of its own for the tests that kill processes: theirs is inside a transaction that nobody else sees."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import connection, connections

ROOT = Path(__file__).resolve().parents[2]
LIGNES = "SELECT page_id, source, position, empreinte, j_titre, j_entete, j_corps, j_joints FROM search_searchentry"
MOTS = "SELECT mot, forme, jeton, frequence FROM search_mot"


@dataclass
class Atelier:
    """A site of its own: a folder, and a database in it or, on PostgreSQL, of that name."""

    var: Path
    base: str = ""
    processus: list[subprocess.Popen] = field(default_factory=list)

    @classmethod
    def vide(cls, var: Path) -> Atelier:
        """A copy of the database of the tests, as the migrations made it."""
        var.mkdir(parents=True)
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            with contextlib.closing(sqlite3.connect(var / "base.sqlite3")) as copie:
                connection.connection.backup(copie)
            return cls(var)
        origine = connection.settings_dict["NAME"]
        connections.close_all()
        return cls(var, _copie_postgresql(origine, f"{origine}_{var.name}"))

    def copie(self, var: Path) -> Atelier:
        shutil.copytree(self.var, var)
        if self.base:
            return Atelier(var, _copie_postgresql(self.base, f"{self.base}_{var.name}"))
        return Atelier(var)

    # --- processes

    def lancer(self, *arguments: str) -> subprocess.Popen:
        """Start `manage.py` or a module with these arguments; killed at the end of the test if it still runs."""
        environnement = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings.test", "VAR_DIR": str(self.var), "SECRET_KEY": "essais",
        }  # fmt: skip
        environnement.pop("DATABASE_URL", None)
        if self.base:
            acces = connection.settings_dict
            environnement["DATABASE_URL"] = (
                f"postgres://{acces['USER']}:{acces['PASSWORD']}@{acces['HOST']}:{acces['PORT']}/{self.base}"
            )
        lance = subprocess.Popen(
            [sys.executable, *arguments], cwd=ROOT, env=environnement, text=True, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=(self.var / "erreurs").open("a"),
        )  # fmt: skip
        self.processus.append(lance)
        return lance

    def indexer(self, *options: str) -> subprocess.Popen:
        return self.lancer("manage.py", "indexer", *options)

    def parler(self, *arguments: str) -> Interlocuteur:
        """Start a process of `tests.search.processus`."""
        return Interlocuteur(self.lancer("-m", "tests.search.processus", *arguments), self)

    @property
    def erreurs(self) -> str:
        return (self.var / "erreurs").read_text()

    def fermer(self) -> None:
        for lance in self.processus:
            lance.kill()
            lance.communicate()
        if self.base:
            with _postgresql("postgres") as curseur:
                curseur.execute(f'DROP DATABASE "{self.base}" WITH (FORCE)')

    # --- the database, read and changed behind the back of the site

    @contextlib.contextmanager
    def curseur(self, patience: float = 20.0):
        if self.base:
            with _postgresql(self.base) as curseur:
                yield curseur
            return
        base = sqlite3.connect(self.var / "base.sqlite3", timeout=patience, isolation_level=None)
        with contextlib.closing(base):
            yield base.cursor()

    def sql(self, requete: str) -> list[tuple]:
        with self.curseur() as curseur:
            curseur.execute(requete)
            return [tuple(ligne) for ligne in curseur.fetchall()] if curseur.description else []

    def index(self) -> tuple[list, list]:
        """The rows of the index without their keys, and its words."""
        return sorted(self.sql(LIGNES), key=str), sorted(self.sql(MOTS))

    def occupe(self) -> bool:
        """Whether somebody is writing: holds the only lock of SQLite, or the version of the content."""
        with self.curseur(patience=0) as curseur:
            try:
                curseur.execute("BEGIN IMMEDIATE" if not self.base else "BEGIN")
                if self.base:
                    curseur.execute("SELECT 1 FROM core_versionducontenu FOR UPDATE NOWAIT")
                curseur.execute("ROLLBACK")
            except Exception as erreur:
                if "lock" not in str(erreur):
                    raise
                return True
        return False

    def sain(self) -> bool:
        """Whether the files of the database hold, and the full text is that of the rows."""
        if self.base:
            return True
        for table in ("search_fts", "search_tete"):
            self.sql(f"INSERT INTO {table}({table}, rank) VALUES ('integrity-check', 1)")  # noqa: S608
        return self.sql("PRAGMA integrity_check") == [("ok",)]


@dataclass
class Interlocuteur:
    """A process that speaks by lines of JSON."""

    lance: subprocess.Popen
    atelier: Atelier

    def ecouter(self):
        assert self.lance.stdout
        ligne = self.lance.stdout.readline()
        assert ligne, f"the process stopped: {self.atelier.erreurs[-2000:]}"
        return json.loads(ligne)

    def demander(self, question: str):
        assert self.lance.stdin
        self.lance.stdin.write(question + "\n")
        self.lance.stdin.flush()
        return self.ecouter()


def attendre(condition, secondes: float = 60.0) -> float:
    """Wait for a condition; the seconds that it took."""
    debut = time.monotonic()
    while not condition():
        assert time.monotonic() - debut < secondes, "waited in vain"
        time.sleep(0.005)
    return time.monotonic() - debut


@contextlib.contextmanager
def _postgresql(base: str):
    import psycopg

    acces = settings.DATABASES["default"]
    with (
        psycopg.connect(
            host=acces["HOST"], port=acces["PORT"], user=acces["USER"], password=acces["PASSWORD"], dbname=base,
            autocommit=True,
        ) as ouverte,
        ouverte.cursor() as curseur,
    ):  # fmt: skip
        yield curseur


def _copie_postgresql(origine: str, copie: str) -> str:
    with _postgresql("postgres") as curseur:
        curseur.execute(f'CREATE DATABASE "{copie}" TEMPLATE "{origine}"')
    return copie
