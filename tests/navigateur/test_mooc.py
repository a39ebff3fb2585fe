"""A learner watches and reads an interview, by mouse, by keyboard, without JavaScript, without motion."""

import re

import pytest
from playwright.sync_api import expect

from tests.navigateur.attente import attendre

ADRESSE = "/mooc/episode-1/presentation-du-kit/"
SECONDE = "document.querySelector('video').currentTime"
ACTUEL = "document.querySelector('.tours [aria-current]')?.id"


def test_a_click_on_a_time_seeks_without_moving_the_focus(visiteur):
    visiteur.goto(ADRESSE)
    assert visiteur.evaluate(ACTUEL) is None
    link = visiteur.locator(".tours li > a").nth(6)
    link.click()
    second = int(link.get_attribute("href").split("=")[1].split("#")[0])
    attendre(visiteur, f"second => Math.abs({SECONDE} - second) < 2", second)
    assert visiteur.evaluate(ACTUEL) == f"t-{second}"
    assert visiteur.evaluate("document.activeElement.getAttribute('href')") == link.get_attribute("href")
    assert f"?t={second}" in visiteur.url


def test_the_enter_key_seeks_and_keeps_the_focus(visiteur):
    visiteur.goto(ADRESSE)
    link = visiteur.locator(".tours li > a").nth(9)
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


def test_a_second_beyond_the_end_is_no_second_for_the_script_either(visiteur):
    visiteur.goto(f"{ADRESSE}?t=99999")
    assert visiteur.evaluate(SECONDE) == 0
    assert visiteur.evaluate(ACTUEL) is None


def test_playing_marks_each_turn_as_it_comes(visiteur):
    visiteur.goto(f"{ADRESSE}?t=142")
    visiteur.evaluate("const v = document.querySelector('video'); v.muted = true; v.play()")
    attendre(visiteur, f"() => {ACTUEL} === 't-145'")
    assert visiteur.locator(".tours [aria-current]").count() == 1


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (960, 640)])
def test_whoever_follows_the_text_keeps_the_player_in_sight(contexte, width, height):
    page = contexte(width=width, height=height, reduced_motion="no-preference").new_page()
    page.goto(ADRESSE)
    page.get_by_label("Faire défiler le texte pendant la lecture").check()
    link = page.locator(".tours li > a").last
    link.click()
    turn = page.locator(".tours li[aria-current]")
    expect(turn).to_have_attribute("id", page.locator(".tours li").last.get_attribute("id"))
    expect(turn).to_be_in_viewport(ratio=1)
    expect(page.locator("video")).to_be_in_viewport(ratio=1)
    video, text = page.locator("video").bounding_box(), turn.bounding_box()
    assert text["x"] + text["width"] <= video["x"], "the player hides nothing"


def test_the_text_follows_only_when_asked(contexte):
    page = contexte(reduced_motion="no-preference").new_page()
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
    assert not page.get_by_role("button", name="Imprimer").is_visible()
    page.locator(".tours li > a").nth(4).click()
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


# --- quotations

CITATION = "document.querySelector('#citation textarea')?.value"


def test_a_passage_is_quoted_by_keyboard_as_the_server_quotes_it(contexte):
    context = contexte(width=390, height=844)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(ADRESSE)
    page.locator(".tours a[href='?t=142#t-142']").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Citer"
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="La citation est copiée.")).to_be_attached()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert page.evaluate(CITATION) == copied
    assert copied.endswith("/mooc/episode-1/presentation-du-kit/?t=142#t-142")
    assert page.evaluate("document.activeElement.value") == "t-142"
    page.locator("#citation textarea").focus()
    page.keyboard.press("Escape")
    assert page.locator("#citation").count() == 0
    assert page.evaluate("document.activeElement.value") == "t-142"

    bare = contexte(java_script_enabled=False).new_page()
    bare.goto(ADRESSE)
    bare.locator("#t-142").get_by_role("button", name="Citer").click()
    assert bare.locator("#citation textarea").input_value() == copied
    assert bare.locator("#t-142 #citation").count() == 1
    bare.get_by_role("link", name="Revenir au passage").click()
    assert bare.url.endswith("#t-142")


