"""importer_transcription: a file becomes the turns of an interview."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from mooc.models import VideoPage
from tests.mooc import factories

VTT = "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Question>Oui ?\n\n00:04.000 --> 00:06.000\n<v Réponse>Non.\n"


@pytest.fixture
def interview(home):
    return factories.video_page(factories.episode_page(factories.mooc_page(home)), turns=3)


def run(tmp_path, name: str, text: str, video: str = "episode-1/entretien") -> str:
    file = tmp_path / name
    file.write_bytes(text.encode())
    out = StringIO()
    call_command("importer_transcription", video, str(file), stdout=out)
    return out.getvalue()


def turns() -> list[tuple]:
    return [(turn.locuteur, turn.texte, turn.debut, turn.ancre) for turn in VideoPage.objects.get().tours.all()]


def test_a_vtt_replaces_all_turns_publishes_and_becomes_the_captions(client, interview, tmp_path):
    assert "Tours de parole importés : 2" in run(tmp_path, "e.vtt", VTT)
    assert turns() == [("Question", "Oui ?", 1.0, "t-1"), ("Réponse", "Non.", 4.0, "t-4")]
    page = VideoPage.objects.get()
    assert page.live and page.latest_revision_id == page.live_revision_id
    assert client.get("/mooc/episode-1/entretien/transcription.vtt").content == VTT.encode()
    assert "Non." in client.get("/mooc/episode-1/entretien/").content.decode()


def test_importing_again_keeps_the_anchors_and_the_document(interview, tmp_path):
    run(tmp_path, "e.vtt", VTT)
    before, document = turns(), VideoPage.objects.get().sous_titres_id
    run(tmp_path, "e.vtt", VTT, "/mooc/episode-1/entretien/")
    assert turns() == before
    assert VideoPage.objects.get().sous_titres_id == document


def test_an_srt_with_dots_is_imported(client, interview, tmp_path):
    run(tmp_path, "e.srt", "1\n00:00:01.000 --> 00:00:02.500\nBonjour.\n")
    assert turns() == [("", "Bonjour.", 1.0, "t-1")]
    assert "00:00:01.000 --> 00:00:02.500" in client.get("/mooc/episode-1/entretien/transcription.vtt").content.decode()


def test_a_text_gives_untimed_turns_with_anchors_and_flags(client, interview, tmp_path):
    report = run(tmp_path, "e.txt", "Nous avons [MUSIQUE] >> commencé. >> Très bien.")
    assert "sans temps : 2" in report
    assert "à vérifier : 1" in report
    found = turns()
    assert [turn[1] for turn in found] == ["Nous avons [MUSIQUE] commencé.", "Très bien."]
    page = client.get("/mooc/episode-1/entretien/").content.decode()
    assert all(f'<li id="{anchor}"' in page for *_, anchor in found)


def test_a_draft_in_progress_is_neither_published_nor_lost(interview, tmp_path):
    interview.title = "Un titre en préparation"
    interview.save_revision()
    run(tmp_path, "e.vtt", VTT)
    page = VideoPage.objects.get()
    assert page.title == "Un entretien d’essai"
    draft = page.get_latest_revision_as_object()
    assert draft.title == "Un titre en préparation"
    assert [turn.texte for turn in draft.tours.all()] == ["Oui ?", "Non."]


@pytest.mark.parametrize(
    ("name", "text", "video", "message"),
    [
        ("e.vtt", "WEBVTT\n\n00:05.000 --> 00:02.000\nOui", "episode-1/entretien", "e.vtt : Ligne 3 : la fin"),
        ("e.txt", "  ", "episode-1/entretien", "aucune parole"),
        ("e.pdf", "Bonjour", "episode-1/entretien", "Format inconnu"),
        ("e.vtt", VTT, "episode-9/rien", "Entretiens connus : episode-1/entretien"),
        ("e.vtt", VTT, "entretien", "attendu : episode-1/<slug>"),
    ],
)
def test_a_mistake_is_told_clearly_and_changes_nothing(interview, tmp_path, name, text, video, message):
    before = turns()
    with pytest.raises(CommandError, match=message):
        run(tmp_path, name, text, video)
    assert turns() == before


def test_a_missing_file_is_told_clearly(interview, tmp_path):
    with pytest.raises(CommandError, match="Fichier illisible"):
        call_command("importer_transcription", "episode-1/entretien", str(tmp_path / "absent.vtt"))
