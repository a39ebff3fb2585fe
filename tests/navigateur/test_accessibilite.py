"""axe finds nothing on any page type, on a phone in the dark and on a desk in the light; reading leaves no trace."""

import pytest
from axe_playwright_python.sync_playwright import Axe

# One page of each type, and the views that are not pages; the longest of its kind where there are several.
PAGES = [
    "/",
    "/kit/",
    "/kit/boite-a-outils/",
    "/kit/methode/mooc-alliances-qui-changent-les-territoires/?parcours=animer-le-territoire",
    "/kit/boite-a-outils/etudes-phare/",
    "/kit/matrice/",
    "/parcours/",
    "/parcours/animer-le-territoire/",
    "/parcours/par-ou-commencer/",
    "/parcours/par-ou-commencer/?q1=1&q2=2&q3=9",
    "/parcours/par-ou-commencer/?q1=1&q2=2&q3=2",
    "/parcours/carnet/",
    "/mooc/",
    "/mooc/episode-1/",
    "/mooc/episode-2/",
    "/mooc/episode-1/presentation-du-kit/",
    "/mooc/episode-1/presentation-du-kit/?t=142&citer=t-142",
    "/mooc/episode-1/presentation-du-kit/transcription/",
    "/fils-rouges/",
    "/fils-rouges/?forme=partenariats&region=44",
    "/fils-rouges/comparer/?a=silver-geek&b=rien",
    "/fils-rouges/comparer/?a=silver-geek&b=charenton-saint-maurice",
    "/fils-rouges/silver-geek/",
    "/fils-rouges/district-solidaire/",
    "/rencontres/",
    "/rencontres/7e-rencontre-pionniers-alliances/",
    "/reperes/",
    "/demarche/",
    "/reseau/",
    "/documents-du-site/",
    "/glossaire/",
    "/leviers/",
    "/newsletter/",
    "/lettres/",
    "/recherche/",
    "/recherche/?q=evaluation+partenariats",
    "/recherche/?q=xyzzyx",
    "/accessibilite/",
    "/mentions-legales/",
    "/donnees-personnelles/",
    "/plan-du-site/",
    "/nulle-part/",
]
# What the browser keeps: storage, databases, caches, service workers.
KEPT = """async () => [
  localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,
  (await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length,
]"""
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_axe_finds_no_violation(contexte, address, width, scheme):
    page = contexte(width=width, color_scheme=scheme).new_page()
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true })")
    results = Axe().run(page, options=RULES)
    found = [
        f"{violation['id']}: {node['target']} {node['html'][:150]}"
        for violation in results.response["violations"]
        for node in violation["nodes"]
    ]
    assert not found, "\n".join(found)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"


def test_a_first_visit_of_every_page_leaves_no_cookie_no_storage_and_asks_nobody_else(contexte, serveur):
    context = contexte(width=390, height=844)
    page = context.new_page()
    elsewhere, errors = [], []
    page.on("request", lambda request: elsewhere.append(request.url) if serveur.url not in request.url else None)
    page.on(
        "console", lambda message: errors.append(f"{page.url}: {message.text}") if message.type == "error" else None
    )
    page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
    for address in PAGES[:-1]:
        response = page.goto(address, wait_until="networkidle")
        assert response.status == 200, address
        assert page.evaluate(KEPT) == [0, 0, 0, 0, 0], address
    assert not context.cookies()
    assert not [url for url in elsewhere if not url.startswith("data:")]
    assert not errors