def test_where_nothing_may_be_copied_the_quotation_is_selected(contexte):
    context = contexte()
    context.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page = context.new_page()
    page.goto(ADRESSE)
    page.locator("#t-26").get_by_role("button", name="Citer").click()
    expect(page.get_by_label("Citation à copier")).to_be_focused()
    assert page.evaluate("getSelection().toString()") == page.evaluate(CITATION)
    assert "copiez-le" in page.locator("#citation").inner_text()


# --- keyboard, reading, printing


def test_the_whole_interview_is_used_by_keyboard_alone(visiteur):
    visiteur.goto(ADRESSE)
    timed = visiteur.locator(".tours > li:has(> a)").count()
    stops, seen = [], set()
    for _ in range(200):
        visiteur.keyboard.press("Tab")
        stop = visiteur.evaluate(
            """() => { const e = document.activeElement;
            return [e.tagName, e.closest(".tours") ? e.closest("li").id : "", e.textContent.trim()] }"""
        )
        if stop[1] in seen and stop[0] == "BODY":
            break
        stops.append(stop)
        seen.add(stop[1])
        if stop[0] == "BODY":
            break
    assert "VIDEO" in {tag for tag, *_ in stops}
    # A link to its second and « Citer » for each turn of speech, the names that an editor linked, and nothing else.
    named = visiteur.locator(".tours > li > p :is(a, button.terme)").count()
    assert len([stop for stop in stops if stop[1]]) == 2 * timed + named
    visiteur.locator(".tours li > a").first.focus()
    visiteur.keyboard.press("Enter")
    attendre(visiteur, f"() => {SECONDE} > 2")


def test_the_text_alone_is_read_and_printed_without_anything_else(contexte):
    page = contexte(java_script_enabled=False).new_page()
    page.goto(ADRESSE)
    page.get_by_role("link", name="Lire ou imprimer le texte seul").click()
    assert page.url.endswith(f"{ADRESSE}transcription/")
    assert page.locator("video").count() == 0
    words = page.locator(".lecture-texte").inner_text()
    assert "37 ressources" in words
    page.emulate_media(media="print")
    assert not page.get_by_role("navigation").first.is_visible()
    assert not page.locator(".telechargements").is_visible()
    assert page.locator(".adresse-imprimee").is_visible()
    page.emulate_media(media="screen")
    page.locator(".lecture-temps", has_text="2:22").click()
    assert page.url.endswith(f"{ADRESSE}?t=142#t-142")


def test_the_script_offers_to_print(visiteur):
    visiteur.goto(f"{ADRESSE}transcription/")
    visiteur.evaluate("window.print = () => { window.printed = true }")
    visiteur.get_by_role("button", name="Imprimer").click()
    assert visiteur.evaluate("window.printed")


# --- a video that another host keeps

AILLEURS = "/mooc/episode-2/chez-un-autre/"
POSER_AILLEURS = """
from mooc.models import EpisodePage, TourDeParole, VideoPage
page = VideoPage(
    title="Un entretien chez un autre", slug="chez-un-autre", duree=200, titre_externe="Un titre là-bas",
    video_externe="https://youtu.be/abcdefghijk", affiche=VideoPage.objects.get(slug="presentation-du-kit").affiche,
)
page.tours = [TourDeParole(sort_order=rank, debut=rank * 10, texte=f"Tour {rank}.") for rank in range(9)]
EpisodePage.objects.get(slug="episode-2").add_child(instance=page)
page.save_revision().publish()
"""


@pytest.fixture(scope="module")
def ailleurs(serveur) -> str:
    serveur.manage("shell", "--verbosity=0", "-c", POSER_AILLEURS)
    return AILLEURS


