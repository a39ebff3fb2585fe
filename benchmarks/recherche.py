"""How long a search takes over N passages: `python benchmarks/recherche.py [N …]`, on a database of its own.

Set DATABASE_URL to measure PostgreSQL (bin/with-postgresql.sh does); embedded, it writes in a temporary folder.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

QUESTIONS = [
    "evaluation partenariats", "co construction territoriale", "comment évaluer un partenariat ?", "utilite societale",
    '"ordre du jour"', "comité pilotage", "evalaution partenaria", "alliance", "territoire -association",
]  # fmt: skip


def mots() -> list[str]:
    """The words of the initial content, so that stems and frequencies look like ours."""
    contenu = Path(__file__).resolve().parents[1] / "home" / "contenu"
    texte = " ".join(fichier.read_text(encoding="utf-8") for fichier in sorted(contenu.glob("*.yaml")))
    return [mot for mot in texte.split() if mot.isalpha()]


def remplir(nombre: int, vocabulaire: list[str], hasard: random.Random) -> float:
    """Write passages of about 100 words; passages per second."""
    from core.protocols import Passage
    from search.facettes import etiquettes
    from search.index import _ligne, ecrire
    from search.models import SearchEntry

    debut, deja = time.perf_counter(), SearchEntry.objects.count()
    for premier in range(deja, nombre, 2000):
        ecrire(
            _ligne(
                Passage(" ".join(hasard.choices(vocabulaire, k=100))),
                source=f"essai:{rang // 5}", position=rang % 5, genre="page", genre_label="Page",
                titre=" ".join(hasard.choices(vocabulaire, k=7)), adresse=f"/essai/{rang}/",
                etiquettes=etiquettes("page", "Page", {"annee": [f"{2010 + rang % 15}|{2010 + rang % 15}"]}),
            )
            for rang in range(premier, min(premier + 2000, nombre))
        )  # fmt: skip
    return (nombre - deja) / (time.perf_counter() - debut)


def mesurer(tours: int = 20) -> list[float]:
    """Milliseconds of each search, warm, with facets and highlighted excerpts."""
    from django.test import RequestFactory

    from core.version import current_version
    from search.presentation import presenter
    from search.query import chercher

    requete, durees = RequestFactory().get("/recherche/"), []
    for tour in range(tours + 1):
        for question in QUESTIONS:
            debut = time.perf_counter()
            presenter(chercher(question, {}, version=current_version()), requete)
            if tour:
                durees.append((time.perf_counter() - debut) * 1000)
    return sorted(durees)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="mesures-")
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from core.version import bump_version

    call_command("migrate", verbosity=0)
    vocabulaire, hasard = mots(), random.Random(1)  # noqa: S311
    print(f"{connection.vendor}\n{'passages':>9} {'par s':>8} {'p50 ms':>8} {'p95 ms':>8}")
    for nombre in [int(texte) for texte in sys.argv[1:]] or [150, 5_000]:
        debit = remplir(nombre, vocabulaire, hasard)
        bump_version()
        durees = mesurer()
        p95 = durees[int(len(durees) * 0.95)]
        print(f"{nombre:>9} {debit:>8.0f} {statistics.median(durees):>8.1f} {p95:>8.1f}", flush=True)


if __name__ == "__main__":
    main()
