"""A learner opens the definition of a word, and checks what they understood, by keyboard or without JavaScript."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.navigateur.test_accessibilite import RULES

ADRESSE = "/mooc/episode-2/"


def test_a_definition_opens_and_closes_by_keyboard_only(visiteur):
    visiteur.goto(ADRESSE)
    button = visiteur.locator("button.terme").first
    bubble = visiteur.locator(".bulle").first
    expect(button).to_have_attribute("aria-expanded", "false")
    button.focus()
    visiteur.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(bubble).to_contain_text("Accord entre des organisations")
    assert button.get_attribute("aria-controls") == bubble.get_attribute("id")
    visiteur.keyboard.press("Tab")
    assert visiteur.evaluate("document.activeElement.getAttribute('href')") == "/glossaire/#partenariat"
    visiteur.keyboard.press("Escape")
    expect(bubble).to_be_hidden()
    expect(button).to_be_focused()
    visiteur.keyboard.press("Space")
    expect(bubble).to_be_visible()
    visiteur.keyboard.press("Tab")
    visiteur.keyboard.press("Tab")
    expect(bubble).to_be_hidden()


def test_nothing_opens_on_hover_and_a_click_elsewhere_closes(visiteur):
    visiteur.goto(ADRESSE)
    first, second = visiteur.locator("button.terme").nth(0), visiteur.locator("button.terme").nth(1)
    first.hover()
    expect(visiteur.locator(".bulle").first).to_be_hidden()
    first.click()
    expect(visiteur.locator(".bulle").first).to_be_visible()
    # It may lie under the definition of the first.
    second.evaluate("button => button.click()")
    expect(visiteur.locator(".bulle:not([hidden])")).to_have_count(1)
    visiteur.locator("h1").click()
    expect(visiteur.locator(".bulle:not([hidden])")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_an_open_definition_stays_in_the_page_and_axe_finds_nothing(contexte, width):
    page = contexte(width=width, color_scheme="dark" if width == 390 else "light").new_page()
    page.goto(ADRESSE)
    for rank in range(page.locator("button.terme").count()):
        page.locator("button.terme").nth(rank).click()
        box = page.locator(".bulle:not([hidden])").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.keyboard.press("Escape")
    page.locator("button.terme").first.click()
    results = Axe().run(page, options=RULES)
    assert not [violation["id"] for violation in results.response["violations"]]


def test_without_javascript_a_term_leads_to_the_glossary(contexte):
    page = contexte(java_script_enabled=False).new_page()
    page.goto(ADRESSE)
    page.locator("a.terme").first.click()
    page.wait_for_url("**/glossaire/#partenariat")


def test_a_quotation_never_takes_in_an_open_definition(visiteur):
    visiteur.goto("/mooc/episode-1/presentation-du-kit/")
    turn = visiteur.locator(".tours > li").filter(has=visiteur.locator("button.terme")).first
    turn.locator("button.terme").first.click()
    expect(turn.locator(".bulle").first).to_be_visible()
    said = turn.locator("p").first.evaluate("p => p.firstChild.textContent")
    turn.get_by_role("button", name="Citer").click()
    quotation = visiteur.get_by_label("Citation à copier").input_value()
    assert said.strip() in quotation
    assert "dans le glossaire" not in quotation


def test_a_fil_rouge_leads_to_the_second_where_it_is_named(contexte):
    page = contexte(width=390, java_script_enabled=False).new_page()
    page.goto("/fils-rouges/silver-geek/")
    page.locator("#on-en-parle ~ ul").get_by_role("link", name="à 2:25").click()
    current = page.locator(".tours [aria-current]")
    expect(current.get_by_role("link", name="Silver Geek")).to_have_attribute("href", "/fils-rouges/silver-geek/")


def test_a_self_check_is_answered_by_keyboard(visiteur):
    visiteur.goto(f"{ADRESSE}#verifier")
    question = visiteur.locator(".autocontrole").first
    question.get_by_label("Face à face").focus()
    visiteur.keyboard.press("ArrowDown")
    expect(question.get_by_label("Côte à côte")).to_be_checked()
    visiteur.keyboard.press("Tab")
    visiteur.keyboard.press("Enter")
    expect(question.get_by_text("Bonne réponse :")).to_be_visible()


def test_a_self_check_prints_with_its_answers(contexte):
    page = contexte(java_script_enabled=False).new_page()
    page.goto(ADRESSE)
    page.emulate_media(media="print")
    expect(page.locator(".autocontrole").first.get_by_text("Bonne réponse :")).to_be_visible()
