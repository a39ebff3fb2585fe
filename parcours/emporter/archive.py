"""The ZIP of a parcours, never written whole: its plan says which bytes come from memory and which from files.

Everything is stored, not compressed (PDF, images and videos are already), so that the length is known ahead and any
range of it can be sent: a download cut on a phone goes on where it stopped. The standard library writes the format
(ZIP64 included) on a tape that keeps headers and only notes where the files come in.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import zipfile
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils._os import safe_join

from parcours.emporter.pdf import en_mots

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from parcours.emporter.contenu import Livret, Piece

MANIFESTE = "MANIFESTE.sha256"
LECTURE = 1 << 20


@dataclass(frozen=True, slots=True)
class Fichier:
    """Bytes of the archive that are those of a whole file below `MEDIA_ROOT`."""

    chemin: str
    taille: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The bytes of an archive, in order."""

    morceaux: tuple[bytes | Fichier, ...]

    @property
    def taille(self) -> int:
        return sum(_taille(morceau) for morceau in self.morceaux)

    def ouvrir(self) -> BinaryIO:
        return cast(BinaryIO, _Lecture(self.morceaux))

    def en_json(self) -> bytes:
        morceaux = [
            [morceau.chemin, morceau.taille] if isinstance(morceau, Fichier) else base64.b64encode(morceau).decode()
            for morceau in self.morceaux
        ]
        return json.dumps(morceaux).encode()

    @classmethod
    def de_json(cls, texte: bytes) -> Plan:
        return cls(
            tuple(
                base64.b64decode(morceau) if isinstance(morceau, str) else Fichier(*morceau)
                for morceau in json.loads(texte)
            )
        )

    @property
    def a_ses_fichiers(self) -> bool:
        """Whether every file is still there, as long as it was."""
        return all(
            _chemin(morceau.chemin).is_file() and _chemin(morceau.chemin).stat().st_size == morceau.taille
            for morceau in self.morceaux
            if isinstance(morceau, Fichier)
        )


def planifier(livret: Livret, pdf: bytes, date: datetime, avec_medias: bool) -> Plan:
    """The plan of the archive of a booklet: light, or with what is seen and heard."""
    pieces = [piece for piece in livret.pieces if piece.nom and (avec_medias or not piece.media)]
    noms = {piece.nom for piece in pieces}
    contexte = {"livret": livret, "date": en_mots(date), "noms": noms, "poids_du_livret": len(pdf)}
    bande = _Bande()
    sommes: list[tuple[str, str]] = []
    with zipfile.ZipFile(bande, "w", zipfile.ZIP_STORED) as archive:
        textes = {
            "index.html": render_to_string("parcours/emporter/index.html", contexte).encode(),
            "livret.pdf": pdf,
            "LIENS.txt": render_to_string("parcours/emporter/liens.txt", contexte).encode(),
        }
        for nom, octets in textes.items():
            archive.writestr(_entree(nom, date), octets)
            sommes.append((hashlib.sha256(octets).hexdigest(), nom))
        # Documents first, then media; by step within each.
        for piece in sorted(pieces, key=lambda piece: piece.nom):
            sommes.append((_suivre(archive, bande, piece, date), piece.nom))
        archive.writestr(_entree(MANIFESTE, date), "".join(f"{somme}  {nom}\n" for somme, nom in sommes))
    return Plan(tuple(bande.reunis()))


def _suivre(archive: zipfile.ZipFile, bande: _Bande, piece: Piece, date: datetime) -> str:
    """Add a file by reference; its SHA-256."""
    somme = hashlib.sha256()
    entree = _entree(piece.nom, date)
    chemin = _chemin(piece.chemin)
    grand = chemin.stat().st_size >= zipfile.ZIP64_LIMIT
    with chemin.open("rb") as source, archive.open(entree, "w", force_zip64=grand) as cible:
        bande.suivre(piece.chemin)
        while octets := source.read(LECTURE):
            somme.update(octets)
            cible.write(octets)
        bande.lacher()
    return somme.hexdigest()


