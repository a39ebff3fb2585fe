"""A learner on a phone, without an account, follows a parcours; nothing leaves the device."""

import pytest
from playwright.sync_api import expect

from tests.navigateur.attente import attendre, suivre

ANIMER = "/parcours/animer-le-territoire/"


def mark_as_read(page) -> None:
    page.get_by_role("button", name="Marquer comme lu").click()
    page.get_by_text("C’est noté : page lue.").wait_for()


def test_a_learner_walks_animer_son_territoire_leaves_comes_back_and_resumes(contexte):
    phone = contexte(width=390, height=844, has_touch=True)
    page = phone.new_page()
    page.goto("/parcours/")
    suivre(page, page.get_by_role("link", name="Animer son territoire", exact=True))
    suivre(page, page.get_by_role("link", name="Commencer par l’étape 1"))
    for step in range(1, 8):
        page.get_by_text(f"Étape {step} sur 20", exact=True).wait_for()
        mark_as_read(page)
        suivre(page, page.locator("a[rel=next]"))
    page.get_by_text("Étape 8 sur 20", exact=True).wait_for()
    page.close()

    # Another day: same device, a new page.
    page = phone.new_page()
    page.goto("/parcours/")
    page.get_by_role("link", name="Reprendre « Animer son territoire », étape 8").wait_for()
    page.goto(ANIMER)
    page.get_by_text("7 étapes lues sur 20").wait_for()
    suivre(page, page.get_by_role("link", name="Reprendre à l’étape 8"))
    for step in range(8, 20):
        page.get_by_text(f"Étape {step} sur 20", exact=True).wait_for()
        mark_as_read(page)
        suivre(page, page.locator("a[rel=next]"))
    page.get_by_text("Étape 20 sur 20", exact=True).wait_for()
    mark_as_read(page)
    assert page.locator("a[rel=next]").count() == 0
    suivre(page, page.get_by_role("link", name="Revenir au parcours « Animer son territoire »"))
    page.get_by_text("20 étapes lues sur 20").wait_for()
    assert page.locator(".etapes .lu").count() == 20
    assert phone.cookies() == []


def test_reading_without_marking_leaves_no_trace(visiteur):
    visiteur.goto(ANIMER)
    suivre(visiteur, visiteur.get_by_role("link", name="Commencer par l’étape 1"))
    suivre(visiteur, visiteur.locator("a[rel=next]"))
    visiteur.wait_for_load_state("networkidle")
    assert visiteur.get_by_role("button", name="Marquer comme lu").is_visible()
    assert visiteur.evaluate("localStorage.length + sessionStorage.length") == 0


def test_without_javascript_the_parcours_is_walked_to_its_end(contexte):
    page = contexte(width=390, height=844, java_script_enabled=False).new_page()
    page.goto(ANIMER)
    suivre(page, page.get_by_role("link", name="Commencer par l’étape 1"))
    for step in range(1, 20):
        assert page.locator(".fil-rang").inner_text() == f"Étape {step} sur 20"
        suivre(page, page.locator("a[rel=next]"))
    assert page.context.cookies() == []
    assert page.locator(".fil-rang").inner_text() == "Étape 20 sur 20"
    assert page.locator("a[rel=next]").count() == 0


def test_what_is_read_in_one_parcours_is_read_in_all_and_can_be_undone(visiteur):
    visiteur.goto(ANIMER)
    suivre(visiteur, visiteur.get_by_role("link", name="Commencer par l’étape 1"))
    mark_as_read(visiteur)
    visiteur.reload()
    visiteur.get_by_role("button", name="Marquer comme non lu").wait_for()
    for other in ("comprendre-le-mouvement", "accompagner-les-organisations"):
        visiteur.goto(f"/parcours/{other}/")
        visiteur.get_by_text("1 étape lue sur").wait_for()
        assert visiteur.locator("#etape-1 .lu").inner_text() == "Lu"
        visiteur.get_by_role("link", name="Reprendre à l’étape 2").wait_for()
    suivre(visiteur, visiteur.locator("#etape-1 a"))
    visiteur.get_by_role("button", name="Marquer comme non lu").click()
    visiteur.get_by_text("C’est noté : page non lue.").wait_for()
    visiteur.goto(ANIMER)
    visiteur.get_by_text("0 étape lue sur 20").wait_for()
    assert visiteur.locator(".etapes .lu").count() == 0


