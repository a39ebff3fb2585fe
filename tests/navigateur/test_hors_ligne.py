"""A learner keeps a parcours on the device, reads it whole without connection, and comes back."""

import contextlib
import hashlib
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error

from tests.navigateur.attente import attendre, suivre
from tests.navigateur.carnet import create_code, read_count, resume
from tests.navigateur.test_accessibilite import KEPT, RULES

ANIMER = "/parcours/animer-le-territoire/"
ESSAI = "/parcours/essai-hors-ligne/"
CARNET = "/parcours/carnet/"
PRET = "C’est prêt"
VIDE = [0, 0, 0, 0, 0]
# The addresses of every copy, without the list of what is kept.
COPIES = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    if (name === "hors-ligne") continue;
    for (const { url } of await (await caches.open(name)).keys()) found.push(url.replace(location.origin, ""));
  }
  return found.sort();
}"""
# A parcours of two steps that have everything to keep: a resource with its document, an interview with its film.
PREPARER = """
from kit.models import FichierRessource, RessourcePage
from mediatheque.models import CustomDocument
from mooc.models import VideoPage
from parcours.models import EtapeParcours, ParcoursIndexPage, ParcoursPage
avec_fichier = RessourcePage.objects.live().public().first()
modele = CustomDocument.objects.get(file__endswith="check-list-evaluation.docx")
FichierRessource.objects.create(page=avec_fichier, document=modele)
entretien = VideoPage.objects.get(slug="presentation-du-kit")
page = ParcoursPage(slug="essai-hors-ligne", title="Essai hors ligne", titre_court="Essai")
page.etapes = [EtapeParcours(sort_order=rang, page=etape) for rang, etape in enumerate((avec_fichier, entretien))]
ParcoursIndexPage.objects.get().add_child(instance=page).save_revision().publish()
"""
RANGER = """
from kit.models import FichierRessource
FichierRessource.objects.all().delete()
ParcoursPage.objects.get(slug="essai-hors-ligne").delete()
"""


def changer(serveur, code: str) -> None:
    """Change the content of the running site, as an editor would."""
    serveur.manage("shell", "--verbosity=0", "-c", f"from parcours.models import *\n{code}")


@pytest.fixture
def essai(serveur):
    """A parcours with a document and a film, for the time of a test."""
    changer(serveur, PREPARER)
    yield ESSAI
    changer(serveur, RANGER)


def inset(page, address: str):
    page.goto(address)
    box = page.locator("[data-hors-ligne]")
    box.scroll_into_view_if_needed()
    box.get_by_text("Prendra").wait_for()
    return box


def garder(page, address: str = ANIMER) -> None:
    box = inset(page, address)
    if box.get_by_role("checkbox").is_visible():
        box.get_by_role("checkbox").check()
    box.get_by_role("button", name="Lire hors ligne").click()
    box.get_by_text(PRET).wait_for()


def liste(page, address: str) -> dict:
    return page.request.get(f"{address}hors-ligne.json").json()


def octets_en_mots(octets: int) -> str:
    return f"{round(octets / 1000)}\u00a0ko" if octets < 999_500 else f"{octets / 1e6:.1f}\u00a0Mo".replace(".", ",")


def attendre_rien(page) -> None:
    """Neither storage, nor cache, nor worker is left."""
    attendre(page, f"async () => JSON.stringify(await ({KEPT})()) === '{str(VIDE).replace(' ', '')}'")


def test_offline_parcours_opens_whole_and_syncs_on_return(contexte):
    here, there = contexte(width=390, height=844).new_page(), contexte(width=390).new_page()
    code = create_code(here)
    garder(here)
    lost = []
    here.on("requestfailed", lambda request: lost.append(request.url))
    here.on("pageerror", lambda error: lost.append(str(error)))
    here.context.set_offline(True)
    here.goto(ANIMER)
    steps = here.locator("ol.etapes a").evaluate_all("links => links.map((link) => link.href)")
    assert len(steps) == 20
    suivre(here, here.get_by_role("link", name="Commencer par l’étape 1"))
    for number in range(1, 21):
        here.get_by_text(f"Étape {number} sur 20", exact=True).wait_for()
        attendre(here, "document.readyState === 'complete'")
        assert "Atkinson" in here.evaluate("getComputedStyle(document.body).fontFamily")
        assert here.evaluate("[...document.fonts].filter((font) => font.status === 'loaded').length") > 0
        assert here.evaluate("[...document.images].every((image) => image.complete && image.naturalWidth)")
        here.get_by_text("Hors ligne").wait_for()
        if number in (1, 7, 20):
            here.get_by_role("button", name="Marquer comme lu").click()
            here.get_by_text("C’est noté : page lue.").wait_for()
        if number < 20:
            suivre(here, here.locator("a[rel=next]"))
    assert not [url for url in lost if "/parcours/carnet/" not in url]
    here.goto(ANIMER)
    here.get_by_text("3 étapes lues sur 20").first.wait_for()
    # Meanwhile another device has marked something else.
    resume(there, code)
    there.goto(ANIMER)
    suivre(there, there.locator("#etape-2 a"))
    with there.expect_response("**/parcours/carnet/reprendre/"):
        there.get_by_role("button", name="Marquer comme lu").click()
    with here.expect_response("**/parcours/carnet/reprendre/"):
        here.context.set_offline(False)
    read_count(here, 4)
    there.goto(CARNET)
    there.get_by_role("button", name="Mettre à jour maintenant").click()
    there.get_by_text("Votre carnet est à jour").wait_for()
    read_count(there, 4)
    assert here.context.cookies() == there.context.cookies() == []


def test_exactly_what_the_list_says_is_kept_and_the_weight_told_is_the_weight_taken(visiteur):
    box = inset(visiteur, ANIMER)
    told = liste(visiteur, ANIMER)
    weight = octets_en_mots(told["octets"])
    box.get_by_text(f"Prendra {weight} sur cet appareil.").wait_for()
    assert visiteur.evaluate(KEPT) == VIDE
    garder(visiteur)
    box.get_by_text(f"\u00a0: {weight}.").wait_for()
    assert visiteur.evaluate(COPIES) == sorted(address["url"] for address in told["adresses"])
    sizes = visiteur.evaluate(
        """async () => {
          const [name] = (await caches.keys()).filter((name) => name !== "hors-ligne");
          const answers = await (await caches.open(name)).matchAll();
          return Promise.all(answers.map(async (answer) => (await answer.blob()).size));
        }"""
    )
    assert sum(sizes) == told["octets"]
    assert visiteur.context.cookies() == []


def test_pages_that_are_not_kept_lead_to_those_that_are(visiteur):
    garder(visiteur)
    visiteur.context.set_offline(True)
    for address in ("/fils-rouges/", "/recherche/?q=territoire", CARNET):
        visiteur.goto(address)
        visiteur.get_by_role("heading", name="Vous êtes hors ligne").wait_for()
    found = Axe().run(visiteur, options=RULES).response["violations"]
    assert not [violation["id"] for violation in found]
    suivre(visiteur, visiteur.get_by_role("link", name="Animer son territoire"))
    visiteur.get_by_role("heading", level=1).wait_for()
    assert visiteur.url.endswith(ANIMER)


def test_a_step_opens_offline_by_its_own_address_too(visiteur):
    garder(visiteur)
    visiteur.context.set_offline(True)
    address = visiteur.locator("#etape-1 a").get_attribute("href")
    visiteur.goto(address.partition("?")[0])
    visiteur.get_by_text("Étape 1 sur 20", exact=True).wait_for()


def test_a_film_that_is_kept_plays_and_seeks_offline(visiteur, essai):
    garder(visiteur, essai)
    assert visiteur.get_by_text("vidéos et sons compris").is_visible()
    visiteur.context.set_offline(True)
    suivre(visiteur, visiteur.locator("#etape-2 a"))
    video = visiteur.locator("video")
    video.evaluate("video => video.play()")
    attendre(visiteur, "document.querySelector('video').readyState > 1")
    video.evaluate("video => { video.currentTime = video.duration - 5; }")
    attendre(visiteur, "(([video]) => video.currentTime > video.duration - 5 && video.readyState > 1)"
             "(document.querySelectorAll('video'))")  # fmt: skip
    assert video.evaluate("video => video.error") is None


def test_parts_of_what_is_kept_are_answered_as_a_server_would(visiteur, essai):
    garder(visiteur, essai)
    film = next(address for address in liste(visiteur, essai)["adresses"] if address["url"].endswith(".mp4"))
    content = visiteur.request.get(film["url"]).body()
    n = len(content)
    visiteur.context.set_offline(True)
    for asked, status, told, part in (
        ("bytes=0-1", 206, f"bytes 0-1/{n}", content[:2]),
        ("bytes=10-", 206, f"bytes 10-{n - 1}/{n}", content[10:]),
        ("bytes=-7", 206, f"bytes {n - 7}-{n - 1}/{n}", content[-7:]),
        ("bytes=5-999999999", 206, f"bytes 5-{n - 1}/{n}", content[5:]),
        ("bytes=-999999999", 206, f"bytes 0-{n - 1}/{n}", content),
        (f"bytes={n}-", 416, f"bytes */{n}", b""),
        ("bytes=-0", 416, f"bytes */{n}", b""),
        # The whole is what RFC 9110 allows for these.
        ("bytes=0-1,4-5", 200, None, content),
        ("bytes=9-3", 200, None, content),
        ("lines=1-2", 200, None, content),
    ):
        answer = visiteur.evaluate(
            """async ([url, range]) => {
              const answer = await fetch(url, { headers: { Range: range } });
              const bytes = await answer.arrayBuffer();
              const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
              const length = Number(answer.headers.get("Content-Length") ?? bytes.byteLength);
              return [answer.status, answer.headers.get("Content-Range"), length, [...digest]];
            }""",
            [film["url"], asked],
        )
        assert answer == [status, told, len(part), list(hashlib.sha256(part).digest())], asked


def test_a_document_that_is_kept_opens_offline(visiteur, essai):
    garder(visiteur, essai)
    (url,) = [url for url in visiteur.evaluate(COPIES) if url.endswith(".docx")]
    visiteur.context.set_offline(True)
    visiteur.goto(essai)
    suivre(visiteur, visiteur.locator("#etape-1 a"))
    with visiteur.expect_download() as download:
        visiteur.locator(f"a[href='{url}']").first.click()
    assert download.value.path().read_bytes().startswith(b"PK")


def quota(page, size: int, serveur) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": serveur.url, "quotaSize": size})


@pytest.mark.parametrize("told", [True, False])
def test_when_room_is_missing_it_is_said_and_nothing_is_left(visiteur, serveur, told):
    box = inset(visiteur, ANIMER)
    if not told:
        # A browser that does not know its own quota.
        visiteur.evaluate("navigator.storage.estimate = async () => ({})")
    quota(visiteur, 200_000, serveur)
    box.get_by_role("button", name="Lire hors ligne").click()
    box.get_by_text("La place manque sur cet appareil\u00a0: rien n’a été gardé.").wait_for()
    assert visiteur.evaluate(KEPT) == VIDE
    assert box.get_by_role("button", name="Lire hors ligne").is_visible()


def test_a_copy_that_is_stopped_or_cut_leaves_nothing(visiteur):
    box = inset(visiteur, ANIMER)
    visiteur.route("**/bricolage*.woff2", lambda route: None)
    box.get_by_role("button", name="Lire hors ligne").click()
    box.get_by_role("progressbar").wait_for()
    box.get_by_role("button", name="Arrêter la copie").click()
    box.get_by_text("Arrêté\u00a0: rien n’a été gardé.").wait_for()
    assert visiteur.evaluate(KEPT) == VIDE
    visiteur.unroute_all()
    visiteur.route("**/kit/**", lambda route: route.abort())
    box.get_by_role("button", name="Lire hors ligne").click()
    box.get_by_text("Le site n’a pas répondu jusqu’au bout").wait_for()
    assert visiteur.evaluate(KEPT) == VIDE


def test_a_tab_closed_in_the_middle_leaves_nothing_that_opens_and_the_next_visit_cleans(contexte):
    context = contexte(width=390)
    page = context.new_page()
    box = inset(page, ANIMER)
    page.route("**/bricolage*.woff2", lambda route: None)
    box.get_by_role("button", name="Lire hors ligne").click()
    attendre(page, f"async () => (await ({COPIES})()).length > 5")
    page.close()
    page = context.new_page()
    page.goto(ANIMER)
    attendre_rien(page)


def test_removing_leaves_nothing_by_keyboard_alone(visiteur):
    garder(visiteur)
    box = visiteur.locator("[data-hors-ligne]")
    # The button that was pressed has gone: the focus is at the title of its section.
    assert visiteur.evaluate("document.activeElement.id") == "hors-ligne"
    visiteur.keyboard.press("Tab")
    assert visiteur.evaluate("document.activeElement.textContent") == "Retirer de cet appareil"
    visiteur.keyboard.press("Enter")
    box.get_by_text("C’est retiré de cet appareil.").wait_for()
    attendre_rien(visiteur)
    visiteur.keyboard.press("Tab")
    assert visiteur.evaluate("document.activeElement.textContent") == "Lire hors ligne"
    visiteur.keyboard.press("Enter")
    box.get_by_text(PRET).wait_for()


def test_the_notebook_lists_what_is_kept_and_removes_it(visiteur):
    garder(visiteur)
    garder(visiteur, "/parcours/comprendre-le-mouvement/")
    visiteur.goto(CARNET)
    box = visiteur.locator("[data-gardes]")
    box.get_by_text("En tout").wait_for()
    assert box.get_by_role("listitem").count() == 2
    found = Axe().run(visiteur, options=RULES).response["violations"]
    assert not [violation["id"] for violation in found]
    box.get_by_role("button", name="Animer son territoire").click()
    box.get_by_text("est retiré de cet appareil.").wait_for()
    assert box.get_by_role("listitem").count() == 1
    assert visiteur.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 1
    box.get_by_role("button").click()
    box.get_by_text("Aucun parcours n’est gardé").wait_for()
    attendre_rien(visiteur)


def test_erasing_everything_removes_what_is_kept_and_the_worker(visiteur):
    garder(visiteur)
    visiteur.goto(CARNET)
    visiteur.get_by_role("button", name="Tout effacer").click()
    visiteur.get_by_text("Tout est effacé.").wait_for()
    attendre_rien(visiteur)
    visiteur.get_by_text("Aucun parcours n’est gardé").wait_for()


def test_the_admin_is_neither_kept_nor_answered_by_the_worker(redaction):
    garder(redaction)
    answer = redaction.goto("/admin/")
    assert (answer.status, answer.from_service_worker) == (200, False)
    answer = redaction.goto("/fils-rouges/")
    assert answer.status == 200
    # What is kept is what everybody sees, whoever keeps it.
    kept = redaction.evaluate(COPIES)
    assert not [url for url in kept if url.startswith(("/admin", "/api", "/recherche", CARNET, "/fils-rouges"))]
    redaction.context.set_offline(True)
    redaction.goto(ANIMER)
    assert redaction.locator("wagtail-userbar").count() == 0
    with contextlib.suppress(Error):
        redaction.goto("/admin/")
    assert redaction.get_by_role("heading", name="Vous êtes hors ligne").count() == 0


def test_what_the_site_withdraws_leaves_the_device_at_the_next_visit(visiteur, serveur, essai):
    garder(visiteur, essai)
    before = visiteur.evaluate(COPIES)
    (step,) = [url for url in before if url.startswith("/mooc/") and "parcours=" in url]
    changer(serveur, "ParcoursPage.objects.get(slug='essai-hors-ligne').etapes.last().delete()")
    visiteur.goto(essai)
    attendre(visiteur, f"async () => !(await ({COPIES})()).includes('{step}')")
    after = sorted(address["url"] for address in liste(visiteur, essai)["adresses"])
    attendre(visiteur, f"async after => JSON.stringify(await ({COPIES})()) === JSON.stringify(after)", after)
    visiteur.context.set_offline(True)
    visiteur.goto(essai)
    assert visiteur.locator("ol.etapes li").count() == 1
    # The parcours itself goes.
    visiteur.context.set_offline(False)
    changer(serveur, "ParcoursPage.objects.get(slug='essai-hors-ligne').unpublish()")
    visiteur.goto("/parcours/")
    visiteur.evaluate(
        """async () => {
          const index = await caches.open("hors-ligne");
          const [key] = await index.keys();
          const entry = await (await index.match(key)).json();
          await index.put(key, new Response(JSON.stringify({ ...entry, verifie_ms: 0 })));
        }"""
    )
    visiteur.reload()
    attendre_rien(visiteur)


def test_a_page_that_the_network_keeps_waiting_opens_from_its_copy(visiteur, serveur):
    garder(visiteur)
    visiteur.context.route(re.compile(r"/kit/"), lambda route: None)
    suivre(visiteur, visiteur.locator("#etape-1 a"))
    visiteur.get_by_text("Étape 1 sur 20", exact=True).wait_for()
    visiteur.get_by_text("Hors ligne").wait_for()


def test_online_the_page_of_the_site_is_shown_rather_than_the_copy(visiteur, serveur, essai):
    garder(visiteur, essai)
    changer(
        serveur,
        "page = ParcoursPage.objects.get(slug='essai-hors-ligne'); page.title = 'Titre du jour';"
        "page.save_revision().publish()",
    )
    visiteur.goto(essai)
    visiteur.get_by_role("heading", name="Titre du jour").wait_for()


def test_scripts_stay_under_their_budget_where_a_parcours_is_kept(visiteur):
    create_code(visiteur)
    garder(visiteur)
    sizes = {}
    visiteur.on(
        "response", lambda response: sizes.update({response.url: response}) if response.url.endswith(".js") else None
    )
    for address in (ANIMER, "/parcours/"):
        sizes.clear()
        visiteur.goto(address, wait_until="networkidle")
        assert sum(len(response.body()) for url, response in sizes.items() if url.endswith(".js")) <= 30_000, address


def test_axe_finds_nothing_in_the_dark_and_large_text_fits_a_small_screen(contexte):
    page = contexte(width=320, color_scheme="dark").new_page()
    garder(page)
    found = Axe().run(page, options=RULES).response["violations"]
    assert not [f"{violation['id']}: {violation['nodes'][0]['html'][:150]}" for violation in found]
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