def test_nothing_is_asked_elsewhere_before_the_button(serveur, ailleurs, visiteur):
    elsewhere = []
    visiteur.on("request", lambda request: elsewhere.append(request.url) if serveur.url not in request.url else None)
    visiteur.context.route(
        re.compile("^https://"),
        lambda route: route.fulfill(status=200, content_type="text/html; charset=utf-8", body="<p>Là-bas</p>"),
    )
    response = visiteur.goto(f"{ailleurs}?t=40", wait_until="networkidle")
    assert "frame-src https://www.youtube-nocookie.com;" in response.headers["content-security-policy"] + ";"
    assert visiteur.evaluate(ACTUEL) == "t-40"
    link = visiteur.locator(".tours li > a").nth(7)
    link.focus()
    visiteur.keyboard.press("Enter")
    assert visiteur.evaluate(ACTUEL) == "t-70"
    button = visiteur.get_by_role("button", name="Lancer la vidéo ici à partir de 1:10")
    button.hover()
    visiteur.wait_for_timeout(300)
    assert not elsewhere
    assert visiteur.locator("iframe").count() == 0
    thumbnail = visiteur.locator(".facade img")
    assert thumbnail.get_attribute("src").startswith("/media/")
    assert thumbnail.evaluate("image => image.naturalWidth > 0")

    button.focus()
    visiteur.keyboard.press("Enter")
    frame = visiteur.frame_locator("iframe[title='Un titre là-bas, vidéo sur YouTube']")
    expect(frame.locator("p")).to_have_text("Là-bas")
    assert [url.partition("?")[0] for url in elsewhere] == ["https://www.youtube-nocookie.com/embed/abcdefghijk"]
    assert "start=70" in elsewhere[0]
    assert visiteur.evaluate("document.activeElement.tagName") == "IFRAME"
    visiteur.locator(".tours li > a").nth(2).click()
    attendre(visiteur, "() => document.querySelector('iframe').src.includes('start=20')")


def test_without_javascript_the_other_host_is_a_link(serveur, ailleurs, contexte):
    page = contexte(java_script_enabled=False).new_page()
    elsewhere = []
    page.on("request", lambda request: elsewhere.append(request.url) if serveur.url not in request.url else None)
    page.goto(ailleurs, wait_until="networkidle")
    link = page.get_by_role("link", name="Ouvrir sur www.youtube.com")
    assert link.get_attribute("href") == "https://www.youtube.com/watch?v=abcdefghijk"
    assert not page.get_by_role("button", name="Lancer").is_visible()
    assert not elsewhere


# --- the workshop of transcripts


def test_the_workshop_renames_on_enter_and_cuts_where_the_cursor_is(serveur, ailleurs, redaction):
    number = serveur.manage(
        "shell", "--verbosity=0", "-c",
        "from mooc.models import VideoPage; print(VideoPage.objects.get(slug='chez-un-autre').pk)",
    ).strip()  # fmt: skip
    redaction.goto(f"{serveur.url}/admin/mooc/entretiens/{number}/transcription/")
    redaction.locator("[name=tour-0-locuteur]").fill("Ana")
    with redaction.expect_navigation():
        redaction.get_by_role("button", name="Enregistrer le brouillon").click()
    redaction.get_by_label("Nouveau nom").fill("Une élue")
    with redaction.expect_navigation():
        redaction.keyboard.press("Enter")
    expect(redaction.get_by_text("« Ana » s’appelle maintenant « Une élue »")).to_be_visible()
    assert redaction.locator("[name=tour-0-locuteur]").input_value() == "Une élue"

    text = redaction.locator("[name=tour-1-texte]")
    text.fill("Avant. Après.")
    text.evaluate("field => field.setSelectionRange(7, 7)")
    redaction.locator("button[value='couper:1']").click()
    expect(redaction.get_by_text("Le tour est coupé en deux.")).to_be_visible()
    assert redaction.locator("[name=tour-1-texte]").input_value() == "Avant."
    assert redaction.locator("[name=tour-2-texte]").input_value() == "Après."
