"""The static files that a page loads, and those that they load in turn."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage

_DANS_UNE_FEUILLE = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)|@import\s+["']([^"']+)["']""")
_DANS_UN_MODULE = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["'](\.{1,2}/[^"']+)["']""")


def generation() -> str:
    """Changes when the static files of the site do."""
    return getattr(staticfiles_storage, "manifest_hash", "")


def avec_ce_qu_ils_chargent(adresses: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Each static file among `adresses` and each one that these ask for, once: its address and its bytes."""
    a_lire, vues = list(adresses), set()
    while a_lire:
        adresse = a_lire.pop()
        if adresse in vues or not adresse.startswith(settings.STATIC_URL):
            continue
        vues.add(adresse)
        contenu = _contenu(adresse.removeprefix(settings.STATIC_URL))
        if contenu is None:
            continue
        yield adresse, contenu
        a_lire += _demandes(adresse, contenu)


def _contenu(nom: str) -> bytes | None:
    """The bytes of a static file, collected or not; None when there is none of that name."""
    if staticfiles_storage.exists(nom):
        with staticfiles_storage.open(nom) as fichier:
            return fichier.read()
    trouve = finders.find(nom)
    return Path(trouve).read_bytes() if trouve else None


def _demandes(adresse: str, contenu: bytes) -> Iterator[str]:
    motif = {".css": _DANS_UNE_FEUILLE, ".js": _DANS_UN_MODULE}.get(posixpath.splitext(adresse)[1])
    if motif is None:
        return
    for trouve in motif.finditer(contenu.decode()):
        demande = next(filter(None, trouve.groups())).partition("#")[0]
        if not demande.startswith("data:"):
            yield posixpath.normpath(posixpath.join(posixpath.dirname(adresse), demande))
