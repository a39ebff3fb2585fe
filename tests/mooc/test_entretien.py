"""The page of an interview, as a reader sees it, and its transcript as it is downloaded."""

import re

import pytest
from django.core.files.base import ContentFile
from wagtail.models import Page, PageViewRestriction

from core.protocols import Temps
from mooc.models import Chapitre, TourDeParole, VideoPage
from mooc.transcription import vtt
from tests.mooc import factories
from tests.mooc.lecture import json_ld, text_of

ADDRESS = "/mooc/episode-1/entretien/"


def test_an_empty_interview_says_what_is_missing(client, episode):
    factories.video_page(episode)
    text = text_of(client.get(ADDRESS))
    assert "n’est pas sur le site" in text
    assert "n’est pas encore disponible" in text


@pytest.fixture
def interview(episode):
    page = factories.video_page(
        episode, turns=6, duree=75, chapo="Un entretien.", origine="Présentation réalisée pour ce site",
        video=factories.document("essai.mp4"), sous_titres=factories.document("essai.vtt", b"WEBVTT\n"),
    )  # fmt: skip
    Chapitre.objects.create(page=page, titre="Un chapitre", debut=18)
    TourDeParole.objects.create(page=page, sort_order=9, texte="Un tour sans temps.", ancre="t-abc")
    VideoPage.objects.get().save_revision().publish()
    return VideoPage.objects.get()


def test_an_interview_shows_player_turns_chapters_and_downloads(client, interview):
    response = client.get(ADDRESS)
    html = response.content.decode()
    assert re.search(r'<video controls preload="none"', html)
    assert f'<track kind="captions" src="{ADDRESS}transcription.vtt" srclang="fr"' in html
    assert '<li id="t-20" class="tour-question"><b>Question</b> <a href="?t=20#t-20">0:20</a>' in html
    assert '<a href="?t=18#t-20">' in html
    assert "Vidéo MP4, 1:15" in text_of(response)
    for extension in ("vtt", "srt", "txt"):
        assert f'href="{ADDRESS}transcription.{extension}" download' in html
    assert "Présentation réalisée pour ce site" in html


def test_an_untimed_turn_has_an_anchor_and_no_time(client, interview):
    html = client.get(ADDRESS).content.decode()
    item = re.search(r'<li id="t-abc".*?</li>', html, re.DOTALL)[0]
    assert "<a " not in item


def test_an_interview_describes_itself_to_machines(client, interview):
    data = json_ld(client.get(ADDRESS), "VideoObject")
    assert data["duration"] == "PT75S"
    assert data["contentUrl"].startswith("http://testserver/documents/")
    assert data["uploadDate"]
    assert "Question : Voici le tour numéro 0." in data["transcript"]


def current(response) -> list[str]:
    return re.findall(r'<li id="([^"]+)"[^>]*aria-current="true"', response.content.decode())


@pytest.mark.parametrize(
    ("second", "anchor"),
    [("0", "t-0"), ("20", "t-20"), ("29", "t-20"), ("31", "t-30"), ("60", "t-50"), ("075", "t-50")],
)
def test_a_second_in_the_address_marks_its_turn(client, interview, second, anchor):
    response = client.get(f"{ADDRESS}?t={second}")
    assert current(response) == [anchor]
    assert f'<a href="#{anchor}">lire ce passage' in response.content.decode()


@pytest.mark.parametrize("second", ["", "abc", "-1", "1.5", "99999", "9" * 50, "%00", "1e3", "²", "٣"])
def test_a_second_that_means_nothing_is_ignored(client, interview, second):
    response = client.get(f"{ADDRESS}?t={second}")
    assert response.status_code == 200
    assert current(response) == []


def test_each_turn_is_a_passage_that_opens_at_its_second(interview):
    passages = list(interview.passages())
    assert [passage.ancre for passage in passages] == [
        "", "?t=0#t-0", "?t=10#t-10", "?t=20#t-20", "?t=30#t-30", "?t=40#t-40", "?t=50#t-50", "#t-abc",
    ]  # fmt: skip
    assert passages[2].titre == "Réponse"
    assert not interview.documents()
    assert interview.temps_de_lecture() == Temps(lecture=2)


def test_a_turn_keeps_its_anchor_when_it_moves_or_is_corrected(interview):
    turn = interview.tours.first()
    turn.texte, turn.debut = "Autre chose.", 3.0
    interview.tours = [turn, TourDeParole(texte="Nouveau.", debut=0.4)]
    interview.save_revision().publish()
    page = VideoPage.objects.get()
    assert {turn.texte: turn.ancre for turn in page.tours.all()} == {"Autre chose.": "t-0", "Nouveau.": "t-0-2"}


def test_a_preview_shows_unsaved_turns(interview):
    interview.tours = [TourDeParole(texte="Encore en préparation.", debut=1)]
    response = interview.make_preview_request()
    assert "Encore en préparation." in text_of(response)


