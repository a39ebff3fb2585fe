"""The pages of the MOOC, as a reader sees them."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import Page, PageViewRestriction
from wagtail.test.utils import WagtailPageTestCase

from core.models import Organisme
from core.protocols import Temps
from fils_rouges.models import FilRougePage, FilsRougesIndexPage
from home.models import HomePage
from kit.models import KitPage
from mooc.blocks import AutocontroleBlock
from mooc.models import Chapitre, EpisodePage, MoocPage, ProducteurDuMooc, VideoPage
from mooc.services import episodes_en_bref
from tests.mooc import factories
from tests.mooc.lecture import json_ld, text_of

LONG = "Un très long titre de page " * 9


class TestTree(WagtailPageTestCase):
    def test_each_page_has_its_only_place(self):
        self.assertAllowedParentPageTypes(MoocPage, {HomePage})
        self.assertAllowedParentPageTypes(EpisodePage, {MoocPage})
        self.assertAllowedParentPageTypes(VideoPage, {EpisodePage})
        self.assertAllowedSubpageTypes(VideoPage, set())


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