def test_two_tabs_show_the_same_progress(contexte):
    context = contexte(width=390)
    first, second = context.new_page(), context.new_page()
    first.goto(ANIMER)
    second.goto(ANIMER)
    suivre(first, first.get_by_role("link", name="Commencer par l’étape 1"))
    mark_as_read(first)
    second.get_by_text("1 étape lue sur 20").wait_for()
    second.get_by_role("link", name="Reprendre à l’étape 2").wait_for()


@pytest.mark.parametrize(
    "value", ["{", "[]", "null", '{"x": 1}', '{"a": {"b": "c"}}', "<script>", "9" * 400_000, '"texte"']
)
def test_a_corrupt_notebook_breaks_no_page_and_can_be_erased(visiteur, value):
    errors = []
    visiteur.on("pageerror", lambda error: errors.append(str(error)))
    visiteur.goto("/parcours/")
    visiteur.evaluate("value => localStorage.setItem('carnet', value)", value)
    visiteur.goto(ANIMER)
    visiteur.get_by_text("0 étape lue sur 20").wait_for()
    suivre(visiteur, visiteur.get_by_role("link", name="Commencer par l’étape 1"))
    visiteur.get_by_role("button", name="Marquer comme lu").click()
    visiteur.get_by_text("Votre progression enregistrée est illisible").wait_for()
    assert visiteur.evaluate("localStorage.getItem('carnet')") == value
    visiteur.goto("/parcours/")
    visiteur.get_by_text("Votre progression enregistrée est illisible").wait_for()
    suivre(visiteur, visiteur.get_by_role("link", name="Ouvrir mon carnet"))
    visiteur.get_by_role("button", name="Tout effacer").click()
    visiteur.get_by_text("Tout est effacé.").wait_for()
    visiteur.goto(ANIMER)
    suivre(visiteur, visiteur.get_by_role("link", name="Commencer par l’étape 1"))
    mark_as_read(visiteur)
    assert errors == []


def test_erasing_the_progress_can_be_undone(visiteur):
    visiteur.goto(ANIMER)
    suivre(visiteur, visiteur.get_by_role("link", name="Commencer par l’étape 1"))
    mark_as_read(visiteur)
    visiteur.goto("/leviers/")
    visiteur.locator("fieldset").first.get_by_label("Mis en pratique").check()
    visiteur.goto("/parcours/carnet/")
    visiteur.get_by_role("button", name="Tout effacer").click()
    visiteur.get_by_text("0 étape lue sur 20").wait_for()
    assert visiteur.evaluate("localStorage.length") == 0
    visiteur.get_by_role("button", name="Annuler : remettre mes marques et mes réponses").click()
    visiteur.get_by_text("1 étape lue sur 20").wait_for()
    visiteur.goto("/leviers/")
    assert visiteur.locator("fieldset").first.get_by_label("Mis en pratique").is_checked()


def test_a_browser_that_keeps_nothing_still_reads_every_page(contexte):
    context = contexte(width=390)
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"
    )
    page = context.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto("/parcours/")
    page.get_by_text("Ce navigateur n’a pas pu garder votre progression.").wait_for()
    page.goto(ANIMER)
    suivre(page, page.get_by_role("link", name="Commencer par l’étape 1"))
    page.get_by_text("Étape 1 sur 20", exact=True).wait_for()
    expect(page.locator("[data-carnet]")).to_be_hidden()
    assert errors == []


