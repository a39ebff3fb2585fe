"""The pages of the MOOC, as a reader sees them."""

import json
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import Page, PageViewRestriction
from wagtail.test.utils import WagtailPageTestCase

from core.models import Organisme
from core.protocols import Temps
from fils_rouges.models import FilRougePage, FilsRougesIndexPage
from home.models import HomePage
from kit.models import KitPage
from mooc.blocks import AutocontroleBlock
from mooc.models import Chapitre, EpisodePage, MoocPage, ProducteurDuMooc, TourDeParole, VideoPage
from mooc.services import episodes_en_bref
from mooc.transcription import vtt
from tests.mooc import factories

LONG = "Un très long titre de page " * 9


class TestTree(WagtailPageTestCase):
    def test_each_page_has_its_only_place(self):
        self.assertAllowedParentPageTypes(MoocPage, {HomePage})
        self.assertAllowedParentPageTypes(EpisodePage, {MoocPage})
        self.assertAllowedParentPageTypes(VideoPage, {EpisodePage})
        self.assertAllowedSubpageTypes(VideoPage, set())


@pytest.fixture
def mooc(home):
    return factories.mooc_page(home)


@pytest.fixture
def episode(mooc):
    return factories.episode_page(mooc)


def text_of(response) -> str:
    """The visible text, spaces as plain spaces."""
    html = response.content.decode()
    html = re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def json_ld(response, kind: str) -> dict:
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', response.content.decode(), re.DOTALL)
    assert data, "the page has no structured data"
    return next(item for item in json.loads(data[1])["@graph"] if item["@type"] == kind)


# --- the MOOC


def test_an_empty_mooc_says_so(client, mooc):
    response = client.get("/mooc/")
    assert "Aucun épisode n’est encore en ligne" in text_of(response)


def test_the_mooc_lists_its_public_episodes_in_order_and_its_producers(client, home):
    mooc = factories.mooc_page(home, titre_du_mooc="Un MOOC d'essai", sessions=4, minutes_par_session=120, annee=2016)
    ProducteurDuMooc.objects.create(page=mooc, organisme=Organisme.objects.create(nom="École d’essai"))
    for numero in (2, 1):
        factories.episode_page(mooc, numero)
    factories.episode_page(mooc, 3, live=False, titre_court="Un brouillon")
    hidden = factories.episode_page(mooc, 4, titre_court="Un secret")
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    response = client.get("/mooc/")
    text = text_of(response)
    assert text.index("Épisode d’essai 1") < text.index("Épisode d’essai 2")
    assert "Un brouillon" not in text
    assert "Un secret" not in text
    assert "4 sessions de 2 h , soit 8 h" in text or "4 sessions de 2 h, soit 8 h" in text
    course = json_ld(response, "Course")
    assert course["name"] == "Un MOOC d'essai"
    assert [part["name"] for part in course["hasPart"]] == ["Question de l’épisode 1 ?", "Question de l’épisode 2 ?"]
    assert course["provider"] == [{"@type": "Organization", "name": "École d’essai"}]


def test_the_mooc_tells_search_its_producers_and_its_hours_apart(home):
    mooc = factories.mooc_page(home, sessions=4, minutes_par_session=120, annee=2016, chapo="Un mot.")
    organisme = Organisme.objects.create(nom="Le RAMEAU")
    ProducteurDuMooc.objects.create(page=mooc, organisme=organisme)
    assert mooc.facettes() == {"organisme": ["le-rameau|Le RAMEAU"], "annee": ["2016|2016"]}
    assert mooc.temps_de_lecture() == Temps(lecture=1, formation=480)


def test_episodes_in_brief_name_public_episodes_only(mooc):
    first = factories.episode_page(mooc, 1)
    factories.episode_page(mooc, 2, live=False)
    assert episodes_en_bref(1) == [(1, "Épisode d’essai 1", "/mooc/episode-1/", first.uuid)]


# --- an episode


def test_an_episode_takes_its_address_from_its_number(client, mooc):
    episode = factories.episode_page(mooc, 7, title="Une question ?", slug="autre-chose")
    assert episode.get_url() == "/mooc/episode-7/"


