"""The notebook of a learner without an account: marks, several devices, a code, an e-mail."""

import email
import re
import time
from email import policy

import pytest
from axe_playwright_python.sync_playwright import Axe
from hypothesis import Phase, given, settings

from parcours.carnet import progres
from tests.navigateur.attente import attendre, suivre
from tests.navigateur.carnet import ANIMER, CARNET, create_code, mark_step, notebook_of, read_count, resume
from tests.navigateur.test_accessibilite import RULES
from tests.navigateur.test_mooc import ADRESSE as ENTRETIEN
from tests.parcours.carnets import MAINTENANT, PAGES, carnets


def drawn(count: int) -> list[dict]:
    """Vectors for both sides, the same at each run: three notebooks, without times to come, their unions."""
    vectors = []

    @settings(max_examples=count, derandomize=True, database=None, deadline=None, phases=[Phase.generate])
    @given(carnets, carnets, carnets)
    def draw(un, autre, tiers) -> None:
        one, other, third = bounded = [progres.lire(carnet, MAINTENANT) for carnet in (un, autre, tiers)]
        union = progres.fusionner(one, other)
        vectors.append(
            {"tires": [un, autre, tiers], "bornes": bounded, "union": union, "tous": progres.fusionner(union, third)}
        )

    draw()
    return vectors


def test_the_browser_and_the_server_merge_ten_thousand_notebooks_alike(visiteur):
    """2,500 draws, at least four merges in each; the strategy is the one of the server's own test."""
    vectors = drawn(2_500)
    assert len(vectors) > 2_400
    visiteur.goto("/parcours/")
    faults = visiteur.evaluate(
        """async ([vectors, now]) => {
          const path = document.querySelector("script[src*='js/carnet.']").src;
          const source = await (await fetch(path)).text();
          const { merge, read } = await import("/static/js/" + /carnet\\/fusion\\.\\w+\\.js/.exec(source)[0]);
          const canon = (notebook) => JSON.stringify(Object.entries(notebook).sort());
          const same = (one, ...others) => others.every((other) => canon(one) === canon(other));
          return vectors.filter(({ tires, bornes, union, tous }) => {
            const bounded = tires.map((notebook) => read(notebook, now));
            const [one, other, third] = bounded;
            return !(
              bounded.every((notebook, rank) => same(notebook, bornes[rank], read(notebook, now))) &&
              same(union, merge(one, other), merge(other, one), merge(union, other), merge(union, union)) &&
              same(tous, merge(merge(one, other), third), merge(one, merge(other, third)))
            );
          });
        }""",
        [vectors, MAINTENANT],
    )
    assert faults == []


@pytest.mark.parametrize(
    "value",
    ['{"x": [1, 0, 0, 0]}', "[]", "null", "12", f'{{"{PAGES[1]}": [1, 0, 0]}}', f'{{"{PAGES[1]}": [1.5, 0, 0, 0]}}',
     f'{{"{PAGES[1]}": [-1, 0, 0, 0]}}'],
)  # fmt: skip
def test_what_the_server_refuses_the_browser_refuses_too(visiteur, value):
    with pytest.raises(progres.IllegibleError):
        progres.lire_texte(value.encode(), MAINTENANT)
    visiteur.goto(CARNET)
    visiteur.evaluate("value => localStorage.setItem('carnet', value)", value)
    visiteur.reload()
    visiteur.get_by_text("Votre progression enregistrée est illisible").wait_for()


@pytest.mark.parametrize("first", [0, 1])
def test_two_devices_with_one_code_have_the_same_union_in_either_order_and_replayed(contexte, first):
    devices = [contexte(width=390).new_page(), contexte(width=1280).new_page()]
    for page, steps in zip(devices, ((1, 2), (2, 5)), strict=True):
        for step in steps:
            mark_step(page, step)
    here, there = devices[first], devices[1 - first]
    code = create_code(here)
    resume(there, code)
    here.goto(CARNET)
    here.get_by_role("button", name="Mettre à jour maintenant").click()
    here.get_by_text("Votre carnet est à jour").wait_for()
    for page in devices:
        read_count(page, 3)
    for page in (here, there, here):
        page.goto(CARNET)
        page.get_by_role("button", name="Mettre à jour maintenant").click()
        page.get_by_text("Votre carnet est à jour").wait_for()
    assert notebook_of(here) == notebook_of(there)
    assert here.context.cookies() == there.context.cookies() == []


