"""« Prenons du recul » and the levers: answered on the device, by keyboard alone, and never sent."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.navigateur.attente import attendre
from tests.navigateur.test_accessibilite import RULES

EPISODE = "/mooc/episode-1/"
KEPT = "Vos réponses sont gardées sur cet appareil."
UNE, DEUX = "Une première réponse.\nSur deux lignes.", "<b>Autre</b> & « réponse »"


def answers(page):
    return page.locator(".questions-recul textarea")


def write(page, *texts: str) -> None:
    for rank, text in enumerate(texts):
        answers(page).nth(rank).fill(text)
    page.get_by_text(KEPT).wait_for()


def test_answers_are_written_kept_over_a_reload_and_erased_with_everything(visiteur):
    visiteur.goto(EPISODE)
    assert visiteur.evaluate("localStorage.length") == 0
    write(visiteur, UNE, DEUX)
    visiteur.reload()
    assert [answers(visiteur).nth(rank).input_value() for rank in range(3)] == [UNE, DEUX, ""]
    visiteur.goto("/mooc/episode-2/")
    assert answers(visiteur).first.input_value() == ""
    visiteur.goto("/parcours/carnet/")
    visiteur.get_by_role("button", name="Tout effacer").click()
    visiteur.get_by_text("Tout est effacé.").wait_for()
    visiteur.goto(EPISODE)
    assert answers(visiteur).first.input_value() == ""


def test_answering_asks_the_site_for_nothing(visiteur):
    visiteur.goto(EPISODE, wait_until="networkidle")
    asked = []
    visiteur.on("request", lambda request: asked.append(request.url) if not request.url.startswith("blob:") else None)
    write(visiteur, UNE)
    with visiteur.expect_download():
        visiteur.get_by_role("button", name="Télécharger (texte)").click()
    visiteur.get_by_role("button", name="Effacer mes réponses").click()
    visiteur.goto("/leviers/", wait_until="networkidle")
    asked.clear()
    visiteur.locator("fieldset").first.get_by_label("Mis en pratique").check()
    visiteur.get_by_role("button", name="Effacer mes choix").click()
    assert asked == []


def test_answers_are_exported_as_text_and_as_json(visiteur):
    visiteur.goto(EPISODE)
    write(visiteur, UNE, DEUX)
    files = {}
    for kind, name in (("txt", "Télécharger (texte)"), ("json", "Télécharger (JSON)")):
        with visiteur.expect_download() as download:
            visiteur.get_by_role("button", name=name).click()
        assert download.value.suggested_filename == f"prenons-du-recul-episode-1.{kind}"
        files[kind] = download.value.path().read_text()
    assert UNE in files["txt"]
    assert DEUX in files["txt"]
    assert "(sans réponse)" in files["txt"]
    said = json.loads(files["json"])["reponses"]
    assert [answer["reponse"] for answer in said[:3]] == [UNE, DEUX, ""]
    assert all(answer["question"].endswith("?") for answer in said)


def test_the_printed_page_holds_the_answers_whole_and_room_for_the_others(contexte):
    page = contexte(width=1280).new_page()
    page.goto(EPISODE)
    long = "Une longue réponse. " * 120
    write(page, long)
    page.evaluate("window.print = () => document.documentElement.setAttribute('data-imprime', '')")
    page.get_by_role("button", name="Imprimer mes réponses").click()
    page.emulate_media(media="print")
    assert page.locator(".reponse").first.inner_text().strip() == long.strip()
    assert page.locator(".questions-recul textarea:visible").count() == 0
    room = "(node) => parseFloat(getComputedStyle(node, '::after').height) || 0"
    items = page.locator(".questions-recul li")
    assert (items.nth(0).evaluate(room), items.nth(1).evaluate(room) > 20) == (0, True)
    assert page.locator("h1").is_visible()
    assert not page.locator("#questions").is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#questions").is_visible()


def test_without_javascript_the_questions_are_read_and_printed_with_room_for_a_pen(contexte):
    page = contexte(java_script_enabled=False).new_page()
    page.goto(EPISODE)
    assert page.locator(".questions-recul li").first.is_visible()
    assert page.get_by_role("button", name="Imprimer mes réponses").count() == 0
    page.emulate_media(media="print")
    heights = [item.bounding_box()["height"] for item in page.locator(".questions-recul li").all()]
    assert min(heights) > 60


def test_erased_answers_can_be_put_back(visiteur):
    visiteur.goto(EPISODE)
    write(visiteur, UNE)
    visiteur.get_by_role("button", name="Effacer mes réponses").click()
    visiteur.get_by_text("sont effacées de cet appareil").wait_for()
    assert visiteur.evaluate("localStorage.length") == 0
    visiteur.get_by_role("button", name="Annuler : remettre mes réponses").click()
    visiteur.reload()
    assert answers(visiteur).first.input_value() == UNE


def test_a_page_shown_again_as_it_was_left_does_not_show_what_was_erased_since(visiteur):
    visiteur.goto(EPISODE)
    write(visiteur, UNE)
    visiteur.evaluate("localStorage.clear()")
    visiteur.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    assert answers(visiteur).first.input_value() == ""


def test_a_question_written_again_keeps_its_answer_and_one_removed_shows_it_apart(visiteur):
    visiteur.goto(EPISODE)
    write(visiteur, UNE, DEUX)
    visiteur.evaluate("""() => {
      const all = JSON.parse(localStorage.getItem("recul"));
      const mine = Object.values(all)[0];
      const [[, first], [, second]] = Object.entries(mine);
      for (const key of Object.keys(mine)) delete mine[key];
      Object.assign(mine, { "autre-cle": first, "encore-une": ["Une question d’avant ?", second[1]] });
      localStorage.setItem("recul", JSON.stringify(all));
    }""")
    visiteur.reload()
    assert (answers(visiteur).first.input_value(), answers(visiteur).nth(1).input_value()) == (UNE, "")
    old = visiteur.get_by_label("Une question d’avant ? (question retirée depuis)")
    assert old.input_value() == DEUX
    old.fill("")
    visiteur.get_by_text(KEPT).wait_for()
    visiteur.reload()
    assert old.count() == 0
    assert answers(visiteur).first.input_value() == UNE


def test_a_full_or_broken_storage_says_so_and_leaves_the_answer_in_the_page(contexte):
    page = contexte(width=390).new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(EPISODE)
    page.evaluate(
        "() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"
    )
    answers(page).first.fill(UNE)
    page.get_by_text("Ce navigateur n’a pas pu garder vos réponses").wait_for()
    assert answers(page).first.input_value() == UNE
    page.evaluate("() => { Storage.prototype.getItem = () => { throw new DOMException('no', 'SecurityError'); }; }")
    page.get_by_role("button", name="Effacer mes réponses").click()
    assert answers(page).first.input_value() == UNE
    for value in ("{", "[]", "12", '{"x": 3}'):
        page.goto(EPISODE)
        page.evaluate("value => localStorage.setItem('recul', value)", value)
        page.reload()
        answers(page).first.fill(UNE)
        page.locator(".recul [role=status]:not(:empty)").wait_for()
    assert errors == []


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_axe_finds_nothing_where_one_answers(contexte, width, scheme):
    page = contexte(width=width, color_scheme=scheme).new_page()
    page.goto(EPISODE)
    write(page, UNE)
    found = Axe().run(page, options=RULES).response["violations"]
    assert not [f"{violation['id']}: {violation['nodes'][0]['html'][:150]}" for violation in found]
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_levers_are_set_read_and_erased_by_keyboard_alone(visiteur):
    visiteur.goto("/leviers/")
    focus = "document.activeElement"
    count = visiteur.locator("fieldset.levier").count()
    for _ in range(60):
        visiteur.keyboard.press("Tab")
        if visiteur.evaluate(f"{focus}.type === 'radio'"):
            break
    for rank in range(count):
        assert visiteur.evaluate(f"{focus}.name") == visiteur.locator("fieldset.levier").nth(rank).get_attribute("id")
        visiteur.keyboard.press("Space")
        for _ in range(rank % 3):
            visiteur.keyboard.press("ArrowDown")
        visiteur.keyboard.press("Tab")
    attendre(visiteur, "count => document.querySelectorAll('.bilan-point').length === count", count)
    levels = [label.inner_text().strip() for label in visiteur.locator("fieldset").first.locator("label").all()]
    rows = visiteur.locator(".bilan tbody td").all_inner_texts()
    assert rows == [levels[rank % 3] for rank in range(count)]
    assert visiteur.locator(".bilan svg").get_attribute("role") == "img"
    visiteur.reload()
    assert visiteur.locator(".bilan tbody td").all_inner_texts() == rows
    visiteur.get_by_role("button", name="Imprimer").focus()
    visiteur.keyboard.press("Tab")
    assert visiteur.evaluate(f"{focus}.textContent") == "Effacer mes choix"
    visiteur.keyboard.press("Enter")
    visiteur.get_by_text("Vos choix sont effacés de cet appareil.").wait_for()
    assert visiteur.evaluate("localStorage.length") == 0
