"""The attestation: asked, printed, checked; one changed character or name is refused; nothing is kept."""

import logging
import re
import string
import uuid
from datetime import date
from unittest import mock

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import segno
import time_machine
from bs4 import BeautifulSoup
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from config.settings.secrets import long_keys
from core.impression import ImpressionError
from parcours.attestation import document, jeton, views
from parcours.models import Carnet, LienDeReprise
from tests.parcours.emporter.outils import texte_du_pdf
from tests.parcours.factories import parcours, ressource

NOM = "Élodie d’Arc-Martin"
UUID = str(uuid.UUID(int=7))
JOUR = date(2026, 11, 22)
ADRESSE = "/parcours/p/attestation/"


@pytest.fixture
def page(home):
    """A parcours of an essential step and an optional one."""
    made = parcours(home, [ressource(home), ressource(home)], slug="p", title="Suivre tout", titre_court="Suivre")
    etape = made.etapes.last()
    etape.essentielle = False
    etape.save()
    made.save_revision().publish()
    return made


def ask(client, nom=NOM, **headers):
    return client.post(ADRESSE, {"nom": nom}, headers={"Sec-Fetch-Site": "same-origin"} | headers)


def address_of(pdf: bytes) -> str:
    (found,) = re.findall(r"/attestation/\s*[a-z2-7]{80}/", texte_du_pdf(pdf))
    return re.sub(r"\s", "", found)


def verdict(response) -> str:
    (status,) = BeautifulSoup(response.content, "html.parser").select("main [role=status]")
    return status.get_text(" ", strip=True)


# --- the token


def test_a_token_says_its_parcours_its_day_and_whether_a_name_is_its_own():
    lu = jeton.lire(jeton.creer(UUID, JOUR, NOM))
    assert (lu.parcours, lu.jour) == (UUID, JOUR)
    assert lu.est_au_nom_de(NOM)
    assert not lu.est_au_nom_de("Elodie d’Arc-Martin")


def test_each_changed_character_of_a_token_is_refused():
    ecrit = jeton.creer(UUID, JOUR, NOM)
    for rang, signe in enumerate(ecrit):
        for autre in string.ascii_letters + string.digits + "-_=":
            if autre != signe:
                with pytest.raises(jeton.JetonInvalideError):
                    jeton.lire(ecrit[:rang] + autre + ecrit[rang + 1 :])


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: t + "a", str.upper, lambda t: "", lambda t: t + "\n"])
def test_a_token_cut_or_longer_is_refused(change):
    with pytest.raises(jeton.JetonInvalideError):
        jeton.lire(change(jeton.creer(UUID, JOUR, NOM)))


@pytest.mark.parametrize(
    "typed",
    [
        "élodie d'arc-martin",
        "  ÉLODIE   D’ARC‑MARTIN ",
        "E\u0301lodie d’Arc\u00ad-Martin",
        "Élodie\u00a0d’Arc–Martin",
        "Élodie d´Arc-Martin",
        "Élodie d`Arc-Martin",
    ],
)
def test_capitals_spaces_and_kinds_of_apostrophe_and_hyphen_are_forgiven(typed):
    assert jeton.lire(jeton.creer(UUID, JOUR, NOM)).est_au_nom_de(typed)


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=40), st.integers(0, 39), st.sampled_from("abcéèz'"))
def test_a_changed_letter_is_never_forgiven(nom, rang, lettre):
    autre = nom[:rang] + lettre + nom[rang + 1 :]
    memes = jeton.normaliser(autre) == jeton.normaliser(nom)
    assert jeton.lire(jeton.creer(UUID, JOUR, nom)).est_au_nom_de(autre) is memes


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_putting_a_name_in_order_twice_changes_nothing_more(nom):
    assert jeton.normaliser(jeton.normaliser(nom)) == jeton.normaliser(nom)


def test_the_name_is_not_in_the_token_and_two_tokens_of_one_person_do_not_tell_so():
    un, autre = (jeton.lire(jeton.creer(UUID, jour, NOM)) for jour in (JOUR, date(2026, 11, 23)))
    assert un._nom != autre._nom
    assert NOM not in repr(un)