def _entree(nom: str, date: datetime) -> zipfile.ZipInfo:
    entree = zipfile.ZipInfo(nom, timezone.localtime(date).timetuple()[:6])
    entree.external_attr = 0o644 << 16
    return entree


def _chemin(nom: str) -> Path:
    return Path(safe_join(settings.MEDIA_ROOT, nom))


def _taille(morceau: bytes | Fichier) -> int:
    return morceau.taille if isinstance(morceau, Fichier) else len(morceau)


class _Bande(io.RawIOBase):
    """What `zipfile` writes to: keeps the bytes, except those of the file being followed, which it counts.

    `zipfile` comes back once to each header, when it knows the sum of its entry: same place, same length.
    """

    def __init__(self) -> None:
        self._morceaux: dict[int, bytes | Fichier] = {}
        self._position = self._fin = 0
        self._suivi: str | None = None
        self._debut_du_suivi = 0

    def suivre(self, chemin: str) -> None:
        self._suivi, self._debut_du_suivi = chemin, self._fin

    def lacher(self) -> None:
        if self._suivi is not None and self._fin > self._debut_du_suivi:
            self._morceaux[self._debut_du_suivi] = Fichier(self._suivi, self._fin - self._debut_du_suivi)
        self._suivi = None

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._position = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._fin}[whence]
        return self._position

    def write(self, donnees) -> int:
        octets = bytes(donnees)
        if self._suivi is None:
            ancien = self._morceaux.get(self._position)
            if self._position != self._fin and (ancien is None or _taille(ancien) != len(octets)):
                raise io.UnsupportedOperation("only a header may be written again, at its place")
            if octets:
                self._morceaux[self._position] = octets
        self._position += len(octets)
        self._fin = max(self._fin, self._position)
        return len(octets)

    def reunis(self) -> Iterable[bytes | Fichier]:
        """The pieces in order, neighbouring bytes joined."""
        attente: list[bytes] = []
        for _, morceau in sorted(self._morceaux.items(), key=lambda paire: paire[0]):
            if isinstance(morceau, bytes):
                attente.append(morceau)
                continue
            yield b"".join(attente)
            attente.clear()
            yield morceau
        yield b"".join(attente)


class _Lecture(io.BufferedIOBase):
    """The archive as a file to read from anywhere; one file of it is open at a time."""

    def __init__(self, morceaux: tuple[bytes | Fichier, ...]) -> None:
        self._morceaux = morceaux
        self._fins = list(accumulate(map(_taille, morceaux)))
        self._position = 0
        self._ouvert: tuple[int, BinaryIO] | None = None

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        fin = self._fins[-1] if self._fins else 0
        self._position = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: fin}[whence]
        return self._position

    def read(self, size: int | None = -1) -> bytes:
        """Up to `size` bytes, fewer where a piece ends.

        Raises:
            OSError: a file is shorter than it was: better a broken download than a wrong archive.
        """
        rang = bisect_right(self._fins, self._position)
        if rang >= len(self._morceaux) or size == 0:
            return b""
        if size is None or size < 0:
            lus = []
            while octets := self.read(LECTURE):
                lus.append(octets)
            return b"".join(lus)
        morceau = self._morceaux[rang]
        ici = self._position - (self._fins[rang] - _taille(morceau))
        combien = min(size, _taille(morceau) - ici)
        octets = (
            morceau[ici : ici + combien]
            if isinstance(morceau, bytes)
            else self._du_fichier(rang, morceau, ici, combien)
        )
        self._position += len(octets)
        return octets

    def _du_fichier(self, rang: int, morceau: Fichier, ici: int, combien: int) -> bytes:
        if self._ouvert is None or self._ouvert[0] != rang:
            self._fermer()
            self._ouvert = (rang, _chemin(morceau.chemin).open("rb"))
        source = self._ouvert[1]
        source.seek(ici)
        octets = source.read(combien)
        if not octets:
            raise OSError(f"{morceau.chemin} became shorter while it was sent")
        return octets

    def _fermer(self) -> None:
        if self._ouvert is not None:
            self._ouvert[1].close()
            self._ouvert = None

    def close(self) -> None:
        self._fermer()
        super().close()