def test_an_episode_without_interviews_says_so_honestly(client, episode):
    assert "Nous ne détenons pas les entretiens de cet épisode" in text_of(client.get("/mooc/episode-1/"))


def test_a_full_episode_shows_everything_and_its_neighbours(client, home, mooc):
    for numero in (1, 3):
        factories.episode_page(mooc, numero)
    episode = factories.episode_page(
        mooc, 2, title=LONG[:250],
        questions=[{"type": "question", "value": "Quels types d'alliances ?"}],
        idees_cles=[{"type": "idee", "value": {"titre": "Côte à côte", "texte": "L'alliance est en amont."}}],
        prenons_du_recul=[{"type": "question", "value": "Et chez vous ?"}],
    )  # fmt: skip
    kit = home.add_child(instance=KitPage(title="Kit", slug="kit"))
    factories.read_further(episode, kit, "Parce qu'il le faut.")
    index = home.add_child(instance=FilsRougesIndexPage(title="Fils rouges", slug="fils-rouges"))
    fil = index.add_child(instance=FilRougePage(title="Un fil rouge d’essai", slug="essai"))
    factories.follow(episode, fil)
    factories.video_page(episode, title="Un entretien visible")
    factories.video_page(episode, "brouillon", title="Un entretien en brouillon", live=False)
    response = client.get("/mooc/episode-2/")
    text = text_of(response)
    for expected in (
        "Quels types d’alliances",
        "Côte à côte",
        "Et chez vous",
        "Parce qu’il le faut.",
        "Un fil rouge d’essai",
        "Un entretien visible",
        "Épisode précédent",
        "Épisode suivant",
        "est un choix de ce site",
    ):
        assert expected in text
    html = response.content.decode()
    assert re.search(r'href="/mooc/episode-1/"[^>]*>[^<]*Épisode précédent', html)
    assert re.search(r'href="/mooc/episode-3/"[^>]*>[^<]*Épisode suivant', html)
    assert "Un entretien en brouillon" not in text
    assert "Nous ne détenons pas" not in text
    assert json_ld(response, "LearningResource")["isPartOf"]["@type"] == "Course"


def test_a_draft_that_an_episode_points_at_stays_hidden(client, home, episode):
    kit = home.add_child(instance=KitPage(title="Un kit en brouillon", slug="kit", live=False))
    factories.read_further(episode, kit)
    assert "Un kit en brouillon" not in text_of(client.get("/mooc/episode-1/"))


def test_an_episode_may_be_found_by_its_questions_and_ideas(episode):
    episode.questions = [{"type": "question", "value": "Qui sont les acteurs ?"}]
    episode.idees_cles = [{"type": "idee", "value": {"titre": "Essaimer", "texte": "Reproduire ailleurs."}}]
    assert [(p.titre, p.texte, p.ancre) for p in episode.passages()] == [
        ("Les questions de l’épisode", "Qui sont les acteurs ?", "#questions"),
        ("Essaimer", "Reproduire ailleurs.", "#idees-cles"),
    ]


# --- an interview

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


# --- what others show


def test_a_page_named_by_an_episode_shows_it(rf, home, episode):
    from core.registry import registry

    kit = home.add_child(instance=KitPage(title="Kit", slug="kit"))
    factories.read_further(episode, kit, "Une bonne raison.")
    request = rf.get("/kit/")
    request.user = AnonymousUser()
    insets = [inset for inset in registry.encarts(kit, request)["fin"] if inset.template.startswith("mooc/")]
    assert insets[0].context["lectures"][0].note == "Une bonne raison."
    others = registry.encarts(home, request)["fin"]
    assert not [inset for inset in others if inset.template.startswith("mooc/")]


# --- what a page costs


@pytest.mark.parametrize("turns", [3, 30, 300])
def test_an_interview_costs_the_same_with_any_number_of_turns(client, episode, django_assert_max_num_queries, turns):
    factories.video_page(episode, turns=turns, sous_titres=factories.document("e.vtt"))
    client.get(ADDRESS)
    with django_assert_max_num_queries(10):
        response = client.get(f"{ADDRESS}?t=12")
    if turns == 30:
        assert len(re.findall(r"<[a-z]", response.content.decode())) < 500


