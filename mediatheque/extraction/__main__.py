"""The subprocess: limits first, then the reader of the file's format, then JSON; or the image of a first page."""

import contextlib
import json
import resource
import sys
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from xml.etree.ElementTree import ParseError

from mediatheque.extraction.parties import Lecture, Refus

MEMOIRE_MAX = 1_500 * 1024 * 1024
SECONDES_DE_CALCUL = 50
# Five million characters in JSON, with room for what is escaped.
SORTIE_MAX = 64 * 1024 * 1024
LECTEURS = {
    "pdf": "pdf", "docx": "bureautique", "odt": "bureautique", "pptx": "bureautique", "odp": "bureautique",
    "xlsx": "tableurs", "ods": "tableurs", "csv": "tableurs",
    "txt": "textes", "html": "textes", "epub": "textes", "vtt": "textes",
}  # fmt: skip


def _limiter() -> None:
    """Bound memory, processor time and what is written, where the system lets us."""
    limites = (
        (resource.RLIMIT_AS, MEMOIRE_MAX),
        (resource.RLIMIT_CPU, SECONDES_DE_CALCUL),
        (resource.RLIMIT_FSIZE, SORTIE_MAX),
        (resource.RLIMIT_CORE, 0),
    )
    for quoi, combien in limites:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(quoi, (combien, combien))


def lire(fichier: Path) -> Lecture:
    """The parts of a file, by its extension."""
    extension = fichier.suffix[1:].lower()
    if extension not in LECTEURS:
        raise Refus(f"le format {extension.upper() or 'inconnu'} n’a pas de texte à lire")
    module = import_module(f"mediatheque.extraction.{LECTEURS[extension]}")
    lecteur: Callable[[Path], Lecture] = getattr(module, f"lire_{extension}")
    return lecteur(fichier)


def main() -> None:
    _limiter()
    action, fichier = sys.argv[1], Path(sys.argv[2])
    if action == "couverture":
        from mediatheque.extraction.pdf import dessiner_couverture

        sys.stdout.buffer.write(dessiner_couverture(fichier))
        return
    try:
        lecture = lire(fichier)
        reponse: dict[str, object] = {"parties": [asdict(partie) for partie in lecture.parties], "pages": lecture.pages}
    except Refus as refus:
        reponse = {"refus": str(refus)}
    except (zipfile.BadZipFile, zlib.error, ParseError, EOFError, KeyError, ValueError):
        reponse = {"refus": "le fichier est abîmé : il ne s’ouvre pas dans son format"}
    except MemoryError:
        reponse = {"refus": "le fichier est trop grand pour être lu"}
    sys.stdout.buffer.write(json.dumps(reponse, ensure_ascii=False).encode("utf-8", "replace"))


if __name__ == "__main__":
    main()
