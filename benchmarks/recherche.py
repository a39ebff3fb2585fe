"""How search behaves with its size: `python benchmarks/recherche.py [--ecrire] [--sans-wagtail] [passages …]`.

On a database of its own, in a temporary folder; `sh bin/with-postgresql.sh` before it measures PostgreSQL, and
`sh bin/with-opensearch.sh` a search server. Passages of 100 words are drawn from the words of the initial content,
with their real frequencies: harder than prose, for common words are everywhere. Some are invented, by Zipf's law, so
that the vocabulary grows with the passages (about 9,000 words more at 5,000 passages, 60,000 at 50,000). Times are
those of a process that serves: warm, its start-up objects frozen out of the garbage collector, as config/gunicorn.py
does; and of the first queries after a publication (`published`).
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

RACINE = Path(__file__).resolve().parents[1]
RAPPORT = RACINE / "benchmarks" / "recherche.md"
MESURES = RACINE / "benchmarks" / "recherche.json"
DEBUT, FIN = "<!-- echelle -->", "<!-- /echelle -->"
TAILLES = (150, 5_000, 50_000, 200_000)
QUESTIONS = (
    "evaluation partenariats", "co construction territoriale", "comment évaluer un partenariat ?", "utilite societale",
    '"ordre du jour"', "comité pilotage", "evalaution partenaria", "alliance", "territoire -association", "territoire",
    "comment faire alliance avec une collectivité et une association locale ?", "reseau d'acteurs", "ODD17",
    "de la et le", "partenariat -\"le territoire\"",
)  # fmt: skip
DEBUTS = ("eva", "partenariat", "co-const", "alliance terr", "evalautoin")
LECTEURS, REDACTEURS, SECONDES = 8, 4, 10
LOT = 2_000
# Part of the words that are invented, and how many there may be.
PART_RARE, RARES = 0.03, 1_000_000
SYLLABES = [consonne + voyelle for consonne in "bcdfgjlmnprstv" for voyelle in ("a", "e", "i", "o", "u", "an", "ou")]


def mots() -> list[str]:
    """The words of the initial content, so that stems and frequencies look like ours."""
    contenu = RACINE / "home" / "contenu"
    texte = " ".join(fichier.read_text(encoding="utf-8") for fichier in sorted(contenu.glob("*.yaml")))
    return [mot for mot in texte.split() if mot.isalpha()]


def inventer(hasard: random.Random) -> str:
    """A word that is not of the initial content: the one of rank r is drawn r times less than the first."""
    # Ranks are mixed, so that words drawn as often are not written alike.
    reste = int(RARES ** hasard.random()) * 2_654_435_761 % 2**24
    mot = ""
    for _ in range(4):
        reste, numero = divmod(reste, len(SYLLABES))
        mot += SYLLABES[numero]
    return mot


def tirer(vocabulaire: list[str], hasard: random.Random, nombre: int) -> str:
    tires = hasard.choices(vocabulaire, k=nombre)
    return " ".join(inventer(hasard) if hasard.random() < PART_RARE else mot for mot in tires)


def lignes(premier: int, dernier: int, vocabulaire: list[str], hasard: random.Random):
    """Rows of passages, five to a source."""
    from core.protocols import Passage
    from search.facettes import etiquettes
    from search.index import _ligne

    for rang in range(premier, dernier):
        yield _ligne(
            Passage(tirer(vocabulaire, hasard, 100)),
            source=f"essai:{rang // 5}", position=rang % 5, genre="page", genre_label="Page",
            titre=tirer(vocabulaire, hasard, 7), adresse=f"/essai/{rang}/",
            etiquettes=etiquettes("page", "Page", {"annee": [f"{2010 + rang % 15}|{2010 + rang % 15}"]}),
        )  # fmt: skip


def remplir(nombre: int, vocabulaire: list[str], hasard: random.Random) -> float:
    """Write passages up to `nombre`; passages per second."""
    from search import envois
    from search.index import ecrire
    from search.models import SearchEntry

    debut, deja = time.perf_counter(), SearchEntry.objects.count()
    with envois.en_suspens():
        for premier in range(deja, nombre, LOT):
            ecrire(lignes(premier, min(premier + LOT, nombre), vocabulaire, hasard))
    envois.vider()
    return (nombre - deja) / (time.perf_counter() - debut)


def chronometrer(actions: list[Callable[[], object]], tours: int) -> dict[str, float]:
    """Milliseconds of these actions, warm: p50, p95, p99."""
    durees = []
    for tour in range(tours + 1):
        for action in actions:
            debut = time.perf_counter()
            action()
            if tour:
                durees.append((time.perf_counter() - debut) * 1000)
    durees.sort()
    return {f"p{part}": round(durees[min(len(durees) - 1, int(len(durees) * part / 100))], 1) for part in (50, 95, 99)}


def _chercher(texte: str, filtres: dict | None = None) -> object:
    from django.test import RequestFactory

    from core.version import current_version
    from search.presentation import presenter
    from search.query import chercher

    return presenter(chercher(texte, filtres, version=current_version()), RequestFactory().get("/recherche/"))


def _apres_publication(texte: str) -> object:
    from core.version import bump_version

    bump_version()
    return _chercher(texte)


def _suggerer(texte: str) -> object:
    from django.test import RequestFactory

    from search.suggestions import suggerer

    return suggerer(texte, RequestFactory().get("/recherche/suggestions/"))


def mesurer(nombre: int) -> dict[str, float | str]:
    """Queries with facets and excerpts, the same with a filter, and suggestions."""
    tours = 20 if nombre <= 50_000 else 8
    requetes = chronometrer([lambda q=q: _chercher(q) for q in QUESTIONS], tours)
    filtrees = chronometrer([lambda q=q: _chercher(q, {"annee": ("2015",)}) for q in QUESTIONS], tours // 2)
    suggestions = chronometrer([lambda q=q: _suggerer(q) for q in DEBUTS], tours)
    publiees = chronometrer([lambda q=q: _apres_publication(q) for q in QUESTIONS], 3)
    return {
        **requetes,
        "published p95": publiees["p95"],
        "filtered p95": filtrees["p95"],
        "suggestions p50": suggestions["p50"],
        "suggestions p95": suggestions["p95"],
    }


def taille() -> float:
    """Megabytes on disk of the rows and their index; of the index alone for a search server."""
    from django.conf import settings
    from django.db import connection

    if settings.SEARCH_URL:
        from search.moteurs import moteur

        distant = moteur()
        distant.clients.ecriture.indices.forcemerge(index=distant.nom, max_num_segments=1, request_timeout=300)
        (index,) = distant.clients.ecriture.indices.stats(index=distant.nom, metric="store")["indices"].values()
        return round(index["primaries"]["store"]["size_in_bytes"] / 1e6, 1)
    with connection.cursor() as curseur:
        if connection.vendor == "sqlite":
            curseur.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return round(Path(connection.settings_dict["NAME"]).stat().st_size / 1e6, 1)
        curseur.execute(
            "SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relname IN "
            "('search_searchentry', 'search_mot', 'search_etiquettes')"
        )
        return round(float(curseur.fetchone()[0]) / 1e6, 1)


# --- together


def _travailler(role: str, rang: int, depart, file) -> None:
    """A process that reads or writes for a while once all are ready; tells how many times, and its errors."""
    import django

    django.setup()
    from django.db import transaction

    from core.version import bump_version, hold_version
    from search.index import ecrire, retirer
    from search.models import SearchEntry

    vocabulaire, hasard = mots(), random.Random(rang)  # noqa: S311
    faits, erreurs = 0, []
    depart.wait()
    fin = time.monotonic() + SECONDES
    while time.monotonic() < fin:
        try:
            if role == "lit":
                _chercher(QUESTIONS[faits % len(QUESTIONS)])
            else:
                with transaction.atomic():
                    hold_version()
                    retirer(SearchEntry.objects.filter(source=f"essai:{rang}"))
                    ecrire(lignes(rang * 5, rang * 5 + 5, vocabulaire, hasard))
                    # As a publication: what readers' processes kept is to be read again.
                    bump_version()
                time.sleep(0.05)
            faits += 1
        except Exception as erreur:
            erreurs.append(repr(erreur))
    file.put((role, faits, erreurs))


def ensemble() -> dict[str, float | str]:
    """Readers and writers together: how many of each a second, how many errors."""
    from django.db import connections

    connections.close_all()
    contexte = multiprocessing.get_context("spawn")
    file, depart = contexte.Queue(), contexte.Barrier(LECTEURS + REDACTEURS)
    roles = ["lit"] * LECTEURS + ["ecrit"] * REDACTEURS
    processus = [contexte.Process(target=_travailler, args=(r, n, depart, file)) for n, r in enumerate(roles)]
    for un in processus:
        un.start()
    bilans = [file.get() for _ in processus]
    for un in processus:
        un.join()
    erreurs = [erreur for _, _, siennes in bilans for erreur in siennes]
    for erreur in erreurs[:5]:
        print("  ", erreur, file=sys.stderr)
    faits = {role: sum(nombre for r, nombre, _ in bilans if r == role) for role in ("lit", "ecrit")}
    return {"reads/s": faits["lit"] / SECONDES, "writes/s": faits["ecrit"] / SECONDES, "errors": len(erreurs)}


# --- beside it, Wagtail's own


def remplir_wagtail(nombre: int, vocabulaire: list[str], hasard: random.Random) -> float:
    """As many pages in Wagtail's own index, with a title of some thirty of the same words; pages per second."""
    from wagtail.models import Page
    from wagtail.search.backends import get_search_backend

    racine = Page.objects.filter(depth=1).get()
    deja = Page.objects.filter(slug__startswith="essai-").count()
    debut = time.perf_counter()
    for premier in range(deja, nombre, LOT):
        rangs = range(premier, min(premier + LOT, nombre))
        Page.objects.bulk_create(
            Page(
                title=" ".join(hasard.choices(vocabulaire, k=40))[:250], draft_title="", slug=f"essai-{rang}",
                url_path=f"/essai-{rang}/", path=Page._get_path(racine.path, 2, 1000 + rang), depth=2,
                content_type=racine.content_type, locale=racine.locale,
            )
            for rang in rangs
        )  # fmt: skip
        pages = list(Page.objects.filter(slug__in=[f"essai-{rang}" for rang in rangs]))
        get_search_backend().get_index_for_model(Page).add_items(Page, pages)
    return (nombre - deja) / (time.perf_counter() - debut)


