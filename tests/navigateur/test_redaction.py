"""An editor writes, a reviewer publishes, a searcher finds: under twelve clicks for the two of them."""

import re
import time

import docx
import pytest
from playwright.sync_api import expect

from tests.navigateur.attente import suivre

MOT_DE_PASSE = "mot-de-passe-d-essai-1"
PHRASE = "Le blaireau tricote des paniers de fougère avant l’assemblée"
EXPLORATEUR = re.compile(r"/admin/pages/\d+/$")
CREER_L_EQUIPE = f"""
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
for name, group in (("claire", "Rédaction"), ("denis", "Relecture")):
    user, _ = get_user_model().objects.get_or_create(username=name)
    user.set_password("{MOT_DE_PASSE}")
    user.save()
    user.groups.set([Group.objects.get(name=group)])
"""


class Clics:
    """Counts every click of the two people, logging in included."""

    def __init__(self) -> None:
        self.nombre = 0

    def __call__(self, target) -> None:
        self.nombre += 1
        target.click()

    def suivre(self, page, link) -> None:
        """Count a click that leads to another page, and wait for that page."""
        self.nombre += 1
        suivre(page, link)


@pytest.fixture
def fichier(tmp_path):
    """A DOCX that holds one sentence found nowhere else."""
    path = tmp_path / "atelier-du-blaireau.docx"
    document = docx.Document()
    document.add_heading("L’atelier", level=1)
    document.add_paragraph(f"{PHRASE}.")
    document.save(path)
    return path


def log_in(page, clic: Clics, name: str) -> None:
    page.goto("/admin/login/")
    page.fill("input[name=username]", name)
    page.fill("input[name=password]", MOT_DE_PASSE)
    clic(page.locator("button[type=submit]"))
    page.wait_for_url("**/admin/")


def test_two_people_publish_a_resource_with_a_docx_in_under_twelve_clicks_and_it_is_found(
    serveur, contexte, visiteur, fichier
):
    serveur.manage("shell", "-c", CREER_L_EQUIPE)
    clic = Clics()

    page = contexte().new_page()
    log_in(page, clic, "claire")
    clic.suivre(page, page.get_by_role("link", name="Boîte à outils"))
    page.fill("#id_title", "Tenir l’atelier du blaireau")
    page.fill("#id_resume", "Une ressource d’essai, écrite pour vérifier le chemin de la rédaction.")
    clic(page.locator("#id_fichiers-OPEN_MODAL"))
    clic(page.get_by_role("tab", name="Transférer"))
    # The file dialog of the system: one click opens it, and it is not part of the page.
    with page.expect_file_chooser() as chooser:
        clic(page.locator(".modal input[type=file]"))
    chooser.value.set_files(fichier)
    # The form takes its title from the file's name.
    expect(page.locator("#id_document-chooser-upload-title")).to_have_value(fichier.stem)
    clic(page.locator(".modal button[type=submit]:visible"))
    page.locator(".modal").wait_for(state="hidden")
    clic(page.get_by_role("button", name="Plus d'actions"))
    clic(page.get_by_role("button", name="Soumettre à Relecture"))
    page.wait_for_url(EXPLORATEUR)

    page = contexte().new_page()
    log_in(page, clic, "denis")
    clic.suivre(page, page.get_by_role("link", name="Tenir l’atelier du blaireau"))
    clic(page.get_by_role("button", name="Approuver et publier"))
    page.wait_for_url(EXPLORATEUR)
    published = time.monotonic()

    assert clic.nombre < 12

    while True:
        visiteur.goto("/recherche/?q=blaireau+fougere+assemblee")
        if visiteur.get_by_role("link", name="Tenir l’atelier du blaireau").count():
            break
        assert time.monotonic() - published < 60, "the text of the document is not found a minute later"
        time.sleep(1)


def test_a_writer_is_not_offered_to_publish(serveur, contexte):
    serveur.manage("shell", "-c", CREER_L_EQUIPE)
    page = contexte().new_page()
    log_in(page, Clics(), "claire")
    suivre(page, page.get_by_role("link", name="Méthode", exact=True))
    page.get_by_role("button", name="Plus d'actions").click()
    page.get_by_role("button", name="Soumettre à Relecture").wait_for()
    assert page.get_by_role("button", name="Publier").count() == 0
    assert page.get_by_role("link", name="Abonnements").count() == 0
