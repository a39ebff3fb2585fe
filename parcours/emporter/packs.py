"""The packs of a parcours: which there are, and each one built at most once for the same content."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from core.context import absolute_base
from core.version import cached, request_version
from parcours import services
from parcours.emporter import archive, depot, epub, pdf
from parcours.emporter.contenu import Livret, lire_le_livret

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sorte:
    """A kind of pack.

    Attributes:
        suffixe: end of the name of what is kept on disk; of a ZIP, only the plan is.
    """

    nom: str
    titre: str
    aide: str
    extension: str
    type_mime: str
    suffixe: str


SORTES = {
    sorte.nom: sorte
    for sorte in (
        Sorte("pdf", "Livret PDF", "À lire ou à imprimer, une étape par page.", "pdf", "application/pdf", "pdf"),
        Sorte("epub", "Livre EPUB", "Pour une liseuse ou un téléphone.", "epub", "application/epub+zip", "epub"),
        Sorte(
            "zip",
            "Archive ZIP",
            "Le livret, les liens, les documents que le site détient.",
            "zip",
            "application/zip",
            "zip.json",
        ),
        Sorte(
            "zip-complet",
            "Archive ZIP complète",
            "La même archive, avec les vidéos et leurs sous-titres.",
            "zip",
            "application/zip",
            "complet.json",
        ),
    )
}


class PackError(Exception):
    """The pack could not be built; the log says why."""


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack ready to be sent: `chemin` is the file itself, or the plan of a ZIP."""

    sorte: Sorte
    chemin: Path
    empreinte: str

    def plan(self) -> archive.Plan | None:
        if self.sorte.extension != "zip":
            return None
        return archive.Plan.de_json(self.chemin.read_bytes())

    @property
    def taille(self) -> int:
        plan = self.plan()
        return plan.taille if plan else self.chemin.stat().st_size

    @property
    def etiquette(self) -> str:
        """What tells these very bytes: the same content built twice is dated twice, and so differs."""
        fichier = self.chemin.stat()
        return f"{self.empreinte}-{self.sorte.nom}-{fichier.st_mtime_ns:x}-{fichier.st_size:x}"


def pack(slug: str, sorte: Sorte, base: str, version: int) -> Pack | None:
    """The pack of today's content, built now if it is not there; None when there is no such parcours.

    Raises:
        PackError: it cannot be built.
    """
    if slug not in services.slugs(version):
        return None
    try:
        empreinte, livret = _contenu_du_jour(slug, base, version)
        trouve = _pret(slug, sorte, empreinte) or _construire(slug, sorte, base, version, empreinte, livret)
    except Exception as erreur:
        logger.exception("The pack %s of %s cannot be built", sorte.nom, slug)
        raise PackError(slug) from erreur
    return trouve


def _pret(slug: str, sorte: Sorte, empreinte: str) -> Pack | None:
    """The pack on disk, unless a file that its archive takes has gone."""
    fait = Pack(sorte, depot.chemin(slug, empreinte, sorte.suffixe), empreinte)
    if not empreinte or not fait.chemin.exists():
        return None
    plan = fait.plan()
    return fait if plan is None or plan.a_ses_fichiers else None


def _contenu_du_jour(slug: str, base: str, version: int) -> tuple[str, Livret | None]:
    """The digest of today's content, read once per version of the site; the content too when it was read just now."""
    livret = None

    def compute() -> str:
        nonlocal livret
        livret = lire_le_livret(slug, base, version)
        if livret is None:
            return ""
        with depot.verrou(slug):
            depot.noter(slug, base, livret.empreinte, version=version, medias=livret.a_des_medias)
        return livret.empreinte

    cle = hashlib.sha256(base.encode()).hexdigest()[:12]
    return cached(version, f"emporter:{slug}:{cle}", compute), livret


def _construire(slug: str, sorte: Sorte, base: str, version: int, attendue: str, livret: Livret | None) -> Pack | None:
    """Build one pack, alone; None when the parcours has just gone.

    Args:
        attendue: the digest of what is asked: whoever waited for its turn finds it made.
        livret: the content, when it was read just now.
    """
    with depot.verrou(slug):
        if fait := _pret(slug, sorte, attendue):
            return fait
        # The file tells what was read, and is named by it, whatever has changed since.
        livret = livret or lire_le_livret(slug, base, version)
        if livret is None:
            return None
        if fait := _pret(slug, sorte, livret.empreinte):
            return fait
        date = timezone.now()
        fait = Pack(sorte, depot.chemin(slug, livret.empreinte, sorte.suffixe), livret.empreinte)
        depot.ecrire(fait.chemin, _octets(livret, sorte, date))
        faits = {sorte.nom: {"taille": fait.taille, "date": date.isoformat()}}
        depot.noter(slug, base, livret.empreinte, version=version, medias=livret.a_des_medias, fichiers=faits)
        depot.faire_de_la_place(slug)
        return fait


def _octets(livret: Livret, sorte: Sorte, date: datetime) -> bytes:
    if sorte.nom == "pdf":
        return pdf.ecrire(livret, date)
    if sorte.nom == "epub":
        return epub.ecrire(livret, date)
    imprime = depot.chemin(livret.slug, livret.empreinte, "pdf")
    octets = imprime.read_bytes() if imprime.exists() else pdf.ecrire(livret, date)
    return archive.planifier(livret, octets, date, avec_medias=sorte.nom == "zip-complet").en_json()


def preparer(version: int, bases: Iterable[str] = ()) -> int:
    """Build what is missing for every parcours, for the addresses given and those that were asked; how many parcours.

    One that fails is in the log, and does not keep the others from being built.
    """
    slugs = services.slugs(version)
    depot.oublier_sauf(slugs)
    for slug in slugs:
        for base in dict.fromkeys([*bases, *depot.lire_l_etat(slug)]):
            try:
                for sorte in SORTES.values():
                    if sorte.nom != "zip-complet" or depot.lire_l_etat(slug).get(base, {}).get("medias"):
                        pack(slug, sorte, base, version)
            except PackError:
                continue
    return len(slugs)


def offre(slug: str, request: HttpRequest) -> list[dict]:
    """What the page of a parcours offers: each kind, its address; its size and date when it is built.

    One small file is read, and no query asked.
    """
    etat = depot.lire_l_etat(slug).get(absolute_base(request), {})
    a_jour = etat.get("version") == request_version(request)
    offres = []
    for sorte in SORTES.values():
        if sorte.nom == "zip-complet" and not etat.get("medias"):
            continue
        fait = etat["fichiers"].get(sorte.nom) if a_jour else None
        offres.append(
            {
                "sorte": sorte,
                "url": reverse("emporter", args=[slug, sorte.nom]),
                "taille": fait["taille"] if fait else None,
                "date": datetime.fromisoformat(fait["date"]) if fait else None,
            }
        )
    return offres
