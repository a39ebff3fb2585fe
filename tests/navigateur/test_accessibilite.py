"""axe finds nothing on any page, on a phone in the light and on a desk in the dark; reading leaves no trace.

Every page of the site is read once on the phone, and one of each type once more on the desk.
"""

import re
import urllib.request
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

# One page of each type, the longest of its kind where there are several.
TYPES = [
    "/",
    "/kit/",
    "/kit/boite-a-outils/",
    "/kit/boite-a-outils/etudes-phare/",
    "/parcours/",
    "/parcours/animer-le-territoire/",
    "/parcours/par-ou-commencer/",
    "/mooc/",
    "/mooc/episode-2/",
    "/mooc/episode-1/presentation-du-kit/",
    "/fils-rouges/",
    "/fils-rouges/silver-geek/",
    "/rencontres/",
    "/rencontres/7e-rencontre-pionniers-alliances/",
    "/reperes/",
    "/demarche/",
    "/reseau/",
    "/documents-du-site/",
    "/glossaire/",
    "/leviers/",
    "/newsletter/",
    "/newsletter/animer-un-territoire/",
    "/lettres/",
    "/accessibilite/",
    "/plan-du-site/",
]
# What the sitemap does not tell: views that are not pages, pages asked otherwise, a video that another host keeps.
AILLEURS = "/mooc/episode-4/gardee-ailleurs/"
VUES = [
    "/kit/matrice/",
    "/kit/methode/mooc-alliances-qui-changent-les-territoires/?parcours=animer-le-territoire",
    "/parcours/par-ou-commencer/?q1=1&q2=2&q3=9",
    "/parcours/par-ou-commencer/?q1=1&q2=2&q3=2",
    "/parcours/carnet/",
    "/parcours/animer-le-territoire/attestation/",
    "/parcours/animer-le-territoire/emporter/",
    "/hors-ligne/",
    "/mooc/episode-1/presentation-du-kit/?t=142&citer=t-142",
    "/mooc/episode-1/presentation-du-kit/transcription/",
    AILLEURS,
    "/fils-rouges/?forme=partenariats&region=44",
    "/fils-rouges/comparer/?a=silver-geek&b=rien",
    "/fils-rouges/comparer/?a=silver-geek&b=charenton-saint-maurice",
    "/recherche/",
    "/recherche/?q=evaluation+partenariats",
    "/recherche/?q=xyzzyx",
]
NULLE_PART = "/nulle-part/"
# Publishes that video, and tells the key of an interview whose transcript the admin corrects.
PREPARER = """
from mooc.models import EpisodePage, TourDeParole, VideoPage
entretien = VideoPage.objects.get(slug="presentation-du-kit")
page = VideoPage(
    title="Une vidéo gardée ailleurs", slug="gardee-ailleurs", duree=200, titre_externe="Un titre là-bas",
    video_externe="https://youtu.be/abcdefghijk", affiche=entretien.affiche,
)
page.tours = [TourDeParole(sort_order=rank, debut=rank * 10, texte=f"Passage {rank}.") for rank in range(9)]
EpisodePage.objects.get(slug="episode-4").add_child(instance=page)
page.save_revision().publish()
print(entretien.pk)
"""
RANGER = "from mooc.models import VideoPage; VideoPage.objects.get(slug='gardee-ailleurs').delete()"
# What the browser keeps: storage, databases, caches, service workers.
KEPT = """async () => [
  localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,
  (await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length,
]"""
# Of what conforms, axe tells nothing back: the answer is ten times lighter.
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


@dataclass(frozen=True)
class Lecture:
    """A page as one visit found it."""

    status: int
    violations: list[str]
    sideways: bool
    kept: list[int]


def lire(page, address: str, context=None) -> Lecture:
    """Open everything that folds on a page, and judge it."""
    response = page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true })")
    found = Axe().run(page, context=context, options=RULES).response["violations"]
    # What comes late is still this page's, not the next one's.
    page.wait_for_load_state("networkidle")
    return Lecture(
        response.status,
        [f"{each['id']}: {node['target']} {node['html'][:150]}" for each in found for node in each["nodes"]],
        page.evaluate("document.documentElement.scrollWidth > innerWidth"),
        page.evaluate(KEPT),
    )


@pytest.fixture(scope="module")
def entretien(serveur):
    """The key of an interview, once the site has a video that another host keeps."""
    yield serveur.manage("shell", "--verbosity=0", "-c", PREPARER).strip()
    serveur.manage("shell", "--verbosity=0", "-c", RANGER)


@pytest.fixture(scope="module")
def plan(serveur, entretien) -> list[str]:
    """The addresses that the sitemap tells."""
    with urllib.request.urlopen(f"{serveur.url}/sitemap.xml", timeout=30) as answer:  # noqa: S310
        return [urlsplit(location).path for location in re.findall("<loc>(.+?)</loc>", answer.read().decode())]


@dataclass(frozen=True)
class Visite:
    """What the first visit of a phone to every page left, in the visit itself and in the browser."""

    lectures: dict[str, Lecture]
    cookies: list
    elsewhere: list[str]
    errors: list[str]


@pytest.fixture(scope="module")
def visite(contexte_du_module, serveur, plan) -> Visite:
    context = contexte_du_module(width=390, height=844)
    page = context.new_page()
    elsewhere, errors = [], []
    page.on("request", lambda request: elsewhere.append(request.url) if serveur.url not in request.url else None)
    page.on(
        "console", lambda message: errors.append(f"{page.url}: {message.text}") if message.type == "error" else None
    )
    page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
    lectures = {address: lire(page, address) for address in dict.fromkeys([*plan, *VUES])}
    told = Visite(lectures, context.cookies(), [url for url in elsewhere if not url.startswith("data:")], list(errors))
    lectures[NULLE_PART] = lire(page, NULLE_PART)
    return told


def _faults(lectures: dict[str, Lecture]) -> list[str]:
    faults = [f"{address}: {fault}" for address, lecture in lectures.items() for fault in lecture.violations]
    return faults + [f"{address} scrolls sideways" for address, lecture in lectures.items() if lecture.sideways]


def test_axe_finds_no_violation_on_any_page_of_the_site_on_a_phone(visite, plan):
    assert len(plan) > 60
    assert {AILLEURS, *TYPES} <= {*plan}
    assert not _faults(visite.lectures)


def test_axe_finds_no_violation_on_each_type_of_page_on_a_desk_in_the_dark(contexte, entretien):
    page = contexte(color_scheme="dark").new_page()
    assert not _faults({address: lire(page, address) for address in [*TYPES, *VUES, NULLE_PART]})


@pytest.mark.parametrize("vue", ["transcription", "renvois"])
def test_axe_finds_no_violation_where_an_editor_mends_an_interview(redaction, entretien, vue):
    lecture = lire(redaction, f"/admin/mooc/entretiens/{entretien}/{vue}/", context="main")
    assert lecture.status == 200
    assert not lecture.violations


def test_a_first_visit_of_every_page_leaves_no_cookie_no_storage_and_asks_nobody_else(visite):
    answers = {address: lecture.status for address, lecture in visite.lectures.items()}
    assert answers.pop(NULLE_PART) == 404
    assert set(answers.values()) == {200}, answers
    assert not [address for address, lecture in visite.lectures.items() if any(lecture.kept)]
    assert not visite.cookies
    assert not visite.elsewhere
    assert not visite.errors