@pytest.mark.parametrize("number", [1, 40])
def test_an_episode_costs_the_same_with_any_number_of_pages(
    client, home, mooc, episode, django_assert_max_num_queries, number
):
    for rank in range(number):
        factories.video_page(episode, f"entretien-{rank}")
        factories.read_further(episode, home)
    client.get("/mooc/episode-1/")
    with django_assert_max_num_queries(10):
        client.get("/mooc/episode-1/")
    client.get("/mooc/")
    with django_assert_max_num_queries(10):
        client.get("/mooc/")


def test_the_kit_record_of_the_mooc_sends_to_its_page(rf, home, monkeypatch):
    from core.registry import registry
    from mooc import services

    page = Page(pk=7)
    known = services.References({}, {}, {7: services.Compagnon("Un MOOC", "/mooc/")})
    monkeypatch.setattr(services, "references", lambda version: known)
    insets = registry.encarts(page, rf.get("/"))["apres"]
    assert [inset.template for inset in insets if inset.template.startswith("mooc/")] == ["mooc/encart_compagnon.html"]


# --- summary, sequences and self-check of an episode


def check(*answers: tuple[str, bool]) -> dict:
    return {
        "type": "question",
        "value": {
            "question": "Comment se tient-on ?",
            "reponses": [
                {"texte": text, "juste": right} for text, right in answers
            ],
            "explication": "Parce qu'on l'a lu.",
        },
    }  # fmt: skip


def test_a_self_check_offers_one_answer_or_several_and_explains_it(client, mooc):
    one = check(("Face à face", False), ("Côte à côte", True))
    several = check(("Un", True), ("Deux", True), ("Trois", False))
    factories.episode_page(mooc, 1, autocontrole=[one, several])
    response = client.get("/mooc/episode-1/")
    html, text = response.content.decode(), text_of(response)
    assert html.count('type="radio"') == 2
    assert html.count('type="checkbox"') == 3
    assert len(set(re.findall(r'id="(verifier-[^"]*)"', html))) == 5
    assert "Bonne réponse : Côte à côte" in text
    assert "Bonnes réponses : Un ; Deux" in text
    assert "Parce qu’on l’a lu." in text


@pytest.mark.parametrize("answers", [(("Un", False), ("Deux", False)), (("Un", True), ("Deux", True))])
def test_a_self_check_needs_a_right_answer_and_a_wrong_one(answers):
    block = AutocontroleBlock()
    value = block.to_python(check(*answers)["value"])
    with pytest.raises(StructBlockValidationError) as error:
        block.clean(value)
    assert "reponses" in error.value.block_errors


def test_a_summary_is_shown_found_and_distinct_from_the_transcript(client, mooc):
    episode = factories.episode_page(mooc, 1, resume="<p>L'épisode en bref.</p>")
    interview = factories.video_page(episode, turns=2, resume="<p>L'entretien en bref.</p>")
    assert "En résumé L’épisode en bref." in text_of(client.get("/mooc/episode-1/"))
    assert "En résumé L’entretien en bref." in text_of(client.get("/mooc/episode-1/entretien/"))
    assert ("L'entretien en bref.", "#resume") in [(one.texte, one.ancre) for one in interview.passages()]
    assert "en bref" not in client.get("/mooc/episode-1/entretien/transcription.txt").content.decode()


def test_sequences_come_in_order_with_their_times_and_chapters(client, mooc):
    episode = factories.episode_page(mooc, 1)
    first = factories.video_page(episode, "un", title="Première", duree=65)
    factories.video_page(episode, "deux", title="Seconde", duree=60)
    Chapitre.objects.create(page=first, titre="Le début", debut=12)
    response = client.get("/mooc/episode-1/")
    text = text_of(response)
    assert text.index("Première") < text.index("Seconde")
    assert "2 séquences , dans l’ordre, 2:05 en tout" in text or "2 séquences, dans l’ordre, 2:05 en tout" in text
    assert 'href="/mooc/episode-1/un/?t=12"' in response.content.decode()
