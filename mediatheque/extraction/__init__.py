"""Text of files, part by part, and their cover, read in a subprocess of limited time, memory and output.

This package imports nothing of Django, so that the subprocess starts fast:
`python -m mediatheque.extraction texte <file>` writes JSON on its standard output, `… couverture <file>` an image.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from mediatheque.extraction.parties import Lecture, Partie, Refus

__all__ = ["SECONDES_MAX", "Lecture", "Partie", "Refus", "extraire", "rendre_couverture"]

SECONDES_MAX = 60
SECONDES_DE_COUVERTURE = 10
_RACINE = Path(__file__).resolve().parents[2]


def extraire(fichier: Path, secondes: float = SECONDES_MAX) -> Lecture:
    """The parts of a file.

    Raises:
        Refus: the file cannot be read; its message, in French, is for the editor.
    """
    if not fichier.stat().st_size:
        raise Refus("le fichier est vide")
    reponse = json.loads(_lancer("texte", fichier, secondes))
    if "refus" in reponse:
        raise Refus(reponse["refus"])
    return Lecture([Partie(**partie) for partie in reponse["parties"]], reponse["pages"])


def rendre_couverture(fichier: Path, secondes: float = SECONDES_DE_COUVERTURE) -> bytes:
    """The first page of a PDF as a WebP image; empty when it cannot be drawn."""
    try:
        return _lancer("couverture", fichier, secondes)
    except Refus:
        # A document without cover is no failure: whether it can be read is told by `extraire`.
        return b""


def _lancer(action: str, fichier: Path, secondes: float) -> bytes:
    """What the subprocess writes, in a file whose size the system bounds."""
    commande = [sys.executable, "-m", "mediatheque.extraction", action, str(fichier)]
    environnement = {"PATH": os.environ.get("PATH", ""), "PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(_RACINE)}
    with tempfile.TemporaryFile() as sortie:
        try:
            resultat = subprocess.run(  # noqa: S603
                commande, cwd=_RACINE, env=environnement, stdin=subprocess.DEVNULL, stdout=sortie,
                stderr=subprocess.DEVNULL, timeout=secondes, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired as erreur:
            raise Refus("la lecture a pris trop de temps : fichier trop grand ou abîmé") from erreur
        if resultat.returncode != 0:
            raise Refus("le fichier est abîmé, ou trop grand pour être lu")
        sortie.seek(0)
        return sortie.read()