def test_undoing_survives_the_merge_with_an_older_device(contexte):
    old, new = contexte(width=390).new_page(), contexte(width=390).new_page()
    mark_step(old, 1)
    resume(new, create_code(old))
    read_count(new, 1)
    mark_step(new, 1, "Marquer comme non lu")
    new.goto(CARNET)
    new.get_by_role("button", name="Mettre à jour maintenant").click()
    new.get_by_text("Votre carnet est à jour").wait_for()
    old.goto(CARNET)
    old.get_by_role("button", name="Mettre à jour maintenant").click()
    old.get_by_text("Votre carnet est à jour").wait_for()
    read_count(old, 0)
    read_count(new, 0)


def test_a_device_whose_clock_is_slow_undoes_what_was_marked_elsewhere(contexte):
    here, slow = contexte(width=390).new_page(), contexte(width=390).new_page()
    slow.clock.set_fixed_time(time.time() - 3_600)
    mark_step(here, 1)
    resume(slow, create_code(here))
    read_count(slow, 1)
    # No copy of the mark is brought back to the clock of this device.
    assert notebook_of(slow) == notebook_of(here)
    mark_step(slow, 1, "Marquer comme non lu")
    for page in (slow, here):
        page.goto(CARNET)
        page.get_by_role("button", name="Mettre à jour maintenant").click()
        page.get_by_text("Votre carnet est à jour").wait_for()
    read_count(here, 0)
    read_count(slow, 0)


def test_once_linked_a_mark_follows_by_itself_and_one_made_offline_waits(contexte):
    here, there = contexte(width=390).new_page(), contexte(width=390).new_page()
    code = create_code(here)
    with here.expect_response("**/parcours/carnet/reprendre/"):
        mark_step(here, 1)
    resume(there, code)
    read_count(there, 1)
    here.goto(ANIMER)
    suivre(here, here.locator("#etape-2 a"))
    here.context.set_offline(True)
    here.get_by_role("button", name="Marquer comme lu").click()
    here.get_by_text("C’est noté : page lue.").wait_for()
    with here.expect_response("**/parcours/carnet/reprendre/"):
        here.context.set_offline(False)
    there.goto(CARNET)
    there.get_by_role("button", name="Mettre à jour maintenant").click()
    there.get_by_text("Votre carnet est à jour").wait_for()
    read_count(there, 2)


def test_the_marks_are_not_sent_before_the_learner_asks_and_what_is_counted_says_nothing_of_them(visiteur):
    sent = []
    visiteur.on("request", lambda request: sent.append(request) if request.method != "GET" else None)
    mark_step(visiteur, 1)
    (page,) = notebook_of(visiteur)
    visiteur.goto(CARNET)
    visiteur.get_by_text("1 étape lue sur 20").wait_for()
    # One anonymous count of a step; see test_entonnoir.
    assert [(request.url.rpartition("/carnet/")[2], request.post_data) for request in sent] == [
        ("mesure/", f"parcours=animer-le-territoire&etape={page}&atteinte=1&lecture=1")
    ]


def test_the_link_brings_the_code_but_asks_and_leaves_no_secret_in_the_address(contexte):
    here, there = contexte(width=390).new_page(), contexte(width=390).new_page()
    mark_step(here, 3)
    create_code(here)
    address = here.locator("[data-lien]").get_attribute("href")
    asked = []
    there.on("request", lambda request: asked.append(f"{request.method} {request.url} {request.post_data or ''}"))
    there.goto(address)
    there.get_by_text("Voici le code de votre lien.").wait_for()
    assert there.evaluate("location.hash") == ""
    secret = address.partition("reprendre=")[2]
    assert not [line for line in asked if secret in line or secret.replace("-", " ") in line]
    assert there.get_by_role("button", name="Reprendre ici").evaluate("node => node === document.activeElement")
    there.keyboard.press("Enter")
    there.get_by_text("C’est fait : les carnets sont réunis.").wait_for()
    read_count(there, 1)


