"""The initial content of the MOOC."""

import pytest

from home.chargement.base import read_yaml
from mooc.models import EpisodePage, MoocPage, VideoPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("contenu")]


def test_the_mooc_and_its_four_episodes_are_on_line(client):
    facts = read_yaml("mooc")
    assert MoocPage.objects.live().count() == 1
    html = client.get("/mooc/").content.decode()
    for episode in facts["episodes"]:
        assert f'href="/mooc/episode-{episode["numero"]}/"' in html
        assert client.get(f"/mooc/episode-{episode['numero']}/").status_code == 200


def test_each_episode_has_its_questions_ideas_reflection_and_threads():
    for episode, facts in zip(EpisodePage.objects.order_by("numero"), read_yaml("mooc")["episodes"], strict=True):
        assert [str(block.value) for block in episode.questions] == facts["questions"]
        assert len(episode.idees_cles) >= 4
        assert len(episode.prenons_du_recul) >= 3
        assert [link.fil_rouge.slug for link in episode.fils_rouges.all()] == facts["fils_rouges"]
        assert 4 <= episode.liens.count() <= 6
        assert all(link.note for link in episode.liens.all())


def test_only_the_first_episode_has_a_video_and_the_others_say_so(client):
    assert [page.get_url() for page in VideoPage.objects.all()] == ["/mooc/episode-1/presentation-du-kit/"]
    for number in (2, 3, 4):
        html = client.get(f"/mooc/episode-{number}/").content.decode()
        assert "Nous ne détenons pas les entretiens de cet épisode" in html


def test_the_presentation_has_turns_captions_a_poster_and_its_origin(client):
    page = VideoPage.objects.get()
    assert page.tours.count() >= 20
    assert {turn.locuteur for turn in page.tours.all()} == {"Question", "Réponse"}
    assert all(turn.debut is not None for turn in page.tours.all())
    html = client.get(page.get_url()).content.decode()
    assert "Présentation réalisée pour ce site" in html
    assert 'poster="/media/' in html
    served = client.get(f"{page.get_url()}transcription.vtt").content
    assert served.startswith(b"WEBVTT")


def test_a_resource_of_the_kit_says_which_episode_sends_to_it(client):
    html = client.get("/kit/methode/evaluer-utilite-societale-partenariats/").content.decode()
    assert 'href="/mooc/episode-3/#allons-plus-loin"' in html


def test_a_fil_rouge_says_which_episodes_follow_it(client):
    html = client.get("/fils-rouges/silver-geek/").content.decode()
    assert "Épisodes du MOOC qui suivent ce fil rouge" in html
    for number in (1, 2, 4):
        assert f'href="/mooc/episode-{number}/"' in html
