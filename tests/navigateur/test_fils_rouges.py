"""A learner filters the case studies, then compares two of them, with the keyboard alone and without JavaScript."""

import re

from playwright.sync_api import expect


def test_two_cases_are_compared_with_the_keyboard_alone_on_a_narrow_screen_without_javascript(contexte):
    page = contexte(width=320, java_script_enabled=False).new_page()
    page.goto("/fils-rouges/")
    page.get_by_label("Premier cas").focus()
    page.keyboard.type("Silver")
    page.keyboard.press("Tab")
    page.keyboard.type("District")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/fils-rouges/comparer/\?a=silver-geek&b=district-solidaire$"))
    expect(page.get_by_role("columnheader")).to_have_text(["Silver Geek", "District Solidaire"])
    expect(page.get_by_role("row", name="Non connu de ce site").first).to_be_visible()
    box = page.locator("table.comparaison").bounding_box()
    assert box["x"] + box["width"] <= 320


def test_an_empty_combination_of_filters_leads_back_to_cases_without_javascript(contexte):
    page = contexte(width=390, java_script_enabled=False).new_page()
    page.goto("/fils-rouges/")
    page.get_by_label("Famille d’acteurs").select_option("academique")
    page.get_by_label("Région", exact=True).select_option("44")
    page.get_by_role("button", name="Filtrer").click()
    expect(page.get_by_text("Aucun cas ne répond à tous ces filtres à la fois.")).to_be_visible()
    page.locator(".filtres-actifs a", has_text="Grand Est").click()
    expect(page.locator(".carte-titre")).to_have_text(["Agir ensemble à Charenton–Saint-Maurice"])
    expect(page.get_by_label("Famille d’acteurs")).to_have_value("academique")
