"""The notebook without JavaScript, or before its script has come."""

import re

from tests.navigateur.attente import suivre
from tests.navigateur.carnet import ANIMER, CARNET, mark_step, notebook_of, read_count, resume


def test_without_javascript_steps_mark_counter_and_resume(contexte):
    context = contexte(width=390, height=844, java_script_enabled=False)
    page = context.new_page()
    page.goto(ANIMER)
    suivre(page, page.get_by_role("link", name="Commencer par l’étape 1"))
    for _ in range(2):
        page.get_by_role("button", name="Marquer comme lu").click()
        page.get_by_role("button", name="Marquer comme non lu").wait_for()
        suivre(page, page.locator("a[rel=next]"))
    (cookie,) = context.cookies()
    assert (cookie["name"], cookie["httpOnly"], cookie["sameSite"]) == ("carnet", True, "Lax")
    page.goto(ANIMER)
    page.get_by_text("2 étapes lues sur 20").wait_for()
    assert page.locator(".etapes .lu").count() == 2
    suivre(page, page.get_by_role("link", name="Reprendre à l’étape 3"))
    page.get_by_text("Étape 3 sur 20", exact=True).wait_for()
    page.goto("/parcours/")
    page.get_by_role("link", name="Reprendre « Animer son territoire », étape 3").wait_for()
    page.goto(ANIMER)
    suivre(page, page.locator("#etape-1 a"))
    page.get_by_role("button", name="Marquer comme non lu").click()
    page.get_by_role("button", name="Marquer comme lu").wait_for()
    page.goto(ANIMER)
    page.get_by_text("1 étape lue sur 20").wait_for()


def test_without_javascript_a_code_joins_two_devices(contexte):
    here = contexte(width=390, java_script_enabled=False).new_page()
    there = contexte(width=390).new_page()
    here.goto(ANIMER)
    suivre(here, here.locator("#etape-1 a"))
    suivre(here, here.get_by_role("button", name="Marquer comme lu"))
    here.goto(CARNET)
    suivre(here, here.get_by_role("button", name="Créer un code de reprise"))
    code = here.locator("[data-code]").inner_text()
    mark_step(there, 2)
    resume(there, code)
    read_count(there, 2)
    here.get_by_label("Les douze mots du code").fill(code)
    here.get_by_role("button", name="Reprendre ici").click()
    here.get_by_text("2 étapes lues sur 20").wait_for()


def test_when_javascript_comes_back_the_marks_leave_the_cookie(contexte):
    context = contexte(width=390)
    # Pressed before the script was there: the form posts by itself.
    page = context.new_page()
    page.route("**/*.js", lambda route: route.abort())
    page.goto(ANIMER)
    suivre(page, page.locator("#etape-1 a"))
    page.get_by_role("button", name="Marquer comme lu").click()
    page.get_by_role("button", name="Marquer comme non lu").wait_for()
    assert [cookie["name"] for cookie in context.cookies()] == ["carnet"]
    page.unroute_all()
    with page.expect_response(lambda response: response.request.method == "DELETE"):
        page.goto(ANIMER)
    page.get_by_text("1 étape lue sur 20").wait_for()
    assert context.cookies() == []
    page.goto("/parcours/")
    page.get_by_role("link", name="Reprendre « Animer son territoire », étape 2").wait_for()


def open_step_without_its_script(page) -> None:
    """The network holds the script of the first page that asks for it, until its reader has gone on."""
    page.goto(ANIMER)
    page.route(re.compile(r"/js/carnet\.[^/]*js$"), lambda route: None, times=1)
    with page.expect_navigation(wait_until="commit"):
        page.locator("#etape-1 a").click()


def test_what_the_cookie_held_is_shown_before_the_cookie_is_gone(visiteur):
    open_step_without_its_script(visiteur)
    visiteur.route(
        "**/parcours/carnet/temoin/", lambda route: route.continue_() if route.request.method == "GET" else None
    )
    visiteur.get_by_role("button", name="Marquer comme lu").click()
    visiteur.get_by_role("button", name="Marquer comme non lu").wait_for()


def test_a_mark_made_before_the_script_is_there_is_kept_and_taken_over_by_it(contexte):
    context = contexte(width=390)
    page = context.new_page()
    open_step_without_its_script(page)
    with page.expect_response(lambda response: response.request.method == "DELETE"):
        suivre(page, page.get_by_role("button", name="Marquer comme lu"))
    page.get_by_role("button", name="Marquer comme non lu").wait_for()
    ((read_ms, undone_ms, *_),) = notebook_of(page).values()
    assert read_ms > undone_ms
    assert context.cookies() == []
    # From here on it is a mark like another.
    page.get_by_role("button", name="Marquer comme non lu").click()
    page.get_by_text("C’est noté : page non lue.").wait_for()
    read_count(page, 0)