def test_the_first_key_signs_all_verify_and_a_retired_one_no_more(settings):
    settings.ATTESTATION_KEYS = ["ancienne"]
    ancien = jeton.creer(UUID, JOUR, NOM)
    settings.ATTESTATION_KEYS = ["nouvelle", "ancienne"]
    nouveau = jeton.creer(UUID, JOUR, NOM)
    assert nouveau != ancien
    for ecrit in (ancien, nouveau):
        assert jeton.lire(ecrit).est_au_nom_de(NOM)
        assert not jeton.lire(ecrit).est_au_nom_de("Une autre")
    settings.ATTESTATION_KEYS = ["nouvelle"]
    assert jeton.lire(nouveau).est_au_nom_de(NOM)
    with pytest.raises(jeton.JetonInvalideError):
        jeton.lire(ancien)


def test_a_public_site_must_be_given_keys_that_cannot_be_guessed():
    assert long_keys("K", ["k" * 32]) == ["k" * 32]
    for keys in ([], [""], ["k" * 31], ["k" * 32, "courte"]):
        with pytest.raises(ImproperlyConfigured, match="32"):
            long_keys("K", keys)


# --- the PDF


@pytest.mark.django_db
def test_the_attestation_is_a_tagged_french_pdf_ua_that_says_what_it_is(client, page):
    response = ask(client)
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert response["Content-Disposition"] == 'attachment; filename="attestation-p.pdf"'
    pdf = pypdfium2.PdfDocument(response.content)
    assert pdfium.FPDFCatalog_IsTagged(pdf)
    assert b"pdfuaid:part>1<" in response.content
    assert re.search(rb"/Lang ?\(fr", response.content)
    assert pdf.get_metadata_value("Title") == "Attestation de suivi (déclarative) : Suivre"
    text = " ".join(texte_du_pdf(response.content).split())
    for said in (
        "Attestation de suivi (déclarative)", NOM, "Suivre tout", "2 étapes, dont 1 essentielle",
        "n’a vérifié ni l’identité", "ni un diplôme, ni une certification",
    ):  # fmt: skip
        assert said in text.replace("\u00a0", " "), said
    assert len(pdf) == 1


@pytest.mark.django_db
def test_the_qr_code_that_is_printed_is_the_address_that_is_written(client, page):
    pdf = ask(client).content
    code = segno.make(f"http://testserver{address_of(pdf)}", error="m", micro=False)
    matrix = [list(row) for row in code.matrix]
    scale = 4 * 72 / 25.4
    image = pypdfium2.PdfDocument(pdf)[0].render(scale=4, grayscale=True).to_pil()
    module = 41 / (len(matrix) + 8) * scale

    def dark(top: int, row: float, column: float) -> bool:
        """The middle of a module; the first is 24 mm from the left of the page, at `top`."""
        return image.getpixel((int(24 * scale + module * (column + 0.5)), int(top + module * (row + 0.5)))) < 128

    def is_corner(top: int) -> bool:
        across, down = ([dark(top, 0, rank) for rank in range(8)], [dark(top, rank, 0) for rank in range(8)])
        return across == down == [True] * 7 + [False] and not dark(top, -0.5, 3)

    top = next(y for y in range(image.height) if is_corner(y))
    assert [[dark(top, row, column) for column in range(len(matrix))] for row in range(len(matrix))] == matrix


@pytest.mark.django_db
@pytest.mark.parametrize(
    "nom", ["a" * 100, "Nguyễn Thị Ánh", "Μαρία Παπαδοπούλου", "Жанна д’Арк", "Jean 2 (dit l’Ancien)"]
)
def test_a_long_name_or_one_of_another_alphabet_is_printed_and_checked(client, page, nom):
    pdf = ask(client, nom).content
    assert b"pdfuaid:part>1<" in pdf
    assert nom in texte_du_pdf(pdf).replace("\u200b", "").replace("\r\n", "").replace("\n", "")
    assert verdict(client.post(address_of(pdf), {"nom": nom})).startswith("Conforme")