def test_a_code_badly_typed_is_explained_and_kept(visiteur):
    visiteur.goto(CARNET)
    field = visiteur.get_by_label("Les douze mots du code")
    field.fill("baba bonjour")
    visiteur.get_by_role("button", name="Reprendre ici").click()
    visiteur.get_by_text("Un code de reprise a 12 mots").wait_for()
    assert (field.input_value(), field.get_attribute("aria-invalid")) == ("baba bonjour", "true")


def test_a_copy_erased_elsewhere_is_told_and_nothing_is_lost(contexte):
    here, there = contexte(width=390).new_page(), contexte(width=390).new_page()
    mark_step(here, 1)
    resume(there, create_code(here))
    here.goto(CARNET)
    here.get_by_role("button", name="Tout effacer").click()
    here.get_by_text("Tout est effacé.").wait_for()
    with there.expect_response("**/parcours/carnet/reprendre/"):
        mark_step(there, 2)
    there.goto(CARNET)
    there.get_by_text("Votre code de reprise ne marche plus").wait_for()
    read_count(there, 2)


def test_the_e_mailed_link_hands_the_notebook_over_once(contexte, serveur):
    here, there = contexte(width=390).new_page(), contexte(width=390).new_page()
    mark_step(here, 2)
    create_code(here)
    here.get_by_label("Me l’envoyer par courriel").fill("ada.carnet@example.org")
    here.get_by_role("button", name="Envoyer le lien").click()
    here.get_by_text("Le courriel est parti.").wait_for()
    (text,) = [
        file.read_bytes().split(b"-" * 79)[0]
        for file in (serveur.var / "courriels").glob("*.log")
        if b"ada.carnet@example.org" in file.read_bytes()
    ]
    body = email.message_from_bytes(text, policy=policy.default).get_body(("plain",)).get_content()
    link = re.search(r"http\S+/parcours/carnet/lien/\S+", body).group()
    there.goto(link)
    there.goto(link)
    there.get_by_role("button", name="Reprendre sur cet appareil").click()
    there.get_by_text("C’est fait : les carnets sont réunis.").wait_for()
    assert "/parcours/carnet/#reprendre=" in there.locator("[data-lien]").get_attribute("href")
    read_count(there, 1)
    there.goto(link)
    there.get_by_role("heading", name="Ce lien ne marche plus").wait_for()
    assert there.context.cookies() == []


def test_a_video_is_resumed_where_it_was_left_but_only_once_something_was_marked(contexte):
    page = contexte(width=390).new_page()
    for seconds, offered in ((20, False), (25, True)):
        page.goto(ENTRETIEN)
        page.locator("video").evaluate("video => video.play()")
        attendre(page, "document.querySelector('video').readyState > 1")
        page.locator("video").evaluate("(video, second) => { video.currentTime = second; }", seconds)
        attendre(page, "second => document.querySelector('video').currentTime >= second", seconds)
        page.locator("video").evaluate("video => video.pause()")
        attendre(page, "document.querySelector('video').paused")
        assert bool(page.evaluate("localStorage.length")) is offered
        page.goto(ENTRETIEN)
        link = page.get_by_role("link", name="Reprendre la vidéo à 0:25")
        if offered:
            link.click()
            attendre(page, "document.querySelector('video').currentTime >= 25")
        else:
            page.get_by_role("button", name="Marquer comme lu").click()
            page.get_by_text("C’est noté").wait_for()
            assert page.get_by_role("link", name="Reprendre la vidéo").count() == 0


def test_axe_finds_nothing_once_a_code_is_shown_and_large_text_fits_a_small_screen(contexte):
    page = contexte(width=320, color_scheme="dark").new_page()
    mark_step(page, 1)
    create_code(page)
    found = Axe().run(page, options=RULES).response["violations"]
    assert not [f"{violation['id']}: {violation['nodes'][0]['html'][:150]}" for violation in found]
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_every_page_of_a_learner_stays_under_the_budget_of_scripts(visiteur):
    sizes = {}
    visiteur.on("response", lambda response: sizes.update({response.url: response}) if ".js" in response.url else None)
    mark_step(visiteur, 1)
    create_code(visiteur)
    for address in ("/", ANIMER, CARNET, ENTRETIEN, "/leviers/"):
        sizes.clear()
        visiteur.goto(address, wait_until="networkidle")
        assert sizes
        assert sum(len(response.body()) for response in sizes.values()) <= 30_000, address
