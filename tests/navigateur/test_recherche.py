"""The searcher's journeys: without accents, by keyboard alone, without JavaScript, down to the page and the second."""

import re

from playwright.sync_api import Page, expect

from tests.navigateur.attente import attendre

PAGE_DU_GUIDE = re.compile(r"^/documents/\d+/.+\.pdf#page=\d+$")


def vers_une_page_du_pdf(page: Page):
    """The first link of the results that opens a PDF at one of its pages."""
    return page.locator(".recherche-hit a[href*='.pdf#page=']").first


def ouvrir_le_pdf(page: Page, declencher):
    """What the server answers when the browser itself follows a link to a PDF, and the address it asked."""
    with page.context.expect_event("response", lambda reponse: ".pdf" in reponse.url) as attendue:
        declencher()
    return attendue.value


def test_a_searcher_without_accents_opens_our_pdf_at_its_page(contexte):
    page = contexte(width=390, height=844).new_page()
    page.goto("/")
    page.fill("#q-entete", "evaluation partenariats")
    page.press("#q-entete", "Enter")
    expect(page.locator(".recherche-bilan")).to_contain_text("résultats")
    expect(page.locator(".recherche-hit a", has_text="Évaluer l’utilité sociétale").first).to_be_visible()
    expect(page.locator(".recherche-hit mark").first).to_be_visible()
    lien = vers_une_page_du_pdf(page)
    expect(lien).to_have_attribute("href", PAGE_DU_GUIDE)
    reponse = ouvrir_le_pdf(page, lien.click)
    assert reponse.status in (200, 206)
    assert reponse.headers["content-type"] == "application/pdf"


def test_a_hit_opens_the_interview_at_its_second(contexte):
    page = contexte(width=390, height=844).new_page()
    # Three words said in « Qu’appelle-t-on un fil rouge ? », at 2:22.
    page.goto("/recherche/?q=appelle+fils+rouges&type=entretien")
    lien = page.locator(".recherche-lieu[href*='?t=']").first
    expect(lien).to_have_attribute("href", re.compile(r"/presentation-du-kit/\?t=142#t-142$"))
    lien.click()
    page.wait_for_url("**/presentation-du-kit/?t=142#t-142")
    tour = page.locator("#t-142")
    expect(tour).to_contain_text("fil rouge")
    expect(tour).to_be_in_viewport()
    expect(tour).to_have_attribute("aria-current", "true")
    attendre(page, "() => Math.abs(document.querySelector('video, audio').currentTime - 142) < 2")


def test_suggestions_of_the_header_are_fetched_when_first_used(contexte):
    page = contexte().new_page()
    demandes: list[str] = []
    page.on("request", lambda demande: demandes.append(demande.url))
    page.goto("/kit/")
    page.wait_for_load_state("networkidle")
    assert not [adresse for adresse in demandes if "suggestions" in adresse]
    page.locator("#q-entete").press_sequentially("evalu", delay=20)
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(options.first).to_contain_text("Ressource")
    assert sum("/js/suggestions" in adresse for adresse in demandes) == 1
    # Two letters would bring half of the site.
    page.locator("#q-entete").fill("ev")
    expect(options.first).to_be_hidden()
    assert not [adresse for adresse in demandes if adresse.endswith("?q=ev")]


def test_from_the_header_to_a_hit_by_keyboard_alone(contexte):
    page = contexte().new_page()
    page.goto("/")
    boite = page.locator("#q-entete")
    while not boite.evaluate("box => box === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.type("evalu", delay=20)
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(boite).to_have_attribute("aria-expanded", "true")
    assert boite.get_attribute("aria-controls") == page.get_by_role("listbox").get_attribute("id")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert boite.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    page.keyboard.press("Escape")
    expect(options.first).to_be_hidden()
    expect(boite).to_have_value("evalu")
    assert boite.get_attribute("aria-activedescendant") is None
    # Closed, the list opens at its last suggestion with the arrow that goes up.
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    page.wait_for_url("**/recherche/?q=evalu")
    premier = page.locator(".recherche-hit h3 a:not([href^='/documents/'])").first
    for _ in range(80):
        page.keyboard.press("Tab")
        if premier.evaluate("link => link === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(lambda adresse: "/recherche/" not in adresse)


def test_a_suggestion_is_chosen_with_enter_or_by_a_click(contexte):
    page = contexte().new_page()
    for choisir in (lambda boite: (boite.press("ArrowDown"), boite.press("Enter")), None):
        page.goto("/recherche/")
        boite = page.locator("#q")
        boite.press_sequentially("utilite", delay=20)
        option = page.get_by_role("option").first
        expect(option).to_be_visible()
        adresse = option.get_attribute("data-url")
        if choisir:
            choisir(boite)
        else:
            option.click()
        page.wait_for_url(f"**{adresse}")


def test_the_whole_journey_works_without_javascript(contexte):
    page = contexte(java_script_enabled=False).new_page()
    page.goto("/")
    page.fill("#q-entete", "partenariat")
    page.click(".chercher button")
    total = page.locator(".recherche-bilan strong").inner_text()
    page.locator(".recherche-facettes summary").first.click()
    page.locator(".recherche-facettes input[name=type]").first.check()
    page.get_by_role("button", name="Appliquer les filtres").click()
    assert page.locator(".recherche-bilan strong").inner_text() != total
    page.locator(".recherche-puce").first.click()
    expect(page.locator(".recherche-bilan strong")).to_have_text(total)
    premier = page.locator(".recherche-hit h3").first.inner_text()
    page.get_by_role("link", name="Page suivante").click()
    expect(page.locator(".pagination [aria-current]")).to_contain_text("Page 2")
    page.get_by_role("link", name="Date", exact=True).click()
    expect(page.locator(".recherche-tri strong")).to_have_text("Date")
    page.goto("/recherche/?q=partanariat")
    expect(page.locator(".message")).to_contain_text("partenariat")
    expect(page.locator(".recherche-hit h3").first).to_have_text(premier)
    page.goto("/recherche/?q=evaluation+partenariats")
    assert ouvrir_le_pdf(page, vers_une_page_du_pdf(page).click).status in (200, 206)
    page.goto("/recherche/?q=xylophone")
    expect(page.get_by_role("heading", name="Demander ce document")).to_be_visible()
    expect(page.get_by_role("heading", name="Par où continuer")).to_be_visible()


def test_the_page_of_results_fits_a_small_phone(contexte):
    page = contexte(width=320, height=640).new_page()
    for demande in ("evaluation+partenariats", "a" * 200, "%D8%B4%D8%B1%D8%A7%D9%83%D8%A9"):
        page.goto(f"/recherche/?q={demande}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_printed_results_are_the_list_alone(contexte):
    page = contexte(width=1280).new_page()
    page.goto("/recherche/?q=partenariat&nature=methode")
    page.emulate_media(media="print")
    expect(page.locator(".recherche-hit").first).to_be_visible()
    expect(page.locator(".recherche-choix")).to_contain_text("Méthode")
    for tool in (".recherche-facettes", ".recherche-tri", ".recherche-suivre"):
        expect(page.locator(tool)).to_be_hidden()
