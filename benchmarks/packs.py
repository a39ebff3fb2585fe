"""How long each pack of a parcours takes to build, and the memory that it asks: `python benchmarks/packs.py`.

Each pack is built in a process of its own, so that its peak of memory is its own. Two parcours: the largest of the
initial content, and one of 200 steps of 1,000 words each, with a video of 500 MB. In a temporary folder.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ETAPES, MOTS, MEGAOCTETS = 200, 1000, 500
BASE = "http://localhost:8000"


def memoire(quoi: str) -> float:
    """A line of /proc/self/status in megabytes: `VmRSS` now, `VmHWM` at most."""
    lignes = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(ligne for ligne in lignes if ligne.startswith(quoi)).split()[1]) / 1000


def grand_parcours() -> None:
    """A parcours ten times the largest of ours, with a heavy video."""
    from wagtail.documents import get_document_model

    from kit.models import NaturePage, RessourcePage
    from mooc.models import EpisodePage, VideoPage
    from parcours.models import EtapeParcours, ParcoursIndexPage, ParcoursPage

    nature = NaturePage.objects.first()
    texte = "".join(f"<p>{'La co-construction relie des acteurs. ' * 10}</p>" for _ in range(MOTS // 50))
    pages = []
    for rang in range(ETAPES - 1):
        page = RessourcePage(title=f"Ressource {rang}", slug=f"r-{rang}", resume="Un résumé.", corps=[("texte", texte)])
        nature.add_child(instance=page)
        pages.append(page)
    film = get_document_model()(title="Un film", file="documents/film.mp4", file_size=MEGAOCTETS * 1_000_000)
    chemin = Path(film.file.path)
    chemin.parent.mkdir(parents=True, exist_ok=True)
    with chemin.open("wb") as fichier:
        for _ in range(MEGAOCTETS):
            fichier.write(os.urandom(1_000_000))
    film.save()
    video = VideoPage(title="Un entretien", slug="film", video=film)
    EpisodePage.objects.first().add_child(instance=video)
    parcours = ParcoursPage(title="Un grand parcours", titre_court="Grand", slug="grand")
    parcours.etapes = [EtapeParcours(sort_order=rang, page=page) for rang, page in enumerate([*pages, video])]
    ParcoursIndexPage.objects.first().add_child(instance=parcours)


def un_pack(slug: str, sorte: str) -> dict[str, float]:
    """Build one pack from nothing; what it took. `pause` is the longest time that another thread had to wait."""
    from core.version import current_version
    from parcours.emporter import contenu, packs

    version = current_version()
    debut = time.perf_counter()
    contenu.lire_le_livret(slug, BASE, version)
    lecture = time.perf_counter() - debut
    pauses, fini = [0.0], threading.Event()

    def veiller() -> None:
        avant = time.perf_counter()
        while not fini.wait(0.001):
            pauses.append(time.perf_counter() - avant)
            avant = time.perf_counter()

    veille = threading.Thread(target=veiller)
    veille.start()
    avant, debut = memoire("VmRSS"), time.perf_counter()
    pack = packs.pack(slug, packs.SORTES[sorte], BASE, version)
    duree = time.perf_counter() - debut
    assert pack is not None  # noqa: S101
    fini.set()
    veille.join()
    envoi = 0.0
    if plan := pack.plan():
        debut = time.perf_counter()
        with plan.ouvrir() as fichier:
            while fichier.read(1 << 16):
                pass
        envoi = time.perf_counter() - debut
    return {
        "lecture": lecture, "duree": duree, "pause": max(pauses), "base": avant, "pic": memoire("VmHWM"),
        "impression": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000,
        "taille": pack.taille / 1e6, "disque": pack.chemin.stat().st_size / 1e6, "envoi": envoi,
    }  # fmt: skip


def main() -> None:
    os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="banc-packs-"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    settings.EMPORTER_EN_FOND = False
    if len(sys.argv) == 3:
        print(json.dumps(un_pack(*sys.argv[1:])))
        return
    call_command("migrate", verbosity=0)
    call_command("charger_contenu", verbosity=0)
    grand_parcours()
    titres = [
        "Parcours", "Pack", "Read", "Built from nothing", "Longest pause of a thread", "Memory before → peak",
        "Peak of the printer", "Size", "On disk", "Sent",
    ]  # fmt: skip
    print("|".join(["", *titres, ""]))
    print("|".join(["", *["---"] * len(titres), ""]))
    for slug in ("animer-le-territoire", "grand"):
        for sorte in ("pdf", "epub", "zip", "zip-complet"):
            shutil.rmtree(settings.EMPORTER_ROOT, ignore_errors=True)
            sortie = subprocess.run(  # noqa: S603
                [sys.executable, __file__, slug, sorte], capture_output=True, text=True, check=True
            ).stdout
            m = json.loads(sortie)
            print(
                f"| {slug} | {sorte} | {m['lecture']:.2f} s | {m['duree']:.2f} s | {m['pause'] * 1000:.0f} ms "
                f"| {m['base']:.0f} → {m['pic']:.0f} MB "
                f"| {m['impression']:.0f} MB | {m['taille']:.2f} MB | {m['disque']:.2f} MB "
                f"| {m['envoi']:.2f} s |"
            )


if __name__ == "__main__":
    main()