def mesurer_wagtail() -> tuple[dict[str, float], bool]:
    """Its times, and whether it can bear a larger size: there, one query takes minutes."""
    from wagtail.models import Page

    def chercher(texte: str) -> object:
        return list(Page.objects.live().search(texte.replace('"', ""))[:10])

    debut = time.perf_counter()
    chercher("territoire")
    supportable = time.perf_counter() - debut < 1
    # A query of many seconds is measured once.
    questions, tours = (QUESTIONS, 3) if supportable else (QUESTIONS[:3], 1)
    return chronometrer([lambda q=q: chercher(q) for q in questions], tours), supportable


# --- the report


def tableaux(mesures: dict[str, dict[str, dict]]) -> str:
    """One table per engine."""
    morceaux = []
    for moteur in sorted(mesures, key=lambda nom: (nom.startswith("Wagtail"), nom)):
        colonnes = list(dict.fromkeys(colonne for valeurs in mesures[moteur].values() for colonne in valeurs))
        morceaux += [f"### {moteur}", "", "| passages | " + " | ".join(colonnes) + " |"]
        morceaux.append("| ---: |" + " ---: |" * len(colonnes))
        for nombre, valeurs in sorted(mesures[moteur].items(), key=lambda paire: int(paire[0])):
            morceaux.append(f"| {int(nombre):,} | " + " | ".join(str(valeurs.get(c, "")) for c in colonnes) + " |")
        morceaux.append("")
    return "\n".join(morceaux)


