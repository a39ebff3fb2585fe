"""What an interview offers to play, to quote, to read and to take away."""

import html
import re

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Page, PageViewRestriction

from core.impression import ImpressionError
from mooc.externes import video_externe
from mooc.models import TourDeParole, VideoPage
from tests.mooc import factories

ADDRESS = "/mooc/episode-1/entretien/"
YOUTUBE = "https://www.youtube.com/watch?v=abcdefghijk"


# --- videos kept elsewhere


@pytest.mark.parametrize(
    "address",
    [YOUTUBE, "https://youtu.be/abcdefghijk?si=x", "https://m.youtube.com/watch?app=desktop&v=abcdefghijk&t=3s",
     "https://www.youtube.com/shorts/abcdefghijk", "https://www.youtube-nocookie.com/embed/abcdefghijk"],
)  # fmt: skip
def test_a_youtube_address_is_shown_without_cookies(address):
    found = video_externe(address)
    assert found.page == YOUTUBE
    assert found.integration.startswith("https://www.youtube-nocookie.com/embed/abcdefghijk?")


@pytest.mark.parametrize("path", ["/w/p9dR5zxq3fVGZ4", "/videos/watch/9c9de5e8-0a1e-484a-b099-e80766180a6d"])
def test_a_peertube_address_is_shown_without_telling_the_other_viewers(path):
    found = video_externe(f"https://videos.example.org{path}")
    assert found.hebergeur == "PeerTube"
    assert found.origine == "https://videos.example.org"
    assert "p2p=0" in found.integration


@pytest.mark.parametrize(
    "address",
    ["", "http://youtu.be/abcdefghijk", "https://youtu.be/court", "https://vimeo.com/123456", "javascript:alert(1)",
     "https://www.youtube.com/@chaine", "https://videos.example.org/w/../../x", "https://[", "https://a b/w/abcdefgh",
     "https://exemple.org;script-src */w/abcdefgh", "https://user@exemple.org/w/abcdefgh"],
)  # fmt: skip
def test_any_other_address_is_not_a_video(address):
    assert video_externe(address) is None


def test_an_unknown_host_and_two_places_at_once_are_refused(episode):
    page = factories.video_page(episode)
    page.video_externe = "https://vimeo.com/123456"
    with pytest.raises(ValidationError, match="Adresse inconnue"):
        page.full_clean()
    page.video_externe, page.video = YOUTUBE, factories.document("essai.mp4")
    with pytest.raises(ValidationError, match="déjà sur le site"):
        page.full_clean()


def test_a_video_kept_elsewhere_is_a_facade_and_the_only_frame_let_in(client, episode):
    factories.video_page(
        episode, turns=2, titre_externe="Là-bas", video_externe="https://videos.example.org/w/abcdefgh"
    )
    response = client.get(ADDRESS)
    content = response.content.decode()
    assert "frame-src https://videos.example.org" in response["Content-Security-Policy"]
    assert "<iframe" not in content
    assert "<video" not in content
    assert 'href="https://videos.example.org/w/abcdefgh"' in content
    assert "Là-bas" in content
    assert "Vidéo sur PeerTube" in content
    assert "frame-src" not in client.get("/mooc/episode-1/")["Content-Security-Policy"]


# --- versions


@pytest.fixture
def three_versions(episode):
    return factories.video_page(
        episode, turns=3, video=factories.document("v.mp4", b"v" * 3_000_000),
        video_legere=factories.document("legere.webm", b"l" * 400_000),
        audio=factories.document("son.mp3", b"s" * 90_000),
    )  # fmt: skip


def test_each_version_is_offered_with_its_weight(client, three_versions):
    content = " ".join(re.sub(r"<[^>]+>", "", client.get(ADDRESS).content.decode()).split())
    for expected in ("Vidéo MP4, 3,0 Mo", "Vidéo légère WEBM, 400 ko", "Son seul MP3, 90 ko"):
        assert expected in content


@pytest.mark.parametrize(
    ("version", "player"),
    [("", "<video"), ("video", "<video"), ("legere", "<video"), ("audio", "<audio"), ("autre", "<video")],
)
def test_the_version_asked_is_the_one_played(client, three_versions, version, player):
    content = client.get(ADDRESS, {"version": version, "t": 12}).content.decode()
    assert f'{player} controls preload="none"' in content
    kept = "version=legere&amp;t=10#t-10" if version == "legere" else "t=10#t-10"
    assert f'href="?{kept}"' in content or version == "audio"
    assert f'href="?version=audio&amp;t=12"{" aria-current" if version == "audio" else ""}' in content


def test_the_sound_alone_is_enough_to_listen(client, episode):
    factories.video_page(episode, audio=factories.document("son.ogg"))
    content = client.get(ADDRESS).content.decode()
    assert "<audio" in content
    assert "n’est pas sur le site" not in content
    assert '"AudioObject"' in content


# --- quotations


def cited(client, anchor: str) -> str | None:
    content = client.get(ADDRESS, {"citer": anchor}).content.decode()
    found = re.search(r'<li id="([^"]+)"(?:(?!</li>).)*<textarea[^>]*>([^<]*)', content, re.DOTALL)
    if found is None:
        return None
    assert found[1] == anchor
    return html.unescape(found[2]).replace("\u00a0", " ").replace("\u202f", " ")


