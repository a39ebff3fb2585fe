"""A learner watches and reads an interview, by mouse, by keyboard, without JavaScript, without motion."""

import re

import pytest

from home.chargement.mooc import FICHIERS
from tests.navigateur.attente import attendre

ADRESSE = "/mooc/episode-1/presentation-du-kit/"
SECONDE = "document.querySelector('video').currentTime"
ACTUEL = "document.querySelector('.tours [aria-current]')?.id"


def _answer_by_ranges(route):
    """What a server that knows byte ranges answers: the player's seeking is judged apart from ours."""
    content = (FICHIERS / "presentation-du-kit.mp4").read_bytes()
    start, end = re.fullmatch(r"bytes=(\d+)-(\d*)", route.request.headers["range"]).groups()
    first, last = int(start), int(end or len(content) - 1)
    headers = {"Content-Type": "video/mp4", "Content-Range": f"bytes {first}-{last}/{len(content)}"}
    route.fulfill(status=206, headers=headers, body=content[first : last + 1])


def test_a_click_on_a_time_seeks_without_moving_the_focus(visiteur):
    visiteur.route("**/*.mp4", _answer_by_ranges)
    visiteur.goto(ADRESSE)
    assert visiteur.evaluate(ACTUEL) is None
    link = visiteur.locator(".tours a").nth(6)
    link.click()
    second = int(link.get_attribute("href").split("=")[1].split("#")[0])
    attendre(visiteur, f"second => Math.abs({SECONDE} - second) < 2", second)
    assert visiteur.evaluate(ACTUEL) == f"t-{second}"
    assert visiteur.evaluate("document.activeElement.getAttribute('href')") == link.get_attribute("href")
    assert f"?t={second}" in visiteur.url


def test_the_enter_key_seeks_and_keeps_the_focus(visiteur):
    visiteur.route("**/*.mp4", _answer_by_ranges)
    visiteur.goto(ADRESSE)
    link = visiteur.locator(".tours a").nth(9)
    link.focus()
    visiteur.keyboard.press("Enter")
    second = int(link.get_attribute("href").split("=")[1].split("#")[0])
    attendre(visiteur, f"second => Math.abs({SECONDE} - second) < 2", second)
    assert visiteur.evaluate("document.activeElement.getAttribute('href')") == link.get_attribute("href")


def test_an_address_with_a_second_opens_there_and_loads_no_video(visiteur):
    asked = []
    visiteur.on("request", lambda request: asked.append(request.url))
    visiteur.goto(f"{ADRESSE}?t=142")
    assert visiteur.evaluate(SECONDE) == pytest.approx(142, abs=0.5)
    assert visiteur.evaluate(ACTUEL) == "t-142"
    assert not [url for url in asked if url.endswith(".mp4")]


def test_the_text_follows_only_when_asked(contexte):
    page = contexte(reduced_motion="no-preference").new_page()
    page.route("**/*.mp4", _answer_by_ranges)
    page.goto(ADRESSE)
    box = page.get_by_label("Faire défiler le texte pendant la lecture")
    assert not box.is_checked()
    first, last = page.locator(".chapitres a").first, page.locator(".chapitres a").last
    last.scroll_into_view_if_needed()
    top = page.evaluate("scrollY")
    last.click()
    assert page.evaluate("scrollY") == top
    box.check()
    first.click()
    last.click()
    attendre(page, "top => scrollY > top + 200", top)


def test_nothing_follows_under_reduced_motion(contexte):
    page = contexte(reduced_motion="reduce").new_page()
    page.goto(ADRESSE)
    assert not page.get_by_label("Faire défiler le texte pendant la lecture").is_visible()


def test_everything_but_seeking_works_without_javascript(contexte):
    page = contexte(width=390, java_script_enabled=False).new_page()
    page.goto(ADRESSE)
    assert page.locator("video[controls]").is_visible()
    assert not page.locator(".suivre").is_visible()
    page.locator(".tours a").nth(4).click()
    current = page.locator(".tours [aria-current=true]")
    assert current.count() == 1
    assert page.url.endswith(f"#{current.get_attribute('id')}")
    assert page.get_by_text("lire ce passage dans la transcription").is_visible()


def test_the_site_serves_the_video_by_ranges(visiteur):
    visiteur.goto(ADRESSE)
    address = visiteur.locator("video source").get_attribute("src")
    response = visiteur.request.get(address, headers={"Range": "bytes=100000-100099"})
    assert response.status == 206
    assert len(response.body()) == 100
