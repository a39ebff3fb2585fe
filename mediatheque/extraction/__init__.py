"""Text of files, part by part, read in a subprocess of limited time and memory.

This package imports nothing of Django, so that the subprocess starts fast:
`python -m mediatheque.extraction <file>` writes JSON on its standard output.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from mediatheque.extraction.parties import Lecture, Partie, Refus

__all__ = ["SECONDES_MAX", "Lecture", "Partie", "Refus", "extraire"]

SECONDES_MAX = 60
_RACINE = Path(__file__).resolve().parents[2]


def extraire(fichier: Path, secondes: float = SECONDES_MAX) -> Lecture:
    """The parts of a file.

    Raises:
        Refus: the file cannot be read; its message, in French, is for the editor.
    """
    commande = [sys.executable, "-m", "mediatheque.extraction", str(fichier)]
    environnement = {"PATH": os.environ.get("PATH", ""), "PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(_RACINE)}
    try:
        resultat = subprocess.run(  # noqa: S603
            commande, cwd=_RACINE, env=environnement, capture_output=True, timeout=secondes, check=False
        )
    except subprocess.TimeoutExpired as erreur:
        raise Refus("la lecture a pris trop de temps : fichier trop grand ou abîmé") from erreur
    if resultat.returncode != 0:
        raise Refus("le fichier est abîmé, ou trop grand pour être lu")
    reponse = json.loads(resultat.stdout)
    if "refus" in reponse:
        raise Refus(reponse["refus"])
    return Lecture([Partie(**partie) for partie in reponse["parties"]], reponse["pages"])