def test_a_turn_is_quoted_with_its_voice_its_second_and_its_address(client, episode):
    page = factories.video_page(episode, turns=2, title="L'entretien")
    TourDeParole.objects.create(page=page, sort_order=9, texte="Sans temps ni nom.", ancre="t-abc")
    assert cited(client, "t-10") == (
        "« Voici le tour numéro 1. » Réponse, « L’entretien », à 0:10, http://testserver" + ADDRESS + "?t=10#t-10"
    )
    assert cited(client, "t-abc") == ("« Sans temps ni nom. » « L’entretien », http://testserver" + ADDRESS + "#t-abc")


@pytest.mark.parametrize("anchor", ["", "t-999", "<script>", "\x00", "t-10" * 200])
def test_a_quotation_of_nothing_shows_none(client, episode, anchor):
    factories.video_page(episode, turns=2)
    assert cited(client, anchor) is None


# --- the text alone


def test_the_text_alone_says_every_turn_with_its_anchor(client, episode):
    factories.video_page(episode, turns=4)
    content = client.get(f"{ADDRESS}transcription/").content.decode()
    assert '<link rel="canonical" href="http://testserver/mooc/episode-1/entretien/">' in content
    for rank in range(4):
        assert f'<p id="t-{rank * 10}"' in content
        assert f'href="{ADDRESS}?t={rank * 10}#t-{rank * 10}"' in content
    assert "<video" not in content


def test_an_address_of_a_joined_turn_still_leads_to_its_words(client, episode):
    page = factories.video_page(episode, turns=2)
    page.tours.filter(ancre="t-10").update(ancres_jointes="t-5 t-7")
    for path in ("", "transcription/"):
        assert '<span id="t-5"></span><span id="t-7"></span>' in client.get(ADDRESS + path).content.decode()


def test_the_text_alone_lends_the_words_of_nobody_to_the_last_voice(client, episode):
    page = factories.video_page(episode)
    page.tours = [
        TourDeParole(sort_order=rank, locuteur=voice, texte=f"Tour {rank}.")
        for rank, voice in enumerate(["Ana", "Ana", "", "Ana"])
    ]
    page.save_revision().publish()
    content = client.get(f"{ADDRESS}transcription/").content.decode().replace("\u00a0", " ")
    text = " ".join(re.sub(r"<[^>]+>", "", content[content.index("lecture-texte") :]).split())
    assert "Ana : Tour 0. Tour 1. Voix non nommée : Tour 2. Ana : Tour 3." in text


def test_turns_that_have_no_end_offer_no_captions(client, episode):
    page = factories.video_page(episode)
    page.tours = [TourDeParole(texte="Bonjour.", debut=1)]
    page.save_revision().publish()
    content = client.get(ADDRESS).content.decode()
    offered = re.findall(r'href="([^"]+transcription\.\w+)" download', content)
    assert [url.rpartition(".")[2] for url in offered] == ["txt", "pdf"]
    assert [client.get(url).status_code for url in offered] == [200, 200]


@pytest.mark.parametrize("path", ["transcription/", "transcription.pdf"])
def test_the_text_alone_is_open_to_whom_the_interview_is(client, episode, path):
    assert client.get(ADDRESS + path).status_code == 404
    page = factories.video_page(episode)
    assert client.get(ADDRESS + path).status_code == 404, "no turn to read"
    page.tours = [TourDeParole(texte="Bonjour.")]
    page.save_revision().publish()
    PageViewRestriction.objects.create(page=Page.objects.get(pk=episode.pk), restriction_type="login")
    assert client.get(ADDRESS + path).status_code == 404


def test_the_pdf_is_tagged_and_says_every_turn(client, episode):
    page = factories.video_page(
        episode, title='Un "entretien" #let x = panic() <b>', duree=75, origine="Écrit pour l’essai"
    )
    page.tours = [
        TourDeParole(sort_order=1, texte="Qu'est-ce ? *non* $a$ 🚀", locuteur="Question", role="question", debut=3),
        TourDeParole(sort_order=2, texte="Une réponse [MUSIQUE] #panic()."),
    ]
    page.save_revision().publish()
    response = client.get(f"{ADDRESS}transcription.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert re.search(rb"pdfuaid:part>1<", response.content)
    document = pypdfium2.PdfDocument(response.content)
    assert pdfium.FPDFCatalog_IsTagged(document)
    text = " ".join(document[0].get_textpage().get_text_bounded().split())
    for expected in (
        "Question : Qu’est-ce ? *non* $a$",
        "Une réponse [MUSIQUE] #panic().",
        "0:03",
        "Écrit pour l’essai",
    ):
        assert expected in text


def test_a_pdf_that_cannot_be_laid_out_says_so(client, episode, monkeypatch):
    factories.video_page(episode, turns=1)
    tried = []

    def fail(*args):
        tried.append(args)
        raise ImpressionError("typst")

    monkeypatch.setattr("mooc.impression.imprimer", fail)
    for _ in range(2):
        response = client.get(f"{ADDRESS}transcription.pdf")
        assert response.status_code == 503
    assert len(tried) == 1, "words that cannot be laid out were tried again at once"
    assert "transcription/" in response.content.decode()


def test_a_pdf_is_laid_out_once_for_the_same_words(client, episode, monkeypatch):
    made = []
    monkeypatch.setattr("mooc.impression.imprimer", lambda *args: made.append(args) or b"%PDF-1.7")
    page = factories.video_page(episode, turns=1)
    for _ in range(2):
        client.get(f"{ADDRESS}transcription.pdf")
    assert len(made) == 1
    page.tours = [TourDeParole(texte="Autre chose.")]
    page.save_revision().publish()
    client.get(f"{ADDRESS}transcription.pdf")
    assert len(made) == 2
    assert VideoPage.objects.count() == 1