# --- the form


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("nom", "message"),
    [
        ("", "Saisissez votre nom"), ("   ", "Saisissez votre nom"), ("x", "trop court"), ("--", "trop court"),
        ("x" * 101, "trop long"), ("Ada\x00", "ne s’imprime pas"), ("Ada 漢", "ne peut pas être imprimé"),
        ("<b>Ada</b>", "ne peut pas être imprimé"), ("Ada\u202e", "ne s’imprime pas"), ("Ada 🚀", "ne peut pas"),
    ],
)  # fmt: skip
def test_a_name_that_cannot_be_printed_is_explained_and_kept(client, page, nom, message):
    response = ask(client, nom)
    form = BeautifulSoup(response.content, "html.parser").select_one("main form")
    assert response.status_code == 422
    assert message in form.select_one("#attestation-nom-erreur").get_text()
    field = form.select_one("#attestation-nom")
    assert field["value"] == nom.replace("\x00", "")
    assert (field["aria-invalid"], field["autocomplete"]) == ("true", "name")


@pytest.mark.django_db
def test_neither_asking_nor_checking_sets_a_cookie_stores_a_row_or_logs_the_name(client, page, caplog):
    caplog.set_level(logging.DEBUG)
    client.get(ADRESSE)
    pdf = ask(client).content
    client.get(address_of(pdf))
    client.post(address_of(pdf), {"nom": NOM})
    with mock.patch.object(document, "imprimer", side_effect=ImpressionError(f"quoting {NOM}")):
        assert ask(client).status_code == 503
    assert not client.cookies
    assert not Carnet.objects.exists()
    assert not LienDeReprise.objects.exists()
    assert "could not be printed" in caplog.text
    assert "lodie" not in caplog.text
    assert not any("lodie" in str(vars(record)) for record in caplog.records if record.name != "django.request")


@pytest.mark.django_db
def test_what_typst_says_of_a_personal_document_is_not_logged(client, page, caplog):
    with mock.patch("subprocess.run", return_value=mock.Mock(returncode=0, stderr=NOM.encode(), stdout=b"%PDF")):
        ask(client)
    assert "printed with a warning" in caplog.text
    assert "lodie" not in caplog.text


@pytest.mark.django_db
def test_another_site_cannot_ask(client, page):
    assert ask(client, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403


@pytest.mark.django_db
def test_beyond_the_limit_the_name_is_kept_and_the_reader_told(client, page, monkeypatch):
    monkeypatch.setattr(views, "DEMANDES", 1)
    monkeypatch.setattr(views, "VERIFICATIONS", 1)
    adresse = address_of(ask(client).content)
    client.post(adresse, {"nom": NOM})
    for response in (ask(client), client.post(adresse, {"nom": NOM})):
        assert response.status_code == 429
        body = BeautifulSoup(response.content, "html.parser")
        assert "Trop de demandes" in body.select_one("[role=alert]").get_text()
        assert body.select_one("#attestation-nom")["value"] == NOM
        assert "onforme" not in body.main.get_text()


@pytest.mark.django_db
def test_there_is_no_attestation_of_a_parcours_that_readers_cannot_follow(client, page, home):
    parcours(home, slug="vide")
    for slug in ("vide", "aucun"):
        assert client.get(f"/parcours/{slug}/attestation/").status_code == 404
    page.unpublish()
    assert ask(client).status_code == 404


# --- the page that checks


@pytest.mark.django_db
def test_the_page_asks_for_the_name_and_tells_only_then(client, page):
    adresse = address_of(ask(client).content)
    response = client.get(adresse)
    body = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 200
    assert body.select_one("input[name=nom]")["value"] == ""
    assert verdict(response) == ""
    assert "lodie" not in response.content.decode()
    assert "Suivre tout" in body.main.get_text()


@pytest.mark.django_db
def test_the_right_name_is_conforme_and_another_is_not(client, page):
    with time_machine.travel("2026-11-22 23:30:00+00:00", tick=False):
        adresse = address_of(ask(client).content)
    right = verdict(client.post(adresse, {"nom": f" {NOM.upper()} "}))
    assert right.startswith("Conforme")
    # The day of Paris.
    assert "23 novembre 2026" in right.replace("\u00a0", " ")
    for other in ("Élodie d’Arc-Martine", "Elodie d’Arc-Martin", "Élodie dArc-Martin", "漢"):
        response = client.post(adresse, {"nom": other})
        assert response.status_code == 200
        assert verdict(response).startswith("Non conforme")


@pytest.mark.django_db
def test_the_page_is_kept_by_nobody_and_tells_its_address_to_nobody(client, page):
    adresse = address_of(ask(client).content)
    for response in (client.get(adresse), client.post(adresse, {"nom": NOM}), client.get("/attestation/abc/")):
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response["X-Robots-Tag"]
        body = BeautifulSoup(response.content, "html.parser")
        assert "noindex" in body.select_one("meta[name=robots]")["content"]
        assert not body.select("link[rel=canonical], meta[property='og:url']")


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["abc", "a" * 80, "A" * 80, "é" * 80, "a" * 5000])
def test_what_is_no_token_is_a_clear_404(client, home, token):
    for response in (client.get(f"/attestation/{token}/"), client.post(f"/attestation/{token}/", {"nom": NOM})):
        assert response.status_code == 404
        assert "Attestation non reconnue" in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("nom", "message"), [("", "Saisissez le nom"), ("x" * 101, "trop long"), ("a\x00", "effacez")])