# --- downloads


@pytest.mark.parametrize(
    ("extension", "kind", "expected"),
    [
        ("vtt", "text/vtt", "00:00:10.000 --> 00:00:19.000\n<v Réponse>Voici le tour"),
        ("srt", "application/x-subrip", "2\n00:00:10,000 --> 00:00:19,000\nRéponse : Voici le tour"),
        ("txt", "text/plain", "[00:00:10] Réponse : Voici le tour"),
    ],
)
def test_a_transcript_is_downloaded_in_three_formats(client, episode, extension, kind, expected):
    factories.video_page(episode, turns=2)
    response = client.get(f"{ADDRESS}transcription.{extension}")
    assert response.headers["Content-Type"] == f"{kind}; charset=utf-8"
    assert expected in response.content.decode()


RAW = (
    "\ufeffWEBVTT\r\n\r\nSTYLE\r\n::cue { color: red }\r\n\r\n00:01.000 --> 00:02.000\r\n<v Ana>L&apos;été\r\n".encode()
)


def test_the_uploaded_captions_are_served_byte_for_byte(client, episode):
    factories.video_page(episode, turns=2, sous_titres=factories.document("brut.vtt", RAW))
    assert client.get(f"{ADDRESS}transcription.vtt").content == RAW
    assert "Ana : L'été" in client.get(f"{ADDRESS}transcription.srt").content.decode()


@pytest.mark.parametrize("turns", [0, 2])
@pytest.mark.parametrize("lost", [True, False])
def test_what_is_offered_is_served_when_captions_are_replaced_by_a_faulty_file_or_lost(client, episode, turns, lost):
    captions = factories.document("brut.vtt", RAW)
    factories.video_page(episode, turns=turns, video=factories.document("essai.mp4"), sous_titres=captions)
    if lost:
        captions.file.storage.delete(captions.file.name)
    else:
        captions.file.save("brut.vtt", ContentFile(b"WEBVTT\n\n00:05.000 --> 00:02.000\nOui\n"))
    html = client.get(ADDRESS).content.decode()
    offered = re.findall(r'(?:href|<track[^>]* src)="([^"]+transcription\.(?:vtt|srt|txt))"', html)
    assert len(offered) == (4 if turns else 0)
    assert [client.get(url).status_code for url in offered] == [200] * len(offered)
    if turns:
        assert "Réponse : Voici le tour" in client.get(f"{ADDRESS}transcription.srt").content.decode()


@pytest.mark.parametrize("faulty", [b"GIF89a", b"WEBVTT", b"WEBVTT\n\n00:05.000 --> 00:02.000\nOui\n", b"\xff\xfe\x00"])
def test_captions_replaced_by_a_file_without_any_give_way_to_the_timed_turns(client, episode, faulty):
    captions = factories.document("brut.vtt", RAW)
    factories.video_page(episode, turns=2, video=factories.document("essai.mp4"), sous_titres=captions)
    captions.file.save("brut.vtt", ContentFile(faulty))
    assert "<track" in client.get(ADDRESS).content.decode()
    cues = vtt.read_cues(client.get(f"{ADDRESS}transcription.vtt").content.decode())
    assert [(cue.debut, cue.voix, cue.texte) for cue in cues] == [
        (0.0, "Question", "Voici le tour numéro 0."),
        (10.0, "Réponse", "Voici le tour numéro 1."),
    ]


@pytest.mark.parametrize("extension", ["vtt", "srt", "txt"])
def test_nothing_to_download_is_a_404(client, episode, extension):
    factories.video_page(episode)
    assert client.get(f"{ADDRESS}transcription.{extension}").status_code == 404


@pytest.mark.parametrize("extension", ["vtt", "srt", "txt"])
def test_a_private_interview_protects_its_transcript(client, episode, extension):
    page = factories.video_page(episode, turns=2)
    PageViewRestriction.objects.create(page=Page.objects.get(pk=episode.pk), restriction_type="login")
    assert client.get(f"{ADDRESS}transcription.{extension}").status_code == 404
    assert page.get_url() == ADDRESS


def test_a_draft_keeps_its_transcript(client, episode):
    factories.video_page(episode, turns=2, live=False)
    assert client.get(f"{ADDRESS}transcription.txt").status_code == 404


@pytest.mark.parametrize("turns", [3, 30, 300])
def test_an_interview_costs_the_same_with_any_number_of_turns(client, episode, django_assert_max_num_queries, turns):
    factories.video_page(episode, turns=turns, sous_titres=factories.document("e.vtt"))
    client.get(ADDRESS)
    with django_assert_max_num_queries(10):
        response = client.get(f"{ADDRESS}?t=12")
    if turns == 30:
        assert len(re.findall(r"<[a-z]", response.content.decode())) < 500
