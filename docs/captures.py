"""Take the pictures of the editors' guide again: `.venv/bin/python docs/captures.py`.

A new site is loaded in a temporary folder, served, walked as a writer then as a reviewer, and thrown away.
"""

import io
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import docx
from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
MOT_DE_PASSE = "mot-de-passe-d-essai-1"
LARGEUR, HAUTEUR = 1200, 760
POIDS_MAXIMAL = 120_000

PREPARER = f"""
from datetime import timedelta
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone
from newsletter.models import Abonnement, NewsletterIndexPage
from search.journal import cle_de
from search.models import RechercheDuJour
for name, first, group in (("claire", "Claire", "Rédaction"), ("denis", "Denis", "Relecture")):
    user = get_user_model().objects.create_user(name, password="{MOT_DE_PASSE}", first_name=first)
    user.groups.add(Group.objects.get(name=group))
page = NewsletterIndexPage.objects.get()
for rank, state in enumerate(("confirme", "confirme", "en-attente", "desinscrit"), start=1):
    asked = timezone.now() - timedelta(days=rank)
    Abonnement.objects.create(
        courriel=f"personne-{{rank}}@exemple.org", etat=state, landing=page, consentement=page.consentement,
        demande_le=asked, confirme_le=asked if state != "en-attente" else None,
        desinscrit_le=timezone.now() if state == "desinscrit" else None,
    )
for text, times, vain in (
    ("tiers lieux nourriciers", 7, 7), ("bistrot", 4, 4), ("greenwashing", 2, 2), ("évaluer un partenariat", 24, 0),
    ("rse", 15, 0), ("sept leviers", 9, 0),
):
    counted = RechercheDuJour.objects.create(
        jour=timezone.localdate(), cle=cle_de(text), texte=text, nombre=times, sans_resultat=vain
    )
    for rank in range(1, 6 if times > vain else 1):
        counted.clics.create(rang=rank, nombre=times // (rank + 1))
"""


def environment(var: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.endswith("_URL")}
    return kept | {"VAR_DIR": str(var), "DJANGO_SETTINGS_MODULE": "config.settings.base"}


def manage(var: Path, *arguments: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment(var), check=True)  # noqa: S603


@contextmanager
def served(var: Path) -> Iterator[str]:
    """A freshly loaded site; its address."""
    for command in ("migrate", "charger_contenu", "indexer"):
        manage(var, command, "--verbosity=0")
    manage(var, "collectstatic", "--noinput", "--verbosity=0")
    manage(var, "shell", "--verbosity=0", "-c", PREPARER)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "4"],
        cwd=ROOT,
        env=environment(var),
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/sante/pret/")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_for(url: str) -> None:
    for _ in range(120):
        try:
            urllib.request.urlopen(url, timeout=5)  # noqa: S310
            return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.5)
    raise RuntimeError(f"{url} does not answer")


def capture(page: Page, name: str) -> None:
    """A picture of what is on screen, small enough for a repository."""
    page.wait_for_timeout(400)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    file = IMAGES / f"{name}.png"
    for colours in (64, 32, 16):
        picture.quantize(colours, dither=Image.Dither.NONE).save(file, optimize=True)
        if file.stat().st_size < POIDS_MAXIMAL:
            return
    raise RuntimeError(f"{file.name} weighs {file.stat().st_size} bytes")


def log_in(page: Page, name: str) -> None:
    page.goto("/admin/login/")
    page.fill("input[name=username]", name)
    page.fill("input[name=password]", MOT_DE_PASSE)
    if name == "claire":
        capture(page, "connexion")
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")


def document_to_send(folder: Path) -> Path:
    file = folder / "preparer-un-atelier.docx"
    document = docx.Document()
    document.add_heading("Préparer un atelier", level=1)
    document.add_paragraph("Ce document sert d’exemple au guide de l’éditeur.")
    document.save(str(file))
    return file


def write(page: Page, file: Path) -> None:
    """What a writer sees."""
    log_in(page, "claire")
    capture(page, "tableau-de-bord")
    page.get_by_role("link", name="Boîte à outils").click()
    page.fill("#id_title", "Préparer un atelier de dialogue")
    page.fill("#id_resume", "Un exemple de ressource, pour le guide de l’éditeur.")
    capture(page, "ressource")
    page.locator("#id_fichiers-OPEN_MODAL").click()
    page.get_by_role("tab", name="Transférer").click()
    page.set_input_files(".modal input[type=file]", file)
    expect(page.locator("#id_document-chooser-upload-title")).to_have_value(file.stem)
    capture(page, "document")
    page.locator(".modal button[type=submit]:visible").click()
    page.locator(".modal").wait_for(state="hidden")
    page.get_by_role("button", name="Plus d'actions").click()
    capture(page, "soumettre")
    page.get_by_role("button", name="Soumettre à Relecture").click()
    page.wait_for_url(re.compile(r"/admin/pages/\d+/$"))


def review(page: Page) -> None:
    """What a reviewer sees."""
    log_in(page, "denis")
    page.get_by_role("link", name="Préparer un atelier de dialogue").scroll_into_view_if_needed()
    capture(page, "a-relire")
    page.get_by_role("link", name="Préparer un atelier de dialogue").click()
    page.get_by_role("button", name="Approuver").first.wait_for()
    capture(page, "approuver")
    page.get_by_role("button", name="Afficher/masquer l'aperçu").or_(
        page.locator("[data-side-panel-toggle=preview]")
    ).first.click()
    page.wait_for_timeout(3000)
    capture(page, "apercu")
    for address, name in (
        ("/admin/reports/lecture-des-documents/", "lecture-des-documents"),
        ("/admin/snippets/core/organisme/", "vocabulaires"),
        ("/admin/abonnements/", "abonnements"),
        ("/admin/recherche/rapport/", "recherche-rapport"),
    ):
        page.goto(address)
        capture(page, name)
    page.get_by_role("link", name="Créer un synonyme : bistrot").click()
    page.fill("#id_aussi", "lieu de rencontre")
    capture(page, "recherche-synonyme")


def main() -> None:
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, served(Path(folder) / "var") as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for walk in (lambda page: write(page, document_to_send(Path(folder))), review):
            context = browser.new_context(
                base_url=url, viewport={"width": LARGEUR, "height": HAUTEUR}, locale="fr-FR", reduced_motion="reduce"
            )
            context.set_default_timeout(30_000)
            walk(context.new_page())
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
