"""What the turns of interviews name: found by the site, decided by editors, shown as links."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import GroupPagePermission

from core.models import ExclusionDeTerme, Organisme, Terme, Utilisateur
from fils_rouges.models import FilRougePage, FilsRougesIndexPage
from mooc.mentions import decider, recenser
from mooc.models import AutreNom, Mention, VideoPage
from mooc.redaction import joindre
from mooc.transcription import Tour
from tests.mooc import factories

pytestmark = pytest.mark.ignore_template_errors  # of Wagtail's own admin
APPROUVEE, REFUSEE, PROPOSEE = Mention.Etat.APPROUVEE, Mention.Etat.REFUSEE, Mention.Etat.PROPOSEE


@pytest.fixture
def silver_geek(home) -> FilRougePage:
    index = home.add_child(instance=FilsRougesIndexPage(title="Fils rouges", slug="fils-rouges"))
    return index.add_child(instance=FilRougePage(title="Silver Geek", slug="silver-geek"))


def interview(episode, *texts: str, slug: str = "entretien") -> VideoPage:
    page = factories.video_page(episode, slug, turns=len(texts))
    turns = list(page.tours.all())
    for turn, text in zip(turns, texts, strict=True):
        turn.texte = text
    page.tours = turns
    page.save_revision().publish()
    return VideoPage.objects.get(pk=page.pk)


def proposed(page: VideoPage) -> list[tuple[str, str]]:
    return list(page.mentions.filter(etat=PROPOSEE).order_by("pk").values_list("ancre", "mots"))


def decide(page: VideoPage, etat: str) -> None:
    decider(page, list(page.mentions.values_list("pk", flat=True)), Mention.Etat(etat), None)


# --- found


def test_publishing_proposes_what_the_turns_name(silver_geek, episode):
    Organisme.objects.create(nom="Le RAMEAU")
    Terme.objects.create(nom="Alliance", definition="Un mot.", lier=True)
    Terme.objects.create(nom="Essaimage", definition="Un mot, non approuvé.")
    page = interview(episode, "Parlons de Silver Geek.", "Avec le RAMEAU, une alliance, un essaimage.", "Une alliance.")
    assert proposed(page) == [("t-0", "Silver Geek"), ("t-10", "RAMEAU"), ("t-10", "alliance")]


def test_a_page_is_found_by_another_name_and_not_when_it_is_a_draft(silver_geek, episode):
    AutreNom.objects.create(nom="les geeks d’argent", page=silver_geek.page_ptr)
    page = interview(episode, "Chez les geeks d'argent.")
    assert proposed(page) == [("t-0", "geeks d'argent")]
    silver_geek.unpublish()
    recenser(page)
    assert proposed(page) == []


def test_a_refused_mention_is_never_proposed_again(silver_geek, episode):
    page = interview(episode, "Parlons de Silver Geek.")
    decide(page, REFUSEE)
    assert recenser(page) == 0
    page.save_revision().publish()
    assert list(page.mentions.values_list("etat", flat=True)) == [REFUSEE]


def test_a_term_decided_in_one_turn_is_not_proposed_in_another(episode):
    Terme.objects.create(nom="Alliance", definition="Un mot.", lier=True)
    page = interview(episode, "Rien.", "Une alliance.")
    decide(page, REFUSEE)
    turn = page.tours.first()
    turn.texte = "Une alliance aussi."
    turn.save()
    assert recenser(VideoPage.objects.get(pk=page.pk)) == 0


def test_a_decision_follows_a_turn_that_is_joined(silver_geek, episode):
    page = interview(episode, "Un début.", "Parlons de Silver Geek.")
    decide(page, APPROUVEE)
    joindre(page, 1)
    page.save_revision().publish()
    assert list(page.mentions.values_list("ancre", "etat")) == [("t-0", APPROUVEE)]


def test_the_command_finds_a_name_given_since(silver_geek, episode, capsys):
    page = interview(episode, "Les seniors connectés.")
    AutreNom.objects.create(nom="Seniors connectés", page=silver_geek.page_ptr)
    call_command("recenser_mentions")
    assert "1\u00a0nouveau renvoi proposé." in capsys.readouterr().out
    assert proposed(page) == [("t-0", "seniors connectés")]


def test_what_bears_one_name_is_proposed_once_for_each(silver_geek, episode):
    Organisme.objects.create(nom="Silver Geek")
    page = interview(episode, "Parlons de Silver Geek.")
    assert {one.cle.partition(":")[0] for one in page.mentions.all()} == {"page", "organisme"}


def test_what_opens_several_titles_names_none_of_them(silver_geek, episode):
    index = silver_geek.get_parent()
    for slug in ("charente", "poitiers"):
        index.add_child(instance=FilRougePage(title=f"Retour d’expérience : {slug}", slug=slug))
    index.add_child(instance=FilRougePage(title="Or gris : une filière", slug="or-gris"))
    page = interview(episode, "Un retour d’expérience.", "Le retour d’expérience : Poitiers.", "L’or gris.")
    assert proposed(page) == [("t-10", "retour d’expérience : Poitiers"), ("t-20", "or gris")]


def test_a_term_is_not_proposed_where_it_is_not_to_be_linked(episode):
    term = Terme.objects.create(nom="Alliance", definition="Un mot.", lier=True)
    page = interview(episode, "Une alliance.")
    assert proposed(page) == [("t-0", "alliance")]
    ExclusionDeTerme.objects.create(terme=term, page=page.page_ptr)
    assert recenser(page) == 0
    assert proposed(page) == []


def test_a_decision_on_a_turn_that_is_gone_does_not_hide_the_term(episode):
    Terme.objects.create(nom="Alliance", definition="Un mot.", lier=True)
    page = interview(episode, "Une alliance.", "Une autre alliance.")
    decide(page, APPROUVEE)
    page.tours = list(page.tours.all())[1:]
    page.save_revision().publish()
    assert proposed(page) == [("t-10", "alliance")]


def test_captions_imported_again_keep_addresses_and_decisions(client, silver_geek, episode):
    page = interview(episode, "Oui.", "Parlons de Silver Geek.", "Oui.")
    decide(page, APPROUVEE)
    shifted = [("Oui.", 1), ("Une parole de plus.", 10), ("Parlons de « Silver Geek »…", 20), ("Oui.", 21)]
    page.replace_turns([Tour(text, debut=start, fin=start + 1) for text, start in shifted])
    page.save_revision().publish()
    anchors = [(turn.debut, turn.ancre) for turn in page.tours.all()]
    assert anchors == [(1, "t-0"), (10, "t-10-2"), (20, "t-10"), (21, "t-20")]
    assert 'href="/mooc/episode-1/entretien/?t=20#t-10"' in client.get("/fils-rouges/silver-geek/").content.decode()
    assert list(page.mentions.values_list("ancre", "etat")) == [("t-10", APPROUVEE)]


def test_a_text_imported_again_with_its_times_keeps_its_anchors(episode):
    page = interview(episode)
    page.replace_turns([Tour("Bonjour à tous."), Tour("Merci.")])
    joindre(page, 1)
    before = page.tours.first()
    page.replace_turns([Tour("Bonjour à tous. Merci.", debut=3, fin=5)])
    after = page.tours.first()
    assert (after.ancre, after.ancres_jointes, after.debut) == (before.ancre, before.ancres_jointes, 3)
    assert after.ancres_jointes


# --- shown


def test_a_proposal_shows_nothing(client, silver_geek, episode):
    interview(episode, "Parlons de Silver Geek.")
    assert 'href="/fils-rouges/silver-geek/"' not in client.get("/mooc/episode-1/entretien/").content.decode()
    assert "On en parle dans" not in client.get("/fils-rouges/silver-geek/").content.decode()


def test_an_approved_mention_is_a_link_in_its_turn_and_a_second_on_the_page_it_names(client, silver_geek, episode):
    page = interview(episode, "Rien.", "L'exemple de <Silver Geek> : Silver Geek !")
    before = [client.get(f"/mooc/episode-1/entretien/transcription.{kind}").content for kind in ("vtt", "txt")]
    decide(page, APPROUVEE)
    html = client.get("/mooc/episode-1/entretien/").content.decode()
    assert html.count('<a href="/fils-rouges/silver-geek/">Silver Geek</a>') == 1
    assert "L’exemple de &lt;<a" in html
    target = client.get("/fils-rouges/silver-geek/").content.decode()
    assert "On en parle dans" in target
    assert 'href="/mooc/episode-1/entretien/?t=10#t-10"' in target
    assert "à 0:10" in target
    after = [client.get(f"/mooc/episode-1/entretien/transcription.{kind}").content for kind in ("vtt", "txt")]
    assert before == after
    assert "&lt;Silver Geek&gt;" in client.get("/mooc/episode-1/entretien/?citer=t-10").content.decode()
    assert [passage.texte for passage in page.passages()][1].count("Silver Geek") == 2


def test_a_term_said_in_a_turn_opens_its_definition_there_alone(client, episode):
    Terme.objects.create(nom="Alliance", definition="Un rassemblement.", lier=True)
    page = interview(episode, "Une alliance.")
    page.resume = "<p>Une alliance.</p>"
    page.save_revision().publish()
    decide(page, APPROUVEE)
    html = client.get("/mooc/episode-1/entretien/").content.decode()
    assert html.count('href="/glossaire/#alliance"') == 1
    assert "js/glossaire" in html


@pytest.mark.parametrize("excluded", [True, False])
def test_a_term_that_is_no_longer_to_be_linked_loses_its_link(client, episode, excluded):
    term = Terme.objects.create(nom="Alliance", definition="Un rassemblement.", lier=True)
    page = interview(episode, "Une alliance.")
    decide(page, APPROUVEE)
    assert 'href="/glossaire/#alliance"' in client.get("/mooc/episode-1/entretien/").content.decode()
    if excluded:
        ExclusionDeTerme.objects.create(terme=term, page=page.page_ptr)
    else:
        term.lier = False
        term.save()
    html = client.get("/mooc/episode-1/entretien/").content.decode()
    assert "Une alliance." in html
    assert "/glossaire/#alliance" not in html


def test_a_turn_that_no_longer_says_a_name_is_not_listed(client, silver_geek, episode):
    page = interview(episode, "Parlons de Silver Geek.", "Silver Geek encore.")
    decide(page, APPROUVEE)
    turns = list(page.tours.all())
    turns[0].texte = "Parlons de Silver Geekland."
    page.tours = turns
    page.save_revision().publish()
    target = client.get("/fils-rouges/silver-geek/").content.decode()
    assert "?t=10#t-10" in target
    assert "?t=0#t-0" not in target


def test_a_named_page_that_is_no_longer_public_loses_its_link(client, silver_geek, episode):
    decide(interview(episode, "Parlons de Silver Geek."), APPROUVEE)
    silver_geek.unpublish()
    html = client.get("/mooc/episode-1/entretien/").content.decode()
    assert "Silver Geek" in html
    assert "/fils-rouges/silver-geek/" not in html


def test_a_private_or_draft_interview_is_not_told_to_the_page_that_it_names(client, silver_geek, episode):
    page = interview(episode, "Parlons de Silver Geek.")
    decide(page, APPROUVEE)
    page.unpublish()
    assert "On en parle dans" not in client.get("/fils-rouges/silver-geek/").content.decode()


def test_many_turns_are_counted_beyond_forty(client, silver_geek, episode):
    decide(interview(episode, *["Silver Geek."] * 45), APPROUVEE)
    html = client.get("/fils-rouges/silver-geek/").content.decode()
    assert html.count('href="/mooc/episode-1/entretien/?t=') == 40
    assert "5\u00a0autres passages" in html


def test_mentions_cost_no_query_once_known(client, silver_geek, episode):
    decide(interview(episode, *["Silver Geek."] * 5), APPROUVEE)
    for address in ("/fils-rouges/silver-geek/", "/mooc/episode-1/entretien/"):
        client.get(address)
        with CaptureQueriesContext(connection) as warm:
            client.get(address)
        assert len(warm) <= 10
        assert not [query for query in warm.captured_queries if "mooc_mention" in query["sql"]]


# --- decided


def editor(client, home, *codenames: str) -> None:
    group = Group.objects.create(name="Essai")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in codenames:
        permission = Permission.objects.get(codename=codename, content_type__app_label="wagtailcore")
        GroupPagePermission.objects.create(group=group, page=home, permission=permission)
    user = Utilisateur.objects.create_user("editrice", "e@example.org", "mot-de-passe")
    user.groups.add(group)
    client.force_login(user)


def address(page: VideoPage) -> str:
    return reverse("renvois_de_l_entretien", args=[page.pk])


def test_whoever_publishes_approves_one_refuses_another_and_decides_again(client, home, silver_geek, episode):
    Organisme.objects.create(nom="Le RAMEAU")
    page = interview(episode, "Silver Geek et le RAMEAU.")
    editor(client, home, "change_page", "publish_page")
    assert "<mark>Silver Geek</mark> et le RAMEAU." in client.get(address(page)).content.decode()
    first, second = page.mentions.order_by("pk")
    client.post(address(page), {"action": f"approuver:{first.pk}"})
    response = client.post(address(page), {"action": f"refuser:{second.pk}"}, follow=True)
    assert "1\u00a0renvoi refusé." in response.content.decode()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.etat, first.decidee_par.username, second.etat) == (APPROUVEE, "editrice", REFUSEE)
    client.post(address(page), {"action": f"reprendre:{second.pk}"})
    second.refresh_from_db()
    assert (second.etat, second.decidee_par) == (PROPOSEE, None)


def test_approving_all_is_about_those_in_sight(client, home, silver_geek, episode):
    page = interview(episode, "Silver Geek.", "Silver Geek.")
    editor(client, home, "change_page", "publish_page")
    seen = page.mentions.order_by("pk").first()
    client.post(address(page), {"action": "approuver:tout", "vues": [seen.pk, "\x00", "x", "9" * 30]})
    assert page.mentions.filter(etat=APPROUVEE).count() == 1


def test_a_mention_of_another_interview_is_not_decided_here(client, home, silver_geek, episode):
    page = interview(episode, "Silver Geek.")
    other = interview(episode, "Silver Geek.", slug="autre")
    editor(client, home, "change_page", "publish_page")
    client.post(address(page), {"action": f"approuver:{other.mentions.get().pk}"})
    assert other.mentions.get().etat == PROPOSEE


def test_a_writer_reads_and_does_not_decide(client, home, silver_geek, episode):
    page = interview(episode, "Silver Geek.")
    editor(client, home, "change_page")
    html = client.get(address(page)).content.decode()
    assert "Silver Geek" in html
    assert 'value="approuver' not in html
    client.post(address(page), {"action": f"approuver:{page.mentions.get().pk}"})
    assert page.mentions.get().etat == PROPOSEE


def test_somebody_without_rights_on_the_page_sees_nothing(client, home, silver_geek, episode):
    page = interview(episode, "Silver Geek.")
    editor(client, home)
    assert "Silver Geek" not in client.get(address(page), follow=True).content.decode()


def test_the_list_costs_the_same_for_one_mention_or_fifty(client, home, silver_geek, episode):
    few = interview(episode, "Silver Geek.")
    many = interview(episode, *["Silver Geek."] * 50, slug="beaucoup")
    editor(client, home, "change_page", "publish_page")
    client.get(address(few))
    counts = []
    for page in (few, many):
        with CaptureQueriesContext(connection) as asked:
            client.get(address(page))
        counts.append(len(asked))
    assert counts[0] == counts[1]
