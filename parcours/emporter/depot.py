"""Where packs are kept: a folder per parcours below `EMPORTER_ROOT`, each file named by the digest of its content.

A file is written beside its place, then renamed: it is whole or absent. One process builds at a time for a parcours.
The folder may be emptied at any time: packs are built again when they are asked.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import tempfile
import time
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

# Contents of a parcours kept at once: today's under two or three addresses of the site, and one being downloaded.
EMPREINTES_GARDEES = 4
ADRESSES_GARDEES = 3
ATTENTE = 20.0
ETAT = "etat.json"


class VerrouError(Exception):
    """Another process has been building for too long."""


def dossier(slug: str) -> Path:
    return Path(settings.EMPORTER_ROOT) / slug


def chemin(slug: str, empreinte: str, suffixe: str) -> Path:
    return dossier(slug) / f"{empreinte}.{suffixe}"


@contextlib.contextmanager
def verrou(slug: str) -> Iterator[None]:
    """Alone to build for this parcours, in all processes and threads.

    Raises:
        VerrouError: not alone yet after `ATTENTE` seconds.
    """
    dossier(slug).mkdir(parents=True, exist_ok=True)
    limite = time.monotonic() + ATTENTE
    with (dossier(slug) / ".verrou").open("w") as fichier:
        while True:
            try:
                fcntl.flock(fichier, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > limite:
                    raise VerrouError(slug) from None
                time.sleep(0.05)
        # Closing the file gives the lock back.
        yield


def ecrire(cible: Path, octets: bytes) -> None:
    """Put `octets` at `cible`, all at once."""
    descripteur, provisoire = tempfile.mkstemp(dir=cible.parent, prefix=".ecriture-")
    try:
        with os.fdopen(descripteur, "wb") as fichier:
            fichier.write(octets)
            fichier.flush()
            os.fsync(fichier.fileno())
        # The worker of background tasks may run under another name than the server.
        Path(provisoire).chmod(0o644)
        Path(provisoire).replace(cible)
    except BaseException:
        Path(provisoire).unlink(missing_ok=True)
        raise


def lire_l_etat(slug: str) -> dict[str, Any]:
    """By address of the site, the last first: version, digest and files of what was last built."""
    try:
        return json.loads((dossier(slug) / ETAT).read_bytes())
    except (OSError, ValueError):
        return {}


def noter(slug: str, base: str, empreinte: str, **faits: Any) -> None:
    """Remember, under the lock, facts about what is built; another digest forgets those of the one before."""
    etats = lire_l_etat(slug)
    ancien = etats.pop(base, {})
    if ancien.get("empreinte") != empreinte:
        ancien = {"empreinte": empreinte, "fichiers": {}}
    fichiers = ancien["fichiers"] | faits.pop("fichiers", {})
    etats = {base: ancien | faits | {"fichiers": fichiers}} | etats
    ecrire(dossier(slug) / ETAT, json.dumps(dict(list(etats.items())[:ADRESSES_GARDEES])).encode())


def faire_de_la_place(slug: str) -> None:
    """Remove, under the lock, the contents that are neither the last ones nor known to be of today."""
    gardees = {etat["empreinte"] for etat in lire_l_etat(slug).values()}
    par_date = sorted(
        (fichier for fichier in dossier(slug).iterdir() if fichier.name != ETAT and not fichier.name.startswith(".")),
        key=lambda fichier: fichier.stat().st_mtime,
        reverse=True,
    )
    for fichier in par_date:
        empreinte = fichier.name.partition(".")[0]
        if empreinte in gardees or len(gardees) < EMPREINTES_GARDEES:
            gardees.add(empreinte)
        else:
            fichier.unlink(missing_ok=True)
    # What a process that was killed left behind.
    for reste in dossier(slug).glob(".ecriture-*"):
        reste.unlink(missing_ok=True)


def oublier_sauf(slugs: Collection[str]) -> None:
    """Remove the folders of the parcours that are not published any more."""
    racine = Path(settings.EMPORTER_ROOT)
    if racine.is_dir():
        for ancien in racine.iterdir():
            if ancien.is_dir() and ancien.name not in slugs:
                shutil.rmtree(ancien, ignore_errors=True)


def tout_oublier() -> None:
    oublier_sauf(())
