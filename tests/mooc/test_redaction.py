"""What an editor does: number episodes, import a transcript, be told of mistakes."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import engines
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from mooc.models import EpisodePage, VideoPage
from tests.mooc import factories


@pytest.fixture(autouse=True)
def _lenient_templates(monkeypatch):
    """Wagtail's own admin templates leave variables undefined."""
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "")


NO_INLINE = inline_formset([])
COMMENTS = {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0", "comments-MAX_NUM_FORMS": ""}


def episode_data(**fields) -> dict:
    data = nested_form_data(
        {
            "title": "Une question ?", "titre_court": "Une question", "numero": "1", "chapo": "", "seo_title": "",
            "search_description": "", "questions": streamfield([]), "idees_cles": streamfield([]),
            "corps": streamfield([]), "prenons_du_recul": streamfield([]), "autocontrole": streamfield([]),
            "liens": NO_INLINE, "fils_rouges": NO_INLINE, "action-publish": "1",
        }
    )  # fmt: skip
    return data | COMMENTS | fields


def test_an_editor_publishes_an_episode_at_its_number(admin_client, mooc):
    address = reverse("wagtailadmin_pages:add", args=["mooc", "episodepage", mooc.pk])
    response = admin_client.post(address, episode_data(numero="3"))
    assert response.status_code == 302, response.context["form"].errors
    assert EpisodePage.objects.get().url_path.endswith("/mooc/episode-3/")


def test_two_episodes_may_not_share_a_number(admin_client, mooc):
    factories.episode_page(mooc, 1)
    address = reverse("wagtailadmin_pages:add", args=["mooc", "episodepage", mooc.pk])
    response = admin_client.post(address, episode_data(numero="1"))
    assert response.status_code == 200
    assert response.context["form"].errors["numero"] == ["Il y a déjà un épisode 1."]


def video_data(**fields) -> dict:
    data = nested_form_data(
        {
            "title": "Un entretien", "slug": "entretien", "chapo": "", "seo_title": "", "search_description": "",
            "duree": "", "origine": "", "credit": "", "video": "", "affiche": "", "sous_titres": "",
            "chapitres": NO_INLINE, "tours": NO_INLINE, "action-publish": "1",
        }
    )  # fmt: skip
    return data | COMMENTS | fields


@pytest.fixture
def add_video(mooc):
    episode = factories.episode_page(mooc)
    return reverse("wagtailadmin_pages:add", args=["mooc", "videopage", episode.pk])


def test_an_editor_imports_a_transcript_with_the_page(admin_client, add_video):
    file = SimpleUploadedFile("e.srt", b"1\n00:00:01,000 --> 00:00:02,000\nBonjour.\n")
    response = admin_client.post(add_video, video_data(fichier_de_transcription=file))
    assert response.status_code == 302, response.context["form"].errors
    assert [(turn.texte, turn.ancre) for turn in VideoPage.objects.get().tours.all()] == [("Bonjour.", "t-1")]


def test_a_faulty_transcript_is_refused_with_its_lines(admin_client, add_video):
    file = SimpleUploadedFile("e.vtt", b"WEBVTT\n\n00:05.000 --> 00:02.000\nOui\n\n30:00:00.000 --> 30:00:01.000\nOui")
    response = admin_client.post(add_video, video_data(fichier_de_transcription=file))
    assert response.status_code == 200
    html = response.content.decode()
    assert "Ligne 3 : la fin ne vient pas après le début" in html
    assert "Ligne 6 : ce temps dépasse une journée" in html
    assert not VideoPage.objects.exists()


def test_a_video_that_no_browser_plays_and_unreadable_captions_are_refused(admin_client, add_video):
    pdf, text = factories.document("e.pdf"), factories.document("e.txt", b"Bonjour")
    response = admin_client.post(add_video, video_data(video=str(pdf.pk), sous_titres=str(text.pk)))
    errors = response.context["form"].errors
    assert "MP4 et WebM" in errors["video"][0]
    assert "Sous-titres illisibles. Ligne 1" in errors["sous_titres"][0]


def test_the_form_of_an_interview_opens_with_all_its_turns(admin_client, mooc):
    page = factories.video_page(factories.episode_page(mooc), turns=5)
    response = admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    html = response.content.decode()
    assert 'enctype="multipart/form-data"' in html
    assert html.count("Voici le tour numéro") == 5


def test_captions_without_any_are_refused(admin_client, add_video):
    empty = factories.document("vide.vtt", b"WEBVTT\n")
    response = admin_client.post(add_video, video_data(sous_titres=str(empty.pk)))
    assert response.context["form"].errors["sous_titres"] == [
        "Sous-titres illisibles. Le fichier ne contient aucun sous-titre."
    ]
