"""What a real browser tells of the steps that a reader follows, and does not when asked not to."""

import sqlite3
import time

import pytest

from tests.navigateur.attente import suivre

ANIMER = "/parcours/animer-le-territoire/"
CARNET = "/parcours/carnet/"
NAVIGATEUR = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"


def comptees(serveur) -> tuple[int, int]:
    """Steps reached and read, all together."""
    with sqlite3.connect(serveur.var / "base.sqlite3") as base:
        query = "SELECT COALESCE(SUM(atteintes), 0), COALESCE(SUM(lectures), 0) FROM parcours_etapedujour"
        return base.execute(query).fetchone()


def attendre_le_compte(serveur, attendu: tuple[int, int]) -> None:
    for _ in range(50):
        if comptees(serveur) == attendu:
            break
        time.sleep(0.1)
    assert comptees(serveur) == attendu


def dits(page) -> list[str]:
    """What the page sends, from here on."""
    said = []
    page.on("request", lambda request: said.append(request.post_data or "") if request.method == "POST" else None)
    return said


def ouvrir(page, numero: int) -> None:
    page.goto(ANIMER)
    suivre(page, page.locator(f"#etape-{numero} a"))
    page.get_by_text(f"Étape {numero} sur 20", exact=True).wait_for()


def marquer(page, nom: str = "Marquer comme lu") -> None:
    page.get_by_role("button", name=nom).click()
    page.get_by_text("C’est noté").wait_for()


def test_the_first_time_on_a_device_is_counted_and_only_once_the_reader_has_a_notebook(contexte, serveur):
    page = contexte(width=390, user_agent=NAVIGATEUR).new_page()
    said = dits(page)
    reached, read = comptees(serveur)
    ouvrir(page, 1)
    suivre(page, page.locator("a[rel=next]"))
    page.get_by_text("Étape 2 sur 20", exact=True).wait_for()
    page.wait_for_load_state("networkidle")
    assert said == []
    assert page.evaluate("localStorage.length") == 0

    marquer(page)
    attendre_le_compte(serveur, (reached + 1, read + 1))
    suivre(page, page.locator("a[rel=next]"))
    attendre_le_compte(serveur, (reached + 2, read + 1))
    # Again, undone, done again: not the first time any more.
    page.reload()
    ouvrir(page, 2)
    marquer(page, "Marquer comme non lu")
    marquer(page)
    ouvrir(page, 3)
    # One more step, counted, says that what came before it was not.
    ouvrir(page, 4)
    attendre_le_compte(serveur, (reached + 3, read + 1))
    assert len(said) == 3
    assert page.context.cookies() == []


def test_a_reader_who_refuses_is_not_counted(contexte, serveur):
    page = contexte(width=390, user_agent=NAVIGATEUR).new_page()
    before, said = comptees(serveur), dits(page)
    page.goto(CARNET)
    page.get_by_label("Ne pas compter mes étapes").check()
    page.get_by_text("C’est noté : rien ne sera compté.").wait_for()
    ouvrir(page, 1)
    marquer(page)
    ouvrir(page, 2)
    page.wait_for_load_state("networkidle")
    page.goto(CARNET)
    assert page.get_by_label("Ne pas compter mes étapes").is_checked()
    assert (said, comptees(serveur)) == ([], before)
    # The refusal goes with all the rest: the box must not promise what is not kept any more.
    page.get_by_role("button", name="Tout effacer").click()
    page.get_by_text("Tout est effacé.").wait_for()
    assert not page.get_by_label("Ne pas compter mes étapes").is_checked()
    page.get_by_role("button", name="Annuler : remettre mes marques").click()
    page.get_by_text("sont remises sur cet appareil").wait_for()
    assert page.get_by_label("Ne pas compter mes étapes").is_checked()


@pytest.mark.parametrize(("asked", "value"), [("globalPrivacyControl", "true"), ("doNotTrack", "'1'")])
def test_a_browser_that_asks_not_to_be_tracked_tells_nothing_and_keeps_nothing_for_it(contexte, asked, value):
    page = contexte(width=390, user_agent=NAVIGATEUR).new_page()
    page.add_init_script(f"Object.defineProperty(navigator, '{asked}', {{ value: {value} }})")
    said = dits(page)
    ouvrir(page, 1)
    marquer(page)
    ouvrir(page, 2)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("localStorage.getItem('carnet-mesure')") is None
    page.goto(CARNET)
    page.get_by_text("Votre navigateur demande à ne pas être suivi").wait_for()
    assert page.get_by_label("Ne pas compter mes étapes").is_disabled()
    assert said == []


def test_what_is_done_offline_is_counted_once_on_return(contexte, serveur):
    page = contexte(width=390, user_agent=NAVIGATEUR).new_page()
    reached, read = comptees(serveur)
    ouvrir(page, 1)
    # What a page already there needs to count, and the network would not give any more.
    page.evaluate(
        """async () => {
          const scripts = performance.getEntriesByType("resource").map(({ name }) => name);
          const path = scripts.find((name) => name.includes("/js/carnet.")).replace(/carnet\\.[^/]*$/, "");
          const source = await (await fetch(scripts.find((name) => name.includes("/js/carnet.")))).text();
          await import(path + /carnet\\/compte\\.\\w+\\.js/.exec(source)[0]);
        }"""
    )
    said = dits(page)
    page.context.set_offline(True)
    marquer(page)
    marquer(page, "Marquer comme non lu")
    marquer(page)
    assert said == []
    page.context.set_offline(False)
    attendre_le_compte(serveur, (reached + 1, read + 1))
    page.reload(wait_until="networkidle")
    assert len(said) == 1
    assert comptees(serveur) == (reached + 1, read + 1)


def test_what_it_remembers_may_be_corrupt_and_breaks_nothing(contexte):
    page = contexte(width=390, user_agent=NAVIGATEUR).new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(ANIMER)
    for value in ("{", "[]", "null", '{"vues": 3, "a_dire": {"x": 1}}', '"texte"'):
        page.evaluate("value => localStorage.setItem('carnet-mesure', value)", value)
        ouvrir(page, 1)
        marquer(page)
        marquer(page, "Marquer comme non lu")
    assert errors == []
