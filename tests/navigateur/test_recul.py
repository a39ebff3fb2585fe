"""« Prenons du recul » and the levers: answered on the device, by keyboard alone, and never sent."""

import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.navigateur.attente import attendre
from tests.navigateur.test_accessibilite import RULES

EPISODE = "/mooc/episode-1/"
KEPT = "Vos réponses sont gardées sur cet appareil."
# An editor moves a lever and gives it another title, adds a level below all others and rewords another one.
MODIFIER = """
from parcours.models import LeviersPage, NiveauDePosition
page = LeviersPage.objects.get()
levers, levels = list(page.leviers.all()), list(page.niveaux.all())
levers[0].titre, levers[0].sort_order = "Un titre du jour", 99
next(level for level in levels if level.libelle == "Premières idées").libelle = "Quelques idées"
for level in levels:
    level.sort_order += 1
page.leviers, page.niveaux = levers, [NiveauDePosition(libelle="Sans objet", sort_order=0), *levels]
page.save_revision().publish()
"""
GARDER = """
from parcours.models import LeviersPage
print(LeviersPage.objects.get().save_revision().pk)
"""
RETABLIR = """
from wagtail.models import Revision
Revision.objects.get(pk={}).publish()
"""
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
    visiteur.get_by_text("sont effacées de cet appareil").wait_for()
    visiteur.wait_for_timeout(500)
    assert asked == []


def test_placing_oneself_on_the_levers_asks_the_site_for_nothing(visiteur):
    visiteur.goto("/leviers/", wait_until="networkidle")
    asked = []
    visiteur.on("request", lambda request: asked.append(request.url))
    visiteur.locator("fieldset").first.get_by_label("Mis en pratique").check()
    visiteur.get_by_role("button", name="Effacer mes choix").click()
    visiteur.get_by_text("Vos choix sont effacés de cet appareil.").wait_for()
    visiteur.wait_for_timeout(500)
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
    for _ in range(60):
        visiteur.keyboard.press("Tab")
        if visiteur.evaluate(f"{focus}.textContent") == "Imprimer":
            break
    visiteur.keyboard.press("Tab")
    assert visiteur.evaluate(f"{focus}.textContent") == "Effacer mes choix"
    visiteur.keyboard.press("Enter")
    visiteur.get_by_text("Vos choix sont effacés de cet appareil.").wait_for()
    assert visiteur.evaluate("localStorage.length") == 0


@pytest.fixture
def leviers_modifies(serveur):
    """What changes the page of the levers as an editor would; it is put back afterwards."""
    before = serveur.manage("shell", "--verbosity=0", "-c", GARDER).strip()
    yield lambda: serveur.manage("shell", "--verbosity=0", "-c", MODIFIER)
    serveur.manage("shell", "--verbosity=0", "-c", RETABLIR.format(before))


def place(page, lever: int, level: str) -> None:
    page.locator("fieldset.levier").nth(lever).get_by_label(level, exact=True).check()


def test_a_choice_follows_its_lever_and_its_level_whatever_the_editors_change(visiteur, leviers_modifies):
    visiteur.goto("/leviers/")
    titles = [title.strip() for title in visiteur.locator("[data-titre]").all_inner_texts()]
    place(visiteur, 0, "Mis en pratique")
    place(visiteur, 1, "Premières idées")
    place(visiteur, 2, "Pas encore abordé")
    leviers_modifies()
    visiteur.reload()
    levers = visiteur.locator("fieldset.levier")
    assert levers.first.get_by_role("radio").count() == 6
    assert levers.first.locator("[data-titre]").inner_text() == titles[1]
    assert levers.last.locator("[data-titre]").inner_text() == "Un titre du jour"
    assert levers.last.get_by_label("Mis en pratique").is_checked()
    assert levers.nth(1).get_by_label("Pas encore abordé").is_checked()
    # A level that says something else now was not what the reader chose.
    changed = levers.first.get_by_text(re.compile("Ce niveau a été modifié depuis votre réponse.*Premières idées"))
    assert changed.is_visible()
    assert levers.first.locator("input:checked").count() == 0
    assert "Premières idées" in visiteur.locator(".bilan tbody td").first.inner_text()
    assert visiteur.locator(".bilan-point").count() == 2
    place(visiteur, 0, "Quelques idées")
    expect(changed).to_be_hidden()
    visiteur.reload()
    assert levers.first.get_by_label("Quelques idées").is_checked()
    assert levers.last.get_by_label("Mis en pratique").is_checked()


def test_a_choice_made_before_the_script_is_there_is_kept_by_it(visiteur):
    held = []
    visiteur.route(re.compile(r"/js/leviers\.[^/]*js$"), lambda route: held.append(route), times=1)  # noqa: PLW0108
    visiteur.goto("/leviers/", wait_until="commit")
    place(visiteur, 0, "Mis en pratique")
    attendre(visiteur, "() => document.readyState !== 'loading'")
    held.pop().continue_()
    attendre(visiteur, "() => document.querySelectorAll('.bilan-point').length === 1")
    visiteur.reload()
    assert visiteur.locator("fieldset.levier").first.get_by_label("Mis en pratique").is_checked()


def test_choices_kept_by_rank_or_under_another_identifier_are_taken_over(visiteur):
    visiteur.goto("/leviers/")
    anchors = visiteur.locator("fieldset.levier").evaluate_all("all => all.map(({ id }) => id)")
    title = visiteur.locator("[data-titre]").nth(1).inner_text()
    kept = {anchors[0]: 3, "autre-cle": [" ".join(title.split()), "Premières idées"], anchors[2]: "x", anchors[3]: 99}
    visiteur.evaluate("value => localStorage.setItem('leviers', value)", json.dumps(kept))
    visiteur.reload()
    levers = visiteur.locator("fieldset.levier")
    assert levers.first.get_by_label("Mis en pratique").is_checked()
    assert levers.nth(1).get_by_label("Premières idées").is_checked()
    assert visiteur.locator("input:checked").count() == 2
    place(visiteur, 0, "Premières idées")
    visiteur.reload()
    assert levers.first.get_by_label("Premières idées").is_checked()
    assert visiteur.locator("input:checked").count() == 2


def test_the_levers_show_what_another_tab_chose_and_leave_alone_what_they_cannot_read(contexte):
    context = contexte(width=390)
    one, other = context.new_page(), context.new_page()
    one.goto("/leviers/")
    other.goto("/leviers/")
    place(one, 0, "Mis en pratique")
    expect(other.locator("fieldset").first.get_by_label("Mis en pratique")).to_be_checked()
    place(other, 1, "Premières idées")
    expect(one.locator("fieldset").nth(1).get_by_label("Premières idées")).to_be_checked()
    one.evaluate("localStorage.clear()")
    expect(other.locator("input:checked")).to_have_count(0)
    for value in ("{", "[]", "12"):
        one.evaluate("value => localStorage.setItem('leviers', value)", value)
        one.reload()
        one.get_by_text("ou ceux d’avant sont illisibles").wait_for()
        place(one, 0, "Mis en pratique")
        one.get_by_text("n’a pas pu garder vos choix").wait_for()
        assert one.evaluate("localStorage.getItem('leviers')") == value
    one.get_by_role("button", name="Effacer mes choix").click()
    place(one, 0, "Mis en pratique")
    one.reload()
    assert one.locator("fieldset").first.get_by_label("Mis en pratique").is_checked()
