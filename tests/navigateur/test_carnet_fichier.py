"""The notebook as a file, and its erasing: nothing is lost, nothing is left."""

import json
import re
import uuid

import pytest

from tests.navigateur.attente import attendre, suivre
from tests.navigateur.carnet import CARNET, create_code, mark_step, notebook_of, read_count


def test_export_clear_import(visiteur, tmp_path):
    mark_step(visiteur, 1)
    mark_step(visiteur, 4)
    before = notebook_of(visiteur)
    visiteur.goto(CARNET)
    with visiteur.expect_download() as download:
        visiteur.get_by_role("button", name="Télécharger mon carnet").click()
    file = tmp_path / "carnet.json"
    download.value.save_as(file)
    assert json.loads(file.read_text())["progres"] == before
    visiteur.get_by_role("button", name="Tout effacer").click()
    visiteur.get_by_text("Tout est effacé.").wait_for()
    read_count(visiteur, 0)
    visiteur.goto(CARNET)
    visiteur.get_by_label("Remettre un carnet téléchargé").set_input_files(file)
    visiteur.get_by_text("C’est fait : les carnets sont réunis.").wait_for()
    assert notebook_of(visiteur) == before
    read_count(visiteur, 2)


def test_a_notebook_that_cannot_be_read_is_downloaded_as_it_is(visiteur):
    visiteur.goto(CARNET)
    visiteur.evaluate("localStorage.setItem('carnet', '{\"à moitié')")
    visiteur.reload()
    with visiteur.expect_download() as download:
        visiteur.get_by_role("button", name="Télécharger mon carnet").click()
    assert download.value.path().read_text() == '{"à moitié'
    visiteur.get_by_text("Le fichier la contient telle quelle").wait_for()


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\x89PNG", b'{"a": 1}', b'{"format": "carnet-de-lecture", "progres": [1]}']
)
def test_a_file_that_is_no_notebook_is_refused_and_changes_nothing(visiteur, content):
    mark_step(visiteur, 1)
    before = notebook_of(visiteur)
    visiteur.goto(CARNET)
    visiteur.get_by_label("Remettre un carnet téléchargé").set_input_files(
        {"name": "carnet.json", "mimeType": "application/json", "buffer": content}
    )
    visiteur.get_by_text("Ce fichier n’est pas un carnet de lecture").wait_for()
    assert notebook_of(visiteur) == before


def test_erasing_leaves_neither_storage_nor_cache_nor_copy(visiteur):
    mark_step(visiteur, 1)
    code = create_code(visiteur)
    visiteur.evaluate("caches.open('un-parcours').then((cache) => cache.put('/x', new Response('x')))")
    visiteur.evaluate("localStorage.setItem('leviers', '{}'); sessionStorage.setItem('autre', '1')")
    visiteur.get_by_role("button", name="Tout effacer").click()
    visiteur.get_by_text("Tout est effacé.").wait_for()
    assert visiteur.evaluate("localStorage.length + sessionStorage.length") == 0
    assert visiteur.evaluate("caches.keys()") == []
    answer = visiteur.request.post(f"{CARNET}reprendre/", data={"code": code, "progres": {}})
    assert answer.status == 404


def test_erasing_before_the_script_is_there_erases_as_much(visiteur):
    mark_step(visiteur, 1)
    code = create_code(visiteur)
    visiteur.evaluate("caches.open('un-parcours').then((cache) => cache.put('/x', new Response('x')))")
    visiteur.evaluate("localStorage.setItem('leviers', '{}'); sessionStorage.setItem('autre', '1')")
    # The network holds the script of the first page, until its reader has pressed the button.
    visiteur.route("**/mon-carnet*.js", lambda route: None, times=1)
    visiteur.goto(CARNET, wait_until="commit")
    suivre(visiteur, visiteur.get_by_role("button", name="Tout effacer"))
    visiteur.get_by_text("Tout est effacé.").wait_for()
    assert visiteur.get_by_text("indiquez-le pour effacer aussi").count() == 0
    assert visiteur.evaluate("localStorage.length + sessionStorage.length") == 0
    assert visiteur.evaluate("caches.keys()") == []
    answer = visiteur.request.post(f"{CARNET}reprendre/", data={"code": code, "progres": {}})
    assert answer.status == 404
    # The answer to a form was shown; loaded again, it is the page of the notebook, which erases nothing.
    assert visiteur.url.endswith(CARNET)
    visiteur.get_by_role("button", name="Annuler : remettre mes marques").click()
    visiteur.get_by_text("sont remises sur cet appareil").wait_for()
    visiteur.reload()
    visiteur.get_by_text("1 étape lue sur 20").wait_for()


def test_without_its_script_erasing_says_what_the_site_erased_and_no_more(visiteur):
    mark_step(visiteur, 1)
    visiteur.route("**/mon-carnet*.js", lambda route: route.abort())
    visiteur.goto(CARNET)
    suivre(visiteur, visiteur.get_by_role("button", name="Tout effacer"))
    visiteur.get_by_text("Le site a effacé vos marques de son cookie, s’il y en avait.").wait_for()
    assert visiteur.get_by_text("Tout est effacé").count() == 0


def test_erasing_offline_empties_the_device_and_says_what_is_left(visiteur):
    mark_step(visiteur, 1)
    create_code(visiteur)
    visiteur.context.set_offline(True)
    visiteur.get_by_role("button", name="Tout effacer").click()
    visiteur.get_by_text("La copie gardée par le site ne l’est pas encore").wait_for()
    assert visiteur.evaluate("localStorage.getItem('carnet')") is None
    # Back on line, what was asked is done, and nothing comes back from the copy.
    visiteur.context.set_offline(False)
    attendre(visiteur, "localStorage.length === 0")
    visiteur.reload()
    assert visiteur.evaluate("localStorage.length") == 0


def test_two_notebooks_too_large_together_are_refused_whole_and_nothing_is_lost(visiteur, tmp_path):
    def notebook(first: int) -> dict:
        return {str(uuid.UUID(int=rank)): [1_000, 0, 0, 0] for rank in range(first, first + 1_200)}

    mine, file = notebook(0), tmp_path / "autre.json"
    file.write_text(json.dumps({"format": "carnet-de-lecture", "version": 1, "progres": notebook(1_000)}))
    visiteur.goto(CARNET)
    visiteur.evaluate("value => localStorage.setItem('carnet', value)", json.dumps(mine))
    visiteur.reload()
    visiteur.get_by_label("Remettre un carnet téléchargé").set_input_files(file)
    visiteur.get_by_text(re.compile(r"Un carnet contient 2.000 pages au plus : rien n’a été ajouté")).wait_for()
    assert notebook_of(visiteur) == mine
    file.write_text(json.dumps({"format": "carnet-de-lecture", "version": 1, "progres": dict(list(mine.items())[:5])}))
    visiteur.get_by_label("Remettre un carnet téléchargé").set_input_files(file)
    visiteur.get_by_text("C’est fait : les carnets sont réunis.").wait_for()
    assert notebook_of(visiteur) == mine
