"""What a real browser tells of the results that it opens, and does not when asked not to."""

import sqlite3
import time

from playwright.sync_api import expect

NAVIGATEUR = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"


def clics(serveur, texte: str) -> list[tuple[int, int]]:
    """Ranks opened and how many times."""
    with sqlite3.connect(serveur.var / "base.sqlite3") as base:
        return base.execute(
            "SELECT rang, c.nombre FROM search_clicdujour c JOIN search_recherchedujour r ON r.id = c.recherche_id "
            "WHERE cle = ? ORDER BY rang",
            [texte],
        ).fetchall()


def rang_d_une_page(liens, depuis: int) -> int:
    """The rank, from `depuis`, of a result that opens a page: a browser without a window downloads a file instead."""
    return next(n for n in range(depuis, 11) if "/documents/" not in liens.nth(n - 1).get_attribute("href"))


def test_opening_a_result_counts_its_rank(contexte, serveur):
    page = contexte(user_agent=NAVIGATEUR).new_page()
    page.goto("/recherche/?q=Partenariat")
    liens = page.locator(".recherche-hit h3 a")
    rang = rang_d_une_page(liens, 2)
    with page.expect_request("**/recherche/clic/"):
        liens.nth(rang - 1).click()
    page.wait_for_url(lambda adresse: "/recherche/" not in adresse)
    for _ in range(50):
        if clics(serveur, "partenariat"):
            break
        time.sleep(0.1)
    assert clics(serveur, "partenariat") == [(rang, 1)]
    assert not page.context.cookies()


def test_a_browser_that_asks_not_to_be_tracked_tells_nothing(contexte):
    page = contexte(user_agent=NAVIGATEUR, extra_http_headers={"Sec-GPC": "1"}).new_page()
    page.add_init_script("Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })")
    dits = []
    page.on("request", lambda requete: dits.append(requete.url) if "/recherche/clic/" in requete.url else None)
    page.goto("/recherche/?q=alliance")
    liens = page.locator(".recherche-hit h3 a")
    liens.nth(rang_d_une_page(liens, 1) - 1).click()
    page.wait_for_url(lambda adresse: "/recherche/" not in adresse)
    expect(page.locator("h1")).to_be_visible()
    assert dits == []