def ecrire_rapport(moteur: str, mesures: dict[str, dict]) -> None:
    toutes = json.loads(MESURES.read_text(encoding="utf-8")) if MESURES.exists() else {}
    toutes.setdefault(moteur, {}).update(mesures)
    MESURES.write_text(json.dumps(toutes, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    avant, _, reste = RAPPORT.read_text(encoding="utf-8").partition(DEBUT)
    RAPPORT.write_text(f"{avant}{DEBUT}\n{tableaux(toutes)}{FIN}{reste.partition(FIN)[2]}", encoding="utf-8")


NOMS = {"sqlite": "SQLite FTS5", "postgresql": "PostgreSQL", "opensearch": "OpenSearch"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="mesures-")
    sys.path.insert(0, str(RACINE))
    import gc

    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from core.version import bump_version
    from search.moteurs import moteur

    call_command("migrate", verbosity=0)
    if moteur().distant:
        # An empty index to begin with; the rows reach it by the outbox, as a publication does.
        moteur().rebuild()
    nom = NOMS[settings.SEARCH_URL.partition(":")[0].partition("+")[0] or connection.vendor]
    vocabulaire, hasard = mots(), random.Random(1)  # noqa: S311
    gc.freeze()
    tailles = [int(texte) for texte in sys.argv[1:] if texte.isdigit()] or TAILLES
    supportable = not settings.SEARCH_URL and "--sans-wagtail" not in sys.argv
    for nombre in tailles:
        mesures: dict[str, float | str] = {"passages/s": round(remplir(nombre, vocabulaire, hasard))}
        if connection.vendor == "postgresql":
            with connection.cursor() as curseur:
                curseur.execute("ANALYZE")
        bump_version()
        mesures |= mesurer(nombre)
        mesures["MB"] = taille()
        mesures |= ensemble()
        print(nom, nombre, mesures, flush=True)
        if "--ecrire" in sys.argv:
            ecrire_rapport(nom, {str(nombre): mesures})
        if supportable:
            de_wagtail: dict[str, float] = {"pages/s": round(remplir_wagtail(nombre, vocabulaire, hasard))}
            temps, supportable = mesurer_wagtail()
            de_wagtail |= temps
            print("Wagtail", nombre, de_wagtail, flush=True)
            if "--ecrire" in sys.argv:
                ecrire_rapport(f"Wagtail’s own on {nom}", {str(nombre): de_wagtail})


if __name__ == "__main__":
    main()