def test_a_name_that_cannot_be_checked_is_explained(client, page, nom, message):
    response = client.post(address_of(ask(client).content), {"nom": nom})
    assert response.status_code == 422
    error = BeautifulSoup(response.content, "html.parser").select_one("#attestation-nom-erreur").get_text()
    assert message.lower() in error.lower()


@pytest.mark.django_db
def test_a_parcours_renamed_is_followed_and_one_that_is_gone_is_not_named(client, page):
    adresse = address_of(ask(client).content)
    page.slug, page.title = "autre", "Un autre titre"
    page.save_revision().publish()
    assert "Un autre titre" in verdict(client.post(adresse, {"nom": NOM}))
    page.unpublish()
    response = client.post(adresse, {"nom": NOM})
    assert verdict(response).startswith("Conforme")
    assert "n’est plus publié" in verdict(response)
    assert "Un autre titre" not in response.content.decode()
    page.delete()
    assert verdict(client.post(adresse, {"nom": NOM})).startswith("Conforme")


@pytest.mark.django_db
def test_both_pages_cost_at_most_twelve_queries(client, page, django_assert_max_num_queries):
    adresse = address_of(ask(client).content)
    for address in (ADRESSE, adresse):
        client.get(address)
        with django_assert_max_num_queries(12):
            client.get(address)


# --- where it is offered


@pytest.mark.django_db
def test_it_is_offered_once_the_essential_steps_are_read(client, page, home):
    essential, optional = (str(etape.page.translation_key) for etape in page.etapes.all())

    def offers() -> list[bool]:
        bodies = [BeautifulSoup(client.get(a).content, "html.parser") for a in ("/parcours/p/", "/parcours/carnet/")]
        boxes = [box for body in bodies for box in body.select("main [data-attestation]")]
        assert len(boxes) == 2
        assert {box["data-attestation"] for box in boxes} == {essential}
        assert all([link["href"] for link in box.select("a")] == [ADRESSE] for box in boxes)
        return [not box.has_attr("hidden") for box in boxes]

    assert offers() == [False, False]
    client.post("/parcours/carnet/marquer/", {"uuid": optional, "lu": "1"})
    assert offers() == [False, False]
    client.post("/parcours/carnet/marquer/", {"uuid": essential, "lu": "1"})
    assert offers() == [True, True]
    client.post("/parcours/carnet/marquer/", {"uuid": essential, "lu": "0"})
    assert offers() == [False, False]


@pytest.mark.django_db
def test_where_no_step_is_essential_all_count(client, page):
    page.etapes.update(essentielle=False)
    page.save_revision().publish()
    box = BeautifulSoup(client.get("/parcours/p/").content, "html.parser").select_one("main [data-attestation]")
    assert len(box["data-attestation"].split()) == 2
