"""The searcher's journeys: without accents, by keyboard alone, without JavaScript."""

import re

from playwright.sync_api import expect


def test_a_searcher_without_accents_finds_the_evaluation_resources_and_the_page_of_our_pdf(visiteur):
    visiteur.goto("/")
    visiteur.fill("#q-entete", "evaluation partenariats")
    visiteur.press("#q-entete", "Enter")
    expect(visiteur.locator(".recherche-bilan")).to_contain_text("résultats")
    expect(visiteur.locator(".recherche-hit a", has_text="Évaluer l’utilité sociétale").first).to_be_visible()
    expect(visiteur.locator(".recherche-hit mark").first).to_be_visible()
    page_du_guide = visiteur.locator(".recherche-hit a[href*='.pdf#page=']").first
    expect(page_du_guide).to_have_attribute("href", re.compile(r"^/documents/\d+/.+\.pdf#page=\d+$"))
    reponse = visiteur.request.get(page_du_guide.get_attribute("href"))
    assert (reponse.status, reponse.headers["content-type"]) == (200, "application/pdf")


def test_suggestions_are_chosen_by_keyboard(contexte):
    page = contexte().new_page()
    page.goto("/recherche/")
    boite = page.locator("#q")
    boite.press_sequentially("evalu", delay=20)
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(boite).to_have_attribute("aria-expanded", "true")
    boite.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert boite.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    boite.press("Escape")
    expect(options.first).to_be_hidden()
    boite.press("ArrowDown")
    expect(options.first).to_be_visible()
    boite.press("ArrowDown")
    boite.press("Enter")
    page.wait_for_url(lambda adresse: "/recherche/" not in adresse)


def test_a_hit_opens_the_interview_at_its_second(visiteur):
    visiteur.goto("/recherche/?q=kit+questions&type=entretien")
    lien = visiteur.locator(".recherche-lieu[href*='?t=']").first
    adresse = lien.get_attribute("href")
    lien.click()
    visiteur.wait_for_url(f"**{adresse}")
    expect(visiteur.locator(f"#{adresse.rpartition('#')[2]}")).to_be_in_viewport()


def test_everything_works_without_javascript(contexte):
    page = contexte(java_script_enabled=False).new_page()
    page.goto("/recherche/")
    page.fill("#q", "partenariat")
    page.click(".recherche-boite button")
    total = page.locator(".recherche-bilan strong").inner_text()
    page.locator(".recherche-facettes summary").first.click()
    page.locator(".recherche-facettes input[name=type]").first.check()
    page.get_by_role("button", name="Appliquer les filtres").click()
    assert page.locator(".recherche-bilan strong").inner_text() != total
    page.locator(".recherche-puce").first.click()
    expect(page.locator(".recherche-bilan strong")).to_have_text(total)


def test_the_page_of_results_fits_a_small_phone(contexte):
    page = contexte(width=320, height=640).new_page()
    page.goto("/recherche/?q=evaluation+partenariats")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