def test_the_thread_is_folded_on_a_phone_and_open_beside_the_text(contexte):
    url = None
    for width, shown in ((390, False), (1280, True)):
        page = contexte(width=width).new_page()
        page.goto(ANIMER)
        url = url or page.locator("[data-commencer]").get_attribute("href")
        page.goto(url)
        assert page.locator(".fil-etapes a").first.is_visible() is shown
        if not shown:
            page.get_by_text("Toutes les étapes", exact=True).click()
            assert page.locator(".fil-etapes a").first.is_visible()


def test_the_time_left_follows_what_is_read(visiteur):
    visiteur.goto(ANIMER)
    left = visiteur.locator(".parcours-bref [data-reste]")
    assert left.is_hidden()
    suivre(visiteur, visiteur.get_by_role("link", name="Commencer par l’étape 1"))
    mark_as_read(visiteur)
    visiteur.goto(ANIMER)
    left.wait_for()
    words = left.inner_text().replace("\u00a0", " ").replace("\u202f", " ")
    assert words.startswith("Il reste ")
    assert "de lecture sur ce site ; " in words
    assert "en suivant aussi la formation ; " in words
    assert "documents de durée inconnue." in words


def test_three_answers_lead_to_a_parcours_without_javascript_and_nothing_is_kept(contexte):
    page = contexte(width=320, java_script_enabled=False).new_page()
    page.goto("/parcours/")
    suivre(page, page.get_by_role("link", name="Trois questions courtes"))
    for name in ("À faire travailler ensemble", "Je découvre le sujet", "D’une démarche"):
        page.get_by_label(name).check()
    page.get_by_role("button", name="Voir le parcours conseillé").click()
    page.get_by_role("heading", name="Nous vous conseillons ce parcours").wait_for()
    advice = page.locator("section.conseil")
    assert "Parce que vous voulez faire travailler ensemble" in advice.inner_text()
    assert page.context.cookies() == []
    suivre(page, advice.get_by_role("link", name="Animer son territoire"))
    page.get_by_role("link", name="Commencer par l’étape 1").wait_for()


def test_the_script_and_the_server_say_the_time_left_alike(visiteur):
    from core.protocols import Temps
    from parcours.templatetags.carnet import reste_en_mots

    visiteur.goto(ANIMER)
    path = visiteur.locator("script[src*='js/carnet']").first.get_attribute("src").rpartition("/js/")[0]
    for times in ("8/0/0", "65/480/2", "0/0/1", "0/0/0", "60/0/0", "0/60/1", "1/119/3"):
        said = visiteur.evaluate(
            "async ([path, times]) => (await import(`${path}/js/carnet/temps.js`)).timeLeft([times], [false])",
            [path, times],
        )
        assert said == reste_en_mots(Temps(*map(int, times.split("/")))), times


def test_the_matrix_scrolls_by_keyboard_on_a_phone(visiteur):
    visiteur.goto("/kit/matrice/")
    region = visiteur.get_by_role("region", name="Ressources du kit et étapes des parcours")
    region.focus()
    visiteur.keyboard.press("ArrowRight")
    attendre(visiteur, "document.querySelector('.matrice').scrollLeft > 0")
    assert visiteur.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_levers_are_drawn_kept_and_erased_on_the_device(visiteur):
    visiteur.goto("/leviers/")
    visiteur.locator("fieldset").first.get_by_label("Mis en pratique").check()
    visiteur.reload()
    assert visiteur.locator("fieldset").first.get_by_label("Mis en pratique").is_checked()
    assert visiteur.locator(".bilan tbody td").first.inner_text() == "Mis en pratique"
    assert visiteur.locator(".bilan-point").count() == 1
    visiteur.get_by_role("button", name="Effacer mes choix").click()
    visiteur.get_by_text("Vos choix sont effacés de cet appareil.").wait_for()
    visiteur.reload()
    assert visiteur.locator("input[type=radio]:checked").count() == 0
