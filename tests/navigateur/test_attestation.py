"""The attestation, from the last step marked to the name that somebody else checks."""

import re

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.navigateur.attente import suivre
from tests.navigateur.test_accessibilite import RULES

PARCOURS = "/parcours/animer-le-territoire/"
NOM = "Élodie d’Arc-Martin"
# What marking each essential step by hand leaves, written at once.
TOUT_LIRE = """() => {
  const uuids = document.querySelector("[data-attestation]").dataset.attestation.split(" ");
  localStorage.setItem("carnet", JSON.stringify(Object.fromEntries(uuids.map((uuid) => [uuid, [1000, 0, 0, 0]]))));
}"""


def ask_for_it(page, nom: str = NOM) -> bytes:
    page.goto(f"{PARCOURS}attestation/")
    page.get_by_label("Votre nom").fill(nom)
    with page.expect_download() as download:
        page.get_by_role("button", name="Déclarer et télécharger").click()
    assert download.value.suggested_filename == "attestation-animer-le-territoire.pdf"
    return download.value.path().read_bytes()


def address_of(pdf: bytes) -> str:
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_bounded()
    (found,) = re.findall(r"/attestation/\s*[a-z2-7]{80}/", text)
    return re.sub(r"\s", "", found)


def check(page, nom: str) -> str:
    page.get_by_label("Nom imprimé").fill(nom)
    suivre(page, page.get_by_role("button", name="Vérifier"))
    return page.locator("main [role=status]").inner_text()


@pytest.mark.parametrize("javascript", [True, False])
def test_an_attestation_verifies_and_a_changed_character_or_name_is_refused(contexte, javascript):
    context = contexte(width=390, height=844, java_script_enabled=javascript)
    page = context.new_page()
    adresse = address_of(ask_for_it(page))
    page.goto(adresse)
    assert page.locator("main [role=status]").inner_text() == ""
    assert check(page, NOM.upper()).startswith("Conforme.")
    for other in (f"{NOM}e", "Elodie d’Arc-Martin", "Ada Lovelace"):
        assert check(page, other).startswith("Non conforme.")
        assert page.get_by_label("Nom imprimé").input_value() == other
    assert check(page, NOM).startswith("Conforme.")
    for place in (13, 40, -2):
        changed = list(adresse)
        changed[place] = "a" if changed[place] != "a" else "b"
        assert page.goto("".join(changed)).status == 404
        page.get_by_role("heading", name="Attestation non reconnue").wait_for()
    assert context.cookies() == []


def test_it_is_offered_when_the_last_essential_step_is_marked_and_no_more_once_undone(visiteur):
    visiteur.goto(PARCOURS)
    offer = visiteur.get_by_role("link", name="Demander mon attestation")
    assert not offer.is_visible()
    visiteur.evaluate(TOUT_LIRE)
    visiteur.reload()
    offer.wait_for()
    visiteur.goto("/parcours/carnet/")
    listed = visiteur.get_by_role("link", name="Attestation de suivi (déclarative) : Animer son territoire")
    listed.wait_for()
    assert visiteur.locator("[data-attestation]:visible").count() == 1
    visiteur.goto(PARCOURS)
    suivre(visiteur, visiteur.locator("#etape-1 a"))
    visiteur.get_by_role("button", name="Marquer comme non lu").click()
    visiteur.get_by_text("C’est noté").wait_for()
    visiteur.goto(PARCOURS)
    assert not offer.is_visible()
    visiteur.goto("/parcours/carnet/")
    assert not visiteur.get_by_role("heading", name="Mes attestations").is_visible()


def test_the_name_leaves_in_the_body_of_the_request_only_and_is_kept_nowhere(visiteur):
    asked = []
    visiteur.on("request", lambda request: asked.append(request))  # noqa: PLW0108 (Playwright marks its handlers)
    adresse = address_of(ask_for_it(visiteur))
    visiteur.goto(adresse)
    check(visiteur, NOM)
    assert not [request.url for request in asked if "lodie" in request.url]
    # The page that holds the token tells its address to nobody, not even to this site.
    assert not [request.url for request in asked if adresse in request.headers.get("referer", "")]
    assert visiteur.evaluate("localStorage.length + sessionStorage.length") == 0


def test_a_name_badly_typed_is_explained_and_kept(visiteur):
    visiteur.goto(f"{PARCOURS}attestation/")
    visiteur.get_by_label("Votre nom").fill("Ada <3")
    visiteur.get_by_role("button", name="Déclarer et télécharger").click()
    visiteur.get_by_role("alert").get_by_text("ne peut pas être imprimé").wait_for()
    field = visiteur.get_by_label("Votre nom")
    assert field.input_value() == "Ada <3"
    assert field.evaluate("node => node === document.activeElement")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_axe_finds_nothing_on_the_form_nor_on_the_page_that_checks(contexte, width, scheme):
    page = contexte(width=width, color_scheme=scheme).new_page()
    adresse = address_of(ask_for_it(page))
    for address in (f"{PARCOURS}attestation/", adresse, f"/attestation/{'a' * 80}/"):
        page.goto(address)
        if address == adresse:
            check(page, "Une autre")
        found = Axe().run(page, options=RULES).response["violations"]
        assert not [f"{violation['id']}: {violation['nodes'][0]['html'][:150]}" for violation in found]
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
